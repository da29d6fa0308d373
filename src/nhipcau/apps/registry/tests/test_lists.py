"""A list of people on its way into the register: sent, told, looked at, brought in, taken back."""

from __future__ import annotations

import io
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.cast import BEGINNING, Cast
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.keyring import make_first_ring
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import (
    BuiltOn,
    confirm_intake,
    correct_person,
    drop_intake,
    map_intake,
    take_wrong_rows,
    undo_intake,
    upload_intake,
)
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.intake_jobs import put_back_left
from nhipcau.apps.registry.intakes import reading
from nhipcau.apps.registry.intakes.files import Gone, forget_old
from nhipcau.apps.registry.intakes.queue import BRING_IN
from nhipcau.apps.registry.models import (
    GroupSpell,
    IdentityNumber,
    Intake,
    Layout,
    Nationality,
    Person,
    Remit,
    Residence,
    Round,
    SourceRecord,
)
from nhipcau.apps.registry.numbers import persons_with
from nhipcau.apps.registry.search import found_by
from nhipcau.core.tablereader import MOST_LISTED, Refusal, read_tables
from nhipcau.core.tablereader.reading import read_in_parts

HEAD = "STT;Họ và tên;Ngày sinh;Giới tính;Nước định cư;Diện;Dân tộc"
HOA = "1;NGUYỄN THỊ HOA;12.3.70;Nữ;Mỹ;Kết hôn;Kinh"
BA = "2;Trần Văn Ba;1980;Nam;Úc;Lao động, học tập;Khmer"
BAD = "3;Lê Văn 12;31/02/1970;N;Atlantis;;Kinh"


@pytest.fixture
def round(cast: Cast, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Round:
    # Without the child, whose start takes a second; test_the_child_reads_it_too has it.
    monkeypatch.setattr(reading, "read_list", lambda path: read_in_parts(path, MOST_LISTED))
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True
    begin_registry()
    for code, name, more in (("US", "Hoa Kỳ", "Mỹ; USA"), ("AU", "Úc", "Australia")):
        Country.objects.create(
            code=code, name=name, name_en=more[:3], aliases=more, valid=(None, None), source="ISO"
        )
    made = make_round(cast)
    set_identity(cast.coordinator.pk)
    return made


def send(cast: Cast, round: Round, *rows: str, head: str = HEAD, **more: Any) -> Intake:
    values: dict[str, Any] = {"sender": cast.lead_agency, "actor": cast.coordinator, **more}
    file = io.BytesIO("\n".join((head, *rows)).encode())
    return upload_intake(file, "ds.csv", source=round, **values)


def bring_in(cast: Cast, round: Round, *rows: str, **more: Any) -> Intake:
    intake = send(cast, round, *rows, **more)
    return confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)


def findings(intake: Intake) -> list[str]:
    return [row.finding for row in intake.rows.order_by("sheet", "number")]


def registered() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Person, SourceRecord, Residence, GroupSpell))


def test_a_list_is_looked_at_before_anything_enters(cast: Cast, round: Round) -> None:
    intake = send(cast, round, HOA, BA, BAD)
    assert intake.state == Intake.State.CHECKED
    assert findings(intake) == ["new", "new", "wrong"]
    assert registered() == (0, 0, 0, 0)
    wrong = intake.rows.get(finding="wrong")
    assert {(each["column"], each["code"]) for each in wrong.remarks} == {
        (1, "name-digits"),
        (2, "no-such-day"),
        (3, "sex-unread"),
        (4, "country-unread"),
    }


def test_good_rows_enter_and_are_found_and_bad_ones_wait(cast: Cast, round: Round) -> None:
    intake = bring_in(cast, round, HOA, BA, BAD)
    assert intake.state == Intake.State.CONFIRMED
    assert intake.counts["records"] == 2
    assert registered() == (2, 2, 2, 3)
    hoa = Person.objects.get(name="Nguyễn Thị Hoa")
    assert (hoa.birth, hoa.sex, hoa.country, hoa.groups) == ("1970-03-12", "F", "US", ["married"])
    assert found_by("hoa nguyen my") == [hoa.pk]
    record = SourceRecord.objects.get(name="Nguyễn Thị Hoa")
    assert record.written["Họ và tên"] == "NGUYỄN THỊ HOA"
    assert record.written["Ngày sinh"] == "12.3.70"


