"""One's own account: who one is here, the language, how to sign in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.actions import sign_out_user
from nhipcau.apps.access.pages import user_of
from nhipcau.apps.desk.actions.choose_language import choose_language
from nhipcau.apps.desk.forms.account import LanguageForm
from nhipcau.apps.desk.people import appointments_of
from nhipcau.apps.notices.models import CalendarFeed, DigestChoice


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The language is kept with the account and holds from the next page on."""
    user = user_of(request)
    form = LanguageForm(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        language = form.cleaned_data["language"]
        choose_language(user, language, actor=user)
        with translation.override(language):
            messages.success(request, gettext("The language is kept."))
        response = redirect("desk:account")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return response
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "appointments": appointments_of(user, timezone.localdate()),
        "digest_off": DigestChoice.objects.visible_to(user).filter(by_mail=False).exists(),
        "feed": CalendarFeed.objects.visible_to(user).current().first(),
        "second_step": bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}),
    }
    return render(request, "desk/account.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Every other browser must sign in again; this one stays."""
    user = user_of(request)
    sign_out_user(user, actor=user)
    update_session_auth_hash(request, user)
    messages.success(request, gettext("All other browsers are signed out."))
    return redirect("desk:account")
