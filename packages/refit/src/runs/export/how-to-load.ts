import type { FeatureSpec } from "@refit/core/data";
import { docsPage } from "@refit/core/errors";
import { cell, table } from "@refit/core/report";
import type { OnnxInput } from "@refit/tabular/onnx";
import type { ExportedGraph, ReadVersion } from "./exported-graph.ts";
import type { ExportFormat } from "./formats.ts";
import { mlflowPackages } from "./mlflow-files.ts";

const takes: Readonly<Record<OnnxInput["takes"], string>> = {
  string: "text",
  double: "number (`float64`)",
  int64: "milliseconds since 1970-01-01 UTC (`int64`)",
};

/** The README of an exported folder, in Markdown. */
export function howToLoad(
  { lineage, treeId, features }: ReadVersion,
  { signature }: ExportedGraph,
  to: ExportFormat,
): string {
  return [
    `# ${lineage.model}`,
    `\`refit export\` made this folder of the version with the git tree \`${treeId}\`. Do not edit it: the next export replaces the folder only if no file in it was changed.`,
    ...(to === "onnx" ? onnxCode(signature !== null) : mlflowCode(signature !== null)),
    ...(signature === null
      ? [
          "`model.onnx` is the file that the version holds, byte for byte. Its inputs and outputs are those that its author gave it.",
        ]
      : [
          "## Inputs",
          inputTable(signature.inputs),
          truths(signature.inputs),
          'Each input is an array of one dimension, with one value for each record. A text that did not occur in training counts as "other". Inputs are the columns *after* `prepare` of the data manifest.',
          "## Answers",
          ...answers(signature.outputs, features),
        ]),
    `More: <${docsPage("use-a-model-in-python.md")}>`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const onnxCode = (isOurs: boolean) => [
  ...(isOurs
    ? [
        '`pip install onnxruntime`, and in this folder, with a list of records such as `[{"a": 1}]`:',
        '```python\nfrom use_model import Model\n\nanswers = Model("model.onnx").predict(records)\n```',
        "`use_model.py` turns records into the arrays that the model takes. Without it:",
      ]
    : []),
  '```python\nimport onnxruntime\n\noptions = onnxruntime.SessionOptions()\noptions.intra_op_num_threads = 1  # sums in one order\nsession = onnxruntime.InferenceSession("model.onnx", options)\n```',
  "With one thread the answers equal those of refit to the last bit. With more threads, ONNX Runtime adds the trees of a batch in another order, and the last digits may differ.",
];

const mlflowCode = (isOurs: boolean) => [
  `\`\`\`sh\npip install mlflow-skinny==${mlflowPackages.mlflow} onnx==${mlflowPackages.onnx} onnxruntime==${mlflowPackages.onnxruntime} pandas\n\`\`\``,
  isOurs
    ? '```python\nimport mlflow.pyfunc\n\nmodel = mlflow.pyfunc.load_model(".")  # this folder\ntexts = [each.name for each in model.metadata.get_input_schema() if each.type.name == "string"]\nanswers = model.predict(frame.astype({name: object for name in texts}))\n```'
    : '```python\nimport mlflow.pyfunc\n\nmodel = mlflow.pyfunc.load_model(".")  # this folder\nanswers = model.predict(feed)  # a map of NumPy arrays by the inputs\' names\n```',
  "- `MLmodel` asks for one thread, so that the answers equal those of refit to the last bit. With more threads, the last digits may differ.",
  ...(isOurs
    ? [
        '- pandas 3 reads texts as `str`, which MLflow\'s ONNX flavour refuses: hence `astype(object)`. For a missing text, use the one in the table instead of `None` or `NaN`: `frame[name].fillna("")`.',
        '- Numbers are `float64`: `frame[name].astype(float)`, truth values too. Times: `frame[name].to_numpy("datetime64[ms]").astype("int64")`, which turns `NaT` into the number in the table.',
      ]
    : []),
];

function inputTable(inputs: readonly OnnxInput[]): string {
  const rows = inputs.map((each) => [
    cell(each.name),
    each.type,
    takes[each.takes],
    each.missing === "" ? "the empty text" : cell(each.missing),
  ]);
  return table(["input", "column", "takes", "missing"], rows);
}

const truths = (inputs: readonly OnnxInput[]) =>
  inputs.some(({ type }) => type === "boolean") ? "True is 1, and false is 0." : "";

type Outputs = NonNullable<ExportedGraph["signature"]>["outputs"];

function answers(outputs: Outputs, { target, threshold }: FeatureSpec): string[] {
  const [first] = outputs;
  const { task, name, classes } = target;
  const named = (classes ?? []).map((each) => cell(String(each))).join(", ");
  switch (task) {
    case "binary":
      return [
        `${cell(first!.name)}: the probability that ${cell(name)} is ${cell(String(classes![1]))}, not ${cell(String(classes![0]))}.`,
        ...(threshold === undefined
          ? []
          : [
              `The version answers ${cell(String(classes![1]))} from a probability of ${threshold} on (\`metrics.threshold\`).`,
            ]),
      ];
    case "regression":
      return [`${cell(first!.name)}: the value of ${cell(name)}.`];
    case "multiclass":
      return outputs.length === 1
        ? [`${cell(first!.name)}: the probabilities of the classes of ${cell(name)}, in this order: ${named}.`]
        : [
            `One output for each class of ${cell(name)}, in this order: ${outputs.map((each) => cell(each.name)).join(", ")}.`,
          ];
  }
}
