from nhipcau.apps.plans.models.consultation import (
    Consultation,
    ConsultationAnswer,
    ConsultationDraft,
    Remark,
)
from nhipcau.apps.plans.models.document import Citation, Document, NotAssigning, ReportingDuty
from nhipcau.apps.plans.models.draft import DraftAssignment, DraftChange, DraftTask, Role
from nhipcau.apps.plans.models.due_date import DueDate
from nhipcau.apps.plans.models.estimate import (
    Estimate,
    EstimateAmount,
    EstimateLine,
    EstimateRound,
    RoundAgency,
)
from nhipcau.apps.plans.models.inspection import Inspection, InspectionFinding, InspectionPaper, VisitedUnit
from nhipcau.apps.plans.models.kinds import Course, CourseParticipants, Dissemination, Review
from nhipcau.apps.plans.models.late_report import LateEvidence, LateReport
from nhipcau.apps.plans.models.outcome import DELIVERED, Outcome, Status, judged_on, outcome_of, outcome_q
from nhipcau.apps.plans.models.own_plan import OwnPlan, OwnPlanDuty
from nhipcau.apps.plans.models.period import PeriodPart, TaskPeriod
from nhipcau.apps.plans.models.reminder import Reminder
from nhipcau.apps.plans.models.steps import POSTS, AgencySteps
from nhipcau.apps.plans.models.stuck import Extension, Obstacle
from nhipcau.apps.plans.models.talk import Comment, Following
from nhipcau.apps.plans.models.task import (
    Assignment,
    Headline,
    Kind,
    OutcomeCounts,
    Task,
)
from nhipcau.apps.plans.models.update import Evidence, Update, Verdict
from nhipcau.apps.plans.models.wording import TaskWording

__all__ = [
    "DELIVERED",
    "POSTS",
    "AgencySteps",
    "Assignment",
    "Citation",
    "Comment",
    "Consultation",
    "ConsultationAnswer",
    "ConsultationDraft",
    "Course",
    "CourseParticipants",
    "Dissemination",
    "Document",
    "DraftAssignment",
    "DraftChange",
    "DraftTask",
    "DueDate",
    "Estimate",
    "EstimateAmount",
    "EstimateLine",
    "EstimateRound",
    "Evidence",
    "Extension",
    "Following",
    "Headline",
    "Inspection",
    "InspectionFinding",
    "InspectionPaper",
    "Kind",
    "LateEvidence",
    "LateReport",
    "NotAssigning",
    "Obstacle",
    "Outcome",
    "OutcomeCounts",
    "OwnPlan",
    "OwnPlanDuty",
    "PeriodPart",
    "Remark",
    "Reminder",
    "ReportingDuty",
    "Review",
    "Role",
    "RoundAgency",
    "Status",
    "Task",
    "TaskPeriod",
    "TaskWording",
    "Update",
    "Verdict",
    "VisitedUnit",
    "judged_on",
    "outcome_of",
    "outcome_q",
]
