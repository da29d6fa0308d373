"""What the demo's province lacks so that every kind of page has something to show."""

from __future__ import annotations

import io
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from tests.cast import Cast
from tests.permissions.world import _credential as credential

from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions import upload_document
from nhipcau.apps.plans.models import Document, DraftTask

COORDINATOR = "dieuphoi@lamgiang.example.vn"
SECRET = "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n\nTỐI MẬT\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\nVề việc không có thật\n"
AMENDMENT = """ỦY BAN NHÂN DÂN
TỈNH LAM GIANG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 99/KH-UBND
Lam Giang, ngày 10 tháng 6 năm 2026

KẾ HOẠCH
Sửa đổi, bổ sung Kế hoạch công tác người Việt Nam ở nước ngoài năm 2026

II. TỔ CHỨC THỰC HIỆN
1. Sở Ngoại vụ
a) Tổ chức gặp mặt kiều bào dịp Tết Nguyên đán Bính Ngọ; hoàn thành trước ngày 15/02/2026.
b) Xây dựng chuyên trang tiếng Anh dành cho kiều bào trẻ trước ngày 30/9/2026.
2. Công an tỉnh
a) Hướng dẫn thủ tục cư trú, xuất nhập cảnh cho kiều bào bằng tài liệu song ngữ; hoàn thành trước 30/11/2026.
"""


@dataclass(frozen=True, slots=True)
class More:
    """Addresses that no link leads to, by who is to open them; "" is nobody."""

    addresses: dict[str, list[str]]


def load_more(cast: Cast) -> More:
    """A refused file, one being read, an amendment, and a passkey and codes of the cast's officer."""
    coordinator = User.objects.get(email=COORDINATOR)
    with acting(coordinator):
        refused = upload_document(io.BytesIO(SECRET.encode()), "mat.txt", actor=coordinator)
        plan = Document.objects.filter(state=Document.State.APPROVED, kind=Document.Kind.PLAN).first()
        amended = upload_document(
            io.BytesIO(AMENDMENT.encode()), "sua-doi.txt", actor=coordinator, amends=plan
        )
        waiting = Document.objects.create(created_by=coordinator)
        empty = Document.objects.create(created_by=coordinator, state=Document.State.DRAFT)
    draft = DraftTask.objects.filter(document__state=Document.State.DRAFT).order_by("pk").first()
    assert refused.state == Document.State.REFUSED
    assert amended.state == Document.State.DRAFT
    assert draft is not None
    Authenticator.objects.create(
        user=cast.officer,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Khóa", "credential": credential()},
    )
    RecoveryCodes.activate(cast.officer)
    keys = "/accounts/password/reset/key"
    return More(
        {
            "": [f"{keys}/1-abc-def/", f"{keys}/done/"],
            COORDINATOR: [
                f"/plans/{refused.pk}/reading/",
                f"/plans/{waiting.pk}/reading/",
                f"/plans/{amended.pk}/desk/",
                f"/plans/{amended.pk}/approve/",
                f"/plans/{empty.pk}/desk/",
                f"/plans/{draft.document_id}/drafts/{draft.pk}/split/",
                "/search/?q=chuyen+gia",
                "/search/?q=khongcogi",
            ],
            "officer": [
                "/accounts/2fa/passkeys/",
                "/accounts/2fa/recovery-codes/generate/",
                "/accounts/2fa/totp/activate/",
                "/accounts/logout/",
            ],
        }
    )
