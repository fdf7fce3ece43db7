/** A change of the backbone beside the versions: how far it is, both on the same examples, what the operator does next, and giving it up. */
import type { BackboneTexts } from "../texts/kitchen/en/backbone.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { type BackboneChange, fetchChange, fetchKeeps, giveUpSecond, type SecondBackbone } from "./backbone-api.ts";
import { deployCommand, findStep, reembedCommand } from "./backbone-step.ts";
import { createCommand } from "./command-line.ts";
import { describeCounted } from "./counted.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import { createFiguresTable } from "./figures-table.ts";
import { createFold } from "./fold.ts";
import { createLookLink } from "./look-link.ts";
import { forAdmin } from "./role.ts";

interface Shown extends BackboneChange {
  /** Where the operator has the samples; null where the deployment keeps them itself. */
  readonly place: string | null;
}

/** Fills the fold, now and whenever it is opened again. `refresh` is called after every change. */
export async function wireBackbone(refresh: () => Promise<void>): Promise<void> {
  const texts = await kitchen.loadBackbone();
  const onGivenUp = async (words: string) => {
    find("backbone-outcome").textContent = words;
    await Promise.all([fill(), refresh()]);
    find("backbone").querySelector("summary")?.focus(); // the button is gone now
  };
  const fill = createFold(
    "backbone",
    () => loadShown(texts),
    (shown) => createElement("div", { class: "testing" }, ...describe(shown, texts, onGivenUp)),
  );
  await fill();
}

async function loadShown({ folder }: BackboneTexts): Answer<Shown> {
  const [change, keeps] = await Promise.all([fetchChange(), fetchKeeps()]);
  if (!change.ok) return change;
  if (!keeps.ok) return keeps;
  return { ok: true, value: { ...change.value, place: keeps.value === "originals" ? null : folder } };
}

type OnGivenUp = (words: string) => Promise<void>;

function describe({ running, second, place }: Shown, texts: BackboneTexts, onGivenUp: OnGivenUp) {
  const note = createElement("p", { class: "soft small", text: texts.note });
  if (second === null) {
    const start = createElement("p", { text: texts.start });
    return [note, createElement("p", { text: texts.alone }), start, createCommand(reembedCommand(place, texts.name))];
  }
  const { name, inUseName } = second;
  const isAnswering = running === second.id;
  return [
    note,
    createElement("p", { text: (isAnswering ? texts.answers : texts.stands)(inUseName, name) }),
    ...describeProgress(second, texts),
    ...describeFigures(second, texts),
    ...describeNext(findStep(running, second), second, place, texts),
    ...(isAnswering ? [] : [createGivingUp(second, texts, onGivenUp)]),
  ];
}

function describeProgress({ id, embedded, missing, left }: SecondBackbone, texts: BackboneTexts) {
  const rows = [
    [texts.rows.ready, texts.readyOf(embedded, embedded + missing)],
    ...(missing > 0 ? [[texts.rows.missing, kitchen.words.formatCount(missing)]] : []),
    ...(left > 0 ? [[texts.rows.left, kitchen.words.formatCount(left)]] : []),
  ];
  return [
    createElement("h3", { text: texts.progress }),
    createFiguresTable(texts.progress, texts.progressHeads, rows),
    ...(missing > 0 ? [createElement("p", {}, createLookLink({ kind: "missing", backbone: id }, texts.missing))] : []),
  ];
}

function describeFigures({ name, inUseName, comparison }: SecondBackbone, texts: BackboneTexts) {
  const title = createElement("h3", { text: texts.figures });
  if (comparison === null) return [title, createElement("p", { text: texts.notJudged })];
  const tables = [
    [texts.figureRows.leftOut, comparison.leaveOneOut] as const,
    [texts.figureRows.test, comparison.test] as const,
  ].map(([judgedOn, found]) => {
    const say = (right: number) => describeCounted(right / (found?.examples ?? 1), found?.examples ?? 1);
    const rows = [
      [inUseName, found === null ? texts.unmeasured : say(found.rightFrom)],
      [name, found === null ? texts.unmeasured : say(found.rightTo)],
    ];
    return createFiguresTable(judgedOn, [judgedOn, texts.figures], rows);
  });
  return [title, ...tables];
}

function describeNext(
  step: ReturnType<typeof findStep>,
  { name, left }: SecondBackbone,
  place: string | null,
  texts: BackboneTexts,
) {
  const words = texts.steps[step];
  const commands = {
    ...{ prepare: reembedCommand(place, name), deploy: deployCommand(name), kept: deployCommand(name) },
    ...{ train: null, complete: null },
  };
  const command = commands[step];
  return [
    createElement("h3", { text: texts.next }),
    createElement("p", { text: typeof words === "string" ? words : words(name) }),
    ...(command === null ? [] : [createCommand(command)]),
    ...(left > 0 && step === "kept"
      ? [createElement("p", { text: texts.leftBehind(left) }), createCommand(reembedCommand(place, null))]
      : []),
  ];
}

/** Asks before what cannot be undone. */
function createGivingUp({ name, left }: SecondBackbone, texts: BackboneTexts, onGivenUp: OnGivenUp): HTMLElement {
  const alert = createElement("div", { attributes: { role: "alert" } });
  const open = createButton(texts.giveUp(name), "plain", () => {
    const leave = createButton(kitchen.frame.leaveIt, "plain", () => {
      showAlert(alert, "");
      open.focus();
    });
    const yes = createButton(texts.yes, "plain", async () => {
      if (isBusy(yes)) return;
      setBusy(yes, true);
      const answer = await giveUpSecond();
      setBusy(yes, false);
      if (answer.ok) await onGivenUp(texts.givenUp(name));
      else showAlert(alert, answer.error.detail);
    });
    yes.classList.add("button-alert");
    showAlert(alert, texts.sure(name, left), leave, yes);
    leave.focus();
  });
  return forAdmin(
    createElement("div", { class: "testing" }, createElement("div", { class: "button-row" }, open), alert),
  );
}
