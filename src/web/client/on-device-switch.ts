/**
 * The switch by which a guest keeps the photo on the device: remembers the choice, brings in `on-device.ts` when it is on, and says
 * what is going on. While it is on, no photo leaves this page, whatever fails.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { PhotoLimits } from "./answers.ts";
import { createButton, createElement, find, findElement } from "./dom.ts";
import type { DeviceEmbedder } from "./on-device.ts";
import type { Problem } from "./problem.ts";

const STORAGE_KEY = "headstart-keep-photo";
const WORDS = {
  off: "Your device then does the looking itself. It downloads a few megabytes for that, once.",
  loading: "Getting ready…",
  ready: "Ready: your photo stays here, only numbers made from it are sent.",
} as const;
const FOOTNOTES = {
  sent: "Your photo is shrunk on your device before it is sent, looked at once, and not kept.",
  kept: "Your photo stays on your device. Only numbers made from it are sent.",
} as const;

export interface DeviceSwitch {
  /** Whether photos must stay here. */
  isOn(): boolean;
  /** What to send for the photo: itself while the switch is off, else its embedding, or why there is none. */
  prepareBody(photo: Blob, limits: PhotoLimits): Promise<Result<Blob, Problem>>;
  /** Forgets what was downloaded: the deployment has another backbone by now. */
  forget(): void;
}

/** Takes the switch of the page into use. */
export function createDeviceSwitch(): DeviceSwitch {
  const input = findElement("device-input", HTMLInputElement);
  const status = find("device-status");
  const progress = findElement("device-progress", HTMLProgressElement);
  let embedder: Promise<DeviceEmbedder> | null = null;

  function show(words: string, ...actions: readonly HTMLElement[]): void {
    progress.hidden = words !== WORDS.loading;
    status.replaceChildren(createElement("span", { text: words }), ...actions);
    find("privacy-note").textContent = input.checked ? FOOTNOTES.kept : FOOTNOTES.sent;
  }

  function prepare(): Promise<DeviceEmbedder> {
    if (embedder !== null) return embedder;
    show(WORDS.loading);
    progress.value = 0;
    const started = loadEmbedder((share) => {
      progress.value = share;
    });
    embedder = started;
    started.then(
      () => input.checked && show(WORDS.ready),
      (reason: unknown) => {
        if (embedder === started) embedder = null;
        if (!input.checked) return;
        show(
          `${describe(reason)} Nothing was sent. `,
          createButton("Try again", "quiet", () => void prepare().catch(noop)),
        );
      },
    );
    return started;
  }

  function apply(): void {
    if (!input.checked) show(WORDS.off);
    else prepare().then(() => show(WORDS.ready), noop);
  }

  input.checked = readChoice();
  input.addEventListener("change", () => {
    storeChoice(input.checked);
    apply();
  });
  apply();

  return {
    isOn: () => input.checked,
    async prepareBody(photo, limits) {
      if (!input.checked) return ok(photo);
      try {
        return await (await prepare()).embed(photo, limits);
      } catch (reason) {
        return err({ status: 0, code: "device_unavailable", detail: `${describe(reason)} Your photo was not sent.` });
      }
    },
    forget() {
      embedder = null;
    },
  };
}

async function loadEmbedder(onProgress: (share: number) => void): Promise<DeviceEmbedder> {
  const { prepareDeviceEmbedder } = await import("./on-device.ts");
  return prepareDeviceEmbedder(onProgress);
}

/** A `DeviceError` has words for guests; anything else, such as a script that did not arrive, has none. */
function describe(reason: unknown): string {
  const hasWords = reason instanceof Error && reason.name === "DeviceError";
  return hasWords ? reason.message : "Your device could not get ready.";
}

/** Browsers may refuse storage altogether; the choice then lasts as long as the page. */
function readChoice(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) === "yes";
  } catch {
    return false;
  }
}

function storeChoice(isOn: boolean): void {
  try {
    if (isOn) localStorage.setItem(STORAGE_KEY, "yes");
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // nothing to remember it with
  }
}

function noop(): void {}
