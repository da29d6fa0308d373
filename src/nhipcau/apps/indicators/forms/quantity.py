"""A figure as people type it: "26.362", "12,5"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.indicators.figures import written
from nhipcau.apps.webkit.markup import fill
from nhipcau.core.money import AmountError, read_quantity

# đồng, too: a thousand trillion of them is more than any budget of the country.
MOST_FIGURE = Decimal(10**15)


class FigureField(forms.Field):
    """None where nothing was typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "30"}),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return read_quantity(str(value or ""), MOST_FIGURE)
        except AmountError as error:
            raise forms.ValidationError(_said(error), code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Decimal) else value


def _said(error: AmountError) -> str:
    if error.code == "two-ways":
        words = str(_("That can be read in two ways. Write %(one)s or %(other)s."))
        return fill(words, one=error.one, other=error.other)
    if error.code == "negative":
        return str(_("A figure cannot be below 0."))
    if error.code == "too-large":
        return str(_("That is more than any figure here can be."))
    return fill(str(_("Write a number such as %(one)s or %(two)s.")), one="26.362", two="12,5")
