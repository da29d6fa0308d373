"""Row security: what the serving login can read is decided by the database, whatever the pages ask."""

from django.db import migrations

SCOPE = """
create function registry_scope(who bigint)
returns table (everything boolean, places bigint[], groups text[], senders bigint[])
language sql stable security definer set search_path = public, pg_temp as $$
    with recursive today(day) as (
        select (now() at time zone 'Asia/Ho_Chi_Minh')::date
    ), held as (
        select a.role, a.organisation_id
        from orgs_appointment a join accounts_user u on u.id = a.user_id, today t
        where a.user_id = who and a.valid @> t.day and u.is_active
        union
        -- Whom she stands in for today; system administration does not go to a deputy.
        select a.role, a.organisation_id
        from orgs_deputy d
        join accounts_user own on own.id = d.deputy_id and own.is_active
        join accounts_user u on u.id = d.absent_id and u.is_active
        join orgs_appointment a on a.user_id = d.absent_id, today t
        where d.deputy_id = who and d.valid @> t.day and a.valid @> t.day and a.role <> 'system_admin'
    ), remits as (
        select r.organisation_id, r."group" from registry_remit r, today t where r.valid @> t.day
    ), keepers as (
        select organisation_id from remits where "group" = ''
    ), mine(id) as (
        select organisation_id from held where role = 'commune_officer'
        union
        -- What went into it whole is its own; of a divided unit nobody guesses whose each person is.
        select l.predecessor_id
        from orgs_lineage l join mine m on l.successor_id = m.id, today t
        where l.kind in ('merge', 'rename') and l.effective_on <= t.day
            and not exists (
                select from orgs_lineage o
                where o.predecessor_id = l.predecessor_id and o.kind <> 'move_function'
                    and o.effective_on <= t.day and o.successor_id is distinct from l.successor_id
            )
    )
    select
        exists (
            select from held h
            where h.role in ('coordinator', 'officer') and h.organisation_id in (select organisation_id from keepers)
        ) or (
            not exists (select from keepers) and exists (select from held where role = 'coordinator')
        ),
        array(select id from mine),
        array(
            select distinct r."group"::text from remits r join held h using (organisation_id)
            where r."group" <> '' and h.role in ('coordinator', 'officer')
        ),
        array(
            select organisation_id from held where role in ('coordinator', 'officer')
            union select id from mine
        )
$$;

-- Of whoever the transaction acts for. Parts of the system (imports, linking) reach everything.
create function registry_reach()
returns table (everything boolean, places bigint[], groups text[], senders bigint[])
language sql stable security definer set search_path = public, pg_temp as $$
    select true, '{}'::bigint[], '{}'::text[], '{}'::bigint[]
    where coalesce(current_setting('app.system', true), '') <> ''
    union all
    select s.everything, s.places, s.groups, s.senders
    from registry_scope(nullif(current_setting('app.user', true), '')::bigint) s
    where coalesce(current_setting('app.system', true), '') = ''
$$;

revoke all on function registry_scope(bigint) from public;
revoke all on function registry_reach() from public;
"""

EVERYTHING = "(select r.everything from registry_reach() r)"
PERSON = f"""
    {EVERYTHING}
    or place_id = any ((select r.places from registry_reach() r)::bigint[])
    or groups::text[] && (select r.groups from registry_reach() r)::text[]
"""
SENDER = f"{EVERYTHING} or sender_id = any ((select r.senders from registry_reach() r)::bigint[])"
# What stands in another table's scope: row security of that table is asked in the sub-select.
THROUGH = "exists (select from {table} seen where seen.id = {column})"
POLICIES = {
    "registry_person": PERSON,
    "registry_membership": THROUGH.format(table="registry_person", column="person_id"),
    "registry_sourcerecord": f"""
        {SENDER}
        or exists (
            select from registry_membership m
            where m.record_id = registry_sourcerecord.id and m.until is null
        )
    """,
    "registry_groupspell": THROUGH.format(table="registry_sourcerecord", column="record_id"),
    "registry_residence": THROUGH.format(table="registry_sourcerecord", column="record_id"),
    "registry_nationality": THROUGH.format(table="registry_sourcerecord", column="record_id"),
    # Numbers are the keeper's alone.
    "registry_identitynumber": EVERYTHING,
    "registry_intake": SENDER,
    "registry_intakerow": THROUGH.format(table="registry_intake", column="intake_id"),
    "registry_layout": SENDER,
    "registry_pair": (
        THROUGH.format(table="registry_sourcerecord", column="left_id")
        + " and "
        + THROUGH.format(table="registry_sourcerecord", column="right_id")
    ),
    "registry_merge": (
        THROUGH.format(table="registry_person", column="kept_id")
        + " and "
        + THROUGH.format(table="registry_person", column="gone_id")
    ),
}
NAME = "registry_scope"


def _on(table: str, rule: str) -> str:
    return f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {NAME} on {table} using ({rule});
    """


def _off(table: str) -> str:
    return f"""
        drop policy {NAME} on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
    """


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.RunSQL(SCOPE, "drop function registry_reach(); drop function registry_scope(bigint);"),
        *(migrations.RunSQL(_on(table, rule), _off(table)) for table, rule in POLICIES.items()),
    ]
