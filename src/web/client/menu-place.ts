/** The menu: a form for a new item, and every item with a place to drop photos on. */
import type { ItemClasses, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import type { SampleLimits } from "./answers.ts";
import { createDetailsReader } from "./details-reader.ts";
import { createExampleRemoval } from "./example-removal.ts";
import { nameItems } from "./item-names.ts";
import { createItemsSection } from "./items-section.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";

/** The place, and its part that takes a new item in. `limits` are those of photos or of texts. */
export function createMenu(limits: SampleLimits, refresh: () => Promise<void>) {
  const items = createItemsSection(limits, refresh);
  const example = createExampleRemoval(refresh);
  const showOverview = createTrainingBar(refresh);
  const readDetails = createDetailsReader();

  const showItems = (answer: ItemClasses) => {
    example.show(answer.classes);
    items.show(answer);
  };
  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const [overview, answer] = await Promise.all([asked, fetchClasses()]);
    if (!overview.ok) return overview.error;
    if (!answer.ok) return answer.error;
    const { liveHead } = overview.value;
    showItems(answer.value);
    items.showCaught(liveHead);
    items.showQuality(await readDetails(liveHead?.version ?? null), nameItems(answer.value.classes));
    return null;
  };
  const loadForTeacher = async (): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    showItems(answer.value);
    return null;
  };
  const place: Place = { load, loadForTeacher, showOverview };
  return { place, items };
}
