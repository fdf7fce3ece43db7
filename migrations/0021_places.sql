-- Places that photos come from, and how far each lies from where the menu was taught. Explained in docs/storage.md.

CREATE TABLE places (
  id          TEXT    PRIMARY KEY NOT NULL,
  name        TEXT    NOT NULL,
  is_on       INTEGER NOT NULL DEFAULT 1,
  created_at  INTEGER NOT NULL,
  basis       TEXT,
  backbone_id TEXT,
  photos      INTEGER NOT NULL DEFAULT 0,
  distance    REAL,
  shift       TEXT,
  scale       REAL
) STRICT;

CREATE INDEX pooled_samples_place ON pooled_samples (place, seen_at, contributor) WHERE place IS NOT NULL;
