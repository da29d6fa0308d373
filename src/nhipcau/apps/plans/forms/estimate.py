"""Forms of a round: opening it, the lines an agency enters, the amounts of a step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.plans.actions.fill_estimates import Entered
from nhipcau.apps.plans.estimating import times
from nhipcau.apps.plans.forms.money import AmountField, QuantityField
from nhipcau.apps.plans.models import EstimateLine
from nhipcau.apps.webkit.addresses import clean, whole
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

MOST_ROWS = 2000
_KEY = re.compile(r"(?P<old>l[0-9]{1,18}|)t(?P<task>[0-9]{1,18})_[0-9]{1,3}")
PARTS = ("content", "unit", "quantity", "norm", "source")


class RoundForm(forms.Form):
    """The year of a round, by when, who appraises; the agencies are chosen beside it."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=2020,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    send_by = DayField(label=_("Send by"))
    finance = forms.TypedChoiceField(
        label=_("Finance agency"),
        coerce=int,
        empty_value=None,
        widget=NamesSelect,
        help_text=_("Its officers appraise and allocate."),
    )
    note = forms.CharField(
        label=_("Note for the agencies"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(self, agencies: Iterable[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["finance"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [("", _("Choose")), *agencies]


class LineForm(forms.Form):
    content = forms.CharField(max_length=300, error_messages={"required": _("Write what the money is for.")})
    unit = forms.CharField(max_length=40, required=False)
    quantity = QuantityField(required=False)
    norm = AmountField(error_messages={"required": _("Write the price or norm of one unit.")})
    source = forms.ChoiceField(choices=EstimateLine.Source.choices)


@dataclass(slots=True)
class LineRow:
    """A line as its fields show it: what was typed, what is wrong with it, what it comes to."""

    key: str
    task: int
    pk: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    entered: Entered | None = None

    @property
    def amount(self) -> int | None:
        return times(self.entered.quantity, self.entered.norm) if self.entered else None

    @property
    def blank(self) -> bool:
        return not any(self.typed.get(name) for name in ("content", "unit", "norm"))


def row_of(line: EstimateLine, task: int, number: int) -> LineRow:
    """A line that is there already."""
    quantity = Decimal(line.quantity)
    digits = max(0, -int(quantity.normalize().as_tuple().exponent))
    typed = {
        "content": line.content,
        "unit": line.unit,
        "quantity": _figures(quantity, digits),
        "norm": f"{line.norm:,}".replace(",", "."),
        "source": line.source,
    }
    entered = Entered(task, line.content, line.unit, quantity, line.norm, line.source, line.pk)
    return LineRow(f"l{line.pk}t{task}_{number}", task, line.pk, typed, entered=entered)


def _figures(value: Decimal, digits: int) -> str:
    """As Vietnamese writes it, which is how it is read back whatever the page's language."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def rows_in(post: QueryDict) -> list[LineRow]:
    """The rows that were sent, in their order, with their errors; blank ones too, which take a line away."""
    rows = []
    for name in list(post)[: MOST_ROWS * len(PARTS)]:
        key, _dash, part = name.rpartition("-")
        match = _KEY.fullmatch(key) if part == "content" else None
        if match is None:
            continue
        old = whole(match["old"][1:]) if match["old"] else None
        row = LineRow(key, int(match["task"]), old)
        row.typed = {each: clean(post.get(f"{key}-{each}", ""), 400) for each in PARTS}
        if not row.blank:
            _check(row)
        rows.append(row)
    return rows


def _check(row: LineRow) -> None:
    form = LineForm({**row.typed, "source": row.typed["source"] or EstimateLine.Source.PROVINCE})
    if form.is_valid():
        data = form.cleaned_data
        quantity = Decimal(1) if data["quantity"] is None else data["quantity"]
        row.entered = Entered(
            row.task, data["content"], data["unit"], quantity, data["norm"], data["source"], row.pk
        )
    row.errors = {name: str(errors[0]) for name, errors in form.errors.items()}


class AmountForm(forms.Form):
    amount = AmountField(required=False)
    reason = forms.CharField(max_length=300, required=False)


class DecisionForm(forms.Form):
    decided_on = DayField(label=_("Day of the decision"))
