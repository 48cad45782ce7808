"""Comparing two versions of an asset, and bringing one back."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch
from app.activity.delivery import commit
from app.assets.models import Asset, Version
from app.extensions import db
from app.versions import actions
from app.versions.differences import Difference, difference, folded
from app.versions.pairing import Comparison, Pair, compare, words_of
from app.web import done, whole_number

versions = Blueprint("versions", __name__)
versions.add_app_template_filter(folded)
VIEWS = ("side", "wipe", "text")


@versions.get("/assets/<int:key>/compare")
def compare_page(key: int):
    asset = fetch(Asset, key, options=[joinedload(Asset.author), joinedload(Asset.space)])
    if asset.is_deleted:
        abort(404)
    known = list(db.session.scalars(select(Version).where(Version.asset_id == key).order_by(Version.number)))
    before, after = _chosen(known)
    comparison = compare(before, after)
    pair = comparison.find(whole_number(request.args, "slide"), whole_number(request.args, "was"))
    earlier, later = comparison.beside(pair)
    view = request.args.get("view") if request.args.get("view") in VIEWS else _usual_view(comparison)
    return render_template(
        "versions/compare.html", asset=asset, versions=known, comparison=comparison, pair=pair, earlier=earlier,
        later=later, view=view, usual_view=_usual_view(comparison), texts=_texts(comparison, pair, view),
        address=f"{asset.url}/compare?from={before.number}&to={after.number}",
    )


def _chosen(known: list[Version]) -> tuple[Version, Version]:
    """The versions the address names; else the newest with pages, and the one it was compared with when it came."""
    by_number = {version.number: version for version in known}
    by_id = {version.id: version for version in known}
    drawn = [version for version in known if version.has_pages] or known
    asked = [whole_number(request.args, name) for name in ("from", "to")]
    after = by_number.get(asked[1]) if asked[1] else drawn[-1]
    if asked[0]:
        before = by_number.get(asked[0])
    else:
        before = after and (by_id.get(after.follows_id) or by_number.get(after.number - 1) or after)
    if before is None or after is None:
        abort(404)
    return before, after


def _usual_view(comparison: Comparison) -> str:
    if comparison.after.media_kind == "image":
        return "wipe"
    has_pictures = any(pair.page.image_sha256 for pair in comparison.pairs)
    return "side" if has_pictures else "text"


def _texts(comparison: Comparison, pair: Pair | None, view: str) -> dict[str, Difference]:
    """What is read beside the pictures: the words of this page and its notes, or of all pages."""
    if view == "text":
        sides = [[page for pair in comparison.pairs if (page := getattr(pair, side))] for side in ("before", "after")]
        texts = ("\n".join(words_of(page) for page in sorted(pages, key=lambda page: page.number)) for pages in sides)
        return {"words": difference(*texts)}
    if pair is None:
        return {}
    return {name: difference(*pair.told(name)) for name in ("words", "notes") if any(pair.told(name))}


@versions.post("/assets/<int:key>/versions/<int:number>/restoration")
def restore(key: int, number: int):
    fetch(Asset, key, "add_version")
    version = fetch(Version, asset_id=key, number=number)
    try:
        restored = actions.restore(version, actor=current_user)
    except actions.AlreadyCurrent:
        return done(_("The newest version already is version %(number)s.", number=number), f"/assets/{key}")
    commit()
    return done(_("Version %(number)s is here again, as version %(newest)s.", number=number, newest=restored.number),
                f"/assets/{key}")
