/**
 * Writes `headstart.d.ts`, the types of a deployment's API, from the document that the deployment serves:
 *
 *   npm run types -- https://menu.example.com/openapi.json
 */
import { writeFile } from "node:fs/promises";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import ts from "typescript";

/** JSON Schema has no type for a file: the document says its media type, TypeScript `Blob`. */
const FILE_TYPE = "application/octet-stream";
const BLOB = ts.factory.createTypeReferenceNode("Blob");

const [source = "http://127.0.0.1:8787/openapi.json"] = process.argv.slice(2);
const tree = await openapiTS(new URL(source, import.meta.url), {
  defaultNonNullable: false, // what has a default may be left out of a body
  transform: (schema) => ("contentMediaType" in schema && schema.contentMediaType === FILE_TYPE ? BLOB : undefined),
});
await writeFile(new URL("headstart.d.ts", import.meta.url), COMMENT_HEADER + astToString(tree));
