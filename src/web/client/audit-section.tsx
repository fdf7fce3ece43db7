/** The audit log, folded away and asked for only while it is open: a filter for words in it, and as many entries as were asked for. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeAudit } from "./audit-words.ts";
import { Button, Moment } from "./controls.tsx";
import type { AuditEntry, AuditPage } from "./history-answers.ts";
import { fetchAuditLog } from "./history-api.ts";
import { mountFold } from "./mount.tsx";
import { formatTime } from "./time-element.ts";
import type { ItemNames } from "./version-words.ts";

const ENTRIES_SHOWN = 20;
const texts = kitchen.history.log;

/** Gives back what fills it again while it is open. */
export function createAuditSection(): (names: ItemNames) => Promise<void> {
  let names: ItemNames = new Map();
  let pages = 1;
  const loadMore = () => {
    pages++;
    return fill();
  };
  const fill = mountFold(
    "audit",
    () => fetchAuditLog(pages),
    (page) => <AuditLog {...{ page, names, loadMore }} />,
  );
  return async (itemNames) => {
    names = itemNames;
    await fill();
  };
}

interface AuditLogProps {
  /** Newest first. */
  readonly page: AuditPage;
  readonly names: ItemNames;
  /** Asks for as many entries again. */
  readonly loadMore: () => Promise<void>;
}

function AuditLog({ page: { entries, next }, names, loadMore }: AuditLogProps) {
  const [wanted, want] = useState("");
  const [room, setRoom] = useState(ENTRIES_SHOWN);
  const list = useRef<HTMLUListElement>(null);
  /** The first of new rows, where reading goes on: the button may be gone. */
  const readOn = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (readOn.current === null) return;
    list.current?.querySelectorAll("li")[readOn.current]?.focus();
    readOn.current = null;
  });
  const found = entries.map((entry) => describe(entry, names)).filter(({ all }) => all.includes(wanted));
  const shown = found.slice(0, room);
  const isAll = next === null;
  const more = async () => {
    const wantedRoom = shown.length + ENTRIES_SHOWN;
    if (found.length < wantedRoom && !isAll) await loadMore();
    readOn.current = shown.length;
    setRoom(wantedRoom);
  };
  const sum = isAll ? texts.found(found.length) : texts.foundAmong(found.length, entries.length);
  return (
    <div class="log-frame">
      <label class="field log-filter" hidden={entries.length === 0}>
        <span class="field-name small">{texts.filter}</span>
        <input
          type="search"
          autocomplete="off"
          onInput={({ currentTarget }) => {
            setRoom(ENTRIES_SHOWN);
            want(currentTarget.value.trim().toLowerCase());
          }}
        />
      </label>
      <p class="soft small" role="status">
        {wanted !== "" ? sum : entries.length === 0 && texts.none}
      </p>
      <ul class="log" ref={list}>
        {shown.map(({ entry, words }) => (
          <li key={entry.id} tabIndex={-1}>
            <span>{words}</span>
            <span class="soft small">
              <Moment iso={entry.at} />
              {texts.by(entry.actor)}
            </span>
          </li>
        ))}
      </ul>
      {(found.length > room || !isAll) && <Button onClick={more}>{kitchen.frame.showMore}</Button>}
    </div>
  );
}

/** An entry with its sentence, and all that a search looks through. */
function describe(entry: AuditEntry, names: ItemNames) {
  const words = describeAudit(entry, names);
  return { entry, words, all: `${words} ${formatTime(entry.at)}${texts.by(entry.actor)}`.toLowerCase() };
}
