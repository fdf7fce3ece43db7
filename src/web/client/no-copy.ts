/** What a row says where no copy is kept: of a photo nothing. The build puts `no-text-copy.ts` in its place where texts are read. */

/** Nothing where it is empty. */
export const noCopy: string = "";
