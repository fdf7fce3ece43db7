/** Text from a file, in the encoding that the person names or that its bytes show. */
import { type DecodedText, decodeUnknownText } from "../../src/shared/decode-text.ts";
import { CommandError } from "../shared/command.ts";

/** `encoding`: what the person says it is, if they do. Throws `CommandError` where it cannot be read. */
export function decodeText(file: string, bytes: Uint8Array, encoding?: string): DecodedText {
  if (encoding !== undefined) return { text: decodeAs(file, bytes, encoding), guess: null };
  const decoded = decodeUnknownText(bytes);
  if (decoded !== null) return decoded;
  throw new CommandError(
    `${file} is neither UTF-8 nor UTF-16. Save it as UTF-8 ("CSV UTF-8" in Excel), or name its encoding: --encoding windows-1251.`,
  );
}

function decodeAs(file: string, bytes: Uint8Array, encoding: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new CommandError(`--encoding ${encoding}: there is no such encoding. Try utf-8, windows-1251, windows-1252.`);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new CommandError(`${file} is not ${encoding}: it has bytes that mean nothing there.`);
  }
}
