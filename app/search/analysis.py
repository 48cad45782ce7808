"""How text becomes the tokens the index holds: one Whoosh pipeline for entries and for queries alike.

Words are lower-cased, accents folded, Latin words stemmed by Snowball; runs of Chinese, Japanese and Korean become
overlapping pairs of characters. A token is letters, digits, combining marks and the point of a number, nothing else:
the databases' own tokenizers leave it whole, and none of it can be read as query syntax.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import Stemmer
from whoosh.analysis import Filter, RegexTokenizer, Token

TOKEN_LENGTH = 64
"""Longer ones are cut, in the index and in the query alike. Characters."""

_JOINERS = "\u00ad\u200c\u200d"  # Soft hyphen and the zero-width joiners live inside words.
_MARKS = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
_LETTER = r"[^\W_]"
_INNER = rf"(?:[^\W_]|[{_MARKS}{_JOINERS}])"
WORD = re.compile(rf"\d+(?:[.,٫٬]\d+)+(?!{_LETTER})|{_LETTER}{_INNER}*(?:['’ʼ]{_INNER}+)*")
_PART = re.compile("[^-‐‑]+")
_COMPOUND = re.compile(rf"\b[\w{_MARKS}{_JOINERS}]++(?:[-‐‑][\w{_MARKS}{_JOINERS}]++)++")

_CJK = re.compile(r"[々〆ぁ-ヿㇰ-ㇿ㐀-䶿一-鿿가-힣ᄀ-ᇿ豈-﫿ｦ-ﾝ\U00020000-\U0003FFFF]+")
_LATIN = re.compile(r"[a-z']+")
_NOT_A_TOKEN = re.compile(rf"[^\w.{_MARKS}]|_")
_LETTERS_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "’": "'", "ʼ": "'",
     "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا", "ـ": None, ",": ".", "٫": ".", "٬": "."}
    | dict.fromkeys(_JOINERS)
)
_ARABIC_ARTICLE = re.compile(r"^(?:و|ب|ك|ف)?ال(?=\w{3})")
_english = Stemmer.Stemmer("english")
_german = Stemmer.Stemmer("german")


def is_cjk(word: str) -> bool:
    """Whether it holds a character of a script that writes no spaces between words."""
    return _CJK.search(word) is not None


def _is_accent(character: str) -> bool:
    """A mark a reader may leave out: accents, Arabic and Hebrew points; not Indic vowels nor Japanese voicing."""
    order = unicodedata.combining(character)
    return order == 1 or 10 <= order <= 36 or order >= 200


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _plain(word: str) -> str:
    """One spelling of a word: compatibility forms, case, accents, digits and look-alike letters folded."""
    if word.isascii() and word.isalnum():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    kept = "".join(_digit(character) for character in decomposed if not _is_accent(character))
    return unicodedata.normalize("NFC", kept).translate(_LETTERS_ALIKE)


def fold(word: str) -> str:
    """A word as `stem` spells it, but whole."""
    return _NOT_A_TOKEN.sub("", _plain(word))[:TOKEN_LENGTH].strip(".")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The token of one word without spaces, "" when nothing of it is searchable.

    Words come without their language, and a query is too short to guess it. So English inflection is taken off every
    Latin word, and what still ends like a German plural goes through the German stemmer, so that Kunde and Kunden
    meet. Umlauts are folded before, for many people type none.
    """
    plain = _plain(word)
    if _LATIN.fullmatch(plain):
        plain = _english.stemWord(plain)
        if plain.endswith(("en", "ern")):
            plain = _english.stemWord(_german.stemWord(plain))
    else:
        plain = _ARABIC_ARTICLE.sub("", plain)
    return _NOT_A_TOKEN.sub("", plain)[:TOKEN_LENGTH].strip(".")


class ScriptFilter(Filter):
    """Gives every script its tokens. A run of CJK characters also ends in its last character alone, so that a query
    of one character, which looks for what begins with it, finds it there."""

    def __call__(self, tokens):
        for token in tokens:
            if token.text.isascii() or not is_cjk(token.text):
                token.text = stem(token.text)
                if token.text:
                    yield token
            else:
                yield from self._split(token)

    def _split(self, token: Token):
        text, start = token.text, token.startchar
        position = 0
        for run in _CJK.finditer(text):
            yield from self._word(token, text[position : run.start()], start + position)
            yield from self._pairs(token, run.group(), start + run.start())
            position = run.end()
        yield from self._word(token, text[position:], start + position)

    @staticmethod
    def _word(token: Token, text: str, start: int):
        if stemmed := stem(text):
            token.text, token.startchar, token.endchar = stemmed, start, start + len(text)
            yield token

    @staticmethod
    def _pairs(token: Token, run: str, start: int):
        run = "".join(unicodedata.normalize("NFKC", character)[:1] for character in run)
        for index in range(len(run)):
            token.text = run[index : index + 2]
            token.startchar, token.endchar = start + index, start + index + len(token.text)
            yield token


analyzer = RegexTokenizer(WORD) | ScriptFilter()
"""For Whoosh's highlighter; `tokens` is what everything else wants."""


def tokens(text: str) -> list[str]:
    """The tokens of a text as they are stored: in order, and behind them its compounds written as one word."""
    return [*_in_order(text), *(token for token, _start, _end in compounds(text))]


def _in_order(text: str) -> list[str]:
    return [token.text for token in analyzer(text, chars=True)]


def compounds(text: str) -> Iterator[tuple[str, int, int]]:
    """Words joined by hyphens as the token of the word that some write in one, e-mail as email, and where they stand.

    Of longer ones the whole comes first, then each two neighbours: who looks for email means e-mail-marketing too.
    Numbers alone, as in dates, are written in one by nobody.
    """
    for match in _COMPOUND.finditer(text):
        parts = [(part.group(), match.start() + part.start(), match.start() + part.end())
                 for part in _PART.finditer(match.group())]
        for these in [parts, *(pairwise(parts) if len(parts) > 2 else ())]:
            joined = "".join(word for word, _start, _end in these)
            if not joined.isdecimal() and not is_cjk(joined) and (token := stem(joined)):
                yield token, these[0][1], these[-1][2]


def query_tokens(text: str) -> list[str]:
    """The same in order for what is looked for, which may go on where it stops: 策略 is also found inside 策略会."""
    found = _in_order(text)
    if len(found) > 1 and is_cjk(found[-1]) and len(found[-1]) == 1 and found[-2][1:] == found[-1]:
        found.pop()
    return found


def words(text: str) -> set[str]:
    """The words of a text as written, in lower case: what a spelling may be corrected to. No numbers, no CJK."""
    found = {match.group().lower() for match in WORD.finditer(text)}
    return {word for word in found if 4 <= len(word) <= 32 and word.isalpha() and not is_cjk(word)}
