"""When reminders come by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nhipcau.apps.notices.digest import reminder_days
from nhipcau.apps.notices.models import DigestChoice
from nhipcau.apps.webkit.formats import format_number

EVERY_DAY = tuple(range(7))


def day_words(offset: int) -> str:
    """ "7 days before", "the day itself", "1 day after"."""
    count = abs(offset)
    if offset < 0:
        words = ngettext("%(n)s day before it is due", "%(n)s days before it is due", count)
    elif offset:
        words = ngettext("%(n)s day after it was due", "%(n)s days after it was due", count)
    else:
        words = str(_("on the day it is due"))
    return words % {"n": format_number(count)} if count else words


class DigestForm(forms.Form):
    by_mail = forms.BooleanField(label=_("Send me one mail a day when there is something"), required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Remind me of a task"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days of the week"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(day, WEEKDAYS[day]) for day in EVERY_DAY],
    )

    def __init__(self, data: Any, *, chosen: DigestChoice | None) -> None:
        known = reminder_days()
        first = {"by_mail": True, "days": list(known), "weekdays": list(EVERY_DAY)}
        if chosen is not None:
            first = {"by_mail": chosen.by_mail, "days": chosen.days, "weekdays": chosen.weekdays}
        super().__init__(data, initial=first)
        field = self.fields["days"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(offset, day_words(offset)) for offset in known]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("by_mail") and "weekdays" in data and not data["weekdays"]:
            self.add_error("weekdays", _("Choose at least one day of the week, or no mails at all."))
        return data
