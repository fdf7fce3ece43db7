/** What the place on an item's card does where photos or texts come in. */

export interface SampleDropOptions {
  readonly itemId: string;
  /** Called when something has been taken in. */
  readonly onChange: () => Promise<void>;
}

export interface SampleDrop {
  readonly element: HTMLElement;
  setName(name: string): void;
  /** Sends files as if they had been dropped on it; `onEnd` hears when they have come, or cannot. */
  add(files: readonly File[], onEnd?: () => void): void;
}
