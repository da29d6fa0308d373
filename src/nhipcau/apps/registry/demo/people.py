"""A round and a running source with some sixty people, all invented: some told of twice, one corrected, two
who may be one. Loading twice changes nothing.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation, OrganisationSet, OrganisationVersion
from nhipcau.apps.registry.actions import (
    correct_person,
    create_round,
    create_source,
    enter_person,
    give_remit,
    merge_persons,
    open_round,
)
from nhipcau.apps.registry.demo.doubtful import load_doubtful
from nhipcau.apps.registry.demo.leaving import load_leaving
from nhipcau.apps.registry.demo.rights import load_rights
from nhipcau.apps.registry.models import Group, Person, Round, RunningSource

SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ"]
MIDDLES = {"F": ["Thị", "Ngọc", "Thu", "Thanh"], "M": ["Văn", "Hữu", "Minh", "Quốc"]}
GIVEN = {
    "F": ["Hoa", "Lan", "Mai", "Hương", "Yến", "Thủy", "Dung"],
    "M": ["Bình", "Dũng", "Hải", "Khoa", "Long", "Phúc", "Tâm"],
}
# Country, city, group: where people of such a province went.
WENT = (
    ("US", "San Jose", Group.FORMER_NATIONAL),
    ("JP", "Osaka", Group.WORKER),
    ("TW", "Đài Nam", Group.MARRIED),
    ("KR", "Busan", Group.MARRIED),
    ("AU", "Melbourne", Group.STUDENT),
    ("KH", "Takeo", Group.MIGRANT),
    ("CA", "Toronto", Group.FORMER_NATIONAL),
)
WORK = ("", "công nhân cơ khí", "giảng viên", "chủ cửa hàng", "kỹ sư phần mềm", "đầu bếp")
BASES = ("relative", "unverified", "document", "relative", "person")
PEOPLE = 60


def load_people(coordinator: User) -> int:
    """How many people; 0 when they are there already."""
    if Round.objects.exists():
        return 0
    today = timezone.localdate()
    communes = _communes(today)
    lead = coordinator.appointments.order_by("pk")[0].organisation
    round = _open_round(coordinator, today)
    source = create_source(name="Hội thân nhân kiều bào gửi", kind="association", actor=coordinator)
    labour = OrganisationVersion.objects.filter(name__contains="Nội vụ", valid__contains=today).first()
    if labour is not None:
        give_remit(
            labour.organisation,
            group=Group.WORKER,
            basis="Quyết định giao nhiệm vụ quản lý lao động đi làm việc ở nước ngoài",
            since=date(today.year, 1, 1),
            actor=coordinator,
        )
    people = [
        enter_person(
            values(number, communes),
            source=source if number % 4 == 0 else round,
            sender=lead,
            actor=coordinator,
        )
        for number in range(PEOPLE)
    ]
    _more_of_some(people, source, lead, coordinator)
    load_doubtful(communes, source, lead, coordinator)
    load_leaving(people, coordinator)
    load_rights(people, coordinator)
    return len(people)


def _communes(today: date) -> list[Organisation]:
    rows = OrganisationVersion.objects.working().filter(
        valid__contains=today, organisation__realm=Organisation.Realm.PLACE
    )
    return [row.organisation for row in rows.select_related("organisation").order_by("name_sort")]


def _open_round(coordinator: User, today: date) -> Round:
    group = OrganisationSet.objects.filter(confirmed_at__isnull=False, members__valid__contains=today)
    best = max(set(group), key=lambda each: each.members.filter(valid__contains=today).count())
    units = set(best.members.filter(valid__contains=today).values_list("organisation", flat=True))
    made = create_round(
        name=f"Đợt rà soát năm {today.year}",
        reference_date=date(today.year, 6, 30),
        counting=Round.Counting.STOCK,
        groups=Round.Groups.OVERLAPPING,
        source="Các xã, phường rà soát theo kế hoạch của UBND tỉnh",
        units=units,
        actor=coordinator,
    )
    return open_round(made, actor=coordinator)


def values(number: int, communes: list[Organisation]) -> dict[str, object]:
    """What a paper says of the person with this number."""
    sex = "F" if number % 5 < 3 else "M"
    country, city, group = WENT[number % len(WENT)]
    surname = SURNAMES[number * 7 % len(SURNAMES)]
    middle = MIDDLES[sex][number // 3 % len(MIDDLES[sex])]
    born = 1948 + number * 11 % 58
    birth = f"{born}" if number % 3 == 0 else f"{born}-{number % 12 + 1:02d}-{number * 5 % 28 + 1:02d}"
    return {
        "name": f"{surname} {middle} {GIVEN[sex][number * 3 % len(GIVEN[sex])]}",
        "sex": sex,
        "birth": birth,
        "place_id": communes[number % len(communes)].pk if communes else None,
        "country": country,
        "city": city,
        "groups": [str(group)],
        "left_in": str(max(born + 18, 1980 + number * 13 % 44)) if born + 18 <= 2024 else "",
        "occupation": WORK[number % len(WORK)],
        "basis": BASES[number % len(BASES)],
        "relative_name": f"{surname} Văn Thân" if number % 2 else "",
        "relative_relation": "anh" if number % 2 else "",
    }


def _more_of_some(people: list[Person], source: RunningSource, lead: Organisation, coordinator: User) -> None:
    """Told of twice, corrected, and two who may be one: the second officer's decision is awaited."""
    told = people[3]
    enter_person(
        {
            "name": told.name.upper(),
            "birth": told.birth[:4],
            "country": "US",
            "city": "Houston",
            "basis": "person",
        },
        source=source,
        sender=lead,
        actor=coordinator,
        person=told,
    )
    correct_person(
        people[5],
        {"birth": "1971-03-02"},
        basis="document",
        reason="Theo hộ chiếu do đương sự xuất trình",
        sender=lead,
        actor=coordinator,
    )
    words = people[8].name.split()
    other = enter_person(
        {
            "name": " ".join([words[-1], *words[1:-1], words[0]]),
            "birth": people[8].birth[:4],
            "country": people[8].country,
            "basis": "unverified",
        },
        source=source,
        sender=lead,
        actor=coordinator,
    )
    merge_persons(people[8], other, reason="Cùng năm sinh, tên viết đảo thứ tự", actor=coordinator)
