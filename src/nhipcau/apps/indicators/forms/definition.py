"""The definition of an indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.indicators.content import Content, faults_of
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion, Topic
from nhipcau.apps.indicators.splits import dimensions
from nhipcau.apps.webkit.markup import fill_lazy
from nhipcau.apps.webkit.widgets import NamesCheckboxes, NamesSelect, capitalised

LONG = forms.Textarea(attrs={"rows": "4"})


class VersionForm(forms.Form):
    """`indicator` is the one defined (None: a new one); `number` that of the version."""

    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    definition = forms.CharField(
        label=_("What is counted, and what is not"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("Say the day or the period, who counts it, and how somebody named twice is counted."),
    )
    definition_en = forms.CharField(
        label=_("The same in English"), max_length=4000, required=False, widget=LONG
    )
    unit = forms.CharField(
        label=pgettext_lazy("measure", "Unit"),
        max_length=40,
        help_text=fill_lazy(_("For example: %(example)s."), example="người, dự án, triệu đồng"),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalised(IndicatorVersion.Kind.choices))
    decimals = forms.IntegerField(
        label=_("Decimals"),
        min_value=0,
        max_value=6,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    numerator = forms.TypedChoiceField(
        label=_("Computed from: this"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=NamesSelect,
        help_text=_(
            "Only for a percentage or a ratio. It is computed from the sums of both, never averaged."
        ),
    )
    denominator = forms.TypedChoiceField(
        label=_("divided by this"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )
    over_units = forms.ChoiceField(
        label=_("How the units' figures become one"), choices=capitalised(IndicatorVersion.OverUnits.choices)
    )
    over_time = forms.ChoiceField(
        label=_("How the periods' figures become one"),
        choices=capitalised(IndicatorVersion.OverTime.choices),
        help_text=_("What happened in the period is summed; what there is on a day is taken as at the end."),
    )
    splits = forms.MultipleChoiceField(
        label=pgettext_lazy("indicator", "Split"),
        required=False,
        widget=NamesCheckboxes,
        choices=(),
    )
    source = forms.CharField(label=_("Where the definition comes from"), max_length=500, required=False)
    change_note = forms.CharField(
        label=_("What changed against the version before"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    comparable = forms.BooleanField(
        label=_("Its figures may be compared with those of the version before"), required=False
    )

    def __init__(
        self,
        *args: Any,
        indicator: Indicator | None,
        number: int,
        parts: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        offered = [("", "—"), *((pk, name) for pk, name in parts if indicator is None or pk != indicator.pk)]
        for name in ("numerator", "denominator"):
            self._choices(name, offered)
        self._choices("splits", [(found.code, found.label) for found in dimensions()])
        if number == 1:
            del self.fields["change_note"], self.fields["comparable"]

    def _choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for name, words in faults_of(self.content(), self.indicator).items():
                self.add_error(name, str(words))
        return data

    def content(self) -> Content:
        """Of a form whose fields are well."""
        data = {name: self.cleaned_data[name] for name in CONTENT}
        pks = [pk for pk in (data["numerator"], data["denominator"]) if pk]
        parts = Indicator.objects.in_bulk(pks)
        data |= {name: parts.get(data[name]) for name in ("numerator", "denominator")}
        return Content(**data)

    def change(self) -> dict[str, Any]:
        """Note and comparability; of the first version there is nothing to compare with."""
        return {
            "change_note": self.cleaned_data.get("change_note", ""),
            "comparable": self.cleaned_data.get("comparable", True),
        }


CONTENT = tuple(Content.__dataclass_fields__)


class NewIndicatorForm(VersionForm):
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens. It names the indicator in files and never changes."),
    )
    topic = forms.ChoiceField(label=pgettext_lazy("indicator", "Topic"), choices=Topic.choices)
    field_order = ("code", "topic")

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower()
