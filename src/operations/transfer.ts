/** Everything in one file. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { NDJSON_TYPE, ROW_KINDS } from "../shared/transfer-format.ts";
import { count, sampleId, says } from "./common.ts";
import { BODY_PROBLEMS, bytes, json, needs, type Operations } from "./operation.ts";

/** The query of `GET /v1/admin/export`. */
export const exportQuery = z.strictObject({
  pictures: z.enum(["true", "false"]).default("false").meta({
    description: "`true`: with the small pictures of examples, or the beginnings of texts, where any are kept",
  }),
});

/** The query of `POST /v1/admin/import`: where in the file this body begins, and how to treat what is here already. */
export const importQuery = z.strictObject({
  line: z.coerce
    .number()
    .int()
    .min(2)
    .default(2)
    .meta({ description: "The line of the file that the first row sent has there; the header is line 1" }),
  file: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "is not the SHA-256 of the file's end line")
    .optional()
    .meta({ description: "The `sha256` of the file's end line, where the file is sent in parts" }),
  mode: z
    .enum(["restore", "merge"])
    .default("restore")
    .meta({ description: "`restore` takes an empty deployment, `merge` adds to what is there" }),
  prefer: z
    .enum(["ours", "file"])
    .default("ours")
    .meta({ description: "Whose version counts where a merge finds two" }),
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "`true` stores nothing, and counts what a merge would bring back" }),
});

const outcomes = once(() => ({
  stored: count,
  present: count,
  replaced: count,
  kept: count,
  leftOut: count,
  refused: count,
}));

const imported = once(() =>
  z
    .strictObject({
      mode: z.enum(["restore", "merge"]),
      done: z.boolean().meta({ description: "The end of the file was in this part" }),
      file: sampleId.meta({ description: "SHA-256 by which the file is known" }),
      counts: z.strictObject(outcomes()),
      rows: z
        .array(
          z.strictObject({
            line: count,
            kind: z.enum([...ROW_KINDS, ""]),
            outcome: z.enum(["kept", "refused"]),
            reason: z.string().optional(),
            says: says.optional(),
          }),
        )
        .meta({ description: "Rows that were kept as they were here, and those that were refused" }),
      returning: z.strictObject({ examples: count, reviews: count }).meta({
        description:
          "Labelled photos and waiting corrections from before something was last forgotten here, which are not here: what a merge brings back",
      }),
    })
    .meta({ id: "Imported" }),
);

/** The operations on exports and imports. */
export const transferOperations = {
  exportDeployment: {
    route: "GET /v1/admin/export",
    access: needs("admin"),
    summary: "The whole deployment as one file",
    description: "Streamed, as lines of JSON: docs/transfer-format.md. A failure while it runs breaks the connection.",
    query: exportQuery,
    answers: { 200: { description: "The file, as an attachment", content: { [NDJSON_TYPE]: bytes } } },
    problems: ["bad_request", "backbone_unavailable"],
  },
  abortRestore: {
    route: "DELETE /v1/admin/import",
    access: needs("admin"),
    summary: "Gives a restore up that is under way",
    description: "Training and imports go on at once. What has arrived stays; the rest of the file can be merged.",
    answers: {
      200: json("The file that was being restored", () =>
        z
          .strictObject({ file: sampleId.meta({ description: "SHA-256 by which the file is known" }) })
          .meta({ id: "AbortedRestore" }),
      ),
    },
    problems: ["not_found"],
  },
  importDeployment: {
    route: "POST /v1/admin/import",
    access: needs("admin"),
    summary: "Lines of an export, back into a deployment",
    description: "The whole file, or parts of it: each time the header line, then at most 500 rows and 4 MiB.",
    query: importQuery,
    body: { content: { [NDJSON_TYPE]: bytes } },
    answers: { 200: json("What became of the rows", imported) },
    problems: [...BODY_PROBLEMS, "import_conflict", "backbone_mismatch", "backbone_unavailable"],
  },
} as const satisfies Operations;
