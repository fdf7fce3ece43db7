/** Which samples may teach without a person's word. It depends on who sent them, since anybody can send as a guest, from as many networks as they can rent. */
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** True where a guest sent it: their names begin alike (`shared/contributor.ts`). */
export function isOfGuest(contributor: SQLWrapper): SQL {
  return sql`${contributor} GLOB 'g_*'`;
}

/** True where it came from staff or with a key, or where the operator lets guests teach (`PUBLIC_TEACHING`). */
export function mayTeach(contributor: SQLWrapper, guestsTeach: boolean): SQL {
  return guestsTeach ? sql`true` : sql`NOT ${isOfGuest(contributor)}`;
}
