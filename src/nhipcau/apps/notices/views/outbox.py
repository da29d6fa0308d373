"""The outbox, for the system administrator: what waits, what failed, of what nobody knows whether it left.

No page shows what stands in a mail.
"""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.notices.actions import send_again
from nhipcau.apps.notices.actions.send_again import AGAIN
from nhipcau.apps.notices.forms.outbox import OutboxFilter
from nhipcau.apps.notices.models import DigestRun, Mail
from nhipcau.apps.notices.outbox import may_send
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@for_roles("system_admin")
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """Those to decide on first; filters in the address."""
    user = user_of(request)
    mails = Mail.objects.visible_to(user)
    counts = dict(mails.order_by().values_list("state").annotate(n=Count("pk")))
    chosen = OutboxFilter(request.GET)
    rows = chosen.apply(mails).select_related("recipient").defer("content")
    page = Paginator(rows.undecided_first(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _heading(counts),
        "filter": chosen,
        "filtered": bool(chosen.chosen),
        "page_obj": page,
        "any_mail": bool(counts),
        "undecided": [mail.pk for mail in page if mail.state in AGAIN],
        "last": DigestRun.objects.visible_to(user).first(),
        "may_send": may_send(),
    }
    return render(request, "notices/outbox.html", context)


@for_roles("system_admin")
@require_POST
def mail_again(request: HttpRequest) -> HttpResponse:
    """The chosen mails go again; those that left meanwhile do not."""
    chosen = [found for word in request.POST.getlist("mail")[:PER_PAGE] if (found := _identity(word))]
    count = send_again(chosen, actor=user_of(request))
    words = ngettext("%(n)s mail is sent again.", "%(n)s mails are sent again.", count)
    messages.success(request, words % {"n": format_number(count)} if count else _("Nothing is sent again."))
    return redirect("notices:outbox")


def _identity(word: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(word)
    except ValueError:
        return None


def _heading(counts: dict[str, int]) -> str:
    unclear = counts.get(Mail.State.UNCLEAR, 0)
    failed = counts.get(Mail.State.FAILED, 0)
    if unclear:
        words = ngettext(
            "Of %(n)s mail nobody knows whether it left",
            "Of %(n)s mails nobody knows whether they left",
            unclear,
        )
        return words % {"n": format_number(unclear)}
    if failed:
        words = ngettext("%(n)s mail was refused", "%(n)s mails were refused", failed)
        return words % {"n": format_number(failed)}
    waiting = counts.get(Mail.State.WAITING, 0)
    if waiting:
        words = ngettext("%(n)s mail waits to be sent", "%(n)s mails wait to be sent", waiting)
        return words % {"n": format_number(waiting)}
    return _("No mail waits to be sent")
