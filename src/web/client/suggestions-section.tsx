/** What guests miss on the menu, most wanted first: `3 guests asked for: Diavola`. Looks by itself, now and then. */
import type { suggestionOperations } from "../../operations/suggestions.ts";
import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { useCut } from "./cut.tsx";
import { answerOf, type Decoded, list, nothing, number, object, text } from "./decode.ts";
import { useDeeds } from "./deeds.tsx";
import { find } from "./dom.ts";
import { mount } from "./mount.tsx";

const texts = kitchen.reviews.suggestions;

/** Suggestions are not news that somebody waits for. */
const REFRESH_INTERVAL_MS = 60_000;

const suggestionList = answerOf<typeof suggestionOperations.listSuggestions>()(
  object({ suggestions: list(object({ id: text, text, guests: number })) }),
);
type Suggestion = Decoded<typeof suggestionList>["suggestions"][number];

const ROOM = { small: 1, large: 5 };

/** Shows them, and keeps looking while the page is in view. */
export function openSuggestions(): void {
  const refresh = async (): Promise<void> => {
    const answer = await callAdmin({ path: "/suggestions" }, suggestionList);
    if (!answer.ok) return;
    const { suggestions } = answer.value;
    find("suggestions").hidden = suggestions.length === 0;
    mount("suggestions-body", <Suggestions {...{ suggestions, refresh }} />);
  };
  void refresh();
  setInterval(() => document.visibilityState === "visible" && void refresh(), REFRESH_INTERVAL_MS);
}

interface SuggestionsProps {
  readonly suggestions: readonly Suggestion[];
  /** Called once one is off the list. */
  readonly refresh: () => Promise<void>;
}

function Suggestions({ suggestions, refresh }: SuggestionsProps) {
  const { list, shown, button } = useCut<HTMLUListElement>(ROOM, suggestions.length);
  return (
    <>
      <ul class="card doubts" aria-labelledby="suggestions-title" ref={list}>
        {suggestions.slice(0, shown).map((suggestion) => (
          <Row key={suggestion.id} {...{ suggestion, refresh }} />
        ))}
      </ul>
      {button}
    </>
  );
}

/** The menu's place, with the wish in the form for a new item, where it can still be put in other words. */
function addressOfNewItem(wish: string): string {
  return `/admin/menu?${new URLSearchParams({ name: wish.slice(0, MAX_NAME_CHARACTERS) })}`;
}

function Row({
  suggestion: { id, text, guests },
  refresh,
}: Pick<SuggestionsProps, "refresh"> & { readonly suggestion: Suggestion }) {
  const { act, button, alert } = useDeeds(text);
  const drop = () =>
    act(callAdmin({ method: "DELETE", path: `/suggestions/${id}` }, nothing), async () => {
      find("suggestions-status").textContent = texts.gone(text);
      find("suggestions-title").focus();
      await refresh();
      // The section goes with its last row.
      if (find("suggestions").hidden) find("advice-title").focus();
    });
  return (
    <li class="doubt">
      <p>
        <span>{texts.demand(guests)}</span> <strong>{text}</strong>
      </p>
      <div class="button-row" data-needs="admin">
        <a class="button" href={addressOfNewItem(text)} aria-label={texts.addIt(text)}>
          {texts.add}
        </a>
        {button(texts.done, "quiet", drop, texts.doneWith(text))}
      </div>
      {alert}
    </li>
  );
}
