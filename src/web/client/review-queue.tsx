/**
 * The queue of corrections, built for speed: cards leave as soon as they are decided, singly or all that are selected, and the focus goes
 * on to the next one. Cards stay from refresh to refresh, so that none jumps under a finger.
 */
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { Button } from "./controls.tsx";
import { useCut } from "./cut.tsx";
import { find } from "./dom.ts";
import { nameItems } from "./item-names.ts";
import { mount } from "./mount.tsx";
import { ReviewBar } from "./review-bar.tsx";
import { type BulkWish, planBulk } from "./review-bulk.ts";
import { ReviewCard } from "./review-card.tsx";
import { useReviewHistory } from "./review-history.ts";
import type { ReviewCommand } from "./review-keys.ts";
import { ReviewList } from "./review-list.tsx";
import { createReviewSender, type ReviewSender } from "./review-sender.ts";
import { type Deed, deedsOf, type ReviewDecision, reviewKey } from "./review-words.ts";
import { useLeft } from "./settled.tsx";

const texts = kitchen.reviewQueue;
/** On a phone one at a time, since deciding it brings the next; a wide window has rows of three. */
const ROOM = { small: 1, large: 9 };
/** Where the list of items is open: this, or the key of a card. */
const BAR = "bar";

/** Gives back what shows the corrections that wait. */
export function createReviewsSection(refresh: () => Promise<void>) {
  const sender = createReviewSender({ refresh, onProblem: tell });
  const show = (waiting: readonly ReviewGroup[], classes: readonly ItemClass[]) => {
    const groups = waiting.filter((group) => !sender.isUnderWay(group));
    mount("reviews-body", <ReviewQueue {...{ groups, classes, sender, refresh }} />);
  };
  return { show };
}

function tell(words: string): void {
  find("reviews-status").textContent = words;
}

interface ReviewQueueProps {
  readonly groups: readonly ReviewGroup[];
  readonly classes: readonly ItemClass[];
  readonly sender: ReviewSender;
  readonly refresh: () => Promise<void>;
}

function ReviewQueue({ groups, classes, sender, refresh }: ReviewQueueProps) {
  const { left, leave } = useLeft(groups);
  const { button: more, ...cut } = useCut<HTMLUListElement>(ROOM, left.length);
  const { selected, isSelected, select, toggle } = useSelection(left);
  const [picking, setPicking] = useState<string | null>(null);
  const [wanted, want] = useState<{ readonly key: string } | null>(null);
  const focus = (group: ReviewGroup | undefined) => group && want({ key: reviewKey(group) });
  const { decide, undo, last } = useDecisions({
    left,
    sender,
    reveal: cut.reveal,
    focus,
    leave: (gone) => {
      leave(gone);
      setPicking(null);
    },
  });
  const decideSelected = (wish: BulkWish) => {
    const plan = planBulk(selected, wish);
    select([]);
    if (plan.decided.length > 0) return decide(plan.decided, plan.decisions, plan);
    tell(plan.words);
    focus(selected[0]);
  };
  const obey = (command: ReviewCommand, group: ReviewGroup) => {
    const [first] = group.proposals;
    const { accept, acceptAsNone, reject } = deedsOf(group, decide);
    if (command === "undo") void undo();
    else if (command === "select") toggle(group);
    else if (command === "relabel") setPicking(reviewKey(group));
    else if (command === "none") acceptAsNone();
    else if (command === "reject") reject();
    else if (command === "accept" && first !== undefined) accept(first.label, first.name);
  };
  const leavePicker = (group: ReviewGroup) => {
    setPicking(null);
    focus(group);
  };
  const names = nameItems(classes);
  const shown = Math.min(cut.room, left.length);
  return (
    <>
      {left.length === 0 && <p class="empty">{kitchen.reviews.empty}</p>}
      <div>
        <ReviewBar
          {...{ classes, selected, shown, waiting: left.length, onWish: decideSelected }}
          isPicking={picking === BAR}
          onPick={(isPicking) => setPicking(isPicking ? BAR : null)}
          onSelectAll={(isAll) => select(isAll ? [...selected, ...left.slice(0, shown)] : [])}
          onLeave={() => focus(left[0])}
        />
        {last && <Button onClick={() => void undo()}>{texts.undo.button(last.deed)}</Button>}
        <ReviewList
          {...{ groups: left, cut, wanted, onCommand: obey }}
          card={(group, isStop) => (
            <ReviewCard
              {...{ group, classes, names, isStop, audience: { refresh, tell } }}
              deeds={deedsOf(group, decide)}
              isSelected={isSelected(group)}
              onSelect={() => toggle(group)}
              isPicking={picking === reviewKey(group)}
              onPick={(isPicking) => setPicking(isPicking ? reviewKey(group) : null)}
              onBack={() => leavePicker(group)}
            />
          )}
        />
        {more}
      </div>
    </>
  );
}

interface DecisionsOptions {
  readonly left: readonly ReviewGroup[];
  readonly leave: (gone: readonly ReviewGroup[]) => void;
  readonly sender: ReviewSender;
  /** Lets the card at this place show. */
  readonly reveal: (at: number) => void;
  readonly focus: (group: ReviewGroup | undefined) => void;
}

/** What decides, and what takes the last decision back: both say so, and bring the focus where it goes on. */
function useDecisions({ left, leave, sender, reveal, focus }: DecisionsOptions) {
  const { last, note, pop } = useReviewHistory();
  /** For what goes on after the server has answered. */
  const waiting = useRef(left);
  waiting.current = left;
  const decide = (gone: readonly ReviewGroup[], decisions: readonly ReviewDecision[], deed: Deed) => {
    sender.send(gone, decisions);
    note(decisions, deed);
    const { next, rest } = takeAway(left, gone);
    tell(`${deed.words} ${texts.left(rest.length)}`);
    leave(gone);
    if (next === undefined) find("reviews-title").focus();
    else focus(next);
  };
  const undo = async () => {
    if (last === undefined) return tell(texts.undo.nothing);
    pop();
    if (!(await sender.undo(last.decisions))) return keepFocus();
    tell(texts.undo.done(last.deed));
    const photos = new Set(last.decisions.map(({ photo }) => photo));
    const back = waiting.current.findIndex(({ members }) => members.some(({ photo }) => photos.has(photo)));
    if (back < 0) return keepFocus();
    reveal(back);
    focus(waiting.current[back]);
  };
  return { decide, undo, last };
}

/** The button that takes back goes with the last step. */
function keepFocus(): void {
  if (document.activeElement === document.body) find("reviews-title").focus();
}

/** Those that are selected of what waits. */
function useSelection(left: readonly ReviewGroup[]) {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const isSelected = (group: ReviewGroup) => keys.has(reviewKey(group));
  const selected = left.filter(isSelected);
  const select = (groups: readonly ReviewGroup[]) => setKeys(new Set(groups.map(reviewKey)));
  const toggle = (group: ReviewGroup) =>
    select(isSelected(group) ? selected.filter((one) => one !== group) : [...selected, group]);
  return { selected, isSelected, select, toggle };
}

/** What is left, and the card after those that go (or before them, at the end). */
function takeAway(groups: readonly ReviewGroup[], gone: readonly ReviewGroup[]) {
  const isLeft = (group: ReviewGroup) => !gone.includes(group);
  const at = groups.indexOf(gone[0]);
  const next = groups.slice(at).find(isLeft) ?? groups.slice(0, at).findLast(isLeft);
  return { next, rest: groups.filter(isLeft) };
}
