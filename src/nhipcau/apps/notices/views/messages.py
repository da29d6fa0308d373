"""One's messages: what happened that one should know; read one, read all."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.notices.actions import mark_all_read, mark_read
from nhipcau.apps.notices.forms.messages import MessageFilter
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.registers import page_of
from nhipcau.apps.notices.wording import marked
from nhipcau.apps.webkit.addresses import sent, whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@for_roles()
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Unread first, the newest on top."""
    mine = Notice.objects.visible_to(user_of(request))
    chosen = MessageFilter(request.GET)
    page = Paginator(chosen.apply(mine).unread_first(), PER_PAGE).get_page(request.GET.get("page"))
    unread = mine.unread().count()
    rows = [
        {"notice": each, "text": marked(each), "href": page_of(each.about_type, each.about_id)}
        for each in page
    ]
    context = {
        "heading": _heading(unread),
        "filter": chosen,
        "filtered": bool(chosen.chosen),
        "page_obj": page,
        "rows": rows,
        "unread": unread,
        "newest": max((each.pk for each in page), default=0),
        "any_message": page.paginator.count > 0 or mine.exists(),
        "back": urlencode(chosen.chosen),
    }
    return render(request, "notices/list.html", context)


@for_roles()
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it as read; with `open`, go on to what it is about."""
    user = user_of(request)
    notice = mark_read(get_object_or_404(Notice.objects.visible_to(user), pk=pk), actor=user)
    page = page_of(notice.about_type, notice.about_id)
    return redirect(page if page and sent(request, "open") else _back(request))


@for_roles()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that stood on the page or came before it."""
    mark_all_read(until=whole(sent(request, "until")) or 0, actor=user_of(request))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The list with the filters that it had."""
    kept = MessageFilter({name: sent(request, name) for name in ("show", "kind")}).chosen
    address = reverse("notices:list")
    return f"{address}?{urlencode(kept)}" if kept else address


def _heading(unread: int) -> str:
    if not unread:
        return _("You have read all messages")
    words = ngettext("%(n)s message is unread", "%(n)s messages are unread", unread)
    return words % {"n": format_number(unread)}
