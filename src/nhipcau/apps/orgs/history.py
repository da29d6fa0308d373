"""What is recorded of organisations, sets and appointments, and the sentences of their events.

Names of groups, phrases and aliases come out of documents, which can be removed for good: the record says
that they changed, not to what.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.orgs.models import Alias, OrganisationSet, SetPhrase

QUIET = ("name_fold", "name_sort", "text_fold", "phrase_fold")

track(*apps.get_app_config("orgs").get_models(), quiet=QUIET)
track(Alias, OrganisationSet, SetPhrase, hidden=("name", "phrase", "text"), quiet=QUIET)

sentences(
    {
        "orgs.add_alias": _("added another name"),
        "orgs.appoint": _("made the appointment"),
        "orgs.confirm_set": _("confirmed the group, with %(members)s members"),
        "orgs.create_organisation": _("created the organisation"),
        "orgs.end_appointment": _("ended the appointment, last day %(last_day)s"),
        "orgs.name_set_phrase": _("said which group a phrase means"),
        "orgs.propose_set": _("proposed the group"),
        "orgs.rename_organisation": _("renamed the organisation"),
    }
)
