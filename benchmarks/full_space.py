"""A space full of everything, written in bulk: threads, decisions, learnings, decks with pages, comments on slides."""

import io
import random
from bisect import bisect_left
from datetime import timedelta

from sqlalchemy import func, insert, select

from app.assets.actions import store
from app.assets.models import Asset, Page, StoredFile, Version
from app.db import go_on_counting, now
from app.decisions.models import Decision, decision_makers
from app.entries.linking import References
from app.entries.markdown import render
from app.entries.models import Comment, Entry, Post, Reaction
from app.extensions import db
from app.learnings.models import Learning
from app.spaces.models import Space

PAGES = 4
NAMES = ("Plan: final?.pptx", "Übersicht 2026.pdf", "季度回顾.pptx", "خطة.docx", "con.txt", "a" * 180 + ".csv")
DECISIONS, LEARNINGS, COMMENTS = 10, 20, 4
"""One in so many entries is a decision, a learning; of ten that are left, so many are comments."""


def fill(space: Space, people: list[int], entries: int, files: int, *, file_bytes: int = 40, picture_bytes: int = 0,
         handle: str = "") -> None:
    """So many entries, as many of them files as asked. Deterministic; needs no rendering. Does not commit.

    Without `picture_bytes` all pages have the same picture, which is quick.
    """
    chance = random.Random(entries)
    first = (db.session.scalar(select(func.max(Entry.id))) or 0) + 1
    kinds = [_kind(number, files, entries) for number in range(entries)]
    roots = [first + number for number, kind in enumerate(kinds) if kind != "comment"]
    rows = [_entry(first + number, kind, space, people, roots, chance, handle) for number, kind in enumerate(kinds)]
    answers = dict.fromkeys(roots, 0)
    for row in rows:
        if row["thread_id"]:
            answers[row["thread_id"]] += 1
    for row in rows:
        row["comment_count"] = answers.get(row["id"], 0)
    db.session.execute(insert(Entry.__table__), rows)
    _of_kinds(rows, people, chance)
    assets = [row for row in rows if row["kind"] == "asset"]
    versions = _files(assets, chance, file_bytes, picture_bytes)
    _comments(rows, versions, chance)
    db.session.execute(insert(Reaction), [{"entry_id": row["id"], "person_id": people[0], "emoji": "👍"}
                                          for row in rows[::7]])
    db.session.flush()
    go_on_counting(db.session, db.metadata.sorted_tables)


def _kind(number: int, files: int, entries: int) -> str:
    if number * files // entries != (number + 1) * files // entries:
        return "asset"
    if number % DECISIONS == 0:
        return "decision"
    return "learning" if number % LEARNINGS == 1 else "comment" if number > 5 and number % 10 > COMMENTS else "post"


def _entry(key: int, kind: str, space: Space, people: list[int], roots: list[int], chance, handle: str) -> dict:
    other, at = chance.choice(roots), bisect_left(roots, key)
    body = (f"Number {key} of many, see [that one](/e/{other}) and [elsewhere](/projects/elsewhere), @{handle} #many. "
            f"**{chance.random():.3f}** came of it.\n\n- one\n- two")
    is_comment = kind == "comment"
    return {
        "id": key, "kind": kind, "space_id": space.id, "author_id": chance.choice(people),
        "thread_id": chance.choice(roots[max(0, at - 40) : at]) if is_comment else None,
        "title": "" if is_comment or (kind == "post" and key % 3) else f"{kind} {key}: was ist / 什么 / ما",
        "body": body, "body_html": render(body, References(people=frozenset([handle]), tags=frozenset(["many"]))),
        "created_at": now() - timedelta(hours=10_000 - key % 10_000),
    }


def _of_kinds(rows: list[dict], people: list[int], chance) -> None:
    of = {kind: [row["id"] for row in rows if row["kind"] == kind] for kind in {row["kind"] for row in rows}}
    db.session.execute(insert(Post.__table__), [{"id": key} for key in of["post"]])
    db.session.execute(insert(Learning.__table__), [
        {"id": key, "holds_for": "webinars", "advice": "Do it", "worked": 0, "mixed": 0, "failed": 0, "strength": 0}
        for key in of["learning"]])
    db.session.execute(insert(Decision.__table__), [
        {"id": key, "choice": "Yes", "options": ["Yes", "No"], "decided_on": now().date(),
         "about_id": chance.choice(of["post"])} for key in of["decision"]])
    db.session.execute(insert(decision_makers), [
        {"decision_id": key, "person_id": people[0]} for key in of["decision"]])


def _files(assets: list[dict], chance, file_bytes: int, picture_bytes: int) -> list[dict]:
    """Each asset's version, with the original and the pictures of its pages in the store."""
    kept, versions, pages = {}, [], []

    def keep(size: int) -> str:
        if size == 0 and kept:
            return next(iter(kept))
        stored = store().put(io.BytesIO(chance.randbytes(size)), size)
        kept[stored.sha256] = stored.bytes
        return stored.sha256

    first = (db.session.scalar(select(func.max(Version.id))) or 0) + 1
    for number, row in enumerate(assets):
        name, key = NAMES[number % len(NAMES)], first + number
        versions.append({
            "id": key, "asset_id": row["id"], "number": 1, "sha256": keep(file_bytes), "filename": name,
            "bytes": file_bytes, "media_type": "application/octet-stream", "media_kind": "deck", "status": "ready",
            "page_count": PAGES, "pages_done": PAGES, "author_id": row["author_id"],
        })
        pages += [{"version_id": key, "number": page, "title": f"Slide {page}", "text": "Words " * 20,
                   "image_sha256": keep(picture_bytes), "thumb_sha256": keep(picture_bytes // 2),
                   "width": 1280, "height": 720} for page in range(1, PAGES + 1)]
    db.session.execute(insert(StoredFile), [{"sha256": sha, "bytes": size} for sha, size in kept.items()])
    db.session.execute(insert(Asset.__table__), [
        {"id": version["asset_id"], "media_kind": "deck", "filename": version["filename"], "status": "ready",
         "version_count": 1, "page_count": PAGES, "has_cover": True} for version in versions])
    db.session.execute(insert(Version), versions)
    db.session.execute(insert(Page), pages)
    return versions


def _comments(rows: list[dict], versions: list[dict], chance) -> None:
    """In nested threads; those under files speak of a slide, some of a place on it."""
    spoken_of = {version["asset_id"]: version["id"] for version in versions}
    before: dict[int, list[int]] = {}
    made = []
    for row in (row for row in rows if row["kind"] == "comment"):
        said = before.setdefault(row["thread_id"], [])
        version = spoken_of.get(row["thread_id"])
        made.append({
            "id": row["id"], "parent_id": chance.choice([None, *said]), "version_id": version,
            "page": chance.randint(1, PAGES) if version else None, "x": 0.25 if version else None,
            "y": 0.5 if version else None,
        })
        said.append(row["id"])
    db.session.execute(insert(Comment.__table__), made)
