/** The versions of the head as a timeline, newest first; the older ones are folded away until asked for. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import type { HeadList, HeadVersion } from "./head-answers.ts";
import { activateHead } from "./head-api.ts";
import { forAdmin } from "./role.ts";
import { createVersionCard, type VersionCard } from "./version-card.ts";
import type { ItemNames } from "./version-words.ts";

/** Shown at first, besides the live one and the pinned ones. */
const RECENT_VERSIONS = 5;

const texts = kitchen.versions;

/** `refresh` is called after every change to a version. */
export function createVersionsSection(refresh: () => Promise<void>) {
  // Kept from refresh to refresh, because a card may be open.
  const cards = new Map<number, VersionCard>();
  let heads: readonly HeadVersion[] = [];
  let hasMore = false;
  let pages = 1;
  let names: ItemNames = new Map();
  let showsAll = false;
  const tell = (text: string) => {
    find("versions-status").textContent = text;
  };
  const context = { refresh, tell, names: () => names, versions: () => heads };
  const list = createElement("ol", { class: "card timeline", attributes: { "aria-labelledby": "versions-title" } });
  const holdNote = createElement("div", {});
  const older = createButton("", "plain", async () => {
    if (isBusy(older)) return;
    if (showsAll) return showPage();
    showsAll = true;
    fill();
    find("versions-title").focus();
  });
  const showPage = async () => {
    const seen = list.childElementCount;
    pages++;
    setBusy(older, true);
    await refresh();
    setBusy(older, false);
    // The button may be gone now; the first of the older ones is where reading goes on.
    list.children[seen]?.querySelector("h2")?.focus();
  };
  const empty = createElement("p", { class: "empty", text: texts.empty });

  const fill = () => {
    const shown = heads.filter(
      ({ live, pinnedAt }, at) => showsAll || at < RECENT_VERSIONS || live || pinnedAt !== null,
    );
    for (const head of shown) {
      const card = cards.get(head.version) ?? createVersionCard(head, context);
      cards.set(head.version, card);
      card.show(head);
    }
    const elements = shown.map(({ version }) => cards.get(version)?.element ?? createElement("li"));
    // Moving what is in place already would take the focus out of it.
    if (elements.some((element, at) => list.children[at] !== element)) list.replaceChildren(...elements);
    older.hidden = shown.length === heads.length && !hasMore;
    older.textContent = showsAll ? texts.showOlder : (hasMore ? texts.showSome : texts.showAll)(heads.length);
    list.hidden = heads.length === 0;
    empty.hidden = heads.length > 0;
  };
  const show = (answer: HeadList, itemNames: ItemNames) => {
    heads = answer.heads;
    hasMore = answer.next !== null;
    names = itemNames;
    fill();
    showHold(holdNote, answer, context);
    const body = find("versions-body");
    if (!body.contains(list)) body.replaceChildren(holdNote, empty, list, older);
  };
  return { pages: () => pages, show };
}

/** While versions are held, the section says so above all else, and offers to end it. */
function showHold(
  note: HTMLElement,
  { held, liveVersion }: HeadList,
  { refresh, tell }: { refresh: () => Promise<void>; tell: (text: string) => void },
): void {
  if (!held || liveVersion === null) {
    note.replaceChildren();
    return;
  }
  // Left alone when nothing changed, so that a refresh does not take the focus away.
  if (note.childElementCount > 0 && note.dataset.version === String(liveVersion)) return;
  note.dataset.version = String(liveVersion);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const release = forAdmin(
    createButton(texts.hold.end, "plain", async () => {
      if (isBusy(release)) return;
      setBusy(release, true);
      const answer = await activateHead(liveVersion, false);
      setBusy(release, false);
      showAlert(alert, answer.ok ? "" : answer.error.detail);
      if (!answer.ok) return;
      tell(texts.hold.ended);
      find("versions-title").focus();
      await refresh();
    }),
  );
  const text = texts.hold.note(liveVersion);
  note.replaceChildren(
    createElement("div", { class: "notice hold-note" }, createElement("p", { text }), release, alert),
  );
}
