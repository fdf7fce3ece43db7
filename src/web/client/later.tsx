/** What a part gets after it has appeared: an answer of the API, and a script that few ever need. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "./admin-api.ts";
import { loadPart } from "./load-part.ts";

/** Asks once, when the part appears; null until then. */
export function useAnswer<T>(ask: () => Answer<T>): Awaited<Answer<T>> | null {
  const [answer, setAnswer] = useState<Awaited<Answer<T>> | null>(null);
  useEffect(() => void ask().then(setAnswer), []);
  return answer;
}

interface LatePartProps<Props> {
  /** Imports the component; called once, when the part appears. */
  readonly load: () => Promise<FunctionComponent<Props>>;
  readonly props: Props;
}

/** A component in a script of its own. Where that does not come, an alert says so. */
export function LatePart<Props extends object>({ load, props }: LatePartProps<Props>) {
  const [Part, setPart] = useState<FunctionComponent<Props> | null>(null);
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fetchPart = async (region: HTMLElement) => {
      const part = await loadPart(load, region);
      if (part !== null) setPart(() => part);
    };
    if (alert.current !== null) void fetchPart(alert.current);
  }, []);
  return Part === null ? <div role="alert" ref={alert} /> : <Part {...props} />;
}
