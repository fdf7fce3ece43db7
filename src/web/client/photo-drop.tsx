/** The place on an item's card where photos are dropped or chosen. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { PhotoLimits } from "./answers.ts";
import { BATCH_PHOTOS, createPhotoSender } from "./send-photos.ts";
import { type DropProps, FileInput, useFiles, useSending } from "./sending.tsx";

const texts = kitchen.items.upload;

/** `limits` are those that the API says. */
export function PhotoDrop(props: DropProps & { readonly limits: PhotoLimits }) {
  const { limits, itemId, name, hidden, brought, onChange } = props;
  const sendBatch = createPhotoSender(itemId, limits);
  const { send, view } = useSending({ batchSize: BATCH_PHOTOS, sendBatch, onChange });
  const zone = useFiles<HTMLLabelElement>(send, brought);
  return (
    <div class="photo-drop" hidden={hidden}>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is its child */}
      <label class="drop-zone" ref={zone}>
        <FileInput label={texts.choose(name)} accept="image/*" take={send} />
        <span class="icon icon-photo" aria-hidden="true" />
        <span>{texts.drop}</span>
      </label>
      {view}
    </div>
  );
}
