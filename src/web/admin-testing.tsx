/** Beside the versions, folded away: the test set and a change of the backbone. `client/testing-fold.ts` and `client/backbone-fold.ts` fill them, words and all, when somebody opens them. */
import type { FC } from "hono/jsx";
import { Fold } from "./fold.tsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** A fold is empty until it is opened. */
export const TestingSection: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds section" id="judging">
    <Fold texts={texts} id="testing" title={texts.versions.testSet}>
      <p class="outcome" id="testing-outcome" role="status" />
      <div id="testing-alert" role="alert" />
    </Fold>
    <Fold texts={texts} id="backbone" title={texts.versions.backbone}>
      <p class="outcome" id="backbone-outcome" role="status" />
    </Fold>
  </div>
);
