/**
 * The switch by which a guest keeps the photo on the device: remembers the choice, brings in `on-device.ts` when it is on, and says
 * what is going on. While it is on, no photo leaves this page, whatever fails.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import { texts } from "../texts/page-texts.ts";
import type { PhotoLimits } from "./answers.ts";
import { createButton, createElement, find, findElement } from "./dom.ts";
import type { DeviceEmbedder } from "./on-device.ts";
import type { Problem } from "./problem.ts";

const STORAGE_KEY = "headstart-keep-photo";
/** Of a problem whose detail is in the guest's language already. */
export const DEVICE_CODE = "device_unavailable";
const words = texts.device;

interface DeviceSwitch {
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

  function show(said: string, ...actions: readonly HTMLElement[]): void {
    progress.hidden = said !== words.loading;
    status.replaceChildren(createElement("span", { text: said }), ...actions);
    find("privacy-note").textContent = input.checked ? words.keptNote : words.sentNote;
  }

  function prepare(): Promise<DeviceEmbedder> {
    if (embedder !== null) return embedder;
    show(words.loading);
    progress.value = 0;
    const started = loadEmbedder((share) => {
      progress.value = share;
    });
    embedder = started;
    started.then(
      () => input.checked && show(words.ready),
      (reason: unknown) => {
        if (embedder === started) embedder = null;
        if (!input.checked) return;
        show(
          `${describe(reason)} ${words.nothingSent} `,
          createButton(texts.again, "quiet", () => void prepare().catch(noop)),
        );
      },
    );
    return started;
  }

  function apply(): void {
    if (!input.checked) show(words.off);
    else prepare().then(() => show(words.ready), noop);
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
        return err({ status: 0, code: DEVICE_CODE, detail: `${describe(reason)} ${words.photoNotSent}` });
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

/** A `DeviceError` says what is wrong; anything else, such as a script that did not arrive, does not. */
function describe(reason: unknown): string {
  const isKnown = reason instanceof Error && reason.name === "DeviceError";
  return (isKnown ? new Map(Object.entries(words.faults)).get(reason.message) : undefined) ?? words.faults.unready;
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
