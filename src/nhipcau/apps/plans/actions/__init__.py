"""Changes of documents, drafts and tasks: one verb a file. What each refuses is in plans.refusals."""

from nhipcau.apps.plans.actions.accept_draft import accept_draft
from nhipcau.apps.plans.actions.approve_document import approve_document
from nhipcau.apps.plans.actions.create_draft import create_draft
from nhipcau.apps.plans.actions.drop_draft import drop_draft
from nhipcau.apps.plans.actions.edit_document import edit_document
from nhipcau.apps.plans.actions.edit_draft import edit_draft
from nhipcau.apps.plans.actions.end_task import end_task
from nhipcau.apps.plans.actions.enter_task import enter_task
from nhipcau.apps.plans.actions.join_drafts import join_drafts
from nhipcau.apps.plans.actions.mark_not_assigning import mark_not_assigning, unmark_not_assigning
from nhipcau.apps.plans.actions.match_phrase import match_phrase
from nhipcau.apps.plans.actions.move_draft import move_draft
from nhipcau.apps.plans.actions.relink_draft import relink_draft
from nhipcau.apps.plans.actions.remove_document import remove_document
from nhipcau.apps.plans.actions.restore_draft import restore_draft
from nhipcau.apps.plans.actions.set_extent import set_extent
from nhipcau.apps.plans.actions.split_draft import split_draft
from nhipcau.apps.plans.actions.undo_change import undo_change
from nhipcau.apps.plans.actions.update_assignment import update_assignment
from nhipcau.apps.plans.actions.upload_document import upload_document

__all__ = [
    "accept_draft",
    "approve_document",
    "create_draft",
    "drop_draft",
    "edit_document",
    "edit_draft",
    "end_task",
    "enter_task",
    "join_drafts",
    "mark_not_assigning",
    "match_phrase",
    "move_draft",
    "relink_draft",
    "remove_document",
    "restore_draft",
    "set_extent",
    "split_draft",
    "undo_change",
    "unmark_not_assigning",
    "update_assignment",
    "upload_document",
]
