"""What the triggers write, whoever changes a row and however."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone, translation
from tests.cast import Cast

from nhipcau.apps.access.actions import lock_user
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting, set_identity
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit import rows
from nhipcau.apps.audit.history import history
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import sentence

# Why a model's rows are not recorded by trigger.
EXEMPT = {
    "audit.edition": "marks of change, follows from what is recorded",
    "audit.event": "the record itself",
    "audit.seal": "the record itself",
    "audit.batch": "the record itself",
    "files.longwork": "progress of work, of no worth once it is over",
    "notices.digestrun": "the clock's notebook; each step is an event",
    "notices.mail": "follows from what is recorded, and is emptied when it was sent",
    "notices.notice": "follows from actions that are recorded; that one has read is no part of the record",
    "orgs.allotment": "a working paper of an act; what was carried out is recorded, row by row",
    "orgs.allotmentrule": "a working paper of an act; adding and removing are actions",
    "orgs.arrivalrow": "a working paper of a sheet; what it made is recorded",
    "orgs.restructuringstep": "a working paper of an act; stating and removing are actions",
    "orgs.rowchange": "a log itself, only added to",
    "orgs.stepunit": "a working paper of an act; stating and removing are actions",
    "registry.sourcerecord": "never changed, says who brought it; recorded it could not be erased",
    "registry.groupspell": "part of a record, which is never changed",
    "registry.residence": "part of a record, which is never changed",
    "registry.nationality": "part of a record, which is never changed",
    "registry.identitynumber": "part of a record, which is never changed",
    "registry.membership": "ended, not deleted, and says by whom",
    "registry.person": "follows from her records",
    "registry.pair": "what was said of it stands there with who and when",
    "registry.unlinked": "what linking still has to do",
    "registry.intakerow": "a working paper of a list; what it brought in is a record",
    "reporting.attachment": "an answer: frozen by the database once sent, with a digest on record",
    "reporting.checkreason": "an answer: frozen by the database once sent, with a digest on record",
    "reporting.passage": "an answer: frozen by the database once sent, with a digest on record",
    "reporting.value": "an answer: frozen by the database once sent, with a digest on record",
    "reporting.paragraph": "a draft with a journal of its own; what is signed off is recorded",
    "reporting.paragraphsource": "a draft with a journal of its own; what is signed off is recorded",
    "reporting.setaside": "a draft with a journal of its own; what is signed off is recorded",
    "reporting.draftstep": "the journal itself",
    "reporting.passageprint": "what texts are compared by; follows from the texts",
    "reporting.section": "a working paper until its version is in use, then frozen by the database",
    "reporting.sectionindicator": "a working paper until its version is in use, then frozen by the database",
    "reporting.receivedcounter": "a counter; each number stands with the report that it was given to",
    "reporting.reminderletter": "only added to; writing one is an action",
    "reporting.reportfile": "made of what was frozen; only added to",
    "reporting.workbook": "a working paper: what of it went into a draft is an action",
    "plans.drafttask": "a draft; its journal and the approved tasks are the record",
    "plans.draftassignment": "a draft; its journal and the approved tasks are the record",
    "plans.draftchange": "the journal itself",
    "plans.notassigning": "a draft; its journal and the approved tasks are the record",
}


def changes(subject: Any) -> list[Event]:
    return list(Event.objects.about(subject).filter(source="row").order_by("pk"))


def test_an_update_past_the_actions_is_recorded_with_old_and_new(cast: Cast) -> None:
    set_identity(cast.system_admin.pk)
    User.objects.filter(pk=cast.officer.pk).update(full_name="Huỳnh Văn Ân", locked_at=timezone.now())
    event = changes(cast.officer)[-1]
    assert event.verb == "row.update"
    assert event.actor_id == cast.system_admin.pk
    assert event.data["was"] == {"full_name": "Huỳnh Văn An", "locked_at": None}
    assert event.data["is"]["full_name"] == "Huỳnh Văn Ân"


def test_an_insert_is_recorded_without_the_password(cast: Cast) -> None:
    (event,) = changes(cast.officer)
    assert event.verb == "row.insert"
    assert event.data["is"]["password"] == "…"
    assert "name_sort" not in event.data["is"]


def test_a_change_of_the_password_is_recorded_as_such(cast: Cast) -> None:
    cast.officer.set_password("đò ngang 99")
    cast.officer.save()
    assert changes(cast.officer)[-1].data == {"was": {"password": "…"}, "is": {"password": "…"}}


def test_a_save_that_changes_nothing_leaves_no_event(cast: Cast) -> None:
    before = len(changes(cast.officer))
    cast.officer.save()
    assert len(changes(cast.officer)) == before


def test_a_deletion_is_recorded(cast: Cast) -> None:
    user = User.objects.create_user("tam@example.vn", "Tạm")
    pk = user.pk
    user.delete()
    user.pk = pk
    assert changes(user)[-1].verb == "row.delete"


@pytest.mark.django_db(transaction=True)
def test_a_job_is_named_as_the_actor() -> None:
    with acting(System("nightly")):
        user = User.objects.create_user("tam@example.vn", "Tạm")
    assert changes(user)[0].actor_label == "system:nightly"


def test_the_history_of_an_object_reads_as_sentences(cast: Cast) -> None:
    lock_user(cast.officer, reason="Nghỉ hưu", actor=cast.system_admin)
    with translation.override("en"):
        (line,) = history(cast.officer)
        assert (line.who, line.what, line.reason) == ("Lê Văn Quản", "locked the account", "Nghỉ hưu")
        looked_closely = list(history(cast.officer, rows=True))
    assert len(looked_closely) == 3


def test_an_erased_event_says_under_which_request() -> None:
    with translation.override("en"):
        assert sentence(Event(verb="x.y", erased_under="12/YC")) == "Erased under request 12/YC"


def test_a_fact_that_is_missing_reads_as_a_dash() -> None:
    with translation.override("en"):
        assert sentence(Event(verb="audit.erase", data={})) == "erased events under request –"


def test_every_model_of_ours_is_recorded_or_exempt_for_a_reason() -> None:
    ours = {model for model in apps.get_models() if model.__module__.startswith("nhipcau.")}
    missing = {model._meta.label_lower for model in ours - set(rows.tracked_models())} - set(EXEMPT)
    assert missing == set()
