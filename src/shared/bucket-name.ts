/** Buckets of R2 by the bindings through which a deployment opts in: `BACKUPS` for copies of everything. */
export type BucketName = "BACKUPS";
