"""Why an action on a report was not done, as a code for programs and a sentence for people."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.refused_signing import SIGNING

SENTENCES: dict[str, Promise] = {
    **SIGNING,
    "stale": _("%(who)s changed this at %(when)s. Look at the new state, then do it again."),
    "stale-draft": _(
        "%(who)s saved this report at %(when)s, while you were typing. "
        "Compare, then save again what shall stand."
    ),
    "reason": _("Write the reason."),
    "paper-day": _("Paper cannot have come on this day: before it was asked for, or after today."),
    "nobody-asked": _("Choose a group, or name at least one unit."),
    "form-not-in-use": _("This form is not in use. Put a version of it in use first."),
    "no-such-section": _("The form of this period has no such section of text. Choose one of the list."),
    "no-such-number": _("A year has no such period: quarters are 1 to 4, halves 1 or 2, months 1 to 12."),
    "window-order": _("The first day of the figures is after the last one."),
    "opens-after-due": _("It cannot open after it is due."),
    "late-before-due": _("Late reports cannot be refused before the report is due."),
    "period-exists": _("This form already has this period with this due date. Open that one."),
    "period-closed": _("This period is closed. Reopen it first, with the reason."),
    "not-approved": _("This plan is not approved."),
    "no-rule": _("State at least one period with its due date."),
    "same-period": _("A period cannot be reported together with itself."),
    "nobody-in-both": _("No unit that still has to report is asked by both periods."),
    "not-joined": _("This period is not reported together with another."),
    "empty-request": _("Write what is asked."),
    "nothing-wanted": _("Ask for words, for figures, or for both."),
    "form-title": _("Write the title of the form."),
    "form-frozen": _("This version is in use or has ended: it is frozen. Begin the next version."),
    "form-ended": _("This form has ended."),
    "form-awaited": _("Periods or plans wait for this form. Close them or choose another form first."),
    "form-empty": _("The form asks for nothing yet. Add a section."),
    "section-gone": _("Somebody has dropped this meanwhile. Look at the form again."),
    "section-title": _("Write the heading of the section."),
    "section-without-figures": _("“%(section)s” asks for figures and has none. Choose them, or drop it."),
    "too-many-sections": _("A form has at most %(most)s sections."),
    "too-many-figures": _("A form asks for at most %(most)s figures."),
    "no-figures-here": _("This section does not ask for figures."),
    "definition-not-in-use": _("This definition is not in use. Choose the one that is."),
    "old-definition": _("“%(figure)s” has a newer definition. Take it out and add it again."),
    "no-such-split": _("This figure cannot be split in this way."),
    "asked-elsewhere": _("Another section of this form asks for this figure already."),
    "change-note": _("Write what changed against the version before."),
    "not-lockable": _("This period is not open, or is locked already."),
    "not-locked": _("This period is not locked."),
    "not-closed": _("This period is not closed."),
    "fixed-once-open": _("Units answer already: form, kind, year and number cannot change any more."),
    "unknown-unit": _("Nobody is known as %(name)s, or several are. Take the name from the list."),
    "through-itself": _("A unit cannot review its own report."),
    "not-later": _("The new moment must lie ahead, and after the one that holds."),
    "nothing-owed": _("This unit owes no report now: it was received, or it need not report."),
    "no-such-move": _("The report is not at the stage for this. Open the page again to see where it is."),
    "checks": _("The report is not sent yet: %(n)s places need your attention."),
    "locked": _(
        "Reports are not taken any more: the time was over at %(due)s. Ask for more time, with the reason."
    ),
    "not-ahead": _("Give a moment that lies ahead."),
    "too-early": _("The report is due at %(due)s: ask for a later day."),
    "deferral-waits": _("More time until %(until)s was asked for already and waits for its decision."),
    "decided-by-other": _("%(who)s decided this at %(when)s."),
    "own-deferral": _("Somebody else has to decide what you asked for yourself."),
    "not-the-same-unit": _("Choose another report of the same unit."),
    "chain": _("One of the two reports already stands for another, or another stands for it."),
    "key-used": _("This key was used for another report: give each its own."),
    "sent-already": _("The report was sent already. Open the page again to see it."),
    "period-not-open": _("This period is not open: nothing can be written for it."),
    "discharged": _("Another report holds for this one. Take that back first."),
    "waits-for-head": _("The report waits for the head of your unit, who can change it or give it back."),
    "unit-writes": _("The unit itself has begun this report; what it has not sent is its own."),
    "not-of-form": _("The form does not ask for one of these answers. Open the page again."),
    "too-long": _("A text is too long: at most %(n)s characters."),
    "workbook-unsealed": _(
        "This is no workbook of ours, or the cell with its code was changed. Download the form anew, copy "
        "your answers into it, and upload that."
    ),
    "workbook-other": _(
        "This workbook was made for another unit or another period. Download the form of this report."
    ),
    "workbook-old-form": _(
        "The form has a new version since this workbook was made. Download it anew and copy your answers."
    ),
    "workbook-taken": _("This workbook was taken over already. Open the report to see it."),
    "nobody-reminded": _("The period is closed: nobody is reminded any more."),
    "stale-list": _("A unit of the list has sent meanwhile. Look at the new list, then write the letter."),
    "nobody-to-chase": _("All units have sent: there is nobody to remind."),
    "empty-paragraph": _("A paragraph has words. To take it out, choose “Take out”."),
    "long-paragraph": _("A paragraph has at most %(most)s characters: split it with an empty line."),
    "passage-gone": _(
        "A unit has sent again, or its report went back. Open the page again to see what counts."
    ),
    "other-place": _("This belongs to another section. Open the page again."),
    "none-before": _("This is the first paragraph: there is none before it to join."),
    "no-source": _("This is no source of the paragraph any more. Open the page again."),
    "nothing-to-undo": _("There is nothing left to take back."),
    "undo-stale": _(
        "%(who)s changed the same section at %(when)s: your change cannot be taken back any more."
    ),
    "too-many": _("There are too many rows. Put the list into a file and attach it."),
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
    """Somebody else was faster: `who` and `when` say so."""

    def __init__(self, code: str, who: User | None, when: datetime | None) -> None:
        shown = timezone.localtime(when).strftime("%H:%M %d/%m/%Y") if when else ""
        super().__init__(code, who=who.full_name if who else "Nhịp Cầu", when=shown)
