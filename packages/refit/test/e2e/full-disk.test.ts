import { spawnSync } from "node:child_process";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { startWebServer, type WebFile, webFiles } from "@refit/testkit/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { endStateOf } from "./support/aftermath.ts";
import { churnManifest, generator } from "./support/churn.ts";
import type { Ended } from "./support/cli.ts";
import { inOwnGroup } from "./support/killers.ts";
import { churnSceneIn, month } from "./support/scene.ts";

const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
/** What fills up, below the work tree; the last one is where the machine has its temporary files. */
const places = [".git", ".git/refit/cache", ".git/refit/cache/content", ".git/refit/scratch", "../tmp"] as const;

/** `npm run corpus disk` sets these. */
const { CORPUS_FAULTS: asked, CORPUS_SEED: seed = "1" } = process.env;
const rounds = Number(asked ?? 3);
/** A name space of its own for mounts is needed. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;

/** Runs a program while a folder lies on a disk of its own, on which it is what it was before and is kept afterwards. */
const onSmallDisk = `
  place=$1 left=$2 kept=$3; shift 3
  cp -a "$place" "$kept" && mount -t tmpfs -o size=64m tmpfs "$place" && cp -a "$kept/." "$place/" || exit 99
  free=$(df --output=avail --block-size=1 "$place" | tail -n 1)
  [ "$free" -le "$left" ] || head -c $((free - left)) /dev/zero > "$place/ballast"
  cd "$PWD" && "$@"; code=$?
  rm -rf "$place/ballast" "$kept"; cp -a "$place" "$kept"; exit $code`;

/** `refit run churn` where one place has this many bytes left. */
async function runOnFullDisk({ root, env }: TemporaryRepository, place: string, left: number): Promise<Ended> {
  const folder = path.join(root, place);
  const kept = path.join(root, "../kept");
  await mkdir(folder, { recursive: true });
  const script = ["--mount", "--map-root-user", "sh", "-c", onSmallDisk, "sh", folder, String(left), kept] as const;
  const command = [process.execPath, bin, "run", "churn", "--push", "--now", "2026-06-03T00:00:00Z", "--json"];
  const ended = await inOwnGroup(["unshare", ...script, ...command], root, {
    ...env,
    TMPDIR: path.join(root, "../tmp"),
  });
  await rm(folder, { recursive: true });
  await rename(kept, folder);
  return ended;
}

const runAgain = ({ root, env }: TemporaryRepository) =>
  inOwnGroup([process.execPath, bin, "run", "churn", "--push", "--now", "2026-06-03T00:00:00Z", "--json"], root, env);

describe.skipIf(!canMount)(
  `a run on a disk that becomes full${canMount ? "" : " (SKIPPED: this machine lets nobody mount)"}`,
  () => {
    it(`ends in a name or as if there had been room, and the next run is as if nothing had happened (${rounds} rounds)`, async () => {
      const repository = await createRepository({ remote: true });
      onTestFinished(() => repository.dispose());
      const files = new Map<string, WebFile>();
      const web = await startWebServer(webFiles(files));
      onTestFinished(() => web.close());
      const scene = await churnSceneIn(repository, { spec: { candidates: [{ learner: "linear" }] } });
      const [[name, content]] = Object.entries(month(3)) as [[string, string]];
      files.set(`/${path.basename(name)}`, { content });
      await scene.run();
      await scene.merge();
      scene.at("2026-06-03T00:00:00Z");
      const sources = [...churnManifest.sources, { path: `${web.origin}/${path.basename(name)}`, allowPrivate: true }];
      await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources } });
      const restore = repository.snapshot();
      expect(await runAgain(repository)).toMatchObject({ exitCode: 0 });
      const whole = await endStateOf(repository);
      await restore();

      const random = generator(Number(seed));
      const outcomes: Record<string, number> = {};
      for (let round = 0; round < rounds; round++) {
        const place = places[round] ?? places[Math.floor(random() * places.length)]!;
        // From one page to two MiB, as often of each size.
        const left = Math.floor(random() * 4) === 0 ? 0 : Math.floor(4096 * Math.exp(random() * Math.log(512)));
        const back = repository.snapshot();

        const { exitCode, stdout, stderr } = await runOnFullDisk(repository, place, left);

        const draw = `${round}: ${place} with ${left} bytes left`;
        const { code, hint } = exitCode === 0 ? { code: "fine", hint: "" } : errorIn(stdout);
        if (asked !== undefined) process.stdout.write(`${draw} · ${code}\n`);
        expect({ draw, stdout, stderr, exitCode, hint }).toMatchObject({
          exitCode: exitCode === 0 ? 0 : 2,
          hint: exitCode === 0 ? "" : expect.stringContaining("Free some space"),
        });
        outcomes[`${place} ${code}`] = (outcomes[`${place} ${code}`] ?? 0) + 1;
        if (exitCode === 0) expect({ draw, state: await endStateOf(repository) }).toEqual({ draw, state: whole });
        const again = await runAgain(repository);
        expect({ draw, again, state: await endStateOf(repository) }).toMatchObject({
          draw,
          again: { exitCode: 0 },
          state: whole,
        });
        await back();
      }
      if (asked !== undefined) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
    }, 7_200_000);
  },
);

function errorIn(stdout: string): { readonly code: string; readonly hint: string } {
  try {
    return (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;
  } catch {
    return { code: "none", hint: "" }; // told by the expectation that shows what was said
  }
}
