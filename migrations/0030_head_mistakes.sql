-- What each head answered otherwise than labelled, sample by sample, so that all mistakes can be looked at and not only the doubted ones.
-- Explained in docs/storage.md.

ALTER TABLE heads ADD COLUMN mistakes TEXT;
