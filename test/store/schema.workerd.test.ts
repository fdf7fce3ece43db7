import { env } from "cloudflare:workers";
import { is } from "drizzle-orm";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { describe, expect, it } from "vitest";
import * as repeatableSchema from "../../src/store/access/repeatable-answers.ts";
import * as accessSchema from "../../src/store/access/tables.ts";
import * as answerSchema from "../../src/store/answers/answer-days.ts";
import * as backupSchema from "../../src/store/backups/backup-state.ts";
import * as forgottenSchema from "../../src/store/labels/forgotten-samples.ts";
import * as descriptionSchema from "../../src/store/menu/descriptions.ts";
import * as suggestionSchema from "../../src/store/menu/suggestions.ts";
import * as pictureSchema from "../../src/store/pictures/tables.ts";
import * as placeSchema from "../../src/store/places/places.ts";
import * as poolSchema from "../../src/store/pool/tables.ts";
import * as schema from "../../src/store/schema.ts";
import * as secondSchema from "../../src/store/second-backbone/second-slot.ts";
import * as teacherSchema from "../../src/store/teaching/tables.ts";
import * as webhookSchema from "../../src/store/webhook/tables.ts";

interface ColumnRow {
  name: string;
  type: string;
  notnull: number;
  pk: number;
}

const tables: [string, SQLiteTable][] = Object.values<unknown>({
  ...schema,
  ...accessSchema,
  ...suggestionSchema,
  ...repeatableSchema,
  ...forgottenSchema,
  ...descriptionSchema,
  ...answerSchema,
  ...poolSchema,
  ...teacherSchema,
  ...placeSchema,
  ...pictureSchema,
  ...backupSchema,
  ...webhookSchema,
  ...secondSchema,
})
  .filter((value) => is(value, SQLiteTable))
  .map((table) => [getTableConfig(table).name, table]);

describe("the Drizzle schema", () => {
  it.each(tables)("describes the table %s as the migrations made it", async (name, table) => {
    const { results } = await env.DB.prepare(`PRAGMA table_info(${name})`).all<ColumnRow>();
    const config = getTableConfig(table);
    const keys = config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    const declared = config.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notNull: column.notNull,
      isKey: column.primary || keys.includes(column.name),
    }));
    const actual = results.map((row) => ({
      name: row.name,
      type: row.type,
      notNull: row.notnull === 1,
      isKey: row.pk > 0,
    }));
    expect(actual).toEqual(declared);
  });

  it.each(tables)("names the same indices on %s", async (name, table) => {
    const { results } = await env.DB.prepare(`PRAGMA index_list(${name})`).all<{ name: string; origin: string }>();
    const actual = results.filter((row) => row.origin === "c").map((row) => row.name);
    const declared = getTableConfig(table).indexes.map((index) => index.config.name);
    expect(actual.sort()).toEqual(declared.sort());
  });

  it("covers every table that the migrations made", async () => {
    const { results } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%' AND name <> 'd1_migrations'",
    ).all<{ name: string }>();
    expect(results.map((row) => row.name).sort()).toEqual(tables.map(([name]) => name).sort());
  });
});
