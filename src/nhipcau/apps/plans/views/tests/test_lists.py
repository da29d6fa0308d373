"""The lists of plans and tasks: filters, counts, queries, files."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, SignedIn
from tests.life import finish

from nhipcau.apps.orgs.actions import confirm_set, rename_organisation
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion
from nhipcau.apps.plans.actions import approve_document, end_task, enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Assignment, Document, Task
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, plan
from nhipcau.apps.plans.views.tests.conftest import Own, of_many

pytestmark = pytest.mark.django_db
LATE, SOON = timedelta(days=-5), timedelta(days=7)


@pytest.fixture
def tasks(cast: Cast) -> dict[str, Task]:
    """One overdue, one due soon, one done; two of them Sở Công Thương's."""
    today = timezone.localdate()

    def enter(text: str, name: str, days: timedelta) -> Task:
        named = [Named(name, "lead")]
        kind, number = "conclusion", "12/TB-UBND"
        return enter_task(text, named, actor=cast.coordinator, kind=kind, number=number, due_on=today + days)

    made = {
        "late": enter("Rà soát danh sách chuyên gia", "Sở Công Thương tỉnh Mẫu", LATE),
        "soon": enter("Tổ chức hội nghị kiều bào", "Sở Công Thương tỉnh Mẫu", SOON),
        "done": enter("=cmd|' /C calc'!A1", "Sở Tài chính tỉnh Mẫu", SOON),
    }
    done = Assignment.objects.get(task=made["done"])
    finish(done, cast.coordinator)
    return made


def found(client: Client, query: str = "") -> list[int]:
    response = client.get(f"/tasks/{query}")
    assert response.status_code == 200
    return [row.task.pk for row in response.context["rows"]]


def test_the_overdue_task_comes_first_and_the_heading_says_so(
    signed_in: SignedIn, tasks: dict[str, Task]
) -> None:
    client = signed_in("coordinator")
    assert found(client) == [tasks["late"].pk, tasks["soon"].pk, tasks["done"].pk]
    page = client.get("/tasks/").content.decode()
    assert "1 task is overdue" in page
    assert "3 tasks: 1 done in time, 0 done late, 1 open, in time, 1 open, overdue" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?status=open_overdue", ["late"]),
        ("?status=open", ["late", "soon"]),
        ("?status=done", ["done"]),
        ("?q=chuyen gia", ["late"]),
        ("?q=HỘI   nghi", ["soon"]),
        ("?role=advise", []),
        ("?role=lead&status=done", ["done"]),
        ("?due_from=khi nào", ["late", "soon", "done"]),
    ],
)
def test_filters_narrow_the_list(
    signed_in: SignedIn, tasks: dict[str, Task], query: str, expected: list[str]
) -> None:
    assert found(signed_in("leader"), query) == [tasks[name].pk for name in expected]


def test_a_list_by_agency_and_by_due_date(signed_in: SignedIn, cast: Cast, tasks: dict[str, Task]) -> None:
    client, today = signed_in("coordinator"), timezone.localdate()
    assert found(client, f"?agency={cast.department_b.pk}") == [tasks["done"].pk]
    assert found(client, f"?due_from={today:%d/%m/%Y}&status=open") == [tasks["soon"].pk]
    assert found(client, f"?plan={tasks['late'].document_id}&due_to={today:%Y-%m-%d}") == [tasks["late"].pk]


def test_a_filter_that_makes_no_sense_is_said_and_left_out(
    signed_in: SignedIn, tasks: dict[str, Task]
) -> None:
    page = signed_in("coordinator").get("/tasks/?due_from=hôm qua&agency=99&plan=x").content.decode()
    assert "A filter could not be understood" in page


