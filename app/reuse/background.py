"""What happens to files by the clock, and once their words are there."""

from sqlalchemy import select

from app import jobs
from app.activity.delivery import end_of_sweep
from app.assets.models import Page, Version
from app.assets.pages import finished
from app.db import now
from app.extensions import db
from app.reuse.actions import tell_of_ending
from app.reuse.language import SAMPLE, guess


@jobs.every_minute
def tell_of_ending_rights() -> int:
    """How many owners were told."""
    return end_of_sweep(tell_of_ending(now().date()))


def guess_language(version: Version) -> None:
    """Note which language the newest version is in, unless somebody said it."""
    asset = version.asset
    if asset.language_said or version.number != asset.version_count:
        return
    words, length = [], 0
    for text in db.session.scalars(select(Page.text).where(Page.version_id == version.id).order_by(Page.number)):
        words.append(text)
        length += len(text)
        if length > SAMPLE:
            break
    asset.language = guess("\n".join(words))


finished.append(guess_language)
