/** The sign-in form of the kitchen. A right token brings a cookie, and the page comes again from the server. */
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
    showAlert(alert, answer.error.status === 401 ? "That is neither a key nor the admin token." : answer.error.detail);
    token.select();
  });
}
