/** How much is kept of what labelled samples look like, folded away among the limits. */
import type { pictureOperations } from "../../operations/labelled-samples.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, number, object, text } from "./decode.ts";
import { Figures } from "./figures.tsx";
import { formatBytes } from "./limit-words.ts";
import { mountFold } from "./mount.tsx";

const texts = kitchen.keys.pictures;

const store = object({ kept: number, bytes: number, mostBytes: number });
/** The answer of `GET /v1/admin/pictures`. */
const keptPictures = answerOf<typeof pictureOperations.countPictures>()(
  object({ keeps: text, small: store, originals: store }),
);
type KeptPictures = Decoded<typeof keptPictures>;

/** Gives back what fills the fold, which fills itself whenever it is opened again. */
export function wirePictures(): () => Promise<void> {
  return mountFold("pictures", () => callAdmin({ path: "/pictures" }, keptPictures), describePictures);
}

function describePictures({ keeps, small, originals }: KeptPictures) {
  const words = keeps === "originals" ? texts.originals : keeps === "thumbnails" ? texts.thumbnails : texts.none;
  const rows = [
    toRow(texts.rows.small, small),
    ...(keeps === "originals" || originals.kept > 0 ? [toRow(texts.rows.originals, originals)] : []),
  ];
  return (
    <div>
      <p class="soft small">{words}</p>
      <Figures {...{ title: texts.title, heads: texts.heads, rows }} />
    </div>
  );
}

function toRow(name: string, { kept, bytes, mostBytes }: KeptPictures["small"]): readonly string[] {
  return [name, texts.amount(kept, formatBytes(bytes), formatBytes(mostBytes))];
}
