/** The place on an item's card that fits what the deployment reads. */
import { areTextLimits, type SampleLimits } from "./answers.ts";
import { PhotoDrop } from "./photo-drop.tsx";
import type { DropProps } from "./sending.tsx";
import { TextDrop } from "./text-drop.tsx";

/** By the limits that `GET /v1/menu` gives. */
export function SampleDrop({ limits, ...props }: DropProps & { readonly limits: SampleLimits }) {
  return areTextLimits(limits) ? <TextDrop {...props} /> : <PhotoDrop limits={limits} {...props} />;
}
