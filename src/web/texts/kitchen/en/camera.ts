/** Teaching by camera, in English: comes with its script, when somebody opens it. */
import { count } from "./words.ts";

const countPictures = (pictures: number) => count(pictures, { one: "picture", other: "pictures" });

export const camera = {
  how: "Show one item to the camera and hold its button while you move the item a little. Do the same with the next one, then train.",
  view: "What the camera sees",
  hold: (name: string) => `Hold: ${name}`,
  taking: (taken: number, wanted: number) => `${taken} of ${wanted}`,
  /** `alike` were left out because they looked like the one before. */
  taken: (taken: number, alike: number) => {
    if (taken === 0 && alike === 0) return "No picture was taken. Keep the button pressed.";
    const taught = `${countPictures(taken)} taken.`;
    if (alike === 0) return taught;
    return `${taught} ${alike} more looked the same and ${alike === 1 ? "was" : "were"} left out: move the item or the camera a little.`;
  },
  newItem: "New item",
  add: "Add",
  noItems: "The menu is empty. Name an item first.",
  train: "Train now",
  seen: "What I see now",
  none: "Not on the menu",
  notTaught: "Nothing yet: teach two items and train.",
  waiting: "Wait until the pictures have been sent.",
  problems: {
    insecure:
      "A browser lets a page use the camera only over https, or on the computer that runs it. Take photos instead, and add them to the item.",
    refused: "The browser does not allow the camera. Allow it in the address bar, then open this again.",
    missing: "There is no camera here. Take photos with a phone, and add them to the item.",
    busy: "The camera could not be started. Perhaps another program is using it.",
  },
};

export type CameraTexts = typeof camera;
