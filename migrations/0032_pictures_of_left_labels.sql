-- A label that is left behind by a change of the backbone keeps its picture and its original, by which it can be embedded later. Explained in docs/storage.md.

DROP TRIGGER pictures_dropped;
DROP TRIGGER originals_dropped;

CREATE TRIGGER pictures_dropped AFTER DELETE ON examples
WHEN NOT EXISTS (SELECT 1 FROM left_examples WHERE sample_id = OLD.sample_id) BEGIN
  DELETE FROM pictures WHERE sample_id = OLD.sample_id;
END;

CREATE TRIGGER originals_dropped AFTER DELETE ON examples
WHEN NOT EXISTS (SELECT 1 FROM left_examples WHERE sample_id = OLD.sample_id) BEGIN
  DELETE FROM originals WHERE sample_id = OLD.sample_id;
END;

CREATE TRIGGER looks_of_left_dropped AFTER DELETE ON left_examples
WHEN NOT EXISTS (SELECT 1 FROM examples WHERE sample_id = OLD.sample_id AND class_id IS NOT NULL) BEGIN
  DELETE FROM pictures WHERE sample_id = OLD.sample_id;
  DELETE FROM originals WHERE sample_id = OLD.sample_id;
END;
