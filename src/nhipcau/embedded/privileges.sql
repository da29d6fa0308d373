-- What the serving login may do with tables that the owner will make; in one database.
ALTER DEFAULT PRIVILEGES FOR ROLE nhipcau_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nhipcau_app;
ALTER DEFAULT PRIVILEGES FOR ROLE nhipcau_owner GRANT USAGE, SELECT ON SEQUENCES TO nhipcau_app;
