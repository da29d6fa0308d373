"""Who may do what in the register. What is seen at all is `reach`; the database says the same."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import (
    Consent,
    ConsentText,
    DataOfficer,
    Export,
    Intake,
    Layout,
    LookUp,
    Membership,
    Merge,
    Pair,
    Person,
    Recall,
    Remit,
    Restriction,
    RetentionRule,
    RightsRequest,
    Round,
    RunningSource,
    Sharing,
    SourceRecord,
    SubjectCopy,
    TakingOut,
    Verification,
)
from nhipcau.apps.registry.reach import reach_of, sees_all, watches


def _keeps(_scope: Scope, user: User, _subject: object) -> bool:
    return sees_all(user)


def _sends(_scope: Scope, user: User, _subject: object) -> bool:
    """Whoever works for a body that may send lists."""
    return bool(reach_of(user).senders)


def _sent(_scope: Scope, user: User, intake: Intake) -> bool:
    """The keeper, and the body that sent it."""
    return sees_all(user) or intake.sender_id in reach_of(user).senders


def _reads(scope: Scope, _user: User, _subject: object) -> bool:
    """Whoever may come to reach people's records; whom she reaches is another question."""
    return scope.has("coordinator", "officer", "commune_officer")


def _gives(scope: Scope, _user: User, _subject: object) -> bool:
    """To which body, is asked in the action: nobody gives her own what it does not have."""
    return scope.has("system_admin", "coordinator")


def _looks_beyond(scope: Scope, user: User, subject: object) -> bool:
    """Whoever reads people and does not see all of them anyway."""
    return _reads(scope, user, subject) and not sees_all(user)


def _oversees(_scope: Scope, user: User, _subject: object) -> bool:
    return sees_all(user) or watches(user)


def _reviews(scope: Scope, user: User, look: LookUp) -> bool:
    """Nobody her own."""
    return _oversees(scope, user, look) and look.user_id != user.pk


def _decides(scope: Scope, user: User, asked: Export | Sharing) -> bool:
    """A second officer: of the keeper's, or the data officer."""
    return _oversees(scope, user, asked) and asked.asked_by_id != user.pk


def _takes(scope: Scope, user: User, export: Export) -> bool:
    """The file is for who asked, while she may still read people."""
    return export.asked_by_id == user.pk and _reads(scope, user, export)


def _ends(scope: Scope, user: User, export: Export) -> bool:
    return export.asked_by_id == user.pk or _oversees(scope, user, export)


def _administers(scope: Scope, user: User, _subject: object) -> bool:
    """How long things are kept: the keeper, and who runs the instance."""
    return sees_all(user) or scope.has("system_admin")


policy(Round, create=_keeps, edit=_keeps, approve=_keeps)
policy(RunningSource, create=_keeps, end=_keeps)
policy(Remit, create=_gives, end=_gives)
policy(DataOfficer, create=_gives, end=_gives)
policy(LookUp, create=_looks_beyond, list=_oversees, review=_reviews)
policy(Export, create=_reads, decide=_decides, take=_takes, end=_ends, tell=_oversees)
policy(Recall, list=_oversees)
policy(Sharing, create=_keeps, list=_oversees, decide=_decides, hand=_keeps, end=_keeps)
policy(Intake, create=_sends, map=_sent, confirm=_keeps, undo=_keeps, drop=_sent)
policy(Layout)
policy(SourceRecord)
policy(
    Person,
    list=_reads,
    create=_keeps,
    correct=_keeps,
    merge=_keeps,
    take_out=_keeps,
    reveal=_keeps,
    erase=_keeps,
    consent=_keeps,
    verify=_keeps,
    restrict=_keeps,
)
policy(Membership)
policy(Pair, decide=_keeps)
policy(Merge, decide=_keeps, take_apart=_keeps)
policy(TakingOut, decide=_keeps, put_back=_keeps)
policy(ConsentText, create=_keeps)
policy(Consent, withdraw=_keeps)
policy(Verification, end=_keeps)
policy(Restriction, lift=_keeps)
policy(RightsRequest, create=_keeps, list=_keeps, answer=_keeps)
policy(SubjectCopy)
policy(RetentionRule, create=_administers, list=_administers)
