"""Files that arrive piece by piece, in a folder and on a real S3 server: the same tests for both."""

import hashlib
import io
import os

import pytest

from app.assets.bucket import UPLOAD_PIECE
from app.assets.store import Misplaced, NotStored

NAME = "0123456789abcdef" * 2


class Broken(io.BytesIO):
    """A line that breaks once its bytes are through."""

    def read(self, size=-1):
        return super().read(size) or self.broken()

    def broken(self):
        raise ConnectionResetError


def test_a_file_grows_over_broken_lines_and_is_kept_by_its_hash(store):
    data = os.urandom(UPLOAD_PIECE + 77)
    store.growing.begin(NAME)
    with pytest.raises(ConnectionResetError):
        store.growing.append(NAME, 0, Broken(data[:100]), len(data))
    with pytest.raises(Misplaced) as caught:
        store.growing.append(NAME, 50, io.BytesIO(b"x"), len(data))
    assert caught.value.size == store.growing.size(NAME) == 100
    assert store.growing.append(NAME, 100, io.BytesIO(data[100:] + b"more"), len(data)) == len(data)
    found = store.growing.digest(NAME)
    assert (found.sha256, found.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert not store.exists(found.sha256) and not list(store.names())
    store.growing.keep(NAME, found.sha256)
    with store.open(found.sha256) as file:
        assert file.read() == data
    assert [name for name, _came in store.names()] == [found.sha256] and not list(store.growing.names())
    with pytest.raises(NotStored):
        store.growing.size(NAME)


def test_of_two_lines_that_bring_the_same_place_one_stops(store):
    store.growing.begin(NAME)

    class Overtaken:
        def read(self, _size):
            if store.growing.size(NAME) == 0:
                store.growing.append(NAME, 0, io.BytesIO(b"first"), 10)
                return b"later"
            return b""

    with pytest.raises(Misplaced):
        store.growing.append(NAME, 0, Overtaken(), 10)
    assert store.growing.size(NAME) == 5
    store.growing.drop(NAME)
    store.growing.drop(NAME)
    assert not list(store.growing.names())


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 32, NAME + "0"])
def test_no_request_chooses_where_a_file_grows(store, name):
    for ask in (store.growing.size, store.growing.begin, store.growing.drop):
        with pytest.raises(NotStored):
            ask(name)
