/** The place of the map: what it means, the picture, its items, and the same as tables. */
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { createElement, find } from "./dom.ts";
import { nameItems } from "./item-names.ts";
import { createLookDialog } from "./look-dialog.ts";
import type { Tile } from "./look-tile.ts";
import { fetchMap, type MapPoint, type MenuMap } from "./map-api.ts";
import { createLegend } from "./map-legend.ts";
import { createMapTables } from "./map-table.ts";
import { createMapView } from "./map-view.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

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
  find("map-body").replaceChildren(createElement("p", { class: "empty", text: texts.empty }));
  return null;
}

function show(map: MenuMap, names: ItemNames, { map: texts, look }: PlaceTexts): void {
  const note = document.querySelector("#map .section-note");
  if (note !== null) note.textContent = texts.note(map.headVersion);
  const onOpen = (point: MapPoint) =>
    dialog.open(
      toTile(point, names, texts),
      around(map.points, point).map((one) => toTile(one, names, texts)),
    );
  const dialog = createLookDialog(
    look,
    () => ({ texts: look, names, isOneItem: false }),
    (photo) => view.focus(photo),
  );
  const view = createMapView(map, { texts, names, onOpen });
  find("map-body").replaceChildren(
    ...describe(map, texts),
    createLegend(map, texts, names, view.highlight),
    ...view.elements,
    createMapTables(map, { texts, names, onOpen }),
    dialog.element,
  );
}

/** What near and far mean, how much of it shows, and what does not. */
function describe(
  { points, items, itemCount, examples, shares, current }: MenuMap,
  texts: MapTexts,
): readonly HTMLElement[] {
  const lines = [
    texts.share(shares[0] + shares[1]),
    ...(shares[1] === 0 ? [texts.onlyAcross] : []),
    ...(items.length < itemCount ? [texts.drawnItems(items.length, itemCount)] : []),
    ...(points.length < examples ? [texts.drawn(points.length, examples)] : []),
    ...(current ? [] : [texts.outdated]),
  ];
  return [
    createElement("p", { class: "map-meaning", text: texts.meaning }),
    createElement("p", { class: "map-meaning soft", text: lines.join(" ") }),
  ];
}

/** The others of its item: that is what one goes on to look at. */
function around(points: readonly MapPoint[], { label }: MapPoint): readonly MapPoint[] {
  return points.filter((point) => point.label === label);
}

function toTile({ photo, label, picture, text, answered, doubted }: MapPoint, names: ItemNames, texts: MapTexts): Tile {
  const marks = [
    ...(answered === null ? [] : [texts.answered(nameOf(names, answered))]),
    ...(doubted ? [texts.doubted] : []),
  ];
  return {
    ...{ photo, label, listedAs: label, picture, text },
    ...{ purpose: "learn", confirmedAt: null, about: "", mark: marks.join(", ") },
  };
}
