"""Allotting open items: rules on top, the list below with filters and boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions import add_allotment_rule, allot_items, remove_allotment_rule
from nhipcau.apps.orgs.carrying import Carried, declared, relation
from nhipcau.apps.orgs.forms.restructurings import RuleForm
from nhipcau.apps.orgs.models import AllotmentRule, Fate, Restructuring, StepUnit
from nhipcau.apps.orgs.restructuring.faults import faults
from nhipcau.apps.orgs.restructuring.items import (
    Decisions,
    Item,
    decisions_of,
    facts_of,
    items_of,
    needs_choice,
    plans_of,
    words_of,
)
from nhipcau.apps.orgs.restructuring.outline import Outline, Passage, outline_of
from nhipcau.apps.orgs.restructuring.stages import may
from nhipcau.apps.orgs.restructuring.working import CHOSEN, chosen_by
from nhipcau.apps.orgs.views.restructurings import READERS, act_of, seen
from nhipcau.apps.webkit.addresses import typed, whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import fill
from nhipcau.core.text import fold

PER_PAGE = 50
MOST_TICKED = 500
MOST_PLANS = 100
STAY, END, RULES = "stay", "end", "rules"


@dataclass(frozen=True, slots=True)
class Line:
    """One open item in the list. `target` is who gets it, "" while nobody has said."""

    key: str
    label: str | Promise
    text: str
    plan: str
    role: str
    fate: str
    target: str
    by_hand: bool


def _divided(outline: Outline) -> list[Passage]:
    """Bodies whose items somebody must allot, by name."""
    found = [passage for passage in outline.passages.values() if needs_choice(passage)]
    return sorted(found, key=lambda passage: outline.name_of(passage.predecessor))


def _targets(outline: Outline, passage: Passage) -> list[tuple[str, str]]:
    """What the choices are called: the new bodies, staying, ending."""
    found = [(str(target.unit), target.name) for target in passage.targets]
    if not passage.ends:
        found.append((STAY, _("stays with %(name)s") % {"name": outline.name_of(passage.predecessor)}))
    return [*found, (END, _("ends without a successor"))]


def _decided(outline: Outline, value: str) -> tuple[str, StepUnit | None]:
    """The fate and the unit that a choice of the form stands for; ("", None) gives it to the rules."""
    if value in (STAY, END):
        return Fate(value), None
    target = outline.targets.get(whole(value) or 0)
    if target is None:
        return "", None
    units = (unit for step in outline.steps for unit in step.units.all())
    return Fate.GIVE, next(unit for unit in units if unit.pk == target.unit)


@for_roles(*READERS)
@require_GET
def allotment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, act_of(request, pk))


def _page(
    request: HttpRequest, act: Restructuring, form: RuleForm | None = None, refused: str = ""
) -> HttpResponse:
    user = user_of(request)
    outline = outline_of(act)
    divided = _divided(outline) if not faults(outline) else []
    chosen = whole(typed(request, "body"))
    passage = next((each for each in divided if each.predecessor == chosen), divided[0] if divided else None)
    context: dict[str, Any] = {
        "act": act,
        "refused": refused,
        "bodies": [(each.predecessor, outline.name_of(each.predecessor)) for each in divided],
        "may_edit": can(user, "edit", act) and may(act, "edit"),
        "heading": _("Nothing has to be allotted"),
    }
    if passage is not None:
        context |= _of_body(request, outline, passage, form)
    status = 422 if refused or (form is not None and form.errors) else 200
    return render(request, "orgs/restructuring/allotment.html", context, status=status)


def _pairs(
    outline: Outline, passage: Passage, decisions: Decisions | None = None
) -> list[tuple[Carried, Item]]:
    """Every open item of the body that somebody may allot."""
    decisions = decisions or decisions_of(outline)
    return [
        (carried, item)
        for carried in declared(*CHOSEN)
        if chosen_by(carried)
        for item in items_of(outline, carried, decisions, {passage.predecessor})
    ]


def _of_body(
    request: HttpRequest, outline: Outline, passage: Passage, form: RuleForm | None
) -> dict[str, Any]:
    decisions = decisions_of(outline)
    pairs = _pairs(outline, passage, decisions)
    left = sum(not item.fate for _carried, item in pairs)
    shown = _filtered(request, pairs)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    targets = _targets(outline, passage)
    heading = ngettext(
        "%(n)s open item of %(body)s is not allotted yet",
        "%(n)s open items of %(body)s are not allotted yet",
        left,
    )
    return {
        "heading": fill(heading, n=format_number(left), body=outline.name_of(passage.predecessor)),
        "body": passage.predecessor,
        "left": left,
        "total": len(pairs),
        "page_obj": page,
        "lines": _lines(outline, list(page.object_list)),
        "targets": targets,
        "rules": _rules(outline, decisions.rules.get(passage.predecessor, []), _plans(pairs)),
        "rule_form": form or RuleForm(_asked(pairs), targets),
        "relations": sorted({(carried.key, str(carried.label)) for carried, _item in pairs}),
        "shown": {name: typed(request, name, 100) for name in ("q", "kind", "state")},
        "filtered": any(typed(request, name) for name in ("q", "kind", "state")),
    }


def _asked(pairs: list[tuple[Carried, Item]]) -> list[Any]:
    """By what a rule may choose: words, what an item is, its role, its plan, or all that is left."""
    by = AllotmentRule.By
    relations = sorted({(carried.key, str(carried.label)) for carried, _item in pairs})
    roles: dict[str, str] = {}
    for facets in {carried.key: carried.facets for carried, _item in pairs}.values():
        roles |= {value: str(name) for value, name in facets.role_names.items()}
    plans = sorted(_plans(pairs).items(), key=lambda pair: pair[1])
    groups = ((by.RELATION, relations), (by.ROLE, sorted(roles.items())), (by.PLAN, plans))
    found: list[Any] = [(by.WORDS.value, by.WORDS.label)]
    found += [
        (kind.label, [(f"{kind.value}:{value}", name) for value, name in choices])
        for kind, choices in groups
        if choices
    ]
    return [*found, (by.REST.value, by.REST.label)]


def _plans(pairs: list[tuple[Carried, Item]]) -> dict[str, str]:
    """Plans of the items by id; the most there are to choose from is MOST_PLANS."""
    found: dict[str, str] = {}
    for carried, rows in _by_relation(pairs):
        found |= plans_of(carried, rows, MOST_PLANS)
    return found


def _filtered(request: HttpRequest, pairs: list[tuple[Carried, Item]]) -> list[tuple[Carried, Item]]:
    kind, state, words = (
        typed(request, "kind"),
        typed(request, "state"),
        fold(typed(request, "q", 100)).split(),
    )
    if kind:
        pairs = [pair for pair in pairs if pair[0].key == kind]
    if state == "left":
        pairs = [pair for pair in pairs if not pair[1].fate]
    elif state == "hand":
        pairs = [pair for pair in pairs if pair[1].by_hand]
    if words:
        texts = {
            (carried.key, row): text
            for carried, rows in _by_relation(pairs)
            for row, text in words_of(carried, rows)
        }
        pairs = [
            (carried, item)
            for carried, item in pairs
            if all(word in texts.get((carried.key, item.row), "") for word in words)
        ]
    # What nobody has decided about comes first.
    return sorted(pairs, key=lambda pair: bool(pair[1].fate))


def _by_relation(pairs: list[tuple[Carried, Item]]) -> list[tuple[Carried, list[Any]]]:
    found: dict[str, tuple[Carried, list[Any]]] = {}
    for carried, item in pairs:
        found.setdefault(carried.key, (carried, []))[1].append(item.row)
    return list(found.values())


def _lines(outline: Outline, pairs: list[tuple[Carried, Item]]) -> list[Line]:
    """The items of one page with their words; one query a relation."""
    facts = {
        (carried.key, row): fact
        for carried, rows in _by_relation(pairs)
        for row, fact in facts_of(carried, rows).items()
    }
    return [_line(outline, carried, item, facts.get((carried.key, item.row), {})) for carried, item in pairs]


def _line(outline: Outline, carried: Carried, item: Item, fact: dict[str, Any]) -> Line:
    target = outline.name_of(item.owner) if item.fate in (Fate.GIVE, Fate.STAY) else ""
    role = fact.get("role") or ""
    return Line(
        f"{carried.key}:{item.row}",
        carried.label,
        str(fact.get("text") or ""),
        str(fact.get("plan") or ""),
        str(carried.facets.role_names.get(role, role)),
        item.fate,
        target,
        item.by_hand,
    )


def _rules(outline: Outline, rules: list[AllotmentRule], plans: dict[str, str]) -> list[dict[str, Any]]:
    """As the page says them; `users` tells words of users from ours."""
    by = AllotmentRule.By
    roles: dict[str, str | Promise] = {}
    for carried in declared(*CHOSEN):
        roles |= carried.facets.role_names
    found = []
    for rule in rules:
        value: str | Promise = rule.value
        carried_by = relation(rule.value) if rule.by == by.RELATION else None
        if carried_by is not None:
            value = carried_by.label
        elif rule.by == by.ROLE:
            value = roles.get(rule.value, rule.value)
        elif rule.by == by.PLAN:
            value = plans.get(rule.value, rule.value)
        target = outline.targets.get(rule.unit_id or 0)
        users = rule.by in (by.WORDS, by.PLAN)
        found.append({"rule": rule, "value": value, "users": users, "target": target})
    return found


def _back(pk: int, body: int) -> HttpResponse:
    response = redirect("orgs:allotment", pk)
    response["Location"] += f"?body={body}"
    return response


@for_roles(*READERS)
@require_POST
def rule_new(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    outline = outline_of(act)
    passage = outline.passages.get(body)
    if passage is None:
        return redirect("orgs:allotment", pk)
    form = RuleForm(_asked(_pairs(outline, passage)), _targets(outline, passage), posted(request))
    if not form.is_valid():
        return _page(request, act, form)
    data = form.cleaned_data
    fate, unit = _decided(outline, data["target"])
    try:
        add_allotment_rule(
            act,
            body,
            data["by"],
            fate=fate,
            value=data["value"],
            unit=unit,
            actor=user,
            revision=seen(request),
        )
    except Refused as refused:
        return _page(request, act, refused=str(refused.why))
    return _back(pk, body)


@for_roles(*READERS)
@require_POST
def rule_remove(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    rule = get_object_or_404(act.rules, pk=rule_pk)
    try:
        remove_allotment_rule(act, rule, actor=user, revision=seen(request))
    except Refused as refused:
        return _page(request, act, refused=str(refused.why))
    return _back(pk, rule.organisation_id)


@for_roles(*READERS)
@require_POST
def items_allot(request: HttpRequest, pk: int, body: int) -> HttpResponse:
    """What was ticked goes to one of the targets, or back to the rules."""
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    outline = outline_of(act)
    if body not in outline.passages:
        return redirect("orgs:allotment", pk)
    ticked = [_ticked(value) for value in request.POST.getlist("item")[:MOST_TICKED]]
    items = [each for each in ticked if each is not None]
    value = request.POST.get("target", "")
    fate, unit = _decided(outline, value)
    if not items or (not fate and value != RULES):
        return _page(request, act, refused=_("Tick the items, then choose who gets them."))
    try:
        count = allot_items(act, items, fate, unit=unit, actor=user, revision=seen(request))
    except Refused as refused:
        return _page(request, act, refused=str(refused.why))
    if count:
        said = ngettext("%(n)s item is allotted.", "%(n)s items are allotted.", count)
        messages.success(request, said % {"n": format_number(count)})
    return _back(pk, body)


def _ticked(value: str) -> tuple[str, str] | None:
    """Relation and row of a box; None for what is no box of ours."""
    key, _colon, row = value.rpartition(":")
    carried = relation(key)
    known = carried is not None and chosen_by(carried)
    return (key, row[:40]) if known and row.replace("-", "").isalnum() else None
