"""One's own keys for programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.actions import create_token, end_token
from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import ApiToken
from nhipcau.apps.desk.forms.keys import KeyForm


@never_cache
@for_roles()
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The keys in force; a new one is shown in the answer to the form, and never again."""
    user, made, key = user_of(request), None, ""
    form = KeyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made, key = create_token(actor=user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            form = KeyForm()
    held = ApiToken.objects.visible_to(user).in_force(timezone.localdate())
    context = {
        "form": form,
        "made": made,
        "key": key,
        "held": held,
        "address": request.build_absolute_uri(reverse("api:schema")),
    }
    return render(request, "desk/keys.html", context, status=422 if form.errors else 200)


@for_roles()
@require_POST
def key_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    token = get_object_or_404(ApiToken.objects.visible_to(user), pk=pk)
    end_token(token, actor=user)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("desk:keys")
