from nhipcau.apps.reporting.models.consolidation import (
    Consolidation,
    DraftStep,
    Paragraph,
    ParagraphSource,
    PassagePrint,
    ReportFile,
    SetAside,
    SignedReport,
    TakenReport,
)
from nhipcau.apps.reporting.models.form import Form, FormVersion, Section, SectionIndicator
from nhipcau.apps.reporting.models.letter import ReminderLetter
from nhipcau.apps.reporting.models.obligation import RECEIVED, Chase, Deferral, Obligation
from nhipcau.apps.reporting.models.period import OVERSEEING, WORKING, Period
from nhipcau.apps.reporting.models.schedule import Schedule
from nhipcau.apps.reporting.models.standing import DUE_AT, Standing
from nhipcau.apps.reporting.models.submission import (
    INSIDE,
    Attachment,
    CheckReason,
    Passage,
    ReceivedCounter,
    Submission,
    Value,
    Verdict,
)
from nhipcau.apps.reporting.models.workbook import Workbook

__all__ = [
    "DUE_AT",
    "INSIDE",
    "OVERSEEING",
    "RECEIVED",
    "WORKING",
    "Attachment",
    "Chase",
    "CheckReason",
    "Consolidation",
    "Deferral",
    "DraftStep",
    "Form",
    "FormVersion",
    "Obligation",
    "Paragraph",
    "ParagraphSource",
    "Passage",
    "PassagePrint",
    "Period",
    "ReceivedCounter",
    "ReminderLetter",
    "ReportFile",
    "Schedule",
    "Section",
    "SectionIndicator",
    "SetAside",
    "SignedReport",
    "Standing",
    "Submission",
    "TakenReport",
    "Value",
    "Verdict",
    "Workbook",
]
