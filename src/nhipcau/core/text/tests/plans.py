"""The real plans beside the checkout, for tests that measure on them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PLANS = Path(os.environ.get("NHIPCAU_SHARED") or Path(__file__).parents[6] / "shared") / "plans"
needs_plans = pytest.mark.skipif(not PLANS.is_dir(), reason="the real plans (../shared/plans) are not here")


def plan(name: str) -> str:
    return (PLANS / f"{name}.txt").read_text("utf-8")


def clean_plans() -> dict[str, str]:
    """Every plan whose letters are right, by name."""
    found = sorted(PLANS.rglob("*.txt"))
    return {p.stem: p.read_text("utf-8") for p in found if not p.stem.startswith("binhdinh")}
