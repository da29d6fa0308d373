"""A draft on which agencies of the synthetic province are asked: some agree, one remarks, some are silent."""

from __future__ import annotations

import io
from datetime import timedelta

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions import attach_file
from nhipcau.apps.plans.actions import (
    Remarked,
    add_consultation_draft,
    answer_consultation,
    open_consultation,
    settle_remark,
)
from nhipcau.apps.plans.consulting import meant_by
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer

TITLE = "Quy chế phối hợp trong công tác người Việt Nam ở nước ngoài trên địa bàn tỉnh"
ASKED = (
    "Sở Khoa học và Công nghệ",
    "Sở Công Thương",
    "Sở Tài chính",
    "Công an tỉnh",
)
FIRST = """QUY CHẾ
Phối hợp trong công tác người Việt Nam ở nước ngoài
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc phối hợp giữa các cơ quan, đơn vị của tỉnh.
Điều 2. Nguyên tắc phối hợp
Mỗi nội dung do một cơ quan chủ trì; cơ quan phối hợp trả lời trong 05 ngày làm việc.
Điều 3. Chế độ báo cáo
Các cơ quan, đơn vị báo cáo hằng quý, trước ngày 15 của tháng cuối quý.
Điều 4. Hiệu lực thi hành
"""
SECOND = FIRST.replace(
    "hằng quý, trước ngày 15 của tháng cuối quý", "sáu tháng một lần, trước ngày 15/6 và 15/12"
)
REMARK = "Đề nghị sửa chế độ báo cáo hằng quý thành sáu tháng một lần để giảm số báo cáo của cơ sở."
OPEN_REMARK = "Đề nghị ghi rõ cơ quan chủ trì khi nội dung thuộc nhiều ngành."


def load_consultation(coordinator: User, officers: dict[str, User]) -> Consultation:
    """The consultation; `officers` by mail name ("khcn") answer for their agencies."""
    known = Consultation.objects.filter(title=TITLE).first()
    if known is not None:
        return known
    today = timezone.localdate()
    made = open_consultation(
        TITLE,
        meant_by(ASKED, [], today).asked,
        due_on=today + timedelta(days=5),
        question="Đề nghị cho ý kiến cụ thể về nguyên tắc phối hợp (Điều 2) và chế độ báo cáo (Điều 3).",
        upload=attach_file(io.BytesIO(FIRST.encode()), "du-thao-quy-che.txt", actor=coordinator),
        letter_number="412/SNgV-NVNONN",
        letter_on=today - timedelta(days=4),
        actor=coordinator,
    )
    said = [Remarked(REMARK, passage=7), Remarked(OPEN_REMARK, passage=5)]
    for name, kind, remarks in (("taichinh", "agree", []), ("congthuong", "remarks", said)):
        own = ConsultationAnswer.objects.visible_to(officers[name]).get(consultation=made)
        answer_consultation(own, kind, remarks, actor=officers[name], version=own.version)
    upload = attach_file(io.BytesIO(SECOND.encode()), "du-thao-quy-che-2.txt", actor=coordinator)
    second = add_consultation_draft(made, upload, actor=coordinator)
    remark = made.answers.get(kind="remarks").remarks.filter(passage=7).get()
    settle_remark(
        remark, "taken", "Đã sửa thành sáu tháng một lần.", draft=second, passage=7, actor=coordinator
    )
    return made
