"""What a process that is killed was doing, by name. Run by `child`, which has Django ready."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from nhipcau.apps.access.identity import acting, as_part
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs import actions as orgs
from nhipcau.apps.orgs.models import Arrival, Restructuring
from nhipcau.apps.plans import actions as plans
from nhipcau.apps.plans import uploads  # noqa: F401  # a place where it may be killed
from nhipcau.apps.plans.models import Document
from nhipcau.apps.registry.actions.confirm_intake import bring_in
from nhipcau.apps.registry.actions.undo_intake import leave_register
from nhipcau.apps.registry.intake_jobs import check_intake
from nhipcau.apps.registry.linking import new_records
from nhipcau.apps.reporting import actions as reporting
from nhipcau.apps.reporting.models import Obligation, Submission


def approve(pk: int, actor: User) -> None:
    document = Document.objects.get(pk=pk)
    plans.approve_document(document, revision=document.revision, actor=actor)


def remove(pk: int, actor: User) -> None:
    plans.remove_document(Document.objects.get(pk=pk), reason="nhầm", actor=actor)


def upload(_pk: int, actor: User) -> None:
    with Path(os.environ["UPLOADED"]).open("rb") as file:
        plans.upload_document(file, "a.txt", actor=actor)


def carry_out(pk: int, actor: User) -> None:
    orgs.carry_out_restructuring(Restructuring.objects.get(pk=pk), actor=actor)


def undo(pk: int, actor: User) -> None:
    orgs.undo_restructuring(Restructuring.objects.get(pk=pk), actor=actor)


def confirm_sheet(pk: int, actor: User) -> None:
    orgs.confirm_arrival(Arrival.objects.get(pk=pk), actor=actor)


def undo_sheet(pk: int, actor: User) -> None:
    orgs.undo_arrival(Arrival.objects.get(pk=pk), reason="nhầm", actor=actor)


def send_report(pk: int, actor: User) -> None:
    draft = Submission.objects.get(pk=pk)
    reporting.send_submission(draft, revision=draft.revision, actor=actor)


def return_report(pk: int, actor: User) -> None:
    obligation = Obligation.objects.get(pk=pk)
    reporting.return_submission(obligation, reason="Thiếu", version=obligation.version, actor=actor)


def check_list(pk: int, _actor: User) -> None:
    settings.MEDIA_ROOT, settings.KEY_RING = Path(os.environ["FILES"]), Path(os.environ["RING"])
    check_intake(pk)


def bring_list_in(pk: int, _actor: User) -> None:
    with as_part("intake-checker"):
        bring_in(pk)


def take_list_back(pk: int, _actor: User) -> None:
    with as_part("intake-checker"):
        leave_register(pk)


def link_records(_pk: int, _actor: User) -> None:
    new_records.PART = 20
    new_records.link_new()


_ALL = (
    approve,
    remove,
    upload,
    carry_out,
    undo,
    confirm_sheet,
    undo_sheet,
    send_report,
    return_report,
    check_list,
    bring_list_in,
    take_list_back,
    link_records,
)
# Jobs with transactions of their own.
_BY_THEMSELVES = {link_records.__name__, check_list.__name__}
WORKS: dict[str, Callable[[int, User], None]] = {work.__name__: work for work in _ALL}


def do(work: str, pk: int, user: int) -> None:
    actor = User.objects.get(pk=user)
    if work in _BY_THEMSELVES:
        WORKS[work](pk, actor)
        return
    with acting(actor):
        WORKS[work](pk, actor)
