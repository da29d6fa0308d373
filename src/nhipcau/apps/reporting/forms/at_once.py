"""An ad hoc request: what is asked, of whom, by which hour."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.actions.ask_at_once import MOST_FIGURES, Wanted
from nhipcau.apps.reporting.forms.period import UnitsForm
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesCheckboxes
from nhipcau.core.workdays import VIETNAM

_FIGURE = re.compile(r"^(?P<name>.{2,200}?)\s*\((?P<unit>[^()]{1,40})\)\s*$")
TIMES = ("%H:%M", "%Hh%M", "%Hh", "%Hg%M", "%H giờ", "%H")


if TYPE_CHECKING:
    _DefinitionsChoice = forms.ModelMultipleChoiceField[IndicatorVersion]
else:
    _DefinitionsChoice = forms.ModelMultipleChoiceField


class _Definitions(_DefinitionsChoice):
    """Each with its unit of measure."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.unit})"


class AtOnceForm(UnitsForm):
    request = forms.CharField(
        label=_("What is asked"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4", "autofocus": True}),
    )
    title = forms.CharField(
        label=pgettext_lazy("report", "Title"),
        max_length=160,
        required=False,
        help_text=_("Empty: the first line of the request."),
    )
    text = forms.BooleanField(label=_("An answer in words"), required=False, initial=True)
    figures = forms.CharField(
        label=_("Figures"),
        required=False,
        max_length=6000,
        help_text=_("One a line, its unit of measure in brackets behind it."),
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    library = _Definitions(
        label=_("Figures of the library"),
        queryset=IndicatorVersion.objects.none(),
        required=False,
        widget=NamesCheckboxes,
        help_text=_("They have their definition, and stand beside those of other periods."),
    )
    day = DayField(label=_("Due on"))
    time = forms.TimeField(
        label=_("At"),
        input_formats=TIMES,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric"}),
        help_text=_("16:00, 16h30"),
        error_messages={"invalid": _("Write the time as 16:00.")},
    )
    field_order = ["request", "title", "text", "library", "figures", "day", "time", "sets", "units"]

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        field = self.fields["library"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        rows = IndicatorVersion.objects.visible_to(user).in_use().filter(indicator__ended_at=None)
        field.queryset = rows.select_related("indicator").order_by("indicator__topic", "name", "pk")

    def clean_figures(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["figures"].splitlines():
            words = " ".join(line.split())
            if not words:
                continue
            match = _FIGURE.match(words)
            if match is None:
                unread = _("Write the unit of measure in brackets at the end: %(line)s")
                raise forms.ValidationError(unread, params={"line": words[:60]})
            found.append((match["name"], match["unit"].strip()))
        if len(found) > MOST_FIGURES:
            raise forms.ValidationError(_("At most %(most)s figures."), params={"most": MOST_FIGURES})
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        asked = data.get("text") or data.get("figures") or data.get("library")
        if not self.errors and not asked:
            self.add_error("text", _("Ask for words, for figures, or for both."))
        if not self.errors:
            data["until"] = datetime.combine(data["day"], data["time"], VIETNAM)
            if data["until"] <= timezone.now():
                self.add_error("time", _("This moment is past."))
        return data

    def wanted(self) -> Wanted:
        """Of a valid form."""
        data = self.cleaned_data
        return Wanted(
            data["request"],
            data["until"],
            data["text"],
            data["figures"],
            data["title"],
            list(data["library"]),
        )
