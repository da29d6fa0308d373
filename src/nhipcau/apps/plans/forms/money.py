"""Amounts and quantities as people type them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.markup import fill, fill_lazy
from nhipcau.core.money import AmountError, read_amount, read_quantity

MESSAGES: dict[str, str | Promise] = {
    "unreadable": fill_lazy(
        _("Write an amount such as %(one)s, %(two)s or %(three)s."),
        one="1.500.000",
        two="1,5 triệu",
        three="2 tỷ",
    ),
    "order": fill_lazy(_("Write the larger part first: %(example)s."), example="2 tỷ 500 triệu"),
    "part-of-dong": fill_lazy(_("An amount is whole %(unit)s."), unit="đồng"),
    "negative": _("An amount is not negative."),
    "too-large": _("That is more than any budget holds."),
}
QUANTITY = _("Write a number such as 12 or 1,5.")


def said(error: AmountError) -> str:
    """What is wrong and what to do; examples are marked as Vietnamese."""
    if error.code == "two-ways":
        words = gettext("That can be read in two ways. Write %(one)s or %(other)s.")
        return fill(words, one=error.one, other=error.other)
    return str(MESSAGES[error.code])


class AmountField(forms.Field):
    """Whole đồng; None where nothing was typed, 0 for "0" and "-"."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "maxlength": "60"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        try:
            return read_amount(str(value or ""))
        except AmountError as error:
            raise forms.ValidationError(said(error), code=error.code) from error


class QuantityField(forms.Field):
    """A count, perhaps with a fraction; None where nothing was typed."""

    def to_python(self, value: Any) -> Decimal | None:
        try:
            return read_quantity(str(value or ""))
        except AmountError as error:
            words = QUANTITY if error.code == "unreadable" else said(error)
            raise forms.ValidationError(words, code=error.code) from error
