"""The pages of consultations: asking, answering, settling, the table."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.orgs.models import OrganisationSet, SetMember
from nhipcau.apps.plans.actions import answer_consultation, open_consultation
from nhipcau.apps.plans.consultation_table import HEADS
from nhipcau.apps.plans.models import Consultation
from nhipcau.apps.plans.tests.consulted import FIRST, answer_of, ask, remark
from nhipcau.apps.plans.views.tests.conftest import Own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings: Any, tmp_path: Path) -> None:
    settings.JOBS_INLINE = True
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    return ask(cast)


def test_no_answer_is_not_agreement_and_who_is_silent_is_named(
    cast: Cast, asked: Consultation, signed_in: SignedIn
) -> None:
    answer = answer_of(asked, cast.department_b)
    answer_consultation(answer, "agree", actor=cast.outsider, version=0)

    page = signed_in("coordinator").get(f"/consultations/{asked.pk}/").content.decode()

    assert "1 of 3 have answered" in page
    assert "1 agree, 0 have remarks, 2 have not answered." in page
    assert page.index("Sở Công Thương") < page.index("Sở Tài chính")


def test_the_table_has_every_remark_and_names_the_silent(
    cast: Cast, asked: Consultation, signed_in: SignedIn
) -> None:
    remark(cast, asked, "Sửa <b>Điều 2</b>\x0b & thêm “quý”")
    answer_consultation(answer_of(asked, cast.department_b), "agree", actor=cast.outsider, version=0)

    response = signed_in("coordinator").post(f"/consultations/{asked.pk}/table/")

    word = docx.Document(io.BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "được lấy ý kiến: 3" in text
    assert "Thống nhất với dự thảo: 1 (Sở Tài chính tỉnh Mẫu)" in text
    assert "chưa trả lời: 1 (Xã Cầu Ngang)" in text
    cells = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert cells[0] == list(HEADS)
    assert cells[1][2:5] == ["Sở Công Thương tỉnh Mẫu", "Sửa <b>Điều 2</b> & thêm “quý”", "Chưa xử lý."]
    assert cells[1][1].startswith("Đoạn 2: Điều 2.")


def test_the_pages_ask_answer_and_settle(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    group = OrganisationSet.objects.create(name="Các xã", confirmed_at=timezone.now())
    SetMember.objects.create(set=group, organisation=cast.commune, valid=(None, None))
    form = {
        "title": "Quy chế",
        "due_on": "31/12/2099",
        "sets": [str(group.pk)],
        "agencies": "Sở Công Thương; Sở Không Có",
        "file": SimpleUploadedFile("du-thao.txt", FIRST.encode()),
    }
    refused = client.post("/consultations/new/", form)
    assert refused.status_code == 422
    assert "Sở Không Có" in refused.content.decode()
    assert not Consultation.objects.exists()

    form |= {"agencies": "Sở Công Thương", "file": SimpleUploadedFile("du-thao.txt", FIRST.encode())}
    made = client.post("/consultations/new/", form, follow=True)
    assert made.status_code == 200
    asked = Consultation.objects.get()
    assert {each.organisation_id for each in asked.answers.all()} == {cast.department_a.pk, cast.commune.pk}

    officer = signed_in("officer")
    mine = answer_of(asked, cast.department_a)
    address = f"/consultations/answers/{mine.pk}/"
    assert address in officer.get("/").content.decode()
    empty = {"kind": "remarks", "version": "0", "rows": "1", "r0-text": "", "r0-passage": "1"}
    assert officer.post(address, empty).status_code == 422
    sent = officer.post(address, empty | {"r0-text": "Sáu tháng một lần"})
    assert sent.status_code == 302
    assert address not in officer.get("/").content.decode()
    file = officer.get(f"/consultations/{asked.pk}/drafts/1/")
    assert b"".join(file).decode() == FIRST  # type: ignore[arg-type]

    said = mine.remarks.get()
    settled = client.post(f"/consultations/remarks/{said.pk}/", {"outcome": "taken", "passage": "1"})
    assert settled.status_code == 302
    assert "Every remark is settled" in client.get(f"/consultations/{asked.pk}/").content.decode()


def test_a_list_of_fifty_takes_as_many_queries_as_one_of_five(
    cast: Cast, signed_in: SignedIn, own_queries: Own
) -> None:
    client, taken = signed_in("coordinator"), []
    for _round in range(2):
        for number in range(5 + 40 * len(taken)):
            title, body = f"Dự thảo {number}", {cast.commune.pk: None}
            open_consultation(title, body, due_on=timezone.localdate(), actor=cast.coordinator)
        taken.append(len(own_queries(client, "/consultations/")))
    assert taken[0] == taken[1] <= 6
