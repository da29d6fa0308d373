"""What stands around the text of the consolidated report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_LINES, MOST_CHARS = 60, 400
LETTERHEAD = ("agency", "parent_body", "symbol", "place")
LINES = ("bases", "addressed_to", "recipients")


class LinesField(forms.CharField):
    """One entry a line, empty lines left out."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: object) -> Any:
        text = super().to_python(value) or ""
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES or any(len(line) > MOST_CHARS for line in value):
            raise forms.ValidationError(
                _("At most %(lines)s lines of %(chars)s characters.")
                % {"lines": MOST_LINES, "chars": MOST_CHARS}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != list(initial or ()))


class HeadForm(forms.Form):
    """Letterhead, subject, bases, addressees, signature, recipients."""

    subject = forms.CharField(
        label=_("What the report is about"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    parent_body = forms.CharField(label=_("Body above the issuer"), max_length=200, required=False)
    agency = forms.CharField(label=pgettext_lazy("document", "Issuer"), max_length=200)
    symbol = forms.CharField(
        label=_("Issuer's symbol in the number"), max_length=30, help_text=_("As in 12/BC-SNgV: SNgV.")
    )
    place = forms.CharField(label=_("Place in the date line"), max_length=100)
    bases = LinesField(label=_("Legal bases"), required=False, help_text=_("One a line."))
    addressed_to = LinesField(
        label=pgettext_lazy("document", "Addressed to"),
        required=False,
        help_text=_("One a line; empty when it goes to many."),
    )
    authority = LinesField(
        label=_("Signs for (TM., KT.)"),
        required=False,
        help_text=_("One a line, as it stands above the post."),
    )
    signer_title = forms.CharField(label=_("Post of the signer"), max_length=200, required=False)
    signer_name = forms.CharField(
        label=_("Name of the signer"), max_length=200, required=False, help_text=_("Without academic titles.")
    )
    recipients = LinesField(
        label=pgettext_lazy("document", "Recipients"), required=False, help_text=_("One a line.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
