"""What a coordinator states of a period, and of a unit in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.orgs.forms.whom import WhomForm, names_field
from nhipcau.apps.plans.dates import Reckoning, reckoning
from nhipcau.apps.plans.forms.due_words import NotADueDate, day_words
from nhipcau.apps.reporting.actions.create_period import Facts
from nhipcau.apps.reporting.models import FormVersion, Period
from nhipcau.apps.reporting.naming import has_number, proposed_title
from nhipcau.apps.reporting.timing import BY_DECREE, late_end, read_due, window_for
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect, capitalised
from nhipcau.core.workdays import Window

Kind = Period.Kind
OPENS_BEFORE = timedelta(days=30)
# Ad hoc requests have a page of their own.
BY_HAND = tuple(choice for choice in capitalised(Kind.choices) if choice[0] != Kind.ADHOC)


if TYPE_CHECKING:
    _VersionChoice = forms.ModelChoiceField[FormVersion]
else:
    _VersionChoice = forms.ModelChoiceField


class VersionField(_VersionChoice):
    """A form's version, called as its form."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.form.title)


class WhichForm(forms.Form):
    """Of which form and which months: everything else is proposed from it."""

    form = VersionField(
        label=pgettext_lazy("report", "Form"),
        queryset=FormVersion.objects.none(),
        widget=NamesSelect,
        empty_label=None,
    )
    kind = forms.ChoiceField(label=_("Kind of period"), choices=BY_HAND)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    number = forms.IntegerField(
        label=_("Which of the year"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=_("Quarter 1 to 4, half 1 or 2, month 1 to 12."),
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = versions_in_use(user)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["number"] = data.get("number") or 1
        if data.get("kind") and not has_number(data["kind"], data["number"]):
            self.add_error("number", _("A year has no such period: quarters are 1 to 4, halves 1 or 2."))
        return data


def versions_in_use(user: object) -> Any:
    rows = FormVersion.objects.visible_to(user).filter(state="in_use", form__one_off=False)
    return rows.select_related("form").order_by("form__title_fold")


def proposals(kind: str, year: int, number: int) -> dict[str, Any]:
    """What a period most likely is: the window of the decree, due on its last day, open a month before."""
    window = window_for(kind, year, number)
    due = window.last if kind in BY_DECREE else date(year, 12, 31)
    opens = max(due - OPENS_BEFORE, timezone.localdate()) if due > timezone.localdate() else due
    return {
        "title": proposed_title(kind, year, number),
        "window_by": Period.Window.DECREE if kind in BY_DECREE else Period.Window.STATED,
        "window_first": window.first,
        "window_last": window.last,
        "due": day_words(due.day, due.month, due.year),
        "opens_on": opens,
    }


class PeriodForm(WhichForm):
    title = forms.CharField(label=_("Title of the period"), max_length=300)
    window_by = forms.ChoiceField(
        label=_("Figures are counted"),
        choices=capitalised(Period.Window.choices),
        help_text=_(
            "By the decree: a month from the 15th before to the 14th, a year from 15/12 to 14/12. "
            "The first and last day below hold in the other cases, and are printed on the report."
        ),
    )
    window_first = DayField(label=_("Figures from"), required=False)
    window_last = DayField(label=_("Figures until"), required=False)
    opens_on = DayField(label=_("Opens on"), help_text=_("It opens by itself on this day."))
    due = forms.CharField(
        label=_("Due"),
        max_length=200,
        help_text=_("As the document says it, or as a day."),
    )
    late_days = forms.IntegerField(
        label=_("Late reports are taken for so many days"),
        min_value=0,
        max_value=400,
        required=False,
        help_text=_("Empty: until the period is locked or closed."),
    )
    by_parent = forms.BooleanField(
        label=_("A unit that belongs to another unit asked here reports through it"),
        required=False,
        help_text=_("The relatives' associations of a commune, for example: the commune reviews first."),
    )
    upward_on = DayField(label=_("The province's own report is due"), required=False)
    upward_to = forms.CharField(label=_("It goes to"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        self._read_due(data)
        self._read_window(data)
        return data

    def _read_due(self, data: dict[str, Any]) -> None:
        by: Reckoning = reckoning()
        try:
            data["found_due"] = read_due(data["due"], data["year"], by)
        except NotADueDate:
            self.add_error("due", _("Write one day: 30/11, trước ngày 30/11, 05/6/2027."))

    def _read_window(self, data: dict[str, Any]) -> None:
        if data["window_by"] == Period.Window.DECREE:
            if data["kind"] not in BY_DECREE:
                self.add_error("window_by", _("The decree sets no months for this kind: state the days."))
                return
            data["window"] = window_for(data["kind"], data["year"], data["number"])
            return
        for name in ("window_first", "window_last"):
            if not data.get(name):
                self.add_error(name, _("Write the day."))
        if not self.errors and data["window_first"] > data["window_last"]:
            self.add_error("window_last", _("The last day lies before the first one."))
        if not self.errors:
            data["window"] = Window(data["window_first"], data["window_last"])

    def facts(self) -> Facts:
        """Of a valid form."""
        data = self.cleaned_data
        return Facts(
            version=data["form"],
            kind=data["kind"],
            year=data["year"],
            number=data["number"],
            title=data["title"],
            window=data["window"],
            window_by=data["window_by"],
            due=data["found_due"],
            opens_on=data["opens_on"],
            late_until=late_end(data["found_due"], data["late_days"]),
            upward_on=data["upward_on"],
            upward_to=data["upward_to"],
            by_parent=data["by_parent"],
        )


class EditPeriodForm(PeriodForm):
    reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=300,
        required=False,
        help_text=_("Needed once it is open: the units are told."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, period: Period, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        field = self.fields["form"]
        assert isinstance(field, forms.ModelChoiceField)
        own = FormVersion.objects.filter(pk=period.form_version_id)
        field.queryset = (versions_in_use(user) | own.select_related("form")).distinct()
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = capitalised(Kind.choices)


def initial_of(period: Period) -> dict[str, Any]:
    """A period as its form shows it."""
    late = None
    if period.late_until is not None:
        late = (timezone.localtime(period.late_until).date() - period.due_on).days
    stated = period.due_stated_on
    return {
        "form": period.form_version_id,
        "kind": period.kind,
        "year": period.year,
        "number": period.number,
        "title": period.title,
        "window_by": period.window_by,
        "window_first": period.window_first,
        "window_last": period.window_last,
        "opens_on": period.opens_on,
        "due": period.due_phrase or day_words(stated.day, stated.month, stated.year),
        "late_days": late,
        "by_parent": period.by_parent,
        "upward_on": period.upward_on,
        "upward_to": period.upward_to,
        "revision": period.revision,
    }


class UnitsForm(WhomForm):
    named = "units"
    nobody = _("Choose a group, or name at least one unit.")

    units = names_field(_("Units"))

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["sets"].help_text = _("Members are taken as they are on the day the period opens.")


class AddUnitsForm(UnitsForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed once the period is open.")
    )


class AllowForm(forms.Form):
    until = DayField(label=_("May send until the end of"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class ThroughForm(forms.Form):
    through = forms.CharField(
        label=_("Reviewed first by"),
        required=False,
        max_length=200,
        help_text=_("Empty: it goes to the province at once."),
        widget=forms.TextInput(attrs={"list": "orgs", "autocomplete": "off"}),
    )


def no_such_unit(names: list[str]) -> str:
    """What to say of names that fit nobody."""
    words = _gettext("Nobody is known by this name, or several are: %(names)s. Take the name from the list.")
    return words % {"names": "; ".join(names)}
