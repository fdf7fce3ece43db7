-- What labelled samples looked like, where the operator keeps that. Explained in docs/storage.md.

CREATE TABLE pictures (
  sample_id TEXT PRIMARY KEY NOT NULL,
  preview   TEXT NOT NULL
) STRICT;

CREATE TABLE picture_totals (
  id       INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  pictures INTEGER NOT NULL,
  bytes    INTEGER NOT NULL
) STRICT;

INSERT INTO picture_totals (id, pictures, bytes) VALUES (1, 0, 0);

-- However an example ends, its picture goes in the same statement.
CREATE TRIGGER pictures_forgotten AFTER UPDATE OF class_id ON examples WHEN NEW.class_id IS NULL BEGIN
  DELETE FROM pictures WHERE sample_id = NEW.sample_id;
END;

CREATE TRIGGER pictures_dropped AFTER DELETE ON examples BEGIN
  DELETE FROM pictures WHERE sample_id = OLD.sample_id;
END;

CREATE TRIGGER pictures_added AFTER INSERT ON pictures BEGIN
  UPDATE picture_totals SET pictures = pictures + 1, bytes = bytes + octet_length(NEW.preview);
END;

CREATE TRIGGER pictures_replaced AFTER UPDATE OF preview ON pictures BEGIN
  UPDATE picture_totals SET bytes = bytes + octet_length(NEW.preview) - octet_length(OLD.preview);
END;

CREATE TRIGGER pictures_removed AFTER DELETE ON pictures BEGIN
  UPDATE picture_totals SET pictures = pictures - 1, bytes = bytes - octet_length(OLD.preview);
END;
