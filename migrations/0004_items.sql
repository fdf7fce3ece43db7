-- Items get an order, other names, translations and a threshold of their own. Every column is explained in docs/storage.md.

ALTER TABLE classes ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE classes ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE classes ADD COLUMN alias_keys TEXT NOT NULL DEFAULT '[]';
ALTER TABLE classes ADD COLUMN names TEXT NOT NULL DEFAULT '{}';
ALTER TABLE classes ADD COLUMN threshold REAL CHECK (threshold BETWEEN 0 AND 1);

-- So far the order of the menu was that of creation.
UPDATE classes SET position = (
  SELECT count(*) FROM classes AS other WHERE (other.created_at, other.id) <= (classes.created_at, classes.id)
);

-- Everything that an active item goes by. The primary key keeps two items from answering to one name.
CREATE TABLE class_keys (
  key      TEXT NOT NULL PRIMARY KEY,
  class_id TEXT NOT NULL REFERENCES classes (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX class_keys_class ON class_keys (class_id);

INSERT INTO class_keys (key, class_id) SELECT name_key, id FROM classes WHERE archived_at IS NULL;