def test_an_officer_sees_her_agencys_tasks_alone(signed_in: SignedIn, tasks: dict[str, Task]) -> None:
    assert found(signed_in("officer")) == [tasks["late"].pk, tasks["soon"].pk]
    assert found(signed_in("outsider")) == [tasks["done"].pk]
    assert found(signed_in("commune_officer")) == []
    page = signed_in("officer").get("/tasks/").content.decode()
    assert "Tasks of <span data-user-text>Sở Công Thương tỉnh Mẫu</span>" in page


@pytest.mark.parametrize("count", [3, 40])
def test_lists_make_the_same_few_queries_however_long(
    signed_in: SignedIn, cast: Cast, own_queries: Own, count: int
) -> None:
    plan = drafted(cast, of_many(count))
    approve_document(plan, revision=plan.revision, actor=cast.coordinator)
    # What is kept is made afresh here, as the test is one transaction that changed everything.
    limits = {"/tasks/": 10, "/plans/": 7, "/": 22, "/organisations/": 4, "/organisations/groups/": 2}
    for address, limit in limits.items():
        queries = own_queries(signed_in("coordinator"), address)
        assert len(queries) <= limit, f"{address}: " + "\n".join(sql[:120] for sql in queries)
    assert len(own_queries(signed_in("officer"), "/")) <= 18
    assert len(own_queries(signed_in("officer"), "/tasks/")) <= 11


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_of_a_list_follows_every_change(
    signed_in: SignedIn, cast: Cast, tasks: dict[str, Task], own_queries: Own
) -> None:
    """Asked again, the coordinator and the officer see what was counted; after a change, what is there."""
    lists = signed_in("coordinator"), signed_in("officer")

    def shown() -> list[tuple[int, int, int]]:
        pages = [client.get("/tasks/").context for client in lists]
        parts = [{part["sign"]: part["count"] for part in page["outcome_list"]} for page in pages]
        return [
            (each["done"] + each["late"], each["open"] + each["over"], page["page_obj"].paginator.count)
            for each, page in zip(parts, pages, strict=True)
        ]

    assert shown() == shown() == [(1, 2, 3), (0, 2, 2)]
    again = [len(own_queries(client, "/tasks/")) for client in lists]

    finish(Assignment.objects.get(task=tasks["late"]), cast.coordinator)
    first = [len(own_queries(client, "/tasks/")) for client in lists]
    assert shown() == [(2, 1, 3), (1, 1, 2)]
    assert again[0] <= 5, "editions, tasks with their plans, who is charged; the transaction's two"
    assert again[1] <= 6, "and her own parts"
    assert first[0] > again[0]

    end_task(tasks["soon"], reason="Không còn phù hợp", actor=cast.coordinator)
    assert shown() == [(2, 0, 2), (1, 0, 1)]
    agency = OrganisationVersion.objects.get(name="Sở Tài chính tỉnh Mẫu")
    rename_organisation(
        agency.organisation, "Sở Kế hoạch tỉnh Mẫu", valid_from=timezone.localdate(), actor=cast.coordinator
    )
    page = lists[0].get("/tasks/").content.decode()
    assert page.count("Sở Kế hoạch tỉnh Mẫu") == 2, "to choose from, and in its row"


def test_the_list_of_plans_says_what_waits(signed_in: SignedIn, cast: Cast, document: Document) -> None:
    page = signed_in("coordinator").get("/plans/").content.decode()
    assert "1 draft waits for approval" in page
    assert "0 of 3 accepted" in page
    assert "No plan has been approved yet" in signed_in("leader").get("/plans/").content.decode()
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    assert "38/KH-UBND" in signed_in("leader").get("/plans/?q=nguoi viet&year=2026").content.decode()
    assert "No plan fits these filters" in signed_in("leader").get("/plans/?year=1999").content.decode()


