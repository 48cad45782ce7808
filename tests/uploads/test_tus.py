"""The protocol: announcing, adding where it stopped, giving up, expiring; what is refused, and what a fault leaves."""

import errno
import hashlib
import io
import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from werkzeug.exceptions import ClientDisconnected

from app.activity.delivery import commit
from app.assets import growing
from app.assets.actions import hold, keep, store
from app.assets.growing import SPARE_BYTES
from app.assets.models import StoredFile
from app.db import at, now
from app.entries.actions import post
from app.entries.attachments import Upload
from app.extensions import db
from app.uploads import arriving, forgetting
from app.uploads.models import KEPT_FOR, Arrival
from tests.uploads.conftest import AT, Line

pytestmark = pytest.mark.usefixtures("store")
PLAN = b"Grippers first. " * 1000


def begun(line: Line, size: int = len(PLAN), name: str = "plan.txt") -> str:
    return line.announce(size, name).headers["Location"]


def parts() -> list:
    return list(store().growing.names())


def test_the_server_says_what_it_speaks(app, line):
    answer = line.ask("OPTIONS", AT)
    assert answer.headers["Tus-Version"] == "1.0.0" and "creation" in answer.headers["Tus-Extension"]
    assert answer.headers["Tus-Max-Size"] == str(app.config["UPLOAD_LIMIT"])
    for other in ("0.2.2", ""):
        refused = line.ask("POST", AT, version=other, Upload_Length=1)
        assert refused.status_code == 412 and refused.headers["Tus-Version"] == "1.0.0"


def test_a_file_that_comes_in_pieces_is_held_for_its_owner(line, world):
    url = begun(line, name="C:\\plans\\Plan – Größe.txt")
    assert line.offset(url) == 0 and not db.session.scalars(select(StoredFile)).all()
    first = line.add(url, 0, PLAN[:5000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "5000") and "Upload-Id" not in first.headers
    assert "Upload-Expires" in first.headers
    last = line.add(url, 5000, PLAN[5000:])
    held = db.session.get(Upload, int(last.headers["Upload-Id"]))
    assert (held.person_id, held.filename, held.media_kind) == (world.lena.id, "Plan – Größe.txt", "text")
    assert held.sha256 == hashlib.sha256(PLAN).hexdigest() and store().size(held.sha256) == len(PLAN)
    assert not parts()
    again = line.ask("HEAD", url)
    assert (again.headers["Upload-Offset"], again.headers["Upload-Id"]) == (str(len(PLAN)), str(held.id))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=st.lists(st.integers(1, 200), min_size=1, max_size=8))
@pytest.mark.parametrize("application", ["sqlite"], indirect=True)
def test_however_it_is_cut_the_bytes_are_the_same(line, cuts):
    data = os.urandom(sum(cuts))
    url, offset = begun(line, len(data)), 0
    for length in cuts:
        answer = line.add(url, offset, data[offset : offset + length])
        offset += length
        assert int(answer.headers["Upload-Offset"]) == offset
    held = db.session.get(Upload, int(answer.headers["Upload-Id"]))
    assert held.sha256 == hashlib.sha256(data).hexdigest()


def test_an_empty_file_has_arrived_at_once(line):
    assert line.send(b"").sha256 == hashlib.sha256(b"").hexdigest()


def test_bytes_that_do_not_follow_are_refused_and_change_nothing(line):
    url = begun(line)
    line.add(url, 0, PLAN[:100])
    for wrong in (0, 50, 101):
        refused = line.add(url, wrong, b"x")
        assert refused.status_code == 409 and "100 bytes" in refused.json["detail"]
    assert line.offset(url) == 100
    assert line.add(url, 100, PLAN).status_code == 400
    assert line.ask("PATCH", url, Upload_Offset=100).status_code == 415
    assert line.offset(url) == 100


