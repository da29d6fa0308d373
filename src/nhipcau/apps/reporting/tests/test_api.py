"""A unit's program reads what its unit owes and sends answers; the same rules as on the page."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from tests.cast import Cast, SignedIn

from nhipcau.apps.reporting.models import Obligation, Submission
from nhipcau.apps.reporting.tests.reports import WORDS, Reports, make_reports

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


def said(found: Reports, **more: Any) -> dict[str, Any]:
    codes = [found.asked(n).indicator.indicator.code for n in (1, 2)]
    return {
        "texts": [{"section": "narrative", "text": WORDS}],
        "figures": [
            {"indicator": codes[0], "amount": "1250"},
            {"indicator": codes[0], "split": "sex", "category": "male", "amount": "600"},
            {"indicator": codes[1], "no_data": True},
        ],
        **more,
    }


def post(client: Any, found: Reports, data: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    url = f"/api/v1/reports/{found.of_a.pk}/submissions/"
    return client.post(url, data, content_type="application/json", headers=headers)


def test_a_program_reads_what_is_asked_keeps_a_draft_and_sends_it(
    found: Reports, signed_in: SignedIn
) -> None:
    client = signed_in("officer")
    listed = client.get("/api/v1/reports/?state=waiting").json()["results"]
    assert [each["id"] for each in listed] == [found.of_commune.pk, found.of_a.pk] or len(listed) == 2
    one = client.get(f"/api/v1/reports/{found.of_a.pk}/").json()
    assert [each["key"] for each in one["sections"]][:2] == ["narrative", "tasks"]
    assert one["submission"] is None
    kept = post(client, found, said(found))
    assert (kept.status_code, kept.json()["state"], kept.json()["received_number"]) == (201, "draft", "")
    again = client.get(f"/api/v1/reports/{found.of_a.pk}/").json()
    assert again["answers"]["texts"][0]["text"] == WORDS
    key = str(uuid.uuid4())
    sent = post(client, found, again["answers"] | {"send": True}, key)
    assert sent.status_code == 201
    assert sent.json()["received_number"]
    same = post(client, found, again["answers"] | {"send": True}, key)
    assert (same.status_code, same.json()) == (200, sent.json())
    assert Submission.objects.get().via == "machine"


def test_refusals_name_their_places_and_nothing_is_half_kept(found: Reports, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    refused = post(client, found, said(found, texts=[], send=True))
    assert refused.status_code == 400
    assert f"s{found.section('narrative').pk}" in refused.json()["fields"]
    assert not Submission.objects.exists()
    assert post(client, found, said(found, texts=[{"section": "khac"}])).status_code == 400
    assert post(client, found, said(found, figures=[{"indicator": "khac"}])).status_code == 400
    post(client, found, said(found))
    stale = post(client, found, said(found))
    assert stale.status_code == 409
    post(client, found, said(found, revision=1, send=True))
    assert Obligation.objects.get(pk=found.of_a.pk).state == "sent"
    assert post(client, found, said(found)).status_code == 409


def test_other_units_and_readers_send_nothing(found: Reports, signed_in: SignedIn) -> None:
    assert post(signed_in("outsider"), found, said(found)).status_code == 404
    assert post(signed_in("reader"), found, said(found)).status_code == 403
    assert signed_in("reader").get(f"/api/v1/reports/{found.of_a.pk}/").status_code == 200


def test_a_program_asks_who_is_missing(found: Reports, signed_in: SignedIn) -> None:
    key = str(uuid.uuid4())
    assert post(signed_in("officer"), found, said(found, send=True), key).status_code == 201
    Obligation.objects.filter(pk=found.of_commune.pk).update(state="excused", excused_reason="Nghỉ")
    client = signed_in("coordinator")
    address = f"/api/v1/reports/?period={found.period.pk}"
    missing = client.get(f"{address}&standing=missing&standing=not_due").json()["results"]
    assert [(each["id"], each["unit"], each["standing"]) for each in missing] == [
        (found.of_b.pk, "Sở Tài chính tỉnh Mẫu", "not_due")
    ]
    every = {each["id"]: each["standing"] for each in client.get(address).json()["results"]}
    assert every == {
        found.of_a.pk: "in_time",
        found.of_b.pk: "not_due",
        found.of_commune.pk: "excused",
    }
    assert client.get(f"{address}&standing=somehow").status_code == 400


def test_a_unit_asks_about_itself_alone(found: Reports, signed_in: SignedIn) -> None:
    seen = signed_in("outsider").get("/api/v1/reports/?standing=not_due").json()["results"]
    assert [each["id"] for each in seen] == [found.of_b.pk]
