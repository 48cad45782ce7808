"""Which page is which: what holds for any decks, and what people do to theirs."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.assets.page_matching import PageContent, match, match_equal, moved

LARGE = [f"w{number}" for number in range(4000)]
LETTERS = st.text("abc12 \n汉", max_size=8)
PAGES = st.builds(PageContent, LETTERS, LETTERS, st.none() | st.sampled_from("pqrs"))
DECKS = st.lists(PAGES, max_size=12)
DISTINCT = st.lists(
    st.text("abcdefgh ", max_size=30).map(lambda text: " ".join(text.split())).filter(bool), unique=True, max_size=12
).map(lambda texts: [PageContent("", text) for text in texts])


def slide(title: str, *lines: str, image: str | None = None) -> PageContent:
    """A slide as it is read: the title, the lines, and a footer that all have."""
    return PageContent(title, "\n".join((title, *lines, "Tessmar · Campaign review · confidential")), image)


COVER = slide("Leak Clinic", "Campaign review Q3 2026", "Lena Fischer")
RESULTS = slide("Results against plan", "Cost EUR 42,000 EUR 39,800", "Responses 600 742", "Leads 214", "MQLs 96")
WORKED = slide("What worked", "Asking for a recording instead of a phone number", "Greg live on the analyser")
FAILED = slide("What did not", "Search ads cost three times as much as e-mail", "Thursday clashed with shift handover")
NEXT = slide("Next steps", "Lena drops search ads", "Pieter closes the routing gaps")
DECK = [COVER, RESULTS, WORKED, FAILED, NEXT]


@given(DECKS, DECKS)
def test_each_page_is_used_once(old, new):
    found = match(old, new)
    assert set(found) <= set(range(len(old))) and set(found.values()) <= set(range(len(new)))
    assert len(set(found.values())) == len(found)


@given(DECKS)
def test_an_unchanged_deck_stays_as_it_is(deck):
    assert match(deck, deck) == {place: place for place in range(len(deck))}


@given(DISTINCT, st.randoms(use_true_random=False))
def test_distinct_slides_are_found_wherever_they_went(deck, chance):
    order = chance.sample(range(len(deck)), len(deck))
    assert match(deck, [deck[place] for place in order]) == {place: at for at, place in enumerate(order)}


@given(DISTINCT, st.data())
def test_removing_slides_leaves_the_others_what_they_are(deck, data):
    kept = [place for place in range(len(deck)) if data.draw(st.booleans())]
    assert match(deck, [deck[place] for place in kept]) == {place: at for at, place in enumerate(kept)}


@given(st.permutations(range(9)))
def test_those_that_stay_in_order_did_not_move(places):
    out = moved(places)
    stayed = [place for place in places if place not in out]
    assert stayed == sorted(stayed)
    assert not moved(sorted(places)) and len(moved([*places[1:], 99])) >= len(out) - 1


def test_updated_figures_a_new_picture_and_a_page_number_change_no_slide():
    updated = slide("Results against plan", "Cost EUR 42,000 EUR 41,100", "Responses 600 801", "Leads 260", "MQLs 101")
    redrawn = [PageContent(each.title, each.text.upper() + " 7", f"picture {at}") for at, each in enumerate(DECK)]
    assert match(DECK, [COVER, updated, *DECK[2:]]) == {place: place for place in range(5)}
    assert match(DECK, redrawn) == {place: place for place in range(5)}


def test_a_bullet_more_and_a_place_further_on_is_the_same_slide():
    longer = slide("What worked", "Asking for a recording instead of a phone number", "Greg live on the analyser",
                   "Invitations of sixty words")
    assert match(DECK, [COVER, RESULTS, FAILED, NEXT, longer]) == {0: 0, 1: 1, 3: 2, 4: 3, 2: 4}


def test_slides_that_share_only_their_frame_are_others():
    other = slide("Budget", "Trade fairs get half of it", "The rest waits for autumn")
    assert 2 not in match(DECK, [COVER, RESULTS, other, FAILED, NEXT])


def test_a_slide_written_anew_under_its_title_is_the_same_only_in_its_place():
    anew = slide("Next steps", "Two workshops a month", "No more boxes of chocolate")
    assert match(DECK, [*DECK[:4], anew])[4] == 4
    assert 4 not in match(DECK, [anew, *DECK[:4]])
    twice = [*DECK[:4], anew, slide("Next steps", "Buy a trailer", "Hire Greg twice")]
    assert 4 not in match(DECK, twice)


def test_one_country_is_not_mistaken_for_another():
    countries = [slide(f"Results {name}", "Cost", "Responses", "Leads", "Pipeline", f"Owner {name}{name}")
                 for name in ("Germany", "France", "Italy", "Spain")]
    assert match(countries, countries[1:]) == {1: 0, 2: 1, 3: 2}


def test_equal_slides_go_with_their_neighbours_then_in_order():
    blank, agenda = PageContent(image="blank"), slide("Agenda", "One", "Two", image="agenda")
    old = [agenda, COVER, blank, agenda, RESULTS, blank, FAILED]
    assert match(old, [agenda, RESULTS, blank, FAILED]) == {3: 0, 4: 1, 5: 2, 6: 3}
    assert match([blank] * 4, [blank] * 2) == {0: 0, 1: 1}


def test_a_page_without_words_is_the_same_only_if_its_picture_is():
    assert match([PageContent(image="a"), PageContent(image="b")], [PageContent(image="b")]) == {1: 0}
    assert match([PageContent(image="a")], [PageContent(image="c")]) == {}


def test_scripts_without_spaces_are_compared_too():
    old = slide("第三季度结果", "我们在上海的展会上获得了四十二条线索,成本低于计划")
    new = slide("第三季度结果", "我们在上海的展会上获得了五十条线索,成本低于计划")
    assert match([COVER, old], [slide("团队", "王梅"), new, COVER]) == {0: 2, 1: 1}


def test_what_comes_back_must_be_equal():
    updated = slide("Results against plan", "Cost EUR 1", "Responses 600 742", "Leads 214", "MQLs 96")
    assert match_equal([RESULTS], [updated]) == {} and match([RESULTS], [updated]) == {0: 0}
    assert match_equal([RESULTS], [COVER, RESULTS]) == {0: 1}


def test_hundreds_of_edited_and_shuffled_slides_are_found():
    chance = random.Random(4)
    old = [slide(f"Slide {at}", " ".join(chance.choices(LARGE, k=150))) for at in range(300)]
    edited = [PageContent(each.title, each.text.replace("w1", f"{chance.random()} ", 30)) for each in old]
    order = chance.sample(range(300), 300)
    found = match(old, [edited[place] for place in order])
    assert found == {place: at for at, place in enumerate(order)}
