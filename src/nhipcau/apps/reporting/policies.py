"""Who may do what to forms, periods, obligations and reports. Which stage allows it is `stages`."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import POSTS
from nhipcau.apps.reporting.models import (
    WORKING,
    Attachment,
    Chase,
    CheckReason,
    Consolidation,
    Deferral,
    Form,
    FormVersion,
    Obligation,
    Paragraph,
    ParagraphSource,
    Passage,
    Period,
    ReminderLetter,
    ReportFile,
    Schedule,
    Section,
    SectionIndicator,
    SetAside,
    SignedReport,
    Submission,
    TakenReport,
    Value,
    Verdict,
    Workbook,
)


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


def _writes(scope: Scope, _user: User, obligation: Obligation) -> bool:
    """Who drafts at the unit; the coordinator enters what came on paper."""
    own = obligation.organisation_id in scope.organisations(*WORKING)
    return scope.has("coordinator") or (
        own and scope.may_as(obligation.organisation_id, *POSTS["update"], *POSTS["receive"])
    )


def _heads(scope: Scope, _user: User, obligation: Obligation) -> bool:
    own = obligation.organisation_id in scope.organisations(*WORKING)
    return own and scope.may_as(obligation.organisation_id, *POSTS["approve"])


def _asks(scope: Scope, _user: User, obligation: Obligation) -> bool:
    """The unit itself asks for more time."""
    return obligation.organisation_id in scope.organisations(*WORKING)


def _reviews_first(scope: Scope, _user: User, obligation: Obligation) -> bool:
    return obligation.through_id is not None and obligation.through_id in scope.organisations(*WORKING)


def _judges(scope: Scope, user: User, obligation: Obligation) -> bool:
    """The province; the unit that reviews first, while it lies there."""
    return scope.has("coordinator") or _reviews_first(scope, user, obligation)


def _takes(scope: Scope, user: User, workbook: Workbook) -> bool:
    """Who may write the draft that it goes into."""
    return _writes(scope, user, workbook.obligation)


policy(Form, create=_coordinates, edit=_coordinates, end=_coordinates)
policy(FormVersion, edit=_coordinates, put_in_use=_coordinates)
policy(Section)
policy(SectionIndicator)
policy(
    Period,
    create=_coordinates,
    edit=_coordinates,
    open=_coordinates,
    lock=_coordinates,
    close=_coordinates,
    chase=_coordinates,
    consolidate=_coordinates,
)
policy(Schedule, create=_coordinates, edit=_coordinates, end=_coordinates)
policy(
    Obligation,
    create=_coordinates,
    write=_writes,
    approve_inside=_heads,
    ask=_asks,
    judge=_judges,
    approve=_coordinates,
    pass_below=_reviews_first,
    defer=_coordinates,
    excuse=_coordinates,
    chase=_coordinates,
    discharge=_writes,
)
policy(Deferral, decide=_coordinates)
policy(Chase)
policy(ReminderLetter)
policy(Workbook, take=_takes)
policy(Submission)
policy(Passage)
policy(Value)
policy(Attachment)
policy(CheckReason)
policy(Verdict)
policy(Consolidation, edit=_coordinates, freeze=_coordinates)
policy(Paragraph)
policy(ParagraphSource)
policy(SetAside)
policy(
    SignedReport,
    create=_coordinates,
    edit=_coordinates,
    enter_signed=_coordinates,
    withdraw=_coordinates,
)
policy(ReportFile)
policy(TakenReport, create=_coordinates)
