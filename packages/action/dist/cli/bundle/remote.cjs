const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_timers_promises = require("node:timers/promises");
let node_url = require("node:url");
let node_dns = require("node:dns");
let node_http = require("node:http");
let node_https = require("node:https");
let node_net = require("node:net");
let node_stream = require("node:stream");
// ../refit/src/adapters/sources/remote/patience.ts
var usualPatience = {
	secondMs: 1e3,
	timeoutMs: 6e4
};
var PassingFault = class extends Error {
	retryAfter;
	constructor(why, options) {
		super(why, options);
		this.retryAfter = options?.retryAfter ?? null;
	}
};
var waits = [
	.5,
	2,
	8
];
var longestWait = 60;
async function patiently(path, { secondMs }, work, tries = waits.length + 1) {
	for (let attempt = 1;; attempt++) try {
		return await work();
	} catch (error) {
		if (!(error instanceof PassingFault)) throw error;
		if (attempt >= tries) {
			const often = tries === 1 ? "" : `, ${tries} times in a row`;
			throw new require_light.SourceUnreachableError(path, `${error.message}${often}`, { cause: error });
		}
		const seconds = Math.min(longestWait, error.retryAfter ?? waits[attempt - 1]);
		await (0, node_timers_promises.setTimeout)(seconds * secondMs);
	}
}
// ../refit/src/adapters/sources/remote/private-address.ts
var privateNetworks = [
	"0.0.0.0/8",
	"10.0.0.0/8",
	"100.64.0.0/10",
	"127.0.0.0/8",
	"169.254.0.0/16",
	"172.16.0.0/12",
	"192.0.0.0/24",
	"192.0.2.0/24",
	"192.88.99.0/24",
	"192.168.0.0/16",
	"198.18.0.0/15",
	"198.51.100.0/24",
	"203.0.113.0/24",
	"224.0.0.0/4",
	"240.0.0.0/4",
	"::/96",
	"64:ff9b:1::/48",
	"100::/64",
	"2001::/23",
	"2001:db8::/32",
	"fc00::/7",
	"fe80::/10",
	"fec0::/10",
	"ff00::/8"
];
var carriers = [
	["::ffff:0:0/96", 6],
	["64:ff9b::/96", 6],
	["2002::/16", 1]
];
var blocked = listOf(privateNetworks);
function isPrivateAddress(address) {
	const plain = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
	const version = (0, node_net.isIP)(plain);
	if (version === 0) return true;
	if (version === 4) return blocked.check(plain, "ipv4");
	for (const [network, group] of carriers) if (listOf([network]).check(plain, "ipv6")) return isPrivateAddress(carriedAddress(plain, group));
	return blocked.check(plain, "ipv6");
}
function listOf(networks) {
	const list = new node_net.BlockList();
	for (const network of networks) {
		const [address, bits] = network.split("/");
		list.addSubnet(address, Number(bits), address.includes(":") ? "ipv6" : "ipv4");
	}
	return list;
}
function carriedAddress(address, from) {
	const groups = groupsOf(address);
	return [groups[from], groups[from + 1]].flatMap((number) => [number >> 8, number & 255]).join(".");
}
function groupsOf(address) {
	const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
	const [head = "", tail] = (dotted === null ? address : address.slice(0, dotted.index) + hexPair(dotted.slice(1).map(Number))).split("::");
	const numbers = (part) => part === "" ? [] : part.split(":").map((group) => parseInt(group, 16));
	if (tail === void 0) return numbers(head);
	const [before, after] = [numbers(head), numbers(tail)];
	return [
		...before,
		...Array(8 - before.length - after.length).fill(0),
		...after
	];
}
function hexPair([a = 0, b = 0, c = 0, d = 0]) {
	return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
// ../refit/src/adapters/sources/remote/http-client.ts
var realNetwork = {
	lookup: node_dns.lookup,
	isPrivate: isPrivateAddress
};
function httpClient({ timeoutMs }, network = realNetwork) {
	const agents = new Map();
	function agentOf(secure, allowPrivate) {
		const key = `${secure} ${allowPrivate}`;
		const options = {
			keepAlive: true,
			maxSockets: 16,
			timeout: timeoutMs
		};
		const agent = agents.get(key) ?? (secure ? new node_https.Agent(options) : new node_http.Agent(options));
		agents.set(key, agent);
		return agent;
	}
	async function sendOnce({ path, method, url, headers, allowPrivate }) {
		const literal = url.hostname.replace(/^\[(.*)\]$/, "$1");
		if (!allowPrivate && (0, node_net.isIP)(literal) !== 0 && network.isPrivate(literal)) throw privateError(path);
		const secure = url.protocol === "https:";
		const start = secure ? node_https.request : node_http.request;
		return new Promise((resolve, reject) => {
			const sent = start({
				...(0, node_url.urlToHttpOptions)(url),
				method,
				headers: {
					"user-agent": "refit",
					accept: "*/*",
					"accept-encoding": "identity",
					...headers
				},
				agent: agentOf(secure, allowPrivate),
				lookup: checkedLookup(network, allowPrivate, () => privateError(path)),
				timeout: timeoutMs
			});
			sent.on("timeout", () => sent.destroy(new PassingFault("the server did not answer in time")));
			sent.on("error", (error) => reject(namedFault(path, error)));
			sent.on("response", (body) => resolve({
				status: body.statusCode,
				headers: body.headers,
				body
			}));
			sent.end();
		});
	}
	return { async send(request) {
		let { url, headers } = request;
		for (let left = request.redirects;; left--) {
			const answer = await sendOnce({
				...request,
				url,
				headers
			});
			const { location } = answer.headers;
			if (![
				301,
				302,
				303,
				307,
				308
			].includes(answer.status) || location === void 0) return answer;
			if (request.redirects === 0) return answer;
			answer.body.destroy();
			if (left <= 0) throw redirectError(request.path, `it redirects more than ${request.redirects} times`);
			const next = redirectTarget(request, url, location);
			if (next.origin !== url.origin) headers = withoutCredentials(headers);
			url = next;
		}
	} };
}
function checkedLookup({ lookup, isPrivate }, allowPrivate, refusal) {
	return (hostname, options, callback) => lookup(hostname, {
		...options,
		all: true
	}, (error, found) => {
		const addresses = Array.isArray(found) ? found : [];
		if (error !== null) return callback(error, []);
		if (!allowPrivate && addresses.some(({ address }) => isPrivate(address))) return callback(refusal(), []);
		if (options.all === true) return callback(null, addresses);
		callback(null, addresses[0].address, addresses[0].family);
	});
}
function redirectTarget({ path, allowPrivate }, from, location) {
	if (!URL.canParse(location, from.href)) throw redirectError(path, "it redirects to something that is not an address");
	const next = new URL(location, from);
	const plain = next.protocol === "http:" && from.protocol === "http:" && allowPrivate;
	if (next.protocol !== "https:" && !plain) throw redirectError(path, "it redirects to an address that is not https:");
	next.username = "";
	next.password = "";
	return next;
}
function withoutCredentials(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "authorization"));
}
function privateError(path) {
	return new require_light.SourceRefusedError(path, "its name, or a redirect, leads to an address of a private network or of this machine", "If that is meant, add `allowPrivate: true` to the source in the data manifest. Otherwise find out who changed the name or the server.");
}
function redirectError(path, why) {
	return new require_light.SourceRefusedError(path, why, "Write the address that it leads to, if you trust it, into the data manifest.");
}
function namedFault(path, error) {
	if (error instanceof require_light.SourceRefusedError || error instanceof PassingFault) return error;
	const code = error.code ?? "";
	if (code === "ENOTFOUND") return new require_light.SourceUnreachableError(path, "there is no server of this name", {
		cause: error,
		hint: checkName
	});
	if (/CERT|SIGNATURE|SSL|TLS/.test(code)) return new require_light.SourceUnreachableError(path, `its certificate is not accepted (${code})`, {
		cause: error,
		hint: "Repair the certificate of the server; for one of your own, name its authority in NODE_EXTRA_CA_CERTS."
	});
	return new PassingFault(wordsOfCode[code] ?? `the connection failed (${code === "" ? "no reason given" : code})`, { cause: error });
}
var checkName = "Check the address in the data manifest, and whether this machine is online.";
var wordsOfCode = {
	ECONNRESET: "the connection was closed before the end",
	EPIPE: "the connection was closed before the end",
	ECONNREFUSED: "nothing answers at its address",
	ETIMEDOUT: "the server did not answer in time",
	EAI_AGAIN: "its name cannot be looked up at the moment",
	EHOSTUNREACH: "its network cannot be reached",
	ENETUNREACH: "its network cannot be reached"
};
function brokenBody(path, error) {
	return error instanceof Error ? namedFault(path, error) : new PassingFault("the connection failed");
}
async function readBody(path, { body }, mostBytes) {
	const chunks = [];
	let bytes = 0;
	try {
		for await (const chunk of body) {
			bytes += chunk.length;
			if (bytes > mostBytes) throw new PassingFault("the answer is much longer than it should be");
			chunks.push(chunk);
		}
	} catch (error) {
		body.destroy();
		throw brokenBody(path, error);
	}
	return Buffer.concat(chunks).toString("utf8");
}
// ../refit/src/adapters/sources/remote/content-store.ts
var content_store_exports = require_rolldown_runtime.__exportAll({ contentStore: () => contentStore });
function contentStore(folder) {
	const verified = new Map();
	let writable = null;
	const place = () => writable ??= writableFolder(folder);
	return {
		async find(sha256) {
			const file = node_path.default.join(await place(), sha256);
			const stands = await stampOf(file);
			if (stands === null) return null;
			if (verified.get(sha256) !== stands) {
				if ((await hashFile(file)).sha256.digest("hex") !== sha256) {
					await (0, node_fs_promises.rm)(file, {
						recursive: true,
						force: true
					});
					return null;
				}
				const now = require_light.systemClock.now() / 1e3;
				await (0, node_fs_promises.utimes)(file, now, now).catch(() => {});
				verified.set(sha256, await stampOf(file) ?? "");
			}
			return file;
		},
		async begin(name) {
			const at = await place();
			const own = node_path.default.join(at, `${name}.${require_light.temporaryName()}.part`);
			await adopt(at, name, own);
			return partialFile(own, async (sha256) => {
				const file = node_path.default.join(at, sha256);
				await (0, node_fs_promises.rename)(own, file);
				verified.set(sha256, await stampOf(file) ?? "");
				return file;
			});
		}
	};
}
async function writableFolder(folder) {
	return await (0, node_fs_promises.mkdir)(folder, { recursive: true }).then(() => true, () => false) ? folder : (await require_light.machineFolder()).path;
}
async function adopt(folder, name, own) {
	for (const entry of await (0, node_fs_promises.readdir)(folder).catch(() => [])) {
		if (!entry.startsWith(`${name}.`) || !entry.endsWith(".part")) continue;
		const age = require_light.systemClock.now() - ((await (0, node_fs_promises.stat)(node_path.default.join(folder, entry)).catch(() => null))?.mtimeMs ?? 0);
		if (!require_light.isLeftBehind(entry, age) && !isOwnLeftover(entry)) continue;
		await (0, node_fs_promises.rename)(node_path.default.join(folder, entry), own).catch(() => {});
		return;
	}
}
var leftovers = new Set();
var isOwnLeftover = (entry) => leftovers.delete(entry);
async function partialFile(file, place) {
	const handle = await (0, node_fs_promises.open)(file, "a");
	let hashes = await hashFile(file);
	const named = async (work) => work.catch((error) => {
		throw Object.assign(error, { path: error.path ?? file });
	});
	return {
		get bytes() {
			return hashes.bytes;
		},
		digests: () => ({
			sha256: hashes.sha256.copy().digest("hex"),
			md5: hashes.md5.copy().digest("hex")
		}),
		async md5OfText() {
			const md5 = (0, node_crypto.createHash)("md5");
			let held = "";
			for await (const chunk of (0, node_fs.createReadStream)(file, "latin1")) {
				const text = held + chunk;
				held = text.endsWith("\r") ? "\r" : "";
				md5.update(text.slice(0, text.length - held.length).replaceAll("\r\n", "\n"), "latin1");
			}
			return md5.update(held, "latin1").digest("hex");
		},
		async write(chunk) {
			await named(handle.writeFile(chunk));
			hashes.sha256.update(chunk);
			hashes.md5.update(chunk);
			hashes.bytes += chunk.length;
		},
		async clear() {
			await named(handle.truncate(0));
			hashes = emptyHashes();
		},
		async keep() {
			await named(handle.sync());
			await handle.close();
			return place(hashes.sha256.copy().digest("hex"));
		},
		async leave() {
			await handle.close();
			if (hashes.bytes === 0) await (0, node_fs_promises.rm)(file, { force: true });
			else leftovers.add(node_path.default.basename(file));
		},
		async discard() {
			await handle.close();
			await (0, node_fs_promises.rm)(file, { force: true });
		}
	};
}
var emptyHashes = () => ({
	sha256: (0, node_crypto.createHash)("sha256"),
	md5: (0, node_crypto.createHash)("md5"),
	bytes: 0
});
async function hashFile(file) {
	const hashes = emptyHashes();
	for await (const chunk of require_light.fileBytes(file)) {
		hashes.sha256.update(chunk);
		hashes.md5.update(chunk);
		hashes.bytes += chunk.length;
	}
	return hashes;
}
async function stampOf(file) {
	const facts = await (0, node_fs_promises.stat)(file, { bigint: true }).catch(() => null);
	return facts === null ? null : `${facts.size} ${facts.mtimeNs} ${facts.ino}`;
}
// ../refit/src/adapters/sources/remote/download.ts
async function download(store, patience, request) {
	const { place, file, name } = request;
	const part = await store.begin(name);
	try {
		if (!place.isResumable(file)) await part.clear();
		const { versionId } = await receiveWhole(request, patience, part);
		const { sha256 } = part.digests();
		const { bytes } = part;
		return {
			localPath: await part.keep(),
			sha256,
			bytes,
			versionId
		};
	} catch (error) {
		await (place.isResumable(file) && isUnreachable(error) ? part.leave() : part.discard()).catch(() => {});
		throw error;
	}
}
async function receiveWhole(request, patience, part) {
	const { place, file } = request;
	for (let isSecond = false;; isSecond = true) {
		const { versionId, promised } = await patiently(file.path, patience, () => receive(request, part));
		const broken = await brokenPromise({
			...place.promised(file),
			...promised
		}, part);
		if (broken === null) return { versionId };
		if (isSecond) throw new require_light.SourceAlteredError(file.path, broken);
		await part.clear();
	}
}
var isUnreachable = (error) => error instanceof Error && "code" in error && error.code === "source-unreachable";
async function receive(request, part) {
	const { place, source, file, mostMiB } = request;
	const most = mostMiB * 1024 * 1024;
	if (file.bytes !== null && file.bytes > most) throw new require_light.DataLimitError("downloadMiB", mostMiB, { path: file.path });
	if (!place.isResumable(file)) await part.clear();
	const { from, total, stream, ...told } = await place.open(source, file, part.bytes);
	const expected = file.bytes ?? total;
	try {
		if (from !== part.bytes) await part.clear();
		if (from !== part.bytes) throw new PassingFault("the server sent another part than was asked for");
		for await (const chunk of stream) {
			await part.write(chunk);
			if (part.bytes > most) throw new require_light.DataLimitError("downloadMiB", mostMiB, { path: file.path });
			if (expected !== null && part.bytes > expected) break;
		}
	} catch (error) {
		stream.destroy();
		throw isDisk(error) || error instanceof require_light.DataLimitError ? error : brokenBody(file.path, error);
	}
	stream.destroy();
	if (expected !== null && part.bytes !== expected) {
		const why = `${part.bytes < expected ? "the answer ended too early" : "the answer is too long"} (${part.bytes} of ${expected} bytes)`;
		if (part.bytes > expected) await part.clear();
		throw new PassingFault(why);
	}
	return told;
}
function isDisk(error) {
	return error instanceof Error && "syscall" in error && "path" in error;
}
async function brokenPromise({ sha256, md5, md5OfText }, part) {
	const found = part.digests();
	if (sha256 !== void 0 && found.sha256 !== sha256) return `its sha256 is ${found.sha256}, and should be ${sha256}`;
	const wanted = md5 ?? md5OfText;
	if (wanted === void 0 || found.md5 === wanted) return null;
	if (md5OfText !== void 0 && await part.md5OfText() === md5OfText) return null;
	return `its md5 is ${found.md5}, and should be ${wanted}`;
}
// ../refit/src/adapters/sources/remote/remote-sources.ts
function remoteSources(scheme, place, patience) {
	const state = {
		scheme,
		place,
		patience,
		kept: new Map(),
		listings: new Map(),
		terms: new Map()
	};
	return {
		async list(repository, manifest, { workTree }) {
			const files = new Map();
			const findings = [];
			const notices = new Set();
			for (const source of manifest.sources) {
				const terms = {
					source,
					mostMiB: manifest.limits.downloadMiB ?? usualMiB
				};
				const listed = await listOne(state, {
					repository,
					workTree,
					bring: (file) => bringListing(state, repository, file, terms)
				}, terms);
				for (const file of listed.files) if (!files.has(file.path)) files.set(file.path, file);
				const unread = require_light.fileColumnsOf(manifest).length > 0 ? [] : listed.unread;
				for (const notice of [
					...unread,
					...listed.notices,
					...place.notices?.(source) ?? []
				]) notices.add(notice);
				if (listed.files.length === 0) findings.push(nothingThere(source));
			}
			return {
				files: [...files].sort(([a], [b]) => a < b ? -1 : 1).map(([, file]) => file),
				findings,
				notices: [...notices]
			};
		},
		async knownDigest(repository, file) {
			const { sha256 } = file.version ?? {};
			return sha256 ?? (await keptIn(state, repository).digests.get(file.identity))?.sha256 ?? null;
		},
		watched: async () => null,
		async earlier(repository, { sources, limits }, { path: name, bytes, version }, { ifKept } = { ifKept: false }) {
			const source = sources.find((entry) => place.names?.(entry, name) === true);
			const format = require_light.sourceFormat(name);
			if (source === void 0 || format === null) return null;
			const identity = identityOf(scheme, {
				path: name,
				bytes,
				version
			});
			if (!(!ifKept && place.keeps?.({ version }) === true) && !await isHere(state, repository, identity)) return null;
			state.terms.set(name, {
				source,
				mostMiB: limits.downloadMiB ?? usualMiB
			});
			return {
				path: name,
				format: format.format,
				delimiter: source.delimiter ?? format.delimiter,
				bytes,
				blob: null,
				identity,
				version,
				scheme
			};
		},
		fetch: (repository, file) => fetchFile(state, repository, file),
		rowFiles: (repository, file, options) => filesBeside(state, repository, file, options)
	};
}
async function filesBeside(state, repository, { path: dataFile }, { workTree }) {
	const terms = state.terms.get(dataFile);
	const files = new Map();
	if (terms === void 0) return files;
	for (const source of state.place.beside?.(terms.source, dataFile) ?? []) {
		const beside = {
			...terms,
			source
		};
		const bringList = (file) => bringListing(state, repository, file, beside);
		for (const found of await listOnce(state, {
			repository,
			workTree,
			bring: bringList
		}, source)) {
			const { path: name, bytes, version } = found;
			if (version === null || files.has(name)) continue;
			const identity = identityOf(state.scheme, {
				path: name,
				bytes: bytes ?? 0,
				version
			});
			const bringFile = async () => {
				state.terms.set(name, beside);
				return fetchFile(state, repository, {
					path: name,
					bytes: bytes ?? 0,
					version,
					identity
				});
			};
			files.set(name, {
				path: name,
				bytes,
				identity,
				bring: bringFile
			});
		}
	}
	return files;
}
function keptIn({ kept }, { commonDir }) {
	const here = kept.get(commonDir) ?? {
		digests: require_light.digestCache(node_path.default.join(commonDir, "refit", "cache", "digests.txt")),
		store: contentStore(require_light.contentFolder(commonDir)),
		lists: contentStore(node_path.default.join(commonDir, "refit", "cache", "lists"))
	};
	kept.set(commonDir, here);
	return here;
}
async function listOne(state, at, terms) {
	const { source } = terms;
	const files = [];
	const unread = [];
	const notices = [];
	for (const found of await listOnce(state, at, source)) {
		const format = require_light.sourceFormat(found.path);
		if (format === null) {
			unread.push(`${require_light.quoted(found.path, 300)} is not read: ${notReadable}`);
			continue;
		}
		state.terms.set(found.path, terms);
		if (found.version === null) notices.push(`${require_light.quoted(found.path, 300)} ${untold}`);
		const { bytes, version } = await versioned(state, at.repository, found);
		const identity = identityOf(state.scheme, {
			path: found.path,
			bytes: bytes ?? 0,
			version
		});
		const before = await keptIn(state, at.repository).digests.get(identity);
		files.push({
			path: found.path,
			format: format.format,
			delimiter: source.delimiter ?? format.delimiter,
			bytes: bytes ?? before?.bytes ?? 0,
			blob: null,
			identity,
			version: withId(version, before?.versionId),
			scheme: state.scheme,
			...found.modifiedAt !== void 0 && { modifiedAt: found.modifiedAt }
		});
	}
	return {
		files,
		unread,
		notices
	};
}
function listOnce({ listings, place }, at, source) {
	const { repository, workTree } = at;
	const key = JSON.stringify([
		repository.commonDir,
		repository.baseCommit,
		workTree,
		source
	]);
	const listing = listings.get(key) ?? place.list(source, at);
	listings.set(key, listing);
	listing.catch(() => listings.delete(key));
	return listing;
}
async function versioned(state, repository, { path: file, bytes, version }) {
	if (version !== null) return {
		bytes,
		version
	};
	const brought = await bring(state, repository, {
		path: file,
		bytes,
		version
	}, require_light.sha256(file));
	return {
		bytes: brought.bytes,
		version: { sha256: brought.sha256 }
	};
}
async function bringListing(state, repository, file, terms) {
	const { digests, lists } = keptIn(state, repository);
	const identity = identityOf(state.scheme, {
		path: file.path,
		bytes: 0,
		version: file.version
	});
	const before = await digests.get(identity);
	const here = before && await lists.find(before.sha256);
	if (here !== null) return here;
	const { place, patience } = state;
	const { sha256: sha256$1, bytes, localPath } = await download(lists, patience, {
		place,
		file,
		name: require_light.sha256(identity),
		...terms
	});
	await digests.add(identity, {
		sha256: sha256$1,
		bytes
	});
	return localPath;
}
function bring(state, repository, file, name) {
	const { place, patience, terms } = state;
	return download(keptIn(state, repository).store, patience, {
		place,
		file,
		name,
		...terms.get(file.path)
	});
}
async function isHere(state, repository, identity) {
	const { digests, store } = keptIn(state, repository);
	const known = await digests.get(identity);
	return known !== null && await store.find(known.sha256) !== null;
}
async function fetchFile(state, repository, file) {
	const { digests, store } = keptIn(state, repository);
	const told = file.version?.["sha256"];
	const before = told === void 0 ? await digests.get(file.identity) : {
		sha256: told,
		bytes: file.bytes
	};
	const here = before && await store.find(before.sha256);
	if (before !== null && here !== null) return {
		...file,
		bytes: before.bytes,
		sha256: before.sha256,
		localPath: here
	};
	const { localPath, sha256: sha256$2, bytes, versionId } = await bring(state, repository, {
		path: file.path,
		bytes: before?.bytes ?? sizeTold(file),
		version: file.version
	}, require_light.sha256(file.identity));
	if (before !== null && sha256$2 !== before.sha256) throw differs(file, before.sha256, sha256$2);
	await digests.add(file.identity, {
		sha256: sha256$2,
		bytes,
		versionId
	});
	return {
		...file,
		bytes,
		version: withId(file.version, versionId),
		sha256: sha256$2,
		localPath
	};
}
var usualMiB = 10240;
var notReadable = "its name does not end in .csv, .tsv, .jsonl, .ndjson or .parquet.";
var untold = "is downloaded in every run: its server sends neither an ETag nor a time that says whether it has changed.";
var sizeTold = ({ bytes }) => bytes === 0 ? null : bytes;
function identityOf(scheme, file) {
	return `${scheme}:${require_light.sha256(require_light.remoteKey(file))}`;
}
function withId(version, versionId) {
	return versionId === void 0 ? version : {
		...version,
		versionId
	};
}
function nothingThere({ path: source }) {
	return require_light.finding("no-files", {}, `There is nothing to read at ${require_light.quoted(source, 300)}.`);
}
function differs(file, was, is) {
	if (file.version?.["sha256"] !== void 0) return new require_light.SourceVanishedError(file.path, { version: `the bytes with sha256 ${was}` });
	return new require_light.SourceAlteredError(file.path, `its sha256 is ${is}, and was ${was} under the same name`);
}
// ../refit/src/adapters/sources/https/bearer.ts
function bearer({ path, token }, env) {
	if (token === void 0) return {};
	const value = env[token]?.trim();
	if (value === void 0 || value === "") throw new require_light.SourceRefusedError(path, `the variable ${token} is not set`, setIt(token));
	if (/[^\x21-\x7e]/.test(value)) throw new require_light.SourceRefusedError(path, `the variable ${token} has characters that no token has`, setIt(token));
	return { authorization: `Bearer ${value}` };
}
var setIt = (name) => `Set ${name} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
// ../refit/src/adapters/sources/https/answers.ts
function throwByStatus(path, { status, headers, body }, token) {
	body.destroy();
	const said = `the server answered ${status}`;
	if (status === 408 || status === 425 || status === 429 || status >= 500 || status === 304 || status === 416) throw new PassingFault(said, { retryAfter: secondsOf(headers["retry-after"]) });
	if (status === 401 || status === 403 || status === 407) throw new require_light.SourceRefusedError(path, said, rightsHint(token));
	throw new require_light.SourceRefusedError(path, said, "Open the address in a browser to see what the server expects.");
}
function rightsHint(token) {
	return token === null ? "If it needs a token, put it into an environment variable and name that in the data manifest: `token: NAME`." : `Check that the token in ${token} is still valid, and that it may read this file.`;
}
function secondsOf(retryAfter) {
	return retryAfter !== void 0 && /^\d{1,5}$/.test(retryAfter) ? Number(retryAfter) : null;
}
function bytesOf(headers) {
	const length = headers["content-length"];
	return length !== void 0 && /^\d{1,15}$/.test(length) ? Number(length) : null;
}
function rangeOf(headers) {
	const [, from, total] = /^bytes (\d{1,15})-\d+\/(\d{1,15})$/.exec(headers["content-range"] ?? "") ?? [];
	if (from === void 0) throw new PassingFault("the server sent a part without saying which");
	return {
		from: Number(from),
		total: Number(total)
	};
}
function requirePlain(path, headers) {
	const { "content-encoding": encoding, "content-type": type } = headers;
	if (encoding !== void 0 && encoding !== "" && encoding !== "identity") throw new require_light.SourceRefusedError(path, "the server compresses the file on the way, though it was asked not to", "Turn off compression for this file on the server; refit asks for it with `Accept-Encoding: identity`.");
	if (/^\s*(?:text\/html|application\/xhtml)/i.test(type ?? "")) throw new require_light.SourceRefusedError(path, "the server sends a web page instead of the file", "Open the address in a browser: it may need a token, or be a page about the file instead of the file itself.");
}
// ../refit/src/adapters/sources/https/index.ts
var https_exports = require_rolldown_runtime.__exportAll({ httpsSources: () => httpsSources });
function httpsSources(world) {
	const patience = world.patience ?? usualPatience;
	return remoteSources("https", webPlace(httpClient(patience, world.network), patience, world.env), patience);
}
function webPlace(http, patience, env) {
	const send = (source, method, headers = {}) => http.send({
		path: source.path,
		method,
		url: new URL(source.path),
		headers: {
			...headers,
			...bearer(source, env)
		},
		allowPrivate: source.allowPrivate === true,
		redirects: 5
	});
	return {
		list: async (source) => patiently(source.path, patience, async () => describe$1(source, (...how) => send(source, ...how))),
		async open(source, file, from) {
			const isStrong = from > 0 && strongTag(file) !== null;
			return readable(source, file, await send(source, "GET", isStrong ? {
				range: `bytes=${from}-`,
				"if-range": strongTag(file)
			} : {}));
		},
		names: (source, path) => source.path === path,
		isResumable: (file) => strongTag(file) !== null,
		promised: () => ({})
	};
}
async function describe$1(source, send) {
	const head = await send("HEAD");
	head.body.resume();
	const answer = [405, 501].includes(head.status) ? await send("GET") : head;
	if (answer !== head) answer.body.destroy();
	const { status, headers } = answer;
	if (status === 404 || status === 410) return [];
	if (status !== 200) throwByStatus(source.path, answer, source.token ?? null);
	requirePlain(source.path, headers);
	return [{
		path: source.path,
		bytes: bytesOf(headers),
		version: versionOf$1(headers)
	}];
}
var racySeconds = 60;
function versionOf$1(headers) {
	const { etag, "last-modified": lastModified, date } = headers;
	if (etag !== void 0 && etag !== "") return { etag };
	if (lastModified === void 0 || date === void 0 || bytesOf(headers) === null) return null;
	return (Date.parse(date) - Date.parse(lastModified)) / 1e3 >= racySeconds ? { lastModified } : null;
}
function strongTag({ version }) {
	const etag = version?.["etag"];
	return etag === void 0 || /^W\//i.test(etag) ? null : etag;
}
function readable(source, file, answer) {
	const { status, headers, body } = answer;
	try {
		if (status === 404 || status === 410) throw new require_light.SourceVanishedError(file.path, { version: named$1(file) });
		if (status !== 200 && status !== 206) throwByStatus(source.path, answer, source.token ?? null);
		requirePlain(source.path, headers);
		requireSame(file, headers);
		const length = bytesOf(headers);
		if (status === 200) return {
			from: 0,
			total: length,
			stream: body,
			versionId: void 0
		};
		return {
			...rangeOf(headers),
			stream: body,
			versionId: void 0
		};
	} catch (error) {
		body.destroy();
		throw error;
	}
}
function requireSame(file, headers) {
	const { etag, lastModified } = file.version ?? {};
	if (!((etag === void 0 || headers.etag === etag) && (lastModified === void 0 || headers["last-modified"] === lastModified))) throw new require_light.SourceVanishedError(file.path, { version: named$1(file) });
}
function named$1({ version }) {
	const { etag, lastModified } = version ?? {};
	if (etag !== void 0) return `the version with the ETag ${etag.slice(0, 80)}`;
	return lastModified === void 0 ? "what was listed" : `the version of ${lastModified.slice(0, 80)}`;
}
// ../refit/src/adapters/sources/s3/answers.ts
async function refusalOf(path, answer) {
	const text = await readBody(path, answer, 65536);
	const region = answer.headers["x-amz-bucket-region"] ?? /<Region>([a-z0-9-]{1,40})<\/Region>/.exec(text)?.[1];
	return {
		status: answer.status,
		code: /<Code>([A-Za-z.]{1,60})<\/Code>/.exec(text)?.[1] ?? "",
		region: typeof region === "string" && /^[a-z0-9-]{1,40}$/.test(region) ? region : null
	};
}
var passing = new Set([
	"SlowDown",
	"InternalError",
	"ServiceUnavailable",
	"RequestTimeout",
	"Throttling",
	"ThrottlingException"
]);
var ofKeys = new Set([
	"AccessDenied",
	"InvalidAccessKeyId",
	"InvalidToken",
	"SignatureDoesNotMatch"
]);
var ofExpiry = new Set([
	"ExpiredToken",
	"ExpiredTokenException",
	"RequestExpired",
	"TokenRefreshRequired"
]);
function refusalError(path, { status, code, region }, prefix) {
	const said = `the store answered ${status}${code === "" ? "" : ` (${code})`}`;
	if (passing.has(code) || [
		408,
		425,
		429,
		304,
		416
	].includes(status) || status >= 500) return new PassingFault(said);
	if (region !== null && (status === 301 || status === 307 || code === "AuthorizationHeaderMalformed")) return new require_light.SourceRefusedError(path, said, `The bucket is in another region: add \`region: ${region}\` to the source.`);
	if (status >= 300 && status < 400) return new require_light.SourceRefusedError(path, `${said}, which leads elsewhere`, notTheStore);
	if (code === "NoSuchBucket") return new require_light.SourceRefusedError(path, "there is no bucket of this name", "Check its name, and `endpoint`.");
	if (code === "RequestTimeTooSkewed") return new require_light.SourceRefusedError(path, said, "Set the clock of this machine: it is off by minutes.");
	if (code === "InvalidObjectState") return new require_light.SourceRefusedError(path, "it lies in an archive", "Restore it from the archive, then run again.");
	if (code.startsWith("KMS.")) return new require_light.SourceRefusedError(path, said, "Enable the key in KMS that the object is encrypted with, or copy the object under another key.");
	if (ofExpiry.has(code)) return new require_light.SourceRefusedError(path, said, expired(prefix));
	if (ofKeys.has(code) || status === 401 || status === 403) return new require_light.SourceRefusedError(path, said, rights(prefix));
	return new require_light.SourceRefusedError(path, said, "Check the bucket, `endpoint` and `region` in the data manifest.");
}
function requireListing(path, { headers, body }) {
	if (!/^\s*(?:text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "")) return;
	body.destroy();
	throw new require_light.SourceRefusedError(path, "a web page came instead of a listing", notTheStore);
}
var notTheStore = "Write the address at which the store speaks the protocol of S3 into `endpoint`: with `https:` if it asks for that, and not the address of its web console (of MinIO usually port 9000, not 9001).";
var expired = (prefix) => `The keys have expired: put new ones into ${prefix}_ACCESS_KEY_ID, ${prefix}_SECRET_ACCESS_KEY and ${prefix}_SESSION_TOKEN.`;
var rights = (prefix) => `Check that the keys in ${prefix}_ACCESS_KEY_ID and ${prefix}_SECRET_ACCESS_KEY are set and valid, and that they may list the bucket and read its objects (s3:ListBucket, s3:GetObject, s3:GetObjectVersion; of objects under a key of KMS also kms:Decrypt).`;
// ../refit/src/adapters/sources/s3/list-objects.ts
function readObjectPage(text) {
	if (!/<\/ListBucketResult>\s*$/.test(text)) throw new PassingFault("the store sent half a listing");
	const isEncoded = valueOf(text, "EncodingType") === "url";
	const objects = [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry]) => {
		const key = valueOf(entry, "Key");
		const size = valueOf(entry, "Size");
		const etag = valueOf(entry, "ETag");
		if (key === null || size === null || !/^\d{1,15}$/.test(size) || etag === null) throw new PassingFault("the store sent a listing that cannot be read");
		const at = Date.parse(valueOf(entry, "LastModified") ?? "");
		const modifiedAt = Number.isNaN(at) ? null : at;
		return {
			key: isEncoded ? decodedKey(key) : key,
			bytes: Number(size),
			etag,
			modifiedAt
		};
	});
	const next = valueOf(text, "IsTruncated") === "true" ? valueOf(text, "NextContinuationToken") : null;
	if (next === null && valueOf(text, "IsTruncated") === "true") throw new PassingFault("the store sent half a listing");
	return {
		objects,
		next
	};
}
function decodedKey(key) {
	try {
		return decodeURIComponent(key.replaceAll("+", " "));
	} catch {
		throw new PassingFault("the store sent a listing that cannot be read");
	}
}
function valueOf(text, name) {
	const start = text.indexOf(`<${name}>`);
	const end = start < 0 ? -1 : text.indexOf(`</${name}>`, start);
	return end < 0 ? null : unescaped(text.slice(start + name.length + 2, end));
}
var entities = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'"
};
function unescaped(text) {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi, (whole, hex, number, name) => {
		const code = hex === void 0 ? Number(number) : parseInt(hex, 16);
		if (name !== void 0) return entities[name] ?? whole;
		return code <= 1114111 ? String.fromCodePoint(code) : whole;
	});
}
// ../refit/src/adapters/sources/s3/signer.ts
function prefixOf({ credentials = "AWS" }) {
	return credentials;
}
function regionOf({ region }, env) {
	return region ?? given(env["AWS_REGION"]) ?? given(env["AWS_DEFAULT_REGION"]) ?? "us-east-1";
}
function signerOf(source, env) {
	const prefix = prefixOf(source);
	const accessKeyId = given(env[`${prefix}_ACCESS_KEY_ID`]);
	const secretAccessKey = given(env[`${prefix}_SECRET_ACCESS_KEY`]);
	const sessionToken = given(env[`${prefix}_SESSION_TOKEN`]);
	const isNamed = source.credentials !== void 0;
	if (accessKeyId === void 0 && secretAccessKey === void 0 && !isNamed) return async (_url, _method, headers) => ({ ...headers });
	if (accessKeyId === void 0 || secretAccessKey === void 0) {
		const missing = `${prefix}_${accessKeyId === void 0 ? "ACCESS_KEY_ID" : "SECRET_ACCESS_KEY"}`;
		const hint = `Set ${missing} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
		throw new require_light.SourceRefusedError(source.path, `the variable ${missing} is not set`, hint);
	}
	const keys = {
		accessKeyId,
		secretAccessKey,
		...sessionToken !== void 0 && { sessionToken }
	};
	return async (url, method, headers) => {
		const { AwsV4Signer } = await Promise.resolve().then(() => require("./aws4fetch.cjs")).then((n) => n.aws4fetch_esm_exports);
		const signed = await new AwsV4Signer({
			...keys,
			url: url.href,
			method,
			headers,
			service: "s3",
			region: regionOf(source, env)
		}).sign();
		return Object.fromEntries(signed.headers);
	};
}
function given(value) {
	const text = value?.trim();
	return text === "" ? void 0 : text;
}
// ../refit/src/adapters/sources/s3/index.ts
var s3_exports = require_rolldown_runtime.__exportAll({ s3Sources: () => s3Sources });
function s3Sources(world) {
	const patience = world.patience ?? usualPatience;
	return remoteSources("s3", s3Place(httpClient(patience, world.network), patience, world.env), patience);
}
function s3Place(http, patience, env) {
	const folders = new Set();
	async function ask(source, url, headers = {}) {
		return http.send({
			path: source.path,
			method: "GET",
			url,
			headers: await signerOf(source, env)(url, "GET", headers),
			allowPrivate: source.allowPrivate === true,
			redirects: 0
		});
	}
	async function* pages(source) {
		const { bucket, key } = placeIn$1(source.path);
		for (let next = "", asked = 0; next !== null; asked++) {
			const url = bucketUrl(source, env, bucket);
			const query = {
				"list-type": "2",
				"encoding-type": "url",
				"max-keys": "1000",
				prefix: literalStart(key)
			};
			for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
			if (asked > 0) url.searchParams.set("continuation-token", next);
			url.search = url.search.replaceAll("+", "%20");
			const page = await patiently(source.path, patience, async () => {
				const answer = await ask(source, url);
				if (answer.status !== 200) throw refusalError(source.path, await refusalOf(source.path, answer), prefixOf(source));
				requireListing(source.path, answer);
				return readObjectPage(await readBody(source.path, answer, 1 << 24));
			});
			yield page.objects;
			next = literalStart(key) === key ? null : page.next;
		}
	}
	return {
		list: async (source) => listedFiles(source, pages(source), folders),
		async open(source, file, from) {
			const { bucket, key } = placeIn$1(file.path);
			const url = bucketUrl(source, env, bucket);
			url.pathname += key.split("/").map(encoded).join("/");
			const { versionId } = file.version ?? {};
			if (versionId !== void 0) url.searchParams.set("versionId", versionId);
			return objectBytes(source, file, await ask(source, url, {
				...from > 0 ? { range: `bytes=${from}-` } : {},
				"x-amz-checksum-mode": "ENABLED"
			}));
		},
		names: (source, path) => namesOf(source)(path),
		beside: (source, path) => [{
			...source,
			path: `${require_light.globLiteral(node_path.posix.dirname(path))}/**`
		}],
		notices: ({ path }) => folders.has(path) ? [folderWords(path)] : [],
		keeps: hasVersionId,
		isResumable: () => true,
		promised: () => ({})
	};
}
async function listedFiles(source, pages, folders) {
	const { bucket } = placeIn$1(source.path);
	const isNamed = namesOf(source);
	const files = [];
	for await (const objects of pages) {
		if (isFolder(source, objects)) folders.add(source.path);
		for (const { key, bytes, etag, modifiedAt } of objects) {
			const file = {
				path: `s3://${bucket}/${key}`,
				bytes,
				version: { etag }
			};
			if (isNamed(file.path)) files.push(modifiedAt === null ? file : {
				...file,
				modifiedAt
			});
		}
	}
	return files;
}
var hasVersionId = ({ version }) => version?.["versionId"] !== void 0;
async function objectBytes(source, file, answer) {
	const { status, headers, body } = answer;
	const { etag, versionId } = file.version ?? {};
	const named = versionId === void 0 ? `the version with the ETag ${etag}` : `version ${versionId.slice(0, 80)}`;
	if (status !== 200 && status !== 206) {
		const refusal = await refusalOf(file.path, answer);
		if (status === 404 ? refusal.code !== "NoSuchBucket" : status === 405 && versionId !== void 0) throw new require_light.SourceVanishedError(file.path, { version: named });
		throw refusalError(file.path, refusal, prefixOf(source));
	}
	try {
		requirePlain(file.path, headers);
		if (etag !== void 0 && headers.etag !== etag) throw new require_light.SourceVanishedError(file.path, { version: named });
		const found = headers["x-amz-version-id"];
		const told = {
			stream: body,
			versionId: typeof found === "string" && found !== "null" ? found : void 0,
			promised: promisedBy(headers)
		};
		return status === 200 ? {
			...told,
			from: 0,
			total: bytesOf(headers)
		} : {
			...told,
			...rangeOf(headers)
		};
	} catch (error) {
		body.destroy();
		throw error;
	}
}
function promisedBy(headers) {
	const md5 = /^"([0-9a-f]{32})"$/.exec(headers.etag ?? "")?.[1];
	const encrypted = headers["x-amz-server-side-encryption"];
	const isPlain = encrypted === void 0 || encrypted === "AES256";
	const hasOwnKey = headers["x-amz-server-side-encryption-customer-algorithm"] !== void 0;
	const checksum = headers["x-amz-checksum-sha256"];
	const sha256 = typeof checksum === "string" && !checksum.includes("-") ? Buffer.from(checksum, "base64").toString("hex") : "";
	return {
		...md5 !== void 0 && isPlain && !hasOwnKey && { md5 },
		...sha256.length === 64 && { sha256 }
	};
}
function namesOf(source) {
	const { bucket, key: pattern } = placeIn$1(source.path);
	const glob = literalStart(pattern) === pattern ? null : require_light.globPattern(pattern);
	return (address) => {
		const object = placeIn$1(address);
		const isNamed = glob === null ? object.key === pattern : glob.test(object.key);
		return object.bucket === bucket && isNamed && !object.key.endsWith("/");
	};
}
function isFolder({ path }, objects) {
	const { key: named } = placeIn$1(path);
	const start = named.replace(/\/?$/, "/");
	if (literalStart(named) !== named || objects.some(({ key }) => key === named && named !== start)) return false;
	return objects.some(({ key }) => key.startsWith(start) && key !== start);
}
function folderWords(path) {
	const below = path.replace(/\/?$/, "/*");
	return `${require_light.quoted(path, 300)} is not an object, but there are objects below it: write ${require_light.quoted(below, 300)} into the data manifest, or ${require_light.quoted(`${below}*/*`, 300)} for those further down.`;
}
function placeIn$1(address) {
	const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.*)$/is.exec(address) ?? [];
	return {
		bucket,
		key
	};
}
function literalStart(pattern) {
	return pattern.slice(0, /[*?[\]{}]|$/.exec(pattern).index);
}
function bucketUrl(source, env, bucket) {
	if (source.endpoint !== void 0) return new URL(`${source.endpoint.replace(/\/$/, "")}/${bucket}/`);
	const host = `s3.${regionOf(source, env)}.amazonaws.com`;
	return new URL(bucket.includes(".") ? `https://${host}/${bucket}/` : `https://${bucket}.${host}/`);
}
function encoded(part) {
	return encodeURIComponent(part).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}
