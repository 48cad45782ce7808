"""Drafts: seen by their authors alone, kept as they are typed, written by several, posted as something new."""

import html
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from app.access import can, visible
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.assets.actions import keep
from app.entries.models import Entry
from app.extensions import db
from app.reviews import drafting, proposing
from app.reviews.actions import post_review
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import Review
from app.reviews.proposal_models import DeckProposal, DraftProposal
from app.reviews.proposals import Proposal
from app.reviews.publishing import publish_draft
from app.reviews.typed import typed, value_of
from app.search.finder import find
from tests.making import documents

DATABASES = ("sqlite",)
"""Most of the time here goes into drawing decks; the room of a draft is covered by the tests of access on both."""

TYPED = {"title": "Spring webinars", "quarter": "2026-Q3", "programme": "Webinars", "currency": "EUR", "leads": "many"}


@pytest.fixture
def deck(tmp_path) -> bytes:
    return documents.deck(tmp_path / "deck.pptx").read_bytes()


@pytest.fixture
def draft(world, deck) -> ReviewDraft:
    """Lena's, with a deck."""
    found = drafting.start_draft(TYPED, actor=world.lena, deck=keep(io.BytesIO(deck), "spring.pptx"))
    commit()
    return found


def test_a_draft_may_say_what_no_review_may(world, browser_of):
    answer = browser_of(world.lena).post("/reviews/new", data={"then": "draft", "leads": "many"})
    draft = db.session.scalars(select(ReviewDraft)).one()
    assert answer.status_code == 303 and answer.headers["Location"] == draft.url
    assert 'value="many"' in browser_of(world.lena).get(draft.url).text


@pytest.mark.parametrize("who", ["ada", "jon", "otto", "gus"])
def test_nobody_but_its_authors_sees_a_draft_or_its_deck(world, browser_of, draft, who):
    person, browser = world.person(who), browser_of(world.person(who))
    asset = draft.deck
    for path in (draft.url, f"{draft.url}/fields", f"{draft.url}/deck", f"{draft.url}/proposals", asset.url,
                 asset.current.file_url, f"/spaces/{draft.space.slug}", f"/e/{asset.id}"):
        assert browser.get(path).status_code == 404, path
    for path in (draft.url, f"{draft.url}/fields", f"{draft.url}/authors", f"{draft.url}/end"):
        assert browser.post(path, data={"title": "Mine now"}).status_code == 404, path
    assert db.session.scalar(visible(person, ReviewDraft)) is None
    assert asset.id not in set(db.session.scalars(visible(person, Entry).with_only_columns(Entry.id)))
    assert "Spring webinars" not in browser.get("/search?q=spring").text


def test_a_room_is_no_place_to_post_into_or_to_manage(world, browser_of, draft):
    lena = browser_of(world.lena)
    for verb in ("post", "join", "leave", "manage"):
        assert not can(world.lena, verb, draft.space), verb
    assert not can(world.lena, "comment", draft.deck)
    assert lena.post("/posts", data={"body": "Psst", "space_id": draft.id}).status_code == 403
    assert "Spring webinars" not in lena.get("/").text and "Spring webinars" not in lena.get("/spaces").text


def test_each_field_is_kept_by_itself_so_that_two_who_type_at_once_lose_nothing(world, browser_of, draft):
    drafting.invite_author(draft, world.jon, actor=world.lena)
    commit()
    browser_of(world.lena).post(f"{draft.url}/fields", data={"what_worked": "Short titles"})
    answer = browser_of(world.jon).post(f"{draft.url}/fields", data={"leads": "300", "csrf_token": "x", "id": "9"})
    assert answer.json["fields"] | TYPED | {"leads": "300"} == answer.json["fields"]
    assert answer.json["fields"]["what_worked"] == "Short titles" and "id" not in answer.json["fields"]
    assert draft.saved_by is world.jon


