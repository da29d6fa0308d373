"""A task entered by hand from a conclusion, a letter, a leader's note."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.actions import enter_task
from nhipcau.apps.plans.forms.task import TaskForm
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.refusals import Refused

KEPT = ("kind", "number", "issued_on", "role")


@for_roles()
@require_http_methods(["GET", "POST"])
def task_new(request: HttpRequest) -> HttpResponse:
    """`again` comes back with the source kept, for the next task of the same paper."""
    user = user_of(request)
    require(user, "create", Task)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    form = TaskForm(posted(request), initial=kept)
    refused = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            task = enter_task(
                data["text"],
                form.named(),
                actor=user,
                kind=data["kind"],
                number=data["number"],
                issued_on=data["issued_on"],
                quote=data["quote"],
                due=data["due_on"],
            )
        except Refused as refusal:
            refused = refusal.message()
        else:
            messages.success(request, _("The task is given."))
            if request.POST.get("again"):
                return redirect(f"{request.path}?{_same_source(request)}")
            return redirect("plans:task", task.pk)
    today = timezone.localdate()
    known = OrganisationVersion.objects.visible_to(user).working().filter(valid__contains=today)
    names = known.order_by("name_sort").values_list("name", flat=True)
    context = {"form": form, "refused": refused, "organisation_names": names}
    bad = bool(refused or form.errors)
    return render(request, "plans/task_new.html", context, status=422 if bad else 200)


def _same_source(request: HttpRequest) -> str:
    data = request.POST.copy()
    for name in [name for name in data if name not in KEPT]:
        del data[name]
    return data.urlencode()
