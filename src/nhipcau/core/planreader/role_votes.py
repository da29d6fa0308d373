"""The second reader's view of roles: each role word votes, the less the further back it stands."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.schema import Role
from nhipcau.core.planreader.second_look import FIELD_BELOW, own_subject
from nhipcau.core.planreader.surroundings import Place


def _word(word: str, nouns: str) -> re.Pattern[str]:
    """The word where it is a verb: not behind one of the nouns. It stands first, so that it is found fast."""
    return re.compile(rf"{word}(?!\w)(?<!\w{word})" + "".join(f"(?<!{n} {word})" for n in nouns.split("|")))


_LEAD = _word("chu tri", "co quan|don vi|duoc giao|phan cong|duoc|nguoi")
_ADVISE = _word("tham muu", "cong tac|co quan|don vi|chuc nang|nang luc|bo phan|de|y kien")
_TOGETHER = _word("phoi hop", "cong tac|co quan|don vi|quy che|co che|su|viec|chuong trinh")
_PARTNER = re.compile(r"[^.;:]{0,60}?(?:voi|cung) |\s+(?:cac|so|cong an|ubnd|uy ban)")
_PURPOSE = re.compile(r"(?:^|[ ,])(?:de|do) (?!xuat|nghi|an |tai |cuong|dang |cao )[^;.]{0,60}$")
WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("lead", _LEAD),
    ("advise", _ADVISE),
    ("coordinate", _TOGETHER),
)
WEIGHTS: dict[Role, float] = {"lead": 3.0, "advise": 2.2, "coordinate": 2.0}
# How many words it takes until a role word counts little more than a third.
LENGTHS: dict[Role, float] = {"lead": 24.0, "advise": 12.0, "coordinate": 12.0}
RESPONSIBLE, ASKED, LED, FIELD = 0.9, 2.5, 1.5, 4.0


@dataclass(slots=True)
class RoleVotes:
    """How much speaks for each role; how far back its word stands, and whether in a later clause."""

    votes: dict[Role, float] = field(default_factory=dict)
    distance: dict[Role, int] = field(default_factory=dict)
    later: dict[Role, bool] = field(default_factory=dict)

    @property
    def best(self) -> Role:
        """The role with most votes."""
        return max(self.votes, key=lambda role: self.votes[role])

    @property
    def margin(self) -> float:
        """How far the best is before the next."""
        ordered = sorted(self.votes.values(), reverse=True)
        return ordered[0] - ordered[1] if len(ordered) > 1 else ordered[0]

    def raise_to(self, role: Role, least: float) -> None:
        """Let a role have at least so many votes."""
        self.votes[role] = max(least, self.votes.get(role, 0.0))


def role_votes(place: Place) -> RoleVotes:
    """Votes of the words of an item, of the lines above it, and of fields below it."""
    own, heads, led = place.own, place.heads, place.led
    out = RoleVotes({"responsible": RESPONSIBLE})
    below = FIELD_BELOW.search(place.tail) or FIELD_BELOW.search(own)
    if below:
        out.raise_to("lead" if "chu tri" in below.group() else "responsible", FIELD)
    subject = own_subject(own)
    start = own.find(subject) + len(subject) if subject else 0
    for role, pattern in WORDS:
        _vote(out, role, pattern, own, start)
    if any(line.startswith("de nghi") for line in (own, led, *heads[:1])):
        out.raise_to("request", ASKED)
    if any(_LEAD.search(line) for line in (led, *heads[:1])):
        out.raise_to("lead", WEIGHTS["lead"])
    elif _TOGETHER.search(led):
        out.raise_to("coordinate", LED)
    return out


def _vote(out: RoleVotes, role: Role, pattern: re.Pattern[str], own: str, start: int) -> None:
    for m in pattern.finditer(own, start):
        between = own[start : m.start()]
        if role != "coordinate" and _PURPOSE.search(between[-80:]):
            continue
        distance = len(between.split())
        later = "; " in between or ". " in between
        weight = WEIGHTS[role] * math.exp(-distance / LENGTHS[role]) * (0.5 if later else 1.0)
        if role == "coordinate" and distance > 3 and not _PARTNER.match(own, m.end()):
            weight *= 0.4
        out.raise_to(role, weight)
        if role not in out.distance:
            out.distance[role], out.later[role] = distance, later
        if distance > 400:
            return
