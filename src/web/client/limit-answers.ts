/** The shape of the API's list of limits, as `docs/api.md` has it. Pure. */
import { type Decoded, list, number, object, text } from "./decode.ts";

const limit = object({ name: text, value: number, unit: text, description: text });
export type Limit = Decoded<typeof limit>;
export const limitList = object({ limits: list(limit) });
