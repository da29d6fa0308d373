"""An act of restructuring that waits for a second person: a merger to look at, approve and undo."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import (
    Body,
    Stated,
    begin_restructuring,
    preview_restructuring,
    state_step,
    submit_restructuring,
)
from nhipcau.apps.orgs.models import OrganisationVersion, Restructuring

TITLE = "Sáp nhập Sở Công Thương vào Sở Tài chính (ví dụ)"
NAMES = ("Sở Công Thương", "Sở Tài chính")


def load_act(coordinator: User) -> Restructuring | None:
    """Stated and submitted by the coordinator; None where the province has not the two departments."""
    known = Restructuring.objects.filter(title=TITLE).first()
    today = timezone.localdate()
    rows = OrganisationVersion.objects.filter(kind="department", valid__contains=today)
    bodies = [rows.filter(name__startswith=name).first() for name in NAMES]
    if known is not None or None in bodies:
        return known
    old, new = (version.organisation_id for version in bodies if version is not None)
    made = begin_restructuring(
        TITLE,
        effective_on=today - timedelta(days=7),
        legal_basis="Nghị quyết số 21/NQ-HĐND của Hội đồng nhân dân tỉnh Lam Giang (không có thật)",
        actor=coordinator,
    )
    merger = Stated("merge", [Body(organisation=old)], [Body(organisation=new)])
    state_step(made, merger, actor=coordinator)
    made = preview_restructuring(made, actor=coordinator)
    return submit_restructuring(made, revision=made.revision, actor=coordinator)
