"""Some five thousand invented people come in four messy files, the way lists come: sent, read, brought in.
One of them waits as it was read, with wrong rows. Loading twice changes nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import appoint
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.registry.actions import confirm_intake, create_source, upload_intake
from nhipcau.apps.registry.demo.invented import Place
from nhipcau.apps.registry.demo.messy_files import files
from nhipcau.apps.registry.intake_jobs import bring_in_intake, check_intake
from nhipcau.apps.registry.models import Intake, Round, RunningSource

COMMUNE_OFFICER = "xacaumay@lamgiang.example.vn"
# Who sends what: a body by its name, the address and the name of the one who works there.
BODIES = {
    "Sở Nội vụ": ("noivu@lamgiang.example.vn", "Lý Thị Kim Ngân"),
    "Hội Liên lạc với người Việt Nam ở nước ngoài tỉnh": ("hoilienlac@lamgiang.example.vn", "Châu Văn Đạt"),
}
Tell = Callable[[str], None]


def load_lists(coordinator: User, tell: Tell) -> int:
    """How many lists came; 0 when they are there already."""
    today = timezone.localdate()
    with acting(coordinator):
        if Intake.objects.exists():
            return 0
        round = Round.objects.taking_records().first()
        labour, association = (_works_for(name, coordinator, today) for name in BODIES)
        commune = User.objects.get(email=COMMUNE_OFFICER)
        earlier = create_source(name="Sổ theo dõi kiều bào 2009", kind="earlier", actor=coordinator)
        department = create_source(name="Lao động đi làm việc", kind="labour", actor=coordinator)
        relatives = RunningSource.objects.filter(kind="association").first() or create_source(
            name="Hội Liên lạc gửi", kind="association", actor=coordinator
        )
        own = _own_communes(today)
    senders = (commune, coordinator, labour, association)
    sources = (round or relatives, earlier, department, relatives)
    lists = list(zip(files(own).items(), senders, sources, strict=True))
    for (name, body), sender, source in lists:
        intake = _read(name, body, sender, source)
        if sender != association:
            with acting(coordinator):
                waiting = Intake.objects.get(pk=intake)
                confirm_intake(waiting, revision=waiting.revision, actor=coordinator)
            bring_in_intake(intake)
        with acting(coordinator):
            came = Intake.objects.get(pk=intake)
        tell(_said(came))
    return len(lists)


def _works_for(body: str, coordinator: User, today: date) -> User:
    """Somebody who signs in with the password of the others."""
    email, name = BODIES[body]
    user: User | None = User.objects.filter(email=email).first()
    if user is None:
        version = OrganisationVersion.objects.get(name=body, valid__contains=today)
        user = User.objects.create_user(email, name)
        user.password = coordinator.password
        user.save(update_fields=["password"])
        appoint(user, "officer", version.organisation, valid_from=date(2025, 1, 1), actor=coordinator)
    return user


def _own_communes(today: date) -> list[Place]:
    rows = OrganisationVersion.objects.working().filter(
        valid__contains=today,
        organisation__realm=Organisation.Realm.PLACE,
        organisation__unit_key=None,
        name__regex="^(Xã|Phường) ",
    )
    return [(name, "", "") for name in rows.order_by("name_sort").values_list("name", flat=True)]


def _read(name: str, body: bytes, sender: User, source: Round | RunningSource) -> int:
    with acting(sender):
        organisation = sender.appointments.order_by("pk")[0].organisation
        made = upload_intake(io.BytesIO(body), name, sender=organisation, source=source, actor=sender)
    check_intake(made.pk)
    return made.pk


def _said(came: Intake) -> str:
    wrong = came.counts.get("wrong", 0)
    if came.state == Intake.State.CONFIRMED:
        became = f"{came.counts.get('records', 0)} bản ghi đã vào sổ · records in the register"
    else:
        rows = sum(came.counts.values()) - wrong
        became = f"{rows} dòng chờ đưa vào sổ · rows wait to be brought in"
    return f"  {came.name}: {became}, {wrong} dòng sai · wrong rows"
