// packages/action/src/main.ts
import { fileURLToPath } from "node:url";
import path8 from "node:path";

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os3 from "os";
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function getBooleanInput(name, options) {
  const trueValue = ["true", "True", "TRUE"];
  const falseValue = ["false", "False", "FALSE"];
  const val = getInput(name, options);
  if (trueValue.includes(val))
    return true;
  if (falseValue.includes(val))
    return false;
  throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}
Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os3.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os3.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}

// node_modules/@actions/github/lib/context.js
import { readFileSync, existsSync as existsSync2 } from "fs";
import { EOL as EOL4 } from "os";
var Context = class {
  /**
   * Hydrate the context from the environment
   */
  constructor() {
    var _a, _b, _c;
    this.payload = {};
    if (process.env.GITHUB_EVENT_PATH) {
      if (existsSync2(process.env.GITHUB_EVENT_PATH)) {
        this.payload = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, { encoding: "utf8" }));
      } else {
        const path9 = process.env.GITHUB_EVENT_PATH;
        process.stdout.write(`GITHUB_EVENT_PATH ${path9} does not exist${EOL4}`);
      }
    }
    this.eventName = process.env.GITHUB_EVENT_NAME;
    this.sha = process.env.GITHUB_SHA;
    this.ref = process.env.GITHUB_REF;
    this.workflow = process.env.GITHUB_WORKFLOW;
    this.action = process.env.GITHUB_ACTION;
    this.actor = process.env.GITHUB_ACTOR;
    this.job = process.env.GITHUB_JOB;
    this.runAttempt = parseInt(process.env.GITHUB_RUN_ATTEMPT, 10);
    this.runNumber = parseInt(process.env.GITHUB_RUN_NUMBER, 10);
    this.runId = parseInt(process.env.GITHUB_RUN_ID, 10);
    this.apiUrl = (_a = process.env.GITHUB_API_URL) !== null && _a !== void 0 ? _a : `https://api.github.com`;
    this.serverUrl = (_b = process.env.GITHUB_SERVER_URL) !== null && _b !== void 0 ? _b : `https://github.com`;
    this.graphqlUrl = (_c = process.env.GITHUB_GRAPHQL_URL) !== null && _c !== void 0 ? _c : `https://api.github.com/graphql`;
  }
  get issue() {
    const payload = this.payload;
    return Object.assign(Object.assign({}, this.repo), { number: (payload.issue || payload.pull_request || payload).number });
  }
  get repo() {
    if (process.env.GITHUB_REPOSITORY) {
      const [owner, repo] = process.env.GITHUB_REPOSITORY.split("/");
      return { owner, repo };
    }
    if (this.payload.repository) {
      return {
        owner: this.payload.repository.owner.login,
        repo: this.payload.repository.name
      };
    }
    throw new Error("context.repo requires a GITHUB_REPOSITORY environment variable like 'owner/repo'");
  }
};

// node_modules/@actions/github/lib/github.js
var context = new Context();

// packages/core/src/errors/secrets.ts
var secretNames = [
  /^REFIT_(?:TOKEN|WEBHOOK_\w+)$/i,
  /^(?:GH|GITHUB)(?:_ENTERPRISE)?_TOKEN$/i,
  /^(?:GITLAB|GITEA|FORGEJO|CI_JOB)_TOKEN$/i,
  /^ACTIONS_/i,
  // the runner's own: OpenID Connect, cache, artifacts
  /^(?:INPUT|STATE)_/i
  // `INPUT_GITHUB-TOKEN` is the action's input
];
var secretShapes = [
  /(?<=\/\/)[^/@\s:]*:(?!\d{1,5}(?:\/|$))[^\s"'`<>]*(?=@)/g,
  // user:password@ in a URL, also with a slash that is not encoded
  /(?<=\/\/)[^/@\s]+(?=@)/g,
  // token@ in a URL
  /\bgh[a-z]_[A-Za-z0-9._-]{20,}/g,
  // GitHub's tokens
  /\bgithub_pat_\w{20,}/g,
  // GitHub's fine-grained tokens
  /\bgl[a-z]{2,7}-[\w-]{20,}/g,
  // GitLab's tokens
  /\b(?:ATBB|ATCTT3)[\w=-]{20,}/g,
  // Bitbucket's tokens
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  // Hugging Face's tokens
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  // keys of AWS
  /\bya29\.[\w-]{20,}/g,
  // Google's access tokens
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/g,
  // JSON web tokens
  /(?<=authorization:\s*\w+\s+)\S+/gi,
  // headers
  /(?<=\b(?:private-token|job-token|x-api-key):\s*)\S+/gi,
  /(?<=[?&;](?:(?:access|private|job|auth|refresh|id)_?token|token|password|client_secret|api_?key|sig(?:nature)?|X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential))=)[^&\s"'`]+/gi
  // a signed URL
];
function isSecretName(name) {
  return secretNames.some((pattern) => pattern.test(name));
}
function withoutSecrets(env) {
  return Object.fromEntries(
    Object.entries(env).filter((entry) => entry[1] !== void 0 && !isSecretName(entry[0]))
  );
}
function redact(text) {
  return secretShapes.reduce((result, pattern) => result.replace(pattern, "***"), text);
}

// packages/core/src/spec/plain-text.ts
function plain(text) {
  return redact(text).replace(/[\p{C}\u2028\u2029]/gu, "\uFFFD");
}

// packages/core/src/errors/docs-page.ts
var home = "https://github.com/OWNER/refit";
function docsPage(path9) {
  return `${home}/blob/main/docs/${path9}`;
}

// packages/core/src/time.ts
var HOUR = 36e5;
var DAY = 24 * HOUR;

// packages/core/src/errors/child-environment.ts
var ofTheMachine = [
  /^(?:PATH|HOME|USER|LOGNAME|USERNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|EMAIL|HOSTNAME)$/i,
  /^(?:LANG|LANGUAGE|LC_\w+|XDG_\w+)$/i,
  /^(?:LD|DYLD)_\w+$/,
  // where libraries are
  /^(?:HTTPS?|NO|ALL|FTP)_PROXY$/i,
  /^(?:SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|NIX_SSL_CERT_FILE)$/,
  /^(?:SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)|DISPLAY|GNUPGHOME|GPG_TTY)$/,
  // Windows
  /^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|MSYS\w*|MINGW\w*)$/i,
  /^(?:APPDATA|LOCALAPPDATA|PROGRAMDATA|ALLUSERSPROFILE|USERPROFILE|HOMEDRIVE|HOMEPATH)$/i,
  /^(?:COMMON)?PROGRAM(?:FILES|W6432)(?:\(X86\))?$/i
];
function childEnvironment(env, besides) {
  const allowed = [...ofTheMachine, ...besides];
  return Object.fromEntries(
    Object.entries(withoutSecrets(env)).filter(([name]) => allowed.some((pattern) => pattern.test(name)))
  );
}

// packages/core/src/spec/names.ts
var namePart = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
var longest = 120;
function nameProblem(name) {
  const parts = name.split("/");
  if (!parts.every((part) => namePart.test(part)))
    return "must consist of lower-case letters, digits and single hyphens, with a `/` between nested folders";
  const taken = ["champion", "canary"].find((folder) => parts.indexOf(folder, 1) !== -1);
  if (taken !== void 0) return `must not have a nested folder called \`${taken}\``;
  if (parts.join("--").length > longest) return `must not be longer than ${longest} characters`;
  return null;
}

// packages/action/src/asked-steps.ts
function stepsAskedFor({ models, due, reason }, inputs) {
  const forced = { ...inputs, models, forceReason: reason };
  const all = { ...inputs, models: [], forceReason: null };
  return [
    { command: "promote", inputs },
    ...models.length > 0 ? [{ command: "run", inputs: forced }] : [],
    ...due ? [{ command: "run", inputs: all }] : []
  ];
}

// packages/action/src/arguments.ts
import path from "node:path";

// packages/action/src/input-error.ts
var InputError = class extends Error {
  name = "InputError";
  problem;
  /** What the person can do, where the problem does not say it. */
  hint;
  constructor(problem, hint = null) {
    super(hint === null ? problem : `${problem} ${hint}`);
    this.problem = problem;
    this.hint = hint;
  }
};

// packages/action/src/arguments.ts
function argumentsOf(command, inputs, trigger) {
  const { models, dryRun } = inputs;
  const base = trigger.baseBranch === null ? [] : [`--base=${trigger.baseBranch}`];
  const words2 = [command, "--json", ...base];
  const writes = dryRun ? ["--dry-run"] : ["--push"];
  const reason = inputs.forceReason ?? (trigger.startedBy && `started by hand by ${trigger.startedBy}`);
  const force = reason === null ? [] : [`--force=${reason}`];
  switch (command) {
    case "run": {
      const candidates = inputs.candidates === null ? [] : [`--candidates=${inputs.candidates}`];
      return [...words2, ...writes, ...force, ...candidates, "--", ...models];
    }
    case "plan":
      return [...words2, "--by=candidate", ...force, "--", ...models];
    case "train": {
      const single = inputs.digests.map((digest) => `--candidate=${digest}`);
      return [...words2, ...force, ...single, `--out=${inputs.candidates}`, "--", ...models];
    }
    case "choose": {
      const out = path.join(inputs.candidates, "chosen");
      return [...words2, ...force, `--candidates=${inputs.candidates}`, `--out=${out}`, "--", ...models];
    }
    case "verify":
      return [...words2, "--", ...models];
    case "promote":
    case "dashboard":
      return [...words2, ...writes];
    case "rollback": {
      const [name, ...more] = models;
      if (name === void 0 || more.length > 0) {
        throw new InputError("rollback takes one model: `models: churn`, or `models: churn@v3` for a certain version.");
      }
      const [model, version] = name.split("@");
      return [...words2, ...writes, ...version === void 0 ? [] : [`--to=${version}`], "--", model];
    }
    case "status":
    case "doctor":
      return words2;
  }
}

