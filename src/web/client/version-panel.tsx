/** The closer look at a version: what guests would notice, what it mixes up, how it compares, whether it is kept. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Comparison } from "./comparison-view.tsx";
import { type ConfusedCell, makeMatrix } from "./confusion.ts";
import { MatrixView } from "./confusion-view.tsx";
import { Button } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { describeGateFigures } from "./gate-words.ts";
import { describeGuards } from "./guard-words.ts";
import type { HeadDetails, HeadReport, HeadVersion } from "./head-answers.ts";
import { fetchHead, pinHead } from "./head-api.ts";
import { useAnswer } from "./later.tsx";
import { addressOf } from "./look-address.ts";
import { MatrixExamples } from "./matrix-examples.tsx";
import { describeReplay, type ItemNames } from "./version-words.ts";

const { parts, pin } = kitchen.versions;

/** A version, and what the timeline around it lends. */
export interface VersionProps {
  readonly head: HeadVersion;
  /** All that show, newest first. */
  readonly versions: readonly HeadVersion[];
  readonly names: ItemNames;
  readonly refresh: () => Promise<void>;
  /** Says it in the live region of the timeline. */
  readonly tell: (words: string) => void;
}

/** Asks each time it is opened, because photos may have been forgotten meanwhile. */
export function VersionPanel(props: VersionProps) {
  const answer = useAnswer(() => fetchHead(props.head.version));
  if (answer === null) return null;
  return answer.ok ? (
    <Report {...props} report={answer.value} />
  ) : (
    <p class="notice notice-alert">{answer.error.detail}</p>
  );
}

interface ReportProps extends VersionProps {
  readonly report: HeadReport;
}

function Report(props: ReportProps) {
  const { report, head, versions, names } = props;
  const { details } = report;
  const replay = describeReplay(report.replay, names);
  const others = versions.filter(({ version }) => version !== head.version);
  const figures = [describeGateFigures(report), describeGuards(report, names)].filter((words) => words !== "");
  return (
    <>
      {replay !== "" && (
        <Part title={parts.replay}>
          <p>{replay}</p>
        </Part>
      )}
      {details !== null && details.perClass.length > 0 && (
        <Part title={parts.confusion}>
          <Confusion {...props} details={details} />
        </Part>
      )}
      {others.length > 0 && (
        <Part title={parts.comparison}>
          <Comparison {...{ head, others, names }} />
        </Part>
      )}
      <Part title={parts.pin} needs="admin">
        <Pin {...props} />
      </Part>
      {figures.length > 0 && (
        <details>
          <summary>{parts.figures}</summary>
          {figures.map((words) => (
            <p key={words} class="soft small">
              {words}
            </p>
          ))}
        </details>
      )}
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly needs?: "admin";
  readonly children: ComponentChildren;
}

function Part({ title, needs, children }: PartProps) {
  return (
    <section class="panel-part" data-needs={needs}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** The cell that was opened last, and what gets the focus back. */
interface Opened {
  /** Counts the openings. */
  readonly turn: number;
  readonly cell: ConfusedCell;
  readonly opener: HTMLElement;
}

interface ConfusionProps extends VersionProps {
  readonly details: HeadDetails;
}

/** Labels are doubted by the newest version, so only its mistakes can be decided on here; those of the others are a place of their own. */
function Confusion({ head: { version }, details, versions, names, refresh }: ConfusionProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = (cell: ConfusedCell, opener: HTMLElement) => {
    if (versions[0]?.version === version) setOpened({ turn: 1 + (opened?.turn ?? 0), cell, opener });
    else location.assign(addressOf({ kind: "mistakes", version, label: cell.given, said: cell.answered }));
  };
  const close = () => {
    opened?.opener.focus();
    setOpened(null);
  };
  return (
    <>
      <MatrixView matrix={makeMatrix(details)} names={names} onOpen={open} />
      {opened && (
        <MatrixExamples key={opened.turn} {...{ version, names, refresh, cell: opened.cell, onClose: close }} />
      )}
      <p>
        <a href={`/admin/map?version=${version}`}>{kitchen.frame.places.map}</a>
      </p>
    </>
  );
}

/** A pinned version keeps its weights. */
function Pin({ head: { version, pinnedAt }, refresh, tell }: VersionProps) {
  const { act, alert } = useDeeds("");
  const isPinned = pinnedAt !== null;
  const change = () =>
    act(pinHead(version, !isPinned), () => {
      tell((isPinned ? pin.unpinned : pin.pinned)(version));
      return refresh();
    });
  return (
    <div class="pin">
      <p class="soft small">{isPinned ? pin.isPinned : pin.isNotPinned}</p>
      <Button onClick={change}>{isPinned ? pin.unpin : pin.pin}</Button>
      {alert}
    </div>
  );
}
