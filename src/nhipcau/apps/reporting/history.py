"""What is recorded of reports, and the sentences of their events.

Answers are not recorded row by row: a version that was sent is frozen by the database with a digest, and a
draft is a working paper of its unit.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.reporting.models import (
    Chase,
    Consolidation,
    Deferral,
    Form,
    FormVersion,
    Obligation,
    Period,
    ReminderLetter,
    Schedule,
    SignedReport,
    Submission,
    TakenReport,
    Verdict,
    Workbook,
)

track(
    Form,
    FormVersion,
    Period,
    ReminderLetter,
    Schedule,
    Obligation,
    Deferral,
    Chase,
    Submission,
    Verdict,
    Workbook,
    Consolidation,
    SignedReport,
    TakenReport,
    hide_words=True,
    quiet=("title_fold", "revision", "changed_at", "saved_at", "saved_by_id", "saved_from"),
)

sentences(
    {
        "reporting.approve_submission": _("approved the report"),
        "reporting.ask_deferral": _("asked for more time"),
        "reporting.ask_head": _("asked the head of the unit to approve the report"),
        "reporting.decide_deferral": _("decided about more time"),
        "reporting.discharge_obligation": _("said that another report holds for this one"),
        "reporting.give_back": _("gave the draft of the report back"),
        "reporting.pass_below": _("passed the report on to the province"),
        "reporting.return_submission": pgettext_lazy("report of a unit", "returned the report"),
        "reporting.send_submission": _("sent the report, received number %(received)s"),
        "reporting.take_back_discharge": _("said that no other report holds for this one any more"),
        "reporting.enter_signed": _("entered the signed report %(number)s"),
        "reporting.freeze_report": _("signed off version %(version)s of the consolidated report"),
        "reporting.set_head": _("wrote letterhead, addressees and signature of the consolidated report"),
        "reporting.take_edited": _("took in the edited text, %(changes)s changes"),
        "reporting.take_report": _("took in the report of another instance"),
        "reporting.withdraw_report": _("withdrew a frozen report"),
        "reporting.begin_draft": _("began to answer"),
        "reporting.upload_workbook": _("sent a filled-in workbook"),
        "reporting.take_workbook": _("took the workbook over into the draft"),
        "reporting.chase_units": _("reminded %(units)s units in the application"),
        "reporting.note_chase": _("noted that the unit was reminded"),
        "reporting.write_letter": _("wrote the letter of reminder to %(units)s units"),
        "reporting.begin_consolidation": _("began to put the reports together"),
        "reporting.drop_paragraph": _("took a paragraph out of the draft"),
        "reporting.drop_source": _("took a source from a paragraph"),
        "reporting.edit_paragraph": _("changed a paragraph of the draft"),
        "reporting.generate_draft": _("had a first draft made"),
        "reporting.join_paragraphs": _("joined paragraphs of the draft"),
        "reporting.move_paragraph": _("moved a paragraph of the draft"),
        "reporting.move_to_section": _("moved a paragraph of the draft into another section"),
        "reporting.set_aside": _("set texts of reports aside"),
        "reporting.take_passages": _("took texts of reports into the draft"),
        "reporting.take_up": _("took up texts that were set aside"),
        "reporting.undo_step": _("took back a change of the draft"),
        "reporting.write_paragraph": _("wrote a paragraph of the draft"),
    }
)

sentences(
    {
        "reporting.settle_schedule": _("settled how a reporting duty is met"),
        "reporting.end_schedule": _("ended how a reporting duty is met"),
        "reporting.join_periods": _("joined the period with another report"),
        "reporting.part_periods": _("parted the period from another report"),
        "reporting.add_section": _("added a section to the form"),
        "reporting.ask_figure": _("asked for a figure"),
        "reporting.begin_version": _("began the next version of the form"),
        "reporting.create_form": _("made a report form"),
        "reporting.drop_draft_version": _("dropped the draft of the form"),
        "reporting.drop_figure": _("took a figure out of the form"),
        "reporting.drop_section": _("dropped a section of the form"),
        "reporting.edit_form": _("renamed the report form"),
        "reporting.edit_section": _("changed a section of the form"),
        "reporting.edit_version": _("changed the guidance of the form"),
        "reporting.end_form": _("ended the report form"),
        "reporting.move_figure": _("moved a figure of the form"),
        "reporting.move_section": _("moved a section of the form"),
        "reporting.put_in_use": _("put the form in use"),
        "reporting.add_units": _("asked more units to report"),
        "reporting.allow_unit": _("gave one unit more time to report"),
        "reporting.ask_unit_again": _("asked the unit again"),
        "reporting.close_period": _("closed the reporting period"),
        "reporting.create_period": _("stated a reporting period"),
        "reporting.edit_period": _("changed the reporting period"),
        "reporting.excuse_unit": _("said that the unit need not report"),
        "reporting.lock_period": _("locked the reporting period"),
        "reporting.open_period": _("opened the reporting period"),
        "reporting.reopen_period": _("reopened the reporting period"),
        "reporting.set_through": _("said which unit reviews the report first"),
        "reporting.unlock_period": _("unlocked the reporting period"),
    }
)
