/** The API's answers about webhooks, as far as the commands use them. */
import { z } from "zod";
import type { webhookOperations } from "../../src/operations/webhooks.ts";
import { answerOf } from "./answer-of.ts";

export const webhookSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  state: z.string(),
  waiting: z.number(),
  deliveredAt: z.string().nullable(),
  failingSince: z.string().nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;
export const webhooksSchema = answerOf<typeof webhookOperations.listWebhooks>()(
  z.looseObject({ webhooks: z.array(webhookSchema) }),
);
export const webhookWithSecretSchema = answerOf<typeof webhookOperations.createWebhook>()(
  webhookSchema.extend({ secret: z.string() }),
);
export const deliverySchema = answerOf<typeof webhookOperations.testWebhook>()(
  z.looseObject({
    id: z.number(),
    event: z.string(),
    state: z.string(),
    attempts: z.number(),
    status: z.number().nullable(),
    fault: z.string().nullable(),
    createdAt: z.string(),
    nextAt: z.string().nullable(),
  }),
);
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveriesSchema = answerOf<typeof webhookOperations.listWebhookDeliveries>()(
  z.looseObject({ deliveries: z.array(deliverySchema), next: z.number().nullable() }),
);
