"""Settings that are made when they are missing."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import config


def test_processes_that_start_at_once_sign_with_the_same_key(tmp_path):
    with get_context("spawn").Pool(4) as pool:
        keys = pool.map(config.secret_key, [tmp_path] * 16, chunksize=1)
    assert len(set(keys)) == 1 and len(keys[0]) >= 48
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_the_key_is_read_by_its_owner_only_and_stays(tmp_path):
    key = config.secret_key(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(config.secret_key, [tmp_path] * 4)) == {key}
