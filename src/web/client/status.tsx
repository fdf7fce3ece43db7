/** The line that says what has been done. It takes the focus from what is no longer there, and screen readers say it. */
import { useRef, useState } from "preact/hooks";

/** `say` without words only takes the focus. */
export function useStatus() {
  const [text, setText] = useState("");
  const line = useRef<HTMLParagraphElement>(null);
  const status = (
    <p class="soft" role="status" tabIndex={-1} ref={line}>
      {text}
    </p>
  );
  const say = (words?: string) => {
    if (words !== undefined) setText(words);
    line.current?.focus();
  };
  return { status, say };
}
