import { describe, expect, it } from "vitest";
import type { Role } from "../../src/shared/role.ts";
import { AnswerPage } from "../../src/web/guests/answer-page.tsx";
import { FormPage } from "../../src/web/guests/form-page.tsx";
import { RefusalPage, ThanksPage } from "../../src/web/guests/notice-page.tsx";
import { AdminPage } from "../../src/web/kitchen/admin-page.tsx";
import { nameOfPlace, type PlaceName } from "../../src/web/kitchen/kitchen-places.ts";
import * as kitchen from "../../src/web/texts/kitchen/en.ts";
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

const PLACE_NAMES = ["today", "menu", "item", "versions", "settings"] as const;
const KITCHEN_PAGES = LANGUAGES.map(({ tag }) => findKitchenTexts(tag)).flatMap((texts) => [
  [`the kitchen's door (${texts.tag})`, texts.tag, <AdminPage texts={texts} visitor="classify" />] as const,
  ...PLACE_NAMES.map(
    (place) =>
      [`${place} (${texts.tag})`, texts.tag, <AdminPage texts={texts} visitor="admin" place={place} />] as const,
  ),
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
    expect(reviewers).toContain("need an admin key");
    const teachers = String(<AdminPage texts={kitchen} visitor="label" />);
    expect(teachers).toContain('data-role="label"');
    expect(teachers).toContain("You are signed in to teach");
    expect(String(<AdminPage texts={kitchen} visitor="admin" />)).not.toContain("You are signed in");
  });
});

describe("the places of the kitchen", () => {
  const placeOf = (visitor: Role, place: PlaceName) =>
    String(<AdminPage texts={kitchen} visitor={visitor} place={place} />);

  it("have an address, a title and a script each, and one heading of the first rank", () => {
    const scripts = PLACE_NAMES.map((place) => {
      const html = placeOf("admin", place);
      expect(html.match(/<h1 class="place-title"/g), place).toHaveLength(1);
      expect(html, place).toContain(`<title>${nameOfPlace(place, kitchen)} · Kitchen · Headstart</title>`);
      return /src="\/assets\/([\w-]+)-en\.js"/.exec(html)?.[1];
    });
    expect(scripts).toEqual(["admin", "admin-menu", "admin-item", "admin-versions", "admin-settings"]);
  });

  it("lead to each other, and say where one is", () => {
    expect(placeOf("admin", "versions")).toContain('<a href="/admin/versions" aria-current="page">Versions</a>');
    expect(placeOf("admin", "item")).toContain('<a href="/admin/menu" aria-current="true">Menu</a>');
    expect(placeOf("admin", "today").match(/aria-current/g)).toHaveLength(1);
  });

  it("are the menu and its items for those who bring photos, who need no way to it", () => {
    for (const place of ["today", "versions", "settings"] as const) {
      expect(placeOf("label", place), place).toContain(
        '<h1 class="place-title" id="items-title" tabindex="-1">Menu</h1>',
      );
    }
    expect(placeOf("label", "item")).toContain("admin-item-en.js");
    expect(placeOf("label", "menu")).not.toContain('class="places"');
  });

  it("are behind the one door, which has a script of its own", () => {
    for (const place of PLACE_NAMES) expect(placeOf("guest", place), place).toContain("/assets/admin-door-en.js");
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
