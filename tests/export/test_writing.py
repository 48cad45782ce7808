"""What an export holds: every link leads somewhere, nothing unseen is in it, and its data rebuilds the threads."""

import hashlib
import io
import re
from datetime import UTC, date, datetime

import pytest

from app.access import can
from app.approvals.actions import answer as answer_approval
from app.approvals.actions import ask as ask_for_approval
from app.assets.actions import add_version, hold, keep, store, upload
from app.decisions.actions import decide
from app.decisions.models import Decision
from app.entries.actions import comment, edit, post, react, remove, share
from app.entries.models import Entry, Post
from app.entries.moving import move_out
from app.entries.pinning import pin
from app.entries.resolving import resolve
from app.export.parts import PARTS
from app.export.records import HANGING, LEFT_OUT, PRIVATE, chains
from app.extensions import db
from app.learnings.actions import Ground, add_ground, apply_learning, contradict, end_trial, state_learning, vouch
from app.people.actions import change_profile
from app.projects.actions import change_project
from app.reviews.actions import post_review
from app.reviews.questions import accept, ask
from app.spaces.models import Space
from benchmarks.full_space import fill
from tests.export.checking import pages, problems, rows


def page_of(folder, entry) -> str:
    """What the page of an entry says."""
    [row] = [each for each in rows(folder, "entries") if each["id"] == entry.id]
    return (folder / row["page"]).read_text()


def kept(words: bytes, name: str):
    return keep(io.BytesIO(words), name)


def test_a_space_of_a_thousand_entries_and_two_hundred_files_has_no_broken_link(world, export, statements):
    space, is_sqlite = world.space("project", "open"), db.engine.dialect.name == "sqlite"
    # The writer knows no database: in full on one, and on the other as much as makes several batches.
    entries, files = (1000, 200) if is_sqlite else (250, 50)
    fill(space, [world.lena.id, world.jon.id], entries, files, handle="jon")
    db.session.commit()
    statements.clear()
    folder = export(space, world.lena)
    assert len(statements) < 700
    assert problems(folder) == []
    told = rows(folder, "entries")
    assert len(told) == entries + 2 and len(rows(folder, "files")) == files
    for row in rows(folder, "files"):
        assert hashlib.sha256((folder / row["path"]).read_bytes()).hexdigest() == row["sha256"]
    manifest = [line.split("  ", 1) for line in (folder / "MANIFEST.sha256").read_text().splitlines()]
    assert len(manifest) == sum(path.is_file() for path in folder.rglob("*")) - 1
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for digest, name in manifest)
    _rebuilds(space, told)


def _rebuilds(space: Space, told: list[dict]) -> None:
    """The rows, and nothing else, say which thread holds what below what."""
    columns = Entry.__table__.c
    wanted = {row.id: row for row in db.session.execute(db.select(columns.id, columns.thread_id, columns.body,
              columns.author_id, columns.created_at).where(columns.space_id == space.id))}
    assert {row["id"] for row in told} == set(wanted)
    for row in told:
        assert (row["thread_id"], row["body"], row["author_id"]) == wanted[row["id"]][1:4]
        assert datetime.fromisoformat(row["created_at"]) == wanted[row["id"]].created_at.replace(tzinfo=UTC)
    by_id = {row["id"]: row for row in told}
    for row in told:
        if row["kind"] == "comment":
            above = by_id[row["parent_id"] or row["thread_id"]]
            assert (above["thread_id"] or above["id"]) == row["thread_id"]


def test_statements_grow_with_batches_not_with_what_they_hold(world, export, statements):
    space = world.space("project", "open")

    def cost(name: str) -> int:
        statements.clear()
        export(space, world.lena, name)
        return len(statements)

    fill(space, [world.lena.id], 30, 8, handle="lena")
    few = cost("few")
    fill(space, [world.lena.id], 60, 16, handle="lena")
    assert cost("many") <= few


