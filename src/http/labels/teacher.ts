/** `/v1/admin/teacher`: what a large model said of the pool, what it cost, how often staff disagreed, and forgetting all of it. */
import { teacherOperations } from "../../operations/teacher.ts";
import type { Services } from "../../services.ts";
import { ok } from "../../shared/result.ts";
import { DAY_MS, dayOf, toIsoTime } from "../../shared/time.ts";
import { findHead, readLivePointer } from "../../store/heads/heads.ts";
import { readAgreement } from "../../store/teaching/teacher-calls.ts";
import {
  countTeacherLabels,
  forgetTeacher,
  listTeacherDays,
  listTeacherLabels,
  type TeacherDay,
  type TeacherLabel,
  type TeacherLabelCursor,
} from "../../store/teaching/teacher-labels.ts";
import { AGREEMENT_WINDOW, budgetOf, isAgreed } from "../../training/teaching.ts";
import { findModality } from "../modality/find-modality.ts";
import type { Modality } from "../modality/modality.ts";
import { readPage, serve } from "../serve.ts";
import { showPreview } from "./pictures.ts";

const SHOWN_DAYS = 14;

/** Of `teacherOperations`. */
export const teacherHandlers = [
  serve(teacherOperations.describeTeacher, async (c) => ok(await describeTeacher(c.get("services")))),
  serve(teacherOperations.listTeacherLabels, async (c, { query }) => {
    const { db } = c.get("services");
    const { rows, next } = await readPage(
      query,
      (after, limit) => listTeacherLabels(db, limit, after === null ? null : readCursor(after)),
      ({ answeredAt, photo }) => `${answeredAt}_${photo}`,
    );
    const modality = await findModality(c.get("services"));
    return ok({ labels: rows.map((row) => describeLabel(row, modality)), next });
  }),
  serve(teacherOperations.forgetTeacher, async (c) => {
    const { db, clock } = c.get("services");
    return ok({ forgotten: await forgetTeacher(db, c.get("actor"), clock()) });
  }),
];

async function describeTeacher({ db, config, clock }: Services) {
  const [agreement, figures, days, { liveHead }] = await Promise.all([
    readAgreement(db, AGREEMENT_WINDOW),
    countTeacherLabels(db),
    listTeacherDays(db, SHOWN_DAYS),
    readLivePointer(db),
  ]);
  const live = liveHead === null ? null : await findHead(db, liveHead);
  const isResting = isAgreed(agreement);
  const today = dayOf(clock());
  return {
    state: stateOf(config.teacher !== null, isResting),
    model: config.teacher?.model ?? null,
    guestsTeach: config.publicTeaching,
    today: {
      calls: days.find(({ day }) => day === today)?.calls ?? 0,
      budget: budgetOf(config.teacher?.dailyCalls ?? 0, isResting),
    },
    days: days.map(describeDay),
    ...figures,
    agreement,
    counting: live?.evaluation?.teacher ?? null,
  };
}

function stateOf(isThere: boolean, isResting: boolean): "off" | "resting" | "asking" {
  if (!isThere) return "off";
  return isResting ? "resting" : "asking";
}

function describeDay({ day, ...rest }: TeacherDay) {
  return { day: new Date(day * DAY_MS).toISOString().slice(0, 10), ...rest };
}

function describeLabel({ item, name, preview, answeredAt, ...rest }: TeacherLabel, modality: Modality) {
  return {
    ...rest,
    label: item,
    name,
    ...showPreview(modality, preview),
    source: "teacher" as const,
    answeredAt: toIsoTime(answeredAt),
  };
}

function readCursor(text: string): TeacherLabelCursor {
  const [answeredAt, photo] = text.split("_");
  return { answeredAt: Number(answeredAt), photo };
}
