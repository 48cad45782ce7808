"""What becomes of the pictures of `look_alikes.py`."""

import io
import random

from PIL import Image

from tests.making.look_alike_files import encoded, jpeg


def resized(image: Image.Image, chance: random.Random) -> bytes:
    share = chance.uniform(0.3, 0.8)
    return encoded(image.resize((int(image.width * share), int(image.height * share))), "PNG")


def recoded(image: Image.Image, chance: random.Random) -> bytes:
    return jpeg(image, chance.randint(25, 60))


def webp(image: Image.Image, _chance: random.Random) -> bytes:
    return encoded(image, "WEBP", quality=60)


def cropped(image: Image.Image, chance: random.Random) -> bytes:
    left, top, right, bottom = (chance.uniform(0, 0.08) for _ in range(4))
    wide, high = image.size
    kept = (int(wide * left), int(high * top), int(wide * (1 - right)), int(high * (1 - bottom)))
    return jpeg(image.crop(kept))


def brightened(image: Image.Image, _chance: random.Random) -> bytes:
    return jpeg(image.point(lambda value: min(255, int(value * 1.15))), 75)


def handed_on(image: Image.Image, chance: random.Random) -> bytes:
    """Cropped, made smaller and brighter, and saved badly, as pictures come out of chats."""
    small = Image.open(io.BytesIO(cropped(image, chance))).resize((300, 190))
    return jpeg(small.point(lambda value: min(255, int(value * 1.1))), 40)


PICTURE_EDITS = (resized, recoded, webp, cropped, brightened, handed_on)
