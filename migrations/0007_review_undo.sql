-- Corrections can be put back, and decisions undone for a day. Every column is explained in docs/storage.md.

ALTER TABLE reviews ADD COLUMN skipped_at INTEGER;
ALTER TABLE reviews ADD COLUMN decided_with TEXT;

DROP INDEX reviews_pending;
CREATE INDEX reviews_pending ON reviews (skipped_at, usefulness DESC) WHERE status = 'pending';

-- What a decision changed, as long as it can be undone.
CREATE TABLE review_decisions (
  photo_id            TEXT    NOT NULL,
  class_id            TEXT    NOT NULL,
  decided_at          INTEGER NOT NULL,
  target              TEXT,
  before_class        TEXT,
  before_labelled_at  INTEGER,
  before_confirmed_at INTEGER,
  PRIMARY KEY (photo_id, class_id)
) STRICT;

CREATE INDEX review_decisions_decided ON review_decisions (decided_at);
