"""The model that the register is linked by: the shipped one, or one that was trained here and taken over."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from nhipcau.core.linkage.model import Model, load


def place() -> Path:
    """Where a model of this instance lies. It holds shares of agreement, nothing of any person."""
    return Path(settings.DATA) / "linking" / "model.json"


def chosen() -> Model:
    """What linking uses now. Raises UnreadableModel."""
    return load(place() if place().exists() else None)


def take_over(model: Model) -> None:
    """From now on this one."""
    place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = place().with_suffix(".new")
    beside.write_text(model.as_json(), encoding="utf-8")
    beside.replace(place())
