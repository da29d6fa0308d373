"""A sealed cell opens in its own place alone, and only as it was sealed."""

from __future__ import annotations

import pickle
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.sealing import (
    LONGEST,
    Cell,
    NotGenuine,
    Purpose,
    SealingError,
    TooLong,
    UnknownForm,
    UnknownKey,
    key_of_cell,
    new_ring,
    seal,
    unseal,
)

RING = new_ring()
HERE = Cell("registry_identitynumber", "number", 7)
NUMBER = "001085000000"
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
rows = st.one_of(st.integers(min_value=1), st.uuids(), names)
cells = st.builds(Cell, names, names, rows)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(cells, texts)
def test_what_was_sealed_is_unsealed_in_its_place(cell, text):
    sealed = seal(RING, cell, text)
    assert unseal(RING, cell, sealed) == text
    assert unseal(RING, cell, memoryview(sealed)) == text, "as the database gives it"
    assert key_of_cell(sealed) == RING.current(Purpose.CELLS).id


@given(cells, cells, texts)
def test_no_other_place_opens_it(sealed_for, other, text):
    names = [(cell.table, cell.column, str(cell.row)) for cell in (sealed_for, other)]
    if names[0] == names[1]:
        return
    with pytest.raises(NotGenuine):
        unseal(RING, other, seal(RING, sealed_for, text))


@pytest.mark.parametrize(
    "other",
    [
        Cell("registry_identitynumber", "number", 8),
        Cell("registry_identitynumber", "earlier", 7),
        Cell("registry_person", "number", 7),
        # The same letters, cut elsewhere.
        Cell("registry_identitynumbe", "rnumber", 7),
        Cell("registry_identitynumber", "number7", "7"),
    ],
)
def test_a_cell_is_bound_to_table_column_and_row(other):
    with pytest.raises(NotGenuine):
        unseal(RING, other, seal(RING, HERE, NUMBER))


@given(texts, st.data())
def test_one_flipped_bit_anywhere_is_told(text, data):
    sealed = bytearray(seal(RING, HERE, text))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises((NotGenuine, UnknownKey, UnknownForm)):
        unseal(RING, HERE, bytes(sealed))


@given(st.binary(max_size=100))
def test_bytes_that_were_never_sealed_are_refused(junk):
    with pytest.raises(SealingError):
        unseal(RING, HERE, junk)


def test_a_cut_cell_is_refused_wherever_it_is_cut():
    sealed = seal(RING, HERE, NUMBER)
    for length in range(len(sealed)):
        with pytest.raises(SealingError):
            unseal(RING, HERE, sealed[:length])


def test_another_instance_s_ring_says_that_it_lacks_the_key():
    sealed = seal(RING, HERE, NUMBER)
    with pytest.raises(UnknownKey) as refused:
        unseal(new_ring(), HERE, sealed)
    assert refused.value.key_id == RING.current(Purpose.CELLS).id


def test_one_text_sealed_twice_looks_different():
    assert seal(RING, HERE, NUMBER) != seal(RING, HERE, NUMBER)


def test_a_retired_key_is_read_and_the_new_one_is_written():
    before = seal(RING, HERE, NUMBER)
    ring = RING.with_new(*Purpose)
    after = seal(ring, HERE, NUMBER)
    assert unseal(ring, HERE, before) == unseal(ring, HERE, after) == NUMBER
    assert key_of_cell(before) != key_of_cell(after)


def test_a_dropped_key_is_unknown():
    before = seal(RING, HERE, NUMBER)
    old = RING.current(Purpose.CELLS).id
    ring = RING.with_new(Purpose.CELLS)
    with pytest.raises(ValueError, match="current"):
        RING.without(old)
    with pytest.raises(UnknownKey):
        unseal(ring.without(old), HERE, before)


def test_a_text_is_short():
    assert unseal(RING, HERE, seal(RING, HERE, "x" * LONGEST)) == "x" * LONGEST
    with pytest.raises(TooLong):
        seal(RING, HERE, "ă" * LONGEST)


@pytest.mark.parametrize("row", [None, ""])
def test_a_row_without_an_id_cannot_be_sealed_for(row):
    with pytest.raises(ValueError, match="row"):
        Cell("registry_identitynumber", "number", row)


def test_a_uuid_names_a_row_as_its_text_does():
    row = UUID("12345678-1234-5678-1234-567812345678")
    sealed = seal(RING, Cell("t", "c", row), NUMBER)
    assert unseal(RING, Cell("t", "c", str(row)), sealed) == NUMBER


def test_keys_do_not_show_and_are_not_pickled():
    key = RING.current(Purpose.CELLS)
    for shown in (repr(key), str(key), repr(RING), f"{RING}"):
        assert repr(key.secret) not in shown
        assert key.secret.hex() not in shown
        assert "secret" not in shown
    for secretive in (key, RING):
        with pytest.raises(TypeError, match="not pickled"):
            pickle.dumps(secretive)


def test_a_refusal_holds_no_text():
    with pytest.raises(NotGenuine) as refused:
        unseal(RING, Cell("t", "c", 2), seal(RING, Cell("t", "c", 1), NUMBER))
    assert NUMBER not in str(refused.value)
    assert refused.value.__cause__ is None
