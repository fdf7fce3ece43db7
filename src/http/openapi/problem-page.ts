/** The page `/docs/problems`, made by `npm run build`: every code with its status, its meaning and what to do. */
import { html } from "hono/html";
import { PROBLEM_CODES } from "../../shared/problem.ts";
import { STATUS_OF } from "../problem-response.ts";
import { PROBLEM_MEANINGS } from "./problem-meanings.ts";

/** The whole page. */
export async function renderProblemPage(): Promise<string> {
  const entries = PROBLEM_CODES.map((code) => {
    const { status, title } = STATUS_OF[code];
    return html`<dt id="${code}"><code>${code}</code> ${status} ${title}</dt><dd>${PROBLEM_MEANINGS[code]}</dd>`;
  });
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems - Headstart API</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/docs.css">
</head>
<body class="problems">
<main>
<h1>Problems</h1>
<p>Every error of the <a href="/docs">API</a> is an answer of type <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is one
of these, its <code>detail</code> says what was wrong this time.</p>
<dl>
${entries}
</dl>
</main>
</body>
</html>
`;
  return String(await page);
}
