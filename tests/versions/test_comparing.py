"""Any two versions side by side, and one of them brought back."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.assets import pages
from app.assets.actions import add_version, keep, upload
from app.assets.models import Page, StoredFile, Version
from app.assets.rendering import Rendered
from app.entries.actions import watch
from app.extensions import db
from app.reviews.actions import post_review
from app.versions.actions import AlreadyCurrent, restore
from app.versions.pairing import Pair, compare
from tests.assets.conftest import spot
from tests.making import documents
from tests.test_pages import count

DATABASES = ("sqlite",)
"""Pages are compared in Python, whatever database they come from."""

COST, RESULTS, NEXT = "What it cost\nMoney", "Results\nMany leads", "Next steps\nDo it again"
TEAM, FAIRS = "Team\nLena and Jon", "Fairs\nMunich in June"
VERSIONS = ["\n\n".join(pages) for pages in (
    (COST, RESULTS, NEXT), (NEXT, TEAM, COST), (NEXT, TEAM, f"{COST} and time", FAIRS), (RESULTS, NEXT),
)]


@pytest.fixture
def asset(world, decks):
    made = decks.share(world.commons, VERSIONS[0], actor=world.lena)
    for text in VERSIONS[1:]:
        decks.renew(made, text)
    return made


def told(asset, before: int, after: int) -> list[tuple]:
    found = compare(asset.versions[before - 1], asset.versions[after - 1])
    return [(pair.before and pair.before.number, pair.after and pair.after.number, pair.state) for pair in found.pairs]


def test_pages_are_paired_along_all_versions_between(asset):
    assert told(asset, 1, 2) == [(3, 1, "moved"), (None, 2, "new"), (1, 3, "same"), (2, None, "gone")]
    assert told(asset, 1, 3) == [(3, 1, "moved"), (None, 2, "new"), (1, 3, "changed"), (2, None, "gone"),
                                 (None, 4, "new")]
    assert told(asset, 3, 1) == [(3, 1, "changed"), (4, None, "gone"), (None, 2, "new"), (1, 3, "same"),
                                 (2, None, "gone")]
    back = [(1, None, "gone"), (2, 1, "same"), (3, 2, "same")]
    assert told(asset, 1, 4) == back, "a page that came back is no new one"
    assert told(asset, 2, 2) == [(1, 1, "same"), (2, 2, "same"), (3, 3, "same")]


def test_the_page_opens_at_the_first_change_and_leads_to_the_next(asset, world, browser_of):
    jon = browser_of(world.jon)
    address = f"{asset.url}/compare?from=1&to=3"
    page = jon.get(address).text
    assert re.search(r"1 page changed,\s+1 moved,\s+2 are new,\s+1 is gone", re.sub(r"\s+", " ", page))
    assert "and time" in page, "texts without pictures are read as one"
    page = jon.get(f"{address}&slide=3&view=side").text
    assert re.search(r"Page 3: changed", page) and "Money<ins> and time</ins>" in page
    links = dict(re.findall(r'id="change-(before|next)" href="[^"]*&amp;((?:slide|was)=\d)', page))
    assert links == {"before": "slide=2", "next": "was=2"}
    gone = jon.get(f"{address}&was=2&view=side").text
    assert "This page is gone in version 3." in gone and "Many leads" in gone


@pytest.mark.parametrize("query", ["?from=9&to=1", "?from=1&to=0&from=x", "", "?slide=99&was=0", "?from=2&to=2",
                                   "?from=3&to=1&view=wipe", "?view=nonsense&slide=abc"])
def test_any_address_is_answered(asset, world, browser_of, query):
    expected = 404 if "from=9" in query else 200
    assert browser_of(world.jon).get(f"{asset.url}/compare{query}").status_code == expected


def test_what_cannot_be_compared_says_so(world, decks, browser_of):
    asset = decks.share(world.commons, COST, actor=world.lena)
    decks.renew(asset, "!")
    decks.renew(asset, "more", drawn=False)
    jon = browser_of(world.jon)
    assert "damaged" in jon.get(f"{asset.url}/compare?from=1&to=2").text
    assert "still being drawn" in jon.get(f"{asset.url}/compare?from=1&to=3").text


def test_words_of_files_are_no_markup(world, decks, browser_of):
    asset = decks.share(world.commons, "Fine\n<script>alert(1)</script> here", actor=world.lena)
    decks.renew(asset, "Fine\n<script>alert(2)</script> here")
    page = browser_of(world.jon).get(f"{asset.url}/compare?from=1&to=2").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(<del>1</del><ins>2</ins>)" in page


def test_a_title_that_is_kept_apart_from_the_text_is_read_with_it():
    before, after = (Page(number=1, title=title, text="So it is", notes="") for title in ("Spring", "Summer"))
    pair = Pair(before, after)
    assert (pair.state, pair.told("words")) == ("changed", ("Spring\nSo it is", "Summer\nSo it is"))
    assert Pair(before, Page(number=1, title="Spring", text="Spring\nSo it is", notes="")).state == "same"


def test_pictures_are_wiped_over_each_other(world, browser_of, tmp_path):
    asset = upload(world.commons, keep(documents.picture(tmp_path / "a.png").open("rb"), "a.png"), actor=world.lena)
    commit()
    page = browser_of(world.jon).get(f"{asset.url}/compare").text
    assert "data-wipe" in page and 'type="range"' in page and "one and the same version" in page


def test_comparing_asks_as_often_however_many_versions_lie_between(asset, world, decks, browser_of, statements):
    jon = browser_of(world.jon)
    near = count(jon, statements, f"{asset.url}/compare?from=3&to=4")
    for number in range(8):
        decks.renew(asset, "\n\n".join([*VERSIONS, f"And {number}"]))
    assert count(jon, statements, f"{asset.url}/compare?from=1&to=12") <= near <= 10


def test_who_may_not_see_an_asset_compares_nothing_and_guests_restore_nothing(world, decks, browser_of):
    asset = decks.share(world.space("project", "secret"), COST, actor=world.lena)
    decks.renew(asset, TEAM)
    otto = browser_of(world.otto)
    assert otto.get(f"{asset.url}/compare").status_code == 404
    assert otto.post(f"{asset.url}/versions/1/restoration").status_code == 404
    closed = decks.share(world.space("project", "open"), COST, actor=world.lena)
    review = post_review(closed.space, "Webinars", actor=world.lena, quarter="2026-Q3", deck=closed)
    decks.renew(closed, TEAM)
    assert browser_of(world.otto).post(f"{closed.url}/versions/1/restoration").status_code == 403
    assert f"{closed.url}/compare?from=1&amp;to=2" in browser_of(world.otto).get(review.url).text


def test_an_old_version_comes_back_with_its_pages_and_what_was_said(world, decks, browser_of, monkeypatch):
    asset = decks.share(world.commons, VERSIONS[0], actor=world.lena)
    said = decks.say(asset, 2, "Many", actor=world.jon, region={"x": 0.5, "y": 0.25})
    decks.renew(asset, TEAM)
    watch(asset, world.mei)
    commit()
    drawn = []
    monkeypatch.setattr(pages, "render", lambda *_: drawn.append(1) or Rendered([]))
    files = db.session.scalar(select(func.count()).select_from(StoredFile))
    answer = browser_of(world.jon).post(f"{asset.url}/versions/1/restoration")
    assert answer.headers["Location"] == asset.url
    db.session.expire_all()
    third = asset.versions[2]
    assert (third.note, third.sha256, third.author.handle) == ("Version 1 again", asset.versions[0].sha256, "jon")
    assert not drawn and [page.text for page in third.pages] == [page.text for page in asset.versions[0].pages]
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == files
    assert spot(said) == (3, 2) and (said.x, said.y) == (0.5, 0.25)
    [activity] = db.session.scalars(select(Activity).where(Activity.kind == "asset.version_restored"))
    assert not db.session.scalars(select(Activity).where(Activity.kind == "asset.version_added",
                                                         Activity.id >= activity.id)).all()
    told = select(Notification.reason).where(Notification.activity_id == activity.id,
                                             Notification.person_id == world.mei.id)
    assert db.session.scalar(told) == "version"
    assert "brought version 1 of “Deck” back as version 3" in browser_of(world.mei).get("/notifications").text


def test_what_is_the_newest_already_is_not_restored(world, decks, browser_of):
    asset = decks.share(world.commons, COST, actor=world.lena)
    with pytest.raises(AlreadyCurrent):
        restore(asset.versions[0], actor=world.lena)
    decks.renew(asset, TEAM)
    lena = browser_of(world.lena)
    for _twice in range(2):
        lena.post(f"{asset.url}/versions/1/restoration")
    db.session.expire_all()
    assert asset.version_count == 3 and "Bring it back" in lena.get(asset.url).text


def test_a_file_that_was_not_drawn_in_full_is_drawn_anew(world, decks):
    asset = upload(world.commons, keep(io.BytesIO(COST.encode()), "deck.txt"), actor=world.lena)
    commit()
    first = db.session.scalars(select(Version)).one()
    db.session.execute(db.update(Page).values(text="poor"))
    first.reason = "no_pictures"
    db.session.commit()
    again = decks.share(world.commons, COST, actor=world.lena)
    assert [page.text for page in again.versions[0].pages] == [COST]
    assert asset.id != again.id


def test_scans_that_changed_stand_beside_each_other_at_their_place(world, tmp_path):
    def scan(*shades: int):
        first, *others = (Image.new("RGB", (300, 200), (shade, 90, 90)) for shade in shades)
        path = tmp_path / "scan.pdf"
        first.save(path, save_all=True, append_images=others)
        return keep(path.open("rb"), "scan.pdf")

    asset = upload(world.commons, scan(10, 120, 240), actor=world.lena)
    commit()
    add_version(asset, scan(10, 60, 240), actor=world.lena)
    commit()
    assert [pair[:2] for pair in told(asset, 1, 2)] == [(1, 1), (2, 2), (3, 3)]
