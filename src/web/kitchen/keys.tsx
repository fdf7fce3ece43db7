/**
 * API keys: a form for a new one, the place where a secret shows once, and the list, filled by `client/keys-section.tsx`;
 * below them places, webhooks and limits, filled by `client/places-fold.tsx`, `client/webhooks-fold.tsx` and `client/limits-fold.tsx`.
 */
import type { FC } from "hono/jsx";
import { KEY_ROLES } from "../../shared/role.ts";
import { Fold, type KitchenProps, Section } from "./section.tsx";

/** The longest name the field takes; the API has the last word. */
const MAX_NAME_LENGTH = 80;

/** How many days a key can be made for. */
const LIVES = [
  ["30", "month"],
  ["90", "quarter"],
  ["365", "year"],
  ["", "always"],
] as const;

/** In everybody's page; `needs` hides it from those who are not admins, whom the API refuses anyway. */
export const KeysSection: FC<KitchenProps> = ({ texts }) => (
  <Section id="keys" needs="admin" texts={texts} {...texts.keys.section}>
    <form class="card add-item" id="make-key" method="post">
      <label class="field" for="key-name">
        <span class="field-name">{texts.keys.form.name}</span>
        <input
          id="key-name"
          name="name"
          maxlength={MAX_NAME_LENGTH}
          placeholder={texts.keys.form.example}
          required
          autocomplete="off"
        />
      </label>
      <div class="key-choices">
        <label class="field" for="key-role">
          <span class="field-name">{texts.keys.form.role}</span>
          <select id="key-role" name="role">
            {KEY_ROLES.map((role) => (
              <option value={role} key={role}>
                {texts.keys.form.choices[role]}
              </option>
            ))}
          </select>
        </label>
        <label class="field" for="key-life">
          <span class="field-name">{texts.keys.form.life}</span>
          <select id="key-life" name="life">
            {LIVES.map(([days, life]) => (
              <option value={days} key={days}>
                {texts.keys.form.lives[life]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <button class="button button-primary" type="submit" id="make-key-submit" disabled>
        {texts.keys.form.submit}
      </button>
      <div class="add-item-alert" id="make-key-alert" role="alert" />
    </form>
    <div id="key-secret" />
  </Section>
);

/** Places, who is told what happens, and what everybody is limited to, keys or none. */
export const LimitsFold: FC<KitchenProps> = ({ texts }) => (
  <div class="card folds limits" data-needs="review">
    <Fold texts={texts} id="places" title={texts.keys.places} />
    <Fold texts={texts} id="webhooks" title={texts.keys.webhooks} needs="admin" />
    <Fold texts={texts} id="pictures" title={texts.keys.pictures.title} />
    <Fold texts={texts} id="backups" title={texts.keys.backups} needs="admin" />
    <Fold texts={texts} id="limits" title={texts.keys.limits.title} />
  </div>
);
