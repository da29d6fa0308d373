"""Which records of a person are somebody else's, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeOutForm(forms.Form):
    """`records`: those that stand with her, by number."""

    record = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": _("Choose the records that are not hers."),
            "invalid_choice": _("The records were joined or taken apart meanwhile. Look at the page again."),
        },
    )
    reason = forms.CharField(
        label=_("Why they are somebody else's"),
        max_length=300,
        help_text=_("What proves it: another year of birth, other parents, the person's own word."),
    )

    def __init__(self, *args: Any, records: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["record"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(pk, str(pk)) for pk in records]
