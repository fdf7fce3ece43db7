/** The assets of a deployment that reads texts, for tests in workerd: served from Node, made when the first one is asked for. */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";

let placed: ReturnType<typeof useSentences> | undefined;

async function readAsset(url: string): Promise<Uint8Array | null> {
  placed ??= mkdtemp(path.join(tmpdir(), "headstart-text-assets-")).then((folder) => useSentences(folder));
  const { manifest, file, tokenizerFile } = await placed;
  switch (new URL(url).pathname) {
    case "/backbone/manifest.json":
      return new TextEncoder().encode(JSON.stringify(manifest));
    case `/backbone/${manifest.id}.onnx`:
      return new Uint8Array(await readFile(file));
    case `/backbone/${manifest.id}.tokenizer.json`:
      return new Uint8Array(await readFile(tokenizerFile));
    default:
      return null;
  }
}

/** What miniflare calls for a request to the binding; `Response` is its own. */
export function serveTextAssets<R>(make: (body: Uint8Array | null, status: number) => R) {
  return async function serve(request: { readonly url: string }): Promise<R> {
    const bytes = await readAsset(request.url);
    return make(bytes, bytes === null ? 404 : 200);
  };
}
