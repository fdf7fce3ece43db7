/**
 * Writes `src/api.ts`, the types of the API, from the document that the deployment serves:
 *
 *   npm run types -- https://menu.example.com/openapi.json
 */
import { writeFile } from "node:fs/promises";
import openapiTS, { astToString, COMMENT_HEADER } from "openapi-typescript";
import ts from "typescript";

/** JSON Schema has no type for a file: the document says its media type, TypeScript `Blob`. */
const FILE_TYPE = "application/octet-stream";
const BLOB = ts.factory.createTypeReferenceNode("Blob");

/** Any JSON: a schema that refers to itself, which TypeScript refuses as the type of a property. */
const UNKNOWN = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);

/** @param {object} schema @param {{ path?: string }} place */
function chooseType(schema, { path }) {
  if ("contentMediaType" in schema && schema.contentMediaType === FILE_TYPE) return BLOB;
  return JSON.stringify(schema).includes(`"$ref":"${path}"`) ? UNKNOWN : undefined;
}

const [source = "http://127.0.0.1:8787/openapi.json"] = process.argv.slice(2);
const tree = await openapiTS(new URL(source, import.meta.url), {
  defaultNonNullable: false, // what has a default may be left out of a body
  transform: chooseType,
});
await writeFile(new URL("src/api.ts", import.meta.url), COMMENT_HEADER + astToString(tree));
