/** What a large model said of samples of the pool. */
import { z } from "zod";
import { teacherLabelQuery } from "../admin/teacher.ts";
import { classId, count, labelId, nextOf, sampleId, score, time } from "./common.ts";
import { teacherVerdict } from "./head-operations.ts";
import { json, type OperationGroup } from "./operation.ts";

const day = z.strictObject({
  day: z.iso.date(),
  calls: count,
  faults: count.meta({ description: "Calls that brought no answer" }),
});

const said = z
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
  .meta({ id: "TeacherLabel" });

const teacherOperations = {
  "GET /v1/admin/teacher": {
    id: "describeTeacher",
    summary: "Whether a teacher is asked, what it costs and what its answers come to",
    answers: {
      200: json(
        "The teacher",
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
            days: z.array(day).meta({ description: "The last 14 days with a call, newest first" }),
            answers: count.meta({ description: "That are kept" }),
            none: count.meta({ description: "Of these, that none of the items fits" }),
            judged: count.meta({ description: "Of these, on samples that a person has labelled too" }),
            overruled: count.meta({ description: "Of those, labelled otherwise by that person" }),
            agreement: z.strictObject({ judged: count, agreed: count }).meta({
              description: "Of the last 50 answers: in how many the head had said the same",
            }),
            counting: teacherVerdict.nullable().meta({
              description:
                "What people's labels said when the live head was made; null where the teacher had said nothing",
            }),
          })
          .meta({ id: "Teacher" }),
      ),
    },
    problems: [],
  },
  "GET /v1/admin/teacher/labels": {
    id: "listTeacherLabels",
    summary: "What the teacher said, newest first",
    query: teacherLabelQuery,
    answers: {
      200: json(
        "Its answers",
        z.strictObject({ labels: z.array(said), next: nextOf(z.string()) }).meta({ id: "TeacherLabels" }),
      ),
    },
    problems: ["bad_request"],
  },
  "DELETE /v1/admin/teacher/labels": {
    id: "forgetTeacher",
    summary: "Forgets all that the teacher said",
    description: "At once; the next training run makes a head without it and lets go those that had seen it.",
    answers: {
      200: json("How many answers went", z.strictObject({ forgotten: count }).meta({ id: "TeacherForgotten" })),
    },
    problems: [],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on what a teacher said. */
export const teacherGroup: OperationGroup = {
  tag: "Teacher",
  description: "What a large model said of samples of the pool, where the operator has one asked.",
  operations: teacherOperations,
};
