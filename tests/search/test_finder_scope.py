"""Finding within filters, versions, threads and pages: what comes into question, and in what portions."""

from datetime import UTC, datetime

import pytest

from app.entries.models import Share
from app.entries.reference_models import AccountMention, EntryTag, Tag
from app.extensions import db
from app.learnings.models import Learning
from app.reviews.models import Review
from app.search import finder, index
from app.search.finder import find


def ids(found) -> list[int]:
    return [hit.entry_id for hit in found.items]


def test_filters(world):
    review = world.write("pricing", title="Spring", kind=Review, quarter="2026-Q1", region="EMEA", by=world.jon)
    at_acme = world.write("pricing", space=world.acme)
    tagged = world.write("pricing #q3")
    about_acme = world.write("pricing for $acme")
    tag = Tag(name="q3")
    db.session.add_all([tag, AccountMention(entry_id=about_acme.id, space_id=world.acme.id)])
    db.session.flush()
    db.session.add(EntryTag(entry_id=tagged.id, tag_id=tag.id))

    def found(typed):
        return set(ids(find(world.lena, typed)))

    assert found("pricing kind:review") == found("kind:reviews") == {review.id}
    assert found("pricing -kind:post") == {review.id}
    assert found("pricing in:emea") == found("by:@jon pricing") == found("by:jon") == {review.id}
    assert found('pricing in:"Acme Robotics"') == found("in:acme-robotics pricing") == {at_acme.id}
    assert found("account:acme") == {at_acme.id, about_acme.id}
    assert found("tag:#q3 pricing") == {tagged.id}
    assert found("kind:review OR kind:learning") == {review.id}


