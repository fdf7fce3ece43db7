/** A secret on the page, until it is put away, and nowhere else. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button, takeFocus } from "./controls.tsx";

const texts = kitchen.keys.secret;

interface SecretProps {
  /** Of its title. `useId` gives the same one to parts that are mounted apart. */
  readonly id: string;
  readonly title: string;
  /** What to do with it. */
  readonly words: string;
  readonly secret: string;
  /** Called when it is put away. */
  readonly onAway: () => void;
}

/** The secret takes the focus, so that it is read out and at hand. */
export function SecretCard({ id, title, words, secret, onAway }: SecretProps) {
  const field = useRef<HTMLInputElement>(null);
  const [copyWords, setCopyWords] = useState(texts.copy);
  useLayoutEffect(() => takeFocus(field.current), []);
  const copy = async () => {
    const isCopied = await copyText(secret);
    setCopyWords(isCopied ? texts.copied : texts.copyByHand);
    if (!isCopied) takeFocus(field.current);
  };
  return (
    <div class="notice key-secret">
      <h3 id={id}>{title}</h3>
      <p>{words}</p>
      <input
        {...{ readOnly: true, value: secret, spellcheck: false, "aria-labelledby": id }}
        ref={field}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="button-row">
        <Button kind="primary" onClick={copy}>
          {copyWords}
        </Button>
        <Button onClick={onAway}>{texts.kept}</Button>
      </div>
    </div>
  );
}

/** False where the browser does not let a page write to the clipboard. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
