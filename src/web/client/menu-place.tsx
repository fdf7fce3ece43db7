/** The menu: a form for a new item, and every item with a place to drop photos on. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ItemClasses, LiveHead, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import type { SampleLimits } from "./answers.ts";
import { createDetailsReader } from "./details-reader.ts";
import { find } from "./dom.ts";
import { ExampleNote } from "./example-note.tsx";
import type { HeadDetails } from "./head-answers.ts";
import { nameItems } from "./item-names.ts";
import { isOutOfSight, MenuItems } from "./menu-items.tsx";
import { mount } from "./mount.tsx";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import type { BroughtFiles } from "./sending.tsx";
import { createTrainingBar } from "./training-bar.ts";

const { added, addedWithPhotos } = kitchen.items.add;

/** What the last answers said. */
interface Known {
  readonly listed: readonly ItemClass[];
  /** Photos that are labelled "not on the menu". */
  readonly strangers: number;
  readonly live: LiveHead | null;
  readonly details: HeadDetails | null;
}

/** The place, and its part that takes a new item in. `limits` are those of photos or of texts. */
export function createMenu(limits: SampleLimits, refresh: () => Promise<void>) {
  let known: Known = { listed: [], strangers: 0, live: null, details: null };
  const arrivals = createArrivals();
  const show = (changed: Partial<Known>) => {
    known = { ...known, ...changed };
    const { listed, ...others } = known;
    const classes = arrivals.join(listed);
    const { brought, ahead } = arrivals;
    mount("example", <ExampleNote {...{ classes, refresh }} />);
    mount(
      "items-body",
      <MenuItems {...{ ...others, limits, refresh, classes, brought, ahead, names: nameItems(classes) }} />,
    );
  };
  const showItems = ({ classes, none }: ItemClasses) => show({ listed: classes, strangers: none.examples });

  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const [overview, answer] = await Promise.all([asked, fetchClasses()]);
    if (!overview.ok) return overview.error;
    if (!answer.ok) return answer.error;
    showItems(answer.value);
    const live = overview.value.liveHead;
    show({ live, details: await readDetails(live?.version ?? null) });
    return null;
  };
  const loadForTeacher = async (): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    showItems(answer.value);
    return null;
  };
  /** Its card has the progress, the refusals, and the way to go on after a failure. */
  const welcome = async (item: ItemClass, files: readonly File[]) => {
    const status = find("items-status");
    const words = files.length > 0 ? addedWithPhotos(files.length, item.name) : added(item.name);
    status.textContent = words;
    arrivals.add(item, known.listed, files, () => {
      // The card says what came of it; what was on the way is no longer.
      if (status.textContent === words) status.textContent = "";
    });
    show({});
    document.getElementById(`item-${item.id}`)?.closest("article")?.scrollIntoView({ block: "nearest" });
    await refresh();
  };
  const readDetails = createDetailsReader();
  const place: Place = { load, loadForTeacher, showOverview: createTrainingBar(refresh) };
  return { place, welcome };
}

/** Items that were made here, with their files: a list that was asked for before that must not take their cards away. */
function createArrivals() {
  let unlisted: readonly ItemClass[] = [];
  const brought = new Map<string, BroughtFiles>();
  const ahead: string[] = [];
  const join = (listed: readonly ItemClass[]) => {
    unlisted = unlisted.filter(({ id }) => listed.every((item) => item.id !== id));
    return [...listed, ...unlisted];
  };
  const add = (item: ItemClass, listed: readonly ItemClass[], files: readonly File[], onSent: () => void) => {
    if (isOutOfSight(join(listed).filter(({ archived }) => !archived).length)) ahead.unshift(item.id);
    unlisted = [...unlisted, item];
    const onEnd = () => {
      brought.delete(item.id);
      onSent();
    };
    if (files.length > 0) brought.set(item.id, { files, onEnd });
  };
  return { join, add, brought, ahead };
}
