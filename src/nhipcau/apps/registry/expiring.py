"""Of whom what a relative said is over: by a verification that ended, or by a record that grew old."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from nhipcau.apps.registry.models import Basis, Membership, Person, Verification


def expired(today: date) -> list[int]:
    """Persons (ids) who are shown as confirmed by a relative and may be that no more. One query."""
    ended = Verification.objects.standing().filter(expires_on__lte=today)
    of_family = Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk"))
    since = timezone.now() - timedelta(days=settings.RELATIVE_DAYS)
    old = Membership.objects.filter(
        person=OuterRef("pk"), until=None, record__basis=Basis.RELATIVE, record__made_at__lt=since
    )
    holding = Verification.objects.standing().filter(Q(expires_on=None) | Q(expires_on__gt=today))
    people = Person.objects.standing().filter(basis=Basis.RELATIVE)
    found = people.filter(Exists(ended.filter(of_family)) | Exists(old) & ~Exists(holding.filter(of_family)))
    return list(found.order_by("pk").values_list("pk", flat=True))
