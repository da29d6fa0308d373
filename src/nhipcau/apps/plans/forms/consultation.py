"""Asking agencies for their opinion, answering, settling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.forms.whom import WhomForm, names_field
from nhipcau.apps.plans.actions import Remarked
from nhipcau.apps.plans.models import ConsultationAnswer, ConsultationDraft, Remark
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

BLANK_REMARKS = 3
MOST_REMARKS = 60
SHOWN = 90


class DraftFileForm(forms.Form):
    file = forms.FileField(
        label=_("Draft"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.pdf,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file first.")},
    )


class AskedForm(WhomForm):
    named = "agencies"
    nobody = _("Choose a group, or name at least one agency.")

    agencies = names_field(_("Agencies"))


class ConsultationForm(AskedForm):
    title = forms.CharField(
        label=_("Draft of what"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "2", "autofocus": True}),
    )
    question = forms.CharField(
        label=_("What they should look at"), required=False, widget=forms.Textarea(attrs={"rows": "2"})
    )
    due_on = DayField(label=_("Answers by"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    letter_on = DayField(label=_("Date of the letter"), required=False)
    file = DraftFileForm.base_fields["file"]
    field_order = ["title", "question", "file", "due_on", "sets", "agencies", "letter_number", "letter_on"]


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Answer"), choices=ConsultationAnswer.Kind.choices, widget=forms.RadioSelect
    )
    letter_number = forms.CharField(label=_("Number of your letter"), max_length=60, required=False)
    answered_on = DayField(label=_("Answered on"), required=False, help_text=_("Empty: today."))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RemarkForm(forms.Form):
    """One remark; an empty one is passed over."""

    passage = forms.TypedChoiceField(
        label=_("Paragraph"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )
    place = forms.CharField(
        label=_("or the place in words"),
        max_length=200,
        required=False,
        help_text=_("For example: part III.2, page 4"),
    )
    text = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": "3"}))

    def __init__(self, *args: Any, draft: ConsultationDraft | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passage"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = passages(draft)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        placed = data.get("passage") is not None or data.get("place")
        if placed and not data.get("text") and not self.errors:
            self.add_error("text", _("Write the remark, or clear its place."))
        return data

    def said(self) -> Remarked | None:
        """The remark, or None for an empty row."""
        data = self.cleaned_data
        return Remarked(data["text"], data["passage"], data["place"]) if data["text"].strip() else None


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Remark.Outcome.choices, widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=_("How it was taken up, or why not"), required=False, widget=forms.Textarea(attrs={"rows": "4"})
    )
    passage = forms.TypedChoiceField(
        label=_("Where the new draft shows it"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=NamesSelect,
    )
    place = forms.CharField(label=_("or the place in words"), max_length=200, required=False)

    def __init__(self, *args: Any, draft: ConsultationDraft | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passage"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = passages(draft)


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


def passages(draft: ConsultationDraft | None) -> list[tuple[str, Any]]:
    """The paragraphs of a version as choices, the first words of each."""
    words = [] if draft is None else draft.paragraphs
    rows = [(str(at), f"{at + 1}. {_short(str(each))}") for at, each in enumerate(words)]
    return [("", _("the draft as a whole")), *rows]


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"
