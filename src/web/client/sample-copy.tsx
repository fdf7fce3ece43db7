/** What stands for a labelled sample in a row: its copy, where one is kept, and the way to many of its kind at once. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { pictureOf } from "./label-api.ts";
import { addressOf, type Look } from "./look-address.ts";
import { TextCopy } from "./text-copy.tsx";

interface HeldCopyProps {
  readonly photo: string;
  /** Whether a small picture of it is kept. */
  readonly picture: boolean;
  /** Of a text that is kept. */
  readonly text: string | null;
}

/** Nothing where nothing is kept. A picture is fetched when it comes into sight. */
export function HeldCopy({ photo, picture, text }: HeldCopyProps) {
  if (text !== null) return <TextCopy text={text} />;
  if (!picture) return null;
  return <img class="held-copy" src={pictureOf(photo)} alt={kitchen.samples.picture} loading="lazy" decoding="async" />;
}

interface LookLinkProps {
  readonly look: Look;
  /** Which samples, for those who hear the link alone. */
  readonly about: string;
}

/** To the place that looks through many at once. */
export function LookLink({ look, about }: LookLinkProps) {
  const text = kitchen.frame.lookCloser;
  return (
    <a class="quiet-link look-link" href={addressOf(look)} aria-label={`${text}: ${about}`}>
      {text}
    </a>
  );
}
