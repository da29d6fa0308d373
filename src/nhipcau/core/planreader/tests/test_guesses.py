"""The cases in which a rule guesses."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.guesses import LATE, agencies_doubtful, odd, role_doubtful, scope_doubtful
from nhipcau.core.planreader.items import Context, Item
from nhipcau.core.planreader.outline import Node
from nhipcau.core.planreader.roles import Work
from nhipcau.core.planreader.subjects import Subject

SOMEBODY = Subject(names=["Sở Y tế"], spans=[(0, 7)], end=7, collective=False)
EVERYBODY = Subject(names=["các sở"], spans=[(0, 6)], end=6)


def item(**context) -> Item:
    return Item("II.1", [(0, 10)], Context(**({"purpose": "assign"} | context)), Node(None, None))


def task(
    text: str = "Mở lớp tiếng Lào.", role: str = "responsible", scope: str = "assigned", agencies=("Sở Y tế",)
):
    return {"text": text, "role": role, "scope": scope, "agencies": list(agencies)}


@pytest.mark.parametrize(
    ("given", "work", "context", "doubtful"),
    [
        (task(), Work(), {}, False),
        (task(), Work(lead_later=True), {}, True),
        (task(role="lead"), Work(role="lead", role_at=0), {}, False),
        (task(role="lead"), Work(role="lead", role_at=LATE + 1), {}, True),
        (task(role="lead"), Work(), {}, False),
        (task(role="coordinate"), Work(role="coordinate", role_at=3), {}, False),
        (task(role="coordinate"), Work(role="coordinate", role_at=LATE + 1), {}, True),
        (task(role="advise"), Work(role="advise", role_at=3, rivals=2), {}, True),
        (task(role="advise"), Work(role="advise", role_at=3, rivals=1), {}, False),
        (task(role="coordinate"), Work(role="coordinate", role_at=3, rivals=2), {}, False),
        (task(role="request"), Work(role="lead", role_at=0), {"asked": True}, True),
        (task(role="request"), Work(role="lead", role_at=5), {"asked": True}, False),
        (task("Mở lớp; phối hợp với các xã."), Work(), {}, True),
        (task("Mở lớp do Sở Y tế chủ trì."), Work(), {}, True),
        (task("Mở lớp theo yêu cầu của cơ quan chủ trì."), Work(), {}, False),
        (task("Nâng cao chất lượng công tác tham mưu."), Work(), {}, False),
    ],
)
def test_a_role_is_doubtful_where_its_words_compete_or_stand_late(given, work, context, doubtful):
    assert role_doubtful(given, item(**context), work, None) is doubtful


def test_a_role_that_a_field_says_is_sure():
    sure = item()
    sure.fields["lead"] = (0, 3)
    assert not role_doubtful(task(), sure, Work(lead_later=True), None)


def test_how_late_a_role_stands_is_counted_from_behind_the_subject():
    work = Work(role="lead", role_at=LATE + 5)
    assert not role_doubtful(task(role="lead"), item(), work, SOMEBODY)


@pytest.mark.parametrize(
    ("agency", "expected"),
    [
        ("Sở Y tế", False),
        ("các sở, ngành", False),
        ("Trung tâm (thuộc Sở Y tế)", False),
        ("Trung tâm (thuộc Sở Y tế", True),
        ("phường", True),
        ("Vietlao", False),
        ("các đơn vị " + "rất " * 15, True),
    ],
)
def test_a_name_reads_oddly_when_it_is_long_open_or_one_small_word(agency, expected):
    assert odd(agency) is expected


@pytest.mark.parametrize(
    ("given", "above", "subject", "doubtful"),
    [
        (task(), SOMEBODY, None, False),
        (task(), SOMEBODY, SOMEBODY, False),
        (task(agencies=("Sở Nội vụ",)), SOMEBODY, SOMEBODY, True),
        (task(agencies=("Sở Nội vụ",)), SOMEBODY, EVERYBODY, False),
        (task(agencies=("phường",)), SOMEBODY, None, True),
        (task(), None, SOMEBODY, False),
        (task(), None, Subject(names=["Sở Y tế"], spans=[(130, 137)], end=137), True),
        (task(agencies=("a b", "c d", "e g", "h i", "k l")), None, SOMEBODY, True),
        (task(agencies=("a b", "c d", "e g", "h i", "k l")), SOMEBODY, None, False),
    ],
)
def test_agencies_are_doubtful_where_lists_are_long_or_subjects_differ(given, above, subject, doubtful):
    assert agencies_doubtful(given, item(agencies=above), subject) is doubtful


@pytest.mark.parametrize(
    ("given", "context", "subject", "doubtful"),
    [
        (task(scope="general"), {"purpose": "general"}, None, False),
        (task(scope="general"), {"purpose": "assign"}, None, True),
        (task("Lớp học ở xã.", scope="general"), {"purpose": "general"}, None, True),
        (task(scope="general"), {"purpose": "general"}, SOMEBODY, True),
        (task(), {"purpose": "general"}, EVERYBODY, True),
        (task(), {"purpose": "general"}, SOMEBODY, False),
        (task(), {"purpose": "assign"}, EVERYBODY, False),
    ],
)
def test_the_scope_is_doubtful_where_heading_and_sentence_disagree(given, context, subject, doubtful):
    assert scope_doubtful(given, item(**context), subject) is doubtful
