"""An act as its page shows it: heading, steps, counts, both structures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.orgs.carrying import Rule, declared, relation
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import OrganisationVersion, Restructuring, RestructuringStep, StepUnit
from nhipcau.apps.orgs.restructuring.sentences import fault_sentence, warning_sentence
from nhipcau.apps.webkit.formats import format_date, format_number

State = Restructuring.State


def heading_of(act: Restructuring) -> str:
    """The answer: what it touches, or what stands in its way."""
    preview = act.preview
    if act.state == State.UNDONE:
        return _("The act was undone: everything is as it was")
    if act.state == State.UNDO_ASKED:
        return _("To be undone: waits for a second person")
    if act.state == State.WITHDRAWN:
        return _("The act was withdrawn")
    if act.state == State.DRAFTED or not preview:
        count = act.steps.count()
        return ngettext(
            "%(n)s step stated, not previewed yet", "%(n)s steps stated, not previewed yet", count
        ) % {"n": format_number(count)}
    if preview.get("faults"):
        count = len(preview["faults"])
        return ngettext("%(n)s thing has to be put right", "%(n)s things have to be put right", count) % {
            "n": format_number(count)
        }
    count = preview["open"]
    shown = {"n": format_number(count), "bodies": format_number(len(preview["bodies"]))}
    if act.state == State.CARRIED_OUT:
        words = ngettext(
            "Carried out: %(n)s open item of %(bodies)s bodies",
            "Carried out: %(n)s open items of %(bodies)s bodies",
            count,
        )
    elif act.state == State.APPROVED:
        return _("Approved, takes effect on %(day)s") % {"day": format_date(act.effective_on)}
    else:
        words = ngettext(
            "Touches %(n)s open item of %(bodies)s bodies",
            "Touches %(n)s open items of %(bodies)s bodies",
            count,
        )
    return words % shown


@dataclass(frozen=True, slots=True)
class StepShown:
    pk: int
    position: int
    kind: str
    olds: list[str]
    news: list[tuple[str, bool]]
    tier: str
    function: str
    legal_basis: str


def steps_of(act: Restructuring) -> list[StepShown]:
    """Three queries."""
    steps = list(act.steps.prefetch_related("units"))
    ids = {unit.organisation_id for step in steps for unit in step.units.all() if unit.organisation_id}
    known = names(ids, act.effective_on)
    return [_step(step, known) for step in steps]


def _step(step: RestructuringStep, known: dict[int, str]) -> StepShown:
    units = list(step.units.all())
    olds = [unit for unit in units if unit.side == StepUnit.Side.OLD]
    news = [unit for unit in units if unit.side == StepUnit.Side.NEW]
    shown = [(known.get(unit.organisation_id or 0, unit.name), _made(unit)) for unit in news]
    if step.kind == RestructuringStep.Kind.RENAME:
        shown = [(unit.name, False) for unit in olds]
    tiers = dict(OrganisationVersion.Kind.choices)
    return StepShown(
        step.pk,
        step.position,
        step.get_kind_display(),
        [known.get(unit.organisation_id or 0, unit.name) for unit in olds],
        shown,
        str(tiers.get(step.tier, "")) if step.tier else "",
        step.function,
        step.legal_basis,
    )


def _made(unit: StepUnit) -> bool:
    return unit.made or unit.organisation_id is None


@dataclass(frozen=True, slots=True)
class RelationShown:
    label: str | Promise
    counts: dict[str, Any]


def relations_of(act: Restructuring) -> list[RelationShown]:
    """Those that the act touches."""
    found = []
    for counts in act.preview.get("relations", ()):
        carried = relation(counts["key"])
        if carried is not None and counts["open"]:
            found.append(RelationShown(carried.label, counts))
    return found


def bodies_of(act: Restructuring) -> list[dict[str, Any]]:
    """The old structure with what becomes of it: open work apart from people, groups and the like."""
    work = {carried.key for carried in declared(Rule.MOVES)}
    return [
        {
            **body,
            "work": sum(number for key, number in body["open"].items() if key in work),
            "others": sum(number for key, number in body["open"].items() if key not in work),
            "targets": [target[1:] for target in body["targets"]],
        }
        for body in act.preview.get("bodies", ())
    ]


def remarks_of(act: Restructuring) -> dict[str, list[Any]]:
    """Sentences of what forbids it and of what to know."""
    faults = [(fault["step"], fault_sentence(fault)) for fault in act.preview.get("faults", ())]
    return {
        "faults": faults,
        "warnings": [warning_sentence(each) for each in act.preview.get("warnings", ())],
    }


@dataclass(frozen=True, slots=True)
class BalanceShown:
    """One relation by both structures: rows of name, open and closed before, open and closed after."""

    label: str | Promise
    rows: list[tuple[str, int, int, int, int]]
    totals: tuple[int, int, int, int]
    joined: int
    ended: int

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """The totals with the heads of their columns, for the small screen."""
        heads = (_("Open before"), _("Closed before"), _("Open after"), _("Closed after"))
        return list(zip(heads, self.totals, strict=True))


def balances_of(act: Restructuring) -> Iterator[BalanceShown]:
    """Two structures side by side; relations without a row are left out. One query."""
    ids = {int(pk) for each in act.balance.values() for side in ("before", "after") for pk in each[side]}
    known = names(ids, act.effective_on)
    for key, each in act.balance.items():
        carried = relation(key)
        bodies = sorted({*each["before"], *each["after"]}, key=lambda pk: known.get(int(pk), pk))
        rows = [
            (known.get(int(pk), pk), *each["before"].get(pk, (0, 0)), *each["after"].get(pk, (0, 0)))
            for pk in bodies
        ]
        rows = [row for row in rows if any(row[1:])]
        if carried is None or not rows:
            continue
        totals = tuple(sum(row[place] for row in rows) for place in range(1, 5))
        stopped = dict.fromkeys(("joined", "ended", "taken"), 0)
        for _from, _to, verb, number in each["flows"]:
            if verb in stopped:
                stopped[verb] += number
        yield BalanceShown(
            carried.label,
            rows,
            (totals[0], totals[1], totals[2], totals[3]),
            stopped["joined"],
            stopped["ended"] + stopped["taken"],
        )
