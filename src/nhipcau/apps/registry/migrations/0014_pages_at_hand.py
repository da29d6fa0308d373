"""People's rows lie in memory: of a common name in a commune they are read, not all of the name's index."""

from django.db import migrations

# As it stands, in a language that keeps its plan for the session: planned anew for each call, it took most of
# the time of a small query.
AS = """
do $do$
declare
    query text;
begin
    select rtrim(prosrc, E' \n;') into query from pg_proc where oid = 'registry_scope(bigint)'::regprocedure;
    execute format($f$
        create or replace function registry_scope(who bigint)
        returns table (everything boolean, places bigint[], groups text[], senders bigint[])
        language {language} stable security definer set search_path = public, pg_temp as %L
    $f$, {body});
end $do$;
"""
BEGIN = r"E'#variable_conflict use_column\nbegin return query\n'"
KEPT = AS.format(language="plpgsql", body=f"{BEGIN} || query || E';\nend'")
BACK = AS.format(
    language="sql",
    body=f"regexp_replace(replace(query, {BEGIN}, ''), E'[;[:space:]]*end$', '')",
)
BEFORE = """
create or replace function registry_search(wanted tsquery, most integer) returns setof bigint
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set enable_seqscan = off set jit = off as $$
declare
    reach record;
    hers tsquery;
begin
    select * into reach from registry_reach();
    if reach.everything then
        return query select f.id from (
            select p.id, p.name_sort from registry_person p
            where p.words @@ wanted and p.merged_into_id is null and p.records > 0 limit most
        ) f order by f.name_sort, f.id;
        return;
    end if;
    -- The groups stand among the words, so that one index answers both.
    select string_agg(quote_literal('=' || each), ' | ')::tsquery into hers from unnest(reach.groups) each;
    return query select f.id from (
        (
            select p.id, p.name_sort from registry_person p
            where p.place_id = any (reach.places) and p.words @@ wanted
                and p.merged_into_id is null and p.records > 0
            limit most
        ) union all (
            select p.id, p.name_sort from registry_person p
            where p.words @@ (wanted && hers) and p.groups::text[] && reach.groups
                and not (coalesce(p.place_id, 0) = any (reach.places))
                and p.merged_into_id is null and p.records > 0
            limit most
        )
    ) f order by f.name_sort, f.id limit most;
end $$;
alter function registry_search(tsquery, integer) reset random_page_cost;
alter function registry_roll(tsquery, text, bigint, integer) reset random_page_cost;
"""
AFTER = """
create or replace function registry_search(wanted tsquery, most integer) returns setof bigint
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set enable_seqscan = off set jit = off set random_page_cost = 1.1 as $$
declare
    reach record;
    hers tsquery;
begin
    select * into reach from registry_reach();
    if reach.everything then
        return query select f.id from (
            select p.id, p.name_sort from registry_person p
            where p.words @@ wanted and p.merged_into_id is null and p.records > 0 limit most
        ) f order by f.name_sort, f.id;
        return;
    end if;
    -- The groups stand among the words, so that one index answers both; asked of the rows outside, where it
    -- does not mislead the planner about how few they are.
    select string_agg(quote_literal('=' || each), ' | ')::tsquery into hers from unnest(reach.groups) each;
    return query select f.id from (
        (
            select p.id, p.name_sort from registry_person p
            where p.place_id = any (reach.places) and p.words @@ wanted
                and p.merged_into_id is null and p.records > 0
            limit most
        ) union all (
            select g.id, g.name_sort from (
                select p.id, p.name_sort, p.groups, p.place_id from registry_person p
                where p.words @@ (wanted && hers) and p.merged_into_id is null and p.records > 0
                limit most
            ) g
            where g.groups::text[] && reach.groups and not (coalesce(g.place_id, 0) = any (reach.places))
        )
    ) f order by f.name_sort, f.id limit most;
end $$;
alter function registry_roll(tsquery, text, bigint, integer) set random_page_cost = 1.1;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0013_relatives_words_expire")]

    operations = [migrations.RunSQL(KEPT, BACK), migrations.RunSQL(AFTER, BEFORE)]
