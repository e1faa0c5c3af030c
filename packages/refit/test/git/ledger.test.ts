import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LedgerRow } from "@refit/core/history";
import { dayFileText, readDayFile } from "@refit/core/production";
import { describe, expect, it } from "vitest";
import { appendLedger, readLedger, recordLedger, shareLedger } from "../../src/ledger/ledger.ts";
import type { RefUpdate } from "../../src/ports/git.ts";
import { bytes, type TestWorld, temporaryWorld, worldOf } from "./world.ts";

const at = Date.UTC(2026, 2, 1);

function row(inputDigest: string, kind: "look" | "proposed" = "look", model = "churn"): LedgerRow {
  const facts = {
    model,
    at: "2026-03-01T00:00:00.000Z",
    inputDigest,
    parent: null,
    holdout: null,
    settingsDigest: "s",
    files: [],
  };
  if (kind === "proposed") return { ...facts, kind, reasons: [] };
  const window = { from: null, to: null, rows: 100 };
  return { ...facts, kind, look: 1, alpha: 0.05, window, verdict: "promote" };
}

async function append(world: TestWorld, rows: LedgerRow[], files: Record<string, string> = {}): Promise<string> {
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)]));
  return appendLedger(world, await world.locate(), { rows, files: contents, at });
}

const digests = async (world: TestWorld, model = "churn") =>
  (await readLedger(world, await world.locate(), model)).rows.map((each) => each.inputDigest);

/** @returns how often git has asked the remote to take something since. */
async function countPushes({ repository }: TestWorld): Promise<() => Promise<number>> {
  const log = join(repository.root, ".git/asked");
  const program = join(repository.root, ".git/receive-pack");
  await writeFile(program, `#!/bin/sh\necho >> '${log}'\nexec git receive-pack "$@"\n`);
  await chmod(program, 0o755);
  await repository.git("config", "remote.origin.receivepack", program);
  return async () => (await readFile(log)).length;
}

/** Two clones of one remote. */
async function twoMachines() {
  const one = await temporaryWorld({ remote: true });
  return { one, two: worldOf(await one.repository.clone()) };
}

