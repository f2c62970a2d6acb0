-- Nothing to do: PostgreSQL stores long values apart from their rows. SQLite's migration 9 changes a table.
SELECT 1;
