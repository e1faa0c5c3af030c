import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { servedAddress } from "./support/live/address.ts";
import { drawing, oneOf, type Draw } from "./support/live/draw.ts";
import { replica, type Replica } from "./support/live/fleet.ts";
import { load } from "./support/live/load.ts";
import { addressPlace, championFolder, folderPlace, gitPlace, type Place } from "./support/live/places.ts";
import { looked } from "./support/live/looked.ts";
import { models, serverProgram } from "./support/live/program.ts";
import { versionsOf, type KnownVersion } from "./support/live/versions.ts";

const { CORPUS_PROMOTIONS: asked, CORPUS_SEED: seed = "1" } = process.env;
const promotions = Number(asked ?? 12);

it("while versions change, are damaged and servers are killed, every request has the answer of the version it names", async () => {
  const draw = drawing(Number(seed));
  const known = new Map<string, readonly KnownVersion[]>();
  for (const model of Object.values(models)) known.set(model, await versionsOf(model));
  const first = (model: string) => known.get(model)![0]!;
  const live = new Map([...known].map(([model, [version]]) => [model, new Map([[version!.treeId, version!]])]));
  const { places, replicas } = await world(first, draw);
  const asking = load({ replicas, live }, 3);
  const counts: Record<string, number> = {};

  for (let promotion = 0; promotion < promotions; promotion++) {
    const place = places[promotion % places.length]!;
    const to = oneOf(known.get(place.model)!, draw);
    live.get(place.model)!.set(to.treeId, to);
    const victim = draw(3) === 0 ? replicas[draw(replicas.length)]! : null;
    const signal = draw(4) === 0 ? "SIGTERM" : "SIGKILL";
    const restarted = victim === null ? null : restart(victim, signal);
    if (victim !== null) counts[signal] = (counts[signal] ?? 0) + 1;
    const now = await place.change(to, () => looked(replicas, place.model));
    counts[place.model] = (counts[place.model] ?? 0) + 1;
    await restarted;
    for (const each of replicas) await each.ready();

    await looked(replicas, place.model);
    for (const each of replicas) {
      const told = await (await fetch(`${each.address}/models/${place.model}`)).json();
      expect([promotion, told]).toMatchObject([promotion, { treeId: now.treeId, stale: false }]);
    }
  }

  expect(await asking.stop()).toEqual([]);
  expect(asking.seen.size).toBeGreaterThan(3);
  if (asked !== undefined) {
    const { answered, sentAgain, seen } = asking;
    process.stdout.write(`${JSON.stringify({ ...counts, answered, sentAgain, versions: seen.size })}\n`);
  }
}, 3_600_000);

async function world(
  first: (model: string) => KnownVersion,
  draw: Draw,
): Promise<{ readonly places: readonly Place[]; readonly replicas: readonly Replica[] }> {
  const repository = await temporaryRepository({ remote: true });
  for (const [name, bytes] of first(models.git).files) await repository.write(`${championFolder}/${name}`, bytes);
  await repository.commit("the first version");
  await repository.git("push", "--quiet", "origin", "main");
  const clone = await repository.clone();
  const server = await servedAddress(first(models.address).files);
  const cwd = await temporaryFolder();
  const folder = path.join(cwd, "live");
  const places = [
    gitPlace(repository, first(models.git), draw),
    await folderPlace(folder, first(models.folder), draw),
    addressPlace(server, draw),
  ];
  await writeFile(path.join(cwd, "serve.mjs"), await serverProgram());
  const told = { repository: clone.root, folder, address: server.address, pollMilliseconds: 100 };
  const command = [process.execPath, "serve.mjs", JSON.stringify(told)];
  const replicas = [1, 2].map(() => replica(command, { env: repository.env, cwd }));
  for (const each of replicas) onTestFinished(() => each.end("SIGKILL"));
  await Promise.all(replicas.map((each) => each.start()));
  for (const each of replicas) await each.ready();
  return { places, replicas };
}

async function restart(victim: Replica, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  await victim.end(signal);
  await victim.start();
}
