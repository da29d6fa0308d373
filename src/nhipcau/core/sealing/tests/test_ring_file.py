"""The file of keys: made once, closed to others, replaced whole, and read again when it was."""

from __future__ import annotations

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.sealing import (
    Purpose,
    RingFile,
    RingMissing,
    RingUnreadable,
    RingUnsafe,
    SealingError,
    new_ring,
)
from nhipcau.core.sealing.keys import read, written


@pytest.fixture
def file(tmp_path):
    return RingFile(tmp_path / "keys" / "ring.json")


def mode(path):
    return path.stat().st_mode & 0o777


def test_it_is_made_once_for_its_owner_alone(file):
    with pytest.raises(RingMissing):
        file.ring()
    assert file.make()
    ring = file.ring()
    assert not file.make()
    assert file.ring().ids() == ring.ids()
    assert mode(file.path) == 0o600
    assert mode(file.path.parent) == 0o700
    assert [entry.name for entry in file.path.parent.iterdir()] == ["ring.json"]


def test_of_many_that_make_it_at_once_one_wins(file):
    made, start = [], threading.Barrier(8)

    def first():
        start.wait()
        made.append((RingFile(file.path).make(), RingFile(file.path).ring().ids()))

    threads = [threading.Thread(target=first) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(was_made for was_made, _ in made) == 1
    assert len({ids for _, ids in made}) == 1


def test_a_running_process_sees_the_new_ring(file):
    file.make()
    elsewhere = RingFile(file.path)
    before = elsewhere.ring()
    assert elsewhere.ring() is before, "it is read only when it was replaced"
    file.change(lambda ring: ring.with_new(Purpose.CELLS))
    after = elsewhere.ring()
    assert after.current(Purpose.CELLS).id != before.current(Purpose.CELLS).id
    assert after.current(Purpose.INDEX).id == before.current(Purpose.INDEX).id
    assert before.ids() < after.ids()


@pytest.mark.parametrize(
    ("given", "safe"), [(0o600, True), (0o400, True), (0o640, True), (0o660, False), (0o604, False)]
)
def test_a_ring_that_others_may_read_or_change_is_refused(file, given, safe):
    file.make()
    file.path.chmod(given)
    if safe:
        assert RingFile(file.path).ring()
    else:
        with pytest.raises(RingUnsafe):
            RingFile(file.path).ring()


def test_its_mode_and_owner_stay_when_it_is_replaced(file):
    file.make()
    file.path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(file.path, 65534, 65534)
    file.change(lambda ring: ring.with_new(*Purpose))
    assert mode(file.path) == 0o640
    assert file.path.stat().st_uid == (65534 if os.geteuid() == 0 else os.geteuid())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_what_root_makes_belongs_to_whoever_serves(tmp_path):
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", 65534, 65534)
    file = RingFile(tmp_path / "data" / "keys" / "ring.json")
    file.make()
    assert file.path.stat().st_uid == file.path.parent.stat().st_uid == 65534


def test_a_change_that_fails_leaves_the_ring_as_it_was(file):
    file.make()
    before = file.path.read_bytes()
    with pytest.raises(SealingError):
        file.change(lambda ring: ring.without("00000000"))
    assert file.path.read_bytes() == before
    assert [entry.name for entry in file.path.parent.iterdir()] == ["ring.json"]


@given(st.data())
def test_a_damaged_file_is_told_without_its_content(data):
    content = bytearray(written(new_ring()))
    place = data.draw(st.integers(0, len(content) - 1))
    del content[place : place + data.draw(st.integers(1, 200))]
    try:
        read(bytes(content))
    except RingUnreadable as refused:
        assert refused.__cause__ is None
        assert refused.__suppress_context__


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"format": "nhipcau-keys/1", "keys": []}']
)
def test_what_is_no_ring_is_refused(file, content):
    file.make()
    file.path.write_bytes(content)
    with pytest.raises(RingUnreadable):
        RingFile(file.path).ring()


def test_rings_of_two_places_are_joined_and_the_own_one_stays_current():
    own, other = new_ring(), new_ring()
    joined = own.joined_with(other.keys)
    assert joined.ids() == own.ids() | other.ids()
    assert all(joined.current(purpose) == own.current(purpose) for purpose in Purpose)
    assert read(written(joined)) == joined
    assert own.joined_with(own.keys) == own
