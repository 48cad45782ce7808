"""The library: every file one may see, as a grid or a list, found by filters and words."""

from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask_login import current_user

from app.assets.listing import listed
from app.assets.models import APPROVALS
from app.feed.streams import Window
from app.library.facets import facets
from app.library.shelf import AGES, ORDERS, STATES, Shelf, browse, times_used
from app.reuse.language import NAMES
from app.web import before_argument, is_fragment, whole_number

library = Blueprint("library", __name__)
library.add_app_template_global(lambda: NAMES, "language_names")
KINDS = ("deck", "document", "sheet", "image", "video", "audio", "text", "archive", "other")
TILES = 24
FREE = ("q", "programme", "region", "channel", "industry", "stage", "language", "tag", "owner")
KNOWN = {"kind": KINDS, "approval": APPROVALS[1:], "state": STATES, "age": (*AGES, "older")}


def shelf_asked_for() -> Shelf:
    """What of the library the address asks for; what it does not know is passed over."""
    wanted = request.args
    return Shelf(
        **{name: wanted.get(name, "").strip()[:200] for name in FREE},
        **{name: wanted[name] for name, values in KNOWN.items() if wanted.get(name) in values},
        space=whole_number(wanted, "space"),
        order=wanted["order"] if wanted.get("order") in ORDERS else ORDERS[0],
    )


@library.get("/assets")
def index():
    shelf, view = shelf_asked_for(), "list" if request.args.get("view") == "list" else "grid"
    ids, older = browse(current_user, shelf, Window(before=before_argument(), limit=TILES))
    arguments = {name: value for name, value in request.args.items() if name != "before"}
    shown = {"assets": listed(ids), "times": times_used(current_user, ids), "view": view,
             "older_url": f"/assets?{urlencode(arguments | {'before': older})}" if older is not None else None}
    if is_fragment() and before_argument() is not None:
        return render_template("library/_tiles.html", **shown)
    other = urlencode({name: value for name, value in arguments.items() if name != "view"}
                      | ({"view": "list"} if view == "grid" else {}))
    return render_template("library/index.html", shelf=shelf, facets=facets(current_user, shelf), orders=ORDERS,
                           other_view=f"/assets?{other}".rstrip("?"), **shown)
