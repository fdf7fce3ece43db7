/** How far a transfer is, in bytes, on stderr: a bar on a terminal, a line now and then elsewhere. */
import { Presets, SingleBar } from "cli-progress";

const LINE_EVERY_BYTES = 50_000_000;

/** Told how far a transfer is. The total is unknown in an export. */
export interface TransferProgress {
  start(totalBytes?: number): void;
  advance(bytes: number): void;
  stop(): void;
}

/** `isTerminal`: stderr can redraw a line. */
export function createTransferProgress(isTerminal: boolean): TransferProgress {
  return isTerminal ? createBar() : createLines();
}

function createBar(): TransferProgress {
  const bar = new SingleBar(
    { format: " {bar} {megabytes} MB", hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let done = 0;
  const megabytes = () => ({ megabytes: (done / 1e6).toFixed(1) });
  return {
    start: (totalBytes = 0) => bar.start(totalBytes, 0, megabytes()),
    advance(bytes) {
      done += bytes;
      bar.increment(bytes, megabytes());
    },
    stop: () => bar.stop(),
  };
}

function createLines(): TransferProgress {
  let done = 0;
  let reported = 0;
  return {
    start() {},
    advance(bytes) {
      done += bytes;
      if (done - reported < LINE_EVERY_BYTES) return;
      reported = done;
      console.error(`${(done / 1e6).toFixed(0)} MB`);
    },
    stop() {},
  };
}
