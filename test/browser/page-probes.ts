/**
 * What can be measured of a page beyond axe: targets too small, focus that cannot be seen, text that is cut off, motion,
 * contrast on paper. Each probe gives back one line per fault, empty when all is well.
 */
import type { Page } from "playwright-core";

/** What WCAG 2.2 AA asks: target size (2.5.8) in pixels; contrast of a focus ring (1.4.11, 2.4.7) and of text (1.4.3). */
const MIN_TARGET_PX = 24;
const MIN_RING_CONTRAST = 3;
const MIN_TEXT_CONTRAST = 4.5;
const MAX_STOPS = 40;

/** Controls narrower or lower than a target must be; a control inside its label counts with the label. */
export function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const controls = "a[href], button, input:not([type=hidden]), summary, [role=option]";
    return [...document.querySelectorAll<HTMLElement>(controls)].flatMap((control) => {
      const target = control.closest("label") ?? control;
      const { width, height } = target.getBoundingClientRect();
      const isShown = target.checkVisibility({ visibilityProperty: true }) && width > 0;
      if (!isShown || (width >= least && height >= least)) return [];
      return [`${target.outerHTML.slice(0, 80)} is ${width} x ${height}`];
    });
  }, MIN_TARGET_PX);
}

/** Controls whose name lacks the words written on them, so that nobody can call them by what they read (WCAG 2.5.3). */
export function findMisnamedControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("label [aria-label], button[aria-label], a[aria-label]")].flatMap((control) => {
      const written = (control.closest("label") ?? control).textContent?.trim() ?? "";
      const name = control.getAttribute("aria-label") ?? "";
      return name.includes(written) ? [] : [`${written} is called ${name}`];
    }),
  );
}

/** Text that a box with hidden overflow cuts off, and how far the page is wider than its window. */
export function findCutText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    const faults = wide > 0 ? [`the page is ${wide} px wider than its window`] : [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || node.textContent?.trim() === "" || !parent.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      for (let box: Element | null = parent; box !== null && box !== document.body; box = box.parentElement) {
        const { overflowX, clipPath } = getComputedStyle(box);
        // Hidden on purpose, for those who listen.
        if (clipPath !== "none") break;
        if (overflowX === "visible" || overflowX === "auto") continue;
        const { left, right, top, bottom } = box.getBoundingClientRect();
        const isInside =
          text.left >= left - 1 && text.right <= right + 1 && text.top >= top - 1 && text.bottom <= bottom + 1;
        if (!isInside) faults.push(`cut off: ${node.textContent}`);
      }
    }
    return faults;
  });
}

/** What moves, or would move when something changes. */
export function findMotion(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const moving = document.getAnimations().map((animation) => `moving: ${animation.id || animation.playState}`);
    const apt = [...document.querySelectorAll("body *")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return animationName !== "none" || transitionDuration.split(", ").some((time) => time !== "0s");
    });
    return [...moving, ...apt.map((element) => `would move: ${element.outerHTML.slice(0, 80)}`)];
  });
}

/** Text that would be pale on white paper, as the page is printed now. */
export function findPaleText(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const readChannels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const brightness = (colour: string) => {
      const [r, g, b] = readChannels(colour).map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return [...document.querySelectorAll<HTMLElement>("body *")].flatMap((element) => {
      const text = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      if (text.every(({ textContent }) => textContent?.trim() === "") || !element.checkVisibility()) return [];
      const contrast = 1.05 / (brightness(getComputedStyle(element).color) + 0.05);
      return contrast >= least ? [] : [`${contrast.toFixed(2)}: ${element.textContent}`];
    });
  }, MIN_TEXT_CONTRAST);
}

/** Where Tab stops, in order, and what is wrong with how that is shown. */
export interface FocusWalk {
  readonly stops: readonly string[];
  readonly faults: readonly string[];
}

/** Tabs through the page once, from its beginning. */
export async function walkFocus(page: Page): Promise<FocusWalk> {
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const stops: string[] = [];
  const faults: string[] = [];
  for (let i = 0; i < MAX_STOPS; i++) {
    await page.keyboard.press("Tab");
    const stop = await describeFocus(page);
    if (stop === null) return { stops, faults };
    stops.push(stop.name);
    if (!(stop.width >= 2)) faults.push(`${stop.name}: the ring is ${stop.width} px wide`);
    if (stop.contrast < MIN_RING_CONTRAST) faults.push(`${stop.name}: contrast ${stop.contrast.toFixed(2)}`);
    if (!stop.isUncovered) faults.push(`${stop.name} is covered or out of sight`);
  }
  throw new Error(`more than ${MAX_STOPS} stops: ${stops.join(", ")}`);
}

/** The ring of what has the focus, against what lies around it; null where the focus has left the page. */
function describeFocus(page: Page) {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body || focused === document.documentElement) return null;
    const isHidden = getComputedStyle(focused).clipPath !== "none";
    const shown = isHidden ? (focused.closest("label") ?? focused) : focused;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
    const brightness = (colour: string) => {
      const channels = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((value) => {
        const share = Number(value) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2];
    };
    let around = shown.parentElement;
    const isClear = (element: Element) => /^rgba\(.*, 0\)$/.test(getComputedStyle(element).backgroundColor);
    while (around?.parentElement && isClear(around)) around = around.parentElement;
    const [dark, light] = [outlineColor, getComputedStyle(around ?? document.body).backgroundColor]
      .map(brightness)
      .sort((a, b) => a - b);
    const { left, top, width, height } = shown.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return {
      name: focused.getAttribute("aria-label") ?? (focused.closest("label") ?? focused).textContent?.trim() ?? "",
      width: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth),
      contrast: (light + 0.05) / (dark + 0.05),
      isUncovered: hit !== null && shown.contains(hit),
    };
  });
}

/** Begins to write down what live regions say, in this page and those after it. */
export async function listenToPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      const regions = changes.flatMap(({ target }) => {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          "[role=status], [role=alert]",
        );
        return region ? [region] : [];
      });
      for (const region of new Set(regions)) {
        const said = [...region.children].map((part) => part.textContent ?? "").join(" ") || region.textContent || "";
        if (said !== "" && heard.at(-1) !== said) heard.push(said);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

/** What has been said since it was last asked. */
export function takeHeard(page: Page): Promise<string[]> {
  return page.evaluate<string[]>("heard.splice(0)");
}

/** Sets the text as wide as WCAG 1.4.12 says that a reader may. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
      p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
  });
}