// packages/action/src/child-environment.ts
var ofTheRun = [/^CI$/, /^GITHUB_(?!(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)\w+$/, /^RUNNER_\w+$/];
var ofTheWork = [/^GIT_\w+$/, /^REFIT_\w+$/, /^(?:CUDA|OMP|OPENBLAS|MKL|TF|NX)_\w+$/];
var ofNpm = [/^npm_config_\S+$/i, /^(?:NPM_TOKEN|NODE_AUTH_TOKEN)$/];
var ofAlerts = ["REFIT_WEBHOOK_URL", "REFIT_WEBHOOK_SECRET"];
function refitEnvironment(env, token) {
  const named = [...namedIn(env["REFIT_GIT_ENV"]), ...namedIn(env["REFIT_SOURCE_ENV"])];
  const own = childEnvironment(env, [...ofTheRun, ...ofTheWork, ...named]);
  const announced = ofAlerts.flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]]);
  return { ...own, ...Object.fromEntries(announced), ...token !== null && { REFIT_TOKEN: token } };
}
function npmEnvironment(env) {
  return childEnvironment(env, [/^CI$/, ...ofNpm]);
}
function namedIn(names = "") {
  return [...names.matchAll(/\w+/g)].map(([name]) => new RegExp(`^${name}$`));
}

// packages/action/src/choose-commands.ts
var commandInputs = [
  "auto",
  "run",
  "plan",
  "train",
  "choose",
  "verify",
  "promote",
  "rollback",
  "status",
  "doctor",
  "dashboard"
];
function isCommandInput(word) {
  return commandInputs.includes(word);
}
function chooseCommands(input, trigger) {
  if (trigger.event === "pull_request_target") {
    throw new InputError(
      "pull_request_target gives code from forks a write token. Use `on: pull_request`: verify needs no secret."
    );
  }
  if (input !== "auto") return { commands: [input], because: "The workflow sets the command." };
  switch (trigger.event) {
    case "schedule":
    case "workflow_dispatch":
    case "repository_dispatch":
      return { commands: ["promote", "run"], because: `Started by ${trigger.event}.` };
    case "push":
      return onPush(trigger);
    case "pull_request":
    // A review may be the approval that the check of a version waits for.
    case "pull_request_review":
      return onPullRequest(trigger);
    case "issues":
      return { commands: ["dashboard"], because: "An issue was edited." };
    case "merge_group":
      return { commands: ["verify"], because: "The merge queue asks for it." };
    default:
      throw new InputError(
        `\`command: auto\` does not know what to do on ${JSON.stringify(trigger.event)}; name the command.`
      );
  }
}
var champion = /^models\/.+\/champion\//;
function onPush({ ref, baseBranch, changed }) {
  if (baseBranch !== null && ref !== `refs/heads/${baseBranch}`) {
    return { commands: [], because: `The push went to ${ref}, and only ${baseBranch} says what is live.` };
  }
  if (changed === null) {
    return { commands: ["promote", "run"], because: "This clone does not show what the push changed." };
  }
  const promoted = changed.some((path9) => champion.test(path9));
  const other = changed.some((path9) => !champion.test(path9));
  if (promoted && other)
    return { commands: ["promote", "run"], because: "The push changed a champion and other files." };
  if (promoted) return { commands: ["promote"], because: "The push changed a champion." };
  return { commands: ["promote", "run"], because: "The push did not change a champion." };
}
function onPullRequest({ action, baseBranch, pullRequest }) {
  if (pullRequest !== null && baseBranch !== null && pullRequest.base !== baseBranch) {
    return { commands: [], because: `The pull request is not for ${baseBranch}, which says what is live.` };
  }
  if (action !== "closed") return { commands: ["verify"], because: "A pull request changed." };
  return pullRequest?.merged === true ? { commands: ["promote"], because: "The pull request was merged." } : { commands: [], because: "The pull request was closed; the next run records it." };
}

// packages/action/src/find-cli.ts
import { access, readFile } from "node:fs/promises";
import path2 from "node:path";
async function findInstalled(folder, workspace) {
  const manifest = await nearestManifest(folder, workspace);
  if (manifest === null) return null;
  const { bin, version } = JSON.parse(await readFile(manifest, "utf8"));
  if (bin?.refit === void 0) return null;
  return { file: path2.join(path2.dirname(manifest), bin.refit), version: version ?? "unknown" };
}
async function nearestManifest(folder, workspace) {
  const manifest = path2.join(folder, "node_modules", "refit", "package.json");
  const there = await access(manifest).then(
    () => true,
    () => false
  );
  if (there) return manifest;
  const above = path2.dirname(folder);
  return folder === workspace || above === folder ? null : nearestManifest(above, workspace);
}

// packages/action/src/inputs.ts
import path3 from "node:path";

// packages/core/src/spec/slice-name.ts
function sliceName(slice) {
  return typeof slice === "string" ? slice : slice.join(" \xD7 ");
}

// packages/action/src/inputs.ts
var isModel = (word) => nameProblem(word.replace(/@v[1-9]\d*$/, "")) === null;
function readInputs(workspace) {
  const command = getInput("command") || "auto";
  if (!isCommandInput(command)) {
    throw new InputError(`There is no command ${JSON.stringify(command)}; use one of ${commandInputs.join(", ")}.`);
  }
  const models = getInput("models").split(/[\s,"[\]]+/).filter(Boolean);
  const odd = models.find((name) => !isModel(name));
  if (odd !== void 0) throw new InputError(`${JSON.stringify(odd)} in \`models\` is not a valid model name.`);
  return {
    command,
    models,
    token: readToken(),
    baseBranch: getInput("base-branch") || null,
    workingDirectory: getInput("working-directory") || ".",
    dryRun: getInput("dry-run") !== "" && getBooleanInput("dry-run"),
    forceReason: getInput("force-reason") || null,
    ...readCandidates(command, workspace)
  };
}
function readCandidates(command, workspace) {
  const value = getInput("candidates");
  const [folder, digests] = divided(value);
  const place = folder === "" ? null : path3.resolve(workspace, folder);
  switch (command) {
    case "train":
      if (place === null)
        throw new InputError("`command: train` needs `candidates`, the folder to write the candidates into.");
      if (folder.endsWith("@"))
        throw new InputError(
          `The digests behind \`@\` are missing in \`candidates\`: ${JSON.stringify(value)}. The output \`matrix\` of the job with \`command: plan\` has them.`
        );
      return { candidates: place, digests };
    case "choose":
      if (place === null || digests.length > 0)
        throw new InputError("`command: choose` needs `candidates`, the folder with what the other jobs trained.");
      return { candidates: place, digests };
    default:
      if (value === "") return { candidates: null, digests };
      if (folder === "" || digests.length !== 1)
        throw new InputError(
          `\`candidates\` must be FOLDER@DIGEST, with the output \`candidates\` of the training job as the digest; it is ${JSON.stringify(value)}.`
        );
      return { candidates: path3.resolve(workspace, value), digests: [] };
  }
}
function divided(value) {
  const [, folder, digests] = /^(.*)@(sha256:[0-9a-f]{64}(?: sha256:[0-9a-f]{64})*)$/s.exec(value) ?? [];
  return folder === void 0 || digests === void 0 ? [value, []] : [folder, digests.split(" ")];
}
function readToken() {
  const token = getInput("github-token");
  if (token === "") return null;
  setSecret(token);
  setSecret(Buffer.from(`x-access-token:${token}`).toString("base64"));
  return token;
}

// packages/action/src/install-cli.ts
import { cp, mkdir as mkdir2, mkdtemp, readFile as readFile3 } from "node:fs/promises";
import { tmpdir } from "node:os";
import path6 from "node:path";

// packages/action/src/kept-packages.ts
import { createHash, randomUUID as randomUUID2 } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, readdir, readFile as readFile2, rename, rm, stat, writeFile } from "node:fs/promises";
import path4 from "node:path";
var loaded = /\.(?:[cm]?js|json|node|so|dylib|dll)$/;
var hour = 36e5;
var month = 30 * 24 * hour;
async function packPieces(home2) {
  const root = path4.join(home2, "node_modules");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && loaded.test(entry.name)).map((entry) => path4.relative(root, path4.join(entry.parentPath, entry.name)).replaceAll(path4.sep, "/")).filter((file) => !file.startsWith(".")).sort();
  const contents = [];
  for (const file of files) contents.push(await readFile2(path4.join(root, file)));
  const index = files.map((file, i) => [file, contents[i].length]);
  return [Buffer.from(`${JSON.stringify(index)}
`), ...contents];
}
function measurePack(pieces) {
  const hash = createHash("sha256");
  for (const piece2 of pieces) hash.update(piece2);
  return { sha256: hash.digest("hex"), bytes: pieces.reduce((sum, { length }) => sum + length, 0) };
}
async function unpackKept(file, known, home2) {
  const pack = await readExactly(file, known.bytes);
  if (pack === null || measurePack([pack]).sha256 !== known.sha256) return false;
  let at = pack.indexOf("\n") + 1;
  const index = JSON.parse(pack.toString("utf8", 0, at));
  const root = path4.join(home2, "node_modules");
  for (const folder of new Set(index.map(([name]) => path4.dirname(name)))) {
    await mkdir(path4.join(root, folder), { recursive: true });
  }
  const writing = index.map(([name, bytes]) => writeFile(path4.join(root, name), pack.subarray(at, at += bytes)));
  await Promise.all(writing);
  return true;
}
async function readExactly(file, bytes) {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(file, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size !== bytes) return null;
    const pack = Buffer.allocUnsafe(bytes);
    const { bytesRead } = await handle.read(pack, 0, bytes, 0);
    return bytesRead === bytes ? pack : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
async function keepPackages(file, known, home2) {
  const pieces = await packPieces(home2);
  if (measurePack(pieces).sha256 !== known.sha256) return false;
  const folder = path4.dirname(file);
  await mkdir(folder, { recursive: true });
  const part = path4.join(folder, `${randomUUID2()}.part`);
  try {
    await writeFile(part, pieces, { flag: "wx" });
    const { mtimeMs } = await stat(part);
    await rename(part, file).catch(async () => {
      await rm(file, { recursive: true, force: true });
      await rename(part, file);
    });
    await removeOld(folder, mtimeMs);
  } finally {
    await rm(part, { force: true });
  }
  return true;
}
async function removeOld(folder, now) {
  for (const name of await readdir(folder)) {
    const file = path4.join(folder, name);
    const most = name.endsWith(".part") ? hour : month;
    const { mtimeMs } = await stat(file);
    if (now - mtimeMs > most) await rm(file, { recursive: true, force: true });
  }
}

// packages/action/src/run-npm.ts
import { execFile } from "node:child_process";
import { access as access2, realpath } from "node:fs/promises";
import path5 from "node:path";
import { promisify } from "node:util";
var execute = promisify(execFile);
var patience = [
  "--fetch-retries=2",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
  "--fetch-timeout=60000"
];
async function installByLockfile({ home: home2, cache, env, limitSeconds }) {
  const npm = await findNpm(env);
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...patience];
  const child = {
    cwd: home2,
    env: npmEnvironment(env),
    maxBuffer: 16 * 1024 * 1024,
    timeout: limitSeconds * 1e3,
    killSignal: "SIGKILL"
  };
  try {
    await execute(process.execPath, [npm, "ci", ...flags, `--cache=${cache}`], child);
  } catch (error2) {
    throw new InputError(
      `The packages that refit needs could not be installed: ${why(error2, limitSeconds)}.`,
      "Run the job again; if it fails again, set `npm_config_registry` to a registry that this runner can reach, or install refit into the workspace in an earlier step."
    );
  }
}
function why({ message, stderr = "", killed = false }, limitSeconds) {
  if (killed) return `npm did not end within ${limitSeconds} seconds`;
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (?:error|ERR!) ?/, ""));
  const stack = lines.findIndex((line) => /^\s+at /.test(line));
  const said = lines.slice(0, stack === -1 ? 5 : Math.min(stack, 5)).join(" ");
  return redact(said.trim() || message).replace(/\.$/, "");
}
async function findNpm(env) {
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path5.delimiter).filter(path5.isAbsolute);
  for (const folder of folders) {
    const script = await realpath(path5.join(folder, "npm")).catch(() => null);
    if (script?.endsWith("npm-cli.js")) return script;
    const beside = path5.join(folder, "node_modules", "npm", "bin", "npm-cli.js");
    if (script !== null && await exists(beside)) return beside;
  }
  throw new InputError(
    "refit is not installed in the workspace, and npm is not available to install it. Add a step `uses: actions/setup-node`."
  );
}
async function exists(file) {
  return access2(file).then(
    () => true,
    () => false
  );
}

