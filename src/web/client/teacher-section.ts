/** What the teacher said, where one is configured or was: looks whether there is anything, and only then asks for the rest of the script. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement, find } from "./dom.ts";
import { loadPart, loadStyle } from "./load-part.ts";
import { fetchTeacher, fetchTeacherLabels } from "./teacher-api.ts";
import type { TeacherPanel } from "./teacher-panel.ts";
import type { ItemNames } from "./version-words.ts";

/** `refresh` is called after its answers have been forgotten. Gives back what fills the section again. */
export function createTeacherSection(refresh: () => Promise<void>): (names: ItemNames) => Promise<void> {
  const alert = createElement("div", { attributes: { role: "alert" } });
  let shown: TeacherPanel | null = null;
  const open = async (): Promise<TeacherPanel | null> => {
    find("teacher").replaceChildren(alert);
    loadStyle("admin-teacher");
    const load = async () => ({ part: await import("./teacher-panel.ts"), texts: await kitchen.loadTeacher() });
    const loaded = await loadPart(load, alert);
    if (loaded === null) return null;
    const made = loaded.part.createTeacherPanel(loaded.texts, refresh);
    find("teacher").replaceChildren(...made.elements);
    return made;
  };
  return async (names) => {
    const teacher = await fetchTeacher();
    if (!teacher.ok) return;
    // What it has said still counts when it is asked no longer.
    const isNothing = teacher.value.state === "off" && teacher.value.answers === 0;
    find("teacher").hidden = isNothing;
    if (isNothing) return;
    const said = await fetchTeacherLabels();
    if (!said.ok) return;
    shown ??= await open();
    shown?.show(teacher.value, said.value.labels, names);
  };
}
