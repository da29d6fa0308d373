"""What is recorded of indicators: everything."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences

track(*apps.get_app_config("indicators").get_models(), quiet=("text_fold",))

sentences(
    {
        "indicators.create_indicator": _("made an indicator"),
        "indicators.drop_version": _("dropped the draft of a definition"),
        "indicators.edit_version": _("corrected the draft of a definition"),
        "indicators.end_cut_over": _("took back where an indicator is drawn from"),
        "indicators.end_goal": _("ended a baseline or target"),
        "indicators.end_indicator": _("ended the indicator"),
        "indicators.put_in_use": _("put version %(number)s of the definition in use"),
        "indicators.set_cut_over": _("said where the indicator is drawn from"),
        "indicators.set_goal": _("set a baseline or target"),
        "indicators.start_version": _("began version %(number)s of the definition"),
        "indicators.load_library": _("loaded the library of indicators"),
    }
)
