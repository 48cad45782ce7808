"""A company's files with known copies among them, the same for the same seed: for measuring the duplicate radar.

A *work* is an original and what became of it: re-saved, reordered, exported, cropped. Around each stand files that look
much the same and are not: of the same template and headings, of the same series, of the same scene.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count, cycle, islice

from tests.making import look_alike_files as files
from tests.making.look_alike_files import Content, Look, Slide
from tests.making.look_alike_pictures import PICTURE_EDITS, webp

_WORDS = """
webinar campaign gripper sensor pilot customer partner fair newsletter invoice budget pipeline forecast demo
trial warranty licence margin plant line robot supplier dealer region segment audience survey interview landing
page keyword advert bounce visitor lead meeting proposal contract renewal complaint delivery spare part service
engineer checklist roadmap milestone workshop launch brochure sample price discount tender competitor review
decision approval certificate audit hygiene protection force cup finger vacuum cycle downtime shift operator
manager purchase order portal catalogue video podcast article headline subject sender reply click response
;
doubled halved shifted delayed replaced improved weakened tested questioned confirmed moved opened closed
carried dropped raised measured explained compared repeated promised missed reached passed saved cost brought
kept lost won
;
early late small large regional technical honest expensive quiet loud local seasonal personal automatic manual
printed digital shared separate certified hygienic flexible rigid narrow broad new old second third final
;
Parma Kiel Lyon Graz Porto Brno Leeds Turku Ghent Malmö Basel Cork Gdynia Bilbao Aarhus Tampere Linz Nantes
"""
NOUNS, VERBS, QUALITIES, PLACES = (part.split() for part in _WORDS.split(";"))
SHAPES = (
    "The {q} {n} {v} the {n2} in {p} by {d} per cent.", "{D} of {d2} {n}s {v} after the {q} {n2}.",
    "In {p} every {n} {v} once the {n2} was {q}.", "We {v} the {n} because its {n2} looked {q}.",
    "Next time the {n} goes before the {n2}, not after it.", "A {q} {n2} and a {q2} {n} {v} together in {p}.",
    "Nobody in {p} had {v} a {n} with such a {q} {n2}.", "The {n} team asked for {d} {q} {n2}s and got {d2}.",
    "{p} pays for the {n}; the {q} {n2} is paid by {p2}.", "What {v} the {n} was the {n2}, in {d} weeks.",
)
HEADINGS = ("Where we stand", "Results of the quarter", "What worked", "What did not", "Audience", "Channels", "Budget",
            "Next steps", "Risks", "Customers said", "Time plan", "Team", "Questions for you", "Lessons", "Numbers")
LOOKS = (Look("ink", "14233A", 20, "Tessmar"), Look("signal", "D9532C", 18, "Tessmar confidential"),
         Look("field", "2F7F86", 22, "Field marketing"), Look("plain", "5B6B7F", 16, ""))
LEGAL = ("This presentation is for information only and is no offer to buy or sell. Figures are unaudited and may "
         "change without notice. No part of it may be copied or passed on without the written consent of the company.",
         "All trademarks belong to their owners. Statements about the future rest on assumptions that may prove wrong.")


@dataclass(frozen=True)
class Made:
    """A file and the truth about it. `work` is the same for an original and what became of it; `edit` says what was
    done to it ("" for an original); `slides` are the keys of what stands in it."""

    name: str
    data: bytes
    work: str
    edit: str
    slides: frozenset[str]

    def is_copy_of(self, other: "Made") -> bool:
        return self.work == other.work

    def shares_with(self, other: "Made") -> bool:
        return bool(self.slides & other.slides)


class Author:
    """Writes sentences, slides and pictures."""

    def __init__(self, seed: int) -> None:
        self.chance, self.numbers = random.Random(seed), count(1)

    def sentence(self) -> str:
        pick = self.chance.choice
        said = pick(SHAPES).format(
            n=pick(NOUNS), n2=pick(NOUNS), v=pick(VERBS), q=pick(QUALITIES), q2=pick(QUALITIES), p=pick(PLACES),
            p2=pick(PLACES), d=self.chance.randint(2, 90), D=self.chance.randint(2, 90),
            d2=self.chance.randint(91, 400))
        return said[0].upper() + said[1:]

    def title(self) -> str:
        return f"{self.chance.choice(PLACES)}: {self.chance.choice(QUALITIES)} {self.chance.choice(NOUNS)}"

    def picture(self) -> tuple[int, int, int]:
        return tuple(self.chance.randrange(10**6) for _ in range(3))

    def slide(self, heading: str) -> Slide:
        """A slide of sentences, a table, a chart or a picture."""
        key, kind = f"s{next(self.numbers)}", self.chance.random()
        if kind < 0.1:
            return Slide(f"{heading}, seen", picture=self.picture(), key=key)
        if kind < 0.25:
            names = self.chance.sample(PLACES, 5)
            return Slide(heading, bars=tuple((name, float(self.chance.randint(1, 99))) for name in names),
                         lines=(self.sentence(),), key=key)
        if kind < 0.4:
            rows = tuple((self.chance.choice(NOUNS), str(self.chance.randint(10, 9999)), self.chance.choice(PLACES))
                         for _ in range(4))
            return Slide(heading, lines=(self.sentence(),), rows=(("What", "How much", "Where"), *rows), key=key)
        return Slide(heading, lines=tuple(self.sentence() for _ in range(self.chance.randint(3, 5))), key=key)

    def deck(self, look: Look, length: int) -> Content:
        """Of one template: its cover, agenda, legal notice and last slide stand in each of its decks."""
        headings = self.chance.sample(HEADINGS, min(length, len(HEADINGS)))
        inner = [self.slide(heading) for heading in headings]
        cover = Slide(self.title(), lines=(f"Review of quarter {self.chance.randint(1, 40)}", "Marketing"))
        agenda = Slide("Agenda", lines=tuple(headings[:3]))
        section = Slide(self.chance.choice(HEADINGS))
        legal = Slide(f"Legal notice ({look.name})", lines=LEGAL)
        return Content((cover, agenda, *inner[:2], section, *inner[2:], legal, Slide("Thank you")), look)

    def document(self, length: int) -> Content:
        headings = islice(cycle(self.chance.sample(HEADINGS, 8)), length)
        return Content((Slide(self.title()), *(self._chapter(heading) for heading in headings)))

    def _chapter(self, heading: str) -> Slide:
        lines = tuple(" ".join(self.sentence() for _ in range(3)) for _ in range(self.chance.randint(2, 4)))
        return Slide(heading, lines=lines, key=f"s{next(self.numbers)}")

    def next_in_series(self, content: Content) -> Content:
        """The next quarter's: the same headings, tables and charts, with other numbers in them. Most sentences with a
        number are those of last quarter with this one's figures and places; the rest are new."""
        return content.but(slides=tuple(self._renewed(each) for each in content.slides))

    def _rolled_on(self, line: str) -> str:
        said = []
        for sentence in line.replace(". ", ".\n").split("\n"):
            stays = any(map(str.isdigit, sentence)) and self.chance.random() < 0.7
            said.append(self._with_other_figures(sentence) if stays else self.sentence())
        return " ".join(said)

    def _with_other_figures(self, sentence: str) -> str:
        words = (self.chance.choice(PLACES) if word.strip(".;,") in PLACES else word for word in sentence.split())
        return " ".join(str(self.chance.randint(2, 400)) if word.isdecimal() else word for word in words)

    def _renewed(self, each: Slide) -> Slide:
        if not each.lines or each.lines == LEGAL or each.title == "Agenda":
            return each
        if not each.key:
            return replace(each, lines=tuple(map(self._with_other_figures, each.lines)))
        return replace(
            each, key=f"s{next(self.numbers)}",
            lines=tuple(self._rolled_on(line) for line in each.lines),
            bars=tuple((name, float(self.chance.randint(1, 99))) for name, _value in each.bars),
            rows=tuple(row if at == 0 else (row[0], str(self.chance.randint(10, 9999)), row[2])
                       for at, row in enumerate(each.rows)),
            picture=(each.picture[0], *self.picture()[1:]) if each.picture else None)


