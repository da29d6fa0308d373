"""Forms of units' own plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect


class DutyForm(forms.Form):
    """Who has to issue a plan: a group, or all that are charged with a task."""

    group = forms.TypedChoiceField(
        label=_("Who has to issue one"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )
    due_on = DayField(label=_("By when"), required=False, help_text=_("31/12/2027; empty: no date."))
    phrase = forms.CharField(
        label=_("Its words in the plan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(self, groups: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["group"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [("", _("All that are charged with a task of the plan")), *groups]


class IssuedForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=60)
    issued_on = DayField(label=_("Issued on"))
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    link = forms.URLField(label=_("Link"), max_length=300, required=False, assume_scheme="https")


class OwnTaskForm(forms.Form):
    """A task of the unit's own plan; `parents` are tasks of the plan above."""

    text = forms.CharField(label=_("Task"), max_length=4000, widget=forms.Textarea(attrs={"rows": "2"}))
    due_on = DayField(label=_("Due"), required=False, help_text=_("31/12/2027; empty: no date."))
    parent = forms.TypedChoiceField(
        label=_("Part of"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )

    def __init__(self, parents: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["parent"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [("", _("None of them")), *parents]
