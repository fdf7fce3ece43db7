/**
 * The kitchen: where staff teach the menu. Signed out, it is a sign-in form, whatever the address, so a link that was sent
 * leads where it says once its reader is in. Signed in, it is the frame of one place, which a script of its own (`client/admin*.ts`)
 * fills from the API. It never contains data, so a cached copy tells nothing but whether somebody has signed in.
 */
import type { FC, PropsWithChildren } from "hono/jsx";
import { type Role, reaches } from "../../shared/role.ts";
import { Layout } from "../layout.tsx";
import { KeysSection, LimitsFold } from "./keys.tsx";
import { NAVIGATION, nameOfPlace, PLACES, type PlaceName, placeFor } from "./kitchen-places.ts";
import { FirstRun, ItemSection, ItemsSection } from "./menu.tsx";
import { RecordsSection, RunsSection, TestingSection } from "./records.tsx";
import { type KitchenProps, Section } from "./section.tsx";
import { OverviewSection, PoolSection, SuggestionsSection, TeacherSection } from "./today.tsx";

const SignIn: FC<KitchenProps> = ({ texts }) => (
  <form class="card sign-in" id="sign-in" method="post">
    <h1>{texts.frame.door.heading}</h1>
    <p class="soft">
      {texts.frame.door.note.before}
      <code>npm start</code>
      {texts.frame.door.note.between}
      <code>ADMIN_TOKEN</code>
      {texts.frame.door.note.after}
    </p>
    <label class="field" for="token">
      <span class="field-name">{texts.frame.door.field}</span>
      <input id="token" name="token" type="password" autocomplete="current-password" spellcheck={false} required />
    </label>
    <button class="button button-primary" type="submit">
      {texts.frame.door.submit}
    </button>
    <div id="sign-in-alert" role="alert" />
  </form>
);

/*
 * Above every place but today's, which has all of it in its overview: the labels that wait with the button that trains, and what a run
 * says that is at work. Nothing is seen of it while there is nothing to say. Filled by `client/training-bar.ts`.
 */

/** The button starts hidden. */
const TrainingBar: FC<KitchenProps> = ({ texts }) => (
  <div class="training-bar" data-needs="review">
    <p id="train-words" />
    <button class="button" type="button" id="train" data-needs="admin" hidden>
      {texts.training.train}
    </button>
    <p class="outcome" id="train-outcome" role="status" />
    <div id="train-alert" role="alert" />
    <p class="outcome" id="run-news" role="status" />
    <p class="soft small" id="run-progress" />
  </div>
);

interface AdminPageProps extends KitchenProps {
  /** Who is asking: the kitchen shows those who bring photos, those who decide and admins what is theirs. */
  readonly visitor: Role;
  readonly place?: PlaceName;
  readonly reads?: "photos" | "texts";
  /** The model service that reads what is taught; null where the deployment reads it itself. */
  readonly handsOnTo?: string | null;
}

/** `visitor` decides between the door and the kitchen; which sections a role sees is decided by `data-needs`. */
export const AdminPage: FC<AdminPageProps> = ({ texts, visitor, place: wanted = "today", ...about }) => {
  const { reads = "photos", handsOnTo = null } = about;
  const isSignedIn = reaches(visitor, "label");
  const place = placeFor(visitor, wanted);
  const { script, styles } = PLACES[place];
  return (
    <Layout
      title={isSignedIn ? `${nameOfPlace(place, texts)} · ${texts.frame.page.title}` : texts.frame.page.title}
      description={texts.frame.page.description}
      page="admin"
      language={texts.tag}
      script={`${isSignedIn ? script : "admin-door"}-${texts.tag}`}
      scriptNotice={texts.frame.page.scriptNotice}
      styles={
        isSignedIn ? ["admin", ...styles, "admin-tools", ...(reads === "texts" ? ["admin-texts"] : [])] : ["admin"]
      }
      navigation={<SiteNavigation texts={texts} isSignedIn={isSignedIn} />}
    >
      {isSignedIn ? (
        <Kitchen texts={texts} visitor={visitor} place={place} reads={reads} handsOnTo={handsOnTo} />
      ) : (
        <SignIn texts={texts} />
      )}
    </Layout>
  );
};

