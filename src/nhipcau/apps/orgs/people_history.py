"""What is recorded of sheets of people, deputies, focal points and handovers, and their sentences.

The rows of a sheet are working papers: what they made is recorded by the actions that made it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.orgs.models import Arrival, FocalPoint, HandedItem

track(Arrival, hidden=("layout",), quiet=("work_id",))
track(FocalPoint, hidden=("full_name", "phone", "email"), quiet=("name_fold", "name_sort", "matter_fold"))
track(HandedItem, hidden=("words", "remark"))

sentences(
    {
        "orgs.add_focal_point": _("entered a focal point"),
        "orgs.edit_focal_point": _("corrected a focal point"),
        "orgs.open_handover": _("drew up a handover of %(items)s pieces of work"),
        "orgs.give_over": _("confirmed the handover for the giving side"),
        "orgs.take_over": _("confirmed the handover for the receiving side"),
        "orgs.cancel_handover": _("called the handover off"),
        "orgs.give_deputy": _("named a deputy from %(first_day)s to %(last_day)s"),
        "orgs.end_deputy": _("ended the deputy's time early"),
        "orgs.upload_arrival": _("sent a sheet of agencies and people"),
        "orgs.check_arrival": _("checked the sheet: %(rows)s rows"),
        "orgs.refuse_arrival": _("could not read the sheet"),
        "orgs.confirm_arrival": _(
            "entered the sheet: %(agencies)s agencies, %(people)s people, %(appointments)s appointments"
        ),
        "orgs.undo_arrival": _(
            "took the import back: %(agencies)s agencies, %(people)s people, %(appointments)s appointments"
        ),
    }
)
