/**
 * What samples looked like, for staff who judge by looking: kept pictures one at a time, previews, and how much is
 * kept.
 */
import { keepsPictures } from "../../config.ts";
import { pictureOperations } from "../../operations/labelled-samples.ts";
import type { Services } from "../../services.ts";
import { noPictureKept } from "../../shared/english/labels.ts";
import { err, ok } from "../../shared/result.ts";
import { readOriginal } from "../../store/pictures/originals.ts";
import { findPicture, readPictureTotals } from "../../store/pictures/pictures.ts";
import { MAX_ORIGINALS_BYTES, MAX_PICTURES_BYTES } from "../../store/pictures/tables.ts";
import { findModality } from "../modality/find-modality.ts";
import type { Modality } from "../modality/modality.ts";
import { serve } from "../serve.ts";

/** A grid is looked at again and again; a picture that was forgotten must not stay with a browser for long. */
const CACHE_SECONDS = 3_600;

/** 404 where nothing is kept of the sample. Answers with one query, and with none where nothing is kept at all. */
export const pictureHandlers = [
  serve(pictureOperations.countPictures, async (c) => {
    const { config, db } = c.get("services");
    const { pictures, bytes, originals, originalBytes } = await readPictureTotals(db);
    return ok({
      keeps: config.keepPictures,
      small: { kept: pictures, bytes, mostBytes: MAX_PICTURES_BYTES },
      originals: { kept: originals, bytes: originalBytes, mostBytes: MAX_ORIGINALS_BYTES },
    });
  }),
  serve(pictureOperations.getPicture, async (c, { params, query }) => {
    const file = await findFile(c.get("services"), params.photo, query.size);
    if (file === null) return err(noPictureKept());
    return c.body(file.bytes, 200, {
      "content-type": file.type,
      "cache-control": `private, max-age=${CACHE_SECONDS}`,
    });
  }),
];

interface PictureFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

async function findFile(services: Services, photo: string, size: "small" | "full" | "original") {
  const original = size === "small" ? null : await findOriginal(services, photo);
  return original ?? (size === "original" ? null : await findSmall(services, photo));
}

async function findOriginal({ config, db, originals }: Services, photo: string): Promise<PictureFile | null> {
  return originals === undefined || config.keepPictures !== "originals" ? null : readOriginal(db, originals, photo);
}

async function findSmall(services: Services, photo: string): Promise<PictureFile | null> {
  const { config, db } = services;
  const kept = keepsPictures(config) ? await findPicture(db, photo) : null;
  if (kept === null) return null;
  const { reads } = await findModality(services);
  return reads === "texts" ? textFile(kept) : pictureFile(kept);
}

function textFile(text: string): PictureFile {
  return { type: "text/plain; charset=utf-8", bytes: Uint8Array.from(new TextEncoder().encode(text)) };
}

/** Out of a data URL, whose type was compared with its bytes when it was stored. */
function pictureFile(dataUrl: string): PictureFile {
  const [type, base64] = dataUrl.slice("data:".length).split(";base64,");
  return { type, bytes: Uint8Array.fromBase64(base64) };
}

/** As fields of an answer; both are null where there is no preview. */
export interface ShownPreview {
  readonly thumbnail: string | null;
  readonly text: string | null;
}

/** Of a sample of which none is kept. */
export const NO_PREVIEW: ShownPreview = { thumbnail: null, text: null };

/** `preview` in the field that the deployment's modality has it in. */
export function showPreview({ previewField }: Modality, preview: string | null): ShownPreview {
  return { ...NO_PREVIEW, [previewField]: preview };
}
