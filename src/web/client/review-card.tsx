/**
 * One group of corrections: the picture, who says what and why it is shown, a box to select it, and the buttons that decide. The card
 * itself takes the focus, so that the queue's keys have something to be about.
 */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ReviewGroup } from "./admin-answers.ts";
import { useBecause } from "./because.tsx";
import { Button, Moment } from "./controls.tsx";
import type { WhyQuestion } from "./label-api.ts";
import { Picker } from "./picker.tsx";
import { Preview } from "./preview.tsx";
import { describeMarks, describeProposals, describeReasons, nameProposals, type ReviewDeeds } from "./review-words.ts";
import type { SettledAudience } from "./settled.tsx";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.reviewQueue.card;

interface ReviewCardProps {
  readonly group: ReviewGroup;
  readonly classes: readonly ItemClass[];
  readonly names: ItemNames;
  /** Carry a decision out. */
  readonly deeds: ReviewDeeds;
  readonly audience: SettledAudience;
  /** Whether the Tab key stops at it. */
  readonly isStop: boolean;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  /** Whether its list of items is open. */
  readonly isPicking: boolean;
  readonly onPick: (isPicking: boolean) => void;
  /** It was left without a choice. */
  readonly onBack: () => void;
}

/** Decides nothing itself. */
export function ReviewCard(props: ReviewCardProps) {
  const { group, classes, names, deeds, audience, isStop, isSelected, onSelect, isPicking, onPick, onBack } = props;
  const { what } = describeProposals(group);
  const titleId = `review-${group.photo}-${group.members[0]?.label ?? ""}`;
  const question = askWhy(group);
  const because = useBecause({ question: question ?? { photo: group.photo }, names, about: what, audience });
  return (
    <article class="card review" aria-labelledby={`${titleId}-who ${titleId}`} tabIndex={isStop ? 0 : -1}>
      <Preview {...group} alt={texts.picture} none={texts.noPicture} />
      <Words {...{ group, titleId, names }} />
      <label class="review-select">
        <input type="checkbox" aria-label={texts.select(what)} checked={isSelected} onChange={onSelect} />
      </label>
      <div class="button-row">
        <Decisions {...{ group, deeds }} />
        <Button label={texts.relabelIt} isExpanded={isPicking} onClick={() => onPick(!isPicking)}>
          {texts.relabel}
        </Button>
        {question && because.button}
      </div>
      {isPicking && (
        <Picker
          class="review-picker"
          items={listOthers(group, classes)}
          onPick={({ id, name }) => deeds.accept(id, name)}
          onMissing={deeds.acceptAsNone}
          onBack={onBack}
        />
      )}
      {question && because.place}
    </article>
  );
}

function Words({ group, titleId, names }: Pick<ReviewCardProps, "group" | "names"> & { readonly titleId: string }) {
  const { who, what } = describeProposals(group);
  const marks = describeMarks(group);
  return (
    <div class="review-words">
      <p class="eyebrow" id={`${titleId}-who`}>
        {who}
      </p>
      <h3 id={titleId}>{what}</h3>
      {marks.length > 0 && (
        <p class="badges">
          {marks.map(({ kind, text }) => (
            <span key={kind} class={`badge badge-${kind}`}>
              {text}
            </span>
          ))}
        </p>
      )}
      {describeReasons(group, names).map((text) => (
        <p key={text} class="soft">
          {text}
        </p>
      ))}
      <p class="soft small">
        <Moment iso={group.createdAt} />
      </p>
    </div>
  );
}

/** One button for each thing that guests say it is, and one for none of them; "not on the menu" reads differently from an item's name. */
function Decisions({ group, deeds }: Pick<ReviewCardProps, "group" | "deeds">) {
  const { proposals } = group;
  const isNone = proposals.every(({ label }) => label === NONE_ID);
  return (
    <>
      {proposals.map(({ label, name }, at) => (
        <Button
          key={label}
          kind={at === 0 ? "primary" : "plain"}
          label={label === NONE_ID ? kitchen.none.accept : texts.acceptAs(name)}
          onClick={() => deeds.accept(label, name)}
        >
          {proposals.length === 1 ? texts.accept : label === NONE_ID ? kitchen.none.title : name}
        </Button>
      ))}
      <Button label={isNone ? kitchen.none.reject : texts.rejectIt(nameProposals(group))} onClick={deeds.reject}>
        {texts.reject}
      </Button>
    </>
  );
}

/** The head's answer against what guests say, or against its second choice where they agree; null where it had no choice. */
function askWhy({ photo, answers, proposals }: ReviewGroup): WhyQuestion | null {
  if (answers.length < 2) return null;
  const [{ label: answer }] = answers;
  return { photo, answer, rival: proposals.find(({ label }) => label !== answer && label !== NONE_ID)?.label };
}

function listOthers({ proposals }: ReviewGroup, classes: readonly ItemClass[]): readonly ItemClass[] {
  return classes.filter(({ id, archived }) => !archived && !(proposals.length === 1 && proposals[0]?.label === id));
}
