/** Buckets of R2, where a deployment has bound some. */
import type { BucketName } from "../shared/closed-lists.ts";

/** The bucket of this environment; undefined without one. `wrangler types` names it only if wrangler.toml has it. */
export function findBucket(env: object, name: BucketName): R2Bucket | undefined {
  const bucket: unknown = Reflect.get(env, name);
  return isBucket(bucket) ? bucket : undefined;
}

/** A decoder of a foreign value. */
function isBucket(value: unknown): value is R2Bucket {
  return typeof value === "object" && value !== null && "createMultipartUpload" in value;
}
