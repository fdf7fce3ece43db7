/** What the items of the example are called beside their names, by language: guests read it, and the kitchen knows them by it. */
export const EXAMPLE_NOTES: Readonly<Record<"en" | "ru", string>> = { en: "Drawn example", ru: "Нарисованный пример" };
