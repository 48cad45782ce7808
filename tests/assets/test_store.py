"""Both stores keep the same promises: the same tests run on a folder and on a real S3 server."""

import hashlib
import io
import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app.assets.bucket import UPLOAD_PIECE
from app.assets.store import NotStored, StoreUnavailable, TooLarge, open_store

MEGABYTE = 1024 * 1024
PROJECT = Path(__file__).parents[2]


class Endless:
    """A stream of `size` bytes that never exist all at once."""

    def __init__(self, size):
        self.left = size

    def read(self, size):
        size = min(size, self.left)
        self.left -= size
        return b"q" * size


def put(store, data, limit=10 * MEGABYTE):
    return store.put(io.BytesIO(data), limit)


def left_over(store):
    return list(store.temporaries.glob("*"))


def test_a_file_is_named_by_its_bytes_and_comes_back_whole(store):
    stored = put(store, b"quarter")
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(b"quarter").hexdigest(), 7)
    with store.open(stored.sha256) as file:
        assert file.read() == b"quarter"
    assert store.size(stored.sha256) == 7


def test_an_empty_file_is_a_file(store):
    stored = put(store, b"")
    assert store.size(stored.sha256) == 0
    with store.open(stored.sha256) as file:
        assert file.read() == b""


def test_the_same_bytes_twice_are_kept_once(store):
    assert put(store, b"twice") == put(store, b"twice")
    assert not left_over(store)


def test_an_open_file_can_be_sought(store):
    stored = put(store, bytes(range(256)) * 4096)
    with store.open(stored.sha256) as file:
        file.seek(-2, os.SEEK_END)
        assert file.read() == b"\xfe\xff"
        assert file.seek(256 * 7 + 3) == 256 * 7 + 3
        assert file.read(2) == b"\x03\x04"


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [(0, 3, b"abc"), (4, 2, b"ef"), (6, 100, b"gh"), (8, 5, b""), (2, 0, b"")],
)
def test_a_range_is_cut_at_the_end_of_the_file(store, start, length, expected):
    stored = put(store, b"abcdefgh")
    assert b"".join(store.read_range(stored.sha256, start, length)) == expected


def test_a_long_range_comes_in_pieces(store):
    stored = put(store, os.urandom(3 * MEGABYTE))
    sizes = [len(piece) for piece in store.read_range(stored.sha256, 10, 2 * MEGABYTE + 5)]
    assert sum(sizes) == 2 * MEGABYTE + 5
    assert max(sizes) <= MEGABYTE


def test_a_local_path_holds_the_bytes(store):
    stored = put(store, b"for another program")
    with store.local_path(stored.sha256) as path:
        assert path.read_bytes() == b"for another program"
    assert not left_over(store)


def test_a_file_over_the_limit_leaves_nothing(store):
    with pytest.raises(TooLarge) as caught:
        store.put(Endless(3 * MEGABYTE), 2 * MEGABYTE)
    assert caught.value.limit_bytes == 2 * MEGABYTE
    assert not left_over(store)
    assert not store.exists(hashlib.sha256(b"q" * 3 * MEGABYTE).hexdigest())


def test_a_file_of_exactly_the_limit_is_kept(store):
    assert store.put(Endless(MEGABYTE), MEGABYTE).bytes == MEGABYTE


def test_a_broken_upload_leaves_nothing(store):
    class Broken:
        def read(self, size):
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(Broken(), MEGABYTE)
    assert not left_over(store)


def test_what_is_not_here_says_so(store):
    missing = "0" * 64
    for ask in (store.open, store.size, lambda name: store.read_range(name, 0, 1)):
        with pytest.raises(NotStored):
            ask(missing)
    with pytest.raises(NotStored), store.local_path(missing):
        pass
    assert not store.exists(missing)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_a_name_that_is_no_hash_is_never_a_path(store, name):
    with pytest.raises(NotStored):
        store.open(name)


def test_a_deleted_file_is_gone_and_deleting_again_is_no_error(store):
    stored = put(store, b"soon gone")
    store.delete(stored.sha256)
    store.delete(stored.sha256)
    assert not store.exists(stored.sha256)


def test_check_leaves_no_probe(store):
    store.check()
    assert not left_over(store)


def test_the_sweep_takes_old_halves_only(store):
    put(store, b"makes the folder")
    old, fresh = store.temporaries / "old.part", store.temporaries / "fresh.part"
    old.write_bytes(b"half")
    fresh.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert store.sweep_temporaries(timedelta(hours=1)) == 1
    assert left_over(store) == [fresh]


def test_sixteen_writers_of_the_same_and_other_bytes(store):
    names = []

    def write(number):
        names.append(put(store, b"shared" if number % 2 else b"own %d" % number).sha256)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(names) == 16
    assert len(set(names)) == 9
    assert all(store.exists(name) for name in names)


def test_a_file_of_many_parts_survives_the_upload(store):
    size = 3 * UPLOAD_PIECE + 17
    stored = store.put(Endless(size), size)
    assert store.size(stored.sha256) == size
    digest = hashlib.sha256()
    for piece in store.read_range(stored.sha256, 0, size):
        digest.update(piece)
    assert digest.hexdigest() == stored.sha256


IN_A_CHILD = """
import resource, sys
from app.assets.store import DiskStore, StoreFull
from tests.assets.test_store import Endless
store = DiskStore(sys.argv[1])
"""


def run_in_a_child(code, folder):
    command = [sys.executable, "-c", IN_A_CHILD + code, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=PROJECT)


def test_memory_stays_flat_while_a_large_file_is_put_and_read(tmp_path):
    done = run_in_a_child(
        "store.put(Endless(1), 1)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "stored = store.put(Endless(300 << 20), 300 << 20)\n"
        "assert sum(map(len, store.read_range(stored.sha256, 0, 300 << 20))) == 300 << 20\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)",
        tmp_path,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 20 * MEGABYTE, done.stderr


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path):
    done = run_in_a_child(
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5 << 20, 5 << 20))\n"
        "try: store.put(Endless(20 << 20), 20 << 20)\n"
        "except StoreFull: print('full', len(list(store.temporaries.iterdir())))",
        tmp_path,
    )
    assert done.stdout.split() == ["full", "0"], done.stderr


def test_a_folder_that_cannot_be_written_is_not_ready(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnavailable):
        open_store(str(tmp_path / "file" / "below")).check()


def test_a_missing_bucket_is_not_ready(s3_endpoint, monkeypatch, tmp_path):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with pytest.raises(StoreUnavailable):
        open_store(f"s3://no-such-bucket?endpoint={s3_endpoint}", tmp_path).check()


def test_a_store_is_named_by_its_url(tmp_path):
    assert open_store(f"file://{tmp_path}/files").folder == tmp_path / "files"
