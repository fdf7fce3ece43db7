/** All operations of the API, by subject and in the order of the document. */

import { auditOperations } from "./audit.ts";
import { backupOperations } from "./backups.ts";
import { classOperations } from "./classes.ts";
import { classificationOperations } from "./classification.ts";
import { exampleChangeOperations } from "./example-changes.ts";
import { exampleOperations } from "./examples.ts";
import { headOperations } from "./heads.ts";
import { accessOperations } from "./keys.ts";
import { pictureOperations } from "./labelled-samples.ts";
import { labelOperations } from "./labels.ts";
import { menuOperations } from "./menu.ts";
import type { Operation, OperationGroup } from "./operation.ts";
import { overviewOperations } from "./overview.ts";
import { placeOperations } from "./places.ts";
import { poolOperations } from "./pool.ts";
import { reviewOperations } from "./reviews.ts";
import { secondBackboneOperations } from "./second-backbone.ts";
import { sessionOperations } from "./session.ts";
import { suggestionOperations } from "./suggestions.ts";
import { teacherOperations } from "./teacher.ts";
import { testOperations } from "./test-set.ts";
import { trainingOperations } from "./training.ts";
import { transferOperations } from "./transfer.ts";
import { webhookOperations } from "./webhooks.ts";

/** A test compares these with the app's routes, so none can be left out. */
export const OPERATION_GROUPS: readonly OperationGroup[] = [
  {
    tag: "Guests",
    description: "The menu, an answer, a correction.",
    operations: { ...menuOperations, ...classificationOperations, ...labelOperations },
  },
  {
    tag: "Classes",
    description: "Menu items.",
    operations: classOperations,
  },
  {
    tag: "Examples",
    description: "Labelled photos. What a photo looked like is kept only where the operator says so, and small.",
    operations: { ...exampleOperations, ...pictureOperations, ...exampleChangeOperations },
  },
  {
    tag: "Test set",
    description: "Examples that are set aside: every head is judged on them, and none learns from them.",
    operations: testOperations,
  },
  {
    tag: "Reviews",
    description: "Guests' corrections, and decisions on them.",
    operations: reviewOperations,
  },
  {
    tag: "Suggestions",
    description: "What guests miss on the menu.",
    operations: suggestionOperations,
  },
  {
    tag: "Pool",
    description: "What the head was unsure of and nobody has labelled, where the operator lets it be kept.",
    operations: poolOperations,
  },
  {
    tag: "Teacher",
    description: "What a large model said of samples of the pool, where the operator has one asked.",
    operations: teacherOperations,
  },
  {
    tag: "Places",
    description: "Where photos come from: another camera or another light is answered as what was taught, moved.",
    operations: placeOperations,
  },
  {
    tag: "Heads",
    description: "Versions of what is trained on the labels.",
    operations: headOperations,
  },
  {
    tag: "Webhooks",
    description: "Other systems are told what happens, by signed messages (Standard Webhooks).",
    operations: webhookOperations,
  },
  {
    tag: "Change of the backbone",
    description:
      "A better network for the same labels: embedded again beside the one in use, compared, and switched by a deployment.",
    operations: secondBackboneOperations,
  },
  {
    tag: "Access",
    description: "Keys with roles, for programs and people.",
    operations: accessOperations,
  },
  {
    tag: "Deployment",
    description: "Signing in, training, its record, and everything in one file.",
    operations: {
      ...sessionOperations,
      ...overviewOperations,
      ...trainingOperations,
      ...auditOperations,
      ...transferOperations,
    },
  },
  {
    tag: "Backups",
    description: "Copies of everything, made each day into a bucket of R2 where the operator has bound one.",
    operations: backupOperations,
  },
];

/** The same without their subjects. */
export const OPERATIONS: readonly Operation[] = OPERATION_GROUPS.flatMap(({ operations }) => Object.values(operations));
