/** What a test has opened in the browser ends with it, for every browser suite. */
import { afterEach } from "vitest";
import { closePages } from "./chromium.ts";

afterEach(closePages);
