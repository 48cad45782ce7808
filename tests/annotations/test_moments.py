"""Comments on moments of a recording, and the player that is given the file."""

import io
import re

import pytest

from app.activity.delivery import commit
from app.assets.actions import add_version, keep
from app.entries.actions import CannotAnswer, comment
from app.entries.models import Comment
from app.entries.moving import move_out
from app.extensions import db
from app.versions.actions import restore
from tests.annotations.conftest import shared
from tests.making import sound


def say(asset, body: str, at: float, *, actor, **named) -> Comment:
    said = comment(asset, body, actor=actor, version=asset.played(), at=at, **named)
    commit()
    return said


def test_the_page_plays_it_and_lists_what_was_said_in_the_order_of_time(recording, world, browser_of):
    jon = browser_of(world.jon)
    form = {"version_id": recording.versions[0].id}
    for body, at in (("Later", 83.4), ("Early", 1.5)):
        assert jon.post(f"/e/{recording.id}/comments", data=form | {"body": body, "at": at}).status_code == 303
    early = db.session.scalars(db.select(Comment).where(Comment.at == 1.5)).one()
    jon.post(f"/e/{recording.id}/comments", data={"body": "An answer", "parent_id": early.id})
    jon.post(f"/e/{recording.id}/comments", data={"body": "On all of it"})
    page = browser_of(world.gus).get(recording.url).text
    assert f'<audio class="player-media" controls preload="metadata" src="{recording.url}/versions/1/media"' in page
    moments, whole = page.split('id="comments"')
    assert re.findall(r"at (\d+:\d\d)</a>", moments) == ["0:01", "1:23"]
    assert moments.index("Early</p>") < moments.index("An answer</p>") < moments.index("Later</p>")
    assert "On all of it" in whole and "An answer" not in whole
    assert jon.get(f"/e/{early.id}").headers["Location"] == f"{recording.url}?at=1.5#entry-{early.id}"
    told = browser_of(world.lena).get("/notifications").text
    assert "wrote in “call”, at 1:23: Later" in told


def test_the_player_gets_the_file_in_parts_and_nothing_runs(recording, world, browser_of):
    jon, content = browser_of(world.jon), sound.tone()
    answer = jon.get(f"{recording.url}/versions/1/media", headers={"Range": "bytes=44-99"})
    assert (answer.status_code, answer.data, answer.mimetype) == (206, content[44:100], "audio/wav")
    assert "Content-Disposition" not in answer.headers and "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "media-src 'self'" in jon.get(recording.url).headers["Content-Security-Policy"]
    original = jon.get(f"{recording.url}/versions/1/file")
    assert original.headers["Content-Disposition"].startswith("attachment") and original.data == content


@pytest.mark.parametrize(("content", "name"), [
    (b"<html><script>alert(1)</script></html>", "film.mp4"), (b"just words", "song.mp3"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "film.webm"),
])
def test_what_is_no_recording_is_not_played_whatever_it_is_called(world, browser_of, content, name):
    asset = shared(world.commons, content, name, actor=world.lena)
    assert browser_of(world.jon).get(f"{asset.url}/versions/1/media").status_code == 404
    assert asset.played() is None
    with pytest.raises(CannotAnswer, match="at"):
        say(asset, "Here", 1, actor=world.jon)
    answer = browser_of(world.jon).post(f"/e/{asset.id}/comments", data={"body": "Here", "at": 1})
    assert answer.status_code == 400


def test_moments_are_of_the_version_they_were_said_of(recording, world, browser_of):
    said = say(recording, "Too loud", 1, actor=world.jon)
    add_version(recording, keep(io.BytesIO(sound.tone(3)), "call.wav"), actor=world.lena)
    commit()
    jon = browser_of(world.jon)
    page = jon.get(recording.url).text
    assert "at moments of version 1" in page and f'href="{recording.url}?version=1"' in page
    assert not re.search(r'data-mark-of="\d', page)
    assert jon.get(f"/e/{said.id}").headers["Location"] == f"{recording.url}?version=1&at=1#entry-{said.id}"
    assert f'data-mark-of="{said.id}"' in jon.get(f"{recording.url}?version=1").text
    restore(recording.versions[0], actor=world.lena)
    commit()
    assert f'data-mark-of="{said.id}"' in jon.get(recording.url).text, "the same recording again"
    assert jon.get(f"/e/{said.id}").headers["Location"] == f"{recording.url}?at=1#entry-{said.id}"


def test_recordings_are_for_who_may_see_them(world, browser_of):
    asset = shared(world.space("project", "secret"), sound.tone(), "call.wav", actor=world.lena)
    assert browser_of(world.otto).get(f"{asset.url}/versions/1/media").status_code == 404


def test_a_moment_that_is_discussed_elsewhere_leaves_its_pointer_there(recording, world):
    said = say(recording, "Which of the two?", 1.5, actor=world.jon)
    move_out(said, "Which signal?", actor=world.lena)
    commit()
    [pointer] = db.session.scalars(db.select(Comment).where(Comment.thread_id == recording.id))
    assert (pointer.at, said.at) == (1.5, None) and pointer.moved_to_id == said.thread_id
