"""Sealed cells move onto new keys while they are in use; what was stopped in the middle goes on."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.translation import override

from nhipcau.apps.access import rotation
from nhipcau.apps.access.actions import change_keys
from nhipcau.apps.access.actions.change_keys import drop_key, make_new_keys
from nhipcau.apps.access.actions.rotate_keys import rotate_keys
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.keyring import key_ring, ring_file
from nhipcau.apps.access.management.commands import keys as command
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.rotation import all_used_keys, behind, inspect, rotate, used_keys
from nhipcau.apps.audit.models import Event
from nhipcau.core.sealing import Purpose, SealedColumn, UnknownKey, columns, declare

KEYS = System("keys")
COUNT = 25


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def number_of(row):
    return f"{row:012d}"


def insert(column, row, ring=None):
    ring = ring or key_ring()
    run(
        "insert into sealed_things values (%s, 'cccd', %s, %s)",
        row,
        column.seal(ring, row, number_of(row)),
        column.index_of(ring, "cccd", number_of(row)),
    )


@pytest.fixture
def ring(settings, tmp_path):
    """Keys of this test alone."""
    settings.KEY_RING = tmp_path / "ring.json"
    ring_file().make()


@pytest.fixture
def column(db, monkeypatch, ring):
    """A table with sealed numbers, and their column."""
    monkeypatch.setattr(columns, "_declared", {})
    monkeypatch.setattr(command, "sees_every_row", lambda: True)
    run("create temporary table sealed_things (id bigint primary key, kind text, number bytea, found bytea)")
    made = declare(SealedColumn("sealed_things", "number", index="found", kind="kind"))
    for row in range(1, COUNT + 1):
        insert(made, row)
    run("insert into sealed_things values (%s, 'cccd', null, null)", COUNT + 1)
    return made


def readable(column):
    """Every number as the ring opens it, found by its index under the keys in use."""
    ring, rows = key_ring(), run("select id, number, found from sealed_things where number is not null")
    for row, number, found in rows:
        assert column.unseal(ring, row, number) == number_of(row)
        assert bytes(found) in column.indexes_of(ring, "cccd", number_of(row))
    return len(rows)


def silent(*_said):
    pass


@pytest.mark.parametrize("purposes", [tuple(Purpose), (Purpose.CELLS,), (Purpose.INDEX,)])
def test_every_cell_and_index_moves_onto_the_new_keys(column, purposes):
    before = run("select id, number, found from sealed_things order by id")
    ring = make_new_keys(*purposes, actor=KEYS)
    assert behind(column, ring) == COUNT
    assert readable(column) == COUNT, "read with the old keys meanwhile"

    outcome = rotate(column, silent, batch=7)

    assert (outcome.looked_at, outcome.changed, outcome.broken) == (COUNT, COUNT, {})
    assert behind(column, ring) == 0
    assert readable(column) == COUNT
    for purpose, counted in used_keys(column).items():
        assert dict(counted) == {ring.current(purpose).id: COUNT}
    after = run("select id, number, found from sealed_things order by id")
    cells_moved = [a[1] != b[1] for a, b in zip(before, after, strict=True) if a[1] is not None]
    assert set(cells_moved) == {Purpose.CELLS in purposes}


def test_what_was_stopped_in_the_middle_goes_on(column):
    ring = make_new_keys(*Purpose, actor=KEYS)

    class Killed(Exception):
        pass

    def die(done):
        if done >= 14:
            raise Killed

    with pytest.raises(Killed):
        rotate(column, die, batch=7)
    assert behind(column, ring) == COUNT - 14
    assert readable(column) == COUNT
    assert rotate(column, silent, batch=7).changed == COUNT - 14
    assert behind(column, ring) == 0


def test_what_others_sealed_with_the_old_keys_meanwhile_is_found(column):
    old = key_ring()
    make_new_keys(*Purpose, actor=KEYS)
    late = iter(range(100, 103))

    def told(_column, _done, _whole):
        for row in late:
            run("update sealed_things set id = id")
            # A smaller id than those already passed.
            insert(column, -row, old)

    found = rotate_keys(told, actor=KEYS)
    assert found[column].changed == COUNT + 3
    assert behind(column, key_ring()) == 0


def test_a_row_that_does_not_open_stops_nobody_elses_and_is_named(column):
    run("update sealed_things set number = %s where id = 3", column.seal(key_ring(), 4, "x1"))
    run("update sealed_things set number = %s where id = 5", b"\x01junk")
    run("update sealed_things set found = %s where id = 6", column.index_of(key_ring(), "cccd", "9"))
    assert inspect(column, silent).broken == {3: "NotGenuine", 5: "UnknownForm", 6: "WrongIndex"}
    make_new_keys(*Purpose, actor=KEYS)
    found = rotate_keys(silent, actor=KEYS)[column]
    assert found.changed == COUNT - 2
    assert found.broken == {3: "NotGenuine", 5: "UnknownForm"}
    assert inspect(column, silent).broken.keys() == {3, 5}, "an index is made anew of the number itself"


def test_a_key_is_dropped_only_when_nothing_needs_it(column, monkeypatch):
    old = key_ring().current(Purpose.CELLS).id
    with override("en"):
        with pytest.raises(Refused, match="still in use"):
            drop_key(old, actor=KEYS)
        make_new_keys(Purpose.CELLS, actor=KEYS)
        with pytest.raises(Refused, match="still in use"):
            drop_key(old, actor=KEYS)
        rotate(column, silent)
        with pytest.raises(Refused, match="less than a day"):
            drop_key(old, actor=KEYS)
    monkeypatch.setattr(change_keys, "LONGEST_WORK", timedelta(0))
    assert old not in drop_key(old, actor=KEYS).ids()
    assert readable(column) == COUNT
    with pytest.raises(UnknownKey):
        drop_key(old, actor=KEYS)


def test_a_current_key_that_nothing_uses_is_not_dropped(column):
    make_new_keys(*Purpose, actor=KEYS)
    with override("en"), pytest.raises(Refused, match="current one"):
        drop_key(key_ring().current(Purpose.CELLS).id, actor=KEYS)


def test_the_record_tells_of_keys_and_never_holds_them(column):
    make_new_keys(*Purpose, actor=KEYS)
    rotate_keys(silent, actor=KEYS)
    events = Event.objects.filter(verb__startswith="keys.")
    assert {event.verb for event in events} == {"keys.new", "keys.rotate"}
    told = str([event.facts() for event in events])
    for key in key_ring().keys:
        assert key.secret.hex() not in told
        assert str(key.secret) not in told
    assert any(event.facts() == {"rows": COUNT, "broken": 0} for event in events)


def output(*arguments):
    out = StringIO()
    with override("en"):
        call_command("keys", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_lists_makes_moves_and_checks(column):
    assert f"in use for {COUNT}" in output("list")
    old = key_ring().current(Purpose.CELLS).id
    assert "keys rotate" in output("new")
    assert f"{COUNT} rows moved" in (said := output("rotate"))
    assert f"keys drop {old}" in said
    assert f"{COUNT} cells opened, 0 do not open" in output("check")
    listed = output("list")
    for key in key_ring().keys:
        assert key.id in listed
        assert key.secret.hex() not in listed
    assert "retired" in listed


def test_the_check_fails_where_a_cell_does_not_open(column):
    run("update sealed_things set number = %s where id = 3", column.seal(key_ring(), 4, "x1"))
    with pytest.raises(CommandError, match="1 rows do not open"):
        output("check")


def test_a_key_that_the_ring_lacks_is_told(column, settings, tmp_path):
    lost = key_ring().current(Purpose.CELLS).id
    settings.KEY_RING = tmp_path / "other.json"
    ring_file().make()
    assert f"{lost}  MISSING" in output("list")
    assert inspect(column, silent).broken[1] == "UnknownKey"


def test_without_a_ring_the_command_says_where_it_is(column, settings, tmp_path):
    settings.KEY_RING = tmp_path / "nowhere" / "ring.json"
    with pytest.raises(CommandError, match="in every encrypted backup"):
        output("list")


def test_a_login_that_may_not_see_every_row_is_refused(db):
    assert rotation.sees_every_row() is False, "the serving login"
    with pytest.raises(CommandError, match="BYPASSRLS"):
        output("check")


def test_used_keys_of_no_column_are_none(db):
    assert all_used_keys([]) == {}
