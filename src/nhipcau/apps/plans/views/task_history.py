"""What happened to a task, as sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import actor_of, sentence
from nhipcau.apps.plans.models import Assignment, Extension, Reminder, Status, Task
from nhipcau.apps.webkit.formats import format_date, format_number

MOST = 50
OF_TASK = {
    "plans.enter_task": gettext_lazy("%(who)s entered the task."),
    "plans.open_next_period": gettext_lazy("%(who)s opened period %(number)s, due on %(due_on)s."),
    "plans.report_period_part": gettext_lazy("%(who)s reported the work of an earlier period."),
    "plans.return_period_part": gettext_lazy("%(who)s returned the report of an earlier period: %(reason)s"),
    "plans.settle_period_part": gettext_lazy(
        "%(who)s noted that the work of an earlier period was done on %(done_on)s: %(reason)s"
    ),
    "plans.end_task": gettext_lazy("%(who)s ended the task: %(reason)s"),
    "plans.set_target": gettext_lazy("%(who)s set the target."),
}
OF_DOCUMENT = {"plans.approve_document": gettext_lazy("%(who)s approved the document; the task was given.")}
OF_PART = {
    "plans.send_update": gettext_lazy("%(agency)s said how far it is (%(who)s)."),
    "plans.accept_report": gettext_lazy("%(who)s accepted the report of %(agency)s."),
    "plans.return_report": gettext_lazy("%(who)s returned the report of %(agency)s: %(reason)s"),
    "plans.approve_report": gettext_lazy("%(agency)s reported it done on %(day)s (%(who)s)."),
    "plans.raise_obstacle": gettext_lazy("%(agency)s said what stands in the way (%(who)s)."),
    "plans.escalate_obstacle": gettext_lazy("%(who)s put what holds up %(agency)s before %(body)s."),
    "plans.decide_obstacle": gettext_lazy("%(body)s decided on %(day)s about what holds up %(agency)s."),
    "plans.clear_obstacle": gettext_lazy("What held up %(agency)s is cleared (%(who)s)."),
    "plans.ask_extension": gettext_lazy("%(agency)s asked to put the date off from %(old)s to %(until)s."),
    "plans.decide_extension": gettext_lazy(
        "%(who)s granted %(agency)s more time, from %(old)s to %(until)s: %(reason)s"
    ),
    "plans.note_reminder": gettext_lazy("%(who)s reminded %(agency)s on %(day)s (%(channel)s)."),
}
# What happens inside an agency is read there alone.
INSIDE = {
    "plans.receive_assignment": gettext_lazy("%(who)s received the task for %(agency)s."),
    "plans.assign_specialist": gettext_lazy("%(who)s said who works on it at %(agency)s."),
    "plans.give_back": gettext_lazy("%(who)s gave the report back inside %(agency)s."),
}
WORDS: Mapping[str, Promise] = {**OF_TASK, **OF_DOCUMENT, **OF_PART, **INSIDE}


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """A page of it, newest first; `earlier` is the event (id) before which the next page begins."""

    lines: list[Line]
    earlier: int | None
    later: bool


def history_of(
    task: Task,
    assigned: Sequence[Assignment],
    names: Mapping[int, str],
    own: Collection[int],
    before: int | None = None,
) -> History:
    """What each agency did, and how the task came to be; what came before the event `before`, when given.
    `own` are the reader's agencies, of which she also reads what happened inside. One query.
    """
    rows = {str(row.pk): row for row in assigned}
    hers = [key for key, row in rows.items() if row.organisation_id in own]
    wanted = (
        Q(subject_type="plans.task", subject_id=str(task.pk), verb__in=OF_TASK)
        | Q(subject_type="plans.document", subject_id=str(task.document_id), verb__in=OF_DOCUMENT)
        | Q(subject_type="plans.assignment", subject_id__in=[*rows], verb__in=OF_PART)
        | Q(subject_type="plans.assignment", subject_id__in=hers, verb__in=INSIDE)
    )
    found = Event.objects.filter(wanted, source=Event.Source.ACTION)
    if before is not None:
        found = found.filter(pk__lt=before)
    events = list(found.order_by("-pk")[: MOST + 1])
    lines = []
    for event in events[:MOST]:
        row = rows.get(event.subject_id) if event.subject_type == "plans.assignment" else None
        inside = event.verb == "plans.send_update" and event.facts().get("inside")
        if not inside or event.subject_id in hers:
            lines.append(Line(event.at, _sentence(event, row, names)))
    earlier = events[MOST - 1].pk if len(events) > MOST else None
    return History(lines, earlier, before is not None)


def _sentence(event: Event, row: Assignment | None, names: Mapping[int, str]) -> str:
    if event.erased_under:
        return sentence(event)
    facts = event.facts()
    agency = names.get(row.organisation_id or 0, row.phrase) if row else ""
    values = {"who": actor_of(event), "reason": event.reason, "agency": agency, **_facts(facts)}
    if event.verb == "plans.send_update" and facts.get("inside"):
        return gettext("%(who)s drafted the report of %(agency)s.") % values
    if event.verb == "plans.send_update" and facts.get("new") == Status.REPORTED:
        return _reported(values, int(facts.get("files") or 0))
    if event.verb == "plans.decide_extension" and facts.get("state") == Extension.State.REFUSED:
        return gettext("%(who)s refused %(agency)s more time: %(reason)s") % values
    return str(WORDS[event.verb]) % values


def _reported(values: Mapping[str, str], files: int) -> str:
    if not files:
        return gettext("%(agency)s reported it done on %(day)s (%(who)s).") % values
    words = ngettext(
        "%(agency)s reported it done on %(day)s, with %(n)s file (%(who)s).",
        "%(agency)s reported it done on %(day)s, with %(n)s files (%(who)s).",
        files,
    )
    return words % {**values, "n": format_number(files)}


def _facts(facts: Mapping[str, Any]) -> dict[str, str]:
    """Days, body and channel, as far as the record has them."""
    labels = {value: str(label) for value, label in Reminder.Channel.choices}
    day = facts.get("decided_on") or facts.get("done_on") or facts.get("day")
    return {
        "day": _day(day),
        "due_on": _day(facts.get("due_on")),
        "done_on": _day(facts.get("done_on")),
        "number": str(facts.get("number") or "–"),
        "old": _day(facts.get("old")),
        "until": _day(facts.get("until")),
        "body": str(facts.get("body") or "–"),
        "channel": labels.get(str(facts.get("channel")), "–"),
    }


def _day(value: Any) -> str:
    try:
        return format_date(date.fromisoformat(str(value)))
    except ValueError:
        return "–"
