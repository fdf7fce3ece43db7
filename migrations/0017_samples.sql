-- What is learnt from is a sample, a photo or a text, and the copy that staff see of it a preview. Explained in docs/storage.md.
-- SQLite renames the columns in indices and keys too.

ALTER TABLE examples RENAME COLUMN photo_id TO sample_id;
ALTER TABLE reviews RENAME COLUMN photo_id TO sample_id;
ALTER TABLE review_decisions RENAME COLUMN photo_id TO sample_id;

ALTER TABLE reviews RENAME COLUMN thumbnail TO preview;
DROP INDEX reviews_thumbnails;
CREATE INDEX reviews_previews ON reviews (created_at) WHERE preview IS NOT NULL;

ALTER TABLE forgotten_photos RENAME TO forgotten_samples;
ALTER TABLE forgotten_samples RENAME COLUMN photo_id TO sample_id;
DROP INDEX forgotten_photos_at;
CREATE INDEX forgotten_samples_at ON forgotten_samples (forgotten_at);
