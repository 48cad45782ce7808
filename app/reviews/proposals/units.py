"""Scales and currencies as decks write them: "k€", "Mio. EUR", "万元", "in T€"."""

import re
from dataclasses import dataclass
from decimal import Decimal

CURRENCIES = {
    "EUR": ("€", "eur", "euro", "euros", "欧元"),
    "USD": ("us$", "us-$", "$", "usd", "dollar", "dollars", "us dollars", "美元"),
    "GBP": ("£", "gbp", "pounds", "英镑"),
    "CHF": ("chf", "sfr.", "sfr", "franken", "瑞士法郎"),
    "CNY": ("cny", "rmb", "人民币", "元", "cn¥"),
    "JPY": ("jpy", "yen", "日元", "円", "jp¥"),
    # A yen and a yuan look alike; which one is meant is settled by the rest of the deck.
    "¥": ("¥", "￥"),
    # Dollars and crowns that no deck is read in: known, so that they are not taken for others.
    "other": ("a$", "au$", "c$", "ca$", "hk$", "s$", "nt$", "r$", "sek", "nok", "dkk", "pln", "czk", "huf", "inr", "₹",
              "krw", "₩", "aud", "cad", "hkd", "sgd", "brl", "港元", "港币"),
}
SCALES = {
    Decimal(1000): ("k", "tsd.", "tsd", "tausend", "thousand", "thousands", "千", "000s", "'000", "’000", "000"),
    Decimal(10_000): ("万", "萬"),
    Decimal(100_000): ("十万",),
    Decimal(1_000_000): ("m", "mm", "mn", "mln", "mio.", "mio", "mill.", "million", "millions", "millionen", "百万"),
    Decimal(10_000_000): ("千万",),
    Decimal(100_000_000): ("亿", "億"),
    # No "billion": it is 10⁹ in English and 10¹² in German; "bn" and "Mrd." are clear.
    Decimal(1_000_000_000): ("bn", "mrd.", "mrd", "milliarde", "milliarden", "十亿"),
}
# "T" means thousand only where a currency follows: T€, TEUR.
_BEFORE_CURRENCY = {"t": Decimal(1000)}
_CURRENCY_OF = {word: code for code, words in CURRENCIES.items() for word in words}
_SCALE_OF = {word: scale for scale, words in SCALES.items() for word in words}
_PERCENT = ("%", "％", "percent", "per cent", "prozent", "prozentpunkte", "pp", "‰", "百分点", "v. h.")
_IN = re.compile(
    r"^(?:(?:all )?(?:amounts |figures |values )?in|(?:alle )?(?:angaben|werte|beträge) in"
    r"|单位为|金额单位|单位)\s*[:：]?\s*",
    re.I)


def alternatives(words) -> str:
    """A regular expression of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


CURRENCY_PATTERN = alternatives(_CURRENCY_OF)
SCALE_PATTERN = alternatives(word for word in _SCALE_OF if "000" not in word)
PERCENT_PATTERN = alternatives(_PERCENT)
_UNIT = re.compile(
    rf"(?:(?P<scale>{alternatives([*_SCALE_OF, *_BEFORE_CURRENCY])})?\s*(?P<currency>{CURRENCY_PATTERN})"
    rf"|(?P<currency2>{CURRENCY_PATTERN})\s*(?:in\s+)?(?P<scale2>{alternatives(_SCALE_OF)})"
    rf"|(?P<scale3>{alternatives(_SCALE_OF)}))", re.I)


@dataclass(frozen=True)
class Unit:
    """`currency`: an ISO code, "¥" for yen or yuan, "other", or "" for none. `scale`: what one stands for."""

    currency: str = ""
    scale: Decimal = Decimal(1)
    is_percent: bool = False


def read_unit(text: str) -> Unit | None:
    """The unit that the whole of `text` names ("k€", "in T€", "EUR", "%", "单位：万元"); None if it names none."""
    text = _IN.sub("", text.strip()).strip(" ()[]（）")
    if not text or len(text) > 30:
        return None
    if re.fullmatch(PERCENT_PATTERN, text, re.I):
        return Unit(is_percent=True)
    found = _UNIT.fullmatch(text)
    if not found:
        return None
    scale = found["scale"] or found["scale2"] or found["scale3"] or ""
    currency = found["currency"] or found["currency2"] or ""
    return Unit(currency_of(currency), scale_of(scale, before_currency=bool(found["scale"])))


def currency_of(text: str) -> str:
    """ISO code of a currency as written; "" for none."""
    return _CURRENCY_OF.get(text.strip().lower(), "")


def scale_of(text: str, *, before_currency: bool = False) -> Decimal:
    """What a word such as "Mio." multiplies by; 1 for none."""
    word = text.strip().lower()
    if before_currency and word in _BEFORE_CURRENCY:
        return _BEFORE_CURRENCY[word]
    return _SCALE_OF.get(word, Decimal(1))
