"""Changes of documents, drafts and tasks: one verb a file. What each refuses is in plans.refusals."""

from nhipcau.apps.plans.actions.accept_draft import accept_draft
from nhipcau.apps.plans.actions.accept_many import Accepted, accept_many
from nhipcau.apps.plans.actions.accept_report import accept_report
from nhipcau.apps.plans.actions.add_consultation_draft import add_consultation_draft
from nhipcau.apps.plans.actions.add_finding import add_finding
from nhipcau.apps.plans.actions.answer_consultation import Remarked, answer_consultation
from nhipcau.apps.plans.actions.approve_document import approve_document
from nhipcau.apps.plans.actions.approve_report import approve_report, give_back
from nhipcau.apps.plans.actions.ask_extension import ask_extension, decide_extension
from nhipcau.apps.plans.actions.assign_specialist import assign_specialist, specialists
from nhipcau.apps.plans.actions.clear_obstacle import clear_obstacle, decide_obstacle, escalate_obstacle
from nhipcau.apps.plans.actions.close_consultation import close_consultation
from nhipcau.apps.plans.actions.close_round import close_round
from nhipcau.apps.plans.actions.comment_task import comment_task, follow_task, unfollow_task
from nhipcau.apps.plans.actions.create_draft import create_draft
from nhipcau.apps.plans.actions.drop_draft import drop_draft
from nhipcau.apps.plans.actions.drop_record import drop_record
from nhipcau.apps.plans.actions.edit_document import edit_document
from nhipcau.apps.plans.actions.edit_draft import edit_draft
from nhipcau.apps.plans.actions.edit_round import edit_round
from nhipcau.apps.plans.actions.end_task import end_task
from nhipcau.apps.plans.actions.enter_amounts import enter_amounts
from nhipcau.apps.plans.actions.enter_own_plan import enter_own_plan, excuse_own_plan
from nhipcau.apps.plans.actions.enter_own_task import enter_own_task
from nhipcau.apps.plans.actions.enter_task import enter_task
from nhipcau.apps.plans.actions.fill_estimates import fill_estimates
from nhipcau.apps.plans.actions.join_drafts import join_drafts
from nhipcau.apps.plans.actions.keep_record import add_record, edit_record
from nhipcau.apps.plans.actions.make_task_of_finding import make_task_of_finding
from nhipcau.apps.plans.actions.mark_not_assigning import mark_not_assigning, unmark_not_assigning
from nhipcau.apps.plans.actions.match_phrase import match_phrase
from nhipcau.apps.plans.actions.move_draft import move_draft
from nhipcau.apps.plans.actions.note_reminder import note_reminder
from nhipcau.apps.plans.actions.open_consultation import ask_organisations, open_consultation
from nhipcau.apps.plans.actions.open_next_period import open_next_period
from nhipcau.apps.plans.actions.open_round import open_round
from nhipcau.apps.plans.actions.raise_obstacle import raise_obstacle
from nhipcau.apps.plans.actions.receive_assignment import receive_assignment
from nhipcau.apps.plans.actions.relink_draft import relink_draft
from nhipcau.apps.plans.actions.remind_agencies import remind_agencies
from nhipcau.apps.plans.actions.remove_document import remove_document
from nhipcau.apps.plans.actions.report_period_part import report_period_part
from nhipcau.apps.plans.actions.restore_draft import restore_draft
from nhipcau.apps.plans.actions.return_estimates import return_estimates
from nhipcau.apps.plans.actions.return_period_part import return_period_part
from nhipcau.apps.plans.actions.return_report import return_report
from nhipcau.apps.plans.actions.send_estimates import send_estimates
from nhipcau.apps.plans.actions.send_update import Said, send_update
from nhipcau.apps.plans.actions.set_agency_steps import set_agency_steps
from nhipcau.apps.plans.actions.set_extent import set_extent
from nhipcau.apps.plans.actions.set_kind import set_kind
from nhipcau.apps.plans.actions.set_parent import set_parent
from nhipcau.apps.plans.actions.set_target import set_target
from nhipcau.apps.plans.actions.settle_period_part import settle_period_part
from nhipcau.apps.plans.actions.settle_remark import settle_remark
from nhipcau.apps.plans.actions.split_draft import split_draft
from nhipcau.apps.plans.actions.state_own_plan_duty import drop_own_plan_duty, state_own_plan_duty
from nhipcau.apps.plans.actions.undo_change import undo_change
from nhipcau.apps.plans.actions.upload_document import upload_document

__all__ = [
    "Accepted",
    "Remarked",
    "Said",
    "accept_draft",
    "accept_many",
    "accept_report",
    "add_consultation_draft",
    "add_finding",
    "add_record",
    "answer_consultation",
    "approve_document",
    "approve_report",
    "ask_extension",
    "ask_organisations",
    "assign_specialist",
    "clear_obstacle",
    "close_consultation",
    "close_round",
    "comment_task",
    "create_draft",
    "decide_extension",
    "decide_obstacle",
    "drop_draft",
    "drop_own_plan_duty",
    "drop_record",
    "edit_document",
    "edit_draft",
    "edit_record",
    "edit_round",
    "end_task",
    "enter_amounts",
    "enter_own_plan",
    "enter_own_task",
    "enter_task",
    "escalate_obstacle",
    "excuse_own_plan",
    "fill_estimates",
    "follow_task",
    "give_back",
    "join_drafts",
    "make_task_of_finding",
    "mark_not_assigning",
    "match_phrase",
    "move_draft",
    "note_reminder",
    "open_consultation",
    "open_next_period",
    "open_round",
    "raise_obstacle",
    "receive_assignment",
    "relink_draft",
    "remind_agencies",
    "remove_document",
    "report_period_part",
    "restore_draft",
    "return_estimates",
    "return_period_part",
    "return_report",
    "send_estimates",
    "send_update",
    "set_agency_steps",
    "set_extent",
    "set_kind",
    "set_parent",
    "set_target",
    "settle_period_part",
    "settle_remark",
    "specialists",
    "split_draft",
    "state_own_plan_duty",
    "undo_change",
    "unfollow_task",
    "unmark_not_assigning",
    "upload_document",
]