const SiteNavigation: FC<KitchenProps & { readonly isSignedIn: boolean }> = ({ texts, isSignedIn }) => (
  <nav class="site-nav" aria-label={texts.frame.page.site}>
    <a class="quiet-link" href="/">
      {texts.frame.page.guestsPage}
    </a>
    {isSignedIn && (
      <button class="quiet-link" type="button" id="sign-out">
        {texts.frame.page.signOut}
      </button>
    )}
  </nav>
);

interface PlaceProps extends KitchenProps {
  readonly visitor: Role;
  readonly place: PlaceName;
  readonly reads: "photos" | "texts";
  readonly handsOnTo: string | null;
}

const Kitchen: FC<PlaceProps> = ({ texts, visitor, place, reads, handsOnTo }) => (
  <div id="kitchen" data-role={visitor}>
    <PlaceNavigation texts={texts} visitor={visitor} place={place} />
    {visitor !== "admin" && (
      <p class="notice role-note">
        {visitor === "review" ? texts.frame.page.reviewerNote : texts.frame.page.teacherNote}
      </p>
    )}
    <div id="kitchen-alert" role="alert" />
    {place !== "today" && <TrainingBar texts={texts} />}
    {CONTENTS[place]({ texts, reads, handsOnTo })}
  </div>
);

/** Nobody needs a way to one place alone. */
const PlaceNavigation: FC<Omit<PlaceProps, "reads" | "handsOnTo">> = ({ texts, visitor, place }) => {
  if (!reaches(visitor, "review")) return null;
  return (
    <nav class="places" aria-label={texts.frame.page.heading}>
      {NAVIGATION.map(([name, href]) => (
        <a href={href} aria-current={name === place ? "page" : isWithin(place, name) ? "true" : undefined} key={name}>
          {nameOfPlace(name, texts)}
        </a>
      ))}
    </nav>
  );
};

/** An item's place is one of the menu's. */
function isWithin(place: PlaceName, other: PlaceName): boolean {
  return place === "item" && other === "menu";
}

/** The title of a place with several sections; it takes the focus when the place has loaded. */
const PlaceTitle: FC<PropsWithChildren> = ({ children }) => (
  <h1 class="place-title" tabindex={-1}>
    {children}
  </h1>
);

const CONTENTS: Readonly<Record<PlaceName, FC<Pick<PlaceProps, "texts" | "reads" | "handsOnTo">>>> = {
  today: ({ texts }) => (
    <>
      <PlaceTitle>{texts.frame.places.today}</PlaceTitle>
      <FirstRun texts={texts} />
      <OverviewSection texts={texts} />
      <Section id="reviews" needs="review" texts={texts} {...texts.reviews.section} />
      <PoolSection texts={texts} />
      <Section id="doubts" needs="review" texts={texts} {...texts.reviews.doubtsSection} />
      <SuggestionsSection texts={texts} />
    </>
  ),
  menu: ({ texts, reads, handsOnTo }) => <ItemsSection texts={texts} reads={reads} handsOnTo={handsOnTo} />,
  item: ({ texts, handsOnTo }) => <ItemSection texts={texts} handsOnTo={handsOnTo} />,
  look: ({ texts }) => <Section id="look" isPlace texts={texts} title={texts.frame.places.look} note="" />,
  map: ({ texts }) => <Section id="map" isPlace texts={texts} title={texts.frame.places.map} note="" />,
  versions: ({ texts }) => (
    <>
      <Section id="versions" isPlace texts={texts} {...texts.versions.section} />
      <TestingSection texts={texts} />
      <RunsSection texts={texts} />
    </>
  ),
  settings: ({ texts }) => (
    <>
      <PlaceTitle>{texts.frame.places.settings}</PlaceTitle>
      <KeysSection texts={texts} />
      <LimitsFold texts={texts} />
      <TeacherSection />
      <RecordsSection texts={texts} />
    </>
  ),
};
