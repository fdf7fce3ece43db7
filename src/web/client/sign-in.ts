/** The sign-in form of the kitchen. A right token, or the code of a link, brings a cookie, and the page comes again from the server. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { signIn, signInByCode } from "./admin-api.ts";
import { find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { takeCode } from "./sign-in-code.ts";

/** Uses the code of a sign-in link at once and takes it out of the address. */
export function wireSignIn(form: HTMLFormElement): void {
  const token = findElement("token", HTMLInputElement);
  const alert = find("sign-in-alert");
  token.focus();
  const code = takeCode();
  if (code !== undefined) void enterByCode(code, form, alert);
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

async function enterByCode(code: string, form: HTMLFormElement, alert: HTMLElement): Promise<void> {
  setBusy(form, true);
  const answer = await signInByCode(code);
  setBusy(form, false);
  if (answer.ok) return location.reload();
  showAlert(alert, answer.error.status === 401 ? kitchen.frame.door.linkRefused : answer.error.detail);
}
