import { createHash } from "node:crypto";

/** Files of a version by their path in its folder, as text. */
export type VersionTexts = Map<string, string>;

type Tree = Record<string, unknown>;

export interface Forgery {
  readonly why: string;
  /** Paths that are named as different. */
  readonly differs: readonly string[];
  readonly forge: (files: VersionTexts) => void;
}

const digestOf = (text: string) => ({
  sha256: createHash("sha256").update(text).digest("hex"),
  bytes: Buffer.byteLength(text),
});

/** Someone who means it has every file digested in lineage.json as it is now. */
function digestAgain(files: VersionTexts): void {
  const others = [...files].filter(([path]) => path !== "lineage.json");
  change("lineage.json", (lineage: Tree) => {
    lineage["files"] = Object.fromEntries(others.map(([path, text]) => [path, digestOf(text)]));
  })(files);
}

/** Applies a forgery to a copy. */
export function forged(honest: VersionTexts, { forge }: Forgery): VersionTexts {
  const files = new Map(honest);
  forge(files);
  digestAgain(files);
  return files;
}

/** Changes a JSON file, which keeps the form that refit gives it. */
function change(path: string, edit: (tree: never) => void): Forgery["forge"] {
  return (files) => {
    const text = files.get(path)!;
    const tree = JSON.parse(text) as Tree;
    (edit as (tree: Tree) => void)(tree);
    files.set(path, text.startsWith("{\n") ? `${JSON.stringify(tree, null, 2)}\n` : `${JSON.stringify(tree)}\n`);
  };
}

const all =
  (...forgeries: readonly Forgery["forge"][]): Forgery["forge"] =>
  (files) => {
    for (const forge of forgeries) forge(files);
  };

/** Sets one value, by the keys that lead to it. */
function set(path: string, keys: readonly (string | number)[], value: unknown): Forgery["forge"] {
  return change(path, (tree: Tree) => {
    const parent = keys.slice(0, -1).reduce<Tree>((at, key) => at[key] as Tree, tree);
    if (JSON.stringify(parent[keys.at(-1)!]) === JSON.stringify(value))
      throw new Error(`${keys.join(".")} is that already`);
    parent[keys.at(-1)!] = value;
  });
}

const lineageField = (keys: readonly (string | number)[], value: unknown): Forgery => ({
  why: `lineage.json with another ${keys.join(".")}`,
  differs: ["lineage.json"],
  forge: set("lineage.json", keys, value),
});

const zeros = "0".repeat(64);
const aBlob = "1".repeat(40);

const reverseLevels = change("features.json", ({ features }: { features: { levels?: unknown[] }[] }) => {
  for (const { levels } of features) levels?.reverse();
});
const raise = (files: VersionTexts) => set("metrics.json", ["holdout", "rocAuc"], 0.999)(files);
const add = (path: string, text: string) => (files: VersionTexts) => void files.set(path, text);
const remove = (path: string) => (files: VersionTexts) => void files.delete(path);

