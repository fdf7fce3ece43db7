/** A text that is kept, as its readers see it. */

/** It scrolls when it is long, which takes the focus where there is no mouse. */
export function TextCopy({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <blockquote class="review-text" tabIndex={0}>
      {text}
    </blockquote>
  );
}
