import { appendFile, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";

import { dataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it, onTestFinished } from "vitest";

import { sha256 } from "../../sha256.ts";
import { loadAtOnce } from "./load-at-once.ts";
import { openSession } from "./session.ts";

const content = "a,b\n1,x\n2,y\n3,\n";

async function loaded() {
  const folder = await temporaryFolder();
  const localPath = path.join(folder, "a.csv");
  await writeFile(localPath, content);
  const manifest = dataManifest.parse({ sources: [{ path: "data/*" }] });
  const scratch = path.join(folder, "scratch");
  const session = await openSession(scratch, manifest.limits);
  onTestFinished(() => session.close());
  const file = {
    path: "data/a.csv",
    format: "csv" as const,
    delimiter: null,
    bytes: content.length,
    blob: null,
    identity: "a",
    sha256: sha256(content),
    localPath,
  };
  const { identify } = (await loadAtOnce(session, { dataset: "d", files: [file], manifest, knownTypes: [], scratch }))!;
  const digests = async () => (await session.rows("SELECT __refit_row FROM refit_loaded")).flat();
  return { localPath, identify, digests };
}

it("rows have no digest until somebody needs it, and one then, however often it is asked for", async () => {
  const { identify, digests } = await loaded();
  expect(await digests()).toEqual([null, null, null]);

  await Promise.all([identify(), identify()]);
  await identify();

  expect(await digests()).toEqual([1, 2, 3].map((i) => digestOf(i)));
});

const digestOf = (i: number) =>
  BigInt(`0x${sha256(`a\u001f${i}\u001eb\u001f${["x", "y", ""][i - 1]!}\u001e`).slice(0, 16)}`);

it("a file that was touched and has its bytes is what was loaded", async () => {
  const { localPath, identify, digests } = await loaded();
  await utimes(localPath, 1, 1);

  await identify();

  expect(await digests()).not.toContain(null);
});

it.each<[what: string, change: (file: string) => Promise<void>]>([
  ["has a row more", (file) => appendFile(file, "4,z\n")],
  ["has another value", (file) => writeFile(file, content.replace("x", "z"))],
  ["is gone", (file) => rm(file)],
])("a file that %s is not read as what was loaded", async (_what, change) => {
  const { localPath, identify, digests } = await loaded();
  await change(localPath);

  await expect(identify()).rejects.toMatchObject({ code: "source-vanished", path: "data/a.csv" });
  expect(await digests()).toEqual([null, null, null]);
});
