"""Fingerprints follow the version that people read, and what was there before the upgrade gets some."""

import io

import pytest
from sqlalchemy import delete, func, select

from app.activity.delivery import commit
from app.assets.actions import add_version, keep
from app.entries.actions import remove
from app.extensions import db
from app.radar import fingerprinting
from app.radar.fingerprinting import fingerprint, fingerprint_missed
from app.radar.models import Fingerprint, FingerprintKey, Likeness
from app.radar.prints import WHOLE
from tests.making import look_alike_files as files

DATABASES = ("sqlite",)
"""What files are recognised by is made by a process that knows no database."""


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def renew(asset, data: bytes, actor) -> None:
    add_version(asset, keep(io.BytesIO(data), "plan.txt"), actor=actor)
    commit()
    db.session.expire_all()


def test_a_new_version_takes_the_place_of_the_one_before(world, shared, document):
    first = document()
    one, copy = shared(first), shared(first)
    assert count(Likeness) >= 2
    renew(one, document(), world.lena)
    versions = set(db.session.scalars(select(Fingerprint.version_id)))
    assert versions == {one.current.id, copy.current.id} and count(Likeness) == 0
    renew(one, first, world.lena)
    assert count(Likeness) >= 2


def test_a_version_that_cannot_be_read_leaves_the_prints_of_the_one_people_read(world, shared, document):
    asset = shared(document())
    was = asset.current.id
    renew(asset, b"%PDF-1.7\nbroken", world.lena)
    assert asset.current.status == "failed" and fingerprint_missed() == 0
    assert set(db.session.scalars(select(Fingerprint.version_id))) == {was}


def test_prints_go_when_the_asset_goes(world, shared, document):
    asset = shared(document())
    remove(asset, actor=world.lena)
    commit()
    assert count(Fingerprint) == count(FingerprintKey) == 0 and fingerprint_missed() == 0
    fingerprint(asset.id)
    assert count(Fingerprint) == 0


def test_what_was_stored_before_is_found_and_read_once(world, shared, document, app):
    text = document()
    one, other, damaged = shared(text), shared(text), shared(b"%PDF-1.7\nbroken", "broken.pdf")
    before = {(each.version_id, each.page, each.sketch) for each in db.session.scalars(select(Fingerprint))}
    db.session.execute(delete(Fingerprint))
    commit()
    answer = app.test_cli_runner().invoke(args=["fingerprint"])
    assert answer.exit_code == 0 and "Took the fingerprints of 3 files." in answer.output
    after = {(each.version_id, each.page, each.sketch) for each in db.session.scalars(select(Fingerprint))}
    assert before <= after and {one.current.id, other.current.id, damaged.current.id} == {each[0] for each in after}
    assert count(Likeness) >= 2 and fingerprint_missed() == 0


def test_another_edition_is_read_anew(world, shared, document, monkeypatch):
    shared(document())
    monkeypatch.setattr(fingerprinting, "EDITION", 2)
    assert fingerprint_missed() == 1
    assert set(db.session.scalars(select(Fingerprint.edition))) == {2}


def test_the_same_job_twice_ends_the_same(world, shared, document):
    text = document()
    shared(text)
    asset = shared(text)
    was = count(Fingerprint), count(FingerprintKey), count(Likeness)
    fingerprint(asset.id)
    assert (count(Fingerprint), count(FingerprintKey), count(Likeness)) == was


@pytest.mark.parametrize("wrote", [files.pptx, files.pdf, files.docx_], ids=lambda each: each.__name__)
def test_a_deck_is_known_in_every_format(world, shared, author, wrote):
    """The real process reads them, and the renderer draws them."""
    content = author.deck(files.Look("ink", "14233A", 20, "Tessmar"), 4)
    one = shared(files.pptx(content), "plan.pptx")
    other = shared(wrote(content.but(slides=content.slides[:-1])), f"copy.{wrote.__name__.strip('_')}")
    pairs = db.session.execute(select(Likeness.share).join(Fingerprint, Fingerprint.id == Likeness.fingerprint_id)
                               .where(Fingerprint.page == WHOLE, Fingerprint.version_id == one.current.id))
    assert [share > 0.6 for share, in pairs] == [True] and other.status == "ready"


def test_a_picture_inside_a_deck_is_known(world, shared):
    scene = (5, 6, 7)
    deck = shared(files.pptx(files.Content((files.Slide("Seen in Parma", picture=scene),))), "deck.pptx")
    picture = shared(files.encoded(files.scene(*scene).resize((320, 210)), "PNG"), "seen.png")
    versions = set(db.session.scalars(
        select(Fingerprint.version_id).join(Likeness, Likeness.fingerprint_id == Fingerprint.id)))
    assert versions == {deck.current.id, picture.current.id}
