-- Samples that the head was unsure of, kept for staff to label where the operator opens the pool. Explained in docs/storage.md.

CREATE TABLE pooled_samples (
  sample_id    TEXT    PRIMARY KEY NOT NULL,
  backbone_id  TEXT    NOT NULL,
  embedding    TEXT    NOT NULL,
  scale        REAL    NOT NULL,
  contributor  TEXT    NOT NULL,
  place        TEXT,
  preview      TEXT,
  head_version INTEGER NOT NULL,
  reason       TEXT    NOT NULL,
  answer       TEXT,
  score        REAL    NOT NULL,
  margin       REAL    NOT NULL,
  seen_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX pooled_samples_contributor ON pooled_samples (contributor, seen_at, sample_id);
CREATE INDEX pooled_samples_seen ON pooled_samples (seen_at);
CREATE INDEX pooled_samples_margin ON pooled_samples (margin);
