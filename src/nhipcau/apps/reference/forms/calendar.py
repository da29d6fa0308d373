"""A decision on holidays or swapped days."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.reference.actions import Days
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.markup import fill_lazy

MOST_DAYS = 60


class DaysField(forms.CharField):
    """Days one after the other, "02/01/2026; 10/01/2026"; gives them in order."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[date]:
        words = [word for word in re.split(r"[;,\s]+", super().clean(value) or "") if word]
        if len(words) > MOST_DAYS:
            raise forms.ValidationError(_("At most %(n)s days at once.") % {"n": MOST_DAYS})
        one = DayField()
        days = []
        for word in words:
            try:
                days.append(one.clean(word))
            except forms.ValidationError:
                said = _("“%(word)s” is no day. Write days as 31/12/2027; separate them by semicolons.")
                raise forms.ValidationError(said % {"word": word}) from None
        return sorted(day for day in days if day is not None)


class DecisionForm(forms.Form):
    title = forms.CharField(
        label=_("What is decided"),
        max_length=200,
        help_text=fill_lazy(
            _("For example: %(example)s."), example="Hoán đổi ngày làm việc dịp Quốc khánh năm 2027"
        ),
    )
    document = forms.CharField(label=_("Number of the decision"), max_length=60)
    issuer = forms.CharField(label=_("Who decided"), max_length=200)
    decided_on = DayField(label=_("Decided on"))
    off = DaysField(
        label=_("Days off"), help_text=_("Working days that become days off; separated by semicolons.")
    )
    working = DaysField(
        label=_("Days that are worked instead"), help_text=_("Saturdays or Sundays that are worked.")
    )
    ordinary = DaysField(
        label=_("Days that are as in any week again"),
        help_text=_("Only where an earlier decision is taken back or a holiday does not apply."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        named = [name for name in ("off", "working", "ordinary") if data.get(name)]
        if not named and not self.errors:
            self.add_error("off", _("Name at least one day."))
        return data

    def days(self) -> Days:
        data = self.cleaned_data
        return Days(off=data["off"], working=data["working"], ordinary=data["ordinary"])
