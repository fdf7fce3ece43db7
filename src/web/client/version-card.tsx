/** One version on the timeline: its state and why, its figures, what can be done with it, and a closer look on demand. */
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button, Moment } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { describeGate } from "./gate-words.ts";
import { activateHead } from "./head-api.ts";
import { LatePart } from "./later.tsx";
import type { VersionProps } from "./version-panel.tsx";
import { describeAccuracy, describeTested, stateOf } from "./version-words.ts";

const texts = kitchen.versions;

/** A row of the timeline. */
export function VersionCard(props: VersionProps) {
  const { head, refresh, tell } = props;
  const { version } = head;
  const state = stateOf(head);
  const tested = describeTested(head);
  const madeBy = head.startedBy === "admin" ? texts.madeBy.staff : texts.madeBy.clock;
  const marks = [...(state === "ready" ? [] : [state]), ...(head.pinnedAt === null ? [] : (["pinned"] as const))];
  const title = useRef<HTMLHeadingElement>(null);
  const [isUnfolded, unfold] = useState(false);
  const isOpen = isUnfolded && state !== "gone";
  const id = `version-${version}`;
  const onLive = async (words: string) => {
    tell(words);
    // What made it live goes away with the refresh, and the focus must not go with it.
    title.current?.focus();
    await refresh();
  };
  return (
    <li class="version" data-state={state}>
      <div class="version-head">
        <h2 class="card-title" id={id} tabIndex={-1} ref={title}>
          {texts.title(version)}
        </h2>
        <span class="badges">
          {marks.map((mark) => (
            <span key={mark} class={`badge badge-${mark}`}>
              {texts.badges[mark]}
            </span>
          ))}
        </span>
        <p class="soft small">
          <Moment iso={head.createdAt} /> {madeBy}
        </p>
      </div>
      <p class="version-figures">
        <strong>{describeAccuracy(head)}</strong>
        {` · ${texts.learnedFrom(head.examples, head.classIds.length)}`}
      </p>
      {tested !== "" && <p class="soft small">{tested}</p>}
      <p class="soft small version-why">{describeGate(head)}</p>
      <div class="version-actions">
        {state !== "live" && state !== "gone" && <Activation {...{ version, onLive }} />}
        {state !== "gone" && (
          <Button
            {...{ kind: "quiet", label: texts.closerAt(version), isExpanded: isOpen, controls: `${id}-panel` }}
            onClick={() => unfold(!isOpen)}
          >
            {texts.closer}
          </Button>
        )}
      </div>
      <div class="version-panel" id={`${id}-panel`} hidden={!isOpen}>
        {isOpen && <LatePart load={async () => (await import("./version-panel.tsx")).VersionPanel} props={props} />}
      </div>
    </li>
  );
}

interface ActivationProps {
  readonly version: number;
  readonly onLive: (words: string) => Promise<void>;
}

/** "Make live" in one step; the choice beside it is about what comes after. */
function Activation({ version, onLive }: ActivationProps) {
  const { act, alert } = useDeeds("");
  const hold = useRef<HTMLInputElement>(null);
  const activate = () =>
    act(activateHead(version, hold.current?.checked ?? false), ({ held }) =>
      onLive((held ? kitchen.gate.activatedAndHeld : texts.activated)(version)),
    );
  return (
    <div class="activation" data-needs="admin">
      <Button label={texts.activateVersion(version)} onClick={activate}>
        {texts.activate}
      </Button>
      <label class="choice small">
        <input type="checkbox" ref={hold} />
        <span>{texts.holdLater}</span>
      </label>
      {alert}
    </div>
  );
}
