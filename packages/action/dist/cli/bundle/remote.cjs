const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_dns = require("node:dns");
let node_http = require("node:http");
let node_https = require("node:https");
let node_net = require("node:net");
let node_url = require("node:url");
let node_timers_promises = require("node:timers/promises");
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
	EHOSTUNREACH: "there is no way to its network",
	ENETUNREACH: "there is no way to its network"
};
function brokenBody(path, error) {
	return error instanceof Error ? namedFault(path, error) : new PassingFault("the connection failed");
}
// ../refit/src/adapters/sources/remote/content-store.ts
function contentStore(commonDir) {
	const verified = new Map();
	let folder = null;
	const place = () => folder ??= writableFolder(node_path.default.join(commonDir, "refit", "cache", "content"));
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
	for await (const chunk of (0, node_fs.createReadStream)(file, { highWaterMark: 1 << 20 })) {
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
	let isFinished = false;
	try {
		if (!place.isResumable(file)) await part.clear();
		const versionId = await patiently(file.path, patience, () => receive(request, part));
		const { sha256 } = part.digests();
		const { bytes } = part;
		requirePromised(request, part);
		isFinished = true;
		return {
			localPath: await part.keep(),
			sha256,
			bytes,
			versionId
		};
	} catch (error) {
		await (!isFinished && place.isResumable(file) && isUnreachable(error) ? part.leave() : part.discard()).catch(() => {});
		throw error;
	}
}
var isUnreachable = (error) => error instanceof Error && "code" in error && error.code === "source-unreachable";
async function receive(request, part) {
	const { place, source, file, mostMiB } = request;
	const most = mostMiB * 1024 * 1024;
	if (file.bytes !== null && file.bytes > most) throw new require_light.DataLimitError("downloadMiB", mostMiB, { path: file.path });
	if (!place.isResumable(file)) await part.clear();
	const { from, total, stream, versionId } = await place.open(source, file, part.bytes);
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
	return versionId;
}
function isDisk(error) {
	return error instanceof Error && "syscall" in error && "path" in error;
}
function requirePromised({ place, file }, part) {
	const found = part.digests();
	for (const [kind, promised] of Object.entries(place.promised(file))) {
		if (found[kind] === promised) continue;
		throw new require_light.SourceAlteredError(file.path, `its ${kind} is ${found[kind]}, and should be ${promised}`);
	}
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
					workTree
				}, terms);
				for (const file of listed.files) if (!files.has(file.path)) files.set(file.path, file);
				for (const notice of listed.notices) notices.add(notice);
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
		fetch: (repository, file) => fetchFile(state, repository, file)
	};
}
function keptIn({ kept }, { commonDir }) {
	const here = kept.get(commonDir) ?? {
		digests: require_light.digestCache(node_path.default.join(commonDir, "refit", "cache", "digests.txt")),
		store: contentStore(commonDir)
	};
	kept.set(commonDir, here);
	return here;
}
async function listOne(state, at, terms) {
	const { source } = terms;
	const files = [];
	const notices = [];
	for (const found of await listOnce(state, at, source)) {
		const format = require_light.sourceFormat(found.path);
		if (format === null) {
			notices.push(`${require_light.quoted(found.path, 300)} is not read: ${notReadable}`);
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
			scheme: state.scheme
		});
	}
	return {
		files,
		notices
	};
}
function listOnce({ listings, place }, { repository, workTree }, source) {
	const key = JSON.stringify([
		repository.commonDir,
		repository.baseCommit,
		workTree,
		source
	]);
	const listing = listings.get(key) ?? place.list(source, {
		repository,
		workTree
	});
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
function bring(state, repository, file, name) {
	const { place, patience, terms } = state;
	return download(keptIn(state, repository).store, patience, {
		place,
		file,
		name,
		...terms.get(file.path)
	});
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
	const { localPath, sha256: sha256$1, bytes, versionId } = await bring(state, repository, {
		path: file.path,
		bytes: before?.bytes ?? sizeTold(file),
		version: file.version
	}, require_light.sha256(file.identity));
	if (before !== null && sha256$1 !== before.sha256) throw differs(file, before.sha256, sha256$1);
	await digests.add(file.identity, {
		sha256: sha256$1,
		bytes,
		versionId
	});
	return {
		...file,
		bytes,
		version: withId(file.version, versionId),
		sha256: sha256$1,
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
function requirePlain(path, headers) {
	const encoding = headers["content-encoding"];
	if (encoding === void 0 || encoding === "" || encoding === "identity") return;
	throw new require_light.SourceRefusedError(path, "the server compresses the file on the way, though it was asked not to", "Turn off compression for this file on the server; refit asks for it with `Accept-Encoding: identity`.");
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
		list: async (source) => patiently(source.path, patience, async () => describe(source, (...how) => send(source, ...how))),
		async open(source, file, from) {
			const isStrong = from > 0 && strongTag(file) !== null;
			return readable(source, file, await send(source, "GET", isStrong ? {
				range: `bytes=${from}-`,
				"if-range": strongTag(file)
			} : {}));
		},
		isResumable: (file) => strongTag(file) !== null,
		promised: () => ({})
	};
}
function bearer({ path, token }, env) {
	if (token === void 0) return {};
	const value = env[token]?.trim();
	if (value === void 0 || value === "") throw new require_light.SourceRefusedError(path, `the variable ${token} is not set`, setIt(token));
	if (/[^\x21-\x7e]/.test(value)) throw new require_light.SourceRefusedError(path, `the variable ${token} has characters that no token has`, setIt(token));
	return { authorization: `Bearer ${value}` };
}
var setIt = (name) => `Set ${name} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
async function describe(source, send) {
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
		version: versionOf(headers)
	}];
}
var racySeconds = 60;
function versionOf(headers) {
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
		if (status === 404 || status === 410) throw new require_light.SourceVanishedError(file.path, { version: named(file) });
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
		const [, from, total] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers["content-range"] ?? "") ?? [];
		if (from === void 0) throw new PassingFault("the server sent a part without saying which");
		return {
			from: Number(from),
			total: Number(total),
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
	if (!((etag === void 0 || headers.etag === etag) && (lastModified === void 0 || headers["last-modified"] === lastModified))) throw new require_light.SourceVanishedError(file.path, { version: named(file) });
}
function named({ version }) {
	const { etag, lastModified } = version ?? {};
	if (etag !== void 0) return `the version with the ETag ${etag.slice(0, 80)}`;
	return lastModified === void 0 ? "what was listed" : `the version of ${lastModified.slice(0, 80)}`;
}
Object.defineProperty(exports, "https_exports", {
	enumerable: true,
	get: function() {
		return https_exports;
	}
});
