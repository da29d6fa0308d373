"""Row security of the record: what was done in the register is read by its keeper, its officers and who did it."""

from django.db import migrations

ME = "nullif(current_setting('app.user', true), '')::bigint"
ON = f"""
create function registry_audits(who bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from orgs_appointment a
        join accounts_user u on u.id = a.user_id and u.is_active
        where a.user_id = who and a.role = 'system_admin'
            and a.valid @> (now() at time zone 'Asia/Ho_Chi_Minh')::date
    )
$$;
revoke all on function registry_audits(bigint) from public;

-- Not forced: the triggers and functions that write the record run as its owner.
alter table audit_event enable row level security;
create policy registry_scope on audit_event using (
    subject_type not like 'registry.%'
    or actor_id = {ME}
    or (select r.everything from registry_reach() r)
    or (select registry_watches({ME}))
    or (select registry_audits({ME}))
) with check (true);
"""
OFF = """
drop policy registry_scope on audit_event;
alter table audit_event disable row level security;
drop function registry_audits(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_what_lists_carry"),
        ("audit", "0003_editions"),
        ("orgs", "0008_undoing_needs_two"),
    ]

    operations = [migrations.RunSQL(ON, OFF)]
