/** What a labelled sample looked like, one picture at a time: for staff who judge by looking. */
import { Hono } from "hono";
import { keepsPictures } from "../../config.ts";
import { noPictureKept } from "../../shared/english/labels.ts";
import { findPicture } from "../../store/pictures.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { respondProblem } from "../problem-response.ts";

/** A grid is looked at again and again; a picture that was forgotten must not stay with a browser for long. */
const CACHE_SECONDS = 3_600;

/** Mounted at `/v1/admin`. 404 where nothing is kept of the sample. Answers with one query, and with none where nothing is kept at all. */
export const pictureRoutes = new Hono<AppEnv>().get("/examples/:photo/picture", async (c) => {
  const { config, db } = c.get("services");
  const kept = keepsPictures(config) ? await findPicture(db, c.req.param("photo")) : null;
  if (kept === null) return respondProblem(c, noPictureKept());
  const { reads } = await findModality(c);
  const { type, bytes } = reads === "texts" ? textFile(kept) : pictureFile(kept);
  return c.body(bytes, 200, { "content-type": type, "cache-control": `private, max-age=${CACHE_SECONDS}` });
});

interface PictureFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

function textFile(text: string): PictureFile {
  return { type: "text/plain; charset=utf-8", bytes: Uint8Array.from(new TextEncoder().encode(text)) };
}

/** Out of a data URL, whose type was held against its bytes when it was stored. */
function pictureFile(dataUrl: string): PictureFile {
  const [type, base64] = dataUrl.slice("data:".length).split(";base64,");
  return { type, bytes: Uint8Array.fromBase64(base64) };
}
