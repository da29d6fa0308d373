"""What is kept how long, and what goes tonight; the keeper and the administrator say it anew."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.registry.actions import set_retention
from nhipcau.apps.registry.forms.rights import RetentionForm
from nhipcau.apps.registry.models import RetentionRule
from nhipcau.apps.registry.retention import before, everything, kept, last_runs, terms
from nhipcau.apps.webkit.formats import format_number


@for_roles()
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Counts alone: who or what it is, is nobody's question here. Two queries a kind."""
    user = user_of(request)
    require(user, "list", RetentionRule)
    known, rows, tonight = terms(), [], 0
    with as_part("retention"):
        last = last_runs()
        for each in everything():
            term = known[each.what]
            due = each.due(before(term))
            tonight += due
            rows.append({"kept": each, "term": term, "due": due, "last": last.get(each.what)})
    heading = ngettext("%(n)s thing goes tonight", "%(n)s things go tonight", tonight)
    context = {
        "heading": heading % {"n": format_number(tonight)} if tonight else _("Nothing goes tonight"),
        "rows": rows,
        "may_edit": can(user, "create", RetentionRule),
        "tab": "retention",
        "today": timezone.localdate(),
    }
    return render(request, "registry/retention.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def retention_rule(request: HttpRequest, what: str) -> HttpResponse:
    user = user_of(request)
    require(user, "create", RetentionRule)
    found = kept(what)
    if found is None:
        raise Http404
    term = terms()[what]
    form = RetentionForm(posted(request), initial={"days": term.days, "basis": term.basis})
    if on := acted(
        request,
        form,
        lambda: set_retention(what, **form.cleaned_data, actor=user),
        to="registry:retention",
        said=_("Said. It holds from tonight on."),
    ):
        return on
    context = {"form": form, "kept": found}
    return render(request, "registry/retention_rule.html", context, status=422 if form.errors else 200)
