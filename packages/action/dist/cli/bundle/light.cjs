const require_rolldown_runtime = require("./rolldown-runtime.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_util = require("node:util");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_module = require("node:module");
let node_os = require("node:os");
let node_stream_promises = require("node:stream/promises");
let node_zlib = require("node:zlib");
let node_child_process = require("node:child_process");
let node_stream_consumers = require("node:stream/consumers");
let node_string_decoder = require("node:string_decoder");
let node_url = require("node:url");
let node_stream = require("node:stream");
let node_buffer = require("node:buffer");
let node_async_hooks = require("node:async_hooks");
// ../core/src/errors/secrets.ts
var secretNames = [
	/^REFIT_TOKEN$/i,
	/^(?:GH|GITHUB)(?:_ENTERPRISE)?_TOKEN$/i,
	/^(?:GITLAB|GITEA|FORGEJO|CI_JOB)_TOKEN$/i,
	/^ACTIONS_/i,
	/^(?:INPUT|STATE)_/i
];
var secretShapes = [
	/(?<=\/\/)[^/@\s:]*:(?!\d{1,5}(?:\/|$))[^\s"'`<>]*(?=@)/g,
	/(?<=\/\/)[^/@\s]+(?=@)/g,
	/\bgh[a-z]_[A-Za-z0-9._-]{20,}/g,
	/\bgithub_pat_\w{20,}/g,
	/\bgl[a-z]{2,7}-[\w-]{20,}/g,
	/\b(?:ATBB|ATCTT3)[\w=-]{20,}/g,
	/\bnpm_[A-Za-z0-9]{30,}/g,
	/\bhf_[A-Za-z0-9]{30,}/g,
	/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
	/\bya29\.[\w-]{20,}/g,
	/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/g,
	/(?<=authorization:\s*\w+\s+)\S+/gi,
	/(?<=\b(?:private-token|job-token|x-api-key):\s*)\S+/gi,
	/(?<=[?&;](?:(?:access|private|job|auth|refresh|id)_?token|token|password|client_secret|api_?key|sig(?:nature)?|X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential))=)[^&\s"'`]+/gi
];
function isSecretName(name) {
	return secretNames.some((pattern) => pattern.test(name));
}
function withoutSecrets(env) {
	return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== void 0 && !isSecretName(entry[0])));
}
function redact(text) {
	return secretShapes.reduce((result, pattern) => result.replace(pattern, "***"), text);
}
// ../core/src/spec/plain-text.ts
function plain(text) {
	return redact(text).replace(/[\p{C}\u2028\u2029]/gu, "�");
}
// ../core/src/errors/name-words.ts
function quoted(text, most = 60) {
	const known = redact(text);
	return JSON.stringify(plain(known.length > most ? `${known.slice(0, most - 1)}…` : known));
}
function quotedList(texts, most = 5) {
	const shown = texts.slice(0, most).map((text) => quoted(text));
	return texts.length > most ? `${shown.join(", ")} and ${texts.length - most} more` : shown.join(", ");
}
// ../core/src/errors/refit-error.ts
var RefitError = class extends Error {
	name = "RefitError";
};
// ../core/src/errors/command-errors.ts
var wayOut$1 = {
	"program-missing": "Install the program on this machine, or correct its name in model.yaml. Of Python: activate the virtual environment that its packages are in.",
	"program-not-executable": "Make the file executable, or name the program that runs it, such as `[python, train.py]`.",
	"code-missing": "Commit the file on the base branch, or correct its path in model.yaml.",
	"exit-code": "Read its last lines: a package that is missing has to be installed before refit runs.",
	"ended-by-signal": "Look for a crash of the program, or for a machine with too little memory.",
	"timed-out": "Find out where it hangs, or raise `timeoutMinutes` of the candidate in model.yaml.",
	"not-ended": "Look for what it waits for, such as a disk or a driver that does not answer; a restart of the machine ends it.",
	"repository-changed": "Let the program write into its own folders only: what it has to keep belongs into the model folder.",
	"runner-failed": "Look whether the cluster can be reached, and whether the runner waits for the end of the program. `refit run MODEL --dry-run` tries it again and writes nothing.",
	"store-failed": "Check `runnerStore` in model.yaml, the rights to write there and, of s3://, the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
	"result-altered": "Run again. If it stays so, look for a disk that is full, or for somebody who writes into the same folder.",
	"out-of-memory": "Use fewer rows or columns, or raise `memoryMiB` of the candidate in model.yaml.",
	"no-model": "Write the model into the folder that `model` names in the job description.",
	"model-not-plain": "Write only regular files with plain names into the model folder: letters, digits, `.`, `_`, `+` and `-`.",
	"model-too-large": "Write a smaller model, or fewer files.",
	"no-predictions": "Write the predictions into the file that `predictions` names in the job description.",
	"predictions-unreadable": "Write a CSV file with a header and one line of numbers per row.",
	"wrong-row-count": "Write one line per row, in the order of the rows.",
	"onnx-unfit": "Convert the model so that it takes the columns by their names, or all of them in one input of floats, and gives probabilities or values as a tensor.",
	"not-finite": "Write a finite number for every row: predict something also for missing values.",
	"out-of-range": "Write probabilities from 0 to 1: of the positive class, or of each class.",
	"not-summing": "Write probabilities of all classes that add up to 1 in every row."
};
var CommandFailedError = class extends RefitError {
	code = "command-failed";
	hint;
	outcome;
	step;
	constructor(outcome, { step, argv, learner }, what, options) {
		const who = learner === void 0 ? `the command learner (${quoted(argv.join(" "), 100)})` : `the learner ${learner}`;
		super(`\`${step}\` of ${who} ${what} (${outcome}).`, options);
		this.hint = wayOut$1[outcome];
		this.outcome = outcome;
		this.step = step;
	}
};
// ../core/src/errors/backtest-errors.ts
var BacktestTimeError = class extends RefitError {
	code = "backtest-time";
	hint = "A backtest needs files in which the model's `time` is a column of the source, declared in `schema.fields` where it has another name or format there.";
	constructor(column, file, why) {
		super(`The column ${quoted(column)} of ${quoted(file)} does not say when each row arrived: ${why}.`);
	}
};
var BacktestPolicyError = class extends RefitError {
	code = "backtest-policy";
	hint = "Leave those keys out of the file; a policy may change how the model is trained, judged and retrained.";
	constructor(file, keys) {
		super(`The policy ${quoted(file)} asks another question than model.yaml: it changes ${keys.map((key) => `\`${key}\``).join(", ")}.`);
	}
};
var BacktestSpanError = class extends RefitError {
	code = "backtest-span";
	hint = "Choose --from and --to so that rows lie before the first night and after each, and --every so that there are nights.";
	constructor(why) {
		super(`There is nothing to replay: ${why}.`);
	}
};
// ../core/src/spec/nearest.ts
function nearest$1(word, known) {
	const wanted = bare(word);
	if (wanted === "" || wanted.length > 64) return void 0;
	const limit = Math.max(1, Math.floor(wanted.length / 3));
	let best;
	for (const candidate of known) {
		const distance = editDistance(wanted, bare(candidate));
		if (distance <= limit && distance < (best?.distance ?? Infinity)) best = {
			word: candidate,
			distance
		};
	}
	return best?.word;
}
function bare(word) {
	return word.toLowerCase().replace(/[\s_-]/g, "");
}
function editDistance(a, b) {
	let beforePrevious = [];
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], beforePrevious[j - 2] + 1);
		}
		beforePrevious = previous;
		previous = row;
	}
	return previous[b.length];
}
// ../core/src/errors/data-errors.ts
var SourceOutsideError = class extends RefitError {
	code = "source-outside";
	hint = "Name files inside the repository, relative to its root. Put data from elsewhere into a git-ignored folder of the repository.";
	path;
	constructor(path, how) {
		super(`The source ${quoted(path)} ${how}; a dataset may only read files inside its repository.`);
		this.path = path;
	}
};
var SourceVanishedError = class extends RefitError {
	code = "source-vanished";
	hint;
	path;
	constructor(path, options) {
		const { version } = options ?? {};
		super(version === void 0 ? `The data file ${quoted(path)} was there when the run began, and cannot be read any more.` : `${quoted(path)} no longer has ${version}. What is there now was not used.`, options);
		this.path = path;
		const usual = version === void 0 ? "Run again when no other program writes to the data. The next run lists the files again." : "Run again: the next run lists the files again. An older version has to be restored in its place.";
		this.hint = options?.hint ?? usual;
	}
};
var SourceLfsPointerError = class extends RefitError {
	code = "source-lfs-pointer";
	hint = "Install Git LFS and run `git lfs pull` (with actions/checkout: `lfs: true`).";
	path;
	constructor(path) {
		super(`The data file ${quoted(path)} is a Git LFS pointer; its content has not been downloaded.`);
		this.path = path;
	}
};
var PrepareInvalidError = class extends RefitError {
	code = "prepare-invalid";
	hint;
	line;
	column;
	constructor(problem, at = null, hint, file = "prepare") {
		super(`${file}${at === null ? "" : `, line ${at.line}, column ${at.column}`}: ${problem}.`);
		this.line = at?.line ?? null;
		this.column = at?.column ?? null;
		this.hint = hint ?? "Write one SELECT over `source` that gives the same rows every time it runs.";
	}
};
var PrepareNotRowWiseError = class extends RefitError {
	code = "prepare-not-row-wise";
	hint;
	constructor(why, version, prepared = "Or send prepared rows: `refit predict --input prepared`.") {
		const of = version === void 0 ? "" : ` of ${version}`;
		const problems = {
			others: `\`prepare\`${of} looks at other rows than the one that it prepares, so a raw row would get other values than in training.`,
			several: `\`prepare\`${of} does not give one row for each row of the source, so its rows cannot be answered one by one.`,
			untold: `features.json${of} does not say whether \`prepare\` looks at other rows: an earlier refit made it.`
		};
		super(problems[why]);
		this.hint = why === "untold" ? `Train the model again, and merge. ${prepared}` : `Move the aggregate into the data: a column of the files, or a further table. ${prepared}`;
	}
};
var DataLimitError = class extends RefitError {
	code = "data-limit";
	hint;
	limit;
	constructor(limit, value, { path, machineMiB, ...options } = {}) {
		const told = {
			prepareSeconds: `\`prepare\` did not end within ${value} seconds`,
			memoryMiB: `Reading or preparing the data needs more than ${value} MiB of memory`,
			spillMiB: `Reading or preparing the data needs more than ${value} MiB of temporary files`,
			downloadMiB: `${path === void 0 ? "A remote file" : quoted(path)} has more than ${value} MiB`
		};
		super(`${told[limit]}, the limit.`, options);
		this.limit = limit;
		this.hint = limit === "memoryMiB" ? moreMemory(value, machineMiB ?? null) : `${cheaper(limit)}, or ${raise(limit, value)}.`;
	}
};
function cheaper(limit) {
	return limit === "downloadMiB" ? "Split the file" : "Make `prepare` cheaper (joins without a condition are the usual cause)";
}
function raise(limit, value) {
	const oneRun = limit === "memoryMiB" ? `--memory ${2 * value}MiB` : `--limit ${limit}=${2 * value}`;
	return `raise the limit in the data manifest: \`limits: { ${limit}: ${2 * value} }\`; for one run: \`${oneRun}\``;
}
function moreMemory(value, machineMiB) {
	const causes = "A `prepare` that joins without a condition, very many columns, or very long texts are the usual causes.";
	if (machineMiB === null) return `${causes} Otherwise ${raise("memoryMiB", value)}.`;
	if (2 * value <= machineMiB) return `${causes} Otherwise ${raise("memoryMiB", value)}. This machine has ${machineMiB} MiB.`;
	return `${causes} This machine has ${machineMiB} MiB, so raising the limit helps little: use fewer columns or rows, or a larger machine.`;
}
var ColumnMissingError = class extends RefitError {
	code = "column-missing";
	hint = "Correct the name in model.yaml, or add the column to the SELECT of `prepare`.";
	column;
	constructor(role, column, known) {
		const near = nearest$1(column, known);
		const shown = known.slice(0, 20).map(quoted).join(", ") + (known.length > 20 ? ", …" : "");
		const advice = near === void 0 ? `There are: ${shown}.` : `Did you mean ${quoted(near)}?`;
		super(`The prepared rows have no column ${quoted(column)}, which the model names as its ${role}. ${advice}`);
		this.column = column;
	}
};
// ../core/src/errors/feature-errors.ts
var UnknownColumnError = class extends RefitError {
	code = "unknown-column";
	hint = "Correct the name in model.yaml, or add the column to the manifest's `prepare`.";
	constructor(unknown, columns, options) {
		const sentences = unknown.map(({ where, name }) => {
			const near = nearest$1(name, columns);
			const advice = near === void 0 ? "no name is similar." : `did you mean ${quoted(near)}?`;
			return `\`${where}\` names ${quoted(name)}, which is not a column of the prepared data: ${advice}`;
		});
		super(`${sentences.join("\n")}\nThe columns are ${quotedList(columns, 30)}.`, options);
	}
};
var FeatureConflictError = class extends RefitError {
	code = "feature-conflict";
	hint = "Change `features`, or the candidate that names the column, in model.yaml so that it no longer contradicts itself.";
};
var NoFeaturesError = class extends RefitError {
	code = "no-features";
	hint = "Add columns to the data, or relax `features` in model.yaml.";
	constructor(ignored, options) {
		const shown = ignored.slice(0, 20).map(({ name, reason }) => `${quoted(name)} (${reason})`);
		const more = ignored.length > 20 ? ` and ${ignored.length - 20} more` : "";
		super(`No column is left to train on. Ignored: ${shown.join(", ") || "none"}${more}.`, options);
	}
};
var FeatureMismatchError = class extends RefitError {
	code = "feature-mismatch";
	hint = "Restore the column with the type that features.json lists under `inputs`, or train a new model.";
	constructor(mismatches, options) {
		super(`The rows do not have the columns that the model was trained on: ${mismatches.join("; ")}.`, options);
	}
};
// ../core/src/errors/input-errors.ts
var InputInvalidError = class extends RefitError {
	code = "input-invalid";
	hint = "Send each input column with the type that the version lists, and null where there is no value.";
	problems;
	constructor(problems, more) {
		const rest = more > 0 ? ` There are ${more} more problems.` : "";
		super(problems.map(sentenceOf).join(" ") + rest);
		this.problems = problems;
	}
};
function sentenceOf({ row, column, expected, found, nearest }) {
	const name = JSON.stringify(column);
	if (found !== null) return `Row ${row}, ${name}: expected ${expected}, found ${found}.`;
	return `Row ${row} has no ${name}: expected ${expected}.${nearest === null ? "" : ` Did you mean ${JSON.stringify(nearest)}?`}`;
}
// ../core/src/errors/failed-model.ts
var ofAll = /^(?:git|forge|token|ledger)-|^(?:bare-repository|base-diverged|base-not-found|lfs-missing|no-commits|not-a-repository|pull-requests-off|remote-unreachable|shallow-clone|usage)$/;
function isOfOneModel({ code }) {
	return !ofAll.test(code);
}
function failedModel({ code, message, hint }) {
	return {
		code,
		message,
		hint
	};
}
// ../core/src/errors/package-errors.ts
var PackageMissingError = class extends RefitError {
	code = "package-missing";
	hint;
	constructor(needed, { name, version, found, page }) {
		const what = found === null ? "it is not installed" : `${found} is installed`;
		super(`${needed} needs the package ${name} ${version}; ${what}.`);
		this.hint = `Install ${name} ${version} beside refit, as ${page} says.`;
	}
};
// ../core/src/errors/artifact-errors.ts
var ArtifactInvalidError = class extends RefitError {
	code = "artifact-invalid";
	hint = "Restore the version's folder with `refit rollback`, or train the model again.";
	file;
	field;
	constructor(file, field, expected, options) {
		super(`${field === "" ? file : `${file}, ${field}`}: expected ${expected}.`, options);
		this.file = file;
		this.field = field;
	}
};
// ../core/src/errors/format-errors.ts
var FormatNewerError = class extends RefitError {
	code = "format-newer";
	hint = "Update refit: in a workflow, raise the version in the `uses:` line of the action; elsewhere, install a newer refit.";
	file;
	format;
	constructor(file, format, known, options) {
		super(`${file} has format ${format}, and this refit reads formats up to ${known}.`, options);
		this.file = file;
		this.format = format;
	}
};
function newerFormat(value, known) {
	const { format } = Object(value);
	return Number.isInteger(format) && format > known ? format : null;
}
function refuseNewer(file, value, known) {
	const format = newerFormat(value, known);
	if (format !== null) throw new FormatNewerError(file, format, known);
}
// ../core/src/errors/forge-errors.ts
var TokenMissingError = class extends RefitError {
	code = "token-missing";
	hint = "In the action, leave the input `github-token` at its default. In a step of your own, set `env: { GITHUB_TOKEN: ${{ github.token }} }`. Without GitHub, use `--forge local`.";
	constructor() {
		super("refit has no token for GitHub: neither REFIT_TOKEN nor GITHUB_TOKEN is set.");
	}
};
var TokenInvalidError = class extends RefitError {
	code = "token-invalid";
	hint = "Create a new token, or pass `${{ github.token }}`. A GitHub App's token expires after an hour.";
	constructor(said, options) {
		super(`GitHub does not accept the token: ${redact(said)}`, options);
	}
};
var TokenReadOnlyError = class extends RefitError {
	code = "token-read-only";
	hint = "Give the job `permissions: { contents: write }`. Runs for pull requests from forks never get it; only `refit verify` works there.";
	constructor(remote, said, options) {
		super(`The remote \`${remote}\` allows this token to read, but not to push: ${redact(said.trim())}`, options);
	}
};
var ForgeRepositoryUnknownError = class extends RefitError {
	code = "forge-repository-unknown";
	hint = "Set `GITHUB_REPOSITORY=<owner>/<name>`, as GitHub Actions does.";
	constructor(value) {
		super(value === void 0 ? "Cannot tell which repository on GitHub this is: GITHUB_REPOSITORY is not set." : "Cannot tell which repository on GitHub this is: GITHUB_REPOSITORY is not of the form `<owner>/<name>`.");
	}
};
var ForgePermissionError = class extends RefitError {
	code = "forge-permission";
	hint;
	permission;
	constructor(permission, said, options) {
		super(`The token does not have the permission ${permission}: ${redact(said)}`, options);
		this.permission = permission;
		this.hint = permission.startsWith("metadata") ? "Give the token access to this repository." : `Give the job \`permissions: { ${permission} }\`, or give the token that permission.`;
	}
};
var PullRequestsOffError = class extends RefitError {
	code = "pull-requests-off";
	hint;
	constructor(settingsUrl, branch, compareUrl, options) {
		super(`\`${branch}\` is pushed, but GitHub Actions is not allowed to open pull requests in this repository. To open it by hand: ${compareUrl}`, options);
		this.hint = `Turn on "Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}; the next run opens the pull request without training again.`;
	}
};
var ForgeUnavailableError = class extends RefitError {
	code = "forge-unavailable";
	hint = "Run the same command again later. It continues where this run stopped.";
	constructor(said, options) {
		super(`GitHub did not answer as expected, even after retries: ${redact(said)}`, options);
	}
};
var ForgeRefusedError = class extends RefitError {
	code = "forge-refused";
	hint = "The message comes from GitHub. Change what it asks for and run again.";
	constructor(what, said, options) {
		super(`GitHub refused to ${what}: ${redact(said)}`, options);
	}
};
// ../core/src/errors/system-errors.ts
var advice$1 = {
	ENOSPC: ["the disk is full", "Free some space on that disk, then run the same command again."],
	EDQUOT: ["the disk quota is used up", "Free some space, then run the same command again."],
	EFBIG: ["it would be larger than a file may be", "Raise the limit, for example `ulimit -f unlimited`, or move the repository to a disk that takes larger files."],
	EMFILE: ["too many files are open", "Raise the limit, for example `ulimit -n 4096`, then run the same command again."],
	ENFILE: ["too many files are open on this machine", "Close other programs, then run the same command again."],
	ENOMEM: ["there is not enough memory", "Close other programs, then run the same command again."],
	EAGAIN: ["too many processes are running", "Close other programs, then run the same command again."],
	EROFS: ["the file system is read-only", "Run refit where it may write, or make the file system writable."],
	EACCES: ["permission denied", "Give the user that runs refit the right to read and write it."],
	EPERM: ["the operation is not permitted", "Give the user that runs refit the right to read and write it."],
	ENAMETOOLONG: ["the name is too long", "Shorten the name of the file, the model or the folder that the repository is in."],
	EISDIR: ["a folder is in the place of a file", "Move the folder away, then run the same command again."],
	ENOTEMPTY: ["a folder is in the place of a file", "Move the folder away, then run the same command again."],
	ENOTDIR: ["a file is in the place of a folder", "Move the file away, then run the same command again."],
	EEXIST: ["something else is in its place", "Move it away, then run the same command again."],
	EIO: ["the disk failed", "Check the disk, then run the same command again."]
};
var saidByPrograms = [
	[/no space left on device|out of diskspace/i, "ENOSPC"],
	[/disk quota exceeded/i, "EDQUOT"],
	[/file too large|SIGXFSZ|died of signal 25\b/i, "EFBIG"],
	[/too many open files in system/i, "ENFILE"],
	[/too many open files/i, "EMFILE"],
	[/cannot allocate memory/i, "ENOMEM"],
	[/read-only file system/i, "EROFS"],
	[/file name too long/i, "ENAMETOOLONG"]
];
function systemHint(stderr) {
	const code = saidByPrograms.find(([said]) => said.test(stderr))?.[1];
	return code !== void 0 && advice$1[code]?.[1] || null;
}
var SystemRefusedError = class extends RefitError {
	code = "system-refused";
	hint;
	constructor(what, hint, options) {
		super(what, options);
		this.hint = hint;
	}
};
function systemRefusal(error) {
	if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return null;
	const [what, hint] = advice$1[String(error.code)] ?? [];
	if (what === void 0) return null;
	const at = "path" in error && typeof error.path === "string" ? ` ${redact(error.path)}` : "";
	const to = "dest" in error && typeof error.dest === "string" ? ` to ${redact(error.dest)}` : "";
	return new SystemRefusedError(`Cannot ${String(error.syscall)}${at}${to}: ${what}.`, hint, { cause: error });
}
// ../core/src/time.ts
var HOUR = 36e5;
var DAY$1 = 24 * HOUR;
// ../core/src/errors/git-errors.ts
var GitMissingError = class extends RefitError {
	code = "git-missing";
	hint = "Install git 2.31 or newer and put it on the PATH.";
	constructor(options) {
		super("Cannot run `git`: the program was not found.", options);
	}
};
var GitFailedError = class extends RefitError {
	code = "git-failed";
	hint;
	stderr;
	constructor(command, exitCode, stderr, options) {
		const said = redact(stderr.trim());
		super(`\`git ${redact(command)}\` ended with ${exitCode ?? "a signal"}: ${said || "it printed nothing"}`, options);
		this.stderr = said;
		this.hint = systemHint(stderr) ?? "Run this git command by hand in the repository to see more.";
	}
};
var NotARepositoryError = class extends RefitError {
	code = "not-a-repository";
	hint = "Change into a git repository, or create one with `git init`.";
	constructor(folder) {
		super(`${folder} is not inside a git repository. refit keeps versions in git history.`);
	}
};
var BareRepositoryError = class extends RefitError {
	code = "bare-repository";
	hint = "Clone it, and run refit in the clone.";
	constructor(folder) {
		super(`${folder} is a bare repository, without a work tree that refit could run in.`);
	}
};
var NoCommitsError = class extends RefitError {
	code = "no-commits";
	hint = "Commit the files first: `git add -A && git commit -m Start`.";
	folder;
	constructor(folder) {
		super(`The repository in ${folder} has no commit yet.`);
		this.folder = folder;
	}
};
var ShallowCloneError = class extends RefitError {
	code = "shallow-clone";
	hint = "Set `fetch-depth: 0` on actions/checkout, or run `git fetch --unshallow`.";
	constructor(folder) {
		super(`Cannot read the versions in ${folder}: this is a shallow clone, which does not have the whole history.`);
	}
};
var BaseNotFoundError = class extends RefitError {
	code = "base-not-found";
	hint = "Name the default branch with `--base <branch>`, and fetch it.";
	constructor(branch) {
		super(branch === null ? "Cannot tell which branch is the default branch: the remote does not say, and there is no `main` or `master`." : `The base branch \`${branch}\` exists neither here nor on the remote.`);
	}
};
var BaseDivergedError = class extends RefitError {
	code = "base-diverged";
	hint;
	constructor(branch, remote, ahead, behind) {
		super(`\`${branch}\` and \`${remote}/${branch}\` have diverged: ${ahead} and ${behind} commits that are not in the other.`);
		this.hint = `Combine them first, for example \`git switch ${branch} && git pull --rebase\`.`;
	}
};
var noLogin = /could not read (Username|Password)|authentication failed|invalid (username|credentials)|\b401\b/i;
var RemoteUnreachableError = class extends RefitError {
	code = "remote-unreachable";
	hint;
	constructor(remote, said, options) {
		const byLogin = noLogin.test(said);
		const what = byLogin ? `The remote \`${remote}\` asks for a login and did not accept the one that it got` : `Cannot talk to the remote \`${remote}\``;
		super(`${what}: ${redact(said.trim())}`, options);
		this.hint = byLogin ? "Pass a valid token (in the action: the input `github-token`), or log in with git. `git fetch` in the same shell must work." : "Check the network, the remote's address (`git remote -v`) and the token's permissions.";
	}
};
var GitIdentityError = class extends RefitError {
	code = "git-identity";
	hint = "Run `git config user.name \"Your Name\"` and `git config user.email you@example.com`.";
	constructor(options) {
		super("Cannot commit: git has no user name and e-mail address to commit with.", options);
	}
};
var GitSigningError = class extends RefitError {
	code = "git-signing";
	hint = "Make the key available to git where refit runs, or turn signing off in this clone: `git config commit.gpgSign false`.";
	constructor(said, options) {
		super(`git could not sign refit's commit, as \`commit.gpgSign\` asks it to: ${redact(said.trim())}`, options);
	}
};
var RefMovedError = class extends RefitError {
	code = "ref-moved";
	hint = "Run the same command again. It starts from the new state.";
	constructor(ref, options) {
		super(`\`${ref}\` changed while refit was working, or another process holds its lock.`, options);
	}
};
var GitLockedError = class extends RefitError {
	code = "git-locked";
	hint;
	constructor(file, age, { isRemote = false, ...options } = {}) {
		const since = age === null ? "" : ` It was made ${ageText(age)} ago.`;
		super(`${isRemote ? "The remote" : "git"} cannot write, because the lock file ${file} is there.${since}`, options);
		const place = isRemote ? " on the machine that it is on" : "";
		this.hint = `${removal(file, isRemote)}${place}; otherwise wait for it to end. Then run the same command again.`;
	}
};
function leftLockWords({ file, age, isRemote }) {
	return {
		what: `The lock file ${file} has been there for ${ageText(age)}, and git cannot change what it locks.`,
		fix: `${removal(file, isRemote)}; otherwise there is nothing to do.`
	};
}
function removal(file, isRemote) {
	return `${isRemote ? "If nobody is pushing to the remote at the moment" : "If no git command and no other run of refit is at work in this repository"}, delete it with \`rm ${shellWord$1(file)}\``;
}
function shellWord$1(file) {
	const word = quoted(file, 500);
	return /[$`\\!]/.test(word) ? `'${plain(file).replaceAll("'", String.raw`'\''`)}'` : word;
}
function ageText(age) {
	const [unit, size] = [
		["day", 864e5],
		["hour", 36e5],
		["minute", 6e4]
	].find((each) => age >= each[1]) ?? ["second", 1e3];
	const count = Math.floor(age / size);
	return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
var BranchInTheWayError = class extends RefitError {
	code = "branch-in-the-way";
	hint;
	constructor(branch, ref, options) {
		const present = ref.replace(/^refs\/(?:heads|tags)\//, "");
		super(`git cannot create \`${branch}\` while \`${present}\` exists: one name begins with the other and a slash.`, options);
		this.hint = ref.startsWith("refs/heads/") ? `Rename that branch, for example \`git branch -m ${present} old-${present.split("/").at(-1)}\`. Branches that begin with \`refit-\` belong to refit.` : `Rename or delete \`${ref}\`, then run the same command again.`;
	}
};
var BranchCheckedOutError = class extends RefitError {
	code = "branch-checked-out";
	hint;
	constructor(branch, folder) {
		super(`refit has to move the branch \`${branch}\`, but it is checked out in ${folder}.`);
		this.hint = `Switch to another branch there, for example \`git -C ${folder} switch -\`.`;
	}
};
var PushRejectedError = class extends RefitError {
	code = "push-rejected";
	hint;
	reason;
	constructor(reason, refs, said, options) {
		const what = refs.map((ref) => `\`${ref}\``).join(", ");
		super(reason === "moved" ? `${what} on the remote changed while refit was working. Nothing was overwritten.` : `The remote refused ${what}: ${redact(said.trim())}`, options);
		this.reason = reason;
		this.hint = reason === "moved" ? "Run the same command again. It starts from the new state." : refs.every((ref) => ref.startsWith("refs/tags/")) ? "In the repository's tag rules, allow this token to create tags such as `churn@v1`. The next run creates the missing tags. The champion does not depend on them." : "In the repository's rules, allow refit's branches (`refit--*`, `refit-rollback--*`, `refit-import--*`, `refit-policy--*`, `refit-ledger`), and give the token `contents: write`.";
	}
};
var BranchHeldError = class extends RefitError {
	code = "branch-held";
	hint;
	constructor(branch, head, remote, options) {
		const where = remote === null ? "in this clone" : `on ${remote}`;
		super(`The branch \`${branch}\` ${where} has a commit that refit did not make (${head.slice(0, 10)}), so it was left alone.`, options);
		const remove = remote === null ? `git branch -D ${branch}` : `git push ${remote} :${branch}`;
		this.hint = `Merge it, or move the commit to a branch of your own and delete this one (\`${remove}\`). Then run the same command again.`;
	}
};
var LedgerProtectedError = class extends RefitError {
	code = "ledger-protected";
	hint = "In the branch protection rules, exempt the branch `refit-ledger` for the account that refit pushes with.";
	constructor(said, options) {
		super(`The remote refused a push to \`refit-ledger\`, the branch where refit keeps its records: ${redact(said.trim())}`, options);
	}
};
var LedgerBusyError = class extends RefitError {
	code = "ledger-busy";
	hint = "Run the same command again when fewer runs are active.";
	constructor(tries, options) {
		super(`Other runs wrote to the ledger (\`refit-ledger\`) first, ${tries} times in a row.`, options);
	}
};
var LedgerInvalidError = class extends RefitError {
	code = "ledger-invalid";
	hint = "Restore the file from the ledger branch's history, or delete the line.";
	constructor(file, line, problem, options) {
		super(`${file}:${line} on the branch \`refit-ledger\` is not a ledger row: ${problem}`, options);
	}
};
// ../core/src/errors/handover-errors.ts
var CandidatesAlteredError = class extends RefitError {
	code = "candidates-altered";
	hint = "Run the whole workflow again, and look for a step that writes into the folder between the two jobs.";
	constructor(folder, found, expected) {
		super(`The candidates in ${folder} are not the ones that the training job wrote: their digest is ${found}, not ${expected}.`);
	}
};
var CandidatesInvalidError = class extends RefitError {
	code = "candidates-invalid";
	hint = "Use the same version of refit in both jobs. If both are the same, do not trust the training job: look at its log.";
	what;
	constructor(what, options) {
		super(`The candidates from the training job cannot be used: ${what}.`, options);
		this.what = what;
	}
};
var CandidatesMissingError = class extends RefitError {
	code = "candidates-missing";
	hint = "Look at the logs of the jobs that trained, then re-run those that failed, or the whole workflow. Without `--candidates`, `refit run` trains by itself.";
	constructor(model, why) {
		super(`None of the candidates of "${model}" can be used. ${why.join(" ")}`);
	}
};
// ../core/src/errors/learner-errors.ts
var LearnerDivergedError = class extends RefitError {
	code = "learner-diverged";
	hint = "Look for extreme values in the target or the features, or set a lower `learningRate` or a higher `l2` in model.yaml.";
	learner;
	constructor(learner, what, options) {
		super(`The learner "${learner}" diverged: ${what} is not a finite number.`, options);
		this.learner = learner;
	}
};
var NegativeTargetError = class extends RefitError {
	code = "negative-target";
	hint = "Remove `objective: poisson` from the candidate in model.yaml, or leave those rows out or correct them in `prepare`.";
	constructor(target, where, options) {
		const named = target === null ? "The target" : `The target ${quoted(target)}`;
		super(`${named} is below 0 in ${where}, and \`objective: poisson\` predicts counts or amounts from 0 up.`, options);
	}
};
var TrainingLimitError = class extends RefitError {
	code = "training-limit";
	hint = "Train on fewer rows, with `training: { rows: … }` or `training: { days: … }` in model.yaml, or on fewer columns, with `features: { exclude: [ … ] }`.";
	learner;
	constructor(learner, rows, columns, options) {
		super(`The learner "${learner}" has no room for ${rows} rows of ${columns} columns: it can use 4 GiB of memory at most, and less where the machine has less.`, options);
		this.learner = learner;
	}
};
var LearnerMissingError = class extends RefitError {
	code = "learner-missing";
	hint;
	learner;
	constructor(learner, installed, options = {}) {
		super(`The learner "${learner}" ${options.what ?? "is not installed"}.`, options);
		this.learner = learner;
		this.hint = options.remedy ?? `Use one of the installed learners (${installed.join(", ")}), or the version of refit that made this model.`;
	}
};
var NetworkInvalidError = class extends RefitError {
	code = "network-invalid";
	hint = "Correct the file, or remove `code` from the candidate to train dense layers.";
	file;
	constructor(file, what, options) {
		super(`${file} ${what}.`, options);
		this.file = file;
	}
};
var RowsSeenError = class extends RefitError {
	code = "rows-seen";
	hint;
	constructor(model, seen) {
		const until = `has learned from rows up to ${model.trainedUntil} (\`trainedUntil\` in model.yaml)`;
		const why = seen.of === "holdout" ? "and no row of the holdout is newer, so nothing can judge it" : `and ${seen.rows} validation rows are newer: candidates are chosen by them, and that takes ${seen.minRows} (holdout.minRows)`;
		super(`${quoted(model.file)} ${until}, ${why}.`);
		this.hint = seen.of === "holdout" ? "Wait for newer rows, or bring a model that was trained without the newest ones." : "Let it be the only candidate, which is not chosen, or bring a model that was trained without the newest rows.";
	}
};
var OnnxRuntimeMissingError = class extends RefitError {
	code = "onnx-runtime-missing";
	hint = "Install it where refit runs: `npm install --save-dev onnxruntime-web`.";
	constructor() {
		super("A model in ONNX needs the package onnxruntime-web, which is not installed here.");
	}
};
// ../core/src/errors/lfs-errors.ts
var LfsMissingError = class extends RefitError {
	code = "lfs-missing";
	hint = "Install git-lfs (on Debian and Ubuntu: `apt-get install git-lfs`), or remove the file from LFS.";
	constructor(path, options) {
		super(`${quoted(path)} is kept in Git LFS, but git-lfs is not installed here.`, options);
	}
};
var LfsObjectMissingError = class extends RefitError {
	code = "lfs-object-missing";
	hint;
	constructor(pointer, remote, said, options) {
		const why = said.trim() === "" ? "the downloaded bytes have another digest" : redact(said.trim());
		super(`${quoted(pointer.file)} is a Git LFS pointer to ${pointer.sha256.slice(0, 12)}…, which cannot be downloaded: ${why}`, options);
		this.hint = remote === null ? "Copy the object into this clone's LFS store, or roll back to an intact version." : `Push it from a clone that has it (\`git lfs push --all ${remote}\`), or roll back to an intact version.`;
	}
};
// ../core/src/errors/metric-errors.ts
var MetricInvalidError = class extends RefitError {
	code = "metric-invalid";
	hint = "Write one SQL expression over the columns of a prepared row, `label`, `answer` and `probability`, such as `CASE WHEN answer = label THEN 1 ELSE 0 END`.";
	metric;
	problem;
	at;
	constructor(metric, problem, at = null, options) {
		const key = `metrics.own.${metric}.row`;
		const inText = at === null ? "" : `, line ${at.line}, column ${at.column}`;
		const place = at?.file === void 0 ? `${key}${inText}` : `${at.file}:${at.line}:${at.column}: ${key}`;
		super(`${place}: ${problem}.`, options);
		this.metric = metric;
		this.problem = problem;
		this.at = at;
	}
};
var MetricValueError = class extends RefitError {
	code = "metric-value";
	hint = "Say what such a row counts, as with `coalesce(amount, 0)` for a missing value and `nullif(x, 0)` for a divisor, or leave the row out in `prepare`.";
	metric;
	row;
	constructor(metric, value, found) {
		const more = found.bad === 1 ? "" : ` and ${found.bad - 1} more`;
		super(`The metric ${quoted(metric)} gives ${value} in place of a number for the prepared row ${found.row}${more} (of ${found.rows} rows that were scored).`);
		this.metric = metric;
		this.row = found.row;
	}
};
// ../core/src/errors/child-environment.ts
var ofTheMachine = [
	/^(?:PATH|HOME|USER|LOGNAME|USERNAME|SHELL|TERM|TMPDIR|TMP|TEMP|TZ|EMAIL|HOSTNAME)$/i,
	/^(?:LANG|LANGUAGE|LC_\w+|XDG_\w+)$/i,
	/^(?:LD|DYLD)_\w+$/,
	/^(?:HTTPS?|NO|ALL|FTP)_PROXY$/i,
	/^(?:SSL_CERT_(?:FILE|DIR)|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|NIX_SSL_CERT_FILE)$/,
	/^(?:SSH_(?:AUTH_SOCK|AGENT_PID|ASKPASS|ASKPASS_REQUIRE)|DISPLAY|GNUPGHOME|GPG_TTY)$/,
	/^(?:SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|NUMBER_OF_PROCESSORS|PROCESSOR_\w+|MSYS\w*|MINGW\w*)$/i,
	/^(?:APPDATA|LOCALAPPDATA|PROGRAMDATA|ALLUSERSPROFILE|USERPROFILE|HOMEDRIVE|HOMEPATH)$/i,
	/^(?:COMMON)?PROGRAM(?:FILES|W6432)(?:\(X86\))?$/i
];
function childEnvironment(env, besides) {
	const allowed = [...ofTheMachine, ...besides];
	return Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => allowed.some((pattern) => pattern.test(name))));
}
// ../core/src/errors/docs-page.ts
var docs = "https://github.com/OWNER/refit/blob/main/docs";
function docsPage(path) {
	return `${docs}/${path}`;
}
// ../core/src/spec/glob-automaton.ts
function walkGlob({ states, start }, path) {
	const letters = [...path];
	let steps = 0;
	let here = new Set([start]);
	let isBegun = false;
	for (let i = 0; i <= letters.length && here.size > 0; i++) {
		const letter = letters[i];
		isBegun = letter === void 0;
		const after = new Set();
		for (const number of here) {
			steps++;
			const state = states[number];
			if (state.kind === "any") for (const next of state.next) here.add(next);
			else if (state.kind === "no-dot" && letter !== ".") here.add(state.next);
			else if (state.kind === "letter" && letter !== void 0 && state.accepts(letter)) after.add(state.next);
			else if (state.kind === "end" && letter === void 0) return {
				matched: true,
				isBegun: true,
				steps
			};
		}
		here = after;
	}
	return {
		matched: false,
		isBegun,
		steps
	};
}
// ../core/src/spec/glob.ts
function globPattern(glob) {
	const root = globRoot(glob);
	const automaton = globAutomaton(glob);
	return {
		test: (path) => path.startsWith(root) && walkGlob(automaton, path).matched,
		reaches: (folder) => walkGlob(automaton, folder).isBegun
	};
}
function globRoot(glob) {
	const segments = glob.split("/");
	const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
	return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}
function globLiteral(path) {
	return path.replace(/[*?[{}]/g, (letter) => `[${letter}]`);
}
var inName = (letter) => letter !== "/";
function globAutomaton(glob) {
	const states = [{ kind: "end" }];
	const add = (state) => states.push(state) - 1;
	const groups = [];
	let next = 0;
	for (const part of partsOf$1(glob).toReversed()) if (part.kind === "close") groups.push({
		after: next,
		arms: []
	});
	else if (part.kind === "or") {
		groups.at(-1).arms.push(next);
		next = groups.at(-1).after;
	} else if (part.kind === "open") next = add({
		kind: "any",
		next: [...groups.pop().arms, next]
	});
	else next = addPart(states, part, next);
	return {
		states,
		start: next
	};
}
function addPart(states, part, next) {
	const add = (state) => states.push(state) - 1;
	switch (part.kind) {
		case "letter": return add({
			kind: "letter",
			accepts: (letter) => letter === part.letter,
			next
		});
		case "one":
		case "many": {
			const begin = part.kind === "one" ? add({
				kind: "letter",
				accepts: part.accepts,
				next
			}) : addLoop(states, next);
			return part.first ? add({
				kind: "no-dot",
				next: begin
			}) : begin;
		}
		case "folders": return addFolders(states, next);
		case "all-below": return addFolders(states, addName(states, next));
	}
}
function addLoop(states, next) {
	const loop = states.length;
	states.push({
		kind: "any",
		next: [loop + 1, next]
	}, {
		kind: "letter",
		accepts: inName,
		next: loop
	});
	return loop;
}
function addName(states, next) {
	const rest = addLoop(states, next);
	const letter = states.push({
		kind: "letter",
		accepts: inName,
		next: rest
	}) - 1;
	return states.push({
		kind: "no-dot",
		next: letter
	}) - 1;
}
function addFolders(states, next) {
	const slash = states.length;
	states.push({ kind: "end" });
	const name = addName(states, slash);
	const loop = states.push({
		kind: "any",
		next: [name, next]
	}) - 1;
	states[slash] = {
		kind: "letter",
		accepts: (letter) => letter === "/",
		next: loop
	};
	return loop;
}
function partsOf$1(glob) {
	const letters = [...glob];
	const closing = closingBraces(letters);
	const open = [];
	const parts = [];
	for (let i = 0; i < letters.length; i++) {
		const letter = letters[i];
		const group = open.at(-1);
		const first = group !== void 0 && (parts.at(-1).kind === "open" || parts.at(-1).kind === "or") ? group.first : i === 0 || letters[i - 1] === "/";
		const set = letter === "[" ? setEnd(letters, i) : -1;
		if (first && letter === "*" && letters[i + 1] === "*" && (i + 2 === letters.length || letters[i + 2] === "/")) {
			parts.push({ kind: i + 2 === letters.length ? "all-below" : "folders" });
			i += i + 2 === letters.length ? 1 : 2;
		} else if (letter === "*") {
			parts.push({
				kind: "many",
				accepts: inName,
				first
			});
			while (letters[i + 1] === "*") i++;
		} else if (letter === "?") parts.push({
			kind: "one",
			accepts: inName,
			first
		});
		else if (set > 0) {
			parts.push({
				kind: "one",
				accepts: setOf(letters.slice(i + 1, set)),
				first
			});
			i = set;
		} else if (letter === "{" && closing.has(i)) {
			open.push({
				close: closing.get(i),
				first
			});
			parts.push({ kind: "open" });
		} else if (group?.close === i) {
			open.pop();
			parts.push({ kind: "close" });
		} else if (letter === "," && group !== void 0) parts.push({ kind: "or" });
		else parts.push({
			kind: "letter",
			letter
		});
	}
	return parts;
}
function closingBraces(letters) {
	const closing = new Map();
	const open = [];
	for (let i = 0; i < letters.length; i++) {
		const set = letters[i] === "[" ? setEnd(letters, i) : -1;
		if (set > 0) i = set;
		else if (letters[i] === "{") open.push(i);
		else if (letters[i] === "}" && open.length > 0) closing.set(open.pop(), i);
	}
	return closing;
}
function setEnd(letters, start) {
	const from = start + (letters[start + 1] === "!" ? 2 : 1);
	for (let i = from; i < letters.length && letters[i] !== "/"; i++) if (letters[i] === "]") return i > from ? i : -1;
	return -1;
}
function setOf(letters) {
	const negated = letters[0] === "!" || letters[0] === "^";
	const single = new Set();
	const ranges = [];
	for (let i = negated ? 1 : 0; i < letters.length; i++) if (letters[i + 1] === "-" && i + 2 < letters.length) {
		ranges.push([codeOf$2(letters[i]), codeOf$2(letters[i + 2])]);
		i += 2;
	} else single.add(letters[i]);
	return (letter) => {
		const code = codeOf$2(letter);
		const listed = single.has(letter) || ranges.some(([from, to]) => from <= code && code <= to);
		return inName(letter) && listed !== negated;
	};
}
function codeOf$2(letter) {
	return letter.codePointAt(0);
}
// ../core/src/spec/layout.ts
var usualLayout = { models: ["models/**"] };
var layoutFile = "refit.yaml";
var usualFolder = "models/";
var specName = "/model.yaml";
function modelFolder(model, { layout = usualLayout }) {
	return isBeside(model, { layout }) ? model : `${usualFolder}${model}`;
}
function isBeside(model, { layout = usualLayout }) {
	return !model.startsWith(usualFolder) && covers(layout, model);
}
function rivalFolder(model, { layout = usualLayout }) {
	const rival = `${usualFolder}${model}`;
	return isBeside(model, { layout }) && covers(layout, rival) ? rival : null;
}
function modelOfSpec(path, { layout = usualLayout }) {
	if (!path.endsWith(specName)) return null;
	const folder = path.slice(0, -11);
	const name = nameOfFolder(folder);
	return covers(layout, folder) && !`${name}/`.includes("/champion/") ? name : null;
}
function modelOfOutput(path, { layout = usualLayout }) {
	const folder = /^(.+?)\/champion\//s.exec(path)?.[1];
	return folder !== void 0 && folder !== "models" && covers(layout, folder) ? nameOfFolder(folder) : null;
}
function modelRoots({ layout = usualLayout }) {
	const roots = [...new Set(layout.models.map(globRoot))];
	return roots.filter((root) => !roots.some((other) => other !== root && (other === "" || root.startsWith(`${other}/`))));
}
function nameOfFolder(folder) {
	return folder.startsWith(usualFolder) ? folder.slice(7) : folder;
}
var patterns = new WeakMap();
function covers(layout, folder) {
	const known = patterns.get(layout) ?? layout.models.map(folderPattern);
	patterns.set(layout, known);
	return known.some((pattern) => pattern.test(folder));
}
function folderPattern(glob) {
	const root = globRoot(glob);
	return glob === `${root}/**` ? { test: (path) => path.startsWith(`${root}/`) } : globPattern(glob);
}
// ../core/src/spec/names.ts
var namePart = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
var longest$2 = 120;
function nameProblem$2(name) {
	const parts = name.split("/");
	if (!parts.every((part) => namePart.test(part))) return "must consist of lower-case letters, digits and single hyphens, with a `/` between nested folders";
	if (parts.indexOf("champion", 1) !== -1) return "must not have a nested folder called `champion`";
	if (parts.join("--").length > longest$2) return `must not be longer than ${longest$2} characters`;
	return null;
}
// ../core/src/errors/run-errors.ts
var ModelUnknownError = class extends RefitError {
	code = "model-unknown";
	hint;
	constructor(model, known, at) {
		const { tree = "on the base branch", isNotLaidOut = false } = at;
		const endings = known.filter((name) => name.endsWith(`/${model}`) || `models/${name}` === model);
		const near = endings.length === 1 ? endings[0] : nearest$1(model, known);
		super(`There is no ${plain(modelFolder(model, at))}/model.yaml ${tree}.${near === void 0 ? "" : ` Did you mean "${near}"?`}`);
		this.hint = isNotLaidOut ? `There is a ${plain(model)}/model.yaml: to make it a model, add ${plain(model)} to \`models\` in refit.yaml, and commit that to the base branch.` : "Run `refit status` to list the models, or `refit init` to create one.";
	}
};
var ModelNameError = class extends RefitError {
	code = "model-name";
	hint;
	constructor(model, branch) {
		const name = quoted(model, 120);
		const what = branch === void 0 ? `${name} is not the name of a model: a name` : `The folder of ${name} on ${branch} is not a model: its name`;
		super(`${what} ${nameProblem$2(model)}.`);
		this.hint = branch === void 0 ? "Run `refit status` to list the models." : "Rename the folder, and commit that to the base branch. Until then refit leaves it out.";
	}
};
var ModelTwiceError = class extends RefitError {
	code = "model-twice";
	hint;
	constructor(model, baseBranch) {
		super(`The folders models/${plain(model)} and ${plain(model)} on ${baseBranch} are both the model ${quoted(model)}.`);
		this.hint = `Rename one of them, or take it out of \`models\` in refit.yaml, and commit that to the base branch. Until then refit runs neither.`;
	}
};
var ModelProcessEndedError = class extends RefitError {
	code = "model-process-ended";
	hint = "The usual cause is memory: run fewer models at once (`--parallel`), or allow each less with `--memory`, which is divided among them. Then run it again.";
	constructor(model, how) {
		super(`The process that ran "${plain(model)}" ended before it was done (${plain(how)}).`);
	}
};
var SpecNotOnBaseError = class extends RefitError {
	code = "spec-not-on-base";
	hint = "Commit it to the base branch (and push it, where there is a remote), or try it with `--dry-run`.";
	constructor(file, baseBranch) {
		super(`${file} is in the work tree but not on ${baseBranch}; refit reads the base branch only.`);
	}
};
var ModelTooLargeError = class extends RefitError {
	code = "model-too-large";
	hint = "Train a smaller model, raise `maxModelMiB` in model.yaml, or keep `models/*/champion/artifact/**` in Git LFS.";
	constructor(model, part, mebibytes, rule) {
		super(`${part} of "${model}" has ${mebibytes.toFixed(1)} MiB outside of Git LFS; ${rule}.`);
	}
};
var VersionUnknownError = class extends RefitError {
	code = "version-unknown";
	hint = "Run `refit log <model>` to list the versions.";
	constructor(model, wanted) {
		super(`"${model}" has no version ${wanted} in the history of the base branch.`);
	}
};
var VersionBrokenError = class extends RefitError {
	code = "version-broken";
	hint = "Choose another version; `refit log <model>` lists them.";
	constructor(model, number, problem) {
		super(`v${number} of "${model}" is damaged: ${problem}`);
	}
};
var NothingToRejectError = class extends RefitError {
	code = "nothing-to-reject";
	hint = "Run `refit status` to see which proposals are open.";
	constructor(model) {
		super(`"${model}" has no open proposal.`);
	}
};
var UsageError = class extends RefitError {
	code = "usage";
	hint;
	constructor(message, usage) {
		super(message);
		this.hint = `Usage: ${usage}`;
	}
};
var ManifestMissingError = class extends RefitError {
	code = "manifest-missing";
	hint = "Create the manifest (`refit init --data FILE --target COLUMN` writes one), or correct `data:` in the model.";
	constructor(specFile, manifestFile) {
		super(`${specFile} names a data manifest that does not exist: ${manifestFile}.`);
	}
};
var ViewMissingError = class extends RefitError {
	code = "view-missing";
	hint = "Create the file with one SELECT and commit it, or correct `views` in the data manifest.";
	constructor(manifestFile, viewFile) {
		super(`${manifestFile} names a feature view that does not exist: ${viewFile}.`);
	}
};
var TimeTypeError = class extends RefitError {
	code = "time-type";
	hint = "Declare the column as `date` or `datetime` in the manifest's schema (with `format` if it is not ISO 8601), or cast it in `prepare`.";
	constructor(column, type) {
		super(`\`time: ${column}\` needs a date or datetime column; after \`prepare\` it is ${type}.`);
	}
};
var WeightInvalidError = class extends RefitError {
	code = "weight-invalid";
	hint = "In `prepare`, give every row a number above 0, or leave those rows out.";
	constructor(column, bad, rows) {
		super(`\`weight: ${column}\` needs a number above 0 in every row; ${bad} of ${rows} rows do not have one.`);
	}
};
var NothingToRollBackError = class extends RefitError {
	code = "nothing-to-roll-back";
	hint = "Run `refit log <model>` to see what was live when.";
	constructor(model) {
		super(`"${model}" has no earlier version to roll back to.`);
	}
};
var UnreadableDataError = class extends RefitError {
	code = "unreadable-data";
	hint = "Fix the file, then run the command again.";
	constructor(findings) {
		const lines = findings.map(({ code, file, line, message }) => `  - ${code}${file === null ? "" : ` ${quoted(file, 200)}`}${line === void 0 ? "" : `:${line}`} ${message}`);
		super(`The data cannot be read:\n${lines.join("\n")}`);
	}
};
// ../core/src/errors/signing-errors.ts
var makeOne = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem && openssl pkey -in key.pem -pubout -out key.pub";
var keyWords = {
	missing: ["does not exist", `Name another file with --key. To make a key: ${makeOne}`],
	"not-pem": ["is not a key in PEM: it has no line such as -----BEGIN PRIVATE KEY-----", "Convert it, for example with `openssl pkey -inform DER -in FILE -out key.pem`."],
	public: ["has no private key, and only a private key can sign", "Name the file of the private key with --key."],
	private: ["is a private key; to verify needs only the public one, and a private key should not leave the place where it signs", "Write the public key to a file of its own: openssl pkey -in KEY -pubout -out key.pub"],
	encrypted: ["is encrypted", "Put its passphrase into an environment variable and give the name of the variable: --passphrase-env NAME"],
	passphrase: ["is encrypted, and the passphrase does not open it, or the file is damaged", "Check the value of the variable that --passphrase-env names."],
	variable: ["is not opened, since --passphrase-env does not name an environment variable that is set", "Set the variable, and give its name, not the passphrase itself: --passphrase-env NAME"],
	kind: ["is a key of another kind; expected is an elliptic curve key on P-256 (prime256v1)", `To make one: ${makeOne}`],
	"no-certificate": ["is not a certificate in PEM: it has no line -----BEGIN CERTIFICATE-----", "Name the certificate of the signing key with --certificate, those of whoever issued it with --chain, and with `refit verify-signature` the root with --root."],
	"other-certificate": ["is the certificate of another key than the one that would sign", "Name the certificate that was issued for the key of --key."],
	"not-root": ["has no root: each of its certificates was issued by another one, and trust begins with one that issued itself", "Name the root certificate with --root. To trust one key without asking who stands for it, name its certificate with --key."],
	damaged: ["cannot be read as a key: it is damaged, or of a form other than PKCS#8, SEC 1 or X.509", `To make one: ${makeOne}`]
};
var KeyInvalidError = class extends RefitError {
	code = "key-invalid";
	hint;
	problem;
	constructor(file, problem, found = "") {
		super(`${quoted(file, 200)} ${keyWords[problem][0]}${found === "" ? "" : `, not ${found}`}.`);
		this.problem = problem;
		this.hint = keyWords[problem][1];
	}
};
var signatureHints = {
	missing: "Name the file with --signature, or make it with `refit sign`.",
	damaged: "Take the file again from where it was published, or sign again with `refit sign`. Expected is the form of model_signing 1.0 or newer, by files and with sha256.",
	"other-key": "Name the key of whoever signed with --key. If it should have been this key, do not use the version.",
	"not-authentic": "Take the file again from where it was published. If it stays like this, somebody has changed it: do not use the version.",
	"other-files": "Name the version that was signed, such as churn@v3, or the signature of this one with --signature.",
	"no-certificate": "Name the public key of whoever signed with --key, or let them sign with `refit sign --certificate FILE`.",
	untrusted: "Name the root with --root, and with a further --root what stands between, if the signature does not bring it. If you do not know who issued that certificate, do not use the version.",
	expired: "Let the version be signed again with a valid certificate. A signature has no time that could be trusted: if you know from elsewhere that it existed while all were valid, name that time with --now, such as --now 2026-03-01T00:00:00Z.",
	"not-for-signing": "Let the version be signed with a certificate that allows it: keyUsage digitalSignature, or extendedKeyUsage codeSigning.",
	"not-an-issuer": "Let the certificate be issued again by one that may issue it (basicConstraints CA:true, keyUsage keyCertSign). Until then, do not trust it by this root."
};
var SignatureInvalidError = class extends RefitError {
	code = "signature-invalid";
	hint;
	problem;
	constructor(file, problem, what, options) {
		super(`${quoted(file, 200)} ${what}.`, options);
		this.problem = problem;
		this.hint = signatureHints[problem];
	}
};
// ../core/src/errors/source-errors.ts
var SourceUnreachableError = class extends RefitError {
	code = "source-unreachable";
	hint;
	path;
	constructor(path, why, options) {
		super(`${shown$3(path)} cannot be read: ${why}.`, options);
		this.path = path;
		this.hint = options?.hint ?? "Nothing was changed. Run again when the server answers; what was downloaded is kept.";
	}
};
var SourceRefusedError = class extends RefitError {
	code = "source-refused";
	hint;
	path;
	constructor(path, why, hint, options) {
		super(`${shown$3(path)} cannot be read: ${why}.`, options);
		this.path = path;
		this.hint = hint;
	}
};
var SourceAlteredError = class extends RefitError {
	code = "source-altered";
	hint = "Find out who replaced the file, or what damages it on the way, and publish the data under a new name or version.";
	path;
	constructor(path, how, options) {
		super(`${shown$3(path)} has other bytes than its version says: ${how}.`, options);
		this.path = path;
	}
};
var shown$3 = (path) => quoted(path, 300);
// ../core/src/errors/spec-errors.ts
var SpecInvalidError = class extends RefitError {
	code = "spec-invalid";
	hint = "Correct the places named above; `docs/reference/` lists every key.";
	problems;
	constructor(file, problems, frame = "", options) {
		const lines = problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.message}`);
		const more = lines.length > shownAtMost ? [`… and ${lines.length - shownAtMost} more`] : [];
		const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
		const shown = [...lines.slice(0, shownAtMost), ...more];
		const first = frame === "" ? [] : [frame];
		super([
			`${file} cannot be used: ${count}.`,
			shown[0],
			...first,
			...shown.slice(1)
		].join("\n"), options);
		this.problems = problems.slice(0, keptAtMost);
	}
};
var shownAtMost = 50;
var keptAtMost = 1e3;
// ../core/src/errors/write-errors.ts
var shown$2 = 20;
var FilesInTheWayError = class extends RefitError {
	code = "files-in-the-way";
	hint;
	constructor(found, options) {
		const lines = found.slice(0, shown$2).map(({ path, problem }) => `\n  - ${quoted(path, 200)} ${problem}`);
		const more = found.length > shown$2 ? `\n  - and ${found.length - shown$2} more` : "";
		super(`No file was written:${lines.join("")}${more}`, options);
		const replaceable = found.filter((each) => each.replaceable).map(({ path }) => `--overwrite ${quoted(path, 200)}`);
		this.hint = [...replaceable.length < found.length ? ["Move away or rename what is in the way."] : [], ...replaceable.length > 0 ? [`To replace what you no longer need, add ${replaceable.slice(0, shown$2).join(" ")}, or choose another name.`] : []].join(" ");
	}
};
// ../core/src/spec/declared-instant.ts
var day$2 = /^\d{4}-\d{2}-\d{2}$/;
var time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
function declaredInstant(text) {
	const isDay = day$2.test(text);
	if (!isDay && !time.test(text)) return null;
	const date = text.slice(0, 10);
	const start = Date.parse(`${date}T00:00:00.000Z`);
	if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== date) return null;
	const at = isDay ? Date.parse(`${date}T23:59:59.999Z`) : Date.parse(text);
	return Number.isNaN(at) ? null : at;
}
// ../core/src/learners/onnx-descriptor.ts
var onnxDescriptor = {
	name: "onnx",
	algorithmVersion: 1,
	description: "A model that was trained elsewhere, as an ONNX file: refit answers with it by the package `onnxruntime-web`, judges it on rows that are newer than what it has learned from, and never trains it. Needs `time`: see [how](../models-from-elsewhere.md).",
	settings: {
		file: {
			type: "text",
			description: "The model, from the root of the repository, such as `models/churn/onnx/model.onnx`."
		},
		trainedUntil: {
			type: "text",
			description: "The newest row that the model has learned from, as whoever trained it says: a day, such as `2026-03-31`, which counts to its end, or a time with a zone. refit cannot check it; the proposal and `lineage.json` say so."
		}
	}
};
function declaredOf(candidate) {
	if (candidate.learner !== onnxDescriptor.name) return null;
	const { trainedUntil } = candidate;
	return {
		by: "candidate",
		trainedUntil: new Date(declaredInstant(trainedUntil)).toISOString()
	};
}
// ../core/src/data/finding-codes.ts
var findingCodes = {
	"no-files": {
		severity: "error",
		hint: "Correct the `path` in the data manifest, or add the data."
	},
	"empty-file": {
		severity: "error",
		hint: "Remove the file or fill it; an empty file is usually a failed export."
	},
	"header-only": {
		severity: "error",
		hint: "Remove the file or fill it; a header without rows is usually a failed export."
	},
	"unreadable-file": {
		severity: "error",
		hint: "Check that the file is complete and has the format that its ending says."
	},
	"not-utf8": {
		severity: "error",
		hint: "Save the file as UTF-8."
	},
	"ragged-row": {
		severity: "error",
		hint: "Give each row as many fields as the header; quote fields that contain the separator."
	},
	"header-again": {
		severity: "suspect",
		hint: "Remove the line, as where files were joined with their headers; accept it under `checks.accept` for the first column if it is a row."
	},
	"duplicate-column": {
		severity: "error",
		hint: "Give each column a name of its own; names that differ only in case, white space or what cannot be seen count as the same."
	},
	"column-name": {
		severity: "error",
		hint: "Rename the column in the file, or in the data manifest under `schema.fields`, such as `{ name: price, from: \"…\", type: number }`; hidden characters of `from` are written as in the message."
	},
	"missing-column": {
		severity: "error",
		hint: "Add the column to the file, or remove it from the manifest's `schema`."
	},
	"gone-column": {
		severity: "suspect",
		hint: "Restore the column, or accept it under `checks.accept` if it is gone for good; its values are then missing."
	},
	"new-column": {
		severity: "warning",
		hint: "Nothing, or add the column to the manifest's `schema`. In files without it, its values are missing."
	},
	"wrong-type": {
		severity: "error",
		hint: "Correct the values, declare another `type` (or `format`), or add the text to `missingValues`."
	},
	"non-finite": {
		severity: "error",
		hint: "Correct the values, or add the text to `schema.missingValues`."
	},
	required: {
		severity: "error",
		hint: "Fill the values, or drop `required`."
	},
	"out-of-range": {
		severity: "error",
		hint: "Correct the values, or widen `minimum` or `maximum`."
	},
	"not-in-enum": {
		severity: "error",
		hint: "Correct the values, or add them to `enum`."
	},
	pattern: {
		severity: "error",
		hint: "Correct the values or the `pattern`."
	},
	"not-unique": {
		severity: "error",
		hint: "Remove the repeated rows, or correct `unique` or `primaryKey`."
	},
	"too-few-rows": {
		severity: "error",
		hint: "Add data, or lower `checks.minRows`."
	},
	"null-rate": {
		severity: "error",
		hint: "Find out why values are missing; raise `checks.maxNullRate` if that is intended."
	},
	"null-jump": {
		severity: "suspect",
		hint: "Find out why values are missing; accept it under `checks.accept` if that is intended."
	},
	"missing-together": {
		severity: "suspect",
		hint: "Look at what joins or delivers these columns; if this is intended, accept it under `checks.accept` for the column that is named."
	},
	"one-label": {
		severity: "suspect",
		hint: "Check that the answers have arrived; accept it under `checks.accept` if all rows really have the same."
	},
	"lone-jump": {
		severity: "suspect",
		hint: "Compare how the file was made with the earlier ones; accept it under `checks.accept` if the values are right."
	},
	"all-null": {
		severity: "suspect",
		hint: "Find out why the column is empty; accept it under `checks.accept` if it is gone for good."
	},
	"constant-collapse": {
		severity: "suspect",
		hint: "Check the source; accept it under `checks.accept` if one value is right."
	},
	"unit-change": {
		severity: "suspect",
		hint: "Check the unit; convert it in `prepare`, or accept it under `checks.accept`."
	},
	"far-outside": {
		severity: "suspect",
		hint: "Check unit and source of the values; convert them in `prepare`, or accept it under `checks.accept` if they are right."
	},
	"sentinel-spike": {
		severity: "suspect",
		hint: "If the value stands for \"none\", add it to `schema.missingValues`; else accept it under `checks.accept`."
	},
	"string-mismatch": {
		severity: "suspect",
		hint: "Write the values as before (or normalise them in `prepare`), or accept it under `checks.accept`."
	},
	"constant-changed": {
		severity: "suspect",
		hint: "Check the source; accept it under `checks.accept` if the new value is right."
	},
	relabelled: {
		severity: "suspect",
		hint: "Write the values as before (or map them in `prepare`), or accept it under `checks.accept`."
	},
	"unseen-categories": {
		severity: "suspect",
		hint: "Check spelling, encoding and format; accept it under `checks.accept` if these are new values."
	},
	"new-category": {
		severity: "warning",
		hint: "Nothing, or list the allowed values under `enum` to block others."
	},
	"swapped-columns": {
		severity: "suspect",
		hint: "Swap the columns or their names; accept it under `checks.accept` if both are right."
	},
	"repeated-file": {
		severity: "error",
		hint: "Remove the copy, or find out why the source delivers the same again."
	},
	"repeated-rows": {
		severity: "error",
		hint: "Remove the copy, or find out why the source delivers the same rows again."
	},
	"past-altered": {
		severity: "warning",
		hint: "Nothing if rows were corrected or deleted on purpose, or came later than `lookbackDays`; raise that, or name a `cursor` that never changes."
	},
	"rows-again": {
		severity: "warning",
		hint: "Nothing if exports overlap on purpose; otherwise remove the rows that are there twice."
	},
	"rows-uncounted": {
		severity: "warning",
		hint: "Nothing, if the number does not matter. To have it counted, keep the folder `.git/refit/cache` between runs, track the file in git, or keep it where earlier versions stay: S3 with versioning, DVC, Hugging Face."
	},
	"key-repeated": {
		severity: "warning",
		hint: "Nothing, where exports overlap or rows are corrected. If several rows with one key are right, add the columns that tell them apart to `key` in model.yaml."
	},
	"file-missing": {
		severity: "error",
		hint: "Add the file, commit it or git-ignore it, or correct its path or `folder` in the data manifest; remove rows whose file is gone."
	},
	"file-path": {
		severity: "error",
		hint: "Write paths of files in the repository with `/` between folders, from the folder of the data file or from `folder` in the data manifest."
	},
	"file-too-large": {
		severity: "error",
		hint: "Name a smaller file: cut recordings into parts, or make what the model needs of it beforehand."
	},
	"file-without-bytes": {
		severity: "suspect",
		hint: "Look at what writes the files: an empty one is usually a failed copy. Accept it under `checks.accept` if it is right."
	},
	"files-alike": {
		severity: "warning",
		hint: "Nothing if that is right; a file that many rows have is often a placeholder for one that is missing."
	},
	"future-time": {
		severity: "error",
		hint: "Correct the times, or the clock or time zone of the program that wrote them."
	},
	"stale-data": {
		severity: "error",
		hint: "Find out why the data stopped, or raise `checks.maxAgeDays`."
	},
	"age-unknown": {
		severity: "warning",
		hint: "Name a source column as the model's `time`, or remove `checks.maxAgeDays`."
	},
	"champion-collapse": {
		severity: "warning",
		hint: "Look at how the labels of the new rows were made before you merge a model that learned from them."
	},
	"row-count": {
		severity: "warning",
		hint: "Check that the file is complete and contains nothing twice."
	},
	overlap: {
		severity: "error",
		hint: "Remove the repeated rows, or declare the `key` that distinguishes them; then check the joins in `prepare`."
	},
	"natural-copies": {
		severity: "warning",
		hint: "Nothing if each row is an observation of its own. If rows were written twice, remove the copies, or declare the `key` that tells rows apart."
	},
	"same-file": {
		severity: "warning",
		hint: "Nothing if files repeat by nature, such as a standard text; otherwise leave out the rows that repeat one, or declare the `group` that keeps them on one side."
	},
	"duplicate-features": {
		severity: "warning",
		hint: "Nothing if rows are naturally alike; otherwise look for rows that were written twice."
	},
	"leak-suspect": {
		severity: "suspect",
		hint: "Add it to `features.exclude` if it is known only after the outcome; else accept it under `checks.accept`."
	},
	"future-knowledge": {
		severity: "error",
		hint: "Use only rows that were known: in a join `ASOF JOIN`, or `availableAt <= time`; in a window `ORDER BY` the time, and a frame that ends with the current row, as docs/tables.md shows."
	},
	"row-order": {
		severity: "warning",
		hint: "Say in the SQL which of the rows counts, by a column that tells them apart, as docs/tables.md shows."
	},
	"leak-hint": {
		severity: "warning",
		hint: "Add it to `features.exclude` if it is known only after the outcome."
	},
	"new-class": {
		severity: "warning",
		hint: "Nothing if the class is new: what ships learns it where `ship` is `all`. Otherwise correct or merge the value in `prepare`."
	},
	"non-finite-predictions": {
		severity: "error",
		hint: "Look at the learner: a diverged model, or a division by zero."
	},
	"constant-predictions": {
		severity: "error",
		hint: "Check the features and the learner's settings: the model learned nothing."
	},
	"nothing-learned": {
		severity: "warning",
		hint: "Look at the features and at the newest rows before the holdout; with a `learningRate` that is too large, too, the first step makes it worse."
	},
	"class-never-predicted": {
		severity: "suspect",
		hint: "Look at the class's training rows; accept it under `checks.accept` for the target if that is intended."
	},
	"rare-class-never-predicted": {
		severity: "warning",
		hint: "Nothing if you use the probabilities; otherwise weight the class or change the threshold."
	},
	"biased-predictions": {
		severity: "suspect",
		hint: "Usual cause: the share changed between training and holdout. If only the order of the predictions matters to you, accept it under `checks.accept` for the target."
	},
	"no-better-than-dummy": {
		severity: "error",
		hint: "Try better features, more rows or a larger holdout: nothing shows that this model has learned anything."
	},
	"dummy-undecided": {
		severity: "warning",
		hint: "Add rows, or hold out more of them. A person may merge it: nothing speaks against the model but the few rows."
	},
	"calibration-worse": {
		severity: "warning",
		hint: "If you use the probabilities, set `calibration: platt` on the candidate, or add a gate on `logLoss` or `brier`."
	},
	"train-holdout-gap": {
		severity: "warning",
		hint: "Use a simpler model if it overfits; look for features that reveal when a row was recorded."
	}
};
function finding(code, place, message) {
	return {
		code,
		...findingCodes[code],
		file: place.file ?? null,
		column: place.column ?? null,
		...place.line !== void 0 && { line: place.line },
		...place.count !== void 0 && { count: place.count },
		...place.examples !== void 0 && place.examples.length > 0 && { examples: place.examples.slice(0, 3) },
		message
	};
}
// ../core/src/spec/source-scheme.ts
function schemeOf(path) {
	if (path.toLowerCase().endsWith(".dvc")) return "dvc";
	const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase() ?? "";
	return scheme === "http" ? "https" : scheme;
}
// ../core/src/spec/source-format.ts
function sourceFormat(path) {
	const name = path.toLowerCase();
	if (/\.csv(?:\.gz)?$/.test(name)) return {
		format: "csv",
		delimiter: null
	};
	if (/\.tsv(?:\.gz)?$/.test(name)) return {
		format: "csv",
		delimiter: "	"
	};
	if (/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(name)) return {
		format: "jsonl",
		delimiter: null
	};
	if (name.endsWith(".parquet")) return {
		format: "parquet",
		delimiter: null
	};
	return null;
}
var otherEndings = [
	[/\.(?:csv|tsv|jsonl|ndjson|parquet|txt|data|json)\.(?:zip|7z|bz2|xz|zst|rar|lz4|br)$|\.(?:zip|7z|rar|tar|tgz|bz2|xz|zst)$/i, () => "Unpack it first: of compressed files refit reads .gz only."],
	[/\.parquet\.gz$/i, () => "Unpack it first: Parquet is compressed inside."],
	[/\.(?:geo)?json$/i, (path) => `If it has one object a line, rename it to .jsonl; a list becomes such lines by \`jq -c '.[]' ${path} > rows.jsonl\`.`],
	[/\.(?:txt|data|dat|tab|psv|asc|out)(?:\.gz)?$/i, () => "If it is text with a header line and separators, rename it to .csv, or to .tsv for tabs."],
	[/\.(?:xlsx?|xlsm|xlsb|ods|numbers)$/i, () => "Save the sheet as CSV in UTF-8."],
	[/\.(?:feather|arrow|ipc|avro|orc|rds|rda|rdata|sav|dta|sas7bdat|xpt|db|sqlite3?|duckdb|h5|hdf5|npy|npz|pkl|mat)$/i, () => "Export its rows as Parquet or CSV."]
];
function unreadEnding(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const ending = /\.[^.]+(?:\.(?:gz|zip|7z|bz2|xz|zst|rar))?$/i.exec(name)?.[0];
	return `${ending === void 0 ? "Its name has no ending" : `Its name ends in ${ending}`}; refit reads .csv, .tsv, .jsonl, .ndjson (each also with .gz) and .parquet. ${otherEndings.find(([pattern]) => pattern.test(name))?.[1](path) ?? "Rename it, if it is one of those, or export its rows as one."}`;
}
// ../core/src/spec/column-name.ts
var longestName$2 = 1e3;
var control$1 = /(?![\t\n\v\f\r\u0085])\p{Cc}|\p{Surrogate}/u;
var turning = /\p{Bidi_Control}/u;
function columnNameProblem(name) {
	if (name.length > longestName$2) return `has a name of ${name.length} characters; ${longestName$2} are possible`;
	const found = control$1.exec(name);
	if (found !== null) return `is named ${spelledOut(name)}, with the control character ${codeOf$1(found[0])}`;
	const turned = turning.exec(name);
	if (turned !== null) return `is named ${spelledOut(name)}, where ${codeOf$1(turned[0])} turns the direction of reading`;
	return columnNameKey(name) === "" ? `is named ${spelledOut(name)}, in which nothing can be seen` : null;
}
function columnNameKey(name) {
	return name.replace(/\s+/gu, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "").trim().normalize("NFC").toLowerCase();
}
function spelledOut(name) {
	const short = name.length > 100 ? `${name.slice(0, 99)}…` : name;
	return JSON.stringify(short).replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, (character) => Array.from({ length: character.length }, (_, i) => `\\u${hexOf(character.charCodeAt(i))}`).join(""));
}
var codeOf$1 = (character) => `U+${hexOf(character.codePointAt(0)).toUpperCase()}`;
var hexOf = (code) => code.toString(16).padStart(4, "0");
// ../core/src/spec/usual-memory.ts
var usualMemory = "a quarter of the memory of the machine, or of the container that it is, and at least 400 MiB; for wide files 400 MiB and another 60 for every 100 columns where that is more, up to half of the machine";
// ../core/src/learners/tfjs-descriptor.ts
var tfjsDescriptor = {
	name: "tfjs",
	algorithmVersion: 1,
	description: "A neural network on TensorFlow.js: dense layers, with a learned embedding for each categorical feature, or a network of your own. Needs the package `@refit/tfjs`: see [how](../tfjs-learner.md).",
	settings: {
		hidden: {
			type: "list",
			items: "integer",
			default: [64, 32],
			description: "Units of each hidden layer, from the first to the last."
		},
		embeddingSize: {
			type: "integer",
			minimum: 1,
			maximum: 64,
			default: 8,
			description: "Maximum numbers per category; a column has at most half as many as it has categories."
		},
		learningRate: {
			type: "number",
			exclusiveMinimum: 0,
			maximum: 1,
			default: .003,
			description: "Step size of the optimiser, which is Adam."
		},
		weightDecay: {
			type: "number",
			minimum: 0,
			maximum: 10,
			default: .1,
			description: "How strongly weights are drawn to 0 at each step, times the learning rate."
		},
		batchSize: {
			type: "integer",
			minimum: 1,
			maximum: 65536,
			default: 256,
			description: "Rows per step."
		},
		epochs: {
			type: "integer",
			minimum: 1,
			maximum: 1e4,
			default: 60,
			description: "Maximum number of passes over the training rows; early stopping keeps fewer."
		},
		earlyStoppingEpochs: {
			type: "integer",
			minimum: 0,
			default: 6,
			description: "Stop after this many passes without improvement on the validation rows; 0 never stops early."
		},
		start: {
			type: "choice",
			choices: ["cold", "warm"],
			optional: true,
			description: "Whether training goes on from the weights of the live version (`warm`). It does where that is a network of the same layers and inputs that has not seen the rows that judge it; else it starts anew, and the report says why: see [when it helps](../tfjs-learner.md#going-on-from-the-live-model). Default: `cold`."
		},
		backend: {
			type: "choice",
			choices: [
				"wasm",
				"cpu",
				"node"
			],
			default: "wasm",
			description: "Where it computes. `wasm` and `cpu` give the same bytes on every machine; `node` needs `@tensorflow/tfjs-node`, and whether it gives the same model again is tried by training twice on a sample."
		},
		code: {
			type: "list",
			items: "text",
			default: [],
			description: "A network of your own: files from the root of the repository, of which the first exports `build`. They are copied into the version."
		}
	}
};
function settledNetwork(settings, model) {
	const { epochs } = JSON.parse(model);
	return {
		...settings,
		epochs,
		earlyStoppingEpochs: 0
	};
}
// ../core/src/learners/command-descriptor.ts
var commandDescriptor = {
	name: "command",
	algorithmVersion: 1,
	description: "A program of your own, in any language: see [how it is called](../command-learner.md).",
	settings: {
		train: {
			type: "list",
			items: "text",
			minItems: 1,
			description: "Program that trains, with its arguments, such as `[python, train.py]`. There is no shell."
		},
		predict: {
			type: "list",
			items: "text",
			minItems: 1,
			optional: true,
			description: "Program that predicts, with its arguments. It gets rows without labels. In its place: `onnx`."
		},
		onnx: {
			type: "text",
			optional: true,
			description: "In place of `predict`: the ONNX file that the program writes into its model folder, such as `model.onnx`. refit answers with it itself, by the package `onnxruntime-web`."
		},
		code: {
			type: "list",
			items: "text",
			default: [],
			description: "Files of the program, from the root of the repository. They are copied into the version, and both programs run on the copies."
		},
		rows: {
			type: "choice",
			choices: ["parquet", "csv"],
			default: "parquet",
			description: "Format of the files with rows."
		},
		settings: {
			type: "record",
			default: {},
			description: "Settings for the program; it finds them in its job description."
		},
		validation: {
			type: "boolean",
			optional: true,
			description: "`false`: the program stops by nothing, so it gets no validation rows. As the only candidate it is then not trained without them first, which saves a training: see [validation rows](../command-learner.md#validation-rows). Default: `true`."
		},
		start: {
			type: "choice",
			choices: ["cold", "warm"],
			optional: true,
			description: "`warm`: `train` gets the model of the live version, to go on from. Where that would be unfair or cannot be, it starts anew, and the report says why: see [how](../command-learner.md#going-on-from-the-live-model). Default: `cold`."
		},
		reproducible: {
			type: "boolean",
			default: true,
			description: "Whether the same rows and seed always give the same model. Tried by training twice on a sample. Where it is not so, the model that was judged ships (`ship: judged`)."
		},
		threads: {
			type: "integer",
			minimum: 1,
			maximum: 1024,
			default: 2,
			description: "Threads that the program should use: the same number on every machine, so that the model is the same."
		},
		environment: {
			type: "list",
			items: "text",
			default: [],
			description: "Names of environment variables that the program gets besides the usual ones. Tokens of refit, of GitHub and of other forges are never passed on."
		},
		runner: {
			type: "list",
			items: "text",
			minItems: 1,
			optional: true,
			description: "Program, with its arguments, that starts both programs elsewhere: on a cluster, in a container. `{job}` stands for a folder with the start script, `{id}` for a name of the call, `{script}` for the text of the script. See [on another machine](../command-learner.md#on-another-machine)."
		},
		runnerStop: {
			type: "list",
			items: "text",
			minItems: 1,
			optional: true,
			description: "Program, with its arguments, that ends what `runner` has started, such as `[ray, job, stop, \"{id}\"]`. Called after a limit, an interrupt or a failure."
		},
		runnerStore: {
			type: "text",
			optional: true,
			description: "How rows and model travel: a folder that both machines have at the same path, or `s3://bucket/prefix`. Default: the other machine sees this machine's temporary folder."
		},
		timeoutMinutes: {
			type: "number",
			exclusiveMinimum: 0,
			default: 60,
			description: "How long one call of a program may take, in minutes."
		},
		memoryMiB: {
			type: "integer",
			minimum: 16,
			optional: true,
			description: "Memory that a program and its children may use together, in MiB; measured on Linux only. Default: no limit."
		}
	}
};
var limits$2 = [
	"timeoutMinutes",
	"memoryMiB",
	"runner",
	"runnerStop",
	"runnerStore"
];
function limitsOf(settings) {
	const { timeoutMinutes, memoryMiB, runner, runnerStop, runnerStore } = settings;
	const words = (value) => Array.isArray(value) ? value : void 0;
	return {
		timeoutMinutes: typeof timeoutMinutes === "number" ? timeoutMinutes : commandDescriptor.settings.timeoutMinutes.default,
		memoryMiB: typeof memoryMiB === "number" ? memoryMiB : void 0,
		runner: words(runner),
		runnerStop: words(runnerStop),
		runnerStore: typeof runnerStore === "string" ? runnerStore : void 0
	};
}
function limitsOfToday({ candidates }) {
	return limitsOf(candidates.find(({ learner }) => learner === commandDescriptor.name) ?? {});
}
function decidingSettings(settings) {
	if (settings.learner !== commandDescriptor.name) return settings;
	return Object.fromEntries(Object.entries(settings).filter(([key]) => !limits$2.includes(key)));
}
function runsOwnCode(learner) {
	return learner === commandDescriptor.name || learner === tfjsDescriptor.name;
}
function codeOf(candidate) {
	if (candidate.learner === onnxDescriptor.name) return [candidate.file];
	return runsOwnCode(candidate.learner) ? candidate.code : [];
}
// ../core/src/spec/metric-names.ts
var metricNames = [
	"rocAuc",
	"prAuc",
	"logLoss",
	"brier",
	"ece",
	"accuracy",
	"balancedAccuracy",
	"f1",
	"f1Macro",
	"f1Weighted",
	"mcc",
	"precision",
	"recall",
	"mae",
	"rmse",
	"r2",
	"mape",
	"pinball",
	"poissonDeviance"
];
function isBuiltIn(name) {
	return metricNames.includes(name);
}
var metricsOfTask = {
	binary: [
		"rocAuc",
		"prAuc",
		"logLoss",
		"brier",
		"ece",
		"accuracy",
		"balancedAccuracy",
		"f1",
		"mcc",
		"precision",
		"recall"
	],
	multiclass: [
		"logLoss",
		"accuracy",
		"balancedAccuracy",
		"f1Macro",
		"f1Weighted",
		"mcc"
	],
	regression: [
		"mae",
		"rmse",
		"r2",
		"mape",
		"pinball",
		"poissonDeviance"
	]
};
var ownName = /^[a-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/;
var longestName$1 = 40;
function ownMetricProblem(name) {
	const builtIn = metricNames.find((known) => known.toLowerCase() === name.toLowerCase());
	if (builtIn !== void 0) return `is the name of a built-in metric, ${builtIn}; choose another name`;
	if (name in {}) return "is a word of JavaScript's own; choose another name";
	if (name.length > longestName$1) return `is longer than ${longestName$1} characters`;
	if (ownName.test(name)) return null;
	return "is not a name of a metric: a small letter, then letters, digits and single hyphens or underscores, such as `profit`";
}
function measuredMetrics({ primary, also, own = {} }) {
	return [...new Set([
		primary,
		...also,
		...Object.keys(own)
	])];
}
// ../core/src/portable-math.ts
var LN2_HIGH = .6931471803691238;
var LN2_LOW = 19082149292705877e-26;
var word = new Float64Array([1]);
var halves = new Int32Array(word.buffer);
var HIGH = halves[0] === 0 ? 1 : 0;
function powerOfTwo(k) {
	halves[1 - HIGH] = 0;
	halves[HIGH] = k + 1023 << 20;
	return word[0];
}
function portableExp(x) {
	if (!(x <= 709.782712893384)) return x * Infinity;
	if (x < -745.1332191019411) return 0;
	const size = Math.abs(x);
	if (size < 3.725290298461914e-9) return 1 + x;
	if (x === 1) return Math.E;
	const k = size < .3465735912322998 ? 0 : Math.trunc(Math.LOG2E * x + (x < 0 ? -.5 : .5));
	const high = x - k * LN2_HIGH;
	const low = k * LN2_LOW;
	const r = high - low;
	const t = r * r;
	const c = r - t * (.16666666666666602 + t * (-.0027777777777015593 + t * (6613756321437934e-20 + t * (-16533902205465252e-22 + t * 4.1381367970572385e-8))));
	const y = 1 - (low - r * c / (2 - c) - high);
	if (k === 1024) return y * 2 * 898846567431158e293;
	return k < -1021 ? y * powerOfTwo(k + 1e3) * 9332636185032189e-317 : y * powerOfTwo(k);
}
// ../core/src/portable-log.ts
function portableLog(x) {
	word[0] = x;
	const bits = halves[HIGH];
	const fraction = bits & 1048575;
	const carry = fraction + 614244 & 1048576;
	halves[HIGH] = fraction | carry ^ 1072693248;
	const k = (bits >> 20) - 1023 + (carry >> 20);
	const f = word[0] - 1;
	if ((1048575 & 2 + fraction) < 3) {
		if (f === 0) return k * LN2_HIGH + k * LN2_LOW;
		const rest = f * f * (.5 - .3333333333333333 * f);
		return k * LN2_HIGH - (rest - k * LN2_LOW - f);
	}
	const s = f / (2 + f);
	const z = s * s;
	const w = z * z;
	const r = z * (.6666666666666735 + w * (.2857142874366239 + w * (.1818357216161805 + w * .14798198605116586))) + w * (.3999999999940942 + w * (.22222198432149784 + w * .15313837699209373));
	if ((fraction - 398458 | 440401 - fraction) > 0) {
		const half = .5 * f * f;
		return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
	}
	return k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}
// ../core/src/calibration/logit.ts
var nearest = 1e-7;
function logit(probability) {
	const p = Math.min(Math.max(probability, nearest), .9999999);
	return portableLog(p / (1 - p));
}
function sigmoid(z) {
	return z >= 0 ? 1 / (1 + portableExp(-z)) : portableExp(z) / (1 + portableExp(z));
}
// ../core/src/calibration/calibration.ts
var calibrationMethods = ["platt", "isotonic"];
function applyCalibration(maps, answers) {
	const width = maps.length;
	const calibrated = answers.map((answer, place) => valueOf$2(maps[place % width], answer));
	if (width === 1) return calibrated;
	for (let start = 0; start < calibrated.length; start += width) {
		let sum = 0;
		for (let place = start; place < start + width; place++) sum += calibrated[place];
		for (let place = start; place < start + width; place++) calibrated[place] = calibrated[place] / sum;
	}
	return calibrated;
}
var certain = 1e-12;
function valueOf$2(map, answer) {
	if (map.kind === "isotonic") return between$1(map, answer);
	return Math.min(Math.max(sigmoid(map.slope * logit(answer) + map.intercept), certain), .999999999999);
}
function between$1({ at, gives }, answer) {
	if (!(answer > at[0])) return gives[0];
	let [low, high] = [0, at.length];
	while (high - low > 1) {
		const middle = low + high >> 1;
		if (at[middle] <= answer) low = middle;
		else high = middle;
	}
	if (low === at.length - 1) return gives[low];
	const share = (answer - at[low]) / (at[low + 1] - at[low]);
	return Math.min(gives[low] + share * (gives[low + 1] - gives[low]), gives[low + 1]);
}
// ../core/src/digest/canonical-json.ts
function canonicalJson(value, indent = 0) {
	return JSON.stringify(sorted(value), null, indent);
}
function sorted(value) {
	if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
	if (value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) return value.map(sorted);
	const entries = Object.entries(value);
	return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1).map(([key, item]) => [key, sorted(item)]));
}
// ../core/src/spec/slice-name.ts
function sliceName(slice) {
	return typeof slice === "string" ? slice : slice.join(" × ");
}
// ../core/src/features/date-part.ts
var dateParts = [
	"month",
	"dayOfWeek",
	"hour"
];
function datePart(part, instant) {
	switch (part) {
		case "month": return Math.abs(instant) <= LAST_INSTANT ? monthOf$1(Math.floor(instant / DAY$1)) : NaN;
		case "dayOfWeek": return ((Math.floor(instant / DAY$1) + 3) % 7 + 7) % 7 + 1;
		case "hour": return Math.floor((instant - Math.floor(instant / DAY$1) * DAY$1) / HOUR);
	}
}
var LAST_INSTANT = 864e13;
var FIRST_OF_MARCH = -719468;
var DAYS_OF_ERA = 146097;
function monthOf$1(day) {
	const count = day - FIRST_OF_MARCH;
	const dayOfEra = count - Math.floor(count / DAYS_OF_ERA) * DAYS_OF_ERA;
	const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
	const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
	return monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
}
// ../core/src/learners/read-answers.ts
var tolerance$1 = .001;
var single = "prediction";
function readAnswers(text, { task, classes }, rows) {
	const names = task === "multiclass" ? classes.map(String) : [single];
	const lines = linesOf(text);
	const header = cellsOf(lines.next().value ?? "");
	const places = names.map((name) => header.indexOf(name));
	if (places.includes(-1) || header.length !== names.length) return unreadable$1(`has the columns ${header.map(short).join(", ")} in place of ${names.map(short).join(", ")}`);
	const width = names.length;
	const values = new Float64Array(rows * width);
	let row = 0;
	for (const line of lines) {
		if (row === rows) return {
			outcome: "wrong-row-count",
			what: `predicted ${rows + (1 + [...lines].length)} rows of ${rows}`
		};
		const cells = width === 1 ? [line] : line.split(",");
		if (cells.length !== width) return unreadable$1(`has ${cells.length} values in row ${row + 1}, expected ${width}`);
		for (const [i, place] of places.entries()) {
			const cell = cells[place].trim();
			const value = numberOf$2(cell);
			if (value === null) return unreadable$1(`has ${short(cell)} in row ${row + 1}, which is not a number`);
			if (!Number.isFinite(value)) return {
				outcome: "not-finite",
				what: `predicted ${cell || "nothing"} in row ${row + 1}`
			};
			values[row * width + i] = value;
		}
		row++;
	}
	if (row !== rows) return {
		outcome: "wrong-row-count",
		what: `predicted ${row} rows of ${rows}`
	};
	return task === "regression" ? { values } : checkProbabilities(values, width);
}
function checkAnswers(values, width) {
	const odd = values.findIndex((value) => !Number.isFinite(value));
	if (odd >= 0) return {
		outcome: "not-finite",
		what: `predicted ${values[odd]} in row ${Math.floor(odd / (width ?? 1)) + 1}`
	};
	return width === null ? { values } : checkProbabilities(values, width);
}
function checkProbabilities(values, width) {
	const wrong = values.findIndex((value) => value < 0 || value > 1);
	if (wrong >= 0) {
		const row = Math.floor(wrong / width) + 1;
		return {
			outcome: "out-of-range",
			what: `predicted a probability of ${values[wrong]} in row ${row}`
		};
	}
	if (width === 1) return { values };
	for (let start = 0; start < values.length; start += width) {
		let sum = 0;
		for (let i = start; i < start + width; i++) sum += values[i];
		if (Math.abs(sum - 1) > tolerance$1) return {
			outcome: "not-summing",
			what: `predicted probabilities that add up to ${sum} in row ${start / width + 1}`
		};
		for (let i = start; i < start + width; i++) values[i] = values[i] / sum;
	}
	return { values };
}
var unreadable$1 = (what) => ({
	outcome: "predictions-unreadable",
	what: `wrote predictions that cannot be read: the file ${what}`
});
var plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
var notFinite = /^(?:|[+-]?(?:nan|inf|infinity)|null|none|na)$/i;
function numberOf$2(cell) {
	if (plainNumber.test(cell)) return Number(cell);
	return notFinite.test(cell) ? NaN : null;
}
function* linesOf(text) {
	let start = text.startsWith("﻿") ? 1 : 0;
	while (start < text.length) {
		const found = text.indexOf("\n", start);
		const end = found < 0 ? text.length : found;
		yield text.endsWith("\r", end) ? text.slice(start, end - 1) : text.slice(start, end);
		start = end + 1;
	}
}
function cellsOf(line) {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quotedText, plainText]) => (quotedText?.replaceAll("\"\"", "\"") ?? plainText ?? "").trim());
}
var short = (text) => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
// ../core/src/spec/file-columns.ts
function fileColumnsOf({ schema, ofTable }) {
	if (ofTable !== void 0) return [];
	return schema.fields.filter(({ type }) => type === "file").map(({ name, from, folder, missingValues }) => ({
		name,
		raw: from ?? name,
		folder: folder ?? null,
		missingValues: missingValues ?? schema.missingValues
	}));
}
var longestPath = 4096;
var control = /\p{Cc}|\p{Surrogate}/u;
function filePlace(text, folder) {
	if (text.length > longestPath) return { problem: `is longer than ${longestPath} characters` };
	const found = control.exec(text);
	if (found !== null) return { problem: `contains the control character U+${found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` };
	if (/^(?:[a-z]:[\\/]|[\\/]|~)/i.test(text)) return { problem: "is absolute" };
	if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return { problem: "is an address; files of a column must lie in the repository" };
	if (text.includes("\\")) return { problem: "contains a backslash; write / between folders" };
	const parts = folder === "." ? [] : folder.split("/").filter((part) => part !== "" && part !== ".");
	for (const part of text.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return { problem: "leaves the repository" };
	}
	if (parts.some((part) => part.toLowerCase() === ".git")) return { problem: "leads into .git" };
	if (parts.length === 0 || text.endsWith("/")) return { problem: "is a folder" };
	return { path: parts.join("/") };
}
function contentName(sha256, path) {
	const ending = /\.([a-z0-9]{1,10})$/i.exec(path)?.[1]?.toLowerCase();
	return ending === void 0 ? sha256 : `${sha256}.${ending}`;
}
// ../core/src/spec/further-table.ts
var viewFile = (name) => `feature-views/${name}.sql`;
function asOwnRows({ name, sources, schema, checks }, manifest) {
	const { limits, sensitive, checks: own } = manifest;
	return {
		sources,
		schema,
		checks: {
			...checks,
			accept: [],
			escalateAfter: own.escalateAfter
		},
		limits,
		sensitive,
		ofTable: name
	};
}
// ../core/src/spec/manifest-path.ts
var manifestPath = (dataset) => `data-manifests/${dataset}.yaml`;
// ../refit/src/sha256.ts
function sha256(content) {
	return (0, node_crypto.createHash)("sha256").update(content).digest("hex");
}
function blobId(bytes, like) {
	return (0, node_crypto.createHash)(like.length === 40 ? "sha1" : "sha256").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
// ../refit/src/sealed-json.ts
function jsonOrNull(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
function sealJson(value) {
	const text = JSON.stringify(value);
	return `${sha256(text)}\n${text}`;
}
function openSealedJson(sealed) {
	const end = sealed.indexOf("\n");
	const text = sealed.slice(end + 1);
	return end !== -1 && sealed.slice(0, end) === sha256(text) ? { value: JSON.parse(text) } : null;
}
// ../refit/src/version.ts
var version$1 = "0.1.0";
// ../refit/src/text.ts
var decoder = new TextDecoder();
var encoder = new TextEncoder();
function decodeText(bytes) {
	return decoder.decode(bytes);
}
function encodeText(text) {
	return encoder.encode(text);
}
function harmless$1(text) {
	return text.replace(moving, asJson$1).replace(commanding, asJson$1);
}
var asJson$1 = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
var moving = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
var commanding = /(?<=^\s*):(?=:)|#(?=#\[)/gm;
// ../refit/src/adapters/git/shared-heads.ts
var ours = "refit-";
function headsHere(refs, { remote, baseBranch }) {
	return headsIn([...refs].map(([ref, id]) => [id, ref]), `refs/remotes/${remote}/`, baseBranch);
}
async function headsThere(git, { remote, baseBranch }) {
	const under = "refs/heads/";
	const args = [
		"ls-remote",
		remote,
		`${under}${baseBranch}`,
		`${under}${ours}*`
	];
	const { exitCode, stdout } = await git.attempt(args, { env: await git.networkEnv(remote) });
	if (exitCode !== 0) return null;
	return headsIn(stdout.toString().split("\n").map((line) => line.split("	")), under, baseBranch);
}
function headsIn(refs, under, baseBranch) {
	return refs.flatMap(([id, ref = ""]) => {
		const branch = ref.startsWith(under) ? ref.slice(under.length) : null;
		return branch !== null && (branch === baseBranch || branch.startsWith(ours)) ? [`${id} ${branch}`] : [];
	}).sort();
}
// ../refit/src/adapters/disk/quiet-runs.ts
var RACY = 2e3;
var MOST_PATHS = 5e4;
async function recallQuietRun(folder, models, open) {
	const commonDir = gitFolder(folder);
	const stamp = commonDir === null ? null : readStamp(stampFile(commonDir));
	if (stamp === null || JSON.stringify(stamp.models) !== JSON.stringify(models)) return null;
	if (!Object.entries(stamp.seen).every(([file, then]) => statsOf(file) === then)) return null;
	return stamp.shared === null || await isStillShared(stamp.shared, await open()) ? stamp : null;
}
async function isStillShared(then, { git, publishes }) {
	if (publishes !== then.publishes) return false;
	return JSON.stringify(await headsThere(git, then)) === JSON.stringify(then.heads);
}
var noQuietRuns = { remember: async () => {} };
function quietRuns(folder, { files, startedAt, publishes }) {
	const commonDir = gitFolder(folder);
	return { async remember({ baseBranch, remote, sharedHeads: heads = [] }, run, watched) {
		if (commonDir === null || isUnsure(commonDir, remote)) return;
		const paths = [...gitPaths(commonDir), ...watched];
		if (paths.length > MOST_PATHS) return;
		const seen = {};
		for (const file of paths) {
			const stat = lookAt$1(file);
			if (stat !== null && changedAt$1(stat) >= startedAt - RACY) return;
			seen[file] = described$1(stat);
		}
		const shared = remote === null ? null : {
			baseBranch,
			remote,
			heads,
			publishes
		};
		const stamp = encodeText(sealJson({
			version: version$1,
			...run,
			seen,
			shared
		}));
		await files.write(stampFile(commonDir), stamp, { lasting: false }).catch(() => {});
	} };
}
var stampFile = (commonDir) => node_path.default.join(commonDir, "refit", "cache", "quiet-run.json");
function gitFolder(folder) {
	for (let at = folder;; at = node_path.default.dirname(at)) {
		const found = (0, node_fs.lstatSync)(node_path.default.join(at, ".git"), { throwIfNoEntry: false });
		if (found !== void 0) return found.isDirectory() ? node_path.default.join(at, ".git") : null;
		if (node_path.default.dirname(at) === at) return null;
	}
}
function readStamp(file) {
	if (statsOf(file) === "absent") return null;
	const stamp = openSealedJson(textOf$4(file))?.value;
	return stamp?.version === "0.1.0" ? stamp : null;
}
function textOf$4(file) {
	try {
		return (0, node_fs.readFileSync)(file, "utf8");
	} catch {
		return "";
	}
}
function gitPaths(commonDir) {
	return [...[
		"HEAD",
		"config",
		"packed-refs",
		"packed-refs.lock",
		"info/exclude",
		"refit/proposals",
		"refit/rollbacks",
		"refit/alerts"
	].map((name) => node_path.default.join(commonDir, name)), ...below$1(node_path.default.join(commonDir, "refs"))];
}
function below$1(folder) {
	return [folder, ...(0, node_fs.readdirSync)(folder, {
		withFileTypes: true,
		recursive: true
	}).map((entry) => node_path.default.join(entry.parentPath, entry.name))];
}
function isUnsure(commonDir, remote) {
	const config = (0, node_fs.readFileSync)(node_path.default.join(commonDir, "config"), "utf8");
	return /^\s*\[\s*include/im.test(config) || remote === null && /^\s*\[\s*remote/im.test(config);
}
var statsOf = (file) => described$1(lookAt$1(file));
function described$1(stat) {
	return stat === null ? "absent" : `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
}
var changedAt$1 = ({ mtimeMs, ctimeMs }) => Math.max(Number(mtimeMs), Number(ctimeMs));
function lookAt$1(file) {
	try {
		return (0, node_fs.lstatSync)(file, { bigint: true });
	} catch {
		return null;
	}
}
// ../refit/src/adapters/git/remotes.ts
async function readRemotes(git) {
	const config = await git.config();
	const ofRemotes = config.keys.filter((key) => key.startsWith("remote.") && key.endsWith(".url"));
	return new Map(ofRemotes.map((key) => [key.slice(7, -4), config.all(key)[0]]));
}
function sharedRemote(remotes) {
	if (remotes.has("origin")) return "origin";
	const [only = null] = remotes.size === 1 ? remotes.keys() : [];
	return only;
}
// ../refit/src/adapters/forges/lazy-forge.ts
function lazyForge(face, load) {
	let loading = null;
	const loaded = () => loading ??= load();
	return {
		forge: {
			...face,
			proposal: async (...args) => (await loaded()).forge.proposal(...args),
			ensureProposal: async (...args) => (await loaded()).forge.ensureProposal(...args),
			ensureRemark: async (...args) => (await loaded()).forge.ensureRemark(...args),
			ensureAlert: async (...args) => (await loaded()).forge.ensureAlert(...args),
			ensureCheck: async (...args) => (await loaded()).forge.ensureCheck(...args)
		},
		publisher: {
			ensureRelease: async (...args) => (await loaded()).publisher.ensureRelease(...args),
			ensureDeployment: async (...args) => (await loaded()).publisher.ensureDeployment(...args)
		},
		settings: { diagnose: async (...args) => (await loaded()).settings.diagnose(...args) }
	};
}
// ../refit/src/adapters/forges/github/limits.ts
var limits$1 = {
	warnFileMiB: 50,
	mostFileMiB: 100,
	rule: "GitHub warns above 50 MiB and refuses files above 100 MiB"
};
var mostCharacters = 6e4;
var longestSummary = 6e4;
// ../refit/src/adapters/forges/github/pipelines/index.ts
var githubPipelines = {
	kinds: [
		"simple",
		"hardened",
		"matrix",
		"candidates",
		"nx"
	],
	attesting: [
		"hardened",
		"matrix",
		"candidates"
	],
	async files(request) {
		const { workflowFiles } = await Promise.resolve().then(() => workflows_exports);
		return workflowFiles(request);
	},
	setup: "On GitHub, turn on Settings → Actions → General → \"Allow GitHub Actions to create and approve pull requests\".",
	unknownAction: {
		action: `_OWNER_/refit@${"0".repeat(40)}`,
		sentence: "In .github/workflows/refit.yml, replace _OWNER_ with the owner of the repository that you use refit from, and the zeros with a commit of it: `git ls-remote https://github.com/OWNER/refit HEAD` prints the newest one."
	},
	unpinned(action) {
		const [, repository, ref] = /^([^/]+\/[^/@]+)[^@]*@(.+)$/.exec(action) ?? [];
		if (repository === void 0 || /^[0-9a-f]{40}$/.test(ref)) return null;
		return `Whoever can move ${ref} in ${repository} decides what runs with this repository's token: pin the action to a commit, as ${action.replace(/@.*/, "")}@COMMIT # ${ref}; \`git ls-remote https://github.com/${repository} ${ref} "${ref}^{}"\` prints it, in its last line.`;
	}
};
// ../refit/src/adapters/forges/github/pages.ts
function githubPages(home) {
	const path = (file) => file.split("/").map(encodeURIComponent).join("/");
	return {
		home,
		commit: (id) => `${home}/commit/${id}`,
		tree: (commit, folder) => `${home}/tree/${commit}/${path(folder)}`,
		content: (commit, file) => `${home}/raw/${commit}/${path(file)}`,
		release: (tag) => `${home}/releases/tag/${encodeURIComponent(tag)}`,
		pullRequest(subject) {
			const [, merged, squashed] = /^Merge pull request #(\d+) |\(#(\d+)\)$/.exec(subject) ?? [];
			const number = merged ?? squashed;
			return number === void 0 ? null : `${home}/pull/${number}`;
		}
	};
}
// ../refit/src/adapters/forges/github/settings.ts
var settings_exports = require_rolldown_runtime.__exportAll({
	githubSettings: () => githubSettings,
	pullRequestOf: () => pullRequestOf,
	repositoryAt: () => repositoryAt,
	serverUrl: () => serverUrl,
	tokenOf: () => tokenOf,
	withRepository: () => withRepository
});
function githubSettings(env) {
	const token = tokenOf(env);
	if (token === null) throw new TokenMissingError();
	const repository = env["GITHUB_REPOSITORY"] || void 0;
	const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository ?? "") ?? [];
	if (owner === void 0 || repo === void 0) throw new ForgeRepositoryUnknownError(repository);
	const id = Number(env["GITHUB_RUN_ID"]);
	return {
		apiUrl: withoutSlash(env["GITHUB_API_URL"] || apiOf(serverUrl(env))),
		serverUrl: serverUrl(env),
		owner,
		repo,
		token,
		run: Number.isSafeInteger(id) && id > 0 ? {
			id,
			attempt: Number(env["GITHUB_RUN_ATTEMPT"]) || 1
		} : null,
		pullRequest: pullRequestOf(env)
	};
}
var tokenOf = (env) => env["REFIT_TOKEN"] || env["GITHUB_TOKEN"] || null;
function serverUrl(env) {
	return withoutSlash(env["GITHUB_SERVER_URL"] || "https://github.com");
}
var apiOf = (server) => server === "https://github.com" ? "https://api.github.com" : `${server}/api/v3`;
function repositoryAt(address, env) {
	const [, host, path] = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/i.exec(address) ?? /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)(.+)$/.exec(address) ?? [];
	const server = new URL(serverUrl(env));
	if (host === void 0 || path === void 0) return null;
	const isThere = [server.host, server.hostname].includes(host.toLowerCase()) || host.replace(/:\d+$/, "") === server.hostname;
	const name = path.replace(/\/+$/, "").replace(/\.git$/, "");
	return isThere && /^[\w.-]+\/[\w.-]+$/.test(name) ? name : null;
}
async function withRepository(git, env) {
	if (env["GITHUB_REPOSITORY"]) return env;
	const remotes = await readRemotes(git);
	const name = sharedRemote(remotes);
	const repository = name === null ? null : repositoryAt(remotes.get(name), env);
	return repository === null ? env : {
		...env,
		GITHUB_REPOSITORY: repository
	};
}
function pullRequestOf(env) {
	const file = env["GITHUB_EVENT_PATH"];
	const name = env["GITHUB_EVENT_NAME"] ?? "";
	if (!file || !eventsOfCommits.test(name)) return null;
	const event = JSON.parse((0, node_fs.readFileSync)(file, "utf8"));
	const repository = env["GITHUB_REPOSITORY"];
	const { head, from } = commitOf(name, event);
	if (typeof head !== "string") return {
		head: env["GITHUB_SHA"] ?? "",
		fromFork: true
	};
	return {
		head,
		fromFork: name !== "merge_group" && from !== repository
	};
}
var eventsOfCommits = /^(?:pull_request(?:_target|_review|_review_comment)?|merge_group|workflow_run)$/;
function commitOf(name, event) {
	if (name === "merge_group") return {
		head: event.merge_group?.head_sha,
		from: void 0
	};
	if (name === "workflow_run") {
		const { head_sha: head, head_repository: from } = event.workflow_run ?? {};
		return {
			head,
			from: from?.full_name
		};
	}
	const head = event.pull_request?.head;
	return {
		head: head?.sha,
		from: head?.repo?.full_name
	};
}
var withoutSlash = (url) => url.replace(/\/+$/, "");
// ../refit/src/adapters/forges/github/index.ts
var github = {
	name: "github",
	title: "GitHub",
	about: "",
	where: "in GitHub Actions",
	detect: (env) => env["GITHUB_ACTIONS"] === "true",
	serves(address, env) {
		if (repositoryAt(address, env) === null) return null;
		return { missing: tokenOf(env) === null ? "there is no token in GITHUB_TOKEN or REFIT_TOKEN" : null };
	},
	pages(address, env) {
		const repository = repositoryAt(address, env);
		return repository === null ? null : githubPages(`${serverUrl(env)}/${repository}`);
	},
	onServer: true,
	limits: limits$1,
	async gitSettings(process, env) {
		const { gitSettings } = await Promise.resolve().then(() => git_settings_exports);
		return gitSettings(process, await withRepository(process, env));
	},
	open: (parts) => lazyForge({
		name: "github",
		limits: limits$1,
		pullRequest: pullRequestOf(parts.env)
	}, async () => {
		const [{ githubForge }, { githubSettings }] = await Promise.all([Promise.resolve().then(() => require("./github.cjs")).then((n) => n.forge_exports), Promise.resolve().then(() => settings_exports)]);
		const { process, git, notice, patience } = parts;
		return githubForge({
			settings: githubSettings(await withRepository(process, parts.env)),
			process,
			git,
			notice,
			...patience && { patience }
		});
	}),
	pipelines: githubPipelines,
	async diagnose(git, repository) {
		const { diagnoseFiles } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.diagnose_files_exports);
		return diagnoseFiles(git, repository);
	}
};
// ../refit/src/adapters/forges/local/index.ts
var limits = {
	warnFileMiB: 50,
	mostFileMiB: 100,
	rule: "most git hosts warn above 50 MiB and refuse files above 100 MiB"
};
var local = {
	name: "local",
	title: "this clone",
	about: "branches and files in this repository",
	where: "",
	detect: () => true,
	serves: () => null,
	pages: () => null,
	onServer: false,
	limits,
	gitSettings: async () => ({
		credentials: {},
		author: {}
	}),
	open: ({ process, git, files, publishes }) => lazyForge({
		name: "local",
		limits,
		pullRequest: null
	}, async () => {
		const { localForge, noSettings, nowhere } = await Promise.resolve().then(() => forge_exports);
		return {
			forge: localForge(process, git, {
				files,
				publishes
			}),
			publisher: nowhere,
			settings: noSettings
		};
	}),
	pipelines: null,
	diagnose: async () => []
};
// ../refit/src/adapters/forges/index.ts
var forges = [github, local];
function forgeFor(name, env) {
	if (name === null) return forges.find((forge) => forge.detect(env)) ?? local;
	const found = forges.find((forge) => forge.name === name);
	if (found !== void 0) return found;
	const names = forges.map((forge) => forge.name);
	const near = nearest$1(name, names);
	const meant = near === void 0 ? "" : ` Did you mean "${near}"?`;
	throw new UsageError(`There is no forge ${JSON.stringify(name)}.${meant}`, `--forge ${names.join("|")}`);
}
function inPipeline(env) {
	return forgeFor(null, env).onServer;
}
function forgeServing(address, env) {
	for (const forge of forges) {
		const served = forge.serves(address, env);
		if (served !== null) return {
			forge,
			missing: served.missing
		};
	}
	return null;
}
var defaults = forges.map(({ name, where }) => where === "" ? `else ${name}` : `${name} ${where}`);
var forgeHelp = `where proposals are kept: ${forges.map(({ name, about }) => about === "" ? name : `${name} (${about})`).join(", or ")}; default: ${defaults.join(", ")}`;
function pagesOf(git, env) {
	return { async find() {
		const remotes = await readRemotes(git);
		const remote = sharedRemote(remotes);
		if (remote === null) return null;
		return forges.map((forge) => forge.pages(remotes.get(remote), env)).find((pages) => pages !== null) ?? null;
	} };
}
function pipelinesOf(git) {
	return {
		templates: new Map(forges.flatMap(({ name, pipelines }) => pipelines === null ? [] : [[name, pipelines]])),
		async diagnose(repository) {
			return (await Promise.all(forges.map((forge) => forge.diagnose(git, repository)))).flat();
		}
	};
}
// ../refit/src/commands/help.ts
var commonOptions = {
	help: {
		type: "boolean",
		short: "h"
	},
	directory: {
		type: "string",
		short: "C"
	},
	base: { type: "string" },
	now: { type: "string" },
	forge: { type: "string" }
};
var commonHelp = {
	help: "show this help",
	directory: "run in this folder",
	base: "name of the base branch; default: the remote's default branch, else main or master",
	now: "use this ISO 8601 time as the current time, for replays"
};
function helpOf(command, forge) {
	const rows = Object.entries({
		...command.optionHelp,
		...commonHelp,
		forge,
		...command.optionHelp
	});
	const width = Math.max(...rows.map(([option]) => option.length));
	const lines = rows.map(([option, help]) => `  --${option.padEnd(width)}  ${help}`);
	return [
		command.usage,
		"",
		command.summary,
		"",
		"Options:",
		...lines
	].join("\n");
}
// ../refit/src/commands/index.ts
var commands$1 = {
	init: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.init_exports),
	run: () => Promise.resolve().then(() => run_exports),
	affected: () => Promise.resolve().then(() => affected_exports$1),
	plan: () => Promise.resolve().then(() => plan_exports),
	train: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.train_exports),
	choose: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.choose_exports),
	status: () => Promise.resolve().then(() => status_exports),
	log: () => Promise.resolve().then(() => log_exports),
	show: () => Promise.resolve().then(() => show_exports),
	diff: () => Promise.resolve().then(() => diff_exports),
	check: () => Promise.resolve().then(() => check_exports),
	probes: () => Promise.resolve().then(() => probes_exports),
	features: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.features_exports),
	predict: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.predict_exports),
	serve: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.serve_exports),
	verify: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.verify_exports),
	reproduce: () => Promise.resolve().then(() => reproduce_exports),
	promote: () => Promise.resolve().then(() => promote_exports),
	export: () => Promise.resolve().then(() => export_exports),
	sign: () => Promise.resolve().then(() => sign_exports),
	"verify-signature": () => Promise.resolve().then(() => verify_signature_exports$1),
	import: () => Promise.resolve().then(() => import_exports),
	rollback: () => Promise.resolve().then(() => rollback_exports),
	reject: () => Promise.resolve().then(() => reject_exports),
	accept: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.accept_exports),
	backtest: () => Promise.resolve().then(() => backtest_exports),
	drift: () => Promise.resolve().then(() => drift_exports),
	cache: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.cache_exports),
	doctor: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.doctor_exports),
	schema: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.schema_exports)
};
// ../refit/src/print-error.ts
function printError(thrown, json) {
	const error = systemRefusal(thrown) ?? thrown;
	const known = error instanceof RefitError;
	if (json) {
		const { code, message, hint } = known ? error : {
			code: "bug",
			message: redact(String(error)),
			hint: bugHint
		};
		process.stdout.write(`${harmless$1(JSON.stringify({ error: {
			code,
			message,
			hint
		} }))}\n`);
	} else if (known) {
		const page = docsPage(`errors/${error.code}.md`);
		process.stderr.write(harmless$1(`error: ${error.message}\n  ${error.hint}\n  More about ${error.code}: ${page}\n`));
	} else {
		const stack = error instanceof Error ? error.stack ?? error.message : String(error);
		process.stderr.write(harmless$1(`refit has a bug: ${redact(stack)}\n  ${bugHint}\n`));
	}
	return known ? 2 : 1;
}
var bugHint = "Please report it with the lines above. It is safe to run the command again.";
// ../core/src/json-checks.ts
function fits(expected, isFit) {
	return (value) => isFit(value) ? void 0 : ["", expected];
}
var text = (value) => typeof value === "string" ? void 0 : ["", "a text"];
function wordOf(...words) {
	return fits(`one of ${words.join(", ")}`, (value) => words.includes(value));
}
function finite$2(least = -Number.MAX_VALUE, most = Number.MAX_VALUE) {
	return inRange("a number", (value) => typeof value === "number", least, most);
}
function integer(least, most) {
	return inRange("a whole number", Number.isInteger, least, most);
}
function inRange(expected, isOfKind, least, most) {
	return fits(expected + (most < Number.MAX_VALUE ? ` from ${least} to ${most}` : least === 0 ? " of at least 0" : ""), (value) => isOfKind(value) && value >= least && value <= most);
}
function list(item, length) {
	return (value) => {
		if (!Array.isArray(value)) return ["", "a list"];
		if (value.length !== (length ?? value.length)) return ["", `a list of ${length} items, not ${value.length}`];
		for (let index = 0; index < value.length; index++) {
			const misfit = item(value[index], index);
			if (misfit) return [`[${index}]${misfit[0]}`, misfit[1]];
		}
	};
}
function fields(checks) {
	return (value) => {
		for (const key of Object.keys(checks)) {
			const misfit = checks[key](Object(value)[key], 0);
			if (misfit) return [`.${key}${misfit[0]}`, misfit[1]];
		}
	};
}
function exactly$1(checks) {
	const keys = Object.keys(checks);
	return (value) => {
		const found = Object.keys(Object(value));
		return found.length === keys.length && found.every((key) => Object.hasOwn(checks, key)) ? fields(checks)(value, 0) : ["", `an object with exactly the keys ${keys.join(", ")}`];
	};
}
function requireFit(file, value, check) {
	const misfit = check(value, 0);
	if (misfit) throw new ArtifactInvalidError(file, misfit[0].replace(/^\./, ""), misfit[1]);
}
function readJson(file, bytes, newest, check) {
	let value;
	try {
		value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		throw new ArtifactInvalidError(file, "", bytes ? "JSON text in UTF-8" : "this file to exist", { cause });
	}
	refuseNewer(file, value, newest);
	requireFit(file, value, check);
	return value;
}
// ../core/src/calibration/calibrated-predictor.ts
var CALIBRATION_FILE = "calibration.json";
async function loadCalibrated(files, load) {
	if (!files.has("calibration.json")) return load(files);
	const { calibratedPredictor } = await Promise.resolve().then(() => calibrated_exports);
	return calibratedPredictor(files, await load(withoutCalibration(files)));
}
function withoutCalibration(files) {
	return new Map([...files].filter(([file]) => file !== CALIBRATION_FILE));
}
// ../core/src/calibration/calibration-file.ts
var FORMAT = 1;
function calibrationText({ method, maps }) {
	return `${canonicalJson({
		format: FORMAT,
		method,
		maps: maps.map((map) => ({ ...map }))
	})}\n`;
}
function readCalibration(files) {
	const bytes = files.get(CALIBRATION_FILE);
	if (bytes === void 0) return null;
	const { method, maps } = readJson(CALIBRATION_FILE, bytes, FORMAT, calibrationCheck);
	return {
		method,
		maps
	};
}
var calibrationCheck = (value) => {
	const { method } = Object(value);
	const maps = list(method === "platt" ? plattCheck : isotonicCheck);
	return fields({
		method: wordOf(...calibrationMethods),
		maps: (given) => maps(given, 0) ?? (given.length > 0 ? void 0 : ["", "a map"])
	})(value, 0);
};
var plattCheck = (map) => fields({
	kind: wordOf("platt"),
	slope: finite$2(0),
	intercept: finite$2()
})(map, 0);
var isotonicCheck = (map) => {
	const { at, gives } = Object(map);
	const isRising = () => at.length > 0 && at.every((answer, i) => gives[i] > 0 && gives[i] < 1 && (i === 0 || answer > at[i - 1] && gives[i] >= gives[i - 1]));
	return fields({
		kind: wordOf("isotonic"),
		at: list(finite$2()),
		gives: (given) => list(finite$2(), at.length)(given, 0)
	})(map, 0) ?? (isRising() ? void 0 : ["", "a rising map"]);
};
// ../core/src/calibration/calibrated.ts
var calibrated_exports = require_rolldown_runtime.__exportAll({ calibratedPredictor: () => calibratedPredictor });
function calibratedPredictor(files, predictor) {
	const { maps } = readCalibration(files);
	return {
		...predictor.reads && { reads: predictor.reads },
		...predictor.starts && { starts: predictor.starts },
		predict(features) {
			const answers = predictor.predict(features);
			if (answers instanceof Promise) return answers.then((each) => applyCalibration(maps, each));
			return applyCalibration(maps, answers);
		}
	};
}
// ../core/src/serving/input-problems.ts
var input_problems_exports = require_rolldown_runtime.__exportAll({ inputInvalid: () => inputInvalid });
var expectations = {
	string: "a text or null",
	number: "a number or null",
	integer: "a number or null",
	boolean: "true, false or null",
	date: "a date such as 2026-11-28, or null",
	datetime: "a time such as 2026-11-28T06:00:00Z, or null"
};
function inputInvalid(inputs, given, refused, count) {
	const read = new Set(inputs.map(({ name }) => name));
	const othersOf = (row) => Object.keys(Object(Array.isArray(given) ? given[row] : given)).filter((name) => !read.has(name));
	const problems = refused.map((each) => problemOf$2(each, othersOf(each.row)));
	return new InputInvalidError(problems, count - problems.length);
}
function problemOf$2({ input: { name, type }, row, value }, others) {
	const about = {
		row,
		column: name,
		expected: expectations[type]
	};
	if (value === void 0) return {
		...about,
		found: null,
		nearest: nearest$1(name, others) ?? null
	};
	const isOther = typeof value === "string" && (type === "date" || type === "datetime");
	return {
		...about,
		found: isOther ? "another text" : kindOf$1(value),
		nearest: null
	};
}
function kindOf$1(value) {
	if (typeof value === "string") return "a text";
	return Array.isArray(value) ? "a list" : `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
// ../refit/src/adapters/duckdb/duckdb.ts
function duckdb() {
	return (0, node_module.createRequire)(require("url").pathToFileURL(__filename).href)("@duckdb/node-api");
}
// ../refit/src/adapters/duckdb/planned-statement.ts
var interruptMilliseconds = 50;
function plannedStatement(connection, statement, inTurn) {
	const run = async (texts) => {
		for (const [i, text] of texts.entries()) if (text === null) statement.bindNull(i + 1);
		else statement.bindVarchar(i + 1, text);
		return (await statement.run()).fetchAllChunks();
	};
	return { run: (texts, until) => inTurn(async () => {
		const left = until - performance.now();
		if (left <= 0) return null;
		let again;
		const timer = setTimeout(() => {
			again = setInterval(() => connection.interrupt(), interruptMilliseconds);
			connection.interrupt();
		}, left);
		try {
			return await run(texts);
		} catch (error) {
			if (again !== void 0) return null;
			throw error;
		} finally {
			clearTimeout(timer);
			clearInterval(again);
		}
	}) };
}
// ../refit/src/adapters/machine.ts
var SHARED_BY = "REFIT_SHARED_BY";
var MIB$1 = 1048576;
var leastMiB$1 = 64;
function threadsHere() {
	return Math.max(1, Math.floor((0, node_os.availableParallelism)() / sharers()));
}
function machineMemoryMiB() {
	const whole = (0, node_os.totalmem)();
	const constrained = process.constrainedMemory();
	return Math.floor((constrained > 0 ? Math.min(whole, constrained) : whole) / MIB$1 / sharers());
}
function partOf(memoryMiB) {
	return sharers() === 1 ? memoryMiB : Math.max(leastMiB$1, Math.floor(memoryMiB / sharers()));
}
function sharers() {
	const count = Number(process.env[SHARED_BY]);
	return count >= 1 ? count : 1;
}
// ../refit/src/adapters/duckdb/session-memory.ts
var leastMiB = 400;
var usual = 1 / 4;
var most = 1 / 2;
function usualMemoryMiB(machineMiB, columns) {
	const needed = leastMiB + 60 * Math.ceil(columns / 100);
	return Math.max(leastMiB, Math.floor(machineMiB * usual), Math.min(needed, Math.floor(machineMiB * most)));
}
// ../refit/src/adapters/duckdb/sql-text.ts
function identifier(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
function literal$1(text) {
	return `'${text.replaceAll("'", "''")}'`;
}
function literals(texts) {
	return texts.map(literal$1).join(", ");
}
function inParts(items, size) {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
function alike(items, sql) {
	const groups = new Map();
	for (const item of items) {
		const group = groups.get(sql(item));
		if (group === void 0) groups.set(sql(item), [item]);
		else group.push(item);
	}
	return groups;
}
// ../refit/src/adapters/duckdb/within-limits.ts
var patience = 5e3;
var besidesMiB = 2048;
var MIB = 1048576;
async function withinLimits(connection, seconds, memoryMiB, statements) {
	let again;
	let last;
	const timer = setTimeout(() => {
		again = setInterval(() => connection.interrupt(), 50);
		last = setTimeout(() => fail$1(new DataLimitError("prepareSeconds", seconds)), patience);
	}, seconds * 1e3);
	const before = process.memoryUsage.rss();
	const watch = setInterval(() => {
		if ((process.memoryUsage.rss() - before) / MIB > 2 * memoryMiB() + besidesMiB) fail$1(new DataLimitError("memoryMiB", memoryMiB()));
	}, 100);
	try {
		return await statements();
	} catch (error) {
		throw again === void 0 ? error : new DataLimitError("prepareSeconds", seconds, { cause: error });
	} finally {
		clearTimeout(timer);
		clearInterval(again);
		clearTimeout(last);
		clearInterval(watch);
	}
}
function fail$1(error) {
	throw error;
}
// ../refit/src/adapters/duckdb/session.ts
async function openSession(scratch, limits) {
	const { DuckDBInstance } = duckdb();
	await (0, node_fs_promises.mkdir)(scratch, { recursive: true });
	const machineMiB = machineMemoryMiB();
	let memoryMiB = limits.memoryMiB ?? usualMemoryMiB(machineMiB, 0);
	const instance = await DuckDBInstance.create(":memory:", {
		threads: "1",
		memory_limit: `${memoryMiB}MiB`,
		temp_directory: node_path.default.join(scratch, "spill"),
		autoinstall_known_extensions: "false",
		autoload_known_extensions: "false",
		allow_community_extensions: "false"
	});
	const connection = await instance.connect();
	await connection.run("SET TimeZone = 'UTC'");
	await connection.run(`SET max_temp_directory_size = '${limits.spillMiB}MiB'`);
	let last = Promise.resolve();
	const inTurn = (statement) => {
		const turn = last.then(statement, statement).catch((error) => {
			throw limitReached(error, {
				memoryMiB,
				machineMiB,
				spillMiB: limits.spillMiB
			}) ?? error;
		});
		last = turn;
		return turn;
	};
	return {
		run: (sql) => inTurn(async () => void await connection.run(sql)),
		rows: (sql) => inTurn(async () => (await connection.runAndReadAll(sql)).getRowsJS()),
		eachChunk: (sql, onChunk) => inTurn(async () => {
			for await (const chunk of await connection.stream(sql)) onChunk(chunk);
		}),
		append: (table, columns) => inTurn(() => appendNumbers(connection, table, columns)),
		describe: (sql) => inTurn(async () => {
			const statement = await connection.prepare(sql);
			const columns = Array.from({ length: statement.columnCount }, (_, i) => ({
				name: statement.columnName(i),
				type: String(statement.columnType(i))
			}));
			statement.destroySync();
			return columns;
		}),
		plan: async (sql) => plannedStatement(connection, await inTurn(() => connection.prepare(sql)), inTurn),
		memoryBytes: () => memoryMiB * MIB$1,
		fitColumns: async (columns) => {
			const needed = usualMemoryMiB(machineMiB, columns);
			if (limits.memoryMiB !== void 0 || needed <= memoryMiB) return;
			memoryMiB = needed;
			await inTurn(async () => void await connection.run(`SET memory_limit = '${memoryMiB}MiB'`));
		},
		withinTime: (statements) => withinLimits(connection, limits.prepareSeconds, () => memoryMiB, statements),
		...freedoms(connection, inTurn),
		close: () => inTurn(async () => {
			connection.closeSync();
			instance.closeSync();
			await (0, node_fs_promises.rm)(scratch, {
				recursive: true,
				force: true
			});
		})
	};
}
function freedoms(connection, inTurn) {
	const set = async (setting) => void await connection.run(`SET ${setting}`);
	let locked = false;
	return {
		async onAllThreads(statements) {
			if (locked) return statements();
			await inTurn(() => set(`threads = ${threadsHere()}`));
			try {
				return await statements();
			} finally {
				await inTurn(() => set("threads = 1"));
			}
		},
		lock: (folder) => inTurn(async () => {
			if (locked) return;
			locked = true;
			if (folder !== void 0) await set(`allowed_directories = [${literal$1(folder)}]`);
			await set("enable_external_access = false");
			await set("lock_configuration = true");
		})
	};
}
var chunkRows = 2048;
async function appendNumbers(connection, table, columns) {
	const { DuckDBDataChunk: chunks } = duckdb();
	const appender = await connection.createAppender(table);
	const types = columns.map((_, i) => appender.columnType(i));
	const rows = columns[0]?.length ?? 0;
	for (let first = 0; first < rows; first += chunkRows) {
		const count = Math.min(chunkRows, rows - first);
		const chunk = chunks.create(types, count);
		for (const [i, column] of columns.entries()) chunk.setColumnValues(i, Array.from({ length: count }, (_, row) => column[first + row]));
		appender.appendDataChunk(chunk);
	}
	appender.closeSync();
}
function limitReached(error, { memoryMiB, machineMiB, spillMiB }) {
	const message = error instanceof Error ? error.message : "";
	if (!message.startsWith("Out of Memory Error")) return null;
	return message.includes("max_temp_directory_size") ? new DataLimitError("spillMiB", spillMiB, { cause: error }) : new DataLimitError("memoryMiB", memoryMiB, {
		cause: error,
		machineMiB
	});
}
// ../refit/src/adapters/arrivals/parquet-rows.ts
var parquet_rows_exports = require_rolldown_runtime.__exportAll({
	cutParquet: () => cutParquet,
	parquetTimes: () => parquetTimes
});
function parquetTimes(file, { name, read }, place) {
	return withSession(place, async (session) => {
		const column = (await session.describe(`SELECT * FROM read_parquet(${literal$1(file.localPath)})`)).find((each) => columnNameKey(each.name) === columnNameKey(name));
		if (column === void 0) throw new BacktestTimeError(name, file.path, "it has no such column");
		const isInstant = /^(DATE|TIMESTAMP)/.test(column.type);
		const value = isInstant ? `epoch_ms(CAST(${identifier(column.name)} AS TIMESTAMP))` : `${identifier(column.name)}::VARCHAR`;
		return (await session.rows(`SELECT ${value} FROM ${inOrder$1(file)}`)).map(([at]) => at === null ? null : isInstant ? Number(at) : read(String(at)));
	});
}
function cutParquet(file, rows, place) {
	return withSession(place, async (session) => {
		const target = node_path.default.join(place.scratch, `${(0, node_crypto.randomUUID)()}.parquet`);
		const kept = `file_row_number IN (SELECT unnest([${rows.join(", ")}]::BIGINT[]))`;
		try {
			await session.run(`COPY (SELECT * EXCLUDE (file_row_number) FROM ${inOrder$1(file, kept)}) TO ${literal$1(target)} (FORMAT parquet)`);
			return await (0, node_fs_promises.readFile)(target);
		} finally {
			await (0, node_fs_promises.rm)(target, { force: true });
		}
	});
}
function inOrder$1({ localPath }, where = "true") {
	return `(FROM read_parquet(${literal$1(localPath)}, file_row_number = true) WHERE ${where} ORDER BY file_row_number)`;
}
async function withSession({ limits, scratch }, use) {
	const session = await openSession(node_path.default.join(scratch, `arrivals-${(0, node_crypto.randomUUID)()}`), limits);
	try {
		return await use(session);
	} finally {
		await session.close();
	}
}
// ../core/src/spec/yaml-scalar.ts
function yamlScalar(text) {
	return /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) ? text : yamlQuoted(text);
}
function yamlQuoted(text) {
	return JSON.stringify(text).replace(/[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/gu, (hidden) => Array.from({ length: hidden.length }, (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
}
// ../core/src/data/acceptance.ts
var WHY = "why it is right";
function acceptanceOf(model, { code, severity, column }) {
	if (severity !== "suspect" || column === null) return null;
	const word = shellWord(column);
	const command = word === null ? null : `refit accept ${model} ${code} ${word} --reason "${WHY}"`;
	return {
		yaml: acceptanceEntry({
			column,
			finding: code,
			reason: WHY
		}),
		command
	};
}
function acceptanceEntry({ column, finding, reason }) {
	return `{ column: ${yamlScalar(column)}, finding: ${finding}, reason: ${yamlQuoted(reason)} }`;
}
function findingPage(code) {
	return docsPage(`reference/findings.md#${code}`);
}
function refusalToAccept(code) {
	if (!Object.hasOwn(findingCodes, code)) return "unknown";
	const { severity } = findingCodes[code];
	return severity === "suspect" ? null : severity;
}
function shellWord(text) {
	if (/^[A-Za-z0-9_.][A-Za-z0-9_.-]*$/.test(text)) return text;
	if (text !== plain(text) || /[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/u.test(text) || text.startsWith("-")) return null;
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
// ../core/src/data/accept-suspects.ts
function acceptSuspects(findings, checks) {
	return findings.map((found) => {
		const reason = found.severity === "suspect" ? reasonFor(found, checks) : void 0;
		if (reason === void 0) return found;
		return {
			...found,
			severity: "warning",
			accepted: {
				reason,
				by: null
			}
		};
	});
}
function reasonFor({ column, code }, { accept }) {
	return accept.find((word) => word.column === column && word.finding === code)?.reason;
}
function nameAcceptor(found, history) {
	if (found.accepted === void 0) return found;
	const { reason } = found.accepted;
	const without = history.findIndex(({ checks }) => checks === null || reasonFor(found, checks) !== reason);
	const by = without === 0 ? null : history.at(without === -1 ? -1 : without - 1)?.commit ?? null;
	return {
		...found,
		accepted: {
			reason,
			by
		}
	};
}
// ../core/src/data/altered-intervals.ts
function alteredIntervals(built, now) {
	const here = new Map(now.map((file) => [file.path, file]));
	const newest = new Map();
	for (const { path } of now) {
		const last = newest.get(sourceOf$1(path));
		if (last === void 0 || path > last) newest.set(sourceOf$1(path), path);
	}
	const altered = new Map();
	for (const { path, version } of built) {
		if (version?.["rowHash"] === void 0) continue;
		const source = sourceOf$1(path);
		const how = change(version, here.get(path), path < (newest.get(source) ?? ""));
		if (how !== null) altered.set(source, [...altered.get(source) ?? [], `${intervalIn(path)} (${how})`]);
	}
	return [...altered].map(([source, intervals]) => {
		const rest = intervals.length > mostNamed$2 ? ` and ${intervals.length - mostNamed$2} more` : "";
		const which = `${intervals.slice(0, mostNamed$2).join(", ")}${rest}`;
		const message = `Rows of ${quoted(source)} have changed since the live version was built from them, in intervals that were over: ${which}.`;
		return finding("past-altered", {
			file: source,
			count: intervals.length
		}, message);
	});
}
var mostNamed$2 = 5;
function change(then, now, isPast) {
	if (now?.version === void 0) return isPast ? `${then["rows"]} rows then, none now` : null;
	const { query, rows, rowHash } = now.version;
	if (query !== then["query"] || rows === then["rows"] && rowHash === then["rowHash"]) return null;
	return rows === then["rows"] ? "as many rows, with other values" : `${then["rows"]} rows then, ${rows} now`;
}
var sourceOf$1 = (path) => path.slice(0, path.lastIndexOf("/"));
var intervalIn = (path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.parquet$/, "");
// ../core/src/data/buckets.ts
var bucketLogRatio = Math.log(1.02);
var bucketFloor = 1e-9;
var bucketOffset = 1047;
var largestKey = Math.ceil(Math.log(Number.MAX_VALUE) / bucketLogRatio) + bucketOffset;
function bucketOf(x) {
	const magnitude = Math.abs(x);
	if (magnitude < bucketFloor) return 0;
	return Math.sign(x) * (Math.ceil(Math.log(magnitude) / bucketLogRatio) + bucketOffset);
}
function bucketValue(key) {
	if (key === 0) return 0;
	return Math.sign(key) * Math.exp((Math.abs(key) - bucketOffset - .5) * bucketLogRatio);
}
function bucketQuantiles(buckets, range, probabilities) {
	const total = buckets.reduce((sum, [, count]) => sum + count, 0);
	if (total === 0) return [];
	let next = 0;
	let reached = 0;
	return probabilities.map((probability) => {
		const rank = Math.max(1, Math.ceil(probability * total));
		while (reached < rank && next < buckets.length) reached += buckets[next++][1];
		return Math.min(range.max, Math.max(range.min, bucketValue(buckets[next - 1][0])));
	});
}
// ../core/src/statistics/special/deviance.ts
function deviance(a, mean) {
	if (Math.abs(a - mean) >= .1 * (a + mean)) return a * Math.log(a / mean) + mean - a;
	const v = (a - mean) / (a + mean);
	let sum = (a - mean) * v;
	let power = 2 * a * v;
	for (let odd = 3;; odd += 2) {
		power *= v * v;
		const next = sum + power / odd;
		if (next === sum) return sum;
		sum = next;
	}
}
// ../core/src/statistics/special/lentz.ts
var epsilon$1 = 2220446049250313e-31;
var tiny = 1e-300;
var mostSteps$1 = 1e5;
function lentz(first, a, b) {
	let value = first === 0 ? tiny : first;
	let c = value;
	let d = 0;
	for (let step = 1; step < mostSteps$1; step++) {
		const numerator = a(step);
		const denominator = b(step);
		d = 1 / nonZero(denominator + numerator * d);
		c = nonZero(denominator + numerator / c);
		value *= c * d;
		if (Math.abs(c * d - 1) <= epsilon$1) break;
	}
	return value;
}
function nonZero(value) {
	return Math.abs(value) < tiny ? tiny : value;
}
// ../core/src/statistics/special/log-gamma.ts
var halfLogTwoPi = .9189385332046728;
var stirling = [
	1 / 12,
	-1 / 360,
	1 / 1260,
	-1 / 1680,
	1 / 1188,
	-691 / 360360,
	1 / 156,
	-3617 / 122400
];
function stirlingRemainder(x) {
	if (x < 10) return logGamma(x) - ((x - .5) * Math.log(x) - x + halfLogTwoPi);
	const inverseSquare = 1 / (x * x);
	let sum = 0;
	for (let term = stirling.length - 1; term >= 0; term--) sum = sum * inverseSquare + stirling[term];
	return sum / x;
}
function logGamma(x) {
	let shifted = x;
	let product = 1;
	while (shifted < 10) product *= shifted++;
	return (shifted - .5) * Math.log(shifted) - shifted + halfLogTwoPi + stirlingRemainder(shifted) - Math.log(product);
}
// ../core/src/statistics/special/regularised-gamma.ts
var epsilon = 2220446049250313e-31;
function regularisedGamma(a, x) {
	if (!(a > 0) || !(x >= 0)) return {
		lower: NaN,
		upper: NaN
	};
	if (x === 0) return {
		lower: 0,
		upper: 1
	};
	if (x === Infinity) return {
		lower: 1,
		upper: 0
	};
	const density = gammaDensity(a, x);
	if (x < a + 1) {
		const lower = Math.min(1, density * series(a, x));
		return {
			lower,
			upper: 1 - lower
		};
	}
	const upper = Math.min(1, density * continuedFraction(a, x));
	return {
		lower: 1 - upper,
		upper
	};
}
function gammaDensity(a, x) {
	return Math.exp(-deviance(a, x) - stirlingRemainder(a)) * Math.sqrt(a / (2 * Math.PI));
}
function series(a, x) {
	let term = 1 / a;
	let sum = term;
	for (let n = a + 1; term > sum * epsilon; n++) {
		term *= x / n;
		sum += term;
	}
	return sum;
}
function continuedFraction(a, x) {
	return 1 / lentz(x + 1 - a, (i) => i * (a - i), (i) => x + 1 - a + 2 * i);
}
// ../core/src/data/check-time.ts
function futureTimes(file, { columns }, time, now) {
	const newest = columns.find(({ name }) => name === time)?.max;
	if (newest === void 0 || newest <= now + 864e5) return [];
	const message = `Column ${quoted(time)} of ${quoted(file)} contains ${iso$1(newest)}, which is in the future (now: ${iso$1(now)}).`;
	return [finding("future-time", {
		file,
		column: time
	}, message)];
}
function staleData(newest, maxAgeDays, now) {
	if (maxAgeDays === void 0) return [];
	if (newest === null) return [finding("age-unknown", {}, "checks.maxAgeDays cannot be checked: the model's `time` is not a source column with values.")];
	const ageDays = (now - newest) / DAY$1;
	if (ageDays <= maxAgeDays) return [];
	return [finding("stale-data", {}, `The newest row is from ${iso$1(newest)}, ${Math.floor(ageDays)} days ago; checks.maxAgeDays allows ${maxAgeDays} days.`)];
}
function newestTime(profiles, time) {
	const found = profiles.flatMap(({ columns }) => columns.find(({ name }) => name === time)?.max ?? []);
	return found.length === 0 ? null : Math.max(...found);
}
function iso$1(at) {
	const date = new Date(at);
	return Number.isNaN(date.getTime()) ? "out of range" : date.toISOString().slice(0, 16);
}
// ../core/src/data/percent.ts
function percent(share) {
	return `${(100 * share).toFixed(1)} %`;
}
// ../core/src/statistics/resampling/sorted-order.ts
var FEW = 1024;
function sortedOrder(values) {
	const order = new Uint32Array(values.length);
	for (let row = 0; row < order.length; row++) {
		if (Number.isNaN(values[row])) throw new RangeError("NaN has no rank");
		order[row] = row;
	}
	if (isAscending(values)) return order;
	return order.length <= FEW ? order.sort((a, b) => values[a] - values[b] || a - b) : radixSorted(order, values);
}
function isAscending(values) {
	for (let row = 1; row < values.length; row++) if (values[row - 1] > values[row]) return false;
	return true;
}
var WORDS$1 = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [
	0,
	1,
	2,
	3
] : [
	3,
	2,
	1,
	0
];
function radixSorted(order, values) {
	const words = new Uint16Array(ascendingBits(values).buffer);
	const starts = new Uint32Array(65536);
	let [sorted, next] = [order, new Uint32Array(order.length)];
	for (const word of WORDS$1) {
		starts.fill(0);
		for (let at = word; at < words.length; at += 4) starts[words[at]]++;
		if (starts[words[word]] === sorted.length) continue;
		let start = 0;
		for (let digit = 0; digit < starts.length; digit++) {
			const count = starts[digit];
			starts[digit] = start;
			start += count;
		}
		for (let place = 0; place < sorted.length; place++) {
			const row = sorted[place];
			next[starts[words[4 * row + word]]++] = row;
		}
		[sorted, next] = [next, sorted];
	}
	return sorted;
}
function ascendingBits(values) {
	const bits = new Uint32Array(values.map((value) => value + 0).buffer);
	const high = WORDS$1[3] >> 1;
	for (let at = 0; at < bits.length; at += 2) {
		const isNegative = bits[at + high] >>> 31 === 1;
		bits[at + high] ^= isNegative ? 4294967295 : 2147483648;
		if (isNegative) bits[at + 1 - high] ^= 4294967295;
	}
	return bits;
}
// ../core/src/metrics/ranking.ts
function rank({ target, predictions }) {
	const order = sortedOrder(predictions);
	return order.map((row, place) => {
		const endsGroup = place + 1 === order.length || predictions[row] !== predictions[order[place + 1]];
		return 4 * row + (target[row] === 1 ? 2 : 0) + (endsGroup ? 1 : 0);
	});
}
function prepareRocAuc(input) {
	const ranked = rank(input);
	return (weights) => {
		let below = 0;
		let positives = 0;
		let area = 0;
		let group = 0;
		let groupPositives = 0;
		for (let place = 0; place < ranked.length; place++) {
			const word = ranked[place];
			const weight = weights[word >>> 2];
			group += weight;
			groupPositives += weight * (word >>> 1 & 1);
			if ((word & 1) === 0) continue;
			const groupNegatives = group - groupPositives;
			area += groupPositives * (below + groupNegatives / 2);
			below += groupNegatives;
			positives += groupPositives;
			group = 0;
			groupPositives = 0;
		}
		return positives > 0 && below > 0 ? area / (positives * below) : void 0;
	};
}
function prepareAveragePrecision(input) {
	const ranked = rank(input);
	return (weights) => {
		let positives = 0;
		let all = 0;
		let groupPositives = 0;
		let sum = 0;
		for (let place = ranked.length - 1; place >= 0; place--) {
			const word = ranked[place];
			const weight = weights[word >>> 2];
			all += weight;
			groupPositives += weight * (word >>> 1 & 1);
			if (!(place === 0 || (ranked[place - 1] & 1) === 1) || all === 0) continue;
			positives += groupPositives;
			sum += groupPositives * (positives / all);
			groupPositives = 0;
		}
		return positives > 0 ? sum / positives : void 0;
	};
}
// ../core/src/statistics/special/normal.ts
function normalCdf(z) {
	const { lower, upper } = regularisedGamma(.5, z * z / 2);
	return z > 0 ? .5 + lower / 2 : upper / 2;
}
function normalSf(z) {
	return normalCdf(-z);
}
function normalQuantile(probability) {
	if (!(probability >= 0 && probability <= 1)) return NaN;
	const q = probability - .5;
	if (Math.abs(q) <= .425) return q * rational(centre, .180625 - q * q);
	const tail = Math.min(probability, 1 - probability);
	if (tail === 0) return q < 0 ? -Infinity : Infinity;
	const r = Math.sqrt(-Math.log(tail));
	const z = r <= 5 ? rational(middle, r - 1.6) : rational(far, r - 5);
	return q < 0 ? -z : z;
}
function rational({ numerator, denominator }, x) {
	return polynomial(numerator, x) / polynomial(denominator, x);
}
function polynomial(coefficients, x) {
	let sum = 0;
	for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i];
	return sum;
}
var centre = {
	numerator: [
		3.3871328727963665,
		133.14166789178438,
		1971.5909503065513,
		13731.69376550946,
		45921.95393154987,
		67265.7709270087,
		33430.57558358813,
		2509.0809287301227
	],
	denominator: [
		1,
		42.31333070160091,
		687.1870074920579,
		5394.196021424751,
		21213.794301586597,
		39307.89580009271,
		28729.085735721943,
		5226.495278852546
	]
};
var middle = {
	numerator: [
		1.4234371107496835,
		4.630337846156546,
		5.769497221460691,
		3.6478483247632045,
		1.2704582524523684,
		.2417807251774506,
		.022723844989269184,
		.0007745450142783414
	],
	denominator: [
		1,
		2.053191626637759,
		1.6763848301838038,
		.6897673349851,
		.14810397642748008,
		.015198666563616457,
		.0005475938084995345,
		1.0507500716444169e-9
	]
};
var far = {
	numerator: [
		6.657904643501103,
		5.463784911164114,
		1.7848265399172913,
		.29656057182850487,
		.026532189526576124,
		.0012426609473880784,
		27115555687434876e-21,
		2.0103343992922881e-7
	],
	denominator: [
		1,
		.599832206555888,
		.1369298809227358,
		.014875361290850615,
		.0007868691311456133,
		18463183175100548e-21,
		1.421511758316446e-7,
		20442631033899397e-31
	]
};
var leastAuc = .6;
var alpha = .05;
function judgeClassifier(isNew, scores, features) {
	const rows = Math.floor(isNew.length / 2);
	if (rows < 500) return insufficientClassifier(rows);
	const auc = prepareRocAuc({
		task: "binary",
		classes: 2,
		target: isNew,
		predictions: scores
	})(new Float64Array(isNew.length).fill(1));
	const deviation = Math.sqrt((2 * rows + 1) / (12 * rows * rows));
	const p = normalSf((auc - .5) / deviation);
	return {
		status: p < alpha && auc >= leastAuc ? "drift" : "ok",
		rows,
		auc,
		p,
		features
	};
}
function insufficientClassifier(rows) {
	return {
		status: "insufficient",
		rows,
		auc: null,
		p: null,
		features: []
	};
}
function classifierLevel({ status, auc, p }) {
	if (auc === null || p === null || p >= alpha) return 0;
	const level = (auc - .5) / .09999999999999998;
	return status === "drift" ? Math.max(1, level) : Math.min(1, level);
}
// ../core/src/data/drift-verdict.ts
var leastShare = .3;
var farEffect = .15;
function driftVerdict(columns, classifier = null) {
	const drifted = columns.filter(({ status }) => status === "drift").sort((a, b) => excess(b) - excess(a));
	const features = columns.filter(({ role, status }) => role === "feature" && (status === "ok" || status === "drift"));
	const moved = drifted.filter(({ role }) => role === "feature");
	const total = weightOf(features);
	const fair = moved.filter(({ importance }) => importance === null || importance * features.length >= total);
	const levels = [
		total === 0 ? 0 : weightOf(moved) / total / leastShare,
		...fair.map((column) => excess(column) / farEffect),
		...columns.filter(({ role }) => role !== "feature").map(outcomeLevel),
		classifier === null ? 0 : classifierLevel(classifier)
	];
	return {
		level: Math.max(0, ...levels),
		columns: drifted,
		classifier
	};
}
function weightOf(features) {
	return features.reduce((sum, { importance }) => sum + (importance ?? 1), 0);
}
function excess({ psi, floor }) {
	return (psi ?? 0) - (floor ?? 0);
}
function outcomeLevel({ status, psi, floor, p }) {
	if (status === "drift") return Math.max(1, psi / floor);
	return p !== null && p < .05 ? Math.min(1, psi / floor) : 0;
}
// ../core/src/data/excuse-links.ts
var ofNewTexts = new Set(["unseen-categories", "relabelled"]);
function linkColumns({ schema, tables = [] }, { key, features }) {
	const keys = [
		key,
		schema.primaryKey,
		...tables.map((table) => table.schema.primaryKey)
	];
	return new Set([...keys.flatMap((each) => each ?? []), ...features.exclude]);
}
function excuseLinks(findings, links) {
	return findings.map((found) => {
		if (found.severity !== "suspect" || !ofNewTexts.has(found.code) || !links.has(found.column ?? "")) return found;
		return {
			...found,
			severity: "warning",
			message: `${found.message} The column links tables: this blocks nothing.`
		};
	});
}
// ../core/src/data/intervals.ts
var names$1 = {
	day: /^(\d{4})-(\d\d)-(\d\d)$/,
	month: /^(\d{4})-(\d\d)$/
};
var DAY = 864e5;
function intervalNamed(name, unit) {
	const [, year, month, day = "01"] = names$1[unit].exec(name) ?? [];
	if (year === void 0 || month === void 0 || Number(year) < 1) return null;
	const from = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
	if (Number.isNaN(from) || nameAt(from, unit) !== name) return null;
	return {
		name,
		from,
		to: unit === "day" ? from + DAY : nextMonth(from)
	};
}
function closesAt({ to }, lookbackDays) {
	return to + lookbackDays * DAY;
}
function intervalFile(source, { name }) {
	return `${source}/${name}.parquet`;
}
function intervalOfFile(source, file, unit) {
	if (!file.startsWith(`${source}/`) || !file.endsWith(".parquet")) return null;
	return intervalNamed(file.slice(source.length + 1, -8), unit);
}
function nameAt(instant, unit) {
	return new Date(instant).toISOString().slice(0, unit === "day" ? 10 : 7);
}
function nextMonth(from) {
	const date = new Date(from);
	return date.setUTCMonth(date.getUTCMonth() + 1);
}
// ../core/src/data/repeated-files.ts
function repeatedFiles(files, known) {
	const first = new Map();
	return [...files].sort((a, b) => Number(known.has(b.path)) - Number(known.has(a.path))).flatMap(({ path, sha256 }) => {
		const other = first.get(sha256);
		if (other === void 0) first.set(sha256, path);
		if (other === void 0 || known.has(path)) return [];
		return [finding("repeated-file", { file: path }, `${quoted(path)} is byte for byte the same as ${quoted(other)}.`)];
	});
}
// ../core/src/data/uncounted-rows.ts
var causes = {
	untracked: "git does not track it, and this machine has not kept it",
	"gone-from-git": "git does not have its earlier bytes any more",
	"gone-from-place": "its place does not give out the earlier version",
	unknown: "the ledger does not say where they are"
};
var named$2 = (paths) => `${quoted(paths[0])}${paths.length > 1 ? ` and ${paths.length - 1} more ${paths.length === 2 ? "file" : "files"}` : ""}`;
function uncountedRows(news) {
	const [first] = news.unread;
	if (first === void 0) return [];
	const files = news.files.filter(({ assumed }) => assumed !== void 0);
	const earlier = `the ${news.unread.reduce((sum, { rows }) => sum + rows, 0)} earlier rows of ${named$2(news.unread.map(({ path }) => path))} cannot be read (${causes[first.why]})`;
	if (files.length === 0) return [uncounted(first.path, 0, `Which rows are gone cannot be told: ${earlier}.`)];
	const added = files.reduce((sum, each) => sum + each.added, 0);
	const rows = files.reduce((sum, each) => sum + each.rows, 0);
	const basis = files.some(({ assumed }) => assumed === "later") ? "those that are later than all before" : "as many as there are more than before";
	const message = `${`Which rows of ${named$2(files.map(({ path }) => path))} are new cannot be told: ${earlier}.`} Assumed to be new: ${added} of ${rows} rows, ${basis}; all were checked, and corrected rows are not told apart.`;
	return [uncounted(files[0].path, added, message)];
}
function uncounted(file, count, message) {
	return finding("rows-uncounted", {
		file,
		count
	}, message);
}
// ../core/src/learners/pick-features.ts
function pickFeatures({ columns, inputs }, rows) {
	return {
		rows: rows.length,
		columns: columns.map((column) => pickColumn(column, rows)),
		...inputs && { inputs: pickInputs(inputs, rows) }
	};
}
function pickColumn(column, rows) {
	if (column.kind === "numeric") return {
		...column,
		values: picked$1(new Float32Array(rows.length), column.values, rows)
	};
	return {
		...column,
		codes: picked$1(new Uint8Array(rows.length), column.codes, rows)
	};
}
function pickInputs({ columns, read }, rows, isPicked = () => true) {
	return {
		columns,
		read: async (name) => isPicked(name) ? pickValues(await read(name), rows) : read(name)
	};
}
function pickValues(column, rows) {
	if (column.kind === "text") return {
		...column,
		codes: picked$1(new Int32Array(rows.length), column.codes, rows)
	};
	return {
		...column,
		values: picked$1(new Float64Array(rows.length), column.values, rows)
	};
}
function picked$1(into, values, rows) {
	for (let i = 0; i < rows.length; i++) into[i] = values[rows[i]];
	return into;
}
function stackFeatures(first, ...others) {
	const all = [first, ...others];
	const rows = all.reduce((sum, each) => sum + each.rows, 0);
	const inputs = all.flatMap((each) => each.inputs ?? []);
	return {
		rows,
		columns: first.columns.map((column, i) => stackColumn(column, all.map(({ columns }) => columns[i]), rows)),
		...inputs.length === all.length && { inputs: stackInputs(inputs) }
	};
}
function stackColumn(first, all, rows) {
	if (first.kind === "numeric") {
		const parts = all.map((column) => column.values);
		return {
			...first,
			values: joined$2(new Float32Array(rows), parts)
		};
	}
	const parts = all.map((column) => column.codes);
	return {
		...first,
		codes: joined$2(new Uint8Array(rows), parts)
	};
}
function joined$2(whole, parts) {
	let start = 0;
	for (const part of parts) {
		whole.set(part, start);
		start += part.length;
	}
	return whole;
}
function stackInputs(all) {
	return {
		columns: all[0].columns,
		async read(name) {
			return (await Promise.all(all.map((each) => each.read(name)))).reduce(stackValues);
		}
	};
}
function bringFrom(first, second) {
	const own = new Set(first.dictionary);
	return (name) => (own.has(name) ? first : second).bring(name);
}
function stackValues(first, second) {
	if (first.kind === "number") {
		const values = [first.values, second.values];
		return {
			...first,
			values: joined$2(new Float64Array(values[0].length + values[1].length), values)
		};
	}
	const { dictionary, codes } = second;
	if (dictionary === first.dictionary && first.type === "string") return {
		...first,
		codes: joined$2(new Int32Array(first.codes.length + codes.length), [first.codes, codes])
	};
	const places = new Map(first.dictionary.map((text, code) => [text, code]));
	for (const text of dictionary) if (!places.has(text)) places.set(text, places.size);
	const moved = codes.map((code) => code < 0 ? code : places.get(dictionary[code]));
	const parts = [first.codes, moved];
	return {
		...first,
		dictionary: [...places.keys()],
		codes: joined$2(new Int32Array(first.codes.length + moved.length), parts),
		...first.type === "file" && second.type === "file" && { bring: bringFrom(first, second) }
	};
}
// ../core/src/features/level-text.ts
function levelText(type, value) {
	if (type === "boolean") return value === 0 ? "false" : "true";
	return String(value);
}
// ../core/src/features/feature-column.ts
var MISSING = 0;
var OTHER = 1;
var FIRST_LEVEL = 2;
function featuresOf({ features }, input) {
	return features.filter((each) => each.kind !== "file" && each.input === input.name);
}
function featureColumn(feature, column, rows) {
	const { kind, name } = feature;
	const source = column.kind === "text" ? column.codes : column.values;
	const count = (rows ?? source).length;
	if (kind === "categorical") {
		const { levels } = feature;
		const codes = new Uint8Array(count);
		const code = coder(levels, column);
		for (let i = 0; i < count; i++) codes[i] = code(source[rows === void 0 ? i : rows[i]]);
		return {
			kind,
			name,
			levels: levels.length,
			codes
		};
	}
	if (column.kind === "text") return null;
	const values = new Float32Array(count);
	let [last, part] = [NaN, NaN];
	for (let i = 0; i < count; i++) {
		const value = column.values[rows === void 0 ? i : rows[i]];
		if (kind === "datetimePart" && value !== last) part = datePart(feature.part, value);
		values[i] = kind === "datetimePart" ? part : value;
		last = value;
		if (!Number.isFinite(values[i])) values[i] = NaN;
	}
	return {
		kind: "numeric",
		name,
		values
	};
}
function coder(levels, column) {
	const codeOf = codesOf(levels);
	if (column.kind === "text") {
		const byEntry = column.dictionary.map((text) => codeOf.get(text) ?? OTHER);
		return (place) => place < 0 ? MISSING : byEntry[place];
	}
	return (value) => Number.isFinite(value) ? codeOf.get(levelText(column.type, value)) ?? OTHER : MISSING;
}
var known$1 = new WeakMap();
function codesOf(levels) {
	let codes = known$1.get(levels);
	if (codes === void 0) known$1.set(levels, codes = new Map(levels.map((level, i) => [level, i + FIRST_LEVEL])));
	return codes;
}
// ../core/src/features/apply-features.ts
function applyFeature(feature, column, rows) {
	const values = featureColumn(feature, column, rows);
	if (values === null) throw new FeatureMismatchError([`${quoted(column.name)} is text`]);
	return values;
}
async function applyFeatures(spec, read, rows) {
	const columns = [];
	for (const input of spec.inputs) {
		const column = await readInput(input);
		for (const feature of featuresOf(spec, input)) columns.push(applyFeature(feature, column, rows));
	}
	const byName = new Map(spec.inputs.map((input) => [input.name, input]));
	const inputs = {
		columns: spec.inputs,
		read: async (name) => {
			const input = byName.get(name);
			return pickValues(await (input === void 0 ? readOther(name) : readInput(input)), rows);
		}
	};
	return {
		rows: rows.length,
		columns,
		inputs
	};
	async function readOther(name) {
		const column = await read(name);
		if (column === null) throw new FeatureMismatchError([`${quoted(name)} is missing`]);
		return column;
	}
	async function readInput(input) {
		const column = await read(input.name);
		const mismatches = inputMismatches([input], column === null ? [] : [column]);
		if (column === null || mismatches.length > 0) throw new FeatureMismatchError(mismatches);
		return column;
	}
}
function inputMismatches(inputs, columns) {
	const types = new Map(columns.map(({ name, type }) => [name, type]));
	return inputs.flatMap(({ name, type }) => {
		const found = types.get(name);
		if (found === void 0) return [`${quoted(name)} is missing`];
		return family(found) === family(type) ? [] : [`${quoted(name)} is ${found}, expected ${type}`];
	});
}
function family(type) {
	if (type === "integer") return "number";
	return type === "date" ? "datetime" : type;
}
// ../core/src/serving/raw-texts.ts
var mostProblems$1 = 20;
var mostNames = 20;
var formOf = {
	string: "a text or null",
	number: "a number, its text, or null",
	integer: "a whole number, its text, or null",
	boolean: "true, false, its text, or null",
	date: "a date as text, such as 2026-11-28, or null",
	datetime: "a time as text, such as 2026-11-28T06:00:00Z, or null",
	file: "a text or null"
};
function expectedRaw({ type, format }) {
	return format === null ? formOf[type] : `a ${type} as text, written as ${format}, or null`;
}
function rawTexts(columns, given) {
	const table = Array.isArray(given) ? ofRecords(given) : ofColumns(given, columns);
	const isIgnored = ignoredAmong(columns);
	const problems = [];
	let count = 0;
	const refuse = (column, row, value) => {
		if (count++ < mostProblems$1) problems.push(problemOf$1(column, row, value, () => table.namesOf(row).filter(isIgnored)));
	};
	const texts = columns.map((column) => {
		const read = textOf$3[column.type];
		return Array.from({ length: table.rows }, (_, row) => {
			const value = table.get(row, column.name);
			if (value === null || value === void 0 && column.mayLack) return null;
			const text = read(value, column);
			if (text === null) refuse(column, row, value);
			return text;
		});
	});
	const names = [...table.names].filter(isIgnored);
	const ignored = {
		count: names.length,
		names: names.slice(0, mostNames)
	};
	return {
		rows: table.rows,
		texts,
		problems,
		more: count - problems.length,
		ignored
	};
}
function ignoredAmong(columns) {
	const read = new Set(columns.map(({ name }) => name));
	return (name) => !read.has(name);
}
function problemOf$1(column, row, value, others) {
	const about = {
		row,
		column: column.name,
		expected: expectedRaw(column)
	};
	if (value === void 0) return {
		...about,
		found: null,
		nearest: nearest$1(column.name, others()) ?? null
	};
	return {
		...about,
		found: foundWords(value),
		nearest: null
	};
}
function foundWords(value) {
	if (typeof value === "string") return "a text with a zero byte";
	if (typeof value === "number") return Number.isInteger(value) ? "a whole number" : "a number";
	if (Array.isArray(value)) return "a list";
	return `${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}
var plainText = (value) => typeof value === "string" && !value.includes("\0") ? value.replace(/\p{Surrogate}/gu, "�") : null;
var numberText = (value, { decimalChar }) => {
	if (typeof value !== "number") return plainText(value);
	return Object.is(value, -0) ? "-0" : String(value).replace(".", decimalChar ?? ".");
};
var textOf$3 = {
	string: plainText,
	file: plainText,
	date: plainText,
	datetime: plainText,
	number: numberText,
	integer: (value, column) => typeof value === "number" && !Number.isSafeInteger(value) ? null : numberText(value, column),
	boolean: (value) => typeof value === "boolean" ? String(value) : plainText(value)
};
function ofRecords(records) {
	return {
		rows: records.length,
		names: new Set(records.flatMap((record) => Object.keys(record))),
		namesOf: (row) => Object.keys(records[row]),
		get: (row, name) => own$1(records[row], name)
	};
}
function ofColumns(columns, known) {
	const names = Object.keys(columns);
	const isKnown = known.some(({ name }) => Object.hasOwn(columns, name));
	const longest = names.reduce((most, name) => Math.max(most, columns[name].length), 0);
	return {
		rows: isKnown ? longest : Math.min(1, longest),
		names: new Set(names),
		namesOf: () => names,
		get: (row, name) => own$1(columns, name)?.[row]
	};
}
function own$1(record, name) {
	return Object.hasOwn(record, name) ? record[name] : void 0;
}
// ../core/src/metrics/calibration.ts
var bins = 10;
function prepareCalibrationError({ target, predictions }) {
	const order = sortedOrder(predictions);
	const gaps = Float64Array.from(order, (row) => target[row] - predictions[row]);
	return (weights) => {
		let total = 0;
		let error = 0;
		for (let bin = 0; bin < bins; bin++) {
			const end = binStart(bin + 1, order.length);
			let gap = 0;
			for (let place = binStart(bin, order.length); place < end; place++) {
				const weight = weights[order[place]];
				total += weight;
				gap += weight * gaps[place];
			}
			error += Math.abs(gap);
		}
		return total > 0 ? error / total : void 0;
	};
}
function calibrationBins({ target, predictions, weights }) {
	const rows = predictions.length;
	if (!predictions.every(Number.isFinite)) return [];
	const order = sortedOrder(predictions);
	return Array.from({ length: bins }, (_, bin) => {
		const members = order.slice(binStart(bin, rows), binStart(bin + 1, rows));
		const weightOf = (row) => weights?.[row] ?? 1;
		const weight = members.reduce((sum, row) => sum + weightOf(row), 0);
		const mean = (values) => members.reduce((sum, row) => sum + weightOf(row) * values[row], 0) / weight;
		return weight > 0 ? [{
			rows: members.length,
			predicted: mean(predictions),
			observed: mean(target)
		}] : [];
	}).flat();
}
function binStart(bin, rows) {
	return bin * Math.floor(rows / bins) + Math.min(bin, rows % bins);
}
// ../core/src/metrics/classification.ts
function ratio(part, whole) {
	return whole > 0 ? part / whole : void 0;
}
function hits({ cells, classes }, label) {
	return cells[label * classes + label];
}
var precisionOf = (confusion, label) => ratio(hits(confusion, label), confusion.predicted[label]);
var recallOf = (confusion, label) => ratio(hits(confusion, label), confusion.actual[label]);
var f1Of = (confusion, label) => ratio(2 * hits(confusion, label), confusion.actual[label] + confusion.predicted[label]);
function accuracy(confusion) {
	let right = 0;
	for (let label = 0; label < confusion.classes; label++) right += hits(confusion, label);
	return ratio(right, confusion.total);
}
function balancedAccuracy(confusion) {
	let sum = 0;
	let present = 0;
	for (let label = 0; label < confusion.classes; label++) {
		if (confusion.actual[label] === 0) continue;
		sum += recallOf(confusion, label);
		present++;
	}
	if (confusion.actual[confusion.classes] > 0) present++;
	return ratio(sum, present);
}
function macroAverage(confusion, perClass) {
	let sum = 0;
	let seen = 0;
	for (let label = 0; label < confusion.classes; label++) {
		if (confusion.actual[label] + confusion.predicted[label] === 0) continue;
		sum += perClass(confusion, label) ?? 0;
		seen++;
	}
	if (confusion.actual[confusion.classes] > 0) seen++;
	return ratio(sum, seen);
}
function weightedAverage(confusion, perClass) {
	let sum = 0;
	for (let label = 0; label < confusion.classes; label++) sum += confusion.actual[label] * (perClass(confusion, label) ?? 0);
	return ratio(sum, confusion.total);
}
function matthewsCorrelation(confusion) {
	const { actual, predicted, total, classes } = confusion;
	let right = 0;
	let product = 0;
	let actualSquares = actual[classes] * actual[classes];
	let predictedSquares = 0;
	for (let label = 0; label < classes; label++) {
		right += hits(confusion, label);
		product += actual[label] * predicted[label];
		actualSquares += actual[label] * actual[label];
		predictedSquares += predicted[label] * predicted[label];
	}
	const actualSpread = total * total - actualSquares;
	const predictedSpread = total * total - predictedSquares;
	if (!(actualSpread > 0)) return void 0;
	if (!(predictedSpread > 0)) return 0;
	return (right * total - product) / (Math.sqrt(actualSpread) * Math.sqrt(predictedSpread));
}
// ../core/src/metrics/confusion.ts
function predictedClasses({ task, classes, predictions, settings }) {
	const threshold = settings?.threshold ?? .5;
	if (task !== "multiclass") return Int32Array.from(predictions, (probability) => probability >= threshold ? 1 : 0);
	const labels = new Int32Array(predictions.length / classes);
	for (let row = 0; row < labels.length; row++) {
		let best = 0;
		for (let label = 1; label < classes; label++) if (predictions[row * classes + label] > predictions[row * classes + best]) best = label;
		labels[row] = best;
	}
	return labels;
}
function prepareFromConfusion(metric) {
	return (input) => {
		const classes = input.task === "multiclass" ? input.classes : 2;
		const actualOf = (row) => input.target[row] < 0 ? classes : input.target[row];
		const cellOfRow = predictedClasses(input).map((label, row) => actualOf(row) * classes + label);
		return (weights) => {
			const cells = new Float64Array((classes + 1) * classes);
			for (let row = 0; row < cellOfRow.length; row++) cells[cellOfRow[row]] += weights[row];
			return metric(confusionOf(cells, classes));
		};
	};
}
function confusionOf(cells, classes) {
	const actual = new Float64Array(classes + 1);
	const predicted = new Float64Array(classes);
	let total = 0;
	for (let cell = 0; cell < cells.length; cell++) {
		actual[Math.floor(cell / classes)] += cells[cell];
		predicted[cell % classes] += cells[cell];
		total += cells[cell];
	}
	return {
		classes,
		cells,
		actual,
		predicted,
		total
	};
}
// ../core/src/metrics/losses.ts
var probabilityFloor = 1e-15;
var smallestTarget = 2220446049250313e-31;
function prepareMeanLoss(rowLosses, finish = (mean) => mean) {
	return (input) => {
		const losses = rowLosses(input);
		return (weights) => {
			let total = 0;
			let sum = 0;
			for (let row = 0; row < losses.length; row++) {
				total += weights[row];
				sum += weights[row] * losses[row];
			}
			return total > 0 ? finish(sum / total) : void 0;
		};
	};
}
function logLosses({ task, classes, target, predictions }) {
	const clipped = (probability) => Math.min(Math.max(probability, probabilityFloor), .999999999999999);
	return target.map((label, row) => {
		if (task === "multiclass") return -Math.log(clipped(label < 0 ? 0 : predictions[row * classes + label]));
		const positive = clipped(predictions[row]);
		return -Math.log(label === 1 ? positive : 1 - positive);
	});
}
function squaredErrors({ target, predictions }) {
	return target.map((value, row) => {
		const error = predictions[row] - value;
		return error * error;
	});
}
function absoluteErrors({ target, predictions }) {
	return target.map((value, row) => Math.abs(predictions[row] - value));
}
function percentageErrors({ target, predictions }) {
	return target.map((value, row) => Math.abs(predictions[row] - value) / Math.max(Math.abs(value), smallestTarget));
}
function pinballLosses({ target, predictions, settings }) {
	const quantile = settings?.quantile ?? .5;
	return target.map((value, row) => {
		const above = value - predictions[row];
		return above >= 0 ? quantile * above : (quantile - 1) * above;
	});
}
function poissonDeviances({ target, predictions }) {
	return target.map((value, row) => {
		if (value < 0) return NaN;
		const mean = Math.max(predictions[row], smallestTarget);
		return 2 * ((value === 0 ? 0 : value * Math.log(value / mean)) - value + mean);
	});
}
function prepareRSquared(input) {
	const errors = squaredErrors(input);
	const { target } = input;
	return (weights) => {
		let total = 0;
		let sum = 0;
		let least = Infinity;
		let most = -Infinity;
		for (let row = 0; row < target.length; row++) {
			const weight = weights[row];
			if (weight === 0) continue;
			total += weight;
			sum += weight * target[row];
			least = Math.min(least, target[row]);
			most = Math.max(most, target[row]);
		}
		if (!(most > least)) return void 0;
		const mean = sum / total;
		let unexplained = 0;
		let spread = 0;
		for (let row = 0; row < target.length; row++) {
			const distance = target[row] - mean;
			unexplained += weights[row] * errors[row];
			spread += weights[row] * (distance * distance);
		}
		return 1 - unexplained / spread;
	};
}
// ../core/src/metrics/metric.ts
var tasks$1 = [
	"binary",
	"multiclass",
	"regression"
];
function defineMetric(metric) {
	return guarded(metric, tasks$1.filter((task) => metricsOfTask[task].includes(metric.name)), ({ task, classes }) => task === "multiclass" ? classes : 1);
}
function defineOwnMetric(metric) {
	return guarded(metric, tasks$1, () => 1);
}
function guarded(metric, valid, outputsOf) {
	const prepare = (input) => {
		checkShape(input, outputsOf(input));
		if (!isMeasurable(input)) return () => void 0;
		const prepared = metric.prepare(input);
		return (weights) => finite$1(prepared(weights));
	};
	return {
		...metric,
		tasks: valid,
		prepare,
		evaluate: (input) => prepare(input)(input.weights ?? new Uint8Array(input.target.length).fill(1))
	};
}
function checkShape({ target, predictions, weights }, outputs) {
	if (predictions.length !== target.length * outputs || weights && weights.length !== target.length) throw new RangeError(`${target.length} rows need ${target.length * outputs} predictions and as many weights as rows, not ${predictions.length} and ${weights?.length ?? "none"}`);
}
function isMeasurable({ target, predictions }) {
	return target.length > 0 && target.every(Number.isFinite) && predictions.every(Number.isFinite);
}
function finite$1(value) {
	return value !== void 0 && Number.isFinite(value) ? value : void 0;
}
// ../core/src/metrics/model-answers.ts
function answersFor(metric, { predictions, ownValues = {} }) {
	if (isBuiltIn(metric)) return predictions;
	const values = Object.hasOwn(ownValues, metric) ? ownValues[metric] : void 0;
	if (values === void 0) throw new RangeError(`${metric} was not computed for these rows`);
	return values;
}
// ../core/src/metrics/metrics.ts
var share = (name, prepare) => defineMetric({
	name,
	higherIsBetter: true,
	unitInterval: true,
	prepare
});
var loss = (name, prepare) => defineMetric({
	name,
	higherIsBetter: false,
	unitInterval: false,
	prepare
});
var boundedLoss = (name, prepare) => defineMetric({
	name,
	higherIsBetter: false,
	unitInterval: true,
	prepare
});
var skill = (name, prepare) => defineMetric({
	name,
	higherIsBetter: true,
	unitInterval: false,
	prepare
});
var metrics = {
	rocAuc: share("rocAuc", prepareRocAuc),
	prAuc: share("prAuc", prepareAveragePrecision),
	logLoss: loss("logLoss", prepareMeanLoss(logLosses)),
	brier: boundedLoss("brier", prepareMeanLoss(squaredErrors)),
	ece: boundedLoss("ece", prepareCalibrationError),
	accuracy: share("accuracy", prepareFromConfusion(accuracy)),
	balancedAccuracy: share("balancedAccuracy", prepareFromConfusion(balancedAccuracy)),
	f1: share("f1", prepareFromConfusion((confusion) => f1Of(confusion, 1))),
	f1Macro: share("f1Macro", prepareFromConfusion((confusion) => macroAverage(confusion, f1Of))),
	f1Weighted: share("f1Weighted", prepareFromConfusion((confusion) => weightedAverage(confusion, f1Of))),
	mcc: skill("mcc", prepareFromConfusion(matthewsCorrelation)),
	precision: share("precision", prepareFromConfusion((confusion) => precisionOf(confusion, 1))),
	recall: share("recall", prepareFromConfusion((confusion) => recallOf(confusion, 1))),
	mae: loss("mae", prepareMeanLoss(absoluteErrors)),
	rmse: loss("rmse", prepareMeanLoss(squaredErrors, Math.sqrt)),
	r2: skill("r2", prepareRSquared),
	mape: loss("mape", prepareMeanLoss(percentageErrors)),
	pinball: loss("pinball", prepareMeanLoss(pinballLosses)),
	poissonDeviance: loss("poissonDeviance", prepareMeanLoss(poissonDeviances))
};
function metricOf(name, { own = {} } = {}) {
	if (isBuiltIn(name)) return metrics[name];
	const declared = Object.hasOwn(own, name) ? own[name] : void 0;
	if (declared === void 0) throw new RangeError(`There is no metric called ${name}`);
	const { higherIsBetter } = declared;
	return defineOwnMetric({
		name,
		higherIsBetter,
		unitInterval: false,
		prepare: meanOfRows
	});
}
var meanOfRows = prepareMeanLoss(({ predictions }) => predictions);
function evaluateMetrics(names, input) {
	const valueOf = (name) => metricOf(name, input.settings).evaluate({
		...input,
		predictions: answersFor(name, input)
	});
	return Object.fromEntries(names.map((name) => [name, valueOf(name)]));
}
function improvement({ higherIsBetter }, champion, challenger) {
	return higherIsBetter ? challenger - champion : champion - challenger;
}
// ../core/src/lineage/learned-until.ts
function learnedUntil({ trainedUntil, holdout }) {
	return trainedUntil === void 0 ? holdout.trainedUntil : trainedUntil;
}
// ../refit/src/adapters/duckdb/plain-number.ts
var around = String.raw`[\p{L}\p{Sc}\p{Z}\s%‰°/²³]*`;
function plainNumberSql(text, form) {
	const { decimalChar = ".", groupChar, bareNumber = true, unit } = form ?? {};
	if (decimalChar === "." && groupChar === void 0 && bareNumber) return text;
	const point = anyOf(decimalChar);
	const group = anyOf(groupChar ?? "");
	const beside = unit === void 0 ? around : String.raw`[\p{Z}\s]*(?:${anyOf(unit)})?[\p{Z}\s]*`;
	const sides = bareNumber ? String.raw`\s*` : beside;
	const sign = bareNumber ? "([+-]?)()" : `([+-]?)${beside}([+-]?)`;
	const written = (whole) => literal$1(`^\\s*${sign}(${whole})(?:${point}([0-9]*))?([eE][+-]?[0-9]+)?${sides}$`);
	const plain = written("[0-9]*");
	return `CASE WHEN regexp_matches(${text}, ${groupChar === void 0 ? plain : written(`[0-9]{1,3}(?:${group}[0-9]{2,3})*${group}[0-9]{3}|[0-9]*`)}) THEN ${`regexp_replace(${groupChar === void 0 ? text : `replace(${text}, ${literal$1(groupChar)}, '')`}, ${plain}, ${literal$1(String.raw`\1\2\3.\4\5`)})`} ELSE '' END`;
}
function anyOf(letter) {
	return [...letter].map((each) => String.raw`\x{${each.codePointAt(0).toString(16)}}`).join("");
}
// ../refit/src/adapters/duckdb/column-types.ts
var byDuckType = [
	[/^(?:U?(?:TINY|SMALL|BIG)INT|U?INTEGER)$/, "integer"],
	[/^(?:U?HUGEINT|FLOAT|DOUBLE|DECIMAL\(.*\))$/, "number"],
	[/^BOOLEAN$/, "boolean"],
	[/^DATE$/, "date"],
	[/^TIMESTAMP(?:_S|_MS|_NS| WITH TIME ZONE)?$/, "datetime"],
	[/^(?:VARCHAR|UUID|ENUM\(.*\))$/, "string"]
];
function columnTypeOf(duckType) {
	return byDuckType.find(([pattern]) => pattern.test(duckType))?.[1] ?? null;
}
var exactly = [
	[/^(?:(?:TINY|SMALL|BIG)INT|INTEGER|U(?:TINY|SMALL)INT|UINTEGER)$/, "integer"],
	[/^DOUBLE$/, "number"],
	[/^BOOLEAN$/, "boolean"],
	[/^DATE$/, "date"],
	[/^TIMESTAMP$/, "datetime"]
];
function exactTypeOf(duckType) {
	return exactly.find(([pattern]) => pattern.test(duckType))?.[1] ?? null;
}
var storedAs = {
	string: "VARCHAR",
	number: "DOUBLE",
	integer: "BIGINT",
	boolean: "BOOLEAN",
	date: "DATE",
	datetime: "TIMESTAMP",
	file: "VARCHAR"
};
function castSql(text, type, form = null) {
	if (type === "string" || type === "file") return text;
	const format = form?.format;
	if (format !== void 0 && (type === "date" || type === "datetime")) return `TRY_CAST(try_strptime(${text}, ${literal$1(format)}) AS ${storedAs[type]})`;
	if (type === "datetime") return `CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP)`;
	return `TRY_CAST(${plainNumberSql(text, form)} AS ${storedAs[type]})`;
}
function readsAsSql(text, type, form = null, value = castSql(text, type, form)) {
	if (type === "string" || type === "file") return "true";
	if (type === "integer") return `coalesce(${value} = ${castSql(text, "number", form)}, false)`;
	if (type === "date" && form?.format === void 0) return `coalesce(isfinite(${value}) AND ${value} = TRY_CAST(${text} AS TIMESTAMP), false)`;
	if (type === "date" || type === "datetime") return `coalesce(isfinite(${value}), false)`;
	return `(${value} IS NOT NULL)`;
}
var castColumns = (columns) => columns.map(({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`);
var inferable = [
	"integer",
	"number",
	"boolean",
	"date",
	"datetime"
];
function surelySql(text, type, value) {
	if (type === "integer") return `(${value} > -1e15 AND ${value} < 1e15 AND ${text} = ${value}::VARCHAR)`;
	if (type === "number") return `(${value} >= 1 AND ${value} < 1e15 AND ${text} >= '1' AND strlen(${text}) < 16)`;
	return null;
}
function oddSql$1(type, value) {
	if (type === "number") return `(${value} IS NOT NULL AND NOT isfinite(${value}))`;
	if (type === "date" || type === "datetime") return `(${value} IS NOT NULL AND NOT coalesce(isfinite(${value}) AND year(${value}) BETWEEN 1 AND 9999, false))`;
	return null;
}
var exactUpTo = "9007199254740992";
function suggestsSql(text, type, value = castSql(text, type)) {
	const reads = readsAsSql(text, type, null, value);
	if (type === "integer") return `(${reads} AND NOT contains(${text}, '.') AND NOT ${isCodeSql(text)} AND ${isExactSql(text, value)})`;
	if (type === "number") return `(${reads} AND NOT ${isCodeSql(text)} AND ${isExactSql(text, value)})`;
	if (type === "boolean") return `(lower(${text}) IN ('true', 'false'))`;
	if (type === "date") return `(length(${text}) = 10 AND ${reads})`;
	return `(length(${text}) > 10 AND ${reads})`;
}
function isCodeSql(text) {
	return `CASE WHEN ${text} < '-' THEN ${`regexp_matches(${text}, '^\\s*[+-]?0[0-9]')`} ELSE ${`(${text} >= '00' AND ${text} < '0:') OR (${text} >= '-00' AND ${text} < '-0:')`} END`;
}
function isExactSql(text, value) {
	return `CASE WHEN length(${text}) < 16 AND abs(${value}) < ${exactUpTo} THEN true ELSE ${`coalesce(TRY_CAST(${text} AS BIGINT) BETWEEN -${exactUpTo} AND ${exactUpTo}, contains(${text}, '.') OR length(${text}) < 16)`} END`;
}
var namedPart = (value, part) => `split_part(${value}, ${literal$1("")}, ${1 + [
	"path",
	"content",
	"bytes"
].indexOf(part)})`;
// ../refit/src/adapters/duckdb/only-rows.ts
var mostWritten = 20;
var onlyTable = "refit_only_rows";
async function noteOnlyRows(session, heads) {
	const scattered = [...heads.entries()].filter(([, { only }]) => only !== void 0 && only.length > mostWritten);
	if (scattered.length === 0) return;
	await session.run(`CREATE TEMP TABLE ${onlyTable}_ranges (file INTEGER, first INTEGER, last INTEGER)`);
	for (const [file, { only }] of scattered) {
		const columns = [
			only.map(() => file),
			only.map(([first]) => first),
			only.map(([, last]) => last)
		];
		await session.append(`${onlyTable}_ranges`, columns);
	}
	await session.run(`CREATE TEMP TABLE ${onlyTable} AS SELECT file, unnest(range(first, last + 1)) AS number FROM ${onlyTable}_ranges`);
}
function onlyRowsSql(file, only) {
	if (only === void 0) return null;
	if (only.length > mostWritten) return `number IN (SELECT number FROM ${onlyTable} WHERE file = ${file})`;
	return only.map(([first, last]) => `number BETWEEN ${first} AND ${last}`).join(" OR ") || "false";
}
function fileParts(heads) {
	return inParts([...heads.entries()], 100);
}
function rowsSql(files, columns) {
	return `(${files.map((numbered) => {
		const all = armSql(numbered, columns, ["row_number() OVER () AS number"]);
		const [file, { only }] = numbered;
		const wanted = onlyRowsSql(file, only);
		return wanted === null ? all : `SELECT * FROM (${all}) WHERE ${wanted}`;
	}).join(" UNION ALL ")})`;
}
function textsSql(files, columns, isExact) {
	return `(${files.map((numbered) => {
		return armSql(numbered, columns, columns.flatMap((column, i) => {
			const position = column.positions[numbered[0]];
			return isExact(column) ? [`${position < 0 ? "NULL" : `v${position}`} AS exact${i}`] : [];
		}));
	}).join(" UNION ALL ")})`;
}
function armSql([file, { relation }], columns, besides) {
	const texts = columns.map(({ positions }, i) => {
		const position = positions[file];
		return `${position < 0 ? "NULL::VARCHAR" : `c${position}`} AS raw${i}`;
	});
	return `SELECT ${[
		`${file} AS file`,
		...besides,
		...texts
	].join(", ")} FROM ${relation}`;
}
function textSql(raw, missingValues) {
	return missingValues.length === 0 ? raw : `CASE WHEN ${raw} NOT IN (${literals(missingValues)}) THEN ${raw} END`;
}
var mostTexts$1 = 2e7;
function textRoom() {
	return { left: mostTexts$1 };
}
async function keepWideTexts(session, head, rows, room) {
	const texts = rows * head.columns.length;
	if (head.columns.length <= 100 || texts > room.left) return head;
	const table = `refit_texts_${mostTexts$1 - room.left}`;
	room.left -= texts;
	const names = head.columns.map((_, i) => `c${i}`);
	await session.run(`CREATE OR REPLACE TABLE ${table} AS SELECT ${names.join(", ")} FROM ${head.relation}`);
	return {
		...head,
		relation: table
	};
}
function areBelow(rows, columns) {
	return columns > 100 && rows * columns <= mostTexts$1;
}
async function dropWideTexts(session, heads) {
	for (const { relation } of heads) if (relation.startsWith("refit_texts_")) await session.run(`DROP TABLE ${relation}`);
}
// ../refit/src/adapters/duckdb/load.ts
var rowColumn = "__refit_row";
var fileColumn = "__refit_file";
var numberColumn = "__refit_number";
var sourceTable = "refit_source";
var loadedTable = "refit_loaded";
async function loadSource(session, heads, columns) {
	await createTable(session, columns, [`${numberColumn} INTEGER`]);
	const textOf = columns.length > 100 ? nestedTextSql : textSql;
	const values = columns.map(({ type, field, missingValues }, i) => castSql(textOf(`raw${i}`, missingValues), type, field));
	for (const files of fileParts(heads)) await insertRows(session, `SELECT ${values.join(", ")}, ${digestSql$1(heads, columns)}, file, number FROM ${rowsSql(files, columns)}`);
	await layViews(session, shownColumns(columns, []));
}
var mostNested = 3;
function nestedTextSql(raw, missingValues) {
	if (missingValues.length > mostNested) return textSql(raw, missingValues);
	return missingValues.reduce((text, missing) => `nullif(${text}, ${literal$1(missing)})`, raw);
}
async function createTable(session, columns, besides) {
	const stored = columns.map(({ name, type }) => `${identifier(name)} ${storedAs[type]}`);
	const own = [
		`${rowColumn} UBIGINT`,
		`${fileColumn} INTEGER`,
		...besides
	];
	await session.run(`CREATE TABLE ${loadedTable} (${[...stored, ...own].join(", ")})`);
}
async function insertRows(session, sql) {
	await session.run("SET disabled_optimizers = 'common_subexpressions'");
	try {
		await session.run(`INSERT INTO ${loadedTable} ${sql}`);
	} finally {
		await session.run("RESET disabled_optimizers");
	}
}
var sourceSql = `SELECT * EXCLUDE (${fileColumn}, ${numberColumn}) FROM ${sourceTable}`;
function shownColumns(columns, besides) {
	const paths = columns.filter(({ type }) => type === "file").map(({ name }) => `${namedPart(identifier(name), "path")} AS ${identifier(name)}`);
	return [paths.length === 0 ? "*" : `* REPLACE (${paths.join(", ")})`, ...besides].join(", ");
}
async function layViews(session, shown) {
	await session.run(`CREATE OR REPLACE VIEW ${sourceTable} AS SELECT ${shown} FROM ${loadedTable}`);
	await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql}`);
}
function digestSql$1(heads, columns) {
	const named = columns.map(({ raw, positions }, i) => ({
		raw,
		positions,
		i
	})).sort((a, b) => a.raw < b.raw ? -1 : 1);
	const onlyCsv = heads.every(({ format }) => format === "csv");
	const parts = [];
	let between = "";
	const closeText = () => {
		if (between !== "") parts.push(literal$1(between));
		between = "";
	};
	for (const { raw, positions, i } of named) {
		const before = `${raw}\u001f`;
		if (onlyCsv && positions.every((position) => position >= 0)) {
			between += before;
			closeText();
			parts.push(`raw${i}`);
			between = "";
		} else {
			closeText();
			parts.push(`${literal$1(before)} || raw${i} || '\u001e'`);
		}
	}
	closeText();
	return first64Sql(`concat(${parts.join(", ")})`);
}
function first64Sql(text) {
	return `CAST('0x' || left(sha256(${text}), 16) AS UBIGINT)`;
}
// ../refit/src/adapters/duckdb/csv-records.ts
async function* csvRecords(text, delimiter, kept = 200) {
	let line = 1;
	let start = 1;
	let fields = [];
	let field = "";
	let state = "start";
	let afterReturn = false;
	for await (const piece of text) for (const letter of piece) {
		const secondOfPair = letter === "\n" && afterReturn;
		afterReturn = letter === "\r";
		const newline = letter === "\n" || letter === "\r";
		if (newline && !secondOfPair) line++;
		if (state === "quoted") {
			if (letter === "\"") state = "quote";
			else if (field.length < kept) field += letter;
		} else if (newline) {
			if (!secondOfPair) {
				yield {
					line: start,
					fields: [...fields, field],
					unterminated: false
				};
				fields = [];
			}
			field = "";
			state = "start";
			start = line;
		} else if (letter === delimiter) {
			fields.push(field);
			field = "";
			state = "start";
		} else if (letter === "\"" && (state === "start" || state === "quote")) {
			if (state === "quote") field += letter;
			state = "quoted";
		} else {
			if (field.length < kept) field += letter;
			state = "plain";
		}
	}
	if (state !== "start" || fields.length > 0) yield {
		line: start,
		fields: [...fields, field],
		unterminated: state === "quoted"
	};
}
var separators = [
	",",
	";",
	"	",
	"|"
];
function findDelimiter(header) {
	const bare = header.replace(/"(?:[^"]|"")*"/g, "");
	const counts = separators.map((separator) => bare.split(separator).length - 1);
	return separators[counts.indexOf(Math.max(...counts))];
}
// ../refit/src/adapters/disk/file-bytes.ts
var pieceBytes = 1 << 20;
async function* fileBytes(file) {
	const handle = await (0, node_fs_promises.open)(file);
	try {
		const { size } = await handle.stat();
		const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, size + 1));
		for (let read = 0;;) {
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, read);
			if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
			read += bytesRead;
			if (bytesRead === 0 || bytesRead < buffer.length && read === size) return;
		}
	} finally {
		await handle.close();
	}
}
// ../refit/src/adapters/duckdb/file-text.ts
async function* fileText(file) {
	const decoder = new TextDecoder("utf-8");
	for await (const bytes of fileBytes(file)) yield decoder.decode(bytes, { stream: true });
	yield decoder.decode();
}
var maxRecordBytes = 8 << 20;
async function* textLines(text) {
	let rest = "";
	for await (const piece of text) {
		const [first = "", ...others] = piece.split("\n");
		if (rest.length <= 8388608) rest += first;
		if (others.length === 0) continue;
		yield rest;
		rest = others.pop();
		yield* others;
	}
	if (rest !== "") yield rest;
}
var TooLongError = class extends Error {};
async function unzip(from, to, maxBytes) {
	await (0, node_stream_promises.pipeline)((0, node_fs.createReadStream)(from), (0, node_zlib.createGunzip)(), (bytes) => upTo(maxBytes, bytes), (0, node_fs.createWriteStream)(to));
}
async function* upTo(maxBytes, bytes) {
	let passed = 0;
	for await (const chunk of bytes) {
		passed += chunk.byteLength;
		if (passed > maxBytes) throw new TooLongError(`more than ${maxBytes} bytes`);
		yield chunk;
	}
}
async function evenLineEnds(from, to) {
	await (0, node_stream_promises.pipeline)(evened(fileText(from)), (0, node_fs.createWriteStream)(to));
}
async function* evened(text) {
	let insideQuotes = false;
	let inHeader = true;
	let held = "";
	for await (const piece of text) {
		const whole = held + piece;
		held = whole.endsWith("\r") ? "\r" : "";
		yield whole.slice(0, whole.length - held.length).split("\"").map((part, i) => {
			if (i > 0) insideQuotes = !insideQuotes;
			if (insideQuotes) return inHeader ? part.replace(/[\r\n]/g, " ") : part;
			if (/[\r\n]/.test(part)) inHeader = false;
			return part.replace(/\r\n?/g, "\n");
		}).join("\"");
	}
	yield held;
}
// ../refit/src/adapters/duckdb/row-lines.ts
async function linesOfRows(head, rows) {
	const lines = new Map();
	const last = Math.max(0, ...rows);
	if (last === 0 || head.format === "parquet") return lines;
	const wanted = new Set(rows);
	let row = 0;
	for await (const line of rowStarts(head)) {
		row++;
		if (wanted.has(row)) lines.set(row, line);
		if (row >= last) break;
	}
	return lines;
}
async function* rowStarts(head) {
	if (head.format === "csv") {
		let header = true;
		for await (const { line, fields } of csvRecords(fileText(head.localPath), head.delimiter)) {
			if (!header && (fields.length > 1 || fields[0] !== "")) yield line;
			header = false;
		}
		return;
	}
	let line = 0;
	for await (const text of textLines(fileText(head.localPath))) {
		line++;
		if (text.trim() !== "") yield line;
	}
}
function lineWords(line, row) {
	return line === void 0 ? `row ${row}` : `line ${line}`;
}
// ../refit/src/adapters/duckdb/constraints.ts
async function checkConstraints(session, heads, columns, primaryKey) {
	const findings = [];
	const rules = [];
	for (const rule of columns.flatMap((column) => rulesOf(column, primaryKey))) {
		const problem = rule.code === "pattern" ? await patternProblem(session, rule) : null;
		if (problem === null) rules.push(rule);
		else findings.push(problem);
	}
	for (const breach of await findBreaches(session, rules)) findings.push(await breachFinding(session, heads, breach));
	for (const group of uniqueGroups(columns, primaryKey)) {
		const found = await repeated(session, heads, group);
		if (found !== null) findings.push(found);
	}
	return findings;
}
async function findBreaches(session, rules) {
	if (rules.length === 0) return [];
	const counts = rules.map(({ breaks }) => `count(*) FILTER (WHERE ${breaks})`);
	return (await session.rows(`SELECT ${fileColumn}, ${counts.join(", ")} FROM ${sourceTable} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`)).flatMap(([file, ...broken]) => rules.map((rule, i) => ({
		file: Number(file),
		rule,
		count: Number(broken[i])
	}))).filter(({ count }) => count > 0);
}
function uniqueGroups(columns, primaryKey) {
	const unique = columns.filter(({ field }) => field?.constraints?.unique === true).map((column) => [column]);
	const keyed = primaryKey.flatMap((name) => columns.filter((column) => column.name === name));
	return keyed.length > 0 ? [...unique, keyed] : unique;
}
function rulesOf(column, primaryKey) {
	const { required, minimum, maximum, pattern, enum: allowed } = column.field?.constraints ?? {};
	const value = identifier(column.name);
	const rules = [];
	if (required === true || primaryKey.includes(column.name)) rules.push({
		code: "required",
		column,
		breaks: `${value} IS NULL`,
		words: "missing"
	});
	if (minimum !== void 0) rules.push({
		code: "out-of-range",
		column,
		breaks: `${value} < ${bound$1(column, minimum)}`,
		words: `below ${minimum}`
	});
	if (maximum !== void 0) rules.push({
		code: "out-of-range",
		column,
		breaks: `${value} > ${bound$1(column, maximum)}`,
		words: `above ${maximum}`
	});
	if (allowed !== void 0) {
		const list = allowed.map((item) => bound$1(column, item)).join(", ");
		rules.push({
			code: "not-in-enum",
			column,
			breaks: `${value} NOT IN (${list})`,
			words: "not listed in `enum`"
		});
	}
	if (pattern !== void 0) {
		const breaks = `NOT regexp_full_match(${value}::VARCHAR, ${literal$1(pattern)})`;
		rules.push({
			code: "pattern",
			column,
			breaks,
			words: `not of the form ${quoted(pattern)}`
		});
	}
	return rules;
}
async function patternProblem(session, { column, breaks, words }) {
	try {
		await session.rows(`SELECT ${breaks} FROM ${sourceTable} LIMIT 1`);
		return null;
	} catch {
		const message = `The declared pattern of column ${quoted(column.name)} cannot be used; values would be ${words}.`;
		return finding("pattern", { column: column.name }, message);
	}
}
function bound$1({ type }, value) {
	return `TRY_CAST(${literal$1(String(value))} AS ${type === "integer" ? "DOUBLE" : storedAs[type]})`;
}
async function breachFinding(session, heads, { file, rule, count }) {
	const head = heads[file];
	const { name, sensitive } = rule.column;
	const [example] = await session.rows(`SELECT ${numberColumn}, ${identifier(name)}::VARCHAR FROM ${sourceTable} WHERE ${fileColumn} = ${file} AND ${rule.breaks} ORDER BY ${numberColumn} LIMIT 1`);
	const row = Number(example[0]);
	const line = (await linesOfRows(head, [row])).get(row);
	const examples = sensitive || rule.code === "required" ? [] : [quoted(String(example[1]))];
	const values = count === 1 ? "1 value is" : `${count} values are`;
	return finding(rule.code, {
		file: head.path,
		column: name,
		count,
		examples,
		...line !== void 0 && { line }
	}, `Column ${quoted(name)} of ${quoted(head.path)}: ${values} ${rule.words}, first in ${lineWords(line, row)}${inBrackets(examples)}.`);
}
function inBrackets(examples) {
	return examples.length === 0 ? "" : ` (${examples.join(", ")})`;
}
async function repeated(session, heads, columns) {
	const names = columns.map(({ name }) => identifier(name));
	const present = names.map((name) => `${name} IS NOT NULL`).join(" AND ");
	const numbered = `SELECT ${fileColumn}, ${numberColumn}, row_number() OVER (PARTITION BY ${names.join(", ")} ORDER BY ${fileColumn}, ${numberColumn}) AS nth FROM ${sourceTable} WHERE ${present}`;
	const [row] = await session.rows(`SELECT count(*), min({'file': ${fileColumn}, 'number': ${numberColumn}}) FROM (${numbered}) WHERE nth > 1`);
	const count = Number(row[0]);
	if (count === 0) return null;
	const first = row[1];
	const head = heads[first.file];
	const line = (await linesOfRows(head, [first.number])).get(first.number);
	const what = columns.map(({ name }) => quoted(name)).join(", ");
	const rows = count === 1 ? "1 row repeats" : `${count} rows repeat`;
	return finding("not-unique", {
		file: head.path,
		column: columns.length === 1 ? columns[0].name : null,
		count,
		...line !== void 0 && { line }
	}, `${rows} an earlier value of ${what}, first in ${quoted(head.path)}, ${lineWords(line, first.number)}.`);
}
// ../refit/src/adapters/duckdb/header-again.ts
var mostCompared = 30;
var unnamed = /^column\d+$/;
function headerAgainSql(names, textOf) {
	const compared = names.slice(0, mostCompared);
	if (compared.length < 2) return null;
	const areNamed = compared.filter((name) => !unnamed.test(name)).length > 1;
	return compared.map((name, i) => areNamed && unnamed.test(name) ? `trim(${textOf(i)}) IN ('', ${literal$1(name)})` : `${textOf(i)} = ${literal$1(name)}`).join(" AND ");
}
async function headerAgain(session, { head, count }, { schema }) {
	const condition = headerAgainSql(head.columns, (i) => `c${i}`);
	const [first] = await session.rows(`SELECT number FROM (SELECT row_number() OVER () AS number, * FROM ${head.relation}) WHERE ${condition} ORDER BY number LIMIT 1`);
	const row = Number(first[0]);
	const line = (await linesOfRows(head, [row])).get(row);
	const [raw] = head.columns;
	const column = schema.fields.find(({ name, from }) => (from ?? name) === raw)?.name ?? raw;
	const times = count === 1 ? "once more" : `${count} times more`;
	return finding("header-again", {
		file: head.path,
		column,
		count,
		...line !== void 0 && { line }
	}, `${quoted(head.path)} has its header line ${times}, as a row of data, first in ${lineWords(line, row)}.`);
}
// ../refit/src/adapters/duckdb/identify-rows.ts
var digestTable = "refit_row_digests";
async function rowIdentifier(session, { files }, heads, columns) {
	const before = await Promise.all(files.map(looksOf));
	const check = async () => {
		for (const [i, file] of files.entries()) if (await looksOf(file) !== before[i] && !await hasSameBytes(file)) throw new SourceVanishedError(file.path);
	};
	let made = null;
	const make = async () => {
		await check();
		try {
			await session.onAllThreads(() => digestRows(session, heads, columns));
		} finally {
			await check();
		}
	};
	return () => made ??= make();
}
var areIdentified = async () => {};
async function digestRows(session, heads, columns) {
	await session.run(`CREATE TEMP TABLE ${digestTable} (digest UBIGINT)`);
	for (const files of fileParts(heads)) {
		const texts = textsSql(files, columns, () => false);
		await session.run(`INSERT INTO ${digestTable} SELECT ${digestSql$1(heads, columns)} FROM ${texts}`);
	}
	await session.run(`UPDATE ${loadedTable} SET ${rowColumn} = d.digest FROM ${digestTable} d WHERE ${loadedTable}.rowid = d.rowid`);
	await session.run(`DROP TABLE ${digestTable}`);
}
async function looksOf({ localPath }) {
	try {
		const { size, mtimeNs, ino } = await (0, node_fs_promises.stat)(localPath, { bigint: true });
		return [
			size,
			mtimeNs,
			ino
		].join(" ");
	} catch {
		return null;
	}
}
async function hasSameBytes({ localPath, sha256, named }) {
	const hash = (0, node_crypto.createHash)("sha256");
	try {
		for await (const bytes of fileBytes(localPath)) hash.update(bytes);
	} catch {
		return false;
	}
	return hash.digest("hex") === (named?.own ?? sha256);
}
// ../refit/src/adapters/duckdb/wrong-types.ts
async function wrongTypes(session, texts, columns, settled) {
	const { heads, rows } = texts;
	const tests = columns.flatMap((column) => testsOf(column, settled));
	const counted = areBelow(rows, tests.length) ? await countBelow(session, heads, tests) : await countBeside(session, heads, tests);
	const failures = heads.map(() => []);
	for (const [file, of] of failures.entries()) for (const test of tests) {
		const count = counted.get(test)?.get(file) ?? 0;
		if (count > 0) of.push({
			...test,
			count,
			examples: await firstExamples(session, texts, file, test)
		});
	}
	const findings = [];
	for (const [file, head] of heads.entries()) findings.push(...await findingsOf(head, failures[file]));
	return findings;
}
async function countBeside(session, heads, tests) {
	const counted = new Map(tests.map((test) => [test, new Map()]));
	for (const part of inParts(tests, 500)) {
		const tested = part.map(({ column }) => column);
		const counts = part.map((test, i) => `count(*) FILTER (WHERE ${failsSql(test, `raw${i}`)})`);
		for (const files of fileParts(heads)) {
			const rows = await session.rows(`SELECT file, ${counts.join(", ")} FROM ${rowsSql(files, tested)} GROUP BY file ORDER BY file`);
			for (const [file, ...failed] of rows) for (const [i, test] of part.entries()) counted.get(test).set(Number(file), Number(failed[i]));
		}
	}
	return counted;
}
async function countBelow(session, heads, tests) {
	const counted = new Map(tests.map((test) => [test, new Map()]));
	for (const [fails, same] of alike(tests, (test) => failsSql(test, "raw"))) for (const part of inParts(same, 500)) {
		const raws = part.map((_, i) => `raw${i}`);
		const tested = part.map(({ column }) => column);
		for (const files of fileParts(heads)) {
			const below = `SELECT file, unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsSql(files, tested)}`;
			const rows = await session.rows(`SELECT file, i, count(*) FROM (${below}) WHERE ${fails} GROUP BY file, i`);
			for (const [file, i, count] of rows) counted.get(part[Number(i)]).set(Number(file), Number(count));
		}
	}
	return counted;
}
function testsOf(column, { readable, finite }) {
	const { name, type } = column;
	const tests = [];
	if (type !== "string" && !readable.has(name)) tests.push({
		column,
		code: "wrong-type"
	});
	if (type === "number" && !finite.has(name)) tests.push({
		column,
		code: "non-finite"
	});
	return tests;
}
function failsSql({ column, code }, raw) {
	const { type, field, missingValues } = column;
	const text = textSql(raw, missingValues);
	return code === "non-finite" ? `NOT isfinite(${castSql(text, "number", field)})` : `${text} IS NOT NULL AND NOT ${readsAsSql(text, type, field)}`;
}
async function firstExamples(session, { heads }, file, test) {
	return (await session.rows(`SELECT number, raw0 FROM ${rowsSql([[file, heads[file]]], [test.column])} WHERE ${failsSql(test, "raw0")} ORDER BY number LIMIT 3`)).map(([number, text]) => ({
		row: Number(number),
		text: String(text)
	}));
}
async function findingsOf(head, failures) {
	const lines = await linesOfRows(head, failures.flatMap(({ examples }) => examples.map(({ row }) => row)));
	return failures.map(({ column, code, count, examples }) => {
		const { row } = examples[0];
		const line = lines.get(row);
		const texts = column.sensitive ? [] : examples.map(({ text }) => quoted(text));
		const shown = texts.length === 0 ? "" : ` (${texts.join(", ")})`;
		const values = count === 1 ? "1 value" : `${count} values`;
		return finding(code, {
			file: head.path,
			column: column.name,
			count,
			examples: texts,
			...line !== void 0 && { line }
		}, `Column ${quoted(column.name)} of ${quoted(head.path)}: ${values} ${wrongWords(column, code)}${shown}, first in ${lineWords(line, row)}.${widerWords(column, examples)}`);
	});
}
function wrongWords({ type, field }, code) {
	if (code === "non-finite") return "cannot be read as a finite number";
	const { format, decimalChar, groupChar, unit } = field ?? {};
	const form = Object.entries({
		format,
		decimalChar,
		groupChar,
		unit
	}).flatMap(([key, value]) => value === void 0 ? [] : [`the ${key} ${quoted(value)}`]);
	return `cannot be read as ${type}${form.length === 0 ? "" : ` with ${form.join(" and ")}`}`;
}
function widerWords({ name, type, field }, examples) {
	if (type !== "integer" || !examples.every(({ text }) => /^\s*[+-]?\d*[.,]\d+\s*$/.test(text))) return "";
	return ` ${field === null ? "The live version knows whole numbers there. " : ""}If fractions are right, declare it in the data manifest: \`{ name: ${JSON.stringify(name)}, type: number }\`.`;
}
// ../refit/src/adapters/duckdb/find-types.ts
var fewRows$1 = 2e3;
var sampleValues = 2e4;
var sampleRows = 100;
async function findTypes(session, texts, columns) {
	const { rows } = texts;
	const open = columns.filter(({ type }) => type === null);
	const few = rows <= fewRows$1 && texts.heads.length <= 100;
	const tested = few ? await testRows(session, texts, open, rowsSqlOf([...texts.heads.entries()], rows)) : await testSample(session, texts, open);
	const inferred = few ? narrowest(tested.types) : await inferTypes(session, texts, open, tested.types);
	const typed = columns.map((column) => ({
		...column,
		type: column.type ?? inferred.get(column) ?? "string"
	}));
	return {
		columns: typed,
		findings: await wrongTypes(session, texts, typed, {
			readable: new Set(open.map(({ name }) => name)),
			finite: few ? tested.finite : new Set()
		})
	};
}
async function likelyTypes(session, texts, columns) {
	return (await testSample(session, texts, columns)).types;
}
function rowsSqlOf(files, limit) {
	return (columns) => `(FROM ${rowsSql(files, columns)} LIMIT ${limit})`;
}
async function testSample(session, texts, columns) {
	const limit = Math.max(sampleRows, Math.ceil(sampleValues / columns.length));
	return testRows(session, texts, columns, rowsSqlOf([...texts.heads.entries()].slice(-1), limit));
}
async function testRows(session, { heads, missingValues }, columns, rowsOf) {
	const types = new Map();
	const finite = new Set();
	if (heads.length === 0) return {
		types,
		finite
	};
	const sums = [...inferable.map((type) => suggestsSql("v", type)), "isfinite(TRY_CAST(v AS DOUBLE))"].map((condition) => `coalesce(bool_and(${condition}), true)`);
	for (const part of inParts(columns, 500)) {
		const below = `(SELECT unnest([${part.map((_, i) => `raw${i}`).join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsOf(part)})`;
		const rows = await session.rows(`SELECT i, ${sums.join(", ")} FROM (SELECT i, ${textSql("raw", missingValues)} AS v FROM ${below}) WHERE v IS NOT NULL GROUP BY i`);
		for (const [i, ...fit] of rows) {
			const column = part[Number(i)];
			types.set(column, inferable.filter((_, k) => fit[k] === true));
			if (fit.at(-1) === true) finite.add(column.name);
		}
	}
	return {
		types,
		finite
	};
}
function narrowest(fitting) {
	const found = [...fitting].flatMap(([column, [type]]) => type === void 0 ? [] : [[column, type]]);
	return new Map(found);
}
async function inferTypes(session, texts, columns, likely) {
	const inferred = new Map();
	let open = columns.map((column) => [column, likely.get(column) ?? inferable]);
	while (open.length > 0) {
		const tested = open.flatMap(([column, [type, ...wider]]) => type === void 0 ? [] : [{
			column,
			type,
			wider
		}]);
		const counts = await countFits(session, texts, tested);
		open = [];
		for (const [i, { column, type, wider }] of tested.entries()) {
			const fit = counts[i];
			if (fit.texts === 0) continue;
			if (fit.fits === fit.texts) inferred.set(column, type);
			else open.push([column, wider]);
		}
	}
	return inferred;
}
async function countFits(session, texts, tested) {
	if (!areBelow(texts.rows, tested.length)) return countFitsBeside(session, texts, tested);
	const counts = new Map();
	for (const same of alike(tested, ({ type }) => type).values()) for (const part of inParts(same, 500)) await countFitsBelow(session, texts, part, counts);
	return tested.map((each) => counts.get(each) ?? {
		texts: 0,
		fits: 0
	});
}
async function countFitsBeside(session, { heads, missingValues }, tested) {
	const counts = [];
	for (const part of inParts(tested, 500)) {
		const values = part.map((_, i) => `${textSql(`raw${i}`, missingValues)} AS v${i}`);
		const sql = part.map(({ type }, i) => `count(v${i}), count(*) FILTER (WHERE v${i} IS NOT NULL AND ${suggestsSql(`v${i}`, type)})`);
		const sums = part.map(() => ({
			texts: 0,
			fits: 0
		}));
		for (const files of fileParts(heads)) {
			const relation = rowsSql(files, part.map(({ column }) => column));
			const [row] = await session.rows(`SELECT ${sql.join(", ")} FROM (SELECT ${values.join(", ")} FROM ${relation})`);
			for (const [i, sum] of sums.entries()) {
				sum.texts += Number(row[2 * i]);
				sum.fits += Number(row[2 * i + 1]);
			}
		}
		counts.push(...sums);
	}
	return counts;
}
async function countFitsBelow(session, { heads, missingValues }, part, counts) {
	const raws = part.map((_, i) => `raw${i}`);
	for (const files of fileParts(heads)) {
		const relation = rowsSql(files, part.map(({ column }) => column));
		const below = `SELECT unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${relation}`;
		const rows = await session.rows(`SELECT i, count(*), count(*) FILTER (WHERE ${suggestsSql("v", part[0].type)}) FROM (SELECT i, ${textSql("raw", missingValues)} AS v FROM (${below})) WHERE v IS NOT NULL GROUP BY i`);
		for (const [i, texts, fits] of rows) {
			const before = counts.get(part[Number(i)]) ?? {
				texts: 0,
				fits: 0
			};
			counts.set(part[Number(i)], {
				texts: before.texts + Number(texts),
				fits: before.fits + Number(fits)
			});
		}
	}
}
// ../refit/src/adapters/duckdb/layout.ts
function layColumns(heads, manifest, knownTypes) {
	const findings = [];
	const fields = new Map(manifest.schema.fields.map((field) => [field.from ?? field.name, field]));
	const places = heads.map((head) => new Map(head.columns.map((name, i) => [name, i])));
	const raws = new Set([...heads.flatMap((head) => head.columns), ...fields.keys()]);
	const known = new Map(knownTypes.map(({ name, type }) => [name, type]));
	const columns = [...raws].map((raw) => {
		const field = fields.get(raw) ?? null;
		const name = field?.name ?? raw;
		const positions = places.map((place) => place.get(raw) ?? -1);
		const type = field?.type ?? known.get(name) ?? statedType(heads, positions);
		findings.push(...gaps(heads, {
			name,
			raw,
			positions,
			declared: field !== null
		}, known));
		return {
			name,
			raw,
			field,
			type,
			missingValues: field?.missingValues ?? manifest.schema.missingValues,
			sensitive: manifest.sensitive.includes(name),
			positions
		};
	});
	findings.push(...goneColumns(known.keys(), columns, heads), ...badNames$1(columns, heads), ...clashes$1(columns));
	return {
		columns,
		findings
	};
}
function statedType(heads, positions) {
	const stated = new Set(heads.flatMap((head, i) => positions[i] < 0 ? [] : [head.types[positions[i]]]));
	if (stated.size === 2 && stated.has("integer") && stated.has("number")) return "number";
	return stated.size === 1 ? [...stated][0] : null;
}
function gaps(heads, column, known) {
	const { name, raw, positions, declared } = column;
	const first = positions.findIndex((position) => position >= 0);
	const gone = heads.filter((_, i) => positions[i] < 0 && (declared || i > first)).map(({ path, columns }) => {
		const near = nearest$1(raw, columns);
		const advice = near === void 0 ? "" : ` It has ${quoted(near)}.`;
		const message = `${quoted(path)} has no column ${quoted(raw)}.${advice}`;
		return finding(declared ? "missing-column" : "gone-column", {
			file: path,
			column: name
		}, message);
	});
	if (!(!declared && (first > 0 || known.size > 0 && !known.has(name)))) return gone;
	const { path } = heads[first];
	const message = `${quoted(path)} has a new column ${quoted(raw)}.`;
	return [finding("new-column", {
		file: path,
		column: name
	}, message), ...gone];
}
function goneColumns(known, columns, heads) {
	if (heads.length === 0) return [];
	const here = new Set(columns.map(({ name }) => name));
	return [...known].filter((name) => !here.has(name)).map((name) => finding("gone-column", { column: name }, `No file has the column ${quoted(name)} that the data had before.`));
}
function badNames$1(columns, heads) {
	return columns.flatMap(({ name, positions }) => {
		const problem = columnNameProblem(name);
		if (problem === null) return [];
		const first = positions.findIndex((position) => position >= 0);
		const file = heads[first];
		if (file === void 0) return [];
		return [finding("column-name", {
			file: file.path,
			column: name,
			...file.format === "csv" && { line: 1 }
		}, `column ${positions[first] + 1} of ${quoted(file.path)} ${problem}.`)];
	});
}
function clashes$1(columns) {
	const seen = new Map();
	return columns.flatMap((column) => {
		const key = columnNameKey(column.name);
		const other = seen.get(key);
		seen.set(key, column);
		if (other === void 0) return [];
		const message = other.name.toLowerCase() === column.name.toLowerCase() ? `The columns ${quoted(other.raw)} and ${quoted(column.raw)} would both be named ${quoted(column.name)}.` : `The columns ${quoted(other.raw)} and ${quoted(column.raw)} look the same to a reader.`;
		return [finding("duplicate-column", { column: column.name }, message)];
	});
}
// ../refit/src/adapters/duckdb/plan-columns.ts
function planColumns(heads, { manifest, knownTypes, declaredOnly = false, mayLack }) {
	const { columns: all, findings: found } = layColumns(heads, manifest, knownTypes);
	const isLack = ({ code, column }) => code === "missing-column" && mayLack?.has(column ?? "") === true;
	const layout = {
		columns: all,
		findings: found.filter((each) => !isLack(each))
	};
	if (!declaredOnly) return layout;
	const columns = layout.columns.filter(({ field }) => field !== null);
	const names = new Set(columns.map(({ name }) => name));
	return {
		columns,
		findings: layout.findings.filter(({ column, code }) => code === "missing-column" || names.has(column ?? ""))
	};
}
// ../refit/src/adapters/duckdb/not-a-header.ts
function commentMark(field) {
	return /^\s*(#|\/\/|%)/.exec(field)?.[1] ?? null;
}
function notAHeader({ line, fields }, rows) {
	const [first = ""] = fields;
	if (/^sep=.?$/i.test(first)) return `line ${line} is "sep=…", which only Excel reads. Remove it.`;
	const where = `There seems to be a header in line ${rows.line}. Remove the lines before it.`;
	const mark = commentMark(first);
	if (mark !== null) return `line ${line} begins with "${mark}", as a comment does, and was read as the header. ${where}`;
	if (fields.length > 1) return null;
	return `line ${line} has 1 field, and the rows have ${rows.width}: it seems to be a title. ${where}`;
}
var fewLines = 20;
function titleAbove(file, lines, separators) {
	const [title = "", ...others] = lines.slice(0, fewLines);
	if (lines.slice(0, fewLines).some((line) => line.includes("\"")) || separators.some((each) => title.includes(each))) return null;
	const rows = others.map((text, i) => ({
		text,
		line: i + 2
	})).filter(({ text }) => text.trim() !== "" && commentMark(text) === null);
	if (rows.length < 2) return null;
	for (const separator of separators) {
		const widths = new Set(rows.map(({ text }) => text.split(separator).length));
		const [width] = widths;
		if (widths.size !== 1 || width === 1) continue;
		const words = notAHeader({
			line: 1,
			fields: [title]
		}, {
			width,
			line: rows[0].line
		});
		return finding("ragged-row", {
			file,
			line: 1
		}, `${quoted(file)}: ${words}`);
	}
	return null;
}
// ../refit/src/adapters/duckdb/unreadable.ts
function emptyFile(file) {
	return finding("empty-file", { file }, `${quoted(file)} is empty.`);
}
function unreadable(file, kind) {
	return finding("unreadable-file", { file }, `${quoted(file)} cannot be read as ${kind}.`);
}
function notUtf8(file, line) {
	return finding("not-utf8", {
		file,
		line
	}, `${quoted(file)}, line ${line}, contains bytes that are not UTF-8.`);
}
// ../refit/src/adapters/duckdb/csv-head.ts
var noNull = "refit";
async function csvHead(file, localPath) {
	const lines = await firstLines(localPath);
	const [header] = lines;
	if (header.trim() === "") return unreadable(file.path, "CSV: its first line is empty");
	if (header.includes("�")) return notUtf8(file.path, 1);
	const delimiter = file.delimiter ?? findDelimiter(header);
	const title = file.delimiter === null ? titleAbove(file.path, lines, silentSeparators) : null;
	if (title !== null) return title;
	const columns = await headerNames(localPath, delimiter);
	const types = columns.map(() => null);
	const relation = csvRelation(localPath, delimiter, columns.length);
	return {
		path: file.path,
		format: "csv",
		localPath,
		delimiter,
		columns,
		types,
		exact: types,
		relation
	};
}
function csvRelation(localPath, delimiter, columns, hasHeader = true) {
	const names = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(", ");
	return `read_csv(${literal$1(localPath)}, auto_detect = false, header = ${hasHeader}, delim = ${literal$1(delimiter)}, quote = '"', escape = '"', nullstr = ${literal$1(noNull)}, compression = 'none', max_line_size = ${maxRecordBytes}, buffer_size = ${2 * maxRecordBytes}, columns = {${names}})`;
}
async function headerNames(localPath, delimiter) {
	for await (const { fields } of csvRecords(fileText(localPath), delimiter, maxRecordBytes)) return fields.map((name, i) => columnNameKey(name) === "" ? `column${i + 1}` : name);
	return [];
}
var silentSeparators = [
	";",
	"	",
	"|"
];
var looked = 65536;
async function firstLines(localPath) {
	let text = "";
	for await (const piece of fileText(localPath)) {
		text += piece;
		if (text.length > looked && (/[\r\n]/.test(text) || text.length > 8388608)) break;
	}
	return text.split(/\r\n?|\n/);
}
// ../refit/src/adapters/duckdb/json-keys.ts
async function unreadKey(file, localPath, columns) {
	if (!renamed(columns) && !await holdsText(localPath, String.raw`\u0000`)) return null;
	const known = new Map(columns.map((name) => [name.toLowerCase(), name]));
	const exact = new Set(columns);
	let line = 0;
	for await (const text of textLines(fileText(localPath))) {
		line++;
		for (const key of keysOf(text)) {
			if (exact.has(key)) continue;
			const place = {
				file,
				column: key,
				line
			};
			const problem = columnNameProblem(key);
			if (problem !== null) return finding("column-name", place, `${quoted(file)}, line ${line}: a key ${problem}.`);
			const other = known.get(key.toLowerCase());
			if (other === void 0) continue;
			return finding("duplicate-column", place, `${quoted(file)}, line ${line}: the key ${quoted(key)} is the same column as ${quoted(other)}.`);
		}
	}
	return null;
}
function renamed(columns) {
	const folded = new Set(columns.map((name) => name.toLowerCase()));
	return columns.some((name, i) => {
		const base = /^(.*)_\d+$/s.exec(name)?.[1];
		return name === `C${i}` || base !== void 0 && folded.has(base.toLowerCase());
	});
}
function keysOf(line) {
	try {
		const value = JSON.parse(line);
		return typeof value === "object" && value !== null ? Object.keys(value) : [];
	} catch {
		return [];
	}
}
async function holdsText(localPath, text) {
	let rest = Buffer.alloc(0);
	for await (const chunk of (0, node_fs.createReadStream)(localPath, { highWaterMark: 1 << 20 })) {
		const seen = Buffer.concat([rest, chunk]);
		if (seen.includes(text)) return true;
		rest = seen.subarray(1 - text.length);
	}
	return false;
}
// ../refit/src/adapters/duckdb/text-bytes.ts
var sampleBytes = 4096;
async function textProblem(file, localPath) {
	let start = 0;
	for await (const bytes of fileBytes(localPath)) {
		const encoding = start === 0 ? otherEncoding(bytes) : null;
		if (encoding !== null) return otherThanUtf8(file, encoding);
		const at = bytes.indexOf(0);
		if (at >= 0) return nulByte(file, await lineOf$2(localPath, start + at));
		start += bytes.length;
	}
	return null;
}
function otherEncoding(bytes) {
	const mark = [...bytes.subarray(0, 4)];
	if (mark.join() === "255,254,0,0" || mark.join() === "0,0,254,255") return "UTF-32";
	if (bytes.length >= 2 && (mark.slice(0, 2).join() === "255,254" || mark.slice(0, 2).join() === "254,255")) return "UTF-16";
	const sample = bytes.subarray(0, sampleBytes);
	const zeros = [0, 0];
	for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]++;
	const [high, low] = zeros;
	if (high === 0 && low > .3 * (sample.length / 2)) return "UTF-16LE";
	return low === 0 && high > .3 * (sample.length / 2) ? "UTF-16BE" : null;
}
function otherThanUtf8(file, encoding) {
	const words = `${quoted(file)} is encoded as ${encoding}; refit reads UTF-8. Convert it: \`iconv -f ${encoding} -t UTF-8\`, or save it as "CSV UTF-8" from a spreadsheet.`;
	return finding("not-utf8", {
		file,
		line: 1
	}, words);
}
function nulByte(file, line) {
	if (line === 1) return null;
	const words = `${quoted(file)}, line ${line}, contains a NUL byte, which text does not have: the file was damaged or cut off while it was written.`;
	return finding("unreadable-file", {
		file,
		line
	}, words);
}
async function lineOf$2(localPath, end) {
	let [line, afterReturn, start] = [
		1,
		false,
		0
	];
	for await (const bytes of fileBytes(localPath)) {
		for (const byte of bytes.subarray(0, end - start)) {
			if (byte === 13 || byte === 10 && !afterReturn) line++;
			afterReturn = byte === 13;
		}
		start += bytes.length;
		if (start >= end) break;
	}
	return line;
}
// ../refit/src/adapters/duckdb/read-head.ts
var usualGrowth = 200;
var alwaysFits = 2 ** 30;
var mostColumns$1 = 2e4;
async function readHead(session, file, { scratch, manifest }) {
	const bytes = await sizeOf$1(file);
	if (bytes === 0) return emptyFile(file.path);
	let { localPath } = file;
	if (file.path.toLowerCase().endsWith(".gz")) {
		localPath = node_path.default.join(scratch, `${file.sha256}.plain`);
		const { spillMiB } = manifest.limits;
		const room = {
			bytes: spillMiB * 2 ** 20,
			growth: Math.max(usualGrowth * bytes, alwaysFits)
		};
		try {
			await unzip(file.localPath, localPath, Math.min(room.bytes, room.growth));
		} catch (error) {
			if (error instanceof TooLongError) {
				if (room.bytes <= room.growth) throw new DataLimitError("spillMiB", spillMiB, { cause: error });
				return unreadable(file.path, `gzip: it unpacks to more than ${usualGrowth} times its size`);
			}
			return finding("unreadable-file", { file: file.path }, `${quoted(file.path)} is not a complete gzip file.`);
		}
		if ((await (0, node_fs_promises.stat)(localPath)).size === 0) return emptyFile(file.path);
	}
	const problem = file.format === "parquet" ? null : await textProblem(file.path, localPath);
	if (problem !== null) return problem;
	const head = file.format === "csv" ? await csvHead(file, localPath) : await typedHead(session, file, localPath);
	if ("severity" in head) return head;
	return tooWide(file.path, head.columns.length) ?? badNames(head) ?? head;
}
async function sizeOf$1(file) {
	try {
		return (await (0, node_fs_promises.stat)(file.localPath)).size;
	} catch (error) {
		throw new SourceVanishedError(file.path, { cause: error });
	}
}
function tooWide(file, columns) {
	if (columns <= mostColumns$1) return null;
	const message = `${quoted(file)} has ${columns} columns; refit reads at most ${mostColumns$1}.`;
	return finding("unreadable-file", { file }, message);
}
async function firstKeys(localPath) {
	for await (const line of textLines(fileText(localPath))) return isJsonObject(line) && line.trim() !== "" ? Object.keys(JSON.parse(line)).length : 0;
	return 0;
}
async function typedHead(session, file, localPath) {
	const parquet = file.format === "parquet";
	const wide = parquet ? null : tooWide(file.path, await firstKeys(localPath));
	if (wide !== null) return wide;
	const reader = parquet ? `read_parquet(${literal$1(localPath)})` : `read_json(${literal$1(localPath)}, format = 'newline_delimited', sample_size = -1, maximum_depth = 1, map_inference_threshold = -1, maximum_object_size = ${maxRecordBytes})`;
	let described;
	try {
		described = await session.describe(`SELECT * FROM ${reader}`);
	} catch (error) {
		if (error instanceof DataLimitError) throw error;
		return parquet ? unreadable(file.path, "Parquet") : jsonlProblem(file.path, localPath);
	}
	const columns = described.map(({ name }) => name);
	if (!parquet && columns.join() === "json") {
		const bad = await badJsonLine(file.path, localPath);
		if (bad !== null) return bad;
	}
	const unread = parquet ? null : await unreadKey(file.path, localPath, columns);
	if (unread !== null) return unread;
	const exact = described.map(({ type }) => parquet ? exactTypeOf(type) : null);
	const texts = columns.map((name, i) => `${identifier(name)}::VARCHAR AS c${i}`);
	const values = columns.flatMap((name, i) => exact[i] === null ? [] : [`${identifier(name)} AS v${i}`]);
	const asText = columns.map((name) => `${literal$1(name)}: 'VARCHAR'`).join(", ");
	const source = parquet ? reader : `read_json(${literal$1(localPath)}, format = 'newline_delimited', columns = {${asText}}, maximum_object_size = ${maxRecordBytes})`;
	return {
		path: file.path,
		format: file.format,
		localPath,
		delimiter: "",
		columns,
		types: described.map(({ type }) => parquet ? columnTypeOf(type) ?? "string" : null),
		exact,
		relation: `(SELECT ${[...texts, ...values].join(", ")} FROM ${source})`
	};
}
async function badJsonLine(file, localPath) {
	let line = 0;
	for await (const text of textLines(fileText(localPath))) {
		line++;
		if (text.length > 8388608) return finding("unreadable-file", {
			file,
			line
		}, `${quoted(file)}, line ${line}, is longer than 8 MiB.`);
		if (isJsonObject(text)) continue;
		return finding("unreadable-file", {
			file,
			line
		}, `${quoted(file)}, line ${line}, is not a JSON object.`);
	}
	return null;
}
async function jsonlProblem(file, localPath) {
	return await badJsonLine(file, localPath) ?? unreadable(file, "JSON Lines");
}
function isJsonObject(text) {
	if (text.trim() === "") return true;
	try {
		const value = JSON.parse(text);
		return typeof value === "object" && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}
function badNames(head) {
	const seen = new Map();
	for (const [i, name] of head.columns.entries()) {
		const place = {
			file: head.path,
			column: name,
			...head.format === "csv" && { line: 1 }
		};
		if (name.includes("\0")) return finding("column-name", place, `column ${i + 1} of ${quoted(head.path)} ${columnNameProblem(name)}.`);
		const key = name.toLowerCase();
		const earlier = seen.get(key);
		if (earlier !== void 0) return finding("duplicate-column", place, `${`columns ${earlier + 1} and ${i + 1} of ${quoted(head.path)}`} have the same name ${quoted(name)}.`);
		if (key.startsWith("__refit_")) return finding("duplicate-column", place, `${quoted(head.path)} has a column ${quoted(name)}; names that begin with "__refit_" are refit's own.`);
		seen.set(key, i);
	}
	return null;
}
// ../refit/src/adapters/duckdb/tail-of-file.ts
async function tailOfFile(head, from, scratch) {
	const lineEnd = await lineEndAt(head.localPath, from);
	if (lineEnd === null) return null;
	const copy = node_path.default.join(scratch, `${(0, node_crypto.randomUUID)()}.tail.csv`);
	const start = from + lineEnd;
	await (0, node_stream_promises.pipeline)((0, node_fs.createReadStream)(head.localPath, { start }), (0, node_fs.createWriteStream)(copy));
	return {
		...head,
		relation: csvRelation(copy, head.delimiter, head.columns.length, false)
	};
}
function hasTail({ only, from }, { format }) {
	return from !== void 0 && only?.length === 1 && format === "csv";
}
function rowsBefore({ only }) {
	return (only?.[0]?.[0] ?? 1) - 1;
}
async function lineEndAt(file, start) {
	const handle = await (0, node_fs_promises.open)(file);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, start - 1);
		const [before, after] = [buffer[0], buffer.subarray(1, bytesRead).toString("latin1")];
		const lineEnd = before === newline ? "" : /^\r?\n/.exec(after)?.[0] ?? "";
		return /^[\r\n]/.test(after.slice(lineEnd.length)) ? null : lineEnd.length;
	} finally {
		await handle.close();
	}
}
var newline = 10;
// ../refit/src/adapters/duckdb/load-at-once.ts
var mostColumns = 100;
async function loadAtOnce(session, request) {
	const heads = [];
	for (const file of request.files) {
		const head = await readHead(session, file, request);
		if ("severity" in head || head.columns.length > mostColumns) return null;
		if (file.only !== void 0 && !hasTail(file, head)) return null;
		if (head.format === "csv" && head.columns.some((name) => /[\r\n]/.test(name))) return null;
		const wanted = file.only === void 0 ? head : await tailOfFile(head, file.from, request.scratch);
		if (wanted === null) return null;
		heads.push(wanted);
	}
	const layout = planColumns(heads, request);
	const findings = acceptSuspects(layout.findings, request.manifest.checks);
	if (layout.columns.length > mostColumns || findings.some(({ severity }) => severity === "error")) return null;
	try {
		const columns = await guessTypes(session, heads, request, layout.columns);
		await createTable(session, columns, []);
		const { toPrepare = false } = request;
		const identify = toPrepare ? areIdentified : await rowIdentifier(session, request, heads, columns);
		const loaded = await session.onAllThreads(() => loadUndoubted(session, heads, columns, toPrepare));
		const rows = [...heads.keys()].map((i) => loaded.get(i) ?? 0);
		if (rows.every((count) => count > 0)) {
			const before = request.files.map(rowsBefore);
			const number = numberSql$1(rows, before);
			const shown = shownColumns(columns, [`${number} AS ${numberColumn}`]);
			await layViews(session, shown);
			return {
				heads,
				columns,
				rowsByFile: new Map(heads.map(({ path }, i) => [path, before[i] + rows[i]])),
				findings,
				number,
				shown,
				identify
			};
		}
	} catch (error) {
		if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) throw error;
	}
	await session.run(`DROP TABLE IF EXISTS ${loadedTable}`);
	return null;
}
async function loadUndoubted(session, heads, columns, withDigests) {
	const exact = new Set(columns.filter(({ isExact }) => isExact));
	const texts = columns.map(({ missingValues }, i) => `${textSql(`raw${i}`, missingValues)} AS text${i}`);
	const values = columns.map((column, i) => `${valueSql$1(column, i)} AS value${i}`);
	const doubts = columns.flatMap(({ doubt }, i) => doubt === null ? [] : [doubt(`text${i}`, `value${i}`)]);
	const header = headerDoubt(heads, columns);
	if (header !== null) doubts.push(header);
	const digest = withDigests ? digestSql$1(heads, columns) : "NULL";
	const row = doubts.length === 0 ? digest : `CASE WHEN ${doubts.join(" OR ")} THEN error('doubt') ELSE ${digest} END`;
	const selected = [
		...columns.map((_, i) => `value${i}`),
		row,
		"file"
	];
	for (const files of fileParts(heads)) {
		const withTexts = `SELECT *, ${texts.join(", ")} FROM ${textsSql(files, columns, (column) => exact.has(column))}`;
		const withValues = `SELECT *, ${values.join(", ")} FROM (${withTexts})`;
		await insertRows(session, `SELECT ${selected.join(", ")} FROM (${withValues})`);
	}
	const counted = await session.rows(`SELECT ${fileColumn}, count(*) FROM ${loadedTable} GROUP BY ${fileColumn}`);
	return new Map(counted.map(([file, rows]) => [Number(file), Number(rows)]));
}
function headerDoubt(heads, columns) {
	const files = [...heads.keys()].filter((i) => heads[i].format === "csv");
	if (files.length === 0) return null;
	const isHeader = headerAgainSql(columns.map(({ raw }) => raw), (i) => `coalesce(raw${i}, ${literal$1(columns[i].raw)})`);
	if (isHeader === null) return null;
	return files.length === heads.length ? `(${isHeader})` : `(file IN (${files.join(", ")}) AND ${isHeader})`;
}
function valueSql$1({ type, field, missingValues, isExact }, i) {
	if (!isExact) return castSql(`text${i}`, type, field);
	return missingValues.every((text) => text === "") ? `exact${i}` : `CASE WHEN text${i} IS NOT NULL THEN exact${i} END`;
}
async function guessTypes(session, heads, { manifest }, columns) {
	const open = columns.filter(({ type }) => type === null);
	const likely = await likelyTypes(session, {
		heads,
		missingValues: manifest.schema.missingValues
	}, open);
	return columns.map((column) => {
		if (column.type !== null) return declaredColumn({
			...column,
			type: column.type
		}, heads);
		const types = likely.get(column);
		if (types === void 0) return {
			...column,
			type: "string",
			isExact: false,
			doubt: (text) => `${text} IS NOT NULL`
		};
		const [type] = types;
		return type === void 0 ? {
			...column,
			type: "string",
			isExact: false,
			doubt: null
		} : inferredColumn(column, type);
	});
}
function declaredColumn(column, heads) {
	const { type, field, positions } = column;
	if (type === "string" || type === "file") return {
		...column,
		isExact: false,
		doubt: null
	};
	const isStated = positions.every((position, i) => position < 0 || heads[i].exact[position] === type);
	const { format, decimalChar, groupChar, bareNumber = true } = field ?? {};
	const isPlain = bareNumber && [
		format,
		decimalChar,
		groupChar
	].every((form) => form === void 0);
	if (isStated && isPlain) {
		const odd = oddSql$1(type, "");
		return {
			...column,
			isExact: true,
			doubt: odd === null ? null : (_, value) => oddSql$1(type, value)
		};
	}
	return {
		...column,
		isExact: false,
		doubt: unless(type, (text, value) => readsAsSql(text, type, field, value))
	};
}
function inferredColumn(column, type) {
	return {
		...column,
		type,
		isExact: false,
		doubt: unless(type, (text, value) => suggestsSql(text, type, value))
	};
}
function unless(type, fits) {
	return (text, value) => {
		const isFinite = type === "number" ? ` AND isfinite(${value})` : "";
		const doubt = `${text} IS NOT NULL AND NOT coalesce(${fits(text, value)}${isFinite}, false)`;
		const surely = surelySql(text, type, value);
		return surely === null ? `(${doubt})` : `CASE WHEN ${surely} THEN false ELSE ${doubt} END`;
	};
}
function numberSql$1(rows, before) {
	let next = 0;
	return `CAST(rowid - [${rows.map((count) => (next += count) - count).map((place, i) => place - before[i]).join(", ")}][${fileColumn} + 1] + 1 AS INTEGER)`;
}
// ../refit/src/adapters/duckdb/csv-problem.ts
async function csvProblem(head, message) {
	const widths = {
		header: null,
		ragged: 0,
		first: null,
		others: new Map()
	};
	for await (const record of csvRecords(fileText(head.localPath), head.delimiter)) {
		const { line, fields, unterminated } = record;
		if (fields.some((field) => field.includes("�")) && /unicode|utf/i.test(message)) return notUtf8(head.path, line);
		if (unterminated) {
			const words = `${quoted(head.path)}: a quote that opens in the record of line ${line} never closes.`;
			return finding("unreadable-file", {
				file: head.path,
				line
			}, words);
		}
		noteWidth(widths, head, record);
	}
	return widths.first === null ? otherProblem(head, message) : raggedRows(head, widths, widths.first);
}
function noteWidth(widths, { columns }, record) {
	widths.header ??= record;
	const { line, fields } = record;
	const width = fields.length === columns.length + 1 && fields.at(-1) === "" ? fields.length - 1 : fields.length;
	if (width === 1 && fields[0] === "") return;
	if (record !== widths.header && commentMark(fields[0]) === null) {
		const other = widths.others.get(width) ?? {
			count: 0,
			line
		};
		other.count++;
		widths.others.set(width, other);
	}
	if (width === columns.length) return;
	widths.ragged++;
	widths.first ??= record;
}
function raggedRows({ path: file, columns, delimiter }, widths, first) {
	const { header, ragged: count, others } = widths;
	const [usual] = [...others].toSorted(([, a], [, b]) => b.count - a.count);
	if (header !== null && usual !== void 0 && usual[0] !== columns.length) {
		const [width, { line }] = usual;
		if (width === columns.length - 1 && header.fields.at(-1) === "") {
			const separator = delimiter === "	" ? "\\t" : delimiter;
			const words = `${quoted(file)}: the header in line ${header.line} ends with a separator ("${separator}"), and the rows do not. Remove it.`;
			return finding("ragged-row", {
				file,
				line: header.line,
				count
			}, words);
		}
		const words = notAHeader(header, {
			width,
			line
		});
		if (words !== null) return finding("ragged-row", {
			file,
			line: header.line,
			count
		}, `${quoted(file)}: ${words}`);
	}
	const rows = count === 1 ? "1 row has" : `${count} rows have`;
	const mark = commentMark(first.fields[0]);
	const comment = mark === null ? "" : ` A CSV file has no comments, and line ${first.line} begins with "${mark}", as a comment does. Remove such lines.`;
	const words = `${quoted(file)}: ${rows} more or fewer fields than the header (${columns.length}), first in line ${first.line} (${first.fields.length}).${comment}`;
	return finding("ragged-row", {
		file,
		line: first.line,
		count
	}, words);
}
function otherProblem(head, message) {
	if (message.includes("Maximum line size")) return unreadable(head.path, "CSV: a row is longer than 8 MiB");
	const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
	const where = line === void 0 ? "" : `: something is wrong with the quotes near record ${line}`;
	return unreadable(head.path, `CSV${where}`);
}
// ../refit/src/adapters/duckdb/read-rows.ts
async function readRows(session, head, request) {
	if (head.format === "csv" && head.columns.some((name) => /[\r\n]/.test(name))) return readEvened(session, head, request);
	const counted = await countRows(session, head);
	if (typeof counted !== "string") return readFile$10(session, head, counted, request);
	if (head.format === "parquet") return unreadable(head.path, "Parquet");
	if (head.format === "jsonl") return jsonlProblem(head.path, head.localPath);
	return counted.includes("state machine") ? readEvened(session, head, request) : csvProblem(head, counted);
}
async function readEvened(session, head, request) {
	const copy = node_path.default.join(request.scratch, `${(0, node_crypto.randomUUID)()}.csv`);
	await evenLineEnds(head.localPath, copy);
	const even = {
		...head,
		relation: csvRelation(copy, head.delimiter, head.columns.length)
	};
	const counted = await countRows(session, even);
	return typeof counted === "string" ? csvProblem(even, counted) : readFile$10(session, even, counted, request);
}
async function readFile$10(session, head, { rows, headers: count }, { manifest }) {
	if (rows === 0) return headerOnly(head);
	return {
		head,
		rows,
		findings: count === 0 ? [] : [await headerAgain(session, {
			head,
			count
		}, manifest)]
	};
}
async function countRows(session, { columns, relation, format }) {
	const isHeader = format === "csv" ? headerAgainSql(columns, (i) => `c${i}`) : null;
	const counts = columns.map((_, i) => `count(c${i})`);
	const headers = isHeader === null ? "0" : `count(*) FILTER (WHERE ${isHeader})`;
	try {
		const [row] = await session.rows(`SELECT count(*), ${headers}, ${counts.join(", ")} FROM ${relation}`);
		return {
			rows: Number(row[0]),
			headers: Number(row[1])
		};
	} catch (error) {
		if (error instanceof DataLimitError) throw error;
		return error instanceof Error ? error.message : String(error);
	}
}
function headerOnly({ path: file, format }) {
	const message = `${quoted(file)} has ${format === "csv" ? "a header but " : ""}no rows.`;
	return finding("header-only", { file }, message);
}
// ../refit/src/adapters/duckdb/read-source-files.ts
async function readSourceFiles(session, request) {
	const heads = [];
	const rowsByFile = new Map();
	const findings = [];
	const room = textRoom();
	for (const file of request.files) {
		const head = await readHead(session, file, request);
		if ("columns" in head) await session.fitColumns(head.columns.length);
		const read = "severity" in head ? head : await readRows(session, head, request);
		if ("severity" in read) {
			findings.push(read);
			continue;
		}
		const kept = await keepWideTexts(session, read.head, read.rows, room);
		heads.push(file.only === void 0 ? kept : {
			...kept,
			only: file.only
		});
		rowsByFile.set(file.path, read.rows);
		findings.push(...read.findings);
	}
	return {
		heads,
		rowsByFile,
		findings
	};
}
// ../refit/src/adapters/duckdb/load-step-by-step.ts
async function loadStepByStep(session, request) {
	const { manifest } = request;
	const { heads, rowsByFile, findings: unread } = await readSourceFiles(session, request);
	const findings = acceptSuspects(unread, manifest.checks);
	await noteOnlyRows(session, heads);
	const layout = planColumns(heads, request);
	findings.push(...acceptSuspects(layout.findings, manifest.checks));
	if (hasError(findings)) return {
		heads,
		columns: [],
		rowsByFile,
		findings,
		shown: "*",
		...asLoaded
	};
	const { missingValues } = manifest.schema;
	const { columns, findings: wrong } = await findTypes(session, {
		heads,
		missingValues,
		rows: [...rowsByFile.values()].reduce((sum, count) => sum + count, 0)
	}, layout.columns);
	findings.push(...wrong);
	if (!hasError(findings)) await loadSource(session, heads, columns);
	await dropWideTexts(session, heads);
	return {
		heads,
		columns,
		rowsByFile,
		findings,
		shown: shownColumns(columns, []),
		...asLoaded
	};
}
var asLoaded = {
	number: numberColumn,
	identify: areIdentified
};
function hasError(findings) {
	return findings.some(({ severity }) => severity === "error");
}
// ../refit/src/adapters/duckdb/load-files.ts
async function loadFiles(session, request) {
	return await loadAtOnce(session, request) ?? loadStepByStep(session, request);
}
// ../refit/src/adapters/duckdb/instant-sql.ts
var instantSql = (column) => `epoch_ms(${identifier(column)})::DOUBLE`;
// ../refit/src/adapters/duckdb/further-tables.ts
var dropViews = `DROP VIEW IF EXISTS source; DROP VIEW IF EXISTS ${sourceTable}`;
async function loadFurtherTables(session, request) {
	const tables = [];
	const findings = [];
	for (const table of request.manifest.tables ?? []) {
		const files = request.tables?.get(table.name);
		if (files === void 0) continue;
		const loaded = await loadFurtherTable(session, {
			...request,
			files
		}, table);
		findings.push(...loaded.findings.map((found) => ({
			...found,
			message: `Table ${table.name}: ${found.message}`
		})));
		if (hasError(loaded.findings)) {
			await session.run(`${dropViews}; DROP TABLE IF EXISTS ${loadedTable}`);
			continue;
		}
		const stored = `refit_table_${tables.length}`;
		await session.run(`${dropViews}; ALTER TABLE ${loadedTable} RENAME TO ${stored}`);
		const made = {
			name: table.name,
			stored,
			columns: loaded.columns,
			availableAt: table.availableAt ?? null
		};
		await session.run(viewOf(made, rowsOf(made)));
		tables.push(made);
	}
	return {
		tables,
		findings
	};
}
var ownLoaded = `${loadedTable}_own`;
async function loadBeside(session, request, shown) {
	await session.run(`${dropViews}; ALTER TABLE ${loadedTable} RENAME TO ${ownLoaded}`);
	const further = await loadFurtherTables(session, request);
	await session.run(`ALTER TABLE ${ownLoaded} RENAME TO ${loadedTable}`);
	await layViews(session, shown);
	return further;
}
async function loadFurtherTable(session, request, table) {
	const asTable = {
		manifest: asOwnRows(table, request.manifest),
		knownTypes: [],
		declaredOnly: true,
		toPrepare: false
	};
	const loaded = await loadFiles(session, {
		...request,
		...asTable
	});
	if (hasError(loaded.findings)) return loaded;
	const key = [table.schema.primaryKey ?? []].flat();
	const broken = await checkConstraints(session, loaded.heads, loaded.columns, key);
	return {
		...loaded,
		findings: [...loaded.findings, ...broken]
	};
}
function rowsOf({ stored, columns }) {
	return `SELECT ${columns.map(({ name }) => identifier(name)).join(", ")} FROM ${stored}`;
}
function rowsKnownAt(table, at) {
	return `${rowsOf(table)} WHERE ${instantSql(table.availableAt)} <= ${at}`;
}
function viewOf({ name }, rows) {
	return `CREATE OR REPLACE VIEW ${identifier(name)} AS ${rows}`;
}
// ../refit/src/adapters/duckdb/name-files.ts
var namesTable = "refit_names";
var namesAtOnce = 2e3;
var mostAlike = .05;
var leastAlike = 10;
async function nameFiles(session, { heads, columns, number, identify }, { files }) {
	const named = columns.filter(({ type }) => type === "file");
	const byPath = new Map();
	const findings = [];
	for (const column of named) {
		const all = files.map(({ namedFiles = [] }) => namedFiles.find(({ name }) => name === column.name)?.files);
		const known = new Map();
		for (const of of all) for (const each of of?.values() ?? []) if ("sha256" in each) known.set(each.path, each);
		byPath.set(column.name, known);
		await fillNames(session, all);
		const value = identifier(column.name);
		const rows = {
			heads,
			column,
			sql: `(SELECT ${fileColumn} AS file, ${number} AS number, ${value} AS value FROM ${loadedTable})`
		};
		findings.push(...await problemsOf(session, rows));
		await refuseUnknown(session, rows);
		await session.run(`UPDATE ${loadedTable} SET ${value} = n.value FROM ${namesTable} n WHERE ${loadedTable}.${fileColumn} = n.file AND ${loadedTable}.${value} = n.text AND n.value IS NOT NULL`);
		await session.run(`DROP TABLE ${namesTable}`);
		findings.push(...await filesWithoutBytes(session, rows), ...await filesAlike(session, rows));
	}
	let mixed = null;
	const mix = async () => {
		await identify();
		const values = named.map(({ name }) => `coalesce(${identifier(name)}, '')`);
		if (values.length === 0) return;
		const digest = first64Sql(`concat_ws('\u001e', ${rowColumn}, ${values.join(", ")})`);
		await session.run(`UPDATE ${loadedTable} SET ${rowColumn} = ${digest}`);
	};
	return {
		byPath,
		findings,
		identify: () => mixed ??= mix()
	};
}
async function fillNames(session, all) {
	await session.run(`CREATE TEMP TABLE ${namesTable} (file INTEGER, text VARCHAR, value VARCHAR, code VARCHAR, words VARCHAR)`);
	const rows = all.flatMap((names, file) => [...names ?? []].map(([text, each]) => "code" in each ? `(${file}, ${literal$1(text)}, NULL, ${literal$1(each.code)}, ${literal$1(each.words)})` : `(${file}, ${literal$1(text)}, ${literal$1(valueOf$1(each))}, NULL, NULL)`));
	for (const part of inParts(rows, namesAtOnce)) await session.run(`INSERT INTO ${namesTable} VALUES ${part.join(", ")}`);
}
var valueOf$1 = ({ path, sha256, bytes }) => [
	path,
	contentName(sha256, path),
	bytes
].join("");
async function problemsOf(session, { heads, column, sql }) {
	const broken = await session.rows(`SELECT n.file, n.code, count(*), min({'number': s.number, 'text': n.text, 'words': n.words}) FROM ${sql} s JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE n.code IS NOT NULL GROUP BY n.file, n.code ORDER BY n.file, n.code`);
	const findings = [];
	for (const [file, code, counted, least] of broken) {
		const first = least;
		const count = Number(counted);
		const text = column.sensitive ? "its value" : quoted(first.text);
		const words = column.sensitive ? first.words.replace(/; there is ".*$/, "") : first.words;
		const more = count === 1 ? "" : `; ${count} rows have such a path`;
		findings.push(await placed(heads, column, {
			code,
			file: Number(file),
			row: first.number,
			count,
			examples: column.sensitive ? [] : [quoted(first.text)],
			words: (where) => `${where}: ${text} ${words}${more}.`
		}));
	}
	return findings;
}
async function refuseUnknown(session, { heads, sql }) {
	const [row] = await session.rows(`SELECT min(s.file) FROM ${sql} s ANTI JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE s.value IS NOT NULL`);
	const file = row[0] ?? null;
	if (file !== null) throw new SourceVanishedError(heads[Number(file)].path);
}
async function filesWithoutBytes(session, { heads, column, sql }) {
	const empty = await session.rows(`SELECT file, count(*), min(number) FROM ${sql} WHERE ${namedPart("value", "bytes")} = '0' GROUP BY file ORDER BY file`);
	const findings = [];
	for (const [file, counted, row] of empty) {
		const count = Number(counted);
		const files = count === 1 ? "the file has no byte" : `${count} rows name files without a byte, this one first`;
		const words = (where) => `${where}: ${files}.`;
		const place = {
			file: Number(file),
			row: Number(row),
			count,
			examples: []
		};
		findings.push(await placed(heads, column, {
			code: "file-without-bytes",
			...place,
			words
		}));
	}
	return findings;
}
async function filesAlike(session, { heads, column, sql }) {
	const content = namedPart("value", "content");
	const [most] = await session.rows(`SELECT count(*) AS n, sum(count(*)) OVER (), min({'file': file, 'number': number}) AS first FROM ${sql} WHERE value IS NOT NULL AND ${namedPart("value", "bytes")} <> '0' GROUP BY ${content} ORDER BY n DESC, first LIMIT 1`);
	const [count, rows] = [Number(most?.[0] ?? 0), Number(most?.[1] ?? 0)];
	if (count < leastAlike || count <= mostAlike * rows) return [];
	const first = most[2];
	const place = {
		file: first.file,
		row: first.number,
		count,
		examples: []
	};
	const words = (where) => `${where}: ${count} of ${rows} rows have the same file as this one, byte for byte.`;
	return [await placed(heads, column, {
		code: "files-alike",
		...place,
		words
	})];
}
async function placed(heads, { name }, { code, file, row, count, examples, words }) {
	const head = heads[file];
	const line = (await linesOfRows(head, [row])).get(row);
	const place = {
		file: head.path,
		column: name,
		...line !== void 0 && { line },
		...count !== void 0 && { count }
	};
	const where = `Column ${quoted(name)} of ${quoted(head.path)}, ${lineWords(line, row)}`;
	return finding(code, {
		...place,
		...examples !== void 0 && { examples }
	}, words(where));
}
// ../refit/src/adapters/duckdb/exact-json.ts
var mark = "\0integer:";
function parseExactly(text) {
	return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => /^-?\d{16,}$/.test(token) ? JSON.stringify(mark + token) : token));
}
function exactJson(value) {
	return JSON.stringify(value).replace(/"\\u0000integer:(-?\d+)"/g, "$1");
}
// ../refit/src/adapters/duckdb/prepare-refused.ts
function prepareRefused(error, sql, hideValues) {
	if (error instanceof DataLimitError) return error;
	const { words, at } = refusalWords(error, sql, hideValues);
	return new PrepareInvalidError(words, at);
}
function refusalWords(error, sql, hideValues) {
	const message = error instanceof Error ? error.message : String(error);
	const [first = ""] = message.split("\n");
	const sentence = first.replace(/^[A-Z][a-z]+ (?:Error|Exception): /, "").replace(/[.!]$/, "");
	return {
		words: hideValues ? sentence.replace(/'[^']*'/g, "'…'").replace(/"[^"]*"/g, "\"…\"") : sentence,
		at: caretPlace(message, sql)
	};
}
function caretPlace(message, sql) {
	const shown = /^(LINE (\d+): )(.*)\n( *)\^/m.exec(message);
	if (shown === null) return null;
	const [, label, number, text, indent] = shown;
	const line = sql.split("\n")[Number(number) - 1];
	if (line === void 0) return null;
	const cut = text.startsWith("...") ? 3 : 0;
	const start = cut === 0 ? 0 : line.indexOf(text.slice(3).replace(/\.\.\.$/, ""));
	const column = indent.length - label.length - cut + Math.max(0, start) + 1;
	return {
		line: Number(number),
		column: Math.max(1, column)
	};
}
// ../refit/src/adapters/duckdb/carry-rows.ts
async function describe$1(session, statement, sql, hideValues) {
	try {
		return await session.describe(statement);
	} catch (error) {
		throw prepareRefused(error, sql, hideValues);
	}
}
async function carryRows(session, { tree, node }, sql, result) {
	if (result.some(({ name, type }) => name === "__refit_row" && type === "UBIGINT")) return sql;
	if (node["type"] !== "SELECT_NODE" || node["group_expressions"].length > 0) return null;
	if (node["modifiers"].some(({ type }) => type === "DISTINCT_MODIFIER")) return null;
	const row = {
		class: "COLUMN_REF",
		type: "COLUMN_REF",
		alias: "",
		query_location: 0,
		column_names: [rowColumn]
	};
	const added = {
		...tree,
		statements: [{
			node: {
				...node,
				select_list: [...node["select_list"], row]
			},
			named_param_map: []
		}]
	};
	const [text] = await session.rows(`SELECT json_deserialize_sql(${literal$1(exactJson(added))}::JSON)`);
	try {
		await session.describe(String(text[0]));
	} catch {
		return null;
	}
	return String(text[0]);
}
// ../refit/src/adapters/duckdb/prepare-functions.ts
var asked = null;
function knownFunctions(session) {
	asked ??= askFunctions(session).catch((error) => {
		asked = null;
		throw error;
	});
	return asked;
}
async function askFunctions(session) {
	const rows = await session.rows("SELECT lower(function_name), function_type, stability FROM duckdb_functions() WHERE function_name IS NOT NULL");
	const all = new Set();
	const changing = new Set(unlisted);
	const steady = new Set();
	const ofRows = new Set(macrosOfRows);
	for (const [name, type, stability] of rows) {
		all.add(name);
		if (stability === "VOLATILE" || stability === "CONSISTENT_WITHIN_QUERY") changing.add(name);
		if ((type === "scalar" || type === "aggregate") && stability === "CONSISTENT") steady.add(name);
		if (type === "aggregate") ofRows.add(name);
		if (type === "macro" && (name.startsWith("list_") || harmlessMacros.has(name))) steady.add(name);
	}
	return {
		all,
		changing,
		allowed: new Set([...steady, "unnest"].filter((name) => !changing.has(name) && !lookingElsewhere.has(name))),
		ofRows
	};
}
var unlisted = [
	"ago",
	"current_localtime",
	"current_localtimestamp",
	"current_setting",
	"getvariable",
	"pg_conf_load_time",
	"pg_postmaster_start_time",
	"reservoir_quantile",
	"vector_type",
	"version"
];
var lookingElsewhere = new Set(["json_serialize_plan", "parse_duckdb_log_message"]);
var harmlessMacros = new Set([
	"array_append",
	"array_pop_back",
	"array_pop_front",
	"array_prepend",
	"array_push_back",
	"array_push_front",
	"array_reverse",
	"array_to_string",
	"array_to_string_comma_default",
	"date_add",
	"days_in_month",
	"fdiv",
	"fmod",
	"generate_subscripts",
	"geomean",
	"geometric_mean",
	"histogram",
	"histogram_values",
	"json",
	"json_group_array",
	"json_group_object",
	"json_group_structure",
	"map_contains_entry",
	"map_contains_value",
	"md5_number_lower",
	"md5_number_upper",
	"nullif",
	"pg_size_pretty",
	"pg_typeof",
	"regexp_split_to_table",
	"round_even",
	"roundbankers",
	"split_part",
	"wavg",
	"weighted_avg"
]);
var macrosOfRows = [
	"generate_subscripts",
	"geomean",
	"geometric_mean",
	"json_group_array",
	"json_group_object",
	"json_group_structure",
	"regexp_split_to_table",
	"unnest",
	"wavg",
	"weighted_avg"
];
var harmlessTables = new Set([
	"range",
	"generate_series",
	"unnest"
]);
// ../refit/src/adapters/duckdb/prepare-problem.ts
var allowedTypes = new Set([
	"SELECT_NODE",
	"SET_OPERATION_NODE",
	"RECURSIVE_CTE_NODE",
	"BASE_TABLE",
	"EMPTY",
	"EXPRESSION_LIST",
	"JOIN",
	"PIVOT",
	"SUBQUERY",
	"TABLE_FUNCTION",
	"DISTINCT_MODIFIER",
	"LIMIT_MODIFIER",
	"LIMIT_PERCENT_MODIFIER",
	"ORDER_MODIFIER",
	"ASCENDING",
	"DESCENDING",
	"ORDER_DEFAULT"
]);
var allowedClasses = new Set([
	"BETWEEN",
	"CASE",
	"CAST",
	"COLLATE",
	"COLUMN_REF",
	"COMPARISON",
	"CONJUNCTION",
	"CONSTANT",
	"FUNCTION",
	"LAMBDA",
	"LAMBDA_REF",
	"OPERATOR",
	"POSITIONAL_REFERENCE",
	"STAR",
	"SUBQUERY",
	"TYPE",
	"WINDOW"
]);
var ownColumn = /^__refit/i;
var ownTable$1 = /^(?:__refit|refit_)/i;
function findProblem(value, scope) {
	if (Array.isArray(value)) return firstOf$2(value, scope);
	if (typeof value !== "object" || value === null) return null;
	const node = value;
	const words = kindProblem(node) ?? nameProblem$1(node) ?? expressionProblem(node, scope) ?? tableProblem(node, scope);
	if (words !== null) return {
		words,
		at: locationOf(node)
	};
	if (node["class"] === "CONSTANT") return null;
	return cteProblem(node, scope);
}
function firstOf$2(values, scope) {
	for (const value of values) {
		const problem = findProblem(value, scope);
		if (problem !== null) return problem;
	}
	return null;
}
function locationOf(node) {
	return typeof node["query_location"] === "number" ? node["query_location"] : -1;
}
function kindProblem(node) {
	const { class: kind, type } = node;
	if (kind === "PARAMETER") return "parameters such as $1 or ? have no value here";
	if (typeof kind === "string") return allowedClasses.has(kind) ? null : `${kindWords$1(kind)} is not allowed`;
	if (type === "SHOW_REF") return "SHOW, DESCRIBE and SUMMARIZE are not allowed; only rows of `source` can be read";
	if (typeof type !== "string" || allowedTypes.has(type) || type.endsWith("_TYPE_INFO")) return null;
	return `${kindWords$1(type)} is not allowed`;
}
function kindWords$1(kind) {
	return `a ${kind.toLowerCase().replaceAll("_", " ")}`;
}
function nameProblem$1(node) {
	const own = Object.values(node).flat().find((name) => typeof name === "string" && ownColumn.test(name));
	return own === void 0 ? null : ownNameWords(String(own));
}
function expressionProblem(node, { functions, sessionWords }) {
	if (node["class"] === "COLUMN_REF") {
		const name = node["column_names"].at(-1).toLowerCase();
		return sessionWords.has(name) ? `${name} gives another result on another run` : null;
	}
	if (node["class"] !== "FUNCTION" && node["class"] !== "WINDOW") return null;
	const name = String(node["function_name"]).toLowerCase();
	if (name === "age" && node["children"].length === 1 || functions.changing.has(name)) return `${name}() gives another result on another run`;
	return functions.all.has(name) && !functions.allowed.has(name) && !harmlessTables.has(name) ? `the function ${name}() is not allowed` : null;
}
function tableProblem(node, { ctes, tables }) {
	if (node["type"] === "TABLE_FUNCTION") {
		const name = String(node["function"]["function_name"]).toLowerCase();
		if (!harmlessTables.has(name)) return `the table function ${name}() is not allowed; only ${namesOf(tables)} can be read`;
	}
	if (node["sample"] !== void 0 && node["sample"] !== null) return "a sample gives other rows on another run";
	if (node["type"] !== "BASE_TABLE") return null;
	const name = String(node["table_name"]);
	return node["schema_name"] === "" && node["catalog_name"] === "" && (tables.includes(name.toLowerCase()) || ctes.has(name.toLowerCase())) ? null : `there is no table "${name}" here; only ${namesOf(tables)} can be read`;
}
function namesOf(tables) {
	const names = tables.map((name) => `\`${name}\``);
	return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
function cteProblem(node, scope) {
	const { cte_map: map, ...rest } = node;
	const entries = map?.map ?? [];
	const ctes = new Set(scope.ctes);
	for (const { key, value } of entries) {
		if (ownTable$1.test(key)) return {
			words: ownNameWords(key),
			at: -1
		};
		const query = value["query"]?.node;
		const seen = new Set(ctes);
		if (query?.["type"] === "RECURSIVE_CTE_NODE") seen.add(key.toLowerCase());
		const problem = findProblem(value, {
			...scope,
			ctes: seen
		});
		if (problem !== null) return problem;
		ctes.add(key.toLowerCase());
	}
	return firstOf$2(Object.values(rest), {
		...scope,
		ctes
	});
}
function ownNameWords(name) {
	return `the name "${name}" is refit's own; choose another`;
}
// ../refit/src/adapters/duckdb/prepare-check.ts
async function checkPrepare(session, sql, columns, tables = []) {
	const tree = await parseTree(session, sql);
	if (tree["error"] === true) {
		if (tree["error_type"] === "not implemented") throw new PrepareInvalidError("only a SELECT is allowed", placeOf$4(sql, 0));
		const position = tree["position"];
		const at = position === void 0 ? null : placeOf$4(sql, Number(position));
		const word = position === void 0 ? null : wordOfSql(sql, Number(position));
		const advice = word === null ? void 0 : `\`${word}\` is a word of DuckDB's SQL: choose another name, or put it in double quotes.`;
		throw new PrepareInvalidError(String(tree["error_message"]).split("\n")[0], at, advice);
	}
	const statements = tree["statements"];
	if (statements.length !== 1) throw new PrepareInvalidError(`expected one SELECT, found ${statements.length} statements`);
	const problem = findProblem(statements[0], await scopeOf(session, columns, tables));
	if (problem !== null) throw new PrepareInvalidError(problem.words, placeOf$4(sql, problem.at));
	return {
		tree,
		node: statements[0]["node"]
	};
}
var namelike = /^(?:anti|asof|at|check|column|default|desc|describe|end|group|limit|offset|order|pivot|positional|qualify|references|semi|show|summarize|table|unpivot|user|window)$/i;
function wordOfSql(sql, offset) {
	const bytes = encodeText(sql);
	const before = /(\w+)[\s.,(]*$/.exec(decodeText(bytes.slice(0, offset)))?.[1];
	return [/^\w+/.exec(decodeText(bytes.slice(offset)))?.[0], before].find((word) => word !== void 0 && namelike.test(word)) ?? null;
}
async function parseTree(session, sql) {
	const [row] = await session.rows(`SELECT json_serialize_sql(${literal$1(sql)})`);
	return parseExactly(String(row[0]));
}
async function scopeOf(session, columns, tables = []) {
	return {
		tables: ["source", ...tables],
		functions: await knownFunctions(session),
		sessionWords: new Set(sessionWords.filter((word) => !columns.some((name) => name.toLowerCase() === word))),
		ctes: new Set()
	};
}
var sessionWords = [
	"current_catalog",
	"current_date",
	"current_role",
	"current_schema",
	"current_time",
	"current_timestamp",
	"current_user",
	"localtime",
	"localtimestamp",
	"session_user",
	"user"
];
function placeOf$4(sql, offset) {
	if (offset < 0 || offset > 1e9) return null;
	const before = decodeText(encodeText(sql).slice(0, offset)).split("\n");
	return {
		line: before.length,
		column: before.at(-1).length + 1
	};
}
// ../refit/src/adapters/duckdb/feature-views.ts
async function layFeatureViews(session, views, { columns, tables, hideValues }, isJoined) {
	const laid = [];
	for (const { name, sql } of views) try {
		const checked = await checkPrepare(session, sql, columns, [...tables, ...laid.map((view) => view.name)]);
		const result = await describe$1(session, sql, sql, hideValues);
		const statement = (isJoined ? null : await carryRows(session, checked, sql, result)) ?? sql;
		await session.run(`CREATE OR REPLACE VIEW ${identifier(name)} AS ${statement}`);
		laid.push({
			...checked,
			name,
			statement
		});
	} catch (error) {
		throw error instanceof PrepareInvalidError ? inFile(error, viewFile(name)) : error;
	}
	return laid;
}
function inFile(error, file) {
	const { line, column, message, hint } = error;
	const at = line === null || column === null ? null : {
		line,
		column
	};
	return new PrepareInvalidError(message.replace(/^prepare(?:, line \d+, column \d+)?: /, "").replace(/\.$/, ""), at, hint, file);
}
function readsSource(value) {
	if (Array.isArray(value)) return value.some(readsSource);
	if (typeof value !== "object" || value === null) return false;
	const node = value;
	return node.type === "BASE_TABLE" && String(node.table_name).toLowerCase() === "source" || Object.values(node).some(readsSource);
}
// ../refit/src/adapters/duckdb/keep-newest.ts
var olderTable = "refit_older";
var mostKeyRepeats = .01;
var reduced = new WeakSet();
async function readAllRows(session) {
	if (!reduced.has(session)) return;
	await session.run(`${layRows(allRows)}; DROP TABLE ${olderTable}`);
	reduced.delete(session);
}
var allRows = `SELECT * EXCLUDE (${fileColumn}, ${numberColumn}) FROM ${sourceTable}`;
var newestRows$1 = `${allRows} ANTI JOIN ${olderTable} USING (${fileColumn}, ${numberColumn})`;
var layRows = (rows) => `CREATE OR REPLACE VIEW source AS ${rows}`;
var presentRows = (session) => reduced.has(session) ? newestRows$1 : allRows;
var mostCorrected = .5;
async function keepNewestRows(session, key, time) {
	const names = [...key, ...time === null ? [] : [time]].map((name) => identifier(name)).join(", ");
	const hasKey = key.map((name) => `${identifier(name)} IS NOT NULL`).join(" AND ");
	const repeats = (more) => `(SELECT ${[names, ...more === "" ? [] : [more]].join(", ")}, count(*) AS n, count(DISTINCT ${rowColumn}) AS kinds FROM ${sourceTable} WHERE ${hasKey} GROUP BY ALL HAVING count(*) > 1)`;
	const [counted] = await session.rows(`SELECT sum(n - kinds), sum(kinds - 1) FROM ${repeats("")}`);
	const [copies, corrected] = [Number(counted[0] ?? 0), Number(counted[1] ?? 0)];
	if (copies + corrected === 0) return null;
	const [keyed] = await session.rows(`SELECT count(*) FROM ${sourceTable} WHERE ${hasKey}`);
	if (corrected > mostCorrected * (Number(keyed[0]) - copies - corrected)) return null;
	const [worst] = await session.rows(`SELECT coalesce(max(other / rows), 0) FROM (SELECT ${fileColumn}, sum(kinds - 1) AS other FROM ${repeats(fileColumn)} GROUP BY ${fileColumn}) JOIN (SELECT ${fileColumn}, count(*) AS rows FROM ${sourceTable} GROUP BY ${fileColumn}) USING (${fileColumn})`);
	if (Number(worst[0]) > mostKeyRepeats) return null;
	await session.run(`CREATE TEMP TABLE ${olderTable} AS SELECT ${fileColumn}, ${numberColumn} FROM ${sourceTable} WHERE ${hasKey} QUALIFY row_number() OVER (PARTITION BY ${names} ORDER BY ${fileColumn} DESC, ${numberColumn} DESC) > 1`);
	await session.run(layRows(newestRows$1));
	reduced.add(session);
	return {
		copies,
		corrected
	};
}
// ../refit/src/adapters/duckdb/lay-in-order.ts
async function layInOrder(session, { table, statement, columns }, { time, key }) {
	const names = columns.map(({ name }) => identifier(name));
	const order = [...time === null ? [] : [time], ...key].map((name) => identifier(name));
	const lay = (by) => session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${statement} ORDER BY ${by.join(", ")}`);
	await lay([...order, rowColumn]);
	if (await haveDifferingTies(session, table, names)) await lay([
		...order,
		rowColumn,
		...names
	]);
}
async function haveDifferingTies(session, table, names) {
	const areAny = async (condition) => {
		const [counted] = await session.rows(`SELECT count(*) FROM (SELECT ${condition} AS found FROM ${table}) WHERE found`);
		return Number(counted[0]) > 0;
	};
	const isTie = `${rowColumn} = lag(${rowColumn}) OVER ()`;
	if (!await areAny(isTie)) return false;
	const values = `row(${names.join(", ")})`;
	return names.length > 500 || areAny(`${isTie} AND ${values} IS DISTINCT FROM lag(${values}) OVER ()`);
}
// ../refit/src/adapters/duckdb/own-rows.ts
var ownTable = "refit_own";
var knownColumn = "__refit_known";
var placeColumn = "__refit_place";
var changedTable = "refit_own_changed";
function ownRows(selects, columns, own) {
	const trees = selects.map(({ node }) => node);
	const counted = {
		queries: 0,
		sources: 0,
		windows: 0
	};
	const placing = new Set([own.time, ...own.key].map((name) => name.toLowerCase()));
	for (const tree of trees) look(tree, counted, placing, false);
	if (!(counted.windows > 0 || counted.queries > 1 || counted.sources > 1 || !own.isCarried)) return null;
	const names = columns.map(({ name }) => name);
	return {
		columns: names,
		time: columns.find(({ name, type }) => name === own.time && (type === "date" || type === "datetime"))?.name ?? null,
		isCarried: own.isCarried,
		placing: names.filter((name) => placing.has(name.toLowerCase())),
		labels: names.includes(own.target) ? [own.target] : own.targetInputs.filter((name) => names.includes(name))
	};
}
var placingParts = new Set([
	"arg_orders",
	"condition",
	"group_expressions",
	"order_bys",
	"orders",
	"partitions",
	"using_columns",
	"where_clause"
]);
function look(value, counted, placing, isPlacing) {
	if (isPlacing && typeof value === "string") placing.add(value.toLowerCase());
	if (Array.isArray(value)) for (const each of value) look(each, counted, placing, isPlacing);
	if (typeof value !== "object" || value === null || Array.isArray(value)) return;
	const node = value;
	if (node["class"] === "WINDOW") counted.windows++;
	if (String(node["type"]).endsWith("_NODE")) counted.queries++;
	if (node["type"] === "BASE_TABLE" && String(node["table_name"]).toLowerCase() === "source") counted.sources++;
	if (isPlacing && node["class"] === "COLUMN_REF") placing.add(String(node["column_names"].at(-1)).toLowerCase());
	for (const [name, part] of Object.entries(node)) {
		const decides = placingParts.has(name);
		if (typeof part === "object") look(part, counted, placing, decides || isPlacing && node["class"] !== "COLUMN_REF");
	}
}
async function copyOwnRows(session, { time, isCarried }, made) {
	const own = time === null ? "NULL::DOUBLE" : instantSql(time);
	await session.run(`CREATE OR REPLACE TEMP TABLE ${ownTable} AS SELECT *, ${own} AS ${knownColumn}, row_number() OVER () AS ${placeColumn} FROM source`);
	if (!isCarried) return;
	await session.run(`UPDATE ${ownTable} SET ${knownColumn} = least(${knownColumn}, m.t) FROM (SELECT ${rowColumn} AS r, min(${instantSql(made.time)}) AS t FROM ${made.table} GROUP BY r) m WHERE ${rowColumn} = m.r`);
}
async function changeOwnRows(session, own, change, at) {
	const known = `coalesce(${knownColumn} <= ${at}, true)`;
	if (change === "removed") {
		await session.run(sourceView(`SELECT * EXCLUDE (${knownColumn}, ${placeColumn}) FROM ${ownTable} WHERE ${known}`));
		return;
	}
	const isKept = (name) => change === "labels" ? !own.labels.includes(name) : own.placing.includes(name);
	const columns = own.columns.map((name, i) => {
		const value = identifier(name);
		if (change === "same" || change === "reversed" || isKept(name)) return value;
		const other = `lag(${value}, ${i % 5 + 1}) OVER (PARTITION BY ${known} ORDER BY ${rowColumn}, ${placeColumn})`;
		return `CASE WHEN ${known} THEN ${value} ELSE ${other} END AS ${value}`;
	});
	const order = change === "reversed" ? `${placeColumn} DESC` : placeColumn;
	await session.run(`CREATE OR REPLACE TEMP TABLE ${changedTable} AS SELECT * EXCLUDE (${placeColumn}) FROM (SELECT ${[
		...columns,
		rowColumn,
		placeColumn
	].join(", ")} FROM ${ownTable}) ORDER BY ${order}`);
	await session.run(sourceView(`FROM ${changedTable}`));
}
async function restoreOwnRows(session) {
	await session.run(sourceView(presentRows(session)));
	await session.run(`DROP TABLE IF EXISTS ${changedTable}; DROP TABLE IF EXISTS ${ownTable}`);
}
var sourceView = (rows) => `CREATE OR REPLACE VIEW source AS ${rows}`;
// ../refit/src/adapters/duckdb/number-sql.ts
function numberSql(value, type) {
	if (type === "file") return `TRY_CAST(${namedPart(value, "bytes")} AS DOUBLE)`;
	if (type === "date") return `epoch_ms(${value})::DOUBLE`;
	if (type === "datetime") return millisecondsSql(value);
	return `${value}::DOUBLE`;
}
var millisecondsSql = (value) => `(epoch_ms(${value}) - (epoch_us(${value}) % 1000 < 0)::TINYINT)::DOUBLE`;
function numbersSql(values, from) {
	return `SELECT ${values.map((value) => `coalesce(${value}, 'nan'::DOUBLE)`).join(", ")} FROM ${from}`;
}
// ../refit/src/adapters/duckdb/vector-items.ts
function vectorItems(vector, kind) {
	const { items } = vector;
	if (items instanceof kind) return items;
	throw new TypeError(`a vector of ${String(vector.type)} holds no ${kind.name}`);
}
// ../refit/src/adapters/duckdb/text-codes.ts
var fromSql = ({ table, where }) => where === void 0 ? table : `${table} WHERE ${where}`;
var fewRows = 5e4;
var sampled = 2e4;
var mostDistinct = 1 / 3;
var types = 0;
async function textReaders(session, from, names) {
	const repeat = from.rows < fewRows || names.length === 0 ? [] : await whichRepeat(session, from, names);
	const readers = [];
	for (const [i, name] of names.entries()) readers.push(repeat[i] === true ? await numberedTexts(session, from, name) : plainTexts$1(name, from.rows));
	return readers;
}
async function whichRepeat(session, from, names) {
	const every = Math.ceil(from.rows / sampled);
	const some = `(SELECT ${names.map((name, i) => `${identifier(name)} AS t${i}`).join(", ")}, row_number() OVER () AS i FROM ${fromSql(from)}) WHERE i % ${every} = 0`;
	const counts = names.map((_, i) => `approx_count_distinct(t${i})`);
	const [row] = await session.rows(`SELECT count(*), ${counts.join(", ")} FROM ${some}`);
	const [rows, ...distinct] = row.map(Number);
	return distinct.map((count) => count < mostDistinct * rows);
}
async function numberedTexts(session, from, name) {
	const [type, text] = [`refit_texts_${++types}`, identifier(name)];
	const numbered = `(SELECT ${text} AS t, row_number() OVER () AS i FROM ${fromSql(from)})`;
	await session.run(`CREATE TEMP TYPE ${type} AS ENUM (SELECT t FROM ${numbered} WHERE t IS NOT NULL GROUP BY t ORDER BY min(i))`);
	const listed = await session.rows(`SELECT unnest(enum_range(NULL::${type}))::VARCHAR`);
	const codes = new Int32Array(from.rows);
	let next = 0;
	return {
		sql: `coalesce(enum_code(${text}::${type})::INTEGER, -1)`,
		dictionary: listed.map(([word]) => String(word)),
		codes,
		take(vector, count) {
			codes.set(vectorItems(vector, Int32Array), next);
			next += count;
		},
		close: () => session.run(`DROP TYPE ${type}`)
	};
}
function plainTexts$1(name, rows) {
	const codes = new Int32Array(rows);
	const dictionary = [];
	const known = new Map();
	let next = 0;
	const codeOf = (text) => {
		const code = known.get(text);
		if (code !== void 0) return code;
		known.set(text, dictionary.length);
		return dictionary.push(text) - 1;
	};
	return {
		sql: identifier(name),
		dictionary,
		codes,
		take(vector, count) {
			for (let i = 0; i < count; i++) {
				const text = vector.getItem(i);
				codes[next++] = text === null ? -1 : codeOf(text);
			}
		},
		close: async () => {}
	};
}
// ../refit/src/adapters/duckdb/column-reader.ts
var wordBytes = 50;
var mostTogether$2 = 50;
var mostAtOnce = 1 / 4;
var keptOfSession = 1 / 4;
var leastKept = 64e6;
function columnReader(session, read, most = Math.max(leastKept, keptOfSession * session.memoryBytes())) {
	const blockOf = new Map();
	for (const kind of [false, true]) {
		const alike = read.columns.filter((column) => isText$1(column) === kind);
		for (const block of neighbours(alike, read.rows, most)) for (const { name } of block) blockOf.set(name, block);
	}
	const kept = new Map();
	function readBlock(block) {
		const missing = block.filter(({ name }) => !kept.has(name));
		const all = readColumns(session, read, missing);
		const entries = missing.map((column, i) => {
			const values = all.then((columns) => columns[i]);
			return [column.name, {
				values,
				isText: isText$1(column),
				bytes: bytesOf(column, read.rows)
			}];
		});
		for (const [name, entry] of entries) kept.set(name, entry);
		const last = new Set(entries.map(([, entry]) => entry));
		makeRoom(kept, last, most);
		const settle = (columns) => {
			for (const [i, [name, entry]] of entries.entries()) {
				if (entry.isText) entry.bytes = textBytes(columns[i]);
				if (entry.isText && entry.bytes > most / 2 && kept.get(name) === entry) kept.delete(name);
			}
			makeRoom(kept, last, most);
		};
		all.then(settle, () => {
			for (const [name, entry] of entries) {
				entry.values.catch(() => {});
				if (kept.get(name) === entry) kept.delete(name);
			}
		});
	}
	return async (name) => {
		if (!kept.has(name)) readBlock(blockOf.get(name));
		return kept.get(name).values;
	};
}
var isText$1 = ({ type }) => type === "string" || type === "file";
var bytesOf = (column, rows) => (isText$1(column) ? 4 : 8) * rows;
function neighbours(columns, rows, most) {
	const blocks = [];
	let bytes = 0;
	for (const column of columns) {
		const own = bytesOf(column, rows);
		const last = blocks.at(-1);
		if (last === void 0 || last.length === mostTogether$2 || bytes + own > mostAtOnce * most) {
			blocks.push([column]);
			bytes = own;
		} else {
			last.push(column);
			bytes += own;
		}
	}
	return blocks;
}
function makeRoom(kept, last, most) {
	let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0);
	const [numbers, texts] = [false, true].map((kind) => [...kept].filter(([, entry]) => entry.isText === kind));
	for (const [name, entry] of [...numbers, ...texts]) {
		if (bytes <= most) return;
		if (last.has(entry)) continue;
		kept.delete(name);
		bytes -= entry.bytes;
	}
}
function textBytes(column) {
	return column.kind === "text" ? column.codes.byteLength + wordBytes * column.dictionary.length : 0;
}
function readColumns(session, from, columns) {
	return columns.some(isText$1) ? textColumns(session, from, columns) : numberColumns(session, from, columns);
}
async function numberColumns(session, from, columns) {
	const values = await readNumbers(session, {
		sql: numbersSql(columns.map(({ name, type }) => numberSql(identifier(name), type)), fromSql(from)),
		rows: from.rows,
		columns: columns.length
	});
	return columns.map(({ name, type }, i) => ({
		kind: "number",
		name,
		type,
		values: values[i]
	}));
}
async function readNumbers(session, { sql, rows, columns }) {
	const values = Array.from({ length: columns }, () => new Float64Array(rows));
	let first = 0;
	await session.eachChunk(sql, (chunk) => {
		for (const [i, column] of values.entries()) column.set(vectorItems(chunk.getColumnVector(i), Float64Array), first);
		first += chunk.rowCount;
	});
	return values;
}
async function textColumns(session, from, columns) {
	const readers = await textReaders(session, from, columns.map(({ name }) => name));
	await session.eachChunk(`SELECT ${readers.map(({ sql }) => sql).join(", ")} FROM ${fromSql(from)}`, (chunk) => {
		for (const [i, reader] of readers.entries()) reader.take(chunk.getColumnVector(i), chunk.rowCount);
	});
	for (const { close } of readers) await close();
	return columns.map(({ name }, i) => {
		const { dictionary, codes } = readers[i];
		return {
			kind: "text",
			name,
			type: "string",
			dictionary,
			codes
		};
	});
}
// ../refit/src/adapters/duckdb/future-reads.ts
var altered = "refit_altered";
var never = Number.MAX_SAFE_INTEGER;
async function futureReads(session, { made, table, features }, thorough) {
	if (made === null || features.length === 0) return {
		columns: [],
		compared: 0,
		unordered: []
	};
	const rows = {
		...made,
		table,
		features
	};
	const unordered = await session.withinTime(() => tryOrder(session, rows));
	const ofTables = await session.withinTime(() => tryTables(session, rows, thorough));
	const { own } = made;
	if (own === null) return {
		...ofTables,
		unordered
	};
	const found = new Set(ofTables.columns.map(({ column }) => column));
	const others = {
		...rows,
		features: features.filter(({ name }) => !found.has(name))
	};
	const ofOwn = await session.withinTime(() => tryOwnRows(session, others, own, thorough));
	const compared = ofTables.compared + ofOwn.compared;
	return {
		columns: [...ofTables.columns, ...ofOwn.columns],
		compared,
		unordered
	};
}
async function tryOrder(session, made) {
	const found = new Map();
	for (const table of made.tables) try {
		await session.run(`CREATE OR REPLACE TEMP TABLE ${reversed} AS ${rowsOf(table)} ORDER BY row_number() OVER () DESC`);
		await session.run(viewOf(table, `SELECT * FROM ${reversed}`));
		const { name, availableAt } = table;
		if (await prepareAltered(session, made, never) === 0) continue;
		for (const [column, rows] of await changedFeatures(session, made, found, never)) {
			const at = await firstChanged(session, made, column);
			found.set(column, {
				column,
				table: name,
				availableAt,
				rows,
				at
			});
		}
	} finally {
		await session.run(viewOf(table, rowsOf(table)));
		await session.run(`DROP TABLE IF EXISTS ${reversed}`);
	}
	return [...found.values()];
}
var reversed = "refit_reversed";
async function firstChanged(session, made, column) {
	const using = made.identity.map(identifier).join(", ");
	const isNumber = made.features.some(({ name, type }) => name === column && type === "number");
	const told = (value) => isNumber ? `CAST(${value} AS FLOAT)` : value;
	const value = identifier(column);
	const [row] = await session.rows(`SELECT min(${instantSql(made.time)}) FROM ${made.table} m JOIN (SELECT ${using}, ${value} AS refit_other FROM ${altered}) USING (${using}) WHERE ${told(`m.${value}`)} IS DISTINCT FROM ${told("refit_other")}`);
	return Number(row[0]);
}
async function tryTables(session, made, thorough) {
	const found = new Map();
	let compared = 0;
	try {
		for (const { at, kind } of await triesOf(session, made, dated(made).map(datedRows$1), thorough)) {
			for (const table of dated(made)) await session.run(viewOf(table, kind === "removed" ? rowsKnownAt(table, at) : replacedSql(table, at)));
			const rows = await prepareAltered(session, made, at);
			compared += rows;
			if (rows === 0) continue;
			for (const [column, changed] of await changedFeatures(session, made, found, at)) found.set(column, {
				column,
				reads: "tables",
				at,
				rows: changed
			});
		}
	} finally {
		for (const table of dated(made)) await session.run(viewOf(table, rowsOf(table)));
	}
	return {
		columns: [...found.values()],
		compared
	};
}
var controls = {
	removed: "reversed",
	replaced: "same"
};
async function tryOwnRows(session, made, own, thorough) {
	const found = new Map();
	let compared = 0;
	const unsteady = new Map();
	const change = async (kind, at) => {
		await changeOwnRows(session, own, kind, at);
		return prepareAltered(session, made, at);
	};
	const changedBy = async (control) => {
		const before = unsteady.get(control);
		if (before !== void 0) return before;
		await change(control, never);
		const changed = await changedFeatures(session, made, found, never);
		unsteady.set(control, changed);
		return changed;
	};
	try {
		await copyOwnRows(session, own, made);
		const rowsOfSource = {
			stored: ownTable,
			known: knownColumn
		};
		for (const { at, kind } of await triesOf(session, made, [rowsOfSource], thorough)) {
			const rows = await change(kind, at);
			compared += rows;
			const changed = rows === 0 ? new Map() : await changedFeatures(session, made, found, at);
			if (changed.size === 0) continue;
			const unsure = await changedBy(controls[kind]);
			const sure = [...changed].filter(([column]) => !unsure.has(column));
			if (sure.length === 0) continue;
			const ofLabels = own.labels.length > 0 && await change("labels", at) > 0 ? await changedFeatures(session, made, found, at) : new Map();
			for (const [column, count] of sure) found.set(column, {
				column,
				reads: ofLabels.has(column) ? "target" : "source",
				at,
				rows: count
			});
		}
	} finally {
		await restoreOwnRows(session);
	}
	return {
		columns: [...found.values()],
		compared
	};
}
async function changedFeatures(session, made, found, at) {
	const changed = new Map();
	const features = made.features.filter(({ name }) => !found.has(name));
	if (features.length === 0 || await changedRows(session, made, features, at) === 0) return changed;
	for (const feature of features) {
		const rows = await changedRows(session, made, [feature], at);
		if (rows > 0) changed.set(feature.name, rows);
	}
	return changed;
}
var dated = ({ tables }) => tables.filter(({ availableAt }) => availableAt !== null);
var datedRows$1 = ({ stored, availableAt }) => ({
	stored,
	known: instantSql(availableAt)
});
async function triesOf(session, made, tables, thorough) {
	const tries = new Map();
	const add = (each) => void tries.set(`${each.kind} ${each.at}`, each);
	for (const table of tables) {
		const spread = await spreadInstants(session, made, table, thorough ? [
			.1,
			.3,
			.5,
			.7,
			.9
		] : [.5, .9]);
		for (const [i, at] of spread.entries()) {
			if (thorough || i % 2 === 0) add({
				at,
				kind: "removed"
			});
			if (thorough || i % 2 === 1) add({
				at,
				kind: "replaced"
			});
		}
		const close = await closeInstants(session, made, table, thorough ? 8 : 1);
		const undated = table.stored === "refit_own" ? [] : await instantsOfUndated(session, made, table);
		for (const at of [...close, ...undated]) add({
			at,
			kind: "removed"
		});
		if (thorough) for (const at of undated) add({
			at,
			kind: "replaced"
		});
	}
	return [...tries.values()];
}
function timesBefore({ table, time }, { stored, known }) {
	const newest = `(SELECT max(${known}) FROM ${stored})`;
	return `SELECT DISTINCT ${instantSql(time)} AS t FROM ${table} WHERE ${instantSql(time)} < ${newest}`;
}
async function instantsOfUndated(session, made, table) {
	const [row] = await session.rows(`SELECT max(${instantSql(made.time)}) FROM ${made.table} WHERE EXISTS (FROM ${table.stored} WHERE ${table.known} IS NULL)`);
	return typeof row[0] === "number" ? [row[0]] : [];
}
async function spreadInstants(session, made, table, shares) {
	const [row] = await session.rows(`SELECT quantile_disc(t, [${shares.join(", ")}]) FROM (${timesBefore(made, table)})`);
	return [...new Set(row[0] ?? [])];
}
async function closeInstants(session, made, table, most) {
	const next = `SELECT DISTINCT ${table.known} AS a FROM ${table.stored}`;
	return (await session.rows(`SELECT t FROM (${timesBefore(made, table)}) r ASOF JOIN (${next}) d ON d.a > r.t ORDER BY d.a - r.t, t DESC LIMIT ${most}`)).map(([at]) => Number(at));
}
async function prepareAltered(session, made, at) {
	const columns = made.features.map(({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`);
	const own = made.identity.filter((name) => !made.features.some((feature) => feature.name === name)).map(identifier);
	try {
		await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${made.statement}`);
		await session.run(`CREATE OR REPLACE TEMP TABLE ${altered} AS SELECT ${[...columns, ...own].join(", ")} FROM refit_result WHERE ${instantSql(made.time)} <= ${at}`);
		const using = made.identity.map(identifier).join(", ");
		const [row] = await session.rows(`SELECT count(*) FROM ${altered} SEMI JOIN ${rowsUntil(made, at)} USING (${using})`);
		return Number(row[0]);
	} catch (error) {
		if (error instanceof DataLimitError) throw error;
		return 0;
	}
}
var rowsUntil = ({ table, time }, at) => `(FROM ${table} WHERE ${instantSql(time)} <= ${at})`;
function replacedSql(table, at) {
	const known = `coalesce(${instantSql(table.availableAt)} <= ${at}, false)`;
	const order = `PARTITION BY ${known} ORDER BY ${rowColumn}, rowid`;
	return `SELECT ${table.columns.map(({ name }, i) => {
		const value = identifier(name);
		if (name === table.availableAt) return value;
		return `CASE WHEN ${known} THEN ${value} ELSE lag(${value}, ${i % 5 + 1}) OVER (${order}) END AS ${value}`;
	}).join(", ")} FROM ${table.stored}`;
}
async function changedRows(session, made, features, at) {
	const using = made.identity.map(identifier).join(", ");
	let changed = 0;
	for (const factor of ["", " * 1.37"]) {
		const select = `SELECT ${using}, ${features.map(({ name, type }) => type === "number" ? `CAST(CAST(${identifier(name)} AS DOUBLE)${factor} AS FLOAT)` : identifier(name)).map((value, i) => `${value} AS v${i}`).join(", ")}`;
		const [row] = await session.rows(`SELECT count(*) FROM (${select} FROM ${altered} SEMI JOIN ${rowsUntil(made, at)} USING (${using}) EXCEPT ALL ${select} FROM ${made.table} WHERE ${instantSql(made.time)} <= ${at})`);
		changed = Number(row[0]);
		if (changed === 0) return 0;
	}
	return changed;
}
// ../refit/src/adapters/duckdb/row-expression.ts
var answerWords$1 = [
	"answer",
	"label",
	"probability"
];
var before = "SELECT\n";
async function checkExpression(session, { metric, sql }, words) {
	const text = `${before}${sql}`;
	const fail = (problem, offset) => {
		const place = placeOf$4(text, offset);
		throw new MetricInvalidError(metric, problem, place === null || place.line < 2 ? null : up(place));
	};
	const tree = await parseTree(session, text);
	if (tree["error"] === true) fail(tree["error_type"] === "not implemented" ? onlyOne : String(tree["error_message"]).split("\n")[0], Number(tree["position"] ?? -1));
	const statements = tree["statements"];
	const node = statements.length === 1 ? statements[0].node : null;
	if (node === null || !isPlain(node)) return fail(onlyOne, -1);
	const [item] = node["select_list"];
	const scope = await scopeOf(session, [...words.columns, ...answerWords$1]);
	const problem = rowProblem(item, scope) ?? findProblem(item, scope) ?? nameProblem(item, words);
	if (problem !== null) fail(problem.words, problem.at);
	return new Set(columnRefs(item).map(({ name }) => name));
}
function up({ line, column }) {
	return {
		line: line - 1,
		column
	};
}
var onlyOne = "expected one expression and nothing around it, not a statement or a list";
function isPlain(node) {
	const list = node["select_list"];
	const from = node["from_table"];
	return node["type"] === "SELECT_NODE" && from?.["type"] === "EMPTY" && list?.length === 1 && (list[0]["alias"] ?? "") === "" && ["modifiers", "group_expressions"].every((key) => node[key].length === 0) && [
		"where_clause",
		"having",
		"qualify",
		"sample"
	].every((key) => (node[key] ?? null) === null);
}
var kinds$2 = {
	SUBQUERY: "a subquery reads other rows; only the row itself can be read",
	WINDOW: "a window function reads other rows; only the row itself can be read",
	STAR: "`*` stands for many columns; name the one that you mean",
	POSITIONAL_REFERENCE: "a position is not a column here; name the column"
};
function rowProblem(value, scope) {
	if (typeof value !== "object" || value === null) return null;
	const node = value;
	const at = typeof node["query_location"] === "number" ? node["query_location"] : -1;
	const words = kinds$2[String(node["class"])];
	if (words !== void 0) return {
		words,
		at
	};
	const name = String(node["function_name"] ?? "").toLowerCase();
	if (node["class"] === "FUNCTION" && scope.functions.ofRows.has(name)) return {
		words: `${name}() is over many rows; the expression is for one row, and refit takes the mean of all`,
		at
	};
	for (const inner of Object.values(node)) {
		const problem = rowProblem(inner, scope);
		if (problem !== null) return problem;
	}
	return null;
}
function nameProblem(node, { columns, target, hasProbability }) {
	if (holdsLambda(node)) return null;
	const known = new Set(columns.map((name) => name.toLowerCase()));
	for (const { name, at } of columnRefs(node)) if (answerWords$1.includes(name)) {
		if (known.has(name) && name !== target.toLowerCase()) return {
			words: hiddenWords(name),
			at
		};
		if (name === "probability" && !hasProbability) return {
			words: noProbability,
			at
		};
	} else if (!known.has(name)) {
		const near = nearest$1(name, [...columns, ...answerWords$1]);
		return {
			words: `there is no column "${name}"; ${near === void 0 ? `the row has ${firstOf$1(columns)}` : `the nearest name is "${near}"`}`,
			at
		};
	}
	return null;
}
var mostNamed$1 = 20;
function firstOf$1(columns) {
	return columns.slice(0, mostNamed$1).join(", ") + (columns.length > mostNamed$1 ? ", …" : "");
}
var noProbability = "a regression predicts a number and no probability; use `answer`";
function hiddenWords(name) {
	return `\`${name}\` means the model's here, and the prepared rows have a column of that name too; give the column another name in \`prepare\``;
}
function holdsLambda(value) {
	if (typeof value !== "object" || value === null) return false;
	return value["class"] === "LAMBDA" || Object.values(value).some(holdsLambda);
}
function columnRefs(value) {
	if (typeof value !== "object" || value === null) return [];
	const node = value;
	return [...node["class"] === "COLUMN_REF" ? [{
		name: node["column_names"][0].toLowerCase(),
		at: Number(node["query_location"])
	}] : [], ...Object.values(node).flatMap(columnRefs)];
}
// ../refit/src/adapters/duckdb/row-values.ts
async function rowValues(session, valued, expressions, answered) {
	const { rows } = answered;
	const { answers } = valued;
	await session.run(`CREATE TEMP TABLE ${answers} (place INTEGER, position INTEGER, answer DOUBLE, probability DOUBLE)`);
	try {
		const probabilities = answered.probabilities ?? new Float64Array(rows.length);
		await session.append(answers, [
			Uint32Array.from(rows.keys()),
			rows,
			answered.answers,
			probabilities
		]);
		const values = [];
		for (const expression of expressions) values.push(await session.withinTime(() => compute(session, valued, expression, answered)));
		return values;
	} finally {
		await session.run(`DROP TABLE IF EXISTS ${answers}`);
	}
}
async function compute(session, valued, expression, answered) {
	const { metric, sql } = expression;
	const { columns, hideValues } = valued;
	const { target, rows } = answered;
	const beside = `(${besideSql(valued, await checkExpression(session, expression, {
		columns: columns.map(({ name }) => name),
		target,
		hasProbability: answered.probabilities !== null
	}), answered)})`;
	const refused = (error, text) => {
		if (error instanceof DataLimitError) throw error;
		const { words: problem, at } = refusalWords(error, text, hideValues);
		throw new MetricInvalidError(metric, problem, at && up(at), { cause: error });
	};
	const asked = `SELECT (\n${sql}\n) FROM ${beside}`;
	const [result] = await session.describe(asked).catch((error) => refused(error, asked));
	const type = columnTypeOf(result.type);
	if (type !== "number" && type !== "integer" && type !== "boolean") throw new MetricInvalidError(metric, `gives a ${result.type}, and a number is expected`);
	const text = numbersSql([`CAST((\n${sql}\n) AS DOUBLE)`], `${beside} ORDER BY __refit_place`);
	return finite(metric, (await readNumbers(session, {
		sql: text,
		rows: rows.length,
		columns: 1
	}).catch((error) => refused(error, text)))[0], rows);
}
function besideSql({ table, columns, answers }, read, { target, classes }) {
	const own = columns.filter(({ name }) => read.has(name.toLowerCase()) && !isAnswerWord(name));
	const predicted = columns.find(({ name }) => name === target);
	const typed = classes === null ? "a.answer" : classSql(classes, predicted.type);
	return `SELECT ${[
		...own.map(({ name }) => `t.${identifier(name)}`),
		`t.${identifier(target)} AS label`,
		`${typed} AS answer`,
		"a.probability AS probability",
		"a.place AS __refit_place"
	].join(", ")} FROM ${answers} a JOIN ${table} t ON t.rowid = a.position`;
}
function isAnswerWord(name) {
	return answerWords$1.includes(name.toLowerCase());
}
function classSql(classes, type) {
	return `[${classes.map((value) => `CAST(${literal$1(String(value))} AS ${storedAs[type]})`).join(", ")}][CAST(a.answer AS INTEGER) + 1]`;
}
function finite(metric, values, rows) {
	const bad = values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
	if (bad === 0) return values;
	const first = values.findIndex((value) => !Number.isFinite(value));
	throw new MetricValueError(metric, Number.isNaN(values[first]) ? "NULL or NaN" : "infinity", {
		row: rows[first] + 1,
		bad,
		rows: rows.length
	});
}
// ../refit/src/adapters/duckdb/row-wise.ts
var mostTogether$1 = 1e3;
var mostAlone = 8;
var wide = 500;
async function isRowWise(session, rows) {
	const sample = await session.rows(`SELECT DISTINCT ${rowColumn} FROM ${rows.table} ORDER BY ${rowColumn} LIMIT ${2 * mostTogether$1}`);
	const digests = sample.slice(0, Math.ceil(sample.length / 2)).map(([digest]) => String(digest));
	const alone = digests.slice(0, rows.columns.length > wide ? 2 : mostAlone).map((digest) => [digest]);
	if (digests.length === 0) return false;
	try {
		for (const trial of [digests, ...alone]) if (!await isSame(session, rows, trial)) return false;
		return true;
	} finally {
		await session.run(`CREATE OR REPLACE VIEW source AS ${presentRows(session)}`);
		await session.run(`DROP TABLE IF EXISTS ${trialTable}; DROP TABLE IF EXISTS ${taken}`);
	}
}
var trialTable = "refit_trial";
var taken = "refit_taken";
async function isSame(session, { statement, table, columns }, digests) {
	const among = `${rowColumn} IN (${digests.map((digest) => `${digest}::UBIGINT`).join(", ")})`;
	const once = digests.length === 1 ? " LIMIT 1" : "";
	await session.run(`CREATE OR REPLACE TEMP TABLE ${taken} AS SELECT * FROM (${presentRows(session)}) WHERE ${among}${once}`);
	await session.run(`CREATE OR REPLACE VIEW source AS FROM ${taken}`);
	try {
		await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${statement}`);
		await session.run(`CREATE OR REPLACE TEMP TABLE ${trialTable} AS SELECT ${[...castColumns(columns), rowColumn].join(", ")} FROM refit_result`);
	} catch (error) {
		if (error instanceof DataLimitError) throw error;
		return false;
	}
	const values = columns.map(({ name, type }) => type === "number" ? `CAST(${identifier(name)} AS FLOAT)` : identifier(name));
	const of = (from) => `SELECT ${[...values, rowColumn].join(", ")} FROM ${from} WHERE ${among}`;
	const [counts] = await session.rows(`SELECT (SELECT count(*) FROM (${of(trialTable)} EXCEPT ${of(table)})), (SELECT count(*) FROM (${of(table)} EXCEPT ${of(trialTable)})), (SELECT count(*) FROM ${trialTable}), (SELECT count(*) FROM ${taken})`);
	const [more, less, given, sources] = counts.map(Number);
	return more === 0 && less === 0 && given <= sources;
}
// ../refit/src/adapters/duckdb/prepared-table.ts
async function preparedTable(session, prepared) {
	const { table, columns } = prepared;
	const [counted] = await session.rows(`SELECT count(*) FROM ${table}`);
	const rows = Number(counted[0]);
	let valued = 0;
	const read = withFiles(columnReader(session, {
		table,
		columns,
		rows
	}), prepared);
	return {
		rows,
		columns,
		targetInputs: prepared.targetInputs,
		repeatedKeys: prepared.repeatedKeys,
		async column(name) {
			if (columns.find((column) => column.name === name) === void 0) throw new ColumnMissingError("column", name, columns.map((column) => column.name));
			return read(name);
		},
		async positions() {
			const identity = prepared.key.length > 0 ? keySql(prepared.key) : `lpad(lower(to_hex(${rowColumn})), 16, '0')`;
			const [positions] = await readNumbers(session, {
				sql: numbersSql([`CAST('0x' || ${`left(sha256(${literal$1(`${prepared.dataset}\n`)} || ${identity}), 13)`} AS BIGINT)::DOUBLE / 4503599627370496`], table),
				rows,
				columns: 1
			});
			return positions;
		},
		async rowDigests() {
			const digests = new BigUint64Array(rows);
			let next = 0;
			await session.eachChunk(`SELECT ${rowColumn} FROM ${table}`, (chunk) => {
				digests.set(vectorItems(chunk.getColumnVector(0), BigUint64Array), next);
				next += chunk.rowCount;
			});
			return digests;
		},
		findOut: (_key, find) => find(),
		futureReads(names, thorough) {
			const features = columns.filter(({ name }) => names.includes(name));
			return futureReads(session, {
				table,
				features,
				made: prepared.made
			}, thorough);
		},
		async isRowWise(names) {
			const { carried: statement, isSource } = prepared;
			if (isSource || statement === null) return isSource;
			const compared = columns.filter(({ name }) => names.includes(name));
			return session.withinTime(() => isRowWise(session, {
				statement,
				table,
				columns: compared
			}));
		},
		rowValues(expressions, answered) {
			valued++;
			return rowValues(session, {
				...prepared,
				answers: `${table}_answers_${valued}`
			}, expressions, answered);
		}
	};
}
function withFiles(read, { columns, byPath, hideValues }) {
	const names = new Set(columns.flatMap(({ name, type }) => type === "file" ? [name] : []));
	return async (name) => {
		const column = await read(name);
		if (!names.has(name) || column.type !== "string") return column;
		const files = byPath.get(name);
		const contents = column.dictionary.map((text) => {
			const file = files.get(text);
			if (file !== void 0) return {
				name: contentName(file.sha256, file.path),
				file
			};
			const what = hideValues ? "a text" : quoted(text);
			throw new PrepareInvalidError(`the column ${quoted(name)} of the result has ${what}, which is not a path that the source has there`, null, "Hand the column on as it is, or give what you make of it another name.");
		});
		const byName = new Map(contents.map((each) => [each.name, each.file]));
		const dictionary = [...byName.keys()];
		const places = new Map(dictionary.map((each, i) => [each, i]));
		return {
			kind: "text",
			name,
			type: "file",
			dictionary,
			codes: column.codes.map((code) => code < 0 ? code : places.get(contents[code].name)),
			bring: (content) => byName.get(content).bring()
		};
	};
}
function keySql(key) {
	return key.map(({ name, type }) => {
		const value = identifier(name);
		const whole = `CASE WHEN ${value} = floor(${value}) AND abs(${value}) < 1e15 THEN ${value}::BIGINT::VARCHAR ELSE ${value}::VARCHAR END`;
		const text = type === "number" ? whole : `${value}::VARCHAR`;
		return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
	}).join(" || ' ' || ");
}
// ../refit/src/adapters/duckdb/target-inputs.ts
function targetInputs(node, target, columns) {
	if (node["type"] !== "SELECT_NODE") return [];
	const defined = definitions(node["select_list"]);
	const named = new Map(columns.map((name) => [name.toLowerCase(), name]));
	const inputs = new Set();
	const followed = new Set();
	const follow = (name) => {
		const expression = defined.get(name);
		if (expression === void 0 || followed.has(name)) return;
		followed.add(name);
		for (const read of columnsRead(expression)) {
			const source = named.get(read);
			if (source === void 0) follow(read);
			else inputs.add(source);
		}
	};
	follow(target.toLowerCase());
	return columns.filter((name) => inputs.has(name));
}
function definitions(list) {
	const found = new Map();
	for (const item of list) {
		const alias = String(item["alias"] ?? "");
		if (alias !== "") found.set(alias.toLowerCase(), item);
		else if (item["class"] === "COLUMN_REF") found.set(lastName(item), item);
		for (const entry of item["replace_list"] ?? []) found.set(entry.key.toLowerCase(), entry.value);
	}
	return found;
}
function columnsRead(value) {
	if (Array.isArray(value)) return value.flatMap(columnsRead);
	if (typeof value !== "object" || value === null) return [];
	const node = value;
	return [...node["class"] === "COLUMN_REF" ? [lastName(node)] : [], ...Object.values(node).flatMap(columnsRead)];
}
function lastName(columnRef) {
	return columnRef["column_names"].at(-1).toLowerCase();
}
// ../refit/src/adapters/duckdb/prepare.ts
async function prepareRows(session, request, source) {
	const sql = request.sql ?? "SELECT * FROM source";
	const { names, hideValues, views, checked, result, carrying } = await readStatement(session, sql, source);
	const allNames = [...new Set([source, ...source.tables].flatMap(({ columns }) => columns.map(({ name }) => name)))];
	if (carrying === null && request.time === null && request.key.length === 0) throw new PrepareInvalidError("its result is not made of rows of the source (it aggregates, joins or combines), so rows cannot be identified", null, "Declare `key` in model.yaml: the columns that identify a prepared row.");
	const columns = plainColumns(result).map((column) => asFiles(column, source));
	checkRoles$1(columns, request);
	const isUnique = carrying !== null && isKeyOf(names, request.unique);
	const time = names.find((name) => name === request.time) ?? null;
	const repeatedKeys = isUnique ? await keepNewestRows(session, request.unique, time) : null;
	const digest = carrying === null ? `${digestSql(columns)} AS ${rowColumn}` : rowColumn;
	try {
		await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying ?? sql}`);
		const statement = `SELECT ${[...castColumns(columns), digest].join(", ")} FROM refit_result`;
		await layInOrder(session, {
			table: source.table,
			statement,
			columns
		}, request);
	} catch (error) {
		throw prepareRefused(error, sql, hideValues);
	}
	await refuseInfinite(session, source.table, columns);
	const selects = [checked, ...views];
	const inputs = allTargetInputs(selects, request.target, allNames).filter((name) => !source.byPath.has(name));
	return preparedTable(session, {
		dataset: source.dataset,
		repeatedKeys,
		table: source.table,
		columns,
		byPath: source.byPath,
		key: request.key.map((name) => columns.find((column) => column.name === name)),
		targetInputs: inputs,
		hideValues,
		carried: carrying,
		isSource: request.sql === null,
		made: madeBy(request, source, {
			statement: carrying ?? sql,
			isCarried: carrying !== null,
			selects,
			targetInputs: inputs
		})
	});
}
async function readStatement(session, sql, source) {
	await readAllRows(session);
	const names = source.columns.map(({ name }) => name);
	const hideValues = [source, ...source.tables].some(({ columns }) => columns.some(({ sensitive }) => sensitive));
	const scope = {
		columns: names,
		tables: source.tables.map(({ name }) => name),
		hideValues
	};
	const views = await layFeatureViews(session, source.views, scope, readsSource(await parseTree(session, sql)));
	const checked = await checkPrepare(session, sql, names, [...scope.tables, ...views.map(({ name }) => name)]);
	const result = await describe$1(session, sql, sql, hideValues);
	return {
		names,
		hideValues,
		views,
		checked,
		result,
		carrying: await carryRows(session, checked, sql, result)
	};
}
function asFiles(column, { byPath }) {
	return column.type === "string" && byPath.has(column.name) ? {
		...column,
		type: "file"
	} : column;
}
function isKeyOf(names, key = []) {
	return key.length > 0 && key.every((name) => names.includes(name));
}
function allTargetInputs(selects, target, names) {
	const inputs = new Set(selects.flatMap(({ node }) => targetInputs(node, target, names)));
	return names.filter((name) => inputs.has(name));
}
function madeBy({ time, key, target }, { tables, columns }, made) {
	if (time === null) return null;
	const { statement, isCarried, selects, targetInputs: inputs } = made;
	return {
		statement,
		time,
		identity: isCarried ? [rowColumn] : [...new Set([time, ...key])],
		tables,
		own: ownRows(selects, columns, {
			time,
			key,
			target,
			isCarried,
			targetInputs: inputs
		})
	};
}
function plainColumns(result) {
	const seen = new Map();
	return result.filter(({ name }) => name !== rowColumn).map(({ name, type }, i) => {
		const problem = columnNameProblem(name);
		if (problem !== null) throw new PrepareInvalidError(`column ${i + 1} of the result ${problem}`);
		const before = seen.get(columnNameKey(name));
		if (before !== void 0) throw new PrepareInvalidError(sameNames(before, name));
		seen.set(columnNameKey(name), name);
		const known = columnTypeOf(type);
		if (known !== null) return {
			name,
			type: known
		};
		throw new PrepareInvalidError(`the column ${quoted(name)} of the result is a ${type}, which a model cannot use`, null, "Cast it to a number, text, boolean, date or timestamp, or leave it out.");
	});
}
function sameNames(one, other) {
	return one.toLowerCase() === other.toLowerCase() ? `two columns of the result are named ${quoted(other)}` : `the columns ${quoted(one)} and ${quoted(other)} of the result look the same to a reader`;
}
function checkRoles$1(columns, { target, time, key }) {
	const names = columns.map(({ name }) => name);
	const roles = [
		["target", target],
		...time === null ? [] : [["time", time]],
		...key.map((name) => ["key", name])
	];
	for (const [role, name] of roles) if (!names.includes(name)) throw new ColumnMissingError(role, name, names);
}
function digestSql(columns) {
	return first64Sql(`concat(${[...columns].sort((a, b) => a.name < b.name ? -1 : 1).map(({ name }) => `${literal$1(`${name}\u001f`)} || ${identifier(name)}::VARCHAR || '\u001e'`).join(", ")})`);
}
async function refuseInfinite(session, table, columns) {
	const numbers = columns.filter(({ type }) => type === "number");
	for (const part of inParts(numbers, 500)) {
		const counts = part.map(({ name }) => `count(*) FILTER (WHERE NOT isfinite(${identifier(name)}))`);
		const [row] = await session.rows(`SELECT ${counts.join(", ")} FROM ${table}`);
		const bad = part.findIndex((_, i) => Number(row[i]) > 0);
		if (bad < 0) continue;
		const count = Number(row[bad]);
		const advice = "Look for a division by zero; `nullif(x, 0)` as the divisor gives a missing value instead.";
		const rows = count === 1 ? "1 row" : `${count} rows`;
		throw new PrepareInvalidError(`the column ${quoted(part[bad].name)} of the result is not finite in ${rows}`, null, advice);
	}
}
// ../refit/src/adapters/duckdb/newest-rows.ts
var newest$1 = "refit_newest";
async function newestRows(session, request, source) {
	const { view, at } = request;
	const hideValues = [source, ...source.tables].some(({ columns }) => columns.some(({ sensitive }) => sensitive));
	const scope = {
		columns: source.columns.map(({ name }) => name),
		tables: source.tables.map(({ name }) => name),
		hideValues
	};
	const last = source.views.findIndex(({ name }) => name === view);
	await layFeatureViews(session, source.views.slice(0, last + 1), scope, true);
	try {
		if (at !== null) await forget(session, source, request.time, at);
		const columns = await keepNewest(session, request, hideValues);
		const bytes = await parquetOf(session, source.folder);
		const [row] = await session.rows(`SELECT count(*), max(${instantSql(request.time)}) FROM ${newest$1}`);
		return {
			rows: Number(row[0]),
			columns,
			newest: row[1],
			bytes
		};
	} catch (error) {
		throw error instanceof PrepareInvalidError ? inFile(error, viewFile(view)) : error;
	} finally {
		await remember(session, source);
	}
}
async function keepNewest(session, { view, key, time, at }, hideValues) {
	const sql = `SELECT * FROM ${identifier(view)}`;
	const columns = plainColumns(await describe$1(session, sql, sql, hideValues));
	checkRoles(columns, {
		key,
		time
	});
	const values = columns.map(({ name, type }) => `CAST(${identifier(name)} AS ${storedAs[type]}) AS ${identifier(name)}`);
	const keys = key.map(identifier);
	const known = [time, ...key].map((name) => `${identifier(name)} IS NOT NULL`);
	if (at !== null) known.push(`${instantSql(time)} <= ${at}`);
	const order = [time, ...columns.map(({ name }) => name)].map((name) => `${identifier(name)} DESC NULLS LAST`);
	try {
		await session.run(`CREATE OR REPLACE TEMP TABLE ${newest$1} AS SELECT * FROM (SELECT ${values.join(", ")} FROM ${identifier(view)}) WHERE ${known.join(" AND ")} QUALIFY row_number() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${order.join(", ")}) = 1 ORDER BY ${keys.join(", ")}`);
	} catch (error) {
		throw prepareRefused(error, sql, hideValues);
	}
	await refuseInfinite(session, newest$1, columns);
	return columns;
}
function checkRoles(columns, { key, time }) {
	const names = columns.map(({ name }) => name);
	for (const [role, name] of [["time", time], ...key.map((each) => ["key", each])]) if (!names.includes(name)) throw new ColumnMissingError(role, name, names);
	const { type } = columns.find(({ name }) => name === time);
	if (type !== "date" && type !== "datetime") throw new TimeTypeError(time, type);
}
async function forget(session, { columns, tables }, time, at) {
	for (const table of tables) if (table.availableAt !== null) await session.run(viewOf(table, rowsKnownAt(table, at)));
	if (columns.some(({ name, type }) => name === time && (type === "date" || type === "datetime"))) await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql} WHERE ${instantSql(time)} <= ${at}`);
}
async function remember(session, { tables }) {
	for (const table of tables) await session.run(viewOf(table, rowsOf(table)));
	await session.run(`CREATE OR REPLACE VIEW source AS ${sourceSql}`);
}
async function parquetOf(session, folder) {
	await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	const file = node_path.default.join(folder, "newest.parquet");
	await session.run(`COPY ${newest$1} TO ${literal$1(file)} (FORMAT parquet)`);
	return (0, node_fs_promises.readFile)(file);
}
// ../core/src/features/read-instant.ts
var iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(?:Z|([+-])(\d{2}):?(\d{2})?)?)?\s*$/i;
function readInstant(text) {
	const found = iso.exec(text);
	if (found === null) return null;
	const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part || 0));
	const [, , , , , , , fraction = "", sign, hours = "0", minutes = "0"] = found;
	const at = new Date(0);
	at.setUTCFullYear(year, month - 1, day);
	if (at.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 59) return null;
	const zone = Number(`${sign ?? "+"}1`) * (Number(hours) * 60 + Number(minutes));
	return at.setUTCHours(hour, minute - zone, second, Number(fraction.slice(0, 3).padEnd(3, "0")));
}
// ../core/src/statistics/resampling/random-bits.ts
function mix(bits) {
	let h = bits >>> 0;
	h = Math.imul(h ^ h >>> 16, 2246822507);
	h = Math.imul(h ^ h >>> 13, 3266489909);
	return (h ^ h >>> 16) >>> 0;
}
function rotate(bits, by) {
	return bits << by | bits >>> 32 - by;
}
function randomBits(seed, stream = 0) {
	const fill = randomBlocks(seed, stream);
	const block = new Uint32Array(32);
	let at = block.length;
	return () => {
		if (at === block.length) {
			fill(block);
			at = 0;
		}
		return block[at++];
	};
}
function randomBlocks(seed, stream = 0) {
	let a = mix(seed + 2654435769);
	let b = mix(a + stream);
	let c = mix(b + 2654435769);
	let d = mix(c + 2654435769) | 1;
	return (block) => {
		let [i, j, k, l] = [
			a,
			b,
			c,
			d
		];
		for (let at = 0; at < block.length; at++) {
			block[at] = Math.imul(rotate(Math.imul(j, 5), 7), 9);
			const t = j << 9;
			k ^= i;
			l ^= j;
			j ^= k;
			i ^= l;
			k ^= t;
			l = rotate(l, 11);
		}
		[a, b, c, d] = [
			i,
			j,
			k,
			l
		];
	};
}
// ../core/src/serving/probes.ts
var PROBES_FILE = "probes.json";
function readProbes(bytes) {
	return readJson(PROBES_FILE, bytes, 1, fits("rows with an answer each", (value) => {
		const { format, rows, answers } = Object(value);
		if (format !== 1 || !Array.isArray(rows) || !Array.isArray(answers)) return false;
		return rows.length === answers.length && answers.every(Array.isArray);
	}));
}
function checkProbes({ answers }, found, tolerance) {
	const expected = answers.flat();
	if (expected.length !== found.length) fail(`${found.length} numbers in the answers`);
	for (const [i, value] of expected.entries()) {
		if (Math.abs(value - found[i]) <= tolerance * Math.abs(value)) continue;
		fail(`the answers that were given at the training: ${value} to row ${Math.floor(i * answers.length / expected.length)}, not ${found[i]}`);
	}
}
function fail(expected) {
	throw new ArtifactInvalidError(PROBES_FILE, "", expected);
}
// ../core/src/features/read-features.ts
var taskCheck = (task) => wordOf("binary", "multiclass", "regression")(task, 0);
function classesCheck({ task }) {
	if (task === "regression") return fits("null", (classes) => classes === null);
	const isClass = fits("a text, a number or a boolean", (value) => value !== null && typeof value !== "object");
	const isOfTask = fits("the classes of the task", (classes) => {
		const { length } = classes;
		return task === "binary" ? length === 2 : length > 2;
	});
	return (classes) => list(isClass)(classes, 0) ?? isOfTask(classes, 0);
}
// ../core/src/calibration/fit-isotonic.ts
function fitIsotonic(rows) {
	const blocks = pool(rows);
	const shareOf = (block) => block && block.positive / block.weight;
	const corners = blocks.flatMap(({ from, to, ...block }, i) => {
		const gives = doubted({
			share: block.positive / block.weight,
			rows: block.rows
		}, shareOf(blocks[i - 1]), shareOf(blocks[i + 1]));
		return from === to ? [[from, gives]] : [[from, gives], [to, gives]];
	});
	return {
		kind: "isotonic",
		at: corners.map(([at]) => at),
		gives: corners.map(([, gives]) => gives)
	};
}
function doubted({ share, rows }, before = .5, after = .5) {
	const doubt = 1 / (rows + 2);
	if (share <= 0) return Math.min(doubt, after);
	return share >= 1 ? Math.max(1 - doubt, before) : share;
}
function pool({ answers, isPositive, weights }) {
	const blocks = [];
	for (const row of sortedOrder(answers)) {
		const answer = answers[row];
		const weight = weights?.[row] ?? 1;
		const positive = isPositive[row] ? weight : 0;
		const last = blocks.at(-1);
		if (last?.to === answer) absorb(last, {
			from: answer,
			to: answer,
			rows: 1,
			weight,
			positive
		});
		else {
			mergeViolators(blocks);
			blocks.push({
				from: answer,
				to: answer,
				rows: 1,
				weight,
				positive
			});
		}
	}
	mergeViolators(blocks);
	return blocks;
}
function mergeViolators(blocks) {
	for (let last = blocks.length - 1; last > 0; last--) {
		const [before, after] = [blocks[last - 1], blocks[last]];
		if (before.positive * after.weight < after.positive * before.weight) return;
		absorb(before, after);
		blocks.pop();
	}
}
function absorb(block, { to, rows, weight, positive }) {
	block.to = to;
	block.rows += rows;
	block.weight += weight;
	block.positive += positive;
}
// ../core/src/calibration/fit-platt.ts
var mostSteps = 100;
var tolerance = 1e-10;
var ridge = 1e-12;
function fitPlatt(rows) {
	const sample = softened(rows);
	let at = {
		slope: 0,
		intercept: logit(sample.share)
	};
	let loss = lossAt(sample, at);
	for (let step = 0; step < mostSteps; step++) {
		const { gradient, direction } = newton(sample, at);
		if (Math.max(Math.abs(gradient.slope), Math.abs(gradient.intercept)) < tolerance * sample.weight) break;
		const next = backtrack(sample, at, loss, {
			gradient,
			direction
		});
		if (next === null) break;
		({at, loss} = next);
	}
	if (at.slope > 0) return {
		kind: "platt",
		...at
	};
	return {
		kind: "platt",
		slope: 0,
		intercept: logit(sample.share)
	};
}
function softened({ answers, isPositive, weights }) {
	const each = weights ?? new Float64Array(answers.length).fill(1);
	let [positive, negative] = [0, 0];
	for (let row = 0; row < each.length; row++) if (isPositive[row]) positive += each[row];
	else negative += each[row];
	const high = (positive + 1) / (positive + 2);
	const low = 1 / (negative + 2);
	return {
		scores: answers.map(logit),
		labels: answers.map((_, row) => isPositive[row] ? high : low),
		weights: each,
		weight: positive + negative,
		share: (positive * high + negative * low) / (positive + negative)
	};
}
function lossAt({ scores, labels, weights }, { slope, intercept }) {
	let loss = 0;
	for (let row = 0; row < scores.length; row++) {
		const z = slope * scores[row] + intercept;
		loss += weights[row] * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - labels[row] * z);
	}
	return loss;
}
function newton({ scores, labels, weights }, { slope, intercept }) {
	let [ofSlope, ofIntercept] = [0, 0];
	let [slopes, both, intercepts] = [
		ridge,
		0,
		ridge
	];
	for (let row = 0; row < scores.length; row++) {
		const score = scores[row];
		const p = sigmoid(slope * score + intercept);
		const error = weights[row] * (p - labels[row]);
		const curvature = weights[row] * p * (1 - p);
		ofSlope += error * score;
		ofIntercept += error;
		slopes += curvature * score * score;
		both += curvature * score;
		intercepts += curvature;
	}
	const determinant = slopes * intercepts - both * both;
	const direction = {
		slope: -(intercepts * ofSlope - both * ofIntercept) / determinant,
		intercept: -(slopes * ofIntercept - both * ofSlope) / determinant
	};
	return {
		gradient: {
			slope: ofSlope,
			intercept: ofIntercept
		},
		direction
	};
}
function backtrack(sample, at, loss, { gradient, direction }) {
	const fall = gradient.slope * direction.slope + gradient.intercept * direction.intercept;
	if (!(fall < 0)) return null;
	for (let length = 1; length > 1e-10; length /= 2) {
		const next = {
			slope: at.slope + length * direction.slope,
			intercept: at.intercept + length * direction.intercept
		};
		const reached = lossAt(sample, next);
		if (reached < loss + 1e-4 * length * fall) return {
			at: next,
			loss: reached
		};
	}
	return null;
}
// ../core/src/calibration/fit-calibration.ts
function fitCalibration(method, rows) {
	const fit = method === "platt" ? fitPlatt : fitIsotonic;
	const width = widthOf$1(rows);
	return [...new Uint8Array(width).keys()].map((label) => {
		const answers = rows.target.map((_, row) => rows.answers[row * width + label]);
		const positive = width === 1 ? 1 : label;
		const isPositive = Uint8Array.from(rows.target, (answer) => answer === positive ? 1 : 0);
		return fit({
			answers,
			isPositive,
			...rows.weights && { weights: rows.weights }
		});
	});
}
var folds = 5;
function crossCalibrated(method, rows) {
	const width = widthOf$1(rows);
	const count = rows.target.length;
	if (count < 2) return rows.answers;
	const calibrated = new Float64Array(rows.answers.length);
	for (let fold = 0; fold < Math.min(folds, count); fold++) {
		const maps = fitCalibration(method, picked(rows, (row) => row % folds !== fold));
		const { answers } = picked(rows, (row) => row % folds === fold);
		const own = applyCalibration(maps, answers);
		for (let place = 0; place < own.length; place++) {
			const row = Math.floor(place / width) * folds + fold;
			calibrated[row * width + place % width] = own[place];
		}
	}
	return calibrated;
}
function picked({ classes, answers, target, weights }, isIn) {
	const width = widthOf$1({ classes });
	return {
		classes,
		answers: answers.filter((_, place) => isIn(Math.floor(place / width))),
		target: target.filter((_, row) => isIn(row)),
		...weights && { weights: weights.filter((_, row) => isIn(row)) }
	};
}
var widthOf$1 = ({ classes }) => classes === 2 ? 1 : classes;
// ../core/src/learners/input-columns.ts
function inputRowsOf({ inputs }) {
	if (inputs === void 0) throw new TypeError("rows for a program need the columns that they were made of");
	return inputs;
}
async function inputColumns(features) {
	const { columns, read } = inputRowsOf(features);
	const values = [];
	for (const { name } of columns) values.push(await read(name));
	return values;
}
// ../core/src/learners/predictions-descriptor.ts
var predictionsDescriptor = {
	name: "predictions",
	algorithmVersion: 1,
	description: "Predictions of a model that is in use, imported by row.",
	settings: {}
};
function answersNewRows(learner) {
	return learner !== predictionsDescriptor.name;
}
// ../refit/src/adapters/duckdb/request-rows-sql.ts
function oneRowSql(columns) {
	return `SELECT ${[...columns.map((_, i) => `$${i + 1}::VARCHAR AS raw${i}`), "0::UBIGINT AS place"].join(", ")}`;
}
function manyRowsSql(columns) {
	const shape = Object.fromEntries([["n", "BIGINT"], ...columns.map((_, i) => [`c${i}`, ["VARCHAR"]])]);
	const lists = columns.map((_, i) => `unnest(j.c${i}) AS raw${i}`);
	const given = `SELECT from_json($1::VARCHAR, ${literal$1(JSON.stringify(shape))}) AS j`;
	return `SELECT ${[...lists, "unnest(range(j.n))::UBIGINT AS place"].join(", ")} FROM (${given})`;
}
function manyRowsText(texts) {
	const lists = texts.map((list, i) => [`c${i}`, list]);
	return JSON.stringify(Object.fromEntries([["n", texts[0]?.length ?? 0], ...lists]));
}
function textTests(columns) {
	const none = {
		readable: new Set(),
		finite: new Set()
	};
	return columns.flatMap((column) => testsOf(column, none));
}
function unfitSql(columns, rows) {
	const flags = failures(columns).map((fails, i) => `coalesce(${fails}, false) AS f${i}`);
	const any = flags.map((_, i) => `f${i}`).join(" OR ");
	return `SELECT * FROM (SELECT ${["place::DOUBLE AS place", ...flags].join(", ")} FROM (${rows})) WHERE ${any}`;
}
function failures(columns) {
	return textTests(columns).map((test) => failsSql(test, `raw${columns.indexOf(test.column)}`));
}
var unfit = "error('unfit')";
function preparedSql({ columns, views, carrying, wanted }, rows) {
	const values = columns.map(({ name, type, field, missingValues }, i) => {
		return `CAST(${castSql(textSql(`raw${i}`, missingValues), type, field)} AS ${storedAs[type]}) AS ${identifier(name)}`;
	});
	const doubts = failures(columns);
	const place = doubts.length === 0 ? "place" : `CASE WHEN ${doubts.join(" OR ")} THEN ${unfit} ELSE place END`;
	const ctes = [{
		name: "source",
		statement: `SELECT ${[...values, `${place} AS ${rowColumn}`].join(", ")} FROM (${rows})`
	}, ...views].map(({ name, statement }) => `${identifier(name)} AS (${statement})`);
	const stored = `SELECT ${[...castColumns(wanted), rowColumn].join(", ")} FROM (${carrying})`;
	const result = [
		`${rowColumn}::DOUBLE AS place`,
		`${oddSql(wanted)} AS odd`,
		...wanted.map(wantedSql)
	];
	return `WITH ${ctes.join(", ")} SELECT ${result.join(", ")} FROM (${stored})`;
}
function oddSql(wanted) {
	const odd = wanted.flatMap(({ name, type }) => type === "number" ? [`NOT isfinite(${identifier(name)})`] : []);
	return odd.length === 0 ? "false" : `coalesce(${odd.join(" OR ")}, false)`;
}
function wantedSql({ name, type }, i) {
	const value = identifier(name);
	return `${type === "string" ? value : `coalesce(${numberSql(value, type)}, 'nan'::DOUBLE)`} AS v${i}`;
}
// ../refit/src/adapters/duckdb/prepare-texts.ts
var mostProblems = 20;
async function prepareTexts(plan, texts, until) {
	const rows = texts[0]?.length ?? 0;
	if (rows === 0) return {
		kind: "prepared",
		places: [],
		columns: plan.wanted.map((column) => emptyColumn(column))
	};
	const attempt = await attempted(plan, texts, until);
	if (attempt.kind === "late") return attempt;
	const places = attempt.kind === "rows" ? placesOf$3(attempt.chunks) : null;
	if (places === null || places.length < rows) {
		const unfit = await unfitTexts(plan, texts, until);
		if (unfit !== null) return unfit;
	}
	if (attempt.kind === "failed") return failedRow(plan, {
		texts,
		until,
		rows,
		error: attempt.error
	});
	return preparedRows(plan, attempt.chunks, places);
}
async function attempted({ one, many }, texts, until) {
	try {
		const chunks = texts[0].length === 1 ? await one.run(texts.map(([text]) => text), until) : await many.run([manyRowsText(texts)], until);
		return chunks === null ? { kind: "late" } : {
			kind: "rows",
			chunks
		};
	} catch (error) {
		if (error instanceof DataLimitError) throw error;
		return {
			kind: "failed",
			error
		};
	}
}
var placesOf$3 = (chunks) => numbersOf(chunks, 0);
function numbersOf(chunks, column) {
	const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
	const values = new Float64Array(rows);
	let first = 0;
	for (const chunk of chunks) {
		values.set(vectorItems(chunk.getColumnVector(column), Float64Array).subarray(0, chunk.rowCount), first);
		first += chunk.rowCount;
	}
	return values;
}
function itemsOf(chunks, column) {
	return chunks.flatMap((chunk) => {
		const vector = chunk.getColumnVector(column);
		return Array.from({ length: chunk.rowCount }, (_, i) => vector.getItem(i));
	});
}
function preparedRows({ wanted }, chunks, found) {
	const order = [...found.keys()].sort((a, b) => found[a] - found[b]);
	const places = order.map((i) => found[i]);
	const twice = places.find((place, i) => i > 0 && place === places[i - 1]);
	if (twice !== void 0) return unfitRow(twice, "one row of the result", "several rows");
	const odd = itemsOf(chunks, 1);
	const infinite = order.find((i) => odd[i] === true);
	if (infinite !== void 0) return unfitRow(found[infinite], "finite numbers in the result", "a number that is not");
	return {
		kind: "prepared",
		places,
		columns: wanted.map(({ name, type }, i) => {
			if (type === "string" || type === "file") {
				const items = itemsOf(chunks, i + 2);
				return textColumn(name, order.map((at) => items[at]));
			}
			const values = numbersOf(chunks, i + 2);
			return {
				kind: "number",
				name,
				type,
				values: Float64Array.from(order, (at) => values[at])
			};
		})
	};
}
function textColumn(name, values) {
	const codes = new Map();
	const codeOf = (text) => codes.get(text) ?? (codes.set(text, codes.size), codes.size - 1);
	const column = Int32Array.from(values, (text) => text === null ? -1 : codeOf(text));
	return {
		kind: "text",
		name,
		type: "string",
		dictionary: [...codes.keys()],
		codes: column
	};
}
function emptyColumn({ name, type }) {
	if (type === "string" || type === "file") return textColumn(name, []);
	return {
		kind: "number",
		name,
		type,
		values: new Float64Array()
	};
}
async function unfitTexts({ columns, tests, unfit }, texts, until) {
	if (unfit === null) return null;
	const chunks = await unfit.run([manyRowsText(texts)], until);
	if (chunks === null) return { kind: "late" };
	const places = placesOf$3(chunks);
	const problems = tests.flatMap((test, i) => {
		const { asRaw } = columns.find(({ name }) => name === test.column.name);
		const about = {
			column: asRaw.name,
			expected: expectedRaw(asRaw),
			nearest: null
		};
		const found = `a text that ${wrongWords(test.column, test.code)}`;
		return itemsOf(chunks, i + 1).flatMap((fails, at) => fails === true ? [{
			row: places[at],
			...about,
			found
		}] : []);
	});
	if (problems.length === 0) return null;
	const shown = problems.toSorted((a, b) => a.row - b.row).slice(0, mostProblems);
	return {
		kind: "unfit",
		problems: shown,
		more: problems.length - shown.length
	};
}
async function failedRow(plan, { texts, until, rows, error }) {
	let [first, last] = [0, rows];
	let why = error;
	while (last - first > 1) {
		const middle = Math.floor((first + last) / 2);
		const half = await attempted(plan, texts.map((list) => list.slice(first, middle)), until);
		if (half.kind === "late") return half;
		if (half.kind === "failed") [last, why] = [middle, half.error];
		else first = middle;
	}
	const { words } = refusalWords(why, plan.sql, true);
	return unfitRow(first, "values that the SQL can work with", `an error: ${words}`);
}
function unfitRow(row, expected, found) {
	return {
		kind: "unfit",
		problems: [{
			row,
			column: "prepare",
			expected,
			found,
			nearest: null
		}],
		more: 0
	};
}
// ../refit/src/adapters/duckdb/read-besides.ts
function isReadBesides({ trees, node }, target, column) {
	const name = column.toLowerCase();
	const all = trees.reduce((sum, tree) => sum + mentions(tree, name), 0);
	if (node["type"] !== "SELECT_NODE") return all > 0;
	const list = node["select_list"];
	const made = definitions(list).get(target.toLowerCase());
	return all > (made === void 0 ? 0 : mentions(made, name)) + list.filter((item) => item !== made && isHandedOn(item, name)).length;
}
function isHandedOn(item, name) {
	const alias = String(item["alias"] ?? "").toLowerCase();
	return item["class"] === "COLUMN_REF" && lastName(item) === name && (alias === "" || alias === name);
}
function mentions(value, name) {
	if (Array.isArray(value)) return value.reduce((sum, each) => sum + mentions(each, name), 0);
	if (typeof value !== "object" || value === null) return 0;
	const node = value;
	const using = node["using_columns"] ?? [];
	const own = node["class"] === "COLUMN_REF" && lastName(node) === name ? 1 : 0;
	const joined = using.filter((each) => typeof each === "string" && each.toLowerCase() === name).length;
	return Object.values(node).reduce((sum, each) => sum + mentions(each, name), own + joined);
}
// ../refit/src/adapters/duckdb/row-preparer.ts
async function openPreparer(session, request) {
	const { manifest, target, inputs } = request;
	const further = await loadFurtherTables(session, {
		...request,
		files: [],
		knownTypes: []
	});
	const errors = further.findings.filter(({ severity }) => severity === "error");
	if (errors.length > 0) throw new UnreadableDataError(errors);
	const columns = declaredColumns(manifest);
	await createTable(session, columns, [`${numberColumn} INTEGER`]);
	await layViews(session, shownColumns(columns, []));
	await session.lock();
	const { tables } = further;
	const named = (manifest.views ?? []).map((name) => ({
		name,
		sql: manifest.viewTexts?.[name] ?? ""
	}));
	const sql = manifest.prepare ?? "SELECT * FROM source";
	const { carrying, checked, hideValues, result, views } = await readStatement(session, sql, {
		columns,
		tables,
		views: named
	});
	if (carrying === null) throw new PrepareNotRowWiseError("several");
	const found = new Map(plainColumns(result).map((column) => [column.name, column]));
	const mismatches = inputMismatches(inputs, [...found.values()]);
	if (mismatches.length > 0) throw new FeatureMismatchError(mismatches);
	const laid = [
		...views.map(({ name }) => identifier(name)),
		"source",
		sourceTable
	];
	for (const view of laid.toReversed()) await session.run(`DROP VIEW IF EXISTS ${view}`);
	await session.run(`DROP TABLE ${loadedTable}`);
	const parts = {
		columns,
		views,
		carrying,
		wanted: inputs.map(({ name }) => found.get(name))
	};
	const many = manyRowsSql(columns);
	const read = {
		trees: [checked, ...views].map(({ tree }) => tree),
		node: checked.node
	};
	const raw = columns.map((column) => {
		return rawColumn(column, request.mayLack?.has(column.name) === true && !isReadBesides(read, target, column.name));
	});
	const planned = async (statement) => {
		try {
			return await session.plan(statement);
		} catch (error) {
			throw prepareRefused(error, sql, hideValues);
		}
	};
	const plan = {
		columns: columns.map((column, i) => ({
			...column,
			asRaw: raw[i]
		})),
		wanted: parts.wanted,
		sql,
		tests: textTests(columns),
		one: await planned(preparedSql(parts, oneRowSql(columns))),
		many: await planned(preparedSql(parts, many)),
		unfit: textTests(columns).length === 0 ? null : await session.plan(unfitSql(columns, many))
	};
	return {
		columns: raw,
		prepare: (texts, until) => prepareTexts(plan, texts, until),
		close: () => session.close()
	};
}
function rawColumn({ raw, type, field, missingValues }, mayLack) {
	return {
		name: raw,
		type,
		mayLack,
		format: (type === "date" || type === "datetime" ? field?.format : void 0) ?? null,
		decimalChar: field?.decimalChar ?? null,
		ownForm: field !== null && isFormed(type, field),
		missingValues
	};
}
function isFormed(type, { decimalChar, groupChar, bareNumber }) {
	return (type === "number" || type === "integer") && ((decimalChar ?? ".") !== "." || groupChar !== void 0 || bareNumber === false);
}
function declaredColumns({ schema, sensitive }) {
	return schema.fields.map((field) => ({
		name: field.name,
		raw: field.from ?? field.name,
		field,
		type: field.type,
		missingValues: field.missingValues ?? schema.missingValues,
		sensitive: sensitive.includes(field.name),
		positions: []
	}));
}
// ../refit/src/adapters/duckdb/rows-in-order.ts
var inOrder = "refit_in_order";
var answersTable = "refit_answers";
async function rowsInOrder(session, { sql, target, answers }, source) {
	await session.run(`UPDATE ${loadedTable} SET ${rowColumn} = rowid`);
	const columns = await session.withinTime(() => prepareInOrder(session, {
		sql: sql ?? "SELECT * FROM source",
		target
	}, source));
	const [counted] = await session.rows(`SELECT count(*) FROM ${loadedTable}`);
	const names = Array.from({ length: answers }, (_, i) => `a${i} DOUBLE`);
	await session.run(`CREATE TABLE ${answersTable} (${["place DOUBLE", ...names].join(", ")})`);
	let files = 0;
	return {
		rows: Number(counted[0]),
		columns,
		async part(first, count) {
			const part = {
				table: inOrder,
				where: `${rowColumn} >= ${first} AND ${rowColumn} < ${first + count}`
			};
			const [within] = await session.rows(`SELECT count(*) FROM ${part.table} WHERE ${part.where}`);
			const rows = Number(within[0]);
			const [places] = await readNumbers(session, {
				sql: numbersSql([`${rowColumn}::DOUBLE`], fromSql({
					...part,
					rows
				})),
				rows,
				columns: 1
			});
			return {
				places,
				column: columnReader(session, {
					...part,
					columns,
					rows
				})
			};
		},
		answer: (places, values) => session.append(answersTable, [places, ...values]),
		async write(file) {
			await (0, node_fs_promises.mkdir)(source.folder, { recursive: true });
			const place = node_path.default.join(source.folder, `answers-${++files}.${file.format}`);
			const known = new Set(source.columns.map(({ name }) => name));
			await session.run(`COPY (${answersSql(file, known)}) TO ${literal$1(place)} (${copyOptions[file.format]})`);
			return place;
		}
	};
}
var copyOptions = {
	csv: "FORMAT csv, HEADER true",
	jsonl: "FORMAT json",
	parquet: "FORMAT parquet, COMPRESSION zstd"
};
async function prepareInOrder(session, { sql, target }, source) {
	const { hideValues, result, carrying, checked, views } = await readStatement(session, sql, source);
	const read = {
		trees: [checked, ...views].map(({ tree }) => tree),
		node: checked.node
	};
	refuseMissing(source.columns.filter(({ name }) => isReadBesides(read, target, name)));
	if (carrying === null) throw new PrepareNotRowWiseError("several");
	const columns = plainColumns(result);
	try {
		await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying}`);
		await session.run(`CREATE TABLE ${inOrder} AS SELECT ${[...castColumns(columns), rowColumn].join(", ")} FROM refit_result ORDER BY ${rowColumn}`);
	} catch (error) {
		throw prepareRefused(error, sql, hideValues);
	}
	const [counts] = await session.rows(`SELECT count(*), count(DISTINCT ${rowColumn}) FROM ${inOrder}`);
	if (counts[0] !== counts[1]) throw new PrepareNotRowWiseError("several");
	await refuseInfinite(session, inOrder, columns);
	return columns;
}
function refuseMissing(needed) {
	const missing = needed.filter(({ positions }) => positions.some((position) => position < 0));
	if (missing.length === 0) return;
	throw new UnreadableDataError(missing.map(({ name, raw, type }) => {
		const words = `There is no column ${quoted(raw)}, which \`prepare\` reads for more than the target. Expected: ${type}; it may be empty.`;
		return finding("missing-column", { column: name }, words);
	}));
}
function answersSql({ kept, answers, constants }, known) {
	const isPrepared = kept.some(({ name }) => !known.has(name));
	const values = [
		...kept.map(({ name, as }) => `${known.has(name) ? "s" : "p"}.${identifier(name)} AS ${identifier(as)}`),
		...answers.map(({ name, values: of }, i) => `${of === null ? `a.a${i}` : valueSql(of, `a.a${i}`)} AS ${identifier(name)}`),
		...constants.map(({ name, value }) => `${literal$1(value)} AS ${identifier(name)}`)
	];
	const prepared = isPrepared ? ` LEFT JOIN ${inOrder} p ON p.${rowColumn} = s.${rowColumn}` : "";
	return `SELECT ${values.join(", ")} FROM ${sourceTable} s LEFT JOIN ${answersTable} a ON a.place = s.${rowColumn}::DOUBLE${prepared} ORDER BY s.${rowColumn}`;
}
function valueSql(values, place) {
	return `CASE ${place} ${values.map((value, i) => `WHEN ${i} THEN ${typeof value === "string" ? literal$1(value) : String(value)}`).join(" ")} END`;
}
// ../refit/src/adapters/duckdb/number-counter.ts
function numberCounter() {
	const counts = new Uint32Array(2 * largestKey + 1);
	const keys = [];
	let [min, max] = [Infinity, -Infinity];
	let sums = {
		sum: 0,
		sumOfSquares: 0
	};
	return {
		add(values) {
			let { sum, sumOfSquares } = sums;
			let [least, most] = [min, max];
			for (const value of values) {
				if (Number.isNaN(value)) continue;
				sum += value;
				sumOfSquares += value * value;
				if (value < least) least = value;
				if (value > most) most = value;
				const key = bucketOf(value);
				const before = counts[key + largestKey];
				if (before === 0) keys.push(key);
				counts[key + largestKey] = before + 1;
			}
			[min, max] = [least, most];
			sums = {
				sum,
				sumOfSquares
			};
		},
		take() {
			keys.sort((a, b) => a - b);
			const buckets = keys.map((key) => [key, counts[key + largestKey]]);
			const isFinite = Number.isFinite(sums.sum) && Number.isFinite(sums.sumOfSquares);
			const range = keys.length === 0 ? {} : {
				min,
				max,
				...isFinite && sums
			};
			for (const key of keys) counts[key + largestKey] = 0;
			keys.length = 0;
			[min, max] = [Infinity, -Infinity];
			sums = {
				sum: 0,
				sumOfSquares: 0
			};
			return {
				...range,
				buckets
			};
		}
	};
}
// ../refit/src/adapters/duckdb/profile-files.ts
var mostTogether = 50;
var mostBelow = 1e6;
var noTexts = {
	top: [],
	otherCount: 0,
	distinct: 0
};
async function profileLoadedFiles(session, { first, last }, columns) {
	const rowsSql = `${loadedTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
	const { files, present } = await session.onAllThreads(() => countPresent(session, rowsSql, columns));
	const details = await columnDetails(session, {
		rowsSql,
		columns,
		files
	});
	return files.map(({ file, rows }, k) => {
		return {
			format: 1,
			rows,
			columns: columns.map((column, i) => {
				const { name, type } = column;
				const known = details.get(column);
				return {
					name,
					type,
					rows,
					nulls: rows - present[i][k],
					...known && (known.get(file) ?? noTexts)
				};
			})
		};
	});
}
async function countPresent(session, rowsSql, columns) {
	let files = [];
	const present = [];
	for (const part of inParts(columns, 500)) {
		const counts = part.map(({ name }) => `count(${identifier(name)})`);
		const counted = await session.rows(`SELECT ${[
			fileColumn,
			"count(*)",
			...counts
		].join(", ")} FROM ${rowsSql} GROUP BY ${fileColumn} ORDER BY ${fileColumn}`);
		files = counted.map(([file, rows]) => ({
			file: Number(file),
			rows: Number(rows)
		}));
		present.push(...part.map((_, i) => counted.map((numbers) => Number(numbers[2 + i]))));
	}
	return {
		files,
		present
	};
}
async function columnDetails(session, { rowsSql, columns, files }) {
	const shown = columns.filter(({ sensitive }) => !sensitive);
	const numbers = shown.filter(({ type }) => type !== "string");
	const details = new Map();
	for (const part of inParts(numbers, mostTogether)) {
		const counted = await countNumbers(session, rowsSql, part, files);
		for (const [i, column] of part.entries()) details.set(column, counted[i]);
	}
	const texts = shown.filter(({ type }) => type === "string");
	const rows = files.reduce((sum, file) => sum + file.rows, 0);
	const together = Math.max(1, Math.min(Math.floor(mostBelow / rows), 500));
	await session.onAllThreads(async () => {
		for (const part of inParts(texts, together)) {
			const counted = await textDetails(session, rowsSql, part);
			for (const [i, column] of part.entries()) details.set(column, counted[i]);
		}
	});
	return details;
}
async function countNumbers(session, rowsSql, columns, files) {
	const selected = columns.map(({ name, type }) => numberSql(identifier(name), type));
	const counters = columns.map(() => numberCounter());
	const details = columns.map(() => new Map());
	let [place, left] = [0, files[0]?.rows ?? 0];
	await session.eachChunk(numbersSql(selected, rowsSql), (chunk) => {
		const vectors = columns.map((_, i) => vectorItems(chunk.getColumnVector(i), Float64Array));
		const { rowCount } = chunk;
		for (let first = 0; first < rowCount;) {
			const end = Math.min(rowCount, first + left);
			for (const [i, counter] of counters.entries()) counter.add(vectors[i].subarray(first, end));
			left -= end - first;
			first = end;
			if (left > 0) continue;
			for (const [i, counter] of counters.entries()) details[i].set(files[place].file, counter.take());
			left = files[++place]?.rows ?? 0;
		}
	});
	return details;
}
async function textDetails(session, rowsSql, columns) {
	const names = columns.map(({ name }) => identifier(name));
	const counted = `SELECT file, i, v, count(*) AS n FROM (${names.length === 1 ? `SELECT ${fileColumn} AS file, 0 AS i, ${names[0]} AS v FROM ${rowsSql}` : `SELECT ${fileColumn} AS file, unnest(range(${names.length})) AS i, unnest([${names.join(", ")}]) AS v FROM ${rowsSql}`}) WHERE v IS NOT NULL GROUP BY ALL`;
	const rows = await session.rows(`SELECT file, i, count(*), sum(n), min({'n': -n, 'v': v}, 200) FROM (${counted}) GROUP BY file, i`);
	const details = columns.map(() => new Map());
	for (const [file, i, distinct, sum, least] of rows) {
		const top = least.map(({ n, v }) => [v, -Number(n)]);
		const named = top.reduce((total, [, count]) => total + count, 0);
		top.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
		details[Number(i)].set(Number(file), {
			top,
			otherCount: Number(sum) - named,
			distinct: Number(distinct)
		});
	}
	return details;
}
// ../refit/src/adapters/duckdb/row-digests.ts
async function digestLoadedFiles(session, { first, last }, columns, key) {
	const where = `FROM ${loadedTable} WHERE ${fileColumn} BETWEEN ${first} AND ${last}`;
	const counted = await session.rows(`SELECT ${fileColumn}, count(*) ${where} GROUP BY ${fileColumn}`);
	const counts = new Map(counted.map(([file, rows]) => [Number(file), Number(rows)]));
	const rowsOfAll = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const read = async (sql, into) => {
		const halves = new Uint32Array(into.buffer);
		let next = 0;
		await session.eachChunk(`SELECT ${sql} ${where}`, (chunk) => {
			const { buffer, byteOffset, length } = vectorItems(chunk.getColumnVector(0), BigUint64Array);
			const items = new Uint32Array(buffer, byteOffset, 2 * length);
			for (const [i, half] of items.entries()) halves[next + i] ^= half;
			next += items.length;
		});
	};
	const rows = new BigUint64Array(rowsOfAll);
	for (const part of inParts(columns, 500)) await read(together(part.map(hashSql)), rows);
	const keyed = columns.filter(({ name }) => key.includes(name));
	const keys = key.length === 0 || keyed.length < key.length ? null : new BigUint64Array(rowsOfAll);
	if (keys !== null) await read(`CASE WHEN ${keyed.map(({ name }) => `${identifier(name)} IS NOT NULL`).join(" AND ")} THEN ${together(keyed.map(keyHashSql))} ELSE 0::UBIGINT END`, keys);
	let end = 0;
	return Array.from({ length: last - first + 1 }, (_, i) => {
		const start = end;
		end += counts.get(first + i) ?? 0;
		return {
			rows: rows.slice(start, end),
			keys: keys && keys.slice(start, end)
		};
	});
}
function keyHashSql(column) {
	const { name, type } = column;
	return type === "file" ? `hash(${literal$1(name)}, ${namedPart(identifier(name), "path")})` : hashSql(column);
}
function hashSql({ name, type }) {
	const value = identifier(name);
	if (type === "integer") {
		const [whole, decimal] = [`hash(${literal$1(name)}, ${value})`, `hash(${literal$1(name)}, ${value}::DOUBLE)`];
		return `CASE WHEN ${value} IS NULL THEN 0::UBIGINT WHEN abs(${value}) < ${Number.MAX_SAFE_INTEGER} THEN ${decimal} ELSE ${whole} END`;
	}
	return `CASE WHEN ${value} IS NULL THEN 0::UBIGINT ELSE hash(${literal$1(name)}, ${value}) END`;
}
function together(hashes) {
	if (hashes.length === 1) return hashes[0];
	const half = Math.ceil(hashes.length / 2);
	return `xor(${together(hashes.slice(0, half))}, ${together(hashes.slice(half))})`;
}
// ../refit/src/adapters/duckdb/survey.ts
var mostTexts = 2e4;
var likeNumbers = String.raw`[\s0-9.,+\-eE%'\p{Sc}]*[0-9][\s0-9.,+\-eE%'\p{Sc}]*`;
async function surveySource(session, request) {
	const { heads, rowsByFile, findings } = await readSourceFiles(session, request);
	const layout = layColumns(heads, request.manifest, request.knownTypes);
	const problems = [...findings, ...layout.findings];
	const refused = problems.some(({ severity }) => severity === "error");
	const { missingValues } = request.manifest.schema;
	const rows = [...rowsByFile.values()].reduce((sum, count) => sum + count, 0);
	const typed = refused ? {
		columns: [],
		findings: []
	} : await findTypes(session, {
		heads,
		missingValues,
		rows
	}, layout.columns);
	const named = new Map(typed.columns.map((column) => [column.name, column]));
	return {
		columns: typed.columns.map(({ name, type }) => ({
			name,
			type
		})),
		rowsByFile,
		findings: [...problems, ...typed.findings],
		delimiter: heads[0]?.delimiter ?? "",
		texts: (columns, among) => columnTexts(session, heads, columns.map((name) => named.get(name)), among),
		row: (file, number) => rowTexts(session, heads, typed.columns, {
			file,
			number
		}),
		close: () => session.close()
	};
}
async function columnTexts(session, heads, columns, among) {
	const found = new Map(columns.map(({ name }) => [name, new Map()]));
	for (const part of inParts(columns, 500)) {
		const raws = part.map((_, i) => `raw${i}`);
		const condition = among === null ? "raw IS NOT NULL" : `trim(raw) IN (${literals(among)})`;
		for (const files of fileParts(heads)) {
			const below = `SELECT file, number, unnest([${raws.join(", ")}]) AS raw, unnest(range(${part.length})) AS i FROM ${rowsSql(files, part)}`;
			const rows = await session.rows(`SELECT i, raw, count(*), min({'file': file, 'number': number}) AS first FROM (${below}) WHERE ${condition} GROUP BY i, raw QUALIFY row_number() OVER (PARTITION BY i ORDER BY regexp_full_match(raw, ${literal$1(likeNumbers)}), first) <= ${mostTexts} ORDER BY i, regexp_full_match(raw, ${literal$1(likeNumbers)}), first`);
			for (const [i, raw, count, first] of rows) {
				const texts = found.get(part[Number(i)].name);
				const text = String(raw);
				const { file, number } = first;
				const before = texts.get(text);
				const place = before ?? {
					file: heads[file].path,
					row: Number(number)
				};
				texts.set(text, {
					text,
					count: Number(count) + (before?.count ?? 0),
					file: place.file,
					row: place.row
				});
			}
		}
	}
	return new Map([...found].map(([name, texts]) => [name, [...texts.values()]]));
}
async function rowTexts(session, heads, columns, { file, number }) {
	const index = heads.findIndex((head) => head.path === file);
	const head = heads[index];
	const [row] = await session.rows(`SELECT * EXCLUDE (file, number) FROM ${rowsSql([[index, head]], columns)} WHERE number = ${number}`);
	const texts = columns.map(({ name }, i) => [name, row[i] === null ? null : String(row[i])]);
	return {
		line: (await linesOfRows(head, [number])).get(number) ?? null,
		texts: new Map(texts)
	};
}
// ../refit/src/adapters/duckdb/index.ts
var duckdb_exports = require_rolldown_runtime.__exportAll({
	duckdbPreparers: () => duckdbPreparers,
	duckdbSurveys: () => duckdbSurveys,
	duckdbTables: () => duckdbTables
});
var duckdbTables = { open: (request) => inSession(request, openSource) };
var duckdbSurveys = { open: (request) => inSession(request, surveySource) };
var duckdbPreparers = { open: (request) => inSession(request, openPreparer) };
async function inSession(request, open) {
	const scratch = node_path.default.join(request.scratch, (0, node_crypto.randomUUID)());
	const session = await openSession(scratch, request.manifest.limits);
	try {
		return await open(session, {
			...request,
			scratch
		});
	} catch (error) {
		await session.close();
		throw error;
	}
}
async function openSource(session, request) {
	const further = await loadFurtherTables(session, request);
	const loaded = await loadFiles(session, request);
	const findings = [...further.findings, ...loaded.findings];
	if (hasError(findings)) return refusedTable(session, loaded.rowsByFile, findings);
	const { primaryKey = [] } = request.manifest.schema;
	const named = await nameFiles(session, loaded, request);
	const broken = [...acceptSuspects(named.findings, request.manifest.checks), ...await checkConstraints(session, loaded.heads, loaded.columns, [primaryKey].flat())];
	return openedTable(session, request, {
		...loaded,
		byPath: named.byPath,
		identify: named.identify,
		broken
	}, further);
}
function openedTable(session, request, own, further) {
	const { columns, rowsByFile, byPath, identify } = own;
	return {
		columns: columns.map(({ name, type }) => ({
			name,
			type
		})),
		rowsByFile,
		unread: unreadColumns(own),
		findings: [
			...further.findings,
			...own.findings,
			...own.broken
		],
		...ofFiles(session, own),
		...writtenSql(session, request, {
			columns,
			tables: further.tables,
			byPath,
			identify
		}),
		async beside({ manifest, tables = new Map() }) {
			const wider = {
				...request,
				manifest,
				tables
			};
			const more = await loadBeside(session, wider, own.shown);
			const findings = [...more.findings, ...own.findings];
			return hasError(findings) ? refusedTable(session, rowsByFile, findings) : openedTable(session, wider, own, more);
		},
		close: () => session.close()
	};
}
function unreadColumns({ heads, columns }) {
	const read = new Set(columns.map(({ raw }) => raw));
	return [...new Set(heads.flatMap((head) => head.columns))].filter((name) => !read.has(name));
}
function ofFiles(session, { heads, columns }) {
	let batch = null;
	let digested = null;
	const numberOf = (file) => {
		const index = heads.findIndex((head) => head.path === file);
		if (index < 0) throw new RangeError(`${node_path.default.basename(file)} is not among the files of this table`);
		return index;
	};
	const partOf = (index) => {
		const first = index - index % 100;
		return {
			first,
			last: Math.min(first + 100, heads.length) - 1
		};
	};
	return {
		async digests(file, key) {
			const index = numberOf(file);
			const part = partOf(index);
			if (digested?.first !== part.first || digested.key !== key.join("\0")) {
				const digests = await digestLoadedFiles(session, part, columns, key);
				digested = {
					first: part.first,
					key: key.join("\0"),
					digests
				};
			}
			return digested.digests[index - part.first];
		},
		async countAbove(file, name, value) {
			const column = columns.find((each) => each.name === name);
			if (column === void 0 || column.type === "string" || column.type === "boolean") return null;
			const above = `${numberSql(identifier(name), column.type)} > ${value}::DOUBLE`;
			const [[count]] = await session.rows(`SELECT count(*) FROM ${loadedTable} WHERE ${fileColumn} = ${numberOf(file)} AND ${above}`);
			return Number(count);
		},
		async texts(file) {
			return await session.rows(`SELECT ${columns.map(shownSql).join(", ")} FROM ${loadedTable} WHERE ${fileColumn} = ${numberOf(file)} ORDER BY rowid`);
		},
		async profile(file) {
			const index = numberOf(file);
			const part = partOf(index);
			if (batch?.first !== part.first) batch = {
				first: part.first,
				profiles: await profileLoadedFiles(session, part, columns)
			};
			return batch.profiles[index - part.first];
		}
	};
}
function shownSql({ name, type }) {
	const value = identifier(name);
	if (type !== "file") return `${value}::VARCHAR`;
	return `${namedPart(value, "path")} || ' (' || left(${namedPart(value, "content")}, 8) || ')'`;
}
function writtenSql(session, { dataset, manifest, scratch }, { identify, ...rows }) {
	const { views: names = [], viewTexts = {} } = manifest;
	const views = names.map((name) => ({
		name,
		sql: viewTexts[name] ?? ""
	}));
	const folder = node_path.default.join(scratch, "written");
	const shutOff = async () => {
		await identify();
		await session.lock(folder);
	};
	let prepared = 0;
	return {
		async prepare(wanted) {
			prepared++;
			const source = {
				...rows,
				dataset,
				table: `refit_prepared_${prepared}`,
				views
			};
			await shutOff();
			return session.withinTime(() => prepareRows(session, wanted, source));
		},
		async inOrder(wanted) {
			await session.lock(folder);
			return rowsInOrder(session, wanted, {
				...rows,
				views,
				folder
			});
		},
		async newestRows(wanted) {
			await shutOff();
			return session.withinTime(() => newestRows(session, wanted, {
				...rows,
				views,
				folder
			}));
		}
	};
}
function refusedTable(session, rowsByFile, findings) {
	const unusable = () => Promise.reject(new TypeError("a table with errors has no rows to use"));
	return {
		columns: [],
		unread: [],
		rowsByFile,
		findings,
		profile: unusable,
		digests: unusable,
		countAbove: unusable,
		texts: unusable,
		prepare: unusable,
		inOrder: unusable,
		newestRows: unusable,
		beside: unusable,
		close: () => session.close()
	};
}
// ../core/src/data/exclusion.ts
var ofLeaks = new Set(["leak-suspect"]);
function exclusionOf(findings) {
	const columns = findings.flatMap(({ code, column }) => ofLeaks.has(code) && column !== null ? [column] : []);
	return columns.length === 0 ? null : `exclude: [${[...new Set(columns)].map((name) => yamlScalar(name)).join(", ")}]`;
}
// ../core/src/report/visible-text.ts
function visibleText(text, maxLength) {
	const line = text.replace(/\s+/gu, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "").replace(/ {2,}/g, " ").trim();
	if (line.length <= maxLength) return line;
	const points = [...line.slice(0, 2 * maxLength + 2)];
	return points.length > maxLength ? `${points.slice(0, maxLength - 1).join("")}…` : line;
}
// ../core/src/report/markdown.ts
var MOST_IN_A_CELL = 300;
var MOST_IN_A_PARAGRAPH = 1e4;
var active = /[!#$&*+:<=>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<!\d)-|-(?!\d)|(?<=www)\.|(?<!\d)\.(?! |$)|\.(?=[^\d ])|(?<=\d)\.(?= |$)/gi;
function escapeMarkdown(text, maxLength) {
	return visibleText(text, maxLength).replace(active, (character) => `&#${character.charCodeAt(0)};`);
}
var addresses = /(?<=&#64;)|(?<=&#58;)(?=\/)|(?<=w)(?=&#46;)/gi;
function cell(text) {
	return `<code>${escapeMarkdown(text, MOST_IN_A_CELL).replace(addresses, "<wbr>")}</code>`;
}
function prose(text) {
	return text.split(/\n[^\S\n]*\n/).map((paragraph) => escapeMarkdown(paragraph, MOST_IN_A_PARAGRAPH).replace(addresses, "<wbr>")).filter((paragraph) => paragraph !== "");
}
function jsonBlock(value) {
	return `\`\`\`json\n${JSON.stringify(value, null, 2).replace(/(?!\n)[`<>\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, (found) => found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`))}\n\`\`\``;
}
function table(headers, rows) {
	const line = (cells) => `| ${cells.map((text) => text.replaceAll("|", "&#124;").replace(/\s*[\r\n]+\s*/g, " ")).join(" | ")} |`;
	return [
		line(headers),
		`|${" --- |".repeat(headers.length)}`,
		...rows.map(line)
	].join("\n");
}
// ../core/src/report/text.ts
var data = (value) => ({
	kind: "data",
	text: value
});
var code = (words) => ({
	kind: "code",
	text: words
});
var strong = (words) => ({
	kind: "strong",
	text: words
});
var lineBreak = { kind: "break" };
function say$1(words, ...values) {
	return merged(words.flatMap((word, i) => {
		const value = values[i];
		if (value === void 0) return [word];
		return isText(value) ? [word, ...value] : [word, typeof value === "number" ? String(value) : value];
	}));
}
function joinTexts(texts, separator) {
	return merged(texts.flatMap((one, i) => i === 0 ? one : [separator, ...one]));
}
function renderText(sentence, show) {
	return sentence.map((piece) => typeof piece === "string" ? piece : show(piece)).join("");
}
function ifWords(piece, show) {
	const { text } = piece;
	return typeof text === "string" ? show(text) : null;
}
function isText(value) {
	return Array.isArray(value);
}
function merged(pieces) {
	const result = [];
	for (const piece of pieces) {
		const last = result.at(-1);
		if (piece === "") continue;
		if (typeof piece === "string" && typeof last === "string") result[result.length - 1] = last + piece;
		else result.push(piece);
	}
	return result;
}
// ../core/src/report/markdown-report.ts
var besideThePage = (file) => file;
function markdownReport(report, chartAt = besideThePage) {
	return pageOf$1([markdownHeadline(report.headline), ...report.sections.map((one) => markdownSection(one, chartAt))]);
}
function pageOf$1(parts) {
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
function markdownHeadline({ verdict, number, reason, objections }) {
	return [[
		verdict,
		number,
		reason
	].flatMap((line) => line === null ? [] : [markdownText(line)]).join("  \n"), ...objections.map((objection) => `- ${markdownText(objection)}`)].join("\n");
}
function markdownSection({ title, body }, chartAt = besideThePage) {
	const blocks = markdownBlocks(body, chartAt);
	return title === null ? blocks : [`### ${title}`, ...blocks === "" ? [] : [blocks]].join("\n");
}
function markdownBlocks(blocks, chartAt) {
	return blocks.map((block) => markdownBlock(block, chartAt)).filter((part) => part !== "").join("\n\n");
}
function markdownBlock(block, chartAt) {
	switch (block.kind) {
		case "paragraph": return markdownText(block.text);
		case "list": return block.items.map((item) => `- ${markdownText(item)}`).join("\n");
		case "table": return table(block.head.map(markdownText), block.rows.map((cells) => cells.map(markdownText)));
		case "notice": return block.lines.map((line) => `> ${markdownText(line)}`).join("\n");
		case "chart": return image(block, chartAt(block.file));
		case "details": return `<details><summary>${markdownText(block.summary)}</summary>\n\n${markdownBlocks(block.blocks, chartAt)}\n\n</details>`;
		default: return "";
	}
}
function image({ words }, place) {
	return place === null ? "" : `![${renderText(words, (piece) => ifWords(piece, (text) => escapeMarkdown(text, 40)) ?? " ")}](${place})`;
}
function markdownText(sentence) {
	return renderText(sentence, markdownPiece);
}
function markdownPiece(piece) {
	switch (piece.kind) {
		case "data": return cell(piece.text);
		case "code": return `\`${piece.text}\``;
		case "strong": return `**${piece.text}**`;
		case "break": return "<br>";
		default: return ifWords(piece, cell) ?? "";
	}
}
// ../core/src/report/format-number.ts
function formatNumber(value) {
	if (!Number.isFinite(value)) return "–";
	const size = Math.abs(value);
	if (size !== 0 && size < 1e-4) return value.toExponential(1);
	if (size >= 0x38d7ea4c68000) return value.toExponential(4);
	const digits = size < 10 ? 4 : size < 100 ? 3 : size < 1e3 ? 2 : 1;
	return (size === 0 ? 0 : value).toFixed(digits);
}
// ../core/src/report/number-text.ts
function number$1(value) {
	return value === void 0 || value === null ? "–" : formatNumber(value);
}
function signed(value) {
	return `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}
function optionalSigned(value) {
	return value === void 0 ? "–" : signed(value);
}
function intervalText({ interval }) {
	return interval === null ? "" : ` (${signed(interval[0])} to ${signed(interval[1])})`;
}
function counted$1(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function firstFew(items, most) {
	return {
		few: items.slice(0, most),
		more: Math.max(0, items.length - most)
	};
}
// ../core/src/report/sentences.ts
function reasonSentence(reason) {
	switch (reason.kind) {
		case "no-champion": return say$1`there is no champion yet`;
		case "imported": return say$1`the champion was imported, and no candidate has been compared with it`;
		case "settings": return say$1`the settings of the training changed${changesWords(reason.changed)}`;
		case "policy": return say$1`the gates, guardrails or accepted findings changed since a model with the same inputs failed`;
		case "new-rows": return reason.assumed === true ? say$1`${reason.newRows} rows are assumed to be new, which cannot be told (minNewRows: ${reason.minNewRows})` : say$1`${reason.newRows} new rows arrived (minNewRows: ${reason.minNewRows})`;
		case "age": return say$1`the last judged model is ${Math.floor(reason.ageDays)} days old (maxAgeDays: ${reason.maxAgeDays})`;
		case "drift": return say$1`${data(reason.feature)} has drifted (PSI ${formatNumber(reason.psi)})`;
		case "drift-classifier": return say$1`a classifier can tell the new rows from the champion's by ${joinTexts(reason.features.map((name) => [data(name)]), ", ")} (AUC ${formatNumber(reason.auc)})`;
		case "performance": return say$1`${reason.metric} on newer rows is ${formatNumber(reason.now)}, and was ${formatNumber(reason.before)} on the champion's holdout (performanceMargin: ${reason.performanceMargin})`;
		case "champion-moved": return say$1`the champion changed since the open proposal was judged`;
		case "forced": return say$1`a person asked for it: ${data(reason.words)}${despiteWords(reason.despite)}`;
	}
}
function despiteWords(despite) {
	return despite === void 0 ? "" : `, although ${refusals[despite.by]} on ${day$1(despite.at)}`;
}
var mostChanges$1 = 5;
var longestValue = 40;
function changesWords(changes) {
	if (changes === void 0) return [];
	if (changes.length === 0) return say$1`: a learner has a new version of its algorithm`;
	return say$1`: ${changeTexts(changes)}`;
}
function changeTexts(changes) {
	const { few, more } = firstFew(changes, mostChanges$1);
	return joinTexts([...few.map(changeText), ...more > 0 ? [say$1`and ${more} more`] : []], ", ");
}
var ownExpression = /^metrics\.own\.(.+)\.row$/;
function changeText({ setting, from, to }) {
	const own = ownExpression.exec(setting)?.[1];
	if (own !== void 0) {
		const what = from === null ? "is new" : to === null ? "is gone" : "is changed";
		return say$1`the metric ${data(own)} ${what}`;
	}
	const [was, is] = [from ?? "not set", to ?? "not set"];
	const values = Math.max(was.length, is.length) > longestValue ? [] : say$1` ${data(was)} → ${data(is)}`;
	return say$1`${data(setting)}${values}`;
}
function heldBackSentence(heldBack) {
	switch (heldBack.kind) {
		case "unchanged": return "nothing has changed since the champion was trained";
		case "nothing-due": return "no retrain is needed: no trigger fired";
		case "proposal-open": return "a proposal with the same inputs is already open; review it";
		case "held-by-person": return "the open proposal is under review (approved, or with a commit that is not refit's); newer data wait";
		case "branch-held": return `a retrain is due, but the branch ${heldBack.branch} has a commit that refit did not make and that was not merged, so it was left alone; move that commit elsewhere and delete the branch`;
		case "refused": return `${refusals[heldBack.by]} on ${day$1(heldBack.at)}; the inputs${heldBack.by === "rejected" ? ", or the gates," : ""} must change before another attempt (or use --force "reason")`;
		case "drift-unconfirmed": return "the data have drifted for the first time; a retrain needs drift in two of the last three snapshots";
		case "drift-known": return "the data have drifted, but so they had when the last candidate was compared with this champion";
		case "few-rows": return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows (holdout.minRows) that are needed to judge a newer model have arrived since the champion was trained`;
		case "few-of-class": return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows of the second most frequent class that are needed to judge a newer model have arrived since the champion was trained`;
		case "cooldown": return `cool-down until ${minute(heldBack.until)} (or use --force "reason")`;
		case "backoff": return `${heldBack.fruitless} candidate${heldBack.fruitless === 1 ? " was" : "s in a row were"} not good enough; no new attempt until ${minute(heldBack.until)} (or use --force "reason")`;
		case "budget": return `the ${heldBack.per === "day" ? "daily budget (maxPerDay)" : "weekly budget (maxPerWeek)"} is used up until ${minute(heldBack.until)} (or use --force "reason")`;
		case "handed-over": return `${handOvers[heldBack.why]}; the next run trains again`;
	}
}
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
	rolledBack: "the model with the same inputs was rolled back"
};
function acceptedWords({ accepted }) {
	if (accepted === void 0) return [];
	const { reason, by } = accepted;
	const who = by === null ? "not committed yet" : say$1`${data(by.author)}, ${day$1(by.at)}, ${by.commit.slice(0, 10)}`;
	return say$1` Accepted: ${data(reason)} (${who}).`;
}
function verdictReasonSentence(reason) {
	switch (reason.kind) {
		case "no-gate": return say$1`there is no gate, so nothing can be promoted`;
		case "finding": return say$1`${reason.code}: ${data(reason.message)}`;
		case "undefined-metric": return say$1`${reason.metric} cannot be computed on the holdout: it has too few rows, or only one class. Add rows, or hold out more of them`;
		case "missing-slice": return say$1`the declared column ${data(reason.column)} has no value in the holdout`;
		case "gate-failed": return say$1`${gateSentence(reason.row)}: failed`;
		case "guard-failed": return say$1`${guardSentence(reason.row)}: failed`;
		case "small-groups": return say$1`fewer than two groups of ${data(reason.column)} are large enough to be judged, so a person has to decide`;
		case "small-slices": return say$1`no value of ${data(reason.column)} has enough rows to be judged (100, and 10 of each class), but its gate is critical, so a person has to decide`;
		case "few-rows": return say$1`the holdout has ${reason.rows} rows; a decision needs at least ${reason.minRows} (holdout.minRows)`;
		case "few-of-class": return say$1`the holdout has only ${counted$1(reason.rows, "row")} of its second most frequent class; a decision needs at least ${reason.minRows} of each of two classes`;
		case "dummy-undecided": return say$1`the holdout is too small to show whether the challenger is better than a model without features: ${reason.row.metric} ${optional$1(reason.row.challenger)}, without features ${optional$1(reason.row.dummy)}${reason.row.pSuperior === null ? "" : ` (p = ${formatNumber(reason.row.pSuperior)}, at most 0.05 is required)`}`;
		case "worse": return worseSentence(reason.row);
		case "same-model": return say$1`the file is the model that is live already, so there is nothing to promote`;
		case "anchor-best": return say$1`the version that was last proved better scores best on these rows: better than the champion by ${formatNumber(reason.overChampion)} (p = ${formatNumber(reason.p)}) and than the challenger by ${formatNumber(reason.overChallenger)}, so refit proposes to go back to it`;
		case "nothing-newer": return say$1`fewer than ${reason.minRows} rows (holdout.minRows) are newer than what the champion has learned from, so nothing can show whether newer data did harm`;
		case "test-failed": return testFailedWords(reason);
	}
}
var optional$1 = (value) => value === void 0 ? "not defined" : formatNumber(value);
function testFailedWords({ test, against, detectable }) {
	if (test === "superiority") return say$1`the holdout does not show that the challenger is better than the ${against}`;
	if (test === "non-inferiority") return say$1`the holdout does not rule out that the challenger is worse than the ${against} by more than the margin${tooSmall(detectable)}`;
	if (against === "anchor" && detectable === void 0) return say$1`the challenger is worse beyond chance than the anchor, the version that was last proved better, and not shown to be better than the champion`;
	return say$1`the holdout is too small to show a large harm${detectable === void 0 ? "" : `: it can show only differences of at least ${formatNumber(detectable)}`}`;
}
function worseSentence({ metric, improvement, interval }) {
	return say$1`${metric} is worse than the champion's${improvement === void 0 ? "" : ` by ${formatNumber(Math.abs(improvement))}`}, beyond chance${interval === null ? "" : ` (90 % interval of the improvement: ${interval.map(signed).join(" to ")})`}`;
}
function tooSmall(detectable) {
	if (detectable === void 0) return "";
	return `, and it is too small to: it can show only differences of at least ${formatNumber(detectable)}`;
}
function gateSentence(row) {
	const where = row.slice === null ? [] : say$1` where ${data(row.slice.column)} is ${data(row.slice.value)}`;
	const value = row.value === void 0 ? "not defined" : formatNumber(row.value);
	const { metric, min, max, maxRegression, slice } = row.gate;
	if (row.result === "insufficient") return say$1`${metric}: no ${slice === "*" ? "declared slice" : say$1`value of ${data(sliceName(slice ?? []))}`} has enough rows (100, and 10 of each class)`;
	if (min !== void 0) return say$1`${metric}${where} is ${value}; at least ${min} is required`;
	if (max !== void 0) return say$1`${metric}${where} is ${value}; at most ${max} is allowed`;
	if (row.result === "skipped") return say$1`${metric}${where}: no champion to compare with`;
	const change = row.value === void 0 ? value : signed(row.value);
	const p = row.p === null ? "" : formatNumber(row.p);
	const chance = row.p === null ? "" : row.gate.critical === true ? `, and a significant drop is not (p = ${p}, significant below 0.05)` : `, or more if it is not significant (Holm p = ${p}, significant below 0.05)`;
	if (maxRegression !== void 0) return say$1`the improvement of ${metric}${where} is ${change}; down to −${maxRegression} is allowed${chance}`;
	return say$1`the improvement of ${metric}${where} is ${change}; at least ${row.limit} is required`;
}
function guardSentence(row) {
	const value = row.value === void 0 ? "not defined" : formatNumber(row.value);
	const limit = `${row.guard}: ${row.limit}`;
	const group = row.column === null ? "" : data(row.column);
	const p = row.p === null ? "" : `, p = ${formatNumber(row.p)}`;
	const from = row.interval === null ? "" : `, 90 % interval ${row.interval.map(formatNumber).join(" to ")}`;
	if (row.result === "skipped") return say$1`${row.guard}: no champion to compare with`;
	if (row.result === "insufficient") return say$1`${row.guard}: groups of ${group} are too small, or none is ever selected`;
	switch (row.guard) {
		case "minSelectionRatio": return say$1`the selection rate of the least selected group of ${group} is ${value} of the most selected group's (${limit}${from}${p})${excuseOf(row)}`;
		case "maxOpportunityGapGrowth": return say$1`the gap between the true positive rates of ${group} grew by ${value} (${limit}${p})`;
		case "maxLatencyRatio": return say$1`a prediction takes ${value} times as long as the champion's (${limit}${from})`;
		case "maxP95MsPer1000Rows":
			if (row.value === void 0) return say$1`${row.guard}: no prediction was timed`;
			return say$1`95 % of the batches take at most ${value} ms per 1,000 rows (${limit})`;
		case "maxSizeRatio": return say$1`the artifact has ${value} times the champion's bytes (${limit})`;
	}
}
function excuseOf({ result, value, limit, p }) {
	if (result !== "passed" || value === void 0 || value >= limit) return "";
	return p === null ? "; not significant" : "; not shown to be worse than the champion’s";
}
function testSentence(test) {
	const p = test.p === null ? "no p, because the rows hold no information" : `p = ${formatNumber(test.p)}`;
	const detectable = test.detectable === null ? "" : `; detectable difference ${formatNumber(test.detectable)}`;
	if (test.kind === "harm") {
		const most = test.passed && test.detectable !== null && test.detectable > test.margin ? `; a harm of ${formatNumber(test.margin)} is ruled out` : `${detectable}, at most ${formatNumber(test.margin)} is required`;
		return say$1`not shown to be worse than the ${test.against}: ${p}, above ${formatNumber(test.alpha)} is required${most}`;
	}
	const margin = test.kind === "non-inferiority" ? ` within a margin of ${formatNumber(test.margin)}` : "";
	return say$1`${test.kind === "superiority" ? "better than" : "not worse than"} the ${test.against}${margin}: ${p}, at most ${formatNumber(test.alpha)} is required${detectable}`;
}
function day$1(at) {
	return new Date(at).toISOString().slice(0, 10);
}
function minute(at) {
	return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
// ../core/src/report/alert.ts
var mostRows = 50;
function dataAlert(model, findings, waiting = null) {
	const { few, more } = firstFew(findings, mostRows);
	const rows = few.map((finding) => [
		finding.severity,
		`[${finding.code}](${findingPage(finding.code)})`,
		finding.file === null ? "–" : cell(finding.file) + (finding.line === void 0 ? "" : `:${finding.line}`),
		cell(finding.message) + markdownText(acceptedWords(finding)),
		cell(finding.hint)
	]);
	return [
		`**${model}**: the new data were refused. Nothing was trained, and what is live has not changed.`,
		"",
		...waiting === null ? [] : [waitingSentence(waiting), ""],
		table([
			"severity",
			"finding",
			"where",
			"what",
			"what to do"
		], rows),
		...more > 0 ? ["", `And ${counted$1(more, "more finding")}; \`refit run ${model} --json\` lists them all.`] : [],
		"",
		...waysOut(model, findings)
	].join("\n");
}
function waitingSentence({ runs, since, learnedUntil, newRows, now }) {
	const learned = learnedUntil === null ? "" : ` It has learned until ${day$1(learnedUntil)}, ${counted$1(Math.floor((now - learnedUntil) / DAY$1), "day")} ago.`;
	return `**${runs} runs in a row were blocked, since ${day$1(since)}.** Meanwhile the live model gets older.${learned} ${counted$1(newRows, "newer row")} ${newRows === 1 ? "waits" : "wait"}.`;
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
	const entries = ways.flatMap(({ yaml, command }) => [`    - ${yaml}`, ...command === null ? [] : [`    # written by: ${command}`]]);
	return [
		...leavingOut,
		"If a suspicious value is right, accept it with a commit. Add to the data manifest, with the reason:",
		"",
		"```yaml",
		"checks:",
		"  accept:",
		...new Set(entries),
		"```",
		""
	];
}
function verdictAlert(model, because) {
	const { few, more } = firstFew(because, mostRows);
	return [
		`**${model}**: a new model was trained, but must not be promoted. What is live has not changed.`,
		"",
		...few.map((reason) => `- ${markdownText(verdictReasonSentence(reason))}${adviceOf(reason)}`),
		...more > 0 ? [`- and ${more} more`] : [],
		"",
		...waysOut(model, because.filter((reason) => reason.kind === "finding")),
		`The next run closes this alert when the cause is gone, or when the gates, guardrails or accepted findings have changed. To try the same inputs again: \`refit run ${model} --force "reason"\`.`,
		""
	].join("\n");
}
function adviceOf(reason) {
	return reason.kind === "finding" ? ` ${cell(reason.hint)} [More](${findingPage(reason.code)})` : "";
}
function outdatedAlertNote(model, judgedAt, next) {
	const when = next === null ? `Nothing asks for a new model yet; \`refit run ${model} --force "reason"\` trains one.` : `The earliest time for a new model is ${minute(next)}.`;
	return `**The inputs have changed since this was judged, on ${day$1(judgedAt)}, and have not been judged themselves.** ${when}`;
}
function paragraph(sentence) {
	return {
		kind: "paragraph",
		text: sentence
	};
}
function tableOf(head, rows) {
	return {
		kind: "table",
		head: head.map(asText$1),
		rows: rows.map((cells) => cells.map(asText$1))
	};
}
function asText$1(words) {
	return typeof words === "string" ? words === "" ? [] : [words] : words;
}
function chartFiles({ sections }) {
	return sections.flatMap(({ body }) => body).flatMap((block) => block.kind === "details" ? block.blocks : block).flatMap((block) => block.kind === "chart" ? [block.file] : []);
}
function essentials(report) {
	return {
		...report,
		sections: report.sections.filter(({ keep }) => keep >= 100)
	};
}
// ../core/src/judge/primary-row.ts
function primaryRow({ metrics, primary }) {
	return metrics.find(({ metric }) => metric === primary);
}
// ../core/src/report/elsewhere.ts
function elsewhereClauses({ elsewhere, holdout }) {
	const { challenger = null, champion = null } = elsewhere ?? {};
	return [
		...challenger === null ? [] : [challengerClause(challenger)],
		...champion === null ? [] : [championClause(champion, holdout.rows)],
		...unansweredClauses("it", challenger),
		...unansweredClauses("the champion", champion)
	];
}
function scoredRows({ elsewhere, holdout }) {
	if ((elsewhere?.challenger?.maySeen ?? 0) > 0) return `${holdout.rows} rows`;
	if ((elsewhere?.champion?.maySeen ?? 0) > 0) return `${holdout.rows} rows that the challenger has not seen`;
	return `${holdout.rows} unseen rows`;
}
function unansweredClauses(who, model) {
	const rows = model?.unanswered ?? 0;
	if (rows === 0) return [];
	return [say$1`${who} has no prediction for ${rows === 1 ? "1 row of the holdout, which was" : `${rows} rows of the holdout, which were`} left out`];
}
var until = (trainedUntil) => trainedUntil.slice(0, 10);
var declaredClause = (trainedUntil) => `that it has learned from no row after ${until(trainedUntil)} is declared, not measured`;
function learnedWords({ until: trainedUntil, isDeclared }) {
	if (trainedUntil !== null) return `learned until ${until(trainedUntil)}${isDeclared ? " (declared)" : ""}`;
	return isDeclared ? "trained elsewhere, nobody has said until when" : null;
}
function challengerClause({ trainedUntil, maySeen }) {
	if (trainedUntil === null) return say$1`it was trained elsewhere, and nobody has said until when, so it may have seen all of these rows: its numbers may be too good`;
	const declared = declaredClause(trainedUntil);
	if (maySeen > 0) return say$1`it was trained elsewhere and may have seen ${maySeen} of these rows, so its numbers may be too good; ${declared}`;
	return say$1`it was trained elsewhere: ${declared}`;
}
function championClause({ trainedUntil, maySeen }, rows) {
	if (trainedUntil === null) return say$1`the champion may have seen these ${rows} rows, which favours it: it was trained elsewhere, and nobody has said until when`;
	const declared = declaredClause(trainedUntil);
	if (maySeen > 0) return say$1`the champion may have seen ${maySeen} of these ${rows} rows, which favours it: it was trained elsewhere; ${declared}`;
	return say$1`the champion was trained elsewhere: ${declared}`;
}
// ../core/src/report/commit-message.ts
function proposalMessage(input) {
	const { model, comparison, verdict, reasons, inputDigest, learnedUntil } = input;
	const primary = primaryRow(comparison);
	const value = primary?.challenger === void 0 ? "undefined" : formatNumber(primary.challenger);
	const before = primary?.champion === void 0 ? "" : `${formatNumber(primary.champion)} → `;
	return [
		proposalTitle(model, comparison.kind, learnedUntil),
		"",
		`${comparison.primary} ${before}${value} on ${scoredRows(comparison)}.`,
		"",
		`Refit-Model: ${model}`,
		`Refit-Verdict: ${verdict.kind}`,
		`Refit-Reasons: ${reasons.map((reason) => reason.kind).join(", ") || "none"}`,
		`Refit-Metric: ${comparison.primary}=${primary?.challenger ?? "undefined"}`,
		`Refit-Inputs: ${inputDigest}`,
		""
	].join("\n");
}
function proposalTitle(model, kind, learnedUntil) {
	const until = learnedUntil === null ? "" : `, learned until ${learnedUntil.slice(0, 10)}`;
	return kind === "first-model" ? `refit(${model}): first model${until}` : `refit(${model}): new model${until}`;
}
// ../core/src/report/sparkline.ts
var bars = [
	"▁",
	"▂",
	"▃",
	"▄",
	"▅",
	"▆",
	"▇",
	"█"
];
function sparkline(counts) {
	const most = counts.reduce((a, b) => Math.max(a, b), 0);
	return counts.map((count) => bars[most === 0 ? 0 : Math.ceil(7 * count / most)]).join("");
}
// ../core/src/report/drift-cells.ts
var driftHeadings = [
	"role",
	"importance",
	"status",
	"PSI",
	"drift from",
	"effect",
	"then",
	"now"
];
var mostBars = 24;
function driftCells(column) {
	const { role, importance, status, reason, psi, floor, counts } = column;
	return [
		role,
		importance === null ? "–" : percent(importance),
		reason === null ? status : `${status}: ${reasonWords[reason]}`,
		number(psi),
		number(floor),
		effectWords$1(column),
		sparkline(counts?.before.slice(0, mostBars) ?? []),
		sparkline(counts?.now.slice(0, mostBars) ?? [])
	];
}
var reasonWords = {
	"few-rows": "fewer than 200 rows",
	new: "not in the champion's data",
	gone: "not in the new data",
	"other-type": "another type than before",
	"always-moves": "dates and times always move, and none is missing",
	"not-kept": "the champion's version has no record of it",
	"not-applicable": "the champion cannot be applied to the new files"
};
function effectWords$1({ ks, wasserstein, jsDistanceBase2 }) {
	return [
		ks === null ? [] : [`KS ${formatNumber(ks)}`],
		wasserstein === null ? [] : [`Wasserstein ${formatNumber(wasserstein)} sd`],
		jsDistanceBase2 === null ? [] : [`JS distance ${formatNumber(jsDistanceBase2)}`]
	].flat().join(", ");
}
function driftVerdictSentence({ level, columns }) {
	const scale = `(level ${formatNumber(level)}, drift from 1)`;
	const some = counted$1(columns.length, "column");
	if (level >= 1) return `The data as a whole have drifted ${scale}${columns.length === 0 ? "" : `: ${some}`}.`;
	if (columns.length === 0) return `No column has drifted ${scale}.`;
	return `${some} drifted, too little to call it drift of the data as a whole ${scale}.`;
}
function classifierSentence({ status, rows, auc, p, features }) {
	if (auc === null || p === null) return say$1`A classifier needs ${500} rows on each side to tell new rows from the champion's; there are ${rows}.`;
	const verb = status === "drift" ? "can" : "cannot";
	const by = features.length === 0 ? "" : say$1`, by ${joinTexts(features.map((name) => [data(name)]), ", ")} most of all`;
	const area = `AUC ${formatNumber(auc)}, drift from 0.6, p = ${formatNumber(p)}`;
	return say$1`A classifier ${verb} tell the new rows from the champion's${status === "drift" ? by : ""} (${area}, ${rows} rows each).`;
}
function number(value) {
	return value === null ? "–" : formatNumber(value);
}
// ../core/src/report/due-sentences.ts
function dueSentences({ triggers, waits }) {
	const fired = triggers.flatMap((trigger) => firedSentence(trigger) ?? []);
	return [...fired.length > 0 ? [`next retrain: now, because ${fired.join(", and ")}`] : comingSentences(triggers), ...waits.map((wait) => `waiting: ${waitSentence(wait)}`)];
}
function firedSentence(trigger) {
	if (trigger.fired !== true) return null;
	switch (trigger.kind) {
		case "no-champion": return "there is no champion yet";
		case "unfinished": return "a run was cut short before its proposal was shown";
		case "imported": return "the champion was imported, and no candidate has been compared with it";
		case "settings": return "the settings of the training or a learner changed";
		case "policy": return "the gates, guardrails or accepted findings changed since a model with the same inputs failed";
		case "new-rows": return `${trigger.newRows} new rows arrived (minNewRows: ${trigger.minNewRows})`;
		case "age": return `it was due by age on ${day$1(trigger.at)}`;
	}
}
function comingSentences(triggers) {
	const known = triggers.flatMap((trigger) => comingSentence(trigger) ?? []);
	const found = triggers.flatMap((trigger) => measuredSentence(trigger) ?? []);
	const measured = `when a run finds that ${found.join(", or that ")}`;
	const others = found.length === 0 ? "when the settings change, or with --force" : measured;
	if (known.length === 0) return [`next retrain: ${others}`];
	return [`next retrain: ${known.join(", or ")}`, ...found.length === 0 ? [] : [`or ${measured}`]];
}
function comingSentence(trigger) {
	if (trigger.kind === "age") return `on ${day$1(trigger.at)} by age`;
	if (trigger.kind !== "new-rows") return null;
	const { newRows, minNewRows } = trigger;
	return `at ${minNewRows} new rows (${newRows === null ? "data came that the next run counts" : `${newRows} so far`})`;
}
function measuredSentence(trigger) {
	if (trigger.kind === "performance") return `${trigger.metric} on newer rows is worse by more than ${trigger.performanceMargin}`;
	if (trigger.kind === "drift") return `the data have drifted in two of the last three snapshots (${trigger.seen} so far)`;
	return null;
}
function waitSentence(wait) {
	return wait.kind === "few-rows" ? unseenSentence(wait) : heldBackSentence(wait);
}
function unseenSentence({ rows, minRows, perClass }) {
	const classes = perClass === null ? "" : `; a run counts whether ${perClass} of them are of the second most frequent class, too`;
	const needed = `rows (holdout.minRows) that are needed to judge a newer model`;
	if (rows === null) return `${minRows} ${needed} must have arrived since the champion was trained${classes}`;
	return `${rows < minRows ? "not yet: " : ""}${rows} of the ${minRows} ${needed} have arrived since the champion was trained${classes}`;
}
// ../core/src/report/difference-sentence.ts
var longest$1 = 120;
function differenceSentence(difference) {
	const name = visibleText(difference.path, longest$1);
	if (difference.kind === "extra") return `${name} does not belong to the version: making it again gives no such file.`;
	if (difference.kind === "missing") return `${name} is missing: making the version again gives it.`;
	if (difference.values.length === 0) return `${name} differs from the one that was made again.`;
	return `${name} differs: ${difference.values.map(valueWords).join("; ")}.`;
}
function valueWords({ key, remade, found }) {
	return `${key === "" ? "the whole" : visibleText(key, longest$1)} is ${words$1(found)}, made again it is ${words$1(remade)}`;
}
var words$1 = (value) => value === void 0 ? "absent" : visibleText(value, longest$1);
// ../core/src/report/evaluation-type.ts
var EVALUATION_TYPE = docsPage("sign-a-model.md#evaluation-v1");
// ../core/src/history/model-names.ts
var championFolder = (model, at) => `${modelFolder(model, at)}/champion`;
function outputPattern(model, at) {
	const folder = championFolder(model, at);
	return /^models\/[^/]+\/champion$/.test(folder) ? "models/*/champion" : folder;
}
var proposalBranch = (model) => `refit--${flatName(model)}`;
var rollbackBranch = (model) => `refit-rollback--${flatName(model)}`;
var importBranch = (model) => `refit-import--${flatName(model)}`;
var policyBranch = (model) => `refit-policy--${flatName(model)}`;
function flatName(model) {
	checkModelName(model);
	return model.replaceAll("/", "--");
}
var modelOf = (branch) => branch.replace(/^refit(-rollback|-import|-policy)?--/, "").replaceAll("--", "/");
var isPolicyBranch = (branch) => branch.startsWith("refit-policy--");
var specPath = (model, at) => `${modelFolder(model, at)}/model.yaml`;
function proposedPath(branch, at) {
	const model = modelOf(branch);
	return isPolicyBranch(branch) ? specPath(model, at) : championFolder(model, at);
}
function checkModelName(model) {
	if (nameProblem$2(model) !== null) throw new ModelNameError(model);
}
// ../core/src/report/how-to-use.ts
function waysToUse({ folder, lineage, version, commit, live, answersAnywhere }) {
	const { model, learner } = lineage;
	const page = (name) => docsPage(name);
	const predict = `refit predict ${model} new-rows.csv --version ${version} --output predictions.csv`;
	const exporting = `refit export ${model}@${version} --to onnx`;
	const isFile = learner.name === "onnx" || typeof learner.settings["onnx"] === "string";
	const node = `loadVersion((await fromGit({ repository: ".", revision: "${commit}", folder: "${folder}" })).read)`;
	return [
		learner.name !== "predictions" && {
			from: "files",
			how: predict,
			page: page("predict.md")
		},
		answersAnywhere && {
			from: "node",
			how: node,
			page: page("use-a-model.md")
		},
		(answersAnywhere || isFile) && {
			from: "python",
			how: exporting,
			page: page("use-a-model-in-python.md")
		},
		answersAnywhere && live && {
			from: "http",
			how: `refit serve ${model}`,
			page: page("serve.md")
		}
	].filter((way) => way !== false);
}
var USE_HEADING = "## How to use it";
function howToUse(version) {
	const { lineage, probes } = version;
	return [
		USE_HEADING,
		`In the repository of the model. The commands take the version that is live; an earlier one has a name such as \`${lineage.model}@v3\`.`,
		...files(version),
		...probes === null ? [] : everywhere(version, probes),
		`[More about it](${docsPage("use-a-model.md")})`
	];
}
function files({ lineage: { model, learner }, features }) {
	if (learner.name === "predictions") return ["It is a list of predictions, which answers for the rows in it alone."];
	const path = flatName(model);
	const predicts = features.inputs.every(({ type }) => type !== "file") ? ["Rows of files:", `\`\`\`sh\nrefit predict ${model} new-rows.csv --output predictions.csv\n\`\`\``] : ["It reads files that rows name, so that only the program that trained it answers."];
	if (!(learner.name === "onnx" || typeof learner.settings["onnx"] === "string")) return predicts;
	return [
		...predicts,
		`The ONNX file that it holds, into \`${path}-onnx/\`:`,
		`\`\`\`sh\nrefit export ${model} --to onnx\n\`\`\``
	];
}
function everywhere({ folder, lineage: { model }, features }, probes) {
	const { row, answer } = shownProbe(probes);
	const classes = features.target.classes !== null;
	return [
		"A made-up row, to be saved as `rows.json`. It has every column that the model reads, as it is after `prepare` of the data manifest:",
		jsonBlock({ records: [row] }),
		answerWords(features.target, answer),
		`**Node.js**, with the package [\`@refit/runtime\`](${docsPage("use-a-model.md")}):`,
		nodeProgram(folder, classes),
		`**Python**, with the packages \`onnxruntime\` and \`numpy\`, in the folder \`${flatName(model)}-onnx\` that \`refit export ${model} --to onnx\` writes, beside \`rows.json\`:`,
		pythonProgram,
		`**HTTP**, while \`refit serve ${model}\` runs ([\`@refit/serve\`](${docsPage("serve.md")})):`,
		`\`\`\`sh\ncurl -s http://127.0.0.1:8080/models/${encodeURIComponent(model)}/predict -d @rows.json\n\`\`\``
	];
}
function shownProbe({ rows, answers }) {
	const filled = (place) => Object.values(rows[place]).filter((value) => value !== null).length;
	const most = rows.reduce((best, _, place) => filled(place) > filled(best) ? place : best, 0);
	return {
		row: rows[most],
		answer: answers[most]
	};
}
function answerWords({ name, classes }, answer) {
	if (classes === null) return `The answer: ${formatNumber(answer[0])}, the value of ${cell(name)}.`;
	const [first] = answer;
	const named = (answer.length === 1 ? [1 - first, first] : answer).map((value, place) => `${cell(String(classes[place]))} ${formatNumber(value)}`);
	return `The answer, probabilities of the values of ${cell(name)}: ${named.join(", ")}.`;
}
function nodeProgram(folder, classes) {
	return `\`\`\`js
import { readFile } from "node:fs/promises";
import { loadVersion } from "@refit/runtime";
import { fromFolder } from "@refit/runtime/node";

const version = await loadVersion(fromFolder("${folder}"));
const { records } = JSON.parse(await readFile("rows.json", "utf8"));
const { answers } = await version.predictMany(records);
for (const answer of answers) console.log(answer.${classes ? "probabilities" : "value"});
\`\`\``;
}
var pythonProgram = `\`\`\`python
import json

from use_model import Model

with open("rows.json", encoding="utf-8") as file:
    records = json.load(file)["records"]
print(Model("model.onnx").predict(records))
\`\`\``;
// ../core/src/report/terminal-text.ts
function quoteForTerminal(value) {
	return `"${visibleText(value, 120)}"`;
}
function terminalText(sentence) {
	return renderText(sentence, (piece) => {
		if (piece.kind === "break") return "; ";
		if (piece.kind === "code" || piece.kind === "strong") return piece.text;
		return ifWords(piece, quoteForTerminal) ?? "";
	});
}
function columns(rows) {
	const widths = [];
	for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
	return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd());
}
// ../core/src/report/run-table.ts
var decisions = [
	"proposed",
	"updated",
	"inconclusive",
	"rejected",
	"blocked",
	"failed",
	"suppressed",
	"skipped"
];
function runTable(ended) {
	if (ended.length < 2) return [];
	const rows = ended.map((one) => [
		one.model,
		one.decision,
		terminalText(whyEnded(one)),
		whereOf(one)
	]);
	return [
		"",
		`${endsCounted(ended)}.`,
		...columns(rows).map((line) => `  ${line}`)
	];
}
function endsCounted(ended) {
	const parts = decisions.flatMap((word) => {
		const count = ended.filter(({ decision }) => decision === word).length;
		return count === 0 ? [] : [`${count} ${word}`];
	});
	return `${counted$1(ended.length, "model")}: ${parts.join(", ")}`;
}
function whereOf(ended) {
	if (ended.decision === "failed") return "";
	return (ended.decision === "blocked" ? ended.alert : ended.url) ?? "";
}
function whyEnded(ended) {
	switch (ended.decision) {
		case "skipped":
		case "suppressed": return [heldBackSentence(ended.heldBack)];
		case "failed": return say$1`${ended.error.code}: ${data(ended.error.message)}`;
		case "blocked": {
			const finding = ended.findings.find(({ severity }) => severity !== "warning");
			return finding === void 0 ? firstOf(ended) ?? [] : say$1`${finding.code}: ${data(finding.message)}`;
		}
		case "inconclusive":
		case "rejected": return firstOf(ended) ?? numberOf$1(ended);
		default: return numberOf$1(ended);
	}
}
function firstOf({ because: [first] }) {
	return first === void 0 ? null : verdictReasonSentence(first);
}
var numberOf$1 = ({ report }) => report.headline.number ?? [];
// ../core/src/report/report-file.ts
function reportFile(report) {
	return `${canonicalJson(report, 2)}\n`;
}
// ../core/src/report/rollback-report.ts
function rollbackReport({ model, from, to, treeId }) {
	const restored = say$1`The folder is restored exactly as it was (tree ${code(treeId)}). After the merge the replaced model is not proposed again for the same inputs.`;
	return {
		format: 1,
		model,
		headline: {
			verdict: say$1`${strong(model)}: roll back from ${from} to ${to}.`,
			number: null,
			reason: null,
			objections: []
		},
		sections: [{
			id: "restored",
			title: null,
			body: [paragraph(restored)],
			keep: 100
		}]
	};
}
// ../core/src/report/terminal-report.ts
function terminalReport({ headline, sections }) {
	const { verdict, number, reason, objections } = headline;
	return [
		...[
			verdict,
			number,
			reason
		].flatMap((line) => line === null ? [] : [terminalText(line)]),
		...objections.map((objection) => `- ${terminalText(objection)}`),
		...sections.flatMap((section) => ["", ...sectionLines(section)])
	];
}
function sectionLines({ title, body }) {
	const lines = blocksLines(body);
	return title === null ? lines : [title, ...indented(lines)];
}
function blocksLines(blocks) {
	return blocks.map(blockLines).filter((lines) => lines.length > 0).flatMap((lines, i) => i === 0 ? lines : ["", ...lines]);
}
function blockLines(block) {
	switch (block.kind) {
		case "paragraph": return [terminalText(block.text)];
		case "list": return block.items.map((item) => `- ${terminalText(item)}`);
		case "table": return columns([block.head, ...block.rows].map((cells) => cells.map(terminalText)));
		case "notice": return block.lines.map((line) => `! ${terminalText(line)}`);
		case "details": return [`${terminalText(block.summary)}:`, ...indented(blocksLines(block.blocks))];
		default: return [];
	}
}
function indented(lines) {
	return lines.map((line) => line === "" ? "" : `  ${line}`);
}
// ../refit/src/adapters/forges/alert-note.ts
var marker = "<!-- refit:note -->";
function withAlertNote(text, note) {
	const [before = ""] = text.replaceAll("\r\n", "\n").split(`\n\n${marker}\n`, 1);
	return note === null ? before.trimEnd() : `${before.trimEnd()}\n\n${marker}\n> ${note}`;
}
// ../refit/src/adapters/forges/outdated-sentence.ts
function outdatedSentence(judged, head) {
	return `${outdatedStart} ${judged.slice(0, 10)}; the head is now ${head.slice(0, 10)}.`;
}
var outdatedStart = "This comparison is of";
// ../refit/src/adapters/git/porcelain.ts
var transient = /\b(429|50[0234])\b|timed out|reset by peer|connection (refused|was)|early eof|unexpected disconnect|empty reply|hung up|too slow/i;
var refusedRef = /^!\t/m;
var retryWaits = [.5, 2];
async function porcelain(git, root, remote, args) {
	const env = await git.networkEnv(remote);
	for (let tries = 0;; tries++) {
		const result = await once$1(env, root, args);
		const wait = retryWaits[tries];
		if (wait === void 0 || !isTransient(result)) return result;
		await new Promise((resolve) => setTimeout(resolve, wait * git.secondMs));
	}
}
function isTransient({ exitCode, stdout, stderr }) {
	return exitCode !== 0 && transient.test(stderr) && !refusedRef.test(stdout.toString());
}
async function once$1(env, root, args) {
	const { simpleGit } = await import("simple-git");
	let result = null;
	await simpleGit({
		baseDir: root,
		config: ["core.hooksPath=/dev/null"],
		completion: {
			onClose: true,
			onExit: false
		},
		allowEnvironment: Object.keys(env),
		unsafe: {
			allowUnsafeAlias: true,
			allowUnsafeAskPass: true,
			allowUnsafeConfigEnvCount: true,
			allowUnsafeConfigPaths: true,
			allowUnsafeCredentialHelper: true,
			allowUnsafeDiffExternal: true,
			allowUnsafeDiffTextConv: true,
			allowUnsafeEditor: true,
			allowUnsafeFilter: true,
			allowUnsafeFsMonitor: true,
			allowUnsafeGitProxy: true,
			allowUnsafeGpgProgram: true,
			allowUnsafeHooksPath: true,
			allowUnsafeInclude: true,
			allowUnsafeMergeDriver: true,
			allowUnsafePack: true,
			allowUnsafePager: true,
			allowUnsafeProtocolOverride: true,
			allowUnsafeSshCommand: true,
			allowUnsafeTemplateDir: true,
			allowUnsafeUrlRewrite: true
		},
		errors(_error, { exitCode, stdOut, stdErr }) {
			result = {
				exitCode,
				stdout: Buffer.concat(stdOut),
				stderr: Buffer.concat(stdErr).toString()
			};
		}
	}).env({ ...env }).raw([...args]);
	return result;
}
// ../core/src/digest/input-digest.ts
function digestInputs(inputs, sha256) {
	const digest = (value) => sha256(canonicalJson(withoutUndefined(value)));
	const spec = digest(trainingSpec(inputs.spec));
	const manifest = digest(trainingManifest(inputs.manifest));
	const settings = digest({
		spec,
		manifest,
		code: inputs.code,
		learners: inputs.learners
	});
	const tables = Object.entries(inputs.tables ?? {}).map(([name, files]) => [name, [...files].sort()]);
	const input = digest({
		settings,
		files: [...inputs.files].sort(),
		tables: tables.length === 0 ? void 0 : Object.fromEntries(tables)
	});
	return {
		spec,
		manifest,
		code: inputs.code,
		settings,
		input
	};
}
function trainingSpec({ task, data: _dataset, target, positive, time, key, group, weight, features, candidates, holdout, validation, training, ship, ...rest }) {
	const { metrics, slices, seed } = rest;
	return {
		task,
		target,
		positive,
		time,
		key,
		group,
		weight,
		features,
		candidates: candidates.map(decidingSettings),
		holdout,
		validation: {
			fraction: .2,
			...validation
		},
		training,
		ship,
		metrics,
		slices,
		seed
	};
}
function trainingManifest(manifest) {
	const { prepare, schema, tables, views, viewTexts } = manifest;
	return {
		prepare,
		schema,
		views: views?.map((name) => [name, viewTexts?.[name] ?? null]),
		tables: tables?.map((table) => ({
			name: table.name,
			schema: table.schema
		}))
	};
}
function withoutUndefined(value) {
	return JSON.parse(JSON.stringify(value));
}
// ../core/src/digest/changed-settings.ts
function changedSettings(before, after) {
	return [
		...differences(trainingSpec(before.spec), trainingSpec(after.spec)),
		...differences(trainingManifest(before.manifest), trainingManifest(after.manifest)),
		...differences({ code: before.spec.codeDigests }, { code: after.spec.codeDigests })
	];
}
function differences(before, after) {
	const [was, is] = [flat$1(before), flat$1(after)];
	return [...new Set([...was.keys(), ...is.keys()])].sort().map((setting) => ({
		setting,
		from: was.get(setting) ?? null,
		to: is.get(setting) ?? null
	})).filter(({ from, to }) => from !== to);
}
function flat$1(value, path = "") {
	if (value === void 0) return new Map();
	if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map([[path, JSON.stringify(value)]]);
	const below = (key) => path === "" ? key : `${path}.${key}`;
	return new Map(Object.entries(value).flatMap(([key, each]) => [...flat$1(each, below(key))]));
}
// ../core/src/digest/import-digests.ts
function importDigests(digests, file, sha256) {
	const { settings, input } = digests;
	return {
		...digests,
		settings: sha256(canonicalJson({
			imported: file,
			settings
		})),
		input: sha256(canonicalJson({
			imported: file,
			input
		}))
	};
}
// ../core/src/digest/policy-digest.ts
function digestPolicy({ gates, fairness, budget, refresh, margin }, { checks }, sha256) {
	const accepted = checks.accept.map(({ column, finding }) => [column, finding]);
	return sha256(canonicalJson(JSON.parse(JSON.stringify({
		gates,
		fairness,
		budget,
		refresh,
		margin,
		accepted
	}))));
}
// ../core/src/handover/check-hand-over.ts
function checkHandOver(entry, now) {
	const held = (why) => ({
		kind: "handed-over",
		why
	});
	if (entry === void 0) return held("none");
	if (entry.inputDigest !== now.inputDigest) return held("other-inputs");
	return entry.parent === now.parent ? null : held("other-champion");
}
function jobMatrix(units, most = 256) {
	const jobs = Math.min(units.length, most);
	const start = (job) => Math.floor(job * units.length / jobs);
	return { include: Array.from({ length: jobs }, (_, job) => jobOf(units.slice(start(job), start(job + 1)))) };
}
function jobOf(units) {
	const model = [...new Set(units.map((unit) => unit.model))].join(" ");
	const listed = (values) => values.filter((each) => each !== void 0);
	const candidate = listed(units.map((unit) => unit.candidate)).join(" ");
	const digest = listed(units.map((unit) => unit.digest)).join(" ");
	return {
		model,
		...digest !== "" && {
			candidate,
			digest
		}
	};
}
// ../core/src/handover/next-model.ts
function nextModel(waiting, own, others) {
	const place = (fits) => {
		const at = waiting.findIndex(fits);
		return at === -1 ? null : at;
	};
	return place(({ dataset }) => dataset === own) ?? place(({ dataset }) => !others.has(dataset)) ?? place(() => true);
}
// ../core/src/handover/pick-candidates.ts
function checkFolders(folders, due) {
	if (folders.length === 0) return {
		kind: "handed-over",
		why: "no-folder"
	};
	const held = folders.map((folder) => checkHandOver(folder, due));
	return held.includes(null) ? null : held[0];
}
function pickCandidates(folders, due, count) {
	return Array.from({ length: count }, (_, i) => {
		const named = folders.filter(({ candidate }) => candidate === i + 1);
		const fitting = named.filter((folder) => checkHandOver(folder, due) === null);
		const trained = fitting.filter(({ failure }) => failure === void 0);
		if (new Set(trained.map(({ artifactDigest }) => artifactDigest)).size > 1) return { absence: "doubled" };
		const [folder] = [...trained, ...fitting];
		if (folder !== void 0) return { folder };
		const why = named.map((each) => checkHandOver(each, due).why);
		return { absence: why.includes("other-inputs") ? "other-inputs" : why.length > 0 ? "other-champion" : "missing" };
	});
}
var absences = {
	missing: "No folder of it was handed over: its job failed, was cancelled, or uploaded nothing, or the folder was refused.",
	doubled: "Two jobs handed over different models of it, and nothing says which of them is right.",
	"other-inputs": "It was trained on other data or settings than those of the base branch now.",
	"other-champion": "The champion changed after it was trained."
};
var absenceSentence = (absence) => absences[absence];
// ../core/src/history/gto-tags.ts
var stage = "prod";
function gtoTags(name, { versions, events }) {
	const registered = versions.filter((version) => version.broken === null && version.newerFormat === null).map(({ number, treeId, sha, committedAt }) => ({
		name: `${name}@v${number}.0.0`,
		treeId,
		commit: sha,
		at: committedAt
	}));
	const assigned = [];
	const assign = (mark, treeId, commit, at) => {
		assigned.push({
			name: `${name}#${stage}${mark}#${assigned.length + 1}`,
			treeId,
			commit,
			at
		});
	};
	const inStage = new Map();
	for (const { kind, champion, commit } of events) if (kind === "retired") {
		for (const [treeId, sha] of inStage) assign("!", treeId, sha, commit.committedAt);
		inStage.clear();
	} else if (kind !== "broken" && champion !== null && champion.treeId !== [...inStage.keys()].at(-1)) {
		assign("", champion.treeId, champion.sha, commit.committedAt);
		inStage.delete(champion.treeId);
		inStage.set(champion.treeId, champion.sha);
	}
	const unread = new Set(versions.flatMap(({ treeId, newerFormat }) => newerFormat === null ? [] : [treeId]));
	return [...registered, ...assigned.filter(({ treeId }) => !unread.has(treeId))];
}
// ../core/src/history/read-history.ts
function readHistory(commits, facts) {
	const versions = new Map();
	const rolledBack = new Map();
	const events = [];
	const stale = [];
	let champion = null;
	for (const commit of commits) {
		const { treeId } = commit;
		const before = champion;
		const seen = treeId === null ? void 0 : versions.get(treeId);
		const version = seen ?? firstAppearance(commit, versions.size + 1, facts);
		if (version !== null) versions.set(version.treeId, version);
		const kind = kindOf(version, seen !== void 0);
		if (version === null) champion = null;
		else if (kind !== "broken" && version.treeId !== before?.treeId) champion = {
			...version,
			since: commit.committedAt
		};
		if (kind === "promotion" && version !== null && isStale(version, before)) stale.push(version);
		if (champion !== null) rolledBack.delete(champion.treeId);
		if (before !== null && before.number > (champion?.number ?? 0)) {
			const replaced = versions.get(before.treeId);
			rolledBack.set(before.treeId, {
				version: replaced,
				to: version,
				at: commit.committedAt
			});
		}
		events.push({
			commit,
			treeId,
			number: version?.number ?? null,
			kind,
			champion
		});
	}
	return {
		versions: [...versions.values()],
		events,
		champion,
		state: stateAfter(events.at(-1)),
		rolledBack: [...rolledBack.values()],
		stale
	};
}
function firstAppearance({ sha, committedAt, author, subject, treeId }, number, facts) {
	if (treeId === null) return null;
	const { broken, parent, inputDigest, newerFormat } = facts(treeId);
	return {
		number,
		treeId,
		sha,
		committedAt,
		author,
		subject,
		broken,
		parent,
		inputDigest,
		newerFormat
	};
}
function isStale({ parent, newerFormat }, before) {
	return newerFormat === null && parent !== (before?.treeId ?? null);
}
function kindOf(version, seen) {
	if (version === null) return "retired";
	if (version.broken !== null) return "broken";
	return seen ? "rollback" : "promotion";
}
function stateAfter(event) {
	if (event === void 0) return "none";
	return event.kind === "promotion" || event.kind === "rollback" ? "live" : event.kind;
}
// ../core/src/ledger/ledger-key.ts
function ledgerKey({ model, kind, inputDigest, parent, holdout, policyDigest }) {
	return [
		model,
		kind,
		inputDigest,
		parent ?? "",
		holdout ?? "",
		policyDigest ?? ""
	].join(" ");
}
// ../core/src/ledger/ledger-lines.ts
function writeLedgerLines(rows) {
	return rows.map((row) => ({
		key: ledgerKey(row),
		text: canonicalJson(row),
		row
	}));
}
function appendLedgerLines(text, known, added) {
	const fresh = distinctLines(known, added).slice(distinctLines(known).length);
	const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
	return fresh.length === 0 ? text : before + fresh.map((line) => `${line.text}\n`).join("");
}
function distinctLines(...lists) {
	const lines = new Map();
	for (const line of lists.flat()) if (!lines.has(line.key)) lines.set(line.key, line);
	return [...lines.values()];
}
// ../core/src/ledger/rows-of-kind.ts
function rowsOfKind(rows, ...kinds) {
	return rows.filter((row) => kinds.includes(row.kind));
}
// ../core/src/ledger/rolled-back-rows.ts
function rolledBackRows(model, rolledBack) {
	return rolledBack.flatMap(({ version, at }) => {
		const { inputDigest, parent } = version;
		if (inputDigest === null) return [];
		return [{
			kind: "rolledBack",
			model,
			at: new Date(at).toISOString(),
			inputDigest,
			parent,
			holdout: null
		}];
	});
}
// ../core/src/lineage/check-tree.ts
var lineageFileName = "lineage.json";
var kinds$1 = {
	"100755": "an executable file",
	"120000": "a symbolic link",
	"160000": "a submodule"
};
function checkTree(files, claims, contentOf) {
	const present = new Set();
	for (const file of files) {
		const name = JSON.stringify(file.path);
		if (file.mode !== "100644") return `${name} is ${kinds$1[file.mode] ?? `of mode ${file.mode}`}; a version may contain regular files only.`;
		present.add(file.path);
		if (file.path === lineageFileName) continue;
		const claimed = claims.files.get(file.path);
		if (claimed === void 0) return `${name} is not listed in lineage.json.`;
		const content = contentOf(file);
		if (content !== null && !sameContent(content, claimed)) return `${name} does not match lineage.json: ${difference(content, claimed)}.`;
	}
	for (const path of claims.files.keys()) if (!present.has(path)) return `${JSON.stringify(path)} is listed in lineage.json, but missing.`;
	return null;
}
function claimBook(earlier = []) {
	const contents = new Map(earlier);
	const vouched = new Set([...contents.values()].map(({ sha256 }) => sha256));
	return {
		contentOf: (file) => contents.get(file.id) ?? null,
		unsure: (files, claims) => files.filter((file) => !contents.has(file.id) && vouched.has(claims.files.get(file.path)?.sha256 ?? "")),
		vouch(files, claims) {
			for (const file of files) {
				const claimed = claims.files.get(file.path);
				if (claimed === void 0 || contents.has(file.id)) continue;
				contents.set(file.id, claimed);
				vouched.add(claimed.sha256);
			}
		},
		claims: () => [...contents]
	};
}
function sameContent(a, b) {
	return a.sha256 === b.sha256 && a.bytes === b.bytes;
}
function difference(content, claimed) {
	if (content.bytes !== claimed.bytes) return `it has ${content.bytes} bytes, expected ${claimed.bytes}`;
	return `its sha256 starts with ${content.sha256.slice(0, 12)}, expected ${claimed.sha256.slice(0, 12)}`;
}
// ../core/src/lineage/stored-json.ts
var mostLevels = 100;
var bytesPerMiB = 1048576;
var mostMiB = {
	lineage: 16,
	other: 256
};
function exceededLimit(text, kind) {
	if (text.length > mostMiB[kind] * bytesPerMiB) return `at most ${mostMiB[kind]} MiB of JSON`;
	return levelsOf(text) > mostLevels ? `JSON of at most ${mostLevels} levels` : null;
}
function levelsOf(text) {
	let level = 0;
	let deepest = 0;
	let inText = false;
	for (let i = 0; i < text.length && deepest <= mostLevels; i++) {
		const code = text.charCodeAt(i);
		if (inText) {
			if (code === backslash) i++;
			else if (code === quote$1) inText = false;
		} else if (code === quote$1) inText = true;
		else if (code === openList || code === openMap) deepest = Math.max(deepest, ++level);
		else if (code === closeList || code === closeMap) level--;
	}
	return deepest;
}
var quote$1 = 34;
var backslash = 92;
var openList = 91;
var closeList = 93;
var openMap = 123;
var closeMap = 125;
// ../core/src/lineage/claims.ts
function readClaims(text) {
	if (text === null) return broken("lineage.json is missing.");
	const limit = exceededLimit(text, "lineage");
	if (limit !== null) return broken(`lineage.json: expected ${limit}.`);
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return broken("lineage.json is not JSON.");
	}
	if (!isRecord(value)) return broken("lineage.json is not an object.");
	const newer = newerFormat(value, 1);
	if (newer !== null) return {
		claims: null,
		problem: null,
		newerFormat: newer
	};
	const { format, parent, inputDigest, files } = value;
	if (format !== 1) return broken(`lineage.json has no valid \`format\`.`);
	if (parent !== null && typeof parent !== "string") return broken("lineage.json has no valid `parent`.");
	if (typeof inputDigest !== "string") return broken("lineage.json has no valid `inputDigest`.");
	if (!isRecord(files)) return broken("lineage.json has no valid `files`.");
	const contents = new Map();
	for (const [path, facts] of Object.entries(files)) {
		if (!isContentFacts(facts)) return broken(`lineage.json has no valid digest of ${JSON.stringify(path)}.`);
		contents.set(path, {
			sha256: facts.sha256,
			bytes: facts.bytes
		});
	}
	return {
		claims: {
			parent,
			inputDigest,
			learnedUntil: claimedUntil(value),
			isDeclared: value["declared"] !== void 0,
			files: contents
		},
		problem: null,
		newerFormat: null
	};
}
function claimedUntil({ trainedUntil, holdout }) {
	const said = trainedUntil === void 0 && isRecord(holdout) ? holdout["trainedUntil"] : trainedUntil;
	return typeof said === "string" && !Number.isNaN(Date.parse(said)) ? said : null;
}
function broken(problem) {
	return {
		claims: null,
		problem,
		newerFormat: null
	};
}
function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isContentFacts(value) {
	return isRecord(value) && typeof value["sha256"] === "string" && typeof value["bytes"] === "number";
}
// ../core/src/lineage/compare-folders.ts
var mostValues = 3;
function compareFolders(remade, found) {
	return [...new Set([...remade.keys(), ...found.keys()])].sort(byPath).flatMap((path) => {
		const [ours, theirs] = [remade.get(path), found.get(path)];
		if (ours === void 0) return [{
			path,
			kind: "extra"
		}];
		if (theirs === void 0) return [{
			path,
			kind: "missing"
		}];
		if (isSameBytes(ours, theirs)) return [];
		return [{
			path,
			kind: "changed",
			values: path.endsWith(".json") ? valueDifferences(ours, theirs) : []
		}];
	});
}
function byPath(a, b) {
	const isLast = (path) => Number(path === "lineage.json");
	return isLast(a) - isLast(b) || (a < b ? -1 : 1);
}
function isSameBytes(a, b) {
	return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}
function valueDifferences(remade, found) {
	const [ours, theirs] = [parsed$1(remade), parsed$1(found)];
	if (ours === void 0 || theirs === void 0) return [];
	const differences = [];
	const open = [{
		name: "",
		above: null,
		ours,
		theirs
	}];
	while (open.length > 0 && differences.length < mostValues) {
		const place = open.pop();
		if (isSameKind(place.ours, place.theirs)) for (const below of placesBelow(place)) open.push(below);
		else if (!Object.is(place.ours, place.theirs)) differences.push({
			key: keyOf$3(place),
			remade: shown$1(place.ours),
			found: shown$1(place.theirs)
		});
	}
	return differences;
}
function placesBelow(above) {
	return [...new Set([...Object.keys(above.ours), ...Object.keys(above.theirs)])].sort().toReversed().map((name) => ({
		name,
		above,
		ours: own(above.ours, name),
		theirs: own(above.theirs, name)
	}));
}
function keyOf$3(place) {
	const names = [];
	for (let at = place; at.above !== null; at = at.above) names.push(at.name);
	return names.toReversed().join(".");
}
function isSameKind(a, b) {
	const isTree = (value) => typeof value === "object" && value !== null;
	return isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b);
}
function own(tree, name) {
	return Object.hasOwn(tree, name) ? tree[name] : void 0;
}
function shown$1(value) {
	if (Array.isArray(value)) return `a list of ${value.length}`;
	if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).length}`;
	return value === void 0 ? void 0 : JSON.stringify(value);
}
function parsed$1(bytes) {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		return;
	}
}
// ../core/src/lineage/lfs-pointer.ts
var lfsPointerMaxBytes = 1024;
function lfsPointer(text) {
	if (!text.startsWith("version https://git-lfs.github.com/spec/v1\n")) return null;
	const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
	const bytes = /^size (\d+)$/m.exec(text)?.[1];
	return sha256 === void 0 || bytes === void 0 ? null : {
		sha256,
		bytes: Number(bytes)
	};
}
// ../core/src/lineage/remote-version.ts
function remoteKey({ path, bytes, version }) {
	const { versionId: _, ...told } = version;
	const words = Object.entries(told).sort(([a], [b]) => a < b ? -1 : 1);
	const byContent = [
		"md5",
		"oid",
		"rowHash",
		"sha256"
	].some((name) => Object.hasOwn(version, name));
	return JSON.stringify([
		path,
		byContent ? null : bytes,
		words
	]);
}
// ../core/src/lineage/same-card.ts
function sameCard(one, other) {
	return textOf$2(one) === textOf$2(other);
}
var textOf$2 = (card) => canonicalJson(card === void 0 ? null : JSON.parse(JSON.stringify(card)));
// ../refit/src/adapters/git/branch-state.ts
async function isLive(git, repository, branch, head) {
	const path = proposedPath(branch, repository);
	const proposed = await git.resolve(`${head}:${path}`);
	return proposed !== null && proposed === await git.resolve(`${repository.baseCommit}:${path}`);
}
async function isMerged(git, repository, branch, head) {
	const path = proposedPath(branch, repository);
	const base = repository.baseCommit;
	const { exitCode, stdout } = await git.attempt([
		"merge-base",
		base,
		head
	]);
	const fork = stdout.toString().trim();
	if (exitCode !== 0 || fork === "") return false;
	if (fork === head) return true;
	const line = [
		"log",
		"--first-parent",
		"--diff-merges=first-parent",
		"--format=%H",
		`${fork}..${base}`,
		"--",
		path
	];
	const commits = (await git.run(line)).split("\n").filter(Boolean);
	const proposed = await idAt(head);
	for (const commit of commits) if (await idAt(commit) === proposed) return true;
	return false;
	async function idAt(commit) {
		return (await git.attempt([
			"rev-parse",
			"--verify",
			"--quiet",
			`${commit}:${path}`
		])).stdout.toString().trim() || null;
	}
}
async function madeByRefit(git, { baseCommit }, head) {
	if (head === baseCommit) return true;
	return (await git.run([
		"log",
		"-z",
		"--format=%at %ct %(trailers:key=Refit-Model,valueonly,separator=%x2C)",
		`${baseCommit}..${head}`
	])).split("\0").slice(0, -1).every((line) => {
		const [authored, committed, model] = line.split(" ");
		return authored === committed && model !== "";
	});
}
async function unpublishedHead({ process: git, git: objects }, { remote }, branch) {
	if (await objects.resolve(`refs/heads/${branch}`) === null) return null;
	const format = "--format=%(refname) %(objectname) %(trailers:key=Refit-Replaces,valueonly,separator=%x2C)";
	const refs = [`refs/heads/${branch}`, ...remote === null ? [] : [`refs/remotes/${remote}/${branch}`]];
	const heads = new Map();
	for (const line of (await git.run([
		"for-each-ref",
		format,
		...refs
	])).split("\n")) {
		const [ref = "", ...rest] = line.split(" ");
		heads.set(ref, rest);
	}
	const [local, over] = heads.get(refs[0]) ?? [];
	const [shared] = (refs[1] === void 0 ? void 0 : heads.get(refs[1])) ?? [];
	if (local === void 0 || local === shared) return null;
	return over === (shared ?? "nothing") ? local : null;
}
// ../refit/src/adapters/forges/github/git-settings.ts
var git_settings_exports = require_rolldown_runtime.__exportAll({ gitSettings: () => gitSettings });
async function gitSettings(git, env) {
	const email = (await git.config()).all("user.email").at(-1) ?? "";
	return {
		credentials: login(env),
		author: email === "" ? workflowBot(env) : {}
	};
}
function login(env) {
	const token = tokenOf(env);
	if (token === null) return {};
	const server = serverUrl(env);
	const repository = env["GITHUB_REPOSITORY"] || null;
	const addresses = [server, ...repository === null ? [] : [`${server}/${repository}.git`, `${server}/${repository}`]];
	const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
	const settings = [...addresses.flatMap((address) => ["", header].map((value) => [`http.${address}/.extraheader`, value])), [`credential.${server}.helper`, ""]];
	const start = Number(env["GIT_CONFIG_COUNT"]) || 0;
	return {
		GIT_ASKPASS: "",
		GIT_CONFIG_COUNT: String(start + settings.length),
		...Object.fromEntries(settings.flatMap(([key, value], i) => [[`GIT_CONFIG_KEY_${start + i}`, key], [`GIT_CONFIG_VALUE_${start + i}`, value]]))
	};
}
function workflowBot(env) {
	if (env["GITHUB_ACTIONS"] !== "true") return {};
	const name = "github-actions[bot]";
	const email = "41898282+github-actions[bot]@users.noreply.github.com";
	return {
		GIT_AUTHOR_NAME: env["GIT_AUTHOR_NAME"] || name,
		GIT_AUTHOR_EMAIL: env["GIT_AUTHOR_EMAIL"] || email,
		GIT_COMMITTER_NAME: env["GIT_COMMITTER_NAME"] || name,
		GIT_COMMITTER_EMAIL: env["GIT_COMMITTER_EMAIL"] || email
	};
}
// ../refit/src/adapters/forges/github/pipelines/workspace-steps.ts
var commands = {
	npm: {
		cache: "npm",
		install: "npm ci",
		run: "npx --no --",
		byCorepack: false
	},
	pnpm: {
		cache: "pnpm",
		install: "pnpm install --frozen-lockfile",
		run: "pnpm exec",
		byCorepack: true
	},
	yarn: {
		cache: "yarn",
		install: "yarn install --immutable",
		run: "yarn run",
		byCorepack: true
	},
	yarn1: {
		cache: "yarn",
		install: "yarn install --frozen-lockfile",
		run: "yarn run",
		byCorepack: true
	}
};
var runWord = (manager) => commands[manager].run;
function installSteps(manager, setupNode, why = "") {
	const { cache, install, byCorepack } = commands[manager];
	return `${byCorepack ? "- run: corepack enable # packageManager in package.json says which version\n      " : ""}- uses: ${setupNode}
        with: { node-version: 24, cache: ${cache} }
      - run: ${install}${why === "" ? "" : ` # ${why}`}`;
}
// ../refit/src/adapters/forges/github/pipelines/nx-workflow.ts
var x$1 = (expression) => `\${{ ${expression} }}`;
function nxWorkflow(request, { triggers, perCommit, actions }) {
	const { packageManager } = request;
	const nx = `${runWord(packageManager)} nx`;
	const steps = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      ${installSteps(packageManager, actions.setupNode)}`;
	return `name: refit
${triggers}
permissions: {}
env: { NX_DAEMON: "false", NX_NO_CLOUD: "true" }
jobs:
  # Specs, data and versions of the models that the pull request concerns. No training, and no token that can write.
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: read }
    concurrency: { group: "refit-check-${x$1("github.ref")}", cancel-in-progress: true }
    steps:
      ${steps}
      - run: ${nx} affected -t check predict-probes --exclude='*,!tag:refit:model' --base="$NX_BASE"
        env: { NX_BASE: "${x$1("github.event.pull_request.base.sha")}" }
  run: # not \`refit\`: that is the name of the check
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: "refit-${perCommit}" }
    steps:
      ${steps}
      - if: github.event_name == 'push' || github.event_name == 'pull_request'
        run: ${nx} affected -t build --base="$NX_BASE" # what the training code needs
        env: { NX_BASE: "${x$1("github.event.pull_request.base.sha || github.event.before")}" }
      - if: github.event_name != 'push' && github.event_name != 'pull_request'
        run: ${nx} run-many -t build
      - uses: ${request.action}
        with: { force-reason: "${x$1("inputs.reason")}" }
`;
}
// ../refit/src/adapters/forges/github/pipelines/workflows.ts
var workflows_exports = require_rolldown_runtime.__exportAll({ workflowFiles: () => workflowFiles });
function workflowFiles(request) {
	const write = texts.get(request.kind);
	return new Map([[".github/workflows/refit.yml", write(request)]]);
}
function offMinute(name) {
	let sum = 0;
	for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 9973;
	return 5 + sum % 20 + 30 * (sum % 2);
}
var actions = {
	checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
	setupNode: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
	upload: "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
	attest: "actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6 # v4.2.2",
	download: "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1"
};
var x = (expression) => `\${{ ${expression} }}`;
var asksForCheck = "github.event_name == 'pull_request' || github.event_name == 'merge_group'";
var onBase = "github.event_name != 'pull_request' && github.event_name != 'merge_group'";
var perCommit = x(`(${asksForCheck}) && github.ref || 'base'`);
function triggers({ baseBranch, dataPaths, name }) {
	const specs = ["models/**", "data-manifests/**"];
	const paths = (list) => list.map((path) => JSON.stringify(path)).join(", ");
	return `on:
  schedule: [{ cron: "${offMinute(name)} 3 * * *" }] # not at a full hour, when GitHub is busy and drops runs
  push: { branches: [${JSON.stringify(baseBranch)}], paths: [${paths([...specs, ...dataPaths])}] }
  pull_request: { branches: [${JSON.stringify(baseBranch)}] } # all: a required check waits for its answer on every one
  merge_group: # and in a merge queue, where there is one
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }`;
}
function simple(request) {
	return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit}" }
jobs:
  run: # not \`refit\`: that is the name of the check
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    steps:
      - uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history is the registry: fetch all of it
      - uses: ${request.action}
        with: { force-reason: "${x("inputs.reason")}" }
`;
}
function hardened(request) {
	const place = x("runner.temp");
	const base = onBase;
	const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
	return `name: refit
${triggers(request)}
permissions: {}
jobs:
  # Training code runs here, and there is no token with which it could write.
  train:
    if: ${base}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: refit-train }
    outputs:
      candidates: ${x("steps.train.outputs.candidates")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: train
        uses: ${request.action}
        with: { command: train, candidates: "${place}/candidates", force-reason: "${x("inputs.reason")}" }
      - uses: ${actions.upload}
        with: { name: candidates, path: "${place}/candidates", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was trained is judged and proposed here. No training: the digest says which candidates are meant.
  propose:
    needs: train
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: refit-propose }
    steps:
      ${checkout}
      - uses: ${actions.download}
        with: { name: candidates, path: "${place}/candidates" }
      - uses: ${request.action}
        with:
          command: run
          candidates: "${place}/candidates@${x("needs.train.outputs.candidates")}"
          force-reason: "${x("inputs.reason")}"
${liveJobs(request, {
		base,
		checkout
	})}`;
}
function liveJobs(request, { base, checkout }) {
	const { attests } = request;
	return `  promote:
    if: ${base}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: write, pull-requests: write, checks: read, issues: write }
    concurrency: { group: refit-promote }
${attests ? promotedOutputs : ""}    steps:
      ${checkout}
      - ${attests ? "id: promote\n        " : ""}uses: ${request.action}
        with: { command: promote }
  verify:
    if: ${asksForCheck}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: read, pull-requests: read, checks: write }
    concurrency: { group: "refit-verify-${x("github.ref")}", cancel-in-progress: true }
    steps:
      ${checkout}
      - uses: ${request.action}
        with: { command: verify }
${attests ? attestJob(request, checkout) : ""}`;
}
var promotedOutputs = `    outputs:
      decision: ${x("steps.promote.outputs.decision")}
      models: ${x("steps.promote.outputs.models")}
`;
function attestJob({ packageManager }, checkout) {
	const refit = `${runWord(packageManager)} refit`;
	return `  # GitHub attests which workflow stands for the files that are live, and how they were judged: \`gh attestation verify\`.
  attest:
    needs: promote
    if: needs.promote.outputs.decision == 'promoted'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, id-token: write, attestations: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${x("fromJSON(needs.promote.outputs.models)")}
    concurrency: { group: "refit-attest-${x("matrix.model")}" }
    steps:
      ${checkout}
      ${installSteps(packageManager, actions.setupNode, "package.json names refit")}
      - run: |
          ${refit} show "$MODEL" --checksums > "$RUNNER_TEMP/files.sha256"
          ${refit} show "$MODEL" --predicate > "$RUNNER_TEMP/evaluation.json"
        env: { MODEL: "${x("matrix.model")}" }
      - uses: ${actions.attest}
        with:
          subject-checksums: ${x("runner.temp")}/files.sha256
          predicate-type: ${EVALUATION_TYPE}
          predicate-path: ${x("runner.temp")}/evaluation.json
`;
}
function matrix$1(request) {
	const base = onBase;
	const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
	return `name: refit
${triggers(request)}
permissions: {}
jobs:
  # The models, for the matrix of the next job.
  plan:
    if: ${base}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: refit-plan }
    outputs:
      models: ${x("steps.models.outputs.models")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: models
        uses: ${request.action}
        with: { command: status }
  run:
    needs: [plan, promote] # what was merged is promoted first
    if: needs.plan.outputs.models != '[]'
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${x("fromJSON(needs.plan.outputs.models)")}
    concurrency: { group: "refit-run-${x("matrix.model")}" } # one run per model at a time, all models at once
    steps:
      ${checkout}
      - uses: ${request.action}
        with: { command: run, models: "${x("matrix.model")}", force-reason: "${x("inputs.reason")}" }
${liveJobs(request, {
		base,
		checkout
	})}`;
}
function candidates$1(request) {
	const words = {
		place: `${x("runner.temp")}/candidates`,
		base: onBase,
		reason: `force-reason: "${x("inputs.reason")}"`,
		read: "permissions: { contents: read, pull-requests: read, checks: read }",
		checkout: `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`
	};
	return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit}" }
jobs:
${trainingJobs(request, words)}${choosingJobs(request, words)}${liveJobs(request, words)}`;
}
function trainingJobs(request, { place, base, reason, read, checkout }) {
	return `  # What is due, as one job for each candidate.
  plan:
    if: ${base}
    runs-on: ubuntu-latest
    timeout-minutes: 30
    ${read}
    outputs:
      any: ${x("steps.plan.outputs.any")}
      matrix: ${x("steps.plan.outputs.matrix")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: plan
        uses: ${request.action}
        with: { command: plan, ${reason} }
  train:
    needs: plan
    if: needs.plan.outputs.any == 'true' # GitHub refuses a matrix without a job
    runs-on: ubuntu-latest
    timeout-minutes: 360
    ${read}
    strategy:
      fail-fast: false
      matrix: ${x("fromJSON(needs.plan.outputs.matrix)")}
    steps:
      ${checkout}
      - uses: ${request.action}
        with:
          command: train
          models: ${x("matrix.model")}
          candidates: "${place}@${x("matrix.digest")}"
          ${reason}
      - uses: ${actions.upload}
        with: { name: "candidates-${x("strategy.job-index")}", path: "${place}", overwrite: true, if-no-files-found: ignore, retention-days: 1 }
`;
}
function choosingJobs(request, { place, reason, read, checkout }) {
	return `  # A candidate whose job failed is told, and does not stop the others.
  choose:
    needs: [plan, train]
    if: ${x("!cancelled() && needs.plan.result == 'success'")}
    runs-on: ubuntu-latest
    timeout-minutes: 360
    ${read}
    outputs:
      candidates: ${x("steps.choose.outputs.candidates")}
    steps:
      ${checkout}
      - if: needs.plan.outputs.any == 'true'
        uses: ${actions.download}
        with: { pattern: "candidates-*", merge-multiple: true, path: "${place}" }
      - id: choose
        uses: ${request.action}
        with: { command: choose, candidates: "${place}", ${reason} }
      - uses: ${actions.upload}
        with: { name: chosen, path: "${place}/chosen", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was chosen is judged and proposed here. No training: the digest says which candidate is meant.
  propose:
    needs: choose
    if: ${x("!cancelled() && needs.choose.result == 'success'")}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    steps:
      ${checkout}
      - uses: ${actions.download}
        with: { name: chosen, path: "${place}" }
      - uses: ${request.action}
        with:
          command: run
          candidates: "${place}@${x("needs.choose.outputs.candidates")}"
          ${reason}
`;
}
var nx = (request) => nxWorkflow(request, {
	triggers: triggers(request),
	perCommit,
	actions
});
var texts = new Map([
	["simple", simple],
	["hardened", hardened],
	["matrix", matrix$1],
	["candidates", candidates$1],
	["nx", nx]
]);
// ../refit/src/adapters/forges/local/forge.ts
var forge_exports = require_rolldown_runtime.__exportAll({
	localForge: () => localForge,
	noSettings: () => noSettings,
	nowhere: () => nowhere$1
});
function localForge(process, git, { files, publishes }) {
	const parts = {
		process,
		git,
		files,
		publishes
	};
	return {
		proposal: (repository, branch) => readState(parts, repository, branch),
		async ensureProposal(repository, request) {
			const { branch, head, title, draft, check, at } = request;
			const place = placeOf$3(repository, branch);
			const before = await readRecord(files, place);
			const page = encodeText(pageOf(request, place));
			const record = {
				branch,
				head,
				title,
				draft,
				check,
				updatedAt: at,
				closed: null
			};
			if (before !== null && JSON.stringify({
				...record,
				updatedAt: 0
			}) === JSON.stringify({
				...before,
				updatedAt: 0
			}) && Buffer.from(page).equals(await files.read(place.page) ?? new Uint8Array())) return {
				url: place.page,
				operation: "unchanged"
			};
			await writeCharts(git, files, request, place);
			await files.write(place.page, page);
			await files.write(place.record, encodeText(`${JSON.stringify(record, null, 2)}\n`));
			return {
				url: place.page,
				operation: before === null || before.closed !== null ? "created" : "updated"
			};
		},
		async ensureRemark(repository, remark) {
			const { branch, at } = remark;
			const place = placeOf$3(repository, branch);
			const record = await readRecord(files, place);
			const head = await currentHead(parts, repository, branch);
			if (head === null || record?.head === head && record.closed !== null) return;
			const page = await files.read(place.page);
			const before = page === null ? "" : decodeText(page);
			const told = withNotes(before, record !== null && record.head !== head ? outdatedSentence(record.head, head) : null, remark);
			if (page !== null && told !== before) await files.write(place.page, encodeText(told));
			if (!remark.closes) return;
			const closed = {
				title: branch,
				draft: false,
				check: {
					conclusion: "neutral",
					summary: ""
				},
				...record,
				branch,
				head,
				updatedAt: at,
				closed: remark.sentence
			};
			await files.write(place.record, encodeText(`${JSON.stringify(closed, null, 2)}\n`));
		},
		async ensureAlert({ commonDir }, model, alert) {
			const page = node_path.default.join(commonDir, "refit", "alerts", `${flat(model)}.md`);
			if (alert === null) {
				if (await files.read(page) !== null) await files.remove(page);
				return null;
			}
			if ("note" in alert) {
				const before = await files.read(page);
				if (before === null) return null;
				const noted = `${withAlertNote(decodeText(before), alert.note)}\n`;
				if (noted !== decodeText(before)) await files.write(page, encodeText(noted));
				return page;
			}
			await files.write(page, encodeText(`# ${alert.title}\n\n${alert.body.trimEnd()}\n`));
			return page;
		},
		async ensureCheck() {}
	};
}
async function readState(parts, repository, branch) {
	const { process, git, files, publishes } = parts;
	const head = await currentHead(parts, repository, branch);
	if (head === null && !isPolicyBranch(branch)) return null;
	const place = placeOf$3(repository, branch);
	const record = await readRecord(files, place);
	if (head === null) return declinedState(record, place);
	if (record?.head === head && record.closed !== null) return null;
	if (await isLive(git, repository, branch, head)) return null;
	if (await isMerged(process, repository, branch, head)) return null;
	const heads = await branchHeads(git, repository, branch);
	const own = await Promise.all(heads.map((id) => madeByRefit(process, repository, id)));
	const isShared = !publishes || repository.remote === null || head === await sharedHead$1(git, repository, branch);
	const isHere = head === await git.resolve(`refs/heads/${branch}`);
	const complete = isShared && (!isHere || record?.head === head);
	return {
		branch,
		head,
		heldByPerson: own.includes(false),
		complete,
		url: place.page,
		declinedAt: null
	};
}
function declinedState(record, { page }) {
	if (record === null || record.closed !== null) return null;
	const { branch, head, updatedAt } = record;
	return {
		branch,
		head,
		heldByPerson: false,
		complete: true,
		url: page,
		declinedAt: updatedAt
	};
}
var noSettings = { diagnose: async () => [] };
var nowhere$1 = {
	ensureRelease: async () => null,
	async ensureDeployment() {}
};
async function branchHeads(git, repository, branch) {
	const heads = await Promise.all([git.resolve(`refs/heads/${branch}`), sharedHead$1(git, repository, branch)]);
	return [...new Set(heads)].filter((head) => head !== null);
}
async function sharedHead$1(git, { remote }, branch) {
	return remote === null ? null : git.resolve(`refs/remotes/${remote}/${branch}`);
}
async function currentHead(parts, repository, branch) {
	const [unpublished, heads] = await Promise.all([unpublishedHead(parts, repository, branch), branchHeads(parts.git, repository, branch)]);
	return unpublished ?? heads.at(-1) ?? null;
}
function placeOf$3({ commonDir }, branch) {
	const name = flatName(modelOf(branch));
	const folder = node_path.default.join(commonDir, "refit", folderOf$5(branch));
	return {
		page: node_path.default.join(folder, `${name}.md`),
		record: node_path.default.join(folder, `${name}.json`),
		chart: (file) => node_path.default.join(folder, `${name}--${file}`)
	};
}
function folderOf$5(branch) {
	if (isPolicyBranch(branch)) return "policies";
	if (branch.startsWith("refit-import--")) return "imports";
	return branch.startsWith("refit-rollback--") ? "rollbacks" : "proposals";
}
async function writeCharts(git, files, { report, kept }, place) {
	if (kept === null) return;
	const names = chartFiles(report);
	const folder = node_path.default.posix.dirname(kept.path);
	const charts = await git.read(names.map((file) => `${kept.commit}:${folder}/${file}`));
	for (const [i, chart] of charts.entries()) if (chart !== null) await files.write(place.chart(names[i]), chart);
}
function pageOf({ kind, model, title, branch, baseBranch, draft, check, report }, place) {
	const decline = kind === "policy" || kind === "import" ? `git branch -D ${branch}` : `refit reject ${model}`;
	return [
		`# ${title}`,
		"",
		`\`${branch}\` → \`${baseBranch}\`${draft ? " · draft" : ""} · check: ${check.conclusion}`,
		"",
		markdownReport(report, (file) => node_path.default.basename(place.chart(file))).trimEnd(),
		"",
		"---",
		"",
		`Accept it with \`git switch ${baseBranch} && git merge ${branch}\`; decline it with \`${decline}\`.`,
		""
	].join("\n");
}
function withNotes(page, outdated, { closes, sentence }) {
	const start = Math.max(0, page.search(/^# /m));
	const remark = sentence === null ? null : `> ${closes ? "Closed: " : ""}${sentence}`;
	const earlier = page.slice(0, start).split("\n\n").filter((note) => note !== "" && note !== remark && !note.startsWith(`> This comparison is of`));
	return [
		outdated === null ? null : `> ${outdated}`,
		remark,
		...earlier
	].filter((note) => note !== null).map((note) => `${note}\n\n`).join("") + page.slice(start);
}
async function readRecord(files, place) {
	const bytes = await files.read(place.record);
	return bytes === null ? null : recordOf$1(jsonOrNull(decodeText(bytes)));
}
function recordOf$1(stored) {
	if (typeof stored !== "object" || stored === null) return null;
	const { branch, head, title, draft, check, updatedAt, closed } = stored;
	const { conclusion, summary } = check ?? {};
	if (!([
		branch,
		head,
		title,
		conclusion,
		summary
	].every((each) => typeof each === "string") && typeof draft === "boolean" && typeof updatedAt === "number" && (closed === null || typeof closed === "string"))) return null;
	return {
		branch,
		head,
		title,
		draft,
		check: {
			conclusion,
			summary
		},
		updatedAt,
		closed
	};
}
var flat = (model) => model.replaceAll("/", "--");
// ../refit/src/adapters/git/git-config.ts
function parseConfig(listing) {
	const values = new Map();
	for (const entry of listing.split("\0").slice(0, -1)) {
		const end = entry.indexOf("\n");
		const key = end === -1 ? entry : entry.slice(0, end);
		const value = end === -1 ? "true" : entry.slice(end + 1);
		const known = values.get(key);
		if (known === void 0) values.set(key, [value]);
		else known.push(value);
	}
	const all = (key) => values.get(key) ?? [];
	return {
		all,
		isTrue: (key) => /^(?:true|yes|on|[+-]?0*[1-9]\d*[kmg]?)$/i.test(all(key).at(-1) ?? ""),
		keys: [...values.keys()]
	};
}
// ../refit/src/adapters/git/git-environment.ts
function gitEnvironments(env, credentials) {
	const own = untied(env);
	const local = {
		...childEnvironment(own, [/^GIT_/, ...namedIn(env["REFIT_GIT_ENV"])]),
		...steadyVariables
	};
	const hasLogin = Object.keys(credentials).length > 0;
	const other = {
		...silenceLimit,
		...hasLogin ? local : {
			...asByHand(own),
			...steadyVariables
		}
	};
	return {
		local,
		http: {
			...other,
			...credentials
		},
		other
	};
}
function namedIn(names = "") {
	return [...names.matchAll(/\w+/g)].map(([name]) => new RegExp(`^${name}$`));
}
function asByHand(env) {
	const hosts = Object.entries(env).filter(([name]) => /^(?:GH|GITHUB|GITLAB|GITEA|FORGEJO)_\w*TOKEN$/.test(name));
	return {
		...withoutSecrets(env),
		...Object.fromEntries(hosts)
	};
}
var silenceLimit = {
	GIT_HTTP_LOW_SPEED_LIMIT: "1",
	GIT_HTTP_LOW_SPEED_TIME: "120"
};
var steadyVariables = {
	LC_ALL: "C",
	GIT_TERMINAL_PROMPT: "0",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_LITERAL_PATHSPECS: "1",
	GIT_NO_REPLACE_OBJECTS: "1"
};
var leftOut = new Set([
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_ATTR_SOURCE",
	"GIT_COMMON_DIR",
	"GIT_CONFIG",
	"GIT_DIR",
	"GIT_EXTERNAL_DIFF",
	"GIT_GLOB_PATHSPECS",
	"GIT_GRAFT_FILE",
	"GIT_ICASE_PATHSPECS",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_INTERNAL_SUPER_PREFIX",
	"GIT_NAMESPACE",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_OBJECT_DIRECTORY",
	"GIT_PREFIX",
	"GIT_QUARANTINE_PATH",
	"GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE",
	"GIT_WORK_TREE"
]);
function untied(env) {
	return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== void 0 && !leftOut.has(entry[0])));
}
// ../refit/src/adapters/git/git-process.ts
var git_process_exports = require_rolldown_runtime.__exportAll({ gitProcess: () => gitProcess });
var steady = ["--no-pager", ...[
	"core.quotePath=false",
	"log.showSignature=false",
	"log.follow=false",
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.fsync=committed",
	"core.fsyncMethod=batch",
	"core.sparseCheckout=false"
].flatMap((setting) => ["-c", setting])];
function gitProcess(cwd, env, credentials = {}, { secondMs = 1e3, idleMs = 1e3, config: known = null, starter = null, spare = null } = {}) {
	const { local: environment, http, other } = gitEnvironments(env, credentials);
	const here = {
		cwd,
		env: environment,
		starter,
		spare
	};
	const httpOnly = new Map();
	let read = null;
	const config = known ?? (() => read ??= readConfig(here));
	return {
		cwd,
		env: environment,
		secondMs,
		idleMs,
		async networkEnv(remote) {
			if (remote === null || Object.keys(credentials).length === 0) return other;
			const isHttp = httpOnly.get(remote) ?? overHttp(remote, await config(), here);
			httpOnly.set(remote, isHttp);
			return await isHttp ? http : other;
		},
		config,
		attempt: (args, options = {}) => collect(args, here, options),
		start: (args, on) => standBy(args, here, on),
		async run(args, options = {}) {
			const { exitCode, stdout, stderr } = await collect(args, here, options);
			if (exitCode !== 0) throw new GitFailedError(args.join(" "), exitCode, stderr);
			return stdout.toString().replace(/\n$/, "");
		}
	};
}
async function readConfig(where) {
	const { stdout } = await collect([
		"config",
		"--list",
		"-z"
	], where, {});
	return parseConfig(stdout.toString());
}
async function overHttp(remote, config, where) {
	const addresses = config.keys.some((key) => /^url\..*\.(?:push)?insteadof$/s.test(key)) ? await rewrittenAddresses(remote, where) : [...config.all(`remote.${remote}.url`), ...config.all(`remote.${remote}.pushurl`)];
	return addresses.length > 0 && addresses.every((address) => /^https?:\/\//i.test(address));
}
async function rewrittenAddresses(remote, where) {
	const fetched = await collect([
		"remote",
		"get-url",
		"--all",
		remote
	], where, {});
	const pushed = await collect([
		"remote",
		"get-url",
		"--push",
		"--all",
		remote
	], where, {});
	return `${fetched.stdout.toString()}\n${pushed.stdout.toString()}`.split("\n").filter(Boolean);
}
async function collect(args, { cwd: here, env: all, starter: always, spare }, options) {
	const cwd = options.cwd ?? here;
	const env = options.env === void 0 ? all : {
		...all,
		...options.env
	};
	const command = [...steady, ...args];
	const flows = options.onOutput !== void 0 || typeof options.input === "object";
	const starter = always ?? (!flows && spare?.isNeeded() === true ? spare.starter : null);
	try {
		return await (starter === null ? start(command, {
			cwd,
			env
		}, options) : startElsewhere(starter, {
			args: command,
			cwd,
			env
		}, options));
	} catch (error) {
		throw isMissing(error) ? new GitMissingError({ cause: error }) : error;
	}
}
async function startElsewhere(starter, command, { input, onOutput }) {
	const whole = typeof input === "object" ? await (0, node_stream_consumers.text)(input) : input;
	const result = await starter.run({
		...command,
		input: whole ?? null
	});
	if (onOutput === void 0) return result;
	onOutput(result.stdout);
	return {
		...result,
		stdout: Buffer.alloc(0)
	};
}
function start(args, where, { input, onOutput }) {
	return new Promise((resolve, reject) => {
		const child = (0, node_child_process.spawn)("git", args, {
			...where,
			stdio: [
				input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe"
			],
			windowsHide: true
		});
		const stdout = [];
		const stderr = [];
		let failure = null;
		child.stdout?.on("data", (chunk) => {
			try {
				if (onOutput === void 0) stdout.push(chunk);
				else if (failure === null) onOutput(chunk);
			} catch (error) {
				failure = error;
				child.kill();
			}
		});
		child.stderr?.on("data", (chunk) => stderr.push(chunk));
		child.on("error", reject);
		child.on("close", (exitCode, signal) => {
			if (signal !== null) stderr.push(Buffer.from(`\n${signal}`));
			if (failure !== null) reject(failure);
			else resolve({
				exitCode,
				stdout: Buffer.concat(stdout),
				stderr: Buffer.concat(stderr).toString()
			});
		});
		child.stdin?.on("error", () => {});
		if (typeof input === "object" && child.stdin) input.pipe(child.stdin);
		else child.stdin?.end(typeof input === "string" ? input : void 0);
	});
}
function standBy(args, { cwd, env }, on) {
	const child = (0, node_child_process.spawn)("git", [...steady, ...args], {
		cwd,
		env,
		windowsHide: true
	});
	const handles = [child, ...[
		child.stdin,
		child.stdout,
		child.stderr
	].filter((stream) => !!stream)];
	let stderr = "";
	child.stdout?.on("data", on.output);
	child.stderr?.on("data", (chunk) => stderr += chunk.toString());
	child.on("error", (error) => on.end(isMissing(error) ? new GitMissingError({ cause: error }) : error));
	child.on("close", (exitCode, signal) => on.end(new GitFailedError(args.join(" "), exitCode, `${stderr}\n${signal ?? ""}`)));
	child.stdin?.on("error", () => {});
	return {
		write: (text) => void child.stdin?.write(text),
		hold: () => handles.forEach((handle) => handle.ref()),
		release: () => handles.forEach((handle) => handle.unref()),
		end: () => void child.stdin?.end()
	};
}
function isMissing(error) {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
// ../core/src/onnx/onnx-files.ts
var ONNX_MODEL_FILE = "model.onnx";
var ASKED_FILE = "onnx.json";
var COMMAND_FILE = "command.json";
var MODEL_FOLDER = "model/";
function importedOnnx(files) {
	return {
		stored: readJson(`artifact/${ASKED_FILE}`, files.get(ASKED_FILE), 1, askedCheck),
		called: {
			step: "onnx",
			argv: [ONNX_MODEL_FILE],
			learner: onnxDescriptor.name
		},
		bytes: fileOf(files, ONNX_MODEL_FILE)
	};
}
function programsOnnx(files) {
	const { onnx, ...stored } = readJson(`artifact/${COMMAND_FILE}`, files.get(COMMAND_FILE), 1, askedCheck);
	if (typeof onnx !== "string") throw new LearnerMissingError("command", [], {
		what: "has no model in ONNX in this version, but a program that predicts",
		remedy: "Use `refit predict`, which runs the program."
	});
	return {
		stored,
		called: {
			step: "onnx",
			argv: [onnx]
		},
		bytes: fileOf(files, MODEL_FOLDER + onnx)
	};
}
function fileOf(files, file) {
	const bytes = files.get(file);
	if (bytes === void 0) throw new ArtifactInvalidError(`artifact/${file}`, "", "a model in ONNX");
	return bytes;
}
var askedCheck = (value) => {
	const asked = Object(value);
	return fields({
		format: integer(1, 1),
		task: taskCheck,
		target: fields({
			name: text,
			classes: (classes) => classesCheck(asked)(classes, 0)
		})
	})(value, 0);
};
// ../core/src/onnx/onnx-inputs.ts
var UnfitModel = class extends Error {};
function tensorsOf({ Tensor }, { inputs, told }, columns, { first, count }) {
	const rows = {
		first,
		count
	};
	const [only] = inputs;
	if (inputs.length === 1 && only.shape?.length !== 1 && only.shape?.[1] !== 1) return { [only.name]: new Tensor(typeOf(only), matrix(only, columns, rows), [count, columns.length]) };
	return Object.fromEntries(inputs.map((input) => {
		const column = columnOf(input, columns);
		const shape = input.shape?.length === 1 ? [count] : [count, 1];
		const own = told.find(({ name }) => name === input.name);
		const values = own === void 0 ? valuesFor(input, column, rows) : valuesAsTold(own, column, rows);
		return [input.name, new Tensor(typeOf(input), values, shape)];
	}));
}
function withoutRows({ name, type }) {
	const none = new Float64Array();
	if (type === "string") return {
		kind: "text",
		name,
		type,
		dictionary: [],
		codes: new Int32Array()
	};
	if (type === "file") throw new UnfitModel(`cannot read the files of ${quoted(name)}`);
	return {
		kind: "number",
		name,
		type,
		values: none
	};
}
function columnOf({ name }, columns) {
	const exact = columns.find((column) => column.name === name);
	if (exact !== void 0) return exact;
	const alike = columns.filter((column) => convertedName(column.name) === name);
	if (alike.length === 1) return alike[0];
	if (alike.length > 1) throw new UnfitModel(`has an input ${quoted(name)}, and more than one column becomes that name`);
	const names = columns.map((column) => column.name);
	const near = nearest$1(name, names);
	const meant = near === void 0 ? `the columns are ${quotedList(names)}` : `the nearest is ${quoted(near)}`;
	throw new UnfitModel(`has an input ${quoted(name)}, and there is no column of that name; ${meant}`);
}
var convertedName = (name) => name.replaceAll(/[^\p{L}\p{N}_+]/gu, "_").replace(/^(?=\d)/, "_");
function typeOf({ name, type }) {
	const known = [
		"float32",
		"float64",
		"int64",
		"bool",
		"string"
	].find((each) => each === type);
	if (known === void 0) throw new UnfitModel(`has an input ${quoted(name)} of the type ${type ?? "sequence"}`);
	return known;
}
function matrix(input, columns, { first, count }) {
	const width = input.shape?.[1];
	if (typeof width === "number" && width < 1e6 && width !== columns.length) throw new UnfitModel(`takes ${width} numbers a row, and there are ${columns.length} columns`);
	const values = input.type === "float64" ? new Float64Array(count * columns.length) : new Float32Array(count * columns.length);
	if (typeOf(input) !== "float32" && typeOf(input) !== "float64") throw new UnfitModel(`has one input for all columns, of the type ${input.type}: it has to be of floats`);
	for (const [i, column] of columns.entries()) {
		requireNumbers(column);
		for (let row = 0; row < count; row++) values[row * columns.length + i] = numberAt(column, first + row);
	}
	return values;
}
function valuesFor(input, column, { first, count }) {
	const type = typeOf(input);
	const rows = Array.from({ length: count }, (_, row) => first + row);
	if (type === "string") return textsAt(column, rows);
	requireNumbers(column);
	const numbers = rows.map((row) => numberAt(column, row));
	if (type === "float32") return Float32Array.from(numbers);
	if (type === "float64") return Float64Array.from(numbers);
	if (numbers.some((value) => Number.isNaN(value))) throw new UnfitModel(`wants whole numbers for ${quoted(column.name)}, of which some are missing: it has to take floats`);
	return type === "bool" ? Uint8Array.from(numbers) : BigInt64Array.from(numbers, (value) => BigInt(Math.trunc(value)));
}
var unknown = "� no such text";
function valuesAsTold({ takes, missing }, column, { first, count }) {
	const rows = Array.from({ length: count }, (_, row) => first + row);
	if (takes === "string") {
		const isMissing = (row) => column.kind === "text" && column.codes[row] < 0;
		const isLost = (text, row) => text.includes("\0") || text === missing && !isMissing(row);
		return textsAt(column, rows, missing).map((text, i) => isLost(text, rows[i]) ? unknown : text);
	}
	requireNumbers(column);
	const numbers = rows.map((row) => column.values[row]);
	if (takes === "double") return Float64Array.from(numbers);
	return BigInt64Array.from(numbers, (value) => BigInt(Number.isNaN(value) ? missing : Math.trunc(value)));
}
function textsAt(column, rows, missing = "") {
	if (column.kind !== "text") throw new UnfitModel(`wants texts for ${quoted(column.name)}, which is of the type ${column.type}`);
	return rows.map((row) => column.dictionary[column.codes[row]] ?? missing);
}
function requireNumbers(column) {
	if (column.kind === "text") throw new UnfitModel(`wants numbers for ${quoted(column.name)}, which has texts`);
}
function numberAt({ type, values }, row) {
	const value = values[row];
	return type === "date" || type === "datetime" ? value / DAY$1 : value;
}
// ../core/src/onnx/told-inputs.ts
var [METADATA, KEY, VALUE] = [
	14,
	1,
	2
];
var LENGTH_DELIMITED = 2;
function toldInputs(model) {
	for (const entry of fieldsOf(model, METADATA)) {
		const [[key], [value]] = [fieldsOf(entry, KEY), fieldsOf(entry, VALUE)];
		if (key !== void 0 && value !== void 0 && decode$1(key) === "inputs") return readTold(decode$1(value));
	}
	return [];
}
var check = list(exactly$1({
	missing: text,
	name: text,
	takes: wordOf("string", "double", "int64"),
	type: text
}));
function readTold(json) {
	try {
		const value = JSON.parse(json);
		return check(value, 0) === void 0 ? value : [];
	} catch {
		return [];
	}
}
function fieldsOf(message, wanted) {
	const found = [];
	let at = 0;
	while (at < message.length) {
		const tag = wholeNumber();
		const length = wholeNumber();
		if (tag % 8 !== LENGTH_DELIMITED) {
			if (tag % 8 !== 0) return [];
			continue;
		}
		if (Math.floor(tag / 8) === wanted) found.push(message.subarray(at, at + length));
		at += length;
	}
	return found;
	function wholeNumber() {
		let value = 0;
		let scale = 1;
		for (;;) {
			const byte = message[at++] ?? 0;
			value += byte % 128 * scale;
			if (byte < 128) return value;
			scale *= 128;
		}
	}
}
var decode$1 = (bytes) => new TextDecoder().decode(bytes);
// ../core/src/onnx/onnx-predictor.ts
var batchRows = 2e4;
function onnxPredictor({ stored, called, bytes }, running) {
	let opened = null;
	async function answersOf(features) {
		const { task, target } = stored;
		const model = await (opened ??= open(bytes, running));
		const width = task === "multiclass" ? target.classes.length : 1;
		const columns = await inputColumns(features);
		if (features.rows === 0) takes(model, columns);
		const values = new Float64Array(features.rows * width);
		for (let first = 0; first < features.rows; first += batchRows) {
			const rows = {
				first,
				count: Math.min(batchRows, features.rows - first)
			};
			values.set(await answerBatch(model, stored, columns, rows), first * width);
		}
		const checked = checkAnswers(values, task === "regression" ? null : width);
		if ("outcome" in checked) throw failed(checked.outcome, checked.what);
		return checked.values;
	}
	const failed = (outcome, what) => new CommandFailedError(outcome, called, what);
	return { async predict(features) {
		try {
			return await answersOf(features);
		} catch (error) {
			throw failureOf(error, called);
		}
	} };
}
async function tryOnnxModel({ called, bytes }, running, columns) {
	try {
		const model = await open(bytes, running);
		outputOf(model.session);
		if (columns !== void 0) takes(model, columns);
	} catch (error) {
		throw failureOf(error, called);
	}
}
async function open(bytes, running) {
	const runtime = await running();
	return {
		runtime,
		session: await runtime.InferenceSession.create(bytes, {
			logSeverityLevel: 3,
			intraOpNumThreads: 1,
			interOpNumThreads: 1
		}),
		told: toldInputs(bytes)
	};
}
function takes({ runtime, session, told }, columns) {
	tensorsOf(runtime, {
		inputs: session.inputMetadata,
		told
	}, columns.map(withoutRows), {
		first: 0,
		count: 0
	});
}
function failureOf(error, called) {
	if (error instanceof UnfitModel) return new CommandFailedError("onnx-unfit", called, error.message);
	if (!isFromRuntime(error)) return error;
	return new CommandFailedError("onnx-unfit", called, `cannot be run: ${String(error instanceof Error ? error.message : error).slice(0, 300)}`);
}
var isFromRuntime = (error) => !(error instanceof Error) || error.constructor === Error;
async function answerBatch({ runtime, session, told }, { task, target }, columns, rows) {
	const output = outputOf(session);
	const inputs = tensorsOf(runtime, {
		inputs: session.inputMetadata,
		told
	}, columns, rows);
	const { data, dims } = (await session.run(inputs, [output]))[output];
	const classes = target.classes?.length ?? 1;
	const numbers = Float64Array.from(data);
	const exact = task === "regression" ? numbers : numbers.map(withoutRounding);
	if (task === "binary" && exact.length === rows.count * 2) return exact.filter((_, i) => i % 2 === 1);
	if (exact.length === rows.count * (task === "multiclass" ? classes : 1)) return exact;
	throw new UnfitModel(`answers ${rows.count} rows with numbers of the shape [${dims.join(", ")}]`);
}
function withoutRounding(value) {
	const bounded = Math.min(1, Math.max(0, value));
	return Math.abs(bounded - value) < 1e-6 ? bounded : value;
}
function outputOf({ outputMetadata }) {
	const floats = outputMetadata.filter(({ isTensor, type }) => isTensor && (type === "float32" || type === "float64"));
	const named = floats.find(({ name }) => /^(?:output_)?prob/i.test(name)) ?? (floats.length === 1 ? floats[0] : void 0);
	if (named !== void 0) return named.name;
	throw new UnfitModel(`has the outputs ${outputMetadata.map(({ name }) => name).join(", ")}, and none of them is a tensor of probabilities or values: with skl2onnx, convert with \`options={"zipmap": False}\``);
}
// ../refit/src/adapters/clock.ts
var elapsed = () => performance.now();
var cpu = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
};
var systemClock = {
	now: () => Date.now(),
	elapsed,
	cpu
};
function fixedClock(at) {
	return {
		now: () => at,
		elapsed,
		cpu
	};
}
// ../refit/src/adapters/when-ending.ts
var signals = [
	"SIGINT",
	"SIGTERM",
	"SIGHUP"
];
var tasks = [];
function whenEnding(task) {
	if (tasks.length === 0) listen();
	tasks.push(task);
	return () => {
		const at = tasks.lastIndexOf(task);
		if (at >= 0) tasks.splice(at, 1);
		if (tasks.length === 0) stopListening();
	};
}
function listen() {
	process.on("exit", doAll);
	for (const signal of signals) process.on(signal, endBy);
}
function stopListening() {
	process.off("exit", doAll);
	for (const signal of signals) process.off(signal, endBy);
}
function doAll() {
	while (tasks.length > 0) tasks.pop()();
}
function endBy(signal) {
	doAll();
	stopListening();
	process.kill(process.pid, signal);
}
// ../refit/src/adapters/disk/left-behind.ts
var abandoned = 864e5;
var longest = 30 * abandoned;
var machine = (0, node_os.hostname)().replaceAll(/[^A-Za-z0-9]/g, "_").slice(0, 20);
function temporaryName() {
	return `${machine}.${process.pid}.${(0, node_crypto.randomBytes)(6).toString("hex")}`;
}
function isLeftBehind(name, age) {
	const [, maker, pid] = /([A-Za-z0-9_]*)\.(\d+)\.[0-9a-f]{12}(?:\.|$)/.exec(name) ?? [];
	if (maker === machine && age <= longest) return Number(pid) !== process.pid && !isRunning(Number(pid));
	return age > abandoned;
}
function isRunning(pid) {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error.code === "EPERM";
	}
}
// ../refit/src/adapters/disk/scratch.ts
var diskScratch = {
	open: openScratch,
	removeLeftBehind: removeLeftBehind$1
};
async function openScratch(commonDir) {
	const folder = node_path.default.join(commonDir, "refit", "scratch", temporaryName());
	if (!await (0, node_fs_promises.mkdir)(folder, { recursive: true }).then(() => true, () => false)) return machineFolder();
	const release = whenEnding(() => (0, node_fs.rmSync)(folder, {
		recursive: true,
		force: true
	}));
	return {
		path: folder,
		async remove() {
			release();
			await (0, node_fs_promises.rm)(folder, {
				recursive: true,
				force: true
			});
		}
	};
}
async function machineFolder(place = (0, node_os.tmpdir)()) {
	const folder = await (0, node_fs_promises.mkdtemp)(node_path.default.join(place, "refit-"));
	const remove = () => (0, node_fs.rmSync)(folder, {
		recursive: true,
		force: true
	});
	process.once("exit", remove);
	return {
		path: folder,
		async remove() {
			process.off("exit", remove);
			remove();
		}
	};
}
async function removeLeftBehind$1(commonDir) {
	const ours = node_path.default.join(commonDir, "refit");
	const entries = await (0, node_fs_promises.readdir)(ours, {
		recursive: true,
		withFileTypes: true
	}).catch(() => []);
	for (const { name, parentPath } of entries) {
		if (!parentPath.endsWith(node_path.default.join(node_path.default.sep, "refit", "scratch")) && !name.endsWith(".tmp")) continue;
		const file = node_path.default.join(parentPath, name);
		const made = (await (0, node_fs_promises.stat)(file).catch(() => null))?.mtimeMs;
		if (isLeftBehind(name, made === void 0 ? 0 : systemClock.now() - made)) await (0, node_fs_promises.rm)(file, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
// ../refit/src/adapters/learners/onnx/onnx-runtime.ts
async function onnxRuntime(folder) {
	for (const place of [node_path.default.join(folder, "package.json"), require("url").pathToFileURL(__filename).href]) {
		const file = resolveFrom(place);
		if (file === null) continue;
		const runtime = (await import((0, node_url.pathToFileURL)(file).href)).default;
		runtime.env.logLevel = "error";
		runtime.env.wasm.numThreads = 1;
		return runtime;
	}
	throw new OnnxRuntimeMissingError();
}
function resolveFrom(place) {
	try {
		return (0, node_module.createRequire)(place).resolve("onnxruntime-web/wasm");
	} catch {
		return null;
	}
}
// ../refit/src/adapters/learners/onnx/onnx-learner.ts
var onnx_learner_exports = require_rolldown_runtime.__exportAll({ onnxLearner: () => onnxLearner });
function onnxLearner(folder) {
	const running = () => onnxRuntime(folder);
	return {
		...onnxDescriptor,
		async fit({ settings, task, program }) {
			const bytes = program?.code.get(settings.file);
			if (bytes === void 0) throw new TypeError("the onnx learner needs the model's file");
			const { name, classes } = program.target;
			const text = canonicalJson(JSON.parse(JSON.stringify({
				format: 1,
				task,
				target: {
					name,
					classes
				}
			})), 2);
			return new Map([[ONNX_MODEL_FILE, bytes], [ASKED_FILE, encodeText(`${text}\n`)]]);
		},
		async check({ file }, code, columns) {
			await tryOnnxModel({
				called: calledAs(file),
				bytes: code.get(file)
			}, running, columns);
		},
		settle: (settings) => settings,
		load: async (files) => onnxPredictor(importedOnnx(files), running),
		async serve(files) {
			await running();
			return onnxPredictor(importedOnnx(files), running);
		}
	};
}
var calledAs = (file) => ({
	step: "onnx",
	argv: [file],
	learner: onnxDescriptor.name
});
// ../tabular/src/gbdt/settings.ts
var gbdtDescriptor = {
	name: "gbdt",
	algorithmVersion: 1,
	description: "Histogram gradient-boosted decision trees.",
	settings: {
		trees: {
			type: "integer",
			minimum: 1,
			maximum: 1e4,
			default: 200,
			description: "Maximum number of trees; early stopping keeps fewer."
		},
		leaves: {
			type: "integer",
			minimum: 2,
			maximum: 1024,
			default: 31,
			description: "Maximum number of leaves per tree."
		},
		learningRate: {
			type: "number",
			exclusiveMinimum: 0,
			maximum: 1,
			default: .1,
			description: "Shrinkage of each tree's contribution."
		},
		minLeafRows: {
			type: "integer",
			minimum: 1,
			default: 20,
			description: "Minimum number of training rows in a leaf."
		},
		minCategoryRows: {
			type: "integer",
			minimum: 1,
			default: 20,
			description: "Categories with fewer training rows at a node are pooled."
		},
		l2: {
			type: "number",
			minimum: 0,
			default: 1,
			description: "L2 penalty on leaf values."
		},
		l1: {
			type: "number",
			minimum: 0,
			optional: true,
			description: "L1 penalty on leaf values: leaves with little to say become 0. Default: 0."
		},
		rowFraction: {
			type: "number",
			minimum: 0,
			maximum: 1,
			default: 1,
			description: "Share of rows drawn for each tree."
		},
		featureFraction: {
			type: "number",
			minimum: 0,
			maximum: 1,
			default: 1,
			description: "Share of features drawn for each tree."
		},
		maxBins: {
			type: "integer",
			minimum: 2,
			maximum: 255,
			default: 255,
			description: "Maximum number of histogram bins per feature."
		},
		earlyStoppingRounds: {
			type: "integer",
			minimum: 0,
			default: 20,
			description: "Stop after this many trees without improvement on the validation rows; 0 never stops early."
		},
		objective: {
			type: "choice",
			choices: [
				"squared",
				"huber",
				"quantile",
				"poisson"
			],
			optional: true,
			tasks: ["regression"],
			description: "Regression: the loss that trees lower, and that stops them early. `squared` predicts the mean. `huber` counts errors beyond `delta` linearly, so that outliers pull less. `quantile` predicts the value that a share `quantile` of the targets stays below. `poisson` predicts the mean of counts or amounts from 0 up, never below 0. Default: `squared`."
		},
		delta: {
			type: "number",
			exclusiveMinimum: 0,
			when: { objective: "huber" },
			description: "With `objective: huber`: error from which the loss is linear, in the target's unit."
		},
		quantile: {
			type: "number",
			minimum: .001,
			maximum: .999,
			when: { objective: "quantile" },
			description: "With `objective: quantile`: the quantile that is predicted, such as 0.9."
		},
		monotone: {
			type: "record",
			choices: ["increasing", "decreasing"],
			optional: true,
			tasks: ["binary", "regression"],
			description: "By numeric column, the direction in which the prediction may move as the column rises: it never falls (`increasing`) or never rises (`decreasing`), all other columns being equal. Missing values are not compared."
		},
		interactions: {
			type: "groups",
			optional: true,
			description: "Groups of columns that may work together: on the way to a leaf, a tree splits only by columns of one group. Columns in no group form one more; a date stands for its calendar parts. Default: all columns may."
		}
	}
};
// ../tabular/src/linear/settings.ts
var linearDescriptor = {
	name: "linear",
	algorithmVersion: 1,
	description: "Linear, logistic or softmax regression, by the task.",
	settings: {
		l2: {
			type: "number",
			minimum: 0,
			default: 1,
			description: "L2 penalty on standardised coefficients, per training set."
		},
		maxIterations: {
			type: "integer",
			minimum: 1,
			maximum: 1e4,
			default: 200,
			description: "Maximum number of iterations of the optimiser."
		}
	}
};
// ../tabular/src/auto/settings.ts
var autoDescriptor = {
	name: "auto",
	algorithmVersion: 1,
	description: "Chooses among boosted trees and linear models, and mixes up to three of them: see [how](../auto.md). `candidates: auto` is short for this one candidate.",
	settings: {
		models: {
			type: "integer",
			minimum: 1,
			maximum: 3,
			default: 3,
			description: "Maximum number of models whose answers are averaged."
		},
		tries: {
			type: "integer",
			minimum: 1,
			maximum: 8,
			default: 8,
			description: "How many configurations are tried, the most useful first; fewer take less time."
		}
	}
};
// ../refit/src/adapters/installed-package.ts
function installedFile(name, part, missing) {
	for (const from of [require("url").pathToFileURL(__filename).href, node_path.default.join(process.cwd(), "package.json")]) {
		const { resolve } = (0, node_module.createRequire)(from);
		try {
			const file = resolve(part === null ? name : `${name}/${part}`);
			const { version: found } = JSON.parse((0, node_fs.readFileSync)(resolve(`${name}/package.json`), "utf8"));
			if (found !== "0.1.0") throw missing(found);
			return file;
		} catch (error) {
			if (error.code !== "MODULE_NOT_FOUND") throw error;
		}
	}
	throw missing(null);
}
// ../core/src/statistics/resampling/poisson-bootstrap.ts
function poissonBootstrap({ replicates, ...request }) {
	const draw = poissonReplicate(request);
	return definedReplicates(Float64Array.from({ length: replicates }, (_, replicate) => draw(replicate) ?? NaN));
}
function poissonReplicate({ rows, seed, weights, groups, statistic }) {
	const counts = new Uint8Array(rows);
	const countsOfGroups = new Uint8Array(groups ? groups.reduce((most, group) => Math.max(most, group + 1), 0) : 0);
	const weighted = weights && new Float64Array(rows);
	return (replicate) => {
		drawCounts(groups ? countsOfGroups : counts, randomBlocks(seed, replicate));
		if (groups) for (let row = 0; row < rows; row++) counts[row] = countsOfGroups[groups[row]];
		if (weighted) for (let row = 0; row < rows; row++) weighted[row] = counts[row] * weights[row];
		return statistic(weighted ?? counts);
	};
}
function definedReplicates(values) {
	const defined = values.filter((value) => !Number.isNaN(value)).sort();
	return {
		values: defined,
		undefinedCount: values.length - defined.length
	};
}
var countOfBits = poissonTable();
function poissonTable() {
	const table = new Uint8Array(65536);
	let probability = Math.exp(-1);
	let upTo = probability;
	let count = 0;
	for (let bits = 0; bits < table.length; bits++) {
		while (bits >= Math.round(upTo * table.length)) {
			count++;
			probability /= count;
			upTo += probability;
		}
		table[bits] = count;
	}
	return table;
}
var WORDS = 1024;
function drawCounts(counts, fill) {
	const words = new Uint32Array(WORDS);
	for (let from = 0; from < counts.length; from += 2 * WORDS) {
		fill(words);
		const to = Math.min(counts.length, from + 2 * WORDS);
		for (let row = from, at = 0; row < to; row += 2, at++) {
			const bits = words[at];
			counts[row] = countOfBits[bits & 65535];
			if (row + 1 < to) counts[row + 1] = countOfBits[bits >>> 16];
		}
	}
}
// ../core/src/statistics/resampling/paired-replicates.ts
var drawReplicates = (request) => {
	const { pairs, replicates } = request;
	const draw = pairedReplicate(request);
	const drawn = pairs.map(() => new Float64Array(replicates));
	for (let replicate = 0; replicate < replicates; replicate++) {
		const improvements = draw(replicate);
		for (const [i, values] of drawn.entries()) values[replicate] = improvements[i];
	}
	return drawn;
};
function pairedReplicate(request) {
	const { pairs, target, weights, groups, seed } = request;
	const { prepared, placeOf } = distinctMetrics(request);
	const compared = pairs.map(({ metric, champion, challenger }) => ({
		definition: metricOf(metric, request.settings),
		champion: placeOf(metric, champion),
		challenger: placeOf(metric, challenger)
	}));
	return poissonReplicate({
		rows: target.length,
		seed,
		...weights && { weights },
		...groups && { groups },
		statistic(counts) {
			const measured = prepared.map((measure) => measure(counts));
			return compared.map(({ definition, champion, challenger }) => {
				const [before, after] = [measured[champion], measured[challenger]];
				return before === void 0 || after === void 0 ? NaN : improvement(definition, before, after);
			});
		}
	});
}
function distinctMetrics({ pairs, ...rows }) {
	const asked = pairs.flatMap(({ metric, champion, challenger }) => [champion, challenger].map((answers) => ({
		metric,
		answers
	}))).filter(({ metric, answers }, i, all) => firstPlace(all, metric, answers) === i);
	return {
		prepared: asked.map(({ metric, answers }) => metricOf(metric, rows.settings).prepare({
			...rows,
			predictions: answers
		})),
		placeOf: (metric, answers) => firstPlace(asked, metric, answers)
	};
}
function firstPlace(asked, metric, answers) {
	return asked.findIndex((one) => one.metric === metric && one.answers === answers);
}
// ../refit/src/adapters/sources/content-folder.ts
function contentFolder(commonDir) {
	return node_path.default.join(commonDir, "refit", "cache", "content");
}
// ../refit/src/adapters/sources/digest-cache.ts
function digestCache(file) {
	let loaded = null;
	const load = () => loaded ??= readDigests(file);
	const addAll = async (entries) => {
		if (entries.length === 0) return;
		const digests = await load();
		for (const [identity, known] of entries) digests.set(identity, known);
		await append(file, `\n${entries.map(lineOf$1).join("\n")}\n`).catch(() => {});
	};
	return {
		async get(identity) {
			return (await load()).get(identity) ?? null;
		},
		add: (identity, known) => addAll([[identity, known]]),
		addAll
	};
}
function lineOf$1([identity, { sha256, bytes, versionId }]) {
	const line = [
		identity,
		sha256,
		bytes,
		...versionId === void 0 ? [] : [encodeURI(versionId)]
	].join(" ");
	return `${line} ${checkOf(line)}`;
}
async function append(file, line) {
	await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true });
	await (0, node_fs_promises.appendFile)(file, line);
}
async function readDigests(file) {
	const text = await (0, node_fs_promises.readFile)(file, "utf8").catch(() => "");
	const digests = new Map();
	for (const [, line, identity, digest, bytes, versionId, check] of text.matchAll(entry)) {
		if (check !== checkOf(line)) continue;
		const known = {
			sha256: digest,
			bytes: Number(bytes)
		};
		digests.set(identity, versionId === void 0 ? known : {
			...known,
			versionId: decodeURI(versionId)
		});
	}
	return digests;
}
var entry = /^((\S+) ([0-9a-f]{64}) (\d+)(?: (\S+))?) ([0-9a-f]{16})$/gm;
var checkOf = (line) => sha256(line).slice(0, 16);
// ../refit/src/adapters/disk/files.ts
var smallFile$1 = 65536;
var diskFiles = {
	async read(file) {
		try {
			const stats = (0, node_fs.statSync)(file, { throwIfNoEntry: false });
			if (stats === void 0) return null;
			return stats.isFile() && stats.size <= smallFile$1 ? (0, node_fs.readFileSync)(file) : await (0, node_fs_promises.readFile)(file);
		} catch (error) {
			const { code } = error;
			if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return null;
			throw error;
		}
	},
	async list(folder) {
		const entries = (await (0, node_fs_promises.readdir)(folder, {
			recursive: true,
			withFileTypes: true
		}).catch(whereThereIsNone$1)).filter((entry) => !entry.isDirectory()).map(async (entry) => {
			const file = node_path.default.join(entry.parentPath, entry.name);
			return {
				path: node_path.default.relative(folder, file).split(node_path.default.sep).join("/"),
				bytes: (await (0, node_fs_promises.lstat)(file)).size,
				isFile: entry.isFile()
			};
		});
		return (await Promise.all(entries)).sort((a, b) => a.path < b.path ? -1 : 1);
	},
	async children(folder) {
		return (await (0, node_fs_promises.readdir)(folder, { withFileTypes: true }).catch(() => [])).map((entry) => ({
			name: entry.name,
			kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other"
		}));
	},
	async write(file, bytes, { lasting = true, appends = false } = {}) {
		await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true });
		if (appends) return (0, node_fs_promises.appendFile)(file, bytes, { flush: lasting });
		const temporary = `${file}.${temporaryName()}.tmp`;
		try {
			await (0, node_fs_promises.writeFile)(temporary, bytes, { flush: lasting });
			await (0, node_fs_promises.rename)(temporary, file);
		} catch (error) {
			await (0, node_fs_promises.rm)(temporary, { force: true }).catch(() => {});
			throw Object.assign(error, { path: error.path ?? file });
		}
	},
	async remove(file) {
		await (0, node_fs_promises.rm)(file, {
			recursive: true,
			force: true
		}).catch((error) => {
			if (error.code !== "ENOTDIR") throw error;
		});
	}
};
function whereThereIsNone$1(error) {
	if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
	throw error;
}
// ../refit/src/data/cache.ts
async function readCache(files, repository, name) {
	return files.read(pathOf(repository, name)).catch(unlessOfTheDisk);
}
async function writeCache(files, repository, name, bytes) {
	await files.write(pathOf(repository, name), bytes, { lasting: false }).catch(unlessOfTheDisk);
}
async function growCache(files, repository, name, bytes) {
	await files.write(pathOf(repository, name), bytes, {
		lasting: false,
		appends: true
	}).catch(unlessOfTheDisk);
}
async function recallValue(files, repository, name) {
	const bytes = await readCache(files, repository, name);
	return bytes === null ? null : openSealedJson(decodeText(bytes));
}
async function keepValue(files, repository, name, value) {
	await writeCache(files, repository, name, encodeText(sealJson(value)));
}
async function recallDigests(files, repository, name) {
	const bytes = await readCache(files, repository, name);
	if (bytes === null || bytes.length < sealBytes || bytes.length % 8 !== 0) return null;
	const own = new Uint8Array(bytes.subarray(sealBytes));
	if (sha256(own) !== Buffer.from(bytes.subarray(0, sealBytes)).toString("hex")) return null;
	return new BigUint64Array(own.buffer);
}
async function keepDigests(files, repository, name, digests) {
	const own = new Uint8Array(digests.buffer, digests.byteOffset, digests.byteLength);
	await writeCache(files, repository, name, Buffer.concat([Buffer.from(sha256(own), "hex"), own]));
}
var sealBytes = 32;
function pathOf({ commonDir }, name) {
	return node_path.default.join(commonDir, "refit", "cache", name);
}
function unlessOfTheDisk(error) {
	if (error instanceof Error && "syscall" in error) return null;
	throw error;
}
// ../refit/src/specs/parse-store.ts
var parseKey = (id, kind) => `${id}-${sha256(kind).slice(0, kindDigits)}`;
var kindDigits = 16;
var name$1 = "parses";
var [lineFeed$2, blank, sealDigits] = [
	10,
	32,
	64
];
var mostOfOnePlace = 3;
var mostDead = 1048576;
var stores = new WeakMap();
function parseStore(ports, repository) {
	const store = stores.get(ports.git) ?? openStore(ports, repository);
	stores.set(ports.git, store);
	return store;
}
async function openStore({ files }, repository) {
	const { lines, ids, dead, isCut } = indexed(await readCache(files, repository, name$1));
	const values = new Map();
	let isCrowded = dead > mostDead && dead > sizeOf(lines.values());
	let waiting = isCut ? [Buffer.from("\n")] : [];
	let writing = null;
	async function write() {
		const added = Buffer.concat(waiting);
		waiting = [];
		writing = null;
		if (!isCrowded) return growCache(files, repository, name$1, added);
		isCrowded = false;
		await writeCache(files, repository, name$1, Buffer.concat([...lines.values(), added]));
	}
	async function found(key, make) {
		const line = lines.get(key);
		const known = line === void 0 ? null : opened$1(line);
		if (known !== null) return known;
		const made = await make();
		if (made === null) return null;
		ids.add(idOf$1(key));
		waiting.push(sealed([
			version$1,
			key,
			encodeURIComponent(made.place),
			JSON.stringify(made.value)
		].join(" ")));
		await (writing ??= Promise.resolve().then(write));
		return made;
	}
	return {
		once(key, make) {
			const known = values.get(key) ?? found(key, make);
			values.set(key, known);
			return known;
		},
		knows: (id) => ids.has(id)
	};
}
var idOf$1 = (key) => key.slice(0, -17);
function indexed(stored) {
	const bytes = Buffer.from(stored?.buffer ?? new ArrayBuffer(), stored?.byteOffset, stored?.byteLength);
	const lines = new Map();
	const keysOf = new Map();
	for (let at = 0, end = bytes.indexOf(lineFeed$2); end !== -1; at = end + 1, end = bytes.indexOf(lineFeed$2, at)) {
		const line = bytes.subarray(at, end + 1);
		const [ofVersion = "", key = "", place = ""] = headOf(line);
		if (ofVersion !== "0.1.0") continue;
		lines.delete(key);
		lines.set(key, line);
		const keys = keysOf.get(place) ?? [];
		if (!keys.includes(key)) keys.push(key);
		if (keys.length > mostOfOnePlace) lines.delete(keys.shift());
		keysOf.set(place, keys);
	}
	const ids = new Set([...lines.keys()].map(idOf$1));
	const isCut = bytes.length > 0 && bytes.at(-1) !== lineFeed$2;
	return {
		lines,
		ids,
		dead: bytes.length - sizeOf(lines.values()),
		isCut
	};
}
function headOf(line) {
	let end = sealDigits;
	for (let words = 0; words < 3 && end !== -1; words++) end = line.indexOf(blank, end + 1);
	return end === -1 ? [] : line.toString("latin1", sealDigits + 1, end).split(" ");
}
function sealed(text) {
	return Buffer.from(`${sha256(text)} ${text}\n`);
}
function opened$1(line) {
	const text = line.subarray(sealDigits + 1, -1);
	if (sha256(text) !== line.toString("latin1", 0, sealDigits)) return null;
	const head = headOf(line);
	return {
		place: head[2],
		value: JSON.parse(text.toString("utf8", head.join(" ").length + 1))
	};
}
function sizeOf(lines) {
	let bytes = 0;
	for (const { length } of lines) bytes += length;
	return bytes;
}
// ../refit/src/specs/parse-cache.ts
async function parsedText(ports, repository, text, parser) {
	return (await parsedOnce(ports, repository, parser, {
		id: sha256(text),
		text: async () => text
	})).value;
}
async function parsedObject(ports, repository, object, parser) {
	const id = isId$1(object) ? object : await ports.git.resolve(object);
	if (id === null) return null;
	const text = async () => {
		const [bytes] = await ports.git.read([object]);
		return bytes ? decodeText(bytes) : null;
	};
	return (await parsedOnce(ports, repository, parser, {
		id,
		text
	}))?.value ?? null;
}
var isId$1 = (object) => /^[0-9a-f]{40,64}$/.test(object);
async function parsedOnce(ports, repository, { kind, placeOf, parse }, { id, text }) {
	return await (await parseStore(ports, repository)).once(parseKey(id, kind), async () => {
		const written = await text();
		if (written === null) return null;
		const value = await parse(written);
		return {
			value,
			place: placeOf(value)
		};
	});
}
// ../refit/src/ledger/ledger.ts
var ledgerBranch = "refit-ledger";
var ledgerRef = `refs/heads/${ledgerBranch}`;
var mostTries$1 = 5;
async function readLedger(ports, repository, model) {
	return ledgerAt(ports, repository, await heads(ports, repository), model);
}
async function readLedgers(ports, repository, models) {
	const at = await heads(ports, repository);
	const ledgers = new Map();
	for (const model of models) ledgers.set(model, await ledgerAt(ports, repository, at, model));
	return ledgers;
}
async function ledgerAt(ports, repository, { local, remote }, model) {
	const commits = [...new Set([remote, local])].filter((commit) => commit !== null);
	const file = rowsFile(model);
	const read = [];
	for (const commit of commits) {
		const parser = {
			kind: `ledger-lines ${file}`,
			placeOf: () => file,
			parse: (text) => readLines(file, text)
		};
		read.push(await parsedObject(ports, repository, `${commit}:${file}`, parser) ?? []);
	}
	const lines = distinctLines(...read);
	const rows = lines.flatMap(({ row }) => row === null ? [] : [row]);
	const shared = remote === null ? 0 : distinctLines(read[0]).length;
	const unpushed = repository.remote !== null && lines.length > shared;
	const commit = local !== null && await continues(ports, local, remote) ? local : remote ?? local;
	return {
		rows,
		missing: commits.length === 0,
		unpushed,
		commit
	};
}
async function ledgerFiles(ports, repository, models) {
	const { local, remote } = await heads(ports, repository);
	const commits = [...new Set([remote, local])].filter((commit) => commit !== null);
	await Promise.all(commits.map((commit) => ports.git.list(commit, "models")));
	return commits.flatMap((commit) => models.map((model) => `${commit}:${rowsFile(model)}`));
}
async function joinLedgers(ports, repository, at) {
	const { local, remote } = await heads(ports, repository);
	if (local === null || remote === null || await continues(ports, local, remote)) return;
	await appendLedger(ports, repository, {
		rows: [],
		files: new Map(),
		at
	});
}
async function appendLedger(ports, repository, entry) {
	for (let tries = 1;; tries++) try {
		return await appendOnce(ports, repository, entry);
	} catch (error) {
		if (error instanceof PushRejectedError && error.reason === "refused") throw new LedgerProtectedError(error.message, { cause: error });
		if (!(error instanceof PushRejectedError || error instanceof RefMovedError)) throw error;
		if (tries === mostTries$1) throw new LedgerBusyError(tries, { cause: error });
		await ports.branches.fetch(repository);
	}
}
async function recordLedger(ports, repository, entry) {
	await appendOnce({
		...ports,
		branches: {
			...ports.branches,
			push: async () => {}
		}
	}, repository, entry);
}
async function shareLedger(ports, repository, at) {
	const { local, remote } = await heads(ports, repository);
	if (repository.remote === null || local === null || local === remote) return;
	await appendLedger(ports, repository, {
		rows: [],
		files: new Map(),
		at
	});
}
async function appendOnce(ports, repository, { rows, files, at }) {
	const { local, remote } = await heads(ports, repository);
	const parent = await continues(ports, local, remote) ? local : remote ?? local;
	const added = new Map();
	const unpushed = local === null || local === parent ? new Map() : await filesOf$3(ports, local);
	const present = parent === null ? new Map() : await filesOf$3(ports, parent);
	for (const [file, blob] of unpushed) if (!present.has(file) && !isRowsFile(file)) added.set(file, (await ports.git.read([blob]))[0]);
	for (const [file, bytes] of files) if (!present.has(file)) added.set(file, bytes);
	const rowsFiles = new Set([...unpushed.keys()].filter(isRowsFile).concat(rows.map((row) => rowsFile(row.model))));
	for (const file of rowsFiles) {
		const [before, carried] = await Promise.all([linesAt(ports, parent, file), linesAt(ports, local, file)]);
		const fresh = writeLedgerLines(rows.filter((row) => rowsFile(row.model) === file));
		const after = appendLedgerLines(before.text, before.lines, [...carried.lines, ...fresh]);
		if (after !== before.text) added.set(file, encodeText(after));
	}
	if (parent !== null && added.size === 0) {
		if (parent !== remote) await ports.branches.push(repository, [{
			ref: ledgerRef,
			id: parent,
			expected: remote
		}]);
		return parent;
	}
	const request = {
		ref: ledgerRef,
		expected: local,
		parent,
		replace: [],
		files: added,
		message: `refit: record\n\n${summary$19(rows)}`,
		at
	};
	const id = await ports.branches.commit(repository, request);
	await ports.branches.push(repository, [{
		ref: ledgerRef,
		id,
		expected: remote
	}]);
	return id;
}
async function heads({ git }, { remote }) {
	const [local, shared] = await Promise.all([git.resolve(ledgerRef), remote === null ? null : git.resolve(`refs/remotes/${remote}/refit-ledger`)]);
	return {
		local,
		remote: shared
	};
}
async function continues({ ancestry }, local, remote) {
	if (local === null || remote === null || local === remote) return local !== null;
	return await ancestry.mergeBase(local, remote) === remote;
}
async function filesOf$3({ git }, commit) {
	return new Map((await git.list(commit)).map(({ path, id }) => [path, id]));
}
async function linesAt({ git }, commit, file) {
	const [bytes] = commit === null ? [] : await git.read([`${commit}:${file}`]);
	const text = bytes === null || bytes === void 0 ? "" : decodeText(bytes);
	return {
		text,
		lines: text === "" ? [] : await readLines(file, text)
	};
}
async function readLines(file, text) {
	const { readLedgerLines } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.ledger_rows_exports);
	return readLedgerLines(file, text);
}
function summary$19(rows) {
	return rows.map(({ model, kind, inputDigest }) => `${model}: ${kind} ${inputDigest.slice(0, 12)}\n`).join("");
}
var rowsFile = (model) => `models/${model}.jsonl`;
var isRowsFile = (file) => /^models\/.*\.jsonl$/.test(file);
// ../refit/src/ledger/declined-row.ts
function declinedRow(lineage, at, reason) {
	return {
		kind: "declined",
		model: lineage.model,
		at: new Date(at).toISOString(),
		inputDigest: lineage.inputDigest,
		parent: lineage.parent,
		holdout: lineage.holdout.digest,
		settingsDigest: lineage.digests.settings,
		files: lineage.data.files,
		...reason === void 0 ? {} : { reason }
	};
}
// ../refit/src/versions/is-ledger-lost.ts
function isLedgerLost({ missing }, { champion, versions }, lineage) {
	if (!missing || champion === null) return false;
	return versions.length > 1 || lineage?.declared?.by !== "import";
}
// ../refit/src/versions/live-format.ts
function liveFormatError(repository, model, { champion }) {
	if (champion === null || champion.newerFormat === null) return null;
	return new FormatNewerError(`${championFolder(model, repository)}/lineage.json (v${champion.number})`, champion.newerFormat, 1);
}
// ../refit/src/versions/models.ts
async function listModels(ports, repository) {
	const { models, misnamed } = await findModels(ports, repository);
	for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
	return models;
}
async function findModels(ports, repository) {
	const { baseBranch, baseCommit } = repository;
	const names = (await pathsUnder(ports, baseCommit, modelRoots(repository))).flatMap((path) => modelOfSpec(path, repository) ?? []);
	const once = new Set(names);
	const twice = names.length === once.size ? [] : [...once].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
	const [models, others] = [[...once].filter(isName$1), [...once].filter((name) => !isName$1(name))];
	return {
		models: models.filter((name) => !twice.includes(name)).sort(),
		misnamed: [...others.sort().map((name) => new ModelNameError(name, baseBranch)), ...twice.sort().map((name) => new ModelTwiceError(name, baseBranch))]
	};
}
async function pathsUnder({ git }, commit, folders) {
	return (await Promise.all(folders.map(async (folder) => {
		return (await git.list(commit, folder === "" ? void 0 : folder)).map(({ path }) => folder === "" ? path : `${folder}/${path}`);
	}))).flat();
}
var isName$1 = (name) => nameProblem$2(name) === null;
// ../refit/src/versions/kept-lines.ts
var lineFeed$1 = 10;
var digestLength = 64;
async function recallLines(files, repository, name) {
	const stored = await readCache(files, repository, name);
	if (stored === null) return null;
	const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
	const lines = new Map();
	let head = null;
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf(lineFeed$1, at);
		if (end === -1) break;
		const line = bytes.subarray(at, end + 1);
		if (head === null) head = openedHead(line);
		else lines.set(keyOf$2(line), line);
		if (head === null) return null;
		at = end + 1;
	}
	if (head === null || head[0] !== "0.1.0") return null;
	return {
		commit: head[1],
		keys: [...lines.keys()],
		bytes: bytes.length,
		value: (key) => valueOf(lines.get(key)),
		line: (key) => lines.get(key) ?? null
	};
}
async function keepLines(files, repository, name, kept) {
	const { commit, before, values, without } = kept;
	const keys = [...(before?.keys ?? []).filter((key) => !values.has(key) && !without?.has(key)), ...values.keys()].sort();
	const head = JSON.stringify([version$1, commit]);
	const lines = keys.map((key) => values.has(key) ? sealedLine(key, values.get(key)) : before.line(key));
	await writeCache(files, repository, name, Buffer.concat([Buffer.from(`${sha256(head)} ${head}\n`), ...lines]));
}
function openedHead(line) {
	const text = line.toString("utf8", 65, line.length - 1);
	return sha256(text) === line.toString("latin1", 0, digestLength) ? JSON.parse(text) : null;
}
function sealedLine(key, value) {
	const text = `${key} ${JSON.stringify(value)}`;
	return Buffer.from(`${sha256(text)} ${text}\n`);
}
function keyOf$2(line) {
	return line.toString("latin1", 65, Math.max(65, line.indexOf(32, 65)));
}
function valueOf(line) {
	if (line === void 0) return null;
	const sealed = line.subarray(65, line.length - 1);
	if (sha256(sealed) !== line.toString("latin1", 0, digestLength)) return null;
	return JSON.parse(sealed.toString("utf8", sealed.indexOf(32) + 1));
}
// ../refit/src/versions/model-record.ts
var emptyRecord = {
	commits: [],
	trees: new Map(),
	files: [],
	hashed: new Map()
};
function storedRecord({ commits, trees, files, hashed }) {
	const authors = numbering();
	const ids = new Map([...trees.keys()].map((id, i) => [id, i]));
	return {
		commits: commits.map(({ sha, committedAt, author, subject, treeId }) => [
			sha,
			committedAt,
			authors.numberOf(author),
			subject,
			treeId === null ? -1 : ids.get(treeId)
		]),
		trees: [...trees].map(([id, { parent, inputDigest, metrics, learned, broken, newerFormat }]) => [
			id,
			parent === null ? null : ids.get(parent) ?? parent,
			inputDigest,
			metrics,
			learned.until,
			learned.isDeclared,
			broken,
			newerFormat
		]),
		files: files.map(({ path, mode, id }) => [
			path,
			mode,
			id
		]),
		hashed: [...hashed].map(([id, broken]) => [ids.get(id), broken]),
		authors: authors.values
	};
}
function openedRecord({ authors, commits, trees, files, hashed }) {
	return {
		commits: commits.map(([sha, committedAt, author, subject, tree]) => ({
			sha,
			committedAt,
			author: authors[author],
			subject,
			treeId: tree === -1 ? null : trees[tree][0]
		})),
		trees: new Map(trees.map(([id, parent, inputDigest, metrics, until, isDeclared, broken, newerFormat]) => [id, {
			broken,
			parent: typeof parent === "number" ? trees[parent][0] : parent,
			inputDigest,
			newerFormat,
			metrics,
			learned: {
				until,
				isDeclared
			}
		}])),
		files: files.map(([path, mode, id]) => ({
			path,
			mode,
			id
		})),
		hashed: new Map(hashed.map(([tree, broken]) => [trees[tree][0], broken]))
	};
}
function numbering() {
	const numbers = new Map();
	return {
		numberOf(value) {
			const known = numbers.get(value) ?? numbers.size;
			numbers.set(value, known);
			return known;
		},
		get values() {
			return [...numbers.keys()];
		}
	};
}
// ../refit/src/versions/kept-histories.ts
var names = {
	records: "history/records",
	claims: "history/claims"
};
async function openHistories(files, repository) {
	const lines = await recallLines(files, repository, names.records);
	return {
		commit: lines?.commit ?? null,
		lines,
		claimLines: null,
		gap: 0,
		opened: new Map(),
		changed: new Map()
	};
}
function forgetHistories(kept) {
	kept.commit = null;
	kept.lines = null;
	kept.opened.clear();
}
function recordOf({ lines, opened, changed }, model) {
	const known = changed.get(model)?.record ?? opened.get(model);
	if (known !== void 0) return known;
	const stored = lines?.value(model) ?? null;
	const record = stored && openedRecord(stored);
	opened.set(model, record);
	return record;
}
async function claimsOf(files, repository, kept, model) {
	const stored = (await (kept.claimLines ??= recallLines(files, repository, names.claims)))?.value(model) ?? null;
	if (stored === null || stored.trees !== recordOf(kept, model)?.trees.size) return null;
	return stored.claims.map(([id, sha256, bytes]) => [id, {
		sha256,
		bytes
	}]);
}
var smallFile = 262144;
var mostCommits$1 = 100;
async function saveHistories(files, repository, kept) {
	const { lines, gap, changed, opened } = kept;
	const isFar = gap > 0 && (gap > mostCommits$1 || lines === null || lines.bytes < smallFile);
	if (changed.size === 0 && !isFar) return;
	const commit = repository.baseCommit;
	if (changed.size > 0) {
		const before = await (kept.claimLines ??= recallLines(files, repository, names.claims));
		const values = new Map([...changed].map(([model, each]) => [model, storedClaims(each)]));
		await keepLines(files, repository, names.claims, {
			commit,
			before,
			values
		});
	}
	const values = new Map([...changed].map(([model, { record }]) => [model, storedRecord(record)]));
	const unusable = new Set([...opened].flatMap(([model, record]) => record === null ? [model] : []));
	await keepLines(files, repository, names.records, {
		commit,
		before: lines,
		values,
		without: unusable
	});
}
function storedClaims({ record, claims }) {
	return {
		trees: record.trees.size,
		claims: claims.map(([id, { sha256, bytes }]) => [
			id,
			sha256,
			bytes
		])
	};
}
// ../refit/src/versions/stored-metrics.ts
function storedMetrics(bytes) {
	if (bytes === null) return {};
	try {
		const { holdout } = JSON.parse(decodeText(bytes));
		const numbers = Object.entries(holdout).flatMap(([name, value]) => typeof value === "number" ? [[name, value]] : []);
		return Object.fromEntries(numbers);
	} catch {
		return {};
	}
}
function storedDirections(bytes) {
	if (bytes === null) return {};
	try {
		const { metrics } = JSON.parse(decodeText(bytes));
		const told = metrics.flatMap(({ metric, higherIsBetter }) => typeof metric === "string" && typeof higherIsBetter === "boolean" ? [[metric, higherIsBetter]] : []);
		return Object.fromEntries(told);
	} catch {
		return {};
	}
}
// ../refit/src/versions/tree-facts.ts
async function factsOfTrees(ports, trees, book) {
	const facts = new Map();
	for (const [treeId, { files, contents }] of trees) {
		const metrics = storedMetrics(contents.get("metrics.json") ?? null);
		const { claims, problem, newerFormat } = readClaims(decode(contents.get("lineage.json")));
		if (claims === null) {
			facts.set(treeId, {
				...nothingSaid,
				metrics,
				broken: problem,
				newerFormat
			});
			continue;
		}
		const read = await contentFacts(ports, book.unsure(files, claims));
		const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
		if (broken === null) book.vouch(files, claims);
		const { parent, inputDigest, learnedUntil: until, isDeclared } = claims;
		facts.set(treeId, {
			broken,
			parent,
			inputDigest,
			newerFormat,
			metrics,
			learned: {
				until,
				isDeclared
			}
		});
	}
	return facts;
}
var nothingSaid = {
	parent: null,
	inputDigest: null,
	learned: {
		until: null,
		isDeclared: false
	}
};
async function checkWhole(ports, repository, treeId, files) {
	const mark = `whole/${treeId}`;
	if ((await recallValue(ports.files, repository, mark))?.value === treeId) return null;
	const broken = await wrongIn(ports, files);
	if (broken === null) await keepValue(ports.files, repository, mark, treeId);
	return broken;
}
async function wrongIn(ports, files) {
	const own = files.find((file) => file.path === "lineage.json");
	const [bytes] = own === void 0 ? [null] : await ports.git.read([own.id]);
	const text = decode(bytes);
	const { parseLineage } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.stored_files_exports);
	const { claims, problem } = readClaims(text);
	if (problem !== null) return problem;
	try {
		parseLineage(text);
	} catch (error) {
		if (error instanceof ArtifactInvalidError) return error.message;
		throw error;
	}
	const contents = await contentFacts(ports, files);
	return checkTree(files, claims, (file) => contents.get(file.id) ?? null);
}
async function contentFacts(ports, files) {
	const ids = [...new Set(files.map((file) => file.id))];
	const contents = await ports.git.read(ids);
	return new Map(ids.flatMap((id, i) => {
		const bytes = contents[i];
		if (!bytes) return [];
		return [[id, (bytes.byteLength <= 1024 ? lfsPointer(decode(bytes)) : null) ?? {
			sha256: sha256(bytes),
			bytes: bytes.byteLength
		}]];
	}));
}
function decode(bytes) {
	return bytes ? decodeText(bytes) : null;
}
// ../refit/src/versions/model-history.ts
async function readModelHistory(ports, repository, model) {
	return (await readModelHistories(ports, repository, [model])).get(model);
}
async function readModelHistories(ports, repository, models) {
	models.forEach(checkModelName);
	const memory = memoryOf(ports, repository);
	if (models.some((model) => !memory.known.has(model))) {
		for (const model of models) memory.wanted.add(model);
		const turn = memory.turn.then(() => learn(ports, repository, memory, [...memory.wanted, ...models]));
		memory.turn = turn.catch(() => {});
		await turn;
	}
	return new Map(models.map((model) => [model, memory.known.get(model)]));
}
var memories = new WeakMap();
function memoryOf({ git }, { baseCommit }) {
	const before = memories.get(git);
	if (before?.baseCommit === baseCommit) return before;
	const memory = {
		baseCommit,
		known: new Map(),
		wanted: new Set(),
		kept: null,
		turn: Promise.resolve()
	};
	memories.set(git, memory);
	return memory;
}
var contents = ["lineage.json", "metrics.json"];
async function learn(ports, repository, memory, models) {
	memory.wanted.clear();
	const unknown = [...new Set(models)].filter((model) => !memory.known.has(model));
	if (unknown.length === 0) return;
	const kept = memory.kept ??= await openHistories(ports.files, repository);
	await followBase(ports, repository, kept);
	const fresh = unknown.filter((model) => recordOf(kept, model) === null);
	const log = await ports.git.log(repository.baseCommit, fresh.map((model) => championFolder(model, repository)), contents);
	for (const model of fresh) {
		const states = log.get(championFolder(model, repository)) ?? [];
		kept.changed.set(model, await extended(ports, emptyRecord, states, []));
	}
	for (const model of unknown) memory.known.set(model, known(recordOf(kept, model)));
	await saveHistories(ports.files, repository, kept);
}
async function followBase(ports, repository, kept) {
	const { commit, lines } = kept;
	if (commit === null || lines === null || commit === repository.baseCommit) return;
	const models = new Map(lines.keys.map((model) => [championFolder(model, repository), model]));
	const start = {
		commit,
		filesOf: (folder) => recordOf(kept, models.get(folder))?.files ?? []
	};
	const log = await ports.git.logSince(start, repository.baseCommit, [...models.keys()], contents);
	if (log === null) return forgetHistories(kept);
	for (const [folder, states] of log.states) {
		if (states.length === 0) continue;
		const model = models.get(folder);
		const before = recordOf(kept, model);
		const claims = before && await claimsOf(ports.files, repository, kept, model);
		if (before === null || claims === null) kept.opened.set(model, null);
		else kept.changed.set(model, await extended(ports, before, states, claims));
	}
	kept.commit = repository.baseCommit;
	kept.gap = log.commits;
}
async function extended(ports, before, states, claims) {
	const book = claimBook(claims);
	const fresh = new Map(states.flatMap((state) => state.treeId === null || before.trees.has(state.treeId) ? [] : [[state.treeId, state]]));
	const trees = new Map([...before.trees, ...await factsOfTrees(ports, fresh, book)]);
	const commits = [...before.commits, ...states.map(({ sha, committedAt, author, subject, treeId }) => ({
		sha,
		committedAt,
		author,
		subject,
		treeId
	}))];
	const files = states.at(-1)?.files ?? before.files;
	const last = commits.at(-1)?.treeId;
	const filesOf = (treeId) => fresh.get(treeId)?.files ?? (treeId === last ? files : ports.git.list(treeId));
	const hashed = new Map();
	for (;;) {
		const { champion } = readHistory(commits, factsIn(trees, hashed));
		if (champion === null || champion.newerFormat !== null || hashed.has(champion.treeId)) break;
		const { treeId } = champion;
		const earlier = before.hashed.get(treeId);
		hashed.set(treeId, earlier === void 0 ? await wrongIn(ports, await filesOf(treeId)) : earlier);
	}
	return {
		record: {
			commits,
			trees,
			files,
			hashed
		},
		claims: book.claims()
	};
}
function known({ commits, trees, hashed }) {
	return {
		history: readHistory(commits, factsIn(trees, hashed)),
		metrics: new Map([...trees].map(([treeId, { metrics }]) => [treeId, metrics])),
		learned: new Map([...trees].map(([treeId, { learned }]) => [treeId, learned])),
		hashed
	};
}
function factsIn(trees, hashed) {
	return (treeId) => {
		const facts = trees.get(treeId);
		const broken = hashed.get(treeId) ?? facts.broken;
		return broken === facts.broken ? facts : {
			...facts,
			broken
		};
	};
}
// ../refit/src/versions/read-lineage.ts
async function readLineage(ports, repository, object) {
	return parsedObject(ports, repository, object, lineageParser(object.slice(object.indexOf(":") + 1)));
}
var lineageParser = (file) => ({
	kind: "lineage",
	placeOf: (lineage) => `lineage ${lineage?.model ?? ""}`,
	async parse(content) {
		const { parseLineage } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.stored_files_exports);
		try {
			return parseLineage(content, file);
		} catch (error) {
			if (error instanceof ArtifactInvalidError) return null;
			throw error;
		}
	}
});
// ../refit/src/versions/share-branch.ts
async function shareBranch(ports, repository, branch, { head, over }) {
	const ref = `refs/heads/${branch}`;
	const local = await ports.git.resolve(ref);
	if (local !== head) await ports.branches.updateRefs(repository, [{
		ref,
		id: head,
		expected: local
	}]);
	if (repository.remote === null || await sharedHead(ports, repository, branch) === head) return head;
	try {
		await ports.branches.push(repository, [{
			ref,
			id: head,
			expected: over
		}]);
		return head;
	} catch (error) {
		if (!(error instanceof PushRejectedError) || error.reason !== "moved") throw error;
		await ports.branches.fetch(repository);
		const theirs = await sharedHead(ports, repository, branch);
		if (theirs === null || !await isSameContent(ports, proposedPath(branch, repository), theirs, head)) throw error;
		await ports.branches.updateRefs(repository, [{
			ref,
			id: theirs,
			expected: head
		}]);
		return theirs;
	}
}
async function sharedHead({ git }, { remote }, branch) {
	return remote === null ? null : git.resolve(`refs/remotes/${remote}/${branch}`);
}
async function isSameContent({ git }, path, a, b) {
	const [first, second] = await Promise.all([a, b].map((commit) => git.resolve(`${commit}:${path}`)));
	return first !== null && first === second;
}
// ../refit/src/versions/work-tree-models.ts
var passedBy = new Set([
	"champion",
	"node_modules",
	".git"
]);
async function workTreeModels({ files }, repository) {
	const found = [];
	const look = async (folder) => {
		const children = await files.children(node_path.default.join(repository.root, folder));
		const name = children.some((child) => child.name === "model.yaml" && child.kind === "file") ? modelOfSpec(`${folder}/model.yaml`, repository) : null;
		if (name !== null && isName$1(name)) found.push(name);
		const below = children.filter((child) => child.kind === "folder" && !passedBy.has(child.name));
		await Promise.all(below.map((child) => look(folder === "" ? child.name : `${folder}/${child.name}`)));
	};
	await Promise.all(modelRoots(repository).map(look));
	return found.sort();
}
// ../refit/src/specs/program-code.ts
async function readCode(ports, repository, candidate, from) {
	return ports.largeFiles.resolve(repository, await readStored(ports, repository, candidate, from));
}
async function readStored({ files, git }, { root, baseCommit }, candidate, { workTree }) {
	const paths = codeOf(candidate);
	if (paths.length === 0) return new Map();
	const contents = workTree ? await Promise.all(paths.map((file) => files.read(node_path.default.join(root, file)))) : await git.read(paths.map((file) => `${baseCommit}:${file}`));
	return new Map(paths.map((file, i) => {
		const bytes = contents[i];
		if (bytes === null || bytes === void 0) throw codeMissing(file, candidate, workTree);
		return [file, bytes];
	}));
}
function codeMissing(file, candidate, workTree) {
	const where = workTree ? "in the work tree" : "on the base branch";
	if (candidate.learner === onnxDescriptor.name) return new CommandFailedError("code-missing", {
		step: "onnx",
		argv: [file],
		learner: onnxDescriptor.name
	}, `needs ${file}, which is not ${where}`);
	if (candidate.learner !== commandDescriptor.name) return new NetworkInvalidError(file, `is not ${where}`);
	const { train } = candidate;
	return new CommandFailedError("code-missing", {
		step: "train",
		argv: train
	}, `needs ${file}, which is not ${where}`);
}
function digestOf$2(bytes) {
	return (bytes.byteLength > 1024 ? null : lfsPointer(decodeText(bytes)))?.sha256 ?? sha256(bytes);
}
async function withCodeDigests(ports, repository, spec, from) {
	const codeDigests = {};
	for (const candidate of spec.candidates) for (const [file, bytes] of await readStored(ports, repository, candidate, from)) codeDigests[file] = digestOf$2(bytes);
	return Object.keys(codeDigests).length === 0 ? spec : {
		...spec,
		codeDigests
	};
}
// ../refit/src/rooms/read.ts
async function read$1(ports, repository, request) {
	const { model } = request;
	checkModelName(model);
	const branch = proposalBranch(model);
	const [files, { history }, ledger, proposal, shared] = await Promise.all([
		readSpecs(ports, repository, model, { workTree: request.dryRun }),
		readModelHistory(ports, repository, model),
		readLedger(ports, repository, model),
		ports.forge.proposal(repository, branch),
		sharedHead(ports, repository, branch)
	]);
	const newer = liveFormatError(repository, model, history);
	if (newer !== null) throw newer;
	const champion = history.champion;
	const rolledBack = history.rolledBack.at(-1) ?? null;
	const [championLineage, rolledBackLineage, proposalLineage] = await Promise.all([
		champion && readLineage(ports, repository, `${champion.treeId}:lineage.json`),
		rolledBack && readLineage(ports, repository, `${rolledBack.version.treeId}:lineage.json`),
		proposal && readLineage(ports, repository, `${proposal.head}:${championFolder(model, repository)}/lineage.json`)
	]);
	const unrecorded = newlyDeclined(proposal, proposalLineage, ledger.rows);
	return {
		request,
		repository,
		...files,
		history,
		champion: champion && championLineage && version(champion, champion.since, championLineage),
		lastRolledBack: rolledBack && rolledBackLineage && version(rolledBack.version, rolledBack.at, rolledBackLineage),
		ledger: [...ledger.rows, ...unrecorded],
		ledgerCommit: ledger.commit,
		ledgerUnpushed: ledger.unpushed,
		ledgerLost: isLedgerLost(ledger, history, championLineage),
		unrecorded,
		proposal: proposal?.declinedAt === null ? {
			...proposal,
			lineage: proposalLineage
		} : null,
		sharedHead: shared,
		heldBranch: await isHeld(ports, repository, branch, proposal?.declinedAt === null ? proposal.head : null) ? branch : null
	};
}
async function isHeld(ports, repository, branch, shown) {
	const heads = await Promise.all([ports.git.resolve(`refs/heads/${branch}`), sharedHead(ports, repository, branch)]);
	const others = new Set(heads.filter((head) => head !== null && head !== shown));
	return (await Promise.all([...others].map((head) => ports.ancestry.isReplaceable(repository, branch, head)))).includes(false);
}
function newlyDeclined(proposal, lineage, rows) {
	if (proposal === null || proposal.declinedAt === null || lineage === null) return [];
	const row = declinedRow(lineage, proposal.declinedAt);
	return rows.some((known) => ledgerKey(known) === ledgerKey(row)) ? [] : [row];
}
function version(of, since, lineage) {
	return {
		number: of.number,
		treeId: of.treeId,
		since,
		lineage
	};
}
async function readSpecs(ports, repository, model, from) {
	await refuseRival(ports, repository, model, from);
	const specFile = specPath(model, repository);
	const spec = await readParsed(ports, repository, {
		file: specFile,
		parser: specParser(specFile, ports.learners.installed)
	}, from);
	if (spec === null) {
		const models = from.workTree ? await workTreeModels(ports, repository) : (await findModels(ports, repository)).models;
		const written = `${model}/model.yaml`;
		const isNotLaidOut = await textOnBase(ports, repository, written) !== null || await textOnDisk(ports, repository, written) !== null;
		const tree = from.workTree ? "in the work tree" : "on the base branch";
		throw new ModelUnknownError(model, models, {
			...repository,
			tree,
			isNotLaidOut
		});
	}
	const manifestFile = manifestPath(spec.data);
	const manifest = await readParsed(ports, repository, {
		file: manifestFile,
		parser: manifestParser(manifestFile, ports.sources.schemes)
	}, from);
	if (manifest === null) throw new ManifestMissingError(specFile, manifestFile);
	return {
		spec: await withCodeDigests(ports, repository, spec, from),
		manifest: await withViews(ports, repository, {
			manifest,
			file: manifestFile
		}, from)
	};
}
async function refuseRival(ports, repository, model, { workTree }) {
	const rival = rivalFolder(model, repository);
	if (rival === null) return;
	if (await (workTree ? textOnDisk : textOnBase)(ports, repository, `${rival}/model.yaml`) !== null) throw new ModelTwiceError(model, repository.baseBranch);
}
async function withViews(ports, repository, { manifest, file }, from) {
	if (manifest.views === void 0) return manifest;
	const viewTexts = {};
	for (const name of manifest.views) {
		const text = await readText(ports, repository, viewFile(name), from);
		if (text === null) throw new ViewMissingError(file, viewFile(name));
		viewTexts[name] = text;
	}
	return {
		...manifest,
		viewTexts
	};
}
var specParser = (file, learners) => ({
	kind: `spec ${file} ${digestOf$1(learners)}`,
	placeOf: () => file,
	async parse(text) {
		const { readModelSpec } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.documents_exports);
		return readModelSpec(file, text, learners);
	}
});
var digests = new WeakMap();
function digestOf$1(value) {
	const digest = digests.get(value) ?? sha256(JSON.stringify(value));
	digests.set(value, digest);
	return digest;
}
var manifestParser = (file, schemes) => ({
	kind: `manifest ${file} ${digestOf$1(schemes)}`,
	placeOf: () => file,
	async parse(text) {
		const { readDataManifest } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.documents_exports);
		return readDataManifest(file, text, schemes);
	}
});
async function readParsed(ports, repository, { file, parser }, place) {
	if (place.workTree) {
		const text = await readText(ports, repository, file, place);
		return text === null ? null : parsedText(ports, repository, text, parser);
	}
	const object = `${repository.baseCommit}:${file}`;
	if (place.isCompared ?? true) await compareWithBase(ports, repository, file);
	return parsedObject(ports, repository, object, parser);
}
async function readText(ports, repository, file, { workTree, isCompared = true }) {
	if (workTree) return textOnDisk(ports, repository, file);
	if (isCompared) await compareWithBase(ports, repository, file);
	return textOnBase(ports, repository, file);
}
async function compareWithBase(ports, repository, file) {
	const onDisk = await ports.files.read(node_path.default.join(repository.root, file));
	if (onDisk === null) return;
	const object = `${repository.baseCommit}:${file}`;
	const id = await ports.git.resolve(object);
	if (id !== null && id === blobId(onDisk, id)) return;
	const [onBase] = await ports.git.read([object]);
	if (onBase === null || onBase === void 0) throw new SpecNotOnBaseError(file, repository.baseBranch);
	if (decodeText(onDisk) === decodeText(onBase)) return;
	ports.out.notice(`${file} differs from ${repository.baseBranch}; this run reads ${repository.baseBranch}.`);
}
async function textOnDisk({ files }, { root }, file) {
	const bytes = await files.read(node_path.default.join(root, file));
	return bytes && decodeText(bytes);
}
async function textOnBase({ git }, { baseCommit }, file) {
	const [bytes] = await git.read([`${baseCommit}:${file}`]);
	return bytes ? decodeText(bytes) : null;
}
// ../refit/src/commands/failed-lines.ts
function failedLines(head, { code, message, hint }) {
	return [
		`${head}. What is live has not changed, and the other models are not affected.`,
		`  error: ${visibleText(message, 2e3)}`,
		`  ${visibleText(hint, 1e3)}`,
		`  More about ${code}: ${docsPage(`errors/${code}.md`)}`
	];
}
// ../refit/src/commands/affected.ts
var affected_exports$1 = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$18,
	options: () => options$18,
	run: () => run$20,
	summary: () => summary$18,
	usage: () => usage$18
});
var usage$18 = "refit affected [--base REF] [--head REF] [--json]";
var summary$18 = "Say which models a change retrains or touches, and which live versions were trained on other inputs before it. Reads objects of git, and no data.";
var options$18 = {
	base: { type: "string" },
	head: { type: "string" },
	json: { type: "boolean" }
};
var optionHelp$18 = {
	base: "commit or branch that the change begins at, or rather where it and the head part; default: the base branch",
	head: "commit or branch that the change ends at; default: what is checked out",
	json: "print the models, the reasons and what is not known as JSON"
};
async function run$20(ports, args, flags) {
	if (args.length > 0) throw new UsageError("affected takes no arguments; it looks at every model.", usage$18);
	const { affectedModels } = await Promise.resolve().then(() => affected_exports);
	const answer = await affectedModels(ports, {
		base: flags.base ?? null,
		head: flags.head ?? null,
		usage: usage$18
	});
	if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
	else for (const line of lines$8(answer)) ports.out.print(line);
	return answer.failed.length > 0 ? 2 : 0;
}
function lines$8({ base, head, files, models, outdated, unseen, unresolved, failed }) {
	return [
		`${`${base.slice(0, 10)}..${head.slice(0, 10)}: ${counted$1(files, "file")} changed`}, ${models.length === 0 ? "no model is affected" : `${counted$1(models.length, "model")} affected`}.`,
		...models.flatMap(({ model, effect, reasons }) => [`${model}: ${effectWords[effect]}`, ...reasonLines$1(reasons)]),
		...outdatedLines(outdated),
		...unseenLines(unseen),
		...unresolved.map(({ path, line, text }) => `Not followed: ${visibleText(`${path}:${line}: ${text}`, 400)}`),
		...failed.flatMap(({ model, error }) => failedLines(`${model}: failed`, error))
	];
}
var effectWords = {
	retrain: "retrain, because its inputs changed.",
	touch: "touched. Its inputs are the same, so this alone does not retrain it.",
	removed: "removed."
};
var kindWords = {
	spec: "settings",
	manifest: "data manifest",
	view: "feature view",
	data: "data",
	table: "further table",
	code: "training code",
	rowFile: "a file that rows may name",
	import: "imported by its code",
	new: "a new model",
	removed: "a model less"
};
function reasonLines$1(reasons) {
	return [...grouped(reasons, ({ kind }) => kind)].map(([kind, each]) => `  ${kindWords[kind]}: ${fewOf(each.map(({ path }) => visibleText(path, 200)))}`);
}
var partWords = {
	"never-trained": "no version is live",
	spec: "other settings",
	manifest: "another data manifest",
	code: "other training code",
	learner: "another version of the learner",
	data: "other data"
};
function outdatedLines(outdated) {
	return [...grouped(outdated, ({ because }) => because.map((part) => partWords[part]).join(", "))].map(([parts, each]) => `Due, but not by this change: ${fewOf(each.map(({ model }) => model))} (${parts}).`);
}
function unseenLines(unseen) {
	if (unseen.length === 0) return [];
	return [`Not known, since their data are not all in git: ${fewOf(unseen.map(({ model }) => model))}. \`refit plan\` looks at all data.`];
}
function fewOf(names) {
	const shown = names.length > 5 ? names.slice(0, 4) : names;
	const more = names.length - shown.length;
	return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}
function grouped(all, keyOf) {
	const groups = new Map();
	for (const each of all) groups.set(keyOf(each), [...groups.get(keyOf(each)) ?? [], each]);
	return groups;
}
// ../refit/src/commands/how-to-merge.ts
function howToMerge({ url, branch }) {
	return url?.startsWith("http") ? "merge the pull request" : `git merge ${branch}`;
}
// ../refit/src/commands/publishing.ts
var pushOptions = {
	push: { type: "boolean" },
	"no-push": { type: "boolean" }
};
var pushHelp = {
	push: "publish: push refit's branches and tags to the remote, and write to the forge; the default in GitHub Actions",
	"no-push": "keep everything in this clone, the default elsewhere"
};
async function sayingPublished(ports, work) {
	try {
		return await work();
	} finally {
		await sayPublished(ports);
	}
}
async function sayPublished({ publication, out }) {
	const { allowed, unasked } = publication;
	const refs = publication.refs();
	if (unasked !== null) out.notice(unasked);
	if (refs.length === 0) return;
	const names = refs.map((name) => `\`${name}\``).join(", ");
	out.notice(allowed ? `Pushed to ${await publication.destination()}: ${names}.` : `Nothing was pushed: what changed is in this clone only (${names}). \`--push\` publishes it.`);
}
// ../refit/src/commands/limits.ts
var limitOption = {
	memory: { type: "string" },
	limit: {
		type: "string",
		multiple: true
	}
};
var limitHelp = {
	memory: `memory that reading and preparing the data may take in this run, such as 800MiB or 4GiB; default: the manifest's limits.memoryMiB, else ${usualMemory}`,
	limit: "NAME=NUMBER for this run, whatever the data manifest says: memoryMiB, spillMiB, downloadMiB or prepareSeconds; may be repeated"
};
// ../refit/src/commands/backtest.ts
var backtest_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$17,
	options: () => options$17,
	run: () => run$19,
	summary: () => summary$17,
	usage: () => usage$17
});
var usage$17 = "refit backtest <model> [--policy FILE]… [--search] [--propose] [--from DATE] [--to DATE] [--every DAYS] [--label-delay-days N] [--budget-minutes N] [--memory SIZE] [--limit NAME=NUMBER]… [--push|--no-push] [--json]";
var summary$17 = "Replay history night by night with other policies, and compare them with schedules and with never retraining.";
var options$17 = {
	policy: {
		type: "string",
		multiple: true
	},
	search: { type: "boolean" },
	propose: { type: "boolean" },
	from: { type: "string" },
	to: { type: "string" },
	every: { type: "string" },
	"label-delay-days": { type: "string" },
	"budget-minutes": { type: "string" },
	...limitOption,
	...pushOptions,
	json: { type: "boolean" }
};
var optionHelp$17 = {
	policy: "a file with keys of model.yaml that replace the model's own, such as `retrain` and `training`; may be repeated",
	search: "look for a better policy: training windows and holdouts on a few nights, then what is close to the best of them on all",
	propose: "propose what is chosen: a branch that changes these lines of model.yaml, and a pull request on GitHub",
	from: "the first night, such as 2024-01-31; default: when a fifth of the history has passed",
	to: "where the replay ends; default: at the newest row",
	every: "days between two nights; default: one day for a short history, else weeks",
	"label-delay-days": "how long after its row a label is known; default: 0",
	"budget-minutes": "stop after this many minutes; the same command goes on from there",
	...limitHelp,
	...pushHelp,
	json: "print the result as JSON, with every night"
};
async function run$19(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("backtest needs one model.", usage$17);
	const { backtest } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.backtest_exports);
	const request = {
		model,
		policies: await readFiles$1(ports, flags.policy ?? []),
		search: flags.search === true,
		propose: flags.propose === true,
		from: instantOf$1("from", flags.from),
		to: instantOf$1("to", flags.to),
		everyDays: numberOf("every", flags.every, 1),
		labelDelayDays: numberOf("label-delay-days", flags["label-delay-days"], 0) ?? 0,
		budgetMinutes: numberOf("budget-minutes", flags["budget-minutes"], 0)
	};
	const replayed = () => backtest(ports, request);
	const done = await (request.propose ? sayingPublished(ports, replayed) : replayed());
	const { result, proposal } = done;
	if (flags.json === true) ports.out.print(JSON.stringify(proposal === null ? result : {
		...result,
		proposal
	}, null, 2));
	else for (const line of lines$7(done)) ports.out.print(line);
	const { cpuMinutes, made, asked } = done.cost;
	ports.out.notice(`${cpuMinutes.toFixed(1)} CPU minutes; ${made} of ${asked} trainings were run, the others are kept from before.`);
	return 0;
}
async function readFiles$1({ files }, names) {
	const policies = [];
	for (const file of names) {
		const bytes = await files.read(node_path.default.resolve(file));
		if (bytes === null) throw new UsageError(`--policy ${file}: there is no such file.`, usage$17);
		policies.push({
			file,
			text: decodeText(bytes)
		});
	}
	return policies;
}
function instantOf$1(name, words) {
	if (words === void 0) return null;
	const at = Date.parse(words);
	if (Number.isNaN(at)) throw new UsageError(`--${name} ${words} is not a date such as 2024-01-31.`, usage$17);
	return at;
}
function numberOf(name, words, least) {
	if (words === void 0) return null;
	const number = Number(words);
	if (!(number >= least)) throw new UsageError(`--${name} ${words} is not a number of at least ${least}.`, usage$17);
	return number;
}
function lines$7({ report, page, proposal }) {
	const told = terminalReport(report);
	const where = page === null ? [] : ["", `page: ${page}`];
	if (proposal === null) return [...told, ...where];
	if (!proposal.proposed) {
		const at = proposal.url === null ? "" : ` (${proposal.url})`;
		return [
			...told,
			...where,
			"",
			`Nothing was proposed: ${whyNot[proposal.why]}${at}.`
		];
	}
	const { url, branch } = proposal;
	return [
		...told,
		...where,
		"",
		`proposal: ${url}`,
		`to accept: ${howToMerge({
			url,
			branch
		})}`
	];
}
var whyNot = {
	unfinished: "not all nights are replayed yet, or no policy was measured",
	keep: "model.yaml is as it should be",
	refuted: "on the nights that the choice did not use, model.yaml as it is did better, beyond chance",
	moved: "model.yaml has changed while its past was replayed; run the same command again",
	uncommitted: "the files of its candidates are not on the base branch as they were replayed; commit them first",
	declined: "a person has declined these lines before",
	held: "a person has approved the open proposal, or has added to it, so it was left alone"
};
// ../refit/src/data/files-of.ts
function filesOf$2({ files, tables = {} }, { ofTable }) {
	return ofTable === void 0 ? files : tables[ofTable] ?? [];
}
// ../refit/src/data/built-files.ts
function builtFiles(files) {
	const byKey = new Map(files.map((file) => [keyOf$1(file), file]));
	byKey.delete(null);
	return (source) => byKey.get(keyOf$1(source)) ?? null;
}
function keyOf$1(file) {
	const { path, bytes, blob, version } = file;
	if (file.named !== void 0 || "names" in file && file.names !== void 0) return null;
	if (version !== void 0) return remoteKey({
		path,
		bytes,
		version
	});
	return blob === null ? null : `${blob} ${path}`;
}
// ../refit/src/data/snapshot-files.ts
async function digestFiles(ports, repository, sources) {
	const digestOf = async (source, known) => {
		if (known !== null) return {
			source,
			sha256: known
		};
		const { sha256, localPath: _, ...fetched } = await ports.sources.fetch(repository, source);
		return {
			source: fetched,
			sha256
		};
	};
	const files = [];
	for (const batch of batchesOf(sources, ({ version }) => version !== void 0)) {
		const known = await Promise.all(batch.map((source) => ports.sources.knownDigest(repository, source)));
		if (known.includes(null)) ports.out.progress("Hashing files", files.length / sources.length);
		files.push(...await allOf(batch.map((source, i) => digestOf(source, known[i]))));
	}
	return files;
}
var atOnce$1 = 8;
function batchesOf(all, mayWait) {
	const batches = [];
	for (const each of all) {
		const last = batches.at(-1);
		if (last !== void 0 && last.length < atOnce$1 && mayWait(last[0]) && mayWait(each)) last.push(each);
		else batches.push([each]);
	}
	return batches;
}
async function allOf(work) {
	await Promise.allSettled(work);
	return Promise.all(work);
}
async function identify(ports, repository, files, sources) {
	const built = builtFiles(files);
	const known = new Map();
	for (const source of sources) {
		const file = built(source);
		if (file === null) continue;
		const { bytes, version } = file;
		const here = version === void 0 ? source : {
			...source,
			bytes,
			version
		};
		known.set(source, {
			source: here,
			sha256: file.sha256
		});
	}
	const others = sources.filter((source) => !known.has(source));
	const digested = await digestFiles(ports, repository, others);
	for (const [i, source] of others.entries()) known.set(source, digested[i]);
	return sources.map((source) => known.get(source));
}
async function fetchData(ports, repository, { sources, tables }) {
	const files = await fetchFiles(ports, repository, sources);
	const further = new Map();
	for (const [name, each] of tables) further.set(name, await fetchFiles(ports, repository, each));
	return {
		files,
		tables: further
	};
}
async function fetchFiles(ports, repository, files) {
	const fetchOne = async ({ source, sha256, only, from }) => {
		const file = await ports.sources.fetch(repository, source);
		if (file.sha256 !== sha256) throw changed(source, sha256, file.sha256);
		return only === void 0 ? file : {
			...file,
			only,
			...from !== void 0 && { from }
		};
	};
	const fetched = [];
	for (const batch of batchesOf(files, ({ source }) => source.version !== void 0)) fetched.push(...await allOf(batch.map(fetchOne)));
	return fetched;
}
function changed(source, was, is) {
	if (source.version === void 0) return new SourceVanishedError(source.path);
	return new SourceAlteredError(source.path, `its sha256 is ${is}, and was ${was} under the same name`);
}
function contentOf$2({ sha256: sha256$1, only }) {
	return only === void 0 ? sha256$1 : sha256(JSON.stringify([sha256$1, only]));
}
// ../refit/src/versions/version-folder.ts
async function readChampionFile(ports, version, file) {
	const [bytes] = await ports.git.read([`${version.treeId}:${file}`]);
	return bytes === null || bytes === void 0 ? null : decodeText(bytes);
}
async function readArtifact(ports, repository, version) {
	const files = await readFiles(ports, repository, version, "artifact");
	return new Map([...files].map(([file, bytes]) => [file.slice(9), bytes]));
}
async function readFiles(ports, repository, version, folder) {
	const entries = await ports.git.list(version.treeId, folder);
	const contents = await ports.git.read(entries.map((entry) => entry.id));
	const below = folder === void 0 ? "" : `${folder}/`;
	const stored = new Map(entries.map(({ path }, i) => [`${below}${path}`, contents[i] ?? new Uint8Array()]));
	return ports.largeFiles.resolve(repository, stored);
}
// ../refit/src/versions/read-ahead.ts
var manyModels = 8;
async function readAhead(ports, repository, models, championFiles = ["lineage.json"]) {
	const histories = await readModelHistories(ports, repository, models);
	if (models.length < manyModels) return;
	const { baseCommit } = repository;
	const folder = "data-manifests";
	const [manifests] = await Promise.all([ports.git.list(baseCommit, folder), ...modelRoots(repository).map((root) => ports.git.list(baseCommit, root))]);
	const champions = [...histories.values()].flatMap(({ history }) => history.champion?.treeId ?? []);
	const objects = [
		...models.map((model) => `${baseCommit}:${specPath(model, repository)}`),
		...manifests.map(({ path }) => `${baseCommit}:${folder}/${path}`),
		...champions.flatMap((treeId) => championFiles.map((file) => `${treeId}:${file}`)),
		...await ledgerFiles(ports, repository, models)
	];
	const ids = await Promise.all(objects.map((object) => ports.git.resolve(object)));
	const { knows } = await parseStore(ports, repository);
	await ports.git.read(objects.filter((_, i) => ids[i] !== null && !knows(ids[i])));
}
// ../refit/src/data/future-knowledge.ts
async function futureKnowledge({ spec }, table, featureSpec) {
	if (spec.time === void 0) return [];
	return futureFindings(await table.futureReads(inputsOf(featureSpec), false));
}
function inputsOf({ features }) {
	return [...new Set(features.map(({ input }) => input))];
}
var whatIsRead = {
	tables: "rows of further tables that were not known yet",
	source: "later rows of `source`",
	target: "the target of later rows of `source`, which is what the model has to predict"
};
var advice = {
	tables: "",
	source: " A mean, an extreme or a rank over all rows reads later ones, too; for scaling none is needed: trees do without, and linear models scale by their training rows.",
	target: " Even of earlier rows, use only a target that was known by the row's time."
};
function futureFindings({ columns, unordered }) {
	return [...columns.map(futureFinding), ...unordered.map(orderFinding)];
}
function orderFinding({ column, table, availableAt, rows, at }) {
	const count = rows === 1 ? "1 row has" : `${rows} rows have`;
	const when = new Date(at).toISOString();
	const same = availableAt === null ? "the same key" : `the same key and the same ${quoted(availableAt)}`;
	const message = `The feature ${quoted(column)} depends on the order of the rows of table ${quoted(table)}: with the opposite order ${count} another value, the first of ${when}. Usual cause: two rows of the table have ${same}, and a join takes either.`;
	const hint = `Say which row counts, by a column that tells them apart: in the SQL, \`(FROM ${table} QUALIFY row_number() OVER (PARTITION BY <columns that are joined>${availableAt === null ? "" : `, ${availableAt}`} ORDER BY <that column> DESC) = 1)\` in the place of \`${table}\`, as docs/tables.md shows.`;
	return {
		...finding("row-order", {
			column,
			count: rows
		}, message),
		hint
	};
}
function futureFinding({ column, reads, at, rows }) {
	const when = new Date(at).toISOString();
	const count = rows === 1 ? "1 row" : `${rows} rows`;
	const message = `The feature ${quoted(column)} uses ${whatIsRead[reads]}: it changes in ${count} up to ${when} when what became known after that is altered.${advice[reads]}`;
	return finding("future-knowledge", {
		column,
		count: rows
	}, message);
}
// ../refit/src/data/kept-tables.ts
async function withKeptTables(ports, commonDir, work) {
	const { tables, close } = keepTables(ports, commonDir);
	try {
		return await work({
			...ports,
			tables
		});
	} finally {
		await close();
	}
}
function keepTables(ports, commonDir) {
	const kept = new Map();
	const { openNew, openBeside, closeUnused } = openers(ports, commonDir, kept);
	return {
		tables: { async open(request) {
			const key = keyOf(request);
			const one = kept.get(key) ?? await openBeside(request) ?? await openNew(request);
			kept.set(key, one);
			one.users++;
			return lent(one);
		} },
		close: closeUnused
	};
}
function openers(ports, commonDir, kept) {
	const close = async ({ table, scratch }) => {
		await table.close();
		await scratch.remove();
	};
	const closeUnused = async () => {
		for (const [key, one] of kept) {
			if (one.users > 0) continue;
			kept.delete(key);
			await close(one);
		}
	};
	return {
		closeUnused,
		async openNew(request) {
			await closeUnused();
			const scratch = await ports.scratch.open(commonDir);
			try {
				return {
					table: await ports.tables.open({
						...request,
						scratch: scratch.path
					}),
					scratch,
					users: 0,
					isShut: false
				};
			} catch (error) {
				await scratch.remove();
				throw error;
			}
		},
		async openBeside(request) {
			if ((request.tables?.size ?? 0) === 0) return null;
			const key = keyOf({
				...request,
				tables: new Map()
			});
			const own = kept.get(key);
			if (own === void 0 || own.users > 0 || own.isShut || own.table.findings.some(isError)) return null;
			kept.delete(key);
			try {
				await closeUnused();
				return {
					...own,
					table: await own.table.beside(request)
				};
			} catch (error) {
				await close(own);
				throw error;
			}
		}
	};
}
function lent(one) {
	return {
		...one.table,
		async prepare(wanted) {
			one.isShut = true;
			return one.table.prepare(wanted);
		},
		async newestRows(wanted) {
			one.isShut = true;
			return one.table.newestRows(wanted);
		},
		close: once(() => void one.users--)
	};
}
var isError = ({ severity }) => severity === "error";
function keyOf({ dataset, files, tables = new Map(), manifest, knownTypes, declaredOnly }) {
	const contentsOf = (all) => all.map(({ localPath: _place, from: _start, ...file }) => file);
	const further = [...tables].map(([name, each]) => [name, contentsOf(each)]);
	const { schema, checks, limits, sensitive, tables: declared, viewTexts } = manifest;
	const own = [
		dataset,
		contentsOf(files),
		schema,
		checks,
		limits,
		sensitive,
		knownTypes,
		declaredOnly
	];
	return JSON.stringify([
		own,
		further,
		further.length > 0 && declared,
		viewTexts
	]);
}
function once(act) {
	let acted = false;
	return async () => {
		if (!acted) act();
		acted = true;
	};
}
// ../refit/src/data/input-digests.ts
function digestOfInputs(ports, { spec, manifest }, { files = [], tables = new Map() } = {}) {
	const names = new Set(spec.candidates.map((candidate) => candidate.learner));
	const versionOf = new Map(ports.learners.installed.map(({ name, algorithmVersion }) => [name, algorithmVersion]));
	const learners = Object.fromEntries([...names].map((name) => [name, versionOf.get(name) ?? null]));
	const digestsOf = (all) => all.map((file) => file.sha256);
	const ofTables = Object.fromEntries([...tables].map(([name, each]) => [name, digestsOf(each)]));
	const code = spec.codeDigests === void 0 ? null : sha256(canonicalJson({ ...spec.codeDigests }));
	return digestInputs({
		files: digestsOf(files),
		tables: ofTables,
		spec,
		manifest,
		code,
		learners
	}, sha256);
}
function digestOfPolicy({ spec, manifest }) {
	return digestPolicy(spec, manifest, sha256);
}
// ../refit/src/data/name-acceptors.ts
async function nameAcceptors(ports, { repository, spec }, findings) {
	if (findings.every(({ accepted }) => accepted === void 0)) return findings;
	const folder = "data-manifests";
	const name = `${spec.data}.yaml`;
	const log = await ports.git.log(repository.baseCommit, [folder], [name]);
	const read = await manifestReader(`${folder}/${name}`, ports.sources.schemes);
	const history = (log.get(folder) ?? []).toReversed().map(({ sha, author, committedAt, contents }) => ({
		commit: {
			commit: sha,
			author,
			at: committedAt
		},
		checks: read(contents.get(name))
	}));
	return findings.map((found) => nameAcceptor(found, history));
}
async function manifestReader(file, schemes) {
	const { readDataManifest } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.documents_exports);
	return (bytes) => {
		if (bytes === void 0) return null;
		try {
			return readDataManifest(file, decodeText(bytes), schemes).checks;
		} catch (error) {
			if (error instanceof SpecInvalidError) return null;
			throw error;
		}
	};
}
// ../refit/src/data/snapshot-tables.ts
async function snapshotTables(ports, context) {
	const tables = new Map();
	const tableFiles = new Map();
	const findings = [];
	const links = linkColumns(context.manifest, context.spec);
	for (const table of context.manifest.tables ?? []) {
		const taken = await snapshotTable(ports, context, table);
		tables.set(table.name, taken.sources);
		tableFiles.set(table.name, taken.files);
		const found = excuseLinks(taken.findings, links).map(namedAfter(table));
		findings.push(...acceptSuspects(found, context.manifest.checks));
	}
	return {
		tables,
		tableFiles,
		findings
	};
}
var namedAfter = ({ name }) => (found) => {
	const { column, severity } = found;
	const named = {
		...found,
		message: `Table ${name}: ${found.message}`
	};
	return severity === "suspect" && column !== null ? {
		...named,
		column: `${name}.${column}`
	} : named;
};
async function snapshotTable(ports, context, table) {
	const { repository, champion, request } = context;
	const manifest = asOwnRows(table, context.manifest);
	const listing = await ports.sources.list(repository, manifest, { workTree: request.dryRun });
	for (const notice of listing.notices) ports.out.notice(notice);
	const built = champion?.lineage.data.tables?.[table.name] ?? [];
	const sources = await identify(ports, repository, built, listing.files);
	const known = new Map(built.map((file) => [file.sha256, file.rows]));
	const fresh = sources.filter((file) => !known.has(file.sha256));
	const { key: _, ...spec } = context.spec;
	const rows = {
		...context,
		spec,
		champion: null,
		manifest,
		ofTable: table
	};
	const checked = fresh.length === 0 ? nothingNew$2 : await checkFresh$1(ports, rows, {
		all: sources,
		built
	});
	const files = sources.map(({ source, sha256 }) => ({
		path: source.path,
		sha256,
		bytes: source.bytes,
		rows: known.get(sha256) ?? checked.rows.get(sha256) ?? 0,
		blob: source.blob,
		...source.version && { version: source.version }
	}));
	const paths = new Set(built.map((file) => file.path));
	return {
		sources,
		files,
		findings: [...[
			...listing.findings,
			...repeatedFiles(files, paths),
			...alteredIntervals(built, files)
		], ...checked.findings]
	};
}
var nothingNew$2 = {
	rows: new Map(),
	findings: []
};
async function checkFresh$1(...request) {
	const { checkTable } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.check_table_exports);
	return checkTable(...request);
}
// ../refit/src/rooms/snapshot.ts
async function takeSnapshot(ports, context) {
	const { repository, manifest, champion } = context;
	const listing = await ports.sources.list(repository, manifest, { workTree: context.request.dryRun });
	for (const notice of listing.notices) ports.out.notice(notice);
	const sources = await identify(ports, repository, champion?.lineage.data.files ?? [], listing.files);
	const further = await snapshotTables(ports, context);
	const known = new Map((champion?.lineage.data.files ?? []).map((file) => [file.sha256, file.rows]));
	const fresh = sources.filter((file) => !known.has(file.sha256));
	const checked = fresh.length === 0 ? nothingNew$1(context, sources) : await checkFresh(ports, context, sources);
	const fileRows = new Map(checked.news.files.map(({ path, rows }) => [path, rows]));
	const files = sources.map(({ source, sha256 }) => ({
		path: source.path,
		sha256,
		bytes: source.bytes,
		rows: known.get(sha256) ?? fileRows.get(source.path) ?? 0,
		blob: source.blob,
		...source.version && { version: source.version },
		...source.named && { named: namedOf(source.named) }
	}));
	const paths = new Set(champion?.lineage.data.files.map((file) => file.path));
	const past = alteredIntervals(champion?.lineage.data.files ?? [], files);
	const age = fresh.length === 0 ? ageWithoutNews(context, ports.clock.now()) : [];
	const found = [
		...listing.findings,
		...repeatedFiles(files, paths),
		...past,
		...age,
		...checked.findings
	];
	const digests = digestOfInputs(ports, context, {
		files,
		tables: further.tables
	});
	const findings = [...await nameAcceptors(ports, context, found.some(({ severity }) => severity === "suspect") ? await (await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.excuse_of_unused_exports)).excuseOfUnused(ports, context, digests, found) : found), ...further.findings];
	return {
		files,
		sources,
		tables: further.tables,
		tableFiles: further.tableFiles,
		rows: files.reduce((sum, file) => sum + file.rows, 0),
		findings,
		blocked: findings.some((finding) => finding.severity !== "warning"),
		digests,
		news: checked.news,
		newRows: checked.newRows,
		newProfile: checked.profile
	};
}
var namedOf = ({ own, files, bytes }) => ({
	own,
	files,
	bytes
});
function ageWithoutNews({ champion, manifest }, now) {
	const newest = champion?.lineage.holdout.to ?? null;
	return staleData(newest === null ? null : Date.parse(newest), manifest.checks.maxAgeDays, now);
}
function nothingNew$1({ champion }, sources) {
	const here = new Set(sources.map(({ sha256 }) => sha256));
	return {
		news: {
			files: [],
			lost: (champion?.lineage.data.files ?? []).filter(({ sha256 }) => !here.has(sha256)).reduce((sum, { rows }) => sum + rows, 0),
			unread: [],
			keyRepeats: false,
			changes: null
		},
		newRows: [],
		findings: [],
		profile: null
	};
}
async function checkFresh(...request) {
	const { checkNewFiles } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.reading_rows_exports);
	return checkNewFiles(...request);
}
// ../refit/src/runs/check.ts
function checkModel(ports, repository, model) {
	return withKeptTables(withoutPast(ports), repository.commonDir, (kept) => checkAlone(kept, repository, model));
}
async function checkAlone(ports, repository, model) {
	const specs = await readSpecs(ports, repository, model, { workTree: true });
	const context = firstContext(repository, model, {
		...specs,
		manifest: atAnyAge(specs.manifest)
	});
	const snapshot = await takeSnapshot(ports, context);
	if (snapshot.blocked) return {
		model,
		findings: snapshot.findings,
		prepared: null
	};
	const { withPrepared } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	return withPrepared(ports, context, snapshot, {
		broken: async (findings) => ({
			model,
			findings: [...snapshot.findings, ...findings],
			prepared: null
		}),
		async prepared({ table, featureSpec, findings }) {
			const features = inputsOf(featureSpec);
			ports.out.progress("Altering the future");
			const { compared, ...tried } = await table.futureReads(features, true);
			const others = findings.filter(({ code }) => !["future-knowledge", "row-order"].includes(code));
			return {
				model,
				findings: [
					...snapshot.findings,
					...others,
					...futureFindings(tried)
				],
				prepared: {
					rows: table.rows,
					features,
					hasTime: context.spec.time !== void 0,
					compared
				}
			};
		}
	});
}
function withoutPast(ports) {
	return {
		...ports,
		git: {
			...ports.git,
			log: async () => new Map()
		},
		clock: {
			...ports.clock,
			now: () => Infinity
		}
	};
}
function atAnyAge(manifest) {
	const { maxAgeDays: _, ...checks } = manifest.checks;
	return {
		...manifest,
		checks
	};
}
function firstContext(repository, model, specs) {
	return {
		request: {
			model,
			force: null,
			dryRun: true
		},
		repository,
		...specs,
		history: readHistory([], () => {
			throw new Error("There is no version to ask about.");
		}),
		champion: null,
		lastRolledBack: null,
		ledger: [],
		ledgerCommit: null,
		ledgerUnpushed: false,
		ledgerLost: false,
		unrecorded: [],
		proposal: null,
		sharedHead: null,
		heldBranch: null
	};
}
// ../refit/src/runs/or-failed.ts
async function orFailed(work, failed) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
		return failed(failedModel(error));
	}
}
// ../refit/src/commands/check.ts
var check_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$16,
	options: () => options$16,
	run: () => run$18,
	summary: () => summary$16,
	usage: () => usage$16
});
var usage$16 = "refit check [model…] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$16 = "Check models, data and features of the work tree, without history and without training: rules, leaks, knowledge of the future.";
var options$16 = {
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp$16 = {
	...limitHelp,
	json: "print the findings as JSON: of one named model an object, else a list"
};
async function run$18(ports, args, flags) {
	const repository = await ports.git.withoutHistory();
	const models = args.length > 0 ? [...new Set(args)] : await workTreeModels(ports, repository);
	if (models.length === 0) ports.out.notice("There is no models/*/model.yaml here: `refit init` writes the first.");
	const checks = [];
	for (const model of models) {
		const one = () => checkModel(ports, repository, model);
		const oneOfSeveral = () => ports.naming.about(model, () => orFailed(one, (error) => ({
			model,
			error
		})));
		const check = await (models.length === 1 ? one() : oneOfSeveral());
		if (flags.json !== true) for (const line of lines$6(check)) ports.out.print(line);
		checks.push(check);
	}
	if (flags.json === true) ports.out.print(JSON.stringify(args.length === 1 ? checks[0] : checks, null, 2));
	return Math.max(0, ...checks.map(exitCodeOf$1));
}
function exitCodeOf$1(check) {
	if ("error" in check) return 2;
	return check.findings.some(({ severity }) => severity !== "warning") ? check.prepared === null ? 3 : 2 : 0;
}
function lines$6(check) {
	if ("error" in check) {
		const { code, message, hint } = check.error;
		const [first = "", ...more] = message.split("\n").map((line) => visibleText(line, 1e3));
		return [
			`${check.model}: ${first}`,
			...more.map((line) => `  ${line}`),
			`  ${visibleText(hint, 1e3)}`,
			`  More about ${code}: ${docsPage(`errors/${code}.md`)}`
		];
	}
	const { model, findings, prepared } = check;
	const told = findings.map((finding) => {
		const { severity, code, message } = finding;
		return `  ${severity} ${code}: ${visibleText(message, 1e3)}${acceptedClause(finding)}`;
	});
	if (prepared === null) return [`${model}: the data block, so nothing was prepared.`, ...told];
	const { rows, features, hasTime, compared } = prepared;
	const future = compared > 0 ? `${compared} rows were compared while the future was altered.` : hasTime ? "The future was not altered: no feature is made of other rows than its own that come after its time." : "The future was not altered: without `time` in model.yaml nothing says what was known when, so features may use it.";
	return [`${model}: ${rows} rows prepared, ${features.length} columns become features. ${future}`, ...told];
}
var acceptedClause = ({ accepted }) => accepted === void 0 ? "" : ` Accepted: ${visibleText(accepted.reason, 1e3)}.`;
// ../refit/src/versions/find-version.ts
function findVersion(model, history, wanted) {
	const version = wanted === void 0 ? history.champion ?? history.versions.at(-1) : namedVersion(history.versions, wanted);
	if (version === void 0) throw new VersionUnknownError(model, wanted ?? "at all");
	return version;
}
function namedVersion(versions, wanted) {
	if (!/^[0-9a-f]{7,}$/.test(wanted)) return versions[Number(wanted.replace(/^v/, "")) - 1];
	const found = versions.filter(({ treeId }) => treeId.startsWith(wanted));
	return found.length === 1 ? found[0] : void 0;
}
// ../refit/src/versions/open-proposal.ts
async function openProposal({ forge }, repository, branch) {
	const proposal = await forge.proposal(repository, branch);
	return proposal?.declinedAt === null ? proposal : null;
}
// ../refit/src/runs/diff-versions.ts
async function diffVersions(ports, repository, model, wanted) {
	const [a, b] = await sides(ports, repository, model, wanted);
	const [lineageA, lineageB] = await Promise.all([a, b].map((side) => readLineage(ports, repository, `${side.treeId}:lineage.json`)));
	const [metricsA, metricsB] = await Promise.all([a, b].map((side) => measuredBy(ports, side)));
	const known = metricNames;
	const own = Object.keys({
		...metricsA.values,
		...metricsB.values
	}).filter((name) => !known.includes(name));
	return {
		a,
		b,
		sameHoldout: lineageA?.holdout.digest === lineageB?.holdout.digest,
		metrics: [...known, ...own].flatMap((metric) => metricRow(metric, metricsA, metricsB)),
		changed: lineageA && lineageB ? changes(lineageA, lineageB) : []
	};
}
async function sides(ports, repository, model, [first, second]) {
	const { history } = await readModelHistory(ports, repository, model);
	const side = (wanted) => {
		const version = findVersion(model, history, wanted);
		return {
			label: `v${version.number}`,
			treeId: version.treeId
		};
	};
	if (first !== void 0) return [side(first), side(second)];
	const open = await openProposal(ports, repository, proposalBranch(model));
	const treeId = open && await ports.git.resolve(`${open.head}:${championFolder(model, repository)}`);
	if (treeId !== null) return [side(void 0), {
		label: "proposal",
		treeId
	}];
	const { number } = findVersion(model, history, void 0);
	return [side(`v${Math.max(1, number - 1)}`), side(void 0)];
}
async function measuredBy({ git }, { treeId }) {
	const [metrics, evaluation] = await git.read([`${treeId}:metrics.json`, `${treeId}:evaluation.json`]);
	return {
		values: storedMetrics(metrics ?? null),
		higherIsBetter: storedDirections(evaluation ?? null)
	};
}
function metricRow(metric, first, second) {
	const [a, b] = [first.values[metric], second.values[metric]];
	if (a === void 0 && b === void 0) return [];
	const [before, after] = [first, second].map((side) => directionOf(metric, side));
	return [{
		metric,
		a,
		b,
		improvement: a !== void 0 && b !== void 0 && before !== void 0 && before === after ? improvement({ higherIsBetter: before }, a, b) : void 0
	}];
}
function directionOf(metric, { higherIsBetter }) {
	return isBuiltIn(metric) ? metricOf(metric).higherIsBetter : higherIsBetter[metric];
}
function changes(a, b) {
	const files = new Set(a.data.files.map((file) => file.sha256));
	const added = b.data.files.filter((file) => !files.has(file.sha256)).length;
	const rows = (lineage) => lineage.data.files.reduce((sum, file) => sum + file.rows, 0);
	return [
		`data: ${rows(a)} → ${rows(b)} rows, ${added} new file${added === 1 ? "" : "s"}`,
		...a.learner.name === b.learner.name ? [] : [`learner: ${a.learner.name} → ${b.learner.name}`],
		...[
			"spec",
			"manifest",
			"code"
		].flatMap((part) => a.digests[part] === b.digests[part] ? [] : [`${part}: changed`])
	];
}
// ../refit/src/commands/diff.ts
var diff_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$15,
	options: () => options$15,
	run: () => run$17,
	summary: () => summary$15,
	usage: () => usage$15
});
var usage$15 = "refit diff <model> [vA] [vB] [--json]";
var summary$15 = "Compare two versions; by default the champion and the open proposal.";
var options$15 = { json: { type: "boolean" } };
var optionHelp$15 = { json: "print the differences as JSON" };
async function run$17(ports, args, flags) {
	const [model, first, second, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("diff needs a model and at most two versions.", usage$15);
	const { a, b, sameHoldout, metrics, changed } = await diffVersions(ports, await ports.git.locate(), model, [first, second]);
	if (flags.json === true) {
		ports.out.print(JSON.stringify({
			model,
			a,
			b,
			sameHoldout,
			metrics,
			changed
		}, null, 2));
		return 0;
	}
	if (!sameHoldout) ports.out.notice("The two were measured on different holdouts; `evaluation.json` has the comparison on the same rows.");
	const table = metrics.map(({ metric, a: before, b: after, improvement: better }) => [
		metric,
		before === void 0 ? "–" : formatNumber(before),
		after === void 0 ? "–" : formatNumber(after),
		better === void 0 ? "" : `${better >= 0 ? "better" : "worse"} by ${formatNumber(Math.abs(better))}`
	]);
	for (const line of columns([[
		"metric",
		a.label,
		b.label,
		""
	], ...table])) ports.out.print(line);
	for (const change of changed) ports.out.print(change);
	return 0;
}
// ../refit/src/versions/obstacles-to.ts
function obstaclesTo({ obstacles }, repository, models) {
	return obstacles.toCommit(repository, [...models.map(proposalBranch), ledgerBranch]);
}
async function stopAtObstacles(ports, { repository, request }) {
	const [obstacle] = await obstaclesTo(ports, repository, [request.model]);
	if (obstacle !== void 0) throw obstacle;
}
// ../core/src/decide/blocked-in-a-row.ts
function blockedInARow(rows) {
	const told = rows.filter(({ kind }) => kind !== "look" && kind !== "forced");
	const start = told.findLastIndex(({ kind }) => kind !== "blocked") + 1;
	const blocked = told.slice(start);
	const [first] = blocked;
	return first === void 0 ? null : {
		runs: blocked.length,
		since: Date.parse(first.at)
	};
}
// ../core/src/decide/dated-rows.ts
var skew = HOUR;
function datedRows(ledger, now) {
	const isPast = (row) => Date.parse(row.at) <= now + skew;
	return {
		past: ledger.filter(isPast),
		future: ledger.filter((row) => !isPast(row))
	};
}
// ../core/src/decide/drift-memory.ts
function driftSeen({ drift, classifier }, { inputDigest, parent }, ledger) {
	if (parent === null || drift.length === 0) return null;
	const reasons = rowsOfKind(ledger.filter((row) => row.parent === parent), "proposed", "rejected", "blocked").flatMap((row) => row.reasons ?? []);
	const { level, columns } = driftVerdict(drift, classifier);
	return {
		level,
		columns: columns.map((column) => ({
			feature: driftedName(column),
			psi: column.psi ?? 0
		})),
		classifier: classifier?.status === "drift" ? {
			auc: classifier.auc,
			features: classifier.features
		} : null,
		earlier: earlierLevels({
			inputDigest,
			parent
		}, ledger),
		known: reasons.flatMap((reason) => reason.kind === "drift" ? [reason.feature] : []),
		classifierKnown: reasons.some(({ kind }) => kind === "drift-classifier")
	};
}
function earlierLevels(against, ledger) {
	return rowsOfKind(ledger.filter(({ parent }) => parent === against.parent), "look", "drift").flatMap((row) => row.driftLevel === void 0 || row.inputDigest === against.inputDigest ? [] : [row.driftLevel]);
}
function driftLevelOf({ drift, classifier }) {
	return drift.length === 0 ? {} : { driftLevel: driftVerdict(drift, classifier).level };
}
function driftRow(measured, { model, inputDigest, parent }, ledger, now) {
	const seen = driftSeen(measured, {
		inputDigest,
		parent
	}, ledger);
	if (seen === null || seen.level < 1 && seen.earlier.every((level) => level < 1)) return null;
	const known = rowsOfKind(ledger, "look", "drift").some((row) => row.driftLevel !== void 0 && row.inputDigest === inputDigest);
	const at = new Date(now).toISOString();
	return known ? null : {
		kind: "drift",
		model,
		at,
		inputDigest,
		parent,
		holdout: null,
		driftLevel: seen.level
	};
}
function driftedName({ role, column }) {
	return role === "prediction" ? `prediction of ${column}` : column;
}
// ../core/src/decide/fruitless.ts
function fruitless(ledger, parent) {
	const looks = rowsOfKind(ledger, "look").filter((row) => row.parent === parent);
	const count = looks.length - 1 - looks.findLastIndex((row) => row.verdict === "promote");
	return count === 0 ? null : {
		count,
		lastAt: Date.parse(looks.at(-1).at)
	};
}
// ../core/src/decide/last-acted.ts
function lastActedAt(ledger, history, ledgerLost) {
	if (history.events.length === 0) return null;
	const times = [
		...rowsOfKind(ledger, "proposed", "declined", "rolledBack").map(({ at }) => Date.parse(at)),
		...history.rolledBack.map(({ at }) => at),
		...ledgerLost ? history.events.map(({ commit }) => commit.committedAt) : []
	];
	return times.length === 0 ? null : Math.max(...times);
}
// ../core/src/decide/last-judged.ts
var judgedKinds = [
	"look",
	"proposed",
	"declined",
	"rejected",
	"forced"
];
function lastJudged(versions, ledger, now) {
	const known = versions.filter((version) => version !== null);
	return newest(known.filter(({ since }) => since <= now), ledger) ?? newest(known, []);
}
function newest(versions, ledger) {
	const judged = [];
	for (const version of versions) {
		const { digests, data } = version.lineage;
		judged.push({
			at: version.since,
			settingsDigest: digests.settings,
			files: data.files
		});
	}
	for (const { at, settingsDigest, files } of rowsOfKind(ledger, ...judgedKinds)) judged.push({
		at: Date.parse(at),
		settingsDigest,
		files
	});
	return judged.reduce((last, next) => last === null || next.at >= last.at ? next : last, null);
}
// ../core/src/decide/policy-changed.ts
function policyChanged(attempt, ledger) {
	const last = rowsOfKind(ledger, "look").findLast((row) => row.inputDigest === attempt.inputDigest && row.parent === attempt.parent);
	return (last?.verdict === "hold" || last?.verdict === "block") && last.policyDigest !== void 0 && last.policyDigest !== attempt.policyDigest;
}
// ../core/src/decide/quiet-time.ts
var longestBackoff = 14 * DAY$1;
function judgedTimes(ledger) {
	return rowsOfKind(ledger, "look").map(({ at }) => Date.parse(at));
}
function longestQuiet(activity, policy, haste) {
	const { lastActedAt, judgedAt, fruitless } = activity;
	const cooldown = policy.cooldownHours * HOUR;
	const quiets = [];
	if (lastActedAt !== null && haste !== "urgent") quiets.push({
		kind: "cooldown",
		until: lastActedAt + cooldown
	});
	if (fruitless !== null && fruitless.count > 0 && haste === null) {
		const wait = Math.min(longestBackoff, cooldown * doublings(fruitless.count - 1));
		quiets.push({
			kind: "backoff",
			until: fruitless.lastAt + wait,
			fruitless: fruitless.count
		});
	}
	const newestFirst = [...judgedAt].sort((a, b) => b - a);
	const [oldestOfDay, oldestOfWeek] = [newestFirst[policy.maxPerDay - 1], newestFirst[policy.maxPerWeek - 1]];
	if (oldestOfDay !== void 0) quiets.push({
		kind: "budget",
		until: oldestOfDay + DAY$1,
		per: "day"
	});
	if (oldestOfWeek !== void 0) quiets.push({
		kind: "budget",
		until: oldestOfWeek + 7 * DAY$1,
		per: "week"
	});
	return quiets.reduce((last, next) => last === null || next.until > last.until ? next : last, null);
}
function doublings(times) {
	let factor = 1;
	for (let i = 0; i < Math.min(times, 30); i++) factor *= 2;
	return factor;
}
// ../core/src/decide/refusal.ts
function refusal$1(attempt, ledger, rolledBack) {
	const ofInputs = ledger.filter(({ inputDigest }) => inputDigest === attempt.inputDigest);
	const declined = rowsOfKind(ofInputs, "declined");
	const rejected = rowsOfKind(ofInputs, "rejected").filter(({ parent }) => parent === attempt.parent);
	const replaced = rolledBack.filter(({ version }) => version.inputDigest === attempt.inputDigest);
	return [
		...declined.map(({ at }) => ({
			by: "declined",
			at: Date.parse(at)
		})),
		...(policyChanged(attempt, ledger) ? [] : rejected).map(({ at }) => ({
			by: "rejected",
			at: Date.parse(at)
		})),
		...replaced.map(({ at }) => ({
			by: "rolledBack",
			at
		}))
	].sort((a, b) => a.at - b.at).at(-1) ?? null;
}
// ../core/src/decide/unfinished.ts
function unfinished(attempt, ledger, shown) {
	if (shown?.complete === true && shown.inputDigest === attempt.inputDigest) return null;
	const newest = rowsOfKind(ledger, "proposed").at(-1);
	return newest?.inputDigest === attempt.inputDigest && newest.parent === attempt.parent ? newest.reasons : null;
}
// ../core/src/decide/decision-facts.ts
function decisionFacts(known) {
	const { champion, history, ledger, observation, snapshot, proposal } = known;
	const attempt = {
		inputDigest: snapshot.digests.input,
		parent: champion?.treeId ?? null,
		policyDigest: known.policyDigest
	};
	const { past } = datedRows(ledger, known.now);
	const last = lastJudged([champion, known.lastRolledBack], ledger, known.now);
	const shown = proposal && {
		inputDigest: proposal.lineage?.inputDigest ?? null,
		complete: proposal.complete
	};
	const isChampion = last?.settingsDigest === champion?.lineage.digests.settings;
	return {
		now: known.now,
		championInput: history.state === "live" ? champion?.lineage.inputDigest ?? null : null,
		inputDigest: attempt.inputDigest,
		settingsDigest: snapshot.digests.settings,
		settingsChanged: isChampion ? known.settingsChanged : null,
		imported: isChampion && champion?.lineage.declared?.by === "import",
		lastJudged: last && {
			at: last.at,
			settingsDigest: last.settingsDigest
		},
		newRows: known.newRows.sinceJudged ?? snapshot.rows,
		...known.newRows.assumed === true && { newRowsAssumed: true },
		tooFewUnseen: tooFewUnseen(known),
		drift: driftSeen(observation, attempt, ledger),
		decline: observation.decline,
		lastActedAt: lastActedAt(past, history, known.ledgerLost),
		judgedAt: judgedTimes(past),
		fruitless: fruitless(past, attempt.parent),
		refused: refusal$1(attempt, ledger, history.rolledBack),
		policyChanged: policyChanged(attempt, ledger),
		openProposal: proposal && {
			inputDigest: proposal.lineage?.inputDigest ?? null,
			outdated: proposal.lineage === null || proposal.lineage.parent !== attempt.parent,
			heldByPerson: proposal.heldByPerson
		},
		heldBranch: known.heldBranch,
		unfinished: unfinished(attempt, ledger, shown),
		force: known.force
	};
}
function tooFewUnseen({ champion, newRows, minRows }) {
	const rows = newRows.sinceChampion;
	if (typeof champion?.lineage.judgedArtifact !== "string" || rows === null) return null;
	return rows < minRows ? {
		rows,
		minRows
	} : null;
}
// ../core/src/decide/drift-trigger.ts
var leastDrifted = 2;
var rearmLevel = .7;
function driftTrigger(seen) {
	const { level, columns, classifier, earlier, known, classifierKnown } = seen;
	const drifted = withHysteresis([...earlier, level]);
	if (!drifted.at(-1)) return "none";
	if (drifted.slice(-3).filter(Boolean).length < leastDrifted) return "unconfirmed";
	const judgedBefore = known.length > 0 || classifierKnown;
	const nothingNew = columns.every(({ feature }) => known.includes(feature)) && (classifier === null || classifierKnown);
	return judgedBefore && nothingNew ? "known" : "fired";
}
function driftedLately(levels) {
	return withHysteresis(levels).slice(-2).filter(Boolean).length;
}
function driftReasons({ columns, classifier }) {
	return [...columns.map(({ feature, psi }) => ({
		kind: "drift",
		feature,
		psi
	})), ...classifier === null ? [] : [{
		kind: "drift-classifier",
		auc: classifier.auc,
		features: [...classifier.features]
	}]];
}
function withHysteresis(levels) {
	let drifted = false;
	return levels.map((level) => drifted = level >= 1 || drifted && level >= rearmLevel);
}
// ../core/src/decide/is-refresh.ts
var refreshing = new Set([
	"new-rows",
	"age",
	"drift",
	"drift-classifier",
	"performance"
]);
function isRefresh(reasons) {
	return reasons.length > 0 && reasons.every(({ kind }) => refreshing.has(kind));
}
// ../core/src/decide/decide-retrain.ts
function decideRetrain(seen, policy) {
	const decision = onFreeBranch(seen, policy);
	if (!decision.retrain || seen.heldBranch === null) return decision;
	return {
		...decision,
		retrain: false,
		heldBack: {
			kind: "branch-held",
			branch: seen.heldBranch
		}
	};
}
function onFreeBranch(seen, policy) {
	const { refused, unfinished, tooFewUnseen } = seen;
	if (seen.championInput === seen.inputDigest) return held({ kind: "unchanged" });
	const reasons = firedTriggers(seen, policy);
	const beside = besideProposal(seen, policy, reasons);
	if (beside !== null) return beside;
	if (unfinished !== null && refused === null) return due(unfinished);
	if (seen.force !== null) return due(reasons);
	if (refused !== null) return held({
		kind: "refused",
		...refused
	}, reasons);
	if (isRefresh(reasons) && tooFewUnseen !== null) return held({
		kind: "few-rows",
		...tooFewUnseen
	}, reasons);
	return inDueTime(seen, policy, reasons);
}
function besideProposal(seen, policy, reasons) {
	const { openProposal, refused, force, unfinished } = seen;
	if (openProposal === null) return null;
	if (openProposal.heldByPerson) return held({ kind: "held-by-person" }, reasons);
	const allowed = refused === null || force !== null;
	if (openProposal.outdated && allowed) return judgedAgain(seen, policy, [...reasons, { kind: "champion-moved" }]);
	return unfinished === null && openProposal.inputDigest === seen.inputDigest ? held({ kind: "proposal-open" }, reasons) : null;
}
function judgedAgain(seen, policy, reasons) {
	const budget = seen.force === null ? longestQuiet(seen, policy, "urgent") : null;
	return budget === null || budget.until <= seen.now ? due(reasons) : held(budget, reasons, budget.until);
}
function inDueTime(seen, policy, reasons) {
	const quiet = longestQuiet(seen, policy, hasteOf(seen, policy, reasons));
	if (reasons.length === 0) {
		const dueAt = ageDueAt(seen, policy);
		return held(nothingDue(seen, policy), [], dueAt === null ? null : Math.max(dueAt, quiet?.until ?? dueAt));
	}
	return quiet !== null && quiet.until > seen.now ? held(quiet, reasons, quiet.until) : due(reasons);
}
function due(reasons) {
	return {
		retrain: true,
		reasons,
		heldBack: null,
		nextEligibleAt: null
	};
}
function held(heldBack, reasons = [], nextEligibleAt = null) {
	return {
		retrain: false,
		reasons,
		heldBack,
		nextEligibleAt
	};
}
function firedTriggers(seen, policy) {
	const reasons = [];
	const { force, refused } = seen;
	if (force !== null) reasons.push({
		kind: "forced",
		words: force,
		...refused !== null && { despite: refused }
	});
	if (seen.lastJudged === null) {
		reasons.push({ kind: "no-champion" });
		return reasons;
	}
	const { at, settingsDigest } = seen.lastJudged;
	if (settingsDigest !== seen.settingsDigest) reasons.push(settingsReason(seen));
	if (seen.policyChanged) reasons.push({ kind: "policy" });
	if (policy.minNewRows !== void 0 && seen.newRows >= policy.minNewRows) {
		const counted = {
			newRows: seen.newRows,
			minNewRows: policy.minNewRows
		};
		reasons.push({
			kind: "new-rows",
			...counted,
			...seen.newRowsAssumed === true && { assumed: true }
		});
	}
	if (policy.maxAgeDays !== void 0 && seen.now >= at + policy.maxAgeDays * 864e5) reasons.push({
		kind: "age",
		ageDays: (seen.now - at) / DAY$1,
		maxAgeDays: policy.maxAgeDays
	});
	const { performanceMargin } = policy;
	if (performanceMargin !== void 0 && seen.decline !== null && seen.decline.upper < -performanceMargin) {
		const { metric, before, now } = seen.decline;
		reasons.push({
			kind: "performance",
			metric,
			before,
			now,
			performanceMargin
		});
	}
	if (policy.drift && seen.drift !== null && driftTrigger(seen.drift) === "fired") reasons.push(...driftReasons(seen.drift));
	return reasons;
}
function settingsReason({ imported, settingsChanged }) {
	if (imported === true) return { kind: "imported" };
	return settingsChanged === null ? { kind: "settings" } : {
		kind: "settings",
		changed: [...settingsChanged]
	};
}
var eager = new Set([
	"settings",
	"imported",
	"policy"
]);
function hasteOf({ newRows }, { minNewRows }, reasons) {
	if (reasons.some(({ kind }) => kind === "performance")) return "urgent";
	return minNewRows !== void 0 && newRows >= 2 * minNewRows || reasons.some(({ kind }) => eager.has(kind)) ? "eager" : null;
}
function ageDueAt({ lastJudged }, { maxAgeDays }) {
	return lastJudged === null || maxAgeDays === void 0 ? null : lastJudged.at + maxAgeDays * DAY$1;
}
function nothingDue({ drift }, policy) {
	const trigger = policy.drift && drift !== null ? driftTrigger(drift) : "none";
	if (trigger === "unconfirmed") return { kind: "drift-unconfirmed" };
	return { kind: trigger === "known" ? "drift-known" : "nothing-due" };
}
// ../core/src/decide/may-be-proposed.ts
function mayBeProposed(verdict) {
	return verdict === "promote" || verdict === "inconclusive";
}
// ../core/src/decide/due-next.ts
function dueNext(seen) {
	const triggers = triggersOf(seen);
	return {
		triggers,
		waits: waitsOf(seen, triggers)
	};
}
function triggersOf(seen) {
	const { champion, data, ledger, now, policy } = seen;
	const last = lastJudged([champion, seen.lastRolledBack], ledger, now);
	if (last === null) return [{
		kind: "no-champion",
		fired: true
	}];
	const triggers = [];
	const attempt = attemptOf(seen);
	if (isUnfinished(seen)) triggers.push({
		kind: "unfinished",
		fired: true
	});
	if (last.settingsDigest !== seen.settingsDigest) {
		const isImport = last.settingsDigest === champion?.lineage.digests.settings && champion.lineage.declared?.by === "import";
		triggers.push({
			kind: isImport ? "imported" : "settings",
			fired: true
		});
	}
	if (attempt !== null && policyChanged(attempt, ledger)) triggers.push({
		kind: "policy",
		fired: true
	});
	const { maxAgeDays, minNewRows, performanceMargin } = policy;
	if (minNewRows !== void 0) {
		const count = data.newRows.sinceJudged;
		triggers.push({
			kind: "new-rows",
			fired: count === null ? null : count >= minNewRows,
			newRows: count,
			minNewRows
		});
	}
	if (maxAgeDays !== void 0) {
		const at = last.at + maxAgeDays * DAY$1;
		triggers.push({
			kind: "age",
			fired: now >= at,
			at
		});
	}
	if (champion === null) return triggers;
	if (performanceMargin !== void 0) triggers.push({
		kind: "performance",
		fired: null,
		metric: seen.primary,
		performanceMargin
	});
	if (policy.drift) {
		const levels = earlierLevels({
			inputDigest: null,
			parent: champion.treeId
		}, ledger);
		triggers.push({
			kind: "drift",
			fired: null,
			seen: driftedLately(levels)
		});
	}
	return triggers;
}
var broughtByPeople = new Set([
	"no-champion",
	"imported",
	"settings",
	"policy"
]);
function waitsOf(seen, triggers) {
	const { champion, history, ledger, ledgerLost, now, policy } = seen;
	const attempt = attemptOf(seen);
	if (attempt !== null && history.state === "live" && champion?.lineage.inputDigest === attempt.inputDigest) return [{ kind: "unchanged" }];
	const refused = attempt && refusal$1(attempt, ledger, history.rolledBack);
	if (refused !== null) return [{
		kind: "refused",
		...refused
	}];
	if (isUnfinished(seen)) return [];
	const byPeople = triggers.some(({ kind }) => broughtByPeople.has(kind));
	const { past } = datedRows(ledger, now);
	const quiet = longestQuiet({
		lastActedAt: lastActedAt(past, history, ledgerLost),
		judgedAt: judgedTimes(past),
		fruitless: fruitless(past, champion?.treeId ?? null)
	}, policy, byPeople || twiceTheRows(triggers) ? "eager" : null);
	const waits = byPeople ? [] : unseenRows(seen, triggers);
	if (quiet !== null && quiet.until > now) waits.push(quiet);
	return waits;
}
function unseenRows(seen, triggers) {
	const { champion, data, minRows } = seen;
	if (typeof champion?.lineage.judgedArtifact !== "string") return [];
	const rows = data.newRows.sinceChampion;
	const perClass = seen.needsClasses ? 10 : null;
	if (rows !== null && rows >= minRows && (perClass === null || triggers.every(({ fired }) => fired !== true))) return [];
	return [{
		kind: "few-rows",
		rows,
		minRows,
		perClass
	}];
}
function twiceTheRows(triggers) {
	return triggers.some((each) => each.kind === "new-rows" && each.newRows !== null && each.newRows >= 2 * each.minNewRows);
}
function isUnfinished(seen) {
	const attempt = attemptOf(seen);
	return attempt !== null && seen.shown !== void 0 && unfinished(attempt, seen.ledger, seen.shown) !== null;
}
function attemptOf({ champion, data, policyDigest }) {
	const { inputDigest } = data;
	return inputDigest === null ? null : {
		inputDigest,
		parent: champion?.treeId ?? null,
		policyDigest
	};
}
// ../core/src/decide/last-block.ts
function lastBlock(ledger, inputDigest, championInput) {
	const looks = rowsOfKind(ledger, "look");
	const last = looks.at(-1);
	if (last?.verdict !== "block") return { kind: "none" };
	if (last.inputDigest === inputDigest) return { kind: "stands" };
	const known = looks.findLast((look) => look.inputDigest === inputDigest);
	return championInput === inputDigest || known !== void 0 && known.verdict !== "block" ? { kind: "none" } : {
		kind: "outdated",
		at: Date.parse(last.at)
	};
}
// ../core/src/decide/outlook.ts
function outlook(ledger, live) {
	const measured = rowsOfKind(live === null ? [] : ledger.filter(({ parent }) => parent === live), "proposed", "rejected", "blocked").flatMap(({ reasons = [] }) => reasons).findLast((reason) => reason.kind === "performance");
	return {
		blocked: blockedInARow(ledger),
		performance: measured === void 0 ? null : {
			metric: measured.metric,
			before: measured.before,
			now: measured.now
		}
	};
}
// ../refit/src/data/earlier-file.ts
async function storedFile(sources, { repository, manifest }, file, { ifKept } = { ifKept: false }) {
	const { path, blob, bytes, sha256, version } = file;
	const form = sourceFormat(path);
	if (bytes === void 0 || form === null) return null;
	if (version !== void 0) {
		const source = await sources.earlier(repository, manifest, {
			path,
			bytes,
			version
		}, { ifKept });
		return source && {
			source: namingThen(source, sha256),
			sha256
		};
	}
	if (blob === null || blob === void 0) return null;
	const delimiter = manifest.sources.find((source) => globPattern(source.path).test(path))?.delimiter ?? form.delimiter;
	const columns = fileColumnsOf(manifest);
	const source = {
		path,
		format: form.format,
		delimiter,
		bytes,
		blob,
		identity: blob
	};
	const names = columns.length === 0 ? {} : { names: {
		columns,
		workTree: false
	} };
	return {
		source: namingThen({
			...source,
			...names
		}, sha256),
		sha256
	};
}
function namingThen(file, sha256) {
	if (file.names === void 0) return file;
	const { named: _now, ...own } = file;
	return {
		...own,
		names: {
			...file.names,
			was: sha256
		}
	};
}
async function fetchStored(sources, { repository }, files) {
	const fetched = [];
	for (const file of files) try {
		fetched.push(...await fetchFiles({ sources }, repository, [file]));
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
	}
	return fetched;
}
// ../refit/src/versions/imported-model.ts
var importedFileOf = {
	onnx: "model.onnx",
	predictions: "predictions.csv"
};
function modelToImport(kind, bytes, trainedUntil) {
	return {
		kind,
		bytes,
		file: sha256(bytes),
		trainedUntil
	};
}
function importedModel(version) {
	const { learner, declared } = version.lineage;
	if (declared?.by !== "import") return null;
	const kind = learner.name;
	return modelToImport(kind, version.artifact.get(importedFileOf[kind] ?? "") ?? new Uint8Array(), declared.trainedUntil);
}
function digestsOfImport(digests, file) {
	return importDigests(digests, file, sha256);
}
// ../refit/src/data/kept-news.ts
async function recallNews({ files }, context, now, then) {
	return (await recallValue(files, context.repository, nameOf$1(context, now, then)))?.value ?? null;
}
async function keepNews({ files }, context, [now, then], news) {
	await keepValue(files, context.repository, nameOf$1(context, now, then), news);
}
var newsFormat = 2;
function nameOf$1({ manifest, spec }, now, then) {
	const named = (files) => files.map((file) => [file.path, file.sha256]);
	const { schema, sensitive } = manifest;
	const read = [
		newsFormat,
		1,
		schema,
		sensitive,
		spec.key ?? null,
		named(now),
		named(then)
	];
	return `news/${sha256(JSON.stringify(read))}`;
}
// ../refit/src/data/count-new-rows.ts
function addedRows({ files }) {
	return files.reduce((sum, { added }) => sum + added, 0);
}
var counted = (news) => ({
	rows: addedRows(news),
	assumed: news.unread.length > 0
});
async function countNewRows(ports, context, snapshot, then) {
	const built = context.champion?.lineage.data.files ?? [];
	if (then.length === built.length && isAmong(built, then)) return counted(snapshot.news);
	if (isAmong(snapshot.sources, then)) return {
		rows: 0,
		assumed: false
	};
	const { rowsSince } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.reading_rows_exports);
	const { news } = await rowsSince(ports, context, [snapshot.sources, then]);
	for (const { message } of uncountedRows(news)) ports.out.notice(`Since the last comparison: ${message}`);
	return counted(news);
}
async function knownNewRows(ports, context, now, then) {
	if (now === null) return null;
	if (isAmong(now, then)) return 0;
	const news = await recallNews(ports, context, now, then);
	return news && addedRows(news);
}
function isAmong(files, others) {
	const known = new Set(others.map(({ sha256 }) => sha256));
	return files.every(({ sha256 }) => known.has(sha256));
}
// ../refit/src/rooms/observe.ts
async function observe(ports, context, snapshot, policy = context.spec.retrain) {
	const { champion } = context;
	if (champion === null || snapshot.newRows.length === 0) return nothingNew;
	const { newRowsDrift, measurePerformance } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.observe_exports);
	const { drift, classifier, findings } = await newRowsDrift(ports, context, snapshot, policy);
	return {
		drift,
		classifier,
		decline: policy.performanceMargin !== void 0 && !snapshot.blocked ? await measurePerformance(ports, context, snapshot, champion) : null,
		findings
	};
}
var nothingNew = {
	drift: [],
	classifier: null,
	decline: null,
	findings: []
};
// ../refit/src/runs/drift.ts
async function measureModelDrift(ports, repository, { model, classifier }) {
	const context = await read$1(ports, repository, {
		model,
		force: null,
		dryRun: true
	});
	const snapshot = await takeSnapshot(ports, context);
	const observation = await observe(ports, context, snapshot, {
		drift: true,
		driftClassifier: classifier || context.spec.retrain.driftClassifier
	});
	return {
		findings: [...snapshot.findings, ...observation.findings],
		newFiles: snapshot.newRows.map(({ source }) => source.path),
		newRows: addedRows(snapshot.news),
		drift: observation.drift,
		classifier: observation.classifier,
		hasChampion: context.champion !== null,
		verdict: driftVerdict(observation.drift, observation.classifier)
	};
}
// ../refit/src/commands/drift.ts
var drift_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$14,
	options: () => options$14,
	run: () => run$16,
	summary: () => summary$14,
	usage: () => usage$14
});
var usage$14 = "refit drift <model> [--classifier] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$14 = "Compare new rows with the champion's training data.";
var options$14 = {
	classifier: { type: "boolean" },
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp$14 = {
	classifier: "also train a classifier to tell the new rows from the champion's, on all features together",
	...limitHelp,
	json: "print findings and columns as JSON"
};
async function run$16(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("drift needs one model.", usage$14);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const { hasChampion, newFiles, newRows, findings, drift, classifier, verdict } = await measureModelDrift(ports, repository, {
		model,
		classifier: flags.classifier === true
	});
	if (flags.json === true) {
		const drifted = verdict.level >= 1;
		ports.out.print(JSON.stringify({
			model,
			newFiles,
			newRows,
			findings,
			drifted,
			level: verdict.level,
			columns: drift,
			classifier
		}, null, 2));
		return 0;
	}
	if (!hasChampion) ports.out.print(`"${model}" has no champion, so there is nothing to compare new data with.`);
	else if (newRows === 0 && findings.every(({ code }) => code !== "rows-uncounted")) ports.out.print("No row is new since the champion was trained.");
	for (const finding of findings) {
		const { severity, code, message } = finding;
		ports.out.print(`${severity} ${code}: ${visibleText(message, 1e3)}${terminalText(acceptedWords(finding))}`);
	}
	if (drift.length === 0) return 0;
	const rows = drift.map((column) => [quoteForTerminal(column.column), ...driftCells(column)]);
	for (const line of columns([["column", ...driftHeadings], ...rows])) ports.out.print(line);
	if (classifier !== null) ports.out.print(terminalText(classifierSentence(classifier)));
	ports.out.print(driftVerdictSentence(verdict));
	return 0;
}
// ../refit/src/runs/export/formats.ts
var exportFormats = ["onnx", "mlflow"];
// ../refit/src/commands/export.ts
var export_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$13,
	options: () => options$13,
	run: () => run$15,
	summary: () => summary$13,
	usage: () => usage$13
});
var usage$13 = "refit export <model>[@vN|@TREE] --to onnx|mlflow [--output FOLDER] [--dry-run] [--json]";
var summary$13 = "Write a version as an ONNX file, or as a folder for MLflow, with the same answers.";
var options$13 = {
	to: { type: "string" },
	output: { type: "string" },
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$13 = {
	to: "onnx: model.onnx and how to load it; mlflow: the same, and what mlflow.pyfunc.load_model needs",
	output: "the folder, from the current one; left out: such as churn-onnx. One that is there is replaced only where refit wrote all that is in it",
	"dry-run": "make the files, print their digests and write nothing",
	json: "print the folder and the digests of its files as JSON"
};
async function run$15(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new UsageError("export needs one model, such as churn@v3.", usage$13);
	const [model, wanted] = word.split("@");
	const dryRun = flags["dry-run"] === true;
	const { exportModel } = await Promise.resolve().then(() => require("./learners.cjs")).then((n) => n.export_model_exports);
	const exported = await exportModel(ports, {
		model,
		wanted,
		to: formatOf(flags.to),
		output: flags.output,
		dryRun
	});
	if (flags.json === true) ports.out.print(JSON.stringify(exported, null, 2));
	else for (const line of lines$5(exported, ports.workTree.here, dryRun)) ports.out.print(line);
	return 0;
}
function formatOf(written) {
	const found = exportFormats.find((format) => format === written);
	if (found !== void 0) return found;
	throw new UsageError(`${written === void 0 ? "export needs a format" : `There is no format ${JSON.stringify(written)}`}: --to ${exportFormats.join(" or --to ")}.`, usage$13);
}
function lines$5({ model, version, folder, files }, here, dryRun) {
	const place = visibleText(node_path.default.relative(here, folder) || ".", 1e3);
	const facts = Object.entries(files).map(([file, { sha256, bytes }]) => [
		file,
		`${bytes} bytes`,
		`sha256 ${sha256}`
	]);
	return [`${model} v${version} ${dryRun ? "would be" : "is"} in ${place}`, ...columns(facts).map((line) => `  ${line}`)];
}
// ../refit/src/commands/import.ts
var import_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$12,
	options: () => options$12,
	run: () => run$14,
	summary: () => summary$12,
	usage: () => usage$12
});
var usage$12 = "refit import <model> (--onnx FILE | --predictions FILE) [--trained-until TIME] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
var summary$12 = "Propose the model that is in use today as the first version, so that the next one is compared with it.";
var options$12 = {
	onnx: { type: "string" },
	predictions: { type: "string" },
	"trained-until": { type: "string" },
	...pushOptions,
	...limitOption,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$12 = {
	onnx: "the model, as an ONNX file",
	predictions: "in its place what it has predicted, as CSV, Parquet or JSON Lines: the columns of `key`, and `prediction` (the probability of the positive class, or the value) or a column for each class",
	"trained-until": "the newest row that it has learned from: a day such as 2026-03-31, or a time with a zone. Left out: it may have seen every row, and reports say so",
	...pushHelp,
	...limitHelp,
	"dry-run": "read the work tree, print the proposal and write nothing",
	json: "print the proposal as JSON"
};
async function run$14(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("import needs one model.", usage$12);
	const request = {
		model,
		source: sourceOf(ports, flags),
		trainedUntil: untilOf(flags["trained-until"])
	};
	const dryRun = flags["dry-run"] === true;
	const { importModel } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.import_model_exports);
	const proposal = await sayingPublished(ports, () => importModel(ports, {
		...request,
		dryRun
	}));
	if (flags.json === true) ports.out.print(JSON.stringify(proposal, null, 2));
	else for (const line of lines$4(proposal, dryRun)) ports.out.print(line);
	return 0;
}
function sourceOf({ workTree }, { onnx, predictions }) {
	if (onnx === void 0 === (predictions === void 0)) throw new UsageError("import needs a model (--onnx FILE), or its predictions (--predictions FILE).", usage$12);
	const written = onnx ?? predictions;
	const file = {
		written,
		localPath: node_path.default.resolve(workTree.here, written)
	};
	return {
		kind: onnx === void 0 ? "predictions" : "onnx",
		file
	};
}
function untilOf(written) {
	if (written === void 0) return null;
	const at = declaredInstant(written);
	if (at !== null) return new Date(at).toISOString();
	throw new UsageError(`--trained-until ${quoted(written)} is not a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z.`, usage$12);
}
function lines$4({ model, branch, url, report }, dryRun) {
	return [
		`${model}: ${dryRun ? "would propose" : "proposed"} an import on ${branch}.`,
		...url === null ? [] : [`  proposal: ${url}`, `  to make it the champion: ${howToMerge({
			url,
			branch
		})}`],
		"",
		...terminalReport(report)
	];
}
// ../refit/src/specs/read-layout.ts
async function laidOut(ports, repository) {
	const { layout: _earlier, ...located } = repository;
	const layout = await parsedObject(ports, repository, `${repository.baseCommit}:${layoutFile}`, layoutParser);
	return layout === null ? located : {
		...located,
		layout
	};
}
async function laidOutOnDisk(ports, { layout: _onBase, ...repository }) {
	const bytes = await ports.files.read(node_path.default.join(repository.root, layoutFile));
	return bytes ? {
		...repository,
		layout: await readLayout(ports, repository, decodeText(bytes))
	} : repository;
}
function readLayout(ports, repository, text) {
	return parsedText(ports, repository, text, layoutParser);
}
var layoutParser = {
	kind: "layout",
	placeOf: () => layoutFile,
	async parse(text) {
		const { readLayoutSpec } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.documents_exports);
		return readLayoutSpec(text);
	}
};
function locatingModels(git, files) {
	const locating = {
		...git,
		locate: async () => laidOut({
			git: locating,
			files
		}, await git.locate()),
		withoutHistory: async () => laidOutOnDisk({
			git: locating,
			files
		}, await git.withoutHistory())
	};
	return locating;
}
// ../refit/src/commands/log.ts
var log_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$11,
	options: () => options$11,
	run: () => run$13,
	summary: () => summary$11,
	usage: () => usage$11
});
var usage$11 = "refit log <model> [--json]";
var summary$11 = "List the versions of a model and what happened to them, oldest first, with their metrics.";
var options$11 = { json: { type: "boolean" } };
var optionHelp$11 = { json: "print versions and events as JSON" };
async function run$13(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("log needs one model.", usage$11);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const { history, metrics, learned } = await readModelHistory(ports, repository, model);
	const newer = liveFormatError(repository, model, history);
	if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
	if (flags.json === true) {
		ports.out.print(JSON.stringify(asJson(history, metrics), null, 2));
		return 0;
	}
	const stale = new Set(history.stale.map((version) => version.treeId));
	const rows = history.events.map((event) => eventRow(event, {
		stale,
		learned,
		history,
		metrics
	}));
	for (const line of columns(rows)) ports.out.print(line);
	if (history.champion === null) ports.out.print(`"${model}" has no champion on ${repository.baseBranch}.`);
	return 0;
}
function eventRow(event, { stale, learned, history, metrics }) {
	const { commit, kind, number, treeId } = event;
	const newerFormat = number === null ? null : history.versions[number - 1].newerFormat;
	const marks = [
		kind,
		event === history.events.at(-1) && history.state === "live" ? "champion" : "",
		treeId !== null && learned.get(treeId).isDeclared ? learnedWords(learned.get(treeId)) : "",
		newerFormat === null ? "" : `format ${newerFormat}, which needs a newer refit`,
		kind === "promotion" && treeId !== null && stale.has(treeId) ? "judged against another champion" : ""
	];
	const values = treeId === null ? [] : Object.entries(metrics.get(treeId) ?? {});
	return [
		number === null ? "–" : `v${number}`,
		day$1(commit.committedAt),
		commit.sha.slice(0, 10),
		marks.filter(Boolean).join(", "),
		values.map(([name, value]) => `${name} ${formatNumber(value)}`).join("  ")
	];
}
function asJson(history, metrics) {
	const { versions, events, champion, state, rolledBack, stale } = history;
	return {
		state,
		champion: champion && champion.number,
		versions: versions.map((version) => ({
			...version,
			metrics: metrics.get(version.treeId) ?? null
		})),
		events: events.map(({ commit, kind, number }) => ({
			commit: commit.sha,
			at: commit.committedAt,
			kind,
			number
		})),
		rolledBack: rolledBack.map(({ version, to, at }) => ({
			version: version.number,
			to: to?.number ?? null,
			at
		})),
		stale: stale.map((version) => version.number)
	};
}
// ../refit/src/commands/plan.ts
var plan_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$10,
	options: () => options$10,
	run: () => run$12,
	summary: () => summary$10,
	usage: () => usage$10
});
var usage$10 = "refit plan [model…] [--by model|candidate] [--affected REF] [--jobs N] [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$10 = "Say which models are due, and divide their training among jobs, as a matrix for a GitHub workflow. Trains and writes nothing.";
var options$10 = {
	by: { type: "string" },
	affected: { type: "string" },
	jobs: { type: "string" },
	force: { type: "string" },
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp$10 = {
	by: "what one job gets: a model, for `refit run` (the default), or a candidate, for `refit train --candidate`",
	affected: "only models that the changes from this commit or branch to the base branch affect, as `refit affected` says",
	jobs: `at most this many jobs, 1 to 256 (the default, and the most that GitHub takes); where there is more to do, a job gets several`,
	force: "plan as if a retrain were due, for this reason, whatever the triggers and the cool-down say",
	...limitHelp,
	json: "print the matrix, and the result for each model, as JSON"
};
async function run$12(ports, args, flags) {
	const { by = "model", jobs = String(256), force, affected = null } = flags;
	if (by !== "model" && by !== "candidate") throw new UsageError("--by is model or candidate.", usage$10);
	if (!/^[1-9]\d{0,2}$/.test(jobs) || Number(jobs) > 256) throw new UsageError(`--jobs is a whole number from 1 to 256.`, usage$10);
	if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage$10);
	const { planModels } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.plan_models_exports);
	const plan = await planModels(ports, args, {
		by,
		force: force ?? null,
		jobs: Number(jobs),
		affected,
		usage: usage$10
	});
	if (flags.json === true) ports.out.print(JSON.stringify(plan, null, 2));
	else for (const line of lines$3(plan, by)) ports.out.print(line);
	return plan.models.some(({ result }) => result === "failed") ? 2 : 0;
}
function lines$3({ matrix: { include }, models }, by) {
	return [...models.flatMap((each) => modelLines(each, by)), include.length === 0 ? "There is nothing to do." : `${counted$1(include.length, "job")}, one per ${by}.`];
}
function modelLines(planned, by) {
	const head = `${planned.model}: ${planned.result}`;
	switch (planned.result) {
		case "due": {
			const reasons = planned.reasons.map((reason) => `  because ${terminalText(reasonSentence(reason))}`);
			if (by === "model") return [`${head}.`, ...reasons];
			const rows = planned.candidates.map(({ candidate, learner, digest }) => [
				`  ${candidate}`,
				learner,
				digest
			]);
			return [
				`${head}.`,
				...reasons,
				...columns(rows)
			];
		}
		case "skipped": return [`${head}: ${heldBackSentence(planned.heldBack)}.`];
		case "unfinished": return [`${head}: an earlier run has already trained it; the next \`refit run\` proposes it.`];
		case "failed": return failedLines(head, planned.error);
		case "blocked": return [`${head}: the data were refused; \`refit run\` says why and opens the alert.`];
	}
}
// ../refit/src/commands/probes.ts
var probes_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$9,
	options: () => options$9,
	run: () => run$11,
	summary: () => summary$9,
	usage: () => usage$9
});
var usage$9 = "refit probes [model…] [--json]";
var summary$9 = "Check that the versions in the work tree are whole, and answer their probe rows as they did at the training.";
var options$9 = { json: { type: "boolean" } };
var optionHelp$9 = { json: "print the results as JSON" };
async function run$11(ports, args, flags) {
	const repository = await ports.git.withoutHistory();
	const models = args.length > 0 ? [...new Set(args)] : await workTreeModels(ports, repository);
	const { probeVersion } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.probe_version_exports);
	const results = [];
	for (const model of models) results.push(await probeVersion(ports, repository, model));
	if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
	else for (const result of results) ports.out.print(line(result));
	return results.some(({ result }) => result === "other") ? 2 : 0;
}
function line({ model, result, rows, why }) {
	if (result === "same") return `${model}: same answers to ${rows} probe rows.`;
	return `${model}: ${result === "none" ? "nothing to ask" : "another answer"}. ${visibleText(why, 1e3)}`;
}
// ../refit/src/runs/despite-races.ts
var mostTries = 4;
async function despiteRaces(work) {
	for (let tries = 1;; tries++) try {
		return await work(tries > 1);
	} catch (error) {
		if (tries === mostTries || !isLostRace(error)) throw error;
	}
}
function isLostRace(error) {
	if (error instanceof PushRejectedError) return error.reason === "moved";
	return error instanceof RefMovedError || error instanceof LedgerBusyError;
}
// ../refit/src/versions/fetched.ts
async function fetched(ports, dryRun, wants = { tags: true }) {
	const here = await ports.git.locate();
	if (dryRun) return here;
	await ports.scratch.removeLeftBehind(here.commonDir);
	const isHere = !wants.tags && await ports.remoteRefs.areHeadsHere(here);
	if (!isHere) await ports.branches.fetch(here);
	for (const lock of await ports.obstacles.leftLocks(here)) {
		const { what, fix } = leftLockWords(lock);
		ports.out.notice(`${what} ${fix}`);
	}
	return here.remote === null || isHere ? here : ports.git.locate();
}
// ../refit/src/versions/version-tags.ts
var MOST_VERSIONS = 500;
async function ensureTags(ports, repository, { model, history }, { gto, dryRun, present }) {
	const name = flatName(model);
	const results = [];
	const add = async (tag, subject) => {
		const message = `${subject}\n\nTree: ${tag.treeId}\n`;
		const there = present.get(tag.name);
		const result = there === void 0 ? await makeTag(ports, repository, {
			...tag,
			message
		}, dryRun) : there.commit === tag.commit ? "exists" : "history-rewritten";
		results.push({
			model,
			tag: tag.name,
			version: tag.treeId,
			result
		});
	};
	for (const version of history.versions.slice(-500).filter((each) => isTold(history, each))) {
		const { number, treeId, sha, committedAt, broken, newerFormat } = version;
		const tag = `${name}@v${number}`;
		if (broken !== null) results.push({
			model,
			tag,
			version: treeId,
			result: "broken"
		});
		else if (newerFormat !== null) results.push({
			model,
			tag,
			version: treeId,
			result: "format-newer"
		});
		else await add({
			name: tag,
			treeId,
			commit: sha,
			at: committedAt
		}, `${model} v${number}`);
	}
	const more = gto ? gtoTags(name, history).slice(-2 * MOST_VERSIONS) : [];
	for (const tag of more) await add(tag, `${model}: ${tag.name}`);
	return results;
}
function isTold({ state, events }, { broken, newerFormat, number }) {
	if (broken === null && newerFormat === null) return true;
	return (state === "broken" || state === "live") && events.at(-1)?.number === number;
}
function liveAgain(model, { champion, state }) {
	if (champion === null || state !== "live") return [];
	return [{
		model,
		tag: `${flatName(model)}@v${champion.number}`,
		version: champion.treeId,
		result: "live-again"
	}];
}
async function makeTag(ports, repository, { name, commit, message, at }, dryRun) {
	if (dryRun) return "missing";
	const made = await ports.branches.tag(repository, {
		name,
		commit,
		message,
		at
	});
	return made === "exists-elsewhere" ? "history-rewritten" : made;
}
async function pushTags(ports, repository, results) {
	const here = results.filter(({ result }) => result === "created" || result === "exists");
	const shared = here.length === 0 ? new Map() : await ports.remoteRefs.tags(repository);
	const own = here.length === 0 ? new Map() : await ports.git.tags();
	const updates = [];
	const taken = new Set();
	for (const { tag } of here) {
		const there = shared.get(tag);
		const { id, commit } = own.get(tag) ?? {
			id: null,
			commit: null
		};
		if (there === void 0) updates.push({
			ref: `refs/tags/${tag}`,
			id,
			expected: null
		});
		else if (there !== commit) taken.add(tag);
	}
	if (updates.length > 0) await ports.branches.push(repository, updates);
	return results.map((each) => taken.has(each.tag) ? {
		...each,
		result: "history-rewritten"
	} : each);
}
// ../refit/src/runs/reconcile.ts
async function rememberRollbacks(ports, repository, histories) {
	const ledgers = new Map();
	const added = [];
	const before = await readLedgers(ports, repository, [...histories.keys()]);
	for (const [model, history] of histories) {
		const { rows } = before.get(model);
		const known = new Set(rows.map(ledgerKey));
		const fresh = rolledBackRows(model, history.rolledBack).filter((row) => !known.has(ledgerKey(row)));
		ledgers.set(model, [...rows, ...fresh]);
		added.push(...fresh);
	}
	if (added.length > 0) await appendLedger(ports, repository, {
		rows: added,
		files: new Map(),
		at: ports.clock.now()
	});
	return {
		ledgers,
		fresh: new Set(added.map((row) => row.model))
	};
}
async function readPolicy(ports, repository, model) {
	const file = specPath(model, repository);
	const parser = specParser(file, ports.learners.installed);
	return await parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser) ?? parsedText(ports, repository, "", parser);
}
async function publishLive(ports, repository, { model, history }, { publish }) {
	const { champion, state, events } = history;
	if (state !== "live" || champion === null || champion.newerFormat !== null || publish.length === 0) return;
	const label = `v${champion.number}`;
	const version = {
		model,
		label,
		tag: `${flatName(model)}@${label}`,
		commit: events.at(-1).commit.sha,
		at: champion.since,
		card: await readChampionFile(ports, champion, "README.md") ?? "",
		files: () => readFiles(ports, repository, champion)
	};
	if (publish.includes("release")) await ports.publisher.ensureRelease(version);
	if (publish.includes("deployment")) await ports.publisher.ensureDeployment(version);
}
async function settleAlert(ports, repository, { model, history }, ledger) {
	const { champion, state, versions, events } = history;
	if (state !== "broken") {
		if (ledger.findLast((row) => row.kind !== "rolledBack")?.kind !== "blocked") await ports.forge.ensureAlert(repository, model, null);
		return;
	}
	const why = versions[events.at(-1).number - 1]?.broken ?? "";
	const valid = champion === null ? "" : `, v${champion.number},`;
	const body = [
		`**${model}**: the folder on \`${repository.baseBranch}\` does not match its lineage.json.`,
		cell(why),
		`The last valid version${valid} is still the champion for comparisons. Fix the folder, or run \`refit rollback ${model}\`.`
	].join("\n\n");
	const title = `refit(${model}): broken champion folder`;
	await ports.forge.ensureAlert(repository, model, {
		model,
		title,
		body,
		at: ports.clock.now()
	});
}
async function closeObsolete(ports, repository, model, branches) {
	const own = [
		proposalBranch(model),
		rollbackBranch(model),
		importBranch(model)
	].filter((each) => branches.has(each));
	if (own.length === 0) return;
	const folder = championFolder(model, repository);
	const live = await ports.git.resolve(`${repository.baseCommit}:${folder}`);
	for (const branch of own) {
		const open = await openProposal(ports, repository, branch);
		if (open === null) continue;
		const at = ports.clock.now();
		if (live !== null && await ports.git.resolve(`${open.head}:${folder}`) === live) {
			const sentence = `This version is already live on \`${repository.baseBranch}\`.`;
			await ports.forge.ensureRemark(repository, {
				model,
				branch,
				sentence,
				closes: true,
				at
			});
		} else if (open.heldByPerson) await ports.forge.ensureRemark(repository, {
			model,
			branch,
			sentence: null,
			closes: false,
			at
		});
	}
}
// ../refit/src/runs/promote.ts
function promote(ports, dryRun) {
	return despiteRaces(() => promoteOnce(ports, dryRun));
}
async function promoteOnce(ports, dryRun) {
	const repository = await fetched(ports, dryRun);
	const tags = [];
	const models = new Map();
	const names = await listModels(ports, repository);
	await readAhead(ports, repository, names);
	const all = await readModelHistories(ports, repository, names);
	const present = await ports.git.tags();
	for (const [model, { history }] of all) {
		const newer = liveFormatError(repository, model, history);
		if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
		const policy = await attempt(() => readPolicy(ports, repository, model));
		models.set(model, {
			history,
			policy
		});
		const gto = !(policy instanceof RefitError) && policy.tags === "gto";
		tags.push(...await ensureTags(ports, repository, {
			model,
			history
		}, {
			gto,
			dryRun,
			present
		}));
	}
	return dryRun ? {
		tags,
		failures: []
	} : reconcile(ports, repository, models, tags);
}
async function reconcile(ports, repository, models, results) {
	const histories = new Map([...models].map(([model, { history }]) => [model, history]));
	const { ledgers, fresh } = await rememberRollbacks(ports, repository, histories);
	const branches = await ports.git.ownBranches(repository);
	for (const [model, { history }] of models) {
		await settleAlert(ports, repository, {
			model,
			history
		}, ledgers.get(model) ?? []);
		await closeObsolete(ports, repository, model, branches);
	}
	const pushed = await pushTags(ports, repository, results);
	const again = [...fresh].flatMap((model) => liveAgain(model, histories.get(model)));
	const failures = [];
	for (const [model, { history, policy }] of models) {
		const failure = policy instanceof RefitError ? policy : await attempt(() => publishLive(ports, repository, {
			model,
			history
		}, policy));
		if (failure instanceof RefitError) failures.push(failure);
	}
	return {
		tags: [...pushed, ...again],
		failures
	};
}
async function attempt(work) {
	try {
		return await work();
	} catch (error) {
		if (error instanceof RefitError) return error;
		throw error;
	}
}
// ../refit/src/commands/promote.ts
var promote_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$8,
	options: () => options$8,
	run: () => run$10,
	summary: () => summary$8,
	usage: () => usage$8
});
var usage$8 = "refit promote [--push|--no-push] [--dry-run] [--json]";
var summary$8 = "Create tags, releases and alerts from the base branch, and record rollbacks. Merging promotes, not this command.";
var options$8 = {
	...pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$8 = {
	...pushHelp,
	"dry-run": "print which tags are missing and write nothing",
	json: "print the tags as JSON"
};
async function run$10(ports, args, flags) {
	if (args.length > 0) throw new UsageError("promote takes no arguments; it looks at every model.", usage$8);
	const { tags, failures } = await sayingPublished(ports, () => promote(ports, flags["dry-run"] === true));
	if (flags.json === true) ports.out.print(JSON.stringify(tags, null, 2));
	else for (const { tag, result } of tags) ports.out.print(`${tag}  ${result}`);
	for (const { tag, result } of tags) if (result === "history-rewritten") ports.out.notice(takenTag(tag));
	if (failures[0] !== void 0) throw failures[0];
	return tags.some(({ result }) => result === "broken" || result === "format-newer") ? 2 : 0;
}
function takenTag(tag) {
	return `The tag \`${tag}\` is on another commit than the version that it should name, or on no commit, so it was left alone. If it is not wanted there, delete it with \`git tag -d ${tag}\` (on the remote: \`git push origin :refs/tags/${tag}\`) and run \`refit promote\` again.`;
}
// ../refit/src/runs/reject.ts
function reject(ports, rejection) {
	return despiteRaces(() => rejectOnce(ports, rejection));
}
async function rejectOnce(ports, { model, reason, dryRun }) {
	const repository = await fetched(ports, dryRun);
	const branch = proposalBranch(model);
	const ref = `refs/heads/${branch}`;
	const local = await ports.git.resolve(ref);
	const shared = repository.remote && await ports.git.resolve(`refs/remotes/${repository.remote}/${branch}`);
	const open = await openProposal(ports, repository, branch);
	const head = open?.head ?? shared ?? local;
	const lineage = head && await readLineage(ports, repository, `${head}:${championFolder(model, repository)}/lineage.json`);
	if (!lineage || open === null && !await wasDeclined(ports, repository, lineage)) throw new NothingToRejectError(model);
	if (!dryRun) await decline(ports, repository, declinedRow(lineage, ports.clock.now(), reason ?? void 0), {
		ref,
		local,
		shared
	});
	return lineage.inputDigest;
}
async function wasDeclined(ports, repository, { model, inputDigest, parent }) {
	const { rows } = await readLedger(ports, repository, model);
	return rows.some((row) => row.kind === "declined" && row.inputDigest === inputDigest && row.parent === parent);
}
async function decline(ports, repository, row, { ref, local, shared }) {
	const at = Date.parse(row.at);
	await appendLedger(ports, repository, {
		rows: [row],
		files: new Map(),
		at
	});
	const remark = {
		model: row.model,
		branch: proposalBranch(row.model),
		sentence: "Declined by a person."
	};
	await ports.forge.ensureRemark(repository, {
		...remark,
		closes: true,
		at
	});
	if (shared && await isOurs(shared)) await ports.branches.push(repository, [{
		ref,
		id: null,
		expected: shared
	}]);
	if (local && await isOurs(local)) await ports.branches.updateRefs(repository, [{
		ref,
		id: null,
		expected: local
	}]);
	function isOurs(head) {
		return ports.ancestry.isReplaceable(repository, proposalBranch(row.model), head);
	}
}
// ../refit/src/commands/reject.ts
var reject_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$7,
	options: () => options$7,
	run: () => run$9,
	summary: () => summary$7,
	usage: () => usage$7
});
var usage$7 = "refit reject <model> [--reason TEXT] [--push|--no-push] [--dry-run] [--json]";
var summary$7 = "Decline the open proposal; the same inputs are not proposed again.";
var options$7 = {
	reason: { type: "string" },
	...pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$7 = {
	reason: "why; the reason is kept in the ledger",
	...pushHelp,
	"dry-run": "print what would be declined and write nothing",
	json: "print the result as JSON"
};
async function run$9(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("reject needs one model.", usage$7);
	const dryRun = flags["dry-run"] === true;
	const declined = await sayingPublished(ports, () => reject(ports, {
		model,
		reason: flags.reason ?? null,
		dryRun
	}));
	if (flags.json === true) ports.out.print(JSON.stringify({
		model,
		declined
	}));
	else ports.out.print(`${model}: ${dryRun ? "would be " : ""}declined. The same inputs are not proposed again.`);
	return 0;
}
// ../refit/src/versions/as-written-then.ts
function asWrittenThen(remade, found) {
	const then = new Map(remade);
	if (!found.has("probes.json")) then.delete(PROBES_FILE);
	const card = then.get(CARD);
	if (card !== void 0 && isWithoutUse(found.get(CARD))) then.set(CARD, withoutUse(card));
	const lineage = then.get("lineage.json");
	if (lineage !== void 0) then.set("lineage.json", relisted(lineage, then));
	return then;
}
function asMadeThen(remade, found) {
	const then = new Map(asWrittenThen(remade, found));
	const { threshold, ...others } = jsonOf(then.get(FEATURES));
	const before = found.get(FEATURES);
	if (threshold === void 0 || before === void 0 || "threshold" in jsonOf(before)) return then;
	then.set(FEATURES, encodeText(`${canonicalJson(others, 2)}\n`));
	return then.set("lineage.json", relisted(then.get("lineage.json"), then));
}
var CARD = "README.md";
var FEATURES = "features.json";
var jsonOf = (bytes) => Object(JSON.parse(decodeText(bytes)));
var isWithoutUse = (card) => card !== void 0 && !decodeText(card).includes(`\n## How to use it\n`);
function withoutUse(card) {
	const text = decodeText(card);
	const [from, to] = [text.indexOf(`${USE_HEADING}\n`), text.lastIndexOf("\n\n") + 2];
	return from < 0 ? card : encodeText(text.slice(0, from) + text.slice(to));
}
function relisted(bytes, files) {
	const lineage = JSON.parse(decodeText(bytes));
	const listed = Object.keys(lineage.files).flatMap((file) => {
		const content = files.get(file);
		return content === void 0 ? [] : [[file, {
			sha256: sha256(content),
			bytes: content.byteLength
		}]];
	});
	return encodeText(`${canonicalJson({
		...lineage,
		files: Object.fromEntries(listed)
	}, 2)}\n`);
}
// ../refit/src/runs/remake/make-again.ts
async function makeAgain(ports, context, snapshot, given) {
	const { withPrepared, takeImport, takeModel, train, evaluate, buildVersion } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	const imported = given && importedModel(given);
	return withPrepared(ports, context, snapshot, {
		broken: (findings) => Promise.reject(new UnreadableDataError(findings)),
		async prepared(prepared) {
			const take = () => imported === null ? takeModel(ports, context, prepared, given) : takeImport(ports, context, prepared, imported);
			const taken = given && await take();
			const training = taken ?? await train(ports, context, prepared);
			const digests = imported === null ? snapshot.digests : digestsOfImport(snapshot.digests, imported.file);
			const inputs = {
				context,
				snapshot: {
					...snapshot,
					digests
				},
				prepared,
				training
			};
			const evaluation = await evaluate(ports, inputs, prepared, training);
			return {
				files: await buildVersion(ports, {
					...inputs,
					evaluation
				}),
				evaluation,
				tookModel: taken !== null
			};
		}
	});
}
async function givenModel(ports, repository, version) {
	const { lineage } = version;
	if (lineage === null || lineage.reproducible !== false && lineage.declared?.by !== "import") return null;
	return {
		lineage,
		artifact: await readArtifact(ports, repository, version)
	};
}
var besideModel = (files) => [...files.keys()].filter((file) => !file.startsWith("artifact/model/") && !importedFiles.has(file)).length;
var importedFiles = new Set(Object.values(importedFileOf).map((file) => `artifact/${file}`));
function whyNotTrained(lineage) {
	return `the model was not trained again, since ${lineage?.declared?.by === "import" ? "it was imported" : "its program gives another one each time"}`;
}
// ../refit/src/data/remote-of-then.ts
async function remoteOfThen(sources, { repository, manifest }, listed, builtFrom) {
	const now = new Map(listed.map((file) => [file.path, file]));
	const found = [];
	for (const { path, sha256, bytes, version } of builtFrom) {
		if (version === void 0) continue;
		const today = now.get(path);
		const then = {
			path,
			bytes,
			version
		};
		if (today?.version !== void 0 && remoteKey({
			...today,
			version: today.version
		}) === remoteKey(then)) {
			found.push(namingThen({
				...today,
				bytes,
				version
			}, sha256));
			continue;
		}
		const file = await sources.earlier(repository, manifest, then) ?? today;
		if (file !== void 0) found.push(namingThen(file, sha256));
	}
	return found;
}
// ../refit/src/runs/reproduce/data-of-then.ts
function sourcesOfThen(sources, { data }) {
	const faults = new Map();
	const listings = new Map();
	return {
		...sources,
		async list(repository, manifest) {
			const inRepository = withSources(manifest, isInRepository);
			const built = filesOf$2(data, manifest);
			const outside = new Set(built.flatMap(({ path, blob }) => blob === null ? [path] : []));
			const committed = await sources.list(repository, inRepository, { workTree: false });
			const files = committed.files.filter(({ blob }) => blob !== null);
			if (outside.size === 0) return {
				...committed,
				files
			};
			const local = (await sources.list(repository, inRepository, { workTree: true })).files.filter(({ blob, path }) => blob === null && outside.has(path));
			const listing = listings.get(manifest.ofTable ?? "") ?? listRemote(sources, repository, manifest);
			listings.set(manifest.ofTable ?? "", listing);
			const { today, answered, silent } = await listing;
			const remote = await remoteOfThen(sources, {
				repository,
				manifest: answered
			}, today, built);
			const found = new Set(remote.map(({ path }) => path));
			for (const file of built.filter(({ path, version }) => version !== void 0 && !found.has(path))) {
				const fault = silent.find(({ source }) => mayName(source.path, file.path))?.error;
				if (fault === void 0) continue;
				const entries = {
					...manifest,
					sources: silent.map(({ source }) => source)
				};
				const then = {
					...file,
					version: file.version
				};
				const kept = await sources.earlier(repository, entries, then, { ifKept: true });
				if (kept === null) faults.set(file.path, fault);
				remote.push(kept ?? unreachable(then));
			}
			return {
				files: [
					...files,
					...local,
					...remote
				].sort((one, other) => one.path < other.path ? -1 : 1),
				findings: [],
				notices: []
			};
		},
		async fetch(repository, file) {
			const fault = faults.get(file.path);
			if (fault !== void 0) throw fault;
			return sources.fetch(repository, file);
		}
	};
}
var isInRepository = ({ path }) => schemeOf(path) === "";
function withSources(manifest, which) {
	return {
		...manifest,
		sources: manifest.sources.filter(which)
	};
}
async function listRemote(sources, repository, manifest) {
	const today = [];
	const silent = [];
	for (const source of manifest.sources.filter((each) => !isInRepository(each))) {
		const one = withSources(manifest, (each) => each === source);
		try {
			today.push(...(await sources.list(repository, one, { workTree: false })).files);
		} catch (error) {
			if (!(error instanceof RefitError)) throw error;
			silent.push({
				source,
				error
			});
		}
	}
	return {
		today,
		answered: withSources(manifest, (each) => silent.every(({ source }) => source !== each)),
		silent
	};
}
function mayName(source, path) {
	const [scheme, ofFile] = [schemeOf(source), schemeOf(path)];
	return scheme === ofFile || scheme === "dvc" && ofFile === "";
}
function unreachable({ path, bytes, version }) {
	return {
		path,
		...sourceFormat(path),
		bytes,
		blob: null,
		identity: `unreachable:${path}`,
		version
	};
}
async function hasTrackedFiles(sources, repository, manifest, { data }) {
	const tracked = (all) => all.flatMap(({ path, blob }) => blob === null ? [] : [`${blob} ${path}`]).sort();
	for (const { own, files } of parts$1(manifest, data)) {
		const here = await sources.list(repository, withSources(own, isInRepository), { workTree: false });
		if (tracked(here.files).join("\n") !== tracked(files).join("\n")) return false;
		if (!await nameTheSame(sources, repository, here.files, files)) return false;
	}
	return true;
}
async function nameTheSame(sources, repository, here, built) {
	const wanted = new Map(built.flatMap(({ path, sha256, named }) => named === void 0 ? [] : [[path, sha256]]));
	for (const file of here) {
		const sha256 = wanted.get(file.path);
		if (sha256 === void 0) continue;
		if ((await sources.knownDigest(repository, file) ?? (await sources.fetch(repository, file)).sha256) !== sha256) return false;
	}
	return true;
}
function parts$1(manifest, data) {
	return [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))].map((own) => ({
		own,
		files: filesOf$2(data, own)
	}));
}
async function missingData(ports, repository, manifest, { data }) {
	const problems = [];
	for (const { own, files } of parts$1(manifest, data)) {
		const listing = await ports.sources.list(repository, own, { workTree: false });
		const here = new Map(listing.files.map((file) => [file.path, file]));
		for (const wanted of files) {
			const problem = await problemOf(ports, repository, wanted, here.get(wanted.path));
			if (problem !== null) problems.push({
				...problem,
				path: wanted.path,
				sha256: wanted.sha256
			});
		}
	}
	return problems;
}
async function problemOf(ports, repository, wanted, source) {
	const file = `The data file ${quoted(wanted.path)}`;
	const object = `sha256 ${wanted.sha256}, ${wanted.bytes} bytes`;
	if (source === void 0) return {
		kind: "data-missing",
		message: `${file} is not here any more (${object}): ${wanted.version === void 0 ? "git does not track it, so it has to come from where it was." : "its place no longer has it."}`
	};
	try {
		const [found] = await digestFiles(ports, repository, [source]);
		if (found.sha256 === wanted.sha256) return null;
		return {
			kind: "data-changed",
			message: `${file} has other bytes than the version was made from: sha256 ${found.sha256}, not ${wanted.sha256}.`
		};
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
		return {
			kind: "data-missing",
			message: `${file} cannot be had (${object}${wanted.blob === null ? "" : `, git blob ${wanted.blob}`}): ${error.message} ${error.hint}`
		};
	}
}
// ../refit/src/runs/remake/input-folders.ts
async function inputFolders({ git }, { spec, manifest }, commit) {
	const { sources, tables = [], views = [] } = manifest;
	const inGit = [sources, ...tables.map((table) => table.sources)].flat().filter(({ path }) => ["", "dvc"].includes(schemeOf(path)));
	const written = [
		"data-manifests",
		...views.map(viewFile),
		...spec.candidates.flatMap(codeOf)
	];
	const anywhere = fileColumnsOf(manifest).length > 0 ? [""] : [];
	const folders = [
		...written,
		...anywhere,
		...inGit.map(({ path }) => folderOf$4(path))
	];
	return (await Promise.all(folders.map((folder) => git.resolve(`${commit}:${folder}`)))).join(" ");
}
function folderOf$4(source) {
	const root = globRoot(source);
	const folder = root === source ? node_path.posix.dirname(root) : root;
	return folder === "." ? "" : folder;
}
async function newestWith({ git }, start, sought) {
	const seen = new Set();
	for (let back = 0; back < 500; back++) {
		const commit = await git.resolve(`${start}~${back}`);
		if (commit === null) return null;
		const signature = await sought.signature(commit);
		if (seen.has(signature)) continue;
		seen.add(signature);
		if (await sought.matches(commit)) return commit;
	}
	return null;
}
// ../refit/src/runs/reproduce/inputs-of-then.ts
async function inputsOfThen(ports, repository, wanted) {
	const before = await ports.git.resolve(`${wanted.sha}^1`);
	const sought = soughtInputs(ports, repository, wanted);
	const commit = (before && await newestWith(ports, before, sought)) ?? (await sought.matches(wanted.sha) ? wanted.sha : null);
	if (commit === null) return {
		commit,
		problem: await whyNone(ports, repository, wanted, before ?? wanted.sha)
	};
	return {
		commit,
		...await settingsAt(ports, repository, wanted.model, commit),
		problem: null
	};
}
function soughtInputs(ports, repository, { model, lineage }) {
	const readable = (commit) => unlessRefused(settingsAt(ports, repository, model, commit));
	return {
		async signature(commit) {
			const settings = await readable(commit);
			if (settings === null) return "";
			return `${specDigest(ports, settings)} ${JSON.stringify(settings.spec.card)} ${await inputFolders(ports, settings, commit)}`;
		},
		async matches(commit) {
			const settings = await readable(commit);
			if (settings === null || settingsProblem(ports, settings, lineage) !== null) return false;
			const at = {
				...repository,
				baseCommit: commit
			};
			return await unlessRefused(hasTrackedFiles(ports.sources, at, settings.manifest, lineage)) ?? false;
		}
	};
}
function settingsAt(ports, repository, model, commit) {
	return readSpecs(ports, {
		...repository,
		baseCommit: commit
	}, model, { workTree: false });
}
var specDigest = (ports, settings) => digestOfInputs(ports, settings).spec;
function settingsProblem(ports, settings, { digests, card }) {
	const found = digestOfInputs(ports, settings);
	if (found.spec !== digests.spec) return "model.yaml has other settings of the training";
	if (found.manifest !== digests.manifest) return `data-manifests/${settings.spec.data}.yaml has another schema or prepare`;
	if (!sameCard(settings.spec.card, card)) return "`card` in model.yaml says something else";
	return null;
}
async function whyNone(ports, repository, { model, lineage }, commit) {
	const none = `None of the last 500 commits before the version has the settings and data that its lineage.json names.`;
	try {
		const what = settingsProblem(ports, await settingsAt(ports, repository, model, commit), lineage) ?? "git tracks other data files";
		return `${none} At ${commit.slice(0, 10)}, the commit before it, ${what}.`;
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
		return `${none} At ${commit.slice(0, 10)}, the commit before it: ${error.message}`;
	}
}
async function unlessRefused(answer) {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof RefitError) return null;
		throw error;
	}
}
// ../refit/src/runs/reproduce/reproduce.ts
async function reproduce(ports, repository, model, wanted) {
	checkModelName(model);
	const { history } = await readModelHistory(ports, repository, model);
	const version = findVersion(model, history, wanted);
	if (version.newerFormat !== null) throw new FormatNewerError(`lineage.json of v${version.number} of ${model}`, version.newerFormat, 1);
	const quiet = {
		...ports,
		out: {
			...ports.out,
			notice: () => {}
		}
	};
	return {
		model,
		version: version.number,
		treeId: version.treeId,
		...await reproduceVersion(quiet, repository, {
			model,
			history,
			version
		})
	};
}
async function reproduceVersion(ports, repository, of) {
	const { model, history, version } = of;
	const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
	if (lineage === null) return impossible(null, [hindrance("lineage", `Nothing says what it was made from: ${version.broken ?? "lineage.json cannot be read."}`)]);
	const parent = await parentOf(ports, repository, history, lineage.parent);
	if (parent === void 0) return impossible(null, [hindrance("lineage", parentGone(model, lineage.parent))]);
	const inputs = await inputsOfThen(ports, repository, {
		model,
		sha: version.sha,
		lineage
	});
	if (inputs.commit === null) return impossible(null, [hindrance("inputs-unknown", inputs.problem)]);
	const { commit, spec, manifest } = inputs;
	const atCommit = {
		...repository,
		baseCommit: commit
	};
	const then = {
		...ports,
		sources: sourcesOfThen(ports.sources, lineage)
	};
	const missing = [...otherAlgorithms(ports, {
		spec,
		manifest
	}, lineage), ...await missingData(then, atCommit, manifest, lineage)];
	if (missing.length > 0) return impossible(commit, missing);
	const context = {
		...nothingElse,
		request: requestOf(model),
		repository: atCommit,
		spec,
		manifest,
		history
	};
	try {
		ports.out.progress(`Making ${model} v${version.number} again from ${commit.slice(0, 10)}`);
		return await compare(then, {
			...context,
			champion: parent
		}, version);
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
		return impossible(commit, [hindrance("failed", `${error.code}: ${error.message} ${error.hint}`)]);
	}
}
var requestOf = (model) => ({
	model,
	force: null,
	dryRun: false
});
var nothingElse = {
	lastRolledBack: null,
	ledger: [],
	ledgerCommit: null,
	ledgerUnpushed: false,
	ledgerLost: false,
	unrecorded: [],
	proposal: null,
	sharedHead: null,
	heldBranch: null
};
async function compare(ports, context, version) {
	const { repository } = context;
	const madeFrom = repository.baseCommit;
	const snapshot = await takeSnapshot(ports, context);
	const unreadable = unreadableData(snapshot);
	if (unreadable.length > 0) return impossible(madeFrom, unreadable);
	const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
	const { files: remade, tookModel } = await makeAgain(ports, context, snapshot, await givenModel(ports, repository, {
		treeId: version.treeId,
		lineage
	}));
	const found = await readFiles(ports, repository, version);
	const files = asMadeThen(remade, found);
	const differences = compareFolders(files, found);
	const made = `Made again from ${madeFrom.slice(0, 10)}`;
	if (differences.length === 0 && version.broken === null && tookModel) return {
		result: "rescored",
		title: `Scored on the data of ${madeFrom.slice(0, 10)}: ${whyNotTrained(lineage)}; the ${besideModel(files)} files beside it were made again and are equal`,
		madeFrom,
		because: [],
		differences
	};
	if (differences.length === 0 && version.broken === null) return {
		result: "same",
		title: `${made}: all ${files.size} files are equal`,
		madeFrom,
		because: [],
		differences
	};
	const count = new Set([...files.keys(), ...found.keys()]).size;
	return {
		result: "differs",
		title: `${made}: ${differences.length} of ${count} files differ`,
		madeFrom,
		because: [whyDiffers(version)],
		differences
	};
}
function whyDiffers({ broken }) {
	if (broken !== null) return hindrance("edited", `The folder was changed after refit had made it: ${broken}`);
	return hindrance("unexplained", "Data, settings and learners are the same. Either the folder was edited together with its lineage.json, or another version of refit made it.");
}
async function parentOf(ports, repository, { versions }, treeId) {
	if (treeId === null) return null;
	const version = versions.find((each) => each.treeId === treeId);
	const lineage = version && await readLineage(ports, repository, `${treeId}:lineage.json`);
	if (!version || !lineage) return void 0;
	return {
		number: version.number,
		treeId,
		since: version.committedAt,
		lineage
	};
}
function parentGone(model, treeId) {
	return `It was compared with ${treeId}, which is not a version of ${model} in the history of the base branch.`;
}
function otherAlgorithms(ports, settings, { learner, digests, declared }) {
	if (declared?.by === "import") return [];
	const now = ports.learners.installed.find(({ name }) => name === learner.name)?.algorithmVersion;
	const way = "Use the release of refit that made it.";
	if (now !== learner.algorithmVersion) {
		const have = now === void 0 ? "is not installed" : `has algorithm version ${now} here, which makes other bytes`;
		return [hindrance("algorithm", `It was made by algorithm version ${learner.algorithmVersion} of the learner ${learner.name}, which ${have}. ${way}`)];
	}
	if (digestOfInputs(ports, settings).settings === digests.settings) return [];
	return [hindrance("algorithm", `One of its candidates' learners has another algorithm version here. ${way}`)];
}
function unreadableData({ newRows, newProfile, findings }) {
	if (newRows.length === 0 || newProfile !== null) return [];
	return findings.filter(({ severity }) => severity === "error").map(({ code, message }) => hindrance("data-unreadable", `${code}: ${message}`));
}
function hindrance(kind, message) {
	return {
		kind,
		message,
		path: null,
		sha256: null
	};
}
function impossible(madeFrom, because) {
	return {
		result: "impossible",
		title: madeFrom === null ? "Not made again" : `Could not be made again from ${madeFrom.slice(0, 10)}`,
		madeFrom,
		because,
		differences: []
	};
}
// ../refit/src/commands/reproduce.ts
var reproduce_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$6,
	options: () => options$6,
	run: () => run$8,
	summary: () => summary$6,
	usage: () => usage$6
});
var usage$6 = "refit reproduce <model>[@vN|@TREE]|<tree> [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$6 = "Make a version again from the commit that it was made from, and compare every byte.";
var options$6 = {
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp$6 = {
	...limitHelp,
	json: "print the result as JSON"
};
async function run$8(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new UsageError("reproduce needs one version, such as churn@v3.", usage$6);
	const repository = await ports.git.locate();
	const [model, wanted] = await versionOf(ports, repository, word);
	const result = await reproduce(ports, repository, model, wanted);
	if (flags.json === true) ports.out.print(JSON.stringify(result, null, 2));
	else for (const line of lines$2(result)) ports.out.print(line);
	return result.result === "same" || result.result === "rescored" ? 0 : 2;
}
async function versionOf(ports, repository, word) {
	const lineage = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word) ? await readLineage(ports, repository, `${word}:lineage.json`) : null;
	if (lineage !== null) return [lineage.model, word];
	return word.split("@");
}
var mostNamed = 20;
function lines$2({ model, version, result, title, because, differences }) {
	const more = differences.length - mostNamed;
	return [
		`${model} v${version}: ${result}. ${title}.`,
		...because.map(({ message }) => `  - ${visibleText(message, 1e3)}`),
		...differences.slice(0, mostNamed).map((difference) => `  - ${differenceSentence(difference)}`),
		...more > 0 ? [`  - And ${more} more.`] : []
	];
}
// ../refit/src/versions/push-proposal.ts
async function pushProposal(ports, repository, proposed) {
	const { branch, over } = proposed;
	const ref = `refs/heads/${branch}`;
	const here = await ports.git.resolve(ref);
	await refuseForeign$1(ports, repository, branch, {
		here,
		over
	});
	for (const made of [over, here]) {
		if (made === null || !await isCommitOf(ports, repository, made, proposed)) continue;
		if (made === over || await ports.ancestry.isMadeToReplace(made, over)) return shareBranch(ports, repository, branch, {
			head: made,
			over
		});
	}
	let head;
	try {
		head = await commitVersion(ports, repository, proposed, here);
	} catch (error) {
		const theirs = error instanceof RefMovedError ? await ports.git.resolve(ref) : null;
		if (theirs === null || !await holds(ports, theirs, proposed)) throw error;
		if (!await ports.ancestry.isMadeToReplace(theirs, over)) throw error;
		head = theirs;
	}
	return shareBranch(ports, repository, branch, {
		head,
		over
	});
}
async function refuseForeign$1({ ancestry }, repository, branch, { here, over }) {
	for (const [head, where] of [[over, repository.remote], [here, null]]) if (head !== null && !await ancestry.isReplaceable(repository, branch, head)) throw new BranchHeldError(branch, head, where);
}
function commitVersion({ branches }, repository, { branch, path, content, message, over, at }, expected) {
	const restored = typeof content === "string";
	const isFile = content instanceof Uint8Array;
	return branches.commit(repository, {
		ref: `refs/heads/${branch}`,
		expected,
		parent: repository.baseCommit,
		replace: isFile ? [] : [path],
		files: isFile ? new Map([[path, content]]) : new Map(restored ? [] : [...content].map(([file, bytes]) => [`${path}/${file}`, bytes])),
		...restored && { folders: new Map([[path, content]]) },
		message: `${message}Refit-Replaces: ${over ?? "nothing"}\n`,
		at
	});
}
async function isCommitOf(ports, { baseCommit }, commit, proposed) {
	return await ports.git.resolve(`${commit}^`) === baseCommit && await holds(ports, commit, proposed);
}
async function holds({ git }, commit, { path, content }) {
	if (typeof content === "string") return await git.resolve(`${commit}:${path}`) === content;
	if (content instanceof Uint8Array) {
		const [stored] = await git.read([`${commit}:${path}`]);
		return stored ? Buffer.from(stored).equals(content) : false;
	}
	const entries = await git.list(commit, path);
	if (entries.length !== content.size) return false;
	const stored = await git.read(entries.map(({ id }) => id));
	return entries.every((entry, i) => {
		const [ours, theirs] = [content.get(entry.path), stored[i]];
		return ours !== void 0 && theirs !== void 0 && theirs !== null && Buffer.from(theirs).equals(ours);
	});
}
// ../refit/src/rooms/propose-rollback.ts
async function proposeRollback(ports, repository, { model, from, to, reviewers }) {
	const branch = rollbackBranch(model);
	const live = from === null ? "none" : `v${from.number}`;
	const title = `refit(${model}): roll back to v${to.number}`;
	const at = ports.clock.now();
	const head = await pushProposal(ports, repository, {
		branch,
		path: championFolder(model, repository),
		content: to.treeId,
		over: await sharedHead(ports, repository, branch),
		message: `${title}\n\nRefit-Model: ${model}\nRefit-Rollback: v${to.number}\n`,
		at
	});
	return ports.forge.ensureProposal(repository, {
		kind: "rollback",
		model,
		branch,
		head,
		title,
		at,
		baseBranch: repository.baseBranch,
		draft: false,
		report: rollbackReport({
			model,
			from: live,
			to: `v${to.number}`,
			treeId: to.treeId
		}),
		kept: null,
		autoMerge: false,
		inputDigest: to.inputDigest ?? to.treeId,
		reviewers,
		check: {
			conclusion: "success",
			summary: `v${to.number} was live before.`
		}
	});
}
// ../refit/src/runs/rollback.ts
function rollback(ports, request) {
	return despiteRaces(() => rollbackOnce(ports, request));
}
async function rollbackOnce(ports, { model, to, dryRun }) {
	const repository = await fetched(ports, dryRun);
	const { history } = await readModelHistory(ports, repository, model);
	const target = to === null ? previous(model, history) : named$1(model, history, to);
	if (target.newerFormat !== null) throw new FormatNewerError(`lineage.json of v${target.number} of ${model}`, target.newerFormat, 1);
	const problem = await checkWhole(ports, repository, target.treeId, await ports.git.list(target.treeId));
	if (problem !== null) throw new VersionBrokenError(model, target.number, problem);
	const reviewers = dryRun ? [] : await reviewersOf(ports, repository, model);
	const request = {
		model,
		from: history.champion,
		to: target,
		reviewers
	};
	const { url, operation } = (dryRun ? null : await proposeRollback(ports, repository, request)) ?? {
		url: null,
		operation: null
	};
	return {
		model,
		to: target.number,
		branch: rollbackBranch(model),
		url,
		operation
	};
}
function previous(model, { champion, events, state }) {
	if (state === "broken" && champion !== null) return champion;
	const current = champion?.number ?? Infinity;
	const before = events.findLast((event) => event.champion !== null && event.champion.number < current)?.champion;
	if (before === void 0 || before === null) throw new NothingToRollBackError(model);
	return before;
}
function named$1(model, history, wanted) {
	const version = history.versions[Number(wanted.replace(/^v/, "")) - 1];
	if (version === void 0 || version.broken !== null) throw new VersionUnknownError(model, wanted);
	return version;
}
async function reviewersOf(ports, repository, model) {
	try {
		return (await readPolicy(ports, repository, model)).reviewers;
	} catch (error) {
		if (error instanceof RefitError) return [];
		throw error;
	}
}
// ../refit/src/commands/rollback.ts
var rollback_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$5,
	options: () => options$5,
	run: () => run$7,
	summary: () => summary$5,
	usage: () => usage$5
});
var usage$5 = "refit rollback <model> [--to vN] [--push|--no-push] [--dry-run] [--json]";
var summary$5 = "Propose an earlier version again, as a new commit on its own branch.";
var options$5 = {
	to: { type: "string" },
	...pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$5 = {
	to: "the version to restore; default: the one that was live before the champion",
	...pushHelp,
	"dry-run": "print what would be restored and write nothing",
	json: "print the proposal as JSON"
};
async function run$7(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new UsageError("rollback needs one model.", usage$5);
	const dryRun = flags["dry-run"] === true;
	const proposal = await sayingPublished(ports, () => rollback(ports, {
		model,
		to: flags.to ?? null,
		dryRun
	}));
	if (flags.json === true) {
		ports.out.print(JSON.stringify(proposal, null, 2));
		return 0;
	}
	const { to, branch, url } = proposal;
	ports.out.print(`${model}: ${dryRun ? "would propose" : "proposed"} a rollback to v${to} on ${branch}.`);
	if (url !== null) ports.out.print(`  proposal: ${url}\n  to roll back: ${howToMerge({
		url,
		branch
	})}`);
	return 0;
}
// ../refit/src/products/outcome.ts
function exitCodeOf(outcome) {
	if (outcome.decision === "failed") return 2;
	if (outcome.decision !== "blocked") return 0;
	return outcome.findings.length > 0 ? 3 : 2;
}
// ../refit/src/commands/run.ts
var run_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$4,
	options: () => options$4,
	recall: () => recall,
	run: () => run$6,
	runRequestOf: () => runRequestOf,
	summary: () => summary$4,
	usage: () => usage$4
});
var mostParallel = 64;
var usage$4 = "refit run [model…|--all] [--parallel N] [--force REASON] [--candidates FOLDER[@DIGEST]] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
var summary$4 = "Check the data, decide, retrain, compare with the champion, and propose the result.";
var options$4 = {
	all: { type: "boolean" },
	parallel: { type: "string" },
	force: { type: "string" },
	candidates: { type: "string" },
	...pushOptions,
	"dry-run": { type: "boolean" },
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp$4 = {
	all: "every model (the default)",
	parallel: `how many models are in work at once, 1 (the default) to ${mostParallel}, each in a process of its own; they share the machine's memory and threads, and what --memory says`,
	force: "retrain now, for this reason, whatever the triggers and the cool-down say",
	candidates: "with a digest: use what `refit train` or `refit choose` wrote, instead of training; checked against the digest. Without: choose among the folders that `refit train --candidate` wrote, each checked against its name, and train only the best one again",
	...pushHelp,
	"dry-run": "read the work tree, print the proposal and write nothing",
	...limitHelp,
	json: "print the outcomes as JSON"
};
async function recall(lastQuiet, args, flags) {
	if ([
		flags.force,
		flags["dry-run"],
		flags.base,
		flags.forge,
		flags.candidates
	].some((value) => value !== void 0)) return null;
	const quiet = await lastQuiet(args);
	return quiet && textOf$1(quiet.outcomes, flags);
}
async function run$6(ports, args, flags) {
	const request = runRequestOf(flags);
	const { runModels } = await Promise.resolve().then(() => run_models_exports);
	const tell = (outcome) => {
		if (flags.json !== true) for (const line of lines$1(outcome, request.dryRun)) ports.out.print(line);
	};
	const outcomes = await sayingPublished(ports, () => runModels(ports, args, request, tell));
	if (flags.json === true) ports.out.print(textOf$1(outcomes, flags));
	else for (const line of runTable(outcomes)) ports.out.print(line);
	return Math.max(0, ...outcomes.map(exitCodeOf));
}
function runRequestOf({ force, parallel = "1", candidates, ...flags }) {
	if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage$4);
	if (!/^[1-9]\d?$/.test(parallel) || Number(parallel) > mostParallel) throw new UsageError(`--parallel is a whole number from 1 to ${mostParallel}.`, usage$4);
	const handedOver = candidates === void 0 ? null : handOverFrom(candidates);
	return {
		force: force ?? null,
		dryRun: flags["dry-run"] === true,
		handedOver,
		parallel: Number(parallel)
	};
}
function handOverFrom(words) {
	const [, folder, digest] = /^(.+)@(sha256:[0-9a-f]{64})$/.exec(words) ?? [];
	if (folder !== void 0 && digest !== void 0) return {
		folder,
		digest
	};
	if (words === "" || /@(sha256:[^/]*)?$/.test(words)) throw new UsageError("--candidates must be FOLDER@DIGEST, as `refit train` printed it, or a folder with what `refit train --candidate` wrote.", usage$4);
	return {
		folder: words,
		digest: null
	};
}
function textOf$1(outcomes, flags) {
	if (flags.json === true) return JSON.stringify(outcomes, null, 2);
	return [...outcomes.flatMap((outcome) => lines$1(outcome, false)), ...runTable(outcomes)].join("\n");
}
function lines$1(outcome, dryRun) {
	const head = `${outcome.model}: ${outcome.decision}`;
	switch (outcome.decision) {
		case "skipped":
		case "suppressed": return [
			`${head}: ${heldBackSentence(outcome.heldBack)}.`,
			...reasonLines(outcome.reasons),
			...outcome.nextEligibleAt === null || "until" in outcome.heldBack ? [] : [`  next retrain by ${day$1(outcome.nextEligibleAt)} (maximum age)`]
		];
		case "failed": return failedLines(head, outcome.error);
		case "blocked": return [
			`${head}. Nothing was promoted, and what is live has not changed.`,
			...outcome.findings.map(findingLine),
			...outcome.because.map(becauseLine),
			...wayOut(outcome),
			...outcome.alert === null ? [] : [`  alert: ${outcome.alert}`]
		];
		default: return [
			`${head}.`,
			...numberLine(outcome.report),
			...reasonLines(outcome.reasons),
			...outcome.because.map(becauseLine),
			...outcome.url === null ? [] : [`  proposal: ${outcome.url}`, `  to promote: ${howToMerge(outcome)}`],
			...dryRun ? ["", ...terminalReport(outcome.report)] : []
		];
	}
}
function numberLine({ headline: { number } }) {
	return number === null ? [] : [`  ${terminalText(number)}`];
}
function becauseLine(reason) {
	if (reason.kind === "finding") return `  - ${reason.code}: ${visibleText(reason.message, 1e3)}\n    ${visibleText(reason.hint, 1e3)}`;
	return `  - ${terminalText(verdictReasonSentence(reason))}`;
}
function wayOut({ model, findings, because }) {
	const blocking = [...findings, ...because.filter((reason) => reason.kind === "finding")].filter(({ severity }) => severity !== "warning");
	const pages = blocking.map(({ code }) => `  More about ${code}: ${findingPage(code)}`);
	const accepting = blocking.flatMap((each) => {
		const how = acceptanceOf(model, each);
		if (how === null) return [];
		const command = how.command === null ? [] : [`    or run: ${how.command}`];
		return [`    - ${how.yaml}`, ...command];
	});
	const exclusion = exclusionOf(blocking);
	const leavingOut = exclusion === null ? [] : [`  If it is known only after the outcome, leave it out: under \`features\` in its model.yaml, and commit:`, `    ${exclusion}`];
	const heading = "  If it is right, accept it: add to `checks.accept` in the data manifest, and commit:";
	return [
		...new Set(pages),
		...leavingOut,
		...accepting.length === 0 ? [] : [heading, ...new Set(accepting)]
	];
}
function reasonLines(reasons) {
	return reasons.map((reason) => `  because ${terminalText(reasonSentence(reason))}`);
}
function findingLine(finding) {
	const { severity, code, file, line, message, hint } = finding;
	return `  - ${severity} ${code}:${file === null ? "" : ` ${quoteForTerminal(file)}${line === void 0 ? "" : `, line ${line}`}:`} ${visibleText(message, 1e3)}${terminalText(acceptedWords(finding))}\n    ${hint}`;
}
// ../refit/src/commands/run-worker.ts
var run_worker_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$4,
	options: () => options$4,
	run: () => run$5,
	summary: () => summary$4,
	usage: () => usage$4
});
async function run$5(ports, _args, flags) {
	const { runAsWorker } = await Promise.resolve().then(() => run_as_worker_exports);
	await runAsWorker(ports, runRequestOf(flags));
	return 0;
}
// ../core/src/affected/model-files.ts
var fileRoles = [
	"spec",
	"manifest",
	"view",
	"data",
	"table",
	"code",
	"rowFile"
];
function modelFiles(model, { spec, manifest }, among) {
	const present = (paths) => [...new Set(paths)].filter((path) => among.has(path)).sort();
	const tables = (manifest.tables ?? []).flatMap((table) => dataPaths(table.sources, among));
	return {
		spec: present([specPath(model, among)]),
		manifest: present([manifestPath(spec.data)]),
		view: present((manifest.views ?? []).map(viewFile)),
		data: dataPaths(manifest.sources, among),
		table: [...new Set(tables)].sort(),
		code: present(spec.candidates.flatMap(codeOf)),
		rowFile: rowFiles(manifest, among)
	};
}
function dataPaths(sources, among) {
	const found = new Set();
	for (const { path } of sources) {
		const scheme = schemeOf(path);
		if (scheme !== "" && scheme !== "dvc") continue;
		for (const each of among.matching(path)) if (scheme === "dvc" || sourceFormat(each) !== null) found.add(each);
	}
	return [...found].sort();
}
function sourcesElsewhere({ sources, tables = [] }) {
	const all = [sources, ...tables.map((table) => table.sources)].flat();
	return [...new Set(all.flatMap(({ path }) => schemeOf(path) === "" ? [] : [path]))].sort();
}
function rowFiles(manifest, among) {
	const found = new Set();
	for (const { folder } of fileColumnsOf(manifest)) {
		const folders = folder === null ? manifest.sources.map(({ path }) => folderOf$3(path)) : [plainFolder(folder)];
		for (const each of folders.flatMap((name) => among.below(name))) if (!isOutput(each, among)) found.add(each);
	}
	return [...found].sort();
}
function plainFolder(folder) {
	return folder.split("/").filter((part) => part !== "" && part !== ".").join("/");
}
function folderOf$3(glob) {
	const segments = glob.split("/").slice(0, -1);
	const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
	return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}
function isOutput(path, at) {
	return modelOfOutput(path, at) !== null;
}
// ../core/src/affected/outdated.ts
var outdatedParts = [
	"never-trained",
	"spec",
	"manifest",
	"code",
	"learner",
	"data"
];
function outdatedSince(lineage, now, data) {
	if (lineage === null) return ["never-trained"];
	if (lineage.declared?.by === "import" || lineage.inputDigest === now.input) return [];
	const { digests } = lineage;
	const parts = [];
	if (digests.spec !== now.spec) parts.push("spec");
	if (digests.manifest !== now.manifest) parts.push("manifest");
	if (digests.code !== now.code) parts.push("code");
	if (parts.length === 0 && digests.settings !== now.settings) parts.push("learner");
	const known = {
		files: lineage.data.files,
		tables: new Map(Object.entries(lineage.data.tables ?? {}))
	};
	const digestsOf = (files) => files.map(({ sha256 }) => sha256);
	if (contentOf$1({
		files: digestsOf(known.files),
		tables: new Map([...known.tables].map(([name, files]) => [name, digestsOf(files)]))
	}) !== contentOf$1(data)) parts.push("data");
	return parts.length === 0 ? ["data"] : parts;
}
function contentOf$1({ files, tables }) {
	const further = [...tables].filter(([, each]) => each.length > 0).sort(([a], [b]) => a < b ? -1 : 1);
	return JSON.stringify([[...files].sort(), further.map(([name, each]) => [name, [...each].sort()])]);
}
// ../core/src/affected/code-imports.ts
function importsOfCode(path, text) {
	if (javascript.test(path)) return javascriptImports(text);
	if (/\.pyi?$/.test(path)) return pythonImports(text);
	return {
		asked: [],
		unknown: []
	};
}
var javascript = /\.[cm]?[jt]sx?$/;
var literal = `(?:"([^"\\n]+)"|'([^'\\n]+)'|\`([^\`$\\n]+)\`)`;
var javascriptAsks = [
	new RegExp(`\\b(?:from|import)\\s*${literal}`, "g"),
	new RegExp(`\\b(?:import|require|require\\.resolve)\\s*\\(\\s*${literal}`, "g"),
	new RegExp(`\\bnew\\s+URL\\s*\\(\\s*${literal}\\s*,\\s*import\\.meta\\.url`, "g")
];
var javascriptUnknown = /\b(?:import|require)\s*\(\s*(?![\s"'])(?!`[^`$\n]*`)[^)\s]/g;
function javascriptImports(text) {
	const specifiers = javascriptAsks.flatMap((pattern) => [...text.matchAll(pattern)].map(firstGroup));
	return {
		asked: [...new Set(specifiers)].map((specifier) => ({
			language: "javascript",
			specifier
		})),
		unknown: unknownPlaces(text, javascriptUnknown, /^\s*(?:\/\/|\*|\/\*)/)
	};
}
var firstGroup = (match) => match.slice(1).find((group) => group !== void 0);
var pythonImport = /(?:^|[;:])[ \t]*import[ \t]+([\w. \t,]+)/gm;
var pythonFrom = /(?:^|[;:])[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n;#]+)/gm;
var pythonCalled = /\b(?:import_module|__import__)\s*\(\s*["']([\w.]+)["']\s*[,)]/g;
var pythonUnknown = /\b(?:import_module|__import__)\s*\(\s*(?!["'][\w.]+["']\s*\))\S|\b(?:spec_from_file_location|run_path|run_module)\s*\(|\bexec\s*\(\s*open\b|\bsys\.path\s*(?:\.(?:append|insert|extend)\s*\(|\+?=[^=])/g;
function pythonImports(written) {
	const text = written.replace(/\\\r?\n/g, "  ");
	const asked = [];
	const module = (name, names = [], dots = 0) => asked.push({
		language: "python",
		dots,
		module: name,
		names
	});
	for (const [, list] of text.matchAll(pythonImport)) for (const each of list.split(",")) module(each.trim().split(/\s/)[0]);
	for (const [, dots, name, list] of text.matchAll(pythonFrom)) module(name, list.replace(/#[^\n]*/g, "").replace(/[()]/g, "").split(",").map((each) => each.trim().split(/\s/)[0]).filter((each) => /^\w+$/.test(each)), dots.length);
	for (const [, name] of text.matchAll(pythonCalled)) module(name);
	return {
		asked: asked.filter((each) => each.language !== "python" || each.dots > 0 || each.module !== ""),
		unknown: unknownPlaces(written, pythonUnknown, /^\s*#/)
	};
}
function unknownPlaces(text, pattern, comment) {
	const places = new Map();
	for (const { index } of text.matchAll(pattern)) {
		const start = text.lastIndexOf("\n", index) + 1;
		const end = text.indexOf("\n", index);
		const line = text.slice(start, end < 0 ? text.length : end);
		if (comment.test(line)) continue;
		const number = text.slice(0, index).split("\n").length;
		places.set(number, {
			line: number,
			text: line.trim().slice(0, 120)
		});
	}
	return [...places.values()];
}
// ../core/src/affected/compare-model.ts
function mayAffect(model, after, changed) {
	const touched = modelFiles(model, after, changed);
	return fileRoles.some((role) => touched[role].length > 0);
}
function compareModel(compared, changed) {
	const { model, isNew, before, after, imported } = compared;
	if (isNew) return {
		model,
		effect: "retrain",
		reasons: [{
			kind: "new",
			path: specPath(model, changed)
		}]
	};
	const reasons = new Map();
	const sides = [before ?? after, after].map((side) => modelFiles(model, side, changed));
	for (const kind of fileRoles) {
		if (before !== null && !counts(kind, before, after)) continue;
		for (const path of sides.flatMap((side) => side[kind])) if (!reasons.has(path)) reasons.set(path, {
			kind,
			path
		});
	}
	for (const path of imported) if (!reasons.has(path)) reasons.set(path, {
		kind: "import",
		path
	});
	const all = [...reasons.values()];
	if (all.length === 0) return null;
	return {
		model,
		effect: before?.inputs !== after.inputs || all.some(({ kind }) => kind === "rowFile") ? "retrain" : "touch",
		reasons: all
	};
}
function counts(kind, before, after) {
	switch (kind) {
		case "spec": return written(before.spec) !== written(after.spec);
		case "manifest": return written(before.manifest) !== written(after.manifest);
		case "rowFile": return true;
		default: return before.inputs !== after.inputs;
	}
}
function written({ codeDigests: _code, viewTexts: _views, ...said }) {
	return canonicalJson(JSON.parse(JSON.stringify(said)));
}
// ../core/src/affected/path-index.ts
function pathIndex(paths, at = {}) {
	const known = new Set(paths);
	const sorted = [...known].sort();
	function beginningWith(prefix) {
		if (prefix === "") return sorted;
		const start = firstFrom(sorted, prefix);
		let end = start;
		while (end < sorted.length && sorted[end].startsWith(prefix)) end++;
		return sorted.slice(start, end);
	}
	return {
		...at.layout && { layout: at.layout },
		has: (path) => known.has(path),
		matching(glob) {
			const wild = glob.search(/[*?[\]{}]/);
			if (wild < 0) return known.has(glob) ? [glob] : [];
			const pattern = globPattern(glob);
			return beginningWith(glob.slice(0, wild)).filter((path) => pattern.test(path));
		},
		below: (folder) => beginningWith(folder === "" || folder === "." ? "" : `${folder}/`)
	};
}
function firstFrom(sorted, text) {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < text) low = middle + 1;
		else high = middle;
	}
	return low;
}
// ../core/src/affected/resolve-import.ts
var nothing = {
	files: [],
	package: null,
	isAlias: false
};
function resolveImport(from, name, tree, packages) {
	if (name.language === "python") return {
		...nothing,
		files: pythonFiles(from, name, tree)
	};
	const specifier = name.specifier.replace(/[?].*$/, "");
	if (/^\.\.?(?:\/|$)/.test(specifier)) {
		const path = joined$1(folderOf$2(from), specifier);
		return {
			...nothing,
			files: path === null ? [] : javascriptFiles(path, tree)
		};
	}
	const parts = specifier.split("/");
	const wanted = specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
	if (packages.has(wanted)) return {
		...nothing,
		package: wanted
	};
	return {
		...nothing,
		isAlias: /^(?:@\/|~|#)/.test(specifier)
	};
}
var endings = [
	".ts",
	".tsx",
	".mts",
	".cts",
	".js",
	".jsx",
	".mjs",
	".cjs",
	".json",
	".node",
	".wasm"
];
function javascriptFiles(path, tree) {
	const stem = /\.([cm]?)jsx?$/.exec(path);
	const candidates = [
		path,
		...stem === null ? [] : [".ts", ".tsx"].map((end) => path.replace(/\.([cm]?)jsx?$/, `${end[0]}${stem[1]}${end.slice(1)}`)),
		...endings.map((end) => path + end),
		...endings.map((end) => `${path}/index${end}`)
	];
	return [...new Set(candidates)].filter((each) => tree.has(each));
}
function pythonFiles(from, { dots, module, names }, tree) {
	const steps = module === "" ? [] : module.split(".");
	const found = new Set();
	for (const folder of dots > 0 ? relativeRoots(from, dots) : pythonRoots(from, steps[0], tree)) {
		const packages = steps.map((_, i) => join(folder, ...steps.slice(0, i + 1)));
		const inside = names.map((each) => join(folder, ...steps, each));
		const own = dots > 0 ? [folder] : [];
		for (const path of [
			...own,
			...packages,
			...inside
		]) for (const file of [
			`${path}.py`,
			`${path}.pyi`,
			join(path, "__init__.py")
		]) if (tree.has(file)) found.add(file);
	}
	return [...found].sort();
}
function relativeRoots(from, dots) {
	const parts = folderOf$2(from).split("/").filter(Boolean);
	return dots - 1 > parts.length ? [] : [parts.slice(0, parts.length - (dots - 1)).join("/")];
}
function pythonRoots(from, first, tree) {
	const parts = folderOf$2(from).split("/").filter(Boolean);
	const above = parts.map((_, i) => parts.slice(0, parts.length - i).join("/"));
	const has = (folder) => tree.has(join(folder, `${first}.py`)) || tree.below(join(folder, first)).some((path) => path.endsWith(".py"));
	const near = [...above, ""].filter(has);
	return near.length > 0 ? near : pythonProjects(tree).filter(has);
}
var projectsOf = new WeakMap();
function pythonProjects(tree) {
	const known = projectsOf.get(tree);
	if (known !== void 0) return known;
	const files = tree.below("").filter((path) => /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg))$/.test(path));
	const folders = [...new Set(files.map(folderOf$2))].flatMap((folder) => [folder, join(folder, "src")]);
	projectsOf.set(tree, folders);
	return folders;
}
function isProduct(path, at) {
	return !isOutput(path, at) && !notProduct.test(path);
}
var notProduct = /\.(?:mdx?|rst|txt)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG)|(?:^|\/)(?:docs?|tests?|__tests__|__snapshots__|__mocks__|node_modules)\/|\.(?:test|spec)\.[^/]+$|(?:^|\/)(?:test_[^/]+|[^/]+_test|conftest)\.py$/i;
function folderOf$2(path) {
	const slash = path.lastIndexOf("/");
	return slash < 0 ? "" : path.slice(0, slash);
}
var join = (...parts) => parts.filter(Boolean).join("/");
function joined$1(folder, relative) {
	const parts = folder.split("/").filter(Boolean);
	for (const part of relative.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return null;
	}
	return parts.join("/");
}
// ../refit/src/versions/checksum-line.ts
function checksumLine(file, sha256) {
	const name = file.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${name === file ? "" : "\\"}${sha256}  ${name}`;
}
// ../refit/src/commands/show.ts
var show_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$3,
	options: () => options$3,
	run: () => run$4,
	summary: () => summary$3,
	usage: () => usage$3
});
var usage$3 = "refit show <model>[@vN|@TREE] [--checksums | --bom | --predicate | --json]";
var summary$3 = "Show one version: metrics, holdout, data, learner and its place in history.";
var options$3 = {
	checksums: { type: "boolean" },
	bom: { type: "boolean" },
	predicate: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$3 = {
	checksums: "check the version and print only the sha256 of each file, as `sha256sum --check` and GitHub's attestations take it",
	bom: "check the version and print only what it is made of, as CycloneDX 1.7 (ML-BOM): files, data, learner and model card, with digests",
	predicate: "check the version and print only how it was judged, as the predicate of an attestation",
	json: "print the version, where everything of it is, and how to use it, as JSON (`refit schema shown-version`)"
};
async function run$4(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new UsageError("show needs one model, such as churn@v3.", usage$3);
	const [model, wanted] = word.split("@");
	const asked = forms.filter((form) => flags[form] === true);
	if (asked.length > 1) throw new UsageError(`show prints one of --${asked.join(" and --")}, not both.`, usage$3);
	if (asked[0] !== void 0 && asked[0] !== "json") return printWhole(ports, {
		model,
		wanted,
		as: asked[0]
	});
	const { showVersion } = await Promise.resolve().then(() => show_version_exports);
	const shown = await showVersion(ports, model, wanted);
	if (flags.json === true) ports.out.print(JSON.stringify(shown, null, 2));
	else for (const line of lines(shown)) ports.out.print(line);
	return 0;
}
var forms = [
	"checksums",
	"bom",
	"predicate",
	"json"
];
async function printWhole(ports, { model, wanted, as }) {
	const { readDescribed } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.read_described_exports);
	const version = await readDescribed(ports, await ports.git.locate(), model, wanted);
	if (as === "checksums") {
		for (const [file, bytes] of version.files) ports.out.print(checksumLine(file, sha256(bytes)));
		return 0;
	}
	const { billOfMaterials } = await Promise.resolve().then(() => bill_of_materials_exports);
	const { evaluationPredicate } = await Promise.resolve().then(() => evaluation_predicate_exports);
	ports.out.print(as === "bom" ? billOfMaterials(version) : evaluationPredicate(version));
	return 0;
}
function lines({ model, live, version, metrics, lineage, places, use }) {
	const { commit, tree, pullRequest, report } = places;
	const facts = [
		["commit", `${commit.id.slice(0, 12)} of ${day$1(version.committedAt)} by ${quoteForTerminal(version.author)}`],
		["tree", tree.id],
		...pullRequest === null ? [] : [["pull request", pullRequest]],
		...report === null ? [] : [["report", report.url ?? report.read]],
		...Object.entries(metrics).map(([name, value]) => [name, formatNumber(value)]),
		...lineage === null ? [] : factsOf$1(lineage)
	];
	return [
		`${model} v${version.number}${live ? " (champion)" : ""}`,
		...version.broken === null ? [] : [`broken: ${version.broken}`],
		...columns(facts).map((line) => `  ${line}`),
		...use.length === 0 ? [] : [`Use it (${docsPage("use-a-model.md")}):`],
		...columns(use.map(({ from, how }) => [callers[from], how])).map((line) => `  ${line}`)
	];
}
var callers = {
	files: "rows of files",
	node: "Node.js",
	python: "Python",
	http: "HTTP"
};
function factsOf$1(lineage) {
	const { holdout, data, learner } = lineage;
	const span = holdout.from === null ? "" : `, ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`;
	const learned = learnedWords({
		until: learnedUntil(lineage),
		isDeclared: lineage.declared !== void 0
	});
	const rows = data.files.reduce((sum, file) => sum + file.rows, 0);
	return [
		["learner", `${learner.name} ${JSON.stringify(learner.settings)}`],
		...learned === null ? [] : [["learned", learned.replace(/^learned /, "")]],
		["holdout", `${holdout.rows} rows${span}`],
		["data", `${rows} rows in ${data.files.length} files of ${data.dataset}`],
		["parent", lineage.parent ?? "none (first model)"],
		["inputs", lineage.inputDigest]
	];
}
// ../refit/src/commands/sign.ts
var sign_exports = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp$2,
	options: () => options$2,
	run: () => run$3,
	summary: () => summary$2,
	usage: () => usage$2
});
var usage$2 = "refit sign <model>[@vN|@TREE] --key FILE [--passphrase-env NAME] [--certificate FILE [--chain FILE]…] [--output FILE] [--dry-run] [--json]";
var summary$2 = "Sign the files of a version with a key of yours, in the OpenSSF model signing format.";
var options$2 = {
	key: { type: "string" },
	"passphrase-env": { type: "string" },
	certificate: { type: "string" },
	chain: {
		type: "string",
		multiple: true
	},
	output: { type: "string" },
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$2 = {
	key: "the private key, in PEM: an elliptic curve key on P-256",
	"passphrase-env": "name of the environment variable that holds the passphrase of an encrypted key",
	certificate: "the certificate of the key, in PEM: the signature then has it in place of the key alone",
	chain: "with --certificate: the certificates of whoever issued it, in PEM; may be repeated",
	output: "the signature, from the current folder; left out: such as churn-v3.sig. A file that is there is never replaced",
	"dry-run": "check the version and the key, and write nothing",
	json: "print where the signature is, and the digests of all files, as JSON"
};
async function run$3(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new UsageError("sign needs one model, such as churn@v3.", usage$2);
	const { key, output, certificate, chain = [] } = flags;
	if (key === void 0) throw new UsageError("sign needs a private key: --key FILE.", usage$2);
	if (chain.length > 0 && certificate === void 0) throw new UsageError("--chain is for --certificate.", usage$2);
	const [model, wanted] = word.split("@");
	const dryRun = flags["dry-run"] === true;
	const { signVersion } = await Promise.resolve().then(() => sign_version_exports);
	const passphraseVariable = flags["passphrase-env"];
	const signed = await signVersion(ports, {
		model,
		wanted,
		key,
		certificate,
		chain,
		passphraseVariable,
		output,
		dryRun
	});
	if (flags.json === true) {
		ports.out.print(JSON.stringify(signed, null, 2));
		return 0;
	}
	const { version, signature, files, keyId } = signed;
	const place = visibleText(node_path.default.relative(ports.workTree.here, signature), 1e3);
	const done = signed.outcome === "unchanged" ? "is already signed" : dryRun ? "would be signed" : "is signed";
	ports.out.print(`${model} v${version} ${done} in ${place}: ${Object.keys(files).length} files, key ${keyId}`);
	return 0;
}
// ../refit/src/data/known-files.ts
async function knownFiles(ports, { repository, manifest, champion }) {
	return knownAmong(ports, repository, manifest, champion?.lineage.data.files ?? []);
}
async function knownAmong(ports, repository, manifest, built) {
	const listing = await listed(ports, repository, manifest);
	if (listing === null) return null;
	const here = new Set(listing.files.map(({ path }) => path));
	if (listing.findings.length > 0 || built.some(({ blob, path }) => blob === null && !here.has(path))) return null;
	const builtFile = builtFiles(built);
	const digestOf = async (source) => builtFile(source)?.sha256 ?? await ports.sources.knownDigest(repository, source);
	const files = [];
	for (const source of listing.files) {
		const sha256 = await digestOf(source);
		if (sha256 === null) return null;
		files.push({
			path: source.path,
			sha256
		});
	}
	return files;
}
async function knownTables(ports, { repository, manifest, champion }) {
	const tables = new Map();
	for (const table of manifest.tables ?? []) {
		const built = champion?.lineage.data.tables?.[table.name] ?? [];
		const files = await knownAmong(ports, repository, asOwnRows(table, manifest), built);
		if (files === null) return null;
		tables.set(table.name, files);
	}
	return tables;
}
async function listed({ sources }, repository, manifest) {
	try {
		return await sources.list(repository, manifest, { workTree: false });
	} catch (error) {
		if (error instanceof SourceUnreachableError || error instanceof SourceRefusedError) return null;
		throw error;
	}
}
// ../refit/src/runs/outlook-of.ts
async function outlookOf(ports, repository, [model, history], seen) {
	const ledger = await readLedger(ports, repository, model);
	const next = await nextOf(ports, {
		repository,
		model,
		history,
		ledger,
		seen
	});
	return {
		...outlook(ledger.rows, history.champion?.treeId ?? null),
		next
	};
}
async function nextOf(ports, record) {
	const { repository, model, history, ledger, seen } = record;
	try {
		const { spec, manifest } = await readSpecs(ports, repository, model, {
			workTree: false,
			isCompared: false
		});
		const rolledBack = history.rolledBack.at(-1);
		const champion = history.champion && await judgedVersion(ports, repository, history.champion);
		const replaced = rolledBack && await judgedVersion(ports, repository, {
			...rolledBack.version,
			since: rolledBack.at
		});
		const context = {
			repository,
			manifest,
			champion
		};
		const files = await knownFiles(ports, context);
		const tables = await knownTables(ports, context);
		const inputs = digestOfInputs(ports, {
			spec,
			manifest
		}, {
			files: files ?? [],
			tables: tables ?? new Map()
		});
		const now = ports.clock.now();
		const last = lastJudged([champion, replaced ?? null], ledger.rows, now);
		const newRows = (then) => then && knownNewRows(ports, {
			repository,
			manifest,
			spec
		}, files, then.files);
		return dueNext({
			now,
			policyDigest: digestOfPolicy({
				spec,
				manifest
			}),
			minRows: spec.holdout.minRows,
			history,
			champion,
			lastRolledBack: replaced ?? null,
			ledger: ledger.rows,
			ledgerLost: isLedgerLost(ledger, history, champion?.lineage ?? null),
			policy: spec.retrain,
			primary: spec.metrics.primary,
			needsClasses: spec.task !== "regression" && spec.time !== void 0,
			settingsDigest: inputs.settings,
			shown: seen,
			data: {
				inputDigest: files && tables && inputs.input,
				newRows: {
					sinceJudged: await newRows(last),
					sinceChampion: champion && await knownNewRows(ports, {
						repository,
						manifest,
						spec
					}, files, champion.lineage.data.files)
				}
			}
		});
	} catch (error) {
		if (error instanceof RefitError) return null;
		throw error;
	}
}
async function judgedVersion(ports, repository, { number, treeId, since }) {
	const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
	return lineage && {
		number,
		treeId,
		since,
		lineage
	};
}
// ../refit/src/runs/status.ts
async function modelStatuses(ports, repository) {
	const ask = askingForge(ports, repository);
	const now = ports.clock.now();
	const statuses = [];
	const models = await listModels(ports, repository);
	await readAhead(ports, repository, models);
	for (const [model, known] of await readModelHistories(ports, repository, models)) {
		const { history, learned } = known;
		const { champion, state } = history;
		const answer = await ask(model);
		const newer = liveFormatError(repository, model, history);
		if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
		statuses.push({
			model,
			state,
			version: champion && `v${champion.number}`,
			since: champion && day$1(history.events.at(-1).commit.committedAt),
			...shown(await outlookOf(ports, repository, [model, history], await shownTo(ports, repository, answer))),
			...answered(answer),
			...learnedThen(champion === null ? void 0 : learned.get(champion.treeId), now)
		});
	}
	return statuses;
}
function learnedThen({ until, isDeclared } = {
	until: null,
	isDeclared: false
}, now) {
	const learnedUntil = until?.slice(0, 10) ?? null;
	return {
		learnedUntil,
		learnedDaysAgo: learnedUntil === null ? null : Math.floor((now - Date.parse(learnedUntil)) / DAY$1),
		declared: isDeclared
	};
}
function shown({ performance, blocked, next }) {
	return {
		performance,
		blocked: blocked && {
			runs: blocked.runs,
			since: day$1(blocked.since)
		},
		next
	};
}
function answered({ proposal, asked }) {
	return {
		proposal: proposal?.url ?? null,
		proposalState: proposal ? stateWord(proposal) : null,
		asked
	};
}
async function shownTo(ports, repository, { proposal, model }) {
	if (!proposal || proposal.declinedAt !== null) return proposal && null;
	const lineage = await readLineage(ports, repository, `${proposal.head}:${championFolder(model, repository)}/lineage.json`).catch(ofRefit);
	if (lineage === null && proposal.complete) return void 0;
	return {
		inputDigest: lineage?.inputDigest ?? null,
		complete: proposal.complete
	};
}
function ofRefit(error) {
	if (error instanceof RefitError) return null;
	throw error;
}
function askingForge({ forge, out }, repository) {
	const asked = forge.name === "local" ? null : forge.name;
	let failed = false;
	return async (model) => {
		const unknown = {
			proposal: void 0,
			model,
			asked: null
		};
		if (failed) return unknown;
		try {
			return {
				proposal: await forge.proposal(repository, proposalBranch(model)),
				model,
				asked
			};
		} catch (error) {
			if (!(error instanceof RefitError) || asked === null) throw error;
			failed = true;
			out.notice(`The forge could not be asked about proposals: ${error.message} ${error.hint}`);
			return unknown;
		}
	};
}
function stateWord({ declinedAt, heldByPerson, complete }) {
	if (declinedAt !== null) return "declined";
	if (heldByPerson) return "under-review";
	return complete ? "open" : "unfinished";
}
// ../refit/src/commands/status.ts
var status_exports = require_rolldown_runtime.__exportAll({
	asksForge: () => true,
	optionHelp: () => optionHelp$1,
	options: () => options$1,
	run: () => run$2,
	summary: () => summary$1,
	usage: () => usage$1
});
var usage$1 = "refit status [--offline] [--json]";
var summary$1 = "Show every model: which version is live, since when, what it has learned, what blocks it, what is due next, and which proposal waits.";
var options$1 = {
	offline: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$1 = {
	offline: "say what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
	json: "print the table as JSON"
};
async function run$2(ports, args, flags) {
	if (args.length > 0) throw new UsageError("status takes no arguments.", usage$1);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const statuses = await modelStatuses(ports, repository);
	if (ports.publication.unasked !== null) ports.out.notice(ports.publication.unasked);
	if (flags.json === true) {
		ports.out.print(JSON.stringify(statuses, null, 2));
		return 0;
	}
	if (statuses.length === 0) ports.out.print("There is no model on the base branch yet; create one with `refit init`.");
	const table = statuses.map((status) => [
		status.model,
		status.state,
		status.version ?? "–",
		status.since === null ? "" : `since ${status.since}`,
		learnedColumn(status),
		performanceWords(status),
		status.blocked === null ? "" : `blocked in ${counted$1(status.blocked.runs, "run")} since ${status.blocked.since}`,
		proposalWords(status)
	]);
	for (const [i, line] of columns(table).entries()) {
		ports.out.print(line);
		const { next } = statuses[i];
		for (const sentence of next === null ? [] : dueSentences(next)) ports.out.print(`  ${sentence}`);
	}
	return 0;
}
function learnedColumn({ learnedUntil, learnedDaysAgo, declared }) {
	const words = learnedWords({
		until: learnedUntil,
		isDeclared: declared
	}) ?? "";
	return learnedDaysAgo === null ? words : `${words} (${counted$1(learnedDaysAgo, "day")} ago)`;
}
function performanceWords({ performance }) {
	if (performance === null) return "";
	const { metric, before, now } = performance;
	return `${metric} ${formatNumber(now)} since (${formatNumber(before)} when judged)`;
}
function proposalWords({ proposal, proposalState }) {
	return proposal === null ? "" : `proposal ${proposalState.replace("-", " ")}: ${pullNumber(proposal)}${proposal}`;
}
function pullNumber(url) {
	const number = /\/pull\/(\d+)$/.exec(url)?.[1];
	return number === void 0 ? "" : `#${number} `;
}
// ../refit/src/commands/verify-signature.ts
var verify_signature_exports$1 = require_rolldown_runtime.__exportAll({
	optionHelp: () => optionHelp,
	options: () => options,
	run: () => run$1,
	summary: () => summary,
	usage: () => usage
});
var usage = "refit verify-signature <model>[@vN|@TREE] (--key FILE | --root FILE…) [--signature FILE] [--json]";
var summary = "Compare every file of a version with what the holder of a key has signed.";
var options = {
	key: { type: "string" },
	root: {
		type: "string",
		multiple: true
	},
	signature: { type: "string" },
	json: { type: "boolean" }
};
var optionHelp = {
	key: "the public key of whoever signed, in PEM, or a certificate with it; who issued the certificate is asked with --root only",
	root: "a certificate that is trusted, in PEM: that of the signature has to lead to it, and all have to be valid now (or at --now); may be repeated, also for those in between",
	signature: "the signature, from the current folder; left out: such as churn-v3.sig, as `refit sign` names it",
	json: "print what was verified as JSON"
};
async function run$1(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new UsageError("verify-signature needs one model, such as churn@v3.", usage);
	const { key, signature, root: roots = [] } = flags;
	if (key === void 0 && roots.length === 0) throw new UsageError("verify-signature needs a public key or a root: --key FILE or --root FILE.", usage);
	const [model, wanted] = word.split("@");
	const { verifySignature } = await Promise.resolve().then(() => verify_signature_exports);
	const verified = await verifySignature(ports, {
		model,
		wanted,
		key,
		roots,
		signature
	});
	if (flags.json === true) {
		ports.out.print(JSON.stringify(verified, null, 2));
		return 0;
	}
	const place = visibleText(node_path.default.relative(ports.workTree.here, verified.signature), 1e3);
	ports.out.print(`${model} v${verified.version} is what ${place} signs: ${verified.files} files, key ${verified.keyId}`);
	const { certificate } = verified;
	if (certificate === null) return 0;
	const [own, ...issuers] = certificate.path.map((subject) => quoteForTerminal(subject));
	const by = issuers.length === 0 ? "which is a root" : `issued by ${issuers.join(", by ")}`;
	ports.out.print(`Certificate of ${own}, ${by}; valid at ${certificate.validAt}. Whether it was revoked is not known.`);
	return 0;
}
// ../refit/src/rooms/ends/alert.ts
async function alertVerdict(ports, { repository, request }, because) {
	const { model } = request;
	const title = `refit(${model}): the new model must not be promoted`;
	const body = verdictAlert(model, because);
	return ports.forge.ensureAlert(repository, model, {
		model,
		title,
		body,
		at: ports.clock.now()
	});
}
async function closeAlert(ports, { repository, history, request }) {
	if (!request.dryRun && history.state !== "broken") await ports.forge.ensureAlert(repository, request.model, null);
}
async function settleQuietAlert(ports, { context, snapshot, decision }) {
	const { champion, ledger, repository, history } = context;
	const { model, dryRun } = context.request;
	const last = lastBlock(ledger, snapshot.digests.input, champion?.lineage.inputDigest ?? null);
	if (last.kind === "none") return closeAlert(ports, context);
	if (dryRun || history.state === "broken") return;
	const note = last.kind === "stands" ? null : outdatedAlertNote(model, last.at, decision.nextEligibleAt);
	await ports.forge.ensureAlert(repository, model, { note });
}
// ../refit/src/rooms/ends/skip.ts
async function skip(ports, decided) {
	const { context, decision } = decided;
	const { model, dryRun } = context.request;
	const heldBack = decision.heldBack;
	const now = ports.clock.now();
	const rows = [
		...context.unrecorded,
		...newDrift(decided, now),
		...endOfBlocks(decided, now)
	];
	if (!dryRun && rows.length > 0) await recordLedger(ports, context.repository, {
		rows,
		files: new Map(),
		at: now
	});
	const isWaiting = heldBack.kind === "held-by-person" && decision.reasons.length > 0;
	if (!dryRun && context.proposal?.heldByPerson === true) await tellHolder(ports, context, isWaiting);
	await settleQuietAlert(ports, decided);
	return {
		model,
		decision: heldBack.kind === "refused" ? "suppressed" : "skipped",
		reasons: decision.reasons,
		heldBack,
		nextEligibleAt: decision.nextEligibleAt,
		url: context.proposal?.url ?? null
	};
}
async function tellHolder(ports, { request: { model }, repository }, isWaiting) {
	const sentence = isWaiting ? "**Newer data wait.** This proposal is approved, or has a commit that is not refit's, so refit does not change it. Merge or close it, and the next run uses the newer data." : null;
	const branch = proposalBranch(model);
	await ports.forge.ensureRemark(repository, {
		model,
		branch,
		sentence,
		closes: false,
		at: ports.clock.now()
	});
}
function endOfBlocks({ context, snapshot }, now) {
	const last = rowsOfKind(context.ledger, "blocked").at(-1);
	if (blockedInARow(context.ledger) === null || last?.files !== void 0) return [];
	const { request, champion } = context;
	const inputs = {
		inputDigest: snapshot.digests.input,
		parent: champion?.treeId ?? null,
		holdout: null
	};
	return [{
		kind: "unblocked",
		model: request.model,
		at: new Date(now).toISOString(),
		...inputs
	}];
}
function newDrift({ context, snapshot, observation }, now) {
	const { request, champion, ledger } = context;
	const row = driftRow(observation, {
		model: request.model,
		inputDigest: snapshot.digests.input,
		parent: champion?.treeId ?? null
	}, ledger, now);
	return row === null ? [] : [row];
}
// ../refit/src/ledger/kept-report.ts
function folderOf$1({ request, champion }, inputDigest) {
	const against = champion === null ? "first" : champion.treeId.slice(0, 8);
	return `reports/${request.model}/${inputDigest.slice(0, 16)}-${against}`;
}
function reportPage(context, inputDigest) {
	return `${folderOf$1(context, inputDigest)}/report.md`;
}
function reportFiles(context, inputDigest, { report, charts }) {
	const files = new Map([
		["report.md", markdownReport(report)],
		["report.json", reportFile(report)],
		...[...charts].map(([file, { svg }]) => [file, svg])
	]);
	const folder = folderOf$1(context, inputDigest);
	return new Map([...files].map(([file, text]) => [`${folder}/${file}`, text]));
}
// ../refit/src/rooms/ends/show.ts
async function show(ports, repository, { model, head, isDraft, inputDigest, title, report, kept, autoMerge, reviewers }) {
	const branch = proposalBranch(model);
	const { url, operation } = await ports.forge.ensureProposal(repository, {
		kind: "retrain",
		model,
		branch,
		baseBranch: repository.baseBranch,
		head,
		inputDigest,
		title,
		autoMerge,
		report,
		kept,
		draft: isDraft,
		reviewers,
		check: {
			conclusion: isDraft ? "neutral" : "success",
			summary: markdownHeadline(report.headline)
		},
		at: ports.clock.now()
	});
	return {
		branch,
		url,
		operation,
		version: await ports.git.resolve(`${head}:${championFolder(model, repository)}`)
	};
}
// ../refit/src/runs/affected/import-walk.ts
function importWalk(text, side, gone) {
	const tree = pathIndex([...side.blobs.keys(), ...gone], side.index);
	const read = new Map();
	let packages = null;
	const workspace = () => packages ??= workspacePackages(text, side);
	async function codeFile(path) {
		const blob = side.blobs.get(path);
		const written = blob === void 0 ? null : await text(blob);
		if (written === null) return {
			files: [],
			packages: [],
			unknown: []
		};
		const { asked, unknown } = importsOfCode(path, written);
		const named = asked.some(({ language }) => language === "javascript") ? await workspace() : new Map();
		const targets = asked.map((name) => resolveImport(path, name, tree, named));
		return {
			files: targets.flatMap(({ files }) => files),
			packages: targets.flatMap((target) => target.package ?? []),
			unknown: [...unknown, ...aliases(written, asked, targets)]
		};
	}
	const once = (path) => {
		const known = read.get(path) ?? codeFile(path);
		read.set(path, known);
		return known;
	};
	return { async used(code) {
		const files = new Set(code);
		const names = new Set();
		const unknown = [];
		for (const path of files) {
			const found = await once(path);
			for (const each of found.files) files.add(each);
			for (const each of found.packages) names.add(each);
			for (const each of found.unknown) unknown.push({
				path,
				...each
			});
		}
		return {
			files: without(files, code),
			packages: await foldersOf$2(names, workspace),
			unknown
		};
	} };
}
function aliases(text, asked, targets) {
	return asked.flatMap((name, i) => {
		if (name.language !== "javascript" || !targets[i].isAlias) return [];
		const lines = text.split("\n");
		const at = lines.findIndex((line) => line.includes(name.specifier));
		return [{
			line: at + 1,
			text: (lines[at] ?? name.specifier).trim().slice(0, 120)
		}];
	});
}
function usedProjects({ roots, needs }, own) {
	const all = new Set([...roots].filter(([, root]) => root === own).map(([name]) => name));
	if (all.size === 0) return null;
	for (const name of all) for (const needed of needs.get(name) ?? []) all.add(needed);
	const folders = [...all].map((name) => roots.get(name));
	return new Set(folders.filter((folder) => folder !== own && folder !== "." && folder !== ""));
}
function importedAmong({ files, packages }, changed) {
	const direct = [...files].filter((path) => changed.has(path));
	const inside = [...packages].flatMap((folder) => changed.below(folder).filter((path) => isProduct(path, changed)));
	return [...new Set([...direct, ...inside])].sort();
}
async function foldersOf$2(names, workspace) {
	if (names.size === 0) return new Set();
	const packages = await workspace();
	const all = new Set(names);
	for (const name of all) for (const needed of packages.get(name)?.needs ?? []) if (packages.has(needed)) all.add(needed);
	return new Set([...all].map((name) => packages.get(name).folder).filter((folder) => folder !== ""));
}
async function workspacePackages(text, { blobs }) {
	const found = [...blobs].filter(([path]) => /(?:^|\/)package\.json$/.test(path) && !path.includes("node_modules/"));
	const packages = new Map();
	for (const [path, blob] of found) {
		const described = parsed(await text(blob) ?? "");
		if (typeof described?.["name"] !== "string") continue;
		const needs = [
			"dependencies",
			"peerDependencies",
			"optionalDependencies"
		].flatMap((key) => Object.keys(described[key] ?? {}));
		packages.set(described["name"], {
			folder: path.replace(/\/?package\.json$/, ""),
			needs
		});
	}
	return packages;
}
function parsed(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" ? value : null;
	} catch {
		return null;
	}
}
function without(all, some) {
	const left = new Set(all);
	for (const each of some) left.delete(each);
	return left;
}
// ../refit/src/runs/affected/digested-side.ts
function digestedSide(ports, written, side, lineage) {
	const { sources, tables = [] } = written.manifest;
	const content = (of, then = []) => contentOf(of, side, then);
	const files = content(sources, lineage?.data.files);
	const further = tables.map((table) => [table.name, content(table.sources, lineage?.data.tables?.[table.name])]);
	const data = {
		files,
		tables: new Map(further)
	};
	const listed = (all) => all.map((sha256) => ({ sha256 }));
	const digests = digestOfInputs(ports, written, {
		files: listed(files),
		tables: new Map(further.map(([name, each]) => [name, listed(each)]))
	});
	const all = [sources, ...tables.map((table) => table.sources)];
	const pointers = all.flatMap((of) => dataPaths(of, side.index).filter(isPointer)).map((path) => side.blobs.get(path));
	const elsewhere = all.map((of) => of.filter(({ path }) => schemeOf(path) !== ""));
	return {
		...written,
		digests,
		data,
		inputs: JSON.stringify([
			digests.input,
			pointers.sort(),
			elsewhere
		])
	};
}
function contentOf(sources, { blobs, index }, then) {
	const paths = dataPaths(sources, index);
	const known = new Map(then.flatMap(({ blob, sha256 }) => blob === null ? [] : [[blob, sha256]]));
	const here = new Set(paths);
	const isRemote = sources.some(({ path }) => schemeOf(path) !== "");
	const patterns = sources.map(({ path }) => globPattern(path));
	const isNamed = ({ path, version }) => version === void 0 ? patterns.some((pattern) => pattern.test(path)) : isRemote;
	const tracked = paths.filter((path) => !isPointer(path)).map((path) => known.get(blobs.get(path)) ?? blobs.get(path));
	const elsewhere = then.filter((file) => file.blob === null && !here.has(file.path) && isNamed(file));
	return [...tracked, ...elsewhere.map(({ sha256 }) => sha256)];
}
var isPointer = (path) => /\.dvc$/i.test(path);
// ../refit/src/runs/affected/tree-side.ts
function treeSide(commit, entries, at) {
	const blobs = new Map(entries.map(({ path, id }) => [path, id]));
	return {
		commit,
		blobs,
		index: pathIndex(blobs.keys(), at)
	};
}
function sideBefore(after, commit, changes) {
	const blobs = new Map(after.blobs);
	for (const { path, before } of changes) if (before === null) blobs.delete(path);
	else blobs.set(path, before);
	return {
		commit,
		blobs,
		index: pathIndex(blobs.keys(), after.index)
	};
}
// ../refit/src/runs/affected/written-reader.ts
function writtenReader(ports, repository) {
	const { installed } = ports.learners;
	const { schemes } = ports.sources;
	const texts = new Map();
	function text(blob) {
		const known = texts.get(blob) ?? ports.git.read([blob]).then(([bytes]) => bytes ? decodeText(bytes) : null);
		texts.set(blob, known);
		return known;
	}
	async function parsedAt({ blobs }, path, parser) {
		const blob = blobs.get(path);
		return blob === void 0 ? null : parsedObject(ports, repository, blob, parser);
	}
	async function manifestOf(side, specFile, dataset) {
		const file = manifestPath(dataset);
		const manifest = await parsedAt(side, file, manifestParser(file, schemes));
		if (manifest === null) throw new ManifestMissingError(specFile, file);
		if (manifest.views === void 0) return manifest;
		const viewTexts = {};
		for (const name of manifest.views) {
			const blob = side.blobs.get(viewFile(name));
			if (blob === void 0) throw new ViewMissingError(file, viewFile(name));
			viewTexts[name] = await text(blob) ?? "";
		}
		return {
			...manifest,
			viewTexts
		};
	}
	return {
		text,
		async model(side, model) {
			const file = specPath(model, repository);
			const spec = await parsedAt(side, file, specParser(file, installed));
			if (spec === null) throw new ModelUnknownError(model, [], repository);
			const manifest = await manifestOf(side, file, spec.data);
			return {
				spec: await withCodeDigests(ports, {
					...repository,
					baseCommit: side.commit
				}, spec, { workTree: false }),
				manifest
			};
		},
		async lineage(side, model) {
			const file = `${championFolder(model, repository)}/lineage.json`;
			return parsedAt(side, file, lineageParser(file));
		}
	};
}
// ../refit/src/runs/affected/affected.ts
var affected_exports = require_rolldown_runtime.__exportAll({ affectedModels: () => affectedModels });
async function affectedModels(ports, request) {
	const change = await changeOf(ports, request);
	const { repository, before, after, changes, changed } = change;
	const reader = writtenReader(ports, repository);
	const gone = changes.filter((each) => each.after === null).map(({ path }) => path);
	const walk = importWalk(reader.text, after, gone);
	const graph = await projectGraph(ports, change);
	async function readModel(model) {
		const written = await reader.model(after, model);
		const lineage = await reader.lineage(after, model);
		const side = digestedSide(ports, written, after, lineage);
		const used = await walk.used(modelFiles(model, written, after.index).code);
		const projects = graph === null ? null : usedProjects(graph, modelFolder(model, repository));
		const packages = new Set([...used.packages, ...projects ?? []]);
		return {
			model,
			side,
			lineage,
			used: {
				...used,
				packages
			}
		};
	}
	const earlier = ({ model, lineage }) => orFailed(async () => digestedSide(ports, await reader.model(before, model), before, lineage), () => null);
	async function affectedOf(read) {
		const { model, side } = read;
		const imported = importedAmong(read.used, changed);
		const isNew = !before.blobs.has(specPath(model, repository));
		if (!isNew && imported.length === 0 && !mayAffect(model, side, changed)) return null;
		return compareModel({
			model,
			isNew,
			before: isNew ? null : await earlier(read),
			after: side,
			imported
		}, changed);
	}
	const all = await readAll(ports, change, readModel);
	const read = all.filter((each) => "side" in each);
	const models = [...(await Promise.all(read.map(affectedOf))).filter((each) => each !== null), ...removedModels(change)].sort((a, b) => a.model < b.model ? -1 : 1);
	const retrained = new Set(models.flatMap(({ model, effect }) => effect === "retrain" ? [model] : []));
	return {
		format: 1,
		base: before.commit,
		head: after.commit,
		files: changes.length,
		libraries: graph === null ? "walk" : "nx",
		models: models.map(({ reasons, ...each }) => ({
			...each,
			reasons: [...reasons]
		})),
		outdated: read.filter(({ model }) => !retrained.has(model)).flatMap(outdatedModel),
		unseen: read.flatMap(unseenData),
		unresolved: unresolvedImports(read),
		failed: all.filter((each) => "error" in each)
	};
}
async function changeOf(ports, { base, head, usage }) {
	const located = await ports.git.locate();
	const commitOf = async (revision) => {
		const id = await ports.git.resolve(`${revision}^{commit}`);
		if (id !== null) return id;
		throw new UsageError(`${quoted(revision)} is not a commit in this clone. If the remote has it, run \`git fetch\` first.`, usage);
	};
	const [from, to] = await Promise.all([base === null ? located.baseCommit : commitOf(base), commitOf(head ?? "HEAD")]);
	const common = await ports.ancestry.mergeBase(from, to) ?? from;
	const [changes, entries] = await Promise.all([ports.changes.between(common, to), ports.git.list(to)]);
	const repository = await laidOut(ports, {
		...located,
		baseCommit: to
	});
	const after = treeSide(to, entries, repository);
	const changed = pathIndex(changes.map(({ path }) => path), repository);
	return {
		repository,
		before: sideBefore(after, common, changes),
		after,
		changes,
		changed
	};
}
async function projectGraph(ports, { repository, after }) {
	if (!after.blobs.has("nx.json")) return null;
	const without = (why) => {
		ports.out.notice(`Nx was not asked what training code uses: ${why}. Only the imports of the code were followed.`);
		return null;
	};
	if (await ports.git.resolve("HEAD^{commit}") !== after.commit) return without("the head is not checked out");
	const graph = await ports.projectGraphs.read(repository.root);
	return graph !== null && "problem" in graph ? without(graph.problem) : graph;
}
async function readAll(ports, { repository }, one) {
	const { models, misnamed } = await findModels(ports, repository);
	for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
	return Promise.all(models.map((model) => orFailed(() => one(model), (error) => ({
		model,
		error
	}))));
}
function removedModels({ repository, changes }) {
	return changes.flatMap(({ path, after }) => {
		const model = modelOfSpec(path, repository);
		if (after !== null || model === null || nameProblem$2(model) !== null) return [];
		return [{
			model,
			effect: "removed",
			reasons: [{
				kind: "removed",
				path
			}]
		}];
	});
}
function outdatedModel({ model, side, lineage }) {
	const because = outdatedSince(lineage, side.digests, side.data);
	return because.length === 0 ? [] : [{
		model,
		because: [...because]
	}];
}
function unseenData({ model, side, lineage }) {
	const local = [lineage?.data.files ?? [], ...Object.values(lineage?.data.tables ?? {})].flat().filter(({ blob, version }) => blob === null && version === void 0).map(({ path }) => path);
	const columns = fileColumnsOf(side.manifest).map(({ name }) => `files that the column ${name} names`);
	const sources = [...new Set([
		...sourcesElsewhere(side.manifest),
		...local,
		...columns
	])];
	return sources.length === 0 ? [] : [{
		model,
		sources
	}];
}
function unresolvedImports(read) {
	const places = new Map();
	for (const { model, used } of read) for (const { path, line, text } of used.unknown) {
		const key = JSON.stringify([path, line]);
		const place = places.get(key) ?? {
			path,
			line,
			text,
			models: []
		};
		place.models.push(model);
		places.set(key, place);
	}
	return [...places.values()].sort((a, b) => a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1);
}
// ../refit/src/rooms/ends/block.ts
var severities = [
	"error",
	"suspect",
	"warning"
];
async function block(ports, context, snapshot) {
	const { model, dryRun } = context.request;
	const findings = snapshot.findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
	let alert = null;
	if (!dryRun) {
		const at = ports.clock.now();
		const row = {
			kind: "blocked",
			model,
			at: new Date(at).toISOString(),
			inputDigest: snapshot.digests.input,
			parent: context.champion?.treeId ?? null,
			holdout: null
		};
		const waiting = waitingOf(context, snapshot, at);
		await appendLedger(ports, context.repository, {
			rows: [...context.unrecorded, row],
			files: new Map(),
			at
		});
		const title = `refit(${model}): the new data were refused`;
		alert = await ports.forge.ensureAlert(context.repository, model, {
			model,
			title,
			body: dataAlert(model, findings, waiting),
			at
		});
	}
	return {
		model,
		decision: "blocked",
		findings,
		because: [],
		evidence: null,
		report: null,
		kept: null,
		alert
	};
}
function waitingOf({ champion, ledger, manifest }, snapshot, now) {
	if (champion === null) return null;
	const at = new Date(now).toISOString();
	const blocked = blockedInARow(ledger.at(-1)?.kind === "blocked" && ledger.at(-1)?.inputDigest === snapshot.digests.input ? ledger : [...ledger, {
		kind: "blocked",
		at
	}]);
	if (blocked.runs < manifest.checks.escalateAfter) return null;
	const learned = learnedUntil(champion.lineage);
	const newRows = addedRows(snapshot.news);
	return {
		...blocked,
		learnedUntil: learned === null ? null : Date.parse(learned),
		newRows,
		now
	};
}
// ../refit/src/rooms/settings-since.ts
async function settingsSince(ports, { champion, history, repository, request, spec, manifest }, { digests }) {
	if (champion === null || history.champion === null || champion.lineage.declared?.by === "import") return null;
	const then = champion.lineage.digests;
	if (then.settings === digests.settings) return null;
	const silent = {
		...ports.out,
		notice: () => {}
	};
	const at = {
		...repository,
		baseCommit: history.champion.sha
	};
	try {
		const before = await readSpecs({
			...ports,
			out: silent
		}, at, request.model, { workTree: false });
		const found = digestOfInputs(ports, before);
		if (found.spec !== then.spec || found.manifest !== then.manifest) return null;
		return changedSettings(before, {
			spec,
			manifest
		});
	} catch (error) {
		if (error instanceof RefitError) return null;
		throw error;
	}
}
// ../refit/src/rooms/decide.ts
async function decide(ports, context, snapshot, observation) {
	const { history, champion, lastRolledBack, ledger, ledgerLost, proposal, heldBranch } = context;
	const now = ports.clock.now();
	const { future } = datedRows(ledger, now);
	if (future.length > 0) ports.out.notice(futureWords(future));
	const last = lastJudged([champion, lastRolledBack], ledger, now);
	const sinceJudged = last && await countNewRows(ports, context, snapshot, last.files);
	return decideRetrain(decisionFacts({
		now,
		policyDigest: digestOfPolicy(context),
		settingsChanged: await settingsSince(ports, context, snapshot),
		minRows: context.spec.holdout.minRows,
		force: context.request.force,
		history,
		champion,
		lastRolledBack,
		ledger,
		ledgerLost,
		proposal,
		heldBranch,
		snapshot,
		newRows: {
			sinceJudged: sinceJudged && sinceJudged.rows,
			sinceChampion: champion && addedRows(snapshot.news),
			assumed: sinceJudged?.assumed === true
		},
		observation
	}), context.spec.retrain);
}
function futureWords(rows) {
	const newest = rows.map(({ at }) => at).reduce((a, b) => a > b ? a : b);
	return `The ledger (\`refit-ledger\`) has ${rows.length === 1 ? "1 record" : `${rows.length} records`} dated in the future, up to ${newest}, so a clock was wrong. They do not delay a retrain.`;
}
// ../refit/src/rooms/ends/finish.ts
async function findUnfinished(ports, context, { digests }) {
	const { proposal, champion, request } = context;
	const parent = champion?.treeId ?? null;
	if (request.dryRun || proposal === null || proposal.complete) return null;
	const { lineage } = proposal;
	if (lineage?.inputDigest !== digests.input || lineage.parent !== parent) return null;
	const verdict = rowsOfKind(context.ledger, "look").findLast((row) => row.inputDigest === digests.input && row.parent === parent)?.verdict;
	const report = await keptReport(ports, context, digests.input);
	if (!mayBeProposed(verdict) || report === null) return null;
	return {
		proposal: {
			...proposal,
			lineage
		},
		verdict,
		report
	};
}
async function finishEarlierRun(ports, decided) {
	const { context, snapshot, decision } = decided;
	const unfinished = await findUnfinished(ports, context, snapshot);
	if (unfinished === null) return null;
	const { proposal, verdict, report } = unfinished;
	const { repository, champion, request } = context;
	const { model } = request;
	const branch = proposalBranch(model);
	const before = ports.publication.refs().length;
	await shareRecord(ports, context);
	await closeAlert(ports, context);
	await shareBranch(ports, repository, branch, {
		head: proposal.head,
		over: context.sharedHead
	});
	const proposed = await show(ports, repository, {
		model,
		head: proposal.head,
		isDraft: verdict === "inconclusive",
		inputDigest: snapshot.digests.input,
		report: report.report,
		kept: report.kept,
		reviewers: context.spec.reviewers,
		title: proposalTitle(model, champion === null ? "first-model" : "refresh", learnedUntil(proposal.lineage)),
		autoMerge: false
	});
	if (proposed.operation === "unchanged" && ports.publication.refs().length === before) return skip(ports, {
		...decided,
		decision: {
			...decision,
			retrain: false,
			heldBack: { kind: "proposal-open" }
		}
	});
	return {
		model,
		decision: verdict === "promote" ? "proposed" : verdict,
		reasons: decision.reasons,
		because: [],
		evidence: null,
		...proposed,
		...report
	};
}
async function shareRecord(ports, { repository, ledgerUnpushed, unrecorded }) {
	if (!ledgerUnpushed && unrecorded.length === 0) return;
	await appendLedger(ports, repository, {
		rows: unrecorded,
		files: new Map(),
		at: ports.clock.now()
	});
}
async function keptReport(ports, context, inputDigest) {
	if (context.ledgerCommit === null) return null;
	const kept = {
		commit: context.ledgerCommit,
		path: reportPage(context, inputDigest)
	};
	const { readKeptReport } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.read_kept_report_exports);
	const report = await readKeptReport(ports.git, kept);
	return report && {
		kept,
		report
	};
}
// ../refit/src/rooms/ends/too-late.ts
async function endTooLate(ports, decided) {
	const heldBack = whyNotTaken(decided);
	if (heldBack === null) return null;
	return skip(ports, {
		...decided,
		decision: {
			...decided.decision,
			retrain: false,
			heldBack
		}
	});
}
function whyNotTaken({ context, snapshot }) {
	const { request, champion } = context;
	const { model, candidates } = request;
	if (candidates === void 0) return null;
	const due = {
		inputDigest: snapshot.digests.input,
		parent: champion?.treeId ?? null
	};
	if (candidates.kind === "chosen") return checkHandOver(candidates.of(model), due);
	const folders = candidates.of(model);
	if (folders.length === 0 && candidates.refused.length > 0) throw new CandidatesMissingError(model, candidates.refused);
	return checkFolders(folders, due);
}
// ../refit/src/runs/run.ts
async function run(ports, repository, request) {
	const context = await read$1(ports, repository, request);
	const snapshot = await takeSnapshot(ports, context);
	const { take: inTurn } = ports.turns;
	if (snapshot.blocked) return inTurn(() => block(ports, context, snapshot));
	const observation = await observe(ports, context, snapshot);
	const uncounted = snapshot.findings.filter(({ code }) => code === "rows-uncounted");
	for (const { message } of [...uncounted, ...observation.findings]) ports.out.notice(message);
	const decision = await decide(ports, context, snapshot, observation);
	const decided = {
		context,
		snapshot,
		observation,
		decision
	};
	if (!decision.retrain) return inTurn(() => skip(ports, decided));
	const finished = await inTurn(() => finishEarlierRun(ports, decided));
	if (finished !== null) return finished;
	if (!request.dryRun) await stopAtObstacles(ports, context);
	const { withPrepared, endTooEarly, train, evaluate, gate, buildVersion, propose } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	return withPrepared(ports, context, snapshot, {
		broken: (findings) => inTurn(() => block(ports, context, {
			...snapshot,
			findings: [...snapshot.findings, ...findings]
		})),
		async prepared(prepared) {
			const ended = await inTurn(async () => await endTooEarly(ports, decided, prepared) ?? await endTooLate(ports, decided));
			if (ended !== null) return ended;
			const training = await train(ports, context, prepared, snapshot.digests.input);
			const evaluation = await evaluate(ports, decided, prepared, training);
			const verdict = gate(context, evaluation);
			const judged = {
				...decided,
				prepared,
				training,
				evaluation,
				verdict
			};
			const version = mayBeProposed(verdict.kind) ? await buildVersion(ports, judged) : null;
			return propose(ports, judged, version);
		}
	});
}
// ../refit/src/versions/read-whole.ts
async function readWhole(ports, repository, model, wanted) {
	const { history, hashed } = await readModelHistory(ports, repository, model);
	const folder = championFolder(model, repository);
	const { number, treeId, newerFormat } = findVersion(model, history, wanted);
	if (newerFormat !== null) throw new FormatNewerError(`${folder}/lineage.json (v${number})`, newerFormat, 1);
	const earlier = hashed.get(treeId);
	const broken = earlier === void 0 ? await checkWhole(ports, repository, treeId, await ports.git.list(treeId)) : earlier;
	if (broken !== null) throw new VersionBrokenError(model, number, broken);
	return {
		folder,
		number,
		treeId,
		files: await readFiles(ports, repository, { treeId })
	};
}
async function refuseInsideVersion({ workTree }, repository, target, what) {
	const { root } = repository;
	const [realRoot, realTarget] = [await workTree.realPlace(root), await workTree.realPlace(target)];
	for (const place of [node_path.default.relative(root, target), node_path.default.relative(realRoot, realTarget)]) {
		const inside = place.split(node_path.default.sep).join("/");
		if (modelOfOutput(`${inside}/`, repository) === null) continue;
		throw new UsageError(`${inside} belongs to a version. Choose another place with --output.`, what);
	}
}
// ../refit/src/runs/open-hand-over.ts
var open_hand_over_exports = require_rolldown_runtime.__exportAll({ openHandOver: () => openHandOver });
async function openHandOver({ files }, root, { folder, digest }) {
	const place = node_path.default.resolve(root, folder);
	if (digest === null) {
		const { openTrained } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.open_trained_exports);
		return openTrained(files, place);
	}
	const { openCandidates } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.open_candidates_exports);
	return openCandidates(files, place, digest);
}
// ../refit/src/runs/opened-for-run.ts
async function openedForRun(ports, dryRun, wants) {
	const repository = await fetched(ports, dryRun, wants);
	return dryRun ? laidOutOnDisk(ports, repository) : repository;
}
// ../refit/src/runs/run-here.ts
async function runsHere(ports, start, { force, dryRun, handedOver }) {
	const candidates = handedOver === null ? void 0 : await openHandOver(ports, start.root, handedOver);
	let repository = start;
	let kept = keepTables(ports, start.commonDir);
	const runOne = (model) => despiteRaces(async (isRepeated) => {
		if (isRepeated) repository = await openedForRun(ports, dryRun);
		return run({
			...ports,
			tables: kept.tables
		}, repository, {
			model,
			force,
			dryRun,
			candidates
		});
	});
	return {
		async run(model, isOnly) {
			if (isOnly) return runOne(model);
			const result = await ports.naming.about(model, () => orFailed(() => runOne(model), failedResult(model)));
			if (result.decision !== "failed") return result;
			await kept.close();
			kept = keepTables(ports, start.commonDir);
			return result;
		},
		close: () => kept.close()
	};
}
var failedResult = (model) => (error) => ({
	model,
	decision: "failed",
	error
});
// ../refit/src/runs/run-as-worker.ts
var run_as_worker_exports = require_rolldown_runtime.__exportAll({ runAsWorker: () => runAsWorker });
async function runAsWorker(ports, request) {
	const { foreman, publication } = ports;
	let runs = null;
	try {
		for (let task = await foreman.next(); task !== null; task = await foreman.next()) {
			runs ??= await runsHere(ports, task.repository, request);
			const outcome = await runs.run(task.model, false);
			foreman.answer({
				outcome,
				refs: publication.refs()
			});
		}
	} catch (thrown) {
		const error = systemRefusal(thrown) ?? thrown;
		if (error instanceof RefitError) return foreman.giveUp(failedModel(error), null);
		const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
		foreman.giveUp({
			code: "bug",
			message: redact(message),
			hint: ""
		}, redact(stack));
	} finally {
		await runs?.close();
	}
}
// ../refit/src/runs/run-beside.ts
async function runInLanes(ports, repository, models, { lanes, onResult }) {
	const waiting = await withDatasets(ports, repository, models);
	const open = lanes.map(() => null);
	let isStopped = false;
	async function runLane(lane, own) {
		try {
			for (;;) {
				const others = new Set(open.filter((dataset, i) => dataset !== null && i !== own));
				const at = isStopped ? null : nextModel(waiting, open[own], others);
				if (at === null) return;
				const [{ model, dataset }] = waiting.splice(at, 1);
				open[own] = dataset;
				onResult(await lane.run(model));
			}
		} catch (error) {
			isStopped = true;
			throw error;
		} finally {
			open[own] = null;
			await lane.close();
		}
	}
	const failed = (await Promise.allSettled(lanes.map(runLane))).find(({ status }) => status === "rejected");
	if (failed !== void 0) throw failed.reason;
}
async function withDatasets({ git }, repository, models) {
	const specs = models.map((model) => `${repository.baseCommit}:${specPath(model, repository)}`);
	const texts = models.length < 2 ? [] : await git.read(specs);
	return models.map((model, i) => {
		const text = decodeText(texts[i] ?? new Uint8Array());
		const [, dataset] = /^\s*"?data"?:\s*["']?([a-z0-9/-]+)/m.exec(text) ?? [];
		return {
			model,
			dataset: dataset ?? `of ${model}`
		};
	});
}
function workerLane(ports, repository, beside) {
	let worker = null;
	return {
		async run(model) {
			worker ??= ports.workers.start(beside, ports.out);
			const { run } = worker;
			try {
				const { outcome, refs } = await ports.naming.about(model, () => run({
					model,
					repository
				}));
				ports.publication.include(refs);
				return outcome;
			} catch (error) {
				worker = null;
				if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
				return failedResult(model)(failedModel(error));
			}
		},
		close: async () => worker?.end()
	};
}
// ../refit/src/runs/watched-paths.ts
async function watchedPaths(ports, repository, models) {
	const paths = new Set([".gitignore", ".gitattributes"].map((file) => node_path.default.join(repository.root, file)));
	for (const model of models) {
		const { spec, manifest } = await readSpecs(ports, repository, model, {
			workTree: false,
			isCompared: false
		});
		if (manifest.checks.maxAgeDays !== void 0) return null;
		const views = (manifest.views ?? []).map(viewFile);
		const code = spec.candidates.flatMap(codeOf);
		const written = [
			specPath(model, repository),
			manifestPath(spec.data),
			...views,
			...code
		];
		for (const file of written) paths.add(node_path.default.join(repository.root, file));
		for (const each of [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))]) {
			const files = await ports.sources.watched(repository, each);
			if (files === null) return null;
			for (const file of files) paths.add(file);
		}
	}
	return [...paths];
}
// ../refit/src/runs/run-models.ts
var run_models_exports = require_rolldown_runtime.__exportAll({ runModels: () => runModels });
async function runModels(ports, names, request, onOutcome) {
	const { force, dryRun } = request;
	const { out, noticed } = listening(ports.out);
	const heard = {
		...ports,
		out
	};
	const repository = await openedForRun(heard, dryRun, { tags: false });
	for (const notice of repository.notices) out.notice(notice);
	if (!dryRun) await joinLedgers(ports, repository, ports.clock.now());
	const models = names.length > 0 ? [...new Set(names)] : await listModels(heard, repository);
	if (models.length === 0) out.notice(`There is no model on ${repository.baseBranch} yet: create one with \`refit init\` and commit it there.`);
	await readAhead(heard, repository, models.filter(isName$1));
	const results = new Map();
	const onResult = (result) => {
		results.set(result.model, result);
		onOutcome(result);
	};
	await runInLanes(heard, repository, models, {
		lanes: await lanesFor(heard, repository, models, request),
		onResult
	});
	if (!dryRun) await shareLedger(ports, repository, ports.clock.now());
	const outcomes = models.map((model) => results.get(model));
	if (force === null && !dryRun && !noticed()) await rememberQuiet(ports, repository, models, {
		models: names,
		outcomes
	});
	return outcomes;
}
async function lanesFor(ports, repository, models, request) {
	const count = Math.min(request.parallel, models.length);
	if (count > 1) return Array.from({ length: count }, () => workerLane(ports, repository, count));
	const { run, close } = await runsHere(ports, repository, request);
	return [{
		run: (model) => run(model, models.length === 1),
		close
	}];
}
function listening(out) {
	let heard = false;
	const notice = (sentence) => {
		heard = true;
		out.notice(sentence);
	};
	return {
		out: {
			...out,
			notice
		},
		noticed: () => heard
	};
}
async function rememberQuiet(ports, repository, models, ran) {
	if (!ran.outcomes.every((each) => each.decision === "skipped" && each.heldBack.kind === "unchanged")) return;
	const watched = await watchedPaths(ports, repository, models);
	if (watched !== null) await ports.quiet.remember(repository, ran, watched);
}
// ../refit/src/runs/show/name-uuid.ts
function nameUuid(namespace, name) {
	const space = Buffer.from(namespace.replaceAll("-", ""), "hex");
	const bytes = (0, node_crypto.createHash)("sha1").update(space).update(name).digest().subarray(0, 16);
	bytes[6] = bytes[6] & 15 | 80;
	bytes[8] = bytes[8] & 63 | 128;
	return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
// ../refit/src/runs/show/bill-of-materials.ts
var bill_of_materials_exports = require_rolldown_runtime.__exportAll({ billOfMaterials: () => billOfMaterials });
function billOfMaterials(version) {
	const { folder, lineage, features, treeId, number, files } = version;
	const data = dataOf(lineage);
	const learner = component("learner", "library", lineage.learner.name, {
		version: String(lineage.learner.algorithmVersion),
		description: "The learner; its version is that of its algorithm.",
		properties: properties({ "refit:settings": canonicalJson(lineage.learner.settings) })
	});
	const own = [...files].map(([file, bytes]) => fileComponent(file, sha256(bytes), { bytes: bytes.byteLength }));
	const bom = {
		$schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
		bomFormat: "CycloneDX",
		specVersion: "1.7",
		serialNumber: `urn:uuid:${nameUuid(NAMESPACE, treeId)}`,
		version: 1,
		metadata: {
			tools: { components: [{
				type: "application",
				name: "refit",
				version: version$1
			}] },
			component: component("model", "machine-learning-model", lineage.model, {
				version: `v${number}`,
				description: `Predicts ${features.target.name}. Its files are in ${folder}.`,
				...treeId.length === 40 && { swhid: [`swh:1:dir:${treeId}`] },
				externalReferences: [{
					type: "documentation",
					url: docsPage("use-a-model.md")
				}],
				components: own,
				modelCard: modelCardOf(version, data),
				properties: properties({
					"refit:tree": treeId,
					"refit:parent": lineage.parent,
					"refit:inputs": lineage.inputDigest,
					"refit:data manifest": lineage.digests.manifest,
					"refit:settings": lineage.digests.settings,
					"refit:code": lineage.digests.code,
					"refit:seed": String(lineage.seed),
					"refit:owner": lineage.card?.owner ?? null
				})
			})
		},
		components: [learner, ...data],
		dependencies: [{
			ref: "model",
			dependsOn: ["learner", ...data.map((each) => each["bom-ref"])]
		}]
	};
	return canonicalJson(JSON.parse(JSON.stringify(bom)), 2);
}
var NAMESPACE = "6f1b1c7e-3c0a-5a52-9f0e-2b8f7d0c9a41";
function component(ref, type, name, more) {
	return {
		"bom-ref": ref,
		type,
		name,
		...more
	};
}
function fileComponent(file, digest, facts) {
	return {
		type: "file",
		name: file,
		hashes: [{
			alg: "SHA-256",
			content: digest
		}],
		properties: properties(Object.fromEntries(Object.entries(facts).map(([name, value]) => [`refit:${name}`, asText(value)])))
	};
}
function dataOf({ data: { dataset, files, tables = {} } }) {
	const one = (ref, name, listed) => component(ref, "data", name, {
		data: [{
			type: "dataset",
			name
		}],
		components: listed.map(({ path, sha256: digest, bytes, rows, blob, version, named }) => fileComponent(path, named?.own ?? digest, {
			bytes,
			rows,
			blob,
			version,
			named
		}))
	});
	return [one("data", dataset, files), ...Object.entries(tables).map(([name, listed]) => one(`data/${name}`, name, listed))];
}
function modelCardOf({ lineage, features, files }, data) {
	const { target, inputs } = features;
	const { use, limits } = lineage.card ?? {};
	return {
		modelParameters: {
			approach: { type: "supervised" },
			task: target.task,
			architectureFamily: lineage.learner.name,
			datasets: data.map((each) => ({ ref: each["bom-ref"] })),
			inputs: inputs.map(({ name, type }) => ({ format: `${name}: ${type}` })),
			outputs: (target.classes ?? []).map((each) => ({ format: `probability of ${target.name} = ${String(each)}` }))
		},
		quantitativeAnalysis: { performanceMetrics: metricsOf(files) },
		...(use ?? limits) !== void 0 && { considerations: {
			...use !== void 0 && { useCases: [use] },
			...limits !== void 0 && { technicalLimitations: [limits] }
		} },
		properties: properties({
			"refit:holdout rows": String(lineage.holdout.rows),
			"refit:holdout from": lineage.holdout.from,
			"refit:holdout to": lineage.holdout.to,
			"refit:holdout digest": lineage.holdout.digest,
			"refit:trained until": lineage.trainedUntil ?? null,
			"refit:trained rows": lineage.trainedRows === void 0 ? null : String(lineage.trainedRows),
			"refit:declared": lineage.declared === void 0 ? null : canonicalJson(lineage.declared)
		})
	};
}
function metricsOf(files) {
	const bytes = files.get("metrics.json");
	const { holdout = {}, slices = {} } = bytes === void 0 ? {} : JSON.parse(decodeText(bytes));
	const rows = (values, more) => Object.entries(values).map(([type, value]) => ({
		type,
		value: String(value),
		...more
	}));
	return [...rows(holdout, {}), ...Object.entries(slices).flatMap(([slice, values]) => rows(values, { slice }))];
}
function properties(values) {
	return Object.entries(values).flatMap(([name, value]) => value === null ? [] : [{
		name,
		value
	}]);
}
function asText(value) {
	if (value === void 0 || value === null) return null;
	return typeof value === "object" ? canonicalJson(value) : String(value);
}
// ../refit/src/runs/show/evaluation-predicate.ts
var evaluation_predicate_exports = require_rolldown_runtime.__exportAll({ evaluationPredicate: () => evaluationPredicate });
function evaluationPredicate({ lineage, treeId, number, files }) {
	const { model, parent, anchor, holdout, inputDigest, digests, learner } = lineage;
	const evaluation = files.get("evaluation.json");
	const metrics = files.get("metrics.json");
	const predicate = {
		model,
		version: `v${number}`,
		treeId,
		parent,
		anchor,
		inputDigest,
		digests,
		learner: {
			name: learner.name,
			algorithmVersion: learner.algorithmVersion
		},
		holdout,
		metrics: read(metrics),
		evaluation: read(evaluation)
	};
	return canonicalJson(JSON.parse(JSON.stringify(predicate)), 2);
}
var read = (bytes) => bytes === void 0 ? null : JSON.parse(decodeText(bytes));
// ../refit/src/runs/show/show-version.ts
var show_version_exports = require_rolldown_runtime.__exportAll({ showVersion: () => showVersion });
async function showVersion(ports, model, wanted) {
	const repository = await ports.git.locate();
	const { history, metrics } = await readModelHistory(ports, repository, model);
	const version = findVersion(model, history, wanted);
	const { number, treeId, sha, committedAt, author, subject, broken, parent, inputDigest, newerFormat } = version;
	const lineage = await readLineage(ports, repository, `${treeId}:lineage.json`);
	const found = {
		repository,
		model,
		version,
		lineage,
		pages: await ports.pages.find()
	};
	const live = history.champion?.treeId === treeId;
	const { onnxLearners } = await Promise.resolve().then(() => require("./learners.cjs")).then((n) => n.onnx_exports);
	const answersAnywhere = onnxLearners.some((each) => each === lineage?.learner.name);
	return {
		format: 1,
		schema: "shown-version",
		model,
		live,
		version: {
			number,
			treeId,
			sha,
			committedAt,
			author,
			subject,
			broken,
			parent,
			inputDigest,
			newerFormat
		},
		places: await placesOf$2(ports, found),
		files: await filesOf$1(ports, found),
		use: lineage === null || broken !== null ? [] : waysToUse({
			folder: championFolder(model, repository),
			lineage,
			version: `v${number}`,
			commit: sha,
			live,
			answersAnywhere
		}),
		metrics: { ...metrics.get(treeId) },
		lineage
	};
}
async function placesOf$2(ports, found) {
	const { repository, model, version, pages } = found;
	const { sha, treeId, subject, number } = version;
	const folder = championFolder(model, repository);
	const tag = `${flatName(model)}@v${number}`;
	const tagged = await ports.git.resolve(`refs/tags/${tag}^{commit}`) !== null;
	const publish = await orFailed(async () => (await readPolicy(ports, repository, model)).publish, () => []);
	const isReleased = tagged && publish.includes("release");
	return {
		repository: pages?.home ?? null,
		folder,
		commit: {
			id: sha,
			url: pages?.commit(sha) ?? null
		},
		tree: {
			id: treeId,
			url: pages?.tree(sha, folder) ?? null
		},
		tag: {
			name: tag,
			exists: tagged,
			url: tagged ? pages?.tree(tag, folder) ?? null : null
		},
		pullRequest: pages?.pullRequest(subject) ?? null,
		release: isReleased ? pages?.release(tag) ?? null : null,
		report: await reportOf(ports, found)
	};
}
async function reportOf({ git }, { repository: { remote }, model, lineage, pages }) {
	if (lineage === null) return null;
	const champion = lineage.parent === null ? null : { treeId: lineage.parent };
	const page = reportPage({
		request: { model },
		champion
	}, lineage.inputDigest);
	const refs = [...remote === null ? [] : [`refs/remotes/${remote}/${ledgerBranch}`], ledgerRef];
	for (const ref of refs) {
		const commit = await git.resolve(`${ref}^{commit}`);
		if (commit === null || await git.resolve(`${commit}:${page}`) === null) continue;
		return {
			commit,
			path: page,
			read: `git show ${commit}:${page}`,
			url: pages?.tree(commit, page) ?? null
		};
	}
	return null;
}
async function filesOf$1(ports, found) {
	const { repository, model, version, lineage, pages } = found;
	const folder = championFolder(model, repository);
	const entries = await ports.git.list(version.treeId);
	const large = await ports.largeFiles.tracked(repository, entries.map((entry) => node_path.default.posix.join(folder, entry.path)));
	const [own] = await ports.git.read([`${version.treeId}:lineage.json`]);
	return entries.map((entry) => {
		const place = `${folder}/${entry.path}`;
		const listed = entry.path === "lineage.json" && own ? {
			sha256: sha256(own),
			bytes: own.byteLength
		} : Object.entries(lineage?.files ?? {}).find(([file]) => file === entry.path)?.[1] ?? null;
		const lfs = large.has(place);
		return {
			path: entry.path,
			sha256: listed?.sha256 ?? null,
			bytes: listed?.bytes ?? null,
			blob: entry.id,
			lfs,
			object: `${version.sha}:${place}`,
			read: `git cat-file blob ${entry.id}${lfs ? " | git lfs smudge" : ""}`,
			url: pages?.content(version.sha, place) ?? null
		};
	});
}
// ../refit/src/runs/sign/key-files.ts
function privateKeyOf(file, text, passphrase) {
	const labels = labelsOf(file, text);
	if (!labels.some((label) => label.endsWith("PRIVATE KEY"))) throw new KeyInvalidError(file, "public");
	const isEncrypted = labels.includes("ENCRYPTED PRIVATE KEY") || /^Proc-Type: 4,ENCRYPTED/m.test(text);
	if (isEncrypted && passphrase === null) throw new KeyInvalidError(file, "encrypted");
	const open = () => (0, node_crypto.createPrivateKey)({
		key: text,
		format: "pem",
		...passphrase !== null && { passphrase }
	});
	return ofP256(file, opened(file, open, isEncrypted ? "passphrase" : "damaged"));
}
function publicKeyOf(file, text) {
	if (labelsOf(file, text).some((label) => label.endsWith("PRIVATE KEY"))) throw new KeyInvalidError(file, "private");
	return ofP256(file, opened(file, () => (0, node_crypto.createPublicKey)(text), "damaged"));
}
function publicKeyIn(file, certificate) {
	return ofP256(file, opened(file, () => certificate.publicKey, "damaged"));
}
function certificatesOf(file, text) {
	const blocks = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g);
	if (blocks === null) throw new KeyInvalidError(file, "no-certificate");
	return blocks.map((block) => opened(file, () => new node_crypto.X509Certificate(block), "damaged"));
}
function keyIdOf(publicKey) {
	return (0, node_crypto.createHash)("sha256").update(publicKey.export({
		type: "spki",
		format: "pem"
	})).digest("hex");
}
function labelsOf(file, text) {
	const labels = [...text.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----/gm)].map(([, label]) => label);
	if (labels.length === 0) throw new KeyInvalidError(file, "not-pem");
	return labels;
}
function opened(file, open, problem) {
	try {
		return open();
	} catch {
		throw new KeyInvalidError(file, problem);
	}
}
function ofP256(file, key) {
	const found = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
	if (key.asymmetricKeyType !== "ec" || found !== "prime256v1") throw new KeyInvalidError(file, "kind", found);
	return key;
}
// ../refit/src/runs/sign/model-statement.ts
var STATEMENT = "https://in-toto.io/Statement/v1";
var PREDICATE = "https://model_signing/signature/v1.0";
function digestsOf(files) {
	return new Map([...files].map(([file, bytes]) => [file, sha256(bytes)]));
}
function digestOfAll(digests) {
	return sha256(Buffer.from(digests.join(""), "hex"));
}
var inFolders = (path) => path.replaceAll("/", "\0");
function statementText({ subject, files }) {
	const resources = [...files].toSorted(([one], [other]) => inFolders(one) < inFolders(other) ? -1 : 1).map(([name, digest]) => ({
		name,
		algorithm: "sha256",
		digest
	}));
	return JSON.stringify({
		_type: STATEMENT,
		subject: [{
			name: subject,
			digest: { sha256: digestOfAll(resources.map(({ digest }) => digest)) }
		}],
		predicateType: PREDICATE,
		predicate: {
			serialization: {
				method: "files",
				hash_type: "sha256",
				allow_symlinks: false
			},
			resources
		}
	});
}
function readModelStatement(file, value) {
	requireFit("its statement", value, statementCheck);
	const { subject, predicate } = value;
	const [{ name, digest }] = subject;
	const { resources } = predicate;
	const files = new Map(resources.map((resource) => [resource.name, resource.digest]));
	if (files.size < resources.length || digest.sha256 !== digestOfAll(resources.map((resource) => resource.digest))) throw new SignatureInvalidError(file, "damaged", "contradicts itself: its digest is not that of its files");
	return {
		subject: name,
		files
	};
}
var statementCheck = fields({
	_type: wordOf(STATEMENT),
	predicateType: wordOf(PREDICATE),
	subject: list(fields({
		digest: fields({ sha256: text }),
		name: text
	}), 1),
	predicate: fields({
		serialization: fields({ method: wordOf("files") }),
		resources: list(fields({
			algorithm: wordOf("sha256"),
			digest: fits("64 hex digits", (digest) => typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest)),
			name: text
		}))
	})
});
function differencesOf(signed, found) {
	const [names, signedNames] = [[...found.keys()], [...signed.keys()]];
	const changed = names.filter((name) => signed.has(name) && signed.get(name) !== found.get(name));
	const added = names.filter((name) => !signed.has(name));
	const missing = signedNames.filter((name) => !found.has(name));
	return changed.length + added.length + missing.length === 0 ? null : {
		changed,
		added,
		missing
	};
}
// ../refit/src/runs/sign/envelope.ts
var BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
var PAYLOAD = "application/vnd.in-toto+json";
function seal(statement, privateKey, certificates = []) {
	const payload = Buffer.from(statementText(statement));
	const bundle = {
		mediaType: BUNDLE,
		verificationMaterial: {
			...identityOf(privateKey, certificates),
			tlogEntries: []
		},
		dsseEnvelope: {
			payload: payload.toString("base64"),
			payloadType: PAYLOAD,
			signatures: [{
				sig: (0, node_crypto.sign)("sha256", signedBytes(payload), privateKey).toString("base64"),
				keyid: ""
			}]
		}
	};
	return `${JSON.stringify(bundle)}\n`;
}
function identityOf(privateKey, certificates) {
	if (certificates.length === 0) return { publicKey: { hint: keyIdOf((0, node_crypto.createPublicKey)(privateKey)) } };
	return { x509CertificateChain: { certificates: certificates.map(({ raw }) => ({ rawBytes: raw.toString("base64") })) } };
}
function unseal(file, bytes, publicKey) {
	return unlessDamaged(file, () => {
		const { payload, signature, keyId } = envelopeOf(bytes);
		if (keyId !== null && keyId !== keyIdOf(publicKey)) throw new SignatureInvalidError(file, "other-key", "was made with another key");
		if (!(0, node_crypto.verify)("sha256", signedBytes(payload), publicKey, signature)) throw new SignatureInvalidError(file, "not-authentic", "was not made with this key for what it says, or was changed afterwards");
		return readModelStatement(file, JSON.parse(decodeText(payload)));
	});
}
function unlessDamaged(file, read) {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof ArtifactInvalidError || error instanceof SyntaxError)) throw error;
		throw new SignatureInvalidError(file, "damaged", `is not a signature of a model: ${error instanceof SyntaxError ? "is not JSON" : error.message.replace(/\.$/, "")}`, { cause: error });
	}
}
function certificatesIn(file, bytes) {
	return unlessDamaged(file, () => {
		const value = JSON.parse(decodeText(bytes));
		requireFit(CONTENT, value, fields({ verificationMaterial: optional(materialCheck) }));
		return chainOf(value.verificationMaterial);
	});
}
function chainOf(material) {
	return (material?.x509CertificateChain?.certificates ?? []).map(({ rawBytes }) => Buffer.from(rawBytes, "base64"));
}
function keyIdIn(material) {
	const [first] = chainOf(material);
	if (first === void 0) return material?.publicKey?.hint ?? null;
	try {
		return keyIdOf(new node_crypto.X509Certificate(first).publicKey);
	} catch {
		throw new ArtifactInvalidError(CONTENT, "verificationMaterial.x509CertificateChain", "certificates in DER");
	}
}
function envelopeOf(bytes) {
	const value = JSON.parse(decodeText(bytes));
	requireFit(CONTENT, value, bundleCheck);
	const { dsseEnvelope, verificationMaterial } = value;
	const [{ sig }] = dsseEnvelope.signatures;
	return {
		payload: Buffer.from(dsseEnvelope.payload, "base64"),
		signature: Buffer.from(sig, "base64"),
		keyId: keyIdIn(verificationMaterial)
	};
}
var CONTENT = "its content";
var optional = (check) => (value) => value === void 0 ? void 0 : check(value, 0);
var hint = (value) => value === void 0 || value === null ? void 0 : text(value, 0);
var materialCheck = fields({
	publicKey: optional(fields({ hint })),
	x509CertificateChain: optional(fields({ certificates: list(fields({ rawBytes: text })) }))
});
var bundleCheck = fields({
	mediaType: wordOf(BUNDLE),
	dsseEnvelope: fields({
		payloadType: wordOf(PAYLOAD),
		signatures: list(fields({ sig: text }), 1),
		payload: text
	}),
	verificationMaterial: materialCheck
});
function signedBytes(payload) {
	return Buffer.concat([Buffer.from(`DSSEv1 28 ${PAYLOAD} ${payload.byteLength} `), payload]);
}
// ../refit/src/runs/sign/sign-version.ts
var sign_version_exports = require_rolldown_runtime.__exportAll({ signVersion: () => signVersion });
var signatureFile = (model, number) => `${flatName(model)}-v${number}.sig`;
async function signVersion(ports, request) {
	const { model, wanted, key, output, passphraseVariable, dryRun } = request;
	const { here } = ports.workTree;
	const passphrase = passphraseOf(ports, key, passphraseVariable);
	const privateKey = privateKeyOf(key, await readKeyFile(ports, key), passphrase);
	const publicKey = (0, node_crypto.createPublicKey)(privateKey);
	const certificates = await certificatesFor(ports, publicKey, request);
	const repository = await ports.git.locate();
	const version = await readWhole(ports, repository, model, wanted);
	const statement = {
		subject: `${model}@${version.treeId}`,
		files: digestsOf(version.files)
	};
	const signature = node_path.default.resolve(here, output ?? signatureFile(model, version.number));
	await refuseInsideVersion(ports, repository, signature, "--output FILE");
	const before = await ports.files.read(signature);
	const isSigned = before !== null && saysTheSame(before, {
		publicKey,
		certificates
	}, statement);
	if (before !== null && !isSigned) throw new FilesInTheWayError([{
		path: node_path.default.relative(here, signature),
		problem: "exists, and is not a signature of this version by this key",
		replaceable: false
	}]);
	if (before === null && !dryRun) await place(ports, repository, signature, seal(statement, privateKey, certificates));
	const { number, treeId } = version;
	const files = Object.fromEntries(statement.files);
	const outcome = isSigned ? "unchanged" : "written";
	return {
		model,
		version: number,
		treeId,
		signature,
		keyId: keyIdOf(publicKey),
		outcome,
		files
	};
}
async function readKeyFile(ports, file) {
	const bytes = await ports.files.read(node_path.default.resolve(ports.workTree.here, file));
	if (bytes === null) throw new KeyInvalidError(file, "missing");
	return decodeText(bytes);
}
function passphraseOf({ variables }, key, variable) {
	if (variable === void 0) return null;
	const value = variables.valueOf(variable);
	if (value === null) throw new KeyInvalidError(key, "variable");
	return value;
}
async function certificatesFor(ports, publicKey, { certificate, chain }) {
	if (certificate === void 0) return [];
	const [own, ...more] = certificatesOf(certificate, await readKeyFile(ports, certificate));
	if (!own.publicKey.equals(publicKey)) throw new KeyInvalidError(certificate, "other-certificate");
	const issuers = [];
	for (const file of chain) issuers.push(...certificatesOf(file, await readKeyFile(ports, file)));
	return [
		own,
		...more,
		...issuers
	];
}
function saysTheSame(bytes, { publicKey, certificates }, { files }) {
	try {
		if (differencesOf(unseal("", bytes, publicKey).files, files) !== null) return false;
		const found = certificatesIn("", bytes);
		return found.length === certificates.length && certificates.every(({ raw }, i) => raw.equals(found[i]));
	} catch (error) {
		if (error instanceof SignatureInvalidError) return false;
		throw error;
	}
}
async function place(ports, { root, commonDir }, target, text) {
	const folder = target.startsWith(root + node_path.default.sep) ? root : node_path.default.dirname(target);
	const file = node_path.default.relative(folder, target).split(node_path.default.sep).join("/");
	const scratch = await ports.scratch.open(commonDir);
	try {
		await ports.workTree.write(folder, [{
			path: file,
			bytes: encodeText(text),
			replaces: null
		}], scratch.path);
	} finally {
		await scratch.remove();
	}
}
// ../refit/src/runs/sign/certificate-extensions.ts
var [KEY_USAGE, BASIC_CONSTRAINTS] = ["2.5.29.15", "2.5.29.19"];
var harmless = [
	"2.5.29.14",
	"2.5.29.17",
	"2.5.29.32",
	"2.5.29.35",
	"2.5.29.37"
];
var NAME_CONSTRAINTS = "2.5.29.30";
var [BOOLEAN, INTEGER, OBJECT_ID, SEQUENCE, EXTENSIONS] = [
	1,
	2,
	6,
	48,
	163
];
function extensionsOf({ raw }) {
	const [certificate] = elementsOf(raw);
	const [signed] = elementsOf(certificate.content);
	const wrapper = elementsOf(signed.content).find(({ tag }) => tag === EXTENSIONS);
	const found = wrapper === void 0 ? [] : elementsOf(elementsOf(wrapper.content)[0].content).map(extensionOf);
	if (new Set(found.map(({ id }) => id)).size < found.length) throw new RangeError("an extension stands there twice");
	const usage = found.find(({ id }) => id === KEY_USAGE);
	const constraints = found.find(({ id }) => id === BASIC_CONSTRAINTS);
	const isUnknown = ({ id, isCritical }) => id === NAME_CONSTRAINTS || isCritical && ![
		KEY_USAGE,
		BASIC_CONSTRAINTS,
		...harmless
	].includes(id);
	return {
		signs: usage === void 0 ? null : maySign(usage.value),
		mostIssuersBelow: constraints === void 0 ? null : pathLength(constraints.value),
		unknown: found.filter(isUnknown).map(({ id }) => id)
	};
}
function extensionOf({ tag, content }) {
	const parts = elementsOf(content);
	const [id, critical] = parts;
	if (tag !== SEQUENCE || id?.tag !== OBJECT_ID) throw new RangeError("an extension has no id");
	const isCritical = critical?.tag === BOOLEAN && critical.content[0] !== 0;
	return {
		id: objectId(id.content),
		isCritical,
		value: parts.at(-1).content
	};
}
function maySign(value) {
	const [bits] = elementsOf(value);
	return ((bits?.content[1] ?? 0) & 128) !== 0;
}
function pathLength(value) {
	const length = elementsOf(elementsOf(value)[0]?.content ?? new Uint8Array()).find(({ tag }) => tag === INTEGER);
	return length === void 0 ? null : length.content.reduce((number, byte) => number * 256 + byte, 0);
}
function objectId([first = 0, ...more]) {
	const parts = [Math.floor(first / 40), first % 40];
	let part = 0;
	for (const byte of more) {
		part = part * 128 + (byte & 127);
		if (byte >= 128) continue;
		parts.push(part);
		part = 0;
	}
	return parts.join(".");
}
function elementsOf(bytes) {
	const elements = [];
	for (let place = 0; place < bytes.length;) {
		const tag = bytes[place];
		const told = bytes[place + 1] ?? 128;
		const width = told < 128 ? 0 : told & 127;
		const start = place + 2 + width;
		const length = width === 0 ? told : bytes.subarray(place + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
		if (told === 128 || start + length > bytes.length) throw new RangeError("it ends before its length");
		elements.push({
			tag,
			content: bytes.subarray(start, start + length)
		});
		place = start + length;
	}
	return elements;
}
// ../refit/src/runs/sign/certificate-path.ts
var mostBrought = 20;
var CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
function pathToRoot(request) {
	const { file, roots, helpers, now } = request;
	const [own, ...others] = broughtBy(request);
	const refused = whyNotOwn(own, now);
	if (refused !== null) throw new SignatureInvalidError(file, ...refused);
	const issuers = [
		...roots.map(described),
		...others,
		...helpers.map(described)
	];
	const visited = new Set([own.certificate.fingerprint256]);
	const open = [[own]];
	let why = null;
	for (const path of open) {
		const last = path.at(-1);
		if (roots.some((root) => root.raw.equals(last.certificate.raw))) return path.map(({ certificate }) => certificate);
		for (const issuer of issuers) {
			if (visited.has(issuer.certificate.fingerprint256) || !isIssuedBy(last.certificate, issuer.certificate)) continue;
			visited.add(issuer.certificate.fingerprint256);
			const refusal = whyNoIssuer(issuer, {
				certificate: last.certificate,
				below: path.length - 1,
				now
			});
			if (refusal === null) open.push([...path, issuer]);
			else why ??= refusal;
		}
	}
	throw new SignatureInvalidError(file, ...why ?? whyNotTrusted(open.at(-1).at(-1).certificate));
}
function isSelfSigned(certificate) {
	return isIssuedBy(certificate, certificate);
}
function lineOf(name) {
	return (name ?? "no name").replaceAll("\n", ", ");
}
var named = (name) => quoted(lineOf(name), 200);
function broughtBy({ file, brought }) {
	if (brought.length === 0) throw new SignatureInvalidError(file, "no-certificate", "names a key alone, and no certificate that leads to a root");
	if (brought.length > mostBrought) throw new SignatureInvalidError(file, "damaged", `brings ${brought.length} certificates, and at most ${mostBrought} are read`);
	try {
		return brought.map((bytes) => described(new node_crypto.X509Certificate(bytes)));
	} catch (error) {
		throw new SignatureInvalidError(file, "damaged", "brings a certificate that cannot be read", { cause: error });
	}
}
function described(certificate) {
	try {
		return {
			certificate,
			...extensionsOf(certificate)
		};
	} catch {
		return {
			certificate,
			signs: null,
			mostIssuersBelow: null,
			unknown: ["that cannot be read"]
		};
	}
}
function isIssuedBy(certificate, issuer) {
	try {
		return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
	} catch {
		return false;
	}
}
function whyNotOwn(own, now) {
	const { certificate, signs } = own;
	const isForCode = signs !== null && certificate.keyUsage?.includes(CODE_SIGNING) === true;
	if (signs === true || isForCode) return whyNotValid(own, now);
	return ["not-for-signing", `${`was made with the certificate of ${named(certificate.subject)}, which`} ${signs === null ? "does not say what its key is for" : "is not for signatures"}`];
}
function whyNotTrusted(last) {
	if (isSelfSigned(last)) return ["untrusted", `leads to the root ${named(last.subject)}, which is not one of those given`];
	return ["untrusted", `was made with a certificate that leads to ${named(last.issuer)}, of which no certificate is given`];
}
function whyNoIssuer(issuer, { certificate, below, now }) {
	const { mostIssuersBelow } = issuer;
	const called = `leads to the certificate of ${named(issuer.certificate.subject)}, which`;
	if (!issuer.certificate.ca || !certificate.checkIssued(issuer.certificate)) return ["not-an-issuer", `${called} may not issue others`];
	if (mostIssuersBelow !== null && below > mostIssuersBelow) return ["not-an-issuer", `${called} allows ${mostIssuersBelow} issuers below itself, and here are ${below}`];
	return whyNotValid(issuer, now);
}
function whyNotValid({ certificate, unknown }, now) {
	const { subject, validFrom, validTo } = certificate;
	const called = `needs the certificate of ${named(subject)}, which`;
	const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
	if (unknown.length > 0) return ["not-an-issuer", `${called} has rules that refit does not check (extension ${unknown.join(", ")})`];
	if (from <= now && now <= to) return null;
	const time = (at) => Number.isNaN(at) ? "an unknown time" : new Date(at).toISOString();
	return ["expired", `${called} is valid from ${time(from)} to ${time(to)}, and it is ${time(now)} now`];
}
// ../refit/src/runs/sign/verify-signature.ts
var verify_signature_exports = require_rolldown_runtime.__exportAll({ verifySignature: () => verifySignature });
async function verifySignature(ports, request) {
	const { model, wanted, key } = request;
	const given = key === void 0 ? null : publicKeyOf(key, await readKeyFile(ports, key));
	const trusted = await trustedBy(ports, request.roots);
	const { number, treeId, files } = await readWhole(ports, await ports.git.locate(), model, wanted);
	const written = request.signature ?? signatureFile(model, number);
	const signature = node_path.default.resolve(ports.workTree.here, written);
	const bytes = await ports.files.read(signature);
	if (bytes === null) throw new SignatureInvalidError(written, "missing", "does not exist");
	const now = ports.clock.now();
	const brought = trusted === null ? [] : certificatesIn(written, bytes);
	const issued = trusted === null ? null : pathToRoot({
		file: written,
		brought,
		...trusted,
		now
	});
	const publicKey = given ?? publicKeyIn(written, issued[0]);
	const signed = unseal(written, bytes, publicKey);
	const differences = differencesOf(signed.files, digestsOf(files));
	if (differences !== null) throw new SignatureInvalidError(written, "other-files", `does not sign v${number} of "${model}": ${words(differences)}${otherTree(signed.subject, treeId)}`);
	return {
		model,
		version: number,
		treeId,
		signature,
		keyId: keyIdOf(publicKey),
		subject: signed.subject,
		files: files.size,
		certificate: issued && {
			path: issued.map(({ subject }) => lineOf(subject)),
			validAt: new Date(now).toISOString()
		}
	};
}
async function trustedBy(ports, names) {
	if (names.length === 0) return null;
	const roots = [];
	const helpers = [];
	for (const file of names) for (const each of certificatesOf(file, await readKeyFile(ports, file))) (isSelfSigned(each) ? roots : helpers).push(each);
	if (roots.length === 0) throw new KeyInvalidError(names[0], "not-root");
	return {
		roots,
		helpers
	};
}
function words({ changed, added, missing }) {
	return [
		[changed, "not as signed"],
		[added, "not signed"],
		[missing, "signed, and not there"]
	].flatMap(([files, what]) => files.length === 0 ? [] : [`${what}: ${quotedList(files)}`]).join("; ");
}
function otherTree(subject, treeId) {
	const named = /@([0-9a-f]{40,64})$/.exec(subject)?.[1];
	return named === void 0 || named === treeId ? "" : `. It was made for the tree ${named}`;
}
// ../refit/src/adapters/git/ancestry.ts
function ancestryAdapter(git) {
	const bases = new Map();
	return {
		async mergeBase(a, b) {
			const pair = `${a} ${b}`;
			const known = bases.get(pair);
			if (known !== void 0) return known;
			const { exitCode, stdout } = await git.attempt([
				"merge-base",
				a,
				b
			]);
			const found = exitCode === 0 ? stdout.toString("utf8").trim() : null;
			if (found !== null && isId(a) && isId(b)) bases.set(pair, found);
			return found;
		},
		async committedAt(commit) {
			return Number(await git.run([
				"log",
				"-1",
				"--format=%ct",
				commit
			])) * 1e3;
		},
		async isReplaceable(repository, branch, head) {
			return await madeByRefit(git, repository, head) || await isMerged(git, repository, branch, head);
		},
		async isMadeToReplace(commit, head) {
			return (await git.run([
				"log",
				"-1",
				"--format=%(trailers:key=Refit-Replaces,valueonly,separator=%x2C)",
				commit
			])).trim() === (head ?? "nothing");
		}
	};
}
var isId = (name) => /^[0-9a-f]{40,64}$/.test(name);
// ../refit/src/adapters/arrivals/cut-records.ts
var [quote, lineFeed, carriageReturn] = [
	34,
	10,
	13
];
function cutCsv(bytes, delimiter) {
	const separator = delimiter.charCodeAt(0);
	const records = [];
	let from = 0;
	let quoted = false;
	let fields = [];
	let field = 0;
	for (let i = 0; i <= bytes.length; i++) {
		const byte = bytes[i];
		if (byte === quote) quoted = !quoted;
		else if (byte === separator && !quoted) {
			fields.push([field, i]);
			field = i + 1;
		} else if (byte === void 0 || (byte === lineFeed || byte === carriageReturn) && !quoted) {
			fields.push([field, i]);
			let to = Math.min(i + 1, bytes.length);
			if (byte === carriageReturn && bytes[to] === lineFeed) to++;
			const isEmpty = fields.length === 1 && field === i;
			const last = records.at(-1);
			if (!isEmpty) records.push({
				from,
				to,
				fields: fields.map(([a, b]) => fieldText(bytes, a, b))
			});
			else if (last !== void 0) records[records.length - 1] = {
				...last,
				to
			};
			from = to;
			field = to;
			fields = [];
			i = Math.max(i, to - 1);
		}
	}
	return records;
}
function fieldText(bytes, from, to) {
	const text = decodeText(bytes.subarray(from, to));
	return text.startsWith("\"") && text.endsWith("\"") && text.length > 1 ? text.slice(1, -1).replaceAll("\"\"", "\"") : text;
}
function cutLines(bytes) {
	const records = [];
	let from = 0;
	while (from < bytes.length) {
		const end = bytes.indexOf(lineFeed, from);
		const to = end === -1 ? bytes.length : end + 1;
		records.push({
			from,
			to
		});
		from = to;
	}
	return records;
}
// ../refit/src/adapters/arrivals/read-instant.ts
var parts = {
	Y: String.raw`(?<Y>\d{4})`,
	y: String.raw`(?<y>\d{2})`,
	m: String.raw`(?<m>\d{1,2})`,
	b: String.raw`(?<b>[A-Za-z]{3})`,
	B: String.raw`(?<b>[A-Za-z]{3,9})`,
	d: String.raw`(?<d>\d{1,2})`,
	H: String.raw`(?<H>\d{1,2})`,
	M: String.raw`(?<M>\d{1,2})`,
	S: String.raw`(?<S>\d{1,2})`,
	f: String.raw`(?<f>\d{1,9})`
};
function instantReader(format) {
	if (format === null) return readInstant;
	let known = true;
	const pattern = format.replaceAll(/%(.)|([.*+?^${}()|[\]\\])/g, (_, part, special) => {
		if (part === void 0) return `\\${special}`;
		const found = part === "%" ? "%" : parts[part];
		known &&= found !== void 0;
		return found ?? "";
	});
	return known ? readPattern(new RegExp(`^\\s*${pattern}\\s*$`)) : null;
}
function readPattern(pattern) {
	return (text) => {
		const groups = pattern.exec(text)?.groups;
		if (groups === void 0) return null;
		const { Y, y, b, m = b === void 0 ? "1" : monthOf(b), d = "1", H = "0", M = "0", S = "0", f = "" } = groups;
		return instantOf(Y ?? (y === void 0 ? "1900" : String(Number(y) + (Number(y) < 69 ? 2e3 : 1900))), m, d, [
			H,
			M,
			S,
			f
		]);
	};
}
function monthOf(name) {
	return String([
		"jan",
		"feb",
		"mar",
		"apr",
		"may",
		"jun",
		"jul",
		"aug",
		"sep",
		"oct",
		"nov",
		"dec"
	].indexOf(name.slice(0, 3).toLowerCase()) + 1);
}
function instantOf(year, month, day, time) {
	const [hour, minute, second] = time.map(Number);
	const milliseconds = Number((time[3] ?? "").padEnd(3, "0").slice(0, 3));
	const at = Date.UTC(Number(year), Number(month) - 1, Number(day), hour, minute, second, milliseconds);
	return new Date(at).getUTCMonth() === Number(month) - 1 ? at : null;
}
// ../refit/src/adapters/arrivals/time-column.ts
function timeColumn({ path }, { schema }, time) {
	const field = schema.fields.find(({ name }) => name === time);
	const read = instantReader(field?.format ?? null);
	if (read === null) throw new BacktestTimeError(time, path, `its format ${field.format} cannot be read here`);
	return {
		name: field?.from ?? time,
		read
	};
}
// ../refit/src/adapters/arrivals/index.ts
var arrivalsAdapter = { async open(file, manifest, { time, scratch }) {
	const column = timeColumn(file, manifest, time);
	const whole = await (0, node_fs_promises.readFile)(file.localPath);
	if (file.format === "parquet") {
		const { cutParquet, parquetTimes } = await Promise.resolve().then(() => parquet_rows_exports);
		const place = {
			limits: manifest.limits,
			scratch
		};
		return arrivedFile(await parquetTimes(file, column, place), whole, (rows, folder) => cutParquet(file, rows, {
			...place,
			scratch: folder
		}));
	}
	const isZipped = file.path.toLowerCase().endsWith(".gz");
	const text = isZipped ? unzipped(whole, file, manifest, time) : whole;
	const { start, records } = file.format === "csv" ? csvRows(text, file, column) : jsonRows(text, column);
	return arrivedFile(records.map(({ at }) => at), whole, async (rows) => {
		const stretches = joined({
			from: 0,
			to: start
		}, rows.map((row) => records[row]));
		const cut = Buffer.concat(stretches.map(({ from, to }) => text.subarray(from, to)));
		return isZipped ? (0, node_zlib.gzipSync)(cut, { level: 0 }) : cut;
	});
} };
function unzipped(bytes, { path }, { limits }, time) {
	try {
		return (0, node_zlib.gunzipSync)(bytes, { maxOutputLength: Math.min(limits.spillMiB * 2 ** 20, node_buffer.constants.MAX_LENGTH) });
	} catch {
		throw new BacktestTimeError(time, path, "it is not a complete gzip file, or unpacks to more than `limits.spillMiB`");
	}
}
function csvRows(bytes, file, { name, read }) {
	const end = bytes.findIndex((byte) => byte === 10 || byte === 13);
	const header = decodeText(bytes.subarray(0, end === -1 ? bytes.length : end));
	const [head, ...rows] = cutCsv(bytes, file.delimiter ?? findDelimiter(header));
	const index = (head?.fields ?? []).findIndex((field) => columnNameKey(field) === columnNameKey(name));
	if (head === void 0 || index === -1) throw new BacktestTimeError(name, file.path, "it has no such column");
	const records = rows.map(({ from, to, fields }) => ({
		from,
		to,
		at: read(fields[index] ?? "")
	}));
	return {
		start: head.to,
		records
	};
}
function jsonRows(bytes, { name, read }) {
	return {
		start: 0,
		records: cutLines(bytes).map(({ from, to }) => {
			return {
				from,
				to,
				at: read(fieldOf(decodeText(bytes.subarray(from, to)).trim(), name))
			};
		})
	};
}
function fieldOf(line, name) {
	try {
		const value = JSON.parse(line)?.[name];
		return typeof value === "string" ? value : "";
	} catch {
		return "";
	}
}
function arrivedFile(ats, whole, cut) {
	const times = new Float64Array(ats.length);
	let last = ats.find((at) => at !== null) ?? -Infinity;
	ats.forEach((at, i) => {
		last = at ?? last;
		times[i] = last;
	});
	return {
		times,
		async until(instant, folder) {
			const kept = [...times.keys()].filter((i) => times[i] <= instant);
			if (kept.length === 0) return null;
			return kept.length === times.length ? whole : cut(kept, folder);
		}
	};
}
function joined(first, others) {
	const stretches = [first];
	for (const { from, to } of others) {
		const last = stretches.at(-1);
		if (last.to === from) stretches[stretches.length - 1] = {
			from: last.from,
			to
		};
		else stretches.push({
			from,
			to
		});
	}
	return stretches;
}
// ../refit/src/adapters/git/git-date.ts
function gitDate(at) {
	return `@${Math.max(0, Math.floor(at / 1e3))} +0000`;
}
// ../refit/src/adapters/git/git-lock.ts
var lockWaits = [
	100,
	300,
	600,
	1e3
];
var inTheWay$1 = /^(remote: )?.*[Uu]nable to create (?:'(?<lock>[^']+\.lock)'|file (?<unfinished>.+\/packed-refs\.new)): File exists/m;
async function despiteLocks(attempt) {
	for (let tries = 0;; tries++) {
		const result = await attempt();
		const found = result.exitCode === 0 ? null : inTheWay$1.exec(result.stderr);
		if (found === null) return result;
		const wait = lockWaits[tries];
		if (wait === void 0) {
			const file = node_path.default.normalize(found.groups["lock"] ?? found.groups["unfinished"]);
			throw new GitLockedError(file, await ageOf(file), { isRemote: found[1] !== void 0 });
		}
		await new Promise((resolve) => setTimeout(resolve, wait));
	}
}
function writeRefs(git, commands) {
	return despiteLocks(() => git.attempt([
		"update-ref",
		"--stdin",
		"-z"
	], { input: commands.join("") }));
}
async function ageOf(file) {
	const stats = await (0, node_fs_promises.lstat)(file).catch(() => null);
	return stats && Math.max(0, systemClock.now() - stats.mtimeMs);
}
// ../refit/src/adapters/git/lfs.ts
var lfsFilters = [
	"-c",
	"filter.lfs.process=git-lfs filter-process",
	"-c",
	"filter.lfs.clean=git-lfs clean -- %f",
	"-c",
	"filter.lfs.required=true"
];
var saysLfsMissing = (stderr) => /git-lfs.*(not found|No such file)|'lfs' is not a git command|cannot run git-lfs/i.test(stderr);
function largeFiles(git) {
	return {
		tracked: (repository, paths) => tracked(git, repository, paths),
		async resolve(repository, files) {
			const resolved = new Map();
			for (const [file, bytes] of files) {
				const text = bytes.byteLength <= 1024 ? decodeText(bytes) : "";
				const pointer = lfsPointer(text);
				resolved.set(file, pointer === null ? bytes : await object(git, repository, {
					file,
					text,
					...pointer
				}));
			}
			return resolved;
		}
	};
}
async function tracked(git, repository, paths) {
	const { root, commonDir, baseCommit } = repository;
	const scratch = await openScratch(commonDir);
	const env = { GIT_INDEX_FILE: node_path.default.join(scratch.path, "index") };
	try {
		await git.run(["read-tree", baseCommit], {
			cwd: root,
			env
		});
		const fields = (await git.run([
			"check-attr",
			"--cached",
			"--stdin",
			"-z",
			"filter"
		], {
			cwd: root,
			env,
			input: paths.join("\0")
		})).split("\0");
		const found = paths.filter((_, i) => fields[3 * i + 2] === "lfs");
		if (found.length > 0 && (await git.attempt(["lfs", "version"])).exitCode !== 0) throw new LfsMissingError(found[0]);
		return new Set(found);
	} finally {
		await scratch.remove();
	}
}
async function object(git, { root, commonDir, remote }, pointer) {
	const oid = pointer.sha256;
	const isIt = (bytes) => bytes?.byteLength === pointer.bytes && sha256(bytes) === oid;
	const stored = node_path.default.join(commonDir, "lfs", "objects", oid.slice(0, 2), oid.slice(2, 4), oid);
	const here = await (0, node_fs_promises.readFile)(stored).catch(() => null);
	if (isIt(here)) return here;
	const from = remote === null ? [] : ["-c", `remote.lfsDefault=${remote}`];
	const { exitCode, stdout, stderr } = await git.attempt([
		...from,
		"lfs",
		"smudge",
		"--",
		pointer.file
	], {
		cwd: root,
		input: pointer.text,
		env: {
			...await git.networkEnv(remote),
			GIT_LFS_SKIP_SMUDGE: "0"
		}
	});
	if (exitCode === 0 && isIt(stdout)) return stdout;
	if (saysLfsMissing(stderr)) throw new LfsMissingError(pointer.file);
	throw new LfsObjectMissingError(pointer, remote, stderr);
}
// ../refit/src/adapters/git/temporary-work-tree.ts
async function inTemporaryWorkTree({ commonDir }, work) {
	const scratch = await openScratch(commonDir);
	try {
		const cwd = node_path.default.join(scratch.path, "tree");
		await (0, node_fs_promises.mkdir)(cwd);
		return await work({
			cwd,
			env: {
				GIT_DIR: commonDir,
				GIT_WORK_TREE: cwd,
				GIT_INDEX_FILE: node_path.default.join(scratch.path, "index")
			}
		});
	} finally {
		await scratch.remove();
	}
}
// ../refit/src/adapters/git/commit.ts
var asWritten = [
	"-c",
	"core.autocrlf=false",
	"-c",
	"core.safecrlf=false",
	"-c",
	"core.fileMode=true"
];
async function commit(git, repository, request) {
	const { ref, expected, parent } = request;
	const id = await commitTree(git, await inTemporaryWorkTree(repository, (place) => writeTree(git, place, request)), parent, request);
	await updateRefs(git, [{
		ref,
		id,
		expected
	}]);
	return id;
}
async function writeTree(git, place, request) {
	const { parent, replace, files, folders = new Map() } = request;
	if (parent !== null) await git.run(["read-tree", parent], place);
	if (parent !== null && replace.length > 0) await git.run([
		"rm",
		"-r",
		"--cached",
		"--quiet",
		"--ignore-unmatch",
		"--",
		...replace
	], place);
	for (const [folder, treeId] of folders) await git.run([
		"read-tree",
		`--prefix=${folder}/`,
		treeId
	], place);
	for (const [file, bytes] of files) {
		await (0, node_fs_promises.mkdir)(node_path.default.join(place.cwd, node_path.default.dirname(file)), { recursive: true });
		await (0, node_fs_promises.writeFile)(node_path.default.join(place.cwd, file), bytes, { mode: 420 });
	}
	const input = [...files.keys()].join("\0");
	const args = [
		...asWritten,
		...lfsFilters,
		"add",
		"--force",
		"--pathspec-from-file=-",
		"--pathspec-file-nul"
	];
	const { exitCode, stderr } = await git.attempt(args, {
		...place,
		input
	});
	if (exitCode !== 0) {
		const failed = new GitFailedError(args.join(" "), exitCode, stderr);
		throw saysLfsMissing(stderr) ? new LfsMissingError([...files.keys()][0], { cause: failed }) : failed;
	}
	return git.run(["write-tree"], place);
}
var noIdentity = /tell me who you are|empty ident name|no (email|name) was given|unable to auto-detect email/;
async function commitTree(git, tree, parent, { message, at }) {
	const date = gitDate(at);
	const isSigned = (await git.config()).isTrue("commit.gpgsign");
	const parents = parent === null ? [] : ["-p", parent];
	const args = [
		"commit-tree",
		...isSigned ? ["-S"] : [],
		tree,
		...parents,
		"-F",
		"-"
	];
	const { exitCode, stdout, stderr } = await git.attempt(args, {
		input: message,
		env: {
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_DATE: date
		}
	});
	if (exitCode === 0) return stdout.toString().trim();
	const failed = new GitFailedError("commit-tree", exitCode, stderr);
	if (noIdentity.test(stderr)) throw new GitIdentityError({ cause: failed });
	throw isSigned ? new GitSigningError(stderr, { cause: failed }) : failed;
}
async function updateRefs(git, updates) {
	if (updates.length === 0) return;
	await refuseCheckedOut(git, updates.map((update) => update.ref));
	const { exitCode, stderr } = await writeRefs(git, updates.map(({ ref, id, expected }) => {
		if (id === null) return expected === null ? `verify ${ref}\0\0` : `delete ${ref}\0${expected}\0`;
		return expected === null ? `create ${ref}\0${id}\0` : `update ${ref}\0${id}\0${expected}\0`;
	}));
	if (exitCode === 0) return;
	const failed = new GitFailedError("update-ref", exitCode, stderr);
	const [, present, wanted] = /'(refs\/[^']+)' exists; cannot create '(refs\/[^']+)'/.exec(stderr) ?? [];
	if (present !== void 0) throw new BranchInTheWayError(wanted.replace("refs/heads/", ""), present, { cause: failed });
	const ref = updates.find((update) => stderr.includes(update.ref))?.ref;
	throw ref === void 0 ? failed : new RefMovedError(ref, { cause: failed });
}
async function refuseCheckedOut(git, refs) {
	const listing = await git.run([
		"worktree",
		"list",
		"--porcelain"
	]);
	for (const entry of listing.split("\n\n")) {
		const folder = /^worktree (.*)$/m.exec(entry)?.[1];
		const branch = /^branch (.*)$/m.exec(entry)?.[1];
		if (folder !== void 0 && branch !== void 0 && refs.includes(branch)) throw new BranchCheckedOutError(branch.replace("refs/heads/", ""), folder);
	}
}
// ../refit/src/adapters/git/push.ts
async function push(git, repository, updates) {
	const { remote, root } = repository;
	if (remote === null || updates.length === 0) return;
	await pushLfsObjects(git, repository, remote, updates);
	const leases = updates.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected ?? ""}`);
	const refspecs = updates.map(({ ref, id }) => `${id ?? ""}:${ref}`);
	const args = [
		"push",
		"--atomic",
		"--porcelain",
		...leases,
		remote,
		...refspecs
	];
	const result = await despiteLocks(() => porcelain(git, root, remote, args));
	if (result.exitCode !== 0) throw rejection(remote, updates, result);
	const { exitCode, stderr } = await writeRefs(git, updates.flatMap(({ ref, id }) => {
		const name = ref.startsWith("refs/heads/") ? ref.slice(11) : null;
		if (name === null) return [];
		const ours = `refs/remotes/${remote}/${name}`;
		return [id === null ? `delete ${ours}\0\0` : `update ${ours}\0${id}\0\0`];
	}));
	if (exitCode !== 0) throw new GitFailedError("update-ref", exitCode, stderr);
}
async function pushLfsObjects(git, { commonDir }, remote, updates) {
	if (await (0, node_fs_promises.stat)(node_path.default.join(commonDir, "lfs")).catch(() => null) === null) return;
	for (const { id, ref } of updates) {
		if (id === null || !ref.startsWith("refs/heads/") || ref.endsWith("/refit-ledger")) continue;
		const { exitCode, stderr } = await git.attempt([
			"lfs",
			"push",
			remote,
			id
		], { env: await git.networkEnv(remote) });
		if (exitCode === 0) continue;
		throw readOnly.test(stderr) ? new TokenReadOnlyError(remote, stderr) : new RemoteUnreachableError(remote, stderr);
	}
}
var raceAtTheRemote = /failed to update ref|incorrect old value|cannot lock ref|remote ref updated/;
var readOnly = /\b403\b|write access.*not granted|must have push access/i;
var noRights = /denied|not allowed|protected/i;
function rejection(remote, updates, { stdout, stderr }) {
	const refused = [];
	const moved = [];
	for (const line of stdout.toString().split("\n")) {
		const [flag, refspec, status = ""] = line.split("	");
		if (flag !== "!" || refspec === void 0 || /atomic (push|transaction) failed/.test(status)) continue;
		const ref = refspec.slice(refspec.indexOf(":") + 1);
		(status.startsWith("[remote rejected]") && !raceAtTheRemote.test(status) ? refused : moved).push(ref);
	}
	if (refused.length > 0) return new PushRejectedError("refused", refused, stderr);
	const all = updates.map((update) => update.ref);
	if (moved.length > 0 || raceAtTheRemote.test(stderr)) return new PushRejectedError("moved", moved.length > 0 ? moved : all, stderr);
	if (readOnly.test(stderr)) return new TokenReadOnlyError(remote, stderr);
	return noRights.test(stderr) ? new PushRejectedError("refused", all, stderr) : new RemoteUnreachableError(remote, stderr);
}
// ../refit/src/adapters/git/branches.ts
function branchesAdapter(git) {
	return {
		fetch: (repository) => fetch(git, repository),
		commit: (repository, request) => commit(git, repository, request),
		push: (repository, updates) => push(git, repository, updates),
		updateRefs: (_repository, updates) => updateRefs(git, updates),
		async tag(_repository, { name, commit: target, message, at }) {
			const date = gitDate(at);
			const args = [
				"-c",
				"tag.gpgSign=false",
				"tag",
				"--annotate",
				"--cleanup=verbatim",
				"--file=-",
				name,
				target
			];
			const { exitCode, stderr } = await despiteLocks(() => git.attempt(args, {
				input: message,
				env: { GIT_COMMITTER_DATE: date }
			}));
			if (exitCode === 0) return "created";
			const inTheWay = belowOrAbove.exec(stderr)?.[1];
			if (inTheWay !== void 0) throw new BranchInTheWayError(name, inTheWay);
			if (!stderr.includes("already exists")) throw new GitFailedError(args.join(" "), exitCode, stderr);
			const present = await git.attempt([
				"rev-parse",
				"--quiet",
				"--verify",
				`refs/tags/${name}^{commit}`
			]);
			return present.exitCode === 0 && present.stdout.toString().trim() === target ? "exists" : "exists-elsewhere";
		}
	};
}
var belowOrAbove = /cannot lock ref '[^']+': '(refs\/tags\/[^']+)' exists; cannot create/;
var mostFetches = 4;
var movedMeanwhile = /cannot lock ref '[^']+': (?:is at|reference already exists|unable to resolve)/;
async function fetch(git, { root, remote, baseBranch }) {
	if (remote === null) return;
	const under = `refs/remotes/${remote}`;
	const ours = `+refs/heads/refit-*:${under}/refit-*`;
	const base = `+refs/heads/${baseBranch}:${under}/${baseBranch}`;
	const flags = [
		"--quiet",
		"--prune",
		"--no-write-fetch-head",
		"--no-recurse-submodules"
	];
	const get = async (...refspecs) => {
		for (let tries = 1;; tries++) {
			const result = await despiteLocks(() => porcelain(git, root, remote, [
				"fetch",
				...flags,
				remote,
				...refspecs
			]));
			if (result.exitCode === 0 || tries === mostFetches || !movedMeanwhile.test(result.stderr)) return result;
		}
	};
	const both = await get(ours, base);
	if (both.exitCode === 0) return;
	const { exitCode, stderr } = both.stderr.includes("find remote ref") ? await get(ours) : both;
	if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
}
// ../refit/src/adapters/disk/folders.ts
var diskFolders = { async replace(folder, files, mayReplace) {
	const there = await (0, node_fs_promises.lstat)(folder).catch(whereThereIsNone);
	if (there !== null) await refuseForeign(folder, there.isDirectory(), mayReplace);
	await (0, node_fs_promises.mkdir)(node_path.default.dirname(folder), { recursive: true });
	await removeLeftBehind(folder);
	const making = `${folder}.${temporaryName()}.tmp`;
	const before = `${folder}.${temporaryName()}.tmp`;
	try {
		for (const [file, bytes] of files) {
			const target = node_path.default.join(making, file);
			await (0, node_fs_promises.mkdir)(node_path.default.dirname(target), { recursive: true });
			await (0, node_fs_promises.writeFile)(target, bytes, {
				flag: "wx",
				flush: true
			});
		}
		if (there !== null) await (0, node_fs_promises.rename)(folder, before);
		await (0, node_fs_promises.rename)(making, folder).catch(async (error) => {
			if (there !== null) await (0, node_fs_promises.rename)(before, folder);
			throw error;
		});
	} finally {
		for (const each of [making, before]) await (0, node_fs_promises.rm)(each, {
			recursive: true,
			force: true
		});
	}
} };
async function refuseForeign(folder, isFolder, mayReplace) {
	if (!isFolder) throw inTheWay(folder, "exists and is not a folder");
	if (!await mayReplace(await diskFiles.list(folder))) throw inTheWay(folder, "exists and has files that no export wrote, or that were changed since");
}
var inTheWay = (folder, problem) => new FilesInTheWayError([{
	path: node_path.default.basename(folder),
	problem,
	replaceable: false
}]);
async function removeLeftBehind(folder) {
	const parent = node_path.default.dirname(folder);
	const begin = `${node_path.default.basename(folder)}.`;
	for (const name of await (0, node_fs_promises.readdir)(parent)) {
		if (!name.startsWith(begin) || !/\.\d+\.[0-9a-f]{12}\.tmp$/.test(name)) continue;
		const made = (await (0, node_fs_promises.stat)(node_path.default.join(parent, name)).catch(whereThereIsNone))?.mtimeMs;
		if (isLeftBehind(name, made === void 0 ? 0 : systemClock.now() - made)) await (0, node_fs_promises.rm)(node_path.default.join(parent, name), {
			recursive: true,
			force: true
		});
	}
}
function whereThereIsNone(error) {
	if (error.code === "ENOENT") return null;
	throw error;
}
// ../refit/src/adapters/disk/in-the-way.ts
var longestName = 255;
function clashes(files) {
	const places = files.flatMap(({ path: file }) => [...foldersOf$1(file), file]);
	const folders = new Set(files.flatMap(({ path: file }) => foldersOf$1(file)));
	const spelled = new Map();
	const found = [];
	for (const place of places) {
		const before = spelled.get(fold(place)) ?? place;
		spelled.set(fold(place), before);
		if (before !== place) found.push(refusal(place, `differs from ${before} only in case`));
	}
	for (const { path: file } of files) if (folders.has(file)) found.push(refusal(file, "would have to be a file and a folder"));
	return found;
}
async function survey(folder, file) {
	const names = file.path.split("/");
	const long = names.find((name) => Buffer.byteLength(name) > longestName);
	if (long !== void 0) return blocked(file.path, `has a name of ${Buffer.byteLength(long)} bytes; 255 are possible`);
	let place = folder;
	for (const [i, name] of names.entries()) {
		const logical = names.slice(0, i + 1).join("/");
		const twin = await twinOf(place, name);
		if (twin !== null) return blocked(logical, `differs only in case from ${twin}, which is there`);
		const target = node_path.default.join(place, name);
		const there = await statOf(target);
		if (there === null) return {
			change: "written",
			inTheWay: await unwritable(file.path, place)
		};
		if (there.isSymbolicLink()) return blocked(logical, await linkProblem(folder, target));
		if (i === names.length - 1) return surveyPlace(file, target, there);
		if (!there.isDirectory()) return blocked(logical, "is a file, and a folder is needed there");
		place = target;
	}
	throw new Error(`${file.path} names no file`);
}
async function surveyPlace({ path: file, bytes, replaces }, target, there) {
	if (there.isDirectory()) return blocked(file, "is a folder, and a file is needed there");
	if (!there.isFile()) return blocked(file, "is not a regular file");
	const current = await (0, node_fs_promises.readFile)(target).catch((error) => error);
	if (current instanceof Error) return blocked(file, `cannot be read (${current.code})`);
	if (current.equals(bytes)) return {
		change: "unchanged",
		inTheWay: null
	};
	if (replaces === "anything" || replaces !== null && current.equals(replaces)) return {
		change: "replaced",
		inTheWay: await unwritable(file, node_path.default.dirname(target))
	};
	return {
		change: "replaced",
		inTheWay: {
			path: file,
			problem: replaces === null ? "exists, with other content" : "has changed since it was read",
			replaceable: replaces === null
		}
	};
}
async function unwritable(file, folder) {
	try {
		if (!(await (0, node_fs_promises.stat)(folder)).isDirectory()) return refusal(file, `cannot be written: ${folder} is not a folder`);
		await (0, node_fs_promises.access)(folder, node_fs.constants.W_OK | node_fs.constants.X_OK);
		return null;
	} catch (error) {
		const { code } = error;
		const above = node_path.default.dirname(folder);
		if (code === "ENOENT" && above !== folder) return unwritable(file, above);
		return refusal(file, `cannot be written: ${folder} allows no new files (${code})`);
	}
}
async function twinOf(folder, name) {
	const names = await (0, node_fs_promises.readdir)(folder).catch(() => []);
	if (names.includes(name)) return null;
	return names.find((each) => fold(each) === fold(name)) ?? null;
}
async function linkProblem(folder, link) {
	const [root, target] = await Promise.all([(0, node_fs_promises.realpath)(folder), (0, node_fs_promises.realpath)(link).catch(() => null)]);
	if (target === null) return "is a symbolic link that leads nowhere";
	return `is a symbolic link that leads ${target === root || target.startsWith(`${root}${node_path.default.sep}`) ? "elsewhere" : "out of the repository"}`;
}
async function statOf(file) {
	return (0, node_fs_promises.lstat)(file).catch((error) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
		throw error;
	});
}
var fold = (name) => name.normalize("NFC").toLowerCase();
function foldersOf$1(file) {
	const names = file.split("/");
	return names.slice(0, -1).map((_, i) => names.slice(0, i + 1).join("/"));
}
var refusal = (file, problem) => ({
	path: file,
	problem,
	replaceable: false
});
var blocked = (file, problem) => ({
	change: "written",
	inTheWay: refusal(file, problem)
});
// ../refit/src/adapters/disk/work-tree.ts
var diskWorkTree = {
	async realPlace(place) {
		const rest = [];
		for (let at = place;; at = node_path.default.dirname(at)) {
			const real = await (0, node_fs_promises.realpath)(at).catch(() => null);
			if (real !== null) return node_path.default.join(real, ...rest);
			if (node_path.default.dirname(at) === at) return place;
			rest.unshift(node_path.default.basename(at));
		}
	},
	check: changesOf,
	async write(folder, files, scratch) {
		const changes = await changesOf(folder, files);
		const due = files.filter((file) => changes.get(file.path) !== "unchanged");
		for (const [i, { bytes }] of due.entries()) await (0, node_fs_promises.writeFile)(staged(scratch, i), bytes, {
			flag: "wx",
			flush: true
		});
		const undo = [];
		try {
			for (const [i, file] of due.entries()) {
				const target = node_path.default.join(folder, file.path);
				undo.push(await makeFolder(node_path.default.dirname(target)));
				const isNew = changes.get(file.path) === "written";
				undo.push(await (isNew ? putNew(staged(scratch, i), target) : putInPlace(staged(scratch, i), target, file)));
			}
		} catch (error) {
			for (const step of undo.toReversed()) await step().catch(() => {});
			throw asInTheWay(error, folder);
		}
		return changes;
	}
};
var staged = (scratch, i) => node_path.default.join(scratch, `planned-${i}`);
async function changesOf(folder, files) {
	const changes = new Map();
	const found = clashes(files);
	for (const file of files) {
		const { change, inTheWay } = await survey(folder, file);
		changes.set(file.path, change);
		if (inTheWay !== null) found.push(inTheWay);
	}
	if (found.length > 0) throw new FilesInTheWayError(withoutRepeats(found));
	return changes;
}
function withoutRepeats(found) {
	return [...new Map(found.map((each) => [`${each.path}\0${each.problem}`, each])).values()];
}
async function makeFolder(folder) {
	const first = await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	return async () => {
		if (first === void 0) return;
		for (let each = folder; each.startsWith(first); each = node_path.default.dirname(each)) await (0, node_fs_promises.rmdir)(each);
	};
}
async function putNew(from, to) {
	await (0, node_fs_promises.link)(from, to).catch(async (error) => {
		if (error.code === "EEXIST") throw error;
		await (0, node_fs_promises.copyFile)(from, to, node_fs.constants.COPYFILE_EXCL);
	});
	await (0, node_fs_promises.rm)(from);
	return () => (0, node_fs_promises.rm)(to);
}
async function putInPlace(from, to, { path: file, replaces }) {
	const before = `${from}-before`;
	await (0, node_fs_promises.copyFile)(to, before);
	if (replaces instanceof Uint8Array && !(await (0, node_fs_promises.readFile)(before)).equals(replaces)) throw new FilesInTheWayError([{
		path: file,
		problem: "has changed since it was read",
		replaceable: false
	}]);
	await (0, node_fs_promises.chmod)(from, (await (0, node_fs_promises.stat)(to)).mode & 511);
	await moveOver(from, to);
	return () => moveOver(before, to);
}
async function moveOver(from, to) {
	await (0, node_fs_promises.rename)(from, to).catch(async (error) => {
		if (error.code !== "EXDEV") throw error;
		await (0, node_fs_promises.copyFile)(from, to);
	});
}
function asInTheWay(error, folder) {
	const { code, dest } = error;
	if (code !== "EEXIST" || dest === void 0) return error;
	return new FilesInTheWayError([{
		path: node_path.default.relative(folder, dest).split(node_path.default.sep).join("/"),
		problem: "has appeared meanwhile",
		replaceable: true
	}], { cause: error });
}
// ../refit/src/adapters/git/cat-file.ts
function catFileBatch(git) {
	const input = new node_stream.PassThrough();
	const results = [];
	let asked = 0;
	let lines = "";
	const reader = batchReader((object) => results.push(object));
	const ended = git.attempt([
		"cat-file",
		"--batch",
		"--buffer"
	], {
		input,
		onOutput: reader.push
	});
	ended.catch(() => {});
	return {
		ask(object) {
			asked++;
			lines += oneLine(object);
			if (lines.length < linesPerWrite) return;
			input.write(lines);
			lines = "";
		},
		async end() {
			input.end(lines);
			const { exitCode, stderr } = await ended;
			if (exitCode !== 0 || results.length !== asked) throw new GitFailedError("cat-file --batch", exitCode, stderr);
			return results;
		}
	};
}
var linesPerWrite = 16384;
function fileContent(object) {
	return object?.type === "blob" ? object.content : null;
}
function oneLine(object) {
	return `${object.includes("\n") ? "" : object}\n`;
}
function batchReader(onObject) {
	let rest = [];
	let restBytes = 0;
	let needed = 0;
	function push(chunk) {
		rest.push(chunk);
		restBytes += chunk.length;
		if (restBytes < needed) return;
		const bytes = rest.length === 1 ? chunk : Buffer.concat(rest, restBytes);
		let at = 0;
		for (;;) {
			const end = bytes.indexOf(10, at);
			if (end === -1) {
				needed = 0;
				break;
			}
			const found = /^([0-9a-f]+) (\w+) (\d+)$/.exec(bytes.toString("latin1", at, end));
			const size = found === null ? 0 : Number(found[3]);
			const next = found === null ? end + 1 : end + 1 + size + 1;
			if (next > bytes.length) {
				needed = next - at;
				break;
			}
			const content = new Uint8Array(bytes.buffer, bytes.byteOffset + end + 1, size);
			onObject(found === null ? null : {
				id: found[1],
				type: found[2],
				content
			});
			at = next;
		}
		rest = at === bytes.length ? [] : [bytes.subarray(at)];
		restBytes = bytes.length - at;
	}
	return { push };
}
// ../refit/src/adapters/git/folder-log.ts
var folderMode = "040000";
var goneMode = "000000";
function folderLog(folder, wanted, ask, filesBefore = () => []) {
	let known = null;
	const states = [];
	let treeId = null;
	function filesHere() {
		if (known !== null) return known;
		known = new Map(filesBefore().map((file) => [file.path, file]));
		for (const { path, id } of known.values()) if (wanted.has(path)) ask(id);
		return known;
	}
	return {
		states,
		change(raw, path) {
			const mode = raw.slice(8, 14);
			const idLength = raw.indexOf(" ", 15) - 15;
			const id = raw.slice(16 + idLength, 16 + 2 * idLength);
			if (path === folder) {
				if (mode !== folderMode && raw.slice(1, 7) !== folderMode) return false;
				treeId = mode === folderMode ? id : null;
				return true;
			}
			const files = filesHere();
			const relative = path.slice(folder.length + 1);
			if (mode === goneMode) files.delete(relative);
			else if (mode !== folderMode) {
				files.set(relative, {
					path: relative,
					mode,
					id
				});
				if (wanted.has(relative)) ask(id);
			}
			return false;
		},
		endOfCommit([sha, seconds, author, subject]) {
			states.push({
				sha,
				committedAt: Number(seconds) * 1e3,
				author,
				subject,
				treeId,
				files: [...filesHere().values()].sort((a, b) => a.path < b.path ? -1 : 1),
				contents: new Map()
			});
		}
	};
}
function objectReader(git) {
	let questions = [];
	let standby = null;
	let idle;
	let lines = "";
	function started() {
		const mine = git.start(["cat-file", "--batch"], {
			output: reader().push,
			end: ended
		});
		function ended(error) {
			if (standby !== mine) return;
			standby = null;
			const open = questions;
			questions = [];
			for (const question of open) question.fail(error);
		}
		return mine;
	}
	const reader = () => batchReader((object) => {
		questions.shift().answer(object);
		if (questions.length > 0) return;
		standby?.release();
		idle = setTimeout(end, git.idleMs).unref();
	});
	function end() {
		standby?.end();
		standby = null;
	}
	function flush() {
		standby?.write(lines);
		lines = "";
	}
	const asked = (name) => new Promise((answer, fail) => {
		clearTimeout(idle);
		standby ??= started();
		questions.push({
			answer,
			fail
		});
		standby.hold();
		if (lines === "") process.nextTick(flush);
		lines += oneLine(name);
	});
	const known = smallObjects();
	function ask(name) {
		if (!isFixed(name)) return asked(name);
		const earlier = known.get(name);
		return earlier === void 0 ? asked(name).then((object) => known.remember(name, object)) : Promise.resolve(earlier);
	}
	return {
		ask,
		async askAll(names) {
			const unknown = [...new Set(names)].filter((name) => isFixed(name) && known.get(name) === void 0);
			if (unknown.length < 64) return Promise.all(names.map(ask));
			const objects = await allAtOnce(git, unknown);
			const found = new Map(unknown.map((name, i) => [name, known.remember(name, objects[i])]));
			return Promise.all(names.map(async (name) => found.has(name) ? found.get(name) : ask(name)));
		}
	};
}
function allAtOnce(git, names) {
	const batch = catFileBatch(git);
	for (const name of names) batch.ask(name);
	return batch.end();
}
var isFixed = (name) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?(?::|$)/.test(name);
var [mostBytes$2, largestObject] = [67108864, 65536];
function smallObjects() {
	const known = new Map();
	let bytes = 0;
	return {
		get: (name) => known.get(name),
		remember(name, object) {
			if (object === null || object.content.byteLength > largestObject || known.has(name)) return object;
			known.set(name, {
				...object,
				content: object.content.slice()
			});
			bytes += object.content.byteLength;
			for (const [oldest, { content }] of known) {
				if (bytes <= mostBytes$2) break;
				known.delete(oldest);
				bytes -= content.byteLength;
			}
			return object;
		}
	};
}
// ../refit/src/adapters/git/split-by-nul.ts
function splitByNul(onToken) {
	const decoder = new node_string_decoder.StringDecoder("utf8");
	let rest = "";
	return {
		push(chunk) {
			const tokens = (rest + decoder.write(chunk)).split("\0");
			rest = tokens.pop();
			for (const token of tokens) onToken(token);
		},
		end() {
			const last = rest + decoder.end();
			rest = "";
			if (last !== "") onToken(last);
		}
	};
}
// ../refit/src/adapters/git/git-log.ts
var format = "--format=commit %H %P%x00%ct%x00%an%x00%s";
var flags = [
	"--first-parent",
	"--diff-merges=first-parent",
	"--reverse",
	"--root",
	"--raw",
	"-t",
	"-z",
	"--no-abbrev",
	"--no-renames",
	"--no-color",
	"--no-ext-diff",
	"--no-relative",
	"--no-mailmap",
	"--ignore-submodules=none"
];
async function gitLog(tools, commit, folders, names) {
	if (folders.length === 0) return new Map();
	const { states } = await readLog(tools, {
		range: commit,
		folders,
		names
	}, []);
	return states;
}
async function gitLogSince(tools, { commit: since, filesOf }, { commit, ...asked }) {
	try {
		const log = await readLog(tools, {
			...asked,
			range: `${since}..${commit}`,
			filesOf
		}, ["--sparse"]);
		return log.follows === since ? log : null;
	} catch (error) {
		if (error instanceof GitFailedError) return null;
		throw error;
	}
}
async function readLog({ git, objects }, { range, folders, names, filesOf }, options) {
	const wanted = new Set(names);
	const blobs = blobReader({
		git,
		objects
	});
	const logs = new Map(folders.map((folder) => [folder, folderLog(folder, wanted, blobs.ask, filesOf && (() => filesOf(folder)))]));
	const touched = new Set();
	const logsOf = logFinder(logs);
	let commits = 0;
	let follows;
	const parser = rawLogParser({
		onChange(raw, path) {
			for (const log of logsOf(path)) if (log.change(raw, path)) touched.add(log);
		},
		onCommitEnd([ids = "", ...fields]) {
			const [id = "", parent] = ids.split(" ");
			if (commits++ === 0) follows = parent;
			for (const log of touched) log.endOfCommit([id, ...fields]);
			touched.clear();
		}
	});
	const tokens = splitByNul(parser.onToken);
	const args = [
		"log",
		...flags,
		...options,
		"--encoding=UTF-8",
		format,
		range,
		"--",
		...pathsFor(folders)
	];
	try {
		await git.run(args, { onOutput: tokens.push });
		tokens.end();
		parser.end();
	} finally {
		await blobs.end();
	}
	for (const { states } of logs.values()) for (const { files, contents } of states) for (const { path, id } of files) {
		const content = wanted.has(path) ? blobs.contents.get(id) : void 0;
		if (content !== void 0) contents.set(path, content);
	}
	return {
		commits,
		follows,
		states: new Map([...logs].map(([folder, log]) => [folder, log.states]))
	};
}
function logFinder(logs) {
	const byPath = new Map();
	return (path) => {
		const known = byPath.get(path);
		if (known !== void 0) return known;
		const found = withParents(path).flatMap((folder) => logs.get(folder) ?? []);
		byPath.set(path, found);
		return found;
	};
}
function pathsFor(folders) {
	if (folders.length <= mostPaths) return folders;
	const common = folders[0].split("/");
	for (const folder of folders) while (common.length > 0 && !folder.startsWith(`${common.join("/")}/`)) common.pop();
	return common.length === 0 ? [] : [common.join("/")];
}
var mostPaths = 16;
function blobReader({ git, objects }) {
	const contents = new Map();
	const ids = new Set();
	let batch = null;
	function found() {
		return batch === null ? objects.askAll([...ids]) : batch.end();
	}
	return {
		contents,
		ask(id) {
			if (ids.has(id)) return;
			ids.add(id);
			if (batch !== null) return batch.ask(id);
			if (ids.size < 64) return;
			batch = catFileBatch(git);
			for (const each of ids) batch.ask(each);
		},
		async end() {
			const stored = await found();
			let index = 0;
			for (const id of ids) {
				const content = fileContent(stored[index++] ?? null);
				if (content !== null) contents.set(id, content);
			}
		}
	};
}
function rawLogParser(on) {
	let fields = [];
	let change = null;
	function end() {
		if (fields.length > 0) on.onCommitEnd(fields);
	}
	function onToken(token) {
		if (change !== null) {
			on.onChange(change, token);
			change = null;
		} else if (fields.length > 0 && fields.length < 4) fields.push(token);
		else if (token.startsWith("commit ")) {
			end();
			fields = [token.slice(7)];
		} else if (token.startsWith(":") || token.startsWith("\n:")) change = token.slice(token.indexOf(":"));
	}
	return {
		onToken,
		end
	};
}
function withParents(path) {
	const paths = [path];
	for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) paths.push(path.slice(0, slash));
	return paths;
}
// ../refit/src/adapters/git/listed-refs.ts
var mostUnanswered = 16;
function listedRefs(git) {
	let commonDir = null;
	let last = null;
	let unanswered = 0;
	let listing = null;
	async function list() {
		const askedAt = systemClock.now();
		const refs = await readRefs(git);
		last = {
			...refs,
			askedAt,
			looks: new Map()
		};
		unanswered = 0;
		return refs;
	}
	function isCurrent(name) {
		if (last === null || commonDir === null) return false;
		if (!["packed-refs", "reftable/tables.list"].map((file) => `${commonDir}/${file}`).every((place) => looksTheSame(last, place, lookAt(place)))) return false;
		let folder = node_path.default.dirname(`${commonDir}/${name}`);
		let stats = lookAt(folder);
		for (; stats === null; stats = lookAt(folder)) folder = node_path.default.dirname(folder);
		return looksTheSame(last, folder, stats);
	}
	return {
		list,
		keptIn(folder) {
			commonDir = folder;
		},
		async idOf(name) {
			if (!isBranch(name)) return void 0;
			if (!isCurrent(name)) {
				if (commonDir === null || ++unanswered < mostUnanswered) return void 0;
				listing ??= list().finally(() => listing = null);
				await listing;
				if (!isCurrent(name)) return void 0;
			}
			return last.commits.get(name) ?? null;
		}
	};
}
var isBranch = (name) => /^refs\/(?:heads|remotes)\/(?!.*@\{)[^~^:]+$/.test(name);
var [diskLag$1, coarseLag] = [20, 2500];
function looksTheSame({ askedAt, looks }, place, stats) {
	const look = stats === null ? "absent" : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
	const known = looks.get(place);
	if (known !== void 0) return known === look;
	const lag = stats !== null && Number.isInteger(stats.ctimeMs) ? coarseLag : diskLag$1;
	if (stats !== null && stats.ctimeMs >= askedAt - lag) return false;
	looks.set(place, look);
	return true;
}
function lookAt(place) {
	try {
		return (0, node_fs.statSync)(place, { throwIfNoEntry: false }) ?? null;
	} catch {
		return null;
	}
}
async function readRefs(git) {
	const { stdout } = await git.attempt([
		"for-each-ref",
		"--format=%(refname)%09%(objectname)%09%(symref)%09%(HEAD)",
		"refs/heads",
		"refs/remotes"
	]);
	const commits = new Map();
	const symbolic = new Map();
	let current = null;
	for (const line of stdout.toString().split("\n")) {
		const [name, id, target, head] = line.split("	");
		if (!name || !id) continue;
		commits.set(name, id);
		if (target) symbolic.set(name, target);
		if (head === "*") current = name.slice(11);
	}
	return {
		commits,
		symbolic,
		current
	};
}
// ../refit/src/adapters/git/known-trees.ts
var mostListings = 16;
function knownTrees() {
	const listings = new Map();
	let inner = null;
	function innerFolders() {
		inner ??= new Map([...listings.values()].flat().flatMap((listed) => [...listed.ids].flatMap(([path, id]) => [[id, {
			listed,
			prefix: `${path}/`
		}]])));
		return inner;
	}
	return {
		files(treeish, folder) {
			return listings.get(treeish)?.find((each) => each.folder === folder)?.files;
		},
		remember(treeish, listed) {
			const before = listings.get(treeish) ?? [];
			listings.delete(treeish);
			listings.set(treeish, [...before, listed]);
			if (listings.size > mostListings) listings.delete(listings.keys().next().value);
			inner = null;
		},
		idOf(name) {
			const colon = name.indexOf(":");
			if (colon < 40) return void 0;
			const [treeish, path] = [name.slice(0, colon), name.slice(colon + 1)];
			const listed = listings.get(treeish)?.find(({ folder }) => folder === "" || path.startsWith(`${folder}/`));
			if (listed !== void 0) return listed.ids.get(path) ?? null;
			const place = innerFolders().get(treeish);
			return place === void 0 ? void 0 : place.listed.ids.get(place.prefix + path) ?? null;
		}
	};
}
// ../refit/src/adapters/git/locate.ts
function locator(git, base, branches) {
	let known = null;
	return async () => {
		const [place, refs] = await Promise.all([known ?? findWhereabouts(git), branches.list()]);
		known = place;
		branches.keptIn(place.commonDir);
		return baseOf(git, base, place, refs);
	};
}
var emptyTrees = ["4b825dc642cb6eb9a060e54bf8d69288fbee4904", "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"];
function unversioned(git, base) {
	return async () => {
		const [{ root, commonDir }, { exitCode }] = await Promise.all([readPlace(git), git.attempt([
			"cat-file",
			"-e",
			emptyTrees[0]
		])]);
		const baseCommit = exitCode === 0 ? emptyTrees[0] : emptyTrees[1];
		return {
			root,
			commonDir,
			baseBranch: base ?? "main",
			baseCommit,
			remote: null,
			notices: []
		};
	};
}
async function findWhereabouts(git) {
	const [{ shallow, root, commonDir }, remotes] = await Promise.all([readPlace(git), readRemotes(git)]);
	if (shallow) throw new ShallowCloneError(root);
	return {
		root,
		commonDir,
		remotes
	};
}
async function baseOf(git, base, place, refs) {
	const { remotes } = place;
	if (refs.commits.size === 0) throw new NoCommitsError(place.root);
	const remote = sharedRemote(remotes);
	const baseBranch = base ?? defaultBranch(refs, remote);
	const local = baseBranch === null ? void 0 : refs.commits.get(`refs/heads/${baseBranch}`);
	const shared = remote === null ? void 0 : refs.commits.get(`refs/remotes/${remote}/${baseBranch}`);
	if (baseBranch === null || (local ?? shared) === void 0) throw new BaseNotFoundError(baseBranch);
	const notices = [];
	if (remote === null && remotes.size > 1) notices.push(`There are ${remotes.size} remotes, and none is called origin, so refit works in this clone only.`);
	let baseCommit = local ?? shared;
	if (local !== void 0 && shared !== void 0 && local !== shared) {
		const [ahead, behind] = (await git.run([
			"rev-list",
			"--left-right",
			"--count",
			`${local}...${shared}`
		])).split("	").map(Number);
		const isRewritten = ahead > 0 && behind > 0;
		if (isRewritten && !await wasShared(git, local, `refs/remotes/${remote}/${baseBranch}`)) throw new BaseDivergedError(baseBranch, remote, ahead, behind);
		if (behind > 0) baseCommit = shared;
		notices.push(isRewritten ? `${remote}/${baseBranch} was rewritten, and ${baseBranch} has no commit of its own; ${remote}/${baseBranch} is used.` : behind > 0 ? `${baseBranch} is ${commits(behind)} behind ${remote}/${baseBranch}; ${remote}/${baseBranch} is used.` : `${baseBranch} is ${commits(ahead)} ahead of ${remote}/${baseBranch}; ${baseBranch} is used.`);
	}
	const located = {
		root: place.root,
		commonDir: place.commonDir,
		baseBranch,
		baseCommit,
		remote,
		notices
	};
	return remote === null ? located : {
		...located,
		sharedHeads: headsHere(refs.commits, {
			remote,
			baseBranch
		})
	};
}
async function wasShared(git, commit, remoteRef) {
	const { exitCode, stdout } = await git.attempt([
		"merge-base",
		"--fork-point",
		remoteRef,
		commit
	]);
	return exitCode === 0 && stdout.toString().trim() === commit;
}
var commits = (count) => count === 1 ? "1 commit" : `${count} commits`;
async function readPlace(git) {
	const args = [
		"rev-parse",
		"--path-format=absolute",
		...[
			"--is-bare-repository",
			"--is-shallow-repository",
			"--git-common-dir",
			"--show-toplevel"
		]
	];
	const { exitCode, stdout, stderr } = await git.attempt(args);
	const [bare, shallow, commonDir, root] = stdout.toString().split("\n");
	if (bare === "true") throw new BareRepositoryError(git.cwd);
	if (stderr.includes("not a git repository")) throw new NotARepositoryError(git.cwd);
	if (exitCode !== 0) throw new GitFailedError(args.join(" "), exitCode, stderr);
	return {
		shallow: shallow === "true",
		commonDir,
		root
	};
}
function defaultBranch(refs, remote) {
	const prefix = `refs/remotes/${remote}/`;
	const head = refs.symbolic.get(`${prefix}HEAD`);
	if (head?.startsWith(prefix)) return head.slice(prefix.length);
	const known = (name) => refs.commits.has(`refs/heads/${name}`) || refs.commits.has(`${prefix}${name}`);
	return ["main", "master"].find(known) ?? refs.current;
}
// ../refit/src/adapters/git/git.ts
function gitAdapter(git, base) {
	const objects = objectReader(git);
	const tools = {
		git,
		objects
	};
	const branches = listedRefs(git);
	const trees = knownTrees();
	return {
		locate: locator(git, base, branches),
		withoutHistory: unversioned(git, base),
		async resolve(revision) {
			const ofTree = trees.idOf(revision);
			const listed = ofTree === void 0 ? await branches.idOf(revision) : ofTree;
			return listed === void 0 ? (await objects.ask(revision))?.id ?? null : listed;
		},
		log: (commit, folders, contents = []) => gitLog(tools, commit, folders, contents),
		logSince: (start, commit, folders, names = []) => gitLogSince(tools, start, {
			commit,
			folders,
			names
		}),
		list: (treeish, folder = "") => listFiles(git, trees, treeish, folder),
		async ownBranches({ remote }) {
			const places = ["refs/heads/", ...remote === null ? [] : [`refs/remotes/${remote}/`]];
			const refs = (await git.run([
				"for-each-ref",
				"--format=%(refname)",
				...places.map((place) => `${place}refit-*`)
			])).split("\n").filter(Boolean);
			return new Set(refs.map((ref) => ref.slice(places.find((place) => ref.startsWith(place)).length)));
		},
		async tags() {
			const listing = (await git.attempt([
				"show-ref",
				"--tags",
				"--dereference"
			])).stdout.toString();
			const tags = new Map();
			for (const line of listing.split("\n").filter(Boolean)) {
				const [id, ref] = [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)];
				const name = ref.slice(10).replace(/\^\{\}$/, "");
				tags.set(name, {
					id: tags.get(name)?.id ?? id,
					commit: id
				});
			}
			return tags;
		},
		read: async (names) => (await objects.askAll(names)).map(fileContent)
	};
}
async function listFiles(git, trees, treeish, folder) {
	const known = trees.files(treeish, folder);
	if (known !== void 0) return known;
	const below = folder === "" ? [] : ["--", `${folder}/`];
	const listing = await git.run([
		"ls-tree",
		"-r",
		"-t",
		"-z",
		"--full-tree",
		treeish,
		...below
	]);
	const start = folder === "" ? 0 : folder.length + 1;
	const ids = new Map();
	const files = [];
	for (const line of listing.split("\0").filter(Boolean)) {
		const tab = line.indexOf("	");
		const [mode, type, id] = line.slice(0, tab).split(" ");
		const path = line.slice(tab + 1);
		if (type !== "commit") ids.set(path, id);
		if (type !== "tree") files.push({
			path: path.slice(start),
			mode,
			id
		});
	}
	if (isFixed(treeish)) trees.remember(treeish, {
		folder,
		ids,
		files
	});
	return files;
}
// ../refit/src/adapters/git/git-starter.ts
var largeBytes = 268435456;
var mostIdle = 60;
function spareStarter() {
	return {
		starter: gitStarter(mostIdle * 6e4),
		isNeeded: () => process.memoryUsage.rss() > largeBytes
	};
}
function gitStarter(idleLimit = 5e3) {
	const waiting = new Map();
	let helper = null;
	let idle;
	let asked = 0;
	function started(env) {
		const mine = (0, node_child_process.spawn)(process.execPath, ["-e", `(${answerQuestions.toString()})(require)`], {
			env: {
				...env,
				NODE_OPTIONS: ""
			},
			stdio: [
				"ignore",
				"ignore",
				"ignore",
				"ipc"
			],
			serialization: "advanced",
			windowsHide: true
		});
		mine.on("message", (message) => answered(message));
		mine.on("error", (error) => gone(mine, error));
		mine.on("exit", () => gone(mine, new Error("The process that starts git has ended.")));
		return mine;
	}
	function answered({ id, result, failed }) {
		const { answer, fail } = waiting.get(id);
		waiting.delete(id);
		if (result === void 0) fail(Object.assign(new Error(failed.message), failed));
		else answer({
			...result,
			stdout: Buffer.from(result.stdout)
		});
		if (waiting.size > 0) return;
		helper?.unref();
		helper?.channel?.unref();
		idle = setTimeout(() => {
			helper?.disconnect();
			helper = null;
		}, idleLimit).unref();
	}
	function gone(process, error) {
		if (helper !== process) return;
		helper = null;
		const open = [...waiting.values()];
		waiting.clear();
		for (const { fail } of open) fail(error);
	}
	return { run(command) {
		clearTimeout(idle);
		helper ??= started(command.env);
		helper.ref();
		helper.channel?.ref();
		const question = {
			...command,
			id: asked++
		};
		helper.send(question);
		return new Promise((answer, fail) => waiting.set(question.id, {
			answer,
			fail
		}));
	} };
}
function answerQuestions(load) {
	const { spawn: start } = load("node:child_process");
	process.on("message", ({ id, args, cwd, env, input }) => {
		const child = start("git", args, {
			cwd,
			env,
			stdio: [
				input === null ? "ignore" : "pipe",
				"pipe",
				"pipe"
			],
			windowsHide: true
		});
		const [stdout, stderr] = [[], []];
		child.stdout?.on("data", (chunk) => stdout.push(chunk));
		child.stderr?.on("data", (chunk) => stderr.push(chunk));
		child.stdin?.on("error", () => {});
		child.stdin?.end(input);
		child.on("error", ({ message, code }) => process.send({
			id,
			failed: {
				message,
				code
			}
		}));
		child.on("close", (exitCode, signal) => {
			if (signal !== null) stderr.push(Buffer.from(`\n${signal}`));
			const result = {
				exitCode,
				stdout: Buffer.concat(stdout),
				stderr: Buffer.concat(stderr).toString()
			};
			if (child.pid !== void 0) process.send({
				id,
				result
			});
		});
	});
	process.on("disconnect", () => process.exit());
}
// ../refit/src/adapters/git/own-repository.ts
var nobody = {
	GIT_AUTHOR_NAME: "refit",
	GIT_AUTHOR_EMAIL: "refit@localhost",
	GIT_COMMITTER_NAME: "refit",
	GIT_COMMITTER_EMAIL: "refit@localhost"
};
var unsettled = {
	GIT_CONFIG_NOSYSTEM: "1",
	GIT_CONFIG_GLOBAL: "/dev/null"
};
var nowhere = "refit-nothing-is-checked-out";
var nextQuestionMs = 3e4;
async function ownRepository(folder, env, starter) {
	await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	const git = gitProcess(folder, {
		...env,
		...nobody,
		...unsettled
	}, {}, {
		starter,
		idleMs: nextQuestionMs
	});
	const { exitCode, stdout } = await git.attempt(["rev-parse", "--show-toplevel"]);
	if (exitCode !== 0 || node_path.default.resolve(stdout.toString().trim()) !== node_path.default.resolve(folder)) await git.run([
		"init",
		"--quiet",
		`--initial-branch=${nowhere}`
	]);
	return git;
}
var places = (remote) => [
	["", /^packed-refs\.(lock|new)$/],
	["refs/heads", /^refit-.*\.lock$/],
	["refs/tags", /@v\d.*\.lock$/],
	...remote === null ? [] : [[`refs/remotes/${remote}`, /\.lock$/]]
];
async function leftLocks(git, repository) {
	const { commonDir, remote } = repository;
	const shared = remote === null ? null : folderOf((await git.config()).all(`remote.${remote}.url`)[0], repository);
	const look = async () => [...await locksIn(commonDir, remote, false), ...shared === null ? [] : await locksIn(shared, null, true)];
	let found = await look();
	for (const wait of lockWaits) {
		if (found.every(({ age }) => age > 3e4)) break;
		await new Promise((resolve) => setTimeout(resolve, wait));
		const now = new Map((await look()).map((lock) => [lock.file, lock]));
		found = found.flatMap((before) => {
			const lock = now.get(before.file);
			return lock === void 0 || lock.age < before.age ? [] : [lock];
		});
	}
	return found;
}
async function locksIn(folder, remote, isRemote) {
	const found = [];
	for (const [below, names] of places(remote)) {
		const entries = await (0, node_fs_promises.readdir)(node_path.default.join(folder, below)).catch(() => []);
		for (const name of entries.filter((entry) => names.test(entry))) {
			const file = node_path.default.join(folder, below, name);
			const age = await ageOf(file);
			if (age !== null) found.push({
				file,
				age,
				isRemote
			});
		}
	}
	return found;
}
function folderOf(address, { root }) {
	if (address === void 0) return null;
	if (!address.startsWith("file://")) return /^[^/]*:/.test(address) ? null : node_path.default.resolve(root, address);
	try {
		return (0, node_url.fileURLToPath)(address);
	} catch {
		return null;
	}
}
// ../refit/src/adapters/git/obstacles.ts
function gitObstacles(git) {
	return {
		async toCommit({ commonDir }, branches) {
			const found = [];
			if (!await hasIdentity(git)) found.push(new GitIdentityError());
			const heads = node_path.default.join(commonDir, "refs/heads");
			const [inTheWay, here] = [await branchesBelow(git, branches), new Set(await (0, node_fs_promises.readdir)(heads).catch(() => []))];
			for (const branch of branches) {
				const below = inTheWay.get(branch);
				if (below !== void 0) found.push(new BranchInTheWayError(branch, `refs/heads/${below}`));
				if (!here.has(`${branch}.lock`)) continue;
				const lock = node_path.default.join(heads, `${branch}.lock`);
				const age = await ageOf(lock);
				if (age !== null && age > 3e4) found.push(new GitLockedError(lock, age));
			}
			return found;
		},
		leftLocks: (repository) => leftLocks(git, repository),
		async toAdd({ root }, files) {
			const options = {
				cwd: root,
				input: files.join("\0"),
				env: { GIT_LITERAL_PATHSPECS: "0" }
			};
			const { stdout } = await git.attempt([
				"check-ignore",
				"--verbose",
				"-z",
				"--stdin"
			], options);
			const told = stdout.toString().split("\0");
			const ignored = new Map();
			for (let i = 0; i + 3 < told.length; i += 4) {
				const [source, line, pattern, file] = told.slice(i, i + 4);
				if (!pattern.startsWith("!")) ignored.set(file, {
					pattern,
					source,
					line: Number(line)
				});
			}
			return {
				ignored,
				isSparse: (await git.config()).all("core.sparsecheckout").includes("true")
			};
		}
	};
}
async function branchesBelow(git, branches) {
	const asked = branches.length > mostPatterns ? ["refs/heads/"] : branches.map((branch) => `refs/heads/${branch}/`);
	const names = (await git.run([
		"for-each-ref",
		"--format=%(refname:lstrip=2)",
		...asked
	])).split("\n");
	const below = new Map();
	for (const name of names.reverse()) for (let slash = name.indexOf("/"); slash !== -1; slash = name.indexOf("/", slash + 1)) below.set(name.slice(0, slash), name);
	return below;
}
var mostPatterns = 16;
async function hasIdentity(git) {
	const config = await git.config();
	if (["AUTHOR", "COMMITTER"].every((role) => {
		const named = git.env[`GIT_${role}_NAME`];
		const mailed = git.env[`GIT_${role}_EMAIL`];
		if (named !== void 0 && mailed !== void 0) return isName(named) && mailed !== "";
		if (named !== void 0 || mailed !== void 0) return false;
		if (config.keys.some((key) => key.startsWith(`${role.toLowerCase()}.`))) return false;
		return isName(config.all("user.name").at(-1) ?? "") && (config.all("user.email").at(-1) ?? "") !== "";
	})) return true;
	const asked = ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map((name) => git.attempt(["var", name]));
	return (await Promise.all(asked)).every(({ exitCode }) => exitCode === 0);
}
var isName = (name) => /\w/.test(name);
// ../refit/src/adapters/git/publication.ts
function publishing(git, branches, { allowed, unasked }) {
	const names = new Set();
	return {
		branches: {
			...branches,
			async push(repository, updates) {
				if (allowed) await branches.push(repository, updates);
				if (repository.remote === null) return;
				for (const { ref, id } of updates) {
					const name = ref.replace(/^refs\/(?:heads|tags)\//, "");
					names.add(id === null ? `${name} (deleted)` : name);
				}
			}
		},
		publication: {
			allowed,
			unasked,
			refs: () => [...names],
			include: (refs) => refs.forEach((name) => names.add(name)),
			async destination() {
				const remotes = await readRemotes(git);
				const name = sharedRemote(remotes);
				return name === null ? "nowhere" : `${name} (${redact(remotes.get(name))})`;
			}
		}
	};
}
// ../refit/src/adapters/git/repository-state.ts
var decisive = [
	"config",
	"config.worktree",
	"info/attributes"
];
async function repositoryState(git) {
	const [status, refs, folder] = await Promise.all([
		git.attempt([
			"status",
			"--porcelain=v2",
			"--branch",
			"-z",
			"--untracked-files=no",
			"--no-renames",
			"--ignore-submodules=all"
		], { env: { GIT_OPTIONAL_LOCKS: "0" } }),
		git.attempt(["for-each-ref", "--format=%(refname) %(objectname)"]),
		git.attempt(["rev-parse", "--git-common-dir"])
	]);
	if ([
		status,
		refs,
		folder
	].some(({ exitCode }) => exitCode !== 0)) return null;
	const common = node_path.default.resolve(git.cwd, folder.stdout.toString().trimEnd());
	return new Map([
		...status.stdout.toString().split("\0").flatMap(statusEntry),
		...refs.stdout.toString().split("\n").flatMap(refEntry),
		...await decisiveFiles(common)
	]);
}
function statusEntry(line) {
	const header = /^# branch\.(oid|head) (.*)$/.exec(line);
	if (header !== null) return [[header[1] === "oid" ? "the commit of HEAD" : "HEAD", header[2]]];
	const file = /^(?:1 (?:\S+ ){7}|u (?:\S+ ){9})/.exec(line);
	return file === null ? [] : [[line.slice(file[0].length), file[0]]];
}
function refEntry(line) {
	const [ref, id] = line.split(" ");
	return id === void 0 ? [] : [[ref, id]];
}
async function decisiveFiles(common) {
	const hooks = await (0, node_fs_promises.readdir)(node_path.default.join(common, "hooks")).catch(() => []);
	const entries = [...decisive, ...hooks.map((name) => `hooks/${name}`)].map(async (name) => {
		const bytes = await (0, node_fs_promises.readFile)(node_path.default.join(common, name)).catch(() => null);
		return bytes === null ? [] : [[`.git/${name}`, (0, node_crypto.createHash)("sha256").update(bytes).digest("hex")]];
	});
	return (await Promise.all(entries)).flat();
}
// ../refit/src/adapters/nx-graph.ts
function nxGraphs(env) {
	return { async read(root) {
		if (!(await (0, node_fs_promises.readFile)(node_path.default.join(root, "nx.json"), "utf8").catch(() => "")).includes("\"@refit/nx\"")) return null;
		const nx = await installedNx(root);
		if (nx === null) return { problem: "Nx is not installed here" };
		const folder = await (0, node_fs_promises.mkdtemp)(node_path.default.join((0, node_os.tmpdir)(), "refit-nx-"));
		try {
			const file = node_path.default.join(folder, "graph.json");
			const surroundings = {
				...childEnvironment(env, [/^NX_/, /^CI$/]),
				NX_DAEMON: "false"
			};
			await (0, node_util.promisify)(node_child_process.execFile)(process.execPath, [
				nx,
				"graph",
				`--file=${file}`
			], {
				cwd: root,
				env: surroundings,
				timeout: 12e4,
				maxBuffer: 16777216
			});
			return graphOf(JSON.parse(await (0, node_fs_promises.readFile)(file, "utf8")));
		} catch (error) {
			const { stderr = "", message } = error;
			const [said = message] = stderr.split("\n").filter((line) => line.trim() !== "");
			return { problem: `\`nx graph\` ended with an error (${said.trim().slice(0, 200)})` };
		} finally {
			await (0, node_fs_promises.rm)(folder, {
				recursive: true,
				force: true
			});
		}
	} };
}
function graphOf({ graph }) {
	const roots = new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, data.root]));
	const needs = Object.entries(graph.dependencies).map(([name, all]) => [name, all.map(({ target }) => target).filter((target) => roots.has(target))]);
	return {
		roots,
		needs: new Map(needs)
	};
}
async function installedNx(root) {
	const folder = node_path.default.join(root, "node_modules/nx");
	const text = await (0, node_fs_promises.readFile)(node_path.default.join(folder, "package.json"), "utf8").catch(() => null);
	if (text === null) return null;
	const { bin } = JSON.parse(text);
	return node_path.default.join(folder, bin["nx"]);
}
// ../refit/src/adapters/git/tree-changes.ts
function treeChanges(git) {
	return { async between(from, to) {
		const words = (await git.run([
			"diff-tree",
			"-r",
			"-z",
			"--raw",
			"--no-renames",
			"--full-index",
			from,
			to
		])).split("\0");
		const changes = [];
		for (let i = 0; i + 1 < words.length; i += 2) {
			const [, , before, after] = words[i].split(" ");
			if (before !== after) changes.push({
				path: words[i + 1],
				before: idOf(before),
				after: idOf(after)
			});
		}
		return changes;
	} };
}
var idOf = (id) => /^0+$/.test(id) ? null : id;
// ../refit/src/adapters/git/remote-refs.ts
function remoteRefs(git) {
	return {
		async areHeadsHere({ remote, baseBranch, sharedHeads }) {
			if (remote === null || sharedHeads === void 0) return false;
			return JSON.stringify(await headsThere(git, {
				remote,
				baseBranch
			})) === JSON.stringify(sharedHeads);
		},
		async tags({ root, remote }) {
			if (remote === null) return new Map();
			const { exitCode, stdout, stderr } = await porcelain(git, root, remote, [
				"ls-remote",
				"--tags",
				remote
			]);
			if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
			const commits = new Map();
			for (const line of stdout.toString().split("\n")) {
				const [id, ref] = line.split("	");
				if (id && ref) commits.set(ref.replace(/^refs\/tags\//, "").replace(/\^\{\}$/, ""), id);
			}
			return commits;
		},
		bringBase: (repository) => bringBase(git, repository)
	};
}
async function bringBase(git, { root, remote, baseBranch }) {
	if (remote === null) return;
	const ref = `refs/heads/${baseBranch}`;
	const here = `refs/remotes/${remote}/${baseBranch}`;
	const asked = async (args) => {
		const { exitCode, stdout, stderr } = await despiteLocks(() => porcelain(git, root, remote, args));
		return {
			said: stdout.toString(),
			stderr,
			isDone: exitCode === 0
		};
	};
	const idHere = () => git.run([
		"for-each-ref",
		"--format=%(objectname)",
		here
	]);
	const listed = await asked([
		"ls-remote",
		remote,
		ref
	]);
	if (!listed.isDone) throw new RemoteUnreachableError(remote, listed.stderr);
	const there = listed.said.split("	")[0];
	const known = await idHere();
	if (there === known) return;
	if (there === "") throw new RemoteUnreachableError(remote, `it has no branch ${baseBranch} any more`);
	const fetched = await asked([
		"fetch",
		...[
			"--quiet",
			"--no-tags",
			"--no-prune",
			"--no-write-fetch-head",
			"--no-recurse-submodules"
		],
		"--refmap=",
		remote,
		`+${ref}:${here}`
	]);
	if (!fetched.isDone && await idHere() === known) throw new RemoteUnreachableError(remote, fetched.stderr);
}
// ../refit/src/adapters/http-server.ts
var name = "@refit/serve";
var installedServer = { async serve(request) {
	const file = installedFile(name, "node", (found) => new PackageMissingError("`refit serve`", {
		name,
		version: version$1,
		found,
		page: "docs/serve.md"
	}));
	const { serveSources } = await import((0, node_url.pathToFileURL)(file).href);
	await serveSources(request);
} };
// ../refit/src/adapters/learners/calibrated.ts
function calibrated(learner) {
	const { problemOf, serve } = learner;
	return {
		...learner,
		fit: (request) => fit(learner, request),
		settle(settings, files) {
			const { calibration, ...own } = settings;
			const settled = learner.settle(own, withoutCalibration(files));
			return calibration === void 0 ? settled : {
				...settled,
				calibration: { kept: textOf(files) }
			};
		},
		load: (files, limits) => loadCalibrated(files, (own) => learner.load(own, limits)),
		...serve && { serve: (files) => loadCalibrated(files, serve) },
		...problemOf && { problemOf(request, files) {
			const { calibration, ...settings } = request.settings;
			const stored = readCalibration(files);
			if (stored?.method !== calibration) return `calibration.json is not of the method in model.yaml`;
			if (stored !== null && stored.maps.length !== widthOf(request)) return `calibration.json has a wrong number of maps`;
			return problemOf({
				...request,
				settings
			}, withoutCalibration(files));
		} }
	};
}
async function fit(learner, request) {
	const { calibration, ...settings } = request.settings;
	const start = request.start && { start: withoutCalibration(request.start) };
	const files = await learner.fit({
		...request,
		settings,
		...start
	});
	if (calibration === void 0) return files;
	if (typeof calibration === "object") return new Map([...files, [CALIBRATION_FILE, encodeText(calibration.kept)]]);
	const { classes, validation } = request;
	const { features, target, weights } = validation;
	const maps = fitCalibration(calibration, {
		classes,
		answers: await (await learner.load(files, limitsOf(settings))).predict(features),
		target,
		...weights && { weights }
	});
	return new Map([...files, [CALIBRATION_FILE, encodeText(calibrationText({
		method: calibration,
		maps
	}))]]);
}
var widthOf = ({ task, classes }) => task === "multiclass" ? classes : 1;
function textOf(files) {
	return decodeText(files.get("calibration.json") ?? new Uint8Array());
}
// ../refit/src/adapters/learners/command/index.ts
function commandPrograms(tools) {
	let made = null;
	return {
		descriptors: [commandDescriptor],
		async load() {
			made ??= Promise.resolve().then(() => require("./work.cjs")).then((n) => n.command_learner_exports).then(({ commandLearner }) => commandLearner(tools));
			return { command: await made };
		}
	};
}
// ../refit/src/adapters/learners/onnx/index.ts
function modelsFromElsewhere(folder) {
	return {
		descriptors: [onnxDescriptor],
		async load() {
			const { onnxLearner } = await Promise.resolve().then(() => onnx_learner_exports);
			return { onnx: onnxLearner(folder) };
		}
	};
}
// ../refit/src/adapters/learners/tfjs/index.ts
function networks(tools) {
	return {
		descriptors: [tfjsDescriptor],
		async load() {
			const { tfjsLearner } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.tfjs_learner_exports);
			return { tfjs: tfjsLearner(tools) };
		}
	};
}
// ../refit/src/adapters/learners/predictions/index.ts
var importedPredictions = {
	descriptors: [predictionsDescriptor],
	async load() {
		const { predictionsLearner } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.predictions_learner_exports);
		return { predictions: predictionsLearner };
	}
};
// ../refit/src/adapters/learners/tabular/index.ts
var tabular = {
	descriptors: [
		gbdtDescriptor,
		linearDescriptor,
		autoDescriptor
	],
	async load() {
		const { threadedLearners } = await Promise.resolve().then(() => require("./learners.cjs")).then((n) => n.threaded_exports);
		return threadedLearners;
	}
};
// ../refit/src/adapters/learners/index.ts
function installedLearners(tools) {
	return learnersOf([
		tabular,
		commandPrograms(tools),
		modelsFromElsewhere(tools.folder ?? process.cwd()),
		networks(tools)
	], [importedPredictions]);
}
function learnersOf(nameable, ofVersions) {
	const all = [...nameable, ...ofVersions];
	const installed = nameable.flatMap(({ descriptors }) => descriptors);
	return {
		installed,
		async get(name) {
			const learner = (await all.find(({ descriptors }) => descriptors.some((each) => each.name === name))?.load())?.[name];
			if (learner !== void 0) return calibrated(learner);
			throw new LearnerMissingError(name, installed.map((each) => each.name));
		}
	};
}
// ../refit/src/adapters/terminal/streams.ts
var processStreams = {
	isFile: (file) => (0, node_fs_promises.stat)(file).then((found) => found.isFile(), () => false),
	async stamp(file) {
		try {
			const own = await (0, node_fs_promises.realpath)(file);
			const found = await (0, node_fs_promises.stat)(own);
			const { dev, ino, size, mtimeMs, ctimeMs } = found;
			const id = [
				own,
				dev,
				ino,
				size,
				mtimeMs,
				ctimeMs
			].join(" ");
			return found.isFile() ? {
				id,
				writtenAt: mtimeMs,
				name: node_path.default.basename(own)
			} : null;
		} catch (error) {
			const { code } = error;
			if (code === "ENOENT" || code === "ENOTDIR") return null;
			throw error;
		}
	},
	takeInput: (file) => (0, node_stream_promises.pipeline)(process.stdin, (0, node_fs.createWriteStream)(file)),
	async giveOutput(file) {
		try {
			await (0, node_stream_promises.pipeline)((0, node_fs.createReadStream)(file), process.stdout, { end: false });
		} catch (error) {
			if (error.code !== "EPIPE") throw error;
		}
	},
	async place(file, to) {
		await (0, node_fs_promises.mkdir)(node_path.default.dirname(to), { recursive: true });
		const temporary = `${to}.${temporaryName()}.tmp`;
		try {
			await (0, node_fs_promises.copyFile)(file, temporary);
			await (0, node_fs_promises.rename)(temporary, to);
		} catch (error) {
			await (0, node_fs_promises.rm)(temporary, { force: true }).catch(() => {});
			throw error;
		}
	}
};
// ../refit/src/adapters/terminal/output.ts
function terminalOutput(json, { stderr, stdout } = process) {
	const live = stderr.isTTY === true && !json;
	const models = new node_async_hooks.AsyncLocalStorage();
	const stages = new Map();
	let open = false;
	function clear() {
		if (open) stderr.write("\r\x1B[K");
		open = false;
	}
	function named(sentence) {
		const model = models.getStore();
		return model === void 0 ? harmless$1(sentence) : `${harmless$1(model)}: ${harmless$1(sentence)}`;
	}
	return {
		out: {
			print(line) {
				clear();
				stdout.write(`${harmless$1(line)}\n`);
			},
			progress(name, done) {
				const model = models.getStore() ?? "";
				const before = stages.get(model);
				const stage = {
					name: named(name),
					percent: done === void 0 ? null : Math.floor(done * 100)
				};
				stages.set(model, stage);
				if (live) {
					const all = [...stages.values()];
					const line = all.length === 1 ? all.map(withBar) : all.map(withPercent);
					stderr.write(`\r\u001B[K${fitting(line.join(" · "), stderr.columns)}`);
					open = true;
					return;
				}
				const line = byQuarters(stage);
				if (before === void 0 || line !== byQuarters(before)) stderr.write(`${line}\n`);
			},
			notice(sentence) {
				clear();
				stderr.write(`note: ${named(sentence)}\n`);
			}
		},
		naming: { async about(model, work) {
			try {
				return await models.run(model, work);
			} finally {
				stages.delete(model);
			}
		} }
	};
}
function withBar({ name, percent }) {
	if (percent === null) return name;
	const filled = Math.round(percent / 5);
	return `${name} ${"█".repeat(filled)}${"░".repeat(20 - filled)} ${percent} %`;
}
var withPercent = ({ name, percent }) => percent === null ? name : `${name} ${percent} %`;
var byQuarters = ({ name, percent }) => withPercent({
	name,
	percent: percent === null ? null : percent - percent % 25
});
function fitting(line, columns = 80) {
	return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}
// ../refit/src/adapters/workers/foreman.ts
function connectedForeman() {
	const send = (message) => void process.send?.(message);
	const tasks = turnstile();
	let granted = () => {};
	const gone = () => process.exit(0);
	process.on("disconnect", gone);
	const leave = () => {
		process.off("disconnect", gone);
		if (process.connected) process.disconnect();
	};
	process.on("message", (message) => {
		if (message.kind === "task") tasks.bring(message.task);
		if (message.kind === "turn") granted();
		if (message.kind !== "end") return;
		leave();
		tasks.bring(null);
	});
	return {
		foreman: {
			next: tasks.take,
			answer: (answer) => send({
				kind: "answer",
				answer
			}),
			giveUp: (error, bug) => void process.send?.({
				kind: "stopped",
				error,
				bug
			}, void 0, void 0, leave)
		},
		out: {
			print: (sentence) => send({
				kind: "print",
				sentence
			}),
			notice: (sentence) => send({
				kind: "notice",
				sentence
			}),
			progress: (stage, done) => send({
				kind: "progress",
				stage,
				done
			})
		},
		turns: { async take(work) {
			await new Promise((resolve) => {
				granted = resolve;
				send({ kind: "turn" });
			});
			try {
				return await work();
			} finally {
				send({ kind: "turn-over" });
			}
		} }
	};
}
function turnstile() {
	const brought = [];
	let wanted = null;
	return {
		bring(thing) {
			if (wanted === null) brought.push(thing);
			else wanted(thing);
			wanted = null;
		},
		take: () => new Promise((resolve) => {
			if (brought.length > 0) resolve(brought.shift());
			else wanted = resolve;
		})
	};
}
var noForeman = {
	next: async () => null,
	answer: () => {},
	giveUp: () => {}
};
// ../refit/src/adapters/workers/process-workers.ts
function processWorkers(settings) {
	return { start: (beside, out) => startWorker(settings, beside, out) };
}
var StoppedWorkerError = class extends RefitError {
	code;
	hint;
	constructor({ code, message, hint }) {
		super(message);
		this.code = code;
		this.hint = hint;
	}
};
function startWorker({ command, env, turns }, beside, out) {
	const child = (0, node_child_process.fork)(command.program, [command.worker, ...command.words], {
		env: {
			...env,
			[SHARED_BY]: String(beside)
		},
		serialization: "advanced",
		stdio: [
			"ignore",
			2,
			2,
			"ipc"
		]
	});
	const keepRunning = whenEnding(() => void child.kill());
	let waiting = null;
	let endTurn = () => {};
	const settle = (act) => {
		const one = waiting;
		waiting = null;
		if (one !== null) act(one);
	};
	const takeTurn = () => turns.take(() => new Promise((resolve) => {
		endTurn = resolve;
		if (!tell(child, { kind: "turn" })) resolve();
	}));
	child.on("message", (message) => {
		switch (message.kind) {
			case "turn":
				takeTurn();
				return;
			case "turn-over": return endTurn();
			case "answer": return settle((one) => one.resolve(message.answer));
			case "stopped": return settle((one) => one.reject(stopped(message.error, message.bug)));
			default: return waiting?.there(() => say(out, message));
		}
	});
	const ended = (how) => {
		keepRunning();
		endTurn();
		settle((one) => one.reject(new ModelProcessEndedError(one.model, how)));
	};
	child.on("error", (error) => ended(error.message));
	child.on("exit", (exitCode, signal) => ended(signal ?? `exit code ${exitCode}`));
	return {
		run: (task) => new Promise((resolve, reject) => {
			waiting = {
				model: task.model,
				there: node_async_hooks.AsyncLocalStorage.snapshot(),
				resolve,
				reject
			};
			if (!tell(child, {
				kind: "task",
				task
			})) settle(() => reject(new ModelProcessEndedError(task.model, "no start")));
		}),
		end: () => void tell(child, { kind: "end" })
	};
}
function say(out, message) {
	if (message.kind === "progress") out.progress(message.stage, message.done);
	else out[message.kind](message.sentence);
}
function stopped(error, bug) {
	if (bug === null) return new StoppedWorkerError(error);
	return Object.assign(new Error(error.message), { stack: bug });
}
function tell(child, message) {
	return child.connected && child.send(message, () => {});
}
// ../refit/src/adapters/workers/turns.ts
function turnsInOrder() {
	let last = Promise.resolve();
	return { take(work) {
		const turn = last.then(work, work);
		last = turn;
		return turn;
	} };
}
// ../refit/src/adapters/sources/content-cache.ts
var day = 864e5;
var lately = day;
var longAgo = 60 * day;
var cacheFolders = [
	"answers",
	"files",
	"lists",
	"news",
	"parsed",
	"paths",
	"profiles",
	"rows"
];
var contentCache = { async prune({ commonDir }, needed, dryRun) {
	const caches = node_path.default.join(commonDir, "refit", "cache");
	const content = await pruneFiles(await filesIn$1(contentFolder(commonDir)), dryRun, {
		stays: (file) => needed.content.has(node_path.default.basename(file)),
		unused: lately
	});
	const derived = await Promise.all(cacheFolders.map((name) => filesIn$1(node_path.default.join(caches, name))));
	const isNeeded = ({ caches: names }, file) => names === null || names.has(node_path.default.relative(caches, file).replaceAll(node_path.default.sep, "/"));
	return {
		...content,
		caches: await pruneFiles(derived.flat(), dryRun, {
			stays: (file) => isNeeded(needed, file),
			unused: longAgo
		}),
		backtests: await pruneBacktests(node_path.default.join(commonDir, "refit", "backtest"), dryRun)
	};
} };
async function pruneFiles(files, dryRun, rule) {
	let [removed, removedBytes, kept, keptBytes] = [
		0,
		0,
		0,
		0
	];
	for (const { file, bytes, usedAt } of files) {
		const stays = rule.stays(file) || systemClock.now() - usedAt < rule.unused;
		if (!stays && !dryRun) await (0, node_fs_promises.rm)(file, {
			recursive: true,
			force: true
		});
		if (stays) [kept, keptBytes] = [kept + 1, keptBytes + bytes];
		else [removed, removedBytes] = [removed + 1, removedBytes + bytes];
	}
	return {
		removed,
		removedBytes,
		kept,
		keptBytes
	};
}
async function pruneBacktests(folder, dryRun) {
	const counts = [];
	for (const model of await (0, node_fs_promises.readdir)(folder).catch(() => [])) for (const plan of await (0, node_fs_promises.readdir)(node_path.default.join(folder, model)).catch(() => [])) {
		const home = node_path.default.join(folder, model, plan);
		const files = await filesIn$1(home);
		const newest = Math.max(0, ...files.map(({ usedAt }) => usedAt));
		const isOld = systemClock.now() - newest >= longAgo;
		counts.push(await pruneFiles(files, true, {
			stays: () => !isOld,
			unused: longAgo
		}));
		if (isOld && !dryRun) await (0, node_fs_promises.rm)(home, {
			recursive: true,
			force: true
		});
	}
	const sum = (name) => counts.reduce((total, each) => total + each[name], 0);
	return {
		removed: sum("removed"),
		removedBytes: sum("removedBytes"),
		kept: sum("kept"),
		keptBytes: sum("keptBytes")
	};
}
async function filesIn$1(folder) {
	const entries = await (0, node_fs_promises.readdir)(folder, {
		recursive: true,
		withFileTypes: true
	}).catch(() => []);
	const found = [];
	for (const entry of entries.filter((each) => !each.isDirectory())) {
		const file = node_path.default.join(entry.parentPath, entry.name);
		const facts = await (0, node_fs_promises.lstat)(file).catch(() => null);
		if (facts !== null) found.push({
			file,
			bytes: facts.size,
			usedAt: facts.mtimeMs
		});
	}
	return found;
}
// ../refit/src/adapters/sources/git/found-file.ts
var pointerStart = "version https://git-lfs.github.com/spec/";
var pointerBytes = 1024;
async function hashed(file, localPath) {
	const hash = (0, node_crypto.createHash)("sha256");
	let bytes = 0;
	let start = "";
	try {
		for await (const piece of fileBytes(localPath)) {
			if (bytes === 0) start = piece.toString("latin1", 0, 40);
			bytes += piece.length;
			hash.update(piece);
		}
	} catch (error) {
		throw new SourceVanishedError(file.path, { cause: error });
	}
	if (bytes < pointerBytes && start === pointerStart) throw new SourceLfsPointerError(file.path);
	return {
		localPath,
		known: {
			sha256: hash.digest("hex"),
			bytes
		}
	};
}
// ../refit/src/adapters/sources/git/inside.ts
function requireInside(source) {
	if (/^(?:[a-z]:|[\\/]|~)/i.test(source)) throw new SourceOutsideError(source, "is an absolute path");
	if (source.split(/[\\/]/).includes("..")) throw new SourceOutsideError(source, "leaves the repository with \"..\"");
}
function realInside(root, logical) {
	let real;
	let realRoot;
	try {
		[real, realRoot] = [node_fs.realpathSync.native(node_path.default.join(root, logical)), node_fs.realpathSync.native(root)];
	} catch (error) {
		const { code } = error;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		if (code === "ELOOP") throw new SourceOutsideError(logical, "is a symbolic link that leads back to itself");
		throw error;
	}
	const relative = node_path.default.relative(realRoot, real);
	const [first] = relative.split(node_path.default.sep);
	if (first === ".." || node_path.default.isAbsolute(relative)) throw new SourceOutsideError(logical, "is a symbolic link (or lies below one) that leads out of the repository");
	if (first === ".git") throw new SourceOutsideError(logical, "leads into .git");
	return real;
}
// ../refit/src/adapters/sources/git/list-sources.ts
async function listSources(git, request, workTree) {
	const { repository, manifest, listings } = request;
	const { listing, askedAt } = await listings(repository, manifest);
	const listed = await listFrom(git, request, {
		listing,
		workTree
	});
	if (askedAt === null || listed.files.every(({ changedAt }) => changedAt < askedAt)) return listed;
	const { listing: anew } = await listings(repository, manifest, true);
	return listFrom(git, request, {
		listing: anew,
		workTree
	});
}
async function listFrom(git, { repository, manifest }, { listing, workTree }) {
	const files = new Map();
	const findings = [];
	const notices = [];
	for (const source of manifest.sources) {
		const pattern = globPattern(source.path);
		const outside = [...listing.links].find((link) => pattern.test(link));
		if (outside !== void 0) throw new SourceOutsideError(outside, "is a symbolic link in the base commit");
		const matches = candidates(listing, {
			baseBranch: repository.baseBranch,
			workTree,
			notices
		}, pattern);
		let count = 0;
		const ignored = new Set(listing.ignored);
		for (const name of matches) {
			if (workTree && !ignored.has(name)) refuseLink(repository, name);
			const format = sourceFormat(name);
			if (format === null) {
				notices.push(`${quoted(name)} is not read: its name does not end in .csv, .tsv, .jsonl, .ndjson or .parquet.`);
				continue;
			}
			const delimiter = source.delimiter ?? format.delimiter;
			const listed = describe(repository, listing, workTree, {
				path: name,
				format: format.format,
				delimiter
			});
			if (listed === null) continue;
			count++;
			if (!files.has(name)) files.set(name, listed);
		}
		if (count === 0 && workTree) refuseLinksAbove(repository, source.path);
		if (count === 0) findings.push(await nothingFound(git, repository, source.path, workTree));
	}
	return {
		files: [...files].sort(([a], [b]) => a < b ? -1 : 1).map(([, listed]) => listed),
		findings,
		notices: [...new Set(notices)]
	};
}
function candidates({ tracked, differing, ignored, untracked }, { baseBranch, workTree, notices }, pattern) {
	const matching = (names) => [...names].filter((name) => pattern.test(name));
	const committed = matching(tracked.keys());
	const edited = matching(differing);
	const others = matching(untracked);
	if (workTree) return [...new Set([
		...committed,
		...edited,
		...others,
		...matching(ignored)
	])];
	for (const name of edited) notices.push(tracked.has(name) ? `${quoted(name)} in the work tree differs from ${baseBranch}; refit reads ${baseBranch}.` : `${quoted(name)} is not on ${baseBranch} yet, so it is not read.`);
	for (const name of others) notices.push(`${quoted(name)} is neither committed nor git-ignored, so it is not read.`);
	return [...committed, ...matching(ignored)];
}
function describe({ root }, { tracked, differing }, workTree, found) {
	const name = found.path;
	const committed = differing.has(name) && workTree ? void 0 : tracked.get(name);
	const here = committed !== void 0 && differing.has(name) ? null : standing(root, name);
	if (committed !== void 0) {
		const { blob, bytes } = committed;
		return {
			file: {
				...found,
				bytes: here?.bytes ?? bytes,
				blob,
				identity: blob
			},
			inPlace: here?.identity ?? null,
			changedAt: here?.changedAt ?? 0
		};
	}
	if (here === null) return null;
	return {
		file: {
			...found,
			bytes: here.bytes,
			blob: null,
			identity: here.identity
		},
		inPlace: here.identity,
		changedAt: here.changedAt
	};
}
function refuseLinksAbove(repository, source) {
	const folders = source.split("/").slice(0, -1);
	for (const depth of folders.keys()) refuseLink(repository, folders.slice(0, depth + 1).join("/"));
}
function refuseLink({ root }, name) {
	if (!isLink(node_path.default.join(root, name))) return;
	const real = realInside(root, name);
	throw new SourceOutsideError(name, `is a symbolic link, which a commit keeps as a link${real === null ? "" : `; name what it leads to, ${quoted(node_path.default.relative((0, node_fs.realpathSync)(root), real))}`}`);
}
function isLink(file) {
	try {
		return (0, node_fs.lstatSync)(file).isSymbolicLink();
	} catch {
		return false;
	}
}
function standing(root, name) {
	const real = realInside(root, name);
	const facts = real === null ? void 0 : (0, node_fs.statSync)(real, {
		bigint: true,
		throwIfNoEntry: false
	});
	if (facts?.isFile() !== true) return null;
	const identity = `${facts.size}-${facts.mtimeNs}-${facts.ino}`;
	return {
		bytes: Number(facts.size),
		identity,
		changedAt: Number(facts.ctimeMs)
	};
}
async function nothingFound(git, { root, baseCommit }, source, workTree) {
	const list = workTree ? [
		"ls-files",
		"-z",
		"--cached",
		"--others",
		"--exclude-standard"
	] : [
		"ls-tree",
		"-r",
		"-z",
		"--name-only",
		"--full-tree",
		baseCommit
	];
	const known = (await git.run(list, { cwd: root })).split("\0").filter((name) => sourceFormat(name) !== null);
	const wanted = source.split("/").at(-1);
	const near = nearest$1(source, known) ?? known.find((name) => name.split("/").at(-1) === nearest$1(wanted, known.map((other) => other.split("/").at(-1))));
	const advice = near === void 0 ? "" : ` There is ${quoted(near)}.`;
	return finding("no-files", {}, `No file matches ${quoted(source)}.${advice}`);
}
// ../refit/src/adapters/sources/git/git-listing.ts
async function gitListing(git, repository, folders) {
	const below = folders.includes("") ? [] : ["--", ...folders];
	const ask = async (...args) => (await git.run([...args, ...below], { cwd: repository.root })).split("\0").filter((line) => line !== "");
	const [tree, lines] = await Promise.all([ask("ls-tree", "-r", "-l", "-z", "--full-tree", repository.baseCommit), ask("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignored=traditional", ...sameEverywhere)]);
	const tracked = new Map();
	const links = new Set();
	for (const line of tree) {
		const [, mode, blob, bytes, path] = /^(\d+) \S+ (\S+) +(\S+)\t(.*)$/s.exec(line);
		if (mode.startsWith("100")) tracked.set(path, {
			blob,
			bytes: Number(bytes)
		});
		else if (mode === "120000") links.add(path);
	}
	const { head, changed, ignored, untracked } = readStatus(lines);
	const differing = head === repository.baseCommit ? changed : await ask("diff", "--name-only", "-z", ...plainDiff, repository.baseCommit);
	return {
		tracked,
		links,
		differing: new Set(differing),
		ignored,
		untracked
	};
}
var sameEverywhere = ["--no-renames", "--ignore-submodules=all"];
var plainDiff = [
	"--no-ext-diff",
	"--no-textconv",
	"--no-renames",
	"--no-relative",
	"--ignore-submodules"
];
var fieldsBeforePath = {
	"1": 8,
	u: 10
};
function readStatus(lines) {
	let head = null;
	const changed = [];
	const ignored = [];
	const untracked = [];
	for (const line of lines) {
		const [kind] = line.split(" ", 1);
		if (line.startsWith("# branch.oid ")) head = line.slice(13);
		else if (kind === "?") untracked.push(line.slice(2));
		else if (kind === "!") ignored.push(line.slice(2));
		else if (kind in fieldsBeforePath) changed.push(line.split(" ").slice(fieldsBeforePath[kind]).join(" "));
	}
	return {
		head,
		changed,
		ignored,
		untracked
	};
}
// ../refit/src/adapters/sources/git/last-change.ts
function lastChange(root, sources) {
	try {
		const places = sources.flatMap(({ path: pattern }) => placesOf$1(root, pattern));
		return Math.max(0, ...places.map((place) => changedAt(root, place)));
	} catch {
		return Infinity;
	}
}
function placesOf$1(root, pattern) {
	const folder = globRoot(pattern);
	return isDeep(pattern) ? [folder, ...foldersBelow(root, folder)] : [folder];
}
function isDeep(pattern) {
	const folder = globRoot(pattern);
	const rest = folder === "" ? pattern : pattern.slice(folder.length + 1);
	return rest.includes("/") || rest.includes("**");
}
function foldersBelow(root, folder) {
	if (!(0, node_fs.existsSync)(node_path.default.join(root, folder))) return [];
	return (0, node_fs.readdirSync)(node_path.default.join(root, folder), {
		withFileTypes: true,
		recursive: true
	}).filter((entry) => entry.isDirectory()).map((entry) => node_path.default.relative(root, node_path.default.join(entry.parentPath, entry.name)));
}
function changedAt(root, place) {
	for (let at = place;; at = node_path.posix.dirname(at)) try {
		return (0, node_fs.statSync)(node_path.default.join(root, at)).ctimeMs;
	} catch (error) {
		if (at === ".") throw error;
	}
}
// ../refit/src/adapters/sources/git/named-folders.ts
var mostFolders = 64;
async function namedFolders(git, { root, baseCommit }) {
	const lines = [
		"grep",
		"-h",
		"-I",
		...[
			"--no-color",
			"--no-line-number",
			"--no-column",
			"--no-textconv"
		],
		"--extended-regexp",
		"-e",
		"path[\"']?:",
		baseCommit,
		"--",
		"data-manifests"
	];
	const { stdout } = await git.attempt(lines, { cwd: root });
	return [...stdout.toString().matchAll(value)].map(([, double, single, bare]) => double ?? single ?? bare.trim()).filter(isHere).map(globRoot);
}
var value = /\bpath["']?:[ \t]+(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,{}[\]][^,}\]#\n]*))/g;
function isHere(source) {
	return schemeOf(source) === "" && !node_path.posix.isAbsolute(source) && node_path.posix.normalize(source) === source && !source.startsWith("..");
}
function fewFolders(folders) {
	const parts = [...new Set(folders)].map((folder) => folder.split("/"));
	for (let depth = Math.max(...parts.map(({ length }) => length)); depth > 0; depth--) {
		const few = new Set(parts.map((each) => each.slice(0, depth).join("/")));
		if (few.size <= mostFolders) return [...few];
	}
	return [""];
}
// ../refit/src/adapters/sources/git/narrow-listing.ts
function cutter(listing) {
	const names = {
		tracked: [...listing.tracked.keys()].sort(),
		links: [...listing.links].sort(),
		differing: [...listing.differing].sort(),
		ignored: listing.ignored.toSorted(),
		untracked: listing.untracked.toSorted()
	};
	return (folders) => {
		const within = (sorted) => [...new Set(folders.flatMap((folder) => below(sorted, folder)))];
		return {
			tracked: new Map(within(names.tracked).map((name) => [name, listing.tracked.get(name)])),
			links: new Set(within(names.links)),
			differing: new Set(within(names.differing)),
			ignored: within(names.ignored),
			untracked: within(names.untracked)
		};
	};
}
function below(sorted, folder) {
	if (folder === "") return sorted;
	const own = placeOf$2(sorted, folder);
	const inside = sorted.slice(placeOf$2(sorted, `${folder}/`), placeOf$2(sorted, `${folder}${afterSlash}`));
	return sorted[own] === folder ? [folder, ...inside] : inside;
}
var afterSlash = String.fromCharCode("/".charCodeAt(0) + 1);
function placeOf$2(sorted, text) {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (sorted[middle] < text) low = middle + 1;
		else high = middle;
	}
	return low;
}
// ../refit/src/adapters/sources/git/listings.ts
var longestServed = 1e4;
var diskLag = 20;
function listingsOf(git) {
	let last = null;
	let turn = Promise.resolve();
	async function given(repository, manifest, anew) {
		const own = foldersOf(repository, manifest.sources);
		const of = [repository.root, repository.baseCommit].join("\0");
		const known = last?.of === of ? last : null;
		const isMissed = known !== null && !own.every((folder) => isWithin(known.folders, folder));
		if (known !== null && !isMissed && !anew && isCurrent(known, repository, manifest)) return {
			listing: known.cut(own),
			askedAt: known.askedAt
		};
		const folders = [
			...known?.folders ?? [],
			...own,
			...furtherFolders(repository, manifest)
		];
		const misses = (known?.misses ?? 0) + (isMissed ? 1 : 0);
		if (isMissed) folders.push(...misses === 1 ? await namedFolders(git, repository) : own.map(firstFolder));
		const askedAt = systemClock.now() - diskLag;
		const few = fewFolders(folders);
		last = {
			of,
			folders: few,
			askedAt,
			misses,
			cut: cutter(await gitListing(git, repository, few))
		};
		return {
			listing: last.cut(own),
			askedAt: null
		};
	}
	return (repository, manifest, anew = false) => {
		const mine = turn.then(() => given(repository, manifest, anew));
		turn = mine.catch(() => {});
		return mine;
	};
}
function isCurrent({ askedAt }, { root }, { sources }) {
	return systemClock.now() - askedAt < longestServed && lastChange(root, sources) < askedAt;
}
function isWithin(folders, name) {
	const parts = name.split("/");
	return folders.includes("") || parts.some((_, i) => folders.includes(parts.slice(0, i + 1).join("/")));
}
var firstFolder = (name) => name.slice(0, name.indexOf("/") + 1 || void 0).replace(/\/$/, "");
function furtherFolders(repository, { tables = [] }) {
	return foldersOf(repository, tables.flatMap((table) => table.sources.filter(({ path }) => schemeOf(path) === "")));
}
function foldersOf({ root }, sources) {
	for (const { path: source } of sources) requireInside(source);
	const folders = [...new Set(sources.map(({ path: source }) => globRoot(source)))];
	for (const folder of folders) realInside(root, folder);
	return folders;
}
// ../refit/src/adapters/sources/git/stored-copy.ts
var longestUnused = 5184e6;
async function storedCopy(git, repository, file) {
	const folder = node_path.default.join(repository.commonDir, "refit", "cache", "files");
	const kept = await keptCopy(folder, file);
	if (kept !== null) return kept;
	const writable = await (0, node_fs_promises.mkdir)(folder, { recursive: true }).then(() => true, () => false);
	if (writable) await removeUnused(folder);
	return extract(git, repository.root, file, writable ? folder : (await machineFolder()).path);
}
async function removeUnused(folder) {
	for (const name of await (0, node_fs_promises.readdir)(folder).catch(() => [])) {
		const copy = node_path.default.join(folder, name);
		const used = (await (0, node_fs_promises.stat)(copy).catch(() => null))?.mtimeMs;
		if (used === void 0 || systemClock.now() - used < longestUnused) continue;
		await (0, node_fs_promises.rm)(copy, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
async function noteUse(copy) {
	const now = systemClock.now() / 1e3;
	await (0, node_fs_promises.utimes)(copy, now, now).catch(() => {});
}
async function keptCopy(folder, file) {
	for (const name of await (0, node_fs_promises.readdir)(folder).catch(() => [])) {
		if (!name.startsWith(file.blob) || name.endsWith(".tmp")) continue;
		const copy = node_path.default.join(folder, name);
		const as = await hashed(file, copy).catch(() => null);
		if (as !== null && name === nameOf(file, as)) {
			await noteUse(copy);
			return as;
		}
		await (0, node_fs_promises.rm)(copy, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
	return null;
}
async function extract(git, root, file, folder) {
	const temporary = node_path.default.join(folder, `${file.blob}.${temporaryName()}.tmp`);
	const descriptor = (0, node_fs.openSync)(temporary, "wx");
	try {
		const { exitCode, stderr } = await git.attempt([
			"cat-file",
			"--filters",
			`--path=${file.path}`,
			file.blob
		], {
			cwd: root,
			onOutput: (chunk) => (0, node_fs.appendFileSync)(descriptor, chunk)
		});
		if (exitCode !== 0 && /lfs/i.test(stderr)) throw new SourceLfsPointerError(file.path);
		if (exitCode !== 0) throw new SourceVanishedError(file.path, { cause: new Error(stderr.trim()) });
		const made = await hashed(file, temporary);
		const copy = node_path.default.join(folder, nameOf(file, made));
		await (0, node_fs_promises.rename)(temporary, copy);
		return {
			localPath: copy,
			known: made.known
		};
	} finally {
		(0, node_fs.closeSync)(descriptor);
		await (0, node_fs_promises.rm)(temporary, { force: true });
	}
}
var nameOf = ({ blob }, { known }) => `${blob}-${known.sha256}`;
// ../refit/src/adapters/sources/git/watched-paths.ts
async function watchedSources({ root }, { sources }) {
	return (await Promise.all(sources.map(async (source) => pathsOfPattern(root, source.path)))).flat().map((file) => node_path.default.join(root, file));
}
async function pathsOfPattern(root, pattern) {
	const folder = globRoot(pattern);
	if (folder === pattern) return [pattern];
	return [folder, ...(await (0, node_fs_promises.readdir)(node_path.default.join(root, folder), {
		withFileTypes: true,
		recursive: isDeep(pattern)
	})).map((entry) => node_path.default.relative(root, node_path.default.join(entry.parentPath, entry.name))).filter((file) => !file.startsWith(`.git${node_path.default.sep}`))];
}
// ../refit/src/adapters/sources/git/index.ts
function gitSources(git) {
	const caches = new Map();
	const listings = listingsOf(git);
	const inPlace = new Map();
	function cacheOf({ commonDir }) {
		const file = node_path.default.join(commonDir, "refit", "cache", "digests.txt");
		const cache = caches.get(file) ?? digestCache(file);
		caches.set(file, cache);
		return cache;
	}
	return {
		async list(repository, manifest, { workTree }) {
			const { files, ...rest } = await listSources(git, {
				repository,
				manifest,
				listings
			}, workTree);
			const cache = cacheOf(repository);
			return {
				files: await Promise.all(files.map(async ({ file, inPlace: identity }) => {
					if (file.blob !== null && identity !== null) inPlace.set(placeKey(repository, file), identity);
					const known = file.blob === null ? null : await cache.get(file.identity);
					return known === null ? file : {
						...file,
						bytes: known.bytes
					};
				})),
				...rest
			};
		},
		async knownDigest(repository, file) {
			return (await cacheOf(repository).get(file.identity))?.sha256 ?? null;
		},
		watched: watchedSources,
		earlier: async () => null,
		async fetch(repository, file) {
			const unchanged = inPlace.get(placeKey(repository, file));
			const { blob } = file;
			const { localPath, known } = blob === null ? await hashed(file, untrackedPath(repository, file)) : await trackedFile(git, repository, {
				...file,
				blob
			}, unchanged ?? null);
			await cacheOf(repository).add(file.identity, known);
			return {
				...file,
				...known,
				localPath
			};
		}
	};
}
function placeKey({ root }, { path: name, blob }) {
	return [
		root,
		name,
		blob
	].join("\0");
}
function untrackedPath({ root }, file) {
	if (standing(root, file.path)?.identity !== file.identity) throw new SourceVanishedError(file.path);
	return node_path.default.join(root, file.path);
}
function trackedFile(git, repository, file, listed) {
	const { root } = repository;
	return listed !== null && standing(root, file.path)?.identity === listed ? hashed(file, node_path.default.join(root, file.path)) : storedCopy(git, repository, file);
}
// ../refit/src/adapters/sources/index.ts
var kinds = [
	{
		scheme: "",
		open: ({ git }) => gitSources(git)
	},
	lazyKind("dvc", async () => (await Promise.resolve().then(() => require("./stores.cjs")).then((n) => n.dvc_exports)).dvcSources),
	lazyKind("s3", async () => (await Promise.resolve().then(() => require("./remote.cjs")).then((n) => n.s3_exports)).s3Sources),
	lazyKind("hf", async () => (await Promise.resolve().then(() => require("./remote.cjs")).then((n) => n.hf_exports)).hubSources),
	lazyKind("postgres", async () => (await Promise.resolve().then(() => require("./remote.cjs")).then((n) => n.postgres_exports)).postgresSources),
	lazyKind("https", async () => (await Promise.resolve().then(() => require("./remote.cjs")).then((n) => n.https_exports)).httpsSources)
];
function sourcesAdapter(world, all = kinds) {
	const readers = new Map(all.map(({ scheme, open }) => [scheme, open(world)]));
	const readerOf = ({ scheme, path }) => readers.get(scheme ?? schemeOf(path));
	return {
		schemes: [...readers.keys()],
		async list(repository, manifest, options) {
			const listings = [];
			for (const [scheme, reader] of readers) {
				const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
				if (sources.length > 0) listings.push(await reader.list(repository, {
					...manifest,
					sources
				}, options));
			}
			return {
				files: listings.flatMap(({ files }) => files).sort((a, b) => a.path < b.path ? -1 : 1),
				findings: listings.flatMap(({ findings }) => findings),
				notices: listings.flatMap(({ notices }) => notices)
			};
		},
		knownDigest: (repository, file) => readerOf(file).knownDigest(repository, file),
		async watched(repository, manifest) {
			const paths = [];
			for (const [scheme, reader] of readers) {
				const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
				const found = sources.length > 0 ? await reader.watched(repository, {
					...manifest,
					sources
				}) : [];
				if (found === null) return null;
				paths.push(...found);
			}
			return paths;
		},
		async earlier(repository, manifest, file, options) {
			for (const scheme of new Set([schemeOf(file.path), "dvc"])) {
				const sources = manifest.sources.filter(({ path }) => schemeOf(path) === scheme);
				if (sources.length === 0) continue;
				const found = await readers.get(scheme)?.earlier(repository, {
					...manifest,
					sources
				}, file, options);
				if (found) return found;
			}
			return null;
		},
		fetch: (repository, file) => readerOf(file).fetch(repository, file),
		rowFiles: async (repository, file, options) => await readerOf(file).rowFiles?.(repository, file, options) ?? new Map()
	};
}
function lazyKind(scheme, load) {
	return {
		scheme,
		open(world) {
			let opened = null;
			const reader = () => opened ??= load().then((open) => open(world));
			return {
				list: async (...args) => (await reader()).list(...args),
				knownDigest: async (...args) => (await reader()).knownDigest(...args),
				watched: async (...args) => (await reader()).watched(...args),
				earlier: async (...args) => (await reader()).earlier(...args),
				fetch: async (...args) => (await reader()).fetch(...args),
				rowFiles: async (...args) => await (await reader()).rowFiles?.(...args) ?? new Map()
			};
		}
	};
}
// ../refit/src/adapters/sources/git/named/plain-texts.ts
var mostBytes$1 = 2 ** 27;
var longestRecord = 8 << 20;
async function plainTexts({ path: name, format, localPath, delimiter }, columns) {
	if (format === "parquet" || /\.gz$/i.test(name) || (await (0, node_fs_promises.stat)(localPath)).size > mostBytes$1) return null;
	const text = utf8(await (0, node_fs_promises.readFile)(localPath));
	if (text === null || text === "" || /[\0\uFFFD]|\r(?!\n)/.test(text)) return null;
	return format === "csv" ? csvTexts(text, delimiter, columns) : jsonTexts(text, columns);
}
function utf8(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}
function csvTexts(text, delimiter, columns) {
	const [header, ...rows] = csvFields(text, delimiter ?? findDelimiter(text.slice(0, text.search(/\r?\n|$/)))) ?? [];
	if (header === void 0 || header.some((name) => columnNameKey(name) === "" || /[\r\n]/.test(name))) return null;
	const keys = header.map((name) => name.toLowerCase());
	if (new Set(keys).size < keys.length || keys.some((key) => key.startsWith("__refit_"))) return null;
	if (rows.some(({ length }) => length !== header.length)) return null;
	return columns.map((column) => {
		const position = header.indexOf(column);
		return position < 0 ? [] : distinct(rows.map((row) => row[position]));
	});
}
var distinct = (texts) => [...new Set(texts)].sort();
function csvFields(text, delimiter) {
	if (text.includes("\r\n") && /(?<!\r)\n/.test(text) || delimiter.length !== 1) return null;
	const records = [];
	let fields = [];
	let start = 0;
	for (let at = 0; at < text.length;) {
		let end;
		if (text[at] === "\"") {
			end = endOfQuoted(text, at);
			const field = text.slice(at + 1, end - 1);
			if (end < 0 || field.includes("\r")) return null;
			fields.push(field.replaceAll("\"\"", "\""));
		} else {
			end = endOfPlain(text, at, delimiter);
			const field = text.slice(at, end);
			if (field.includes("\"")) return null;
			fields.push(field);
		}
		if (text[end] === delimiter) {
			at = end + 1;
			if (at < text.length) continue;
			fields.push("");
		} else if (end < text.length && text[end] !== "\n" && text[end] !== "\r") return null;
		else at = end + (text[end] === "\r" ? 2 : 1);
		if (at - start > longestRecord || fields.length === 1 && fields[0] === "") return null;
		records.push(fields);
		fields = [];
		start = at;
	}
	return records;
}
function endOfQuoted(text, start) {
	for (let at = text.indexOf("\"", start + 1); at >= 0; at = text.indexOf("\"", at + 2)) if (text[at + 1] !== "\"") return at + 1;
	return -1;
}
function endOfPlain(text, start, delimiter) {
	let at = start;
	while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") at++;
	return at;
}
function jsonTexts(text, columns) {
	const found = columns.map(() => []);
	for (const line of text.split(/\r?\n/)) {
		if (line === "") continue;
		const row = objectOf(line);
		if (row === null || line.length > longestRecord) return null;
		for (const [i, column] of columns.entries()) {
			const value = row[column] ?? null;
			if (value === null) continue;
			if (typeof value !== "string" || /[\0\uFFFD\p{Surrogate}]/u.test(value)) return null;
			found[i].push(value);
		}
	}
	return found.map(distinct);
}
function objectOf(line) {
	try {
		const value = JSON.parse(line);
		if (!(typeof value === "object" && value !== null && !Array.isArray(value))) return null;
		const keys = Object.keys(value).map((key) => key.toLowerCase());
		return new Set(keys).size < keys.length ? null : value;
	} catch {
		return null;
	}
}
// ../refit/src/adapters/sources/git/named/path-lists.ts
async function recallTexts(repository, own, columns) {
	const bytes = await diskFiles.read(placeOf$1(repository, own, columns)).catch(() => null);
	return bytes === null ? null : openSealedJson(decodeText(bytes))?.value ?? null;
}
async function readTexts(repository, file, columns) {
	const raws = columns.map(({ raw }) => raw);
	const texts = await plainTexts(file, raws) ?? await textsByDuckDb(repository, file, raws);
	const place = placeOf$1(repository, file.sha256, columns);
	await diskFiles.write(place, encodeText(sealJson(texts)), { lasting: false }).catch(() => {});
	return texts;
}
async function textsByDuckDb(repository, file, raws) {
	const { textsOfColumns } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.row_texts_exports);
	const scratch = await openScratch(repository.commonDir);
	try {
		return await textsOfColumns(file, raws, node_path.default.join(scratch.path, (0, node_crypto.randomUUID)()));
	} finally {
		await scratch.remove();
	}
}
function placeOf$1({ commonDir }, own, columns) {
	const name = sha256(JSON.stringify([
		1,
		own,
		columns.map(({ raw }) => raw)
	]));
	return node_path.default.join(commonDir, "refit", "cache", "paths", name);
}
// ../refit/src/adapters/sources/git/named/earlier-names.ts
var mostChanges = 20;
async function keepNames(repository, digest, files) {
	const bytes = encodeText(sealJson([...files].map(({ path: name, sha256, bytes }) => [
		name,
		sha256,
		bytes
	])));
	await diskFiles.write(placeOf(repository, digest), bytes, { lasting: false }).catch(() => {});
}
async function recallNames(repository, digest) {
	const bytes = await diskFiles.read(placeOf(repository, digest)).catch(() => null);
	const kept = bytes === null ? null : openSealedJson(decodeText(bytes));
	if (kept === null) return null;
	const { contentStore } = await Promise.resolve().then(() => require("./remote.cjs")).then((n) => n.content_store_exports);
	const store = contentStore(contentFolder(repository.commonDir));
	const files = kept.value.map(([name, sha256, size]) => {
		const bring = async () => {
			const file = await store.find(sha256);
			if (file === null) throw new SourceVanishedError(name);
			return file;
		};
		return {
			path: name,
			sha256,
			bytes: size,
			bring
		};
	});
	return new Map(files.map((file) => [file.path, file]));
}
var placeOf = ({ commonDir }, digest) => node_path.default.join(commonDir, "refit", "cache", "paths", `${digest}.named`);
async function statesBefore(git, { root, baseCommit }, folder) {
	const below = folder === "" ? [] : ["--", folder];
	const format = [
		"--format=%P",
		"--first-parent",
		"-m",
		`--max-count=${mostChanges}`
	];
	const found = await git.attempt([
		"log",
		...format,
		baseCommit,
		...below
	], { cwd: root });
	if (found.exitCode !== 0) return [];
	const parents = found.stdout.toString().split("\n").map((line) => line.trim().split(" ")[0]);
	return [...new Set(parents.filter((commit) => commit !== ""))];
}
// ../refit/src/adapters/sources/git/named/look-up.ts
var mostBytes = 2 ** 30;
async function nameLookup(git, repository, { names, workTree }) {
	const listing = await gitListing(git, repository, [commonFolder(names)]);
	const ignored = new Set([...listing.ignored, ...workTree ? listing.untracked : []]);
	let spelled = null;
	const otherCase = (name) => {
		spelled ??= new Map([...listing.tracked.keys(), ...ignored].map((each) => [each.toLowerCase(), each]));
		return spelled.get(name.toLowerCase());
	};
	return { async find(name) {
		const { root } = repository;
		const isEdited = listing.differing.has(name);
		const committed = workTree && isEdited ? void 0 : listing.tracked.get(name);
		if (committed !== void 0) {
			const { blob, bytes } = committed;
			return withinSize({
				path: name,
				blob,
				identity: blob,
				bytes,
				inPlace: !isEdited
			});
		}
		if (isBehindLink(listing, name)) return {
			code: "file-path",
			words: "is a symbolic link in the base commit, or lies behind one"
		};
		if (ignored.has(name) || workTree && isEdited) {
			const found = onDisk(root, name);
			if (found !== null) return found;
		}
		return {
			code: "file-missing",
			words: await absence(repository, name, otherCase(name))
		};
	} };
}
function placedLookup(files) {
	let spelled = null;
	return { async find(name) {
		const placed = files.get(name);
		if (placed !== void 0) {
			const { identity, bytes } = placed;
			return withinSize({
				path: name,
				blob: null,
				identity,
				bytes: bytes ?? 0,
				inPlace: false,
				placed
			});
		}
		spelled ??= new Map([...files.keys()].map((each) => [each.toLowerCase(), each]));
		return {
			code: "file-missing",
			words: missingWords(spelled.get(name.toLowerCase()))
		};
	} };
}
function withinSize(found) {
	if (found.bytes <= mostBytes) return found;
	return {
		code: "file-too-large",
		words: `has ${found.bytes} bytes; at most 1 GiB is possible`
	};
}
function onDisk(root, name) {
	try {
		const now = standing(root, name);
		return now && withinSize({
			path: name,
			blob: null,
			inPlace: true,
			bytes: now.bytes,
			identity: now.identity
		});
	} catch (error) {
		if (!(error instanceof SourceOutsideError)) throw error;
		return {
			code: "file-path",
			words: "is a symbolic link that leads out of the repository, or lies behind one"
		};
	}
}
function isBehindLink({ links }, name) {
	if (links.size === 0) return false;
	const parts = name.split("/");
	return parts.some((_, depth) => links.has(parts.slice(0, depth + 1).join("/")));
}
async function absence({ root, baseBranch }, name, near) {
	const facts = await (0, node_fs_promises.lstat)(node_path.default.join(root, name)).catch(() => null);
	if (facts?.isDirectory() === true) return "is a folder";
	if (isOutside(root, name)) return "leads out of the repository";
	if (facts?.isFile() === true) return `is neither on ${baseBranch} nor git-ignored, so it is not read: commit it, or git-ignore it`;
	if (facts !== null) return "is not a regular file";
	return missingWords(near);
}
function isOutside(root, name) {
	try {
		realInside(root, name);
		return false;
	} catch {
		return true;
	}
}
var missingWords = (near) => near === void 0 ? "does not exist" : `does not exist; there is ${JSON.stringify(near)}`;
function commonFolder(names) {
	const [first = "", ...others] = names;
	let folder = first.split("/").slice(0, -1);
	for (const name of others) {
		const parts = name.split("/").slice(0, -1);
		const end = folder.findIndex((part, depth) => parts[depth] !== part);
		if (end >= 0) folder = folder.slice(0, end);
	}
	const special = folder.findIndex((part) => /[*?[\]\\:!^]/.test(part));
	return (special < 0 ? folder : folder.slice(0, special)).join("/");
}
// ../refit/src/adapters/sources/git/named/name-digests.ts
var atOnce = 8;
function nameDigests(git) {
	const caches = new Map();
	const cacheOf = ({ commonDir }) => {
		const file = node_path.default.join(commonDir, "refit", "cache", "named-digests.txt");
		const cache = caches.get(file) ?? digestCache(file);
		caches.set(file, cache);
		return cache;
	};
	return {
		async known(found, repository) {
			const cache = cacheOf(repository);
			const digests = new Map();
			for (const each of found) {
				const known = await cache.get(each.identity);
				if (known === null) return null;
				digests.set(each, known);
			}
			return digests;
		},
		async all(found, repository) {
			const cache = cacheOf(repository);
			const digests = new Map();
			const unread = [];
			for (const each of found) {
				const known = await cache.get(each.identity);
				if (known === null) unread.push(each);
				else digests.set(each, known);
			}
			const read = [];
			const work = unread.values();
			const helper = async () => {
				for (const each of work) {
					const made = await digestOf(git, repository, each);
					digests.set(each, made);
					if ("sha256" in made) read.push([each.identity, made]);
				}
			};
			await Promise.all(Array.from({ length: Math.min(atOnce, unread.length) }, helper));
			await cache.addAll(read);
			return digests;
		}
	};
}
function namedFile(git, repository, found, { sha256, bytes }) {
	return {
		path: found.path,
		sha256,
		bytes,
		bring: () => localPath(git, repository, found)
	};
}
async function localPath(git, repository, found) {
	const { path: name, blob, identity, placed } = found;
	if (placed !== void 0) return (await placed.bring()).localPath;
	const here = node_path.default.join(repository.root, name);
	if (blob !== null && !found.inPlace) return (await storedCopy(git, repository, {
		path: name,
		blob
	})).localPath;
	const now = standingInside(repository.root, name);
	if (blob === null && now?.identity !== identity) throw new SourceVanishedError(name);
	if (blob !== null && now === null) return (await storedCopy(git, repository, {
		path: name,
		blob
	})).localPath;
	return here;
}
function standingInside(root, name) {
	try {
		return standing(root, name);
	} catch {
		return null;
	}
}
async function digestOf(git, repository, found) {
	try {
		const { placed } = found;
		if (placed === void 0) return (await hashed(found, await localPath(git, repository, found))).known;
		const { sha256, bytes } = await placed.bring();
		return {
			sha256,
			bytes
		};
	} catch (error) {
		if (error instanceof SourceLfsPointerError) return {
			code: "file-missing",
			words: "is a pointer of Git LFS whose data are not here: run `git lfs pull`"
		};
		if (error instanceof SourceVanishedError) return {
			code: "file-missing",
			words: "was there and is gone, or changed while it was read"
		};
		throw error;
	}
}
// ../refit/src/adapters/sources/git/named/resolve-names.ts
function nameResolver(git, remote) {
	const digests = nameDigests(git);
	const lookups = new Map();
	const resolve = (repository, file, texts) => resolveTexts({
		git,
		remote,
		lookups
	}, repository, file, texts);
	const nameNow = async (repository, file, texts) => {
		const resolved = await resolve(repository, file, texts);
		const made = await digests.all(filesAmong(resolved), repository);
		const named = factsOf(file.sha256, resolved, made);
		const bring = (found, known) => namedFile(git, repository, found, known);
		const files = filesOf(resolved, made, bring);
		return {
			...file,
			sha256: named.sha256,
			named,
			namedFiles: columnsOf(file, resolved.places, files)
		};
	};
	const nameThen = async (repository, file, texts, was) => {
		const kept = await recallNames(repository, was);
		const places = allPlaces(file, texts);
		const paths = pathsAmong(places);
		if (kept !== null && paths.every((name) => kept.has(name))) {
			const bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0);
			const named = {
				sha256: was,
				own: file.sha256,
				files: kept.size,
				bytes
			};
			return {
				...file,
				sha256: was,
				named,
				namedFiles: columnsOf(file, places, kept)
			};
		}
		const states = await earlierStates(git, repository, file, paths);
		for (const baseCommit of [repository.baseCommit, ...states]) {
			const there = await nameNow({
				...repository,
				baseCommit
			}, file, texts);
			if (there.sha256 === was) return there;
		}
		return null;
	};
	return {
		async known(repository, file, own, texts) {
			const resolved = await resolve(repository, file, texts);
			const known = await digests.known(filesAmong(resolved), repository);
			return known && factsOf(own, resolved, known);
		},
		async name(repository, file, texts) {
			const was = file.names?.was;
			const then = was === void 0 ? null : await nameThen(repository, file, texts, was);
			if (then !== null) return then;
			const now = await nameNow(repository, file, texts);
			if (was === void 0) await keepNames(repository, now.sha256, filesIn(now));
			return now;
		},
		forget: () => lookups.clear()
	};
}
async function resolveTexts(tools, repository, file, texts) {
	const places = allPlaces(file, texts);
	const isPlaced = file.names.columns.map(({ folder }) => folder === null && isRemote(file));
	const found = new Map();
	for (const there of [false, true]) {
		const names = pathsAmong(places.filter((_, i) => isPlaced[i] === there));
		if (names.length === 0) continue;
		const asked = {
			names,
			workTree: file.names.workTree
		};
		const lookup = await (there ? placedLookupOf : lookupOf)(tools, repository, file, asked);
		for (const name of new Set(names)) found.set(name, await lookup.find(name));
	}
	return {
		places,
		found
	};
}
function lookupOf({ git, lookups }, repository, _, asked) {
	const { root, baseCommit } = repository;
	const folders = [...new Set(asked.names.map((name) => node_path.posix.dirname(name)))].sort();
	const key = JSON.stringify([
		root,
		baseCommit,
		asked.workTree,
		folders
	]);
	const lookup = lookups.get(key) ?? nameLookup(git, repository, asked);
	lookups.set(key, lookup);
	return lookup;
}
function placedLookupOf({ remote, lookups }, repository, file, { workTree }) {
	const { root, baseCommit } = repository;
	const key = JSON.stringify([
		root,
		baseCommit,
		workTree,
		file.scheme,
		node_path.posix.dirname(file.path)
	]);
	const lookup = lookups.get(key) ?? remote.rowFiles(repository, file, { workTree }).then(placedLookup);
	lookups.set(key, lookup);
	return lookup;
}
var schemeOfFile = ({ scheme, path }) => scheme ?? schemeOf(path);
var isRemote = (file) => schemeOfFile(file) !== "";
async function earlierStates(git, repository, file, paths) {
	if (!isRemote(file)) return statesBefore(git, repository, commonFolder(paths));
	return schemeOfFile(file) === "dvc" ? statesBefore(git, repository, "") : [];
}
function filesIn({ namedFiles = [] }) {
	const all = namedFiles.flatMap(({ files }) => [...files.values()]);
	return new Set(all.filter((each) => "sha256" in each));
}
function placesOf(column, file, texts) {
	const folder = column.folder ?? node_path.posix.dirname(file.path);
	const missing = new Set(column.missingValues);
	const lead = column.folder === null && isRemote(file) ? placeBeside : placeInRepository;
	return new Map(texts.filter((text) => !missing.has(text)).map((text) => [text, lead(text, folder)]));
}
function placeInRepository(text, folder) {
	const place = filePlace(text, folder);
	return "path" in place ? place : {
		code: "file-path",
		words: place.problem
	};
}
function placeBeside(text, folder) {
	const place = filePlace(text.startsWith(`${folder}/`) ? text.slice(folder.length + 1) : text, "");
	if ("path" in place) return { path: `${folder}/${place.path}` };
	return {
		code: "file-path",
		words: /^leaves|^is an address/.test(place.problem) ? "does not lie in the folder of its data file" : place.problem
	};
}
var filesAmong = ({ found }) => [...found.values()].filter((each) => "identity" in each);
function factsOf(own, { places, found }, digests) {
	const lines = new Set();
	let bytes = 0;
	for (const [name, each] of found) {
		const known = "code" in each ? each : digests.get(each);
		lines.add(`${"code" in known ? known.code : known.sha256} ${name}`);
		if ("sha256" in known) bytes += known.bytes;
	}
	for (const each of places) for (const [text, place] of each) if ("code" in place) lines.add(`${place.code} ${JSON.stringify(text)}`);
	return {
		sha256: sha256(`${[own, ...[...lines].sort()].join("\n")}\n`),
		own,
		files: found.size,
		bytes
	};
}
function filesOf({ found }, digests, bring) {
	const files = new Map();
	for (const [name, each] of found) {
		const known = "code" in each ? each : digests.get(each);
		files.set(name, "code" in each || "code" in known ? known : bring(each, known));
	}
	return files;
}
function columnsOf({ names }, places, files) {
	return names.columns.map(({ name }, i) => {
		const led = [...places[i]].map(([text, place]) => [text, "code" in place ? place : files.get(place.path)]);
		return {
			name,
			files: new Map(led)
		};
	});
}
function allPlaces(file, texts) {
	return file.names.columns.map((column, i) => placesOf(column, file, texts[i] ?? []));
}
function pathsAmong(places) {
	return places.flatMap((each) => [...each.values()].flatMap((place) => "path" in place ? [place.path] : []));
}
// ../refit/src/adapters/sources/git/named/index.ts
function namingSources(inner, git) {
	const resolver = nameResolver(git, inner);
	const knownFacts = async (repository, file) => {
		const own = await inner.knownDigest(repository, file);
		const texts = own === null ? null : await recallTexts(repository, own, file.names.columns);
		return own === null || texts === null ? null : resolver.known(repository, file, own, texts);
	};
	return {
		...inner,
		async list(repository, manifest, options) {
			const listing = await inner.list(repository, manifest, options);
			const columns = fileColumnsOf(manifest);
			if (columns.length === 0) return listing;
			resolver.forget();
			const files = [];
			for (const each of listing.files) {
				const file = {
					...each,
					names: {
						columns,
						workTree: options.workTree
					}
				};
				const named = await knownFacts(repository, file);
				files.push(named === null ? file : {
					...file,
					named
				});
			}
			return {
				...listing,
				files
			};
		},
		async knownDigest(repository, file) {
			if (file.names === void 0) return inner.knownDigest(repository, file);
			if (file.names.was !== void 0) return null;
			return file.named?.sha256 ?? (await knownFacts(repository, file))?.sha256 ?? null;
		},
		watched: async (repository, manifest) => fileColumnsOf(manifest).length > 0 ? null : inner.watched(repository, manifest),
		async earlier(repository, manifest, file, options) {
			const found = await inner.earlier(repository, manifest, file, options);
			const columns = fileColumnsOf(manifest);
			return found === null || columns.length === 0 ? found : {
				...found,
				names: {
					columns,
					workTree: false
				}
			};
		},
		async fetch(repository, file) {
			const fetched = await inner.fetch(repository, file);
			if (file.names === void 0) return fetched;
			const { columns } = file.names;
			const recalled = await recallTexts(repository, fetched.sha256, columns);
			return resolver.name(repository, fetched, recalled ?? await readTexts(repository, fetched, columns));
		}
	};
}
// ../refit/src/wiring.ts
var wiring_exports = require_rolldown_runtime.__exportAll({ createPorts: () => createPorts });
async function createPorts(world) {
	const { cwd, base, now, json, env, patience, starter = null } = world;
	const clock = now === null ? systemClock : fixedClock(instant(now));
	const terminal = terminalOutput(json);
	const { out, turns, foreman } = (world.isWorker === true ? connectedForeman() : null) ?? {
		out: terminal.out,
		turns: turnsInOrder(),
		foreman: noForeman
	};
	const folder = node_path.default.resolve(cwd);
	const plain = gitProcess(folder, env, {}, { starter });
	const { forge, unasked } = await chooseForge(world, plain);
	const { credentials, author } = await forge.gitSettings(plain, env);
	const settled = {
		...patience,
		config: plain.config,
		starter,
		spare: spareStarter()
	};
	const process = gitProcess(folder, {
		...env,
		...author
	}, credentials, settled);
	const { notice } = out;
	const publishes = world.push ?? inPipeline(env);
	const choice = {
		forge,
		env,
		notice,
		publishes,
		unasked,
		clock,
		...patience && { patience }
	};
	const ports = portsOver({
		process,
		base,
		files: diskFiles
	}, choice);
	const asked = base !== null || env["GIT_DIR"] !== void 0 || forge.onServer || unasked !== null;
	const quietly = {
		publishes,
		files: diskFiles,
		startedAt: systemClock.now()
	};
	const quiet = asked ? noQuietRuns : quietRuns(folder, quietly);
	const ofReplicas = {
		env,
		starter: starter ?? gitStarter()
	};
	const replicas = { open: (...place) => openReplica(ofReplicas, ...place) };
	const limits = partsOf(world.limits);
	const bounded = {
		tables: limited(ports.tables, limits),
		surveys: limited(ports.surveys, limits),
		sources: bound(ports.sources, limits)
	};
	const several = {
		workers: world.command === void 0 ? noWorkers : processWorkers({
			command: world.command,
			env,
			turns
		}),
		foreman,
		turns,
		naming: terminal.naming
	};
	return {
		...ports,
		...bounded,
		...several,
		replicas,
		quiet,
		clock,
		out
	};
}
function partsOf({ memoryMiB, ...limits } = {}) {
	return {
		...limits,
		...memoryMiB !== void 0 && { memoryMiB: partOf(memoryMiB) }
	};
}
function limited(opened, limits) {
	return { open: ({ manifest, ...request }) => opened.open({
		...request,
		manifest: {
			...manifest,
			limits: {
				...manifest.limits,
				...limits
			}
		}
	}) };
}
function bound(sources, limits) {
	return {
		...sources,
		list: (repository, manifest, options) => sources.list(repository, {
			...manifest,
			limits: {
				...manifest.limits,
				...limits
			}
		}, options)
	};
}
var noWorkers = { start() {
	throw new Error("Nothing was said of how a worker is started.");
} };
async function chooseForge({ forge: name = null, reach = "named", env }, git) {
	const named = forgeFor(name, env);
	const local = forgeFor("local", env);
	if (reach === "clone") {
		const said = `${named.title} was not asked: without \`--push\` nothing leaves this clone.`;
		return {
			forge: local,
			unasked: named.onServer ? said : null
		};
	}
	if (reach === "named" || reach === "remote" && (named.onServer || name !== null)) return {
		forge: named,
		unasked: null
	};
	const remotes = await readRemotes(git);
	const remote = sharedRemote(remotes);
	const served = remote === null ? null : forgeServing(remotes.get(remote), env);
	if (served === null) return {
		forge: local,
		unasked: null
	};
	const why = reach === "offline" ? "`--offline`" : served.missing;
	return why === null ? {
		forge: served.forge,
		unasked: null
	} : {
		forge: local,
		unasked: `${served.forge.title} was not asked: ${why}.`
	};
}
async function openReplica({ env, starter }, folder, baseBranch) {
	const process = await ownRepository(folder, env, starter);
	const choice = {
		forge: forgeFor("local", env),
		env,
		notice: () => {},
		publishes: false
	};
	const ports = portsOver({
		process,
		base: baseBranch,
		files: diskFiles
	}, choice);
	return {
		git: ports.git,
		ancestry: ports.ancestry,
		branches: ports.branches,
		publication: ports.publication,
		remoteRefs: ports.remoteRefs,
		obstacles: ports.obstacles,
		largeFiles: ports.largeFiles,
		forge: ports.forge,
		publisher: ports.publisher
	};
}
function portsOver(machine, { forge, ...given }) {
	const { process, base, files } = machine;
	const { cwd: here } = process;
	const git = locatingModels(gitAdapter(process, base), files);
	const { publishes = true, unasked = null } = given;
	const open = forge.open({
		process,
		git,
		files,
		...given,
		publishes
	});
	const { branches, publication } = publishing(process, branchesAdapter(process), {
		allowed: publishes,
		unasked
	});
	return {
		git,
		ancestry: ancestryAdapter(process),
		changes: treeChanges(process),
		projectGraphs: nxGraphs(given.env),
		branches,
		publication,
		remoteRefs: remoteRefs(process),
		obstacles: gitObstacles(process),
		largeFiles: largeFiles(process),
		forge: open.forge,
		publisher: open.publisher,
		forgeSettings: open.settings,
		pages: pagesOf(process, given.env),
		pipelines: pipelinesOf(git),
		files,
		folders: diskFolders,
		workTree: {
			...diskWorkTree,
			here
		},
		scratch: diskScratch,
		sources: namingSources(sourcesAdapter({
			git: process,
			env: given.env,
			patience: given.patience,
			clock: given.clock
		}), process),
		contentCache,
		arrivals: arrivalsAdapter,
		httpServer: installedServer,
		streams: processStreams,
		surveys: lazySurveys,
		tables: lazyTables,
		rowPreparers: lazyPreparers,
		learners: installedLearners({
			env: given.env,
			onLine: given.notice,
			repository: watched(process, given.env),
			folder: here
		}),
		resampling: lazyResampling,
		quiet: noQuietRuns,
		variables: { valueOf: (name) => given.env[name] ?? null }
	};
}
function watched(process, env) {
	return {
		look: () => repositoryState(process),
		isAlone: inPipeline(env)
	};
}
var lazyTables = { async open(request) {
	const { duckdbTables } = await Promise.resolve().then(() => duckdb_exports);
	return duckdbTables.open(request);
} };
var lazyPreparers = { async open(request) {
	const { duckdbPreparers } = await Promise.resolve().then(() => duckdb_exports);
	return duckdbPreparers.open(request);
} };
var lazyResampling = { async open() {
	const { threadedReplicates } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.resampling_exports);
	return threadedReplicates();
} };
var lazySurveys = { async open(request) {
	const { duckdbSurveys } = await Promise.resolve().then(() => duckdb_exports);
	return duckdbSurveys.open(request);
} };
function instant(now) {
	const at = Date.parse(now);
	if (at >= 0) return at;
	throw new UsageError(`\`--now ${now}\` is not ${at < 0 ? "a time since 1970, which git can store" : "an ISO 8601 time, such as 2026-11-28T06:00:00Z"}.`, "--now 2026-03-01T03:00:00Z");
}
Object.defineProperty(exports, "ArtifactInvalidError", {
	enumerable: true,
	get: function() {
		return ArtifactInvalidError;
	}
});
Object.defineProperty(exports, "BacktestPolicyError", {
	enumerable: true,
	get: function() {
		return BacktestPolicyError;
	}
});
Object.defineProperty(exports, "BacktestSpanError", {
	enumerable: true,
	get: function() {
		return BacktestSpanError;
	}
});
Object.defineProperty(exports, "CALIBRATION_FILE", {
	enumerable: true,
	get: function() {
		return CALIBRATION_FILE;
	}
});
Object.defineProperty(exports, "CandidatesAlteredError", {
	enumerable: true,
	get: function() {
		return CandidatesAlteredError;
	}
});
Object.defineProperty(exports, "CandidatesInvalidError", {
	enumerable: true,
	get: function() {
		return CandidatesInvalidError;
	}
});
Object.defineProperty(exports, "CandidatesMissingError", {
	enumerable: true,
	get: function() {
		return CandidatesMissingError;
	}
});
Object.defineProperty(exports, "ColumnMissingError", {
	enumerable: true,
	get: function() {
		return ColumnMissingError;
	}
});
Object.defineProperty(exports, "CommandFailedError", {
	enumerable: true,
	get: function() {
		return CommandFailedError;
	}
});
Object.defineProperty(exports, "DAY", {
	enumerable: true,
	get: function() {
		return DAY$1;
	}
});
Object.defineProperty(exports, "DataLimitError", {
	enumerable: true,
	get: function() {
		return DataLimitError;
	}
});
Object.defineProperty(exports, "FeatureConflictError", {
	enumerable: true,
	get: function() {
		return FeatureConflictError;
	}
});
Object.defineProperty(exports, "FeatureMismatchError", {
	enumerable: true,
	get: function() {
		return FeatureMismatchError;
	}
});
Object.defineProperty(exports, "ForgePermissionError", {
	enumerable: true,
	get: function() {
		return ForgePermissionError;
	}
});
Object.defineProperty(exports, "ForgeRefusedError", {
	enumerable: true,
	get: function() {
		return ForgeRefusedError;
	}
});
Object.defineProperty(exports, "ForgeUnavailableError", {
	enumerable: true,
	get: function() {
		return ForgeUnavailableError;
	}
});
Object.defineProperty(exports, "FormatNewerError", {
	enumerable: true,
	get: function() {
		return FormatNewerError;
	}
});
Object.defineProperty(exports, "GitLockedError", {
	enumerable: true,
	get: function() {
		return GitLockedError;
	}
});
Object.defineProperty(exports, "LearnerDivergedError", {
	enumerable: true,
	get: function() {
		return LearnerDivergedError;
	}
});
Object.defineProperty(exports, "LearnerMissingError", {
	enumerable: true,
	get: function() {
		return LearnerMissingError;
	}
});
Object.defineProperty(exports, "LedgerInvalidError", {
	enumerable: true,
	get: function() {
		return LedgerInvalidError;
	}
});
Object.defineProperty(exports, "MetricInvalidError", {
	enumerable: true,
	get: function() {
		return MetricInvalidError;
	}
});
Object.defineProperty(exports, "ModelTooLargeError", {
	enumerable: true,
	get: function() {
		return ModelTooLargeError;
	}
});
Object.defineProperty(exports, "ModelUnknownError", {
	enumerable: true,
	get: function() {
		return ModelUnknownError;
	}
});
Object.defineProperty(exports, "NegativeTargetError", {
	enumerable: true,
	get: function() {
		return NegativeTargetError;
	}
});
Object.defineProperty(exports, "NetworkInvalidError", {
	enumerable: true,
	get: function() {
		return NetworkInvalidError;
	}
});
Object.defineProperty(exports, "NoCommitsError", {
	enumerable: true,
	get: function() {
		return NoCommitsError;
	}
});
Object.defineProperty(exports, "NoFeaturesError", {
	enumerable: true,
	get: function() {
		return NoFeaturesError;
	}
});
Object.defineProperty(exports, "PROBES_FILE", {
	enumerable: true,
	get: function() {
		return PROBES_FILE;
	}
});
Object.defineProperty(exports, "PrepareInvalidError", {
	enumerable: true,
	get: function() {
		return PrepareInvalidError;
	}
});
Object.defineProperty(exports, "PrepareNotRowWiseError", {
	enumerable: true,
	get: function() {
		return PrepareNotRowWiseError;
	}
});
Object.defineProperty(exports, "PullRequestsOffError", {
	enumerable: true,
	get: function() {
		return PullRequestsOffError;
	}
});
Object.defineProperty(exports, "RefitError", {
	enumerable: true,
	get: function() {
		return RefitError;
	}
});
Object.defineProperty(exports, "RemoteUnreachableError", {
	enumerable: true,
	get: function() {
		return RemoteUnreachableError;
	}
});
Object.defineProperty(exports, "RowsSeenError", {
	enumerable: true,
	get: function() {
		return RowsSeenError;
	}
});
Object.defineProperty(exports, "SourceAlteredError", {
	enumerable: true,
	get: function() {
		return SourceAlteredError;
	}
});
Object.defineProperty(exports, "SourceRefusedError", {
	enumerable: true,
	get: function() {
		return SourceRefusedError;
	}
});
Object.defineProperty(exports, "SourceUnreachableError", {
	enumerable: true,
	get: function() {
		return SourceUnreachableError;
	}
});
Object.defineProperty(exports, "SourceVanishedError", {
	enumerable: true,
	get: function() {
		return SourceVanishedError;
	}
});
Object.defineProperty(exports, "SpecInvalidError", {
	enumerable: true,
	get: function() {
		return SpecInvalidError;
	}
});
Object.defineProperty(exports, "TimeTypeError", {
	enumerable: true,
	get: function() {
		return TimeTypeError;
	}
});
Object.defineProperty(exports, "TokenInvalidError", {
	enumerable: true,
	get: function() {
		return TokenInvalidError;
	}
});
Object.defineProperty(exports, "TrainingLimitError", {
	enumerable: true,
	get: function() {
		return TrainingLimitError;
	}
});
Object.defineProperty(exports, "UnknownColumnError", {
	enumerable: true,
	get: function() {
		return UnknownColumnError;
	}
});
Object.defineProperty(exports, "UnreadableDataError", {
	enumerable: true,
	get: function() {
		return UnreadableDataError;
	}
});
Object.defineProperty(exports, "UsageError", {
	enumerable: true,
	get: function() {
		return UsageError;
	}
});
Object.defineProperty(exports, "VersionBrokenError", {
	enumerable: true,
	get: function() {
		return VersionBrokenError;
	}
});
Object.defineProperty(exports, "VersionUnknownError", {
	enumerable: true,
	get: function() {
		return VersionUnknownError;
	}
});
Object.defineProperty(exports, "WeightInvalidError", {
	enumerable: true,
	get: function() {
		return WeightInvalidError;
	}
});
Object.defineProperty(exports, "absenceSentence", {
	enumerable: true,
	get: function() {
		return absenceSentence;
	}
});
Object.defineProperty(exports, "acceptSuspects", {
	enumerable: true,
	get: function() {
		return acceptSuspects;
	}
});
Object.defineProperty(exports, "acceptanceEntry", {
	enumerable: true,
	get: function() {
		return acceptanceEntry;
	}
});
Object.defineProperty(exports, "acceptanceOf", {
	enumerable: true,
	get: function() {
		return acceptanceOf;
	}
});
Object.defineProperty(exports, "acceptedWords", {
	enumerable: true,
	get: function() {
		return acceptedWords;
	}
});
Object.defineProperty(exports, "affected_exports", {
	enumerable: true,
	get: function() {
		return affected_exports;
	}
});
Object.defineProperty(exports, "alertVerdict", {
	enumerable: true,
	get: function() {
		return alertVerdict;
	}
});
Object.defineProperty(exports, "answersFor", {
	enumerable: true,
	get: function() {
		return answersFor;
	}
});
Object.defineProperty(exports, "answersNewRows", {
	enumerable: true,
	get: function() {
		return answersNewRows;
	}
});
Object.defineProperty(exports, "appendLedger", {
	enumerable: true,
	get: function() {
		return appendLedger;
	}
});
Object.defineProperty(exports, "applyCalibration", {
	enumerable: true,
	get: function() {
		return applyCalibration;
	}
});
Object.defineProperty(exports, "applyFeature", {
	enumerable: true,
	get: function() {
		return applyFeature;
	}
});
Object.defineProperty(exports, "applyFeatures", {
	enumerable: true,
	get: function() {
		return applyFeatures;
	}
});
Object.defineProperty(exports, "asOwnRows", {
	enumerable: true,
	get: function() {
		return asOwnRows;
	}
});
Object.defineProperty(exports, "asWrittenThen", {
	enumerable: true,
	get: function() {
		return asWrittenThen;
	}
});
Object.defineProperty(exports, "autoDescriptor", {
	enumerable: true,
	get: function() {
		return autoDescriptor;
	}
});
Object.defineProperty(exports, "besideModel", {
	enumerable: true,
	get: function() {
		return besideModel;
	}
});
Object.defineProperty(exports, "blobId", {
	enumerable: true,
	get: function() {
		return blobId;
	}
});
Object.defineProperty(exports, "bucketOf", {
	enumerable: true,
	get: function() {
		return bucketOf;
	}
});
Object.defineProperty(exports, "bucketQuantiles", {
	enumerable: true,
	get: function() {
		return bucketQuantiles;
	}
});
Object.defineProperty(exports, "bucketValue", {
	enumerable: true,
	get: function() {
		return bucketValue;
	}
});
Object.defineProperty(exports, "calibrationBins", {
	enumerable: true,
	get: function() {
		return calibrationBins;
	}
});
Object.defineProperty(exports, "calibrationMethods", {
	enumerable: true,
	get: function() {
		return calibrationMethods;
	}
});
Object.defineProperty(exports, "canonicalJson", {
	enumerable: true,
	get: function() {
		return canonicalJson;
	}
});
Object.defineProperty(exports, "cell", {
	enumerable: true,
	get: function() {
		return cell;
	}
});
Object.defineProperty(exports, "championFolder", {
	enumerable: true,
	get: function() {
		return championFolder;
	}
});
Object.defineProperty(exports, "changeTexts", {
	enumerable: true,
	get: function() {
		return changeTexts;
	}
});
Object.defineProperty(exports, "checkAnswers", {
	enumerable: true,
	get: function() {
		return checkAnswers;
	}
});
Object.defineProperty(exports, "checkModelName", {
	enumerable: true,
	get: function() {
		return checkModelName;
	}
});
Object.defineProperty(exports, "checkProbes", {
	enumerable: true,
	get: function() {
		return checkProbes;
	}
});
Object.defineProperty(exports, "checkWhole", {
	enumerable: true,
	get: function() {
		return checkWhole;
	}
});
Object.defineProperty(exports, "childEnvironment", {
	enumerable: true,
	get: function() {
		return childEnvironment;
	}
});
Object.defineProperty(exports, "classifierSentence", {
	enumerable: true,
	get: function() {
		return classifierSentence;
	}
});
Object.defineProperty(exports, "closeAlert", {
	enumerable: true,
	get: function() {
		return closeAlert;
	}
});
Object.defineProperty(exports, "closesAt", {
	enumerable: true,
	get: function() {
		return closesAt;
	}
});
Object.defineProperty(exports, "code", {
	enumerable: true,
	get: function() {
		return code;
	}
});
Object.defineProperty(exports, "codeOf", {
	enumerable: true,
	get: function() {
		return codeOf;
	}
});
Object.defineProperty(exports, "columnNameKey", {
	enumerable: true,
	get: function() {
		return columnNameKey;
	}
});
Object.defineProperty(exports, "columnNameProblem", {
	enumerable: true,
	get: function() {
		return columnNameProblem;
	}
});
Object.defineProperty(exports, "commandDescriptor", {
	enumerable: true,
	get: function() {
		return commandDescriptor;
	}
});
Object.defineProperty(exports, "commands", {
	enumerable: true,
	get: function() {
		return commands$1;
	}
});
Object.defineProperty(exports, "commonOptions", {
	enumerable: true,
	get: function() {
		return commonOptions;
	}
});
Object.defineProperty(exports, "compareFolders", {
	enumerable: true,
	get: function() {
		return compareFolders;
	}
});
Object.defineProperty(exports, "contentFolder", {
	enumerable: true,
	get: function() {
		return contentFolder;
	}
});
Object.defineProperty(exports, "contentOf", {
	enumerable: true,
	get: function() {
		return contentOf$2;
	}
});
Object.defineProperty(exports, "counted", {
	enumerable: true,
	get: function() {
		return counted$1;
	}
});
Object.defineProperty(exports, "crossCalibrated", {
	enumerable: true,
	get: function() {
		return crossCalibrated;
	}
});
Object.defineProperty(exports, "data", {
	enumerable: true,
	get: function() {
		return data;
	}
});
Object.defineProperty(exports, "dateParts", {
	enumerable: true,
	get: function() {
		return dateParts;
	}
});
Object.defineProperty(exports, "day", {
	enumerable: true,
	get: function() {
		return day$1;
	}
});
Object.defineProperty(exports, "decide", {
	enumerable: true,
	get: function() {
		return decide;
	}
});
Object.defineProperty(exports, "decidingSettings", {
	enumerable: true,
	get: function() {
		return decidingSettings;
	}
});
Object.defineProperty(exports, "declaredInstant", {
	enumerable: true,
	get: function() {
		return declaredInstant;
	}
});
Object.defineProperty(exports, "declaredOf", {
	enumerable: true,
	get: function() {
		return declaredOf;
	}
});
Object.defineProperty(exports, "decodeText", {
	enumerable: true,
	get: function() {
		return decodeText;
	}
});
Object.defineProperty(exports, "definedReplicates", {
	enumerable: true,
	get: function() {
		return definedReplicates;
	}
});
Object.defineProperty(exports, "despiteRaces", {
	enumerable: true,
	get: function() {
		return despiteRaces;
	}
});
Object.defineProperty(exports, "deviance", {
	enumerable: true,
	get: function() {
		return deviance;
	}
});
Object.defineProperty(exports, "differenceSentence", {
	enumerable: true,
	get: function() {
		return differenceSentence;
	}
});
Object.defineProperty(exports, "differences", {
	enumerable: true,
	get: function() {
		return differences;
	}
});
Object.defineProperty(exports, "digestCache", {
	enumerable: true,
	get: function() {
		return digestCache;
	}
});
Object.defineProperty(exports, "digestFiles", {
	enumerable: true,
	get: function() {
		return digestFiles;
	}
});
Object.defineProperty(exports, "digestOfInputs", {
	enumerable: true,
	get: function() {
		return digestOfInputs;
	}
});
Object.defineProperty(exports, "digestOfPolicy", {
	enumerable: true,
	get: function() {
		return digestOfPolicy;
	}
});
Object.defineProperty(exports, "digestsOfImport", {
	enumerable: true,
	get: function() {
		return digestsOfImport;
	}
});
Object.defineProperty(exports, "diskFiles", {
	enumerable: true,
	get: function() {
		return diskFiles;
	}
});
Object.defineProperty(exports, "docsPage", {
	enumerable: true,
	get: function() {
		return docsPage;
	}
});
Object.defineProperty(exports, "drawReplicates", {
	enumerable: true,
	get: function() {
		return drawReplicates;
	}
});
Object.defineProperty(exports, "driftCells", {
	enumerable: true,
	get: function() {
		return driftCells;
	}
});
Object.defineProperty(exports, "driftHeadings", {
	enumerable: true,
	get: function() {
		return driftHeadings;
	}
});
Object.defineProperty(exports, "driftLevelOf", {
	enumerable: true,
	get: function() {
		return driftLevelOf;
	}
});
Object.defineProperty(exports, "driftVerdict", {
	enumerable: true,
	get: function() {
		return driftVerdict;
	}
});
Object.defineProperty(exports, "driftVerdictSentence", {
	enumerable: true,
	get: function() {
		return driftVerdictSentence;
	}
});
Object.defineProperty(exports, "elsewhereClauses", {
	enumerable: true,
	get: function() {
		return elsewhereClauses;
	}
});
Object.defineProperty(exports, "encodeText", {
	enumerable: true,
	get: function() {
		return encodeText;
	}
});
Object.defineProperty(exports, "essentials", {
	enumerable: true,
	get: function() {
		return essentials;
	}
});
Object.defineProperty(exports, "evaluateMetrics", {
	enumerable: true,
	get: function() {
		return evaluateMetrics;
	}
});
Object.defineProperty(exports, "exactly", {
	enumerable: true,
	get: function() {
		return exactly$1;
	}
});
Object.defineProperty(exports, "exceededLimit", {
	enumerable: true,
	get: function() {
		return exceededLimit;
	}
});
Object.defineProperty(exports, "exclusionOf", {
	enumerable: true,
	get: function() {
		return exclusionOf;
	}
});
Object.defineProperty(exports, "failedLines", {
	enumerable: true,
	get: function() {
		return failedLines;
	}
});
Object.defineProperty(exports, "featureColumn", {
	enumerable: true,
	get: function() {
		return featureColumn;
	}
});
Object.defineProperty(exports, "featuresOf", {
	enumerable: true,
	get: function() {
		return featuresOf;
	}
});
Object.defineProperty(exports, "fetchData", {
	enumerable: true,
	get: function() {
		return fetchData;
	}
});
Object.defineProperty(exports, "fetchFiles", {
	enumerable: true,
	get: function() {
		return fetchFiles;
	}
});
Object.defineProperty(exports, "fetchStored", {
	enumerable: true,
	get: function() {
		return fetchStored;
	}
});
Object.defineProperty(exports, "fetched", {
	enumerable: true,
	get: function() {
		return fetched;
	}
});
Object.defineProperty(exports, "fields", {
	enumerable: true,
	get: function() {
		return fields;
	}
});
Object.defineProperty(exports, "fileBytes", {
	enumerable: true,
	get: function() {
		return fileBytes;
	}
});
Object.defineProperty(exports, "fileColumnsOf", {
	enumerable: true,
	get: function() {
		return fileColumnsOf;
	}
});
Object.defineProperty(exports, "filePlace", {
	enumerable: true,
	get: function() {
		return filePlace;
	}
});
Object.defineProperty(exports, "fileRoles", {
	enumerable: true,
	get: function() {
		return fileRoles;
	}
});
Object.defineProperty(exports, "filesOf", {
	enumerable: true,
	get: function() {
		return filesOf$2;
	}
});
Object.defineProperty(exports, "findModels", {
	enumerable: true,
	get: function() {
		return findModels;
	}
});
Object.defineProperty(exports, "findUnfinished", {
	enumerable: true,
	get: function() {
		return findUnfinished;
	}
});
Object.defineProperty(exports, "findVersion", {
	enumerable: true,
	get: function() {
		return findVersion;
	}
});
Object.defineProperty(exports, "finding", {
	enumerable: true,
	get: function() {
		return finding;
	}
});
Object.defineProperty(exports, "findingCodes", {
	enumerable: true,
	get: function() {
		return findingCodes;
	}
});
Object.defineProperty(exports, "finite", {
	enumerable: true,
	get: function() {
		return finite$2;
	}
});
Object.defineProperty(exports, "firstFew", {
	enumerable: true,
	get: function() {
		return firstFew;
	}
});
Object.defineProperty(exports, "fits", {
	enumerable: true,
	get: function() {
		return fits;
	}
});
Object.defineProperty(exports, "flatName", {
	enumerable: true,
	get: function() {
		return flatName;
	}
});
Object.defineProperty(exports, "forgeFor", {
	enumerable: true,
	get: function() {
		return forgeFor;
	}
});
Object.defineProperty(exports, "forgeHelp", {
	enumerable: true,
	get: function() {
		return forgeHelp;
	}
});
Object.defineProperty(exports, "formatNumber", {
	enumerable: true,
	get: function() {
		return formatNumber;
	}
});
Object.defineProperty(exports, "futureKnowledge", {
	enumerable: true,
	get: function() {
		return futureKnowledge;
	}
});
Object.defineProperty(exports, "futureTimes", {
	enumerable: true,
	get: function() {
		return futureTimes;
	}
});
Object.defineProperty(exports, "gateSentence", {
	enumerable: true,
	get: function() {
		return gateSentence;
	}
});
Object.defineProperty(exports, "gbdtDescriptor", {
	enumerable: true,
	get: function() {
		return gbdtDescriptor;
	}
});
Object.defineProperty(exports, "git_process_exports", {
	enumerable: true,
	get: function() {
		return git_process_exports;
	}
});
Object.defineProperty(exports, "givenModel", {
	enumerable: true,
	get: function() {
		return givenModel;
	}
});
Object.defineProperty(exports, "globLiteral", {
	enumerable: true,
	get: function() {
		return globLiteral;
	}
});
Object.defineProperty(exports, "globPattern", {
	enumerable: true,
	get: function() {
		return globPattern;
	}
});
Object.defineProperty(exports, "globRoot", {
	enumerable: true,
	get: function() {
		return globRoot;
	}
});
Object.defineProperty(exports, "guardSentence", {
	enumerable: true,
	get: function() {
		return guardSentence;
	}
});
Object.defineProperty(exports, "heldBackSentence", {
	enumerable: true,
	get: function() {
		return heldBackSentence;
	}
});
Object.defineProperty(exports, "helpOf", {
	enumerable: true,
	get: function() {
		return helpOf;
	}
});
Object.defineProperty(exports, "howToUse", {
	enumerable: true,
	get: function() {
		return howToUse;
	}
});
Object.defineProperty(exports, "ifWords", {
	enumerable: true,
	get: function() {
		return ifWords;
	}
});
Object.defineProperty(exports, "importBranch", {
	enumerable: true,
	get: function() {
		return importBranch;
	}
});
Object.defineProperty(exports, "importedFileOf", {
	enumerable: true,
	get: function() {
		return importedFileOf;
	}
});
Object.defineProperty(exports, "importedModel", {
	enumerable: true,
	get: function() {
		return importedModel;
	}
});
Object.defineProperty(exports, "improvement", {
	enumerable: true,
	get: function() {
		return improvement;
	}
});
Object.defineProperty(exports, "inPipeline", {
	enumerable: true,
	get: function() {
		return inPipeline;
	}
});
Object.defineProperty(exports, "inputColumns", {
	enumerable: true,
	get: function() {
		return inputColumns;
	}
});
Object.defineProperty(exports, "inputFolders", {
	enumerable: true,
	get: function() {
		return inputFolders;
	}
});
Object.defineProperty(exports, "inputMismatches", {
	enumerable: true,
	get: function() {
		return inputMismatches;
	}
});
Object.defineProperty(exports, "inputRowsOf", {
	enumerable: true,
	get: function() {
		return inputRowsOf;
	}
});
Object.defineProperty(exports, "input_problems_exports", {
	enumerable: true,
	get: function() {
		return input_problems_exports;
	}
});
Object.defineProperty(exports, "installedFile", {
	enumerable: true,
	get: function() {
		return installedFile;
	}
});
Object.defineProperty(exports, "insufficientClassifier", {
	enumerable: true,
	get: function() {
		return insufficientClassifier;
	}
});
Object.defineProperty(exports, "integer", {
	enumerable: true,
	get: function() {
		return integer;
	}
});
Object.defineProperty(exports, "intervalFile", {
	enumerable: true,
	get: function() {
		return intervalFile;
	}
});
Object.defineProperty(exports, "intervalNamed", {
	enumerable: true,
	get: function() {
		return intervalNamed;
	}
});
Object.defineProperty(exports, "intervalOfFile", {
	enumerable: true,
	get: function() {
		return intervalOfFile;
	}
});
Object.defineProperty(exports, "intervalText", {
	enumerable: true,
	get: function() {
		return intervalText;
	}
});
Object.defineProperty(exports, "isBuiltIn", {
	enumerable: true,
	get: function() {
		return isBuiltIn;
	}
});
Object.defineProperty(exports, "isLeftBehind", {
	enumerable: true,
	get: function() {
		return isLeftBehind;
	}
});
Object.defineProperty(exports, "isLive", {
	enumerable: true,
	get: function() {
		return isLive;
	}
});
Object.defineProperty(exports, "isMerged", {
	enumerable: true,
	get: function() {
		return isMerged;
	}
});
Object.defineProperty(exports, "isName", {
	enumerable: true,
	get: function() {
		return isName$1;
	}
});
Object.defineProperty(exports, "isRefresh", {
	enumerable: true,
	get: function() {
		return isRefresh;
	}
});
Object.defineProperty(exports, "jobMatrix", {
	enumerable: true,
	get: function() {
		return jobMatrix;
	}
});
Object.defineProperty(exports, "joinTexts", {
	enumerable: true,
	get: function() {
		return joinTexts;
	}
});
Object.defineProperty(exports, "judgeClassifier", {
	enumerable: true,
	get: function() {
		return judgeClassifier;
	}
});
Object.defineProperty(exports, "keepDigests", {
	enumerable: true,
	get: function() {
		return keepDigests;
	}
});
Object.defineProperty(exports, "keepNews", {
	enumerable: true,
	get: function() {
		return keepNews;
	}
});
Object.defineProperty(exports, "keepValue", {
	enumerable: true,
	get: function() {
		return keepValue;
	}
});
Object.defineProperty(exports, "laidOut", {
	enumerable: true,
	get: function() {
		return laidOut;
	}
});
Object.defineProperty(exports, "laidOutOnDisk", {
	enumerable: true,
	get: function() {
		return laidOutOnDisk;
	}
});
Object.defineProperty(exports, "layoutFile", {
	enumerable: true,
	get: function() {
		return layoutFile;
	}
});
Object.defineProperty(exports, "learnedUntil", {
	enumerable: true,
	get: function() {
		return learnedUntil;
	}
});
Object.defineProperty(exports, "ledgerKey", {
	enumerable: true,
	get: function() {
		return ledgerKey;
	}
});
Object.defineProperty(exports, "leftLockWords", {
	enumerable: true,
	get: function() {
		return leftLockWords;
	}
});
Object.defineProperty(exports, "lentz", {
	enumerable: true,
	get: function() {
		return lentz;
	}
});
Object.defineProperty(exports, "levelText", {
	enumerable: true,
	get: function() {
		return levelText;
	}
});
Object.defineProperty(exports, "lfsPointer", {
	enumerable: true,
	get: function() {
		return lfsPointer;
	}
});
Object.defineProperty(exports, "lfsPointerMaxBytes", {
	enumerable: true,
	get: function() {
		return lfsPointerMaxBytes;
	}
});
Object.defineProperty(exports, "limitHelp", {
	enumerable: true,
	get: function() {
		return limitHelp;
	}
});
Object.defineProperty(exports, "limitOption", {
	enumerable: true,
	get: function() {
		return limitOption;
	}
});
Object.defineProperty(exports, "limitsOf", {
	enumerable: true,
	get: function() {
		return limitsOf;
	}
});
Object.defineProperty(exports, "limitsOfToday", {
	enumerable: true,
	get: function() {
		return limitsOfToday;
	}
});
Object.defineProperty(exports, "lineBreak", {
	enumerable: true,
	get: function() {
		return lineBreak;
	}
});
Object.defineProperty(exports, "linearDescriptor", {
	enumerable: true,
	get: function() {
		return linearDescriptor;
	}
});
Object.defineProperty(exports, "list", {
	enumerable: true,
	get: function() {
		return list;
	}
});
Object.defineProperty(exports, "listModels", {
	enumerable: true,
	get: function() {
		return listModels;
	}
});
Object.defineProperty(exports, "liveFormatError", {
	enumerable: true,
	get: function() {
		return liveFormatError;
	}
});
Object.defineProperty(exports, "longestSummary", {
	enumerable: true,
	get: function() {
		return longestSummary;
	}
});
Object.defineProperty(exports, "machineFolder", {
	enumerable: true,
	get: function() {
		return machineFolder;
	}
});
Object.defineProperty(exports, "madeByRefit", {
	enumerable: true,
	get: function() {
		return madeByRefit;
	}
});
Object.defineProperty(exports, "makeAgain", {
	enumerable: true,
	get: function() {
		return makeAgain;
	}
});
Object.defineProperty(exports, "manifestPath", {
	enumerable: true,
	get: function() {
		return manifestPath;
	}
});
Object.defineProperty(exports, "markdownHeadline", {
	enumerable: true,
	get: function() {
		return markdownHeadline;
	}
});
Object.defineProperty(exports, "markdownReport", {
	enumerable: true,
	get: function() {
		return markdownReport;
	}
});
Object.defineProperty(exports, "markdownSection", {
	enumerable: true,
	get: function() {
		return markdownSection;
	}
});
Object.defineProperty(exports, "measuredMetrics", {
	enumerable: true,
	get: function() {
		return measuredMetrics;
	}
});
Object.defineProperty(exports, "metricNames", {
	enumerable: true,
	get: function() {
		return metricNames;
	}
});
Object.defineProperty(exports, "metricOf", {
	enumerable: true,
	get: function() {
		return metricOf;
	}
});
Object.defineProperty(exports, "metrics", {
	enumerable: true,
	get: function() {
		return metrics;
	}
});
Object.defineProperty(exports, "metricsOfTask", {
	enumerable: true,
	get: function() {
		return metricsOfTask;
	}
});
Object.defineProperty(exports, "modelFolder", {
	enumerable: true,
	get: function() {
		return modelFolder;
	}
});
Object.defineProperty(exports, "modelOf", {
	enumerable: true,
	get: function() {
		return modelOf;
	}
});
Object.defineProperty(exports, "modelOfOutput", {
	enumerable: true,
	get: function() {
		return modelOfOutput;
	}
});
Object.defineProperty(exports, "modelOfSpec", {
	enumerable: true,
	get: function() {
		return modelOfSpec;
	}
});
Object.defineProperty(exports, "modelRoots", {
	enumerable: true,
	get: function() {
		return modelRoots;
	}
});
Object.defineProperty(exports, "modelToImport", {
	enumerable: true,
	get: function() {
		return modelToImport;
	}
});
Object.defineProperty(exports, "mostCharacters", {
	enumerable: true,
	get: function() {
		return mostCharacters;
	}
});
Object.defineProperty(exports, "nameAcceptors", {
	enumerable: true,
	get: function() {
		return nameAcceptors;
	}
});
Object.defineProperty(exports, "namePart", {
	enumerable: true,
	get: function() {
		return namePart;
	}
});
Object.defineProperty(exports, "nameProblem", {
	enumerable: true,
	get: function() {
		return nameProblem$2;
	}
});
Object.defineProperty(exports, "nearest", {
	enumerable: true,
	get: function() {
		return nearest$1;
	}
});
Object.defineProperty(exports, "newestTime", {
	enumerable: true,
	get: function() {
		return newestTime;
	}
});
Object.defineProperty(exports, "newestWith", {
	enumerable: true,
	get: function() {
		return newestWith;
	}
});
Object.defineProperty(exports, "normalQuantile", {
	enumerable: true,
	get: function() {
		return normalQuantile;
	}
});
Object.defineProperty(exports, "normalSf", {
	enumerable: true,
	get: function() {
		return normalSf;
	}
});
Object.defineProperty(exports, "number", {
	enumerable: true,
	get: function() {
		return number$1;
	}
});
Object.defineProperty(exports, "observe", {
	enumerable: true,
	get: function() {
		return observe;
	}
});
Object.defineProperty(exports, "obstaclesTo", {
	enumerable: true,
	get: function() {
		return obstaclesTo;
	}
});
Object.defineProperty(exports, "onnxDescriptor", {
	enumerable: true,
	get: function() {
		return onnxDescriptor;
	}
});
Object.defineProperty(exports, "onnxPredictor", {
	enumerable: true,
	get: function() {
		return onnxPredictor;
	}
});
Object.defineProperty(exports, "onnxRuntime", {
	enumerable: true,
	get: function() {
		return onnxRuntime;
	}
});
Object.defineProperty(exports, "openSealedJson", {
	enumerable: true,
	get: function() {
		return openSealedJson;
	}
});
Object.defineProperty(exports, "openSession", {
	enumerable: true,
	get: function() {
		return openSession;
	}
});
Object.defineProperty(exports, "open_hand_over_exports", {
	enumerable: true,
	get: function() {
		return open_hand_over_exports;
	}
});
Object.defineProperty(exports, "optionalSigned", {
	enumerable: true,
	get: function() {
		return optionalSigned;
	}
});
Object.defineProperty(exports, "orFailed", {
	enumerable: true,
	get: function() {
		return orFailed;
	}
});
Object.defineProperty(exports, "outdatedParts", {
	enumerable: true,
	get: function() {
		return outdatedParts;
	}
});
Object.defineProperty(exports, "outdatedSentence", {
	enumerable: true,
	get: function() {
		return outdatedSentence;
	}
});
Object.defineProperty(exports, "outputPattern", {
	enumerable: true,
	get: function() {
		return outputPattern;
	}
});
Object.defineProperty(exports, "ownMetricProblem", {
	enumerable: true,
	get: function() {
		return ownMetricProblem;
	}
});
Object.defineProperty(exports, "pageOf", {
	enumerable: true,
	get: function() {
		return pageOf$1;
	}
});
Object.defineProperty(exports, "pairedReplicate", {
	enumerable: true,
	get: function() {
		return pairedReplicate;
	}
});
Object.defineProperty(exports, "paragraph", {
	enumerable: true,
	get: function() {
		return paragraph;
	}
});
Object.defineProperty(exports, "parsedObject", {
	enumerable: true,
	get: function() {
		return parsedObject;
	}
});
Object.defineProperty(exports, "pathsUnder", {
	enumerable: true,
	get: function() {
		return pathsUnder;
	}
});
Object.defineProperty(exports, "percent", {
	enumerable: true,
	get: function() {
		return percent;
	}
});
Object.defineProperty(exports, "pickCandidates", {
	enumerable: true,
	get: function() {
		return pickCandidates;
	}
});
Object.defineProperty(exports, "pickColumn", {
	enumerable: true,
	get: function() {
		return pickColumn;
	}
});
Object.defineProperty(exports, "pickFeatures", {
	enumerable: true,
	get: function() {
		return pickFeatures;
	}
});
Object.defineProperty(exports, "pickInputs", {
	enumerable: true,
	get: function() {
		return pickInputs;
	}
});
Object.defineProperty(exports, "pickValues", {
	enumerable: true,
	get: function() {
		return pickValues;
	}
});
Object.defineProperty(exports, "plain", {
	enumerable: true,
	get: function() {
		return plain;
	}
});
Object.defineProperty(exports, "poissonBootstrap", {
	enumerable: true,
	get: function() {
		return poissonBootstrap;
	}
});
Object.defineProperty(exports, "policyBranch", {
	enumerable: true,
	get: function() {
		return policyBranch;
	}
});
Object.defineProperty(exports, "porcelain", {
	enumerable: true,
	get: function() {
		return porcelain;
	}
});
Object.defineProperty(exports, "portableExp", {
	enumerable: true,
	get: function() {
		return portableExp;
	}
});
Object.defineProperty(exports, "predictedClasses", {
	enumerable: true,
	get: function() {
		return predictedClasses;
	}
});
Object.defineProperty(exports, "predictionsDescriptor", {
	enumerable: true,
	get: function() {
		return predictionsDescriptor;
	}
});
Object.defineProperty(exports, "primaryRow", {
	enumerable: true,
	get: function() {
		return primaryRow;
	}
});
Object.defineProperty(exports, "printError", {
	enumerable: true,
	get: function() {
		return printError;
	}
});
Object.defineProperty(exports, "programsOnnx", {
	enumerable: true,
	get: function() {
		return programsOnnx;
	}
});
Object.defineProperty(exports, "proposalBranch", {
	enumerable: true,
	get: function() {
		return proposalBranch;
	}
});
Object.defineProperty(exports, "proposalMessage", {
	enumerable: true,
	get: function() {
		return proposalMessage;
	}
});
Object.defineProperty(exports, "proposalTitle", {
	enumerable: true,
	get: function() {
		return proposalTitle;
	}
});
Object.defineProperty(exports, "proposeRollback", {
	enumerable: true,
	get: function() {
		return proposeRollback;
	}
});
Object.defineProperty(exports, "proposedPath", {
	enumerable: true,
	get: function() {
		return proposedPath;
	}
});
Object.defineProperty(exports, "prose", {
	enumerable: true,
	get: function() {
		return prose;
	}
});
Object.defineProperty(exports, "pushProposal", {
	enumerable: true,
	get: function() {
		return pushProposal;
	}
});
Object.defineProperty(exports, "quoteForTerminal", {
	enumerable: true,
	get: function() {
		return quoteForTerminal;
	}
});
Object.defineProperty(exports, "quoted", {
	enumerable: true,
	get: function() {
		return quoted;
	}
});
Object.defineProperty(exports, "quotedList", {
	enumerable: true,
	get: function() {
		return quotedList;
	}
});
Object.defineProperty(exports, "randomBits", {
	enumerable: true,
	get: function() {
		return randomBits;
	}
});
Object.defineProperty(exports, "rawTexts", {
	enumerable: true,
	get: function() {
		return rawTexts;
	}
});
Object.defineProperty(exports, "read", {
	enumerable: true,
	get: function() {
		return read$1;
	}
});
Object.defineProperty(exports, "readAhead", {
	enumerable: true,
	get: function() {
		return readAhead;
	}
});
Object.defineProperty(exports, "readAnswers", {
	enumerable: true,
	get: function() {
		return readAnswers;
	}
});
Object.defineProperty(exports, "readArtifact", {
	enumerable: true,
	get: function() {
		return readArtifact;
	}
});
Object.defineProperty(exports, "readCalibration", {
	enumerable: true,
	get: function() {
		return readCalibration;
	}
});
Object.defineProperty(exports, "readChampionFile", {
	enumerable: true,
	get: function() {
		return readChampionFile;
	}
});
Object.defineProperty(exports, "readCode", {
	enumerable: true,
	get: function() {
		return readCode;
	}
});
Object.defineProperty(exports, "readFiles", {
	enumerable: true,
	get: function() {
		return readFiles;
	}
});
Object.defineProperty(exports, "readHead", {
	enumerable: true,
	get: function() {
		return readHead;
	}
});
Object.defineProperty(exports, "readInstant", {
	enumerable: true,
	get: function() {
		return readInstant;
	}
});
Object.defineProperty(exports, "readJson", {
	enumerable: true,
	get: function() {
		return readJson;
	}
});
Object.defineProperty(exports, "readLedger", {
	enumerable: true,
	get: function() {
		return readLedger;
	}
});
Object.defineProperty(exports, "readLineage", {
	enumerable: true,
	get: function() {
		return readLineage;
	}
});
Object.defineProperty(exports, "readModelHistory", {
	enumerable: true,
	get: function() {
		return readModelHistory;
	}
});
Object.defineProperty(exports, "readProbes", {
	enumerable: true,
	get: function() {
		return readProbes;
	}
});
Object.defineProperty(exports, "readSpecs", {
	enumerable: true,
	get: function() {
		return readSpecs;
	}
});
Object.defineProperty(exports, "readWhole", {
	enumerable: true,
	get: function() {
		return readWhole;
	}
});
Object.defineProperty(exports, "reasonSentence", {
	enumerable: true,
	get: function() {
		return reasonSentence;
	}
});
Object.defineProperty(exports, "recallDigests", {
	enumerable: true,
	get: function() {
		return recallDigests;
	}
});
Object.defineProperty(exports, "recallNews", {
	enumerable: true,
	get: function() {
		return recallNews;
	}
});
Object.defineProperty(exports, "recallQuietRun", {
	enumerable: true,
	get: function() {
		return recallQuietRun;
	}
});
Object.defineProperty(exports, "recallValue", {
	enumerable: true,
	get: function() {
		return recallValue;
	}
});
Object.defineProperty(exports, "redact", {
	enumerable: true,
	get: function() {
		return redact;
	}
});
Object.defineProperty(exports, "refusalToAccept", {
	enumerable: true,
	get: function() {
		return refusalToAccept;
	}
});
Object.defineProperty(exports, "refuseInsideVersion", {
	enumerable: true,
	get: function() {
		return refuseInsideVersion;
	}
});
Object.defineProperty(exports, "refuseNewer", {
	enumerable: true,
	get: function() {
		return refuseNewer;
	}
});
Object.defineProperty(exports, "regularisedGamma", {
	enumerable: true,
	get: function() {
		return regularisedGamma;
	}
});
Object.defineProperty(exports, "remoteKey", {
	enumerable: true,
	get: function() {
		return remoteKey;
	}
});
Object.defineProperty(exports, "remoteOfThen", {
	enumerable: true,
	get: function() {
		return remoteOfThen;
	}
});
Object.defineProperty(exports, "renderText", {
	enumerable: true,
	get: function() {
		return renderText;
	}
});
Object.defineProperty(exports, "reportFile", {
	enumerable: true,
	get: function() {
		return reportFile;
	}
});
Object.defineProperty(exports, "reportFiles", {
	enumerable: true,
	get: function() {
		return reportFiles;
	}
});
Object.defineProperty(exports, "reportPage", {
	enumerable: true,
	get: function() {
		return reportPage;
	}
});
Object.defineProperty(exports, "rollbackBranch", {
	enumerable: true,
	get: function() {
		return rollbackBranch;
	}
});
Object.defineProperty(exports, "rowsOfKind", {
	enumerable: true,
	get: function() {
		return rowsOfKind;
	}
});
Object.defineProperty(exports, "run", {
	enumerable: true,
	get: function() {
		return run;
	}
});
Object.defineProperty(exports, "run_worker_exports", {
	enumerable: true,
	get: function() {
		return run_worker_exports;
	}
});
Object.defineProperty(exports, "runsOwnCode", {
	enumerable: true,
	get: function() {
		return runsOwnCode;
	}
});
Object.defineProperty(exports, "sameCard", {
	enumerable: true,
	get: function() {
		return sameCard;
	}
});
Object.defineProperty(exports, "say", {
	enumerable: true,
	get: function() {
		return say$1;
	}
});
Object.defineProperty(exports, "schemeOf", {
	enumerable: true,
	get: function() {
		return schemeOf;
	}
});
Object.defineProperty(exports, "scoredRows", {
	enumerable: true,
	get: function() {
		return scoredRows;
	}
});
Object.defineProperty(exports, "sealJson", {
	enumerable: true,
	get: function() {
		return sealJson;
	}
});
Object.defineProperty(exports, "settledNetwork", {
	enumerable: true,
	get: function() {
		return settledNetwork;
	}
});
Object.defineProperty(exports, "sha256", {
	enumerable: true,
	get: function() {
		return sha256;
	}
});
Object.defineProperty(exports, "sharedHead", {
	enumerable: true,
	get: function() {
		return sharedHead;
	}
});
Object.defineProperty(exports, "show", {
	enumerable: true,
	get: function() {
		return show;
	}
});
Object.defineProperty(exports, "signed", {
	enumerable: true,
	get: function() {
		return signed;
	}
});
Object.defineProperty(exports, "skip", {
	enumerable: true,
	get: function() {
		return skip;
	}
});
Object.defineProperty(exports, "sliceName", {
	enumerable: true,
	get: function() {
		return sliceName;
	}
});
Object.defineProperty(exports, "sortedOrder", {
	enumerable: true,
	get: function() {
		return sortedOrder;
	}
});
Object.defineProperty(exports, "sourceFormat", {
	enumerable: true,
	get: function() {
		return sourceFormat;
	}
});
Object.defineProperty(exports, "specPath", {
	enumerable: true,
	get: function() {
		return specPath;
	}
});
Object.defineProperty(exports, "stackFeatures", {
	enumerable: true,
	get: function() {
		return stackFeatures;
	}
});
Object.defineProperty(exports, "staleData", {
	enumerable: true,
	get: function() {
		return staleData;
	}
});
Object.defineProperty(exports, "stirlingRemainder", {
	enumerable: true,
	get: function() {
		return stirlingRemainder;
	}
});
Object.defineProperty(exports, "storedFile", {
	enumerable: true,
	get: function() {
		return storedFile;
	}
});
Object.defineProperty(exports, "storedMetrics", {
	enumerable: true,
	get: function() {
		return storedMetrics;
	}
});
Object.defineProperty(exports, "strong", {
	enumerable: true,
	get: function() {
		return strong;
	}
});
Object.defineProperty(exports, "systemClock", {
	enumerable: true,
	get: function() {
		return systemClock;
	}
});
Object.defineProperty(exports, "table", {
	enumerable: true,
	get: function() {
		return table;
	}
});
Object.defineProperty(exports, "tableOf", {
	enumerable: true,
	get: function() {
		return tableOf;
	}
});
Object.defineProperty(exports, "takeSnapshot", {
	enumerable: true,
	get: function() {
		return takeSnapshot;
	}
});
Object.defineProperty(exports, "taskCheck", {
	enumerable: true,
	get: function() {
		return taskCheck;
	}
});
Object.defineProperty(exports, "temporaryName", {
	enumerable: true,
	get: function() {
		return temporaryName;
	}
});
Object.defineProperty(exports, "terminalText", {
	enumerable: true,
	get: function() {
		return terminalText;
	}
});
Object.defineProperty(exports, "testSentence", {
	enumerable: true,
	get: function() {
		return testSentence;
	}
});
Object.defineProperty(exports, "text", {
	enumerable: true,
	get: function() {
		return text;
	}
});
Object.defineProperty(exports, "tfjsDescriptor", {
	enumerable: true,
	get: function() {
		return tfjsDescriptor;
	}
});
Object.defineProperty(exports, "threadsHere", {
	enumerable: true,
	get: function() {
		return threadsHere;
	}
});
Object.defineProperty(exports, "uncountedRows", {
	enumerable: true,
	get: function() {
		return uncountedRows;
	}
});
Object.defineProperty(exports, "unpublishedHead", {
	enumerable: true,
	get: function() {
		return unpublishedHead;
	}
});
Object.defineProperty(exports, "unreadEnding", {
	enumerable: true,
	get: function() {
		return unreadEnding;
	}
});
Object.defineProperty(exports, "usualLayout", {
	enumerable: true,
	get: function() {
		return usualLayout;
	}
});
Object.defineProperty(exports, "usualMemory", {
	enumerable: true,
	get: function() {
		return usualMemory;
	}
});
Object.defineProperty(exports, "verdictReasonSentence", {
	enumerable: true,
	get: function() {
		return verdictReasonSentence;
	}
});
Object.defineProperty(exports, "version", {
	enumerable: true,
	get: function() {
		return version$1;
	}
});
Object.defineProperty(exports, "viewFile", {
	enumerable: true,
	get: function() {
		return viewFile;
	}
});
Object.defineProperty(exports, "visibleText", {
	enumerable: true,
	get: function() {
		return visibleText;
	}
});
Object.defineProperty(exports, "whenEnding", {
	enumerable: true,
	get: function() {
		return whenEnding;
	}
});
Object.defineProperty(exports, "whyNotTaken", {
	enumerable: true,
	get: function() {
		return whyNotTaken;
	}
});
Object.defineProperty(exports, "whyNotTrained", {
	enumerable: true,
	get: function() {
		return whyNotTrained;
	}
});
Object.defineProperty(exports, "wiring_exports", {
	enumerable: true,
	get: function() {
		return wiring_exports;
	}
});
Object.defineProperty(exports, "withAlertNote", {
	enumerable: true,
	get: function() {
		return withAlertNote;
	}
});
Object.defineProperty(exports, "withKeptTables", {
	enumerable: true,
	get: function() {
		return withKeptTables;
	}
});
Object.defineProperty(exports, "wordOf", {
	enumerable: true,
	get: function() {
		return wordOf;
	}
});
Object.defineProperty(exports, "workTreeModels", {
	enumerable: true,
	get: function() {
		return workTreeModels;
	}
});
Object.defineProperty(exports, "worseSentence", {
	enumerable: true,
	get: function() {
		return worseSentence;
	}
});
Object.defineProperty(exports, "wrongIn", {
	enumerable: true,
	get: function() {
		return wrongIn;
	}
});
