/** All that is said of runs, versions and the answers of the last days, in Russian. */
import type { WorkTexts } from "../../../../../shared/english/catalogue.ts";
import { drift, gates, runs } from "./runs.ts";
import { labelsOfAnotherBackbone, sums } from "./sums.ts";

/** A run can fail for one problem: labels of another backbone. */
export const workTexts: WorkTexts = {
  ...drift,
  ...gates,
  ...runs,
  ...sums,
  labels_of_another_backbone: labelsOfAnotherBackbone,
};
