/** The versions: the timeline, newest first, the training runs that made them, and folds of their own for tests and backbones. */
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { Button } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { find } from "./dom.ts";
import type { HeadList } from "./head-answers.ts";
import { activateHead, fetchHeads } from "./head-api.ts";
import { nameItems } from "./item-names.ts";
import { loadOnDemand } from "./load-on-demand.ts";
import { mount } from "./mount.tsx";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createRunsFold } from "./runs-fold.tsx";
import { createTrainingBar } from "./training-bar.ts";
import { VersionCard } from "./version-card.tsx";
import type { ItemNames } from "./version-words.ts";

/** Shown at first, besides the live one and the pinned ones. */
const RECENT_VERSIONS = 5;

const texts = kitchen.versions;

/** `refresh` is called after every change. */
export function createVersionsPlace(refresh: () => Promise<void>): Place {
  const fillRuns = createRunsFold(refresh);
  const showOverview = createTrainingBar(refresh);
  let pages = 1;
  const loadMore = () => {
    pages++;
    return refresh();
  };
  loadOnDemand("testing", async () => (await import("./testing-fold.tsx")).wireTesting(refresh));
  loadOnDemand("backbone", async () => (await import("./backbone-fold.tsx")).wireBackbone(refresh));
  const load = async (_overview: Answer<Overview>): Promise<Problem | null> => {
    const [items, heads] = await Promise.all([fetchClasses(), fetchHeads(pages)]);
    if (!items.ok) return items.error;
    if (!heads.ok) return heads.error;
    const names = nameItems(items.value.classes);
    mount("versions-body", <Timeline list={heads.value} {...{ names, refresh, loadMore }} />);
    await fillRuns();
    return null;
  };
  return { load, showOverview };
}

function tell(words: string): void {
  find("versions-status").textContent = words;
}

interface TimelineProps {
  readonly list: HeadList;
  readonly names: ItemNames;
  readonly refresh: () => Promise<void>;
  /** Refreshes with a page more. */
  readonly loadMore: () => Promise<void>;
}

/** The older versions are folded away until asked for. */
function Timeline({ list: { heads, next, held, liveVersion }, names, refresh, loadMore }: TimelineProps) {
  const [showsAll, showAll] = useState(false);
  const shown = heads.filter(({ live, pinnedAt }, at) => showsAll || at < RECENT_VERSIONS || live || pinnedAt !== null);
  const more = async () => {
    if (showsAll) {
      await loadMore();
      // The button may be gone now; the first of the older ones is where reading goes on.
      find(`version-${shown.at(-1)?.version}`)
        .closest("li")
        ?.nextElementSibling?.querySelector("h2")
        ?.focus();
    } else {
      showAll(true);
      find("versions-title").focus();
    }
  };
  const older = showsAll ? texts.showOlder : (next === null ? texts.showAll : texts.showSome)(heads.length);
  return (
    <>
      {held && liveVersion !== null && <HoldNote key={liveVersion} {...{ liveVersion, refresh }} />}
      {heads.length === 0 ? (
        <p class="empty">{texts.empty}</p>
      ) : (
        <ol class="card timeline" aria-labelledby="versions-title">
          {shown.map((head) => (
            <VersionCard key={head.version} {...{ head, versions: heads, names, refresh, tell }} />
          ))}
        </ol>
      )}
      {(shown.length < heads.length || next !== null) && <Button onClick={more}>{older}</Button>}
    </>
  );
}

interface HoldNoteProps {
  readonly liveVersion: number;
  readonly refresh: () => Promise<void>;
}

/** While versions are held, says so above all else, and offers to end it. */
function HoldNote({ liveVersion, refresh }: HoldNoteProps) {
  const { act, alert } = useDeeds("");
  const end = () =>
    act(activateHead(liveVersion, false), () => {
      tell(texts.hold.ended);
      find("versions-title").focus();
      return refresh();
    });
  return (
    <div class="notice hold-note">
      <p>{texts.hold.note(liveVersion)}</p>
      <Button needs="admin" onClick={end}>
        {texts.hold.end}
      </Button>
      {alert}
    </div>
  );
}
