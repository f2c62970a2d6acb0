-- The project's name as it is searched for. Written by the program: fold() is its function, not SQLite's,
-- whose lower() knows only a to z.
ALTER TABLE decisions ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE decisions SET search = fold(project);
