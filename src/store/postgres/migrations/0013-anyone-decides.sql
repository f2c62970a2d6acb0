-- 1 if a workflow named no deciders, so that every member decides. If it is 0 and a decision has no deciders, they had
-- their data deleted.
ALTER TABLE decisions ADD COLUMN anyone_decides INTEGER NOT NULL DEFAULT 0;
UPDATE decisions SET anyone_decides = 1
WHERE step IS NOT NULL AND asker <> 'somebody' AND status <> 'deleted'
  AND NOT EXISTS (SELECT 1 FROM deciders WHERE tenant = decisions.tenant AND decision = decisions.id);
