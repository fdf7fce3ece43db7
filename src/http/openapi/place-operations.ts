/** Places that samples come from. */
import { z } from "zod";
import { newPlaceSchema, placeChangeSchema } from "../admin/places.ts";
import { count, time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, type OperationGroup } from "./operation.ts";

const placeId = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: "A place's id", examples: ["terrace"] });

const place = z
  .strictObject({
    id: placeId,
    name: z.string(),
    on: z.boolean().meta({ description: "Where false, answers are given as if nobody had named the place" }),
    moved: z.boolean().meta({ description: "Whether the last training run lets answers go by what the place is like" }),
    refused: z.boolean().meta({
      description:
        "Whether labels of the place are why it does not: more of them are answered rightly as taught (`labels`)",
    }),
    createdAt: time,
    photos: count.meta({ description: "Photos or texts that its mean rests on" }),
    distance: z.number().nullable().meta({
      description:
        "From the mean of what was taught, in units of how far taught photos lie from that; null where it is not known",
    }),
    labels: z.strictObject({ judged: count, rightAsTaught: count, rightMoved: count.nullable() }).nullable().meta({
      description:
        "Labels of the place, and how many a head without them answers rightly as taught and moved; null where there are none, `rightMoved` null below 20 photos",
    }),
  })
  .meta({ id: "Place" });

const places = z
  .strictObject({
    open: z
      .boolean()
      .meta({ description: "Whether the pool is open: else nothing is kept that shows what a place is like" }),
    guestsTeach: z.boolean().meta({ description: "Whether what guests send shows it too (`PUBLIC_TEACHING`)" }),
    places: z.array(place),
  })
  .meta({ id: "Places" });

const params = z.object({ id: placeId });

const placeOperations = {
  "GET /v1/admin/places": {
    id: "listPlaces",
    summary: "All places, the oldest first",
    answers: { 200: json("At most 20", places) },
    problems: [],
  },
  "POST /v1/admin/places": {
    id: "createPlace",
    summary: "Adds a place; only staff can",
    body: jsonBody(newPlaceSchema),
    answers: { 201: json("The place", place) },
    problems: [...BODY_PROBLEMS, "place_exists", "too_many_places"],
  },
  "PATCH /v1/admin/places/:id": {
    id: "changePlace",
    summary: "Renames a place, or switches it on or off",
    description: "It holds everywhere within 10 seconds.",
    params,
    body: jsonBody(placeChangeSchema),
    answers: { 200: json("The place", place) },
    problems: [...BODY_PROBLEMS, "not_found", "place_exists"],
  },
  "DELETE /v1/admin/places/:id": {
    id: "deletePlace",
    summary: "Deletes a place",
    description:
      "Photos that are in the pool only because they came from there go; all others stay, without the place.",
    params,
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on places. */
export const placeGroup: OperationGroup = {
  tag: "Places",
  description: "Where photos come from: another camera or another light is answered as what was taught, moved.",
  operations: placeOperations,
};
