"""What is said about a task, who follows it, how much it asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.actions import comment_task, follow_task, set_target, unfollow_task
from nhipcau.apps.plans.forms.stuck import CommentForm, TargetForm
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.asking import Asked, ask
from nhipcau.apps.plans.views.tasks import page, task_of


@for_roles()
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), task_of(request, pk)
    require(user, "comment", found)
    form = CommentForm(request.POST, auto_id="c_%s")
    if form.is_valid():
        try:
            comment_task(found, form.cleaned_data["text"], actor=user, key=form.cleaned_data["key"])
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Your comment stands under the task."))
            return redirect("plans:task", pk)
    return page(request, found, comment_form=form)


@for_roles()
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    follow_task(task_of(request, pk), actor=user_of(request))
    messages.success(request, _("You will be told what happens in this task."))
    return redirect("plans:task", pk)


@for_roles()
@require_POST
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    unfollow_task(task_of(request, pk), actor=user_of(request))
    messages.success(request, _("You will not be told any more."))
    return redirect("plans:task", pk)


@for_roles()
@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, pk: int) -> HttpResponse:
    user, found = user_of(request), task_of(request, pk)
    require(user, "end", found)
    form = TargetForm(posted(request), initial={"target": found.target, "unit": found.target_unit})
    what = Asked(_("How much does the task ask for?"), _("Save"), _("Saved."))
    return ask(
        request,
        found,
        form,
        what,
        lambda data: set_target(found, data["target"], data["unit"], actor=user),
    )
