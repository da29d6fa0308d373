"""What an officer says of two records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.actions.decide_pair import ANSWERS, needs_reason
from nhipcau.apps.registry.models import Pair


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        choices=[(each.value, each.label) for each in ANSWERS],
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, asked: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._asked = asked

    @property
    def asked(self) -> str:
        """The answer that was tried: with the reason it is sent again."""
        answer = str(self.data.get("answer", "")) if self.is_bound else self._asked
        return answer if answer in ANSWERS else ""

    def lacks_reason(self, pair: Pair) -> bool:
        """Whether the answer was not taken for want of a reason."""
        return not self.cleaned_data["reason"].strip() and needs_reason(pair, self.cleaned_data["answer"])
