/** What the page lets the person who is signed in see. The server has written their role into it, and refuses the rest anyway. */
import { find } from "./dom.ts";

/** False for those who decide on corrections and no more. */
export function isAdmin(): boolean {
  return find("kitchen").dataset.role === "admin";
}

/** Marks what only an admin may do; a rule in `admin-tools.css` takes it from everybody else's page. */
export function forAdmin<T extends HTMLElement>(element: T): T {
  element.dataset.needs = "admin";
  return element;
}
