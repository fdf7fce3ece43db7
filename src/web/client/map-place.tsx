/** The place of the map: what it means, the picture, its items, and the same as tables. */
import { useMemo, useRef, useState } from "preact/hooks";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { nameItems } from "./item-names.ts";
import { LookDialog } from "./look-dialog.tsx";
import type { Tile } from "./look-tile.tsx";
import { fetchMap, type MapPoint, type MenuMap } from "./map-api.ts";
import { Legend } from "./map-legend.tsx";
import { MapTables } from "./map-table.tsx";
import { MapView } from "./map-view.tsx";
import { describeRemark } from "./map-words.ts";
import { mount } from "./mount.tsx";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";
import type { ItemNames } from "./version-words.ts";

interface PlaceTexts {
  readonly map: MapTexts;
  readonly look: LookTexts;
}

/** `wanted` is the version that the address names; without one it is the live one. */
export function createMapPlace(wanted: number | null, texts: PlaceTexts, refresh: () => Promise<void>): Place {
  const showOverview = createTrainingBar(refresh);
  let drawn = 0;
  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const overview = await asked;
    if (!overview.ok) return overview.error;
    const version = wanted ?? overview.value.liveHead?.version ?? null;
    if (version === drawn) return null;
    if (version === null) return showEmpty(texts.map);
    const [answer, items] = await Promise.all([fetchMap(version), fetchClasses()]);
    if (!items.ok) return items.error;
    if (!answer.ok) return answer.error.code === "no_head" ? showEmpty(texts.map) : answer.error;
    drawn = version;
    show(answer.value, nameItems(items.value.classes), texts);
    return null;
  };
  return { load, showOverview };
}

function showEmpty(texts: MapTexts): null {
  mount("map-body", <p class="empty">{texts.empty}</p>);
  return null;
}

function show(map: MenuMap, names: ItemNames, texts: PlaceTexts): void {
  const note = document.querySelector("#map .section-note");
  if (note !== null) note.textContent = texts.map.note(map.headVersion);
  mount("map-body", <MapBody key={map.headVersion} {...{ map, names, texts }} />);
}

interface MapBodyProps {
  readonly map: MenuMap;
  readonly names: ItemNames;
  readonly texts: PlaceTexts;
}

/** Another version is another body. */
function MapBody({ map, names, texts: { map: texts, look } }: MapBodyProps) {
  const [chosen, choose] = useState<string | null>(null);
  const [here, stop] = useState(-1);
  const [opened, open] = useState<MapPoint | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const close = (photo: string) => {
    open(null);
    stop(map.points.findIndex((point) => point.photo === photo));
    // The browser has given it back to the row of the table that was pressed, where it was one.
    if (document.activeElement === document.body) frame.current?.focus();
  };
  const tables = useMemo(() => <MapTables {...{ map, texts, names, onOpen: open }} />, []);
  return (
    <>
      <p class="map-meaning">{texts.meaning}</p>
      <p class="map-meaning soft">{describeDrawn(map, texts)}</p>
      <Legend items={map.items} {...{ texts, names, chosen, onChoose: choose }} />
      <MapView {...{ map, texts, names, chosen, here, onStop: stop, onOpen: open, frame }} />
      {tables}
      {opened && (
        <LookDialog
          photo={opened.photo}
          around={around(map.points, opened).map((point) => toTile(point, names, texts))}
          {...{ texts: look, names, onClose: close }}
        />
      )}
    </>
  );
}

/** How much of what there is shows, and what does not. */
function describeDrawn({ points, items, itemCount, examples, shares, current }: MenuMap, texts: MapTexts): string {
  const lines = [
    texts.share(shares[0] + shares[1]),
    ...(shares[1] === 0 ? [texts.onlyAcross] : []),
    ...(items.length < itemCount ? [texts.drawnItems(items.length, itemCount)] : []),
    ...(points.length < examples ? [texts.drawn(points.length, examples)] : []),
    ...(current ? [] : [texts.outdated]),
  ];
  return lines.join(" ");
}

/** The others of its item: that is what one goes on to look at. */
function around(points: readonly MapPoint[], { label }: MapPoint): readonly MapPoint[] {
  return points.filter((point) => point.label === label);
}

function toTile(point: MapPoint, names: ItemNames, texts: MapTexts): Tile {
  const { photo, label, picture, text } = point;
  return {
    photo,
    label,
    listedAs: label,
    picture,
    text,
    purpose: "learn",
    confirmedAt: null,
    about: "",
    mark: describeRemark(point, texts, names),
  };
}
