"""Watches what kept values are made of: the tables that they read are those that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import connection

from nhipcau.apps.audit.editions import Editions, Kept

_READ = re.compile(r'\b(?:from|join)\s+"?(\w+)"?', re.IGNORECASE)
Get = Callable[..., Any]


def checked(get: Get) -> Get:
    """`Kept.get`, failing when the value is made of more than was declared."""
    ours = {model._meta.db_table for model in apps.get_models()}

    @wraps(get)
    def watched(self: Kept[Any], key: Hashable, make: Callable[[], Any], seen: Editions | None = None) -> Any:
        def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            unnamed = set(_READ.findall(str(sql))) & ours - set(self.tables)
            assert not unnamed, f"kept of {self.tables}, reads {unnamed}"
            return execute(sql, *rest)

        def made() -> Any:
            with connection.execute_wrapper(watch):
                return make()

        return get(self, key, made, seen)

    return watched
