/** The cards of what the head is least sure of. They stay from refresh to refresh until somebody has decided, so that none jumps under a finger. */
import { useRef } from "preact/hooks";
import type { PoolTexts } from "../texts/kitchen/en/pool.ts";
import type { ItemClass } from "./admin-answers.ts";
import { find } from "./dom.ts";
import { mount } from "./mount.tsx";
import type { PooledSample } from "./pool-api.ts";
import { PoolCard } from "./pool-card.tsx";
import { type SettledAudience, useLeft, useSettled } from "./settled.tsx";

/** What fills the list up with those that are new. */
export type ShowPool = (samples: readonly PooledSample[], classes: readonly ItemClass[]) => void;

/** Few enough to go through at a sitting. */
const MOST_CARDS = 10;

/** `refresh` is called after every decision. */
export function createPoolList(texts: PoolTexts, refresh: () => Promise<void>): ShowPool {
  const decided = new Set<string>();
  let cards: readonly PooledSample[] = [];
  const audience = { refresh, tell };
  return (samples, classes) => {
    const visible = samples.filter(({ thumbnail, text }) => thumbnail !== null || text !== null);
    const left = cards.filter(({ photo }) => !decided.has(photo));
    const isNew = ({ photo }: PooledSample) => !decided.has(photo) && left.every((card) => card.photo !== photo);
    cards = [...left, ...visible.filter(isNew).slice(0, MOST_CARDS - left.length)];
    const isBlind = visible.length < samples.length;
    mount("pool-body", <Pool {...{ texts, classes, audience, cards, decided, isBlind }} />);
  };
}

function tell(words: string): void {
  find("pool-status").textContent = words;
}

interface PoolProps {
  readonly texts: PoolTexts;
  readonly classes: readonly ItemClass[];
  readonly audience: SettledAudience;
  readonly cards: readonly PooledSample[];
  /** Hears which are settled. */
  readonly decided: Set<string>;
  /** Whether some wait of which no copy is kept. */
  readonly isBlind: boolean;
}

function Pool({ texts, classes, audience, cards, decided, isBlind }: PoolProps) {
  const list = useRef<HTMLUListElement>(null);
  const { left, leave } = useLeft(cards);
  const settle = (leaving: readonly PooledSample[]) => {
    for (const { photo } of leaving) decided.add(photo);
    leave(leaving);
  };
  useSettled({ list, left, leave: settle, fallback: () => find("pool-title") });
  return (
    <>
      {left.length === 0 && <p class="empty">{texts.empty}</p>}
      <ul class="reviews" aria-labelledby="pool-title" ref={list}>
        {left.map((sample) => (
          <PoolCard key={sample.photo} {...{ sample, texts, classes, audience }} />
        ))}
      </ul>
      {isBlind && <p class="soft small">{texts.blind}</p>}
    </>
  );
}
