"""Messages: told once, in the reader's language, to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from tests.cast import Cast, SignedIn, make_user

from nhipcau.apps.access.actors import System
from nhipcau.apps.notices.actions import forget, mark_all_read, tell
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.tests.conftest import RETURNED
from nhipcau.apps.notices.wording import marked, plain
from nhipcau.apps.reference.models import LawChange


def told(cast: Cast, task: LawChange, key: str = "returned:1", **more: Any) -> None:
    words = {"task": "Lập danh mục <dự án>", "reason": "thiếu số liệu", **more}
    tell([cast.officer, cast.outsider], RETURNED, key=key, actor=cast.coordinator, about=task, **words)


def test_what_happened_once_is_told_once(cast: Cast, task: LawChange) -> None:
    told(cast, task)
    told(cast, task)
    assert Notice.objects.count() == 2
    told(cast, task, key="returned:2")
    assert Notice.objects.count() == 4


def test_neither_the_actor_nor_the_locked_are_told(cast: Cast, task: LawChange) -> None:
    people = [cast.coordinator, cast.leaver, cast.officer, cast.officer]
    tell(people, RETURNED, key="r", actor=cast.coordinator, about=task)
    assert [row.recipient for row in Notice.objects.all()] == [cast.officer]


def test_only_who_has_a_role_tells_and_only_of_a_known_kind(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        tell([cast.officer], RETURNED, key="r", actor=make_user("idle", "Chưa Có Việc"))
    with pytest.raises(ValueError, match="no registered kind"):
        tell([cast.officer], "plans.nothing", key="r", actor=System("x"))
    assert not Notice.objects.exists()


def test_many_are_told_in_two_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    people = [make_user(f"p{number}", "Người Nhận") for number in range(40)]
    with django_assert_max_num_queries(4):  # a savepoint's two beside them
        tell(people, RETURNED, key="r", actor=System("x"))
    assert Notice.objects.count() == 40


def test_it_is_read_in_the_readers_language_and_users_words_are_marked(cast: Cast, task: LawChange) -> None:
    told(cast, task)
    notice = Notice.objects.first()
    assert notice is not None
    with translation.override("en"):
        assert plain(notice) == "The report on “Lập danh mục <dự án>” was returned: thiếu số liệu"
        assert "<span data-user-text>Lập danh mục &lt;dự án&gt;</span>" in marked(notice)
    with translation.override("vi"):
        assert plain(notice).startswith("Báo cáo về nhiệm vụ “Lập danh mục <dự án>” bị trả lại")


def test_an_unknown_kind_and_a_missing_value_are_no_error(cast: Cast) -> None:
    gone = Notice(recipient=cast.officer, kind="gone.kind", key="k")
    bare = Notice(recipient=cast.officer, kind=RETURNED, key="k")
    with translation.override("en"):
        assert plain(gone) == marked(gone).replace("<span data-user-text>–</span>", "–")
        assert "–" in plain(bare)
        assert "–" in marked(bare)


def test_long_words_are_cut(cast: Cast, task: LawChange) -> None:
    told(cast, task, reason="dài " * 400)
    notice = Notice.objects.first()
    assert notice is not None
    assert len(notice.values["reason"]) == 240


def test_the_page_has_unread_first_and_the_bell_counts(
    cast: Cast, task: LawChange, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        told(cast, task, key=f"returned:{number}")
    client = signed_in("officer")
    mine = Notice.objects.filter(recipient=cast.officer)
    newest = mine.first()
    assert newest is not None
    client.post(f"/messages/{newest.pk}/read/")
    with django_assert_max_num_queries(16):
        page = client.get("/messages/").content.decode()
    assert '<span class="nc-bell-n"' in page
    assert f"/messages/{newest.pk}/read/" not in page
    unread = client.get("/messages/?show=unread&page=2").content.decode()
    assert unread.count('class="is-unread"') == 9


def test_opening_one_marks_it_and_leads_to_its_task(cast: Cast, task: LawChange, signed_in: SignedIn) -> None:
    told(cast, task)
    mine = Notice.objects.get(recipient=cast.officer)
    answer = signed_in("officer").post(f"/messages/{mine.pk}/read/", {"open": "1"})
    assert answer["Location"] == f"/reference/laws/{task.pk}/"
    mine.refresh_from_db()
    assert mine.read_at is not None


def test_nobody_reads_anothers_message(cast: Cast, task: LawChange, signed_in: SignedIn) -> None:
    told(cast, task)
    theirs = Notice.objects.get(recipient=cast.outsider)
    assert signed_in("officer").post(f"/messages/{theirs.pk}/read/").status_code == 404
    assert mark_all_read(until=theirs.pk + 9, actor=cast.officer) == 1
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_what_came_after_the_page_stays_unread(cast: Cast, task: LawChange, signed_in: SignedIn) -> None:
    told(cast, task)
    shown = Notice.objects.get(recipient=cast.officer)
    told(cast, task, key="returned:2")
    answer = signed_in("officer").post("/messages/read/", {"until": shown.pk, "show": "unread", "kind": "x"})
    assert answer["Location"] == "/messages/?show=unread"
    assert Notice.objects.filter(recipient=cast.officer, read_at=None).count() == 1


@pytest.mark.parametrize("until", ["", "²", "-1", "9" * 40, "x"])
def test_an_odd_number_marks_nothing(cast: Cast, task: LawChange, signed_in: SignedIn, until: str) -> None:
    told(cast, task)
    assert signed_in("officer").post("/messages/read/", {"until": until}).status_code == 302
    assert not Notice.objects.exclude(read_at=None).exists()


def test_what_is_removed_for_good_leaves_no_message(cast: Cast, task: LawChange) -> None:
    told(cast, task)
    forget("reference.lawchange", [task.pk], actor=cast.coordinator)
    assert not Notice.objects.exists()