def test_a_csv_holds_the_filtered_tasks_and_no_formula(signed_in: SignedIn, tasks: dict[str, Task]) -> None:
    response = signed_in("coordinator").post("/tasks/export/", {"format": "csv", "filters": "status=done"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][2].startswith("'=cmd")
    assert 'filename="nhipcau-tasks.csv"' in response.headers["Content-Disposition"]


def test_a_workbook_holds_text_where_a_cell_looks_like_a_formula(
    signed_in: SignedIn, tasks: dict[str, Task]
) -> None:
    import zipfile

    response = signed_in("coordinator").post("/tasks/export/", {"format": "xlsx"})
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=cmd" in words


def test_an_officers_export_holds_her_tasks_alone(signed_in: SignedIn, tasks: dict[str, Task]) -> None:
    response = signed_in("outsider").post("/tasks/export/", {"format": "csv"})
    assert response.content.decode("utf-8-sig").count("12/TB-UBND") == 1


def test_an_officers_export_says_what_her_list_says(signed_in: SignedIn, cast: Cast) -> None:
    """Her own part: its role, its date and how far she is, not the task's."""
    today = timezone.localdate()
    named = [Named("Sở Công Thương tỉnh Mẫu", "lead"), Named("Sở Tài chính tỉnh Mẫu", "coordinate")]
    task = enter_task(
        "Lập danh mục", named, actor=cast.coordinator, kind="note", number="1/TB", due_on=today + SOON
    )
    mine = Assignment.objects.get(task=task, organisation=cast.department_b)
    finish(mine, cast.coordinator, today)
    Assignment.objects.filter(pk=mine.pk).update(due_on=today + 2 * SOON)
    lines = {}
    for who in ("outsider", "coordinator"):
        listed = signed_in(who).get("/tasks/").context["rows"][0]
        body = signed_in(who).post("/tasks/export/", {"format": "csv"}).content.decode("utf-8-sig")
        line = list(csv.reader(io.StringIO(body)))[1]
        assert line[4:5] + line[6:8] == [
            str(listed.role),
            f"{listed.due_on:%d/%m/%Y}",
            str(listed.outcome.words),
        ]
        lines[who] = line
    assert lines["outsider"][6] == f"{today + 2 * SOON:%d/%m/%Y}"
    assert lines["outsider"][8] == f"{today:%d/%m/%Y}"
    assert lines["coordinator"][6:9:2] == [f"{today + SOON:%d/%m/%Y}", ""]


def test_the_first_page_says_what_to_do_now(signed_in: SignedIn, tasks: dict[str, Task]) -> None:
    assert "1 task is overdue" in signed_in("officer").get("/").content.decode()
    assert "Every task is done" in signed_in("outsider").get("/").content.decode()
    assert "No task is given to you yet" in signed_in("commune_officer").get("/").content.decode()


def test_the_coordinators_first_page_leads_to_the_draft(signed_in: SignedIn, document: Document) -> None:
    page = signed_in("coordinator").get("/").content.decode()
    assert "1 plan waits to be checked" in page
    assert f'href="/plans/{document.pk}/desk/"' in page


def test_a_group_is_one_body_with_n_of_its_members_done(signed_in: SignedIn, cast: Cast) -> None:
    items = (Item("a)", "Tuyên truyền.", agencies=("Các sở, ngành",)),)
    document = drafted(cast, plan(items))
    group = OrganisationSet.objects.get()
    departments = [cast.department_a.pk, cast.department_b.pk, cast.lead_agency.pk, cast.commune.pk]
    confirm_set(group, departments, actor=cast.coordinator)
    approve_document(document, revision=document.revision, actor=cast.coordinator)
    own = Assignment.objects.get(organisation=cast.department_a)
    finish(own, cast.coordinator)
    row = signed_in("coordinator").get("/tasks/").context["rows"][0]
    assert (row.agencies, row.done, row.total) == (group.name, 1, 4)
    line = signed_in("coordinator").get(f"/tasks/{row.task.pk}/").context["who"][0]
    assert (line["name"], line["done"], line["total"], len(line["members"])) == (group.name, 1, 4, 4)
    body = signed_in("coordinator").post("/tasks/export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert body.count(group.name) == 1
