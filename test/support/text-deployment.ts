/** A deployment that reads texts inside a workerd test: the real encoder, taught the example mailbox. */
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import mailbox from "../../examples/mailbox.tsv?raw";
import { json, resetDatabase, send, sendAsAdmin } from "./worker-client.ts";

export const TEXT_DEPLOYMENT: Env = { ...env, ASSETS: env.TEXT_ASSETS };

/** Labels and texts of the mailbox, in its order. */
export const MAILS: readonly { readonly label: string; readonly text: string }[] = mailbox
  .trim()
  .split("\n")
  .slice(1)
  .map((row) => ({ label: row.split("\t")[0], text: row.split("\t")[1] }));

export const ask = (path: string, init?: Parameters<typeof send>[1]) => send(path, init, TEXT_DEPLOYMENT);
export const askAsAdmin = (path: string, init?: Parameters<typeof send>[1]) => sendAsAdmin(path, init, TEXT_DEPLOYMENT);

export function plain(text: string | Uint8Array, type = "text/plain; charset=utf-8") {
  return { method: "POST", body: text, headers: { "content-type": type } };
}

/** Makes the item where it is missing. */
export async function teach(id: string, texts: readonly unknown[]) {
  await askAsAdmin("/v1/admin/classes", json({ name: id, id }));
  return askAsAdmin(`/v1/admin/classes/${id}/examples`, json({ text: texts }));
}

/** An empty database, then three kinds of mail and a head that knows them. */
export async function teachMailbox(): Promise<void> {
  await resetDatabase();
  for (const [label, mails] of Map.groupBy(MAILS, (mail) => mail.label)) {
    const added = await teach(
      label,
      mails.map(({ text }) => text),
    );
    expect(added).toMatchObject({ status: 200, body: { stored: 10, refused: 0 } });
  }
  expect(await askAsAdmin("/v1/admin/training-runs", { method: "POST" })).toMatchObject({
    body: { outcome: "published", absorbed: 30 },
  });
}
