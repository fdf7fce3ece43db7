-- Forgetting, versions, the gate, the lease, rebuilds, trust and the audit log. Every column is explained in docs/storage.md.
-- Tables that others refer to get columns; the others are made anew, since SQLite changes no column in place.

ALTER TABLE classes ADD COLUMN merged_into TEXT REFERENCES classes (id);
ALTER TABLE classes ADD COLUMN deleted_at INTEGER;

CREATE UNIQUE INDEX classes_created ON classes (created_at, id);

-- `class_id` may be null now: a tombstone, until the statistics have given the example back.
CREATE TABLE examples_2 (
  photo_id          TEXT    NOT NULL PRIMARY KEY,
  backbone_id       TEXT    NOT NULL,
  class_id          TEXT    REFERENCES classes (id),
  absorbed_class_id TEXT    REFERENCES classes (id),
  embedding         TEXT    NOT NULL,
  scale             REAL    NOT NULL,
  source            TEXT    NOT NULL CHECK (source IN ('admin', 'import', 'guest', 'auto')),
  contributor       TEXT    NOT NULL,
  origin            TEXT    NOT NULL CHECK (origin IN ('server', 'device')),
  created_at        INTEGER NOT NULL,
  labelled_at       INTEGER NOT NULL,
  confirmed_at      INTEGER
) STRICT;

INSERT INTO examples_2 (photo_id, backbone_id, class_id, absorbed_class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
SELECT photo_id, backbone_id, class_id, absorbed_class_id, embedding, scale, source, 'staff', 'server', created_at, created_at FROM examples;

DROP TABLE examples;
ALTER TABLE examples_2 RENAME TO examples;

CREATE INDEX examples_class ON examples (class_id, photo_id);
CREATE INDEX examples_absorbed ON examples (absorbed_class_id, photo_id);
CREATE INDEX examples_pending ON examples (class_id, labelled_at) WHERE class_id IS NOT absorbed_class_id;
CREATE INDEX examples_contributor ON examples (contributor, photo_id);
CREATE INDEX examples_created ON examples (created_at);
CREATE INDEX examples_auto ON examples (photo_id) WHERE source = 'auto';

-- One row per photo, label and contributor: who agrees with whom is what auto-acceptance counts.
CREATE TABLE reviews_2 (
  photo_id    TEXT    NOT NULL,
  class_id    TEXT    NOT NULL REFERENCES classes (id),
  contributor TEXT    NOT NULL,
  backbone_id TEXT    NOT NULL,
  embedding   TEXT,
  scale       REAL,
  thumbnail   TEXT,
  guess       TEXT,
  origin      TEXT    NOT NULL CHECK (origin IN ('server', 'device')),
  usefulness  REAL    NOT NULL,
  status      TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'rejected')),
  created_at  INTEGER NOT NULL,
  decided_at  INTEGER,
  PRIMARY KEY (photo_id, class_id, contributor)
) STRICT;

INSERT INTO reviews_2 (photo_id, class_id, contributor, backbone_id, embedding, scale, thumbnail, guess, origin, usefulness, status, created_at, decided_at)
SELECT photo_id, class_id, 'guest', backbone_id, embedding, scale, thumbnail, guess, 'server', 0, status, created_at, decided_at FROM reviews;

DROP TABLE reviews;
ALTER TABLE reviews_2 RENAME TO reviews;

