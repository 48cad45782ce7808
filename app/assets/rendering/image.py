"""Pictures people upload: one page each, upright, at the size of a screen."""

import warnings
from collections.abc import Iterator

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from app.assets.rendering import pictures
from app.assets.rendering.job import Job
from app.assets.rendering.results import RenderedPage, Unreadable

_WIDE_MODES = ("I", "F", "I;16", "I;16B", "I;16L", "I;16N")


def pages(job: Job) -> Iterator[RenderedPage]:
    """The picture, or the first frame of it if it moves. Its size is checked before anything is decoded."""
    job.expect(1)
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below, has a reason people understand
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    warnings.simplefilter("ignore")
    yield RenderedPage(1, **pictures.save(_opened(job), 1, job))


def _opened(job: Job) -> Image.Image:
    try:
        with Image.open(job.path) as image:
            if image.width * image.height > job.pixels:
                raise Unreadable("too_many_pixels")
            return _upright(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("damaged") from error


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (pictures.LONG_SIDE, pictures.LONG_SIDE))
    image.load()
    if image.mode in _WIDE_MODES:
        image = _narrowed(image)
    image = pictures.plain(image)
    image.thumbnail((pictures.LONG_SIDE, pictures.LONG_SIDE))  # before it is turned, which takes a second copy
    return ImageOps.exif_transpose(image)


def _narrowed(image: Image.Image) -> Image.Image:
    """16- and 32-bit greys, spread over what a screen shows (a plain conversion would clip them to white)."""
    wide = image.convert("F")
    low, high = wide.getextrema()
    factor = 255 / ((high - low) or 1)
    return wide.point(lambda value: value * factor - low * factor).convert("L")
