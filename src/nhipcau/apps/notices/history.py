"""What is recorded of messages, and the sentences of their events.

Messages and mails follow from actions that are recorded themselves, and are emptied when they are over.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.audit.rows import track
from nhipcau.apps.audit.sentences import sentences
from nhipcau.apps.notices.models import CalendarFeed, DigestChoice

track(CalendarFeed, hidden=("secret_digest",))
track(DigestChoice)

sentences(
    {
        "notices.choose_digest": _("chose when reminders come by mail"),
        "notices.end_feed": _("switched the private calendar off"),
        "notices.make_digests": _("made the digests of %(day)s: %(mails)s mails"),
        "notices.make_feed": _("made a new address for the private calendar"),
        "notices.settle_restored": _("marked mails of a restored backup as unclear: %(mails)s"),
        "notices.send_again": _("had mails sent again that were unclear or refused"),
    }
)
