/** What I am least sure of where texts are read, in English. */
import { pool as ofPhotos, type PoolTexts } from "../../en/pool.ts";

export const pool: PoolTexts = {
  ...ofPhotos,
  blind: "Some wait without their text, so nobody can say what they are: POOL_KEEPS_COPIES in wrangler.toml keeps it.",
  none: "It is none of these, then. That counts from the next training on.",
  picture: "What somebody wrote",
};
