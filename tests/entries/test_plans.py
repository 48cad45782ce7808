"""What grows with the company is found by an index: how SQLite goes about the statements of every page."""

import pytest
from sqlalchemy import select, text

from app.decisions.log import _living
from app.decisions.models import Decision
from app.entries.cards import _as_cards
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.feed import streams
from app.handoffs.models import Handoff

DATABASES = ("sqlite",)


def plan(query) -> str:
    sql = query.compile(db.engine, compile_kwargs={"literal_binds": True})
    return "\n".join(row[-1] for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {sql}".replace(":", r"\:"))))


def test_streams_and_what_is_unread_are_read_out_of_their_index(world):
    for query in (streams.unread(world.lena), next(streams.branches_of(world.lena, "for-you"))):
        assert "entries USING COVERING INDEX ix_entries_stream" in plan(query)


@pytest.mark.parametrize("query", [
    lambda lena: select(Entry.title).where(rooted_in(1)),
    lambda lena: select(Handoff.id).where(rooted_in(1, Handoff), Handoff.deleted_at.is_(None)),
    lambda lena: _living(lena).where(rooted_in(1, Decision)),
])
def test_what_is_at_home_in_a_space_is_found_by_it(world, query):
    told = plan(query(world.lena))
    assert "SCAN entries" not in told and "SEARCH entries" in told and "(space_id=?" in told


def test_cards_read_nothing_but_what_they_show(world):
    cards = _as_cards().with_only_columns(*_as_cards().selected_columns)
    told = plan(cards.params(ids=[1, 2]))
    assert "SCAN" not in told.replace("SCAN CONSTANT", "")
