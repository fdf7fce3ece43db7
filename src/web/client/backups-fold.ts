/** The backups of the deployment's bucket: which there are, each as a file, and how one is restored. */
import type { backupOperations } from "../../operations/backups.ts";
import type { BackupTexts } from "../texts/kitchen/en/backups.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { createCommand } from "./command-line.ts";
import { answerOf, type Decoded, flag, list, number, object, text } from "./decode.ts";
import { createElement } from "./dom.ts";
import { createFiguresTable } from "./figures-table.ts";
import { createFold } from "./fold.ts";
import { formatBytes } from "./limit-words.ts";
import { createTime } from "./time-element.ts";

const backup = object({ name: text, madeAt: text, bytes: number });
/** The answer of `GET /v1/admin/backups`. */
const backupList = answerOf<typeof backupOperations.listBackups>()(
  object({
    ...{ bucket: flag, backups: list(backup), failing: flag },
    kept: object({ days: number, weeks: number }),
  }),
);
type BackupList = Decoded<typeof backupList>;

/** Fills the fold, now and whenever it is opened again. */
export async function wireBackups(): Promise<void> {
  const texts = await kitchen.loadBackups();
  const ask = () => callAdmin({ path: "/backups" }, backupList);
  await createFold("backups", ask, (answer) =>
    createElement("div", { class: "backups" }, ...describe(answer, texts)),
  )();
}

function describe({ bucket, backups, failing, kept }: BackupList, texts: BackupTexts): readonly HTMLElement[] {
  const note = createElement("p", { class: "soft small", text: texts.note });
  if (!bucket)
    return [note, createElement("p", { text: texts.noBucket }), createCommand("npm run deploy -- --backups")];
  const rows = backups.map((one) => [createTime(one.madeAt), formatBytes(one.bytes), createDownload(one, texts)]);
  return [
    note,
    ...(failing ? [createElement("p", { text: texts.failing }), createCommand("npx headstart doctor")] : []),
    rows.length === 0 ? createElement("p", { text: texts.empty }) : createFiguresTable(texts.list, texts.heads, rows),
    createElement("p", { class: "soft small", text: texts.kept(kept.days, kept.weeks) }),
    createElement("p", { text: texts.restore }),
    createCommand("npx headstart restore --from-backup"),
    createElement("p", { text: texts.restoreFile }),
    createCommand(`npx headstart restore ${texts.file}`),
  ];
}

function createDownload({ name, madeAt }: BackupList["backups"][number], texts: BackupTexts): HTMLElement {
  const label = texts.downloadOf(createTime(madeAt).textContent);
  const attributes = { href: `/v1/admin/backups/${encodeURIComponent(name)}`, download: "", "aria-label": label };
  return createElement("a", { class: "quiet-link", text: texts.download, attributes });
}
