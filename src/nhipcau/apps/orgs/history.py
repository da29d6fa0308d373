"""What is recorded of organisations, sets and appointments, and the sentences of their events.

Names of groups, phrases and aliases come out of documents, which can be removed for good: the record says
that they changed, not to what.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.orgs.models import Alias, OrganisationSet, Restructuring, SetPhrase

QUIET = ("name_fold", "name_sort", "text_fold", "phrase_fold")

# A log that is only added to, and working papers of an act: what was carried out is the record.
UNTRACKED = frozenset(
    ("RowChange", "Allotment", "AllotmentRule", "RestructuringStep", "StepUnit", "ArrivalRow")
)

track(
    *(model for model in apps.get_app_config("orgs").get_models() if model.__name__ not in UNTRACKED),
    quiet=QUIET,
)
track(Restructuring, quiet=("preview", "balance", "revision", "changed_at"))
track(Alias, OrganisationSet, SetPhrase, hidden=("name", "phrase", "text"), quiet=QUIET)

sentences(
    {
        "orgs.add_alias": _("added another name"),
        "orgs.appoint": _("made the appointment"),
        "orgs.add_allotment_rule": _("added a rule of allotment"),
        "orgs.allot_items": _("allotted open items by hand"),
        "orgs.approve_restructuring": _("approved the act"),
        "orgs.begin_restructuring": _("began an act of restructuring"),
        "orgs.carry_out_restructuring": _("the act was carried out, %(rows)s rows"),
        "orgs.edit_restructuring": _("corrected name, day or legal basis of the act"),
        "orgs.import_steps": _("added steps to the act from a sheet"),
        "orgs.preview_restructuring": _("previewed the act"),
        "orgs.remove_allotment_rule": _("removed a rule of allotment"),
        "orgs.remove_step": _("removed a step of the act"),
        "orgs.return_restructuring": _("sent the act back"),
        "orgs.state_step": _("added a step to the act"),
        "orgs.submit_restructuring": _("submitted the act for approval"),
        "orgs.ask_undo": _("asked to undo the act"),
        "orgs.approve_undo": _("approved that the act is undone"),
        "orgs.refuse_undo": _("decided that the act is not undone"),
        "orgs.undo_restructuring": _("undid the act, %(rows)s rows"),
        "orgs.withdraw_restructuring": _("withdrew the act"),
        "orgs.confirm_set": _("confirmed the group, with %(members)s members"),
        "orgs.create_organisation": _("created the organisation"),
        "orgs.change_post": _("changed the post, from %(first_day)s on"),
        "orgs.end_appointment": _("ended the appointment, last day %(last_day)s"),
        "orgs.load_units": _("loaded units of the country: %(units)s new, %(edges)s changes between them"),
        "orgs.name_set_phrase": _("said which group a phrase means"),
        "orgs.propose_set": _("proposed the group"),
        "orgs.rename_organisation": _("renamed the organisation"),
        "orgs.set_home_province": _("said which province this is"),
    }
)
