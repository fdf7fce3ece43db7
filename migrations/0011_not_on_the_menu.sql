-- "Not on the menu" as a label: a row that no item can have the id of, and how many such examples the statistics leave aside.
-- Archived from the start, so that nothing which lists the menu finds it. Every column is explained in docs/storage.md.

INSERT INTO classes (id, name, name_key, created_at, archived_at) VALUES (':none', 'Not on the menu', ':none', 0, 0);

ALTER TABLE statistics ADD COLUMN strangers INTEGER NOT NULL DEFAULT 0;
