/** Beside the versions: the test set, folded away; `client/testing-fold.ts` fills it, words and all, when somebody opens it. */
import type { FC } from "hono/jsx";
import { Fold } from "./fold.tsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** The fold is empty until it is opened. */
export const TestingSection: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds section" id="judging">
    <Fold texts={texts} id="testing" title={texts.versions.testSet}>
      <p class="outcome" id="testing-outcome" role="status" />
      <div id="testing-alert" role="alert" />
    </Fold>
  </div>
);
