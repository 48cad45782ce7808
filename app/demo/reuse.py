"""What people of the demo company re-use: a one-pager adapted for a customer, rights that ended, two collections."""

from datetime import timedelta

from app.approvals.actions import answer, ask
from app.assets.models import Asset
from app.demo.stage import Stage
from app.extensions import db
from app.library.actions import begin_collection, collect
from app.reuse.actions import adapt, say_rights


def add(stage: Stage) -> None:
    """Schedule all of it."""
    stage.schedule(stage.calendar.moment("-30 09:20"), lambda: _rights(stage))
    stage.schedule(stage.calendar.moment("-6 12:10"), lambda: _adapted(stage))
    stage.schedule(stage.calendar.moment("-5 09:40"), lambda: _approvals(stage))
    stage.schedule(stage.calendar.moment("-3 10:45"), lambda: _collections(stage))


def _rights(stage: Stage) -> None:
    """The picture of the stand was bought for the fair, and the fair is over."""
    say_rights(
        stage.entries["stand-sketch"], actor=stage.people["bea"], source="Drawn by the stand builder",
        licence="The fair and the weeks after, print and web.", people_shown="Nobody",
        usable_until=stage.calendar.moment("-4 12:00").date(),
        places={"region": ["EMEA"], "channel": ["fair"]},
    )
    say_rights(stage.entries["cleangrip-deck"], actor=stage.people["sofia"], source="Our own",
               places={"region": ["EMEA", "North America"], "channel": ["fair", "webinar"]})


def _adapted(stage: Stage) -> None:
    """Nadia makes her own of the one-pager; since then the one it comes from changed."""
    page = stage.entries["cleangrip-page"]
    adapt(page.versions[0], stage.spaces["norrfrakt"], actor=stage.people["nadia"],
          title="CleanGrip one-pager for Norrfrakt",
          why="Norrfrakt prints it in Swedish; the Arabic half goes, and the freezer case comes first.")


def _approvals(stage: Stage) -> None:
    """The deck is approved by product and waits for sales; the one-pager needs a change first."""
    people, day = stage.people, (stage.calendar.end + timedelta(days=3)).date()
    deck = ask(stage.entries["cleangrip-deck"], actor=people["sofia"], people=[people["lena"], people["carla"]],
               teams=[people["katrin"].team], due_on=day, note="The claim on slide 3, and the price row.")
    answer(deck, "approved", actor=people["katrin"])
    answer(deck, "with_changes", actor=people["carla"], note="The competitor's price has a date; put it in.")
    page = ask(stage.entries["cleangrip-page"], actor=people["sofia"], people=[people["priya"]])
    answer(page, "changes", actor=people["priya"], note="The freezer case is missing.")
    case = ask(everything()["Case study: line 2 at Molino Verde"], actor=people["lena"], people=[people["oliver"]])
    answer(case, "approved", actor=people["oliver"], note="Numbers as agreed with the plant.")


def everything() -> dict[str, Asset]:
    """Every file by its title."""
    return {each.title: each for each in db.session.scalars(db.select(Asset).where(Asset.deleted_at.is_(None)))}


def _collections(stage: Stage) -> None:
    files = everything()
    fair = begin_collection(stage.spaces["cleangrip"], "CleanGrip in four files", actor=stage.people["sofia"],
                            note="Read the deck first. The swabs are what engineers ask for.")
    collect(fair, [files[name] for name in (
        "CleanGrip launch deck", "CleanGrip one-pager, Arabic and English",
        "Wash-down trial at Molino Verde: swab results", "CleanGrip: the signal at the end of a wash")],
        actor=stage.people["sofia"])
    proof = begin_collection(stage.spaces["commons"], "Proof from customers", actor=stage.people["lena"],
                             note="Numbers a customer has seen and agreed to. Ask its owner before you quote one.")
    collect(proof, [files["Case study: line 2 at Molino Verde"],
                    files["Győr, line 4: measurement protocol"]], actor=stage.people["lena"])
