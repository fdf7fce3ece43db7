/** The address of an item's own place, read back. Pure. */

/**
 * The id that `pathname` ends with, in the spelling that ids have. Of an escape that is not UTF-8 the text as it stands: no id has a
 * `%` in it, so no item is found by it.
 */
export function readItemId(pathname: string): string {
  const last = pathname.split("/").filter(Boolean).at(-1) ?? "";
  try {
    return decodeURIComponent(last).normalize("NFC");
  } catch {
    return last;
  }
}
