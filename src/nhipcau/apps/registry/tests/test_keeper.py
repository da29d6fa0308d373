"""Who keeps the register is named; every right follows, in the database and in the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import BEGINNING, Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions import change_keeper, end_remit, give_remit
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Export, Intake, LookUp, Person, Remit, Sharing
from nhipcau.apps.registry.overseeing import keepers
from nhipcau.apps.registry.reach import forget_reach, sees_all

KEEPER = "/people-abroad/keeper/"


@pytest.fixture
def sign_in(cast: Cast) -> SignedIn:
    return SignedIn(cast)


@pytest.fixture
def worker(cast: Cast) -> Person:
    begin_registry()
    return enter(make_record(cast, make_round(cast), name="Nguyễn Thị Hoa"))


def name(body: Organisation, actor: User, since: object = None) -> Remit:
    set_identity(actor.pk)
    forget_reach(actor)
    made = change_keeper(body, basis="Kế hoạch 12", since=since or timezone.localdate(), actor=actor)  # type: ignore[arg-type]
    forget_reach(actor)
    return made


def shown(user: User) -> int:
    set_identity(user.pk)
    return Person.objects.count()


def test_the_named_body_reads_all_and_the_coordinators_nobody(cast: Cast, worker: Person) -> None:
    assert shown(cast.coordinator) == 1
    name(cast.department_b, cast.coordinator)
    assert (shown(cast.outsider), shown(cast.coordinator), shown(cast.system_admin)) == (1, 0, 0)


def test_lists_exports_looks_and_requests_go_with_the_register(
    cast: Cast, worker: Person, sign_in: SignedIn
) -> None:
    begin_registry()
    upload = Upload.objects.create(sha256="9" * 64, name="ds.xlsx", size=1, created_by=cast.officer)
    intake = Intake.objects.create(
        upload=upload,
        digest=upload.sha256,
        sender=cast.department_a,
        round=make_round(cast, name="Đợt hai"),
        stated_on=timezone.localdate(),
        created_by=cast.officer,
    )
    Export.objects.create(asked_by=cast.officer, purpose="check", words="x", columns=["name"], people=600)
    Sharing.objects.create(
        body="X", letter="1", letter_day=BEGINNING, basis="L", purpose="P", columns=["name"], until=BEGINNING,
        asked_by=cast.second_coordinator,
    )  # fmt: skip
    LookUp.objects.create(user=cast.officer, reason="help", words="x", by="year", made_at=timezone.now())
    models = (Intake, Export, Sharing, LookUp)
    name(cast.department_b, cast.coordinator)
    set_identity(cast.outsider.pk)
    assert [each.objects.count() for each in models] == [1, 1, 1, 1]
    set_identity(cast.coordinator.pk)
    assert [each.objects.count() for each in models] == [0, 0, 0, 0]
    client = sign_in("coordinator")
    assert client.get(f"/people-abroad/lists/{intake.pk}/").status_code == 404
    assert client.get(f"/people-abroad/{worker.pk}/").status_code == 404
    assert "Nguyễn Thị Hoa" not in client.get("/people-abroad/?q=hoa").content.decode()
    assert sign_in("outsider").get(f"/people-abroad/lists/{intake.pk}/").status_code == 200


def test_a_coordinator_of_another_body_does_not_take_the_register_back(cast: Cast, worker: Person) -> None:
    name(cast.department_b, cast.coordinator)
    with pytest.raises(Refused):
        name(cast.lead_agency, cast.second_coordinator)
    with pytest.raises(Refused):
        give_remit(
            cast.lead_agency, group="worker", basis="x", since=timezone.localdate(), actor=cast.coordinator
        )
    with pytest.raises(Refused):
        end_remit(Remit.objects.get(), last_day=timezone.localdate(), reason="x", actor=cast.coordinator)
    name(cast.lead_agency, cast.system_admin, timezone.localdate() + timedelta(days=1))
    assert shown(cast.coordinator) == 0


def test_a_keeper_that_ended_leaves_it_to_nobody(cast: Cast, worker: Person) -> None:
    """As after a restructuring without a successor: the coordinators do not get it by silence."""
    begin_registry()
    Remit.objects.create(organisation=cast.department_b, basis="x", valid=(BEGINNING, timezone.localdate()))
    assert (shown(cast.coordinator), shown(cast.outsider)) == (0, 0)
    assert keepers() == []


def test_a_change_on_a_later_day_is_not_yet_one(cast: Cast, worker: Person) -> None:
    later = timezone.localdate() + timedelta(days=30)
    name(cast.department_b, cast.system_admin, later)
    assert (shown(cast.coordinator), shown(cast.outsider)) == (1, 0)
    assert sees_all(cast.coordinator)
    # Said anew before it began: the first one is called off.
    name(cast.department_a, cast.system_admin, later)
    assert list(Remit.objects.values_list("organisation", flat=True)) == [cast.department_a.pk]


def test_it_is_shown_before_it_is_done(cast: Cast, worker: Person, sign_in: SignedIn) -> None:
    client = sign_in("system_admin")
    sent = {
        "organisation": cast.department_b.pk,
        "basis": "Kế hoạch 12",
        "since": f"{timezone.localdate():%d/%m/%Y}",
    }
    page = client.post(KEEPER, sent).content.decode()
    assert "Võ Thị Bình" in page
    assert "Nguyễn Thị Điều Phối" in page
    assert not Remit.objects.exists()
    assert client.post(KEEPER, sent | {"seen": "1"}).status_code == 302
    assert Remit.objects.get().organisation == cast.department_b
    assert "Kế hoạch 12" in client.get(KEEPER).content.decode()


def test_the_past_stays_as_it_was(cast: Cast, worker: Person) -> None:
    with pytest.raises(Refused):
        name(cast.department_b, cast.system_admin, timezone.localdate() - timedelta(days=1))
