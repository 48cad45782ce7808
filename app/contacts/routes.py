"""Changing what is known of somebody at a customer."""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.contacts import actions
from app.contacts.forms import ContactForm
from app.contacts.models import Contact
from app.web import done

contacts = Blueprint("contacts", __name__)


@contacts.route("/contacts/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    contact = fetch(Contact, key, "post")
    form = ContactForm(obj=contact)
    if form.validate_on_submit():
        try:
            actions.change_contact(contact, actor=current_user, **{name: form[name].data for name in (
                "name", "email", "title", "phone")})
            commit()
            return done(_("Saved."), contact.account.url)
        except actions.EmailTaken as error:
            form.email.errors = [_("%(name)s has this address already.", name=error.contact.name)]
    page = render_template("contacts/form.html", form=form, contact=contact)
    return (page, 422) if form.errors else page


@contacts.post("/contacts/<int:key>/delete")
def remove(key: int):
    contact = fetch(Contact, key, "post")
    actions.remove_contact(contact, actor=current_user)
    commit()
    return done(_("%(name)s is no longer kept. What they said stays.", name=contact.name), contact.account.url)
