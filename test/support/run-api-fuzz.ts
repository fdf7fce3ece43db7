/** `npm run fuzz:api -- --requests 20000 --seed 1`: the API's fuzz with another number of requests, or from another seed. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { requests: { type: "string", default: "20000" }, seed: { type: "string", default: "1" } },
});
const started = performance.now();
const { status } = spawnSync("npx", ["vitest", "run", "--project", "workerd", "test/http/api-fuzz.workerd.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, FUZZ_REQUESTS: values.requests, FUZZ_SEED: values.seed },
});
console.log(
  `${status === 0 ? "passed" : "failed"}: ${values.requests} requests from seed ${values.seed}: ${((performance.now() - started) / 1_000).toFixed(0)} s`,
);
process.exitCode = status ?? 1;
