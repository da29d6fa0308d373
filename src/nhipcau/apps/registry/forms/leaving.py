"""What is asked before people's data leave the register, or are looked at out of scope."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.registry.entering import TELLING_DIGITS
from nhipcau.apps.registry.exporting import columns
from nhipcau.apps.registry.forms.people import NONE
from nhipcau.apps.registry.models import Basis, Export, Group, LookUp
from nhipcau.apps.registry.numbers import understood
from nhipcau.apps.webkit.controls import Options
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect, capitalised
from nhipcau.core.personvalues import Problem

OLDEST = 1850


class LookUpForm(forms.Form):
    name = forms.CharField(
        label=_("The whole name"), max_length=200, help_text=_("In any order; marks do not matter.")
    )
    by = forms.ChoiceField(
        label=_("What else do you know?"), choices=capitalised(LookUp.By.choices), widget=forms.RadioSelect
    )
    fact = forms.CharField(label=_("Year, telephone or number"), max_length=60)
    reason = forms.ChoiceField(
        label=_("Why"), choices=capitalised(LookUp.Reason.choices), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What it is needed for"),
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("So that whoever reviews it understands: the matter, its number, the day."),
    )

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if len(name.split()) < 2:
            raise forms.ValidationError(_("Write the whole name: one word fits too many people."))
        return name

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        by, fact = found.get("by"), str(found.get("fact", "")).strip()
        if by and fact and (wrong := _wrong(str(by), fact)):
            self.add_error("fact", wrong)
        return found


def _wrong(by: str, fact: str) -> Any:
    """What to write instead; nothing for a fact that can be compared."""
    if by == LookUp.By.YEAR:
        is_year = re.fullmatch(r"[0-9]{4}", fact) and OLDEST <= int(fact) <= timezone.localdate().year
        return "" if is_year else _("Write the year with four digits: 1962.")
    if by == LookUp.By.PHONE:
        enough = len(re.sub(r"\D", "", fact)) >= TELLING_DIGITS
        return "" if enough else _("Write the whole telephone number: nine digits or more.")
    numbers = understood(fact)
    if isinstance(numbers, Problem) or not numbers:
        return _("Write the whole number as it stands in the document.")
    return ""


class ReviewForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=capitalised(LookUp.Verdict.choices), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed for misuse; who looked reads it."),
    )


class ColumnsField(forms.MultipleChoiceField):
    """Nothing is ticked beforehand: the fewest that do."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Columns"),
            choices=columns,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Only what the purpose needs. Identity numbers never leave the register."),
            error_messages={"required": _("Choose at least one column.")},
            **kwargs,
        )


class ExportForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[each for each in capitalised(Export.Purpose.choices) if each[0] != Export.Purpose.SHARING],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What it is needed for"),
        max_length=500,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the file, too."),
    )
    columns = ColumnsField()


class AnswerForm(forms.Form):
    """The reason is needed for no."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Needed when you do not agree.")
    )


class SharingForm(forms.Form):
    body = forms.CharField(label=pgettext_lazy("sharing", "Who asks"), max_length=300)
    letter = forms.CharField(label=_("Number of the letter"), max_length=120)
    letter_day = DayField(label=_("Date of the letter"))
    paper = forms.FileField(
        label=_("The letter as a file"),
        required=False,
        help_text=_("PDF, picture or Word: whoever decides reads it."),
    )
    basis = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The article that lets this body ask for it.")
    )
    purpose = forms.CharField(
        label=_("What it is needed for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = DayField(label=_("Handed over at the latest on"))
    q = forms.CharField(
        label=_("Whom: words"), max_length=200, required=False, help_text=_("As when people are searched.")
    )
    country = forms.ChoiceField(label=_("Whom: country"), required=False, widget=NamesSelect)
    group = forms.ChoiceField(
        label=_("Whom: group"), choices=[("", _("All")), *capitalised(Group.choices)], required=False
    )
    basis_of = forms.ChoiceField(
        label=_("Whom: verification"), choices=[("", _("All")), *capitalised(Basis.choices)], required=False
    )
    columns = ColumnsField()

    def __init__(self, *args: Any, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All")), *countries]

    def said(self) -> dict[str, Any]:
        """What the letter says, without whom it is about."""
        names = ("body", "letter", "letter_day", "basis", "purpose", "until", "columns")
        return {name: self.cleaned_data[name] for name in names}

    def wanted(self) -> dict[str, str]:
        """As the list of people is narrowed."""
        found = self.cleaned_data
        return {
            "q": found["q"],
            "country": found["country"],
            "group": found["group"],
            "basis": found["basis_of"],
        }


class HandForm(forms.Form):
    to = forms.CharField(
        label=_("Who received it, and how"),
        max_length=300,
        help_text=_(
            "Name and post, and the way: by hand on a sealed medium, by the state's document network."
        ),
    )


class ToldForm(forms.Form):
    how = forms.CharField(
        label=_("Who was told, and how"),
        max_length=300,
        help_text=_("Body or person, by which letter or on which day. Name nobody of the list."),
    )


class KeeperForm(forms.Form):
    organisation = forms.TypedChoiceField(label=_("Body that keeps it"), coerce=int, widget=NamesSelect)
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    since = DayField(label=_("From"))

    def __init__(self, *args: Any, bodies: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NONE, *bodies.pairs]


class DataOfficerForm(forms.Form):
    user = forms.TypedChoiceField(
        label=pgettext_lazy("data officer", "Person"), coerce=int, widget=NamesSelect
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=300)
    since = DayField(label=_("From"))

    def __init__(self, *args: Any, users: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [NONE, *users]
