/** What stands for a sample on a card: its copy, or the words that there is none. */
import { TextCopy } from "./text-copy.tsx";

interface PreviewProps {
  /** Null where no copy of a text is kept. */
  readonly text: string | null;
  /** A picture as a `data:` address; null where none is kept. */
  readonly thumbnail: string | null;
  /** The words for the picture, for those who cannot see it. */
  readonly alt: string;
  /** In place of a picture that nobody has. */
  readonly none: string;
}

/** The copy of a text, or the picture; otherwise that there is none. */
export function Preview({ text, thumbnail, alt, none }: PreviewProps) {
  if (text !== null) return <TextCopy text={text} />;
  if (thumbnail === null) return <div class="thumbnail soft small">{none}</div>;
  return <img class="thumbnail" src={thumbnail} alt={alt} />;
}
