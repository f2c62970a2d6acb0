-- Queued posts by tenant and line, so that a query skips a rate-limited line without scanning its posts.
CREATE INDEX posts_by_line ON posts (tenant, (CASE WHEN state = 'unwanted' THEN 'remove' WHEN kind = 'file' THEN 'file'
  WHEN kind = 'notice' THEN 'whisper' WHEN kind = 'completion' THEN 'step' ELSE 'say' END), due_at)
  WHERE state IN ('wanted', 'unwanted');
-- Waiting cards by channel: a new card of the channel comes after them.
CREATE INDEX posts_waiting_cards ON posts (tenant, channel, wanted_at) WHERE state = 'wanted' AND kind = 'card';
