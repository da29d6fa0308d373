"""The search by words, with the reach applied inside: row security would switch the index off."""

from django.db import migrations

SEARCH = """
create function registry_search(wanted tsquery, most integer) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select p.id
    from registry_person p
    where p.words @@ wanted and p.merged_into_id is null and p.records > 0
        and (
            (select r.everything from registry_reach() r)
            or p.place_id = any ((select r.places from registry_reach() r)::bigint[])
            or p.groups::text[] && (select r.groups from registry_reach() r)::text[]
        )
    limit most
$$;
revoke all on function registry_search(tsquery, integer) from public;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_row_security")]

    operations = [migrations.RunSQL(SEARCH, "drop function registry_search(tsquery, integer)")]
