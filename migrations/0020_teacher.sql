-- What a large model said of samples of the pool, and how often it was asked. Explained in docs/storage.md.

CREATE TABLE teacher_labels (
  sample_id    TEXT    PRIMARY KEY NOT NULL,
  backbone_id  TEXT    NOT NULL,
  embedding    TEXT    NOT NULL,
  scale        REAL    NOT NULL,
  contributor  TEXT    NOT NULL,
  model        TEXT    NOT NULL,
  head_version INTEGER NOT NULL,
  head_answer  TEXT,
  claim        TEXT    NOT NULL,
  attempts     INTEGER NOT NULL,
  asked_at     INTEGER NOT NULL,
  fault        TEXT,
  answered_at  INTEGER,
  class_id     TEXT,
  confidence   REAL
) STRICT;

CREATE INDEX teacher_labels_answered ON teacher_labels (answered_at) WHERE answered_at IS NOT NULL;
CREATE INDEX teacher_labels_claim ON teacher_labels (claim);
CREATE INDEX teacher_labels_class ON teacher_labels (class_id, sample_id) WHERE class_id IS NOT NULL;
CREATE INDEX teacher_labels_contributor ON teacher_labels (contributor);

CREATE TABLE teacher_days (
  day    INTEGER PRIMARY KEY NOT NULL,
  calls  INTEGER NOT NULL,
  faults INTEGER NOT NULL
) STRICT;
