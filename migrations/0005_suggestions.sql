-- What guests miss on the menu, in their words. Every column is explained in docs/storage.md.
CREATE TABLE suggestions (
  id          TEXT    NOT NULL,
  contributor TEXT    NOT NULL,
  text        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (id, contributor)
) STRICT;

CREATE INDEX suggestions_contributor ON suggestions (contributor);
CREATE INDEX suggestions_created ON suggestions (created_at);
