"""What a feed told is known again, whatever it changes; what is new is new."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from app.voices.found import Item
from app.voices.matching import keys, recognise
from tests.voices.conftest import item


def known(*items: Item) -> list[SimpleNamespace]:
    return [SimpleNamespace(**keys(each)._asdict()) for each in items]


def test_ids_addresses_or_titles_alone_are_enough():
    rows = known(item(1), item(2), item(3))
    again = [item(1, link="https://acme.example/moved", title="New title"), item(2, guid="other"),
             item(3, guid="other too", link="https://elsewhere.example/3")]
    assert recognise(again, rows) == rows


def test_one_address_for_everything_makes_nothing_the_same():
    page = "https://acme.example/status"
    rows = known(item(1, link=page))
    assert recognise([item(2, link=page)], rows) == [None]
    assert recognise([item(2, link=page, guid=""), item(3, link=page, guid="")], rows) == [None, None]


def test_an_address_is_the_same_by_any_scheme():
    [row] = known(item(1, guid="", link="http://www.acme.example/a/"))
    assert recognise([item(1, guid="", title="Reworded", link="https://acme.example/a")], [row]) == [row]


@given(st.sets(st.integers(1, 28), min_size=1), st.sampled_from(["guid", "link", "both", "title"]), st.randoms())
def test_a_feed_that_changes_one_thing_of_everything_tells_nothing_new(numbers, what, random):
    before = [item(each) for each in numbers]
    change = {"guid": {"guid": "x{}"}, "link": {"link": "https://y.example/{}"}, "title": {"title": "Z {}"},
              "both": {"guid": "x{}", "link": "https://y.example/{}"}}[what]
    after = [item(each, **{name: value.format(each) for name, value in change.items()}) for each in numbers]
    random.shuffle(after)
    found = recognise(after, known(*before))
    assert None not in found and len({id(each) for each in found}) == len(after)


@given(st.lists(st.builds(Item, *[st.sampled_from(["", "a", "b", "https://a.example/"])] * 3), max_size=8),
       st.lists(st.builds(Item, *[st.sampled_from(["", "a", "b", "https://a.example/"])] * 3), max_size=8))
def test_nothing_is_two_things(items, before):
    rows = known(*before)
    found = [id(each) for each in recognise(items, rows) if each is not None]
    assert len(found) == len(set(found)) and set(found) <= {id(each) for each in rows}
