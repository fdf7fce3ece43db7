/**
 * The row of `classes` that stands for "not on the menu": labels refer to it as to an item, which keeps corrections, decisions and
 * forgetting on one path. Whatever reads items leaves it out, by being archived or by `IS_ITEM`.
 */
import { ne } from "drizzle-orm";
import { NONE_ID } from "../shared/none-label.ts";
import { classes } from "./schema.ts";

/** Those rows of `classes` that are items, archived or not. */
export const IS_ITEM = ne(classes.id, NONE_ID);
