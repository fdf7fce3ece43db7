/**
 * API keys: a form for a new one, the place where a secret shows once, and the list, filled by `client/keys-section.ts`;
 * below them the limits, filled by `client/limits-fold.ts`.
 */
import type { FC } from "hono/jsx";
import { KEY_ROLES, type KeyRole } from "../shared/role.ts";
import { Fold } from "./fold.tsx";
import type { KitchenProps } from "./kitchen-props.ts";
import { Section } from "./section.tsx";

/** The longest name the field takes; the API has the last word. */
const MAX_NAME_LENGTH = 80;

const ROLE_WORDS: Readonly<Record<KeyRole, string>> = {
  classify: "ask about photos",
  label: "ask, and teach photos",
  review: "ask, teach, and decide",
  admin: "everything",
};
const LIVES = [
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "a year"],
  ["", "no end"],
] as const;

export const KeysSection: FC<KitchenProps> = ({ texts }) => (
  <Section
    id="keys"
    texts={texts}
    title="Keys"
    needs="admin"
    note="One for each program and each person, so that one can go without the others."
  >
    <form class="card add-item" id="make-key" method="post">
      <label class="field" for="key-name">
        <span class="field-name">What it is for</span>
        <input
          id="key-name"
          name="name"
          maxlength={MAX_NAME_LENGTH}
          placeholder="Till by the door"
          required
          autocomplete="off"
        />
      </label>
      <div class="key-choices">
        <label class="field" for="key-role">
          <span class="field-name">May</span>
          <select id="key-role" name="role">
            {KEY_ROLES.map((role) => (
              <option value={role} key={role}>
                {ROLE_WORDS[role]}
              </option>
            ))}
          </select>
        </label>
        <label class="field" for="key-life">
          <span class="field-name">Works for</span>
          <select id="key-life" name="life">
            {LIVES.map(([days, words]) => (
              <option value={days} key={days}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button class="button button-primary" type="submit" id="make-key-submit" disabled>
        Make a key
      </button>
      <div class="add-item-alert" id="make-key-alert" role="alert" />
    </form>
    <div id="key-secret" />
  </Section>
);

/** What everybody is limited to, keys or none. */
export const LimitsFold: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds limits" data-needs="review">
    <Fold texts={texts} id="limits" title="Limits" />
  </div>
);
