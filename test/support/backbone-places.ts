/** Folders of their own to put backbones in and to find them. */
import path from "node:path";
import type { UseBackboneOptions } from "../../cli/backbone/use-backbone.ts";
import { makeTempFolder } from "./temp-folder.ts";

/** `folder` holds all of them, and is removed after the test. */
export async function makePlaces(): Promise<UseBackboneOptions & { folder: string }> {
  const folder = await makeTempFolder();
  const inFolder = (name: string) => path.join(folder, name);
  return {
    folder,
    activeDir: inFolder("active"),
    modelsDir: inFolder("models"),
    sharedBackbonesDir: inFolder("shared"),
  };
}
