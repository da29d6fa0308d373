"""A new database's tables in a tenth of the time: while migrations run, a changed model is rendered alone.

Django renders with a changed model all that point to it and all that they point to, hundreds of times over,
so that a migration's code finds every relation. Code in migrations (`RunPython`) has everything rendered
anew before it runs all the same. What schema operations read of other models, their names and keys, does
not change, and on a new database the sequence of operations is always the same one: a test compares what
comes of it with what comes of Django's own way. A database that holds something is migrated Django's way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState


def is_new(database: str) -> bool:
    """True where no migration has been applied yet."""
    return not MigrationRecorder(connections[database]).applied_migrations()


@contextmanager
def rendering_alone() -> Iterator[None]:
    """Meanwhile a changed model is rendered without those that are related to it."""
    whole = ProjectState.reload_model

    def alone(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: ARG001
        if "apps" in self.__dict__:
            # Says that relations may be stale: code of migrations then gets all models anew.
            self.is_delayed = True
            self._reload({(app_label, model_name.lower())})  # type: ignore[attr-defined]

    ProjectState.reload_model = alone  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.reload_model = whole  # type: ignore[method-assign]
