"""Pictures of pages as they are kept: WebP, one to read and one to leaf through."""

from pathlib import Path

from PIL import Image

from app.assets.rendering.job import Job

LONG_SIDE = 1600
THUMBNAIL = 320
_QUALITY = 82


def save(image: Image.Image, number: int, job: Job) -> dict:
    """Write both sizes into the job's folder; the fields of a page that tell of them."""
    image = plain(image)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    name, thumbnail_name = f"page-{number}.webp", f"page-{number}-thumbnail.webp"
    _write(image, job.out_dir / name)
    width, height = image.size
    image.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    _write(image, job.out_dir / thumbnail_name)
    return {"image_path": name, "thumbnail_path": thumbnail_name, "width": width, "height": height}


def scale_for(width: float, height: float) -> float:
    """The factor that brings a page of this size to the long side, within what a renderer can be trusted with."""
    longest = max(width, height, 0.001)
    return max(0.01, min(LONG_SIDE / longest, 20.0))


def plain(image: Image.Image) -> Image.Image:
    """Red, green and blue; and alpha only if something shows through, since it costs a third of the time to pack."""
    if image.mode in ("LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
    if image.mode == "RGBA" and image.getextrema()[3][0] < 255:
        return image
    return image if image.mode == "RGB" else image.convert("RGB")


def _write(image: Image.Image, path: Path) -> None:
    image.save(path, "WEBP", quality=_QUALITY, method=2)
