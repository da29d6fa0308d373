"""The due rules of a task, as written and as reckoned."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from nhipcau.apps.plans.models.task import Task
from nhipcau.apps.reference.models import CalendarVersion


class DueDate(models.Model):
    """One due rule of a task: the phrase as written, the rule it was read by, the date it gives.

    `stated_on` is the day by the words, `due_on` the one that counts after the shift rule; both are found
    once, by the calendar version that is named, and a later version moves neither. Of a rule that comes
    again they are those of the open period.
    """

    class Shift(models.TextChoices):
        """As in core.workdays: what happens to a due day that is not worked."""

        NONE = "none", pgettext_lazy("shift", "stays on that day")
        BEFORE = "before", pgettext_lazy("shift", "the last working day before")
        AFTER = "after", pgettext_lazy("shift", "the next working day")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="due_dates")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=12)
    of = models.CharField(max_length=8, default="task")
    bound = models.CharField(max_length=8, default="by")
    phrase = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    stated_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    # The last moment of the day that counts, in Vietnam.
    instant = models.DateTimeField(null=True, blank=True)
    shift = models.CharField(max_length=6, choices=Shift.choices, default=Shift.NONE)
    # Empty where no calendar was loaded: then the week alone was known.
    calendar_version = models.ForeignKey(
        CalendarVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A rule that comes again does so up to this day: the end of the document's period.
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
