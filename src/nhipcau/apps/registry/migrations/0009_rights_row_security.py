"""Row security of what belongs to a person's rights; who is restricted is shown to the keeper alone."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

_first = import_module("nhipcau.apps.registry.migrations.0002_row_security")
NAME, EVERYTHING, THROUGH = _first.NAME, _first.EVERYTHING, _first.THROUGH

PERSON = f"""
    {EVERYTHING}
    or (
        restricted_at is null and (
            place_id = any ((select r.places from registry_reach() r)::bigint[])
            or groups::text[] && (select r.groups from registry_reach() r)::text[]
        )
    )
"""
LOOKED_UP = """
    id = any ((
        select registry_looked_up(nullif(current_setting('app.user', true), '')::bigint)
    )::bigint[])
"""
OF_PERSON = THROUGH.format(table="registry_person", column="person_id")
POLICIES = {
    "registry_consent": OF_PERSON,
    "registry_verification": OF_PERSON,
    "registry_restriction": OF_PERSON,
    "registry_rightsrequest": EVERYTHING,
    "registry_subjectcopy": EVERYTHING,
    # No words about anybody: read by all, written by the keeper and by parts of the system.
    "registry_consenttext": EVERYTHING,
    "registry_retentionrule": EVERYTHING,
}
READ_BY_ALL = ("registry_consenttext", "registry_retentionrule")


def _read(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"create policy registry_read on {table} for select using (true);",
        f"drop policy registry_read on {table};",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_rights_of_people")]

    operations = [
        migrations.RunSQL(
            f"alter policy {NAME} on registry_person using ({PERSON});",
            f"alter policy {NAME} on registry_person using ({_first.PERSON});",
        ),
        migrations.RunSQL(
            f"alter policy registry_looked_up on registry_person using (restricted_at is null and {LOOKED_UP});",
            f"alter policy registry_looked_up on registry_person using ({LOOKED_UP});",
        ),
        *(migrations.RunSQL(_first._on(table, rule), _first._off(table)) for table, rule in POLICIES.items()),
        *(_read(table) for table in READ_BY_ALL),
    ]
