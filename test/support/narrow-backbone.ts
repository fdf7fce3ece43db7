/**
 * A deployment whose backbone makes few numbers, for suites that restore and train again and again: a fit takes a time that
 * grows with their cube. It has a manifest and no weights, so it reads no photos.
 */
import { env } from "cloudflare:workers";

const DIMENSION = 32;

interface Manifest {
  readonly output: object;
}

/** The project's own backbone in all but the length of its embeddings. */
async function fetchNarrow(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await env.ASSETS.fetch(input, init);
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  if (pathname !== "/backbone/manifest.json") return response;
  const manifest = await response.json<Manifest>();
  return Response.json({ ...manifest, output: { ...manifest.output, dimension: DIMENSION } });
}

export const NARROW_DEPLOYMENT: Env = {
  ...env,
  ASSETS: { fetch: fetchNarrow, connect: (address, options) => env.ASSETS.connect(address, options) },
};
