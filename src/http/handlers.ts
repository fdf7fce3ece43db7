/** What answers the operations of the API; a test compares them with the declared ones. */
import { auditHandlers } from "./admin/audit.ts";
import { backupHandlers } from "./admin/backups.ts";
import { classHandlers } from "./admin/classes.ts";
import { driftHandlers } from "./admin/drift.ts";
import { exampleChangeHandlers } from "./admin/example-changes.ts";
import { exampleHandlers } from "./admin/examples.ts";
import { explanationHandlers } from "./admin/explanations.ts";
import { headHandlers } from "./admin/heads.ts";
import { keyHandlers } from "./admin/keys.ts";
import { labelledHandlers } from "./admin/labelled.ts";
import { limitHandlers } from "./admin/limits.ts";
import { mapHandlers } from "./admin/map.ts";
import { metricsHandlers } from "./admin/metrics.ts";
import { mistakeHandlers } from "./admin/mistakes.ts";
import { pictureHandlers } from "./admin/pictures.ts";
import { placeHandlers } from "./admin/places.ts";
import { poolHandlers } from "./admin/pool.ts";
import { portableHandlers } from "./admin/portable.ts";
import { reviewHandlers } from "./admin/reviews.ts";
import { secondBackboneHandlers } from "./admin/second-backbone.ts";
import { sessionHandlers } from "./admin/session.ts";
import { adminSuggestionHandlers } from "./admin/suggestions.ts";
import { teacherHandlers } from "./admin/teacher.ts";
import { testSetHandlers } from "./admin/test-set.ts";
import { trainingHandlers } from "./admin/training.ts";
import { transferHandlers } from "./admin/transfer.ts";
import { webhookHandlers } from "./admin/webhooks.ts";
import { classifyHandlers } from "./classify.ts";
import { labelHandlers } from "./labels.ts";
import { menuHandlers } from "./menu.ts";
import { readyHandlers } from "./ready.ts";
import type { Served } from "./serve.ts";
import { suggestionHandlers } from "./suggestions.ts";

/** All of them. */
export const HANDLERS: readonly Served[] = [
  ...menuHandlers,
  ...readyHandlers,
  ...classifyHandlers,
  ...labelHandlers,
  ...suggestionHandlers,
  ...classHandlers,
  ...exampleHandlers,
  ...labelledHandlers,
  ...exampleChangeHandlers,
  ...pictureHandlers,
  ...explanationHandlers,
  ...testSetHandlers,
  ...reviewHandlers,
  ...adminSuggestionHandlers,
  ...poolHandlers,
  ...teacherHandlers,
  ...placeHandlers,
  ...headHandlers,
  ...portableHandlers,
  ...mistakeHandlers,
  ...mapHandlers,
  ...webhookHandlers,
  ...secondBackboneHandlers,
  ...keyHandlers,
  ...limitHandlers,
  ...sessionHandlers,
  ...trainingHandlers,
  ...driftHandlers,
  ...metricsHandlers,
  ...auditHandlers,
  ...transferHandlers,
  ...backupHandlers,
];
