"""The filter of the list of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions
from nhipcau.apps.orgs.kept import working_units
from nhipcau.apps.plans.awaiting import VIEWS, question
from nhipcau.apps.plans.kept import plan_name, plans_to_choose
from nhipcau.apps.plans.models import Document, Outcome, Role, Status
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.controls import Options
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

SOON = 30
DONE = (Outcome.DONE_IN_TIME, Outcome.DONE_LATE)
OPEN = (Outcome.OPEN_IN_TIME, Outcome.OPEN_OVERDUE)
STATES = (
    ("", _("All")),
    ("open", pgettext_lazy("filter", "open")),
    ("done", pgettext_lazy("filter", "done")),
    *((str(value), label) for value, label in Outcome.choices),
    ("missed", pgettext_lazy("filter", "work left of earlier periods")),
    ("reported", _("reported, to be accepted")),
    ("returned", _("returned")),
    ("stuck", _("stuck")),
    ("beyond", _("waits for a decision from above")),
    ("extension", _("asked for more time")),
    ("to_receive", _("to receive")),
    ("to_assign", _("to assign")),
    ("to_approve", _("to approve")),
    ("mine", _("given to me")),
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
    # What was overdue when a day ended: where the table of months leads.
    late_on = DayField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any],
        user: object,
        today: date,
        *,
        own: frozenset[int],
        seen: Editions | None = None,
    ) -> None:
        super().__init__(data)
        self.own, self.today, self.user, self.seen = own, today, user, seen
        plan = self.fields["plan"]
        assert isinstance(plan, forms.TypedChoiceField)
        plan.choices = lambda: [("", _("All")), *self.plans.pairs]
        if own:
            del self.fields["agency"]
        else:
            agency = self.fields["agency"]
            assert isinstance(agency, forms.TypedChoiceField)
            agency.choices = lambda: [("", _("All")), *self.agencies.pairs]
        self.full_clean()

    @cached_property
    def agencies(self) -> Options:
        return working_units(self.user, self.today, self.seen)

    @cached_property
    def plans(self) -> Options:
        """The newest ones, and the chosen one however old."""
        offered, chosen = plans_to_choose(self.user, self.seen), whole(str(self.data.get("plan", ""))) or 0
        if not chosen or any(pk == chosen for pk, _name in offered.pairs):
            return offered
        rows = Document.objects.visible_to(self.user).filter(state=Document.State.APPROVED, pk=chosen)
        older = [(pk, plan_name(*words)) for pk, *words in rows.values_list("pk", "number", "title")]
        return Options.of([*offered.pairs, *older])

    @property
    def plan_select(self) -> SafeString:
        return self.plans.select("plan", self["plan"].value())

    @property
    def agency_select(self) -> SafeString:
        return self.agencies.select("agency", self["agency"].value())

    @cached_property
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
        return bool({"status", "due_from", "due_to", "late_on"} & set(self.chosen))

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
        if "late_on" in chosen:
            found = found.overdue_at(chosen["late_on"], self.organisations)
        status = chosen.get("status", "")
        if status == "missed":
            return found.with_missed(self.organisations)
        if status in VIEWS and isinstance(self.user, User):
            return found.with_part(question(status, self.user), self.organisations)
        if status not in {"done", "open"}:
            return found.with_outcome(status, self.today, self.organisations) if status else found
        if self.organisations is None:
            done = found.filter(status=Status.ACCEPTED)
            return done if status == "done" else found.exclude(status=Status.ACCEPTED)
        both = DONE if status == "done" else OPEN
        first, second = (found.with_outcome(each, self.today, self.organisations) for each in both)
        return first | second

    def soon(self) -> dict[str, str]:
        """The filter "due in the next 30 days" as the address has it."""
        last = self.today + timedelta(days=SOON)
        return {"status": "open", "due_from": f"{self.today:%d/%m/%Y}", "due_to": f"{last:%d/%m/%Y}"}
