-- The one function of all change triggers: TG_ARGV = label of the model, its key's column, hidden columns, quiet columns.
create or replace function audit_row_changed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
    hidden text[] := string_to_array(tg_argv[2], ',');
    quiet text[] := string_to_array(tg_argv[3], ',');
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - quiet end;
    is_now jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - quiet end;
    subject text := coalesce(is_now, was) ->> tg_argv[1];
    name text;
    before_values jsonb := '{}';
    after_values jsonb := '{}';
begin
    for name in select jsonb_object_keys(coalesce(is_now, was)) loop
        if tg_op = 'UPDATE' and was -> name is not distinct from is_now -> name then
            continue;
        end if;
        if was is not null then
            before_values := before_values || jsonb_build_object(name, case when name = any (hidden) then '"…"' else was -> name end);
        end if;
        if is_now is not null then
            after_values := after_values || jsonb_build_object(name, case when name = any (hidden) then '"…"' else is_now -> name end);
        end if;
    end loop;
    if tg_op = 'UPDATE' and after_values = '{}' then
        return null;
    end if;
    insert into public.audit_event (at, source, actor_id, actor_label, verb, subject_type, subject_id, reason, data)
    values (
        clock_timestamp(),
        'row',
        nullif(current_setting('app.user', true), '')::bigint,
        case when coalesce(current_setting('app.system', true), '') = '' then '' else 'system:' || current_setting('app.system', true) end,
        'row.' || lower(tg_op),
        tg_argv[0],
        subject,
        '',
        case when was is null then '{}' else jsonb_build_object('was', before_values) end
        || case when is_now is null then '{}' else jsonb_build_object('is', after_values) end
    );
    return null;
end
$$;

-- Emptying what may be personal of sealed events. The serving login may not update the table; this is the one door,
-- and `audit verify` asks for the recorded request behind it.
create or replace function audit_erase(events bigint[], request text) returns integer language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    count integer;
begin
    if coalesce(request, '') = '' then
        raise exception 'an erasure needs the request it is made under';
    end if;
    update public.audit_event e
    set salt = null, data = null, actor_label = '', reason = '', erased_under = request
    where e.id = any (events) and e.salt is not null
      and exists (select from public.audit_seal s where s.event_id = e.id);
    get diagnostics count = row_count;
    return count;
end
$$;
revoke all on function audit_erase(bigint[], text) from public;

-- Notes that the running transaction changed a table: one mark a transaction and table (audit.editions). No lock is
-- taken that another transaction could wait for. The note that the mark is there goes with a savepoint, as the mark does.
create or replace function audit_edition_changed() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
    running text := pg_current_xact_id()::text;
    noted text := 'app.edition_' || tg_table_name;
begin
    if current_setting(noted, true) is distinct from running then
        insert into public.audit_edition ("table", xact, token)
        values (tg_table_name, running::bigint, gen_random_uuid())
        on conflict ("table", xact) do update set token = excluded.token;
        perform set_config(noted, running, true);
    end if;
    return null;
end
$$;
