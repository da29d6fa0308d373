"""Who else is near two records: the other records of both persons, and records that may be theirs, too."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.models import Membership, Pair, SourceRecord
from nhipcau.apps.registry.reviewing.evidence import chance
from nhipcau.apps.registry.reviewing.kin import kin

MOST_MEMBERS, MOST_RIVALS = 5, 6
# As near as this pair, within so many bits.
AS_NEAR = 2.0
COLUMN, ROW, TOP, RADIUS = 120, 62, 34, 17


@dataclass(frozen=True, slots=True)
class Node:
    """A record in the picture: `kind` is pair (one of the two), member (of one of both persons) or rival."""

    letter: str
    record: SourceRecord
    person: int | None
    kind: str
    x: int
    y: int
    by: str = ""
    of: str = ""

    @property
    def born(self) -> str:
        return as_written(self.record.birth)

    @property
    def diamond(self) -> str:
        """The outline of a rival's sign."""
        r = RADIUS + 2
        return f"M{self.x} {self.y - r}l{r} {r}-{r} {r}-{r}-{r}z"

    @property
    def text_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True, slots=True)
class Edge:
    """`kind`: now, member, or the state of a pair. `pair` where it is one that can be opened."""

    one: Node
    other: Node
    kind: str
    pair: Pair | None = None

    @property
    def chance(self) -> str:
        return chance(self.pair.weight) if self.pair is not None else ""


@dataclass(frozen=True, slots=True)
class Near:
    """`more` are records of both persons that the picture has no room for; `rivals` are edges to records that
    may be of the same person, of which `as_near` weigh about as much as the pair that is looked at.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int
    more: int
    rivals: tuple[Edge, ...]
    as_near: int

    @property
    def others(self) -> list[tuple[Node, list[Edge]]]:
        """Everybody but the two, with what leads to her."""
        return [
            (node, [each for each in self.edges if node in (each.one, each.other) and each.pair is not None])
            for node in self.nodes
            if node.kind != "pair"
        ]


def kin_of(node: Node, pair: Pair) -> str:
    """The letters of the two whose brother or sister somebody else looks like."""
    if node.kind != "rival":
        return ""
    sides = (("A", pair.left), ("B", pair.right))
    return ", ".join(letter for letter, record in sides if kin(node.record, record) is not None)


def near(
    pair: Pair, user: User, persons: Mapping[int, int], resting: Mapping[int, int] | None = None
) -> Near:
    """Three queries. `persons`: whose the two records are; who rests (`at_rest`) is left out."""
    members, more = _members(pair, user, persons)
    own = {pair.left_id, pair.right_id, *(each.record_id for each in members)}
    pairs = list(
        Pair.objects.visible_to(user)
        .filter(Q(left__in=own) | Q(right__in=own))
        .exclude(pk=pair.pk)
        .exclude(Q(left__in=list(resting or ())) | Q(right__in=list(resting or ())))
        .select_related("left", "right")
        .order_by("-weight", "pk")[: 4 * (MOST_RIVALS + MOST_MEMBERS)]
    )
    nodes = _placed(pair, members, _rivals(pairs, own), persons)
    by_record = {each.record.pk: each for each in nodes}
    edges = [Edge(by_record[pair.left_id], by_record[pair.right_id], "now", pair)]
    for each in members:
        first = next(record for record, person in persons.items() if person == each.person_id)
        edges.append(Edge(by_record[first], by_record[each.record_id], "member"))
    told = [each for each in pairs if each.left_id in by_record and each.right_id in by_record]
    edges += [Edge(by_record[each.left_id], by_record[each.right_id], each.state, each) for each in told]
    rivals = tuple(
        each for each in edges if each.kind == "open" and "rival" in (each.one.kind, each.other.kind)
    )
    close = [each for each in rivals if each.pair is not None and each.pair.weight >= pair.weight - AS_NEAR]
    height = max(each.y for each in nodes) + TOP
    return Near(tuple(nodes), tuple(edges), height, more, rivals, len(close))


def _members(pair: Pair, user: User, persons: Mapping[int, int]) -> tuple[list[Membership], int]:
    """The other records of both persons, at most so many of each, and how many more there are."""
    rows = (
        Membership.objects.visible_to(user)
        .filter(person__in=set(persons.values()), until=None)
        .exclude(record__in=(pair.left_id, pair.right_id))
        .select_related("record")
        .order_by("pk")
    )
    kept: list[Membership] = []
    for person in dict.fromkeys(persons.values()):
        kept += [each for each in rows if each.person_id == person][:MOST_MEMBERS]
    return kept, len(rows) - len(kept)


def _rivals(pairs: Iterable[Pair], own: set[int]) -> list[SourceRecord]:
    """Records outside, the nearest first."""
    found: dict[int, SourceRecord] = {}
    for pair in pairs:
        for record in (pair.left, pair.right):
            if record.pk not in own:
                found.setdefault(record.pk, record)
    return list(found.values())[:MOST_RIVALS]


def _placed(
    pair: Pair, members: Iterable[Membership], rivals: Iterable[SourceRecord], persons: Mapping[int, int]
) -> list[Node]:
    """A to the left with hers under it, B to the right with hers, the rivals between them."""
    letters = iter(string.ascii_uppercase)
    left_person, right_person = persons.get(pair.left_id), persons.get(pair.right_id)
    nodes = [
        Node(next(letters), pair.left, left_person, "pair", TOP, TOP),
        Node(next(letters), pair.right, right_person, "pair", TOP + 2 * COLUMN, TOP),
    ]
    depth = {TOP: 1, TOP + 2 * COLUMN: 1, TOP + COLUMN: 1}
    for each in members:
        x = TOP if each.person_id == left_person else TOP + 2 * COLUMN
        of = "A" if x == TOP else "B"
        y = TOP + ROW * depth[x]
        by = str(each.get_by_display())
        nodes.append(Node(next(letters), each.record, each.person_id, "member", x, y, by, of))
        depth[x] += 1
    for record in rivals:
        y = TOP + ROW * depth[TOP + COLUMN]
        nodes.append(Node(next(letters), record, None, "rival", TOP + COLUMN, y))
        depth[TOP + COLUMN] += 1
    return nodes
