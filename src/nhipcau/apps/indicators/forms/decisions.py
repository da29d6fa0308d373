"""Goals, the source of figures, reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.indicators.forms.quantity import FigureField
from nhipcau.apps.indicators.models import Goal
from nhipcau.apps.indicators.registers import named_counts
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect, capitalised

BY_HAND = "by-hand"


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class GoalForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalised(Goal.Kind.choices))
    organisation = forms.TypedChoiceField(
        label=_("Of whom"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=1900,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    period_end = DayField(label=_("End of the period, where it is not the whole year"), required=False)
    value = FigureField(label=_("Value"))
    source = forms.CharField(
        label=_("Where it is written"), max_length=300, help_text=_("The plan or decision that sets it.")
    )

    def __init__(self, *args: Any, organisations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("The whole province")), *organisations]


class CutOverForm(forms.Form):
    named_count = forms.ChoiceField(label=_("From then on the figure is"))
    from_day = DayField(
        label=_("From"),
        help_text=_(
            "A period that begins before this day is typed by hand whole; what is as at one day is drawn "
            "when that day has come."
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, stock: bool, money: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named_count"]
        assert isinstance(field, forms.ChoiceField)
        fitting = [
            (count.name, f"{count.label} ({count.unit})")
            for count in named_counts()
            if count.stock == stock and count.money == money
        ]
        field.choices = [*fitting, (BY_HAND, _("typed by hand"))]

    def clean_named_count(self) -> str:
        chosen = str(self.cleaned_data["named_count"])
        return "" if chosen == BY_HAND else chosen
