"""OpenPGP in the text of a letter: signed ones are read, encrypted ones are said to be."""

import re

_SIGNED = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z-]+: .*\n)*\n(?P<text>.*?)\n?"
                     r"-----BEGIN PGP SIGNATURE-----\n.*?-----END PGP SIGNATURE-----", re.DOTALL)
_ENCRYPTED = re.compile(r"\s*-----BEGIN PGP MESSAGE-----\s")


def without(text: str) -> str:
    """A text without the lines that sign it."""
    if "-----BEGIN PGP SIGNED MESSAGE-----" not in text:
        return text
    return _SIGNED.sub(lambda found: re.sub(r"(?m)^- ", "", found["text"]), text)


def is_encrypted(text: str) -> bool:
    """Whether a text is nothing that anybody can read here."""
    return _ENCRYPTED.match(text) is not None
