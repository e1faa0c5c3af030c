const require_rolldown_runtime = require("./rolldown-runtime.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_util = require("node:util");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_module = require("node:module");
let node_os = require("node:os");
let node_zlib = require("node:zlib");
let node_child_process = require("node:child_process");
let node_stream_consumers = require("node:stream/consumers");
let node_stream_promises = require("node:stream/promises");
let node_timers_promises = require("node:timers/promises");
let node_string_decoder = require("node:string_decoder");
let node_url = require("node:url");
let node_stream = require("node:stream");
let node_buffer = require("node:buffer");
let node_async_hooks = require("node:async_hooks");
// ../core/src/errors/secrets.ts
var secretNames = [
	/^REFIT_(?:TOKEN|WEBHOOK_\w+)$/i,
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
function plain$1(text) {
	return redact(text).replace(/[\p{C}\u2028\u2029]/gu, "�");
}
// ../core/src/errors/name-words.ts
function quoted(text, most = 60) {
	const known = redact(text);
	return JSON.stringify(plain$1(known.length > most ? `${known.slice(0, most - 1)}…` : known));
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
	"program-missing": "Install the program on this machine, or correct its name in model.yaml. For Python, activate the virtual environment that has its packages.",
	"program-not-executable": "Make the file executable, or name the program that runs it, such as `[python, train.py]`.",
	"code-missing": "Commit the file on the base branch, or correct its path in model.yaml.",
	"exit-code": "Read its last lines. Install a package that is missing; a column that is missing is not handed over: `columns` of the job lists those that are, without `key`.",
	"ended-by-signal": "Look for a crash of the program, or for a machine with too little memory.",
	"timed-out": "Find out where it hangs, or raise `timeoutMinutes` of the candidate in model.yaml.",
	"not-ended": "Look for what it waits for, such as a disk or a driver that does not answer; a restart of the machine ends it.",
	"repository-changed": "Let the program write into its own folders only: what it needs later belongs in the model folder.",
	"runner-failed": "Check that the cluster can be reached, and that the runner waits until the program has ended. `refit run MODEL --dry-run` tries it again and writes nothing.",
	"store-failed": "Check `runnerStore` in model.yaml, the rights to write there and, of s3://, the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
	"result-altered": "Run again. If it happens again, look for a full disk, or for another program that writes to the same folder.",
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
// ../core/src/errors/canary-errors.ts
var NoCanaryError = class extends RefitError {
	code = "no-canary";
	hint;
	constructor(model, baseBranch) {
		super(`${model} has no canary on ${baseBranch}.`);
		this.hint = "With `canary: {}` in its model.yaml the next proposal starts as one. `refit canary` lists those that run.";
	}
};
var CanaryMoveError = class extends RefitError {
	code = "canary-move";
	hint;
	constructor(why, hint) {
		super(why);
		this.hint = hint;
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
		super(`The policy ${quoted(file)} cannot be compared with model.yaml, because it changes what is predicted or measured: ${keys.map((key) => `\`${key}\``).join(", ")}.`);
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
			several: `\`prepare\`${of} does not give one row for each row of the source, so it cannot prepare single rows.`,
			untold: `features.json${of} does not say whether \`prepare\` looks at other rows: an earlier version of refit wrote it.`
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
	role;
	column;
	known;
	constructor(role, column, known) {
		const near = nearest$1(column, known);
		const shown = known.slice(0, 20).map(quoted).join(", ") + (known.length > 20 ? ", …" : "");
		const advice = near === void 0 ? `The columns are: ${shown}.` : `Did you mean ${quoted(near)}?`;
		super(`The prepared rows have no column ${quoted(column)}, which the model names as its ${role}. ${advice}`);
		this.role = role;
		this.column = column;
		this.known = known;
	}
};
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
// ../core/src/errors/docs-page.ts
var home = "https://github.com/OWNER/refit";
function moreAbout(code, page = `errors/${code}.md`) {
	return `More: \`refit explain ${code}\`, or ${docsPage(page)}`;
}
function docsPage(path) {
	return `${home}/blob/main/docs/${path}`;
}
function repositoryFile(path, ref) {
	return `${home}/raw/${ref}/${path}`;
}
// ../core/src/errors/package-errors.ts
var PackageMissingError = class extends RefitError {
	code = "package-missing";
	hint;
	constructor(needed, { name, version, found, page }) {
		const what = found === null ? "it is not installed" : `${found} is installed`;
		super(`${needed} needs the package ${name} ${version}; ${what}.`);
		this.hint = `Install ${name} ${version} beside refit: ${docsPage(page)}.`;
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
var advice = {
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
	return code !== void 0 && advice[code]?.[1] || null;
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
	const [what, hint] = advice[String(error.code)] ?? [];
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
	return /[$`\\!]/.test(word) ? `'${plain$1(file).replaceAll("'", String.raw`'\''`)}'` : word;
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
		this.hint = reason === "moved" ? "Run the same command again. It starts from the new state." : refs.every((ref) => ref.startsWith("refs/tags/")) ? "In the repository's tag rules, allow this token to create tags such as `churn@v1`. The next run creates the missing tags. The champion does not depend on them." : "In the repository's rules, allow refit's branches (`refit--*`, `refit-group--*`, `refit-rollback--*`, `refit-import--*`, `refit-canary--*`, `refit-policy--*`, `refit-ledger`), and give the token `contents: write`.";
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
		super(`The learner "${learner}" does not have enough memory for ${rows} rows of ${columns} columns: it can use at most 4 GiB, and less where the machine has less.`, options);
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
		const why = seen.of === "holdout" ? "and no row of the holdout is newer, so it cannot be judged" : `and ${seen.rows} validation rows are newer: candidates are chosen by them, and that needs at least ${seen.minRows} (holdout.minRows)`;
		super(`${quoted(model.file)} ${until}, ${why}.`);
		this.hint = seen.of === "holdout" ? "Wait for newer rows, or use a model that was trained without the newest ones." : "Make it the only candidate, so that nothing has to be chosen, or use a model that was trained without the newest rows.";
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
	for (const part of partsOf$3(glob).toReversed()) if (part.kind === "close") groups.push({
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
function partsOf$3(glob) {
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
	return covers(layout, folder) && !/\/(?:champion|canary)\//.test(`${name}/`) ? name : null;
}
function modelOfOutput(path, { layout = usualLayout }) {
	const folder = /^(.+?)\/(?:champion\/|canary\/lineage\.json$)/s.exec(path)?.[1];
	return folder !== void 0 && folder !== "models" && covers(layout, folder) ? nameOfFolder(folder) : null;
}
function globOfModel(model, { layout = usualLayout }) {
	const folder = modelFolder(model, { layout });
	const at = patternsOf(layout).findIndex((pattern) => pattern.test(folder));
	return layout.models[at] ?? null;
}
function modelRoots({ layout = usualLayout }) {
	const roots = [...new Set(layout.models.map(globRoot))];
	return roots.filter((root) => !roots.some((other) => other !== root && (other === "" || root.startsWith(`${other}/`))));
}
function nameOfFolder(folder) {
	return folder.startsWith(usualFolder) ? folder.slice(7) : folder;
}
var patterns$1 = new WeakMap();
function covers(layout, folder) {
	return patternsOf(layout).some((pattern) => pattern.test(folder));
}
function patternsOf(layout) {
	const known = patterns$1.get(layout) ?? layout.models.map(folderPattern);
	patterns$1.set(layout, known);
	return known;
}
function folderPattern(glob) {
	const root = globRoot(glob);
	return glob === `${root}/**` ? { test: (path) => path.startsWith(`${root}/`) } : globPattern(glob);
}
// ../core/src/spec/names.ts
var namePart = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
var longest$1 = 120;
function nameProblem(name) {
	const parts = name.split("/");
	if (!parts.every((part) => namePart.test(part))) return "must consist of lower-case letters, digits and single hyphens, with a `/` between nested folders";
	const taken = ["champion", "canary"].find((folder) => parts.indexOf(folder, 1) !== -1);
	if (taken !== void 0) return `must not have a nested folder called \`${taken}\``;
	if (parts.join("--").length > longest$1) return `must not be longer than ${longest$1} characters`;
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
		super(`There is no ${plain$1(modelFolder(model, at))}/model.yaml ${tree}.${near === void 0 ? "" : ` Did you mean "${near}"?`}`);
		this.hint = isNotLaidOut ? `There is a ${plain$1(model)}/model.yaml: to make it a model, add ${plain$1(model)} to \`models\` in refit.yaml, and commit that to the base branch.` : "Run `refit status` to list the models, or `refit init` to create one.";
	}
};
var ModelNameError = class extends RefitError {
	code = "model-name";
	hint;
	constructor(model, branch) {
		const name = quoted(model, 120);
		const what = branch === void 0 ? `${name} is not the name of a model: a name` : `The folder of ${name} on ${branch} is not a model: its name`;
		super(`${what} ${nameProblem(model)}.`);
		this.hint = branch === void 0 ? "Run `refit status` to list the models." : "Rename the folder, and commit that to the base branch. Until then refit leaves it out.";
	}
};
var ModelTwiceError = class extends RefitError {
	code = "model-twice";
	hint;
	constructor(model, baseBranch) {
		super(`The folders models/${plain$1(model)} and ${plain$1(model)} on ${baseBranch} are both the model ${quoted(model)}.`);
		this.hint = `Rename one of them, or take it out of \`models\` in refit.yaml, and commit that to the base branch. Until then refit runs neither.`;
	}
};
var ModelProcessEndedError = class extends RefitError {
	code = "model-process-ended";
	hint = "The usual cause is memory: run fewer models at once (`--parallel`), or allow each less with `--memory`, which is divided among them. Then run it again.";
	constructor(model, how) {
		super(`The process that ran "${plain$1(model)}" ended before it was done (${plain$1(how)}).`);
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
	hint = "Train a smaller model, raise `maxModelMiB` in model.yaml, or keep `models/**/champion/artifact/**` in Git LFS.";
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
var ReportMissingError = class extends RefitError {
	code = "report-missing";
	hint;
	constructor(what, model, ledger) {
		const { isMissing, remote } = ledger;
		super(isMissing ? `There is no report of ${plain$1(what)} here: reports are kept on the branch \`refit-ledger\`, which this clone does not have.` : `The branch \`refit-ledger\` of this clone has no report of ${plain$1(what)}.`);
		const listing = `\`refit history ${plain$1(model)}\` lists the runs and names those that have a report.`;
		this.hint = isMissing && remote !== null ? `Run \`git fetch ${plain$1(remote)} refit-ledger:refs/remotes/${plain$1(remote)}/refit-ledger\`, if the remote has it.` : listing;
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
// ../core/src/errors/source-errors.ts
var SourceUnreachableError = class extends RefitError {
	code = "source-unreachable";
	hint;
	path;
	constructor(path, why, options) {
		super(`${shown$1(path)} cannot be read: ${why}.`, options);
		this.path = path;
		this.hint = options?.hint ?? "Nothing was changed. Run again when the server answers; what was downloaded is kept.";
	}
};
var SourceRefusedError = class extends RefitError {
	code = "source-refused";
	hint;
	path;
	constructor(path, why, hint, options) {
		super(`${shown$1(path)} cannot be read: ${why}.`, options);
		this.path = path;
		this.hint = hint;
	}
};
var SourceAlteredError = class extends RefitError {
	code = "source-altered";
	hint = "Find out who replaced the file, or what damages it on the way, and publish the data under a new name or version.";
	path;
	constructor(path, how, options) {
		super(`${shown$1(path)} has other bytes than its version says: ${how}.`, options);
		this.path = path;
	}
};
var shown$1 = (path) => quoted(path, 300);
// ../core/src/errors/spec-errors.ts
var SpecInvalidError = class extends RefitError {
	code = "spec-invalid";
	hint = "Correct the places named above; `refit schema` lists the schemas, which describe every key.";
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
var shown = 20;
var FilesInTheWayError = class extends RefitError {
	code = "files-in-the-way";
	hint;
	constructor(found, options) {
		const lines = found.slice(0, shown).map(({ path, problem }) => `\n  - ${quoted(path, 200)} ${problem}`);
		const more = found.length > shown ? `\n  - and ${found.length - shown} more` : "";
		super(`No file was written:${lines.join("")}${more}`, options);
		const replaceable = found.filter((each) => each.replaceable).map(({ path }) => `--overwrite ${quoted(path, 200)}`);
		this.hint = [...replaceable.length < found.length ? ["Move away or rename what is in the way."] : [], ...replaceable.length > 0 ? [`To replace what you no longer need, add ${replaceable.slice(0, shown).join(" ")}, or choose another name.`] : []].join(" ");
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
	description: "A model that was trained elsewhere, as an ONNX file: refit runs it with the package `onnxruntime-web`, judges it on rows that are newer than what it has learned from, and never trains it. Needs `time`: see [how](../models-from-elsewhere.md).",
	settings: {
		file: {
			type: "text",
			description: "The model, from the root of the repository, such as `models/churn/onnx/model.onnx`."
		},
		trainedUntil: {
			type: "text",
			description: "The newest row that the model has learned from, according to whoever trained it: a day, such as `2026-03-31`, which counts to its end, or a time with a zone. refit cannot check it; the proposal and `lineage.json` say so."
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
// ../core/src/spec/candidates-of.ts
function candidatesOf({ candidates, training }) {
	if (training === void 0) return [...candidates];
	const keeps = ({ training: own, learner }) => own !== void 0 || learner === onnxDescriptor.name;
	return candidates.map((candidate) => keeps(candidate) ? candidate : {
		...candidate,
		training
	});
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
		hint: "Correct the values, or declare in `schema.fields` how they are written: `type`, `format`, `decimalChar: \",\"` where all numbers have a decimal comma, `groupChar`, `bareNumber: false`; or add the text to `missingValues`."
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
		hint: "Check that the labels have arrived; accept it under `checks.accept` if all rows really have the same one."
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
		hint: "Name a smaller file: cut recordings into parts, or extract what the model needs from it beforehand."
	},
	"file-without-bytes": {
		severity: "suspect",
		hint: "Look at what writes the files: an empty one is usually a failed copy. Accept it under `checks.accept` if it is right."
	},
	"files-alike": {
		severity: "warning",
		hint: "Nothing if that is right; a file that many rows name is often a placeholder for a missing one."
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
		hint: "Use only rows that were known: in a join `ASOF JOIN`, or `availableAt <= time`; in a window `ORDER BY` the time, and a frame that ends with the current row."
	},
	"row-order": {
		severity: "warning",
		hint: "Say in the SQL which of the rows counts, by a column that tells them apart."
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
		hint: "Look at the features and at the newest rows before the holdout; a `learningRate` that is too large can also be the cause: then the first step makes the model worse."
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
		hint: "Add rows, or hold out more of them. A person may merge it: the only objection is the small number of rows."
	},
	"calibration-worse": {
		severity: "warning",
		hint: "If you use the probabilities, set `calibration: platt` on the candidate, or add a gate on `logLoss` or `brier`."
	},
	"train-holdout-gap": {
		severity: "warning",
		hint: "Use a simpler model if it overfits; look for features that reveal when a row was recorded."
	},
	"log-damaged": {
		severity: "warning",
		hint: "Nothing if few: a process that is killed leaves half a line. Otherwise look at the disk, or at the program that writes the lines."
	},
	"log-newer": {
		severity: "warning",
		hint: "Update refit: the lines are read as soon as it knows their format."
	},
	"log-foreign": {
		severity: "warning",
		hint: "Give each model a folder of its own in the log, as `refit serve` does."
	},
	"log-repeated-id": {
		severity: "warning",
		hint: "Give each request an id of its own (header `x-request-id`); nothing if requests are sent again after a failure."
	},
	"log-unknown-version": {
		severity: "warning",
		hint: "Fetch the whole history, or check which repository the service has its model from."
	},
	"log-unfit": {
		severity: "warning",
		hint: "Check the program that writes the lines: probabilities in the order of `target.classes` of features.json, between 0 and 1."
	},
	"label-unknown-class": {
		severity: "warning",
		hint: "Write labels as the target has them, or name another column in `labels.target`."
	},
	"label-duplicate": {
		severity: "warning",
		hint: "Nothing if labels are sent again or corrected; otherwise remove the copies."
	},
	"label-conflict": {
		severity: "warning",
		hint: "Check which of them is right: a correction must be the newer one."
	},
	"label-unmatched": {
		severity: "warning",
		hint: "Check `labels` in model.yaml and `REFIT_LOG_SALT`, and that the log has not been removed (`refit log forget --older-than`)."
	},
	"label-early": {
		severity: "warning",
		hint: "Check the time zones of both, and that `labels.time` is when the label became known."
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
// ../core/src/parse-by-schema.ts
var fewParses = 50;
var parses = new WeakMap();
function parseBySchema(schema, value) {
	const before = parses.get(schema) ?? 0;
	if (before >= fewParses) return schema.safeParse(value);
	parses.set(schema, before + 1);
	return schema.safeParse(value, { jitless: true });
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
// ../core/src/spec/field-types.ts
var fieldTypes = [
	"string",
	"number",
	"integer",
	"boolean",
	"date",
	"datetime",
	"file"
];
// ../core/src/spec/usual-memory.ts
var usualMemory = "a quarter of the memory of the machine or container, and at least 400 MiB; for files with many columns 400 MiB plus 60 for every 100 columns if that is more, up to half of the memory";
// ../core/src/learners/tfjs-descriptor.ts
var tfjsDescriptor = {
	name: "tfjs",
	algorithmVersion: 1,
	description: "A neural network on TensorFlow.js: dense layers, with a learned embedding for each categorical feature, or your own network. Needs the package `@refit/tfjs`: see [how](../tfjs-learner.md).",
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
			description: "Maximum size of an embedding; a column gets at most half as many numbers per category as it has categories."
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
			description: "Weight decay: how strongly weights are pulled to 0 at each step, times the learning rate."
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
			description: "Whether training goes on from the weights of the live version (`warm`). It does where that is a network of the same layers and inputs that has not seen the rows that judge it; else it starts from scratch, and the report says why: see [when it helps](../tfjs-learner.md#going-on-from-the-live-model). Default: `cold`."
		},
		backend: {
			type: "choice",
			choices: [
				"wasm",
				"cpu",
				"node"
			],
			default: "wasm",
			description: "Where it computes. `wasm` and `cpu` give the same bytes on every machine; `node` needs `@tensorflow/tfjs-node`, and whether it gives the same model again is found out by training twice on a sample."
		},
		code: {
			type: "list",
			items: "text",
			default: [],
			description: "Your own network: files, relative to the root of the repository, of which the first exports `build`. They are copied into the version."
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
	description: "Your own program, in any language: see [how it is called](../command-learner.md).",
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
			description: "Program that predicts, with its arguments. It gets rows without labels. Instead of it: `onnx`."
		},
		onnx: {
			type: "text",
			optional: true,
			description: "Instead of `predict`: the ONNX file that the program writes into its model folder, such as `model.onnx`. refit runs it itself, with the package `onnxruntime-web`."
		},
		code: {
			type: "list",
			items: "text",
			default: [],
			description: "Files of the program, relative to the root of the repository. They are copied into the version, and both programs run from the copies."
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
			description: "Settings for the program; they are in its job description."
		},
		validation: {
			type: "boolean",
			optional: true,
			description: "`false`: nothing stops the training early, so the program gets no validation rows. As the only candidate it is then not trained without them first, which saves a training: see [validation rows](../command-learner.md#validation-rows). Default: `true`."
		},
		start: {
			type: "choice",
			choices: ["cold", "warm"],
			optional: true,
			description: "`warm`: `train` gets the model of the live version, to go on from. Where that would be unfair or is not possible, it starts from scratch, and the report says why: see [how](../command-learner.md#going-on-from-the-live-model). Default: `cold`."
		},
		reproducible: {
			type: "boolean",
			default: true,
			description: "Whether the same rows and seed always give the same model. Default: found out by training twice on a sample. If not, the model that was judged ships (`ship: judged`)."
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
			description: "Names of environment variables that are passed to the program besides the usual ones. Tokens of refit, of GitHub and of other forges are never passed on."
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
			description: "Program, with its arguments, that stops what `runner` has started, such as `[ray, job, stop, \"{id}\"]`. Called after a limit, an interrupt or a failure."
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
	if (name in {}) return "is a reserved name in JavaScript; choose another name";
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
var word$1 = new Float64Array([1]);
var halves = new Int32Array(word$1.buffer);
var HIGH = halves[0] === 0 ? 1 : 0;
function powerOfTwo(k) {
	halves[1 - HIGH] = 0;
	halves[HIGH] = k + 1023 << 20;
	return word$1[0];
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
	word$1[0] = x;
	const bits = halves[HIGH];
	const fraction = bits & 1048575;
	const carry = fraction + 614244 & 1048576;
	halves[HIGH] = fraction | carry ^ 1072693248;
	const k = (bits >> 20) - 1023 + (carry >> 20);
	const f = word$1[0] - 1;
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
	const calibrated = answers.map((answer, place) => valueOf$1(maps[place % width], answer));
	if (width === 1) return calibrated;
	for (let start = 0; start < calibrated.length; start += width) {
		let sum = 0;
		for (let place = start; place < start + width; place++) sum += calibrated[place];
		for (let place = start; place < start + width; place++) calibrated[place] = calibrated[place] / sum;
	}
	return calibrated;
}
var certain = 1e-12;
function valueOf$1(map, answer) {
	if (map.kind === "isotonic") return between(map, answer);
	return Math.min(Math.max(sigmoid(map.slope * logit(answer) + map.intercept), certain), .999999999999);
}
function between({ at, gives }, answer) {
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
// ../core/src/learners/learner-settings.ts
function fillSettings({ name, settings }, given = {}) {
	const defaults = Object.entries(settings).flatMap(([key, { default: value }]) => value === void 0 ? [] : [[key, value]]);
	return {
		learner: name,
		...Object.fromEntries(defaults),
		...given
	};
}
// ../core/src/digest/canonical-json.ts
function canonicalJson(value, indent = 0) {
	return JSON.stringify(sorted(value), null, indent);
}
function sorted(value) {
	if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
	if (value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) return value.map(sorted);
	const known = value;
	const inOrder = {};
	for (const key of Object.keys(known).sort()) {
		const item = sorted(known[key]);
		if (key === "__proto__") Object.defineProperty(inOrder, key, {
			value: item,
			enumerable: true
		});
		else inOrder[key] = item;
	}
	return inOrder;
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
	return (0, node_crypto.hash)("sha256", content, "hex");
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
function harmless(text) {
	return text.replace(moving, asJson).replace(commanding, asJson);
}
var asJson = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
var moving = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;
var commanding = /(?<=^\s*):(?=:)|#(?=#\[)/gm;
// ../refit/src/adapters/git/last-fetch.ts
var lookFile = (commonDir) => node_path.default.join(commonDir, "refit", "cache", "remote-answered");
async function noteAnswer(commonDir) {
	const file = lookFile(commonDir);
	await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true }).then(() => (0, node_fs_promises.writeFile)(file, "")).catch(() => {});
}
async function lastFetch({ commonDir, remote }) {
	if (remote === null) return null;
	const places = [
		"FETCH_HEAD",
		...(await (0, node_fs_promises.readdir)(node_path.default.join(commonDir, "worktrees")).catch(() => [])).map((name) => `worktrees/${name}/FETCH_HEAD`),
		`refs/remotes/${remote}`,
		`logs/refs/remotes/${remote}`
	].map((place) => node_path.default.join(commonDir, place));
	const known = (await Promise.all([lookFile(commonDir), ...places].map(async (place) => {
		const looked = await (0, node_fs_promises.stat)(place).catch(() => null);
		return looked === null ? [] : [looked.mtimeMs];
	}))).flat();
	return known.length === 0 ? null : Math.max(...known);
}
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
	if (stamp.shared === null) return stamp;
	if (!await isStillShared(stamp.shared, await open())) return null;
	await noteAnswer(commonDir);
	return stamp;
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
			const stat = lookAt$3(file);
			if (stat !== null && changedAt$1(stat) >= startedAt - RACY) return;
			seen[file] = described(stat);
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
	const stamp = openSealedJson(textOf$2(file))?.value;
	return stamp?.version === "0.1.0" ? stamp : null;
}
function textOf$2(file) {
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
var statsOf = (file) => described(lookAt$3(file));
function described(stat) {
	return stat === null ? "absent" : `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`;
}
var changedAt$1 = ({ mtimeMs, ctimeMs }) => Math.max(Number(mtimeMs), Number(ctimeMs));
function lookAt$3(file) {
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
	let expected = [];
	const loaded = async () => {
		const open = await (loading ??= load());
		if (expected.length > 0) open.forge.expect(expected);
		expected = [];
		return open;
	};
	return {
		forge: {
			...face,
			proposal: async (...args) => (await loaded()).forge.proposal(...args),
			expect: (branches) => void (expected = branches),
			ensureProposal: async (...args) => (await loaded()).forge.ensureProposal(...args),
			ensureRemark: async (...args) => (await loaded()).forge.ensureRemark(...args),
			ensureSection: async (...args) => (await loaded()).forge.ensureSection(...args),
			alert: async (...args) => (await loaded()).forge.alert(...args),
			ensureAlert: async (...args) => (await loaded()).forge.ensureAlert(...args),
			ensureCheck: async (...args) => (await loaded()).forge.ensureCheck(...args)
		},
		publisher: {
			ensureRelease: async (...args) => (await loaded()).publisher.ensureRelease(...args),
			ensureDeployment: async (...args) => (await loaded()).publisher.ensureDeployment(...args)
		},
		reviews: { of: async (...args) => (await loaded()).reviews.of(...args) },
		dashboard: {
			ensure: async (...args) => (await loaded()).dashboard.ensure(...args),
			take: async (...args) => (await loaded()).dashboard.take(...args)
		},
		settings: { diagnose: async (...args) => (await loaded()).settings.diagnose(...args) }
	};
}
// ../refit/src/adapters/forges/github/issue-edit.ts
function issueEditOf(env) {
	const file = env["GITHUB_EVENT_PATH"];
	if (env["GITHUB_EVENT_NAME"] !== "issues" || !file) return null;
	const { action, changes, issue, sender } = JSON.parse((0, node_fs.readFileSync)(file, "utf8"));
	const { number, body } = issue ?? {};
	if (action !== "edited" || typeof number !== "number") return null;
	const after = typeof body === "string" ? body : "";
	const from = changes?.body?.from;
	const login = typeof sender?.login === "string" ? sender.login : "";
	return {
		issue: number,
		before: typeof from === "string" ? from : after,
		after,
		sender: {
			login,
			isBot: sender?.type !== "User" || login === "" || login.endsWith("[bot]")
		}
	};
}
// ../refit/src/adapters/forges/github/limits.ts
var mostCharacters$1 = 6e4;
var limits$1 = {
	warnFileMiB: 50,
	mostFileMiB: 100,
	rule: "GitHub warns above 50 MiB and refuses files above 100 MiB",
	dashboardCharacters: mostCharacters$1
};
var leastCharacters = 1500;
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
		const { workflowFiles } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.workflows_exports);
		return workflowFiles(request);
	},
	setup: "On GitHub, turn on Settings → Actions → General → \"Allow GitHub Actions to create and approve pull requests\".",
	pagesSetup: "To publish the pages, turn on Settings → Pages → Source: GitHub Actions, and have refit in package.json. Before anything private becomes public: on most plans everybody can read the pages of a private repository, so that .github/workflows/refit-pages.yml publishes none of one until the repository variable REFIT_PAGES is `publish`.",
	unknownAction: {
		action: `_OWNER_/refit@${"0".repeat(40)}`,
		sentence: "In .github/workflows/refit.yml, replace _OWNER_ with the owner of the repository that you use refit from, and the zeros with a commit of it: `git ls-remote https://github.com/OWNER/refit HEAD` prints the newest one."
	},
	file: ".github/workflows/refit.yml",
	actionIn(text) {
		const [, action = null] = /^ *(?:- )?uses: ((?!_OWNER_)[\w.-]+\/refit(?:\/[\w./-]+)?@[\w./-]+)/m.exec(text) ?? [];
		return action;
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
		const { gitSettings } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.git_settings_exports);
		return gitSettings(process, await withRepository(process, env));
	},
	open: (parts) => lazyForge({
		name: "github",
		limits: limits$1,
		pullRequest: pullRequestOf(parts.env)
	}, async () => {
		const [{ githubForge }, { githubSettings }] = await Promise.all([Promise.resolve().then(() => require("./github.cjs")).then((n) => n.forge_exports), Promise.resolve().then(() => settings_exports)]);
		const { process, git, notice, patience, env } = parts;
		return githubForge({
			settings: githubSettings(await withRepository(process, env)),
			process,
			git,
			notice,
			edit: issueEditOf(env),
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
	rule: "most git hosts warn above 50 MiB and refuse files above 100 MiB",
	dashboardCharacters: null
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
		const { localForge, noDashboard, noReviews, noSettings, nowhere } = await Promise.resolve().then(() => forge_exports);
		return {
			forge: localForge(process, git, {
				files,
				publishes
			}),
			publisher: nowhere,
			reviews: noReviews,
			dashboard: noDashboard,
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
	help: "show the help of the command",
	directory: "run in this folder, like -C",
	base: "name of the base branch; default: the remote's default branch, else main or master",
	now: "use this ISO 8601 time as the current time, for replays"
};
var otherWords = {
	"help <command>": "Show how to use a command, with examples.",
	"complete <shell>": "Print a script that completes commands, options and models: bash, zsh or fish.",
	version: "Print the version of refit, like -v."
};
function helpOf(command, width) {
	return [
		...wrapped$1(usageParts(command.usage, width - 6), {
			width,
			indent: 6
		}),
		"",
		...wrapped$1(command.summary.split(" "), { width }),
		"",
		"Examples:",
		...table$1(command.examples, width),
		"",
		"Options:",
		...optionTable(command.optionHelp, width),
		"",
		"`refit help` lists the options of every command."
	].join("\n");
}
async function overviewOf(groups, forge, width) {
	const parts = await Promise.all(Object.entries(groups).map(async ([title, group]) => ({
		title,
		rows: await summaries(group)
	})));
	const column = Math.max(...[...parts.flatMap(({ rows }) => rows), ...Object.entries(otherWords)].map(([word]) => word.length));
	return [
		"refit <command> [options]",
		"",
		"Git history is the model registry. Merging promotes, reverting rolls back.",
		...parts.flatMap(({ title, rows }) => [
			"",
			`${title}:`,
			...table$1(rows, width, column)
		]),
		"",
		"Help:",
		...table$1(Object.entries(otherWords), width, column),
		"",
		"Options of every command:",
		...commonOptionTable(forge, width)
	].join("\n");
}
function commonOptionTable(forge, width) {
	return optionTable({
		...commonHelp,
		forge
	}, width);
}
async function summaries(group) {
	return Promise.all(Object.entries(group).map(async ([name, load]) => [name, firstSentence((await load()).summary)]));
}
var firstSentence = (text) => /^.*?\.(?= |$)/.exec(text)[0];
function optionTable(help, width) {
	return table$1(Object.entries(help).map(([option, does]) => [`--${option}`, does]), width);
}
function table$1(rows, width, column) {
	const half = Math.floor(width / 2);
	const left = column ?? Math.max(0, ...rows.map(([cell]) => cell.length).filter((length) => length <= half));
	return rows.flatMap(([cell, text]) => {
		const lines = wrapped$1(text.split(" "), { width: width - left - 4 });
		return [...cell.length <= left ? [`  ${cell.padEnd(left)}  ${lines.shift() ?? ""}`.trimEnd()] : [`  ${cell}`], ...lines.map((line) => `${" ".repeat(left + 4)}${line}`)];
	});
}
function usageParts(usage, width) {
	const parts = [];
	let depth = 0;
	for (const word of usage.split(" ")) {
		if (depth === 0) parts.push(word);
		else parts[parts.length - 1] += ` ${word}`;
		depth += word.split(/[[(]/).length - word.split(/[\])]/).length;
	}
	return parts.flatMap((part) => part.length > width ? part.split(" ") : [part]);
}
function wrapped$1(words, { width, indent = 0 }) {
	const lines = [];
	for (const word of words) {
		const line = lines.at(-1);
		if (line !== void 0 && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
		else lines.push(line === void 0 ? word : `${" ".repeat(indent)}${word}`);
	}
	return lines;
}
// ../refit/src/commands/index.ts
var commandGroups = {
	"Set up": {
		demo: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.demo_exports),
		init: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.init_exports),
		check: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.check_exports),
		import: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.import_exports),
		doctor: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.doctor_exports),
		schema: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.schema_exports),
		explain: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.explain_exports)
	},
	"Keep models fresh": {
		run: () => Promise.resolve().then(() => run_exports),
		promote: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.promote_exports),
		canary: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.canary_exports),
		rollback: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.rollback_exports),
		reject: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.reject_exports),
		accept: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.accept_exports),
		backtest: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.backtest_exports)
	},
	"See how they are": {
		status: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.status_exports),
		dashboard: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.dashboard_exports),
		log: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.log_exports),
		history: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.history_exports),
		report: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.report_exports),
		site: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.site_exports),
		show: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.show_exports),
		diff: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.diff_exports),
		drift: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.drift_exports),
		monitor: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.monitor_exports)
	},
	"Use what is live": {
		predict: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.predict_exports),
		serve: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.serve_exports),
		export: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.export_exports),
		features: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.features_exports)
	},
	"Trust a version": {
		verify: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.verify_exports),
		shadow: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.shadow_exports),
		evidence: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.evidence_exports),
		reproduce: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.reproduce_exports),
		probes: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.probes_exports),
		sign: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.sign_exports),
		"verify-signature": () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.verify_signature_exports)
	},
	"In pipelines, and with many models": {
		affected: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.affected_exports$1),
		plan: () => Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.plan_exports),
		train: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.train_exports),
		choose: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.choose_exports),
		cache: () => Promise.resolve().then(() => require("./work.cjs")).then((n) => n.cache_exports)
	}
};
var commands = Object.assign({}, ...Object.values(commandGroups));
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
		process.stdout.write(`${harmless(JSON.stringify({ error: {
			code,
			message,
			hint
		} }))}\n`);
	} else if (known) process.stderr.write(harmless(`error: ${error.message}\n  ${error.hint}\n  ${moreAbout(error.code)}\n`));
	else {
		const stack = error instanceof Error ? error.stack ?? error.message : String(error);
		process.stderr.write(harmless(`refit has a bug: ${redact(stack)}\n  ${bugHint}\n`));
	}
	return known ? 2 : 1;
}
var bugHint = "Please report it with the lines above. It is safe to run the command again.";
// ../core/src/json-checks.ts
function fits(expected, isFit) {
	return (value) => isFit(value) ? void 0 : ["", expected];
}
var text = (value) => typeof value === "string" ? void 0 : ["", "a text"];
function wordOf$1(...words) {
	return fits(`one of ${words.join(", ")}`, (value) => words.includes(value));
}
function finite(least = -Number.MAX_VALUE, most = Number.MAX_VALUE) {
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
function exactly(checks) {
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
	const { calibratedPredictor } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.calibrated_exports);
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
		method: wordOf$1(...calibrationMethods),
		maps: (given) => maps(given, 0) ?? (given.length > 0 ? void 0 : ["", "a map"])
	})(value, 0);
};
var plattCheck = (map) => fields({
	kind: wordOf$1("platt"),
	slope: finite(0),
	intercept: finite()
})(map, 0);
var isotonicCheck = (map) => {
	const { at, gives } = Object(map);
	const isRising = () => at.length > 0 && at.every((answer, i) => gives[i] > 0 && gives[i] < 1 && (i === 0 || answer > at[i - 1] && gives[i] >= gives[i - 1]));
	return fields({
		kind: wordOf$1("isotonic"),
		at: list(finite()),
		gives: (given) => list(finite(), at.length)(given, 0)
	})(map, 0) ?? (isRising() ? void 0 : ["", "a rising map"]);
};
// ../refit/src/adapters/machine.ts
var SHARED_BY = "REFIT_SHARED_BY";
var MIB = 1048576;
var leastMiB = 64;
function threadsHere() {
	return Math.max(1, Math.floor((0, node_os.availableParallelism)() / sharers()));
}
function machineMemoryMiB() {
	const whole = (0, node_os.totalmem)();
	const constrained = process.constrainedMemory();
	return Math.floor((constrained > 0 ? Math.min(whole, constrained) : whole) / MIB / sharers());
}
function partOf(memoryMiB) {
	return sharers() === 1 ? memoryMiB : Math.max(leastMiB, Math.floor(memoryMiB / sharers()));
}
function sharers() {
	const count = Number(process.env[SHARED_BY]);
	return count >= 1 ? count : 1;
}
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
	if (text !== plain$1(text) || /[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/u.test(text) || text.startsWith("-")) return null;
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
		const last = newest.get(sourceOf(path));
		if (last === void 0 || path > last) newest.set(sourceOf(path), path);
	}
	const altered = new Map();
	for (const { path, version } of built) {
		if (version?.["rowHash"] === void 0) continue;
		const source = sourceOf(path);
		const how = change(version, here.get(path), path < (newest.get(source) ?? ""));
		if (how !== null) altered.set(source, [...altered.get(source) ?? [], `${intervalIn(path)} (${how})`]);
	}
	return [...altered].map(([source, intervals]) => {
		const rest = intervals.length > mostNamed ? ` and ${intervals.length - mostNamed} more` : "";
		const which = `${intervals.slice(0, mostNamed).join(", ")}${rest}`;
		const message = `Rows of ${quoted(source)} have changed since the live version was built from them, in intervals that were over: ${which}.`;
		return finding("past-altered", {
			file: source,
			count: intervals.length
		}, message);
	});
}
var mostNamed = 5;
function change(then, now, isPast) {
	if (now?.version === void 0) return isPast ? `${then["rows"]} rows then, none now` : null;
	const { query, rows, rowHash } = now.version;
	if (query !== then["query"] || rows === then["rows"] && rowHash === then["rowHash"]) return null;
	return rows === then["rows"] ? "as many rows, with other values" : `${then["rows"]} rows then, ${rows} now`;
}
var sourceOf = (path) => path.slice(0, path.lastIndexOf("/"));
var intervalIn = (path) => path.slice(path.lastIndexOf("/") + 1).replace(/\.parquet$/, "");
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
var WORDS = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [
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
	for (const word of WORDS) {
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
	const high = WORDS[3] >> 1;
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
			message: `${found.message} The column links tables, so this blocks nothing.`
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
	"gone-from-place": "its store does not provide the earlier version",
	unknown: "the ledger does not say where they are"
};
var named = (paths) => `${quoted(paths[0])}${paths.length > 1 ? ` and ${paths.length - 1} more ${paths.length === 2 ? "file" : "files"}` : ""}`;
function uncountedRows(news) {
	const [first] = news.unread;
	if (first === void 0) return [];
	const files = news.files.filter(({ assumed }) => assumed !== void 0);
	const earlier = `the ${news.unread.reduce((sum, { rows }) => sum + rows, 0)} earlier rows of ${named(news.unread.map(({ path }) => path))} cannot be read (${causes[first.why]})`;
	if (files.length === 0) return [uncounted(first.path, 0, `It is not known which rows are gone: ${earlier}.`)];
	const added = files.reduce((sum, each) => sum + each.added, 0);
	const rows = files.reduce((sum, each) => sum + each.rows, 0);
	const basis = files.some(({ assumed }) => assumed === "later") ? "those that are later than all earlier rows" : "as many as the file has more than before";
	const message = `${`It is not known which rows of ${named(files.map(({ path }) => path))} are new: ${earlier}.`} Assumed to be new: ${added} of ${rows} rows, ${basis}; all were checked, and corrected rows are not recognised.`;
	return [uncounted(files[0].path, added, message)];
}
function uncounted(file, count, message) {
	return finding("rows-uncounted", {
		file,
		count
	}, message);
}
// ../core/src/lineage/learned-until.ts
function learnedUntil({ trainedUntil, holdout }) {
	return trainedUntil === void 0 ? holdout.trainedUntil : trainedUntil;
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
	const width = widthOf$2(rows);
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
	const width = widthOf$2(rows);
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
	const width = widthOf$2({ classes });
	return {
		classes,
		answers: answers.filter((_, place) => isIn(Math.floor(place / width))),
		target: target.filter((_, row) => isIn(row)),
		...weights && { weights: weights.filter((_, row) => isIn(row)) }
	};
}
var widthOf$2 = ({ classes }) => classes === 2 ? 1 : classes;
// ../core/src/learners/predictions-descriptor.ts
var predictionsDescriptor = {
	name: "predictions",
	algorithmVersion: 1,
	description: "Imported predictions of a model that is in use, one per row.",
	settings: {}
};
function answersNewRows(learner) {
	return learner !== predictionsDescriptor.name;
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
var whenEnding = tasksAtEndOf(process);
function tasksAtEndOf(ending) {
	const tasks = [];
	const doAll = () => {
		while (tasks.length > 0) try {
			tasks.pop()();
		} catch {}
	};
	const endBy = (signal) => {
		doAll();
		stopListening();
		ending.kill(ending.pid, signal);
	};
	const stopListening = () => {
		ending.off("exit", doAll);
		for (const signal of signals) ending.off(signal, endBy);
	};
	return (task) => {
		if (tasks.length === 0) {
			ending.on("exit", doAll);
			for (const signal of signals) ending.on(signal, endBy);
		}
		tasks.push(task);
		return () => {
			const at = tasks.lastIndexOf(task);
			if (at >= 0) tasks.splice(at, 1);
			if (tasks.length === 0) stopListening();
		};
	};
}
// ../refit/src/adapters/process-facts.ts
function processFacts(pid) {
	const fields = processText(pid, "stat")?.replace(/^.*\) /s, "").split(" ");
	if (fields === void 0) return null;
	return {
		isZombie: fields[0] === "Z" || fields[0] === "X",
		group: Number(fields[2]),
		startedAt: fields[19]
	};
}
function processText(pid, file) {
	try {
		return (0, node_fs.readFileSync)(node_path.default.join("/proc", String(pid), file), "utf8");
	} catch {
		return;
	}
}
function hasEnded(pid) {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return error.code !== "EPERM";
	}
	return processFacts(pid)?.isZombie ?? false;
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
	if (maker === machine && age <= longest) return hasEnded(Number(pid));
	return age > abandoned;
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
			await (0, node_fs_promises.rm)(folder, {
				recursive: true,
				force: true
			});
			release();
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
// ../core/src/data/exclusion.ts
var ofLeaks = new Set(["leak-suspect"]);
function exclusionOf(findings) {
	const columns = findings.flatMap(({ code, column }) => ofLeaks.has(code) && column !== null ? [column] : []);
	return columns.length === 0 ? null : `exclude: [${[...new Set(columns)].map((name) => yamlScalar(name)).join(", ")}]`;
}
// ../core/src/report/visible-text.ts
function visibleText(text, maxLength) {
	if (text.length <= maxLength && plain.test(text)) return text;
	const line = text.replace(/\s+/gu, " ").replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "").replace(/ {2,}/g, " ").trim();
	if (line.length <= maxLength) return line;
	const points = [...line.slice(0, 2 * maxLength + 2)];
	return points.length > maxLength ? `${points.slice(0, maxLength - 1).join("")}…` : line;
}
var plain = /^[!-~]+(?: [!-~]+)*$/;
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
function prose$1(text) {
	return text.split(/\n[^\S\n]*\n/).map((paragraph) => escapeMarkdown(paragraph, MOST_IN_A_PARAGRAPH).replace(addresses, "<wbr>")).filter((paragraph) => paragraph !== "");
}
function jsonBlock(value) {
	return `\`\`\`json\n${JSON.stringify(value, null, 2).replace(/(?!\n)[`<>\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]/gu, (found) => found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`))}\n\`\`\``;
}
function codeSpan(text) {
	if (text.includes("|")) return cell(text);
	const shown = visibleText(text, MOST_IN_A_CELL);
	const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([fence]) => fence.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${/^`|`$/.test(shown) || shown === "" ? ` ${shown} ` : shown}${fence}`;
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
var sentenceOf = (words) => ({
	kind: "sentence",
	text: words
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
var onGitHub = { value: cell };
var asText$1 = { value: codeSpan };
function markdownReport(report, chartAt = besideThePage) {
	return wholePage(report, {
		...onGitHub,
		chartAt
	});
}
function plainMarkdownReport(report, chartAt = besideThePage) {
	return wholePage(report, {
		...asText$1,
		chartAt
	});
}
function wholePage({ headline, sections }, style) {
	return pageOf$1([headlineIn(style, headline), ...sections.map((section) => sectionIn(style, section))]);
}
function pageOf$1(parts) {
	return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
function markdownHeadline(headline) {
	return headlineIn({
		...onGitHub,
		chartAt: besideThePage
	}, headline);
}
function headlineIn(style, { verdict, number, reason, objections }) {
	return [[
		verdict,
		number,
		reason
	].flatMap((line) => line === null ? [] : [markdownText(line, style)]).join("  \n"), ...objections.map((objection) => `- ${markdownText(objection, style)}`)].join("\n");
}
function markdownSection(section, chartAt = besideThePage) {
	return sectionIn({
		...onGitHub,
		chartAt
	}, section);
}
function plainMarkdownSection(section) {
	return sectionIn({
		...asText$1,
		chartAt: besideThePage
	}, section);
}
function sectionIn(style, { title, body }) {
	const blocks = blocksIn(style, body);
	return title === null ? blocks : [`### ${title}`, ...blocks === "" ? [] : [blocks]].join("\n");
}
function blocksIn(style, blocks) {
	return blocks.map((block) => blockIn(style, block)).filter((part) => part !== "").join("\n\n");
}
function blockIn(style, block) {
	const shown = (words) => markdownText(words, style);
	switch (block.kind) {
		case "paragraph": return shown(block.text);
		case "list": return block.items.map((item) => `- ${shown(item)}`).join("\n");
		case "table": return table(block.head.map(shown), block.rows.map((cells) => cells.map(shown)));
		case "notice": return block.lines.map((line) => `> - ${shown(line)}`).join("\n");
		case "chart": return image(block, style.chartAt(block.file));
		case "details": return detailsIn(style, block);
		default: return "";
	}
}
function detailsIn(style, { summary, blocks }) {
	const inside = blocksIn(style, blocks);
	if (inside === "") return "";
	return `<details><summary>${markdownText(summary, style)}</summary>\n\n${inside}\n\n</details>`;
}
function image({ words }, place) {
	return place === null ? "" : `![${renderText(words, (piece) => ifWords(piece, (text) => escapeMarkdown(text, 40)) ?? " ")}](${place})`;
}
function markdownText(sentence, { value } = onGitHub) {
	return renderText(sentence, (piece) => pieceIn(value, piece));
}
function pieceIn(value, piece) {
	switch (piece.kind) {
		case "data":
		case "sentence": return value(piece.text);
		case "code": return `\`${piece.text}\``;
		case "strong": return `**${piece.text}**`;
		case "break": return "<br>";
		default: return ifWords(piece, value) ?? "";
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
function number(value) {
	return value === void 0 || value === null ? "–" : formatNumber(value);
}
function signed$1(value) {
	return `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value))}`;
}
function optionalSigned(value) {
	return value === void 0 ? "–" : signed$1(value);
}
function intervalText({ interval }) {
	return interval === null ? "" : ` (${signed$1(interval[0])} to ${signed$1(interval[1])})`;
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
		case "settings": return say$1`the settings of the training changed${settingsWords(reason.changed)}`;
		case "policy": return say$1`the gates, guardrails or accepted findings changed since a model with the same inputs failed`;
		case "new-rows": return reason.assumed === true ? say$1`${reason.newRows} rows are assumed to be new (it is not known which; minNewRows: ${reason.minNewRows})` : say$1`${reason.newRows} new rows arrived (minNewRows: ${reason.minNewRows})`;
		case "age": return say$1`the last judged model is ${Math.floor(reason.ageDays)} days old (maxAgeDays: ${reason.maxAgeDays})`;
		case "drift": return say$1`${data(reason.feature)} has drifted (PSI ${formatNumber(reason.psi)})`;
		case "drift-classifier": return say$1`a classifier can tell the new rows from the champion's by ${joinTexts(reason.features.map((name) => [data(name)]), ", ")} (AUC ${formatNumber(reason.auc)})`;
		case "performance": return say$1`${reason.metric} on newer rows is ${formatNumber(reason.now)}, and was ${formatNumber(reason.before)} on the champion's holdout (performanceMargin: ${reason.performanceMargin})`;
		case "champion-moved": return say$1`the champion changed since the open proposal was judged`;
		case "group": return say$1`models of the proposal group ${reason.group} move together, and ${reason.due} is due`;
		case "forced": return say$1`a person asked for it: ${data(reason.words)}${despiteWords(reason.despite)}`;
	}
}
function despiteWords(despite) {
	return despite === void 0 ? "" : `, although ${refusals[despite.by]} on ${day$1(despite.at)}`;
}
var mostChanges$1 = 5;
var longestValue = 40;
function settingsWords(changes) {
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
		case "canary-runs": return canaryRunsSentence(heldBack);
		case "branch-held": return `a retrain is due, but the branch ${heldBack.branch} has a commit that refit did not make and that was not merged, so it was left alone; move that commit elsewhere and delete the branch`;
		case "refused": return `${refusals[heldBack.by]} on ${day$1(heldBack.at)}; the inputs${heldBack.by === "rejected" ? ", or the gates," : ""} must change before another attempt (or use --force "reason")`;
		case "drift-unconfirmed": return "the data have drifted for the first time; a retrain needs drift in two of the last three snapshots";
		case "drift-known": return "the data have drifted, but they had drifted as far when the last candidate was compared with this champion";
		case "few-rows": return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows (holdout.minRows) that are needed to judge a newer model have arrived since the champion was trained`;
		case "few-of-class": return `not yet: ${heldBack.rows} of the ${heldBack.minRows} rows of the second most frequent class that are needed to judge a newer model have arrived since the champion was trained`;
		case "cooldown": return `cool-down until ${minute(heldBack.until)} (or use --force "reason")`;
		case "backoff": return `${heldBack.fruitless} candidate${heldBack.fruitless === 1 ? " was" : "s in a row were"} not good enough; no new attempt until ${minute(heldBack.until)} (or use --force "reason")`;
		case "budget": return `the ${heldBack.per === "day" ? "daily budget (maxPerDay)" : "weekly budget (maxPerWeek)"} is used up until ${minute(heldBack.until)} (or use --force "reason")`;
		case "handed-over": return `${handOvers[heldBack.why]}; the next run trains again`;
		case "group-held": return `models of the proposal group ${heldBack.group} move together, and ${heldBack.by} ${groupHolds[heldBack.why]}, so none of them is proposed`;
	}
}
function canaryRunsSentence({ percent, since, championMoved }) {
	const moved = championMoved ? ", and the champion has changed since, so nothing follows from a comparison: its stop is proposed" : "";
	return `a canary has been running since ${day$1(since)} (${percent === null ? "rollout.yaml cannot be read" : `${percent} % of the requests`})${moved}; no other version is proposed until it is promoted or stopped (or use --force "reason")`;
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
	const who = by === null ? "not committed yet" : say$1`${data(by.author)}, ${day$1(by.at)}, ${by.commit.slice(0, 10)}`;
	return say$1` Accepted: ${data(reason)} (${who}).`;
}
function verdictReasonSentence(reason) {
	switch (reason.kind) {
		case "no-gate": return say$1`there is no gate, so nothing can be promoted`;
		case "finding": return say$1`${reason.code}: ${sentenceOf(reason.message)}`;
		case "undefined-metric": return say$1`${reason.metric} cannot be computed on the holdout: it has too few rows, or only one class. Add rows, or hold out more of them`;
		case "missing-slice": return say$1`the declared column ${data(reason.column)} has no value in the holdout`;
		case "gate-failed": return say$1`${gateSentence(reason.row)}: failed`;
		case "guard-failed": return say$1`${guardSentence(reason.row)}: failed`;
		case "small-groups": return say$1`fewer than two groups of ${data(reason.column)} are large enough to be judged, so a person has to decide`;
		case "small-slices": return say$1`no value of ${data(reason.column)} has enough rows to be judged (100, and 10 of each class), but its gate is critical, so a person has to decide`;
		case "few-rows": return say$1`the holdout has ${reason.rows} rows; a decision needs at least ${reason.minRows} (holdout.minRows)`;
		case "few-of-class": return say$1`the holdout has only ${counted$1(reason.rows, "row")} of its second most frequent class; a decision needs at least ${reason.minRows} of each of two classes`;
		case "dummy-undecided": return say$1`the holdout is too small to show whether the challenger is better than a model without features: ${reason.row.metric} ${optional(reason.row.challenger)}, without features ${optional(reason.row.dummy)}${reason.row.pSuperior === null ? "" : ` (p = ${formatNumber(reason.row.pSuperior)}, at most 0.05 is required)`}`;
		case "worse": return worseSentence(reason.row);
		case "same-model": return say$1`the file is the model that is live already, so there is nothing to promote`;
		case "anchor-best": return say$1`the version that was last proved better scores best on these rows: better than the champion by ${formatNumber(reason.overChampion)} (p = ${formatNumber(reason.p)}) and than the challenger by ${formatNumber(reason.overChallenger)}, so refit proposes to go back to it`;
		case "nothing-newer": return say$1`fewer than ${reason.minRows} rows (holdout.minRows) are newer than what the champion has learned from, so nothing can show whether newer data did harm`;
		case "test-failed": return testFailedWords(reason);
	}
}
var optional = (value) => value === void 0 ? "not defined" : formatNumber(value);
function testFailedWords({ test, against, detectable }) {
	if (test === "superiority") return say$1`the holdout does not show that the challenger is better than the ${against}`;
	if (test === "non-inferiority") return say$1`the holdout does not rule out that the challenger is worse than the ${against} by more than the margin${tooSmall(detectable)}`;
	if (against === "anchor" && detectable === void 0) return say$1`the challenger is worse beyond chance than the anchor, the version that was last proved better, and not shown to be better than the champion`;
	return say$1`the holdout is too small to show a large harm${detectable === void 0 ? "" : `: it can show only differences of at least ${formatNumber(detectable)}`}`;
}
function worseSentence({ metric, improvement, interval }) {
	return say$1`${metric} is worse than the champion's${improvement === void 0 ? "" : ` by ${formatNumber(Math.abs(improvement))}`}, beyond chance${interval === null ? "" : ` (90 % interval ${interval.map(signed$1).join(" to ")})`}`;
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
	if (row.result === "skipped") return skippedSentence(row.gate);
	const change = changeWords(row.value);
	const p = row.p === null ? "" : formatNumber(row.p);
	const chance = row.p === null ? "" : row.gate.critical === true ? `, and a significant drop is not (p = ${p}, significant below 0.05)` : `, or more if it is not significant (Holm p = ${p}, significant below 0.05)`;
	if (maxRegression !== void 0) return say$1`${metric}${where} is ${change}; worse by at most ${maxRegression} is allowed${chance}`;
	return say$1`${metric}${where} is ${change}; better by at least ${row.limit} is required`;
}
function changeWords(improvement) {
	if (improvement === void 0) return "not defined for both models";
	if (improvement === 0) return "as good as the champion's";
	return `${improvement > 0 ? "better" : "worse"} by ${formatNumber(Math.abs(improvement))}`;
}
function skippedSentence({ metric, maxRegression, minImprovement, slice }) {
	const where = slice === void 0 ? "" : slice === "*" ? " on each slice" : say$1` by ${data(sliceName(slice))}`;
	return maxRegression === void 0 ? say$1`${metric}${where} must be better by at least ${minImprovement ?? 0}` : say$1`${metric}${where} may be worse by at most ${maxRegression}`;
}
function guardSentence(row) {
	const value = row.value === void 0 ? "not defined" : formatNumber(row.value);
	const limit = `${row.guard}: ${row.limit}`;
	const group = row.column === null ? "" : data(row.column);
	const p = row.p === null ? "" : `, p = ${formatNumber(row.p)}`;
	const from = row.interval === null ? "" : `, 90 % interval ${row.interval.map(formatNumber).join(" to ")}`;
	if (row.result === "skipped") return say$1`${limit}`;
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
function testWords({ kind, against, margin }) {
	if (kind === "harm") return say$1`test: not shown to be worse than the ${against}`;
	if (kind === "superiority") return say$1`test: shown to be better than the ${against}`;
	return say$1`test: not worse than the ${against} by more than the margin of ${formatNumber(margin)}`;
}
function testSentence(test) {
	const p = test.p === null ? "no p, because the two models do not differ on these rows" : `p = ${formatNumber(test.p)}`;
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
function dataAlert(model, findings, waiting = null, style = onGitHub) {
	const { few, more } = firstFew(findings, mostRows);
	const rows = few.map((finding) => [
		finding.severity,
		`[${finding.code}](${findingPage(finding.code)})`,
		finding.file === null ? "–" : style.value(finding.file) + (finding.line === void 0 ? "" : `:${finding.line}`),
		style.value(finding.message) + markdownText(acceptedWords(finding), style),
		style.value(finding.hint)
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
function verdictAlert(model, because, style = onGitHub) {
	const { few, more } = firstFew(because, mostRows);
	return [
		`**${model}**: a new model was trained, but must not be promoted. What is live has not changed.`,
		"",
		...few.map((reason) => `- ${markdownText(verdictReasonSentence(reason), style)}${adviceOf(reason, style)}`),
		...more > 0 ? [`- and ${more} more`] : [],
		"",
		...waysOut(model, because.filter((reason) => reason.kind === "finding")),
		`The next run closes this alert when the cause is gone, or when the gates, guardrails or accepted findings have changed. To try the same inputs again: \`refit run ${model} --force "reason"\`.`,
		""
	].join("\n");
}
function adviceOf(reason, { value }) {
	return reason.kind === "finding" ? ` What to do: ${value(reason.hint)} [More](${findingPage(reason.code)})` : "";
}
function outdatedAlertNote(model, judgedAt, next) {
	const when = next === null ? `No trigger has fired yet; \`refit run ${model} --force "reason"\` trains a new model.` : `The earliest time for a new model is ${minute(next)}.`;
	return `**The inputs have changed since this was judged on ${day$1(judgedAt)}; a model of the new inputs has not been judged yet.** ${when}`;
}
function paragraph(sentence) {
	return {
		kind: "paragraph",
		text: sentence
	};
}
function tableOf$1(head, rows) {
	return {
		kind: "table",
		head: head.map(asText),
		rows: rows.map((cells) => cells.map(asText))
	};
}
function asText(words) {
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
// ../core/src/report/canary-report.ts
function canaryReport(facts) {
	const { model, treeId, days } = facts;
	return {
		format: 1,
		model,
		headline: {
			verdict: say$1`${strong(model)}: ${mergeWords(facts)}`,
			number: null,
			reason: null,
			objections: movedWords(facts)
		},
		sections: [{
			id: "canary",
			title: null,
			body: [paragraph(say$1`Version ${code(treeId)}, on the base branch for ${counted$1(days, "day")}.`), {
				kind: "list",
				items: [...termsWords(facts), revertWords(facts)]
			}],
			keep: 100
		}]
	};
}
function termsWords({ moved, rollout }) {
	if (rollout === null) return [say$1`${code("rollout.yaml")} cannot be read, so the canary gets no requests.`];
	const { steps, minLabels, margin } = rollout;
	if (moved.move === "stop") return [];
	return [say$1`Steps: ${steps.join(" %, ")} %, then the promotion.`, say$1`Before each, rollout.yaml asks for at least ${counted$1(minLabels, "request")} with a known label, and for a mean loss that exceeds the champion's by less than ${margin}. refit has not checked this: a person asked for the proposal.`];
}
function mergeWords({ moved, championLabel }) {
	const champion = championLabel ?? "the champion";
	if (moved.move === "step") return `the canary answers ${moved.to} % of the requests, in place of ${moved.from} %; ${champion} answers the others.`;
	if (moved.move === "promote") return `the canary becomes the champion, in place of ${champion}. Its folder moves as it is.`;
	return `the canary is stopped, and ${champion} answers every request. The same inputs are not proposed again.`;
}
function movedWords({ championMoved, championLabel }) {
	if (!championMoved) return [];
	return [say$1`The canary was compared with another champion than ${championLabel ?? "the one before"}, which is live now, so nothing follows from the comparison.`];
}
function revertWords({ moved }) {
	return say$1`Reverting the merge ${{
		step: "gives the canary its earlier share back",
		promote: "brings the champion back, and the canary beside it",
		stop: "is refused by the check, unless the canary starts again at its first step"
	}[moved.move]}.`;
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
	const { model, comparison, verdict, reasons, inputDigest, learnedUntil, canaryPercent = null } = input;
	const primary = primaryRow(comparison);
	const value = primary?.challenger === void 0 ? "undefined" : formatNumber(primary.challenger);
	const before = primary?.champion === void 0 ? "" : `${formatNumber(primary.champion)} → `;
	return [
		proposalTitle(model, comparison.kind, learnedUntil, canaryPercent),
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
function proposalTitle(model, kind, learnedUntil, canaryPercent = null) {
	const until = learnedUntil === null ? "" : `, learned until ${learnedUntil.slice(0, 10)}`;
	if (canaryPercent !== null) return `refit(${model}): new model as a canary, ${canaryPercent} % of requests${until}`;
	return kind === "first-model" ? `refit(${model}): first model${until}` : `refit(${model}): new model${until}`;
}
// ../core/src/ledger/rows-of-kind.ts
function rowsOfKind(rows, ...kinds) {
	return rows.filter((row) => kinds.includes(row.kind));
}
// ../core/src/decide/blocked-in-a-row.ts
var besideAnEnd = new Set([
	"look",
	"forced",
	"repeated"
]);
function blockedInARow(rows) {
	const told = rows.filter(({ kind }) => !besideAnEnd.has(kind));
	const start = told.findLastIndex(({ kind }) => kind !== "blocked") + 1;
	const blocked = told.slice(start);
	const [first] = blocked;
	return first === void 0 ? null : {
		runs: blocked.length,
		since: Date.parse(first.at)
	};
}
// ../core/src/decide/attention.ts
var leastInconclusive = 3;
var staleAfter = 7 * DAY$1;
var patience = 7 * DAY$1;
function attentionTo(seen) {
	const { canary = null, ledger, now, proposal, fetchedAt } = seen;
	const found = [];
	if (seen.state === "broken") found.push({ kind: "broken" });
	const blocked = blockedInARow(ledger);
	if (blocked !== null) {
		const { findings = [] } = rowsOfKind(ledger, "blocked").at(-1);
		found.push({
			kind: "blocked",
			...blocked,
			findings,
			isFirst: seen.champion === null
		});
	}
	if (seen.unreadable !== null) found.push({
		kind: "unreadable",
		...seen.unreadable
	});
	for (const missing of seen.missingLearners) found.push({
		kind: "learner-missing",
		...missing
	});
	if (seen.unmatched !== null) found.push({
		kind: "unmatched-files",
		...seen.unmatched
	});
	const why = canary && canaryTrouble(canary, now);
	if (canary !== null && why !== null) {
		const problem = why === "broken" ? canary.problem : null;
		found.push({
			kind: "canary",
			why,
			since: canary.since,
			problem
		});
	}
	const rejected = rejectedInARow(ledger, seen.champion);
	if (rejected !== null) found.push({
		kind: "rejected",
		...rejected,
		isFirst: seen.champion === null
	});
	const inconclusive = inconclusiveInARow(ledger);
	if (inconclusive >= leastInconclusive) found.push({
		kind: "inconclusive",
		runs: inconclusive
	});
	if (proposal !== null) found.push({
		kind: "proposal",
		state: proposal.state,
		since: proposedAt(ledger, proposal)
	});
	if (fetchedAt !== null && now - fetchedAt > staleAfter) found.push({
		kind: "stale-clone",
		since: fetchedAt
	});
	return found;
}
function canaryTrouble({ championMoved, maxDays, problem, since }, now) {
	if (problem !== null) return "broken";
	if (championMoved) return "champion-moved";
	return maxDays !== null && now - since > maxDays * 864e5 ? "old" : null;
}
function isOverdue(attention, now) {
	if (attention.kind !== "proposal" && attention.kind !== "rejected") return true;
	return attention.since === null || now - attention.since > patience;
}
function isInTheWay({ kind }) {
	return kind !== "rejected";
}
var endsOfCandidates = [
	"look",
	"proposed",
	"declined",
	"rejected",
	"blocked"
];
function rejectedInARow(ledger, champion) {
	const ends = rowsOfKind(ledger, ...endsOfCandidates).filter((row) => row.kind !== "look" || row.verdict !== "hold");
	const start = ends.findLastIndex(({ kind, parent }) => kind !== "rejected" || parent !== champion) + 1;
	const [first] = ends.slice(start);
	return first === void 0 ? null : {
		runs: ends.length - start,
		since: Date.parse(first.at)
	};
}
function inconclusiveInARow(ledger) {
	const looks = rowsOfKind(ledger, "look");
	return looks.length - 1 - looks.findLastIndex(({ verdict }) => verdict !== "inconclusive");
}
function proposedAt(ledger, { inputDigest }) {
	const row = rowsOfKind(ledger, "proposed").findLast((each) => each.inputDigest === inputDigest);
	return row === void 0 ? null : Date.parse(row.at);
}
// ../core/src/report/dashboard-boxes.ts
var ticked = /^- \[[xX]\] <!-- refit:(?:(run-due)|retrain model=(\S+)) -->/;
var anyBox = /^- \[[ xX]\](?= <!-- refit:(run-due|retrain model=(\S+)) -->)/;
function boxLine(box, label) {
	return `- [ ] <!-- refit:${box.kind === "run-due" ? "run-due" : `retrain model=${box.model}`} --> ${label}`;
}
function tickedIn(page) {
	const matches = page.split(/\r?\n/).map((line) => ticked.exec(line));
	const models = matches.flatMap((match) => match?.[2] ?? []).filter((name) => nameProblem(name) === null);
	return {
		models: [...new Set(models)],
		due: matches.some((match) => match?.[1] !== void 0)
	};
}
function withTicks(page, { models, due }) {
	const wanted = new Set(models);
	return page.replaceAll("\r\n", "\n").split("\n").map((line) => line.replace(anyBox, (_box, kind, model) => {
		return (model === void 0 ? kind === "run-due" && due : wanted.has(model)) ? "- [x]" : "- [ ]";
	})).join("\n");
}
// ../core/src/report/dashboard.ts
var dashboardMarker = "<!-- refit:dashboard -->";
var mostUnfolded = 20;
var mostCodes = 3;
function dashboardText(models, limit) {
	const sorted = models.map(entryOf).toSorted(byNeed);
	const whole = pageWith(sorted, sorted.length);
	if (whole.length <= limit) return whole;
	let [fits, tooMany] = [0, sorted.length];
	while (tooMany - fits > 1) {
		const middle = Math.floor((fits + tooMany) / 2);
		if (pageWith(sorted, middle).length <= limit) fits = middle;
		else tooMany = middle;
	}
	return pageWith(sorted, fits);
}
function entryOf({ status, alert }) {
	const { model, state, version, since, metric, next } = status;
	const attention = status.attention.filter(({ kind }) => kind !== "stale-clone" && kind !== "learner-missing");
	const isRetired = state === "retired";
	const canRun = !isRetired && nameProblem(model) === null;
	return {
		model,
		row: [
			word(model),
			version ?? state,
			since ?? "",
			metric === null ? "" : metricCell(metric),
			isRetired ? "" : nextWords(next, attention.some(isInTheWay)),
			attention.map((each) => attentionCell(each, status.proposal, alert)).join("<br>")
		],
		box: canRun ? boxLine({
			kind: "retrain",
			model
		}, word(model)) : null,
		needsPerson: attention.length > 0,
		isDue: next?.triggers.some(({ fired }) => fired === true) ?? false
	};
}
function byNeed(a, b) {
	const rank = ({ needsPerson, isDue }) => needsPerson ? 0 : isDue ? 1 : 2;
	return rank(a) - rank(b) || (a.model < b.model ? -1 : 1);
}
function nextWords(next, needsPerson) {
	if (next === null) return "unknown";
	const { triggers, waits } = next;
	if (triggers.some(({ fired }) => fired === true)) return waits.length > 0 || needsPerson ? "due, waits" : "due now";
	const coming = triggers.flatMap((trigger) => {
		if (trigger.kind === "age") return `by ${day$1(trigger.at)}`;
		return trigger.kind === "new-rows" ? `at ${counted$1(trigger.minNewRows, "new row")}` : [];
	});
	return coming.length === 0 ? "on change" : coming.join(" or ");
}
function metricCell({ name, judged, judgedOn, since }) {
	const on = judgedOn === null ? "" : ` on ${counted$1(judgedOn.rows, "row")}`;
	const then = judged === null ? "unknown" : `${formatNumber(judged)}${on}`;
	if (since === null) return `${word(name)} ${then}`;
	const other = since.metric === name ? "" : `${word(since.metric)} `;
	const newer = since.rows === null ? "newer rows" : counted$1(since.rows, "newer row");
	return `${word(name)} ${then}; ${other}${formatNumber(since.value)} on ${newer}`;
}
var word = (name) => /^[A-Za-z0-9][\w./-]{0,119}$/.test(name) ? `\`${name}\`` : cell(name);
function attentionCell(attention, proposal, alert) {
	switch (attention.kind) {
		case "broken": return `${linked("broken", alert)}: its folder does not match its lineage.json`;
		case "blocked": {
			const { few, more } = firstFew(attention.findings, mostCodes);
			const codes = few.length === 0 ? "" : ` by ${few.map(word).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
			const first = attention.isFirst ? "; nothing is live" : "";
			return `${linked("blocked", alert)} in ${counted$1(attention.runs, "run")} since ${day$1(attention.since)}${codes}${first}`;
		}
		case "rejected": return attention.runs === 1 ? `newest candidate rejected on ${day$1(attention.since)}` : `last ${attention.runs} candidates rejected, since ${day$1(attention.since)}`;
		case "unreadable": return `cannot be read: ${cell(attention.message)}`;
		case "unmatched-files": {
			const { few, more } = firstFew(attention.files, 1);
			return `not read: ${few.map(word).join("")}${more > 0 ? ` and ${counted$1(more, "more file")}` : ""}`;
		}
		case "inconclusive": return `no decision on the last ${attention.runs} candidates`;
		case "proposal": return `${linked("proposal", proposal)} ${proposalWord[attention.state]}${attention.since === null ? "" : ` since ${day$1(attention.since)}`}`;
		default: return word(attention.kind);
	}
}
var proposalWord = {
	open: "open",
	"under-review": "under review",
	unfinished: "unfinished"
};
function linked(label, url) {
	return url !== null && /^https?:\/\/[\w.:/~%-]+$/.test(url) ? `[${label}](${url})` : label;
}
var heads$2 = [
	"model",
	"live",
	"since",
	"metric",
	"next retrain",
	"attention"
];
function pageWith(entries, shown) {
	const [listed, left] = [entries.slice(0, shown), entries.length - shown];
	const needing = listed.filter(({ needsPerson }) => needsPerson);
	const others = listed.filter(({ needsPerson }) => !needsPerson);
	const isFolded = entries.length > mostUnfolded;
	return [
		dashboardMarker,
		summaryOf(entries),
		"refit keeps this page. It overwrites every edit except ticked boxes. Nothing here promotes a model: merging its pull request does.",
		...needing.length === 0 ? [] : [
			"### Models that need a person",
			tableOf(needing),
			whatToDo
		],
		...others.length === 0 ? [] : ["### Models that need nobody", folded(isFolded, counted$1(others.length, "model"), tableOf(others))],
		...left === 0 ? [] : [`${counted$1(left, "more model")} did not fit on this page; \`refit status\` lists every model.`],
		...startParts(listed, isFolded)
	].join("\n\n");
}
var whatToDo = "`refit status MODEL` says what to do.";
function summaryOf(entries) {
	const needing = entries.filter(({ needsPerson }) => needsPerson).length;
	const due = entries.filter(({ isDue }) => isDue).length;
	const need = needing === 0 ? "none needs a person" : `${needing} ${needing === 1 ? "needs" : "need"} a person`;
	const wait = due === 0 ? "no retrain is due" : `${counted$1(due, "retrain")} ${due === 1 ? "is" : "are"} due`;
	if (entries.length === 0) return "**There is no model on the base branch yet.**";
	return `**${counted$1(entries.length, "model")}: ${need}, ${wait}.**`;
}
var tableOf = (entries) => table(heads$2, entries.map(({ row }) => row));
function folded(isFolded, summary, body) {
	return isFolded ? `<details><summary>${summary}</summary>\n\n${body}\n\n</details>` : body;
}
function startParts(listed, isFolded) {
	const due = boxLine({ kind: "run-due" }, "Run every model that is due");
	const boxes = (entries) => entries.flatMap(({ box }) => box ?? []);
	const first = boxes(listed.filter(({ needsPerson, isDue }) => needsPerson || isDue));
	const rest = boxes(listed.filter(({ needsPerson, isDue }) => !needsPerson && !isDue));
	if (first.length + rest.length === 0) return [];
	return [
		"### Start a run",
		"Whoever may write to this repository starts a run by ticking a box, which is cleared when the run takes it. A run opens or updates pull requests. It never merges one.",
		due,
		"Retrain one model now, whatever its triggers and cool-down say:",
		...isFolded ? [...first.length === 0 ? [] : [first.join("\n")], ...rest.length === 0 ? [] : [folded(true, "Other models", rest.join("\n"))]] : [[...first, ...rest].join("\n")]
	];
}
// ../core/src/report/data-report.ts
var mostFindings = 50;
var mostObjections = 5;
function dataReport(model, findings) {
	const blocking = findings.filter(({ severity }) => severity !== "warning");
	const { few, more } = firstFew(blocking, mostObjections);
	return {
		format: 1,
		model,
		headline: {
			verdict: say$1`${strong(model)} ⛔ ${strong("blocked")}: the new data were refused. Nothing was trained, and what is live has not changed.`,
			number: null,
			reason: null,
			objections: [...few.map(objection), ...more > 0 ? [say$1`and ${counted$1(more, "more finding")}, in the table below`] : []]
		},
		sections: [findingsSection(findings), nextSteps(model, blocking)]
	};
}
function objection({ code: word, message, file, line }) {
	const where = file === null || message.includes(file) ? "" : say$1` (${data(line === void 0 ? file : `${file}:${line}`)})`;
	return say$1`${word}: ${sentenceOf(message)}${where}`;
}
function findingsSection(findings) {
	const { few, more } = firstFew(findings, mostFindings);
	const rows = few.map((found) => [
		found.severity,
		found.code,
		found.file === null ? "–" : say$1`${data(found.file)}${found.line === void 0 ? "" : `:${found.line}`}`,
		say$1`${sentenceOf(found.message)}${acceptedWords(found)}`,
		say$1`${sentenceOf(found.hint)}`
	]);
	const left = more > 0 ? [{
		kind: "paragraph",
		text: say$1`And ${counted$1(more, "more finding")}.`
	}] : [];
	return {
		id: "data",
		title: "What was found in the data",
		body: [tableOf$1([
			"severity",
			"finding",
			"where",
			"what",
			"what to do"
		], rows), ...left],
		keep: 70
	};
}
function nextSteps(model, findings) {
	const accepting = findings.flatMap((found) => acceptanceOf(model, found) ?? []).slice(0, mostFindings);
	return {
		id: "next",
		title: "What to do",
		body: [{
			kind: "list",
			items: [
				say$1`${strong("Correct the data")}, or the data manifest, with a commit. The next run looks again.`,
				...accepting.map(({ yaml, command }) => {
					const how = command ?? `- ${yaml} under checks.accept of the data manifest`;
					return say$1`${strong("Accept a suspect that is right")}: ${sentenceOf(how)}, and commit.`;
				}),
				say$1`${strong("Look up a finding")}: ${code(`refit explain ${findings[0]?.code ?? "finding"}`)}.`
			]
		}],
		keep: 100
	};
}
// ../core/src/report/fit-report.ts
function fitReport(report, { limit, url, chartAt }) {
	const whole = markdownReport(report, chartAt);
	if (whole.length <= limit) return whole;
	const asPage = (shorter) => pageWithNote(report, shorter, {
		url,
		...chartAt && { chartAt }
	});
	const fits = (shorter) => asPage(shorter).length <= limit;
	const cut = longestFitting(report.sections, fits);
	if (cut !== null) return asPage(cut);
	const briefest = withRows(report.sections, fewestRows);
	for (const { sections, leftOut } of shorterReports(briefest.sections)) {
		const shorter = {
			sections,
			leftOut: [leftOut, briefest.leftOut].filter(Boolean).join(", ")
		};
		if (fits(shorter)) return asPage(shorter);
	}
	return cutMarkdown(whole, limit, url);
}
function pageWithNote({ headline }, { sections, leftOut }, { url, chartAt }) {
	const [above, below] = [sections.filter(({ title }) => title === null), sections.filter(({ title }) => title !== null)];
	return pageOf$1([
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
	return sections.flatMap(({ body }) => body).flatMap((block) => block.kind === "details" ? block.blocks : block).filter((block) => block.kind === "table");
}
function withRows(sections, most) {
	const cut = (block) => block.kind === "table" && block.rows.length > most ? {
		...block,
		rows: block.rows.slice(0, most)
	} : block;
	return {
		sections: sections.map((section) => ({
			...section,
			body: section.body.map((block) => block.kind === "details" ? {
				...block,
				blocks: block.blocks.map(cut)
			} : cut(block))
		})),
		leftOut: sections.flatMap((section) => {
			const rows = tablesIn([section]).reduce((sum, table) => sum + Math.max(0, table.rows.length - most), 0);
			return rows === 0 ? [] : [`${rows} rows of “${nameOf$2(section)}”`];
		}).join(", ")
	};
}
function* shorterReports(whole) {
	const inOrder = whole.filter(({ keep }) => keep < 100).toSorted((a, b) => a.keep - b.keep);
	const unfolded = new Set();
	const dropped = new Set();
	const shorter = () => ({
		sections: whole.filter(({ id }) => !dropped.has(id)).map((section) => unfolded.has(section.id) ? withoutDetails(section) : section),
		leftOut: [...inOrder.filter(({ id }) => dropped.has(id)).map(nameOf$2), ...inOrder.filter(({ id }) => unfolded.has(id) && !dropped.has(id)).map((one) => `the details of “${nameOf$2(one)}”`)].join(", ")
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
	return {
		...section,
		body: section.body.filter(({ kind }) => kind !== "details")
	};
}
function nameOf$2({ title, id }) {
	return title ?? id;
}
function noteOf(what, url) {
	return `> Left out here, because the text would be too long: ${what}.${url === null ? "" : ` [The full report](${url}) has everything.`}`;
}
function cutMarkdown(markdown, limit, url) {
	if (markdown.length <= limit) return markdown;
	const note = noteOf("the end", url);
	return `${firstLines(markdown, limit - note.length - 15)}\n\n${note}\n`;
}
function firstLines(text, length) {
	const cut = text.slice(0, length);
	const end = cut.lastIndexOf("\n");
	const lines = (end > 0 ? cut.slice(0, end) : cut.replace(/[\uD800-\uDBFF]$/, "")).trimEnd();
	return lines.lastIndexOf("<details>") > lines.lastIndexOf("</details>") ? `${lines}\n\n</details>` : lines;
}
// ../core/src/history/model-names.ts
var championFolder = (model, at) => `${modelFolder(model, at)}/champion`;
var canaryFolder = (model, at) => `${modelFolder(model, at)}/canary`;
var rolloutPath = (model, at) => `${modelFolder(model, at)}/rollout.yaml`;
function outputPattern(model, at, folder = "champion") {
	const glob = globOfModel(model, at);
	return `${glob !== null && /^[\w./*?-]+$/.test(glob) ? glob : modelFolder(model, at)}/${folder}`;
}
var proposalBranch = (model) => `refit--${flatName(model)}`;
var proposalBranchOf = (model, { proposalGroup }) => proposalGroup === void 0 ? proposalBranch(model) : groupBranch(proposalGroup);
var rollbackBranch = (model) => `refit-rollback--${flatName(model)}`;
var importBranch = (model) => `refit-import--${flatName(model)}`;
var canaryBranch = (model) => `refit-canary--${flatName(model)}`;
var policyBranch = (model) => `refit-policy--${flatName(model)}`;
var groupBranch = (group) => `${groupPrefix}${flatName(group)}`;
var groupPrefix = "refit-group--";
var groupOfBranch = (branch) => branch.startsWith(groupPrefix) ? branch.slice(13) : null;
function flatName(model) {
	checkModelName(model);
	return model.replaceAll("/", "--");
}
var modelOf = (branch) => branch.replace(/^refit(-rollback|-import|-canary|-policy)?--/, "").replaceAll("--", "/");
var ledgerBranch = "refit-ledger";
var isPolicyBranch = (branch) => branch.startsWith("refit-policy--");
var isCanaryBranch = (branch) => branch.startsWith("refit-canary--");
var specPath = (model, at) => `${modelFolder(model, at)}/model.yaml`;
function pathsOfBranch(branch, at) {
	const model = modelOf(branch);
	if (isPolicyBranch(branch)) return [specPath(model, at)];
	if (isCanaryBranch(branch)) return [rolloutPath(model, at)];
	const champion = championFolder(model, at);
	return branch.startsWith("refit--") ? [champion, canaryFolder(model, at)] : [champion];
}
function checkModelName(model) {
	if (nameProblem(model) !== null) throw new ModelNameError(model);
}
// ../core/src/report/terminal-text.ts
function quoteForTerminal(value) {
	return `"${visibleText(value, 120)}"`;
}
var MOST_IN_A_SENTENCE = 1e3;
function terminalText(sentence) {
	return renderText(sentence, (piece) => {
		if (piece.kind === "break") return "; ";
		if (piece.kind === "code" || piece.kind === "strong") return piece.text;
		if (piece.kind === "sentence") return visibleText(piece.text, MOST_IN_A_SENTENCE);
		return ifWords(piece, quoteForTerminal) ?? "";
	});
}
function wrapped(text, width, indent = "", hanging = "") {
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) {
		const longer = line === "" ? word : `${line} ${word}`;
		if (line !== "" && indent.length + longer.length > width) {
			lines.push(indent + line);
			line = hanging + word;
		} else line = longer;
	}
	return line === "" ? lines : [...lines, indent + line];
}
function wrappedProse(lines, width) {
	if (width === null) return [...lines];
	return lines.flatMap((line) => {
		const text = line.trimStart();
		return wrapped(text, width, " ".repeat(line.length - text.length), text.startsWith("- ") ? "  " : "");
	});
}
// ../core/src/report/terminal-table.ts
function terminalTable(heads, rows, width) {
	let shown = [...heads.keys()].filter((i) => rows.some((row) => (row[i] ?? "") !== ""));
	const widths = widthsOf([heads.map(({ title }) => title), ...rows], width === null ? mostPadded : Infinity);
	const hidden = [];
	for (;;) {
		if (width === null || lineWidth(shown, widths) <= width) break;
		const spare = shown.filter((i) => heads[i].spare !== void 0);
		if (spare.length === 0) break;
		const next = spare.reduce((a, b) => heads[b].spare > heads[a].spare ? b : a);
		hidden.push(heads[next].title);
		shown = shown.filter((i) => i !== next);
	}
	if (width !== null) cutWidest(shown, widths, width);
	const line = (row) => shown.map((i) => padded(row[i] ?? "", widths[i], {
		align: heads[i].align,
		mayRunOver: width === null
	})).join(gap).trimEnd();
	return {
		lines: rows.length === 0 ? [] : [heads.map(({ title }) => title), ...rows].map(line),
		hidden
	};
}
function columns(rows, most = mostPadded) {
	const widths = widthsOf(rows, most);
	return rows.map((row) => row.map((cell, i) => padded(cell, widths[i], { mayRunOver: true })).join(gap).trimEnd());
}
function fittedColumns(heads, rows, width) {
	if (width === null) return columns([heads, ...rows]);
	const lines = columns([heads, ...rows], Infinity);
	if (lines.every((line) => textWidth(line) <= width)) return lines;
	return rows.flatMap((row) => row.flatMap((cell, i) => {
		if (cell === "") return [];
		const named = `${heads[i] ?? ""}: ${cell}`;
		return i === 0 ? wrapped(`- ${named}`, width, "", gap + gap) : wrapped(named, width, gap, gap);
	}));
}
var gap = "  ";
var mostPadded = 80;
var leastWidth = 8;
function widthsOf(rows, most) {
	const widths = [];
	for (const row of rows) for (const [i, cell] of row.entries()) {
		const own = textWidth(cell);
		widths[i] = Math.max(widths[i] ?? 0, own > most ? 0 : own);
	}
	return widths;
}
var lineWidth = (shown, widths) => shown.reduce((sum, i) => sum + widths[i], 2 * Math.max(0, shown.length - 1));
function cutWidest(shown, widths, width) {
	for (let over = lineWidth(shown, widths) - width; over > 0; over = lineWidth(shown, widths) - width) {
		const [widest] = [...shown].sort((a, b) => widths[b] - widths[a]);
		if (widest === void 0 || widths[widest] <= leastWidth) return;
		widths[widest] = Math.max(leastWidth, widths[widest] - over);
	}
}
function padded(cell, width, { align, mayRunOver }) {
	const own = textWidth(cell);
	if (own > width) return mayRunOver ? cell : padded(cut(cell, width), width, {
		align,
		mayRunOver
	});
	const blanks = " ".repeat(width - own);
	return align === "right" ? blanks + cell : cell + blanks;
}
function cut(cell, width) {
	let [kept, taken] = ["", 0];
	for (const segment of graphemesOf(cell)) {
		taken += graphemeWidth(segment);
		if (taken > width - 1) break;
		kept += segment;
	}
	return `${kept}…`;
}
var segmenter = null;
function graphemesOf(text) {
	segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
	return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
function textWidth(text) {
	if (/^[\x20-\x7E]*$/.test(text)) return text.length;
	let width = 0;
	for (const grapheme of graphemesOf(text)) width += graphemeWidth(grapheme);
	return width;
}
var graphemeWidth = (grapheme) => wide.test(grapheme) ? 2 : 1;
var wide = /^[\u{1100}-\u{115F}\u{2E80}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
// ../core/src/report/run-table.ts
var indent$1 = "  ";
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
var heads$1 = [
	{ title: "model" },
	{ title: "decision" },
	{ title: "why" },
	{
		title: "where",
		spare: 1
	}
];
function runTable(ended, width = null) {
	if (ended.length < 2) return [];
	const { lines } = terminalTable(heads$1, ended.map((one) => [
		one.model,
		one.decision,
		terminalText(whyEnded(one)),
		whereOf$1(one)
	]), width && width - 2);
	return [
		"",
		`${endsCounted(ended)}.`,
		...lines.map((line) => indent$1 + line)
	];
}
function endsCounted(ended) {
	const parts = decisions.flatMap((word) => {
		const count = ended.filter(({ decision }) => decision === word).length;
		return count === 0 ? [] : [`${count} ${word}`];
	});
	return `${counted$1(ended.length, "model")}: ${parts.join(", ")}`;
}
function whereOf$1(ended) {
	if (ended.decision === "failed") return "";
	return (ended.decision === "blocked" ? ended.alert : ended.url) ?? "";
}
function whyEnded(ended) {
	switch (ended.decision) {
		case "skipped":
		case "suppressed": return [heldBackSentence(ended.heldBack)];
		case "failed": return say$1`${ended.error.code}: ${sentenceOf(ended.error.message)}`;
		case "blocked": {
			const finding = ended.findings.find(({ severity }) => severity !== "warning");
			return finding === void 0 ? firstOf(ended) ?? [] : say$1`${finding.code}: ${sentenceOf(finding.message)}`;
		}
		case "inconclusive":
		case "rejected": return firstOf(ended) ?? numberOf(ended);
		default: return numberOf(ended);
	}
}
function firstOf({ because: [first] }) {
	return first === void 0 ? null : verdictReasonSentence(first);
}
var numberOf = ({ report }) => report.headline.number ?? [];
// ../core/src/report/report-file.ts
function reportFile(report) {
	return `${canonicalJson(report, 2)}\n`;
}
// ../core/src/report/terminal-report.ts
function terminalReport({ headline, sections }, width = null) {
	const { verdict, number, reason, objections } = headline;
	return [
		...[
			verdict,
			number,
			reason
		].flatMap((line) => line === null ? [] : prose(line, width)),
		...objections.flatMap((objection) => prose(objection, width, "- ")),
		...sections.flatMap((section) => ["", ...terminalSection(section, width)])
	];
}
function terminalSection({ title, body }, width = null) {
	return title === null ? blocksLines(body, width) : [title, ...indented(blocksLines(body, within(width)))];
}
function blocksLines(blocks, width) {
	return blocks.map((block) => blockLines(block, width)).filter((lines) => lines.length > 0).flatMap((lines, i) => i === 0 ? lines : ["", ...lines]);
}
function blockLines(block, width) {
	switch (block.kind) {
		case "paragraph": return prose(block.text, width);
		case "list": return block.items.flatMap((item) => prose(item, width, "- "));
		case "table": return fittedColumns(block.head.map(terminalText), block.rows.map((cells) => cells.map(terminalText)), width);
		case "notice": return block.lines.flatMap((line) => prose(line, width, "! "));
		case "details": return detailsLines(block, width);
		default: return [];
	}
}
function detailsLines({ summary, blocks }, width) {
	const inside = indented(blocksLines(blocks, within(width)));
	return inside.length === 0 ? [] : [...broken$1(`${terminalText(summary)}:`, width), ...inside];
}
function prose(sentence, width, mark = "") {
	return broken$1(mark + terminalText(sentence), width, " ".repeat(mark.length));
}
var broken$1 = (line, width, hanging = "") => width === null ? [line] : wrapped(line, width, "", hanging);
var indent = "  ";
var within = (width) => width && width - 2;
function indented(lines) {
	return lines.map((line) => line === "" ? "" : indent + line);
}
// ../refit/src/adapters/forges/github/failures.ts
function statusOf$1(error) {
	const status = error.status;
	return typeof status === "number" ? status : null;
}
function says(error, words) {
	return error instanceof Error && words.test(error.message);
}
function isTransient$1(error) {
	if (error instanceof RefitError) return error instanceof ForgeUnavailableError;
	if (error instanceof Error && error.name === "GraphqlResponseError") return /something went wrong|timeout|rate limit/i.test(error.message);
	const status = statusOf$1(error);
	return status === null || status >= 500 || status === 429 || status === 403 && says(error, /rate limit/i);
}
function foreseen(error, { permission, what }) {
	if (error instanceof RefitError || !(error instanceof Error)) return error;
	const status = statusOf$1(error);
	const isGraphql = error.name === "GraphqlResponseError";
	if (status === null && !isGraphql && error.name !== "AbortError" && error.name !== "TimeoutError") return error;
	if (isTransient$1(error)) return new ForgeUnavailableError(`${what}: ${error.message}${limitEnds(error)}`, { cause: error });
	if (status === 401) return new TokenInvalidError(error.message, { cause: error });
	if (status === 403 || status === 404) return new ForgePermissionError(permission, error.message, { cause: error });
	return new ForgeRefusedError(what, error.message, { cause: error });
}
function limitEnds(error) {
	const { headers = {} } = error.response ?? {};
	const seconds = Number(headers["retry-after"]);
	if (seconds > 0) return `${dot(error)} It answers again in ${seconds} seconds.`;
	const reset = Number(headers["x-ratelimit-reset"]);
	return headers["x-ratelimit-remaining"] === "0" && reset > 0 ? `${dot(error)} The limit ends at ${new Date(reset * 1e3).toISOString().slice(0, 16)}Z.` : "";
}
var dot = ({ message }) => /[.!?]$/.test(message) ? "" : ".";
// ../refit/src/adapters/forges/github/check.ts
var checkName = (model) => model === null ? "refit" : `refit / ${model}`;
var ownId = (model) => `${model ?? "all models"}:`;
function githubChecks(client) {
	const refused = {
		checkRun: false,
		status: false
	};
	const ways = [{
		right: "checkRun",
		permission: "checks: write",
		write: ensureCheckRun
	}, {
		right: "status",
		permission: "checks: write (or statuses: write)",
		write: ensureStatus
	}];
	async function ensure(check) {
		for (const { right, permission, write } of ways) {
			if (refused[right]) continue;
			try {
				return await client.ensure({
					permission,
					what: "post the check"
				}, () => write(client, check));
			} catch (error) {
				if (!isForbidden(error)) throw error;
				refused[right] = causeOf(error) === 403;
				if (right === "status") sayMissing(check, error);
			}
		}
		return false;
	}
	function sayMissing({ model }, { message }) {
		const others = refused.checkRun && refused.status ? " No other check is tried in this run." : "";
		client.notice(`The check "${checkName(model)}" could not be posted: ${message}${others}`);
	}
	return {
		ensure,
		areOn: (head, models) => hasChecks(client, head, models)
	};
}
async function hasChecks(client, head, models) {
	const { here, rest, paginate } = client;
	try {
		const runs = await client.ask(reading, () => paginate(rest.checks.listForRef, {
			...here,
			ref: head,
			per_page: 100
		}));
		const without = models.filter((model) => !runs.some((run) => run.name === checkName(model) && run.external_id?.startsWith(ownId(model))));
		if (without.length === 0) return true;
		const statuses = await client.ask(reading, () => paginate(rest.repos.listCommitStatusesForRef, {
			...here,
			ref: head,
			per_page: 100
		}));
		return without.every((model) => statuses.some((status) => status.context === checkName(model)));
	} catch (error) {
		if (isForbidden(error)) return true;
		throw error;
	}
}
var reading = {
	permission: "checks: read",
	what: "read the checks"
};
async function ensureCheckRun({ rest, here }, check) {
	const { head, conclusion } = check;
	const name = checkName(check.model);
	const external = `${ownId(check.model)}${check.inputDigest ?? "unchanged"}`;
	const output = {
		title: titleOf(check),
		summary: cutMarkdown(check.summary, longestSummary, null)
	};
	const { data } = await rest.checks.listForRef({
		...here,
		ref: head,
		check_name: name,
		filter: "latest"
	});
	const before = data.check_runs.find((run) => run.external_id?.startsWith(ownId(check.model)));
	if (before === void 0) {
		const status = "completed";
		await rest.checks.create({
			...here,
			head_sha: head,
			name,
			external_id: external,
			status,
			conclusion,
			output
		});
		return true;
	}
	if (before.external_id === external && before.conclusion === conclusion && before.output.title === output.title && before.output.summary === output.summary) return false;
	await rest.checks.update({
		...here,
		check_run_id: before.id,
		external_id: external,
		conclusion,
		output
	});
	return true;
}
async function ensureStatus({ rest, here }, check) {
	const { model, head, conclusion } = check;
	const context = checkName(model);
	const state = conclusion === "failure" ? "failure" : "success";
	const description = titleOf(check).slice(0, 140);
	const { data } = await rest.repos.listCommitStatusesForRef({
		...here,
		ref: head,
		per_page: 100
	});
	const newest = data.find((status) => status.context === context);
	if (newest?.state === state && newest.description === description) return false;
	await rest.repos.createCommitStatus({
		...here,
		sha: head,
		context,
		state,
		description
	});
	return true;
}
var conclusionTitles = {
	success: "The evidence supports it",
	neutral: "Undecided: a person may merge it",
	failure: "This must not be merged"
};
var titleOf = ({ title, conclusion }) => title ?? conclusionTitles[conclusion];
function isForbidden(error) {
	const status = causeOf(error);
	return status === 403 || status === 404;
}
var causeOf = (error) => statusOf$1(error.cause ?? {});
// ../core/src/digest/input-digest.ts
function digestInputs(inputs, sha256) {
	const digest = (value) => sha256(canonicalJson(value));
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
// ../core/src/digest/changed-settings.ts
function changedSettings(before, after) {
	return [
		...differences(trainingSpec(before.spec), trainingSpec(after.spec)),
		...differences(trainingManifest(before.manifest), trainingManifest(after.manifest)),
		...differences({ code: before.spec.codeDigests }, { code: after.spec.codeDigests })
	];
}
function differences(before, after) {
	const [was, is] = [flat(before), flat(after)];
	return [...new Set([...was.keys(), ...is.keys()])].sort().map((setting) => ({
		setting,
		from: was.get(setting) ?? null,
		to: is.get(setting) ?? null
	})).filter(({ from, to }) => from !== to);
}
function flat(value, path = "") {
	if (value === void 0) return new Map();
	if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map([[path, JSON.stringify(value)]]);
	const below = (key) => path === "" ? key : `${path}.${key}`;
	return new Map(Object.entries(value).flatMap(([key, each]) => [...flat(each, below(key))]));
}
// ../core/src/digest/policy-digest.ts
function digestPolicy({ gates, fairness, budget, refresh, margin }, { checks }, sha256) {
	return sha256(canonicalJson({
		gates,
		fairness,
		budget,
		refresh,
		margin,
		accepted: checks.accept.map(({ column, finding }) => [column, finding])
	}));
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
// ../core/src/handover/next-model.ts
function nextModel(waiting, own, others) {
	const place = (fits) => {
		const at = waiting.findIndex(fits);
		return at === -1 ? null : at;
	};
	return (own === null ? null : place(({ dataset }) => dataset === own)) ?? place(({ dataset }) => !others.has(dataset)) ?? place(() => true);
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
	missing: "No folder for it was handed over: its job failed, was cancelled, or uploaded nothing, or the folder was refused.",
	doubled: "Two jobs handed over different models for it, and it is not known which one is right.",
	"other-inputs": "It was trained on other data or settings than those of the base branch now.",
	"other-champion": "The champion changed after it was trained."
};
var absenceSentence = (absence) => absences[absence];
// ../core/src/history/read-canary.ts
function readCanary(folder, champions) {
	const promoted = new Set(champions.versions.map(({ treeId }) => treeId));
	const stopped = new Map();
	let before = null;
	for (const { commit, number } of folder.events) {
		const version = number === null ? null : folder.versions[number - 1];
		if (version !== null) stopped.delete(version.treeId);
		else if (before !== null && !promoted.has(before.treeId)) stopped.set(before.treeId, {
			version: before,
			at: commit.committedAt
		});
		before = version;
	}
	return {
		running: before && runningCanary(before, folder),
		stopped: [...stopped.values()]
	};
}
function runningCanary({ treeId, parent, inputDigest, broken }, { events }) {
	return {
		treeId,
		since: events.at(-1).commit.committedAt,
		parent,
		inputDigest,
		broken
	};
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
// ../core/src/ledger/attempt-of.ts
function attemptOf$1(rows, judged) {
	const looks = rowsOfKind(rows, "look").filter(({ inputDigest, parent }) => inputDigest === judged.inputDigest && parent === judged.parent);
	const place = looks.findIndex(({ policyDigest }) => policyDigest === judged.policyDigest);
	return (place < 0 ? looks.length : place) + 1;
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
	const learned = {
		learnedUntil: claimedUntil(value),
		isDeclared: value["declared"] !== void 0
	};
	const judged = {
		judgedOn: judgedRows(value),
		isTrainedOn: typeof value["judgedArtifact"] === "string"
	};
	return {
		claims: {
			parent,
			inputDigest,
			...learned,
			...judged,
			files: contents
		},
		problem: null,
		newerFormat: null
	};
}
function claimedUntil({ trainedUntil, holdout }) {
	return instant$1(trainedUntil === void 0 && isRecord(holdout) ? holdout["trainedUntil"] : trainedUntil);
}
function judgedRows({ holdout }) {
	if (!isRecord(holdout)) return null;
	const { rows, from, to } = holdout;
	return typeof rows === "number" ? {
		rows,
		from: instant$1(from),
		to: instant$1(to)
	} : null;
}
function instant$1(value) {
	return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
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
// ../refit/src/adapters/forges/alert-text.ts
var marker = "<!-- refit:note -->";
var mark = /^<!-- refit:announced ([0-9a-f]+) -->$/;
function announcedIn(text) {
	return mark.exec(text.split(/\r?\n/, 2)[1] ?? "")?.[1] ?? null;
}
function withAnnounced(text, announced) {
	const [first = "", second = "", ...rest] = text.replaceAll("\r\n", "\n").split("\n");
	const others = mark.test(second) ? rest : [second, ...rest];
	return [
		first,
		...announced === null ? [] : [`<!-- refit:announced ${announced} -->`],
		...others
	].join("\n");
}
function withAlertNote(text, note) {
	const [before = ""] = text.replaceAll("\r\n", "\n").split(`\n\n${marker}\n`, 1);
	return note === null ? before.trimEnd() : `${before.trimEnd()}\n\n${marker}\n> ${note}`;
}
function alertText(before, change, fresh) {
	if ("title" in change) return withAnnounced(fresh(change), announcedIn(before ?? ""));
	if (before === null) return null;
	return "note" in change ? withAlertNote(before, change.note) : withAnnounced(before, change.announced);
}
// ../refit/src/adapters/forges/check-together.ts
var conclusions = [
	"failure",
	"neutral",
	"success"
];
function checkTogether({ models }) {
	return {
		conclusion: conclusions.find((one) => models.some(({ check }) => check.conclusion === one)) ?? "failure",
		summary: models.map(({ check }) => check.summary).join("\n\n")
	};
}
// ../refit/src/adapters/forges/outdated-sentence.ts
function outdatedSentence(judged, head) {
	return `${outdatedStart} ${judged.slice(0, 10)}; the head is now ${head.slice(0, 10)}.`;
}
var outdatedStart = "This comparison is of";
// ../refit/src/adapters/forges/later-section.ts
var firstLine = /^<!-- refit:section id=([a-z]+) model=([a-z0-9/-]+) head=([0-9a-f]{1,64}) digest=([0-9a-f]{1,64}) -->\r?$/;
var mostCharacters = 5e3;
function partsOf$2(page) {
	const lines = page.split("\n");
	const starts = lines.flatMap((line, i) => firstLine.test(line) ? [i] : []);
	const sections = starts.map((start, i) => {
		const [, id, model, head, digest] = firstLine.exec(lines[start]);
		return {
			id,
			model,
			head,
			digest,
			text: lines.slice(start, starts[i + 1] ?? lines.length).join("\n").trimEnd()
		};
	});
	return {
		report: lines.slice(0, starts[0] ?? lines.length).join("\n"),
		sections
	};
}
function withSectionsOf(report, before, head) {
	return joined$1(report, partsOf$2(before).sections.filter((section) => section.head === head));
}
function withLaterSection(page, { section, ...stamp }, render) {
	const { report, sections } = partsOf$2(page);
	const { model, head, digest } = stamp;
	const { id } = section;
	const earlier = sections.find((each) => each.id === id && each.model === model);
	if (earlier?.head === head && earlier.digest === digest) return {
		page,
		operation: "unchanged"
	};
	const own = {
		id,
		model,
		head,
		digest,
		text: `${`<!-- refit:section id=${id} model=${model} head=${head} digest=${digest} -->`}\n${fitted(section, render)}`
	};
	return {
		page: joined$1(report, [...sections.filter((each) => each !== earlier), own]),
		operation: earlier === void 0 ? "created" : "updated"
	};
}
function joined$1(report, sections) {
	return [
		report.trimEnd(),
		...sections.map(({ text }) => text),
		""
	].join("\n\n").trimEnd() + "\n";
}
function fitted(section, render) {
	const whole = render(section).trimEnd();
	if (whole.length <= mostCharacters) return whole;
	return cutMarkdown(render({
		...section,
		body: section.body.filter(({ kind }) => kind !== "details")
	}), mostCharacters, null).trimEnd();
}
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
// ../refit/src/adapters/git/proposed-commits.ts
var memories$1 = new WeakMap();
function memoryOf$1(git, repository) {
	const before = memories$1.get(git);
	if (before?.baseCommit === repository.baseCommit) return before;
	const { baseCommit } = repository;
	const [heads, commits] = [new Set(), new Map()];
	const memory = {
		baseCommit,
		heads,
		commits,
		branches: ownBranches(git, repository).then(async (found) => {
			const all = [...new Set(found.map(({ head }) => head))];
			await readAdded(git, {
				baseCommit,
				heads,
				commits
			}, all).catch(() => {});
			return found;
		}),
		brought: new Map()
	};
	memories$1.set(git, memory);
	return memory;
}
async function ownBranches(git, { remote }) {
	const places = ["refs/heads/", ...remote === null ? [] : [`refs/remotes/${remote}/`]];
	const { stdout } = await git.attempt([
		"for-each-ref",
		"--format=%(refname) %(objectname) %(trailers:key=Refit-Replaces,valueonly,separator=%x2C)",
		...places.map((place) => `${place}refit-*`)
	]);
	return stdout.toString().split("\n").flatMap((line) => {
		const [ref = "", head = "", replaces = ""] = line.split(" ");
		const place = places.find((each) => ref.startsWith(each)) ?? "";
		const branch = ref.slice(place.length);
		return proposing.test(branch) ? [{
			branch,
			head,
			replaces
		}] : [];
	});
}
var proposing = /^refit(-[a-z]+)?--/;
async function readAdded(git, { baseCommit, heads, commits }, asked) {
	if (asked.length === 0) return;
	const format = "--format=%H%x09%P%x09%at %ct%x09%(trailers:key=Refit-Model,valueonly,separator=%x2C)";
	const input = [...asked, `^${baseCommit}`].map((line) => `${line}\n`).join("");
	const told = await git.run([
		"log",
		"-z",
		format,
		"--stdin"
	], { input });
	for (const line of told.split("\0").slice(0, -1)) {
		const [id = "", parents = "", times = "", model = ""] = line.split("	");
		const [authored, committed] = times.split(" ");
		const isByRefit = authored === committed && model !== "";
		commits.set(id, {
			parents: parents.split(" ").filter(Boolean),
			isByRefit
		});
	}
	for (const head of asked) heads.add(head);
}
async function addedBy(git, repository, head) {
	const memory = memoryOf$1(git, repository);
	await memory.branches;
	if (!memory.heads.has(head)) await readAdded(git, memory, [head]);
	const added = new Map();
	const forks = new Set();
	const waiting = [head];
	for (let id = waiting.pop(); id !== void 0; id = waiting.pop()) {
		const commit = memory.commits.get(id);
		if (commit === void 0) forks.add(id);
		else if (!added.has(id)) waiting.push(...commit.parents);
		if (commit !== void 0) added.set(id, commit);
	}
	return {
		commits: [...added.values()],
		forks: [...forks]
	};
}
async function replacedBy(git, repository, head) {
	const known = (await memoryOf$1(git, repository).branches).find((each) => each.head === head);
	if (known !== void 0) return known.replaces;
	return (await git.run([
		"log",
		"-1",
		`--format=%(trailers:key=Refit-Replaces,valueonly,separator=%x2C)`,
		head
	])).trim();
}
async function wasBrought(git, repository, { fork, path, content }) {
	if (fork === repository.baseCommit) return false;
	const memory = memoryOf$1(git, repository);
	const known = await memory.brought.get(fork);
	if (known?.has(path) === true) return known.get(path).has(content);
	const brought = pathsFrom(git, repository, fork).then((paths) => readBrought(git, repository, fork, [...new Set([path, ...paths])]));
	memory.brought.set(fork, brought);
	brought.catch(() => memory.brought.delete(fork));
	return (await brought).get(path).has(content);
}
async function pathsFrom(git, repository, fork) {
	const paths = [];
	for (const { branch, head } of await memoryOf$1(git, repository).branches) {
		const { forks } = await addedBy(git, repository, head);
		if (forks.includes(fork) && groupOfBranch(branch) === null) paths.push(...pathsOfBranch(branch, repository));
	}
	return paths;
}
var asItIs = [
	"--no-abbrev",
	"--no-renames",
	"--no-color",
	"--no-ext-diff",
	"--no-relative"
];
async function readBrought(git, { baseCommit }, fork, paths) {
	const line = [
		"log",
		"--first-parent",
		"--diff-merges=first-parent",
		"--raw",
		"-t",
		"-z",
		...asItIs,
		"--format="
	];
	const input = [
		baseCommit,
		`^${fork}`,
		"--",
		...paths
	].map((each) => `${each}\n`).join("");
	const tokens = (await git.run([...line, "--stdin"], { input })).split("\0");
	const brought = new Map(paths.map((path) => [path, new Set()]));
	for (let i = 0; i < tokens.length; i++) {
		const [, mode, , id] = /^\s*:/.test(tokens[i]) ? tokens[i].trim().split(" ") : [];
		if (mode === void 0 || id === void 0) continue;
		brought.get(tokens[++i] ?? "")?.add(mode === "000000" ? null : id);
	}
	return brought;
}
// ../refit/src/adapters/git/branch-state.ts
async function proposedModels(git, repository, branch, head) {
	if (groupOfBranch(branch) === null) return [modelOf(branch)];
	const fork = await forkOf(git, repository, head);
	if (fork === null) return [];
	const models = (await git.run([
		"diff-tree",
		"-r",
		"-z",
		"--name-only",
		"--no-renames",
		fork,
		head
	])).split("\0").flatMap((path) => modelOfOutput(path, repository) ?? []);
	return [...new Set(models)].sort();
}
async function proposedPaths({ process, git }, repository, branch, head) {
	if (groupOfBranch(branch) === null) return [await proposedPath(git, repository, branch, head)];
	return (await proposedModels(process, repository, branch, head)).map((model) => championFolder(model, repository));
}
async function proposedPath(git, repository, branch, head) {
	const [path, canary] = pathsOfBranch(branch, repository);
	return canary !== void 0 && await git.resolve(`${head}:${canary}`) !== null ? canary : path;
}
async function forkOf(git, { baseCommit }, head) {
	const { exitCode, stdout } = await git.attempt([
		"merge-base",
		baseCommit,
		head
	]);
	const fork = stdout.toString().trim();
	return exitCode !== 0 || fork === "" ? null : fork;
}
async function isLive$1({ process, git }, repository, branch, head) {
	return isSameAt(git, {
		branch,
		paths: await proposedPaths({
			process,
			git
		}, repository, branch, head)
	}, head, repository.baseCommit);
}
async function isSameAt(git, { branch, paths }, a, b) {
	for (const path of paths) {
		const id = await git.resolve(`${a}:${path}`);
		if (id === null && !isCanaryBranch(branch)) return false;
		if (id !== await git.resolve(`${b}:${path}`)) return false;
	}
	return true;
}
async function isMerged({ process, git }, repository, branch, head) {
	const { commits, forks } = await addedBy(process, repository, head);
	if (commits.length === 0) return true;
	const fork = forks.length < 2 ? forks[0] : await forkOf(process, repository, head);
	if (fork === void 0 || fork === null) return false;
	if (groupOfBranch(branch) !== null) return wereBrought(process, repository, {
		fork,
		paths: await proposedPaths({
			process,
			git
		}, repository, branch, head),
		head
	});
	const path = await proposedPath(git, repository, branch, head);
	return wasBrought(process, repository, {
		fork,
		path,
		content: await git.resolve(`${head}:${path}`)
	});
}
async function wereBrought(git, { baseCommit }, { fork, paths, head }) {
	const line = [
		"log",
		"--first-parent",
		"--diff-merges=first-parent",
		"--format=%H",
		`${fork}..${baseCommit}`,
		"--",
		...paths
	];
	const commits = (await git.run(line)).split("\n").filter(Boolean);
	const proposed = await idsAt(head);
	for (const commit of commits) if (await idsAt(commit) === proposed) return true;
	return false;
	async function idsAt(commit) {
		const found = paths.map(async (path) => {
			const { stdout } = await git.attempt([
				"rev-parse",
				"--verify",
				"--quiet",
				`${commit}:${path}`
			]);
			return stdout.toString().trim();
		});
		return (await Promise.all(found)).join(" ");
	}
}
async function madeByRefit(process, repository, head) {
	if (head === repository.baseCommit) return true;
	return (await addedBy(process, repository, head)).commits.every(({ isByRefit }) => isByRefit);
}
async function unpublishedHead({ process, git }, repository, branch) {
	const { remote } = repository;
	const local = await git.resolve(`refs/heads/${branch}`);
	if (local === null) return null;
	const shared = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
	if (local === shared) return null;
	return await replacedBy(process, repository, local) === (shared ?? "nothing") ? local : null;
}
// ../refit/src/adapters/forges/local/alerts.ts
function localAlerts(files) {
	const pageOf = (commonDir, model) => node_path.default.join(commonDir, "refit", "alerts", `${flatName(model)}.md`);
	async function textOf(page) {
		const found = await files.read(page);
		return found && decodeText(found);
	}
	return {
		async alert({ commonDir }, model) {
			const url = pageOf(commonDir, model);
			const text = await textOf(url);
			return text === null ? null : {
				url,
				announced: announcedIn(text)
			};
		},
		async ensureAlert({ commonDir }, model, alert) {
			const page = pageOf(commonDir, model);
			const before = await textOf(page);
			if (alert === null) {
				if (before !== null) await files.remove(page);
				return null;
			}
			const text = alertText(before, alert, ({ title, body, plainBody }) => `# ${title}\n\n${plainBody ?? body}`);
			if (text === null) return null;
			const told = `${text.trimEnd()}\n`;
			if (told !== before) await files.write(page, encodeText(told));
			return page;
		}
	};
}
// ../refit/src/adapters/forges/local/forge.ts
var forge_exports = require_rolldown_runtime.__exportAll({
	localForge: () => localForge,
	noDashboard: () => noDashboard,
	noReviews: () => noReviews,
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
		expect() {},
		async ensureProposal(repository, request) {
			const { branch, head, title, draft, models, at } = request;
			const check = checkTogether(request);
			const place = placeOf$3(repository, branch);
			const before = await readRecord(files, place);
			const shown = await files.read(place.page);
			const page = encodeText(withSectionsOf(pageOf(request, place), shown === null ? "" : decodeText(shown), head));
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
			}) && Buffer.from(page).equals(shown ?? new Uint8Array())) return {
				url: place.page,
				operation: "unchanged"
			};
			for (const one of models) await writeCharts(git, files, one, place);
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
		async ensureSection(repository, later) {
			const place = placeOf$3(repository, later.branch);
			const [record, bytes] = [await readRecord(files, place), await files.read(place.page)];
			if (record === null || bytes === null || record.closed !== null || record.head !== later.head) return "none";
			const { page, operation } = withLaterSection(decodeText(bytes), later, plainMarkdownSection);
			if (operation !== "unchanged") await files.write(place.page, encodeText(page));
			return operation;
		},
		...localAlerts(files),
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
	if (await isLive$1(parts, repository, branch, head)) return null;
	if (await isMerged(parts, repository, branch, head)) return null;
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
var noReviews = { of: async () => null };
var noDashboard = {
	ensure: async () => null,
	take: async () => null
};
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
	const name = groupOfBranch(branch) ?? flatName(modelOf(branch));
	const folder = node_path.default.join(commonDir, "refit", folderOf$3(branch));
	return {
		page: node_path.default.join(folder, `${name}.md`),
		record: node_path.default.join(folder, `${name}.json`),
		chart: (model, file) => node_path.default.join(folder, name === flatName(model) ? `${name}--${file}` : `${name}--${flatName(model)}--${file}`)
	};
}
function folderOf$3(branch) {
	if (groupOfBranch(branch) !== null) return "groups";
	if (isPolicyBranch(branch)) return "policies";
	if (branch.startsWith("refit-import--")) return "imports";
	if (isCanaryBranch(branch)) return "canaries";
	return branch.startsWith("refit-rollback--") ? "rollbacks" : "proposals";
}
async function writeCharts(git, files, { model, report, kept }, place) {
	if (kept === null) return;
	const names = chartFiles(report);
	const folder = node_path.default.posix.dirname(kept.path);
	const charts = await git.read(names.map((file) => `${kept.commit}:${folder}/${file}`));
	for (const [i, chart] of charts.entries()) if (chart !== null) await files.write(place.chart(model, names[i]), chart);
}
function pageOf(request, place) {
	const { kind, models, title, branch, baseBranch, draft, overview } = request;
	const decline = kind === "policy" || kind === "import" || kind === "canary" ? `git branch -D ${branch}` : `refit reject ${models[0].model}`;
	const reports = models.flatMap((one) => [
		...overview === null ? [] : [`## ${one.model}`, ""],
		plainMarkdownReport(withoutNext(one.report, kind), (file) => node_path.default.basename(place.chart(one.model, file))).trimEnd(),
		""
	]);
	return [
		`# ${title}`,
		"",
		`\`${branch}\` → \`${baseBranch}\`${draft ? " · draft" : ""} · check: ${checkTogether(request).conclusion}`,
		"",
		...overview === null ? [] : [overview.trimEnd(), ""],
		...reports,
		"---",
		"",
		`- **${kind === "retrain" ? "Promote" : "Accept"}**: \`git switch ${baseBranch} && git merge ${branch}\`.`,
		`- **Decline**: \`${decline}\`.${kind === "retrain" ? " The same inputs are not proposed again." : ""}`,
		...kind === "retrain" ? [`- **Roll back later**: revert the merge, or \`refit rollback ${models.length === 1 ? models[0].model : "MODEL"}\`.`] : [],
		""
	].join("\n");
}
function withoutNext(report, kind) {
	return kind === "retrain" ? {
		...report,
		sections: report.sections.filter(({ id }) => id !== "next")
	} : report;
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
			description: "L1 penalty on leaf values: small ones become 0. Default: 0."
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
			description: "Regression: the loss that trees lower, and that stops them early. `squared` predicts the mean. `huber` counts errors beyond `delta` linearly, so that outliers have less influence. `quantile` predicts the value that a share `quantile` of the targets stays below. `poisson` predicts the mean of counts or amounts from 0 up, never below 0. Default: `squared`."
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
			description: "Groups of columns that may interact: on the path to a leaf, a tree splits only on columns of one group. Columns in no group form one more; a date stands for its calendar parts. Default: all columns may."
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
	description: "Chooses among boosted trees and linear models, and averages up to three of them: see [how](../auto.md). `candidates: auto` is short for this one candidate.",
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
			description: "Number of configurations to try, the most promising first."
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
		await append(file, `\n${entries.map(lineOf).join("\n")}\n`).catch(() => {});
	};
	return {
		async get(identity) {
			return (await load()).get(identity) ?? null;
		},
		add: (identity, known) => addAll([[identity, known]]),
		addAll
	};
}
function lineOf([identity, { sha256, bytes, versionId }]) {
	const line = [
		identity,
		sha256,
		bytes,
		...versionId === void 0 ? [] : [encodeURI(versionId)]
	].join(" ");
	return `${line} ${checkOf$1(line)}`;
}
async function append(file, line) {
	await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true });
	await (0, node_fs_promises.appendFile)(file, line);
}
async function readDigests(file) {
	const text = await (0, node_fs_promises.readFile)(file, "utf8").catch(() => "");
	const digests = new Map();
	for (const [, line, identity, digest, bytes, versionId, check] of text.matchAll(entry)) {
		if (check !== checkOf$1(line)) continue;
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
var checkOf$1 = (line) => sha256(line).slice(0, 16);
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
		if (appends) return inItsFolder(file, () => (0, node_fs_promises.appendFile)(file, bytes, { flush: lasting }));
		const temporary = `${file}.${temporaryName()}.tmp`;
		try {
			if (lasting || bytes.length > smallFile$1) {
				await inItsFolder(file, () => (0, node_fs_promises.writeFile)(temporary, bytes, { flush: lasting }));
				await (0, node_fs_promises.rename)(temporary, file);
			} else {
				await inItsFolder(file, async () => (0, node_fs.writeFileSync)(temporary, bytes));
				(0, node_fs.renameSync)(temporary, file);
			}
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
async function inItsFolder(file, write) {
	try {
		await write();
	} catch (error) {
		if (error.code !== "ENOENT") throw error;
		await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true });
		await write();
	}
}
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
	let next = null;
	let last = Promise.resolve();
	async function write() {
		const added = Buffer.concat(waiting);
		waiting = [];
		next = null;
		if (!isCrowded) return growCache(files, repository, name$1, added);
		isCrowded = false;
		await writeCache(files, repository, name$1, Buffer.concat([...lines.values(), added]));
	}
	async function found(key, make) {
		const line = lines.get(key);
		const known = line === void 0 ? null : opened(line);
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
		next ??= last.then(write, write);
		last = next;
		await next;
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
function opened(line) {
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
// ../refit/src/ledger/read-ledger-rows.ts
var PART_LINES = 200;
async function readLedgerRows(ports, repository, object, file) {
	const partRows = async (part, id, text) => (await parsedOnce(ports, repository, partParser(file, part), {
		id,
		text
	})).value;
	const parsed = await parsedObject(ports, repository, object, {
		kind: `ledger-file ${file}`,
		placeOf: () => file,
		async parse(text) {
			const { complete, rest } = partsOf$1(text);
			const parts = complete.map(sha256);
			for (const [part, id] of parts.entries()) await partRows(part, id, async () => complete[part]);
			return {
				parts,
				rest: await parsedRows(file, rest, parts.length)
			};
		}
	});
	if (parsed === null) return [];
	const rows = [];
	for (const [part, id] of parsed.parts.entries()) rows.push(...await partRows(part, id, async () => (await textsOf(ports, object))[part]));
	rows.push(...parsed.rest);
	return rows.map((row) => typeof row === "string" ? {
		key: row,
		row: null
	} : {
		key: ledgerKey(row),
		row
	});
}
async function textsOf({ git }, object) {
	const [bytes] = await git.read([object]);
	return partsOf$1(decodeText(bytes)).complete;
}
function partsOf$1(text) {
	const complete = [];
	let start = 0;
	let lines = 0;
	for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
		if (++lines % PART_LINES !== 0) continue;
		complete.push(text.slice(start, end + 1));
		start = end + 1;
	}
	return {
		complete,
		rest: text.slice(start)
	};
}
var partParser = (file, part) => ({
	kind: `ledger-part ${file}`,
	placeOf: () => `${file} ${part}`,
	parse: (text) => parsedRows(file, text, part)
});
async function parsedRows(file, text, part) {
	const { readLedgerLines } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.ledger_rows_exports);
	return readLedgerLines(file, text, part * PART_LINES + 1).map(({ row, text: line }) => row ?? line);
}
// ../refit/src/ledger/ledger.ts
var ledgerRef = `refs/heads/${ledgerBranch}`;
var mostTries$2 = 5;
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
	for (const commit of commits) read.push(await readLedgerRows(ports, repository, `${commit}:${file}`, file));
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
		if (tries === mostTries$2) throw new LedgerBusyError(tries, { cause: error });
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
	const unpushed = local === null || local === parent ? new Map() : await filesOf$1(ports, local);
	const present = parent === null ? new Map() : await filesOf$1(ports, parent);
	for (const [file, blob] of unpushed) if (!present.has(file) && !isRowsFile(file)) added.set(file, (await ports.git.read([blob]))[0]);
	for (const [file, bytes] of files) if (!present.has(file) && !isDayFile(file)) added.set(file, bytes);
	for (const [file, bytes] of await joinedDays(ports, {
		present,
		unpushed,
		files
	})) added.set(file, bytes);
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
		message: `refit: record\n\n${summary$1(rows, [...files.keys()])}`,
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
async function joinedDays({ git }, { present, unpushed, files }) {
	const days = new Map();
	const names = [...new Set([...unpushed.keys(), ...files.keys()])].filter(isDayFile);
	for (const file of names) {
		const blobs = [present.get(file), unpushed.get(file)];
		if (blobs[0] === blobs[1] && !files.has(file)) continue;
		const ids = [...new Set(blobs)].filter((id) => id !== void 0);
		const contents = [...await git.read(ids), files.get(file) ?? null];
		const { mergedDay } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.day_files_exports);
		const merged = mergedDay(file, blobs[0] === void 0 ? [null, ...contents] : contents);
		if (merged !== null) days.set(file, merged);
	}
	return days;
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
async function filesOf$1({ git }, commit) {
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
	const { readLedgerLines } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.ledger_rows_exports);
	return readLedgerLines(file, text);
}
function summary$1(rows, files) {
	const days = files.filter(isDayFile).map((file) => `${file.replace(/\.json$/, "")}\n`);
	return [...rows.map(({ model, kind, inputDigest }) => `${model}: ${kind} ${inputDigest.slice(0, 12)}\n`), ...days].join("");
}
var rowsFile = (model) => `models/${model}.jsonl`;
var isDayFile = (file) => /^production\/.+\/\d{4}-\d\d-\d\d\.json$/.test(file);
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
// ../refit/src/versions/edited-settings.ts
var fewFiles = 16;
var comparisons = new WeakMap();
async function isUnedited({ git }, repository, file) {
	const comparison = comparisonOf(git, repository);
	if (++comparison.compared <= fewFiles || !isSetting(file)) return false;
	comparison.edited ??= git.edited(repository, settingsOf(repository)).catch(() => null);
	const edited = await comparison.edited;
	return edited !== null && !edited.has(file);
}
function comparisonOf(git, { baseCommit }) {
	const known = comparisons.get(git);
	if (known?.baseCommit === baseCommit) return known;
	const comparison = {
		baseCommit,
		compared: 0,
		edited: null
	};
	comparisons.set(git, comparison);
	return comparison;
}
var manifests = "data-manifests/";
var isSetting = (file) => file.startsWith(manifests) || file.endsWith("/model.yaml");
function settingsOf(repository) {
	const specs = modelRoots(repository).map((root) => `${root === "" ? "" : `${literal(root)}/`}**/model.yaml`);
	return [`${manifests}**`, ...specs];
}
var literal = (path) => path.replace(/[*?[\\]/g, "\\$&");
// ../refit/src/products/canaries.ts
var noCanaries = {
	running: null,
	stopped: []
};
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
		isCut: bytes.at(-1) !== lineFeed$1,
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
async function addLines(files, repository, name, kept) {
	const { before, values } = kept;
	if (before === null) return keepLines(files, repository, name, kept);
	const lines = [...values].map(([key, value]) => sealedLine(key, value));
	await growCache(files, repository, name, Buffer.concat([Buffer.from(before.isCut ? "\n" : ""), ...lines]));
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
function saidOfJudgement(claims) {
	if (claims === null || claims.judgedOn === null) return null;
	const { parent, judgedOn: on, learnedUntil, isTrainedOn, isDeclared } = claims;
	return {
		parent,
		on,
		learnedUntil,
		isTrainedOn,
		isDeclared
	};
}
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
var mostCommits = 100;
async function saveHistories(files, repository, kept) {
	const { lines, gap, changed, opened } = kept;
	const isFar = gap > 0 && (gap > mostCommits || lines === null || lines.bytes < smallFile);
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
				newerFormat,
				judged: null
			});
			continue;
		}
		const read = await contentFacts(ports, book.unsure(files, claims));
		const broken = checkTree(files, claims, (file) => read.get(file.id) ?? book.contentOf(file));
		if (broken === null) book.vouch(files, claims);
		const { parent, inputDigest, learnedUntil: until, isDeclared } = claims;
		const learned = {
			until,
			isDeclared
		};
		const judged = saidOfJudgement(claims);
		facts.set(treeId, {
			broken,
			parent,
			inputDigest,
			newerFormat,
			metrics,
			learned,
			judged
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
	const { parseLineage } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.stored_files_exports);
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
var canaryLine = (model) => `${model}${lineOfCanary}`;
var lineOfCanary = "/canary";
var modelOfLine = (line) => line.endsWith(lineOfCanary) ? line.slice(0, -7) : line;
function folderOfLine(line, repository) {
	const model = modelOfLine(line);
	return model === line ? championFolder(model, repository) : canaryFolder(model, repository);
}
async function readModelHistory(ports, repository, model) {
	return (await readModelHistories(ports, repository, [model])).get(model);
}
async function readModelHistories(ports, repository, models) {
	for (const line of models) checkModelName(modelOfLine(line));
	const memory = memoryOf(ports, repository);
	if (models.some((model) => !memory.known.has(model))) {
		for (const model of models) memory.wanted.add(model);
		const turn = memory.turn.then(() => learn(ports, repository, memory, [...memory.wanted, ...models]));
		memory.turn = turn.catch(() => {});
		await turn;
	}
	return new Map(models.map((model) => [model, memory.known.get(model)]));
}
function readLineages(ports, repository, model) {
	const { trees } = memoryOf(ports, repository).kept?.changed.get(model)?.record ?? emptyRecord;
	return new Map([...trees].flatMap(([treeId, { judged }]) => judged === void 0 ? [] : [[treeId, judged]]));
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
	const log = await ports.git.log(repository.baseCommit, fresh.map((model) => folderOfLine(model, repository)), contents);
	for (const model of fresh) {
		const states = log.get(folderOfLine(model, repository)) ?? [];
		kept.changed.set(model, await extended(ports, emptyRecord, states, []));
	}
	for (const model of unknown) memory.known.set(model, known(recordOf(kept, model)));
	await saveHistories(ports.files, repository, kept);
}
async function followBase(ports, repository, kept) {
	const { commit, lines } = kept;
	if (commit === null || lines === null || commit === repository.baseCommit) return;
	const models = new Map(lines.keys.map((model) => [folderOfLine(model, repository), model]));
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
		const broken = earlier === void 0 ? await wrongIn(ports, await filesOf(treeId)) : earlier;
		hashed.set(treeId, broken);
		if (broken === null) break;
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
// ../refit/src/versions/rollout-file.ts
async function readRolloutFile(ports, repository, model, commit) {
	const file = rolloutPath(model, repository);
	const [bytes] = await ports.git.read([`${commit}:${file}`]);
	if (!bytes) return null;
	const text = decodeText(bytes);
	if ((await ports.git.list(commit, modelFolder(model, repository))).find(({ path }) => path === "rollout.yaml")?.mode !== "100644") return {
		text,
		rollout: null,
		problem: `${file} must be a regular file (mode 100644).`
	};
	try {
		return {
			text,
			rollout: await parsedText(ports, repository, text, rolloutParser(file)),
			problem: null
		};
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
		return {
			text,
			rollout: null,
			problem: error.message
		};
	}
}
var rolloutParser = (file) => ({
	kind: `rollout ${file}`,
	placeOf: () => file,
	async parse(text) {
		const { readRolloutSpec } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.documents_exports);
		return readRolloutSpec(file, text);
	}
});
// ../refit/src/versions/live-canary.ts
function canaryStatus({ treeId, percent, since, file, championMoved, broken }) {
	const problem = broken ?? (file === null ? "rollout.yaml is missing." : file.problem);
	return {
		version: treeId,
		percent,
		since,
		maxDays: file?.rollout?.maxDays ?? null,
		championMoved,
		problem
	};
}
async function readCanaries(ports, repository, { model, history, spec }) {
	if (await ports.git.resolve(`${repository.baseCommit}:${canaryFolder(model, repository)}`) === null && spec?.canary === void 0) return noCanaries;
	const { running, stopped } = readCanary((await readModelHistory(ports, repository, canaryLine(model))).history, history);
	if (running === null) return {
		running: null,
		stopped
	};
	const file = await readRolloutFile(ports, repository, model, repository.baseCommit);
	const percent = file?.rollout?.percent ?? null;
	const championMoved = running.parent !== (history.champion?.treeId ?? null) || history.state !== "live";
	return {
		running: {
			...running,
			file,
			percent,
			championMoved
		},
		stopped
	};
}
function runningFacts({ percent, since, championMoved }) {
	return {
		percent,
		since,
		championMoved
	};
}
function newestNo(rolledBack, stopped) {
	if (rolledBack === void 0 || stopped === void 0) return rolledBack ?? stopped ?? null;
	return stopped.at > rolledBack.at ? stopped : rolledBack;
}
// ../refit/src/versions/live-format.ts
function liveFormatError(repository, model, { champion }) {
	if (champion === null || champion.newerFormat === null) return null;
	return new FormatNewerError(`${championFolder(model, repository)}/lineage.json (v${champion.number})`, champion.newerFormat, 1);
}
// ../refit/src/versions/proposed-folder.ts
async function proposedFolder({ git }, repository, model, head) {
	const canary = canaryFolder(model, repository);
	return await git.resolve(`${head}:${canary}`) === null ? championFolder(model, repository) : canary;
}
// ../refit/src/versions/read-lineage.ts
async function readLineage(ports, repository, object) {
	return parsedObject(ports, repository, object, lineageParser(object.slice(object.indexOf(":") + 1)));
}
var lineageParser = (file) => ({
	kind: "lineage",
	placeOf: (lineage) => `lineage ${lineage?.model ?? ""}`,
	async parse(content) {
		const { parseLineage } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.stored_files_exports);
		try {
			return parseLineage(content, file);
		} catch (error) {
			if (error instanceof ArtifactInvalidError) return null;
			throw error;
		}
	}
});
// ../refit/src/versions/share-branch.ts
async function shareBranch(ports, repository, branch, { head, over, paths }) {
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
		if (theirs === null || !await isSameContent(ports, paths, theirs, head)) throw error;
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
async function isSameContent({ git }, paths, a, b) {
	const ids = (commit) => Promise.all(paths.map((path) => git.resolve(`${commit}:${path}`)));
	const [first, second] = await Promise.all([ids(a), ids(b)]);
	return first.every((id, i) => id === second[i]);
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
var isName$1 = (name) => nameProblem(name) === null;
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
// ../refit/src/versions/unknown-model.ts
async function historyOfNamed(ports, repository, model) {
	const known = await readModelHistory(ports, repository, model);
	if (known.history.versions.length > 0) return known;
	const [spec] = await ports.git.read([`${repository.baseCommit}:${specPath(model, repository)}`]);
	if (spec === null) throw await unknownModel(ports, repository, model, "on the base branch");
	return known;
}
async function unknownModel(ports, repository, model, tree) {
	const models = tree === "in the work tree" ? await workTreeModels(ports, repository) : (await findModels(ports, repository)).models;
	const written = `${model}/model.yaml`;
	const [onBase] = await ports.git.read([`${repository.baseCommit}:${written}`]);
	const isNotLaidOut = onBase !== null || await ports.files.read(node_path.default.join(repository.root, written)) !== null;
	return new ModelUnknownError(model, models, {
		...repository,
		tree,
		isNotLaidOut
	});
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
function digestOf$3(bytes) {
	return (bytes.byteLength > 1024 ? null : lfsPointer(decodeText(bytes)))?.sha256 ?? sha256(bytes);
}
async function withCodeDigests(ports, repository, spec, from) {
	const codeDigests = {};
	for (const candidate of spec.candidates) for (const [file, bytes] of await readStored(ports, repository, candidate, from)) codeDigests[file] = digestOf$3(bytes);
	return Object.keys(codeDigests).length === 0 ? spec : {
		...spec,
		codeDigests
	};
}
// ../refit/src/rooms/read.ts
async function read(ports, repository, request) {
	const { model } = request;
	checkModelName(model);
	const branch = request.group === void 0 ? proposalBranch(model) : groupBranch(request.group);
	const [files, { history }, ledger, shown, shared] = await Promise.all([
		readSpecs(ports, repository, model, { workTree: request.dryRun }),
		readModelHistory(ports, repository, model),
		readLedger(ports, repository, model),
		ports.forge.proposal(repository, branch),
		sharedHead(ports, repository, branch)
	]);
	const proposal = await partIn(ports, repository, request, shown);
	const newer = liveFormatError(repository, model, history);
	if (newer !== null) throw newer;
	const champion = history.champion;
	const canaries = await readCanaries(ports, repository, {
		model,
		history,
		spec: files.spec
	});
	const rolledBack = newestNo(history.rolledBack.at(-1), canaries.stopped.at(-1));
	const [championLineage, rolledBackLineage, proposalLineage] = await Promise.all([
		champion && readLineage(ports, repository, `${champion.treeId}:lineage.json`),
		rolledBack && readLineage(ports, repository, `${rolledBack.version.treeId}:lineage.json`),
		proposal && proposedLineage(ports, repository, model, proposal.head)
	]);
	const unrecorded = newlyDeclined(proposal, proposalLineage, ledger.rows);
	return {
		request,
		repository,
		...files,
		history,
		champion: champion && championLineage && version(champion, champion.since, championLineage),
		canaries,
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
		underReview: shown?.declinedAt === null && shown.heldByPerson,
		branch,
		sharedHead: shared,
		heldBranch: await isHeld(ports, repository, branch, shown?.declinedAt === null ? shown.head : null) ? branch : null
	};
}
async function proposedLineage(ports, repository, model, head) {
	return readLineage(ports, repository, `${head}:${await proposedFolder(ports, repository, model, head)}/lineage.json`);
}
async function partIn({ ancestry, git }, repository, { model, group }, proposal) {
	if (proposal === null || group === void 0) return proposal;
	const fork = await ancestry.mergeBase(proposal.head, repository.baseCommit);
	const folder = championFolder(model, repository);
	const [there, before] = [await git.resolve(`${proposal.head}:${folder}`), await git.resolve(`${fork}:${folder}`)];
	return there === before ? null : proposal;
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
	if (spec === null) throw await unknownModel(ports, repository, model, from.workTree ? "in the work tree" : "on the base branch");
	return {
		manifest: await readManifest(ports, repository, {
			file: manifestPath(spec.data),
			namedBy: specFile
		}, from),
		spec: await withCodeDigests(ports, repository, spec, from)
	};
}
async function readManifest(ports, repository, { file, namedBy }, from) {
	const manifest = await readParsed(ports, repository, {
		file,
		parser: manifestParser(file, ports.sources.schemes)
	}, from);
	if (manifest === null) throw new ManifestMissingError(namedBy, file);
	return withViews(ports, repository, {
		manifest,
		file
	}, from);
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
	kind: `spec ${file} ${digestOf$2(learners)}`,
	placeOf: () => file,
	async parse(text) {
		const { readModelSpec } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.documents_exports);
		return readModelSpec(file, text, learners);
	}
});
var digests = new WeakMap();
function digestOf$2(value) {
	const digest = digests.get(value) ?? sha256(JSON.stringify(value));
	digests.set(value, digest);
	return digest;
}
var manifestParser = (file, schemes) => ({
	kind: `manifest ${file} ${digestOf$2(schemes)}`,
	placeOf: () => file,
	async parse(text) {
		const { readDataManifest } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.documents_exports);
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
	const object = `${repository.baseCommit}:${file}`;
	const id = await ports.git.resolve(object);
	if (id !== null && await isUnedited(ports, repository, file)) return;
	const onDisk = await ports.files.read(node_path.default.join(repository.root, file));
	if (onDisk === null) return;
	if (id !== null && id === blobId(onDisk, id)) return;
	const [onBase] = await ports.git.read([object]);
	if (onBase === null || onBase === void 0) throw new SpecNotOnBaseError(file, repository.baseBranch);
	if (plainText(onDisk) === plainText(onBase)) return;
	ports.out.notice(`${file} differs from ${repository.baseBranch}; this run reads ${repository.baseBranch}.`);
}
var plainText = (bytes) => decodeText(bytes).replaceAll("\r\n", "\n");
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
		`  ${moreAbout(code)}`
	];
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
// ../refit/src/versions/open-proposal.ts
async function openProposal({ forge }, repository, branch) {
	const proposal = await forge.proposal(repository, branch);
	return proposal?.declinedAt === null ? proposal : null;
}
// ../refit/src/runs/proposal-groups.ts
async function groupOf(ports, repository, model) {
	return (await companyOf(ports, repository, model, { workTree: false })).group;
}
var alone = {
	group: null,
	dataset: null
};
async function companyOf(ports, repository, model, { workTree }) {
	if (!isName$1(model)) return alone;
	const file = specPath(model, repository);
	const parser = specParser(file, ports.learners.installed);
	const textOf = async () => {
		const bytes = workTree ? await ports.files.read(node_path.default.join(repository.root, file)) : (await ports.git.read([`${repository.baseCommit}:${file}`]))[0];
		return bytes ? decodeText(bytes) : null;
	};
	try {
		if (!workTree) {
			const spec = await parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser);
			return spec === null ? alone : {
				group: spec.proposalGroup ?? null,
				dataset: spec.data
			};
		}
		const text = await textOf();
		if (text === null) return alone;
		const { proposalGroup = null, data } = await parsedText(ports, repository, text, parser);
		return {
			group: proposalGroup,
			dataset: data
		};
	} catch (error) {
		if (!(error instanceof SpecInvalidError)) throw error;
		return {
			group: /^\s*["']?proposalGroup["']?\s*:\s*["']?([a-z0-9]+(?:-[a-z0-9]+)*)/m.exec(await textOf() ?? "")?.[1] ?? null,
			dataset: null
		};
	}
}
async function openBranchOf(ports, repository, model) {
	const group = await groupOf(ports, repository, model);
	return group === null ? proposalBranch(model) : groupBranch(group);
}
async function membersOf(ports, repository, group) {
	const all = await listModels(ports, repository);
	const groups = await Promise.all(all.map((model) => groupOf(ports, repository, model)));
	return all.filter((_, i) => groups[i] === group);
}
async function closeObsoleteGroups(ports, repository, branches, models) {
	const groups = [...branches].flatMap((branch) => groupOfBranch(branch) ?? []);
	if (groups.length === 0) return;
	const groupsOf = await Promise.all(models.map((model) => groupOf(ports, repository, model)));
	for (const group of groups) {
		const branch = groupBranch(group);
		const open = await openProposal(ports, repository, branch);
		if (open === null) continue;
		const before = await membersBefore(ports, repository, group, open.head);
		const now = models.filter((_, i) => groupsOf[i] === group).toSorted();
		const proposed = await proposedIn(ports, repository, open.head, [...new Set([...models, ...before])]);
		const live = await Promise.all(proposed.map((model) => isLive(ports, repository, open.head, model)));
		const isOutdated = now.join() !== before.join();
		const why = !live.includes(false) ? `These versions are already live on \`${repository.baseBranch}\`.` : isOutdated && !open.heldByPerson ? `The models of the group ${group} have changed since this was proposed.` : null;
		const [model] = proposed;
		const at = ports.clock.now();
		if (model !== void 0 && why !== null) await ports.forge.ensureRemark(repository, {
			model,
			branch,
			sentence: why,
			closes: true,
			at
		});
	}
}
async function membersBefore(ports, repository, group, head) {
	const fork = await ports.ancestry.mergeBase(head, repository.baseCommit);
	if (fork === null) return [];
	const then = {
		...repository,
		baseCommit: fork
	};
	const { models } = await findModels(ports, then);
	const groups = await Promise.all(models.map((model) => groupOf(ports, then, model)));
	return models.filter((_, i) => groups[i] === group);
}
async function proposedIn({ ancestry, git }, repository, head, models) {
	const fork = await ancestry.mergeBase(head, repository.baseCommit);
	const changed = await Promise.all(models.map(async (model) => {
		const folder = championFolder(model, repository);
		return await git.resolve(`${head}:${folder}`) !== await git.resolve(`${fork}:${folder}`);
	}));
	return models.filter((_, i) => changed[i]);
}
async function isLive({ git }, repository, head, model) {
	const folder = championFolder(model, repository);
	return await git.resolve(`${head}:${folder}`) === await git.resolve(`${repository.baseCommit}:${folder}`);
}
async function workUnits(ports, repository, models, place) {
	const known = new Map();
	const know = async (names) => {
		for (const model of names) if (!known.has(model)) known.set(model, await companyOf(ports, repository, model, place));
	};
	await know(models);
	if ([...known.values()].some(({ group }) => group !== null)) await know(place.workTree ? await workTreeModels(ports, repository) : await listModels(ports, repository));
	const units = new Map();
	for (const model of models) {
		const { group } = known.get(model);
		const members = group === null ? [model] : [...known.keys()].filter((name) => known.get(name).group === group).sort();
		const { dataset } = known.get(members[0]);
		units.set(group === null ? model : `group ${group}`, {
			group,
			models: members,
			dataset
		});
	}
	return [...units.values()];
}
function tellAdded({ out }, units, named) {
	for (const { group, models } of units) {
		const added = models.filter((model) => !named.includes(model));
		if (added.length === 0) continue;
		out.notice(`Models of the proposal group ${group} move together, so refit looks at ${added.join(", ")}, too.`);
	}
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
function contentOf({ sha256: sha256$1, only }) {
	return only === void 0 ? sha256$1 : sha256(JSON.stringify([sha256$1, only]));
}
// ../refit/src/versions/read-ahead.ts
var manyModels = 8;
async function readAhead(ports, repository, models, championFiles = ["lineage.json"]) {
	ports.forge.expect(models.map(proposalBranch));
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
// ../core/src/answers/told.ts
var timeKeys = new Set([
	"at",
	"until",
	"since",
	"nextEligibleAt",
	"committedAt"
]);
function answerOf(value) {
	return toldValue(value);
}
function toldValue(value) {
	if (Array.isArray(value)) return value.map(toldValue);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== void 0).map(([key, each]) => [key, typeof each === "number" && timeKeys.has(key) ? instantText(each) : toldValue(each)]));
}
function instantText(at) {
	return new Date(at).toISOString();
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
// ../core/src/decide/is-refresh.ts
var refreshing = new Set([
	"new-rows",
	"age",
	"drift",
	"drift-classifier",
	"performance",
	"group"
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
	const { unfinished, tooFewUnseen, withGroup } = seen;
	const refused = standingRefusal(seen);
	if (seen.championInput === seen.inputDigest) return held({ kind: "unchanged" });
	const reasons = firedTriggers(seen, policy);
	if (seen.canary && seen.force === null) return held({
		kind: "canary-runs",
		...seen.canary
	}, reasons);
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
	if (withGroup !== void 0) return due(reasons);
	return inDueTime(seen, policy, reasons);
}
function standingRefusal({ refused, withGroup }) {
	return withGroup !== void 0 && refused?.by === "declined" ? null : refused;
}
function besideProposal(seen, policy, reasons) {
	const { openProposal, force, unfinished, withGroup } = seen;
	const refused = standingRefusal(seen);
	if (openProposal === null) return null;
	if (openProposal.heldByPerson) return held({ kind: "held-by-person" }, reasons);
	const allowed = refused === null || force !== null;
	if (openProposal.outdated && allowed) return judgedAgain(seen, policy, [...reasons, { kind: "champion-moved" }]);
	if (withGroup !== void 0) return null;
	return unfinished === null && openProposal.inputDigest === seen.inputDigest ? held({ kind: "proposal-open" }, reasons) : null;
}
function judgedAgain(seen, policy, reasons) {
	const budget = seen.force === null && seen.withGroup === void 0 ? longestQuiet(seen, policy, "urgent") : null;
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
	const { force, refused, withGroup } = seen;
	if (withGroup !== void 0) reasons.push({
		kind: "group",
		...withGroup
	});
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
// ../core/src/decide/decide-group.ts
function decideGroup(group, members, underReview) {
	const decided = members.filter((member) => member.kind === "decided");
	const due = decided.find(({ decision }) => decision.retrain);
	if (due === void 0) return decisionsOf(decided, ({ decision }) => decision);
	const within = decisionsOf(decided, ({ decision, facts, policy }) => decision.retrain ? decision : decideRetrain({
		...facts,
		withGroup: {
			group,
			due: due.model
		}
	}, policy));
	if (underReview) return heldDue(decided, within, { kind: "held-by-person" });
	const holder = members.find((member) => holds$1(member, within));
	if (holder === void 0) return within;
	const why = holder.kind === "decided" ? "held-back" : holder.kind;
	return heldDue(decided, within, {
		kind: "group-held",
		group,
		by: holder.model,
		why
	});
}
function decisionsOf(members, decide) {
	return new Map(members.map((member) => [member.model, decide(member)]));
}
function holds$1(member, within) {
	if (member.kind !== "decided") return true;
	const { retrain, heldBack } = within.get(member.model);
	return !retrain && heldBack?.kind !== "unchanged";
}
function heldDue(decided, within, heldBack) {
	return decisionsOf(decided, ({ model, decision }) => {
		if (decision.retrain) return {
			...decision,
			retrain: false,
			heldBack,
			nextEligibleAt: null
		};
		const inGroup = within.get(model);
		return inGroup.retrain ? decision : inGroup;
	});
}
var whyHeld = {
	promote: null,
	inconclusive: null,
	hold: "rejected",
	block: "blocked",
	blocked: "blocked",
	failed: "failed",
	"held-back": "held-back"
};
function judgeGroup(members) {
	for (const { model, end } of members) {
		const why = whyHeld[end];
		if (why !== null) return {
			kind: "held",
			by: model,
			why
		};
	}
	return { kind: members.every(({ end }) => end === "promote") ? "promote" : "inconclusive" };
}
// ../core/src/decide/canary-move.ts
function moveCanary(canary, move) {
	if (move === "stop") return { move };
	const { model, file, broken, championMoved } = canary;
	const stop = `Run \`refit canary ${model} --stop\`.`;
	if (championMoved) throw new CanaryMoveError(`The canary of ${model} was compared with another champion than the one that is live.`, `${stop} The next run compares a version with what is live.`);
	if (broken !== null) throw new CanaryMoveError(`The canary of ${model} is broken: ${broken}`, stop);
	const rollout = file?.rollout ?? null;
	if (file === null || rollout === null) throw new CanaryMoveError(`rollout.yaml of ${model} ${file === null ? "is missing" : `cannot be read: ${file.problem}`}`, stop);
	const next = nextStep(rollout);
	if (move === "step") {
		if (next === null) throw new CanaryMoveError(`The canary of ${model} is at its last step, ${rollout.percent} %.`, `\`refit canary ${model} --promote\` proposes it as the champion.`);
		const rolloutText = file.text.replace(/^percent: .*$/m, `percent: ${next}`);
		return {
			move,
			from: rollout.percent,
			to: next,
			rolloutText
		};
	}
	if (next !== null) throw new CanaryMoveError(`The canary of ${model} is at ${rollout.percent} %, and its last step is ${rollout.steps.at(-1)} %.`, `\`refit canary ${model} --step\` proposes ${next} %. To go faster, stop it and change \`canary.steps\` in model.yaml.`);
	return { move };
}
function nextStep({ steps, percent }) {
	return steps[steps.indexOf(percent) + 1] ?? null;
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
		...[...history.rolledBack, ...history.stopped ?? []].map(({ at }) => at),
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
// ../core/src/decide/refusal.ts
function refusal$1(attempt, ledger, { rolledBack, stopped = [] }) {
	const ofInputs = ledger.filter(({ inputDigest }) => inputDigest === attempt.inputDigest);
	const declined = rowsOfKind(ofInputs, "declined");
	const rejected = rowsOfKind(ofInputs, "rejected").filter(({ parent }) => parent === attempt.parent);
	const ofSame = (all) => all.filter(({ version }) => version.inputDigest === attempt.inputDigest);
	return [
		...declined.map(({ at }) => ({
			by: "declined",
			at: Date.parse(at)
		})),
		...(policyChanged(attempt, ledger) ? [] : rejected).map(({ at }) => ({
			by: "rejected",
			at: Date.parse(at)
		})),
		...ofSame(rolledBack).map(({ at }) => ({
			by: "rolledBack",
			at
		})),
		...ofSame(stopped).map(({ at }) => ({
			by: "stopped",
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
	const stopped = known.canary?.stopped ?? [];
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
		lastActedAt: lastActedAt(past, {
			...history,
			stopped
		}, known.ledgerLost),
		judgedAt: judgedTimes(past),
		fruitless: fruitless(past, attempt.parent),
		refused: refusal$1(attempt, ledger, {
			rolledBack: history.rolledBack,
			stopped
		}),
		policyChanged: policyChanged(attempt, ledger),
		openProposal: proposal && {
			inputDigest: proposal.lineage?.inputDigest ?? null,
			outdated: proposal.lineage === null || proposal.lineage.parent !== attempt.parent,
			heldByPerson: proposal.heldByPerson
		},
		heldBranch: known.heldBranch,
		unfinished: unfinished(attempt, ledger, shown),
		canary: known.canary?.running ?? null,
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
	if (seen.canary?.running) return [{
		kind: "canary-runs",
		...seen.canary.running
	}];
	const refused = attempt && refusal$1(attempt, ledger, noes(seen));
	if (refused !== null) return [{
		kind: "refused",
		...refused
	}];
	if (isUnfinished(seen)) return [];
	const byPeople = triggers.some(({ kind }) => broughtByPeople.has(kind));
	const { past } = datedRows(ledger, now);
	const quiet = longestQuiet({
		lastActedAt: lastActedAt(past, {
			...history,
			...noes(seen)
		}, ledgerLost),
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
	const { ledger, shown } = seen;
	const attempt = attemptOf(seen);
	if (attempt === null || shown === void 0 || refusal$1(attempt, ledger, noes(seen)) !== null) return false;
	return unfinished(attempt, ledger, shown) !== null;
}
function noes({ history: { rolledBack }, canary }) {
	return {
		rolledBack,
		stopped: canary?.stopped ?? []
	};
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
	const seen = rowsOfKind(ledger, "look").map(({ window }) => window.to === null ? NaN : Date.parse(window.to)).filter(Number.isFinite);
	return {
		live: live === null ? null : lookAt$2(ledger, live) ?? declineOf(ledger, live),
		newestRow: seen.length === 0 ? null : Math.max(...seen)
	};
}
function lookAt$2(ledger, live) {
	const look = rowsOfKind(ledger, "look").findLast((row) => row.parent === live && row.live !== void 0);
	return look === void 0 ? null : {
		...look.live,
		rows: look.window.rows,
		at: Date.parse(look.at)
	};
}
function declineOf(ledger, live) {
	const last = rowsOfKind(ledger, "proposed", "rejected", "blocked").flatMap(({ parent, reasons = [], at }) => parent === live ? reasons.flatMap((reason) => reason.kind === "performance" ? [{
		reason,
		at
	}] : []) : []).at(-1);
	return last === void 0 ? null : {
		metric: last.reason.metric,
		value: last.reason.now,
		rows: null,
		at: Date.parse(last.at)
	};
}
// ../refit/src/versions/push-proposal.ts
async function pushProposal(ports, repository, proposed) {
	const { branch, over } = proposed;
	const ref = `refs/heads/${branch}`;
	const paths = [...proposed.contents.keys()];
	const here = await ports.git.resolve(ref);
	await refuseForeign$1(ports, repository, branch, {
		here,
		over
	});
	for (const made of [over, here]) {
		if (made === null || !await isCommitOf(ports, repository, made, proposed)) continue;
		if (made === over || await ports.ancestry.isMadeToReplace(made, over)) return shareBranch(ports, repository, branch, {
			head: made,
			over,
			paths
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
		over,
		paths
	});
}
async function refuseForeign$1({ ancestry }, repository, branch, { here, over }) {
	for (const [head, where] of [[over, repository.remote], [here, null]]) if (head !== null && !await ancestry.isReplaceable(repository, branch, head)) throw new BranchHeldError(branch, head, where);
}
function commitVersion({ branches }, repository, { branch, contents, message, over, at }, expected) {
	const files = new Map();
	const folders = new Map();
	const replace = [];
	for (const [path, content] of contents) {
		if (content instanceof Uint8Array) files.set(path, content);
		else replace.push(path);
		if (typeof content === "string") folders.set(path, content);
		else if (content !== null && !(content instanceof Uint8Array)) for (const [file, bytes] of content) files.set(`${path}/${file}`, bytes);
	}
	return branches.commit(repository, {
		ref: `refs/heads/${branch}`,
		expected,
		parent: repository.baseCommit,
		replace,
		files,
		...folders.size > 0 && { folders },
		message: `${message}Refit-Replaces: ${over ?? "nothing"}\n`,
		at
	});
}
async function isCommitOf(ports, { baseCommit }, commit, proposed) {
	return await ports.git.resolve(`${commit}^`) === baseCommit && await holds(ports, commit, proposed);
}
async function holds(ports, commit, { contents }) {
	for (const [path, content] of contents) if (!await holdsAt(ports, {
		commit,
		path
	}, content)) return false;
	return true;
}
async function holdsAt({ git }, { commit, path }, content) {
	if (content === null) return await git.resolve(`${commit}:${path}`) === null;
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
// ../refit/src/rooms/propose-canary.ts
function canaryMoved({ model, running }, move) {
	const { file, broken, championMoved } = running;
	return moveCanary({
		model,
		file,
		broken,
		championMoved
	}, move);
}
async function proposeCanary(ports, repository, toMove, moved) {
	const { model, running, history, policy } = toMove;
	const branch = canaryBranch(model);
	const title = `refit(${model}): ${titleWords[moved.move](moved)}`;
	const at = ports.clock.now();
	const head = await pushProposal(ports, repository, {
		branch,
		contents: await contentsOf(ports, repository, toMove, moved),
		over: await sharedHead(ports, repository, branch),
		message: `${title}\n\nRefit-Model: ${model}\nRefit-Canary: ${moved.move} ${running.treeId}\n`,
		at
	});
	const { champion } = history;
	const report = canaryReport({
		model,
		moved,
		treeId: running.treeId,
		rollout: running.file?.rollout ?? null,
		days: Math.max(0, Math.floor((at - running.since) / DAY$1)),
		championLabel: champion && `v${champion.number}`,
		championMoved: running.championMoved
	});
	const check = {
		conclusion: "success",
		summary: checkWords[moved.move]
	};
	return ports.forge.ensureProposal(repository, {
		kind: "canary",
		models: [{
			model,
			report,
			kept: null,
			inputDigest: running.inputDigest ?? running.treeId,
			check
		}],
		overview: null,
		branch,
		head,
		title,
		at,
		baseBranch: repository.baseBranch,
		draft: false,
		autoMerge: moved.move === "stop" && policy?.canary?.merge === "auto",
		reviewers: policy?.reviewers ?? []
	});
}
async function stopOutdatedCanary(ports, { canaries: { running }, history, repository, request: { model }, spec }) {
	if (running === null || !running.championMoved) return;
	const { declinedAt = null, head = "" } = await ports.forge.proposal(repository, canaryBranch(model)) ?? {};
	const folder = canaryFolder(model, repository);
	const [before, after] = await Promise.all([`${head}^`, head].map((commit) => ports.git.resolve(`${commit}:${folder}`)));
	if (declinedAt !== null && before === running.treeId && after === null) return;
	await proposeCanary(ports, repository, {
		model,
		running,
		history,
		policy: spec
	}, { move: "stop" });
}
var titleWords = {
	step: (moved) => `canary to ${"to" in moved ? moved.to : ""} % of requests`,
	promote: () => "the canary becomes the champion",
	stop: () => "stop the canary"
};
var checkWords = {
	step: "One line changes: the share goes one step up.",
	promote: "The folder moves as it is, after the last step.",
	stop: "The canary is removed, and the champion stays as it is."
};
async function contentsOf({ git }, repository, { model, running: { treeId } }, moved) {
	const [champion, rollout] = [championFolder(model, repository), rolloutPath(model, repository)];
	if (moved.move === "step") return new Map([[rollout, encodeText(moved.rolloutText)]]);
	const live = moved.move === "promote" ? treeId : await git.resolve(`${repository.baseCommit}:${champion}`);
	return new Map([
		[champion, live],
		[canaryFolder(model, repository), null],
		[rollout, null]
	]);
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
// ../refit/src/runs/despite-races.ts
var mostTries$1 = 4;
async function despiteRaces(work) {
	for (let tries = 1;; tries++) try {
		return await work(tries > 1);
	} catch (error) {
		if (tries === mostTries$1 || !isLostRace(error)) throw error;
	}
}
function isLostRace(error) {
	if (error instanceof PushRejectedError) return error.reason === "moved";
	return error instanceof RefMovedError || error instanceof LedgerBusyError;
}
// ../refit/src/data/kept-tables.ts
function renewableTables(ports, commonDir) {
	let kept = keepTables(ports, commonDir);
	const close = () => kept.close();
	return {
		ports: {
			...ports,
			get tables() {
				return kept.tables;
			}
		},
		async renew() {
			await close();
			kept = keepTables(ports, commonDir);
		},
		close
	};
}
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
	const { readDataManifest } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.documents_exports);
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
// ../refit/src/runs/or-failed.ts
async function orFailed(work, failed) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
		return failed(failedModel(error));
	}
}
function nullIfForeseen(error) {
	if (error instanceof RefitError) return null;
	throw error;
}
function orFailedOrRace(work, failed) {
	return work().catch((error) => {
		if (isLostRace(error)) throw error;
		return orFailed(() => Promise.reject(error), failed);
	});
}
// ../refit/src/data/kept-listings.ts
var longestServed$1 = 1e4;
function keepListings({ sources, clock }) {
	const kept = new Map();
	return {
		sources: {
			...sources,
			list(repository, manifest, options) {
				const { sources: places, limits, ofTable = null } = manifest;
				const { root, baseCommit } = repository;
				const files = fileColumnsOf(manifest);
				const key = JSON.stringify([
					root,
					baseCommit,
					options.workTree,
					places,
					limits,
					files,
					ofTable
				]);
				const known = kept.get(key);
				if (known !== void 0 && clock.elapsed() - known.listedAt < longestServed$1) return known.listing;
				const listing = sources.list(repository, manifest, options);
				kept.set(key, {
					listedAt: clock.elapsed(),
					listing
				});
				listing.catch(() => kept.delete(key));
				return listing;
			}
		},
		forget: () => kept.clear()
	};
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
	let known = {
		...outlook([], null),
		ledger: []
	};
	let specs = null;
	let canaries = noCanaries;
	try {
		const ledger = await readLedger(ports, repository, model);
		known = {
			...outlook(ledger.rows, history.champion?.treeId ?? null),
			ledger: ledger.rows
		};
		specs = await readSpecs(ports, repository, model, {
			workTree: false,
			isCompared: false
		});
		canaries = await readCanaries(ports, repository, {
			model,
			history,
			spec: specs.spec
		});
		const next = await nextOf(ports, {
			repository,
			history,
			canaries,
			ledger,
			seen
		}, specs);
		return {
			...known,
			next,
			unreadable: null,
			specs,
			canaries
		};
	} catch (error) {
		if (error instanceof RefitError) return {
			...known,
			next: null,
			unreadable: error,
			specs,
			canaries
		};
		throw error;
	}
}
async function nextOf(ports, record, { spec, manifest }) {
	const { repository, history, canaries, ledger, seen } = record;
	const rolledBack = newestNo(history.rolledBack.at(-1), canaries.stopped.at(-1));
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
		canary: {
			running: canaries.running && runningFacts(canaries.running),
			stopped: canaries.stopped
		},
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
// ../refit/src/runs/unready.ts
async function unreadyAmong(ports, repository, all) {
	const asked = new Map();
	const strays = await strayFiles(ports, repository, all);
	return {
		async missingLearners({ spec }) {
			const found = candidatesOf(spec).map((candidate) => {
				const key = JSON.stringify(candidate);
				const answer = asked.get(key) ?? missingFor(ports, candidate);
				asked.set(key, answer);
				return answer;
			});
			const missing = (await Promise.all(found)).flat();
			return [...new Map(missing.map((each) => [each.learner, each])).values()];
		},
		unmatched({ spec }) {
			const files = strays.get(spec.data) ?? [];
			return files.length === 0 ? null : {
				manifest: manifestPath(spec.data),
				files
			};
		}
	};
}
async function missingFor({ learners }, candidate) {
	const error = await learners.missing(candidate);
	return error === null ? [] : [{
		learner: candidate.learner,
		message: error.message,
		hint: error.hint
	}];
}
var mostFolders$1 = 8;
async function strayFiles({ git }, { baseCommit }, all) {
	const sources = localSources(all);
	const byFolder = inFolders(sources);
	const named = new Set(sources.filter(isPlain).map(({ path }) => path));
	const wild = inFolders(sources.filter((source) => !isPlain(source)));
	const files = new Set();
	for (const folder of listedFolders([...byFolder.keys()])) {
		const listing = await git.list(baseCommit, folder === "" ? void 0 : folder);
		for (const { path } of listing) files.add(folder === "" ? path : `${folder}/${path}`);
	}
	const strays = new Map();
	for (const file of [...files].sort()) {
		const format = sourceFormat(file);
		const near = byFolder.get(folderOf$2(file));
		if (format === null || near === void 0 || named.has(file) || isMatched(file, wild)) continue;
		for (const dataset of new Set(near.filter(({ path }) => reads(path, format.format)).map((each) => each.dataset))) strays.set(dataset, [...strays.get(dataset) ?? [], file]);
	}
	return strays;
}
function localSources(all) {
	return [...new Map(all.map(({ spec, manifest }) => [spec.data, manifest]))].flatMap(([dataset, manifest]) => {
		return [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))].flatMap(({ sources }) => sources).filter(({ path }) => schemeOf(path) === "").map(({ path }) => ({
			dataset,
			path,
			folder: globRoot(path) === path ? folderOf$2(path) : globRoot(path)
		}));
	});
}
function listedFolders(folders) {
	if (folders.includes("")) return [""];
	return folders.length <= mostFolders$1 ? folders : [...new Set(folders.map((folder) => folder.split("/")[0]))];
}
var patterns = new Map();
function inFolders(sources) {
	const folders = new Map();
	for (const source of sources) {
		const others = folders.get(source.folder);
		if (others === void 0) folders.set(source.folder, [source]);
		else others.push(source);
	}
	return folders;
}
var isPlain = ({ path }) => globRoot(path) === path;
function isMatched(file, wild) {
	for (let folder = folderOf$2(file);; folder = folderOf$2(folder)) {
		if ((wild.get(folder) ?? []).some(({ path }) => path === file || patternOf(path).test(file))) return true;
		if (folder === "") return false;
	}
}
function patternOf(glob) {
	const pattern = patterns.get(glob) ?? globPattern(glob);
	patterns.set(glob, pattern);
	return pattern;
}
var reads = (glob, format) => (sourceFormat(glob)?.format ?? format) === format;
var folderOf$2 = (file) => node_path.posix.dirname(file) === "." ? "" : node_path.posix.dirname(file);
// ../refit/src/runs/status.ts
async function modelStatuses(given, repository, wanted = []) {
	const ports = {
		...given,
		sources: keepListings(given).sources
	};
	const all = await listModels(ports, repository);
	const unknown = wanted.find((model) => !all.includes(model));
	if (unknown !== void 0) throw new ModelUnknownError(unknown, all, {
		...repository,
		tree: "on the base branch"
	});
	const models = wanted.length === 0 ? all : wanted;
	await readAhead(ports, repository, models);
	const found = [];
	const ask = askingForge(ports, repository);
	for (const [model, known] of await readModelHistories(ports, repository, models)) {
		const { history } = known;
		const group = await groupOf(ports, repository, model);
		const answer = await ask(model, group);
		const newer = liveFormatError(repository, model, history);
		if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
		const seen = await shownTo(ports, repository, answer);
		found.push({
			model,
			group,
			known,
			answer,
			seen,
			outlook: await outlookOf(ports, repository, [model, history], seen)
		});
	}
	const specs = found.flatMap((each) => each.outlook.specs ?? []);
	const others = all.filter((model) => !models.includes(model));
	const shared = {
		now: ports.clock.now(),
		fetchedAt: await ports.git.fetchedAt(repository),
		unready: await unreadyOf(ports, repository, specs, others)
	};
	const statuses = [];
	for (const each of found) statuses.push(await statusOf(ports, repository, each, shared));
	return statuses;
}
async function unreadyOf(ports, repository, specs, others) {
	const unready = await unreadyAmong(ports, repository, specs);
	if (others.length === 0 || specs.every((each) => unready.unmatched(each) === null)) return unready;
	const read = others.map((model) => readSpecs(ports, repository, model, { workTree: false }).catch(nullIfForeseen));
	return unreadyAmong(ports, repository, [...specs, ...(await Promise.all(read)).filter((each) => each !== null)]);
}
async function statusOf(ports, repository, { model, group, known, answer, seen, outlook }, { now, fetchedAt, unready }) {
	const { history, learned, metrics } = known;
	const { champion, state } = history;
	const { specs, unreadable } = outlook;
	const running = outlook.canaries.running;
	const canary = running && canaryStatus(running);
	const lineage = champion && await readLineage(ports, repository, `${champion.treeId}:lineage.json`).catch(nullIfForeseen);
	const learnedOf = champion === null ? void 0 : learned.get(champion.treeId);
	const proposed = answered(answer);
	const { proposalState } = proposed;
	const waits = proposalState === null || proposalState === "declined" ? null : proposalState;
	return {
		model,
		group,
		state,
		version: champion && `v${champion.number}`,
		since: champion && day$1(history.events.at(-1).commit.committedAt),
		...learnedThen(learnedOf, now),
		...newestThen(outlook, learnedOf, now),
		metric: champion && specs && metricOfLive(specs.spec.metrics.primary, metrics.get(champion.treeId), lineage, outlook),
		next: outlook.next,
		...proposed,
		canary,
		attention: attentionTo({
			now,
			state,
			champion: champion && champion.treeId,
			ledger: outlook.ledger,
			unreadable: unreadable && {
				message: unreadable.message,
				hint: unreadable.hint
			},
			missingLearners: specs === null ? [] : await unready.missingLearners(specs),
			unmatched: specs && unready.unmatched(specs),
			proposal: waits && {
				state: waits,
				inputDigest: seen?.inputDigest ?? null
			},
			canary,
			fetchedAt
		})
	};
}
function metricOfLive(name, metrics, lineage, { live }) {
	const { rows, from, to } = lineage?.holdout ?? {};
	const judgedOn = rows === void 0 ? null : {
		rows,
		from: from ?? null,
		to: to ?? null
	};
	return {
		name,
		judged: metrics?.[name] ?? null,
		judgedOn,
		since: live
	};
}
function newestThen({ newestRow }, learned, now) {
	const until = learned?.until ? Date.parse(learned.until) : -Infinity;
	const newest = Math.max(newestRow ?? -Infinity, until);
	if (newest === -Infinity) return {
		newestRow: null,
		newestRowDaysAgo: null
	};
	return {
		newestRow: day$1(newest),
		newestRowDaysAgo: Math.max(0, Math.floor((now - newest) / DAY$1))
	};
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
function answered({ proposal, asked }) {
	return {
		proposal: proposal?.url ?? null,
		proposalState: proposal ? stateWord(proposal) : null,
		asked
	};
}
async function shownTo(ports, repository, { proposal, model }) {
	if (!proposal || proposal.declinedAt !== null) return proposal && null;
	const folder = await proposedFolder(ports, repository, model, proposal.head);
	const lineage = await readLineage(ports, repository, `${proposal.head}:${folder}/lineage.json`).catch(nullIfForeseen);
	if (lineage === null && proposal.complete) return void 0;
	return {
		inputDigest: lineage?.inputDigest ?? null,
		complete: proposal.complete
	};
}
function askingForge({ forge, out }, repository) {
	const asked = forge.name === "local" ? null : forge.name;
	let failed = false;
	const shared = new Map();
	return async (model, group) => {
		const unknown = {
			proposal: void 0,
			model,
			asked: null
		};
		if (failed) return unknown;
		try {
			const branch = group === null ? proposalBranch(model) : groupBranch(group);
			const known = shared.get(branch);
			const proposal = known === void 0 ? await forge.proposal(repository, branch) : known;
			if (group !== null) shared.set(branch, proposal);
			return {
				proposal,
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
// ../refit/src/runs/dashboard.ts
async function keepDashboard(ports, repository) {
	const boxes = isOn(repository) && ports.publication.allowed ? await ports.dashboard.take(repository) : null;
	const page = boxes === null ? await ensureDashboard(ports, repository) : null;
	return {
		url: page?.url ?? null,
		operation: page?.operation ?? "none",
		boxes
	};
}
var isOn = ({ layout }) => layout?.dashboard === "issue";
async function ensureDashboard(ports, repository) {
	if (!isOn(repository) || !ports.publication.allowed) return null;
	const limit = ports.forge.limits.dashboardCharacters;
	if (limit === null) {
		ports.out.notice("`dashboard: issue` was left out: without GitHub there are no issues. `refit status` shows the same.");
		return null;
	}
	return orNotice(ports, async () => {
		const text = dashboardText(await shownModels(ports, repository), limit);
		return ports.dashboard.ensure(repository, text);
	});
}
async function closeDashboard(ports, repository) {
	if (isOn(repository) || !ports.publication.allowed) return;
	await orNotice(ports, () => ports.dashboard.ensure(repository, null));
}
async function shownModels(ports, repository) {
	const models = [];
	for (const status of await modelStatuses(ports, repository)) models.push({
		status,
		alert: hasAlert(status) ? await alertOf(ports, repository, status.model) : null
	});
	return models;
}
var hasAlert = ({ attention }) => attention.some(({ kind }) => kind === "blocked" || kind === "broken");
async function alertOf({ forge }, repository, model) {
	return (await forge.alert(repository, model))?.url ?? null;
}
async function orNotice({ out }, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof RefitError)) throw error;
		out.notice(`The dashboard was not changed: ${error.message} ${error.hint}`);
		return null;
	}
}
// ../refit/src/versions/obstacles-to.ts
function obstaclesTo({ obstacles }, repository, branches) {
	return obstacles.toCommit(repository, [...branches, ledgerBranch]);
}
async function stopAtObstacles(ports, { repository, branch }) {
	const [obstacle] = await obstaclesTo(ports, repository, [branch]);
	if (obstacle !== void 0) throw obstacle;
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
// ../refit/src/ledger/kept-report.ts
function folderOf$1({ model, inputDigest, parent, attempt }) {
	const against = parent === null ? "first" : parent.slice(0, 8);
	return `reports/${model}/${inputDigest.slice(0, 16)}-${against}${ending(attempt)}`;
}
function ending(attempt) {
	return attempt === null ? "-data" : attempt === 1 ? "" : `-${attempt}`;
}
function runName({ inputDigest, attempt }) {
	return `${inputDigest.slice(0, 8)}${ending(attempt)}`;
}
function reportPage(run) {
	return `${folderOf$1(run)}/report.md`;
}
function reportValue(run) {
	return `${folderOf$1(run)}/report.json`;
}
function reportFiles(run, { report, charts }) {
	const files = new Map([
		["report.md", markdownReport(report)],
		["report.json", reportFile(report)],
		...[...charts].map(([file, { svg }]) => [file, svg])
	]);
	const folder = folderOf$1(run);
	return new Map([...files].map(([file, text]) => [`${folder}/${file}`, text]));
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
		const { readLayoutSpec } = await Promise.resolve().then(() => require("./readers.cjs")).then((n) => n.documents_exports);
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
// ../refit/src/runs/opened-for-run.ts
async function openedForRun(ports, dryRun, wants) {
	const repository = await fetched(ports, dryRun, wants);
	return dryRun ? laidOutOnDisk(ports, repository) : repository;
}
// ../refit/src/products/outcome.ts
function exitCodeOf(outcome) {
	if (outcome.decision === "failed") return 2;
	if (outcome.decision !== "blocked") return 0;
	return outcome.findings.length > 0 ? 3 : 2;
}
// ../refit/src/commands/run.ts
var run_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples,
	optionHelp: () => optionHelp,
	options: () => options,
	recall: () => recall,
	run: () => run$1,
	runRequestOf: () => runRequestOf,
	summary: () => summary,
	usage: () => usage
});
var usage = "refit run [model…|--all] [--parallel N] [--force REASON] [--candidates FOLDER[@DIGEST]] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
var summary = "Check the data, decide, retrain, compare with the champion, and propose the result.";
var examples = [
	["refit run", "every model"],
	["refit run churn --dry-run", "what would happen with the files of the work tree"],
	["refit run churn --force \"new season\"", "retrain now, whatever the triggers say"],
	["refit run --all --parallel 4", "four models at a time"]
];
var options = {
	all: { type: "boolean" },
	parallel: { type: "string" },
	force: { type: "string" },
	candidates: { type: "string" },
	...pushOptions,
	"dry-run": { type: "boolean" },
	...limitOption,
	json: { type: "boolean" }
};
var optionHelp = {
	all: "every model (the default)",
	parallel: `how many models to work on at once, 1 to 64 (default: what refit.yaml says under parallel, else 1), each in a process of its own; they share the machine's memory and threads, and the memory that --memory allows`,
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
async function run$1(ports, args, flags) {
	const request = runRequestOf(flags);
	const { runModels } = await Promise.resolve().then(() => run_models_exports);
	const tell = (outcome) => {
		if (flags.json !== true) ports.out.print(lines(outcome, request.dryRun, ports.out.width).join("\n"));
	};
	const outcomes = await sayingPublished(ports, () => runModels(ports, args, request, tell));
	if (flags.json === true) ports.out.print(textOf$1(outcomes, flags));
	else for (const line of runTable(outcomes, ports.out.width ?? null)) ports.out.print(line);
	return Math.max(0, ...outcomes.map(exitCodeOf));
}
function runRequestOf({ force, parallel, candidates, ...flags }) {
	if (force?.trim() === "") throw new UsageError("--force needs a reason.", usage);
	if (parallel !== void 0 && (!/^[1-9]\d?$/.test(parallel) || Number(parallel) > 64)) throw new UsageError(`--parallel is a whole number from 1 to 64.`, usage);
	const handedOver = candidates === void 0 ? null : handOverFrom(candidates);
	const atOnce = parallel === void 0 ? null : Number(parallel);
	return {
		force: force ?? null,
		dryRun: flags["dry-run"] === true,
		handedOver,
		parallel: atOnce
	};
}
function handOverFrom(words) {
	const [, folder, digest] = /^(.+)@(sha256:[0-9a-f]{64})$/.exec(words) ?? [];
	if (folder !== void 0 && digest !== void 0) return {
		folder,
		digest
	};
	if (words === "" || /@(sha256:[^/]*)?$/.test(words)) throw new UsageError("--candidates must be FOLDER@DIGEST, as `refit train` printed it, or a folder with what `refit train --candidate` wrote.", usage);
	return {
		folder: words,
		digest: null
	};
}
function textOf$1(outcomes, flags) {
	if (flags.json === true) return JSON.stringify(answerOf(outcomes), null, 2);
	return [...outcomes.flatMap((outcome) => lines(outcome, false)), ...runTable(outcomes)].join("\n");
}
function lines(outcome, dryRun, width = null) {
	const prose = (texts) => wrappedProse(texts, width);
	const head = `${outcome.model}: ${outcome.decision}`;
	switch (outcome.decision) {
		case "skipped":
		case "suppressed": return [...prose([`${head}: ${heldBackSentence(outcome.heldBack)}.`, ...reasonLines(outcome.reasons)]), ...outcome.nextEligibleAt === null || "until" in outcome.heldBack ? [] : [`  next retrain by ${day$1(outcome.nextEligibleAt)} (maximum age)`]];
		case "failed": return failedLines(head, outcome.error);
		case "blocked": return [
			`${head}. Nothing was promoted, and what is live has not changed.`,
			...prose([...outcome.findings.flatMap(findingLines), ...outcome.because.flatMap(becauseLines)]),
			...wayOut(outcome),
			...outcome.alert === null ? [] : [`  alert: ${outcome.alert}`]
		];
		default: return [
			`${head}.`,
			...prose([
				...numberLine(outcome.report),
				...reasonLines(outcome.reasons),
				...outcome.because.flatMap(becauseLines)
			]),
			...outcome.url === null ? [] : [`  proposal: ${outcome.url}`, `  to promote: ${howToMerge(outcome)}`],
			...outcome.url === null && outcome.kept !== null ? [`  report: refit report ${outcome.model} --last`] : [],
			...dryRun ? ["", ...terminalReport(outcome.report, width)] : []
		];
	}
}
function numberLine({ headline: { number } }) {
	return number === null ? [] : [`  ${terminalText(number)}`];
}
function becauseLines(reason) {
	if (reason.kind === "finding") return [`  - ${reason.code}: ${visibleText(reason.message, 1e3)}`, `    ${visibleText(reason.hint, 1e3)}`];
	return [`  - ${terminalText(verdictReasonSentence(reason))}`];
}
function wayOut({ model, findings, because }) {
	const blocking = [...findings, ...because.filter((reason) => reason.kind === "finding")].filter(({ severity }) => severity !== "warning");
	const pages = blocking.map(({ code }) => `  ${moreAbout(code, `reference/findings.md#${code}`)}`);
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
function findingLines(finding) {
	const { severity, code, message, hint } = finding;
	const said = `${visibleText(message, 1e3)}${terminalText(acceptedWords(finding))}`;
	return [`  - ${severity} ${code}:${whereOf(finding)} ${said}`, `    ${hint}`];
}
function whereOf({ file, line, message }) {
	if (file === null) return "";
	const [name, number] = [quoteForTerminal(file), line === void 0 ? "" : `line ${line}`];
	return message.includes(name) && (number === "" || new RegExp(`\\b${number}\\b`).test(message)) ? "" : ` ${name}${number === "" ? "" : `, ${number}`}:`;
}
// ../refit/src/rooms/ends/alert.ts
async function alertVerdict(ports, { repository, request }, because) {
	const { model } = request;
	const title = `refit(${model}): the new model must not be promoted`;
	const [body, plainBody] = [verdictAlert(model, because), verdictAlert(model, because, asText$1)];
	return ports.forge.ensureAlert(repository, model, {
		model,
		title,
		body,
		plainBody,
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
	if (!dryRun) await stopOutdatedCanary(ports, context);
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
async function tellHolder(ports, { request: { model }, repository, branch }, isWaiting) {
	const sentence = isWaiting ? "**Newer data wait.** This proposal is approved, or has a commit that is not refit's, so refit does not change it. Merge or close it, and the next run uses the newer data." : null;
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
// ../refit/src/rooms/ends/show.ts
async function show(ports, repository, { branch, head, models, overview, title, autoMerge, reviewers }) {
	const { url, operation } = await ports.forge.ensureProposal(repository, {
		kind: "retrain",
		models: models.map(({ model, inputDigest, report, kept, ...more }) => ({
			model,
			inputDigest,
			report,
			kept,
			check: checkOf(report, more)
		})),
		overview,
		branch,
		baseBranch: repository.baseBranch,
		head,
		title,
		autoMerge,
		draft: models.some(({ isUndecided }) => isUndecided),
		reviewers,
		at: ports.clock.now()
	});
	const places = models.map(async ({ model }) => {
		const version = await ports.git.resolve(`${head}:${await proposedFolder(ports, repository, model, head)}`);
		return [model, {
			branch,
			url,
			operation,
			version
		}];
	});
	return new Map(await Promise.all(places));
}
function checkOf({ headline }, { isUndecided, approvals }) {
	const summary = markdownHeadline(headline);
	if (approvals === 0) return {
		conclusion: isUndecided ? "neutral" : "success",
		summary
	};
	return {
		conclusion: "failure",
		summary: `It waits for ${`${approvals} ${approvals === 1 ? "approval" : "approvals"}`} of exactly this commit (\`approvals\` in model.yaml).\n\n${summary}`
	};
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
			holdout: null,
			findings: codesOf(findings)
		};
		const waiting = waitingOf(context, snapshot, at);
		const report = {
			report: dataReport(model, findings),
			charts: new Map()
		};
		const texts = reportFiles({
			...row,
			attempt: null
		}, report);
		const files = new Map([...texts].map(([file, text]) => [file, encodeText(text)]));
		await appendLedger(ports, context.repository, {
			rows: [...context.unrecorded, row],
			files,
			at
		});
		const title = `refit(${model}): the new data were refused`;
		alert = await ports.forge.ensureAlert(context.repository, model, {
			model,
			title,
			body: dataAlert(model, findings, waiting),
			plainBody: dataAlert(model, findings, waiting, asText$1),
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
function codesOf(findings) {
	return [...new Set(findings.filter(({ severity }) => severity !== "warning").map(({ code }) => code))];
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
	return decideRetrain(await factsOf$1(ports, context, snapshot, observation), context.spec.retrain);
}
async function factsOf$1(ports, context, snapshot, observation) {
	const { canaries, history, champion, lastRolledBack, ledger, ledgerLost, proposal, heldBranch } = context;
	const now = ports.clock.now();
	const { future } = datedRows(ledger, now);
	if (future.length > 0) ports.out.notice(futureWords(future));
	const last = lastJudged([champion, lastRolledBack], ledger, now);
	const sinceJudged = last && await countNewRows(ports, context, snapshot, last.files);
	return decisionFacts({
		now,
		policyDigest: digestOfPolicy(context),
		settingsChanged: await settingsSince(ports, context, snapshot),
		minRows: context.spec.holdout.minRows,
		force: context.request.force,
		history,
		canary: {
			running: canaries.running && runningFacts(canaries.running),
			stopped: canaries.stopped
		},
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
	});
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
	const look = rowsOfKind(context.ledger, "look").findLast((row) => row.inputDigest === digests.input && row.parent === parent);
	const verdict = look?.verdict;
	if (look === void 0 || !mayBeProposed(verdict)) return null;
	const report = await keptReport(ports, context, look);
	if (report === null) return null;
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
	const { repository, champion, request, branch } = context;
	const { model } = request;
	const folder = await proposedFolder(ports, repository, model, proposal.head);
	const isCanary = folder !== championFolder(model, repository);
	const before = ports.publication.refs().length;
	await shareRecord(ports, context);
	await closeAlert(ports, context);
	await shareBranch(ports, repository, branch, {
		head: proposal.head,
		over: context.sharedHead,
		paths: [folder]
	});
	const proposed = (await show(ports, repository, {
		branch,
		head: proposal.head,
		models: [{
			model,
			isUndecided: verdict === "inconclusive",
			approvals: context.spec.approvals?.promotion ?? 0,
			inputDigest: snapshot.digests.input,
			...report
		}],
		overview: null,
		reviewers: context.spec.reviewers,
		title: proposalTitle(model, champion === null ? "first-model" : "refresh", learnedUntil(proposal.lineage), isCanary ? context.spec.canary?.steps[0] ?? null : null),
		autoMerge: false
	})).get(model);
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
async function keptReport(ports, { request: { model }, ledger, ledgerCommit }, { inputDigest, parent, policyDigest }) {
	if (ledgerCommit === null) return null;
	const kept = {
		commit: ledgerCommit,
		path: reportPage({
			model,
			inputDigest,
			parent,
			attempt: attemptOf$1(ledger, {
				inputDigest,
				parent,
				policyDigest
			})
		})
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
	const context = await read(ports, repository, request);
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
	const judged = await judgeModel(ports, decided);
	if ("ended" in judged) return judged.ended;
	const { propose, byItself } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	const [outcome] = await propose(ports, [judged], byItself);
	return outcome;
}
async function judgeModel(ports, decided) {
	const { context, snapshot } = decided;
	const { take: inTurn } = ports.turns;
	const { withPrepared, endTooEarly, train, evaluate, gate, buildVersion, argue } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	return withPrepared(ports, context, snapshot, {
		async broken(findings) {
			const found = {
				...snapshot,
				findings: [...snapshot.findings, ...findings]
			};
			return { ended: await inTurn(() => block(ports, context, found)) };
		},
		async prepared(prepared) {
			const ended = await inTurn(async () => await endTooEarly(ports, decided, prepared) ?? await endTooLate(ports, decided));
			if (ended !== null) return { ended };
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
			return argue(ports, judged, mayBeProposed(verdict.kind) ? await buildVersion(ports, judged) : null);
		}
	});
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
// ../refit/src/runs/look-at-group.ts
async function lookAtGroup(ports, repository, { group, models, afterFailure, ...request }) {
	const members = [];
	for (const model of models) {
		const look = () => lookAtMember(ports, repository, {
			...request,
			model,
			group
		});
		const member = await ports.naming.about(model, () => orFailedOrRace(look, (error) => ({
			model,
			kind: "failed",
			error
		})));
		if (member.kind === "failed") await afterFailure();
		members.push(member);
	}
	const underReview = members.some((member) => member.kind === "decided" && member.context.underReview);
	const decisions = decideGroup(group, members.map(asGroupMember), underReview);
	return members.map((member) => member.kind === "decided" ? {
		...member,
		decision: decisions.get(member.model)
	} : member);
}
async function lookAtMember(ports, repository, request) {
	const { model } = request;
	const context = await read(ports, repository, request);
	const snapshot = await takeSnapshot(ports, context);
	if (snapshot.blocked) return {
		model,
		kind: "blocked",
		context,
		snapshot
	};
	const observation = await observe(ports, context, snapshot);
	const uncounted = snapshot.findings.filter(({ code }) => code === "rows-uncounted");
	for (const { message } of [...uncounted, ...observation.findings]) ports.out.notice(message);
	const facts = await factsOf$1(ports, context, snapshot, observation);
	return {
		model,
		kind: "decided",
		facts,
		context,
		snapshot,
		observation,
		decision: decideRetrain(facts, context.spec.retrain)
	};
}
function asGroupMember(member) {
	const { model, kind } = member;
	if (kind !== "decided") return {
		model,
		kind
	};
	return {
		model,
		kind,
		facts: member.facts,
		policy: member.context.spec.retrain,
		decision: member.decision
	};
}
// ../refit/src/runs/run-group.ts
async function runGroup(ports, repository, request) {
	const { group, models, afterFailure } = request;
	const members = await lookAtGroup(ports, repository, request);
	const results = new Map();
	for (const member of members) if (member.kind !== "decided" || !member.decision.retrain) results.set(member.model, await ports.naming.about(member.model, () => endOf(ports, member)));
	const due = members.flatMap((member) => member.kind === "decided" && member.decision.retrain ? [member] : []);
	const unchanged = members.flatMap((member) => member.kind === "decided" && member.decision.heldBack?.kind === "unchanged" ? [member.context] : []);
	if (due.length > 0) for (const result of await moveTogether(ports, {
		name: group,
		unchanged,
		afterFailure
	}, due)) results.set(result.model, result);
	return models.map((model) => results.get(model));
}
async function endOf(ports, member) {
	if (member.kind === "failed") return {
		model: member.model,
		decision: "failed",
		error: member.error
	};
	return ports.turns.take(() => member.kind === "blocked" ? block(ports, member.context, member.snapshot) : skip(ports, member));
}
async function moveTogether(ports, group, due) {
	const { repository, request } = due[0].context;
	const failAll = (error) => due.map(({ model }) => ({
		model,
		decision: "failed",
		error
	}));
	const obstacles = request.dryRun ? [] : await obstaclesTo(ports, repository, [groupBranch(group.name)]);
	if (obstacles.length > 0) return failAll(failedModel(obstacles[0]));
	const judgements = [];
	for (const member of due) {
		const judgement = await ports.naming.about(member.model, () => judgeMember(ports, member));
		if ("ended" in judgement && judgement.end === "failed") await group.afterFailure();
		judgements.push(judgement);
	}
	const argued = judgements.filter((each) => !("ended" in each));
	const verdict = judgeGroup(judgements.map((each, i) => ({
		model: due[i].model,
		end: endWord(each)
	})));
	const held = verdict.kind === "held" ? {
		group: group.name,
		by: verdict.by,
		why: verdict.why
	} : null;
	const ended = judgements.flatMap((each) => "ended" in each ? [each.ended] : []);
	if (argued.length === 0) return ended;
	const { propose } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	return orFailedOrRace(async () => [...ended, ...await propose(ports, argued, {
		group,
		held
	})], failAll);
}
var endWord = (judgement) => "ended" in judgement ? judgement.end : judgement.verdict.kind;
async function judgeMember(ports, member) {
	const { model } = member;
	return orFailedOrRace(async () => {
		const judged = await judgeModel(ports, member);
		return "ended" in judged ? {
			...judged,
			end: wordOf(judged.ended)
		} : judged;
	}, (error) => ({
		ended: {
			model,
			decision: "failed",
			error
		},
		end: "failed"
	}));
}
var wordOf = ({ decision }) => decision === "blocked" ? "blocked" : "held-back";
// ../refit/src/runs/run-here.ts
async function runsHere(ports, start, { force, dryRun, handedOver }) {
	const candidates = handedOver === null ? void 0 : await openHandOver(ports, start.root, handedOver);
	let repository = start;
	const listings = keepListings(ports);
	const { ports: here, renew, close } = renewableTables({
		...ports,
		sources: listings.sources
	}, start.commonDir);
	const runUnit = ({ group, models }) => despiteRaces(async (isRepeated) => {
		if (isRepeated) repository = await ports.turns.take(() => openedForRun(ports, dryRun));
		if (isRepeated) listings.forget();
		const request = {
			force,
			dryRun,
			candidates
		};
		if (group === null) return [await run(here, repository, {
			...request,
			model: models[0]
		})];
		return runGroup(here, repository, {
			...request,
			group,
			models,
			afterFailure: renew
		});
	});
	return {
		async run(unit, isOnly) {
			const [first] = unit.models;
			const isOne = unit.group === null;
			if (isOnly) return isOne ? ports.naming.alone(first, () => runUnit(unit)) : runUnit(unit);
			const failed = (error) => unit.models.map((model) => failedResult(model)(error));
			const work = () => orFailed(() => runUnit(unit), failed);
			const results = await (isOne ? ports.naming.about(first, work) : work());
			if (!results.every(({ decision }) => decision === "skipped")) listings.forget();
			if (results.every(({ decision }) => decision !== "failed")) return results;
			await renew();
			return results;
		},
		close
	};
}
var failedResult = (model) => (error) => ({
	model,
	decision: "failed",
	error
});
// ../refit/src/runs/run-beside.ts
async function runInLanes(units, { lanes, onResults }) {
	const waiting = units.map((unit) => ({
		unit,
		dataset: datasetOf(unit)
	}));
	const left = new Map();
	for (const { dataset } of waiting) left.set(dataset, (left.get(dataset) ?? 0) + 1);
	const open = lanes.map(() => null);
	let isStopped = false;
	async function runLane(lane, own) {
		try {
			for (;;) {
				const others = new Set(open.filter((dataset, i) => dataset !== null && i !== own));
				const mine = (left.get(open[own] ?? "") ?? 0) > 0 ? open[own] : null;
				const at = isStopped ? null : nextModel(waiting, mine, others);
				if (at === null) return;
				const [{ unit, dataset }] = waiting.splice(at, 1);
				open[own] = dataset;
				left.set(dataset, left.get(dataset) - 1);
				const next = () => [unit, ...waiting.slice(0, mostNext).map((each) => each.unit)].map(branchOf);
				onResults(await lane.run(unit, next));
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
var mostNext = 100;
var branchOf = ({ group, models }) => group === null ? proposalBranch(models[0]) : groupBranch(group);
var datasetOf = ({ dataset, models }) => dataset ?? `of ${models[0]}`;
function workerLane(ports, repository, beside) {
	let worker = null;
	return {
		async run(unit, next) {
			worker ??= ports.workers.start(beside, ports.out);
			const { run } = worker;
			try {
				const name = unit.group ?? unit.models[0];
				const { outcomes, refs } = await ports.naming.about(name, () => run({
					...unit,
					repository,
					next: next()
				}));
				ports.publication.include(refs);
				return outcomes;
			} catch (error) {
				worker = null;
				if (!(error instanceof RefitError && isOfOneModel(error))) throw error;
				return unit.models.map((model) => failedResult(model)(failedModel(error)));
			}
		},
		close: async () => worker?.end()
	};
}
// ../refit/src/runs/watched-paths.ts
async function watchedPaths(ports, repository, models) {
	const paths = new Set([".gitignore", ".gitattributes"].map((file) => node_path.default.join(repository.root, file)));
	const datasets = new Set();
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
		if (datasets.has(spec.data)) continue;
		datasets.add(spec.data);
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
	const named = names.length > 0 ? [...new Set(names)] : await listModels(heard, repository);
	if (named.length === 0) out.notice(`There is no model on ${repository.baseBranch} yet: create one with \`refit init\` and commit it there.`);
	await readAhead(heard, repository, named.filter(isName$1));
	const units = await workUnits(heard, repository, named, { workTree: dryRun });
	if (names.length > 0) tellAdded(heard, units, named);
	const models = [...new Set([...named, ...units.flatMap((unit) => unit.models)])];
	const wanted = new Set(named);
	const added = models.filter((model) => !wanted.has(model));
	if (added.length > 0) await readAhead(heard, repository, added.filter(isName$1));
	const results = new Map();
	const onResults = (unit) => {
		for (const result of unit) results.set(result.model, result);
		const [asked, others] = [true, false].map((isAsked) => unit.filter(({ model }) => wanted.has(model) === isAsked));
		for (const result of [...asked, ...others]) onOutcome(result);
	};
	await runInLanes(units, {
		lanes: await lanesFor(heard, repository, units, request),
		onResults
	});
	if (!dryRun) await shareLedger(ports, repository, ports.clock.now());
	if (!dryRun) await ensureDashboard(ports, repository);
	const outcomes = models.map((model) => results.get(model));
	if (force === null && !dryRun && !noticed()) await rememberQuiet(ports, repository, models, {
		models: names,
		outcomes
	});
	return outcomes;
}
async function lanesFor(ports, repository, units, request) {
	const count = Math.min(request.parallel ?? repository.layout?.parallel ?? 1, units.length);
	if (count > 1) return Array.from({ length: count }, () => workerLane(ports, repository, count));
	const { run, close } = await runsHere(ports, repository, request);
	return [{
		run: (unit) => run(unit, units.length === 1 && unit.group === null),
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
// ../tabular/src/descriptors.ts
var descriptors = [
	gbdtDescriptor,
	linearDescriptor,
	autoDescriptor
];
// ../refit/src/adapters/git/ancestry.ts
function ancestryAdapter(git, objects) {
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
		async trailers(commit) {
			return (await git.run([
				"log",
				"-1",
				"--format=%(trailers:only=true,unfold=true)",
				commit
			])).split("\n").flatMap((line) => {
				const [, name, value] = /^([A-Za-z0-9-]+): (.*)$/.exec(line) ?? [];
				return name === void 0 || value === void 0 ? [] : [{
					name,
					value
				}];
			});
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
			return await madeByRefit(git, repository, head) || await isMerged({
				process: git,
				git: objects
			}, repository, branch, head);
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
		const { cutParquet, parquetTimes } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.parquet_rows_exports);
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
		const ours = trackingRef(remote, ref);
		if (ours === null) return [];
		return [id === null ? `delete ${ours}\0\0` : `update ${ours}\0${id}\0\0`];
	}));
	if (exitCode !== 0) throw new GitFailedError("update-ref", exitCode, stderr);
}
var trackingRef = (remote, ref) => ref.startsWith("refs/heads/") ? `refs/remotes/${remote}/${ref.slice(11)}` : null;
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
		fetch: (repository) => fetch$1(git, repository),
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
async function fetch$1(git, { root, commonDir, remote, baseBranch }) {
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
	if (both.exitCode === 0) return noteAnswer(commonDir);
	const { exitCode, stderr } = both.stderr.includes("find remote ref") ? await get(ours) : both;
	if (exitCode !== 0) throw new RemoteUnreachableError(remote, stderr);
	await noteAnswer(commonDir);
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
	throw new Error(`${file.path} is not the path of a file`);
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
// ../refit/src/adapters/opener.ts
var programs = {
	darwin: "open",
	win32: "explorer.exe"
};
function systemOpener(env, platform = process.platform) {
	const program = programs[platform] ?? "xdg-open";
	return { open: (file) => new Promise((resolve) => {
		const child = (0, node_child_process.spawn)(program, [file], {
			env,
			stdio: "ignore",
			detached: true,
			windowsHide: true
		});
		child.once("error", () => resolve(null));
		child.once("spawn", () => {
			child.unref();
			resolve(program);
		});
	}) };
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
		async askAll(names, once = false) {
			const unknown = [...new Set(names)].filter((name) => isFixed(name) && known.get(name) === void 0);
			if (unknown.length < 64) return Promise.all(names.map(ask));
			const objects = await allAtOnce(git, unknown);
			const found = new Map(unknown.map((name, i) => [name, once ? objects[i] : known.remember(name, objects[i])]));
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
// ../refit/src/adapters/disk/moment.ts
var shortest = 1;
function momentary() {
	let since = -Infinity;
	const answers = new Map();
	return (key, ask) => {
		const now = performance.now();
		if (now - since > shortest) {
			since = now;
			answers.clear();
		}
		if (!answers.has(key)) answers.set(key, ask());
		return answers.get(key);
	};
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
			looks: new Map(),
			justLooked: momentary()
		};
		unanswered = 0;
		return refs;
	}
	function isCurrent(name) {
		if (last === null || commonDir === null) return false;
		const place = node_path.default.dirname(`${commonDir}/${name}`);
		return last.justLooked(place, () => looksCurrent(last, place));
	}
	function looksCurrent(refs, place) {
		if (!["packed-refs", "reftable/tables.list"].map((file) => `${commonDir}/${file}`).every((file) => looksTheSame(refs, file, lookAt$1(file)))) return false;
		let folder = place;
		let stats = lookAt$1(folder);
		for (; stats === null; stats = lookAt$1(folder)) folder = node_path.default.dirname(folder);
		return looksTheSame(refs, folder, stats);
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
function lookAt$1(place) {
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
	function innerFolder(id) {
		for (const each of listings.values()) for (const listed of each) {
			const path = listed.folders.get(id);
			if (path !== void 0) return {
				listed,
				prefix: `${path}/`
			};
		}
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
		},
		idOf(name) {
			const colon = name.indexOf(":");
			if (colon < 40) return void 0;
			const [treeish, path] = [name.slice(0, colon), name.slice(colon + 1)];
			const listed = listings.get(treeish)?.find(({ folder }) => folder === "" || path.startsWith(`${folder}/`));
			if (listed !== void 0) return listed.ids.get(path) ?? null;
			const place = innerFolder(treeish);
			return place === void 0 ? void 0 : place.listed.ids.get(place.prefix + path) ?? null;
		}
	};
}
// ../refit/src/adapters/git/plain-place.ts
async function plainPlace(git) {
	if (process.platform === "win32") return null;
	const folder = node_path.default.join(git.cwd, ".git");
	if (!(isOwn(git.cwd) && isOwn(folder) && ["objects", "refs"].every((name) => lookAt(node_path.default.join(folder, name))?.isDirectory() === true) && lookAt(node_path.default.join(folder, "HEAD"))?.isFile() === true && [
		"commondir",
		"shallow",
		"config.worktree"
	].every((name) => lookAt(node_path.default.join(folder, name)) === void 0))) return null;
	const config = await git.config();
	if (config.keys.some((key) => key === "core.worktree" || key.startsWith("extensions.")) || config.all("core.bare").at(-1) !== "false") return null;
	const root = (0, node_fs.realpathSync)(git.cwd);
	return {
		root,
		commonDir: node_path.default.join(root, ".git"),
		shallow: false
	};
}
function isOwn(folder) {
	const stats = lookAt(folder);
	return stats?.isDirectory() === true && stats.uid === process.geteuid?.();
}
function lookAt(place) {
	return (0, node_fs.lstatSync)(place, { throwIfNoEntry: false });
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
	const [{ shallow, root, commonDir }, remotes] = await Promise.all([plainPlace(git).then((place) => place ?? readPlace(git)), readRemotes(git)]);
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
// ../refit/src/adapters/git/plain-diff.ts
var plainDiff = [
	"--no-ext-diff",
	"--no-textconv",
	"--no-renames",
	"--no-relative",
	"--ignore-submodules"
];
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
		async edited({ root, baseCommit }, patterns) {
			const globs = patterns.map((pattern) => `:(glob)${pattern}`);
			const options = {
				cwd: root,
				env: { GIT_LITERAL_PATHSPECS: "0" }
			};
			const names = await git.run([
				"diff",
				"--name-only",
				"-z",
				...plainDiff,
				baseCommit,
				"--",
				...globs
			], options);
			return new Set(names.split("\0").filter(Boolean));
		},
		async ownBranches({ remote }) {
			const places = ["refs/heads/", ...remote === null ? [] : [`refs/remotes/${remote}/`]];
			const refs = (await git.run([
				"for-each-ref",
				"--format=%(refname)",
				...places.map((place) => `${place}refit-*`)
			])).split("\n").filter(Boolean);
			return new Set(refs.map((ref) => ref.slice(places.find((place) => ref.startsWith(place)).length)));
		},
		fetchedAt: lastFetch,
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
		read: async (names, options) => (await objects.askAll(names, options?.once)).map(fileContent)
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
	const folders = new Map();
	const files = [];
	for (const line of listing.split("\0").filter(Boolean)) {
		const tab = line.indexOf("	");
		const [mode, type, id] = line.slice(0, tab).split(" ");
		const path = line.slice(tab + 1);
		if (type !== "commit") ids.set(path, id);
		if (type === "tree" && path.length >= folder.length) folders.set(id, path);
		if (type !== "tree") files.push({
			path: path.slice(start),
			mode,
			id
		});
	}
	if (isFixed(treeish)) trees.remember(treeish, {
		folder,
		ids,
		files,
		folders
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
// ../refit/src/adapters/git/noted-branches.ts
function notedBranches(git, branches, { note }) {
	return {
		...branches,
		async fetch(repository) {
			const before = await fetchedRefs(git);
			try {
				await branches.fetch(repository);
			} finally {
				note(movesBetween(before, await fetchedRefs(git)));
			}
		},
		async commit(repository, request) {
			const id = await branches.commit(repository, request);
			note([{
				ref: request.ref,
				from: request.expected,
				to: id
			}]);
			return id;
		},
		async push(repository, updates) {
			await branches.push(repository, updates);
			const { remote } = repository;
			if (remote === null) return;
			note(updates.flatMap(({ ref, id, expected }) => {
				const here = trackingRef(remote, ref);
				return here === null ? [] : [{
					ref: here,
					from: expected,
					to: id
				}];
			}));
		},
		async updateRefs(repository, updates) {
			await branches.updateRefs(repository, updates);
			note(updates.map(({ ref, id, expected }) => ({
				ref,
				from: expected,
				to: id
			})));
		}
	};
}
async function fetchedRefs(git) {
	const listing = await git.run([
		"for-each-ref",
		"--format=%(refname) %(objectname)",
		"refs/remotes",
		"refs/tags"
	]);
	return new Map(listing.split("\n").filter(Boolean).map((line) => line.split(" ")));
}
function movesBetween(before, after) {
	return [...new Set([...before.keys(), ...after.keys()])].map((ref) => ({
		ref,
		from: before.get(ref) ?? null,
		to: after.get(ref) ?? null
	})).filter(({ from, to }) => from !== to);
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
		async areHeadsHere({ commonDir, remote, baseBranch, sharedHeads }) {
			if (remote === null || sharedHeads === void 0) return false;
			const isHere = JSON.stringify(await headsThere(git, {
				remote,
				baseBranch
			})) === JSON.stringify(sharedHeads);
			if (isHere) await noteAnswer(commonDir);
			return isHere;
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
		page: "serve.md"
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
			if (stored !== null && stored.maps.length !== widthOf$1(request)) return `calibration.json has a wrong number of maps`;
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
var widthOf$1 = ({ task, classes }) => task === "multiclass" ? classes : 1;
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
		},
		async find(candidate) {
			if (!("onnx" in candidate) || candidate.onnx === void 0) return;
			const { findOnnxRuntime } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.onnx_runtime_exports);
			findOnnxRuntime(tools.folder ?? process.cwd());
		}
	};
}
// ../refit/src/adapters/learners/onnx/index.ts
function modelsFromElsewhere(folder) {
	return {
		descriptors: [onnxDescriptor],
		async load() {
			const { onnxLearner } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.onnx_learner_exports);
			return { onnx: onnxLearner(folder) };
		},
		async find() {
			const { findOnnxRuntime } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.onnx_runtime_exports);
			findOnnxRuntime(folder);
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
		},
		async find() {
			const { callFile } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.find_package_exports);
			callFile();
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
	descriptors,
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
	const ownerOf = (name) => all.find(({ descriptors }) => descriptors.some((each) => each.name === name));
	const unknown = (name) => new LearnerMissingError(name, installed.map((each) => each.name));
	return {
		installed,
		async get(name) {
			const learner = (await ownerOf(name)?.load())?.[name];
			if (learner !== void 0) return calibrated(learner);
			throw unknown(name);
		},
		async missing(candidate) {
			const owner = ownerOf(candidate.learner);
			if (owner === void 0) return unknown(candidate.learner);
			try {
				await owner.find?.(candidate);
				return null;
			} catch (error) {
				if (error instanceof RefitError) return error;
				throw error;
			}
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
// ../refit/src/adapters/webhook/alert-event.ts
function alertEvent({ state, source, model, title, body, place, at }) {
	const alert = digestOf$1([
		source,
		model,
		place ?? ""
	]);
	const url = place !== null && /^https?:/.test(place) ? place : null;
	return {
		specversion: "1.0",
		id: digestOf$1([
			alert,
			title,
			state
		]),
		source,
		type: `refit.alert.${state}`,
		subject: model,
		time: new Date(at).toISOString(),
		datacontenttype: "application/json",
		text: url === null ? title : `${title}: ${url}`,
		data: {
			alert,
			state,
			model,
			title,
			body,
			url
		}
	};
}
var digestOf$1 = (parts) => sha256(JSON.stringify(parts));
// ../refit/src/adapters/webhook/announcing-forge.ts
function announcing(forge, { webhook, pages, clock }) {
	const eventOf = async (news) => alertEvent({
		...news,
		source: (await pages.find())?.home ?? "urn:refit:local"
	});
	return {
		...forge,
		async ensureAlert(repository, model, alert) {
			if (alert === null) {
				const open = await forge.alert(repository, model);
				if (open !== null && open.announced !== null) {
					const closed = {
						state: "closed",
						model,
						title: `refit(${model}): the alert is closed`,
						body: null,
						place: open.url,
						at: clock.now()
					};
					await webhook.send(await eventOf(closed));
				}
				return forge.ensureAlert(repository, model, null);
			}
			const place = await forge.ensureAlert(repository, model, alert);
			if (!("title" in alert)) return place;
			const open = place === null ? null : await forge.alert(repository, model);
			const opened = await eventOf({
				state: "opened",
				model,
				title: alert.title,
				body: alert.body,
				place,
				at: alert.at
			});
			if (open?.announced === opened.id || !await webhook.send(opened)) return place;
			if (open !== null) await forge.ensureAlert(repository, model, { announced: opened.id });
			return place;
		}
	};
}
// ../refit/src/adapters/webhook/webhook.ts
var mostTries = 3;
function webhookOf(env, { notice, patience }) {
	const address = env["REFIT_WEBHOOK_URL"] ?? "";
	if (address === "") return null;
	const { secondMs, timeoutMs } = patience ?? {
		secondMs: 1e3,
		timeoutMs: 1e4
	};
	const secret = env["REFIT_WEBHOOK_SECRET"] ?? "";
	async function attempt(request) {
		try {
			const answer = await fetch(address, {
				...request,
				signal: AbortSignal.timeout(timeoutMs)
			});
			await answer.body?.cancel();
			return answer.ok ? null : `it answered ${answer.status}`;
		} catch (error) {
			return error.name === "TimeoutError" ? "it did not answer" : "it could not be reached";
		}
	}
	async function deliver(event) {
		const body = JSON.stringify(event);
		const headers = {
			"content-type": "application/cloudevents+json; charset=utf-8",
			...signed(event, body, secret)
		};
		for (let tries = 1;; tries++) {
			const problem = await attempt({
				method: "POST",
				redirect: "error",
				headers,
				body
			});
			if (problem === null || tries === mostTries || /answered 4(?!08|29)/.test(problem)) return problem;
			await (0, node_timers_promises.setTimeout)(tries * secondMs);
		}
	}
	async function send(event) {
		const problem = addressProblem(address) ?? await deliver(event);
		if (problem === null) return true;
		notice(`The webhook was not told that the alert of ${event.subject} is ${event.data.state}: ${problem}.`);
		return false;
	}
	return { send };
}
function addressProblem(address) {
	if (!URL.canParse(address)) return "REFIT_WEBHOOK_URL is not an address";
	const { protocol, hostname } = new URL(address);
	const isHere = protocol === "http:" && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
	return protocol === "https:" || isHere ? null : "REFIT_WEBHOOK_URL is not an https: address";
}
function signed(event, body, secret) {
	const seconds = String(Math.floor(Date.parse(event.time) / 1e3));
	const told = {
		"webhook-id": event.id,
		"webhook-timestamp": seconds
	};
	if (secret === "") return told;
	const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
	const signature = (0, node_crypto.createHmac)("sha256", key).update(`${event.id}.${seconds}.${body}`).digest("base64");
	return {
		...told,
		"webhook-signature": `v1,${signature}`
	};
}
// ../refit/src/adapters/terminal/output.ts
function terminalOutput(json, { stderr, stdout, env = {} } = process) {
	const live = stderr.isTTY === true && !json;
	const models = new node_async_hooks.AsyncLocalStorage();
	const stages = new Map();
	const begun = new Map();
	let open = false;
	function clear() {
		if (open) stderr.write("\r\x1B[K");
		open = false;
	}
	function named(sentence, always = false) {
		const current = models.getStore();
		return current !== void 0 && (always || !current.isAlone) ? `${harmless(current.model)}: ${harmless(sentence)}` : harmless(sentence);
	}
	async function about(model, isAlone, work) {
		try {
			return await models.run({
				model,
				isAlone
			}, work);
		} finally {
			stages.delete(model);
			begun.delete(model);
		}
	}
	return {
		out: {
			...widthOf(stdout, env),
			print(line) {
				clear();
				stdout.write(`${harmless(line)}\n`);
			},
			progress(name, done) {
				const model = models.getStore()?.model ?? "";
				const before = stages.get(model);
				const stage = {
					name: named(name, live),
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
				if (before !== void 0 && line === byQuarters(before)) return;
				if ((stage.percent ?? 0) < 25 && isKnown(begun, model, line)) return;
				stderr.write(`${line}\n`);
			},
			notice(sentence) {
				clear();
				stderr.write(`note: ${named(sentence)}\n`);
			}
		},
		naming: {
			about: (model, work) => about(model, false, work),
			alone: (model, work) => about(model, true, work)
		}
	};
}
function widthOf({ isTTY, columns }, { COLUMNS: asked = "" }) {
	if (isTTY === true) return { width: columns };
	return /^[1-9]\d{0,4}$/.test(asked) ? { width: Number(asked) } : {};
}
function isKnown(said, model, line) {
	const lines = said.get(model) ?? new Set();
	said.set(model, lines);
	return lines.size === lines.add(line).size;
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
// ../refit/src/adapters/workers/ref-moves.ts
function refMoves() {
	const all = [];
	return {
		note: (moves) => void all.push(...moves),
		known: () => all
	};
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
// ../refit/src/adapters/workers/foreman.ts
function connectedForeman(channel = process) {
	const send = (message) => void channel.send?.(message);
	const tasks = turnstile();
	let granted = () => {};
	const moves = refMoves();
	const ownTurns = turnsInOrder();
	const gone = () => channel.exit(0);
	channel.on("disconnect", gone);
	const leave = () => {
		channel.off("disconnect", gone);
		if (channel.connected) channel.disconnect();
	};
	channel.on("message", (message) => {
		if (message.kind === "task") tasks.bring(message.task);
		if (message.kind === "turn") {
			moves.note(message.moves);
			granted();
		}
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
			giveUp: (error, bug) => void channel.send?.({
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
		turns: { take: (work) => ownTurns.take(async () => {
			await new Promise((resolve) => {
				granted = resolve;
				send({ kind: "turn" });
			});
			try {
				return await work();
			} finally {
				send({ kind: "turn-over" });
			}
		}) },
		moves: {
			note: (moved) => send({
				kind: "moved",
				moves: moved
			}),
			known: moves.known
		}
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
function startWorker({ command, env, turns, moves }, beside, out) {
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
	let told = 0;
	const settle = (act) => {
		const one = waiting;
		waiting = null;
		if (one !== null) act(one);
	};
	const takeTurn = () => turns.take(() => new Promise((resolve) => {
		endTurn = resolve;
		const news = moves.known().slice(told);
		told += news.length;
		if (!tell(child, {
			kind: "turn",
			moves: news
		})) resolve();
	}));
	child.on("message", (message) => {
		switch (message.kind) {
			case "turn":
				takeTurn();
				return;
			case "turn-over": return endTurn();
			case "moved": return moves.note(message.moves);
			case "answer": return settle((one) => one.resolve(message.answer));
			case "stopped": return settle((one) => one.reject(stopped(message.error, message.bug)));
			default: return waiting?.there(() => say(out, message));
		}
	});
	const ended = (how) => {
		keepRunning();
		endTurn();
		settle((one) => one.reject(new ModelProcessEndedError(one.models, how)));
	};
	child.on("error", (error) => ended(error.message));
	child.on("exit", (exitCode, signal) => ended(signal ?? `exit code ${exitCode}`));
	return {
		run: (task) => new Promise((resolve, reject) => {
			const models = task.models.join(", ");
			waiting = {
				models,
				there: node_async_hooks.AsyncLocalStorage.snapshot(),
				resolve,
				reject
			};
			if (!tell(child, {
				kind: "task",
				task
			})) settle(() => reject(new ModelProcessEndedError(models, "no start")));
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
	try {
		real = node_fs.realpathSync.native(node_path.default.join(root, logical));
	} catch (error) {
		const { code } = error;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		if (code === "ELOOP") throw new SourceOutsideError(logical, "is a symbolic link that leads back to itself");
		throw error;
	}
	const realRoot = real === root || real.startsWith(`${root}${node_path.default.sep}`) ? root : node_fs.realpathSync.native(root);
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
	const asWorker = world.isWorker === true ? connectedForeman() : null;
	const { out, turns, foreman } = asWorker ?? {
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
		...asWorker === null ? {} : { beside: asWorker },
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
	const ofWorkers = {
		env,
		turns,
		moves: refMoves()
	};
	const workers = world.command === void 0 ? noWorkers : processWorkers({
		...ofWorkers,
		command: world.command
	});
	const demo = lazyDemo(world.command?.program, env);
	const several = {
		workers,
		foreman,
		turns,
		naming: terminal.naming,
		demo
	};
	const webhook = publishes ? webhookOf(env, {
		notice,
		...patience && { patience }
	}) : null;
	const told = webhook === null ? {} : { forge: announcing(ports.forge, {
		webhook,
		pages: ports.pages,
		clock
	}) };
	return {
		...ports,
		...told,
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
function lazyDemo(program, env) {
	return {
		async material() {
			const { demoMaterial, packedDemo } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.demo_material_exports);
			return demoMaterial(packedDemo);
		},
		async open(folder) {
			if (program === void 0) throw new Error("Nothing was said of how refit is started.");
			const { openDemoRepository } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.demo_repository_exports);
			return openDemoRepository({
				program,
				env
			}, folder);
		}
	};
}
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
	const { publishes = true, unasked = null, beside } = given;
	const open = forge.open({
		process,
		git,
		files,
		...given,
		publishes
	});
	const written = branchesAdapter(process);
	const { branches, publication } = publishing(process, beside === void 0 ? written : notedBranches(process, written, beside.moves), {
		allowed: publishes,
		unasked
	});
	return {
		git,
		ancestry: ancestryAdapter(process, git),
		changes: treeChanges(process),
		projectGraphs: nxGraphs(given.env),
		branches,
		publication,
		remoteRefs: remoteRefs(process),
		obstacles: gitObstacles(process),
		largeFiles: largeFiles(process),
		forge: open.forge,
		publisher: open.publisher,
		reviews: open.reviews,
		dashboard: open.dashboard,
		forgeSettings: open.settings,
		pages: pagesOf(process, given.env),
		opener: systemOpener(given.env),
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
		predictionLogs: lazyLogs,
		learners: installedLearners({
			env: given.env,
			onLine: given.notice,
			repository: watched(process, given.env, beside),
			folder: here
		}),
		resampling: lazyResampling,
		quiet: noQuietRuns,
		variables: { valueOf: (name) => given.env[name] ?? null }
	};
}
function watched(process, env, beside) {
	const look = async () => {
		const state = await repositoryState(process);
		return state && {
			state,
			moves: [...beside?.moves.known() ?? []]
		};
	};
	const isShared = beside !== void 0;
	return {
		look: isShared ? () => beside.turns.take(look) : look,
		isAlone: inPipeline(env),
		isShared
	};
}
var lazyTables = { async open(request) {
	const { duckdbTables } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.duckdb_exports);
	return duckdbTables.open(request);
} };
var lazyPreparers = { async open(request) {
	const { duckdbPreparers } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.duckdb_exports);
	return duckdbPreparers.open(request);
} };
var lazyLogs = {
	async open(request) {
		const { duckdbPredictionLogs } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.duckdb_exports);
		return duckdbPredictionLogs.open(request);
	},
	async forget(...request) {
		const { duckdbPredictionLogs } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.duckdb_exports);
		return duckdbPredictionLogs.forget(...request);
	}
};
var lazyResampling = { async open() {
	const { threadedReplicates } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.resampling_exports);
	return threadedReplicates();
} };
var lazySurveys = { async open(request) {
	const { duckdbSurveys } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.duckdb_exports);
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
Object.defineProperty(exports, "BacktestTimeError", {
	enumerable: true,
	get: function() {
		return BacktestTimeError;
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
Object.defineProperty(exports, "FilesInTheWayError", {
	enumerable: true,
	get: function() {
		return FilesInTheWayError;
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
Object.defineProperty(exports, "HIGH", {
	enumerable: true,
	get: function() {
		return HIGH;
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
Object.defineProperty(exports, "MIB", {
	enumerable: true,
	get: function() {
		return MIB;
	}
});
Object.defineProperty(exports, "ManifestMissingError", {
	enumerable: true,
	get: function() {
		return ManifestMissingError;
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
Object.defineProperty(exports, "NoCanaryError", {
	enumerable: true,
	get: function() {
		return NoCanaryError;
	}
});
Object.defineProperty(exports, "NoCommitsError", {
	enumerable: true,
	get: function() {
		return NoCommitsError;
	}
});
Object.defineProperty(exports, "NothingToRejectError", {
	enumerable: true,
	get: function() {
		return NothingToRejectError;
	}
});
Object.defineProperty(exports, "NothingToRollBackError", {
	enumerable: true,
	get: function() {
		return NothingToRollBackError;
	}
});
Object.defineProperty(exports, "OnnxRuntimeMissingError", {
	enumerable: true,
	get: function() {
		return OnnxRuntimeMissingError;
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
Object.defineProperty(exports, "ReportMissingError", {
	enumerable: true,
	get: function() {
		return ReportMissingError;
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
Object.defineProperty(exports, "TrainingLimitError", {
	enumerable: true,
	get: function() {
		return TrainingLimitError;
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
Object.defineProperty(exports, "ViewMissingError", {
	enumerable: true,
	get: function() {
		return ViewMissingError;
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
Object.defineProperty(exports, "addLines", {
	enumerable: true,
	get: function() {
		return addLines;
	}
});
Object.defineProperty(exports, "addedRows", {
	enumerable: true,
	get: function() {
		return addedRows;
	}
});
Object.defineProperty(exports, "alertText", {
	enumerable: true,
	get: function() {
		return alertText;
	}
});
Object.defineProperty(exports, "alertVerdict", {
	enumerable: true,
	get: function() {
		return alertVerdict;
	}
});
Object.defineProperty(exports, "announcedIn", {
	enumerable: true,
	get: function() {
		return announcedIn;
	}
});
Object.defineProperty(exports, "answerOf", {
	enumerable: true,
	get: function() {
		return answerOf;
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
Object.defineProperty(exports, "asOwnRows", {
	enumerable: true,
	get: function() {
		return asOwnRows;
	}
});
Object.defineProperty(exports, "asText", {
	enumerable: true,
	get: function() {
		return asText$1;
	}
});
Object.defineProperty(exports, "attemptOf", {
	enumerable: true,
	get: function() {
		return attemptOf$1;
	}
});
Object.defineProperty(exports, "attentionTo", {
	enumerable: true,
	get: function() {
		return attentionTo;
	}
});
Object.defineProperty(exports, "autoDescriptor", {
	enumerable: true,
	get: function() {
		return autoDescriptor;
	}
});
Object.defineProperty(exports, "blobId", {
	enumerable: true,
	get: function() {
		return blobId;
	}
});
Object.defineProperty(exports, "calibrationMethods", {
	enumerable: true,
	get: function() {
		return calibrationMethods;
	}
});
Object.defineProperty(exports, "canaryBranch", {
	enumerable: true,
	get: function() {
		return canaryBranch;
	}
});
Object.defineProperty(exports, "canaryFolder", {
	enumerable: true,
	get: function() {
		return canaryFolder;
	}
});
Object.defineProperty(exports, "canaryMoved", {
	enumerable: true,
	get: function() {
		return canaryMoved;
	}
});
Object.defineProperty(exports, "canaryStatus", {
	enumerable: true,
	get: function() {
		return canaryStatus;
	}
});
Object.defineProperty(exports, "candidatesOf", {
	enumerable: true,
	get: function() {
		return candidatesOf;
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
Object.defineProperty(exports, "chartFiles", {
	enumerable: true,
	get: function() {
		return chartFiles;
	}
});
Object.defineProperty(exports, "checkModelName", {
	enumerable: true,
	get: function() {
		return checkModelName;
	}
});
Object.defineProperty(exports, "checkName", {
	enumerable: true,
	get: function() {
		return checkName;
	}
});
Object.defineProperty(exports, "checkTogether", {
	enumerable: true,
	get: function() {
		return checkTogether;
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
Object.defineProperty(exports, "closeAlert", {
	enumerable: true,
	get: function() {
		return closeAlert;
	}
});
Object.defineProperty(exports, "closeDashboard", {
	enumerable: true,
	get: function() {
		return closeDashboard;
	}
});
Object.defineProperty(exports, "closeObsoleteGroups", {
	enumerable: true,
	get: function() {
		return closeObsoleteGroups;
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
Object.defineProperty(exports, "columns", {
	enumerable: true,
	get: function() {
		return columns;
	}
});
Object.defineProperty(exports, "commandDescriptor", {
	enumerable: true,
	get: function() {
		return commandDescriptor;
	}
});
Object.defineProperty(exports, "commandGroups", {
	enumerable: true,
	get: function() {
		return commandGroups;
	}
});
Object.defineProperty(exports, "commands", {
	enumerable: true,
	get: function() {
		return commands;
	}
});
Object.defineProperty(exports, "commonOptions", {
	enumerable: true,
	get: function() {
		return commonOptions;
	}
});
Object.defineProperty(exports, "conclusionTitles", {
	enumerable: true,
	get: function() {
		return conclusionTitles;
	}
});
Object.defineProperty(exports, "contentFolder", {
	enumerable: true,
	get: function() {
		return contentFolder;
	}
});
Object.defineProperty(exports, "contentName", {
	enumerable: true,
	get: function() {
		return contentName;
	}
});
Object.defineProperty(exports, "contentOf", {
	enumerable: true,
	get: function() {
		return contentOf;
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
Object.defineProperty(exports, "csvRecords", {
	enumerable: true,
	get: function() {
		return csvRecords;
	}
});
Object.defineProperty(exports, "cutMarkdown", {
	enumerable: true,
	get: function() {
		return cutMarkdown;
	}
});
Object.defineProperty(exports, "dashboardMarker", {
	enumerable: true,
	get: function() {
		return dashboardMarker;
	}
});
Object.defineProperty(exports, "dashboardText", {
	enumerable: true,
	get: function() {
		return dashboardText;
	}
});
Object.defineProperty(exports, "data", {
	enumerable: true,
	get: function() {
		return data;
	}
});
Object.defineProperty(exports, "datePart", {
	enumerable: true,
	get: function() {
		return datePart;
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
Object.defineProperty(exports, "declinedRow", {
	enumerable: true,
	get: function() {
		return declinedRow;
	}
});
Object.defineProperty(exports, "decodeText", {
	enumerable: true,
	get: function() {
		return decodeText;
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
Object.defineProperty(exports, "ensureDashboard", {
	enumerable: true,
	get: function() {
		return ensureDashboard;
	}
});
Object.defineProperty(exports, "essentials", {
	enumerable: true,
	get: function() {
		return essentials;
	}
});
Object.defineProperty(exports, "exactly", {
	enumerable: true,
	get: function() {
		return exactly;
	}
});
Object.defineProperty(exports, "examples", {
	enumerable: true,
	get: function() {
		return examples;
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
Object.defineProperty(exports, "failedModel", {
	enumerable: true,
	get: function() {
		return failedModel;
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
Object.defineProperty(exports, "fetched", {
	enumerable: true,
	get: function() {
		return fetched;
	}
});
Object.defineProperty(exports, "fieldTypes", {
	enumerable: true,
	get: function() {
		return fieldTypes;
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
Object.defineProperty(exports, "fillSettings", {
	enumerable: true,
	get: function() {
		return fillSettings;
	}
});
Object.defineProperty(exports, "findDelimiter", {
	enumerable: true,
	get: function() {
		return findDelimiter;
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
		return finite;
	}
});
Object.defineProperty(exports, "firstFew", {
	enumerable: true,
	get: function() {
		return firstFew;
	}
});
Object.defineProperty(exports, "fitReport", {
	enumerable: true,
	get: function() {
		return fitReport;
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
Object.defineProperty(exports, "foreseen", {
	enumerable: true,
	get: function() {
		return foreseen;
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
Object.defineProperty(exports, "gitProcess", {
	enumerable: true,
	get: function() {
		return gitProcess;
	}
});
Object.defineProperty(exports, "git_process_exports", {
	enumerable: true,
	get: function() {
		return git_process_exports;
	}
});
Object.defineProperty(exports, "githubChecks", {
	enumerable: true,
	get: function() {
		return githubChecks;
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
Object.defineProperty(exports, "groupBranch", {
	enumerable: true,
	get: function() {
		return groupBranch;
	}
});
Object.defineProperty(exports, "groupOf", {
	enumerable: true,
	get: function() {
		return groupOf;
	}
});
Object.defineProperty(exports, "groupOfBranch", {
	enumerable: true,
	get: function() {
		return groupOfBranch;
	}
});
Object.defineProperty(exports, "guardSentence", {
	enumerable: true,
	get: function() {
		return guardSentence;
	}
});
Object.defineProperty(exports, "halves", {
	enumerable: true,
	get: function() {
		return halves;
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
Object.defineProperty(exports, "historyOfNamed", {
	enumerable: true,
	get: function() {
		return historyOfNamed;
	}
});
Object.defineProperty(exports, "howToMerge", {
	enumerable: true,
	get: function() {
		return howToMerge;
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
Object.defineProperty(exports, "inPipeline", {
	enumerable: true,
	get: function() {
		return inPipeline;
	}
});
Object.defineProperty(exports, "installedFile", {
	enumerable: true,
	get: function() {
		return installedFile;
	}
});
Object.defineProperty(exports, "instantText", {
	enumerable: true,
	get: function() {
		return instantText;
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
Object.defineProperty(exports, "isInTheWay", {
	enumerable: true,
	get: function() {
		return isInTheWay;
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
		return isLive$1;
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
Object.defineProperty(exports, "isOverdue", {
	enumerable: true,
	get: function() {
		return isOverdue;
	}
});
Object.defineProperty(exports, "isRefresh", {
	enumerable: true,
	get: function() {
		return isRefresh;
	}
});
Object.defineProperty(exports, "isSameAt", {
	enumerable: true,
	get: function() {
		return isSameAt;
	}
});
Object.defineProperty(exports, "isTransient", {
	enumerable: true,
	get: function() {
		return isTransient$1;
	}
});
Object.defineProperty(exports, "joinTexts", {
	enumerable: true,
	get: function() {
		return joinTexts;
	}
});
Object.defineProperty(exports, "jsonBlock", {
	enumerable: true,
	get: function() {
		return jsonBlock;
	}
});
Object.defineProperty(exports, "jsonOrNull", {
	enumerable: true,
	get: function() {
		return jsonOrNull;
	}
});
Object.defineProperty(exports, "judgeClassifier", {
	enumerable: true,
	get: function() {
		return judgeClassifier;
	}
});
Object.defineProperty(exports, "keepDashboard", {
	enumerable: true,
	get: function() {
		return keepDashboard;
	}
});
Object.defineProperty(exports, "keepDigests", {
	enumerable: true,
	get: function() {
		return keepDigests;
	}
});
Object.defineProperty(exports, "keepLines", {
	enumerable: true,
	get: function() {
		return keepLines;
	}
});
Object.defineProperty(exports, "keepListings", {
	enumerable: true,
	get: function() {
		return keepListings;
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
Object.defineProperty(exports, "learnedWords", {
	enumerable: true,
	get: function() {
		return learnedWords;
	}
});
Object.defineProperty(exports, "leastCharacters", {
	enumerable: true,
	get: function() {
		return leastCharacters;
	}
});
Object.defineProperty(exports, "ledgerBranch", {
	enumerable: true,
	get: function() {
		return ledgerBranch;
	}
});
Object.defineProperty(exports, "ledgerFiles", {
	enumerable: true,
	get: function() {
		return ledgerFiles;
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
Object.defineProperty(exports, "lineageParser", {
	enumerable: true,
	get: function() {
		return lineageParser;
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
Object.defineProperty(exports, "lookAtGroup", {
	enumerable: true,
	get: function() {
		return lookAtGroup;
	}
});
Object.defineProperty(exports, "machineFolder", {
	enumerable: true,
	get: function() {
		return machineFolder;
	}
});
Object.defineProperty(exports, "machineMemoryMiB", {
	enumerable: true,
	get: function() {
		return machineMemoryMiB;
	}
});
Object.defineProperty(exports, "madeByRefit", {
	enumerable: true,
	get: function() {
		return madeByRefit;
	}
});
Object.defineProperty(exports, "manifestParser", {
	enumerable: true,
	get: function() {
		return manifestParser;
	}
});
Object.defineProperty(exports, "manifestPath", {
	enumerable: true,
	get: function() {
		return manifestPath;
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
Object.defineProperty(exports, "membersOf", {
	enumerable: true,
	get: function() {
		return membersOf;
	}
});
Object.defineProperty(exports, "metricNames", {
	enumerable: true,
	get: function() {
		return metricNames;
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
Object.defineProperty(exports, "modelStatuses", {
	enumerable: true,
	get: function() {
		return modelStatuses;
	}
});
Object.defineProperty(exports, "moreAbout", {
	enumerable: true,
	get: function() {
		return moreAbout;
	}
});
Object.defineProperty(exports, "mostCharacters", {
	enumerable: true,
	get: function() {
		return mostCharacters$1;
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
		return nameProblem;
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
Object.defineProperty(exports, "nextStep", {
	enumerable: true,
	get: function() {
		return nextStep;
	}
});
Object.defineProperty(exports, "noCanaries", {
	enumerable: true,
	get: function() {
		return noCanaries;
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
Object.defineProperty(exports, "nullIfForeseen", {
	enumerable: true,
	get: function() {
		return nullIfForeseen;
	}
});
Object.defineProperty(exports, "number", {
	enumerable: true,
	get: function() {
		return number;
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
Object.defineProperty(exports, "onGitHub", {
	enumerable: true,
	get: function() {
		return onGitHub;
	}
});
Object.defineProperty(exports, "onnxDescriptor", {
	enumerable: true,
	get: function() {
		return onnxDescriptor;
	}
});
Object.defineProperty(exports, "openBranchOf", {
	enumerable: true,
	get: function() {
		return openBranchOf;
	}
});
Object.defineProperty(exports, "openProposal", {
	enumerable: true,
	get: function() {
		return openProposal;
	}
});
Object.defineProperty(exports, "openSealedJson", {
	enumerable: true,
	get: function() {
		return openSealedJson;
	}
});
Object.defineProperty(exports, "open_hand_over_exports", {
	enumerable: true,
	get: function() {
		return open_hand_over_exports;
	}
});
Object.defineProperty(exports, "openedForRun", {
	enumerable: true,
	get: function() {
		return openedForRun;
	}
});
Object.defineProperty(exports, "optionHelp", {
	enumerable: true,
	get: function() {
		return optionHelp;
	}
});
Object.defineProperty(exports, "optionalSigned", {
	enumerable: true,
	get: function() {
		return optionalSigned;
	}
});
Object.defineProperty(exports, "options", {
	enumerable: true,
	get: function() {
		return options;
	}
});
Object.defineProperty(exports, "orFailed", {
	enumerable: true,
	get: function() {
		return orFailed;
	}
});
Object.defineProperty(exports, "otherWords", {
	enumerable: true,
	get: function() {
		return otherWords;
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
Object.defineProperty(exports, "overviewOf", {
	enumerable: true,
	get: function() {
		return overviewOf;
	}
});
Object.defineProperty(exports, "ownMetricProblem", {
	enumerable: true,
	get: function() {
		return ownMetricProblem;
	}
});
Object.defineProperty(exports, "paragraph", {
	enumerable: true,
	get: function() {
		return paragraph;
	}
});
Object.defineProperty(exports, "parseBySchema", {
	enumerable: true,
	get: function() {
		return parseBySchema;
	}
});
Object.defineProperty(exports, "parsedObject", {
	enumerable: true,
	get: function() {
		return parsedObject;
	}
});
Object.defineProperty(exports, "parsedText", {
	enumerable: true,
	get: function() {
		return parsedText;
	}
});
Object.defineProperty(exports, "pathsUnder", {
	enumerable: true,
	get: function() {
		return pathsUnder;
	}
});
Object.defineProperty(exports, "pickCandidates", {
	enumerable: true,
	get: function() {
		return pickCandidates;
	}
});
Object.defineProperty(exports, "plain", {
	enumerable: true,
	get: function() {
		return plain$1;
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
Object.defineProperty(exports, "portableLog", {
	enumerable: true,
	get: function() {
		return portableLog;
	}
});
Object.defineProperty(exports, "predictionsDescriptor", {
	enumerable: true,
	get: function() {
		return predictionsDescriptor;
	}
});
Object.defineProperty(exports, "prepareAveragePrecision", {
	enumerable: true,
	get: function() {
		return prepareAveragePrecision;
	}
});
Object.defineProperty(exports, "prepareRocAuc", {
	enumerable: true,
	get: function() {
		return prepareRocAuc;
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
Object.defineProperty(exports, "processFacts", {
	enumerable: true,
	get: function() {
		return processFacts;
	}
});
Object.defineProperty(exports, "processText", {
	enumerable: true,
	get: function() {
		return processText;
	}
});
Object.defineProperty(exports, "proposalBranch", {
	enumerable: true,
	get: function() {
		return proposalBranch;
	}
});
Object.defineProperty(exports, "proposalBranchOf", {
	enumerable: true,
	get: function() {
		return proposalBranchOf;
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
Object.defineProperty(exports, "proposeCanary", {
	enumerable: true,
	get: function() {
		return proposeCanary;
	}
});
Object.defineProperty(exports, "proposedFolder", {
	enumerable: true,
	get: function() {
		return proposedFolder;
	}
});
Object.defineProperty(exports, "proposedIn", {
	enumerable: true,
	get: function() {
		return proposedIn;
	}
});
Object.defineProperty(exports, "proposedModels", {
	enumerable: true,
	get: function() {
		return proposedModels;
	}
});
Object.defineProperty(exports, "proposedPaths", {
	enumerable: true,
	get: function() {
		return proposedPaths;
	}
});
Object.defineProperty(exports, "prose", {
	enumerable: true,
	get: function() {
		return prose$1;
	}
});
Object.defineProperty(exports, "pushHelp", {
	enumerable: true,
	get: function() {
		return pushHelp;
	}
});
Object.defineProperty(exports, "pushOptions", {
	enumerable: true,
	get: function() {
		return pushOptions;
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
Object.defineProperty(exports, "read", {
	enumerable: true,
	get: function() {
		return read;
	}
});
Object.defineProperty(exports, "readAhead", {
	enumerable: true,
	get: function() {
		return readAhead;
	}
});
Object.defineProperty(exports, "readCalibration", {
	enumerable: true,
	get: function() {
		return readCalibration;
	}
});
Object.defineProperty(exports, "readCanaries", {
	enumerable: true,
	get: function() {
		return readCanaries;
	}
});
Object.defineProperty(exports, "readClaims", {
	enumerable: true,
	get: function() {
		return readClaims;
	}
});
Object.defineProperty(exports, "readCode", {
	enumerable: true,
	get: function() {
		return readCode;
	}
});
Object.defineProperty(exports, "readHistory", {
	enumerable: true,
	get: function() {
		return readHistory;
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
Object.defineProperty(exports, "readLedgers", {
	enumerable: true,
	get: function() {
		return readLedgers;
	}
});
Object.defineProperty(exports, "readLineage", {
	enumerable: true,
	get: function() {
		return readLineage;
	}
});
Object.defineProperty(exports, "readLineages", {
	enumerable: true,
	get: function() {
		return readLineages;
	}
});
Object.defineProperty(exports, "readManifest", {
	enumerable: true,
	get: function() {
		return readManifest;
	}
});
Object.defineProperty(exports, "readModelHistories", {
	enumerable: true,
	get: function() {
		return readModelHistories;
	}
});
Object.defineProperty(exports, "readModelHistory", {
	enumerable: true,
	get: function() {
		return readModelHistory;
	}
});
Object.defineProperty(exports, "readRolloutFile", {
	enumerable: true,
	get: function() {
		return readRolloutFile;
	}
});
Object.defineProperty(exports, "readSpecs", {
	enumerable: true,
	get: function() {
		return readSpecs;
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
Object.defineProperty(exports, "recallLines", {
	enumerable: true,
	get: function() {
		return recallLines;
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
Object.defineProperty(exports, "renderText", {
	enumerable: true,
	get: function() {
		return renderText;
	}
});
Object.defineProperty(exports, "renewableTables", {
	enumerable: true,
	get: function() {
		return renewableTables;
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
Object.defineProperty(exports, "reportValue", {
	enumerable: true,
	get: function() {
		return reportValue;
	}
});
Object.defineProperty(exports, "repositoryFile", {
	enumerable: true,
	get: function() {
		return repositoryFile;
	}
});
Object.defineProperty(exports, "requireFit", {
	enumerable: true,
	get: function() {
		return requireFit;
	}
});
Object.defineProperty(exports, "rollbackBranch", {
	enumerable: true,
	get: function() {
		return rollbackBranch;
	}
});
Object.defineProperty(exports, "rolloutPath", {
	enumerable: true,
	get: function() {
		return rolloutPath;
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
Object.defineProperty(exports, "runName", {
	enumerable: true,
	get: function() {
		return runName;
	}
});
Object.defineProperty(exports, "runRequestOf", {
	enumerable: true,
	get: function() {
		return runRequestOf;
	}
});
Object.defineProperty(exports, "runsHere", {
	enumerable: true,
	get: function() {
		return runsHere;
	}
});
Object.defineProperty(exports, "runsOwnCode", {
	enumerable: true,
	get: function() {
		return runsOwnCode;
	}
});
Object.defineProperty(exports, "saidOfJudgement", {
	enumerable: true,
	get: function() {
		return saidOfJudgement;
	}
});
Object.defineProperty(exports, "say", {
	enumerable: true,
	get: function() {
		return say$1;
	}
});
Object.defineProperty(exports, "sayingPublished", {
	enumerable: true,
	get: function() {
		return sayingPublished;
	}
});
Object.defineProperty(exports, "says", {
	enumerable: true,
	get: function() {
		return says;
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
Object.defineProperty(exports, "sentenceOf", {
	enumerable: true,
	get: function() {
		return sentenceOf;
	}
});
Object.defineProperty(exports, "serverUrl", {
	enumerable: true,
	get: function() {
		return serverUrl;
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
Object.defineProperty(exports, "shownModels", {
	enumerable: true,
	get: function() {
		return shownModels;
	}
});
Object.defineProperty(exports, "signed", {
	enumerable: true,
	get: function() {
		return signed$1;
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
Object.defineProperty(exports, "specParser", {
	enumerable: true,
	get: function() {
		return specParser;
	}
});
Object.defineProperty(exports, "specPath", {
	enumerable: true,
	get: function() {
		return specPath;
	}
});
Object.defineProperty(exports, "staleData", {
	enumerable: true,
	get: function() {
		return staleData;
	}
});
Object.defineProperty(exports, "statusOf", {
	enumerable: true,
	get: function() {
		return statusOf$1;
	}
});
Object.defineProperty(exports, "stirlingRemainder", {
	enumerable: true,
	get: function() {
		return stirlingRemainder;
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
Object.defineProperty(exports, "summary", {
	enumerable: true,
	get: function() {
		return summary;
	}
});
Object.defineProperty(exports, "systemClock", {
	enumerable: true,
	get: function() {
		return systemClock;
	}
});
Object.defineProperty(exports, "systemRefusal", {
	enumerable: true,
	get: function() {
		return systemRefusal;
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
		return tableOf$1;
	}
});
Object.defineProperty(exports, "takeSnapshot", {
	enumerable: true,
	get: function() {
		return takeSnapshot;
	}
});
Object.defineProperty(exports, "tellAdded", {
	enumerable: true,
	get: function() {
		return tellAdded;
	}
});
Object.defineProperty(exports, "temporaryName", {
	enumerable: true,
	get: function() {
		return temporaryName;
	}
});
Object.defineProperty(exports, "terminalReport", {
	enumerable: true,
	get: function() {
		return terminalReport;
	}
});
Object.defineProperty(exports, "terminalSection", {
	enumerable: true,
	get: function() {
		return terminalSection;
	}
});
Object.defineProperty(exports, "terminalTable", {
	enumerable: true,
	get: function() {
		return terminalTable;
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
Object.defineProperty(exports, "testWords", {
	enumerable: true,
	get: function() {
		return testWords;
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
Object.defineProperty(exports, "tickedIn", {
	enumerable: true,
	get: function() {
		return tickedIn;
	}
});
Object.defineProperty(exports, "tokenOf", {
	enumerable: true,
	get: function() {
		return tokenOf;
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
Object.defineProperty(exports, "unreadyAmong", {
	enumerable: true,
	get: function() {
		return unreadyAmong;
	}
});
Object.defineProperty(exports, "usage", {
	enumerable: true,
	get: function() {
		return usage;
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
Object.defineProperty(exports, "wiring_exports", {
	enumerable: true,
	get: function() {
		return wiring_exports;
	}
});
Object.defineProperty(exports, "withCodeDigests", {
	enumerable: true,
	get: function() {
		return withCodeDigests;
	}
});
Object.defineProperty(exports, "withKeptTables", {
	enumerable: true,
	get: function() {
		return withKeptTables;
	}
});
Object.defineProperty(exports, "withLaterSection", {
	enumerable: true,
	get: function() {
		return withLaterSection;
	}
});
Object.defineProperty(exports, "withSectionsOf", {
	enumerable: true,
	get: function() {
		return withSectionsOf;
	}
});
Object.defineProperty(exports, "withTicks", {
	enumerable: true,
	get: function() {
		return withTicks;
	}
});
Object.defineProperty(exports, "word", {
	enumerable: true,
	get: function() {
		return word$1;
	}
});
Object.defineProperty(exports, "wordOf", {
	enumerable: true,
	get: function() {
		return wordOf$1;
	}
});
Object.defineProperty(exports, "workTreeModels", {
	enumerable: true,
	get: function() {
		return workTreeModels;
	}
});
Object.defineProperty(exports, "workUnits", {
	enumerable: true,
	get: function() {
		return workUnits;
	}
});
Object.defineProperty(exports, "worseSentence", {
	enumerable: true,
	get: function() {
		return worseSentence;
	}
});
Object.defineProperty(exports, "wrapped", {
	enumerable: true,
	get: function() {
		return wrapped;
	}
});
Object.defineProperty(exports, "wrongIn", {
	enumerable: true,
	get: function() {
		return wrongIn;
	}
});
