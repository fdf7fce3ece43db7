/** The test set beside the versions: how the live one answers it, what that means beside leave-one-out, and setting aside. */
import type { TestingTexts } from "../texts/kitchen/en/testing.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { describeCounted } from "./counted.ts";
import { find } from "./dom.ts";
import { Figures } from "./figures.tsx";
import type { HeadEvaluation } from "./head-answers.ts";
import { fetchHead } from "./head-api.ts";
import { nameItems } from "./item-names.ts";
import { mountFold } from "./mount.tsx";
import { ShareButtons } from "./share-buttons.tsx";
import { fetchTestSet, type TestSet } from "./testing-api.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

interface Shown {
  readonly set: TestSet;
  readonly evaluation: HeadEvaluation | null;
  readonly names: ItemNames;
}

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. `refresh` is called after every change. */
export async function wireTesting(refresh: () => Promise<void>): Promise<() => Promise<void>> {
  const texts = await kitchen.loadTesting();
  const onChange = async (words: string) => {
    find("testing-outcome").textContent = words;
    await Promise.all([fill(), refresh()]);
    find("testing").querySelector("summary")?.focus(); // the button may be gone now
  };
  const fill = mountFold("testing", loadShown, (shown) => (
    <div class="testing">
      <p class="soft small">{texts.note}</p>
      <Findings {...shown} texts={texts} />
      <ShareButtons {...{ words: texts, kind: "plain", isAnyAside: shown.set.examples > 0, onChange }} />
    </div>
  ));
  return fill;
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

function Findings({ set, evaluation, names, texts }: Shown & { readonly texts: TestingTexts }) {
  const { judgement } = set;
  if (set.examples === 0) return <p>{texts.empty}</p>;
  if (judgement === null) return <p>{texts.noVersion}</p>;
  const { examples, right, strangers, found, learnt, perClass, confusions } = judgement;
  const leftOut = evaluation === null ? texts.unmeasured : describeCounted(evaluation.accuracy, evaluation.examples);
  const aside = examples === 0 ? texts.unmeasured : describeCounted(right / examples, examples);
  const items = perClass.map((item) => [nameOf(names, item.classId), item.examples, item.right]);
  const mistakes = confusions
    .toSorted((one, other) => other.examples - one.examples)
    .map((cell) => [nameOf(names, cell.given), nameOf(names, cell.answered), cell.examples]);
  return (
    <>
      <h3>{texts.figures}</h3>
      <Figure name={texts.leftOut} figure={leftOut} meaning={texts.leftOutMeans} />
      <Figure name={texts.aside} figure={aside} meaning={texts.asideMeans} />
      {strangers > 0 && <p>{texts.strangers(found, strangers)}</p>}
      {learnt > 0 && <p>{texts.notCounted(learnt)}</p>}
      <TitledFigures title={texts.items} heads={texts.itemHeads} rows={items} />
      <TitledFigures title={texts.mistakes} heads={texts.mistakeHeads} rows={mistakes} />
    </>
  );
}

interface FigureProps {
  readonly name: string;
  readonly figure: string;
  readonly meaning: string;
}

function Figure({ name, figure, meaning }: FigureProps) {
  return (
    <div class="testing-figure">
      <p>
        {`${name}: `}
        <strong>{figure}</strong>
      </p>
      <p class="soft small">{meaning}</p>
    </div>
  );
}

interface TitledFiguresProps {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

function TitledFigures(props: TitledFiguresProps) {
  if (props.rows.length === 0) return null;
  return (
    <>
      <h3>{props.title}</h3>
      <Figures {...props} />
    </>
  );
}
