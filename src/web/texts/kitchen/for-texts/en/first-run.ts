/** What greets the owner of an empty deployment that reads texts, in English. */
import { firstRun as ofPhotos } from "../../en/first-run.ts";
import type { KitchenTexts } from "../../en.ts";

export const firstRun: KitchenTexts["firstRun"] = {
  ...ofPhotos,
  steps: [
    "Name two items under “Items”, say Refund and Question.",
    "Paste a few messages of each, one a line, or drop a file there. Ten are a good start.",
    "Press “Train now”.",
  ],
  example:
    "No messages at hand? Start with an example mailbox: thirty mails to a pizzeria, invented for this project, in three items. One click takes them away again.",
  load: "Load the example mailbox",
  removal: {
    ...ofPhotos.removal,
    note: (names, items) =>
      `${names} ${items === 1 ? "is an example" : "are an example"}: invented mails, which teach little about your own.`,
  },
};
