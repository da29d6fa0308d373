from nhipcau.apps.plans.models.document import Citation, Document, NotAssigning, ReportingDuty
from nhipcau.apps.plans.models.draft import DraftAssignment, DraftChange, DraftTask, Role
from nhipcau.apps.plans.models.outcome import Outcome, Status, outcome_of, outcome_q
from nhipcau.apps.plans.models.task import Assignment, DueDate, OutcomeCounts, Task, TaskWording

__all__ = [
    "Assignment",
    "Citation",
    "Document",
    "DraftAssignment",
    "DraftChange",
    "DraftTask",
    "DueDate",
    "NotAssigning",
    "Outcome",
    "OutcomeCounts",
    "ReportingDuty",
    "Role",
    "Status",
    "Task",
    "TaskWording",
    "outcome_of",
    "outcome_q",
]
