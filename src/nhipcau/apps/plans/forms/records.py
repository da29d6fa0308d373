"""What an agency enters of a course, a review, a session or an inspection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.actions.keep_record import Kept, Paper
from nhipcau.apps.plans.models import Course, Dissemination, Inspection, InspectionPaper, Kind, Review
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.records import Unit
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.markup import fill_lazy
from nhipcau.apps.webkit.widgets import NamesSelect

MOST_UNITS = 300
EXAMPLE = "Sở Công Thương: 12"
_COUNTED = re.compile(r"(?P<name>.*?)\s*[:;,\-–\t ]\s*(?P<count>[0-9][0-9.]{0,8})\s*(?:người|ng)?\.?")
LAW_PROPOSALS: tuple[str, ...] = ("keep", "amend", "replace", "issue", "abolish")
PROCEDURE_PROPOSALS: tuple[str, ...] = ("keep", "simplify", "shorten", "online", "amend", "abolish")


class RecordForm(forms.Form):
    """The common fields. `agencies` are those whose record it can be: (id, name)."""

    FIELDS: tuple[str, ...] = ("topic", "day", "last_day", "place")
    organisation = forms.TypedChoiceField(label=_("Agency"), coerce=int, empty_value=None, widget=NamesSelect)
    topic = forms.CharField(label=_("Topic"), max_length=300)
    day = DayField(label=_("Day"), required=False, help_text=_("31/12/2027; empty: not fixed yet."))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Only when it takes several days."))
    place = forms.CharField(label=_("Place"), max_length=300, required=False)

    def __init__(self, agencies: Iterable[tuple[int, str]] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if agencies is None:
            del self.fields["organisation"]
            return
        chooser = self.fields["organisation"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = list(agencies)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("day"), data.get("last_day")
        if last and (first is None or last < first):
            self.add_error("last_day", _("The last day cannot come before the first."))
        return data

    def kept(self) -> Kept:
        """What is written down."""
        return Kept({name: self.cleaned_data[name] for name in self.FIELDS})

    @classmethod
    def of(cls, record: Record) -> dict[str, Any]:
        """The form's values for a record that is there."""
        return {name: getattr(record, name) for name in cls.FIELDS}


