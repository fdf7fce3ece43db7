-- What the description of an item comes to in the numbers of the backbone: derived, made anew by a run. Explained in docs/storage.md.

CREATE TABLE class_descriptions (
  class_id TEXT PRIMARY KEY NOT NULL,
  backbone_id TEXT NOT NULL,
  wording TEXT NOT NULL,
  embedding TEXT,
  scale REAL
) STRICT;
