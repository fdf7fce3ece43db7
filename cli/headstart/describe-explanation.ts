/** The labelled photos behind an answer, in lines for a person. */
import type { Explanation, SpeakingPhoto } from "./answers.ts";
import { formatTable } from "./session.ts";

/** As many characters of a photo's id as the other commands show. */
const ID_CHARACTERS = 12;

/** What spoke for the answer, what against it, and what the reader has to know about both. `null`: there was nothing to weigh. */
export function describeExplanation(file: string, explanation: Explanation | null): string {
  if (explanation === null) {
    return `${file}: no examples to show. That takes two items, both with examples that a training has learned.`;
  }
  const { answer, rival, for: speakFor, against, weighed, learned, capped, current } = explanation;
  const rows = [...speakFor, ...against].map(describePhoto);
  return [
    `${file}: why ${answer} rather than ${rival}`,
    formatTable(["SPEAKS", "PHOTO", "LABEL", "FROM", "LABELLED"], rows),
    ...(capped ? [`Of ${learned} examples of the two items, ${weighed} were weighed: always the same ones.`] : []),
    ...(current ? [] : ["The head was learnt from other labels than there are now; these are today's."]),
  ].join("\n");
}

function describePhoto({ contribution, photo, label, source, labelledAt }: SpeakingPhoto): string[] {
  const speaks = `${contribution > 0 ? "for" : "against"} ${Math.abs(contribution).toFixed(3)}`;
  return [speaks, photo.slice(0, ID_CHARACTERS), label, source, labelledAt.slice(0, 10)];
}
