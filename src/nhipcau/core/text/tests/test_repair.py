from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.text import TextMap, nfc, repair
from nhipcau.core.text.comparing import compare
from nhipcau.core.text.tests.damage import Encoder, tcvn3, vni
from nhipcau.core.text.tests.plans import clean_plans, needs_plans
from nhipcau.core.text.tests.sample import PLAN

HARD_LETTERS = "aăâeêoôơuưyđtnhcg \náạộệß¿ÿà\u0301\u0323\r"
FOREIGN_WORDS = """\
Müller, Zürich, São Paulo, Côte d'Ivoire, España, El Niño, Köln, garçon, naïve café, façade, Besançon,
Göteborg, Ångström, Łódź, Škoda, Dvořák, résumé, Guðmundur, Île-de-France, Curaçao, Malmö, Hà Nội, Đà Nẵng
Bản quyền © 2026; diện tích 25 m² ± 3, nhiệt độ 37 °C, § 12, ½ ngày, «Le Monde», 10 µg
Россия, Ελλάδα, 日本, 한국
"""


def test_clean_texts_come_back_as_they_were() -> None:
    for text in ("", "\n", "abc", "Kế hoạch", PLAN, FOREIGN_WORDS, "a < b = c > d"):
        repaired = repair(text)
        assert repaired.text == text
        assert repaired.notes == []
        assert repaired.map == TextMap.identity(len(text))


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20)))
def test_ascii_is_never_touched(text: str) -> None:
    assert repair(text).text == text


@given(
    st.permutations([w for line in PLAN.splitlines() for w in line.split()]).map(lambda ws: " ".join(ws[:60]))
)
def test_vietnamese_words_in_any_order_are_never_touched(text: str) -> None:
    assert repair(text).text == text


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(st.characters(), st.sampled_from("aăâeêoôơuưyđtnhcg \náạộệß¿ÿà\u0301\u0323\r"))
    )
)
def test_any_text_is_mended_without_failing_and_every_offset_leads_back(text: str) -> None:
    repaired = repair(text)
    assert unicodedata.is_normalized("NFC", repaired.text)
    assert not any(0xD800 <= ord(c) < 0xE000 for c in repaired.text)
    assert (repaired.map.derived_length, repaired.map.original_length) == (len(repaired.text), len(text))
    starts = [repaired.map.to_original(i) for i in range(len(repaired.text) + 1)]
    assert starts == sorted(starts)
    assert starts[-1] == len(text)
    assert repair(text) == repaired


def test_decomposed_letters_are_composed_and_lead_back() -> None:
    damaged = unicodedata.normalize("NFD", PLAN)
    repaired = repair(damaged)
    assert repaired.text == PLAN
    assert repaired.notes == ["nfd"]
    at = PLAN.index("Thủ tướng")
    start, end = repaired.map.span(at, at + 9)
    assert nfc(damaged[start:end]) == "Thủ tướng"


def test_what_nobody_sees_is_taken_out() -> None:
    damaged = "\ufeffSố:\u00a0５７/KH-UBND\u200b ngày\u2007٠5\u202e/3\u0000 \ud800và"
    damaged += " thủ\u00adtục\r\nhai ﬁle\u2028ba"
    repaired = repair(damaged)
    assert repaired.text == "Số: 57/KH-UBND ngày 05/3 và thủtục\nhai file\nba"
    assert set(repaired.notes) == {"invisible", "lookalikes"}
    assert damaged[slice(*repaired.map.span(4, 6))] == "５７"


def test_letters_of_other_alphabets_that_look_latin_are_made_latin() -> None:
    assert repair("Тhành рhố Нà Nội, Вộ Nội vụ; а) Сơ sở").text == "Thành phố Hà Nội, Bộ Nội vụ; a) Cơ sở"
    assert repair("Ðà Nẵng, QÐ-TTg").text == "Đà Nẵng, QĐ-TTg"
    assert repair("Москва và Hà Nội").text == "Москва và Hà Nội"


@pytest.mark.parametrize(("encode", "note"), [(tcvn3, "tcvn3"), (vni, "vni")])
def test_a_document_in_an_old_encoding_is_decoded(encode: Encoder, note: str) -> None:
    repaired = repair(encode(PLAN))
    assert repaired.text == PLAN
    assert repaired.notes == [note]


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_single_passages_in_an_old_encoding_are_decoded_and_the_rest_is_left(encode: Encoder) -> None:
    lines = PLAN.split("\n")
    for at in (3, 15, 24, 40):
        damaged = [*lines[:at], encode(lines[at]), *lines[at + 1 :]]
        assert repair("\n".join(damaged)).text == PLAN


def test_capitals_in_tcvn3_follow_their_line() -> None:
    damaged = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM\nñy ban nh©n d©n tØnh\n§¶NG Bé, ñY BAN\nV¨n b¶n nµy ë trªn"
    assert repair(damaged).text == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nỦy ban nhân dân tỉnh\nĐẢNG BỘ, ỦY BAN\nVăn bản này ở trên"
    )


def test_an_offset_in_decoded_vni_leads_to_the_pair_of_characters() -> None:
    damaged = "Keá hoaïch naêm 2026"
    repaired = repair(damaged)
    assert repaired.text == "Kế hoạch năm 2026"
    assert damaged[slice(*repaired.map.span(1, 2))] == "eá"
    assert damaged[slice(*repaired.map.span(3, 8))] == "hoaïch"


@needs_plans
@pytest.mark.parametrize(("encode", "least"), [(tcvn3, 0.999), (vni, 0.9999)])
def test_real_plans_survive_the_round_trip_through_old_encodings(encode: Encoder, least: float) -> None:
    words = equal = 0
    for text in clean_plans().values():
        if len(text) < 18_000:
            comparison = compare(repair(encode(text)).text, text)
            words, equal = words + comparison.words, equal + comparison.equal
    assert equal / words >= least


def test_a_text_of_many_marks_is_no_trouble() -> None:
    repaired = repair("a" + "\u0301" * 5000 + "đ" * 5000 + "ß" * 5000)
    assert repaired.map.original_length == 15001


LONG = ("x" * 200_000, "®¸ ®· " * 5_000, "cāa phÿc vÿ a¿b " + "¿" * 50_000, "b" * 50_000 + "¿ bÿ")


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
def test_long_lines_take_time_in_proportion(text: str) -> None:
    started = time.process_time()
    repair(text)
    assert time.process_time() - started < 3
