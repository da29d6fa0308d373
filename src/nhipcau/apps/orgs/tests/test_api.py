"""Organisations for programs: by name, as of a day, each through time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn

from nhipcau.apps.orgs.actions import rename_organisation

pytestmark = pytest.mark.django_db


def get(client: Client, address: str) -> Any:
    answer = client.get(f"/api/v1/organisations/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_organisation_is_found_by_its_name_of_the_day(cast: Cast, signed_in: SignedIn) -> None:
    client, day = signed_in("officer"), date(2025, 3, 1)
    rename_organisation(
        cast.department_a, "Sở Công nghiệp và Thương mại", valid_from=day, actor=cast.coordinator
    )

    now = get(client, "?q=cong nghiep")
    then = get(client, "?q=cong thuong&on=2024-12-31")

    assert [each["id"] for each in now["results"]] == [cast.department_a.pk]
    assert [each["name"] for each in then["results"]] == ["Sở Công Thương tỉnh Mẫu"]
    assert get(client, "?q=so cong thuong tinh mau")["count"] == 0
    whole = get(client, f"{cast.department_a.pk}/")
    assert [(each["valid_from"], each["valid_until"]) for each in whole["versions"]] == [
        ("2020-01-01", "2025-02-28"),
        ("2025-03-01", None),
    ]


def test_a_filter_that_means_nothing_is_refused(signed_in: SignedIn) -> None:
    refused = signed_in("officer").get("/api/v1/organisations/?kind=ministry&on=hôm qua")
    assert refused.status_code == 400
    assert set(refused.json()["fields"]) == {"kind", "on"}
