/** What greets the owner of an empty deployment, in English. */
import { EXAMPLE_NOTES } from "../../../example-note.ts";

export const firstRun = {
  title: "Welcome. Teach it in a minute",
  steps: [
    "Name two items under “Menu”.",
    "Add a few photos to each, or show it to the camera there. Ten are a good start.",
    "Press “Train now”.",
  ],
  /** Around the link to the guests' page. */
  tryIt: { before: "Try it on the ", link: "guests’ page", after: "." },
  example:
    "No photos at hand? Start with three pizzas that this project drew, eight pictures each, and four more to try on the guests’ page. They teach nothing about real photos, and one click takes them away again.",
  load: "Load the example menu",
  /** The description of the example's items. */
  itemNote: EXAMPLE_NOTES.en,
  removal: {
    note: (names: string, items: number) =>
      `${names} ${items === 1 ? "is an example" : "are an example"}: drawings, which teach nothing about real photos.`,
    button: "Remove the example",
    done: "The example is gone, with all that was learned from it.",
  },
  showing: (name: string) => `Showing ${name}…`,
  tryAsGuest: "Try it as a guest",
};
