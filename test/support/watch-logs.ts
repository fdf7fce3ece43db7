/** All that the Worker logs, on every level, kept from the console for one test. */
import { vi } from "vitest";

const LEVELS = ["log", "info", "warn", "error", "debug"] as const;

/** The lines from now until mocks are restored; the list grows. */
export function watchLogs(): readonly string[] {
  const lines: string[] = [];
  for (const level of LEVELS) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  return lines;
}
