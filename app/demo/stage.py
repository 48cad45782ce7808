"""Plays scenes in the order of time, each step by the same action, and with the same actor, as in the browser."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from app import jobs
from app.accounts.actions import open_account
from app.activity import delivery
from app.assets.actions import KeptFile, add_version, keep, note_progress, upload
from app.assets.models import Version
from app.cycles.models import ReviewCycle
from app.db import at, now
from app.decisions.actions import decide
from app.demo import files, promises, reviews
from app.demo.calendar import Calendar
from app.demo.script import Block, Scene
from app.entries import actions
from app.entries.models import Entry
from app.entries.resolving import resolve
from app.extensions import db
from app.learnings.actions import apply_learning, end_trial, state_learning
from app.learnings.models import Trial
from app.people.models import Person
from app.projects.actions import start_project
from app.reviews.actions import change_review, post_review
from app.reviews.breaking_down import replace_breakdown
from app.reviews.closing import close
from app.reviews.key_points import make_point
from app.reviews.models import Review
from app.reviews.questions import accept, ask
from app.spaces.actions import add_member, open_space
from app.spaces.models import Space

BATCH = 60
OPEN_FOR = timedelta(days=21)
"""How long a review takes questions."""


class Thread:
    """What a scene has brought forth so far: root, a review's content, last words, trials."""

    def __init__(self) -> None:
        self.root: Entry | None = None
        self.content: reviews.Content | None = None
        self.last: dict[str, Entry] = {}
        self.trials: dict[tuple[str, str], Trial] = {}


