"""What is known against sending a version of a file to a customer; a pure look at what is loaded."""

from app.accounts.models import Account
from app.assets.models import Asset
from app.reuse.models import folded

CALLED = {
    "mail": {"mail", "e-mail", "email", "newsletter"}, "meeting": {"meeting", "visit", "call"},
    "event": {"event", "fair", "trade fair", "webinar"}, "social": {"social", "social media", "linkedin"},
    "post": {"post", "print", "letter", "direct mail"}, "link": {"link", "web", "website", "online"},
}
"""How the channels of files name a way of sending. A file for other channels only is warned of."""


AROUND = {
    **dict.fromkeys(("dach", "benelux", "nordics", "uk", "france", "iberia", "southern europe", "eastern europe"),
                    {"emea", "europe"}),
    **dict.fromkeys(("mea", "middle east", "africa"), {"emea"}),
    **dict.fromkeys(("china", "japan", "korea", "india", "anz", "asean"), {"apac", "asia"}),
    **dict.fromkeys(("usa", "canada"), {"north america", "americas"}), "north america": {"americas"},
    "latam": {"americas"}, "europe": {"emea"},
}
"""Regions as companies usually cut the world, and what they are part of."""
EVERYWHERE = {"worldwide", "global"}


def regions_around(region: str) -> set[str]:
    """The region itself and those it is part of, as they are compared."""
    key = folded(region)
    return {key, *AROUND.get(key, ()), *EVERYWHERE}


def best_version(asset: Asset) -> int:
    """The number of the version to send: the newest that was approved, else the newest."""
    return asset.approved_number or asset.version_count


def against(asset: Asset, number: int, account: Account, channel: str) -> list[str]:
    """Codes of WARNINGS that hold for sending version `number` now, in a fixed order."""
    found = []
    if asset.approved_number is None or number > asset.approved_number:
        found.append("unapproved")
    elif number < asset.approved_number:
        found.append("older")
    if asset.rights_state:
        found.append(asset.rights_state)
    places = {name: {each.key for each in asset.places if each.dimension == name} for name in ("region", "channel")}
    if places["region"] and account.region and not regions_around(account.region) & places["region"]:
        found.append("region")
    if places["channel"] and not places["channel"] & CALLED[channel]:
        found.append("channel")
    return found
