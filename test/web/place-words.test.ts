import { describe, expect, it } from "vitest";
import { describePlace } from "../../src/web/client/place-words.ts";
import type { SamplePlace } from "../../src/web/client/places-api.ts";
import { places as english } from "../../src/web/texts/kitchen/en/places.ts";
import { places as russian } from "../../src/web/texts/kitchen/ru/places.ts";

const NEW: SamplePlace = {
  id: "terrace",
  name: "Terrace",
  on: true,
  moved: false,
  refused: false,
  photos: 0,
  distance: null,
  labels: null,
};

const describeIn = (texts: typeof english, open: boolean, guestsTeach: boolean, change: Partial<SamplePlace> = {}) =>
  describePlace({ ...NEW, ...change }, { open, guestsTeach }, texts)[0];

describe("a place in words", () => {
  it("promises nothing while nothing is kept, and says which setting does that", () => {
    for (const guestsTeach of [false, true]) {
      const words = describeIn(english, false, guestsTeach);
      expect(words).toContain("nothing from there yet. I keep nothing of what I see");
      expect(words).toContain("POOL_SIZE");
      expect(words).not.toContain("20");
      expect(describeIn(russian, false, guestsTeach)).toMatch(
        /^Оттуда пока ничего не было. Я ничего не храню .*POOL_SIZE/,
      );
    }
  });

  it("says from when on it counts, and of whom", () => {
    const seen = { photos: 7 };
    expect(describeIn(english, true, false, seen)).toMatch(
      /^I have seen 7 from there. From 20 on .* guests send does not.$/,
    );
    expect(describeIn(english, true, true, seen)).toBe("I have seen 7 from there. From 20 on I get used to the place.");
    expect(describeIn(russian, true, false, seen)).toMatch(/^Увидено оттуда: 7. После 20 .* гостями не считается.$/);
    expect(describeIn(russian, true, true, seen)).toBe("Увидено оттуда: 7. После 20 я начну учитывать это место.");
  });

  it("says nothing of what it would take once it is moved or switched off", () => {
    expect(describeIn(english, true, false, { moved: true, photos: 30 })).toBe(english.moved(30));
    expect(describeIn(english, false, false, { on: false })).toBe(english.isOff);
  });
});
