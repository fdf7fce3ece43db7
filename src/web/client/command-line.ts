/** A command for whoever looks after the deployment, as it is typed. */
import { createElement } from "./dom.ts";

export function createCommand(command: string): HTMLElement {
  return createElement("p", { class: "command" }, createElement("code", { text: command }));
}
