"""Units, people and their updates to go with a great many tasks, for measuring; always the same."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationVersion
from nhipcau.apps.plans.demo.province import SINCE
from nhipcau.apps.plans.models import DELIVERED, Assignment, Document, Status, Update
from nhipcau.core.text import fold, sort_key

UNITS, PEOPLE, UPDATES = 150, 500, 15_000
WORDS = (
    "Đã gửi văn bản đề nghị các đơn vị cung cấp số liệu; đang tổng hợp.",
    "Đã tổ chức họp với các đơn vị liên quan, thống nhất phân công.",
    "Hoàn thành dự thảo, đang xin ý kiến trước khi trình.",
)


def load_crowd(coordinator: User) -> tuple[int, int, int]:
    """Add until there are so many units, people and updates; returns how many were added of each."""
    with act(coordinator, "plans.load_many", Document, permission="create") as entry:
        units, people, updates = _units(), _people(), _updates()
        note(entry, units=units, people=people, updates=updates)
    return units, people, updates


def _units() -> int:
    today = timezone.localdate()
    missing = UNITS - OrganisationVersion.objects.working().filter(valid__contains=today).count()
    if missing <= 0:
        return 0
    made = Organisation.objects.bulk_create(
        Organisation(realm=Organisation.Realm.PLACE) for _number in range(missing)
    )
    names = [f"Xã Đo Tải {number}" for number in range(1, missing + 1)]
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            organisation=organisation,
            name=name,
            name_fold=fold(name),
            name_sort=sort_key(name),
            kind=OrganisationVersion.Kind.COMMUNE,
            valid=DateRange(SINCE, None),
        )
        for organisation, name in zip(made, names, strict=True)
    )
    return missing


def _people() -> int:
    missing: int = PEOPLE - User.objects.count()
    if missing <= 0:
        return 0
    today = timezone.localdate()
    rows = OrganisationVersion.objects.working().filter(valid__contains=today)
    bodies = list(rows.order_by("organisation_id").values_list("organisation_id", "kind"))
    names = [f"Người Đo Tải {number}" for number in range(missing)]
    people = User.objects.bulk_create(
        User(
            email=f"do-tai-{number}@lamgiang.example.vn",
            full_name=name,
            name_fold=fold(name),
            name_sort=sort_key(name),
            password="!",  # noqa: S106  # a mark that no password fits
        )
        for number, name in enumerate(names)
    )
    roles = Appointment.Role
    commune = OrganisationVersion.Kind.COMMUNE
    Appointment.objects.bulk_create(
        Appointment(
            user=user,
            role=roles.COMMUNE_OFFICER if bodies[at % len(bodies)][1] == commune else roles.OFFICER,
            organisation_id=bodies[at % len(bodies)][0],
            valid=DateRange(SINCE, None),
        )
        for at, user in enumerate(people)
    )
    return missing


def _updates() -> int:
    missing = UPDATES - Update.objects.count()
    if missing <= 0:
        return 0
    random, now = Random(37), timezone.now()  # noqa: S311  # the same updates each time
    begun = Assignment.objects.exclude(status=Status.NOT_BEGUN).filter(organisation__isnull=False)
    parts = list(begun.order_by("pk")[:missing])
    by = dict(Appointment.objects.order_by("-pk").values_list("organisation_id", "user_id"))
    parts = [part for part in parts if part.organisation_id in by]
    Update.objects.bulk_create(
        [
            Update(
                assignment=part,
                text=random.choice(WORDS),
                percent=100 if part.status in DELIVERED else random.randint(5, 95),
                done=part.status in DELIVERED,
                done_on=part.done_on,
                created_by_id=by[part.organisation_id or 0],
                sent_by_id=by[part.organisation_id or 0],
                sent_at=now - timedelta(days=random.randint(0, 300)),
            )
            for part in parts
        ],
        batch_size=2000,
    )
    return len(parts)
