"""What of the register goes when its days are over, and how."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.emptying import FILES, TO_NOTHING, empty, with_content
from nhipcau.apps.registry.erasing import Erased, blank
from nhipcau.apps.registry.forgetting import REQUEST_WORDS, forget_copies
from nhipcau.apps.registry.models import (
    Export,
    Intake,
    LookUp,
    Membership,
    RightsRequest,
    SourceRecord,
    SubjectCopy,
)
from nhipcau.apps.registry.retention import Kept, keep

# A night's worth: what is left goes in the next one.
MOST_A_NIGHT = 2_000
WAITING = (Intake.State.TO_MAP, Intake.State.CHECKED)


def register() -> None:
    """Called once at start."""
    keep(
        Kept(
            "refused_lists",
            _("Lists that came to nothing: their rows and files"),
            _("since they were refused, dropped or taken back"),
            lambda day: _to_nothing(day).count(),
            lambda day: empty(_to_nothing(day)[:MOST_A_NIGHT]),
        ),
        Kept(
            "unsettled_lists",
            _("Lists that nobody confirmed or dropped"),
            _("since they were sent"),
            lambda day: _unsettled(day).count(),
            _drop,
        ),
        Kept(
            "settled_lists",
            _("Files and rows of lists that are in the register"),
            _("since they were confirmed; the records stay"),
            lambda day: _settled(day).count(),
            lambda day: empty(_settled(day)[:MOST_A_NIGHT]),
        ),
        Kept(
            "rights_documents",
            _("Copies of a person's own data"),
            _("since they were made"),
            lambda _day: _over().count(),
            lambda _day: forget_copies(_over()),
        ),
        Kept(
            "rights_requests",
            _("Names, addresses and words of requests"),
            _("since the request ended; its days stay as proof"),
            lambda day: _told(day).count(),
            lambda day: _told(day).update(**dict.fromkeys(REQUEST_WORDS, "")),
        ),
        Kept(
            "look_ups",
            _("Why somebody looked out of her scope, in words"),
            _("since the look; that it was stays"),
            lambda day: _looks(day).count(),
            lambda day: _looks(day).update(words="", verdict_words=""),
        ),
        Kept(
            "exports",
            _("What exports were needed for in words, and whom they held"),
            _("since their file was deleted; how many they held stays"),
            lambda day: _exports(day).count(),
            lambda day: _exports(day).update(words="", holds=[]),
        ),
        Kept(
            "running_records",
            _("Records of running sources"),
            _("since the day of which they are true; a hole stays, figures do not change"),
            lambda day: _old_records(day).count(),
            _erase_records,
        ),
    )


def _to_nothing(day: date) -> QuerySet[Intake]:
    ended = Q(ended_at__date__lt=day) | Q(ended_at=None, created_at__date__lt=day)
    return with_content(Intake.objects.filter(ended, state__in=TO_NOTHING))


def _unsettled(day: date) -> QuerySet[Intake]:
    return Intake.objects.filter(state__in=WAITING, created_at__date__lt=day).select_related(*FILES)


def _drop(day: date) -> int:
    found = list(_unsettled(day).select_for_update(of=("self",))[:MOST_A_NIGHT])
    Intake.objects.filter(pk__in=[each.pk for each in found]).update(
        state=Intake.State.DROPPED, ended_at=timezone.now()
    )
    return empty(found)


def _settled(day: date) -> QuerySet[Intake]:
    found = Intake.objects.filter(state=Intake.State.CONFIRMED, confirmed_at__date__lt=day)
    return with_content(found)


def _over() -> QuerySet[SubjectCopy]:
    """The day was fixed when the copy was made."""
    return SubjectCopy.objects.filter(upload__state="kept", expires_on__lte=timezone.localdate())


def _told(day: date) -> QuerySet[RightsRequest]:
    said = Q()
    for name in REQUEST_WORDS:
        said |= ~Q(**{name: ""})
    return RightsRequest.objects.filter(said, ended_on__lt=day)


def _looks(day: date) -> QuerySet[LookUp]:
    return LookUp.objects.filter(made_at__date__lt=day).exclude(words="", verdict_words="")


def _exports(day: date) -> QuerySet[Export]:
    return Export.objects.filter(ended_at__date__lt=day).exclude(words="", holds=[])


def _old_records(day: date) -> QuerySet[SourceRecord]:
    return SourceRecord.objects.standing().filter(running_source__isnull=False, round=None, stated_on__lt=day)


def _erase_records(day: date) -> int:
    """These records alone; of a person of whom no other stands, all that tells of her."""
    records = list(_old_records(day).order_by("pk").values_list("pk", flat=True)[:MOST_A_NIGHT])
    if not records:
        return 0
    standing = Membership.objects.filter(until=None, record__erased_at=None)
    persons = set(standing.filter(record__in=records).values_list("person", flat=True))
    others = standing.filter(person__in=persons).exclude(record__in=records)
    left = persons - set(others.values_list("person", flat=True))
    blank(Erased(tuple(sorted(left)), tuple(records)))
    derive(persons)
    return len(records)