describe("the ledger", () => {
  it("is missing at first, which is an answer", async () => {
    const world = await temporaryWorld();

    expect(await readLedger(world, await world.locate(), "churn")).toEqual({
      rows: [],
      missing: true,
      unpushed: false,
      commit: null,
    });
  });

  it("keeps rows and files in one root commit of its own", async () => {
    const world = await temporaryWorld();

    const commit = await append(world, [row("a"), row("b")], { "profiles/1.json": "{}" });

    expect(await readLedger(world, await world.locate(), "churn")).toEqual({
      rows: [row("a"), row("b")],
      missing: false,
      unpushed: false,
      commit,
    });
    expect(await world.repository.git("log", "--format=%s", "refit-ledger")).toBe("refit: record");
    expect(await world.repository.git("ls-tree", "-r", "--name-only", "refit-ledger")).toBe(
      "models/churn.jsonl\nprofiles/1.json",
    );
  });

  it("adds a key once, and makes no commit when nothing is new", async () => {
    const world = await temporaryWorld();
    const first = await append(world, [row("a")], { "reports/a.md": "report" });

    expect(await append(world, [{ ...row("a"), at: "2027-01-01T00:00:00.000Z" }], { "reports/a.md": "other" })).toBe(
      first,
    );
    await append(world, [row("a"), row("a", "proposed"), row("b")]);

    expect(await digests(world)).toEqual(["a", "a", "b"]);
  });

  it("keeps models apart", async () => {
    const world = await temporaryWorld();

    await append(world, [row("a"), row("z", "look", "eu/price")]);

    expect(await digests(world)).toEqual(["a"]);
    expect(await digests(world, "eu/price")).toEqual(["z"]);
  });

  it("is shared through the remote", async () => {
    const { one, two } = await twoMachines();
    await append(one, [row("a")]);

    await two.branches.fetch(await two.locate());

    expect(await digests(two)).toEqual(["a"]);
  });

  it("merges the rows of two machines that race", async () => {
    const { one, two } = await twoMachines();
    await append(one, [row("start")]);
    await two.branches.fetch(await two.locate());

    await Promise.all([append(one, [row("one")]), append(two, [row("two")])]);
    await append(one, [row("one again")]);
    await append(two, [row("two again")]);

    expect((await digests(two)).sort()).toEqual(["one", "one again", "start", "two", "two again"]);
    expect(await one.repository.git("ls-remote", "origin", "refit-ledger")).toContain(
      (await two.git.resolve("refs/heads/refit-ledger"))!,
    );
  });

  it("takes a lost lease for an answer, and does not try the same push again", async () => {
    const { one, two } = await twoMachines();
    const asked = await countPushes(two);
    await append(one, [row("one")]);

    await append(two, [row("two")]);

    // Here git says as well that the remote end hung up, as it does when the network fails.
    expect(await asked()).toBe(2);
    expect(await digests(two)).toEqual(["one", "two"]);
  });

  it("merges also the very first rows of two machines", async () => {
    const { one, two } = await twoMachines();

    await append(one, [row("one")]);
    await append(two, [row("two")], { "profiles/2.json": "{}" });
    await one.branches.fetch(await one.locate());

    expect(await digests(one)).toEqual(["one", "two"]);
    expect(await one.git.read(["refs/remotes/origin/refit-ledger:profiles/2.json"])).toEqual([bytes("{}")]);
  });

  it("remembers what a killed run committed but did not push, and pushes it with the next rows", async () => {
    const { one, two } = await twoMachines();
    await append(one, [row("shared")]);
    const killed = { ...one, branches: { ...one.branches, push: () => Promise.reject(new Error("killed")) } };
    await expect(append(killed, [row("unpushed"), row("z", "look", "price")], { "reports/u.md": "u" })).rejects.toThrow(
      "killed",
    );
    await append(two, [row("elsewhere")]);

    expect(await digests(one)).toEqual(["shared", "unpushed"]);
    await append(one, [row("next")]);
    await two.branches.fetch(await two.locate());

    expect(await digests(two)).toEqual(["shared", "elsewhere", "unpushed", "next"]);
    expect(await digests(two, "price")).toEqual(["z"]);
    expect(await two.git.read(["refs/remotes/origin/refit-ledger:reports/u.md"])).toEqual([bytes("u")]);
  });

  it("pushes what nothing waits for once, with the rows of all models", async () => {
    const { one, two } = await twoMachines();
    const pushes = await countPushes(one);
    const repository = await one.locate();
    for (const model of ["churn", "fraud"])
      await recordLedger(one, repository, { rows: [row("a", "look", model)], files: new Map(), at });
    expect((await readLedger(one, repository, "fraud")).unpushed).toBe(true);

    await shareLedger(one, repository, at);
    await shareLedger(one, repository, at);

    expect(await pushes()).toBe(1);
    await two.branches.fetch(await two.locate());
    expect([await digests(two), await digests(two, "fraud")]).toEqual([["a"], ["a"]]);
  });

  it("gives up after five lost races, with nothing half written", async () => {
    const { one, two } = await twoMachines();
    let round = 0;
    const unlucky = {
      ...one,
      branches: {
        ...one.branches,
        async push(repository: Awaited<ReturnType<TestWorld["locate"]>>, updates: readonly RefUpdate[]) {
          await append(two, [row(`two ${++round}`)]);
          await one.branches.push(repository, updates);
        },
      },
    };

    await expect(append(unlucky, [row("one")])).rejects.toMatchObject({ code: "ledger-busy" });

    expect(round).toBe(5);
    await append(one, [row("one")]);
    expect((await digests(one)).sort()).toEqual(["one", "two 1", "two 2", "two 3", "two 4", "two 5"]);
  });

  it("ends with its own error when rules protect the branch", async () => {
    const { one } = await twoMachines();
    const hook = join(one.repository.remote!, "hooks/update");
    await writeFile(hook, "#!/bin/sh\necho 'GH013: Repository rule violations' >&2; exit 1\n");
    await chmod(hook, 0o755);

    await expect(append(one, [row("a")])).rejects.toMatchObject({
      code: "ledger-protected",
      message: expect.stringContaining("GH013"),
    });
  });

  it("keeps what a newer refit wrote, byte for byte, and decides nothing from it", async () => {
    const world = await temporaryWorld();
    await append(world, [row("a")]);
    const newer = [
      '{"kind":"paused",  "model":"churn","at":"2026-03-02T00:00:00.000Z","until":{"z":1,"a":[2]}}',
      JSON.stringify({ ...row("b"), zone: "eu" }),
    ];
    await world.repository.git("switch", "--quiet", "refit-ledger");
    const before = `${JSON.stringify(row("a"))}\n${newer.join("\n")}`;
    await world.repository.write("models/churn.jsonl", before);
    await world.repository.commit("By a newer refit");
    await world.repository.git("switch", "--quiet", "main");

    await append(world, [row("b"), row("c")]);

    expect(await digests(world)).toEqual(["a", "b", "c"]);
    const after = await world.repository.git("show", "refit-ledger:models/churn.jsonl");
    expect(after.startsWith(`${before}\n{`)).toBe(true);
    expect(after.split("\n")).toHaveLength(4);
  });

  it("carries unpushed rows of a newer refit over to the shared ledger", async () => {
    const { one, two } = await twoMachines();
    await append(one, [row("shared")]);
    const killed = { ...one, branches: { ...one.branches, push: () => Promise.reject(new Error("killed")) } };
    await expect(append(killed, [row("unpushed")])).rejects.toThrow("killed");
    const newer = '{"kind":"paused","model":"churn","at":"2026-03-02T00:00:00.000Z"}';
    await one.repository.git("switch", "--quiet", "refit-ledger");
    await one.repository.write("models/churn.jsonl", `${newer}\n`);
    await one.repository.commit("By a newer refit, cut short");
    await one.repository.git("switch", "--quiet", "main");
    expect((await readLedger(one, await one.locate(), "churn")).unpushed).toBe(true);
    await append(two, [row("elsewhere")]);

    await append(one, [row("next")]);

    await two.branches.fetch(await two.locate());
    expect(await digests(two)).toEqual(["shared", "elsewhere", "next"]);
    expect(await two.repository.git("show", "origin/refit-ledger:models/churn.jsonl")).toContain(newer);
  });

  it("joins what machines know of a day in production, also what was not pushed yet", async () => {
    const { one, two } = await twoMachines();
    const file = "production/churn/2026-03-01.json";
    const dayOf = (name: string, answers: number) => {
      const part = { files: [name], settings: "s", answers, labelled: 0, arms: [] };
      return dayFileText({ format: 1, model: "churn", day: "2026-03-01", parts: [part] });
    };
    await append(one, [], { [file]: dayOf("a", 1), "reports/x.md": "one" });
    const unpushed = { rows: [], files: new Map([[file, bytes(dayOf("b", 2))]]), at };
    await recordLedger(two, await two.locate(), unpushed);
    await append(two, [], { [file]: dayOf("c", 3), "reports/x.md": "two" });
    await append(one, [], { [file]: dayOf("a", 1) });

    await one.repository.git("fetch", "--quiet", "origin", "refit-ledger");
    const text = await one.repository.git("show", `FETCH_HEAD:${file}`);
    expect(readDayFile(file, text).parts.map(({ files, answers }) => [...files, answers])).toEqual([
      ["a", 1],
      ["b", 2],
      ["c", 3],
    ]);
    expect(await one.repository.git("show", "FETCH_HEAD:reports/x.md")).toBe("one");
  });

  it("ends where a row has a higher format", async () => {
    const world = await temporaryWorld();
    await append(world, [row("a")]);
    await world.repository.git("switch", "--quiet", "refit-ledger");
    await world.repository.write("models/churn.jsonl", `${JSON.stringify({ ...row("b"), format: 2 })}\n`);
    await world.repository.commit("By a newer refit");

    await expect(digests(world)).rejects.toMatchObject({
      code: "format-newer",
      message: expect.stringContaining("models/churn.jsonl:1 on the branch `refit-ledger` has format 2"),
    });
  });

  it.each<[why: string, line: string, message: string]>([
    [
      "no JSON",
      "<<<<<<< HEAD",
      "models/churn.jsonl:2 on the branch `refit-ledger` is not a ledger row: it is not JSON.",
    ],
    [
      "a field of its kind is missing",
      JSON.stringify({ ...row("b"), kind: "drift" }),
      "models/churn.jsonl:2 on the branch `refit-ledger` is not a ledger row: driftLevel: ",
    ],
  ])("names a line that is no row: %s", async (_why, line, message) => {
    const world = await temporaryWorld();
    await append(world, [row("a")]);
    await world.repository.git("switch", "--quiet", "refit-ledger");
    await world.repository.write("models/churn.jsonl", `${JSON.stringify(row("a"))}\n${line}\n`);
    await world.repository.commit("Edit by hand");

    await expect(digests(world)).rejects.toMatchObject({
      code: "ledger-invalid",
      message: expect.stringContaining(message),
    });
  });
});
