"""How I am told, what I want to hear of, what I have muted."""

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch, root_of
from app.activity.delivery import commit
from app.activity.rule_models import Mute, NotificationRule
from app.entries.models import Entry
from app.extensions import db
from app.notifications import choosing
from app.notifications.forms import LEVEL_NAMES, MailForm, RuleForm
from app.notifications.routes import notifications
from app.presentation import Shell
from app.spaces.models import Space
from app.web import done


def _page(mail_form: MailForm | None = None, rule_form: RuleForm | None = None, status: int = 200):
    person = current_user
    space = fetch(Space, verb="see", slug=request.args["space"]) if "space" in request.args else None
    rules = choosing.rules_of(person).order_by(NotificationRule.space_id, NotificationRule.kind)
    return render_template(
        "notifications/settings.html", space=space, levels=LEVEL_NAMES,
        mail_form=mail_form or MailForm(formdata=None, obj=choosing.settings_of(person)),
        rule_form=rule_form or _rule_form(space, formdata=None, space_id=space.id if space else 0),
        rules=db.session.scalars(rules).all(),
        mutes=db.session.scalars(choosing.mutes_of(person).order_by(Mute.id.desc())).all(),
    ), status


def _rule_form(space: Space | None = None, **given) -> RuleForm:
    form = RuleForm(**given)
    places = {line.space.id: line.space.name for line in Shell().spaces} | ({space.id: space.name} if space else {})
    form.space_id.choices = [(0, _("Everywhere")), *places.items()]
    form.kind.choices = [("", _("Everything")), *((kind, kind) for kind in choosing.entry_kinds())]
    return form


@notifications.route("/settings/notifications", methods=["GET", "POST"])
def settings():
    form = MailForm()
    if not form.validate_on_submit():
        return _page(form if form.errors else None, status=422 if form.errors else 200)
    choosing.change_settings(current_user, mail=form.mail.data, hour=form.hour.data, weekday=form.weekday.data,
                             on_desktop=form.on_desktop.data)
    commit()
    return done(_("Saved."), url_for("notifications.settings"))


@notifications.post("/settings/notifications/rules")
def set_rule():
    wanted = request.form.get("space_id", type=int)
    space = fetch(Space, wanted, "see") if wanted else None
    form = _rule_form(space)
    if not form.validate():
        return _page(rule_form=form, status=422)
    choosing.set_rule(current_user, form.level.data, space=space, kind=form.kind.data)
    commit()
    return done(_("Saved."), url_for("notifications.settings", space=space.slug if space else None))


@notifications.post("/settings/notifications/rules/<int:key>/end")
def drop_rule(key: int):
    rule = db.session.scalar(choosing.rules_of(current_user).where(NotificationRule.id == key)) or abort(404)
    choosing.drop_rule(rule)
    commit()
    return done(_("The rule is gone."), url_for("notifications.settings"))


def _length() -> str:
    length = request.form.get("for", "")
    return length if length in choosing.MUTES else abort(400)


def _muting(thing: Entry | Space):
    """The page that asks for how long."""
    return render_template("notifications/mute.html", thing=thing)


@notifications.get("/e/<int:key>/mute")
def ask_how_long(key: int):
    return _muting(root_of(fetch(Entry, key)))


@notifications.post("/e/<int:key>/mute")
def mute_thread(key: int):
    root = root_of(fetch(Entry, key))
    choosing.mute(current_user, _length(), thread=root)
    commit()
    return done(_("Muted: you hear of it only where you are named."), root.url)


@notifications.post("/e/<int:key>/mute/end")
def unmute_thread(key: int):
    return _unmuted(thread=root_of(fetch(Entry, key)))


@notifications.get("/spaces/<slug>/mute")
def ask_how_long_of_space(slug: str):
    return _muting(fetch(Space, verb="see", slug=slug))


@notifications.post("/spaces/<slug>/mute")
def mute_space(slug: str):
    space = fetch(Space, verb="see", slug=slug)
    choosing.mute(current_user, _length(), space=space)
    commit()
    return done(_("Muted: you hear of it only where you are named."), space.url)


@notifications.post("/spaces/<slug>/mute/end")
def unmute_space(slug: str):
    return _unmuted(space=fetch(Space, verb="see", slug=slug))


def _unmuted(**which):
    choosing.unmute(current_user, **which)
    commit()
    return done(_("You hear of it again."), url_for("notifications.settings"))
