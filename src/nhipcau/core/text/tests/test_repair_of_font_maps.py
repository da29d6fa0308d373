from __future__ import annotations

from pathlib import Path

import pytest

from nhipcau.core.text import repair
from nhipcau.core.text.__main__ import main
from nhipcau.core.text.comparing import compare
from nhipcau.core.text.tests.plans import PLANS, clean_plans, needs_plans, plan


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
def test_the_command_prints_the_share(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken, gold = PLANS / "binhdinh-2024.txt", PLANS / "binhdinh-2024.repaired.txt"
    assert main(["compare", str(broken), str(gold), "--least", "0.999"]) == 1
    assert main(["compare", str(broken), str(gold), "--repair", "--least", "0.999"]) == 0
    assert capsys.readouterr().out.endswith(" words)\n")
