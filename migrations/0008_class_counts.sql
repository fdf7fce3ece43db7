-- How many labelled photos each item of a head was learnt from. Every column is explained in docs/storage.md.

ALTER TABLE heads ADD COLUMN class_counts TEXT;