@pytest.fixture
def told_everything(world):
    """A project with something of every kind in it, by its names."""
    lena, jon, space = world.lena, world.jon, world.space("project", "open")
    change_project(space.project, brief="See [the talk](/spaces/x) by @jon", ends_on=date(2027, 1, 31))
    held = hold(kept(b"\x89PNG\r\n\x1a\n0000", "shot.png"), actor=lena)
    talk = post(space, f"![a shot](/uploads/{held.id}/shot.png) by @jon #webinar <https://example.com/x>", actor=lena,
                title="Which date?")
    pin(talk, actor=lena)
    asked = comment(talk, "The ninth?", actor=jon)
    answer = comment(talk, "Fine", actor=lena, parent=asked)
    react(answer, "👍", actor=jon)
    edit(answer, actor=lena, body="Fine with me")
    resolve(talk, actor=jon)
    side = comment(talk, "By the way", actor=jon)
    moved = move_out(side, "Another matter", actor=lena)
    gone = comment(talk, "Never mind", actor=jon)
    remove(gone, actor=jon)
    asset = upload(space, kept(b"Old words", "Plan: final?.txt"), actor=lena, title="The plan")
    add_version(asset, kept(b"New words", "Plan: final?.txt"), actor=jon, note="Shorter")
    request = ask_for_approval(asset, actor=lena, people=[jon], note="By Friday")
    db.session.flush()
    answer_approval(request, "with_changes", actor=jon, note="Shorter still")
    review = post_review(space, "Spring", actor=lena, quarter="2026-Q1", cost=100, leads=4, next_steps=["Again"],
                         what_worked=f"Short [invitations](/e/{talk.id}) by @jon", channels=["webinar"])
    question = ask(review, "Why?", actor=jon)
    db.session.flush()
    accept(question, comment(review, "It is warm", actor=lena, parent=question.comment), actor=lena)
    learning = state_learning(space, "Short invitations work", actor=lena)
    add_ground(learning, Ground(review), actor=lena)
    end_trial(apply_learning(learning, "DACH", actor=jon), "worked", actor=jon, note="Twice the answers")
    vouch(learning, actor=jon)
    contradict(learning, state_learning(space, "Long ones do", actor=jon), actor=jon)
    decision = decide(space, "Which hall?", "Hall 4", actor=lena, why="It is near", options=["Hall 4", "Hall 7"],
                      about=talk)
    db.session.flush()
    return {"space": space, "talk": talk, "moved": moved, "asset": asset, "review": review, "learning": learning,
            "decision": decision, "answer": answer}


def test_pages_say_who_when_and_what(world, export, told_everything):
    change_profile(world.lena, timezone="Asia/Tokyo")
    talk = told_everything["talk"]
    talk.created_at = datetime(2026, 3, 31, 20, 5, tzinfo=UTC)
    folder = export(told_everything["space"], world.lena)
    assert problems(folder) == []
    said = page_of(folder, talk)
    assert '<time datetime="2026-03-31T20:05:00Z">Apr 1, 2026, 5:05' in said
    for words in ("Pinned", "Resolved by", "Edited once", "👍", "took this comment back", "moved this to a discussion",
                  "Decisions about it", "Which hall?", 'href="https://example.com/x"'):
        assert words in said, words
    assert re.search(r'<img [^>]*src="\.\./files/in-texts/\d+/shot\.png"', said)
    assert "Twice the answers" in page_of(folder, told_everything["learning"])
    review = page_of(folder, told_everything["review"])
    assert "Cost ÷ leads" in review and "€25" in review and "Accepted answer" in review and "Again" in review
    assert "Hall 7" in page_of(folder, told_everything["decision"])
    assert "Hall 4" in (folder / "decisions.html").read_text()
    assert "Shorter still" in page_of(folder, told_everything["asset"])
    assert [row["note"] for row in rows(folder, "records/verdicts")] == ["Shorter still"]
    files = folder / "files"
    assert sorted(path.read_bytes() for path in files.rglob("Plan_ final_.txt")) == [b"New words", b"Old words"]
    index = (folder / "index.html").read_text()
    assert "Sell more grippers." in index and "January 31, 2027" in index
    assert {"worked"} == {row["result"] for row in rows(folder, "records/trials")}


@pytest.mark.parametrize(("locale", "direction"), [("de", "ltr"), ("ar", "rtl")])
def test_it_speaks_the_language_of_who_exports(world, export, locale, direction):
    world.lena.locale = locale
    folder = export(world.space("project", "open"), world.lena)
    assert f'<html lang="{locale}" dir="{direction}">' in (folder / "index.html").read_text()
    assert problems(folder) == []