CREATE INDEX reviews_pending ON reviews (usefulness) WHERE status = 'pending';
CREATE INDEX reviews_contributor ON reviews (contributor, status);
CREATE INDEX reviews_waiting ON reviews (contributor) WHERE status = 'pending';
CREATE INDEX reviews_decided ON reviews (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX reviews_thumbnails ON reviews (created_at) WHERE thumbnail IS NOT NULL;

-- The statistics in use, and those of a rebuild that several runs work on.
ALTER TABLE statistics ADD COLUMN forget_version INTEGER NOT NULL DEFAULT 0;

CREATE TABLE gram_parts_2 (
  slot TEXT    NOT NULL CHECK (slot IN ('current', 'rebuild')),
  part INTEGER NOT NULL,
  data TEXT    NOT NULL,
  PRIMARY KEY (slot, part)
) STRICT;

INSERT INTO gram_parts_2 (slot, part, data) SELECT 'current', part, data FROM gram_parts;
DROP TABLE gram_parts;
ALTER TABLE gram_parts_2 RENAME TO gram_parts;

CREATE TABLE class_sums_2 (
  slot     TEXT    NOT NULL CHECK (slot IN ('current', 'rebuild')),
  class_id TEXT    NOT NULL REFERENCES classes (id),
  count    INTEGER NOT NULL CHECK (count >= 0),
  sum      TEXT    NOT NULL,
  PRIMARY KEY (slot, class_id)
) STRICT;

INSERT INTO class_sums_2 (slot, class_id, count, sum) SELECT 'current', class_id, count, sum FROM class_sums;
DROP TABLE class_sums;
ALTER TABLE class_sums_2 RENAME TO class_sums;

CREATE TABLE rebuild (
  id            INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  cursor        TEXT    NOT NULL,
  examples      INTEGER NOT NULL,
  squared_norms REAL    NOT NULL,
  reason        TEXT    NOT NULL,
  started_at    INTEGER NOT NULL
) STRICT;

-- A run holds the lease; a write of a run whose lease another one has taken violates `fence = token` and is rolled back.
CREATE TABLE training_lease (
  id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  token      INTEGER NOT NULL,
  fence      INTEGER NOT NULL CHECK (fence = token),
  expires_at INTEGER NOT NULL
) STRICT;

INSERT INTO training_lease (id, token, fence, expires_at) VALUES (1, 0, 0, 0);

ALTER TABLE heads ADD COLUMN parent INTEGER;
ALTER TABLE heads ADD COLUMN started_by TEXT NOT NULL DEFAULT 'cron';
ALTER TABLE heads ADD COLUMN labels_read_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN labels_waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN rows_read INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN rows_written INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN gate TEXT;
ALTER TABLE heads ADD COLUMN replay TEXT;
ALTER TABLE heads ADD COLUMN scorecard TEXT;
ALTER TABLE heads ADD COLUMN details TEXT;
ALTER TABLE heads ADD COLUMN pinned_at INTEGER;
ALTER TABLE heads ADD COLUMN purged_at INTEGER;

-- Heads stay for ever, their weights do not: what is to be purged is found without reading past those that have been.
CREATE INDEX heads_unpurged ON heads (statistics_version) WHERE purged_at IS NULL;

CREATE TABLE training_runs_2 (
  id           INTEGER NOT NULL PRIMARY KEY,
  trigger      TEXT    NOT NULL CHECK (trigger IN ('cron', 'admin')),
  outcome      TEXT    NOT NULL CHECK (outcome IN ('published', 'held', 'absorbed', 'rebuilding', 'overtaken', 'failed')),
  absorbed     INTEGER NOT NULL,
  remaining    INTEGER NOT NULL,
  head_version INTEGER REFERENCES heads (version),
  message      TEXT    NOT NULL,
  queries      INTEGER NOT NULL,
  rows_read    INTEGER NOT NULL,
  rows_written INTEGER NOT NULL,
  duration_ms  INTEGER NOT NULL,
  started_at   INTEGER NOT NULL
) STRICT;

INSERT INTO training_runs_2 (id, trigger, outcome, absorbed, remaining, head_version, message, queries, rows_read, rows_written, duration_ms, started_at)
SELECT id, trigger, outcome, absorbed, 0, head_version, message, 0, 0, 0, duration_ms, started_at FROM training_runs;

DROP TABLE training_runs;
ALTER TABLE training_runs_2 RENAME TO training_runs;

ALTER TABLE deployment ADD COLUMN is_held INTEGER NOT NULL DEFAULT 0;

-- Who did what, without the data it was done to.
CREATE TABLE audit_log (
  id     INTEGER NOT NULL PRIMARY KEY,
  at     INTEGER NOT NULL,
  actor  TEXT    NOT NULL,
  action TEXT    NOT NULL,
  detail TEXT    NOT NULL
) STRICT;
