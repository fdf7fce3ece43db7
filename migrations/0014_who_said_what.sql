-- Who gave a label that somebody else than the contributor gave, and since when an item has an id that a deleted one had. Every
-- column is explained in docs/storage.md.

ALTER TABLE examples ADD COLUMN labelled_by TEXT;
ALTER TABLE review_decisions ADD COLUMN before_labelled_by TEXT;
ALTER TABLE classes ADD COLUMN since_revision INTEGER NOT NULL DEFAULT 0;
