import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { temporaryName } from "./left-behind.ts";
import { diskScratch, openScratch } from "./scratch.ts";

it("removes what killed processes left, also in the repositories of a backtest, and nothing of those that run", async () => {
  const commonDir = await mkdtemp(path.join(tmpdir(), "refit-scratch-"));
  onTestFinished(() => rm(commonDir, { recursive: true, force: true }));
  const replica = path.join(commonDir, "refit/backtest/churn/0123/policies/4567/.git");
  const ended = temporaryName().replace(`.${process.pid}.`, ".4194304."); // above what a system gives
  const ours: string[] = [];
  for (const place of [commonDir, replica]) {
    const left = path.join(place, "refit/scratch", ended);
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, "index.lock"), "");
    await writeFile(path.join(place, "refit", `${ended}.tmp`), "");
    const scratch = await openScratch(place);
    onTestFinished(scratch.remove);
    ours.push(scratch.path);
  }

  await diskScratch.removeLeftBehind(commonDir);

  const entries = await readdir(commonDir, { recursive: true });
  expect(entries.filter((name) => name.includes(ended))).toEqual([]);
  const kept = entries.map((name) => path.join(commonDir, name)).filter((name) => ours.includes(name));
  expect(kept.sort()).toEqual(ours.sort());
});
