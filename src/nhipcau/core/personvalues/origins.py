"""Where in the country somebody is from: commune, district, province, address; old units and new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.places import Answer, Resolver, Status, Version, type_of
from nhipcau.core.text import fold

MOST_SUGGESTIONS = 100
_TYPES = {"commune": "xã", "district": "huyện"}
_TIERS = ("commune", "district", "province")


@dataclass(frozen=True, slots=True)
class Origin:
    """`unit` is the unit that the cells mean, None where several are possible; `now` are the units of today
    that it became, several for a divided one and for what is ambiguous: candidates, never a guess.

    `tier` is the lowest tier that is told; `written` the cells as one line. `doubts` of: divided, ambiguous,
    not-a-commune, province-assumed.
    """

    unit: Version | None
    now: tuple[Version, ...]
    tier: str
    written: str
    doubts: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of today's units."""
        return tuple(unit.key for unit in self.now)


class Origins:
    """Reads origins. `home` is the name of the province whose register it is: assumed where none is told."""

    def __init__(self, resolver: Resolver, *, today: date, home: str = "") -> None:
        self._resolver = resolver
        self._today = today
        self._home = home
        self._suggesting = MOST_SUGGESTIONS
        self._read: dict[tuple[str, str, str, str], Origin | Problem | None] = {}

    def read(
        self, commune: str = "", district: str = "", province: str = "", address: str = ""
    ) -> Origin | Problem | None:
        """The unit of the cells; None where they say nothing."""
        slot = (commune, district, province, address)
        if slot not in self._read:
            if len(self._read) > 100_000:
                self._read.clear()
            self._read[slot] = self._find(slot)
        return self._read[slot]

    def _find(self, cells: tuple[str, str, str, str]) -> Origin | Problem | None:
        lines = [one_line(tidy(cell)) for cell in cells]
        told = ["" if says_nothing(line) else line.strip(" ,;.-") for line in lines]
        if not any(told):
            return None
        written = ", ".join(part for part in (told[3], *told[:3]) if part)
        typed = [_typed(cell, tier) for cell, tier in zip(told[:3], _TIERS, strict=True)]
        # The address helps where no commune is told by itself.
        address = "" if told[0] else told[3]
        ways = [[address, *typed]]
        if typed != told[:3]:
            ways.append([address, *told[:3]])
        if self._home and not told[2]:
            ways = [[*way, self._home] for way in ways] + ways
        for way in ways:
            answer = self._ask(", ".join(part for part in way if part))
            assumed = len(way) > len(_TIERS) + 1
            if answer.readings and not (assumed and _only_home(answer)) and not _left_out(told, answer):
                return self._made(answer, written, ["province-assumed"] if assumed else [])
        return self._unread(", ".join(part for part in ways[0] if part), written)

    def _ask(self, text: str, *, suggest: bool = False) -> Answer:
        return self._resolver.resolve(text, today=self._today, suggest=suggest)

    def _made(self, answer: Answer, written: str, doubts: list[str]) -> Origin:
        now = tuple(answer.now)
        units = [reading.unit for reading in answer.readings]
        tier = min((unit.tier for unit in units), key=_TIERS.index)
        if tier != "commune":
            doubts.append("not-a-commune")
        if answer.status is Status.DIVIDED:
            doubts.append("divided")
        elif answer.status is Status.AMBIGUOUS:
            doubts.append("ambiguous")
        return Origin(units[0] if len(units) == 1 else None, now, tier, written, tuple(doubts))

    def _unread(self, whole: str, written: str) -> Problem:
        # Names that are near take long to find; a list full of wrong ones must not take for ever.
        self._suggesting -= 1
        answer = self._ask(whole, suggest=self._suggesting >= 0)
        missing = ", ".join(answer.missing) or written
        if not answer.near:
            return Problem("place-unread", {"missing": missing[:120]})
        near = ", ".join(dict.fromkeys(unit.name for unit in answer.near[:3]))
        return Problem("place-near", {"missing": missing[:120], "near": near})


def _typed(cell: str, tier: str) -> str:
    """The cell with a type of unit of its column's tier before a bare name: "Châu Phú" of a district."""
    if not cell or tier not in _TYPES or any(mark in cell for mark in ",;:") or cell[:1].isdigit():
        return cell
    return cell if any(type_of(cell, each) for each in _TIERS) else f"{_TYPES[tier]} {cell}"


def _left_out(told: list[str], answer: Answer) -> bool:
    """Whether the commune that its own cell names was passed over: then the district alone is no answer."""
    if not told[0] or any(reading.unit.tier == "commune" for reading in answer.readings):
        return bool(told[0]) and _skipped(told[0], answer)
    return len(told[0].split(",")) == 1 and bool(told[1])


def _skipped(commune: str, answer: Answer) -> bool:
    plain = fold(commune)
    return any(fold(part) == plain or fold(part).endswith(f" {plain}") for part in answer.unread)


def _only_home(answer: Answer) -> bool:
    """Whether nothing but the assumed province was read."""
    return all(reading.unit.tier == "province" for reading in answer.readings)
