/** A deployment whose texts a model service reads: what guests are told, and how often the service is asked. The service is a stand-in. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ServiceManifest } from "../../src/backbone/manifest.ts";
import { SERVICE_REST_MS } from "../../src/backbone/workers-ai.ts";
import { openDatabase } from "../../src/store/database.ts";
import { listReadDescriptions } from "../../src/store/menu/descriptions.ts";
import { texts as english } from "../../src/web/texts/for-texts/en.ts";
import { texts as russian } from "../../src/web/texts/for-texts/ru.ts";
import * as englishKitchen from "../../src/web/texts/kitchen/for-texts/en.ts";
import * as russianKitchen from "../../src/web/texts/kitchen/for-texts/ru.ts";
import { plain } from "../support/text-deployment.ts";
import { watchLogs } from "../support/watch-logs.ts";
import { json, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const DIMENSION = 64;
const SERVICE = "Cloudflare Workers AI";
const MARKER = "zanzibarquokka";

const manifest: ServiceManifest = {
  modality: "text",
  id: "5e".repeat(32),
  name: "workers-ai:stand-in",
  service: "workers-ai",
  model: "@cf/test/stand-in",
  input: { maxCharacters: 4_000 },
  output: { dimension: DIMENSION, blocks: [{ source: "encoder", dimension: DIMENSION, weight: 1 }] },
  languages: ["mul"],
  licence: "none",
  origin: "a test",
};

/** Every word turns one number up. */
function vectorOf(piece: string): number[] {
  const vector = Array(DIMENSION).fill(0.01);
  for (const word of piece.toLowerCase().split(/[^\p{L}]+/u)) {
    vector[[...word].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % DIMENSION] += 1;
  }
  return vector;
}

/** As the binding is documented; `fault` is the number of the error that it throws while there is one. */
function openDeployment() {
  const service: { asked: string[]; fault: number | null } = { asked: [], fault: null };
  const run = async (_model: string, { text }: { text: readonly string[] }) => {
    service.asked.push(...text);
    if (service.fault !== null) throw new Error(`${service.fault}: ${text.join(" ")}`);
    return { shape: [text.length, DIMENSION], data: text.map(vectorOf), pooling: "cls" };
  };
  const ASSETS = { fetch: async () => Response.json(manifest) };
  return { service, bindings: { ...env, ASSETS, AI: { run } } as unknown as Env };
}

describe("a deployment whose texts a model service reads", () => {
  let skew = 0;
  beforeEach(async () => {
    await resetDatabase();
    const realNow = Date.now.bind(Date);
    vi.spyOn(Date, "now").mockImplementation(() => realNow() + skew);
    return () => vi.restoreAllMocks();
  });

  it.each([
    [english, "en"],
    [russian, "ru"],
  ])("tells guests who else gets the text, and offers no reading on the device, $1.tag", async (texts, language) => {
    const { bindings } = openDeployment();
    const page = await send("/", { headers: { "accept-language": language } }, bindings);
    const note = texts.box.handedOnNote(SERVICE);
    expect(note).toContain(SERVICE);
    expect(page.body.text).toContain(note);
    expect(page.body.text).not.toContain(texts.device.sentNote);
    expect(page.body.text).not.toContain("device-input");
    expect(page.body.text).not.toContain(texts.box.bestInEnglish);
  });

  it.each([
    ["/admin/menu", englishKitchen, "en"],
    ["/admin/menu", russianKitchen, "ru"],
    ["/admin/menu/refund", englishKitchen, "en"],
  ])("tells staff at %s who else gets what they teach, $1.tag", async (place, texts, language) => {
    const { bindings } = openDeployment();
    const page = await sendAsAdmin(place, { headers: { "accept-language": language } }, bindings);
    expect(page.body.text).toContain(texts.items.write.handedOn(SERVICE));
  });

  it("asks once a text, and nobody for a while after a failure, however long the list", async () => {
    const { service, bindings } = openDeployment();
    const lines = watchLogs();
    for (const [id, text] of Object.entries({ refund: "money back please", question: "when do you open" })) {
      await sendAsAdmin("/v1/admin/classes", json({ name: id, id }), bindings);
      await sendAsAdmin(`/v1/admin/classes/${id}/examples`, json({ text: [text, `${text} ${id}`] }), bindings);
    }
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, bindings);
    service.asked.length = 0;
    service.fault = 3040;
    const mails = Array.from({ length: 64 }, (_, i) => `${MARKER} ${i}`);
    const { status, body } = await send("/v1/classify", json({ text: mails }), bindings);
    expect({ status, refused: body.refused, asked: service.asked }).toEqual({
      status: 200,
      refused: 64,
      asked: [`${MARKER} 0`],
    });
    expect(body.results).toMatchObject(Array(64).fill({ problem: { code: "overloaded" } }));
    const resting = await send("/v1/classify", plain("money back"), bindings);
    expect(resting).toMatchObject({ status: 503, body: { code: "overloaded" } });
    expect(resting.headers.get("retry-after")).toBe(String(SERVICE_REST_MS / 1_000));
    service.fault = null;
    skew += SERVICE_REST_MS;
    const answer = await send("/v1/classify", plain("money back"), bindings);
    expect(answer).toMatchObject({ status: 200, body: { predictions: [{ label: "refund" }, {}] } });
    expect(service.asked).toEqual([`${MARKER} 0`, "money back"]);
    expect(lines.join("\n")).toContain('"error":"3040"');
    expect(lines.join("\n")).not.toContain(MARKER);
  });

  it("reads descriptions later where the service has no room, and names in any language", async () => {
    const { service, bindings } = openDeployment();
    const words = { refund: "somebody wants money back", question: "somebody asks something" };
    for (const [id, description] of Object.entries(words)) {
      const names = { ru: id === "refund" ? "возврат" : "вопрос" };
      await sendAsAdmin("/v1/admin/classes", json({ name: id, id, description, names }), bindings);
    }
    const train = async () => (await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }, bindings)).body;
    service.fault = 3040;
    expect(await train()).toMatchObject({ outcome: "idle" });
    expect(service.asked).toHaveLength(1);
    expect(await listReadDescriptions(openDatabase(env.DB))).toEqual([]);
    service.fault = null;
    skew += SERVICE_REST_MS;
    expect(await train()).toMatchObject({ outcome: "published", headVersion: 1 });
    expect(service.asked).toEqual(expect.arrayContaining(["возврат", "вопрос", ...Object.values(words)]));
    expect((await listReadDescriptions(openDatabase(env.DB))).map(({ classId }) => classId).sort()).toEqual([
      "question",
      "refund",
    ]);
  });
});
