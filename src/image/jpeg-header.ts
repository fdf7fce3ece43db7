/**
 * Walks a JPEG's markers from start to end (ITU T.81, annex B): size, kind of coding, number of scans, orientation, and
 * whether the end is there. libjpeg fills what is missing of a cut-off file with grey and calls that a success.
 */

import { err, ok, type Result } from "../shared/result.ts";
import { viewOf } from "./bytes.ts";
import { isExif, readExifOrientation } from "./exif-orientation.ts";
import { CUT_OFF, DAMAGED, type HeaderFault, type ImageHeader, type Orientation, wholeFrame } from "./image-header.ts";

/**
 * Every scan visits every pixel, however few bytes it has: the limit keeps a small file from buying seconds of CPU.
 * Encoders write 10 scans, hand-made scripts up to 30.
 */
const MAX_SCANS = 50;

/** All coefficients are kept until the last scan; four inks are decoded in JavaScript, block by block objects. */
const MULTI_SCAN_WEIGHT = 1.5;
const CMYK_WEIGHT = 3;

const [SOF0, SOF2, DHT, JPG, DAC] = [0xc0, 0xc2, 0xc4, 0xc8, 0xcc];
const [RST0, RST7, SOI, EOI, SOS, APP1] = [0xd0, 0xd7, 0xd8, 0xd9, 0xda, 0xe1];

interface Walk {
  size: { width: number; height: number } | null;
  components: number;
  orientation: Orientation | null;
  scans: number;
}

/** Returns the header of bytes that begin with FF D8. */
export function readJpegHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, HeaderFault> {
  const walk: Walk = { size: null, components: 0, orientation: null, scans: 0 };
  const view = viewOf(bytes);
  let at = 2;
  for (;;) {
    at = findMarker(bytes, at);
    if (at >= bytes.length) return err(walk.size === null ? DAMAGED : CUT_OFF);
    const marker = bytes[at++];
    if (marker === EOI) return finish(bytes.subarray(0, at), walk);
    if (hasNoSegment(marker)) continue;
    if (at + 2 > bytes.length) return err(CUT_OFF);
    const length = view.getUint16(at);
    if (length < 2) return err(DAMAGED);
    if (at + length > bytes.length) return err(CUT_OFF);
    const fault = visitSegment(marker, bytes.subarray(at + 2, at + length), walk);
    if (fault !== null) return err(fault);
    at += length;
  }
}

function finish(bytes: Uint8Array<ArrayBuffer>, walk: Walk): Result<ImageHeader, HeaderFault> {
  if (walk.size === null || walk.scans === 0) return err(DAMAGED);
  const { width, height } = walk.size;
  const frame = wholeFrame(width, height);
  const coding = walk.components === 4 ? "cmyk-jpeg" : "jpeg";
  const weight = coding === "cmyk-jpeg" ? CMYK_WEIGHT : walk.scans > 1 ? MULTI_SCAN_WEIGHT : 1;
  return ok({
    format: "jpeg",
    coding,
    weight,
    width,
    height,
    orientation: walk.orientation ?? 1,
    frame,
    pieces: [bytes],
  });
}

/** Position of the next marker's code: FF, then neither 00 (a data byte) nor another FF (filling). */
function findMarker(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    while (bytes[at] === 0xff) at++;
    if (bytes[at] !== 0x00) return at;
  }
}

function hasNoSegment(marker: number): boolean {
  return marker === SOI || marker === 0x01 || (marker >= RST0 && marker <= RST7);
}

function visitSegment(marker: number, payload: Uint8Array, walk: Walk): HeaderFault | null {
  if (marker === SOS) {
    walk.scans += 1;
    if (walk.size === null) return DAMAGED;
    return walk.scans > MAX_SCANS ? { kind: "unsupported", what: `JPEGs of more than ${MAX_SCANS} scans` } : null;
  }
  if (marker === APP1 && walk.orientation === null && isExif(payload)) {
    walk.orientation = readExifOrientation(payload);
    return null;
  }
  const isFrame = marker >= SOF0 && marker <= 0xcf && marker !== DHT && marker !== JPG && marker !== DAC;
  return isFrame ? visitFrame(marker, payload, walk) : null;
}

function visitFrame(marker: number, payload: Uint8Array, walk: Walk): HeaderFault | null {
  if (marker > SOF2) return { kind: "unsupported", what: "Lossless, hierarchical and arithmetic-coded JPEGs" };
  if (payload.length < 6 || walk.size !== null) return DAMAGED;
  if (payload[0] !== 8) return { kind: "unsupported", what: `JPEGs of ${payload[0]} bits per sample` };
  const view = viewOf(payload);
  walk.components = payload[5];
  walk.size = { width: view.getUint16(3), height: view.getUint16(1) };
  return null;
}
