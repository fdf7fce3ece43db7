/** What has happened, folded away: training runs with the way to start from the labels again, and the audit log. */
import type { FC } from "hono/jsx";
import { TransferFold } from "./admin-transfer.tsx";
import { Fold } from "./fold.tsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** Both folds are empty until they are opened. */
export const HistorySection: FC<KitchenProps> = ({ texts }) => (
  <section class="section" id="history" data-needs="review" aria-labelledby="history-title">
    <div class="section-head">
      <h2 id="history-title">{texts.history.title}</h2>
    </div>
    <div class="card folds">
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
      <Fold texts={texts} id="audit" title={texts.history.log.title} needs="admin" />
      <TransferFold texts={texts} />
    </div>
  </section>
);
