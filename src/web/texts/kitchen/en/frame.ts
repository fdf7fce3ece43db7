/** The kitchen's frame, its door and what it says when something fails, in English. */

/** Says what the API says; others translate what they know, and leave the rest in English. */
function apiText(text: string): string {
  return text.replaceAll(/\bhead(s?)\b/g, "version$1").replaceAll(/\bHead(s?)\b/g, "Version$1");
}

/** What went wrong, for people: by its code, or in the API's own words. */
function explain({ detail }: { readonly code: string; readonly detail: string }): string {
  return detail;
}

export const frame = { apiText, explain };
