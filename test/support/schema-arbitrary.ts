/** Values that a JSON Schema allows, as fast-check makes them: the keywords that the API's document uses, and no others. */
import fc from "fast-check";

/** A schema of the document; read only where its keywords are known. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const MAX_ITEMS = 4;
const MAX_CHARACTERS = 40;
const MAX_NUMBER = 1_000;

/** `words` are ids that exist: a string may be one of them, so that requests reach something. Throws at an unknown type. */
export function arbitraryOf(schema: JsonSchema, words: readonly string[]): fc.Arbitrary<unknown> {
  const options = list(schema.anyOf ?? schema.oneOf).filter(isSchema);
  if (options.length > 0) return fc.oneof(...options.map((option) => arbitraryOf(option, words)));
  if ("const" in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "string":
      return textOf(schema, words);
    case "integer":
      return fc.integer({
        min: numberOf(schema.minimum, -MAX_NUMBER),
        max: Math.min(numberOf(schema.maximum, MAX_NUMBER), MAX_NUMBER),
      });
    case "number":
      return fc.double({
        noNaN: true,
        min: numberOf(schema.minimum, -MAX_NUMBER),
        max: numberOf(schema.maximum, MAX_NUMBER),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const minLength = numberOf(schema.minItems, 0);
      const maxLength = Math.max(minLength, Math.min(MAX_ITEMS, numberOf(schema.maxItems, MAX_ITEMS)));
      return fc.array(arbitraryOf(isSchema(schema.items) ? schema.items : {}, words), { minLength, maxLength });
    }
    case "object":
      return objectOf(schema, words);
    case undefined:
      return fc.jsonValue();
    default:
      throw new Error(`no values are known of ${JSON.stringify(schema)}`);
  }
}

function objectOf(schema: JsonSchema, words: readonly string[]): fc.Arbitrary<unknown> {
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : [];
  const model = Object.fromEntries(properties.map(([name, of]) => [name, arbitraryOf(isSchema(of) ? of : {}, words)]));
  return fc.record(model, { requiredKeys: list(schema.required).map(String), noNullPrototype: true });
}

function textOf(schema: JsonSchema, words: readonly string[]): fc.Arbitrary<string> {
  const minLength = numberOf(schema.minLength, 0);
  const maxLength = Math.max(minLength, Math.min(MAX_CHARACTERS, numberOf(schema.maxLength, MAX_CHARACTERS)));
  const made =
    typeof schema.pattern === "string"
      ? fc
          .stringMatching(new RegExp(spellOut(schema.pattern), "u"))
          .filter((text) => text.length <= numberOf(schema.maxLength, 10_000))
      : fc.string({ minLength, maxLength, unit: "grapheme" });
  const known = words.filter(
    (word) => typeof schema.pattern !== "string" || new RegExp(schema.pattern, "u").test(word),
  );
  return known.length === 0 ? made : fc.oneof(made, { arbitrary: fc.constantFrom(...known), weight: 3 });
}

/** Some characters of each class in place of all: fast-check makes no classes of Unicode that stand in brackets. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  L: "a-zéПи四",
  N: "0-9٣",
  M: "\\u0301",
  Cc: "\\u0000-\\u001f\\u007f",
  Cs: "",
  Bidi_Control: "\\u202a-\\u202e",
};

function spellOut(pattern: string): string {
  return pattern.replace(/\\p\{(\w+)\}/g, (whole, name: string) => SPELT_OUT[name] ?? whole);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown, absent: number): number {
  return typeof value === "number" ? value : absent;
}
