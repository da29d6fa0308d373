"""Signs that a field of a task may be wrong: each a name and a plain condition.

They compare the reading with the second look, with the tasks beside it, and with what usually goes wrong
(a name that runs on, a heading that was lost above, a role word in a later clause). What each is worth stands
in `doubt_weights`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from nhipcau.core.planreader.broken_rows import breaks_of
from nhipcau.core.planreader.role_votes import RoleVotes, role_votes
from nhipcau.core.planreader.schema import BlockView, Task
from nhipcau.core.planreader.second_look import (
    FIELD_BELOW,
    ends_with_body,
    head_body,
    later_subjects,
    own_subject,
    zone_of,
)
from nhipcau.core.planreader.spelling import Spelling
from nhipcau.core.planreader.surroundings import Place, places_of, plain

T = TypeVar("T")
FIELDS = ("role", "agencies", "scope")
Signs = dict[str, set[str]]
MOST_FIELDS = 5_000


@dataclass(slots=True)
class Group:
    """The tasks that hang under one line, counted by what they say."""

    role: Counter[str] = field(default_factory=Counter)
    scope: Counter[str] = field(default_factory=Counter)
    agencies: Counter[tuple[str, ...]] = field(default_factory=Counter)
    fields: str = ""

    def add(self, task: Task, place: Place) -> None:
        """Count a task, and keep the fields below it: they may hold for those before it too."""
        if len(self.fields) < MOST_FIELDS and FIELD_BELOW.search(place.tail):
            self.fields += place.tail
        self.role[task["role"]] += 1
        self.scope[task["scope"]] += 1
        self.agencies[tuple(task["agencies"])] += 1


def alone(counts: Counter[T], own: T) -> bool:
    """Whether one of three or more says this and all others say one other thing."""
    return counts[own] == 1 and len(counts) == 2 and counts.total() > 2


@dataclass(slots=True)
class Look:
    """One task with what stands around it and what the second reader makes of it."""

    task: Task
    place: Place
    votes: RoleVotes
    group: Group
    broken: set[str]
    spelling: Spelling
    subject: str
    body: str
    later: list[str]


def signs_of(text: str, blocks: list[BlockView], tasks: list[Task]) -> list[Signs]:
    """The signs for each field of each task, in the order of the tasks.

    What the tasks' `doubts` hold already, the guesses of the reader's own rules, is a sign too.
    """
    places = places_of(text, blocks, tasks)
    breaks, spelling = breaks_of(text, blocks), Spelling(text)
    groups: dict[int, Group] = {}
    for place, task in zip(places, tasks, strict=True):
        groups.setdefault(place.parent, Group()).add(task, place)
    out: list[Signs] = []
    for place, task in zip(places, tasks, strict=True):
        look = Look(
            task, place, role_votes(place), groups[place.parent],
            set() if place.cell else breaks.signs(place.block), spelling,
            subject=own_subject(place.own),
            body=next((b for b in map(head_body, place.heads) if b), ""),
            later=later_subjects(place.own),
        )  # fmt: skip
        signs = {"role": role_signs(look), "agencies": agency_signs(look), "scope": scope_signs(look)}
        for guessed in task["doubts"]:
            signs[guessed].add("rule-guessed")
        out.append(signs)
    return out


def _there(marks: dict[str, bool]) -> set[str]:
    return {sign for sign, there in marks.items() if there}


# ---- role

NARROW, FAR = 0.6, 8
_NEARLY = re.compile(r"\b(?:ch\w{1,2} tr\w|ph\w{1,3} h\wp|th[a-z]m m\w{2})\b")
_ROLE_WORDS = ("chu tri", "phoi hop", "tham muu")


def role_signs(look: Look) -> set[str]:
    """Signs that the role may be wrong; none in a table, where the heads of its columns say it."""
    if look.place.cell:
        return set()
    role, votes = look.task["role"], look.votes
    by_word = role in ("advise", "coordinate")
    distance = votes.distance.get(role)
    found = _there(
        {
            "narrow": votes.margin < NARROW,
            "word-elsewhere": by_word and distance is None,
            "later-clause": by_word and votes.later.get(role, False),
            "late": by_word and (distance or 0) > FAR and not votes.later.get(role, False),
            "word-not-taken": role == "responsible" and bool(votes.distance),
            "stronger-word": bool(votes.votes.keys() & {"lead", "request"})
            and role not in ("lead", "request"),
            "unlike-beside": alone(look.group.role, role),
            "word-damaged": _word_damaged(look.place),
            "row-broken": bool(look.broken),
        }
    )
    if votes.best != role:
        found |= {f"{votes.best}-seen", f"{role}-not-seen"}
    return found


def _word_damaged(place: Place) -> bool:
    """Whether role words stand there that are spelled otherwise than they should."""
    low = place.text.lower()
    exact = sum(low.count(word) for word in ("chủ trì", "phối hợp", "tham mưu"))
    nearly = sum(word in _ROLE_WORDS or word not in low for word in _NEARLY.findall(place.own))
    return nearly > exact


# ---- agencies


def agency_signs(look: Look) -> set[str]:
    """Signs that the agencies may be wrong."""
    agencies = look.task["agencies"]
    names = [_as_printed(plain(a), look.place) for a in agencies]
    if names:
        found = look.broken | _name_signs(look, agencies, names) | _source_signs(look, names)
    else:
        found = scope_signs(look)
    if alone(look.group.agencies, tuple(agencies)):
        found.add("unlike-beside")
    return found


_SINGLED = re.compile(
    r".*?(?:^|\s)(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|dac khu|tinh|so)\s(?=\w)"
)


def _as_printed(name: str, place: Place) -> str:
    """A name, or its last words where only they stand there ("UBND các xã: Ba Vì, Suối Hai")."""
    around = (place.own, place.led, place.tail, *place.heads)
    if any(name in words for words in around):
        return name
    last = _SINGLED.sub("", name, count=1)
    return last if last and any(last in words for words in around) else name


_INSIDE = re.compile(
    r"(?:^|\s)(?:trong|de|nham|ve|sau|la|duoc|giao|gom|nhu|tren|trach nhiem|nhiem vu)(?:\s|$)"
)
_CLAUSE = re.compile(
    r"(?:^|\s)(?:co trach nhiem|chiu|thuc hien|chu tri|phoi hop|theo|chu dong|tap trung|phan cong|mot so|"
    r"can cu|tang cuong|tiep tuc|chi dao|day manh|ra soat|huong dan|trien khai|bao dam|nang cao|"
    r"ban hanh)(?:\s|$)"
)
_DANGLES = re.compile(r"(?:\s(?:va|cac|cua|thuoc|voi|cung|tren)|[,;-])$")
LONG_NAME, MANY = 12, 3


def _name_signs(look: Look, agencies: Sequence[str], names: Sequence[str]) -> set[str]:
    found = {"many"} if len(names) > MANY else set()
    for agency, name in zip(agencies, names, strict=True):
        words = name.split()
        whole = any(head_body(head) == name for head in look.place.heads)
        found |= _there(
            {
                "long-name": len(words) > LONG_NAME and not whole,
                "open-bracket": agency.count("(") != agency.count(")") or any(c in name for c in ':;"“”'),
                "more-than-name": bool(_INSIDE.search(name)) and not whole,
                "clause-in-name": bool(_CLAUSE.search(name)),
                "one-word": len(words) == 1,
                "dangles": bool(_DANGLES.search(name)),
                "strange-spelling": look.spelling.strange(agency),
                "name-goes-on": look.spelling.goes_on(agency),
            }
        )
    return found


_WORDS = re.compile(r"\w+")
_SMALL = frozenset(["va", "cung", "voi", "de", "nghi", "cac", "giao", "doi", "trach", "nhiem", "cua"])
_TOLD = ("giao ", "de nghi ", "yeu cau ", "phan cong ")
SHORT_LINE, LATE_NAME = 110, 60


def _source_signs(look: Look, names: Sequence[str]) -> set[str]:
    """Where the names come from, and whether something nearer names others."""
    place, heads, first, subject = look.place, look.place.heads, names[0], look.subject
    at = next((i for i, head in enumerate(heads) if first in head), None)
    in_own, below = first in place.own, first in place.tail or first in look.group.fields
    nowhere = at is None and not in_own and not below
    other = bool(subject) and first not in subject
    return _there(
        {
            "others-act": other and _collective(subject),
            "another-acts": other and not _collective(subject),
            "another-told": other and place.own.startswith(_TOLD),
            "from-line": nowhere and first in place.led,
            "from-nowhere": nowhere and first not in place.led,
            "heading-says-more": at is not None and not in_own and _says_more(heads[at], names),
            "body-line-before": len(place.before) < SHORT_LINE
            and bool(head_body(place.before))
            and first not in place.before,
            "later-subject": any(not any(n in s or s in n for n in names) for s in look.later),
            "late-in-sentence": in_own and at is None and place.own.find(first) > LATE_NAME,
            "nobody-named": not (subject or look.body or below or in_own),
        }
    )


def _says_more(head: str, names: Sequence[str]) -> bool:
    """Whether a line that names a body has more words than the names taken from it."""
    rest = set(_WORDS.findall(head)) - set(_WORDS.findall(" ".join(names))) - _SMALL
    return len(rest) > 1 and bool(head_body(head))


# ---- scope

_FIELD_WORDS = re.compile(r"^noi dung(?: \w+){0,2}\s*:|(?:co quan|don vi) (?:chu tri|phoi hop|thuc hien)")


def scope_signs(look: Look) -> set[str]:
    """Signs that the scope may be wrong; for a direction that names nobody they hold for its agencies too."""
    place, body, scope = look.place, look.body, look.task["scope"]
    zone = next((z for z in map(zone_of, place.heads) if z), "")
    below = bool(FIELD_BELOW.search(place.tail) or FIELD_BELOW.search(place.own))
    if scope == "general":
        marks = {
            "head-names": any(head_body(h) for h in place.heads[:2]),
            "body-above": bool(body),
            "somebody-acts": bool(look.subject),
            "field-not-taken": below,
            "later-subject": bool(look.later),
            "general-in-assigning": zone in ("assign", "report", "money"),
            "ends-with-body": ends_with_body(place.own),
            "field-words": bool(_FIELD_WORDS.search(place.own)),
        }
    else:
        unnamed = not (look.subject or body or below or look.group.fields)
        in_own = any(_as_printed(plain(a), place) in place.own for a in look.task["agencies"])
        loose = zone in ("general", "none") and not body
        marks = {
            "nobody-named": unnamed and not in_own,
            "named-late": unnamed and in_own,
            "from-line": bool(place.led) and not body and not look.subject,
            "assigned-in-general": loose and not below,
            "collective": loose and _collective(look.subject),
        }
    marks["zone-unknown"] = not zone and not body
    marks["unlike-beside"] = _outvoted(look.group.scope, scope)
    return look.broken | _there(marks)


def _outvoted(counts: Counter[str], own: str) -> bool:
    """Whether more of the tasks beside it say something else."""
    return counts.total() > 2 and counts.total() - counts[own] > counts[own] - 1


def _collective(own: str) -> bool:
    return own.startswith(
        ("cac ", "nhung ", "moi ", "tung ", "so, ", "thu truong", "giam doc", "co quan", "don vi")
    )
