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
        "plans.update_assignment": _("changed the progress"),
        "plans.upload_document": _("uploaded the document"),
    }
)
