from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.core.text import repair
from nhipcau.core.text.__main__ import main
from nhipcau.core.text.comparing import compare
from nhipcau.core.text.tests.damage import (
    MapMaker,
    body_and_headings,
    every_letter,
    few_letters,
    glyph_numbers,
    misprint,
)
from nhipcau.core.text.tests.plans import PLANS, clean_plans, needs_plans, plan
from nhipcau.core.text.tests.sample import PLAN

KINDS: dict[MapMaker, float] = {few_letters: 0.999, every_letter: 0.99, body_and_headings: 0.99}


@needs_plans
def test_the_broken_plan_becomes_the_repaired_one() -> None:
    repaired = repair(plan("binhdinh-2024"))
    assert repaired.notes == ["font-map"]
    assert compare(repaired.text, plan("binhdinh-2024.repaired")).share >= 0.999


@needs_plans
def test_no_clean_plan_is_touched() -> None:
    for name, text in clean_plans().items():
        assert repair(text).text == text, name


@needs_plans
@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.__name__)
def test_other_maps_on_other_plans_are_undone_too(kind: MapMaker) -> None:
    """Maps and plans that nothing was fitted to; the figures printed are those of the closing notes."""
    rng = random.Random(f"held out {kind.__name__}")
    words = equal = 0
    for text in rng.sample([t for t in clean_plans().values() if len(t) < 20_000], 2):
        comparison = compare(repair(misprint(text, *kind(rng))).text, text)
        words, equal = words + comparison.words, equal + comparison.equal
    assert equal / words >= KINDS[kind], f"{equal} of {words}"


@pytest.mark.parametrize("seed", range(4))
def test_a_map_of_few_letters_is_undone_even_in_two_pages(seed: int) -> None:
    body, headings = few_letters(random.Random(seed))
    damaged = misprint(PLAN, body, headings)
    repaired = repair(damaged)
    assert compare(repaired.text, PLAN).share >= 0.99
    assert compare(repaired.text, PLAN).equal > compare(damaged, PLAN).equal


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(KINDS, key=lambda k: k.__name__)))
def test_repair_of_a_map_keeps_lines_lengths_and_undamaged_letters(
    rng: random.Random, kind: MapMaker
) -> None:
    damaged = misprint(PLAN, *kind(rng))
    repaired = repair(damaged)
    assert len(repaired.text) == len(damaged)
    assert repaired.text.count("\n") == damaged.count("\n")
    wrong = compare(damaged, PLAN).words - compare(damaged, PLAN).equal
    left = compare(repaired.text, PLAN).words - compare(repaired.text, PLAN).equal
    assert left <= wrong


def test_offsets_of_a_repaired_text_lead_to_the_damaged_letters() -> None:
    damaged = "Kế hoạch cāa Thā tướng Chính phā về phÿc vÿ người dân"
    repaired = repair(damaged)
    assert repaired.text == "Kế hoạch của Thủ tướng Chính phủ về phục vụ người dân"
    at = repaired.text.index("Thủ tướng")
    assert repaired.map.span(at, at + 9) == (damaged.index("Thā"), damaged.index("Thā") + 9)


def test_quotation_marks_printed_as_other_signs_are_put_back() -> None:
    damaged = "Đề án <Phát huy vai trò cāa phÿ nữ\n\ntrong tình hình mới= và <Đề án 06=; phÿc vÿ"
    assert repair(damaged).text == (
        "Đề án “Phát huy vai trò của phụ nữ\n\ntrong tình hình mới” và “Đề án 06”; phục vụ"
    )
    assert repair("cāa phÿ nữ, phÿc vÿ; a = b, x < y").text == "của phụ nữ, phục vụ; a = b, x < y"
    assert repair("“Đề án” <Phát triển= a < b").text == "“Đề án” <Phát triển= a < b"


def test_the_well_known_map_of_glyph_numbers_is_undone() -> None:
    damaged = (
        "CӜNG HÒA XÃ HӜI CHӪ NGHƬA VIӊT NAM\nĈӝc lұp - Tӵ do - Hҥnh phúc\n"
        "Thӵc hiӋn QuyӃt ÿӏnh cӫa Thӫ tѭӟng Chính phӫ, Ӫy ban nhân dân tӍnh xây dӵng kӃ hoҥch như sau:"
    )
    assert repair(damaged).text == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Thực hiện Quyết định của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh xây dựng kế hoạch như sau:"
    )


def test_glyph_numbers_become_letters_again() -> None:
    repaired = repair(glyph_numbers(PLAN))
    assert repaired.notes == ["font-map"]
    assert compare(repaired.text, PLAN).share >= 0.99
    damaged = "ĈӝF OұS - 7ӵ GR - +ҥQK SK~F\nThӵc hiӋn QuyӃt ÿӏnh cӫa Thӫ tѭӟng Chính phӫ vӅ tӵ do, hҥnh phúc"
    assert repair(damaged).text.startswith("Độc lập - Tự do - Hạnh phúc\nThực hiện Quyết định của Thủ tướng")


@needs_plans
def test_the_command_prints_the_share(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken, gold = PLANS / "binhdinh-2024.txt", PLANS / "binhdinh-2024.repaired.txt"
    assert main(["compare", str(broken), str(gold), "--least", "0.999"]) == 1
    assert main(["compare", str(broken), str(gold), "--repair", "--least", "0.999"]) == 0
    assert capsys.readouterr().out.endswith(" words)\n")
