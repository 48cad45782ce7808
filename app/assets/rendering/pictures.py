"""Pictures of pages as they are kept: WebP, one to read and one to leaf through."""

from pathlib import Path

from PIL import Image

from app.assets.rendering.job import Job

LONG_SIDE = 1600
THUMBNAIL = 320
_QUALITY = 82


def save(image: Image.Image, number: int, job: Job) -> dict:
    """Write both sizes into the job's folder; the fields of a page that tell of them."""
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode in ("LA", "PA") else "RGB")
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


def _write(image: Image.Image, path: Path) -> None:
    image.save(path, "WEBP", quality=_QUALITY, method=3)
