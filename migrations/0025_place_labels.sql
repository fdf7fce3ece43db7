-- Where labelled samples and keys belong, and what the labels of a place say of moving its answers. Explained in docs/storage.md.

ALTER TABLE examples ADD COLUMN place TEXT;
ALTER TABLE reviews ADD COLUMN place TEXT;
ALTER TABLE api_keys ADD COLUMN place TEXT;
ALTER TABLE places ADD COLUMN name_key TEXT;
ALTER TABLE places ADD COLUMN labels TEXT;

CREATE INDEX examples_place ON examples (place, sample_id) WHERE place IS NOT NULL;
CREATE INDEX reviews_place ON reviews (place) WHERE place IS NOT NULL;
CREATE UNIQUE INDEX places_name ON places (name_key) WHERE name_key IS NOT NULL;
