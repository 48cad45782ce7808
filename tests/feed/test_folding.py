"""One busy space or person does not flood a feed, and nothing is lost or told twice by folding."""

from hypothesis import given
from hypothesis import strategies as st

from app.activity.delivery import commit
from app.decisions.actions import decide
from app.entries.actions import post
from app.entries.important import mark_important
from app.feed import streams, unflooded
from app.feed.folding import SHOWN, Row, Run, fold

HTMX = {"HX-Request": "true"}
rows = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.booleans(), st.sampled_from([None, None, 1])),
                max_size=60).map(lambda drawn: [
                    Row(len(drawn) - at, space, author, stays and at % 4 == 0, imported)
                    for at, (space, author, stays, imported) in enumerate(drawn)])


def every_page(all_rows: list[Row], limit: int, looked_at: int) -> list:
    """All pages one after the other: (id,) of what is shown, (newest, oldest) of what is folded; and their sizes."""
    told, before, run = [], None, Run()
    while True:
        left = [row for row in all_rows if before is None or row.id < before]
        page = fold(left[:looked_at], limit, run=run, more=len(left) > looked_at)
        assert Run.read(str(page.run)) == page.run
        lines = [(each, each) for each in page.ids] + [(each.id, each.oldest) for each in page.folds]
        assert len(lines) <= limit
        told += sorted(lines, reverse=True)
        if page.next is None and not page.is_full:
            return told
        assert page.next is not None and (before is None or page.next < before)
        before, run = page.next, page.run


@given(rows, st.integers(1, 7), st.integers(8, 70))
def test_each_entry_is_told_exactly_once_and_in_order(all_rows, limit, looked_at):
    covered = []
    for newest, oldest in every_page(all_rows, limit, looked_at):
        covered += [row.id for row in all_rows if oldest <= row.id <= newest]
    assert covered == [row.id for row in all_rows]


@given(rows, st.integers(1, 7), st.integers(8, 70))
def test_what_stays_is_shown_and_no_space_has_many_in_a_row(all_rows, limit, looked_at):
    shown = {newest for newest, oldest in every_page(all_rows, limit, looked_at) if newest == oldest}
    assert {row.id for row in all_rows if row.stays} <= shown
    run = []
    for row in all_rows:
        run = [*run, row] if run and run[-1].space_id == row.space_id else [row]
        plain = [each for each in run if each.id in shown and not each.stays and each.import_id is None]
        # One alone is not worth a line, so at each end of a stretch one more may stand.
        assert len([each for each in plain[SHOWN:] if _between(each, run, shown)]) == 0


def _between(row: Row, run: list[Row], shown: set[int]) -> bool:
    """Whether both of its neighbours in the run are shown plain entries too."""
    at = run.index(row)
    around = run[at - 1:at] + run[at + 1:at + 2]
    return len(around) == 2 and all(each.id in shown and not each.stays and each.import_id is None for each in around)


def shown(person, **window):
    return unflooded.home(person, streams.Window(**window), "for-you", Run())


def test_a_busy_space_is_three_entries_and_a_line(world, browser_of):
    busy = world.space("account", "open")
    calm = post(world.commons, "Calm", actor=world.mei)
    posts = [post(busy, f"Busy {number}", actor=world.jon) for number in range(12)]
    commit()
    page = shown(world.lena)
    assert page.ids[:4] == [*[each.id for each in posts[:-4:-1]], calm.id]
    [line] = [each for each in page.folds if each.space_id == busy.id]
    assert (line.id, line.oldest, line.count) == (posts[8].id, posts[0].id, 9)
    lena = browser_of(world.lena)
    text = lena.get("/").text
    assert "9 more in <bdi>account-open</bdi>" in text and "Busy 8" not in text
    inside = lena.get(f"/?before={line.id + 1}&after={line.oldest - 1}&unfolded=1", headers=HTMX).text
    assert all(f"Busy {number}<" in inside for number in range(9)) and "Busy 9" not in inside and "Calm" not in inside


def test_what_is_important_or_waits_for_me_stands_in_the_flood(world):
    busy = world.space("account", "open")
    early = [post(busy, f"Early {number}", actor=world.jon) for number in range(3)]
    important = post(busy, "All should see this", actor=world.jon)
    mark_important(important, actor=world.jon)
    asked = decide(busy, "Which price?", "", actor=world.jon, deciders=[world.lena])
    others = decide(busy, "Which colour?", "", actor=world.jon, deciders=[world.mei])
    for number in range(5):
        post(busy, f"Late {number}", actor=world.jon)
    commit()
    ids = shown(world.lena).ids
    assert {important.id, asked.id} <= set(ids) and others.id not in ids and early[-1].id not in ids


def test_one_person_does_not_flood_a_feed_either(world, browser_of):
    for number in range(8):
        post(world.space("project", ("open", "closed")[number % 2]), f"Busy {number}", actor=world.jon)
    commit()
    [line] = shown(world.lena).folds[:1]
    assert (line.author_id, line.count) == (world.jon.id, 5)
    assert "5 more by <bdi>Jon Park</bdi>" in browser_of(world.lena).get("/").text


def test_a_flood_of_thousands_is_looked_at_in_two_goes(world, monkeypatch, statements):
    monkeypatch.setattr(unflooded, "FIRST", 5)
    monkeypatch.setattr(unflooded, "THEN", 9)
    posts = [post(world.commons, f"Busy {number}", actor=world.mei) for number in range(15)]
    commit()
    statements.clear()
    first = shown(world.lena)
    assert len([each for each in statements if not each.startswith("PRAGMA")]) <= 6
    assert first.folds[-1].goes_on and first.next == posts[6].id
    second = unflooded.home(world.lena, streams.Window(before=first.next), "for-you", first.run)
    assert second.folds[0].id == posts[5].id
