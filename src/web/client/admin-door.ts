/** Starts the kitchen's door: the sign-in form, whatever the address behind it. */
import { findElement } from "./dom.ts";
import { wireSignIn } from "./sign-in.ts";

wireSignIn(findElement("sign-in", HTMLFormElement));
