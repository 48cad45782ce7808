"""Figures from a file: it is read, its columns are said to mean something, its sums are taken over into the review."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import FileField

from app.access import fetch
from app.activity.delivery import commit
from app.forms import Form
from app.reviews.breakdown_models import KINDS
from app.reviews.breaking_down import remember, replace_breakdown
from app.reviews.draft_models import ReviewDraft
from app.reviews.figures import METRICS
from app.reviews.figures_file import MOST_BYTES, Unreadable, read
from app.reviews.file_mapping import Mapping, first_look, sent_back
from app.reviews.file_taking import drop_rows, kinds_of, take
from app.reviews.holders import Holder, currency, present
from app.reviews.models import Review
from app.reviews.numerals import CURRENCIES
from app.reviews.presentation import METRIC_NAMES, figure_text
from app.reviews.routes import reviews
from app.web import done, looking_first

reviews.add_app_template_filter(figure_text)


class FiguresFileForm(Form):
    file = FileField(_l("File"), description=_l(
        "CSV, as spreadsheets and advertising accounts export it: one row for each channel, or for each week."))


@reviews.record_once
def check_company_currency(state) -> None:
    """Raises RuntimeError, at the start, for a currency that no review could be kept in."""
    if state.app.config["COMPANY_CURRENCY"] not in CURRENCIES:
        raise RuntimeError(f"COMPANY_CURRENCY must be one of {', '.join(CURRENCIES)}")


def either(path: str, *methods: str):
    """The route of a review, and the same of a draft."""

    def register(view):
        for place, model in (("reviews", Review), ("reviews/drafts", ReviewDraft)):
            reviews.add_url_rule(f"/{place}/<int:key>/{path}", view_func=view, methods=methods,
                                 defaults={"model": model})
        return view

    return register


def _fetch(model: type, key: int) -> Holder:
    return fetch(model, key, "draft" if model is ReviewDraft else "edit")


@either("figures-file", "GET", "POST")
def figures_file(model: type, key: int):
    form = FiguresFileForm()
    with looking_first():
        holder = _fetch(model, key)
    if request.method == "GET":
        return _upload_page(holder, form)
    try:
        if not form.file.data:
            raise Unreadable(_("Choose a file first."))
        return _mapping_page(holder, first_look(read(form.file.data.stream.read(MOST_BYTES + 1))))
    except Unreadable as error:
        return _refused(holder, form, error)


def _refused(holder: Holder, form: FiguresFileForm, error: Unreadable):
    form.file.errors = [str(error)]
    return _upload_page(holder, form), 422


@either("figures-file/figures", "POST")
def take_figures(model: type, key: int):
    with looking_first():
        holder = _fetch(model, key)
    try:
        mapping = sent_back(request.form)
    except Unreadable as error:
        return _refused(holder, FiguresFileForm(), error)
    holder = _fetch(model, key)
    changed = request.form.get("shown") != mapping.shown
    if changed or mapping.found.errors or request.form.get("do") != "take":
        page = _mapping_page(holder, mapping, changed=changed and request.form.get("do") == "take")
        return page, 422 if mapping.found.errors else 200
    taken = [name for name in request.form.getlist("take") if name in mapping.found.sums]
    take(holder, mapping.found, taken, actor=current_user)
    remember(mapping.sheet.headers, mapping.meanings)
    commit()
    return done(_("The figures are in. What the headers mean is remembered for the next file."), _figures_of(holder))


def _figures_of(holder: Holder) -> str:
    return f"{holder.url}#figures"


@either("breakdown/<kind>/delete", "POST")
def remove_breakdown(model: type, key: int, kind: str):
    holder = _fetch(model, key)
    if kind not in KINDS:
        abort(404)
    if isinstance(holder, ReviewDraft):
        drop_rows(holder, kind)
    else:
        replace_breakdown(holder, kind, [], actor=current_user)
    commit()
    return done(_("The rows are gone; the figures of the review stay."), _figures_of(holder))


def _upload_page(holder: Holder, form: FiguresFileForm) -> str:
    return render_template("reviews/figures_file.html", holder=holder, form=form, kinds=kinds_of(holder))


def _mapping_page(holder: Holder, mapping: Mapping, *, changed: bool = False) -> str:
    choices = [("channel", _("Channel")), ("week", _("Week")), *((name, METRIC_NAMES[name]) for name in METRICS),
               ("ignored", _("Not used"))]
    return render_template(
        "reviews/figures_mapping.html", holder=holder, mapping=mapping, found=mapping.found, choices=choices,
        names=METRIC_NAMES, changed=changed, present=present(holder), currency=currency(holder),
    )
