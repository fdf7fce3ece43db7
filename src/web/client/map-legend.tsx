/** Which mark is which item, and a way to bring one out. */
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import type { MenuMap } from "./map-api.ts";
import { KeyMark } from "./map-marks.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

interface LegendProps {
  readonly items: MenuMap["items"];
  readonly texts: MapTexts;
  readonly names: ItemNames;
  /** The item that is brought out, or null. */
  readonly chosen: string | null;
  readonly onChoose: (label: string | null) => void;
}

export function Legend({ items, texts, names, chosen, onChoose }: LegendProps) {
  return (
    <ul class="map-legend" aria-label={`${texts.legend}. ${texts.legendNote}`}>
      {items.map(({ label }, k) => (
        <li key={label}>
          <button
            type="button"
            class="map-entry"
            aria-pressed={chosen === label}
            onClick={() => onChoose(chosen === label ? null : label)}
          >
            <KeyMark item={k} />
            {nameOf(names, label)}
          </button>
        </li>
      ))}
      <li class="map-entry-doubt small">
        <span class="map-ring" aria-hidden="true" />
        {texts.doubted}
      </li>
      <li class="map-entry-doubt small">
        <span class="map-bar" aria-hidden="true" />
        {texts.step}
      </li>
    </ul>
  );
}
