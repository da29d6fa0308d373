"""The filter of the list of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.models import Document, Outcome, Role, Status
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

SOON = 30
MOST_PLANS = 200
SELECTED, USER_TEXT = mark_safe(" selected"), mark_safe(" data-user-text")
DONE = (Outcome.DONE_IN_TIME, Outcome.DONE_LATE)
OPEN = (Outcome.OPEN_IN_TIME, Outcome.OPEN_OVERDUE)
STATES = (
    ("", _("All")),
    ("open", pgettext_lazy("filter", "open")),
    ("done", pgettext_lazy("filter", "done")),
    *((str(value), label) for value, label in Outcome.choices),
)


class TaskFilter(forms.Form):
    """`agency` is offered to those who oversee several; `state` narrows to open, done or one of the four
    outcomes.
    """

    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    agency = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=NamesSelect)
    role = forms.ChoiceField(required=False, choices=[("", _("All")), *Role.choices])
    plan = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=NamesSelect)
    status = forms.ChoiceField(required=False, choices=STATES)
    due_from = DayField(required=False)
    due_to = DayField(required=False)

    def __init__(self, data: Mapping[str, Any], user: object, today: date, *, own: frozenset[int]) -> None:
        super().__init__(data)
        self.own, self.today = own, today
        plan = self.fields["plan"]
        assert isinstance(plan, forms.TypedChoiceField)
        plan.choices = [("", _("All")), *_plans(user, str(data.get("plan", "")))]
        if own:
            del self.fields["agency"]
        else:
            agency = self.fields["agency"]
            assert isinstance(agency, forms.TypedChoiceField)
            agency.choices = [("", _("All")), *_agencies(user, today)]
        self.full_clean()

    def _select(self, name: str) -> SafeString:
        """A long select, written at once: a template an option would cost more than the page's queries."""
        bound = self[name]
        value = "" if bound.value() is None else str(bound.value())
        options = format_html_join(
            "",
            '<option value="{}"{}{}>{}</option>',
            (
                (key, SELECTED if str(key) == value else "", USER_TEXT if key else "", label)
                for key, label in getattr(self.fields[name], "choices", ())
            ),
        )
        return format_html(
            '<select class="form-select" name="{}" id="id_{}">{}</select>', name, name, options
        )

    @property
    def plan_select(self) -> SafeString:
        return self._select("plan")

    @property
    def agency_select(self) -> SafeString:
        return self._select("agency")

    @property
    def chosen(self) -> dict[str, Any]:
        """What was understood; empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def organisations(self) -> frozenset[int] | None:
        """Whose parts of the tasks are looked at: the user's own, the chosen agency's, or everybody's
        (None).
        """
        agency = self.chosen.get("agency")
        return self.own or (frozenset({agency}) if agency else None)

    @property
    def picks(self) -> bool:
        """Whether state or date leave some of the narrowed tasks out."""
        return bool({"status", "due_from", "due_to"} & set(self.chosen))

    def narrow(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """By words, agency, role and plan: what the bar of outcomes counts."""
        chosen, found = self.chosen, tasks
        if "q" in chosen:
            found = found.matching(chosen["q"])
        if "plan" in chosen:
            found = found.filter(document=chosen["plan"])
        role = chosen.get("role", "")
        if self.organisations is not None and (role or not self.own):
            return found.of(self.organisations, role)
        return found.with_role(role) if role else found

    def pick(self, tasks: TaskQuerySet) -> TaskQuerySet:
        """By state and due date: what the list shows."""
        chosen = self.chosen
        found = tasks.due_between(chosen.get("due_from"), chosen.get("due_to"))
        status = chosen.get("status", "")
        if status not in {"done", "open"}:
            return found.with_outcome(status, self.today, self.organisations) if status else found
        if self.organisations is None:
            done = found.filter(status=Status.DONE)
            return done if status == "done" else found.exclude(status=Status.DONE)
        both = DONE if status == "done" else OPEN
        first, second = (found.with_outcome(each, self.today, self.organisations) for each in both)
        return first | second

    def soon(self) -> dict[str, str]:
        """The filter "due in the next 30 days" as the address has it."""
        last = self.today + timedelta(days=SOON)
        return {"status": "open", "due_from": f"{self.today:%d/%m/%Y}", "due_to": f"{last:%d/%m/%Y}"}


def _plans(user: object, chosen: str) -> list[tuple[int, str]]:
    """The newest ones, and the chosen one however old."""
    rows = Document.objects.visible_to(user).filter(state=Document.State.APPROVED)
    newest = rows.order_by("-issued_on", "-pk").values("pk")[:MOST_PLANS]
    wanted = Q(pk__in=newest) | Q(pk=whole(chosen) or 0)
    rows = rows.filter(wanted).order_by("-issued_on", "-pk")
    return [
        (pk, f"{number} {title}"[:60] if number else title[:60])
        for pk, number, title in rows.values_list("pk", "number", "title")
    ]


def _agencies(user: object, today: date) -> list[tuple[int, str]]:
    rows = OrganisationVersion.objects.visible_to(user).filter(valid__contains=today)
    return list(rows.order_by("name_sort", "pk").values_list("organisation_id", "name"))
