/**
 * What is kept under a key of its sources has to be made of just these: where they are saved while it is made, it is made again.
 */
import { CommandError } from "../shared/command.ts";

/** So often somebody may save while something is made that takes seconds. */
const ATTEMPTS = 4;

class SourcesChanged extends CommandError {
  override readonly name = "SourcesChanged";
}

/**
 * Gives back what `make` made of one state of the sources. It calls `confirm` before it keeps anything under its key: that rejects where the
 * sources are others by then, and `make` is called again. Throws `CommandError` when they never stay the same.
 */
export async function makeFromSettled<T>(
  readKey: () => Promise<string>,
  make: (key: string, confirm: () => Promise<void>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const key = await readKey();
    const confirm = async () => {
      if ((await readKey()) === key) return;
      throw new SourcesChanged(
        "The sources changed each time while they were built. Let them be for a moment, and build again.",
      );
    };
    try {
      return await make(key, confirm);
    } catch (cause) {
      if (!(cause instanceof SourcesChanged) || attempt === ATTEMPTS) throw cause;
    }
  }
}
