"""A report file says when it was changed, is damaged, or disagrees with itself."""

from __future__ import annotations

import copy
import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.reportfile import canonical_bytes, changes, check, digest_of, read, sealed
from nhipcau.core.reportfile.tests.sample import report, total, unit

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)


def edited(path: str, value: object) -> dict[str, Any]:
    """The sample with one place changed, and sealed again."""
    content = report()
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place: Any = content
    for step in steps:
        place = place[step]
    place[last] = value
    return sealed(content)


def test_a_sealed_report_is_in_order() -> None:
    assert check(sealed(report())) == []
    content, problems = read(canonical_bytes(report()))
    assert content is None  # it has no digest
    assert [problem.code for problem in problems] == ["schema"]


def test_writing_it_down_and_reading_it_gives_the_same() -> None:
    whole = sealed(report())
    content, problems = read(json.dumps(whole, ensure_ascii=True, indent=2).encode())
    assert (content, problems) == (whole, [])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("indicators/0/total/amount", "13"),
        ("sections/0/paragraphs/0/text", "Đã mời 08 chuyên gia."),
        ("units/2/state", "sent"),
        ("report/reason", "khác"),
    ],
)
def test_any_change_after_sealing_breaks_the_digest(path: str, value: str) -> None:
    digest = sealed(report())["digest"]
    content = edited(path, value)
    content["digest"] = digest
    assert "digest" in [problem.code for problem in check(content)]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("indicators/0/total/amount", "13", "sum"),
        ("indicators/0/total/amount", None, "sum"),
        ("indicators/0/parts/0/total/amount", "4", "sum"),
        ("indicators/0/total/of", 4, "count"),
        ("indicators/0/total/answered", 3, "count"),
        ("indicators/0/total/missing", ["d"], "unit"),
        ("sections/0/paragraphs/0/sources/0/unit", "x", "unit"),
        ("not_taken/0/unit", "x", "unit"),
        ("units/1/id", "a", "unit"),
        ("period/kind", "week", "schema"),
        ("indicators/0/total/amount", 12, "schema"),
        ("format", "report/2", "schema"),
        ("opinion", "x", "schema"),
    ],
)
def test_what_disagrees_with_itself_is_named(path: str, value: object, code: str) -> None:
    assert code in [problem.code for problem in check(edited(path, value))]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[1]", b'{"a":1,"a":2}', b'{"a":1.5}', b"\xff\xfe", b"[" * 100_000, b"null"]
)
def test_what_is_no_report_is_refused_and_hurts_nobody(data: bytes) -> None:
    content, problems = read(data)
    assert content is None
    assert problems


@given(st.dictionaries(texts, values, max_size=4))
def test_the_order_of_keys_and_the_form_of_letters_change_no_digest(content: dict[str, Any]) -> None:
    turned = json.loads(json.dumps(content, ensure_ascii=False))
    other = dict(reversed(list(turned.items())))
    assert digest_of(other) == digest_of(content)
    spelled = json.loads(unicodedata.normalize("NFD", json.dumps(content, ensure_ascii=False)))
    if len(spelled) == len(content):
        assert canonical_bytes(spelled) == canonical_bytes(content)


def test_a_float_has_no_place() -> None:
    with pytest.raises(ValueError, match="float"):
        canonical_bytes({"a": 1.0})


def test_a_correction_names_what_it_changed_and_nothing_else() -> None:
    old, new = sealed(report()), report()
    new["indicators"][0]["total"] = total({"a": "8", "b": "5"}, ["c"])
    new["sections"][0]["paragraphs"].append({"text": "Thêm một đoạn.", "sources": []})
    new["units"][2] = unit("c", "sent")
    found = [(each.what, each.old, each.new) for each in changes(old, sealed(new))]
    assert found == [
        ("unit", "waiting", "sent TN-2027-c"),
        ("figure", "12 (2/3)", "13 (2/3)"),
        ("paragraph", "", "Thêm một đoạn."),
    ]
    assert changes(old, copy.deepcopy(old)) == []
