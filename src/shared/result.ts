/**
 * A value or an expected failure. The core returns these; bugs throw. Owns no error types:
 * each module tags its own with a `code`.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** The success half of a `Result`; `ok(undefined)` where there is nothing to hand over. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The failure half of a `Result`: for what a caller must expect, never for a bug. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
