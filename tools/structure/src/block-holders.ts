/** What makes sure that a code block of a page is true. */
export type Holder =
  /** A test that reads the page, and runs the block or compares it with what is real; or what such a test reads it with. */
  | { readonly kind: "run"; readonly file: string }
  /** A test that does the same under other names: the words, or the commands of refit where there are none, are in both. */
  | { readonly kind: "alike"; readonly file: string; readonly words: readonly string[] }
  /** The schema of what it is a part of. */
  | { readonly kind: "spec" | "layout" | "attributes" }
  /** Nothing but people: why that is enough. */
  | { readonly kind: "nothing"; readonly because: string };

type Held = readonly [title: string, holder: Holder];

const run = (file: string): Holder => ({ kind: "run", file });
const alike = (file: string, ...words: string[]): Holder => ({ kind: "alike", file, words });
const nothing = (because: string): Holder => ({ kind: "nothing", because });
const spec: Holder = { kind: "spec" };
const layout: Holder = { kind: "layout" };
const attributes: Holder = { kind: "attributes" };

const e2e = (name: string) => `packages/refit/test/e2e/${name}.test.ts`;
const packs = nothing(
  "packages.test.ts packs and installs the same packages; two minutes for each page would tell no more",
);
const installs = nothing(
  "versions of other people's packages, which pythonTool and runtimeFolder of the testkit install",
);
const packed = "tools/structure/packages/packages.test.ts";
const clone = nothing("every job of CI begins with it");

