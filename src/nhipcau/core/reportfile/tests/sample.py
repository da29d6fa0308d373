"""A small report of three units, made for the tests."""

from __future__ import annotations

from typing import Any


def total(amounts: dict[str, str | None], missing: list[str] | None = None, **more: Any) -> dict[str, Any]:
    given = [{"unit": unit, "amount": amount} for unit, amount in amounts.items() if amount is not None]
    none = [unit for unit, amount in amounts.items() if amount is None]
    lost = missing or []
    return {
        "amount": str(sum(int(each["amount"] or 0) for each in given)) if given else None,
        "answered": len(given),
        "of": len(amounts) + len(lost),
        "missing": lost,
        "no_data": none,
        "by_unit": given,
        **more,
    }


def unit(name: str, state: str = "approved") -> dict[str, Any]:
    return {
        "id": name,
        "name": f"Đơn vị {name}",
        "group": "Xã, phường",
        "state": state,
        "nothing": False,
        "received_number": "" if state == "waiting" else f"TN-2027-{name}",
        "received_at": "" if state == "waiting" else "2027-06-03T16:40:00+07:00",
        "late": False,
        "digest": "",
    }


def report() -> dict[str, Any]:
    """Without its digest."""
    source = {"unit": "a", "received_number": "TN-2027-a", "text": "Mời 07 chuyên gia."}
    return {
        "format": "report/1",
        "sender": {"province": "Lam Giang", "agency": "Sở Ngoại vụ"},
        "report": {
            "title": "Báo cáo 6 tháng",
            "subject": "Công tác về người Việt Nam ở nước ngoài",
            "version": 1,
            "previous": None,
            "reason": "",
            "frozen_at": "2027-06-14T08:00:00+07:00",
            "frozen_by": "Lê Thị Hà",
        },
        "period": {
            "kind": "half",
            "year": 2027,
            "number": 1,
            "title": "6 tháng đầu năm 2027",
            "first": "2026-12-15",
            "last": "2027-06-14",
            "window_by": "decree",
            "due_on": "2027-06-04",
        },
        "form": {"title": "Báo cáo định kỳ", "version": 1},
        "template": {"name": "BC", "version": 1},
        "units": [unit("a"), unit("b"), unit("c", "waiting")],
        "indicators": [
            {
                "code": "chuyen-gia",
                "version": 1,
                "name": "Chuyên gia được mời",
                "definition": "Số lượt người.",
                "unit": "người",
                "kind": "count",
                "over_units": "sum",
                "over_time": "sum",
                "total": total({"a": "7", "b": "5"}, ["c"]),
                "parts": [
                    {
                        "split": "sex",
                        "category": "nu",
                        "label": "Nữ",
                        "total": total({"a": "3", "b": None}, ["c"]),
                    }
                ],
            }
        ],
        "sections": [
            {
                "key": "ket-qua",
                "label": "I.",
                "level": 1,
                "kind": "narrative",
                "title": "Kết quả",
                "paragraphs": [{"text": "Đã mời 07 chuyên gia.", "sources": [source]}],
            }
        ],
        "difficulties": [{"addressee": "Bộ Ngoại giao", "paragraphs": []}],
        "not_taken": [{"unit": "b", "section": "ket-qua", "text": "Tiếp tục tuyên truyền.", "reason": ""}],
    }
