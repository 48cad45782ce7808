"""The door: signing in and out, invitations, forgotten passwords, and the first visitor of an empty house."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select

from app import mail
from app.activity.delivery import commit
from app.extensions import db, limiter
from app.people import actions
from app.people.blueprint import people
from app.people.forms import AcceptForm, FirstPersonForm, ForgottenForm, NewPasswordForm, SignInForm
from app.people.models import Person
from app.people.sessions import authenticate, sign_in, sign_out
from app.spaces.actions import open_space
from app.web import done, public

RESET_SECONDS = 3600


def _next() -> str:
    """Where to go after signing in: a path of this site, never another host, and nothing that ends a header."""
    target = request.args.get("next", "/")
    if not target.isprintable():
        return "/"
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if inside else "/"


def _is_empty() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is None


@people.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@public
@limiter.limit("10 per minute; 60 per hour", methods=["POST"], deduct_when=lambda response: response.status_code == 422)
def sign_in_page():
    if current_user.is_authenticated:
        return redirect(_next())
    if _is_empty():
        return redirect(url_for("people.first_visit"))
    form = SignInForm()
    if form.validate_on_submit():
        person = authenticate(form.email.data, form.password.data)
        if person:
            sign_in(person)
            commit()
            return redirect(_next(), code=303)
        form.password.errors = [_("Address and password do not fit together.")]
    return render_template("people/sign_in.html", form=form), 422 if form.errors else 200


@people.post("/sign-out", endpoint="sign_out")
def sign_out_here():
    sign_out()
    commit()
    return redirect(url_for("people.sign_in"), code=303)


@people.route("/welcome", methods=["GET", "POST"])
@public
def first_visit():
    """Only while nobody is here: whoever comes first becomes the admin."""
    if not _is_empty():
        return redirect(url_for("people.sign_in"))
    form = FirstPersonForm()
    if not form.validate_on_submit():
        return render_template("people/first_visit.html", form=form), 422 if form.errors else 200
    person = actions.add_person(
        form.email.data, form.name.data, team=form.team.data, role="admin", password=form.password.data
    )
    open_space("community", "Commons", actor=person, description=_("Everybody, about everything that is worth it."))
    sign_in(person)
    commit()
    return done(_("Welcome aboard. Invite your colleagues next."), url_for("admin.home"))


@people.route("/invitations/<secret>", methods=["GET", "POST"])
@public
@limiter.limit("30 per hour", methods=["POST"])
def invitation(secret: str):
    found = actions.open_invitation(secret)
    if found is None:
        return render_template("people/link_expired.html"), 404
    form = AcceptForm()
    if form.validate_on_submit():
        try:
            person = actions.accept(found, name=form.name.data, password=form.password.data)
        except actions.EmailTaken:
            flash(_("You have an account already: sign in."))
            return redirect(url_for("people.sign_in"), code=303)
        sign_in(person)
        commit()
        return redirect(found.space.url if found.space else "/", code=303)
    return render_template("people/invitation.html", form=form, invitation=found), 422 if form.errors else 200


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="password")


def _reset_token(person: Person) -> str:
    # Part of the present hash is signed in, so that the link works once.
    return _serializer().dumps([person.id, (person.password_hash or "")[-12:]])


def _person_of_reset(token: str) -> Person | None:
    try:
        person_id, tail = _serializer().loads(token, max_age=RESET_SECONDS)
    except BadData:
        return None
    person = db.session.get(Person, person_id)
    return person if person and person.is_active and (person.password_hash or "")[-12:] == tail else None


@people.route("/password", methods=["GET", "POST"])
@public
@limiter.limit("5 per minute; 20 per hour", methods=["POST"])
def forgotten_password():
    form = ForgottenForm()
    if form.validate_on_submit():
        person = db.session.scalar(select(Person).where(Person.email == form.email.data.strip().lower()))
        if person and person.is_active:
            link = mail.absolute("people.reset_password", token=_reset_token(person))
            mail.send(person.email, "password", person=person, link=link)
        commit()
        # The same answer for an unknown address: nobody learns who works here.
        return done(_("If we know this address, a mail is on its way."), url_for("people.sign_in"))
    return render_template("people/forgotten.html", form=form), 422 if form.errors else 200


@people.route("/password/<token>", methods=["GET", "POST"])
@public
@limiter.limit("20 per hour", methods=["POST"])
def reset_password(token: str):
    person = _person_of_reset(token)
    if person is None:
        return render_template("people/link_expired.html"), 404
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("people/reset.html", form=form), 422 if form.errors else 200
    actions.set_password(person, form.password.data)
    sign_in(person)
    commit()
    return done(_("Your password is changed; every other browser is signed out."), "/")
