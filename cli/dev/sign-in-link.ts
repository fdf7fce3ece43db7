/** Links into the kitchen that work once. The code is in the fragment, which no server and no log gets to see. */
import { makeSignInCode } from "../../src/shared/sign-in-code.ts";

export const LINK_MINUTES = 10;

/** A new one for the server at `url`; `secret` is what that Worker got as `SIGN_IN_SECRET`. */
export async function makeSignInLink(url: string, secret: string): Promise<string> {
  return `${url}/admin#code=${await makeSignInCode(secret, Date.now() + LINK_MINUTES * 60_000)}`;
}
