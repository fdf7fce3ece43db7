/** One answer of the teacher: what it was asked about, what it said and how sure it was, and what people say. */
import { NONE_ID } from "../../shared/none-label.ts";
import type { TeacherTexts } from "../texts/kitchen/en/teacher.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { createPreview } from "./preview.ts";
import type { TeacherLabel } from "./teacher-api.ts";
import { createTime } from "./time-element.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** A list item. */
export function createTeacherRow(said: TeacherLabel, texts: TeacherTexts, names: ItemNames): HTMLElement {
  const { label, name, confidence, personLabel } = said;
  const title = label === null ? kitchen.none.title : (name ?? nameOf(names, label));
  const when = createElement("p", {
    class: "soft small",
    text: `${texts.sure(kitchen.words.formatScore(confidence))} · `,
  });
  when.append(createTime(said.answeredAt));
  const words = createElement("div", { class: "taught-words" }, createElement("h4", { text: title }), when);
  if (personLabel !== null) {
    const isSame = personLabel === (label ?? NONE_ID);
    words.append(
      createElement("p", { text: isSame ? texts.peopleAgree : texts.peopleSay(nameOf(names, personLabel)) }),
    );
  }
  const copy = createPreview(said, { alt: texts.copy, none: texts.noCopy, look: "taught-copy" });
  return createElement("li", { class: "taught-row" }, copy, words);
}
