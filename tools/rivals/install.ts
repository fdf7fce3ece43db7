/** Installs what Headstart is compared with, for `npm run check:rivals`. */
import { runAsCommand } from "../../cli/shared/command.ts";
import { installPackage } from "../../cli/shared/own-packages.ts";

runAsCommand(import.meta.url, async () => {
  await installPackage("rivals");
  return 0;
});
