-- Here long values are kept apart from their rows anyway; SQLite has something to do in this one.
SELECT 1;