class Stage:
    """People, spaces and entries by the names that the content gives them, and the events still to be played."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.people: dict[str, Person] = {}
        self.spaces: dict[str, Space] = {}
        self.entries: dict[str, Entry] = {}
        self.cycle: ReviewCycle | None = None
        self._events: list[tuple[datetime, Callable[[], object]]] = []

    def schedule(self, moment: datetime, event: Callable[[], object]) -> None:
        """Note something that happens at a moment."""
        self._events.append((moment, event))

    def play(self) -> None:
        """Everything scheduled, oldest first: ids ascend with time. Commits in batches; jobs are left out."""
        self._events.sort(key=lambda each: each[0])
        for number, (moment, event) in enumerate(self._events, start=1):
            with at(moment):
                event()
            if number % BATCH == 0:
                self.commit()
        self._events.clear()
        self.commit()

    def commit(self) -> None:
        """Commit what was done so far. Pages are asked for at the very end, in the order in which people look."""
        jobs.forget_requested()
        delivery.commit()

    def add(self, scene: Scene) -> None:
        """Schedule a scene."""
        thread, moment = Thread(), self.calendar.moment(scene.root.fields["at"])
        self._schedule(moment, scene.root, lambda: self._open(scene.root, thread))
        if scene.root.verb == "review":
            promises.schedule(self, scene.root.parts["next"], thread, is_over=int(scene.root.fields["q"]) < -1)
            if (over := moment + OPEN_FOR) < self.calendar.end:
                self.schedule(over, lambda: close(thread.root, actor=None))
        for step in scene.steps:
            moment = self.calendar.after(moment, step.after)
            self._schedule(moment, step, lambda step=step: self._step(step, thread))
            if "result" in step.fields:
                ended = self.calendar.after(moment, step.fields["took"])
                self.schedule(ended, lambda step=step: self._end_trial(step, thread))

    def _schedule(self, moment: datetime, block: Block, event: Callable[[], Entry | None]) -> None:
        made: list[Entry] = []
        self.schedule(moment, lambda: made.append(event()))
        for minutes, (emoji, names) in enumerate(block.reactions, start=1):
            for name in names:
                when = min(moment + timedelta(minutes=7 * minutes + len(name)), self.calendar.end)
                self.schedule(when, lambda name=name, emoji=emoji: actions.react(
                    made[0], emoji, actor=self.people[name]))

    # --- roots ---

    def _open(self, block: Block, thread: Thread) -> Entry | None:
        made = getattr(self, f"_open_{block.verb}")(block, thread)
        if isinstance(made, Entry):
            thread.root = thread.last[block.by] = made
            if "id" in block.fields:
                self.entries[block.fields["id"]] = made
        return made

    def _who_where(self, block: Block) -> tuple[Person, Space]:
        return self.people[block.by], self.spaces[block.fields["in"]]

    def _words(self, text: str) -> str:
        return self.calendar.words(text)

    def _field(self, block: Block, name: str) -> str:
        return self._words(block.fields.get(name, ""))

    def _open_space(self, block: Block, _thread: Thread) -> None:
        actor, fields = self.people[block.by], dict(block.fields)
        name, access, kind = self._field(block, "name"), fields.get("access", "open"), fields["kind"]
        common = {"actor": actor, "access": access, "description": self._words(block.text)}
        if kind == "project":
            days = {key: self._day(fields[key]) for key in ("starts_on", "ends_on") if key in fields}
            space = start_project(name, goal=self._field(block, "goal"), state=fields["state"], **days, **common).space
        elif kind == "account":
            record = {key: fields[key] for key in ("tier", "industry", "region", "website") if key in fields}
            record |= {f"{side}_owner_id": self.people[fields[side]].id for side in ("marketing", "sales")}
            space = open_account(name, employees=int(fields["employees"]), **record, **common).space
        else:
            space = open_space(kind, name, **common)
        for member in fields.get("members", "").split():
            add_member(space, self.people[member], actor=actor)
        self.spaces[fields["id"]] = space

    def _day(self, text: str) -> date:
        return (self.calendar.end + timedelta(days=int(text))).date()

    def _open_post(self, block: Block, _thread: Thread) -> Entry:
        actor, space = self._who_where(block)
        return actions.post(space, self._words(block.text), actor=actor, title=self._field(block, "title"))

    def _open_review(self, block: Block, thread: Thread) -> Entry:
        actor, space = self._who_where(block)
        thread.content = content = reviews.read(block, self.calendar)
        deck = _keep(reviews.deck(content, actor.name), content.filename)
        steps = promises.steps(block.parts["next"], self.calendar, space, actor)
        fields = content.fields | {"steps": steps, "closes_on": (now() + OPEN_FOR).date()}
        del fields["next_steps"]
        review = post_review(space, content.title, actor=actor, body=content.body, deck=deck, **fields)
        if content.rows_by:
            replace_breakdown(review, content.rows_by, reviews.rows(content), actor=actor)
        if "carries" in block.fields:
            promises.take_over(self, block.fields["carries"], review)
        return review

    def _open_learning(self, block: Block, _thread: Thread) -> Entry:
        actor, space = self._who_where(block)
        return state_learning(
            space, self._field(block, "title"), actor=actor, evidence=self._words(block.text),
            holds_for=self._field(block, "holds"), advice=self._field(block, "advice"),
            review=self.entries[block.fields["review"]] if "review" in block.fields else None,
        )

    def _open_asset(self, block: Block, _thread: Thread) -> Entry:
        actor, space = self._who_where(block)
        title = self._field(block, "title")
        return upload(space, self._file(block), actor=actor, title=title, body=self._words(block.text))

    def _file(self, block: Block) -> KeptFile:
        name = block.fields["file"]
        return _keep(files.make(name, self._words(block.parts["file"])), name)

    # --- what follows ---

    def _step(self, block: Block, thread: Thread) -> Entry | None:
        return getattr(self, f"_step_{block.verb}")(block, thread, self.people[block.by])

    def _step_say(self, block: Block, thread: Thread, actor: Person) -> Entry:
        about = _slide(block, thread)
        if "at" in block.fields:
            about = {"version": thread.root.current, "at": float(block.fields["at"])}
        if "spot" in block.fields:
            about["region"] = dict(zip("xywh", map(float, block.fields["spot"].split(",")), strict=False))
        parent = thread.last.get(block.fields.get("re", ""))
        parent = parent if parent is not thread.root else None
        words = self._words(block.text)
        if _asks(thread.root, words, parent, actor, about):
            said = ask(thread.root, words, actor=actor, page=about.get("page")).comment
        else:
            said = actions.comment(thread.root, words, actor=actor, parent=parent, **about)
        if parent is not None and parent.question and actor is thread.root.author:
            accept(parent.question, said, actor=parent.author)
        thread.last[block.by] = said
        return said

    def _step_point(self, block: Block, thread: Thread, actor: Person) -> Entry:
        page = _slide(block, thread).get("page")
        return make_point(thread.root, self._words(block.text), actor=actor, page=page).comment

    def _step_decide(self, block: Block, thread: Thread, actor: Person) -> Entry:
        options = [each.strip() for each in self._field(block, "options").split("|") if each.strip()]
        return decide(
            thread.root.space, self._field(block, "question"), self._field(block, "choice"), actor=actor,
            why=self._words(block.text), options=options, about=thread.root,
        )

    def _step_version(self, block: Block, thread: Thread, actor: Person) -> None:
        add_version(thread.root, self._file(block), actor=actor, note=self._field(block, "note"))

    def _step_deck(self, block: Block, thread: Thread, actor: Person) -> None:
        """The deck of a review, corrected: the same figures, and a slide on what changed."""
        content = replace(thread.content, correction=self._words(block.text))
        change_review(thread.root, actor=actor, deck=_keep(reviews.deck(content, actor.name), content.filename))

    def _step_share(self, block: Block, thread: Thread, actor: Person) -> None:
        actions.share(thread.root, self.spaces[block.fields["to"]], actor=actor, note=self._words(block.text))

    def _step_edit(self, block: Block, thread: Thread, actor: Person) -> None:
        actions.edit(thread.last[block.by], actor=actor, body=self._words(block.text))

    def _step_resolve(self, block: Block, thread: Thread, actor: Person) -> None:
        resolve(thread.last[block.fields["re"]], actor=actor)

    def _step_trial(self, block: Block, thread: Thread, actor: Person) -> None:
        adaptation = self._words(block.text).partition("\n\n")[0]
        place = self._field(block, "place")
        thread.trials[block.by, block.fields["place"]] = apply_learning(
            thread.root, place, actor=actor, adaptation=adaptation
        )

    def _end_trial(self, block: Block, thread: Thread) -> None:
        note = self._words(block.text).partition("\n\n")[2]
        lift = float(block.fields["lift"]) if "lift" in block.fields else None
        trial = thread.trials[block.by, block.fields["place"]]
        end_trial(trial, block.fields["result"], actor=self.people[block.by], note=note, lift=lift)


def _slide(block: Block, thread: Thread) -> dict:
    """The slide that somebody speaks of, as `comment` takes it."""
    if "slide" not in block.fields:
        return {}
    version, page = thread.root.page_version, int(block.fields["slide"])
    # The renderer has not counted the pages yet; the author, who has the deck open, has.
    if version.page_count < page:
        note_progress(version.id, 0, page)
        db.session.refresh(version)
    return {"version": version, "page": page}


def _asks(root: Entry, words: str, parent: Entry | None, actor: Person, about: dict) -> bool:
    """What somebody else ends with a question mark under a review is a question to its author."""
    is_new = parent is None and actor is not root.author and "region" not in about
    return isinstance(root, Review) and root.takes_questions and is_new and words.rstrip().endswith(("?", "？"))


def _keep(content: bytes, name: str) -> KeptFile:
    return keep(io.BytesIO(content), name)


def request_pages() -> None:
    """Ask for the pages of every file, current versions first and newest first: that is what people open."""
    pending = db.session.scalars(db.select(Version).where(Version.status == "pending").order_by(Version.id.desc()))
    for version in sorted(pending, key=lambda each: each.number < each.asset.version_count):
        jobs.request("assets.make_pages", version.id)
