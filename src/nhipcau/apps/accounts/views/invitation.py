"""The code of a printed slip leads to the page where a password is chosen."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from nhipcau.apps.accounts.forms import CodeForm
from nhipcau.apps.accounts.invitations import redeem
from nhipcau.apps.accounts.links import password_path


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Answers alike for a wrong code, an unknown name, a slip that was used or is too old."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if not ratelimit.consume(request, action="invitation", key=email):
            form.add_error(None, gettext("Too many tries. Wait five minutes, then try again."))
        else:
            user = redeem(email, form.cleaned_data["code"])
            if user is not None:
                return redirect(password_path(user))
            form.add_error(
                None,
                gettext("No slip that still holds has this name and code. Check both, or ask for a new one."),
            )
    return render(request, "accounts/invitation.html", {"form": form}, status=422 if form.errors else 200)
