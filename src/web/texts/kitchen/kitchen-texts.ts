/** The texts of the kitchen that a client script is of: the build puts each language's file in place of this one. */
// biome-ignore lint/performance/noBarrelFile: stands for the file of a language, which is such a module
export * from "./en.ts";
