import { describe, expect, it } from "vitest";
import { AdminPage } from "../../src/web/admin-page.tsx";
import { FormPage } from "../../src/web/form-page.tsx";

const PAGES = [
  ["the guests' page", <FormPage />],
  ["the kitchen's door", <AdminPage isSignedIn={false} />],
  ["the kitchen", <AdminPage isSignedIn={true} />],
] as const;

describe.each(PAGES)("%s", (_, page) => {
  const html = String(page);

  it("is a whole document", () => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain("<title>");
  });

  it("has nothing inline that the Content-Security-Policy would refuse", () => {
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/);
    expect(html.match(/<script[^>]*>/g)).toEqual([expect.stringContaining('src="/assets/')]);
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
    const outside = String(<AdminPage isSignedIn={false} />);
    expect(outside).toContain('id="sign-in"');
    expect(outside).not.toContain('id="kitchen"');
    const inside = String(<AdminPage isSignedIn={true} />);
    expect(inside).toContain('id="kitchen"');
    expect(inside).not.toContain('id="sign-in"');
  });
});
