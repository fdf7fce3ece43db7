/**
 * What has happened, folded away: beside the versions the training runs, with the way to start from the labels again; in the
 * settings the audit log, and the data as a file.
 */
import type { FC } from "hono/jsx";
import { Fold, type KitchenProps } from "./section.tsx";

/** The buttons are disabled until the script has wired them. */
const TransferFold: FC<KitchenProps> = ({ texts }) => (
  <details class="fold" id="transfer" data-needs="admin">
    <summary>{texts.transfer.title}</summary>
    <div class="rebuild">
      <p class="soft small">{texts.transfer.exporting.note}</p>
      <button class="button" type="button" id="export" disabled>
        {texts.transfer.exporting.button}
      </button>
      <p class="outcome" id="export-outcome" role="status" />
      <div id="export-alert" role="alert" />
    </div>
    <div class="rebuild">
      <label class="field" for="import-file">
        <span class="field-name">{texts.transfer.importing.file}</span>
        <input type="file" id="import-file" disabled accept=".ndjson,application/x-ndjson" />
      </label>
      <label class="choice" for="import-merge">
        <input type="checkbox" id="import-merge" autocomplete="off" /> {texts.transfer.importing.merge}
      </label>
      <p class="soft small">{texts.transfer.importing.note}</p>
      <progress class="upload-bar" id="import-bar" aria-label={texts.transfer.importing.bar} hidden />
      <p class="outcome" id="import-outcome" role="status" />
      <div id="import-rows" />
      <div id="import-alert" role="alert" />
      <p class="soft small">{texts.transfer.importing.abortNote}</p>
      <button class="button plain" type="button" id="abort-restore" disabled>
        {texts.transfer.importing.abort}
      </button>
    </div>
  </details>
);

/** The fold is empty until it is opened. */
export const RunsSection: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds section" id="history">
    <Fold texts={texts} id="runs" title={texts.history.runs.title}>
      <div class="rebuild" data-needs="admin">
        <p class="soft small">{texts.history.rebuild.note}</p>
        <button class="button" type="button" id="rebuild">
          {texts.history.rebuild.button}
        </button>
        <p class="outcome" id="rebuild-outcome" role="status" />
        <div id="rebuild-alert" role="alert" />
      </div>
    </Fold>
  </div>
);

/** Both folds are empty until they are opened. */
export const RecordsSection: FC<KitchenProps> = ({ texts }) => (
  <section class="section" id="records" data-needs="admin" aria-labelledby="records-title">
    <div class="section-head">
      <h2 id="records-title">{texts.history.title}</h2>
    </div>
    <div class="card folds">
      <Fold texts={texts} id="audit" title={texts.history.log.title} />
      <TransferFold texts={texts} />
    </div>
  </section>
);

/* Beside the versions, folded away: the test set and a change of the backbone. `client/testing-fold.tsx` and `client/backbone-fold.tsx` fill them, words and all, when somebody opens them. */

/** A fold is empty until it is opened. */
export const TestingSection: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds section" id="judging">
    <Fold texts={texts} id="testing" title={texts.versions.testSet}>
      <p class="outcome" id="testing-outcome" role="status" />
    </Fold>
    <Fold texts={texts} id="backbone" title={texts.versions.backbone}>
      <p class="outcome" id="backbone-outcome" role="status" />
    </Fold>
  </div>
);
