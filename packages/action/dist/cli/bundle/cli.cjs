const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_util = require("node:util");
// ../refit/src/cli.ts
var worker = "run-worker";
async function main() {
	process.stdout.on("error", unlessClosed);
	process.stderr.on("error", unlessClosed);
	process.on("uncaughtException", endAtOnce);
	process.exitCode = await answer(process.argv.slice(2));
}
function endAtOnce(error) {
	const exitCode = require_light.printError(error, process.argv.includes("--json"));
	if (exitCode === 1) process.exit(exitCode);
	process.kill(process.pid, "SIGKILL");
}
function unlessClosed(error) {
	if (error.code !== "EPIPE") throw error;
}
async function answer(words) {
	const [name, ...rest] = words;
	try {
		if (name === void 0 || name === "--help" || name === "-h") return await printHelp([]);
		if (name === "help") return await printHelp(rest);
		if (name === "version" || name === "--version" || name === "-v") return print(require_light.version);
		if (name === "complete" && (rest[0] === "--help" || rest[0] === "-h")) return await printHelp([name]);
		if (name === "complete") return await printCompletion(rest);
		if (name === worker && process.send !== void 0) return await runCommand(await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.run_worker_exports), rest, { isWorker: true });
		return await runCommand(await commandCalled(name), rest, { command: {
			program: process.argv[1],
			words: rest,
			worker
		} });
	} catch (error) {
		return require_light.printError(error, words.includes("--json"));
	}
}
async function runCommand(command, words, place) {
	const { values, positionals } = await parse(command, words);
	if (values["help"] === true) return print(require_light.helpOf(command, screenWidth()));
	const cwd = node_path.default.resolve(textOf(values["directory"]) ?? ".");
	const reach = reachOf(command, values, process.env);
	const openReach = async () => ({
		git: await gitIn(cwd),
		publishes: reach.push === true
	});
	const known = borrowed(process.env) ? null : await command.recall?.((models) => require_light.recallQuietRun(cwd, models, openReach), positionals, values);
	if (known !== null && known !== void 0) return print(known);
	const { createPorts } = await Promise.resolve().then(() => require("./light.cjs")).then((n) => n.wiring_exports);
	const ports = await createPorts({
		cwd,
		base: "base" in command.options ? null : textOf(values["base"]),
		now: textOf(values["now"]),
		json: values["json"] === true,
		forge: textOf(values["forge"]),
		...reach,
		...place,
		...await limitsOf(command, values),
		env: process.env
	});
	return command.run(ports, positionals, values);
}
async function gitIn(folder) {
	const { gitProcess } = await Promise.resolve().then(() => require("./light.cjs")).then((n) => n.git_process_exports);
	return gitProcess(folder, process.env);
}
async function limitsOf(command, values) {
	if (!("memory" in command.options)) return {};
	const { memory, limit } = values;
	if (memory === void 0 && limit === void 0) return {};
	const { limitsFrom } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.limits_from_exports);
	return { limits: limitsFrom({
		memory,
		limit
	}, command.usage) };
}
function reachOf(command, values, env) {
	if (values["push"] === true && values["no-push"] === true) throw new require_light.UsageError("--push and --no-push contradict each other.", command.usage);
	if (values["offline"] === true) return { reach: "offline" };
	if (!("push" in command.options)) return { reach: command.asksForge === true ? "remote" : "named" };
	const push = values["push"] === true || values["no-push"] !== true && require_light.inPipeline(env);
	if (values["dry-run"] === true) return {
		push: false,
		reach: "named"
	};
	return {
		push,
		reach: push ? "remote" : "clone"
	};
}
function borrowed(env) {
	return env["GIT_DIR"] !== void 0 || require_light.forgeFor(null, env).onServer;
}
async function parse(command, words) {
	try {
		const options = {
			...command.options,
			...require_light.commonOptions
		};
		return (0, node_util.parseArgs)({
			args: words,
			options,
			allowPositionals: true,
			strict: true
		});
	} catch (error) {
		throw new require_light.UsageError(optionProblem(error.message, [...Object.keys(command.options), ...Object.keys(require_light.commonOptions)]), command.usage);
	}
}
function optionProblem(message, known) {
	const [problem = ""] = message.split(". ");
	const wrong = /^Unknown option '--([^']*)'/.exec(problem)?.[1];
	const near = wrong === void 0 ? void 0 : require_light.nearest(wrong, known);
	return near === void 0 ? problem : `${problem}. Did you mean "--${near}"?`;
}
async function printHelp(words) {
	const [name] = words;
	if (name === void 0) return print(await require_light.overviewOf(require_light.commandGroups, require_light.forgeHelp, screenWidth()));
	const other = Object.entries(require_light.otherWords).find(([usage]) => usage.split(" ")[0] === name);
	if (other !== void 0) return print(`refit ${other[0]}\n\n${other[1]}`);
	return print(require_light.helpOf(await commandCalled(name), screenWidth()));
}
async function printCompletion(words) {
	const { complete } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.complete_exports);
	const world = {
		cwd: process.cwd(),
		base: null,
		now: null,
		json: true,
		reach: "clone",
		env: process.env
	};
	const openPorts = async () => (await Promise.resolve().then(() => require("./light.cjs")).then((n) => n.wiring_exports)).createPorts(world);
	process.stdout.write(await complete(words, openPorts));
	return 0;
}
var screenWidth = () => Math.min(100, Math.max(40, process.stdout.columns ?? 80));
async function commandCalled(name) {
	const load = Object.hasOwn(require_light.commands, name) ? require_light.commands[name] : void 0;
	if (load !== void 0) return load();
	const near = require_light.nearest(name, Object.keys(require_light.commands));
	const meant = near === void 0 ? "" : ` Did you mean "${near}"?`;
	throw new require_light.UsageError(`There is no command "${name}".${meant}`, "refit <command> [options]; `refit help` lists them");
}
function print(text) {
	process.stdout.write(`${text}\n`);
	return 0;
}
function textOf(value) {
	return typeof value === "string" ? value : null;
}
main();
