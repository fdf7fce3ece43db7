/** What greets the owner of an empty deployment, in English. */

export const firstRun = {
  title: "Welcome. Teach it in a minute",
  steps: [
    "Name two items under “Menu” below.",
    "Drop a few photos on each. Ten are a good start.",
    "Press “Train now”.",
  ],
  /** Around the link to the guests' page. */
  tryIt: { before: "Try it on the ", link: "guests’ page", after: "." },
  example:
    "No photos at hand? Start with three pizzas that this project drew, eight pictures each. You can delete them later.",
  load: "Load the example menu",
  showing: (name: string) => `Showing ${name}…`,
  tryAsGuest: "Try it as a guest",
};
