/** What staff see of a sample: a picture or a text, by what the deployment reads. */
import type { Modality } from "../modality/modality.ts";

/** As fields of an answer; both are null where there is no preview. */
export interface ShownPreview {
  readonly thumbnail: string | null;
  readonly text: string | null;
}

/** Of a sample of which none is kept. */
export const NO_PREVIEW: ShownPreview = { thumbnail: null, text: null };

/** `preview` in the field that the deployment's modality has it in. */
export function showPreview({ previewField }: Modality, preview: string | null): ShownPreview {
  return { ...NO_PREVIEW, [previewField]: preview };
}
