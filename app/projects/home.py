"""What the home of a project tells besides its stream: who, what changed, what waits, what is newest."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assets.models import Asset
from app.decisions.log import open_in
from app.decisions.models import Decision
from app.entries.cards import load_related
from app.entries.models import Entry
from app.entries.pinning import pinned
from app.extensions import db
from app.feed.visits import Since, is_first, last_visit, since
from app.people.models import Person
from app.spaces.models import Membership, Space
from app.tasks.board import Mark, marks

PEOPLE_SHOWN = 12
ASSETS_SHOWN = 4
MARKS_SHOWN = 4


@dataclass(frozen=True)
class Home:
    """Everything on it is for who may read the space."""

    is_first: bool
    since: Since | None
    pinned: list[Entry]
    open_decisions: list[Decision]
    assets: list[Asset]
    people: list[Membership]
    marks: list[Mark]

    @property
    def next_marks(self) -> list[Mark]:
        """The milestones that are still to be reached, the first ones."""
        return [each for each in self.marks if not each.milestone.is_reached][:MARKS_SHOWN]


def home_of_project(space: Space, reader: Person) -> Home:
    """Seven statements at most, whatever the project holds."""
    visit = last_visit(space, reader)
    return Home(is_first(visit), since(visit), pinned(space), open_in(space.id, reader), _newest_assets(space, reader),
                _people(space), marks(space.id))


def _newest_assets(space: Space, reader: Person) -> list[Asset]:
    living = select(Asset).where(Asset.space_id == space.id, Asset.deleted_at.is_(None))
    newest = list(db.session.scalars(living.order_by(Asset.id.desc()).limit(ASSETS_SHOWN)))
    load_related(newest, reader)
    return newest


def _people(space: Space) -> list[Membership]:
    """Who runs it first, then who said what they do, then the others."""
    members = select(Membership).join(Membership.person).where(
        Membership.space_id == space.id, Person.deactivated_at.is_(None)).options(joinedload(Membership.person))
    order = (Membership.role != "owner", Membership.duty == "", Person.name)
    return list(db.session.scalars(members.order_by(*order).limit(PEOPLE_SHOWN)))
