import { canonicalJson, type Json, type Lineage } from "@refit/core/history";
import { describe, expect, it } from "vitest";
import { sha256 } from "../sha256.ts";
import { decodeText, encodeText } from "../text.ts";
import { asMadeThen, asWrittenThen } from "./as-written-then.ts";

const json = (value: unknown) => encodeText(`${canonicalJson(value as Json, 2)}\n`);

function folder(features: object, more: Readonly<Record<string, Uint8Array>> = {}) {
  const files = { "features.json": json(features), ...more };
  const listed = Object.entries(files).map(([file, bytes]) => [file, { sha256: sha256(bytes), bytes: bytes.length }]);
  return new Map(Object.entries({ ...files, "lineage.json": json({ files: Object.fromEntries(listed) }) }));
}

const plain = { format: 1, inputs: [] };
const remade = folder({ ...plain, threshold: 0.2 }, { "probes.json": json({}) });
const filesOf = (folderFiles: ReadonlyMap<string, Uint8Array>) =>
  (JSON.parse(decodeText(folderFiles.get("lineage.json")!)) as Lineage).files;

describe("a version from before there were probe rows and a threshold", () => {
  it("is compared without them where it is in the history", () => {
    expect(asMadeThen(remade, folder(plain))).toEqual(folder(plain));
  });

  it("is compared without probe rows alone where it is proposed: a threshold that was taken out shows", () => {
    const then = asWrittenThen(remade, folder(plain));

    expect([...then.keys()].sort()).toEqual(["features.json", "lineage.json"]);
    expect(then.get("features.json")).toEqual(remade.get("features.json"));
    expect(filesOf(then)).toEqual(filesOf(folder({ ...plain, threshold: 0.2 })));
  });

  it("is compared as it is where it has them", () => {
    const found = folder({ ...plain, threshold: 0.3 }, { "probes.json": json({}) });

    expect(asMadeThen(remade, found)).toEqual(remade);
  });
});
