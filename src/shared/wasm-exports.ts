/** Looks through what a wasm module of ours exports. */

/** Throws TypeError where one of these functions is missing: the module is not the one that its caller was written for. */
export function requireFunctions(exports: WebAssembly.Exports, names: readonly string[]): void {
  for (const name of names) {
    if (typeof exports[name] !== "function") throw new TypeError(`The wasm module exports no ${name}: build it again.`);
  }
}
