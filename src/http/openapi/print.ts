/**
 * Prints what `npm run build` serves of the API's documentation, as JSON: a file's text by its path. It is a program of its
 * own because the declarations name the handlers' schemas, whose types are the Worker's and not a command's.
 */
import about from "../../../package.json" with { type: "json" };
import { createOpenApiDocument } from "./document.ts";
import { renderProblemPage } from "./problem-page.ts";

const files = {
  "openapi.json": `${JSON.stringify(createOpenApiDocument(about.version))}\n`,
  "docs/problems.html": await renderProblemPage(),
};
console.log(JSON.stringify(files));
