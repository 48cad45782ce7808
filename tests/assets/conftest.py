"""Files whose pages are their paragraphs, made without a renderer: for what is about pages and not about drawing. And a
store of each kind, for what they all promise."""

import io
import uuid

import boto3
import pytest
from moto.server import ThreadedMotoServer

from app import jobs
from app.activity.delivery import commit
from app.assets import pages
from app.assets.actions import add_version, keep, upload
from app.assets.models import Asset, Version
from app.assets.rendering import Rendered, RenderedPage, Unreadable
from app.assets.store import open_store
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


@pytest.fixture(scope="session")
def s3_endpoint():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def store(request, tmp_path, monkeypatch):
    if request.param == "disk":
        return open_store(str(tmp_path / "files"))
    endpoint = request.getfixturevalue("s3_endpoint")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    bucket = f"files-{uuid.uuid4().hex[:12]}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=bucket)
    return open_store(f"s3://{bucket}/some/prefix?endpoint={endpoint}&region=us-east-1", tmp_path / "parts")
