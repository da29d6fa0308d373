"""What is done with messages, mails and calendars: one verb a file."""

from nhipcau.apps.notices.actions.choose_digest import choose_digest
from nhipcau.apps.notices.actions.end_feed import end_feed
from nhipcau.apps.notices.actions.forget import forget
from nhipcau.apps.notices.actions.make_digests import make_digests
from nhipcau.apps.notices.actions.make_feed import make_feed
from nhipcau.apps.notices.actions.mark_read import mark_all_read, mark_read
from nhipcau.apps.notices.actions.send_again import send_again
from nhipcau.apps.notices.actions.tell import tell

__all__ = [
    "choose_digest",
    "end_feed",
    "forget",
    "make_digests",
    "make_feed",
    "mark_all_read",
    "mark_read",
    "send_again",
    "tell",
]
