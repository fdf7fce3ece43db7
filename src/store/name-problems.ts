/** Why an item cannot have the name or the id that it was given. Pure. */
import { type Problem, problem } from "../shared/problem.ts";

/** The error for an item whose name or alias another one has. */
export function nameTaken(name: string): Problem {
  const detail = `The menu already has an item that goes by "${name}" or one of the aliases.`;
  return problem("class_exists", detail);
}

/** The error for an id that was asked for and that another item has. */
export function idTaken(id: string): Problem {
  return problem(
    "class_exists",
    `The menu already has an item with the id "${id}". Leave the id out, or give another one.`,
  );
}

/** The error for a name under which an item waits to be restored. */
export function nameArchived(name: string, id: string): Problem {
  const detail = `The archived item "${id}" is called "${name}". Restore it, or give the new item another name.`;
  return problem("class_exists", detail);
}
