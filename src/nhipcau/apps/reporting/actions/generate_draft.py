"""A first draft: sentences with figures, the results of who leads each task, difficulties by addressee.

What somebody wrote or changed stays as it is; only paragraphs that nobody has touched are made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Role, Task
from nhipcau.apps.reporting.addressees import addressee_key, addressee_label, directory_of_addressees
from nhipcau.apps.reporting.composing import GAP, Composing, add_sources, composing
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.figures import IndicatorTotal, Totals
from nhipcau.apps.reporting.gathering import Gathered, gathered, groups_of, handled
from nhipcau.apps.reporting.models import Consolidation, Paragraph, Passage, Section
from nhipcau.apps.reporting.tokens import codes_in
from nhipcau.apps.reporting.totals import totals_of

Kind = Section.Kind
# (text, addressee, an item of a list, passages)
Made = tuple[str, str, bool, Sequence[int]]


def generate_draft(draft: Consolidation, *, actor: User, section: Section | None = None) -> int:
    """Of one section, or of all; the number of paragraphs that were made."""
    period = draft.period
    sections = list(Section.objects.filter(version=period.form_version_id).order_by("position", "pk"))
    wanted = [each for each in sections if section is None or each.pk == section.pk]
    totals = totals_of(period)
    passages = [
        each for each in gathered(totals.units, sections) if each.place.section in {one.pk for one in wanted}
    ]
    places = _places(draft, wanted, passages)
    with composing(draft, "generate_draft", actor=actor, places=places) as change:
        _clear(change.draft, wanted)
        left = _left(change.draft, passages)
        texts = dict(Passage.objects.filter(pk__in=[each.pk for each in left]).values_list("pk", "text"))
        made = 0
        with translation.override("vi"):
            for each in wanted:
                mine = [one for one in left if one.place.section == each.pk]
                for place, rows in _of_section(change.draft, each, mine, texts, totals).items():
                    made += _write(change, place, rows, texts)
        change.entry.data["made"] = made
    return made


def _places(draft: Consolidation, sections: Iterable[Section], passages: Iterable[Gathered]) -> list[Place]:
    found = [Place(section.pk) for section in sections]
    rows = Paragraph.objects.filter(consolidation=draft, section__in=[place.section for place in found])
    found += [Place(section, task) for section, task in rows.values_list("section_id", "task_id")]
    return list(dict.fromkeys([*found, *(each.place for each in passages)]))


def _clear(draft: Consolidation, sections: Iterable[Section]) -> None:
    Paragraph.objects.filter(consolidation=draft, section__in=list(sections), generated=True).delete()


def _left(draft: Consolidation, passages: Iterable[Gathered]) -> list[Gathered]:
    known = handled(draft)
    return [each for each in passages if known.open(each.pk)]


def _of_section(
    draft: Consolidation,
    section: Section,
    passages: Sequence[Gathered],
    texts: dict[int, str],
    totals: Totals,
) -> dict[Place, list[Made]]:
    place = Place(section.pk)
    if section.kind == Kind.INDICATORS:
        return {place: _figures(draft, section, totals)}
    if section.kind == Kind.NARRATIVE:
        return {place: _repeated(passages, texts)}
    if section.kind == Kind.DIFFICULTIES:
        return {place: _difficulties(passages, texts)}
    return _results(passages, texts, totals) if section.kind == Kind.TASKS else {}


def _figures(draft: Consolidation, section: Section, totals: Totals) -> list[Made]:
    """A sentence for each indicator that somebody answered and that no paragraph names."""
    rows = Paragraph.objects.filter(consolidation=draft, section=section)
    named = {code for text in rows.values_list("text", flat=True) for code in codes_in(text)}
    return [
        (_sentence(each), "", True, ())
        for each in totals.indicators
        if each.section == section.pk and each.total.value is not None and each.code not in named
    ]


def _sentence(total: IndicatorTotal) -> str:
    """ "Kiều hối toàn tỉnh: 120 triệu đồng (115 trên 146 đơn vị báo cáo)"."""
    unit = "" if total.kind == "percent" else f" {total.unit}"
    value, code = f"[[{total.code}]]{unit}", total.code
    words = _("%(name)s, whole province: %(value)s (%(answered)s)") % {
        "name": total.name,
        "value": value,
        "answered": f"[[{code}|n]]",
    }
    if total.before is not None and total.before.comparable:
        words += _("; the period before: %(value)s") % {"value": f"[[{code}|before]]{unit}"}
    if total.target is not None:
        words += _("; target for %(year)s: %(value)s") % {
            "year": total.target.year,
            "value": f"[[{code}|target]]{unit}",
        }
    return f"{words}."


def _repeated(passages: Sequence[Gathered], texts: dict[int, str]) -> list[Made]:
    """What several units wrote alike, once; what one unit wrote is for the coordinator to choose from."""
    found: list[Made] = []
    for group in groups_of(passages):
        members = [passages[at] for at in group.same]
        if len({each.unit for each in members}) > 1:
            found.append((texts[members[0].pk].strip(), "", False, [each.pk for each in members]))
    return found


def _difficulties(passages: Sequence[Gathered], texts: dict[int, str]) -> list[Made]:
    """All, by addressee in the order in which they come, the same ones once."""
    known = directory_of_addressees()
    by_body: dict[str, list[Gathered]] = defaultdict(list)
    labels: dict[str, str] = {}
    for each in passages:
        key = addressee_key(each.addressee, known) if each.addressee else ""
        key = known.known.get(key, key)
        labels.setdefault(key, addressee_label(each.addressee, known) if each.addressee else "")
        by_body[key].append(each)
    found: list[Made] = []
    for key, some in by_body.items():
        for group in groups_of(some):
            members = [some[at].pk for at in group.same]
            found.append((texts[members[0]].strip(), labels[key], True, members))
            # Nearly the same is not the same: each stands for itself.
            found += [(texts[some[at].pk].strip(), labels[key], True, [some[at].pk]) for at in group.near]
    return found


def _results(passages: Sequence[Gathered], texts: dict[int, str], totals: Totals) -> dict[Place, list[Made]]:
    """Of each task what its responsible units report, in the order of the plan; of all where none of them
    reports and they are few.
    """
    by_place: dict[Place, list[Gathered]] = defaultdict(list)
    for each in passages:
        by_place[each.place].append(each)
    tasks = Task.objects.in_bulk([place.task for place in by_place if place.task])
    leading = _leading(tasks)
    names = {unit.pk: unit.name for unit in totals.units}

    def order(place: Place) -> tuple[int, int, int]:
        task = tasks.get(place.task or 0)
        return (task.document_id, task.position, task.pk) if task else (0, 0, 0)

    found: dict[Place, list[Made]] = {}
    for place in sorted(by_place, key=order):
        some = by_place[place]
        lead = [each for each in some if (place.task, each.unit) in leading]
        chosen = lead or (some if len(some) <= FEW else [])
        found[place] = [_result(group_members(chosen, at.same), names, texts) for at in groups_of(chosen)]
    return found


FEW = 3


def group_members(passages: Sequence[Gathered], members: Iterable[int]) -> list[Gathered]:
    return [passages[at] for at in members]


def _result(members: Sequence[Gathered], names: dict[int, str], texts: dict[int, str]) -> Made:
    who = ", ".join(dict.fromkeys(names[each.unit] for each in members))
    return (f"{who}: {texts[members[0].pk].strip()}", "", True, [each.pk for each in members])


def _leading(tasks: Collection[int]) -> set[tuple[int | None, int | None]]:
    rows = Assignment.objects.filter(task__in=tasks, role=Role.RESPONSIBLE, ended_at=None)
    return set(rows.order_by().values_list("task_id", "organisation_id"))


def _write(change: Composing, place: Place, rows: Sequence[Made], texts: dict[int, str]) -> int:
    position = _last(change.draft, place)
    for text, addressee, is_item, passages in rows:
        position += GAP
        paragraph = Paragraph.objects.create(
            consolidation=change.draft,
            section_id=place.section,
            task_id=place.task,
            addressee=addressee,
            position=position,
            text=text,
            is_item=is_item,
            generated=True,
            created_by=change.actor,
            changed_by=change.actor,
        )
        add_sources(paragraph, [(pk, 0, len(texts[pk])) for pk in passages])
        change.touched.add(paragraph.pk)
    return len(rows)


def _last(draft: Consolidation, place: Place) -> int:
    rows = Paragraph.objects.filter(consolidation=draft, section=place.section, task=place.task)
    return rows.order_by("-position").values_list("position", flat=True).first() or 0
