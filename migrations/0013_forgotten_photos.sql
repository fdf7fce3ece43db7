-- Photos that staff have forgotten, by their hashes alone, so that an import does not bring them back. Every column is explained in
-- docs/storage.md.

CREATE TABLE forgotten_photos (
  photo_id     TEXT    NOT NULL PRIMARY KEY,
  forgotten_at INTEGER NOT NULL
) STRICT;

CREATE INDEX forgotten_photos_at ON forgotten_photos (forgotten_at);
