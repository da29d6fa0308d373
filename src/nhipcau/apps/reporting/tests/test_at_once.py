"""An ad hoc request runs by the hour, with a form made on the spot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast, SignedIn

from nhipcau.apps.indicators.models import Indicator
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.reporting.actions.ask_at_once import MOST_FIGURES, Wanted, ask_at_once
from nhipcau.apps.reporting.actions.create_period import Whom
from nhipcau.apps.reporting.models import Form, Obligation, Period, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.tests.reports import make_indicator


def test_a_request_is_open_told_and_due_at_its_hour(cast: Cast) -> None:
    until = timezone.now() + timedelta(hours=3)
    wanted = Wanted("Số lao động đang ở Nhật Bản?", until, figures=[("Lao động ở Nhật Bản", "người")])
    made = ask_at_once(wanted, Whom([cast.department_a.pk, cast.commune.pk]), actor=cast.coordinator)
    assert (made.state, made.kind, made.due_at) == ("open", "adhoc", until)
    assert made.form_version.form.one_off
    kinds = list(made.form_version.sections.order_by("position").values_list("kind", flat=True))
    assert kinds == ["narrative", "indicators"]
    told = Notice.objects.filter(kind="reporting.asked_at_once")
    assert {each.recipient for each in told} == {cast.officer, cast.commune_officer}
    row = Obligation.objects.get(period=made, organisation=cast.department_a)
    row.state, row.received_at = Obligation.State.SENT, until
    assert not row.is_late
    row.received_at = until + timedelta(milliseconds=1)
    assert row.is_late
    assert not Indicator.objects.current().exists()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(" ", timezone.now() + timedelta(hours=1)), "empty-request"),
        (Wanted("Gì?", timezone.now() + timedelta(hours=1), text=False), "nothing-wanted"),
        (Wanted("Gì?", timezone.now() - timedelta(hours=1)), "not-later"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_leaves_nothing(cast: Cast, wanted: Wanted, code: str) -> None:
    with pytest.raises(Refused, match=code):
        ask_at_once(wanted, Whom([cast.department_a.pk]), actor=cast.coordinator)
    assert not Form.objects.exists()


def test_a_coordinator_asks_on_one_page(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    day = timezone.localdate() + timedelta(days=1)
    sent = {
        "request": "Có công dân nào bị ảnh hưởng bởi động đất không?",
        "text": "on",
        "figures": "Số công dân bị ảnh hưởng (người)\nSố đã liên lạc được (người)",
        "day": f"{day:%d/%m/%Y}",
        "time": "16h30",
        "units": "Sở Công Thương tỉnh Mẫu",
    }
    assert client.post("/reports/ask/", {**sent, "figures": "Số công dân"}).status_code == 422
    assert client.post("/reports/ask/", {**sent, "day": "01/01/2020"}).status_code == 422
    assert not Period.objects.exists()
    done = client.post("/reports/ask/", sent, follow=True)
    assert done.status_code == 200
    made = Period.objects.get()
    assert timezone.localtime(made.due_at).strftime("%H:%M") == "16:30"
    officer = signed_in("officer").get("/reports/mine/").content.decode()
    assert "động đất" in officer
    assert "Đột xuất" in officer
    assert client.get("/reports/forms/").content.decode().count("động đất") == 0


def test_figures_of_the_library_are_asked_by_their_definition(cast: Cast, signed_in: SignedIn) -> None:
    people = make_indicator(cast, "Người ở nước ngoài")
    client = signed_in("coordinator")
    assert "Người ở nước ngoài (người)" in client.get("/reports/ask/").content.decode()
    sent = {
        "request": "Số người?",
        "library": [people.pk],
        "figures": "Số đã liên lạc được (người)",
        "day": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}",
        "time": "16h30",
        "units": "Sở Công Thương tỉnh Mẫu",
    }
    client.post("/reports/ask/", sent)
    asked = SectionIndicator.objects.filter(section__version=Period.objects.get().form_version)
    assert next(each.indicator for each in asked.order_by("position")) == people
    assert asked.count() == 2
    assert client.post("/reports/ask/", {**sent, "library": ["999999"]}).status_code == 422


def test_so_many_figures_in_all_are_too_many(cast: Cast) -> None:
    until = timezone.now() + timedelta(hours=3)
    figures = [(f"Số {n}", "người") for n in range(MOST_FIGURES)]
    library = [make_indicator(cast, "Người ở nước ngoài")]
    with pytest.raises(Refused, match="too-many-figures"):
        ask_at_once(
            Wanted("Gì?", until, figures=figures, library=library),
            Whom([cast.department_a.pk]),
            actor=cast.coordinator,
        )
