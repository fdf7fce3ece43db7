/** The test set beside the versions: how the live one answers it, what that means beside leave-one-out, and setting aside. */
import type { TestingTexts } from "../texts/kitchen/en/testing.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { describeCounted } from "./counted.ts";
import { createElement, find } from "./dom.ts";
import { createFiguresTable } from "./figures-table.ts";
import { createFold } from "./fold.ts";
import type { HeadEvaluation } from "./head-answers.ts";
import { fetchHead } from "./head-api.ts";
import { nameItems } from "./item-names.ts";
import { forAdmin } from "./role.ts";
import { createShareButtons } from "./share-buttons.ts";
import { fetchTestSet, type TestSet } from "./testing-api.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

interface Shown {
  readonly set: TestSet;
  readonly evaluation: HeadEvaluation | null;
  readonly names: ItemNames;
}

/** Fills the fold, now and whenever it is opened again. `refresh` is called after every change. */
export async function wireTesting(refresh: () => Promise<void>): Promise<void> {
  const texts = await kitchen.loadTesting();
  const onChange = async (words: string) => {
    find("testing-outcome").textContent = words;
    await Promise.all([fill(), refresh()]);
    find("testing").querySelector("summary")?.focus(); // the button is another one now
  };
  const fill = createFold("testing", loadShown, (shown) => {
    const alert = find("testing-alert");
    const { aside, back } = createShareButtons({ words: texts, kind: "plain", alert, onChange });
    back.hidden = shown.set.examples === 0;
    const buttons = forAdmin(createElement("div", { class: "button-row" }, aside, back));
    return createElement("div", { class: "testing" }, ...describe(shown, texts), buttons);
  });
  await fill();
}

async function loadShown(): Answer<Shown> {
  const [set, items] = await Promise.all([fetchTestSet(), fetchClasses()]);
  if (!set.ok) return set;
  if (!items.ok) return items;
  const { headVersion } = set.value;
  const head = headVersion === null ? null : await fetchHead(headVersion);
  if (head !== null && !head.ok) return head;
  return {
    ok: true,
    value: { set: set.value, evaluation: head?.value.evaluation ?? null, names: nameItems(items.value.classes) },
  };
}

function describe({ set, evaluation, names }: Shown, texts: TestingTexts): readonly HTMLElement[] {
  const note = createElement("p", { class: "soft small", text: texts.note });
  const { judgement } = set;
  if (set.examples === 0) return [note, createElement("p", { text: texts.empty })];
  if (judgement === null) return [note, createElement("p", { text: texts.noVersion })];
  const { examples, right, strangers, found, learnt, perClass, confusions } = judgement;
  const leftOut = evaluation === null ? texts.unmeasured : describeCounted(evaluation.accuracy, evaluation.examples);
  const aside = examples === 0 ? texts.unmeasured : describeCounted(right / examples, examples);
  const sentences = [
    ...(strangers > 0 ? [texts.strangers(found, strangers)] : []),
    ...(learnt > 0 ? [texts.notCounted(learnt)] : []),
  ];
  const itemRows = perClass.map((item) => [nameOf(names, item.classId), String(item.examples), String(item.right)]);
  const mistakeRows = confusions
    .toSorted((one, other) => other.examples - one.examples)
    .map((cell) => [nameOf(names, cell.given), nameOf(names, cell.answered), String(cell.examples)]);
  return [
    note,
    createElement("h3", { text: texts.figures }),
    createFigure(texts.leftOut, leftOut, texts.leftOutMeans),
    createFigure(texts.aside, aside, texts.asideMeans),
    ...sentences.map((text) => createElement("p", { text })),
    ...createTable(texts.items, texts.itemHeads, itemRows),
    ...createTable(texts.mistakes, texts.mistakeHeads, mistakeRows),
  ];
}

function createFigure(name: string, figure: string, meaning: string): HTMLElement {
  const value = createElement("strong", { text: figure });
  const line = createElement("p", { text: `${name}: ` }, value);
  return createElement(
    "div",
    { class: "testing-figure" },
    line,
    createElement("p", { class: "soft small", text: meaning }),
  );
}

function createTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly HTMLElement[] {
  if (rows.length === 0) return [];
  return [createElement("h3", { text: title }), createFiguresTable(title, heads, rows)];
}
