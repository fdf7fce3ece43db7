/** What only the guests' page of a deployment that reads texts says: the box to write into, in every language. */

export interface BoxTexts {
  readonly field: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly ask: string;
  /** Above mails to tap, which were invented in English for the example. */
  readonly samples: string;
  /** How much of the text there is room for, where it is too long. */
  readonly tooLong: (characters: number, limit: number) => string;
}