# --- what becomes of a deck ---

def _inner(content: Content) -> list[Slide]:
    return [each for each in content.slides if each.key]


def resaved(content: Content, _author: Author) -> tuple[Content, Callable]:
    return content.but(look=replace(content.look, size=content.look.size + 2)), files.pptx


def reordered(content: Content, author: Author) -> tuple[Content, Callable]:
    middle = list(content.slides[1:-1])
    author.chance.shuffle(middle)
    return content.but(slides=(content.slides[0], *middle, content.slides[-1])), files.pptx


def shortened(content: Content, author: Author) -> tuple[Content, Callable]:
    gone = author.chance.sample(_inner(content), max(1, len(_inner(content)) // 4))
    return content.but(slides=tuple(each for each in content.slides if each not in gone)), files.pptx


def lengthened(content: Content, author: Author) -> tuple[Content, Callable]:
    more = [author.slide(author.chance.choice(HEADINGS)) for _ in range(max(1, len(_inner(content)) // 4))]
    return content.but(slides=(*content.slides[:-2], *more, *content.slides[-2:])), files.pptx


def corrected(content: Content, author: Author) -> tuple[Content, Callable]:
    """A word changed here and there, a new title."""
    slides = [_reworded(each, author, 0.06) for each in content.slides]
    return content.but(slides=(replace(slides[0], title=author.title()), *slides[1:])), files.pptx


def exported(content: Content, _author: Author) -> tuple[Content, Callable]:
    return content, files.pdf


def redressed(content: Content, author: Author) -> tuple[Content, Callable]:
    """Moved into another template, with its notice."""
    look = author.chance.choice([each for each in LOOKS if each != content.look])
    legal = Slide(f"Legal notice ({look.name})", lines=LEGAL)
    slides = tuple(legal if each.lines == LEGAL else each for each in content.slides)
    return Content(slides, look), files.pptx


def mixed(content: Content, author: Author) -> tuple[Content, Callable]:
    """Shortened, reordered, corrected and exported."""
    for edit in (shortened, reordered, corrected):
        content, _write = edit(content, author)
    return content, files.pdf


def _reworded(each: Slide, author: Author, share: float) -> Slide:
    def line(text: str) -> str:
        changed = (author.chance.choice(NOUNS) if author.chance.random() < share else word for word in text.split())
        return " ".join(changed)

    return replace(each, lines=tuple(map(line, each.lines)) if each.lines != LEGAL else LEGAL)


# --- what becomes of a document ---

def edited(content: Content, author: Author) -> tuple[Content, Callable]:
    """A word changed in thirty, a chapter gone, a paragraph new."""
    slides = [_reworded(each, author, 0.03) for each in content.slides]
    del slides[author.chance.randrange(1, len(slides))]
    at = author.chance.randrange(1, len(slides))
    slides[at] = replace(slides[at], lines=(author.sentence(), *slides[at].lines))
    return content.but(slides=tuple(slides)), files.docx_


def printed(content: Content, _author: Author) -> tuple[Content, Callable]:
    return content, files.pdf


def as_text(content: Content, _author: Author) -> tuple[Content, Callable]:
    return content, files.txt


DECK_EDITS = (resaved, reordered, shortened, lengthened, corrected, exported, redressed, mixed)
DOCUMENT_EDITS = (edited, printed, as_text)


ENDINGS = {files.pptx: "pptx", files.docx_: "docx", files.pdf: "pdf", files.txt: "txt"}


def company(seed: int, *, decks: int, documents: int, pictures: int, edits: int = 3) -> Iterator[Made]:
    """So many originals of each sort, each with `edits` copies and one file beside it that is none."""
    author = Author(seed)
    for at in range(decks):
        yield from _deck_work(author, at, edits)
    for at in range(documents):
        content = author.document(author.chance.randint(5, 9))
        yield from _work(author, f"document-{at}", content, files.docx_, DOCUMENT_EDITS[: edits + 1])
        yield _made(f"document-{at}-next", author.next_in_series(content), files.docx_, "", f"document-{at}-next")
    for at in range(pictures):
        yield from _picture_work(author, at, edits)


def _deck_work(author: Author, at: int, edits: int) -> Iterator[Made]:
    content = author.deck(LOOKS[at % len(LOOKS)], author.chance.randint(6, 11))
    turn = at % len(DECK_EDITS)
    yield from _work(author, f"deck-{at}", content, files.pptx, (DECK_EDITS * 2)[turn:turn + edits])
    following = author.next_in_series(content)
    yield _made(f"deck-{at}-next", following, files.pptx, "", f"deck-{at}-next")
    if at % 2 and (mine := _inner(content)):
        taken = author.chance.sample(mine, min(2, len(mine)))
        host = author.deck(author.chance.choice(LOOKS), 8)
        slides = (*host.slides[:4], *taken, *host.slides[4:])
        yield _made(f"deck-{at}-host", host.but(slides=slides), files.pptx, "slides copied", f"deck-{at}-host")


def _work(author: Author, work: str, content: Content, write: Callable, edits: tuple) -> Iterator[Made]:
    yield _made(work, content, write, "", work)
    for edit in edits:
        changed, write_changed = edit(content, author)
        yield _made(f"{work}-{edit.__name__}", changed, write_changed, edit.__name__, work)


def _made(name: str, content: Content, write: Callable, edit: str, work: str) -> Made:
    keys = frozenset(each.key for each in content.slides if each.key)
    return Made(f"{name}.{ENDINGS[write]}", write(content), work, edit, keys)


def _picture_work(author: Author, at: int, edits: int) -> Iterator[Made]:
    palette, hills, things = author.picture()
    image, work = files.scene(palette, hills, things), f"picture-{at}"
    yield Made(f"{work}.jpg", files.jpeg(image), work, "", frozenset())
    for edit in (PICTURE_EDITS * 2)[at % len(PICTURE_EDITS):][:edits]:
        yield Made(f"{work}-{edit.__name__}.{'webp' if edit is webp else 'jpg'}", edit(image, author.chance), work,
                   edit.__name__, frozenset())
    alike = files.scene(palette, author.chance.randrange(10**6), author.chance.randrange(10**6))
    yield Made(f"{work}-alike.jpg", files.jpeg(alike), f"{work}-alike", "", frozenset())
