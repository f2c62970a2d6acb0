-- Only SQLite has to be told otherwise how to check a list of values.
SELECT 1;