def test_a_colleague_is_asked_to_write_along_and_told(world, browser_of, draft):
    lena = browser_of(world.lena)
    unknown = lena.post(f"{draft.url}/authors", data={"handle": "@nobody"})
    assert unknown.status_code == 422 and "Nobody here is called @nobody" in unknown.text
    lena.post(f"{draft.url}/authors", data={"handle": "Jon Park"})
    told = db.session.scalars(select(Notification).join(Activity).where(Activity.kind == "review.author_invited")).one()
    assert told.person_id == world.jon.id
    jon = browser_of(world.jon)
    assert jon.post("/notifications/read", data={"id": told.id}).headers["Location"] == draft.url
    assert jon.get(draft.url).status_code == 200 and draft.deck.title in jon.get(draft.deck.url).text


def test_what_is_wrong_stands_beside_its_field_and_everything_is_kept(world, browser_of, draft):
    data = TYPED | {"space_id": world.commons.id, "then": "publish", "what_worked": "Short titles"}
    answer = browser_of(world.lena).post(draft.url, data=data)
    assert answer.status_code == 422 and "This is not a number." in answer.text
    db.session.expire_all()
    assert draft.fields["what_worked"] == "Short titles" and not db.session.scalars(select(Review)).all()


def test_a_posted_draft_is_new_to_everybody_and_leads_its_authors_there(world, browser_of, draft):
    drafting.invite_author(draft, world.jon, actor=world.lena)
    commit()
    asset = draft.deck
    before = db.session.scalar(select(db.func.max(Entry.id)))
    data = TYPED | {"space_id": world.commons.id, "then": "publish", "leads": "300"}
    answer = browser_of(world.lena).post(draft.url, data=data)
    review = db.session.scalars(select(Review)).one()
    assert answer.headers["Location"] == review.url and review.id > before
    assert review.author is world.lena and review.co_authors == [world.jon]
    assert review.deck is asset and asset.space == world.commons
    jon = browser_of(world.jon)
    assert jon.get(draft.url).headers["Location"] == review.url
    refused = jon.post(f"{draft.url}/fields", data={"body": "One more thing"})
    assert refused.status_code == 409 and refused.json == {"posted": review.url}
    assert "Spring webinars" not in jon.get("/reviews/drafts").text
    for person in (world.mei, world.otto):
        assert browser_of(person).get(asset.url).status_code == 200
        assert "Spring webinars" in browser_of(person).get("/search?q=spring").text
    assert can(world.jon, "edit", review) and not can(world.mei, "edit", review)


def test_the_deck_of_a_draft_is_found_by_the_title_it_was_posted_under(world, draft):
    asset = draft.deck
    publish_draft(draft, world.commons, "Zephyr clinics", actor=world.lena, quarter="2026-Q3")
    commit()
    assert asset.id in {hit.entry_id for hit in find(world.jon, "zephyr").items}


def test_nobody_posts_a_draft_where_they_may_not_write(world, browser_of, draft):
    drafting.invite_author(draft, world.otto, actor=world.lena)
    commit()
    data = TYPED | {"space_id": world.space("project", "closed").id, "then": "publish", "leads": "3"}
    assert browser_of(world.otto).post(draft.url, data=data).status_code == 403
    assert db.session.get(ReviewDraft, draft.id) is not None


def test_a_discarded_draft_leaves_nothing(world, browser_of, draft):
    asset, lena, gone, address = draft.deck, browser_of(world.lena), draft.id, draft.url
    lena.post(f"{address}/end")
    assert asset.is_deleted and not db.session.scalars(select(ReviewDraft)).all()
    assert "Spring" not in lena.get("/search?q=spring").text
    for path in (address, asset.url):
        assert lena.get(path).status_code == 404, path
    assert drafting.start_draft({}, actor=world.lena).space.id > gone


