/**
 * Walks a JPEG's markers from start to end (ITU T.81, annex B): size, kind of coding, number of scans, orientation. Whether all
 * rows are there only the decoder can tell: many cameras leave the end marker out, and a cut-off file may have one.
 */

import { jpegOfManyScans, jpegOfOtherDepth, rareJpeg } from "../shared/english/photos.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { asciiAt, viewOf } from "./bytes.ts";
import { isExif, readExifOrientation } from "./exif-orientation.ts";
import { CUT_OFF, DAMAGED, type HeaderFault, type ImageHeader, type Orientation, wholeFrame } from "./image-header.ts";

/**
 * Every scan visits every pixel, however few bytes it has: the limit keeps a small file from buying seconds of CPU.
 * Encoders write 10 scans, hand-made scripts up to 30.
 */
const MAX_SCANS = 50;

/** All coefficients are kept until the last scan; four inks are decoded in JavaScript, block by block objects. */
const BASELINE = { coding: "jpeg", kind: "baseline JPEG", weight: 1 } as const;
const PROGRESSIVE = { coding: "jpeg", kind: "progressive JPEG", weight: 1.5 } as const;
const MULTI_SCAN = { ...PROGRESSIVE, kind: "JPEG in several scans" } as const;
const CMYK = { coding: "cmyk-jpeg", kind: "CMYK JPEG", weight: 3 } as const;

const [SOF0, SOF2, DHT, JPG, DAC] = [0xc0, 0xc2, 0xc4, 0xc8, 0xcc];
const [RST0, RST7, SOI, EOI, SOS, APP1, APP14] = [0xd0, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xee];
const SOI_BYTES = 2;
const END = Uint8Array.of(0xff, EOI);
/** Adobe's marker with transform 0: four inks, inverted. Browsers take every JPEG of four inks for one that has it. */
const ADOBE = Uint8Array.of(0xff, APP14, 0, 14, ...new TextEncoder().encode("Adobe"), 0, 100, 0, 0, 0, 0, 0);

interface Walk {
  size: { width: number; height: number } | null;
  isProgressive: boolean;
  hasAdobeMarker: boolean;
  orientation: Orientation | null;
  scans: number;
  /** Ids of the colours, and of those that some scan has given from the first row to the last. */
  colours: readonly number[];
  readonly scanned: Set<number>;
}

/** Returns the header of bytes that begin with FF D8. */
export function readJpegHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, HeaderFault> {
  const walk: Walk = {
    size: null,
    isProgressive: false,
    hasAdobeMarker: false,
    orientation: null,
    scans: 0,
    colours: [],
    scanned: new Set<number>(),
  };
  const view = viewOf(bytes);
  let at = SOI_BYTES;
  for (;;) {
    at = findMarker(bytes, at);
    if (at >= bytes.length) return finish([bytes, END], walk);
    const marker = bytes[at++];
    if (marker === EOI) return finish([bytes.subarray(0, at)], walk);
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

type Pieces = ImageHeader["pieces"];

function finish(pieces: Pieces, walk: Walk): Result<ImageHeader, HeaderFault> {
  if (walk.size === null) return err(DAMAGED);
  if (walk.scans === 0 || walk.colours.some((id) => !walk.scanned.has(id))) return err(CUT_OFF);
  const { width, height } = walk.size;
  const isCmyk = walk.colours.length === 4;
  return ok({
    format: "jpeg",
    ...(isCmyk ? CMYK : walk.isProgressive ? PROGRESSIVE : walk.scans > 1 ? MULTI_SCAN : BASELINE),
    width,
    height,
    orientation: walk.orientation ?? 1,
    frame: wholeFrame(width, height),
    lacksEnd: pieces.includes(END),
    pieces: isCmyk && !walk.hasAdobeMarker ? addAdobeMarker(pieces) : pieces,
  });
}

function addAdobeMarker([first, ...rest]: Pieces): Pieces {
  return [first.subarray(0, SOI_BYTES), ADOBE, first.subarray(SOI_BYTES), ...rest];
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
    for (const id of coloursOfScan(payload)) walk.scanned.add(id);
    return walk.scans > MAX_SCANS ? { kind: "unsupported", refusal: jpegOfManyScans({ limit: MAX_SCANS }) } : null;
  }
  if (marker === APP1 && walk.orientation === null && isExif(payload)) {
    walk.orientation = readExifOrientation(payload);
    return null;
  }
  if (marker === APP14 && asciiAt(payload, 0, 5) === "Adobe") walk.hasAdobeMarker = true;
  const isFrame = marker >= SOF0 && marker <= 0xcf && marker !== DHT && marker !== JPG && marker !== DAC;
  return isFrame ? visitFrame(marker, payload, walk) : null;
}

function visitFrame(marker: number, payload: Uint8Array, walk: Walk): HeaderFault | null {
  if (marker > SOF2) return { kind: "unsupported", refusal: rareJpeg() };
  if (payload.length < 6 || walk.size !== null) return DAMAGED;
  if (payload[0] !== 8) return { kind: "unsupported", refusal: jpegOfOtherDepth({ bits: payload[0] }) };
  const view = viewOf(payload);
  walk.isProgressive = marker === SOF2;
  walk.colours = Array.from({ length: payload[5] }, (_, i) => payload[6 + 3 * i]);
  walk.size = { width: view.getUint16(3), height: view.getUint16(1) };
  return null;
}

/** The colours whose blocks' means are in a scan: of a progressive JPEG's scans, those that begin at coefficient 0. */
function coloursOfScan(payload: Uint8Array): number[] {
  const count = payload[0];
  const isFromZero = payload[1 + 2 * count] === 0;
  return isFromZero ? Array.from({ length: count }, (_, i) => payload[1 + 2 * i]) : [];
}
