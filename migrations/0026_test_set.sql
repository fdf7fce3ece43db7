-- Examples that are set aside to judge heads by, and are never learnt from. Explained in docs/storage.md.
-- From version `unseen_since` on the statistics, and the heads made of them, hold nothing of an example that was learnt from before.

ALTER TABLE examples ADD COLUMN purpose TEXT NOT NULL DEFAULT 'learn' CHECK (purpose IN ('learn', 'test'));
ALTER TABLE examples ADD COLUMN unseen_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heads ADD COLUMN tested TEXT;

DROP INDEX examples_pending;
CREATE INDEX examples_pending ON examples (class_id, labelled_at)
  WHERE CASE purpose WHEN 'test' THEN NULL ELSE class_id END IS NOT absorbed_class_id;
CREATE INDEX examples_test ON examples (class_id, sample_id) WHERE purpose = 'test';
CREATE INDEX examples_set_aside ON examples (unseen_since) WHERE unseen_since > 0;
