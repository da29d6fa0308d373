"""Where the figures of an indicator stand: with each form that asks for it, period by period."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import Indicator
from nhipcau.apps.indicators.registers import Shown, show_figures
from nhipcau.apps.reporting.models import Form, SectionIndicator
from nhipcau.apps.reporting.over_time import forms_of


def pages_of(user: User, indicator: Indicator) -> list[Shown]:
    """Forms with a period in the user's sight; two queries."""
    asking = SectionIndicator.objects.visible_to(user).filter(indicator__indicator=indicator).order_by()
    asked = set(asking.values_list("section__version__form", flat=True))
    return [_page(form, indicator) for form in forms_of(user) if form.pk in asked]


def _page(form: Form, indicator: Indicator) -> Shown:
    words = urlencode({"form": form.pk, "indicator": indicator.code})
    return Shown(form.title, f"{reverse('reporting:over_time')}?{words}")


def register() -> None:
    """Called once at start."""
    show_figures(pages_of)
