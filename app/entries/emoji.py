"""What a reaction may be: exactly one emoji, as people see one.

An emoji is often several characters (UTS #51): a hand and its skin, a flag of two letters or of a country's tags, a
digit in its key, several joined by zero-width joiners into a family.
"""

import re

LONGEST = 20
"""Characters; the longest families there are have ten."""

_STYLE, _JOINER, _KEY = "\ufe0f", "\u200d", "\u20e3"
_SKIN = "[\U0001f3fb-\U0001f3ff]"
# The characters that are an emoji, or will be: in the planes of pictures new ones come with each Unicode.
_BASIC = (
    "©®‼⁉™ℹ↔-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺Ⓜ▪▫▶◀◻-◾☀-☄☎☑☔☕☘☝☠☢☣☦☪☮☯☸-☺♀♂♈-♓♟♠♣♥♦♨♻♾♿⚒-⚗⚙⚛⚜⚠⚡"
    "⚧⚪⚫⚰⚱⚽⚾⛄⛅⛈⛎⛏⛑⛓⛔⛩⛪⛰-⛵⛷-⛺⛽✂✅✈-✍✏✒✔✖✝✡✨✳✴❄❇❌❎❓-❕❗❣❤➕-➗➡➰➿⤴⤵⬅-⬇⬛⬜⭐⭕〰〽㊗㊙"
)
_PICTURES = (
    "\U0001f004\U0001f0cf\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f202"
    "\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f3fa\U0001f400-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
_ELEMENT = f"[{_BASIC}{_PICTURES}](?:{_SKIN}|{_STYLE}{_SKIN}?)?"
_PICTURE = re.compile(f"{_ELEMENT}(?:{_JOINER}{_ELEMENT})*")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_REGION = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,7}\U000e007f")
_KEYCAP = re.compile(f"[0-9#*]{_STYLE}?{_KEY}")


def is_emoji(text: str) -> bool:
    """Whether it is one emoji and nothing else."""
    return len(text) <= LONGEST and any(shape.fullmatch(text) for shape in (_PICTURE, _FLAG, _REGION, _KEYCAP))
