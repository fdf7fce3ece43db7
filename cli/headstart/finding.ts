/** What one look of the doctor found. */
export interface Finding {
  readonly check: string;
  readonly status: "ok" | "warn" | "fail";
  readonly message: string;
  /** What to do; null where nothing has to be done. */
  readonly remedy: string | null;
}

export function ok(check: string, message: string): Finding {
  return { check, status: "ok", message, remedy: null };
}

export function warn(check: string, message: string, remedy: string): Finding {
  return { check, status: "warn", message, remedy };
}

export function fail(check: string, message: string, remedy: string): Finding {
  return { check, status: "fail", message, remedy };
}
