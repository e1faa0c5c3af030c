import { describe, expect, it } from "vitest";

import { mergeProfiles } from "./merge-profiles.ts";
import { profileOf } from "./profile.fixture.ts";
import { profileSnapshot } from "./profile-snapshot.ts";
import { profile } from "./profile.ts";

const uniform = (i: number) => (i * 0.618_033_988_749_895) % 1;
const file = (start: number, shift: number, rows = 400) =>
  profileOf({ x: Array.from({ length: rows }, (_, i) => uniform(start + i) + shift), y: Array(rows).fill("a") });

describe("profileSnapshot", () => {
  it("tells how far files usually are apart", () => {
    const moving = profileSnapshot([file(0, 0), file(400, 0), file(800, 0.5)]);
    const calm = profileSnapshot([file(0, 0), file(400, 0), file(800, 0)]);

    // Against the two other files; against all three it would be 1.6.
    expect(moving.columns[0]!.usualPsi).toBeCloseTo(4.35, 1);
    expect(calm.columns.map(({ usualPsi }) => usualPsi)).toEqual([0, 0]);
  });

  it("is the merged profile otherwise, and valid", () => {
    const files = [file(0, 0), file(400, 0.2), file(800, 0.5)];
    const snapshot = profileSnapshot(files);

    expect(snapshot.rows).toBe(1200);
    expect(snapshot.columns).toEqual(
      mergeProfiles(files).columns.map((column) => ({ ...column, usualPsi: expect.any(Number) })),
    );
    expect(profile.safeParse(snapshot).success).toBe(true);
  });

  it.each([
    ["two files", [file(0, 0), file(400, 0.5)]],
    ["files of few rows", [file(0, 0), file(400, 0.5), file(800, 0.5, 199)]],
    ["no file", []],
  ])("says nothing of what is usual from %s", (_what, files) => {
    for (const column of profileSnapshot(files).columns) expect(column).not.toHaveProperty("usualPsi");
  });
});
