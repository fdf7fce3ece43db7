/**
 * What has happened, folded away: beside the versions the training runs, with the way to start from the labels again; in the
 * settings the audit log, and the data as a file.
 */
import type { FC } from "hono/jsx";
import { TransferFold } from "./admin-transfer.tsx";
import { Fold } from "./fold.tsx";
import type { KitchenProps } from "./kitchen-props.ts";

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
