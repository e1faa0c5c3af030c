import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { canaryBucket } from "../src/index.ts";
import { answerOf, loadedOf, otherCard, rowOf, type Files } from "./support/canary.ts";
import { canaryProgram } from "./support/live/canary-program.ts";
import { drawing, oneOf, type Draw } from "./support/live/draw.ts";
import { replica, type Replica } from "./support/live/fleet.ts";
import { looked } from "./support/live/looked.ts";

const { CORPUS_COMMITS: asked, CORPUS_SEED: seed = "1" } = process.env;
const commits = Number(asked ?? 16);
const model = "models/birdstrikes";
const customers = Array.from({ length: 40 }, (_, i) => `c${i}`);
const steps = [0, 5, 25, 50, 99];

interface Known {
  readonly files: Files;
  readonly treeId: string;
  readonly answer: string;
}

/** What the branch has. */
interface TreeState {
  readonly champion: Known;
  /** `null`: none that can be asked. */
  readonly canary: Known | null;
  /** That counts. */
  readonly percent: number;
}

/** Any commit that a person or a program may make, with what it leads to. */
interface Change {
  readonly what: string;
  readonly state: TreeState;
  /** Writes it into the work tree. */
  write(repository: TemporaryRepository): Promise<void>;
}

it("whatever is committed, restarted or halted: nothing but a commit raises exposure, and what a commit takes away is gone at the next look", async () => {
  const draw = drawing(Number(seed));
  const known = await knownVersions();
  let state: TreeState = { champion: known[0]!, canary: null, percent: 0 };
  const { repository, replicas } = await world(known[0]!);
  /** What may answer: what was committed, and before all servers have looked, what was there before. */
  let permitted: readonly TreeState[] = [state];
  const asking = clients(replicas, known, () => permitted);
  const counts: Record<string, number> = {};
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);

  for (let commit = 0; commit < commits; commit++) {
    const change = changeOf(state, known, draw);
    const victim = draw(4) === 0 ? oneOf(replicas, draw) : null;
    const restarted = victim === null ? null : restart(victim, draw(2) === 0 ? "SIGTERM" : "SIGKILL");
    if (victim !== null) count("restart");
    permitted = [...permitted, change.state];
    await change.write(repository);
    await repository.commit(change.what);
    await repository.git("push", "--quiet", "origin", "main");
    count(change.what);
    await restarted;
    await looked(replicas, "birdstrikes");
    permitted = [change.state];
    ({ state } = change);

    for (const each of replicas) {
      // One that is new may still be opened. What is over is over.
      await expect.poll(() => armsOf(each), { timeout: 60_000 }).toEqual(expectedArms(state));
    }
  }

  expect(await asking.stop()).toEqual([]);
  expect(asking.seen.size).toBeGreaterThan(2);
  if (asked !== undefined) process.stdout.write(`${JSON.stringify({ ...counts, answered: asking.answered() })}\n`);
}, 3_600_000);

async function knownVersions(): Promise<readonly Known[]> {
  const files = [
    await otherCard("trees, binary", "one"),
    await otherCard("linear, binary", "two"),
    await otherCard("trees, binary", "three"),
    await otherCard("linear, binary", "four"),
  ];
  return Promise.all(
    files.map(async (each) => {
      const version = await loadedOf(each);
      return { files: each, treeId: version.treeId, answer: JSON.stringify(await answerOf(version)) };
    }),
  );
}

function changeOf(state: TreeState, known: readonly Known[], draw: Draw): Change {
  const { champion, canary, percent } = state;
  const others = known.filter((each) => each !== champion && each !== canary);
  const rollout = (share: number | string) => async (repository: TemporaryRepository) =>
    repository.write(`${model}/rollout.yaml`, `percent: ${share}\nsteps: [5, 25]\n`);
  const start = (): Change => {
    const [next, share] = [oneOf(others, draw), oneOf(steps, draw)];
    return {
      what: canary === null ? "start" : "replace",
      state: { champion, canary: next, percent: share },
      async write(repository) {
        await put(repository, "canary", next.files);
        await rollout(share)(repository);
      },
    };
  };
  const share = oneOf(steps, draw);
  const changes: readonly (() => Change)[] = [
    start,
    () => ({
      what: share > percent ? "step up" : "step down",
      state: { ...state, percent: share },
      write: rollout(share),
    }),
    () => ({ what: "step", state: { ...state, percent: share }, write: rollout(share) }),
    () => ({
      what: "unreadable",
      state: { ...state, percent: 0 },
      write: rollout(oneOf(["a lot", "[50]", "5 0"], draw)),
    }),
    () => ({
      what: "halt",
      state: { champion, canary: null, percent: 0 },
      async write(repository) {
        await repository.remove(`${model}/canary`);
        await repository.remove(`${model}/rollout.yaml`);
      },
    }),
    () => ({
      what: "damage",
      state: { champion, canary: null, percent: 0 },
      write: (repository) => repository.write(`${model}/canary/features.json`, "{}\n"),
    }),
    () => ({
      what: "promotion",
      state: { champion: canary!, canary: null, percent: 0 },
      async write(repository) {
        await put(repository, "champion", canary!.files);
        await repository.remove(`${model}/canary`);
        await repository.remove(`${model}/rollout.yaml`);
      },
    }),
  ];
  return canary === null ? start() : oneOf(changes, draw)();
}

