-- By which answer's receipt a correction came: of one receipt one label waits at a time. Every column is explained in docs/storage.md.

ALTER TABLE reviews ADD COLUMN receipt TEXT;
