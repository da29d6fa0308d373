"""What the rows of method POST send, where an empty form would be refused before anybody asks who sent it."""

from __future__ import annotations

SENT: dict[str, dict[str, str]] = {
    "reporting:period_act": {"what": "lock", "revision": "0"},
    "orgs:restructuring_return": {"reason": "Thiếu căn cứ"},
    "orgs:restructuring_withdraw": {"reason": "Lập nhầm"},
    "desk:account": {"language": "en"},
    "desk:person_factor": {"reason": "Mất điện thoại"},
    "desk:person_lock": {"reason": "Nghỉ hưu"},
    "desk:person_unlock": {"reason": "Khóa nhầm"},
    "desk:person_appoint": {"role": "leader", "organisation": "AGENCY_A", "valid_from": "2026-11-01"},
    "desk:appointment_post": {"post": "head", "from_day": "2026-11-30", "reason": "Phân công lại"},
    "desk:appointment_end": {"last_day": "2026-11-30", "reason": "Chuyển công tác"},
}
