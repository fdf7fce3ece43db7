/** The ways in which programs send one photo: whatever they call it, its bytes decide. */
import { beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/shared/hash.ts";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

type Init = RequestInit<IncomingRequestCfProperties>;

const PATH = "/v1/admin/classes/pepperoni/examples";
const PHOTO = makePhoto("pepperoni", 1, 64, 0);
const BASE64 = PHOTO.toBase64();
const text = new TextEncoder();

/** A multipart body as small devices write it: header lines, then bytes. */
function parts(...given: readonly (readonly [headers: string, content: Uint8Array | string])[]): Init {
  const pieces = given.flatMap(([headers, content]) => [`--b\r\n${headers}\r\n\r\n`, content, "\r\n"]);
  const body = new Blob([...pieces, "--b--\r\n"]);
  return { method: "POST", body, headers: { "content-type": "multipart/form-data; boundary=b" } };
}

const disposition = (name: string, file?: string) =>
  `Content-Disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"`}`;

beforeAll(async () => {
  await resetDatabase();
  await sendAsAdmin("/v1/admin/classes", json({ name: "Pepperoni" }));
});

describe("a photo is read", () => {
  it.each<[string, Init]>([
    ["under the type image/jpg", rawPhoto(PHOTO, "image/jpg")],
    ["under the type of another image", rawPhoto(PHOTO, "image/heic")],
    ["under the type that curl sends by itself", rawPhoto(PHOTO, "application/x-www-form-urlencoded")],
    ["under no type", { method: "POST", body: PHOTO }],
    ["under a type that is none", rawPhoto(PHOTO, "jpeg")],
    ["as JSON with base64 in `inputs`", json({ inputs: BASE64 })],
    ["as JSON with more beside `inputs`", json({ inputs: BASE64, parameters: { top_k: 3 } })],
    ["as JSON with a data URL in `inputs`", json({ inputs: `data:image/png;base64,${BASE64}` })],
    ["as JSON without a type", { method: "POST", body: text.encode(JSON.stringify({ inputs: BASE64 })) }],
    ["as a data URL", rawPhoto(text.encode(`data:image/jpeg;base64,${BASE64}\n`), "text/plain")],
  ])("%s", async (_name, init) => {
    expect(await sendAsAdmin(PATH, init)).toMatchObject({ body: { results: [{ photo: await sha256Hex(PHOTO) }] } });
  });

  it.each<[string, Init]>([
    ["in a field of another name", parts([disposition("file", "a.png"), PHOTO])],
    ["in a field without a file name", parts([`${disposition("photo")}\r\nContent-Type: image/png`, PHOTO])],
    [
      "in a field `image` beside other files",
      parts([disposition("image", "a.png"), PHOTO], [disposition("log", "l"), ""]),
    ],
    ["beside an empty field of a form", parts([`${disposition("other", "")}`, ""], [disposition("x", "a.png"), PHOTO])],
    ["as a data URL in the field `image`", parts([disposition("image"), `data:image/png;base64,${BASE64}`])],
  ])("of a form %s", async (_name, { body, headers }) => {
    const form = new Blob([
      String(await new Response(parts([disposition("label"), "pepperoni"]).body).text()).replace("--b--\r\n", ""),
      body as Blob,
    ]);
    const answer = await sendAsAdmin("/v1/labels", { method: "POST", body: form, headers: headers ?? {} });
    expect(answer).toMatchObject({ body: { photo: await sha256Hex(PHOTO), label: "pepperoni" } });
  });

  it("of a batch, whatever its fields are called", async () => {
    const other = makePhoto("pepperoni", 2, 64, 0);
    const answer = await sendAsAdmin(
      PATH,
      parts([disposition("photos[]", "1.png"), PHOTO], [disposition("photos[]", "2.png"), other]),
    );
    expect(answer.body.results).toMatchObject([{ file: "1.png" }, { file: "2.png", photo: await sha256Hex(other) }]);
  });
});

describe("a body is refused, and says what it is:", () => {
  const twoFiles = parts([disposition("a", "a.png"), PHOTO], [disposition("b", "b.png"), PHOTO]);
  it.each<[string, number, RegExp, Init]>([
    ["compressed", 415, /Content-Encoding gzip/, { ...rawPhoto(PHOTO), headers: { "content-encoding": "gzip" } }],
    ["a gzip file", 415, /gzip/i, rawPhoto(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), "application/gzip")],
    ["a ZIP file", 415, /ZIP/, rawPhoto(text.encode("PK\x03\x04........"), "application/zip")],
    ["a PDF", 415, /PDF/, rawPhoto(text.encode("%PDF-1.7 ......"), "application/pdf")],
    ["JSON without a photo", 400, /^inputs: /, json({ image_url: "https://example.org/1.jpg" })],
    ["JSON with a text", 415, /reads photos, not texts/, json({ text: "money back" })],
    ["JSON with a list of texts", 415, /reads photos, not texts/, json({ text: ["money back"] })],
    ["JSON with an address", 400, /address/, json({ inputs: "https://example.org/1.jpg" })],
    ["JSON with base64 of something else", 415, /not a photo/, json({ inputs: btoa("hello") })],
    ["JSON with broken base64", 400, /base64/, json({ inputs: `${BASE64}!` })],
    ["text under a text's type", 415, /text\/plain/, rawPhoto(text.encode("hello"), "text/plain")],
    ["a form with two files in fields of other names", 400, /one photo/, twoFiles],
    ["a form with a broken end", 400, /boundary/, { ...parts(), body: "--b\r\n" }],
  ])("%s", async (_name, status, detail, init) => {
    const path = (init.headers as Record<string, string>)["content-type"]?.startsWith("multipart")
      ? "/v1/labels"
      : PATH;
    const answer = await sendAsAdmin(path, init);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(detail) } });
  });
});
