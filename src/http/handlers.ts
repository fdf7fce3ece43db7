/** What answers the operations of the API; a test compares them with the declared ones. */
import { keyHandlers } from "./access/keys.ts";
import { sessionHandlers } from "./access/session.ts";
import { classifyHandlers } from "./classify.ts";
import { explanationHandlers, mapHandlers, mistakeHandlers } from "./heads/closer-look.ts";
import { headHandlers } from "./heads/heads.ts";
import { portableHandlers } from "./heads/portable.ts";
import { secondBackboneHandlers } from "./heads/second-backbone.ts";
import { trainingHandlers } from "./heads/training.ts";
import { exampleChangeHandlers, exampleHandlers, labelledHandlers } from "./labels/examples.ts";
import { labelHandlers } from "./labels/labels.ts";
import { pictureHandlers } from "./labels/pictures.ts";
import { poolHandlers } from "./labels/pool.ts";
import { reviewHandlers } from "./labels/reviews.ts";
import { teacherHandlers } from "./labels/teacher.ts";
import { testSetHandlers } from "./labels/test-set.ts";
import { classHandlers, menuHandlers } from "./menu/menu.ts";
import { placeHandlers } from "./menu/places.ts";
import { adminSuggestionHandlers, suggestionHandlers } from "./menu/suggestions.ts";
import { auditHandlers } from "./operator/audit.ts";
import { limitHandlers } from "./operator/limits.ts";
import { driftHandlers, metricsHandlers } from "./operator/metrics.ts";
import { readyHandlers } from "./operator/ready.ts";
import { webhookHandlers } from "./operator/webhooks.ts";
import type { Served } from "./serve.ts";
import { backupHandlers, transferHandlers } from "./transfer/transfer.ts";

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
