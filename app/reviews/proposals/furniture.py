"""What stands on slide after slide - footers, page numbers, the company's name - and is no content."""

import re
from collections import Counter
from dataclasses import replace

from app.reviews.proposals.slides import Slide

_LEAST_SLIDES = 3
_SHARE = 0.4


def without_furniture(slides: list[Slide]) -> list[Slide]:
    """The slides without lines that many of them share, digits apart. The cover keeps all of its own."""
    seen = Counter(key for slide in slides for key in {_key(line.text) for line in slide.lines})
    least = max(_LEAST_SLIDES, int(len(slides) * _SHARE))
    repeated = {key for key, count in seen.items() if count >= least and re.search(r"[^\W\d_]", key)}
    return [slide if slide.number == 1 else _bare(slide, repeated) for slide in slides]


def _bare(slide: Slide, repeated: set[str]) -> Slide:
    boxes = []
    for box in slide.boxes:
        lines = tuple(line for line in box.lines
                      if _key(line.text) not in repeated and line.text.strip() != str(slide.number)
                      and not _is_page_number(line.text, slide.number))
        if lines:
            boxes.append(replace(box, lines=lines))
    return replace(slide, boxes=tuple(boxes))


def _is_page_number(text: str, number: int) -> bool:
    """Whether a line is "7 / 12" on slide 7."""
    pattern = rf"(?:page|slide|seite|folie|第)?\s*0?{number}\s*(?:页)?\s*(?:[/|]|of|von)\s*\d+"
    return bool(re.fullmatch(pattern, text.strip(), re.I))


def _key(text: str) -> str:
    """The line with its digits masked. Lines that a figure could be read from count as different."""
    return re.sub(r"\d+", "0", text) if len(text) > 12 else text
