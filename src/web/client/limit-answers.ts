/** The shape of the API's list of limits, as `docs/api.md` has it. Pure. */
import type { accessOperations } from "../../operations/keys.ts";
import { answerOf, type Decoded, list, number, object, text } from "./decode.ts";

const limit = object({ name: text, value: number, unit: text, description: text });
/** One limit with its unit. */
export type Limit = Decoded<typeof limit>;
/** The answer of `GET /v1/admin/limits`. */
export const limitList = answerOf<typeof accessOperations.listLimits>()(object({ limits: list(limit) }));
