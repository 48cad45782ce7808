"""Entries through the browser: status, fragment, and what is there afterwards."""

import io

import pytest
from sqlalchemy import select

from app.access import can
from app.activity.delivery import commit
from app.assets.actions import keep
from app.entries.actions import comment, share, unshare
from app.entries.models import Entry, Post, Reaction
from app.entries.personal_models import Bookmark
from app.extensions import db
from app.reviews.actions import post_review

HTMX = {"HX-Request": "true"}


def newest() -> Entry:
    return db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()


def test_a_post_by_form_leads_back_to_its_space(world, browser_of):
    space = world.space("project", "open")
    answer = browser_of(world.jon).post("/posts", data={"space_id": space.id, "body": "It *works*"})
    assert answer.status_code == 303 and answer.headers["Location"] == space.url
    assert newest().body_html == "<p>It <em>works</em></p>\n"


def test_a_post_by_htmx_answers_its_card(world, browser_of):
    space = world.space("project", "open")
    answer = browser_of(world.jon).post("/posts", data={"space_id": space.id, "body": "Hello"}, headers=HTMX)
    assert answer.status_code == 200 and f'id="entry-{newest().id}"' in answer.text


def test_an_empty_post_keeps_the_form_and_says_why(world, browser_of):
    answer = browser_of(world.jon).post("/posts", data={"space_id": world.commons.id, "body": "  "})
    assert answer.status_code == 422 and "Write something first." in answer.text


@pytest.mark.parametrize(("access", "status"), [("open", 303), ("closed", 403), ("secret", 404)])
def test_an_outsider_posts_into_open_spaces_only(world, browser_of, access, status):
    space = world.space("project", access)
    answer = browser_of(world.otto).post("/posts", data={"space_id": space.id, "body": "Hello"})
    assert answer.status_code == status


