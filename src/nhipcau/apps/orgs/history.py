"""What is recorded of organisations, sets and appointments, and the sentences of their events."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

track(
    *apps.get_app_config("orgs").get_models(),
    quiet=("name_fold", "name_sort", "text_fold", "phrase_fold"),
)

sentences(
    {
        "orgs.add_alias": _("added the name “%(alias)s”"),
        "orgs.appoint": _("made the appointment"),
        "orgs.confirm_set": _("confirmed the group, with %(members)s members"),
        "orgs.create_organisation": _("created the organisation"),
        "orgs.end_appointment": _("ended the appointment, last day %(last_day)s"),
        "orgs.name_set_phrase": _("said which group a phrase means"),
        "orgs.propose_set": _("proposed the group"),
        "orgs.rename_organisation": _("renamed the organisation"),
    }
)
