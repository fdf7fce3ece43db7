/** Two versions side by side, in English. */
const LOSS_DIGITS = 3;

export const comparison = {
  with: "Compare with",
  liveVersion: (version: number) => `Version ${version} (live)`,
  compare: "Compare",
  figure: "Figure",
  accuracy: "Right answers",
  /** The figures below, one level down. */
  specialists: "Figures for specialists",
  balance: "Balance over items (macro F1)",
  surprise: "Surprise (log-loss, lower is better)",
  sureness: "Sureness off by (calibration error)",
  testSet: "Right on the test set",
  photos: "Photos learned from",
  formatLoss: (loss: number) => loss.toFixed(LOSS_DIGITS),
  /** `items` are names, joined. */
  knows: (version: number, items: string) => `Version ${version} knows ${items} as well.`,
  doesNotKnow: (version: number, items: string) => `Version ${version} does not know ${items}.`,
  recognised: "Photos recognised",
  same: "Every item that both know is recognised equally often.",
};
