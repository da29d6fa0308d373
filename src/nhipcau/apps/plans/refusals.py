"""Why an action was not done, as a code for programs and a sentence for people in their language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User

SENTENCES: dict[str, Promise] = {
    "stale": _("%(who)s changed this at %(when)s. Look at the new state, then do it again."),
    "approved-by-other": _("%(who)s approved this document at %(when)s. Nothing was approved twice."),
    "not-a-draft": _("This document is not a draft, so its draft tasks cannot be changed."),
    "no-reading": _("This document was not read, so there is nothing to take a task from."),
    "nothing-to-approve": _("There is no task to approve. Make at least one, or remove the document."),
    "span": _("Mark a part of the text first."),
    "empty-text": _("Write what has to be done."),
    "split-at-end": _("Put the cursor inside the text: both parts need words."),
    "nothing-before": _("There is no task before this one to join it with."),
    "nothing-to-undo": _("There is no change of yours that can be taken back."),
    "undo-stale": _("%(who)s has changed the same task since, so your change cannot be taken back."),
    "not-an-amendment": _("This document amends no other, so there is no earlier task to link."),
    "other-plan": _("This task belongs to another plan."),
    "linked-twice": _("Another draft already continues this task. Unlink that one first."),
    "no-agency": _("Name at least one agency."),
    "no-source": _("Say where the task comes from: number, date or the sentence."),
    "reason": _("Write the reason."),
    "here-already": _(
        "This file is here already, as %(what)s, and not as an amendment of that plan. Remove that "
        "document for good, then upload the file again and choose the plan."
    ),
    "amended-unapproved": _("Approve the plan before you upload an amendment of it."),
    "done-day": _("The day it was done cannot lie in the future."),
    "task-ended": _("This task has ended, so its progress cannot be changed."),
    "reader-failed": _(
        "The document could not be turned into tasks. Upload it again; if that fails, tell the administrator."
    ),
    "has-amendments": _("An approved amendment continues this document. Remove the amendment first."),
}


class Refused(Exception):
    """An action that was not done. `code` is a key of SENTENCES; nothing was changed."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def message(self) -> str:
        """What happened and what to do, in the active language."""
        return str(SENTENCES[self.code]) % self.values


class Stale(Refused):
    """Somebody else was faster: `who` and `when` say so. `when` is local time."""

    def __init__(self, code: str, who: User | None, when: datetime | None) -> None:
        self.at = when
        shown = timezone.localtime(when).strftime("%H:%M %d/%m/%Y") if when else ""
        super().__init__(code, who=who.full_name if who else "Nhịp Cầu", when=shown)
