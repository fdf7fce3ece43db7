/** The sign-in form of the kitchen. A right token brings a cookie, and the page comes again from the server. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { signIn } from "./admin-api.ts";
import { find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";

export function wireSignIn(form: HTMLFormElement): void {
  const token = findElement("token", HTMLInputElement);
  const alert = find("sign-in-alert");
  token.focus();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    setBusy(form, true);
    showAlert(alert, "");
    const answer = await signIn(token.value.trim());
    setBusy(form, false);
    if (answer.ok) return location.reload();
    showAlert(alert, answer.error.status === 401 ? kitchen.frame.door.refused : answer.error.detail);
    token.select();
  });
}
