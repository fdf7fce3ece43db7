/** The admin routes about the teacher, a large model that is asked about what the head is unsure of, as functions. */
import type { teacherOperations } from "../../operations/teacher.ts";
import { callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";
import { judgedLabels } from "./head-answers.ts";

const teacher = answerOf<typeof teacherOperations.describeTeacher>()(
  object({
    /** `off`, `asking` or `resting`. */
    state: text,
    model: nullable(text),
    guestsTeach: flag,
    today: object({ calls: number, budget: number }),
    days: list(object({ calls: number, faults: number })),
    answers: number,
    judged: number,
    overruled: number,
    agreement: object({ judged: number, agreed: number }),
    /** What people's labels said of its answers when the version was made that answers guests; null where that has seen none of them. */
    counting: nullable(judgedLabels),
  }),
);
/** What it costs and what its answers come to. */
export type Teacher = Decoded<typeof teacher>;

const teacherLabel = object({
  label: nullable(text),
  name: nullable(text),
  confidence: number,
  personLabel: nullable(text),
  thumbnail: nullable(text),
  text: nullable(text),
  answeredAt: text,
});
/** One answer; `label` is null where it said that none of the items fits. */
export type TeacherLabel = Decoded<typeof teacherLabel>;

const teacherLabels = answerOf<typeof teacherOperations.listTeacherLabels>()(object({ labels: list(teacherLabel) }));
const forgotten = answerOf<typeof teacherOperations.forgetTeacher>()(object({ forgotten: number }));

/** Few enough to look through at a sitting. */
const SHOWN_LABELS = 10;

/** Whether it is asked, and what came of it. */
export const fetchTeacher = () => callAdmin({ path: "/teacher" }, teacher);

/** Its newest answers. */
export const fetchTeacherLabels = () => callAdmin({ path: `/teacher/labels?limit=${SHOWN_LABELS}` }, teacherLabels);

/** All that it said goes; says how much that was. */
export const forgetTeacher = () => callAdmin({ method: "DELETE", path: "/teacher/labels" }, forgotten);
