from nhipcau.apps.plans.models.document import Citation, Document, ReportingDuty
from nhipcau.apps.plans.models.draft import DraftAssignment, DraftTask
from nhipcau.apps.plans.models.task import Assignment, DueDate, Task

__all__ = [
    "Assignment",
    "Citation",
    "Document",
    "DraftAssignment",
    "DraftTask",
    "DueDate",
    "ReportingDuty",
    "Task",
]
