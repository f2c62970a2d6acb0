-- Of what is to be brought to Slack, each line by itself: however much waits in one that rests, what waits in another
-- is found at once.
CREATE INDEX posts_by_line ON posts (tenant, (CASE WHEN state = 'unwanted' THEN 'remove' WHEN kind = 'file' THEN 'file'
  WHEN kind = 'notice' THEN 'whisper' WHEN kind = 'completion' THEN 'step' ELSE 'say' END), due_at)
  WHERE state IN ('wanted', 'unwanted');
-- Cards that wait, by channel: one that is asked for comes after them.
CREATE INDEX posts_waiting_cards ON posts (tenant, channel, wanted_at) WHERE state = 'wanted' AND kind = 'card';
