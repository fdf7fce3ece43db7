/** What a teacher said, written straight into the database: so many answers, the day's calls, and nothing left from before. */
import { dayOf } from "../../src/shared/time.ts";
import { openLocalDatabase } from "../support/local-database.ts";

/** A model's name, and the variables with which it is asked; nobody listens there, and nothing asks while no cron is fired. */
export const TEACHER_MODEL = "large-1";
export const TEACHER_VARS = {
  TEACHER_DAILY_CALLS: "40",
  TEACHER_MODEL,
  TEACHER_URL: "http://127.0.0.1:1/v1/chat/completions",
};
/** Of every day; two of them brought no answer. */
export const CALLS = 12;

interface SaidAnswer {
  /** Id of an item; null for none of them. */
  readonly said: string | null;
  readonly confidence: number;
  /** What the head had answered. */
  readonly head: string | null;
  /** Which sample: one of the pool, one that people have labelled so, or one of which nothing is left. */
  readonly about: "pool" | "nothing" | { readonly labelled: string };
}

/** The newest first; each of another sample. */
export function seedTeacher(dataDir: string, answers: readonly SaidAnswer[]): void {
  const database = openLocalDatabase(dataDir);
  database.exec("DELETE FROM teacher_labels; DELETE FROM teacher_days");
  const pooled = database.prepare("SELECT sample_id AS id FROM pooled_samples ORDER BY sample_id").all();
  const labelled = database.prepare(
    "SELECT sample_id AS id FROM examples WHERE class_id = ? ORDER BY sample_id LIMIT 1",
  );
  const insert = database.prepare(
    "INSERT INTO teacher_labels VALUES (?, 'b', '', 1, 'staff', ?, 1, ?, 'c', 1, ?, NULL, ?, ?, ?)",
  );
  const now = Date.now();
  answers.forEach(({ said, confidence, head, about }, i) => {
    const made = `f${i.toString(16)}`.padStart(64, "f");
    const found = about === "pool" ? pooled.shift() : about === "nothing" ? { id: made } : labelled.get(about.labelled);
    const at = now - 60_000 * i;
    insert.run(String(found?.id), TEACHER_MODEL, head, at, at, said, confidence);
  });
  // Tomorrow's too: it may be midnight before the page looks.
  const today = dayOf(now);
  const day = database.prepare("INSERT INTO teacher_days VALUES (?, ?, 2)");
  for (const each of [today, today + 1]) day.run(each, CALLS);
  database.close();
}

/** What people's labels said of its answers when the live version was made. */
export interface SaidVerdict {
  readonly labels: number;
  readonly isAllowed: boolean;
  readonly judged: number;
  readonly rightWithout: number;
  readonly rightWith: number;
}

/** Writes it into the version that answers guests; null where that has seen no answers. */
export function seedVerdict(dataDir: string, verdict: SaidVerdict | null): void {
  const database = openLocalDatabase(dataDir);
  const taught =
    verdict === null ? "json_remove(evaluation, '$.teacher')" : "json_set(evaluation, '$.teacher', json(?))";
  database
    .prepare(`UPDATE heads SET evaluation = ${taught} WHERE version = (SELECT live_head FROM deployment)`)
    .run(...(verdict === null ? [] : [JSON.stringify({ ...verdict })]));
  database.close();
}

/** As many as it takes to let the teacher rest, one of them differently from the head. */
export function agreeingAnswers(): readonly SaidAnswer[] {
  return Array.from({ length: 50 }, (_, i) => ({
    said: "pepperoni",
    confidence: 0.9,
    about: i < 2 ? ("pool" as const) : ("nothing" as const),
    head: i === 7 ? null : "pepperoni",
  }));
}
