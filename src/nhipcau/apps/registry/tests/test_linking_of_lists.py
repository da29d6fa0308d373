"""Lists that come in are linked by the same engine as files, and the preview says whom rows are about."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pytest_django import Settings
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.keyring import make_first_ring
from nhipcau.apps.reference.models import Country
from nhipcau.apps.reference.shipped import rows as shipped
from nhipcau.apps.registry.actions import confirm_intake, upload_intake
from nhipcau.apps.registry.intakes import reading
from nhipcau.apps.registry.linking.new_records import link_new
from nhipcau.apps.registry.models import Intake, Membership, Round
from nhipcau.core.linkage import model
from nhipcau.core.linkage.evaluating import score
from nhipcau.core.linkage.linking import link
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.reading import in_form
from nhipcau.core.linkage.tests import otherwise
from nhipcau.core.tablereader import MOST_LISTED
from nhipcau.core.tablereader.reading import read_in_parts

pytestmark = pytest.mark.django_db(transaction=True)
TESTS = System("tests")
HEADS = {
    "record_id": "Mã số",
    "name": "Họ và tên",
    "birth": "Ngày sinh",
    "sex": "Giới tính",
    "country": "Nước định cư",
    "phone": "Điện thoại",
    "email": "Email",
    "rel_name": "Người thân",
    "rel_phone": "Điện thoại người thân",
    "arrival_year": "Năm xuất cảnh",
}


@pytest.fixture
def round(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[Cast, Round]:
    monkeypatch.setattr(reading, "read_list", lambda path: read_in_parts(path, MOST_LISTED))
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    settings.KEY_RING = tmp_path / "keys" / "ring"
    with acting(TESTS):
        make_first_ring()
        for row in shipped("countries"):
            names = {"name": row["name"], "name_en": row["name_en"], "aliases": row["aliases"]}
            Country.objects.create(code=row["code"], valid=(None, None), source="ISO", **names)
        cast = make_cast()
        made = make_round(cast)
    return cast, made


def send(cast: Cast, round: Round, rows: list[dict[str, Any]]) -> Intake:
    body = io.StringIO()
    sheet = csv.writer(body, delimiter=";")
    sheet.writerow([*HEADS.values(), "Số CCCD", "Số hộ chiếu"])
    for row in rows:
        number = row.get("doc_no") or ""
        papers = (number, "") if number.isdigit() else ("", number)
        sheet.writerow([*("" if row.get(head) is None else row[head] for head in HEADS), *papers])
    with acting(cast.coordinator):
        return upload_intake(
            io.BytesIO(body.getvalue().encode()),
            "ds.csv",
            sender=cast.lead_agency,
            source=round,
            actor=cast.coordinator,
        )


def bring_in(cast: Cast, intake: Intake) -> None:
    with acting(cast.coordinator):
        confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)


def test_a_list_is_linked_as_well_as_the_same_records_in_a_file(round: tuple[Cast, Round]) -> None:
    cast, source = round
    records, truth, _places = otherwise.make(300, seed=11)
    intake = send(cast, source, records.to_pylist())
    assert intake.state == Intake.State.CHECKED
    bring_in(cast, intake)
    link_new()
    with acting(TESTS):
        rows = Membership.objects.filter(until=None).values_list("record__outside_number", "person")
        homes = {int(number): person for number, person in rows}
    # Wrong rows did not enter, and the sender's own repetitions of a row are one record.
    assert len(homes) >= 250
    entered = pa.array(sorted(homes), pa.int64())
    told = records.filter(pc.is_in(records["record_id"], entered))
    for column in ("prov", "district", "commune", "grp", "source"):
        told = told.drop_columns([column])
    in_file = link(in_form(told), Gazetteer([]), model.load())
    here = pa.table({"record_id": entered, "cluster_id": [homes[pk] for pk in entered.to_pylist()]})
    known = truth.filter(pc.is_in(truth["record_id"], entered))
    one, other = score(known, here), score(known, in_file)
    assert one.precision >= other.precision - 0.01, (one, other)
    assert one.recall >= other.recall - 0.05, (one, other)


def test_the_preview_names_whom_a_row_is_probably_about(round: tuple[Cast, Round]) -> None:
    cast, source = round
    records, _truth, _places = otherwise.make(120, seed=12)
    people = records.to_pylist()
    hoa = {
        "record_id": 5000,
        "name": "Nguyễn Thị Hoa Mai",
        "birth": "30/5/1962",
        "sex": "Nữ",
        "country": "Hoa Kỳ",
        "phone": "0909123456",
    }
    bring_in(cast, send(cast, source, [*people, hoa]))
    again = hoa | {"record_id": 9000, "name": "HOA MAI NGUYEN", "birth": "1962"}
    stranger = {"record_id": 9001, "name": "Quách Đại Lộc", "birth": "1988", "country": "Pháp"}
    intake = send(cast, source, [again, stranger])
    with acting(TESTS):
        found = list(intake.rows.order_by("number").values_list("finding", "person"))
        mine = Membership.objects.get(record__outside_number="5000", until=None).person_id
    assert found == [("probable", mine), ("new", None)]
    assert intake.counts == {"probable": 1, "new": 1}
    bring_in(cast, intake)
    assert link_new().joined >= 1
    with acting(TESTS):
        both = Membership.objects.filter(record__outside_number__in=("5000", "9000"), until=None)
        assert {each.person_id for each in both} == {mine}
