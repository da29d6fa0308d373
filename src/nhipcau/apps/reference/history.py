"""What is recorded of dated reference data: everything."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

track(*apps.get_app_config("reference").get_models())
sentences(
    {
        "reference.add_law_change": _("wrote down that %(number)s changed"),
        "reference.end_law_change": _("took back what was written of %(number)s"),
    }
)
