/** Photos: bytes of a picture, known by their SHA-256. The sender brings the preview, since a photo is not kept. */

import type { Context } from "hono";
import type { Caller } from "../../application/caller.ts";
import type { SentSample } from "../../application/sample.ts";
import type { Embedder } from "../../backbone/embedder.ts";
import type { Services } from "../../services.ts";
import { readsPhotosOnly } from "../../shared/english/photos.ts";
import { sha256Hex } from "../../shared/hash.ts";
import { err, ok } from "../../shared/result.ts";
import { callerOf } from "../access/caller.ts";
import type { AppEnv } from "../app-env.ts";
import { isMultipart } from "../body/request-body.ts";
import { embedPhoto } from "./embed-photo.ts";
import type { Modality } from "./modality.ts";
import { readPhotoBatch, readPhotoBodies, readPhotoBody } from "./photo-body.ts";

/** For a deployment whose backbone looks at photos. */
export function createImageModality(services: Services, embedder: Embedder): Modality {
  const { manifest } = embedder;
  const { maxImageBytes, maxImagePixels } = services.config;

  function take(caller: Caller, bytes: Uint8Array<ArrayBuffer>, name = ""): SentSample {
    const embed: SentSample["embed"] = (wish) => embedPhoto(services, embedder, caller, bytes, wish);
    return { name, identify: () => sha256Hex(bytes), embed };
  }

  async function readOne(c: Context<AppEnv>) {
    const body = await readPhotoBody(c);
    if (!body.ok) return body;
    const { image, fields } = body.value;
    return ok({ sample: take(callerOf(c), image.bytes), fields });
  }

  async function readSent(c: Context<AppEnv>) {
    const body = await readOne(c);
    return body.ok ? ok({ isList: false, rows: [ok(body.value.sample)], fields: body.value.fields }) : body;
  }

  return {
    reads: "photos",
    backboneId: manifest.id,
    handsOnTo: null,
    languages: [],
    previewField: "thumbnail",
    exportsPreviews: true,
    previewsSuspects: false,
    goesByDescriptions: false,
    joinsSamples: true,
    limits: { maxImageBytes, maxImagePixels, inputPixels: manifest.input.resizeShortSide },
    warmUp: embedder.warmUp,
    async readQuestion(c) {
      const body = await readPhotoBodies(c);
      if (!body.ok) return body;
      const { photos, fields } = body.value;
      const caller = callerOf(c);
      const rows = photos.map(({ name, bytes }) => ok(take(caller, bytes, name)));
      return ok({ isList: rows.length > 1, rows, fields });
    },
    readSent,
    readForm: readOne,
    async readExamples(c) {
      if (!isMultipart(c)) return readSent(c);
      const files = await readPhotoBatch(c);
      if (!files.ok) return files;
      const caller = callerOf(c);
      return ok({
        isList: true,
        rows: files.value.map(({ name, bytes }) => ok(take(caller, bytes, name))),
        fields: {},
      });
    },
    takeTexts: () => err(readsPhotosOnly()),
    identifyMessage: (message) => sha256Hex(message),
    async readPreview({ text, thumbnail }) {
      return text === undefined ? ok(thumbnail ?? null) : err(readsPhotosOnly());
    },
  };
}
