/** Forms, which carry photos beside other fields. */

/** Serialises a body that has photos, as `multipart/form-data`: a list becomes one field repeated. */
export function toForm(body: object | string): FormData {
  if (typeof body === "string") throw new TypeError("A text is no form: send it as text/plain.");
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) for (const part of [value].flat()) form.append(name, part);
  return form;
}
