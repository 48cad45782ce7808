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
    try:
        with Image.open(job.path) as image:
            if image.width * image.height > job.pixels:
                raise Unreadable("too_many_pixels")
            yield RenderedPage(1, **pictures.save(_upright(image), 1, job))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("damaged") from error


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (pictures.LONG_SIDE, pictures.LONG_SIDE))
    image.load()
    if image.mode in _WIDE_MODES:
        image = _narrowed(image)
    return ImageOps.exif_transpose(image)


def _narrowed(image: Image.Image) -> Image.Image:
    """16- and 32-bit greys, spread over what a screen shows (a plain conversion would clip them to white)."""
    low, high = image.convert("F").getextrema()
    return (
        image.convert("F")
        .point(lambda value: value * (255 / ((high - low) or 1)) + -low * 255 / ((high - low) or 1))
        .convert("L")
    )