def test_dates_from_the_first_day_to_before_the_last(world):
    old = world.write("pricing", created_at=datetime(2025, 12, 31, 23, 59, tzinfo=UTC))
    new = world.write("pricing", created_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert ids(find(world.lena, "pricing after:2026-01")) == ids(find(world.lena, "after:2026-Q1")) == [new.id]
    assert ids(find(world.lena, "pricing before:2026")) == [old.id]
    assert ids(find(world.lena, "pricing", since=new.created_at)) == [new.id]
    assert ids(find(world.lena, "pricing", until=new.created_at)) == [old.id]


def test_a_shared_entry_is_in_both_spaces(world):
    entry = world.write("pricing", space=world.acme)
    db.session.add(Share(entry_id=entry.id, space_id=world.commons.id, by_id=world.lena.id))
    db.session.flush()

    assert ids(find(world.lena, "pricing in:commons")) == [entry.id]


def shared_into(space, entry, world):
    db.session.add(Share(entry_id=entry.id, space_id=space.id, by_id=world.lena.id))
    db.session.flush()
    return entry


def test_a_chosen_space_means_the_same_as_a_typed_one(world):
    shared = shared_into(world.acme, world.write("pricing"), world)
    answer = world.comment(shared, "pricing indeed")
    at_home = world.write("pricing", space=world.acme)
    elsewhere = world.write("pricing")

    found = find(world.lena, "pricing", space_id=world.acme.id)

    assert set(ids(found)) == set(ids(find(world.lena, "pricing in:acme-robotics"))) == {
        shared.id, answer.id, at_home.id}
    assert found.total == 3 and found.facets["kind"] == {"post": 2, "comment": 1}
    assert found.facets["space"] == {world.commons.id: 3, world.acme.id: 3}
    assert elsewhere.id in ids(find(world.lena, "pricing", space_id=world.commons.id))


def test_a_space_that_is_hidden_is_neither_counted_nor_a_filter(world):
    shared = shared_into(world.secret, world.write("pricing"), world)
    out_of_it = shared_into(world.commons, world.write("pricing", space=world.secret), world)

    for_lena = find(world.lena, "pricing")
    assert set(ids(for_lena)) == {shared.id, out_of_it.id} and for_lena.facets["space"] == {world.commons.id: 2}
    chosen = find(world.lena, "pricing", space_id=world.secret.id)
    assert (ids(chosen), chosen.total, chosen.facets["kind"]) == ([], 0, {})
    assert set(ids(find(world.jon, "pricing", space_id=world.secret.id))) == {shared.id, out_of_it.id}


@pytest.mark.parametrize(("written", "typed"), [
    ("e-mail", "email"), ("email", "e-mail"), ("E-Mails", "email"), ("Emails", "E-Mail"), ("E-Mail-Kampagne", "email"),
    ("E-Mail-Kampagne", "Email-Kampagne"), ("Email-Kampagne", "E-Mail-Kampagne"), ("follow-up", "followups"),
    ("B2B-CRM", "b2bcrm"), ("e‑mail", "email"), ("high speed", "high-speed"),
])
def test_a_compound_is_found_with_and_without_its_hyphen(world, written, typed):
    entry = world.write(f"Our {written} went out")
    world.write("Our mail went out, e and speed and follow and high")

    [hit] = find(world.lena, f'"{typed}"' if " " in typed else typed).items[:1]

    assert hit.entry_id == entry.id and "<mark>" in hit.snippet


def test_a_date_is_no_compound(world):
    world.write("Due 2026-09-01")

    assert not find(world.lena, "20260901").items


def test_a_hit_in_a_deck_opens_its_best_slide(world):
    deck = world.deck("Q3 review", ("Agenda", "webinar and more"), ("Webinar", "webinar cost per lead"), ("End", "bye"))

    [hit] = find(world.lena, "webinar cost").items

    assert (hit.entry_id, hit.page, hit.url, hit.more_pages) == (deck.id, 2, f"/assets/{deck.id}?slide=2", 1)
    assert hit.title == "Q3 review"


def test_only_the_newest_version_of_a_file_is_found(world):
    deck = world.deck("Plan", ("One", "telemarketing"))
    world.version(deck, 2, ("One", "webinar"))

    assert not find(world.lena, "telemarketing").items
    assert ids(find(world.lena, "webinar")) == ids(find(world.lena, "deck-2.pptx")) == [deck.id]


def test_all_that_a_review_and_a_learning_say_is_found(world):
    review = world.write(kind=Review, title="Spring", quarter="2026-Q1", what_did_not="The landing page was slow",
                         next_steps=["Brief the agency"], channels=["Podcast"])
    learning = world.write(kind=Learning, title="Short forms win", advice="Ask for three fields")

    assert ids(find(world.lena, "landing page")) == ids(find(world.lena, "agency")) == [review.id]
    assert ids(find(world.lena, "podcast")) == [review.id]
    assert ids(find(world.lena, "three fields")) == [learning.id]


def test_a_comment_is_found_under_the_title_of_its_thread(world):
    root = world.write("Hello", title="Budget for spring")
    comment = world.comment(root, "What about podcasts?")

    [hit] = find(world.lena, "podcast").items

    assert (hit.entry_id, hit.kind, hit.title) == (comment.id, "comment", "Budget for spring")


def test_an_edit_replaces_what_is_found_and_a_deletion_ends_it(world):
    entry = world.write("pricing")
    entry.body = "webinar"
    index.write_entry(db.session, entry)
    assert (ids(find(world.lena, "pricing")), ids(find(world.lena, "webinar"))) == ([], [entry.id])

    index.remove(db.session, entry.id)
    assert not find(world.lena, "webinar").items


def test_what_is_rolled_back_is_not_found(world):
    world.write("pricing")
    db.session.rollback()

    assert not find(world.lena, "pricing").items


def test_rows_of_a_deleted_space_leave_the_index(world):
    world.write("pricing", space=world.acme)
    db.session.commit()
    db.session.delete(world.account)
    db.session.delete(world.acme)
    db.session.commit()

    assert db.session.scalar(db.text("SELECT count(*) FROM search_index")) == 0


def test_pages_follow_each_other_without_gap_or_repetition(world):
    written = {world.write(f"pricing {'webinar ' * (n % 3)}").id for n in range(7)}

    seen, cursor = [], None
    while True:
        found = find(world.lena, "pricing", limit=3, cursor=cursor)
        seen += ids(found)
        cursor = found.next
        if cursor is None:
            break

    assert len(seen) == 7 and set(seen) == written


def test_filters_alone_list_the_newest_first_in_pages(world):
    written = [world.write(f"text {n}").id for n in range(5)]

    first = find(world.lena, "kind:post", limit=3)
    second = find(world.lena, "kind:post", limit=3, cursor=first.next)

    assert ids(first) + ids(second) == written[::-1]
    assert (first.total, second.next) == (5, None)


def test_a_cursor_of_nonsense_begins_at_the_start(world):
    entry = world.write("pricing")

    assert ids(find(world.lena, "pricing", cursor="'; DROP")) == [entry.id]


def test_facets_count_entries_and_ignore_their_own_filter(world):
    world.deck("Pricing", ("One", "pricing"), ("Two", "pricing"))
    world.write("pricing")
    world.write("pricing", space=world.acme)

    found = find(world.lena, "pricing", kind="post")

    assert found.facets["kind"] == {"post": 2, "asset": 1}
    assert found.facets["space"] == {world.commons.id: 1, world.acme.id: 1}
    assert (found.total, found.total_is_more) == (2, False)


def test_a_misspelt_word_is_corrected(world):
    world.write("Webinars bring leads")

    found = find(world.lena, "webniars kind:post")

    assert (found.items, found.did_you_mean) == ([], "webinars kind:post")


def test_the_snippet_marks_and_escapes(world):
    world.write("Before <script>alert(1)</script> comes the pricing of it")

    [hit] = find(world.lena, "price").items

    assert "<mark>pricing</mark>" in hit.snippet
    assert "<script" not in hit.snippet


@pytest.mark.parametrize("typed", ["pricing", "pricing webinar fair budget", "kind:post"])
def test_statements_do_not_grow_with_the_hits(world, statements, typed):
    for n in range(12):
        world.write(f"pricing {n}", title="One")
        world.deck(f"Deck {n}", ("pricing", "webinar"))
    db.session.commit()
    db.session.expire_all()
    world.lena.id, world.lena.role  # noqa: B018 - loaded as after sign-in
    statements.seen.clear()

    assert len(find(world.lena, typed).items) >= 12
    assert len(statements.seen) <= 13


def test_writing_takes_few_statements_whatever_the_number_of_slides(world, statements):
    statements.seen.clear()
    index.write(db.session, world.write("x").id, {n: (f"Slide {n}", f"text {n} pricing") for n in range(1, 200)})

    assert len(statements.seen) <= 12


def test_a_total_says_when_it_looked_at_no_more_documents(world, monkeypatch):
    monkeypatch.setattr(finder, "COUNTED_DOCUMENTS", 4)
    world.deck("Three", ("One", "webinar"), ("Two", "webinar"), ("Three", "webinar"))
    first = find(world.lena, "webinar")
    assert (first.total, first.total_is_more) == (1, False)
    world.deck("Three more", ("One", "webinar"), ("Two", "webinar"), ("Three", "webinar"))
    both = find(world.lena, "webinar")
    assert both.total_is_more and len(both.items) == 2
