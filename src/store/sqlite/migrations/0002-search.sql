-- The project's name in the form that searches compare. The bot defines fold(), because SQLite's lower() changes only
-- a to z.
ALTER TABLE decisions ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE decisions SET search = fold(project);
