/** What a place that looks through examples shows, as its address says it: a link that was sent leads to the very same. Pure. */

/** One list of examples. */
export type Look =
  | { readonly kind: "doubted" }
  | { readonly kind: "twins" }
  | { readonly kind: "item"; readonly item: string }
  | {
      readonly kind: "mistakes";
      readonly version: number;
      readonly label: string | null;
      readonly said: string | null;
    }
  | { readonly kind: "near"; readonly photo: string }
  | { readonly kind: "missing"; readonly backbone: string };

const PLACE = "/admin/look";
const SHA256 = /^[0-9a-f]{64}$/;

/** The address of a list. */
export function addressOf(look: Look): string {
  const query = new URLSearchParams(toQuery(look));
  return `${PLACE}?${query}`;
}

function toQuery(look: Look): Record<string, string> {
  switch (look.kind) {
    case "item":
      return { item: look.item };
    case "mistakes":
      return {
        version: String(look.version),
        ...(look.label === null ? {} : { label: look.label }),
        ...(look.said === null ? {} : { said: look.said }),
      };
    case "near":
      return { near: look.photo };
    case "missing":
      return { missing: look.backbone };
    default:
      return { show: look.kind };
  }
}

/** What `search` asks for; doubted labels where it asks for nothing that there is. */
export function readLook(search: string): Look {
  const query = new URLSearchParams(search);
  const [item, photo, version, backbone] = ["item", "near", "version", "missing"].map((name) => query.get(name) ?? "");
  if (item !== "") return { kind: "item", item: item.normalize("NFC") };
  if (SHA256.test(photo)) return { kind: "near", photo };
  if (SHA256.test(backbone)) return { kind: "missing", backbone };
  if (/^[1-9]\d{0,8}$/.test(version)) {
    return { kind: "mistakes", version: Number(version), label: query.get("label"), said: query.get("said") };
  }
  return { kind: query.get("show") === "twins" ? "twins" : "doubted" };
}
