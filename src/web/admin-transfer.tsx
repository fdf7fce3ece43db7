/** Everything in one file, and such a file back: folded away. Wired by `client/transfer-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** The buttons are disabled until the script has wired them. */
export const TransferFold: FC<KitchenProps> = ({ texts }) => (
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
