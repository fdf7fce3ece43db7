-- What each key and each guest's network asked for on a day, for the daily quotas. Written in batches, a few times a minute at most.

CREATE TABLE daily_usage (
  day      INTEGER NOT NULL,
  subject  TEXT    NOT NULL,
  requests INTEGER NOT NULL,
  PRIMARY KEY (day, subject)
) STRICT;
