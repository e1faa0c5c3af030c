const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_octokit = require("./octokit.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
// ../refit/src/adapters/forges/github/marker.ts
var reportMarker = (model) => `<!-- refit:report model=${model} -->`;
var alertMarker = (model) => `<!-- refit:alert model=${model} -->`;
var closedMarker = "<!-- refit:closed -->";
function isMarked(text, marker) {
	return text?.split(/\r?\n/, 1)[0]?.trimEnd() === marker;
}
function reportComment(model, stamp, report) {
	const run = stamp.run === null ? "none" : `${stamp.run.id}.${stamp.run.attempt}`;
	return [
		reportMarker(model),
		`<!-- run=${run} head=${stamp.head} inputs=${stamp.inputs} -->`,
		report.trimEnd(),
		""
	].join("\n");
}
var stampLine = /^<!-- run=(?:none|(\d+)\.(\d+)) head=([0-9a-f]+) inputs=([0-9a-f]*) -->$/;
function readComment(body) {
	const [, line = "", ...report] = body.split(/\r?\n/);
	const found = stampLine.exec(line.trimEnd());
	if (found === null) return null;
	const [, id, attempt, head, inputs] = found;
	return {
		stamp: {
			run: id === void 0 ? null : {
				id: Number(id),
				attempt: Number(attempt)
			},
			head,
			inputs
		},
		report: report.join("\n").trimEnd()
	};
}
var noteMarkers = {
	outdated: "<!-- refit:outdated -->",
	remark: "<!-- refit:remark -->"
};
function withNote(body, kind, sentence) {
	const [marker = "", stamp = "", ...rest] = body.split(/\r?\n/);
	const kinds = Object.keys(noteMarkers);
	const notes = new Map();
	for (;;) {
		const found = kinds.find((each) => noteMarkers[each] === rest[0]);
		if (found === void 0) break;
		const [, quoted = ""] = rest.splice(0, 3);
		notes.set(found, quoted);
	}
	if (sentence === null) notes.delete(kind);
	else notes.set(kind, `> ${sentence}`);
	return [
		marker,
		stamp,
		...kinds.flatMap((each) => {
			const quoted = notes.get(each);
			return quoted === void 0 ? [] : [
				noteMarkers[each],
				quoted,
				""
			];
		}),
		...rest
	].join("\n");
}
function isNewer(a, b) {
	if (a === null || b === null) return false;
	return a.id > b.id || a.id === b.id && a.attempt > b.attempt;
}
// ../refit/src/adapters/forges/github/pulls.ts
var reading$2 = {
	permission: "pull-requests: read",
	what: "list pull requests"
};
var opening = {
	permission: "pull-requests: write",
	what: "open the pull request"
};
var updating = {
	permission: "pull-requests: write",
	what: "update the pull request"
};
async function pullsOf(client, branch, base, state) {
	const { here, rest } = client;
	const head = `${here.owner}:${branch}`;
	const { data } = await client.ask(reading$2, () => rest.pulls.list({
		...here,
		state,
		head,
		base,
		per_page: 30
	}));
	return data.filter((pull) => pull.head.ref === branch && pull.head.label.toLowerCase() === head.toLowerCase()).sort((a, b) => b.number - a.number);
}
async function ensurePull(client, request, body, known) {
	const { branch, baseBranch } = request;
	let askFirst = known;
	let mayBeOurs = false;
	let asDraft = request.draft;
	return client.ensure(opening, async () => {
		if (askFirst) {
			const [found] = await pullsOf(client, branch, baseBranch, "open");
			if (found !== void 0) return {
				pull: found,
				created: mayBeOurs
			};
		}
		askFirst = true;
		try {
			return {
				pull: await create$1(client, request, body, asDraft),
				created: true
			};
		} catch (error) {
			mayBeOurs = require_light.isTransient(error);
			if (require_light.statusOf(error) === 422 && require_light.says(error, /draft/i) && asDraft) {
				asDraft = false;
				return {
					pull: await create$1(client, request, body, asDraft),
					created: true
				};
			}
			if (require_light.statusOf(error) === 422 && require_light.says(error, /already exists/i)) {
				const [found] = await pullsOf(client, branch, baseBranch, "open");
				if (found !== void 0) return {
					pull: found,
					created: false
				};
			}
			throw settingOff(client, request, error);
		}
	});
}
async function create$1({ rest, here }, request, body, draft) {
	const { branch, baseBranch, title } = request;
	const { data } = await rest.pulls.create({
		...here,
		head: branch,
		base: baseBranch,
		title,
		body,
		draft
	});
	return data;
}
function settingOff(client, { branch, baseBranch }, error) {
	if (require_light.statusOf(error) !== 403 || !require_light.says(error, /not permitted to create or approve pull requests/i)) return error;
	const settings = `${homeUrl(client)}/settings/actions`;
	return new require_light.PullRequestsOffError(settings, branch, compareUrl(client, baseBranch, branch), { cause: error });
}
function compareUrl(client, base, branch) {
	return `${homeUrl(client)}/compare/${base}...${branch}?expand=1`;
}
function fileUrl(client, commit, path) {
	return `${homeUrl(client)}/blob/${commit}/${path}`;
}
var homeUrl = ({ settings: { serverUrl, owner, repo } }) => `${serverUrl}/${owner}/${repo}`;
async function updateText(client, pull, title, body) {
	if (pull.title === title && sameText(pull.body, body)) return false;
	await client.ask(updating, () => client.rest.pulls.update({
		...client.here,
		pull_number: pull.number,
		title,
		body
	}));
	return true;
}
async function ensureDraft(client, pull, draft) {
	if ((pull.draft ?? false) === draft) return false;
	const change = draft ? "convertPullRequestToDraft" : "markPullRequestReadyForReview";
	try {
		await client.ensure(updating, () => client.graphql(`mutation ($id: ID!) { ${change}(input: { pullRequestId: $id }) { clientMutationId } }`, { id: pull.node_id }));
		return true;
	} catch (error) {
		client.notice(`#${pull.number} could not be made ${draft ? "a draft" : "ready for review"}: ${error.message}`);
		return false;
	}
}
async function addLabel(client, number) {
	try {
		await client.ensure(updating, () => client.rest.issues.addLabels({
			...client.here,
			issue_number: number,
			labels: ["refit"]
		}));
	} catch (error) {
		if (error instanceof require_light.ForgePermissionError) return;
		client.notice(`#${number} could not be labelled: ${error.message}`);
	}
}
async function closePull(client, pull, sentence) {
	const text = `${closedMarker}\n> **Closed by refit**: ${sentence}\n\n${pull.body ?? ""}`;
	const body = require_light.cutMarkdown(text, require_light.mostCharacters, null);
	await client.ask(updating, () => client.rest.pulls.update({
		...client.here,
		pull_number: pull.number,
		state: "closed",
		body
	}));
}
async function isApproved(client, number) {
	const reviews = await client.ask(reading$2, () => client.paginate(client.rest.pulls.listReviews, {
		...client.here,
		pull_number: number,
		per_page: 100
	}));
	const latest = new Map();
	for (const { user, state, author_association: role } of reviews) {
		const hasSay = [
			"OWNER",
			"MEMBER",
			"COLLABORATOR"
		].includes(role);
		if (user && hasSay && state !== "COMMENTED") latest.set(user.login, state);
	}
	return [...latest.values()].includes("APPROVED");
}
var sameText = (a, b) => (a ?? "").replaceAll("\r\n", "\n").trimEnd() === b.trimEnd();
// ../refit/src/adapters/forges/github/alerts.ts
var label$1 = "refit-alert";
var request$3 = {
	permission: "issues: write",
	what: "open an issue for the alert"
};
function alerts(client, isOurs) {
	const { here, rest } = client;
	let listing = null;
	const listOpen = () => client.paginate(rest.issues.listForRepo, {
		...here,
		state: "open",
		labels: label$1,
		per_page: 100
	});
	async function openIssues(model) {
		listing ??= listOpen();
		const marked = (await listing).filter((issue) => issue.pull_request === void 0 && isMarked(issue.body, alertMarker(model)));
		const ours = await Promise.all(marked.map((issue) => isOurs(issue.user)));
		return marked.filter((_, i) => ours[i]).sort((a, b) => a.number - b.number);
	}
	async function update(number, change) {
		listing = null;
		await rest.issues.update({
			...here,
			issue_number: number,
			...change
		});
	}
	async function settle(model, alert) {
		const [first, ...copies] = await openIssues(model);
		for (const copy of copies) await update(copy.number, { state: "closed" });
		if (alert === null) {
			if (first !== void 0) await update(first.number, { state: "closed" });
			return null;
		}
		const body = require_light.alertText(first === void 0 ? null : first.body ?? "", alert, issueText);
		if (body === null) return null;
		const title = "title" in alert ? alert.title : first.title;
		if (first === void 0) {
			listing = null;
			const { data } = await rest.issues.create({
				...here,
				title,
				body,
				labels: [label$1]
			});
			return data.html_url;
		}
		if (first.title !== title || first.body !== body) await update(first.number, {
			title,
			body
		});
		return first.html_url;
	}
	async function allowed(work, isNew) {
		try {
			return await client.ensure(request$3, () => work().catch((error) => {
				listing = null;
				throw error;
			}));
		} catch (error) {
			const disabled = require_light.statusOf(error.cause ?? {}) === 410;
			if (!disabled && !(error instanceof require_light.ForgePermissionError)) throw error;
			if (isNew) client.notice(noIssue(disabled, error));
			return null;
		}
	}
	async function find(model) {
		const [first] = await openIssues(model);
		return first === void 0 ? null : {
			url: first.html_url,
			announced: require_light.announcedIn(first.body ?? "")
		};
	}
	return {
		alert: (model) => allowed(() => find(model), false),
		ensureAlert: (model, alert) => allowed(() => settle(model, alert), alert !== null && "title" in alert)
	};
}
function issueText({ model, body }) {
	return require_light.cutMarkdown(`${alertMarker(model)}\n${body.trimEnd()}`, require_light.mostCharacters, null);
}
function noIssue(disabled, error) {
	return disabled ? "The repository has no issues, so the alert is only shown here and in the summary." : `The alert is only shown here and in the summary: ${error.message}`;
}
// ../refit/src/adapters/forges/github/required-checks.ts
var reading$1 = {
	permission: "contents: read",
	what: "read which checks are required"
};
async function readRequiredChecks({ rest, here, paginate }, branch) {
	const { data } = await rest.repos.getBranch({
		...here,
		branch
	});
	if (!data.protected) return [];
	const byRules = (await paginate(rest.repos.getBranchRules, {
		...here,
		branch,
		per_page: 100
	})).flatMap((rule) => rule.type === "required_status_checks" ? rule.parameters?.required_status_checks ?? [] : []);
	const { enforcement_level: level, contexts } = data.protection?.required_status_checks ?? {};
	return [...byRules.map(({ context }) => context), ...level === "off" ? [] : contexts ?? []];
}
function requiredModels(client) {
	const asked = new Map();
	return async (branch) => {
		const known = asked.get(branch);
		if (known !== void 0) return known;
		const models = await client.ask(reading$1, () => readRequiredChecks(client, branch)).then((names) => [...new Set(names.flatMap(modelOfCheck))], (error) => {
			if (!(error instanceof require_light.ForgePermissionError)) throw error;
			client.notice(`Required checks of other models are not answered: ${error.message}`);
			return [];
		});
		asked.set(branch, models);
		return models;
	};
}
function modelOfCheck(name) {
	const [, model] = /^refit \/ (.+)$/s.exec(name) ?? [];
	return model !== void 0 && require_light.nameProblem(model) === null && require_light.checkName(model) === name ? [model] : [];
}
async function answerForOthers(checks, { models, head }, required) {
	let isChanged = false;
	for (const other of required) {
		if (models.includes(other)) continue;
		const isWritten = await checks.ensure({
			model: other,
			head,
			inputDigest: null,
			conclusion: "success",
			title: "Nothing to judge here: the champion is not changed",
			summary: `**${require_light.cell(other)}**: Nothing to judge here. This proposal changes ${models.map(require_light.cell).join(", ")} only.`
		});
		isChanged ||= isWritten;
	}
	return isChanged;
}
// ../refit/src/adapters/forges/github/auto-merge.ts
var request$2 = {
	permission: "contents: write",
	what: "turn on auto-merge"
};
async function ensureAutoMerge(client, isOurs, pull, { models, autoMerge: wanted }) {
	const armed = pull.auto_merge ?? null;
	if (!wanted && armed === null) return;
	try {
		await client.ensure(request$2, async () => {
			if (!wanted) {
				if (await isOurs(armed.enabled_by)) await change(client, pull, "disablePullRequestAutoMerge", "");
				return;
			}
			if (armed !== null) return;
			const required = await readRequiredChecks(client, pull.base.ref);
			const own = models.map(({ model }) => require_light.checkName(model));
			if (required.includes(require_light.checkName(null)) || own.every((name) => required.includes(name))) await change(client, pull, "enablePullRequestAutoMerge", `, mergeMethod: ${await mergeMethod(client)}`);
			else client.notice(`\`merge: auto\` is left to a person: ${pull.base.ref} requires neither the check "${require_light.checkName(null)}" nor ${own.map((name) => `"${name}"`).join(" and ")}, so GitHub would not wait for refit.`);
		});
	} catch (error) {
		client.notice(`Auto-merge of #${pull.number} could not be changed: ${error.message}`);
	}
}
async function change(client, pull, mutation, more) {
	await client.graphql(`mutation ($id: ID!) { ${mutation}(input: { pullRequestId: $id${more} }) { clientMutationId } }`, { id: pull.node_id });
}
async function mergeMethod({ rest, here }) {
	const { data } = await rest.repos.get(here);
	if (data.allow_squash_merge !== false) return "SQUASH";
	return data.allow_merge_commit !== false ? "MERGE" : "REBASE";
}
// ../refit/src/adapters/forges/github/answers.ts
var pull = {
	number: "whole",
	state: "text",
	title: "text",
	"body?": "text",
	"draft?": "flag",
	node_id: "text",
	html_url: "address",
	"merged_at?": "time",
	"closed_at?": "time",
	updated_at: "time",
	"user?.login": "text",
	"head.ref": "text",
	"head.sha": "commit",
	"head.label": "text",
	"base.ref": "text",
	"auto_merge?.enabled_by?.login": "text"
};
var check = {
	id: "whole",
	name: "text",
	"external_id?": "text",
	"conclusion?": "text",
	"output.title?": "text",
	"output.summary?": "text"
};
var release = {
	id: "whole",
	tag_name: "text",
	draft: "flag",
	html_url: "address",
	upload_url: "address",
	assets: [{ name: "text" }]
};
var viewer = {
	"data?.viewer?.login": "text",
	"errors?": [{ message: "text" }]
};
var answers = [
	{
		asked: /^GET \/pulls$/,
		list: {},
		fields: pull
	},
	{
		asked: /^POST \/pulls$/,
		list: null,
		fields: pull
	},
	{
		asked: /^GET \/pulls\/\d+\/reviews$/,
		list: {},
		fields: {
			"user?.login": "text",
			state: "text",
			author_association: "text",
			"commit_id?": "commit"
		}
	},
	{
		asked: /^GET \/commits\/[^/]+\/pulls$/,
		list: {},
		fields: {
			...pull,
			"merge_commit_sha?": "commit"
		}
	},
	{
		asked: /^GET \/pulls\/\d+\/commits$/,
		list: {},
		fields: {
			"author?.login?": "text",
			"committer?.login?": "text"
		}
	},
	{
		asked: /^GET \/issues\/\d+\/comments$/,
		list: {},
		fields: {
			id: "whole",
			"body?": "text",
			"user?.login": "text"
		}
	},
	{
		asked: /^GET \/issues\/\d+\/events$/,
		list: {},
		fields: {
			event: "text",
			"requested_reviewer?.login": "text",
			"requested_team?.slug": "text"
		}
	},
	{
		asked: /^GET \/issues$/,
		list: {},
		fields: {
			number: "whole",
			state: "text",
			title: "text",
			"body?": "text",
			html_url: "address",
			"user?.login": "text"
		}
	},
	{
		asked: /^GET \/issues\/\d+$/,
		list: null,
		fields: {
			"body?": "text",
			"user?.login": "text"
		}
	},
	{
		asked: /^GET \/collaborators\/[^/]+\/permission$/,
		list: null,
		fields: { permission: "text" }
	},
	{
		asked: /^POST \/issues$/,
		list: null,
		fields: { html_url: "address" }
	},
	{
		asked: /^GET \/commits\/[^/]+\/check-runs$/,
		list: { in: "check_runs" },
		fields: check
	},
	{
		asked: /^GET \/commits\/[^/]+\/statuses$/,
		list: {},
		fields: {
			context: "text",
			state: "text",
			"description?": "text"
		}
	},
	{
		asked: /^GET \/rules\/branches\/[^/]+$/,
		list: {},
		fields: {
			type: "text",
			"parameters?.required_status_checks?": [{ context: "text" }]
		}
	},
	{
		asked: /^GET \/branches\/[^/]+$/,
		list: null,
		fields: {
			protected: "flag",
			"protection?.required_status_checks?.enforcement_level?": "text",
			"protection?.required_status_checks?.contexts?": "texts"
		}
	},
	{
		asked: /^GET \/releases$/,
		list: {},
		fields: release
	},
	{
		asked: /^(POST \/releases|PATCH \/releases\/[^/]+)$/,
		list: null,
		fields: release
	},
	{
		asked: /^GET \/deployments$/,
		list: {},
		fields: { id: "whole" }
	},
	{
		asked: /^GET \/deployments\/[^/]+\/statuses$/,
		list: {},
		fields: { state: "text" }
	},
	{
		asked: /^POST \/deployments$/,
		list: null,
		fields: {
			"id?": "whole",
			"message?": "text"
		}
	},
	{
		asked: /^GET $/,
		list: null,
		fields: {
			"allow_auto_merge?": "flag",
			"allow_squash_merge?": "flag",
			"allow_merge_commit?": "flag"
		}
	},
	{
		asked: /^GET \/actions\/workflows$/,
		list: { in: "workflows" },
		fields: {
			path: "text",
			state: "text"
		}
	},
	{
		asked: /^GET \/actions\/permissions\/workflow$/,
		list: null,
		fields: { can_approve_pull_request_reviews: "flag" }
	},
	{
		asked: /^GET \/branches\/[^/]+\/protection$/,
		list: null,
		fields: {
			"required_pull_request_reviews?.require_code_owner_reviews?": "flag",
			"required_pull_request_reviews?.dismiss_stale_reviews?": "flag",
			"allow_force_pushes?.enabled": "flag"
		}
	}
];
function answerProblem(method, pathname, data) {
	if (method === "POST" && pathname.endsWith("/graphql")) return problemOf(data, viewer, "");
	const below = /\/(?:repos\/[^/]+|repositories)\/[^/]+(.*)$/.exec(pathname)?.[1];
	const answer = answers.find(({ asked }) => below !== void 0 && asked.test(`${method} ${below}`));
	if (answer === void 0) return null;
	const { list, fields } = answer;
	if (list === null) return problemOf(data, fields, "");
	if (list.in !== void 0 && !isListed(data, list.in)) return `a total and the list ${list.in}, in this order`;
	const entries = list.in === void 0 ? data : data[list.in];
	if (!Array.isArray(entries)) return list.in === void 0 ? "a list" : `a list in ${list.in}`;
	for (const [i, entry] of entries.entries()) {
		const problem = problemOf(entry, fields, `[${i}]`);
		if (problem !== null) return problem;
	}
	return null;
}
function isListed(data, name) {
	if (!isObject(data) || !kinds.whole(data["total_count"])) return false;
	if ("url" in data || "total_commits" in data) return false;
	return Object.keys(data).find((key) => !counts.has(key)) === name;
}
var counts = new Set([
	"total_count",
	"incomplete_results",
	"repository_selection"
]);
function problemOf(data, fields, at) {
	for (const [place, kind] of Object.entries(fields)) {
		if (fits(data, place.split("."), kind)) continue;
		return `${typeof kind === "string" ? words$1[kind] : "a whole list"} at ${at}.${place.replaceAll("?", "")}`;
	}
	return null;
}
function fits(data, steps, kind) {
	const [step, ...rest] = steps;
	if (step === void 0) {
		if (typeof kind === "string") return kinds[kind](data);
		return Array.isArray(data) && data.every((entry) => problemOf(entry, kind[0], "") === null);
	}
	const isOptional = step.endsWith("?");
	const name = isOptional ? step.slice(0, -1) : step;
	const value = isObject(data) && Object.hasOwn(data, name) ? data[name] : void 0;
	if (isOptional && isObject(data) && (value ?? null) === null) return true;
	return fits(value, rest, kind);
}
var kinds = {
	text: (value) => typeof value === "string",
	texts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
	whole: (value) => Number.isSafeInteger(value) && value >= 0,
	flag: (value) => typeof value === "boolean",
	time: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
	commit: (value) => typeof value === "string" && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value),
	address: (value) => typeof value === "string" && /^https?:\/\/\S+$/.test(value) && URL.canParse(withoutTemplate(value))
};
var words$1 = {
	text: "a text",
	texts: "a list of texts",
	whole: "a whole number",
	flag: "true or false",
	time: "a time",
	commit: "a commit",
	address: "an address"
};
function withoutTemplate(address) {
	return address.replace(/\{.*\}$/, "");
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// ../refit/src/adapters/forges/github/client.ts
var mostTries = 4;
var longestWaitSeconds = 120;
var Throttled = require_octokit.Octokit.plugin(require_octokit.retry, require_octokit.throttling);
function githubClient(settings, notice, { secondMs, timeoutMs, paced } = {
	secondMs: 1e3,
	timeoutMs: 3e4,
	paced: true
}) {
	const worthWaiting = (seconds, _options, _octokit, tries) => seconds <= longestWaitSeconds && tries < 3;
	const queues = paced ? {} : {
		write: atOnce,
		notifications: atOnce
	};
	const octokit = new Throttled({
		auth: settings.token,
		baseUrl: settings.apiUrl,
		userAgent: `refit/${require_light.version}`,
		log: {
			debug() {},
			info() {},
			warn() {},
			error() {}
		},
		request: { fetch: wholeAnswers(timeoutMs) },
		retry: {
			retries: 3,
			retryAfterBaseValue: secondMs
		},
		throttle: {
			retryAfterBaseValue: secondMs,
			onRateLimit: worthWaiting,
			onSecondaryRateLimit: worthWaiting,
			...queues
		}
	});
	octokit.hook.before("request", (options) => {
		options.headers["x-github-api-version"] = "2022-11-28";
		if (options.method === "POST") options.request = {
			...options.request,
			retries: 0
		};
	});
	async function ask(request, run) {
		try {
			return await run();
		} catch (error) {
			throw require_light.foreseen(error, request);
		}
	}
	async function repeat(step) {
		for (let tries = 1;; tries++) try {
			return await step();
		} catch (error) {
			if (tries === mostTries || !require_light.isTransient(error)) throw error;
			await new Promise((resolve) => setTimeout(resolve, tries * tries * secondMs));
		}
	}
	return {
		settings,
		rest: octokit.rest,
		paginate: octokit.paginate,
		graphql: octokit.graphql,
		here: {
			owner: settings.owner,
			repo: settings.repo
		},
		notice,
		ask,
		ensure: (request, step) => ask(request, () => repeat(step))
	};
}
var atOnce = { key: () => ({ schedule: async (_options, run) => run() }) };
function wholeAnswers(timeoutMs) {
	return async (asked, init) => {
		const answer = await fetch(asked, {
			...init,
			signal: AbortSignal.timeout(timeoutMs)
		});
		const hasBody = ![
			204,
			205,
			304
		].includes(answer.status);
		const { ok, status, statusText, headers, url } = answer;
		const bytes = hasBody ? await answer.arrayBuffer() : null;
		if (ok && bytes !== null) {
			const { method = "GET" } = init;
			const { pathname } = new URL(asked);
			const data = jsonOf(headers, bytes);
			const problem = data === null ? "an object or a list" : answerProblem(method, pathname, data);
			if (problem !== null) throw new Error(`${method} ${pathname}: expected ${problem}`);
		}
		const whole = new Response(bytes, {
			status,
			statusText,
			headers
		});
		return Object.defineProperty(whole, "url", { value: url });
	};
}
function jsonOf(headers, bytes) {
	if (!/^application\/json\s*(;|$)/i.test(headers.get("content-type") ?? "")) return null;
	try {
		const data = JSON.parse(new TextDecoder().decode(bytes));
		return typeof data === "object" ? data : null;
	} catch {
		return null;
	}
}
// ../refit/src/adapters/forges/github/issue-dashboard.ts
var label = "refit-dashboard";
var title = "refit: all models";
var turnedOff = `${require_light.dashboardMarker}

The dashboard is turned off: \`refit.yaml\` has no \`dashboard: issue\`. With that line it is opened again.`;
function issueDashboard(client, isOurs, edit) {
	return {
		ensure: (_repository, text) => text === null ? allowed({
			...client,
			notice() {}
		}, "close the dashboard", () => close(client, isOurs)) : allowed(client, "show the dashboard", () => show(client, isOurs, text)),
		take: async () => edit && take(client, isOurs, edit)
	};
}
async function dashboards({ here, rest, paginate }, isOurs) {
	const marked = (await paginate(rest.issues.listForRepo, {
		...here,
		state: "all",
		labels: label,
		per_page: 100
	})).filter((issue) => issue.pull_request === void 0 && isMarked(issue.body, "<!-- refit:dashboard -->"));
	const ours = await Promise.all(marked.map((issue) => isOurs(issue.user)));
	return marked.filter((_, i) => ours[i]).toSorted((a, b) => a.number - b.number);
}
async function show(client, isOurs, text) {
	const { here, rest } = client;
	const [first, ...copies] = await dashboards(client, isOurs);
	await closeAll(client, copies);
	if (first === void 0) {
		const { data } = await rest.issues.create({
			...here,
			title,
			body: text,
			labels: [label]
		});
		const [oldest = data, ...younger] = await dashboards(client, isOurs);
		await closeAll(client, younger);
		return {
			url: oldest.html_url,
			operation: "created"
		};
	}
	const before = plainLines(first.body);
	const body = require_light.withTicks(text, require_light.tickedIn(before));
	if (before === body && first.state === "open") return {
		url: first.html_url,
		operation: "unchanged"
	};
	await rest.issues.update({
		...here,
		issue_number: first.number,
		body,
		state: "open"
	});
	return {
		url: first.html_url,
		operation: "updated"
	};
}
async function close(client, isOurs) {
	const [first, ...copies] = await dashboards(client, isOurs);
	await closeAll(client, copies);
	if (first === void 0 || first.state === "closed") return null;
	await client.rest.issues.update({
		...client.here,
		issue_number: first.number,
		body: turnedOff,
		state: "closed"
	});
	return {
		url: first.html_url,
		operation: "closed"
	};
}
async function closeAll({ here, rest }, issues) {
	for (const { number, state } of issues) if (state === "open") await rest.issues.update({
		...here,
		issue_number: number,
		state: "closed"
	});
}
var plainLines = (body) => (body ?? "").replaceAll("\r\n", "\n");
async function take(client, isOurs, edit) {
	const { rest, here } = client;
	const { login, isBot } = edit.sender;
	if (isBot) return refused("The dashboard was edited by a bot, so no run was started.");
	const { data: issue } = await client.ensure({
		permission: "issues: read",
		what: "read the dashboard"
	}, () => rest.issues.get({
		...here,
		issue_number: edit.issue
	}));
	if (!isMarked(issue.body, "<!-- refit:dashboard -->") || !await isOurs(issue.user)) return refused(`Issue #${edit.issue} is not refit's dashboard.`);
	if (!isTickAlone(edit) && await isOurs({ login })) return refused("The dashboard was brought up to date, and no box was ticked, so no run was started.");
	const standing = require_light.tickedIn(issue.body ?? "");
	const ticked = union(newlyTicked(edit), standing);
	if (ticked.models.length === 0 && !ticked.due) return refused("No box of the dashboard was ticked.");
	if (!await mayWrite$1(client, login)) {
		await clear(client, edit.issue);
		return refused(`${require_light.visibleText(login, 100)} may not write to this repository, so no run was started.`);
	}
	await clear(client, edit.issue);
	return {
		asked: true,
		...ticked,
		by: login
	};
}
var refused = (because) => ({
	asked: false,
	because
});
function newlyTicked({ before, after }) {
	const [old, now] = [require_light.tickedIn(before), require_light.tickedIn(after)];
	return {
		models: now.models.filter((model) => !old.models.includes(model)),
		due: now.due && !old.due
	};
}
function isTickAlone(edit) {
	const { models, due } = newlyTicked(edit);
	const plain = (text) => require_light.withTicks(text, {
		models: [],
		due: false
	});
	return (models.length > 0 || due) && plain(edit.before) === plain(edit.after);
}
function union(a, b) {
	return {
		models: [...new Set([...a.models, ...b.models])],
		due: a.due || b.due
	};
}
async function clear(client, number) {
	const { rest, here } = client;
	await allowed(client, "clear the boxes of the dashboard", async () => {
		const { data: issue } = await rest.issues.get({
			...here,
			issue_number: number
		});
		const before = plainLines(issue.body);
		const body = require_light.withTicks(before, {
			models: [],
			due: false
		});
		if (body !== before) await rest.issues.update({
			...here,
			issue_number: number,
			body
		});
	});
}
async function mayWrite$1({ rest, here, ensure }, login) {
	const answer = await ensure({
		permission: "metadata: read",
		what: "ask what somebody may do here"
	}, async () => {
		try {
			return (await rest.repos.getCollaboratorPermissionLevel({
				...here,
				username: login
			})).data.permission;
		} catch (error) {
			if (require_light.statusOf(error) === 404) return "none";
			throw error;
		}
	});
	return answer === "write" || answer === "admin";
}
async function allowed(client, what, work) {
	try {
		return await client.ensure({
			permission: "issues: write",
			what
		}, work);
	} catch (error) {
		const isOff = require_light.statusOf(error.cause ?? {}) === 410;
		if (!isOff && !(error instanceof require_light.ForgePermissionError)) throw error;
		client.notice(isOff ? "There is no dashboard, since issues are turned off in this repository. To have one, turn on Settings → General → Features → Issues; else remove `dashboard: issue` from refit.yaml." : `The dashboard was not changed: ${error.message} ${error.hint}`);
		return null;
	}
}
// ../refit/src/adapters/forges/github/comment.ts
var request$1 = {
	permission: "pull-requests: write",
	what: "comment on the pull request"
};
async function ensureComment(client, isOurs, number, comment) {
	const { here, rest } = client;
	const body = reportComment(comment.model, comment.stamp, comment.report);
	try {
		return await client.ensure(request$1, async () => {
			let own = await ownComments(client, isOurs, number, comment.model);
			const isNew = own.length === 0;
			if (isNew) {
				await rest.issues.createComment({
					...here,
					issue_number: number,
					body
				});
				own = await ownComments(client, isOurs, number, comment.model);
			}
			const [first, ...copies] = own;
			for (const copy of copies) await remove(client, copy.id);
			const whole = require_light.withSectionsOf(body, first?.body ?? "", comment.stamp.head);
			if (first === void 0 || isSettled(first.body ?? "", comment, whole)) return isNew || copies.length > 0;
			await rest.issues.updateComment({
				...here,
				comment_id: first.id,
				body: whole
			});
			return true;
		});
	} catch (error) {
		sayLocked(client, number, error);
		return false;
	}
}
async function ensureRemark(client, isOurs, pull, { model, sentence }) {
	const { here, rest } = client;
	try {
		await client.ensure(request$1, async () => {
			const [first] = await ownComments(client, isOurs, pull.number, model);
			const before = first?.body ?? "";
			const judged = readComment(before)?.stamp.head;
			if (first === void 0 || judged === void 0) return;
			const told = withNote(before, "outdated", judged === pull.head.sha ? null : require_light.outdatedSentence(judged, pull.head.sha));
			const body = sentence === null ? told : withNote(told, "remark", sentence);
			if (body !== before) await rest.issues.updateComment({
				...here,
				comment_id: first.id,
				body
			});
		});
	} catch (error) {
		sayLocked(client, pull.number, error);
	}
}
async function ensureSection(client, isOurs, baseBranch, later) {
	const { here, rest } = client;
	const [pull] = await pullsOf(client, later.branch, baseBranch, "open");
	if (pull === void 0) return "none";
	const { number } = pull;
	try {
		return await client.ensure(request$1, async () => {
			const [first] = await ownComments(client, isOurs, number, later.model);
			if (first === void 0 || readComment(first.body ?? "")?.stamp.head !== later.head) return "none";
			const { page, operation } = require_light.withLaterSection(first.body ?? "", later, (section) => require_light.markdownSection(section));
			if (operation !== "unchanged") await rest.issues.updateComment({
				...here,
				comment_id: first.id,
				body: page
			});
			return operation;
		});
	} catch (error) {
		sayLocked(client, number, error);
		return "none";
	}
}
function sayLocked(client, number, error) {
	if (!(require_light.statusOf(error.cause ?? {}) === 403)) throw error;
	client.notice(`The report could not be written to #${number}: ${error.message}`);
}
async function removeOthers(client, isOurs, number, models) {
	await client.ensure(request$1, async () => {
		const others = (await commentsOf(client, number)).filter(({ body }) => readComment(body ?? "") !== null).filter(({ body }) => !models.some((model) => isMarked(body, reportMarker(model))));
		for (const other of others) if (await isOurs(other.user)) await remove(client, other.id);
	});
}
async function remove({ rest, here }, id) {
	try {
		await rest.issues.deleteComment({
			...here,
			comment_id: id
		});
	} catch (error) {
		if (require_light.statusOf(error) !== 404) throw error;
	}
}
function commentsOf({ paginate, rest, here }, number) {
	return paginate(rest.issues.listComments, {
		...here,
		issue_number: number,
		per_page: 100
	});
}
async function ownComments(client, isOurs, number, model) {
	const marked = (await commentsOf(client, number)).filter((comment) => isMarked(comment.body, reportMarker(model)));
	const ours = await Promise.all(marked.map((comment) => isOurs(comment.user)));
	return marked.filter((_, i) => ours[i]).sort((a, b) => a.id - b.id);
}
function isSettled(body, { stamp }, whole) {
	const before = readComment(body);
	if (before === null) return false;
	if (isNewer(before.stamp.run, stamp.run)) return true;
	const { head, inputs } = before.stamp;
	return head === stamp.head && inputs === stamp.inputs && before.report === readComment(whole).report;
}
// ../refit/src/adapters/forges/github/own-author.ts
function ownAuthor(client) {
	let own = null;
	const ownLogin = () => client.ensure({
		permission: "metadata: read",
		what: "say whose token this is"
	}, async () => {
		try {
			const said = await client.graphql("query { viewer { login } }");
			if (!said?.viewer) throw new require_light.ForgeUnavailableError("it does not say whose token this is.");
			return withoutBot(said.viewer.login);
		} catch (error) {
			if (require_light.isTransient(error) || client.settings.run === null) throw error;
			client.notice(`GitHub does not say whose token this is; refit assumes ${workflowBot}.`);
			return withoutBot(workflowBot);
		}
	});
	return async (author) => {
		if (!author) return false;
		own ??= ownLogin();
		return withoutBot(author.login) === await own;
	};
}
var workflowBot = "github-actions[bot]";
var withoutBot = (login) => login.replace(/\[bot\]$/, "").toLowerCase();
// ../refit/src/adapters/forges/github/proposals.ts
async function readProposal(client, { git, process, required, checks, settled }, repository, branch) {
	const { remote, baseBranch } = repository;
	const pushed = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
	const unpublished = await require_light.unpublishedHead({
		process,
		git
	}, repository, branch);
	const known = await settled.take(branch, baseBranch);
	if (known !== null && unpublished === null && (pushed === null || pushed === known.head)) return {
		state: null,
		pull: null
	};
	const [newest] = await pullsOf(client, branch, baseBranch, "all");
	if (newest?.state === "open") return {
		state: await openState(newest),
		pull: newest
	};
	if (unpublished !== null && !await isSameVersion({
		process,
		git
	}, repository, branch, {
		here: unpublished,
		closed: newest?.head.sha
	})) return {
		state: await unopened(unpublished),
		pull: null
	};
	if (pushed !== null && pushed !== newest?.head.sha) return {
		state: await unopened(pushed),
		pull: null
	};
	return {
		state: newest !== void 0 && newest.merged_at === null && !isMarked(newest.body, "<!-- refit:closed -->") ? await declinedState(newest) : null,
		pull: null
	};
	async function openState(pull) {
		const head = pull.head.sha;
		await bringHere(pull);
		const [ours, approved, checked] = await Promise.all([
			require_light.madeByRefit(process, repository, head),
			isApproved(client, pull.number),
			Promise.all([require_light.proposedModels(process, repository, branch, head), required(baseBranch)]).then(([own, others]) => checks.areOn(head, [
				null,
				...own,
				...others
			]))
		]);
		const held = {
			heldByPerson: !ours || approved,
			url: pull.html_url,
			declinedAt: null
		};
		if (unpublished !== null && !held.heldByPerson) return {
			...held,
			branch,
			head: unpublished,
			complete: false
		};
		return {
			...held,
			branch,
			head,
			complete: checked
		};
	}
	async function unopened(head) {
		if (await require_light.isLive({
			process,
			git
		}, repository, branch, head)) return null;
		if (await require_light.isMerged({
			process,
			git
		}, repository, branch, head)) return null;
		return {
			branch,
			head,
			heldByPerson: !await require_light.madeByRefit(process, repository, head),
			complete: false,
			url: compareUrl(client, baseBranch, branch),
			declinedAt: null
		};
	}
	async function declinedState(pull) {
		await bringHere(pull);
		const at = Date.parse(pull.closed_at ?? pull.updated_at);
		return {
			branch,
			head: pull.head.sha,
			url: pull.html_url,
			heldByPerson: false,
			complete: true,
			declinedAt: at
		};
	}
	async function bringHere({ number, head }) {
		if (remote === null || await git.resolve(`${head.sha}^{tree}`) !== null) return;
		const args = [
			"fetch",
			"--quiet",
			"--no-write-fetch-head",
			"--no-tags",
			remote,
			`refs/pull/${number}/head`
		];
		const { exitCode, stderr } = await require_light.porcelain(process, repository.root, remote, args);
		if (exitCode !== 0) throw new require_light.RemoteUnreachableError(remote, stderr);
	}
}
async function isSameVersion({ process, git }, repository, branch, { here, closed }) {
	if (closed === void 0) return false;
	if (here === closed) return true;
	const paths = await require_light.proposedPaths({
		process,
		git
	}, repository, branch, here);
	return require_light.isSameAt(git, {
		branch,
		paths
	}, here, closed);
}
// ../refit/src/adapters/forges/github/publish.ts
var releasing = {
	permission: "contents: write",
	what: "publish the release"
};
var deploying = {
	permission: "deployments: write",
	what: "record the deployment"
};
function publisher(client) {
	const orNotice = async (what, run) => {
		try {
			return await run();
		} catch (error) {
			if (!(error instanceof require_light.ForgePermissionError || error instanceof require_light.ForgeRefusedError)) throw error;
			client.notice(`${what}: ${error.message}`);
			return null;
		}
	};
	return {
		ensureRelease: (version) => orNotice(`No release for ${version.tag}`, () => ensureRelease(client, version)),
		async ensureDeployment(version) {
			await orNotice(`No deployment record for ${version.tag}`, () => ensureDeployment(client, version));
		}
	};
}
async function ensureRelease(client, version) {
	const { here, rest } = client;
	const { tag } = version;
	return client.ensure(releasing, async () => {
		const before = (await client.paginate(rest.repos.listReleases, {
			...here,
			per_page: 100
		})).find((release) => release.tag_name === tag);
		if (before !== void 0 && !before.draft) return before.html_url;
		const release = before ?? await create(client, version);
		const present = new Set(release.assets.map((asset) => asset.name));
		for (const [path, bytes] of await version.files()) {
			const name = path.replaceAll("/", "--");
			if (!present.has(name)) await upload(client, release, name, bytes);
		}
		const { data } = await rest.repos.updateRelease({
			...here,
			release_id: release.id,
			draft: false
		});
		return data.html_url;
	});
}
async function create({ here, rest }, { model, label, tag, card }) {
	const { data } = await rest.repos.createRelease({
		...here,
		tag_name: tag,
		name: `${model} ${label}`,
		body: card.slice(0, require_light.mostCharacters),
		draft: true
	});
	return data;
}
async function upload({ here, rest }, release, name, bytes) {
	const baseUrl = new URL(withoutTemplate(release.upload_url)).href.replace(/\/repos\/.*$/, "");
	try {
		await rest.repos.uploadReleaseAsset({
			...here,
			baseUrl,
			release_id: release.id,
			name,
			headers: { "content-type": "application/octet-stream" },
			data: bytes
		});
	} catch (error) {
		if (!(require_light.statusOf(error) === 422 && require_light.says(error, /already_exists/))) throw error;
	}
}
async function ensureDeployment(client, { model, commit, label }) {
	const { here, rest } = client;
	const environment = `refit/${model}`;
	await client.ensure(deploying, async () => {
		const { data: known } = await rest.repos.listDeployments({
			...here,
			environment,
			sha: commit,
			per_page: 1
		});
		const id = known[0]?.id ?? await deploy(client, environment, commit, `${model} ${label}`);
		const { data: statuses } = await rest.repos.listDeploymentStatuses({
			...here,
			deployment_id: id,
			per_page: 1
		});
		if (statuses[0]?.state === "success") return;
		await rest.repos.createDeploymentStatus({
			...here,
			deployment_id: id,
			state: "success",
			auto_inactive: true
		});
	});
}
async function deploy({ here, rest }, environment, ref, description) {
	const { data } = await rest.repos.createDeployment({
		...here,
		ref,
		environment,
		description,
		auto_merge: false,
		required_contexts: []
	});
	if ("id" in data) return data.id;
	throw new require_light.ForgeRefusedError("record the deployment", data.message ?? "it did not say why.");
}
// ../refit/src/adapters/forges/github/reviews.ts
var reading = {
	permission: "pull-requests: read",
	what: "read the reviews of the pull request"
};
var looking = {
	permission: "metadata: read",
	what: "see who may write to the repository"
};
function githubReviews(client) {
	return { async of(commit, teams) {
		const pull = await pullOfCommit(client, commit);
		if (pull === null) return null;
		const [reviews, authors] = await Promise.all([lastWords(client, pull.number), authorsOf(client, pull)]);
		const members = teams.map(async (team) => [team, await membersOf(client, team)]);
		return {
			...pull,
			authors,
			reviews,
			teams: new Map(await Promise.all(members))
		};
	} };
}
async function pullOfCommit({ ask, paginate, rest, here }, commit) {
	const pulls = await ask(reading, () => paginate(rest.repos.listPullRequestsAssociatedWithCommit, {
		...here,
		commit_sha: commit,
		per_page: 100
	}));
	const isMerged = ({ merged_at: at }) => at !== null;
	const found = pulls.find(({ head, state }) => head.sha === commit && state === "open") ?? pulls.find((pull) => isMerged(pull) && (pull.merge_commit_sha === commit || pull.head.sha === commit));
	if (found === void 0) return null;
	const { head, number, html_url: url, user } = found;
	return {
		commit: head.sha,
		number,
		url,
		opener: user?.login ?? null
	};
}
async function lastWords(client, number) {
	const { ask, paginate, rest, here } = client;
	const reviews = await ask(reading, () => paginate(rest.pulls.listReviews, {
		...here,
		pull_number: number,
		per_page: 100
	}));
	const last = new Map();
	for (const { user, state, commit_id: commit } of reviews) {
		const word = words[state];
		if (user && word !== void 0) last.set(user.login, {
			login: user.login,
			word,
			commit: commit ?? null
		});
	}
	return Promise.all([...last.values()].map(async (each) => ({
		...each,
		mayWrite: await mayWrite(client, each.login)
	})));
}
var words = {
	APPROVED: "approved",
	CHANGES_REQUESTED: "changes-requested",
	DISMISSED: "dismissed"
};
async function mayWrite({ ask, rest, here }, login) {
	try {
		const { data } = await ask(looking, () => rest.repos.getCollaboratorPermissionLevel({
			...here,
			username: login
		}));
		return [
			"admin",
			"maintain",
			"write"
		].includes(data.permission);
	} catch (error) {
		if (require_light.statusOf(error.cause ?? {}) === 404) return false;
		throw error;
	}
}
async function authorsOf({ ask, paginate, rest, here }, { number, opener }) {
	const people = (await ask(reading, () => paginate(rest.pulls.listCommits, {
		...here,
		pull_number: number,
		per_page: 100
	}))).flatMap(({ author, committer }) => [author?.login ?? null, committer?.login ?? null]);
	return [...new Set([opener, ...people])].filter((login) => login !== "web-flow");
}
async function membersOf({ ask, paginate, rest }, team) {
	const [org = "", slug = ""] = team.split("/");
	try {
		return (await ask({
			permission: "members: read",
			what: `see who is in ${team}`
		}, () => paginate(rest.teams.listMembersInOrg, {
			org,
			team_slug: slug,
			per_page: 100
		}))).map(({ login }) => login);
	} catch (error) {
		if ([
			401,
			403,
			404
		].includes(require_light.statusOf(error.cause ?? {}) ?? 0)) return null;
		throw error;
	}
}
// ../refit/src/adapters/forges/github/reviewers.ts
var request = {
	permission: "pull-requests: write",
	what: "ask for a review"
};
async function ensureReviewers(client, pull, wanted, isNew) {
	const author = pull.user?.login.toLowerCase();
	const candidates = wanted.filter((name) => name.toLowerCase() !== author);
	if (candidates.length === 0) return;
	const ask = async (name) => {
		if (!(isNew ? new Set() : await askedBefore(client, pull.number)).has(name.toLowerCase())) await askFor(client, pull.number, name);
	};
	for (const name of candidates) try {
		await client.ensure(request, () => ask(name));
	} catch (error) {
		client.notice(`${name} could not be asked to review #${pull.number}: ${error.message}${advice(name)}`);
	}
}
async function askFor({ rest, here }, number, name) {
	const [, team] = name.split("/");
	const reviewers = team === void 0 ? { reviewers: [name] } : { team_reviewers: [team] };
	try {
		await rest.pulls.requestReviewers({
			...here,
			pull_number: number,
			...reviewers
		});
	} catch (error) {
		throw team === void 0 && require_light.statusOf(error) === 422 && require_light.says(error, /could not resolve to a node/i) ? new require_light.ForgeUnavailableError(error.message, { cause: error }) : error;
	}
}
async function askedBefore({ paginate, rest, here }, number) {
	const [events, reviews] = await Promise.all([paginate(rest.issues.listEvents, {
		...here,
		issue_number: number,
		per_page: 100
	}), paginate(rest.pulls.listReviews, {
		...here,
		pull_number: number,
		per_page: 100
	})]);
	const names = [...events.flatMap((event) => {
		if (event.event !== "review_requested") return [];
		const { requested_reviewer: person, requested_team: team } = event;
		return [person?.login, team && `${here.owner}/${team.slug}`];
	}), ...reviews.map(({ user }) => user?.login)];
	return new Set(names.flatMap((name) => name ? [name.toLowerCase()] : []));
}
function advice(name) {
	return name.includes("/") ? " A workflow's own token cannot ask teams: use a GitHub App's token, or name the team in CODEOWNERS." : "";
}
// ../refit/src/adapters/forges/github/settled-branches.ts
var manyBranches = 8;
var mostAtOnce = 100;
var longestServed = 1e4;
var mostPulls = 5;
function settledBranches(client) {
	let expected = new Set();
	let last = null;
	let isOff = false;
	return {
		expect(branches) {
			expected = new Set(branches);
		},
		async take(branch, base) {
			if (!expected.delete(branch)) return null;
			if (last !== null && last.base === base && require_light.systemClock.now() - last.askedAt < longestServed && last.asked.has(branch)) return (await last.settled).get(branch) ?? null;
			if (isOff || expected.size < manyBranches) return null;
			const asked = [...expected].slice(0, mostAtOnce);
			const settled = askAbout(client, asked, base).catch(() => {
				isOff = true;
				return new Map();
			});
			last = {
				base,
				askedAt: require_light.systemClock.now(),
				asked: new Set(asked),
				settled
			};
			await settled;
			return null;
		}
	};
}
async function askAbout(client, branches, base) {
	const page = `last: ${mostPulls}, orderBy: { field: CREATED_AT, direction: ASC }`;
	const asked = branches.map((_, i) => `b${i}: pullRequests(headRefName: $b${i}, baseRefName: $base, ${page}) { nodes { state isCrossRepository headRefOid } }`);
	const query = `query ($owner: String!, $repo: String!, $base: String!, ${branches.map((_, i) => `$b${i}: String!`).join(", ")}) { repository(owner: $owner, name: $repo) { ${asked.join(" ")} } }`;
	const variables = {
		...client.here,
		base,
		...Object.fromEntries(branches.map((branch, i) => [`b${i}`, branch]))
	};
	const { repository } = await client.graphql(query, variables);
	return new Map(branches.flatMap((branch, i) => {
		const settled = settledBy(repository[`b${i}`]);
		return settled === null ? [] : [[branch, settled]];
	}));
}
function settledBy({ nodes }) {
	const newest = nodes.findLast(({ isCrossRepository }) => isCrossRepository !== true);
	if (newest === void 0) return nodes.length < mostPulls ? { head: null } : null;
	const { isCrossRepository, state, headRefOid: head } = newest;
	return isCrossRepository === false && state === "MERGED" && typeof head === "string" ? { head } : null;
}
// ../refit/src/adapters/forges/github/forge.ts
var forge_exports = require_rolldown_runtime.__exportAll({ githubForge: () => githubForge });
function githubForge({ settings: github, process, git, notice, ...more }) {
	const client = githubClient(github, notice, more.patience);
	const isOurs = ownAuthor(client);
	const ofModels = alerts(client, isOurs);
	const required = requiredModels(client);
	const checks = require_light.githubChecks(client);
	const settled = settledBranches(client);
	const seen = new Map();
	const parts = {
		git,
		process,
		required,
		checks,
		settled
	};
	const forge = {
		expect: (branches) => settled.expect(branches),
		async proposal(repository, branch) {
			const { state, pull } = await readProposal(client, parts, repository, branch);
			if (pull !== null) seen.set(branch, pull);
			return state;
		},
		async ensureProposal(_repository, request) {
			const { branch, models, head, draft } = request;
			const text = pullText(client, request);
			const { pull, created } = await ensurePull(client, request, text, seen.has(branch));
			if (created) await addLabel(client, pull.number);
			const changes = created ? [] : [await updateText(client, pull, request.title, text), await ensureDraft(client, pull, draft)];
			for (const one of models) changes.push(await ensureComment(client, isOurs, pull.number, commentOf(client, github.run, head, one)));
			const names = models.map(({ model }) => model);
			if (require_light.groupOfBranch(branch) !== null && !created) await removeOthers(client, isOurs, pull.number, names);
			await ensureReviewers(client, pull, request.reviewers, created);
			await ensureAutoMerge(client, isOurs, pull, request);
			changes.push(await answerForOthers(checks, {
				models: names,
				head
			}, await required(request.baseBranch)));
			for (const { model, inputDigest, check } of models) changes.push(await checks.ensure({
				model,
				head,
				inputDigest,
				...check
			}));
			changes.push(await checks.ensure({
				head,
				...checkOfAll(request)
			}));
			const moved = (seen.get(branch) ?? pull).head.sha !== pull.head.sha;
			const kept = changes.includes(true) || moved ? "updated" : "unchanged";
			return {
				url: pull.html_url,
				operation: created ? "created" : kept
			};
		},
		async ensureRemark({ baseBranch }, { model, branch, ...remark }) {
			for (const pull of await pullsOf(client, branch, baseBranch, "open")) if (remark.closes) await closePull(client, pull, remark.sentence);
			else await ensureRemark(client, isOurs, pull, {
				model,
				sentence: remark.sentence
			});
			if (remark.closes) seen.delete(branch);
		},
		ensureSection: ({ baseBranch }, later) => ensureSection(client, isOurs, baseBranch, later),
		alert: (_repository, model) => ofModels.alert(model),
		ensureAlert: (_repository, model, change) => ofModels.ensureAlert(model, change),
		async ensureCheck({ ifRequiredOn, ...check }) {
			const head = check.head ?? github.pullRequest?.head;
			if (head === void 0) return;
			if (ifRequiredOn === void 0 || (await required(ifRequiredOn)).some((each) => each === check.model)) await checks.ensure({
				...check,
				head
			});
		}
	};
	return {
		...viewsOf(client, isOurs, more.edit ?? null),
		forge,
		settings: lazyDoctor(client, isOurs, git)
	};
}
function viewsOf(client, isOurs, edit) {
	return {
		dashboard: issueDashboard(client, isOurs, edit),
		publisher: publisher(client),
		reviews: githubReviews(client)
	};
}
function lazyDoctor(client, isOurs, git) {
	return { async diagnose(...request) {
		const { settingsDoctor } = await Promise.resolve().then(() => require("./doctor.cjs")).then((n) => n.doctor_exports);
		return settingsDoctor(client, isOurs, git).diagnose(...request);
	} };
}
function checkOfAll(request) {
	const { models } = request;
	const check = require_light.checkTogether(request);
	return {
		model: null,
		...check,
		inputDigest: models.length === 1 ? models[0].inputDigest : null,
		title: `${models.map(({ model }) => model).join(", ")}: ${require_light.conclusionTitles[check.conclusion]}`
	};
}
function pullText(client, { models, overview }) {
	const room = Math.floor((require_light.mostCharacters - (overview ?? "").length) / models.length);
	const texts = models.map((one) => {
		const heading = overview === null ? "" : `## ${one.model}\n\n`;
		return heading + shortText(client, one, Math.max(require_light.leastCharacters, room - heading.length - 2));
	});
	return require_light.cutMarkdown([...overview === null ? [] : [overview.trimEnd()], ...texts].join("\n\n"), require_light.mostCharacters, null);
}
function shortText(client, { report, kept }, limit) {
	const url = reportUrl(client, kept);
	const more = url === null ? "" : `\nThe evidence is in the comment below; [the full report](${url}) is kept on the ledger branch.\n`;
	return require_light.fitReport(require_light.essentials(report), {
		limit: limit - more.length,
		url
	}) + more;
}
function commentOf(client, run, head, one) {
	const stamp = {
		run,
		head,
		inputs: one.inputDigest.slice(0, 12)
	};
	return {
		model: one.model,
		stamp,
		report: commentText(client, one)
	};
}
function commentText(client, { report, kept }) {
	const room = {
		limit: require_light.mostCharacters - 500,
		url: reportUrl(client, kept),
		chartAt: chartPlace(client, kept)
	};
	return require_light.fitReport(report, room);
}
function chartPlace(client, kept) {
	if (kept === null) return () => null;
	const folder = node_path.default.posix.dirname(kept.path);
	return (file) => `${fileUrl(client, kept.commit, `${folder}/${file}`)}?raw=true`;
}
function reportUrl(client, kept) {
	return kept === null ? null : fileUrl(client, kept.commit, kept.path);
}
Object.defineProperty(exports, "forge_exports", {
	enumerable: true,
	get: function() {
		return forge_exports;
	}
});
Object.defineProperty(exports, "homeUrl", {
	enumerable: true,
	get: function() {
		return homeUrl;
	}
});
