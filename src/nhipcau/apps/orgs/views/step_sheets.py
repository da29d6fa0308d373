"""Steps from a sheet: the template, and sending a filled-in one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.files import store
from nhipcau.apps.files.gate import gate
from nhipcau.apps.files.tables import download
from nhipcau.apps.orgs.actions.import_steps import import_steps
from nhipcau.apps.orgs.actions.upload_arrival import ALLOWED, TABLES
from nhipcau.apps.orgs.forms.arrivals import SheetForm, limits
from nhipcau.apps.orgs.restructuring.sheet import EXAMPLES, HEADS, KINDS, MOST_WRONG, understood
from nhipcau.apps.orgs.views.restructurings import READERS, act_of, seen
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.filegate import Gate, Rejected, admit
from nhipcau.core.tablereader import Refusal, Sheet, read_tables


@for_roles(*READERS)
@require_GET
def step_template(request: HttpRequest, form: str) -> HttpResponse:  # noqa: ARG001  # every view's first
    """The sheet to fill in, with a few rows as examples."""
    if form == "xlsx":
        return download("nhipcau-mau-phuong-an", HEADS, EXAMPLES, "xlsx")
    if form == "csv":
        return download("nhipcau-mau-phuong-an", HEADS, EXAMPLES, "csv")
    raise Http404


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def step_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row is taken, or none: wrong cells are told with row and column."""
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    form = SheetForm(posted(request), request.FILES if request.method == "POST" else None)
    refusal, wrong = "", []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = understood(_read(file, file.name or ""), act.effective_on)
            wrong = found.wrong
            if not wrong:
                count = import_steps(act, found.steps, actor=user, revision=seen(request))
                said = ngettext("%(n)s step was added.", "%(n)s steps were added.", count)
                messages.success(request, said % {"n": format_number(count)})
                return redirect("orgs:restructuring", pk)
        except Refusal as refused:
            refusal = bilingual(refused.message(translation.get_language() or "vi"))
        except Refused as refused:
            refusal = str(refused.why)
    context = {
        "act": act,
        "form": form,
        "refusal": refusal,
        "wrong": wrong[:MOST_WRONG],
        "limits": limits(TABLES.most),
        "words": list(KINDS),
    }
    status = 422 if refusal or wrong or form.errors else 200
    return render(request, "orgs/restructuring/sheet.html", context, status=status)


def _read(file: store.Incoming, name: str) -> list[Sheet]:
    """The tables of a file that passed the gate, read in a child with limits; nothing of it is kept."""
    passed = Gate(allowed=TABLES.allowed, most=TABLES.most, scanner=gate().scanner)
    with store.received(file, passed.most) as path:
        try:
            admit(path, name, passed)
        except Rejected as rejected:
            values = {**rejected.values, "allowed": ALLOWED} if rejected.code == "type" else rejected.values
            raise Refusal(rejected.code, **values) from rejected
        return read_tables(path)