def test_nothing_that_the_exporter_may_not_see_is_in_the_bytes(world, export):
    """Whatever points out of the space, in text or by a column: what it points at stays where it is."""
    open_space, secret = world.space("project", "open"), world.space("community", "secret")
    secret.name, lena, otto = "Unspeakable place", world.lena, world.otto
    hidden = post(secret, "UNSEEN words", actor=lena, title="UNSEEN title #unseentag")
    deck = upload(secret, kept(b"UNSEEN bytes", "UNSEEN.txt"), actor=lena, title="UNSEEN deck", body="UNSEEN purpose")
    decision = decide(secret, "UNSEEN question", "UNSEEN choice", actor=lena)
    review = post_review(secret, "UNSEEN campaign", actor=lena, quarter="2026-Q1")
    claim = state_learning(secret, "UNSEEN claim", actor=lena)
    held = hold(kept(b"UNSEEN upload", "UNSEEN.png"), actor=lena)
    post(secret, f"![x](/uploads/{held.id}/UNSEEN.png)", actor=lena)
    db.session.flush()
    seen = post(open_space, f"See [it](/e/{hidden.id}), [a slide](/assets/{deck.id}?slide=1), "
                            f"![a picture](/uploads/{held.id}/a.png) ![b](/assets/{deck.id}/cover.webp)", actor=lena)
    db.session.add(Post(space=open_space, author=lena, body="quoting", quoted=hidden))
    decide(open_space, "Which hall?", "Four", actor=lena, about=hidden)
    db.session.add(Decision(space=open_space, author=lena, title="Old", choice="x", decided_on=date(2026, 1, 1),
                            superseded_by=decision))
    ours = post_review(open_space, "Spring", actor=lena, quarter="2026-Q1")
    ours.deck_id = deck.id
    learning = state_learning(open_space, "Short ones work", actor=lena)
    learning.review_id = review.id
    add_ground(learning, Ground(hidden), actor=lena)
    contradict(learning, claim, actor=lena)
    apply_learning(learning, "DACH", actor=lena).space_id = secret.id
    share(seen, secret, actor=lena)
    post(world.space("project", "closed"), "UNSEEN elsewhere, too", actor=lena, quoted=seen)
    assert not can(otto, "read", hidden)
    world.ada.role = "admin"
    folder = export(open_space, world.ada)
    assert problems(folder) == []
    everything = b"".join(path.read_bytes() + path.name.encode() for path in folder.rglob("*") if path.is_file())
    assert b"Which hall?" in everything
    assert b"UNSEEN" not in everything.upper() and b"Unspeakable" not in everything
    [told] = [row for row in rows(folder, "entries") if row["title"] == "Which hall?"]
    assert told["about_id"] is None
    assert all(row["entry_id"] is None for row in rows(folder, "records/learning_evidence"))


def test_what_is_shared_into_the_space_is_in_it_and_what_is_elsewhere_is_named_as_outside(world, export):
    space, elsewhere = world.space("project", "closed"), world.space("project", "open")
    shared = post(elsewhere, "Worth reading", actor=world.lena, title="Shared in")
    comment(shared, "Indeed", actor=world.jon)
    share(shared, space, actor=world.jon)
    stays = post(elsewhere, "Read elsewhere", actor=world.lena, title="Stays out")
    post(space, f"See [this](/e/{stays.id}) and [that](http://127.0.0.1:5000/e/{shared.id})", actor=world.lena,
         title="Links")
    decide(space, "Which hall?", "Four", actor=world.lena, about=stays)
    folder = export(space, world.lena)
    assert problems(folder) == []
    assert "Indeed" in page_of(folder, shared) and "at home in another space" in page_of(folder, shared)
    everything = "".join(path.read_text() for path in folder.rglob("*.html"))
    assert "Read elsewhere" not in everything and "Stays out" in everything
    assert everything.count("(outside of this export)") >= 3


def test_a_file_that_the_store_has_lost_is_said_to_be(world, export):
    space = world.space("project", "open")
    asset = upload(space, kept(b"Gone tomorrow", "plan.txt"), actor=world.lena)
    db.session.commit()
    store().delete(asset.current.sha256)
    folder = export(space, world.lena)
    assert problems(folder) == [] and "This file is lost" in page_of(folder, asset)
    assert rows(folder, "files")[0]["path"] is None


def test_a_kind_that_nobody_thought_of_is_told_all_the_same(world, export, told_everything, monkeypatch):
    monkeypatch.delitem(PARTS, "decision")
    folder = export(told_everything["space"], world.lena)
    assert problems(folder) == []
    said = page_of(folder, told_everything["decision"])
    assert "Hall 4" in said and "It is near" in said and "Which date?" in said


def test_every_table_that_points_at_what_is_exported_is_exported_or_left_out_on_purpose(app):
    entries = {mapper.local_table for mapper in Entry.__mapper__.self_and_descendants}
    told = entries | {table for table, *_rest in HANGING}
    told |= {model.__table__ for owner in (Entry, Space) for model, _path in chains(owner)}
    private = {model.__table__ for model in PRIVATE}
    unsaid = {
        table.name for table in db.metadata.sorted_tables
        if table not in told | private and table.name not in LEFT_OUT
        and any(key.column.table in told for column in table.columns for key in column.foreign_keys)
    }
    assert not unsaid, "say of these tables in app/export/records.py whether their rows are exported"


def test_a_page_has_one_h1_and_each_picture_words(world, export, told_everything):
    for name, page in pages(export(told_everything["space"], world.lena)).items():
        assert page.tags.count("h1") == 1, name
