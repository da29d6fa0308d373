"""Two provinces become one, for measuring and for training: An Giang and Kiên Giang on 1 July 2025.

Names of units are facts; people, plans and tasks are invented. What became of which department is one
way in which provinces did it, not the decision of this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import Body, Stated, begin_restructuring, state_step
from nhipcau.apps.orgs.models import (
    AllotmentRule,
    Appointment,
    HomeProvince,
    Organisation,
    OrganisationSet,
    OrganisationVersion,
    Restructuring,
    SetMember,
    StepUnit,
    realm_of,
)
from nhipcau.apps.plans.demo.shelf import PASSWORD
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.core.places import shipped

DAY = date(2025, 7, 1)
PROVINCES = ("An Giang", "Kiên Giang")
BASIS = "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội"
_KIND = OrganisationVersion.Kind
# Departments that stay one of their kind.
STAY = (
    "Văn phòng Ủy ban nhân dân",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Tư pháp",
    "Sở Ngoại vụ",
    "Thanh tra",
    "Hội Nông dân",
    "Hội Liên hiệp Phụ nữ",
)
# Department → the one of the above that it goes into.
INTO = {"Sở Kế hoạch và Đầu tư": "Sở Tài chính", "Sở Giao thông vận tải": "Sở Xây dựng"}
# Department → those that share it, with the words by which its work is told apart; the last gets the rest.
DIVIDED = {
    "Sở Thông tin và Truyền thông": (
        ("Sở Khoa học và Công nghệ", "chuyển đổi số"),
        ("Sở Văn hóa, Thể thao và Du lịch", ""),
    ),
    "Sở Lao động - Thương binh và Xã hội": (
        ("Sở Y tế", "chuyên gia; thân nhân"),
        ("Sở Giáo dục và Đào tạo", "lớp tiếng Việt"),
        ("Sở Nội vụ", ""),
    ),
}
# New department → those that it is made of.
NEW = {
    "Sở Nông nghiệp và Môi trường": (
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Tài nguyên và Môi trường",
    ),
    "Sở Dân tộc và Tôn giáo": ("Ban Dân tộc",),
}


@dataclass(slots=True)
class Built:
    """Ids of the bodies by name."""

    bodies: dict[str, int] = field(default_factory=dict)
    people: list[User] = field(default_factory=list)

    def of(self, department: str, province: str) -> int:
        return self.bodies[f"{department} tỉnh {province}"]


def build(coordinator: User) -> Built:
    """Both provinces as they were on 30 June 2025: departments, districts, groups, an officer each."""
    with act(coordinator, "plans.load_many", Document, permission="create") as entry:
        found = Built()
        departments = [*STAY, *INTO, *DIVIDED, *(name for names in NEW.values() for name in names)]
        for province in PROVINCES:
            _make(found, {f"Tỉnh {province}": _KIND.PROVINCE})
            _make(found, {f"{name} tỉnh {province}": _KIND.DEPARTMENT for name in departments})
            _make(found, dict.fromkeys(_districts(province), _KIND.DISTRICT))
        _make(found, {f"Chi cục Thủy sản tỉnh {name}": _KIND.UNIT for name in PROVINCES}, _below(found))
        HomeProvince.objects.update_or_create(
            pk=HomeProvince.ONLY, defaults={"place_id": found.bodies["Tỉnh An Giang"]}
        )
        _groups(coordinator)
        found.people = _people(found)
        note(entry, tasks=0)
    return found


def _below(found: Built) -> dict[str, int]:
    above = "Sở Nông nghiệp và Phát triển nông thôn"
    return {f"Chi cục Thủy sản tỉnh {name}": found.of(above, name) for name in PROVINCES}


def _districts(province: str) -> list[str]:
    """As the shipped data have them; a town that both have bears its province's name too."""
    units, before = shipped(), date(2025, 6, 30)
    keys = [
        version.key
        for version in units.all()
        if version.tier == "province" and version.on(before) and version.name.endswith(province)
    ]
    return [f"{each.name}, tỉnh {province}" for each in units.children(keys[0], before)]


def _make(found: Built, names: dict[str, str], parents: dict[str, int] | None = None) -> None:
    rows = Organisation.objects.bulk_create(Organisation(realm=realm_of(kind)) for kind in names.values())
    OrganisationVersion.objects.bulk_create(
        OrganisationVersion(
            organisation=row,
            name=name,
            kind=kind,
            parent_id=(parents or {}).get(name),
            valid=(None, None),
        ).with_keys()
        for row, (name, kind) in zip(rows, names.items(), strict=True)
    )
    found.bodies |= {name: row.pk for row, name in zip(rows, names, strict=True)}


