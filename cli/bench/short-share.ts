/** `.076`: a share as the tables have it, without the 0 before the point. Pure. */
export function shortShare(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^0/, "");
}

/** `+.011 (.004)`: a gain with its standard error. */
export function shortGain({ mean, error }: { readonly mean: number; readonly error: number }): string {
  return `${mean < 0 ? "-" : "+"}${shortShare(Math.abs(mean), 3)} (${shortShare(error, 3)})`;
}
