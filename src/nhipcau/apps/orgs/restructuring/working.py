"""An act worked out in full: every item's fate and every row that would change. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from nhipcau.apps.orgs.carrying import Carried, Rule, declared
from nhipcau.apps.orgs.models import RowChange
from nhipcau.apps.orgs.restructuring import naming
from nhipcau.apps.orgs.restructuring.dated import followed
from nhipcau.apps.orgs.restructuring.items import Decisions, Item, decisions_of, items_of
from nhipcau.apps.orgs.restructuring.moving import moved
from nhipcau.apps.orgs.restructuring.outline import Outline

# The rules whose rows somebody may have to allot.
CHOSEN = (Rule.MOVES, Rule.DATED, Rule.CHILD)


@dataclass(slots=True)
class Worked:
    """`items` and `lines` by the relation's key; `rest` are names, edges and the like."""

    outline: Outline
    items: dict[str, list[Item]] = field(default_factory=dict)
    lines: dict[str, list[RowChange]] = field(default_factory=dict)
    rest: list[RowChange] = field(default_factory=list)

    def unallotted(self) -> list[tuple[str, Item]]:
        """Items that nobody has decided about."""
        return [(key, item) for key, items in self.items.items() for item in items if not item.fate]

    def all_lines(self) -> Iterator[RowChange]:
        for lines in self.lines.values():
            yield from lines
        yield from self.rest


def chosen_by(carried: Carried) -> bool:
    """A relation that every successor shares is nobody's choice."""
    return carried.rule in CHOSEN and not carried.shared


def work_out(outline: Outline, decisions: Decisions | None = None) -> Worked:
    """Everything that carrying it out would change, as things stand now."""
    decisions = decisions if decisions is not None else decisions_of(outline)
    found, reason = Worked(outline), outline.act.title
    for carried in declared(Rule.MOVES):
        items = found.items[carried.key] = items_of(outline, carried, decisions)
        found.lines[carried.key] = moved(outline, carried, items, reason)
    for carried in declared(Rule.DATED):
        items = _shared(outline, carried) if carried.shared else items_of(outline, carried, decisions)
        found.items[carried.key] = items
        found.lines[carried.key] = followed(outline, carried, items, reason)
    below: list[Item] = []
    for carried in declared(Rule.CHILD):
        items = found.items[carried.key] = _below(items_of(outline, carried, decisions), outline, carried)
        found.lines[carried.key] = naming.children(outline, items)
        below += items
    found.rest += naming.aliases(outline) + naming.renamed(outline, below)
    found.rest += naming.ended_versions(outline) + naming.edges(outline)
    return found


def _shared(outline: Outline, carried: Carried) -> list[Item]:
    """Every successor gets one where the name goes with it; a body that goes on keeps its own."""
    rows = carried.model._base_manager.filter(
        carried.open(outline.day), **{f"{carried.column}__in": outline.olds()}
    )
    found = []
    for row, old in rows.order_by("pk").values_list("pk", carried.column):
        passage = outline.passages[old]
        if passage.ends:
            owner = passage.targets[0].owner if passage.targets else 0
            found.append(Item(row, old, "give" if passage.targets else "end", owner))
        else:
            found.append(Item(row, old, "stay", old))
    return found


def _below(items: list[Item], outline: Outline, carried: Carried) -> list[Item]:
    """Without the bodies that end themselves: nobody need say where those belong."""
    gone = outline.ending()
    rows = carried.model._base_manager.filter(pk__in=[item.row for item in items])
    owners = dict(rows.values_list("pk", "organisation_id"))
    return [item for item in items if owners[item.row] not in gone]
