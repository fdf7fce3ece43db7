/** What a new version changes for the owner, in English. */

export const change = {
  known: (items: string, amount: number) => `${items} ${amount === 1 ? "is" : "are"} known now`,
  unknown: (items: string, amount: number) => `${items} ${amount === 1 ? "is" : "are"} no longer known`,
  lessOften: (item: string, from: number, to: number) => `${item} is found less often (${from} to ${to} of 100)`,
  /** Several `items`: names with figures, as `move` writes them. */
  less: (items: string) => `found less often: ${items}`,
  more: (items: string) => `found more often: ${items}`,
  move: (name: string, from: number, to: number) => `${name} (${from} to ${to} of 100)`,
  others: (items: number) => (items === 1 ? "one other" : `${items} others`),
  question: "Keep the old one?",
  back: (version: number) => `Back to version ${version}`,
  keep: "Keep the new one",
};
