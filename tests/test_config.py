"""Settings that are made when they are missing."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import pytest

import config
from app import create_app


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


def test_a_currency_that_no_review_could_be_kept_in_stops_the_start(tmp_path):
    with pytest.raises(RuntimeError, match="COMPANY_CURRENCY must be one of EUR"):
        create_app(**config.load({"QUARTERDECK_DATA": str(tmp_path), "COMPANY_CURRENCY": "euro"}), JOBS_IMMEDIATE=True)
