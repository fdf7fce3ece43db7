/** One picture or text of the queue, shown in words, and the person's decision on it. */
import { NONE_ID } from "../../src/shared/none-label.ts";
import type { ReviewGroup } from "./answers.ts";
import { acceptAs, type Decision, rejectAll } from "./review-decisions.ts";
import { ask } from "./session.ts";

/** Asks until the answer can be used. A terminal shows no photos: `url` says where one can see it. */
export async function askForDecision(group: ReviewGroup, url: string): Promise<Decision[] | "skip" | "quit"> {
  const proposals = group.proposals.map(
    ({ name, label, sources }, i) => `  ${i + 1}  ${name} (${label}), ${sources} guests`,
  );
  const answers = group.answers.map(({ label, score }) => `${label} ${score.toFixed(2)}`).join(", ") || "nothing yet";
  console.error(`\n${describeSample(group, url)} The head says: ${answers}. Guests say:`);
  console.error(proposals.join("\n"));
  for (;;) {
    const choice = readChoice(
      await ask("number = accept, n = not on the menu, r = reject, s = skip, q = quit, = item-id to relabel: "),
      group,
    );
    if (choice !== undefined) return choice;
    console.error("Not understood.");
  }
}

/** The text where a copy of it is held; otherwise where one can see the picture. */
export function describeSample({ photo, text }: ReviewGroup, url: string): string {
  const id = photo.slice(0, 12);
  return text === undefined || text === null
    ? `Picture ${id}, to be seen at ${url}/admin.`
    : `Text ${id}:\n\n  ${text}\n\n`;
}

/** What a typed line means; undefined for nothing known. The end of the input quits. */
export function readChoice(line: string, group: ReviewGroup): Decision[] | "skip" | "quit" | undefined {
  if (line === "" || line === "q") return "quit";
  if (line === "s") return "skip";
  if (line === "r") return rejectAll(group);
  if (line === "n") return acceptAs(group, NONE_ID);
  const item = /^=\s*(\S+)$/.exec(line)?.[1] ?? group.proposals[Number(line) - 1]?.label;
  return item === undefined ? undefined : acceptAs(group, item);
}
