"""What a picture is recognised by: itself, grey and tiny, and the signs of its lowest frequencies.

Pure functions on *squares*: `SIDE` × `SIDE` greys, a byte each. The hash is the usual one of perceptual hashing (signs
of a cosine transform, Zauner 2010), taken of the whole and of five windows of it, so that a picture that lost a margin
meets the one it was cut from. Whether two that met are one picture is then looked at, at the best of many alignments.
"""

from functools import lru_cache
from itertools import product
from math import cos, pi, sqrt

from PIL import Image

from app.radar.sketches import number

SIDE = 32
BYTES = SIDE * SIDE
PLAIN = 6.0
"""A picture whose greys deviate less from their mean than this (of 255) shows nothing to be recognised by."""
SAMPLES = 16
"""Samples a side that are transformed, and compared."""
BITS, BANDS = 16, 3
_MARGIN = 0.05
_EDGES = (0.0, 0.05, 0.1)
_FREQUENCIES = sorted(product(range(8), repeat=2), key=lambda at: (at[0] + at[1], at))[1:1 + BITS * BANDS]
_COSINES = [[cos((2 * x + 1) * u * pi / (2 * SAMPLES)) for x in range(SAMPLES)] for u in range(8)]
_HOPELESS = 0.3
ALIKE = 0.85
"""Pictures that correlate less than this are different ones, whatever their detail."""
COARSE = 4
_WHOLE = (0.0, 0.0, 0.0, 0.0)


def square(image: Image.Image) -> bytes | None:
    """The square of a picture; None if nothing is to be seen in it."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    greys = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX).tobytes()
    mean = sum(greys) / BYTES
    return greys if sqrt(sum((each - mean) ** 2 for each in greys) / BYTES) >= PLAIN else None


def keys(greys: bytes) -> list[int]:
    """What a picture is looked up by: `BANDS` numbers of 63 bits for each window."""
    image, found = _image(greys), set()
    for box in _windows():
        signs = _signs(image, box)
        bands = (signs[at:at + BITS] for at in range(0, BITS * BANDS, BITS))
        found |= {number(f"picture {place} {band}".encode()) for place, band in enumerate(bands)}
    return sorted(found)


def likeness(one: bytes, other: bytes) -> float:
    """How much two squares show the same, at the best alignment found: the correlation of their detail, 0 to 1."""
    if _correlation(one, _WHOLE, other, _WHOLE) < _HOPELESS:
        return 0.0
    (about, margins), cut, whole = max((_aligned(one, other), one, other), (_aligned(other, one), other, one))
    if about < ALIKE:
        return 0.0
    return max(0.0, sum(map(float.__mul__, _details(cut, margins), _details(whole, _WHOLE))))


def _aligned(one: bytes, other: bytes) -> tuple[float, tuple]:
    """The best correlation of `other` with what is left of `one` without margins, found edge by edge; and these."""
    margins, best = list(_WHOLE), 0.0
    for edge in (0, 1, 2, 3) * 2:
        tried = [(_correlation(one, (*margins[:edge], width, *margins[edge + 1:]), other, _WHOLE), width)
                 for width in _EDGES]
        best, margins[edge] = max(tried)
    return best, tuple(margins)


def _correlation(one: bytes, margins: tuple, other: bytes, whole: tuple) -> float:
    return sum(map(float.__mul__, _greys(one, margins), _greys(other, whole)))


@lru_cache(maxsize=4096)
def _greys(greys: bytes, margins: tuple) -> list[float]:
    """The greys inside the margins, about their mean, of length 1."""
    shown = _inside(greys, margins).tobytes()
    mean = sum(shown) / len(shown)
    return _of_length_one([each - mean for each in shown])


def _details(greys: bytes, margins: tuple) -> list[float]:
    """What stands out inside the margins: the difference from a blurred copy, of length 1.

    All landscapes are light above and dark below, and correlate; in their detail two photos differ, two copies do not.
    """
    image = _inside(greys, margins)
    blurred = image.resize((COARSE, COARSE), Image.Resampling.BOX).resize(image.size, Image.Resampling.BILINEAR)
    return _of_length_one([float(sharp - soft) for sharp, soft in zip(image.tobytes(), blurred.tobytes(), strict=True)])


def _inside(greys: bytes, margins: tuple) -> Image.Image:
    """What is inside the margins (left, top, right, bottom; shares of the side), `SAMPLES` a side."""
    left, top, right, bottom = margins
    box = (SIDE * left, SIDE * top, SIDE * (1 - right), SIDE * (1 - bottom))
    return _image(greys).resize((SAMPLES, SAMPLES), Image.Resampling.BOX, box=box)


def _of_length_one(values: list[float]) -> list[float]:
    length = sqrt(sum(each * each for each in values)) or 1.0
    return [each / length for each in values]


def _image(greys: bytes) -> Image.Image:
    return Image.frombytes("L", (SIDE, SIDE), greys)


def _windows() -> list[tuple[float, float, float, float]]:
    """The whole, and what is left without a margin: in the middle and towards each corner."""
    corners = [(_MARGIN, _MARGIN), *product((0.0, 2 * _MARGIN), repeat=2)]
    kept = 1 - 2 * _MARGIN
    return [(0.0, 0.0, SIDE, SIDE),
            *((SIDE * x, SIDE * y, SIDE * (x + kept), SIDE * (y + kept)) for x, y in corners)]


def _signs(image: Image.Image, box: tuple) -> str:
    greys = image.resize((SAMPLES, SAMPLES), Image.Resampling.BOX, box=box).tobytes()
    lines = [greys[at:at + SAMPLES] for at in range(0, len(greys), SAMPLES)]
    across = [[sum(map(float.__mul__, wave, map(float, line))) for line in lines] for wave in _COSINES]
    return "".join("01"[sum(map(float.__mul__, _COSINES[v], across[u])) > 0] for u, v in _FREQUENCIES)
