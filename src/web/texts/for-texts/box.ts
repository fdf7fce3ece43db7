/** What only the guests' page of a deployment that reads texts says: the box to write into, in every language. */

export interface BoxTexts {
  readonly field: string;
  readonly hint: string;
  /** Beside the hint, where the deployment reads English alone. */
  readonly bestInEnglish: string;
  /** Where a model service reads the texts; `service` is its name. */
  readonly handedOnNote: (service: string) => string;
  readonly placeholder: string;
  readonly ask: string;
  /** Above mails to tap, which were invented in English for the example. */
  readonly samples: string;
  /** How much of the text there is room for, where it is too long. */
  readonly tooLong: (characters: number, limit: number) => string;
}
