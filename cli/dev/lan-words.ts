/** What `npm start -- --lan` says to the person at the terminal: addresses, a QR code, and what a phone can do there. */
import { renderUnicodeCompact } from "uqr";

/** White on black whatever the terminal's colours are: some phones read no inverted code. */
const [INK, PLAIN] = ["\u001b[97;40m", "\u001b[0m"];

export interface LanWelcome {
  /** The guests' page; the first is the one in the code. */
  readonly urls: readonly string[];
  /** A link into the kitchen for other devices, where it was opened to them. */
  readonly kitchenLink?: string | undefined;
  /** Whether the terminal shows colours. */
  readonly hasColours: boolean;
}

export function describeLan({ urls: [url = "", ...others], kitchenLink, hasColours }: LanWelcome): string {
  const code = renderUnicodeCompact(url, { border: 2 }).split("\n");
  const rows = hasColours ? code.map((row) => `${INK}${row}${PLAIN}`) : code;
  const more = others.length === 0 ? "" : `, also ${others.join(" and ")}`;
  const kitchen =
    kitchenLink === undefined
      ? "The kitchen is closed to the network. --lan-admin opens it, without encryption: only where you trust everybody."
      : `The kitchen is open to the network, without encryption. Whoever has the admin token or this link gets in:\n  ${kitchenLink}`;
  return `
  Phones in the same network: ${url}${more}

${rows.map((row) => `  ${row}`).join("\n")}

  "Take a photo" works without HTTPS: the phone's own camera takes it and hands it over as a file.
  "Keep my photo on this device" needs HTTPS and stays off there.
  ${kitchen}
`;
}
