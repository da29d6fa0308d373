"""Common words are looked for among so many people as fill the list, not in the whole index.

More than `most` are never shown, yet the index names everybody whom two common words fit before it gives the
first: a tenth of a second at a million. What PostgreSQL knows of the words' frequency (its plan is asked, it
costs nothing) tells where that threatens. Then some rows are read as they lie; then an index over an eighth
of the people; whoever fills the list with those is done. Rare words go to the whole index at once, and what
is found there is complete, as before. Both steps are bounded, however wrong the guess.
"""

from django.db import migrations

SOME = """
create index registry_person_words_some on registry_person using gin (words) where id % 8 = 0;
"""
# How many rows PostgreSQL expects. Asked of the plan: no row is read. Not "stable": such a function may not ask.
EXPECTED = """
create function registry_expected(wanted tsquery) returns double precision
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    plan json;
begin
    execute format('explain (format json) select from registry_person where words @@ %L::tsquery', wanted)
        into plan;
    return (plan -> 0 -> 'Plan' ->> 'Plan Rows')::double precision;
end $$;
revoke all on function registry_expected(tsquery) from public;
"""
# So many rows are read as they lie, at most.
AT_HAND = 12000
AFTER = f"""
create or replace function registry_search(wanted tsquery, most integer) returns setof bigint
language plpgsql security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set enable_seqscan = off set jit = off set random_page_cost = 1.1 as $$
declare
    reach record;
    hers tsquery;
    expected double precision;
    people double precision;
    found bigint[];
begin
    select * into reach from registry_reach();
    -- The groups stand among the words, so that one index answers both; asked of the rows outside, where it
    -- does not mislead the planner about how few they are.
    select string_agg(quote_literal('=' || each), ' | ')::tsquery into hers from unnest(reach.groups) each;
    select reltuples into people from pg_class where oid = 'registry_person'::regclass;

    if reach.everything or (hers is not null and cardinality(reach.places) = 0) then
        if hers is not null and not reach.everything then
            wanted := wanted && hers;
        end if;
        expected := registry_expected(wanted);
        if expected > 2 * most and expected > 0.1 * people then
            select array_agg(f.id order by f.name_sort, f.id) into found from (
                select h.id, h.name_sort from (
                    select p.id, p.name_sort, p.words, p.groups from registry_person p
                    where p.merged_into_id is null and p.records > 0 limit {AT_HAND}
                ) h
                where h.words @@ wanted and (reach.everything or h.groups::text[] && reach.groups)
                limit most
            ) f;
            if cardinality(found) >= most then
                return query select unnest(found);
                return;
            end if;
        end if;
        if expected > 10 * most then
            select array_agg(f.id order by f.name_sort, f.id) into found from (
                select p.id, p.name_sort from registry_person p
                where p.id % 8 = 0 and p.words @@ wanted and p.merged_into_id is null and p.records > 0
                    and (reach.everything or p.groups::text[] && reach.groups)
                limit most
            ) f;
            if cardinality(found) >= most then
                return query select unnest(found);
                return;
            end if;
        end if;
        return query select f.id from (
            select g.id, g.name_sort from (
                select p.id, p.name_sort, p.groups from registry_person p
                where p.words @@ wanted and p.merged_into_id is null and p.records > 0 limit most
            ) g
            where reach.everything or g.groups::text[] && reach.groups
        ) f order by f.name_sort, f.id;
        return;
    end if;

    expected := registry_expected(wanted);
    if cardinality(reach.places) > 0 and expected > 2 * most and expected > 0.05 * people then
        select array_agg(f.id order by f.name_sort, f.id) into found from (
            select h.id, h.name_sort from (
                select p.id, p.name_sort, p.words from registry_person p
                where p.place_id = any (reach.places) and p.merged_into_id is null and p.records > 0
                limit {AT_HAND}
            ) h
            where h.words @@ wanted
            limit most
        ) f;
        if cardinality(found) >= most then
            return query select unnest(found);
            return;
        end if;
    end if;
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
"""
BEFORE = """
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
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0016_records_taken_out")]

    operations = [
        migrations.RunSQL(SOME, "drop index registry_person_words_some;"),
        migrations.RunSQL(EXPECTED, "drop function registry_expected(tsquery);"),
        migrations.RunSQL(AFTER, BEFORE),
    ]
