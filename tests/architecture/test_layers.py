"""Foreign keys obey the layers too: the linter of imports cannot see them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]


def layers() -> dict[str, int]:
    """App → height, from the contract that the import linter holds; equal for those side by side."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    order = next(contract["layers"] for contract in contracts if contract["name"] == "nhipcau.apps")
    return {
        name: height for height, layer in enumerate(reversed(order)) for name in re.findall(r"\w+", layer)
    }


def test_no_foreign_key_points_up_or_sideways() -> None:
    height = layers()
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("nhipcau."):
            continue
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, (models.ForeignKey, models.ManyToManyField)):
                continue
            target = field.related_model._meta
            ours = target.app_label in height and target.app_label != own
            if ours and height[target.app_label] >= height[own]:
                wrong.append(f"{model._meta.label}.{field.name} → {target.label}")
    assert wrong == []


def test_every_app_of_ours_has_its_layer() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("nhipcau.apps.")}
    assert ours - set(layers()) == set()


def test_our_apps_refer_to_no_library_but_the_users_table() -> None:
    """A library that is replaced must not take our rows with it."""
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if model.__module__.startswith("nhipcau.") and isinstance(field, models.ForeignKey):
                target = field.related_model
                if not target.__module__.startswith("nhipcau."):
                    wrong.append(f"{model._meta.label}.{field.name}")
    assert wrong == []
