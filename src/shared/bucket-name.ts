/** Buckets of R2 by the bindings through which a deployment opts in: `BACKUPS` for copies of everything, `PICTURES` for originals. */
export type BucketName = "BACKUPS" | "PICTURES";
