-- Copies of everything in a bucket, where the deployment has one. Explained in docs/storage.md.

CREATE TABLE backup_state (
  id         INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  token      INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  begun      TEXT,
  upload_id  TEXT,
  made_at    INTEGER,
  failed_at  INTEGER,
  failure    TEXT
) STRICT;

INSERT INTO backup_state (id, token, expires_at) VALUES (1, 0, 0);
