"""What speaks for and against, step by step, as words and as places in a picture.

A bit doubles the odds. The picture adds up from "any two records" to the weight of the pair; places are per
cent of its width, so that they can be attributes and nothing is styled inline.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.apps.registry.models import Pair
from nhipcau.apps.registry.reviewing.words import how_many, words_of
from nhipcau.apps.webkit.formats import format_number

# What weighs less is not shown.
LEAST = 0.05
MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Step:
    """`kind` is start, for, against or sum. In per cent: `x` and `width` of its bar, `at` where it ends."""

    kind: str
    label: str
    why: str
    bits: str
    x: str
    width: str
    at: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """`chance` in per cent; `zero` is where one is as likely as the other."""

    steps: tuple[Step, ...]
    zero: str
    chance: str


def chance(weight: float) -> str:
    """How likely one person is, in per cent; never 0 or 100, for nobody knows that."""
    share = 100 / (1 + 2 ** -max(-60.0, min(60.0, weight)))
    if share < 1:
        return _("under 1%%") % {}
    if share > 99:
        return _("over 99%%") % {}
    return f"{format_number(share)} %"


def signed(bits: float) -> str:
    """+7,4 or −0,6."""
    return f"{'−' if round(bits, 1) < 0 else '+'}{format_number(abs(bits), 1)}"


def waterfall(pair: Pair) -> Waterfall:
    """Of evidence that does not add up to the weight the rest is a step of its own."""
    prior, parts = _read(pair.evidence)
    told = [(*words_of(on, grade), bits, how_many(on, grade, shared)) for on, grade, bits, shared in parts]
    rest = pair.weight - prior - sum(bits for _label, _why, bits, _rare in told)
    if abs(rest) > LEAST:
        told.append((*words_of("", ""), rest, ""))
    ends = [prior]
    for _label, _why, bits, _rare in told:
        ends.append(ends[-1] + bits)
    low, high = min(0.0, *ends), max(0.0, *ends)
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return MARGIN + (100 - 2 * MARGIN) * (value - low) / span

    def step(kind: str, words: Sequence[str], bits: float, start: float, end: float) -> Step:
        left, right = sorted((place(start), place(end)))
        # A bar of nothing is still seen.
        return Step(
            kind,
            words[0],
            words[1],
            signed(bits),
            f"{left:.2f}%",
            f"{max(right - left, 0.6):.2f}%",
            f"{place(end):.2f}%",
        )

    steps = []
    if prior:
        odds = _("1 in %(n)s") % {"n": format_number(round(2 ** -max(-40.0, prior)))} if prior < 0 else ""
        steps.append(step("start", (_("Any two records of the register"), odds), prior, 0.0, prior))
    for (label, why, bits, rare), start in zip(told, ends, strict=False):
        kind = "for" if bits >= 0 else "against"
        steps.append(step(kind, (label, rare or why), bits, start, start + bits))
    steps.append(step("sum", (_("Together"), ""), pair.weight, 0.0, pair.weight))
    return Waterfall(tuple(steps), f"{place(0.0):.2f}%", chance(pair.weight))


def strongest(pair: Pair) -> tuple[str, str]:
    """What speaks most for it and most against it, in words; empty where nothing does."""
    _prior, parts = _read(pair.evidence)
    ranked = sorted(parts, key=lambda each: each[2])
    most = words_of(*ranked[-1][:2])[0] if ranked and ranked[-1][2] > 0 else ""
    least = words_of(*ranked[0][:2])[0] if ranked and ranked[0][2] < 0 else ""
    return most, least


def _read(evidence: Any) -> tuple[float, list[tuple[str, str, float, int]]]:
    """Prior, and comparison, grade, bits and how many records share the value. What is not of that form is
    left out.
    """
    said = evidence if isinstance(evidence, dict) else {}
    parts = []
    for part in said.get("parts") or ():
        if isinstance(part, dict) and _is_number(part.get("bits")) and abs(part["bits"]) > LEAST:
            shared = part.get("shared_by")
            count = shared if isinstance(shared, int) and not isinstance(shared, bool) else 0
            parts.append((str(part.get("on", "")), str(part.get("grade", "")), float(part["bits"]), count))
    prior = said.get("prior")
    return (float(prior) if prior is not None and _is_number(prior) else 0.0), parts


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
