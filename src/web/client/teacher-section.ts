/** What the teacher said, where one is configured or was: looks whether there is anything, and only then asks for the rest of the script. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement, find } from "./dom.ts";
import { loadPart, loadStyle } from "./load-part.ts";
import { fetchTeacher, fetchTeacherLabels, type Teacher, type TeacherLabel } from "./teacher-api.ts";
import type { ItemNames } from "./version-words.ts";

/** `refresh` is called after its answers have been forgotten. Gives back what fills the section again. */
export function createTeacherSection(refresh: () => Promise<void>): (names: ItemNames) => Promise<void> {
  const alert = createElement("div", { attributes: { role: "alert" } });
  let show: ((teacher: Teacher, said: readonly TeacherLabel[], names: ItemNames) => void) | null = null;
  const open = async (): Promise<typeof show> => {
    find("teacher").replaceChildren(alert);
    loadStyle("admin-teacher");
    const load = async () => ({ part: await import("./teacher-panel.tsx"), texts: await kitchen.loadTeacher() });
    const loaded = await loadPart(load, alert);
    if (loaded === null) return null;
    const { part, texts } = loaded;
    return (teacher, said, names) => part.showTeacher({ texts, teacher, said, names, refresh });
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
    show ??= await open();
    show?.(teacher.value, said.value.labels, names);
  };
}