def test_what_is_never_kept_is_told_and_nowhere(cast: Cast, round: Round) -> None:
    intake = bring_in(cast, round, HOA.replace("Kinh", "Khơ Me Tây Ninh"))
    assert intake.sheets[0]["left_out"] == {"6": "ethnicity"}
    kept = [*intake.rows.values_list("cells", "meaning", "remarks"), intake.sheets]
    kept += list(SourceRecord.objects.values_list("written", "words"))
    assert "Khơ Me" not in str(kept)


def test_a_column_that_the_register_has_no_field_for_is_not_kept(cast: Cast, round: Round) -> None:
    head = HEAD.replace("Dân tộc", "Cán bộ theo dõi ghi")
    intake = bring_in(
        cast, round, HOA.replace("Kinh", "hay đi lễ"), BAD.replace("Kinh", "nói năng lạ"), head=head
    )
    kept = [*intake.rows.values_list("cells", "meaning", "remarks"), intake.sheets]
    kept += list(SourceRecord.objects.values_list("written", "words"))
    assert SourceRecord.objects.get().written["Họ và tên"] == "NGUYỄN THỊ HOA"
    assert not [words for words in ("hay đi lễ", "nói năng lạ") if words in str(kept)]


def test_wrong_rows_go_back_without_what_the_law_calls_sensitive(
    cast: Cast, round: Round, tmp_path: Path
) -> None:
    intake = send(cast, round, BAD.replace(";Kinh", ";Khơ Me Tây Ninh;gọi sau 17h"), head=f"{HEAD};Ghi chú")
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(take_wrong_rows(intake, actor=cast.coordinator))
    (sheet,) = read_tables(path)
    assert sheet["rows"][0]["cells"] == [*HEAD.split(";"), "Ghi chú"]
    assert sheet["rows"][1]["cells"] == [
        "3",
        "Lê Văn 12",
        "31/02/1970",
        "N",
        "Atlantis",
        "",
        "",
        "gọi sau 17h",
    ]


def test_the_same_bytes_are_the_same_list(cast: Cast, round: Round) -> None:
    first = send(cast, round, HOA)
    assert send(cast, round, HOA) == first
    drop_intake(first, reason="nhầm", actor=cast.coordinator)
    assert send(cast, round, HOA) != first


def test_another_bodys_file_is_not_taken_and_not_shown(cast: Cast, round: Round) -> None:
    send(cast, round, HOA)
    set_identity(cast.outsider.pk)
    with pytest.raises(Refused, match="Đơn vị khác"):
        send(cast, round, HOA, sender=cast.department_b, actor=cast.outsider)


def test_a_body_that_is_not_hers_is_refused(cast: Cast, round: Round) -> None:
    with pytest.raises(Refused, match="thay cho đơn vị"):
        send(cast, round, HOA, sender=cast.department_b)


def test_what_is_known_unchanged_changed_and_twice(cast: Cast, round: Round) -> None:
    bring_in(cast, round, HOA, BA)
    again = send(
        cast,
        round,
        HOA.replace("1;", "9;", 1),
        BA.replace("Úc", "Mỹ"),
        "3;Lý Mới;1990;Nam;Úc;;",
        "4;Lý Mới;1990;Nam;Úc;;",
    )
    assert findings(again) == ["known", "changed", "new", "known"]
    confirm_intake(again, revision=again.revision, actor=cast.coordinator)
    assert Person.objects.count() == 3
    ba = Person.objects.get(name="Trần Văn Ba")
    assert (ba.country, ba.records) == ("US", 2)
    assert Person.objects.get(name="Nguyễn Thị Hoa").records == 1


