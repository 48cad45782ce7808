"""What the headers of a file of figures mean, in English, German and Chinese: the words of decks, and some more."""

from app.reviews.breakdown_models import IGNORED
from app.reviews.figures import METRICS
from app.reviews.proposals.labels import read_label, simplified
from app.reviews.proposals.units import Unit

HEADER_LENGTH = 120
_PLANNED = {"cost": "budget", "responses": "expected_responses", "budget": "budget"}
_WORDS = {
    "channel": ("channel", "channels", "channel name", "marketing channel", "campaign channel", "medium", "source",
                "utm source", "utm medium", "kanal", "kanäle", "marketingkanal", "quelle", "渠道"),
    "week": ("week", "weeks", "calendar week", "week of", "week starting", "week number", "wk", "cw", "kw", "woche",
             "kalenderwoche", "周", "周次"),
    "cost": ("amount spent", "total spend", "media spend", "werbekosten"),
    "sent": ("sends", "recipients", "total sent", "empfänger", "mails", "versand"),
}
_SUMS = ("subtotal", "zwischensumme", "gesamtergebnis", "ergebnis", "σ")
_MEANING_OF = {simplified(word): meaning for meaning, words in _WORDS.items() for word in words}


def plain(header: str) -> str:
    """A header as it is remembered: what differs in case, marks and blanks only is the same."""
    return simplified(header)[:HEADER_LENGTH]


def unit_of(header: str) -> Unit:
    """The unit that a header states: "Cost (k€)" holds thousands."""
    return read_label(header).unit


def guess(header: str) -> str:
    """What a column with this header holds, as far as its words tell; `IGNORED` when they do not."""
    label = read_label(header)
    found = _MEANING_OF.get(plain(header)) or (_PLANNED if label.aspect == "plan" else {}).get(label.field) \
        or (label.field if label.aspect in ("", "actual") else IGNORED)
    return found if found in METRICS or found in _WORDS else IGNORED


def names_total(text: str) -> bool:
    """Whether the label of a row says that it sums the others up: "Total", "Gesamt", "Zwischensumme"."""
    label = read_label(text)
    words = simplified(text)
    return (label.is_total and label.is_neutral) or words in _SUMS \
        or words.startswith(("total ", "summe ", "gesamt ")) or words.endswith((" total", " gesamt", " summe"))
