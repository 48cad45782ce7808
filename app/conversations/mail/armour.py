"""OpenPGP in the text of a letter: signed ones are read, encrypted ones are said to be."""

import re

_BEGIN, _SIGNATURE, _END = (f"-----{words}-----" for words in (
    "BEGIN PGP SIGNED MESSAGE", "BEGIN PGP SIGNATURE", "END PGP SIGNATURE"))
_HEAD = re.compile(r"\n(?:[A-Za-z-]{1,40}: [^\n]*\n)*\n")
_ENCRYPTED = re.compile(r"\s*-----BEGIN PGP MESSAGE-----\s")


def without(text: str) -> str:
    """A text without the lines that sign it. It is gone through once, however many of them have no end."""
    parts, at = [], 0
    while (begin := text.find(_BEGIN, at)) >= 0:
        signature = text.find(f"{_SIGNATURE}\n", begin)
        end = text.find(_END, signature)
        if min(signature, end) < 0:
            break
        head = _HEAD.match(text, begin + len(_BEGIN), signature)
        signed = text[head.end() : signature].removesuffix("\n") if head else text[begin:signature]
        parts += [text[at:begin], re.sub(r"(?m)^- ", "", signed)]
        at = end + len(_END)
    return "".join([*parts, text[at:]])


def is_encrypted(text: str) -> bool:
    """Whether a text is nothing that anybody can read here."""
    return _ENCRYPTED.match(text) is not None
