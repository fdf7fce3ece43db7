/** Saves a deployment's export, and checks it before it takes the place of the last one. */
import { saveAnswer } from "./save-answer.ts";
import type { TransferProgress } from "./show-progress.ts";
import { type VerifiedExport, verifyExport } from "./verify-export.ts";

/** Throws `CommandError` when the server refuses, the connection breaks or the file is not whole; it is then as it was. */
export async function exportToFile(
  from: { readonly url: string; readonly key: string },
  file: string,
  progress: TransferProgress,
  { withPictures }: { readonly withPictures: boolean } = { withPictures: false },
): Promise<VerifiedExport> {
  return saveAnswer({
    from,
    path: `/v1/admin/export${withPictures ? "?pictures=true" : ""}`,
    file,
    progress,
    check: verifyExport,
  });
}
