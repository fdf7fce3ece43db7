/** Which methods a path knows: a known path asked with another one is 405, not 404. */
import { ACCESS_RULES } from "./access-rules.ts";

const ROUTES = Object.keys(ACCESS_RULES).map((key) => {
  const [method, route] = key.split(" ");
  return { method, pattern: new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`) };
});

/** In the order of the alphabet, HEAD with GET; empty where nothing is at the path. */
export function findAllowedMethods(path: string): string[] {
  const methods = new Set(ROUTES.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].sort();
}
