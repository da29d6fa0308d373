"""Files that were sent with work and turned out to bear a mark of secrecy: who sent them is told why they
are gone, and so are those who oversee the work.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.files.removed import on_locked_away
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.plans.models import Evidence, LateEvidence, Task
from nhipcau.apps.plans.reminders import OVERSEEING

FILES = _("Files")
KINDS = {
    "plans.file_locked_away": (
        FILES,
        _(
            "A file that you sent on %(day)s bears the mark %(mark)s. It was locked away: state secrets do "
            "not belong here. Send it by the way that the rules on state secrets prescribe."
        ),
    ),
    "plans.secret_file_found": (
        FILES,
        _("A file sent on %(day)s bore the mark %(mark)s and was locked away. Its sender has been told."),
    ),
}
ITSELF = System("secrecy")


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    on_locked_away(tell_of)


def tell_of(upload: Upload, mark: str) -> None:
    """Whoever sent these bytes; the name that they had here goes, it may say too much."""
    tasks: set[int] = set()
    senders: set[int] = {upload.created_by_id}
    for evidence in Evidence.objects.filter(upload=upload).select_related("update__assignment"):
        tasks.add(evidence.update.assignment.task_id)
        senders.add(evidence.update.created_by_id)
    for late in LateEvidence.objects.filter(upload=upload).select_related("report__part__period"):
        tasks.add(late.report.part.period.task_id)
        senders.add(late.report.created_by_id)
    Evidence.objects.filter(upload=upload).update(name="")
    LateEvidence.objects.filter(upload=upload).update(name="")
    about = Task.objects.filter(pk__in=tasks).order_by("pk").first()
    said = {"mark": mark, "day": timezone.localdate(upload.created_at)}
    sent = list(User.objects.filter(pk__in=senders))
    key = f"locked-away:{upload.pk}"
    tell(sent, "plans.file_locked_away", key=key, actor=ITSELF, about=about, **said)
    others = [user for user in holders(OVERSEEING, timezone.localdate()) if user.pk not in senders]
    tell(others, "plans.secret_file_found", key=f"found:{key}", actor=ITSELF, about=about, **said)
