import { describe, expect, it } from "vitest";
import { absenceSentence, checkFolders, pickCandidates, type CandidateFolder } from "./pick-candidates.ts";

const due = { inputDigest: "i", parent: "p" };
const folder = (candidate: number, more: Partial<CandidateFolder> = {}): CandidateFolder => ({
  ...due,
  model: "churn",
  candidate,
  seconds: 1,
  artifactDigest: `a${candidate}`,
  ...more,
});
const failure = "It diverged.";

describe("pickCandidates", () => {
  it("takes each from its folder, in the order of model.yaml, whatever the order of the folders", () => {
    const folders = [folder(3), folder(1), folder(2)];

    expect(pickCandidates(folders, due, 3)).toEqual(
      [folder(1), folder(2), folder(3)].map((each) => ({ folder: each })),
    );
  });

  it.each<[why: string, folders: CandidateFolder[], absence: string]>([
    ["none at all", [], "missing"],
    ["one of another candidate", [folder(2)], "missing"],
    ["one of other data", [folder(1, { inputDigest: "j" })], "other-inputs"],
    ["one for another champion", [folder(1, { parent: null })], "other-champion"],
    ["two that differ", [folder(1), folder(1, { artifactDigest: "b" })], "doubled"],
  ])("tells of a candidate with %s", (_why, folders, absence) => {
    expect(pickCandidates(folders, due, 1)).toEqual([{ absence }]);
  });

  it.each<[why: string, folders: CandidateFolder[], taken: number]>([
    ["two of the same model", [folder(1, { seconds: 9 }), folder(1)], 0],
    ["one that failed before", [folder(1, { failure }), folder(1)], 1],
    ["one of older data, too", [folder(1, { inputDigest: "j" }), folder(1)], 1],
    ["one that failed", [folder(1, { failure })], 0],
  ])("takes a candidate with %s", (_why, folders, taken) => {
    expect(pickCandidates(folders, due, 1)).toEqual([{ folder: folders[taken] }]);
  });

  it("says why in a sentence", () => {
    for (const absence of ["missing", "doubled", "other-inputs", "other-champion"] as const) {
      expect(absenceSentence(absence)).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("checkFolders", () => {
  it.each<[why: string, folders: CandidateFolder[], held: string | null]>([
    ["there is none", [], "no-folder"],
    ["all are of other data", [folder(1, { inputDigest: "j" }), folder(2, { inputDigest: "j" })], "other-inputs"],
    ["all are for another champion", [folder(1, { parent: null })], "other-champion"],
    ["one fits", [folder(1, { inputDigest: "j" }), folder(2)], null],
  ])("%s", (_why, folders, why) => {
    expect(checkFolders(folders, due)).toEqual(why && { kind: "handed-over", why });
  });
});
