"""Who may do what to documents, drafts and tasks.

Which stage allows it, and what the refusal says, is the actions' table.
"""

from __future__ import annotations

from nhipcau.apps.access.policies import Rule, policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import (
    POSTS,
    AgencySteps,
    Assignment,
    Comment,
    Consultation,
    ConsultationAnswer,
    ConsultationDraft,
    Course,
    Dissemination,
    Document,
    DraftTask,
    Estimate,
    EstimateLine,
    EstimateRound,
    Evidence,
    Extension,
    Following,
    Inspection,
    InspectionFinding,
    LateEvidence,
    LateReport,
    Obstacle,
    OwnPlan,
    OwnPlanDuty,
    PeriodPart,
    Remark,
    Reminder,
    Review,
    RoundAgency,
    Task,
    Update,
    Verdict,
)
from nhipcau.apps.plans.models.kinds import Record


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


def _reports(scope: Scope, user: User, assignment: Assignment) -> bool:
    """Their agency's own; of one that a specialist has, she, her deputy and the head. The coordinator any."""
    if scope.has("coordinator"):
        return True
    if assignment.organisation_id not in scope.organisations("officer", "commune_officer"):
        return False
    if assignment.specialist_id is not None and assignment.specialist_id not in scope.persons(user):
        return scope.may_as(assignment.organisation_id, "head")
    return scope.may_as(assignment.organisation_id, *POSTS["update"])


def _steps(what: str) -> Rule:
    """Whoever holds a post at the assignment's agency that takes the step."""

    def rule(scope: Scope, _user: User, assignment: Assignment) -> bool:
        own = scope.organisations("officer", "commune_officer", "coordinator")
        return assignment.organisation_id in own and scope.may_as(assignment.organisation_id, *POSTS[what])

    return rule


def _clears(scope: Scope, user: User, obstacle: Obstacle) -> bool:
    return _reports(scope, user, obstacle.assignment)


def _decides(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator", "leader")


def _talks(scope: Scope, _user: User, _task: Task) -> bool:
    """All who see the task, but for those who only read."""
    return scope.has("coordinator", "leader", "officer", "commune_officer")


def _heads(scope: Scope, _user: User, steps: AgencySteps) -> bool:
    """The coordinator, and the agency's own head."""
    own = scope.organisations("officer", "commune_officer")
    return scope.has("coordinator") or (
        steps.organisation_id in own and scope.may_as(steps.organisation_id, "head")
    )


def _own(scope: Scope) -> frozenset[int]:
    return scope.organisations("officer", "commune_officer")


def _takes_part(scope: Scope, _user: User, task: Task) -> bool:
    """The coordinator, and whoever's agency has a part in the task now."""
    own = _own(scope)
    return scope.has("coordinator") or bool(
        own and task.assignments.filter(ended_at=None, organisation__in=own).exists()
    )


def _keeps(scope: Scope, _user: User, record: Record) -> bool:
    """The agency whose record it is; the coordinator any."""
    return scope.has("coordinator") or record.organisation_id in _own(scope)


def _found_it(scope: Scope, _user: User, finding: InspectionFinding) -> bool:
    return scope.has("coordinator") or finding.inspection.organisation_id in _own(scope)


def _issues(scope: Scope, _user: User, own_plan: OwnPlan) -> bool:
    """The unit its own plan; the coordinator anybody's."""
    return scope.has("coordinator") or own_plan.organisation_id in _own(scope)


def _estimates(scope: Scope, _user: User, asked: RoundAgency) -> bool:
    """The agency alone says what it needs: not even the coordinator writes its figures."""
    return asked.organisation_id in _own(scope)


def _finances(scope: Scope, _user: User, asked: RoundAgency) -> bool:
    return asked.round.finance_id in _own(scope)


def _accounts(scope: Scope, _user: User, asked: RoundAgency) -> bool:
    """What was spent: the agency itself, or the finance agency from its books."""
    return bool({asked.organisation_id, asked.round.finance_id} & _own(scope))


def _answers(scope: Scope, _user: User, answer: ConsultationAnswer) -> bool:
    """For their own agency; the coordinator writes down what came on paper."""
    own = scope.organisations("officer", "commune_officer")
    return scope.has("coordinator") or answer.organisation_id in own


def _reports_late(scope: Scope, _user: User, part: PeriodPart) -> bool:
    """Their agency's own part of an earlier period."""
    return part.organisation_id in scope.organisations("officer", "commune_officer")


policy(
    Document,
    create=_coordinates,
    review=_coordinates,
    approve=_coordinates,
    remove=_coordinates,
    amend=_coordinates,
)
policy(DraftTask, edit=_coordinates)
policy(
    Task,
    create=_coordinates,
    end=_coordinates,
    set_kind=_takes_part,
    add_record=_takes_part,
    set_parent=_takes_part,
    open_period=_coordinates,
    settle_period=_coordinates,
    comment=_talks,
    follow=lambda _scope, _user, _task: True,
)
policy(Reminder)
policy(
    Assignment,
    update=_reports,
    remind=_coordinates,
    accept=_coordinates,
    receive=_steps("receive"),
    assign=_steps("assign"),
    approve=_steps("approve"),
)
policy(PeriodPart, report=_reports_late)
policy(LateReport)
policy(LateEvidence)
policy(Course, edit=_keeps, drop=_keeps)
policy(Review, edit=_keeps, drop=_keeps)
policy(Dissemination, edit=_keeps, drop=_keeps)
policy(Inspection, edit=_keeps, drop=_keeps)
policy(InspectionFinding, drop=_found_it, make_task=_coordinates)
policy(OwnPlanDuty, create=_coordinates, drop=_coordinates)
policy(OwnPlan, enter=_issues, excuse=_coordinates)
policy(EstimateRound, create=_coordinates, edit=_coordinates, close=_coordinates)
policy(
    RoundAgency,
    fill=_estimates,
    send=_estimates,
    give_back=_coordinates,
    remind=_coordinates,
    advise=_coordinates,
    appraise=_finances,
    allocate=_finances,
    spend=_accounts,
)
policy(Estimate)
policy(EstimateLine)
policy(Update)
policy(Evidence)
policy(Verdict)
policy(Obstacle, clear=_clears, escalate=_clears, decide=_decides)
policy(Extension, decide=_coordinates)
policy(Comment)
policy(Following)
policy(Consultation, create=_coordinates, edit=_coordinates)
policy(ConsultationAnswer, answer=_answers)
policy(ConsultationDraft)
policy(Remark, settle=_coordinates)
policy(AgencySteps, edit=_heads)
