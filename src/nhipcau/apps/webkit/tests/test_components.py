"""Components print their words beside their shape, and escape what users wrote."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from nhipcau.apps.webkit.markup import fill
from nhipcau.apps.webkit.widgets import NamesSelect


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def render(source: str, **context: Any) -> str:
    return Template("{% load nc %}" + source).render(Context(context))


def test_a_due_chip_says_sign_word_and_date() -> None:
    html = render("{% due day None today %}", day=date(2027, 5, 31), today=date(2027, 6, 9))
    assert "is-over" in html
    assert "9 days overdue" in html
    assert "31 May 2027" in html


def test_a_bar_carries_its_figures_and_its_parts_make_a_whole() -> None:
    html = render("{% bar parts 'two of three' %}", parts=[("done", 2), ("open", 1), ("over", 0)])
    assert 'aria-label="two of three"' in html
    assert 'width="66.67%"' in html
    assert "s-over" not in html


def test_a_bar_of_nothing_is_an_empty_track() -> None:
    assert "s-sunken" in render("{% bar parts 'none' %}", parts=[("done", 0)])


def test_a_roll_up_says_n_of_n() -> None:
    html = render("{% roll 3 5 'agencies have answered' %}")
    assert "3 of 5" in html
    assert "agencies have answered" in html


def test_what_users_wrote_is_escaped() -> None:
    bad = "<img src=x onerror=alert(1)>"
    for source in ("{% doubt bad %}", "{% bar parts bad %}", "{% roll 1 2 bad %}"):
        assert "<img" not in render(source, bad=bad, parts=[("done", 1)])


def test_a_note_keeps_its_content_and_its_kind() -> None:
    html = render("{% note kind='stop' %}<p>{{ words }}</p>{% endnote %}", words="a < b")
    assert '<div class="nc-note nc-note-stop"><p>a &lt; b</p></div>' in html


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the letter")
    plan = forms.ChoiceField(label="Plan", choices=[("1", "one")], required=False)
    sure = forms.BooleanField(label="Sure")
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_form_names_its_faults_on_top_and_beside_the_field() -> None:
    html = render("{% fields form %}", form=Example({"name": "", "token": "x"}))
    assert 'href="#id_name"' in html
    assert 'id="id_name_error"' in html
    assert "aria-invalid" in html
    assert 'class="form-control"' in html
    assert 'class="form-select"' in html


def test_hints_are_tied_to_their_fields_and_only_optional_ones_are_marked() -> None:
    html = render("{% fields form %}", form=Example())
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html
    assert html.count("(optional)") == 1


def test_no_component_carries_inline_style_or_script() -> None:
    html = render(
        "{% fields form %}{% due day %}{% bridge %}{% mark %}", form=Example(), day=date(2027, 1, 1)
    )
    assert "style=" not in html
    assert "<script" not in html


def test_users_words_inside_ours_are_escaped_and_marked_as_theirs() -> None:
    html = fill("replaced by <%(successor)s>", successor="356/2025/NĐ-CP & more")
    assert html == "replaced by &lt;<span data-user-text>356/2025/NĐ-CP &amp; more</span>&gt;"


def test_options_that_users_named_are_marked_and_the_empty_one_is_not() -> None:
    html = NamesSelect(choices=[("", "All"), ("1", "Sở Tài chính")]).render("agency", "")
    assert html.count("data-user-text") == 1
