"""Uploading a plan, and how far its reading is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.actions import upload_document
from nhipcau.apps.plans.forms.upload import UploadForm
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.uploads import message_of
from nhipcau.apps.plans.views.answers import is_scripted
from nhipcau.apps.plans.views.finding import document_of
from nhipcau.apps.webkit.formats import size
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.filegate import Gate


@for_roles()
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A file becomes a document being read; the same bytes lead to the document they gave before."""
    user = user_of(request)
    require(user, "create", Document)
    wanted = request.GET.get("amends", "")
    form = UploadForm(
        user, posted(request), request.FILES if request.method == "POST" else None, initial={"amends": wanted}
    )
    refusal = ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            document = upload_document(file, file.name or "", actor=user, amends=form.cleaned_data["amends"])
        except Refused as refused:
            refusal = refused.message()
        else:
            if document.state == Document.State.REFUSED:
                refusal = message_of(document)
            else:
                return _after(request, document, user.pk)
    bad = bool(refusal or form.errors)
    context = {
        "form": form,
        "refusal": refusal,
        "heading": _("Which amendment?") if wanted else _("Which plan?"),
        "limits": _("Word, PDF, scan, OpenDocument or text, up to %(size)s.") % {"size": size(Gate().most)},
    }
    return render(request, "plans/upload.html", context, status=422 if bad else 200)


def _after(request: HttpRequest, document: Document, user_pk: int) -> HttpResponse:
    if document.state == Document.State.READING:
        return _lead(request, reverse("plans:progress", args=[document.pk]))
    fresh = (
        document.created_by_id == user_pk
        and document.revision == 0
        and document.state == Document.State.DRAFT
    )
    if not fresh or document.amendments.exists() or request.session.get("last_upload") == document.pk:
        messages.info(request, _("This file was uploaded before; here is what it became."))
    request.session["last_upload"] = document.pk
    return _lead(request, reverse("plans:document", args=[document.pk]))


def _lead(request: HttpRequest, address: str) -> HttpResponse:
    """A script is told where to go, so that the page is made once, with its messages."""
    return HttpResponse(headers={"HX-Redirect": address}) if is_scripted(request) else redirect(address)


@for_roles()
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is: a page, or its changing part for a scripted one, which leads on when it is
    done.
    """
    document = document_of(request, pk, "review")
    scripted = is_scripted(request)
    if document.state in {Document.State.DRAFT, Document.State.APPROVED}:
        return _lead(request, reverse("plans:document", args=[pk]))
    waiting = document.state == Document.State.READING
    work = document.work
    begun = work is not None and work.done > 0
    context = {
        "document": document,
        "work": work,
        "waiting": waiting,
        "refusal": bilingual(message_of(document)),
        "stage": _("The text and its tasks are being read") if begun else _("Waiting for its turn"),
    }
    return render(request, "plans/parts/progress.html" if scripted else "plans/reading.html", context)
