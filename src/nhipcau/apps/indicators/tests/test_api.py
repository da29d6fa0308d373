"""Indicators through the programming interface."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cast import SignedIn
from tests.permissions.world_of_indicators import make_indicator

from nhipcau.apps.access.actors import System
from nhipcau.apps.indicators.actions import load_library
from nhipcau.apps.indicators.models import CutOver, Goal

pytestmark = pytest.mark.django_db


def test_definitions_in_use_are_listed_in_few_queries(
    signed_in: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load_library(actor=System("test"))
    make_indicator("nhap", "Nháp", state="draft")
    client = signed_in("coordinator")
    client.get("/api/v1/indicators/")
    with django_assert_max_num_queries(10):
        found = client.get("/api/v1/indicators/", {"size": 200}).json()
    assert found["count"] == 67
    shares = [row for row in found["results"] if row["code"] == "ty-le-y-kien-tra-loi"]
    assert (shares[0]["numerator"], shares[0]["denominator"]) == ("y-kien-tra-loi", "y-kien-tiep-nhan")
    assert client.get("/api/v1/indicators/", {"topic": "ideas", "q": "van dung"}).json()["count"] == 1
    assert client.get("/api/v1/indicators/", {"topic": "none"}).status_code == 400


def test_one_has_its_versions_goals_and_sources(signed_in: SignedIn) -> None:
    used = make_indicator("dung", "Đang dùng")
    values = {"indicator": used.indicator, "kind": "target", "year": 2030, "source": "Kế hoạch"}
    Goal.objects.create(**values, value=Decimal("12.5"))
    Goal.objects.create(**{**values, "year": 2029}, value=Decimal(1), ended_at="2026-01-01T00:00:00Z")
    CutOver.objects.create(
        indicator=used.indicator, named_count="plans.courses", from_day=date(2026, 1, 1), reason="Thử"
    )
    found = signed_in("officer").get("/api/v1/indicators/dung/").json()
    assert [version["name"] for version in found["versions"]] == ["Đang dùng"]
    assert [(goal["year"], Decimal(goal["value"])) for goal in found["goals"]] == [(2030, Decimal("12.5"))]
    assert found["cut_overs"] == [{"named_count": "plans.courses", "from_day": "2026-01-01"}]
