"""Signing in and out: browsers by cookie, scripts by token. Secrets are stored as SHA-256 only."""

import hashlib
import secrets
from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import request, session
from sqlalchemy import select, update

from app import jobs
from app.db import is_only_reading, now, only_reading
from app.extensions import db, login_manager
from app.people.models import ApiToken, Person, SignIn

SEEN_EVERY = timedelta(minutes=10)
_hasher = PasswordHasher()


@cache
def _decoy() -> str:
    """Checked when the address is unknown, so that the answer takes as long as for a known one."""
    return hash_password(secrets.token_hex(16))


def digest(token: str) -> str:
    """What is stored instead of a token. Tokens are random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Argon2id with the library's current defaults."""
    return _hasher.hash(password)


def authenticate(email: str, password: str) -> Person | None:
    """The active person with this address and password."""
    person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    try:
        _hasher.verify(person.password_hash if person and person.password_hash else _decoy(), password)
    except (VerificationError, InvalidHashError):
        return None
    return person if person and person.password_hash and person.is_active else None


def sign_in(person: Person) -> SignIn:
    """Sign this browser in; a fresh cookie, so that one planted before is worth nothing."""
    token = secrets.token_urlsafe(32)
    browser = SignIn(
        person=person, token_hash=digest(token), address=request.remote_addr or "",
        browser=request.headers.get("User-Agent", "")[:300],
    )
    db.session.add(browser)
    session.clear()
    session["sign_in"] = token
    session.permanent = True
    return browser


def sign_out() -> None:
    """Sign this browser out, here and on the server."""
    if browser := current_sign_in():
        revoke(browser)
    session.clear()


def revoke(credential: SignIn | ApiToken) -> None:
    """A browser or a token is good for nothing from now on; its sockets are hung up."""
    jobs.request("people.recheck", credential.person_id)
    db.session.delete(credential)


def current_sign_in() -> SignIn | None:
    """The record of this browser, if it is signed in."""
    token = session.get("sign_in")
    if not token:
        return None
    return db.session.scalar(select(SignIn).where(SignIn.token_hash == digest(token)))


def person_of_token(text: str) -> Person | None:
    """The active owner of an API token."""
    token = token_of(text)
    return token.person if token else None


def token_of(text: str) -> ApiToken | None:
    """The API token of this text, if it is good and its owner still works here."""
    found = db.session.scalar(select(ApiToken).where(ApiToken.token_hash == digest(text))) if text else None
    if found is None or not found.person.is_active:
        return None
    _seen(ApiToken, found.id, found.used_at, "used_at")
    return found


def speaks_tokens(path: str) -> bool:
    """Whether an address is of the REST API, which knows tokens only; its description for people is a page."""
    return path.startswith("/api/") and path.rstrip("/") != "/api/docs"


@login_manager.request_loader
def load_from_request(incoming) -> Person | None:
    """Who this request is from: the cookie of a browser, or in the API a token, and never one in place of the other."""
    if speaks_tokens(incoming.path):
        scheme, _, token = incoming.headers.get("Authorization", "").partition(" ")
        return person_of_token(token.strip()) if scheme.lower() == "bearer" else None
    browser = current_sign_in()
    if browser is None or not browser.person.is_active:
        return None
    _seen(SignIn, browser.id, browser.seen_at, "seen_at")
    return browser.person


def _seen(model, key: int, last, column: str) -> None:
    """Remember the use, every ten minutes at most. A request that only reads does it in a transaction of its own."""
    if last is not None and now() - last < SEEN_EVERY:
        return
    statement = update(model).where(model.id == key).values({column: now()})
    if not is_only_reading():
        db.session.execute(statement)
        return
    with only_reading(False), db.engine.begin() as connection:
        connection.execute(statement)


def new_token(person: Person, name: str) -> tuple[ApiToken, str]:
    """A new API token and its text, which is shown once and not kept."""
    text = "qd_" + secrets.token_urlsafe(32)
    token = ApiToken(person=person, name=name, token_hash=digest(text))
    db.session.add(token)
    return token, text