def test_what_the_deck_proposes_fills_the_draft_in_and_goes_along(world, browser_of, draft):
    db.session.query(DraftProposal).delete()
    told = [Proposal("leads", 300, 3, "Leads 300", "sure"),
            Proposal("cost", Decimal("1200.50"), 3, "€1,200.50", "sure"),
            Proposal("next_steps", ["Do it again"], 4, "Do it again", "likely")]
    proposing.propose(draft, draft.page_version, told)
    commit()
    proposed = {each.field: each for each in proposing.waiting(draft)}
    lena = browser_of(world.lena)
    lena.post(f"{proposed['cost'].url}/acceptance")
    lena.post(f"{proposed['next_steps'].url}/acceptance")
    assert browser_of(world.jon).post(f"{proposed['leads'].url}/acceptance").status_code == 404
    db.session.expire_all()
    assert (draft.fields["cost"], draft.fields["next_steps"]) == ("1200.50", "Do it again")
    review = publish_draft(draft, world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    assert [each.field for each in proposing.waiting(review)] == ["leads"]
    assert db.session.scalars(select(DeckProposal)).first().review is review


@given(some.decimals(0, 10**12, places=2), some.integers(0, 10**9), some.dates(), some.lists(
    some.text("abc äöü王", min_size=1).map(str.strip).filter(bool), max_size=4))
def test_what_is_typed_for_a_value_says_that_value(amount, count, day, names):
    for name, value in (("cost", amount), ("leads", count), ("ends_on", day), ("channels", names),
                        ("next_steps", names)):
        assert value_of(name, typed(name, value)) == value


def test_a_file_of_figures_fills_a_draft_in_and_its_rows_go_along(world, browser_of, draft):
    lena = browser_of(world.lena)
    rows = b"Channel;Cost;Leads\nWebinar;1.000,50;30\nE-mail;200;12\n"
    page = lena.post(f"{draft.url}/figures-file", data={"file": (io.BytesIO(rows), "figures.csv")}).text
    assert browser_of(world.jon).get(f"{draft.url}/figures-file").status_code == 404
    sent = dict(re.findall(r'name="(table|shown)" value="([^"]*)"', page))
    sent = {name: html.unescape(value) for name, value in sent.items()}
    meanings = {"meaning-0": "channel", "meaning-1": "cost", "meaning-2": "leads"}
    answer = lena.post(f"{draft.url}/figures-file/figures", data=sent | meanings | {
        "do": "take", "take": ["cost", "leads"], "use": ["0", "1"]})
    assert answer.headers["Location"] == f"{draft.url}#figures"
    assert (draft.fields["cost"], draft.fields["leads"]) == ("1200.50", "42")
    review = publish_draft(draft, world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    assert [(row.label, row.cost, row.leads) for row in review.breakdown] == [
        ("Webinar", Decimal("1000.50"), 30), ("E-mail", Decimal("200"), 12)]
    assert review.edited_at is None


def test_a_draft_opens_with_what_was_said_the_quarter_before(world, browser_of, draft):
    post_review(world.commons, "Before", actor=world.lena, quarter="2026-Q2", programme="Webinars",
                next_steps=["Ask for recordings"])
    post_review(world.space("project", "secret"), "Hush", actor=world.jon, quarter="2026-Q2", programme="Webinars",
                next_steps=["Keep it quiet"])
    drafting.invite_author(draft, world.mei, actor=world.lena)
    commit()
    assert "Keep it quiet" in browser_of(world.lena).get(draft.url).text
    page = browser_of(world.mei).get(draft.url).text
    assert "Ask for recordings" in page and "Keep it quiet" not in page


def test_a_refused_deck_is_said_and_nothing_is_posted_without_it(app, world, browser_of, draft, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT", 10)
    data = TYPED | {"space_id": world.commons.id, "then": "publish", "leads": "300",
                    "deck": (io.BytesIO(b"x" * 100), "new.pptx")}
    answer = browser_of(world.lena).post(draft.url, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422 and "larger than" in answer.text
    assert not db.session.scalars(select(Review)).all()


def test_a_draft_posted_before_its_deck_was_read_is_read_all_the_same(world, draft):
    draft.deck_read_version_id = None
    db.session.query(DraftProposal).delete()
    db.session.commit()
    review = publish_draft(draft, world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    db.session.expire_all()
    assert review.deck_read_version_id == review.newest_version.id


def test_who_wrote_along_hears_that_it_was_posted_and_cannot_throw_it_away(world, browser_of, draft):
    drafting.invite_author(draft, world.jon, actor=world.lena)
    commit()
    jon = browser_of(world.jon)
    assert jon.post(f"{draft.url}/end").status_code == 403 and "Discard" not in jon.get(draft.url).text
    publish_draft(draft, world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    told = select(Notification.person_id).join(Activity).where(Activity.kind == "review.posted_together")
    assert db.session.scalars(told).all() == [world.jon.id]


def test_a_day_that_is_over_is_refused_where_it_is_given_anew(world, browser_of):
    data = TYPED | {"space_id": world.commons.id, "leads": "3", "closes_on": "2020-01-01"}
    refused = browser_of(world.lena).post("/reviews/new", data=data)
    assert refused.status_code == 422 and "This day is over" in refused.text


def test_nobody_is_shut_out_of_what_they_wrote(world, browser_of, draft):
    drafting.invite_author(draft, world.mei, actor=world.lena)
    commit()
    data = TYPED | {"space_id": world.space("project", "secret").id, "then": "publish", "leads": "300"}
    refused = browser_of(world.lena).post(draft.url, data=data)
    assert refused.status_code == 422 and "cannot look in there" in refused.text and world.mei.name in refused.text
    browser_of(world.lena).post(f"{draft.url}/authors/{world.mei.id}/end")
    assert browser_of(world.mei).get(draft.url).status_code == 404
    assert browser_of(world.lena).post(draft.url, data=data).status_code == 303


def test_guests_write_no_reviews(world, browser_of, draft):
    assert browser_of(world.lena).post(f"{draft.url}/authors", data={"handle": "@gus"}).status_code == 422


def test_what_two_typed_into_one_text_stays(world, browser_of, draft):
    drafting.invite_author(draft, world.jon, actor=world.lena)
    commit()
    browser_of(world.lena).post(f"{draft.url}/fields", data={"body": "One two", "was.body": ""})
    browser_of(world.lena).post(f"{draft.url}/fields", data={"body": "Zero one two", "was.body": "One two"})
    answer = browser_of(world.jon).post(f"{draft.url}/fields", data={"body": "One two three", "was.body": "One two"})
    assert answer.json["fields"]["body"] == "Zero one two three"


def test_what_the_review_says_already_is_not_proposed_again_however_its_lines_end(world, browser_of, draft):
    data = TYPED | {"space_id": world.commons.id, "then": "publish", "leads": "3",
                    "what_worked": "- Short titles\r\n- Tuesday", "next_steps": "Do it again @jon 2027-01-15"}
    browser_of(world.lena).post(draft.url, data=data)
    review = db.session.scalars(select(Review)).one()
    told = [Proposal("what_worked", "- Short titles\n- Tuesday", 3, "Short titles", "sure"),
            Proposal("next_steps", ["Do it again"], 4, "Do it again", "sure")]
    assert proposing.propose(review, review.newest_version, told) == 0


def test_only_who_wrote_a_review_changes_its_deck(world, browser_of, draft, deck):
    review = publish_draft(draft, world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    path = f"{review.deck.url}/versions"
    for person, status in ((world.jon, 403), (world.lena, 303)):
        answer = browser_of(person).post(path, data={"file": (io.BytesIO(deck), "b.pptx")})
        assert answer.status_code == status, person.handle


def test_a_colleague_is_found_by_a_name_in_any_alphabet(world, browser_of, draft):
    world.otto.name = "Özlem Öz"
    commit()
    assert browser_of(world.lena).post(f"{draft.url}/authors", data={"handle": "Özlem Öz"}).status_code == 303
    assert world.otto in drafting.authors(draft)
