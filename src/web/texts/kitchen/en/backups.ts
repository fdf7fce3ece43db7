/** Backups that the deployment makes by itself, in English. */
export const backups = {
  note: "Each day everything that you have taught is saved in a place of its own, beside the database.",
  noBucket: "No backups are made. Whoever looks after this deployment switches them on with this command:",
  empty: "There is none yet. The first is made within the hour.",
  failing: "The last one could not be made. It is tried again every hour; this command says what is wrong:",
  list: "Backups",
  heads: ["Made", "Size", "As a file"],
  download: "Download",
  downloadOf: (made: string) => `Download the backup of ${made}`,
  kept: (days: number, weeks: number) =>
    `The newest of each of the last ${days} days and of each of the last ${weeks} weeks stays.`,
  restore: "To put the newest into an empty deployment with the same place for backups:",
  restoreFile: "To put an older one there, download it first:",
  file: "<file>",
};

/** The keys that every language has. */
export type BackupTexts = typeof backups;
