const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_util = require("node:util");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_module = require("node:module");
let node_zlib = require("node:zlib");
let node_child_process = require("node:child_process");
let node_stream_promises = require("node:stream/promises");
let node_url = require("node:url");
// ../core/src/errors/feature-errors.ts
var UnknownColumnError = class extends require_light.RefitError {
	code = "unknown-column";
	hint = "Correct the name in model.yaml, or add the column to the manifest's `prepare`.";
	constructor(unknown, columns, options) {
		const sentences = unknown.map(({ where, name }) => {
			const near = require_light.nearest(name, columns);
			const advice = near === void 0 ? "no name is similar." : `did you mean ${require_light.quoted(near)}?`;
			return `\`${where}\` names ${require_light.quoted(name)}, which is not a column of the prepared data: ${advice}`;
		});
		super(`${sentences.join("\n")}\nThe columns are ${require_light.quotedList(columns, 30)}.`, options);
	}
};
var FeatureConflictError = class extends require_light.RefitError {
	code = "feature-conflict";
	hint = "Change `features`, or the candidate that names the column, in model.yaml so that it no longer contradicts itself.";
};
var NoFeaturesError = class extends require_light.RefitError {
	code = "no-features";
	hint = "Add columns to the data, or relax `features` in model.yaml.";
	constructor(ignored, options) {
		const shown = ignored.slice(0, 20).map(({ name, reason }) => `${require_light.quoted(name)} (${reason})`);
		const more = ignored.length > 20 ? ` and ${ignored.length - 20} more` : "";
		super(`No column is left to train on. Ignored: ${shown.join(", ") || "none"}${more}.`, options);
	}
};
var FeatureMismatchError = class extends require_light.RefitError {
	code = "feature-mismatch";
	hint = "Restore the column with the type that features.json lists under `inputs`, or train a new model.";
	constructor(mismatches, options) {
		super(`The rows do not have the columns that the model was trained on: ${mismatches.join("; ")}.`, options);
	}
};
// ../core/src/errors/input-errors.ts
var InputInvalidError = class extends require_light.RefitError {
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
// ../core/src/errors/metric-errors.ts
var MetricInvalidError = class extends require_light.RefitError {
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
var MetricValueError = class extends require_light.RefitError {
	code = "metric-value";
	hint = "Say what such a row counts, as with `coalesce(amount, 0)` for a missing value and `nullif(x, 0)` for a divisor, or leave the row out in `prepare`.";
	metric;
	row;
	constructor(metric, value, found) {
		const more = found.bad === 1 ? "" : ` and ${found.bad - 1} more`;
		super(`The metric ${require_light.quoted(metric)} gives ${value} instead of a number for the prepared row ${found.row}${more} (of ${found.rows} rows that were scored).`);
		this.metric = metric;
		this.row = found.row;
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
	"not-root": ["has no root: each of its certificates was issued by another one, and trust begins with one that issued itself", "Name the root certificate with --root. To trust one key without checking who issued it, name its certificate with --key."],
	damaged: ["cannot be read as a key: it is damaged, or of a form other than PKCS#8, SEC 1 or X.509", `To make one: ${makeOne}`]
};
var KeyInvalidError = class extends require_light.RefitError {
	code = "key-invalid";
	hint;
	problem;
	constructor(file, problem, found = "") {
		super(`${require_light.quoted(file, 200)} ${keyWords[problem][0]}${found === "" ? "" : `, not ${found}`}.`);
		this.problem = problem;
		this.hint = keyWords[problem][1];
	}
};
var signatureHints = {
	missing: "Name the file with --signature, or make it with `refit sign`.",
	damaged: "Download the file again from where it was published, or sign again with `refit sign`. Expected is the form of model_signing 1.0 or newer, by files and with sha256.",
	"other-key": "Name the key of whoever signed with --key. If it should have been this key, do not use the version.",
	"not-authentic": "Download the file again from where it was published. If the result is the same, somebody has changed it: do not use the version.",
	"other-files": "Name the version that was signed, such as churn@v3, or the signature of this one with --signature.",
	"no-certificate": "Name the public key of whoever signed with --key, or let them sign with `refit sign --certificate FILE`.",
	untrusted: "Name the root certificate with --root, and with a further --root each intermediate certificate that the signature does not include. If you do not know who issued that certificate, do not use the version.",
	expired: "Let the version be signed again with a valid certificate. A signature has no time that could be trusted: if you know from elsewhere that it existed while all were valid, name that time with --now, such as --now 2026-03-01T00:00:00Z.",
	"not-for-signing": "Let the version be signed with a certificate that allows it: keyUsage digitalSignature, or extendedKeyUsage codeSigning.",
	"not-an-issuer": "Let the certificate be issued again by one that may issue it (basicConstraints CA:true, keyUsage keyCertSign). Until then, do not trust it by this root."
};
var SignatureInvalidError = class extends require_light.RefitError {
	code = "signature-invalid";
	hint;
	problem;
	constructor(file, problem, what, options) {
		super(`${require_light.quoted(file, 200)} ${what}.`, options);
		this.problem = problem;
		this.hint = signatureHints[problem];
	}
};
// ../core/src/learners/read-answers.ts
var tolerance = .001;
var single = "prediction";
function readAnswers(text, { task, classes }, rows) {
	const names = task === "multiclass" ? classes.map(String) : [single];
	const lines = linesOf$1(text);
	const header = cellsOf(lines.next().value ?? "");
	const places = names.map((name) => header.indexOf(name));
	if (places.includes(-1) || header.length !== names.length) return unreadable$1(`has the columns ${header.map(short).join(", ")} instead of ${names.map(short).join(", ")}`);
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
			const value = numberOf$1(cell);
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
		if (Math.abs(sum - 1) > tolerance) return {
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
function numberOf$1(cell) {
	if (plainNumber.test(cell)) return Number(cell);
	return notFinite.test(cell) ? NaN : null;
}
function* linesOf$1(text) {
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
// ../core/src/calibration/calibrated.ts
var calibrated_exports = require_rolldown_runtime.__exportAll({ calibratedPredictor: () => calibratedPredictor });
function calibratedPredictor(files, predictor) {
	const { maps } = require_light.readCalibration(files);
	return {
		...predictor.reads && { reads: predictor.reads },
		...predictor.starts && { starts: predictor.starts },
		predict(features) {
			const answers = predictor.predict(features);
			if (answers instanceof Promise) return answers.then((each) => require_light.applyCalibration(maps, each));
			return require_light.applyCalibration(maps, answers);
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
		nearest: require_light.nearest(name, others) ?? null
	};
	const isOther = typeof value === "string" && (type === "date" || type === "datetime");
	return {
		...about,
		found: isOther ? "another text" : kindOf(value),
		nearest: null
	};
}
function kindOf(value) {
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
		last = setTimeout(() => fail$1(new require_light.DataLimitError("prepareSeconds", seconds)), patience);
	}, seconds * 1e3);
	const before = process.memoryUsage.rss();
	const watch = setInterval(() => {
		if ((process.memoryUsage.rss() - before) / MIB > 2 * memoryMiB() + besidesMiB) fail$1(new require_light.DataLimitError("memoryMiB", memoryMiB()));
	}, 100);
	try {
		return await statements();
	} catch (error) {
		throw again === void 0 ? error : new require_light.DataLimitError("prepareSeconds", seconds, { cause: error });
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
	const machineMiB = require_light.machineMemoryMiB();
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
		memoryBytes: () => memoryMiB * require_light.MIB,
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
			await inTurn(() => set(`threads = ${require_light.threadsHere()}`));
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
	return message.includes("max_temp_directory_size") ? new require_light.DataLimitError("spillMiB", spillMiB, { cause: error }) : new require_light.DataLimitError("memoryMiB", memoryMiB, {
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
		const column = (await session.describe(`SELECT * FROM read_parquet(${literal$1(file.localPath)})`)).find((each) => require_light.columnNameKey(each.name) === require_light.columnNameKey(name));
		if (column === void 0) throw new require_light.BacktestTimeError(name, file.path, "it has no such column");
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
// ../refit/src/adapters/demo/demo-material.ts
var demo_material_exports = require_rolldown_runtime.__exportAll({
	demoMaterial: () => demoMaterial,
	packedDemo: () => packedDemo
});
var packedDemo = new URL("../demo/", require("url").pathToFileURL(__filename).href);
async function demoMaterial(folder) {
	const [manifest, spec, packed] = await Promise.all([
		(0, node_fs_promises.readFile)(new URL("data-manifest.yaml", folder), "utf8"),
		(0, node_fs_promises.readFile)(new URL("model.yaml", folder), "utf8"),
		(0, node_fs_promises.readFile)(new URL("birdstrikes.csv.gz", folder))
	]);
	return {
		manifest,
		spec,
		years: reportsByYear((await (0, node_util.promisify)(node_zlib.gunzip)(packed)).toString())
	};
}
function reportsByYear(csv) {
	const [header, ...rows] = csv.trimEnd().split("\n");
	const years = new Map();
	for (const row of rows) {
		const year = Number(/,(\d{4})-\d{2}-\d{2},/.exec(row)[1]);
		years.set(year, [...years.get(year) ?? [], row]);
	}
	return new Map([...years].toSorted(([a], [b]) => a - b).map(([year, lines]) => [year, `${[header, ...lines].join("\n")}\n`]));
}
// ../refit/src/adapters/demo/demo-repository.ts
var demo_repository_exports = require_rolldown_runtime.__exportAll({ openDemoRepository: () => openDemoRepository });
var settings = [
	["user.name", "A Reviewer"],
	["user.email", "reviewer@example.com"],
	["commit.gpgSign", "false"]
];
async function openDemoRepository({ program, env }, folder) {
	const own = environment(env);
	const git = (at, args) => require_light.gitProcess(folder, {
		...own,
		GIT_AUTHOR_DATE: at,
		GIT_COMMITTER_DATE: at
	}).run(args);
	await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	const { run } = require_light.gitProcess(folder, own);
	await run([
		"init",
		"--quiet",
		"--initial-branch=main"
	]);
	for (const setting of settings) await run(["config", ...setting]);
	return {
		folder,
		async write(file, text) {
			const target = node_path.default.join(folder, file);
			await (0, node_fs_promises.mkdir)(node_path.default.dirname(target), { recursive: true });
			await (0, node_fs_promises.writeFile)(target, text);
		},
		git,
		refit: (at, args) => answerOf([
			program,
			...args,
			"--forge",
			"local",
			"--now",
			at
		], {
			cwd: folder,
			env: own
		})
	};
}
function environment(env) {
	const kept = Object.entries(env).filter((entry) => entry[1] !== void 0 && !/^(?:GIT|GITHUB|REFIT)_/.test(entry[0]));
	return {
		...Object.fromEntries(kept),
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null"
	};
}
function answerOf(words, place) {
	return new Promise((resolve, reject) => {
		(0, node_child_process.execFile)(process.execPath, words, {
			...place,
			maxBuffer: Infinity
		}, (error, stdout, stderr) => {
			const exitCode = error === null ? 0 : error.code;
			if (typeof exitCode === "number") resolve({
				exitCode,
				stdout,
				stderr
			});
			else reject(error);
		});
	});
}
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
// ../core/src/data/percent.ts
function percent(share) {
	return `${(100 * share).toFixed(1)} %`;
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
		values: picked(new Float32Array(rows.length), column.values, rows)
	};
	return {
		...column,
		codes: picked(new Uint8Array(rows.length), column.codes, rows)
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
		codes: picked(new Int32Array(rows.length), column.codes, rows)
	};
	return {
		...column,
		values: picked(new Float64Array(rows.length), column.values, rows)
	};
}
function picked(into, values, rows) {
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
			values: joined$1(new Float32Array(rows), parts)
		};
	}
	const parts = all.map((column) => column.codes);
	return {
		...first,
		codes: joined$1(new Uint8Array(rows), parts)
	};
}
function joined$1(whole, parts) {
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
			values: joined$1(new Float64Array(values[0].length + values[1].length), values)
		};
	}
	const { dictionary, codes } = second;
	if (dictionary === first.dictionary && first.type === "string") return {
		...first,
		codes: joined$1(new Int32Array(first.codes.length + codes.length), [first.codes, codes])
	};
	const places = new Map(first.dictionary.map((text, code) => [text, code]));
	for (const text of dictionary) if (!places.has(text)) places.set(text, places.size);
	const moved = codes.map((code) => code < 0 ? code : places.get(dictionary[code]));
	const parts = [first.codes, moved];
	return {
		...first,
		dictionary: [...places.keys()],
		codes: joined$1(new Int32Array(first.codes.length + moved.length), parts),
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
		if (kind === "datetimePart" && value !== last) part = require_light.datePart(feature.part, value);
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
var known = new WeakMap();
function codesOf(levels) {
	let codes = known.get(levels);
	if (codes === void 0) known.set(levels, codes = new Map(levels.map((level, i) => [level, i + FIRST_LEVEL])));
	return codes;
}
// ../core/src/features/apply-features.ts
function applyFeature(feature, column, rows) {
	const values = featureColumn(feature, column, rows);
	if (values === null) throw new FeatureMismatchError([`${require_light.quoted(column.name)} is text`]);
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
		if (column === null) throw new FeatureMismatchError([`${require_light.quoted(name)} is missing`]);
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
		if (found === void 0) return [`${require_light.quoted(name)} is missing`];
		return family(found) === family(type) ? [] : [`${require_light.quoted(name)} is ${found}, expected ${type}`];
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
		const read = textOf$1[column.type];
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
		nearest: require_light.nearest(column.name, others()) ?? null
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
var textOf$1 = {
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
	const order = require_light.sortedOrder(predictions);
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
	const order = require_light.sortedOrder(predictions);
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
var confusionMetrics = {
	accuracy,
	balancedAccuracy,
	f1: (confusion) => f1Of(confusion, 1),
	f1Macro: (confusion) => macroAverage(confusion, f1Of),
	f1Weighted: (confusion) => weightedAverage(confusion, f1Of),
	mcc: matthewsCorrelation,
	precision: (confusion) => precisionOf(confusion, 1),
	recall: (confusion) => recallOf(confusion, 1)
};
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
var tasks = [
	"binary",
	"multiclass",
	"regression"
];
function defineMetric(metric) {
	return guarded(metric, tasks.filter((task) => require_light.metricsOfTask[task].includes(metric.name)), ({ task, classes }) => task === "multiclass" ? classes : 1);
}
function defineOwnMetric(metric) {
	return guarded(metric, tasks, () => 1);
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
	if (require_light.isBuiltIn(metric)) return predictions;
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
	rocAuc: share("rocAuc", require_light.prepareRocAuc),
	prAuc: share("prAuc", require_light.prepareAveragePrecision),
	logLoss: loss("logLoss", prepareMeanLoss(logLosses)),
	brier: boundedLoss("brier", prepareMeanLoss(squaredErrors)),
	ece: boundedLoss("ece", prepareCalibrationError),
	accuracy: share("accuracy", prepareFromConfusion(confusionMetrics.accuracy)),
	balancedAccuracy: share("balancedAccuracy", prepareFromConfusion(confusionMetrics.balancedAccuracy)),
	f1: share("f1", prepareFromConfusion(confusionMetrics.f1)),
	f1Macro: share("f1Macro", prepareFromConfusion(confusionMetrics.f1Macro)),
	f1Weighted: share("f1Weighted", prepareFromConfusion(confusionMetrics.f1Weighted)),
	mcc: skill("mcc", prepareFromConfusion(confusionMetrics.mcc)),
	precision: share("precision", prepareFromConfusion(confusionMetrics.precision)),
	recall: share("recall", prepareFromConfusion(confusionMetrics.recall)),
	mae: loss("mae", prepareMeanLoss(absoluteErrors)),
	rmse: loss("rmse", prepareMeanLoss(squaredErrors, Math.sqrt)),
	r2: skill("r2", prepareRSquared),
	mape: loss("mape", prepareMeanLoss(percentageErrors)),
	pinball: loss("pinball", prepareMeanLoss(pinballLosses)),
	poissonDeviance: loss("poissonDeviance", prepareMeanLoss(poissonDeviances))
};
function metricOf(name, { own = {} } = {}) {
	if (require_light.isBuiltIn(name)) return metrics[name];
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
function textSql$1(raw, missingValues) {
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
	const textOf = columns.length > 100 ? nestedTextSql : textSql$1;
	const values = columns.map(({ type, field, missingValues }, i) => castSql(textOf(`raw${i}`, missingValues), type, field));
	for (const files of fileParts(heads)) await insertRows(session, `SELECT ${values.join(", ")}, ${digestSql$1(heads, columns)}, file, number FROM ${rowsSql(files, columns)}`);
	await layViews(session, shownColumns(columns, []));
}
var mostNested = 3;
function nestedTextSql(raw, missingValues) {
	if (missingValues.length > mostNested) return textSql$1(raw, missingValues);
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
// ../refit/src/adapters/duckdb/file-text.ts
async function* fileText(file) {
	const decoder = new TextDecoder("utf-8");
	for await (const bytes of require_light.fileBytes(file)) yield decoder.decode(bytes, { stream: true });
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
		for await (const { line, fields } of require_light.csvRecords(fileText(head.localPath), head.delimiter)) {
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
		breaks: `${value} < ${bound(column, minimum)}`,
		words: `below ${minimum}`
	});
	if (maximum !== void 0) rules.push({
		code: "out-of-range",
		column,
		breaks: `${value} > ${bound(column, maximum)}`,
		words: `above ${maximum}`
	});
	if (allowed !== void 0) {
		const list = allowed.map((item) => bound(column, item)).join(", ");
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
			words: `not of the form ${require_light.quoted(pattern)}`
		});
	}
	return rules;
}
async function patternProblem(session, { column, breaks, words }) {
	try {
		await session.rows(`SELECT ${breaks} FROM ${sourceTable} LIMIT 1`);
		return null;
	} catch {
		const message = `The declared pattern of column ${require_light.quoted(column.name)} cannot be used; values would be ${words}.`;
		return require_light.finding("pattern", { column: column.name }, message);
	}
}
function bound({ type }, value) {
	return `TRY_CAST(${literal$1(String(value))} AS ${type === "integer" ? "DOUBLE" : storedAs[type]})`;
}
async function breachFinding(session, heads, { file, rule, count }) {
	const head = heads[file];
	const { name, sensitive } = rule.column;
	const [example] = await session.rows(`SELECT ${numberColumn}, ${identifier(name)}::VARCHAR FROM ${sourceTable} WHERE ${fileColumn} = ${file} AND ${rule.breaks} ORDER BY ${numberColumn} LIMIT 1`);
	const row = Number(example[0]);
	const line = (await linesOfRows(head, [row])).get(row);
	const examples = sensitive || rule.code === "required" ? [] : [require_light.quoted(String(example[1]))];
	const values = count === 1 ? "1 value is" : `${count} values are`;
	return require_light.finding(rule.code, {
		file: head.path,
		column: name,
		count,
		examples,
		...line !== void 0 && { line }
	}, `Column ${require_light.quoted(name)} of ${require_light.quoted(head.path)}: ${values} ${rule.words}, first in ${lineWords(line, row)}${inBrackets(examples)}.`);
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
	const what = columns.map(({ name }) => require_light.quoted(name)).join(", ");
	const rows = count === 1 ? "1 row repeats" : `${count} rows repeat`;
	return require_light.finding("not-unique", {
		file: head.path,
		column: columns.length === 1 ? columns[0].name : null,
		count,
		...line !== void 0 && { line }
	}, `${rows} an earlier value of ${what}, first in ${require_light.quoted(head.path)}, ${lineWords(line, first.number)}.`);
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
	return require_light.finding("header-again", {
		file: head.path,
		column,
		count,
		...line !== void 0 && { line }
	}, `${require_light.quoted(head.path)} has its header line ${times}, as a row of data, first in ${lineWords(line, row)}.`);
}
// ../refit/src/adapters/duckdb/identify-rows.ts
var digestTable = "refit_row_digests";
async function rowIdentifier(session, { files }, heads, columns) {
	const before = await Promise.all(files.map(looksOf));
	const check = async () => {
		for (const [i, file] of files.entries()) if (await looksOf(file) !== before[i] && !await hasSameBytes(file)) throw new require_light.SourceVanishedError(file.path);
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
		for await (const bytes of require_light.fileBytes(localPath)) hash.update(bytes);
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
	const text = textSql$1(raw, missingValues);
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
		const texts = column.sensitive ? [] : examples.map(({ text }) => require_light.quoted(text));
		const shown = texts.length === 0 ? "" : ` (${texts.join(", ")})`;
		const values = count === 1 ? "1 value" : `${count} values`;
		return require_light.finding(code, {
			file: head.path,
			column: column.name,
			count,
			examples: texts,
			...line !== void 0 && { line }
		}, `Column ${require_light.quoted(column.name)} of ${require_light.quoted(head.path)}: ${values} ${wrongWords(column, code)}${shown}, first in ${lineWords(line, row)}.${widerWords(column, examples)}`);
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
	}).flatMap(([key, value]) => value === void 0 ? [] : [`the ${key} ${require_light.quoted(value)}`]);
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
		const rows = await session.rows(`SELECT i, ${sums.join(", ")} FROM (SELECT i, ${textSql$1("raw", missingValues)} AS v FROM ${below}) WHERE v IS NOT NULL GROUP BY i`);
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
		const values = part.map((_, i) => `${textSql$1(`raw${i}`, missingValues)} AS v${i}`);
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
		const rows = await session.rows(`SELECT i, count(*), count(*) FILTER (WHERE ${suggestsSql("v", part[0].type)}) FROM (SELECT i, ${textSql$1("raw", missingValues)} AS v FROM (${below})) WHERE v IS NOT NULL GROUP BY i`);
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
	findings.push(...goneColumns(known.keys(), columns, heads), ...badNames$1(columns, heads), ...clashes(columns));
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
		const near = require_light.nearest(raw, columns);
		const advice = near === void 0 ? "" : ` It has ${require_light.quoted(near)}.`;
		const message = `${require_light.quoted(path)} has no column ${require_light.quoted(raw)}.${advice}`;
		return require_light.finding(declared ? "missing-column" : "gone-column", {
			file: path,
			column: name
		}, message);
	});
	if (!(!declared && (first > 0 || known.size > 0 && !known.has(name)))) return gone;
	const { path } = heads[first];
	const message = `${require_light.quoted(path)} has a new column ${require_light.quoted(raw)}.`;
	return [require_light.finding("new-column", {
		file: path,
		column: name
	}, message), ...gone];
}
function goneColumns(known, columns, heads) {
	if (heads.length === 0) return [];
	const here = new Set(columns.map(({ name }) => name));
	return [...known].filter((name) => !here.has(name)).map((name) => require_light.finding("gone-column", { column: name }, `No file has the column ${require_light.quoted(name)} that the data had before.`));
}
function badNames$1(columns, heads) {
	return columns.flatMap(({ name, positions }) => {
		const problem = require_light.columnNameProblem(name);
		if (problem === null) return [];
		const first = positions.findIndex((position) => position >= 0);
		const file = heads[first];
		if (file === void 0) return [];
		const place = {
			file: file.path,
			column: name,
			...file.format === "csv" && { line: 1 }
		};
		return [require_light.finding("column-name", place, `column ${positions[first] + 1} of ${require_light.quoted(file.path)} ${problem}.`)];
	});
}
function clashes(columns) {
	const seen = new Map();
	return columns.flatMap((column) => {
		const key = require_light.columnNameKey(column.name);
		const other = seen.get(key);
		seen.set(key, column);
		if (other === void 0) return [];
		const message = other.name.toLowerCase() === column.name.toLowerCase() ? `The columns ${require_light.quoted(other.raw)} and ${require_light.quoted(column.raw)} would both be named ${require_light.quoted(column.name)}.` : `The columns ${require_light.quoted(other.raw)} and ${require_light.quoted(column.raw)} look the same to a reader.`;
		return [require_light.finding("duplicate-column", { column: column.name }, message)];
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
		return require_light.finding("ragged-row", {
			file,
			line: 1
		}, `${require_light.quoted(file)}: ${words}`);
	}
	return null;
}
// ../refit/src/adapters/duckdb/unreadable.ts
function emptyFile(file) {
	return require_light.finding("empty-file", { file }, `${require_light.quoted(file)} is empty.`);
}
function unreadable(file, kind) {
	return require_light.finding("unreadable-file", { file }, `${require_light.quoted(file)} cannot be read as ${kind}.`);
}
function notUtf8(file, line) {
	return require_light.finding("not-utf8", {
		file,
		line
	}, `${require_light.quoted(file)}, line ${line}, contains bytes that are not UTF-8.`);
}
// ../refit/src/adapters/duckdb/csv-head.ts
var noNull = "refit";
async function csvHead(file, localPath) {
	const lines = await firstLines(localPath);
	const [header] = lines;
	if (header.trim() === "") return unreadable(file.path, "CSV: its first line is empty");
	if (header.includes("�")) return notUtf8(file.path, 1);
	const delimiter = file.delimiter ?? require_light.findDelimiter(header);
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
	for await (const { fields } of require_light.csvRecords(fileText(localPath), delimiter, maxRecordBytes)) return fields.map((name, i) => require_light.columnNameKey(name) === "" ? `column${i + 1}` : name);
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
			const problem = require_light.columnNameProblem(key);
			if (problem !== null) return require_light.finding("column-name", place, `${require_light.quoted(file)}, line ${line}: a key ${problem}.`);
			const other = known.get(key.toLowerCase());
			if (other === void 0) continue;
			const message = `${require_light.quoted(file)}, line ${line}: the key ${require_light.quoted(key)} is the same column as ${require_light.quoted(other)}.`;
			return require_light.finding("duplicate-column", place, message);
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
	for await (const bytes of require_light.fileBytes(localPath)) {
		const encoding = start === 0 ? otherEncoding(bytes) : null;
		if (encoding !== null) return otherThanUtf8(file, encoding);
		const at = bytes.indexOf(0);
		if (at >= 0) return nulByte(file, await lineOf$1(localPath, start + at));
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
	const words = `${require_light.quoted(file)} is encoded as ${encoding}; refit reads UTF-8. Convert it: \`iconv -f ${encoding} -t UTF-8\`, or save it as "CSV UTF-8" from a spreadsheet.`;
	return require_light.finding("not-utf8", {
		file,
		line: 1
	}, words);
}
function nulByte(file, line) {
	if (line === 1) return null;
	const words = `${require_light.quoted(file)}, line ${line}, contains a NUL byte, which text does not have: the file was damaged or cut off while it was written.`;
	return require_light.finding("unreadable-file", {
		file,
		line
	}, words);
}
async function lineOf$1(localPath, end) {
	let [line, afterReturn, start] = [
		1,
		false,
		0
	];
	for await (const bytes of require_light.fileBytes(localPath)) {
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
	const bytes = await sizeOf(file);
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
				if (room.bytes <= room.growth) throw new require_light.DataLimitError("spillMiB", spillMiB, { cause: error });
				return unreadable(file.path, `gzip: it unpacks to more than ${usualGrowth} times its size`);
			}
			return require_light.finding("unreadable-file", { file: file.path }, `${require_light.quoted(file.path)} is not a complete gzip file.`);
		}
		if ((await (0, node_fs_promises.stat)(localPath)).size === 0) return emptyFile(file.path);
	}
	const problem = file.format === "parquet" ? null : await textProblem(file.path, localPath);
	if (problem !== null) return problem;
	const head = file.format === "csv" ? await csvHead(file, localPath) : await typedHead(session, file, localPath);
	if ("severity" in head) return head;
	return tooWide(file.path, head.columns.length) ?? badNames(head) ?? head;
}
async function sizeOf(file) {
	try {
		return (await (0, node_fs_promises.stat)(file.localPath)).size;
	} catch (error) {
		throw new require_light.SourceVanishedError(file.path, { cause: error });
	}
}
function tooWide(file, columns) {
	if (columns <= mostColumns$1) return null;
	const message = `${require_light.quoted(file)} has ${columns} columns; refit reads at most ${mostColumns$1}.`;
	return require_light.finding("unreadable-file", { file }, message);
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
		if (error instanceof require_light.DataLimitError) throw error;
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
		if (text.length > 8388608) return require_light.finding("unreadable-file", {
			file,
			line
		}, `${require_light.quoted(file)}, line ${line}, is longer than 8 MiB.`);
		if (isJsonObject(text)) continue;
		return require_light.finding("unreadable-file", {
			file,
			line
		}, `${require_light.quoted(file)}, line ${line}, is not a JSON object.`);
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
		if (name.includes("\0")) return require_light.finding("column-name", place, `column ${i + 1} of ${require_light.quoted(head.path)} ${require_light.columnNameProblem(name)}.`);
		const key = name.toLowerCase();
		const earlier = seen.get(key);
		if (earlier !== void 0) {
			const where = `columns ${earlier + 1} and ${i + 1} of ${require_light.quoted(head.path)}`;
			return require_light.finding("duplicate-column", place, `${where} have the same name ${require_light.quoted(name)}.`);
		}
		if (key.startsWith("__refit_")) return require_light.finding("duplicate-column", place, `${require_light.quoted(head.path)} has a column ${require_light.quoted(name)}; names that begin with "__refit_" are refit's own.`);
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
	const findings = require_light.acceptSuspects(layout.findings, request.manifest.checks);
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
	const texts = columns.map(({ missingValues }, i) => `${textSql$1(`raw${i}`, missingValues)} AS text${i}`);
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
	for await (const record of require_light.csvRecords(fileText(head.localPath), head.delimiter)) {
		const { line, fields, unterminated } = record;
		if (fields.some((field) => field.includes("�")) && /unicode|utf/i.test(message)) return notUtf8(head.path, line);
		if (unterminated) {
			const words = `${require_light.quoted(head.path)}: a quote that opens in the record of line ${line} never closes.`;
			return require_light.finding("unreadable-file", {
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
			const words = `${require_light.quoted(file)}: the header in line ${header.line} ends with a separator ("${separator}"), and the rows do not. Remove it.`;
			return require_light.finding("ragged-row", {
				file,
				line: header.line,
				count
			}, words);
		}
		const words = notAHeader(header, {
			width,
			line
		});
		if (words !== null) return require_light.finding("ragged-row", {
			file,
			line: header.line,
			count
		}, `${require_light.quoted(file)}: ${words}`);
	}
	const rows = count === 1 ? "1 row has" : `${count} rows have`;
	const mark = commentMark(first.fields[0]);
	const comment = mark === null ? "" : ` A CSV file has no comments, and line ${first.line} begins with "${mark}", as a comment does. Remove such lines.`;
	const words = `${require_light.quoted(file)}: ${rows} more or fewer fields than the header (${columns.length}), first in line ${first.line} (${first.fields.length}).${comment}`;
	return require_light.finding("ragged-row", {
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
	if (typeof counted !== "string") return readFile$1(session, head, counted, request);
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
	return typeof counted === "string" ? csvProblem(even, counted) : readFile$1(session, even, counted, request);
}
async function readFile$1(session, head, { rows, headers: count }, { manifest }) {
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
		if (error instanceof require_light.DataLimitError) throw error;
		return error instanceof Error ? error.message : String(error);
	}
}
function headerOnly({ path: file, format }) {
	const message = `${require_light.quoted(file)} has ${format === "csv" ? "a header but " : ""}no rows.`;
	return require_light.finding("header-only", { file }, message);
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
	const findings = require_light.acceptSuspects(unread, manifest.checks);
	await noteOnlyRows(session, heads);
	const layout = planColumns(heads, request);
	findings.push(...require_light.acceptSuspects(layout.findings, manifest.checks));
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
		manifest: require_light.asOwnRows(table, request.manifest),
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
	const rows = all.flatMap((names, file) => [...names ?? []].map(([text, each]) => "code" in each ? `(${file}, ${literal$1(text)}, NULL, ${literal$1(each.code)}, ${literal$1(each.words)})` : `(${file}, ${literal$1(text)}, ${literal$1(valueOf(each))}, NULL, NULL)`));
	for (const part of inParts(rows, namesAtOnce)) await session.run(`INSERT INTO ${namesTable} VALUES ${part.join(", ")}`);
}
var valueOf = ({ path, sha256, bytes }) => [
	path,
	require_light.contentName(sha256, path),
	bytes
].join("");
async function problemsOf(session, { heads, column, sql }) {
	const broken = await session.rows(`SELECT n.file, n.code, count(*), min({'number': s.number, 'text': n.text, 'words': n.words}) FROM ${sql} s JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE n.code IS NOT NULL GROUP BY n.file, n.code ORDER BY n.file, n.code`);
	const findings = [];
	for (const [file, code, counted, least] of broken) {
		const first = least;
		const count = Number(counted);
		const text = column.sensitive ? "its value" : require_light.quoted(first.text);
		const words = column.sensitive ? first.words.replace(/; there is ".*$/, "") : first.words;
		const more = count === 1 ? "" : `; ${count} rows have such a path`;
		findings.push(await placed(heads, column, {
			code,
			file: Number(file),
			row: first.number,
			count,
			examples: column.sensitive ? [] : [require_light.quoted(first.text)],
			words: (where) => `${where}: ${text} ${words}${more}.`
		}));
	}
	return findings;
}
async function refuseUnknown(session, { heads, sql }) {
	const [row] = await session.rows(`SELECT min(s.file) FROM ${sql} s ANTI JOIN ${namesTable} n ON s.file = n.file AND s.value = n.text WHERE s.value IS NOT NULL`);
	const file = row[0] ?? null;
	if (file !== null) throw new require_light.SourceVanishedError(heads[Number(file)].path);
}
async function filesWithoutBytes(session, { heads, column, sql }) {
	const empty = await session.rows(`SELECT file, count(*), min(number) FROM ${sql} WHERE ${namedPart("value", "bytes")} = '0' GROUP BY file ORDER BY file`);
	const findings = [];
	for (const [file, counted, row] of empty) {
		const count = Number(counted);
		const files = count === 1 ? "the file is empty" : `${count} rows name empty files, this one first`;
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
	const where = `Column ${require_light.quoted(name)} of ${require_light.quoted(head.path)}, ${lineWords(line, row)}`;
	return require_light.finding(code, {
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
	if (error instanceof require_light.DataLimitError) return error;
	const { words, at } = refusalWords(error, sql, hideValues);
	return new require_light.PrepareInvalidError(words, at);
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
async function describe(session, statement, sql, hideValues) {
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
	if (Array.isArray(value)) return firstOf$1(value, scope);
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
function firstOf$1(values, scope) {
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
	return firstOf$1(Object.values(rest), {
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
		if (tree["error_type"] === "not implemented") throw new require_light.PrepareInvalidError("only a SELECT is allowed", placeOf(sql, 0));
		const position = tree["position"];
		const at = position === void 0 ? null : placeOf(sql, Number(position));
		const word = position === void 0 ? null : wordOfSql(sql, Number(position));
		const advice = word === null ? void 0 : `\`${word}\` is a word of DuckDB's SQL: choose another name, or put it in double quotes.`;
		throw new require_light.PrepareInvalidError(String(tree["error_message"]).split("\n")[0], at, advice);
	}
	const statements = tree["statements"];
	if (statements.length !== 1) throw new require_light.PrepareInvalidError(`expected one SELECT, found ${statements.length} statements`);
	const problem = findProblem(statements[0], await scopeOf(session, columns, tables));
	if (problem !== null) throw new require_light.PrepareInvalidError(problem.words, placeOf(sql, problem.at));
	return {
		tree,
		node: statements[0]["node"]
	};
}
var namelike = /^(?:anti|asof|at|check|column|default|desc|describe|end|group|limit|offset|order|pivot|positional|qualify|references|semi|show|summarize|table|unpivot|user|window)$/i;
function wordOfSql(sql, offset) {
	const bytes = require_light.encodeText(sql);
	const before = /(\w+)[\s.,(]*$/.exec(require_light.decodeText(bytes.slice(0, offset)))?.[1];
	return [/^\w+/.exec(require_light.decodeText(bytes.slice(offset)))?.[0], before].find((word) => word !== void 0 && namelike.test(word)) ?? null;
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
function placeOf(sql, offset) {
	if (offset < 0 || offset > 1e9) return null;
	const before = require_light.decodeText(require_light.encodeText(sql).slice(0, offset)).split("\n");
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
		const result = await describe(session, sql, sql, hideValues);
		const statement = (isJoined ? null : await carryRows(session, checked, sql, result)) ?? sql;
		await session.run(`CREATE OR REPLACE VIEW ${identifier(name)} AS ${statement}`);
		laid.push({
			...checked,
			name,
			statement
		});
	} catch (error) {
		throw error instanceof require_light.PrepareInvalidError ? inFile(error, require_light.viewFile(name)) : error;
	}
	return laid;
}
function inFile(error, file) {
	const { line, column, message, hint } = error;
	const at = line === null || column === null ? null : {
		line,
		column
	};
	const problem = message.replace(/^prepare(?:, line \d+, column \d+)?: /, "").replace(/\.$/, "");
	return new require_light.PrepareInvalidError(problem, at, hint, file);
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
	for (const [i, name] of names.entries()) readers.push(repeat[i] === true ? await numberedTexts(session, from, name) : plainTexts(name, from.rows));
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
function plainTexts(name, rows) {
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
		const alike = read.columns.filter((column) => isText(column) === kind);
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
				isText: isText(column),
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
var isText = ({ type }) => type === "string" || type === "file";
var bytesOf = (column, rows) => (isText(column) ? 4 : 8) * rows;
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
	return columns.some(isText) ? textColumns(session, from, columns) : numberColumns(session, from, columns);
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
		for (const { at, kind } of await triesOf(session, made, dated(made).map(datedRows), thorough)) {
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
var datedRows = ({ stored, availableAt }) => ({
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
		if (error instanceof require_light.DataLimitError) throw error;
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
		const place = placeOf(text, offset);
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
		const near = require_light.nearest(name, [...columns, ...answerWords$1]);
		return {
			words: `there is no column "${name}"; ${near === void 0 ? `the row has ${firstOf(columns)}` : `the nearest name is "${near}"`}`,
			at
		};
	}
	return null;
}
var mostNamed$2 = 20;
function firstOf(columns) {
	return columns.slice(0, mostNamed$2).join(", ") + (columns.length > mostNamed$2 ? ", …" : "");
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
		if (error instanceof require_light.DataLimitError) throw error;
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
		if (error instanceof require_light.DataLimitError) throw error;
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
			if (columns.find((column) => column.name === name) === void 0) throw new require_light.ColumnMissingError("column", name, columns.map((column) => column.name));
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
		},
		write: (names) => writeColumns(session, prepared, names)
	};
}
async function writeColumns(session, { folder, table }, names) {
	await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	const file = node_path.default.join(folder, `${table}.parquet`);
	await session.run(`COPY (SELECT ${names.map(identifier).join(", ")} FROM ${table}) TO ${literal$1(file)} (FORMAT parquet)`);
	return file;
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
				name: require_light.contentName(file.sha256, file.path),
				file
			};
			const what = hideValues ? "a text" : require_light.quoted(text);
			const problem = `the column ${require_light.quoted(name)} of the result has ${what}, which is not a path that the source has there`;
			throw new require_light.PrepareInvalidError(problem, null, "Hand the column on as it is, or give what you make of it another name.");
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
	if (carrying === null && request.time === null && request.key.length === 0) throw new require_light.PrepareInvalidError("its result is not made of rows of the source (it aggregates, joins or combines), so rows cannot be identified", null, "Declare `key` in model.yaml: the columns that identify a prepared row.");
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
		folder: source.folder,
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
	const result = await describe(session, sql, sql, hideValues);
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
		const problem = require_light.columnNameProblem(name);
		if (problem !== null) throw new require_light.PrepareInvalidError(`column ${i + 1} of the result ${problem}`);
		const before = seen.get(require_light.columnNameKey(name));
		if (before !== void 0) throw new require_light.PrepareInvalidError(sameNames(before, name));
		seen.set(require_light.columnNameKey(name), name);
		const known = columnTypeOf(type);
		if (known !== null) return {
			name,
			type: known
		};
		throw new require_light.PrepareInvalidError(`the column ${require_light.quoted(name)} of the result is a ${type}, which a model cannot use`, null, "Cast it to a number, text, boolean, date or timestamp, or leave it out.");
	});
}
function sameNames(one, other) {
	return one.toLowerCase() === other.toLowerCase() ? `two columns of the result are named ${require_light.quoted(other)}` : `the columns ${require_light.quoted(one)} and ${require_light.quoted(other)} of the result look the same to a reader`;
}
function checkRoles$1(columns, { target, time, key }) {
	const names = columns.map(({ name }) => name);
	const roles = [
		["target", target],
		...time === null ? [] : [["time", time]],
		...key.map((name) => ["key", name])
	];
	for (const [role, name] of roles) if (!names.includes(name)) throw new require_light.ColumnMissingError(role, name, names);
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
		const column = require_light.quoted(part[bad].name);
		throw new require_light.PrepareInvalidError(`the column ${column} of the result is not finite in ${rows}`, null, advice);
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
		throw error instanceof require_light.PrepareInvalidError ? inFile(error, require_light.viewFile(view)) : error;
	} finally {
		await remember(session, source);
	}
}
async function keepNewest(session, { view, key, time, at }, hideValues) {
	const sql = `SELECT * FROM ${identifier(view)}`;
	const columns = plainColumns(await describe(session, sql, sql, hideValues));
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
	for (const [role, name] of [["time", time], ...key.map((each) => ["key", each])]) if (!names.includes(name)) throw new require_light.ColumnMissingError(role, name, names);
	const { type } = columns.find(({ name }) => name === time);
	if (type !== "date" && type !== "datetime") throw new require_light.TimeTypeError(time, type);
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
	const isAnswered = require_light.fits("rows with an answer each", (value) => {
		const { format, rows, answers } = Object(value);
		if (format !== 1 || !Array.isArray(rows) || !Array.isArray(answers)) return false;
		return rows.length === answers.length && answers.every(Array.isArray);
	});
	return require_light.readJson(PROBES_FILE, bytes, 1, isAnswered);
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
	throw new require_light.ArtifactInvalidError(PROBES_FILE, "", expected);
}
// ../core/src/features/read-features.ts
var taskCheck = (task) => require_light.wordOf("binary", "multiclass", "regression")(task, 0);
function classesCheck({ task }) {
	if (task === "regression") return require_light.fits("null", (classes) => classes === null);
	const isClass = require_light.fits("a text, a number or a boolean", (value) => value !== null && typeof value !== "object");
	const isOfTask = require_light.fits("the classes of the task", (classes) => {
		const { length } = classes;
		return task === "binary" ? length === 2 : length > 2;
	});
	return (classes) => require_light.list(isClass)(classes, 0) ?? isOfTask(classes, 0);
}
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
		return `CAST(${castSql(textSql$1(`raw${i}`, missingValues), type, field)} AS ${storedAs[type]}) AS ${identifier(name)}`;
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
	const places = attempt.kind === "rows" ? placesOf(attempt.chunks) : null;
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
		if (error instanceof require_light.DataLimitError) throw error;
		return {
			kind: "failed",
			error
		};
	}
}
var placesOf = (chunks) => numbersOf(chunks, 0);
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
	const places = placesOf(chunks);
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
	if (errors.length > 0) throw new require_light.UnreadableDataError(errors);
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
	if (carrying === null) throw new require_light.PrepareNotRowWiseError("several");
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
	if (carrying === null) throw new require_light.PrepareNotRowWiseError("several");
	const columns = plainColumns(result);
	try {
		await session.run(`CREATE OR REPLACE TEMP VIEW refit_result AS ${carrying}`);
		await session.run(`CREATE TABLE ${inOrder} AS SELECT ${[...castColumns(columns), rowColumn].join(", ")} FROM refit_result ORDER BY ${rowColumn}`);
	} catch (error) {
		throw prepareRefused(error, sql, hideValues);
	}
	const [counts] = await session.rows(`SELECT count(*), count(DISTINCT ${rowColumn}) FROM ${inOrder}`);
	if (counts[0] !== counts[1]) throw new require_light.PrepareNotRowWiseError("several");
	await refuseInfinite(session, inOrder, columns);
	return columns;
}
function refuseMissing(needed) {
	const missing = needed.filter(({ positions }) => positions.some((position) => position < 0));
	if (missing.length === 0) return;
	throw new require_light.UnreadableDataError(missing.map(({ name, raw, type }) => {
		const words = `There is no column ${require_light.quoted(raw)}, which \`prepare\` reads for more than the target. Expected: ${type}; it may be empty.`;
		return require_light.finding("missing-column", { column: name }, words);
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
// ../refit/src/adapters/duckdb/log/write-parquet.ts
async function writeParquet(session, { sql, file, facts }) {
	await sweep(node_path.default.dirname(file));
	const temporary = `${file}.${require_light.temporaryName()}.tmp`;
	try {
		await session.run(`COPY (${sql}) TO ${literal$1(temporary)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {refit: ${literal$1(facts)}})`);
		await settle(temporary);
		await (0, node_fs_promises.rename)(temporary, file);
	} catch (error) {
		await (0, node_fs_promises.rm)(temporary, { force: true });
		throw error;
	}
}
async function factsOfParquet(session, files) {
	if (files.length === 0) return new Map();
	const rows = await session.rows(`SELECT file_name, decode(value) FROM parquet_kv_metadata([${literals(files)}]) WHERE decode(key) = 'refit'`);
	return new Map(rows);
}
async function settle(file) {
	const handle = await (0, node_fs_promises.open)(file, "r+");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
async function sweep(folder) {
	for (const name of await (0, node_fs_promises.readdir)(folder)) {
		if (!name.endsWith(".tmp") || !name.includes(".parquet.")) continue;
		const file = node_path.default.join(folder, name);
		const made = (await (0, node_fs_promises.stat)(file).catch(() => null))?.mtimeMs;
		if (made !== void 0 && require_light.isLeftBehind(name, require_light.systemClock.now() - made)) await (0, node_fs_promises.rm)(file, { force: true });
	}
}
// ../refit/src/adapters/duckdb/log/line-columns.ts
var structure = JSON.stringify({
	format: "DOUBLE",
	id: "VARCHAR",
	time: "VARCHAR",
	model: "VARCHAR",
	version: "VARCHAR",
	key: "VARCHAR",
	arm: "VARCHAR",
	prediction: {
		probabilities: ["DOUBLE"],
		value: "DOUBLE"
	},
	other: {
		version: "VARCHAR",
		prediction: {
			probabilities: ["DOUBLE"],
			value: "DOUBLE"
		}
	}
});
var lineColumns = [
	"id64",
	"key64",
	"answered",
	"version",
	"arm",
	"answer",
	"other",
	"other_answer",
	"counts",
	"problem",
	"key",
	"file",
	"line"
];
var nameSql = (text) => `md5_number_lower(${text})`;
var millisecondsOfDay$1 = 864e5;
function rowsOfLines(lines, model) {
	const answer = (path) => `coalesce(${path}.probabilities, [${path}.value])`;
	const whole = (list) => `coalesce(len(${list}) > 0 AND list_count(${list}) = len(${list}) AND isfinite(list_sum(${list})), false)`;
	return `WITH parsed AS (SELECT line, file, file_day, from_json(line, ${literal$1(structure)}) AS j FROM ${lines}), named AS (SELECT line, file, file_day, j, ${answer("j.prediction")} AS answer, ${answer("j.other.prediction")} AS other_answer, CASE WHEN ends_with(j.time, 'Z') THEN TRY_CAST(j.time AS TIMESTAMP) END AS time FROM parsed), judged AS (SELECT *, CASE WHEN j.format > 1 THEN 'newer' WHEN j.format IS DISTINCT FROM 1 OR coalesce(j.id, '') = '' OR j.model IS NULL OR NOT coalesce(isfinite(time), false) OR coalesce(length(j.version), 0) NOT IN (40, 64) OR NOT ${whole("answer")} THEN 'damaged' WHEN j.model <> ${literal$1(model)} THEN 'foreign' END AS problem FROM named) SELECT ${nameSql("j.id")} AS id64, ${nameSql("j.key")} AS key64, epoch_ms(time) AS answered, j.version AS version, CASE WHEN j.arm IN ('champion', 'canary') THEN j.arm END AS arm, answer, CASE WHEN ${whole("other_answer")} THEN j.other.version END AS other, CASE WHEN ${whole("other_answer")} THEN other_answer END AS other_answer, problem IS NULL AS counts, problem, coalesce(CASE WHEN problem IS NULL THEN epoch_ms(time) // ${millisecondsOfDay$1} END, file_day) AS day, j.key AS key, file, line FROM judged`;
}
var numberOfDay = (day) => Date.parse(`${day}T00:00:00Z`) / millisecondsOfDay$1;
// ../refit/src/adapters/duckdb/log/lay-lines.ts
var mostBytes = 16777216;
var mostOfFile = 134217728;
var logLines = "refit_log_lines";
async function layLines(session, { files, model }) {
	const rows = files.map(({ localPath, sha256, day }) => `(${literals([localPath, sha256])}, ${numberOfDay(day)})`);
	const paths = literals(files.map(({ localPath }) => localPath));
	const textsOf = (most) => files.length === 0 ? "(SELECT NULL::VARCHAR AS line, '' AS file, 0 AS file_day LIMIT 0)" : `(SELECT t.json::VARCHAR AS line, f.file, f.file_day FROM read_ndjson_objects([${paths}], filename = true, ignore_errors = true, maximum_object_size = ${most}) t JOIN (VALUES ${rows.join(", ")}) f(path, file, file_day) ON f.path = t.filename)`;
	const read = (most) => session.onAllThreads(() => session.run(`CREATE OR REPLACE TEMP TABLE ${logLines} AS ${rowsOfLines(textsOf(most), model)}`));
	await read(mostBytes).catch((error) => {
		if (!String(error).includes("maximum_object_size")) throw error;
		return read(mostOfFile);
	});
}
// ../refit/src/adapters/duckdb/log/compact-lines.ts
var columns$2 = lineColumns.join(", ");
async function compactLines(session, request) {
	const { files, days } = request;
	await layLines(session, request);
	const [counted] = await session.rows(`SELECT count(*) FROM ${logLines} WHERE line IS NULL`);
	const found = await session.rows(`SELECT day, list(DISTINCT file) FROM ${logLines} GROUP BY day`);
	const fresh = new Map(found.map(([day, from]) => [textOfDay(Number(day)), from]));
	for (const { day, sha256 } of files) fresh.set(day, [...fresh.get(day) ?? [], sha256]);
	for (const { day } of days) if (!fresh.has(day)) fresh.set(day, []);
	const written = [];
	for (const [day, digests] of [...fresh].sort(([a], [b]) => a < b ? -1 : 1)) {
		const before = days.filter((one) => one.day === day);
		const names = [...new Set([...digests, ...before.flatMap((one) => one.files)])].sort();
		written.push(await writeDay(session, request, {
			day,
			files: names,
			before
		}));
	}
	await session.run(`DROP TABLE ${logLines}`);
	return {
		days: written,
		lost: Number(counted[0])
	};
}
var textOfDay = (number) => new Date(number * 864e5).toISOString().slice(0, 10);
async function writeDay(session, { folder }, written) {
	const { day, files, before } = written;
	const own = `SELECT ${columns$2} FROM ${logLines} WHERE day = ${numberOfDay(day)} AND line IS NOT NULL`;
	const old = before.map(({ localPath }) => `SELECT ${columns$2} FROM read_parquet(${literal$1(localPath)})`);
	await session.run(`CREATE OR REPLACE TEMP VIEW refit_log_day AS ${[own, ...old].join(" UNION ALL ")}`);
	const name = (0, node_crypto.createHash)("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
	const localPath = node_path.default.join(folder, `${day}-${name}.parquet`);
	return session.onAllThreads(async () => {
		const sql = await eachIdOnce(session);
		const facts = await factsOf$1(session, written, sql);
		await writeParquet(session, {
			sql,
			file: localPath,
			facts: JSON.stringify(facts)
		});
		return {
			...facts,
			localPath
		};
	});
}
async function eachIdOnce(session) {
	const sameLine = "row_number() OVER (PARTITION BY id64, line ORDER BY file) = 1";
	const first = "row_number() OVER (PARTITION BY id64, problem IS NULL ORDER BY answered, line) = 1";
	await session.run("CREATE OR REPLACE TEMP TABLE refit_log_twice AS SELECT id64 FROM refit_log_day GROUP BY id64 HAVING count(*) > 1");
	const [twice] = await session.rows("SELECT count(*) FROM refit_log_twice");
	if (twice[0] === 0n) return `SELECT ${columns$2} FROM refit_log_day`;
	const isTwice = "id64 IS NULL OR id64 IN (SELECT id64 FROM refit_log_twice)";
	return `SELECT ${columns$2} FROM refit_log_day WHERE NOT (${isTwice}) UNION ALL SELECT ${columns$2} FROM (SELECT * REPLACE (problem IS NULL AND ${first} AS counts) FROM (SELECT * FROM refit_log_day WHERE ${isTwice} QUALIFY ${sameLine}))`;
}
async function factsOf$1(session, { day, files }, rows) {
	const count = (condition) => `count(*) FILTER (WHERE ${condition})`;
	const problems = [
		"damaged",
		"newer",
		"foreign"
	].map((problem) => count(`problem = ${literal$1(problem)}`));
	const [row] = await session.rows(`SELECT ${[...problems, count("problem IS NULL AND NOT counts")].join(", ")} FROM (${rows})`);
	const [damaged, newer, foreign, repeated] = row.map(Number);
	return {
		day,
		files,
		versions: (await session.rows("SELECT DISTINCT unnest([version, other]) AS name FROM refit_log_day WHERE problem IS NULL ORDER BY name")).flatMap(([name]) => name === null ? [] : [name]),
		odd: {
			damaged,
			newer,
			foreign,
			repeated
		}
	};
}
async function compactedDays(session, paths) {
	const facts = await factsOfParquet(session, paths);
	return paths.flatMap((localPath) => {
		const text = facts.get(localPath);
		return text === void 0 ? [] : [{
			...JSON.parse(text),
			localPath
		}];
	});
}
// ../refit/src/adapters/duckdb/log/answers-of-day.ts
function withTexts(versions) {
	return new Map([...versions].map(([treeId, version]) => [treeId, {
		...version,
		texts: (version.classes ?? []).map(String)
	}]));
}
var matchedTable = "refit_matched";
var table = "refit_day_answers";
async function answersOfDay(session, { number, localPath, versions }) {
	await session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT a.version, a.arm, a.answer, ${otherSql(versions)} AS other, a.other_answer, m.newest.label AS label, m.newest.known - a.answered AS delay FROM read_parquet(${literal$1(localPath)}) a LEFT JOIN (SELECT * FROM ${matchedTable} WHERE day = ${number}) m ON m.id64 = a.id64 WHERE a.counts`);
	const found = await session.rows(`SELECT version, arm, other, count(*) FROM ${table} GROUP BY ALL ORDER BY ALL`);
	const arms = [];
	const odd = {
		unknownVersion: 0,
		unfit: 0,
		unknownClass: 0
	};
	for (const [version, arm, other, count] of found) {
		const names = {
			version,
			arm,
			other
		};
		const own = versions.get(names.version);
		if (own === void 0) {
			odd.unknownVersion += Number(count);
			continue;
		}
		const read = await readArm(session, names, own);
		odd.unfit += Number(count) - read.rows.labels.length;
		odd.unknownClass += read.unknownClass;
		if (read.rows.labels.length > 0) arms.push(read.rows);
	}
	await session.run(`DROP TABLE ${table}`);
	return {
		arms,
		...odd
	};
}
function otherSql(versions) {
	const alike = [...versions].flatMap(([version, own]) => [...versions].flatMap(([other, its]) => other !== version && JSON.stringify(own.classes) === JSON.stringify(its.classes) ? [`(a.version = ${literal$1(version)} AND a.other = ${literal$1(other)} AND ${fitSql("a.other_answer", its)})`] : []));
	return alike.length === 0 ? "NULL::VARCHAR" : `CASE WHEN ${alike.join(" OR ")} THEN a.other END`;
}
function fitSql(answer, { classes }) {
	if (classes === null) return `len(${answer}) = 1`;
	return `(len(${answer}) = ${classes.length} AND list_min(${answer}) >= 0 AND list_max(${answer}) <= 1)`;
}
async function readArm(session, { version, arm, other }, own) {
	const { task, classes, texts } = own;
	const width = classes?.length ?? 1;
	const of = (name, value) => value === null ? `${name} IS NULL` : `${name} = ${literal$1(value)}`;
	const from = `${table} WHERE ${of("version", version)} AND ${of("arm", arm)} AND ${of("other", other)} AND ${fitSql("answer", own)}`;
	const code = classes === null ? "TRY_CAST(label AS DOUBLE)" : `coalesce(list_position([${literals(texts)}], label), 0) - 1`;
	const isKnown = classes === null ? `coalesce(isfinite(${code}), false)` : `${code} >= 0`;
	const isLabel = task === "multiclass" ? "label IS NOT NULL" : `label IS NOT NULL AND ${isKnown}`;
	const [counted] = await session.rows(`SELECT count(*), count(*) FILTER (WHERE label IS NOT NULL AND NOT ${isKnown}) FROM ${from}`);
	const [count, unknownClass] = counted.map(Number);
	const places = task === "binary" ? [2] : Array.from({ length: width }, (_, i) => i + 1);
	const numbers = (other === null ? ["answer"] : ["answer", "other_answer"]).flatMap((list) => places.map((place) => `${list}[${place}]`));
	const columns = await readNumbers(session, {
		sql: numbersSql([
			...numbers,
			`CASE WHEN ${isLabel} THEN ${code} END::DOUBLE`,
			`CASE WHEN ${isLabel} THEN delay END::DOUBLE / 86400000`
		], from),
		rows: count,
		columns: numbers.length + 2
	});
	return {
		rows: {
			version,
			arm,
			other,
			answers: byRow(columns.slice(0, places.length), count),
			otherAnswers: other === null ? null : byRow(columns.slice(places.length, 2 * places.length), count),
			labels: columns.at(-2),
			delays: columns.at(-1)
		},
		unknownClass
	};
}
function byRow(columns, rows) {
	if (columns.length === 1) return columns[0];
	const values = new Float64Array(rows * columns.length);
	for (const [i, column] of columns.entries()) for (let row = 0; row < rows; row++) values[row * columns.length + i] = column[row];
	return values;
}
// ../refit/src/adapters/duckdb/log/join-labels.ts
var millisecondsOfDay = 864e5;
async function joinLabels(session, request) {
	const { days, labels, byKey, fresh, versions } = request;
	await layLabels(session, "refit_labels", labels);
	await layAnswers(session, "refit_answers", days);
	const found = await pairsOf(session, request);
	await session.run(`CREATE TEMP TABLE ${matchedTable} AS SELECT day, id64, max({known: known, label: label}) AS newest, count(*) AS labels, min(label) <> max(label) AS conflicts FROM refit_pairs WHERE known >= answered GROUP BY day, id64`);
	const { unmatched, early } = found;
	const joined = fresh === null || byKey ? days : days.filter(({ day }) => found.days.has(numberOfDay(day)));
	const pathOf = new Map(joined.map(({ day, localPath }) => [day, localPath]));
	return {
		counts: {
			...await countLabels(session, fresh === null ? labels : fresh.labels),
			...await countRepeated$1(session),
			unmatched,
			early
		},
		days: await joinedDays(session, joined),
		answersOf: (day) => answersOfDay(session, {
			number: numberOfDay(day),
			localPath: pathOf.get(day),
			versions: withTexts(versions)
		})
	};
}
async function layLabels(session, table, files) {
	const rows = files.length === 0 ? "SELECT NULL::UBIGINT[] AS names, NULL::BIGINT AS known, NULL::VARCHAR AS label LIMIT 0" : `SELECT names, known, label FROM read_parquet([${literals(files)}])`;
	await session.run(`CREATE TEMP TABLE ${table} AS SELECT number, about, known, label FROM (SELECT row_number() OVER () AS number, known, label, unnest(names) AS about FROM (${rows})) WHERE about IS NOT NULL AND known IS NOT NULL AND label IS NOT NULL`);
}
async function layAnswers(session, view, days) {
	const rows = days.length === 0 ? "SELECT NULL::UBIGINT AS id64, NULL::UBIGINT AS key64, NULL::BIGINT AS answered, true AS counts LIMIT 0" : `SELECT id64, key64, answered, counts FROM read_parquet([${literals(days.map(({ localPath }) => localPath))}])`;
	await session.run(`CREATE OR REPLACE TEMP VIEW ${view} AS SELECT answered // ${millisecondsOfDay} AS day, id64, key64, answered FROM (${rows}) WHERE counts`);
}
async function pairsOf(session, { days, byKey, fresh }) {
	if (byKey) {
		await session.run(`CREATE TEMP TABLE refit_pairs AS ${newestBefore}`);
		return {
			days: new Set(),
			...await countUnfound(session, "refit_labels", "refit_pairs", true)
		};
	}
	if (fresh === null) {
		await session.run(`CREATE TEMP TABLE refit_pairs AS ${ofTheId("refit_labels", "refit_answers")}`);
		return {
			days: new Set(),
			...await countUnfound(session, "refit_labels", "refit_pairs", false)
		};
	}
	await layLabels(session, "refit_new_labels", fresh.labels);
	await session.run(`CREATE TEMP TABLE refit_new_pairs AS ${ofTheId("refit_new_labels", "refit_answers")}`);
	const hit = await session.rows("SELECT DISTINCT day FROM refit_new_pairs");
	const changed = new Set([...hit.map(([day]) => Number(day)), ...[...fresh.days].map(numberOfDay)]);
	await layAnswers(session, "refit_changed_answers", days.filter(({ day }) => changed.has(numberOfDay(day))));
	await session.run(`CREATE TEMP TABLE refit_pairs AS ${ofTheId("refit_labels", "refit_changed_answers")}`);
	return {
		days: changed,
		...await countUnfound(session, "refit_new_labels", "refit_new_pairs", false)
	};
}
var ofTheId = (labels, answers) => `SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM ${answers} a JOIN ${labels} l ON a.id64 = l.about`;
var newestBefore = "SELECT l.number, l.known, l.label, a.day, a.id64, a.answered FROM refit_labels l ASOF JOIN (SELECT key64, answered, min(id64) AS id64, min(day) AS day FROM refit_answers WHERE key64 IN (SELECT about FROM refit_labels) GROUP BY key64, answered) a ON a.key64 = l.about AND l.known >= a.answered QUALIFY row_number() OVER (PARTITION BY l.number ORDER BY a.answered DESC, a.id64) = 1";
async function countUnfound(session, labels, pairs, byKey) {
	const [row] = await session.rows(`SELECT (SELECT count(DISTINCT number) FROM ${labels}), count(DISTINCT number), count(DISTINCT number) FILTER (WHERE known < answered) FROM ${pairs}`);
	const [all, found, before] = row.map(Number);
	const early = byKey ? await earlyOfKeys(session) : before;
	return {
		early,
		unmatched: byKey ? all - found - early : all - found
	};
}
async function earlyOfKeys(session) {
	const [row] = await session.rows("SELECT count(DISTINCT number) FROM refit_labels WHERE about IN (SELECT key64 FROM refit_answers) AND number NOT IN (SELECT number FROM refit_pairs)");
	return Number(row[0]);
}
async function countRepeated$1(session) {
	const [row] = await session.rows(`SELECT coalesce(sum(labels - 1), 0)::BIGINT, count(*) FILTER (WHERE conflicts) FROM ${matchedTable}`);
	const [duplicates, conflicts] = row.map(Number);
	return {
		duplicates,
		conflicts
	};
}
async function countLabels(session, files) {
	if (files.length === 0) return {
		labels: 0,
		empty: 0
	};
	const [row] = await session.rows(`SELECT count(*), count(*) FILTER (WHERE known IS NULL OR label IS NULL OR list_count(names) = 0) FROM read_parquet([${literals(files)}])`);
	const [labels, empty] = row.map(Number);
	return {
		labels,
		empty
	};
}
async function joinedDays(session, days) {
	await layAnswers(session, "refit_changed_answers", days);
	const counted = await session.rows("SELECT day, count(*) FROM refit_changed_answers GROUP BY day");
	const answers = new Map(counted.map(([day, rows]) => [Number(day), Number(rows)]));
	const found = await session.rows(`SELECT day, count(*), bit_xor(hash(id64, newest.known, newest.label))::VARCHAR FROM ${matchedTable} GROUP BY day`);
	const labelled = new Map(found.map(([day, rows, digest]) => [Number(day), {
		rows: Number(rows),
		digest
	}]));
	return days.map(({ day }) => ({
		day,
		answers: answers.get(numberOfDay(day)) ?? 0,
		labelled: labelled.get(numberOfDay(day))?.rows ?? 0,
		digest: labelled.get(numberOfDay(day))?.digest ?? ""
	}));
}
// ../refit/src/adapters/duckdb/log/newest-lines.ts
var rows = "refit_log_part";
var newest = "refit_log_newest";
async function newestLines(session, request) {
	const { model, files, days, most } = request;
	await layLines(session, {
		model,
		files: files.map((file) => ({
			...file,
			sha256: file.localPath
		}))
	});
	const columns = "id64, answered, problem, line";
	const compacted = `SELECT ${columns} FROM read_parquet([${literals(days)}])`;
	const all = [`SELECT ${columns} FROM ${logLines}`, ...days.length === 0 ? [] : [compacted]];
	await session.run(`CREATE OR REPLACE TEMP VIEW ${rows} AS ${all.join(" UNION ALL ")}`);
	const found = await session.onAllThreads(async () => ({
		lines: await textsOf(session, most),
		damaged: await countOf(session, `SELECT count(*) FROM ${rows} WHERE problem IS NOT NULL`),
		repeated: await countRepeated(session)
	}));
	await session.run(`DROP VIEW ${rows}; DROP TABLE ${newest}; DROP TABLE ${logLines}`);
	return found;
}
async function textsOf(session, most) {
	await session.run(`CREATE OR REPLACE TEMP TABLE ${newest} AS WITH each AS (SELECT id64, max(answered) AS answered FROM ${rows} WHERE problem IS NULL GROUP BY id64) SELECT id64, answered FROM each WHERE answered >= (SELECT min(answered) FROM (SELECT answered FROM each ORDER BY answered DESC LIMIT ${most}))`);
	return (await session.rows(`SELECT min(line) FROM ${rows} JOIN ${newest} USING (id64, answered) WHERE problem IS NULL GROUP BY id64`)).map(([line]) => line);
}
async function countRepeated(session) {
	const twice = `SELECT id64 FROM ${rows} WHERE problem IS NULL GROUP BY id64 HAVING count(*) > 1`;
	if ((await session.rows(`${twice} LIMIT 1`)).length === 0) return 0;
	return countOf(session, `SELECT count(*) - count(DISTINCT id64) FROM (SELECT DISTINCT id64, line FROM ${rows} WHERE problem IS NULL AND id64 IN (${twice}))`);
}
var countOf = async (session, sql) => Number((await session.rows(sql))[0][0]);
// ../refit/src/adapters/duckdb/log/write-labels.ts
async function writeLabels(session, table, file) {
	const from = `read_parquet(${literal$1(table.localPath)})`;
	const types = new Map((await session.describe(`SELECT * FROM ${from}`)).map(({ name, type }) => [name, type]));
	const typeOf = (name) => types.get(name) ?? "";
	const known = knownSql(identifier(table.time), typeOf(table.time));
	const label = textSql(identifier(table.target), typeOf(table.target));
	await writeParquet(session, {
		sql: `SELECT [${aboutSql(table.about, typeOf).join(", ")}] AS names, ${known} AS known, ${label} AS label FROM ${from}`,
		file,
		facts: "labels"
	});
}
function knownSql(time, type) {
	return type === "DATE" ? `epoch_ms(${time}) + 86399999` : `epoch_ms(${time})`;
}
function textSql(value, type) {
	if (type !== "DOUBLE") return `${value}::VARCHAR`;
	return `CASE WHEN ${value} = floor(${value}) AND abs(${value}) < 1e15 THEN ${value}::BIGINT::VARCHAR ELSE ${value}::VARCHAR END`;
}
function aboutSql(about, typeOf) {
	if ("id" in about) return [nameSql(`nullif(${textSql(identifier(about.id), typeOf(about.id))}, '')`)];
	const texts = about.key.map((name) => textSql(identifier(name), typeOf(name)));
	const isWhole = texts.map((text) => `${text} IS NOT NULL`).join(" AND ");
	const list = `to_json([${texts.join(", ")}])::VARCHAR`;
	const plain = texts.length === 1 ? texts[0] : list;
	return (about.salt === null ? [plain] : [hmacSql(list, about.salt), plain]).map((form) => `CASE WHEN ${isWhole} THEN ${nameSql(form)} END`);
}
function hmacSql(text, salt) {
	const bytes = Buffer.from(salt);
	const block = Buffer.alloc(64);
	(bytes.length > 64 ? (0, node_crypto.createHash)("sha256").update(bytes).digest() : bytes).copy(block);
	const pad = (byte) => `from_hex('${Buffer.from(block.map((each) => each ^ byte)).toString("hex")}')`;
	return `sha256(${pad(92)} || from_hex(sha256(${pad(54)} || encode(${text}))))`;
}
// ../refit/src/adapters/duckdb/log/prediction-logs.ts
var duckdbPredictionLogs = {
	async open(request) {
		const session = await sessionFor(request);
		return {
			compact: (wanted) => compactLines(session, wanted),
			compacted: (paths) => compactedDays(session, paths),
			newest: (wanted) => newestLines(session, wanted),
			takeLabels: (table, file) => writeLabels(session, table, file),
			join: (wanted) => joinLabels(session, wanted),
			close: () => session.close()
		};
	},
	async forget(file, forgetting, limits) {
		const scratch = await require_light.machineFolder();
		const session = await sessionFor({
			scratch: scratch.path,
			limits
		});
		try {
			return await forgetLines(session, file, forgetting);
		} finally {
			await session.close();
			await scratch.remove();
		}
	}
};
var sessionFor = ({ scratch, limits }) => openSession(node_path.default.join(scratch, (0, node_crypto.randomUUID)()), limits);
async function forgetLines(session, file, { keys, isBlind, dryRun }) {
	const from = `read_parquet(${literal$1(file)})`;
	const isTheirs = `coalesce(key IN (${literals(keys)}), false)`;
	const [counted] = await session.rows(`SELECT count(*) FILTER (WHERE ${isTheirs}), count(*) FILTER (WHERE NOT ${isTheirs} AND coalesce(regexp_full_match(key, '[0-9a-f]{64}'), false)) FROM ${from}`);
	const [lines, hashed] = counted.map(Number);
	if (lines > 0 && !dryRun) await writeWithout(session, file, isTheirs);
	return {
		lines,
		unreadable: isBlind ? hashed : 0
	};
}
async function writeWithout(session, file, condition) {
	const facts = (await factsOfParquet(session, [file])).get(file) ?? "";
	await writeParquet(session, {
		sql: `SELECT * FROM read_parquet(${literal$1(file)}) WHERE NOT ${condition}`,
		file,
		facts
	});
}
// ../refit/src/adapters/duckdb/index.ts
var duckdb_exports = require_rolldown_runtime.__exportAll({
	duckdbPredictionLogs: () => duckdbPredictionLogs,
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
	const broken = [...require_light.acceptSuspects(named.findings, request.manifest.checks), ...await checkConstraints(session, loaded.heads, loaded.columns, [primaryKey].flat())];
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
				views,
				folder
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
// ../core/src/report/attention-words.ts
var mostNamed$1 = 3;
function attentionLabel(attention, now) {
	switch (attention.kind) {
		case "blocked": return attention.runs === 1 ? "blocked" : `blocked ${attention.runs}×`;
		case "rejected": return attention.runs === 1 ? rejectedLabel(daysBetween(attention.since, now)) : `rejected ${attention.runs}×`;
		case "learner-missing": return "no learner";
		case "unmatched-files": return "stray files";
		case "inconclusive": return `undecided ${attention.runs}×`;
		case "proposal": return attention.since === null ? "proposal" : `proposal ${shortAge(daysBetween(attention.since, now))}`;
		case "stale-clone": return "stale clone";
		case "canary": return attention.why === "old" ? `canary ${shortAge(daysBetween(attention.since, now))}` : "canary";
		case "broken":
		case "unreadable": return attention.kind;
	}
}
function attentionWords(model, attention, now) {
	switch (attention.kind) {
		case "broken": return {
			what: "the champion's folder does not match its lineage.json.",
			fix: `Run \`refit rollback ${model}\` and merge it.`
		};
		case "blocked": return blockedWords(model, attention);
		case "rejected": return {
			what: `${rejectedWords(attention)}, so nothing was proposed. ${attention.isFirst ? "There is still no champion." : "What is live has not changed."}`,
			fix: `Run \`refit report ${model} --last\` to see why.`
		};
		case "unreadable": return {
			what: require_light.visibleText(attention.message, 500),
			fix: require_light.visibleText(attention.hint, 500)
		};
		case "learner-missing": return {
			what: `the learner \`${attention.learner}\` cannot be used here. ${require_light.visibleText(attention.message, 500)}`,
			fix: require_light.visibleText(attention.hint, 500)
		};
		case "unmatched-files": return unmatchedWords(attention);
		case "inconclusive": return {
			what: `the last ${attention.runs} candidates ended without a decision.`,
			fix: `Judge on more rows (\`holdout.days\`, \`holdout.minRows\`) or retrain less often; \`refit backtest ${model} --policy FILE\` compares.`
		};
		case "proposal": return proposalWords(model, attention, now);
		case "canary": return canaryWords(model, attention, now);
		case "stale-clone": return {
			what: `nothing was fetched from the remote for ${require_light.counted(daysBetween(attention.since, now), "day")}, so this may be out of date.`,
			fix: "Run `git fetch`."
		};
	}
}
function blockedWords(model, { runs, since, findings, isFirst }) {
	const by = findings.length === 0 ? "" : `, by ${findings.join(", ")}`;
	const live = isFirst ? "There is no champion yet, and none can be made." : "What is live has not changed.";
	return {
		what: `blocked in ${require_light.counted(runs, "run")} since ${require_light.day(since)}${by}. ${live}`,
		fix: `Run \`refit run ${model} --dry-run\` to see why and what to do.`
	};
}
function rejectedWords({ runs, since }) {
	if (runs === 1) return `the newest candidate, of ${require_light.day(since)}, was rejected`;
	return `the last ${runs} candidates, since ${require_light.day(since)}, were rejected`;
}
function unmatchedWords({ manifest, files }) {
	const { few, more } = require_light.firstFew(files, mostNamed$1);
	return {
		what: `${few.map((file) => `\`${require_light.visibleText(file, 200)}\``).join(", ") + (more > 0 ? ` and ${more} more` : "")} ${files.length === 1 ? "is not read: no source of a data manifest matches it" : "are not read: no source of a data manifest matches them"}.`,
		fix: `Add the path, or a pattern such as \`*.csv\`, to \`sources\` in ${manifest}, or move the files elsewhere.`
	};
}
function canaryWords(model, { why, since, problem }, now) {
	const stop = `Merge its stop: \`refit canary ${model} --stop\` proposes it.`;
	if (why === "broken") return {
		what: `the canary gets no requests: ${require_light.visibleText(problem ?? "", 500)}`,
		fix: stop
	};
	if (why === "champion-moved") return {
		what: "the champion has changed since the canary was compared with it.",
		fix: stop
	};
	return {
		what: `a canary has been running for ${require_light.counted(daysBetween(since, now), "day")}, longer than \`maxDays\`.`,
		fix: `\`refit canary ${model}\` says what comes next; promote it or stop it.`
	};
}
function proposalWords(model, { state, since }, now) {
	const age = since === null ? "" : ageWords(daysBetween(since, now));
	switch (state) {
		case "open": return {
			what: `a proposal has been open${age}.`,
			fix: `Merge it, or \`refit reject ${model}\`.`
		};
		case "under-review": return {
			what: `a proposal has been under review${age}.`,
			fix: "Merge or close it; refit leaves it alone until then."
		};
		case "unfinished": return {
			what: "a proposal was not published, or its run was cut short.",
			fix: `Run \`refit run ${model} --push\`.`
		};
	}
}
var rejectedLabel = (days) => days === 0 ? "rejected" : `rejected ${shortAge(days)}`;
var shortAge = (days) => days === 0 ? "new" : `${days} d`;
var ageWords = (days) => days === 0 ? " for less than a day" : ` for ${require_light.counted(days, "day")}`;
var daysBetween = (since, now) => Math.max(0, Math.floor((now - since) / require_light.DAY));
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
		reason === null ? statusWords[status] : `${statusWords[status]}: ${reasonWords[reason]}`,
		number(psi),
		number(floor),
		effectWords$1(column),
		sparkline(counts?.before.slice(0, mostBars) ?? []),
		sparkline(counts?.now.slice(0, mostBars) ?? [])
	];
}
function driftReason({ reason }) {
	return reason === null ? null : reasonWords[reason];
}
var statusWords = {
	ok: "ok",
	drift: "drift",
	insufficient: "not judged",
	error: "error"
};
var reasonWords = {
	"few-rows": "fewer than 200 rows",
	new: "not in the champion's data",
	gone: "not in the new data",
	"other-type": "another type than before",
	"always-moves": "dates and times always move",
	"not-kept": "the champion's version has no record of it",
	"not-applicable": "the champion cannot be applied to the new files"
};
function effectWords$1({ ks, wasserstein, jsDistanceBase2 }) {
	return [
		ks === null ? [] : [`KS ${require_light.formatNumber(ks)}`],
		wasserstein === null ? [] : [`Wasserstein ${require_light.formatNumber(wasserstein)} sd`],
		jsDistanceBase2 === null ? [] : [`JS distance ${require_light.formatNumber(jsDistanceBase2)}`]
	].flat().join(", ");
}
function driftVerdictSentence({ level, columns }) {
	const scale = `(level ${require_light.formatNumber(level)}, drift from 1)`;
	const some = require_light.counted(columns.length, "column");
	if (level >= 1) return `The data as a whole have drifted${columns.length === 0 ? "" : `, in ${some}`} ${scale}.`;
	if (columns.length === 0) return `No column has drifted ${scale}.`;
	return `${some} drifted, too little to call it drift of the data as a whole ${scale}.`;
}
function classifierSentence({ status, rows, auc, p, features }) {
	if (auc === null || p === null) return require_light.say`A classifier needs ${500} rows on each side to tell new rows from the champion's; there are ${rows}.`;
	const verb = status === "drift" ? "can" : "cannot";
	const by = features.length === 0 ? "" : require_light.say`, by ${require_light.joinTexts(features.map((name) => [require_light.data(name)]), ", ")} most of all`;
	const area = `AUC ${require_light.formatNumber(auc)}, drift from 0.6, p = ${require_light.formatNumber(p)}`;
	return require_light.say`A classifier ${verb} tell the new rows from the champion's${status === "drift" ? by : ""} (${area}, ${rows} rows each).`;
}
function number(value) {
	return value === null ? "–" : require_light.formatNumber(value);
}
// ../core/src/report/due-sentences.ts
function dueSentences({ triggers, waits }) {
	const fired = triggers.flatMap((trigger) => firedSentence(trigger) ?? []);
	const when = waits.length > 0 ? "due" : "now";
	return [...fired.length > 0 ? [`next retrain: ${when}, because ${fired.join(", and ")}`] : comingSentences(triggers), ...waits.map((wait) => `waiting: ${waitSentence(wait)}`)];
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
		case "age": return `the maximum age was reached on ${require_light.day(trigger.at)}`;
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
	if (trigger.kind === "age") return `on ${require_light.day(trigger.at)} by age`;
	if (trigger.kind !== "new-rows") return null;
	const { newRows, minNewRows } = trigger;
	return `at ${minNewRows} new rows (${newRows === null ? "new data came; the next run counts them" : `${newRows} so far`})`;
}
function measuredSentence(trigger) {
	if (trigger.kind === "performance") return `${trigger.metric} on newer rows is worse by more than ${trigger.performanceMargin}`;
	if (trigger.kind === "drift") return `the data have drifted in two of the last three snapshots (${trigger.seen} so far)`;
	return null;
}
function waitSentence(wait) {
	return wait.kind === "few-rows" ? unseenSentence(wait) : require_light.heldBackSentence(wait);
}
function unseenSentence({ rows, minRows, perClass }) {
	const needed = `at least ${require_light.counted(minRows, "row")} (holdout.minRows) that arrived since the champion was trained`;
	const classes = perClass === null ? "" : `; at least ${perClass} of them in the second most frequent class, which only a run can count`;
	return `a newer model is judged on ${needed}${rows === null ? "" : ` (${rows} so far)`}${classes}`;
}
// ../core/src/report/difference-sentence.ts
var longest = 120;
function differenceSentence(difference) {
	const name = require_light.visibleText(difference.path, longest);
	if (difference.kind === "extra") return `${name} does not belong to the version: making it again gives no such file.`;
	if (difference.kind === "missing") return `${name} is missing: making the version again gives it.`;
	if (difference.values.length === 0) return `${name} differs from the one that was made again.`;
	return `${name} differs: ${difference.values.map(valueWords).join("; ")}.`;
}
function valueWords({ key, remade, found }) {
	return `${key === "" ? "the whole" : require_light.visibleText(key, longest)} is ${words$1(found)}, made again it is ${words$1(remade)}`;
}
var words$1 = (value) => value === void 0 ? "absent" : require_light.visibleText(value, longest);
// ../core/src/report/evaluation-type.ts
var EVALUATION_TYPE = require_light.docsPage("sign-a-model.md#evaluation-v1");
// ../core/src/report/measured-words.ts
function measuredRowsWords({ rows, from, to }) {
	const count = require_light.counted(rows, "row");
	return from === null || to === null ? count : `${count}, ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
}
function measuredModelSentence(label, model) {
	switch (model) {
		case "shipped": return null;
		case "judged": return `The numbers of ${label} are those of the model that was judged: it had not learned from these rows; what ships has.`;
		case "trained-again": return `The numbers of ${label} are those of its settings, trained again without these rows, since what ships has learned from them.`;
		case "elsewhere": return `${label} was trained elsewhere and may have learned from these rows, so its numbers may be too good.`;
	}
}
// ../core/src/report/how-to-use.ts
function waysToUse({ folder, lineage, version, commit, live, answersAnywhere }) {
	const { model, learner } = lineage;
	const page = (name) => require_light.docsPage(name);
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
		`[More about it](${require_light.docsPage("use-a-model.md")})`
	];
}
function files({ lineage: { model, learner }, features }) {
	if (learner.name === "predictions") return ["It is a list of predictions, which answers for the rows in it alone."];
	const path = require_light.flatName(model);
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
		require_light.jsonBlock({ records: [row] }),
		answerWords(features.target, answer),
		`**Node.js**, with the package [\`@refit/runtime\`](${require_light.docsPage("use-a-model.md")}):`,
		nodeProgram(folder, classes),
		`**Python**, with the packages \`onnxruntime\` and \`numpy\`, in the folder \`${require_light.flatName(model)}-onnx\` that \`refit export ${model} --to onnx\` writes, beside \`rows.json\`:`,
		pythonProgram,
		`**HTTP**, while \`refit serve ${model}\` runs ([\`@refit/serve\`](${require_light.docsPage("serve.md")})):`,
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
	if (classes === null) return `The answer: ${require_light.formatNumber(answer[0])}, the value of ${require_light.cell(name)}.`;
	const [first] = answer;
	const named = (answer.length === 1 ? [1 - first, first] : answer).map((value, place) => `${require_light.cell(String(classes[place]))} ${require_light.formatNumber(value)}`);
	return `The answer, probabilities of the values of ${require_light.cell(name)}: ${named.join(", ")}.`;
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
// ../core/src/report/rollback-report.ts
function rollbackReport({ model, from, to, treeId, together }) {
	const restored = require_light.say`The folder is restored exactly as it was (tree ${require_light.code(treeId)}). After the merge the replaced model is not proposed again for the same inputs.`;
	const main = together?.metrics[0];
	const numbers = from !== null && together !== null ? togetherSection(from, to, together) : apartSection(from, to);
	return {
		format: 1,
		model,
		headline: {
			verdict: from === null ? require_light.say`${require_light.strong(model)}: bring back ${to.label}. Nothing is live now.` : require_light.say`${require_light.strong(model)}: roll back from ${from.label} to ${to.label}.`,
			number: main === void 0 || together === null || from === null ? null : require_light.say`${main.metric} ${require_light.formatNumber(main.a)} (${from.label}) → ${require_light.formatNumber(main.b)} (${to.label}), ${differenceWords(main.improvement)}, on the same ${measuredRowsWords(together.on)}.`,
			reason: null,
			objections: []
		},
		sections: [{
			id: "restored",
			title: null,
			body: [require_light.paragraph(restored)],
			keep: 100
		}, ...numbers === null ? [] : [numbers]]
	};
}
function differenceWords(improvement) {
	if (improvement === 0) return "no difference";
	return `${improvement > 0 ? "better" : "worse"} by ${require_light.formatNumber(Math.abs(improvement))}`;
}
function togetherSection(from, to, { on, metrics, a, b }) {
	const rows = metrics.map((row) => [
		row.metric,
		require_light.formatNumber(row.a),
		require_light.formatNumber(row.b),
		require_light.signed(row.improvement)
	]);
	const notes = [measuredModelSentence(from.label, a), measuredModelSentence(to.label, b)];
	return {
		id: "comparison",
		title: "Both versions on the same rows",
		body: [
			require_light.tableOf([
				"metric",
				`${from.label} (live)`,
				to.label,
				`improvement by ${to.label}`
			], rows),
			require_light.paragraph(require_light.say`Measured on ${measuredRowsWords(on)}, in one run.`),
			...notes.flatMap((note) => note === null ? [] : [require_light.paragraph([note])])
		],
		keep: 80
	};
}
function apartSection(from, to) {
	const sides = [...from === null ? [] : [from], to].filter(({ metrics }) => Object.keys(metrics).length > 0);
	if (sides.length === 0) return null;
	const rows = sides.flatMap(({ label, metrics, on }) => Object.entries(metrics).map(([metric, value]) => [
		label,
		metric,
		require_light.formatNumber(value),
		on === null ? "–" : measuredRowsWords(on)
	]));
	const note = sides.length < 2 ? [] : [require_light.paragraph(require_light.say`The two were measured on different rows, so their numbers are not compared. With the data at hand, ${require_light.code("refit diff")} scores both again.`)];
	return {
		id: "comparison",
		title: "What the versions reached when they were judged",
		body: [require_light.tableOf([
			"version",
			"metric",
			"value",
			"on"
		], rows), ...note],
		keep: 80
	};
}
// ../core/src/report/status-table.ts
var statusColumns = [
	{ title: "model" },
	{ title: "state" },
	{
		title: "since",
		spare: 4
	},
	{
		title: "learned until",
		spare: 6
	},
	{ title: "judged" },
	{
		title: "newer",
		align: "right"
	},
	{
		title: "rows",
		align: "right",
		spare: 5
	},
	{
		title: "newest row",
		spare: 3
	},
	{ title: "next" },
	{ title: "attention" }
];
function statusCells(status, now) {
	const { model, state, version, since, learnedUntil, metric, newestRowDaysAgo, next, attention } = status;
	const measured = metric?.since ?? null;
	const [first, ...more] = attention;
	return [
		model,
		(version === null ? state : `${state} ${version}`) + canaryCell(status),
		since ?? "",
		learnedUntil ?? "",
		metric === null ? "" : `${metric.name} ${metric.judged === null ? "unknown" : require_light.formatNumber(metric.judged)}`,
		metric === null ? "" : sinceCell(metric.name, measured),
		String(measured?.rows ?? ""),
		newestRowDaysAgo === null ? "" : `${newestRowDaysAgo} d ago`,
		state === "retired" ? "" : nextCell(next, attention.some(require_light.isInTheWay)),
		first === void 0 ? "" : attentionLabel(first, now) + (more.length > 0 ? ` +${more.length}` : "")
	];
}
function canaryCell({ canary }) {
	return canary ? `, canary ${canary.percent === null ? "?" : `${canary.percent} %`}` : "";
}
function sinceCell(name, measured) {
	if (measured === null) return "none";
	const value = require_light.formatNumber(measured.value);
	return measured.metric === name ? value : `${measured.metric} ${value}`;
}
function nextCell(next, needsPerson) {
	if (next === null) return "unknown";
	const { triggers, waits } = next;
	if (triggers.some(({ fired }) => fired === true)) return waits.length > 0 || needsPerson ? "waits" : "now";
	return triggers.flatMap((trigger) => comingWords(trigger) ?? [])[0] ?? "on change";
}
function comingWords(trigger) {
	if (trigger.kind === "age") return `by ${require_light.day(trigger.at)}`;
	if (trigger.kind !== "new-rows") return null;
	return `${trigger.newRows ?? "?"}/${trigger.minNewRows} rows`;
}
function attentionLines(statuses, now) {
	const told = new Map();
	for (const { model, attention } of statuses) for (const each of attention) {
		const { what, fix } = attentionWords(model, each, now);
		const text = `${what} ${fix}`;
		told.set(text, [...told.get(text) ?? [], model]);
	}
	const isAll = (models) => models.length === statuses.length && models.length > 1;
	return [...told].map(([text, models]) => `${isAll(models) ? "all models" : models.join(", ")}: ${text}`);
}
function statusSentences(status, now) {
	const { model, canary, learnedUntil, learnedDaysAgo, declared, metric, newestRow, newestRowDaysAgo, next, attention } = status;
	const learned = require_light.learnedWords({
		until: learnedUntil,
		isDeclared: declared
	});
	return [
		...learned === null ? [] : [learned + agoWords(learnedDaysAgo)],
		...newestRow === null ? [] : [`newest row that was seen: ${newestRow}${agoWords(newestRowDaysAgo)}`],
		...metric === null ? [] : metricSentences(metric),
		...canary ? [canarySentence(canary)] : [],
		...next === null ? [] : dueSentences(next),
		...proposalSentences(status),
		...attention.map((each) => {
			const { what, fix } = attentionWords(model, each, now);
			return `attention: ${what} ${fix}`;
		})
	];
}
function canarySentence({ version, percent, since }) {
	const share = percent === null ? "gets no requests" : `answers ${percent} % of the requests`;
	return `canary ${version.slice(0, 12)} ${share} since ${require_light.day(since)}`;
}
function metricSentences({ name, judged, judgedOn, since }) {
	const on = judgedOn === null ? "" : ` on ${measuredRowsWords(judgedOn)}`;
	const then = judged === null ? [] : [`${name} ${require_light.formatNumber(judged)} when it was judged${on}`];
	if (since === null) return [...then, `${name} on newer rows: no run has measured it yet`];
	const rows = since.rows === null ? "newer rows" : `${since.rows} newer rows`;
	return [...then, `${since.metric} ${require_light.formatNumber(since.value)} on ${rows}, measured on ${require_light.day(since.at)}`];
}
function proposalSentences({ proposal, proposalState }) {
	return proposal === null ? [] : [`proposal ${proposalState.replace("-", " ")}: ${pullNumber(proposal)}${proposal}`];
}
function pullNumber(url) {
	const number = /\/pull\/(\d+)$/.exec(url)?.[1];
	return number === void 0 ? "" : `#${number} `;
}
var agoWords = (days) => days === null ? "" : ` (${require_light.counted(days, "day")} ago)`;
// ../core/src/digest/import-digests.ts
function importDigests(digests, file, sha256) {
	const { settings, input } = digests;
	return {
		...digests,
		settings: sha256(require_light.canonicalJson({
			imported: file,
			settings
		})),
		input: sha256(require_light.canonicalJson({
			imported: file,
			input
		}))
	};
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
			key: keyOf(place),
			remade: shown$2(place.ours),
			found: shown$2(place.theirs)
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
function keyOf(place) {
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
function shown$2(value) {
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
// ../core/src/lineage/same-card.ts
function sameCard(one, other) {
	return textOf(one) === textOf(other);
}
var textOf = (card) => require_light.canonicalJson(card === void 0 ? null : JSON.parse(JSON.stringify(card)));
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
	const token = require_light.tokenOf(env);
	if (token === null) return {};
	const server = require_light.serverUrl(env);
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
// ../refit/src/adapters/forges/github/pipelines/asked-job.ts
var x$2 = (expression) => `\${{ ${expression} }}`;
var askedTrigger = `
  issues: { types: [edited] } # a box that somebody has ticked in the dashboard`;
var isTick = "contains(github.event.issue.labels.*.name, 'refit-dashboard') && github.event.sender.type == 'User'";
var mayStart = `github.event_name != 'issues' || (${isTick})`;
var askedGroup = `github.event_name == 'issues' && (${isTick} && 'asked' || github.run_id) || `;
function askedIf({ dashboard = false }) {
	return dashboard ? `    if: ${mayStart}\n` : "";
}
var withoutDashboard = {
	job: "",
	needs: (...jobs) => jobs.length === 0 ? "" : `    needs: ${jobs.length === 1 ? jobs[0] : `[${jobs.join(", ")}]`}\n`,
	when: (base) => base,
	also: (condition) => condition,
	after: () => "",
	group: (name) => name.includes("{") ? `"${name}"` : name,
	models: "",
	modelsLine: "",
	reason: x$2("inputs.reason"),
	matrixRun: `    needs: [plan, promote] # what was merged is promoted first
    if: needs.plan.outputs.models != '[]'
`,
	matrixModels: x$2("fromJSON(needs.plan.outputs.models)")
};
function askedParts(request, checkout) {
	if (request.dashboard !== true) return withoutDashboard;
	const { needs } = withoutDashboard;
	const names = x$2("needs.asked.outputs.models");
	return {
		job: askedJob(request, checkout),
		needs: (...jobs) => needs("asked", ...jobs),
		when: (base) => x$2(`!cancelled() && ${base} && (github.event_name != 'issues' || needs.asked.outputs.any == 'true')`),
		also: (condition) => x$2(`!cancelled() && ${condition}`),
		after: (job) => `    if: ${x$2(`!cancelled() && needs.${job}.result == 'success'`)}\n`,
		group: (name) => `"${name}${x$2("github.event_name == 'issues' && github.run_id || ''")}"`,
		models: `models: '${names}', `,
		modelsLine: `          models: ${names}\n`,
		reason: x$2("inputs.reason || needs.asked.outputs.reason"),
		matrixRun: `    needs: [asked, plan, promote] # what was merged is promoted first
    if: ${x$2("!cancelled() && needs.plan.result == 'success' && (needs.promote.result == 'success' || needs.promote.result == 'skipped') && needs.plan.outputs.models != '[]'")}
`,
		matrixModels: x$2("fromJSON(needs.asked.outputs.reason != '' && needs.asked.outputs.models || needs.plan.outputs.models)")
	};
}
function askedJob({ action }, checkout) {
	return `  # A box that somebody has ticked in the dashboard: it is cleared, and the other jobs do what it asks for.
  asked:
    if: github.event_name == 'issues' && ${isTick}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, issues: write }
    concurrency: { group: refit-asked }
    outputs:
      any: ${x$2("steps.asked.outputs.any")}
      models: ${x$2("steps.asked.outputs.models")}
      reason: ${x$2("steps.asked.outputs.reason")}
    steps:
      ${checkout}
      - id: asked
        uses: ${action}
        with: { command: dashboard }
`;
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
function nxWorkflow(request, { triggers, perCommit, askedIf, actions }) {
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
${askedIf}    runs-on: ubuntu-latest
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
// ../refit/src/adapters/forges/github/pipelines/pages-workflow.ts
var actions$1 = {
	checkout: "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
	setupNode: "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
	upload: "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
	deploy: "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0"
};
function pagesWorkflow({ baseBranch, packageManager }) {
	return `name: refit pages
on:
  push: { branches: [${JSON.stringify(baseBranch)}] }
  schedule: [{ cron: "47 4 * * *" }] # what is due, and what was refused, changes without a push
  workflow_dispatch:
permissions: {}
jobs:
  # Everybody can read the pages of a private repository on most plans. They show names of models and columns, metrics, values of
  # slices, authors of commits and what people wrote: set the repository variable REFIT_PAGES to publish if that may be public.
  make:
    # An event without a visibility counts as private.
    if: \${{ github.event.repository.visibility == 'public' || vars.REFIT_PAGES == 'publish' }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read }
    concurrency: { group: refit-pages, cancel-in-progress: true }
    steps:
      - uses: ${actions$1.checkout}
        with: { fetch-depth: 0, persist-credentials: false } # history and the branch refit-ledger
      ${installSteps(packageManager, actions$1.setupNode, "package.json names refit")}
      - run: ${runWord(packageManager)} refit site --offline --output _site
      - uses: ${actions$1.upload}
        with: { path: _site }
  publish:
    needs: make
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions: { pages: write, id-token: write }
    concurrency: { group: refit-pages-publish }
    environment: { name: github-pages }
    steps:
      - uses: ${actions$1.deploy}
`;
}
// ../refit/src/adapters/forges/github/pipelines/workflows.ts
var workflows_exports = require_rolldown_runtime.__exportAll({ workflowFiles: () => workflowFiles });
function workflowFiles(request) {
	const write = texts.get(request.kind);
	const pages = request.pages === true ? [[".github/workflows/refit-pages.yml", pagesWorkflow(request)]] : [];
	return new Map([[".github/workflows/refit.yml", write(request)], ...pages]);
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
var perCommit = ({ dashboard = false }) => x(`(${asksForCheck}) && github.ref || ${dashboard ? askedGroup : ""}'base'`);
function triggers({ baseBranch, dataPaths, name, dashboard = false }) {
	const specs = ["models/**", "data-manifests/**"];
	const paths = (list) => list.map((path) => JSON.stringify(path)).join(", ");
	return `on:
  schedule: [{ cron: "${offMinute(name)} 3 * * *" }] # not at a full hour, when GitHub is busy and drops runs
  push: { branches: [${JSON.stringify(baseBranch)}], paths: [${paths([...specs, ...dataPaths])}] }
  pull_request: { branches: [${JSON.stringify(baseBranch)}] } # all: a required check waits for its answer on every one
  merge_group: # and in a merge queue, where there is one
  workflow_dispatch: { inputs: { reason: { description: Why retrain now, required: false, type: string } } }${dashboard ? askedTrigger : ""}`;
}
function simple(request) {
	return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit(request)}" }
jobs:
  run: # not \`refit\`: that is the name of the check
${askedIf(request)}    runs-on: ubuntu-latest
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
	const asked = askedParts(request, checkout);
	return `name: refit
${triggers(request)}
permissions: {}
jobs:
${asked.job}  # Training code runs here, without a token that can write.
  train:
${asked.needs()}    if: ${asked.when(base)}
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: ${asked.group("refit-train")} }
    outputs:
      candidates: ${x("steps.train.outputs.candidates")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: train
        uses: ${request.action}
        with: { command: train, ${asked.models}candidates: "${place}/candidates", force-reason: "${asked.reason}" }
      - uses: ${actions.upload}
        with: { name: candidates, path: "${place}/candidates", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was trained is judged and proposed here. No training: the digest says which candidates are meant.
  propose:
${asked.needs("train")}${asked.after("train")}    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    concurrency: { group: ${asked.group("refit-propose")} }
    steps:
      ${checkout}
      - uses: ${actions.download}
        with: { name: candidates, path: "${place}/candidates" }
      - uses: ${request.action}
        with:
          command: run
${asked.modelsLine}          candidates: "${place}/candidates@${x("needs.train.outputs.candidates")}"
          force-reason: "${asked.reason}"
${liveJobs(request, {
		base,
		checkout
	})}`;
}
function liveJobs(request, { base, checkout }) {
	const { attests, dashboard = false } = request;
	return `  promote:
    if: ${dashboard ? `${base} && github.event_name != 'issues'` : base}
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
	return `  # GitHub attests which workflow produced the files that are live, and how they were judged: \`gh attestation verify\`.
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
	const asked = askedParts(request, checkout);
	return `name: refit
${triggers(request)}
permissions: {}
jobs:
${asked.job}  # The models, for the matrix of the next job.
  plan:
${asked.needs()}    if: ${asked.when(base)}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions: { contents: read, pull-requests: read, checks: read }
    concurrency: { group: ${asked.group("refit-plan")} }
    outputs:
      models: ${x("steps.models.outputs.models")}
    steps:
      ${checkout} # history is the registry: fetch all of it
      - id: models
        uses: ${request.action}
        with: { command: status }
  run:
${asked.matrixRun}    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions: { contents: write, pull-requests: write, checks: write, issues: write }
    strategy:
      fail-fast: false
      matrix:
        model: ${asked.matrixModels}
    concurrency: { group: ${asked.group(`refit-run-${x("matrix.model")}`)} } # one run per model at a time, all models at once
    steps:
      ${checkout}
      - uses: ${request.action}
        with: { command: run, models: "${x("matrix.model")}", force-reason: "${asked.reason}" }
${liveJobs(request, {
		base,
		checkout
	})}`;
}
function candidates$1(request) {
	const checkout = `- uses: ${actions.checkout}
        with: { fetch-depth: 0, persist-credentials: false }`;
	const asked = askedParts(request, checkout);
	const words = {
		place: `${x("runner.temp")}/candidates`,
		base: onBase,
		asked,
		reason: `force-reason: "${asked.reason}"`,
		read: "permissions: { contents: read, pull-requests: read, checks: read }",
		checkout
	};
	return `name: refit
${triggers(request)}
permissions: {}
concurrency: { group: "refit-${perCommit(request)}" }
jobs:
${asked.job}${trainingJobs(request, words)}${choosingJobs(request, words)}${liveJobs(request, words)}`;
}
function trainingJobs(request, { place, base, asked, reason, read, checkout }) {
	return `  # What is due, as one job for each candidate.
  plan:
${asked.needs()}    if: ${asked.when(base)}
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
        with: { command: plan, ${asked.models}${reason} }
  train:
${asked.needs("plan")}    if: ${asked.also("needs.plan.outputs.any == 'true'")} # GitHub refuses a matrix without a job
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
function choosingJobs(request, { place, asked, reason, read, checkout }) {
	return `  # A candidate whose job failed is reported, and does not stop the others.
  choose:
${asked.needs("plan", "train")}    if: ${x("!cancelled() && needs.plan.result == 'success'")}
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
        with: { command: choose, ${asked.models}candidates: "${place}", ${reason} }
      - uses: ${actions.upload}
        with: { name: chosen, path: "${place}/chosen", overwrite: true, if-no-files-found: error, retention-days: 1 }
  # What was chosen is judged and proposed here. No training: the digest says which candidate is meant.
  propose:
${asked.needs("choose")}    if: ${x("!cancelled() && needs.choose.result == 'success'")}
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
${asked.modelsLine}          candidates: "${place}@${x("needs.choose.outputs.candidates")}"
          ${reason}
`;
}
var nx = (request) => nxWorkflow(request, {
	triggers: triggers(request),
	perCommit: perCommit(request),
	askedIf: askedIf(request),
	actions
});
var texts = new Map([
	["simple", simple],
	["hardened", hardened],
	["matrix", matrix$1],
	["candidates", candidates$1],
	["nx", nx]
]);
// ../core/src/onnx/onnx-files.ts
var ONNX_MODEL_FILE = "model.onnx";
var ASKED_FILE = "onnx.json";
var COMMAND_FILE = "command.json";
var MODEL_FOLDER = "model/";
function importedOnnx(files) {
	return {
		stored: require_light.readJson(`artifact/${ASKED_FILE}`, files.get(ASKED_FILE), 1, askedCheck),
		called: {
			step: "onnx",
			argv: [ONNX_MODEL_FILE],
			learner: require_light.onnxDescriptor.name
		},
		bytes: fileOf$1(files, ONNX_MODEL_FILE)
	};
}
function programsOnnx(files) {
	const { onnx, ...stored } = require_light.readJson(`artifact/${COMMAND_FILE}`, files.get(COMMAND_FILE), 1, askedCheck);
	if (typeof onnx !== "string") throw new require_light.LearnerMissingError("command", [], {
		what: "has no model in ONNX in this version, but a program that predicts",
		remedy: "Use `refit predict`, which runs the program."
	});
	return {
		stored,
		called: {
			step: "onnx",
			argv: [onnx]
		},
		bytes: fileOf$1(files, MODEL_FOLDER + onnx)
	};
}
function fileOf$1(files, file) {
	const bytes = files.get(file);
	if (bytes === void 0) throw new require_light.ArtifactInvalidError(`artifact/${file}`, "", "a model in ONNX");
	return bytes;
}
var askedCheck = (value) => {
	const asked = Object(value);
	return require_light.fields({
		format: require_light.integer(1, 1),
		task: taskCheck,
		target: require_light.fields({
			name: require_light.text,
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
	if (type === "file") throw new UnfitModel(`cannot read the files of ${require_light.quoted(name)}`);
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
	if (alike.length > 1) throw new UnfitModel(`has an input ${require_light.quoted(name)}, and more than one column becomes that name`);
	const names = columns.map((column) => column.name);
	const near = require_light.nearest(name, names);
	const meant = near === void 0 ? `the columns are ${require_light.quotedList(names)}` : `the nearest is ${require_light.quoted(near)}`;
	throw new UnfitModel(`has an input ${require_light.quoted(name)}, and there is no column of that name; ${meant}`);
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
	if (known === void 0) throw new UnfitModel(`has an input ${require_light.quoted(name)} of the type ${type ?? "sequence"}`);
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
	if (numbers.some((value) => Number.isNaN(value))) throw new UnfitModel(`wants whole numbers for ${require_light.quoted(column.name)}, of which some are missing: it has to take floats`);
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
	if (column.kind !== "text") throw new UnfitModel(`wants texts for ${require_light.quoted(column.name)}, which is of the type ${column.type}`);
	return rows.map((row) => column.dictionary[column.codes[row]] ?? missing);
}
function requireNumbers(column) {
	if (column.kind === "text") throw new UnfitModel(`wants numbers for ${require_light.quoted(column.name)}, which has texts`);
}
function numberAt({ type, values }, row) {
	const value = values[row];
	return type === "date" || type === "datetime" ? value / require_light.DAY : value;
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
		if (key !== void 0 && value !== void 0 && decode(key) === "inputs") return readTold(decode(value));
	}
	return [];
}
var check = require_light.list(require_light.exactly({
	missing: require_light.text,
	name: require_light.text,
	takes: require_light.wordOf("string", "double", "int64"),
	type: require_light.text
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
var decode = (bytes) => new TextDecoder().decode(bytes);
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
	const failed = (outcome, what) => new require_light.CommandFailedError(outcome, called, what);
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
	if (error instanceof UnfitModel) return new require_light.CommandFailedError("onnx-unfit", called, error.message);
	if (!isFromRuntime(error)) return error;
	const words = String(error instanceof Error ? error.message : error).slice(0, 300);
	return new require_light.CommandFailedError("onnx-unfit", called, `cannot be run: ${words}`);
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
// ../refit/src/adapters/learners/onnx/onnx-runtime.ts
var onnx_runtime_exports = require_rolldown_runtime.__exportAll({ findOnnxRuntime: () => findOnnxRuntime });
async function onnxRuntime(folder) {
	const runtime = (await import((0, node_url.pathToFileURL)(findOnnxRuntime(folder)).href)).default;
	runtime.env.logLevel = "error";
	runtime.env.wasm.numThreads = 1;
	return runtime;
}
function findOnnxRuntime(folder) {
	for (const place of [node_path.default.join(folder, "package.json"), require("url").pathToFileURL(__filename).href]) {
		const file = resolveFrom(place);
		if (file !== null) return file;
	}
	throw new require_light.OnnxRuntimeMissingError();
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
		...require_light.onnxDescriptor,
		async fit({ settings, task, program }) {
			const bytes = program?.code.get(settings.file);
			if (bytes === void 0) throw new TypeError("the onnx learner needs the model's file");
			const { name, classes } = program.target;
			const text = require_light.canonicalJson(JSON.parse(JSON.stringify({
				format: 1,
				task,
				target: {
					name,
					classes
				}
			})), 2);
			return new Map([[ONNX_MODEL_FILE, bytes], [ASKED_FILE, require_light.encodeText(`${text}\n`)]]);
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
	learner: require_light.onnxDescriptor.name
});
// ../refit/src/adapters/learners/tfjs/find-package.ts
var find_package_exports = require_rolldown_runtime.__exportAll({ callFile: () => callFile });
var name = "@refit/tfjs";
var callFile = () => fileOf("call");
var mainFile = () => fileOf(null);
function fileOf(part) {
	return require_light.installedFile(name, part, (found) => {
		const remedy = found === null ? `Install ${name} ${require_light.version} beside refit: ${require_light.docsPage("tfjs-learner.md")}.` : `${name} ${found} is installed; refit ${require_light.version} needs ${name} ${require_light.version}: ${require_light.docsPage("tfjs-learner.md")}.`;
		return new require_light.LearnerMissingError("tfjs", [], { remedy });
	});
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
// ../refit/src/commands/affected.ts
var affected_exports$1 = require_rolldown_runtime.__exportAll({
	examples: () => examples$21,
	optionHelp: () => optionHelp$21,
	options: () => options$21,
	run: () => run$22,
	summary: () => summary$21,
	usage: () => usage$21
});
var usage$21 = "refit affected [--base REF] [--head REF] [--json]";
var summary$21 = "Show which models a change retrains or touches, and which live versions were already trained on other inputs. Reads git objects only, and no data.";
var examples$21 = [["refit affected", "of what is committed since the base branch"], ["refit affected --base HEAD~1 --json", "of the last commit, for programs"]];
var options$21 = {
	base: { type: "string" },
	head: { type: "string" },
	json: { type: "boolean" }
};
var optionHelp$21 = {
	base: "commit or branch to compare with: changes since the newest commit that it and the head have in common; default: the base branch",
	head: "commit or branch with the changes; default: what is checked out",
	json: "print the models, the reasons and what is not known as JSON"
};
async function run$22(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("affected takes no arguments; it looks at every model.", usage$21);
	const { affectedModels } = await Promise.resolve().then(() => affected_exports);
	const answer = await affectedModels(ports, {
		base: flags.base ?? null,
		head: flags.head ?? null,
		usage: usage$21
	});
	if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
	else for (const line of lines$8(answer)) ports.out.print(line);
	return answer.failed.length > 0 ? 2 : 0;
}
function lines$8({ base, head, files, models, outdated, unseen, unresolved, failed }) {
	return [
		`${`${base.slice(0, 10)}..${head.slice(0, 10)}: ${require_light.counted(files, "file")} changed`}, ${models.length === 0 ? "no model is affected" : `${require_light.counted(models.length, "model")} affected`}.`,
		...models.flatMap(({ model, effect, reasons }) => [`${model}: ${effectWords[effect]}`, ...reasonLines(reasons)]),
		...outdatedLines(outdated),
		...unseenLines(unseen),
		...unresolved.map(({ path, line, text }) => `Not followed: ${require_light.visibleText(`${path}:${line}: ${text}`, 400)}`),
		...failed.flatMap(({ model, error }) => require_light.failedLines(`${model}: failed`, error))
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
	removed: "a removed model"
};
function reasonLines(reasons) {
	return [...grouped(reasons, ({ kind }) => kind)].map(([kind, each]) => `  ${kindWords[kind]}: ${fewOf(each.map(({ path }) => require_light.visibleText(path, 200)))}`);
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
	return [...grouped(outdated, ({ because }) => because.map((part) => partWords[part]).join(", "))].map(([parts, each]) => `Due, but not because of this change: ${fewOf(each.map(({ model }) => model))} (${parts}).`);
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
// ../refit/src/commands/backtest.ts
var backtest_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$20,
	optionHelp: () => optionHelp$20,
	options: () => options$20,
	run: () => run$21,
	summary: () => summary$20,
	usage: () => usage$20
});
var usage$20 = "refit backtest <model> [--policy FILE]… [--search] [--propose] [--from DATE] [--to DATE] [--every DAYS] [--label-delay-days N] [--budget-minutes N] [--memory SIZE] [--limit NAME=NUMBER]… [--push|--no-push] [--json]";
var summary$20 = "Replay history night by night with other policies, and compare them with schedules and with never retraining.";
var examples$20 = [["refit backtest churn", "the policy of model.yaml, compared with schedules and with never retraining"], ["refit backtest churn --search --propose", "search for a better policy, and propose it on a branch"]];
var options$20 = {
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
	...require_light.limitOption,
	...require_light.pushOptions,
	json: { type: "boolean" }
};
var optionHelp$20 = {
	policy: "a file with keys of model.yaml that replace the model's own, such as `retrain` and `training`; may be repeated",
	search: "look for a better policy: training windows and holdouts on a few nights, then what is close to the best of them on all",
	propose: "propose what is chosen: a branch that changes these lines of model.yaml, and a pull request on GitHub",
	from: "the first night, such as 2024-01-31; default: when a fifth of the history has passed",
	to: "where the replay ends; default: at the newest row",
	every: "days between two nights; default: one day for a short history, else weeks",
	"label-delay-days": "how long after its row a label is known; default: 0",
	"budget-minutes": "stop after this many minutes; the same command goes on from there",
	...require_light.limitHelp,
	...require_light.pushHelp,
	json: "print the result as JSON, with every night"
};
async function run$21(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("backtest needs one model.", usage$20);
	const { backtest } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.backtest_exports);
	const request = {
		model,
		policies: await readFiles$1(ports, flags.policy ?? []),
		search: flags.search === true,
		propose: flags.propose === true,
		from: instantOf("from", flags.from),
		to: instantOf("to", flags.to),
		everyDays: numberOf("every", flags.every, 1),
		labelDelayDays: numberOf("label-delay-days", flags["label-delay-days"], 0) ?? 0,
		budgetMinutes: numberOf("budget-minutes", flags["budget-minutes"], 0)
	};
	const replayed = () => backtest(ports, request);
	const done = await (request.propose ? require_light.sayingPublished(ports, replayed) : replayed());
	const { result, proposal } = done;
	if (flags.json === true) ports.out.print(JSON.stringify(proposal === null ? result : {
		...result,
		proposal
	}, null, 2));
	else for (const line of lines$7(done)) ports.out.print(line);
	const { cpuMinutes, made, asked } = done.cost;
	ports.out.notice(`${cpuMinutes.toFixed(1)} CPU minutes; ${made} of ${asked} trainings were run; the results of the others were kept from before.`);
	return 0;
}
async function readFiles$1({ files }, names) {
	const policies = [];
	for (const file of names) {
		const bytes = await files.read(node_path.default.resolve(file));
		if (bytes === null) throw new require_light.UsageError(`--policy ${file}: there is no such file.`, usage$20);
		policies.push({
			file,
			text: require_light.decodeText(bytes)
		});
	}
	return policies;
}
function instantOf(name, words) {
	if (words === void 0) return null;
	const at = Date.parse(words);
	if (Number.isNaN(at)) throw new require_light.UsageError(`--${name} ${words} is not a date such as 2024-01-31.`, usage$20);
	return at;
}
function numberOf(name, words, least) {
	if (words === void 0) return null;
	const number = Number(words);
	if (!(number >= least)) throw new require_light.UsageError(`--${name} ${words} is not a number of at least ${least}.`, usage$20);
	return number;
}
function lines$7({ report, page, proposal }) {
	const told = require_light.terminalReport(report);
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
		`to accept: ${require_light.howToMerge({
			url,
			branch
		})}`
	];
}
var whyNot = {
	unfinished: "not all nights are replayed yet, or no policy was measured",
	keep: "the policy of model.yaml did best",
	refuted: "on the nights that the choice did not use, model.yaml as it is did better, beyond chance",
	moved: "model.yaml has changed during the replay; run the same command again",
	uncommitted: "the files of its candidates are not on the base branch as they were replayed; commit them first",
	declined: "a person has declined the same change before",
	held: "a person has approved the open proposal, or has added to it, so it was left alone"
};
// ../refit/src/data/files-of.ts
function filesOf({ files, tables = {} }, { ofTable }) {
	return ofTable === void 0 ? files : tables[ofTable] ?? [];
}
// ../refit/src/versions/version-folder.ts
async function readChampionFile(ports, version, file) {
	const [bytes] = await ports.git.read([`${version.treeId}:${file}`]);
	return bytes === null || bytes === void 0 ? null : require_light.decodeText(bytes);
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
		spec: present([require_light.specPath(model, among)]),
		manifest: present([require_light.manifestPath(spec.data)]),
		view: present((manifest.views ?? []).map(require_light.viewFile)),
		data: dataPaths(manifest.sources, among),
		table: [...new Set(tables)].sort(),
		code: present(spec.candidates.flatMap(require_light.codeOf)),
		rowFile: rowFiles(manifest, among)
	};
}
function dataPaths(sources, among) {
	const found = new Set();
	for (const { path } of sources) {
		const scheme = require_light.schemeOf(path);
		if (scheme !== "" && scheme !== "dvc") continue;
		for (const each of among.matching(path)) if (scheme === "dvc" || require_light.sourceFormat(each) !== null) found.add(each);
	}
	return [...found].sort();
}
function sourcesElsewhere({ sources, tables = [] }) {
	const all = [sources, ...tables.map((table) => table.sources)].flat();
	return [...new Set(all.flatMap(({ path }) => require_light.schemeOf(path) === "" ? [] : [path]))].sort();
}
function rowFiles(manifest, among) {
	const found = new Set();
	for (const { folder } of require_light.fileColumnsOf(manifest)) {
		const folders = folder === null ? manifest.sources.map(({ path }) => folderOf$2(path)) : [plainFolder(folder)];
		for (const each of folders.flatMap((name) => among.below(name))) if (!isOutput(each, among)) found.add(each);
	}
	return [...found].sort();
}
function plainFolder(folder) {
	return folder.split("/").filter((part) => part !== "" && part !== ".").join("/");
}
function folderOf$2(glob) {
	const segments = glob.split("/").slice(0, -1);
	const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
	return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}
function isOutput(path, at) {
	return require_light.modelOfOutput(path, at) !== null;
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
// ../core/src/judge/is-against-champion.ts
function isAgainstChampion(kind) {
	return kind === "refresh" || kind === "change";
}
// ../refit/src/runs/canary.ts
async function shownCanaries(ports, repository, named) {
	const models = named === null ? await modelsWithCanary(ports, repository) : [named];
	const found = await Promise.all(models.map((model) => canaryOf(ports, repository, model)));
	const now = ports.clock.now();
	return found.flatMap((each) => each === null ? [] : [told(each, now)]);
}
async function modelsWithCanary(ports, repository) {
	const models = await require_light.listModels(ports, repository);
	const trees = await Promise.all(models.map((model) => ports.git.resolve(`${repository.baseCommit}:${require_light.canaryFolder(model, repository)}`)));
	return models.filter((_, i) => trees[i] !== null);
}
async function canaryOf(ports, repository, model) {
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	const { running } = await require_light.readCanaries(ports, repository, {
		model,
		history,
		spec: null
	});
	return running && {
		model,
		history,
		running,
		policy: await policyOf$1(ports, repository, model)
	};
}
async function policyOf$1(ports, repository, model) {
	const file = require_light.specPath(model, repository);
	try {
		const parser = require_light.specParser(file, ports.learners.installed);
		return await require_light.parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser);
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
function told({ model, running }, now) {
	const rollout = running.file?.rollout ?? null;
	const { since, ...status } = require_light.canaryStatus(running);
	return {
		model,
		...status,
		since: require_light.instantText(since),
		days: Math.max(0, Math.floor((now - since) / require_light.DAY)),
		steps: rollout === null ? null : [...rollout.steps],
		next: rollout && require_light.nextStep(rollout)
	};
}
function proposeMove(ports, request) {
	return require_light.despiteRaces(async () => {
		const { model, move, dryRun } = request;
		const repository = await require_light.fetched(ports, dryRun);
		const canary = await canaryOf(ports, repository, model);
		if (canary === null) throw new require_light.NoCanaryError(model, repository.baseBranch);
		const moved = require_light.canaryMoved(canary, move);
		if (!dryRun) await ports.forge.proposal(repository, require_light.canaryBranch(model));
		const { url, operation } = (dryRun ? null : await require_light.proposeCanary(ports, repository, canary, moved)) ?? {
			url: null,
			operation: null
		};
		const percent = moved.move === "step" ? moved.to : null;
		return {
			canaries: [told(canary, ports.clock.now())],
			proposed: {
				model,
				move,
				percent,
				branch: require_light.canaryBranch(model),
				url,
				operation
			}
		};
	});
}
// ../refit/src/commands/canary.ts
var canary_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$19,
	optionHelp: () => optionHelp$19,
	options: () => options$19,
	run: () => run$20,
	summary: () => summary$19,
	usage: () => usage$19
});
var usage$19 = "refit canary [model] [--step | --promote | --stop] [--push|--no-push] [--dry-run] [--json]";
var summary$19 = "Show the versions that answer a part of the requests, or propose what comes next for one.";
var examples$19 = [
	["refit canary", "all canaries, with what comes next"],
	["refit canary churn --step", "propose the next share of requests"],
	["refit canary churn --stop", "propose that the champion answers every request again"]
];
var options$19 = {
	step: { type: "boolean" },
	promote: { type: "boolean" },
	stop: { type: "boolean" },
	...require_light.pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$19 = {
	step: "propose the next step of `steps` in rollout.yaml",
	promote: "propose the canary as the champion, after its last step",
	stop: "propose to remove the canary; the same inputs are not proposed again",
	...require_light.pushHelp,
	"dry-run": "print what would be proposed and write nothing",
	json: "print the answer as JSON"
};
var moves = [
	"step",
	"promote",
	"stop"
];
async function run$20(ports, args, flags) {
	const [model, ...more] = args;
	const asked = moves.filter((move) => flags[move] === true);
	if (more.length > 0) throw new require_light.UsageError("canary takes one model at most.", usage$19);
	if (asked.length > 1) throw new require_light.UsageError(`--${asked.join(" and --")} exclude each other.`, usage$19);
	const [move] = asked;
	if (move !== void 0 && model === void 0) throw new require_light.UsageError(`--${move} needs a model.`, usage$19);
	const dryRun = flags["dry-run"] === true;
	const answer = move === void 0 || model === void 0 ? await shown$1(ports, model ?? null) : await require_light.sayingPublished(ports, () => proposeMove(ports, {
		model,
		move,
		dryRun
	}));
	if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
	else for (const line of lines$6(answer, model ?? null, dryRun)) ports.out.print(line);
	return 0;
}
async function shown$1(ports, model) {
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	return {
		canaries: await shownCanaries(ports, repository, model),
		proposed: null
	};
}
function lines$6({ canaries, proposed }, model, dryRun) {
	if (proposed !== null) {
		const { move, percent, branch, url } = proposed;
		const what = {
			step: `its next step, ${percent} %,`,
			promote: "its promotion",
			stop: "its stop"
		}[move];
		return [`${proposed.model}: ${dryRun ? "would propose" : "proposed"} ${what} on ${branch}.`, ...url === null ? [] : [`  proposal: ${url}`, `  to accept: ${require_light.howToMerge({
			url,
			branch
		})}`]];
	}
	if (canaries.length === 0) return [model === null ? "No canary runs." : `${model}: no canary runs.`];
	return canaries.flatMap(canaryLines);
}
function canaryLines(canary) {
	const { model, version, percent, next, since, days, maxDays, championMoved, problem } = canary;
	const share = percent === null ? "gets no requests" : `answers ${percent} % of the requests`;
	const age = maxDays === null ? `${days} days` : `${days} of at most ${maxDays} days`;
	const stop = `\`refit canary ${model} --stop\``;
	const coming = problem !== null ? `${require_light.visibleText(problem, 500)} Stop it with ${stop}.` : championMoved ? `the champion has changed since it was compared. Stop it with ${stop}.` : next === null ? `next: the promotion (\`refit canary ${model} --promote\`)` : `next: ${next} % (\`refit canary ${model} --step\`)`;
	return [`${model}: canary ${version.slice(0, 12)} ${share} since ${require_light.day(since)} (${age})`, `  ${coming}`];
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
	source: " A mean, an extreme or a rank over all rows reads later ones, too; scaling is not needed: trees work without it, and linear models scale by their training rows.",
	target: " Use the target of earlier rows only where it was known at the row's time."
};
function futureFindings({ columns, unordered }) {
	return [...columns.map(futureFinding), ...unordered.map(orderFinding)];
}
function orderFinding({ column, table, availableAt, rows, at }) {
	const count = rows === 1 ? "1 row has" : `${rows} rows have`;
	const when = new Date(at).toISOString();
	const same = availableAt === null ? "the same key" : `the same key and the same ${require_light.quoted(availableAt)}`;
	const message = `The feature ${require_light.quoted(column)} depends on the order of the rows of table ${require_light.quoted(table)}: with the opposite order ${count} another value, the first of ${when}. Usual cause: two rows of the table have ${same}, and a join takes either.`;
	const hint = `Say which row counts, by a column that tells them apart: in the SQL, \`(FROM ${table} QUALIFY row_number() OVER (PARTITION BY <columns that are joined>${availableAt === null ? "" : `, ${availableAt}`} ORDER BY <that column> DESC) = 1)\` instead of \`${table}\`.`;
	return {
		...require_light.finding("row-order", {
			column,
			count: rows
		}, message),
		hint
	};
}
function futureFinding({ column, reads, at, rows }) {
	const when = new Date(at).toISOString();
	const count = rows === 1 ? "1 row" : `${rows} rows`;
	const message = `The feature ${require_light.quoted(column)} uses ${whatIsRead[reads]}: when data that became known after ${when} are altered, it changes in ${count} from before.${advice[reads]}`;
	return require_light.finding("future-knowledge", {
		column,
		count: rows
	}, message);
}
// ../refit/src/products/context.ts
var nothingRemembered = {
	lastRolledBack: null,
	canaries: require_light.noCanaries,
	ledger: [],
	ledgerCommit: null,
	ledgerUnpushed: false,
	ledgerLost: false,
	unrecorded: [],
	proposal: null,
	underReview: false,
	sharedHead: null,
	heldBranch: null
};
// ../refit/src/runs/check.ts
function checkModel(ports, repository, model) {
	const alone = withoutPast(ports);
	return require_light.withKeptTables(alone, repository.commonDir, (kept) => checkAlone(kept, repository, model));
}
async function checkAlone(ports, repository, model) {
	const specs = await require_light.readSpecs(ports, repository, model, { workTree: true });
	const context = firstContext(repository, model, {
		...specs,
		manifest: atAnyAge(specs.manifest)
	});
	const snapshot = await require_light.takeSnapshot(ports, context);
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
			ports.out.progress("Testing for use of the future");
			const { compared, ...tried } = await table.futureReads(features, true);
			const others = (await findings()).filter(({ code }) => !["future-knowledge", "row-order"].includes(code));
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
		history: require_light.readHistory([], () => {
			throw new Error("There is no version to ask about.");
		}),
		champion: null,
		...nothingRemembered,
		branch: require_light.proposalBranch(model)
	};
}
// ../refit/src/commands/named-or-all.ts
async function namedOrAll(ports, repository, names) {
	if (names.length > 0) return [...new Set(names)];
	const models = await require_light.workTreeModels(ports, repository);
	if (models.length === 0) ports.out.notice("There is no model in the work tree: `refit init` writes the first.");
	return models;
}
// ../refit/src/commands/check.ts
var check_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$18,
	optionHelp: () => optionHelp$18,
	options: () => options$18,
	run: () => run$19,
	summary: () => summary$18,
	usage: () => usage$18
});
var usage$18 = "refit check [model…] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$18 = "Check models, data and features of the work tree, without history and without training: rules, leaks, use of data from the future.";
var examples$18 = [["refit check", "every model of the work tree"], ["refit check churn --json", "one model, for programs"]];
var options$18 = {
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$18 = {
	...require_light.limitHelp,
	json: "print the findings as JSON: of one named model an object, else a list"
};
async function run$19(ports, args, flags) {
	const repository = await ports.git.withoutHistory();
	const models = await namedOrAll(ports, repository, args);
	const checks = [];
	for (const model of models) {
		const one = () => checkModel(ports, repository, model);
		const oneOfSeveral = () => ports.naming.about(model, () => require_light.orFailed(one, (error) => ({
			model,
			error
		})));
		const check = await (models.length === 1 ? one() : oneOfSeveral());
		if (flags.json !== true) for (const line of lines$5(check)) ports.out.print(line);
		checks.push(check);
	}
	if (flags.json === true) ports.out.print(JSON.stringify(require_light.answerOf(args.length === 1 ? checks[0] : checks), null, 2));
	return Math.max(0, ...checks.map(exitCodeOf));
}
function exitCodeOf(check) {
	if ("error" in check) return 2;
	return check.findings.some(({ severity }) => severity !== "warning") ? check.prepared === null ? 3 : 2 : 0;
}
function lines$5(check) {
	if ("error" in check) {
		const { code, message, hint } = check.error;
		const [first = "", ...more] = message.split("\n").map((line) => require_light.visibleText(line, 1e3));
		return [
			`${check.model}: ${first}`,
			...more.map((line) => `  ${line}`),
			`  ${require_light.visibleText(hint, 1e3)}`,
			`  ${require_light.moreAbout(code)}`
		];
	}
	const { model, findings, prepared } = check;
	const told = findings.map((finding) => {
		const { severity, code, message } = finding;
		return `  ${severity} ${code}: ${require_light.visibleText(message, 1e3)}${acceptedClause(finding)}`;
	});
	if (prepared === null) return [`${model}: the checks of the data block it, so nothing was prepared.`, ...told];
	const { rows, features, hasTime, compared } = prepared;
	const future = compared > 0 ? `${compared} rows were prepared again with later data altered, to find features that use the future.` : hasTime ? "Features cannot use the future: each is computed from its own row, or from data without a later time." : "Not tested for use of the future: without `time` in model.yaml it is not known which data came later.";
	return [`${model}: ${rows} rows prepared, ${features.length} columns become features. ${future}`, ...told];
}
var acceptedClause = ({ accepted }) => accepted === void 0 ? "" : ` Accepted: ${require_light.visibleText(accepted.reason, 1e3)}.`;
// ../refit/src/commands/completion-scripts.ts
var completionScripts = {
	bash: `# Completion of refit for bash. In ~/.bashrc: source <(refit complete bash)
_refit() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <(refit complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _refit refit
`,
	zsh: `#compdef refit
# Completion of refit for zsh. In ~/.zshrc, after compinit: source <(refit complete zsh)
_refit() {
  local -a found
  found=("\${(@f)$(refit complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("\${(@)found:#}")
  if (( \${#found} == 0 )); then
    _files
    return
  fi
  found=("\${(@)found//:/\\\\:}")
  found=("\${(@)found/$'\\t'/:}")
  _describe -V refit found
}
compdef _refit refit
`,
	fish: `# Completion of refit for fish. In ~/.config/fish/config.fish: refit complete fish | source
function __refit_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (refit complete -- $words[2..] 2>/dev/null)
  if test (count $found) -eq 0
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c refit -f -a '(__refit_complete)'
`
};
// ../refit/src/commands/complete.ts
var complete_exports = require_rolldown_runtime.__exportAll({ complete: () => complete });
async function complete(words, openPorts) {
	const [shell = "", ...typed] = words;
	if (shell === "--") return (await suggestions(typed, () => modelsHere(openPorts))).map(([word, meaning]) => `${word}\t${meaning}\n`).join("");
	if (typed.length === 0 && Object.hasOwn(completionScripts, shell)) return completionScripts[shell];
	throw new require_light.UsageError("complete needs a shell.", `refit complete ${Object.keys(completionScripts).join("|")}`);
}
async function modelsHere(openPorts) {
	try {
		const ports = await openPorts();
		return await require_light.workTreeModels(ports, await ports.git.locate());
	} catch {
		return [];
	}
}
async function suggestions(typed, models) {
	const words = typed.filter((word) => word !== "=");
	const current = words.at(-1) ?? "";
	return (await candidates(words.slice(0, -1), current, models)).filter(([word]) => word.startsWith(current));
}
async function candidates(before, current, models) {
	const [name, ...rest] = before;
	if (name === void 0) return [...await summaries(), ...helpWords()];
	if (name === "help") return rest.length === 0 ? summaries() : [];
	if (name === "complete") return rest.length === 0 ? Object.keys(completionScripts).map((word) => [word, ""]) : [];
	if (!Object.hasOwn(require_light.commands, name)) return [];
	const command = await require_light.commands[name]();
	const options = {
		...command.options,
		...require_light.commonOptions
	};
	const isValue = (word) => word !== void 0 && options[optionName(word)]?.type === "string";
	const [option, value] = current.startsWith("--") && current.includes("=") ? current.split("=") : [];
	if (value !== void 0) return named$2(valuesOf(command.usage, option).map((word) => `${option}=${word}`));
	if (isValue(rest.at(-1))) return named$2(rest.at(-1) === "--model" ? await models() : valuesOf(command.usage, rest.at(-1)));
	if (current.startsWith("-")) return Object.keys(options).filter((word) => options[word].multiple === true || !rest.includes(`--${word}`)).map((word) => [`--${word}`, command.optionHelp[word] ?? ""]);
	const arguments_ = rest.filter((word, i) => !word.startsWith("-") && !isValue(rest[i - 1]));
	if (command.argumentWords !== void 0) return named$2(arguments_.length === 0 ? command.argumentWords : []);
	return named$2(await argumentsOf(command.usage, arguments_, models));
}
var named$2 = (words) => words.map((word) => [word, ""]);
var optionName = (word) => word === "-C" ? "directory" : word.replace(/^--/, "");
async function summaries() {
	return Promise.all(Object.entries(require_light.commands).map(async ([name, load]) => [name, (await load()).summary]));
}
var helpWords = () => Object.entries(require_light.otherWords).map(([words, does]) => [words.split(" ")[0], does]);
function valuesOf(usage, option) {
	const offered = usage.split(`${option} `)[1]?.split(/[\s\])]/)[0] ?? "";
	return offered.includes("|") ? offered.split("|") : [];
}
async function argumentsOf(usage, before, models) {
	const first = usage.split(" ")[2] ?? "";
	if (/^[<[]model[>…\]]/.test(first)) {
		if (before.length > 0 && !first.includes("…")) return [];
		return (await models()).filter((model) => !before.includes(model));
	}
	if (before.length > 0 || /^[[(<-]?[-<]/.test(first)) return [];
	return first.replace(/[[\]]/g, "").split("|");
}
// ../refit/src/commands/dashboard.ts
var dashboard_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$17,
	optionHelp: () => optionHelp$17,
	options: () => options$17,
	run: () => run$18,
	summary: () => summary$17,
	usage: () => usage$17
});
var usage$17 = "refit dashboard [--push|--no-push] [--dry-run] [--json]";
var summary$17 = "Bring the issue that shows every model up to date (`dashboard: issue` in refit.yaml). In a workflow that a ticked box started, say what was asked for, and clear the box.";
var examples$17 = [["refit dashboard --dry-run", "the page as Markdown"], ["refit dashboard --push", "write it"]];
var options$17 = {
	...require_light.pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$17 = {
	...require_light.pushHelp,
	"dry-run": "print the page and write nothing",
	json: "print what was done, and what was asked for, as JSON"
};
var usualLimit = 6e4;
async function run$18(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("dashboard takes no arguments; it shows every model.", usage$17);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	if (flags["dry-run"] === true) {
		const limit = ports.forge.limits.dashboardCharacters ?? usualLimit;
		const text = require_light.dashboardText(await require_light.shownModels(ports, repository), limit);
		ports.out.print(flags.json === true ? JSON.stringify({ text }, null, 2) : text);
		return 0;
	}
	if (!ports.publication.allowed) ports.out.notice("Nothing was written: the dashboard is on GitHub. `--push` writes it, `--dry-run` prints it.");
	const kept = await require_light.keepDashboard(ports, repository);
	if (repository.layout?.dashboard !== "issue") ports.out.notice("There is no dashboard: `refit.yaml` on the base branch has no `dashboard: issue`.");
	ports.out.print(flags.json === true ? JSON.stringify(kept, null, 2) : sentenceFor(kept));
	return 0;
}
function sentenceFor({ url, operation, boxes }) {
	if (boxes === null) return url === null ? "dashboard: none" : `dashboard: ${operation}, ${url}`;
	if (!boxes.asked) return boxes.because;
	const what = [...boxes.models, ...boxes.due ? ["every model that is due"] : []];
	return `asked for by ${boxes.by}: ${what.join(", ")}`;
}
// ../refit/src/commands/demo.ts
var demo_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$16,
	linesOf: () => linesOf,
	optionHelp: () => optionHelp$16,
	options: () => options$16,
	run: () => run$17,
	summary: () => summary$16,
	usage: () => usage$16
});
var usage$16 = "refit demo [folder] [--json]";
var summary$16 = "Play a year in the life of a model in a new folder, on real data: a first model, a quiet night, broken data, a better model, a rollback. Needs no network.";
var examples$16 = [["refit demo", "in the new folder refit-demo, which you can look at afterwards"], ["refit demo /tmp/birds", "in another one"]];
var options$16 = { json: { type: "boolean" } };
var optionHelp$16 = { json: "print the story, and what can be tried next, as JSON" };
var columns$1 = 100;
var next = [
	["refit status", "what is live, and what refit will do next"],
	["refit history birdstrikes", "everything that happened, with the reasons"],
	["refit report birdstrikes@v1", "the report that the reviewer read"],
	["refit diff birdstrikes v1 v2", "both versions on the same rows"],
	["git log --first-parent -- models/birdstrikes/champion", "the versions, as git has them"],
	["refit rollback birdstrikes --to v2", "proposes the second version again"]
];
async function run$17(ports, args, flags) {
	const [name = "refit-demo", ...more] = args;
	if (more.length > 0) throw new require_light.UsageError("demo takes one folder.", usage$16);
	const folder = node_path.default.resolve(ports.workTree.here, name);
	if ((await ports.files.children(folder)).length > 0) throw new require_light.UsageError(occupied(name), usage$16);
	const { playDemo } = await Promise.resolve().then(() => play_demo_exports);
	if (flags.json === true) {
		const story = [];
		const { versions } = await playDemo(ports, folder, (line) => void story.push(line));
		const answer = {
			folder,
			story,
			versions,
			next: next.map(([words]) => words)
		};
		ports.out.print(JSON.stringify(answer, null, 2));
		return 0;
	}
	await playDemo(ports, folder, (line) => {
		for (const text of linesOf(line)) ports.out.print(text);
	});
	const width = Math.max(...next.map(([words]) => words.length));
	const lines = next.map(([words, does]) => `  ${words.padEnd(width)}  ${does}`);
	for (const line of [
		"",
		`The repository is yours to try things in: cd ${/^[\w./-]+$/.test(name) ? name : require_light.quoteForTerminal(name)}`,
		"",
		...lines
	]) ports.out.print(line);
	return 0;
}
var occupied = (name) => `${require_light.quoteForTerminal(name)} has files in it, and the demo wants a folder of its own. Nothing was changed. Name another folder, such as \`refit demo another-folder\`, or remove this one.`;
function linesOf({ kind, text }) {
	if (kind === "told") return ["", ...require_light.wrapped(text, columns$1)];
	if (kind === "command") return [`  $ ${text}`];
	return text.split("\n").map((line) => line === "" ? "" : `    ${line}`);
}
// ../core/src/judge/judged-together.ts
function judgedTogether(a, b) {
	const { evaluation, on } = b;
	if (evaluation === null || !isAgainstChampion(evaluation.kind) || b.parent !== a.treeId) return null;
	const metrics = evaluation.metrics.map(({ metric, champion, challenger, improvement }) => ({
		metric,
		a: champion,
		b: challenger,
		improvement
	}));
	return metrics.length === 0 ? null : {
		on,
		a: comparedModel(a, on),
		b: judgedModel(b),
		metrics
	};
}
function turned({ on, a, b, metrics }) {
	return {
		on,
		a: b,
		b: a,
		metrics: metrics.map((each) => ({
			...each,
			a: each.b,
			b: each.a,
			improvement: 0 - each.improvement
		}))
	};
}
function judgedModel({ isTrainedOn }) {
	return isTrainedOn ? "judged" : "shipped";
}
function comparedModel({ learnedUntil, isDeclared, isTrainedOn }, { from }) {
	const isNewer = learnedUntil !== null && from !== null && Date.parse(learnedUntil) < Date.parse(from);
	if (isDeclared) return isNewer ? "shipped" : "elsewhere";
	if (from === null) return isTrainedOn ? "trained-again" : "shipped";
	return isNewer ? "shipped" : "trained-again";
}
// ../refit/src/versions/find-version.ts
function findVersion(model, history, wanted) {
	const version = wanted === void 0 ? history.champion ?? history.versions.at(-1) : namedVersion(history.versions, wanted);
	if (version === void 0) throw new require_light.VersionUnknownError(model, wanted ?? "at all");
	return version;
}
function namedVersion(versions, wanted) {
	if (!/^[0-9a-f]{7,}$/.test(wanted)) return versions[Number(wanted.replace(/^v/, "")) - 1];
	const found = versions.filter(({ treeId }) => treeId.startsWith(wanted));
	return found.length === 1 ? found[0] : void 0;
}
// ../refit/src/versions/stored-judgement.ts
async function storedJudgements({ git }, treeIds, read = new Map()) {
	const unread = treeIds.filter((treeId) => !read.has(treeId));
	const saying = treeIds.filter((treeId) => read.get(treeId) !== null);
	const contents = await git.read([...unread.map((treeId) => `${treeId}:lineage.json`), ...saying.map((treeId) => `${treeId}:evaluation.json`)]);
	const said = new Map([...read, ...unread.map((treeId, i) => [treeId, saidIn(contents[i] ?? null)])]);
	return new Map(saying.flatMap((treeId, i) => {
		const judged = said.get(treeId);
		if (judged === null) return [];
		return [[treeId, {
			treeId,
			...judged,
			evaluation: storedEvaluation(contents[unread.length + i] ?? null)
		}]];
	}));
}
var cache = "history/judgements";
async function judgementsOfModel(ports, repository, model, { treeIds, read = new Map() }) {
	const before = await require_light.recallLines(ports.files, repository, cache);
	const stored = before?.value(model) ?? null;
	const known = new Map(stored?.versions);
	const unread = treeIds.filter((treeId) => !known.has(treeId));
	if (unread.length > 0) {
		const judgements = await storedJudgements(ports, unread, read);
		for (const treeId of unread) known.set(treeId, judgements.get(treeId) ?? null);
		const kept = { versions: treeIds.map((treeId) => [treeId, withoutId(known.get(treeId))]) };
		const values = new Map([[model, kept]]);
		await require_light.keepLines(ports.files, repository, cache, {
			commit: repository.baseCommit,
			before,
			values
		});
	}
	return new Map(treeIds.flatMap((treeId) => {
		const judged = known.get(treeId);
		return judged ? [[treeId, {
			...judged,
			treeId
		}]] : [];
	}));
}
function withoutId(judged) {
	if (judged === null) return null;
	const { parent, on, learnedUntil, isTrainedOn, isDeclared, evaluation } = judged;
	return {
		parent,
		on,
		learnedUntil,
		isTrainedOn,
		isDeclared,
		evaluation
	};
}
var saidIn = (lineage) => require_light.saidOfJudgement(require_light.readClaims(lineage && require_light.decodeText(lineage)).claims);
var kinds$1 = new Set([
	"first-model",
	"contract-change",
	"refresh",
	"change"
]);
function storedEvaluation(bytes) {
	if (bytes === null) return null;
	try {
		const { kind, primary, metrics } = JSON.parse(require_light.decodeText(bytes));
		if (!kinds$1.has(kind) || typeof primary !== "string" || !Array.isArray(metrics)) return null;
		return {
			kind,
			primary,
			metrics: metrics.flatMap((each) => pairOf(each) ?? [])
		};
	} catch {
		return null;
	}
}
function pairOf(value) {
	const { metric, champion, challenger, improvement } = value;
	if (typeof metric !== "string" || typeof champion !== "number") return null;
	if (typeof challenger !== "number" || typeof improvement !== "number") return null;
	return {
		metric,
		champion,
		challenger,
		improvement
	};
}
// ../refit/src/runs/diff/diff-versions.ts
async function diffVersions(ports, repository, request) {
	const { model } = request;
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	const found = await sides(ports, repository, history, request);
	const [a, b] = [await readStoredSide(ports, repository, found[0]), await readStoredSide(ports, repository, found[1])];
	const answer = await comparedSides(ports, repository, {
		request,
		history,
		a,
		b
	});
	const [isCompared, changed] = [typeof answer !== "string", a.lineage && b.lineage ? changedClauses(a.lineage, b.lineage) : []];
	return {
		a: shown(a),
		b: shown(b),
		compared: isCompared ? answer : null,
		whyNot: isCompared ? null : answer,
		changed
	};
}
async function sides(ports, repository, history, { model, wanted: [first, second] }) {
	const side = (wanted) => {
		const version = findVersion(model, history, wanted);
		return {
			label: `v${version.number}`,
			treeId: version.treeId
		};
	};
	if (first !== void 0) return [side(first), side(second)];
	const open = await require_light.openProposal(ports, repository, await require_light.openBranchOf(ports, repository, model));
	const folder = open && await require_light.proposedFolder(ports, repository, model, open.head);
	const treeId = open && await ports.git.resolve(`${open.head}:${folder}`);
	if (treeId !== null) return [side(void 0), {
		label: "proposal",
		treeId
	}];
	const { number } = findVersion(model, history, void 0);
	return [side(`v${number > 1 ? number - 1 : history.versions.length}`), side(void 0)];
}
async function readStoredSide(ports, repository, { label, treeId }) {
	const lineage = await require_light.readLineage(ports, repository, `${treeId}:lineage.json`);
	const [metrics] = await ports.git.read([`${treeId}:metrics.json`]);
	return {
		label,
		treeId,
		lineage,
		judged: (await storedJudgements(ports, [treeId])).get(treeId) ?? null,
		metrics: require_light.storedMetrics(metrics ?? null)
	};
}
function shown({ label, treeId, judged, metrics }) {
	return {
		label,
		treeId,
		judgedOn: judged && judged.on,
		metrics
	};
}
async function comparedSides(ports, repository, { request, history, a, b }) {
	const { model, score } = request;
	if (a.treeId === b.treeId) return `${a.label} and ${b.label} are the same version.`;
	if (a.judged === null || b.judged === null || a.lineage === null || b.lineage === null) return `${(a.judged === null || a.lineage === null ? a : b).label} does not say what it was judged on.`;
	const forwards = judgedTogether(a.judged, b.judged);
	if (forwards !== null) return forwards;
	const backwards = judgedTogether(b.judged, a.judged);
	if (backwards !== null) return turned(backwards);
	if (!score) return "No run has measured both on the same rows. Leave out --no-score to score them on rows of today.";
	const { spec, manifest } = await require_light.readSpecs(ports, repository, model, { workTree: false });
	const live = history.champion;
	const lineage = live && await require_light.readLineage(ports, repository, `${live.treeId}:lineage.json`);
	const champion = live && lineage && {
		number: live.number,
		treeId: live.treeId,
		since: live.since,
		lineage
	};
	const context = {
		request: {
			model,
			force: null,
			dryRun: false
		},
		repository,
		spec,
		manifest,
		champion,
		ledger: [],
		ledgerCommit: null
	};
	const { scoreBoth } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.score_both_exports);
	return scoreBoth(ports, context, [{
		...a,
		lineage: a.lineage
	}, {
		...b,
		lineage: b.lineage
	}]);
}
function changedClauses(a, b) {
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
	examples: () => examples$15,
	optionHelp: () => optionHelp$15,
	options: () => options$15,
	run: () => run$16,
	summary: () => summary$15,
	usage: () => usage$15
});
var usage$15 = "refit diff <model> [vA] [vB] [--no-score] [--json]";
var summary$15 = "Compare two versions on the same rows; by default the champion and the open proposal. Where no run has measured both, both are scored on today's data.";
var examples$15 = [["refit diff churn", "the champion and the open proposal"], ["refit diff churn v1 v3", "two versions"]];
var options$15 = {
	"no-score": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$15 = {
	"no-score": "read no data: compare only what one run has measured on the same rows",
	json: "print the differences as JSON"
};
async function run$16(ports, args, flags) {
	const [model, first, second, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("diff needs a model and at most two versions.", usage$15);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const diff = await diffVersions(ports, repository, {
		model,
		wanted: [first, second],
		score: flags["no-score"] !== true
	});
	if (flags.json === true) {
		ports.out.print(JSON.stringify({
			model,
			...diff
		}, null, 2));
		return 0;
	}
	for (const line of diff.compared === null ? sideBySide(diff) : comparedLines(diff, diff.compared)) ports.out.print(line);
	for (const change of diff.changed) ports.out.print(change);
	return 0;
}
function comparedLines({ a, b }, { on, metrics, ...models }) {
	const rows = metrics.map(({ metric, a: before, b: after, improvement }) => [
		metric,
		require_light.formatNumber(before),
		require_light.formatNumber(after),
		betterWords(improvement)
	]);
	return [
		`Both measured on the same ${measuredRowsWords(on)}.`,
		...[measuredModelSentence(a.label, models.a), measuredModelSentence(b.label, models.b)].filter((sentence) => sentence !== null),
		...require_light.columns([[
			"metric",
			a.label,
			b.label,
			""
		], ...rows])
	];
}
function betterWords(improvement) {
	if (improvement === 0) return "equal";
	return `${improvement > 0 ? "better" : "worse"} by ${require_light.formatNumber(Math.abs(improvement))}`;
}
function sideBySide({ a, b, whyNot }) {
	const names = [...new Set([a, b].flatMap(({ metrics }) => Object.keys(metrics)))];
	const number = ({ metrics }, name) => metrics[name] === void 0 ? "–" : require_light.formatNumber(metrics[name]);
	const measuredOn = ({ label, judgedOn }) => `${label} was measured on ${judgedOn === null ? "rows that it does not name" : measuredRowsWords(judgedOn)}.`;
	return [
		`These numbers cannot be compared. ${whyNot}`,
		...a.treeId === b.treeId ? [measuredOn(a)] : [measuredOn(a), measuredOn(b)],
		...require_light.columns([[
			"metric",
			a.label,
			b.label
		], ...names.map((name) => [
			name,
			number(a, name),
			number(b, name)
		])])
	];
}
// ../refit/src/data/earlier-file.ts
async function storedFile(sources, { repository, manifest }, file, { ifKept } = { ifKept: false }) {
	const { path, blob, bytes, sha256, version } = file;
	const form = require_light.sourceFormat(path);
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
	const delimiter = manifest.sources.find((source) => require_light.globPattern(source.path).test(path))?.delimiter ?? form.delimiter;
	const columns = require_light.fileColumnsOf(manifest);
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
		fetched.push(...await require_light.fetchFiles({ sources }, repository, [file]));
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
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
		file: require_light.sha256(bytes),
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
	return importDigests(digests, file, require_light.sha256);
}
// ../refit/src/runs/drift.ts
async function measureModelDrift(ports, repository, { model, classifier }) {
	const context = await require_light.read(ports, repository, {
		model,
		force: null,
		dryRun: true
	});
	const snapshot = await require_light.takeSnapshot(ports, context);
	const driftClassifier = classifier || context.spec.retrain.driftClassifier;
	const observation = await require_light.observe(ports, context, snapshot, {
		drift: true,
		driftClassifier
	});
	return {
		findings: [...snapshot.findings, ...observation.findings],
		newFiles: snapshot.newRows.map(({ source }) => source.path),
		newRows: require_light.addedRows(snapshot.news),
		drift: observation.drift,
		classifier: observation.classifier,
		hasChampion: context.champion !== null,
		verdict: require_light.driftVerdict(observation.drift, observation.classifier)
	};
}
// ../refit/src/commands/print-table.ts
function printTable(out, columns, rows, below = () => []) {
	const { lines, hidden } = require_light.terminalTable(columns, rows, out.width ?? null);
	for (const [i, line] of lines.entries()) {
		out.print(line);
		if (i > 0) for (const each of below(i - 1)) printSentence(out, each, "  ");
	}
	if (hidden.length > 0) out.notice(`This terminal is too narrow to show: ${hidden.join(", ")}.`);
}
function printSentence(out, text, indent = "") {
	const lines = out.width === void 0 ? [indent + text] : require_light.wrapped(text, out.width, indent, "  ");
	for (const line of lines) out.print(line);
}
// ../refit/src/commands/drift.ts
var drift_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$14,
	optionHelp: () => optionHelp$14,
	options: () => options$14,
	run: () => run$15,
	summary: () => summary$14,
	usage: () => usage$14
});
var usage$14 = "refit drift <model> [--classifier] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$14 = "Compare new rows with the champion's training data.";
var examples$14 = [["refit drift churn", "column by column"], ["refit drift churn --classifier", "and all features together"]];
var options$14 = {
	classifier: { type: "boolean" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$14 = {
	classifier: "also train a classifier to tell the new rows from the champion's, on all features together",
	...require_light.limitHelp,
	json: "print findings and columns as JSON"
};
var spared = [
	"importance",
	"role",
	"effect",
	"now",
	"then"
];
var columns = ["column", ...driftHeadings].map((title) => spared.includes(title) ? {
	title,
	spare: spared.indexOf(title)
} : { title });
async function run$15(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("drift needs one model.", usage$14);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const { hasChampion, newFiles, newRows, findings, drift, classifier, verdict } = await measureModelDrift(ports, repository, {
		model,
		classifier: flags.classifier === true
	});
	if (flags.json === true) {
		const answer = {
			model,
			newFiles,
			newRows,
			findings: require_light.answerOf(findings),
			drifted: verdict.level >= 1,
			level: verdict.level,
			columns: drift,
			classifier
		};
		ports.out.print(JSON.stringify(answer, null, 2));
		return 0;
	}
	if (!hasChampion) ports.out.print(`"${model}" has no champion, so there is nothing to compare new data with.`);
	else if (newRows === 0 && findings.every(({ code }) => code !== "rows-uncounted")) ports.out.print("No row is new since the champion was trained.");
	for (const finding of findings) {
		const { severity, code, message } = finding;
		ports.out.print(`${severity} ${code}: ${require_light.visibleText(message, 1e3)}${require_light.terminalText(require_light.acceptedWords(finding))}`);
	}
	if (drift.length === 0) return 0;
	const rows = drift.map((column) => [require_light.quoteForTerminal(column.column), ...driftCells({
		...column,
		reason: null
	})]);
	printTable(ports.out, columns, rows);
	for (const column of drift) {
		const reason = driftReason(column);
		if (reason !== null) ports.out.print(`${require_light.quoteForTerminal(column.column)}: ${reason}.`);
	}
	if (classifier !== null) ports.out.print(require_light.terminalText(classifierSentence(classifier)));
	ports.out.print(driftVerdictSentence(verdict));
	return 0;
}
// ../refit/src/versions/read-whole.ts
async function readWhole(ports, repository, model, wanted) {
	const { history, hashed } = await require_light.historyOfNamed(ports, repository, model);
	const folder = require_light.championFolder(model, repository);
	const { number, treeId, newerFormat } = findVersion(model, history, wanted);
	if (newerFormat !== null) throw new require_light.FormatNewerError(`${folder}/lineage.json (v${number})`, newerFormat, 1);
	const earlier = hashed.get(treeId);
	const broken = earlier === void 0 ? await require_light.checkWhole(ports, repository, treeId, await ports.git.list(treeId)) : earlier;
	if (broken !== null) throw new require_light.VersionBrokenError(model, number, broken);
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
		if (require_light.modelOfOutput(`${inside}/`, repository) === null) continue;
		throw new require_light.UsageError(`${inside} belongs to a version. Choose another place with --output.`, what);
	}
}
// ../refit/src/commands/explain.ts
var explain_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$13,
	optionHelp: () => optionHelp$13,
	options: () => options$13,
	run: () => run$14,
	summary: () => summary$13,
	usage: () => usage$13
});
var usage$13 = "refit explain <word> [--json]";
var summary$13 = "Explain a word that refit prints: the code of an error or a finding, a decision, a verdict, a reason, a metric or a term. Needs no network.";
var examples$13 = [["refit explain shallow-clone", "an error"], ["refit explain rocAuc", "a metric"]];
var options$13 = { json: { type: "boolean" } };
var optionHelp$13 = { json: "print the meanings as JSON; without a word, all words" };
var width = 80;
async function run$14({ out }, args, flags) {
	const [{ pages }, { explanationLines, explanationsIn, explanationsOf, similarWords }] = await Promise.all([Promise.resolve().then(() => require("./documents.cjs")).then((n) => n.pages_exports), Promise.resolve().then(() => require("./documents.cjs")).then((n) => n.explanations_exports)]);
	const all = explanationsIn(pages);
	const words = [...new Set(all.map(({ word }) => word))];
	const word = args.join(" ");
	if (word === "" && flags.json !== true) throw new require_light.UsageError("explain needs a word, such as shallow-clone.", usage$13);
	const found = word === "" ? all : explanationsOf(word, all);
	if (found.length === 0) {
		const near = similarWords(word, words, require_light.nearest(word, words));
		const meant = near.length === 0 ? "" : ` Did you mean ${near.map((each) => `"${each}"`).join(", ")}?`;
		throw new require_light.UsageError(`There is no explanation of "${word}".${meant}`, usage$13);
	}
	if (flags.json === true) out.print(JSON.stringify(found, null, 2));
	else for (const [i, one] of found.entries()) for (const line of [...i === 0 ? [] : [""], ...explanationLines(one, width)]) out.print(line);
	return 0;
}
// ../refit/src/runs/export/formats.ts
var exportFormats = ["onnx", "mlflow"];
// ../refit/src/commands/export.ts
var export_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$12,
	optionHelp: () => optionHelp$12,
	options: () => options$12,
	run: () => run$13,
	summary: () => summary$12,
	usage: () => usage$12
});
var usage$12 = "refit export <model>[@vN|@TREE] --to onnx|mlflow [--output FOLDER] [--dry-run] [--json]";
var summary$12 = "Write a version as an ONNX file, or as a folder for MLflow, with the same answers.";
var examples$12 = [["refit export churn@v3 --to onnx", "an ONNX file"], ["refit export churn --to mlflow --output churn-mlflow", "the live version, as a folder for MLflow"]];
var options$12 = {
	to: { type: "string" },
	output: { type: "string" },
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$12 = {
	to: "onnx: model.onnx and how to load it; mlflow: the same, and what mlflow.pyfunc.load_model needs",
	output: "the folder, relative to the current one; default: a name such as churn-onnx. An existing folder is replaced only if refit wrote everything in it",
	"dry-run": "print the digests of the files and write nothing",
	json: "print the folder and the digests of its files as JSON"
};
async function run$13(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new require_light.UsageError("export needs one model, such as churn@v3.", usage$12);
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
	else for (const line of lines$4(exported, ports.workTree.here, dryRun)) ports.out.print(line);
	return 0;
}
function formatOf(written) {
	const found = exportFormats.find((format) => format === written);
	if (found !== void 0) return found;
	const what = written === void 0 ? "export needs a format" : `There is no format ${JSON.stringify(written)}`;
	throw new require_light.UsageError(`${what}: --to ${exportFormats.join(" or --to ")}.`, usage$12);
}
function lines$4({ model, version, folder, files }, here, dryRun) {
	const place = require_light.visibleText(node_path.default.relative(here, folder) || ".", 1e3);
	const facts = Object.entries(files).map(([file, { sha256, bytes }]) => [
		file,
		`${bytes} bytes`,
		`sha256 ${sha256}`
	]);
	return [`${model} v${version} ${dryRun ? "would be" : "is"} in ${place}`, ...require_light.columns(facts).map((line) => `  ${line}`)];
}
// ../refit/src/commands/import.ts
var import_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$11,
	optionHelp: () => optionHelp$11,
	options: () => options$11,
	run: () => run$12,
	summary: () => summary$11,
	usage: () => usage$11
});
var usage$11 = "refit import <model> (--onnx FILE | --predictions FILE) [--trained-until TIME] [--push|--no-push] [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
var summary$11 = "Propose the model that is in use today as the first version, so that the next one is compared with it.";
var examples$11 = [["refit import churn --onnx churn.onnx", "a model in ONNX"], ["refit import churn --predictions predictions.csv --trained-until 2026-03-31", "a model of which only predictions are available"]];
var options$11 = {
	onnx: { type: "string" },
	predictions: { type: "string" },
	"trained-until": { type: "string" },
	...require_light.pushOptions,
	...require_light.limitOption,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$11 = {
	onnx: "the model, as an ONNX file",
	predictions: "instead of the model, what it has predicted, as CSV, Parquet or JSON Lines: the columns of `key`, and `prediction` (the probability of the positive class, or the value) or a column for each class",
	"trained-until": "the newest row that it has learned from: a day such as 2026-03-31, or a time with a zone; default: it may have seen every row, and reports say so",
	...require_light.pushHelp,
	...require_light.limitHelp,
	"dry-run": "read the work tree, print the proposal and write nothing",
	json: "print the proposal as JSON"
};
async function run$12(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("import needs one model.", usage$11);
	const request = {
		model,
		source: sourceOf(ports, flags),
		trainedUntil: untilOf(flags["trained-until"])
	};
	const dryRun = flags["dry-run"] === true;
	const { importModel } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.import_model_exports);
	const proposal = await require_light.sayingPublished(ports, () => importModel(ports, {
		...request,
		dryRun
	}));
	if (flags.json === true) ports.out.print(JSON.stringify(require_light.answerOf(proposal), null, 2));
	else for (const line of lines$3(proposal, dryRun, ports.out.width)) ports.out.print(line);
	return 0;
}
function sourceOf({ workTree }, { onnx, predictions }) {
	if (onnx === void 0 === (predictions === void 0)) throw new require_light.UsageError("import needs a model (--onnx FILE), or its predictions (--predictions FILE).", usage$11);
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
	const at = require_light.declaredInstant(written);
	if (at !== null) return new Date(at).toISOString();
	throw new require_light.UsageError(`--trained-until ${require_light.quoted(written)} is not a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z.`, usage$11);
}
function lines$3({ model, branch, url, report }, dryRun, width) {
	return [
		`${model}: ${dryRun ? "would propose" : "proposed"} an import on ${branch}.`,
		...url === null ? [] : [`  proposal: ${url}`, `  to make it the champion: ${require_light.howToMerge({
			url,
			branch
		})}`],
		"",
		...require_light.terminalReport(report, width)
	];
}
// ../refit/src/commands/plan.ts
var plan_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$10,
	optionHelp: () => optionHelp$10,
	options: () => options$10,
	run: () => run$11,
	summary: () => summary$10,
	usage: () => usage$10
});
var usage$10 = "refit plan [model…] [--by model|candidate] [--affected REF] [--jobs N] [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$10 = "Show which models are due, and divide their training among jobs, as a matrix for a GitHub workflow. Trains and writes nothing.";
var examples$10 = [["refit plan --json", "a job for each model that is due"], ["refit plan --by candidate --jobs 20 --json", "a job for each training, at most 20"]];
var options$10 = {
	by: { type: "string" },
	affected: { type: "string" },
	jobs: { type: "string" },
	force: { type: "string" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$10 = {
	by: "what one job gets: a model, for `refit run` (the default), or a candidate, for `refit train --candidate`",
	affected: "only models that are affected by the changes from this commit or branch to the base branch, as in `refit affected`",
	jobs: `at most this many jobs, 1 to 256 (the default, and the maximum of GitHub); where there is more to do, a job gets several`,
	force: "plan as if a retrain were due, for this reason, whatever the triggers and the cool-down say",
	...require_light.limitHelp,
	json: "print the matrix, and the result for each model, as JSON"
};
async function run$11(ports, args, flags) {
	const { by = "model", jobs = String(256), force, affected = null } = flags;
	if (by !== "model" && by !== "candidate") throw new require_light.UsageError("--by is model or candidate.", usage$10);
	if (!/^[1-9]\d{0,2}$/.test(jobs) || Number(jobs) > 256) throw new require_light.UsageError(`--jobs is a whole number from 1 to 256.`, usage$10);
	if (force?.trim() === "") throw new require_light.UsageError("--force needs a reason.", usage$10);
	const { planModels } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.plan_models_exports);
	const plan = await planModels(ports, args, {
		by,
		force: force ?? null,
		jobs: Number(jobs),
		affected,
		usage: usage$10
	});
	if (flags.json === true) ports.out.print(JSON.stringify(require_light.answerOf(plan), null, 2));
	else for (const line of lines$2(plan, by)) ports.out.print(line);
	return plan.models.some(({ result }) => result === "failed") ? 2 : 0;
}
function lines$2({ matrix: { include }, models }, by) {
	const failed = models.flatMap(({ model, result }) => result === "failed" ? [model] : []);
	const due = models.filter(({ result }) => result === "due").length;
	const share = by === "model" && include.length < due ? ` for ${require_light.counted(due, "model")}` : `, one per ${by}`;
	const jobs = include.length === 0 ? [] : [`${require_light.counted(include.length, "job")}${share}.`];
	const failures = failed.length === 0 ? [] : [`${require_light.counted(failed.length, "model")} failed: ${failed.join(", ")}.`];
	const end = [...jobs, ...failures].join(" ");
	return [...models.flatMap((each) => modelLines(each, by)), end === "" ? "There is nothing to do." : end];
}
function modelLines(planned, by) {
	const head = `${planned.model}: ${planned.result}`;
	switch (planned.result) {
		case "due": {
			const reasons = planned.reasons.map((reason) => `  because ${require_light.terminalText(require_light.reasonSentence(reason))}`);
			if (by === "model") return [`${head}.`, ...reasons];
			const rows = planned.candidates.map(({ candidate, learner, digest }) => [
				`  ${candidate}`,
				learner,
				digest
			]);
			return [
				`${head}.`,
				...reasons,
				...require_light.columns(rows)
			];
		}
		case "skipped": return [`${head}: ${require_light.heldBackSentence(planned.heldBack)}.`];
		case "unfinished": return [`${head}: an earlier run has already trained it; the next \`refit run\` proposes it.`];
		case "failed": return require_light.failedLines(head, planned.error);
		case "blocked": return [`${head}: the data were refused; \`refit run\` says why and opens the alert.`];
	}
}
// ../refit/src/commands/probes.ts
var probes_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$9,
	optionHelp: () => optionHelp$9,
	options: () => options$9,
	run: () => run$10,
	summary: () => summary$9,
	usage: () => usage$9
});
var usage$9 = "refit probes [model…] [--json]";
var summary$9 = "Check that the versions in the work tree are complete, and predict their probe rows as they did after training.";
var examples$9 = [["refit probes", "every model of the work tree"], ["refit probes churn --json", "one model, for programs"]];
var options$9 = { json: { type: "boolean" } };
var optionHelp$9 = { json: "print the results as JSON" };
async function run$10(ports, args, flags) {
	const repository = await ports.git.withoutHistory();
	const models = await namedOrAll(ports, repository, args);
	const { probeVersion } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.probe_version_exports);
	const results = [];
	for (const model of models) results.push(await probeVersion(ports, repository, model));
	if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
	else for (const result of results) ports.out.print(line(result));
	return results.some(({ result }) => result === "other") ? 2 : 0;
}
function line({ model, result, rows, why }) {
	if (result === "same") return `${model}: same predictions for ${rows} probe rows.`;
	return `${model}: ${result === "none" ? "no probe rows" : "other predictions"}. ${require_light.visibleText(why, 1e3)}`;
}
// ../refit/src/versions/version-tags.ts
var MOST_VERSIONS = 500;
async function ensureTags(ports, repository, { model, history }, { gto, dryRun, present }) {
	const name = require_light.flatName(model);
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
		tag: `${require_light.flatName(model)}@v${champion.number}`,
		version: champion.treeId,
		result: "restored"
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
// ../refit/src/runs/close-orphans.ts
var kinds = [
	require_light.proposalBranch,
	require_light.importBranch,
	require_light.canaryBranch,
	require_light.policyBranch
];
async function closeOrphans(ports, repository, branches, models) {
	const present = new Set(models);
	for (const branch of branches) {
		const model = require_light.modelOf(branch);
		if (present.has(model) || !require_light.isName(model)) continue;
		if (!kinds.some((branchOf) => branchOf(model) === branch)) continue;
		const spec = require_light.specPath(model, repository);
		if (await ports.git.resolve(`${repository.baseCommit}:${spec}`) !== null) continue;
		const open = await require_light.openProposal(ports, repository, branch);
		if (open === null) continue;
		const gone = `\`${spec}\` is gone from \`${repository.baseBranch}\``;
		if (open.heldByPerson) ports.out.notice(`${gone}, and the proposal of ${model} is approved or has a commit that is not refit's, so it was left open: ${open.url}. Close it, or bring the file back.`);
		const sentence = open.heldByPerson ? `**The model is gone.** ${gone}, so nothing can judge this any more. It is approved, or has a commit that is not refit's, so refit leaves it to you: close it, or bring the file back.` : `${gone}, so nothing can judge this any more. Once it is back, the next run proposes again.`;
		const at = ports.clock.now();
		await ports.forge.ensureRemark(repository, {
			model,
			branch,
			sentence,
			closes: !open.heldByPerson,
			at
		});
	}
}
// ../refit/src/runs/reconcile.ts
async function rememberRollbacks(ports, repository, histories) {
	const ledgers = new Map();
	const added = [];
	const before = await require_light.readLedgers(ports, repository, [...histories.keys()]);
	for (const [model, history] of histories) {
		const { rows } = before.get(model);
		const known = new Set(rows.map(require_light.ledgerKey));
		const fresh = rolledBackRows(model, history.rolledBack).filter((row) => !known.has(require_light.ledgerKey(row)));
		ledgers.set(model, [...rows, ...fresh]);
		added.push(...fresh);
	}
	if (added.length > 0) await require_light.appendLedger(ports, repository, {
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
	const file = require_light.specPath(model, repository);
	const parser = require_light.specParser(file, ports.learners.installed);
	return await require_light.parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser) ?? require_light.parsedText(ports, repository, "", parser);
}
async function publishLive(ports, repository, { model, history }, { publish }) {
	const { champion, state, events } = history;
	if (state !== "live" || champion === null || champion.newerFormat !== null || publish.length === 0) return;
	const label = `v${champion.number}`;
	const version = {
		model,
		label,
		tag: `${require_light.flatName(model)}@${label}`,
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
	const bodyIn = ({ value }) => [
		`**${model}**: the folder on \`${repository.baseBranch}\` does not match its lineage.json.`,
		value(why),
		`The last valid version${valid} is still the champion for comparisons. Fix the folder, or run \`refit rollback ${model}\`.`
	].join("\n\n");
	const title = `refit(${model}): broken champion folder`;
	const bodies = {
		body: bodyIn(require_light.onGitHub),
		plainBody: bodyIn(require_light.asText)
	};
	await ports.forge.ensureAlert(repository, model, {
		model,
		title,
		...bodies,
		at: ports.clock.now()
	});
}
async function closeObsolete(ports, repository, model, branches) {
	if (branches.has(require_light.canaryBranch(model))) await closeMovedCanary(ports, repository, model);
	const own = [
		require_light.proposalBranch(model),
		require_light.rollbackBranch(model),
		require_light.importBranch(model)
	].filter((each) => branches.has(each));
	if (own.length === 0) return;
	const group = await require_light.groupOf(ports, repository, model);
	for (const branch of own) {
		const open = await require_light.openProposal(ports, repository, branch);
		if (open === null) continue;
		const folder = branch === require_light.proposalBranch(model) ? await require_light.proposedFolder(ports, repository, model, open.head) : require_light.championFolder(model, repository);
		const live = await ports.git.resolve(`${repository.baseCommit}:${folder}`);
		const at = ports.clock.now();
		if (group !== null && branch === require_light.proposalBranch(model) && !open.heldByPerson) {
			const sentence = `It is proposed with the group ${group} from now on, on \`${require_light.groupBranch(group)}\`.`;
			await ports.forge.ensureRemark(repository, {
				model,
				branch,
				sentence,
				closes: true,
				at
			});
			continue;
		}
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
async function closeMovedCanary(ports, repository, model) {
	const branch = require_light.canaryBranch(model);
	const open = await require_light.openProposal(ports, repository, branch);
	if (open === null) return;
	const { baseBranch, baseCommit } = repository;
	const [canary, rollout] = [require_light.canaryFolder(model, repository), require_light.rolloutPath(model, repository)];
	const [about, live, wanted, share] = await Promise.all([
		`${open.head}^:${canary}`,
		`${baseCommit}:${canary}`,
		`${open.head}:${rollout}`,
		`${baseCommit}:${rollout}`
	].map((object) => ports.git.resolve(object)));
	if (about === live && wanted !== share) return;
	const sentence = about === live ? `The canary is already there on \`${baseBranch}\`.` : `It is about a canary that \`${baseBranch}\` does not have any more.`;
	await ports.forge.ensureRemark(repository, {
		model,
		branch,
		sentence,
		closes: true,
		at: ports.clock.now()
	});
}
// ../refit/src/runs/promote.ts
function promote(ports, dryRun) {
	return require_light.despiteRaces(() => promoteOnce(ports, dryRun));
}
async function showOnDashboard(ports, repository, { tags }) {
	await require_light.closeDashboard(ports, repository);
	if (tags.some(({ result }) => result === "created" || result === "restored")) await require_light.ensureDashboard(ports, repository);
}
async function promoteOnce(ports, dryRun) {
	const repository = await require_light.fetched(ports, dryRun);
	const tags = [];
	const models = new Map();
	const names = await require_light.listModels(ports, repository);
	await require_light.readAhead(ports, repository, names);
	const all = await require_light.readModelHistories(ports, repository, names);
	const present = await ports.git.tags();
	for (const [model, { history }] of all) {
		const newer = require_light.liveFormatError(repository, model, history);
		if (newer !== null) ports.out.notice(`${newer.message} ${newer.hint}`);
		const policy = await attempt(() => readPolicy(ports, repository, model));
		models.set(model, {
			history,
			policy
		});
		const gto = !(policy instanceof require_light.RefitError) && policy.tags === "gto";
		tags.push(...await ensureTags(ports, repository, {
			model,
			history
		}, {
			gto,
			dryRun,
			present
		}));
	}
	if (dryRun) return {
		tags,
		failures: []
	};
	const promoted = await reconcile(ports, repository, models, tags);
	await showOnDashboard(ports, repository, promoted);
	return promoted;
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
	await require_light.closeObsoleteGroups(ports, repository, branches, [...models.keys()]);
	await closeOrphans(ports, repository, branches, [...models.keys()]);
	const pushed = await pushTags(ports, repository, results);
	const again = [...fresh].flatMap((model) => liveAgain(model, histories.get(model)));
	const failures = [];
	for (const [model, { history, policy }] of models) {
		const failure = policy instanceof require_light.RefitError ? policy : await attempt(() => publishLive(ports, repository, {
			model,
			history
		}, policy));
		if (failure instanceof require_light.RefitError) failures.push(failure);
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
		if (error instanceof require_light.RefitError) return error;
		throw error;
	}
}
// ../refit/src/commands/promote.ts
var promote_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$8,
	optionHelp: () => optionHelp$8,
	options: () => options$8,
	run: () => run$9,
	summary: () => summary$8,
	usage: () => usage$8
});
var usage$8 = "refit promote [--push|--no-push] [--dry-run] [--json]";
var summary$8 = "Create tags, releases and alerts from the base branch, and record rollbacks. Merging promotes, not this command.";
var examples$8 = [["refit promote --dry-run", "what is missing"], ["refit promote --push", "create it, on the remote too"]];
var options$8 = {
	...require_light.pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$8 = {
	...require_light.pushHelp,
	"dry-run": "print which tags are missing and write nothing",
	json: "print the tags as JSON"
};
async function run$9(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("promote takes no arguments; it looks at every model.", usage$8);
	const { tags, failures } = await require_light.sayingPublished(ports, () => promote(ports, flags["dry-run"] === true));
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
	return require_light.despiteRaces(() => rejectOnce(ports, rejection));
}
async function rejectOnce(ports, { model, reason, dryRun }) {
	const repository = await require_light.fetched(ports, dryRun);
	const group = await require_light.groupOf(ports, repository, model);
	const branch = group === null ? require_light.proposalBranch(model) : require_light.groupBranch(group);
	const ref = `refs/heads/${branch}`;
	const local = await ports.git.resolve(ref);
	const shared = repository.remote && await ports.git.resolve(`refs/remotes/${repository.remote}/${branch}`);
	const open = await require_light.openProposal(ports, repository, branch);
	const head = open?.head ?? shared ?? local;
	const members = group === null ? [model] : await require_light.membersOf(ports, repository, group);
	const proposed = head === null || group === null ? members : await require_light.proposedIn(ports, repository, head, members);
	const lineages = head === null ? [] : await lineagesAt(ports, repository, head, proposed);
	if (lineages.length === 0 || open === null && !await wereDeclined(ports, repository, lineages)) {
		await require_light.historyOfNamed(ports, repository, model);
		throw new require_light.NothingToRejectError(model);
	}
	if (!dryRun) await decline(ports, repository, lineages.map((lineage) => require_light.declinedRow(lineage, ports.clock.now(), reason ?? void 0)), {
		branch,
		ref,
		local,
		shared
	});
	const isNamed = (each) => each.model === model;
	return lineages.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a))).map((lineage) => ({
		model: lineage.model,
		inputDigest: lineage.inputDigest
	}));
}
async function lineagesAt(ports, repository, head, models) {
	return (await Promise.all(models.map(async (model) => {
		const folder = await require_light.proposedFolder(ports, repository, model, head);
		return require_light.readLineage(ports, repository, `${head}:${folder}/lineage.json`);
	}))).filter((lineage) => lineage !== null);
}
async function wereDeclined(ports, repository, lineages) {
	for (const { model, inputDigest, parent } of lineages) {
		const { rows } = await require_light.readLedger(ports, repository, model);
		if (!rows.some((row) => row.kind === "declined" && row.inputDigest === inputDigest && row.parent === parent)) return false;
	}
	return true;
}
async function decline(ports, repository, rows, { branch, ref, local, shared }) {
	const at = Date.parse(rows[0].at);
	await require_light.appendLedger(ports, repository, {
		rows,
		files: new Map(),
		at
	});
	const remark = {
		model: rows[0].model,
		branch,
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
		return ports.ancestry.isReplaceable(repository, branch, head);
	}
}
// ../refit/src/commands/reject.ts
var reject_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$7,
	optionHelp: () => optionHelp$7,
	options: () => options$7,
	run: () => run$8,
	summary: () => summary$7,
	usage: () => usage$7
});
var usage$7 = "refit reject <model> [--reason TEXT] [--push|--no-push] [--dry-run] [--json]";
var summary$7 = "Decline the open proposal; the same inputs are not proposed again.";
var examples$7 = [["refit reject churn --reason \"wrong season\"", "the open proposal"]];
var options$7 = {
	reason: { type: "string" },
	...require_light.pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$7 = {
	reason: "why; the reason is kept in the ledger",
	...require_light.pushHelp,
	"dry-run": "print what would be declined and write nothing",
	json: "print the result as JSON"
};
async function run$8(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("reject needs one model.", usage$7);
	const dryRun = flags["dry-run"] === true;
	const declined = await require_light.sayingPublished(ports, () => reject(ports, {
		model,
		reason: flags.reason ?? null,
		dryRun
	}));
	const [first] = declined;
	if (flags.json === true) {
		const together = declined.length > 1 ? { together: declined.map((each) => each.model) } : {};
		ports.out.print(JSON.stringify({
			model,
			declined: first.inputDigest,
			...together
		}));
	} else ports.out.print(`${declined.map((each) => each.model).join(", ")}: ${dryRun ? "would be " : ""}declined. The same inputs are not proposed again.`);
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
	then.set(FEATURES, require_light.encodeText(`${require_light.canonicalJson(others, 2)}\n`));
	return then.set("lineage.json", relisted(then.get("lineage.json"), then));
}
var CARD = "README.md";
var FEATURES = "features.json";
var jsonOf = (bytes) => Object(JSON.parse(require_light.decodeText(bytes)));
var isWithoutUse = (card) => card !== void 0 && !require_light.decodeText(card).includes(`\n## How to use it\n`);
function withoutUse(card) {
	const text = require_light.decodeText(card);
	const [from, to] = [text.indexOf(`${USE_HEADING}\n`), text.lastIndexOf("\n\n") + 2];
	return from < 0 ? card : require_light.encodeText(text.slice(0, from) + text.slice(to));
}
function relisted(bytes, files) {
	const lineage = JSON.parse(require_light.decodeText(bytes));
	const listed = Object.keys(lineage.files).flatMap((file) => {
		const content = files.get(file);
		return content === void 0 ? [] : [[file, {
			sha256: require_light.sha256(content),
			bytes: content.byteLength
		}]];
	});
	const then = {
		...lineage,
		files: Object.fromEntries(listed)
	};
	return require_light.encodeText(`${require_light.canonicalJson(then, 2)}\n`);
}
// ../refit/src/runs/remake/make-again.ts
async function makeAgain(ports, asked, snapshot, given) {
	const { withPrepared, takeImport, takeModel, train, evaluate, buildVersion } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.retrain_exports);
	const context = {
		...asked,
		request: {
			...asked.request,
			isMadeAgain: true
		}
	};
	const imported = given && importedModel(given);
	return withPrepared(ports, context, snapshot, {
		broken: (findings) => Promise.reject(new require_light.UnreadableDataError(findings)),
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
		if (today?.version !== void 0 && require_light.remoteKey({
			...today,
			version: today.version
		}) === require_light.remoteKey(then)) {
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
			const built = filesOf(data, manifest);
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
var isInRepository = ({ path }) => require_light.schemeOf(path) === "";
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
			if (!(error instanceof require_light.RefitError)) throw error;
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
	const [scheme, ofFile] = [require_light.schemeOf(source), require_light.schemeOf(path)];
	return scheme === ofFile || scheme === "dvc" && ofFile === "";
}
function unreachable({ path, bytes, version }) {
	return {
		path,
		...require_light.sourceFormat(path),
		bytes,
		blob: null,
		identity: `unreachable:${path}`,
		version
	};
}
async function hasTrackedFiles(sources, repository, manifest, { data }) {
	const tracked = (all) => all.flatMap(({ path, blob }) => blob === null ? [] : [`${blob} ${path}`]).sort();
	for (const { own, files } of parts(manifest, data)) {
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
function parts(manifest, data) {
	return [manifest, ...(manifest.tables ?? []).map((table) => require_light.asOwnRows(table, manifest))].map((own) => ({
		own,
		files: filesOf(data, own)
	}));
}
async function missingData(ports, repository, manifest, { data }) {
	const problems = [];
	for (const { own, files } of parts(manifest, data)) {
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
	const file = `The data file ${require_light.quoted(wanted.path)}`;
	const object = `sha256 ${wanted.sha256}, ${wanted.bytes} bytes`;
	if (source === void 0) return {
		kind: "data-missing",
		message: `${file} is not here any more (${object}): ${wanted.version === void 0 ? "git does not track it, so it has to be restored in its place." : "it is no longer available there."}`
	};
	try {
		const [found] = await require_light.digestFiles(ports, repository, [source]);
		if (found.sha256 === wanted.sha256) return null;
		return {
			kind: "data-changed",
			message: `${file} has other bytes than the version was made from: sha256 ${found.sha256}, not ${wanted.sha256}.`
		};
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
		return {
			kind: "data-missing",
			message: `${file} is not available (${object}${wanted.blob === null ? "" : `, git blob ${wanted.blob}`}): ${error.message} ${error.hint}`
		};
	}
}
// ../refit/src/runs/remake/input-folders.ts
async function inputFolders({ git }, { spec, manifest }, commit) {
	const { sources, tables = [], views = [] } = manifest;
	const inGit = [sources, ...tables.map((table) => table.sources)].flat().filter(({ path }) => ["", "dvc"].includes(require_light.schemeOf(path)));
	const written = [
		"data-manifests",
		...views.map(require_light.viewFile),
		...spec.candidates.flatMap(require_light.codeOf)
	];
	const anywhere = require_light.fileColumnsOf(manifest).length > 0 ? [""] : [];
	const folders = [
		...written,
		...anywhere,
		...inGit.map(({ path }) => folderOf$1(path))
	];
	return (await Promise.all(folders.map((folder) => git.resolve(`${commit}:${folder}`)))).join(" ");
}
function folderOf$1(source) {
	const root = require_light.globRoot(source);
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
	return require_light.readSpecs(ports, {
		...repository,
		baseCommit: commit
	}, model, { workTree: false });
}
var specDigest = (ports, settings) => require_light.digestOfInputs(ports, settings).spec;
function settingsProblem(ports, settings, { digests, card }) {
	const found = require_light.digestOfInputs(ports, settings);
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
		if (!(error instanceof require_light.RefitError)) throw error;
		return `${none} At ${commit.slice(0, 10)}, the commit before it: ${error.message}`;
	}
}
async function unlessRefused(answer) {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
// ../refit/src/runs/reproduce/reproduce.ts
async function reproduce(ports, repository, model, wanted) {
	require_light.checkModelName(model);
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	const version = findVersion(model, history, wanted);
	if (version.newerFormat !== null) throw new require_light.FormatNewerError(`lineage.json of v${version.number} of ${model}`, version.newerFormat, 1);
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
	const lineage = await require_light.readLineage(ports, repository, `${version.treeId}:lineage.json`);
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
		...nothingRemembered,
		branch: require_light.proposalBranch(model),
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
		if (!(error instanceof require_light.RefitError)) throw error;
		return impossible(commit, [hindrance("failed", `${error.code}: ${error.message} ${error.hint}`)]);
	}
}
var requestOf = (model) => ({
	model,
	force: null,
	dryRun: false
});
async function compare(ports, context, version) {
	const { repository } = context;
	const madeFrom = repository.baseCommit;
	const snapshot = await require_light.takeSnapshot(ports, context);
	const unreadable = unreadableData(snapshot);
	if (unreadable.length > 0) return impossible(madeFrom, unreadable);
	const lineage = await require_light.readLineage(ports, repository, `${version.treeId}:lineage.json`);
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
	const lineage = version && await require_light.readLineage(ports, repository, `${treeId}:lineage.json`);
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
		const have = now === void 0 ? "is not installed" : `has algorithm version ${now} here, which makes different bytes`;
		return [hindrance("algorithm", `It was made by algorithm version ${learner.algorithmVersion} of the learner ${learner.name}, which ${have}. ${way}`)];
	}
	if (require_light.digestOfInputs(ports, settings).settings === digests.settings) return [];
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
	examples: () => examples$6,
	optionHelp: () => optionHelp$6,
	options: () => options$6,
	run: () => run$7,
	summary: () => summary$6,
	usage: () => usage$6
});
var usage$6 = "refit reproduce <model>[@vN|@TREE]|<tree> [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$6 = "Make a version again from the commit that it was made from, and compare every byte.";
var examples$6 = [["refit reproduce churn", "the live version"], ["refit reproduce churn@v2", "an earlier one"]];
var options$6 = {
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$6 = {
	...require_light.limitHelp,
	json: "print the result as JSON"
};
async function run$7(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new require_light.UsageError("reproduce needs one version, such as churn@v3.", usage$6);
	const repository = await ports.git.locate();
	const [model, wanted] = await versionOf(ports, repository, word);
	const result = await reproduce(ports, repository, model, wanted);
	if (flags.json === true) ports.out.print(JSON.stringify(result, null, 2));
	else for (const line of lines$1(result)) ports.out.print(line);
	return result.result === "same" || result.result === "rescored" ? 0 : 2;
}
async function versionOf(ports, repository, word) {
	const lineage = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word) ? await require_light.readLineage(ports, repository, `${word}:lineage.json`) : null;
	if (lineage !== null) return [lineage.model, word];
	return word.split("@");
}
var mostNamed = 20;
function lines$1({ model, version, result, title, because, differences }) {
	const more = differences.length - mostNamed;
	return [
		`${model} v${version}: ${result}. ${title}.`,
		...because.map(({ message }) => `  - ${require_light.visibleText(message, 1e3)}`),
		...differences.slice(0, mostNamed).map((difference) => `  - ${differenceSentence(difference)}`),
		...more > 0 ? [`  - And ${more} more.`] : []
	];
}
// ../refit/src/rooms/propose-rollback.ts
async function proposeRollback(ports, repository, { model, from, to, reviewers }) {
	const branch = require_light.rollbackBranch(model);
	const title = `refit(${model}): roll back to v${to.number}`;
	const at = ports.clock.now();
	const head = await require_light.pushProposal(ports, repository, {
		branch,
		contents: new Map([[require_light.championFolder(model, repository), to.treeId]]),
		over: await require_light.sharedHead(ports, repository, branch),
		message: `${title}\n\nRefit-Model: ${model}\nRefit-Rollback: v${to.number}\n`,
		at
	});
	return ports.forge.ensureProposal(repository, {
		kind: "rollback",
		models: [{
			model,
			report: rollbackReport(await rollbackFacts(ports, {
				model,
				from,
				to
			})),
			kept: null,
			inputDigest: to.inputDigest ?? to.treeId,
			check: {
				conclusion: "success",
				summary: `v${to.number} was live before.`
			}
		}],
		overview: null,
		branch,
		head,
		title,
		at,
		baseBranch: repository.baseBranch,
		draft: false,
		autoMerge: false,
		reviewers
	});
}
async function rollbackFacts({ git }, { model, from, to }) {
	const versions = from === null ? [to] : [to, from];
	const judgements = await storedJudgements({ git }, versions.map(({ treeId }) => treeId));
	const metrics = await git.read(versions.map(({ treeId }) => `${treeId}:metrics.json`));
	const [back, live] = versions.map(({ number, treeId }, i) => ({
		label: `v${number}`,
		metrics: require_light.storedMetrics(metrics[i] ?? null),
		on: judgements.get(treeId)?.on ?? null
	}));
	const [ofBack, ofLive] = versions.map(({ treeId }) => judgements.get(treeId));
	return {
		model,
		from: live ?? null,
		to: back,
		treeId: to.treeId,
		together: measuredTogether(ofBack, ofLive)
	};
}
function measuredTogether(back, live) {
	if (back === void 0 || live === void 0) return null;
	const together = judgedTogether(back, live);
	return together === null ? judgedTogether(live, back) : turned(together);
}
// ../refit/src/runs/rollback.ts
function rollback(ports, request) {
	return require_light.despiteRaces(() => rollbackOnce(ports, request));
}
async function rollbackOnce(ports, { model, to, dryRun }) {
	const repository = await require_light.fetched(ports, dryRun);
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	const target = to === null ? previous(model, history) : named$1(model, history, to);
	if (target.newerFormat !== null) throw new require_light.FormatNewerError(`lineage.json of v${target.number} of ${model}`, target.newerFormat, 1);
	const problem = await require_light.checkWhole(ports, repository, target.treeId, await ports.git.list(target.treeId));
	if (problem !== null) throw new require_light.VersionBrokenError(model, target.number, problem);
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
		branch: require_light.rollbackBranch(model),
		url,
		operation
	};
}
function previous(model, { champion, events, state }) {
	if (state === "broken" && champion !== null) return champion;
	const current = champion?.number ?? Infinity;
	const before = events.findLast((event) => event.champion !== null && event.champion.number < current)?.champion;
	if (before === void 0 || before === null) throw new require_light.NothingToRollBackError(model);
	return before;
}
function named$1(model, history, wanted) {
	const version = history.versions[Number(wanted.replace(/^v/, "")) - 1];
	if (version === void 0 || version.broken !== null) throw new require_light.VersionUnknownError(model, wanted);
	return version;
}
async function reviewersOf(ports, repository, model) {
	try {
		return (await readPolicy(ports, repository, model)).reviewers;
	} catch (error) {
		if (error instanceof require_light.RefitError) return [];
		throw error;
	}
}
// ../refit/src/commands/rollback.ts
var rollback_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$5,
	optionHelp: () => optionHelp$5,
	options: () => options$5,
	run: () => run$6,
	summary: () => summary$5,
	usage: () => usage$5
});
var usage$5 = "refit rollback <model> [--to vN] [--push|--no-push] [--dry-run] [--json]";
var summary$5 = "Propose an earlier version again, as a new commit on its own branch.";
var examples$5 = [["refit rollback churn", "to the version before the live one"], ["refit rollback churn --to v1", "to one that you name"]];
var options$5 = {
	to: { type: "string" },
	...require_light.pushOptions,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$5 = {
	to: "the version to restore; default: the one that was live before the champion",
	...require_light.pushHelp,
	"dry-run": "print what would be restored and write nothing",
	json: "print the proposal as JSON"
};
async function run$6(ports, args, flags) {
	const [model, ...more] = args;
	if (model === void 0 || more.length > 0) throw new require_light.UsageError("rollback needs one model.", usage$5);
	const dryRun = flags["dry-run"] === true;
	const proposal = await require_light.sayingPublished(ports, () => rollback(ports, {
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
	if (url !== null) ports.out.print(`  proposal: ${url}\n  to roll back: ${require_light.howToMerge({
		url,
		branch
	})}`);
	return 0;
}
// ../refit/src/commands/run-worker.ts
var run_worker_exports = require_rolldown_runtime.__exportAll({
	examples: () => require_light.examples,
	optionHelp: () => require_light.optionHelp,
	options: () => require_light.options,
	run: () => run$5,
	summary: () => require_light.summary,
	usage: () => require_light.usage
});
async function run$5(ports, _args, flags) {
	const { runAsWorker } = await Promise.resolve().then(() => run_as_worker_exports);
	await runAsWorker(ports, require_light.runRequestOf(flags));
	return 0;
}
// ../refit/src/versions/checksum-line.ts
function checksumLine(file, sha256) {
	const name = file.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
	return `${name === file ? "" : "\\"}${sha256}  ${name}`;
}
// ../refit/src/commands/show.ts
var show_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$4,
	optionHelp: () => optionHelp$4,
	options: () => options$4,
	run: () => run$4,
	summary: () => summary$4,
	usage: () => usage$4
});
var usage$4 = "refit show <model>[@vN|@TREE] [--checksums | --bom | --predicate | --json]";
var summary$4 = "Show one version: metrics, holdout, data, learner and its place in history.";
var examples$4 = [["refit show churn", "the live version"], ["refit show churn@v2 --json", "where everything of a version is, for programs"]];
var options$4 = {
	checksums: { type: "boolean" },
	bom: { type: "boolean" },
	predicate: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$4 = {
	checksums: "check the version and print only the sha256 of each file, in the format of `sha256sum --check` and of GitHub's attestations",
	bom: "check the version and print only what it is made of, as CycloneDX 1.7 (ML-BOM): files, data, learner and model card, with digests",
	predicate: "check the version and print only how it was judged, as the predicate of an attestation",
	json: "print the version, where everything of it is, and how to use it, as JSON (`refit schema shown-version`)"
};
async function run$4(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new require_light.UsageError("show needs one model, such as churn@v3.", usage$4);
	const [model, wanted] = word.split("@");
	const asked = forms.filter((form) => flags[form] === true);
	if (asked.length > 1) throw new require_light.UsageError(`show prints one of --${asked.join(" and --")}, not both.`, usage$4);
	if (asked[0] !== void 0 && asked[0] !== "json") return printWhole(ports, {
		model,
		wanted,
		as: asked[0]
	});
	const { showVersion } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.show_version_exports);
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
		for (const [file, bytes] of version.files) ports.out.print(checksumLine(file, require_light.sha256(bytes)));
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
		["commit", `${commit.id.slice(0, 12)} of ${require_light.day(version.committedAt)} by ${require_light.quoteForTerminal(version.author)}`],
		["tree", tree.id],
		...pullRequest === null ? [] : [["pull request", pullRequest]],
		...report === null ? [] : [["report", report.url ?? `refit report ${model}@v${version.number}`]],
		...Object.entries(metrics).map(([name, value]) => [name, require_light.formatNumber(value)]),
		...lineage === null ? [] : factsOf(lineage)
	];
	return [
		`${model} v${version.number}${live ? " (champion)" : ""}`,
		...version.broken === null ? [] : [`broken: ${version.broken}`],
		...require_light.columns(facts).map((line) => `  ${line}`),
		...use.length === 0 ? [] : [`Use it (${require_light.docsPage("use-a-model.md")}):`],
		...require_light.columns(use.map(({ from, how }) => [callers[from], how])).map((line) => `  ${line}`)
	];
}
var callers = {
	files: "rows of files",
	node: "Node.js",
	python: "Python",
	http: "HTTP"
};
function factsOf(lineage) {
	const { holdout, data, learner } = lineage;
	const span = holdout.from === null ? "" : `, ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`;
	const learned = require_light.learnedWords({
		until: require_light.learnedUntil(lineage),
		isDeclared: lineage.declared !== void 0
	});
	const rows = data.files.reduce((sum, file) => sum + file.rows, 0);
	return [
		["learner", `${learner.name} ${JSON.stringify(learner.settings)}`],
		...learned === null ? [] : [["learned", learned.replace(/^learned /, "")]],
		["holdout", `${holdout.rows} rows${span}`],
		["data", `${require_light.counted(rows, "row")} in ${require_light.counted(data.files.length, "file")} of ${data.dataset}`],
		["parent", lineage.parent ?? "none (first model)"],
		["inputs", lineage.inputDigest]
	];
}
// ../refit/src/commands/sign.ts
var sign_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$3,
	optionHelp: () => optionHelp$3,
	options: () => options$3,
	run: () => run$3,
	summary: () => summary$3,
	usage: () => usage$3
});
var usage$3 = "refit sign <model>[@vN|@TREE] --key FILE [--passphrase-env NAME] [--certificate FILE [--chain FILE]…] [--output FILE] [--dry-run] [--json]";
var summary$3 = "Sign the files of a version with your own key, in the OpenSSF model signing format.";
var examples$3 = [["refit sign churn --key key.pem", "the live version, into a file such as churn-v3.sig"]];
var options$3 = {
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
var optionHelp$3 = {
	key: "the private key, in PEM: an elliptic curve key on P-256",
	"passphrase-env": "name of the environment variable that holds the passphrase of an encrypted key",
	certificate: "the certificate of the key, in PEM: the signature then contains it instead of the key alone",
	chain: "with --certificate: the certificates of its issuers, in PEM; may be repeated",
	output: "the signature file, relative to the current folder; default: a name such as churn-v3.sig. An existing file is never replaced",
	"dry-run": "check the version and the key, and write nothing",
	json: "print where the signature is, and the digests of all files, as JSON"
};
async function run$3(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new require_light.UsageError("sign needs one model, such as churn@v3.", usage$3);
	const { key, output, certificate, chain = [] } = flags;
	if (key === void 0) throw new require_light.UsageError("sign needs a private key: --key FILE.", usage$3);
	if (chain.length > 0 && certificate === void 0) throw new require_light.UsageError("--chain needs --certificate.", usage$3);
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
	const place = require_light.visibleText(node_path.default.relative(ports.workTree.here, signature), 1e3);
	const done = signed.outcome === "unchanged" ? "is already signed" : dryRun ? "would be signed" : "is signed";
	ports.out.print(`${model} v${version} ${done} in ${place}: ${Object.keys(files).length} files, key ${keyId}`);
	return 0;
}
// ../refit/src/commands/site.ts
var site_exports = require_rolldown_runtime.__exportAll({
	asksForge: () => true,
	examples: () => examples$2,
	optionHelp: () => optionHelp$2,
	options: () => options$2,
	run: () => run$2,
	summary: () => summary$2,
	usage: () => usage$2
});
var usage$2 = "refit site [--output FOLDER] [--offline] [--json]";
var summary$2 = "Write plain pages about all models over time into a folder: what is live, what happened, how versions compare. Only changed pages are written again.";
var examples$2 = [["refit site", "into the folder _site"], ["refit site --output pages --offline", "elsewhere, of what this clone knows"]];
var options$2 = {
	output: { type: "string" },
	offline: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$2 = {
	output: "the folder; default: _site. A folder with other files in it is not touched",
	offline: "use only what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
	json: "print what was written as JSON"
};
async function run$2(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("site takes no arguments.", usage$2);
	const { writeSite } = await Promise.resolve().then(() => write_site_exports);
	const done = await writeSite(ports, flags.output ?? "_site");
	if (flags.json === true) {
		ports.out.print(JSON.stringify(done, null, 2));
		return 0;
	}
	const { folder, models, files, written, removed } = done;
	const changed = `${written} written, ${files - written} unchanged${removed === 0 ? "" : `, ${removed} removed`}`;
	ports.out.print(`${folder}/index.html: ${require_light.counted(models, "model")}, ${require_light.counted(files, "file")} (${changed})`);
	return 0;
}
// ../refit/src/commands/status.ts
var status_exports = require_rolldown_runtime.__exportAll({
	asksForge: () => true,
	examples: () => examples$1,
	optionHelp: () => optionHelp$1,
	options: () => options$1,
	run: () => run$1,
	summary: () => summary$1,
	usage: () => usage$1
});
var usage$1 = "refit status [model…] [--fail-on attention] [--offline] [--json]";
var summary$1 = "Show every model, or the named ones in full: what is live, how it is doing, what is due next, and what needs a person. Reads no data.";
var examples$1 = [["refit status", "every model"], ["refit status --offline --json", "what this clone knows, for programs"]];
var options$1 = {
	"fail-on": { type: "string" },
	offline: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$1 = {
	"fail-on": "attention: exit with 4 where anything needs a person; a proposal or a rejected candidate counts once it is more than 7 days old",
	offline: "use only what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
	json: "print the table as JSON"
};
var needsPerson = 4;
async function run$1(ports, models, flags) {
	const failOn = flags["fail-on"];
	if (failOn !== void 0 && failOn !== "attention") throw new require_light.UsageError(`--fail-on knows "attention" only, not "${failOn}".`, usage$1);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const statuses = await require_light.modelStatuses(ports, repository, models);
	if (ports.publication.unasked !== null) ports.out.notice(ports.publication.unasked);
	const now = ports.clock.now();
	const isAnyOverdue = statuses.some(({ attention }) => attention.some((each) => require_light.isOverdue(each, now)));
	const exitCode = failOn !== void 0 && isAnyOverdue ? needsPerson : 0;
	if (flags.json === true) {
		ports.out.print(JSON.stringify(require_light.answerOf(statuses), null, 2));
		return exitCode;
	}
	if (statuses.length === 0) ports.out.print("There is no model on the base branch yet; create one with `refit init`.");
	const inFull = models.length > 0 || statuses.length === 1;
	const rows = statuses.map((status) => statusCells(status, now));
	printTable(ports.out, statusColumns, rows, (i) => inFull ? statusSentences(statuses[i], now) : []);
	if (inFull) return exitCode;
	const lines = attentionLines(statuses, now);
	if (lines.length > 0) ports.out.print("");
	for (const line of lines) printSentence(ports.out, line);
	return exitCode;
}
// ../refit/src/commands/verify-signature.ts
var verify_signature_exports$1 = require_rolldown_runtime.__exportAll({
	examples: () => examples,
	optionHelp: () => optionHelp,
	options: () => options,
	run: () => run,
	summary: () => summary,
	usage: () => usage
});
var usage = "refit verify-signature <model>[@vN|@TREE] (--key FILE | --root FILE…) [--signature FILE] [--json]";
var summary = "Check that every file of a version is what the holder of a key has signed.";
var examples = [["refit verify-signature churn --key key.pub", "with a public key"], ["refit verify-signature churn@v2 --root ca.pem", "with the certificate of an authority"]];
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
	key: "the public key of the signer, in PEM, or a certificate with it; the issuer of the certificate is checked with --root only",
	root: "a trusted certificate, in PEM: the certificate of the signature has to lead to it, and all in the chain have to be valid now (or at --now); may be repeated, also for intermediate certificates",
	signature: "the signature file, relative to the current folder; default: a name such as churn-v3.sig, as `refit sign` names it",
	json: "print what was verified as JSON"
};
async function run(ports, args, flags) {
	const [word, ...more] = args;
	if (word === void 0 || more.length > 0) throw new require_light.UsageError("verify-signature needs one model, such as churn@v3.", usage);
	const { key, signature, root: roots = [] } = flags;
	if (key === void 0 && roots.length === 0) throw new require_light.UsageError("verify-signature needs a public key or a root: --key FILE or --root FILE.", usage);
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
	const place = require_light.visibleText(node_path.default.relative(ports.workTree.here, verified.signature), 1e3);
	ports.out.print(`${model} v${verified.version} is what ${place} signs: ${verified.files} files, key ${verified.keyId}`);
	const { certificate } = verified;
	if (certificate === null) return 0;
	const [own, ...issuers] = certificate.path.map((subject) => require_light.quoteForTerminal(subject));
	const by = issuers.length === 0 ? "which is a root" : `issued by ${issuers.join(", by ")}`;
	ports.out.print(`Certificate of ${own}, ${by}; valid at ${certificate.validAt}. Whether it was revoked is not known.`);
	return 0;
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
			path: require_light.specPath(model, changed)
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
	return require_light.canonicalJson(JSON.parse(JSON.stringify(said)));
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
			const pattern = require_light.globPattern(glob);
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
		const path = joined(folderOf(from), specifier);
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
	const parts = folderOf(from).split("/").filter(Boolean);
	return dots - 1 > parts.length ? [] : [parts.slice(0, parts.length - (dots - 1)).join("/")];
}
function pythonRoots(from, first, tree) {
	const parts = folderOf(from).split("/").filter(Boolean);
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
	const folders = [...new Set(files.map(folderOf))].flatMap((folder) => [folder, join(folder, "src")]);
	projectsOf.set(tree, folders);
	return folders;
}
function isProduct(path, at) {
	return !isOutput(path, at) && !notProduct.test(path);
}
var notProduct = /\.(?:mdx?|rst|txt)$|(?:^|\/)(?:LICEN[CS]E|CHANGELOG)|(?:^|\/)(?:docs?|tests?|__tests__|__snapshots__|__mocks__|node_modules)\/|\.(?:test|spec)\.[^/]+$|(?:^|\/)(?:test_[^/]+|[^/]+_test|conftest)\.py$/i;
function folderOf(path) {
	const slash = path.lastIndexOf("/");
	return slash < 0 ? "" : path.slice(0, slash);
}
var join = (...parts) => parts.filter(Boolean).join("/");
function joined(folder, relative) {
	const parts = folder.split("/").filter(Boolean);
	for (const part of relative.split("/")) {
		if (part === "" || part === ".") continue;
		if (part !== "..") parts.push(part);
		else if (parts.pop() === void 0) return null;
	}
	return parts.join("/");
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
			packages: await foldersOf$1(names, workspace),
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
async function foldersOf$1(names, workspace) {
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
	const digests = require_light.digestOfInputs(ports, written, {
		files: listed(files),
		tables: new Map(further.map(([name, each]) => [name, listed(each)]))
	});
	const all = [sources, ...tables.map((table) => table.sources)];
	const pointers = all.flatMap((of) => dataPaths(of, side.index).filter(isPointer)).map((path) => side.blobs.get(path));
	const elsewhere = all.map((of) => of.filter(({ path }) => require_light.schemeOf(path) !== ""));
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
	const isRemote = sources.some(({ path }) => require_light.schemeOf(path) !== "");
	const patterns = sources.map(({ path }) => require_light.globPattern(path));
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
		const known = texts.get(blob) ?? ports.git.read([blob]).then(([bytes]) => bytes ? require_light.decodeText(bytes) : null);
		texts.set(blob, known);
		return known;
	}
	async function parsedAt({ blobs }, path, parser) {
		const blob = blobs.get(path);
		return blob === void 0 ? null : require_light.parsedObject(ports, repository, blob, parser);
	}
	async function manifestOf(side, specFile, dataset) {
		const file = require_light.manifestPath(dataset);
		const manifest = await parsedAt(side, file, require_light.manifestParser(file, schemes));
		if (manifest === null) throw new require_light.ManifestMissingError(specFile, file);
		if (manifest.views === void 0) return manifest;
		const viewTexts = {};
		for (const name of manifest.views) {
			const blob = side.blobs.get(require_light.viewFile(name));
			if (blob === void 0) throw new require_light.ViewMissingError(file, require_light.viewFile(name));
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
			const file = require_light.specPath(model, repository);
			const spec = await parsedAt(side, file, require_light.specParser(file, installed));
			if (spec === null) throw new require_light.ModelUnknownError(model, [], repository);
			const manifest = await manifestOf(side, file, spec.data);
			const at = {
				...repository,
				baseCommit: side.commit
			};
			return {
				spec: await require_light.withCodeDigests(ports, at, spec, { workTree: false }),
				manifest
			};
		},
		async lineage(side, model) {
			const file = `${require_light.championFolder(model, repository)}/lineage.json`;
			return parsedAt(side, file, require_light.lineageParser(file));
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
		const projects = graph === null ? null : usedProjects(graph, require_light.modelFolder(model, repository));
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
	const earlier = ({ model, lineage }) => require_light.orFailed(async () => digestedSide(ports, await reader.model(before, model), before, lineage), () => null);
	async function affectedOf(read) {
		const { model, side } = read;
		const imported = importedAmong(read.used, changed);
		const isNew = !before.blobs.has(require_light.specPath(model, repository));
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
		throw new require_light.UsageError(`${require_light.quoted(revision)} is not a commit in this clone. If the remote has it, run \`git fetch\` first.`, usage);
	};
	const [from, to] = await Promise.all([base === null ? located.baseCommit : commitOf(base), commitOf(head ?? "HEAD")]);
	const common = await ports.ancestry.mergeBase(from, to) ?? from;
	const [changes, entries] = await Promise.all([ports.changes.between(common, to), ports.git.list(to)]);
	const repository = await require_light.laidOut(ports, {
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
	const { models, misnamed } = await require_light.findModels(ports, repository);
	for (const { message, hint } of misnamed) ports.out.notice(`${message} ${hint}`);
	return Promise.all(models.map((model) => require_light.orFailed(() => one(model), (error) => ({
		model,
		error
	}))));
}
function removedModels({ repository, changes }) {
	return changes.flatMap(({ path, after }) => {
		const model = require_light.modelOfSpec(path, repository);
		if (after !== null || model === null || require_light.nameProblem(model) !== null) return [];
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
	const columns = require_light.fileColumnsOf(side.manifest).map(({ name }) => `files that the column ${name} names`);
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
// ../refit/src/runs/demo/broken-reports.ts
function brokenReports(csv) {
	const [header, ...rows] = csv.trimEnd().split("\n");
	const names = header.split(",");
	const size = names.indexOf("Wildlife Size");
	const speed = names.indexOf("Speed IAS in knots");
	return `${[header, ...rows.map((row, i) => {
		const cells = row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g).map((cell) => cell.replace(/,$/, ""));
		if (i % 10 < 4) cells[size] = "";
		if (cells[speed]) cells[speed] = String(Number(cells[speed]) * 1e3);
		return cells.slice(0, names.length).join(",");
	})].join("\n")}\n`;
}
var reportsIn = (csv) => csv.trimEnd().split("\n").length - 1;
// ../refit/src/runs/demo/birdstrikes-story.ts
var model = "birdstrikes";
var branch = `refit--${model}`;
var spec = `models/${model}/model.yaml`;
function birdstrikesStory(scene, { manifest, spec: specText, years }) {
	const arrive = async (year, reports, at) => {
		await scene.write(`data/${model}/${year}.csv`, reports);
		scene.at(at);
		await scene.commit(`Add the reports of ${year}`);
	};
	return {
		async begin() {
			await scene.write(`data-manifests/${model}.yaml`, manifest);
			await scene.write(spec, specText);
			await scene.write(".gitattributes", "models/**/champion/** -text -merge\ndata/** -text\n");
			for (let year = 1990; year <= 1993; year++) await scene.write(`data/${model}/${year}.csv`, years.get(year));
			scene.at("1994-01-03T09:00:00Z");
			await scene.commit("Add the reports of 1990 to 1993, and what to predict from them");
		},
		showLeak: () => showLeak(scene, specText),
		firstModel: () => firstModel(scene),
		async quietNight() {
			scene.say("The next night nothing is new.");
			scene.at("1994-01-05T03:00:00Z");
			expect((await scene.refit("run", model)).includes("nothing has changed since the champion was trained"), "the quiet run says why it skips");
		},
		async brokenFeed(year) {
			scene.say(`The reports of ${year} arrive broken: wildlife sizes are missing, and speeds are a thousand times too large.`);
			await arrive(year, brokenReports(years.get(year)), `${year + 1}-01-02T09:00:00Z`);
			scene.at(`${year + 1}-01-02T10:00:00Z`);
			const said = await scene.refit("run", model);
			expect(said.startsWith(`${model}: blocked`), "broken data block");
			expect(/null-jump.*"wildlife_size"/.test(said), "the missing sizes are found");
			expect(/unit-change.*"speed"/.test(said), "the change of unit is found");
			scene.say("The feed is repaired.");
		},
		async newYear(year, how = "fast-forward") {
			scene.say(`The reports of ${year} arrive (${reportsIn(years.get(year))} rows).`);
			await arrive(year, years.get(year), `${year + 1}-01-03T09:00:00Z`);
			await newModel(scene, year, how);
		},
		rollBack: (year) => rollBack(scene, year)
	};
}
async function firstModel(scene) {
	scene.say("At night refit runs for the first time.");
	scene.at("1994-01-04T03:00:00Z");
	expect(await decisionOf(scene) === "proposed", "the first model is proposed");
	scene.say("A person reads the report and merges the branch. That is the promotion, and nothing else is.");
	await merge(scene, "1994-01-04T10:00:00Z", "fast-forward");
	await scene.refit("log", model);
}
async function showLeak(scene, specText) {
	scene.say("What if the cost columns were left in? (a dry run on the work tree; nothing is written)");
	await scene.write(spec, specText.replace(/^features:.*$/m, "features: {}"));
	const [outcome] = await scene.json("run", model, "--dry-run");
	const found = outcome.evidence.evaluation.findings.filter(({ code }) => code.startsWith("leak-"));
	for (const { severity, code, message } of found) scene.show(`${severity} ${code}: ${message}`);
	expect(found.some(({ message }) => message.includes("cost")), "the leakage check names a cost column");
	await scene.write(spec, specText);
}
async function newModel(scene, year, how) {
	scene.at(`${year + 1}-01-04T03:00:00Z`);
	const decision = await decisionOf(scene);
	if (decision === "rejected") return scene.say("A gate failed: the champion stays, and nobody has to act.");
	const weak = decision === "inconclusive";
	expect(weak || decision === "proposed", `${year} ends in a proposal, not in ${decision}`);
	scene.say(weak ? "The evidence is too weak for refit; the reviewer prefers fresh data and merges it." : "The reviewer merges it.");
	await merge(scene, `${year + 1}-01-04T10:00:00Z`, how);
}
async function rollBack(scene, year) {
	scene.say("Two days later the team wants the earlier model back. A person reverts the merge, with plain git.");
	scene.at(`${year + 1}-01-06T09:00:00Z`);
	const parents = (await scene.ask("rev-list", "--parents", "-n", "1", "HEAD")).split(" ").length - 1;
	await scene.git([
		"revert",
		"--no-edit",
		...parents > 1 ? ["-m", "1"] : [],
		"HEAD"
	]);
	await scene.refit("log", model);
	expect((await scene.json("log", model)).events.at(-1)?.kind === "rollback", "the log shows the rollback");
	scene.say("The next nights do not propose the same model again.");
	scene.at(`${year + 1}-01-08T03:00:00Z`);
	const said = await scene.refit("run", model);
	expect(/suppressed.*rolled back/.test(said), "the rolled-back model is not proposed again");
}
async function decisionOf(scene) {
	return /^\S+: (\w+)/.exec(await scene.refit("run", model))[1];
}
async function merge(scene, at, how) {
	scene.at(at);
	if (how === "merge") await scene.git([
		"merge",
		"--no-ff",
		"--no-edit",
		branch
	]);
	else if (how === "fast-forward") await scene.git(["merge", branch]);
	else {
		await scene.git([
			"merge",
			"--squash",
			branch
		]);
		await scene.git([
			"commit",
			"--message",
			"A new model"
		], "commit --message \"A new model\"");
	}
}
function expect(holds, what) {
	if (!holds) throw new Error(`The demo's story does not hold: expected that ${what}.`);
}
// ../refit/src/runs/demo/demo-scene.ts
function demoScene(repository, tell) {
	let now = "1990-01-01T00:00:00Z";
	const ask = (...words) => repository.git(now, words);
	return {
		folder: repository.folder,
		at: (iso) => {
			now = iso;
		},
		say: (text) => tell({
			kind: "told",
			text
		}),
		show: (text) => tell({
			kind: "output",
			text
		}),
		write: (file, text) => repository.write(file, text),
		async commit(message) {
			await ask("add", "--all");
			await ask("commit", "--quiet", "--message", message);
		},
		async git(words, shown = words.join(" ")) {
			tell({
				kind: "command",
				text: `git ${shown}`
			});
			return ask(...words);
		},
		ask,
		async refit(...words) {
			tell({
				kind: "command",
				text: `refit ${words.join(" ")}`
			});
			const { exitCode, stdout, stderr } = await repository.refit(now, words);
			if (exitCode === 1 || stdout === "") throw new Error(`refit ${words.join(" ")} failed:\n${stdout}${stderr}`);
			tell({
				kind: "output",
				text: stdout.trimEnd()
			});
			return stdout;
		},
		async json(...words) {
			const { exitCode, stdout, stderr } = await repository.refit(now, [...words, "--json"]);
			if (exitCode === 1 || stdout === "") throw new Error(`refit ${words.join(" ")} failed:\n${stdout}${stderr}`);
			return JSON.parse(stdout);
		}
	};
}
// ../refit/src/runs/demo/play-demo.ts
var play_demo_exports = require_rolldown_runtime.__exportAll({ playDemo: () => playDemo });
async function playDemo({ demo }, folder, tell) {
	const [material, repository] = await Promise.all([demo.material(), demo.open(folder)]);
	const scene = demoScene(repository, tell);
	const story = birdstrikesStory(scene, material);
	scene.say("It is January 1994. A repository has four years of reports on bird strikes, a data manifest, and a model.yaml that asks: did the strike damage the aircraft? There is no model yet.");
	await story.begin();
	await scene.git(["ls-files"]).then((files) => scene.show(files));
	await story.firstModel();
	await story.quietNight();
	await story.brokenFeed(1994);
	await story.newYear(1994);
	await story.rollBack(1994);
	const { versions } = await scene.json("log", "birdstrikes");
	return {
		folder,
		versions: versions.map(({ number }) => ({ number }))
	};
}
// ../refit/src/runs/run-as-worker.ts
var run_as_worker_exports = require_rolldown_runtime.__exportAll({ runAsWorker: () => runAsWorker });
async function runAsWorker(ports, request) {
	const { foreman, forge, publication } = ports;
	let runs = null;
	try {
		for (let task = await foreman.next(); task !== null; task = await foreman.next()) {
			runs ??= await require_light.runsHere(ports, task.repository, request);
			forge.expect(task.next);
			const outcomes = await runs.run(task, false);
			foreman.answer({
				outcomes,
				refs: publication.refs()
			});
		}
	} catch (thrown) {
		const error = require_light.systemRefusal(thrown) ?? thrown;
		if (error instanceof require_light.RefitError) return foreman.giveUp(require_light.failedModel(error), null);
		const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
		foreman.giveUp({
			code: "bug",
			message: require_light.redact(message),
			hint: ""
		}, require_light.redact(stack));
	} finally {
		await runs?.close();
	}
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
function billOfMaterials(version$1) {
	const { folder, lineage, features, treeId, number, files } = version$1;
	const data = dataOf(lineage);
	const learner = component("learner", "library", lineage.learner.name, {
		version: String(lineage.learner.algorithmVersion),
		description: "The learner; its version is that of its algorithm.",
		properties: properties({ "refit:settings": require_light.canonicalJson(lineage.learner.settings) })
	});
	const own = [...files].map(([file, bytes]) => fileComponent(file, require_light.sha256(bytes), { bytes: bytes.byteLength }));
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
				version: require_light.version
			}] },
			component: component("model", "machine-learning-model", lineage.model, {
				version: `v${number}`,
				description: `Predicts ${features.target.name}. Its files are in ${folder}.`,
				...treeId.length === 40 && { swhid: [`swh:1:dir:${treeId}`] },
				externalReferences: [{
					type: "documentation",
					url: require_light.docsPage("use-a-model.md")
				}],
				components: own,
				modelCard: modelCardOf(version$1, data),
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
	return require_light.canonicalJson(JSON.parse(JSON.stringify(bom)), 2);
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
			"refit:declared": lineage.declared === void 0 ? null : require_light.canonicalJson(lineage.declared)
		})
	};
}
function metricsOf(files) {
	const bytes = files.get("metrics.json");
	const { holdout = {}, slices = {} } = bytes === void 0 ? {} : JSON.parse(require_light.decodeText(bytes));
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
	return typeof value === "object" ? require_light.canonicalJson(value) : String(value);
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
	return require_light.canonicalJson(JSON.parse(JSON.stringify(predicate)), 2);
}
var read = (bytes) => bytes === void 0 ? null : JSON.parse(require_light.decodeText(bytes));
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
	return new Map([...files].map(([file, bytes]) => [file, require_light.sha256(bytes)]));
}
function digestOfAll(digests) {
	return require_light.sha256(Buffer.from(digests.join(""), "hex"));
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
	require_light.requireFit("its statement", value, statementCheck);
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
var statementCheck = require_light.fields({
	_type: require_light.wordOf(STATEMENT),
	predicateType: require_light.wordOf(PREDICATE),
	subject: require_light.list(require_light.fields({
		digest: require_light.fields({ sha256: require_light.text }),
		name: require_light.text
	}), 1),
	predicate: require_light.fields({
		serialization: require_light.fields({ method: require_light.wordOf("files") }),
		resources: require_light.list(require_light.fields({
			algorithm: require_light.wordOf("sha256"),
			digest: require_light.fits("64 hex digits", (digest) => typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest)),
			name: require_light.text
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
		return readModelStatement(file, JSON.parse(require_light.decodeText(payload)));
	});
}
function unlessDamaged(file, read) {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof require_light.ArtifactInvalidError || error instanceof SyntaxError)) throw error;
		throw new SignatureInvalidError(file, "damaged", `is not a signature of a model: ${error instanceof SyntaxError ? "is not JSON" : error.message.replace(/\.$/, "")}`, { cause: error });
	}
}
function certificatesIn(file, bytes) {
	return unlessDamaged(file, () => {
		const value = JSON.parse(require_light.decodeText(bytes));
		require_light.requireFit(CONTENT, value, require_light.fields({ verificationMaterial: optional(materialCheck) }));
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
		throw new require_light.ArtifactInvalidError(CONTENT, "verificationMaterial.x509CertificateChain", "certificates in DER");
	}
}
function envelopeOf(bytes) {
	const value = JSON.parse(require_light.decodeText(bytes));
	require_light.requireFit(CONTENT, value, bundleCheck);
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
var hint = (value) => value === void 0 || value === null ? void 0 : require_light.text(value, 0);
var materialCheck = require_light.fields({
	publicKey: optional(require_light.fields({ hint })),
	x509CertificateChain: optional(require_light.fields({ certificates: require_light.list(require_light.fields({ rawBytes: require_light.text })) }))
});
var bundleCheck = require_light.fields({
	mediaType: require_light.wordOf(BUNDLE),
	dsseEnvelope: require_light.fields({
		payloadType: require_light.wordOf(PAYLOAD),
		signatures: require_light.list(require_light.fields({ sig: require_light.text }), 1),
		payload: require_light.text
	}),
	verificationMaterial: materialCheck
});
function signedBytes(payload) {
	return Buffer.concat([Buffer.from(`DSSEv1 28 ${PAYLOAD} ${payload.byteLength} `), payload]);
}
// ../refit/src/runs/sign/sign-version.ts
var sign_version_exports = require_rolldown_runtime.__exportAll({ signVersion: () => signVersion });
var signatureFile = (model, number) => `${require_light.flatName(model)}-v${number}.sig`;
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
	if (before !== null && !isSigned) throw new require_light.FilesInTheWayError([{
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
	return require_light.decodeText(bytes);
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
			bytes: require_light.encodeText(text),
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
var named = (name) => require_light.quoted(lineOf(name), 200);
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
	].flatMap(([files, what]) => files.length === 0 ? [] : [`${what}: ${require_light.quotedList(files)}`]).join("; ");
}
function otherTree(subject, treeId) {
	const named = /@([0-9a-f]{40,64})$/.exec(subject)?.[1];
	return named === void 0 || named === treeId ? "" : `. It was made for the tree ${named}`;
}
// ../refit/src/runs/site/site-folder.ts
var MARK = "refit-site.json";
async function openSiteFolder({ files }, folder) {
	const mark = await files.read(node_path.default.join(folder, MARK));
	if (mark === null) {
		if ((await files.children(folder)).length > 0 || await files.read(folder) !== null) throw inTheWay(folder, "is not empty, and no site of refit is in it");
		return {
			path: folder,
			keys: new Map(),
			site: ""
		};
	}
	const stored = storedMark(mark);
	if (stored === null) throw inTheWay(node_path.default.join(folder, MARK), "is not as refit writes it; remove the folder");
	if (stored.refit !== "0.1.0") return {
		path: folder,
		keys: new Map(stored.files.map(([file]) => [file, ""])),
		site: ""
	};
	return {
		path: folder,
		keys: new Map(stored.files),
		site: stored.site
	};
}
var inTheWay = (place, problem) => new require_light.FilesInTheWayError([{
	path: node_path.default.basename(place),
	problem,
	replaceable: false
}]);
var ownPath = /^(?:[a-z0-9][a-z0-9-]*\/){0,3}[a-z0-9][a-z0-9-]*\.(?:html|svg|json|xml|css|js)$/;
function storedMark(bytes) {
	try {
		const { format, refit, site, files } = JSON.parse(require_light.decodeText(bytes));
		if (format !== 1 || typeof files !== "object" || files === null) return null;
		const entries = Object.entries(files);
		return entries.every((entry) => ownPath.test(entry[0]) && typeof entry[1] === "string") ? {
			refit,
			site: typeof site === "string" ? site : "",
			files: entries
		} : null;
	} catch {
		return null;
	}
}
async function presentFiles({ files }, folder, paths) {
	const present = new Set();
	for (const below of foldersOf(paths)) for (const { name, kind } of await files.children(node_path.default.join(folder, below))) if (kind !== "folder") present.add(below === "" ? name : `${below}/${name}`);
	return present;
}
async function refuseOthers({ workTree }, { path: folder, keys }, paths, present) {
	const foreign = paths.filter((file) => present.has(file) && !keys.has(file));
	const real = await workTree.realPlace(folder);
	const linked = [];
	for (const below of foldersOf([...paths, ...keys.keys()])) if (await workTree.realPlace(node_path.default.join(folder, below)) !== node_path.default.join(real, below)) linked.push(below);
	if (foreign.length + linked.length === 0) return;
	throw new require_light.FilesInTheWayError([...foreign.map((file) => ({
		path: file,
		problem: "was not written by refit",
		replaceable: false
	})), ...linked.map((below) => ({
		path: below,
		problem: "leads to another place",
		replaceable: false
	}))]);
}
async function writeMark({ files }, { path: folder, keys, site }) {
	const mark = {
		format: 1,
		refit: require_light.version,
		site,
		files: Object.fromEntries(keys)
	};
	await files.write(node_path.default.join(folder, MARK), require_light.encodeText(`${require_light.canonicalJson(mark, 1)}\n`), { lasting: false });
}
function foldersOf(paths) {
	const folders = new Set();
	for (const file of paths) folders.add(file.slice(0, Math.max(0, file.lastIndexOf("/"))));
	return folders;
}
// ../refit/src/runs/site/find-site.ts
async function findSite(ports, repository) {
	const statuses = await require_light.modelStatuses(ports, repository);
	const names = statuses.map(({ model }) => model);
	const histories = await require_light.readModelHistories(ports, repository, names);
	const models = [];
	for (const status of statuses) {
		const { history, metrics } = histories.get(status.model);
		const policy = await policyOf(ports, repository, status.model);
		models.push({
			status: shownStatus(status, ports.clock.now()),
			history,
			metrics,
			...policy
		});
	}
	const pages = await ports.pages.find();
	const madeFrom = [
		statuses,
		models.map(({ status, gates, sensitive, history }) => [
			status,
			gates,
			sensitive,
			historyKey(history)
		]),
		names.map((model) => require_light.championFolder(model, repository)),
		await ledgerIds(ports, repository, names),
		pages && [pages.home, pages.commit("")]
	];
	return {
		repository,
		statuses,
		models,
		pages,
		digest: require_light.sha256(JSON.stringify(madeFrom))
	};
}
function historyKey({ events, versions }) {
	return [...events.map(({ commit, treeId, kind }) => `${commit.sha} ${treeId} ${kind}`), ...versions.flatMap(({ number, broken, newerFormat }) => broken === null && newerFormat === null ? [] : `${number} ${newerFormat} ${broken}`)];
}
async function ledgerIds(ports, repository, models) {
	const places = await require_light.ledgerFiles(ports, repository, models);
	return Promise.all(places.map((place) => ports.git.resolve(place)));
}
function shownStatus(status, now) {
	const { model, state, version, since, learnedUntil, metric, proposal, proposalState, next } = status;
	return {
		model,
		state,
		version,
		since,
		learnedUntil,
		newer: metric?.since ?? null,
		attention: status.attention.filter(({ kind }) => kind !== "proposal").map((each) => ({
			label: attentionLabel(each, now),
			what: attentionWords(model, each, now).what
		})),
		proposal,
		proposalState,
		due: next === null ? [] : dueSentences(next)
	};
}
async function policyOf(ports, repository, model) {
	try {
		const { spec, manifest } = await require_light.readSpecs(ports, repository, model, {
			workTree: false,
			isCompared: false
		});
		const { primary } = spec.metrics;
		return {
			gates: spec.gates.flatMap(({ metric, slice, min, max }) => {
				const [sign, value] = min === void 0 ? ["at most", max] : ["at least", min];
				return metric !== primary || slice !== void 0 || value === void 0 ? [] : [{
					label: `gate today: ${sign} ${value}`,
					value
				}];
			}),
			sensitive: manifest.sensitive
		};
	} catch (error) {
		if (error instanceof require_light.RefitError) return {
			gates: [],
			sensitive: null
		};
		throw error;
	}
}
// ../refit/src/runs/site/write-site.ts
var write_site_exports = require_rolldown_runtime.__exportAll({ writeSite: () => writeSite });
async function writeSite(ports, output) {
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const target = node_path.default.resolve(ports.workTree.here, output);
	await refuseInsideVersion(ports, repository, target, "--output FOLDER");
	const folder = await openSiteFolder(ports, target);
	const found = await findSite(ports, repository);
	const done = {
		folder: target,
		models: found.models.length
	};
	if (folder.site === found.digest && await isWhole(ports, folder)) return {
		...done,
		files: folder.keys.size,
		written: 0,
		removed: 0
	};
	const { writeChanged } = await Promise.resolve().then(() => require("./work.cjs")).then((n) => n.write_changed_exports);
	return {
		...done,
		...await writeChanged(ports, folder, found)
	};
}
async function isWhole(ports, folder) {
	const paths = [...folder.keys.keys()];
	const present = await presentFiles(ports, folder.path, paths);
	await refuseOthers(ports, folder, paths, present);
	return paths.every((file) => present.has(file));
}
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
Object.defineProperty(exports, "InputInvalidError", {
	enumerable: true,
	get: function() {
		return InputInvalidError;
	}
});
Object.defineProperty(exports, "MetricInvalidError", {
	enumerable: true,
	get: function() {
		return MetricInvalidError;
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
Object.defineProperty(exports, "UnknownColumnError", {
	enumerable: true,
	get: function() {
		return UnknownColumnError;
	}
});
Object.defineProperty(exports, "affected_exports", {
	enumerable: true,
	get: function() {
		return affected_exports;
	}
});
Object.defineProperty(exports, "affected_exports$1", {
	enumerable: true,
	get: function() {
		return affected_exports$1;
	}
});
Object.defineProperty(exports, "answersFor", {
	enumerable: true,
	get: function() {
		return answersFor;
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
Object.defineProperty(exports, "asWrittenThen", {
	enumerable: true,
	get: function() {
		return asWrittenThen;
	}
});
Object.defineProperty(exports, "attentionWords", {
	enumerable: true,
	get: function() {
		return attentionWords;
	}
});
Object.defineProperty(exports, "backtest_exports", {
	enumerable: true,
	get: function() {
		return backtest_exports;
	}
});
Object.defineProperty(exports, "besideModel", {
	enumerable: true,
	get: function() {
		return besideModel;
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
Object.defineProperty(exports, "calibrated_exports", {
	enumerable: true,
	get: function() {
		return calibrated_exports;
	}
});
Object.defineProperty(exports, "calibrationBins", {
	enumerable: true,
	get: function() {
		return calibrationBins;
	}
});
Object.defineProperty(exports, "callFile", {
	enumerable: true,
	get: function() {
		return callFile;
	}
});
Object.defineProperty(exports, "canarySentence", {
	enumerable: true,
	get: function() {
		return canarySentence;
	}
});
Object.defineProperty(exports, "canary_exports", {
	enumerable: true,
	get: function() {
		return canary_exports;
	}
});
Object.defineProperty(exports, "changedClauses", {
	enumerable: true,
	get: function() {
		return changedClauses;
	}
});
Object.defineProperty(exports, "checkAnswers", {
	enumerable: true,
	get: function() {
		return checkAnswers;
	}
});
Object.defineProperty(exports, "checkProbes", {
	enumerable: true,
	get: function() {
		return checkProbes;
	}
});
Object.defineProperty(exports, "check_exports", {
	enumerable: true,
	get: function() {
		return check_exports;
	}
});
Object.defineProperty(exports, "classifierSentence", {
	enumerable: true,
	get: function() {
		return classifierSentence;
	}
});
Object.defineProperty(exports, "compareFolders", {
	enumerable: true,
	get: function() {
		return compareFolders;
	}
});
Object.defineProperty(exports, "complete_exports", {
	enumerable: true,
	get: function() {
		return complete_exports;
	}
});
Object.defineProperty(exports, "confusionMetrics", {
	enumerable: true,
	get: function() {
		return confusionMetrics;
	}
});
Object.defineProperty(exports, "confusionOf", {
	enumerable: true,
	get: function() {
		return confusionOf;
	}
});
Object.defineProperty(exports, "dashboard_exports", {
	enumerable: true,
	get: function() {
		return dashboard_exports;
	}
});
Object.defineProperty(exports, "definedReplicates", {
	enumerable: true,
	get: function() {
		return definedReplicates;
	}
});
Object.defineProperty(exports, "demo_exports", {
	enumerable: true,
	get: function() {
		return demo_exports;
	}
});
Object.defineProperty(exports, "demo_material_exports", {
	enumerable: true,
	get: function() {
		return demo_material_exports;
	}
});
Object.defineProperty(exports, "demo_repository_exports", {
	enumerable: true,
	get: function() {
		return demo_repository_exports;
	}
});
Object.defineProperty(exports, "diff_exports", {
	enumerable: true,
	get: function() {
		return diff_exports;
	}
});
Object.defineProperty(exports, "differenceSentence", {
	enumerable: true,
	get: function() {
		return differenceSentence;
	}
});
Object.defineProperty(exports, "digestsOfImport", {
	enumerable: true,
	get: function() {
		return digestsOfImport;
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
Object.defineProperty(exports, "driftVerdictSentence", {
	enumerable: true,
	get: function() {
		return driftVerdictSentence;
	}
});
Object.defineProperty(exports, "drift_exports", {
	enumerable: true,
	get: function() {
		return drift_exports;
	}
});
Object.defineProperty(exports, "duckdb_exports", {
	enumerable: true,
	get: function() {
		return duckdb_exports;
	}
});
Object.defineProperty(exports, "evaluateMetrics", {
	enumerable: true,
	get: function() {
		return evaluateMetrics;
	}
});
Object.defineProperty(exports, "explain_exports", {
	enumerable: true,
	get: function() {
		return explain_exports;
	}
});
Object.defineProperty(exports, "export_exports", {
	enumerable: true,
	get: function() {
		return export_exports;
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
Object.defineProperty(exports, "fetchStored", {
	enumerable: true,
	get: function() {
		return fetchStored;
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
		return filesOf;
	}
});
Object.defineProperty(exports, "findVersion", {
	enumerable: true,
	get: function() {
		return findVersion;
	}
});
Object.defineProperty(exports, "find_package_exports", {
	enumerable: true,
	get: function() {
		return find_package_exports;
	}
});
Object.defineProperty(exports, "futureKnowledge", {
	enumerable: true,
	get: function() {
		return futureKnowledge;
	}
});
Object.defineProperty(exports, "git_settings_exports", {
	enumerable: true,
	get: function() {
		return git_settings_exports;
	}
});
Object.defineProperty(exports, "givenModel", {
	enumerable: true,
	get: function() {
		return givenModel;
	}
});
Object.defineProperty(exports, "howToUse", {
	enumerable: true,
	get: function() {
		return howToUse;
	}
});
Object.defineProperty(exports, "import_exports", {
	enumerable: true,
	get: function() {
		return import_exports;
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
Object.defineProperty(exports, "isAgainstChampion", {
	enumerable: true,
	get: function() {
		return isAgainstChampion;
	}
});
Object.defineProperty(exports, "jobMatrix", {
	enumerable: true,
	get: function() {
		return jobMatrix;
	}
});
Object.defineProperty(exports, "judgedTogether", {
	enumerable: true,
	get: function() {
		return judgedTogether;
	}
});
Object.defineProperty(exports, "judgementsOfModel", {
	enumerable: true,
	get: function() {
		return judgementsOfModel;
	}
});
Object.defineProperty(exports, "levelText", {
	enumerable: true,
	get: function() {
		return levelText;
	}
});
Object.defineProperty(exports, "mainFile", {
	enumerable: true,
	get: function() {
		return mainFile;
	}
});
Object.defineProperty(exports, "makeAgain", {
	enumerable: true,
	get: function() {
		return makeAgain;
	}
});
Object.defineProperty(exports, "measuredRowsWords", {
	enumerable: true,
	get: function() {
		return measuredRowsWords;
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
Object.defineProperty(exports, "modelToImport", {
	enumerable: true,
	get: function() {
		return modelToImport;
	}
});
Object.defineProperty(exports, "namedOrAll", {
	enumerable: true,
	get: function() {
		return namedOrAll;
	}
});
Object.defineProperty(exports, "newestWith", {
	enumerable: true,
	get: function() {
		return newestWith;
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
Object.defineProperty(exports, "onnx_learner_exports", {
	enumerable: true,
	get: function() {
		return onnx_learner_exports;
	}
});
Object.defineProperty(exports, "onnx_runtime_exports", {
	enumerable: true,
	get: function() {
		return onnx_runtime_exports;
	}
});
Object.defineProperty(exports, "openSession", {
	enumerable: true,
	get: function() {
		return openSession;
	}
});
Object.defineProperty(exports, "outdatedParts", {
	enumerable: true,
	get: function() {
		return outdatedParts;
	}
});
Object.defineProperty(exports, "pairedReplicate", {
	enumerable: true,
	get: function() {
		return pairedReplicate;
	}
});
Object.defineProperty(exports, "parquet_rows_exports", {
	enumerable: true,
	get: function() {
		return parquet_rows_exports;
	}
});
Object.defineProperty(exports, "percent", {
	enumerable: true,
	get: function() {
		return percent;
	}
});
Object.defineProperty(exports, "percentageErrors", {
	enumerable: true,
	get: function() {
		return percentageErrors;
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
Object.defineProperty(exports, "pinballLosses", {
	enumerable: true,
	get: function() {
		return pinballLosses;
	}
});
Object.defineProperty(exports, "plan_exports", {
	enumerable: true,
	get: function() {
		return plan_exports;
	}
});
Object.defineProperty(exports, "poissonBootstrap", {
	enumerable: true,
	get: function() {
		return poissonBootstrap;
	}
});
Object.defineProperty(exports, "predictedClasses", {
	enumerable: true,
	get: function() {
		return predictedClasses;
	}
});
Object.defineProperty(exports, "presentFiles", {
	enumerable: true,
	get: function() {
		return presentFiles;
	}
});
Object.defineProperty(exports, "printTable", {
	enumerable: true,
	get: function() {
		return printTable;
	}
});
Object.defineProperty(exports, "probes_exports", {
	enumerable: true,
	get: function() {
		return probes_exports;
	}
});
Object.defineProperty(exports, "programsOnnx", {
	enumerable: true,
	get: function() {
		return programsOnnx;
	}
});
Object.defineProperty(exports, "promote_exports", {
	enumerable: true,
	get: function() {
		return promote_exports;
	}
});
Object.defineProperty(exports, "proposeRollback", {
	enumerable: true,
	get: function() {
		return proposeRollback;
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
Object.defineProperty(exports, "readChampionFile", {
	enumerable: true,
	get: function() {
		return readChampionFile;
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
Object.defineProperty(exports, "readPolicy", {
	enumerable: true,
	get: function() {
		return readPolicy;
	}
});
Object.defineProperty(exports, "readProbes", {
	enumerable: true,
	get: function() {
		return readProbes;
	}
});
Object.defineProperty(exports, "readWhole", {
	enumerable: true,
	get: function() {
		return readWhole;
	}
});
Object.defineProperty(exports, "refuseInsideVersion", {
	enumerable: true,
	get: function() {
		return refuseInsideVersion;
	}
});
Object.defineProperty(exports, "refuseOthers", {
	enumerable: true,
	get: function() {
		return refuseOthers;
	}
});
Object.defineProperty(exports, "reject_exports", {
	enumerable: true,
	get: function() {
		return reject_exports;
	}
});
Object.defineProperty(exports, "remoteOfThen", {
	enumerable: true,
	get: function() {
		return remoteOfThen;
	}
});
Object.defineProperty(exports, "reproduce_exports", {
	enumerable: true,
	get: function() {
		return reproduce_exports;
	}
});
Object.defineProperty(exports, "rollback_exports", {
	enumerable: true,
	get: function() {
		return rollback_exports;
	}
});
Object.defineProperty(exports, "run_worker_exports", {
	enumerable: true,
	get: function() {
		return run_worker_exports;
	}
});
Object.defineProperty(exports, "sameCard", {
	enumerable: true,
	get: function() {
		return sameCard;
	}
});
Object.defineProperty(exports, "show_exports", {
	enumerable: true,
	get: function() {
		return show_exports;
	}
});
Object.defineProperty(exports, "sign_exports", {
	enumerable: true,
	get: function() {
		return sign_exports;
	}
});
Object.defineProperty(exports, "site_exports", {
	enumerable: true,
	get: function() {
		return site_exports;
	}
});
Object.defineProperty(exports, "squaredErrors", {
	enumerable: true,
	get: function() {
		return squaredErrors;
	}
});
Object.defineProperty(exports, "stackFeatures", {
	enumerable: true,
	get: function() {
		return stackFeatures;
	}
});
Object.defineProperty(exports, "status_exports", {
	enumerable: true,
	get: function() {
		return status_exports;
	}
});
Object.defineProperty(exports, "storedFile", {
	enumerable: true,
	get: function() {
		return storedFile;
	}
});
Object.defineProperty(exports, "taskCheck", {
	enumerable: true,
	get: function() {
		return taskCheck;
	}
});
Object.defineProperty(exports, "verify_signature_exports", {
	enumerable: true,
	get: function() {
		return verify_signature_exports$1;
	}
});
Object.defineProperty(exports, "waysToUse", {
	enumerable: true,
	get: function() {
		return waysToUse;
	}
});
Object.defineProperty(exports, "whyNotTrained", {
	enumerable: true,
	get: function() {
		return whyNotTrained;
	}
});
Object.defineProperty(exports, "workflows_exports", {
	enumerable: true,
	get: function() {
		return workflows_exports;
	}
});
Object.defineProperty(exports, "writeMark", {
	enumerable: true,
	get: function() {
		return writeMark;
	}
});
