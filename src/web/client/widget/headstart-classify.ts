/**
 * `<headstart-classify endpoint="https://menu.example" lang="en">`: the guests' page as an element of any site. A photo or a text goes
 * in, the answer comes out, and a reader may correct it. `endpoint` is where this script came from unless it is given; without
 * `lang` the page's language counts. Dispatches `headstart-answer` with what the API answered, without its receipt.
 */
import { startVisit } from "./visit.ts";
import { createWidgetApi } from "./widget-api.ts";
import { createWidgetFrame, type WidgetFrame } from "./widget-frame.ts";

const TAG = "headstart-classify";
/** Where this very file was loaded from. */
const HOME = new URL(import.meta.url).origin;

class HeadstartClassify extends HTMLElement {
  static readonly observedAttributes = ["endpoint", "lang"];
  #frame: WidgetFrame | null = null;
  #visit = new AbortController();

  connectedCallback(): void {
    this.#start();
  }

  disconnectedCallback(): void {
    this.#visit.abort();
  }

  /** The parser sets attributes before the element is in its page, where it starts by itself. */
  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (this.isConnected && this.#frame !== null && before !== now) this.#start();
  }

  #start(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.#frame = createWidgetFrame(this.shadowRoot ?? this.attachShadow({ mode: "open" }));
    const language = this.lang || document.documentElement.lang || navigator.language;
    const endpoint = (this.getAttribute("endpoint") ?? HOME).replace(/\/+$/, "");
    const api = createWidgetApi({ endpoint, language });
    void startVisit({ frame: this.#frame, api, host: this, language, signal: this.#visit.signal });
  }
}

// A page may load the script twice, of two deployments even: the first one stays.
if (customElements.get(TAG) === undefined) customElements.define(TAG, HeadstartClassify);
