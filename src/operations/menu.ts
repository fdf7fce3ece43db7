/** What a client needs before it sends a photo, and whether it could be answered. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { classId, count, version } from "./common.ts";
import type { AnswerOf } from "./operation.ts";
import { json, needs, type Operations } from "./operation.ts";

const menu = once(() =>
  z
    .strictObject({
      items: z.array(
        z.strictObject({ id: classId, name: z.string(), description: z.string(), aliases: z.array(z.string()) }),
      ),
      headVersion: version.nullable().meta({ description: "The live head; null before there is one" }),
      reads: z.enum(["photos", "texts"]).meta({ description: "What this deployment's backbone takes" }),
      limits: z.union([
        z.strictObject({
          maxImageBytes: count,
          maxImagePixels: count,
          inputPixels: count.meta({ description: "Short side to which the backbone wants a photo; more is wasted" }),
        }),
        z.strictObject({ maxTextCharacters: count }),
      ]),
      handsOnTo: z.string().nullable().meta({
        description: "The model service that receives and reads the texts; null if there is none",
      }),
      humanCheck: z
        .strictObject({ siteKey: z.string() })
        .nullable()
        .meta({ description: "Turnstile's public key, if guests must show that they are people before they write" }),
      picturesKept: z.boolean().meta({
        description: "Whether the copy that staff see of a correction stays with its label once they agree",
      }),
    })
    .meta({ id: "Menu" }),
);

const check = once(() => z.string().meta({ description: "`ok`, or what is missing" }));

const readiness = once(() =>
  z
    .strictObject({
      status: z.literal("ready"),
      checks: z.strictObject({ database: check(), backbone: check(), head: check() }),
    })
    .meta({ id: "Readiness", description: "Having no head is not a fault: nothing has been taught yet" }),
);

/** What a client is told of the menu, by what the deployment reads. */
export type Menu = AnswerOf<typeof menuOperations.readMenu>;
/** Of a deployment that reads photos. */
export type PhotoMenu = Omit<Menu, "limits"> & {
  readonly limits: Extract<Menu["limits"], { readonly maxImageBytes: unknown }>;
};
/** Of a deployment that reads texts. */
export type TextMenu = Omit<Menu, "limits"> & {
  readonly limits: Extract<Menu["limits"], { readonly maxTextCharacters: unknown }>;
};

/** The menu, and whether the deployment is there. */
export const menuOperations = {
  checkReadiness: {
    route: "GET /v1/ready",
    access: needs("guest"),
    summary: "Whether guests could be answered now, and what is missing",
    answers: { 200: json("They could", readiness) },
    problems: ["backbone_unavailable"],
  },
  checkHealth: {
    route: "GET /v1/health",
    access: needs("guest"),
    summary: "Whether the Worker runs",
    answers: { 200: json("It does", () => z.strictObject({ status: z.literal("ok") }).meta({ id: "Health" })) },
    problems: [],
  },
  readMenu: {
    route: "GET /v1/menu",
    access: needs("classify", "publicClassify", "publicCorrections"),
    isTagged: true,
    summary: "What a client needs before it sends a photo",
    answers: { 200: json("The active items, in order", menu) },
    problems: ["backbone_unavailable"],
  },
} as const satisfies Operations;
