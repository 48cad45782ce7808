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
from app.reviews.breaking_down import remember, replace_breakdown, take_over
from app.reviews.figures import METRICS
from app.reviews.figures_file import MOST_BYTES, Unreadable, read
from app.reviews.file_mapping import Mapping, first_look, sent_back
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


@reviews.get("/reviews/<int:key>/figures-file")
def figures_file(key: int):
    return _upload_page(fetch(Review, key, "edit"), FiguresFileForm())


@reviews.post("/reviews/<int:key>/figures-file")
def read_figures_file(key: int):
    form = FiguresFileForm()
    with looking_first():
        review = fetch(Review, key, "edit")
    try:
        if not form.file.data:
            raise Unreadable(_("Choose a file first."))
        return _mapping_page(review, first_look(read(form.file.data.stream.read(MOST_BYTES + 1))))
    except Unreadable as error:
        return _refused(review, form, error)


def _refused(review: Review, form: FiguresFileForm, error: Unreadable):
    form.file.errors = [str(error)]
    return _upload_page(review, form), 422


@reviews.post("/reviews/<int:key>/figures-file/figures")
def take_figures(key: int):
    with looking_first():
        review = fetch(Review, key, "edit")
    try:
        mapping = sent_back(request.form)
    except Unreadable as error:
        return _refused(review, FiguresFileForm(), error)
    review = fetch(Review, key, "edit")
    changed = request.form.get("shown") != mapping.shown
    if changed or mapping.found.errors or request.form.get("do") != "take":
        page = _mapping_page(review, mapping, changed=changed and request.form.get("do") == "take")
        return page, 422 if mapping.found.errors else 200
    taken = [name for name in request.form.getlist("take") if name in mapping.found.sums]
    take_over(review, mapping.found, taken, actor=current_user)
    remember(mapping.sheet.headers, mapping.meanings)
    commit()
    return done(_("The figures are in. What the headers mean is remembered for the next file."), _figures_of(review))


def _figures_of(review: Review) -> str:
    return f"{review.url}#figures"


@reviews.post("/reviews/<int:key>/breakdown/<kind>/delete")
def remove_breakdown(key: int, kind: str):
    review = fetch(Review, key, "edit")
    if kind not in KINDS:
        abort(404)
    replace_breakdown(review, kind, [], actor=current_user)
    commit()
    return done(_("The rows are gone; the figures of the review stay."), _figures_of(review))


def _upload_page(review: Review, form: FiguresFileForm) -> str:
    kinds = [kind for kind in KINDS if any(row.kind == kind for row in review.breakdown)]
    return render_template("reviews/figures_file.html", review=review, form=form, kinds=kinds)


def _mapping_page(review: Review, mapping: Mapping, *, changed: bool = False) -> str:
    choices = [("channel", _("Channel")), ("week", _("Week")), *((name, METRIC_NAMES[name]) for name in METRICS),
               ("ignored", _("Not used"))]
    return render_template(
        "reviews/figures_mapping.html", review=review, mapping=mapping, found=mapping.found, choices=choices,
        names=METRIC_NAMES, changed=changed,
    )
