/** Where a request comes from, as far as limits go by it. */
import type { Context } from "hono";
import type { Source } from "../shared/source-buckets.ts";
import type { AppEnv } from "./app-env.ts";
import { readClientNetwork } from "./client-network.ts";

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/i;

/** Null for the machine itself, which nothing limits. */
export function readLimitedSource(c: Context<AppEnv>): Source | null {
  const address = c.req.header("cf-connecting-ip");
  if (address === undefined || LOOPBACK.test(address)) return null;
  const { network, site, isSiteOfOne } = readClientNetwork(address);
  return { network, site: isSiteOfOne ? site : null };
}
