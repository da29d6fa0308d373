"""Rows that are written in code: what users typed is text in them, never markup."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from nhipcau.apps.orgs.listing import Row
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.orgs.templatetags.organisation_rows import organisation_rows
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.templatetags.plan_rows import plan_rows

HARSH = """<b onclick='x'>"đ" & co</b>"""


@pytest.mark.parametrize("number", [HARSH, ""])
@pytest.mark.parametrize("day", [date(2027, 6, 5), None])
def test_a_plan_named_in_markup_is_shown_as_typed(number: str, day: date | None) -> None:
    said: dict[str, Any] = {"title": HARSH, "issuer_name": HARSH, "type_name": HARSH}
    plan = Document(pk=1, number=number, issued_on=day, created_at=timezone.now(), **said)
    row = {"document": plan, "href": "/plans/1/", "sign": "open", "icon": "edit", "state": HARSH}
    shown = plan_rows([row | {"note": HARSH, "tasks": "1.000", "action": HARSH}])

    assert "<b" not in shown
    assert shown.count("&lt;b onclick=&#x27;x&#x27;&gt;&quot;đ&quot; &amp; co&lt;/b&gt;") >= 5
    assert ("05/6/2027" in shown) is bool(number and day)


@pytest.mark.parametrize("once", [HARSH, ""])
def test_an_organisation_named_in_markup_is_shown_as_typed(once: str) -> None:
    version = OrganisationVersion(organisation_id=1, name=HARSH, abbreviation=HARSH, kind="department")

    shown = organisation_rows([Row(version, once=once)])

    assert "<b" not in shown
    assert shown.count("&lt;b onclick=") == 2 + bool(once)
