"""What a customer of the demo company published: a blog and a podcast, as their feeds told it. The sites are invented,
so the feeds are paused: nobody is ever asked for them.
"""

from dataclasses import replace

from app.db import now
from app.demo.stage import Stage
from app.outgoing import Page
from app.voices.actions import pause, subscribe
from app.voices.asking import Asked
from app.voices.filing import file
from app.voices.found import Item, Reading
from app.voices.models import Subscription

SITE = "https://www.brennhage.example/"
BLOG = (
    (31, "Leipzig turns 25: a plant that never stood still", "Ines Duarte",
     "In a quarter of a century the Leipzig plant has changed its product four times and its people never.\n\n"
     "A look back with the first shift of 1999, and ahead to the new press line."),
    (24, "Two shifts, one standard: how we hand over a cell", "Ralf Steiner",
     "Downtime begins at the change of shift. We wrote down what the best teams say to each other in those four "
     "minutes, and made it the rule in all plants."),
    (13, "Győr orders its second battery line", "",
     "Brennhage invests 38 million euros in a second line for battery trays in Győr. Building begins in spring; the "
     "first trays leave the hall in autumn.\n\nSuppliers of handling technology are invited to an open day in "
     "January."),
    (4, "What we ask of our suppliers from next year", "Purchasing",
     "From January on every offer states the energy that a machine takes per part, measured, not calculated. Our "
     "template is on the portal for suppliers. Who measures already may send what they have."),
)
PODCAST = (
    (20, "Shop floor talk 14: The gripper that learned patience", 1940,
     "Ralf Steiner tells why half a second more per pick made the line faster."),
    (6, "Shop floor talk 15: Who pays for downtime?", 2530,
     "A controller and a maintenance chief argue over one number, and end up with two."),
)


def add(stage: Stage) -> None:
    """Schedule them: subscribed some weeks ago, read once more since, then paused."""
    kept: list[Subscription] = []
    feeds = (("blog/feed.xml", _feed("Brennhage Blog", [
        _item(stage, days, title=title, by=by, text=text, link=f"{SITE}blog/{number}")
        for number, (days, title, by, text) in enumerate(BLOG)])),
        ("talk/podcast.xml", _feed("Shop floor talk", [
            _item(stage, days, title=title, seconds=seconds, text=text, link=f"{SITE}talk/{number}",
                  sound=f"{SITE}talk/{number}.mp3")
            for number, (days, title, seconds, text) in enumerate(PODCAST)])))

    def begin() -> None:
        for name, feed in feeds:
            first = replace(feed, items=[each for each in feed.items if each.moment <= now()])
            asked = Asked(SITE + name, Page(SITE + name, 200), first)
            kept.append(subscribe(stage.spaces["brennhage"].account, asked, actor=stage.people["jon"]))

    def go_on() -> None:
        for each, (_name, feed) in zip(kept, feeds, strict=True):
            file(each.feed, feed)
            pause(each, actor=stage.people["jon"])

    stage.schedule(stage.calendar.moment("-12 09:20"), begin)
    stage.schedule(stage.calendar.moment("-3 10:05"), go_on)


def _feed(title: str, items: list[Item]) -> Reading:
    return Reading(title, SITE, None, sorted(items, key=lambda each: each.published, reverse=True))


def _item(stage: Stage, days: int, **said) -> Item:
    return Item(guid=said["link"], published=stage.calendar.moment(f"-{days} 08:00").isoformat(), **said)
