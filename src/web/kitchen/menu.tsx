/**
 * The menu as staff see it: a form for a new item with its photos, then one card each, filled by `client/menu-items.tsx`; and the
 * place of one item, filled by `client/item-place.tsx`. The note beside the example's items is `client/example-note.tsx`.
 */
import type { FC } from "hono/jsx";
import { MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import { Fold, type KitchenProps, Section } from "./section.tsx";

/** Starts hidden; the script shows it where the menu is empty. */
export const FirstRun: FC<KitchenProps> = ({ texts }) => (
  <section class="section card next-step" id="first-run" data-needs="admin" aria-labelledby="first-run-title" hidden>
    <h2 id="first-run-title">{texts.firstRun.title}</h2>
    <ol class="first-steps">
      {texts.firstRun.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
      <li>
        {texts.firstRun.tryIt.before}
        <a href="/">{texts.firstRun.tryIt.link}</a>
        {texts.firstRun.tryIt.after}
      </li>
    </ol>
    <div class="example-offer" id="example-offer">
      <p class="soft">{texts.firstRun.example}</p>
      <button class="button" type="button" id="load-example">
        {texts.firstRun.load}
      </button>
    </div>
    <p class="outcome" id="first-run-status" role="status" />
    <div id="first-run-alert" role="alert" />
  </section>
);

/** What the picker of files offers. */
const ACCEPT = { photos: "image/*", texts: ".txt,.csv,.tsv,text/*" };

interface ItemSectionProps extends KitchenProps {
  /** The model service that reads what is taught; null where the deployment reads it itself. */
  readonly handsOnTo: string | null;
}

/** Only admins see the form; reviewers see the cards. */
export const ItemsSection: FC<ItemSectionProps & { readonly reads: "photos" | "texts" }> = ({
  texts,
  reads,
  handsOnTo,
}) => (
  <Section id="items" isPlace texts={texts} {...texts.items.section}>
    <HandedOn texts={texts} handsOnTo={handsOnTo} />
    <form class="card add-item" id="add-item" data-needs="admin" method="post">
      <label class="field" for="item-name">
        <span class="field-name">{texts.items.add.name}</span>
        <input
          id="item-name"
          name="name"
          maxlength={MAX_NAME_CHARACTERS}
          placeholder={texts.items.add.example}
          required
          autocomplete="off"
        />
      </label>
      <label class="field" for="item-description">
        <span class="field-name">
          {texts.items.add.description} <span class="soft">{texts.items.add.optional}</span>
        </span>
        <input
          id="item-description"
          name="description"
          maxlength={MAX_DESCRIPTION_CHARACTERS}
          aria-describedby="item-description-hint"
          autocomplete="off"
        />
        <span class="soft small" id="item-description-hint">
          {texts.items.add.descriptionHint}
        </span>
      </label>
      <label class="field add-item-photos" for="item-photos">
        <span class="field-name">
          {texts.items.add.photos} <span class="soft">{texts.items.add.optional}</span>
        </span>
        <span class="drop-zone" id="item-photos-zone">
          <input class="visually-hidden" type="file" id="item-photos" accept={ACCEPT[reads]} multiple />
          {reads === "photos" && <span class="icon icon-photo" aria-hidden="true" />}
          <span id="item-photos-words">{texts.items.upload.drop}</span>
        </span>
      </label>
      <button class="button button-primary" type="submit" id="item-submit" disabled>
        {texts.items.add.submit}
      </button>
      <div class="add-item-alert" id="add-item-alert" role="alert" />
    </form>
    {reads === "photos" && <Fold id="camera" texts={texts} title={texts.items.cameraTitle} />}
    <div id="example" data-needs="admin" />
  </Section>
);

/** The server knows no item: the title becomes its name. */
export const ItemSection: FC<ItemSectionProps> = ({ texts, handsOnTo }) => (
  <Section id="items" isPlace texts={texts} title={texts.frame.places.item} note="">
    <HandedOn texts={texts} handsOnTo={handsOnTo} />
  </Section>
);

/** Nothing where texts stay in this deployment. */
const HandedOn: FC<ItemSectionProps> = ({ texts, handsOnTo }) =>
  handsOnTo === null ? null : <p class="notice">{texts.items.write.handedOn(handsOnTo)}</p>;
