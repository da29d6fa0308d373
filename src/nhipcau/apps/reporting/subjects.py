"""What the record calls forms, periods and reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.subjects import kinds

kinds(
    {
        "reporting.attachment": _("file of a report"),
        "reporting.chase": _("reminder of a report"),
        "reporting.checkreason": _("reason for a warning"),
        "reporting.consolidation": _("draft of the consolidated report"),
        "reporting.deferral": _("more time for a report"),
        "reporting.draftstep": _("change of the consolidated report"),
        "reporting.form": _("report form"),
        "reporting.formversion": _("version of a report form"),
        "reporting.obligation": _("report owed"),
        "reporting.paragraph": _("paragraph of the consolidated report"),
        "reporting.paragraphsource": _("source of a paragraph"),
        "reporting.passage": _("text of a report"),
        "reporting.passageprint": _("what a text of a report is compared by"),
        "reporting.period": _("reporting period"),
        "reporting.reportfile": _("file made of the consolidated report"),
        "reporting.takenreport": _("report of another province"),
        "reporting.schedule": _("how a reporting duty is met"),
        "reporting.reminderletter": _("letter of reminder"),
        "reporting.section": _("section of a report form"),
        "reporting.sectionindicator": _("figure of a report form"),
        "reporting.setaside": _("text that was set aside"),
        "reporting.signedreport": _("consolidated report"),
        "reporting.submission": _("report of a unit"),
        "reporting.value": _("figure of a report"),
        "reporting.verdict": _("answer to a report"),
        "reporting.workbook": _("workbook of a report"),
    }
)
