/** Films for a browser's camera: Motion JPEG is one JPEG after the other. */
import { writeFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { drawPhoto } from "./photos.ts";

const SIDE = 256;

/** A film in which every frame is another photo of `kind`; or the same one throughout, as of a camera on a table. */
export async function makeFilm(file: string, kind: string, frames: number, isStill = false): Promise<string> {
  const pictures = Array.from({ length: frames }, (_, i) => encodeJpeg(drawPhoto(kind, isStill ? 0 : i, SIDE)));
  await writeFile(file, Buffer.concat(pictures));
  return file;
}

function encodeJpeg(rgb: Uint8Array): Buffer {
  const data = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) data.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return jpeg.encode({ data, width: SIDE, height: SIDE }, 90).data;
}
