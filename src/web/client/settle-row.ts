/** One row of a list and what is asked for it: busy meanwhile, a refusal beside it, gone when it is settled. */
import type { Answer } from "./admin-api.ts";
import { isBusy, setBusy, showAlert } from "./dom.ts";

/** Asks, unless the row is still busy with an earlier press. Whether the API has done it; where not, `alert` says why. */
export async function settleRow(row: HTMLElement, alert: HTMLElement, act: () => Answer<unknown>): Promise<boolean> {
  if (isBusy(row)) return false;
  setBusy(row, true);
  const answer = await act();
  setBusy(row, false);
  showAlert(alert, answer.ok ? "" : answer.error.detail);
  return answer.ok;
}

/** Takes a settled row away and gives its focus to the next one, or to `fallback` after the last one. */
export function takeAway(row: HTMLElement, fallback: HTMLElement): void {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  (next?.querySelector("button") ?? fallback).focus();
  row.remove();
}
