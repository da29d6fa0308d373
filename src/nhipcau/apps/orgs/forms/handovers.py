"""What is handed over, to whom, and why; and calling it off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.forms.deputies import named
from nhipcau.apps.orgs.models import Handover
from nhipcau.apps.webkit.widgets import NamesSelect


class GiverForm(forms.Form):
    giver = forms.TypedChoiceField(label=_("Whose work is it?"), coerce=int, widget=NamesSelect)

    def __init__(self, *args: Any, givers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["giver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *named(givers)]


class HandoverForm(forms.Form):
    receiver = forms.TypedChoiceField(label=_("Who takes it over"), coerce=int, widget=NamesSelect)
    why = forms.ChoiceField(label=_("Why"), choices=Handover.Why.choices)
    remark = forms.CharField(
        label=_("Note for the minutes"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )

    def __init__(self, *args: Any, receivers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receiver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *named(receivers)]


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why it is called off"), max_length=300)