// packages/action/src/install-cli.ts
async function installCarried(carried, env, limitSeconds = 300) {
  const { version, platforms, packs } = JSON.parse(await readFile3(path6.join(carried, "cli.json"), "utf8"));
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new InputError(
      `refit is not installed in the workspace, and the action includes it only for ${platforms.join(", ")}, not for ${platform}. Install refit into the workspace in an earlier step.`
    );
  }
  const temporary = env["RUNNER_TEMP"] || tmpdir();
  const shared = path6.join(env["RUNNER_TOOL_CACHE"] || temporary, "refit");
  await mkdir2(temporary, { recursive: true });
  const home2 = await mkdtemp(path6.join(temporary, "refit-"));
  await cp(carried, home2, { recursive: true });
  const cli = { file: path6.join(home2, "bundle", "cli.cjs"), version };
  const pack = packs[`${platform}${usesMusl() ? "-musl" : ""}`];
  const kept = path6.join(shared, "packages", `${pack?.sha256}.pack`);
  if (pack !== void 0 && await unpackKept(kept, pack, home2)) return { ...cli, keeping: Promise.resolve() };
  await installByLockfile({ home: home2, cache: path6.join(shared, "npm"), env, limitSeconds });
  const keeping = pack === void 0 ? Promise.resolve() : keepPackages(kept, pack, home2).catch(() => false);
  return { ...cli, keeping };
}
function usesMusl() {
  if (process.platform !== "linux") return false;
  const report = process.report;
  report.excludeNetwork = true;
  const { header } = report.getReport();
  return header.glibcVersionRuntime === void 0;
}

