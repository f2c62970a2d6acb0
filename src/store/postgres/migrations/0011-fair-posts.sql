-- What is to be brought to Slack, by workspace: however much of one waits, that of the others is found at once.
DROP INDEX posts_wanted;
CREATE INDEX posts_wanted ON posts (tenant, due_at) WHERE state IN ('wanted', 'unwanted');