def test_a_comment_answers_its_fragment_and_lands_in_the_thread(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    parent = comment(root, "First", actor=world.lena)
    data = {"body": "Second", "parent_id": parent.id}
    answer = browser_of(world.jon).post(f"/e/{root.id}/comments", data=data, headers=HTMX)
    assert answer.status_code == 200 and f'id="entry-{newest().id}"' in answer.text
    assert (newest().thread_id, newest().parent_id) == (root.id, parent.id)


def test_a_comment_on_a_comment_lands_in_the_same_thread(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    first = comment(root, "First", actor=world.lena)
    browser_of(world.jon).post(f"/e/{first.id}/comments", data={"body": "Second"})
    assert newest().thread_id == root.id


def test_an_empty_comment_keeps_the_page_and_says_why(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    answer = browser_of(world.jon).post(f"/e/{root.id}/comments", data={"body": ""})
    assert answer.status_code == 422 and "Write something first." in answer.text


def test_permalinks_lead_to_where_it_is_read(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    answer_id = comment(root, "Here", actor=world.jon).id
    jon = browser_of(world.jon)
    assert jon.get(f"/e/{root.id}").headers["Location"] == f"/posts/{root.id}"
    assert jon.get(f"/e/{answer_id}").headers["Location"] == f"/posts/{root.id}#entry-{answer_id}"


@pytest.mark.parametrize("path", ["/e/{}", "/posts/{}", "/e/{}/fragment", "/e/{}/edit", "/e/{}/history", "/e/{}/share"])
def test_what_one_may_not_see_does_not_exist(world, browser_of, path):
    secret = world.first_post(world.space("project", "secret"))
    assert browser_of(world.otto).get(path.format(secret.id)).status_code == 404
    assert browser_of(world.otto).get(path.format(10**12)).status_code == 404


def test_only_the_author_edits(world, browser_of):
    entry = world.first_post(world.space("project", "open"))
    assert browser_of(world.jon).get(f"/e/{entry.id}/edit").status_code == 403
    answer = browser_of(world.lena).post(f"/e/{entry.id}/edit", data={"body": "Better"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert entry.body == "Better"
    assert "Hello from project-open" in browser_of(world.jon).get(f"/e/{entry.id}/history").text


def test_deleting_leaves_a_gravestone_in_the_thread(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    answer = comment(root, "Oops", actor=world.jon)
    browser_of(world.jon).post(f"/e/{answer.id}/delete")
    page = browser_of(world.lena).get(root.url).text
    assert "Oops" not in page and "took this comment back" in page


def test_a_reaction_toggles(world, browser_of):
    entry = world.first_post(world.space("project", "open"))
    jon = browser_of(world.jon)
    answer = jon.post(f"/e/{entry.id}/reactions", data={"emoji": "👍"}, headers=HTMX)
    assert 'aria-pressed="true"' in answer.text
    jon.post(f"/e/{entry.id}/reactions", data={"emoji": "👍"}, headers=HTMX)
    assert not db.session.scalars(select(Reaction)).all()
    assert jon.post(f"/e/{entry.id}/reactions", data={"emoji": "x"}).status_code == 400


def test_bookmarks_are_kept_and_listed(world, browser_of):
    entry = world.first_post(world.space("project", "open"))
    jon = browser_of(world.jon)
    jon.post(f"/e/{entry.id}/bookmark", headers=HTMX)
    assert f'id="entry-{entry.id}"' in jon.get("/bookmarks").text
    jon.post(f"/e/{entry.id}/bookmark", headers=HTMX)
    assert not db.session.scalars(select(Bookmark)).all()


def test_sharing_offers_only_spaces_one_may_write_in_and_shows_it_there(world, browser_of):
    entry = world.first_post(world.space("project", "secret"))
    jon = browser_of(world.jon)
    assert jon.get(f"/e/{entry.id}/share").status_code == 200
    there = world.space("project", "open")
    assert jon.post(f"/e/{entry.id}/share", data={"space_id": there.id, "body": "Look"}).status_code == 303
    assert "Hello from project-secret" in browser_of(world.otto).get(there.url).text


def test_a_quotation_of_what_one_may_not_see_shows_nothing(world, browser_of):
    entry = world.first_post(world.space("project", "secret"))
    there = world.space("community", "open")
    share(entry, there, actor=world.jon, note="Look")
    [quoting] = [each for each in db.session.scalars(select(Post)) if each.quoted_id == entry.id]
    for each in entry.shares:
        db.session.delete(each)
    page = browser_of(world.otto).get(quoting.url).text
    assert "Look" in page and "Hello from project-secret" not in page


def test_the_preview_shows_what_will_be_and_writes_nothing(world, browser_of):
    answer = browser_of(world.jon).post("/preview", data={"body": "**x** @lena #new"})
    assert "<strong>x</strong>" in answer.text and "/people/lena" in answer.text and "/tags/new" in answer.text


@pytest.mark.parametrize(("kind", "typed", "expected"), [
    ("person", "le", ["lena"]), ("person", "fisch", ["lena"]),
    ("account", "account-", ["account-closed", "account-open"]),
])
def test_completion_offers_names_one_may_know(world, browser_of, kind, typed, expected):
    answer = browser_of(world.otto).get(f"/complete?kind={kind}&q={typed}")
    assert [each["value"] for each in answer.json] == expected


def test_tags_of_secret_spaces_are_not_offered(world, browser_of):
    lena = browser_of(world.lena)
    lena.post("/posts", data={"space_id": world.space("project", "secret").id, "body": "#zephyr"})
    assert [each["value"] for each in lena.get("/complete?kind=tag&q=ze").json] == ["zephyr"]
    assert browser_of(world.otto).get("/complete?kind=tag&q=ze").json == []
    assert browser_of(world.otto).get("/tags/zephyr").status_code == 404


def test_a_guest_is_offered_only_people_they_share_a_space_with(world, browser_of):
    assert browser_of(world.gita).get("/complete?kind=person&q=le").json == []
    assert [each["value"] for each in browser_of(world.gus).get("/complete?kind=person&q=le").json] == ["lena"]


@pytest.mark.parametrize(("menu", "word"), [("more", "Copy the link"), ("reactions", "well done")])
def test_a_menu_is_a_fragment_for_its_button_and_a_page_without_script(menu, word, world, browser_of):
    entry = world.first_post(world.space("project", "open"))
    jon = browser_of(world.jon)
    fragment, page = jon.get(f"/e/{entry.id}/{menu}", headers=HTMX).text, jon.get(f"/e/{entry.id}/{menu}").text
    assert word in fragment and "<html" not in fragment
    assert word in page and "<h1" in page


def test_the_menu_offers_only_what_one_may_do(world, browser_of):
    entry = world.first_post(world.space("project", "open"))
    assert "Delete" in browser_of(world.lena).get(f"/e/{entry.id}/more").text
    assert "Delete" not in browser_of(world.jon).get(f"/e/{entry.id}/more").text


def test_nobody_is_offered_a_reaction_where_they_only_read(world, browser_of):
    entry = world.first_post(world.space("project", "closed"))
    assert browser_of(world.otto).get(f"/e/{entry.id}/reactions").status_code == 404


def test_a_share_is_taken_back_by_who_shared_it(world, browser_of):
    entry, there = world.first_post(world.space("project", "secret")), world.space("community", "open")
    share(entry, there, actor=world.jon, note="Look")
    otto = browser_of(world.otto)
    assert otto.get(entry.url).status_code == 200
    assert otto.post(f"/e/{entry.id}/shares/{there.id}/end").status_code == 403
    assert browser_of(world.jon).post(f"/e/{entry.id}/shares/{there.id}/end").status_code == 303
    assert otto.get(entry.url).status_code == 404
    assert "Look" not in otto.get(there.url).text


def test_deleting_the_announcement_takes_the_share_back(world, browser_of):
    entry, there = world.first_post(world.space("project", "secret")), world.space("community", "open")
    share(entry, there, actor=world.jon, note="By mistake")
    [announcement] = [each for each in db.session.scalars(select(Post)) if each.quoted_id == entry.id]
    browser_of(world.jon).post(f"/e/{announcement.id}/delete")
    assert browser_of(world.otto).get(entry.url).status_code == 404


def test_what_goes_along_with_a_review_comes_back_with_it(world):
    secret, there = world.space("project", "secret"), world.space("community", "open")
    review = post_review(secret, "Fair", actor=world.jon, quarter="2026-Q3", channels=[],
                         deck=keep(io.BytesIO(b"not a deck"), "deck.txt"))
    shared = share(review, there, actor=world.jon)
    commit()
    assert can(world.otto, "read", review.deck)
    unshare(shared, actor=world.jon)
    commit()
    db.session.expire_all()
    assert not can(world.otto, "read", review) and not can(world.otto, "read", review.deck)
