/** A deployment with everything in it that an export can meet, and its lines as a file. */
import { env } from "cloudflare:workers";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { openDatabase } from "../../src/store/database.ts";
import { forgetClass, forgetSamples } from "../../src/store/labels/forget.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass } from "../../src/store/menu/menu.ts";
import { reorderMenu } from "../../src/store/menu/menu-order.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { storeCorrection } from "../../src/store/reviews/corrections.ts";
import { decideReviews } from "../../src/store/reviews/review-decisions.ts";
import { createNormal, createRandom } from "./random.ts";
import { type Answer, json, resetDatabase, sendAsAdmin } from "./worker-client.ts";

const NOW = 1_800_000_000_000;
const db = openDatabase(env.DB);

/** A WebP of one pixel. */
const THUMBNAIL = "data:image/webp;base64,UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

export interface Backbone {
  readonly id: string;
  readonly dimension: number;
}

/** The backbone that the Worker under test runs. */
export async function readBackbone(bindings: Env = env): Promise<Backbone> {
  const { backbone } = (await sendAsAdmin("/v1/admin/overview", {}, bindings)).body as { backbone?: Backbone }; // -- a decoder
  if (backbone === undefined) throw new Error("the overview names no backbone");
  return backbone;
}

/** Points around one direction per `kind`, as that backbone would have made them. */
export function makePhotos({ id, dimension }: Backbone, kind: string, count: number, seed = 1): EmbeddedSample[] {
  const centre = createNormal(`class ${kind}`);
  const direction = Float32Array.from({ length: dimension }, () => centre());
  const noise = createNormal(`noise ${kind} ${seed}`);
  const digits = createRandom(`id ${kind} ${seed}`);
  return Array.from({ length: count }, () => {
    const raw = direction.map((value) => value + 0.6 * noise());
    const embedding = quantiseEmbedding(raw, dimension);
    if (!embedding.ok) throw new Error(embedding.error.message);
    const sampleId = Array.from({ length: 64 }, () => Math.floor(digits() * 16).toString(16)).join("");
    return { sampleId, backboneId: id, embedding: embedding.value, origin: "server" };
  });
}

/** Adds an item with `count` photos, and returns them. */
export async function addItem(backbone: Backbone, id: string, count: number, name = id): Promise<EmbeddedSample[]> {
  const photos = makePhotos(backbone, id, count);
  await createClass(db, { id, name, description: `All about ${name}` }, "admin", NOW);
  await labelSamples(db, id, photos, "admin", NOW);
  return photos;
}

/**
 * Four photos are not on the menu. Head 1 is purged (it has seen a forgotten photo), 2 is live and pinned, 3 is held; one item is merged into a later one,
 * one is archived, one deleted with photos still to be subtracted; labels wait to be added, moved and forgotten; two
 * corrections wait, one with a picture, and two are decided.
 */
export async function fillDeployment(backbone: Backbone, bindings: Env = env): Promise<void> {
  await resetDatabase();
  const [pepperoni] = [await addItem(backbone, "pepperoni", 24), await addItem(backbone, "hawaiian", 24)];
  await addItem(backbone, "四种奶酪", 24, 'Four "Cheese" \u2028 🧀');
  await addItem(backbone, "archived", 12);
  await addItem(backbone, "deleted", 6);
  await addItem(backbone, "alias", 6);
  await train(bindings);
  await forgetSamples(db, [pepperoni[0].sampleId], "admin", NOW);
  await train(bindings);
  await sendAsAdmin("/v1/admin/heads/2", json({ pinned: true }, "PATCH"), bindings);
  await sendAsAdmin("/v1/admin/heads/2/activate", json({ hold: true }), bindings);
  await labelSamples(db, "hawaiian", makePhotos(backbone, "hawaiian", 5, 2), "import", NOW);
  await labelSamples(db, NONE_ID, makePhotos(backbone, "stranger", 4), "admin", NOW);
  await train(bindings);
  const texts = {
    aliases: ["Quattro formaggi", "4 🧀"],
    names: { "zh-Hant": "四種乳酪", en: "Four Cheese" },
    threshold: 0.35,
  };
  await changeClass(db, "四种奶酪", texts, "admin", NOW);
  await reorderMenu(db, ["四种奶酪", "hawaiian", "pepperoni", "deleted", "alias", "archived"], "admin", NOW);
  await mergeClass(db, "alias", "pepperoni", "admin", NOW);
  await sendAsAdmin("/v1/admin/classes/archived", json({ archived: true }, "PATCH"), bindings);
  await forgetClass(db, "deleted", "admin", NOW);
  await forgetSamples(db, [pepperoni[1].sampleId], "admin", NOW);
  await labelSamples(db, "hawaiian", [pepperoni[2]], "admin", NOW);
  await labelSamples(db, "四种奶酪", makePhotos(backbone, "四种奶酪", 3, 2), "admin", NOW);
  const corrections = makePhotos(backbone, "hawaiian", 4, 3);
  for (const [i, photo] of corrections.entries()) {
    const preview = i === 0 ? THUMBNAIL : null;
    const correction = { sample: photo, label: "hawaiian", guess: i < 2 ? "pepperoni" : null, preview };
    await storeCorrection(
      db,
      { ...correction, contributor: `guest-${i}`, receipt: null, usefulness: 0.1 * (i + 1) },
      NOW + i,
    );
  }
  const decide = (photo: EmbeddedSample, decision: "accept" | "reject") => ({
    photo: photo.sampleId,
    label: "hawaiian",
    decision,
  });
  await decideReviews(db, [decide(corrections[2], "accept"), decide(corrections[3], "reject")], "admin", NOW);
}

export async function train(bindings: Env = env): Promise<Answer> {
  return sendAsAdmin("/v1/admin/training-runs", json({}), bindings);
}

/** The file as text. */
export async function exportAll(bindings: Env = env): Promise<string> {
  const { status, body } = await sendAsAdmin("/v1/admin/export", {}, bindings);
  if (status !== 200) throw new Error(`the export answered ${status}`);
  return String(body.text);
}

/** Sends lines (the header first) as one request. */
export function importLines(lines: readonly string[], query = "", bindings: Env = env): Promise<Answer> {
  const headers = { "content-type": "application/x-ndjson" };
  return sendAsAdmin(`/v1/admin/import${query}`, { method: "POST", headers, body: `${lines.join("\n")}\n` }, bindings);
}

/** The lines of a file, without their newlines. */
export function linesOf(file: string): string[] {
  return file.split("\n").slice(0, -1);
}

/** The same rows under a header and an end that are right for them. */
export async function sealFile(header: string, rows: readonly string[]): Promise<string> {
  const { counts } = JSON.parse(header);
  const zero = Object.fromEntries(Object.keys(counts).map((kind) => [kind, 0]));
  const body = `${[header, ...rows].join("\n")}\n`;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  return `${body}${JSON.stringify({ kind: "end", counts: zero, sha256: new Uint8Array(digest).toHex() })}\n`;
}