def test_who_is_known_from_another_round_is_counted_in_this_one(cast: Cast, round: Round) -> None:
    bring_in(cast, round, HOA)
    begin_registry()
    later = make_round(cast, name="Đợt sau")
    set_identity(cast.coordinator.pk)
    again = send(cast, later, HOA, BA)
    assert findings(again) == ["known", "new"]
    confirm_intake(again, revision=again.revision, actor=cast.coordinator)
    assert Person.objects.get(name="Nguyễn Thị Hoa").records == 2


def test_another_senders_person_is_probable_and_not_joined(cast: Cast, round: Round) -> None:
    begin_registry()
    enter(make_record(cast, round, name="HOA THI NGUYEN", birth="1970", sender=cast.department_b))
    set_identity(cast.coordinator.pk)
    intake = send(cast, round, HOA)
    assert findings(intake) == ["probable"]
    confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    assert Person.objects.count() == 2


def test_other_dates_of_birth_are_other_people(cast: Cast, round: Round) -> None:
    bring_in(cast, round, HOA)
    begin_registry()
    enter(make_record(cast, round, name="Nguyễn Thị Hoa", birth="1970-05-05", sender=cast.department_b))
    set_identity(cast.coordinator.pk)
    assert findings(send(cast, round, HOA.replace("12.3.70", "13.3.70"))) == ["changed"]


def test_columns_are_told_once_and_remembered(cast: Cast, round: Round) -> None:
    head = "A;B;C"
    first = send(cast, round, "Nguyễn Thị Hoa;1970;Mỹ", head=head)
    assert first.state == Intake.State.TO_MAP
    assert not first.rows.exists()
    told = map_intake(first, {0: {0: "name", 1: "birth", 2: "country"}}, actor=cast.coordinator)
    assert told.state == Intake.State.CHECKED
    assert findings(told) == ["new"]
    second = send(cast, round, "Trần Văn Ba;1980;Úc", head="a;b;c")
    assert second.state == Intake.State.CHECKED
    assert Layout.objects.count() == 1


@pytest.mark.parametrize(
    "columns", [{0: "birth", 1: "country"}, {0: "name", 1: "name"}, {0: "name", 1: "opinion"}]
)
def test_columns_that_cannot_be_are_refused(cast: Cast, round: Round, columns: dict[int, str]) -> None:
    intake = send(cast, round, "Nguyễn Thị Hoa;1970;Mỹ", head="A;B;C")
    with pytest.raises(Refused):
        map_intake(intake, {0: columns}, actor=cast.coordinator)


def test_a_preview_that_was_looked_at_too_early_is_not_confirmed(cast: Cast, round: Round) -> None:
    intake = send(cast, round, HOA)
    with pytest.raises(Refused, match="kiểm tra lại"):
        confirm_intake(intake, revision=intake.revision - 1, actor=cast.coordinator)
    confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    with pytest.raises(Refused, match="đã kiểm tra"):
        confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)


def test_a_list_is_taken_back_to_the_letter(cast: Cast, round: Round) -> None:
    bring_in(cast, round, HOA)
    before = registered(), dict(Person.objects.values_list("pk", "country"))
    later = bring_in(cast, round, HOA.replace("Mỹ", "Úc"), BA)
    assert registered() != before[0]
    undone = undo_intake(later, reason="gửi nhầm", actor=cast.coordinator)
    assert undone.state == Intake.State.UNDONE
    assert (registered(), dict(Person.objects.values_list("pk", "country"))) == before
    assert send(cast, round, HOA.replace("Mỹ", "Úc"), BA).state == Intake.State.CHECKED


def test_a_list_that_somebody_built_on_stays(cast: Cast, round: Round) -> None:
    intake = bring_in(cast, round, HOA)
    correct_person(
        Person.objects.get(),
        {"birth": "1971"},
        basis="document",
        reason="Theo hộ chiếu",
        sender=cast.lead_agency,
        actor=cast.coordinator,
    )
    with pytest.raises(BuiltOn) as refused:
        undo_intake(intake, reason="nhầm", actor=cast.coordinator)
    assert refused.value.what == {"records": 1}
    assert Intake.objects.get().state == Intake.State.CONFIRMED


