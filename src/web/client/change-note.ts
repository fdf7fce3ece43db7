/** After a training: what the new version changes, and the way back to the one before it, one click away. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeChange } from "./change-words.ts";
import { find, isBusy, setBusy, showAlert } from "./dom.ts";
import type { HeadComparison, HeadDetails, HeadVersion } from "./head-answers.ts";
import { activateHead, fetchComparison } from "./head-api.ts";
import { isAdmin } from "./role.ts";
import { type ItemNames, stateOf } from "./version-words.ts";

const texts = kitchen.change;
/** The newest version that the owner has agreed to, in this browser. */
const PLACE = "headstart.agreed";

/** Says nothing of a version that changes no item. */
export function createChangeNote(refresh: () => Promise<void>) {
  let compared: HeadComparison | null = null;
  const buttons = [find("change-back"), find("change-keep")];
  const end = () => {
    find("change").hidden = true;
    find("advice-title").focus();
  };
  buttons[0].addEventListener("click", async () => {
    if (compared === null || buttons.some(isBusy)) return;
    for (const button of buttons) setBusy(button, true);
    const { from } = compared;
    // Held: otherwise the next training would ask the same question.
    const answer = await activateHead(from, true);
    for (const button of buttons) setBusy(button, false);
    showAlert(find("change-alert"), answer.ok ? "" : kitchen.frame.explain(answer.error));
    if (!answer.ok) return;
    find("train-outcome").textContent = kitchen.gate.activatedAndHeld(from);
    end();
    await refresh();
  });
  buttons[1].addEventListener("click", () => {
    if (compared !== null) agree(compared.to);
    end();
  });
  /** `heads` are newest first; `details` are those of the live one. */
  const show = async (heads: readonly HeadVersion[], details: HeadDetails | null, names: ItemNames) => {
    const pair = findPair(heads);
    if (pair === null || details === null || agreed() >= pair.to) {
      find("change").hidden = true;
      return;
    }
    if (compared?.from !== pair.from || compared.to !== pair.to) {
      const answer = await fetchComparison(pair.from, pair.to);
      if (!answer.ok) return;
      compared = answer.value;
    }
    const judged = new Map(details.perClass.map(({ classId, examples }) => [classId, examples]));
    const { text, isLoss } = describeChange(compared, judged, names);
    const words = isLoss ? `${text} ${texts.question}` : text;
    // A live region is read out again whenever it is written.
    if (find("change-words").textContent !== words) find("change-words").textContent = words;
    buttons[0].textContent = texts.back(pair.from);
    find("change-choice").hidden = !isLoss;
    find("change").hidden = text === "";
  };
  return { show };
}

/** The newest version, if it is live and follows one that could be live again; nobody is asked about their own choice. */
function findPair(heads: readonly HeadVersion[]): { readonly from: number; readonly to: number } | null {
  const [newest, ...older] = heads;
  const before = older.find((head) => stateOf(head) === "ready");
  return isAdmin() && newest?.live && before !== undefined ? { from: before.version, to: newest.version } : null;
}

function agreed(): number {
  try {
    return Number(localStorage.getItem(PLACE) ?? 0);
  } catch {
    return 0; // a browser that keeps nothing asks again
  }
}

function agree(version: number): void {
  try {
    localStorage.setItem(PLACE, String(version));
  } catch {
    // Then it is asked again on the next visit.
  }
}
