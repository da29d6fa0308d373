"""Why freezing, editing, signing or taking in was not done."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNING: dict[str, Promise] = {
    "no-head": _("Write the subject and the letterhead of the report first."),
    "unresolved": _("These figures in the text name nothing: %(tokens)s. Correct them first."),
    "empty-report": _("There is nothing to freeze yet: no paragraph and no figure."),
    "frozen-already": _(
        "Version %(version)s is frozen and waits for its signature. Enter the signed paper, or withdraw it."
    ),
    "signed-already": _("This report was signed. Make a corrected version instead."),
    "withdrawn-already": _("This version was withdrawn already."),
    "not-frozen": _("Only a version that waits for its signature can be changed like this."),
    "not-word": _("Choose the Word file (.docx) that was edited."),
    "unreadable-word": _("The Word file cannot be read. Save it again as .docx, then send it."),
    "not-pdf": _("Choose the signed file as PDF."),
    "unreadable-pdf": _("The PDF cannot be read. Export or scan it again, then send it."),
    "no-number": _("Write the number of the document and who signed it."),
    "signed-day": _("The day of the document cannot lie in the future."),
    "bad-report": _(
        "This is no report as another instance froze it (%(what)s at %(where)s: %(found)s). "
        "Ask its sender for the file again."
    ),
    "taken-already": _("This very report was taken in already."),
}
