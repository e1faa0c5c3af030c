import { describe, expect, it } from "vitest";
import { blockedInARow } from "./blocked-in-a-row.ts";

const rows = (...kinds: string[]) =>
  kinds.map((kind, i) => ({ kind, at: `2026-03-0${i + 1}T00:00:00Z` })) as Parameters<typeof blockedInARow>[0];
const since = (day: number) => Date.parse(`2026-03-0${day}T00:00:00Z`);

describe("blockedInARow", () => {
  it.each<[kinds: string[], runs: number, since: number]>([
    [["blocked"], 1, 1],
    [["proposed", "blocked", "blocked"], 2, 2],
    [["blocked", "unblocked", "blocked"], 1, 3],
    [["blocked", "look", "blocked"], 2, 1],
    [["blocked", "look", "forced", "blocked"], 2, 1],
    [["blocked", "repeated", "look", "blocked"], 2, 1],
  ])("%j", (kinds, runs, first) => {
    expect(blockedInARow(rows(...kinds))).toEqual({ runs, since: since(first) });
  });

  it.each([[[]], [["blocked", "drift"]], [["blocked", "unblocked"]], [["blocked", "look", "proposed"]]])(
    "is over: %j",
    (kinds: string[]) => {
      expect(blockedInARow(rows(...kinds))).toBeNull();
    },
  );
});
