/** JSON that may be none: lists in several forms, and log lines among banners. */

/** Undefined where the line is not JSON. */
export function tryParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
