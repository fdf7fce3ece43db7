/** Files of the project that Vite hands over as text. */
declare module "*.tsv?raw" {
  const text: string;
  export default text;
}

declare module "*.md?raw" {
  const text: string;
  export default text;
}
