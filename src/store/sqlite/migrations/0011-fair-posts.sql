-- Queued posts by tenant, so that a long queue of one tenant doesn't slow down the others.
DROP INDEX posts_wanted;
CREATE INDEX posts_wanted ON posts (tenant, due_at) WHERE state IN ('wanted', 'unwanted');
