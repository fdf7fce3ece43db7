/** Everything in one file, and such a file back: folded away. Wired by `client/transfer-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const TransferFold: FC<KitchenProps> = ({ texts }) => (
  <details class="fold" id="transfer" data-needs="admin">
    <summary>Export and import</summary>
    <div class="rebuild">
      <p class="soft small">
        One file holds the menu, all labels, corrections and versions. Photos and keys are not in it.
      </p>
      <button class="button" type="button" id="export">
        Export everything
      </button>
      <p class="outcome" id="export-outcome" role="status" />
      <div id="export-alert" role="alert" />
    </div>
    <div class="rebuild">
      <label class="field" for="import-file">
        <span class="field-name">Import an export</span>
        <input type="file" id="import-file" accept=".ndjson,application/x-ndjson" />
      </label>
      <p class="soft small">
        Into an empty deployment it is restored as it was; into a filled one it is merged, and what is here already
        stays. Should it break off, choose the file again: what has arrived is not stored twice.
      </p>
      <progress class="upload-bar" id="import-bar" aria-label="Imported" hidden />
      <p class="outcome" id="import-outcome" role="status" />
      <div id="import-rows" />
      <div id="import-alert" role="alert" />
    </div>
  </details>
);
