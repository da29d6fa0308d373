"""A page that asks one thing about a task: a form, what is done with it, back to the task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.models import Assignment, Task
from nhipcau.apps.plans.refusals import Refused


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says: its heading, what came before, its button, and what it says when it is done."""

    heading: str
    button: str
    said: str
    facts: tuple[tuple[str, str], ...] = ()
    names: bool = False


def ask(
    request: HttpRequest,
    task: Task,
    form: forms.Form,
    what: Asked,
    do: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show the form, or do what was sent and go back to the task. What was typed stays when it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, what.said)
            return redirect("plans:task", task.pk)
    context = {"task": task, "form": form, "what": what}
    if what.names:
        known = OrganisationVersion.objects.visible_to(user_of(request)).working()
        today = timezone.localdate()
        names = known.filter(valid__contains=today).order_by("name_sort").values_list("name", flat=True)
        context["organisation_names"] = names
    return render(request, "plans/ask.html", context, status=422 if form.errors else 200)


def assignment_of(request: HttpRequest, pk: int) -> Assignment:
    """In the reader's sight, or 404."""
    rows = Assignment.objects.visible_to(user_of(request)).select_related("task", "set")
    return get_object_or_404(rows, pk=pk)
