-- A second backbone beside the one in use: its embeddings, its head, and what it cannot have. Explained in docs/storage.md.

ALTER TABLE deployment ADD COLUMN second_backbone TEXT;
ALTER TABLE deployment ADD COLUMN second_head INTEGER;

CREATE TABLE second_slot (
  id             INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  backbone_id    TEXT    NOT NULL,
  name           TEXT    NOT NULL,
  dimension      INTEGER NOT NULL,
  home_name      TEXT    NOT NULL,
  home_dimension INTEGER NOT NULL,
  trained_with   INTEGER NOT NULL DEFAULT 0,
  began_at       INTEGER NOT NULL,
  ready_at       INTEGER,
  moved_at       INTEGER
) STRICT;

CREATE TABLE second_embeddings (
  sample_id   TEXT NOT NULL,
  backbone_id TEXT NOT NULL,
  embedding   TEXT NOT NULL,
  scale       REAL NOT NULL,
  PRIMARY KEY (sample_id, backbone_id)
) STRICT;

CREATE TABLE left_examples (
  sample_id    TEXT PRIMARY KEY NOT NULL,
  backbone_id  TEXT    NOT NULL,
  class_id     TEXT    NOT NULL,
  embedding    TEXT    NOT NULL,
  scale        REAL    NOT NULL,
  source       TEXT    NOT NULL,
  contributor  TEXT    NOT NULL,
  origin       TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  labelled_at  INTEGER NOT NULL,
  confirmed_at INTEGER,
  labelled_by  TEXT,
  place        TEXT,
  purpose      TEXT    NOT NULL
) STRICT;

CREATE INDEX left_examples_class ON left_examples (class_id);
CREATE INDEX left_examples_contributor ON left_examples (contributor);

-- However an example ends, its second embedding goes in the same statement.
CREATE TRIGGER second_embeddings_forgotten AFTER UPDATE OF class_id ON examples WHEN NEW.class_id IS NULL BEGIN
  DELETE FROM second_embeddings WHERE sample_id = NEW.sample_id;
END;

CREATE TRIGGER second_embeddings_dropped AFTER DELETE ON examples BEGIN
  DELETE FROM second_embeddings WHERE sample_id = OLD.sample_id;
END;

-- Who is labelled anew waits no longer.
CREATE TRIGGER left_examples_labelled AFTER INSERT ON examples BEGIN
  DELETE FROM left_examples WHERE sample_id = NEW.sample_id;
END;

-- A label that was on its way while the backbones changed places must not mix them, whoever wrote it.
CREATE TRIGGER examples_of_one_backbone BEFORE INSERT ON examples
WHEN (SELECT backbone_id FROM examples LIMIT 1) <> NEW.backbone_id BEGIN
  SELECT RAISE(ABORT, 'examples of another backbone');
END;
