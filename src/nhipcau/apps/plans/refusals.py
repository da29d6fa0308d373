"""Why an action was not done, as a code for programs and a sentence for people in their language."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.refused_money import MONEY
from nhipcau.apps.plans.refused_records import RECORDS

SENTENCES: dict[str, Promise] = {
    **MONEY,
    **RECORDS,
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
    "reminder-day": _("The day on which they were reminded cannot lie in the future."),
    "task-ended": _("This task has ended, so its progress cannot be changed."),
    "period-done": _("The work of this period was accepted already."),
    "not-your-day": _("A report counts on the day it is made. Leave the day empty."),
    "empty-update": _("Write in a sentence or two what was done."),
    "bad-link": _("A link has to be a web address that begins with https:// or http://."),
    "key-used": _("This form was sent before, for something else. Open the page again, then send it."),
    "no-such-move": _("Nothing was reported as done yet, so there is nothing to accept or return."),
    "own-report": _(
        "You reported this yourself for your own agency: a second coordinator has to accept it. "
        "Where there is none, the administrator can allow it (NHIPCAU_ACCEPT_OWN)."
    ),
    "moved": _("%(who)s changed this at %(when)s. Look at the new state, then do it again."),
    "moved-reported": _("%(who)s reported this done at %(when)s. It waits for the lead agency."),
    "moved-returned": _("%(who)s returned this report at %(when)s. Nothing else was done to it."),
    "moved-accepted": _("%(who)s accepted this report at %(when)s. Nothing else was done to it."),
    "waits-inside": _(
        "A report waits for the approval of the agency's head. That one has to be settled first."
    ),
    "not-your-step": _("This is not yet at the step where you work on it."),
    "not-of-agency": _("Choose somebody who works on tasks at this agency."),
    "empty-obstacle": _("Write what stands in the way."),
    "no-clearer": _("Say who can clear it: an agency, or in words."),
    "done-already": _("This was reported as done already, so it needs neither help nor more time."),
    "how": _("Write how it was cleared."),
    "no-body": _("Name the body that has to decide."),
    "escalated-already": _("It lies before %(body)s already, and nothing was decided yet."),
    "not-escalated": _("It was not put before anybody to decide."),
    "no-decision": _("Write what was decided."),
    "decision-day": _("The day of the decision cannot lie in the future."),
    "cleared-by-other": _("%(who)s noted at %(when)s that this is cleared."),
    "decided-by-other": _("%(who)s has decided this already. Nothing was decided twice."),
    "no-date": _("This task has no due date, so there is nothing to put off."),
    "not-later": _("Choose a day after the date in force, %(due)s."),
    "not-ahead": _("Choose a day that is still to come."),
    "extension-waits": _("A request for more time, until %(until)s, waits for its decision."),
    "extensions-used": _("The date was put off %(n)s times, as often as it may be."),
    "own-extension": _(
        "You asked for this yourself for your own agency: a second coordinator has to decide it. "
        "Where there is none, the administrator can allow it (NHIPCAU_ACCEPT_OWN)."
    ),
    "empty-comment": _("Write something first."),
    "no-unit": _("Say of what: people, courses, documents."),
    "reader-failed": _(
        "The document could not be turned into tasks. Upload it again; if that fails, tell the administrator."
    ),
    "empty-title": _("Write what the draft is about."),
    "nobody-asked": _("Name at least one agency to ask."),
    "consultation-closed": _("This consultation is closed, so answers are no longer taken."),
    "no-remark": _("Write at least one remark, or answer that you agree."),
    "agreed-with-remarks": _("Who agrees has no remarks. Remove them, or choose “has remarks”."),
    "answer-day": _("The day of the answer cannot lie in the future."),
    "no-draft": _("There is no draft to remark on yet. Write to the lead agency."),
    "explain": _("Say why the remark is not taken up in full."),
    "other-draft": _("This version belongs to another consultation."),
    "place-needed": _("Say where the new draft shows it: choose the paragraph, or write the place."),
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
