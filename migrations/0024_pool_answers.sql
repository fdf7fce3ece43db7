-- Finds the samples of the pool that another head than the live one answered last. Explained in docs/storage.md.

CREATE INDEX pooled_samples_head ON pooled_samples (head_version, backbone_id);
