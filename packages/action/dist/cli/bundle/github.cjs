const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_work = require("./work.cjs");
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
// ../refit/src/adapters/forges/github/alerts.ts
var label = "refit-alert";
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
		labels: label,
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
		if ("note" in alert) {
			if (first === void 0) return null;
			const body = require_light.withAlertNote(first.body ?? "", alert.note);
			if (first.body !== body) await update(first.number, { body });
			return first.html_url;
		}
		const { title } = alert;
		const body = require_work.cutMarkdown(`${alertMarker(model)}\n${alert.body.trimEnd()}`, require_light.mostCharacters, null);
		if (first === void 0) {
			listing = null;
			const { data } = await rest.issues.create({
				...here,
				title,
				body,
				labels: [label]
			});
			return data.html_url;
		}
		if (first.title !== title || first.body !== body) await update(first.number, {
			title,
			body
		});
		return first.html_url;
	}
	return async function ensureAlert(model, alert) {
		try {
			return await client.ensure(request$3, () => settle(model, alert).catch((error) => {
				listing = null;
				throw error;
			}));
		} catch (error) {
			const disabled = require_work.statusOf(error.cause ?? {}) === 410;
			if (!disabled && !(error instanceof require_light.ForgePermissionError)) throw error;
			if (alert !== null && "title" in alert) client.notice(noIssue(disabled, error));
			return null;
		}
	};
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
	return model !== void 0 && require_light.nameProblem(model) === null && require_work.checkName(model) === name ? [model] : [];
}
async function answerForOthers(checks, { model, head }, required) {
	let isChanged = false;
	for (const other of required) {
		if (other === model) continue;
		const isWritten = await checks.ensure({
			model: other,
			head,
			inputDigest: null,
			conclusion: "success",
			title: "Nothing to judge here: the champion is not changed",
			summary: `**${require_light.cell(other)}**: Nothing to judge here. This proposal changes ${require_light.cell(model)} only.`
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
async function ensureAutoMerge(client, isOurs, pull, { model, autoMerge: wanted }) {
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
			if ([null, model].some((each) => required.includes(require_work.checkName(each)))) await change(client, pull, "enablePullRequestAutoMerge", `, mergeMethod: ${await mergeMethod(client)}`);
			else client.notice(`\`merge: auto\` is left to a person: ${pull.base.ref} requires neither the check "${require_work.checkName(null)}" nor "${require_work.checkName(model)}", so GitHub would not wait for refit.`);
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
			author_association: "text"
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
			title: "text",
			"body?": "text",
			html_url: "address",
			"user?.login": "text"
		}
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
		return `${typeof kind === "string" ? words[kind] : "a whole list"} at ${at}.${place.replaceAll("?", "")}`;
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
var words = {
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
			throw require_work.foreseen(error, request);
		}
	}
	async function repeat(step) {
		for (let tries = 1;; tries++) try {
			return await step();
		} catch (error) {
			if (tries === mostTries || !require_work.isTransient(error)) throw error;
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
			if (first === void 0 || isSettled(first.body ?? "", comment)) return isNew || copies.length > 0;
			await rest.issues.updateComment({
				...here,
				comment_id: first.id,
				body
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
function sayLocked(client, number, error) {
	if (!(require_work.statusOf(error.cause ?? {}) === 403)) throw error;
	client.notice(`The report could not be written to #${number}: ${error.message}`);
}
async function remove({ rest, here }, id) {
	try {
		await rest.issues.deleteComment({
			...here,
			comment_id: id
		});
	} catch (error) {
		if (require_work.statusOf(error) !== 404) throw error;
	}
}
async function ownComments(client, isOurs, number, model) {
	const marked = (await client.paginate(client.rest.issues.listComments, {
		...client.here,
		issue_number: number,
		per_page: 100
	})).filter((comment) => isMarked(comment.body, reportMarker(model)));
	const ours = await Promise.all(marked.map((comment) => isOurs(comment.user)));
	return marked.filter((_, i) => ours[i]).sort((a, b) => a.id - b.id);
}
function isSettled(body, { stamp, report }) {
	const before = readComment(body);
	if (before === null) return false;
	if (isNewer(before.stamp.run, stamp.run)) return true;
	const { head, inputs } = before.stamp;
	return head === stamp.head && inputs === stamp.inputs && before.report === report.trimEnd();
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
			if (require_work.isTransient(error) || client.settings.run === null) throw error;
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
// ../refit/src/adapters/forges/github/pulls.ts
var reading = {
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
	const { data } = await client.ask(reading, () => rest.pulls.list({
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
			mayBeOurs = require_work.isTransient(error);
			if (require_work.statusOf(error) === 422 && require_work.says(error, /draft/i) && asDraft) {
				asDraft = false;
				return {
					pull: await create$1(client, request, body, asDraft),
					created: true
				};
			}
			if (require_work.statusOf(error) === 422 && require_work.says(error, /already exists/i)) {
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
	if (require_work.statusOf(error) !== 403 || !require_work.says(error, /not permitted to create or approve pull requests/i)) return error;
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
	const body = require_work.cutMarkdown(text, require_light.mostCharacters, null);
	await client.ask(updating, () => client.rest.pulls.update({
		...client.here,
		pull_number: pull.number,
		state: "closed",
		body
	}));
}
async function isApproved(client, number) {
	const reviews = await client.ask(reading, () => client.paginate(client.rest.pulls.listReviews, {
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
// ../refit/src/adapters/forges/github/proposals.ts
async function readProposal(client, { git, process, required, checks }, repository, branch) {
	const { remote, baseBranch } = repository;
	const [newest] = await pullsOf(client, branch, baseBranch, "all");
	const unpublished = await require_light.unpublishedHead({
		process,
		git
	}, repository, branch);
	if (newest?.state === "open") return {
		state: await openState(newest),
		pull: newest
	};
	const pushed = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
	if (unpublished !== null && !await isSameVersion(git, require_light.proposedPath(branch, repository), unpublished, newest?.head.sha)) return {
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
		const [own, approved, checked] = await Promise.all([
			require_light.madeByRefit(process, repository, head),
			isApproved(client, pull.number),
			required(baseBranch).then((models) => checks.areOn(head, [
				null,
				require_light.modelOf(branch),
				...models
			]))
		]);
		const held = {
			heldByPerson: !own || approved,
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
		if (await require_light.isLive(git, repository, branch, head)) return null;
		if (await require_light.isMerged(process, repository, branch, head)) return null;
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
			heldByPerson: false,
			complete: true,
			url: pull.html_url,
			declinedAt: at
		};
	}
	async function bringHere({ number, head }) {
		if (remote === null || await git.resolve(`${head.sha}:${require_light.proposedPath(branch, repository)}`) !== null) return;
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
async function isSameVersion(git, path, here, closed) {
	if (closed === void 0) return false;
	if (here === closed) return true;
	const tree = await git.resolve(`${here}:${path}`);
	return tree !== null && tree === await git.resolve(`${closed}:${path}`);
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
		if (!(require_work.statusOf(error) === 422 && require_work.says(error, /already_exists/))) throw error;
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
		throw team === void 0 && require_work.statusOf(error) === 422 && require_work.says(error, /could not resolve to a node/i) ? new require_light.ForgeUnavailableError(error.message, { cause: error }) : error;
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
// ../refit/src/adapters/forges/github/doctor/diagnose-settings.ts
function diagnoseSettings(facts, { baseBranch, models, answersQueue }) {
	const rules = `${facts.settingsUrl}/rules`;
	return [
		...diagnoseActions(facts),
		...diagnoseBase(facts.base, baseBranch, rules),
		...diagnoseChecks(facts.base.checks, models, baseBranch, rules),
		...answersQueue ? [] : diagnoseQueue(facts.base, models, baseBranch),
		...models.flatMap((model) => diagnoseMerge(facts, model)),
		...[...facts.obstructed].map(([branch, words]) => ({
			severity: "warning",
			what: `Rules (${words.join(", ")}) apply to refit's own branch ${branch}, and may refuse its pushes.`,
			fix: `At ${rules} exclude \`refit-ledger\`, \`refit--*\`, \`refit-rollback--*\`, \`refit-import--*\` and \`refit-policy--*\`, or let the account that pushes bypass the rules.`
		})),
		...unseen(facts.unseen)
	];
}
function diagnoseActions({ mayOpenPulls, settingsUrl, disabled }) {
	const setting = `"Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}/actions`;
	const found = [];
	if (mayOpenPulls === false) found.push({
		severity: "error",
		what: "GitHub Actions is not allowed to open pull requests, so proposals stay branches.",
		fix: `Turn on ${setting}, or use a GitHub App's token.`
	});
	if (mayOpenPulls === null) found.push({
		severity: "warning",
		what: "This token cannot read whether GitHub Actions may open pull requests, and none was opened yet.",
		fix: `Check by hand that ${setting} is on. It is off in every new repository.`
	});
	for (const [path, state] of disabled) found.push({
		severity: "error",
		what: `${path} is turned off (${state}): nothing starts it, neither its schedule nor an event.`,
		fix: `Turn it on again: Actions → the workflow → Enable workflow, or \`gh workflow enable ${path.split("/").at(-1)}\`.`
	});
	return found;
}
function diagnoseBase(base, baseBranch, rules) {
	const ruleset = `In a ruleset for ${baseBranch} at ${rules}`;
	return [
		[
			base.pullRequest,
			`${baseBranch} accepts pushes without a pull request, so a model can go live without a review.`,
			`${ruleset}, turn on "Require a pull request before merging".`
		],
		[
			base.pullRequest === false ? null : base.codeOwnerReview,
			`${baseBranch} does not require a review by code owners.`,
			`${ruleset}, turn on "Require review from Code Owners".`
		],
		[
			base.pullRequest === false ? null : base.dismissesStale,
			"An approval stays valid after a later push, which may bring another model.",
			`${ruleset}, turn on "Dismiss stale pull request approvals when new commits are pushed".`
		],
		[
			base.refusesForce,
			`${baseBranch} accepts forced pushes, which can rewrite the history that refit reads versions from.`,
			`${ruleset}, turn on "Block force pushes".`
		]
	].flatMap(([held, what, fix]) => held === false ? [{
		severity: "warning",
		what,
		fix
	}] : []);
}
var mostNamed = 5;
function diagnoseChecks(required, models, baseBranch, rules) {
	const forAll = require_work.checkName(null);
	if (required === null || required.includes(forAll)) return [];
	const open = models.filter(({ model }) => !required.includes(require_work.checkName(model)));
	if (open.length === 0) return [];
	const automatic = open.filter(({ merge }) => merge === "auto");
	const waits = automatic.length > 0 ? ` \`merge: auto\` of ${namesOf(automatic)} never merges without it.` : "";
	return [{
		severity: "warning",
		what: `The check "${forAll}" is not required on ${baseBranch}, so a version of ${namesOf(open)} that failed it can be merged.${waits}`,
		fix: `In a ruleset for ${baseBranch} at ${rules}, require the status check "${forAll}", with GitHub Actions as its source. It answers for every model, on every pull request.`
	}];
}
function namesOf(models) {
	const names = models.slice(0, mostNamed).map(({ model }) => model);
	const more = models.length - names.length;
	return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
function diagnoseQueue({ mergeQueue, checks }, models, baseBranch) {
	const waited = [null, ...models.map(({ model }) => model)].map(require_work.checkName).find((name) => checks?.includes(name));
	if (mergeQueue !== true || waited === void 0) return [];
	return [{
		severity: "error",
		what: `${baseBranch} has a merge queue that waits for the check "${waited}", and no workflow answers there: nothing is merged.`,
		fix: "Add `merge_group:` below `on:` of the workflow that verifies pull requests, and let its job run `verify` then."
	}];
}
function diagnoseMerge({ autoMerge, settingsUrl }, { model, merge }) {
	if (merge !== "auto" || autoMerge !== false) return [];
	return [{
		severity: "warning",
		what: `${model}: \`merge: auto\` never merges, because the repository does not allow auto-merge.`,
		fix: `Turn on "Allow auto-merge" at ${settingsUrl}, or remove \`merge: auto\` from model.yaml.`
	}];
}
function unseen(what) {
	if (what.length === 0) return [];
	return [{
		severity: "warning",
		what: `This token cannot read everything: ${what.join("; ")}.`,
		fix: "Run doctor with a token that can, or check by hand."
	}];
}
// ../refit/src/adapters/forges/github/doctor/settings-facts.ts
var obstructions = {
	creation: "creation is restricted",
	update: "updates are restricted",
	pull_request: "a pull request is required",
	required_status_checks: "status checks are required",
	required_signatures: "signed commits are required",
	branch_name_pattern: "branch names are restricted",
	commit_message_pattern: "commit messages are restricted",
	commit_author_email_pattern: "authors are restricted",
	committer_email_pattern: "committers are restricted"
};
async function readFacts(client, isOurs, about) {
	const { here, rest } = client;
	const { baseBranch, branches, workflows } = about;
	const unseen = [];
	async function ask(what, permission, run) {
		try {
			return await client.ask({
				permission,
				what: `read ${what}`
			}, run);
		} catch (error) {
			if (!(error instanceof require_light.ForgePermissionError)) throw error;
			unseen.push(`${what} (${permission})`);
			return null;
		}
	}
	const repository = await ask("the repository", "metadata: read", () => rest.repos.get(here));
	const baseRules = await ask("rules of branches", "metadata: read", () => rulesOf(client, baseBranch));
	const stopped = (await ask("whether workflows are turned off", "actions: read", () => client.paginate(rest.actions.listRepoWorkflows, {
		...here,
		per_page: 100
	})) ?? []).filter(({ path, state }) => workflows.includes(path) && state !== "active");
	return {
		settingsUrl: `${homeUrl(client)}/settings`,
		mayOpenPulls: await mayOpenPulls(client, isOurs),
		autoMerge: repository?.data.allow_auto_merge ?? null,
		base: await branchFacts(client, baseBranch, baseRules, unseen),
		obstructed: baseRules === null ? new Map() : await obstructed(client, branches),
		disabled: new Map(stopped.map(({ path, state }) => [path, state])),
		unseen
	};
}
async function rulesOf({ rest, here, paginate, ask }, branch) {
	return ask({
		permission: "metadata: read",
		what: `read the rules of ${branch}`
	}, () => paginate(rest.repos.getBranchRules, {
		...here,
		branch,
		per_page: 100
	}));
}
async function branchFacts({ rest, here, ask }, branch, rules, unseen) {
	const { data } = await ask({
		permission: "contents: read",
		what: `read the branch ${branch}`
	}, () => rest.repos.getBranch({
		...here,
		branch
	}));
	const byRules = new Set((rules ?? []).map((rule) => rule.type));
	const classic = data.protected && data.protection?.enabled === true;
	const details = classic ? await rest.repos.getBranchProtection({
		...here,
		branch
	}).then((answer) => answer.data, () => null) : null;
	if (classic && details === null) unseen.push(`the older branch protection of ${branch} (administration: read)`);
	const unknown = rules === null || classic && details === null;
	const told = (held) => held ? true : unknown ? null : false;
	const reviews = details?.required_pull_request_reviews;
	const pullRules = (rules ?? []).flatMap((rule) => rule.type === "pull_request" ? [rule.parameters] : []);
	const checkRules = (rules ?? []).flatMap((rule) => rule.type === "required_status_checks" ? rule.parameters?.required_status_checks ?? [] : []);
	const { enforcement_level: level, contexts = [] } = data.protection?.required_status_checks ?? {};
	return {
		pullRequest: told(byRules.has("pull_request") || reviews !== void 0),
		codeOwnerReview: told(pullRules.some((rule) => rule?.require_code_owner_review) || reviews?.require_code_owner_reviews === true),
		dismissesStale: told(pullRules.some((rule) => rule?.dismiss_stale_reviews_on_push) || reviews?.dismiss_stale_reviews === true),
		refusesForce: told(byRules.has("non_fast_forward") || details?.allow_force_pushes?.enabled === false),
		mergeQueue: told(byRules.has("merge_queue")),
		checks: rules === null ? null : [...checkRules.map(({ context }) => context), ...level === "off" ? [] : contexts]
	};
}
async function obstructed(client, branches) {
	const found = new Map();
	for (const branch of branches) {
		const words = (await rulesOf(client, branch)).flatMap(({ type }) => {
			if (type === "non_fast_forward") return branch === "refit-ledger" ? [] : ["forced pushes are blocked"];
			return obstructions[type] ?? [];
		});
		if (words.length > 0) found.set(branch, [...new Set(words)]);
	}
	return found;
}
var actionsBot = { login: "github-actions[bot]" };
async function mayOpenPulls(client, isOurs) {
	const { rest, here, ask } = client;
	if (!await isOurs(actionsBot)) return true;
	const setting = await rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(here).then(({ data }) => data.can_approve_pull_request_reviews, () => null);
	if (setting !== null) return setting;
	const { data } = await ask({
		permission: "pull-requests: read",
		what: "read pull requests"
	}, () => rest.pulls.list({
		...here,
		state: "all",
		per_page: 100
	}));
	return data.some(({ user, head }) => user?.login === actionsBot.login && head.ref.startsWith("refit")) ? true : null;
}
// ../refit/src/adapters/forges/github/doctor/index.ts
function settingsDoctor(client, isOurs, git) {
	return { async diagnose(repository, models) {
		const branches = models.flatMap(({ model }) => [
			require_light.proposalBranch(model),
			require_light.rollbackBranch(model),
			require_light.importBranch(model),
			require_light.policyBranch(model)
		]);
		const workflows = await require_work.startingWorkflows(git, repository);
		const facts = await readFacts(client, isOurs, {
			baseBranch: repository.baseBranch,
			branches: ["refit-ledger", ...branches],
			workflows: [...workflows.keys()]
		});
		const guarded = models.flatMap(({ model, merge }) => merge === null ? [] : [{
			model,
			merge
		}]);
		return diagnoseSettings(facts, {
			baseBranch: repository.baseBranch,
			models: guarded,
			answersQueue: [...workflows.values()].some(require_work.answersQueue)
		});
	} };
}
// ../refit/src/adapters/forges/github/forge.ts
var forge_exports = require_rolldown_runtime.__exportAll({ githubForge: () => githubForge });
function githubForge({ settings, process, git, notice, patience }) {
	const client = githubClient(settings, notice, patience);
	const isOurs = ownAuthor(client);
	const ensureAlert = alerts(client, isOurs);
	const required = requiredModels(client);
	const checks = require_work.githubChecks(client);
	const seen = new Map();
	return {
		forge: {
			async proposal(repository, branch) {
				const { state, pull } = await readProposal(client, {
					git,
					process,
					required,
					checks
				}, repository, branch);
				if (pull !== null) seen.set(branch, pull);
				return state;
			},
			async ensureProposal(_repository, request) {
				const { branch, model, head, inputDigest, draft } = request;
				const text = pullText(client, request);
				const { pull, created } = await ensurePull(client, request, text, seen.has(branch));
				if (created) await addLabel(client, pull.number);
				const changes = created ? [] : [await updateText(client, pull, request.title, text), await ensureDraft(client, pull, draft)];
				const { run } = settings;
				const comment = {
					model,
					stamp: {
						run,
						head,
						inputs: inputDigest.slice(0, 12)
					},
					report: commentText(client, request)
				};
				changes.push(await ensureComment(client, isOurs, pull.number, comment));
				await ensureReviewers(client, pull, request.reviewers, created);
				await ensureAutoMerge(client, isOurs, pull, request);
				changes.push(await answerForOthers(checks, {
					model,
					head
				}, await required(request.baseBranch)));
				changes.push(await checks.ensure({
					model,
					head,
					inputDigest,
					...request.check
				}));
				const title = `${model}: ${require_work.conclusionTitles[request.check.conclusion]}`;
				changes.push(await checks.ensure({
					model: null,
					head,
					inputDigest,
					...request.check,
					title
				}));
				const before = seen.get(branch);
				const moved = before !== void 0 && before.head.sha !== pull.head.sha;
				const updated = changes.includes(true) || moved;
				return {
					url: pull.html_url,
					operation: created ? "created" : updated ? "updated" : "unchanged"
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
			ensureAlert: (_repository, model, alert) => ensureAlert(model, alert),
			async ensureCheck({ ifRequiredOn, ...check }) {
				const head = check.head ?? settings.pullRequest?.head;
				if (head === void 0) return;
				if (ifRequiredOn === void 0 || (await required(ifRequiredOn)).some((each) => each === check.model)) await checks.ensure({
					...check,
					head
				});
			}
		},
		publisher: publisher(client),
		settings: settingsDoctor(client, isOurs, git)
	};
}
function pullText(client, { report, kept }) {
	const url = reportUrl(client, kept);
	const more = url === null ? "" : `\nThe evidence is in the comment below; [the full report](${url}) is kept on the ledger branch.\n`;
	return require_work.fitReport(require_light.essentials(report), {
		limit: require_light.mostCharacters - more.length,
		url
	}) + more;
}
function commentText(client, { report, kept }) {
	const room = {
		limit: require_light.mostCharacters - 500,
		url: reportUrl(client, kept),
		chartAt: chartPlace(client, kept)
	};
	return require_work.fitReport(report, room);
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
