/** The teacher's section: whether it rests, what it costs, how often people disagreed, its newest answers, and forgetting all of them. */
import { MIN_JUDGING_LABELS } from "../../shared/judging-labels.ts";
import type { TeacherTexts } from "../texts/kitchen/en/teacher.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { forAdmin } from "./role.ts";
import { forgetTeacher, type Teacher, type TeacherLabel } from "./teacher-api.ts";
import { createTeacherRow } from "./teacher-row.ts";
import type { ItemNames } from "./version-words.ts";

/** What the section holds; `show` fills it, now and after every refresh. */
export interface TeacherPanel {
  readonly elements: readonly HTMLElement[];
  show(teacher: Teacher, said: readonly TeacherLabel[], names: ItemNames): void;
}

const TITLE_ID = "teacher-title";
const LATELY_ID = "teacher-lately";

/** `refresh` is called once its answers are forgotten. */
export function createTeacherPanel(texts: TeacherTexts, refresh: () => Promise<void>): TeacherPanel {
  const title = createElement("h2", { text: texts.title, attributes: { id: TITLE_ID, tabindex: "-1" } });
  const note = createElement("p", { class: "soft section-note", text: texts.note });
  const status = createElement("p", { class: "section-status soft", attributes: { role: "status" } });
  const figures = createElement("div", { class: "taught-figures" });
  const place = createElement("div", { class: "taught" });
  const forgetting = createForgetting(texts, async (forgotten) => {
    status.textContent = texts.forget.done(forgotten);
    title.focus();
    await refresh();
  });
  const show = (teacher: Teacher, said: readonly TeacherLabel[], names: ItemNames) => {
    figures.replaceChildren(...describe(teacher, texts).map((text) => createElement("p", { text })));
    place.replaceChildren(...createList(said, texts, names));
    forgetting.hidden = teacher.answers === 0;
  };
  const head = createElement("div", { class: "section-head" }, title, note);
  return { elements: [head, status, figures, place, forgetting], show };
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

function createList(said: readonly TeacherLabel[], texts: TeacherTexts, names: ItemNames): readonly HTMLElement[] {
  if (said.length === 0) return [];
  const rows = said.map((label) => createTeacherRow(label, texts, names));
  const title = createElement("h3", { class: "card-title", text: texts.lately, attributes: { id: LATELY_ID } });
  const list = createElement("ul", { class: "card", attributes: { "aria-labelledby": LATELY_ID } }, ...rows);
  return [title, list];
}

/** Asks first, with the focus on the careful answer: what is forgotten was paid for. */
function createForgetting(texts: TeacherTexts, whenDone: (forgotten: number) => Promise<void>): HTMLElement {
  const alert = createElement("div", { attributes: { role: "alert" } });
  const button = createButton(texts.forget.button, "plain", () => {
    const yes = createButton(texts.forget.yes, "primary", async () => {
      if (isBusy(yes)) return;
      setBusy(yes, true);
      const answer = await forgetTeacher();
      showAlert(alert, answer.ok ? "" : answer.error.detail);
      if (answer.ok) await whenDone(answer.value.forgotten);
    });
    const leave = createButton(kitchen.keys.leaveIt, "plain", () => {
      showAlert(alert, "");
      button.focus();
    });
    showAlert(alert, texts.forget.question, leave, yes);
    leave.focus();
  });
  return forAdmin(createElement("div", { class: "taught-forget" }, button, alert));
}
