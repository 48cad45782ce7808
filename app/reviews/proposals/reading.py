"""`propose()`: a deck's slides in, proposals for a review's fields out."""

import logging
from collections.abc import Sequence
from pathlib import Path

from app.reviews.proposals.choosing import chosen, undisputed
from app.reviews.proposals.facts import (
    Known,
    cover_lines,
    fact_proposals,
    is_section,
    quarter_proposals,
    stated_currencies,
)
from app.reviews.proposals.findings import NOTED, STATED, Context, Finding
from app.reviews.proposals.furniture import without_furniture
from app.reviews.proposals.grids import grid_findings
from app.reviews.proposals.labels import holds_word, read_label, word_set
from app.reviews.proposals.lines import box_findings, line_findings
from app.reviews.proposals.pages_reader import read_pages
from app.reviews.proposals.periods import find_quarters, without_quarters
from app.reviews.proposals.pptx_reader import read_pptx, read_presentation
from app.reviews.proposals.proposal import Proposal
from app.reviews.proposals.prose import prose_findings
from app.reviews.proposals.sections import section_proposals
from app.reviews.proposals.slides import Slide
from app.reviews.proposals.surroundings import CHANNELS, PLANNING, REGIONS, REPORTING, SUPPRESSING, TIMES
from app.reviews.proposals.tiles import tile_findings
from app.reviews.proposals.units import Unit

log = logging.getLogger(__name__)

_SUPPRESSING = word_set(SUPPRESSING)
_PLANNING = word_set(PLANNING)
_REPORTING = word_set(REPORTING)
_PARTS = word_set(CHANNELS, REGIONS, TIMES)


def from_deck(path: Path | str, known: Known = Known()) -> list[Proposal]:
    """Proposals from the PowerPoint deck at `path`; none, and a line in the log, from a file that cannot be read."""
    return _safely(lambda: propose(read_pptx(path), known))


def from_presentation(deck, known: Known = Known()) -> list[Proposal]:
    """The same from a `pptx.presentation.Presentation` that is open already."""
    return _safely(lambda: propose(read_presentation(deck), known))


def from_pages(pages: Sequence[str], known: Known = Known()) -> list[Proposal]:
    """The same from the text of each page, lines apart, as rendering a PDF gives it."""
    return _safely(lambda: propose(read_pages(pages), known))


def _safely(work) -> list[Proposal]:
    """A deck whose pages are shown is not to fail because it has nothing to propose."""
    try:
        return work()
    except Exception:  # hostile files make the parsers below raise anything
        log.warning("no proposals from a deck", exc_info=True)
        return []


def propose(slides: list[Slide], known: Known = Known()) -> list[Proposal]:
    """Proposals from slides, by field in the order of `proposal.FIELDS`, then by page.

    Several proposals of one figure or fact are alternatives: the deck contradicts itself. Those of `what_worked`,
    `what_did_not` and `next_steps` are parts, one a slide, that add up.
    """
    slides = without_furniture(slides)
    quarters = quarter_proposals(slides)
    quarter = quarters[0].value if len(quarters) == 1 else ""
    parts = _parts(slides, quarter)
    findings = [found for slide in slides for found in _findings(slide, quarter, parts)]
    figures = chosen(findings, slides, stated_currencies(slides))
    return [*fact_proposals(slides, known), *figures, *section_proposals(slides)]


def _parts(slides: list[Slide], quarter: str) -> frozenset[str]:
    """Words that name a part of this campaign: channels, regions and times that its cover does not name."""
    cover = without_quarters(" \n ".join(cover_lines(slides)))
    named = {word for word in _PARTS if holds_word(cover, frozenset({word}))}
    named |= {quarter[5:].lower()} if quarter else {"q1", "q2", "q3", "q4"}
    return _PARTS - named


def _findings(slide: Slide, quarter: str, parts: frozenset[str]) -> list[Finding]:
    """The figures of one slide; none where its title says that it speaks of something else."""
    if is_section(slide) or _is_about_something_else(slide.title, quarter, parts):
        return []
    context = Context(slide.number, quarter, _unit(slide), _announces_plans(slide.title),
                      NOTED if slide.is_hidden else STATED, parts)
    sources = [grid_findings(grid, context) for grid in slide.grids]
    sources += [[each] for each in tile_findings(slide.boxes, context)]
    sources += [box_findings(box, context) for box in slide.boxes]
    found = [each for source in undisputed(sources) for each in source]
    if not context.is_plan:
        found += [each for line in slide.lines for each in prose_findings(line.text, context)]
    if slide.title:
        found += prose_findings(slide.title, context)
    noted = Context(slide.number, quarter, rank=NOTED, parts=parts)
    for line in slide.notes:
        found += line_findings(line.text, noted) or prose_findings(line.text, noted)
    return found


def _is_about_something_else(title: str, quarter: str, parts: frozenset[str]) -> bool:
    quarters = find_quarters(title)
    if quarters and quarter not in quarters:
        return True
    rest = without_quarters(title)
    return bool(holds_word(rest, _SUPPRESSING) or holds_word(rest, parts))


def _announces_plans(title: str) -> bool:
    return bool(holds_word(title, _PLANNING)) and not holds_word(title, _REPORTING)


def _unit(slide: Slide) -> Unit:
    """The unit that the slide states for all its amounts, in its title or in a line of its own: "in k€"."""
    labels = [read_label(slide.title), *(read_label(line.text) for line in slide.lines if not _has_digits(line.text))]
    units = {label.unit for at, label in enumerate(labels) if not label.field or (at == 0 and label.aspect != "other")}
    units.discard(Unit())
    return units.pop() if len(units) == 1 else Unit()


def _has_digits(text: str) -> bool:
    return any(map(str.isdigit, text))
