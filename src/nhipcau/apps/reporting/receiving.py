"""The instant at which a report is received: under which number, and how its tasks stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.utils import timezone

from nhipcau.apps.reporting.answering import Answers, Text
from nhipcau.apps.reporting.asked import Asked, Kind


def take_number(now: datetime) -> str:
    """The next received number of the year, "TN-2027-00042": an acknowledgement, no number of a document.

    The counter's row stays locked until the transaction ends, and what is rolled back took none: no gaps.
    """
    year = timezone.localtime(now).year
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into reporting_receivedcounter (year, last) values (%s, 1) "
            "on conflict (year) do update set last = reporting_receivedcounter.last + 1 returning last",
            [year],
        )
        (number,) = cursor.fetchone()
    return f"TN-{year}-{number:05d}"


def with_standing(answers: Answers, asked: Asked) -> Answers:
    """Each of the unit's tasks of the period with its status, due and done day as they are now, whether the
    unit wrote about it or not. In the first section of tasks, and wherever else there is a text.
    """
    sections = [each.pk for each in asked.sections if each.kind == Kind.TASKS]
    if not sections:
        return answers
    said = {(each.section, each.task) for each in answers.texts if each.task is not None}
    silent = [Text(sections[0], task=task) for task in asked.tasks if (sections[0], task) not in said]
    texts = [_standing(each, asked) for each in (*answers.texts, *silent)]
    return replace(answers, texts=tuple(texts))


def _standing(text: Text, asked: Asked) -> Text:
    part = asked.tasks.get(text.task) if text.task is not None else None
    if part is None:
        return text
    return replace(text, status=part.status, due_on=part.due_on, done_on=part.done_on)
