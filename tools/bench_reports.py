"""The board of a period of reports and the workspace of its consolidation, for `bench.py`."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from load_units import Unit, prepare

UNITS, BAR, KILOBYTES = 150, 300, 18
# What offices write: who, what, how many; of a unit's own figures no two texts are the same.
WHO = ("Ủy ban nhân dân xã", "Mặt trận Tổ quốc xã", "Hội thân nhân kiều bào", "Công an xã", "Trạm y tế xã")
DID = (
    "gặp mặt",
    "tuyên truyền cho",
    "lập danh sách",
    "hướng dẫn thủ tục cho",
    "thăm hỏi",
    "tiếp nhận ý kiến của",
)
WHOM = ("kiều bào về quê dịp Tết", "gia đình có người ở nước ngoài", "người lao động về nước", "trí thức trẻ")


def board(rounds: int, timed: Callable[..., Any]) -> list[Any]:
    """150 units, some of which have sent; the page with all tiles and the first 25 units."""
    from django.utils import timezone

    from nhipcau.apps.reporting.models import Obligation

    units = prepare(UNITS)
    period = Obligation.objects.get(pk=units[0].obligation).period_id
    sent = [unit.obligation for unit in units if unit.obligation % 3]
    now = timezone.now()
    Obligation.objects.filter(pk__in=sent).update(state="sent", received_at=now - timedelta(hours=3))
    return [_page(f"board of a period, {UNITS} units", f"/reports/periods/{period}/?tab=all", rounds, timed)]


def workspace(rounds: int, timed: Callable[..., Any]) -> list[Any]:
    """150 reports of 18 kB in six sections; a section whose texts nobody has looked at yet, its second page,
    and one that is half done.
    """
    from nhipcau.apps.reporting.actions import Pick, begin_consolidation, take_passages
    from nhipcau.apps.reporting.models import Passage, Period

    units = prepare(UNITS)
    received(units)
    period = Period.objects.get(obligations=units[0].obligation)
    draft = begin_consolidation(period, actor=_coordinator())
    first, second = units[0].sections[:2]
    half = Passage.objects.filter(section=second).order_by("pk").values_list("pk", flat=True)[: UNITS // 2]
    for pk in half:
        take_passages(draft, Pick(pk, ()), actor=_coordinator())
    path = f"/reports/periods/{period.pk}/consolidation"
    size = f"{UNITS} units of {KILOBYTES} kB"
    return [
        _page(f"workspace of a section, {size}", f"{path}/sections/{first}/", rounds, timed),
        _page("the same, second page", f"{path}/sections/{first}/?page=2", rounds, timed),
        _page("workspace of a section half done", f"{path}/sections/{second}/", rounds, timed),
        _page("outline of the draft", f"{path}/", rounds, timed),
    ]


def received(units: list[Unit]) -> None:
    """Every unit's report with the province, each with words and figures of its own; one in ten says what its
    neighbour says.
    """
    from django.utils import timezone

    from nhipcau.apps.reporting.answering import likeness
    from nhipcau.apps.reporting.models import Obligation, Passage, Submission

    now, author = timezone.now(), _coordinator()
    passages = []
    for at, unit in enumerate(units):
        owed = Obligation.objects.get(pk=unit.obligation)
        made = Submission.objects.create(
            obligation=owed, organisation_id=owed.organisation_id, number=1, created_by=author
        )
        for place, section in enumerate(unit.sections):
            text = words_of((at - 1 if at % 10 == 0 and at else at) * 100 + place)
            passages.append(Passage(submission=made, section_id=section, text=text, likeness=likeness(text)))
    Passage.objects.bulk_create(passages)
    rows = Submission.objects.filter(obligation__in=[unit.obligation for unit in units])
    for row in rows:
        row.state, row.received_number, row.digest, row.sent_at = "sent", f"DO-{row.pk}", "0" * 64, now
    Submission.objects.bulk_update(rows, ["state", "received_number", "digest", "sent_at"])
    Obligation.objects.filter(submissions__in=rows).update(state="sent", received_at=now)


def words_of(seed: int) -> str:
    """A sixth of a report."""
    chosen, said = random.Random(seed), ""
    while len(said.encode()) < KILOBYTES * 1024 // 6:
        who, did, whom = (chosen.choice(words) for words in (WHO, DID, WHOM))
        said += f"{who} đã {did} {chosen.randint(2, 400)} {whom}, đạt {chosen.randint(40, 120)}% kế hoạch. "
    return said.strip()


def _coordinator() -> Any:
    from nhipcau.apps.accounts.models import User

    return User.objects.get(email="dieuphoi@lamgiang.example.vn")


def _page(name: str, address: str, rounds: int, timed: Callable[..., Any]) -> Any:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"accept-language": "vi"})
    client.force_login(_coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    note = f"{len(queries)} queries" + ("" if status == 200 else f", answer {status}!")
    return timed(name, lambda: client.get(address), rounds, BAR, note)
