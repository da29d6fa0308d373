"""A sheet of agencies and people: checked, confirmed at once, undone while nothing stands on it."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.cast import Cast, appoint, make_organisation, make_user

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.orgs.actions import (
    BuiltOn,
    Outdated,
    check_again,
    confirm_arrival,
    undo_arrival,
    upload_arrival,
)
from nhipcau.apps.orgs.models import (
    Alias,
    Appointment,
    Arrival,
    ArrivalRow,
    Organisation,
    OrganisationVersion,
)
from nhipcau.apps.orgs.sheets.marked import marked
from nhipcau.apps.orgs.sheets.template import template
from nhipcau.core.tablereader import Refusal, read_tables

AGENCIES = ["Tên cơ quan", "Tên viết tắt", "Mã", "Loại", "Cơ quan cấp trên", "Tên gọi khác", "Có từ ngày"]
PEOPLE = ["Họ và tên", "Thư điện tử", "Vai trò", "Cơ quan", "Từ ngày", "Đến ngày"]
Table = Sequence[Sequence[object]]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT, settings.JOBS_INLINE = tmp_path / "files", True


def workbook(agencies: Table = (), people: Table = ()) -> io.BytesIO:
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"}
    book = xlsxwriter.Workbook(memory, options)
    for name, head, rows in (("Cơ quan", AGENCIES, agencies), ("Người dùng", PEOPLE, people)):
        sheet = book.add_worksheet(name)
        for number, row in enumerate([head, *rows]):
            sheet.write_row(number, 0, row)
    book.close()
    memory.seek(0)
    return memory


def sent(cast: Cast, agencies: Table = (), people: Table = (), by: str = "coordinator") -> Arrival:
    return upload_arrival(workbook(agencies, people), "danh-sach.xlsx", actor=getattr(cast, by))


def findings(arrival: Arrival) -> list[tuple[str, list[str]]]:
    return [(row.finding, [each["code"] for each in row.remarks]) for row in arrival.rows.all()]


@pytest.fixture
def both(cast: Cast) -> Arrival:
    return sent(
        cast,
        [
            ["Chi cục Biên giới", "CCBG", "", "cơ quan khác", "Sở Ngoại vụ", "", "01/7/2025"],
            ["So ngoai vu tinh mau", "SNgV", "", "sở", "", "Sở NgV", ""],
        ],
        [
            [
                "Lý Thị Mới",
                "moi@example.vn",
                "chuyên viên cơ quan",
                "Chi cục Biên giới",
                date(2026, 1, 5),
                "",
            ],
            ["Huỳnh Văn An", "officer@example.vn", "người xem", "SNgV", "", ""],
            ["Huỳnh Văn An", "officer@example.vn", "chuyên viên", "Sở Công Thương", "", ""],
        ],
    )


def test_a_sheet_is_checked_before_anything_is_entered(both: Arrival) -> None:
    assert both.state == Arrival.State.CHECKED
    assert findings(both) == [
        ("new", []),
        ("changed", ["adds-alias"]),
        ("new", []),
        ("changed", ["adds-role"]),
        ("known", []),
    ]
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_confirmed_the_agencies_people_and_appointments_are_there(cast: Cast, both: Arrival) -> None:
    confirm_arrival(both, actor=cast.coordinator)
    agency = OrganisationVersion.objects.get(name="Chi cục Biên giới")
    assert (agency.valid.lower, agency.parent_id) == (date(2025, 7, 1), cast.lead_agency.pk)
    held = Appointment.objects.get(user__email="moi@example.vn")
    assert (held.role, held.organisation_id, held.valid.lower) == (
        "officer",
        agency.organisation_id,
        date(2026, 1, 5),
    )
    assert not User.objects.get(email="moi@example.vn").has_usable_password()
    assert Alias.objects.filter(organisation=cast.lead_agency, text="Sở NgV").exists()
    assert Appointment.objects.filter(user=cast.officer).count() == 2
    # The known agency keeps the name it has.
    assert OrganisationVersion.objects.get(organisation=cast.lead_agency).name == "Sở Ngoại vụ tỉnh Mẫu"


def test_a_hundred_people_are_entered_in_as_many_queries_as_two(cast: Cast) -> None:
    asked = {}
    for many in (2, 100):
        people = [
            [f"Lý Thị {number}", f"p{many}-{number}@example.vn", "chuyên viên", "SNgV", "", ""]
            for number in range(many)
        ]
        people.append([people[0][0], people[0][1], "người xem", "SNgV", "", ""])
        arrival = sent(cast, people=people)
        with CaptureQueriesContext(connection) as queries:
            confirm_arrival(arrival, actor=cast.coordinator)
        asked[many] = len(queries)
        entered = User.objects.filter(email__startswith=f"p{many}-")
        assert entered.count() == many
        assert Appointment.objects.filter(user__in=entered).count() == many + 1
        assert all(user.name_fold and not user.has_usable_password() for user in entered)
        said = Event.objects.filter(verb="accounts.create_user", actor_id=cast.coordinator.pk)
        assert set(said.values_list("subject_id", flat=True)) >= {str(user.pk) for user in entered}
    assert asked[100] == asked[2], asked


def test_a_post_goes_with_the_role(cast: Cast) -> None:
    head = "Họ và tên;Thư điện tử;Vai trò;Cơ quan;Vị trí\n"
    rows = ["Lý Mới;moi@example.vn;chuyên viên;SNgV;Văn thư", "Lê Hai;hai@example.vn;chuyên viên;SNgV;vua"]
    arrival = upload_arrival(io.BytesIO((head + "\n".join(rows)).encode()), "a.csv", actor=cast.coordinator)
    assert findings(arrival) == [("new", []), ("wrong", ["no-post"])]
    confirm_arrival(arrival, actor=cast.coordinator)
    assert Appointment.objects.get(user__email="moi@example.vn").post == Appointment.Post.CLERK


def test_an_opendocument_sheet_is_understood(cast: Cast, tmp_path: Path) -> None:
    cells = [
        ["Họ và tên", "Thư điện tử", "Vai trò", "Cơ quan"],
        ["Lý Mới", "moi@example.vn", "reader", "SNgV"],
    ]
    office, table, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "table", "text")
    )
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in cells
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}" '
        f'xmlns:table="{table}" xmlns:text="{text}"><office:body><office:spreadsheet>'
        f'<table:table table:name="Người dùng">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    with path.open("rb") as file:
        arrival = upload_arrival(file, "a.ods", actor=cast.coordinator)
    assert arrival.state == Arrival.State.CHECKED, arrival.refusal
    assert findings(arrival) == [("new", [])]


def test_twice_confirmed_is_confirmed_once(cast: Cast, both: Arrival) -> None:
    confirm_arrival(both, actor=cast.coordinator)
    with pytest.raises(Refused):
        confirm_arrival(both, actor=cast.coordinator)
    assert User.objects.filter(email="moi@example.vn").count() == 1


def test_the_same_bytes_are_the_same_import(cast: Cast) -> None:
    data = workbook([["Chi cục Mới", "", "", "sở", "", "", ""]]).getvalue()
    first = upload_arrival(io.BytesIO(data), "a.xlsx", actor=cast.coordinator)
    confirm_arrival(first, actor=cast.coordinator)
    assert upload_arrival(io.BytesIO(data), "b.xlsx", actor=cast.system_admin) == first
    undo_arrival(first, reason="thử", actor=cast.coordinator)
    again = upload_arrival(io.BytesIO(data), "b.xlsx", actor=cast.coordinator)
    assert again != first
    assert findings(again) == [("new", [])]


def test_what_was_confirmed_is_known_the_next_time(cast: Cast) -> None:
    rows = [["Chi cục Mới", "CCM", "", "sở", "", "Chi cục M", ""]]
    people = [["Lý Mới", "moi@example.vn", "người xem", "CCM", "01/01/2026", "31/12/2026"]]
    confirm_arrival(sent(cast, rows, people), actor=cast.coordinator)
    again = sent(cast, [*rows, ["Chi cục Hai", "", "", "sở", "", "", ""]], people)
    assert [finding for finding, _codes in findings(again)] == ["known", "new", "known"]


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        (["", "X", "", "sở", "", "", ""], "missing"),
        (["Sở Mới", "", "", "không có loại này", "", "", ""], "no-kind"),
        (["Sở Mới", "", "", "", "", "", ""], "missing"),
        (["Sở Mới", "", "", "sở", "Cơ quan không có", "", ""], "no-agency"),
        (["Sở Mới", "", "", "sở", "", "", "32/13/2026"], "no-day"),
        (["=HYPERLINK(1)", "", "", "sở", "", "", ""], "not-a-name"),
        (["Sở " + "dài" * 80, "", "", "sở", "", "", ""], "too-long"),
        (["Xã Cầu Ngạng", "", "", "xã", "", "", ""], "similar"),
    ],
)
def test_a_wrong_agency_says_why(cast: Cast, agency: list[str], code: str) -> None:
    ((finding, codes),) = findings(sent(cast, [agency]))
    assert (finding, codes[:1]) == ("wrong", [code])


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (["Lý Mới", "không phải thư", "chuyên viên", "SNgV", "", ""], "no-mail"),
        (["Lý Mới", "moi@example.vn", "vua", "SNgV", "", ""], "no-role"),
        (["Lý Mới", "moi@example.vn", "lãnh đạo", "SNgV", "", ""], "role-not-yours"),
        (["Lý Mới", "moi@example.vn", "quản trị hệ thống", "SNgV", "", ""], "role-not-yours"),
        (["Lý Mới", "moi@example.vn", "chuyên viên", "Sở Không Có", "", ""], "no-agency"),
        (
            ["Lý Mới", "moi@example.vn", "chuyên viên", "SNgV", "05/01/2026", "04/01/2026"],
            "until-before-since",
        ),
        (["Bùi Văn Nghỉ", "leaver@example.vn", "chuyên viên", "SNgV", "", ""], "locked"),
        (["", "moi@example.vn", "chuyên viên", "SNgV", "", ""], "missing"),
        (["Phan Xã", "moi@example.vn", "cán bộ cấp xã", "Xã Cầu Ngạng", "", ""], "similar"),
    ],
)
def test_a_wrong_person_says_why(cast: Cast, person: list[str], code: str) -> None:
    ((finding, codes),) = findings(sent(cast, [], [person]))
    assert finding == "wrong"
    assert code in codes


def test_a_row_that_needs_a_wrong_row_is_wrong_too(cast: Cast) -> None:
    arrival = sent(
        cast,
        [
            ["Sở Sai", "", "", "gì", "", "", ""],
            ["Chi cục Dưới", "", "", "sở", "Sở Sai", "", ""],
            ["Phòng Dưới", "", "", "sở", "Chi cục Dưới", "", ""],
        ],
        [["Lý Mới", "moi@example.vn", "chuyên viên", "Phòng Dưới", "", ""]],
    )
    assert findings(arrival) == [
        ("wrong", ["no-kind"]),
        ("wrong", ["agency-wrong"]),
        ("wrong", ["agency-wrong"]),
        ("wrong", ["agency-wrong"]),
    ]
    with pytest.raises(Refused):
        confirm_arrival(arrival, actor=cast.coordinator)


def test_agencies_that_stand_under_one_another_in_a_circle_are_wrong(cast: Cast) -> None:
    arrival = sent(
        cast, [["Sở Một", "", "", "sở", "Sở Hai", "", ""], ["Sở Hai", "", "", "sở", "Sở Một", "", ""]]
    )
    assert [codes for _finding, codes in findings(arrival)] == [["circle"], ["circle"]]


def test_a_long_chain_is_entered_from_above(cast: Cast) -> None:
    rows = [
        [f"Phòng {n}", "", "", "cơ quan khác", f"Phòng {n + 1}" if n < 60 else "", "", ""] for n in range(61)
    ]
    confirm_arrival(sent(cast, rows), actor=cast.coordinator)
    assert OrganisationVersion.objects.filter(name__startswith="Phòng ").count() == 61


def test_a_row_that_stands_twice_is_entered_once(cast: Cast) -> None:
    person = ["Lý Mới", "moi@example.vn", "chuyên viên", "SNgV", "", ""]
    arrival = sent(
        cast,
        [["Sở Mới", "", "", "sở", "", "", ""], ["SỞ MỚI", "", "", "sở", "", "", ""]],
        [person, person, ["Lý Khác", "MOI@example.vn", "người xem", "SNgV", "", ""]],
    )
    assert [codes for _finding, codes in findings(arrival)] == [
        [],
        ["twice"],
        [],
        ["twice"],
        ["another-name"],
    ]
    confirm_arrival(arrival, actor=cast.coordinator)
    assert User.objects.filter(email="moi@example.vn").count() == 1


def test_names_that_differ_in_marks_alone_are_two_agencies(cast: Cast) -> None:
    arrival = sent(
        cast,
        [["Xã Tân Hòa", "", "", "xã", "", "", ""], ["Xã Tân Hóa", "", "", "xã", "", "", ""]],
        [
            ["Một", "mot@example.vn", "cán bộ cấp xã", "UBND xã Tân Hóa", "", ""],
            ["Hai", "hai@example.vn", "cán bộ cấp xã", "Xã Tân Hóa", "", ""],
            ["Ba", "ba@example.vn", "cán bộ cấp xã", "xa tan hoa", "", ""],
        ],
    )
    assert [codes for _finding, codes in findings(arrival)] == [[], [], ["no-agency"], [], ["several"]]


def test_a_known_agency_that_differs_stays_as_it_is(cast: Cast) -> None:
    arrival = sent(cast, [["Sở Công Thương tỉnh Mẫu", "SoCT", "", "công an", "", "", ""]])
    assert findings(arrival) == [("changed", ["differs", "differs"])]
    with pytest.raises(Refused):
        confirm_arrival(arrival, actor=cast.coordinator)
    version = OrganisationVersion.objects.get(organisation=cast.department_a)
    assert (version.abbreviation, version.kind) == ("SCT", "department")


def test_what_changed_since_it_was_looked_at_is_looked_at_again(cast: Cast) -> None:
    arrival = sent(cast, [["Chi cục Mới", "", "", "sở", "", "", ""]])
    make_organisation("Chi cục Mới", "department")
    with pytest.raises(Outdated):
        confirm_arrival(arrival, actor=cast.coordinator)
    assert findings(check_again(arrival, actor=cast.coordinator)) == [("known", [])]


def test_who_may_give_less_enters_less(cast: Cast) -> None:
    leader = ["Lý Mới", "moi@example.vn", "lãnh đạo", "SNgV", "", ""]
    arrival = sent(cast, [], [leader], by="system_admin")
    assert findings(arrival) == [("new", [])]
    with pytest.raises(Outdated):
        confirm_arrival(arrival, actor=cast.coordinator)
    with pytest.raises(PermissionDenied):
        sent(cast, [], [leader], by="officer")


def test_undone_nothing_of_it_is_left(cast: Cast, both: Arrival) -> None:
    before = (Organisation.objects.count(), User.objects.count(), Appointment.objects.count())
    confirm_arrival(both, actor=cast.coordinator)
    undo_arrival(both, reason="nhầm tệp", actor=cast.coordinator)
    assert (Organisation.objects.count(), User.objects.count(), Appointment.objects.count()) == before
    assert not Alias.objects.filter(text="Sở NgV").exists()
    both.refresh_from_db()
    assert (both.state, both.undone_reason) == (Arrival.State.UNDONE, "nhầm tệp")
    assert both.rows.count() == 5


def _signs_in(_cast: Cast, user: User, _agency: Organisation) -> None:
    user.set_password("cầu tre lắc lẻo 36")
    user.save()


def _is_appointed_elsewhere(cast: Cast, user: User, _agency: Organisation) -> None:
    appoint(user, "reader", cast.lead_agency)


def _gets_a_colleague(_cast: Cast, _user: User, agency: Organisation) -> None:
    appoint(make_user("khac", "Người Khác"), "officer", agency)


def _gets_an_agency_below(_cast: Cast, _user: User, agency: Organisation) -> None:
    below = make_organisation("Phòng Dưới", "other")
    below.versions.update(parent=agency)


@pytest.mark.parametrize(
    "begun", [_signs_in, _is_appointed_elsewhere, _gets_a_colleague, _gets_an_agency_below]
)
def test_what_something_was_built_on_is_not_undone(cast: Cast, both: Arrival, begun: object) -> None:
    confirm_arrival(both, actor=cast.coordinator)
    agency = OrganisationVersion.objects.get(name="Chi cục Biên giới").organisation
    begun(cast, User.objects.get(email="moi@example.vn"), agency)  # type: ignore[operator]
    with pytest.raises(BuiltOn) as refused:
        undo_arrival(both, reason="nhầm", actor=cast.coordinator)
    assert {built.who for built in refused.value.what} <= {"Lý Thị Mới", "Chi cục Biên giới"}
    assert User.objects.filter(email="moi@example.vn").exists()


def test_undoing_needs_a_reason(cast: Cast, both: Arrival) -> None:
    confirm_arrival(both, actor=cast.coordinator)
    with pytest.raises(Refused):
        undo_arrival(both, reason=" ", actor=cast.coordinator)


def test_the_wrong_rows_come_back_in_the_senders_own_layout(cast: Cast, tmp_path: Path) -> None:
    arrival = sent(
        cast,
        [["Sở Tốt", "", "", "sở", "", "", ""], ["Sở Sai", "", "", "gì", "", "", ""]],
        [["=1+1", "moi@example.vn", "chuyên viên", "SNgV", "", ""]],
    )
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(marked(arrival.layout, arrival.rows.filter(finding=ArrivalRow.Finding.WRONG)))
    agencies, people = read_tables(path)
    assert (agencies["name"], people["name"]) == ("Cơ quan", "Người dùng")
    assert agencies["rows"][0]["cells"][:7] == AGENCIES
    ((_number, cells),) = [(row["number"], row["cells"]) for row in agencies["rows"][1:]]
    assert (cells[0], cells[3], cells[7]) == ("Sở Sai", "gì", "3")
    assert "gì" in cells[8]
    assert people["rows"][1]["cells"][0] == "=1+1"


def test_the_template_is_understood_and_its_example_is_not_entered(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    path.write_bytes(template(frozenset({"officer", "reader"}), ["Sở Ngoại vụ tỉnh Mẫu"]))
    with path.open("rb") as file:
        arrival = upload_arrival(file, "mau.xlsx", actor=cast.coordinator)
    assert arrival.state == Arrival.State.REFUSED
    assert arrival.refusal == {"code": "no-rows", "values": {}}


def csv_of(rows: Table, encoding: str = "utf-8-sig") -> io.BytesIO:
    return io.BytesIO("\r\n".join(";".join(map(str, row)) for row in rows).encode(encoding))


def test_a_csv_file_of_people_is_understood(cast: Cast) -> None:
    file = csv_of([["Danh sách người dùng"], PEOPLE, ["Lý Mới", "moi@example.vn", "chuyên viên", "SNgV"]])
    arrival = upload_arrival(file, "a.csv", actor=cast.coordinator)
    assert findings(arrival) == [("new", [])]
    assert arrival.rows.get().number == 3


def hostile() -> Iterator[tuple[str, bytes]]:
    yield "empty.xlsx", b""
    yield "page.xls", b"<html><table><tr><td>x</td></tr></table></html>"
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "cut.xlsx", workbook([["Sở Mới", "", "", "sở", "", "", ""]]).getvalue()[:900]


@pytest.mark.parametrize(("name", "data"), list(hostile()), ids=lambda value: str(value)[:12])
def test_what_is_no_sheet_is_refused_with_a_reason(cast: Cast, name: str, data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        upload_arrival(io.BytesIO(data), name, actor=cast.coordinator)
    assert "tải lên" in refused.value.message("vi") or "tải lại" in refused.value.message("vi")
    assert not Arrival.objects.exists()


def test_a_table_without_our_heads_is_refused(cast: Cast) -> None:
    arrival = upload_arrival(csv_of([["a", "b"], ["1", "2"]]), "a.csv", actor=cast.coordinator)
    assert (arrival.state, (arrival.refusal or {})["code"]) == (Arrival.State.REFUSED, "no-table")


def test_five_hundred_rows_take_seconds(cast: Cast) -> None:
    agencies = [[f"Phòng {n}", "", f"P{n}", "cơ quan khác", "SNgV", "", ""] for n in range(125)]
    people = [
        [f"Nguyễn Văn {n}", f"nguoi{n}@example.vn", "chuyên viên", f"Phòng {n % 125}", "", ""]
        for n in range(375)
    ]
    began = time.process_time()
    arrival = sent(cast, agencies, people)
    confirm_arrival(arrival, actor=cast.coordinator)
    assert User.objects.filter(email__startswith="nguoi").count() == 375
    undo_arrival(arrival, reason="thử", actor=cast.coordinator)
    # Of this process alone, so that a busy machine does not count.
    assert time.process_time() - began < 10
