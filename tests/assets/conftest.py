"""Files whose pages are their paragraphs, made without a renderer: for what is about pages and not about drawing."""

import io

import pytest

from app import jobs
from app.activity.delivery import commit
from app.assets import pages
from app.assets.actions import add_version, keep, upload
from app.assets.models import Asset, Version
from app.assets.rendering import Rendered, RenderedPage, Unreadable
from app.entries.actions import comment
from app.entries.models import Comment, Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


class Decks:
    """Assets of paragraphs. "!" cannot be drawn, "-" is a page without words."""

    def share(self, space: Space, text: str, *, actor: Person) -> Asset:
        asset = upload(space, keep(io.BytesIO(text.encode()), "deck.txt"), actor=actor, title="Deck")
        commit()
        return asset

    def renew(self, asset: Asset, text: str, *, drawn: bool = True) -> Version:
        """A new version, drawn at once or left waiting for `draw`."""
        version = add_version(asset, keep(io.BytesIO(text.encode()), "deck.txt"), actor=asset.author)
        if not drawn:
            jobs.forget_requested()
        commit()
        db.session.expire_all()
        return version

    def draw(self, version: Version) -> None:
        pages.make_pages(version.id)
        db.session.expire_all()

    def say(self, root: Entry, page: int, body: str, *, actor: Person, version: int | None = None, **named) -> Comment:
        """A comment on a page, written beside this version (its id), else beside what people read."""
        spoken_of, place = root.anchor(page, version)
        said = comment(root, body, actor=actor, version=spoken_of, page=place, **named)
        commit()
        return said


def spot(comment: Comment) -> tuple[int, int]:
    """The number of the version and the page that a comment stands on."""
    db.session.refresh(comment)
    return db.session.get(Version, comment.version_id).number, comment.page


@pytest.fixture
def decks(monkeypatch) -> Decks:
    """What draws paragraphs as pages, in place of the renderer."""

    def render(path, _media, _folder, _progress) -> Rendered:
        paragraphs = path.read_text().split("\n\n")
        if paragraphs == ["!"]:
            raise Unreadable("damaged")
        texts = [text.strip("-") for text in paragraphs if text]
        return Rendered([RenderedPage(at, text.split("\n")[0], text) for at, text in enumerate(texts, start=1)])

    monkeypatch.setattr(pages, "render", render)
    return Decks()
