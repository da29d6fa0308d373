"""How one is told: the daily mail, the private calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.notices.actions import choose_digest, end_feed, make_feed
from nhipcau.apps.notices.forms.choices import DigestForm
from nhipcau.apps.notices.models import CalendarFeed, DigestChoice
from nhipcau.apps.notices.outbox import may_send


@for_roles()
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Whether and when reminders come by mail."""
    user = user_of(request)
    form = DigestForm(posted(request), chosen=DigestChoice.objects.visible_to(user).first())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        choose_digest(data["by_mail"], days=data["days"], weekdays=data["weekdays"], actor=user)
        messages.success(request, _("Saved."))
        return redirect("notices:choose")
    return _page(request, form)


@for_roles()
@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once: only its digest is kept, so no redirect can show it again."""
    user = user_of(request)
    feed, secret = make_feed(actor=user)
    path = reverse("notices:feed", args=[feed.pk, secret])
    base = settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")
    form = DigestForm(None, chosen=DigestChoice.objects.visible_to(user).first())
    return _page(request, form, address=f"{base}{path}")


@for_roles()
@require_POST
def feed_end(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    feed = get_object_or_404(CalendarFeed.objects.visible_to(user).current())
    end_feed(feed, actor=user)
    messages.success(request, _("The calendar is switched off; its address answers no longer."))
    return redirect("notices:choose")


def _page(request: HttpRequest, form: DigestForm, address: str = "") -> HttpResponse:
    context = {
        "form": form,
        "feed": CalendarFeed.objects.visible_to(user_of(request)).current().first(),
        "address": address,
        "webcal": "webcal:" + address.partition(":")[2] if address else "",
        "may_send": may_send() and settings.DIGEST,
        "hour": f"{settings.DIGEST_HOUR:02d}:00",
    }
    return render(request, "notices/choose.html", context, status=422 if form.errors else 200)
