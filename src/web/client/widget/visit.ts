/**
 * What happens in a widget, in order: the menu is asked for, a photo or a text goes in, the answer and the replies to it are shown
 * (`form-reply.ts`, as on the guests' page). Whatever went wrong, what was asked about stays.
 */
import { explainToGuest } from "../../guests/guest-problems.ts";
import { areTextLimits, classification, type PhotoLimits } from "../answers.ts";
import { createButton } from "../dom.ts";
import type { SentCopy } from "../form-reply.ts";
import { makeThumbnail, shrinkPhoto } from "../shrink-photo.ts";
import { type AskerOptions, createAsker } from "./asker.ts";
import { createPhotoIntake } from "./photo-intake.ts";
import { createTextIntake } from "./text-intake.ts";
import { widgetMenu } from "./widget-menu.ts";
import { findWidgetTexts } from "./widget-texts.ts";

/** Where the widget is, how it asks, in which language: a BCP 47 tag. */
export interface VisitOptions extends Omit<AskerOptions, "texts" | "menu"> {
  readonly language: string;
}

/** Runs until `signal` is aborted. */
export async function startVisit(options: VisitOptions): Promise<void> {
  const { frame, api, host, language, signal } = options;
  const texts = findWidgetTexts(language, false);
  frame.panel.say(texts.page.readingMenu);
  const answer = await api.call({ path: "/v1/menu", signal }, widgetMenu);
  if (signal.aborted) return;
  if (!answer.ok) {
    const { text } = explainToGuest(answer.error.code, texts);
    frame.panel.clear();
    return frame.panel.warn(
      text,
      createButton(texts.again, "plain", () => void startVisit(options)),
    );
  }
  const menu = answer.value;
  if (menu.humanCheck !== null) api.showHuman(host, menu.humanCheck.siteKey);
  const { limits } = menu;
  const asking = { ...options, menu, texts: findWidgetTexts(language, areTextLimits(limits)) };
  frame.showIntake(areTextLimits(limits) ? createForTexts(asking) : createForPhotos(asking, limits));
}

function createForPhotos(options: AskerOptions, limits: PhotoLimits): HTMLElement {
  const { api, texts } = options;
  const asker = createAsker(options);
  const intake = createPhotoIntake({
    texts,
    onPhoto(photo) {
      void intake.showPhoto(photo);
      void asker.lookAt({
        async send(signal) {
          const body = await shrinkPhoto(photo, limits);
          return api.call({ method: "POST", path: "/v1/classify", body, signal }, classification);
        },
        makeCopy: async () => copyOf(await makeThumbnail(photo)),
        change: intake.reset,
        reset: intake.reset,
      });
    },
  });
  asker.showMenu();
  return intake.element;
}

function createForTexts(options: AskerOptions): HTMLElement {
  const { api, texts } = options;
  const asker = createAsker(options);
  const intake = createTextIntake({
    texts,
    onText: (text) =>
      void asker.lookAt({
        send: (signal) => api.call({ method: "POST", path: "/v1/classify", json: { text }, signal }, classification),
        makeCopy: async () => ({ text }),
        change: intake.select,
        reset: intake.reset,
      }),
  });
  asker.showMenu();
  return intake.element;
}

function copyOf(thumbnail: string | null): SentCopy {
  return thumbnail === null ? {} : { thumbnail };
}
