/**
 * What `npm run bench -- loop` runs in workerd: the project's own training run, statistics and head cache on real D1, and
 * a way to fill the database fast. No photo and no backbone is involved.
 */
import headKernelsWasm from "../../../src/head/kernels/head-kernels.wasm";
import { createWasmKernels } from "../../../src/head/kernels/wasm-kernels.ts";
import { openMeteredDatabase } from "../../../src/store/database.ts";
import { createHeadCache, HEAD_CACHE_TTL_MS } from "../../../src/store/heads/head-cache.ts";
import { RUN_LIMITS } from "../../../src/training/policy.ts";
import { runTraining } from "../../../src/training/run.ts";
import { measureD1 } from "./measured-d1.ts";

interface BenchEnv {
  readonly DB: D1Database;
}

/** A backbone that nobody has. */
const BACKBONE_ID = "b".repeat(64);
const LEASE_MS = 60_000;

const INSERT_CLASSES = `INSERT INTO classes (id, name, name_key, created_at)
  SELECT value ->> 0, value ->> 0, value ->> 0, value ->> 1 FROM json_each(?)`;
const INSERT_LABELS = `INSERT INTO examples (sample_id, backbone_id, class_id, absorbed_class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
  SELECT value ->> 0, '${BACKBONE_ID}', value ->> 1, value ->> 2, value ->> 3, value ->> 4, 'import', 'staff', 'server', value ->> 5, value ->> 5 FROM json_each(?)`;

const kernels = createWasmKernels(headKernelsWasm);

export default {
  async fetch(request: Request, env: BenchEnv): Promise<Response> {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/v1/health":
        return new Response("ok");
      case "/classes":
        await env.DB.prepare(INSERT_CLASSES)
          .bind(await request.text())
          .run();
        return new Response("ok");
      case "/labels":
        await env.DB.prepare(INSERT_LABELS)
          .bind(await request.text())
          .run();
        return new Response("ok");
      case "/train":
        return Response.json(await train(env, Number(url.searchParams.get("d")), url.searchParams.has("rebuild")));
      case "/classify":
        return Response.json(await countClassification(env));
      default:
        return new Response("not found", { status: 404 });
    }
  },
};

async function train(env: BenchEnv, dimension: number, rebuild: boolean) {
  const { db: d1, bytes } = measureD1(env.DB);
  const context = {
    ...openMeteredDatabase(d1),
    backboneId: BACKBONE_ID,
    dimension,
    priorExponent: 0,
    unknownAlpha: 0.05,
    newItemsMayTake: 0.2,
    leaseMs: LEASE_MS,
    limits: RUN_LIMITS,
    publicTeaching: false,
    kernels,
    clock: Date.now,
  };
  const { outcome, message } = await runTraining(context, { trigger: "admin", rebuild });
  return { outcome, message, usage: context.usage, bytes, wasmBytes: kernels.memoryBytes() };
}

/** What a classification costs in D1: in a fresh isolate, when the isolate checks its cache, and while it trusts it. */
async function countClassification(env: BenchEnv) {
  const read = createHeadCache();
  const now = Date.now();
  const costs: unknown[] = [];
  for (const at of [now, now + HEAD_CACHE_TTL_MS, now + HEAD_CACHE_TTL_MS]) {
    const { db, usage } = openMeteredDatabase(env.DB);
    await read(db, at);
    costs.push({ ...usage });
  }
  return { fresh: costs[0], checked: costs[1], cached: costs[2] };
}