def test_the_sheets_own_numbers_find_the_person_again(cast: Cast, round: Round) -> None:
    head = "Mã số;Họ và tên;Năm sinh"
    bring_in(cast, round, "KB-7;Nguyễn Thị Hoa;1970", head=head)
    again = send(cast, round, "KB-7;Nguyễn Thị Hoa (Jenny);1971", head=head)
    assert findings(again) == ["changed"]
    assert SourceRecord.objects.get().outside_number == "KB-7"


def test_nationalities_and_years_of_leaving_are_facts(cast: Cast, round: Round) -> None:
    bring_in(
        cast,
        round,
        "Nguyễn Thị Hoa;1970;Mỹ;1999;Hoa Kỳ, Úc",
        head="Họ và tên;Năm sinh;Nước định cư;Năm xuất cảnh;Quốc tịch",
    )
    residence = Residence.objects.get()
    assert (residence.country, residence.since) == ("US", "1999")
    assert set(Nationality.objects.values_list("country", flat=True)) == {"US", "AU"}


def test_numbers_of_documents_are_sealed_and_wait_nowhere_in_the_open(
    cast: Cast, round: Round, settings: Settings, tmp_path: Path
) -> None:
    settings.KEY_RING = tmp_path / "keys" / "ring"
    head, hoa = "Họ và tên;Năm sinh;Số CCCD;Số hộ chiếu", "Nguyễn Thị Hoa;1970;089170001234;C1234567"
    with pytest.raises(Refused, match="khóa"):
        send(cast, round, hoa, head=head)
    make_first_ring()
    intake = send(cast, round, hoa, head=head)
    confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    kept = [*intake.rows.values_list("cells", "meaning")]
    kept += list(SourceRecord.objects.values_list("written", "words"))
    assert "089170001234" not in str(kept)
    assert "C1234567" not in str(kept)
    assert set(IdentityNumber.objects.values_list("kind", flat=True)) == {"citizen", "passport"}
    assert persons_with("089170001234") == persons_with("c1234567") == [Person.objects.get().pk]


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"", "empty"), (b"PK\x03\x04 broken", "damaged"), (b"%PDF-1.7 x", "type"), (b"MZ\x90\x00", "type")],
)
def test_what_is_no_list_is_sent_back_at_the_gate(cast: Cast, round: Round, body: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        upload_intake(
            io.BytesIO(body), "ds.xlsx", sender=cast.lead_agency, source=round, actor=cast.coordinator
        )
    assert refused.value.code == code
    assert not Intake.objects.exists()


def test_a_list_without_rows_is_refused_with_a_reason(cast: Cast, round: Round) -> None:
    intake = send(cast, round)
    assert (intake.state, intake.refusal) == (Intake.State.REFUSED, {"code": "no-rows", "values": {}})


def test_every_step_is_in_the_record(cast: Cast, round: Round) -> None:
    undo_intake(bring_in(cast, round, HOA), reason="nhầm", actor=cast.coordinator)
    verbs = list(
        Event.objects.filter(verb__contains="registry.").order_by("pk").values_list("verb", flat=True)
    )
    assert [verb for verb in verbs if verb != "registry.create_round"] == [
        "registry.check_intake",
        "registry.upload_intake",
        "registry.bring_in",
        "registry.confirm_intake",
        "registry.take_back",
        "registry.undo_intake",
    ]
    assert "NGUYỄN THỊ HOA" not in str(list(Event.objects.values_list("data", flat=True))).upper()


def test_an_agency_sends_and_only_the_keeper_confirms(cast: Cast, round: Round) -> None:
    sender: Organisation = cast.department_b
    actor: User = cast.outsider
    set_identity(actor.pk)
    intake = send(cast, round, HOA, sender=sender, actor=actor)
    assert findings(intake) == ["new"]
    with pytest.raises(PermissionDenied):
        confirm_intake(intake, revision=intake.revision, actor=actor)
    set_identity(cast.coordinator.pk)
    assert confirm_intake(intake, revision=intake.revision, actor=cast.coordinator).state == "confirmed"


def files_on_disk(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_a_list_lies_sealed_and_goes_when_it_is_in_the_register(
    cast: Cast,
    round: Round,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    head = "Họ và tên;Năm sinh;Số CCCD"
    intake = send(cast, round, "Nguyễn Thị Hoa;1970;089170001234", "Lê Văn 12;1980;089080001234", head=head)
    kept = files_on_disk(settings)
    assert len(kept) == 3
    assert not any(b"08917" in body or b"Nguy" in body or body.startswith(b"PK") for body in kept.values())
    assert "089080001234" not in str(list(intake.rows.values_list("cells", "meaning", "remarks")))
    with django_capture_on_commit_callbacks(execute=True):
        intake = confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    (left,) = files_on_disk(settings)
    assert intake.marked is not None
    assert intake.marked.sha256 == left
    assert not SourceRecord.objects.filter(written__has_key="Số CCCD").exists()
    with django_capture_on_commit_callbacks(execute=True):
        undo_intake(intake, reason="nhầm", actor=cast.coordinator)
    assert files_on_disk(settings) == {}


def test_a_dropped_or_refused_list_leaves_no_file(
    cast: Cast,
    round: Round,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(cast, round)
        drop_intake(send(cast, round, BAD), reason="nhầm", actor=cast.coordinator)
    assert files_on_disk(settings) == {}


def test_wrong_rows_are_there_for_ninety_days(
    cast: Cast,
    round: Round,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        intake = bring_in(cast, round, HOA, BAD)
        assert forget_old() == 0
        Intake.objects.update(confirmed_at=timezone.now() - timedelta(days=91))
        assert forget_old() == 1
    assert files_on_disk(settings) == {}
    with pytest.raises(Gone):
        take_wrong_rows(Intake.objects.get(pk=intake.pk), actor=cast.coordinator)


def test_what_is_dated_is_kept_with_its_dates(cast: Cast, round: Round) -> None:
    bring_in(
        cast,
        round,
        "Nguyễn Thị Hoa;1970;Mỹ;Kết hôn;12/5/1998;;1999-2010;Hoa Kỳ;2005;2004;12 Main St;0912345678;"
        "+1 408 555 1234 / +1 408 555 9876;Bà Lan",
        "Trần Văn Ba;1980;Úc;Lao động, học tập;2015;2018;;;;;;;;",
        head="Họ và tên;Năm sinh;Nước định cư;Diện;Ngày kết hôn;Hết hạn hợp đồng;Thời gian cư trú;Quốc tịch;"
        "Năm nhập quốc tịch;Năm thôi quốc tịch Việt Nam;Địa chỉ ở nước ngoài;Số điện thoại 2;Điện thoại;"
        "Địa chỉ thân nhân",
    )
    spell = GroupSpell.objects.get(group="married")
    assert (spell.since, spell.until) == ("1998-05-12", "")
    assert set(GroupSpell.objects.exclude(group="married").values_list("since", "until")) == {("", "")}
    residence = Residence.objects.get(country="US")
    assert (residence.since, residence.until) == ("1999", "2010")
    nationalities = set(Nationality.objects.values_list("country", "status", "since"))
    assert nationalities == {("US", "held", "2005"), ("VN", "lost", "2004")}
    record = SourceRecord.objects.get(name="Nguyễn Thị Hoa")
    assert record.address_abroad == "12 Main St"
    assert record.relative_address == "Bà Lan"
    assert record.phone == "+14085551234"
    assert record.other_phones == "+14085559876; 0912345678"
    assert found_by("0912345678") == found_by("4085559876") == [record.memberships.get().person_id]


def test_a_person_of_one_record_is_made_as_she_would_be_derived(cast: Cast, round: Round) -> None:
    bring_in(cast, round, HOA, BA, "3;Lý Thu (Jenny);;;;;")
    fields = [f.attname for f in Person._meta.concrete_fields if f.name != "changed_at"]
    before = list(Person.objects.order_by("pk").values(*fields))
    derive(Person.objects.values_list("pk", flat=True))
    assert list(Person.objects.order_by("pk").values(*fields)) == before


def test_dates_that_are_told_later_are_a_change(cast: Cast, round: Round) -> None:
    head = "Họ và tên;Năm sinh;Nước định cư;Diện;Ngày kết hôn;Quốc tịch"
    bring_in(cast, round, "Nguyễn Thị Hoa;1970;Mỹ;Kết hôn;;", head=head)
    assert findings(send(cast, round, "NGUYỄN THỊ HOA;1970;Mỹ;Kết hôn;;", head=head)) == ["known"]
    assert findings(send(cast, round, "Nguyễn Thị Hoa;1970;Mỹ;Kết hôn;1998;", head=head)) == ["changed"]
    assert findings(send(cast, round, "Nguyễn Thị Hoa;1970;Mỹ;Kết hôn;;Mỹ", head=head)) == ["changed"]
    assert findings(send(cast, round, "Nguyễn Thị Hoa;1970;Mỹ;Lao động;;", head=head)) == ["changed"]


def test_the_coordinator_where_another_body_keeps_the_register_sees_no_list_of_others(
    cast: Cast, round: Round
) -> None:
    set_identity(cast.outsider.pk)
    intake = send(cast, round, HOA, BAD, sender=cast.department_b, actor=cast.outsider)
    assert Intake.objects.visible_to(cast.coordinator).exists()
    begin_registry()
    Remit.objects.create(organisation=cast.department_a, group="", basis="QĐ", valid=(BEGINNING, None))
    coordinator = User.objects.get(pk=cast.coordinator.pk)
    set_identity(coordinator.pk)
    assert not Intake.objects.visible_to(coordinator).exists()
    assert not Intake.objects.exists()
    with pytest.raises(Http404):
        take_wrong_rows(intake, actor=coordinator)
    keeper = User.objects.get(pk=cast.officer.pk)
    set_identity(keeper.pk)
    assert take_wrong_rows(Intake.objects.visible_to(keeper).get(), actor=keeper).startswith(b"PK")


def test_a_list_that_could_not_be_brought_in_can_be_tried_again(
    cast: Cast, round: Round, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = send(cast, round, HOA)

    def fail(_intake: Intake) -> int:
        raise RuntimeError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(import_module("nhipcau.apps.registry.actions.confirm_intake"), "enter_rows", fail)
        failed = confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    assert (failed.state, failed.confirmed_at) == (Intake.State.CHECKED, None)
    assert Event.objects.filter(verb="registry.put_back_intake").count() == 1
    client.force_login(cast.coordinator)
    page = client.get(reverse("registry:intake", args=[intake.pk])).content.decode()
    assert "Không đưa được danh sách vào" in page
    done = confirm_intake(failed, revision=failed.revision, actor=cast.coordinator)
    assert (done.state, done.counts["records"]) == (Intake.State.CONFIRMED, 1)

    def stay(_intake: Intake) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(import_module("nhipcau.apps.registry.actions.undo_intake"), "take_back", stay)
        failed = undo_intake(done, reason="nhầm", actor=cast.coordinator)
    assert (failed.state, failed.ended_at) == (Intake.State.CONFIRMED, None)
    page = client.get(reverse("registry:intake", args=[intake.pk])).content.decode()
    assert "Không rút được danh sách ra" in page
    assert undo_intake(failed, reason="nhầm", actor=cast.coordinator).state == Intake.State.UNDONE


def test_a_list_that_no_job_works_on_is_put_back(cast: Cast, round: Round, settings: Settings) -> None:
    intake = send(cast, round, HOA)
    settings.JOBS_INLINE = False
    confirm_intake(intake, revision=intake.revision, actor=cast.coordinator)
    put_back_left(0)
    assert Intake.objects.get(pk=intake.pk).state == Intake.State.CONFIRMING
    ProcrastinateJob.objects.filter(task_name=BRING_IN).delete()
    put_back_left(0)
    assert Intake.objects.get(pk=intake.pk).state == Intake.State.CHECKED
