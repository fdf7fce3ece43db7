-- Which file's restore holds the lease, so that nothing has to be told from how long it lasts. Explained in docs/storage.md.

ALTER TABLE training_lease ADD COLUMN restores TEXT;
