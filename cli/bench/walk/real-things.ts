/** Real photos of two kinds of pizza as a camera would show them: a browser decodes them, and cuts all of them to one size. */

import type { TaughtThing } from "../../../test/browser/camera-walk.ts";
import { launchBrowser } from "../../../test/browser/chromium.ts";
import { type LabelledPhoto, MISSING_SHARED_DATA, readPhotoSet } from "../../../test/support/shared-data.ts";
import { CommandError } from "../../shared/command.ts";

/** The size of a small camera's picture. */
const [WIDTH, HEIGHT] = [480, 360];
const QUALITY = 0.85;
const ASKED_PER_ITEM = 10;
const NAMES = [
  ["Pepperoni", "pepperoni"],
  ["Hawaiian", "hawaiian"],
] as const;

/** Photos of the training split of pizza-menu teach; the first of its test split are the questions. */
export async function readThings(): Promise<[TaughtThing, ...TaughtThing[]]> {
  if (MISSING_SHARED_DATA !== undefined) throw new CommandError(`The walk needs real photos: ${MISSING_SHARED_DATA}.`);
  const [teaching, asked] = await Promise.all([
    readPhotoSet("pizza-menu", "train"),
    readPhotoSet("pizza-menu", "test", ASKED_PER_ITEM),
  ]);
  const toPicture = await openCutter();
  const cut = async (photos: readonly LabelledPhoto[], label: string) => {
    const pictures: Uint8Array[] = [];
    for (const photo of photos) if (photo.label === label) pictures.push(await toPicture(photo.bytes));
    return pictures;
  };
  try {
    const [first, ...others] = await Promise.all(
      NAMES.map(async ([name, label]) => ({
        name,
        teaching: await cut(teaching, label),
        asked: await cut(asked, label),
      })),
    );
    return [first, ...others];
  } finally {
    await toPicture.close();
  }
}

/** Cuts the middle out of a photo in the shape of the camera's picture. */
async function openCutter() {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const toPicture = async (photo: Uint8Array): Promise<Buffer> => {
    const given = { photo: Buffer.from(photo).toString("base64"), width: WIDTH, height: HEIGHT, quality: QUALITY };
    const url = await page.evaluate(async ({ photo: base64, width, height, quality }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const scale = Math.max(width / bitmap.width, height / bitmap.height);
      const size = [bitmap.width * scale, bitmap.height * scale] as const;
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("this browser draws no pictures");
      context.imageSmoothingQuality = "high";
      context.drawImage(bitmap, (width - size[0]) / 2, (height - size[1]) / 2, ...size);
      return canvas.toDataURL("image/jpeg", quality);
    }, given);
    return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  };
  return Object.assign(toPicture, { close: () => browser.close() });
}
