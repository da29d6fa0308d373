"""Controls written in code are Django's own, character by character."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.webkit.controls import WRITERS, Renderer
from nhipcau.apps.webkit.days import DayField
from nhipcau.apps.webkit.widgets import NamesSelect

HARSH = """<b> & "quoted" 'single' đ"""
CHOICES = [("", _("All")), ("a", HARSH), (2, mark_safe("<i>marked</i>")), (1000, "1.000")]
WIDGETS: list[tuple[forms.Widget, list[object]]] = [
    (forms.TextInput(attrs={"type": "search", "title": HARSH}), [None, "", HARSH, 1000, 0]),
    (forms.TextInput(attrs={"disabled": True, "hidden": False, "data-n": 1000}), ["x"]),
    (forms.NumberInput(), [None, 1000, 0.5]),
    (forms.EmailInput(), ["a@example.vn"]),
    (forms.PasswordInput(), ["secret"]),
    (forms.HiddenInput(), [HARSH, True]),
    (forms.DateInput(format="%d/%m/%Y"), [None, date(2027, 6, 5), "5/6"]),
    (forms.CheckboxInput(), [None, True, False, HARSH]),
    (forms.Textarea(attrs={"rows": "3"}), [None, "", HARSH, f"two\nlines {HARSH}"]),
    (forms.Select(choices=CHOICES), [None, "", "a", 2, "2", 1000, HARSH]),
    (forms.Select(choices=[("", "-"), (HARSH, [("a", HARSH)]), ("group", [("b", "B")])]), ["a", "b"]),
    (forms.SelectMultiple(choices=CHOICES), [None, ["a", "2"]]),
    (NamesSelect(choices=CHOICES), ["a"]),
    (forms.RadioSelect(choices=CHOICES), ["a"]),
]


@pytest.mark.parametrize("widget", [each for each, _values in WIDGETS], ids=lambda each: type(each).__name__)
def test_a_control_is_written_as_its_template_writes_it(widget: forms.Widget) -> None:
    values = next(values for each, values in WIDGETS if each is widget)
    for value in values:
        for attrs in ({}, {"id": "id_x", "class": "form-control", "aria-invalid": True}):
            ours = widget.render("a<b", value, attrs, renderer=Renderer())
            assert ours == widget.render("a<b", value, attrs, renderer=DjangoTemplates())


def test_what_a_widget_of_its_own_template_shows_is_left_to_the_template() -> None:
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    widget = Own(choices=CHOICES)
    assert widget.render("a", "a", renderer=Renderer()) == widget.render("a", "a", renderer=DjangoTemplates())


def test_a_bound_field_of_ours_is_the_same_with_and_without() -> None:
    class Filter(forms.Form):
        on = DayField(required=False, help_text="x")
        kind = forms.ChoiceField(choices=CHOICES)

    ours = str(Filter({"on": "5/6/2027", "kind": "zz"}, renderer=Renderer()))
    assert ours == str(Filter({"on": "5/6/2027", "kind": "zz"}, renderer=DjangoTemplates()))


def test_every_template_named_here_exists() -> None:
    for name in WRITERS:
        DjangoTemplates().get_template(name)
