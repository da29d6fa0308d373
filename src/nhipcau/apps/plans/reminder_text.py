"""The words of a reminder for Zalo or the telephone: as an office writes, in Vietnamese whoever copies it."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.apps.plans.models import Assignment, Document
from nhipcau.apps.webkit.formats import days_until, format_date

LONGEST = 400


def reminder_text(assignment: Assignment, *, agency: str, sender: str, today: date, address: str) -> str:
    """To whom, what, from which document, by when, what to do and where. The task must be loaded."""
    with translation.override("vi"):
        words = _("To %(agency)s. %(sender)s reminds you of the task “%(task)s” (%(source)s)%(due)s.")
        first = words % {
            "agency": agency,
            "sender": sender,
            "task": Truncator(" ".join(assignment.task.text.split()).rstrip(".")).chars(LONGEST),
            "source": _source(assignment.task.document),
            "due": _due(assignment.due_on, today),
        }
        ask = _("Please say how far it is or report the result at %(address)s.") % {"address": address}
        return " ".join((first, ask, _("Thank you.")))


def _source(document: Document) -> str:
    name = document.number or document.title
    if document.number and document.kind != Document.Kind.OTHER:
        kind = str(document.get_kind_display())
        name = _("%(kind)s No. %(number)s") % {
            "kind": kind[:1].upper() + kind[1:],
            "number": document.number,
        }
    if document.issued_on is None:
        return name
    return _("%(document)s of %(day)s") % {"document": name, "day": format_date(document.issued_on)}


def _due(due: date | None, today: date) -> str:
    if due is None:
        return ""
    left = days_until(due, today)
    words = _(", due on %(day)s (%(left)s)")
    return words % {"day": format_date(due), "left": left[:1].lower() + left[1:]}
