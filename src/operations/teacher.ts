/** What a large model said of samples of the pool. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { classId, count, labelId, nextOf, pageFields, sampleId, score, time } from "./common.ts";
import { teacherVerdict } from "./head-schemas.ts";
import { json, needs, type Operations } from "./operation.ts";

/** When the answer came, and about which sample. */
const cursor = z.string().regex(/^\d{1,16}_[0-9a-f]{64}$/);
/** The query of `GET /v1/admin/teacher/labels`. */
export const teacherLabelQuery = z.strictObject(pageFields(cursor));

const day = once(() =>
  z.strictObject({
    day: z.iso.date(),
    calls: count,
    faults: count.meta({ description: "Calls that brought no answer" }),
  }),
);

const said = once(() =>
  z
    .strictObject({
      photo: sampleId,
      source: z.literal("teacher"),
      model: z.string(),
      label: classId.nullable().meta({ description: "Null: none of the items" }),
      name: z.string().nullable().meta({ description: "The item's" }),
      confidence: score.meta({ description: "How sure the teacher says it is; below .5 its answer does not count" }),
      headAnswer: z.string().nullable().meta({ description: "What the live head had answered; null for unknown" }),
      personLabel: labelId
        .nullable()
        .meta({ description: "What a person says the sample is, which counts in its place" }),
      thumbnail: z.string().nullable().meta({ description: "Data URL of a small PNG, while the pool has one" }),
      text: z.string().nullable().meta({ description: "The text, while the pool has it" }),
      answeredAt: time,
    })
    .meta({ id: "TeacherLabel" }),
);

/** The operations on what a teacher said. */
export const teacherOperations = {
  describeTeacher: {
    route: "GET /v1/admin/teacher",
    access: needs("review"),
    summary: "Whether a teacher is asked, what it costs and what its answers come to",
    answers: {
      200: json("The teacher", () =>
        z
          .strictObject({
            state: z.enum(["off", "asking", "resting"]).meta({
              description: "`resting`: the head agrees with it, so that it is asked a twentieth as much",
            }),
            model: z.string().nullable(),
            guestsTeach: z.boolean().meta({
              description:
                "Whether it is asked about what guests send too, and its answers to that count (`PUBLIC_TEACHING`)",
            }),
            today: z.strictObject({ calls: count, budget: count }).meta({ description: "Calls of this UTC day" }),
            days: z.array(day()).meta({ description: "The last 14 days with a call, newest first" }),
            answers: count.meta({ description: "That are kept" }),
            none: count.meta({ description: "Of these, that none of the items fits" }),
            judged: count.meta({ description: "Of these, on samples that a person has labelled too" }),
            overruled: count.meta({ description: "Of those, labelled otherwise by that person" }),
            agreement: z.strictObject({ judged: count, agreed: count }).meta({
              description: "Of the last 50 answers: in how many the head had said the same",
            }),
            counting: teacherVerdict().nullable().meta({
              description:
                "What people's labels said when the live head was made; null where the teacher had said nothing",
            }),
          })
          .meta({ id: "Teacher" }),
      ),
    },
    problems: [],
  },
  listTeacherLabels: {
    route: "GET /v1/admin/teacher/labels",
    access: needs("review"),
    isTagged: true,
    summary: "What the teacher said, newest first",
    query: teacherLabelQuery,
    answers: {
      200: json("Its answers", () =>
        z.strictObject({ labels: z.array(said()), next: nextOf(z.string()) }).meta({ id: "TeacherLabels" }),
      ),
    },
    problems: ["bad_request"],
  },
  forgetTeacher: {
    route: "DELETE /v1/admin/teacher/labels",
    access: needs("admin"),
    summary: "Forgets all that the teacher said",
    description: "At once; the next training run makes a head without it and lets go those that had seen it.",
    answers: {
      200: json("How many answers went", () => z.strictObject({ forgotten: count }).meta({ id: "TeacherForgotten" })),
    },
    problems: [],
  },
} as const satisfies Operations;
