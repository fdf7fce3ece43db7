-- What a run says as codes with parameters, beside its English message. Explained in docs/storage.md.

ALTER TABLE training_runs ADD COLUMN says TEXT NOT NULL DEFAULT '[]';
