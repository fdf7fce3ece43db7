/** Stops a deployment whose backbone could not answer from what the remote database was taught. Uploads nothing. */
import type { BackboneRack } from "../backbone/backbone-rack.ts";
import { findMisfit, type ReadRows, readTaught } from "../backbone/taught-by.ts";
import { CommandError } from "../shared/command.ts";

/** Throws `CommandError` with both ways out. `name` is the database's. */
export async function checkBackbone(
  name: string,
  read: ReadRows,
  rack: BackboneRack,
  say: (line: string) => void,
): Promise<void> {
  const misfit = await findMisfit(await readTaught(read), rack, say);
  if (misfit === null) return;
  const { taught, putBack, inPlace } = misfit;
  throw new CommandError(
    `The database "${name}" was taught with ${taught}, but ${inPlace} would be deployed. Its labels do not fit that one, so ` +
      "guests would get no answers. Nothing was uploaded. Put the one that it was taught with in place, and deploy again:\n" +
      `  ${putBack}\n` +
      "Or prepare the change first, and deploy after it (docs/operations.md#another-backbone):\n" +
      `  ${rack.reembedBy(inPlace)}`,
  );
}
