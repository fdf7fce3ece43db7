/**
 * One group of corrections: the picture, who says what and why it is shown, a box to select it, and the buttons that
 * decide. The card itself takes the focus, so that the queue's keys have something to be about. What it holds is made when it first
 * shows: most of a hundred never do.
 */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { type Because, createBecause } from "./because.ts";
import type { BecauseContext } from "./because-row.ts";
import { createElement } from "./dom.ts";
import { createPickerButton } from "./picker-button.ts";
import { createPreview } from "./preview.ts";
import { createAcceptButtons, createRejectButton, nameAccepted } from "./review-buttons.ts";
import {
  acceptAs,
  type Deed,
  describeMarks,
  describeProposals,
  describeReasons,
  nameDeed,
  type ReviewDecision,
  rejectAll,
} from "./review-words.ts";
import { createTime } from "./time-element.ts";

const texts = kitchen.reviewQueue.card;

/** What a card needs of the queue it is in. */
interface ReviewCardContext {
  readonly classes: readonly ItemClass[];
  /** Carries the decisions out; `deed` says afterwards what was done. */
  readonly decide: (card: ReviewCard, decisions: readonly ReviewDecision[], deed: Deed) => void;
  readonly onSelect: () => void;
  /** The list of items opens: any other one of the queue closes. */
  readonly onOpenPicker: () => void;
  readonly refresh: () => Promise<void>;
  /** Says it in the section's live region. */
  readonly tell: (words: string) => void;
}

/** One card of the queue, and what keys and the bar need of it. */
export interface ReviewCard {
  readonly group: ReviewGroup;
  /** The list item, empty until `draw`. */
  readonly element: HTMLElement;
  /** What takes the focus; draws the card. */
  readonly body: HTMLElement;
  readonly box: HTMLInputElement;
  /** Takes what most guests say for right. */
  accept(): void;
  /** Says that it is not on the menu. */
  acceptAsNone(): void;
  reject(): void;
  /** Opens the list of items and puts the focus into its field. */
  openPicker(): void;
  closePicker(): void;
  /** Makes what the card holds, once. */
  draw(): void;
}

/** What a card holds. */
type Content = ReturnType<typeof createContent>;

/** What the buttons of a card do. */
type Deeds = Pick<ReviewCard, "acceptAsNone" | "reject"> & { readonly accept: (label: string, name: string) => void };

/** The card decides nothing itself; `context` hears what was pressed. */
export function createReviewCard(group: ReviewGroup, context: ReviewCardContext): ReviewCard {
  const { what } = describeProposals(group);
  const element = createElement("li");
  const box = createElement("input", { attributes: { type: "checkbox", "aria-label": texts.select(what) } });
  box.addEventListener("change", context.onSelect);
  const accept = (label: string, name: string) =>
    context.decide(card, acceptAs(group, label), nameDeed(nameAccepted(label, name), texts.fromNextTraining));
  const acceptAsNone = () => accept(NONE_ID, kitchen.none.name);
  const reject = () => context.decide(card, rejectAll(group), nameDeed(texts.rejected));
  let content: Content | undefined;
  const draw = (): Content => {
    if (content !== undefined) return content;
    content = createContent(group, box, { accept, acceptAsNone, reject }, context);
    element.append(content.body);
    return content;
  };
  const [first] = group.proposals;
  const card: ReviewCard = {
    group,
    element,
    get body() {
      return draw().body;
    },
    box,
    accept: () => first !== undefined && accept(first.label, first.name),
    acceptAsNone,
    reject,
    openPicker: () => draw().picker.open(),
    closePicker: () => content?.picker.close(),
    draw,
  };
  return card;
}

function createContent(
  group: ReviewGroup,
  box: HTMLElement,
  { accept, acceptAsNone, reject }: Deeds,
  context: ReviewCardContext,
) {
  const { what } = describeProposals(group);
  const titleId = `review-${group.photo}-${group.members[0]?.label ?? ""}`;
  const names = new Map(context.classes.map(({ id, name }) => [id, name]));
  const picker = createPickerButton({
    listItems: () => listOthers(group, context.classes),
    onPick: ({ id, name }) => accept(id, name),
    onMissing: acceptAsNone,
    onOpen: context.onOpenPicker,
    onBack: () => body.focus(),
  });
  const buttons = [...createAcceptButtons(group, accept), createRejectButton(group, reject), picker.button];
  const because = askWhy(group, { names, about: what, refresh: context.refresh, tell: context.tell });
  const body = createElement(
    "article",
    { class: "card review", attributes: { "aria-labelledby": `${titleId}-who ${titleId}`, tabindex: "-1" } },
    createPreview(group, { alt: texts.picture, none: texts.noPicture, look: "thumbnail" }),
    createWords(group, titleId, describeReasons(group, names)),
    createElement("label", { class: "review-select" }, box),
    createElement("div", { class: "button-row" }, ...buttons, ...(because === null ? [] : [because.button])),
    picker.place,
    ...(because === null ? [] : [because.place]),
  );
  return { body, picker };
}

function createWords(group: ReviewGroup, titleId: string, reasons: readonly string[]): HTMLElement {
  const { who, what } = describeProposals(group);
  return createElement(
    "div",
    { class: "review-words" },
    createElement("p", { class: "eyebrow", text: who, attributes: { id: `${titleId}-who` } }),
    createElement("h3", { text: what, attributes: { id: titleId } }),
    ...createMarks(group),
    ...reasons.map((text) => createElement("p", { class: "soft", text })),
    createElement("p", { class: "soft small" }, createTime(group.createdAt)),
  );
}

/** The head's answer against what guests say, or against its second choice where they agree; null where it had no choice. */
function askWhy(group: ReviewGroup, context: BecauseContext): Because | null {
  const { photo, answers, proposals } = group;
  if (answers.length < 2) return null;
  const [{ label: answer }] = answers;
  const rival = proposals.find(({ label }) => label !== answer && label !== NONE_ID)?.label;
  return createBecause({ photo, answer, rival }, context);
}

function listOthers({ proposals }: ReviewGroup, classes: readonly ItemClass[]): readonly ItemClass[] {
  return classes.filter(({ id, archived }) => !archived && !(proposals.length === 1 && proposals[0]?.label === id));
}

function createMarks(group: ReviewGroup): readonly HTMLElement[] {
  const marks = describeMarks(group);
  if (marks.length === 0) return [];
  const badges = marks.map(({ kind, text }) => createElement("span", { class: `badge badge-${kind}`, text }));
  return [createElement("p", { class: "badges" }, ...badges)];
}
