"""A half-year period of the synthetic province, three days past its date.

Some have sent in time, some late, some have to send again, some are missing, one asks for more time, one has
nothing to report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle

import pgtrigger
from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import Document
from nhipcau.apps.reporting.actions import (
    ChecksFailed,
    approve_submission,
    ask_deferral,
    begin_draft,
    chase_units,
    note_chase,
    return_submission,
    save_draft,
    send_submission,
)
from nhipcau.apps.reporting.actions.create_period import Facts, Whom, create_period
from nhipcau.apps.reporting.actions.load_forms import load_forms
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.answering import Answers, Figure, Reason, Text, read_answers
from nhipcau.apps.reporting.asked import Asked, Kind, asked_of
from nhipcau.apps.reporting.demo import words
from nhipcau.apps.reporting.models import Form, Obligation, Period, Submission
from nhipcau.apps.reporting.timing import Due
from nhipcau.core.workdays import Window
from nhipcau.core.workdays.deadlines import end_of

FORM = "cong-tac-nguoi-viet-nam-o-nuoc-ngoai"
# What becomes of each unit in turn: the province's units are a few dozen.
FATES = (
    *("in_time", "in_time", "late", "in_time", "approved", "missing", "in_time", "returned", "approved"),
    *("in_time", "missing", "in_time", "nothing", "in_time", "late", "approved", "in_time", "missing"),
    *("in_time", "approved"),
)
DAYS_LATE, SPAN = 3, 182


def load_running(coordinator: User) -> Period | None:
    """None where there is one already, or the form was ended."""
    load_forms(actor=coordinator)
    form = Form.objects.filter(code=FORM, ended_at=None).first()
    if form is None or Period.objects.filter(form_version__form=form).exists():
        return None
    period = _opened(form, coordinator)
    found = list(period.obligations.select_related("period__form_version").order_by("pk"))
    asks = _who_asks(found)
    for obligation, fate, nth in zip(found, cycle(FATES), range(len(found)), strict=False):
        if fate != "missing" and obligation.pk != asks:
            _send(obligation, fate, nth, coordinator)
    _past(period, found)
    _judge(period, coordinator)
    _chase(period, coordinator)
    return period


def _who_asks(found: Sequence[Obligation]) -> int | None:
    """The last unit with an officer of its own: somebody has to ask for more time."""
    today = timezone.localdate()
    staffed = (row.pk for row in reversed(found) if holders(REPORTING, today, [row.organisation_id]))
    return next(staffed, None)


def _opened(form: Form, coordinator: User) -> Period:
    """Due in a week, so that all can be sent; moved into the past afterwards."""
    today = timezone.localdate()
    due_on = today + timedelta(days=7)
    version = form.versions.get(state="in_use")
    cut = today - timedelta(days=DAYS_LATE + 5)
    half = 1 if cut.month <= 6 else 2
    facts = Facts(
        version=version,
        kind=Period.Kind.HALF,
        year=cut.year,
        number=half,
        window=Window(cut - timedelta(days=SPAN), cut),
        window_by=Period.Window.PLAN,
        due=Due("", {}, due_on, due_on, end_of(due_on), None),
        opens_on=today,
        upward_on=today + timedelta(days=5),
        upward_to="Bộ Ngoại giao",
        document=Document.objects.filter(state=Document.State.APPROVED).order_by("pk").first(),
    )
    units = Organisation.objects.working(today).values_list("pk", flat=True)
    leading = set(coordinator.appointments.values_list("organisation", flat=True))
    return open_period(
        create_period(facts, Whom(named=[pk for pk in units if pk not in leading]), actor=coordinator),
        actor=coordinator,
    )


def _send(obligation: Obligation, fate: str, nth: int, coordinator: User) -> None:
    """By the unit's own officer, where it has one; else as it came on paper."""
    today = timezone.localdate()
    officers = holders(REPORTING, today, [obligation.organisation_id])
    actor = officers[0] if officers else coordinator
    asked = asked_of(obligation)
    answers = Answers(nothing=True) if fate == "nothing" else _answers(asked, nth)
    draft = begin_draft(obligation, actor=actor)
    draft = save_draft(draft, answers, revision=draft.revision, actor=actor, asked=asked)
    try:
        sent = send_submission(draft, revision=draft.revision, actor=actor)
    except ChecksFailed as failed:
        reasons = tuple(Reason(each.code, each.place, words.WHY) for each in failed.findings if not each.stop)
        answers = replace(read_answers(draft), reasons=reasons)
        draft = save_draft(draft, answers, revision=draft.revision, actor=actor, asked=asked)
        sent = send_submission(draft, revision=draft.revision, actor=actor)
    heads = [each for each in officers if sent.sent_at is None and each != actor]
    for head in heads[:1]:
        send_submission(sent, revision=sent.revision, actor=head)


