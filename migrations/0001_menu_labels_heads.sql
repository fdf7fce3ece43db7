-- The menu, its labels, what was derived from them, and the heads made of it. Every column is explained in docs/storage.md.

CREATE TABLE classes (
  id          TEXT    NOT NULL PRIMARY KEY,
  name        TEXT    NOT NULL,
  name_key    TEXT    NOT NULL,
  description TEXT    NOT NULL DEFAULT '',
  created_at  INTEGER NOT NULL,
  archived_at INTEGER
) STRICT;

CREATE UNIQUE INDEX classes_active_name ON classes (name_key) WHERE archived_at IS NULL;

-- Labels: the truth that everything below is derived from.
CREATE TABLE examples (
  photo_id          TEXT    NOT NULL PRIMARY KEY,
  backbone_id       TEXT    NOT NULL,
  class_id          TEXT    NOT NULL REFERENCES classes (id),
  absorbed_class_id TEXT    REFERENCES classes (id),
  embedding         TEXT    NOT NULL,
  scale             REAL    NOT NULL,
  source            TEXT    NOT NULL CHECK (source IN ('admin', 'import', 'guest')),
  created_at        INTEGER NOT NULL
) STRICT;

CREATE INDEX examples_class ON examples (class_id);
CREATE INDEX examples_absorbed ON examples (absorbed_class_id, photo_id);
CREATE INDEX examples_pending ON examples (created_at) WHERE class_id IS NOT absorbed_class_id;

-- Guests' corrections, waiting for staff. A decided one keeps the decision and loses embedding and thumbnail.
CREATE TABLE reviews (
  photo_id    TEXT    NOT NULL,
  class_id    TEXT    NOT NULL REFERENCES classes (id),
  backbone_id TEXT    NOT NULL,
  embedding   TEXT,
  scale       REAL,
  thumbnail   TEXT,
  guess       TEXT,
  status      TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'accepted', 'rejected')),
  created_at  INTEGER NOT NULL,
  decided_at  INTEGER,
  PRIMARY KEY (photo_id, class_id)
) STRICT;

CREATE INDEX reviews_pending ON reviews (created_at) WHERE status = 'pending';

-- Sufficient statistics. The primary key is the version check: two runs that absorb from the same version both insert
-- version + 1, and the second batch fails as a whole.
CREATE TABLE statistics (
  version       INTEGER NOT NULL PRIMARY KEY,
  backbone_id   TEXT    NOT NULL,
  dimension     INTEGER NOT NULL,
  squared_norms REAL    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE gram_parts (
  part INTEGER NOT NULL PRIMARY KEY,
  data TEXT    NOT NULL
) STRICT;

CREATE TABLE class_sums (
  class_id TEXT    NOT NULL PRIMARY KEY REFERENCES classes (id),
  count    INTEGER NOT NULL CHECK (count >= 0),
  sum      TEXT    NOT NULL
) STRICT;

-- Heads are immutable and numbered.
CREATE TABLE heads (
  version            INTEGER NOT NULL PRIMARY KEY,
  backbone_id        TEXT    NOT NULL,
  statistics_version INTEGER NOT NULL,
  archive_revision   INTEGER NOT NULL,
  class_ids          TEXT    NOT NULL,
  examples           INTEGER NOT NULL,
  rho                REAL    NOT NULL,
  temperature        REAL    NOT NULL,
  evaluation         TEXT,
  weights            TEXT    NOT NULL,
  duration_ms        INTEGER NOT NULL,
  created_at         INTEGER NOT NULL
) STRICT;

CREATE TABLE training_runs (
  id           INTEGER NOT NULL PRIMARY KEY,
  trigger      TEXT    NOT NULL CHECK (trigger IN ('cron', 'admin')),
  outcome      TEXT    NOT NULL CHECK (outcome IN ('published', 'absorbed', 'overtaken', 'failed')),
  absorbed     INTEGER NOT NULL,
  head_version INTEGER REFERENCES heads (version),
  message      TEXT    NOT NULL,
  duration_ms  INTEGER NOT NULL,
  started_at   INTEGER NOT NULL
) STRICT;

-- The one row that a classification reads: what is live, and how often the menu has changed.
CREATE TABLE deployment (
  id               INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  live_head        INTEGER REFERENCES heads (version),
  menu_revision    INTEGER NOT NULL DEFAULT 0,
  archive_revision INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO deployment (id) VALUES (1);
