/** Two buttons: a fifth of the examples is set aside as test, or all of them are given back; of one item or of the whole menu. */
import { Button } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { changeTestSet } from "./testing-api.ts";

/** Of each item's examples: a fifth. */
const SHARE = 0.2;

interface ShareButtonsProps {
  /** The item's; without it the menu's. */
  readonly classId?: string;
  readonly words: {
    readonly setAside: string;
    readonly giveBack: string;
    readonly setAsideDone: (examples: number) => string;
    readonly giveBackDone: (examples: number) => string;
  };
  /** How loud the first button is; the second is always quiet. */
  readonly kind: "plain" | "quiet";
  /** Whether there is anything to give back. */
  readonly isAnyAside: boolean;
  /** Called after every change, with what to say. */
  readonly onChange: (words: string) => Promise<void>;
}

/** For admins. */
export function ShareButtons({ classId, words, kind, isAnyAside, onChange }: ShareButtonsProps) {
  const { act, alert } = useDeeds("");
  const setAside = () => act(changeTestSet(SHARE, classId), (change) => onChange(words.setAsideDone(change.setAside)));
  const giveBack = () => act(changeTestSet(0, classId), ({ returned }) => onChange(words.giveBackDone(returned)));
  return (
    <>
      <div class="button-row" data-needs="admin">
        <Button kind={kind} onClick={setAside}>
          {words.setAside}
        </Button>
        {isAnyAside && (
          <Button kind="quiet" onClick={giveBack}>
            {words.giveBack}
          </Button>
        )}
      </div>
      {alert}
    </>
  );
}
