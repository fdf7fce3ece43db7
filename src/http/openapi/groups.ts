/** All operations of the API, by subject and in the order of the document. */
import { accessGroup } from "./access-operations.ts";
import { backupGroup } from "./backup-operations.ts";
import { classGroup } from "./class-operations.ts";
import { deploymentGroup } from "./deployment-operations.ts";
import { exampleGroup } from "./example-operations.ts";
import { guestGroup } from "./guest-operations.ts";
import { headGroup } from "./head-operations.ts";
import type { OperationGroup } from "./operation.ts";
import { placeGroup } from "./place-operations.ts";
import { poolGroup } from "./pool-operations.ts";
import { reviewGroup } from "./review-operations.ts";
import { secondBackboneGroup } from "./second-backbone-operations.ts";
import { suggestionGroup } from "./suggestion-operations.ts";
import { teacherGroup } from "./teacher-operations.ts";
import { testGroup } from "./test-operations.ts";
import { webhookGroup } from "./webhook-operations.ts";

/** A test compares these with the app's routes, so none can be left out. */
export const OPERATION_GROUPS: readonly OperationGroup[] = [
  guestGroup,
  classGroup,
  exampleGroup,
  testGroup,
  reviewGroup,
  suggestionGroup,
  poolGroup,
  teacherGroup,
  placeGroup,
  headGroup,
  webhookGroup,
  secondBackboneGroup,
  accessGroup,
  deploymentGroup,
  backupGroup,
];
