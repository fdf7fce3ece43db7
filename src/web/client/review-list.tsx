/**
 * The cards of the queue in their list: one stop for the Tab key, keys that move and decide, and a focus that survives when cards come
 * and go. Knows nothing of the API.
 */
import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ReviewGroup } from "./admin-answers.ts";
import type { useCut } from "./cut.tsx";
import { moveInQueue, type ReviewCommand, readReviewKey } from "./review-keys.ts";
import { reviewKey } from "./review-words.ts";
import { findFocused } from "./settled.tsx";

interface ReviewListProps {
  readonly groups: readonly ReviewGroup[];
  /** How many of them show. */
  readonly cut: Pick<ReturnType<typeof useCut<HTMLUListElement>>, "list" | "room" | "shown" | "reveal">;
  readonly card: (group: ReviewGroup, isStop: boolean) => ComponentChildren;
  /** A card that is to have the focus; another one each time it is asked for. */
  readonly wanted: { readonly key: string } | null;
  /** Hears the keys that do not move. */
  readonly onCommand: (command: ReviewCommand, group: ReviewGroup) => void;
}

/** Cards are made when they show: most of a hundred never do. */
export function ReviewList({ groups, cut, card, wanted, onCommand }: ReviewListProps) {
  const { list, room, shown, reveal } = cut;
  const [stop, setStop] = useState("");
  const [target, setTarget] = useState<ReviewListProps["wanted"]>(null);
  const keys = groups.map(reviewKey);
  useFocus(list, keys, [wanted, target]);
  const obey = (event: TargetedKeyboardEvent<HTMLUListElement>) => {
    const { target: from, currentTarget } = event;
    const at = findFocused(currentTarget);
    if (at < 0 || !(from instanceof HTMLElement) || from.closest(".picker, .because") !== null) return;
    const command = readReviewKey(event, from.matches(".review"));
    if (command === null) return;
    event.preventDefault();
    const to = moveInQueue(command, at, groups.length, countColumns(currentTarget));
    if (!MOVES.has(command)) return onCommand(command, groups[at]);
    reveal(to);
    setTarget({ key: keys[to] });
  };
  // The card that had the focus last, otherwise the first.
  const stopAt = Math.max(0, keys.indexOf(stop));
  return (
    <ul
      class="reviews"
      aria-labelledby="reviews-title"
      ref={list}
      onKeyDown={obey}
      onFocusIn={({ currentTarget }) => setStop(keys[findFocused(currentTarget)] ?? "")}
    >
      {groups.map((group, at) => (
        <li key={keys[at]} hidden={at >= room}>
          {at < shown && card(group, at === stopAt)}
        </li>
      ))}
    </ul>
  );
}

const MOVES: ReadonlySet<ReviewCommand> = new Set(["next", "previous", "down", "up", "first", "last"]);

function countColumns({ children }: HTMLElement): number {
  const tops = [...children].map((row) => (row instanceof HTMLElement ? row.offsetTop : 0));
  return tops.filter((top) => top === tops[0]).length;
}

/** Gives the focus to the card that was asked for last; otherwise keeps it where it is, in the list at least, when cards come and go. */
function useFocus(
  list: ReviewListProps["cut"]["list"],
  keys: readonly string[],
  wishes: readonly ReviewListProps["wanted"][],
): void {
  const granted = useRef<readonly ReviewListProps["wanted"][]>([]);
  // Before the rows change: moving an element takes the focus out of it.
  const inFocus = document.activeElement;
  const row = list.current?.children[findFocused(list.current)];
  useLayoutEffect(() => {
    const wish = wishes.find((one) => one !== null && !granted.current.includes(one));
    granted.current = wishes;
    const { current } = list;
    if (current === null) return;
    if (wish) return focusCard(current.children[keys.indexOf(wish.key)]);
    if (row === undefined || current.contains(document.activeElement)) return;
    if (inFocus instanceof HTMLElement && current.contains(inFocus)) inFocus.focus();
    else focusCard(current.contains(row) ? row : current.firstElementChild);
  });
}

function focusCard(row: Element | null | undefined): void {
  row?.querySelector<HTMLElement>(".review")?.focus();
}
