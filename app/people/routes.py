"""Colleagues and their profiles, following, and one's own settings."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from app.access import fetch, visible
from app.activity.delivery import commit
from app.extensions import db
from app.people import actions, sessions
from app.people.blueprint import people
from app.people.forms import ChangePasswordForm, ProfileForm, TokenForm
from app.people.models import ApiToken, Person, SignIn
from app.web import done

THEMES = ("auto", "light", "dark")


@people.get("/people")
def index():
    text = request.args.get("q", "").strip()
    query = visible(current_user, Person).where(Person.deactivated_at.is_(None)).order_by(func.lower(Person.name))
    if text:
        like = f"%{text.lower()}%"
        query = query.where(
            func.lower(Person.name + " " + Person.title + " " + Person.expertise + " " + Person.region).like(like)
        )
    return render_template("people/index.html", people=db.session.scalars(query).all(), text=text)


@people.post("/people/<handle>/follow")
def follow(handle: str):
    person = fetch(Person, verb="follow", handle=handle)
    change = actions.follow if request.form.get("keep", "1") == "1" else actions.unfollow
    change(current_user, person=person)
    commit()
    return redirect(person.url, code=303)


def _profile(person: Person) -> dict:
    names = ("name", "title", "region", "expertise", "about", "locale", "timezone", "digest_by_mail",
             "shows_presence")
    return {name: getattr(person, name) for name in names} | {"team": person.team.name if person.team else ""}


@people.route("/settings", methods=["GET", "POST"])
def settings():
    person = current_user
    form = ProfileForm(data=_profile(person))
    if form.validate_on_submit():
        fields = {name: value for name, value in form.data.items() if name != "csrf_token"}
        actions.change_profile(person, **fields)
        commit()
        return done(_("Saved."), url_for("people.settings"))
    page = _settings_page(form=form)
    return (page, 422) if form.errors else page


def _settings_page(*, form=None, password_form=None, token_form=None, new_token: str | None = None) -> str:
    person = current_user
    here = sessions.current_sign_in()
    browsers = select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.seen_at.desc())
    tokens = select(ApiToken).where(ApiToken.person_id == person.id).order_by(ApiToken.id.desc())
    return render_template(
        "people/settings.html",
        form=form or ProfileForm(formdata=None, data=_profile(person)),
        password_form=password_form or ChangePasswordForm(formdata=None),
        token_form=token_form or TokenForm(formdata=None), new_token=new_token,
        browsers=db.session.scalars(browsers).all(), here=here, tokens=db.session.scalars(tokens).all(),
    )


@people.post("/settings/password")
def change_password():
    form = ChangePasswordForm()
    person = current_user
    if form.validate_on_submit():
        if sessions.authenticate(person.email, form.current.data):
            actions.set_password(person, form.password.data, keep=sessions.current_sign_in())
            commit()
            return done(_("Your password is changed; every other browser is signed out."), url_for("people.settings"))
        form.current.errors = [_("That is not your current password.")]
    return _settings_page(password_form=form), 422


@people.post("/settings/theme")
def theme():
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        abort(400)
    actions.change_profile(current_user, theme=chosen)
    commit()
    return redirect(url_for("people.settings"), code=303) if "text/html" in request.accept_mimetypes else ("", 204)


@people.post("/settings/browsers/<int:key>/revocation")
def revoke_browser(key: int):
    browser = db.session.scalar(select(SignIn).where(SignIn.id == key, SignIn.person_id == current_user.id))
    if browser is None:
        abort(404)
    sessions.revoke(browser)
    commit()
    return done(_("That browser is signed out."), url_for("people.settings"))


@people.post("/settings/tokens")
def create_token():
    form = TokenForm()
    if not form.validate_on_submit():
        return _settings_page(token_form=form), 422
    _token, text = sessions.new_token(current_user, form.name.data)
    commit()
    return _settings_page(new_token=text)


@people.post("/settings/tokens/<int:key>/revocation")
def revoke_token(key: int):
    token = db.session.scalar(select(ApiToken).where(ApiToken.id == key, ApiToken.person_id == current_user.id))
    if token is None:
        abort(404)
    sessions.revoke(token)
    commit()
    return done(_("The token no longer works."), url_for("people.settings"))
