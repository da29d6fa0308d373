"""Requests of people about their data: one answered in time, one that runs, one near its day, one new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import (
    acknowledge_request,
    finish_request,
    grant_request,
    make_copy,
    receive_request,
)
from nhipcau.apps.registry.models import Person, RightsRequest

Right = RightsRequest.Right


def load_rights(people: Sequence[Person], coordinator: User) -> None:
    """In the transaction of the coordinator."""
    today = timezone.localdate()
    answered = _receive(Right.COPY, today - timedelta(days=6), people[0], coordinator)
    acknowledge_request(answered, on=today - timedelta(days=5), actor=coordinator)
    grant_request(answered, actor=coordinator)
    make_copy(answered, actor=coordinator)
    finish_request(answered, how="Giao bản sao trực tiếp, có ký nhận", actor=coordinator)

    runs = _receive(Right.CORRECT, today - timedelta(days=3), people[1], coordinator, channel="email")
    acknowledge_request(runs, on=today - timedelta(days=2), actor=coordinator)

    near = _receive(Right.RESTRICT, today - timedelta(days=13), people[2], coordinator, channel="mission")
    acknowledge_request(near, on=today - timedelta(days=12), actor=coordinator)

    _receive(
        Right.ERASE,
        today,
        None,
        coordinator,
        channel="post",
        identity=RightsRequest.Identity.OPEN,
        about="Trần Thị Mai, sinh năm 1987, trước ở xã cũ, nay sống ở Đài Nam",
        asker="Trần Thị Mai",
    )


def _receive(right: str, on: date, person: Person | None, coordinator: User, **said: str) -> RightsRequest:
    values = {
        "asked_by": RightsRequest.Asker.PERSON,
        "asker": person.name if person is not None else "",
        "identity": RightsRequest.Identity.PAPER,
        "channel": RightsRequest.Channel.DESK,
        "contact": "0900 000 000",
        "words": "Đề nghị cơ quan giải quyết theo quy định về bảo vệ dữ liệu cá nhân.",
    }
    return receive_request(values | said, right=right, received_on=on, person=person, actor=coordinator)
