"""What the rows of method POST send, where an empty form would be refused before anybody asks who sent it."""

from __future__ import annotations

SENT: dict[str, dict[str, str]] = {
    "desk:account": {"language": "en"},
    "desk:person_lock": {"reason": "Nghỉ hưu"},
    "desk:person_unlock": {"reason": "Khóa nhầm"},
    "desk:person_appoint": {"role": "leader", "organisation": "AGENCY_A", "valid_from": "2026-11-01"},
    "desk:appointment_end": {"last_day": "2026-11-30", "reason": "Chuyển công tác"},
}
