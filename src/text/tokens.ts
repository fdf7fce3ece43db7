/** What every tokeniser takes and gives. Types alone. */

/** A text as the encoder sees it. */
interface Tokens {
  readonly ids: readonly number[];
  /** So many are read in one run where each costs next to nothing; where absent, as many as the manifest says. */
  readonly atOnce?: number;
  /** Share of the text's characters that no piece covers, 0 to 1: the encoder learns nothing of them. */
  readonly unreadShare: number;
}

/** Without the special tokens that some encoders want around a text: those are the session's (`input.frame`). */
export type Tokenise = (text: string) => Tokens;

/** What of a `tokenizer.json` is looked at here; the library reads the rest. */
export interface TokeniserFile extends Readonly<Record<string, unknown>> {
  readonly model: Readonly<Record<string, unknown>> & { readonly unk_id?: number | null; readonly unk_token?: unknown };
}
