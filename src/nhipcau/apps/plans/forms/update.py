"""What an agency says of its part of a task, on one page; and why a report comes back."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nhipcau.apps.files.actions import AttachmentRefused
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.actions import Said
from nhipcau.apps.plans.forms.keeping import Keeper, KeptFile
from nhipcau.apps.plans.models import Task
from nhipcau.apps.webkit.addresses import LONGEST_LINK, is_web_address
from nhipcau.apps.webkit.days import DayField
from nhipcau.core.filegate import safe_name

MOST_LINKS, MOST_FILES = 10, 10
ACCEPTED = ".docx,.doc,.odt,.pdf,.txt,.rtf,.xlsx,.ods,.png,.jpg,.jpeg,.tif,.tiff"
GOES_ON, DONE = "progress", "done"
STATES = ((GOES_ON, _("The work goes on")), (DONE, _("It is done: send the report to the lead agency")))


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files; each is looked at by itself, when the form knows for whom."""

    def clean(self, data: Any, _initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                ngettext_lazy("At most %(n)s file.", "At most %(n)s files.", MOST_FILES) % {"n": MOST_FILES}
            )
        return list(files)


class EvidenceForm(forms.Form):
    """With files: `kept` are those that passed the gate, this time or before. `key` marks one submission."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    evidence = EvidenceField(
        label=_("Evidence"),
        required=False,
        help_text=_("Word, Excel, PDF, pictures; 50 MB each at most, 10 files. Nothing secret."),
        widget=ManyFiles(attrs={"class": "form-control", "accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, keeper: Keeper, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.keeper = keeper
        again = self.data.getlist("kept") if isinstance(self.data, QueryDict) else []
        self.kept: list[KeptFile] = keeper.again(again[:MOST_FILES])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for file in data.get("evidence") or []:
            try:
                self.kept.append(self.keeper.keep(file))
            except AttachmentRefused as refused:
                self.add_error("evidence", f"{safe_name(file.name)}: {refused.message()}")
        once = {each.upload.pk: each for each in self.kept}
        self.kept = list(once.values())[:MOST_FILES]
        return data

    def attached(self) -> list[tuple[Upload, str]]:
        """What was kept, each with its name."""
        return [(each.upload, each.name) for each in self.kept]


class LateReportForm(EvidenceForm):
    """What an agency did of an earlier period; it counts on the day it is sent."""

    text = forms.CharField(
        label=_("What was done"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("Two or three sentences: result, figures, what comes next."),
    )


class ReturnLateForm(forms.Form):
    """`report` is the one that was read."""

    report = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("The agency reads it, and it stays with the task: say what is missing."),
    )


class UpdateForm(EvidenceForm):
    """`said()` is what it says. A count is asked for where the task names a target, else a percentage."""

    text = forms.CharField(
        label=_("What was done"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("Two or three sentences: result, figures, what comes next."),
    )
    count = forms.DecimalField(
        label=_("So far"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    percent = forms.IntegerField(
        label=_("Percent"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("0 to 100; empty: not measured."),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, initial=GOES_ON, widget=forms.RadioSelect)
    done_on = DayField(
        label=_("Done on"),
        required=False,
        help_text=_("For a report that came on paper: its day. Empty: today."),
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=MOST_LINKS * LONGEST_LINK,
        widget=forms.Textarea(attrs={"rows": "2", "spellcheck": "false"}),
        help_text=_("One a line, beginning with https:// or http://."),
    )

    def __init__(
        self, *args: Any, task: Task, keeper: Keeper, for_others: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, keeper=keeper, **kwargs)
        if task.target is None:
            del self.fields["count"]
        else:
            del self.fields["percent"]
        if not for_others:
            del self.fields["done_on"]

    def clean_links(self) -> list[str]:
        lines = [line.strip() for line in str(self.cleaned_data["links"]).splitlines() if line.strip()]
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(
                ngettext_lazy("At most %(n)s link.", "At most %(n)s links.", MOST_LINKS) % {"n": MOST_LINKS}
            )
        for line in lines:
            if not is_web_address(line):
                raise forms.ValidationError(
                    _("“%(link)s” is no web address. Write it as https://…"), params={"link": line[:80]}
                )
        return lines

    def said(self) -> Said:
        data = self.cleaned_data
        done = data["state"] == DONE
        return Said(
            data["text"],
            percent=data.get("percent"),
            count=data.get("count"),
            done=done,
            done_on=data.get("done_on") if done else None,
            links=data["links"],
            files=self.attached(),
        )


class VersionForm(forms.Form):
    """What the reader saw: the assignment's version."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class ReturnForm(VersionForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("The agency reads it, and it stays with the task: say what is missing."),
    )
