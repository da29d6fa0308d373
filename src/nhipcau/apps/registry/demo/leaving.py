"""What leaves the register of the synthetic province: a look out of scope that waits for review, an export,
a request of another body that waits for a second officer.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.orgs.holders import holders
from nhipcau.apps.registry.actions import ask_export, ask_sharing, look_up, name_data_officer
from nhipcau.apps.registry.models import Group, Person

LEADER: Role = "leader"
COMMUNE: Role = "commune_officer"
LETTER = """BẢO HIỂM XÃ HỘI TỈNH
Số: 214/CV-BHXH

Kính gửi: Sở Ngoại vụ

Để đối chiếu người đi làm việc ở nước ngoài theo hợp đồng, Bảo hiểm xã hội tỉnh đề nghị Sở Ngoại vụ cung cấp
họ tên, năm sinh và nơi cư trú trước khi đi của những người này.
"""


def load_leaving(people: Sequence[Person], coordinator: User) -> None:
    """In the transaction of the coordinator."""
    today = timezone.localdate()
    leaders = holders([LEADER], today)
    if leaders:
        name_data_officer(
            leaders[0],
            basis="Quyết định phân công người phụ trách bảo vệ dữ liệu cá nhân",
            since=today,
            actor=coordinator,
        )
    ask_sharing(
        body="Bảo hiểm xã hội tỉnh",
        letter="214/CV-BHXH",
        letter_day=today - timedelta(days=3),
        basis="Luật 91/2025/QH15; Luật Bảo hiểm xã hội 2024",
        purpose="Đối chiếu người đi làm việc ở nước ngoài theo hợp đồng",
        wanted={"group": str(Group.WORKER)},
        columns=["name", "birth_year", "place_id"],
        until=today + timedelta(days=30),
        paper=attach_file(io.BytesIO(LETTER.encode()), "cong-van-214-bhxh.txt", actor=coordinator),
        actor=coordinator,
    )
    ask_export(
        purpose="contact",
        words="Thư chúc Tết gửi sinh viên đang du học",
        wanted={"group": str(Group.STUDENT)},
        columns=["name", "country", "city"],
        actor=coordinator,
    )
    _look(people, coordinator)


def _look(people: Sequence[Person], coordinator: User) -> None:
    """The first commune officer looks for somebody of another commune."""
    officers = holders([COMMUNE], timezone.localdate())
    if not officers:
        return
    set_identity(officers[0].pk)
    for person in people:
        found = look_up(
            name=person.name,
            by="year",
            fact=person.birth[:4],
            reason="help",
            words="Gia đình đề nghị giúp liên hệ, phiếu tiếp công dân số 08",
            actor=officers[0],
        )
        if found is not None:
            break
    set_identity(coordinator.pk)
