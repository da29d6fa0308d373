"""What the record calls documents, tasks and what belongs to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.subjects import Called, kinds, naming, numbers
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.models import Assignment, Document, Task

SHORT = 90

kinds(
    {
        "plans.agencysteps": _("steps of an agency"),
        "plans.assignment": _("assignment"),
        "plans.citation": _("citation"),
        "plans.comment": _("comment"),
        "plans.consultation": _("consultation"),
        "plans.consultationanswer": _("answer to a consultation"),
        "plans.consultationdraft": _("draft of a consultation"),
        "plans.course": _("training course"),
        "plans.courseparticipants": _("participants of a course"),
        "plans.dissemination": _("dissemination session"),
        "plans.document": _("document"),
        "plans.duedate": _("due date"),
        "plans.estimate": _("estimate"),
        "plans.estimateamount": _("amount of an estimate"),
        "plans.estimateline": _("line of an estimate"),
        "plans.estimateround": _("round of estimates"),
        "plans.evidence": _("evidence"),
        "plans.extension": _("extension"),
        "plans.following": _("following of a task"),
        "plans.inspection": _("inspection"),
        "plans.lateevidence": _("file of a late report"),
        "plans.latereport": _("late report of an earlier period"),
        "plans.inspectionfinding": _("finding of an inspection"),
        "plans.inspectionpaper": _("paper of an inspection"),
        "plans.obstacle": _("obstacle"),
        "plans.ownplan": _("unit's own plan"),
        "plans.ownplanduty": _("order to issue an own plan"),
        "plans.periodpart": _("part in a period"),
        "plans.remark": _("remark"),
        "plans.reminder": _("reminder"),
        "plans.reportingduty": _("reporting duty"),
        "plans.review": _("review of a document or procedure"),
        "plans.roundagency": _("agency of a round of estimates"),
        "plans.task": _("task"),
        "plans.taskperiod": _("period of a task"),
        "plans.taskwording": _("earlier wording of a task"),
        "plans.update": _("update"),
        "plans.verdict": _("verdict on a report"),
        "plans.visitedunit": _("visited unit"),
    }
)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rsplit(" ", 1)[0] + "…"


def _documents(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = Document.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {
        str(pk): Called(_short(f"{number} {title}"), reverse("plans:document", args=[pk]))
        for pk, number, title in rows.values_list("pk", "number", "title")
    }


def _tasks(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = Task.objects.visible_to(user).filter(pk__in=numbers(ids))
    return {
        str(pk): Called(_short(text), reverse("plans:task", args=[pk]))
        for pk, text in rows.values_list("pk", "text")
    }


def _assignments(ids: Collection[str], user: object) -> Mapping[str, Called]:
    rows = Assignment.objects.visible_to(user).filter(pk__in=numbers(ids)).select_related("task")
    found = list(rows.only("organisation_id", "phrase", "task__text"))
    bodies = names({row.organisation_id for row in found if row.organisation_id}, timezone.localdate())
    return {
        str(row.pk): Called(
            f"{bodies.get(row.organisation_id or 0, row.phrase)}: {_short(row.task.text)}",
            reverse("plans:task", args=[row.task_id]),
        )
        for row in found
    }


naming("plans.document", _documents)
naming("plans.task", _tasks)
naming("plans.assignment", _assignments)