@pytest.mark.parametrize(("headers", "status"), [
    ({}, 400), ({"Upload_Length": "-1"}, 400), ({"Upload_Length": "many"}, 400), ({"Upload_Defer_Length": "1"}, 400),
    ({"Upload_Length": "5", "Upload_Metadata": "filename ä"}, 400), ({"Upload_Length": str(10**14)}, 413),
])
def test_what_cannot_be_taken_is_refused_before_a_byte_is_sent(line, headers, status):
    answer = line.ask("POST", AT, **headers)
    assert answer.status_code == status and answer.json["detail"]
    assert not parts() and not db.session.scalars(select(Arrival)).all()


def test_only_the_owner_knows_of_it(line, line_of, world):
    url = begun(line)
    jon = line_of(world.jon)
    assert jon.ask("HEAD", url).status_code == jon.add(url, 0, b"x").status_code == 404
    assert jon.ask("DELETE", url).status_code == 404
    assert line.offset(url) == 0


def test_given_up_nothing_of_it_is_left(line):
    url = begun(line)
    line.add(url, 0, PLAN[:100])
    assert line.ask("DELETE", url).status_code == 204
    assert line.ask("HEAD", url).status_code == 404 and not parts()
    line.send(PLAN)
    line.ask("DELETE", f"{AT}/{db.session.scalars(select(Arrival.key)).one()}")
    assert not db.session.scalars(select(Upload)).all()


def test_what_nothing_more_comes_of_expires_and_what_goes_on_does_not(line):
    late, alive = begun(line), begun(line)
    db.session.execute(update(Arrival).values(expires_at=now() + timedelta(hours=1)))
    line.add(alive, 0, PLAN[:100])
    with at(now() + timedelta(hours=2)):
        assert forgetting.forget_expired() == 1
    assert line.ask("HEAD", late).status_code == 404 and line.offset(alive) == 100
    assert len(parts()) == 1


def test_bytes_of_which_no_row_tells_are_dropped_after_a_week(line):
    url = begun(line)
    store().growing.begin("0" * 32)
    with at(now() + KEPT_FOR + timedelta(minutes=1)):
        assert forgetting.forget_unknown() == 1
    assert [name for name, _changed in parts()] == [url.rpartition("/")[2]]


def test_two_files_on_their_way_are_not_promised_the_same_room(line, monkeypatch):
    monkeypatch.setattr(type(store().growing), "room", lambda _self: SPARE_BYTES + 1500)
    url = begun(line, 1000)
    refused = line.ask("POST", AT, Upload_Length="1000", Upload_Metadata="")
    assert refused.status_code == 507 and "no space left" in refused.json["detail"]
    line.add(url, 0, PLAN[:700])
    assert line.ask("POST", AT, Upload_Length="1000").status_code == 201


