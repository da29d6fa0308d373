"""The filter of one's messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.notices.models import NoticeQuerySet
from nhipcau.apps.notices.registers import known_kinds


class MessageFilter(forms.Form):
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", pgettext_lazy("messages", "All")), ("unread", pgettext_lazy("messages", "Unread"))],
    )
    kind = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        labels: dict[str, list[str]] = {}
        for name, kind in known_kinds().items():
            labels.setdefault(str(kind.label), []).append(name)
        # Kinds with one label are one choice.
        self.names = {names[0]: names for names in labels.values()}
        choices = sorted(((names[0], label) for label, names in labels.items()), key=lambda pair: pair[1])
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", pgettext_lazy("messages", "Everything")), *choices]
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """What was understood; empty answers left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def apply(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        chosen = self.chosen
        if "show" in chosen:
            notices = notices.unread()
        if "kind" in chosen:
            notices = notices.filter(kind__in=self.names[chosen["kind"]])
        return notices
