"""What every address of the interface may answer besides what it was asked for."""

from __future__ import annotations

from typing import Any

REFUSAL = {
    "type": "object",
    "description": "Why it was not done: `code` for programs, `message` for people.",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": True},
    },
    "required": ["code", "message"],
    "additionalProperties": False,
}
ALWAYS = {
    "400": "Something that was sent cannot be understood",
    "401": "No key, or one that opens nothing",
    "403": "In view, but not allowed",
    "404": "Not there, or not in view",
    "405": "Not a method of this address",
    "406": "Only JSON is spoken here",
}
WRITING = {
    "409": "Its state does not allow this, or somebody was faster",
    "413": "Too much was sent",
    "415": "Send JSON",
}


def with_refusals(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """A hook of drf-spectacular: adds the refusals to every operation."""
    result.setdefault("components", {}).setdefault("schemas", {})["Refusal"] = REFUSAL
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    for path in result["paths"].values():
        for method, operation in path.items():
            for code, words in (ALWAYS | (WRITING if method == "post" else {})).items():
                operation["responses"].setdefault(code, {"description": words, "content": content})
    return result
