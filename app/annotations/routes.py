"""The pins of one page, for pages that were told that something changed."""

from flask import Blueprint, abort, render_template, request

from app.access import fetch, root_of
from app.annotations.pins import PagePins, numbered, shown, wanted
from app.assets.talk import of_page
from app.entries.anchors import clock
from app.entries.cards import thread
from app.entries.models import Entry
from app.web import whole_number

annotations = Blueprint("annotations", __name__)
annotations.add_app_template_filter(shown, "shown_of")
annotations.add_app_template_filter(clock)


@annotations.get("/e/<int:key>/pages/<int:number>/pins")
def pins(key: int, number: int):
    """Those on a page of the version that the address names, else of the one people read."""
    root = root_of(fetch(Entry, key))
    read = root.page_version or abort(404)
    asked = whole_number(request.args, "version")
    version = next((each for each in read.asset.versions if each.number == asked), read)
    found = PagePins(numbered(thread(root, of_page(version, number))), wanted(request.args))
    return render_template("annotations/_pins.html", page_pins=found, version=version, page_number=number)
