"""Whatever the text, there is a reading or a refusal; a reading's places quote the text."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.refusal import Refusal

WORDS = (
    "I. II. III. 1. 2. 1.1. a) b) đ) - + (1) Điều 1. KẾ HOẠCH CHỈ THỊ Số: 12/KH-UBND ỦY BAN NHÂN DÂN|"
    "Độc lập - Tự do - Hạnh phúc|"
    "NHIỆM VỤ|TỔ CHỨC THỰC HIỆN|Sở Y tế|các sở, ban, ngành|UBND các xã, phường|chủ trì, phối hợp với|"
    "tham mưu|báo cáo kết quả thực hiện|"
    "trước ngày 30/11 hằng năm|năm 2027|Nơi nhận:|TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|Nguyễn Văn A|"
    "Nghị quyết số 36-NQ/TW ngày 26/3/2004|"
    "Đề nghị|Giao|có trách nhiệm|Trong quá trình thực hiện, nếu có khó khăn|“|”|(|)|:|;|.|./.|,|Kính gửi:|"
    "V/v|MẬT|Cơ quan chủ trì:|Thời gian:|\u0301|\ud800|\x00"
)
piece = st.one_of(
    st.sampled_from(WORDS.split("|")), st.sampled_from(WORDS.replace("|", " ").split()), st.text(max_size=12)
)
plans = st.lists(st.tuples(piece, st.sampled_from([" ", "\n", "\n\n", "  ", ""])), max_size=80).map(
    lambda parts: "".join(a + b for a, b in parts)
)


def quoted(text: str, span: list[int]) -> str:
    assert 0 <= span[0] <= span[1] <= len(text)
    return text[span[0] : span[1]]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(plans, st.text(max_size=300)))
def test_any_text_gives_a_reading_or_a_refusal(text):
    try:
        reading = read_text(text)
    except Refusal as refusal:
        assert refusal.message("vi")
        assert refusal.message("en")
        return
    body = reading["text"]
    assert json.loads(json.dumps(reading)) == json.loads(json.dumps(read_text(text)))
    for task in reading["tasks"]:
        assert words(quoted(body, task["span"]))[:3] == words(task["text"])[:3]
        for due in task["due"]:
            assert quoted(body, due["span"]) == due["phrase"]
        for span in task["with_spans"]:
            quoted(body, span)
    for part in ("citations", "sections", "reporting", "assigning", "blocks"):
        for row in reading[part]:
            quoted(body, row["span"])
    for span in reading["document"]["spans"].values():
        quoted(body, span)
    for section in reading["sections"]:
        assert (
            words(section["heading"])
            == words(quoted(body, section["span"]))[: len(words(section["heading"]))]
        )
    starts = [t["span"][0] for t in reading["tasks"]]
    assert starts == sorted(starts)
    assert [b["span"][0] for b in reading["blocks"]] == sorted(b["span"][0] for b in reading["blocks"])
    offsets = [p[0] for p in reading["places"]]
    assert offsets == sorted(offsets)


LONG = {
    "labels in one line": "a) " * 60_000,
    "one long line": "x" * 200_000,
    "a line of agencies": "Sở Y tế, " * 20_000,
    "coordination without end": "II. NHIỆM VỤ\n1. " + "phối hợp với các sở " * 8_000,
    "reports without end": "II. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) báo cáo " + "tình hình, " * 15_000,
    "clauses without end": "II. TỔ CHỨC THỰC HIỆN\na) Sở Y tế chủ trì" + "; Sở Y tế chủ trì" * 6_000,
    "blank lines": "Kế hoạch\n" + "\n" * 100_000 + "y",
    "open quotation marks": "“a\n" * 20_000,
    "capitals": "KẾ HOẠCH NĂM\n" * 8_000,
    "signatures": "TM. ỦY BAN\n" * 8_000,
    "items": "a) Sở Y tế chủ trì\n" * 4_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_hostile_text_ends_in_seconds(name):
    try:
        read_text(LONG[name])
    except Refusal as refusal:
        assert refusal.code in ("too-long", "not-a-plan")


def test_too_many_lines_are_refused():
    with pytest.raises(Refusal) as refusal:
        read_text("một dòng\n" * 30_000)
    assert refusal.value.code == "too-long"
    assert "25" in refusal.value.message("vi")


def test_nothing_is_refused_as_empty():
    for text in ("", "\n\n", " \u200b "):
        with pytest.raises(Refusal) as refusal:
            read_text(text)
        assert refusal.value.code == "empty"


def test_signs_alone_are_no_plan():
    with pytest.raises(Refusal) as refusal:
        read_text("1 2 3\n...\n4/5")
    assert refusal.value.code == "not-a-plan"
