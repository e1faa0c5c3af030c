const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_octokit = require("./octokit.cjs");
const require_work = require("./work.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
// ../core/src/report/fit-report.ts
function fitReport(report, { limit, url, chartAt }) {
	const whole = require_light.markdownReport(report, chartAt);
	if (whole.length <= limit) return whole;
	for (const { sections, leftOut } of shorterReports(report.sections)) {
		const [above, below] = [sections.filter(({ title }) => title === null), sections.filter(({ title }) => title !== null)];
		const page = require_light.pageOf([
			require_light.markdownHeadline(report.headline),
			...above.map((section) => require_light.markdownSection(section, chartAt)),
			noteOf(leftOut, url),
			...below.map((section) => require_light.markdownSection(section, chartAt))
		]);
		if (page.length <= limit) return page;
	}
	return cutMarkdown(whole, limit, url);
}
function* shorterReports(whole) {
	const inOrder = whole.filter(({ keep }) => keep < 100).toSorted((a, b) => a.keep - b.keep);
	const unfolded = new Set();
	const dropped = new Set();
	const shorter = () => ({
		sections: whole.filter(({ id }) => !dropped.has(id)).map((section) => unfolded.has(section.id) ? withoutDetails(section) : section),
		leftOut: [...inOrder.filter(({ id }) => dropped.has(id)).map(nameOf), ...inOrder.filter(({ id }) => unfolded.has(id) && !dropped.has(id)).map((one) => `the details of “${nameOf(one)}”`)].join(", ")
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
function nameOf({ title, id }) {
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
// ../refit/src/adapters/forges/github/failures.ts
function statusOf(error) {
	const status = error.status;
	return typeof status === "number" ? status : null;
}
function says(error, words) {
	return error instanceof Error && words.test(error.message);
}
function isTransient(error) {
	if (error instanceof require_light.RefitError) return error instanceof require_light.ForgeUnavailableError;
	if (error instanceof Error && error.name === "GraphqlResponseError") return /something went wrong|timeout|rate limit/i.test(error.message);
	const status = statusOf(error);
	return status === null || status >= 500 || status === 429 || status === 403 && says(error, /rate limit/i);
}
function foreseen(error, { permission, what }) {
	if (error instanceof require_light.RefitError || !(error instanceof Error)) return error;
	const status = statusOf(error);
	const isGraphql = error.name === "GraphqlResponseError";
	if (status === null && !isGraphql && error.name !== "AbortError" && error.name !== "TimeoutError") return error;
	if (isTransient(error)) return new require_light.ForgeUnavailableError(`${what}: ${error.message}${limitEnds(error)}`, { cause: error });
	if (status === 401) return new require_light.TokenInvalidError(error.message, { cause: error });
	if (status === 403 || status === 404) return new require_light.ForgePermissionError(permission, error.message, { cause: error });
	return new require_light.ForgeRefusedError(what, error.message, { cause: error });
}
function limitEnds(error) {
	const { headers = {} } = error.response ?? {};
	const seconds = Number(headers["retry-after"]);
	if (seconds > 0) return `${dot(error)} It answers again in ${seconds} seconds.`;
	const reset = Number(headers["x-ratelimit-reset"]);
	return headers["x-ratelimit-remaining"] === "0" && reset > 0 ? `${dot(error)} The limit ends at ${new Date(reset * 1e3).toISOString().slice(0, 16)}Z.` : "";
}
var dot = ({ message }) => /[.!?]$/.test(message) ? "" : ".";
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
		const body = cutMarkdown(`${alertMarker(model)}\n${alert.body.trimEnd()}`, require_light.mostCharacters, null);
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
			const disabled = statusOf(error.cause ?? {}) === 410;
			if (!disabled && !(error instanceof require_light.ForgePermissionError)) throw error;
			if (alert !== null && "title" in alert) client.notice(noIssue(disabled, error));
			return null;
		}
	};
}
function noIssue(disabled, error) {
	return disabled ? "The repository has no issues, so the alert is only shown here and in the summary." : `The alert is only shown here and in the summary: ${error.message}`;
}
// ../refit/src/adapters/forges/github/check.ts
var checkName = (model) => `refit / ${model}`;
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
		const runs = await client.ask(reading$2, () => paginate(rest.checks.listForRef, {
			...here,
			ref: head,
			per_page: 100
		}));
		const without = models.filter((model) => !runs.some((run) => run.name === checkName(model) && run.external_id?.startsWith(`${model}:`)));
		if (without.length === 0) return true;
		const statuses = await client.ask(reading$2, () => paginate(rest.repos.listCommitStatusesForRef, {
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
var reading$2 = {
	permission: "checks: read",
	what: "read the checks"
};
async function ensureCheckRun({ rest, here }, check) {
	const { head, conclusion } = check;
	const name = checkName(check.model);
	const external = `${check.model}:${check.inputDigest ?? "unchanged"}`;
	const output = {
		title: titleOf(check),
		summary: cutMarkdown(check.summary, require_light.longestSummary, null)
	};
	const { data } = await rest.checks.listForRef({
		...here,
		ref: head,
		check_name: name,
		filter: "latest"
	});
	const before = data.check_runs.find((run) => run.external_id?.startsWith(`${check.model}:`));
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
var titles = {
	success: "The evidence supports it",
	neutral: "Undecided: a person may merge it",
	failure: "This must not be merged"
};
var titleOf = ({ title, conclusion }) => title ?? titles[conclusion];
function isForbidden(error) {
	const status = causeOf(error);
	return status === 403 || status === 404;
}
var causeOf = (error) => statusOf(error.cause ?? {});
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
	return model !== void 0 && require_light.nameProblem(model) === null && checkName(model) === name ? [model] : [];
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
async function ensureAutoMerge(client, isOurs, pull, wanted) {
	const armed = pull.auto_merge ?? null;
	if (!wanted && armed === null) return;
	try {
		await client.ensure(request$2, async () => {
			if (!wanted) {
				if (await isOurs(armed.enabled_by)) await change(client, pull, "disablePullRequestAutoMerge", "");
				return;
			}
			if (armed !== null) return;
			if ((await readRequiredChecks(client, pull.base.ref)).length > 0) await change(client, pull, "enablePullRequestAutoMerge", `, mergeMethod: ${await mergeMethod(client)}`);
			else client.notice(`\`merge: auto\` is left to a person: no required check protects ${pull.base.ref}, so GitHub would merge at once.`);
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
			throw foreseen(error, request);
		}
	}
	async function repeat(step) {
		for (let tries = 1;; tries++) try {
			return await step();
		} catch (error) {
			if (tries === mostTries || !isTransient(error)) throw error;
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
	if (!(statusOf(error.cause ?? {}) === 403)) throw error;
	client.notice(`The report could not be written to #${number}: ${error.message}`);
}
async function remove({ rest, here }, id) {
	try {
		await rest.issues.deleteComment({
			...here,
			comment_id: id
		});
	} catch (error) {
		if (statusOf(error) !== 404) throw error;
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
			if (isTransient(error) || client.settings.run === null) throw error;
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
			mayBeOurs = isTransient(error);
			if (statusOf(error) === 422 && says(error, /draft/i) && asDraft) {
				asDraft = false;
				return {
					pull: await create$1(client, request, body, asDraft),
					created: true
				};
			}
			if (statusOf(error) === 422 && says(error, /already exists/i)) {
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
	if (statusOf(error) !== 403 || !says(error, /not permitted to create or approve pull requests/i)) return error;
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
	const body = cutMarkdown(`${closedMarker}\n> **Closed by refit**: ${sentence}\n\n${pull.body ?? ""}`, require_light.mostCharacters, null);
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
	if (unpublished !== null && !await isSameVersion(git, branch, unpublished, newest?.head.sha)) return {
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
			required(baseBranch).then((models) => checks.areOn(head, [require_light.modelOf(branch), ...models]))
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
		if (remote === null || await git.resolve(`${head.sha}:${require_light.proposedPath(branch)}`) !== null) return;
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
async function isSameVersion(git, branch, here, closed) {
	if (closed === void 0) return false;
	if (here === closed) return true;
	const path = require_light.proposedPath(branch);
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
		if (!(statusOf(error) === 422 && says(error, /already_exists/))) throw error;
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
		throw team === void 0 && statusOf(error) === 422 && says(error, /could not resolve to a node/i) ? new require_light.ForgeUnavailableError(error.message, { cause: error }) : error;
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
function diagnoseSettings(facts, { baseBranch, models }) {
	const rules = `${facts.settingsUrl}/rules`;
	return [
		...diagnoseActions(facts),
		...diagnoseBase(facts.base, baseBranch, rules),
		...models.flatMap((model) => diagnoseCheck(facts, model, baseBranch, rules)),
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
function diagnoseCheck({ base, autoMerge, settingsUrl }, { model, merge }, baseBranch, rules) {
	const check = `refit / ${model}`;
	const found = [];
	if (base.checks !== null && !base.checks.includes(check)) found.push({
		severity: "warning",
		what: merge === "auto" && base.checks.length === 0 ? `${model}: \`merge: auto\` never merges, because no check is required on ${baseBranch}.` : `${model}: the check "${check}" is not required on ${baseBranch}, so a model that failed it can be merged.`,
		fix: `In a ruleset for ${baseBranch} at ${rules}, require the status check "${check}".`
	});
	if (merge === "auto" && autoMerge === false) found.push({
		severity: "warning",
		what: `${model}: \`merge: auto\` never merges, because the repository does not allow auto-merge.`,
		fix: `Turn on "Allow auto-merge" at ${settingsUrl}, or remove \`merge: auto\` from model.yaml.`
	});
	return found;
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
		const facts = await readFacts(client, isOurs, {
			baseBranch: repository.baseBranch,
			branches: ["refit-ledger", ...branches],
			workflows: await require_work.startingWorkflows(git, repository)
		});
		const guarded = models.flatMap(({ model, merge }) => merge === null ? [] : [{
			model,
			merge
		}]);
		return diagnoseSettings(facts, {
			baseBranch: repository.baseBranch,
			models: guarded
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
	const checks = githubChecks(client);
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
				await ensureAutoMerge(client, isOurs, pull, request.autoMerge);
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
			async ensureCheck(_repository, check) {
				const head = check.head ?? settings.pullRequest?.head;
				if (head !== void 0) await checks.ensure({
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
	return fitReport(require_light.essentials(report), {
		limit: require_light.mostCharacters - more.length,
		url
	}) + more;
}
function commentText(client, { report, kept }) {
	return fitReport(report, {
		limit: require_light.mostCharacters - 500,
		url: reportUrl(client, kept),
		chartAt: chartPlace(client, kept)
	});
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