def test_nobody_keeps_all_of_the_room_for_themselves(line, line_of, world, app, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT", 1000)
    first, *_rest = [begun(line, 1000) for _ in range(arriving.LIMITS_AT_ONCE)]
    refused = line.ask("POST", AT, Upload_Length="1")
    assert refused.status_code == 507 and "arrived" in refused.json["detail"]
    assert line_of(world.jon).ask("POST", AT, Upload_Length="1000").status_code == 201
    line.ask("DELETE", first)
    assert line.ask("POST", AT, Upload_Length="1000").status_code == 201
    assert line.ask("POST", AT, Upload_Length="1000").status_code == 507
    quiet_since = now() - arriving.IN_TRANSIT_FOR - timedelta(minutes=1)
    db.session.execute(update(Arrival).values(expires_at=quiet_since + KEPT_FOR))
    assert line.ask("POST", AT, Upload_Length="1000").status_code == 201


def test_what_was_dropped_into_a_text_that_nobody_posted_goes_after_three_months(world, line):
    with at(now() - forgetting.DROPPED_KEPT_FOR - timedelta(days=1)):
        old, posted = (hold(keep(io.BytesIO(word), "a.txt"), actor=world.lena) for word in (b"old", b"posted"))
        post(world.commons, f"See [it](/uploads/{posted.id}/a.txt)", actor=world.lena)
    new, arrived = hold(keep(io.BytesIO(b"new"), "a.txt"), actor=world.lena), line.send(PLAN)
    db.session.execute(update(Upload).where(Upload.id == arrived.id).values(created_at=old.created_at))
    gone, kept = old.id, {posted.id, new.id, arrived.id}
    db.session.commit()
    assert forgetting.forget_dropped() == 1
    left = set(db.session.scalars(select(Upload.id)))
    assert gone not in left and kept <= left


class Cut:
    """A line that breaks after some bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, size: int) -> bytes:
        if not self.data:
            raise ClientDisconnected
        piece, self.data = self.data[:size], self.data[size:]
        return piece


def test_of_a_line_that_breaks_what_came_is_kept(line):
    key = begun(line).rpartition("/")[2]
    with pytest.raises(ClientDisconnected):
        store().growing.append(key, 0, Cut(PLAN[:7000]), len(PLAN))
    url = f"{AT}/{key}"
    assert line.offset(url) == 7000
    assert "Upload-Id" in line.add(url, 7000, PLAN[7000:]).headers


def test_a_line_that_hangs_adds_nothing_once_another_has_gone_on(line):
    """The first line is stuck in the middle; a second one goes on, and the first wakes up."""
    key = begun(line).rpartition("/")[2]

    class Stuck(Cut):
        def read(self, size: int) -> bytes:
            if self.data == PLAN[6000:]:
                line.add(f"{AT}/{key}", 6000, PLAN[6000:9000])
            return super().read(6000)

    with pytest.raises(growing.Misplaced):
        store().growing.append(key, 0, Stuck(PLAN), len(PLAN))
    assert line.offset(f"{AT}/{key}") == 9000
    assert "Upload-Id" in line.add(f"{AT}/{key}", 9000, PLAN[9000:]).headers


def test_a_full_disk_leaves_the_offset_right_and_the_file_goes_on_later(line, monkeypatch):
    url = begun(line)
    real = growing.write_all

    def full(file, piece) -> None:
        real(file, piece[:3000])
        if piece:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(growing, "write_all", full)
    refused = line.add(url, 0, PLAN)
    assert refused.status_code == 507 and "no space left" in refused.json["detail"]
    assert line.offset(url) == 3000 and not db.session.scalars(select(StoredFile)).all()
    monkeypatch.setattr(growing, "write_all", real)
    assert "Upload-Id" in line.add(url, 3000, PLAN[3000:]).headers


def test_what_does_not_fit_on_the_disk_is_refused_before_a_byte_is_sent(line, monkeypatch):
    monkeypatch.setattr(type(store().growing), "room", lambda _self: 1000)
    refused = line.announce(5000)
    assert refused.status_code == 507 and not parts()


def test_a_server_killed_while_it_puts_a_file_away_does_so_later(line, monkeypatch):
    """After each of the steps between the last byte and the upload."""
    for step in ("keep", "recognise"):
        url = begun(line, len(PLAN) + len(step))
        target = (type(store().growing), "keep") if step == "keep" else (arriving, "recognise")
        with monkeypatch.context() as killed:
            killed.setattr(*target, lambda *_arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                line.add(url, 0, PLAN + step.encode())
        answer = line.ask("HEAD", url)
        assert answer.headers["Upload-Offset"] == str(len(PLAN) + len(step))
        held = db.session.get(Upload, int(answer.headers["Upload-Id"]))
        assert store().size(held.sha256) == len(PLAN) + len(step)


def test_an_upload_is_gone_once_it_is_part_of_an_entry(line, world):
    url = begun(line)
    held = db.session.get(Upload, int(line.add(url, 0, PLAN).headers["Upload-Id"]))
    held.entry_id = world.first_post(world.space("project", "open")).id
    commit()
    assert line.ask("HEAD", url).status_code == 404
