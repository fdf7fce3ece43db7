-- Originals of labelled samples in a bucket, where the operator keeps those. Explained in docs/storage.md.

CREATE TABLE originals (
  sample_id TEXT PRIMARY KEY NOT NULL,
  key       TEXT NOT NULL,
  bytes     INTEGER NOT NULL
) STRICT;

-- What is to leave the bucket, which takes part in no transaction.
CREATE TABLE original_deletions (
  key       TEXT PRIMARY KEY NOT NULL,
  due_since INTEGER NOT NULL
) STRICT;

ALTER TABLE picture_totals ADD COLUMN originals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE picture_totals ADD COLUMN original_bytes INTEGER NOT NULL DEFAULT 0;

-- However an example ends, its original is to leave in the same statement.
CREATE TRIGGER originals_forgotten AFTER UPDATE OF class_id ON examples WHEN NEW.class_id IS NULL BEGIN
  DELETE FROM originals WHERE sample_id = NEW.sample_id;
END;

CREATE TRIGGER originals_dropped AFTER DELETE ON examples BEGIN
  DELETE FROM originals WHERE sample_id = OLD.sample_id;
END;

CREATE TRIGGER originals_added AFTER INSERT ON originals BEGIN
  UPDATE picture_totals SET originals = originals + 1, original_bytes = original_bytes + NEW.bytes;
END;

CREATE TRIGGER originals_removed AFTER DELETE ON originals BEGIN
  UPDATE picture_totals SET originals = originals - 1, original_bytes = original_bytes - OLD.bytes;
  INSERT INTO original_deletions (key, due_since) VALUES (OLD.key, CAST(unixepoch('subsec') * 1000 AS INTEGER));
END;
