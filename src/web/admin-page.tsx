/**
 * The kitchen: where staff teach the menu. Signed out, it is a sign-in form; signed in, the frame of every section,
 * which `client/admin.ts` fills from the API. It never contains data, so a cached copy tells nothing but whether an admin has signed in.
 */
import type { FC } from "hono/jsx";
import { type Role, reaches } from "../shared/role.ts";
import { HistorySection } from "./admin-history.tsx";
import { ItemsSection } from "./admin-items.tsx";
import { KeysSection, LimitsFold } from "./admin-keys.tsx";
import { OverviewSection } from "./admin-overview.tsx";
import { SuggestionsSection } from "./admin-suggestions.tsx";
import { FirstRun } from "./first-run.tsx";
import type { KitchenProps } from "./kitchen-props.ts";
import { Layout } from "./layout.tsx";
import { Section } from "./section.tsx";
import { SignIn } from "./sign-in.tsx";

interface AdminPageProps extends KitchenProps {
  /** Who is asking: the kitchen shows those who bring photos, those who decide and admins what is theirs. */
  readonly visitor: Role;
  readonly reads?: "photos" | "texts";
}

/** `visitor` decides between the door and the kitchen; which sections a role sees is decided by `data-needs`. */
export const AdminPage: FC<AdminPageProps> = ({ texts, visitor, reads = "photos" }) => (
  <Layout
    title={texts.frame.page.title}
    description={texts.frame.page.description}
    page="admin"
    language={texts.tag}
    script={`admin-${texts.tag}`}
    scriptNotice={texts.frame.page.scriptNotice}
    styles={[
      "admin",
      "admin-cards",
      "admin-queue",
      "admin-because",
      "admin-versions",
      "admin-tools",
      ...(reads === "texts" ? ["admin-texts"] : []),
    ]}
    navigation={<Navigation texts={texts} isSignedIn={reaches(visitor, "label")} />}
  >
    {reaches(visitor, "label") ? <Kitchen texts={texts} visitor={visitor} reads={reads} /> : <SignIn texts={texts} />}
  </Layout>
);

const Navigation: FC<KitchenProps & { readonly isSignedIn: boolean }> = ({ texts, isSignedIn }) => (
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

const Kitchen: FC<Required<AdminPageProps>> = ({ texts, visitor, reads }) => (
  <div id="kitchen" data-role={visitor}>
    <div class="intro">
      <h1>{texts.frame.page.heading}</h1>
      <p class="lead" data-needs="admin">
        {texts.frame.page.lead}
      </p>
    </div>
    {visitor !== "admin" && (
      <p class="notice role-note">
        {visitor === "review" ? texts.frame.page.reviewerNote : texts.frame.page.teacherNote}
      </p>
    )}
    <div id="kitchen-alert" role="alert" />
    <FirstRun texts={texts} />
    <OverviewSection texts={texts} />
    <Section id="reviews" needs="review" texts={texts} {...texts.reviews.section} />
    <SuggestionsSection texts={texts} />
    <ItemsSection texts={texts} reads={reads} />
    <Section id="doubts" needs="review" texts={texts} {...texts.reviews.doubtsSection} />
    <Section id="versions" needs="review" texts={texts} {...texts.versions.section} />
    <KeysSection texts={texts} />
    <LimitsFold texts={texts} />
    <HistorySection texts={texts} />
  </div>
);