// packages/core/src/spec/yaml-scalar.ts
function yamlScalar(text) {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : yamlQuoted(text);
}
function yamlQuoted(text) {
  return JSON.stringify(text).replace(
    /[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/gu,
    (hidden) => Array.from({ length: hidden.length }, (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, "0")}`).join(
      ""
    )
  );
}

// packages/core/src/data/acceptance.ts
var WHY = "why it is right";
function acceptanceOf(model, { code, severity, column }) {
  if (severity !== "suspect" || column === null) return null;
  const word = shellWord(column);
  const command = word === null ? null : `refit accept ${model} ${code} ${word} --reason "${WHY}"`;
  return { yaml: acceptanceEntry({ column, finding: code, reason: WHY }), command };
}
function acceptanceEntry({
  column,
  finding,
  reason
}) {
  return `{ column: ${yamlScalar(column)}, finding: ${finding}, reason: ${yamlQuoted(reason)} }`;
}
function findingPage(code) {
  return docsPage(`reference/findings.md#${code}`);
}
function shellWord(text) {
  if (/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(text)) return text;
  if (text !== plain(text) || /[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/u.test(text) || text.startsWith("-")) return null;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

// packages/core/src/data/exclusion.ts
var ofLeaks = /* @__PURE__ */ new Set(["leak-suspect"]);
function exclusionOf(findings) {
  const columns = findings.flatMap(({ code, column }) => ofLeaks.has(code) && column !== null ? [column] : []);
  return columns.length === 0 ? null : `exclude: [${[...new Set(columns)].map((name) => yamlScalar(name)).join(", ")}]`;
}

// packages/core/src/report/visible-text.ts
function visibleText(text, maxLength) {
  if (text.length <= maxLength && plain2.test(text)) return text;
  const line = text.replace(/\s+/gu, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "").replace(/ {2,}/g, " ").trim();
  if (line.length <= maxLength) return line;
  const start = line.slice(0, 2 * maxLength + 2);
  const points = [...start];
  return points.length > maxLength ? `${points.slice(0, maxLength - 1).join("")}\u2026` : line;
}
var plain2 = /^[!-~]+(?: [!-~]+)*$/;

// packages/core/src/report/markdown.ts
var MOST_IN_A_CELL = 300;
var active = /[!#$&*+:<=>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!\d)-|-(?!\d)|(?<=www)\.|(?<!\d)\.(?! |$)|\.(?=[^\d ])|(?<=\d)\.(?= |$)/gi;
function escapeMarkdown(text, maxLength) {
  return visibleText(text, maxLength).replace(active, (character) => `&#${character.charCodeAt(0)};`);
}
var addresses = /(?<=&#64;)|(?<=&#58;)(?=\/)|(?<=w)(?=&#46;)/gi;
function cell(text) {
  return `<code>${escapeMarkdown(text, MOST_IN_A_CELL).replace(addresses, "<wbr>")}</code>`;
}
function table(headers, rows) {
  const line = (cells) => `| ${cells.map((text) => text.replaceAll("|", "&#124;").replace(/\s*[\r\n]+\s*/g, " ")).join(" | ")} |`;
  return [line(headers), `|${" --- |".repeat(headers.length)}`, ...rows.map(line)].join("\n");
}

// packages/core/src/report/text.ts
var data = (value) => ({ kind: "data", text: value });
var sentenceOf = (words2) => ({ kind: "sentence", text: words2 });
function say(words2, ...values) {
  const pieces = words2.flatMap((word, i) => {
    const value = values[i];
    if (value === void 0) return [word];
    return isText(value) ? [word, ...value] : [word, typeof value === "number" ? String(value) : value];
  });
  return merged(pieces);
}
function joinTexts(texts, separator2) {
  return merged(texts.flatMap((one, i) => i === 0 ? one : [separator2, ...one]));
}
function renderText(sentence, show) {
  return sentence.map((piece2) => typeof piece2 === "string" ? piece2 : show(piece2)).join("");
}
function ifWords(piece2, show) {
  const { text } = piece2;
  return typeof text === "string" ? show(text) : null;
}
function isText(value) {
  return Array.isArray(value);
}
function merged(pieces) {
  const result = [];
  for (const piece2 of pieces) {
    const last = result.at(-1);
    if (piece2 === "") continue;
    if (typeof piece2 === "string" && typeof last === "string") result[result.length - 1] = last + piece2;
    else result.push(piece2);
  }
  return result;
}

// packages/core/src/report/markdown-report.ts
var besideThePage = (file) => file;
var onGitHub = { value: cell };
function markdownReport(report, chartAt = besideThePage) {
  return wholePage(report, { ...onGitHub, chartAt });
}
function wholePage({ headline, sections }, style) {
  return pageOf([headlineIn(style, headline), ...sections.map((section) => sectionIn(style, section))]);
}
function pageOf(parts) {
  return `${parts.filter((part) => part !== "").join("\n\n")}
`;
}
function markdownHeadline(headline) {
  return headlineIn({ ...onGitHub, chartAt: besideThePage }, headline);
}
function headlineIn(style, { verdict, number, reason, objections }) {
  const lines = [verdict, number, reason].flatMap((line) => line === null ? [] : [markdownText(line, style)]);
  return [lines.join("  \n"), ...objections.map((objection) => `- ${markdownText(objection, style)}`)].join("\n");
}
function markdownSection(section, chartAt = besideThePage) {
  return sectionIn({ ...onGitHub, chartAt }, section);
}
function sectionIn(style, { title, body }) {
  const blocks = blocksIn(style, body);
  return title === null ? blocks : [`### ${title}`, ...blocks === "" ? [] : [blocks]].join("\n");
}
function blocksIn(style, blocks) {
  const parts = blocks.map((block) => blockIn(style, block));
  return parts.filter((part) => part !== "").join("\n\n");
}
function blockIn(style, block) {
  const shown = (words2) => markdownText(words2, style);
  switch (block.kind) {
    case "paragraph":
      return shown(block.text);
    case "list":
      return block.items.map((item) => `- ${shown(item)}`).join("\n");
    case "table":
      return table(
        block.head.map(shown),
        block.rows.map((cells) => cells.map(shown))
      );
    case "notice":
      return block.lines.map((line) => `> - ${shown(line)}`).join("\n");
    case "chart":
      return image(block, style.chartAt(block.file));
    case "details":
      return detailsIn(style, block);
    default:
      return "";
  }
}
function detailsIn(style, { summary, blocks }) {
  const inside = blocksIn(style, blocks);
  if (inside === "") return "";
  return `<details><summary>${markdownText(summary, style)}</summary>

${inside}

</details>`;
}
function image({ words: words2 }, place) {
  return place === null ? "" : `![${renderText(words2, (piece2) => ifWords(piece2, (text) => escapeMarkdown(text, 40)) ?? " ")}](${place})`;
}
function markdownText(sentence, { value } = onGitHub) {
  return renderText(sentence, (piece2) => pieceIn(value, piece2));
}
function pieceIn(value, piece2) {
  switch (piece2.kind) {
    case "data":
    case "sentence":
      return value(piece2.text);
    case "code":
      return `\`${piece2.text}\``;
    case "strong":
      return `**${piece2.text}**`;
    case "break":
      return "<br>";
    default:
      return ifWords(piece2, value) ?? "";
  }
}

// packages/core/src/report/format-number.ts
function formatNumber(value) {
  if (!Number.isFinite(value)) return "\u2013";
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1);
  if (size >= 1e15) return value.toExponential(4);
  const digits = size < 10 ? 4 : size < 100 ? 3 : size < 1e3 ? 2 : 1;
  return (size === 0 ? 0 : value).toFixed(digits);
}

// packages/core/src/report/number-text.ts
function signed(value) {
  return `${value < 0 ? "\u2212" : "+"}${formatNumber(Math.abs(value))}`;
}
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function firstFew(items, most) {
  return { few: items.slice(0, most), more: Math.max(0, items.length - most) };
}

// packages/core/src/report/sentences.ts
function reasonSentence(reason) {
  switch (reason.kind) {
    case "no-champion":
      return say`there is no champion yet`;
    case "imported":
      return say`the champion was imported, and no candidate has been compared with it`;
    case "settings":
      return say`the settings of the training changed${settingsWords(reason.changed)}`;
    case "policy":
      return say`the gates, guardrails or accepted findings changed since a model with the same inputs failed`;
    case "new-rows":
      return reason.assumed === true ? say`${reason.newRows} rows are assumed to be new (it is not known which; minNewRows: ${reason.minNewRows})` : say`${reason.newRows} new rows arrived (minNewRows: ${reason.minNewRows})`;
    case "age":
      return say`the last judged model is ${Math.floor(reason.ageDays)} days old (maxAgeDays: ${reason.maxAgeDays})`;
    case "drift":
      return say`${data(reason.feature)} has drifted (PSI ${formatNumber(reason.psi)})`;
    case "drift-classifier":
      return say`a classifier can tell the new rows from the champion's by ${joinTexts(
        reason.features.map((name) => [data(name)]),
        ", "
      )} (AUC ${formatNumber(reason.auc)})`;
    case "performance":
      return say`${reason.metric} on newer rows is ${formatNumber(reason.now)}, and was ${formatNumber(reason.before)} on the champion's holdout (performanceMargin: ${reason.performanceMargin})`;
    case "champion-moved":
      return say`the champion changed since the open proposal was judged`;
    case "group":
      return say`models of the proposal group ${reason.group} move together, and ${reason.due} is due`;
    case "forced":
      return say`a person asked for it: ${data(reason.words)}${despiteWords(reason.despite)}`;
  }
}
function despiteWords(despite) {
  return despite === void 0 ? "" : `, although ${refusals[despite.by]} on ${day(despite.at)}`;
}
var mostChanges = 5;
var longestValue = 40;
function settingsWords(changes) {
  if (changes === void 0) return [];
  if (changes.length === 0) return say`: a learner has a new version of its algorithm`;
  return say`: ${changeTexts(changes)}`;
}
function changeTexts(changes) {
  const { few, more } = firstFew(changes, mostChanges);
  return joinTexts([...few.map(changeText), ...more > 0 ? [say`and ${more} more`] : []], ", ");
}
var ownExpression = /^metrics\.own\.(.+)\.row$/;
function changeText({ setting, from, to }) {
  const own = ownExpression.exec(setting)?.[1];
  if (own !== void 0) {
    const what = from === null ? "is new" : to === null ? "is gone" : "is changed";
    return say`the metric ${data(own)} ${what}`;
  }
  const [was, is] = [from ?? "not set", to ?? "not set"];
  const values = Math.max(was.length, is.length) > longestValue ? [] : say` ${data(was)} → ${data(is)}`;
  return say`${data(setting)}${values}`;
}
function heldBackSentence(heldBack) {
  switch (heldBack.kind) {
    case "unchanged":
      return "nothing has changed since the champion was trained";
    case "nothing-due":
      return "no retrain is needed: no trigger fired";
    case "proposal-open":
      return "a proposal with the same inputs is already open; review it";
    case "held-by-person":
      return "the open proposal is under review (approved, or with a commit that is not refit's); newer data wait";
    case "canary-runs":
      return canaryRunsSentence(heldBack);
    case "branch-held":
      return `a retrain is due, but the branch ${heldBack.branch} has a commit that refit did not make and that was not merged, so it was left alone; move that commit elsewhere and delete the branch`;
    case "refused":
      return `${refusals[heldBack.by]} on ${day(heldBack.at)}; the inputs${heldBack.by === "rejected" ? ", or the gates," : ""} must change before another attempt (or use --force "reason")`;
    case "drift-unconfirmed":
      return "the data have drifted for the first time; a retrain needs drift in two of the last three snapshots";
    case "drift-known":
      return "the data have drifted, but they had drifted as far when the last candidate was compared with this champion";
    case "few-rows":
      return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows (holdout.minRows) that are needed to judge a newer model have arrived since the champion was trained`;
    case "few-of-class":
      return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows of the second most frequent class that are needed to judge a newer model have arrived since the champion was trained`;
    case "cooldown":
      return `cool-down until ${minute(heldBack.until)} (or use --force "reason")`;
    case "backoff":
      return `${heldBack.fruitless} candidate${heldBack.fruitless === 1 ? " was" : "s in a row were"} not good enough; no new attempt until ${minute(heldBack.until)} (or use --force "reason")`;
    case "budget":
      return `the ${heldBack.per === "day" ? "daily budget (maxPerDay)" : "weekly budget (maxPerWeek)"} is used up until ${minute(heldBack.until)} (or use --force "reason")`;
    case "handed-over":
      return `${handOvers[heldBack.why]}; the next run trains again`;
    case "group-held":
      return `models of the proposal group ${heldBack.group} move together, and ${heldBack.by} ${groupHolds[heldBack.why]}, so none of them is proposed`;
  }
}
function canaryRunsSentence({
  percent,
  since,
  championMoved
}) {
  const moved = championMoved ? ", and the champion has changed since, so nothing follows from a comparison: its stop is proposed" : "";
  return `a canary has been running since ${day(since)} (${percent === null ? "rollout.yaml cannot be read" : `${percent} % of the requests`})${moved}; no other version is proposed until it is promoted or stopped (or use --force "reason")`;
}
var groupHolds = {
  blocked: "is blocked",
  failed: "could not be judged",
  "held-back": "is held back itself",
  rejected: "was rejected"
};
var handOvers = {
  none: "a retrain is due now, but it was not when the training job ran, so there is no candidate",
  "other-inputs": "the data or the settings changed after the training job, so its candidate was trained on other inputs",
  "other-champion": "the champion changed after the training job, so its candidate was compared with another one",
  "no-folder": "a retrain is due, but no job has handed over a candidate of it",
  "other-plan": "the data, the settings or the champion changed after the jobs were planned"
};
var refusals = {
  declined: "a person declined a model with the same inputs",
  rejected: "a gate rejected a model with the same inputs",
  rolledBack: "the model with the same inputs was rolled back",
  stopped: "the model with the same inputs was stopped as a canary"
};
function acceptedWords({ accepted }) {
  if (accepted === void 0) return [];
  const { reason, by } = accepted;
  const who = by === null ? "not committed yet" : say`${data(by.author)}, ${day(by.at)}, ${by.commit.slice(0, 10)}`;
  return say` Accepted: ${data(reason)} (${who}).`;
}
function verdictReasonSentence(reason) {
  switch (reason.kind) {
    case "no-gate":
      return say`there is no gate, so nothing can be promoted`;
    case "finding":
      return say`${reason.code}: ${sentenceOf(reason.message)}`;
    case "undefined-metric":
      return say`${reason.metric} cannot be computed on the holdout: it has too few rows, or only one class. Add rows, or hold out more of them`;
    case "missing-slice":
      return say`the declared column ${data(reason.column)} has no value in the holdout`;
    case "gate-failed":
      return say`${gateSentence(reason.row)}: failed`;
    case "guard-failed":
      return say`${guardSentence(reason.row)}: failed`;
    case "small-groups":
      return say`fewer than two groups of ${data(reason.column)} are large enough to be judged, so a person has to decide`;
    case "small-slices":
      return say`no value of ${data(reason.column)} has enough rows to be judged (100, and 10 of each class), but its gate is critical, so a person has to decide`;
    case "few-rows":
      return say`the holdout has ${reason.rows} rows; a decision needs at least ${reason.minRows} (holdout.minRows)`;
    case "few-of-class":
      return say`the holdout has only ${counted(reason.rows, "row")} of its second most frequent class; a decision needs at least ${reason.minRows} of each of two classes`;
    case "dummy-undecided":
      return say`the holdout is too small to show whether the challenger is better than a model without features: ${reason.row.metric} ${optional(reason.row.challenger)}, without features ${optional(reason.row.dummy)}${reason.row.pSuperior === null ? "" : ` (p = ${formatNumber(reason.row.pSuperior)}, at most 0.05 is required)`}`;
    case "worse":
      return worseSentence(reason.row);
    case "same-model":
      return say`the file is the model that is live already, so there is nothing to promote`;
    case "anchor-best":
      return say`the version that was last proved better scores best on these rows: better than the champion by ${formatNumber(reason.overChampion)} (p = ${formatNumber(reason.p)}) and than the challenger by ${formatNumber(reason.overChallenger)}, so refit proposes to go back to it`;
    case "nothing-newer":
      return say`fewer than ${reason.minRows} rows (holdout.minRows) are newer than what the champion has learned from, so nothing can show whether newer data did harm`;
    case "test-failed":
      return testFailedWords(reason);
  }
}
var optional = (value) => value === void 0 ? "not defined" : formatNumber(value);
function testFailedWords({ test, against, detectable }) {
  if (test === "superiority") return say`the holdout does not show that the challenger is better than the ${against}`;
  if (test === "non-inferiority")
    return say`the holdout does not rule out that the challenger is worse than the ${against} by more than the margin${tooSmall(detectable)}`;
  if (against === "anchor" && detectable === void 0)
    return say`the challenger is worse beyond chance than the anchor, the version that was last proved better, and not shown to be better than the champion`;
  return say`the holdout is too small to show a large harm${detectable === void 0 ? "" : `: it can show only differences of at least ${formatNumber(detectable)}`}`;
}
function worseSentence({ metric, improvement, interval }) {
  const size = improvement === void 0 ? "" : ` by ${formatNumber(Math.abs(improvement))}`;
  const between = interval === null ? "" : ` (90 % interval ${interval.map(signed).join(" to ")})`;
  return say`${metric} is worse than the champion's${size}, beyond chance${between}`;
}
function tooSmall(detectable) {
  if (detectable === void 0) return "";
  return `, and it is too small to: it can show only differences of at least ${formatNumber(detectable)}`;
}
function gateSentence(row) {
  const where = row.slice === null ? [] : say` where ${data(row.slice.column)} is ${data(row.slice.value)}`;
  const value = row.value === void 0 ? "not defined" : formatNumber(row.value);
  const { metric, min, max, maxRegression, slice } = row.gate;
  if (row.result === "insufficient") {
    const values = slice === "*" ? "declared slice" : say`value of ${data(sliceName(slice ?? []))}`;
    return say`${metric}: no ${values} has enough rows (100, and 10 of each class)`;
  }
  if (min !== void 0) return say`${metric}${where} is ${value}; at least ${min} is required`;
  if (max !== void 0) return say`${metric}${where} is ${value}; at most ${max} is allowed`;
  if (row.result === "skipped") return skippedSentence(row.gate);
  const change = changeWords(row.value);
  const p = row.p === null ? "" : formatNumber(row.p);
  const chance = row.p === null ? "" : row.gate.critical === true ? `, and a significant drop is not (p = ${p}, significant below 0.05)` : `, or more if it is not significant (Holm p = ${p}, significant below 0.05)`;
  if (maxRegression !== void 0)
    return say`${metric}${where} is ${change}; worse by at most ${maxRegression} is allowed${chance}`;
  return say`${metric}${where} is ${change}; better by at least ${row.limit} is required`;
}
function changeWords(improvement) {
  if (improvement === void 0) return "not defined for both models";
  if (improvement === 0) return "as good as the champion's";
  return `${improvement > 0 ? "better" : "worse"} by ${formatNumber(Math.abs(improvement))}`;
}
function skippedSentence({ metric, maxRegression, minImprovement, slice }) {
  const where = slice === void 0 ? "" : slice === "*" ? " on each slice" : say` by ${data(sliceName(slice))}`;
  return maxRegression === void 0 ? say`${metric}${where} must be better by at least ${minImprovement ?? 0}` : say`${metric}${where} may be worse by at most ${maxRegression}`;
}
function guardSentence(row) {
  const value = row.value === void 0 ? "not defined" : formatNumber(row.value);
  const limit = `${row.guard}: ${row.limit}`;
  const group = row.column === null ? "" : data(row.column);
  const p = row.p === null ? "" : `, p = ${formatNumber(row.p)}`;
  const from = row.interval === null ? "" : `, 90 % interval ${row.interval.map(formatNumber).join(" to ")}`;
  if (row.result === "skipped") return say`${limit}`;
  if (row.result === "insufficient")
    return say`${row.guard}: groups of ${group} are too small, or none is ever selected`;
  switch (row.guard) {
    case "minSelectionRatio":
      return say`the selection rate of the least selected group of ${group} is ${value} of the most selected group's (${limit}${from}${p})${excuseOf(row)}`;
    case "maxOpportunityGapGrowth":
      return say`the gap between the true positive rates of ${group} grew by ${value} (${limit}${p})`;
    case "maxLatencyRatio":
      return say`a prediction takes ${value} times as long as the champion's (${limit}${from})`;
    case "maxP95MsPer1000Rows":
      if (row.value === void 0) return say`${row.guard}: no prediction was timed`;
      return say`95 % of the batches take at most ${value} ms per 1,000 rows (${limit})`;
    case "maxSizeRatio":
      return say`the artifact has ${value} times the champion's bytes (${limit})`;
  }
}
function excuseOf({ result, value, limit, p }) {
  if (result !== "passed" || value === void 0 || value >= limit) return "";
  return p === null ? "; not significant" : "; not shown to be worse than the champion\u2019s";
}
function day(at) {
  return new Date(at).toISOString().slice(0, 10);
}
function minute(at) {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

// packages/core/src/report/alert.ts
var mostRows = 50;
function dataAlert(model, findings, waiting = null, style = onGitHub) {
  const { few, more } = firstFew(findings, mostRows);
  const rows = few.map((finding) => [
    finding.severity,
    `[${finding.code}](${findingPage(finding.code)})`,
    finding.file === null ? "\u2013" : style.value(finding.file) + (finding.line === void 0 ? "" : `:${finding.line}`),
    style.value(finding.message) + markdownText(acceptedWords(finding), style),
    style.value(finding.hint)
  ]);
  return [
    `**${model}**: the new data were refused. Nothing was trained, and what is live has not changed.`,
    "",
    ...waiting === null ? [] : [waitingSentence(waiting), ""],
    table(["severity", "finding", "where", "what", "what to do"], rows),
    ...more > 0 ? ["", `And ${counted(more, "more finding")}; \`refit run ${model} --json\` lists them all.`] : [],
    "",
    ...waysOut(model, findings)
  ].join("\n");
}
function waitingSentence({ runs, since, learnedUntil, newRows, now }) {
  const learned = learnedUntil === null ? "" : ` It has learned until ${day(learnedUntil)}, ${counted(Math.floor((now - learnedUntil) / DAY), "day")} ago.`;
  return `**${runs} runs in a row were blocked, since ${day(since)}.** Meanwhile the live model gets older.${learned} ${counted(newRows, "newer row")} ${newRows === 1 ? "waits" : "wait"}.`;
}
function waysOut(model, findings) {
  const { few } = firstFew(findings, mostRows);
  const exclusion = exclusionOf(few);
  const leavingOut = exclusion === null ? [] : [
    `If a column is known only after the outcome, leave it out with a commit. Under \`features\` in its \`model.yaml\`:`,
    "",
    "```yaml",
    exclusion,
    "```",
    ""
  ];
  const ways = few.map((found) => acceptanceOf(model, found)).filter((way) => way !== null);
  if (ways.length === 0) return leavingOut;
  const entries = ways.flatMap(({ yaml, command }) => [
    `    - ${yaml}`,
    ...command === null ? [] : [`    # written by: ${command}`]
  ]);
  return [
    ...leavingOut,
    "If a suspicious value is right, accept it with a commit. Add to the data manifest, with the reason:",
    "",
    // Each line is one of ours with quoted names in it, so none can close the fence.
    "```yaml",
    "checks:",
    "  accept:",
    ...new Set(entries),
    "```",
    ""
  ];
}

// packages/core/src/report/section.ts
var keepAlways = 100;

// packages/core/src/report/fit-report.ts
function fitReport(report, { limit, url, chartAt }) {
  const whole = markdownReport(report, chartAt);
  if (whole.length <= limit) return whole;
  const asPage = (shorter) => pageWithNote(report, shorter, { url, ...chartAt && { chartAt } });
  const fits = (shorter) => asPage(shorter).length <= limit;
  const cut = longestFitting(report.sections, fits);
  if (cut !== null) return asPage(cut);
  const briefest = withRows(report.sections, fewestRows);
  for (const { sections, leftOut } of shorterReports(briefest.sections)) {
    const shorter = { sections, leftOut: [leftOut, briefest.leftOut].filter(Boolean).join(", ") };
    if (fits(shorter)) return asPage(shorter);
  }
  return cutMarkdown(whole, limit, url);
}
function pageWithNote({ headline }, { sections, leftOut }, { url, chartAt }) {
  const [above, below] = [
    sections.filter(({ title }) => title === null),
    sections.filter(({ title }) => title !== null)
  ];
  return pageOf([
    markdownHeadline(headline),
    ...above.map((section) => markdownSection(section, chartAt)),
    noteOf(leftOut, url),
    ...below.map((section) => markdownSection(section, chartAt))
  ]);
}
var fewestRows = 12;
function longestFitting(sections, fits) {
  let [low, high] = [fewestRows, Math.max(fewestRows, ...tablesIn(sections).map(({ rows }) => rows.length))];
  let best = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const shorter = withRows(sections, middle);
    if (fits(shorter)) [best, low] = [shorter, middle + 1];
    else high = middle - 1;
  }
  return best;
}
function tablesIn(sections) {
  const blocks = sections.flatMap(({ body }) => body).flatMap((block) => block.kind === "details" ? block.blocks : block);
  return blocks.filter((block) => block.kind === "table");
}
function withRows(sections, most) {
  const cut = (block) => block.kind === "table" && block.rows.length > most ? { ...block, rows: block.rows.slice(0, most) } : block;
  const shorter = sections.map((section) => ({
    ...section,
    body: section.body.map(
      (block) => block.kind === "details" ? { ...block, blocks: block.blocks.map(cut) } : cut(block)
    )
  }));
  const leftOut = sections.flatMap((section) => {
    const rows = tablesIn([section]).reduce((sum, table2) => sum + Math.max(0, table2.rows.length - most), 0);
    return rows === 0 ? [] : [`${rows} rows of \u201C${nameOf(section)}\u201D`];
  });
  return { sections: shorter, leftOut: leftOut.join(", ") };
}
function* shorterReports(whole) {
  const inOrder = whole.filter(({ keep }) => keep < keepAlways).toSorted((a, b) => a.keep - b.keep);
  const unfolded = /* @__PURE__ */ new Set();
  const dropped = /* @__PURE__ */ new Set();
  const shorter = () => ({
    sections: whole.filter(({ id }) => !dropped.has(id)).map((section) => unfolded.has(section.id) ? withoutDetails(section) : section),
    leftOut: [
      ...inOrder.filter(({ id }) => dropped.has(id)).map(nameOf),
      ...inOrder.filter(({ id }) => unfolded.has(id) && !dropped.has(id)).map((one) => `the details of \u201C${nameOf(one)}\u201D`)
    ].join(", ")
  });
  for (const section of inOrder) {
    if (unfolded.has(section.id) || !section.body.some(({ kind }) => kind === "details")) continue;
    unfolded.add(section.id);
    yield shorter();
  }
  for (const { id } of inOrder) {
    if (dropped.has(id)) continue;
    dropped.add(id);
    yield shorter();
  }
}
function withoutDetails(section) {
  return { ...section, body: section.body.filter(({ kind }) => kind !== "details") };
}
function nameOf({ title, id }) {
  return title ?? id;
}
function noteOf(what, url) {
  const where = url === null ? "" : ` [The full report](${url}) has everything.`;
  return `> Left out here, because the text would be too long: ${what}.${where}`;
}
function cutMarkdown(markdown, limit, url) {
  if (markdown.length <= limit) return markdown;
  const note = noteOf("the end", url);
  return `${firstLines(markdown, limit - note.length - 15)}

${note}
`;
}
function firstLines(text, length) {
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf("\n");
  const lines = (end > 0 ? cut.slice(0, end) : cut.replace(/[\uD800-\uDBFF]$/, "")).trimEnd();
  const isOpen = lines.lastIndexOf("<details>") > lines.lastIndexOf("</details>");
  return isOpen ? `${lines}

</details>` : lines;
}

// packages/core/src/report/terminal-text.ts
function quoteForTerminal(value) {
  return `"${visibleText(value, 120)}"`;
}
var MOST_IN_A_SENTENCE = 1e3;
function terminalText(sentence) {
  return renderText(sentence, (piece2) => {
    if (piece2.kind === "break") return "; ";
    if (piece2.kind === "code" || piece2.kind === "strong") return piece2.text;
    if (piece2.kind === "sentence") return visibleText(piece2.text, MOST_IN_A_SENTENCE);
    return ifWords(piece2, quoteForTerminal) ?? "";
  });
}

// packages/core/src/report/run-table.ts
var decisions = ["proposed", "updated", "inconclusive", "rejected", "blocked", "failed", "suppressed", "skipped"];
function markdownRunTable(ended) {
  const rows = ended.map((one) => [cell(one.model), one.decision, markdownText(whyEnded(one)), whereOf(one)]);
  return `**${endsCounted(ended)}**

${table(["model", "decision", "why", "where"], rows)}`;
}
function endsCounted(ended) {
  const parts = decisions.flatMap((word) => {
    const count = ended.filter(({ decision }) => decision === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(ended.length, "model")}: ${parts.join(", ")}`;
}
function whereOf(ended) {
  if (ended.decision === "failed") return "";
  return (ended.decision === "blocked" ? ended.alert : ended.url) ?? "";
}
function whyEnded(ended) {
  switch (ended.decision) {
    case "skipped":
    case "suppressed":
      return [heldBackSentence(ended.heldBack)];
    case "failed":
      return say`${ended.error.code}: ${sentenceOf(ended.error.message)}`;
    case "blocked": {
      const finding = ended.findings.find(({ severity }) => severity !== "warning");
      return finding === void 0 ? firstOf(ended) ?? [] : say`${finding.code}: ${sentenceOf(finding.message)}`;
    }
    case "inconclusive":
    case "rejected":
      return firstOf(ended) ?? numberOf(ended);
    default:
      return numberOf(ended);
  }
}
function firstOf({ because: [first] }) {
  return first === void 0 ? null : verdictReasonSentence(first);
}
var numberOf = ({ report }) => report.headline.number ?? [];

// packages/core/src/report/verdict-word.ts
var verdictWord = {
  promote: "promote",
  inconclusive: "inconclusive",
  hold: "rejected",
  block: "blocked"
};

// packages/action/src/result.ts
var piece = (markdown) => ({ lead: markdown, report: null, kept: null });
var nothing = {
  decision: "skipped",
  models: [],
  pullRequests: [],
  verdict: null,
  version: null,
  candidates: null,
  matrix: null,
  asked: null,
  reports: /* @__PURE__ */ new Map(),
  foremost: null,
  lines: [],
  notes: [],
  summary: [],
  failure: null
};

// packages/action/src/outcome-text.ts
function outcomeLine(outcome) {
  const head = `${outcome.model}: ${outcome.decision}`;
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return `${head}: ${heldBackSentence(outcome.heldBack)}.`;
    case "failed":
      return `${head}: ${visibleText(outcome.error.message, 500)} (${outcome.error.code})`;
    case "blocked": {
      const [finding] = outcome.findings;
      const [reason] = outcome.because;
      if (finding !== void 0) return `${head}: ${visibleText(finding.message, 500)}`;
      return reason === void 0 ? `${head}.` : `${head}: ${terminalText(verdictReasonSentence(reason))}.`;
    }
    default:
      return outcome.url === null ? `${head}.` : `${head}: ${outcome.url}`;
  }
}
function outcomePiece(outcome, home2 = null) {
  switch (outcome.decision) {
    case "skipped":
    case "suppressed":
      return piece(
        [
          `**${outcome.model}** \xB7 ${outcome.decision}: ${heldBackSentence(outcome.heldBack)}.`,
          ...outcome.reasons.map((reason) => `- ${markdownText(reasonSentence(reason))}`)
        ].join("\n")
      );
    case "failed":
      return piece(`**${outcome.model}** \xB7 ${alertOf(outcome.error, home2)}`);
    case "blocked": {
      const { model, findings, alert, report, kept } = outcome;
      const lead = [
        ...alert === null ? [] : [`Alert: ${alert}`],
        ...report === null ? [dataAlert(model, findings)] : []
      ];
      return { lead: lead.join("\n\n"), report, kept };
    }
    default: {
      const { url, report, kept } = outcome;
      return { lead: url === null ? "" : `Pull request: ${url}`, report, kept };
    }
  }
}
function alertOf({ code, message, hint }, home2) {
  const page = /^[a-z-]+$/.test(code) ? ` \xB7 [what this means](${docsPage(`errors/${code}.md`)})` : "";
  return `**refit stopped** \xB7 ${cell(code)}${page}

${withLinks(message, home2)}

What to do: ${withLinks(hint, home2)}`;
}
function withLinks(text, home2) {
  if (home2 === null || !text.includes(home2)) return cell(text);
  const pages = new RegExp(`(${home2.replaceAll(/[^\w]/g, "\\$&")}/[\\w./?=&%#-]*[\\w/])`);
  const parts = text.split(pages).map((part, i) => i % 2 === 1 ? `<${part}>` : cell(part));
  return parts.join("").replaceAll(cell(""), "");
}
function stoppedAlert(problem, hint) {
  const told = `**refit stopped**

${cell(problem)}`;
  return hint === null ? told : `${told}

What to do: ${cell(hint)}`;
}

// packages/action/src/publish.ts
import { appendFile, mkdir as mkdir3, writeFile as writeFile2 } from "node:fs/promises";
import { tmpdir as tmpdir2 } from "node:os";
import path7 from "node:path";
var mostCharacters = 3e5;
var mostNotes = 10;
async function publishOutputs(result, env) {
  const { pullRequests, foremost } = result;
  const pullRequest = pullRequests.find(({ model }) => foremost === null || model === foremost);
  const paths = await writeReports(result.reports, env);
  setOutput("decision", result.decision);
  setOutput("models", JSON.stringify(result.models));
  setOutput("pull-request-number", numberOf2(pullRequest?.url ?? "")?.toString() ?? "");
  setOutput("pull-request-url", pullRequest?.url ?? "");
  setOutput("pull-request-operation", pullRequest?.operation ?? "none");
  setOutput("pull-requests", JSON.stringify(pullRequests.map((each) => ({ ...each, number: numberOf2(each.url) }))));
  setOutput("verdict", result.verdict ?? "");
  setOutput("version", result.version ?? "");
  setOutput("candidates", result.candidates ?? "");
  setOutput("matrix", result.matrix === null ? "" : JSON.stringify(result.matrix));
  setOutput("any", anyOf(result));
  setOutput("reason", result.asked !== null && result.asked.models.length > 0 ? result.asked.reason : "");
  setOutput("report-path", foremost !== null && paths.get(foremost) || "");
}
function anyOf({ matrix, asked, decision }) {
  if (matrix !== null) return String(matrix.include.length > 0);
  if (asked !== null) return "true";
  return decision === "shown" ? "false" : "";
}
function numberOf2(url) {
  const number = /\/pull\/(\d+)$/.exec(url)?.[1];
  return number === void 0 ? null : Number(number);
}
async function writeReports(reports, env) {
  const folder = path7.join(env["RUNNER_TEMP"] || tmpdir2(), "refit-reports");
  const paths = /* @__PURE__ */ new Map();
  for (const [model, { report, kept }] of reports) {
    const file = path7.join(folder, `${model.replaceAll("/", "--")}.md`);
    await mkdir3(folder, { recursive: true });
    await writeFile2(file, markdownReport(report, chartPlace(kept, env)));
    paths.set(model, file);
  }
  return paths;
}
function annotate(notes) {
  for (const [severity, show] of Object.entries({ error, warning })) {
    for (const { title, message, file, line } of notes.filter((note) => note.severity === severity).slice(0, mostNotes)) {
      show(message, {
        title,
        ...file === null ? {} : { file },
        ...line === null ? {} : { startLine: line }
      });
    }
  }
}
async function publishSummary(pieces, env, share) {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (!file || pieces.length === 0) return;
  const room = Math.floor(mostCharacters * share);
  const each = Math.max(1e3, Math.floor(room / pieces.length) - separator.length);
  const texts = pieces.map((piece2) => pieceText(piece2, each, env).trimEnd());
  await appendFile(file, `${cutMarkdown(texts.join(separator), room, null)}
`);
}
var separator = "\n\n---\n\n";
function pieceText({ lead, report, kept }, most, env) {
  if (report === null) return cutMarkdown(lead, most, null);
  const above = lead === "" ? "" : `${lead}

`;
  const url = fileUrl(kept, "report.md", env);
  return above + fitReport(report, { limit: most - above.length, url, chartAt: chartPlace(kept, env) });
}
function chartPlace(kept, env) {
  return (file) => {
    const url = fileUrl(kept, file, env);
    return url === null ? null : `${url}?raw=true`;
  };
}
function fileUrl(kept, file, env) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  if (kept === null || !server || !repository) return null;
  return `${server}/${repository}/blob/${kept.commit}/${path7.posix.dirname(kept.path)}/${file}`;
}

// packages/action/src/dashboard-result.ts
function dashboardResult(json) {
  const run = json;
  if ("text" in run)
    return {
      ...nothing,
      decision: "shown",
      lines: ["dashboard: a dry run, which writes nothing"],
      summary: [piece(run.text)]
    };
  const { url, operation, boxes } = run;
  if (boxes === null) {
    const line = url === null ? "There is no dashboard." : `dashboard: ${operation}, ${url}`;
    return { ...nothing, decision: "shown", lines: [line] };
  }
  if (!boxes.asked) return { ...nothing, decision: "shown", lines: [boxes.because] };
  const { models, due, by } = boxes;
  const what = [...models, ...due ? ["every model that is due"] : []].join(", ");
  return {
    ...nothing,
    decision: "asked",
    models,
    asked: { models, due, reason: `asked for in the dashboard by ${by}` },
    lines: [`asked for by ${by}: ${what}`],
    summary: [piece(`Asked for in the dashboard by ${cell(by)}: ${cell(what)}.`)]
  };
}

// packages/action/src/other-results.ts
function verifyResult(json) {
  const results = json;
  const worst = ["failed", "valid", "rollback", "unchanged"];
  const first = results.toSorted((a, b) => worst.indexOf(a.result) - worst.indexOf(b.result))[0];
  const bad = results.filter(({ result }) => result === "failed");
  const found = ({ problems, weakened }) => [
    ...problems,
    ...weakened.map((clause) => `This change weakens the checks: ${clause}. Those of the base branch were used.`)
  ];
  const rows = results.map((one) => [
    cell(one.model),
    one.result,
    one.verdict ? verdictWord[one.verdict] : "",
    [titleOf(one), ...found(one)].map(cell).join("<br>")
  ]);
  return {
    ...nothing,
    decision: first?.result ?? "unchanged",
    models: results.map(({ model }) => model),
    verdict: first?.verdict ?? null,
    lines: results.flatMap((one) => [`${one.model}: ${one.result}. ${titleOf(one)}.`, ...found(one)]),
    notes: bad.flatMap(
      ({ model, problems }) => problems.map((message) => ({ severity: "error", title: model, message, file: null, line: null }))
    ),
    summary: [piece(table(["model", "result", "verdict", "what was found"], rows))],
    failure: bad.length === 0 ? null : bad.map(({ model, problems }) => `${model}: ${problems.join(" ")}`).join(" ")
  };
}
var titleOf = ({ title, result }) => title ?? result ?? "";
function planResult(json) {
  const { matrix, models } = json;
  const attention2 = ["due", "unfinished", "failed", "blocked", "skipped"];
  const first = attention2.find((word) => models.some(({ result }) => result === word)) ?? "skipped";
  const rows = models.map((planned) => [planned.model, planned.result, whyPlanned(planned)]);
  return {
    ...nothing,
    decision: first === "due" ? "planned" : first,
    models: models.flatMap(({ model, result }) => result === "due" ? [model] : []),
    matrix,
    lines: models.map(({ model, result }) => `${model}: ${result}`),
    ...ofFailed(models, first === "failed"),
    summary: [piece(table(["model", "result", "why"], rows))]
  };
}
function whyPlanned(planned) {
  if (planned.result !== "due") return whyNotTrained(planned);
  const reasons = planned.reasons.map((reason) => markdownText(reasonSentence(reason))).join("; ");
  return `${planned.candidates.length} to train: ${reasons}`;
}
function trainResult(json) {
  const { candidates, models } = json;
  const attention2 = ["trained", "unfinished", "failed", "blocked", "skipped"];
  const decision = attention2.find((word) => models.some(({ result }) => result === word)) ?? "skipped";
  const rows = models.flatMap(trainedRows);
  const { notes, failure } = ofFailed(models, decision === "failed");
  return {
    ...nothing,
    decision,
    models: models.map(({ model }) => model),
    candidates: candidates ?? null,
    lines: rows.map(([model, result]) => `${model}: ${result}`),
    notes: [...notes, ...models.flatMap(failedCandidates)],
    summary: [piece(table(["model", "result", "why"], rows))],
    failure
  };
}
function trainedRows(trained) {
  if (trained.result !== "trained") return [[trained.model, trained.result, whyNotTrained(trained)]];
  if ("reasons" in trained) {
    const reasons = trained.reasons.map((reason) => markdownText(reasonSentence(reason)));
    return [[trained.model, trained.result, reasons.join("; ")]];
  }
  return trained.candidates.map(({ candidate, learner, failure }) => [
    `${trained.model}, candidate ${candidate} (${cell(learner)})`,
    failure === null ? "trained" : "not trained",
    failure === null ? "" : cell(failure)
  ]);
}
function failedCandidates(trained) {
  if (trained.result !== "trained" || "reasons" in trained) return [];
  return trained.candidates.flatMap(
    ({ candidate, failure }) => failure === null ? [] : [
      {
        severity: "warning",
        title: `${trained.model}: candidate ${candidate}`,
        message: failure,
        file: null,
        line: null
      }
    ]
  );
}
function whyNotTrained(one) {
  switch (one.result) {
    case "skipped":
      return heldBackSentence(one.heldBack);
    case "unfinished":
      return "an earlier run has already trained it";
    case "failed":
      return cell(`${one.error.message} ${one.error.hint}`);
    case "blocked":
      return "the data were refused; the job that proposes says why";
  }
}
function ofFailed(models, isFailure) {
  const failed2 = models.flatMap((each) => each.result === "failed" ? [each] : []);
  const notes = failed2.map(({ model, error: error2 }) => ({
    severity: "error",
    title: `${model}: ${error2.code}`,
    message: `${error2.message} ${error2.hint}`,
    file: null,
    line: null
  }));
  const names = failed2.map(({ model }) => model).join(", ");
  return { notes, failure: isFailure ? `${names}: failed; the job summary says why.` : null };
}
var words = {
  restored: "live again after a rollback; the model that it replaced is not proposed again for the same inputs"
};
function promoteResult(json) {
  const tags = json;
  const made = tags.filter(({ result }) => result === "created");
  const odd = tags.filter(({ result }) => result === "history-rewritten");
  const broken = tags.filter(({ result }) => result === "broken");
  const back = tags.filter(({ result }) => result === "restored");
  const newer = tags.filter(({ result }) => result === "format-newer");
  const told = [...made, ...odd, ...broken, ...newer, ...back];
  return {
    ...nothing,
    decision: made.length > 0 ? "promoted" : back.length > 0 ? "rollback" : "unchanged",
    models: [...new Set(tags.map(({ model }) => model))],
    version: (made.at(-1) ?? tags.at(-1))?.version ?? null,
    lines: told.map(({ tag, result }) => `${tag}: ${words[result] ?? result}`),
    notes: odd.map(({ tag }) => ({
      severity: "warning",
      title: "history-rewritten",
      message: `The tag ${tag} does not point to the version that history has under this number. The tag was not changed.`,
      file: null,
      line: null
    })),
    summary: told.length === 0 ? [] : [
      piece(
        table(
          ["tag", "result"],
          told.map(({ tag, result }) => [cell(tag), words[result] ?? result])
        )
      )
    ],
    failure: failureOf(broken, "the folder does not match its lineage.json. Fix it, or roll back.") ?? failureOf(newer, "a newer refit wrote this version. Raise the tag in the `uses:` line of this action.")
  };
}
function failureOf(tags, what) {
  return tags.length === 0 ? null : `${tags.map(({ tag }) => tag).join(", ")}: ${what}`;
}
function rollbackResult(json) {
  const { model, to, url, branch, operation } = json;
  const line = `${model}: a rollback to v${to} is ${url === null ? "possible" : `proposed on ${branch}: ${url}`}`;
  return {
    ...nothing,
    decision: "proposed",
    models: [model],
    pullRequests: url === null ? [] : [{ model, url, operation: operation ?? "unchanged" }],
    lines: [line],
    summary: [piece(line)]
  };
}
function statusResult(json) {
  const rows = json;
  const cells = rows.map(({ model, state, version, since, proposal }) => [
    model,
    state,
    version ?? "\u2013",
    since ?? "",
    proposal ?? ""
  ]);
  return {
    ...nothing,
    decision: "reported",
    models: rows.map(({ model }) => model),
    lines: rows.map(({ model, state, version }) => `${model}: ${state}${version === null ? "" : ` ${version}`}`),
    summary: [piece(table(["model", "state", "version", "since", "open proposal"], cells))]
  };
}
function doctorResult(json) {
  const found = json;
  const errors = found.filter(({ severity }) => severity === "error");
  return {
    ...nothing,
    decision: errors.length > 0 ? "failed" : "healthy",
    lines: found.map(({ severity, what, fix }) => `${severity}: ${what} ${fix}`),
    notes: found.map(({ severity, what, fix }) => ({
      severity,
      title: "refit doctor",
      message: `${what} ${fix}`,
      file: null,
      line: null
    })),
    summary: [
      piece(
        found.length === 0 ? "No problems found." : table(
          ["severity", "what", "fix"],
          found.map(({ severity, what, fix }) => [severity, cell(what), cell(fix)])
        )
      )
    ],
    failure: errors.length === 0 ? null : `${errors.length} findings must be fixed; the job summary lists them.`
  };
}

// packages/action/src/results.ts
var attention = ["failed", "blocked", "proposed", "updated", "inconclusive", "rejected", "suppressed", "skipped"];
function readResult(command, json, home2 = null) {
  const { error: error2 } = json;
  if (error2 !== void 0) return failed(error2, home2);
  switch (command) {
    case "run":
      return runResult(json, home2);
    case "plan":
      return planResult(json);
    case "train":
    case "choose":
      return trainResult(json);
    case "verify":
      return verifyResult(json);
    case "promote":
      return promoteResult(json);
    case "rollback":
      return rollbackResult(json);
    case "status":
      return statusResult(json);
    case "doctor":
      return doctorResult(json);
    case "dashboard":
      return dashboardResult(json);
  }
}
function failed(error2, home2) {
  const failure = `${error2.message} ${error2.hint} (${error2.code})`;
  return { ...nothing, decision: "failed", failure, lines: [failure], summary: [piece(alertOf(error2, home2))] };
}
function runResult(outcomes, home2) {
  const sorted = outcomes.toSorted((a, b) => attention.indexOf(a.decision) - attention.indexOf(b.decision));
  const first = sorted[0];
  if (first === void 0) return { ...nothing, lines: ["There is no model here yet; create one with `refit init`."] };
  const reports = outcomes.flatMap(
    (outcome) => "report" in outcome && outcome.report !== null ? [[outcome.model, { report: outcome.report, kept: outcome.kept }]] : []
  );
  return {
    decision: first.decision,
    models: outcomes.map(({ model }) => model),
    pullRequests: pullRequestsOf(sorted),
    verdict: verdictOf(first),
    version: "version" in first ? first.version : null,
    candidates: null,
    matrix: null,
    asked: null,
    reports: new Map(reports),
    foremost: first.model,
    lines: outcomes.map(outcomeLine),
    notes: outcomes.flatMap(notesOf),
    summary: [
      ...outcomes.length > 1 ? [piece(markdownRunTable(outcomes))] : [],
      ...outcomes.map((outcome) => outcomePiece(outcome, home2))
    ],
    failure: failureOf2(outcomes)
  };
}
function joinRuns(first, second) {
  const isFirst = attention.indexOf(first.decision) <= attention.indexOf(second.decision);
  const [foremost, other] = isFirst ? [first, second] : [second, first];
  const proposed = new Set(foremost.pullRequests.map(({ model }) => model));
  return {
    ...foremost,
    models: [.../* @__PURE__ */ new Set([...first.models, ...second.models])],
    pullRequests: [...foremost.pullRequests, ...other.pullRequests.filter(({ model }) => !proposed.has(model))],
    reports: new Map([...other.reports, ...foremost.reports])
  };
}
function failureOf2(outcomes) {
  const sentences = ["failed", "blocked"].flatMap((word) => {
    const models = outcomes.flatMap(({ model, decision }) => decision === word ? [model] : []);
    return models.length === 0 ? [] : [`${models.join(", ")}: ${word}.`];
  });
  if (sentences.length === 0) return null;
  return `${sentences.join(" ")} Nothing of that was promoted; the job summary says why.`;
}
function pullRequestsOf(outcomes) {
  return outcomes.flatMap((outcome) => {
    if (!("url" in outcome) || outcome.url === null) return [];
    const operation = "operation" in outcome && outcome.operation || "unchanged";
    return [{ model: outcome.model, url: outcome.url, operation }];
  });
}
function verdictOf(outcome) {
  if ("evidence" in outcome && outcome.evidence !== null) return outcome.evidence.verdict.kind;
  return verdicts[outcome.decision] ?? null;
}
var verdicts = {
  proposed: "promote",
  updated: "promote",
  inconclusive: "inconclusive",
  rejected: "hold"
};
function notesOf(outcome) {
  if (outcome.decision !== "blocked") return [];
  return outcome.findings.map(({ severity, code, file, line, message, hint }) => ({
    severity: severity === "warning" ? "warning" : "error",
    title: `${outcome.model}: ${code}`,
    message: `${message} ${hint}`,
    file,
    line: line ?? null
  }));
}

// packages/action/src/run-cli.ts
import { spawn } from "node:child_process";
import { randomUUID as randomUUID3 } from "node:crypto";
function runCli(cli, args, options) {
  return quoted(
    (show) => new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [cli.file, ...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
      const stdout = [];
      child.stdout.on("data", (chunk) => stdout.push(chunk));
      child.stderr.on("data", show);
      child.on("error", reject);
      child.on("close", (exitCode) => resolve({ exitCode, stdout: Buffer.concat(stdout).toString() }));
    })
  );
}
async function showLines(lines) {
  if (lines.length === 0) return;
  await quoted(async (show) => show(Buffer.from(`${lines.join("\n")}
`)));
}
async function quoted(work) {
  const word = randomUUID3();
  let last = 10;
  process.stdout.write(`::stop-commands::${word}
`);
  try {
    return await work((bytes) => {
      last = bytes.at(-1) ?? last;
      process.stdout.write(bytes);
    });
  } finally {
    process.stdout.write(`${last === 10 ? "" : "\n"}::${word}::
`);
  }
}

// packages/action/src/trigger.ts
import { execFile as execFile2 } from "node:child_process";
import { promisify as promisify2 } from "node:util";
var execute2 = promisify2(execFile2);
async function readTrigger(event, clone, baseInput) {
  const { name, payload } = event;
  const scheduled = name === "schedule" ? event.ref.replace(/^refs\/heads\//, "") : void 0;
  const pull = payload.pull_request;
  return {
    event: name,
    action: payload.action ?? null,
    ref: event.ref,
    baseBranch: baseInput ?? payload.repository?.default_branch ?? scheduled ?? null,
    changed: name === "push" ? await changedFiles(payload, clone) : null,
    pullRequest: pull === void 0 ? null : {
      base: pull.base?.ref ?? "",
      fromFork: pull.head?.repo?.full_name !== event.repository,
      merged: pull.merged === true
    },
    startedBy: name === "workflow_dispatch" ? personIn(event) : null
  };
}
function personIn({ actor, payload: { sender } }) {
  const login = sender?.login ?? actor;
  return login === "" || sender?.type === "Bot" || login.endsWith("[bot]") ? null : login;
}
var objectId = /^[0-9a-f]{40,64}$/;
async function changedFiles({ before = "", after = "" }, { folder, env }) {
  if (!objectId.test(before) || !objectId.test(after)) return null;
  try {
    const { stdout } = await execute2("git", ["diff", "--name-only", "--no-renames", "-z", before, after, "--"], {
      cwd: folder,
      env: { ...childEnvironment(env, [/^GIT_\w+$/]), GIT_OPTIONAL_LOCKS: "0" },
      maxBuffer: 64 * 1024 * 1024
    });
    return stdout.split("\0").filter(Boolean);
  } catch {
    return null;
  }
}

// packages/action/src/main.ts
void main();
async function main() {
  try {
    await act();
  } catch (error2) {
    await stop(error2);
  }
}
async function stop(error2) {
  const { message, problem, hint } = error2 instanceof InputError ? error2 : bugOf(error2);
  setFailed(message);
  await publishSummary([piece(stoppedAlert(problem, hint))], process.env, 1);
  await publishOutputs({ ...nothing, decision: "failed" }, process.env);
}
function bugOf(error2) {
  const stack = error2 instanceof Error ? error2.stack ?? error2.message : String(error2);
  return new InputError(`The refit action has a bug: ${redact(stack)}`);
}
async function act() {
  const { env } = process;
  const workspace = path8.resolve(env["GITHUB_WORKSPACE"] || process.cwd());
  const inputs = readInputs(workspace);
  const folder = folderOf(workspace, inputs);
  const trigger = await readTrigger(runEvent(env), { folder, env }, inputs.baseBranch);
  const { commands, because } = chooseCommands(inputs.command, trigger);
  info(
    commands.length === 0 ? `${because} There is nothing to do.` : `${because} So: refit ${commands.join(", then ")}.`
  );
  let outputs = nothing;
  let hasRun = false;
  const failures = [];
  if (commands.length > 0) {
    const cli = await provideCli({ folder, workspace }, trigger);
    const steps = commands.map((command) => ({ command, inputs }));
    for (const step of steps) {
      const { command } = step;
      const result = await runCommand(cli, command, { inputs: step.inputs, trigger, folder });
      outputs = command === "run" && hasRun ? joinRuns(outputs, result) : result;
      hasRun ||= command === "run";
      if (inputs.command === "auto" && result.asked !== null) steps.push(...stepsAskedFor(result.asked, inputs));
      if (result.failure !== null && failures.includes(result.failure)) continue;
      await showLines(result.lines);
      annotate(result.notes);
      await publishSummary(result.summary, env, 1 / steps.length);
      if (result.failure !== null) failures.push(result.failure);
    }
    await cli.keeping;
  }
  await publishOutputs(outputs, env);
  if (failures.length > 0) setFailed(failures.join("\n"));
}
function runEvent(env) {
  const { eventName = "", ref = "", actor = "" } = context;
  const payload = context.payload;
  return { name: eventName, ref, actor, payload, repository: env["GITHUB_REPOSITORY"] ?? "" };
}
function folderOf(workspace, { workingDirectory }) {
  const folder = path8.resolve(workspace, workingDirectory);
  const inside = path8.relative(workspace, folder);
  if (inside !== ".." && !inside.startsWith(`..${path8.sep}`) && !path8.isAbsolute(inside)) return folder;
  throw new InputError(`\`working-directory: ${workingDirectory}\` is outside the workspace.`);
}
async function provideCli({ folder, workspace }, { pullRequest }) {
  const installed = pullRequest?.fromFork === true ? null : await findInstalled(folder, workspace);
  if (installed !== null) {
    info(`refit ${installed.version}, as installed in the workspace`);
    return { ...installed, keeping: Promise.resolve() };
  }
  const carried = await installCarried(fileURLToPath(new URL("cli", import.meta.url)), process.env);
  info(`refit ${carried.version}, as built into the action`);
  return carried;
}
async function runCommand(cli, command, { inputs, trigger, folder }) {
  const args = argumentsOf(command, inputs, trigger);
  startGroup(`refit ${command}`);
  const { exitCode, stdout } = await runCli(cli, args, {
    cwd: folder,
    env: refitEnvironment(process.env, inputs.token)
  }).finally(endGroup);
  const json = parse(stdout);
  if (json === void 0) {
    const how = exitCode === null ? "was killed" : `ended with ${exitCode}`;
    return { ...nothing, decision: "failed", failure: `refit ${command} ${how} without a result; see the log.` };
  }
  return readResult(command, json, homeOf(process.env));
}
function homeOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository }) {
  return server && repository ? `${server}/${repository}` : null;
}
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
