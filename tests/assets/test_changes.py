"""What the pages say after a new version: what moved, what is gone, and what was said of slides that are."""

import pytest

from app.activity.delivery import commit
from app.assets.changes import changes
from app.entries.actions import comment, remove
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.models import Review
from app.reviews.questions import ask
from tests.test_pages import REVIEW_STATEMENTS, count

SLIDES = [f"Slide {name}\n{name} and what it means" for name in ("alpha", "beta", "gamma", "delta", "epsilon")]
ALPHA, BETA, GAMMA, DELTA, EPSILON = SLIDES


def deck(*slides: str) -> str:
    return "\n\n".join(slides)


@pytest.fixture
def review(world, decks) -> Review:
    """Lena's, in the open project, with five slides."""
    asset = decks.share(world.space("project", "open"), deck(*SLIDES), actor=world.lena)
    posted = post_review(asset.space, "Webinars", actor=world.lena, quarter="2026-Q3", deck=asset)
    commit()
    return posted


def test_one_line_says_what_moved_vanished_and_came(world, decks, review, browser_of):
    version = decks.renew(review.deck, deck("A new cover", EPSILON, ALPHA, GAMMA, DELTA))
    told = changes(version, version.pages)
    assert told.sentence == "Version 2: 1 page moved, 1 page vanished, 1 new page"
    assert [(now.number, was.number) for now, was in told.moved] == [(2, 5)]
    assert ([each.number for each in told.gone], told.new_numbers) == ([2], {1})
    for url in (review.url, review.deck.url):
        page = browser_of(world.otto).get(url).text
        assert told.sentence in page and "Page 5 is now page 2" in page and page.count("deck-thumb-new") == 1
        assert f'href="/assets/{review.deck.id}?version=1&amp;slide=2"' in page
    same = decks.renew(review.deck, deck("A new cover", EPSILON, ALPHA, GAMMA, DELTA))
    assert changes(same, same.pages).sentence == "Version 3: no page came, went or moved"
    assert changes(review.deck.versions[0], []) is None


def test_talk_about_a_slide_that_is_gone_stands_apart(world, decks, review, browser_of):
    lost = decks.say(review, 2, "Never believed in beta", actor=world.jon)
    answer = decks.say(review, 2, "Nor did I", actor=world.mei, parent=lost)
    kept = decks.say(review, 3, "Gamma it is", actor=world.jon)
    asked = ask(review, "Why beta?", actor=world.jon, page=2).comment
    decks.renew(review.deck, deck(GAMMA, "Zeta\nsomething else", DELTA))
    jon = browser_of(world.jon)
    page = jon.get(review.url).text
    above, gone = page.split('id="elsewhere"')
    assert "was slide 2 of version 1" in gone and "Never believed in beta" in gone and "Gamma it is" not in gone
    assert "Gamma it is" in above and "Never believed in beta" not in above
    assert "on a slide of an older version" in above
    threads = [jon.get(f"/reviews/{review.id}/slides/{number}/thread").text for number in (1, 2)]
    assert "Gamma it is" in threads[0] and "beta" not in threads[1] and "Nor did I" not in threads[1]
    places = {each.id: jon.get(f"/e/{each.id}").headers["Location"] for each in (lost, answer, kept, asked)}
    assert places == {each.id: f"{review.url}#entry-{each.id}" for each in (lost, answer, asked)} | {
        kept.id: f"{review.url}?slide=1#entry-{kept.id}"}
    for each in (lost, answer, asked):
        remove(each, actor=world.jon)
    commit()
    assert 'id="elsewhere"' not in jon.get(review.url).text


def test_an_old_tab_keeps_the_talk_of_its_slides(world, decks, review, browser_of):
    said = decks.say(review, 1, "Alpha indeed", actor=world.jon)
    first = review.deck.versions[0]
    decks.renew(review.deck, deck(BETA, ALPHA))
    jon, path = browser_of(world.jon), f"/reviews/{review.id}/slides/1/thread"
    assert "Alpha indeed" in jon.get(f"{path}?version=1").text and "Alpha indeed" not in jon.get(path).text
    for url, data in ((f"/e/{review.id}/comments", {}), (f"/reviews/{review.id}/questions", {})):
        jon.post(url, data={"body": f"From slide 1 {url}", "page": 1, "version_id": first.id} | data)
        assert f"From slide 1 {url}" in jon.get(f"/reviews/{review.id}/slides/2/thread").text
    foreign = decks.share(world.commons, "Other", actor=world.jon).versions[0]
    answer = jon.post(f"/e/{review.id}/comments", data={"body": "Where?", "page": 1, "version_id": foreign.id})
    assert answer.status_code == 400
    older = jon.get(f"{review.deck.url}?version=1").text
    assert "older version" in older and "Alpha indeed" not in older
    on_file = decks.say(review.deck, 2, "On the file", actor=world.mei)
    older = jon.get(f"{review.deck.url}?version=1&slide=1").text
    assert on_file.page == 2 and "On the file" in older and said.page == 2


def test_while_a_version_is_drawn_the_one_before_is_read(world, decks, review, browser_of):
    decks.say(review, 2, "Beta!", actor=world.jon)
    second = decks.renew(review.deck, deck(BETA), drawn=False)
    jon = browser_of(world.jon)
    page = jon.get(f"{review.url}?slide=2").text
    assert "Version 2 is being drawn" in page and page.count('class="deck-thumb"') == 5 and "Beta!" in page
    assert 'id="elsewhere"' not in page
    news = f"{review.deck.url}/versions/2/news"
    assert "hx-get" in jon.get(news).text
    decks.say(review.deck, 2, "On the file", actor=world.jon)
    page = jon.get(review.deck.url).text
    assert "On slides of older versions" in page and "On the file" in page and "Beta!" not in page
    decks.draw(second)
    told = jon.get(news).text
    assert "hx-get" not in told and "Version 2: 4 pages vanished" in told and "Show it" in told


def test_a_version_that_cannot_be_drawn_leaves_the_one_before(world, decks, review, browser_of):
    decks.say(review, 2, "Beta!", actor=world.jon)
    decks.renew(review.deck, "!")
    page = browser_of(world.jon).get(f"{review.url}?slide=2").text
    assert "Version 2 has no slides to show" in page and "Beta!" in page and page.count('class="deck-thumb"') == 5


def test_nobody_sees_more_through_a_version(world, decks, browser_of):
    asset = decks.share(world.space("project", "secret"), deck(ALPHA), actor=world.lena)
    decks.renew(asset, deck(BETA))
    otto = browser_of(world.otto)
    for path in ("/versions/2/news", "/pages/1/thread?version=1"):
        assert otto.get(asset.url + path).status_code == 404


def test_a_review_without_its_deck_still_shows_what_was_said_of_it(world, decks, review, browser_of):
    decks.say(review, 2, "Beta!", actor=world.jon)
    remove(review.deck, actor=world.lena)
    commit()
    page = browser_of(world.jon).get(review.url).text
    assert "was slide 2" in page and "Beta!" in page


def test_what_is_gone_costs_no_statement_each(world, decks, review, browser_of, statements):
    lena = browser_of(world.lena)
    lena.get("/healthz")
    decks.say(review, 1, "On alpha", actor=world.jon)
    decks.renew(review.deck, deck(DELTA))
    few = count(lena, statements, review.url)
    for number in (1, 2, 3, 5):
        said = comment(review, "More", actor=world.jon, version=review.deck.versions[0], page=number)
        said.version_id, said.page = review.deck.versions[0].id, number
    commit()
    db.session.expire_all()
    assert count(lena, statements, review.url) <= few <= REVIEW_STATEMENTS
