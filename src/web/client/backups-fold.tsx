/** The backups of the deployment's bucket: which there are, each as a file, and how one is restored. */
import type { backupOperations } from "../../operations/backups.ts";
import type { BackupTexts } from "../texts/kitchen/en/backups.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { Moment } from "./controls.tsx";
import { answerOf, type Decoded, flag, list, number, object, text } from "./decode.ts";
import { CommandLine, Figures } from "./figures.tsx";
import { formatBytes } from "./limit-words.ts";
import { mountFold } from "./mount.tsx";
import { formatTime } from "./time-element.ts";

const backup = object({ name: text, madeAt: text, bytes: number });
/** The answer of `GET /v1/admin/backups`. */
const backupList = answerOf<typeof backupOperations.listBackups>()(
  object({
    bucket: flag,
    backups: list(backup),
    failing: flag,
    kept: object({ days: number, weeks: number }),
  }),
);
type BackupList = Decoded<typeof backupList>;

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. */
export async function wireBackups(): Promise<() => Promise<void>> {
  const texts = await kitchen.loadBackups();
  const ask = () => callAdmin({ path: "/backups" }, backupList);
  return mountFold("backups", ask, (answer) => <Backups {...{ ...answer, texts }} />);
}

function Backups({ bucket, backups, failing, kept, texts }: BackupList & { readonly texts: BackupTexts }) {
  const rows = backups.map((one) => [<Moment iso={one.madeAt} />, formatBytes(one.bytes), download(one, texts)]);
  return (
    <div class="backups">
      <p class="soft small">{texts.note}</p>
      {bucket ? (
        <>
          {failing && (
            <>
              <p>{texts.failing}</p>
              <CommandLine>npx headstart doctor</CommandLine>
            </>
          )}
          {rows.length === 0 ? <p>{texts.empty}</p> : <Figures {...{ title: texts.list, heads: texts.heads, rows }} />}
          <p class="soft small">{texts.kept(kept.days, kept.weeks)}</p>
          <p>{texts.restore}</p>
          <CommandLine>npx headstart restore --from-backup</CommandLine>
          <p>{texts.restoreFile}</p>
          <CommandLine>{`npx headstart restore ${texts.file}`}</CommandLine>
        </>
      ) : (
        <>
          <p>{texts.noBucket}</p>
          <CommandLine>npm run deploy -- --backups</CommandLine>
        </>
      )}
    </div>
  );
}

function download({ name, madeAt }: BackupList["backups"][number], texts: BackupTexts) {
  const href = `/v1/admin/backups/${encodeURIComponent(name)}`;
  return (
    <a class="quiet-link" {...{ href, download: "", "aria-label": texts.downloadOf(formatTime(madeAt)) }}>
      {texts.download}
    </a>
  );
}
