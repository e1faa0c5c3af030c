const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_zod = require("./zod.cjs");
const require_yaml = require("./yaml.cjs");
// ../core/src/spec/json-schema.ts
var made = new WeakMap();
function jsonSchemaOf(schema) {
	const known = made.get(schema) ?? require_zod.toJSONSchema(schema, { io: "input" });
	made.set(schema, known);
	return known;
}
function typeWords$1(schema) {
	if (schema.title !== void 0) return schema.title;
	if (schema.$ref !== void 0) return partOf(schema.$ref);
	if (schema.format === "date-time") return "ISO 8601 time";
	if (schema.const !== void 0) return JSON.stringify(schema.const);
	if (schema.enum !== void 0) return alternatives(schema.enum.map((value) => JSON.stringify(value)));
	const branches = schema.anyOf ?? schema.oneOf;
	if (branches !== void 0) return alternatives([...new Set(branches.map(typeWords$1))]);
	if (Array.isArray(schema.type)) return alternatives(schema.type.map((type) => typeWords$1({ type })));
	switch (schema.type) {
		case "string": return textWords(schema);
		case "integer": return `whole number${rangeWords(schema)}`;
		case "number": return `number${rangeWords(schema)}`;
		case "boolean": return "true or false";
		case "array":
			if (schema.prefixItems !== void 0) return schema.prefixItems.length === 2 ? "pair of numbers" : "list";
			return schema.minItems === 1 ? `list of at least one ${typeWords$1(schema.items ?? {})}` : `list of ${pluralWords(schema.items ?? {})}`;
		case "object": return "map";
		default: return "any value";
	}
}
var partOf = (reference) => reference.replace("#/$defs/", "");
function expectedWords(schema) {
	const words = typeWords$1(schema);
	return /^(?:column|list|map|name|number|whole)/.test(words) ? `a ${words}` : words;
}
function textWords(schema) {
	if (schema.pattern !== void 0) return `text matching \`${schema.pattern}\``;
	if (schema.minLength === 1 && schema.maxLength === 1) return "one character";
	return schema.minLength === 1 ? "non-empty text" : "text";
}
function pluralWords(items) {
	return typeWords$1(items).replace(/^(map|column name|whole number|number)(?=$|,| )/, "$1s");
}
function rangeWords({ minimum, exclusiveMinimum, maximum }) {
	const low = minimum !== void 0 && minimum > Number.MIN_SAFE_INTEGER ? minimum : void 0;
	const high = maximum !== void 0 && maximum < Number.MAX_SAFE_INTEGER ? maximum : void 0;
	if (exclusiveMinimum !== void 0) return ` above ${exclusiveMinimum}${high === void 0 ? "" : `, at most ${high}`}`;
	if (low !== void 0 && high !== void 0) return ` from ${low} to ${high}`;
	if (low !== void 0) return `, at least ${low}`;
	return high === void 0 ? "" : `, at most ${high}`;
}
function alternatives(words) {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
function schemaAt(schema, value, path) {
	const chosen = branchFor(schema, value, path.length > 0);
	const [key, ...rest] = path;
	if (key === void 0) return chosen;
	return schemaAt((typeof key === "number" ? chosen.items : ownValue(chosen.properties, key) ?? namedEntry(chosen)) ?? {}, ownValue(value, key), rest);
}
function namedEntry({ additionalProperties: entry }) {
	return typeof entry === "object" ? entry : void 0;
}
function branchFor(schema, value, goingDeeper) {
	const tagged = schema.oneOf?.find((branch) => Object.entries(branch.properties ?? {}).some(([key, property]) => property.const !== void 0 && property.const === ownValue(value, key)));
	if (tagged !== void 0) return tagged;
	if (goingDeeper && schema.oneOf !== void 0) return { properties: sharedTag(schema.oneOf) };
	return (goingDeeper && Array.isArray(value) ? schema.anyOf?.find((branch) => branch.type === "array") : void 0) ?? schema;
}
function sharedTag(branches) {
	const tags = branches.flatMap((branch) => Object.entries(branch.properties ?? {}).filter(([, property]) => property.const !== void 0));
	return Object.fromEntries(tags.map(([key]) => [key, { enum: tags.map(([, property]) => property.const) }]));
}
function ownValue(container, key) {
	if (typeof container !== "object" || container === null || !Object.hasOwn(container, key)) return void 0;
	return container[key];
}
// ../core/src/spec/problems.ts
function problemAt(path, sentence) {
	return {
		path,
		at: "value",
		message: `${pathWords(path)}${sentence}`
	};
}
function problemBelow(above, problem) {
	const message = pathWords(above).replace(/: $/, ".") + problem.message;
	return {
		...problem,
		path: [...above, ...problem.path],
		message
	};
}
function keyProblemAt(path, sentence) {
	return {
		...problemAt(path, sentence),
		at: "key"
	};
}
function pathWords(path) {
	const words = path.map((key, i) => {
		if (typeof key === "number") return `[${key}]`;
		return `${i === 0 ? "" : "."}${/^[\w*-]+$/.test(key) ? key : require_light.quoted(key)}`;
	});
	return words.length === 0 ? "" : `${words.join("")}: `;
}
function problemsOf(issues, schema, value) {
	const problems = issues.flatMap((issue) => problemsOfIssue(issue, issue.path, schema, value));
	const meant = new Set(problems.filter((p) => p.nearest !== void 0 && p.at === "key").map((p) => pathWords([...p.path.slice(0, -1), p.nearest])));
	const told = problems.filter((p) => valueAt(value, p.path) !== void 0 || !meant.has(pathWords(p.path)));
	return [...new Map(told.map((problem) => [problem.message, problem])).values()];
}
function problemsOfIssue(issue, issuePath, schema, document) {
	const path = issuePath;
	if (issue.code === "unrecognized_keys") {
		const known = Object.keys(schemaAt(schema, document, path).properties ?? {});
		return issue.keys.map((key) => unknownKey([...path, key], known));
	}
	if (issue.code === "custom") return [problemAt(path, issue.message)];
	if (issue.code === "invalid_union") {
		const deepest = issue.errors.find((branch) => branch.length > 0 && branch.every((inner) => inner.path.length > 0));
		if (deepest !== void 0) return deepest.flatMap((inner) => problemsOfIssue(inner, [...path, ...inner.path], schema, document));
	}
	return [wrongValue(path, schemaAt(schema, document, path), valueAt(document, path))];
}
function unknownKey(path, known) {
	const key = String(path.at(-1));
	if (key === "<<") return {
		path,
		at: "key",
		message: `${pathWords(path)}merge keys (<<) are not supported; write the keys out`
	};
	const near = require_light.nearest(key, known);
	const rest = near === void 0 ? `; known keys: ${known.join(", ")}` : `; did you mean ${require_light.quoted(near)}?`;
	return {
		path,
		at: "key",
		message: `${pathWords(path)}unknown key${rest}`,
		...near !== void 0 && { nearest: near }
	};
}
function wrongValue(path, wanted, value) {
	const expected = expectedWords(wanted);
	if (value === void 0) return {
		path,
		at: "value",
		message: `${pathWords(path)}missing; expected ${expected}`,
		expected
	};
	const words = (wanted.enum ?? []).filter((word) => typeof word === "string");
	const near = typeof value === "string" ? require_light.nearest(value, words) : void 0;
	const hint = near === void 0 ? "" : `; did you mean ${require_light.quoted(near)}?`;
	const found = [
		"token",
		"credentials",
		"connection"
	].includes(String(path.at(-1))) ? "something else" : foundWords(value);
	return {
		path,
		at: "value",
		message: `${pathWords(path)}expected ${expected}, found ${found}${hint}`,
		expected,
		...near !== void 0 && { nearest: near }
	};
}
function foundWords(value) {
	if (value === null) return "nothing";
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
	if (typeof value === "string") return value === "" ? "empty text" : `the text ${require_light.quoted(value)}`;
	return typeof value === "object" ? "a map" : String(value);
}
function valueAt(value, path) {
	return path.reduce(ownValue, value);
}
// ../core/src/spec/path-rules.ts
function escapes(path) {
	const beginsAt = "paths start at the root of the repository, such as data/churn.csv";
	if (path.includes("\0")) return "contains a zero byte, which is not allowed in a path";
	if (/^(?:[a-z]:[\\/]|[\\/]|~)/i.test(path)) return `${require_light.quoted(path)} is absolute; ${beginsAt}`;
	if (path.includes("\\")) return `${require_light.quoted(path)} contains a backslash; write / between folders`;
	if (path.split("/").includes("..")) return `${require_light.quoted(path)} leaves the repository with ..; ${beginsAt}`;
	return null;
}
function repeated$1(list, pathOf) {
	const seen = new Set();
	return list.flatMap((word, i) => {
		if (seen.has(word)) return [problemAt(pathOf(i), `${require_light.quoted(word)} is named twice`)];
		seen.add(word);
		return [];
	});
}
// ../core/src/spec/query-rules.ts
function queryPathProblem(path) {
	if (/^postgres:[a-z0-9][a-z0-9_-]{0,62}$/.test(path)) return null;
	if (path.startsWith("postgres://")) return "has the address of a database in it; put the address into an environment variable, write its name (`connection: NAME`), and call the rows what you like: postgres:orders";
	return "is not a name such as postgres:orders, in lower-case letters, digits, - and _";
}
function missingQueryKeys(source) {
	const needed = {
		query: "a SELECT, such as `query: SELECT id, amount, updated_at FROM orders`",
		connection: "the name of the environment variable with the address of the database, such as `connection: DATABASE_URL`",
		cursor: "the column that says when a row arrived, such as `cursor: updated_at`"
	};
	return [
		"query",
		"connection",
		"cursor"
	].flatMap((key) => source[key] === void 0 ? [{
		key,
		sentence: `missing; expected ${needed[key]}`
	}] : []);
}
function queryProblem(query) {
	const text = query.replace(/^(?:\s|--[^\n]*\n|\/\*.*?\*\/)+/s, "");
	if (text.trim() === "") return "holds no SQL; write a SELECT";
	return /^(?:select|with)\b/i.test(text) ? null : "is not a SELECT; a query begins with SELECT or WITH";
}
// ../core/src/spec/address-rules.ts
function addressProblems(source) {
	const scheme = require_light.schemeOf(source.path);
	const why = scheme === "" ? null : rules$4[scheme]?.(source) ?? null;
	const problems = why === null ? [] : [{
		key: "path",
		sentence: why
	}];
	if (scheme === "postgres") problems.push(...missingQueryKeys(source));
	for (const key of remoteKeys) if (source[key] !== void 0 && !(keysOf[scheme] ?? []).includes(key)) problems.push({
		key,
		sentence: `${require_light.quoted(key)} has no meaning for ${schemeWords(scheme)}; remove it`
	});
	for (const key of [
		"token",
		"credentials",
		"connection"
	]) {
		const name = source[key];
		if (name !== void 0 && !isVariableName(name)) problems.push({
			key,
			sentence: notAName[key]
		});
	}
	if (source.endpoint !== void 0) {
		const wrong = endpointProblem(source.endpoint, source.allowPrivate === true);
		if (wrong !== null) problems.push({
			key: "endpoint",
			sentence: wrong
		});
	}
	if (source.region !== void 0 && !/^[a-z0-9-]{1,40}$/.test(source.region)) problems.push({
		key: "region",
		sentence: "is not the name of a region, such as eu-central-1"
	});
	const wrongQuery = source.query === void 0 ? null : queryProblem(source.query);
	if (wrongQuery !== null) problems.push({
		key: "query",
		sentence: wrongQuery
	});
	return problems;
}
function schemeWords(scheme) {
	if (scheme === "") return "files of the repository";
	return scheme === "dvc" ? "a .dvc pointer" : `${scheme}:`;
}
var queryKeys = [
	"query",
	"connection",
	"cursor",
	"interval",
	"lookbackDays",
	"querySeconds"
];
var remoteKeys = [
	"token",
	"allowPrivate",
	"endpoint",
	"region",
	"credentials",
	...queryKeys
];
var keysOf = {
	https: ["token", "allowPrivate"],
	s3: [
		"allowPrivate",
		"endpoint",
		"region",
		"credentials"
	],
	hf: [
		"token",
		"allowPrivate",
		"endpoint"
	],
	dvc: [
		"token",
		"allowPrivate",
		"endpoint",
		"region",
		"credentials"
	],
	postgres: queryKeys
};
var rules$4 = {
	https: ({ path, allowPrivate }) => /^http:/i.test(path) && allowPrivate !== true ? "http: sends data in the clear, so it is read inside of a private network only (`allowPrivate: true`); write https:" : webProblem(path),
	s3: ({ path }) => objectProblem(path),
	hf: ({ path }) => hubProblem(path),
	dvc: ({ path }) => escapes(path),
	postgres: ({ path }) => queryPathProblem(path)
};
var notAName = {
	token: "must be the NAME of an environment variable, in capitals such as DATA_TOKEN; never write the token itself into a file",
	credentials: "must be what the NAMES of the environment variables begin with, in capitals such as R2 for R2_ACCESS_KEY_ID; never write a key itself into a file",
	connection: "must be the NAME of an environment variable, in capitals such as DATABASE_URL; never write the address itself into a file, since it holds a password"
};
function isVariableName(word) {
	return /^[A-Z_][A-Z0-9_]{0,99}$/.test(word) && require_light.redact(word) === word;
}
function webProblem(path) {
	const [, host, file, rest] = /^https?:\/\/([^/?#]*)([^?#]*)(.*)$/i.exec(path) ?? [];
	if (host === void 0 || host === "" || file === void 0 || /[\s\\]/.test(path)) return "is not an address such as https://data.example.org/sales.csv";
	if (host.includes("@")) return "has a user name or a password in it, which everybody could read; put a token into an environment variable and write its name: `token: NAME`";
	if (rest !== "") return "has a query or a fragment, which may be a credential; name the address that ends in the file's name";
	if (/[*{}[\]]/.test(file)) return "has a wildcard, but the files of a web server cannot be listed; write one entry for each file";
	if (file.split("/").some((part) => part === "." || part === "..")) return "has . or .. between its slashes";
	return endingProblem(file);
}
function objectProblem(path) {
	const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s.exec(path) ?? [];
	if (bucket === void 0 || key === void 0) return "is not an address such as s3://bucket/sales/*.csv";
	return /\.[^./*?[\]{}]+$/.test(key.slice(key.lastIndexOf("/") + 1)) ? endingProblem(key) : null;
}
function hubProblem(path) {
	const name = "[A-Za-z0-9][\\w.-]*";
	const file = new RegExp(`^hf://datasets/${name}/${name}@([^/]+)/(.+)$`, "s").exec(path);
	if (file === null) return "is not an address such as hf://datasets/owner/name@<commit>/data/*.parquet";
	if (!/^[0-9a-f]{40}$/.test(file[1])) return "names a branch or a tag, which moves; write the commit, all 40 digits of it, after the @";
	return /\.[^./*?[\]{}]+$/.test(file[2].slice(file[2].lastIndexOf("/") + 1)) ? endingProblem(file[2]) : null;
}
function endpointProblem(endpoint, allowPrivate) {
	const host = /^https?:\/\/([^/?#\s\\]+)\/?$/i.exec(endpoint)?.[1];
	if (host === void 0) return "is not an address such as https://minio.example.org:9000";
	if (host.includes("@")) return "has a user name or a password in it; name variables with `credentials`";
	if (/^http:/i.test(endpoint) && !allowPrivate) return "http: sends data in the clear, so it is read inside of a private network only (`allowPrivate: true`); write https:";
	return null;
}
function endingProblem(file) {
	if (require_light.sourceFormat(file) !== null) return null;
	return "does not end in .csv, .tsv, .jsonl, .ndjson (text may be .gz) or .parquet";
}
// ../core/src/spec/check.ts
function entryRule(list, schema, find) {
	return {
		list,
		find(entry, index) {
			const parsed = require_light.parseBySchema(schema, entry);
			return parsed.success ? find(parsed.data, index) : [];
		}
	};
}
function check(schema, rules, entryRules, document) {
	const parsed = require_light.parseBySchema(schema, document);
	const problems = parsed.success ? [] : problemsOf(parsed.error.issues, jsonSchemaOf(schema), document);
	const zeros = zeroBytes(document);
	if (zeros.length > 0) return {
		ok: false,
		problems: [...problems, ...zeros]
	};
	const unknown = problems.filter((problem) => problem.at === "key");
	const known = unknown.length === 0 ? document : without(document, new Set(unknown.map(({ path }) => idOf(path))));
	for (const { list, find } of entryRules) {
		const entries = list.reduce(ownValue, known);
		if (Array.isArray(entries)) problems.push(...entries.flatMap(find));
	}
	if (parsed.success) {
		problems.push(...rules.flatMap((rule) => rule.find(parsed.data)));
		return problems.length === 0 ? {
			ok: true,
			value: parsed.data
		} : {
			ok: false,
			problems
		};
	}
	const sound = soundKeys(schema, known, new Set(unknown.flatMap(({ path, nearest }) => path.length === 1 ? [nearest] : [])));
	const runnable = rules.filter((rule) => rule.reads.every((key) => Object.hasOwn(sound, key)));
	return {
		ok: false,
		problems: [...problems, ...runnable.flatMap((rule) => rule.find(sound))]
	};
}
function zeroBytes(value, path = [], seen = new Set()) {
	if (typeof value === "string") return value.includes("\0") ? [problemAt(path, "contains a zero byte, which is not allowed in a text")] : [];
	if (typeof value !== "object" || value === null || seen.has(value)) return [];
	seen.add(value);
	const list = Array.isArray(value);
	return Object.entries(value).flatMap(([key, item]) => [...key.includes("\0") ? [problemAt(path, "has a key with a zero byte, which is not allowed in a text")] : [], ...zeroBytes(item, [...path, list ? Number(key) : key], seen)]);
}
function soundKeys(schema, known, meant) {
	if (typeof known !== "object" || known === null || Array.isArray(known)) return {};
	const sound = {};
	for (const [key, part] of Object.entries(schema.shape)) {
		const parsed = part.safeParse(ownValue(known, key));
		if (parsed.success && !meant.has(key)) sound[key] = parsed.data;
	}
	return sound;
}
function without(value, dropped, path = []) {
	if (Array.isArray(value)) return value.map((entry, i) => without(entry, dropped, [...path, i]));
	if (typeof value !== "object" || value === null) return value;
	const kept = Object.entries(value).filter(([key]) => !dropped.has(idOf([...path, key])));
	return Object.fromEntries(kept.map(([key, item]) => [key, without(item, dropped, [...path, key])]));
}
function idOf(path) {
	return JSON.stringify(path);
}
// ../core/src/spec/written-form-rules.ts
function numberFormProblems(field, index) {
	const { type, decimalChar, groupChar, bareNumber, unit } = field;
	const at = (key) => [
		"schema",
		"fields",
		index,
		key
	];
	const only = (key, types) => problemAt(at(key), `only ${types} one, and type is ${require_light.quoted(type)}`);
	const isNumber = type === "number" || type === "integer";
	const problems = [];
	if (decimalChar !== void 0 && type !== "number") problems.push(only("decimalChar", "number has"));
	for (const [key, value] of Object.entries({
		groupChar,
		bareNumber
	})) if (value !== void 0 && !isNumber) problems.push(only(key, "number and integer have"));
	if (unit !== void 0 && bareNumber !== false) problems.push(problemAt(at("unit"), "needs `bareNumber: false`; without it only the number is read"));
	if (unit !== void 0 && !/^[^\d\s()+-](?:[^\d()+-]*[^\d\s()+-])?$/u.test(unit)) problems.push(problemAt(at("unit"), `${require_light.quoted(unit)} looks like a number; expected a text such as "kg"`));
	if (problems.length > 0) return problems;
	for (const [key, value] of Object.entries({
		decimalChar,
		groupChar
	})) if (value !== void 0 && /[\deE+-]/.test(value)) problems.push(problemAt(at(key), `${require_light.quoted(value)} is a part of numbers; it separates digits`));
	if (type === "number" && groupChar !== void 0 && groupChar === (decimalChar ?? ".")) {
		const advice = decimalChar === void 0 ? "; declare the decimalChar, such as \",\"" : "";
		problems.push(problemAt(at("groupChar"), `is ${require_light.quoted(groupChar)} like the decimalChar${advice}`));
	}
	return problems;
}
var partLetters = "aAwdbBmyYHIpMSgfnzZjUWcxXGuVT%";
var unpaddedLetters = "dmyHIMSj";
function formatProblems(format, at) {
	const parts = format.match(/%(?:-.|.)?/gsu) ?? [];
	if (parts.length === 0) return [problemAt(at, `${require_light.quoted(format)} has no part such as %d; write a strptime pattern such as %d.%m.%Y`)];
	const isKnown = (part) => {
		const letter = part.slice(1).replace("-", "");
		return letter !== "" && (part.startsWith("%-") ? unpaddedLetters : partLetters).includes(letter);
	};
	const unknown = parts.find((part) => !isKnown(part));
	if (unknown === void 0) return [];
	return [problemAt(at, `${require_light.quoted(unknown)} is not a part of a strptime pattern that DuckDB knows; it knows %Y, %m, %d, %H, %M, %S and others, and an escaped %%`)];
}
// ../core/src/spec/constraint-rules.ts
function constraintProblems(field, index) {
	const { type, format, constraints } = field;
	const at = (...keys) => [
		"schema",
		"fields",
		index,
		...keys
	];
	const isDate = type === "date" || type === "datetime";
	const isNumber = type === "number" || type === "integer";
	const problems = [];
	if (format !== void 0 && !isDate) problems.push(problemAt(at("format"), `only date and datetime have one, and type is ${require_light.quoted(type)}`));
	else if (format !== void 0) problems.push(...formatProblems(format, at("format")));
	if (constraints === void 0) return problems;
	if (type === "file") return [...problems, ...fileConstraintProblems(constraints, at)];
	const { minimum, maximum, pattern } = constraints;
	for (const [name, bound] of Object.entries({
		minimum,
		maximum
	})) {
		if (bound === void 0) continue;
		const path = at("constraints", name);
		if (!isDate && !isNumber) problems.push(problemAt(path, `a ${type} has no order; use enum or pattern`));
		else if (!fits(bound, field)) problems.push(problemAt(path, `expected ${typeWords[type]}, found ${shown(bound)}`));
	}
	if (minimum !== void 0 && maximum !== void 0 && typeof minimum === typeof maximum && minimum > maximum) {
		if (isNumber || isDate && format === void 0) problems.push(problemAt(at("constraints", "minimum"), `${shown(minimum)} is above the maximum, ${shown(maximum)}`));
	}
	if (pattern !== void 0) {
		const path = at("constraints", "pattern");
		const wrong = type === "string" ? patternProblem(pattern) : `is for string fields, and type is ${require_light.quoted(type)}`;
		if (wrong !== null) problems.push(problemAt(path, wrong));
	}
	for (const [i, value] of (constraints.enum ?? []).entries()) {
		if (fits(value, field)) continue;
		const advice = type === "string" ? `; write it in quotes: ${require_light.quoted(String(value))}` : "";
		problems.push(problemAt(at("constraints", "enum", i), `expected ${typeWords[type]}, found ${shown(value)}${advice}`));
	}
	return problems;
}
function fileConstraintProblems(constraints, at) {
	return Object.keys(constraints).filter((name) => name !== "required" && name !== "unique").map((name) => problemAt(at("constraints", name), "is not for files, which can be `required` and `unique`"));
}
var typeWords = {
	string: "text",
	number: "a number",
	integer: "a whole number",
	boolean: "true or false",
	date: "a date such as 2026-01-31",
	datetime: "a date or time such as 2026-01-31T12:00:00",
	file: "the path of a file"
};
function fits(value, { type, format }) {
	if (type === "number") return typeof value === "number";
	if (type === "integer") return Number.isInteger(value);
	if (type === "boolean") return typeof value === "boolean";
	if (typeof value !== "string") return false;
	return type === "string" || format !== void 0 || /^\d{4}-\d{2}-\d{2}/.test(value);
}
function shown(value) {
	return typeof value === "string" ? `the text ${require_light.quoted(value)}` : String(value);
}
function patternProblem(pattern) {
	const unescaped = pattern.replace(/\\[^1-9]/gs, "");
	if (/\(\?<?[=!]|\\[1-9]/.test(unescaped)) return `${require_light.quoted(pattern)} uses a lookaround or a backreference, which DuckDB's regular expressions do not have`;
	const translated = pattern.replace(/\(\?[imsU-]+\)/g, "").replace(/\(\?[imsU-]+:/g, "(?:").replace(/\(\?P</g, "(?<");
	try {
		RegExp(translated);
		return null;
	} catch {
		return `${require_light.quoted(pattern)} is not a regular expression`;
	}
}
// ../core/src/spec/data-manifest.ts
var column$2 = require_zod.string().min(1).meta({ title: "column name" });
var field = require_zod.strictObject({
	name: column$2.describe("The column's name in `prepare`, in model.yaml and in reports."),
	from: column$2.optional().describe("The column's name in the source, if it differs."),
	type: require_zod._enum(require_light.fieldTypes).describe("The type that its text is read as. `file`: the text is the path of a file, such as an image, whose bytes are part of the row; only candidates with `learner: command` can learn from it."),
	folder: require_zod.string().optional().describe("File: the folder in which its paths begin, from the root of the repository; `.` is the root. Default: the folder of the data file that names them."),
	format: require_zod.string().optional().describe("Date and datetime: a strptime pattern such as `%d/%m/%Y`. Default: ISO 8601."),
	decimalChar: require_zod.string().length(1).optional().describe("Number: the character before the fraction, such as `,`. Default: `.`."),
	groupChar: require_zod.string().length(1).optional().describe("Number and integer: the character between thousands, such as `,`, `.`, a space or `'`. Default: none."),
	bareNumber: require_zod.boolean().optional().describe("Number and integer: `false` where letters, currency signs or `%` stand before or after the number; they are not read, so that `95 %` is 95. Default: `true`."),
	unit: require_zod.string().min(1).optional().describe("With `bareNumber: false`: the only text that may stand before or after the number, such as `kg`. A value in another unit is then an error, and not read as if it were in this one. Default: any."),
	missingValues: require_zod.array(require_zod.string()).optional().describe("Texts that mean that there is no value in this column. Default: those of the schema."),
	constraints: require_zod.strictObject({
		required: require_zod.boolean().optional().describe("No missing values."),
		unique: require_zod.boolean().optional().describe("No duplicate values."),
		minimum: require_zod.union([require_zod.number(), require_zod.string()]).optional().describe("Smallest value, inclusive."),
		maximum: require_zod.union([require_zod.number(), require_zod.string()]).optional().describe("Largest value, inclusive."),
		enum: require_zod.array(require_zod.union([
			require_zod.string(),
			require_zod.number(),
			require_zod.boolean()
		])).min(1).optional().describe("The allowed values."),
		pattern: require_zod.string().optional().describe("Regular expression that the whole text must match.")
	}).optional().describe("What must hold for every value; a violation is a data error.")
});
var source = require_zod.strictObject({
	path: require_zod.string().min(1).describe("File or glob, relative to the root of the repository, or an address: a file of a web server (`https:`), or objects of S3 and alike (`s3://bucket/key`, also with wildcards), a dataset of Hugging Face at a commit (`hf://datasets/owner/name@<commit>/*.parquet`), a `.dvc` file, or a name of your choice for the rows of a `query` (`postgres:orders`): CSV, Parquet or JSON Lines (`.csv`, `.tsv`, `.parquet`, `.jsonl`, `.ndjson`; text may be `.gz`)."),
	delimiter: require_zod.string().length(1).optional().describe("CSV: the separator. Default: detected from the header line."),
	token: require_zod.string().optional().describe("Remote: the name of the environment variable that holds the token; it is sent as a bearer token."),
	allowPrivate: require_zod.boolean().optional().describe("Remote: addresses of private networks and of this machine may be read. Default: false."),
	endpoint: require_zod.string().optional().describe("S3, and remotes of DVC there: the address of a store that speaks its protocol, such as MinIO, R2 or lakeFS. Default: AWS. Hugging Face: the address of a mirror."),
	region: require_zod.string().optional().describe("S3, and remotes of DVC there: the bucket's region. Default: that of `AWS_REGION`, else `us-east-1`."),
	credentials: require_zod.string().optional().describe("S3, and remotes of DVC there: what the names of the environment variables with the keys begin with: `R2` for `R2_ACCESS_KEY_ID`, `R2_SECRET_ACCESS_KEY` and `R2_SESSION_TOKEN`. Default: `AWS`."),
	query: require_zod.string().optional().describe("Database: one SELECT, in the database's dialect. Its rows are read in intervals of the column `cursor`."),
	connection: require_zod.string().optional().describe("Database: the name of the environment variable that holds its address (`postgresql://user:password@host/database?sslmode=verify-full`)."),
	cursor: require_zod.string().min(1).optional().describe("Database: the column of the query that says when a row arrived, a date or a timestamp; without a time zone it is UTC."),
	interval: require_zod._enum(["day", "month"]).optional().describe("Database: the interval whose rows make up one file, in UTC. Default: `day`."),
	lookbackDays: require_zod.number().min(0).max(366).optional().describe("Database: how late rows may arrive: an interval is read once this many days have passed since its end. Default: 1."),
	querySeconds: require_zod.number().positive().max(86400).optional().describe("Database: longest time that one statement may take, in seconds. Default: 600.")
});
var acceptedFinding = require_zod.strictObject({
	column: column$2.describe("The column."),
	finding: require_zod.string().describe("The finding's code, such as `unit-change`."),
	reason: require_zod.string().min(1).describe("Why it is not an error. Git history says who accepted it.")
});
var checksPolicy = require_zod.strictObject({
	maxNullRate: require_zod.number().min(0).max(1).optional().describe("Largest allowed share of missing values per column, in the new rows of each file and in all rows together."),
	minRows: require_zod.int().min(0).default(1).describe("Minimum number of rows in all files together."),
	maxAgeDays: require_zod.number().positive().optional().describe("Maximum age of the newest value of the model's `time`, in days. Older data are an error: the feed has stopped."),
	escalateAfter: require_zod.int().min(1).default(3).describe("From this many blocked runs in a row the alert also says how long the live model has learned nothing, and how many rows wait."),
	accept: require_zod.array(acceptedFinding).default([]).describe("Suspicious findings that a person has looked at and accepts.")
});
var dataLimits = require_zod.strictObject({
	prepareSeconds: require_zod.number().positive().default(600).describe("Longest time that `prepare` may take, in seconds."),
	memoryMiB: require_zod.int().min(64).optional().describe(`Memory for reading and preparing the rows, in MiB; beyond it rows spill to disk. Default: ${require_light.usualMemory}.`),
	spillMiB: require_zod.int().min(0).default(20480).describe("Largest size of the temporary files that rows spill to, in MiB. They lie below `.git` and are removed."),
	downloadMiB: require_zod.int().min(1).optional().describe("Largest size of a remote file, in MiB. Default: 10240.")
});
var tableName = require_zod.string().regex(/^(?!source$|refit_)[a-z][a-z0-9_]{0,62}$/, { error: "expected lower-case letters, digits and `_`, not `source` and not beginning with `refit_`" }).meta({ title: "table name" });
var furtherTable = require_zod.strictObject({
	name: tableName.describe("Its name in `prepare`: lower-case letters, digits and `_`."),
	sources: require_zod.array(source).min(1).describe("Where its rows are."),
	schema: require_zod.strictObject({
		fields: require_zod.array(field).min(1).describe("Its columns; what is not listed cannot be read."),
		missingValues: require_zod.array(require_zod.string()).default([""]).describe("Texts that mean that there is no value, in columns that do not say it for themselves."),
		primaryKey: require_zod.union([column$2, require_zod.array(column$2).min(1)]).optional().describe("Columns whose values, taken together, are unique over all files of the table.")
	}).describe("Frictionless Table Schema words."),
	availableAt: column$2.optional().describe("The date or datetime column that says since when a row is known. For a row of the model, features may use only rows that were known at its `time`: every run tests that, and a violation blocks. Leave it out for rows that were always known, such as a calendar."),
	checks: require_zod.strictObject({
		maxNullRate: require_zod.number().min(0).max(1).optional().describe("Largest allowed share of missing values per column, in each new file."),
		minRows: require_zod.int().min(0).default(1).describe("Minimum number of rows in all files of the table together.")
	}).prefault({}).describe("What every new file of the table must pass.")
});
var dataManifest = require_zod.strictObject({
	sources: require_zod.array(source).min(1).describe("Where the rows are."),
	schema: require_zod.strictObject({
		fields: require_zod.array(field).default([]).describe("Columns with a declared name, type and constraints; others are inferred."),
		missingValues: require_zod.array(require_zod.string()).default([""]).describe("Texts that mean that there is no value, in columns that do not say it for themselves."),
		primaryKey: require_zod.union([column$2, require_zod.array(column$2).min(1)]).optional().describe("Columns whose values, taken together, are unique.")
	}).prefault({}).describe("Frictionless Table Schema words."),
	tables: require_zod.array(furtherTable).min(1).optional().describe("Further tables, which `prepare` joins by their names. Their rows are not rows of the model."),
	views: require_zod.array(tableName).min(1).optional().describe("Feature views that `prepare` reads by name: `feature-views/<name>.sql` is one SELECT over the source, the further tables and the views before it. Several manifests can name one view."),
	prepare: require_zod.string().optional().describe("One SQL SELECT over the view `source`, the further tables and the feature views, in DuckDB's dialect. Default: the source as it is."),
	checks: checksPolicy.prefault({}).describe("What new rows must pass: all rows that the champion was not built from."),
	limits: dataLimits.prefault({}).describe("What reading and preparing may take before the run ends."),
	sensitive: require_zod.array(column$2).default([]).describe("Columns whose values never appear in a profile, a report or a log.")
});
// ../core/src/spec/file-column-rules.ts
function folderProblems({ type, folder }, index) {
	const at = [
		"schema",
		"fields",
		index,
		"folder"
	];
	if (folder === void 0) return [];
	if (type !== "file") return [problemAt(at, `only file has one, and type is ${require_light.quoted(type)}`)];
	if (require_light.schemeOf(folder) !== "") return [problemAt(at, `${require_light.quoted(folder)} is an address; files of a column must lie in the repository`)];
	const outside = escapes(folder);
	return outside === null ? [] : [problemAt(at, outside)];
}
var listed = new Set([
	"",
	"s3",
	"hf",
	"dvc"
]);
function remoteFileProblems(sources, fields) {
	const remote = sources.find(({ path }) => !listed.has(require_light.schemeOf(path)));
	if (remote === void 0) return [];
	return fields.flatMap(({ type, folder }, i) => {
		if (type !== "file" || folder !== void 0) return [];
		const words = `${whyNoFiles(remote)}, so that files of a column must lie in the repository: add the folder in which their paths begin, such as \`folder: pictures\``;
		return [problemAt([
			"schema",
			"fields",
			i,
			"type"
		], words)];
	});
}
function whyNoFiles({ path }) {
	if (require_light.schemeOf(path) === "postgres") return `${require_light.quoted(path)} is a table of a database, which has no files`;
	return `the files beside ${require_light.quoted(path)} cannot be listed`;
}
function noFilesHere(fields) {
	return fields.flatMap(({ type }, i) => type === "file" ? [problemAt([
		"schema",
		"fields",
		i,
		"type"
	], "a further table has no files; name them in the rows of `sources`, or declare `string` for the text of the path")] : []);
}
// ../core/src/spec/table-rules.ts
function tableProblems(table, index, shared) {
	const { fields, primaryKey } = table.schema;
	const own = [...shared.fields(fields), ...table.sources.flatMap((source, i) => shared.source(source, i))];
	const keys = typeof primaryKey === "string" ? [primaryKey] : primaryKey ?? [];
	const keyPath = (i) => [
		"schema",
		"primaryKey",
		...typeof primaryKey === "string" ? [] : [i]
	];
	return [
		...own,
		...keys.flatMap((key, i) => undeclared(fields, key, keyPath(i))),
		...timeProblems(table)
	].map((problem) => problemBelow(["tables", index], problem));
}
function undeclared(fields, column, path) {
	const names = fields.map(({ name }) => name);
	if (names.includes(column)) return [];
	const near = require_light.nearest(column, names);
	const meant = near === void 0 ? "" : `; did you mean ${require_light.quoted(near)}?`;
	return [problemAt(path, `the table has no column ${require_light.quoted(column)} in schema.fields${meant}`)];
}
function timeProblems({ availableAt, schema: { fields } }) {
	if (availableAt === void 0) return [];
	const type = fields.find(({ name }) => name === availableAt)?.type;
	if (type === void 0) return undeclared(fields, availableAt, ["availableAt"]);
	if (type === "date" || type === "datetime") return [];
	return [problemAt(["availableAt"], `${require_light.quoted(availableAt)} is a ${type}; expected a date or a datetime`)];
}
function tablesProblems({ tables = [], views = [], prepare }) {
	const places = [...tables.map(({ name }, i) => ({
		name,
		path: [
			"tables",
			i,
			"name"
		],
		words: `tables[${i}]`
	})), ...views.map((name, i) => ({
		name,
		path: ["views", i],
		words: `views[${i}]`
	}))];
	const repeated = places.flatMap(({ name, path }, i) => {
		const first = places.find((place) => place.name === name);
		return first === places[i] ? [] : [problemAt(path, `${require_light.quoted(name)} is already ${first.words}`)];
	});
	if (places.length === 0 || prepare !== void 0) return repeated;
	const key = tables.length > 0 ? "tables" : "views";
	return [...repeated, problemAt([key], "nothing reads them: write the `prepare` that does")];
}
// ../core/src/spec/check-data-manifest.ts
function checkDataManifest(document, schemes) {
	return check(dataManifest, rules$3, [
		entryRule(["sources"], source, (entry, i) => sourceProblems(entry, i, schemes)),
		entryRule(["schema", "fields"], field, fieldProblems),
		entryRule(["tables"], furtherTable, (table, i) => tableProblems(table, i, {
			fields: (fields) => [
				...fields.flatMap(fieldProblems),
				...duplicateFields(fields),
				...noFilesHere(fields)
			],
			source: (entry, place) => sourceProblems(entry, place, schemes)
		})),
		entryRule(["checks", "accept"], acceptedFinding, notAcceptable)
	], document);
}
var rules$3 = [
	{
		reads: ["sources"],
		find({ sources }) {
			return repeated$1(sources.map(({ path }) => path), (i) => [
				"sources",
				i,
				"path"
			]);
		}
	},
	{
		reads: ["schema"],
		find: ({ schema }) => duplicateFields(schema.fields)
	},
	{
		reads: [
			"schema",
			"sensitive",
			"checks"
		],
		find: ({ schema, sensitive, checks }) => {
			const keys = schema.primaryKey;
			const primaryKey = typeof keys === "string" ? [keys] : keys ?? [];
			const keyPath = (i) => [
				"schema",
				"primaryKey",
				...typeof keys === "string" ? [] : [i]
			];
			return [
				...primaryKey.flatMap((column, i) => renamedColumn(schema.fields, column, keyPath(i))),
				...sensitive.flatMap((column, i) => renamedColumn(schema.fields, column, ["sensitive", i])),
				...checks.accept.flatMap(({ column }, i) => renamedColumn(schema.fields, column, [
					"checks",
					"accept",
					i,
					"column"
				])),
				...repeated$1(primaryKey, (i) => [
					"schema",
					"primaryKey",
					i
				]),
				...repeated$1(sensitive, (i) => ["sensitive", i])
			];
		}
	},
	{
		reads: ["sources", "schema"],
		find: ({ sources, schema }) => remoteFileProblems(sources, schema.fields)
	},
	{
		reads: [
			"tables",
			"views",
			"prepare"
		],
		find: tablesProblems
	},
	{
		reads: ["prepare"],
		find: ({ prepare }) => prepare?.trim() === "" ? [problemAt(["prepare"], "holds no SQL; remove it to use the source as it is")] : []
	}
];
function fieldProblems(entry, i) {
	return [
		...fieldNameProblems(entry, i),
		...numberFormProblems(entry, i),
		...constraintProblems(entry, i),
		...folderProblems(entry, i)
	];
}
function fieldNameProblems({ name }, i) {
	const problem = require_light.columnNameProblem(name);
	return problem === null ? [] : [problemAt([
		"schema",
		"fields",
		i,
		"name"
	], problem)];
}
var acceptable = Object.entries(require_light.findingCodes).flatMap(([code, { severity }]) => severity === "suspect" ? [code] : []);
function notAcceptable({ finding }, i) {
	if (acceptable.includes(finding)) return [];
	const severity = Object.entries(require_light.findingCodes).find(([code]) => code === finding)?.[1].severity;
	const path = [
		"checks",
		"accept",
		i,
		"finding"
	];
	if (severity === "warning") return [problemAt(path, `${require_light.quoted(finding)} is a warning, which blocks nothing; there is nothing to accept`)];
	const known = `; these can be accepted: ${acceptable.join(", ")}`;
	if (severity === "error") return [problemAt(path, `${require_light.quoted(finding)} is an error, which cannot be accepted${known}`)];
	const near = require_light.nearest(finding, acceptable);
	return [problemAt(path, `there is no finding ${require_light.quoted(finding)}${near === void 0 ? known : `; did you mean ${require_light.quoted(near)}?`}`)];
}
var formats = [
	".csv",
	".tsv",
	".csv.gz",
	".tsv.gz",
	".jsonl",
	".ndjson",
	".jsonl.gz",
	".ndjson.gz",
	".parquet"
];
var longestPath = 4096;
function sourceProblems(entry, i, schemes) {
	const { path, delimiter } = entry;
	const at = [
		"sources",
		i,
		"path"
	];
	if (path.length > longestPath) return [problemAt(at, `is longer than ${longestPath} characters`)];
	const scheme = require_light.schemeOf(path);
	if (!schemes.includes(scheme)) {
		const known = schemes.map(schemeWords).join(", ");
		return [problemAt(at, `${schemeWords(scheme)} is not a known kind of source (known: ${known}); commit or git-ignore the file and name its path`)];
	}
	const remote = addressProblems(entry).map(({ key, sentence }) => problemAt([
		"sources",
		i,
		key
	], sentence));
	if (scheme !== "") return remote;
	return [...remote, ...fileProblems(path, delimiter, i)];
}
function fileProblems(path, delimiter, i) {
	const at = [
		"sources",
		i,
		"path"
	];
	const outside = escapes(path);
	if (outside !== null) return [problemAt(at, outside)];
	const ending = /\.[^./*?[\]{}]+(?:\.gz)?$/i.exec(path.slice(path.lastIndexOf("/") + 1))?.[0].toLowerCase();
	if (ending === void 0) return [];
	if (!formats.includes(ending)) return [problemAt(at, `${require_light.quoted(path)} ends in ${require_light.quoted(ending)}; refit reads ${formats.join(", ")}`)];
	const isDelimited = ending.startsWith(".csv") || ending.startsWith(".tsv");
	if (delimiter === void 0 || isDelimited) return [];
	return [problemAt([
		"sources",
		i,
		"delimiter"
	], `only CSV has a delimiter, and the path ends in ${require_light.quoted(ending)}`)];
}
function duplicateFields(fields) {
	const names = fields.map(({ name }) => name.toLowerCase());
	const origins = fields.map(({ name, from }) => from ?? name);
	return fields.flatMap(({ name, from }, i) => {
		const sameName = names.indexOf(names[i]);
		if (sameName < i) {
			const why = fields[sameName].name === name ? "" : "; SQL ignores upper and lower case";
			return [problemAt([
				"schema",
				"fields",
				i,
				"name"
			], `${require_light.quoted(name)} is already the name of fields[${sameName}]${why}`)];
		}
		const sameOrigin = origins.indexOf(origins[i]);
		if (sameOrigin === i) return [];
		return [problemAt([
			"schema",
			"fields",
			i,
			from === void 0 ? "name" : "from"
		], `the source column ${require_light.quoted(origins[i])} is already read by fields[${sameOrigin}]`)];
	});
}
function renamedColumn(fields, column, path) {
	if (fields.some(({ name }) => name === column)) return [];
	const renamed = fields.find(({ from }) => from === column);
	if (renamed === void 0) return [];
	return [problemAt(path, `the column ${require_light.quoted(column)} is renamed to ${require_light.quoted(renamed.name)} in schema.fields; use that name`)];
}
// ../core/src/spec/approval-policy.ts
var reviewer = require_zod.string().regex(/^[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/).meta({ title: "login such as `ada`, or team such as `acme/risk`" });
var fewPeople = require_zod.int().min(1).max(10);
var approvalPolicy = require_zod.strictObject({
	promotion: fewPeople.describe("People who must approve a new version."),
	canarySteps: fewPeople.optional().describe("People who must approve the start or a step of a canary. Default: as many as for a promotion."),
	from: require_zod.array(reviewer).min(1).max(15).optional().describe("Whose approval counts: logins, and teams such as `acme/risk` (whose members only the token of a GitHub App can read). Default: whoever may write to the repository.")
});
function mergeProblems({ merge, approvals }) {
	return merge === "auto" && approvals !== void 0 ? [problemAt(["merge"], "`auto` cannot be combined with `approvals`: people merge what people must approve")] : [];
}
function approverProblems({ approvals }) {
	if (approvals?.from === void 0) return [];
	const { promotion, canarySteps = 0, from } = approvals;
	const most = Math.max(promotion, canarySteps);
	if (from.length >= most || from.some((name) => name.includes("/"))) return [];
	return [problemAt(["approvals", "from"], `${from.length} cannot give ${most} approvals; name more people, or a team`)];
}
// ../core/src/spec/canary-policy.ts
var percent = require_zod.number().min(0).max(99);
var canaryTerms = {
	steps: require_zod.array(percent).min(1).describe("Shares of the requests, in percent, that the canary answers one after the other, each larger than the one before. 0 is a shadow: it is asked, and the champion answers."),
	minLabels: require_zod.int().positive().describe("Smallest number of requests with a known label, since the last step, before the next step is proposed."),
	maxDays: require_zod.number().positive().describe("Number of days after which a canary that has not been promoted or stopped needs a person's attention."),
	margin: require_zod.number().positive().max(1).describe("How much larger than the champion's the mean loss of the canary may truly be. Losses are between 0 and 1; `loss` in rollout.yaml says which one is used."),
	outcome: require_zod._enum(["independent", "affected"]).describe("`independent`: the label does not depend on which version answered, so both are compared on every request. `affected`: the answer changes what happens, so each version is measured only on the requests that it answered; that needs many more labels.")
};
var canaryPolicy = require_zod.strictObject({
	steps: canaryTerms.steps.default([
		5,
		25,
		50
	]),
	minLabels: canaryTerms.minLabels.default(200),
	maxDays: canaryTerms.maxDays.default(28),
	margin: canaryTerms.margin.default(.01),
	outcome: canaryTerms.outcome.default("independent"),
	merge: require_zod._enum(["review", "auto"]).default("review").describe("`review`: a person merges. `auto`: turns on GitHub's auto-merge for proposals that stop a canary, if the base branch requires the check `refit`. A larger share and the promotion are always merged by a person.")
});
function canaryProblems({ canary, proposalGroup }) {
	if (canary === void 0) return [];
	const inGroup = "cannot be combined with proposalGroup: models of a group go live in one commit, and a canary goes live by itself; remove one of the two";
	return [...stepProblems(canary.steps, ["canary", "steps"]), ...proposalGroup === void 0 ? [] : [problemAt(["canary"], inGroup)]];
}
function stepProblems(steps, place) {
	return steps.flatMap((step, i) => i === 0 || step > steps[i - 1] ? [] : [problemAt([...place, i], `must be larger than the step before it (${steps[i - 1]}), and is ${step}`)]);
}
// ../core/src/spec/labels-spec.ts
var column$1 = require_zod.string().min(1).meta({ title: "column name" });
var labelsSpec = require_zod.strictObject({
	data: require_zod.string().regex(require_light.namePart).meta({ title: "name of lower-case letters, digits and single hyphens, such as `churn-outcomes`" }).describe("The data manifest of the labels: `data-manifests/<data>.yaml`, an ordinary one."),
	id: column$1.optional().describe("Column with the `id` of the answer, as the prediction log has it. Either this or `key` says which answer a label is about."),
	key: require_zod.literal(true).optional().describe("`true`: a label is about the newest answer before it that has the same `key`. The labels have the columns of the model's `key`, and `REFIT_LOG_SALT` must be set where the log has hashed keys."),
	target: column$1.optional().describe("Column with what came. Default: the model's `target`."),
	time: column$1.describe("Date or datetime column: when the label became known. A date stands for the end of that day, UTC.")
});
function labelsProblems({ labels, target, key }) {
	if (labels === void 0) return [];
	const { id, time } = labels;
	const value = labels.target ?? target;
	const joined = id === void 0 ? [key ?? []].flat() : [id];
	return [
		...whichAnswer(labels, key),
		...time === value ? [problemAt(["labels", "time"], "is also the column with the label; name another column")] : [],
		...joined.includes(value) ? [problemAt(["labels", "target"], `${require_light.quoted(value)} says which answer a label is about; name another column`)] : []
	];
}
function whichAnswer({ id, key: byKey }, key) {
	if (id !== void 0 && byKey !== void 0) return [problemAt(["labels", "key"], "and id both say which answer a label is about; remove one of the two")];
	if (id === void 0 && byKey === void 0) return [problemAt(["labels"], "does not say which answer a label is about: write `id: <column>` with the id of the answer, or `key: true` to find it by the model's key")];
	if (byKey === true && key === void 0) return [problemAt(["labels", "key"], "needs the model's `key`; add it, or name the column with the id of the answer in `id`")];
	return [];
}
// ../core/src/learners/setting-record.ts
var value = require_zod.union([
	require_zod.string(),
	require_zod.number(),
	require_zod.boolean()
]);
var settingRecord = require_zod.record(require_zod.string(), require_zod.union([value, require_zod.array(value)]));
// ../core/src/spec/training-policy.ts
var trainingPolicy = require_zod.strictObject({
	days: require_zod.number().positive().optional().describe("Number of days: learn only from the rows of the newest days."),
	rows: require_zod.int().positive().optional().describe("Number of rows: learn only from the newest ones."),
	halfLifeDays: require_zod.number().positive().optional().describe("A row counts half as much as one that is newer by this many days.")
}).refine((training) => training.days === void 0 || training.rows === void 0, { message: "use either days or rows, not both" });
// ../core/src/spec/candidate-settings.ts
var AUTO = "auto";
var whatIsTrained = "What is trained. The best on the validation rows becomes the challenger.";
function candidateList(learners) {
	const listed = require_zod.array(candidateSettings(learners)).min(1);
	const auto = learners.find(({ name }) => name === AUTO);
	if (auto === void 0) return listed.describe(whatIsTrained);
	const searched = require_zod.literal(AUTO).transform(() => [require_light.fillSettings(auto)]);
	return require_zod.union([searched, listed]).meta({
		title: `list of at least one map, or "${AUTO}"`,
		description: `${whatIsTrained} \`${AUTO}\` is short for \`[{ learner: ${AUTO} }]\`: see [how it chooses](../auto.md).`
	});
}
function candidateSettings(learners) {
	const [first, ...others] = learners.map(settingsOf);
	return require_zod.discriminatedUnion("learner", [first, ...others]);
}
function settingsOf({ name, description, settings }) {
	const keys = Object.entries(settings).map(([key, setting]) => [key, settingOf(setting)]);
	return require_zod.strictObject({
		learner: require_zod.literal(name).describe("Which learner trains."),
		...Object.fromEntries(keys),
		training: trainingPolicy.optional().describe("Which rows this candidate learns from; needs `time`. Default: as the model's `training` says."),
		calibration: require_zod._enum(require_light.calibrationMethods).optional().describe("Binary and multiclass tasks: corrects the model's probabilities on the validation rows. `platt` fits a sigmoid and needs few rows; `isotonic` fits any rising curve and needs about 1,000. Default: the probabilities stay as they are.")
	}).describe(description);
}
function settingOf(setting) {
	const written = valueOf(setting);
	const optional = setting.optional === true || setting.when !== void 0 ? written.optional() : written;
	return (setting.default === void 0 ? optional : written.default(setting.default)).describe(setting.description);
}
function valueOf(setting) {
	switch (setting.type) {
		case "choice": return require_zod._enum(setting.choices);
		case "list": return require_zod.array(setting.items === "integer" ? require_zod.int().positive() : require_zod.string()).min(setting.minItems ?? 0);
		case "boolean": return require_zod.boolean();
		case "text": return require_zod.string().min(1);
		case "record": return setting.choices === void 0 ? settingRecord : choiceByColumn(setting.choices);
		case "groups": return require_zod.array(columns).min(1);
		default: return numberOf(setting);
	}
}
var columns = require_zod.array(require_zod.string().min(1)).min(1).meta({ title: "list of column names" });
function choiceByColumn(choices) {
	return require_zod.record(require_zod.string().min(1), require_zod._enum(choices)).meta({ title: `map from column names to ${choices.map((choice) => `\`${choice}\``).join(" or ")}` });
}
function numberOf(setting) {
	let written = setting.type === "integer" ? require_zod.int() : require_zod.number();
	if (setting.minimum !== void 0) written = written.min(setting.minimum);
	if (setting.exclusiveMinimum !== void 0) written = written.gt(setting.exclusiveMinimum);
	if (setting.maximum !== void 0) written = written.max(setting.maximum);
	return written;
}
// ../core/src/spec/card-spec.ts
var words$1 = require_zod.string().trim().min(1);
var cardSpec = require_zod.strictObject({
	owner: words$1.max(300).optional().describe("Who is responsible for the model: a person, a team, where to ask."),
	use: words$1.max(1e4).optional().describe("What the model is meant for, and who uses its answers. An empty line starts a new paragraph."),
	limits: words$1.max(1e4).optional().describe("What the model must not be used for, where it is known to be weak, and what to monitor. An empty line starts a new paragraph.")
});
// ../core/src/spec/retrain-policy.ts
var retrainPolicy = require_zod.strictObject({
	maxAgeDays: require_zod.number().positive().optional().describe("Retrain when the champion is older than this, in days."),
	minNewRows: require_zod.int().positive().optional().describe("Retrain when at least this many rows arrived that no candidate was judged on yet."),
	drift: require_zod.boolean().default(true).describe("Retrain when the new data have drifted from the champion's training data in two of the last three snapshots."),
	driftClassifier: require_zod.boolean().default(false).describe("Also report drift when a classifier can tell the new rows from the champion's rows, even if no single column drifted. Needs at least 500 rows of each. Reads the champion's files again whenever there is a new file."),
	performanceMargin: require_zod.number().positive().optional().describe("Retrain, even during the cool-down, when the primary metric on rows newer than the champion's holdout is worse by more than this, with 95 % confidence. Needs `time`; scores the champion whenever there is a new file."),
	cooldownHours: require_zod.number().min(0).default(24).describe("How long triggers wait after a proposal, a decline or a rollback, in hours. Before the first model is live they do not wait."),
	maxPerDay: require_zod.int().positive().default(2).describe("Maximum number of candidates judged in any 24 hours."),
	maxPerWeek: require_zod.int().positive().default(8).describe("Maximum number of candidates judged in any seven days.")
});
// ../core/src/spec/model-spec.ts
var modelName = require_zod.string().regex(require_light.namePart).meta({ title: "name of lower-case letters, digits and single hyphens, such as `churn-eu`" });
var column = require_zod.string().min(1).meta({ title: "column name" });
var columnPair = require_zod.array(column).length(2).meta({ title: "pair of column names" });
var unitInterval = require_zod.number().min(0).max(1);
var metric = require_zod.union([require_zod._enum(require_light.metricNames), require_zod.string().min(1).meta({ title: "the name of one in `metrics.own`" })]);
var ownMetric = require_zod.strictObject({
	row: require_zod.string().min(1).describe("SQL expression that gives a number for each row. It reads the columns of the prepared row, and `label` (the target), `answer` (the class or the value that is predicted, as a value of the target) and `probability` (of the positive class; of several classes, of the one in `answer`; a regression has none). It can read one row only: no aggregate, window or subquery."),
	higherIsBetter: require_zod.boolean().describe("`true` for a gain such as profit, `false` for a cost.")
});
var gate = require_zod.strictObject({
	metric: metric.describe("The metric that is checked."),
	min: require_zod.number().optional().describe("The challenger's value must be at least this."),
	max: require_zod.number().optional().describe("The challenger's value must be at most this."),
	maxRegression: require_zod.number().min(0).optional().describe("Largest allowed drop: how much worse than the champion the challenger may be, in the metric's unit."),
	minImprovement: require_zod.number().optional().describe("Smallest required gain: how much better than the champion the challenger must be, in the metric's unit."),
	slice: require_zod.union([require_zod.string(), columnPair]).optional().describe("An entry of `slices`, or `*` for all of them; absent: all rows."),
	significant: require_zod.boolean().optional().describe("With `slice`, `maxRegression` and the primary metric: a regression fails only if it is significant (p below 0.05 after Holm's adjustment over all slices)."),
	critical: require_zod.boolean().optional().describe("With `slice`, `maxRegression` and the primary metric, for slices that must not get worse. A drop beyond `maxRegression` fails, significant or not. A smaller drop fails if it is significant by itself (p below 0.05). If no value has enough rows to tell, a person decides.")
}).refine((g) => [
	g.min,
	g.max,
	g.maxRegression,
	g.minImprovement
].filter((v) => v !== void 0).length === 1, { message: "a gate has exactly one of min, max, maxRegression, minImprovement" });
var fairnessRule = require_zod.strictObject({
	group: column.describe("Column whose values are the groups; a group needs 100 holdout rows and 10 of each class."),
	minSelectionRatio: unitInterval.default(.8).describe("Lowest selection rate of a group over the highest (the four-fifths rule). A challenger below it fails if it is significantly worse than the champion, a first model if its whole 90 % interval is below."),
	maxOpportunityGapGrowth: unitInterval.default(.02).describe("How much the gap between the groups' true positive rates may grow, compared with the champion; more fails if p < 0.05.")
});
var budget = require_zod.strictObject({
	maxLatencyRatio: require_zod.number().positive().optional().describe("Largest allowed ratio of the challenger's prediction time to the champion's, measured side by side; fails if the whole 90 % interval is above it."),
	maxP95MsPer1000Rows: require_zod.number().positive().optional().describe("Largest allowed 95th percentile of prediction time, in milliseconds per 1,000 rows, on the machine of the run."),
	maxSizeRatio: require_zod.number().positive().optional().describe("Largest allowed ratio of the artifact's size to the champion's, in bytes.")
});
var holdoutPolicy = require_zod.strictObject({
	days: require_zod.number().positive().optional().describe("How many of the newest days are held out; needs `time`."),
	fraction: require_zod.number().min(.01).max(.9).optional().describe("Share of rows held out: the newest ones with `time`, else chosen by a stable hash of the key. Default: 0.2."),
	minRows: require_zod.int().min(1).default(200).describe("With fewer holdout rows than this, the verdict is `inconclusive`; so it is with fewer than 10 rows of two classes."),
	blockDays: require_zod.number().positive().optional().describe("Rows within this many days of each other are not independent, so tests resample whole blocks of days. Needs `time`; cannot be combined with `group`.")
}).refine((h) => h.days === void 0 || h.fraction === void 0, { message: "use either days or fraction, not both" });
var validationPolicy = require_zod.strictObject({
	days: require_zod.number().positive().optional().describe("Number of days before the holdout whose rows are used; needs `time`. Default: twice the days of the holdout, and at most half of the rows before it."),
	fraction: require_zod.number().min(.01).max(.5).optional().describe("Share of the rows outside the holdout: the newest of them with `time`. Default without `time`: 0.2.")
}).refine((v) => v.days === void 0 || v.fraction === void 0, { message: "use either days or fraction, not both" });
var keys = {
	task: require_zod._enum([
		"binary",
		"multiclass",
		"regression"
	]).describe("What kind of prediction the model makes."),
	data: modelName.describe("The data manifest: `data-manifests/<data>.yaml`."),
	target: column.describe("Column of the prepared data that the model predicts."),
	positive: require_zod.union([
		require_zod.string(),
		require_zod.number(),
		require_zod.boolean()
	]).optional().describe("Binary task: the target's value that counts as positive. Default: `true`, else the larger value."),
	time: column.optional().describe("Date or datetime column; the holdout is then the newest rows. Its month, day of the week and hour are features unless `features.exclude` names it."),
	key: require_zod.union([column, require_zod.array(column).min(1)]).optional().describe("Column or columns that identify a row: a later row with the same key and other values is a correction, and an exact copy is not a new row. Without `time` their hash decides whether the row is in the holdout."),
	labels: labelsSpec.optional().describe("Where it shows later what was right, so that `refit monitor` can measure the model on what it answers. Changing it retrains nothing."),
	group: column.optional().describe("Column whose rows belong together, such as a customer: a group on both sides of the split is an overlap, tests resample whole groups, and a holdout without `time` is chosen by it. Not a feature unless `features.include` names it."),
	weight: column.optional().describe("Column of numbers above 0 that says how much a row counts: in training, metrics and tests. Not a feature unless `features.include` names it."),
	features: require_zod.strictObject({
		include: require_zod.array(column).optional().describe("Only these columns are features. Default: all but target, key, group and weight. Of `time`, as of every date, month, day of the week and hour are features."),
		exclude: require_zod.array(column).default([]).describe("Columns that are not features, for example because they reveal the target."),
		categorical: require_zod.array(column).default([]).describe("Numeric columns that are read as categories."),
		maxCategories: require_zod.int().min(2).max(250).default(100).describe("Maximum number of categories kept per column; the rest become `other`.")
	}).prefault({}).describe("Which columns the model sees, and how."),
	candidates: require_zod.array(require_zod.custom()).min(1),
	holdout: holdoutPolicy.prefault({}).describe("Rows that both models are judged on, and that neither has learned from; every comparison uses them."),
	validation: validationPolicy.prefault({}).describe("Rows for early stopping and for the choice among candidates."),
	training: trainingPolicy.optional().describe("Which rows are learned from, and with what weight; needs `time`. Use it if old rows mislead: `days` or `rows` leave them out, `halfLifeDays` gives them less weight. Each candidate can have its own, so that validation rows decide. Default: all rows, with equal weight."),
	ship: require_zod._enum(["all", "judged"]).optional().describe("`all`: after the verdict, the settings that were judged are trained once more on all rows, including the holdout, and that model ships; needs `time`. `judged`: the model that was judged ships; it has not learned from the holdout. Default: `all` with `time`, else `judged`."),
	metrics: require_zod.strictObject({
		primary: metric.describe("The metric that the test and the choice among candidates use."),
		also: require_zod.array(metric).default([]).describe("More metrics to report and to use in gates."),
		own: require_zod.record(require_zod.string(), ownMetric).optional().describe("Metrics of your own, by name: each is the mean of a number per row, weighted where the model has `weight`. They are measured with the others, and `primary` and gates may name them. Their margins and limits are in their own unit."),
		threshold: unitInterval.optional().describe("Binary task: probability from which a row counts as positive, also for `fairness` and as `answer` in `own`. Default: 0.5."),
		quantile: require_zod.number().min(0).max(1).optional().describe("For `pinball`: the quantile that the model predicts. Default: 0.5.")
	}).describe("What is measured."),
	slices: require_zod.array(require_zod.union([column, columnPair])).default([]).describe("Columns by whose values the metrics are broken down; a pair such as `[size, phase]` by the values of both. A value is tested if it has at least 100 holdout rows, and at least 10 of each class."),
	gates: require_zod.array(gate).min(1).describe("What a challenger must pass to be promoted: every gate. At least one gate is required."),
	fairness: require_zod.array(fairnessRule).default([]).describe("Limits on differences between groups of people; binary tasks only."),
	budget: budget.prefault({}).describe("What a new version may cost, compared with the champion."),
	refresh: require_zod._enum(["guarded", "proven"]).default("guarded").describe("What newer data with the same settings must show. `guarded`: promoted unless it is worse than the champion beyond chance (p ≤ 0.05), or the holdout is too small to show a harm of 0.10 (of your own metrics, of a fifth of the standard deviation of the champion's rows). `proven`: promoted only if it is shown not to be worse by more than `margin`; with a holdout of usual size this often keeps an old champion live."),
	margin: require_zod.number().positive().optional().describe("With `refresh: proven`: how much worse than the champion the primary metric may truly be (the non-inferiority margin). Default: 0.01, 2 % of the champion's value for metrics that are not between 0 and 1, or for your own metrics 2 % of the standard deviation of the champion's rows."),
	retrain: retrainPolicy.prefault({}).describe("When to retrain."),
	merge: require_zod._enum(["review", "auto"]).default("review").describe("`review`: a person merges. `auto`: turns on GitHub's auto-merge, if the base branch requires the check `refit`."),
	canary: canaryPolicy.optional().describe("New versions start as a canary: a proposal adds `canary/` and `rollout.yaml` beside `champion/`, and later proposals raise the share of requests that it answers. Left out: the merge makes a new version the champion at once. The first version of a model is never a canary."),
	approvals: approvalPolicy.optional().describe("For models of high risk: how many people must have approved exactly the commit that is merged. Until then `refit verify`, whose check `refit` the base branch must require, fails. Who made a commit of it does not count. Cannot be combined with `merge: auto`."),
	proposalGroup: modelName.optional().describe("Models with the same name here share one proposal, on the branch `refit-group--<name>`: if one of them is due, all are judged, and either all are proposed or none."),
	reviewers: require_zod.array(reviewer).max(15).default([]).describe("Who is asked (once) to review a proposal: logins, and teams such as `acme/risk`. CODEOWNERS decides who has to."),
	tags: require_zod._enum(["plain", "gto"]).default("plain").describe("Which tags `refit promote` creates: `plain` is `<model>@v3`; `gto` adds those that GTO reads, `<model>@v3.0.0` and `<model>#prod#4`."),
	publish: require_zod.array(require_zod._enum(["release", "deployment"])).default([]).describe("What `refit promote` creates on GitHub besides the tag: a release with the files, a deployment record."),
	card: cardSpec.optional().describe("What people say about the model. It is shown in the model card (`README.md`) of the next version; changing it retrains nothing."),
	maxModelMiB: require_zod.number().positive().default(50).describe("Largest version that may be committed, in MiB; files in Git LFS do not count."),
	seed: require_zod.int().min(0).max(4294967295).default(7).describe("Seed for everything random.")
};
function modelSpec(learners) {
	return require_zod.strictObject({
		...keys,
		candidates: candidateList(learners)
	});
}
function shipsAll({ ship, time }) {
	return ship === void 0 ? time !== void 0 : ship === "all";
}
// ../core/src/handover/hand-over.ts
var handOverFile = "candidates.json";
var handedOverParts = [
	"challenger",
	"procedure",
	"shipped"
];
var handOverLimits = {
	files: 1e4,
	fileBytes: 1073741824,
	indexBytes: 16777216
};
var handedOverModel = require_zod.object({
	model: require_zod.string(),
	inputDigest: require_zod.string(),
	parent: require_zod.string().nullable(),
	candidates: require_zod.array(require_zod.object({
		validation: require_zod.number().nullable(),
		learned: require_zod.boolean().default(true),
		bytes: require_zod.int().min(0),
		seconds: require_zod.number().min(0),
		failure: require_zod.string().optional(),
		found: require_zod.string().max(1e4).optional()
	})).min(1),
	chosen: require_zod.int().min(0),
	training: require_zod.number().nullable(),
	reproducible: require_zod.literal(false).optional()
}).refine(({ candidates, chosen }) => chosen < candidates.length, {
	path: ["chosen"],
	error: "no such candidate"
}).refine(({ candidates, chosen }) => candidates[chosen]?.failure === void 0, {
	path: ["chosen"],
	error: "a candidate that failed"
});
var handOver = require_zod.object({
	format: require_zod.literal(1),
	models: require_zod.array(handedOverModel).max(1e4)
});
function parseHandOver(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new require_light.CandidatesInvalidError(`${handOverFile} is not JSON`, { cause });
	}
	require_light.refuseNewer(handOverFile, value, 1);
	const result = handOver.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new require_light.CandidatesInvalidError(`${handOverFile}, ${issue.path.join(".") || "as a whole"}: ${issue.message}`);
}
function handOverDigest(files, sha256) {
	return `sha256:${sha256(require_light.canonicalJson(Object.fromEntries(files)))}`;
}
function isHandOverPath(path) {
	return path.length <= 200 && path.split("/").every((name) => /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name));
}
// ../core/src/spec/setting-rules.ts
function settingProblems({ task, candidates, metrics }, learners) {
	return candidates.flatMap((candidate, i) => {
		const place = (key) => [
			"candidates",
			i,
			key
		];
		const { settings = {} } = learners.find(({ name }) => name === candidate.learner) ?? {};
		const unfit = Object.entries(settings).flatMap(([key, setting]) => {
			const words = taskProblem(setting, candidate[key], task) ?? companyProblem(setting, candidate[key], candidate);
			return words === null ? [] : [problemAt(place(key), words)];
		});
		return unfit.length > 0 ? unfit : [...quantileProblems(candidate, metrics, place("quantile")), ...groupProblems(candidate, i)];
	});
}
function taskProblem({ tasks }, value, task) {
	if (value === void 0 || tasks === void 0 || tasks.includes(task)) return null;
	return `is for ${tasks.join(" and ")} tasks, and task is ${require_light.quoted(task)}; remove it`;
}
function companyProblem({ when = {} }, value, candidate) {
	for (const [key, wanted] of Object.entries(when)) {
		const given = candidate[key];
		if (given === wanted && value === void 0) return `is missing: \`${key}: ${wanted}\` needs it`;
		if (given !== wanted && value !== void 0) return `belongs to \`${key}: ${wanted}\`, and ${given === void 0 ? "there is none" : `${key} is ${require_light.quoted(String(given))}`}; remove one or correct the other`;
	}
	return null;
}
function quantileProblems({ objective, quantile }, metrics, path) {
	const measured = metrics.quantile ?? .5;
	if (objective !== "quantile" || quantile === measured) return [];
	if (![metrics.primary, ...metrics.also].includes("pinball")) return [];
	return [problemAt(path, `${String(quantile)} is what is predicted, and pinball is measured for ${measured}; write the same number here and in metrics.quantile`)];
}
function groupProblems({ interactions }, i) {
	if (!Array.isArray(interactions)) return [];
	return interactions.flatMap((names, group) => repeated$1(names, (nth) => [
		"candidates",
		i,
		"interactions",
		group,
		nth
	]));
}
// ../core/src/spec/check-model-spec.ts
function checkModelSpec(document, learners) {
	const ofSettings = rule([
		"task",
		"candidates",
		"metrics"
	], (spec) => settingProblems(spec, learners));
	return check(schemaFor(learners), [...rules$2, ofSettings], [], document);
}
function schemaFor(learners) {
	const known = schemas.get(learners) ?? modelSpec(learners);
	schemas.set(learners, known);
	return known;
}
var schemas = new WeakMap();
function rule(reads, find) {
	return {
		reads,
		find
	};
}
var rules$2 = [
	rule(["task", "metrics"], ({ task, metrics }) => [...foreignMetric({
		task,
		metrics
	}, metrics.primary, ["metrics", "primary"]), ...metrics.also.flatMap((metric, i) => foreignMetric({
		task,
		metrics
	}, metric, [
		"metrics",
		"also",
		i
	]))]),
	rule(["metrics"], ({ metrics: { own = {} } }) => Object.keys(own).flatMap((name) => {
		const problem = require_light.ownMetricProblem(name);
		return problem === null ? [] : [keyProblemAt([
			"metrics",
			"own",
			name
		], `${require_light.quoted(name)} ${problem}`)];
	})),
	rule(["merge", "approvals"], mergeProblems),
	rule(["approvals"], approverProblems),
	rule([
		"task",
		"metrics",
		"gates"
	], ({ task, metrics, gates }) => gates.flatMap(({ metric }, i) => {
		const path = [
			"gates",
			i,
			"metric"
		];
		const foreign = foreignMetric({
			task,
			metrics
		}, metric, path);
		if (foreign.length > 0 || require_light.measuredMetrics(metrics).includes(metric)) return foreign;
		return [problemAt(path, `${require_light.quoted(metric)} is not measured; add it to metrics.also`)];
	})),
	rule(["slices", "gates"], ({ slices, gates }) => gates.flatMap(({ slice }, i) => {
		const path = [
			"gates",
			i,
			"slice"
		];
		const names = slices.map(require_light.sliceName);
		if (slice === void 0 || names.includes(require_light.sliceName(slice))) return [];
		const name = require_light.sliceName(slice);
		if (name !== "*") return [problemAt(path, `${require_light.quoted(name)} is not in slices${didYouMean(name, names)}`)];
		return slices.length > 0 ? [] : [problemAt(path, "\"*\" means every declared slice, and slices declares none")];
	})),
	rule(["metrics", "gates"], ({ metrics, gates }) => gates.flatMap(({ significant, critical, metric, maxRegression, slice }, i) => {
		const asked = significant === true ? "significant" : critical === true ? "critical" : null;
		if (asked === null) return [];
		const path = [
			"gates",
			i,
			asked
		];
		if (significant === true && critical === true) return [problemAt(path, "lets drops pass that are not significant, and critical does not; use one of the two")];
		if (metric === metrics.primary && maxRegression !== void 0 && slice !== void 0) return [];
		return [problemAt(path, "needs slice, maxRegression and the primary metric; no other gate is tested for significance")];
	})),
	rule(["task", "fairness"], ({ task, fairness }) => [...task === "binary" || fairness.length === 0 ? [] : [problemAt(["fairness"], `compares rates of a positive answer, and task is ${require_light.quoted(task)}`)], ...repeated$1(fairness.map(({ group }) => group), (i) => [
		"fairness",
		i,
		"group"
	])]),
	rule(["task", "metrics"], ({ task, metrics }) => [...metrics.threshold === void 0 || task === "binary" ? [] : [problemAt(["metrics", "threshold"], `is for probabilities of a binary task, and task is ${require_light.quoted(task)}`)], ...metrics.quantile === void 0 || [metrics.primary, ...metrics.also].includes("pinball") ? [] : [problemAt(["metrics", "quantile"], "is for pinball, which is not measured")]]),
	rule([
		"target",
		"time",
		"weight"
	], ({ target, time, weight }) => weight !== void 0 && (weight === target || weight === time) ? [problemAt(["weight"], `is also the ${weight === target ? "target" : "time"}; use another column as the weight`)] : []),
	rule([
		"target",
		"time",
		"group"
	], ({ target, time, group }) => group !== void 0 && (group === target || group === time) ? [problemAt(["group"], `is also the ${group === target ? "target" : "time"}; use another column as the group`)] : []),
	rule(["gates"], ({ gates }) => gates.flatMap((gate, i) => gates.slice(0, i).flatMap((earlier, j) => {
		if (earlier.metric !== gate.metric || nameOf(earlier.slice) !== nameOf(gate.slice)) return [];
		const min = gate.min ?? earlier.min;
		const max = gate.max ?? earlier.max;
		if (min === void 0 || max === void 0 || min <= max) return [];
		return [problemAt(["gates", i], `contradicts gates[${j}]: no value is at least ${min} and at most ${max}`)];
	}))),
	rule(["holdout", "time"], ({ holdout, time }) => holdout.days === void 0 || time !== void 0 ? [] : [problemAt(["holdout", "days"], "counts days back from the newest row; name the date column in time, or use holdout.fraction")]),
	rule(["validation", "time"], ({ validation, time }) => validation.days === void 0 || time !== void 0 ? [] : [problemAt(["validation", "days"], "counts days back from the holdout; name the date column in time, or use validation.fraction")]),
	rule([
		"training",
		"candidates",
		"time"
	], ({ training, candidates, time }) => {
		if (time !== void 0) return [];
		const own = candidates.flatMap((candidate, i) => candidate.training === void 0 ? [] : [[
			"candidates",
			i,
			"training"
		]]);
		return [...training === void 0 ? [] : [["training"]], ...own].map((place) => problemAt(place, "counts back from the newest row; name the date column in time"));
	}),
	rule(["task", "candidates"], ({ task, candidates }) => candidates.flatMap(({ calibration }, i) => calibration === void 0 || task !== "regression" ? [] : [problemAt([
		"candidates",
		i,
		"calibration"
	], "is for probabilities, and a regression has none; remove it")])),
	rule(["candidates"], ({ candidates }) => candidates.flatMap((candidate, i) => {
		const place = (file) => candidate.learner === require_light.onnxDescriptor.name ? [
			"candidates",
			i,
			"file"
		] : [
			"candidates",
			i,
			"code",
			file
		];
		const code = require_light.codeOf(candidate);
		return [
			...code.flatMap((file, nth) => {
				const problem = escapes(file) ?? (isHandOverPath(file) ? null : `${require_light.quoted(file)} ${oddPath}`);
				return problem === null ? [] : [problemAt(place(nth), problem)];
			}),
			...repeated$1(code, place),
			...answerProblems(candidate, i),
			...runnerProblems(candidate, i)
		];
	})),
	rule(["candidates", "time"], ({ candidates, time }) => candidates.flatMap((candidate, i) => candidate.learner === require_light.onnxDescriptor.name ? elsewhereProblems(candidate, i, time) : [])),
	rule(["canary", "proposalGroup"], canaryProblems),
	rule([
		"labels",
		"target",
		"key"
	], labelsProblems),
	rule(["ship", "time"], ({ ship, time }) => ship !== "all" || time !== void 0 ? [] : [problemAt(["ship"], "without time there would be no rows left that the champion has not seen; name the date column in time, or use ship: judged")]),
	rule([
		"holdout",
		"time",
		"group"
	], ({ holdout, time, group }) => {
		if (holdout.blockDays === void 0 || time !== void 0 && group === void 0) return [];
		return [problemAt(["holdout", "blockDays"], time === void 0 ? "divides time into blocks; name the date column in time" : twoWaysToDraw)];
	}),
	rule(["retrain", "time"], ({ retrain, time }) => retrain.performanceMargin === void 0 || time !== void 0 ? [] : [problemAt(["retrain", "performanceMargin"], "compares newer rows with older ones; name the date column in time")]),
	rule(["task", "positive"], ({ task, positive }) => positive === void 0 || task === "binary" ? [] : [problemAt(["positive"], `only a binary task has a positive value, and task is ${require_light.quoted(task)}`)]),
	rule([
		"target",
		"time",
		"key"
	], ({ target, time, key }) => [
		...target === time ? [problemAt(["time"], "is the target; time must be another column")] : [],
		...asList(key).includes(target) ? [problemAt(["key"], "contains the target, which cannot identify a row; name other columns")] : [],
		...Array.isArray(key) ? repeated$1(key, (i) => ["key", i]) : []
	]),
	rule(["target", "features"], ({ target, features }) => ["include", "categorical"].flatMap((list) => at(features[list], target).map((i) => problemAt([
		"features",
		list,
		i
	], `${require_light.quoted(target)} is the target, which cannot be a feature`)))),
	rule(["features"], ({ features: { include, exclude, categorical } }) => [
		...include?.length === 0 ? [problemAt(["features", "include"], "lists no column; remove it to use all columns")] : [],
		...repeated$1(include ?? [], (i) => [
			"features",
			"include",
			i
		]),
		...repeated$1(exclude, (i) => [
			"features",
			"exclude",
			i
		]),
		...repeated$1(categorical, (i) => [
			"features",
			"categorical",
			i
		]),
		...exclude.flatMap((column, i) => (include ?? []).includes(column) ? [problemAt([
			"features",
			"exclude",
			i
		], `${require_light.quoted(column)} is also in features.include`)] : []),
		...categorical.flatMap((column, i) => {
			const path = [
				"features",
				"categorical",
				i
			];
			if (exclude.includes(column)) return [problemAt(path, `${require_light.quoted(column)} is not a feature: it is in features.exclude`)];
			if (include === void 0 || include.includes(column)) return [];
			return [problemAt(path, `${require_light.quoted(column)} is not a feature: it is not in features.include${didYouMean(column, include)}`)];
		})
	]),
	rule(["slices"], ({ slices }) => [...repeated$1(slices.map((slice) => require_light.sliceName(typeof slice === "string" ? slice : [...slice].sort())), (i) => ["slices", i]), ...slices.flatMap((slice, i) => typeof slice !== "string" && slice[0] === slice[1] ? [problemAt(["slices", i], `pairs ${require_light.quoted(slice[0])} with itself`)] : [])])
];
var oddPath = "is copied into the version, so it may have letters, digits, `_`, `.`, `+` and `-` only, and no hidden part";
var twoWaysToDraw = "and group both decide which rows are drawn together in tests; use one of the two";
function nameOf(slice) {
	return slice === void 0 ? null : require_light.sliceName(slice);
}
function foreignMetric({ task, metrics: { own = {} } }, metric, path) {
	const valid = [...require_light.metricsOfTask[task], ...Object.keys(own)];
	if (valid.includes(metric)) return [];
	const list = `its metrics are ${valid.join(", ")}`;
	if (require_light.isBuiltIn(metric)) return [problemAt(path, `${require_light.quoted(metric)} does not apply to a ${task} task; ${list}`)];
	const near = require_light.nearest(metric, valid);
	const meant = near === void 0 ? `${list}; one of your own is declared in metrics.own` : `did you mean ${require_light.quoted(near)}?`;
	return [problemAt(path, `${require_light.quoted(metric)} is not a metric of a ${task} task; ${meant}`)];
}
function didYouMean(word, known) {
	const near = require_light.nearest(word, known);
	return near === void 0 ? "" : `; did you mean ${require_light.quoted(near)}?`;
}
function asList(key) {
	return typeof key === "string" ? [key] : key ?? [];
}
function at(list, word) {
	return (list ?? []).flatMap((item, i) => item === word ? [i] : []);
}
function elsewhereProblems({ trainedUntil, calibration, training }, i, time) {
	const place = (key) => [
		"candidates",
		i,
		key
	];
	const isTime = require_light.declaredInstant(String(trainedUntil)) !== null;
	const noTime = "is judged on rows that are newer than what it has learned from, so it needs time: name the date column there";
	const noInstant = `${require_light.quoted(String(trainedUntil))} is not a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z`;
	const noCalibration = "would be fitted to rows that the model may have learned from; calibrate it where it is trained, and remove this";
	const noTraining = "is for models that refit trains; remove it";
	return [
		...time === void 0 ? [problemAt(place("learner"), noTime)] : [],
		...isTime ? [] : [problemAt(place("trainedUntil"), noInstant)],
		...calibration === void 0 ? [] : [problemAt(place("calibration"), noCalibration)],
		...training === void 0 ? [] : [problemAt(place("training"), noTraining)]
	];
}
function answerProblems({ learner, predict, onnx }, i) {
	if (learner !== require_light.commandDescriptor.name) return [];
	const place = (key) => [
		"candidates",
		i,
		key
	];
	if (predict === void 0 && onnx === void 0) return [problemAt(place("predict"), "is missing: name the program that predicts, or in its place `onnx`, the file of the model")];
	if (onnx === void 0) return [];
	if (predict !== void 0) return [problemAt(place("onnx"), "takes the place of predict; remove one of the two")];
	return typeof onnx === "string" && isHandOverPath(onnx) ? [] : [problemAt(place("onnx"), `${require_light.quoted(String(onnx))} must be a file in the model folder, such as model.onnx`)];
}
function runnerProblems(candidate, i) {
	if (candidate.learner !== require_light.commandDescriptor.name) return [];
	const { runner, runnerStore } = candidate;
	const lonely = runner === void 0 ? ["runnerStop", "runnerStore"].filter((key) => candidate[key] !== void 0) : [];
	const isPlace = typeof runnerStore !== "string" || /^(?:\/|[A-Za-z]:[\\/]|s3:\/\/[^/]+)/.test(runnerStore);
	return [...lonely.map((key) => problemAt([
		"candidates",
		i,
		key
	], "needs `runner`; add it, or remove this")), ...isPlace ? [] : [problemAt([
		"candidates",
		i,
		"runnerStore"
	], `${require_light.quoted(runnerStore)} must be an absolute path, or begin with s3://`)]];
}
// ../core/src/features/feature-spec.ts
var columnInfo = require_zod.object({
	name: require_zod.string(),
	type: require_zod._enum(require_light.fieldTypes)
});
var feature = require_zod.discriminatedUnion("kind", [
	require_zod.object({
		kind: require_zod.literal("numeric"),
		name: require_zod.string(),
		input: require_zod.string()
	}),
	require_zod.object({
		kind: require_zod.literal("categorical"),
		name: require_zod.string(),
		input: require_zod.string(),
		levels: require_zod.array(require_zod.string()).max(250)
	}),
	require_zod.object({
		kind: require_zod.literal("datetimePart"),
		name: require_zod.string(),
		input: require_zod.string(),
		part: require_zod._enum(require_light.dateParts)
	}),
	require_zod.object({
		kind: require_zod.literal("file"),
		name: require_zod.string(),
		input: require_zod.string()
	})
]);
var classValue = require_zod.union([
	require_zod.string(),
	require_zod.number(),
	require_zod.boolean()
]);
var targetSpec = require_zod.object({
	name: require_zod.string(),
	task: require_zod._enum([
		"binary",
		"multiclass",
		"regression"
	]),
	classes: require_zod.array(classValue).nullable()
});
var ignoredReasons = [
	"target",
	"target-input",
	"key",
	"group",
	"weight",
	"excluded",
	"not-included",
	"identifier",
	"constant"
];
var eachOnce = (named) => new Set(named.map(({ name }) => name)).size === named.length;
var onceOnly = { error: "each name only once" };
var featureSpec = require_zod.object({
	format: require_zod.literal(1),
	source: require_zod.array(columnInfo),
	inputs: require_zod.array(columnInfo).refine(eachOnce, onceOnly),
	target: targetSpec,
	features: require_zod.array(feature).min(1).refine(eachOnce, onceOnly),
	ignored: require_zod.array(require_zod.object({
		name: require_zod.string(),
		reason: require_zod._enum(ignoredReasons)
	})),
	rowWise: require_zod.boolean().optional(),
	threshold: require_zod.number().min(0).max(1).optional()
});
// ../core/src/spec/layout-spec.ts
var layoutSpec = require_zod.strictObject({
	models: require_zod.array(require_zod.string().min(1)).min(1).default([...require_light.usualLayout.models]).describe("Globs of folders that may hold a `model.yaml`, from the root of the repository; these are all of them, so keep `models/**` in the list if models stay there. Below `models/` the name of a model is its path in there, elsewhere its path from the root: `apps/shop/churn`."),
	parallel: require_zod.int().min(1).max(64).optional().describe("How many models `refit run` works on at once, each in its own process, unless `--parallel` says otherwise; default: one. They share the machine's memory and threads; the results do not depend on it."),
	dashboard: require_zod._enum(["issue"]).optional().describe("`issue`: one issue of the repository on GitHub shows how every model is, as `refit status` does, and has boxes that start a run when they are ticked. Without it there is none, and one that was there is closed.")
});
var rules$1 = [{
	reads: ["models"],
	find: ({ models }) => [...models.flatMap((glob, i) => globProblems(glob, ["models", i])), ...repeated$1(models, (i) => ["models", i])]
}];
function globProblems(glob, path) {
	const outside = escapes(glob);
	if (outside !== null) return [problemAt(path, outside)];
	const parts = glob.split("/");
	if (parts.some((part) => part === "" || part === ".")) {
		const plainGlob = parts.filter((part) => part !== "" && part !== ".").join("/");
		return [problemAt(path, `${require_light.quoted(glob)} matches no folder; write ${require_light.quoted(plainGlob === "" ? "**" : plainGlob)}`)];
	}
	if (parts.at(-1) === "model.yaml") return [problemAt(path, `${require_light.quoted(glob)} names a file; name its folder: ${require_light.quoted(parts.slice(0, -1).join("/"))}`)];
	return [];
}
function checkLayout(document) {
	return check(layoutSpec, rules$1, [], document);
}
// ../core/src/spec/rollout.ts
var rolloutSpec = require_zod.strictObject({
	percent: require_zod.number().min(0).max(99).describe("Share of the requests that the canary answers now, in percent: one of `steps`. 0 is a shadow: it is asked, and the champion answers."),
	...canaryTerms,
	loss: require_zod._enum([
		"brier",
		"zeroOne",
		"absolute"
	]).describe("What one answer costs, from 0 to 1. `brier`: half the sum of the squared differences between the probabilities of all classes and what came. `zeroOne`: 1 for a wrong class. `absolute`: the absolute error of a regression, divided by `scale` and at most 1."),
	scale: require_zod.number().positive().optional().describe("With `loss: absolute`: the 99th percentile of the champion's absolute errors on the holdout, in the unit of the target.")
});
var rules = [
	{
		reads: ["steps"],
		find: ({ steps }) => stepProblems(steps, ["steps"])
	},
	{
		reads: ["percent", "steps"],
		find: ({ percent, steps }) => steps.includes(percent) ? [] : [problemAt(["percent"], `must be one of steps (${steps.join(", ")}), and is ${percent}`)]
	},
	{
		reads: ["loss", "scale"],
		find: ({ loss, scale }) => {
			if (loss === "absolute" === (scale !== void 0)) return [];
			return [problemAt(["scale"], scale === void 0 ? "is missing: with loss: absolute, errors are divided by it" : `is only for loss: absolute, and loss is ${loss}; remove it`)];
		}
	}
];
function checkRollout(document) {
	return check(rolloutSpec, rules, [], document);
}
function rolloutText(rollout) {
	return Object.keys(rolloutSpec.shape).flatMap((key) => {
		const value = rollout[key];
		return value === void 0 ? [] : [`${key}: ${Array.isArray(value) ? `[${value.join(", ")}]` : String(value)}\n`];
	}).join("");
}
// ../core/src/decide/reason.ts
var reason = require_zod.discriminatedUnion("kind", [
	require_zod.object({ kind: require_zod.literal("no-champion") }),
	require_zod.object({ kind: require_zod.literal("imported") }),
	require_zod.object({
		kind: require_zod.literal("settings"),
		changed: require_zod.array(require_zod.object({
			setting: require_zod.string(),
			from: require_zod.string().nullable(),
			to: require_zod.string().nullable()
		})).optional()
	}),
	require_zod.object({
		kind: require_zod.literal("new-rows"),
		newRows: require_zod.int(),
		minNewRows: require_zod.int(),
		assumed: require_zod.boolean().optional()
	}),
	require_zod.object({
		kind: require_zod.literal("age"),
		ageDays: require_zod.number(),
		maxAgeDays: require_zod.number()
	}),
	require_zod.object({
		kind: require_zod.literal("drift"),
		feature: require_zod.string(),
		psi: require_zod.number()
	}),
	require_zod.object({
		kind: require_zod.literal("drift-classifier"),
		auc: require_zod.number(),
		features: require_zod.array(require_zod.string())
	}),
	require_zod.object({
		kind: require_zod.literal("performance"),
		metric: require_zod.string(),
		before: require_zod.number(),
		now: require_zod.number(),
		performanceMargin: require_zod.number()
	}),
	require_zod.object({ kind: require_zod.literal("policy") }),
	require_zod.object({ kind: require_zod.literal("champion-moved") }),
	require_zod.object({
		kind: require_zod.literal("group"),
		group: require_zod.string(),
		due: require_zod.string()
	}),
	require_zod.object({
		kind: require_zod.literal("forced"),
		words: require_zod.string(),
		despite: require_zod.object({
			by: require_zod._enum([
				"declined",
				"rejected",
				"rolledBack",
				"stopped"
			]),
			at: require_zod.number()
		}).optional()
	})
]);
var storedReasons = require_zod.preprocess((stored) => Array.isArray(stored) ? stored.filter((each) => !isForeign(each)) : stored, require_zod.array(reason));
function isForeign(stored) {
	const { success, data } = require_zod.looseObject({ kind: require_zod.string() }).safeParse(stored);
	return success && !knownKinds$1.has(data.kind);
}
var knownKinds$1 = new Set(reason.options.map(({ shape }) => shape.kind.value));
// ../core/src/ledger/ledger-row.ts
var instant = require_zod.string().refine((text) => !Number.isNaN(Date.parse(text)), "expected a time such as 2026-06-01T00:00:00.000Z");
var head = {
	model: require_zod.string(),
	at: instant,
	inputDigest: require_zod.string(),
	parent: require_zod.string().nullable(),
	holdout: require_zod.string().nullable()
};
var judged = {
	settingsDigest: require_zod.string(),
	files: require_zod.array(require_zod.object({
		path: require_zod.string(),
		sha256: require_zod.string(),
		rows: require_zod.int(),
		bytes: require_zod.int().optional(),
		blob: require_zod.string().nullable().optional(),
		version: require_zod.record(require_zod.string(), require_zod.string()).optional()
	}))
};
var policyDigest = require_zod.string().optional();
var driftLevel = require_zod.number();
var words = require_zod.string();
var look = require_zod.object({
	...head,
	...judged,
	kind: require_zod.literal("look"),
	look: require_zod.int(),
	alpha: require_zod.number(),
	window: require_zod.object({
		from: instant.nullable(),
		to: instant.nullable(),
		rows: require_zod.int()
	}),
	verdict: require_zod.string(),
	live: require_zod.object({
		metric: require_zod.string(),
		value: require_zod.number()
	}).optional(),
	policyDigest,
	driftLevel: driftLevel.optional()
});
var proposed = require_zod.object({
	...head,
	...judged,
	kind: require_zod.literal("proposed"),
	reasons: storedReasons
});
var declined = require_zod.object({
	...head,
	...judged,
	kind: require_zod.literal("declined"),
	reason: words.optional()
});
var rejected = require_zod.object({
	...head,
	...judged,
	kind: require_zod.literal("rejected"),
	reasons: storedReasons,
	policyDigest
});
var blocked = require_zod.object({
	...head,
	kind: require_zod.literal("blocked"),
	settingsDigest: judged.settingsDigest.optional(),
	files: judged.files.optional(),
	reasons: storedReasons.optional(),
	findings: require_zod.array(require_zod.string()).optional(),
	policyDigest
});
var unblocked = require_zod.object({
	...head,
	kind: require_zod.literal("unblocked")
});
var rolledBack = require_zod.object({
	...head,
	kind: require_zod.literal("rolledBack")
});
var forced = require_zod.object({
	...head,
	...judged,
	kind: require_zod.literal("forced"),
	reason: words
});
var drift = require_zod.object({
	...head,
	kind: require_zod.literal("drift"),
	driftLevel
});
var repeated = require_zod.object({
	...head,
	kind: require_zod.literal("repeated"),
	program: require_zod.string()
});
var ledgerRow = require_zod.discriminatedUnion("kind", [
	look,
	proposed,
	declined,
	rejected,
	blocked,
	unblocked,
	rolledBack,
	forced,
	drift,
	repeated
]);
// ../core/src/ledger/read-ledger-lines.ts
var knownFormat = 1;
var knownKinds = new Set(ledgerRow.options.map(({ shape }) => shape.kind.value));
var anyRow = require_zod.looseObject({
	kind: require_zod.string(),
	model: require_zod.string(),
	at: require_zod.string(),
	format: require_zod.int().optional()
});
function readLedgerLines(file, text, first = 1) {
	return text.split("\n").flatMap((line, index) => line.trim() === "" ? [] : [readLine(file, first + index, line)]);
}
function readLine(file, number, text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new require_light.LedgerInvalidError(file, number, "it is not JSON.", { cause });
	}
	const { kind } = checked(anyRow, value, file, number);
	require_light.refuseNewer(`${file}:${number} on the branch \`refit-ledger\``, value, knownFormat);
	if (!knownKinds.has(kind)) return {
		key: text,
		text,
		row: null
	};
	const row = checked(ledgerRow, value, file, number);
	return {
		key: require_light.ledgerKey(row),
		text,
		row
	};
}
function checked(schema, value, file, number) {
	const result = require_light.parseBySchema(schema, value);
	if (result.success) return result.data;
	const { path, message } = result.error.issues[0];
	throw new require_light.LedgerInvalidError(file, number, [path.join("."), message].filter(Boolean).join(": "));
}
// ../core/src/lineage/lineage.ts
var sha256 = require_zod.string().regex(/^[0-9a-f]{64}$/);
var treeId = require_zod.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
var lineageFile = require_zod.object({
	path: require_zod.string(),
	sha256,
	bytes: require_zod.int(),
	rows: require_zod.int(),
	blob: require_zod.string().nullable(),
	version: require_zod.record(require_zod.string(), require_zod.string()).optional(),
	named: require_zod.object({
		own: sha256,
		files: require_zod.int(),
		bytes: require_zod.int()
	}).optional()
});
var holdoutFacts = require_zod.object({
	kind: require_zod._enum(["temporal", "hash"]),
	from: require_zod.string().nullable(),
	to: require_zod.string().nullable(),
	fraction: require_zod.number().nullable(),
	copies: require_zod.literal("apart").optional(),
	rows: require_zod.int(),
	digest: sha256,
	trainedUntil: require_zod.string().nullable()
});
var cardWords = require_zod.object({
	owner: require_zod.string().optional(),
	use: require_zod.string().optional(),
	limits: require_zod.string().optional()
});
var declared = require_zod.object({
	by: require_zod._enum(["candidate", "import"]),
	trainedUntil: require_zod.string().nullable()
});
var lineage = require_zod.object({
	format: require_zod.literal(1),
	model: require_zod.string(),
	files: require_zod.record(require_zod.string(), require_zod.object({
		sha256,
		bytes: require_zod.int()
	})),
	parent: treeId.nullable(),
	anchor: treeId.nullable(),
	holdout: holdoutFacts,
	judgedArtifact: sha256.nullable().optional(),
	trainedUntil: require_zod.string().nullable().optional(),
	trainedRows: require_zod.int().optional(),
	startedFrom: treeId.optional(),
	card: cardWords.optional(),
	declared: declared.optional(),
	data: require_zod.object({
		dataset: require_zod.string(),
		files: require_zod.array(lineageFile),
		tables: require_zod.record(require_zod.string(), require_zod.array(lineageFile)).optional()
	}),
	digests: require_zod.object({
		spec: sha256,
		manifest: sha256,
		code: sha256.nullable(),
		settings: sha256
	}),
	reproducible: require_zod.literal(false).optional(),
	learner: require_zod.object({
		name: require_zod.string(),
		algorithmVersion: require_zod.int(),
		settings: require_zod.record(require_zod.string(), require_zod.json())
	}),
	seed: require_zod.int(),
	inputDigest: sha256
});
var shownLineage = lineage.pick({
	format: true,
	holdout: true,
	trainedUntil: true,
	card: true,
	declared: true,
	digests: true,
	learner: true,
	seed: true
}).extend({ data: require_zod.object({
	dataset: require_zod.string(),
	files: require_zod.array(require_zod.object({
		sha256: require_zod.string(),
		rows: require_zod.int()
	}))
}) });
// ../core/src/data/profile.ts
var columnProfile = require_zod.object({
	name: require_zod.string(),
	type: require_zod._enum(require_light.fieldTypes),
	rows: require_zod.int(),
	nulls: require_zod.int(),
	min: require_zod.number().optional(),
	max: require_zod.number().optional(),
	sum: require_zod.number().optional(),
	sumOfSquares: require_zod.number().optional(),
	buckets: require_zod.array(require_zod.tuple([require_zod.int(), require_zod.int()])).optional(),
	top: require_zod.array(require_zod.tuple([require_zod.string(), require_zod.int()])).optional(),
	otherCount: require_zod.int().optional(),
	distinct: require_zod.int().optional(),
	usualPsi: require_zod.number().optional(),
	importance: require_zod.number().optional()
});
var profile = require_zod.object({
	format: require_zod.literal(1),
	rows: require_zod.int(),
	columns: require_zod.array(columnProfile),
	prediction: columnProfile.optional()
});
// ../core/src/lineage/parse-stored.ts
function parseFeatureSpec(text, file = "features.json") {
	return parseStored(featureSpec, file, text);
}
function parseProfile(text, file = "profile.json") {
	return parseStored(profile, file, text);
}
function parseLineage(text, file = "lineage.json") {
	return parseStored(lineage, file, text);
}
function parseShownLineage(text) {
	return parseStored(shownLineage, "lineage.json", text);
}
var lineages = [lineage, shownLineage];
function parseStored(schema, file, text) {
	const limit = require_light.exceededLimit(text, lineages.includes(schema) ? "lineage" : "other");
	if (limit !== null) throw new require_light.ArtifactInvalidError(file, "", limit);
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new require_light.ArtifactInvalidError(file, "", "JSON", { cause });
	}
	require_light.refuseNewer(file, value, 1);
	const result = require_light.parseBySchema(schema, value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new require_light.ArtifactInvalidError(file, issue.path.join("."), issue.message);
}
// ../refit/src/specs/documents.ts
var documents_exports = require_rolldown_runtime.__exportAll({
	readDataManifest: () => readDataManifest,
	readLayoutSpec: () => readLayoutSpec,
	readModelSpec: () => readModelSpec,
	readRolloutSpec: () => readRolloutSpec
});
function readModelSpec(file, text, learners) {
	return read(file, text, (document) => checkModelSpec(document, learners));
}
function readDataManifest(file, text, schemes) {
	return read(file, text, (document) => checkDataManifest(document, schemes));
}
function readLayoutSpec(text) {
	return read(require_light.layoutFile, text, checkLayout, "remove the file, or list folders of models: `models: [models/**]`");
}
function readRolloutSpec(file, text) {
	return read(file, text, checkRollout, "`refit run` writes it with a canary");
}
var maxLength = 25e4;
function read(file, written, checkContents, ifEmpty = "`refit init` writes one to start with") {
	const text = written.startsWith("﻿") ? written.slice(1) : written;
	const lines = linesOf(text);
	const fail = (spots, options) => {
		const problems = spots.map(({ offset, message }) => {
			const { line, col } = lines.linePos(offset);
			return {
				file,
				line,
				column: col,
				message
			};
		}).sort((a, b) => a.line - b.line || a.column - b.column);
		throw new require_light.SpecInvalidError(file, problems, frame(text, problems[0]), options);
	};
	if (text.length > maxLength) fail([{
		offset: 0,
		message: `has more than ${maxLength} characters; is it the right file?`
	}]);
	let document;
	let contents;
	try {
		document = require_yaml.parseDocument(text, {
			version: "1.2",
			schema: "core",
			prettyErrors: false,
			uniqueKeys: false
		});
		const spots = syntaxSpots(document, text);
		if (spots.length > 0) return fail(spots);
		contents = document.toJS({ maxAliasCount: 100 });
	} catch (error) {
		if (error instanceof RangeError) return fail([{
			offset: 0,
			message: tooDeep
		}], { cause: error });
		if (!(error instanceof ReferenceError)) throw error;
		return fail([{
			offset: 0,
			message: "its aliases (*name) name no anchor (&name), or expand to too much; write the values out"
		}], { cause: error });
	}
	if (contents === null) fail([{
		offset: 0,
		message: `is empty; ${ifEmpty}`
	}]);
	const checked = checkContents(contents);
	if (checked.ok) return checked.value;
	const pairOf = pairFinder();
	return fail(checked.problems.map((problem) => ({
		offset: offsetOf(document, problem, pairOf),
		message: problem.message
	})));
}
function syntaxSpots(document, text) {
	if (document.directives.yaml.explicit && document.directives.yaml.version !== "1.2") return [{
		offset: 0,
		message: "declares a YAML version other than 1.2, in which `no` means false; remove the %YAML line"
	}];
	const exhausted = document.errors.find(({ code }) => code === "RESOURCE_EXHAUSTION");
	if (exhausted !== void 0) return [{
		offset: exhausted.pos[0],
		message: tooDeep
	}];
	const spots = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
		offset: pos[0],
		message: kindWords[code] ?? `cannot be read as YAML: ${require_light.plain(message)}`
	}));
	if (spots.length === 0) return rareSpots(document.contents);
	const tab = /^ *\t/m.exec(text);
	if (tab !== null) spots.unshift({
		offset: tab.index,
		message: tabIndents
	});
	return [...new Map(spots.toReversed().map((spot) => [spot.offset, spot])).values()];
}
var tooDeep = "is nested too deeply to be read";
var tabIndents = "this line is indented with a tab; YAML must be indented with spaces";
var noTags = "YAML tags (!…) are not supported; remove the tag";
var kindWords = {
	MULTIPLE_DOCS: "a second YAML document starts here, but a file must have only one (remove the ---)",
	TAB_AS_INDENT: tabIndents,
	TAG_RESOLVE_FAILED: noTags
};
var duplicateKey = "this key is already in the map; keep one of them";
function rareSpots(node) {
	if (!require_yaml.isNode(node) || require_yaml.isAlias(node)) return [];
	const offset = startOf(node) ?? 0;
	if (node.tag !== void 0) return [{
		offset,
		message: noTags
	}];
	if (require_yaml.isSeq(node)) return node.items.flatMap(rareSpots);
	if (!require_yaml.isMap(node)) return [];
	const seen = new Set();
	return node.items.flatMap(({ key, value }) => {
		const name = require_yaml.isScalar(key) ? key.value : key;
		if (seen.has(name)) return [{
			offset: startOf(key) ?? offset,
			message: duplicateKey
		}];
		seen.add(name);
		return [...require_yaml.isScalar(key) && key.tag === void 0 && typeof key.value === "string" && key.value !== "__proto__" ? [] : [{
			offset: startOf(key) ?? offset,
			message: "a key must be plain text"
		}], ...rareSpots(value)];
	});
}
function offsetOf(document, { path, at }, pairOf) {
	let node = document.contents;
	let key;
	for (const [depth, step] of path.entries()) {
		const isLast = depth === path.length - 1;
		if (require_yaml.isMap(node)) {
			const pair = pairOf(node, step);
			if (pair === void 0) return startOf(key) ?? startOf(node) ?? 0;
			if (isLast && at === "key") return startOf(pair.key) ?? 0;
			key = pair.key;
			node = pair.value;
		} else if (require_yaml.isSeq(node)) {
			key = void 0;
			node = node.items[step];
		} else break;
	}
	return startOf(node) ?? startOf(key) ?? 0;
}
function pairFinder() {
	const known = new Map();
	return (map, key) => {
		const pairs = known.get(map) ?? new Map(map.items.map((pair) => [require_yaml.isScalar(pair.key) ? pair.key.value : pair, pair]));
		known.set(map, pairs);
		return pairs.get(key);
	};
}
function startOf(node) {
	return node?.range?.[0];
}
function linesOf(text) {
	const lines = new require_yaml.LineCounter();
	lines.addNewLine(0);
	for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
	return lines;
}
var writtenToken = /(?<=\b(?:token|credentials)["']?\s*:\s*)(?!["']?[A-Z_][A-Z0-9_]*["']?\s*(?:[,}#]|$))[^\s].*/;
function frame(text, { line, column }) {
	const rows = text.split(/\r?\n/);
	const numbers = [line - 1, line].filter((number) => number >= 1 && rows[number - 1] !== void 0);
	const width = String(line).length;
	const cut = (row) => require_light.plain(row.replaceAll("	", " ").replace(writtenToken, "***")).slice(0, 100);
	const shown = numbers.map((number) => `  ${String(number).padStart(width)} | ${cut(rows[number - 1])}`.trimEnd());
	const mark = column > 100 ? [] : [`  ${" ".repeat(width)} | ${" ".repeat(column - 1)}^`];
	return [...shown, ...mark].join("\n");
}
// ../refit/src/ledger/ledger-rows.ts
var ledger_rows_exports = require_rolldown_runtime.__exportAll({ readLedgerLines: () => readLedgerLines });
// ../refit/src/versions/stored-files.ts
var stored_files_exports = require_rolldown_runtime.__exportAll({ parseLineage: () => parseLineage });
Object.defineProperty(exports, "columnInfo", {
	enumerable: true,
	get: function() {
		return columnInfo;
	}
});
Object.defineProperty(exports, "dataLimits", {
	enumerable: true,
	get: function() {
		return dataLimits;
	}
});
Object.defineProperty(exports, "dataManifest", {
	enumerable: true,
	get: function() {
		return dataManifest;
	}
});
Object.defineProperty(exports, "documents_exports", {
	enumerable: true,
	get: function() {
		return documents_exports;
	}
});
Object.defineProperty(exports, "featureSpec", {
	enumerable: true,
	get: function() {
		return featureSpec;
	}
});
Object.defineProperty(exports, "handOverDigest", {
	enumerable: true,
	get: function() {
		return handOverDigest;
	}
});
Object.defineProperty(exports, "handOverFile", {
	enumerable: true,
	get: function() {
		return handOverFile;
	}
});
Object.defineProperty(exports, "handOverLimits", {
	enumerable: true,
	get: function() {
		return handOverLimits;
	}
});
Object.defineProperty(exports, "handedOverParts", {
	enumerable: true,
	get: function() {
		return handedOverParts;
	}
});
Object.defineProperty(exports, "isHandOverPath", {
	enumerable: true,
	get: function() {
		return isHandOverPath;
	}
});
Object.defineProperty(exports, "jsonSchemaOf", {
	enumerable: true,
	get: function() {
		return jsonSchemaOf;
	}
});
Object.defineProperty(exports, "layoutSpec", {
	enumerable: true,
	get: function() {
		return layoutSpec;
	}
});
Object.defineProperty(exports, "ledgerRow", {
	enumerable: true,
	get: function() {
		return ledgerRow;
	}
});
Object.defineProperty(exports, "ledger_rows_exports", {
	enumerable: true,
	get: function() {
		return ledger_rows_exports;
	}
});
Object.defineProperty(exports, "lineage", {
	enumerable: true,
	get: function() {
		return lineage;
	}
});
Object.defineProperty(exports, "modelSpec", {
	enumerable: true,
	get: function() {
		return modelSpec;
	}
});
Object.defineProperty(exports, "parseFeatureSpec", {
	enumerable: true,
	get: function() {
		return parseFeatureSpec;
	}
});
Object.defineProperty(exports, "parseHandOver", {
	enumerable: true,
	get: function() {
		return parseHandOver;
	}
});
Object.defineProperty(exports, "parseLineage", {
	enumerable: true,
	get: function() {
		return parseLineage;
	}
});
Object.defineProperty(exports, "parseProfile", {
	enumerable: true,
	get: function() {
		return parseProfile;
	}
});
Object.defineProperty(exports, "parseShownLineage", {
	enumerable: true,
	get: function() {
		return parseShownLineage;
	}
});
Object.defineProperty(exports, "readDataManifest", {
	enumerable: true,
	get: function() {
		return readDataManifest;
	}
});
Object.defineProperty(exports, "readModelSpec", {
	enumerable: true,
	get: function() {
		return readModelSpec;
	}
});
Object.defineProperty(exports, "readRolloutSpec", {
	enumerable: true,
	get: function() {
		return readRolloutSpec;
	}
});
Object.defineProperty(exports, "rolloutSpec", {
	enumerable: true,
	get: function() {
		return rolloutSpec;
	}
});
Object.defineProperty(exports, "rolloutText", {
	enumerable: true,
	get: function() {
		return rolloutText;
	}
});
Object.defineProperty(exports, "settingRecord", {
	enumerable: true,
	get: function() {
		return settingRecord;
	}
});
Object.defineProperty(exports, "shipsAll", {
	enumerable: true,
	get: function() {
		return shipsAll;
	}
});
Object.defineProperty(exports, "stored_files_exports", {
	enumerable: true,
	get: function() {
		return stored_files_exports;
	}
});
Object.defineProperty(exports, "targetSpec", {
	enumerable: true,
	get: function() {
		return targetSpec;
	}
});
