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

/** Asks a row to leave its list: what it was about has been settled, here or elsewhere on the page. */
const SETTLED = "settled";

/** Rows about one photo leave together, each with the `leave` of its own list. */
export function linkTwins(row: HTMLElement, photo: string, leave: () => void): void {
  row.dataset.photo = photo;
  row.addEventListener(SETTLED, leave);
}

/** All rows about these photos; the row itself first, because it has the focus to give on. */
function leaveEverywhere(row: HTMLElement, photos: readonly string[]): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-photo]")];
  const twins = rows.filter((other) => other !== row && photos.includes(other.dataset.photo ?? ""));
  for (const each of [row, ...twins]) each.dispatchEvent(new Event(SETTLED));
}

/** Who hears of it when a photo's label is settled. */
export interface SettledAudience {
  readonly refresh: () => Promise<void>;
  /** Says it in a live region. */
  readonly tell: (words: string) => void;
}

/** Asks as `settleRow` does; once it is done, every row about the photos leaves, `words` are told and the page is refreshed. */
export async function settlePhoto(
  row: HTMLElement,
  alert: HTMLElement,
  act: () => Answer<unknown>,
  words: string,
  photos: readonly string[],
  { refresh, tell }: SettledAudience,
): Promise<void> {
  if (!(await settleRow(row, alert, act))) return;
  leaveEverywhere(row, photos);
  tell(words);
  await refresh();
}

/**
 * Takes a settled row away and gives its focus to the next one, or to `fallback` after the last one. A focus that is elsewhere
 * stays there; a browser may have left it with the body when a button was pressed.
 */
export function takeAway(row: HTMLElement, fallback: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement === document.body || row.contains(activeElement)) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    (next?.querySelector("button") ?? fallback).focus();
  }
  row.remove();
}
