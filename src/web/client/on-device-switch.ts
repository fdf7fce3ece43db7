/**
 * The switch that keeps the photo or text on the device: it remembers the choice, loads what embeds there when it is on,
 * and says what is going on. While it is on, nothing but an embedding may leave the page, whatever fails.
 */
import { err } from "../../shared/result.ts";
import { texts } from "../texts/page-texts.ts";
import type { DeviceEmbedder } from "./device-embedder.ts";
import { createButton, createElement, find, findElement } from "./dom.ts";

const STORAGE_KEY = "headstart-keep-photo";
/** A problem whose detail is in the guest's language already. */
export const DEVICE_CODE = "device_unavailable";
const words = texts.device;

/** Brings the embedder onto this device, with the share that has arrived. Throws `DeviceError`. */
type LoadEmbedder<Sample extends readonly unknown[]> = (
  onProgress: (share: number) => void,
) => Promise<DeviceEmbedder<Sample>>;

interface DeviceSwitch<Sample extends readonly unknown[]> extends DeviceEmbedder<Sample> {
  /** Whether what is asked about must stay here. */
  isOn(): boolean;
  /** Forgets what was downloaded: the deployment has another backbone by now. */
  forget(): void;
}

/** Whether this page has one: a backbone that runs elsewhere cannot come here. */
export function hasDeviceSwitch(): boolean {
  return document.getElementById("device-input") !== null;
}

/** Takes the switch of the page into use. */
export function createDeviceSwitch<Sample extends readonly unknown[]>(
  load: LoadEmbedder<Sample>,
): DeviceSwitch<Sample> {
  const input = findElement("device-input", HTMLInputElement);
  const status = find("device-status");
  const progress = findElement("device-progress", HTMLProgressElement);
  let embedder: Promise<DeviceEmbedder<Sample>> | null = null;

  function show(said: string, ...actions: readonly HTMLElement[]): void {
    progress.hidden = said !== words.loading;
    status.replaceChildren(createElement("span", { text: said }), ...actions);
    find("privacy-note").textContent = input.checked ? words.keptNote : words.sentNote;
  }

  function prepare(): Promise<DeviceEmbedder<Sample>> {
    if (embedder !== null) return embedder;
    show(words.loading);
    progress.value = 0;
    const started = load((share) => {
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
    async embed(...sample) {
      try {
        return await (await prepare()).embed(...sample);
      } catch (reason) {
        return err({ status: 0, code: DEVICE_CODE, detail: `${describe(reason)} ${words.notSent}`, says: [] });
      }
    },
    forget() {
      embedder = null;
    },
  };
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
