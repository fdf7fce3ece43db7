/** A change of the backbone beside the versions: how far it is, both on the same examples, what the operator does next, and giving it up. */
import type { BackboneTexts } from "../texts/kitchen/en/backbone.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { type BackboneChange, fetchChange, fetchKeeps, giveUpSecond, type SecondBackbone } from "./backbone-api.ts";
import { deployCommand, findStep, reembedCommand } from "./backbone-step.ts";
import { Button } from "./controls.tsx";
import { describeCounted } from "./counted.ts";
import { useDeeds } from "./deeds.tsx";
import { find } from "./dom.ts";
import { CommandLine, Figures } from "./figures.tsx";
import { mountFold } from "./mount.tsx";
import { LookLink } from "./sample-copy.tsx";

interface Shown extends BackboneChange {
  /** Where the operator has the samples; null where the deployment keeps them itself. */
  readonly place: string | null;
}

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. `refresh` is called after every change. */
export async function wireBackbone(refresh: () => Promise<void>): Promise<() => Promise<void>> {
  const texts = await kitchen.loadBackbone();
  const onGivenUp = async (words: string) => {
    find("backbone-outcome").textContent = words;
    await Promise.all([fill(), refresh()]);
    find("backbone").querySelector("summary")?.focus(); // the button is gone now
  };
  const load = () => loadShown(texts);
  const fill = mountFold("backbone", load, ({ running, second, place }) => (
    <div class="testing">
      <p class="soft small">{texts.note}</p>
      {second === null ? (
        <Alone {...{ place, texts }} />
      ) : (
        <Change key={second.id} {...{ running, second, place, texts, onGivenUp }} />
      )}
    </div>
  ));
  return fill;
}

async function loadShown({ folder }: BackboneTexts): Answer<Shown> {
  const [change, keeps] = await Promise.all([fetchChange(), fetchKeeps()]);
  if (!change.ok) return change;
  if (!keeps.ok) return keeps;
  return { ok: true, value: { ...change.value, place: keeps.value === "originals" ? null : folder } };
}

interface AloneProps {
  readonly place: Shown["place"];
  readonly texts: BackboneTexts;
}

function Alone({ place, texts }: AloneProps) {
  return (
    <>
      <p>{texts.alone}</p>
      <p>{texts.start}</p>
      <CommandLine>{reembedCommand(place, texts.name)}</CommandLine>
    </>
  );
}

interface ChangeProps extends AloneProps {
  readonly running: string;
  readonly second: SecondBackbone;
  readonly onGivenUp: (words: string) => Promise<void>;
}

function Change(props: ChangeProps) {
  const { running, second, texts } = props;
  const isAnswering = running === second.id;
  return (
    <>
      <p>{(isAnswering ? texts.answers : texts.stands)(second.inUseName, second.name)}</p>
      <Progress {...props} />
      <h3>{texts.figures}</h3>
      {second.comparison === null ? <p>{texts.notJudged}</p> : <Judged {...props} {...second.comparison} />}
      <Next {...props} />
      {!isAnswering && <GivingUp {...props} />}
    </>
  );
}

function Progress({ second: { id, embedded, missing, left }, texts }: ChangeProps) {
  const { formatCount } = kitchen.words;
  const rows = [
    [texts.rows.ready, texts.readyOf(embedded, embedded + missing)],
    ...(missing > 0 ? [[texts.rows.missing, formatCount(missing)]] : []),
    ...(left > 0 ? [[texts.rows.left, formatCount(left)]] : []),
  ];
  return (
    <>
      <h3>{texts.progress}</h3>
      <Figures title={texts.progress} heads={texts.progressHeads} rows={rows} />
      {missing > 0 && (
        <p>
          <LookLink look={{ kind: "missing", backbone: id }} about={texts.missing} />
        </p>
      )}
    </>
  );
}

type JudgedProps = ChangeProps & NonNullable<SecondBackbone["comparison"]>;

/** Both on the same examples. */
function Judged({ second: { name, inUseName }, texts, leaveOneOut, test }: JudgedProps) {
  const table = (judgedOn: string, found: typeof test) => {
    const say = (right: "rightFrom" | "rightTo") =>
      found === null ? texts.unmeasured : describeCounted(found[right] / found.examples, found.examples);
    const rows = [
      [inUseName, say("rightFrom")],
      [name, say("rightTo")],
    ];
    return <Figures title={judgedOn} heads={[judgedOn, texts.figures]} rows={rows} />;
  };
  return (
    <>
      {table(texts.figureRows.leftOut, leaveOneOut)}
      {table(texts.figureRows.test, test)}
    </>
  );
}

function Next({ running, second, place, texts }: ChangeProps) {
  const { name, left } = second;
  const step = findStep(running, second);
  const words = texts.steps[step];
  const command = {
    prepare: reembedCommand(place, name),
    deploy: deployCommand(name),
    kept: deployCommand(name),
    train: null,
    complete: null,
  }[step];
  return (
    <>
      <h3>{texts.next}</h3>
      <p>{typeof words === "string" ? words : words(name)}</p>
      {command !== null && <CommandLine>{command}</CommandLine>}
      {left > 0 && step === "kept" && (
        <>
          <p>{texts.leftBehind(left)}</p>
          <CommandLine>{reembedCommand(place, null)}</CommandLine>
        </>
      )}
    </>
  );
}

/** Asks before what cannot be undone. */
function GivingUp({ second: { name, left }, texts, onGivenUp }: ChangeProps) {
  const { act, ask, alert } = useDeeds(name);
  const question = texts.sure(name, left);
  const onYes = () => act(giveUpSecond(), () => onGivenUp(texts.givenUp(name)));
  return (
    <div class="testing" data-needs="admin">
      <div class="button-row">
        <Button onClick={(by) => ask({ question, yes: texts.yes, kind: "alert", onYes }, by)}>
          {texts.giveUp(name)}
        </Button>
      </div>
      {alert}
    </div>
  );
}