// ../refit/src/adapters/sources/hf/index.ts
var hf_exports = require_rolldown_runtime.__exportAll({ hubSources: () => hubSources });
function hubSources(world) {
	const patience = world.patience ?? usualPatience;
	return remoteSources("hf", hubPlace(httpClient(patience, world.network), patience, world.env), patience);
}
function hubPlace(http, patience, env) {
	const digests = new Map();
	const ask = (source, url, headers = {}) => http.send({
		path: source.path,
		method: "GET",
		url,
		headers: {
			...headers,
			...bearer(source, env)
		},
		allowPrivate: source.allowPrivate === true,
		redirects: 5
	});
	return {
		async list(source) {
			const { repository, commit, file: pattern } = placeIn(source.path);
			const isNamed = require_light.globPattern(pattern);
			const folder = encodePath(require_light.globRoot(pattern) === pattern ? parentOf(pattern) : require_light.globRoot(pattern));
			const tree = `api/datasets/${repository}/tree/${commit}${folder === "" ? "" : `/${folder}`}?recursive=true`;
			const files = [];
			for (let url = new URL(tree, hubOf(source)); url !== null;) {
				const page = await patiently(source.path, patience, () => readPage(source, () => ask(source, url)));
				for (const { path, bytes, oid, sha256 } of page.entries) {
					if (!isNamed.test(path)) continue;
					const address = `hf://datasets/${repository}@${commit}/${path}`;
					if (sha256 !== null) digests.set(address, sha256);
					files.push({
						path: address,
						bytes,
						version: { oid }
					});
				}
				url = page.next === null ? null : new URL(page.next, url);
			}
			return files;
		},
		async open(source, file, from) {
			const { repository, commit, file: name } = placeIn(file.path);
			const url = new URL(`datasets/${repository}/resolve/${commit}/${encodePath(name)}`, hubOf(source));
			const answer = await ask(source, url, from > 0 ? { range: `bytes=${from}-` } : {});
			const { status, headers, body } = answer;
			if (status === 404 || status === 410) {
				body.destroy();
				throw new require_light.SourceVanishedError(file.path, { version: `commit ${commit.slice(0, 12)}` });
			}
			if (status !== 200 && status !== 206) throwByStatus(source.path, answer, source.token ?? null);
			try {
				requirePlain(file.path, headers);
				return {
					...status === 206 ? rangeOf(headers) : {
						from: 0,
						total: bytesOf(headers)
					},
					stream: body,
					versionId: void 0
				};
			} catch (error) {
				body.destroy();
				throw error;
			}
		},
		names: isFileOf,
		beside: (source, path) => [{
			...source,
			path: `${require_light.globLiteral(node_path.posix.dirname(path))}/**`
		}],
		keeps: () => true,
		isResumable: () => true,
		promised(file) {
			const sha256 = digests.get(file.path);
			return sha256 === void 0 ? {} : { sha256 };
		}
	};
}
async function readPage(source, ask) {
	const answer = await ask();
	if (answer.status === 404) {
		answer.body.destroy();
		return {
			entries: [],
			next: null
		};
	}
	if (answer.status !== 200) throwByStatus(source.path, answer, source.token ?? null);
	const next = /<([^>]+)>;\s*rel="next"/.exec(String(answer.headers.link ?? ""))?.[1] ?? null;
	return {
		entries: entriesOf(await readBody(source.path, answer, 1 << 25)),
		next
	};
}
function entriesOf(text) {
	let list;
	try {
		list = JSON.parse(text);
	} catch {
		throw new PassingFault("the hub sent a list that cannot be read");
	}
	if (!Array.isArray(list)) throw new PassingFault("the hub sent a list that cannot be read");
	return list.flatMap((each) => {
		const { type, path, size, oid, lfs } = each ?? {};
		if (type !== "file") return [];
		const sha256 = lfs?.oid;
		if (typeof path !== "string" || typeof oid !== "string" || !Number.isSafeInteger(size)) throw new PassingFault("the hub sent a list that cannot be read");
		return [{
			path,
			bytes: size,
			oid,
			sha256: typeof sha256 === "string" ? sha256 : null
		}];
	});
}
function placeIn(address) {
	const [, repository = "", commit = "", file = ""] = /^hf:\/\/datasets\/([^/@]+\/[^/@]+)@([0-9a-f]{40})\/(.+)$/is.exec(address) ?? [];
	return {
		repository,
		commit,
		file
	};
}
function isFileOf(source, path) {
	const [entry, file] = [placeIn(source.path), placeIn(path)];
	return entry.repository === file.repository && require_light.globPattern(entry.file).test(file.file);
}
var hubOf = ({ endpoint = "https://huggingface.co" }) => `${endpoint.replace(/\/$/, "")}/`;
var encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");
var parentOf = (path) => path.split("/").slice(0, -1).join("/");
// ../refit/src/adapters/sources/postgres/chunk.ts
var rowsInGroup = 2e4;
async function chunkWriter(path, columns) {
	const { ByteWriter, ParquetWriter } = await Promise.resolve().then(() => require("./parquet.cjs")).then((n) => n.node_exports);
	const root = {
		name: "root",
		num_children: columns.length
	};
	const elements = columns.map(({ name, element }) => ({
		name,
		repetition_type: "OPTIONAL",
		...element
	}));
	const writer = new ByteWriter();
	const parquet = new ParquetWriter({
		writer,
		schema: [root, ...elements],
		createdBy: "refit"
	});
	return {
		add(rows) {
			const columnData = columns.map((column, i) => ({
				name: column.name,
				data: rows.map((row) => stored(path, column, row[i] ?? null))
			}));
			parquet.write({
				columnData,
				rowGroupSize: rowsInGroup
			});
		},
		bytes() {
			parquet.finish();
			return writer.getBytes();
		}
	};
}
function stored(path, { name, value }, text) {
	if (text === null) return null;
	const found = value(text);
	if (found !== void 0) return found;
	throw new require_light.SourceRefusedError(path, `its column ${require_light.quoted(name)} has a value that cannot be stored`, "Replace such values in the query: infinity, NaN of an exact number, and dates before the year 1 cannot be stored in a file.");
}
// ../refit/src/adapters/sources/postgres/arrived.ts
function wholeContents({ rows }) {
	return rows.map((line) => {
		const digest = line.at(-1);
		const told = line.slice(0, -1).map((value) => value ?? "");
		if (told.at(-1) !== String(rows.length) || md5(told.join(" ")) !== digest) throw damaged();
		return line.slice(0, -2);
	});
}
function wholeRows({ columns, rows }, described) {
	if (JSON.stringify(columns.slice(0, -2)) !== JSON.stringify(described)) throw damaged();
	return rows.map((row) => {
		const values = row.slice(0, -2).map((value) => value ?? "");
		const [hash, digest] = row.slice(-2);
		if (md5(`(${values.join(",")})`.replaceAll(/["\\]/g, "") + (hash ?? "")) !== digest) throw damaged();
		return row.slice(0, -1);
	});
}
var damaged = () => new PassingFault("what the database sent was damaged on the way");
var md5 = (text) => (0, node_crypto.createHash)("md5").update(text).digest("hex");
// ../refit/src/adapters/sources/postgres/columns.ts
var text = {
	element: {
		type: "BYTE_ARRAY",
		converted_type: "UTF8"
	},
	value: (word) => word
};
var bool = {
	element: { type: "BOOLEAN" },
	value: (word) => word === "t"
};
var int32 = {
	element: { type: "INT32" },
	value: Number
};
var int64 = {
	element: { type: "INT64" },
	value: BigInt
};
var double = {
	element: { type: "DOUBLE" },
	value: Number
};
var date = {
	element: {
		type: "INT32",
		converted_type: "DATE"
	},
	value: (word) => /^\d{4}-\d\d-\d\d$/.test(word) ? Date.parse(word) / 864e5 : void 0
};
var timestamp = {
	element: {
		type: "INT64",
		logical_type: {
			type: "TIMESTAMP",
			isAdjustedToUTC: false,
			unit: "MICROS"
		}
	},
	value: microsecondsOf
};
var kinds = new Map([
	[16, bool],
	[21, int32],
	[23, int32],
	[20, int64],
	[26, int64],
	[700, double],
	[701, double],
	[1082, date],
	[1114, timestamp],
	[1184, timestamp],
	[18, text],
	[19, text],
	[25, text],
	[1042, text],
	[1043, text],
	[2950, text],
	[114, text],
	[3802, text],
	[1083, text]
]);
var numericType = 1700;
var cursorTypes = new Map([
	[1082, "date"],
	[1114, "timestamp"],
	[1184, "timestamptz"]
]);
function unknownTypes(columns) {
	return columns.map(({ type }) => type).filter((type) => type !== numericType && !kinds.has(type));
}
function storedColumns(path, columns, named) {
	return columns.map(({ name, type, modifier }, i) => {
		if (columns.findIndex((other) => other.name === name) < i) throw refusal(path, `two columns of its query are called ${require_light.quoted(name)}`, "Give them different names in the query, with AS.");
		const kind = type === numericType ? numeric(modifier) : kinds.get(type) ?? enumeration(named.get(type));
		if (kind !== null) return {
			name,
			...kind
		};
		const hint = `Convert it in the query, such as \`${name}::text AS ${name}\`, or leave it out.`;
		const what = named.get(type)?.name ?? `number ${type}`;
		throw refusal(path, `its column ${require_light.quoted(name)} has the type ${what}, which refit does not read`, hint);
	});
}
function cursorType(path, cursor, columns) {
	const found = columns.find(({ name }) => name === cursor);
	if (found === void 0) {
		const hint = `Correct \`cursor\`, or select the column. The columns are: ${columns.slice(0, 20).map(({ name }) => require_light.quoted(name)).join(", ")}.`;
		throw refusal(path, `its query has no column ${require_light.quoted(cursor)}, which is its \`cursor\``, hint);
	}
	const type = cursorTypes.get(found.type);
	if (type !== void 0) return type;
	throw refusal(path, `its \`cursor\` ${require_light.quoted(cursor)} is neither a date nor a timestamp`, "Name a column of type date, timestamp or timestamptz, or convert it in the query.");
}
function enumeration(type) {
	return type?.isEnumeration === true ? text : null;
}
function numeric(modifier) {
	const precision = modifier - 4 >> 16 & 65535;
	const scale = modifier - 4 & 2047;
	if (modifier < 4 || precision > 18 || scale > precision) return double;
	return {
		element: {
			type: "INT64",
			converted_type: "DECIMAL",
			precision,
			scale
		},
		value(word) {
			const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(word) ?? [];
			if (whole === void 0) return void 0;
			return BigInt(`${sign}${whole}${fraction.padEnd(scale, "0")}`);
		}
	};
}
function microsecondsOf(word) {
	const [, seconds, fraction = ""] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(word) ?? [];
	if (seconds === void 0) return void 0;
	const at = Date.parse(`${seconds.replace(" ", "T")}Z`);
	return Number.isNaN(at) ? void 0 : BigInt(at) * 1000n + BigInt(fraction.padEnd(6, "0"));
}
function refusal(path, why, hint) {
	return new require_light.SourceRefusedError(path, why, hint);
}
// ../refit/src/adapters/sources/postgres/faults.ts
function databaseFault(asked, error) {
	if (error instanceof require_light.RefitError || error instanceof PassingFault) return error;
	if (!(error instanceof Error)) return new PassingFault("the connection failed");
	const { code } = error;
	if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && "severity" in error) return serverFault(asked, code, error);
	return connectionFault(asked, error);
}
function serverFault({ path, connection, querySeconds }, code, { message }) {
	const refused = (why, hint) => new require_light.SourceRefusedError(path, why, hint);
	const inAddress = `Correct the address in ${connection}.`;
	if (code.startsWith("28")) return refused("the database refuses the user or the password", inAddress);
	if (code === "3D000") return refused("there is no database of this name", inAddress);
	if (code === "42501") return refused(`the database refuses the query: ${named(message)}`, "Grant the role USAGE on the schema and SELECT on what the query reads; it needs nothing else.");
	if (code === "57014") return timeError(path, querySeconds);
	if (code === "25006") return refused("its query would change the database", "Write a SELECT that only reads.");
	if (/^(?:42|0A)/.test(code)) return refused(`the database refuses the query: ${named(message)}`, "Correct the `query` in the data manifest.");
	if (/^(?:08|53|57P|40)/.test(code) || code === "55000") return new PassingFault(`the database answered ${code}`);
	return refused(`the database refuses the query with the code ${code}`, "Try the query in the database's own client: its message is not repeated here, since it can hold values.");
}
function named(message) {
	return require_light.redact(message.replace(/\s+/g, " ")).slice(0, 200);
}
function timeError(path, querySeconds) {
	const hint = `Put an index on the \`cursor\`, make the query cheaper, or raise \`querySeconds: ${2 * querySeconds}\` in the data manifest.`;
	return new require_light.SourceUnreachableError(path, `a statement did not end within ${querySeconds} seconds`, { hint });
}
function connectionFault({ path, connection, querySeconds }, error) {
	const { message } = error;
	if (message === "Query read timeout") return timeError(path, querySeconds);
	if (/timeout expired|Connection terminated|Client has encountered a connection error/i.test(message)) return new PassingFault("the connection was closed before the end");
	if (/does not support SSL/i.test(message)) {
		const hint = `Turn on TLS at the server; inside of a private network only, end the address in ${connection} with ?sslmode=disable.`;
		return new require_light.SourceRefusedError(path, "the server speaks no TLS, which its address asks for", hint);
	}
	if (/SASL|password must be/i.test(message)) return new require_light.SourceRefusedError(path, "the database asks for a password", `Put it into the address in ${connection}.`);
	const told = error instanceof AggregateError ? error.errors[0] : error;
	const fault = brokenBody(path, told);
	if (fault instanceof PassingFault) return new PassingFault(fault.message);
	const reason = told instanceof Error && "code" in told ? String(told.code) : "no reason given";
	return /CERT|SIGNATURE|SSL|TLS/.test(reason) ? certificateError(path, connection, reason) : fault;
}
function certificateError(path, connection, code) {
	const hint = /ALTNAME/.test(code) ? `Use the host name of its certificate in ${connection}, or get a certificate for the name that you use.` : /EXPIRED|NOT_YET/.test(code) ? "Give the server a certificate that is valid today, and check the clock of this machine." : `Name the authority that signed it: \`sslmode=verify-full&sslrootcert=/path/ca.pem\` at the end of the address in ${connection}.`;
	return new require_light.SourceUnreachableError(path, `its certificate is not accepted (${code})`, { hint });
}
// ../refit/src/adapters/sources/postgres/guarded.ts
function guarded(client) {
	const connection = client.connection;
	const attach = connection.attachListeners.bind(connection);
	connection.attachListeners = (stream) => {
		const on = (event, listener) => stream.on(event, safely(stream, listener));
		attach({ on });
	};
	return client;
}
function safely(stream, listener) {
	return (...args) => {
		try {
			listener(...args);
		} catch {
			stream.destroy(new PassingFault("the database sent something that is not an answer"));
		}
	};
}
// ../refit/src/adapters/sources/postgres/statements.ts
var wholeRow = "(refit_rows.*)::text";
var rowHash = `hashtextextended(${wholeRow}, 0)`;
var rowLine = `LATERAL (SELECT line, hashtextextended(line, 0)::text AS hash FROM (SELECT ${wholeRow} AS line OFFSET 0) AS refit_text OFFSET 0) AS refit_line`;
var unquoted = String.raw`replace(replace(refit_line.line, '"', ''), E'\\', '')`;
var digestOf = (text) => `md5(convert_to(${text}, 'UTF8'))`;
function begin(querySeconds) {
	return [
		"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		`SET LOCAL statement_timeout = ${Math.ceil(querySeconds * 1e3)}`,
		"SET LOCAL TimeZone = 'UTC'",
		"SET LOCAL DateStyle = 'ISO, YMD'",
		"SET LOCAL IntervalStyle = 'postgres'",
		"SET LOCAL extra_float_digits = 1",
		"SET LOCAL bytea_output = 'hex'",
		"SET LOCAL client_encoding = 'UTF8'"
	].join("; ");
}
function columnsOf({ query }) {
	return `SELECT refit_rows.* FROM ${inside(query)} AS refit_rows LIMIT 0`;
}
function typesOf(types) {
	return `SELECT oid::text, typtype::text, format_type(oid, NULL) FROM pg_catalog.pg_type WHERE oid IN (${types.join(", ")})`;
}
function contentsOf({ query, cursor }, unit) {
	const lines = `SELECT CASE WHEN at >= timestamp '0001-01-01' AND at < timestamp '9999-01-01' THEN ${`to_char(at, '${unit === "day" ? "YYYY-MM-DD" : "YYYY-MM"}')`} END AS name, count(*)::text AS rows, sum(hash::numeric)::text AS sum FROM (${`SELECT refit_rows.${identifier(cursor)}::timestamp AS at, ${rowHash} AS hash FROM ${inside(query)} AS refit_rows`}) AS refit_hashed GROUP BY 1`;
	return `SELECT name, rows, sum, count(*) OVER ()::text, ${digestOf("concat_ws(' ', coalesce(name, ''), rows, sum, count(*) OVER ())")} FROM (${lines}) AS refit_lines`;
}
function intervalRows({ query, cursor }, { from, to }, type) {
	const column = `refit_rows.${identifier(cursor)}`;
	const bound = (instant) => `${type} '${new Date(instant).toISOString().replace("T", " ").replace("Z", "")}'`;
	return [
		`DECLARE refit_cursor NO SCROLL CURSOR FOR SELECT refit_rows.*, refit_line.hash, ${digestOf(`${unquoted} || refit_line.hash`)}`,
		`FROM ${inside(query)} AS refit_rows, ${rowLine}`,
		`WHERE ${column} >= ${bound(from)} AND ${column} < ${bound(to)}`,
		`ORDER BY ${column}, refit_line.line COLLATE "C"`
	].join(" ");
}
function nextRows(most) {
	return `FETCH FORWARD ${most} FROM refit_cursor`;
}
function inside(query) {
	return `(${query.trim().replace(/;$/, "")}\n)`;
}
function identifier(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
// ../refit/src/adapters/sources/postgres/session.ts
var usualSeconds = 600;
var idle = 250;
function database(env, patience) {
	const lines = new Map();
	return { async read(source, work) {
		const asked = {
			path: source.path,
			connection: source.connection,
			querySeconds: source.querySeconds ?? usualSeconds
		};
		const line = lines.get(asked.connection) ?? {
			busy: Promise.resolve(),
			client: null,
			closing: null
		};
		lines.set(asked.connection, line);
		const done = line.busy.then(() => inTransaction(line, asked, {
			address: addressOf(asked, env),
			patience
		}, work));
		line.busy = done.catch(() => {});
		return done;
	} };
}
async function inTransaction(line, asked, reached, work) {
	if (line.closing !== null) clearTimeout(line.closing);
	try {
		const client = line.client ??= await connect(asked, reached);
		await client.query(begin(asked.querySeconds));
		const found = await work((statement) => askOf(client, statement));
		await client.query("COMMIT");
		line.closing = setTimeout(() => close(line), idle);
		return found;
	} catch (error) {
		close(line);
		throw databaseFault(asked, error);
	}
}
function close(line) {
	const { client } = line;
	line.client = null;
	line.closing = null;
	client?.end().catch(() => {});
}
async function askOf(client, statement) {
	const config = {
		text: statement,
		rowMode: "array",
		queryMode: "extended",
		types: { getTypeParser: () => (text) => text }
	};
	const { fields, rows } = await client.query(config);
	return {
		columns: fields.map(({ name, dataTypeID: type, dataTypeModifier: modifier }) => ({
			name,
			type,
			modifier
		})),
		rows
	};
}
async function connect({ path, connection, querySeconds }, { address, patience }) {
	const { default: pg } = await Promise.resolve().then(() => require("./postgres.cjs")).then((n) => n.esm_exports);
	let client;
	try {
		client = guarded(new pg.Client({
			connectionString: address,
			application_name: "refit",
			connectionTimeoutMillis: patience.timeoutMs,
			query_timeout: querySeconds * 1e3 + patience.timeoutMs,
			keepAlive: true
		}));
	} catch (error) {
		throw isOfTheDisk(error) ? certificateFileError(path, connection) : addressError(path, connection);
	}
	client.on("error", () => {});
	try {
		await client.connect();
		return client;
	} catch (error) {
		client.end().catch(() => {});
		throw error;
	}
}
function addressOf({ path, connection }, env) {
	const address = env[connection]?.trim() ?? "";
	if (address === "") {
		const hint = `Set ${connection} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
		throw new require_light.SourceRefusedError(path, `the variable ${connection} is not set`, hint);
	}
	if (!/^postgres(?:ql)?:\/\//.test(address) || !URL.canParse(address)) throw addressError(path, connection);
	return address;
}
var isOfTheDisk = (error) => error instanceof Error && "syscall" in error;
function certificateFileError(path, connection) {
	const why = `a file that the address in ${connection} names cannot be read`;
	return new require_light.SourceRefusedError(path, why, "Check the paths after `sslrootcert=`, `sslcert=` and `sslkey=`: the files have to be on this machine.");
}
function addressError(path, connection) {
	const why = `the variable ${connection} does not hold the address of a PostgreSQL database`;
	return new require_light.SourceRefusedError(path, why, "It looks like postgresql://user:password@host:5432/database?sslmode=verify-full, with special characters of the password percent-encoded.");
}
// ../refit/src/adapters/sources/postgres/index.ts
var postgres_exports = require_rolldown_runtime.__exportAll({ postgresSources: () => postgresSources });
function postgresSources(world) {
	const patience = world.patience ?? usualPatience;
	return remoteSources("postgres", postgresPlace(database(world.env, patience), world), patience);
}
var form = 1;
var usualLookback = 1;
function postgresPlace(rows, { patience = usualPatience, clock = require_light.systemClock }) {
	const unplaced = new Map();
	return {
		async list(source) {
			const { contents, without } = await patiently(source.path, patience, () => rows.read(source, contentsBy(source)));
			unplaced.set(source.path, without);
			return closedFiles(source, contents, clock.now());
		},
		async open(source, file) {
			const bytes = Buffer.from(await rows.read(source, (ask) => chunkOf(ask, source, file)));
			return {
				from: 0,
				total: bytes.length,
				stream: node_stream.Readable.from([bytes]),
				versionId: void 0
			};
		},
		names: (source, path) => require_light.intervalOfFile(source.path, path, unitOf(source)) !== null,
		keeps: () => true,
		notices: ({ path, cursor }) => {
			const without = unplaced.get(path) ?? 0;
			const count = without === 1 ? "1 row" : `${without} rows`;
			return without === 0 ? [] : [`${count} of ${path} not read: ${cursor} has no time there.`];
		},
		isResumable: () => false,
		promised: () => ({})
	};
}
function contentsBy(source) {
	return async (ask) => {
		await describe(ask, source);
		const rows = wholeContents(await ask(contentsOf(askedRows(source), unitOf(source))));
		return {
			contents: rows.flatMap(([name, count, sum]) => typeof name === "string" ? [{
				name,
				rows: count,
				sum
			}] : []),
			without: Number(rows.find(([name]) => name === null)?.[1] ?? 0)
		};
	};
}
async function describe(ask, source) {
	const { columns } = await ask(columnsOf(askedRows(source)));
	const type = cursorType(source.path, source.cursor, columns);
	const unknown = unknownTypes(columns);
	const { rows } = unknown.length === 0 ? { rows: [] } : await ask(typesOf(unknown));
	const named = new Map(rows.map(([oid, kind, name]) => [Number(oid), {
		name,
		isEnumeration: kind === "e"
	}]));
	return {
		described: columns,
		columns: storedColumns(source.path, columns, named),
		type
	};
}
function closedFiles(source, contents, now) {
	return contents.flatMap(({ name, rows, sum }) => {
		const interval = require_light.intervalNamed(name, unitOf(source));
		const closed = interval && require_light.closesAt(interval, source.lookbackDays ?? usualLookback);
		if (interval === null || closed === null || closed > now) return [];
		const version = versionOf(source, rows, sum);
		return [{
			path: require_light.intervalFile(source.path, interval),
			bytes: null,
			version,
			modifiedAt: closed
		}];
	});
}
function versionOf(source, rows, sum) {
	const { query, cursor } = askedRows(source);
	return {
		rows,
		rowHash: sum,
		query: require_light.sha256(JSON.stringify([
			form,
			query.trim(),
			cursor,
			unitOf(source)
		])).slice(0, 16)
	};
}
async function chunkOf(ask, source, { path, version }) {
	const interval = require_light.intervalOfFile(source.path, path, unitOf(source));
	const { described, columns, type } = await describe(ask, source);
	const writer = await chunkWriter(source.path, columns);
	await ask(intervalRows(askedRows(source), interval, type));
	let [count, sum] = [0, 0n];
	for (let more = true; more;) {
		const rows = wholeRows(await ask(nextRows(rowsInGroup)), described);
		if (rows.length > 0) writer.add(rows);
		for (const row of rows) sum += BigInt(row[columns.length]);
		count += rows.length;
		more = rows.length === rowsInGroup;
	}
	const found = versionOf(source, String(count), String(sum));
	if (version === null || Object.entries(found).some(([key, value]) => version[key] !== value)) throw altered(path, version, count);
	return writer.bytes();
}
function altered(path, version, count) {
	const rows = version?.["rows"] ?? "0";
	const now = rows === String(count) ? "as many rows with other values, or for another query," : `${count} rows`;
	return new require_light.SourceVanishedError(path, {
		version: `the ${rows} rows that it had (${now} now)`,
		hint: "Run again: the next run reads the interval as it is then, and compares its rows. Its earlier rows are available only where refit/cache still has their file."
	});
}
var unitOf = ({ interval = "day" }) => interval;
var askedRows = ({ query, cursor }) => ({
	query,
	cursor
});
Object.defineProperty(exports, "content_store_exports", {
	enumerable: true,
	get: function() {
		return content_store_exports;
	}
});
Object.defineProperty(exports, "hf_exports", {
	enumerable: true,
	get: function() {
		return hf_exports;
	}
});
Object.defineProperty(exports, "httpClient", {
	enumerable: true,
	get: function() {
		return httpClient;
	}
});
Object.defineProperty(exports, "https_exports", {
	enumerable: true,
	get: function() {
		return https_exports;
	}
});
Object.defineProperty(exports, "postgres_exports", {
	enumerable: true,
	get: function() {
		return postgres_exports;
	}
});
Object.defineProperty(exports, "remoteSources", {
	enumerable: true,
	get: function() {
		return remoteSources;
	}
});
Object.defineProperty(exports, "s3Place", {
	enumerable: true,
	get: function() {
		return s3Place;
	}
});
Object.defineProperty(exports, "s3_exports", {
	enumerable: true,
	get: function() {
		return s3_exports;
	}
});
Object.defineProperty(exports, "usualPatience", {
	enumerable: true,
	get: function() {
		return usualPatience;
	}
});
Object.defineProperty(exports, "webPlace", {
	enumerable: true,
	get: function() {
		return webPlace;
	}
});
