"""A consultation for tests: Sở A, Sở B and a commune are asked about a draft of three paragraphs."""

from __future__ import annotations

import io
from datetime import timedelta

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.actions import Remarked, answer_consultation, open_consultation
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer

FIRST = "Điều 1. Phạm vi điều chỉnh\nĐiều 2. Sở Công Thương báo cáo hằng quý\nĐiều 3. Hiệu lực"
WISH = "Đề nghị báo cáo sáu tháng một lần"
DUE = timedelta(days=10)


def ask(cast: Cast) -> Consultation:
    """Opened by the coordinator; files go where the test's settings say."""
    bodies = (cast.department_a, cast.department_b, cast.commune)
    return open_consultation(
        "Quy chế phối hợp công tác kiều bào",
        {body.pk: None for body in bodies},
        due_on=timezone.localdate() + DUE,
        upload=attach_file(io.BytesIO(FIRST.encode()), "du-thao.txt", actor=cast.coordinator),
        actor=cast.coordinator,
    )


def answer_of(asked: Consultation, organisation: Organisation) -> ConsultationAnswer:
    return asked.answers.get(organisation=organisation)


def remark(cast: Cast, asked: Consultation, text: str = WISH) -> ConsultationAnswer:
    """Sở A remarks on the second paragraph."""
    answer = answer_of(asked, cast.department_a)
    said = [Remarked(text, passage=1)]
    return answer_consultation(answer, "remarks", said, actor=cast.officer, version=answer.version)
