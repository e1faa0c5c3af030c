import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import { importedCommit, importedTag, treeIdOf, type FolderTexts } from "./git-objects.ts";
import { lehmer } from "./random.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** The model that is really trained. All names have this length, so that no text gets another one. */
const template = "m00000";
const versionsPerModel = 3;
/** Models whose next version comes with one commit. */
const perCommit = 20;
/** Seconds between commits. */
const pace = 60;

export interface ModelRepository extends Workspace {
  /** Adds commits to the base branch: two promote a version each, the others change a note. */
  moveOn(commits: number): void;
}

/** What a run leaves, by path from the root. */
interface Trained {
  readonly settings: FolderTexts;
  /** By path in the version. */
  readonly champion: FolderTexts;
  /** Lines of the ledger. */
  readonly ledger: string;
}

/**
 * A repository of many models that have nothing to do: one is trained, and the others are copies of it under other names, each true of
 * itself, with earlier versions, their tags and a ledger.
 */
export function modelRepository(models: number): ModelRepository {
  const workspace = createWorkspace();
  const trained = trainOne(workspace);
  const chains = Array.from({ length: models }, (_, i) => versionChain(trained, nameOf(i)));
  const started = Math.floor(Date.now() / 1000) - 3 * 86_400;
  workspace.git(["fast-import", "--quiet", "--force"], historyStream(trained, chains, started));
  workspace.git(["reset", "--quiet", "--hard", "main"]);
  workspace.git(["pack-refs", "--all"]);
  let at = started + 86_400;
  let promoted = 0;
  return {
    ...workspace,
    moveOn(commits) {
      const stream: string[] = [];
      for (let i = 0; i < commits; i++) {
        at += pace;
        const isPromotion = i === 0 || i === commits - 1;
        const files = isPromotion ? chains[promoted++ % models]!.next() : new Map([["notes.txt", `${at}\n`]]);
        const from = i === 0 ? { from: "refs/heads/main^0" } : {};
        stream.push(importedCommit({ ref: "refs/heads/main", at, message: `Commit ${at}`, files, ...from }));
      }
      workspace.git(["fast-import", "--quiet"], stream.join(""));
      workspace.git(["reset", "--quiet", "--hard", "main"]);
    },
  };
}

const nameOf = (i: number) => `m${String(i).padStart(5, "0")}`;

function trainOne(workspace: Workspace): Trained {
  const model = {
    task: "binary",
    data: template,
    target: "bought",
    positive: 1,
    time: "day",
    candidates: [{ learner: "linear" }],
    holdout: { fraction: 0.2, minRows: 30 },
    metrics: { primary: "rocAuc", also: ["logLoss"] },
    gates: [{ metric: "rocAuc", min: 0.5 }],
    retrain: { minNewRows: 1_000_000, drift: false },
    seed: 7,
  };
  const manifest = { sources: [{ path: `data/${template}.csv` }], checks: { minRows: 50 } };
  // JSON is YAML.
  const settings = new Map([
    [`models/${template}/model.yaml`, `${JSON.stringify(model, null, 2)}\n`],
    [`data-manifests/${template}.yaml`, `${JSON.stringify(manifest, null, 2)}\n`],
    [`data/${template}.csv`, madeUpRows(200)],
    [".gitattributes", "models/*/champion/** -text -merge\n"],
  ]);
  for (const [file, text] of settings) workspace.write(file, text);
  workspace.commitAll("One model");
  const { stdout } = workspace.refit(["run", template]);
  if (!stdout.includes("proposed")) throw new Error(`The run did not end in a proposal:\n${stdout}`);
  const folder = `refit--${template}:models/${template}/champion`;
  const files = workspace.git(["ls-tree", "-r", "--name-only", folder]).split("\n");
  const champion = new Map(
    files.map((file) => [file, `${workspace.git(["cat-file", "blob", `${folder}/${file}`])}\n`]),
  );
  const ledger = `${workspace.git(["cat-file", "blob", `refit-ledger:models/${template}.jsonl`])}\n`;
  workspace.git(["branch", "--quiet", "-D", `refit--${template}`]);
  rmSync(path.join(workspace.root, ".git/refit"), { recursive: true });
  return { settings, champion, ledger };
}

function madeUpRows(amount: number): string {
  const draw = lehmer(7);
  const row = (i: number) => {
    const visits = Math.round(20 * draw());
    const day = new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
    return `${day},${visits},${(100 * draw()).toFixed(2)},${draw() < 0.2 + visits / 40 ? 1 : 0}\n`;
  };
  return `day,visits,spent,bought\n${Array.from({ length: amount }, (_, i) => row(i)).join("")}`;
}

/** Versions of one model, each naming the one before. */
interface VersionChain {
  readonly name: string;
  /** @returns the files of one more version, by path from the root. */
  next(): FolderTexts;
}

function versionChain({ champion }: Trained, name: string): VersionChain {
  let [number, parent] = [0, null as string | null];
  const own = renamed(champion, name);
  return {
    name,
    next() {
      const files = new Map(own);
      files.set("README.md", `${own.get("README.md")!}\nMade as number ${++number}.\n`);
      files.set("lineage.json", lineageOf(files, parent));
      parent = treeIdOf(files);
      return new Map([...files].map(([file, text]) => [`models/${name}/champion/${file}`, text]));
    },
  };
}

/** What it says of files and parent made true. */
function lineageOf(files: FolderTexts, parent: string | null): string {
  const lineage = JSON.parse(files.get("lineage.json")!) as { files: Record<string, unknown>; parent: string | null };
  for (const file of Object.keys(lineage.files)) {
    const text = files.get(file)!;
    lineage.files[file] = { bytes: Buffer.byteLength(text), sha256: createHash("sha256").update(text).digest("hex") };
  }
  return `${JSON.stringify({ ...lineage, parent }, null, 2)}\n`;
}

function renamed(files: FolderTexts, name: string): Map<string, string> {
  return new Map([...files].map(([file, text]) => [file.replaceAll(template, name), text.replaceAll(template, name)]));
}

/** All settings come with the first commit, and so do the first versions; the others come some at a time, and each has its tag. */
function historyStream({ settings, ledger }: Trained, chains: readonly VersionChain[], started: number): string {
  const stream: string[] = [];
  let at = started;
  const add = (files: FolderTexts, tags: readonly string[], ref = "refs/heads/main") => {
    const mark = stream.length + 1;
    at += pace;
    stream.push(
      importedCommit({ ref, at, message: `Commit ${mark}`, files, mark }) +
        tags.map((tag) => importedTag(tag, mark, at)).join(""),
    );
  };
  add(new Map(chains.flatMap(({ name }) => [...renamed(settings, name)])), []);
  for (let version = 1; version <= versionsPerModel; version++) {
    for (let i = 0; i < chains.length; i += perCommit) {
      const some = chains.slice(i, i + perCommit);
      add(
        new Map(some.flatMap((chain) => [...chain.next()])),
        some.map(({ name }) => `${name}@v${version}`),
      );
    }
  }
  const rows = chains.map(({ name }) => [`models/${name}.jsonl`, ledger.replaceAll(template, name)] as const);
  add(new Map(rows), [], "refs/heads/refit-ledger");
  return stream.join("");
}
