-- Keys with roles, and which values of the bootstrap secret have had their turn. Only hashes: nobody can sign in with what is
-- stored here. Every column is explained in docs/storage.md.

CREATE TABLE api_keys (
  id           TEXT    NOT NULL PRIMARY KEY,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL CHECK (role IN ('classify', 'label', 'review', 'admin')),
  secret_hash  TEXT    NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  revoked_at   INTEGER
) STRICT;

CREATE UNIQUE INDEX api_keys_secret ON api_keys (secret_hash);

CREATE TABLE spent_bootstraps (
  secret_hash TEXT    NOT NULL PRIMARY KEY,
  spent_at    INTEGER NOT NULL
) STRICT;
