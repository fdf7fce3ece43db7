/** What the page lets the person who is signed in see. The server has written their role into it, and refuses the rest anyway. */
import { find } from "./dom.ts";

/** True for the owner, and others who may do everything. */
export function isAdmin(): boolean {
  return find("kitchen").dataset.role === "admin";
}

/** True for those who decide on corrections; false for those who bring photos and no more. */
export function mayReview(): boolean {
  return find("kitchen").dataset.role !== "label";
}

/** Marks what only an admin may do; a rule in `admin-tools.css` takes it from everybody else's page. */
export function forAdmin<T extends HTMLElement>(element: T): T {
  element.dataset.needs = "admin";
  return element;
}
