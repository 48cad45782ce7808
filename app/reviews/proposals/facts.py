"""Facts of a campaign that are no figures: its name, quarter, region, segment, channels and days."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.reviews.proposals.findings import quoted
from app.reviews.proposals.labels import holds_word, read_fact, read_heading, read_label, simplified, word_set
from app.reviews.proposals.periods import find_days, find_quarters, find_span, without_quarters
from app.reviews.proposals.proposal import Proposal
from app.reviews.proposals.slides import Grid, Slide
from app.reviews.proposals.surroundings import CHANNELS, GENERIC_TITLES, INDUSTRIES, REGIONS
from app.reviews.proposals.units import currency_of
from app.reviews.proposals.vocabulary import TOTALS

_PARTS = re.compile(r"\s+[–—|·•/-]+\s+|\s*[|·•:：–—]\s*|\t")
_LIST = re.compile(r"\s*[,;，、；|·•]\s*|\s+(?:and|und|&)\s+|\s+/\s+")
_LABELLED = re.compile(r"^([^:：\t=]{2,40})\s*[:：\t=]\s*(\S.*)$")
_MOST_CHANNELS = 15
_LENGTHS = {"title": 200, "programme": 120, "region": 60, "segment": 120}
_REGIONS = word_set(REGIONS)
_CHANNELS = word_set(CHANNELS)
_INDUSTRIES = word_set(INDUSTRIES)
_GENERIC = word_set(GENERIC_TITLES)
_TOTALS = word_set(TOTALS)


@dataclass(frozen=True)
class Known:
    """Names that are in use already, to be recognised where a deck's cover says them."""

    programmes: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()


def fact_proposals(slides: list[Slide], known: Known = Known()) -> list[Proposal]:
    """What the deck says of the campaign itself. Where two slides disagree, both values are proposed as likely."""
    stated = list(_stated(slides))
    found = [*_title(slides), *quarter_proposals(slides)]
    for name in ("programme", "region", "segment", "channels", "starts_on", "ends_on"):
        found += _agreed([each for each in stated if each.field == name])
    named = {each.field for each in found}
    found += [each for each in _on_the_cover(slides, known) if each.field not in named]
    if "channels" not in named:
        found += _channels(slides)
    return found


def quarter_proposals(slides: list[Slide]) -> list[Proposal]:
    """The quarter on the cover; else the only one that the deck names. Two on the cover are alternatives."""
    cover = [(quarter, 1, text) for text in cover_lines(slides) for quarter in find_quarters(text)]
    whole = cover or [(quarter, slide.number, text) for slide in slides
                      for text in (slide.title, *(line.text for line in slide.lines))
                      for quarter in find_quarters(text)]
    first = {quarter: (page, text) for quarter, page, text in reversed(whole)}
    if not first or len(first) > (2 if cover else 1):
        return []
    certainty = "sure" if cover and len(first) == 1 else "likely"
    return [Proposal("quarter", quarter, page, text, certainty) for quarter, (page, text) in sorted(first.items())]


def cover_lines(slides: list[Slide]) -> list[str]:
    """All lines of the first slide, those that were broken by hand put together."""
    lines = [slides[0].title] if slides and slides[0].title else []
    for line in slides[0].lines if slides else ():
        if line.is_continued and lines:
            lines[-1] = f"{lines[-1]} {line.text}"
        else:
            lines.append(line.text)
    return lines


def _title(slides: list[Slide]) -> Iterator[Proposal]:
    """The campaign's name on the cover, without "Campaign review Q3 2026" before or behind it."""
    for at, text in enumerate(cover_lines(slides)[:3]):
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
        names = [part for part in parts if not _is_generic(part)]
        if names:
            value = names[0] if len(names) == 1 else text
            if len(value) <= _LENGTHS["title"] and any(map(str.isalpha, value)):
                sure = at == 0 and bool(slides[0].title)
                yield Proposal("title", value, slides[0].number, text, "sure" if sure else "likely")
            return


def _is_generic(text: str) -> bool:
    words = re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b[qQ][1-4]\b", " ", without_quarters(text))
    return not simplified(words) or simplified(words) in _GENERIC


def _labelled(slides: list[Slide]) -> Iterator[tuple[str, str, int, str]]:
    """(fact, value, page, quote) of each "Region: DACH", in lines and in tables of two columns."""
    for slide in slides:
        if slide.is_hidden:
            continue
        for line in slide.lines:
            match = _LABELLED.match(line.text)
            if match and (fact := read_fact(match[1])):
                yield fact, match[2].strip(), slide.number, line.text
        for grid in slide.grids:
            for row in () if grid.is_chart else grid.rows:
                if len(row) == 2 and row[1] and (fact := read_fact(row[0])):
                    yield fact, row[1], slide.number, quoted(*row)


