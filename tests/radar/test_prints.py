"""What texts and pictures are recognised by."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.radar import pictures, sketches
from app.radar.prints import FEW, SAME_PICTURE, WHOLE, Print, Prints, prints
from tests.making import look_alike_files as files
from tests.making.look_alike_pictures import PICTURE_EDITS
from tests.making.look_alikes import Author

WORDS = st.lists(st.sampled_from(["gripper", "cup", "robot", "plant", "week", "price", "trial", "crew"]), max_size=60)


def of(text: str) -> Print:
    return next(iter(prints({1: text}, {}).pages), Print(1, sketches.sketch([])))


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None)
def test_likeness_is_what_two_texts_have_in_common(one, other):
    pairs = [{tuple(said[at:at + 2]) for at in range(len(said) - 1)} for said in (one, other)]
    wanted = len(pairs[0] & pairs[1]) / len(pairs[0] | pairs[1]) if all(pairs) else 0
    assert sketches.likeness(sketches.sketch(one), sketches.sketch(other)) == pytest.approx(wanted)


def test_the_likeness_of_long_texts_is_estimated_from_their_smallest_hashes():
    said = [f"word{number}" for number in range(9000)]
    one, other = sketches.sketch(said[:6000]), sketches.sketch(said[2000:8000])
    assert len(one) == len(other) == sketches.SKETCH
    assert sketches.likeness(one, other) == pytest.approx(0.5, abs=0.05)


def test_texts_that_are_near_share_a_key_and_texts_that_are_not_seldom_do():
    author = Author(3)
    near = far = 0
    for _ in range(60):
        text = " ".join(author.sentence() for _ in range(6))
        changed = f"{text.rpartition(' ')[0]} otherwise"
        keys = set(of(text).lookups())
        near += bool(keys & set(of(changed).lookups()))
        far += bool(keys & set(of(" ".join(author.sentence() for _ in range(6))).lookups()))
    assert near == 60 and far <= 2


def test_keys_are_the_same_on_every_machine():
    """What is stored is compared with what is read years later: a change here must raise the edition."""
    assert sketches.keys("page", [1, 2, 3])[:2] == [6902730081770242254, 7804980664867709301]
    assert sketches.sketch(["a", "b", "c"]).tolist() == [1070953022, 1195763249]


@pytest.mark.parametrize(("one", "other", "is_same"), [
    ("Ｔhe quick ﬁsh", "the QUICK fish", True), ("a-b c", "a b c", True),
    ("新产品发布会邀请", "新产品发布会邀请函", False),
])
def test_words_are_read_alike_however_they_are_written(one, other, is_same):
    assert (sketches.words(one) == sketches.words(other)) is is_same
    assert sketches.likeness(*(sketches.sketch(sketches.words(each)) for each in (one, other))) > 0.5


def test_new_figures_in_the_same_words_are_another_page_and_a_corrected_one_is_not():
    text = "Leads rose from {} to {} in week {} while the cost of one fell from {} to {} euros in all of our plants."
    was = of(text.format(120, 145, 31, 48, 39))
    for figures, is_same in (((133, 171, 44, 36, 29), False), ((120, 145, 31, 48, 38), True)):
        now = of(text.format(*figures))
        assert was.is_same_page(now, was.likeness(now)) is is_same


@pytest.mark.parametrize("text", ["", "Thank you", "Agenda\nWhere we stand\nWhat it cost", "12"])
def test_a_page_that_says_little_and_shows_nothing_has_no_print(text):
    assert not prints({1: text}, {}).pages


def test_the_pictures_of_a_page_count_where_its_words_do_not():
    scene = pictures.square(files.scene(1, 2, 3))
    assert [each.page for each in prints({1: "Thank you", 2: ""}, {2: [scene]}).pages] == [2]
    one, other = (Print(1, sketches.sketch(sketches.words(text)), squares=scene)
                  for text in ("The plant in Parma at night", "The stand in Kiel by day"))
    assert one.likeness(one) == 1 and one.likeness(other) == 0


@pytest.mark.parametrize("edit", PICTURE_EDITS, ids=lambda edit: edit.__name__)
def test_a_picture_is_known_again_and_found_by_a_key(edit):
    chance = random.Random(4)
    for number in range(6):
        scene = files.scene(number, number + 1, number + 2)
        one, other = pictures.square(scene), pictures.square(Image.open(io.BytesIO(edit(scene, chance))))
        assert pictures.likeness(one, other) > SAME_PICTURE
        assert set(pictures.keys(one)) & set(pictures.keys(other))


def test_alike_scenes_are_no_copies():
    for number in range(12):
        one, other = files.scene(number, 1, 2), files.scene(number, 3, 4)
        assert pictures.likeness(pictures.square(one), pictures.square(other)) < 0.7


@pytest.mark.parametrize("colour", ["white", "black", (200, 210, 220)])
def test_a_blank_picture_shows_nothing(colour):
    assert pictures.square(Image.new("RGB", (400, 300), colour)) is None


def test_prints_go_through_the_pipe_whole():
    scene = pictures.square(files.scene(1, 2, 3))
    made = prints({1: " ".join(Author(seed).sentence() for seed in range(3)), 2: "Seen"}, {2: [scene, scene]})
    assert Prints.from_json(made.as_json()) == made
    assert made.whole.page == WHOLE and len(made.pages[0].sketch) >= FEW
