/** The code of a sign-in link, as `npm start` prints them. */

/** The code of a link, which is in no request for the page and from here on in no history either. */
export function takeCode(): string | undefined {
  const [, code] = /^#code=([\w-]+)$/.exec(location.hash) ?? [];
  if (code !== undefined) history.replaceState(null, "", location.pathname + location.search);
  return code;
}
