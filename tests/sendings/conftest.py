"""The open account, in robotics, Europe, evaluating; and a way to share files that are made for somebody."""

import io
from collections.abc import Callable
from datetime import date

import pytest

from app.accounts.actions import change_account
from app.accounts.models import Account
from app.approvals.actions import answer, ask, standing
from app.assets.actions import add_version, keep, upload
from app.assets.models import Asset
from app.extensions import db
from app.reuse.actions import say_rights
from app.spaces.models import Space


@pytest.fixture
def account(world) -> Account:
    found = world.space("account", "open").account
    change_account(found, actor=world.lena, region="DACH", stage="evaluating")
    db.session.commit()
    return found


@pytest.fixture
def approve(world) -> Callable[[Asset], None]:
    """Jon, who was asked before and is asked again, approves the newest version."""
    def act(asset: Asset) -> None:
        answer(standing(asset), "approved", actor=world.jon)
    return act


@pytest.fixture
def share(world) -> Callable[..., Asset]:
    """A file of Lena's in so many versions, approved unless said otherwise, made for industries and stages."""
    def make(title: str, space: Space | None = None, *, approved: bool = True, versions: int = 1,
             until: date | None = None, **places: list[str]) -> Asset:
        asset = upload(space or world.commons, keep(io.BytesIO(title.encode()), f"{title}.txt"), actor=world.lena,
                       title=title)
        for number in range(2, versions + 1):
            add_version(asset, keep(io.BytesIO(f"{title} {number}".encode()), f"{title}.txt"), actor=world.lena)
        say_rights(asset, actor=world.lena, places=places, usable_until=until)
        if approved:
            answer(ask(asset, actor=world.lena, people=[world.jon]), "approved", actor=world.jon)
        db.session.flush()
        return asset
    return make
