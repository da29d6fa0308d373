"""One request: what comes next, until when, and what has been done."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.erasing import erased_at
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.models import Consent, Person, RightsRequest
from nhipcau.apps.registry.rights_done import what_lacks
from nhipcau.apps.registry.rights_stages import possible
from nhipcau.apps.registry.search import found_by
from nhipcau.apps.registry.views.person_rows import rows_of
from nhipcau.apps.registry.views.right_steps import STEPS
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import days_until, format_date

MOST_FOUND = 10
_FIGURES = re.compile(r"[\d,;./]+")
State = RightsRequest.State


def right_page(
    request: HttpRequest,
    found: RightsRequest,
    user: User,
    *,
    form: forms.Form | None = None,
    step: str = "",
    refused: str = "",
) -> HttpResponse:
    """About ten queries. `form` and `step`: the one that could not be read."""
    today = timezone.localdate()
    words = typed(request, "q", 200)
    offered = {
        name: form if name == step and form is not None else each.form(None, found)
        for name, each in STEPS.items()
        if possible(found, name)
    }
    context = {
        "request_": found,
        "heading": _heading(found),
        "left": "" if found.ended_on else days_until(found.next_due, today),
        "over": found.ended_on is None and found.next_due < today,
        "offered": offered,
        "words": words,
        "candidates": _candidates(found, user, words) if "find" in offered else [],
        "lacks": str(what_lacks(found)) if found.state == State.GRANTED else "",
        "ready": found.person_id is not None and found.identity != RightsRequest.Identity.OPEN,
        "consents": _consents(found, user),
        "copies": [
            {"copy": copy, "there": copy.upload.state == "kept" and copy.expires_on > today}
            for copy in found.copies.select_related("upload", "made_by")
        ],
        "erased": found.person is not None and erased_at(found.person) is not None,
        "refused": refused,
        "step": step,
    }
    return render(request, "registry/right.html", context, status=422 if form or refused else 200)


def _heading(found: RightsRequest) -> str:
    """The answer: what to do now, or how it ended."""
    if found.state == State.RECEIVED:
        words = _("Acknowledge it by %(day)s")
    elif found.state == State.ACKNOWLEDGED:
        words = _("Decide, and carry it out by %(day)s")
    elif found.state == State.GRANTED:
        words = _("Carry it out by %(day)s")
    else:
        return str(found.get_state_display()).capitalize()
    return words % {"day": format_date(found.next_due)}


def _candidates(found: RightsRequest, user: User, words: str) -> list[Any]:
    """Who it may be: by what was typed; else by what the request says, by its names alone, by who asks."""
    asked = (words,) if words else (found.about, _FIGURES.sub(" ", found.about), found.asker)
    ids = next((ids for each in asked if (ids := found_by(each))), [])
    people = Person.objects.visible_to(user).standing().filter(pk__in=ids)
    return rows_of(list(people.order_by("name_sort", "pk")[:MOST_FOUND]), user)


def _consents(found: RightsRequest, user: User) -> list[Consent]:
    if found.right != RightsRequest.Right.WITHDRAW or found.person is None:
        return []
    return list(Consent.objects.visible_to(user).standing().filter(person__in=family_of(found.person)))