def _answers(asked: Asked, nth: int) -> Answers:
    """Of the `nth` unit: another mixture each."""
    texts: list[Text] = []
    for at, section in enumerate(asked.sections):
        pool = words.TEXTS.get(section.key)
        if section.kind == Kind.NARRATIVE and pool:
            texts.append(Text(section.pk, pool[(nth + at) % len(pool)]))
        elif section.kind == Kind.NARRATIVE:
            texts.append(Text(section.pk, nothing=True))
        elif section.kind == Kind.TASKS:
            texts += [Text(section.pk, words.RESULT, task=task) for task in asked.tasks]
            texts += [] if asked.tasks else [Text(section.pk, nothing=True)]
        elif section.kind == Kind.DIFFICULTIES and nth % 4 == 0:
            text, addressee = words.DIFFICULTIES[nth // 4 % len(words.DIFFICULTIES)]
            texts.append(Text(section.pk, text, addressee=addressee))
    figures = [
        Figure(each.pk, amount=Decimal((nth * 7 + at * 3) % 23))
        for at, each in enumerate(asked.figures.values())
        if each.indicator.kind in ("count", "money") and (nth + at) % 9
    ]
    return Answers(tuple(texts), tuple(figures))


def _past(period: Period, found: Sequence[Obligation]) -> None:
    """The date and what was sent move into the past, as if time had gone by."""
    today = timezone.localdate()
    due_on = today - timedelta(days=DAYS_LATE)
    due = end_of(due_on)
    stated: dict[str, date | datetime | str] = {
        "due_on": due_on,
        "due_at": due,
        "due_stated_on": due_on,
        "due_phrase": f"trước ngày {due_on + timedelta(days=1):%d/%m/%Y}",
        "opens_on": due_on - timedelta(days=30),
        "late_until": end_of(today + timedelta(days=12)),
    }
    Period.objects.filter(pk=period.pk).update(**stated)
    period.refresh_from_db()
    with pgtrigger.ignore("reporting.Submission:frozen_when_sent"):
        for nth, (obligation, fate) in enumerate(zip(found, cycle(FATES), strict=False)):
            late = timedelta(hours=9 + nth % 30)
            came = due + late if fate == "late" else due - timedelta(hours=7 + 5 * nth % 160)
            sent = Submission.objects.filter(obligation=obligation, sent_at__isnull=False)
            if sent.update(sent_at=came):
                Obligation.objects.filter(pk=obligation.pk).update(received_at=came)


def _judge(period: Period, coordinator: User) -> None:
    rows = list(period.obligations.order_by("pk"))
    for row, fate in zip(rows, cycle(FATES), strict=False):
        if row.state != Obligation.State.SENT:
            continue
        if fate == "approved":
            approve_submission(row, version=row.version, actor=coordinator)
        elif fate == "returned":
            return_submission(row, reason=words.RETURNED, version=row.version, actor=coordinator)


def _chase(period: Period, coordinator: User) -> None:
    missing = list(period.obligations.missing().order_by("pk"))
    today = timezone.localdate()
    staffed = ((row, holders(REPORTING, today, [row.organisation_id])) for row in missing)
    asks = next(((row, people[0]) for row, people in staffed if people), None)
    if asks is not None:
        ask_deferral(asks[0], today + timedelta(days=6), reason=words.MORE_TIME, actor=asks[1])
    for row in [each for each in missing if asks is None or each != asks[0]][:1]:
        note_chase(row, "telephone", words=words.CALLED, actor=coordinator)
    chase_units(period, actor=coordinator)
