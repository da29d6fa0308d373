"""Files that show what an update or a late report says, given back to who may read it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.files.sending import send
from nhipcau.apps.plans.models import Evidence, LateEvidence


@for_roles()
@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    rows = Evidence.objects.visible_to(user_of(request)).select_related("upload")
    return _given(get_object_or_404(rows, pk=pk))


@for_roles()
@require_GET
def late_evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of a late report."""
    rows = LateEvidence.objects.visible_to(user_of(request)).select_related("upload")
    return _given(get_object_or_404(rows, pk=pk))


def _given(found: Evidence | LateEvidence) -> HttpResponseBase:
    answer = send(found.upload)
    # Under the name that it has here: the same bytes may be somebody else's too.
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name)
    return answer
