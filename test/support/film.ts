/** Films for a browser's camera: Motion JPEG is one JPEG after the other. */
import { writeFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { drawPhoto } from "./photos.ts";

const SIDE = 256;

/** A film in which every frame is another photo of `kind`; or the same one throughout, as of a camera on a table. */
export async function makeFilm(file: string, kind: string, frames: number, isStill = false): Promise<string> {
  const [first] = drawPictures(kind, 1);
  const pictures = isStill ? Array.from({ length: frames }, () => first) : drawPictures(kind, frames);
  await writeFile(file, Buffer.concat(pictures));
  return file;
}

/** Drawings of the kind as JPEGs, no two alike. The same numbers give the same bytes. */
export function drawPictures(kind: string, count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => encodeJpeg(drawPhoto(kind, i, SIDE)));
}

function encodeJpeg(rgb: Uint8Array): Buffer {
  const data = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return jpeg.encode({ data, width: SIDE, height: SIDE }, 90).data;
}
