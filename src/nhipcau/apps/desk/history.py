"""The sentences of events that the desk's own actions write."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.sentences import sentences

sentences({"accounts.choose_language": _("chose the language %(after)s")})
