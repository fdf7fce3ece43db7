-- Addresses that are told what happens, and what they are told: an outbox and a log in one. Explained in docs/storage.md.

CREATE TABLE webhooks (
  id            TEXT    PRIMARY KEY NOT NULL,
  url           TEXT    NOT NULL,
  events        TEXT    NOT NULL,
  queue_above   INTEGER NOT NULL,
  secret_number INTEGER NOT NULL DEFAULT 1,
  rotated_at    INTEGER,
  state         TEXT    NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off', 'gone', 'dead')),
  failing_since INTEGER,
  delivered_at  INTEGER,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_deliveries (
  id           INTEGER PRIMARY KEY NOT NULL,
  webhook_id   TEXT    NOT NULL,
  message_id   TEXT    NOT NULL,
  event        TEXT    NOT NULL,
  subject      TEXT,
  body         TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_at      INTEGER,
  claim        TEXT,
  attempted_at INTEGER,
  status       INTEGER,
  fault        TEXT,
  delivered_at INTEGER
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, event, created_at);
CREATE INDEX webhook_deliveries_subject ON webhook_deliveries (subject) WHERE subject IS NOT NULL;
