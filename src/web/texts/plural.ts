/** Which form of a word goes with a number, by the rules that the runtime knows for each language. Pure. */

/** The forms of a word; a language lists those that it has. `other` is there for fractions and for the rest. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Makes the function that puts a number before the form of the word that it takes: `3 names`, `3 названия`. */
export function createCounter(language: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language);
  const figures = new Intl.NumberFormat(language);
  return (count, forms) => `${figures.format(count)} ${forms[rules.select(count)] ?? forms.other}`;
}

/** Makes the function that shows a measured share, such as an accuracy, where 100% is a figure and not a promise. */
export function createShareFormat(language: string): (share: number) => string {
  const figures = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return (share) => figures.format(share);
}

/** Makes the function that shows a measure with one place behind the point, as `1.0`. */
export function createTenthsFormat(language: string): (amount: number) => string {
  const figures = new Intl.NumberFormat(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    useGrouping: false,
  });
  return (amount) => figures.format(amount);
}

/** Makes the function that shows a probability in whole per cent and never claims certainty: `<1%` to `>99%`. */
export function createScoreFormat(language: string): (score: number) => string {
  const figures = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  return (score) => {
    if (score < 0.01) return `<${figures.format(0.01)}`;
    if (score > 0.99) return `>${figures.format(0.99)}`;
    return figures.format(score);
  };
}
