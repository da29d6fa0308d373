"""What is recorded of dated reference data: everything."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

track(*apps.get_app_config("reference").get_models())

sentences(
    {
        "reference.record_law_change": _("noted that a legal document changed"),
        "reference.edit_law_change": _("corrected what is known of a legal document"),
        "reference.end_law_change": _("took back what was noted of a legal document"),
        "reference.decide_days": _("entered a decision on working days and days off"),
        "reference.load_shipped": _("loaded the reference data that comes with the product"),
    }
)
