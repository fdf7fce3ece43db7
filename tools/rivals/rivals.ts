/** The entry of this package, which `cli/bench/rivals.ts` imports when a benchmark needs it. */
import type { Rivals } from "../../cli/bench/rivals.ts";
import { createTfjsSession } from "./tfjs-session.ts";
import { timeClassifiers } from "./time-classifiers.ts";

export const rivals: Rivals = { timeClassifiers, createTfjsSession };
