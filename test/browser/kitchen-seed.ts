/** Fills a deployment through its API, as a pizzeria that has been at it for a while would look. */
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";

/** The menu that most suites begin with: items, and the drawings that are shown for them. */
export const MENU = [
  ["Pepperoni", "pepperoni"],
  ["Hawaiian", "hawaiian"],
  ["Margherita", "margherita"],
] as const;

export interface Seeder {
  /** Teaches `MENU`, `count` drawings of each item. */
  teachMenu(count: number): Promise<void>;
  /** Shows photos of `kind` to the item of that name; makes the item first. */
  teach(name: string, kind: string, seeds: readonly number[]): Promise<void>;
  /** A guest shows the drawing and says what it is; guest 2 comes from another network than guest 1. */
  correct(kind: string, seed: number, label: string, guest?: number): Promise<void>;
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
  const correct = (kind: string, seed: number, label: string, guest = 1) =>
    correctAsGuest(url, makePhoto(kind, seed), label, guest);
  const teachMenu = async (count: number) => {
    for (const [name, kind] of MENU) await teach(name, kind, countUp(0, count));
  };
  return { ask, teach, teachMenu, correct };
}

async function correctAsGuest(
  url: string,
  photo: Uint8Array<ArrayBuffer>,
  label: string,
  guest: number,
): Promise<void> {
  const form = new FormData();
  form.append("image", new File([photo], "photo.png", { type: "image/png" }));
  form.append("label", label);
  const response = await fetch(`${url}/v1/labels`, {
    method: "POST",
    headers: { "cf-connecting-ip": `203.0.113.${guest}` },
    body: form,
  });
  if (!response.ok) throw new Error(`${label}: ${response.status} ${await response.text()}`);
}

/**
 * Five cards for the queue, since drawings of one kind look alike: one of two photos, and one on which guests disagree. With some seeds the
 * backbone takes drawings of two kinds for one picture; 200, 400, 401, 464 and 465 are none of them.
 */
export async function sendCorrections(seeder: Seeder, seed: number): Promise<void> {
  await seeder.correct("pepperoni", seed, "pepperoni");
  await seeder.correct("hawaiian", seed, "hawaiian");
  await seeder.correct("margherita", seed, "margherita");
  await seeder.correct("four_cheese", seed, "hawaiian");
  await seeder.correct("four_cheese", seed, "margherita", 2);
  await seeder.correct("mushroom", seed, "pepperoni");
  await seeder.correct("mushroom", seed + 1, "pepperoni");
}

export function countUp(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}
