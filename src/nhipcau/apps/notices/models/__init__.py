from nhipcau.apps.notices.models.digest import DigestChoice, DigestRun
from nhipcau.apps.notices.models.feed import CalendarFeed
from nhipcau.apps.notices.models.mail import Mail, MailQuerySet
from nhipcau.apps.notices.models.notice import Notice, NoticeQuerySet

__all__ = ["CalendarFeed", "DigestChoice", "DigestRun", "Mail", "MailQuerySet", "Notice", "NoticeQuerySet"]