/** Of each page its code blocks in their order, by language and first line, or as much of it as tells. */
export const holders: Readonly<Record<string, readonly Held[]>> = {
  "README.md": [
    ["sh: npm ci", clone],
    ["text: $ refit demo", run(e2e("demo"))],
    ["sh: refit init --data churn.csv", run(e2e("readme"))],
    ["sh: git diff main...refit--churn", run(e2e("readme"))],
    ["sh: refit status", run(e2e("readme"))],
    ["sh: refit predict churn", run(e2e("readme"))],
  ],
  "CONTRIBUTING.md": [["sh: npm ci", nothing("scripts of package.json, which .ci/run and CI start")]],
  "docs/architecture.md": [["mermaid: flowchart LR", nothing("a drawing of the table below it")]],
  "docs/auto.md": [["yaml: candidates: auto", spec]],
  "docs/backtest.md": [
    ["sh: refit backtest churn", alike(e2e("backtest"))],
    ["yaml: # weekly.yaml", spec],
  ],
  "docs/benchmarks.md": [
    ["sh: head -4993 elec-all.csv", nothing("how the figures beside it were made, on data that are fetched by hand")],
    ["sh: node -e 'let s=7;", nothing("how the figures beside it were made, in minutes")],
  ],
  "docs/calibration.md": [["yaml: candidates:", spec]],
  "docs/canary.md": [
    ["yaml: canary: {}", spec],
    ["sh: refit canary", alike(e2e("canary"))],
  ],
  "docs/coming-from.md": [["sh: refit init --data data/churn.csv", alike(e2e("import"), "import", "onnx", "run")]],
  "docs/command-learner.md": [
    [
      "sh: refit init --data data/churn.csv",
      alike("packages/refit/test/learners/examples.test.ts", "data/churn.csv", "train.py"),
    ],
    ["python: # train.py", run("packages/refit/test/learners/examples.test.ts")],
    ["python: # predict.py", run("packages/refit/test/learners/examples.test.ts")],
    ["yaml: candidates:", spec],
    ["yaml: - learner: command", spec],
    ["sh: npm install --save-dev onnxruntime-web", installs],
    ["yaml: - learner: command", spec],
    ["python: from skl2onnx import to_onnx", run("packages/refit/test/learners/examples.test.ts")],
    ["yaml: - learner: command", spec],
    [
      "python: before = refit_job.champion_file",
      nothing("the two lines that matter in examples/python/warm, which runs"),
    ],
    ["yaml: # a Ray cluster", run("packages/refit/test/learners/runner.test.ts")],
    ["yaml: # SLURM", run("packages/refit/test/learners/runner.test.ts")],
    ["yaml: # a pod of Kubernetes", run("packages/refit/test/learners/runner.test.ts")],
    ["yaml: # the share of the positive class", spec],
    ["awk: BEGIN {", run("packages/refit/test/learners/examples.test.ts")],
  ],
  "docs/files-as-columns.md": [
    ["sh: refit init --data data/fruit.csv", alike(e2e("init-files"))],
    ["yaml: # data-manifests/fruit.yaml", run("packages/refit/test/e2e/support/pictures.ts")],
    ["yaml: # models/ripeness/model.yaml", run("packages/refit/test/e2e/support/pictures.ts")],
    ["js: // programs/ripeness.mjs", run("packages/refit/test/e2e/support/pictures.ts")],
    ["text: picture,day,ripe", nothing("the first rows of what make-pictures.mjs writes")],
    ["js: // make-pictures.mjs", run("packages/refit/test/e2e/support/pictures.ts")],
    ["text: models/**/champion/** -text -merge", attributes],
    ["sh: node make-pictures.mjs 0 400", alike(e2e("files-as-columns"))],
  ],
  "docs/github-action.md": [
    ["yaml: name: refit", run("tools/structure/test/action.test.ts")],
    ["yaml: - uses: OWNER/refit@v1", alike(e2e("webhook"), "REFIT_WEBHOOK_URL", "REFIT_WEBHOOK_SECRET")],
    ["yaml: train:", run("tools/structure/test/action.test.ts")],
    ["yaml: plan:", run("tools/structure/test/action.test.ts")],
    ["sh: refit plan --by candidate", alike(e2e("candidate-matrix"))],
  ],
  "docs/high-risk.md": [
    ["yaml: # models/credit/model.yaml", spec],
    ["yaml: on:", alike("packages/action/src/choose-commands.test.ts", "pull_request_review")],
    ["sh: refit evidence credit@v3", alike(e2e("evidence"), "evidence", "output")],
  ],
  "docs/models-from-elsewhere.md": [
    ["sh: npm install --save-dev onnxruntime-web", installs],
    ["yaml: # models/churn/model.yaml", spec],
    ["sh: refit import churn --onnx", alike(e2e("import"))],
    ["sh: refit import churn --predictions", alike(e2e("import-predictions"))],
  ],
  "docs/monorepo.md": [
    ["yaml: models:", layout],
    ["sh: cd apps/shop && refit init", alike(e2e("beside"))],
    ["sh: refit affected", alike(e2e("affected"))],
    ["sh: refit run --all", alike(e2e("parallel"))],
    [": 6 models: 4 proposed", nothing("an excerpt with an ellipsis; parallel.test.ts compares such a table")],
    ["yaml: # models/churn/model.yaml, and the same line", spec],
    ['sh: refit plan --affected "$BEFORE"', alike(e2e("plan"))],
    ['json: { "name": "model-churn"', run("tools/structure/packages/task-runners.test.ts")],
    ['json: { "tasks": { "retrain"', run("tools/structure/packages/task-runners.test.ts")],
    ["sh turbo: filters=", run("tools/structure/packages/task-runners.test.ts")],
    ['yaml: projects: ["models/*"]', run("tools/structure/packages/task-runners.test.ts")],
    ["yaml: tasks:", run("tools/structure/packages/task-runners.test.ts")],
    ["sh moon: targets=", run("tools/structure/packages/task-runners.test.ts")],
    ["sh: refit affected --base", nothing("the page says above it that this was not tested")],
  ],
  "docs/nx.md": [
    ["sh: npm ci && npm pack", packs],
    ["sh: npx nx g @refit/nx:init", run("tools/structure/packages/nx.test.ts")],
    ["sh: npx nx show projects", run("tools/structure/packages/nx.test.ts")],
    ["text: models/churn/model.yaml:3:1: cannot be read", nothing("a message of the YAML library")],
  ],
  "docs/own-metrics.md": [
    ["yaml: # models/fraud/model.yaml", spec],
    ["yaml: own:", spec],
  ],
  "docs/predict.md": [["sh: refit predict churn", alike(e2e("predict"))]],
  "docs/reproduce.md": [
    ["sh: refit reproduce churn", alike(e2e("reproduce"))],
    ["text: churn v3: same.", nothing("packages.test.ts compares this line for another model")],
  ],
  "docs/review-a-proposal.md": [["sh: refit rollback churn --to v2", alike(e2e("story"))]],
  "docs/monitor.md": [
    ["yaml: # models/churn/model.yaml", spec],
    ["sh: refit monitor churn", alike(e2e("monitor"), "monitor", "churn", "log")],
  ],
  "docs/prediction-log.md": [
    ["sh: export REFIT_LOG_SALT", alike(e2e("serve-log"), "REFIT_LOG_SALT", "serve", "--log")],
    ['json: {"format":1', alike("packages/refit/test/fixtures/prediction.json", "format", "version", "microseconds")],
    ["sh: refit log forget", alike("packages/refit/test/production/forget.test.ts", "key", "c17")],
    [
      "python: from refit_log import PredictionLog",
      alike("packages/refit/test/production/python-writer.test.ts", "from refit_log import PredictionLog", "log.note("),
    ],
  ],
  "docs/serve.md": [
    ["sh: npm ci && npm pack", packs],
    ["sh: refit serve birdstrikes", alike(e2e("serve"))],
    ["js: import { createApp, follow }", run("packages/serve/test/docs.test.ts")],
    ["sh: curl -s http://127.0.0.1:8080/models/birdstrikes/predict", run("packages/serve/test/docs.test.ts")],
    ["json: {", alike("packages/serve/test/protocols.test.ts", "probabilities", "treeId")],
    ['json: { "input": "raw"', alike(e2e("serve-raw"), "input", "raw", "records")],
    ["sh: file=$(refit features materialize", run(e2e("serve-views"))],
    ["sh: curl -s http://127.0.0.1:8080/models/churn/predict", run(e2e("serve-views"))],
    ['json: "view": {', alike(e2e("serve-views"), "view", "stale", "absent")],
    ["yaml: percent: 5", alike("packages/refit/test/fixtures/rollout.yaml", "percent: 5", "steps: [5, 25, 50]")],
    ['json: { "treeId"', alike("packages/serve/test/canary.test.ts", "arm", "sticky", "rows")],
    ["sh: curl -s http://127.0.0.1:8080/v2/health/ready", run("packages/serve/test/docs.test.ts")],
    [
      "python: import numpy as np",
      alike("packages/serve/test/peers/ask-triton.py", "InferInput", "set_data_from_numpy"),
    ],
    ["sh: cp -r path/to/refit/examples/serve", alike("tools/structure/packages/container.test.ts", "kubernetes.yaml")],
  ],
  "docs/shadow.md": [
    ["sh: refit shadow churn", alike(e2e("shadow"), "shadow", "churn", "version")],
    ["yaml: - run: aws s3 sync", alike("packages/refit/test/github/shadow.test.ts", "shadow", "churn")],
  ],
  "docs/sign-a-model.md": [
    ...[
      "sh: openssl genpkey",
      "sh: refit sign churn@v1 --key key.pem",
      "sh: pip install model-signing",
      "sh: model_signing sign key",
      "sh: refit sign churn@v1 --key key.pem --certificate",
      "sh: refit verify-signature churn@v1 --root",
      "sh: refit verify-signature churn@v1 --key key.crt",
      "sh: refit show churn --checksums",
    ].map((title): Held => [title, run("packages/refit/test/sign/support/keyed.ts")]),
    ["yaml: - run: |", run("packages/refit/test/card/docs.test.ts")],
    ["sh: refit show churn@v1 --bom", alike("packages/refit/test/card/bom.test.ts")],
  ],
  "docs/site.md": [
    ["sh: refit site --output _site", alike(e2e("site"))],
    ["sh: refit init --github --pages", alike(e2e("init-workflow"))],
  ],
  "docs/sources.md": [
    ["yaml: # data-manifests/churn.yaml", run("packages/refit/test/sources/examples.test.ts")],
    ...Array.from({ length: 4 }, (): Held => ["yaml: sources:", run("packages/refit/test/sources/examples.test.ts")]),
    ["yaml: - uses: OWNER/refit@v1", alike("packages/action/src/child-environment.test.ts", "REFIT_SOURCE_ENV")],
  ],
  "docs/tables.md": [
    ["yaml: # data-manifests/churn.yaml", run("packages/refit/test/e2e/support/shop.ts")],
    ["sql: -- feature-views/customer_months.sql", run("packages/refit/test/e2e/support/shop.ts")],
    ["yaml: # models/churn/model.yaml", run("packages/refit/test/e2e/support/shop.ts")],
    ["yaml: # data-manifests/spend.yaml", run("packages/refit/test/e2e/support/shop.ts")],
    ["yaml: # models/spend/model.yaml", run("packages/refit/test/e2e/support/shop.ts")],
    ["sh: refit features materialize customer_months", alike(e2e("features"))],
    ["sh: refit features materialize customer_months --json", alike(e2e("features"))],
    ["js: // make-data.mjs", run(e2e("tables"))],
    ["text: models/**/champion/** -text -merge", attributes],
    ["sh: git add --all", alike(e2e("tables"), "check", "run", "features", "materialize", "customer_months")],
  ],
  "docs/tfjs-learner.md": [
    ["sh: npm ci && npm pack", packs],
    ["yaml: # models/churn/model.yaml", spec],
    ["yaml: training: { days: 28 }", spec],
    ["yaml: candidates:", spec],
    ["js: // models/churn/network.js", run("packages/refit/test/learners/every-option.test.ts")],
  ],
  "docs/trees.md": [
    ["yaml: task: regression", spec],
    ["yaml: candidates:", spec],
  ],
  "docs/use-a-model-in-python.md": [
    ["sh: refit export churn --to onnx", alike(e2e("export"))],
    ["python: from use_model import Model", alike("packages/refit/test/export/loader.py", "use_model", "Model(")],
    ['python: """Answers of a model', run("packages/refit/test/export/loader.test.ts")],
    ["sh: refit export churn --to mlflow", alike(e2e("export"))],
    ["python: import mlflow.pyfunc", alike("packages/refit/test/export/answers.py", "mlflow.pyfunc", "load_model")],
  ],
  "docs/use-a-model.md": [
    ["sql: SELECT prediction", run("packages/refit/test/card/docs.test.ts")],
    ["sh: npm ci && npm pack", packs],
    ["js: import { loadVersion }", run("packages/runtime/test/docs.test.ts")],
    ["js: import { loadVersion }", run("packages/runtime/test/docs.test.ts")],
    ["js: import { fromUrl, loadVersion }", run("packages/runtime/test/docs.test.ts")],
    ["js: import { loadVersion }", alike("packages/runtime/test/learners.test.ts", "loadVersion", "learners")],
    ["js: import { loadVersion }", alike("packages/runtime/test/onnx.test.ts", "loadVersion", "onnxLoaders")],
  ],
  "examples/monorepo/README.md": [
    ["sh pack: npm ci", run("tools/structure/packages/nx-example.test.ts")],
    ["sh begin: npx create-nx-workspace", run("tools/structure/packages/nx-example.test.ts")],
    ["sh look: npx nx show projects", run("tools/structure/packages/nx-example.test.ts")],
    ["sh affected: npx nx show projects", run("tools/structure/packages/nx-example.test.ts")],
    ["sh train: npx --no -- refit run --all", run("tools/structure/packages/nx-example.test.ts")],
  ],
  "packages/core/README.md": [["ts: import { formatNumber }", alike(packed, "formatNumber", "@refit/core/report")]],
  "packages/nx/README.md": [
    ["sh: npm ci && npm pack", packs],
    ["sh: npx nx g @refit/nx:model", alike("docs/nx.md", "@refit/nx:model", "affected")], // which a test types
  ],
  "packages/refit/README.md": [
    ["sh: npm ci && npm pack", alike(packed, "init", "--example", "run", "subscriptions")],
    ["ts: import { execFileSync }", alike(packed, "refit/json", "ToldRun", "decision")],
  ],
  "packages/runtime/README.md": [
    ["js: import { loadVersion }", alike("docs/use-a-model.md", "loadVersion(fromFolder(", "version.predict({")],
  ],
  "packages/serve/README.md": [
    [
      "js: import { createApp, follow }",
      alike("docs/serve.md", "gitSource({ repository", "closedBySignal", "createApp(["),
    ],
    [
      "sh: curl http://127.0.0.1:8080",
      alike("docs/serve.md", "/models/birdstrikes/predict", '{"records": [{"speed": 140'),
    ],
  ],
  "packages/tabular/README.md": [
    ["ts: import { learners }", alike(packed, "learners", "@refit/tabular")],
    [
      "ts: import { explainers, treeImportance }",
      alike("packages/tabular/src/gbdt/explain-gbdt.test.ts", "explainers"),
    ],
  ],
  "packages/tfjs/README.md": [
    ["sh: npm ci && npm pack", packs],
    ["yaml: # models/churn/model.yaml", spec],
  ],
};
