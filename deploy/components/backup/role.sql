-- Who dumps. Reads every row of every database, and changes none: row-level security is passed by, or a dump would hold
-- only what one tenant sees, and say nothing about it. Run as superuser (or as a role that may give BYPASSRLS), once;
-- then give it a password, and CONNECT on each of the five databases.
do $$
begin
  if not exists (select from pg_roles where rolname = 'candor_backup') then
    create role candor_backup login bypassrls;
  end if;
end $$;
grant pg_read_all_data to candor_backup;
alter role candor_backup set default_transaction_read_only = on;