async function put(repository: TemporaryRepository, folder: string, files: Files): Promise<void> {
  await repository.remove(`${model}/${folder}`);
  for (const [name, bytes] of files) await repository.write(`${model}/${folder}/${name}`, bytes);
}

async function world(first: Known) {
  const repository = await temporaryRepository({ remote: true });
  await put(repository, "champion", first.files);
  await repository.commit("the first version");
  await repository.git("push", "--quiet", "origin", "main");
  const cwd = await temporaryFolder();
  await writeFile(path.join(cwd, "serve.mjs"), await canaryProgram());
  // Each has a clone of its own, as in containers.
  const replicas = await Promise.all(
    [1, 2].map(async () => {
      const clone = await repository.clone();
      const told = { repository: clone.root, pollMilliseconds: 100 };
      return replica([process.execPath, "serve.mjs", JSON.stringify(told)], { env: repository.env, cwd });
    }),
  );
  for (const each of replicas) onTestFinished(() => each.end("SIGKILL"));
  await Promise.all(replicas.map((each) => each.start()));
  for (const each of replicas) await each.ready();
  return { repository, replicas };
}

async function restart(victim: Replica, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  await victim.end(signal);
  await victim.start();
  await victim.ready();
}

interface Answer {
  readonly arm?: string;
  readonly treeId: string;
  readonly answers: readonly unknown[];
}

async function ask(address: string, customer: string): Promise<Answer> {
  const body = JSON.stringify({ records: [rowOf(customer)] });
  const response = await fetch(`${address}/models/birdstrikes/predict`, { method: "POST", body });
  return (await response.json()) as Answer;
}

async function armsOf({ address }: Replica): Promise<readonly string[]> {
  return Promise.all(customers.map(async (customer) => (await ask(address!, customer)).treeId));
}

function expectedArms({ champion, canary, percent }: TreeState): readonly string[] {
  return customers.map((customer) =>
    canary !== null && canaryBucket(canary.treeId, customer) < percent / 100 ? canary.treeId : champion.treeId,
  );
}

/** Clients that ask all the time, and compare every answer with what was permitted between asking and it. */
function clients(replicas: readonly Replica[], known: readonly Known[], permitted: () => readonly TreeState[]) {
  const seen = new Set<string>();
  const wrong: unknown[] = [];
  const stopped = new AbortController();
  let answered = 0;
  const isPermitted = ({ arm = "champion", treeId }: Answer, customer: string, states: readonly TreeState[]) => {
    const bucket = canaryBucket(treeId, customer);
    return states.some(({ champion, canary, percent }) =>
      arm === "canary" ? canary?.treeId === treeId && bucket < percent / 100 : champion.treeId === treeId,
    );
  };
  const client = async (first: number) => {
    for (let i = first; !stopped.signal.aborted; i++) {
      const { address, isReady } = replicas[i % replicas.length]!;
      const customer = customers[(i * 7) % customers.length]!;
      const before = permitted();
      const answer = isReady && address !== null ? await ask(address, customer).catch(() => null) : null;
      if (answer !== null) {
        answered += 1;
        const states = [...new Set([...before, ...permitted()])];
        const own = known.find(({ treeId }) => treeId === answer.treeId);
        const isRight = JSON.stringify(answer.answers) === `[${own?.answer}]`;
        if (!isRight || !isPermitted(answer, customer, states)) wrong.push({ customer, answer });
        seen.add(`${answer.arm ?? "champion"} ${answer.treeId}`);
      }
      await new Promise((settle) => setTimeout(settle, 5));
    }
  };
  const all = [0, 1, 2].map(client);
  return {
    seen,
    answered: () => answered,
    async stop() {
      stopped.abort();
      await Promise.all(all);
      return wrong;
    },
  };
}
