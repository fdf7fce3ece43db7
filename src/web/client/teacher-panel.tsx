/** The teacher's section: whether it rests, what it costs, how often people disagreed, its newest answers, and forgetting all of them. */
import { useRef, useState } from "preact/hooks";
import { MIN_JUDGING_LABELS } from "../../shared/judging-labels.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { TeacherTexts } from "../texts/kitchen/en/teacher.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button, Moment } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { mount } from "./mount.tsx";
import { forgetTeacher, type Teacher, type TeacherLabel } from "./teacher-api.ts";
import { TextCopy } from "./text-copy.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

const LATELY_ID = "teacher-lately";

/** What the section shows. */
export interface TeacherPanelProps {
  readonly texts: TeacherTexts;
  readonly teacher: Teacher;
  /** Its newest answers. */
  readonly said: readonly TeacherLabel[];
  readonly names: ItemNames;
  /** Called once its answers are forgotten. */
  readonly refresh: () => Promise<void>;
}

/** Fills the section, now and after every refresh. */
export function showTeacher(shown: TeacherPanelProps): void {
  mount("teacher", <TeacherPanel {...shown} />);
}

function TeacherPanel({ texts, teacher, said, names, refresh }: TeacherPanelProps) {
  const [done, say] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const { act, ask, alert } = useDeeds(texts.title);
  /** It asks first: what is forgotten was paid for. */
  const forget = () =>
    act(forgetTeacher(), async ({ forgotten }) => {
      say(texts.forget.done(forgotten));
      title.current?.focus();
      await refresh();
    });
  return (
    <>
      <div class="section-head">
        <h2 id="teacher-title" tabIndex={-1} ref={title}>
          {texts.title}
        </h2>
        <p class="soft section-note">{texts.note}</p>
      </div>
      <p class="section-status soft" role="status">
        {done}
      </p>
      <div class="taught-figures">
        {describe(teacher, texts).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <div class="taught">
        {said.length > 0 && (
          <>
            <h3 class="card-title" id={LATELY_ID}>
              {texts.lately}
            </h3>
            <ul class="card" aria-labelledby={LATELY_ID}>
              {said.map((label) => (
                <Said {...{ said: label, texts, names }} />
              ))}
            </ul>
          </>
        )}
      </div>
      {teacher.answers > 0 && (
        <div class="taught-forget" data-needs="admin">
          <Button onClick={(by) => ask({ ...texts.forget, onYes: forget }, by)}>{texts.forget.button}</Button>
          {alert}
        </div>
      )}
    </>
  );
}

/** One answer: what it was asked about, what it said and how sure it was, and what people say. */
function Said({ said, texts, names }: Pick<TeacherPanelProps, "texts" | "names"> & { readonly said: TeacherLabel }) {
  const { label, name, confidence, personLabel } = said;
  const isSame = personLabel === (label ?? NONE_ID);
  return (
    <li class="taught-row">
      <Copy said={said} texts={texts} />
      <div class="taught-words">
        <h4>{label === null ? kitchen.none.title : (name ?? nameOf(names, label))}</h4>
        <p class="soft small">
          {texts.sure(kitchen.words.formatScore(confidence))} · <Moment iso={said.answeredAt} />
        </p>
        {personLabel !== null && <p>{isSame ? texts.peopleAgree : texts.peopleSay(nameOf(names, personLabel))}</p>}
      </div>
    </li>
  );
}

/** The text, or the picture; otherwise that there is none. */
function Copy({
  said: { text, thumbnail },
  texts,
}: Pick<TeacherPanelProps, "texts"> & { readonly said: TeacherLabel }) {
  if (text !== null) return <TextCopy text={text} />;
  if (thumbnail === null) return <div class="taught-copy soft small">{texts.noCopy}</div>;
  return <img class="taught-copy" src={thumbnail} alt={texts.copy} />;
}

/** A sentence each. */
function describe(teacher: Teacher, texts: TeacherTexts): readonly string[] {
  const { answers, judged, overruled } = teacher;
  if (answers === 0) return [...describeCalls(teacher, texts), texts.saidNothing];
  return [
    ...describeCalls(teacher, texts),
    texts.checked(answers, judged, overruled),
    describeCounting(teacher.counting, texts.counting),
  ];
}

function describeCalls(teacher: Teacher, texts: TeacherTexts): readonly string[] {
  const { state, model, today, agreement } = teacher;
  if (state === "off") return [texts.off];
  const rest = texts.resting(agreement.agreed, agreement.judged);
  const calls = teacher.days.reduce((sum, day) => sum + day.calls, 0);
  const faults = teacher.days.reduce((sum, day) => sum + day.faults, 0);
  return [
    state === "resting" ? rest : texts.asking(model ?? ""),
    ...(teacher.guestsTeach ? [] : [texts.notOfGuests]),
    // It may have begun to rest today, with more calls behind it than a day of rest has.
    (today.calls > today.budget ? texts.callsBeforeRest : texts.calls)(today.calls, today.budget),
    ...(faults > 0 ? [texts.failed(faults, calls)] : []),
  ];
}

/** Whether its answers count, and what people's labels have to do with it. */
function describeCounting(counting: Teacher["counting"], texts: TeacherTexts["counting"]): string {
  if (counting === null) return texts.notYet;
  const { isAllowed, labels, judged, rightWithout, rightWith, tested } = counting;
  if (isAllowed) return texts.helps(labels, judged, rightWithout, rightWith);
  if (tested !== null && tested.rightWith < tested.rightWithout)
    return texts.harmsTest(tested.examples, tested.rightWithout, tested.rightWith);
  if (judged === 0) return texts.unchecked;
  return judged < MIN_JUDGING_LABELS
    ? texts.tooFew(judged, MIN_JUDGING_LABELS)
    : texts.harms(judged, rightWithout, rightWith);
}
