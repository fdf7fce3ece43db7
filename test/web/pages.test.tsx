import { describe, expect, it } from "vitest";
import { AdminPage } from "../../src/web/admin-page.tsx";
import { AnswerPage } from "../../src/web/answer-page.tsx";
import { FormPage } from "../../src/web/form-page.tsx";
import { RefusalPage, ThanksPage } from "../../src/web/notice-page.tsx";
import { kitchen } from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import { findTexts, LANGUAGES } from "../../src/web/texts/languages.ts";

const ANSWER = {
  predictions: [
    { label: "hawaiian", name: "Hawaiian", score: 0.6 },
    { label: "tuna", name: "Tuna <b>", score: 0.1 },
  ],
  unknown: false,
  undecided: false,
  fewPhotos: false,
  receipt: "sealed",
};
const ITEMS = [
  { id: "hawaiian", name: "Hawaiian", description: "", aliases: [] },
  { id: "tuna", name: "Tuna <b>", description: "", aliases: [] },
];

const GUEST_PAGES = LANGUAGES.flatMap((texts) => [
  [`the guests' page (${texts.tag})`, texts.tag, <FormPage texts={texts} />] as const,
  [`the answer (${texts.tag})`, texts.tag, <AnswerPage texts={texts} answer={ANSWER} items={ITEMS} />] as const,
  [`a refusal (${texts.tag})`, texts.tag, <RefusalPage texts={texts} code="not_an_image" />] as const,
  [`thanks (${texts.tag})`, texts.tag, <ThanksPage texts={texts} kind="pending" />] as const,
]);

const KITCHEN_PAGES = LANGUAGES.map(({ tag }) => findKitchenTexts(tag)).flatMap((texts) => [
  [`the kitchen's door (${texts.tag})`, texts.tag, <AdminPage texts={texts} visitor="classify" />] as const,
  [`the kitchen (${texts.tag})`, texts.tag, <AdminPage texts={texts} visitor="admin" />] as const,
]);

const PAGES = [...GUEST_PAGES, ...KITCHEN_PAGES] as const;

describe.each(PAGES)("%s", (_, language, page) => {
  const html = String(page);

  it("is a whole document", () => {
    expect(html.startsWith(`<!doctype html><html lang="${language}">`)).toBe(true);
    expect(html).toContain("<title>");
  });

  it("has nothing inline that the Content-Security-Policy would refuse", () => {
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/);
    for (const [script] of html.matchAll(/<script[^>]*>/g)) expect(script).toContain('src="/assets/');
  });

  it("loads nothing from another site", () => {
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it("gives every id once and every label a field", () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of html.matchAll(/\sfor="([^"]+)"/g)) expect(ids).toContain(id);
  });
});

describe("AdminPage", () => {
  it("shows the kitchen only to staff", () => {
    const outside = String(<AdminPage texts={kitchen} visitor="classify" />);
    expect(outside).toContain('id="sign-in"');
    expect(outside).not.toContain('id="kitchen"');
    const inside = String(<AdminPage texts={kitchen} visitor="admin" />);
    expect(inside).toContain('id="kitchen"');
    expect(inside).not.toContain('id="sign-in"');
  });

  it("tells those who review what is not theirs, and why", () => {
    const reviewers = String(<AdminPage texts={kitchen} visitor="review" />);
    expect(reviewers).toContain('data-role="review"');
    expect(reviewers).toContain("take an admin key");
    const teachers = String(<AdminPage texts={kitchen} visitor="label" />);
    expect(teachers).toContain('data-role="label"');
    expect(teachers).toContain("You are signed in to teach");
    expect(String(<AdminPage texts={kitchen} visitor="admin" />)).not.toContain("You are signed in");
  });
});

describe("AnswerPage", () => {
  const html = String(<AnswerPage texts={LANGUAGES[0]} answer={ANSWER} items={ITEMS} />);

  it("needs no script, and carries what the reply needs", () => {
    expect(html).not.toContain("<script");
    expect(html).toContain('<input type="hidden" name="receipt" value="sealed"/>');
    expect(html).toContain('<button class="button" type="submit" name="label" value="hawaiian">');
  });

  it.each(LANGUAGES)("says that few photos are known, where they are ($tag)", (texts) => {
    const pageOf = (fewPhotos: boolean) =>
      String(<AnswerPage texts={texts} answer={{ ...ANSWER, fewPhotos }} items={ITEMS} />);
    expect(pageOf(true)).toContain(texts.answer.fewPhotos);
    expect(pageOf(false)).not.toContain(texts.answer.fewPhotos);
  });

  it("offers all items but the one that is wrong, with their names as text, and that it is none of them", () => {
    const labels = [...html.matchAll(/name="label" value="([^"]+)"/g)].map(([, id]) => id);
    expect(labels).toEqual(["hawaiian", "tuna", ":none"]);
    expect(html).toContain("Tuna &lt;b&gt;");
    expect(html).not.toContain("Tuna <b>");
  });

  it.each([
    ["en", "learnt from 24 photos", "learnt from 1 photo<"],
    ["ru", "выучено по 24 фотографиям", "выучено по 1 фотографии<"],
  ])("says in %s what speaks for each item, where the answer does", (tag, many, one) => {
    const [first, second] = ANSWER.predictions;
    const shown = {
      ...ANSWER,
      predictions: [
        { ...first, examples: 24 },
        { ...second, examples: 1 },
      ],
    };
    const page = String(<AnswerPage texts={findTexts(tag)} answer={shown} items={ITEMS} />);
    expect(page).toContain(many);
    expect(page).toContain(one);
    expect(html).not.toContain("bar-evidence");
  });
});

describe("FormPage", () => {
  it.each(LANGUAGES)("loads the script that speaks $tag", (texts) => {
    expect(String(<FormPage texts={texts} />)).toContain(`<script type="module" src="/assets/form-${texts.tag}.js">`);
  });
});
