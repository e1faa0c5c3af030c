import { spawn } from "node:child_process";
import { once } from "node:events";
import { deserialize, serialize } from "node:v8";
import { fillSettings, type TfjsSettings } from "@refit/core/runtime";
import { beforeAll, describe, expect, it } from "vitest";
import { madeUpRows } from "../../../tools/testkit/src/conformance/made-up-rows.ts";
import { tfjs } from "../src/index.ts";

const main = "model/network.js";
const [train, validation] = [madeUpRows("binary", 120, 1), madeUpRows("binary", 60, 2)];
const settingsOf = (change: Partial<TfjsSettings>) =>
  ({ ...fillSettings(tfjs), batchSize: 64, epochs: 2, ...change }) as unknown as TfjsSettings;

type Texts = Readonly<Record<string, string>>;

/** How a training of the network of the first of some files ended. */
interface Outcome {
  readonly files?: readonly string[];
  readonly answers?: Float64Array;
  readonly code?: string;
  readonly message?: string;
  /** Tensors that the training left behind, and the second prediction: after the first, the weights stay open. */
  readonly left: number;
}

function requestOf(texts: Texts, change: Partial<TfjsSettings>) {
  const code = new Map(Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
  const settings = settingsOf({ code: [...code.keys()], ...change });
  const program = { target: { name: "y", task: "binary", classes: null }, code };
  return { task: "binary", classes: 2, settings, seed: 7, train, validation, program };
}

/** Trains all of them in one process of plain Node: the files are loaded as Node does it, not as a test runner does. */
async function outcomesOf(requests: readonly object[]): Promise<readonly Outcome[]> {
  const program = `import { tfjs } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
    import { tf } from ${JSON.stringify(new URL("../dist/tensorflow.js", import.meta.url).href)};
    import { deserialize, serialize } from "node:v8";
    const parts = [];
    for await (const part of process.stdin) parts.push(part);
    const { requests, rows } = deserialize(Buffer.concat(parts));
    await tfjs.fit({ ...requests[0] }).catch(() => {});
    const outcomes = [];
    for (const request of requests) {
      const tensors = () => tf.memory().numTensors;
      const before = tensors();
      const ended = await tfjs.fit(request).then(
        async (files) => {
          let left = tensors() - before;
          const { predict } = await tfjs.load(files);
          const answers = await predict(rows);
          const open = tensors();
          await predict(rows);
          left += tensors() - open;
          return { files: [...files.keys()], answers, left };
        },
        ({ code, message }) => ({ code, message, left: tensors() - before }),
      );
      outcomes.push(ended);
    }
    process.stdout.write(serialize(outcomes));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(serialize({ requests, rows: madeUpRows("binary", 20, 3).features }));
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  await once(child, "close");
  return deserialize(Buffer.concat(parts)) as readonly Outcome[];
}

interface Parts {
  /** Before `build`. */
  readonly top?: string;
  /** First lines of `build`. */
  readonly first?: string;
  /** Codes of an embedding. */
  readonly codes?: string;
  /** Between the inputs, which are `joined`, and the last layer, which takes `given`. */
  readonly middle?: string;
  readonly units?: string;
  readonly end?: string;
}

/** A network that works but for what a test changes. */
const network = ({
  top = "",
  first = "",
  codes = "categories[i]",
  middle = "const given = joined;",
  units = "outputs",
  end = "return network;",
}: Parts = {}) => `${top}
export async function build({ tf, numbers, categories, outputs, seed }) {
  ${first}
  const inputs = [tf.input({ shape: [numbers] }), ...categories.map(() => tf.input({ shape: [1], dtype: "int32" }))];
  const embed = (input, i) => tf.layers.flatten().apply(
    tf.layers.embedding({ inputDim: ${codes}, outputDim: 2, embeddingsInitializer: "zeros" }).apply(input));
  const joined = tf.layers.concatenate().apply([inputs[0], ...inputs.slice(1).map(embed)]);
  ${middle}
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const network = tf.model({ inputs, outputs: tf.layers.dense({ units: ${units}, kernelInitializer }).apply(given) });
  ${end}
}
`;

const ownLayer = `const Layer = Object.getPrototypeOf(tf.layers.flatten().constructor);
  class Twice extends Layer {
    static className = "Twice";
    call(x) { return tf.mul(Array.isArray(x) ? x[0] : x, 2); }
  }
  tf.serialization.registerClass(Twice);
  const given = new Twice({}).apply(joined);`;

const convolution = `const image = tf.layers.reshape({ targetShape: [numbers, 1] }).apply(inputs[0]);
  const folded = tf.layers.flatten().apply(tf.layers.conv1d({ filters: 2, kernelSize: 2 }).apply(image));
  const given = tf.layers.concatenate().apply([folded, joined]);`;

const typed = network().replace("seed })", "seed }: { readonly [name: string]: any })");
const runsTypes = "typescript" in process.features && process.features.typescript === "strip";
const whole: Texts = {
  [main]: network({
    top: `import { width } from "../shared/width.js";`,
    first: `const { gain } = await import("./gain.js"); tf.zeros([1000]); tf.zeros([9]);`,
    middle: `const kernel = tf.initializers.heNormal({ seed });
      const given = tf.layers.dense({ units: gain * width, activation: "tanh", kernelInitializer: kernel }).apply(joined);`,
  }),
  "shared/width.js": "export const width = 3;",
  "model/gain.js": "export const gain = 2;",
};

const works: readonly (readonly [what: string, texts: Texts, change?: Partial<TfjsSettings>])[] = [
  ["of several files, which forgets tensors", whole],
  ["that needs what only another backend has", { [main]: network({ middle: convolution }) }, { backend: "cpu" }],
  ...(runsTypes
    ? [
        [
          "in TypeScript",
          {
            "model.ts": `import type { Width } from "./width.ts";\n${typed}\nexport const width: Width = 3;`,
            "width.ts": "export type Width = number;",
          },
        ] as const,
      ]
    : []),
];

const fails: readonly (readonly [what: string, text: string | Texts, message: RegExp])[] = [
  ["exports nothing", "export const nothing = 1;", /^model\/network\.js exports no function `build`\.$/],
  ["throws", network({ first: "throw new Error('no data');" }), /failed in `build`: no data\.$/],
  ["throws what is not an error", "export const build = () => { throw null; };", /failed in `build`: null\.$/],
  ["throws when it is read", "throw new Error('too early');", /could not be read: too early\.$/],
  ["is not JavaScript", "export const build = (;", /could not be read: Unexpected token ';'\.$/],
  ["returns a number", "export const build = () => 3;", /returned something other than a `tf\.LayersModel`/],
  ["returns nothing", network({ end: "" }), /returned something other than a `tf\.LayersModel`/],
  ["has no inputs", "export const build = ({ tf }) => tf.sequential();", /with the inputs \[\], expected \[3,1\]/],
  [
    "has other inputs",
    "export const build = ({ tf }) => tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [99] })] });",
    /built a network with the inputs \[99\], expected \[3,1\] numbers per row/,
  ],
  ["ignores an input", network({ middle: "const given = inputs[0];" }), /does not use all of its inputs/],
  ["has other outputs", network({ units: "5" }), /does not give 1 numbers per row/],
  [
    "gives a sequence",
    network({ middle: "const given = tf.layers.reshape({ targetShape: [1, 5] }).apply(joined);" }),
    /does not give 1 numbers per row/,
  ],
  [
    "is frozen",
    network({ end: "for (const layer of network.layers) layer.trainable = false; return network;" }),
    /has nothing to learn/,
  ],
  ["has a layer of its own", network({ middle: ownLayer }), /with "Twice", which TensorFlow\.js does not have/],
  ["has too few codes", network({ codes: "1" }), /failed while it learned: /],
  [
    "needs what the backend lacks",
    network({ middle: convolution }),
    /the backend wasm does not have; set `backend: cpu`/,
  ],
  [
    "imports a package",
    network({ top: `import "left-pad";` }),
    /imports the package "left-pad", which is not there: only files/,
  ],
  [
    "imports a file that is not named",
    network({ top: `import "./other.js";` }),
    /imports "model\/other\.js", which is not there/,
  ],
  [
    "imports a file later",
    network({ first: `await import("./other.js");` }),
    /imports "model\/other\.js", which is not there/,
  ],
  [
    "imports from the web",
    network({ top: `import "https://example.org/layers.js";` }),
    /imports from another place \(https:\): only files/,
  ],
  [
    "imports from the web later",
    network({ first: `await import("https://example.org/layers.js");` }),
    /imports from another place \(https:\): only files/,
  ],
  runsTypes
    ? [
        "is TypeScript that does more than say types",
        { "model.ts": `enum Size { Small }\n${typed}` },
        /^model\.ts has TypeScript with more than type annotations, such as `enum`/,
      ]
    : [
        "is TypeScript, which this Node does not run",
        { "model.ts": typed },
        /^model\.ts is TypeScript, .*use Node 22\.18 or newer/,
      ],
];

describe("a network of the user's own", () => {
  let outcomes: readonly Outcome[] = [];
  beforeAll(async () => {
    const failing = fails.map(([, text]) => requestOf(typeof text === "string" ? { [main]: text } : text, {}));
    outcomes = await outcomesOf([...works.map(([, texts, change]) => requestOf(texts, change ?? {})), ...failing]);
  });

  it.each(works.map(([what, texts], i) => [what, texts, i] as const))(
    "%s is trained, stored with its code, answers, and leaves no tensor behind",
    (_what, texts, i) => {
      const { files, answers, message, left } = outcomes[i]!;

      expect([message, files]).toEqual([
        undefined,
        [...Object.keys(texts).map((name) => `code/${name}`), "model.json", "weights.bin"],
      ]);
      expect(answers).toHaveLength(20);
      expect(answers!.every((value) => value > 0 && value < 1)).toBe(true);
      expect(left).toBe(0);
    },
  );

  it.each(fails.map(([what, , message], i) => [what, message, i] as const))(
    "that %s is refused, and leaves nothing behind",
    (_what, expected, i) => {
      const { code, message, left } = outcomes[works.length + i]!;

      expect(message).toMatch(expected);
      expect(message).not.toContain("refit-network-");
      expect(code).toBe("network-invalid");
      expect(left).toBe(0);
    },
  );

  it("may give another model each time, unlike dense layers", () => {
    expect(tfjs.mayDiffer!(settingsOf({ code: [main] }))).toBe("unproven");
    expect(tfjs.mayDiffer!(settingsOf({}))).toBe(undefined);
  });
});
