"""Work that people of the demo company stored twice, a deck cut down for a customer, a picture made small."""

import io

from PIL import Image
from pptx import Presentation

from app.assets.actions import keep, store, upload
from app.assets.models import Asset
from app.demo.stage import Stage
from app.extensions import db


def add(stage: Stage) -> None:
    """Schedule the copies."""
    stage.schedule(stage.calendar.moment("-5 13:40"), lambda: _cut_down(stage))
    stage.schedule(stage.calendar.moment("-2 10:15"), lambda: _made_small(stage))


def _cut_down(stage: Stage) -> None:
    """Priya takes the launch deck for a customer, without its last slide."""
    deck = _bytes(stage.entries["cleangrip-deck"])
    cut = Presentation(deck)
    slides = cut.slides._sldIdLst
    slides.remove(slides[-1])
    _share(stage, cut, "CleanGrip for Norrfrakt.pptx", "norrfrakt", "priya",
           "Shown on Tuesday. It is the launch deck; I only took the last slide out.")


def _made_small(stage: Stage) -> None:
    """Oliver mails himself the sketch of a stand and shares what arrived."""
    sketch = db.session.scalars(db.select(Asset).where(Asset.filename == "stand-7-b31.png")).first()
    small = Image.open(_bytes(sketch)).convert("RGB").resize((800, 500))
    _share(stage, small, "IMG_2231.jpg", "emea", "oliver", "The stand, for those who asked.", format="JPEG", quality=60)


def _bytes(asset: Asset) -> io.BytesIO:
    with store().open(asset.current.sha256) as file:
        return io.BytesIO(file.read())


def _share(stage: Stage, made, name: str, space: str, who: str, body: str, **options) -> None:
    file = io.BytesIO()
    made.save(file, **options)
    file.seek(0)
    upload(stage.spaces[space], keep(file, name), actor=stage.people[who], body=body)
