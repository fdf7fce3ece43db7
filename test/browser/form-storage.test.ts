/**
 * What the form says when what a guest says cannot be stored, with and without script, in both languages: the queue of the
 * staff is full, or the database fails. The real server does both, because its database was made to.
 */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { MAX_PENDING_REVIEWS } from "../../src/store/reviews/review-limits.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { hasBrowser } from "./chromium.ts";
import { inspectGuestPage, inspectPlainPage } from "./form-look.ts";
import { useGuestStage, windowFor } from "./guest-stage.ts";
import { photoFile } from "./kitchen-steps.ts";

const PHOTOS_PER_ITEM = 6;
const FLOOD = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MAX_PENDING_REVIEWS})
  INSERT INTO reviews (sample_id, class_id, contributor, backbone_id, embedding, scale, origin, usefulness, created_at)
  SELECT printf('%064x', i), 'pepperoni', 'guest ' || i, 'b', 'fw==', 1, 'server', 0, i FROM n`;

describe.skipIf(!hasBrowser())("the form of a deployment that stores nothing more", () => {
  const stage = useGuestStage({}, async (seeder) => {
    await seeder.teachMenu(PHOTOS_PER_ITEM);
    await seeder.ask("/training-runs", {});
  });
  const say = async (texts: Texts, isPlain: boolean, seed: number): Promise<Page> => {
    const page = await (isPlain ? stage.askPlainly : stage.ask)(texts, photoFile("hawaiian", seed));
    await page.getByRole("button", { name: texts.answer.right, exact: true }).click();
    return page;
  };
  const change = (statement: string): void => {
    const db = openLocalDatabase(stage.dataDir());
    db.exec(statement);
    db.close();
  };

  describe("because the database fails", () => {
    beforeAll(() => change("ALTER TABLE reviews RENAME TO reviews_away"));

    it.each(LANGUAGES)("says so without script, in $tag", async (texts) => {
      const page = await say(texts, true, 50);
      await page.getByRole("alert").getByText(texts.problems.other).waitFor();
      await page.getByRole("link", { name: texts.again }).waitFor();
      await inspectPlainPage(stage.browser(), page, windowFor(texts), texts, "plain-no-storage");
    });

    it.each(LANGUAGES)("says so, and takes the same word once the database is back, in $tag", async (texts) => {
      const page = await say(texts, false, 51 + LANGUAGES.indexOf(texts));
      await page.getByRole("alert").getByText(texts.problems.other).waitFor();
      await inspectGuestPage(page, texts, "form-no-storage");
      change("ALTER TABLE reviews_away RENAME TO reviews");
      await page.getByRole("button", { name: texts.answer.right, exact: true }).click();
      await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
      change("ALTER TABLE reviews RENAME TO reviews_away");
    });
  });

  describe("because the staff have more to decide on than they can see", () => {
    beforeAll(() => {
      change("ALTER TABLE reviews_away RENAME TO reviews");
      change(FLOOD);
    });

    it.each(LANGUAGES)("says so, and offers nothing that would not help, in $tag", async (texts) => {
      for (const isPlain of [false, true]) {
        const page = await say(texts, isPlain, 60);
        await page.getByRole("alert").getByText(texts.problems.review_queue_full).waitFor();
        await expect.poll(() => page.getByText(texts.again, { exact: true }).isVisible()).toBe(false);
        if (isPlain) await inspectPlainPage(stage.browser(), page, windowFor(texts), texts, "plain-queue-full");
        else await inspectGuestPage(page, texts, "form-queue-full");
      }
    });
  });
});
