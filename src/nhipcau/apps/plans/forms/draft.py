"""A draft task as a form: its words, who in which role, together with whom, by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.forms import due_words
from nhipcau.apps.plans.models import DraftAssignment, DraftTask, Role
from nhipcau.apps.webkit.addresses import clean
from nhipcau.core.text import fold

MOST_AGENCIES = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """An assignment of a draft with the name that the form shows for it."""

    row: DraftAssignment
    name: str


class DueField(forms.CharField):
    """Due dates in words; cleans to plan/1 entries. `known` entries keep their phrase and rule."""

    known: Sequence[Mapping[str, Any]] = ()

    def clean(self, value: Any) -> list[dict[str, Any]]:
        words = str(super().clean(value) or "")
        try:
            return due_words.parse(words, self.known)
        except due_words.NotADueDate as error:
            raise forms.ValidationError(
                _(
                    "“%(part)s” gives no date. Write 31/12/2027, 30/9 every year, day 20 every month or "
                    "every quarter."
                ),
                params={"part": error.part[:80]},
            ) from error


class DraftForm(forms.Form):
    text = forms.CharField(
        label=_("Task"), widget=forms.Textarea(attrs={"rows": "4", "class": "form-control"})
    )
    partners = forms.CharField(
        label=_("Together with"), required=False, widget=forms.TextInput(attrs={"class": "form-control"})
    )
    due = DueField(
        label=_("Due"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"class": "form-control nc-num", "autocomplete": "off"}),
    )

    def __init__(self, draft: DraftTask, shown: Sequence[Shown], data: QueryDict | None = None) -> None:
        self.draft, self.shown = draft, shown
        partners = "; ".join(each.name for each in shown if each.row.partner)
        self.due_before = due_words.due_words(draft.due)
        super().__init__(
            data,
            auto_id=f"d{draft.pk}_%s",
            initial={"text": draft.text, "partners": partners, "due": self.due_before},
        )
        self.partners_before = partners
        due = self.fields["due"]
        assert isinstance(due, DueField)
        due.known = draft.due
        for name in ("partners", "due"):
            self.fields[name].widget.attrs["aria-describedby"] = f"d{draft.pk}_{name}_hint"

    @property
    def agencies(self) -> list[tuple[str, str]]:
        """Name and role of each agency as they stand in the form, without the empty row at the end."""
        if self.is_bound and isinstance(self.data, QueryDict) and "agency" in self.data:
            names = [" ".join(clean(name, 400).split()) for name in self.data.getlist("agency")]
            roles = [
                role if role in Role.values else self.draft.role for role in self.data.getlist("agency_role")
            ]
            roles += [self.draft.role] * (len(names) - len(roles))
            return [(name, role) for name, role in zip(names, roles, strict=False) if name][:MOST_AGENCIES]
        return [(each.name, each.row.role) for each in self.shown if not each.row.partner]

    def changes(self) -> dict[str, Any]:
        """What differs from the draft, as the keywords of `edit_draft`."""
        found: dict[str, Any] = {}
        data = self.cleaned_data
        if " ".join(data["text"].split()) != " ".join(self.draft.text.split()):
            found["text"] = data["text"]
        before = [(each.name, each.row.role) for each in self.shown if not each.row.partner]
        partners = [" ".join(part.split())[:400] for part in str(data["partners"]).split(";")]
        if self.agencies != before or data["partners"].strip() != self.partners_before:
            found["named"] = self._named(self.agencies, [name for name in partners if name])
            if self.agencies and self.agencies[0][1] != self.draft.role:
                found["role"] = self.agencies[0][1]
        if str(self.data.get("due", "")).strip() != self.due_before:
            found["due"] = data["due"]
        return found

    def _named(self, agencies: Iterable[tuple[str, str]], partners: Iterable[str]) -> list[Named]:
        """Bodies that were there keep what they were matched to; new names are matched."""
        kept = {(fold(each.name), each.row.partner): each.row for each in self.shown}
        wanted = [(name, role, False) for name, role in agencies]
        wanted += [(name, Role.COORDINATE, True) for name in partners]
        named = []
        for name, role, partner in wanted:
            row = kept.get((fold(name), partner))
            if row is None:
                named.append(Named(name, role, partner))
            else:
                named.append(
                    Named(row.phrase, role, partner, row.organisation_id, row.set_id, row.as_written)
                )
        return named


class WordsForm(forms.Form):
    """A task by its words, for those who cannot mark them: the document's text must contain them."""

    words = forms.CharField(
        label=_("The words as they stand in the document"),
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("Copy them from the text on the desk. Line breaks do not matter."),
    )

    def __init__(self, text: str, data: QueryDict | None = None) -> None:
        self.text = text
        super().__init__(data)

    def clean_words(self) -> tuple[int, int]:
        span = find_words(self.text, str(self.cleaned_data["words"]))
        if span is None:
            raise forms.ValidationError(_("These words do not stand in the document one after the other."))
        return span


def find_words(text: str, words: str) -> tuple[int, int] | None:
    """Where the words stand in the text, white space and line breaks aside; None when they do not."""
    tight = "".join(words.split())
    places = [index for index, letter in enumerate(text) if not letter.isspace()]
    at = "".join(text[index] for index in places).find(tight) if tight else -1
    if at < 0:
        return None
    return places[at], places[at + len(tight) - 1] + 1
