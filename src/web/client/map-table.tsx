/** The map as tables: of the items, and when somebody wants them, of all the marks. */
import type { ComponentProps } from "preact";
import { useState } from "preact/hooks";
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import { Button } from "./controls.tsx";
import { shortPhoto } from "./example-words.ts";
import { Table } from "./figures.tsx";
import { addressOf } from "./look-address.ts";
import type { MapPoint, MenuMap } from "./map-api.ts";
import { distanceBetween, nearestTo } from "./map-scale.ts";
import { describeRemark } from "./map-words.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

interface MapTablesProps {
  readonly map: MenuMap;
  readonly texts: MapTexts;
  readonly names: ItemNames;
  readonly onOpen: (point: MapPoint) => void;
}

/** Both; the second is made when it is unfolded. */
export function MapTables(props: MapTablesProps) {
  const { map, texts } = props;
  const [isUnfolded, setUnfolded] = useState(false);
  return (
    <section class="map-tables">
      <h2 class="card-title">{texts.table}</h2>
      <p class="soft small">{texts.tableNote}</p>
      <ItemTable {...props} />
      <details class="map-all" onToggle={({ currentTarget }) => currentTarget.open && setUnfolded(true)}>
        <summary>{texts.allPhotos(map.points.length)}</summary>
        {isUnfolded && <PointTable {...props} />}
      </details>
    </section>
  );
}

function ItemTable({ map: { items, points }, texts, names }: MapTablesProps) {
  const { columns } = texts;
  const rows = items.map((item, k) => {
    const other = items[nearestTo(item, items, k)];
    const own = points.filter(({ label }) => label === item.label);
    const astray = own.filter((point) => nearestTo(point, items) !== k).length;
    return [
      <a href={addressOf({ kind: "item", item: item.label })}>{nameOf(names, item.label)}</a>,
      String(item.examples),
      ...(other === undefined ? ["", ""] : [nameOf(names, other.label), texts.steps(distanceBetween(item, other))]),
      texts.ofPhotos(astray, own.length),
    ];
  });
  const heads = [columns.item, columns.photos, columns.nearest, columns.distance, columns.astray];
  return <WideTable heads={heads} rows={rows} />;
}

function PointTable({ map: { points }, texts, names, onOpen }: MapTablesProps) {
  const { columns } = texts;
  const rows = points.map((point) => [
    <Button kind="quiet" onClick={() => onOpen(point)}>
      {point.text === null ? shortPhoto(point.photo) : point.text.slice(0, 40)}
    </Button>,
    nameOf(names, point.label),
    ...[texts.steps(point.x), texts.steps(point.y), describeRemark(point, texts, names)],
  ]);
  const heads = [columns.photo, columns.item, columns.across, columns.upwards, columns.remark];
  return <WideTable heads={heads} rows={rows} />;
}

/** It scrolls sideways in a narrow window. */
function WideTable({ heads, rows }: Pick<ComponentProps<typeof Table>, "heads" | "rows">) {
  return (
    // biome-ignore lint/a11y: it scrolls
    <div class="scroll" tabIndex={0} role="group" aria-label={heads[0]}>
      <Table class="map-table" heads={heads} rows={rows} />
    </div>
  );
}