class UnitsField(forms.CharField):
    """A unit a line; `counted` asks for a number behind each."""

    def __init__(self, *, counted: bool, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": "4"}), **kwargs
        )
        self.counted = counted

    def clean(self, value: Any) -> list[Unit]:
        lines = [" ".join(line.split()) for line in str(super().clean(value) or "").splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_UNITS:
            raise forms.ValidationError(gettext("At most %(n)s lines.") % {"n": MOST_UNITS})
        return [self._unit(line) for line in lines]

    def _unit(self, line: str) -> Unit:
        if not self.counted:
            return Unit(line[:200])
        match = _COUNTED.fullmatch(line)
        count = whole(match["count"].replace(".", ""), digits=6) if match else None
        if match is None or count is None or not match["name"]:
            raise forms.ValidationError(
                gettext("Write “%(line)s” as unit: number, for example Sở Công Thương: 12.")
                % {"line": line[:60]}
            )
        return Unit(match["name"][:200], count)


class CourseForm(RecordForm):
    FIELDS = (*RecordForm.FIELDS, "days", "taught_by")
    days = forms.IntegerField(
        label=_("Number of days"), required=False, min_value=1, max_value=400, widget=forms.TextInput
    )
    taught_by = forms.CharField(label=_("Taught by"), max_length=300, required=False)
    units = UnitsField(
        counted=True,
        label=_("Participants by unit"),
        help_text=fill_lazy(_("A unit a line with its number, for example %(example)s."), example=EXAMPLE),
    )

    def kept(self) -> Kept:
        return Kept(super().kept().fields, self.cleaned_data["units"])

    @classmethod
    def of(cls, record: Record) -> dict[str, Any]:
        assert isinstance(record, Course)
        rows = record.participants.all()
        return {**super().of(record), "units": "\n".join(f"{row.unit}: {row.count}" for row in rows)}


class ReviewForm(RecordForm):
    """Of a legal document or a procedure; the proposals offered differ."""

    FIELDS = (
        "topic",
        "number",
        "day",
        "found",
        "proposal",
        "proposal_text",
        "addressee",
        "sent_number",
        "sent_on",
        "result",
        "result_on",
        "result_text",
    )
    OFFERED = LAW_PROPOSALS
    last_day = None  # type: ignore[assignment]  # a review has one day and no place
    place = None  # type: ignore[assignment]
    topic = forms.CharField(label=_("Document that was reviewed"), max_length=300)
    number = forms.CharField(label=_("Its number"), max_length=60, required=False)
    day = DayField(label=_("Reviewed on"), required=False)
    found = forms.CharField(
        label=_("What was found"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": "3"})
    )
    proposal = forms.ChoiceField(label=_("Proposal"), required=False)
    proposal_text = forms.CharField(
        label=_("Proposal in words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    addressee = forms.CharField(label=pgettext_lazy("review", "To whom"), max_length=200, required=False)
    sent_number = forms.CharField(label=pgettext_lazy("review", "Sent with"), max_length=60, required=False)
    sent_on = DayField(label=_("Sent on"), required=False)
    result = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("no answer yet")), *Review.Result.choices]
    )
    result_on = DayField(label=_("Answered on"), required=False)
    result_text = forms.CharField(label=_("Answer"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Review.Proposal.choices)
        chooser = self.fields["proposal"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [("", _("none yet")), *((value, labels[value]) for value in self.OFFERED)]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("result_on") and not data.get("result"):
            self.add_error("result", _("Say what the answer was."))
        sent, answered = data.get("sent_on"), data.get("result_on")
        if sent and answered and answered < sent:
            self.add_error("result_on", _("The answer cannot come before the proposal was sent."))
        return data


class ProcedureForm(ReviewForm):
    OFFERED = PROCEDURE_PROPOSALS
    topic = forms.CharField(label=_("Procedure that was reviewed"), max_length=300)
    number = forms.CharField(label=_("Its code"), max_length=60, required=False)


class DisseminationForm(RecordForm):
    FIELDS = (*RecordForm.FIELDS, "form", "attendance")
    form = forms.ChoiceField(label=_("Form"), choices=Dissemination.Form.choices)
    attendance = forms.IntegerField(
        label=_("Attendance"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Empty: not known yet."),
    )


class InspectionForm(RecordForm):
    """Papers are three groups of number, day and file; files are stored before the record is."""

    units = UnitsField(
        counted=False, label=_("Units visited"), help_text=_("A unit a line, by its name or abbreviation.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in InspectionPaper.Kind.choices:
            words = {"what": str(label)}
            self.fields[f"{kind}_number"] = forms.CharField(
                label=gettext("%(what)s: number") % words, max_length=60, required=False
            )
            self.fields[f"{kind}_day"] = DayField(label=gettext("%(what)s: day") % words, required=False)
            self.fields[f"{kind}_file"] = forms.FileField(
                label=gettext("%(what)s: file") % words,
                required=False,
                allow_empty_file=True,
                widget=forms.FileInput(attrs={"class": "form-control"}),
            )

    def paper_rows(self) -> list[list[Any]]:
        """The fields of each paper, for the template."""
        return [
            [self[f"{kind}_number"], self[f"{kind}_day"], self[f"{kind}_file"]]
            for kind in InspectionPaper.Kind.values
        ]

    def kept_with(self, uploads: Mapping[str, Any]) -> Kept:
        """`uploads` are the stored files by kind of paper."""
        data = self.cleaned_data
        papers = [
            Paper(kind, data[f"{kind}_number"], data[f"{kind}_day"], uploads.get(kind))
            for kind in InspectionPaper.Kind.values
        ]
        return Kept(super().kept().fields, data["units"], papers)

    @classmethod
    def of(cls, record: Record) -> dict[str, Any]:
        assert isinstance(record, Inspection)
        found = {**super().of(record), "units": "\n".join(row.unit for row in record.units.all())}
        for paper in record.papers.all():
            found |= {f"{paper.kind}_number": paper.number, f"{paper.kind}_day": paper.issued_on}
        return found


class FindingForm(forms.Form):
    text = forms.CharField(label=_("Finding"), max_length=2000, widget=forms.Textarea(attrs={"rows": "2"}))
    organisation = forms.TypedChoiceField(
        label=_("Who puts it right"), required=False, coerce=int, empty_value=None, widget=NamesSelect
    )
    due_on = DayField(label=_("Due"), required=False, help_text=_("31/12/2027; empty: no date."))

    def __init__(self, agencies: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["organisation"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [("", _("Nobody yet")), *agencies]


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of task"), choices=Kind.choices)


FORMS: dict[str, type[RecordForm]] = {
    Kind.COURSE: CourseForm,
    Kind.LAW: ReviewForm,
    Kind.PROCEDURE: ProcedureForm,
    Kind.SESSION: DisseminationForm,
    Kind.INSPECTION: InspectionForm,
}
