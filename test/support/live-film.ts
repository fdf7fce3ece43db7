/**
 * A film for a browser's camera that can be changed while it plays, as a person points a camera at something else. Chromium maps the
 * file and plays it again and again, 30 frames a second; all frames are of one length, so that one can be written over another in
 * place without a frame ever beginning elsewhere.
 */
import { open } from "node:fs/promises";

const FRAMES = 120;
/** Room for a JPEG of 480 pixels. */
const FRAME_BYTES = 96 * 1024;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

export interface LiveFilm {
  readonly file: string;
  /** Plays these JPEGs, all of one size in pixels, from now on: each for as long as the others, in this order. */
  show(pictures: readonly Uint8Array[]): Promise<void>;
}

/** Makes the file, with these pictures at first. Throws where one is too long for its frame. */
export async function openLiveFilm(file: string, pictures: readonly Uint8Array[]): Promise<LiveFilm> {
  const write = async (flags: "w" | "r+", shown: readonly Uint8Array[]) => {
    const handle = await open(file, flags);
    await handle.writeFile(makeFrames(shown));
    await handle.close();
  };
  await write("w", pictures);
  return { file, show: (shown) => write("r+", shown) };
}

function makeFrames(pictures: readonly Uint8Array[]): Buffer {
  const padded = pictures.map(padPicture);
  return Buffer.concat(
    Array.from({ length: FRAMES }, (_, i) => padded[Math.floor((i * padded.length) / FRAMES)]),
    FRAMES * FRAME_BYTES,
  );
}

/** Before a marker there may be any number of bytes 0xFF (ITU-T T.81, B.1.1.2); here they stand before the end of the image. */
function padPicture(picture: Uint8Array): Buffer {
  const spare = FRAME_BYTES - picture.length;
  if (spare < 0) throw new Error(`a picture of ${picture.length} bytes is longer than a frame of ${FRAME_BYTES}`);
  return Buffer.concat([picture.subarray(0, -2), Buffer.alloc(spare, 0xff), END_OF_IMAGE]);
}
