/** Fills a deployment through its API, as a pizzeria that has been at it for a while would look. */
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";

export interface Seeder {
  /** Shows photos of `kind` to the item of that name; makes the item first. */
  teach(name: string, kind: string, seeds: readonly number[]): Promise<void>;
  /** A guest shows the drawing and says what it is. */
  correct(kind: string, seed: number, label: string): Promise<void>;
  /** Any admin route; `json` makes it a POST. Throws when it is refused. */
  ask(path: string, json?: unknown): Promise<unknown>;
}

export function createSeeder({ url, adminToken }: DevServer): Seeder {
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = { ...init.headers, authorization: `Bearer ${adminToken}` };
    return fetch(`${url}/v1/admin${path}`, { ...init, headers });
  };
  const ask = async (path: string, json?: unknown): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const response = await send(
      path,
      json === undefined ? {} : { method: "POST", headers, body: JSON.stringify(json) },
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  const teach = async (name: string, kind: string, seeds: readonly number[]): Promise<void> => {
    const id = name.toLowerCase().replaceAll(" ", "_");
    const headers = { "content-type": "application/json" };
    // Taken already when it has been taught before.
    await send("/classes", { method: "POST", headers, body: JSON.stringify({ name, id }) });
    const form = new FormData();
    for (const seed of seeds) form.append("image", new File([makePhoto(kind, seed)], `${seed}.png`));
    const response = await send(`/classes/${id}/examples`, { method: "POST", body: form });
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
  };
  const correct = (kind: string, seed: number, label: string) => correctAsGuest(url, makePhoto(kind, seed), label);
  return { ask, teach, correct };
}

async function correctAsGuest(url: string, photo: Uint8Array<ArrayBuffer>, label: string): Promise<void> {
  const form = new FormData();
  form.append("image", new File([photo], "photo.png", { type: "image/png" }));
  form.append("label", label);
  const response = await fetch(`${url}/v1/labels`, { method: "POST", body: form });
  if (!response.ok) throw new Error(`${label}: ${response.status} ${await response.text()}`);
}

export function countUp(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
