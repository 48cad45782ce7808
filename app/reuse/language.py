"""Which language a text is written in: by its script, else by the small words that the search's library knows."""

import re
from collections import Counter

from flask_babel import lazy_gettext as _l
from whoosh.lang.stopwords import stoplists

NAMES = {
    "ar": _l("Arabic"), "da": _l("Danish"), "de": _l("German"), "en": _l("English"), "es": _l("Spanish"),
    "fi": _l("Finnish"), "fr": _l("French"), "he": _l("Hebrew"), "hu": _l("Hungarian"), "it": _l("Italian"),
    "ja": _l("Japanese"), "ko": _l("Korean"), "nl": _l("Dutch"), "no": _l("Norwegian"), "pt": _l("Portuguese"),
    "ru": _l("Russian"), "sv": _l("Swedish"), "tr": _l("Turkish"), "zh": _l("Chinese"),
}
"""The languages that are told apart, by their codes of ISO 639-1."""
SAMPLE = 20_000
"""Characters that are looked at."""
LEAST = 3
"""So many small words, at least, say which language it is."""
_SCRIPTS = (("ja", "[ぁ-ヿ]"), ("ko", "[가-힣]"), ("zh", "[一-鿿]"), ("ar", "[؀-ۿ]"), ("he", "[֐-׿]"), ("ru", "[а-яё]"))


def guess(text: str) -> str:
    """Its code, "" where too little tells."""
    sample = text[:SAMPLE].lower()
    letters = sum(map(str.isalpha, sample))
    for code, script in _SCRIPTS:
        # Kana is sprinkled among the signs that Japanese shares with Chinese.
        if letters and len(re.findall(script, sample)) > letters * (0.05 if code == "ja" else 0.3):
            return code
    words = Counter(re.findall(r"[^\W\d_]+", sample))
    counts = {code: sum(count for word, count in words.items() if word in stoplists[code])
              for code in NAMES if code in stoplists}
    best, second = sorted(counts, key=counts.get, reverse=True)[:2]
    return best if counts[best] >= LEAST and counts[best] > counts[second] else ""