def _stated(slides: list[Slide]) -> Iterator[Proposal]:
    """What stands behind labels."""
    for fact, value, page, quote in _labelled(slides):
        if fact in ("starts_on", "ends_on"):
            days = find_days(value)
            yield from (Proposal(fact, day, page, quote, "sure") for day in days if len(days) == 1)
        elif fact == "period":
            yield from _days(value, page, quote)
        elif fact == "channels":
            names = [name for name in _LIST.split(value) if name]
            if 0 < len(names) <= _MOST_CHANNELS and all(len(name) <= 60 for name in names) and not find_quarters(value):
                yield Proposal("channels", names, page, quote, "sure")
        elif fact in ("programme", "region", "segment") and _is_name(value, _LENGTHS[fact]):
            yield Proposal(fact, value, page, quote, "sure")


def _is_name(value: str, longest: int) -> bool:
    """Whether the text may be a name: short, no sentence, with letters."""
    is_short = len(value) <= longest and len(value.split()) <= 8
    return is_short and any(map(str.isalpha, value)) and value[-1] not in ".?!。"


def _days(text: str, page: int, quote: str) -> Iterator[Proposal]:
    if span := find_span(text):
        yield Proposal("starts_on", span[0], page, quote, "sure")
        yield Proposal("ends_on", span[1], page, quote, "sure")


def _agreed(proposals: list[Proposal]) -> list[Proposal]:
    """One value if all agree; two are alternatives; of more, nobody can tell."""
    distinct: dict[str, Proposal] = {}
    for each in proposals:
        distinct.setdefault(simplified(str(each.value)), each)
    if len(distinct) == 2:
        return [Proposal(each.field, each.value, each.page, each.quote, "likely") for each in distinct.values()]
    return list(distinct.values()) if len(distinct) == 1 else []


def _on_the_cover(slides: list[Slide], known: Known) -> list[Proposal]:
    """Names without a label, in parts of the cover's lines: regions, segments, and names in use."""
    found: dict[str, list[Proposal]] = {"programme": [], "region": [], "segment": []}
    programmes, regions, segments = (word_set(names) for names in (known.programmes, known.regions, known.segments))
    for at, text in enumerate(cover_lines(slides)):
        if span := list(_days(text, slides[0].number, text)):
            found["starts_on"], found["ends_on"] = [span[0]], [span[1]]
        parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
        for part in parts:
            word = simplified(part)
            if word in _REGIONS | regions:
                found["region"].append(Proposal("region", part, 1, text, "sure"))
            elif word in segments or (at and len(parts) > 1 and holds_word(part, _INDUSTRIES)
                                      and _is_name(part, _LENGTHS["segment"])):
                found["segment"].append(Proposal("segment", part, 1, text, "likely"))
            if word in programmes:
                found["programme"].append(Proposal("programme", part, 1, text, "likely"))
    return [each for proposals in found.values() for each in _agreed(proposals)]


def _channels(slides: list[Slide]) -> list[Proposal]:
    """The first column of a table that is headed "Channel"; else the categories of a chart that are all channels."""
    grids = [(slide.number, grid) for slide in slides if not slide.is_hidden for grid in slide.grids]
    for must_be_headed in (True, False):
        for page, grid in grids:
            names = _channel_names(grid, must_be_headed)
            if names:
                head = grid.rows[0][0] if must_be_headed else grid.title
                return [Proposal("channels", names, page, quoted(head, *names), "sure" if must_be_headed else "likely")]
    return []


def _channel_names(grid: Grid, must_be_headed: bool) -> list[str]:
    if len(grid.rows) < 2 or len(grid.rows) > _MOST_CHANNELS + 3:
        return []
    names = [row[0] for row in grid.rows[1:] if row and row[0] and simplified(row[0]) not in _TOTALS]
    names = [name for name in dict.fromkeys(names) if len(name) <= 60 and not read_label(name).field]
    if must_be_headed:
        return names if read_fact(grid.rows[0][0]) == "channels" else []
    return names if len(names) > 1 and all(simplified(name) in _CHANNELS for name in names) else []


def stated_currencies(slides: list[Slide]) -> dict[str, tuple[int, str]]:
    """Currencies behind the label "Currency", with page and quote."""
    found: dict[str, tuple[int, str]] = {}
    for fact, value, page, quote in _labelled(slides):
        code = currency_of(value) if fact == "currency" else ""
        if code:
            found.setdefault(code, (page, quote))
    return found


def is_section(slide: Slide) -> bool:
    """Whether the slide tells what worked, what did not, or what is next: its numbers are examples."""
    return bool(read_heading(slide.title))
