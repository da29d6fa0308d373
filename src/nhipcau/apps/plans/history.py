"""What is recorded of plans and tasks, and the sentences of their events.

A document can be removed for good, so the triggers note that its words changed, never the words. Drafts
are working papers with a journal of their own: what was approved is the record.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

DRAFTS = frozenset(("DraftTask", "DraftAssignment", "DraftChange", "NotAssigning"))

track(
    *(model for model in apps.get_app_config("plans").get_models() if model.__name__ not in DRAFTS),
    hide_words=True,
    quiet=("text_fold", "title_fold", "number_fold", "revision", "changed_at"),
)

sentences(
    {
        "plans.add_consultation_draft": _("added a version of the draft"),
        "plans.answer_consultation": _("answered a consultation"),
        "plans.ask_organisations": _("asked more agencies"),
        "plans.close_consultation": _("closed the consultation"),
        "plans.hand_over_assignment": _("went to another specialist under handover %(handover)s"),
        "plans.open_consultation": _("asked agencies for their opinion"),
        "plans.settle_remark": _("settled a remark"),
        "plans.close_round": _("closed the round of estimates"),
        "plans.edit_round": _("changed the round of estimates"),
        "plans.enter_amounts": _("entered amounts"),
        "plans.fill_estimates": _("entered estimates"),
        "plans.open_round": _("opened a round of estimates"),
        "plans.remind_agencies": _("reminded the agencies that have not sent"),
        "plans.return_estimates": _("returned the estimates"),
        "plans.send_estimates": _("sent the estimates"),
        "plans.add_finding": _("added a finding of the inspection"),
        "plans.add_record": _("entered a record of the task"),
        "plans.drop_record": _("dropped a record"),
        "plans.edit_record": _("corrected a record"),
        "plans.make_task_of_finding": _("made a task of a finding"),
        "plans.set_kind": _("said what kind of task it is"),
        "plans.set_parent": _("said which task it is part of"),
        "plans.drop_own_plan_duty": _("took back that units issue their own plans"),
        "plans.enter_own_plan": _("entered the plan that a unit issued"),
        "plans.enter_own_task": _("entered a task of a unit's own plan"),
        "plans.excuse_own_plan": _("said that a unit need not issue a plan"),
        "plans.state_own_plan_duty": _("stated that units issue their own plans"),
        "plans.accept_draft": _("accepted a draft task"),
        "plans.create_draft": _("made a draft task from the text"),
        "plans.drop_draft": _("dropped a draft task"),
        "plans.edit_document": _("corrected number, date or title"),
        "plans.edit_draft": _("corrected a draft task"),
        "plans.join_drafts": _("joined draft tasks"),
        "plans.mark_not_assigning": _("marked a sentence as assigning nothing"),
        "plans.match_phrase": _("said which agency a phrase means"),
        "plans.move_draft": _("moved a draft task"),
        "plans.relink_draft": _("linked a draft task to an earlier task"),
        "plans.restore_draft": _("took up a dropped draft task again"),
        "plans.set_extent": _("said whether the amendment replaces the whole plan"),
        "plans.note_reminder": _("noted that the agency was reminded"),
        "plans.split_draft": _("split a draft task"),
        "plans.unmark_not_assigning": _("took back that a sentence assigns nothing"),
        "plans.approve_document": _("approved the document"),
        "plans.load_many": _("loaded tasks for measuring"),
        "plans.end_task": _("ended the task"),
        "plans.enter_task": _("entered the task by hand"),
        "plans.refuse_reading": _("could not read the document"),
        "plans.remove_document": _("removed the document for good"),
        "plans.store_reading": _("read the document"),
        "plans.undo_change": _("took back a change of the draft"),
        "plans.approve_report": _("approved the report and sent it"),
        "plans.ask_extension": _("asked for more time"),
        "plans.assign_specialist": _("said who works on it"),
        "plans.clear_obstacle": _("noted how an obstacle was cleared"),
        "plans.comment_task": _("commented"),
        "plans.decide_extension": _("decided on more time"),
        "plans.decide_obstacle": _("recorded what %(body)s decided"),
        "plans.escalate_obstacle": _("put an obstacle before %(body)s"),
        "plans.follow_task": _("follows the task"),
        "plans.give_back": _("gave a report back inside the agency"),
        "plans.raise_obstacle": _("said what stands in the way"),
        "plans.receive_assignment": _("received the task"),
        "plans.set_agency_steps": _("said how the agency works"),
        "plans.set_target": _("set the target"),
        "plans.unfollow_task": _("follows the task no more"),
        "plans.accept_report": _("accepted the report"),
        "plans.return_report": _("returned the report"),
        "plans.send_update": _("said how far the task is"),
        "plans.open_next_period": _("opened the next period"),
        "plans.report_period_part": _("reported the work of an earlier period"),
        "plans.return_period_part": _("returned the report of an earlier period"),
        "plans.settle_period_part": _("noted that the work of an earlier period was done"),
        "plans.upload_document": _("uploaded the document"),
    }
)
