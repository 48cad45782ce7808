"""What stands on slide after slide - footers, page numbers, the company's name - and is no content."""

import re
from collections import Counter
from dataclasses import replace

from app.reviews.proposals.labels import read_heading, read_label
from app.reviews.proposals.slides import Slide

_LEAST_SLIDES = 3
_SHARE = 0.4


def without_furniture(slides: list[Slide]) -> list[Slide]:
    """The slides without lines that many of them share, digits apart. The cover keeps all of its own."""
    repeated = repeated_keys([[line.text for line in slide.lines] for slide in slides])
    # A lone "7" on slide 7 is a figure, unless slide after slide has its number.
    numbered = sum(any(line.text == str(slide.number) for line in slide.lines) for slide in slides)
    is_numbered = numbered >= _least(len(slides))
    return [slide if slide.number == 1 else _bare(slide, repeated, is_numbered) for slide in slides]


def repeated_keys(pages: list[list[str]]) -> set[str]:
    """The keys of lines that stand on many of the pages."""
    seen = Counter(each for lines in pages for each in {key(line) for line in lines})
    least = _least(len(pages))
    return {each for each, count in seen.items() if count >= least and re.search(r"[^\W\d_]", each) and each[0] != "\0"}


def _least(slides: int) -> int:
    return max(_LEAST_SLIDES, int(slides * _SHARE))


def key(text: str) -> str:
    """The line with its digits masked; headings and the labels of figures are content however often they stand."""
    masked = re.sub(r"\d+", "0", text)
    is_content = read_heading(text) or read_label(re.sub(r"[\d.,€$£%+]+", " ", text)).field
    return f"\0{text}" if is_content else masked


def _bare(slide: Slide, repeated: set[str], is_numbered: bool) -> Slide:
    boxes = []
    for box in slide.boxes:
        lines = tuple(line for line in box.lines if key(line.text) not in repeated
                      and not _is_page_number(line.text, slide.number, is_numbered))
        if lines:
            boxes.append(replace(box, lines=lines))
    return replace(slide, boxes=tuple(boxes))


def _is_page_number(text: str, number: int, is_numbered: bool) -> bool:
    """Whether a line is "7 / 12" on slide 7, or "7" where slides are numbered so."""
    pattern = rf"(?:page|slide|seite|folie|第)?\s*0?{number}\s*(?:页)?\s*(?:[/|]|of|von)\s*\d+"
    return (is_numbered and text == str(number)) or bool(re.fullmatch(pattern, text.strip(), re.I))
