/** Places that samples come from. */
import { z } from "zod";
import { MAX_NAME_CHARACTERS } from "../shared/item-names.ts";
import { once } from "../shared/once.ts";
import { itemId, typedText } from "./class-fields.ts";
import { count, time } from "./common.ts";
import { BODY_PROBLEMS, empty, json, jsonBody, needs, type Operations } from "./operation.ts";

const name = typedText(MAX_NAME_CHARACTERS, "say what the place is called").min(1, "is empty");
/** The body of `POST /v1/admin/places`; without an `id` the place gets one from its name. */
export const newPlaceSchema = z.strictObject({ name, id: itemId.optional() });
/** The body of `PATCH /v1/admin/places/{id}`: a field that is absent stays as it is. */
export const placeChangeSchema = z.strictObject({ name: name.optional(), on: z.boolean().optional() });

const placeId = once(() =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ description: "A place's id", examples: ["terrace"] }),
);

const place = once(() =>
  z
    .strictObject({
      id: placeId(),
      name: z.string(),
      on: z.boolean().meta({ description: "If false, answers are as if nobody had named the place" }),
      moved: z.boolean().meta({ description: "Whether the last training run shifts answers for the place" }),
      refused: z.boolean().meta({
        description:
          "Whether the place's labels are why it does not: more of them get right answers without the shift (`labels`)",
      }),
      createdAt: time,
      photos: count.meta({ description: "Photos or texts that its mean rests on" }),
      distance: z.number().nullable().meta({
        description:
          "Distance from the mean of what was taught, in units of how far taught photos lie from that; null if unknown",
      }),
      labels: z.strictObject({ judged: count, rightAsTaught: count, rightMoved: count.nullable() }).nullable().meta({
        description:
          "Labels of the place, and how many of them a head without them answers right without and with the shift; null if there are none, `rightMoved` null below 20 photos",
      }),
    })
    .meta({ id: "Place" }),
);

const places = once(() =>
  z
    .strictObject({
      open: z
        .boolean()
        .meta({ description: "Whether the pool is open; otherwise nothing is kept that shows what a place is like" }),
      guestsTeach: z.boolean().meta({ description: "Whether what guests send shows it too (`PUBLIC_TEACHING`)" }),
      places: z.array(place()),
    })
    .meta({ id: "Places" }),
);

const params = once(() => z.object({ id: placeId() }));

/** The operations on places. */
export const placeOperations = {
  listPlaces: {
    route: "GET /v1/admin/places",
    access: needs("review"),
    isTagged: true,
    summary: "All places, the oldest first",
    answers: { 200: json("At most 20", places) },
    problems: [],
  },
  createPlace: {
    route: "POST /v1/admin/places",
    access: needs("admin"),
    repeats: "kept",
    summary: "Adds a place; only staff can",
    body: jsonBody(newPlaceSchema),
    answers: { 201: json("The place", place) },
    problems: [...BODY_PROBLEMS, "place_exists", "too_many_places"],
  },
  changePlace: {
    route: "PATCH /v1/admin/places/:id",
    access: needs("admin"),
    summary: "Renames a place, or switches it on or off",
    description: "It holds everywhere within 10 seconds.",
    params,
    body: jsonBody(placeChangeSchema),
    answers: { 200: json("The place", place) },
    problems: [...BODY_PROBLEMS, "not_found", "place_exists"],
  },
  deletePlace: {
    route: "DELETE /v1/admin/places/:id",
    access: needs("admin"),
    summary: "Deletes a place",
    description:
      "Photos that are in the pool only because they came from there go; all others stay, without the place.",
    params,
    answers: { 204: empty("It is gone") },
    problems: ["not_found"],
  },
} as const satisfies Operations;
