"""Runs squawk over the SQL of our migrations: what would lock or break a table in use.

An app's first migration makes empty tables and is not judged; nor are those that came before the first
release (FIRST_RELEASE: the last number of each app), for no instance in use has run without them. Rules left
out, with why, stand in EXCLUDED.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from nhipcau.embedded import ensure_server

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / ".build" / "sql"
FIRST_RELEASE = {
    "accounts": 4,
    "audit": 3,
    "indicators": 1,
    "notices": 2,
    "orgs": 8,
    "plans": 17,
    "reference": 3,
    "registry": 19,
    "reporting": 11,
}
EXCLUDED = (
    "prefer-robust-stmts",  # Django runs each migration in a transaction
    "require-timeout-settings",  # set for the migrating login, not in each file
    "prefer-identity",  # Django decides how keys are made
    "prefer-text-field",  # lengths are part of the model
    "prefer-bigint-over-int",
    "ban-drop-column",  # removing a field is a decision, reviewed as one
)


def main() -> int:
    server = ensure_server(ROOT / ".cache" / "check", durable=False)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        "DATABASE_URL": server.owner_url,
    }
    django.setup()
    loader = MigrationLoader(connection, replace_migrations=False)
    OUT.mkdir(parents=True, exist_ok=True)
    files = []
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if not type(migration).__module__.startswith("nhipcau.") or migration.initial:
            continue
        if int(name[:4]) <= FIRST_RELEASE.get(app, 1):
            continue
        file = OUT / f"{app}_{name}.sql"
        with file.open("w", encoding="utf-8") as stream:
            call_command("sqlmigrate", app, name, stdout=stream, no_color=True)
        files.append(file)
    if not files:
        print("squawk: no migration after the first ones")
        return 0
    squawk = Path(sys.executable).with_name("squawk")
    exclude = ",".join(EXCLUDED)
    return subprocess.run([squawk, "--pg-version=15", f"--exclude={exclude}", *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
