"""The upload of a plan, and the reason of a removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.models import Document
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

MOST_PLANS = 300


if TYPE_CHECKING:
    _PlanChoice = forms.ModelChoiceField[Document]
else:
    _PlanChoice = forms.ModelChoiceField


class PlanChoice(_PlanChoice):
    def label_from_instance(self, obj: Document) -> str:
        title = obj.title[:80]
        return f"{obj.number} · {title}" if obj.number else title or str(obj.pk)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={
                "class": "form-control",
                "aria-describedby": "id_file_helptext",
                "accept": ".docx,.doc,.odt,.pdf,.txt,.png,.jpg,.jpeg,.tif,.tiff",
            }
        ),
        error_messages={"required": _("Choose a file first.")},
    )
    amends = PlanChoice(
        label=_("Amends"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("No, it is a plan of its own"),
        widget=NamesSelect,
    )

    def __init__(self, user: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        approved = Document.objects.visible_to(user).filter(
            state=Document.State.APPROVED, kind=Document.Kind.PLAN
        )
        field = self.fields["amends"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = approved.defer("reading").order_by("-approved_at")


class HeaderForm(forms.Form):
    """What the document says of itself, where it was read wrong or not at all."""

    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    issued_on = DayField(
        label=_("Issued on"), required=False, help_text=_("Agencies are matched by their names on that day.")
    )
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": "3"}))
    issuer_name = forms.CharField(label=_("Issuer"), max_length=300, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept in the record. Do not repeat what the document says."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
