import { createHash } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { starter } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Ports } from "../../src/ports/index.ts";
import { createPorts } from "../../src/wiring.ts";
import { manyModels, type ManyModels, nameOf } from "./support/many-models.ts";
import { refitProcess } from "./support/cli.ts";
import { openScene } from "./support/scene.ts";

/** Forty models of eight datasets. */
async function severalModels(): Promise<ManyModels> {
  const all = await manyModels(40, (root) =>
    createPorts({ cwd: root, base: null, now: null, json: true, starter, env: {} }),
  );
  onTestFinished(() => all.repository.dispose());
  return all;
}

const datasets = Array.from({ length: 8 }, (_, i) => `data/d000${i}/*.csv`);

/** A command in the repository, and what it listed and read. */
async function counted(all: ManyModels, name: string) {
  const listed: string[] = [];
  const read: string[] = [];
  const adapt = (real: Ports): Ports => ({
    ...real,
    sources: {
      ...real.sources,
      list(repository, manifest, options) {
        listed.push(manifest.sources[0]!.path);
        return real.sources.list(repository, manifest, options);
      },
    },
    files: {
      ...real.files,
      read(file) {
        read.push(path.relative(all.repository.root, file));
        return real.files.read(file);
      },
    },
  });
  const scene = await openScene(all.repository, { adapt });
  const told = await scene.refit(name, [], { json: true });
  return { ...told, listed, settings: read.filter((file) => /^(models|data-manifests)\/.*\.yaml$/.test(file)) };
}

/** Lines of the store of parsed forms, and how many of them are what their seal says. */
async function storeOf({ repository }: ManyModels) {
  const text = await readFile(storeIn(repository.root), "utf8");
  const lines = text.split("\n").filter(Boolean);
  const whole = lines.filter((line) => createHash("sha256").update(line.slice(65)).digest("hex") === line.slice(0, 64));
  return { text, lines: lines.length, whole: whole.length };
}

const storeIn = (root: string) => path.join(root, ".git/refit/cache/parses");

describe("of many models of few datasets", { timeout: 240_000 }, () => {
  it("each dataset is listed once, and the settings in the work tree are compared by one question", async () => {
    const all = await severalModels();

    for (const name of ["status", "run", "doctor", "plan"]) {
      const { listed, settings } = await counted(all, name);
      expect({ name, listed: listed.toSorted() }).toEqual({ name, listed: datasets });
      // Some are read before it is worth a question.
      expect(settings.length).toBeLessThanOrEqual(16);
    }

    const { write, remove } = all.repository;
    const specOf = (i: number) => `models/${nameOf(i)}/model.yaml`;
    await write(specOf(33), `${all.files.get(specOf(33))!}# edited\n`);
    await write("data-manifests/d0007.yaml", `${all.files.get("data-manifests/d0007.yaml")!}# edited\n`);
    await write(specOf(34), all.files.get(specOf(34))!.replaceAll("\n", "\r\n"));
    await remove(specOf(35));
    const { notices, settings } = await counted(all, "run");

    expect(new Set(notices.filter((notice) => notice.includes("differs from main")))).toEqual(
      new Set(
        [specOf(33), "data-manifests/d0007.yaml"].map((file) => `${file} differs from main; this run reads main.`),
      ),
    );
    expect(settings).toContain(specOf(33));
    expect(settings).not.toContain(specOf(32));
  });

  it("parsed forms are whole where processes write them at once, and are made again where they are damaged", async () => {
    const all = await severalModels();
    const tell = async (command: string) => {
      const { exitCode, stdout } = await refitProcess(all.repository, [
        command,
        "--json",
        "--now",
        "2026-06-01T00:00:00Z",
      ]);
      return { command, exitCode, told: JSON.parse(stdout) as unknown };
    };
    const commands = ["status", "run", "doctor"];
    const alone = [];
    for (const command of commands) alone.push(await tell(command));
    const once = await storeOf(all);

    await rm(path.join(all.repository.root, ".git/refit/cache"), { recursive: true });
    expect(await Promise.all(commands.map(tell))).toEqual(alone);

    const together = await storeOf(all);
    expect(together.whole).toBe(together.lines);
    expect(together.lines).toBeGreaterThanOrEqual(once.lines);
    for (const command of commands) await tell(command);
    expect((await storeOf(all)).text).toBe(together.text);

    // A byte in the middle of each third line, while two processes read it and write.
    const damaged = together.text.split("\n").map((line, i) => (i % 3 === 0 ? line.replace(/.(?=.{9}$)/, "~") : line));
    await writeFile(storeIn(all.repository.root), damaged.join("\n").slice(0, -7));
    expect(await Promise.all(commands.map(tell))).toEqual(alone);
    const mended = await storeOf(all);
    for (const command of commands) await tell(command);
    expect((await storeOf(all)).text).toBe(mended.text);
  });
});
