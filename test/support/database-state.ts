/** The whole content of the test database as plain rows: to compare two states, and to go back to one. */
import { env } from "cloudflare:workers";

/** Every table of the deployment, referred ones first. */
const TABLES = [
  ...["classes", "examples", "reviews", "statistics", "gram_parts", "class_sums", "rebuild", "heads", "training_runs"],
  ...["deployment", "audit_log", "training_lease", "api_keys", "spent_bootstraps", "daily_usage"],
  ...["class_keys", "review_decisions", "suggestions", "repeatable_answers", "forgotten_samples", "answer_days"],
  ...["class_descriptions", "pooled_samples", "teacher_labels", "teacher_days", "places"],
  // -- the totals last: rows before them are counted as they come
  ...[
    "pictures",
    "originals",
    "original_deletions",
    "picture_totals",
    "backup_state",
    "webhooks",
    "webhook_deliveries",
  ],
  ...["second_slot", "second_embeddings", "left_examples"],
];

type Row = Record<string, string | number | null>;
/** The rows of each table. */
export type DatabaseState = Readonly<Record<string, readonly Row[]>>;

/** All rows, in the order of their keys. */
export async function readDatabase(): Promise<DatabaseState> {
  const results = await env.DB.batch<Row>(
    TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  );
  return Object.fromEntries(TABLES.map((table, i) => [table, results[i].results]));
}

/** Makes the database what it was. */
export async function restoreDatabase(state: DatabaseState): Promise<void> {
  const emptied = TABLES.map((table) => `DELETE FROM ${table}`);
  const statements = ["PRAGMA defer_foreign_keys = ON", ...emptied].map((sql) => env.DB.prepare(sql));
  for (const table of TABLES) {
    const rows = state[table];
    if (rows.length === 0) continue;
    const columns = Object.keys(rows[0]);
    const values = columns.map((column) => `value ->> '${column}'`);
    const sql = `INSERT INTO ${table} (${columns}) SELECT ${values} FROM json_each(?)`;
    statements.push(env.DB.prepare(sql).bind(JSON.stringify(rows)));
  }
  await env.DB.batch(statements);
}

/** The state without the lease, which a run that died leaves taken. */
export function withoutLease({ training_lease: _, ...rest }: DatabaseState): DatabaseState {
  return rest;
}
