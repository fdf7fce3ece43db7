/**
 * The queue of corrections, built for speed: cards leave as soon as they are decided, singly or all that are selected, and
 * the focus goes on to the next one. Keeps its cards from refresh to refresh.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { createElement } from "./dom.ts";
import { createReviewBar } from "./review-bar.ts";
import { type BulkWish, planBulk } from "./review-bulk.ts";
import { createReviewCard, type ReviewCard } from "./review-card.ts";
import { createReviewHistory } from "./review-history.ts";
import { createReviewList } from "./review-list.ts";
import { createReviewSender, reviewKey } from "./review-sender.ts";
import type { Deed, ReviewDecision } from "./review-words.ts";

const texts = kitchen.reviewQueue;

interface ReviewQueueOptions {
  readonly refresh: () => Promise<void>;
  /** Says it in the section's live region. */
  readonly tell: (text: string) => void;
  readonly onCount: (cards: number) => void;
  /** The reviewer's last card has gone, and the focus with it. */
  readonly onEmptied: () => void;
}

interface ReviewQueue {
  readonly element: HTMLElement;
  show(groups: readonly ReviewGroup[], classes: readonly ItemClass[]): void;
}

/** `onCount` hears how many cards are left, `onEmptied` that the last one has gone. */
export function createReviewQueue({ refresh, tell, onCount, onEmptied }: ReviewQueueOptions): ReviewQueue {
  let menu: readonly ItemClass[] = [];
  const sender = createReviewSender({ refresh, onProblem: tell });
  const list = createReviewList({ onUndo: () => void undo(), onMore: () => showBar() });
  const history = createReviewHistory(() => void undo());
  const selected = () => list.cards().filter(({ box }) => box.checked);
  const showBar = () => bar.show(selected().map(toGroup), { shown: list.shown().length, waiting: list.cards().length });
  const place = (cards: readonly ReviewCard[]) => {
    list.place(cards);
    showBar();
    onCount(cards.length);
  };
  const leave = (gone: readonly ReviewCard[], decisions: readonly ReviewDecision[], deed: Deed) => {
    sender.send(gone.map(toGroup), decisions);
    history.note(decisions, deed);
    const { next, left } = takeAway(list.cards(), gone);
    tell(`${deed.words} ${texts.left(left.length)}`);
    // First the focus, then the card: a focus whose element goes is lost.
    if (next === undefined) onEmptied();
    else {
      // It moves up into sight.
      next.element.hidden = false;
      next.body.focus();
    }
    place(left);
  };
  const undo = async () => {
    const last = history.pop();
    if (last === undefined) return tell(texts.undo.nothing);
    if (!(await sender.undo(last.decisions))) return;
    tell(texts.undo.done(last.deed));
    const photos = new Set(last.decisions.map(({ photo }) => photo));
    const back = list.cards().find(({ group }) => group.members.some(({ photo }) => photos.has(photo)));
    if (back !== undefined) list.focus(back);
  };
  const decideSelected = (wish: BulkWish) => {
    const cards = selected();
    const plan = planBulk(cards.map(toGroup), wish);
    const gone = cards.filter(({ group }) => plan.decided.includes(group));
    for (const { box } of cards) box.checked = false;
    if (gone.length > 0) return leave(gone, plan.decisions, plan);
    tell(plan.words);
    showBar();
    cards[0]?.body.focus();
  };
  const bar = createReviewBar({
    classes: () => menu,
    onWish: decideSelected,
    onSelectAll: (isSelected) => {
      for (const { box } of isSelected ? list.shown() : list.cards()) box.checked = isSelected;
      showBar();
    },
    onOpenPicker: () => closePickers(),
    onLeave: () => list.cards()[0]?.body.focus(),
  });
  const closePickers = () => {
    for (const card of list.cards()) card.closePicker();
    bar.closePicker();
  };
  const decide = (card: ReviewCard, decisions: readonly ReviewDecision[], deed: Deed) => leave([card], decisions, deed);
  const show = (groups: readonly ReviewGroup[], classes: readonly ItemClass[]) => {
    // Cards carry names of items: another menu makes other cards.
    const isSameMenu = nameMenu(classes) === nameMenu(menu);
    menu = classes;
    const known = new Map(isSameMenu ? list.cards().map((card) => [reviewKey(card.group), card]) : []);
    const waiting = groups.filter((group) => !sender.isUnderWay(group));
    const make = (group: ReviewGroup) =>
      createReviewCard(group, { classes, decide, onSelect: showBar, onOpenPicker: closePickers, refresh, tell });
    place(waiting.map((group) => known.get(reviewKey(group)) ?? make(group)));
  };
  return { element: createElement("div", {}, bar.element, history.element, ...list.elements), show };
}

/** What is left, and the card after those that go (or before them, at the end). */
function takeAway(cards: readonly ReviewCard[], gone: readonly ReviewCard[]) {
  const isLeft = (card: ReviewCard) => !gone.includes(card);
  const at = cards.indexOf(gone[0]);
  const next = cards.slice(at).find(isLeft) ?? cards.slice(0, at).findLast(isLeft);
  return { next, left: cards.filter(isLeft) };
}

function toGroup({ group }: ReviewCard): ReviewGroup {
  return group;
}

function nameMenu(classes: readonly ItemClass[]): string {
  return JSON.stringify(classes.map(({ id, name, archived }) => [id, name, archived]));
}
