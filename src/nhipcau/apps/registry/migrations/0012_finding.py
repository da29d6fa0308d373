"""What people are found by, kind by kind, and the search that applies the reach and gives ids alone."""

from django.db import migrations

# Marks of kind: a word of a name has none; "@" any word a record is known by (countries, places, years,
# groups, and names again); "~" what stands inside a word of a name; "<" a telephone read from its end; "=" a
# country, a group, a verification, as the person now has them.
WORDS = r"""
create function registry_fold(said text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    select lower(translate(
        regexp_replace(normalize(said, NFD), '[\u0300-\u036f\u200b-\u200f]', '', 'g'), 'đĐ', 'dd'
    ))
$$;
create function registry_words(
    names text, words text, phones text, country text, groups text[], basis text
) returns tsvector
language sql immutable parallel safe set search_path = public, pg_temp as $$
    with name as (
        select distinct word
        from string_to_table(translate(registry_fold(names), '.,;:-/()''"’‘“”–_', '                '), ' ') word
        where word <> ''
    ), phone as (
        select regexp_replace(said, '\D', '', 'g') as digits
        from regexp_split_to_table(phones, '[;,/]') said where said <> ''
    )
    select array_to_tsvector(
        array(select word from name)
        || array(select '~' || right(word, n) from name, generate_series(2, length(word) - 1) n)
        || array(
            select '@' || word
            from string_to_table(translate(words, '.,;:-/()''"’‘“”–_', '                '), ' ') word where word <> ''
        )
        || array(select '<' || reverse(right(digits, 9)) from phone)
        -- As it begins at home, without the code of its country.
        || array(select '@' || substr(digits, n) from phone, generate_series(2, 4) n where length(digits) > 9)
        || array(select '=' || lower(said) from unnest(groups || country || basis) said where said <> '')
    )
$$;
revoke all on function registry_fold(text) from public;
revoke all on function registry_words(text, text, text, text, text[], text) from public;

-- Who is in the register already.
select set_config('app.system', 'migration', true);
update registry_person p
set words = registry_words(said.names, said.words, said.phones, p.country, p.groups, p.basis)
from (
    select m.person_id, string_agg(concat_ws(' ', r.name, r.foreign_name), ' ') as names,
        string_agg(r.words, ' ') as words, string_agg(concat_ws(';', r.phone, r.other_phones), ';') as phones
    from registry_membership m join registry_sourcerecord r on r.id = m.record_id
    where m.until is null and r.erased_at is null
    group by m.person_id
) said
where said.person_id = p.id;
"""
WORDS_BACK = """
select set_config('app.system', 'migration', true);
update registry_person p set words = to_tsvector('simple', said.words)
from (
    select m.person_id, string_agg(r.words, ' ') as words
    from registry_membership m join registry_sourcerecord r on r.id = m.record_id
    where m.until is null and r.erased_at is null
    group by m.person_id
) said
where said.person_id = p.id;
drop function registry_words(text, text, text, text, text[], text);
drop function registry_fold(text);
"""

# A plan of its own for each reach and each query: one plan for all must fear the worst of them.
SEARCH = """
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

-- Those after one in the order of names, of whom `wanted` holds where it is given.
create function registry_roll(wanted tsquery, after_sort text, after_id bigint, most integer)
returns setof bigint
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set enable_seqscan = off set jit = off as $$
declare
    reach record;
    hers tsquery;
begin
    select * into reach from registry_reach();
    if not reach.everything and cardinality(reach.groups) > 0 then
        select string_agg(quote_literal('=' || each), ' | ')::tsquery into hers
            from unnest(reach.groups) each;
    end if;
    if reach.everything or (hers is not null and cardinality(reach.places) = 0) then
        wanted := coalesce(wanted && hers, wanted, hers);
        if wanted is null then
            return query select p.id from registry_person p
                where (p.name_sort, p.id) > (after_sort collate "C", after_id)
                    and p.merged_into_id is null and p.records > 0
                order by p.name_sort, p.id limit most;
        else
            return query select p.id from registry_person p
                where (p.name_sort, p.id) > (after_sort collate "C", after_id) and p.words @@ wanted
                    and p.merged_into_id is null and p.records > 0
                    and (reach.everything or p.groups::text[] && reach.groups)
                order by p.name_sort, p.id limit most;
        end if;
    elsif cardinality(reach.places) > 0 then
        return query select p.id from registry_person p
            where (p.name_sort, p.id) > (after_sort collate "C", after_id)
                and (p.place_id = any (reach.places) or p.groups::text[] && reach.groups)
                and (wanted is null or p.words @@ wanted)
                and p.merged_into_id is null and p.records > 0
            order by p.name_sort, p.id limit most;
    end if;
end $$;
revoke all on function registry_roll(tsquery, text, bigint, integer) from public;
"""
SEARCH_BACK = """
drop function registry_roll(tsquery, text, bigint, integer);
create or replace function registry_search(wanted tsquery, most integer) returns setof bigint
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
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_history_of_the_register")]

    operations = [
        migrations.RunSQL(WORDS, WORDS_BACK),
        migrations.RunSQL(SEARCH, SEARCH_BACK),
    ]
