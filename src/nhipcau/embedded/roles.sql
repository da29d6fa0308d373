-- The two logins. The owner migrates and backs up; the application serves and owns nothing.
SET client_min_messages = warning;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nhipcau_owner') THEN
        CREATE ROLE nhipcau_owner;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nhipcau_app') THEN
        CREATE ROLE nhipcau_app;
    END IF;
END
$$;
ALTER ROLE nhipcau_owner WITH LOGIN NOSUPERUSER CREATEDB NOCREATEROLE BYPASSRLS;
ALTER ROLE nhipcau_app WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
GRANT nhipcau_app TO nhipcau_owner;
