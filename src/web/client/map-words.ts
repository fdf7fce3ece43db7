/** What is told of a mark of the map. */
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import type { MapPoint } from "./map-api.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** What is odd about it; empty where nothing is. */
export function describeRemark({ answered, doubted }: MapPoint, texts: MapTexts, names: ItemNames): string {
  const remarks = [
    ...(answered === null ? [] : [texts.answered(nameOf(names, answered))]),
    ...(doubted ? [texts.doubted] : []),
  ];
  return remarks.join(", ");
}

/** All of it, in one line. */
export function describePoint(point: MapPoint, texts: MapTexts, names: ItemNames): string {
  const parts = [nameOf(names, point.label), describeRemark(point, texts, names), point.photo.slice(0, 8)];
  return parts.filter((part) => part !== "").join(", ");
}
