/** Starts the kitchen's page: the sign-in form when signed out, the sections when signed in. */
import { signOut } from "./admin-api.ts";
import { find, showAlert } from "./dom.ts";
import { ignoreStrayDrops } from "./dropped-files.ts";
import { openKitchen } from "./kitchen.ts";
import { mayReview } from "./role.ts";
import { takeCode, wireSignIn } from "./sign-in.ts";
import { openSuggestions } from "./suggestions-section.ts";

const signInForm = document.getElementById("sign-in");
if (signInForm instanceof HTMLFormElement) wireSignIn(signInForm);
else {
  takeCode(); // of no use to somebody who is in already
  ignoreStrayDrops();
  find("sign-out").addEventListener("click", async () => {
    const answer = await signOut();
    if (answer.ok) location.reload();
    else showAlert(find("kitchen-alert"), answer.error.detail);
  });
  void openKitchen();
  if (mayReview()) openSuggestions();
}
