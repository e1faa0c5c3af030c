const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_work = require("./work.cjs");
const require_github = require("./github.cjs");
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
			fix: `At ${rules} exclude \`refit-ledger\`, \`refit--*\`, \`refit-group--*\`, \`refit-rollback--*\`, \`refit-import--*\`, \`refit-canary--*\` and \`refit-policy--*\`, or let the account that pushes bypass the rules.`
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
	const forAll = require_light.checkName(null);
	if (required === null || required.includes(forAll)) return [];
	const open = models.filter(({ model }) => !required.includes(require_light.checkName(model)));
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
	const waited = [null, ...models.map(({ model }) => model)].map(require_light.checkName).find((name) => checks?.includes(name));
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
		settingsUrl: `${require_github.homeUrl(client)}/settings`,
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
var doctor_exports = require_rolldown_runtime.__exportAll({ settingsDoctor: () => settingsDoctor });
function settingsDoctor(client, isOurs, git) {
	return { async diagnose(repository, models) {
		const branches = models.flatMap(({ model, branch }) => [
			branch,
			require_light.rollbackBranch(model),
			require_light.importBranch(model),
			require_light.canaryBranch(model),
			require_light.policyBranch(model)
		]);
		const workflows = await require_work.startingWorkflows(git, repository);
		const facts = await readFacts(client, isOurs, {
			baseBranch: repository.baseBranch,
			branches: [...new Set(["refit-ledger", ...branches])],
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
Object.defineProperty(exports, "doctor_exports", {
	enumerable: true,
	get: function() {
		return doctor_exports;
	}
});
