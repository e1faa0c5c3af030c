const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_remote = require("./remote.cjs");
const require_yaml = require("./yaml.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_fs = require("node:fs");
let node_fs_promises = require("node:fs/promises");
// ../refit/src/adapters/sources/dvc/config.ts
function readDvcConfig(texts) {
	const sections = new Map();
	for (const text of texts) {
		let section = {};
		for (const line of text.split(/\r?\n/)) {
			const name = /^\s*\[\s*(.*?)\s*\]\s*(?:#.*)?$/.exec(line)?.[1]?.replace(/^'(.*)'$/, "$1");
			if (name !== void 0) {
				section = sections.get(name) ?? {};
				sections.set(name, section);
				continue;
			}
			const [, key, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
			if (key !== void 0) section[key.toLowerCase()] = unquoted(value);
		}
	}
	const remotes = [...sections].flatMap(([name, settings]) => {
		const remote = /^remote "(.*)"$/.exec(name)?.[1];
		return remote === void 0 ? [] : [[remote, settings]];
	});
	return {
		remote: sections.get("core")?.["remote"] ?? null,
		remotes: new Map(remotes),
		cacheDir: sections.get("cache")?.["dir"] ?? null
	};
}
function unquoted(value) {
	const quotedText = /^(["'])(.*)\1\s*(?:#.*)?$/.exec(value);
	return quotedText === null ? value.replace(/\s+#.*$/, "") : quotedText[2];
}
// ../refit/src/adapters/sources/dvc/objects.ts
async function openObject(at, places, object, { source, file, from }) {
	const cache = node_path.default.resolve(at.folder, at.config.cacheDir ?? "cache");
	const cached = await openFile(node_path.default.join(cache, keyOf(object)), from);
	if (cached !== null) return cached;
	const { name, url, settings } = remoteOf(at, source, object);
	const gone = new require_light.SourceVanishedError(file.path, {
		version: `the object with md5 ${object.name}, neither in DVC's cache nor in its remote "${name}"`,
		hint: `Run \`dvc push\` where the data are, or commit a pointer to data that the remote has.`
	});
	const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase() ?? "";
	if (scheme === "" || scheme === "file") {
		const folder = scheme === "" ? node_path.default.resolve(at.folder, url) : new URL(url).pathname;
		const found = await openFile(node_path.default.join(folder, keyOf(object)), from);
		if (found === null) throw gone;
		return found;
	}
	const place = scheme === "http" || scheme === "https" ? places.https : scheme === "s3" ? places.s3 : null;
	if (place === null) throw new require_light.SourceRefusedError(file.path, `its remote "${name}" is ${scheme}:`, "refit reads remotes of DVC that are a folder, s3: or https:. Add one of these, and push to it.");
	const address = `${url.replace(/\/$/, "")}/${keyOf(object)}`;
	try {
		return await place.open(asSource(source, address, settings), {
			...file,
			path: address,
			version: null
		}, from);
	} catch (error) {
		throw error instanceof require_light.SourceVanishedError ? gone : error;
	}
}
function keyOf({ name, isOld }) {
	const key = `${name.slice(0, 2)}/${name.slice(2)}`;
	return isOld ? key : `files/md5/${key}`;
}
function remoteOf({ config }, { path: pointer }, { remote }) {
	const name = remote ?? config.remote;
	const settings = name === null ? void 0 : config.remotes.get(name);
	if (name === null || settings?.["url"] === void 0) {
		const why = name === null ? "DVC has no default remote here" : `DVC has no remote "${name}" here`;
		throw new require_light.SourceRefusedError(pointer, why, "Name one with `dvc remote add --default`, and commit .dvc/config.");
	}
	return {
		name,
		url: settings["url"],
		settings
	};
}
function asSource(source, address, settings) {
	const { endpointurl, region } = settings;
	return {
		...source,
		path: address,
		...endpointurl !== void 0 && { endpoint: endpointurl },
		...source.region === void 0 && region !== void 0 && { region }
	};
}
async function openFile(file, from) {
	const facts = await (0, node_fs_promises.stat)(file).catch(() => null);
	if (facts === null || !facts.isFile()) return null;
	return {
		from,
		total: facts.size,
		stream: (0, node_fs.createReadStream)(file, { start: from }),
		versionId: void 0
	};
}
// ../refit/src/adapters/sources/dvc/folder-list.ts
function readFolderList(folder, text) {
	let entries;
	try {
		entries = JSON.parse(text);
	} catch (error) {
		throw notAPointer(folder, "its list of files cannot be read", error);
	}
	if (!Array.isArray(entries)) throw notAPointer(folder, "its list of files cannot be read");
	return entries.map((entry) => {
		const { md5, relpath } = entry ?? {};
		if (typeof md5 !== "string" || !/^[0-9a-f]{32}$/.test(md5) || typeof relpath !== "string") throw notAPointer(folder, "its list of files cannot be read");
		return {
			path: inside(folder, node_path.posix.join(folder, relpath)),
			md5
		};
	});
}
function inside(file, name) {
	if (name === "." || name.startsWith("../") || name === ".." || node_path.posix.isAbsolute(name)) throw notAPointer(file, "it names a path outside of the repository");
	return name;
}
function notAPointer(file, why, cause) {
	return new require_light.SourceRefusedError(file, why, "Write it with `dvc add` or `dvc commit`, then commit it.", { cause });
}
// ../refit/src/adapters/sources/dvc/pointer.ts
var pointer_exports = require_rolldown_runtime.__exportAll({ readPointer: () => readPointer });
function readPointer(file, text) {
	let contents;
	try {
		contents = require_yaml.parse(text, { maxAliasCount: 0 });
	} catch (error) {
		throw notAPointer(file, "it is not YAML", error);
	}
	const { outs, wdir = "." } = contents ?? {};
	if (!Array.isArray(outs) || typeof wdir !== "string") throw notAPointer(file, "it has no `outs`");
	return outs.map((out) => {
		const { md5, path: name, size, hash, remote } = out ?? {};
		const [, digest, folder] = /^([0-9a-f]{32})(\.dir)?$/.exec(String(md5)) ?? [];
		if (digest === void 0 || typeof name !== "string" || hash !== void 0 && hash !== "md5") throw notAPointer(file, "an entry of its `outs` has no md5 and path");
		return {
			path: inside(file, node_path.posix.join(node_path.posix.dirname(file), wdir, name)),
			md5: digest,
			isFolder: folder !== void 0,
			bytes: Number.isSafeInteger(size) ? size : null,
			remote: typeof remote === "string" ? remote : null,
			isOld: hash === void 0
		};
	});
}
// ../refit/src/adapters/sources/dvc/index.ts
var dvc_exports = require_rolldown_runtime.__exportAll({ dvcSources: () => dvcSources });
function dvcSources(world) {
	const patience = world.patience ?? require_remote.usualPatience;
	const http = require_remote.httpClient(patience, world.network);
	const places = {
		https: require_remote.webPlace(http, patience, world.env),
		s3: require_remote.s3Place(http, patience, world.env)
	};
	return require_remote.remoteSources("dvc", dvcPlace(world.git, places), patience);
}
function dvcPlace(git, places) {
	const origins = new Map();
	async function filesOf(source, listed, pointer) {
		const text = await readText(git, listed, pointer);
		if (text === null) return [];
		const at = await dvcRepository(git, listed, pointer);
		const files = [];
		for (const out of await knownPointer(listed.repository, pointer, text)) {
			origins.set(source.path, {
				at,
				out
			});
			origins.set(out.path, {
				at,
				out
			});
			if (!out.isFolder) {
				files.push({
					path: out.path,
					bytes: out.bytes,
					version: { md5: out.md5 }
				});
				continue;
			}
			const list = await listed.bring({
				path: out.path,
				bytes: null,
				version: { md5: `${out.md5}.dir` }
			});
			for (const file of readFolderList(out.path, await (0, node_fs_promises.readFile)(list, "utf8"))) {
				origins.set(file.path, {
					at,
					out
				});
				files.push({
					path: file.path,
					bytes: null,
					version: { md5: file.md5 }
				});
			}
		}
		return files;
	}
	return {
		async list(source, listed) {
			const pointers = await pointersOf(git, listed.repository, source.path, listed.workTree);
			if (pointers.length === 0) {
				const at = await dvcRepository(git, listed, source.path);
				origins.set(source.path, {
					at,
					out: {
						path: "",
						md5: "",
						bytes: null,
						isFolder: false,
						isOld: false,
						remote: null
					}
				});
			}
			const files = [];
			for (const pointer of pointers) files.push(...await filesOf(source, listed, pointer));
			return files;
		},
		async open(source, file, from) {
			const { at, out } = origins.get(file.path) ?? origins.get(source.path);
			return openObject(at, places, {
				name: file.version["md5"],
				isOld: out.isOld,
				remote: out.remote
			}, {
				source,
				file,
				from
			});
		},
		beside: (source, file) => [source, {
			...source,
			path: node_path.posix.join(require_light.globLiteral(node_path.posix.dirname(file)), "*.dvc")
		}],
		names: (source, file) => origins.has(source.path) && mayPointTo(source.path, file),
		keeps: (file) => file.version?.["md5"] !== void 0,
		isResumable: () => true,
		promised(file) {
			const md5 = file.version["md5"].replace(".dir", "");
			return origins.get(file.path)?.out.isOld === true ? { md5OfText: md5 } : { md5 };
		}
	};
}
function mayPointTo(pattern, file) {
	const pointer = require_light.globPattern(pattern);
	const words = file.split("/");
	return words.some((_, i) => pointer.test(`${words.slice(0, i + 1).join("/")}.dvc`));
}
async function pointersOf(git, { root, baseCommit }, pattern, workTree) {
	const folder = require_light.globRoot(pattern);
	const names = await git.run([
		"ls-tree",
		"-r",
		"-z",
		"--name-only",
		"--full-tree",
		baseCommit,
		...folder === "" ? [] : ["--", folder]
	], { cwd: root });
	const wanted = require_light.globPattern(pattern);
	const found = names.split("\0").filter((name) => name.endsWith(".dvc") && wanted.test(name));
	if (workTree && folder === pattern && !found.includes(pattern)) found.push(pattern);
	return found.sort();
}
async function knownPointer({ commonDir }, pointer, text) {
	const file = node_path.default.join(commonDir, "refit/cache/parsed", `${require_light.sha256(`dvc ${require_light.version} ${pointer}\n${text}`)}.json`);
	const known = require_light.openSealedJson(await (0, node_fs_promises.readFile)(file, "utf8").catch(() => ""));
	if (known !== null) return known.value;
	const { readPointer } = await Promise.resolve().then(() => pointer_exports);
	const outs = readPointer(pointer, text);
	await require_light.diskFiles.write(file, require_light.encodeText(require_light.sealJson(outs)), { lasting: false }).catch(() => {});
	return outs;
}
async function readText(git, { repository, workTree }, name) {
	if (workTree) return textOf(name, node_path.default.join(repository.root, name));
	const { exitCode, stdout } = await git.attempt([
		"cat-file",
		"blob",
		`${repository.baseCommit}:${name}`
	], { cwd: repository.root });
	return exitCode === 0 ? stdout.toString() : null;
}
async function dvcRepository(git, listed, pointer) {
	for (let folder = node_path.posix.dirname(pointer);; folder = node_path.posix.dirname(folder)) {
		const config = await readText(git, listed, node_path.posix.join(folder, ".dvc/config"));
		if (config === null && folder !== ".") continue;
		const at = node_path.default.join(listed.repository.root, folder, ".dvc");
		const own = await textOf(node_path.posix.join(folder, ".dvc/config.local"), node_path.default.join(at, "config.local"));
		return {
			folder: at,
			config: readDvcConfig([config ?? "", own ?? ""])
		};
	}
}
async function textOf(name, file) {
	try {
		return await (0, node_fs_promises.readFile)(file, "utf8");
	} catch (error) {
		const { code = "unknown" } = error;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		throw new require_light.SourceRefusedError(name, `this machine answered ${code}`, "Give the user that runs refit the right to read this file; if there is a folder in its place, remove it.", { cause: error });
	}
}
Object.defineProperty(exports, "dvc_exports", {
	enumerable: true,
	get: function() {
		return dvc_exports;
	}
});