def _groups(coordinator: User) -> None:
    for name, kind in (("Các sở, ban, ngành", "department"), ("Ủy ban nhân dân các huyện", "district")):
        group = OrganisationSet.objects.create(
            name=f"{name} hai tỉnh", kinds=[kind], confirmed_at=timezone.now(), confirmed_by=coordinator
        )
        rows = OrganisationVersion.objects.filter(kind=kind).values_list("organisation_id", flat=True)
        SetMember.objects.bulk_create(
            SetMember(set=group, organisation_id=pk, valid=(None, None)) for pk in rows
        )


def _people(found: Built) -> list[User]:
    users = []
    for number, (name, pk) in enumerate(found.bodies.items()):
        if not name.startswith("Tỉnh"):
            user = User.objects.create_user(f"sapnhap{number}@example.vn", f"Cán bộ số {number}", PASSWORD)
            users.append(user)
            Appointment.objects.create(
                user=user, role="officer", organisation_id=pk, valid=(date(2024, 1, 1), None)
            )
    return users


def add_duties(plan: Document) -> int:
    """Reports that every department owes on the plan, each year."""
    rows = OrganisationVersion.objects.filter(kind=_KIND.DEPARTMENT, valid__contains=timezone.localdate())
    bodies = list(rows.values_list("organisation_id", flat=True))
    duty = ReportingDuty.objects.create(
        document=plan, by_phrase="các sở, ban, ngành", kind="yearly", text="Báo cáo hằng năm"
    )
    duty.organisations.set(bodies)
    return len(bodies)


def state(found: Built, coordinator: User) -> Restructuring:
    """The act with all its steps and the rules by which what is divided is allotted."""
    made = begin_restructuring(
        "Hợp nhất tỉnh An Giang và tỉnh Kiên Giang",
        effective_on=DAY,
        legal_basis=BASIS,
        actor=coordinator,
    )
    for step in _steps(found):
        state_step(made, step, actor=coordinator)
    made.refresh_from_db()
    AllotmentRule.objects.bulk_create(_rules(found, made))
    return made


def _olds(found: Built, names: Iterable[str], provinces: Iterable[str] = PROVINCES) -> list[Body]:
    return [Body(organisation=found.of(name, province)) for name in names for province in provinces]


def _steps(found: Built) -> list[Stated]:
    steps = [
        Stated(
            "merge",
            [Body(organisation=found.bodies[f"Tỉnh {name}"]) for name in PROVINCES],
            [Body(name="Tỉnh An Giang", kind=_KIND.PROVINCE)],
        )
    ]
    for name in STAY:
        absorbed = [other for other, into in INTO.items() if into == name]
        olds = _olds(found, [name], PROVINCES[1:]) + _olds(found, absorbed)
        steps.append(Stated("merge", olds, _olds(found, [name], PROVINCES[:1])))
    for name, parts in DIVIDED.items():
        news = [Body(organisation=found.of(part, PROVINCES[0])) for part, _words in parts]
        steps += [Stated("split", [old], news) for old in _olds(found, [name])]
    for name, parts_of in NEW.items():
        new = Body(name=f"{name} tỉnh An Giang", kind=_KIND.DEPARTMENT)
        steps.append(Stated("merge", _olds(found, parts_of), [new]))
    offices = ("Sở Nội vụ", "Sở Tài chính")
    steps.append(Stated("abolish_tier", (), _olds(found, offices, PROVINCES[:1]), tier=_KIND.DISTRICT))
    return steps


def _rules(found: Built, made: Restructuring) -> list[AllotmentRule]:
    """By words where a department is divided; of the districts, money to the one office, the rest to the
    other.
    """
    rules: list[AllotmentRule] = []
    units = {
        (unit.step_id, unit.organisation_id): unit
        for unit in StepUnit.objects.filter(step__restructuring=made, side=StepUnit.Side.NEW)
    }

    def rule(old: int, step: int, new: int, words: str) -> None:
        by = AllotmentRule.By.WORDS if words else AllotmentRule.By.REST
        unit = units[step, new]
        rules.append(
            AllotmentRule(
                restructuring=made,
                position=len(rules),
                organisation_id=old,
                by=by,
                value=words,
                unit=unit,
            )
        )

    olds = StepUnit.objects.filter(step__restructuring=made, side=StepUnit.Side.OLD)
    step_of = {unit.organisation_id: unit.step_id for unit in olds}
    for name, parts in DIVIDED.items():
        for province in PROVINCES:
            old = found.of(name, province)
            for part, words in parts:
                rule(old, step_of[old], found.of(part, PROVINCES[0]), words)
    tier = made.steps.get(kind="abolish_tier").pk
    for name, pk in found.bodies.items():
        if name.endswith(PROVINCES) and ", tỉnh " in name:
            rule(pk, tier, found.of("Sở Tài chính", PROVINCES[0]), "danh mục dự án")
            rule(pk, tier, found.of("Sở Nội vụ", PROVINCES[0]), "")
    return rules
