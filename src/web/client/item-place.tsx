/** The place of one item, or of what is on no menu: its photos, how well it is told apart, and its tools. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClasses, LiveHead, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import type { SampleLimits } from "./answers.ts";
import { createDetailsReader } from "./details-reader.ts";
import { find } from "./dom.ts";
import type { HeadDetails } from "./head-answers.ts";
import { ItemDetail, NoneDetail } from "./item-detail.tsx";
import { nameItems } from "./item-names.ts";
import { mount } from "./mount.tsx";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";

/** What the last answers said. */
interface Known extends ItemClasses {
  readonly live: LiveHead | null;
  readonly details: HeadDetails | null;
}

/** `id` is the item's; one that is not there is said to be missing, and may come. */
export function createItemPlace(id: string, limits: SampleLimits, refresh: () => Promise<void>): Place {
  let known: Known = { classes: [], none: { examples: 0 }, live: null, details: null };
  const readDetails = createDetailsReader();
  const show = (changed: Partial<Known>) => {
    known = { ...known, ...changed };
    const { classes } = known;
    const name = id === NONE_ID ? kitchen.none.title : classes.find((item) => item.id === id)?.name;
    if (name !== undefined) nameThePage(name);
    mount("items-body", <One {...{ ...known, id, limits, refresh }} />);
  };
  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const [overview, answer] = await Promise.all([asked, fetchClasses()]);
    if (!overview.ok) return overview.error;
    if (!answer.ok) return answer.error;
    const live = overview.value.liveHead;
    show({ ...answer.value, live });
    show({ details: await readDetails(live?.version ?? null) });
    return null;
  };
  const loadForTeacher = async (): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    show(answer.value);
    return null;
  };
  return { load, loadForTeacher, showOverview: createTrainingBar(refresh) };
}

/** The server knows no item, so its page begins with a title that fits them all. */
function nameThePage(name: string): void {
  const title = find("items-title");
  if (title.textContent === name) return;
  title.textContent = name;
  document.title = `${name} · ${kitchen.frame.page.title}`;
}

interface OneProps extends Known {
  readonly id: string;
  readonly limits: SampleLimits;
  readonly refresh: () => Promise<void>;
}

/** One thing to teach, whichever it is. */
function One({ id, classes, none, live, ...others }: OneProps) {
  if (id === NONE_ID) return <NoneDetail {...{ ...others, classes, live, examples: none.examples }} />;
  const item = classes.find((one) => one.id === id);
  if (item !== undefined) return <ItemDetail {...{ ...others, item, classes, names: nameItems(classes) }} />;
  // Said in the section's body: what was done to the item stands above it.
  return (
    <div class="empty">
      <p>{kitchen.frame.noSuchItem}</p>
      <a href="/admin/menu">{kitchen.frame.toItems}</a>
    </div>
  );
}
