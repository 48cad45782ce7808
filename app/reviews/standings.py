"""Where the figures of a review stand among its peers, in words and as strips: "better than 3 of 4, median €41"."""

from dataclasses import dataclass

from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.people.models import Person
from app.reviews.choosing import ENOUGH, Peers, peers_of, row_of
from app.reviews.comparison import KPI_COLUMNS, Column, Comparison, compare
from app.reviews.converting import at_stated_rates
from app.reviews.models import Review
from app.reviews.statistics import standing
from app.reviews.strips import Strip, figure, strip


@dataclass(frozen=True)
class Note:
    """Where one figure stands."""

    text: str
    strip: Strip


@dataclass(frozen=True)
class Standings:
    """Where the figures of a review stand, by the name of the figure, and whom they were compared with."""

    notes: dict[str, Note]
    sentence: str
    money: str


def standings(person: Person, review: Review) -> Standings | None:
    """For `person`, who counts only the peers they may see; None when those are too few to say anything."""
    peers = peers_of(person, review)
    if len(peers.rows) < ENOUGH:
        return None
    own = row_of(review)
    together = compare([own, *at_stated_rates(peers.rows, own)], own.currency, own)
    notes = {column.name: note for column in KPI_COLUMNS if (note := _note(column, together))}
    return Standings(notes, peers_sentence(peers), _about_money(together)) if notes else None


def _note(column: Column, together: Comparison) -> Note | None:
    value, others = together.value(together.own, column), together.values(column)
    if value is None or len(others) < ENOUGH:
        return None
    median = figure(together.summary(column).median, column, together.currency)
    if column.better is None:
        text = _("Median of %(n)s: %(value)s", n=len(others), value=median)
    else:
        found = standing(value, others, column.better)
        text = _("%(standing)s, median %(value)s", standing=_better_than(found.better, found.n), value=median)
    return Note(text, strip(together, column, named=False))


def _better_than(better: int, n: int) -> str:
    if better == n:
        return _("Better than all %(n)s", n=n)
    if not better:
        return _("Better than none of %(n)s", n=n)
    return _("Better than %(better)s of %(n)s", better=better, n=n)


def _about_money(together: Comparison) -> str:
    out, converted = len(together.left_out), len([row for row in together.rows if row.converted_from])
    sentences = [ngettext(
        "Money is compared in %(currency)s only; %(num)s review in another currency is left out.",
        "Money is compared in %(currency)s only; %(num)s reviews in other currencies are left out.", out,
        currency=together.currency,
    )] if out else []
    sentences += [ngettext(
        "%(num)s review was converted into %(currency)s at the rate it states.",
        "%(num)s reviews were converted into %(currency)s at the rates they state.", converted,
        currency=together.currency,
    )] if converted else []
    return " ".join(sentences)


def peers_sentence(peers: Peers) -> str:
    """Whom a review is compared with: "Compared with 7 reviews of webinar or e-mail in EMEA, 2025–2026"."""
    first, last = peers.years
    channels = format_list(peers.channels, style="or", locale=get_locale())
    place = _("%(region)s, %(segment)s", region=peers.region, segment=peers.segment) if peers.segment else peers.region
    return ngettext(
        "Compared with %(num)s review of %(channels)s in %(place)s, %(years)s",
        "Compared with %(num)s reviews of %(channels)s in %(place)s, %(years)s", len(peers.rows),
        channels=channels, place=place, years=first if first == last else f"{first}–{last}",
    )
