"""The report follows from what its reader may see, and from nothing else."""

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.access import entry_clause
from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.assets.models import Asset
from app.extensions import db
from app.radar.elsewhere import elsewhere
from app.radar.looking import look
from app.radar.report import FILES, SLIDES, report
from tests.making.look_alikes import Author
from tests.world import World

SPACES = ("project-open", "project-closed", "project-secret", "account-closed", "community-secret", "commons")
PAGES = [" ".join(Author(seed).sentence() for _ in range(30)) for seed in range(5)]
"""Five pages; a file is some of them."""
FILE = st.tuples(st.sampled_from(SPACES), st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True))


def text(pages: list[int]) -> bytes:
    """A file whose pages are these: each as long as a page gets."""
    return "\n".join(PAGES[page].ljust(2900, ".") + "\n" for page in pages).encode()


def told(person, assets: dict[int, str]) -> dict:
    """Everything that the radar tells a person, by the names of the assets."""
    groups = {of: [{(assets[each.asset.id], each.page and each.page.number) for each in group.members}
                   for group in report(person, of, limit=100).groups] for of in (FILES, SLIDES)}
    seen = db.session.scalars(select(Asset).where(entry_clause(person, Asset)).order_by(Asset.id))
    beside = {assets[asset.id]: _names(elsewhere(asset, person), assets) for asset in seen}
    sent = keep(io.BytesIO(text([0, 1, 2])), "sent.txt")
    alike = [(assets[each.asset_id], sorted(each.pages)) for each in look(sent.sha256, sent.media_type, person).matches]
    return {"groups": groups, "beside": beside, "alike": sorted(alike)}


def _names(found, assets: dict[int, str]):
    pages = {page: {(assets[spot.asset.id], spot.page) for spot in spots} for page, spots in found.pages.items()}
    return {assets[each.asset.id] for each in found.copies}, pages


def share_all(world, files) -> dict[int, str]:
    assets = {}
    for number, (space, pages) in files:
        asset = upload(world.named(space), keep(io.BytesIO(text(pages)), f"{number}.txt"), actor=world.lena)
        commit()
        assets[asset.id] = f"{number}.txt"
    return assets


def test_what_one_may_not_see_changes_nothing_of_what_one_is_told(application):
    """A company with everything in it, and one in which only what Otto may see was ever shared, read alike to him."""
    flask, database = application

    def in_company(files) -> dict:
        with flask.app_context():
            database.restore()
            world = World()
            try:
                return told(world.otto, share_all(world, files))
            finally:
                db.session.remove()

    @given(st.lists(FILE, min_size=2, max_size=6))
    @settings(max_examples=6, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))
    def check(files):
        numbered = list(enumerate(files))
        seen = [each for each in numbered if each[1][0] in ("project-open", "commons")]
        assert in_company(numbered) == in_company(seen)

    check()


def test_groups_are_told_once_and_paged(world, shared, document):
    for _ in range(3):
        data = document()
        for _ in range(2):
            shared(data)
    first = report(world.jon, FILES, limit=2)
    rest = report(world.jon, FILES, before=first.next, limit=2)
    assert first.count == rest.count == 3 and rest.next is None
    keys = [each.key for each in (*first.groups, *rest.groups)]
    assert keys == sorted(keys, reverse=True) and len(set(keys)) == 3
    assert all(each.is_exact and len(each.members) == 2 for each in first.groups)


def test_a_slide_in_two_files_is_reported_by_its_page(world):
    share_all(world, enumerate([("commons", [0, 1, 2]), ("project-open", [2, 3, 4])]))
    assert report(world.jon, FILES).groups == []
    [group] = report(world.jon, SLIDES).groups
    assert [each.page.number for each in group.members] == [3, 1]