/** Of a version of `churn`, each file and each field of its lineage, alone. */
const single: readonly Forgery[] = [
  lineageField(["anchor"], aBlob),
  lineageField(["model"], "other"),
  lineageField(["seed"], 8),
  lineageField(["inputDigest"], zeros),
  lineageField(["holdout", "kind"], "hash"),
  lineageField(["holdout", "from"], "2026-02-01T00:00:00.000Z"),
  lineageField(["holdout", "to"], "2027-01-01T00:00:00.000Z"),
  lineageField(["holdout", "fraction"], 0.3),
  lineageField(["holdout", "rows"], 1000),
  lineageField(["holdout", "digest"], zeros),
  lineageField(["holdout", "trainedUntil"], "2020-01-01T00:00:00.000Z"),
  lineageField(["trainedUntil"], "2020-01-01T00:00:00.000Z"),
  lineageField(["trainedRows"], 1),
  lineageField(["judgedArtifact"], null),
  lineageField(["data", "dataset"], "other"),
  lineageField(["data", "files", 0, "path"], "data/churn/other.csv"),
  lineageField(["data", "files", 0, "sha256"], zeros),
  lineageField(["data", "files", 0, "bytes"], 1),
  lineageField(["data", "files", 0, "rows"], 1),
  lineageField(["data", "files", 0, "blob"], aBlob),
  lineageField(["data", "files", 1, "blob"], null),
  lineageField(["data", "files"], []),
  lineageField(["digests", "spec"], zeros),
  lineageField(["digests", "manifest"], zeros),
  lineageField(["digests", "code"], zeros),
  lineageField(["digests", "settings"], zeros),
  lineageField(["learner", "name"], "other"),
  lineageField(["learner", "algorithmVersion"], 99),
  lineageField(["learner", "settings"], {}),
  lineageField(["note"], "trust me"),
  { why: "reversed levels of a category", differs: ["features.json"], forge: reverseLevels },
  {
    why: "a target that is turned round",
    differs: ["features.json"],
    forge: set("features.json", ["target", "note"], 1),
  },
  { why: "a column that is no longer read", differs: ["features.json"], forge: set("features.json", ["inputs"], []) },
  { why: "another number of rows in the profile", differs: ["profile.json"], forge: set("profile.json", ["rows"], 1) },
  {
    why: "tomorrow's reference without columns",
    differs: ["profile.json"],
    forge: set("profile.json", ["columns"], []),
  },
  { why: "a better number", differs: ["metrics.json"], forge: raise },
  {
    why: "a better number that hides the true one below its own name",
    differs: ["metrics.json"],
    forge: change("metrics.json", (tree: { holdout: object }) => {
      tree.holdout = { rocAuc: 0.999, holdout: tree.holdout };
    }),
  },
  { why: "a slice that is gone", differs: ["metrics.json"], forge: set("metrics.json", ["slices"], {}) },
  {
    why: "another kind of comparison",
    differs: ["evaluation.json"],
    forge: set("evaluation.json", ["kind"], "refresh"),
  },
  { why: "another number of rows", differs: ["evaluation.json"], forge: set("evaluation.json", ["rows"], 1e6) },
  { why: "no metrics", differs: ["evaluation.json"], forge: set("evaluation.json", ["metrics"], []) },
  { why: "another dummy", differs: ["evaluation.json"], forge: set("evaluation.json", ["dummy"], null) },
  {
    why: "a card that says more",
    differs: ["README.md"],
    forge: (files) => void files.set("README.md", `${files.get("README.md")!}\nApproved.\n`),
  },
  {
    why: "a key in the model that nobody reads",
    differs: ["artifact/model.json"],
    forge: set("artifact/model.json", ["x"], 1),
  },
  {
    why: "a blank in the model",
    differs: ["artifact/model.json"],
    forge: (files) => void files.set("artifact/model.json", `${files.get("artifact/model.json")!} `),
  },
  { why: "a script beside the model", differs: ["artifact/install.sh"], forge: add("artifact/install.sh", "echo\n") },
  { why: "a file too many", differs: ["notes.txt"], forge: add("notes.txt", "hello\n") },
  { why: "another answer to a probe row", differs: ["probes.json"], forge: set("probes.json", ["answers", 3], [0.5]) },
  { why: "fewer probe rows", differs: ["probes.json"], forge: set("probes.json", ["rows"], []) },
  { why: "no card", differs: ["README.md"], forge: remove("README.md") },
  { why: "no profile", differs: ["profile.json"], forge: remove("profile.json") },
];

/** What somebody would change together, so that each agrees with the other. */
const pairs: readonly Forgery[] = [
  {
    why: "a better number in both files that hold it",
    differs: ["evaluation.json", "metrics.json"],
    forge: all(
      raise,
      change("evaluation.json", ({ metrics }: { metrics: { challenger: number }[] }) => {
        metrics[0]!.challenger = 0.999;
      }),
    ),
  },
  {
    why: "a better number in the file and on the card",
    differs: ["README.md", "metrics.json"],
    forge: all(raise, (files) => void files.set("README.md", files.get("README.md")!.replaceAll(/0\.9\d+/g, "0.999"))),
  },
  {
    why: "another transform, and a profile that hides it",
    differs: ["features.json", "profile.json"],
    forge: all(reverseLevels, set("profile.json", ["rows"], 1)),
  },
  {
    why: "settings and inputs that agree with each other",
    differs: ["lineage.json"],
    forge: all(set("lineage.json", ["digests", "settings"], zeros), set("lineage.json", ["inputDigest"], zeros)),
  },
  {
    why: "another seed, and other settings of the learner",
    differs: ["lineage.json"],
    forge: all(set("lineage.json", ["seed"], 8), set("lineage.json", ["learner", "settings"], { trees: 500 })),
  },
  {
    why: "data that nobody has, and the inputs that would follow",
    differs: ["lineage.json"],
    forge: all(
      set("lineage.json", ["data", "files", 0, "sha256"], zeros),
      set("lineage.json", ["inputDigest"], "2".repeat(64)),
    ),
  },
  {
    why: "another model, and its name in the lineage",
    differs: ["artifact/model.json", "lineage.json"],
    forge: all(set("artifact/model.json", ["x"], 1), set("lineage.json", ["learner", "name"], "gbdt")),
  },
  {
    why: "a script, and a model that has it in its files",
    differs: ["artifact/install.sh", "artifact/model.json"],
    forge: all(add("artifact/install.sh", "echo\n"), set("artifact/model.json", ["files"], ["install.sh"])),
  },
];

export const forgeries: readonly Forgery[] = [...single, ...pairs];
