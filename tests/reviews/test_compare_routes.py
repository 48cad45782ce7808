"""The page of the comparison, its CSV, peers on a review's page; and that nobody counts what they may not see."""

import csv
import io
import re

import pytest

from app.activity.delivery import commit
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.choosing import ENOUGH, choose, peers_of
from app.reviews.models import Review
from app.reviews.standings import standings

USUAL = {"quarter": "2026-Q2", "region": "EMEA", "channels": ["webinar"], "sent": 1000, "responses": 20}


def review(world, title: str, space=None, **fields) -> Review:
    found = post_review(space or world.commons, title, actor=world.lena, **(USUAL | fields))
    commit()
    return found


@pytest.fixture
def five(world) -> list[Review]:
    """Five webinars in EMEA: cost per lead 10, 20, … 50; response rate 1 %, 2 %, … 5 %."""
    return [review(world, f"Webinar {step}", cost=100 * step, leads=10, responses=10 * step) for step in range(1, 6)]


def titles(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', page)


def test_without_a_choice_it_teaches(world, browser_of):
    page = browser_of(world.jon).get("/reviews/compare")
    assert page.status_code == 200 and "Choose what to compare" in page.text


def test_chosen_reviews_stand_side_by_side_in_the_order_asked_for(world, browser_of, five):
    jon, [one, two, three, *_rest] = browser_of(world.jon), [each.id for each in five]
    for chosen in (f"ids={one},{two},{three}", f"id={one}&id={two}&id={three}"):
        assert titles(jon.get(f"/reviews/compare?{chosen}&sort=cpl").text) == ["Webinar 1", "Webinar 2", "Webinar 3"]
    page = jon.get(f"/reviews/compare?ids={one},{two},{three}&sort=-cpl").text
    assert titles(page) == ["Webinar 3", "Webinar 2", "Webinar 1"]
    other_way = f"/reviews/compare?ids={one},{two},{three}&amp;sort=cpl"
    assert f'aria-sort="descending"><a class="sort" href="{other_way}"' in page
    assert "€20.00" in page and "new customers are missing" in page


@pytest.mark.parametrize(("query", "found"), [
    ("quarter=2026", {"One", "Two"}), ("quarter=2026-Q2", {"One"}), ("region=EMEA&quarter=2026", {"One"}),
    ("channel=webinar", {"One", "Old"}), ("segment=mid-market", {"Two"}), ("region=Nowhere", set()),
    ("quarter=20", set()),
])
def test_filters_choose(world, browser_of, query, found):
    review(world, "One")
    review(world, "Two", quarter="2026-Q3", region="DACH", channels=["fair"], segment="mid-market")
    review(world, "Old", quarter="2025-Q4")
    page = browser_of(world.jon).get(f"/reviews/compare?{query}").text
    assert set(titles(page)) == found
    assert ("No review fits" in page) == (not found)


def test_money_in_another_currency_is_left_out_and_said_so(world, browser_of, five):
    review(world, "In dollars", cost=1, leads=10, currency="USD")
    page = browser_of(world.jon).get("/reviews/compare?region=EMEA").text
    assert "Money of 1 review is not compared" in page and "$0.10" in page
    assert "€0.10" not in page and re.search(r"Least</th><td[^>]*>€10\.00", page)


def test_what_an_address_says_wrongly_is_overlooked(world, browser_of, five):
    jon = browser_of(world.jon)
    for query in ("ids=,x,99999999999,0&region=EMEA", "sort=--cpl&view=x&by=y&currency=XXX&region=EMEA",
                  "sort=nothing&region=EMEA", "quarter=2026&channel=%00"):
        assert jon.get(f"/reviews/compare?{query}").status_code == 200, query
    assert jon.get("/reviews?region=%00&quarter=%EF%BF%BD").status_code == 200
    assert jon.get("/reviews/compare?peers_of=999999").status_code == 404


def test_other_views(world, browser_of, five):
    jon = browser_of(world.jon)
    counts = jon.get("/reviews/compare?region=EMEA&view=counts&sort=-leads").text
    assert "New customers" in counts and "How they are spread" not in counts
    groups = jon.get("/reviews/compare?region=EMEA&view=groups&by=channel,region&sort=cpl").text
    assert "webinar · EMEA" in groups and "n = 5" in groups and "€30.00" in groups


def test_a_strip_says_in_words_what_it_shows(world, browser_of, five):
    page = browser_of(world.jon).get("/reviews/compare?region=EMEA").text
    assert 'role="img" aria-label="Half lie from €20.00 to €40.00"' in page
    assert "<title>Webinar 3: €30.00</title>" in page


def test_the_sheet_holds_what_the_page_shows(world, browser_of, five):
    answer = browser_of(world.jon).get("/reviews/compare?region=EMEA&sort=-cpl&format=csv")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [each["cpl"] for each in rows] == ["50", "40", "30", "20", "10"]


def test_the_page_of_a_review_says_where_its_figures_stand(world, browser_of, five):
    page = browser_of(world.jon).get(five[1].url).text
    assert "Compared with 4 reviews of webinar in EMEA, 2026." in page
    # Cost per lead 20 against 10, 30, 40, 50: lower is better. Response rate 2 % against 1, 3, 4, 5 %.
    assert "Better than 3 of 4, median €35.00" in page and "Better than 1 of 4, median 3.5%" in page
    assert f'href="/reviews/compare?peers_of={five[1].id}"' in page


def test_the_first_and_the_last_among_peers(world, five):
    assert standings(world.jon, five[0]).notes["cpl"].text.startswith("Better than all 4")
    assert standings(world.jon, five[4]).notes["cpl"].text.startswith("Better than none of 4")


def test_fewer_than_four_peers_say_nothing(world, browser_of, five):
    lonely = review(world, "Fair", channels=["fair"], cost=10, leads=1)
    page = browser_of(world.jon)
    assert "Better than" not in page.get(lonely.url).text and "Compare with peers" in page.get(lonely.url).text
    assert "It has no peers yet" in page.get(f"/reviews/compare?peers_of={lonely.id}").text
    db.session.delete(five[4])
    commit()
    assert standings(world.jon, five[0]) is None


def test_figures_that_too_few_peers_have_say_nothing(world, five):
    review(world, "In dollars", cost=1, leads=10, currency="USD")
    mine = review(world, "Mine", cost=1, leads=10, currency="USD", responses=25)
    found = standings(world.jon, mine)
    assert "cpl" not in found.notes and "Better than 3 of 6" in found.notes["response_rate"].text
    assert found.money == "Money is compared in USD only; 5 reviews in other currencies are left out."


def test_peers_share_a_channel_and_the_region_and_lie_within_two_years(world):
    mine = review(world, "Mine", channels=["webinar", "e-mail"])
    near = [review(world, "By mail", channels=["e-mail"], quarter="2024-Q2"),
            review(world, "Later", quarter="2028-Q2")]
    for title, fields in {"Fair": {"channels": ["fair"]}, "Elsewhere": {"region": "DACH"},
                          "Before": {"quarter": "2024-Q1"}, "After": {"quarter": "2028-Q3"}}.items():
        review(world, title, **fields)
    peers = peers_of(world.jon, mine)
    assert {row.id for row in peers.rows} == {each.id for each in near} and peers.years == ("2024", "2028")
    nowhere = review(world, "Nowhere", region="")
    assert peers_of(world.jon, nowhere).rows == []


def test_the_segment_counts_when_enough_share_it(world):
    mine = review(world, "Mine", segment="mid-market")
    for number in range(ENOUGH):
        review(world, f"Other {number}", segment="enterprise")
        same = peers_of(world.jon, mine)
        assert same.segment == "" and len(same.rows) == 2 * number + 1
        review(world, f"Same {number}", segment="mid-market")
    peers = peers_of(world.jon, mine)
    assert peers.segment == "mid-market" and len(peers.rows) == ENOUGH


@pytest.mark.parametrize(("kind", "access"), [("project", "secret"), ("account", "closed"), ("community", "secret")])
def test_what_one_may_not_see_never_counts(world, browser_of, five, kind, access):
    """Not among the rows, not in a median, not as a peer, not by its id, not among the values of a filter."""
    secret = review(world, "Zephyr", world.space(kind, access), cost=9000, leads=1, responses=999, segment="Zephyrs")
    otto, jon = browser_of(world.otto), browser_of(world.jon)
    for query in ("region=EMEA", f"ids={five[0].id},{secret.id}", f"peers_of={five[0].id}", "quarter=2026",
                  "region=EMEA&view=groups", "region=EMEA&view=counts", "region=EMEA&format=csv"):
        seen, unseen = jon.get(f"/reviews/compare?{query}").text, otto.get(f"/reviews/compare?{query}").text
        assert "9,000" in seen or "9000" in seen, query
        for trace in ("Zephyr", "9,000", "9000", "n = 6"):
            assert trace not in unseen, (query, trace)
    assert otto.get(f"/reviews/compare?peers_of={secret.id}").status_code == 404
    assert "Better than all 4" in otto.get(five[0].url).text and "Better than all 5" in jon.get(five[0].url).text
    assert len(choose(world.otto).rows) == 5 and len(choose(world.jon).rows) == 6


def test_a_guest_compares_only_what_their_spaces_hold(world, browser_of, five):
    inside = review(world, "Inside", world.space("project", "open"))
    page = browser_of(world.gus).get("/reviews/compare?region=EMEA").text
    assert titles(page) == ["Inside"] and "Better than" not in browser_of(world.gus).get(inside.url).text


def test_deleted_reviews_are_gone(world, browser_of, five):
    browser_of(world.lena).post(f"/e/{five[4].id}/delete")
    assert len(titles(browser_of(world.jon).get("/reviews/compare?region=EMEA").text)) == 4
    assert browser_of(world.jon).get(f"/reviews/compare?peers_of={five[4].id}").status_code == 404


def test_the_list_leads_there(world, browser_of, five):
    page = browser_of(world.jon).get("/reviews?region=EMEA").text
    assert 'href="/reviews/compare?region=EMEA"' in page and page.count('name="id"') == 5
