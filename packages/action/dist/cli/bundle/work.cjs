const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_commands = require("./commands.cjs");
const require_zod = require("./zod.cjs");
const require_readers = require("./readers.cjs");
const require_aws4fetch = require("./aws4fetch.cjs");
const require_yaml = require("./yaml.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_util = require("node:util");
let node_fs = require("node:fs");
let node_crypto = require("node:crypto");
let node_fs_promises = require("node:fs/promises");
let node_os = require("node:os");
let node_child_process = require("node:child_process");
let node_timers_promises = require("node:timers/promises");
let node_string_decoder = require("node:string_decoder");
let node_url = require("node:url");
let node_worker_threads = require("node:worker_threads");
let node_v8 = require("node:v8");
// ../core/src/errors/serve-errors.ts
var NotServedError = class extends require_light.RefitError {
	code = "not-served";
	hint;
	constructor(why) {
		const { problem, hint } = wordsOf$10(why);
		super(problem);
		this.hint = hint;
	}
};
function wordsOf$10(why) {
	if (why === "predictions") return {
		problem: "The version is a list of imported predictions, which answers no other rows.",
		hint: "Merge a version that has a model: `refit run`, or `refit import --onnx`."
	};
	if ("files" in why) return {
		problem: `The version reads files that rows name in ${require_light.quoted(why.files)}, which requests do not bring.`,
		hint: "Call its program with the files yourself."
	};
	return {
		problem: `A program (${why.program.join(" ")}) answers for the version, and it would be started anew for each request.`,
		hint: "Answer files with `refit predict`. Or let the training write an ONNX file into the model folder, and name it in model.yaml: `onnx: model.onnx` instead of `predict`."
	};
}
// ../core/src/errors/import-errors.ts
var ImportInvalidError = class extends require_light.RefitError {
	code = "import-invalid";
	hint;
	constructor(what, hint, options) {
		super(what, options);
		this.hint = hint;
	}
};
// ../core/src/errors/target-errors.ts
var SingleClassError = class extends require_light.RefitError {
	code = "single-class";
	hint = "Wait for rows with another value, hold out fewer rows, or correct `prepare`.";
	constructor(target, { value, heldOut }, rows, options) {
		const found = value === null ? "no value" : `the one value ${require_light.quoted(value)}`;
		super(`Target ${require_light.quoted(target)} has ${found} in the ${rows} training rows; a model needs at least two values.${heldOut}`, options);
	}
};
var TargetTaskError = class extends require_light.RefitError {
	code = "target-task";
	hint = "Change `task` or `target` in model.yaml, or convert the target in `prepare`.";
};
var TooManyClassesError = class extends require_light.RefitError {
	code = "too-many-classes";
	hint = "Change `task`, or merge values of the target in `prepare`.";
	constructor(target, task, values, most) {
		super(`Target ${require_light.quoted(target)} has ${values.length} values, but task ${task} takes at most ${most}: ${require_light.quotedList(values)}.`);
	}
};
var UnknownPositiveError = class extends require_light.RefitError {
	code = "unknown-positive";
	hint = "Set `positive` in model.yaml to one of the target's values, with the same type.";
	constructor(target, positive, values, options) {
		super(`\`positive\` is ${positive}, but target ${require_light.quoted(target)} has ${values.join(" and ")} in the training rows.`, options);
	}
};
var UnseenClassError = class extends require_light.RefitError {
	code = "unseen-class";
	hint = "Correct or merge the value in `prepare`, or change `task` to multiclass.";
	constructor(target, values, rows, options) {
		super(`Target ${require_light.quoted(target)} has values that no training row has, in ${rows} rows: ${require_light.quotedList(values)}.`, options);
	}
};
// ../core/src/learners/command-job.ts
var file$1 = require_zod.string().describe("Absolute path of a file.");
var folder = require_zod.string().describe("Absolute path of a folder.");
var about = {
	format: require_zod.literal(1),
	task: require_readers.targetSpec.shape.task,
	target: require_zod.strictObject({
		name: require_readers.targetSpec.shape.name,
		classes: require_readers.targetSpec.shape.classes
	}).describe("Column that is predicted, and its classes: of a binary task the negative one, then the positive one."),
	columns: require_zod.array(require_readers.columnInfo).describe("Columns to predict from, with their types, in the order of the files."),
	rowsFormat: require_zod._enum(["parquet", "csv"]).describe("Format of the files with rows."),
	model: folder.describe("Folder of the model: empty for `train`, which writes it; as it was written for `predict`."),
	seed: require_zod.int().describe("For everything random."),
	threads: require_zod.int().describe("Threads that the program should use."),
	timeoutMinutes: require_zod.number().describe("The call is ended after this many minutes."),
	memoryMiB: require_zod.int().nullable().describe("The call is ended above this memory; `null`: no limit."),
	settings: require_readers.settingRecord.describe("What `settings` says in model.yaml, with what `settled.json` changes.")
};
var commandJob = require_zod.discriminatedUnion("step", [require_zod.strictObject({
	step: require_zod.literal("train"),
	...about,
	train: file$1.describe("Rows to learn from: the columns, then the target, then the weight."),
	validation: file$1.nullable().describe("Rows for early stopping, with the same columns; `null`: model.yaml says `validation: false`."),
	champion: folder.nullable().describe("Folder with copies of the files that the program wrote as the model of the live version, to go on from; `null`: start anew."),
	weight: require_zod.string().nullable().describe("Column that says how much a row counts; `null`: all count the same.")
}), require_zod.strictObject({
	step: require_zod.literal("predict"),
	...about,
	rows: file$1.describe("Rows to predict, without the target."),
	predictions: file$1.describe("CSV file to write: a header, then one line per row, in the order of the rows.")
})]);
var storedCommand = require_zod.object({
	format: require_zod.literal(1),
	predict: require_zod.array(require_zod.string()).min(1).optional(),
	onnx: require_zod.string().min(1).optional(),
	rowsFormat: about.rowsFormat,
	environment: require_zod.array(require_zod.string()),
	seed: about.seed,
	threads: about.threads,
	settings: require_readers.settingRecord,
	task: about.task,
	target: about.target,
	columns: about.columns
});
// ../core/src/learners/predictions-file.ts
var storedPredictions = require_zod.object({
	format: require_zod.literal(1),
	task: require_readers.targetSpec.shape.task,
	target: require_zod.object({
		name: require_readers.targetSpec.shape.name,
		classes: require_readers.targetSpec.shape.classes
	}),
	key: require_zod.array(require_zod.string().min(1)).min(1)
});
var header = "row,prediction";
var rowName = /^[0-9a-f]{32}$/;
function predictionsText({ rows, values }) {
	const width = rows.length === 0 ? 1 : values.length / rows.length;
	return `${[header, ...rows.map((row, i) => `${row},${values.subarray(i * width, (i + 1) * width).join(",")}`)].join("\n")}\n`;
}
function readPredictionsText(text, width, isRegression) {
	const lines = text.split("\n");
	if (lines[0] !== header || lines.at(-1) !== "") return "is not a list of predictions";
	const rows = [];
	const values = new Float64Array((lines.length - 2) * width);
	for (let i = 1; i < lines.length - 1; i++) {
		const [row = "", ...numbers] = lines[i].split(",");
		if (!rowName.test(row) || numbers.length !== width) return `has a line ${i + 1} that is not a prediction`;
		if (rows.length > 0 && row <= rows.at(-1)) return `has a line ${i + 1} that is out of order`;
		rows.push(row);
		for (const [k, number] of numbers.entries()) values[(i - 1) * width + k] = number === "" ? NaN : Number(number);
	}
	const checked = require_commands.checkAnswers(Float64Array.from(values), isRegression ? null : width);
	if ("outcome" in checked) return checked.what;
	return predictionsText({
		rows,
		values
	}) === text ? {
		rows,
		values: checked.values
	} : "is not written as refit writes it";
}
// __vite-optional-peer-dep:pg-native:pg
var __vite_optional_peer_dep_pg_native_pg_exports = require_rolldown_runtime.__exportAll({ default: () => __vite_optional_peer_dep_pg_native_pg_default });
var __vite_optional_peer_dep_pg_native_pg_default;
var init___vite_optional_peer_dep_pg_native_pg = require_rolldown_runtime.__esmMin((() => {
	__vite_optional_peer_dep_pg_native_pg_default = {};
	throw new Error(`Could not resolve "pg-native" imported by "pg". Is it installed?`);
}));
// ../core/src/statistics/special/bisect.ts
function bisect(low, high, holds) {
	for (;;) {
		const middle = low + (high - low) / 2;
		if (middle <= low || middle >= high) return high;
		if (holds(middle)) high = middle;
		else low = middle;
	}
}
// ../core/src/statistics/special/chi-squared.ts
function chiSquaredSf(x, dof) {
	return require_light.regularisedGamma(dof / 2, x / 2).upper;
}
var criticals = new Map();
var mostKept = 1e3;
function chiSquaredCritical(alpha, dof) {
	const name = `${alpha} ${dof}`;
	const known = criticals.get(name);
	if (known !== void 0) return known;
	const critical = findCritical(alpha, dof);
	if (criticals.size < mostKept) criticals.set(name, critical);
	return critical;
}
function findCritical(alpha, dof) {
	let high = Math.max(dof, 1);
	while (chiSquaredSf(high, dof) > alpha) high *= 2;
	return bisect(0, high, (x) => chiSquaredSf(x, dof) <= alpha);
}
// ../core/src/statistics/two-sample/chi-squared-homogeneity.ts
function chiSquaredHomogeneity(table) {
	const rows = table.map((row) => Array.from(row)).filter((row) => total$3(row) > 0);
	const columns = rows[0]?.map((_, column) => total$3(rows.map((row) => row[column]))).filter((sum) => sum > 0) ?? [];
	const cells = rows.map((row) => row.filter((_, column) => rows.some((other) => other[column] > 0)));
	if (rows.length < 2) return null;
	const n = total$3(columns);
	let statistic = 0;
	let leastExpected = Infinity;
	for (const row of cells) for (const [column, observed] of row.entries()) {
		const expected = total$3(row) / n * columns[column];
		statistic += (observed - expected) * (observed - expected) / expected;
		leastExpected = Math.min(leastExpected, expected);
	}
	const dof = (rows.length - 1) * (columns.length - 1);
	if (dof === 0) return {
		statistic: 0,
		dof,
		p: 1,
		leastExpected,
		cramersV: 0,
		cramersVCorrected: 0
	};
	return {
		statistic,
		dof,
		p: chiSquaredSf(statistic, dof),
		leastExpected,
		cramersV: Math.sqrt(statistic / n / (Math.min(rows.length, columns.length) - 1)),
		cramersVCorrected: correctedV(statistic / n, rows.length, columns.length, n)
	};
}
function correctedV(phiSquared, rows, columns, n) {
	if (n < 2) return 0;
	const shrunk = Math.max(0, phiSquared - (rows - 1) * (columns - 1) / (n - 1));
	const size = (k) => k - (k - 1) * (k - 1) / (n - 1);
	const room = Math.min(size(rows), size(columns)) - 1;
	return room > 0 ? Math.sqrt(shrunk / room) : 0;
}
function total$3(counts) {
	return counts.reduce((sum, count) => sum + count, 0);
}
// ../core/src/data/signature.ts
var leastP = .001;
var sentinelWords = /^(?:n\/?a|nan|nil|none|null|missing|unknown|undefined|\?|-+|\.)$/i;
function normalised(text) {
	return text.trim().toLowerCase().replace(/[\s_-]+/g, " ");
}
function sameShare(a, of, b, ofB) {
	return (chiSquaredHomogeneity([[a, of - a], [b, ofB - b]])?.p ?? 1) >= leastP;
}
// ../core/src/data/champion-collapse.ts
function answerErrors(predictions, labels, { task, classes }) {
	const width = task === "multiclass" ? classes.length : 1;
	const counted = Array.from(labels.keys()).filter((row) => labels[row] >= 0 || task === "regression" && Number.isFinite(labels[row]));
	const truth = (row, k) => width === 1 ? labels[row] : Number(labels[row] === k);
	const means = Array.from({ length: width }, (_, k) => counted.reduce((sum, row) => sum + truth(row, k), 0) / counted.length);
	let [model, constant, squares] = [
		0,
		0,
		0
	];
	for (const row of counted) {
		let [own, other] = [0, 0];
		for (let k = 0; k < width; k++) {
			const answer = predictions[row * width + k] - truth(row, k);
			const mean = means[k] - truth(row, k);
			own += answer * answer;
			other += mean * mean;
		}
		model += own;
		constant += other;
		squares += (own - other) * (own - other);
	}
	return {
		rows: counted.length,
		model,
		constant,
		squares
	};
}
var leastRows$2 = 100;
var leastDeviations = 5;
var leastRatio = 1.05;
function championCollapse(target, parts) {
	const large = parts.filter(({ rows }) => rows >= 30);
	const total = (key) => large.reduce((sum, part) => sum + part[key], 0);
	const [rows, model, constant] = [
		total("rows"),
		total("model"),
		total("constant")
	];
	const difference = model - constant;
	if (rows < leastRows$2 || !(model > leastRatio * constant)) return null;
	const variance = total("squares") - difference * difference / rows;
	if (difference <= leastDeviations * Math.sqrt(Math.max(0, variance))) return null;
	const message = `The champion answers ${rows} new rows worse than a constant would: its mean squared error is ${short$2(model / rows)}, that of the best constant ${short$2(constant / rows)}. The columns as a whole have not drifted, so ${require_light.quoted(target)} may be swapped, shifted or joined to other rows.`;
	return require_light.finding("champion-collapse", {
		column: target,
		count: rows
	}, message);
}
var short$2 = (x) => String(Number(x.toPrecision(3)));
// ../core/src/statistics/two-sample/jensen-shannon.ts
function jensenShannonDivergence(first, second) {
	let n = 0;
	let m = 0;
	for (let bin = 0; bin < first.length; bin++) {
		n += first[bin];
		m += second[bin];
	}
	if (n === 0 || m === 0) return null;
	let sum = 0;
	for (let bin = 0; bin < first.length; bin++) {
		const p = first[bin] / n;
		const q = second[bin] / m;
		if (p > 0) sum += p * Math.log(2 * p / (p + q));
		if (q > 0) sum += q * Math.log(2 * q / (p + q));
	}
	return Math.max(0, sum / 2);
}
function jensenShannonDistanceBase2(first, second) {
	const divergence = jensenShannonDivergence(first, second);
	return divergence === null ? null : Math.sqrt(divergence / Math.LN2);
}
// ../core/src/data/align-counts.ts
var rareShare = .01;
var leastExpected = 10;
function alignCounts(before, now) {
	const pairs = [...valueCounts(before, now), [before.nulls, now.nulls]].filter(([a, b]) => a + b > 0);
	return [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
}
function valueCounts(before, now) {
	if (before.buckets !== void 0 && now.buckets !== void 0) {
		const borders = decileKeys(before.buckets);
		const first = countByKeys(before.buckets, borders);
		const second = countByKeys(now.buckets, borders);
		return first.map((count, bin) => [count, second[bin]]);
	}
	if (before.top !== void 0 && now.top !== void 0) return categoryCounts(before, now);
	return [[before.rows - before.nulls, now.rows - now.nulls]];
}
function decileKeys(buckets) {
	const total = buckets.reduce((sum, [, count]) => sum + count, 0);
	const keys = new Set();
	let reached = 0;
	for (const [key, count] of buckets) {
		const decile = Math.floor(10 * reached / total);
		reached += count;
		if (Math.floor(10 * reached / total) > decile) keys.add(key);
		if (count >= total / 10) keys.add(key - 1);
	}
	return [...keys].sort((a, b) => a - b);
}
function countByKeys(buckets, borders) {
	const counts = Array.from({ length: borders.length + 1 }, () => 0);
	let bin = 0;
	for (const [key, count] of buckets) {
		while (bin < borders.length && key > borders[bin]) bin++;
		counts[bin] += count;
	}
	return counts;
}
function categoryCounts(before, now) {
	const second = new Map(now.top);
	const least = Math.max(rareShare, leastExpected / Math.min(before.rows, now.rows)) * before.rows;
	const pairs = before.top.filter(([, count]) => count >= least).map(([text, a]) => [a, second.get(text) ?? 0]);
	const [a, b] = pairs.reduce(([m, n], [p, q]) => [m + p, n + q], [0, 0]);
	return [...pairs, [before.rows - before.nulls - a, now.rows - now.nulls - b]];
}
// ../core/src/data/column-effects.ts
function kolmogorovDistance(before, now, enough = 1) {
	const n = total$2(before);
	const m = total$2(now);
	if (n === 0 || m === 0) return null;
	let [i, j, a, b, largest] = [
		0,
		0,
		0,
		0,
		0
	];
	while (i < before.length && j < now.length && largest <= enough) {
		const apart = before[i][0] - now[j][0];
		if (apart <= 0) a += before[i++][1];
		if (apart >= 0) b += now[j++][1];
		largest = Math.max(largest, Math.abs(a / n - b / m));
	}
	return largest;
}
function scaledDistance(before, now) {
	const spread = deviation(before);
	if (spread === null || !(spread > 0) || before.buckets === void 0 || now.buckets === void 0) return null;
	const [n, m] = [total$2(before.buckets), total$2(now.buckets)];
	return n === 0 || m === 0 ? null : areaBetween(before.buckets, n, now.buckets, m) / spread;
}
function areaBetween(before, n, now, m) {
	let [i, j, a, b, area, previous] = [
		0,
		0,
		0,
		0,
		0,
		0
	];
	while (i < before.length || j < now.length) {
		const key = Math.min(before[i]?.[0] ?? Infinity, now[j]?.[0] ?? Infinity);
		const value = require_commands.bucketValue(key);
		const height = Math.abs(a / n - b / m);
		if (height > 0) area += height * (value - previous);
		previous = value;
		while (i < before.length && before[i][0] === key) a += before[i++][1];
		while (j < now.length && now[j][0] === key) b += now[j++][1];
	}
	return area;
}
function textDistance(before, now) {
	if (before.top === void 0 || now.top === void 0) return null;
	return jensenShannonDistanceBase2(...alignCounts(before, now));
}
function deviation({ rows, nulls, min, max, sum, sumOfSquares }) {
	if (min === void 0 || sum === void 0 || sumOfSquares === void 0 || rows === nulls) return null;
	if (min === max) return 0;
	const mean = sum / (rows - nulls);
	return Math.sqrt(Math.max(0, sumOfSquares / (rows - nulls) - mean * mean));
}
function total$2(buckets) {
	let sum = 0;
	for (const bucket of buckets) sum += bucket[1];
	return sum;
}
// ../core/src/data/usual-value.ts
var rounding = 3e-5;
function usualValue(column) {
	const values = column.rows - column.nulls;
	const [key, count] = (column.buckets ?? column.top ?? []).reduce((most, entry) => entry[1] > most[1] ? entry : most, ["", 0]);
	const others = values - count;
	if (count === 0 || others * 2 >= values) return null;
	return column.buckets === void 0 || isOfOthers(column, others / values) ? {
		key,
		others
	} : null;
}
function isOfOthers(column, share) {
	const [low, high, spread] = [
		column.min ?? 0,
		column.max ?? 0,
		deviation(column) ?? Infinity
	];
	return spread <= Math.sqrt(share) * (high - low) + rounding * Math.max(Math.abs(low), Math.abs(high));
}
// ../core/src/data/far-outside.ts
var farRanges = 5;
var chance = 1e-6;
var leastShare = .05;
function farOutside(before, now) {
	if (now.type !== "number" && now.type !== "integer" || before.min === void 0 || now.min === void 0) return null;
	const low = before.min;
	const high = before.max;
	const { old, fresh, scale } = comparable(before, now);
	if (scale === 0 || fresh === 0) return null;
	const least = Math.max(Math.ceil(Math.log(chance) / Math.log(fresh / (old + fresh))), leastShare * fresh);
	const far = farRanges * Math.max(1, fresh / old) * scale;
	const above = countWhere(now, (value) => value > high + far);
	const below = countWhere(now, (value) => value < low - far);
	if (Math.max(above, below) < least) return null;
	const count = above >= least ? above : below;
	const end = above >= least ? `up to ${short$1(now.max)}` : `down to ${short$1(now.min)}`;
	return {
		code: "far-outside",
		words: `has ${count} of ${now.rows - now.nulls} values far beyond all that came before (${end}; before, ${short$1(low)} to ${short$1(high)})`,
		count
	};
}
function comparable(before, now) {
	const usual = usualValue(before);
	const fresh = now.rows - now.nulls;
	const [low, high] = [before.min, before.max];
	if (usual === null) return {
		old: before.rows - before.nulls,
		fresh,
		scale: high - low
	};
	if (usual.others === 0) return {
		old: before.rows - before.nulls,
		fresh,
		scale: Math.max(Math.abs(low), Math.abs(high))
	};
	const again = now.buckets?.find(([key]) => key === usual.key)?.[1] ?? 0;
	return {
		old: usual.others,
		fresh: fresh - again,
		scale: high - low
	};
}
function countWhere({ buckets = [] }, holds) {
	return buckets.reduce((sum, [key, count]) => sum + (holds(require_commands.bucketValue(key)) ? count : 0), 0);
}
function short$1(x) {
	return String(Number(x.toPrecision(4)));
}
// ../core/src/data/unit-change.ts
function unitChange(before, now) {
	if (now.type !== "number" && now.type !== "integer") return null;
	return scaleChange(before, now) ?? temperatureChange(before, now);
}
function scaleChange(before, now) {
	const [was, is] = [spread$1(before), spread$1(now)];
	if (was === null || is === null) return null;
	const ratio = is.median / was.median;
	const spreadRatio = is.iqr / was.iqr;
	if (!(Math.abs(spreadRatio / ratio - 1) <= .1) || !(ratio >= 5 && spreadRatio >= 5 || ratio > 0 && ratio <= .2 && spreadRatio <= .2)) return null;
	return {
		code: "unit-change",
		words: `looks like another unit: its median and spread are ${ratio >= 1 ? `${short(ratio)} times` : `1/${short(1 / ratio)} of`} what they were`
	};
}
function spread$1({ buckets = [], min, max }) {
	if (min === void 0 || max === void 0) return null;
	const nonZero = buckets.filter(([key]) => key !== 0);
	if (nonZero.reduce((sum, [, count]) => sum + count, 0) < 30) return null;
	const [low, median, high] = require_commands.bucketQuantiles(nonZero, {
		min,
		max
	}, [
		.25,
		.5,
		.75
	]);
	const iqr = high - low;
	return iqr > 0 ? {
		median,
		iqr
	} : null;
}
var temperatures = [{
	factor: 1,
	offset: 273.15,
	words: "degrees Celsius and kelvin"
}, {
	factor: 1.8,
	offset: 32,
	words: "degrees Celsius and Fahrenheit"
}];
function temperatureChange(before, now) {
	const [was, is] = [moments$1(before), moments$1(now)];
	if (was === null || is === null || Math.abs(is.mean - was.mean) <= Math.max(was.deviation, is.deviation)) return null;
	const found = temperatures.find((scale) => converts(scale, was, is) || converts(scale, is, was));
	return found === void 0 ? null : {
		code: "unit-change",
		words: `looks like another unit: mean and spread changed as in a conversion between ${found.words}`
	};
}
function converts({ factor, offset }, from, to) {
	return Math.abs(to.deviation / (factor * from.deviation) - 1) <= .1 && Math.abs(to.mean - (factor * from.mean + offset)) <= to.deviation / 2;
}
function moments$1(column) {
	const values = column.rows - column.nulls;
	const spreadOf = deviation(column);
	if (values < 30 || spreadOf === null || !(spreadOf > 0)) return null;
	return {
		mean: column.sum / values,
		deviation: spreadOf
	};
}
function short(x) {
	return String(Number(x.toPrecision(2)));
}
// ../core/src/data/unseen-texts.ts
var largeShare = .05;
var leastMatched = .01;
function unseenTexts(before, now) {
	const [was, values] = [before.rows - before.nulls, now.rows - now.nulls];
	if (before.top === void 0 || now.top === void 0 || before.otherCount !== 0) return null;
	if (was < 30 || values < 30) return null;
	const known = new Set(before.top.flatMap(([text]) => [text, normalised(text)]));
	const unseen = now.top.filter(([text]) => !known.has(text) && !known.has(normalised(text)) && !sentinelWords.test(text.trim()));
	const rows = sumOf$2(unseen);
	const seenOnce = before.top.filter(([, count]) => count === 1).length;
	const expected = seenOnce > 0 && (rows / values <= seenOnce / was || sameShare(seenOnce, was, rows, values));
	if (rows === 0 || expected) return null;
	const share = require_commands.percent(rows / values);
	const counted = {
		count: rows,
		examples: unseen.map(([text]) => require_light.quoted(text))
	};
	if (rows < largeShare * values) return {
		code: "new-category",
		words: `has new texts in ${share} of its values${examples$13(unseen)}`,
		...counted
	};
	const pairs = matched(goneFrom(before.top, now), was, unseen, values);
	if (sumOf$2(pairs.map(({ to }) => to)) >= .8 * rows) {
		const [{ from, to }] = pairs;
		const words = `looks relabelled: ${require_light.quoted(to[0])} is as frequent as ${require_light.quoted(from[0])} was, which has disappeared`;
		return {
			code: "relabelled",
			words: pairs.length > 1 ? `${words} (${pairs.length} such pairs)` : words,
			...counted
		};
	}
	return {
		code: "unseen-categories",
		words: `has texts that were never there before in ${share} of its values${examples$13(unseen)}`,
		...counted
	};
}
function goneFrom(before, { top = [], otherCount }) {
	if (otherCount !== 0) return [];
	const present = new Set(top.map(([text]) => text));
	return before.filter(([text]) => !present.has(text));
}
function matched(gone, was, unseen, values) {
	const left = gone.filter(([, count]) => count >= leastMatched * was);
	return unseen.flatMap((to) => {
		const distance = ([, count]) => Math.abs(count / was - to[1] / values);
		const [from] = left.toSorted((a, b) => distance(a) - distance(b));
		if (from === void 0 || to[1] < leastMatched * values || !sameShare(from[1], was, to[1], values)) return [];
		left.splice(left.indexOf(from), 1);
		return [{
			from,
			to
		}];
	});
}
function examples$13(texts) {
	return `, such as ${texts.slice(0, 3).map(([text]) => require_light.quoted(text)).join(", ")}`;
}
function sumOf$2(texts) {
	return texts.reduce((sum, [, count]) => sum + count, 0);
}
// ../core/src/data/compare-column.ts
function compareColumn(file, before, now, { earlier = before, isTarget = false } = {}) {
	return [
		allNull(before, now) ?? nullJump(before, now),
		now.type === "file" ? sizeChange(before, now) : valueChange(),
		stringMismatch(before, now)
	].filter((signature) => signature !== null).map(({ code, words, ...counted }) => require_light.finding(code, {
		file,
		column: now.name,
		...counted
	}, `Column ${require_light.quoted(now.name)} of ${require_light.quoted(file)} ${words}.`));
	function valueChange() {
		return (isTarget ? oneLabel(before, now) : null) ?? constantCollapse(before, now) ?? constantChanged(before, now) ?? unitChange(before, now) ?? sentinelSpike(before, now, isTarget) ?? farOutside(before, now) ?? unseenTexts(earlier, now);
	}
}
function sizeChange(before, now) {
	if (before.type !== "file") return null;
	const [was, is] = [before, now].map((column) => ({
		...column,
		type: "integer"
	}));
	const found = unitChange(was, is) ?? farOutside(was, is);
	if (found === null) return null;
	const words = found.code === "unit-change" ? found.words.replace("looks like another unit: its", "has files of other sizes: their") : `names files of other sizes, in bytes: it ${found.words}`;
	return {
		...found,
		words
	};
}
function allNull(before, now) {
	if (now.rows === 0 || now.nulls < now.rows) return null;
	if (!(Math.exp(now.rows * Math.log(before.nulls / before.rows)) < .001)) return null;
	return {
		code: "all-null",
		words: `has no values; before, ${require_commands.percent(1 - before.nulls / before.rows)} of the rows had one`,
		count: now.rows
	};
}
function nullJump(before, now) {
	if (now.rows < 30 || before.rows < 30) return null;
	const rate = now.nulls / now.rows;
	const usual = before.nulls / before.rows;
	if (rate <= Math.max(2 * usual, usual + .05) || sameShare(before.nulls, before.rows, now.nulls, now.rows)) return null;
	return {
		code: "null-jump",
		words: `has ${require_commands.percent(rate)} missing values; before, it was ${require_commands.percent(usual)}`,
		count: now.nulls
	};
}
function constantCollapse(before, now) {
	const values = now.rows - now.nulls;
	const share = largestShare(before);
	if (values < 200 || share === null || before.type === "date" || before.type === "datetime") return null;
	if (!isConstant$3(now) || values * Math.log(share) > Math.log(1e-6)) return null;
	if (now.min !== void 0 && (now.min > before.max || now.min < before.min)) return null;
	return {
		code: "constant-collapse",
		words: `has the same value ${oneValue(now)} in all ${values} rows; before, the values varied`,
		count: values,
		examples: [oneValue(now)]
	};
}
function oneLabel(before, now) {
	const values = now.rows - now.nulls;
	if (values < 30 || before.rows === before.nulls || !isConstant$3(now) || isConstant$3(before)) return null;
	if (values * Math.log(shareOf(now, before)) > Math.log(.001)) return null;
	return {
		code: "one-label",
		words: `has the same answer ${oneValue(now)} in all ${values} rows; before, the answers differed`,
		count: values,
		examples: [oneValue(now)]
	};
}
function shareOf(constant, { buckets, top, rows, nulls }) {
	const text = constant.top?.[0]?.[0];
	const count = top?.find(([value]) => value === text)?.[1] ?? 0;
	const key = constant.min === void 0 ? null : require_commands.bucketOf(constant.min);
	const inBucket = buckets?.find(([bucket]) => bucket === key)?.[1] ?? 0;
	return (text === void 0 ? inBucket : count) / (rows - nulls);
}
function constantChanged(before, now) {
	if (before.type === "date" || before.type === "datetime" || !isConstant$3(before) || !isConstant$3(now)) return null;
	if (Math.min(before.rows - before.nulls, now.rows - now.nulls) < 30) return null;
	if (oneValue(before) === oneValue(now) || before.type !== "boolean" && now.min !== void 0 && now.min > before.min) return null;
	return {
		code: "constant-changed",
		words: `is always ${oneValue(now)}; before, it was always ${oneValue(before)}`
	};
}
function isConstant$3({ top, distinct, min, max }) {
	return top === void 0 ? min !== void 0 && min === max : distinct === 1;
}
function oneValue({ top, min }) {
	return top === void 0 ? String(min) : require_light.quoted(top[0][0]);
}
function largestShare({ buckets, top, rows, nulls }) {
	const counts = (buckets ?? top)?.map(([, count]) => count);
	if (counts === void 0 || counts.length === 0) return null;
	return Math.max(...counts) / (rows - nulls);
}
var sentinelNumbers = [
	0,
	-1,
	99,
	999,
	9999,
	99999,
	-9,
	-99,
	-999,
	-9999
];
function sentinelSpike(before, now, isTarget) {
	if (now.rows - now.nulls < 30 || now.type === "boolean" || now.type === "date" || now.type === "datetime") return null;
	for (const { label, count, usual } of sentinelCounts(before, now)) {
		const [share, usualShare] = [count / now.rows, usual / before.rows];
		if (share - usualShare < .1 || usualShare > .02 || sameShare(usual, before.rows, count, now.rows)) continue;
		return {
			code: "sentinel-spike",
			words: isTarget && usual === 0 ? `has the answer ${label} in ${require_commands.percent(share)} of the rows, which no row had before: a new class, or a value that stands for "none"` : `is ${label} in ${require_commands.percent(share)} of the rows; before, in ${require_commands.percent(usualShare)}`,
			count,
			examples: [label]
		};
	}
	return null;
}
function sentinelCounts(before, now) {
	if (now.top !== void 0 && before.top !== void 0) {
		const usual = new Map(before.top);
		return now.top.filter(([text]) => sentinelWords.test(text.trim())).map(([text, count]) => ({
			label: require_light.quoted(text),
			count,
			usual: usual.get(text) ?? 0
		}));
	}
	if (now.buckets === void 0 || before.buckets === void 0 || now.min === void 0) return [];
	const counts = new Map(now.buckets);
	const known = before.buckets;
	return [...[now.min, now.max].filter((value) => isOutlier(value, before, now.buckets)), ...sentinelNumbers].map((value) => ({
		value,
		key: require_commands.bucketOf(value),
		count: counts.get(require_commands.bucketOf(value)) ?? 0
	})).filter(({ key, count }) => count > 0 && standsAlone(counts, key, count)).map(({ value, key, count }) => ({
		label: String(value),
		count,
		usual: known.find(([each]) => each === key)?.[1] ?? 0
	}));
}
function isOutlier(value, before, buckets) {
	const range = {
		min: before.min ?? 0,
		max: before.max ?? 0
	};
	const [low = 0, high = 0] = require_commands.bucketQuantiles(before.buckets ?? [], range, [.25, .75]);
	const gaps = buckets.filter(([key]) => key !== require_commands.bucketOf(value)).map(([key]) => Math.abs(require_commands.bucketValue(key) - value));
	return gaps.length > 0 && Math.min(...gaps) > high - low;
}
function standsAlone(counts, key, count) {
	return [
		-2,
		-1,
		1,
		2
	].every((step) => (counts.get(key + step) ?? 0) <= count / 10);
}
function stringMismatch(before, now) {
	const values = now.rows - now.nulls;
	if (now.top === void 0 || before.top === void 0 || values < 30) return null;
	const known = new Set(before.top.map(([text]) => text));
	const plain = new Map(before.top.map(([text]) => [normalised(text), text]));
	const variants = now.top.filter(([text]) => !known.has(text) && plain.has(normalised(text)));
	const count = variants.reduce((sum, [, rows]) => sum + rows, 0);
	if (count === 0 || count < values / 100) return null;
	const [text] = variants[0];
	return {
		code: "string-mismatch",
		words: `contains ${require_light.quoted(text)}, which was written ${require_light.quoted(plain.get(normalised(text)))} before (${count} rows differ like this)`,
		count,
		examples: variants.map(([variant]) => require_light.quoted(variant))
	};
}
// ../core/src/data/distribution-distance.ts
function distributionDistance(a, b, enough = 1) {
	if (Math.min(a.rows - a.nulls, b.rows - b.nulls) < 30) return null;
	if (isNumber(a) && isNumber(b)) return kolmogorovDistance(a.buckets, b.buckets, enough);
	if (a.top === void 0 || b.top === void 0) return null;
	const shares = new Map(a.top.map(([text, count]) => [text, count / (a.rows - a.nulls)]));
	let sum = 0;
	for (const [text, count] of b.top) {
		sum += Math.abs((shares.get(text) ?? 0) - count / (b.rows - b.nulls));
		shares.delete(text);
	}
	return [...shares.values()].reduce((rest, share) => rest + share, sum) / 2;
}
function isNumber({ type, buckets }) {
	return (type === "number" || type === "integer") && buckets !== void 0;
}
// ../core/src/data/lone-jump.ts
var farDistance = .5;
var calmDistance = .1;
var leastOthers = 3;
function loneJump(file, known, reference, told) {
	const change = changeOfForm(file, known, reference);
	if (change === null) return [];
	const before = new Map(reference.columns.map((column) => [column.name, column]));
	const distances = file.profile.columns.flatMap((now) => {
		const was = before.get(now.name);
		const distance = was === void 0 ? null : distributionDistance(was, now);
		return distance === null ? [] : [{
			name: now.name,
			distance,
			chance: chanceOf$1(was.rows, now.rows)
		}];
	});
	const far = distances.filter(({ distance }) => distance >= farDistance);
	const calm = distances.filter(({ distance, chance }) => distance <= Math.max(calmDistance, chance));
	const [jump] = far;
	if (far.length !== 1 || calm.length < leastOthers || calm.length + 1 < distances.length) return [];
	if (told.has(jump.name)) return [];
	const message = `Column ${require_light.quoted(jump.name)} of ${require_light.quoted(file.path)} changed a lot while all other columns are as before, and ${change}.`;
	return [require_light.finding("lone-jump", {
		file: file.path,
		column: jump.name
	}, message)];
}
function changeOfForm({ path, profile }, known, reference) {
	const columns = new Set(reference.columns.map(({ name }) => name));
	if (!(profile.columns.length === columns.size && profile.columns.every(({ name }) => columns.has(name)))) return "the file has other columns than the champion's data";
	if (known.length === 0) return null;
	if (known.every((before) => formatOf$1(before) !== formatOf$1(path))) return "the file has another format";
	return known.every((before) => folderOf$1(before) !== folderOf$1(path)) ? "the file lies in another folder" : null;
}
var formatOf$1 = (path) => path.replace(/^.*?(?=(?:\.[^./]*){1,2}$)/, "").replace(/\.gz$/, "");
var folderOf$1 = (path) => path.slice(0, path.lastIndexOf("/") + 1);
function chanceOf$1(n, m) {
	return 1.63 * Math.sqrt(1 / n + 1 / m);
}
// ../core/src/statistics/exact-sum.ts
function exactSum(values) {
	const all = [...values];
	const parts = [];
	for (const value of all) {
		let rest = value;
		let kept = 0;
		for (const part of parts) {
			const [large, small] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
			const sum = large + small;
			const error = small - (sum - large);
			if (error !== 0) parts[kept++] = error;
			rest = sum;
		}
		parts.length = kept;
		parts.push(rest);
	}
	const rounded = roundedOnce(parts);
	return Number.isFinite(rounded) ? rounded : all.reduce((sum, value) => sum + value, 0);
}
function roundedOnce(parts) {
	let sum = parts.pop() ?? 0;
	let error = 0;
	while (parts.length > 0 && error === 0) {
		const next = parts.pop();
		const before = sum;
		sum = before + next;
		error = next - (sum - before);
	}
	const below = parts.at(-1) ?? 0;
	if (error !== 0 && below !== 0 && error < 0 === below < 0) {
		const step = sum + error * 2;
		if (error * 2 === step - sum) return step;
	}
	return sum;
}
function mergeProfiles(profiles) {
	const names = [...new Set(profiles.flatMap(({ columns }) => columns.map(({ name }) => name)))];
	const byName = profiles.map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
	const columns = names.map((name) => {
		const type = byName.find((columnsOf) => columnsOf.has(name)).get(name).type;
		return mergeColumn(byName.map((columnsOf, i) => columnsOf.get(name) ?? {
			name,
			type,
			rows: profiles[i].rows,
			nulls: profiles[i].rows
		}));
	});
	return {
		format: 1,
		rows: total$1(profiles.map(({ rows }) => rows)),
		columns
	};
}
function mergeColumn(parts) {
	const { name, type } = parts[0];
	return {
		name,
		type,
		rows: total$1(parts.map(({ rows }) => rows)),
		nulls: total$1(parts.map(({ nulls }) => nulls)),
		...mergeNumbers(parts),
		...mergeTexts(parts)
	};
}
function mergeNumbers(parts) {
	const counted = parts.filter(({ buckets }) => buckets !== void 0);
	if (counted.length === 0) return {};
	const buckets = new Map();
	for (const part of counted) for (const [key, count] of part.buckets) buckets.set(key, (buckets.get(key) ?? 0) + count);
	const filled = counted.filter(({ min }) => min !== void 0);
	return {
		...filled.length > 0 && {
			min: filled.reduce((least, { min }) => Math.min(least, min), Infinity),
			max: filled.reduce((most, { max }) => Math.max(most, max), -Infinity)
		},
		...filled.some(({ sum }) => sum !== void 0) && {
			sum: exactSum(filled.map(({ sum }) => sum ?? 0)),
			sumOfSquares: exactSum(filled.map(({ sumOfSquares }) => sumOfSquares ?? 0))
		},
		buckets: [...buckets].sort(([a], [b]) => a - b)
	};
}
function mergeTexts(parts) {
	const counted = parts.filter(({ top }) => top !== void 0);
	if (counted.length === 0) return {};
	const counts = new Map();
	for (const part of counted) for (const [text, count] of part.top) counts.set(text, (counts.get(text) ?? 0) + count);
	const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const unnamed = counted.map(({ distinct, top }) => Math.max(0, (distinct ?? 0) - top.length));
	return {
		top: all.slice(0, 200),
		otherCount: total$1(counted.map(({ otherCount }) => otherCount ?? 0)) + total$1(all.slice(200).map(([, count]) => count)),
		distinct: counts.size + total$1(unnamed)
	};
}
function total$1(numbers) {
	return numbers.reduce((sum, number) => sum + number, 0);
}
// ../core/src/data/missing-together.ts
var leastColumns = 3;
function missingTogether(file, reference, current, told) {
	const before = new Map(reference.columns.map((column) => [column.name, column]));
	const rises = current.columns.filter(({ name }) => !told.has(name)).flatMap((now) => {
		const was = before.get(now.name);
		return was === void 0 ? [] : riseOf(was, now) ?? [];
	}).sort((a, b) => a.excess - b.excess);
	const usual = rises[Math.floor(rises.length / 2)]?.excess ?? 0;
	const together = rises.filter(({ excess, noise }) => Math.abs(excess - usual) <= 1 + noise);
	if (together.length < leastColumns) return [];
	const names = together.map(({ name }) => require_light.quoted(name));
	const listed = names.length > 4 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
	const message = `In ${require_light.quoted(file)} each of ${listed} has about ${Math.round(usual)} more missing values than usual, as if they were missing in the same rows.`;
	return [require_light.finding("missing-together", {
		file,
		column: together[0].name,
		count: Math.round(usual)
	}, message)];
}
function riseOf(was, now) {
	if (Math.min(was.rows, now.rows) < 30) return null;
	const share = was.nulls / was.rows;
	const excess = now.nulls - share * now.rows;
	if (excess <= 0 || sameShare(was.nulls, was.rows, now.nulls, now.rows)) return null;
	return {
		name: now.name,
		excess,
		noise: 2 * Math.sqrt(share * (1 - share) * now.rows)
	};
}
// ../core/src/data/swapped-columns.ts
var leastDistance = .2;
function swappedColumns(file, reference, current) {
	const before = new Map(reference.columns.map((column) => [column.name, column]));
	const moved = current.columns.flatMap((now) => {
		const was = before.get(now.name);
		const own = was === void 0 ? null : distributionDistance(was, now);
		return own !== null && own >= leastDistance ? [{
			was,
			now,
			own
		}] : [];
	});
	return moved.flatMap((a, i) => moved.slice(i + 1).flatMap((b) => {
		if (!looksLike(a.was, b.now, a.own) || !looksLike(b.was, a.now, b.own)) return [];
		const [first, second] = [require_light.quoted(a.now.name), require_light.quoted(b.now.name)];
		const words = `each has the distribution that the other had`;
		const place = {
			file,
			column: a.now.name
		};
		return [require_light.finding("swapped-columns", place, `Columns ${first} and ${second} of ${require_light.quoted(file)} look swapped: ${words}.`)];
	}));
}
function looksLike(was, now, own) {
	const [n, m] = [was.rows - was.nulls, now.rows - now.nulls];
	const most = Math.min(Math.max(.05, 1.63 * Math.sqrt(1 / n + 1 / m)), own / 2);
	const apart = distributionDistance(was, now, most);
	return apart !== null && apart <= most;
}
// ../core/src/data/check-data.ts
function checkData(request) {
	const { newFiles, reference, rows, known = [], time, now } = request;
	const { checks } = request.manifest;
	const profiles = [...reference === null ? [] : [reference], ...newFiles.map(({ profile }) => profile)];
	const findings = require_light.staleData(require_light.newestTime(profiles, time), checks.maxAgeDays, now);
	if (rows < checks.minRows) {
		const message = `All files together have ${rows} rows; checks.minRows asks for at least ${checks.minRows}.`;
		findings.push(require_light.finding("too-few-rows", {}, message));
	}
	let earlier = reference;
	const paths = new Set(known.map(({ path }) => path));
	for (const [at, { path, profile, fileRows = profile.rows }] of newFiles.entries()) {
		findings.push(...nullRates(path, profile, checks));
		if (!paths.has(path)) findings.push(...rowCount$1(path, fileRows, known));
		findings.push(...require_light.futureTimes(path, profile, time, now));
		if (reference !== null) findings.push(...compareFile({
			path,
			profile
		}, reference, earlier ?? reference, request));
		if (earlier !== null && at + 1 < newFiles.length) earlier = mergeProfiles([earlier, profile]);
	}
	if (reference !== null && newFiles.length > 1) findings.push(...farTogether(newFiles, reference, findings));
	if (checks.maxNullRate !== void 0) {
		const told = new Set(findings.filter(({ code }) => code === "null-rate").map(({ column }) => column));
		findings.push(...nullRates(null, mergeProfiles(profiles), checks).filter(({ column }) => !told.has(column)));
	}
	return require_light.acceptSuspects(findings, checks);
}
function compareFile({ path, profile }, reference, earlier, { known = [], target = [] }) {
	const findings = swappedColumns(path, reference, profile);
	for (const column of profile.columns) {
		const before = columnOf$2(reference, column.name);
		if (before === void 0) continue;
		const isTarget = target.includes(column.name);
		findings.push(...compareColumn(path, before, column, {
			earlier: columnOf$2(earlier, column.name) ?? before,
			isTarget
		}));
	}
	const told = new Set(findings.map(({ column }) => column));
	const paths = known.map((file) => file.path);
	return [
		...findings,
		...missingTogether(path, reference, profile, told),
		...loneJump({
			path,
			profile
		}, paths, reference, told)
	];
}
function farTogether(files, reference, found) {
	const told = new Set(found.map(({ column }) => column));
	return mergeProfiles(files.map(({ profile }) => profile)).columns.flatMap((now) => {
		const before = told.has(now.name) ? void 0 : columnOf$2(reference, now.name);
		const far = before === void 0 ? null : farOutside(before, now);
		if (far === null) return [];
		const message = `Column ${require_light.quoted(now.name)} of the ${files.length} new files together ${far.words}.`;
		return [require_light.finding(far.code, {
			column: now.name,
			...far.count !== void 0 && { count: far.count }
		}, message)];
	});
}
function columnOf$2(profile, name) {
	return profile?.columns.find((column) => column.name === name);
}
function nullRates(file, profile, { maxNullRate }) {
	if (maxNullRate === void 0) return [];
	return profile.columns.filter(({ nulls, rows }) => nulls > maxNullRate * rows).map(({ name, nulls, rows }) => {
		const where = file === null ? "in all files together" : `of ${require_light.quoted(file)}`;
		const message = `Column ${require_light.quoted(name)} ${where} has ${require_commands.percent(nulls / rows)} missing values; checks.maxNullRate allows ${require_commands.percent(maxNullRate)}.`;
		return require_light.finding("null-rate", {
			file,
			column: name,
			count: nulls
		}, message);
	});
}
function rowCount$1(file, rows, known) {
	if (known.length < 3) return [];
	const sorted = known.slice(-7).map((before) => before.rows).sort((a, b) => a - b);
	const usual = sorted[Math.floor(sorted.length / 2)];
	if (rows >= usual / 2 && rows <= usual * 2) return [];
	return [require_light.finding("row-count", { file }, `${require_light.quoted(file)} has ${rows} rows; the median of the last files is ${usual}.`)];
}
// ../core/src/data/digest-table.ts
function digestWords(digests) {
	return new Uint32Array(digests.buffer, digests.byteOffset, digests.length * 2);
}
function digestTable(most) {
	let slots = 16;
	while (slots < 2 * most) slots *= 2;
	const numbers = new Int32Array(slots);
	const words = new Uint32Array(2 * most);
	let size = 0;
	const slotOf = (low, high) => {
		let slot = (low ^ Math.imul(high, 2654435761)) & slots - 1;
		for (;;) {
			const number = numbers[slot] - 1;
			if (number < 0 || words[2 * number] === low && words[2 * number + 1] === high) return slot;
			slot = slot + 1 & slots - 1;
		}
	};
	return {
		get size() {
			return size;
		},
		add(list, place) {
			const [low, high] = [list[2 * place], list[2 * place + 1]];
			const slot = slotOf(low, high);
			if (numbers[slot] === 0) {
				words[2 * size] = low;
				words[2 * size + 1] = high;
				numbers[slot] = ++size;
			}
			return numbers[slot] - 1;
		},
		find: (list, place) => numbers[slotOf(list[2 * place], list[2 * place + 1])] - 1
	};
}
// ../core/src/data/natural-repeats.ts
function areNatural({ pairs, possible, within }) {
	if (pairs === 0) return true;
	let [equal, all] = [0, 0];
	for (const rows of within) {
		const counts = new Map();
		for (const row of rows) {
			const count = counts.get(row) ?? 0;
			equal += count;
			counts.set(row, count + 1);
		}
		all += rows.length * (rows.length - 1) / 2;
	}
	if (equal === 0) return false;
	const expected = possible * equal / all;
	return pairs <= 2 * expected + 3 * Math.sqrt(expected);
}
// ../core/src/data/compare-rows.ts
var rowStanding = {
	seen: 0,
	added: 1,
	corrected: 2,
	copied: 3
};
var mostKeyRepeats = .01;
function compareRows({ known, gone, fresh }) {
	const [first] = fresh;
	if (gone.length + known.length === 0 && fresh.length === 1 && first.keys === null) return allAdded(first);
	const files = [
		...gone,
		...known,
		...fresh
	];
	if (files.some(({ keys }) => keys === null) && areOnce(fresh, [...gone, ...known])) return allDiffer(gone, fresh);
	const rows = numberRows(files);
	const old = gone.length + known.length;
	const { before, left, pending } = findAgain(rows, gone.length, old);
	const keyed = keyTable(files, rows);
	const keys = keyed === "repeats" ? null : keyed;
	return {
		...judgePending({
			rows,
			old,
			before,
			pending,
			keys
		}),
		lost: lostRows(rows, {
			gone: gone.length,
			left,
			keys
		}),
		keyRepeats: keyed === "repeats"
	};
}
function allAdded({ rows }) {
	return {
		standing: [new Uint8Array(rows.length).fill(rowStanding.added)],
		copiedFrom: [-1],
		corrections: [],
		lost: [],
		keyRepeats: false
	};
}
function areOnce(fresh, others) {
	const count = fresh.reduce((sum, { rows }) => sum + rows.length, 0);
	const table = digestTable(count);
	for (const { rows } of fresh) {
		const words = digestWords(rows);
		for (let row = 0; row < rows.length; row++) table.add(words, row);
	}
	if (table.size < count) return false;
	return others.every(({ rows }) => {
		const words = digestWords(rows);
		for (let row = 0; row < rows.length; row++) if (table.find(words, row) >= 0) return false;
		return true;
	});
}
function allDiffer(gone, fresh) {
	const lost = gone.flatMap(({ rows }, file) => Array.from(rows, (_, row) => [file, row]));
	return {
		standing: fresh.map(({ rows }) => new Uint8Array(rows.length).fill(rowStanding.added)),
		copiedFrom: fresh.map(() => -1),
		corrections: [],
		lost,
		keyRepeats: false
	};
}
function numberRows(files) {
	const table = digestTable(files.reduce((sum, file) => sum + file.rows.length, 0));
	return files.map(({ rows }) => {
		const words = digestWords(rows);
		const numbers = new Int32Array(rows.length);
		for (let row = 0; row < numbers.length; row++) numbers[row] = table.add(words, row);
		return numbers;
	});
}
var sizeOf = (files) => files.reduce((sum, { length }) => sum + length, 0);
function findAgain(rows, gone, old) {
	const size = sizeOf(rows);
	const [before, left] = [new Uint32Array(size), new Uint32Array(size)];
	for (const [file, numbers] of rows.slice(0, old).entries()) for (const number of numbers) {
		before[number]++;
		if (file < gone) left[number]++;
	}
	return {
		before,
		left,
		pending: rows.slice(old).map((numbers) => Uint8Array.from(numbers, (number) => {
			if (left[number] === 0) return 1;
			left[number]--;
			return 0;
		}))
	};
}
function keyTable(files, rows) {
	if (files.some(({ keys }) => keys === null)) return null;
	const table = digestTable(sizeOf(rows));
	const first = [];
	const of = files.map(({ keys: digests }, file) => {
		const words = digestWords(digests);
		const numbers = new Int32Array(digests.length).fill(-1);
		for (let row = 0; row < numbers.length; row++) {
			if (words[2 * row] === 0 && words[2 * row + 1] === 0) continue;
			const key = table.add(words, row);
			if (key === first.length) first.push([file, row]);
			numbers[row] = key;
		}
		return numbers;
	});
	return repeats(of, rows, first.length) ? "repeats" : {
		of,
		first
	};
}
function repeats(keys, rows, different) {
	const [files, firstRows] = [new Int32Array(different).fill(-1), new Int32Array(different)];
	return keys.some((own, file) => {
		let count = 0;
		for (const [row, key] of own.entries()) {
			if (key === -1) continue;
			const number = rows[file][row];
			if (files[key] === file) count += firstRows[key] === number ? 0 : 1;
			else [files[key], firstRows[key]] = [file, number];
		}
		return count > mostKeyRepeats * own.length;
	});
}
function judgePending(request) {
	const { rows, old, before, pending, keys } = request;
	const natural = keys === null && areNatural(repeatsOf(request));
	const firstFile = firstFiles(rows);
	const earlier = new Uint8Array(before.length);
	const corrections = [];
	const copiedFrom = [];
	return {
		standing: pending.map((isPending, i) => {
			const [file, numbers] = [old + i, rows[old + i]];
			let source = -1;
			const standings = Uint8Array.from(numbers, (number, row) => {
				if (isPending[row] === 0) return rowStanding.seen;
				if (before[number] + earlier[number] > 0 && !natural) {
					if (source === -1) source = firstFile[number];
					return rowStanding.copied;
				}
				const key = keys?.of[file][row] ?? -1;
				if (keys === null || key === -1) return rowStanding.added;
				earlier[number] = 1;
				const earliest = keys.first[key];
				if (earliest[0] === file && earliest[1] === row) return rowStanding.added;
				corrections.push({
					now: [file, row],
					before: earliest
				});
				return rowStanding.corrected;
			});
			for (const number of numbers) earlier[number] = 1;
			copiedFrom.push(source);
			return standings;
		}),
		copiedFrom,
		corrections
	};
}
function firstFiles(rows) {
	const first = new Int32Array(sizeOf(rows)).fill(-1);
	for (const [file, numbers] of rows.entries()) for (const number of numbers) if (first[number] === -1) first[number] = file;
	return first;
}
function repeatsOf({ rows, old, before, pending }) {
	const counts = before.slice();
	let others = sizeOf(rows.slice(0, old));
	let [pairs, possible] = [0, 0];
	for (const [i, isPending] of pending.entries()) {
		const mine = rows[old + i].filter((_, row) => isPending[row] === 1);
		for (const number of mine) pairs += counts[number];
		possible += mine.length * others;
		for (const number of mine) counts[number]++;
		others += mine.length;
	}
	return {
		pairs,
		possible,
		within: old > 0 ? rows.slice(0, old) : rows
	};
}
function lostRows(rows, { gone, left, keys }) {
	const isHere = new Uint8Array(keys?.first.length ?? 0);
	for (const own of keys?.of.slice(gone) ?? []) for (const key of own) isHere[key] = 1;
	const lost = [];
	for (const [file, numbers] of rows.slice(0, gone).entries()) for (const [row, number] of numbers.entries()) {
		if (left[number] === 0) continue;
		left[number]--;
		const key = keys?.of[file][row] ?? -1;
		if (key === -1 || isHere[key] === 0) lost.push([file, row]);
	}
	return lost;
}
// ../core/src/data/excuse-unused.ts
var unreadReasons = [
	"excluded",
	"not-included",
	"identifier"
];
function unusedColumns({ ignored }, { columns }, prepare) {
	const sql = prepare?.toLowerCase() ?? "";
	const unread = ignored.filter(({ reason }) => unreadReasons.includes(reason)).map(({ name }) => name);
	const constant = columns.filter(isConstant$2).map(({ name }) => name);
	return {
		unread: unread.filter((name) => !sql.includes(name.toLowerCase())),
		constant: constant.filter((name) => !sql.includes(name.toLowerCase()))
	};
}
var few = {
	rows: 30,
	share: .01
};
function isConstant$2(column) {
	const { rows, nulls } = column;
	if (nulls === rows) return true;
	const others = usualValue(column)?.others ?? Infinity;
	return nulls === 0 && others < few.rows && others < few.share * rows;
}
var ofFiles = new Set(["missing-together", "swapped-columns"]);
function excuseUnused(findings, { unread, constant }) {
	return findings.map((found) => {
		if (found.severity !== "suspect" || found.column === null || ofFiles.has(found.code)) return found;
		const why = unread.includes(found.column) ? "The champion does not use the column" : constant.includes(found.column) ? "The column hardly ever varied before, so the champion cannot rely on it" : null;
		return why === null ? found : {
			...found,
			severity: "warning",
			message: `${found.message} ${why}: this blocks nothing.`
		};
	});
}
// ../core/src/statistics/multiplicity/adjust-p.ts
function holm(p) {
	return adjust(p, (sorted) => {
		let largest = 0;
		return sorted.map((value, i) => largest = Math.max(largest, value * (sorted.length - i)));
	});
}
function benjaminiHochberg(p) {
	return adjust(p, (sorted) => stepUp(sorted));
}
function stepUp(sorted) {
	const tests = sorted.length;
	let smallest = Infinity;
	return sorted.map((value, i) => value * tests / (i + 1)).reverse().map((value) => smallest = Math.min(smallest, value)).reverse();
}
function adjust(p, method) {
	const made = p.flatMap((value, index) => value === null ? [] : [{
		value,
		index
	}]);
	made.sort((a, b) => a.value - b.value);
	const adjusted = method(made.map(({ value }) => value));
	const result = p.map(() => null);
	for (const [rank, { index }] of made.entries()) result[index] = Math.min(1, adjusted[rank]);
	return result;
}
// ../core/src/statistics/two-sample/fisher-exact.ts
function fisherExact(table) {
	const [[a, b], [c, d]] = table;
	const [firstRow, firstColumn, n] = [
		a + b,
		a + c,
		a + b + c + d
	];
	const least = Math.max(0, firstRow + firstColumn - n);
	const most = Math.min(firstRow, firstColumn);
	if (least === most) return {
		oddsRatio: null,
		p: 1
	};
	const step = (k) => (firstRow - k) * (firstColumn - k) / ((k + 1) * (n - firstRow - firstColumn + k + 1));
	const mode = Math.min(most, Math.floor((firstRow + 1) * (firstColumn + 1) / (n + 2)));
	const weights = new Float64Array(most - least + 1);
	weights[mode - least] = 1;
	for (let k = mode; k < most; k++) weights[k + 1 - least] = weights[k - least] * step(k);
	for (let k = mode; k > least; k--) weights[k - 1 - least] = weights[k - least] / step(k - 1);
	const limit = weights[a - least] * 1.0000001;
	const unlikely = weights.filter((weight) => weight <= limit).reduce((sum, weight) => sum + weight, 0);
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	return {
		oddsRatio: a * d / (b * c),
		p: Math.min(1, unlikely / all)
	};
}
// ../core/src/statistics/two-sample/population-stability.ts
function populationStability(first, second, { alpha = .05, smoothing = .5 } = {}) {
	const bins = first.length;
	const n = total(first);
	const m = total(second);
	if (n === 0 || m === 0) return null;
	if (bins === 1) return {
		psi: 0,
		critical: 0,
		expected: 0,
		p: 1
	};
	let psi = 0;
	for (let bin = 0; bin < bins; bin++) {
		const p = (first[bin] + smoothing) / (n + smoothing * bins);
		const q = (second[bin] + smoothing) / (m + smoothing * bins);
		if (p !== q) psi += (q - p) * Math.log(q / p);
	}
	const scale = 1 / n + 1 / m;
	return {
		psi,
		critical: chiSquaredCritical(alpha, bins - 1) * scale,
		expected: (bins - 1) * scale,
		p: chiSquaredSf(psi / scale, bins - 1)
	};
}
function total(counts) {
	let sum = 0;
	for (let i = 0; i < counts.length; i++) sum += counts[i];
	return sum;
}
// ../core/src/data/measure-drift.ts
var leastRows$1 = 200;
var leastEffect = .1;
var alpha = .05;
var noRoles = {
	unread: [],
	target: []
};
function measureDrift(reference, current, { unread, target, prediction } = noRoles) {
	const names = [...current.columns, ...reference.columns].map(({ name }) => name);
	const read = [...new Set(names)].filter((name) => !unread.includes(name));
	const targets = read.filter((name) => target.includes(name));
	const features = read.filter((name) => !target.includes(name));
	const measure = (role, columns) => columns.map((name) => measureColumn(name, role, columnOf$1(reference, name), columnOf$1(current, name)));
	const answers = prediction === void 0 ? [] : [measurePrediction(prediction, reference, current)];
	return [...judged(measure("feature", features)), ...judged([...measure("target", targets), ...answers])];
}
function measurePrediction(name, reference, current) {
	const { drift, ratio } = measureColumn(name, "prediction", reference.prediction, current.prediction);
	if (drift.reason === "new") return {
		drift: {
			...drift,
			reason: "not-kept"
		},
		ratio
	};
	return drift.reason === "gone" ? {
		drift: {
			...drift,
			reason: "not-applicable"
		},
		ratio
	} : {
		drift,
		ratio
	};
}
function judged(columns) {
	const adjusted = benjaminiHochberg(columns.map(({ drift }) => drift.p));
	const ratios = benjaminiHochberg(columns.map(({ ratio }) => ratio));
	return columns.map(({ drift }, i) => {
		const p = adjusted[i];
		const moved = p !== null && p < alpha && drift.psi >= drift.floor;
		const rarer = ratios[i] !== null && ratios[i] < alpha;
		return {
			...drift,
			status: statusOf(drift.reason, moved || rarer),
			p
		};
	});
}
function statusOf(reason, moved) {
	if (reason === "few-rows" || reason === "new" || reason === "not-kept" || reason === "always-moves") return "insufficient";
	if (reason !== null) return "error";
	return moved ? "drift" : "ok";
}
function measureColumn(column, role, before, now) {
	const none = {
		column,
		role,
		importance: role === "feature" ? before?.importance ?? null : null,
		psi: null,
		floor: null,
		p: null,
		ks: null,
		wasserstein: null,
		jsDistanceBase2: null,
		counts: null
	};
	const unmeasured = (reason) => ({
		drift: {
			...none,
			reason
		},
		ratio: null
	});
	if (before === void 0) return unmeasured("new");
	if (now === void 0) return unmeasured("gone");
	if (kindOf(before) !== kindOf(now)) return unmeasured("other-type");
	if (Math.min(before.rows, now.rows) < leastRows$1) return unmeasured("few-rows");
	const [a, b] = kindOf(before) === "time" ? missingCounts(before, now) : alignCounts(before, now);
	if (a.length === 1 && kindOf(before) === "time") return unmeasured("always-moves");
	const stability = a.length === 1 ? null : populationStability(a, b);
	const measured = {
		...none,
		...effectsOf(before, now),
		reason: null,
		counts: {
			before: a,
			now: b
		}
	};
	if (stability === null) return {
		drift: {
			...measured,
			psi: 0,
			floor: leastEffect
		},
		ratio: null
	};
	const { psi, critical, p } = stability;
	const floor = Math.max(leastEffect, critical + (before.usualPsi ?? 0));
	return {
		drift: {
			...measured,
			psi,
			floor,
			p
		},
		ratio: role === "target" ? ratioP(a, b) : null
	};
}
function effectsOf(before, now) {
	if (kindOf(before) !== "number") return { jsDistanceBase2: textDistance(before, now) };
	return {
		ks: kolmogorovDistance(before.buckets ?? [], now.buckets ?? []),
		wasserstein: scaledDistance(before, now)
	};
}
function ratioP(before, now) {
	if (before.length !== 2) return null;
	const [[a, b], [c, d]] = [before, now];
	if (![c / (c + d) / (a / (a + b)), d / (c + d) / (b / (a + b))].some((ratio) => ratio <= .5 || ratio >= 2)) return null;
	return fisherExact([[a, b], [c, d]]).p;
}
function missingCounts(before, now) {
	const counts = [before, now].map(({ rows, nulls }) => [rows - nulls, nulls]);
	const filled = [0, 1].filter((bin) => counts.some((side) => side[bin] > 0));
	return [filled.map((bin) => counts[0][bin]), filled.map((bin) => counts[1][bin])];
}
function kindOf({ type }) {
	if (type === "string") return "text";
	return type === "date" || type === "datetime" ? "time" : "number";
}
function columnOf$1({ columns }, name) {
	return columns.find((column) => column.name === name);
}
// ../core/src/data/roles-in.ts
function rolesIn({ ignored, target }) {
	const isTarget = (reason) => reason === "target" || reason === "target-input";
	const namesOf = (columns) => columns.map(({ name }) => name);
	return {
		unread: namesOf(ignored.filter(({ reason }) => !isTarget(reason))),
		target: namesOf(ignored.filter(({ reason }) => isTarget(reason))),
		prediction: target.name
	};
}
// ../core/src/data/may-share-rows.ts
function mayShareRows({ others, fresh, key }) {
	const columnsOf = (profile) => new Map(profile.columns.filter(({ name, type }) => key === null || key.includes(name) && type !== "file").map((each) => [each.name, each]));
	const known = others.map((profile) => profile && columnsOf(profile));
	const mine = fresh.map(columnsOf);
	const all = [...known, ...mine];
	const marked = all.map(() => false);
	let telling = null;
	for (const [i, one] of mine.entries()) {
		const at = known.length + i;
		for (let other = 0; other < at; other++) {
			if (marked[at] && marked[other]) continue;
			const two = all[other];
			if (two !== null && telling !== null && areApart(one.get(telling), two.get(telling))) continue;
			const found = two === null ? void 0 : [...one.keys()].find((name) => areApart(one.get(name), two.get(name)));
			if (found === void 0) marked[at] = marked[other] = true;
			else telling = found;
		}
	}
	const numbers = marked.flatMap((isMarked, i) => isMarked ? [i] : []);
	return {
		others: numbers.filter((i) => i < known.length),
		fresh: numbers.filter((i) => i >= known.length).map((i) => i - known.length)
	};
}
function areApart(a, b) {
	if (a === void 0 || b === void 0 || a.type !== b.type || a.nulls > 0 && b.nulls > 0) return false;
	if (a.min !== void 0 && b.min !== void 0) return a.min > b.max || a.max < b.min;
	const isWhole = (column) => column.top !== void 0 && column.otherCount === 0;
	if (!isWhole(a) || !isWhole(b)) return false;
	const texts = new Set(a.top.map(([text]) => text));
	return b.top.every(([text]) => !texts.has(text));
}
// ../core/src/data/profile-values.ts
function profileNumbers(name, values) {
	let [filled, min, max, sum, sumOfSquares] = [
		0,
		Infinity,
		-Infinity,
		0,
		0
	];
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (!Number.isFinite(value)) continue;
		filled++;
		if (value < min) min = value;
		if (value > max) max = value;
		sum += value;
		sumOfSquares += value * value;
	}
	const rows = values.length;
	const base = {
		name,
		type: "number",
		rows,
		nulls: rows - filled
	};
	if (filled === 0) return {
		...base,
		buckets: []
	};
	return {
		...base,
		buckets: countBuckets(values, require_commands.bucketOf(min), require_commands.bucketOf(max)),
		min,
		max,
		sum,
		sumOfSquares
	};
}
function countBuckets(values, first, last) {
	const counts = new Float64Array(last - first + 1);
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (Number.isFinite(value)) counts[require_commands.bucketOf(value) - first]++;
	}
	const buckets = [];
	for (let i = 0; i < counts.length; i++) if (counts[i] > 0) buckets.push([first + i, counts[i]]);
	return buckets;
}
function profileTexts(name, values) {
	const counts = new Map();
	for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
	const all = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	const present = all.reduce((sum, [, count]) => sum + count, 0);
	const top = all.slice(0, 200);
	const otherCount = present - top.reduce((sum, [, count]) => sum + count, 0);
	return {
		name,
		type: "string",
		rows: values.length,
		nulls: values.length - present,
		top,
		otherCount,
		distinct: all.length
	};
}
// ../core/src/data/profile-predictions.ts
function profilePredictions(predictions, { name, task, classes }) {
	if (task !== "multiclass" || classes === null) return profileNumbers(name, predictions);
	const width = classes.length;
	return profileTexts(name, Array.from({ length: predictions.length / width }, (_, row) => row * width).map((at) => mostProbable(predictions.subarray(at, at + width), classes)));
}
function mostProbable(probabilities, classes) {
	if (!probabilities.every(Number.isFinite)) return null;
	return String(classes[probabilities.indexOf(Math.max(...probabilities))]);
}
// ../core/src/data/profile-snapshot.ts
var leastFiles = 3;
var leastRows = 200;
function profileSnapshot(profiles) {
	const merged = mergeProfiles(profiles);
	const files = profiles.filter(({ rows }) => rows >= leastRows);
	if (files.length < leastFiles) return merged;
	const byName = files.map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
	const columns = merged.columns.map((all) => {
		const parts = byName.flatMap((columnsOf) => columnsOf.get(all.name) ?? []);
		return parts.length < leastFiles ? all : {
			...all,
			usualPsi: largestMove(all, parts)
		};
	});
	return {
		...merged,
		columns
	};
}
function largestMove(all, parts) {
	const moves = parts.map((part) => {
		const [together, own] = alignCounts(all, part);
		const stability = populationStability(together.map((count, bin) => Math.max(0, count - own[bin])), own);
		return stability === null ? 0 : stability.psi - stability.critical;
	});
	return Math.round(1e4 * Math.max(0, ...moves)) / 1e4;
}
// ../core/src/data/profile-version.ts
function profileVersion(files, { prediction, importance, unread }) {
	const data = profileSnapshot(files);
	const shares = importanceOfColumns(importance, data.columns.map(({ name }) => name).filter((name) => !unread.has(name)));
	const columns = data.columns.map((column) => {
		const share = shares.get(column.name);
		return share === void 0 ? column : {
			...column,
			importance: share
		};
	});
	return {
		...data,
		columns,
		...prediction !== null && { prediction }
	};
}
function importanceOfColumns(prepared, columns) {
	const names = new Set(columns);
	const nameless = columns.filter((name) => !prepared.has(name));
	const computed = [...prepared].filter(([name]) => !names.has(name));
	const each = nameless.length === 0 ? 0 : sumOf$1(computed.map(([, value]) => value)) / nameless.length;
	const values = columns.map((name) => prepared.get(name) ?? each);
	const total = sumOf$1(values);
	if (!(total > 0)) return new Map();
	return new Map(columns.map((name, i) => [name, Math.round(1e4 * values[i] / total) / 1e4]));
}
function sumOf$1(values) {
	return values.reduce((sum, value) => sum + value, 0);
}
// ../core/src/data/repeated-keys.ts
function repeatedKeys$1(key, repeated) {
	if (repeated === null) return [];
	const { copies, corrected } = repeated;
	const rows = (count) => count === 1 ? "1 row" : `${count} rows`;
	const parts = [...copies === 0 ? [] : [`${rows(copies)} ${copies === 1 ? "is an exact copy" : "are exact copies"}`], ...corrected === 0 ? [] : [`${rows(corrected)} ${corrected === 1 ? "was" : "were"} replaced by a later one with other values`]];
	const words = `Of the rows with one key (${key.map((name) => require_light.quoted(name)).join(", ")}) only the newest counts: ${parts.join(", and ")}. They are neither trained on nor judged on.`;
	return [require_light.finding("key-repeated", {
		column: key[0],
		count: copies + corrected
	}, words)];
}
// ../core/src/data/repeated-rows.ts
function repeatedRows(files) {
	return files.flatMap(({ path, rows, copied, copiedFrom }) => {
		if (copiedFrom === null) return [];
		const isStuck = copied === rows && rows >= 30;
		const other = copiedFrom === path ? "the file itself" : require_light.quoted(copiedFrom);
		const message = isStuck ? `All ${rows} rows of ${require_light.quoted(path)} are repeated from ${other}.` : `${copied} of the ${rows} rows of ${require_light.quoted(path)} are repeated, the first one from ${other}; they do not count as new.`;
		return [require_light.finding(isStuck ? "repeated-rows" : "rows-again", {
			file: path,
			count: copied
		}, message)];
	});
}
// ../core/src/features/fit-levels.ts
function fitLevels(column, rows, most) {
	return [...countLevels(column, rows)].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).slice(0, most).map(([level]) => level);
}
function distinctTexts(column, rows) {
	return countEntries(column, rows).reduce((distinct, count) => distinct + (count > 0 ? 1 : 0), 0);
}
function countLevels(column, rows) {
	const counts = new Map();
	const add = (level, count) => counts.set(level, (counts.get(level) ?? 0) + count);
	if (column.kind === "number") {
		for (const row of rows) {
			const value = column.values[row];
			if (Number.isFinite(value)) add(require_commands.levelText(column.type, value), 1);
		}
		return counts;
	}
	countEntries(column, rows).forEach((count, entry) => {
		if (count > 0) add(column.dictionary[entry], count);
	});
	return counts;
}
function countEntries({ codes, dictionary }, rows) {
	const counts = new Uint32Array(dictionary.length);
	for (let i = 0; i < rows.length; i++) {
		const code = codes[rows[i]];
		if (code >= 0) counts[code]++;
	}
	return counts;
}
// ../core/src/features/fit-features.ts
async function fitFeatures(request) {
	checkNames(request);
	const inputs = [];
	const features = [];
	const ignored = [];
	for (const { name, type } of request.columns) {
		const fitted = ignoredUnread(name, request) ?? fitColumn(await request.read(name), request);
		if (typeof fitted === "string") ignored.push({
			name,
			reason: fitted
		});
		else {
			inputs.push({
				name,
				type
			});
			features.push(...fitted);
		}
	}
	for (const name of request.targetInputs) if (!request.columns.some((column) => column.name === name)) ignored.push({
		name,
		reason: "target-input"
	});
	if (features.length === 0) throw new require_commands.NoFeaturesError(ignored);
	checkUnique(features);
	return {
		format: 1,
		source: [...request.sourceTypes],
		inputs,
		target: request.target,
		features,
		ignored
	};
}
function keyColumns$1(key) {
	return key === void 0 ? [] : [key].flat();
}
function checkNames({ columns, spec, targetInputs }) {
	const { include = [], exclude, categorical } = spec.features;
	const types = new Map(columns.map(({ name, type }) => [name, type]));
	const unknown = Object.entries({
		include,
		exclude,
		categorical
	}).flatMap(([option, names]) => names.filter((name) => !types.has(name)).map((name) => ({
		where: `features.${option}`,
		name
	})));
	if (unknown.length > 0) throw new require_commands.UnknownColumnError(unknown, [...types.keys()]);
	for (const name of include) {
		const why = name === spec.target ? "is the target" : targetInputs.includes(name) ? "is read by the target's expression" : exclude.includes(name) ? "is in `features.exclude` too" : null;
		if (why !== null) throw new require_commands.FeatureConflictError(`\`features.include\` names ${require_light.quoted(name)}, which ${why}.`);
	}
	for (const name of categorical) {
		const type = types.get(name);
		if (type === "file") throw new require_commands.FeatureConflictError(`\`features.categorical\` names ${require_light.quoted(name)}, whose values are files; they have no categories.`);
		if (type === "date" || type === "datetime") throw new require_commands.FeatureConflictError(`\`features.categorical\` names ${require_light.quoted(name)}, a ${type}: of those only calendar parts are features.`);
	}
}
function ignoredUnread(name, { spec, targetInputs }) {
	const { include, exclude } = spec.features;
	if (name === spec.target) return "target";
	if (targetInputs.includes(name)) return "target-input";
	if (exclude.includes(name)) return "excluded";
	if (include !== void 0) return include.includes(name) ? null : "not-included";
	if (name === spec.group) return "group";
	if (name === spec.weight) return "weight";
	return keyColumns$1(spec.key).includes(name) ? "key" : null;
}
function fitColumn(column, { spec, trainRows }) {
	if (column.type === "file") {
		const { name } = column;
		return distinctTexts(column, trainRows) > 1 ? [{
			kind: "file",
			name,
			input: name
		}] : "constant";
	}
	if (column.kind === "text") {
		const distinct = distinctTexts(column, trainRows);
		if (distinct > 100 && distinct > trainRows.length / 2) return "identifier";
	}
	const fitted = candidateFeatures(column, spec.features, trainRows).filter((feature) => !isConstant$1(feature, column, trainRows));
	return fitted.length > 0 ? fitted : "constant";
}
function candidateFeatures(column, policy, trainRows) {
	const { name, type } = column;
	if (type === "string" || policy.categorical.includes(name)) return [{
		kind: "categorical",
		name,
		input: name,
		levels: fitLevels(column, trainRows, policy.maxCategories)
	}];
	if (type === "date" || type === "datetime") return (type === "date" ? ["month", "dayOfWeek"] : [
		"month",
		"dayOfWeek",
		"hour"
	]).map((part) => ({
		kind: "datetimePart",
		name: `${name}.${part}`,
		input: name,
		part
	}));
	return [{
		kind: "numeric",
		name,
		input: name
	}];
}
var FIRST_ROWS = 1e3;
function isConstant$1(feature, column, rows) {
	return [rows.subarray(0, FIRST_ROWS), rows].every((some) => {
		const applied = require_commands.applyFeature(feature, column, some);
		const values = applied.kind === "numeric" ? applied.values : applied.codes;
		return values.every((value) => Object.is(value, values[0]) || value === values[0]);
	});
}
function checkUnique(features) {
	const inputOf = new Map();
	for (const { name, input } of features) {
		const other = inputOf.get(name);
		if (other !== void 0) throw new require_commands.FeatureConflictError(`Columns ${require_light.quoted(other)} and ${require_light.quoted(input)} both give a feature ${require_light.quoted(name)}.`);
		inputOf.set(name, input);
	}
}
// ../core/src/features/given-rows.ts
function rawRows({ source, inputs, ignored }, manifest, kept) {
	const declared = new Map(manifest.schema.fields.map((field) => [field.name, field]));
	const isInput = new Set(inputs.map(({ name }) => name));
	const isAnswer = new Set(ignored.filter(({ reason }) => reason === "target" || reason === "target-input").map(({ name }) => name));
	const sql = [manifest.prepare ?? "", ...Object.values(manifest.viewTexts ?? {})].join("\n").toLowerCase();
	const isNamed = (name) => sql.includes(name.toLowerCase().replaceAll("\"", "\"\""));
	const isNeeded = (name) => !isAnswer.has(name) && (isInput.has(name) || isNamed(name));
	const read = source.filter(({ name }) => isInput.has(name) || isNamed(name) || kept.includes(name));
	return withFields(manifest, read.map(({ name, type }) => {
		const { constraints: _, ...form } = declared.get(name) ?? {
			name,
			type
		};
		return form;
	}), read.flatMap(({ name }) => isNeeded(name) ? [] : [name]));
}
function preparedRows({ inputs }, manifest, kept) {
	const others = kept.filter((name) => inputs.every((input) => input.name !== name));
	const declared = new Map(manifest.schema.fields.map((field) => [field.name, field.missingValues]));
	const fields = [...inputs, ...others.map((name) => ({
		name,
		type: "string"
	}))].map(({ name, type }) => {
		const missingValues = declared.get(name);
		return {
			name,
			type,
			...missingValues && { missingValues }
		};
	});
	const { prepare: _prepare, tables: _tables, views: _views, viewTexts: _texts, ...rest } = manifest;
	return withFields(rest, fields, others);
}
function withFields(manifest, fields, mayLack) {
	const { primaryKey: _, ...schema } = manifest.schema;
	return {
		manifest: {
			...manifest,
			schema: {
				...schema,
				fields: [...fields]
			}
		},
		mayLack: new Set(mayLack)
	};
}
// ../core/src/features/check-candidates.ts
var passing$1 = ["constant", "identifier"];
function checkCandidateColumns(candidates, { features, inputs, ignored }) {
	checkFileReaders(candidates, features);
	const named = candidates.flatMap(namedColumns$1);
	const columns = [...inputs, ...ignored].map(({ name }) => name);
	const known = new Set([...columns, ...features.map(({ name }) => name)]);
	const unknown = named.filter(({ name }) => !known.has(name));
	if (unknown.length > 0) throw new require_commands.UnknownColumnError(unknown, columns);
	const reasons = new Map(ignored.map(({ name, reason }) => [name, reason]));
	for (const { where, name, isOrdered } of named) {
		const conflict = (why) => new require_commands.FeatureConflictError(`\`${where}\` names ${require_light.quoted(name)}, ${why}.`);
		const reason = reasons.get(name);
		if (reason !== void 0 && !passing$1.includes(reason)) throw conflict(`which is not a feature (${reason})`);
		if (!isOrdered) continue;
		const feature = features.find((each) => each.name === name);
		if (feature?.kind === "categorical") throw conflict("whose categories have no order");
		if (reason === void 0 && feature === void 0) throw conflict(`a date, of which only calendar parts are features; name one, such as ${require_light.quoted(`${name}.month`)}`);
	}
}
function checkFileReaders(candidates, features) {
	const files = features.filter(({ kind }) => kind === "file").map(({ name }) => name);
	if (files.length === 0) return;
	for (const [i, { learner, onnx }] of candidates.entries()) {
		if (learner === "predictions" || learner === "command" && onnx === void 0) continue;
		const who = learner === "command" ? `\`candidates[${i}]\` answers with ONNX, which has no way to read them: name a \`predict\` in place of \`onnx\`` : `\`candidates[${i}]\`, ${learner}, cannot read them: use \`learner: command\`, with a program that does`;
		const names = files.map((name) => require_light.quoted(name)).join(", ");
		const out = files.map((name) => JSON.stringify(name)).join(", ");
		throw new require_commands.FeatureConflictError(`Files are features here (${names}), and ${who}, or leave them out with \`features: { exclude: [${out}] }\`.`);
	}
}
function namedColumns$1({ monotone, interactions }, index) {
	const at = (key) => `candidates[${index}].${key}`;
	const groups = Array.isArray(interactions) ? interactions.flat() : [];
	return [...Object.keys(monotone ?? {}).map((name) => ({
		where: at("monotone"),
		name,
		isOrdered: true
	})), ...groups.map((name) => ({
		where: at("interactions"),
		name,
		isOrdered: false
	}))];
}
// ../core/src/features/fit-target.ts
var MOST_CLASSES$1 = 100;
function labelledRows(column) {
	const count = (column.kind === "text" ? column.codes : column.values).length;
	const rows = new Uint32Array(count);
	let labelled = 0;
	for (let row = 0; row < count; row++) if (isPresent(column, row)) rows[labelled++] = row;
	return rows.slice(0, labelled);
}
function fitTarget(column, spec, rows) {
	const { task, target } = spec;
	if (column.type === "date" || column.type === "datetime" || task === "regression" && !isNumeric(column)) throw new TargetTaskError(`Target ${require_light.quoted(target)} is ${column.type}, which task ${task} cannot predict.`);
	const values = distinctValues(column, rows);
	const heldOut = () => classesHeldOut(column, values);
	if (values.length < 2) throw new SingleClassError(target, {
		value: values.length === 0 ? null : String(values[0]),
		heldOut: task === "regression" ? "" : heldOut()
	}, rows.length);
	if (task === "regression") return {
		name: target,
		task,
		classes: null
	};
	const most = task === "binary" ? 2 : MOST_CLASSES$1;
	if (values.length > most) throw new TooManyClassesError(target, task, values.map(String), most);
	if (task === "multiclass" && values.length === 2) {
		const found = values.map((value) => require_light.quoted(String(value))).join(" and ");
		const others = heldOut();
		throw new TargetTaskError(others === "" ? `Target ${require_light.quoted(target)} has two values only, ${found}; that is task binary.` : `Target ${require_light.quoted(target)} has two values only, ${found}, in the ${rows.length} training rows, and task multiclass needs three.${others} Hold out fewer rows (\`holdout\` in model.yaml), or leave those rows out in \`prepare\` until more have come.`);
	}
	return {
		name: target,
		task,
		classes: task === "binary" ? orderedByPositive(values, spec) : values
	};
}
function classesHeldOut(column, known) {
	const others = labelledRows(column).filter((row) => !known.includes(valueAt$1(column, row)));
	if (others.length === 0) return "";
	const values = distinctValues(column, others).map(String);
	const rows = others.length === 1 ? "1 row" : `${others.length} rows`;
	return ` ${require_light.quotedList(values)} ${values.length === 1 ? "is" : "are"} only in rows that are held out (${rows}).`;
}
var UNKNOWN_CLASS = -1;
function encodeTarget(column, target) {
	const { classes } = target;
	const indexOf = new Map(classes?.map((value, index) => [value, index]));
	const unseen = new Map();
	const encoded = new Float64Array((column.kind === "text" ? column.codes : column.values).length).fill(NaN);
	for (const row of labelledRows(column)) {
		const value = valueAt$1(column, row);
		const code = classes === null && typeof value === "number" ? value : indexOf.get(value);
		if (code === void 0) unseen.set(value, (unseen.get(value) ?? 0) + 1);
		encoded[row] = code ?? UNKNOWN_CLASS;
	}
	if (unseen.size > 0 && target.task === "binary") {
		const count = [...unseen.values()].reduce((sum, n) => sum + n, 0);
		throw new UnseenClassError(target.name, [...unseen.keys()].map(String), count);
	}
	return encoded;
}
function checkClasses(column, { name, sensitive }, labels, holdout) {
	const rows = holdout.filter((row) => labels[row] === UNKNOWN_CLASS);
	if (rows.length === 0) return [];
	const values = distinctValues(column, rows).map(String);
	const classes = values.length === 1 ? "a class" : "classes";
	const named = sensitive ? "" : ` (${require_light.quotedList(values)})`;
	const words = `${rows.length} of ${holdout.length} holdout rows have ${classes} of ${require_light.quoted(name)}${named} that no training row has: they count as wrong for every model.`;
	const examples = sensitive ? [] : values.map((value) => require_light.quoted(value));
	return [require_light.finding("new-class", {
		column: name,
		count: rows.length,
		examples
	}, words)];
}
function orderedByPositive(values, spec) {
	const [smaller, larger] = values;
	const positive = spec.positive ?? larger;
	if (positive !== smaller && positive !== larger) throw new UnknownPositiveError(spec.target, written$2(positive), values.map(written$2));
	return positive === larger ? [smaller, larger] : [larger, smaller];
}
function written$2(value) {
	return typeof value === "string" ? require_light.quoted(value) : String(value);
}
function isNumeric(column) {
	return column.type === "number" || column.type === "integer";
}
function isPresent(column, row) {
	return column.kind === "text" ? column.codes[row] >= 0 : Number.isFinite(column.values[row]);
}
function valueAt$1(column, row) {
	if (column.kind === "text") return column.dictionary[column.codes[row]];
	const value = column.values[row];
	return column.type === "boolean" ? value !== 0 : value;
}
function distinctValues(column, rows) {
	const seen = new Set();
	for (const row of rows) seen.add(valueAt$1(column, row));
	return [...seen].sort((a, b) => a < b ? -1 : 1);
}
// ../core/src/split/feature-strength.ts
var FOLDS$1 = 5;
var MOST_BINS = 1024;
var ROWS_PER_BIN = [20, 5];
var PRIOR_ROWS = 1;
function featureStrength(labelled) {
	const { task, classes, feature, target } = labelled;
	const wanted = task === "regression" ? ranks(target) : target;
	const known = feature.kind === "numeric" ? knownRows$1(feature.values) : null;
	const measured = binnings(feature, known).map((bins) => {
		const value = task === "multiclass" ? avoidedErrors(bins, target, classes) : task === "binary" ? areaByBins(bins, target) : require_commands.metrics.r2.evaluate({
			task,
			classes,
			target: wanted,
			predictions: meansByBins(bins, wanted)
		});
		return value === void 0 ? void 0 : {
			value,
			rows: target.length
		};
	});
	const ordered = known === null ? void 0 : orderStrength(labelled, known);
	return [...measured, ordered].reduce((best, each) => best === void 0 || each !== void 0 && each.value > best.value ? each : best, void 0);
}
function knownRows$1(all) {
	const rows = new Uint32Array(all.length);
	let known = 0;
	for (let row = 0; row < all.length; row++) if (!Number.isNaN(all[row])) rows[known++] = row;
	const values = new Float64Array(known);
	for (let place = 0; place < known; place++) values[place] = all[rows[place]];
	return {
		all: all.length,
		values,
		rows: rows.subarray(0, known),
		order: require_light.sortedOrder(values)
	};
}
var LEAST_KNOWN = .5;
function orderStrength({ task, target, classes }, known) {
	const { rows } = known;
	if (rows.length < LEAST_KNOWN * target.length) return void 0;
	if (task === "regression") {
		const value = squaredCorrelation(ranks(known.values), ranks(Float64Array.from(rows, (row) => target[row])));
		return Number.isNaN(value) ? void 0 : {
			value,
			rows: rows.length
		};
	}
	const { predictions, wanted } = inOrder(known, target);
	if (task === "multiclass") {
		const value = avoidedByNeighbours(predictions, wanted, classes);
		return value === void 0 ? void 0 : {
			value,
			rows: rows.length
		};
	}
	const area = require_commands.metrics.rocAuc.evaluate({
		task,
		classes: 2,
		target: wanted,
		predictions
	});
	return area === void 0 ? void 0 : {
		value: Math.max(area, 1 - area),
		rows: rows.length
	};
}
function inOrder({ values, rows, order }, target) {
	const [predictions, wanted] = [new Float64Array(order.length), new Float64Array(order.length)];
	for (let at = 0; at < order.length; at++) {
		predictions[at] = values[order[at]];
		wanted[at] = target[rows[order[at]]];
	}
	return {
		predictions,
		wanted
	};
}
function avoidedByNeighbours(ascending, target, classes) {
	const errorsOfNone = errorsOfMostFrequent(target, classes);
	if (errorsOfNone === 0) return void 0;
	const distance = (a, b) => a < 0 || b >= ascending.length ? Number.POSITIVE_INFINITY : ascending[b] - ascending[a];
	let errors = 0;
	for (let place = 0; place < ascending.length; place++) if (target[distance(place - 1, place) <= distance(place, place + 1) ? place - 1 : place + 1] !== target[place]) errors++;
	return 1 - errors / errorsOfNone;
}
function squaredCorrelation(a, b) {
	const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [meanA, meanB] = [meanOf(a), meanOf(b)];
	let [product, squareA, squareB] = [
		0,
		0,
		0
	];
	for (let row = 0; row < a.length; row++) {
		const [x, y] = [a[row] - meanA, b[row] - meanB];
		product += x * y;
		squareA += x * x;
		squareB += y * y;
	}
	return product * product / (squareA * squareB);
}
function binnings(feature, known) {
	if (feature.kind === "categorical") return [new Uint16Array(feature.codes)];
	return known === null ? [] : ROWS_PER_BIN.map((rowsPerBin) => quantileBins(known, rowsPerBin));
}
function quantileBins({ all, values, rows, order }, rowsPerBin) {
	const most = Math.max(2, Math.min(MOST_BINS, Math.floor(order.length / rowsPerBin)));
	const uppers = [];
	for (let bin = 1; bin <= most; bin++) {
		const upper = values[order[Math.ceil(bin * order.length / most) - 1]];
		if (upper !== void 0 && upper !== uppers.at(-1)) uppers.push(upper);
	}
	const bins = new Uint16Array(all);
	let bin = 1;
	for (let at = 0; at < order.length; at++) {
		const place = order[at];
		while (uppers[bin - 1] < values[place]) bin++;
		bins[rows[place]] = bin;
	}
	return bins;
}
function areaByBins(bins, target) {
	const { means, sums, counts } = foldedMeans(bins, target);
	const [labels, predictions, weights] = [
		0,
		1,
		2
	].map(() => new Float64Array(2 * means.length));
	for (let cell = 0; cell < means.length; cell++) {
		labels[2 * cell] = 1;
		weights[2 * cell] = sums[cell];
		weights[2 * cell + 1] = counts[cell] - sums[cell];
		predictions.fill(means[cell], 2 * cell, 2 * cell + 2);
	}
	const rows = {
		target: labels,
		predictions,
		weights
	};
	return require_commands.metrics.rocAuc.evaluate({
		task: "binary",
		classes: 2,
		...rows
	});
}
function meansByBins(bins, target) {
	const { means } = foldedMeans(bins, target);
	const ofRows = new Float64Array(bins.length);
	for (let row = 0; row < bins.length; row++) ofRows[row] = means[cellOf$1(bins, row)];
	return ofRows;
}
var cellOf$1 = (bins, row) => bins[row] * FOLDS$1 + row % FOLDS$1;
function foldedMeans(bins, target) {
	const cells = (maximum(bins) + 1) * FOLDS$1;
	const sums = new Float64Array(cells);
	const counts = new Float64Array(cells);
	let total = 0;
	for (let row = 0; row < bins.length; row++) {
		const cell = cellOf$1(bins, row);
		sums[cell] += target[row];
		counts[cell] += 1;
		total += target[row];
	}
	const mean = total / target.length;
	const means = new Float64Array(cells);
	for (let cell = 0; cell < cells; cell++) {
		let sum = mean * PRIOR_ROWS;
		let count = PRIOR_ROWS;
		const first = cell - cell % FOLDS$1;
		for (let other = first; other < first + FOLDS$1; other++) {
			if (other === cell) continue;
			sum += sums[other];
			count += counts[other];
		}
		means[cell] = sum / count;
	}
	return {
		means,
		sums,
		counts
	};
}
function avoidedErrors(bins, target, classes) {
	const size = maximum(bins) + 1;
	const overall = countsOf$1(target, classes);
	const errorsOfNone = errorsOfMostFrequent(target, classes);
	if (errorsOfNone === 0) return void 0;
	let errors = 0;
	for (let fold = 0; fold < FOLDS$1; fold++) {
		const counts = new Float64Array(size * classes);
		for (let row = 0; row < target.length; row++) if (row % FOLDS$1 !== fold) counts[bins[row] * classes + target[row]] += 1;
		const guesses = Array.from({ length: size }, (_, bin) => indexOfMaximum(counts.subarray(bin * classes, (bin + 1) * classes), overall));
		for (let row = fold; row < target.length; row += FOLDS$1) if (guesses[bins[row]] !== target[row]) errors++;
	}
	return 1 - errors / errorsOfNone;
}
function countsOf$1(target, classes) {
	const counts = new Float64Array(classes);
	for (const label of target) counts[label] += 1;
	return counts;
}
var errorsOfMostFrequent = (target, classes) => target.length - countsOf$1(target, classes).reduce((a, b) => Math.max(a, b));
function indexOfMaximum(counts, overall) {
	let best = 0;
	for (let i = 1; i < counts.length; i++) if (counts[i] > counts[best] || counts[i] === counts[best] && overall[i] > overall[best]) best = i;
	return best;
}
function ranks(values) {
	const order = require_light.sortedOrder(values);
	const result = new Float64Array(values.length);
	for (let start = 0; start < order.length;) {
		let end = start;
		while (end < order.length && values[order[end]] === values[order[start]]) end++;
		for (let i = start; i < end; i++) result[order[i]] = (start + end) / 2 / values.length;
		start = end;
	}
	return result;
}
function maximum(bins) {
	return bins.reduce((a, b) => Math.max(a, b), 0);
}
// ../core/src/split/odds-ratio.ts
var Z_99 = 2.326;
function oddsRatio([hits, rows], [otherHits, otherRows]) {
	const [a, b, c, d] = [
		hits,
		rows - hits,
		otherHits,
		otherRows - otherHits
	].map((count) => count + .5);
	const logarithm = Math.log(a * d / (b * c));
	const error = Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
	return {
		ratio: Math.exp(logarithm),
		low: Math.exp(logarithm - Z_99 * error)
	};
}
// ../core/src/split/filled-for-one-class.ts
var LEAST_ROWS$2 = 20;
var LEAST_SHARE$1 = .98;
var MOST_SHARE_ELSEWHERE = .9;
var LEAST_ODDS_RATIO$1 = 10;
var LEAST_SURE_ODDS_RATIO$1 = 3;
function filledForOneClass(isFilled, target, classes) {
	const [filled, other] = [new Float64Array(classes), new Float64Array(classes)];
	for (let row = 0; row < target.length; row++) {
		const label = target[row];
		if (label >= 0) (isFilled[row] === 1 ? filled : other)[label] += 1;
	}
	const [rows, otherRows] = [sum$1(filled), sum$1(other)];
	if (rows < LEAST_ROWS$2 || otherRows < LEAST_ROWS$2) return null;
	const label = filled.indexOf(filled.reduce((a, b) => Math.max(a, b)));
	const [share, shareElsewhere] = [filled[label] / rows, other[label] / otherRows];
	if (share < LEAST_SHARE$1 || shareElsewhere > MOST_SHARE_ELSEWHERE) return null;
	const { ratio, low } = oddsRatio([filled[label], rows], [other[label], otherRows]);
	return ratio >= LEAST_ODDS_RATIO$1 && low > LEAST_SURE_ODDS_RATIO$1 ? {
		label,
		rows,
		share,
		shareElsewhere
	} : null;
}
var sum$1 = (counts) => counts.reduce((a, b) => a + b, 0);
// ../core/src/split/find-late-values.ts
var LEAST_DEFAULT_SHARE = .9;
var LEAST_OTHER_ROWS = 20;
var LEAST_SHARE = .5;
var LEAST_ODDS_RATIO = 10;
var LEAST_SURE_ODDS_RATIO = 3;
function findLateValues(feature, target, classes) {
	const values = feature.kind === "numeric" ? feature.values : feature.codes;
	const value = mostlyThere(values);
	const usual = new Float64Array(classes);
	const other = new Float64Array(classes);
	for (let row = 0; row < values.length; row++) (areEqual$2(values[row], value) ? usual : other)[target[row]] += 1;
	const usualRows = usual.reduce((a, b) => a + b, 0);
	const otherRows = other.reduce((a, b) => a + b, 0);
	const usualShare = usualRows / target.length;
	if (usualShare < LEAST_DEFAULT_SHARE || otherRows < LEAST_OTHER_ROWS) return null;
	for (let label = 0; label < classes; label++) {
		const shareElsewhere = other[label] / otherRows;
		if (shareElsewhere < LEAST_SHARE) continue;
		const { ratio, low } = oddsRatio([other[label], otherRows], [usual[label], usualRows]);
		if (ratio >= LEAST_ODDS_RATIO && low > LEAST_SURE_ODDS_RATIO) return {
			label,
			usualShare,
			shareElsewhere,
			shareAtUsual: usual[label] / usualRows,
			otherRows
		};
	}
	return null;
}
function mostlyThere(values) {
	let [found, lead] = [NaN, 0];
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (lead === 0) found = value;
		lead += areEqual$2(value, found) ? 1 : -1;
	}
	return found;
}
var areEqual$2 = (a, b) => a === b || Number.isNaN(a) && Number.isNaN(b);
// ../core/src/split/feature-leaks.ts
var strengths = {
	binary: {
		name: "ROC AUC",
		told: .95,
		suspicious: .99
	},
	multiclass: {
		name: "share of errors avoided",
		told: .95,
		suspicious: .99
	},
	regression: {
		name: "rank R²",
		told: .98,
		suspicious: .99
	}
};
function featureLeaks(names, labelled, { classes, rows }) {
	const told = tellsTarget(names, labelled, rows);
	if (told?.code === "leak-suspect") return [told];
	return [(classes === null ? null : findLate(names, labelled, {
		classes,
		rows
	})) ?? told].filter((found) => found !== null);
}
function findLate(names, labelled, known) {
	return filledInLate(names, labelled, known) ?? filledForOne(names, labelled, known);
}
function tellsTarget({ name, input }, labelled, rows) {
	const { name: measure, told, suspicious } = strengths[labelled.task];
	const strength = featureStrength(labelled);
	if (strength === void 0 || strength.value < told) return null;
	const measured = `${measure} ${shown$1(strength.value)} on ${strength.rows} ${rows}`;
	if (strength.value < suspicious) {
		const words = `${require_light.quoted(name)} alone tells much of the target: ${measured} (told from ${told}, suspicious from ${suspicious}). Is it filled in after the outcome is known?`;
		return require_light.finding("leak-hint", { column: input }, words);
	}
	const words = `${require_light.quoted(name)} almost determines the target: ${measured} (suspicious from ${suspicious}).`;
	return require_light.finding("leak-suspect", { column: input }, words);
}
var shown$1 = (strength) => (Math.floor(strength * 1e3) / 1e3).toFixed(3);
function filledInLate({ name, input }, { feature, target }, { classes, rows }) {
	const late = findLateValues(feature, target, classes.length);
	if (late === null) return null;
	const words = `${require_light.quoted(name)} has one value in ${percent(late.usualShare)} of the ${rows}; in the other ${late.otherRows} the target is ${require_light.quoted(String(classes[late.label]))} in ${percent(late.shareElsewhere)}, against ${percent(late.shareAtUsual)}. Is it filled in after the outcome is known?`;
	return require_light.finding("leak-hint", { column: input }, words);
}
function filledForOne({ name, input }, { feature, target }, { classes, rows }) {
	const found = filledForOneClass(filledRows(feature), target, classes.length);
	if (found === null) return null;
	const words = `${require_light.quoted(name)} has a value in ${found.rows} of ${target.length} ${rows}; there the target is ${require_light.quoted(String(classes[found.label]))} in ${percent(found.share)}, against ${percent(found.shareElsewhere)} of the others. Is it filled in after the outcome is known?`;
	return require_light.finding("leak-hint", { column: input }, words);
}
function filledRows(feature) {
	if (feature.kind === "categorical") return feature.codes.map((code) => code === 0 ? 0 : 1);
	const { values } = feature;
	const isFilled = new Uint8Array(values.length);
	for (let row = 0; row < values.length; row++) isFilled[row] = Number.isNaN(values[row]) ? 0 : 1;
	return isFilled;
}
var percent = (share) => `${(100 * share).toFixed(1)} %`;
// ../core/src/split/column-leak.ts
var MOST_SAMPLED$2 = 5e4;
var LEAST_SAMPLED$1 = 50;
var MOST_LEVELS$1 = 253;
function columnLeak(column, target) {
	const labels = encodeTarget(target.column, target.spec);
	const all = labelledRows(target.column);
	const stride = Math.max(1, Math.ceil(all.length / MOST_SAMPLED$2));
	const rows = all.filter((_, i) => i % stride === 0);
	if (rows.length < LEAST_SAMPLED$1) return null;
	const { task, classes } = target.spec;
	const labelled = {
		task,
		classes: classes?.length ?? 0,
		feature: asFeature(column, rows),
		target: Float64Array.from(rows, (row) => labels[row])
	};
	return featureLeaks({
		name: column.name,
		input: column.name
	}, labelled, {
		classes,
		rows: "rows"
	})[0] ?? null;
}
function asFeature(column, rows) {
	const { name } = column;
	if (column.kind === "number") return {
		kind: "numeric",
		name,
		values: Float32Array.from(rows, (row) => column.values[row])
	};
	const codeOf = (code) => code < 0 ? 0 : code < MOST_LEVELS$1 ? code + 2 : 1;
	const codes = Uint8Array.from(rows, (row) => codeOf(column.codes[row]));
	return {
		kind: "categorical",
		name,
		levels: Math.min(column.dictionary.length, MOST_LEVELS$1),
		codes
	};
}
// ../core/src/split/row-hashes.ts
function rowHashes(rows) {
	const ids = new BigUint64Array(rows);
	const halves = new Uint32Array(ids.buffer);
	return {
		ids,
		add({ low, high }) {
			for (let row = 0; row < rows; row++) {
				const [first, second] = [low[row], high === null ? 0 : high[row]];
				halves[2 * row] = mix(mix(halves[2 * row], first), second);
				halves[2 * row + 1] = mix(mix(halves[2 * row + 1] ^ 2654435769, second), first);
			}
		}
	};
}
function mix(hash, word) {
	const scrambled = Math.imul(rotate(Math.imul(word, 3432918353), 15), 461845907);
	let mixed = Math.imul(rotate(hash ^ scrambled, 13), 5) + 3864292196 | 0;
	mixed = Math.imul(mixed ^ mixed >>> 16, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 13, 3266489909);
	return (mixed ^ mixed >>> 16) >>> 0;
}
function rotate(word, bits) {
	return word << bits | word >>> 32 - bits;
}
function featureWords(feature) {
	if (feature.kind === "categorical") return {
		low: new Uint32Array(feature.codes),
		high: null
	};
	const values = new Float32Array(feature.values.length);
	for (let row = 0; row < values.length; row++) {
		const value = feature.values[row];
		values[row] = Number.isNaN(value) ? NaN : value + 0;
	}
	return {
		low: new Uint32Array(values.buffer),
		high: null
	};
}
function columnWords(column) {
	if (column.kind === "number") return wordsOf$9(new Uint32Array(column.values.map((value) => value + 0).buffer));
	const entries = column.dictionary.map((text) => [textHash(text, 0), textHash(text, 1)]);
	const [lows, highs] = [0, 1].map((i) => Uint32Array.from(entries, (entry) => entry[i]));
	const { codes } = column;
	const [low, high] = [new Uint32Array(codes.length), new Uint32Array(codes.length)];
	for (let row = 0; row < codes.length; row++) {
		const code = codes[row];
		if (code < 0) continue;
		low[row] = lows[code];
		high[row] = highs[code];
	}
	return {
		low,
		high
	};
}
function wordsOf$9(pairs) {
	const rows = pairs.length / 2;
	const [low, high] = [new Uint32Array(rows), new Uint32Array(rows)];
	for (let row = 0; row < rows; row++) {
		low[row] = pairs[2 * row];
		high[row] = pairs[2 * row + 1];
	}
	return {
		low,
		high
	};
}
function textHash(text, seed) {
	let hash = seed;
	for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
	return mix(hash, text.length);
}
// ../core/src/split/copies.ts
var LEAST_REPEATED = .1;
var MOST_SAMPLED$1 = 2e4;
var MOST_COLUMNS$1 = 10;
var LEAST_PAIRS = 30;
var LEAST_KINDS = 10;
var MOST_TIMES = 4;
function copyNumbers(digests) {
	const table = digestTable(digests.length);
	const words = digestWords(digests);
	const counts = new Uint32Array(digests.length);
	return Uint32Array.from(digests.keys(), (row) => counts[table.add(words, row)]++);
}
function haveManyCopies(copies) {
	return copies.reduce((sum, copy) => sum + (copy > 0 ? 1 : 0), 0) > LEAST_REPEATED * copies.length;
}
function areCopiesNatural(digests, columns) {
	if (isWrittenTwice(kindCounts(digests))) return false;
	const stride = Math.max(1, Math.ceil(digests.length / MOST_SAMPLED$1));
	const rows = Uint32Array.from({ length: Math.ceil(digests.length / stride) }, (_, i) => i * stride);
	const hashes = columns.map((column) => hashesOf(column, rows, digests.length));
	const whole = sumOf(hashes, rows.length);
	const equal = equalPairs(whole);
	if (equal < LEAST_PAIRS) return false;
	const alone = hashes.map((hash) => ({
		hash,
		pairs: equalPairs(without$1(whole, hash)) - equal
	})).filter(({ pairs }) => pairs >= LEAST_PAIRS).toSorted((a, b) => b.pairs - a.pairs).slice(0, MOST_COLUMNS$1);
	const foretold = [];
	for (const [i, c] of alone.entries()) for (const d of alone.slice(i + 1)) {
		const both = equalPairs(without$1(without$1(whole, c.hash), d.hash)) - equal - c.pairs - d.pairs;
		if (both >= LEAST_PAIRS) foretold.push(c.pairs * d.pairs / both);
	}
	const median = foretold.toSorted((a, b) => a - b)[Math.floor(foretold.length / 2)];
	return median !== void 0 && equal <= MOST_TIMES * median;
}
function naturalCopies(copies) {
	const kinds = copies.reduce((sum, copy) => sum + (copy === 0 ? 1 : 0), 0);
	const words = `${copies.length} rows have ${kinds} different values. Rows that differ in one column or two are so frequent that equal ones are to be expected, so each counts for itself, and equal rows are on both sides of the split.`;
	return require_light.finding("natural-copies", { count: copies.length - kinds }, words);
}
function kindCounts(digests) {
	const table = digestTable(digests.length);
	const words = digestWords(digests);
	const counts = new Uint32Array(digests.length);
	for (let row = 0; row < digests.length; row++) counts[table.add(words, row)]++;
	return counts.subarray(0, table.size);
}
function isWrittenTwice(counts) {
	if (counts.reduce((a, b) => divisor(a, b), 0) > 1 && counts.length >= LEAST_KINDS) return true;
	const [once, twice, thrice] = [
		1,
		2,
		3
	].map((times) => counts.reduce((sum, n) => sum + (n === times ? 1 : 0), 0));
	const least = 2 * twice * twice / (3 * Math.max(1, once));
	return least >= LEAST_KINDS && thrice < least / 2;
}
function divisor(a, b) {
	return b === 0 ? a : divisor(b, a % b);
}
function hashesOf(column, rows, all) {
	const hashes = rowHashes(all);
	hashes.add(nameWords(column.name, all));
	hashes.add(columnWords(column));
	return BigUint64Array.from(rows, (row) => hashes.ids[row]);
}
function nameWords(name, rows) {
	return columnWords({
		kind: "text",
		name,
		type: "string",
		dictionary: [name],
		codes: new Int32Array(rows)
	});
}
function sumOf(hashes, rows) {
	const sum = new BigUint64Array(rows);
	for (const hash of hashes) for (let row = 0; row < rows; row++) sum[row] += hash[row];
	return sum;
}
function without$1(sum, hash) {
	return sum.map((value, row) => value - hash[row]);
}
function equalPairs(digests) {
	return copyNumbers(digests).reduce((sum, copy) => sum + copy, 0);
}
function positionsApart(positions, copies) {
	const hashes = rowHashes(positions.length);
	const bits = new Uint32Array(positions.buffer, positions.byteOffset, 2 * positions.length);
	hashes.add(wordsOf$9(bits));
	hashes.add({
		low: copies,
		high: null
	});
	return positions.map((position, row) => copies[row] === 0 ? position : Number(hashes.ids[row] >> 12n) / 4503599627370496);
}
function digestsApart(digests, copies) {
	const hashes = rowHashes(digests.length);
	hashes.add(wordsOf$9(digestWords(digests)));
	hashes.add({
		low: copies,
		high: null
	});
	return digests.map((digest, row) => copies[row] === 0 ? digest : hashes.ids[row]);
}
// ../core/src/split/shared-rows.ts
function sharedRows(ids, trainingSide, holdout) {
	const words = digestWords(ids);
	const held = digestTable(holdout.length);
	const marks = new Uint8Array(marksFor(holdout.length));
	const last = marks.length - 1;
	const numbers = holdout.map((row) => {
		marks[words[2 * row] & last] = 1;
		return held.add(words, row);
	});
	const isShared = new Uint8Array(held.size);
	for (const rows of trainingSide) for (let place = 0; place < rows.length; place++) {
		const row = rows[place];
		if (marks[words[2 * row] & last] === 0) continue;
		const number = held.find(words, row);
		if (number >= 0) isShared[number] = 1;
	}
	return holdout.filter((_, place) => isShared[numbers[place]] === 1);
}
function marksFor(rows) {
	let size = 1024;
	while (size < 4 * rows && size < MOST_MARKS) size *= 2;
	return size;
}
var MOST_MARKS = 1 << 22;
// ../core/src/split/find-leakage.ts
var MOST_SAMPLED = 5e4;
var LEAST_SAMPLED = 50;
async function findLeakage(request) {
	const { featureSpec, read, labels, split } = request;
	const { task, classes } = featureSpec.target;
	const sample = evenlySpaced(split.train);
	const target = Float64Array.from(sample, (row) => labels[row]);
	const repeats = repeatSearch(request);
	const findings = await findOverlap(request);
	for (const input of featureSpec.inputs) {
		const column = await read(input.name);
		const mismatches = require_commands.inputMismatches([input], column === null ? [] : [column]);
		if (column === null || mismatches.length > 0) throw new require_commands.FeatureMismatchError(mismatches);
		if (column.type === "file") {
			repeats.add(() => columnWords(column));
			const rows = sharedFiles(column, request);
			if (rows.length > 0) findings.push(sameFilesFinding(column.name, rows.length, split.holdout.length));
		}
		for (const feature of featureSpec.features) {
			if (feature.kind === "file" || feature.input !== input.name) continue;
			repeats.add(() => featureWords(require_commands.applyFeature(feature, column)));
			if (sample.length < LEAST_SAMPLED) continue;
			const labelled = {
				task,
				classes: classes?.length ?? 0,
				feature: require_commands.applyFeature(feature, column, sample),
				target
			};
			findings.push(...featureLeaks(feature, labelled, {
				classes,
				rows: "training rows"
			}));
		}
	}
	const duplicates = repeats.found();
	if (duplicates.length > 0) findings.push(duplicateFinding(duplicates.length, split.holdout.length));
	return {
		findings,
		duplicates
	};
}
var FIRST_ASKED = 4;
function repeatSearch({ labels, split }) {
	const hashes = rowHashes(labels.length);
	const shared = () => sharedRows(hashes.ids, [split.train, split.validation], split.holdout);
	let [added, asked] = [0, FIRST_ASKED];
	let mayRepeat = true;
	return {
		add(words) {
			if (!mayRepeat) return;
			hashes.add(words());
			if (++added < asked) return;
			asked *= 2;
			mayRepeat = shared().length > 0;
		},
		found: () => mayRepeat ? shared() : new Uint32Array(0)
	};
}
function sharedFiles(column, { split, labels }) {
	const hashes = rowHashes(labels.length);
	hashes.add(columnWords(column));
	const named = (part) => part.filter((row) => column.codes[row] >= 0);
	return sharedRows(hashes.ids, [split.train, split.validation].map(named), named(split.holdout));
}
function sameFilesFinding(column, rows, holdoutRows) {
	const words = `${rows} of ${holdoutRows} holdout rows have in ${require_light.quoted(column)} the same file, byte for byte, as a training row.`;
	return require_light.finding("same-file", {
		column,
		count: rows
	}, words);
}
async function findOverlap(request) {
	const { digests, key, group, split } = request;
	const rows = sharedRows(digests, [split.train, split.validation], split.holdout).length;
	const names = key.map((name) => require_light.quoted(name)).join(", ");
	return [
		...rows > 0 ? [overlapFinding(rows, split, "whose source row", null)] : [],
		...key.length > 0 ? await findSharedValues(request, key, `whose key (${names})`) : [],
		...group === null ? [] : await findSharedValues(request, [group], `whose group (${require_light.quoted(group)})`)
	];
}
async function findSharedValues({ read, labels, split }, names, what) {
	const hashes = rowHashes(labels.length);
	const complete = new Uint8Array(labels.length).fill(1);
	for (const name of names) {
		const column = await read(name);
		if (column === null) throw new require_commands.FeatureMismatchError([`${require_light.quoted(name)} is missing`]);
		hashes.add(columnWords(column));
		for (let row = 0; row < complete.length; row++) if (column.kind === "text" ? column.codes[row] < 0 : Number.isNaN(column.values[row])) complete[row] = 0;
	}
	const known = (part) => part.filter((row) => complete[row] === 1);
	const shared = sharedRows(hashes.ids, [split.train, split.validation].map(known), known(split.holdout)).length;
	return shared > 0 ? [overlapFinding(shared, split, what, names[0])] : [];
}
function overlapFinding(rows, split, what, column) {
	const words = `${rows} of ${split.holdout.length} holdout rows are also trained on: there is a training row ${what} is the same.`;
	return require_light.finding("overlap", { column }, words);
}
function duplicateFinding(rows, holdoutRows) {
	const words = `${rows} of ${holdoutRows} holdout rows have exactly the feature values of a training row.`;
	return require_light.finding("duplicate-features", {}, words);
}
function evenlySpaced(rows) {
	const stride = Math.max(1, Math.ceil(rows.length / MOST_SAMPLED));
	return stride === 1 ? rows : rows.filter((_, i) => i % stride === 0);
}
// ../core/src/split/group-numbers.ts
function groupNumbers(column, rows) {
	const known = new Map();
	let count = 0;
	return {
		groups: Int32Array.from(rows, (row) => {
			const value = column.kind === "text" ? column.codes[row] : column.values[row];
			if (column.kind === "text" ? value < 0 : Number.isNaN(value)) return count++;
			const number = known.get(value) ?? count++;
			known.set(value, number);
			return number;
		}),
		count
	};
}
// ../core/src/errors/split-errors.ts
var TooFewRowsError = class extends require_light.RefitError {
	code = "too-few-rows";
	hint;
	constructor(parts, { rows, together }, options) {
		const kinds = together === null || together === "times" ? null : together.kinds;
		const why = kinds !== null ? ` Rows that are equal, or have one key, stay together, and there ${kinds === 1 ? "is 1 kind" : `are ${kinds} kinds`} of rows.` : together === "times" ? " Rows with equal times stay together." : "";
		const empty = Object.entries(parts).filter(([, count]) => count === 0);
		super(`${rows} rows are too few to split into training, validation and holdout: training gets ${parts.train}, validation ${parts.validation}, holdout ${parts.holdout}; ${empty.map(([name]) => name).join(" and ")} would be empty.${why}`, options);
		this.hint = kinds === null ? "Add more rows, or change `holdout` or `validation` in model.yaml." : "Remove the copies, or name in model.yaml as `key` the columns that tell rows apart; else add other rows.";
	}
};
var TimeMissingError = class extends require_light.RefitError {
	code = "time-missing";
	hint = "Drop or repair those rows in `prepare`, or choose another `time` column.";
	constructor(time, missing, rows, options) {
		super(`${missing} of ${rows} rows have no value in the time column ${require_light.quoted(time)}.`, options);
	}
};
// ../core/src/split/first-at-least.ts
function firstAtLeast(ascending, least) {
	let low = 0;
	let high = ascending.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (ascending[middle] < least) low = middle + 1;
		else high = middle;
	}
	return low;
}
// ../core/src/split/split-rows.ts
var DEFAULT_FRACTION = .2;
var VALIDATION_SPANS = 2;
var MOST_VALIDATION = .5;
function splitRows(request) {
	const split = request.time === null ? splitByHash(request) : splitByTime(request, request.time);
	const { train, validation, holdout } = split;
	const sizes = {
		train: train.length,
		validation: validation.length,
		holdout: holdout.length
	};
	if (Math.min(...Object.values(sizes)) === 0) {
		const { rows, time, positions } = request;
		const kinds = new Set(Array.from(rows, (row) => (time === null ? positions : time.values)[row])).size;
		const together = kinds === rows.length ? null : time === null ? { kinds } : "times";
		throw new TooFewRowsError(sizes, {
			rows: rows.length,
			together
		});
	}
	return split;
}
function splitByTime(request, time) {
	const { rows, policy } = request;
	const times = new Float64Array(rows.length);
	for (let i = 0; i < times.length; i++) times[i] = time.values[rows[i]];
	const missing = times.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
	if (missing > 0) throw new TimeMissingError(time.name, missing, rows.length);
	const to = times.at(-1) ?? null;
	const { border, from, unseen } = beginOfHoldout(times, request);
	const days = policy.days ?? (to === null || from === null ? 0 : (to - from) / 864e5);
	const trainEnd = beginOfValidation(times.subarray(0, border), request.validation, {
		from: from ?? 0,
		days
	});
	return {
		kind: "temporal",
		train: rows.slice(0, trainEnd),
		validation: rows.slice(trainEnd, border),
		holdout: rows.slice(border),
		from,
		to,
		trainedUntil: times[border - 1] ?? null,
		fraction: null,
		unseen
	};
}
function beginOfHoldout(times, { policy, learnedUntil }) {
	const to = times.at(-1) ?? null;
	const asked = policy.days === void 0 || to === null ? startOfNewest(times, policy.fraction ?? DEFAULT_FRACTION) : firstAtLeast(times, to - policy.days * require_light.DAY);
	const from = policy.days === void 0 || to === null ? times[asked] ?? null : to - policy.days * require_light.DAY;
	const newer = learnedUntil === null ? 0 : firstAtLeast(times, learnedUntil + 1);
	if (newer <= asked) return {
		border: asked,
		from,
		unseen: true
	};
	if (times.length - newer < policy.minRows) return {
		border: asked,
		from,
		unseen: false
	};
	return {
		border: newer,
		from: times[newer],
		unseen: true
	};
}
function beginOfValidation(before, { days, fraction }, holdout) {
	if (fraction !== void 0) return startOfNewest(before, fraction);
	if (days !== void 0) return firstAtLeast(before, holdout.from - days * require_light.DAY);
	const spanned = firstAtLeast(before, holdout.from - VALIDATION_SPANS * holdout.days * require_light.DAY);
	if (spanned === before.length) return startOfNewest(before, DEFAULT_FRACTION);
	return Math.max(spanned, startOfNewest(before, MOST_VALIDATION));
}
function startOfNewest(times, fraction) {
	const border = times.length - Math.round(times.length * fraction);
	return border < times.length ? firstAtLeast(times, times[border]) : border;
}
function splitByHash({ rows, positions, policy, validation }) {
	const fraction = policy.fraction ?? DEFAULT_FRACTION;
	const validationEnd = fraction + (1 - fraction) * (validation.fraction ?? DEFAULT_FRACTION);
	const between = (low, high) => rows.filter((row) => positions[row] >= low && positions[row] < high);
	return {
		kind: "hash",
		holdout: between(0, fraction),
		validation: between(fraction, validationEnd),
		train: between(validationEnd, 1),
		from: null,
		to: null,
		trainedUntil: null,
		fraction,
		unseen: true
	};
}
// ../core/src/split/time-blocks.ts
function timeBlocks(instants, days) {
	const first = instants.reduce((least, at) => Math.min(least, at), Infinity);
	const known = new Map();
	return {
		groups: Int32Array.from(instants, (at) => {
			const stretch = Math.floor((at - first) / (days * require_light.DAY));
			const number = known.get(stretch) ?? known.size;
			known.set(stretch, number);
			return number;
		}),
		count: known.size
	};
}
// ../core/src/split/training-window.ts
function trainingWindow(rows, times, policy) {
	const newest = times[rows.at(-1)];
	const since = policy.days === void 0 ? -Infinity : newest - policy.days * require_light.DAY;
	const recent = rows.filter((row) => times[row] >= since);
	const kept = policy.rows === void 0 ? recent : recent.slice(-policy.rows);
	if (policy.halfLifeDays === void 0) return {
		rows: kept,
		decay: null
	};
	const perMillisecond = Math.LN2 / (policy.halfLifeDays * require_light.DAY);
	const faded = Float64Array.from(kept, (row) => Math.exp((times[row] - newest) * perMillisecond));
	const mean = faded.reduce((sum, each) => sum + each, 0) / faded.length;
	return {
		rows: kept,
		decay: faded.map((each) => each / mean)
	};
}
// ../core/src/split/unseen-rows.ts
function unseenRows(holdout, champion, time, positions) {
	if (champion.holdout.kind === "hash") {
		const fraction = champion.holdout.fraction ?? 0;
		return holdout.filter((row) => positions[row] < fraction);
	}
	const learned = require_light.learnedUntil(champion);
	const until = learned === null ? NaN : Date.parse(learned);
	return time === null ? new Uint32Array(0) : holdout.filter((row) => time[row] > until);
}
// ../core/src/serving/draw-probes.ts
var mostRows$3 = 16;
var mostNumbers = 4096;
var unseen$1 = "� no such text";
var plainNumbers$1 = [
	0,
	1,
	-1,
	10,
	.5
];
var DAY_DIGITS = 10;
function drawProbes({ features, profile, sensitive, seed, width }) {
	const next = require_commands.randomBits(seed, stream);
	const below = (count) => Math.floor(next() / 4294967296 * count);
	const known = new Map(profile.columns.map((column) => [column.name, column]));
	const makers = features.inputs.filter(({ type }) => type !== "file").map((input) => {
		const values = sensitive.includes(input.name) ? [null] : valuesOf$1(input, features, known.get(input.name));
		return {
			name: input.name,
			values
		};
	});
	const rows = Math.max(1, Math.min(mostRows$3, Math.floor(mostNumbers / width)));
	return Array.from({ length: rows }, (_, row) => Object.fromEntries(makers.map(({ name, values }) => [name, row === 0 || below(8) === 0 ? null : values[below(values.length)]])));
}
var stream = 1886547810;
function valuesOf$1({ name, type }, { features }, column) {
	if (type === "boolean") return [false, true];
	const levels = features.flatMap((each) => each.kind === "categorical" && each.input === name ? each.levels : []);
	if (type === "string") return [...levels, unseen$1];
	const numbers = quantilesOf(column);
	if (type === "number") return [...numbers, ...levels.map(Number)];
	if (type === "integer") return [...numbers, ...levels.map(Number)].map(Math.round);
	const digits = type === "date" ? DAY_DIGITS : void 0;
	return numbers.map((instant) => new Date(instant).toISOString().slice(0, digits));
}
var probabilities = [
	.02,
	.1,
	.25,
	.5,
	.75,
	.9,
	.98
];
function quantilesOf(column) {
	const { buckets, min, max } = column ?? {};
	if (buckets === void 0 || min === void 0 || max === void 0) return plainNumbers$1;
	const range = {
		min: Math.max(min, -864e13),
		max: Math.min(max, 864e13)
	};
	const rounded = require_commands.bucketQuantiles(buckets, {
		min: -Infinity,
		max: Infinity
	}, probabilities).map((number) => Number(Math.min(range.max, Math.max(range.min, number)).toPrecision(3)));
	return rounded.length > 0 ? [...new Set(rounded)] : plainNumbers$1;
}
// ../core/src/serving/typed-rows.ts
var most = 20;
function rowTyper(inputs) {
	const known = new Set(inputs.map(({ name }) => name));
	return async (given) => {
		const records = Array.isArray(given) ? given : null;
		const { rows, column } = records ? tableOfRecords(records) : tableOfColumns(given, known);
		const refused = [];
		let count = 0;
		const refuse = (input, row, value) => {
			if (count++ < most) refused.push({
				input,
				row,
				value
			});
		};
		const columns = inputs.map((input) => columnOf(input, rows, column(input.name), refuse));
		if (count > 0) {
			const { inputInvalid } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.input_problems_exports);
			throw inputInvalid(inputs, given, refused, count);
		}
		const namesBeside = (row) => Object.keys(Object(row)).filter((name) => !known.has(name));
		const ignored = [...new Set((records ?? [given]).flatMap(namesBeside))];
		return {
			rows,
			columns,
			ignored: {
				count: ignored.length,
				names: ignored.slice(0, most)
			}
		};
	};
}
function tableOfRecords(records) {
	let column;
	const cell = (row) => own(records[row], column);
	return {
		rows: records.length,
		column(name) {
			column = name;
			return cell;
		}
	};
}
function tableOfColumns(columns, known) {
	const names = Object.keys(columns);
	const valuesOf = (name) => {
		const values = own(columns, name);
		return Object(values) === values ? values : [values];
	};
	const read = names.filter((name) => known.has(name));
	return {
		rows: Math.max(0, ...(read.length > 0 ? read : names).map((name) => valuesOf(name).length)),
		column(name) {
			const values = valuesOf(name);
			return (row) => values[row];
		}
	};
}
var own = (record, name) => Object.hasOwn(Object(record), name) ? record[name] : void 0;
function columnOf(input, rows, cell, refuse) {
	const { name, type } = input;
	const read = readers[type];
	if (read === void 0) return textColumn(input, rows, cell, refuse);
	const values = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		const value = cell(row);
		const number = value === null ? NaN : read(value);
		if (number === null) refuse(input, row, value);
		else values[row] = number;
	}
	return {
		kind: "number",
		name,
		type,
		values
	};
}
function textColumn(input, rows, cell, refuse) {
	const codes = new Int32Array(rows).fill(-1);
	const dictionary = [];
	const places = rows > 1 ? new Map() : null;
	for (let row = 0; row < rows; row++) {
		const value = cell(row);
		if (typeof value === "string") {
			let place = places?.get(value);
			if (place === void 0) {
				place = dictionary.push(value) - 1;
				places?.set(value, place);
			}
			codes[row] = place;
		} else if (value !== null) refuse(input, row, value);
	}
	return {
		kind: "text",
		name: input.name,
		type: "string",
		dictionary,
		codes
	};
}
var asNumber = (value) => typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
var asInstant = (value) => typeof value === "string" ? require_light.readInstant(value) : value instanceof Date ? value.getTime() : null;
var readers = {
	number: asNumber,
	integer: asNumber,
	boolean: (value) => typeof value === "boolean" ? Number(value) : null,
	date: asInstant,
	datetime: asInstant
};
// ../core/src/serving/row-scorer.ts
function rowScorer(features, predictor) {
	const { inputs } = features;
	const width = answerWidth(features.target);
	const parts = inputs.flatMap((input) => require_commands.featuresOf(features, input));
	const places = new Map(inputs.map(({ name }, place) => [name, place]));
	return async ({ rows, columns }) => {
		const column = (name) => columns[places.get(name)];
		const matrix = parts.map((feature) => require_commands.featureColumn(feature, column(feature.input)));
		const read = async (name) => column(name);
		const values = await predictor.predict({
			rows,
			columns: matrix,
			inputs: {
				columns: inputs,
				read
			}
		});
		if (values.length === rows * width && values.every(Number.isFinite)) return values;
		throw new require_light.ArtifactInvalidError("artifact", "", `${width} finite numbers for each row`);
	};
}
function answerWidth({ task, classes }) {
	return task === "multiclass" ? classes.length : 1;
}
// ../core/src/learners/found-words.ts
function foundWords({ chosen }) {
	if (!Array.isArray(chosen)) return null;
	return chosen.map((each) => {
		const { share, settings } = mapOf(each);
		const { learner, leaves } = mapOf(settings);
		const size = typeof leaves === "number" ? ` of ${leaves} leaves` : "";
		return `${chosen.length === 1 ? "" : `${Math.round(100 * Number(share))} % `}${String(learner)}${size}`;
	}).join(", ");
}
function mapOf(value) {
	return typeof value === "object" && value !== null ? value : {};
}
// ../core/src/learners/rows-csv.ts
var rowsAtOnce = 1e4;
function* csvOf(columns, rows) {
	yield `${columns.map(({ name }) => quotedCell(name)).join(",")}\n`;
	const cells = columns.map(cellOf);
	for (let first = 0; first < rows; first += rowsAtOnce) {
		const last = Math.min(rows, first + rowsAtOnce);
		let text = "";
		for (let row = first; row < last; row++) {
			for (const [i, cell] of cells.entries()) text += i === 0 ? cell(row) : `,${cell(row)}`;
			text += "\n";
		}
		yield text;
	}
}
function cellOf(column) {
	if (column.kind === "text") {
		const written = column.dictionary.map(quotedCell);
		return (row) => written[column.codes[row]] ?? "";
	}
	const { type, values } = column;
	const write = writerOf(type);
	return (row) => Number.isNaN(values[row]) ? "" : write(values[row]);
}
function writerOf(type) {
	if (type === "boolean") return (value) => value === 0 ? "false" : "true";
	if (type === "date") return (value) => new Date(value).toISOString().slice(0, 10);
	if (type === "datetime") return (value) => new Date(value).toISOString();
	return String;
}
function quotedCell(text) {
	return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
// ../core/src/learners/validation-use.ts
function settlesNothing({ ignoresValidation }, settings) {
	return settings.calibration === void 0 && ignoresValidation?.(settings) === true;
}
function decidesNothing(learner, candidates) {
	return candidates.length === 1 && settlesNothing(learner, candidates[0]);
}
// ../core/src/learners/row-names.ts
function rowNames(columns, rows, sha256) {
	return Array.from({ length: rows }, (_, row) => {
		const parts = columns.map((column) => partOf$2(column, row));
		return parts.includes(null) ? null : sha256(JSON.stringify(parts)).slice(0, 32);
	});
}
function partOf$2(column, row) {
	if (column.kind === "text") return column.dictionary[column.codes[row]] ?? null;
	const value = column.values[row];
	return Number.isFinite(value) ? String(value) : null;
}
// ../refit/src/adapters/duckdb/row-texts.ts
var row_texts_exports = require_rolldown_runtime.__exportAll({ textsOfColumns: () => textsOfColumns });
async function textsOfColumns(file, columns, scratch) {
	const none = columns.map(() => []);
	const limits = require_readers.dataLimits.parse({});
	const folder = node_path.default.join(scratch, (0, node_crypto.randomUUID)());
	const session = await require_commands.openSession(folder, limits);
	try {
		const head = await require_commands.readHead(session, file, {
			scratch: folder,
			manifest: { limits }
		});
		if ("severity" in head) return none;
		const texts = [];
		for (const column of columns) {
			const position = head.columns.indexOf(column);
			const sql = `SELECT DISTINCT c${position} AS text FROM ${head.relation} WHERE c${position} IS NOT NULL`;
			const found = position < 0 ? [] : await session.rows(sql).catch(() => []);
			texts.push(found.map(([text]) => String(text)).sort());
		}
		return texts;
	} finally {
		await session.close();
	}
}
// ../refit/src/adapters/forges/github/doctor/diagnose-owners.ts
function diagnoseOwners(text, beside) {
	const patterns = (text ?? "").split("\n").flatMap((line) => /^\s*(\S+)\s+\S*@/.exec(line)?.[1] ?? []);
	const isUsualOwned = patterns.some((pattern) => /^(?:\*|\/?models\/?(?:\*\*?)?(?:\/.*)?)$/.test(pattern));
	const unowned = beside.filter((folder) => !patterns.some((pattern) => owns(pattern, folder)));
	return [...isUsualOwned ? [] : ["models"], ...unowned].map((folder) => ({
		severity: "warning",
		what: `CODEOWNERS names nobody for ${folder}/, so a proposal can be merged without the people who are responsible for the model.`,
		fix: `Add \`/${folder}/ @your-team\` to .github/CODEOWNERS, and require their review in the branch's rules.`
	}));
}
function owns(pattern, folder) {
	const glob = pattern.replaceAll(/^\/|\/$/g, "");
	const parts = folder.split("/");
	const above = parts.map((_, depth) => parts.slice(0, depth + 1).join("/"));
	const isAnchored = pattern.slice(0, -1).includes("/");
	const { test } = require_light.globPattern(glob);
	return (isAnchored ? [...above, `${folder}/champion`] : parts).some(test);
}
// ../core/src/report/charts/axis-ticks.ts
function axisTicks(values, wanted) {
	const low = values.reduce((a, b) => Math.min(a, b), Infinity);
	const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
	const range = visibleRange(low, high);
	let digits = 0;
	let power = 1;
	for (; power > range / wanted; power /= 10) digits++;
	for (; power * 10 <= range / wanted; power *= 10) digits--;
	const factor = [
		1,
		2,
		5
	].find((one) => power * one >= range / wanted) ?? 10;
	if (factor === 10) digits--;
	const step = power * factor;
	const first = Math.floor(low / step);
	const last = Math.max(first + 1, Math.ceil(high / step));
	return {
		values: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step),
		digits: Math.max(0, digits)
	};
}
function visibleRange(low, high) {
	const size = Math.max(Math.abs(low), Math.abs(high));
	if (size < 1e-300) return 1;
	return high - low > size * 1e-9 ? high - low : size;
}
// ../core/src/report/charts/chart.ts
var colours = [
	"#d55e00",
	"#2b83d0",
	"#009e73",
	"#cc79a7",
	"#e69f00"
];
var style$1 = `
  .page { fill: #ffffff }
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #3d444d }
  .title { font-size: 16px; font-weight: 600 }
  .strong { font-weight: 600 }
  .grid { stroke: #818b98; stroke-opacity: 0.35 }
  .axis { stroke: #6e7781; stroke-width: 2 }
  @media (prefers-color-scheme: dark) { .page { fill: #0d1117 } text { fill: #d1d7e0 } }
`;
function chartOf$1({ title, width, height, body, words, style: own = "" }) {
	const heading = textOf$3(title, 80);
	return {
		svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">
<title id="title">${heading}</title>
<desc id="description">${escapeXml(require_light.renderText(words, (piece) => require_light.ifWords(piece, (text) => require_light.visibleText(text, 40)) ?? " "))}</desc>
<style>${style$1}${own}</style>
<rect class="page" width="100%" height="100%" rx="6"/>
<text class="title" x="16" y="28">${heading}</text>
${body.join("\n")}
</svg>
`,
		words
	};
}
function textOf$3(data, maxLength) {
	return escapeXml(require_light.visibleText(data, maxLength));
}
var markStyle = `
  .mark { fill: #3d444d }
  @media (prefers-color-scheme: dark) { .mark { fill: #d1d7e0 } }
`;
function escapeXml(text) {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
function isDrawable(value) {
	return value !== null && value !== void 0 && Math.abs(value) < 1e300;
}
function tickLabel(tick, { values, digits }) {
	const isLong = digits > 5 || values.some((value) => Math.abs(value) >= 1e7);
	if (Math.abs(tick) < Math.abs(values.at(-1) - values[0]) * 1e-9) return 0 .toFixed(isLong ? 0 : digits);
	return isLong ? tick.toExponential(1) : tick.toFixed(Math.min(digits, 5));
}
function scale({ values }, from, to) {
	const low = values[0];
	const high = values.at(-1);
	return (value) => from + (value - low) / (high - low) * (to - from);
}
function px(value) {
	return value.toFixed(1);
}
// ../core/src/report/charts/line-chart.ts
var WIDTH$5 = 760;
var HEIGHT$3 = 424;
var PLOT$5 = {
	left: 64,
	right: 690,
	top: 78,
	bottom: 352
};
var LABEL_GAP = 15;
var LEGEND_ROW = 18;
var MOST_LETTERS = 80;
var dashes = [
	"",
	"6 4",
	"2 3",
	"10 4 2 4",
	"1 5"
];
function lineChart({ title, xLabels, series }) {
	const drawable = (value) => isDrawable(value) ? value : null;
	const chart = {
		title,
		xLabels,
		series: series.map(({ name, values }) => ({
			name,
			values: values.map(drawable)
		}))
	};
	const values = chart.series.flatMap((one) => one.values.filter((value) => value !== null));
	const rows = legendRows(chart.series.map(({ name }) => name));
	const down = (Math.max(1, rows.length) - 1) * LEGEND_ROW;
	const drawn = values.length === 0 ? [nothing$1] : plot(chart, axisTicks(values, 5), legend$3(rows, 50 - down));
	const body = down === 0 ? drawn : [
		`<g transform="translate(0 ${down})">`,
		...drawn,
		"</g>"
	];
	return chartOf$1({
		title,
		width: WIDTH$5,
		height: HEIGHT$3 + down,
		body,
		words: wordsOf$8(chart)
	});
}
var nothing$1 = `<text x="${PLOT$5.left}" y="${PLOT$5.top}">No values.</text>`;
function plot(chart, ticks, names) {
	const last = Math.max(1, chart.xLabels.length - 1);
	const x = (index) => PLOT$5.left + 10 + index / last * (PLOT$5.right - PLOT$5.left - 20);
	const y = scale(ticks, PLOT$5.bottom, PLOT$5.top);
	return [
		...ticks.values.map((tick) => gridLine(y(tick), tickLabel(tick, ticks))),
		...xAxis(chart.xLabels, x),
		...names,
		...chart.series.map(({ values }, i) => line$2(values, i, x, y)),
		...lastValues(chart, y)
	];
}
function gridLine(y, label) {
	return `<line class="grid" x1="${PLOT$5.left}" x2="${PLOT$5.right}" y1="${px(y)}" y2="${px(y)}"/>
<text x="${PLOT$5.left - 8}" y="${px(y + 4)}" text-anchor="end">${label}</text>`;
}
function xAxis(labels, x) {
	const texts = labels.map((label) => require_light.visibleText(label, 16));
	const width = 7 * texts.reduce((most, text) => Math.max(most, text.length), 0) + 14;
	const every = Math.max(1, Math.ceil(texts.length * width / (PLOT$5.right - PLOT$5.left)));
	return texts.flatMap((text, i) => i % every === 0 ? [`<text x="${px(x(i))}" y="${PLOT$5.bottom + 22}" text-anchor="middle">${textOf$3(text, 16)}</text>`] : []);
}
function legendRows(names) {
	const rows = [];
	let left = Infinity;
	for (const [i, name] of names.entries()) {
		const text = require_light.visibleText(name, MOST_LETTERS);
		const width = 30 + 7 * text.length + 20;
		if (left + width > WIDTH$5) {
			rows.push([]);
			left = PLOT$5.left;
		}
		rows.at(-1).push({
			i,
			text,
			left
		});
		left += width;
	}
	return rows;
}
function legend$3(rows, top) {
	return rows.flatMap((items, row) => items.map(({ i, text, left }) => {
		const y = top + row * LEGEND_ROW;
		return `<line x1="${left}" x2="${left + 24}" y1="${y}" y2="${y}" ${stroke(i)}/>
<text x="${left + 30}" y="${y + 4}">${textOf$3(text, MOST_LETTERS)}</text>`;
	}));
}
function line$2(values, i, x, y) {
	const path = values.map((value, j) => {
		if (value === null) return "";
		return `${j === 0 || values[j - 1] === null || values[j - 1] === void 0 ? "M" : "L"}${px(x(j))} ${px(y(value))}`;
	}).join("");
	const dots = values.map((value, j) => value === null ? "" : `<circle cx="${px(x(j))}" cy="${px(y(value))}" r="3"/>`);
	return `<path d="${path}" fill="none" ${stroke(i)}/>
<g fill="${colours[i % colours.length]}">${dots.join("")}</g>`;
}
function lastValues({ series }, y) {
	const labels = series.map(({ values }, i) => ({
		value: values.findLast((value) => value !== null),
		colour: colours[i % colours.length]
	})).flatMap(({ value, colour }) => typeof value === "number" ? [{
		text: require_light.formatNumber(value),
		colour,
		y: y(value) + 4
	}] : []).sort((a, b) => a.y - b.y);
	let free = -Infinity;
	return labels.map(({ text, colour, y: wanted }) => {
		const at = Math.max(wanted, free);
		free = at + LABEL_GAP;
		return `<text class="strong" x="${PLOT$5.right + 6}" y="${px(at)}" style="fill: ${colour}">${text}</text>`;
	});
}
function wordsOf$8({ xLabels, series }) {
	const parts = series.map(({ name, values }) => {
		const points = values.flatMap((v, i) => v === null ? [] : [require_light.say`${require_light.data(xLabels[i] ?? "")} ${require_light.formatNumber(v)}`]);
		return require_light.say`${require_light.data(name)}: ${points.length === 0 ? "no values" : require_light.joinTexts(points, ", ")}.`;
	});
	return require_light.joinTexts(parts, " ");
}
function stroke(i) {
	const dash = dashes[i % dashes.length];
	return `stroke="${colours[i % colours.length]}" stroke-width="2"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
}
// ../core/src/report/backtest-report.ts
function backtestReport(result, specFile) {
	const chart = chartOf(result);
	const sections = [
		choice(result, chart),
		check(result),
		recommended(result, specFile),
		coarse(result)
	];
	return {
		report: {
			format: 1,
			model: result.model,
			headline: headline$2(result),
			sections: sections.filter((section) => section !== null)
		},
		charts: new Map(chart === null ? [] : [["policies.svg", chart]])
	};
}
function headline$2(result) {
	const { model, nights, planned, everyDays, labelDelayDays, primary, from, to, chosen, changes, lowers } = result;
	const delay = labelDelayDays === 0 ? "" : `, labels known after ${labelDelayDays} days`;
	const span = `${require_light.day(Date.parse(from))} to ${require_light.day(Date.parse(to))}`;
	const end = nights.length === planned ? "" : " The budget ended first; the same command goes on from there.";
	return {
		verdict: chosen === null ? require_light.say`${require_light.strong(model)}: no policy is chosen yet.` : changes.length === 0 ? require_light.say`${require_light.strong(model)}: keep ${require_light.code("model.yaml")} as it is.` : require_light.say`${require_light.strong(model)}: another policy did better, ${nameOf$1(result, chosen)}.`,
		number: numberOf$2(result),
		reason: require_light.say`${nights.length} of ${planned} nights, ${span}, every ${everyDays} days${delay}; ${primary} on rows that nobody had learned from.${end}`,
		objections: [...worseInCheck(result), ...lowers.map((clause) => require_light.say`It asks less: ${require_light.data(clause)}.`)]
	};
}
function nameOf$1({ chosenOn }, id) {
	const line = chosenOn.lines.find((each) => each.id === id);
	return line === void 0 ? [id] : shownName$1(line);
}
function shownName$1({ id, kind, name }) {
	return kind !== "policy" ? [name] : id === "today" ? [require_light.code(name)] : [require_light.data(name)];
}
function numberOf$2({ chosen, chosenOn, keptBack, primary }) {
	const { lines } = keptBack ?? chosenOn;
	const [best, today] = [chosen, "today"].map((id) => lines.find((line) => line.id === id));
	const value = best?.metrics[primary];
	if (value === void 0 || today === void 0) return null;
	const where = keptBack === null ? "on the nights of the choice" : "on the nights that the choice did not use";
	const beside = best === today ? [] : require_light.say`, ${today.metrics[primary] === void 0 ? "–" : require_light.formatNumber(today.metrics[primary])} with ${require_light.code("model.yaml")} as it is`;
	return require_light.say`${primary} ${require_light.formatNumber(value)} ${where}, with ${require_light.counted(best.retrains, "retrain")}${beside}.`;
}
function worseInCheck({ chosen, keptBack, primary }) {
	const chosenLine = keptBack?.lines.find(({ id }) => id === chosen);
	return (keptBack === null ? [] : [
		"today",
		"never",
		"no-change",
		keptBack.bestSchedule
	]).flatMap((id) => {
		const difference = id === null ? null : chosenLine?.against[id];
		if (!difference || difference.mean >= 0) return [];
		const name = shownName$1(keptBack.lines.find((line) => line.id === id));
		return [require_light.say`On the nights that the choice did not use, it did worse than ${name}: ${primary} by ${interval(difference)}.`];
	});
}
function choice(result, chart) {
	const { chosenOn } = result;
	const picture = chart === null ? [] : [{
		kind: "chart",
		file: "policies.svg",
		words: chart.words
	}];
	return {
		id: "choice",
		title: `${spanOf$1(chosenOn)}: policies were chosen here`,
		body: [...picture, ...tablesOf(result, chosenOn)],
		keep: 90
	};
}
function check(result) {
	const { keptBack } = result;
	if (keptBack === null) return null;
	return {
		id: "check",
		title: `${spanOf$1(keptBack)}: check of what was chosen, on nights that the choice did not use`,
		body: tablesOf(result, keptBack),
		keep: 95
	};
}
var spanOf$1 = ({ from, until }) => `${require_light.day(Date.parse(from))} to ${require_light.day(Date.parse(until))}`;
function recommended({ chosen, changes }, file) {
	if (chosen === null) return null;
	const lines = changes.flatMap(({ before, after }) => [...before === null ? [] : [require_light.say`now: ${require_light.data(before)}`], after === null ? require_light.say`then: nothing in its place` : require_light.say`then: ${require_light.data(after)}`]);
	return {
		id: "recommended",
		title: "Recommended",
		body: lines.length === 0 ? [require_light.paragraph(require_light.say`${require_light.code(file)} as it is.`)] : [require_light.paragraph(require_light.say`In ${require_light.code(file)}:`), {
			kind: "list",
			items: lines
		}],
		keep: 100
	};
}
function coarse({ search, primary }) {
	if (search === null) return null;
	const { lines, planned, nights, everyDays, best } = search;
	const how = require_light.say`${nights} of ${planned} nights, every ${everyDays} days, with a retrain on each.`;
	const went = best === null ? [] : require_light.say` Went on to all nights: ${best}, and what is close to it.`;
	const rows = lines.map((line) => [
		[require_light.data(line.name)],
		valueOf$2(line, primary),
		...countsOf(line)
	]);
	return {
		id: "search",
		title: "The search before that",
		body: [require_light.tableOf([
			"",
			primary,
			...countHeads
		], rows), require_light.paragraph([...how, ...went])],
		keep: 50
	};
}
var countHeads = [
	"retrains",
	"merged",
	"refused",
	"data blocks"
];
function tablesOf({ primary, chosen }, stretch) {
	const { lines, bestSchedule } = stretch;
	const best = lines.find(({ id }) => id === bestSchedule);
	const rivals = [{
		id: "never",
		name: "never"
	}, ...best === void 0 ? [] : [best]];
	const nameCell = (line) => line.id === chosen ? [
		require_light.strong("chosen:"),
		" ",
		...shownName$1(line)
	] : shownName$1(line);
	const rows = lines.map((line) => [
		nameCell(line),
		valueOf$2(line, primary),
		...rivals.map(({ id }) => line.against[id] ? interval(line.against[id]) : ""),
		...countsOf(line)
	]);
	const heads = [
		"",
		primary,
		...rivals.map(({ name }) => `over ${name} (95 %)`),
		...countHeads
	];
	return [
		require_light.tableOf(heads, rows),
		...otherMetrics(primary, lines),
		...notesOf(primary, stretch)
	];
}
function otherMetrics(primary, lines) {
	const names = [...new Set(lines.flatMap(({ metrics }) => Object.keys(metrics)))].filter((name) => name !== primary);
	if (names.length === 0) return [];
	const rows = lines.map((line) => [shownName$1(line), ...names.map((name) => valueOf$2(line, name))]);
	return [require_light.tableOf(["", ...names], rows)];
}
function notesOf(primary, { lines, measured, nights }) {
	const unmeasured = require_light.say`${primary} is measured on ${measured} of ${nights} nights, those on which every row of the table had a model.`;
	const failed = lines.filter(({ failures }) => failures > 0);
	const neverLive = lines.filter(({ metrics, refusedFor }) => metrics[primary] === void 0 && refusedFor.length > 0);
	return [
		...measured === nights ? [] : [require_light.paragraph(unmeasured)],
		...neverLive.map((line) => require_light.paragraph(require_light.say`${shownName$1(line)}: no model ever went live; ${line.refusals} of ${line.retrains} were refused, most of them for ${require_light.code(line.refusedFor[0])}.`)),
		...failed.map((line) => require_light.paragraph(require_light.say`${shownName$1(line)}: ${line.failures} of ${nights} nights ended with an error, which backtest.json names.`))
	];
}
function valueOf$2({ metrics }, name) {
	return metrics[name] === void 0 ? "–" : require_light.formatNumber(metrics[name]);
}
function countsOf({ retrains, promotions, refusals, dataBlocks }) {
	return [
		retrains,
		promotions,
		refusals,
		dataBlocks
	].map(String);
}
function interval({ mean, low, high }) {
	return `${require_light.formatNumber(mean)} (${require_light.formatNumber(low)} to ${require_light.formatNumber(high)})`;
}
function chartOf({ primary, nights, chosen, chosenOn }) {
	const series = [...new Set([
		chosen,
		"today",
		"never",
		chosenOn.bestSchedule,
		"no-change"
	])].flatMap((id) => {
		const line = chosenOn.lines.find((each) => each.id === id);
		if (line === void 0) return [];
		return [{
			name: line.name,
			values: nights.map(({ lines }) => lines[line.id]?.metrics?.[primary] ?? null)
		}];
	});
	if (nights.length === 0) return null;
	const xLabels = nights.map(({ at }) => at.slice(0, 10));
	return lineChart({
		title: `${primary} of what was live, on rows that came next`,
		xLabels,
		series
	});
}
// ../core/src/report/charts/history-chart.ts
var WIDTH$4 = 760;
var PLOT$4 = {
	left: 64,
	right: 744,
	top: 78,
	bottom: 300
};
var LANES = {
	marks: 322,
	live: 346,
	height: 18,
	labels: 384
};
var HEIGHT$2 = 424;
var [championColour$2, challengerColour$2] = colours;
function historyChart(title, points, gates) {
	const values = points.flatMap(({ pair }) => pair === null ? [] : [
		pair.champion,
		pair.challenger,
		...pair.interval ?? []
	].filter(isDrawable));
	const limits = gates.filter(({ value }) => isDrawable(value));
	const x = (i) => PLOT$4.left + (i + .5) / Math.max(1, points.length) * (PLOT$4.right - PLOT$4.left);
	return chartOf$1({
		title,
		width: WIDTH$4,
		height: HEIGHT$2,
		body: [
			...values.length === 0 ? [nothing] : plotted(points, axisTicks([...values, ...limits.map(({ value }) => value)], 5), limits, x),
			...points.flatMap(({ event }, i) => mark$2(event.kind, x(i))),
			...liveSpans(points, x),
			...dates(points, x),
			...legend$2(points, limits.length > 0)
		],
		style: `${markStyle}${liveStyle}`,
		words: wordsOf$7(points, limits)
	});
}
var liveStyle = "  .live { fill: #818b98; fill-opacity: 0.25 }\n";
var nothing = `<text x="${PLOT$4.left}" y="${PLOT$4.top + 20}">Nothing was measured.</text>`;
function plotted(points, ticks, limits, x) {
	const y = scale(ticks, PLOT$4.bottom, PLOT$4.top);
	return [
		...ticks.values.flatMap((tick) => [`<line class="grid" x1="${PLOT$4.left}" x2="${PLOT$4.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`, `<text x="${PLOT$4.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, ticks)}</text>`]),
		...limits.flatMap(({ label, value }) => [`<line class="axis" x1="${PLOT$4.left}" x2="${PLOT$4.right}" y1="${px(y(value))}" y2="${px(y(value))}" stroke-dasharray="8 4"/>`, `<text x="${PLOT$4.right}" y="${px(y(value) - 5)}" text-anchor="end">${textOf$3(label, 40)}</text>`]),
		...points.flatMap(({ pair }, i) => pair === null ? [] : pairMarks(pair, x(i), y))
	];
}
function pairMarks({ champion, challenger, interval }, x, y) {
	const vertical = (from, to, look) => `<line x1="${px(x)}" x2="${px(x)}" y1="${px(y(from))}" y2="${px(y(to))}" ${look}/>`;
	const dot = (value, look) => `<circle cx="${px(x)}" cy="${px(y(value))}" r="4" ${look}/>`;
	const band = interval?.every(isDrawable) ? interval : null;
	return [
		...band === null ? [] : [vertical(band[0], band[1], `stroke="${challengerColour$2}" stroke-width="6" stroke-opacity="0.3"`)],
		...isDrawable(champion) && isDrawable(challenger) ? [vertical(champion, challenger, `stroke="${challengerColour$2}" stroke-width="1.5"`)] : [],
		...isDrawable(champion) ? [dot(champion, `fill="none" stroke="${championColour$2}" stroke-width="2"`)] : [],
		...isDrawable(challenger) ? [dot(challenger, `fill="${challengerColour$2}"`)] : []
	];
}
var shapes = {
	promoted: {
		path: "M0 -5L5 4H-5Z",
		words: "promoted"
	},
	proposed: {
		path: "M0 -5A5 5 0 1 1 -0.01 -5ZM0 -3A3 3 0 1 0 0.01 -3Z",
		words: "proposed"
	},
	rollback: {
		path: "M-5 0L4 -5V5Z",
		words: "rollback"
	},
	broken: {
		path: "M-1.5 -6H1.5V1H-1.5ZM-1.5 3H1.5V6H-1.5Z",
		words: "broken"
	},
	retired: {
		path: "M-5 -1.5H5V1.5H-5Z",
		words: "retired"
	},
	declined: {
		path: "M-5 -3L-3 -5L0 -2L3 -5L5 -3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z",
		words: "declined"
	},
	rejected: {
		path: "M0 5L-5 -4H5Z",
		words: "rejected"
	},
	blocked: {
		path: "M-4.5 -4.5H4.5V4.5H-4.5Z",
		words: "blocked"
	},
	inconclusive: {
		path: "M0 -5L5 0L0 5L-5 0Z",
		words: "inconclusive"
	}
};
function mark$2(kind, x) {
	return [`<path class="mark" transform="translate(${px(x)} ${LANES.marks})" d="${shapes[kind].path}"/>`];
}
function liveSpans(points, x) {
	const starts = points.flatMap(({ event }, i) => i > 0 && points[i - 1].event.live === event.live ? [] : [i]);
	return starts.flatMap((start, place) => {
		const { live } = points[start].event;
		if (live === null) return [];
		const end = starts[place + 1];
		const [left, right] = [x(start), end === void 0 ? PLOT$4.right : x(end)];
		const label = `v${live}`;
		return [`<rect class="live" x="${px(left)}" y="${LANES.live - LANES.height / 2}" width="${px(Math.max(1, right - left - 1))}" height="${LANES.height}"/>`, ...right - left < 8 * label.length + 4 ? [] : [`<text x="${px(left + 4)}" y="${LANES.live + 4}">${label}</text>`]];
	});
}
function dates(points, x) {
	const every = Math.max(1, Math.ceil(points.length / 8));
	return points.flatMap(({ event }, i) => i % every === 0 ? [`<text x="${px(x(i))}" y="${LANES.labels}" text-anchor="middle">${require_light.day(Date.parse(event.at))}</text>`] : []);
}
function legend$2(points, hasGates) {
	const kinds = [...new Set(points.map(({ event }) => event.kind))];
	const pairs = points.flatMap(({ pair }) => pair ?? []);
	const entries = [
		...pairs.some(({ champion }) => champion !== null) ? [{
			sample: `<circle cx="8" cy="46" r="4" fill="none" stroke="${championColour$2}" stroke-width="2"/>`,
			words: "live before"
		}] : [],
		...pairs.some(({ challenger }) => challenger !== null) ? [{
			sample: `<circle cx="8" cy="46" r="4" fill="${challengerColour$2}"/>`,
			words: "new, same rows"
		}] : [],
		...pairs.some(({ interval }) => interval !== null) ? [{
			sample: `<path d="M8 40V52" stroke="${challengerColour$2}" stroke-width="6" stroke-opacity="0.3"/>`,
			words: "90 % interval"
		}] : [],
		...hasGates ? [{
			sample: `<path class="axis" d="M0 46H16" stroke-dasharray="8 4"/>`,
			words: "gate"
		}] : [],
		...kinds.map((kind) => ({
			sample: `<path class="mark" transform="translate(8 46)" d="${shapes[kind].path}"/>`,
			words: shapes[kind].words
		}))
	];
	let left = 16;
	return entries.map(({ sample, words }) => {
		const entry = `<g transform="translate(${px(left)} 0)">${sample}<text x="20" y="50">${words}</text></g>`;
		left += 20 + 6.4 * words.length + 12;
		return entry;
	});
}
function wordsOf$7(points, limits) {
	const sentences = points.map(({ event: { at, kind, version }, pair }) => {
		const who = version === null ? "" : ` of v${version}`;
		const numbers = pair === null ? "" : `: ${require_light.number(pair.champion)} before, ${require_light.number(pair.challenger)} after, on the same rows`;
		return require_light.say`${require_light.day(Date.parse(at))} ${shapes[kind].words}${who}${numbers}.`;
	});
	const gates = limits.map(({ label }) => require_light.say`Gate: ${require_light.data(label)}.`);
	return require_light.joinTexts([...sentences, ...gates], " ");
}
// ../core/src/report/charts/strip-chart.ts
var WIDTH$3 = 760;
var PLOT$3 = {
	left: 190,
	right: 744,
	top: 62
};
var ROW$1 = 20;
var strongest = .25;
var [driftColour, quietColour] = colours;
function stripChart(title, xLabels, rows) {
	const width = (PLOT$3.right - PLOT$3.left) / Math.max(1, xLabels.length);
	const bottom = PLOT$3.top + ROW$1 * rows.length;
	const every = Math.max(1, Math.ceil(xLabels.length * 48 / (PLOT$3.right - PLOT$3.left)));
	return chartOf$1({
		title,
		width: WIDTH$3,
		height: bottom + 34,
		body: [
			...legend$1(),
			...rows.flatMap(({ column, cells }, i) => {
				const top = PLOT$3.top + ROW$1 * i;
				return [`<text x="16" y="${top + 14}">${textOf$3(column, 26)}</text>`, ...cells.flatMap((cell, j) => cell === null ? [] : [drawn(cell, PLOT$3.left + width * j, top, width)])];
			}),
			...xLabels.flatMap((label, j) => j % every === 0 ? [`<text x="${px(PLOT$3.left + width * (j + .5))}" y="${bottom + 18}" text-anchor="middle">${textOf$3(label, 8)}</text>`] : [])
		],
		style: markStyle,
		words: wordsOf$6(rows, xLabels)
	});
}
function drawn({ psi, drifted }, left, top, width) {
	const strength = Math.min(1, Math.max(.08, psi / strongest));
	const colour = drifted ? driftColour : quietColour;
	const box = `<rect x="${px(left)}" y="${top + 1}" width="${px(Math.max(1, width - 1))}" height="18" fill="${colour}" fill-opacity="${strength.toFixed(2)}"/>`;
	return drifted ? `${box}<circle class="mark" cx="${px(left + width / 2)}" cy="${top + ROW$1 / 2}" r="3"/>` : box;
}
function legend$1() {
	const entries = [
		{
			cell: {
				psi: .02,
				drifted: false
			},
			words: "hardly moved"
		},
		{
			cell: {
				psi: .2,
				drifted: false
			},
			words: "moved, but not beyond chance"
		},
		{
			cell: {
				psi: .2,
				drifted: true
			},
			words: "drift"
		}
	];
	let left = 16;
	return entries.map(({ cell, words }) => {
		const entry = `${drawn(cell, left, 38, 20)}<text x="${px(left + 26)}" y="52">${words}</text>`;
		left += 26 + 6.6 * words.length + 20;
		return entry;
	});
}
function wordsOf$6(rows, labels) {
	const sentences = rows.map(({ column, cells }) => {
		const drifted = labels.filter((_, j) => cells[j]?.drifted === true);
		return drifted.length === 0 ? require_light.say`${require_light.data(column)}: no drift in ${require_light.counted(labels.length, "version")}.` : require_light.say`${require_light.data(column)}: drift in ${require_light.data(drifted.join(", "))}.`;
	});
	return require_light.joinTexts(sentences, " ");
}
// ../core/src/report/group-report.ts
function groupTitle({ group, members }) {
	return `refit(${group}): new versions of ${members.map(({ model }) => model).join(", ")}`;
}
function groupMessage(input) {
	const { group, members } = input;
	const numbers = members.map(({ model, comparison }) => {
		const { champion, challenger } = require_light.primaryRow(comparison) ?? {};
		const before = champion === void 0 ? "" : `${require_light.number(champion)} → `;
		return `${model}: ${comparison.primary} ${before}${require_light.number(challenger)} on ${require_light.scoredRows(comparison)}.`;
	});
	const trailers = members.flatMap(({ model, verdict, inputDigest }) => [
		`Refit-Model: ${model}`,
		`Refit-Verdict: ${verdict}`,
		`Refit-Inputs: ${inputDigest}`
	]);
	return [
		groupTitle(input),
		"",
		...numbers,
		"",
		`Refit-Group: ${group}`,
		...trailers,
		""
	].join("\n");
}
function groupOverview({ group, members, unchanged }) {
	const rows = members.map(({ model, verdict, comparison }) => {
		const { metric, before, after, change } = primaryWords(comparison);
		return [
			require_light.cell(model),
			verdict,
			metric,
			before,
			after,
			change
		];
	});
	const head = [
		"model",
		"verdict",
		"metric",
		"champion",
		"challenger",
		"better by (90 % interval)"
	];
	const undecided = members.some(({ verdict }) => verdict === "inconclusive");
	return [
		`The models of the group ${require_light.cell(group)} move together: merging promotes ${members.length === 1 ? "one version" : `${members.length} versions`} at once. To go back on all of them, revert the merge; \`refit rollback MODEL\` takes back one.`,
		require_light.table(head, rows),
		...undecided ? ["Undecided for at least one of them, so this is a draft: a person may merge it."] : [],
		...unchanged.length > 0 ? [`Nothing has changed for ${unchanged.map(require_light.cell).join(", ")} since the champion was trained, so ${require_light.counted(unchanged.length, "model")} of the group ${unchanged.length === 1 ? "stays" : "stay"} as before.`] : [],
		""
	].join("\n\n");
}
function primaryWords(comparison) {
	const row = require_light.primaryRow(comparison);
	return {
		metric: require_light.cell(comparison.primary),
		before: require_light.number(row?.champion),
		after: require_light.number(row?.challenger),
		change: row === void 0 ? "–" : `${require_light.optionalSigned(row.improvement)}${require_light.intervalText(row)}`
	};
}
// ../core/src/report/html-report.ts
var MOST_IN_A_VALUE = 300;
function htmlReport(report, chartAt, origin) {
	const name = escapeHtml(require_light.visibleText(report.model, MOST_IN_A_VALUE));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}: report of refit</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${name}</h1>
${headlineHtml(report.headline)}
${report.sections.map((section) => sectionHtml(section, chartAt)).join("\n")}
</main>
<footer>${textHtml(origin)}</footer>
</body>
</html>
`;
}
function headlineHtml({ verdict, number, reason, objections }) {
	const lines = [number, reason].flatMap((line) => line === null ? [] : [`<p>${textHtml(line)}</p>`]);
	return [
		`<p class="verdict">${textHtml(verdict)}</p>`,
		...lines,
		listHtml(objections)
	].filter((line) => line !== "").join("\n");
}
function sectionHtml({ id, title, body }, chartAt) {
	const heading = title === null ? "" : `<h2>${escapeHtml(title)}</h2>\n`;
	return `<section id="${escapeHtml(id)}">\n${heading}${blocksHtml(body, chartAt)}\n</section>`;
}
function blocksHtml(blocks, chartAt) {
	return blocks.map((block) => blockHtml(block, chartAt)).filter((html) => html !== "").join("\n");
}
function blockHtml(block, chartAt) {
	switch (block.kind) {
		case "paragraph": return `<p>${textHtml(block.text)}</p>`;
		case "list": return listHtml(block.items);
		case "table": return tableHtml$1(block);
		case "notice": return `<div class="notice">${block.lines.map((line) => `<p>${textHtml(line)}</p>`).join("\n")}</div>`;
		case "chart": return chartHtml(block, chartAt(block.file));
		case "details": return `<details>\n<summary>${textHtml(block.summary)}</summary>\n${blocksHtml(block.blocks, chartAt)}\n</details>`;
		default: return "";
	}
}
function listHtml(items) {
	return items.length === 0 ? "" : `<ul>\n${items.map((item) => `<li>${textHtml(item)}</li>`).join("\n")}\n</ul>`;
}
function tableHtml$1({ head, rows }) {
	return `<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n<thead><tr>${head.map((cell) => `<th scope="col">${textHtml(cell)}</th>`).join("")}</tr></thead>\n<tbody>\n${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${textHtml(cell)}</td>`).join("")}</tr>`).join("\n")}\n</tbody>\n</table></div>`;
}
function chartHtml({ words }, svg) {
	if (svg === null) return "";
	return `<img alt="${escapeHtml(require_light.renderText(words, (piece) => require_light.ifWords(piece, (text) => require_light.visibleText(text, 40)) ?? " "))}" src="data:image/svg+xml,${encodeURIComponent(svg.replace(/\p{Surrogate}/gu, "�"))}">`;
}
function textHtml(sentence) {
	return sentence.map((piece) => typeof piece === "string" ? escapeHtml(piece) : pieceHtml(piece)).join("");
}
function pieceHtml(piece) {
	if (piece.kind === "break") return "<br>";
	const shown = require_light.ifWords(piece, (words) => escapeHtml(require_light.visibleText(words, MOST_IN_A_VALUE)));
	if (shown === null) return "";
	if (piece.kind === "sentence") return shown;
	return piece.kind === "strong" ? `<strong>${shown}</strong>` : `<code>${shown}</code>`;
}
function escapeHtml(text) {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
var style = `
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --line: #d1d9e0; --soft: #f6f8fa }
@media (prefers-color-scheme: dark) { :root { --text: #d1d7e0; --page: #0d1117; --line: #3d444d; --soft: #151b23 } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
main, footer { max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; margin: 0.5rem 0 }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid var(--line) }
p { margin: 0.5rem 0 }
.verdict { font-size: 1.15rem }
.notice { border-left: 4px solid #9a6700; background: var(--soft); padding: 0.25rem 1rem; margin: 1rem 0 }
.table { overflow-x: auto; margin: 0.5rem 0 }
table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums }
th, td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: normal }
th { background: var(--soft) }
code { font: 0.9em ui-monospace, "Cascadia Mono", Consolas, monospace; background: var(--soft); padding: 0.1em 0.3em; border-radius: 4px }
img { display: block; max-width: 100%; height: auto; margin: 0.75rem 0 }
summary { cursor: pointer; padding: 0.3rem 0 }
footer { font-size: 0.85rem; border-top: 1px solid var(--line) }
@media print { details::details-content { content-visibility: visible; display: block } .table { overflow: visible } }
`;
// ../core/src/report/metric-direction.ts
function isHigherBetter({ metric, higherIsBetter = true }) {
	return require_light.isBuiltIn(metric) ? require_commands.metrics[metric].higherIsBetter : higherIsBetter;
}
// ../core/src/report/charts/curve-chart.ts
var WIDTH$2 = 500;
var HEIGHT$1 = 500;
var PLOT$2 = {
	left: 64,
	right: 476,
	top: 78,
	bottom: 440
};
var [championColour$1, challengerColour$1] = colours;
var looks$1 = {
	champion: {
		colour: championColour$1,
		dash: " stroke-dasharray=\"6 4\""
	},
	challenger: {
		colour: challengerColour$1,
		dash: ""
	}
};
function curveChart({ title, xLabel, yLabel, curves, dots, diagonal, words }) {
	const ticks = axisTicks([0, ...curves.flatMap(({ points }) => points.flat())], 5);
	const x = scale(ticks, PLOT$2.left, PLOT$2.right);
	const y = scale(ticks, PLOT$2.bottom, PLOT$2.top);
	const [low, high] = [ticks.values[0], ticks.values.at(-1)];
	return chartOf$1({
		title,
		width: WIDTH$2,
		height: HEIGHT$1,
		body: [
			...ticks.values.flatMap((tick) => [
				`<line class="grid" x1="${PLOT$2.left}" x2="${PLOT$2.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>`,
				`<line class="grid" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="${PLOT$2.top}" y2="${PLOT$2.bottom}"/>`,
				`<text x="${PLOT$2.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, ticks)}</text>`,
				`<text x="${px(x(tick))}" y="${PLOT$2.bottom + 18}" text-anchor="middle">${tickLabel(tick, ticks)}</text>`
			]),
			...diagonal ? [`<line class="axis" x1="${px(x(low))}" x2="${px(x(high))}" y1="${px(y(low))}" y2="${px(y(high))}"/>`] : [],
			...curves.map((curve, i) => legendEntry$1(curve, i)),
			...curves.map((curve) => line$1(curve, [x, y], dots)),
			`<text x="${px((PLOT$2.left + PLOT$2.right) / 2)}" y="${PLOT$2.bottom + 42}" text-anchor="middle">${xLabel}</text>`,
			`<text transform="translate(20 ${px((PLOT$2.top + PLOT$2.bottom) / 2)}) rotate(-90)" text-anchor="middle">${yLabel}</text>`
		],
		words
	});
}
function legendEntry$1({ name }, i) {
	const { colour, dash } = looks$1[name];
	const left = PLOT$2.left + 140 * i;
	return `<line x1="${left}" x2="${left + 24}" y1="50" y2="50" stroke="${colour}" stroke-width="2"${dash}/>
<text x="${left + 30}" y="54">${name}</text>`;
}
function line$1({ name, points }, [x, y], dots) {
	const { colour, dash } = looks$1[name];
	const places = points.map(([across, up]) => ({
		cx: px(x(across)),
		cy: px(y(up))
	}));
	const drawn = `<path d="${places.map(({ cx, cy }, i) => `${i === 0 ? "M" : "L"}${cx} ${cy}`).join("")}" fill="none" stroke="${colour}" stroke-width="2"${dash}/>`;
	if (!dots) return drawn;
	return `${drawn}
<g fill="${colour}">${places.map(({ cx, cy }) => `<circle cx="${cx}" cy="${cy}" r="3.5"/>`).join("")}</g>`;
}
// ../core/src/report/charts/calibration-chart.ts
function calibrationChart(title, lines) {
	return curveChart({
		title,
		xLabel: "mean predicted probability of a tenth of the rows",
		yLabel: "share of positives among them",
		curves: lines.map(({ name, bins }) => ({
			name,
			points: bins.map(({ predicted, observed }) => [predicted, observed])
		})),
		dots: true,
		diagonal: true,
		words: [lines.map(wordsOf$5).join(" ")]
	});
}
function wordsOf$5({ name, bins }) {
	return `${name}, predicted → observed: ${bins.map(({ predicted, observed }) => `${require_light.formatNumber(predicted)} → ${require_light.formatNumber(observed)}`).join("; ")}.`;
}
// ../core/src/report/charts/interval-chart.ts
var WIDTH$1 = 760;
var PLOT$1 = {
	left: 250,
	right: 540,
	top: 62
};
var ROW = 26;
var [limitColour, valueColour] = colours;
function intervalChart(title, panels) {
	const drawn = panels.map((panel) => ({
		...panel,
		rows: panel.rows.filter(isRowDrawable)
	})).filter(({ rows }) => rows.length > 0);
	const body = [];
	let top = PLOT$1.top;
	for (const panel of drawn) {
		body.push(...drawPanel(panel, top));
		top += 20 + ROW * panel.rows.length + 44;
	}
	body.push(...legend(drawn.flatMap(({ rows }) => rows), top - 4));
	return chartOf$1({
		title,
		width: WIDTH$1,
		height: top + 24,
		body,
		words: wordsOf$4(drawn)
	});
}
function isRowDrawable({ value, interval, limit, bound }) {
	return [
		value,
		...interval ?? [],
		limit ?? 0,
		bound ?? 0
	].every(isDrawable);
}
function drawPanel({ title, rows }, top) {
	const ticks = axisTicks([0, ...rows.flatMap(({ value, interval, limit, bound }) => [
		value,
		...interval ?? [],
		...[limit, bound].filter((place) => place !== null)
	])], 5);
	const x = scale(ticks, PLOT$1.left, PLOT$1.right);
	const bottom = top + 20 + ROW * rows.length;
	const champion = px(x(0));
	return [
		`<text class="strong" x="16" y="${top + 10}">${textOf$3(title, 60)}</text>`,
		...ticks.values.map((tick) => verticalLine("grid", x(tick), top + 14, bottom)),
		...ticks.values.map((tick) => tickText(tickLabel(tick, ticks), x(tick), bottom + 15)),
		verticalLine("axis", x(0), top + 14, bottom),
		`<text x="${champion}" y="${top + 10}" text-anchor="middle">champion</text>`,
		...rows.flatMap((row, i) => drawRow(row, top + 20 + ROW * (i + .5), x))
	];
}
function drawRow({ label, value, interval, limit, bound }, y, x) {
	const whisker = interval === null ? [] : [interval.map(x)];
	return [
		`<text x="16" y="${px(y + 4)}">${textOf$3(label, 31)}</text>`,
		...limit === null ? [] : [mark$1(x(limit), y, "")],
		...bound === null ? [] : [mark$1(x(bound), y, " stroke-dasharray=\"3 3\"")],
		...whisker.map(([from, to]) => whiskerLine(from, to, y)),
		`<circle cx="${px(x(value))}" cy="${px(y)}" r="4.5" fill="${valueColour}"/>`,
		`<text x="${PLOT$1.right + 14}" y="${px(y + 4)}"><tspan class="strong">${require_light.signed(value)}</tspan>${between(interval)}</text>`
	];
}
function between(interval) {
	return interval === null ? "" : ` (${require_light.signed(interval[0])} to ${require_light.signed(interval[1])})`;
}
function verticalLine(kind, x, top, bottom) {
	return `<line class="${kind}" x1="${px(x)}" x2="${px(x)}" y1="${px(top)}" y2="${px(bottom)}"/>`;
}
function tickText(label, x, y) {
	return `<text x="${px(x)}" y="${px(y)}" text-anchor="middle">${label}</text>`;
}
function mark$1(x, y, dash) {
	return `<line x1="${px(x)}" x2="${px(x)}" y1="${px(y - 10)}" y2="${px(y + 10)}" stroke="${limitColour}" stroke-width="3"${dash}/>`;
}
function whiskerLine(from, to, y) {
	return `<line x1="${px(from)}" x2="${px(to)}" y1="${px(y)}" y2="${px(y)}" stroke="${valueColour}" stroke-width="2"/>`;
}
function legend(rows, y) {
	const entries = [
		...rows.some(({ interval }) => interval !== null) ? [{
			sample: whiskerLine(0, 20, y - 4),
			text: "90 % interval"
		}] : [],
		...rows.some(({ limit }) => limit !== null) ? [{
			sample: mark$1(10, y - 4, ""),
			text: "gate: fails if the dot is left of it"
		}] : [],
		...rows.some(({ bound }) => bound !== null) ? [{
			sample: mark$1(10, y - 4, " stroke-dasharray=\"3 3\""),
			text: "test: fails if the interval reaches left of it"
		}] : []
	];
	let left = 16;
	return entries.map(({ sample, text }) => {
		const entry = `<g transform="translate(${left} 0)">${sample}<text x="28" y="${y}">${text}</text></g>`;
		left += 28 + 6.5 * text.length + 24;
		return entry;
	});
}
function wordsOf$4(panels) {
	const sentences = panels.map(({ title, rows }) => {
		const parts = rows.map(({ label, value, interval, limit, bound }) => {
			const marks = [...limit === null ? [] : [require_light.say`gate at ${require_light.signed(limit)}`], ...bound === null ? [] : [require_light.say`test at ${require_light.signed(bound)}`]];
			return require_light.joinTexts([require_light.say`${require_light.data(label)} ${require_light.signed(value)}${between(interval)}`, ...marks], ", ");
		});
		return require_light.say`${title}: ${require_light.joinTexts(parts, "; ")}.`;
	});
	return require_light.joinTexts(sentences, " ");
}
// ../core/src/report/charts/residual-chart.ts
var WIDTH = 760;
var HEIGHT = 400;
var PLOT = {
	left: 90,
	right: 736,
	top: 78,
	bottom: 340
};
var [championColour, challengerColour] = colours;
var looks = {
	champion: championColour,
	challenger: challengerColour
};
function residualChart(title, lines) {
	const drawn = lines.map(({ name, bins }) => ({
		name,
		bins: bins.filter(({ predicted, low, median, high }) => [
			predicted,
			low,
			median,
			high
		].every(isDrawable))
	}));
	const all = drawn.flatMap(({ bins }) => bins);
	const words = [drawn.map(wordsOf$3).join(" ")];
	if (all.length === 0) return chartOf$1({
		title,
		width: WIDTH,
		height: HEIGHT,
		body: [],
		words
	});
	const across = axisTicks(all.map(({ predicted }) => predicted), 6);
	const up = axisTicks([0, ...all.flatMap(({ low, high }) => [low, high])], 5);
	const x = scale(across, PLOT.left, PLOT.right);
	const y = scale(up, PLOT.bottom, PLOT.top);
	const grid = up.values.map((tick) => `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(tick))}" y2="${px(y(tick))}"/>
<text x="${PLOT.left - 8}" y="${px(y(tick) + 4)}" text-anchor="end">${tickLabel(tick, up)}</text>`);
	const places = across.values.map((tick) => `<text x="${px(x(tick))}" y="${PLOT.bottom + 18}" text-anchor="middle">${tickLabel(tick, across)}</text>`);
	return chartOf$1({
		title,
		width: WIDTH,
		height: HEIGHT,
		body: [
			...grid,
			...places,
			`<line class="axis" x1="${PLOT.left}" x2="${PLOT.right}" y1="${px(y(0))}" y2="${px(y(0))}"/>`,
			...drawn.flatMap((line, i) => [legendEntry(line, i), ...line.bins.map((bin) => mark(line.name, bin, [x, y]))]),
			`<text x="${px((PLOT.left + PLOT.right) / 2)}" y="${PLOT.bottom + 42}" text-anchor="middle">mean prediction of a tenth of the rows</text>`,
			`<text transform="translate(20 ${px((PLOT.top + PLOT.bottom) / 2)}) rotate(-90)" text-anchor="middle">true value − predicted value</text>`
		],
		words
	});
}
var aside = {
	champion: -4,
	challenger: 4
};
function mark(name, { predicted, low, median, high }, [x, y]) {
	const at = px(x(predicted) + aside[name]);
	return `<line x1="${at}" x2="${at}" y1="${px(y(low))}" y2="${px(y(high))}" stroke="${looks[name]}" stroke-width="2"/>
<circle cx="${at}" cy="${px(y(median))}" r="4" fill="${looks[name]}"/>`;
}
function legendEntry({ name }, i) {
	const left = PLOT.left + 140 * i;
	return `<circle cx="${left + 12}" cy="50" r="4" fill="${looks[name]}"/>
<text x="${left + 30}" y="54">${name}</text>`;
}
function wordsOf$3({ name, bins }) {
	return `${name}, prediction → residual (middle eight tenths): ${bins.map(({ predicted, low, median, high }) => `${require_light.formatNumber(predicted)} → ${require_light.signed(median)} (${require_light.signed(low)} to ${require_light.signed(high)})`).join("; ")}.`;
}
// ../core/src/report/slices-section.ts
function slicesSection({ slices, primary }) {
	if (slices.length === 0) return null;
	const sorted = worstFirst(slices, primary);
	const rows = sorted.map((slice) => [
		nameOf(slice),
		String(slice.rows),
		...valueCells$1(slice, primary)
	]);
	const head = [
		"slice",
		"rows",
		"champion",
		"challenger",
		`improvement of ${primary}`,
		"p (not worse)",
		"Holm’s p"
	];
	const worst = sorted.find((slice) => slice.sufficient && valueOf$1(slice, primary)?.improvement !== void 0);
	const words = worst === void 0 ? require_light.say`No slice is large enough to be compared (100 rows and 10 of each class).` : require_light.say`Worst: ${nameOf(worst)}, improvement of ${primary} ${require_light.signed(valueOf$1(worst, primary).improvement)} on ${worst.rows} rows (Holm p of no regression: ${require_light.number(worst.pHolm)}).`;
	const blocks = [require_light.tableOf(head, rows)];
	return {
		id: "slices",
		title: "Slices",
		body: [require_light.paragraph(words), {
			kind: "details",
			summary: require_light.say`${slices.length}, worst first`,
			blocks
		}],
		keep: 40
	};
}
function worstFirst(slices, primary) {
	const rank = (slice) => valueOf$1(slice, primary)?.improvement ?? Infinity;
	return slices.toSorted((a, b) => Number(b.sufficient) - Number(a.sufficient) || compare$1(rank(a), rank(b)));
}
var compare$1 = (a, b) => a === b ? 0 : a - b;
function valueOf$1({ metrics }, primary) {
	return require_light.primaryRow({
		metrics,
		primary
	});
}
function valueCells$1(slice, primary) {
	const value = valueOf$1(slice, primary);
	const improvement = `${require_light.optionalSigned(value?.improvement)}${value === void 0 ? "" : require_light.intervalText(value)}`;
	return [
		require_light.number(value?.champion),
		require_light.number(value?.challenger),
		slice.sufficient ? improvement : "too few rows to judge",
		require_light.number(slice.pRegression),
		require_light.number(slice.pHolm)
	];
}
function nameOf({ column, value }) {
	return require_light.say`${require_light.data(column)} = ${require_light.data(value)}`;
}
// ../core/src/report/report-charts.ts
function reportCharts(input) {
	const charts = [
		["improvement.svg", improvements(input)],
		["roc.svg", curves(input.comparison, "roc")],
		["pr.svg", curves(input.comparison, "pr")],
		["residuals.svg", residuals(input.comparison)],
		["calibration.svg", calibration(input.comparison)],
		["versions.svg", versions(input)]
	];
	return new Map(charts.flatMap(([file, chart]) => chart === null ? [] : [[file, chart]]));
}
function chartBlock(charts, file) {
	const chart = charts.get(file);
	return chart === void 0 ? [] : [{
		kind: "chart",
		file,
		words: chart.words
	}];
}
var mostSlices$1 = 6;
function improvements({ comparison, verdict }) {
	const { primary, slices, tests } = comparison;
	const margin = tests.find(({ against, kind }) => against === "champion" && kind === "non-inferiority")?.margin;
	const rowOf = (label, row, slice) => {
		if (row?.improvement === void 0) return [];
		const bound = slice === null && row.metric === primary && margin !== void 0 ? -margin : null;
		const { improvement: value, interval } = row;
		return [{
			label,
			value,
			interval,
			limit: limitOf$1(verdict, row, slice),
			bound
		}];
	};
	const shown = worstFirst(slices, primary).filter(({ sufficient }) => sufficient).slice(0, mostSlices$1);
	const panels = comparison.metrics.map((row) => {
		const inSlices = (row.metric === primary ? shown : []).flatMap((slice) => rowOf(labelOf(slice), require_light.primaryRow({
			metrics: slice.metrics,
			primary
		}), slice));
		return {
			title: `${row.metric} (${isHigherBetter(row) ? "higher" : "lower"} is better)`,
			rows: [...rowOf("all rows", row, null), ...inSlices]
		};
	});
	if (panels.every(({ rows }) => rows.length === 0)) return null;
	return intervalChart("Improvement over the champion: right of its line is better", panels);
}
function labelOf({ column, value }) {
	const shown = require_light.visibleText(value, 14);
	return `${require_light.visibleText(column, 28 - shown.length)} = ${shown}`;
}
function limitOf$1({ gates }, { metric }, slice) {
	const limits = gates.flatMap(({ gate, slice: where }) => {
		if (gate.metric !== metric || where?.column !== slice?.column || where?.value !== slice?.value) return [];
		if (gate.maxRegression !== void 0) return [-gate.maxRegression];
		return gate.minImprovement === void 0 ? [] : [gate.minImprovement];
	});
	return limits.length === 0 ? null : Math.max(...limits);
}
function calibration({ calibration: facts }) {
	if (facts === null || facts.challenger.length === 0) return null;
	const { champion, challenger } = facts;
	return calibrationChart("Calibration: on the line = well calibrated", [...champion === null ? [] : [{
		name: "champion",
		bins: champion
	}], {
		name: "challenger",
		bins: challenger
	}]);
}
var curveWords = {
	roc: {
		title: "ROC curve: upper left is better",
		xLabel: "share of negatives marked as positive",
		yLabel: "share of positives found (recall)"
	},
	pr: {
		title: "Precision-recall curve: upper right is better",
		xLabel: "share of positives found (recall)",
		yLabel: "share of marked rows that are positive (precision)"
	}
};
function curves({ answers }, kind) {
	const found = answers?.kind === "classes" ? answers.curves : null;
	if (found === null) return null;
	const drawn = [...found.champion === null ? [] : [{
		name: "champion",
		points: found.champion[kind]
	}], {
		name: "challenger",
		points: found.challenger[kind]
	}];
	const words = [drawn.map((curve) => curveSentence(curve)).join(" ")];
	return curveChart({
		...curveWords[kind],
		curves: drawn,
		dots: false,
		diagonal: kind === "roc",
		words
	});
}
var mostPoints = 8;
function curveSentence({ name, points }) {
	const every = Math.max(1, Math.ceil(points.length / mostPoints));
	return `${name}: ${points.filter((_, i) => i % every === 0 || i === points.length - 1).map(([x, y]) => `${x.toFixed(2)} → ${y.toFixed(2)}`).join("; ")}.`;
}
function residuals({ answers }) {
	if (answers?.kind !== "numbers") return null;
	const { champion, challenger } = answers;
	return residualChart("Residuals: the dots should lie on the line, the whiskers be short", [...champion === null ? [] : [{
		name: "champion",
		bins: champion
	}], {
		name: "challenger",
		bins: challenger
	}]);
}
function versions({ comparison, earlier }) {
	if (earlier.length === 0) return null;
	const now = require_light.primaryRow(comparison)?.challenger;
	return lineChart({
		title: `${comparison.primary} at the time, each on its own holdout`,
		xLabels: [...earlier.map(({ label }) => label), "new"],
		series: [{
			name: comparison.primary,
			values: [...earlier.map(({ value }) => value ?? null), now ?? null]
		}]
	});
}
// ../core/src/report/judgement-sections.ts
var comparisonWords = {
	"first-model": "First model: there is no champion, so only absolute gates apply",
	refresh: "Refresh: newer data, same settings",
	change: "Change: the settings differ from the champion's",
	"contract-change": "Contract change: the champion answers another question (target, classes or inputs changed, or it has no prediction for these rows), so this is judged as a first model"
};
function kindSentence({ kind, learnerChange }) {
	if (kind !== "refresh" || learnerChange.length === 0) return require_light.say`${comparisonWords[kind]}.`;
	return require_light.say`Refresh: newer data, same candidates, but another of them was chosen than the champion’s.`;
}
var marks = {
	passed: "✅\xA0passed",
	failed: "❌\xA0failed",
	skipped: "– no champion",
	undefined: "⛔ undefined",
	insufficient: "⚪ too small to judge"
};
function metricsSection({ comparison, championLabel, verdict }, charts) {
	const rows = comparison.metrics.map((row) => [
		`${row.metric} ${isHigherBetter(row) ? "↑" : "↓"}`,
		...valueCells(row),
		gateCell(verdict, row.metric)
	]);
	const { dummy, withoutDuplicates } = comparison;
	const duplicates = withoutDuplicates === null ? [] : [withoutDuplicatesRow(withoutDuplicates)];
	const head = [
		"metric",
		championLabel === null ? "champion (none)" : `champion ${championLabel}`,
		"challenger",
		"improvement (90 % interval)",
		"gate"
	];
	return {
		id: "comparison",
		title: "Champion and challenger on the same rows",
		body: [
			require_light.paragraph(kindSentence(comparison)),
			require_light.tableOf(head, [...rows, ...duplicates]),
			...chartBlock(charts, "improvement.svg"),
			require_light.paragraph(require_light.say`The dummy, which gives every row the same answer, has ${dummy.metric} ${require_light.number(dummy.dummy)}. The challenger has ${require_light.number(dummy.challenger)}, an improvement of ${require_light.optionalSigned(dummy.improvement)}${require_light.intervalText(dummy)}.`)
		],
		keep: 80
	};
}
function valueCells(row) {
	return [
		require_light.number(row.champion),
		require_light.number(row.challenger),
		row.improvement === void 0 ? "–" : `${require_light.signed(row.improvement)}${require_light.intervalText(row)}`
	];
}
function withoutDuplicatesRow({ rows, metric }) {
	return [
		`${metric.metric} without duplicates (${rows} rows)`,
		...valueCells(metric),
		""
	];
}
function gateCell({ gates }, metric) {
	const own = gates.filter((row) => row.gate.slice === void 0 && row.gate.metric === metric);
	if (own.length === 0) return require_light.say`none`;
	return require_light.joinTexts(own.map((row) => require_light.say`${marks[row.result]} (${gateWords(row.gate)})`), require_light.lineBreak);
}
function gateWords({ min, max, maxRegression, minImprovement }) {
	return Object.entries({
		min,
		max,
		maxRegression,
		minImprovement
	}).flatMap(([name, limit]) => limit === void 0 ? [] : [`${name}: ${limit}`]).join(", ");
}
function judgementSection({ verdict, comparison, look, alpha }) {
	const gateRows = (some) => some.map((row) => [require_light.gateSentence(row), marks[row.result]]);
	const inSlices = verdict.gates.filter(({ slice }) => slice !== null);
	const notPassed = inSlices.filter(({ result }) => result !== "passed");
	const shown = notPassed.slice(0, mostSlices);
	const folded = inSlices.filter((row) => !shown.includes(row));
	const rows = [
		...gateRows(verdict.gates.filter(({ slice }) => slice === null)),
		...gateRows(shown),
		...verdict.guards.map((row) => [require_light.guardSentence(row), marks[row.result]]),
		...comparison.tests.map((test) => [require_light.testWords(test), test.passed ? marks.passed : "⚪ not\xA0shown"])
	];
	const hidden = notPassed.length - shown.length;
	const more = {
		kind: "details",
		summary: [`${require_light.counted(folded.length, "more gate")} on slices, ${hidden === 0 ? "all passed" : `${hidden} not passed`}`],
		blocks: [require_light.tableOf(["gate", "result"], gateRows(folded))]
	};
	return {
		id: "gates",
		title: "Gates and tests",
		body: [
			require_light.tableOf(["gate or test", "result"], rows),
			...folded.length > 0 ? [more] : [],
			...testDetails(comparison.tests, look, alpha)
		],
		keep: 90
	};
}
function testDetails(tests, look, alpha) {
	if (tests.length === 0) return [];
	const items = [
		...tests.map(require_light.testSentence),
		require_light.say`p is the probability of a result at least this clear if there were in truth no difference, or one as large as the margin.`,
		require_light.say`This is comparison ${look} on these rows (look ${look}). With each one a lucky result gets more likely, so a claim of “better” needs p ≤ ${require_light.formatNumber(alpha)} (alpha).`
	];
	return [{
		kind: "details",
		summary: require_light.say`The tests in numbers`,
		blocks: [{
			kind: "list",
			items
		}]
	}];
}
var mostSlices = 10;
function fairnessSection({ fairness }) {
	if (fairness.length === 0) return null;
	const tables = fairness.map(({ column, groups }) => {
		const rows = groups.map(({ value, rows: count, sufficient, champion, challenger }) => [
			require_light.say`${require_light.data(value)}${sufficient ? "" : " (too small)"}`,
			String(count),
			...[
				"selectionRate",
				"truePositiveRate",
				"falsePositiveRate"
			].map((rate) => `${require_light.number(champion?.[rate])} → ${require_light.number(challenger[rate])}`)
		]);
		return require_light.tableOf([
			[require_light.data(column)],
			"rows",
			"selected",
			"true positives",
			"false positives"
		], rows);
	});
	return {
		id: "fairness",
		title: "Fairness",
		body: [{
			kind: "details",
			summary: require_light.say`Champion → challenger by group`,
			blocks: tables
		}],
		keep: 50
	};
}
// ../core/src/report/import-report.ts
function importReport({ model, comparison, verdict, look, alpha }) {
	const row = require_light.primaryRow(comparison);
	const { from, to } = comparison.holdout;
	const period = from === null ? "" : ` from ${from.slice(0, 10)} to ${to?.slice(0, 10)}`;
	const value = row?.challenger === void 0 ? "is not defined" : require_light.formatNumber(row.challenger);
	const next = require_light.say`After the merge the candidates of model.yaml are compared with it. No gate decides about an import: the model is in use, whether or not it is imported. What the gates say of it is below.`;
	const sections = [
		metricsSection({
			comparison,
			championLabel: null,
			verdict
		}, new Map()),
		judgementSection({
			verdict,
			comparison,
			look,
			alpha
		}),
		slicesSection(comparison)
	];
	return {
		format: 1,
		model,
		headline: {
			verdict: require_light.say`${require_light.strong(model)}: import of the model that is in use, as the first champion.`,
			number: require_light.say`${comparison.primary} ${value} on ${require_light.scoredRows(comparison)}${period}.`,
			reason: null,
			objections: [...require_light.elsewhereClauses(comparison), ...verdict.because.map((reason) => require_light.say`a challenger would be held back: ${require_light.verdictReasonSentence(reason)}`)]
		},
		sections: [{
			id: "next",
			title: null,
			body: [require_light.paragraph(next)],
			keep: 100
		}, ...sections.filter((section) => section !== null)]
	};
}
function importMessage(model, from, inputDigest) {
	return [
		importTitle(model),
		"",
		`Refit-Model: ${model}`,
		`Refit-Import: ${from}`,
		`Refit-Inputs: ${inputDigest}`,
		""
	].join("\n");
}
var importTitle = (model) => `refit(${model}): import the model that is in use`;
// ../core/src/report/shown-version.ts
var page$1 = require_zod.string().nullable().describe("Address of its page; `null`: the remote is not on GitHub.");
var commitId$1 = require_zod.string().describe("Git commit id.");
var file = require_zod.object({
	path: require_zod.string().describe("In the folder of the version, with `/`."),
	sha256: require_zod.string().nullable().describe("Of its content, as `lineage.json` says; `null`: it says nothing of this file."),
	bytes: require_zod.int().nullable().describe("Of its content; `null`: not known without reading it."),
	blob: require_zod.string().describe("Id of the git object that holds it, or the pointer of Git LFS to it."),
	lfs: require_zod.boolean().describe("Whether the content is in Git LFS."),
	object: require_zod.string().describe("The same object as `<commit>:<path>`, for `git show`."),
	read: require_zod.string().describe("A command that prints the content, in a clone."),
	url: page$1.describe("Where the content can be downloaded; `null`: the remote is not on GitHub.")
});
var way = require_zod.object({
	from: require_zod._enum([
		"files",
		"node",
		"python",
		"http"
	]).describe("Who asks: rows of files, a program in Node or Python, HTTP."),
	how: require_zod.string().describe("The command to run, or the call."),
	page: require_zod.string().describe("Address of the page about it.")
});
var shownVersion = require_zod.object({
	format: require_zod.literal(1).describe("Of this value."),
	schema: require_zod.string().describe("Name of this schema, for `refit schema`."),
	model: require_zod.string().describe("Name of the model."),
	live: require_zod.boolean().describe("Whether it is live on the base branch."),
	version: require_zod.object({
		number: require_zod.int().describe("Counts first appearances on the base branch, from 1. For display."),
		treeId: require_zod.string().describe("Git tree id of the folder, which names the content for ever."),
		sha: commitId$1.describe("The commit that brought it to the base branch."),
		committedAt: require_zod.number().describe("When, epoch milliseconds, UTC."),
		author: require_zod.string().describe("Of that commit."),
		subject: require_zod.string().describe("First line of that commit's message."),
		broken: require_zod.string().nullable().describe("What is wrong with the folder, as a sentence; `null`: nothing."),
		parent: require_zod.string().nullable().describe("Tree id of the version that it was compared with; `null`: none."),
		inputDigest: require_zod.string().nullable().describe("sha256 of all that decided its training."),
		newerFormat: require_zod.int().nullable().describe("The format, where only a newer refit reads the folder; else `null`.")
	}).describe("Its place in history."),
	places: require_zod.object({
		repository: page$1.describe("Page of the repository; `null`: the remote is not on GitHub."),
		folder: require_zod.string().describe("Path of the version in the repository."),
		commit: require_zod.object({
			id: commitId$1,
			url: page$1
		}).describe("The commit that brought it."),
		tree: require_zod.object({
			id: require_zod.string().describe("Git tree id."),
			url: page$1
		}).describe("The folder as it was then."),
		tag: require_zod.object({
			name: require_zod.string().describe("Such as `churn@v1`."),
			exists: require_zod.boolean().describe("Whether this clone has it."),
			url: page$1.describe("Address of the folder at the tag; `null`: there is no tag, or the remote is not on GitHub.")
		}).describe("Its tag, which `refit promote` makes."),
		pullRequest: page$1.describe("The pull request that the commit's subject names; `null`: it names none."),
		release: page$1.describe("Its release; `null`: `publish` of model.yaml asks for none, or the tag is not made yet."),
		report: require_zod.object({
			commit: commitId$1,
			path: require_zod.string().describe("At that commit."),
			read: require_zod.string().describe("A command that prints it, in a clone."),
			url: page$1
		}).nullable().describe("The report of its judgement on the branch `refit-ledger`; `null`: this clone has none.")
	}).describe("Where everything is. Addresses are made of names and ids; nothing is asked for them."),
	files: require_zod.array(file).describe("Every file of the version."),
	use: require_zod.array(way).describe("How to use it."),
	metrics: require_zod.record(require_zod.string(), require_zod.number()).describe("On its holdout, by name."),
	lineage: require_zod.record(require_zod.string(), require_zod.json()).nullable().describe("`lineage.json` (`refit schema lineage`); `null`: it cannot be read.")
});
// ../core/src/report/model-card.ts
function modelCard({ folder, spec, lineage, evaluation, features, probes }) {
	const values = evaluation.metrics.filter((row) => row.challenger !== void 0);
	return [
		frontMatter(spec, lineage, values),
		`# ${lineage.model}`,
		"",
		`Predicts ${require_light.cell(spec.target)} (${spec.task}) with the learner \`${lineage.learner.name}\`. ${lineage.declared === void 0 ? "Made" : "Scored"} by refit.`,
		"",
		...saidByPeople(spec).flatMap((part) => [part, ""]),
		learnedWords(lineage),
		"",
		require_light.table(["metric", "holdout"], values.map((row) => [row.metric, require_light.formatNumber(row.challenger)])),
		"",
		"## Inputs",
		"",
		require_light.table(["column", "type"], features.inputs.map(({ name, type }) => [require_light.cell(name), type])),
		"",
		...require_commands.howToUse({
			folder,
			lineage,
			features,
			probes
		}).flatMap((part) => [part, ""]),
		"Where it comes from, with digests of every file: `lineage.json`. How it compared with the version before: `evaluation.json`.",
		""
	].join("\n");
}
function saidByPeople({ card }) {
	const { owner, use, limits } = card ?? {};
	return [
		...owner === void 0 ? [] : [`**Owner:** ${require_light.cell(owner)}`],
		...use === void 0 ? [] : ["## Intended use", ...require_light.prose(use)],
		...limits === void 0 ? [] : ["## Limits", ...require_light.prose(limits)],
		...use === void 0 && limits === void 0 ? [] : ["## What it has learned"]
	];
}
function learnedWords(lineage) {
	const { judgedArtifact, trainedRows, holdout, reproducible, declared, startedFrom } = lineage;
	if (declared !== void 0) return declaredWords(declared, lineage);
	const until = require_light.learnedUntil(lineage);
	const learned = `It has learned from ${trainedRows} rows${until === null ? "" : ` up to ${until.slice(0, 10)}`}${startedFrom === void 0 ? "" : ", going on from the model of the version before it"}.`;
	const rows = `${holdout.rows} rows${holdoutWords(lineage)}`;
	return typeof judgedArtifact === "string" ? `${learned} The numbers below were measured on ${rows}, with a model of the same settings that had not seen them.` : `${learned} The numbers below were measured on ${rows} that it has not seen.${reproducible === false ? notAgain : ""}`;
}
function declaredWords({ by, trainedUntil }, lineage) {
	const { holdout } = lineage;
	const rows = `The numbers below were measured on ${holdout.rows} rows${holdoutWords(lineage)}`;
	const where = by === "candidate" ? "model.yaml says" : "Whoever imported it said";
	if (trainedUntil === null) return `It was trained elsewhere. Nobody has said until when, so it may have seen the rows of the numbers below. ${rows}.`;
	return `It was trained elsewhere. ${where} that it has learned from no row after ${trainedUntil.slice(0, 10)}; that is declared, not measured. ${holdout.from !== null && holdout.from > trainedUntil ? `${rows}, which are newer` : `${rows}, some of which it may have seen`}.`;
}
var notAgain = " Training it again gives another model, so that its answers can be checked, and not how it was made.";
function holdoutWords({ holdout }) {
	return holdout.from === null ? "" : ` (${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)})`;
}
var taskTypes = {
	binary: "tabular-classification",
	multiclass: "tabular-classification",
	regression: "tabular-regression"
};
function frontMatter(spec, lineage, rows) {
	const metricLines = rows.flatMap((row) => [`          - type: ${yamlWord(row.metric)}`, `            value: ${yamlNumber(row.challenger)}`]);
	return [
		"---",
		"library_name: refit",
		`tags: [${taskTypes[spec.task]}]`,
		"model-index:",
		`  - name: ${yamlWord(lineage.model)}`,
		"    results:",
		"      - task:",
		`          type: ${taskTypes[spec.task]}`,
		"        dataset:",
		`          type: ${yamlWord(spec.data)}`,
		`          name: ${yamlWord(spec.data)}`,
		`          revision: ${lineage.inputDigest}`,
		...metricLines.length > 0 ? ["        metrics:", ...metricLines] : ["        metrics: []"],
		"---",
		""
	].join("\n");
}
function yamlWord(name) {
	return /^[a-z][A-Za-z0-9/_-]*$/.test(name) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(name) ? name : JSON.stringify(name);
}
function yamlNumber(value) {
	return String(value).replace(/^(-?\d+)e/, "$1.0e");
}
// ../core/src/report/report-schema.ts
function unknownKind(known) {
	return require_zod.looseObject({ kind: require_zod.string().refine((kind) => !known.includes(kind)) });
}
var piece = require_zod.union([
	require_zod.string(),
	require_zod.looseObject({
		kind: require_zod._enum([
			"data",
			"sentence",
			"code",
			"strong"
		]),
		text: require_zod.string()
	}),
	require_zod.looseObject({ kind: require_zod.literal("break") }),
	unknownKind([
		"data",
		"sentence",
		"code",
		"strong",
		"break"
	])
]).meta({
	id: "Piece",
	description: "A part of a sentence. A string is refit's own words, without any markup; `data` is a value from data or from people and must be escaped for its place; `sentence` is a sentence of refit with such values in it, which must be escaped, too; `code` is a name or a command; `strong` is emphasised; `break` is a new line."
});
var text = require_zod.array(piece).meta({
	id: "Text",
	description: "A sentence, or what stands in a cell."
});
var blocks = [
	require_zod.looseObject({
		kind: require_zod.literal("paragraph"),
		text
	}),
	require_zod.looseObject({
		kind: require_zod.literal("list"),
		items: require_zod.array(text)
	}),
	require_zod.looseObject({
		kind: require_zod.literal("table"),
		head: require_zod.array(text),
		rows: require_zod.array(require_zod.array(text))
	}),
	require_zod.looseObject({
		kind: require_zod.literal("notice"),
		lines: require_zod.array(text)
	}).describe("Sentences that are set apart from the rest, each a line."),
	require_zod.looseObject({
		kind: require_zod.literal("chart"),
		file: require_zod.string(),
		words: text
	}).describe("A picture in a file beside the report; `words` says the same numbers.")
];
var unknownBlock = unknownKind([
	"paragraph",
	"list",
	"table",
	"notice",
	"chart",
	"details"
]);
var details = require_zod.looseObject({
	kind: require_zod.literal("details"),
	summary: text,
	blocks: require_zod.array(require_zod.union([...blocks, unknownBlock]))
}).describe("What is folded until a reader opens it.");
var knownBlock = require_zod.union([...blocks, details]);
var section = require_zod.looseObject({
	id: require_zod.string().describe("By which the section is found; it stays when the heading changes."),
	title: require_zod.string().nullable().describe("The heading; `null`: the section stands below the headline without one."),
	body: require_zod.array(require_zod.union([knownBlock, unknownBlock])),
	keep: require_zod.number().describe("Where there is too little room, the section with the smallest number is left out first; from 100 on it never is.")
});
var headline$1 = require_zod.looseObject({
	verdict: text,
	number: text.nullable().describe("The one number that matters; `null`: nothing was measured."),
	reason: text.nullable().describe("Why there is a new model; `null`: the verdict says it."),
	objections: require_zod.array(text).describe("What speaks against it.")
});
var knownFormat = 1;
var storedReport = require_zod.looseObject({
	format: require_zod.literal(knownFormat).describe("Higher numbers are of a newer refit, which older ones cannot read."),
	model: require_zod.string(),
	headline: headline$1,
	sections: require_zod.array(section)
});
function parseReport(file, json) {
	let value;
	try {
		value = JSON.parse(json);
	} catch {
		return null;
	}
	const format = value?.format;
	if (typeof format === "number" && format > knownFormat) throw new require_light.FormatNewerError(file, format, knownFormat);
	const result = storedReport.safeParse(value);
	return result.success ? result.data : null;
}
// ../core/src/report/answers-section.ts
function answersSection({ answers }, charts) {
	if (!answers) return null;
	return {
		id: "answers",
		title: "Right and wrong answers",
		body: answers.kind === "classes" ? classBlocks(answers, charts) : numberBlocks(answers, charts),
		keep: 45
	};
}
function classBlocks(facts, charts) {
	const { classes, champion, challenger, curves } = facts;
	const both = champion === null ? "" : " (in brackets: the champion)";
	const matrix = require_light.tableOf(["true class", ...classes.map((name) => require_light.say`predicted ${require_light.data(name)}`)], challenger.map((row, actual) => [require_light.say`${require_light.data(classes[actual])}`, ...row.map((rows, predicted) => withOther(String(rows), champion && String(champion[actual][predicted])))]));
	return [
		require_light.paragraph([rightSentence(facts)]),
		{
			kind: "details",
			summary: require_light.say`Confusion matrix: rows by true and predicted class${both}`,
			blocks: [matrix]
		},
		{
			kind: "details",
			summary: require_light.say`Precision, recall and F1 of each class${both}`,
			blocks: [classTable$1(facts)]
		},
		...curves === null ? [] : [{
			kind: "details",
			summary: require_light.say`ROC and precision-recall curves`,
			blocks: [...chartBlock(charts, "roc.svg"), ...chartBlock(charts, "pr.svg")]
		}]
	];
}
function rightSentence({ champion, challenger }) {
	const ofChampion = champion === null ? "" : `, the champion of ${sharesOf(champion)}`;
	return `The challenger predicts the right class of ${sharesOf(challenger)}${ofChampion}.`;
}
function sharesOf(counts) {
	const all = sum(counts.flat());
	const right = sum(counts.map((row, i) => row[i]));
	return `${right} of ${all} rows (${percentage(right, all)})`;
}
function classTable$1({ classes, champion, challenger }) {
	const rows = classes.map((name, i) => {
		const [now, then] = [qualityOf(challenger, i), champion && qualityOf(champion, i)];
		const cell = (key) => withOther(ratio(now[key]), then && ratio(then[key]));
		return [
			require_light.say`${require_light.data(name)}`,
			String(now.rows),
			cell("precision"),
			cell("recall"),
			cell("f1")
		];
	});
	return require_light.tableOf([
		"class",
		"rows",
		"precision",
		"recall",
		"F1"
	], rows);
}
function qualityOf(counts, i) {
	const right = counts[i][i];
	const rows = sum(counts[i]);
	const predicted = sum(counts.map((row) => row[i]));
	return {
		rows,
		precision: predicted === 0 ? null : right / predicted,
		recall: rows === 0 ? null : right / rows,
		f1: rows + predicted === 0 ? null : 2 * right / (rows + predicted)
	};
}
var sum = (values) => values.reduce((all, value) => all + value, 0);
var ratio = (value) => value === null ? "–" : require_light.formatNumber(value);
var withOther = (value, other) => [other === null ? value : `${value} (${other})`];
var percentage = (part, all) => all === 0 ? "–" : `${(100 * part / all).toFixed(1)} %`;
function numberBlocks({ champion, challenger }, charts) {
	const rows = challenger.map((bin) => [
		String(bin.rows),
		require_light.formatNumber(bin.predicted),
		require_light.signed(bin.median),
		`${require_light.signed(bin.low)} to ${require_light.signed(bin.high)}`
	]);
	const table = require_light.tableOf([
		"rows",
		"mean prediction",
		"median residual",
		"middle eight tenths"
	], rows);
	return [require_light.paragraph([`Residuals are true values minus predicted ones. ${spreadOf$1("The challenger's", challenger)}${champion === null ? "" : ` ${spreadOf$1("The champion's", champion)}`}`]), {
		kind: "details",
		summary: require_light.say`The challenger's residuals, by tenths of the rows, lowest predictions first`,
		blocks: [table, ...chartBlock(charts, "residuals.svg")]
	}];
}
function spreadOf$1(whose, bins) {
	const farthest = bins.reduce((most, bin) => Math.abs(bin.median) > Math.abs(most.median) ? bin : most);
	return `${whose} median is farthest from 0 where it predicts about ${require_light.formatNumber(farthest.predicted)}: ${require_light.signed(farthest.median)}.`;
}
// ../core/src/judge/is-worse.ts
function isWorse({ interval }) {
	return interval !== null && interval[1] < 0;
}
// ../core/src/report/attention-section.ts
var mostItems = 12;
function attentionSection(input) {
	const items = [
		...worseMetrics(input),
		...learnerItem(input),
		...rolledBackItem(input),
		...rowItems(input),
		...loweredItem(input),
		...acceptedItems(input),
		...input.notices.map((notice) => require_light.say`${require_light.sentenceOf(notice)}`)
	];
	if (items.length === 0) return null;
	const { few, more } = require_light.firstFew(items, mostItems);
	return {
		id: "notices",
		title: "Attention",
		body: [{
			kind: "notice",
			lines: [...few, ...more > 0 ? [require_light.say`And ${more} more.`] : []]
		}],
		keep: 100
	};
}
function worseMetrics({ comparison, verdict }) {
	const named = new Set(verdict.because.map((reason) => reason.kind === "gate-failed" ? reason.row.gate.metric : null));
	return comparison.metrics.filter((row) => row.metric !== comparison.primary && isWorse(row) && !named.has(row.metric)).map((row) => require_light.say`${require_light.worseSentence(row)}.`);
}
function learnerItem({ comparison: { kind, learnerChange } }) {
	if (learnerChange.length === 0) return [];
	return [require_light.say`${kind === "refresh" ? "Another of the same candidates did best" : "The learner or its settings changed"}: ${require_light.changeTexts(learnerChange)}.`];
}
function rolledBackItem({ attention }) {
	const back = attention.rolledBack;
	return back === null ? [] : [require_light.say`${back.label} was rolled back on ${require_light.day(back.at)}. Check that the reason for it is gone.`];
}
function rowItems({ data: { news, labels }, training }) {
	const { unlabelledRows } = training;
	const corrected = (news.changes?.columns ?? []).filter(({ column }) => labels.includes(column));
	return [
		...news.lost === 0 ? [] : [require_light.say`${require_light.counted(news.lost, "row")} of the champion's data ${news.lost === 1 ? "is" : "are"} gone.`],
		...unlabelledRows === 0 ? [] : [require_light.say`${require_light.counted(unlabelledRows, "row")} without a value of the target ${unlabelledRows === 1 ? "was" : "were"} left out.`],
		...corrected.map(({ column, rows }) => require_light.say`The target ${require_light.data(column)} was corrected in ${require_light.counted(rows, "row")} that the champion has learned from.`)
	];
}
function loweredItem({ attention: { lowered }, championLabel }) {
	if (lowered.length === 0) return [];
	const since = championLabel === null ? "before" : `when ${championLabel} came`;
	const clauses = require_light.joinTexts(lowered.map((clause) => require_light.say`${require_light.sentenceOf(clause.replaceAll("`", ""))}`), "; ");
	return [require_light.say`Less is asked than ${since}: ${clauses}.`];
}
function acceptedItems({ data: { findings } }) {
	return findings.flatMap(({ accepted, code, column }) => accepted === void 0 ? [] : [require_light.say`A finding was accepted: ${code}${column === null ? "" : require_light.say` of ${require_light.data(column)}`} (${require_light.data(accepted.reason)}).`]);
}
// ../core/src/report/calibration-section.ts
function calibrationSection({ calibration }, charts) {
	if (calibration === null || calibration.challenger.length === 0) return null;
	const { champion, challenger } = calibration;
	const rows = challenger.map((bin, i) => [
		String(bin.rows),
		...champion === null ? [] : [require_light.number(champion[i]?.predicted), require_light.number(champion[i]?.observed)],
		require_light.number(bin.predicted),
		require_light.number(bin.observed)
	]);
	const head = [
		"rows",
		...champion === null ? [] : ["champion predicts", "of these positive"],
		"challenger predicts",
		"of these positive"
	];
	return {
		id: "calibration",
		title: "Calibration",
		body: [{
			kind: "details",
			summary: require_light.say`Predicted and observed, by tenths of the rows, lowest predictions first`,
			blocks: [require_light.tableOf(head, rows), ...chartBlock(charts, "calibration.svg")]
		}],
		keep: 30
	};
}
// ../core/src/report/computation-section.ts
var methodWords = {
	delong: "DeLong",
	mcnemar: "McNemar",
	"paired-bootstrap": "paired bootstrap",
	none: "none"
};
function computationSection({ comparison, look, alpha }) {
	const { bootstrap, holdout, tests, slices, cost } = comparison;
	const slicesTested = slices.filter(({ pRegression }) => pRegression !== null).length;
	const drawn = bootstrap.groups === null ? "rows" : `${bootstrap.groups} whole groups`;
	const items = [
		require_light.say`${holdout.rows} holdout rows, digest ${require_light.code(holdout.digest)}.`,
		require_light.say`Bootstrap: Poisson(1) counts of ${drawn}, ${bootstrap.replicates} replicates, seed ${bootstrap.seed}; percentile intervals; p = (1 + replicates not above 0) / (replicates + 1), or the normal tail where none is.`,
		require_light.say`Harm: p of “no worse”, by DeLong, the exact binomial p by McNemar (rows on which only one of the two is right), else the bootstrap's p; detectable = 2.486 standard errors, four times in five. Non-inferiority: p = 1 − Φ((improvement + margin) / standard error). Superiority: p of “no better”, as for harm.`,
		require_light.say`Look ${look}: alpha = 0.05 × 6 / (π² × ${look}²) = ${digits(alpha)} for superiority; a refresh always uses 0.05.`,
		...slicesTested > 0 ? [require_light.say`Slices: one-sided, Holm over ${slicesTested}.`] : [],
		...cost.size === null ? [] : [require_light.say`Artifacts: ${cost.size.champion} → ${cost.size.challenger} bytes.`],
		...latencyLines(comparison)
	];
	const tested = tests.length === 0 ? require_light.paragraph(require_light.say`No test: there is no champion to compare with.`) : testTable(tests);
	const byMetric = comparison.metrics.some(({ pSuperior }) => pSuperior !== null) ? [metricTable(comparison)] : [];
	return {
		id: "computation",
		title: "How it was computed",
		body: [{
			kind: "details",
			summary: require_light.say`Numbers to recompute the verdict from`,
			blocks: [
				tested,
				...byMetric,
				{
					kind: "list",
					items
				}
			]
		}],
		keep: 10
	};
}
function metricTable({ metrics }) {
	const rows = metrics.map((row) => [
		row.metric,
		methodWords[row.method],
		...[
			row.improvement,
			row.standardError,
			row.pSuperior
		].map(digits)
	]);
	return require_light.tableOf([
		"metric",
		"method",
		"improvement",
		"standard error",
		"p of “no better”"
	], rows);
}
function testTable(tests) {
	const rows = tests.map((test) => [
		`${test.kind} against the ${test.against}`,
		methodWords[test.method],
		...[
			test.improvement,
			test.standardError,
			test.margin,
			test.p,
			test.alpha,
			test.detectable
		].map(digits)
	]);
	return require_light.tableOf([
		"test",
		"method",
		"improvement",
		"standard error",
		"margin",
		"p",
		"alpha",
		"detectable"
	], rows);
}
function digits(value) {
	return value === null || value === void 0 ? "–" : String(Number(value.toPrecision(6)));
}
function latencyLines({ cost: { latency } }) {
	if (latency === null) return [];
	const { champion, challengerMs, challengerP95Ms, batches, batchRows } = latency;
	const turns = champion === null ? "" : `, alternating with the champion's in one process: ${require_light.number(champion.ms)} →`;
	return [require_light.say`Latency: medians of ${batches} batches of ${batchRows} rows each${champion === null ? ":" : turns} ${require_light.number(challengerMs)} ms; 95 % of the challenger's take at most ${require_light.number(challengerP95Ms)} ms.`];
}
// ../core/src/report/data-section.ts
var mostFiles$1 = 5;
var order = [
	"drift",
	"error",
	"ok",
	"insufficient"
];
function dataSection(facts) {
	const found = facts.findings.map((finding) => [
		finding.severity,
		finding.code,
		require_light.say`${require_light.sentenceOf(finding.message)}${require_light.acceptedWords(finding)}`
	]);
	const checks = found.length > 0 ? require_light.tableOf([
		"severity",
		"finding",
		"what"
	], found) : require_light.paragraph(require_light.say`The checks found nothing.`);
	return {
		id: "data",
		title: "Data",
		body: [
			require_light.paragraph(sizeSentence(facts)),
			...changeBlocks(facts.news.changes),
			checks,
			...driftBlocks(facts)
		],
		keep: 70
	};
}
function driftBlocks({ drift, classifier }) {
	if (drift.length === 0) return [];
	const rows = drift.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status)).map((column) => [[require_light.data(column.column)], ...require_commands.driftCells(column)]);
	const summary = require_light.say`Drift since the champion's training data, by column`;
	return [
		require_light.paragraph([require_commands.driftVerdictSentence(require_light.driftVerdict(drift, classifier))]),
		...classifier === null ? [] : [require_light.paragraph(require_commands.classifierSentence(classifier))],
		{
			kind: "details",
			summary,
			blocks: [require_light.tableOf(["column", ...require_commands.driftHeadings], rows)]
		}
	];
}
var kindWords = {
	added: "new",
	corrected: "corrected",
	lost: "gone"
};
function changeBlocks(changes) {
	if (changes === null || changes.examples.length === 0) return [];
	const { columns, examples } = changes;
	const named = columns.slice(0, mostFiles$1).map(({ column, rows }) => require_light.say`${require_light.data(column)} in ${require_light.counted(rows, "row")}`);
	const more = columns.length > mostFiles$1 ? ` and ${columns.length - mostFiles$1} more columns` : "";
	const rows = examples.map(({ kind, path, row, values }) => [
		kindWords[kind],
		require_light.say`${require_light.data(path)}, row ${row}`,
		require_light.joinTexts(values.map(({ column, was, is }) => kind === "corrected" ? require_light.say`${require_light.data(column)}: ${valueText(was)} → ${valueText(is)}` : require_light.say`${require_light.data(column)} ${valueText(is)}`), ", ")
	]);
	const table = require_light.tableOf([
		"what",
		"where",
		"values"
	], rows);
	const blocks = named.length === 0 ? [table] : [require_light.paragraph(require_light.say`Corrected: ${require_light.joinTexts(named, ", ")}${more}.`), table];
	return [{
		kind: "details",
		summary: require_light.say`Rows that changed, for example`,
		blocks
	}];
}
var valueText = (value) => value === null ? require_light.say`missing` : require_light.say`${require_light.data(value)}`;
function sizeSentence({ rows, files, news, labels }) {
	const all = `${require_light.counted(rows, "row")} in ${require_light.counted(files, "file")}`;
	const total = (count) => news.files.reduce((sum, file) => sum + file[count], 0);
	const added = total("added");
	const relabelled = news.changes?.columns.find(({ column }) => labels.includes(column))?.rows ?? 0;
	const isAssumed = news.files.some(({ assumed }) => assumed !== void 0);
	if (added === rows) return require_light.say`${all}, all of them new.`;
	const also = [
		[
			relabelled,
			"label",
			"corrected"
		],
		[
			total("corrected") - relabelled,
			relabelled > 0 ? "other row" : "row",
			"corrected"
		],
		[
			news.lost,
			"row",
			isAssumed ? "gone at least" : "gone"
		],
		[
			total("copied"),
			"row",
			"repeated"
		]
	].flatMap(([count, what, word]) => count === 0 ? [] : [`${require_light.counted(count, what)} ${word}`]);
	const rest = also.length === 0 ? "" : `; ${also.join(", ")}`;
	if (added === 0 && isAssumed) return require_light.say`${all}; which rows are new since the champion cannot be told, none is assumed to be${rest}.`;
	if (added === 0) return require_light.say`${all}; no row is new since the champion${rest}.`;
	const where = news.files.filter((file) => file.added > 0);
	const named = where.slice(0, mostFiles$1).map((file) => require_light.say`${require_light.data(file.path)} (${file.added})`);
	const more = where.length > mostFiles$1 ? ` and ${where.length - mostFiles$1} more` : "";
	if (isAssumed) return require_light.say`${all}; which rows are new since the champion cannot be told, ${added} are assumed to be: ${require_light.joinTexts(named, ", ")}${more}${rest}.`;
	return require_light.say`${all}; ${require_light.counted(added, "row")} that are not in the champion's training data: ${require_light.joinTexts(named, ", ")}${more}${rest}.`;
}
// ../core/src/report/earlier-section.ts
function earlierSection({ earlier, comparison }, charts) {
	if (earlier.length === 0) return null;
	const { primary } = comparison;
	const now = require_light.primaryRow(comparison)?.challenger;
	const rows = [...earlier.map(({ label, at, value }) => [
		label,
		require_light.day(at),
		require_light.number(value)
	]), [
		"challenger",
		"–",
		require_light.number(now)
	]];
	const blocks = [require_light.tableOf([
		"version",
		"live since",
		`${primary} at the time`
	], rows), ...chartBlock(charts, "versions.svg")];
	return {
		id: "earlier",
		title: "Earlier versions",
		body: [require_light.paragraph(require_light.say`Each version was measured at its own time, on its own holdout. Those rows differ from today's, so the values are not compared.`), {
			kind: "details",
			summary: require_light.say`${primary} of the last versions`,
			blocks
		}],
		keep: 20
	};
}
// ../core/src/report/headline.ts
var verdictWords$1 = {
	promote: require_light.say`✅ ${require_light.strong("promote")}: every gate passed`,
	inconclusive: require_light.say`⚪ ${require_light.strong("inconclusive")}: every gate passed, but the evidence is too weak to decide; a person can`,
	hold: require_light.say`❌ ${require_light.strong("hold")}: a gate failed`,
	block: require_light.say`⛔ ${require_light.strong("block")}: this must not be promoted`
};
var worseWords = require_light.say`❌ ${require_light.strong("hold")}: it is worse than the champion`;
var sameWords = require_light.say`❌ ${require_light.strong("hold")}: it is the champion`;
var proofWords = {
	"first-model": ", and there is no champion to compare with",
	"contract-change": ", but it cannot be compared with the champion",
	guarded: ", and it is not shown to be worse than the champion",
	proven: ", and the test shows that it is not worse than the champion by more than the margin",
	change: ", and the test shows that it is better than the champion"
};
function proofOf({ kind, tests }) {
	if (kind !== "refresh") return proofWords[kind];
	return proofWords[tests.some((test) => test.kind === "non-inferiority") ? "proven" : "guarded"];
}
function wordsOf$2({ kind, because }) {
	const gateFailed = because.some((reason) => reason.kind === "gate-failed" || reason.kind === "guard-failed");
	if (kind !== "hold" || gateFailed) return verdictWords$1[kind];
	return because.some((reason) => reason.kind === "worse") ? worseWords : sameWords;
}
var mostReasons$1 = 3;
var mostObjections = 10;
function headline(input) {
	const { verdict, comparison, model } = input;
	const primary = require_light.primaryRow(comparison);
	const objections = [...require_light.elsewhereClauses(comparison), ...verdict.because.map(require_light.verdictReasonSentence)];
	const { few, more } = require_light.firstFew(objections, mostObjections);
	const proof = verdict.kind === "promote" ? proofOf(comparison) : "";
	return {
		verdict: require_light.say`${require_light.strong(model)} ${wordsOf$2(verdict)}${proof}.`,
		number: require_light.say`${primarySentence(primary, comparison)}.`,
		reason: require_light.say`${comparison.kind === "first-model" ? "Trained" : "Retrained"} because ${reasonWords(input.reasons)}.`,
		objections: [...few, ...more > 0 ? [require_light.say`and ${more} more, in the tables below`] : []]
	};
}
function reasonWords(reasons) {
	if (reasons.length === 0) return require_light.say`somebody asked for it`;
	const { few, more } = require_light.firstFew(reasons, mostReasons$1);
	return require_light.joinTexts([...few.map(require_light.reasonSentence), ...more > 0 ? [require_light.say`${more} more`] : []], "; ");
}
function primarySentence(row, comparison) {
	const { holdout, primary, procedures } = comparison;
	const where = `on ${require_light.scoredRows(comparison)}${holdout.from === null ? "" : ` from ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`}`;
	if (row?.challenger === void 0) return `${primary} is not defined ${where}`;
	if (row.champion === void 0 || row.improvement === void 0) return `${primary} ${require_light.formatNumber(row.challenger)} ${where}`;
	return `${primary} ${require_light.formatNumber(row.champion)} → ${require_light.formatNumber(row.challenger)}, ${changeWords$1(row.improvement, row.interval, marginWords(comparison))}, ${where}${procedures ? procedureWords : ""}`;
}
var procedureWords = ", from which the champion has learned: its settings were trained again without them";
function marginWords({ tests }) {
	const test = tests.find(({ against }) => against === "champion");
	if (test === void 0) return "";
	if (test.kind === "harm") return "; rejected only if it lies below 0";
	if (test.kind === "superiority") return "; must lie clearly above 0";
	return `; must lie above the margin of −${require_light.formatNumber(test.margin)}`;
}
function changeWords$1(improvement, interval, margin) {
	const size = require_light.formatNumber(Math.abs(improvement));
	return `${improvement === 0 ? "no difference" : `${improvement > 0 ? "better" : "worse"} by ${size}`}${interval === null ? "" : ` (90 % interval ${require_light.signed(interval[0])} to ${require_light.signed(interval[1])}${margin})`}`;
}
// ../core/src/report/inputs-section.ts
function inputsSection({ inputs }) {
	if (inputs.length === 0) return null;
	const rows = inputs.map(({ name, type }) => [require_light.say`${require_light.data(name)}`, type]);
	return {
		id: "inputs",
		title: "Inputs",
		body: [{
			kind: "details",
			summary: require_light.say`${require_light.counted(inputs.length, "input")} of the challenger`,
			blocks: [require_light.tableOf(["input", "type"], rows)]
		}],
		keep: 15
	};
}
// ../core/src/report/next-section.ts
function nextSection(input) {
	const { kind } = input.verdict;
	return {
		id: "next",
		title: "What to do",
		body: [{
			kind: "list",
			items: kind === "hold" || kind === "block" ? afterRefusal(input) : withProposal(input)
		}],
		keep: 100
	};
}
function afterRefusal({ model, specFile, verdict: { because } }) {
	const findings = because.filter((reason) => reason.kind === "finding");
	const exclusion = require_light.exclusionOf(findings);
	const accepting = findings.flatMap((found) => require_light.acceptanceOf(model, found) ?? []);
	return [
		require_light.say`Nothing to do: there is nothing to merge, and what is live has not changed.`,
		require_light.say`${require_light.strong("Try the same inputs again")}: ${require_light.code(`refit run ${model} --force "reason"`)}. Otherwise the inputs or the settings must change first.`,
		...exclusion === null ? [] : [require_light.say`${require_light.strong("Leave out what is known only after the outcome")}: ${require_light.data(exclusion)} under ${require_light.code("features")} in ${require_light.code(specFile)}, and commit.`],
		...accepting.map(({ yaml, command }) => {
			const how = command ?? `- ${yaml} under checks.accept of the data manifest`;
			return require_light.say`${require_light.strong("Accept a finding that is right")}: ${require_light.sentenceOf(how)}, and commit.`;
		}),
		require_light.say`${require_light.strong("Change the gates")}: with a commit to ${require_light.code(specFile)} on the base branch, with a reason that others can read.`
	];
}
function withProposal({ model, branch, baseBranch, verdict }) {
	const draft = verdict.kind === "inconclusive" ? " Mark the draft as ready first." : "";
	return [
		require_light.say`${require_light.strong("Promote")}: merge ${require_light.code(branch)} into ${require_light.data(baseBranch)}. Any merge mode works.${draft}`,
		require_light.say`${require_light.strong("Decline")}: ${require_light.code(`refit reject ${model}`)}, or close the pull request. The same inputs are not proposed again.`,
		require_light.say`${require_light.strong("Roll back later")}: revert the merge, or ${require_light.code(`refit rollback ${model}`)}.`
	];
}
// ../core/src/report/reliance-section.ts
function relianceSection(reliance) {
	const first = reliance?.columns[0];
	if (!reliance || first === void 0) return null;
	const { metric: name, champion } = first.metric;
	const rows = reliance.columns.map(({ input, metric }) => [
		require_light.say`${require_light.data(input)}`,
		require_light.number(metric.challenger),
		`${require_light.optionalSigned(metric.improvement)}${require_light.intervalText(metric)}`
	]);
	const more = reliance.inputs - rows.length;
	const others = more === 0 ? "" : ` The other ${require_light.counted(more, "input")} moved the predictions less.`;
	const words = require_light.say`The challenger’s ${name} on ${require_light.counted(reliance.rows, "holdout row")} is ${require_light.number(champion)}. The table shows it with the values of one input in other rows (one random order).${others} Inputs that say the same stand in for each other, so each of them can look unimportant.`;
	const table = require_light.tableOf([
		"input",
		`${name} without it`,
		"change (90 % interval)"
	], rows);
	return {
		id: "reliance",
		title: "What the challenger relies on",
		body: [{
			kind: "details",
			summary: require_light.say`Change of ${name} when an input is shuffled`,
			blocks: [require_light.paragraph(words), table]
		}],
		keep: 35
	};
}
// ../core/src/report/training-section.ts
function trainingSection({ training, comparison }) {
	const rows = training.candidates.map((candidate) => [
		require_light.say`${require_light.data(candidate.learner)}${foundPart(candidate.found)}${windowWords(candidate.window)}${calibrationWords(candidate.calibration)}${startWords(candidate.start)}${candidate.chosen ? " (challenger)" : ""}`,
		candidate.alone === true ? "not measured" : require_light.number(candidate.validation),
		candidate.failure === void 0 ? `${(candidate.bytes / 1024).toFixed(1)} KiB` : "not trained",
		`${candidate.seconds.toFixed(1)} s`
	]);
	const failed = training.candidates.flatMap(({ learner, failure }) => failure === void 0 ? [] : [require_light.paragraph(require_light.say`${require_light.data(learner)} was not trained: ${require_light.data(failure)}`)]);
	const { unlabelledRows, trainRows, validationRows, seed, inputDigest } = training;
	const unlabelled = unlabelledRows === 0 ? "" : ` ${require_light.counted(unlabelledRows, "row")} without a value of the target ${unlabelledRows === 1 ? "takes" : "take"} no part.`;
	const isAlone = training.candidates.some(({ alone }) => alone === true);
	const rowWords = isAlone ? `${require_light.counted(trainRows + validationRows, "training row")}, no validation rows` : `${trainRows} training rows, ${validationRows} validation rows`;
	return {
		id: "training",
		title: "Training",
		body: [
			require_light.tableOf([
				"candidate",
				`${comparison.primary} on validation rows`,
				"size",
				"time"
			], rows),
			...failed,
			...isAlone ? [require_light.paragraph(onlyCandidate)] : [],
			...training.candidates.flatMap(startParagraph),
			require_light.paragraph(require_light.say`${rowWords}, seed ${seed}, inputs ${require_light.code(inputDigest.slice(0, 12))}.${unlabelled}`)
		],
		keep: 60
	};
}
var onlyCandidate = require_light.say`The only candidate, and nothing stops its training early: it was not compared on validation rows, but trained on them, too. The holdout judges it.`;
var foundPart = (found) => found === void 0 ? "" : require_light.say`: ${require_light.data(found)}`;
var calibrationWords = (method) => method === void 0 ? "" : `, ${method} calibration`;
var startWords = (start) => start?.from ? `, goes on from ${start.from}` : "";
function startParagraph({ learner, start }) {
	if (!start || start.because === null) return [];
	const what = start.from === null ? "asks for `start: warm` and started anew" : `goes on from ${start.from} on all rows before the holdout, and was chosen by a training that started anew`;
	return [require_light.paragraph(require_light.say`${require_light.data(learner)} ${what}: ${require_light.data(start.because)}.`)];
}
function windowWords(window) {
	if (window === void 0) return "";
	const { days, rows, halfLifeDays } = window;
	return [
		...days === void 0 ? [] : [`, newest ${days} days`],
		...rows === void 0 ? [] : [`, newest ${rows} rows`],
		...halfLifeDays === void 0 ? [] : [`, half-life ${halfLifeDays} days`]
	].join("");
}
// ../core/src/report/report.ts
function makeReport(input) {
	const charts = reportCharts(input);
	const { model, comparison } = input;
	const present = [
		attentionSection(input),
		metricsSection(input, charts),
		judgementSection(input),
		slicesSection(comparison),
		fairnessSection(comparison),
		answersSection(comparison, charts),
		calibrationSection(comparison, charts),
		relianceSection(input.reliance),
		dataSection(input.data),
		inputsSection(input),
		trainingSection(input),
		earlierSection(input, charts),
		computationSection(input),
		nextSection(input)
	].filter((section) => section !== null);
	return {
		report: {
			format: 1,
			model,
			headline: headline(input),
			sections: present
		},
		charts
	};
}
// ../core/src/report/past-sentence.ts
var version = (number) => number === null ? "the champion" : `v${number}`;
function pastSentence(event) {
	const { kind, words } = event;
	switch (kind) {
		case "promoted": return require_light.say`promoted: v${event.version ?? 0} was merged${onDay(event.settledAt)}${insteadOf(event)}`;
		case "proposed": return require_light.say`proposed, not merged`;
		case "inconclusive": return require_light.say`inconclusive: proposed as a draft, not merged`;
		case "declined": return require_light.say`declined by a person${onDay(event.settledAt)}${words === null ? "" : require_light.say`: ${require_light.data(words)}`}`;
		case "rejected": return require_light.say`rejected: nothing was proposed`;
		case "blocked": return event.judged ? require_light.say`blocked: a new model was trained, but must not be promoted` : require_light.say`blocked: the new data were refused, and nothing was trained`;
		case "drift": return require_light.say`not retrained: the data have drifted (${require_light.formatNumber(event.driftLevel ?? 0)}, drift from 1), and this has to be seen again first`;
		case "unblocked": return require_light.say`not retrained: the data are right again, and nothing was due`;
		case "rollback": return require_light.say`rolled back: ${version(event.version)} is live again${insteadOf(event)}`;
		case "broken": return require_light.say`broken: v${event.version ?? 0} is not what its own \`lineage.json\` says; ${event.against === null ? "no version is live" : `v${event.against} stays the champion`}`;
		case "retired": return require_light.say`retired: the folder of ${version(event.against)} was removed`;
	}
}
var onDay = (at) => at === null ? "" : ` on ${require_light.day(at)}`;
var insteadOf = ({ against, version: number }) => against === null || against === number ? "" : `, in place of v${against}`;
// ../core/src/report/site-history.ts
var number = require_zod.number().nullable();
var instant$3 = require_zod.string().describe("ISO 8601, UTC.");
var measured = require_zod.object({
	metric: require_zod.string().describe("Name of the metric."),
	champion: number.describe("Of the version that was live then; `null`: there was none, or the metric does not exist."),
	challenger: number.describe("Of this version; `null`: the metric does not exist for these rows."),
	improvement: number.describe("Above 0: this version is better, in the metric's own unit; `null`: not computed."),
	interval: require_zod.tuple([require_zod.number(), require_zod.number()]).nullable().describe("90 % interval of the improvement; `null`: not computed.")
});
var slice = require_zod.object({
	column: require_zod.string().describe("What the rows were divided by."),
	value: require_zod.string().nullable().describe("Its value on these rows; `null`: the column is sensitive."),
	rows: require_zod.int().describe("Rows of the holdout with this value."),
	champion: number.describe("Primary metric of the version that was live then, on these rows."),
	challenger: number.describe("Primary metric of this version, on the same rows."),
	improvement: number.describe("Above 0: this version is better on them; `null`: not computed.")
});
var comparison = require_zod.object({
	kind: require_zod.string().describe("`first-model`, `refresh`, `change` or `contract-change`."),
	primary: require_zod.string().describe("The metric that decided."),
	rows: require_zod.int().describe("Rows of the holdout that all numbers of this comparison were measured on."),
	metrics: require_zod.array(measured).describe("Both versions on the same rows, metric by metric."),
	slices: require_zod.array(slice).describe("The primary metric on parts of the same rows.")
});
var origin = require_zod.object({
	learner: require_zod.string().describe("Name of the learner."),
	settings: require_zod.string().describe("Settings of the learner, as JSON."),
	dataset: require_zod.string().describe("Name of the dataset."),
	dataFiles: require_zod.int().describe("Data files of the dataset."),
	dataRows: require_zod.int().describe("Rows in these files."),
	learnedUntil: require_zod.string().nullable().describe("Newest row that it has learned from; `null`: without `time`."),
	declared: require_zod.boolean().describe("Whether it was trained elsewhere, so that people say what it has learned from."),
	seed: require_zod.int().describe("Of its training."),
	holdout: require_zod.object({
		kind: require_zod.string().describe("`temporal` or `hash`."),
		from: require_zod.string().nullable().describe("First instant; `null`: without time."),
		to: require_zod.string().nullable().describe("Last instant; `null`: without time."),
		rows: require_zod.int().describe("Rows that it was judged on."),
		digest: require_zod.string().describe("sha256 over the rows: equal digests are equal rows.")
	}).describe("The rows that it was judged on."),
	owner: require_zod.string().nullable().describe("As `card` of model.yaml says; `null`: it does not."),
	use: require_zod.string().nullable().describe("What it is for, as `card` of model.yaml says; `null`: it does not."),
	limits: require_zod.string().nullable().describe("What it is not for, as `card` of model.yaml says; `null`: it does not.")
});
var drifted = require_zod.object({
	column: require_zod.string().describe("Name of the column, or of what is predicted."),
	role: require_zod.string().describe("`feature`, `target` or `prediction`."),
	status: require_zod.string().describe("`ok`, `drift`, `insufficient` (too few rows to say) or `error`."),
	psi: number.describe("Population stability index, 0 or more; `null`: not computed.")
});
var versionFacts = require_zod.object({
	metrics: require_zod.record(require_zod.string(), require_zod.number()).describe("On its own holdout, by name."),
	comparison: comparison.nullable().describe("How it was compared; `null`: it does not say."),
	origin: origin.nullable().describe("What it was made from; `null`: it does not say."),
	changes: require_zod.array(require_zod.string()).nullable().describe("How what it was made from differs from its parent; `null`: no parent.")
});
var shownEvent = require_zod.object({
	at: instant$3,
	kind: require_zod._enum([
		"promoted",
		"proposed",
		"inconclusive",
		"declined",
		"rejected",
		"blocked",
		"rollback",
		"broken",
		"retired"
	]).describe("What happened; only a promotion, a rollback and a broken version have a number."),
	version: require_zod.int().nullable().describe("Number of the version that came; `null`: none did."),
	live: require_zod.int().nullable().describe("Number of the version that was live afterwards; `null`: none."),
	commit: require_zod.string().nullable().describe("Commit of the base branch; `null`: it made none."),
	words: require_zod.string().nullable().describe("What a person said; `null`: nothing.")
});
var versionOnSite = require_zod.object({
	number: require_zod.int().describe("Counts first appearances on the base branch, from 1."),
	treeId: require_zod.string().describe("Git tree id of its folder, which names the content for ever."),
	at: instant$3,
	commit: require_zod.string().describe("The commit that brought it to the base branch."),
	author: require_zod.string().describe("Of that commit."),
	broken: require_zod.string().nullable().describe("What is wrong with its folder; `null`: nothing."),
	newerFormat: require_zod.int().nullable().describe("The format, where only a newer refit reads the folder; else `null`."),
	parent: require_zod.int().nullable().describe("Number of the version that it was compared with; `null`: none that is known."),
	facts: versionFacts.describe("What its own files say.")
});
var siteHistory = require_zod.object({
	format: require_zod.literal(1).describe("Of this value."),
	schema: require_zod.string().describe("Name of this schema, for `refit schema`."),
	model: require_zod.string().describe("Name of the model."),
	state: require_zod.string().describe("`none`, `live`, `broken` or `retired`."),
	live: require_zod.int().nullable().describe("Number of the live version; `null`: none."),
	older: require_zod.array(require_zod.string()).describe("Files with what happened before, newest first, beside this one."),
	drift: require_zod.array(require_zod.object({
		version: require_zod.int().describe("Number of the version."),
		columns: require_zod.array(drifted).describe("Column by column.")
	})).describe("Training data of versions against those of their parents; only in the newest file."),
	events: require_zod.array(shownEvent).describe("What happened, oldest first."),
	versions: require_zod.array(versionOnSite).describe("The versions that came in these events, by number.")
});
// ../core/src/report/status-schema.ts
var day$1 = "as `2026-06-01`";
var epoch = "epoch milliseconds, UTC";
var metric = require_zod.string().describe("Name of a metric.");
var measuredRows = require_zod.object({
	rows: require_zod.int().describe("How many."),
	from: require_zod.string().nullable().describe("First instant, ISO 8601; `null`: no time places them."),
	to: require_zod.string().nullable().describe("Last instant, likewise.")
});
var live = require_zod.object({
	metric,
	value: require_zod.number().describe("What the live version reached."),
	rows: require_zod.int().nullable().describe("On how many rows; `null`: an earlier release did not write it down."),
	at: require_zod.number().describe(`When it was measured, ${epoch}.`)
});
var trigger = require_zod.object({
	kind: require_zod._enum([
		"no-champion",
		"imported",
		"settings",
		"policy",
		"unfinished",
		"new-rows",
		"age",
		"performance",
		"drift"
	]).describe("What starts a retrain."),
	fired: require_zod.boolean().nullable().describe("Whether it has; `null`: only a run can tell, which reads the data."),
	newRows: require_zod.int().nullable().optional().describe("Of `new-rows`: how many there are; `null`: not counted yet."),
	minNewRows: require_zod.int().optional().describe("Of `new-rows`: how many are needed."),
	at: require_zod.number().optional().describe(`Of \`age\`: when it is due, ${epoch}.`),
	metric: require_zod.string().optional().describe("Of `performance`: what must not get worse."),
	performanceMargin: require_zod.number().optional().describe("Of `performance`: by how much."),
	seen: require_zod.int().optional().describe("Of `drift`: in how many of the last two snapshots.")
});
var wait = require_zod.object({
	kind: require_zod._enum([
		"unchanged",
		"refused",
		"cooldown",
		"backoff",
		"budget",
		"few-rows"
	]).describe("What a retrain waits for, though a trigger has fired."),
	by: require_zod._enum([
		"declined",
		"rejected",
		"rolledBack"
	]).optional().describe("Of `refused`: who said no to the same inputs."),
	at: require_zod.number().optional().describe(`Of \`refused\`: when, ${epoch}.`),
	until: require_zod.number().optional().describe(`Of \`cooldown\`, \`backoff\` and \`budget\`: when that is over, ${epoch}.`),
	fruitless: require_zod.int().optional().describe("Of `backoff`: candidates in a row that led to nothing."),
	per: require_zod._enum(["day", "week"]).optional().describe("Of `budget`: what was used up."),
	rows: require_zod.int().nullable().optional().describe("Of `few-rows`: how many there are; `null`: not counted yet."),
	minRows: require_zod.int().optional().describe("Of `few-rows`: how many are needed."),
	perClass: require_zod.int().nullable().optional().describe("Of `few-rows`: of two classes each; `null`: there are no classes.")
});
var attention$1 = require_zod.object({
	kind: require_zod._enum([
		"broken",
		"blocked",
		"unreadable",
		"learner-missing",
		"unmatched-files",
		"inconclusive",
		"proposal",
		"stale-clone"
	]).describe("What it is."),
	since: require_zod.number().nullable().optional().describe(`Since when, ${epoch}; \`null\`: the ledger does not say.`),
	runs: require_zod.int().optional().describe("Of `blocked` and `inconclusive`: how many in a row."),
	findings: require_zod.array(require_zod.string()).optional().describe("Of `blocked`: codes of what was found in the data."),
	isFirst: require_zod.boolean().optional().describe("Of `blocked`: nothing is live meanwhile."),
	message: require_zod.string().optional().describe("Of `unreadable` and `learner-missing`: what is wrong."),
	hint: require_zod.string().optional().describe("Of the same: what to do."),
	learner: require_zod.string().optional().describe("Of `learner-missing`: its name."),
	manifest: require_zod.string().optional().describe("Of `unmatched-files`: the manifest that looks in their folder."),
	files: require_zod.array(require_zod.string()).optional().describe("Of `unmatched-files`: their paths."),
	state: require_zod._enum([
		"open",
		"under-review",
		"unfinished"
	]).optional().describe("Of `proposal`: as `proposalState`.")
});
var statusOfModel = require_zod.object({
	model: require_zod.string().describe("Name of the model."),
	group: require_zod.string().nullable().describe("The proposal group whose proposal it shares; `null`: it has its own."),
	state: require_zod._enum([
		"none",
		"live",
		"broken",
		"retired"
	]).describe("Of the newest commit that changed the champion's folder."),
	version: require_zod.string().nullable().describe("The live version, as `v3`; `null`: none is."),
	since: require_zod.string().nullable().describe(`Day on which it went live, ${day$1}.`),
	learnedUntil: require_zod.string().nullable().describe(`Day of the newest row that it has learned from, ${day$1}; \`null\`: rows have no time.`),
	learnedDaysAgo: require_zod.int().nullable().describe("Age of that row in days."),
	declared: require_zod.boolean().describe("Whether it was trained elsewhere, so that a person has said `learnedUntil`."),
	metric: require_zod.object({
		name: metric,
		judged: require_zod.number().nullable().describe("When the version was judged, on rows that it had not learned from."),
		judgedOn: measuredRows.nullable().describe("These rows."),
		since: live.nullable().describe("On rows that came since, as a run has measured it; `null`: none has. Rows of its own, so no decline follows from the two numbers alone.")
	}).nullable().describe("The primary metric; `null`: nothing is live, or the settings cannot be read."),
	newestRow: require_zod.string().nullable().describe(`Day of the newest row that the live version or a comparison has seen, ${day$1}.`),
	newestRowDaysAgo: require_zod.int().nullable().describe("Age of that row in days."),
	next: require_zod.object({
		triggers: require_zod.array(trigger).describe("Any one of them is enough."),
		waits: require_zod.array(wait).describe("All of them have to be over.")
	}).nullable().describe("What starts the next retrain; `null`: settings or data cannot be read."),
	proposal: require_zod.string().nullable().describe("Where the newest proposal is that was not merged."),
	proposalState: require_zod._enum([
		"open",
		"under-review",
		"unfinished",
		"declined"
	]).nullable().describe("Whether it waits for people, was approved or changed by one, was cut short, or closed."),
	asked: require_zod.string().nullable().describe("The forge that was asked, as `github`; `null`: only this clone was."),
	attention: require_zod.array(attention$1).describe("What needs a person, worst first.")
});
// ../core/src/report/told-history.ts
var model$1 = require_zod.string().describe("Name of the model.");
var instant$2 = require_zod.string().describe("ISO 8601, UTC.");
var sentence$1 = require_zod.string().describe("As people read it, without markup.");
var event = require_zod.object({
	model: model$1,
	at: instant$2.describe("When the run was, or the commit where there was no run; ISO 8601, UTC."),
	kind: require_zod._enum([
		"promoted",
		"proposed",
		"inconclusive",
		"declined",
		"rejected",
		"blocked",
		"drift",
		"unblocked",
		"rollback",
		"broken",
		"retired"
	]).describe("What a run came to, and what people made of it: `promoted` (merged), `proposed` and `inconclusive` (shown to people, not merged), `declined` (by a person), `rejected` (by a gate), `blocked` (data or model refused), `drift` and `unblocked` (nothing was trained); and what happened on the base branch: `rollback`, `broken`, `retired`."),
	what: sentence$1.describe("The same as a sentence, without markup."),
	why: require_zod.array(require_zod.string()).describe("Why it ended in that way, each a sentence as in the report; empty: nothing spoke against it, or no report is kept."),
	number: require_zod.string().nullable().describe("The number that mattered, with its interval, as in the report; `null`: nothing was measured, or no report is kept."),
	version: require_zod.int().nullable().describe("Number of the version that became live, is broken, or was restored; `null`: it is about none."),
	against: require_zod.int().nullable().describe("Number of the champion that it was compared with, or that it replaced; `null`: there was none."),
	run: require_zod.string().nullable().describe("Name of the run for `refit report MODEL@RUN`; `null`: it left no report here."),
	inputDigest: require_zod.string().nullable().describe("sha256 of all that decided its training; `null`: there was no run."),
	trainedBecause: require_zod.array(require_zod.string()).describe("Why a new model was trained, each a clause; empty: none was, or the ledger does not say."),
	words: require_zod.string().nullable().describe("What a person wrote; `null`: nothing."),
	driftLevel: require_zod.number().nullable().describe("How far the data had drifted, 1 and above being drift; `null`: nobody measured it."),
	settledAt: instant$2.nullable().describe("When a person merged or declined it, ISO 8601, UTC; `null`: nobody did."),
	commit: require_zod.string().nullable().describe("The commit that changed the base branch; `null`: none did."),
	report: require_zod.object({
		commit: require_zod.string().describe("Git commit id."),
		path: require_zod.string().describe("At that commit.")
	}).nullable().describe("The report on the branch `refit-ledger`; `null`: none is kept in this clone.")
});
var toldHistory = require_zod.object({
	format: require_zod.literal(1).describe("Of this value."),
	schema: require_zod.string().describe("Name of this schema, for `refit schema`."),
	models: require_zod.array(model$1).describe("Models that were looked at, sorted."),
	ledger: require_zod._enum(["here", "missing"]).describe("`missing`: this clone has no branch `refit-ledger`, so only what the base branch says is known."),
	events: require_zod.array(event).describe("Newest first."),
	more: require_zod.int().describe("Older events that `--limit` leaves out.")
});
// ../refit/src/adapters/forges/github/doctor/diagnose-workflows.ts
function diagnoseWorkflows(files) {
	return [...files].flatMap(([path, parsed]) => {
		const workflow = parsed ?? {};
		const all = Object.entries(workflow.jobs ?? {});
		const jobs = all.filter(([, job]) => commandsOf(job).length > 0);
		const namesakes = all.filter(([key, job]) => shownName(key, job) === require_light.checkName(null));
		if (jobs.length === 0) return namesakes.map(([key]) => sameName(path, key));
		return [
			...namesakes.map(([key]) => sameName(path, key)),
			...diagnoseTriggers(path, workflow.on),
			...jobs.flatMap(([name, job]) => diagnoseJob(path, workflow, name, job))
		];
	});
}
function shownName(key, job) {
	const { name = key, strategy, uses } = job ?? {};
	return strategy === void 0 && uses === void 0 ? String(name) : null;
}
function sameName(path, key) {
	return {
		severity: "warning",
		what: `${path}, job ${key}: GitHub shows a job as a check of its name, and "${require_light.checkName(null)}" is the check that refit posts. Where that is required, the job could pass in its place.`,
		fix: `Give the job another name, such as \`run\`.`
	};
}
function diagnoseTriggers(path, on) {
	const found = [];
	const events = eventsOf(on);
	if ("pull_request_target" in events) found.push({
		severity: "error",
		what: `${path}: pull_request_target runs code from forks with a write token.`,
		fix: "Use `pull_request`; `refit verify` needs no secret."
	});
	const schedule = events["schedule"];
	const crons = (Array.isArray(schedule) ? schedule : []).map((entry) => String(entry?.cron ?? ""));
	for (const cron of crons.filter((each) => /^0\s/.test(each))) found.push({
		severity: "warning",
		what: `${path}: the cron "${cron}" starts at a full hour, when GitHub is busy and delays or drops runs.`,
		fix: `Use another minute, such as "${cron.replace(/^0/, "17")}".`
	});
	return found;
}
function eventsOf(on) {
	if (typeof on === "string") return { [on]: null };
	if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [String(event), null]));
	return on ?? {};
}
function diagnoseJob(path, workflow, name, job) {
	const { permissions, steps = [] } = job;
	const where = `${path}, job ${name}`;
	const found = diagnosePermissions(where, permissions ?? workflow.permissions, job);
	if (permissions === void 0 && workflow.permissions === void 0) found.push({
		severity: "warning",
		what: `${where}: no \`permissions\`, so the token gets the repository's default permissions.`,
		fix: "Add `permissions: { contents: write, pull-requests: write, checks: write, issues: write }`, or less."
	});
	const checkout = steps.find(({ uses }) => typeof uses === "string" && uses.startsWith("actions/checkout@"));
	if (checkout !== void 0 && String(checkout.with?.["fetch-depth"]) !== "0") found.push({
		severity: "error",
		what: `${where}: actions/checkout fetches only one commit, but refit reads versions from the whole history.`,
		fix: "Add `with: { fetch-depth: 0 }` to that step."
	});
	return found;
}
function answersQueue(parsed) {
	return "merge_group" in eventsOf((parsed ?? {}).on);
}
function startsRefit(parsed) {
	const { jobs } = parsed ?? {};
	return Object.values(jobs ?? {}).some((job) => commandsOf(job).length > 0);
}
function commandsOf(job) {
	return (job?.steps ?? []).flatMap(({ uses, run, with: inputs }) => {
		if (/\/refit(\/[^@]*)?@/.test(String(uses ?? ""))) {
			const command = String(inputs?.["command"] ?? "auto");
			return [command.includes("${{") ? null : command];
		}
		return [...String(run ?? "").matchAll(/(?:^|[\s;&|])refit\s+(run|train|verify|promote|rollback)\b/gm)].map(([, command]) => command);
	});
}
var proposing = ["contents", "pull-requests"];
var needs = {
	auto: proposing,
	run: proposing,
	rollback: proposing,
	promote: ["contents"]
};
var wants = {
	auto: ["checks", "issues"],
	run: ["checks", "issues"],
	rollback: ["checks"],
	verify: ["checks"],
	promote: ["issues"]
};
function diagnosePermissions(where, permissions, job) {
	const ownToken = (job.steps ?? []).every((step) => {
		const token = step.with?.["github-token"];
		return token === void 0 || /github\.token|secrets\.GITHUB_TOKEN/.test(String(token));
	});
	if (permissions === void 0 || permissions === "write-all" || !ownToken) return [];
	const granted = typeof permissions === "object" && permissions !== null ? permissions : {};
	const commands = commandsOf(job).filter((command) => command !== null);
	const lacking = (table) => [...new Set(commands.flatMap((command) => table[command] ?? []))].filter((area) => granted[area] !== "write");
	const told = (severity, areas, what) => {
		const list = areas.map((area) => `${area}: write`).join(", ");
		if (areas.length === 0) return [];
		return [{
			severity,
			what: `${where}: ${what} without ${list}.`,
			fix: `Add \`${list}\` to its \`permissions\`.`
		}];
	};
	return [...told("error", lacking(needs), "refit cannot do its work"), ...told("warning", lacking(wants), "checks and alerts are shown in the job summary only")];
}
// ../refit/src/adapters/forges/github/doctor/diagnose-files.ts
var diagnose_files_exports = require_rolldown_runtime.__exportAll({ diagnoseFiles: () => diagnoseFiles$1 });
async function diagnoseFiles$1(git, repository) {
	const workflows = await readWorkflows(git, repository);
	if (workflows.size === 0) return [];
	return [...diagnoseWorkflows(workflows), ...diagnoseOwners(await readOwners(git, repository), await besideFolders(git, repository))];
}
async function besideFolders(git, repository) {
	const roots = require_light.modelRoots(repository).filter((root) => root !== "models");
	return (await Promise.all(roots.map(async (root) => {
		return (await git.list(repository.baseCommit, root === "" ? void 0 : root)).map(({ path }) => node_path.posix.join(root, path));
	}))).flat().filter((file) => require_light.modelOfSpec(file, repository) !== null).map((file) => node_path.posix.dirname(file)).filter((folder) => !folder.startsWith("models/"));
}
async function startingWorkflows(git, repository) {
	return new Map([...await readWorkflows(git, repository)].filter(([, parsed]) => startsRefit(parsed)));
}
async function readWorkflows(git, { baseCommit }) {
	const folder = ".github/workflows";
	const files = (await git.list(baseCommit, folder)).filter((file) => /\.ya?ml$/.test(file.path));
	const contents = await git.read(files.map((file) => file.id));
	return new Map(files.map((file, i) => [`${folder}/${file.path}`, parseOrNull(contents[i])]));
}
async function readOwners(git, { baseCommit }) {
	const first = (await git.read([
		".github/CODEOWNERS",
		"CODEOWNERS",
		"docs/CODEOWNERS"
	].map((place) => `${baseCommit}:${place}`))).find((bytes) => bytes !== null) ?? null;
	return first && require_light.decodeText(first);
}
function parseOrNull(bytes) {
	try {
		return require_yaml.parse(require_light.decodeText(bytes));
	} catch {
		return null;
	}
}
// ../core/src/handover/candidate-folder.ts
var candidateFile = "candidate.json";
var trainedCandidate = require_zod.object({
	format: require_zod.literal(1),
	model: require_zod.string(),
	inputDigest: require_zod.string(),
	parent: require_zod.string().nullable(),
	candidate: require_zod.int().min(1),
	seconds: require_zod.number().min(0),
	failure: require_zod.string().max(1e4).optional()
});
function parseTrainedCandidate(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new require_light.CandidatesInvalidError(`${candidateFile} is not JSON`, { cause });
	}
	require_light.refuseNewer(candidateFile, value, 1);
	const result = trainedCandidate.safeParse(value);
	if (!result.success) {
		const [issue] = result.error.issues;
		throw new require_light.CandidatesInvalidError(`${candidateFile}, ${issue.path.join(".") || "as a whole"}: ${issue.message}`);
	}
	const { format: _format, ...facts } = result.data;
	return facts;
}
function candidateDigest({ model, inputDigest, parent, candidate }, sha256) {
	return `sha256:${sha256(require_light.canonicalJson({
		model,
		inputDigest,
		parent,
		candidate
	}))}`;
}
// ../core/src/ledger/look-number.ts
function lookNumber(rows, now, unseen = 0) {
	const looks = require_light.rowsOfKind(rows, "look");
	const own = looks.find((row) => row.inputDigest === now.inputDigest && row.parent === now.parent);
	if (own !== void 0) return own.look;
	const others = looks.filter((row) => mostlySame(row.window, now));
	return 1 + unseen + new Set(others.map(({ inputDigest, parent }) => `${inputDigest} ${parent}`)).size;
}
function mostlySame(then, { window: now, instants }) {
	if (now.from === null || now.to === null || then.from === null || then.to === null) return then.rows * 2 > now.rows;
	const [from, to] = [Date.parse(then.from), Date.parse(then.to)];
	if (instants !== void 0) return instants.reduce((count, at) => count + (at >= from && at <= to ? 1 : 0), 0) * 2 > instants.length;
	return (Math.min(now.to, to) - Math.max(now.from, from)) * 2 > now.to - now.from;
}
// ../core/src/ledger/past-events.ts
var inputsKey = ({ inputDigest, parent }) => `${inputDigest} ${parent}`;
function addDraft({ all, byInputs }, draft) {
	all.push(draft);
	const same = byInputs.get(inputsKey(draft));
	if (same === void 0) byInputs.set(inputsKey(draft), [draft]);
	else same.push(draft);
}
function pastEvents(history, rows) {
	const numbers = new Map(history.versions.map(({ treeId, number }) => [treeId, number]));
	const numberOf = (treeId) => treeId === null ? null : numbers.get(treeId) ?? null;
	const drafts = {
		all: [],
		byInputs: new Map()
	};
	for (const row of rows) addRow(drafts, row, numberOf(row.parent));
	return [...history.events.flatMap((event, i) => settleEvent(drafts, event, history.events[i - 1], history.versions)), ...drafts.all].map((event, i) => ({
		event,
		i
	})).sort((a, b) => b.event.at - a.event.at || b.i - a.i).map(({ event }) => event);
}
var isShown$1 = ({ kind }) => kind === "proposed" || kind === "inconclusive";
function findRun$1({ byInputs }, inputs, takes) {
	return byInputs.get(inputsKey(inputs))?.findLast(takes);
}
function addRow(drafts, row, against) {
	switch (row.kind) {
		case "look": {
			const earlier = findRun$1(drafts, row, ({ judged }) => judged);
			addDraft(drafts, {
				...begun(row, verdictKind(row), against),
				judged: true,
				attempt: (earlier?.attempt ?? 0) + 1,
				driftLevel: row.driftLevel ?? null
			});
			return;
		}
		case "proposed":
		case "rejected": return tellReasons(drafts, row, row.reasons);
		case "blocked":
			if (row.files !== void 0) return tellReasons(drafts, row, row.reasons ?? []);
			addDraft(drafts, begun(row, "blocked", against));
			return;
		case "declined": {
			const run = findRun$1(drafts, row, isShown$1);
			const at = Date.parse(row.at);
			const draft = run ?? begun(row, "declined", against);
			if (run === void 0) addDraft(drafts, draft);
			Object.assign(draft, {
				kind: "declined",
				settledAt: at,
				words: row.reason ?? null
			});
			return;
		}
		case "forced": {
			const run = findRun$1(drafts, row, ({ judged }) => judged);
			if (run !== void 0) run.words ??= row.reason;
			return;
		}
		case "drift":
			addDraft(drafts, {
				...begun(row, "drift", against),
				driftLevel: row.driftLevel
			});
			return;
		case "unblocked":
			addDraft(drafts, begun(row, "unblocked", against));
			return;
		case "rolledBack": return;
	}
}
function verdictKind({ verdict }) {
	if (verdict === "hold") return "rejected";
	if (verdict === "block") return "blocked";
	return verdict === "promote" ? "proposed" : "inconclusive";
}
function tellReasons(drafts, row, reasons) {
	const run = findRun$1(drafts, row, ({ judged }) => judged);
	if (run !== void 0) run.reasons = reasons;
}
var notJudged = {
	judged: false,
	attempt: 1,
	reasons: [],
	words: null,
	driftLevel: null
};
function begun({ at, inputDigest, parent }, kind, against) {
	return {
		at: Date.parse(at),
		kind,
		version: null,
		against,
		inputDigest,
		parent,
		...notJudged,
		settledAt: null,
		commit: null
	};
}
function settleEvent(drafts, { commit, kind, number, treeId }, before, versions) {
	const against = before?.champion?.number ?? null;
	const version = number === null ? null : versions[number - 1];
	const [inputDigest, parent] = [version?.inputDigest ?? null, version?.parent ?? null];
	const run = kind !== "promotion" || treeId === null || inputDigest === null ? void 0 : findRun$1(drafts, {
		inputDigest,
		parent
	}, isShown$1);
	const settled = {
		version: number,
		settledAt: commit.committedAt,
		commit: commit.sha
	};
	if (run !== void 0) {
		Object.assign(run, settled, { kind: "promoted" });
		return [];
	}
	return [{
		...settled,
		at: commit.committedAt,
		kind: kind === "promotion" ? "promoted" : kind,
		against,
		inputDigest,
		parent,
		...notJudged
	}];
}
// ../core/src/lineage/next-anchor.ts
var PROVED = .005;
function nextAnchor(parent, pSuperior) {
	if (parent === null || pSuperior !== null && pSuperior <= PROVED) return null;
	return parent.anchor ?? parent.treeId;
}
// ../refit/src/adapters/learners/command/end-tree.ts
var endingPatience = {
	gentle: 3e3,
	firm: 1e4
};
async function endTree(tree, now, { gentle, firm } = endingPatience) {
	if (now) tree.signal("SIGTERM");
	const started = performance.now();
	for (;;) {
		const left = tree.alive();
		const waited = performance.now() - started;
		if (left.length === 0 || waited > gentle + firm) return left;
		if (waited > gentle) tree.signal("SIGKILL");
		await (0, node_timers_promises.setTimeout)(50);
	}
}
// ../refit/src/adapters/learners/command/process-tree.ts
function processTree(group, marker) {
	const strangers = new Map();
	function isOurs(pid, { group: itsGroup, startedAt }) {
		if (itsGroup === group) return true;
		if (strangers.get(pid) === startedAt) return false;
		const isMarked = require_light.processText(pid, "environ")?.split("\0").includes(marker) ?? false;
		if (!isMarked) strangers.set(pid, startedAt);
		return isMarked;
	}
	function alive() {
		const all = processIds();
		if (all === null) return isRunning(-group) ? [-group] : [];
		return all.filter((pid) => {
			const facts = require_light.processFacts(pid);
			return facts !== null && !facts.isZombie && isOurs(pid, facts);
		});
	}
	return {
		alive,
		memoryMiB: () => alive().reduce((sum, pid) => sum + memoryOf(pid), 0),
		signal(signal) {
			for (const pid of new Set([-group, ...alive()])) send$1(pid, signal);
		}
	};
}
function processName(pid) {
	return require_light.processText(pid, "comm")?.trim() ?? "no name";
}
function isRunning(pid) {
	return send$1(pid, 0);
}
function send$1(pid, signal) {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}
function processIds() {
	try {
		return (0, node_fs.readdirSync)("/proc").flatMap((name) => /^\d+$/.test(name) ? [Number(name)] : []);
	} catch {
		return null;
	}
}
function memoryOf(pid) {
	const all = /^Pss:\s+(\d+) kB/m.exec(require_light.processText(pid, "smaps_rollup") ?? "") ?? /^VmRSS:\s+(\d+) kB/m.exec(require_light.processText(pid, "status") ?? "");
	return all === null ? 0 : Number(all[1]) / 1024;
}
// ../refit/src/adapters/learners/command/watchdog.ts
var script = `
read -r _
kill -s KILL -- "-$1"
for round in 1 2 3; do
  for file in /proc/[0-9]*/environ; do
    tr '\\0' '\\n' <"$file" | grep -qxF -- "$2" || continue
    pid=\${file#/proc/}
    kill -s KILL "\${pid%/environ}"
  done
done
rm -rf -- "$3"
shift 3
[ $# -eq 0 ] || "$@"
`;
function setWatchdog({ group, marker, folder, afterwards, env: given }) {
	if (process.platform === "win32") return () => {};
	const args = [
		"-c",
		script,
		"refit-watchdog",
		String(group),
		marker,
		folder,
		...afterwards
	];
	const { REFIT_JOB: _job, ...own } = given;
	const env = afterwards.length === 0 ? { PATH: process.env["PATH"] } : own;
	const shell = (0, node_child_process.spawn)("sh", args, {
		cwd: "/",
		env,
		stdio: [
			"pipe",
			"ignore",
			"ignore"
		],
		detached: true
	});
	shell.on("error", () => {});
	shell.stdin.on("error", () => {});
	shell.unref();
	shell.stdin.unref();
	return () => {
		shell.kill("SIGKILL");
		shell.stdin.destroy();
	};
}
// ../refit/src/adapters/learners/command/call-program.ts
var lookEvery = 250;
var lastWords = 3e3;
var mostWrittenMiB = 20480;
async function callProgram(call, relay, afterwards = []) {
	const { program, cwd, env, marker } = call;
	const [file, ...args] = program.argv;
	const child = (0, node_child_process.spawn)(file, args, {
		cwd,
		env,
		stdio: [...[
			"ignore",
			"pipe",
			"pipe"
		]],
		detached: true,
		windowsHide: true
	});
	const [ended, closed] = [endOf$1(child), closeOf(child)];
	child.stdout.on("data", (chunk) => relay.feed("stdout", chunk));
	child.stderr.on("data", (chunk) => relay.feed("stderr", chunk));
	if (child.pid === void 0) throw notStarted(program, await ended);
	const tree = processTree(child.pid, marker);
	const release = require_light.whenEnding(() => tree.signal("SIGKILL"));
	const callOff = setWatchdog({
		group: child.pid,
		marker,
		folder: call.folder,
		afterwards,
		env
	});
	call.onStarted?.();
	try {
		const broken = await Promise.race([ended.then(() => null), brokenLimit(call, tree, ended)]);
		const left = await endTree(tree, broken !== null);
		if (left.length > 0) throw notEnded(program, left);
		const end = await ended;
		await Promise.race([closed, (0, node_timers_promises.setTimeout)(lastWords, void 0, { ref: false })]);
		relay.end();
		const problem = broken ?? problemOf$1(end, relay);
		if (problem !== null) throw new require_light.CommandFailedError(problem.outcome, program, problem.what);
	} finally {
		callOff();
		release();
		child.unref();
		child.stdout.destroy();
		child.stderr.destroy();
	}
}
function endOf$1(child) {
	return new Promise((done) => {
		child.once("error", done);
		child.once("exit", (exitCode, signal) => done({
			exitCode,
			signal
		}));
	});
}
function closeOf(child) {
	return new Promise((done) => child.once("close", () => done()));
}
function notStarted(program, error) {
	if (error.code === "ENOENT") return new require_light.CommandFailedError("program-missing", program, "was not found", { cause: error });
	const what = `could not be started: ${error.code ?? error.message}`;
	return new require_light.CommandFailedError("program-not-executable", program, what, { cause: error });
}
function notEnded(program, left) {
	const names = left.map((pid) => `${Math.abs(pid)} (${processName(pid)})`);
	return new require_light.CommandFailedError("not-ended", program, `left processes that cannot be ended: ${names.join(", ")}`);
}
function problemOf$1({ exitCode, signal }, relay) {
	if (exitCode === 0) return null;
	const lines = relay.lastLines();
	const said = lines.length === 0 ? "and printed nothing" : `and printed at last: ${lines.join(" | ")}`;
	if (signal !== null) return {
		outcome: "ended-by-signal",
		what: `was ended by ${signal} ${said}`
	};
	return {
		outcome: "exit-code",
		what: `ended with exit code ${exitCode} ${said}`
	};
}
async function brokenLimit({ timeoutMinutes, memoryMiB, folder }, tree, ended) {
	const watch = new AbortController();
	ended.then(() => watch.abort());
	const started = performance.now();
	for (let look = 0; !watch.signal.aborted; look++) {
		await (0, node_timers_promises.setTimeout)(lookEvery);
		if (performance.now() - started > timeoutMinutes * 6e4) return {
			outcome: "timed-out",
			what: `was ended after ${timeoutMinutes} minutes`
		};
		const used = memoryMiB === null ? 0 : tree.memoryMiB();
		if (memoryMiB !== null && used > memoryMiB) return {
			outcome: "out-of-memory",
			what: `was ended: it used ${Math.round(used)} MiB of ${memoryMiB}`
		};
		if (look % 8 === 7 && await writtenMiB(folder) > mostWrittenMiB) return {
			outcome: "model-too-large",
			what: `was ended: it wrote more than ${mostWrittenMiB} MiB`
		};
	}
	return new Promise(() => {});
}
async function writtenMiB(folder) {
	const entries = await (0, node_fs_promises.readdir)(folder, { recursive: true }).catch(() => []);
	let blocks = 0;
	for (const entry of entries) blocks += (await (0, node_fs_promises.lstat)(node_path.default.join(folder, entry)).catch(() => null))?.blocks ?? 0;
	return blocks / 2048;
}
// ../refit/src/adapters/learners/command/job-folder.ts
var mostFiles = 1e3;
var MIB$2 = 1048576;
var mostBytes$1 = 1024 * MIB$2;
async function writeTree(folder, files) {
	await (0, node_fs_promises.mkdir)(folder, { recursive: true });
	for (const [name, bytes] of files) {
		const file = node_path.default.join(folder, name);
		await (0, node_fs_promises.mkdir)(node_path.default.dirname(file), { recursive: true });
		await (0, node_fs_promises.writeFile)(file, bytes);
		if (bytes[0] === 35 && bytes[1] === 33) await (0, node_fs_promises.chmod)(file, 493);
	}
}
async function writeCopies(folder, files) {
	await writeTree(folder, files);
	for (const name of files.keys()) await (0, node_fs_promises.chmod)(node_path.default.join(folder, name), 292);
}
async function readModel(folder, program) {
	const entries = await (0, node_fs_promises.readdir)(folder, {
		recursive: true,
		withFileTypes: true
	});
	const files = [];
	for (const entry of entries) {
		const file = node_path.default.join(entry.parentPath, entry.name);
		const name = node_path.default.relative(folder, file).split(node_path.default.sep).join("/");
		const { size } = await (0, node_fs_promises.lstat)(file);
		if (entry.isDirectory()) continue;
		if (!entry.isFile()) throw refused("model-not-plain", `wrote ${require_light.quoted(name)}, which is not a regular file`);
		if (!require_readers.isHandOverPath(name)) throw refused("model-not-plain", `wrote ${require_light.quoted(name)}, a name that not every system has`);
		files.push({
			name,
			bytes: size
		});
	}
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	if (files.length > mostFiles) throw refused("model-too-large", `wrote ${files.length} files, more than ${mostFiles}`);
	if (bytes > mostBytes$1) {
		const [size, most] = [Math.round(bytes / MIB$2), mostBytes$1 / MIB$2];
		throw refused("model-too-large", `wrote a model of ${size} MiB, more than ${most}`);
	}
	if (bytes === 0) throw refused("no-model", "ended with exit code 0 and wrote no model");
	files.sort((a, b) => a.name < b.name ? -1 : 1);
	const model = new Map();
	for (const { name } of files) model.set(name, Uint8Array.from(await (0, node_fs_promises.readFile)(node_path.default.join(folder, name))));
	return model;
	function refused(outcome, what) {
		return new require_light.CommandFailedError(outcome, program, what);
	}
}
var longestNumber = 64;
var longestHeader = 1e6;
async function readPredictions(file, values, program) {
	const found = await (0, node_fs_promises.lstat)(file).catch(() => null);
	if (found === null) throw new require_light.CommandFailedError("no-predictions", program, "ended with exit code 0 and wrote no predictions");
	if (!found.isFile()) throw new require_light.CommandFailedError("predictions-unreadable", program, "made something else than a file of its predictions");
	const most = longestHeader + values * longestNumber;
	if (found.size > most) {
		const what = `wrote predictions of ${found.size} bytes, more than ${values} numbers can have`;
		throw new require_light.CommandFailedError("predictions-unreadable", program, what);
	}
	const handle = await (0, node_fs_promises.open)(file);
	try {
		return await handle.readFile("utf8");
	} finally {
		await handle.close();
	}
}
// ../refit/src/adapters/learners/command/program-environment.ts
var notForPrograms = /^(?:SSH_\w+|GNUPGHOME|GPG_TTY|DISPLAY|EMAIL)$/i;
var shortestSecret = 6;
var secretWords = /TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;
function programEnvironment(env, allowed) {
	const named = new Set(allowed);
	const passed = Object.entries(require_light.childEnvironment(env, [/^/])).filter(([name]) => named.has(name));
	const usual = Object.entries(require_light.childEnvironment(env, [])).filter(([name]) => !notForPrograms.test(name));
	return Object.fromEntries([...usual, ...passed]);
}
function secretValues(env, allowed) {
	const named = new Set(allowed);
	return Object.entries(env).flatMap(([name, value]) => value !== void 0 && (named.has(name) || secretWords.test(name)) ? [value] : []).filter((value) => value.length >= shortestSecret).sort((a, b) => b.length - a.length);
}
function steadyVariables(threads, seed) {
	const count = String(threads);
	return {
		OMP_NUM_THREADS: count,
		OPENBLAS_NUM_THREADS: count,
		MKL_NUM_THREADS: count,
		PYTHONHASHSEED: String(seed),
		PYTHONUNBUFFERED: "1",
		TZ: "UTC"
	};
}
// ../refit/src/adapters/learners/command/relay.ts
var mostLines = 200;
var mostCharacters = 300;
var tailBytes = 8192;
var progressLine = /^progress[:=\s]\s*(0(?:\.\d+)?|1(?:\.0+)?)$/i;
function relayOutput({ secrets, onLine, onProgress }) {
	const streams = {
		stdout: lineSplitter(),
		stderr: lineSplitter()
	};
	let shown = 0;
	let tail = Buffer.alloc(0);
	function show(line) {
		const done = progressLine.exec(line.trim());
		if (done !== null) return onProgress(Number(done[1]));
		const text = clean(line);
		if (text === "") return;
		if (shown++ < mostLines) onLine(text);
		else if (shown === 201) onLine("… it prints more, which is not shown.");
	}
	function clean(line) {
		const known = secrets.reduce((text, secret) => text.replaceAll(secret, "***"), line);
		return require_light.visibleText(require_light.redact(known), mostCharacters);
	}
	return {
		feed(stream, chunk) {
			tail = Buffer.concat([tail, chunk.subarray(-8192)]).subarray(-8192);
			if (shown <= mostLines) for (const line of streams[stream].lines(chunk)) show(line);
		},
		end() {
			for (const stream of Object.values(streams)) if (shown <= mostLines) show(stream.rest());
		},
		lastLines() {
			const lines = tail.toString().split(/\r?\n|\r/);
			return (tail.length < tailBytes ? lines : lines.slice(1)).map(clean).filter((line) => line !== "").slice(-6);
		}
	};
}
var longestLine = 4096;
function lineSplitter() {
	const decoder = new node_string_decoder.StringDecoder("utf8");
	let open = "";
	let isCut = false;
	return {
		*lines(chunk) {
			const [first, ...others] = decoder.write(chunk).split(/\n|\r(?!\n)/);
			add(first);
			for (const part of others) {
				yield open;
				open = "";
				isCut = false;
				add(part);
			}
		},
		rest: () => open
	};
	function add(text) {
		if (isCut) return;
		open += text.slice(0, longestLine);
		isCut = open.length >= longestLine;
	}
}
// ../refit/src/adapters/learners/command/runner/ended-file.ts
function parseEnded(text) {
	const [first = "", ...lines] = text.split("\n");
	const exitCode = /^refit-ended 1 (\d{1,3})$/.exec(first)?.[1];
	if (exitCode === void 0 || lines.pop() !== "") return null;
	const digests = new Map();
	for (const line of lines) {
		const [, digest, file] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
		if (digest === void 0 || file === void 0) return null;
		digests.set(file, digest);
	}
	return {
		exitCode: Number(exitCode),
		digests
	};
}
function checkCameBack({ digests }, files, program) {
	const missing = [...digests.keys()].find((file) => !files.has(file));
	if (missing !== void 0) throw altered(`did not bring back ${require_light.quoted(missing)}`);
	for (const [file, bytes] of files) {
		const written = digests.get(file);
		if (written === void 0) throw altered(`brought back ${require_light.quoted(file)}, which the program did not write`);
		const found = (0, node_crypto.createHash)("sha256").update(bytes).digest("hex");
		if (found !== written) throw altered(`brought back ${require_light.quoted(file)} with the digest ${found}, and the program wrote ${written}`);
	}
	function altered(what) {
		return new require_light.CommandFailedError("result-altered", program, what);
	}
}
// ../refit/src/adapters/learners/command/runner/object-store.ts
var StoreError = class extends Error {};
var WEEK$1 = 604800;
function objectStore(place, env, seconds) {
	const addressOf = signerOf(place, env, seconds);
	async function ask(method, name, body) {
		try {
			return await fetch(await addressOf(method, name), body === void 0 ? { method } : {
				method,
				body
			});
		} catch (error) {
			const { cause } = error;
			throw new StoreError(`the store cannot be reached (${cause?.code ?? "no reason given"})`);
		}
	}
	return {
		addressOf,
		async put(name, file) {
			const answer = await ask("PUT", name, await (0, node_fs.openAsBlob)(file));
			if (!answer.ok) throw await refusal(answer);
			await answer.body?.cancel();
		},
		async get(name, into) {
			const answer = await ask("GET", name);
			if (answer.status === 404) return false;
			if (!answer.ok || answer.body === null) throw await refusal(answer);
			const out = await (0, node_fs_promises.open)(into, "wx");
			try {
				for await (const chunk of answer.body) await out.write(chunk);
			} catch (cause) {
				throw new StoreError("the connection to the store was closed before the end", { cause });
			} finally {
				await out.close();
			}
			return true;
		},
		async remove(name) {
			await ask("DELETE", name).catch(() => {});
		}
	};
}
function signerOf(place, env, seconds) {
	const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place) ?? [];
	const keys = {
		accessKeyId: wanted("AWS_ACCESS_KEY_ID"),
		secretAccessKey: wanted("AWS_SECRET_ACCESS_KEY")
	};
	const session = env["AWS_SESSION_TOKEN"] ? { sessionToken: env["AWS_SESSION_TOKEN"] } : {};
	const region = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
	const own = env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"];
	const base = own ? `${own.replace(/\/$/, "")}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
	return async (method, name) => {
		const key = [prefix, name].filter(Boolean).join("/").split("/").map(encodeURIComponent).join("/");
		const url = new URL(`${base}/${key}`);
		url.searchParams.set("X-Amz-Expires", String(Math.min(WEEK$1, Math.ceil(seconds))));
		const request = {
			...keys,
			...session,
			url: url.href,
			method,
			service: "s3",
			region,
			signQuery: true
		};
		return (await new require_aws4fetch.AwsV4Signer(request).sign()).url.href;
	};
	function wanted(name) {
		const value = env[name]?.trim();
		if (!value) throw new StoreError(`the variable ${name} is not set`);
		return value;
	}
}
async function refusal(answer) {
	const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(await answer.text().catch(() => ""))?.[1];
	return new StoreError(`the store answered ${answer.status}${code === void 0 ? "" : ` (${code})`}`);
}
// ../refit/src/adapters/learners/command/runner/start-script.ts
var endedFile = "ended";
function startScript({ root, argv, variables, output, carried }) {
	const assigned = Object.entries(variables).map(([name, value]) => word(`${name}=${value}`));
	return `#!/bin/sh
# Written by refit: one call of a program, on whichever machine this runs.
set -eu
if command -v sha256sum >/dev/null; then set -- sha256sum; else set -- shasum -a 256; fi
${carried === null ? enter(root) : fetch$1(root, carried)}
status=0
env ${assigned.join(" ")} ${argv.map(word).join(" ")} || status=$?
cd ${word(root)}
{
  echo "refit-ended 1 $status"
  if [ -e ${word(output)} ]; then find ${word(output)} -type f -exec "$@" {} +; fi
} >${endedFile}.part
mv ${endedFile}.part ${endedFile}
${carried === null ? "" : send(output, carried)}exit "$status"
`;
}
function enter(root) {
	const sentence = `refit: this machine does not see the job folder ${root}; name a place that both machines know in runnerStore.`;
	return `cd ${word(`${root}/code`)} 2>/dev/null || { echo ${word(sentence)} >&2; exit 1; }`;
}
function fetch$1(root, { jobUrl, digest }) {
	return `mkdir ${word(root)}
trap ${word(`rm -rf ${word(root)}`)} EXIT
trap 'exit 143' INT TERM HUP
cd ${word(root)}
curl -fsS --retry 3 -o job.tar ${word(jobUrl)}
echo ${word(`${digest}  job.tar`)} | "$@" -c - >/dev/null
tar -xf job.tar
rm job.tar
mkdir -p code model tmp
cd code`;
}
function send(output, { answerUrl }) {
	return `set -- ${endedFile}
if [ -e ${word(output)} ]; then set -- "$@" ${word(output)}; fi
tar -cf answer.tar "$@"
curl -fsS --retry 3 -o /dev/null -T answer.tar ${word(answerUrl)}
`;
}
function word(text) {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
// ../refit/src/adapters/learners/command/runner/tar-file.ts
var BLOCK = 512;
var CHUNK = 1 << 20;
async function packTar(folder, names, into) {
	const hash = (0, node_crypto.createHash)("sha256");
	const out = await (0, node_fs_promises.open)(into, "wx");
	const write = async (bytes) => {
		hash.update(bytes);
		await out.write(bytes);
	};
	try {
		for (const name of names) {
			const file = await (0, node_fs_promises.open)(node_path.default.join(folder, name));
			try {
				const { size } = await file.stat();
				await write(headerOf(name, size));
				for await (const chunk of chunksOf(file, size)) await write(chunk);
				await write(new Uint8Array(paddingOf(size)));
			} finally {
				await file.close();
			}
		}
		await write(new Uint8Array(2 * BLOCK));
	} finally {
		await out.close();
	}
	return hash.digest("hex");
}
async function* chunksOf(file, size) {
	for (let at = 0; at < size;) {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(CHUNK, size - at)), 0, void 0, at);
		if (bytesRead === 0) throw new TarError("a file became shorter");
		at += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}
var paddingOf = (size) => (BLOCK - size % BLOCK) % BLOCK;
var TarError = class extends Error {};
function headerOf(name, size) {
	const header = Buffer.alloc(BLOCK);
	const [prefix, rest] = splitName(name);
	const octal = (value, digits) => value.toString(8).padStart(digits, "0");
	const fields = [
		[0, rest],
		[100, "0000755"],
		[108, "0000000"],
		[116, "0000000"],
		[124, octal(size, 11)],
		[136, octal(0, 11)],
		[148, " ".repeat(8)],
		[156, "0"],
		[257, "ustar\x0000"],
		[345, prefix]
	];
	for (const [at, text] of fields) header.write(text, at, "utf8");
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${octal(sum, 6)}\0 `, 148);
	return header;
}
function splitName(name) {
	if (Buffer.byteLength(name) <= 100) return ["", name];
	for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
		const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)];
		if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(rest) <= 100) return [prefix, rest];
	}
	throw new TarError(`${name} is too long a path`);
}
async function unpackTar(from, { folder, isWanted, mostBytes }) {
	const file = await (0, node_fs_promises.open)(from);
	try {
		let left = mostBytes;
		let longName = null;
		for (let at = 0;;) {
			const header = await exactly(file, at, BLOCK);
			at += BLOCK;
			if (header.every((byte) => byte === 0)) return;
			const { name, size, type } = readHeader(header);
			const data = at;
			at += size + paddingOf(size);
			if (type === "L" && size <= 4096) {
				longName = textOf$2(await exactly(file, data, size));
				continue;
			}
			const told = (longName ?? name).replace(/^\.\//, "");
			longName = null;
			if (type === "5") continue;
			if (type !== "0" && type !== "\0") throw new TarError(`${told} is not a regular file`);
			if (!isWanted(told)) throw new TarError(`${told} was not asked for`);
			if ((left -= size) < 0) throw new TarError(`it has more than ${mostBytes} bytes`);
			await copy(file, {
				at: data,
				size
			}, node_path.default.join(folder, told));
		}
	} finally {
		await file.close();
	}
}
async function copy(from, { at, size }, into) {
	await (0, node_fs_promises.mkdir)(node_path.default.dirname(into), { recursive: true });
	const out = await (0, node_fs_promises.open)(into, "wx");
	try {
		for (let done = 0; done < size; done += CHUNK) await out.write(await exactly(from, at + done, Math.min(CHUNK, size - done)));
	} finally {
		await out.close();
	}
}
async function exactly(file, at, size) {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, at);
	if (bytesRead < size) throw new TarError("it ends in the middle");
	return buffer;
}
function readHeader(header) {
	const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
	if (Number.parseInt(textOf$2(header.subarray(148, 156)), 8) !== sum) throw new TarError("it is not a tar file");
	const size = textOf$2(header.subarray(124, 136)).trim();
	if (!/^[0-7]{1,11}$/.test(size)) throw new TarError("it has a size that cannot be read");
	const prefix = header.toString("latin1", 257, 263) === "ustar\0" ? textOf$2(header.subarray(345, 500)) : "";
	const name = textOf$2(header.subarray(0, 100));
	return {
		name: prefix === "" ? name : `${prefix}/${name}`,
		size: Number.parseInt(size, 8),
		type: header.toString("latin1", 156, 157)
	};
}
function textOf$2(bytes) {
	const end = bytes.indexOf(0);
	return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}
// ../refit/src/adapters/learners/command/runner/carrier.ts
async function sharedFolder({ runner, runnerStore }, program) {
	if (runner === void 0 || runnerStore === void 0 || runnerStore.startsWith("s3://")) return void 0;
	await (0, node_fs_promises.access)(runnerStore, node_fs_promises.constants.W_OK).catch((cause) => {
		const what = `could not be given its job: ${require_light.quoted(runnerStore)} is not a folder that can be written to`;
		throw new require_light.CommandFailedError("store-failed", program, what, { cause });
	});
	return runnerStore;
}
function carrierOf(store, env, job) {
	return store?.startsWith("s3://") === true ? byObjects(store, env, job) : inPlace(job);
}
function inPlace({ folder }) {
	const file = node_path.default.join(folder, endedFile);
	return {
		bring: async () => ({
			root: folder,
			carried: null
		}),
		async ended(patience) {
			for (let waited = 0;; waited += 250) {
				const text = await (0, node_fs_promises.readFile)(file, "utf8").catch(() => null);
				const ended = text === null ? null : parseEnded(text);
				if (ended !== null || waited >= patience) return ended;
				await (0, node_timers_promises.setTimeout)(250);
			}
		},
		forget: async () => {}
	};
}
var slack = 3600;
var mostBytes = 12e8;
function byObjects(place, env, { id, folder, output, program, limits }) {
	const answer = `${id}.tar`;
	const left = [];
	let opened;
	const store = () => opened ??= objectStore(place, env, limits.timeoutMinutes * 60 + slack);
	return {
		async bring(job) {
			const root = `/tmp/${id}`;
			const moved = JSON.parse(JSON.stringify(job).replaceAll(JSON.stringify(folder).slice(1, -1), root));
			await (0, node_fs_promises.writeFile)(node_path.default.join(folder, "job.json"), `${require_light.canonicalJson(moved, 2)}\n`);
			const names = (await (0, node_fs_promises.readdir)(folder, {
				recursive: true,
				withFileTypes: true
			})).filter((entry) => entry.isFile()).map((entry) => node_path.default.join(entry.parentPath, entry.name)).map((file) => node_path.default.relative(folder, file).split(node_path.default.sep).join("/")).sort();
			const packed = node_path.default.join(folder, "job.tar");
			return named("could not be given its job", async () => {
				const digest = await packTar(folder, names, packed);
				const object = `${digest}.tar`;
				left.push(object, answer);
				await store().put(object, packed);
				await (0, node_fs_promises.rm)(packed);
				const [jobUrl, answerUrl] = [await store().addressOf("GET", object), await store().addressOf("PUT", answer)];
				return {
					root,
					carried: {
						jobUrl,
						answerUrl,
						digest
					}
				};
			});
		},
		ended: () => named("has an answer that cannot be fetched", async () => {
			const packed = node_path.default.join(folder, "answer.tar");
			if (!await store().get(answer, packed)) return null;
			const isWanted = (name) => require_readers.isHandOverPath(name) && (name === "ended" || name === output || name.startsWith(`${output}/`));
			await unpackTar(packed, {
				folder,
				isWanted,
				mostBytes
			});
			await (0, node_fs_promises.rm)(packed);
			return parseEnded(await (0, node_fs_promises.readFile)(node_path.default.join(folder, endedFile), "utf8").catch(() => ""));
		}),
		async forget() {
			for (const name of left) await opened?.remove(name);
		}
	};
	async function named(what, act) {
		try {
			return await act();
		} catch (cause) {
			if (!(cause instanceof StoreError) && !(cause instanceof TarError)) throw cause;
			const outcome = cause instanceof StoreError ? "store-failed" : "result-altered";
			throw new require_light.CommandFailedError(outcome, program, `${what}: ${cause.message}`, { cause });
		}
	}
}
// ../refit/src/adapters/learners/command/runner/call-by-runner.ts
var diskPatience = 1e4;
var stopPatience = 6e4;
async function callByRunner(asked, relay) {
	const { call, job, limits } = asked;
	const { folder, program } = call;
	const id = `refit-${(0, node_crypto.randomUUID)().slice(0, 13)}`;
	const byRunner = {
		...program,
		argv: limits.runner
	};
	const output = node_path.default.relative(folder, job.step === "train" ? job.model : job.predictions);
	const carrier = carrierOf(limits.runnerStore, asked.machine, {
		id,
		folder,
		output,
		program: byRunner,
		limits
	});
	try {
		const { root, carried } = await carrier.bring(job);
		const inside = (file) => file.replace(folder, root);
		const variables = Object.fromEntries(Object.entries(asked.variables).map(([name, value]) => [name, inside(value)]));
		const script = startScript({
			root,
			argv: program.argv,
			variables,
			output,
			carried
		});
		const start = node_path.default.join(folder, "start");
		await (0, node_fs_promises.mkdir)(start);
		await (0, node_fs_promises.writeFile)(node_path.default.join(start, "start.sh"), script);
		const words = wordsWith({
			job: start,
			id,
			script
		});
		const argv = limits.runner.some((word) => word.includes("{script}")) ? limits.runner.map(words) : [
			...limits.runner.map(words),
			"sh",
			"start.sh"
		];
		const stop = limits.runnerStop === void 0 ? null : limits.runnerStop.map(words);
		return await started({
			...call,
			program: {
				...program,
				argv
			},
			cwd: start
		}, relay, {
			...asked,
			stop,
			carrier,
			byRunner
		});
	} finally {
		await carrier.forget();
	}
}
async function started(call, relay, asked) {
	const { stop, carrier, byRunner, onLine } = asked;
	const { program } = asked.call;
	const endElsewhere = () => {
		const problem = stop === null ? null : stopped(stop, call);
		if (problem !== null) onLine(`What the runner has started may still run: ${problem}.`);
	};
	const release = require_light.whenEnding(endElsewhere);
	try {
		const failure = await callProgram(call, relay, stop ?? []).then(() => null, (error) => error);
		const isLimit = failure !== null && !["exit-code", "ended-by-signal"].includes(failure.outcome);
		const ended = isLimit ? null : await carrier.ended(failure === null ? diskPatience : 0).catch((error) => {
			if (failure === null) throw error;
			return null;
		});
		if (failure === null && ended?.exitCode === 0) return ended;
		if (ended !== null && ended.exitCode !== 0) throw told("exit-code", program, failure, `ended with exit code ${ended.exitCode}`);
		endElsewhere();
		if (isLimit) throw failure;
		throw told("runner-failed", byRunner, failure, "ended with exit code 0, and the program has not answered");
	} finally {
		release();
	}
	function told(outcome, who, failure, what) {
		const said = relay.lastLines();
		const last = said.length === 0 ? "and printed nothing" : `and printed at last: ${said.join(" | ")}`;
		const clause = outcome === "exit-code" || failure === null ? `${what} ${last}` : failureWords(failure, last);
		return new require_light.CommandFailedError(outcome, who, clause, { cause: failure });
	}
}
function failureWords(failure, last) {
	return `${/ (ended with exit code \d+|was ended by \w+) /.exec(failure.message)?.[1] ?? "failed"} ${last}`;
}
function stopped(argv, { env, cwd }) {
	const [file, ...args] = argv;
	const { status, error } = (0, node_child_process.spawnSync)(file, args, {
		cwd,
		env,
		stdio: "ignore",
		timeout: stopPatience
	});
	if (status === 0) return null;
	return `\`${argv.join(" ")}\` ${error === void 0 ? `ended with exit code ${status}` : error.message}`;
}
function wordsWith(values) {
	return (word) => word.replace(/\{(job|id|script)\}/g, (_all, name) => values[name]);
}
// ../refit/src/adapters/learners/command/watched-repository.ts
async function leavingAlone({ repository, onLine }, program, call) {
	const before = await repository?.look() ?? null;
	if (repository === void 0 || before === null) return call();
	const end = await call().then((answer) => ({ answer }), (error) => ({ error }));
	const changed = differences(before, await repository.look() ?? new Map());
	if (changed.length > 0 && repository.isAlone) {
		const what = `changed the repository: ${require_light.quotedList(changed)}`;
		throw new require_light.CommandFailedError("repository-changed", program, what, { cause: "error" in end ? end.error : void 0 });
	}
	if (changed.length > 0) {
		const names = require_light.quotedList(changed);
		onLine(`While \`${program.step}\` ran, the repository was changed: ${names}. If it was not you, it was the program.`);
	}
	if ("error" in end) throw end.error;
	return end.answer;
}
function differences(before, after) {
	return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();
}
// ../refit/src/adapters/learners/command/job.ts
async function withJobFolder(code, use, place) {
	const { path: root, remove } = await require_light.machineFolder(place);
	const at = (name) => node_path.default.join(root, name);
	const folder = {
		root,
		code: at("code"),
		model: at("model"),
		champion: at("champion"),
		temporary: at("tmp")
	};
	const release = require_light.whenEnding(() => (0, node_fs.rmSync)(root, {
		recursive: true,
		force: true
	}));
	try {
		await writeTree(folder.code, code);
		for (const each of [folder.model, folder.temporary]) await (0, node_fs_promises.mkdir)(each);
		return await use(folder);
	} finally {
		release();
		await remove();
	}
}
async function callJob(tools, folder, call) {
	const job = commandJob.parse(call.job);
	const file = node_path.default.join(folder.root, "job.json");
	await (0, node_fs_promises.writeFile)(file, `${require_light.canonicalJson(job, 2)}\n`);
	const variables = {
		...steadyVariables(job.threads, job.seed),
		...pathVariables(job),
		REFIT_JOB: file,
		TMPDIR: folder.temporary
	};
	const env = {
		...programEnvironment(tools.env, call.environment),
		...variables
	};
	const relay = relayOutput({
		secrets: secretValues(tools.env, call.environment),
		onLine: (line) => tools.onLine(`${job.step}: ${line}`),
		onProgress: call.onProgress ?? (() => {})
	});
	const { timeoutMinutes, memoryMiB } = job;
	const program = {
		step: job.step,
		argv: call.argv
	};
	const request = {
		program,
		env,
		marker: `REFIT_JOB=${file}`,
		timeoutMinutes,
		memoryMiB,
		folder: folder.root,
		onStarted: call.onStarted
	};
	const { runner } = call.limits;
	return leavingAlone(tools, program, async () => {
		if (runner === void 0) {
			await callProgram({
				...request,
				cwd: folder.code
			}, relay);
			return null;
		}
		return callByRunner({
			job,
			variables,
			limits: {
				...call.limits,
				runner
			},
			machine: tools.env,
			onLine: tools.onLine,
			call: request
		}, relay);
	});
}
function pathVariables(job) {
	const always = {
		REFIT_STEP: job.step,
		REFIT_MODEL: job.model,
		REFIT_SEED: String(job.seed),
		REFIT_TARGET: job.target.name
	};
	if (job.step === "train") {
		const started = job.champion === null ? {} : { REFIT_CHAMPION: job.champion };
		const stopping = job.validation === null ? {} : { REFIT_VALIDATION: job.validation };
		return {
			...always,
			...started,
			REFIT_TRAIN: job.train,
			...stopping
		};
	}
	return {
		...always,
		REFIT_ROWS: job.rows,
		REFIT_PREDICTIONS: job.predictions
	};
}
// ../refit/src/adapters/learners/command/file-shelf.ts
var folderName = "files";
var atOnce$2 = 8;
function fileShelf() {
	let shelf = null;
	const lying = new Map();
	const coming = new Map();
	function onShelf(column, name) {
		const found = coming.get(name) ?? putOnShelf(column, name).finally(() => coming.delete(name));
		coming.set(name, found);
		return found;
	}
	async function putOnShelf(column, name) {
		shelf ??= require_light.machineFolder().then((folder) => folder.path);
		const file = node_path.default.join(await shelf, name);
		const looks = await looksOf(file);
		if (looks !== null && looks === lying.get(name)) return file;
		await (0, node_fs_promises.rm)(file, { force: true });
		const from = await column.bring(name);
		await (0, node_fs_promises.copyFile)(from, file, node_fs_promises.constants.COPYFILE_FICLONE).catch((cause) => {
			throw new require_light.SourceVanishedError(name, { cause });
		});
		if (await digestOf$3(file) !== name.split(".")[0]) throw new require_light.SourceVanishedError(name);
		await (0, node_fs_promises.chmod)(file, 292);
		await (0, node_fs_promises.utimes)(file, 0, 0);
		lying.set(name, await looksOf(file));
		return file;
	}
	async function lay(column, name, folder) {
		const file = await onShelf(column, name);
		const there = node_path.default.join(folder, name);
		await (0, node_fs_promises.link)(file, there).catch(async (error) => {
			if (error.code !== "EEXIST") await (0, node_fs_promises.copyFile)(file, there, node_fs_promises.constants.COPYFILE_FICLONE);
		});
	}
	return { async bring(columns, root) {
		const folder = node_path.default.join(root, folderName);
		const given = [];
		for (const column of columns) {
			if (column.type !== "file") {
				given.push(column);
				continue;
			}
			await (0, node_fs_promises.mkdir)(folder, { recursive: true });
			const used = new Set(column.codes);
			const names = column.dictionary.filter((_, code) => used.has(code)).values();
			const helper = async () => {
				for (const name of names) await lay(column, name, folder);
			};
			await Promise.all(Array.from({ length: atOnce$2 }, helper));
			const dictionary = column.dictionary.map((name) => `../${folderName}/${name}`);
			given.push({
				kind: "text",
				name: column.name,
				type: "string",
				dictionary,
				codes: column.codes
			});
		}
		return given;
	} };
}
async function looksOf(file) {
	const facts = await (0, node_fs_promises.stat)(file, { bigint: true }).catch(() => null);
	return facts && [
		facts.size,
		facts.mtimeNs,
		facts.ino
	].join(" ");
}
async function digestOf$3(file) {
	const hash = (0, node_crypto.createHash)("sha256");
	for await (const bytes of require_light.fileBytes(file)) hash.update(bytes);
	return hash.digest("hex");
}
// ../refit/src/adapters/learners/command/known-runtime.ts
var interpreters = /^(?:python[\d.]*|node)(?:\.exe)?$/i;
var elsewhere = /^(?:PYTHONPATH|PYTHONHOME|PYTHONUSERBASE|NODE_PATH|NODE_OPTIONS)$/;
async function knownRuntime(env, argv, allowed) {
	const [program = ""] = argv;
	const given = programEnvironment(env, allowed);
	if (!interpreters.test(node_path.default.basename(program)) || Object.keys(given).some((name) => elsewhere.test(name))) return null;
	const file = await onPath(program, given["PATH"] ?? "");
	if (file === null) return null;
	const real = await (0, node_fs_promises.realpath)(file);
	const { size, mtimeMs } = await (0, node_fs_promises.stat)(real);
	const variables = require_light.sha256(JSON.stringify(Object.keys(given).toSorted().map((name) => [name, given[name]])));
	const machine = [
		process.platform,
		(0, node_os.arch)(),
		(0, node_os.release)(),
		(0, node_os.cpus)()[0]?.model ?? ""
	];
	return JSON.stringify([
		file,
		real,
		size,
		mtimeMs,
		await packageFolders(file),
		variables,
		machine
	]);
}
async function onPath(program, searched) {
	const places = node_path.default.isAbsolute(program) ? [program] : searched.split(node_path.default.delimiter).map((at) => node_path.default.join(at, program));
	if (!node_path.default.isAbsolute(program) && program !== node_path.default.basename(program)) return null;
	for (const place of places) if ((await (0, node_fs_promises.stat)(place).catch(() => null))?.isFile() === true) return place;
	return null;
}
async function packageFolders(file) {
	const library = node_path.default.join(node_path.default.dirname(file), "..", "lib");
	const found = [];
	for (const name of (await (0, node_fs_promises.readdir)(library).catch(() => [])).toSorted()) {
		if (!name.startsWith("python")) continue;
		for (const kind of ["site-packages", "dist-packages"]) {
			const folder = node_path.default.join(library, name, kind);
			const facts = await (0, node_fs_promises.stat)(folder).catch(() => null);
			if (facts !== null) found.push([folder, facts.mtimeMs]);
		}
	}
	return found;
}
// ../refit/src/adapters/learners/command/program-columns.ts
async function labelledColumns({ features, target, weights }, { name, classes }, weight) {
	const columns = await require_commands.inputColumns(features);
	columns.push(targetColumn(name, classes, target));
	if (weight === null) return columns;
	const values = weights ?? new Float64Array(features.rows).fill(1);
	return [...columns, {
		kind: "number",
		name: weight,
		type: "number",
		values
	}];
}
function targetColumn(name, classes, values) {
	if (classes === null) return {
		kind: "number",
		name,
		type: "number",
		values
	};
	if (typeof classes[0] === "string") return {
		kind: "text",
		name,
		type: "string",
		dictionary: classes.map(String),
		codes: Int32Array.from(values)
	};
	return {
		kind: "number",
		name,
		type: typeof classes[0] === "boolean" ? "boolean" : "number",
		values: values.map((code) => Number(classes[code]))
	};
}
function weightName(taken) {
	let name = "weight";
	while (taken.includes(name)) name += "_";
	return name;
}
// ../refit/src/adapters/learners/command/parquet/thrift.ts
var types = {
	flagOn: 1,
	flagOff: 2,
	int: 5,
	long: 6,
	text: 8,
	list: 9,
	fields: 12
};
function thriftBytes(fields) {
	const bytes = [];
	addFields(bytes, fields);
	return Buffer.from(bytes);
}
function addFields(bytes, fields) {
	let last = 0;
	for (const [field, value] of fields) {
		bytes.push(field - last << 4 | typeOf(value));
		addValue(bytes, value);
		last = field;
	}
	bytes.push(0);
}
function typeOf(value) {
	if ("int" in value) return types.int;
	if ("long" in value) return types.long;
	if ("text" in value) return types.text;
	if ("flag" in value) return value.flag ? types.flagOn : types.flagOff;
	return "list" in value ? types.list : types.fields;
}
function addValue(bytes, value) {
	if ("int" in value) addSigned(bytes, value.int);
	else if ("long" in value) addSigned(bytes, value.long);
	else if ("text" in value) {
		const text = Buffer.from(value.text);
		addVarint(bytes, text.length);
		for (const byte of text) bytes.push(byte);
	} else if ("list" in value) {
		const { list } = value;
		const type = list.length === 0 ? types.fields : typeOf(list[0]);
		if (list.length < 15) bytes.push(list.length << 4 | type);
		else {
			bytes.push(240 | type);
			addVarint(bytes, list.length);
		}
		for (const each of list) addValue(bytes, each);
	} else if ("fields" in value) addFields(bytes, value.fields);
}
var addSigned = (bytes, value) => addVarint(bytes, 2 * value);
function addVarint(bytes, value) {
	let rest = value;
	while (rest > 127) {
		bytes.push(rest % 128 | 128);
		rest = Math.floor(rest / 128);
	}
	bytes.push(rest);
}
// ../refit/src/adapters/learners/command/parquet/pages.ts
function columnPages(column) {
	return column.kind === "number" ? numberPages(column) : textPages(column);
}
function numberPages({ type, values }) {
	return (first, rows) => {
		const some = values.subarray(first, first + rows);
		const isMissing = (row) => Number.isNaN(some[row]);
		const known = knownNumbers(some);
		return {
			dictionary: null,
			pages: [{
				rows,
				isIndexed: false,
				bytes: [levels(rows, known.length, isMissing), plainNumbers[type](known)]
			}]
		};
	};
}
function knownNumbers(values) {
	if (!values.includes(NaN)) return values;
	const known = new Float64Array(values.length);
	let count = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i];
		if (!Number.isNaN(value)) known[count++] = value;
	}
	return known.subarray(0, count);
}
var plainNumbers = {
	number: bytesOf,
	integer: (known) => longs(known, 1),
	boolean: (known) => bits(known.length, (i) => known[i] !== 0),
	date: (known) => bytesOf(days(known)),
	datetime: (known) => longs(known, 1e3)
};
var day = 864e5;
function days(times) {
	const whole = new Int32Array(times.length);
	for (let i = 0; i < times.length; i++) whole[i] = Math.floor(times[i] / day);
	return whole;
}
function bytesOf({ buffer, byteOffset, byteLength }) {
	return new Uint8Array(buffer, byteOffset, byteLength);
}
function longs(values, factor) {
	const halves = new Int32Array(2 * values.length);
	for (let i = 0; i < values.length; i++) {
		const whole = Math.round(values[i]);
		const upper = Math.floor(whole / half);
		const lower = (whole - upper * half) * factor;
		const carried = Math.floor(lower / half);
		const high = upper * factor + carried;
		const isOver = high >= half / 2;
		halves[2 * i] = isOver ? -1 : lower - carried * half;
		halves[2 * i + 1] = isOver ? 2147483647 : high;
	}
	return bytesOf(halves);
}
var half = 4294967296;
var textsAtOnce = 1048576;
function textPages({ dictionary, codes }) {
	const places = new Int32Array(dictionary.length).fill(-1);
	return (first, rows) => {
		const some = codes.subarray(first, first + rows);
		const used = usedCodes(some, places);
		const placed = 2 * used.length <= rows && lengthOf(used, dictionary) <= textsAtOnce ? placesOf$4(some, places) : null;
		for (const code of used) places[code] = -1;
		if (placed === null) return {
			dictionary: null,
			pages: plainTexts(some, dictionary)
		};
		const present = levels(rows, placed.length, (row) => some[row] < 0);
		return {
			dictionary: {
				texts: used.length,
				bytes: Buffer.concat(used.map((code) => textBytes(dictionary[code])))
			},
			pages: [{
				rows,
				isIndexed: true,
				bytes: [present, indexes(placed, used.length)]
			}]
		};
	};
}
function usedCodes(codes, places) {
	const used = [];
	for (const code of codes) if (code >= 0 && places[code] === -1) places[code] = used.push(code) - 1;
	return used;
}
function placesOf$4(codes, places) {
	const placed = new Int32Array(codes.length);
	let count = 0;
	for (let i = 0; i < codes.length; i++) {
		const code = codes[i];
		if (code >= 0) placed[count++] = places[code];
	}
	return placed.subarray(0, count);
}
function lengthOf(codes, dictionary) {
	return codes.reduce((sum, code) => sum + dictionary[code].length, 0);
}
function textBytes(text) {
	const bytes = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
	bytes.writeUInt32LE(bytes.length - 4);
	bytes.write(text, 4);
	return bytes;
}
function* plainTexts(codes, dictionary) {
	let [first, size] = [0, 0];
	let texts = [];
	for (const [row, code] of codes.entries()) {
		if (code >= 0) {
			const bytes = textBytes(dictionary[code]);
			texts.push(bytes);
			size += bytes.length;
		}
		if (size < textsAtOnce && row < codes.length - 1) continue;
		const [rows, from] = [row + 1 - first, first];
		yield {
			rows,
			isIndexed: false,
			bytes: [levels(rows, texts.length, (i) => codes[from + i] < 0), Buffer.concat(texts)]
		};
		[first, size, texts] = [
			row + 1,
			0,
			[]
		];
	}
}
function indexes(places, texts) {
	const width = Math.max(1, 32 - Math.clz32(texts - 1));
	const eighths = Math.ceil(places.length / 8);
	const head = [width];
	addVarint(head, 2 * eighths + 1);
	const bytes = new Uint8Array(head.length + eighths * width);
	bytes.set(head);
	let [open, opened, at] = [
		0,
		0,
		head.length
	];
	for (const place of places) {
		open |= place << opened;
		for (opened += width; opened >= 8; opened -= 8) {
			bytes[at++] = open;
			open >>>= 8;
		}
	}
	bytes[at] = open;
	return bytes;
}
function levels(rows, known, isMissing) {
	const run = [];
	const isEven = known === rows || known === 0;
	addVarint(run, isEven ? 2 * rows : 2 * Math.ceil(rows / 8) + 1);
	if (isEven) run.push(known === 0 ? 0 : 1);
	const each = isEven ? new Uint8Array() : bits(rows, (row) => !isMissing(row));
	const size = Buffer.alloc(4);
	size.writeUInt32LE(run.length + each.length);
	return Buffer.concat([
		size,
		Buffer.from(run),
		each
	]);
}
function bits(count, isSet) {
	const bytes = new Uint8Array(Math.ceil(count / 8));
	for (let i = 0; i < count; i++) if (isSet(i)) bytes[i >> 3] |= 1 << (i & 7);
	return bytes;
}
// ../refit/src/adapters/learners/command/parquet/write-row-groups.ts
var groupRows$1 = 131072;
var magic = Buffer.from("PAR1");
async function writeRowGroups(file, columns, rows) {
	const handle = await (0, node_fs_promises.open)(file, "wx");
	try {
		const place = {
			handle,
			at: 0
		};
		await append(place, [magic]);
		const readers = columns.map(columnPages);
		const groups = [];
		for (let first = 0; first < rows; first += groupRows$1) groups.push(await writeGroup(place, {
			columns,
			readers
		}, first, Math.min(groupRows$1, rows - first)));
		const footer = thriftBytes([
			[1, { int: 1 }],
			[2, { list: [root(columns), ...columns.map(element)] }],
			[3, { long: rows }],
			[4, { list: groups }],
			[6, { text: "refit" }]
		]);
		const size = Buffer.alloc(4);
		size.writeUInt32LE(footer.length);
		await append(place, [
			footer,
			size,
			magic
		]);
	} finally {
		await handle.close();
	}
}
async function append(place, bytes) {
	let size = 0;
	for (const each of bytes) {
		await writeWhole(place.handle, each);
		size += each.length;
	}
	place.at += size;
	return size;
}
async function writeWhole(handle, bytes) {
	for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten;
}
async function writeGroup(place, { columns, readers }, first, rows) {
	const began = place.at;
	const described = [];
	for (const [i, column] of columns.entries()) described.push(await writeColumn(place, column, {
		pages: readers[i](first, rows),
		rows
	}));
	return { fields: [
		[1, { list: described }],
		[2, { long: place.at - began }],
		[3, { long: rows }]
	] };
}
var plain$3 = 0;
var runs = 3;
var dictionaryPlaces = 8;
async function writeColumn(place, column, { pages: { dictionary, pages }, rows }) {
	const began = place.at;
	if (dictionary !== null) {
		const about = [[1, { int: dictionary.texts }], [2, { int: plain$3 }]];
		await append(place, [pageHeader({
			type: 2,
			size: dictionary.bytes.length,
			field: 7,
			about
		}), dictionary.bytes]);
	}
	const data = place.at;
	for (const page of pages) await append(place, [dataHeader(page), ...page.bytes]);
	const size = place.at - began;
	const encodings = [
		plain$3,
		runs,
		...dictionary === null ? [] : [dictionaryPlaces]
	];
	const facts = [
		[1, { int: storage[column.type].physical }],
		[2, { list: encodings.map((int) => ({ int })) }],
		[3, { list: [{ text: column.name }] }],
		[4, { int: 0 }],
		[5, { long: rows }],
		[6, { long: size }],
		[7, { long: size }],
		[9, { long: data }],
		...dictionary === null ? [] : [[11, { long: began }]]
	];
	return { fields: [[2, { long: began }], [3, { fields: facts }]] };
}
function dataHeader({ rows, isIndexed, bytes }) {
	const about = [
		[1, { int: rows }],
		[2, { int: isIndexed ? dictionaryPlaces : plain$3 }],
		[3, { int: runs }],
		[4, { int: runs }]
	];
	return pageHeader({
		type: 0,
		size: bytes.reduce((sum, each) => sum + each.length, 0),
		field: 5,
		about
	});
}
function pageHeader({ type, size, field, about }) {
	return thriftBytes([
		[1, { int: type }],
		[2, { int: size }],
		[3, { int: size }],
		[field, { fields: about }]
	]);
}
var texts = {
	physical: 6,
	converted: 0,
	logical: [[1, { fields: [] }]]
};
var storage = {
	boolean: { physical: 0 },
	date: {
		physical: 1,
		converted: 6,
		logical: [[6, { fields: [] }]]
	},
	datetime: {
		physical: 2,
		converted: 10,
		logical: [[8, { fields: [[1, { flag: false }], [2, { fields: [[2, { fields: [] }]] }]] }]]
	},
	integer: { physical: 2 },
	number: { physical: 5 },
	string: texts,
	file: texts
};
var root = (columns) => ({ fields: [[4, { text: "rows" }], [5, { int: columns.length }]] });
function element({ name, type }) {
	const { physical, converted, logical } = storage[type];
	return { fields: [
		[1, { int: physical }],
		[3, { int: 1 }],
		[4, { text: name }],
		...converted === void 0 ? [] : [[6, { int: converted }]],
		...logical === void 0 ? [] : [[10, { fields: logical }]]
	] };
}
// ../refit/src/adapters/learners/command/write-rows.ts
async function writeRows({ path: file, columns, rows }) {
	await (file.endsWith(".csv") ? writeCsv(file, columns, rows) : writeRowGroups(file, columns, rows));
}
async function writeCsv(file, columns, rows) {
	const handle = await (0, node_fs_promises.open)(file, "wx");
	try {
		for (const text of csvOf(columns, rows)) await handle.write(text);
	} finally {
		await handle.close();
	}
}
// ../refit/src/adapters/learners/command/command-learner.ts
var command_learner_exports = require_rolldown_runtime.__exportAll({ commandLearner: () => commandLearner });
var storedFile$1 = "command.json";
var settledFile = "model/settled.json";
function commandLearner(machine) {
	const tools = {
		...machine,
		shelf: fileShelf()
	};
	return {
		...require_light.commandDescriptor,
		fit: (request) => fit(tools, request),
		async check({ onnx }) {
			if (onnx !== void 0) await require_commands.onnxRuntime(tools.folder ?? process.cwd());
		},
		settle,
		ignoresValidation: ({ validation }) => validation === false,
		load: async (files, limits) => predictorOf$1({
			tools,
			limits: limits ?? require_light.limitsOf({})
		}, files),
		async serve(files) {
			const predictor = predictorOf$1({
				tools,
				limits: require_light.limitsOf({})
			}, files);
			const { predict: program } = storedIn(files);
			if (program !== void 0) throw new NotServedError({ program });
			await require_commands.onnxRuntime(tools.folder ?? process.cwd());
			return predictor;
		},
		problemOf,
		runtime: async ({ train, environment, runner }) => runner === void 0 ? knownRuntime(tools.env, train, environment) : null,
		mayDiffer: ({ reproducible }) => reproducible ? "unproven" : "yes"
	};
}
async function fit(tools, request) {
	const { settings, train, validation, program, onProgress, onStarted, start, after } = request;
	if (program === void 0) throw new TypeError("the command learner needs the program's files");
	const { target, code } = program;
	const called = {
		step: "train",
		argv: settings.train
	};
	const stored = storedOf(request, require_commands.inputRowsOf(train.features).columns);
	const make = async (folder) => {
		const names = [...stored.columns.map(({ name }) => name), target.name];
		const weight = train.weights ?? validation.weights ? weightName(names) : null;
		const files = {
			train: fileOf(folder, "train", stored),
			validation: settings.validation === false ? null : fileOf(folder, "validation", stored)
		};
		for (const [file, part] of [[files.train, train], [files.validation, validation]]) {
			if (file === null) continue;
			await writeRows({
				path: file,
				columns: await tools.shelf.bring(await labelledColumns(part, target, weight), folder.root),
				rows: part.features.rows
			});
		}
		if (start !== void 0) await writeCopies(folder.champion, filesIn("model/", start));
		const about = aboutJob(stored, folder, limitsOfJob(settings));
		const champion = start === void 0 ? null : folder.champion;
		const job = {
			...about,
			step: "train",
			...files,
			champion,
			weight
		};
		const { train: argv, environment } = settings;
		await after;
		const ended = await callJob(tools, folder, {
			job,
			argv,
			environment,
			onProgress,
			onStarted,
			limits: settings
		});
		const model = await readModel(folder.model, called);
		if (ended !== null) checkCameBack(ended, new Map(below$1("model", model)), called);
		const { onnx } = settings;
		if (onnx !== void 0 && !model.has(onnx)) throw new require_light.CommandFailedError("no-model", called, `wrote no ${require_light.quoted(onnx)} into the model folder`);
		return new Map([
			...below$1("code", code),
			[storedFile$1, require_light.encodeText(`${storedText(stored)}\n`)],
			...below$1("model", model)
		]);
	};
	return withJobFolder(code, make, await sharedFolder(settings, called));
}
function storedOf({ settings, seed, task, program }, columns) {
	const { name, classes } = program.target;
	return {
		format: 1,
		...settings.predict && { predict: [...settings.predict] },
		...settings.onnx && { onnx: settings.onnx },
		rowsFormat: settings.rows,
		environment: [...settings.environment],
		seed,
		threads: settings.threads,
		settings: require_readers.settingRecord.parse(settings.settings),
		task,
		target: {
			name,
			classes
		},
		columns: [...columns]
	};
}
function problemOf(request, files) {
	const expected = storedOf(request, require_commands.inputRowsOf(request.train.features).columns);
	const stored = storedCommand.safeParse(jsonOf$1(files.get(storedFile$1) ?? new Uint8Array()));
	if (!(stored.success && withoutSettings(stored.data) === withoutSettings(expected))) return `${storedFile$1} is another one`;
	const code = new Map(below$1("code", request.program.code));
	const foreign = [...files].find(([file, bytes]) => {
		if (file === storedFile$1 || file.startsWith("model/")) return false;
		const own = code.get(file);
		return own === void 0 || Buffer.compare(own, bytes) !== 0;
	});
	if (foreign !== void 0) return `${require_light.quoted(foreign[0])} is not that of the base branch`;
	const missing = [...code.keys()].find((file) => !files.has(file));
	return missing === void 0 ? null : `${require_light.quoted(missing)} is missing`;
}
var withoutSettings = (stored) => storedText({
	...stored,
	settings: {}
});
var storedText = (stored) => require_light.canonicalJson(JSON.parse(JSON.stringify(stored)), 2);
function limitsOfJob({ timeoutMinutes, memoryMiB }) {
	return {
		timeoutMinutes,
		memoryMiB: memoryMiB ?? null
	};
}
function aboutJob(stored, folder, limits) {
	const { format, task, target, columns, rowsFormat, seed, threads, settings } = stored;
	return {
		format,
		task,
		target,
		columns,
		rowsFormat,
		model: folder.model,
		seed,
		threads,
		...limits,
		settings
	};
}
var fileOf = ({ root }, name, { rowsFormat }) => node_path.default.join(root, `${name}.${rowsFormat}`);
var below$1 = (folder, files) => [...files].map(([file, bytes]) => [`${folder}/${file}`, bytes]);
function settle(settings, files) {
	const bytes = files.get(settledFile);
	if (bytes === void 0 || settings.validation === false) return settings;
	return {
		...settings,
		settings: {
			...settings.settings,
			...settledOf$1(settings, bytes)
		}
	};
}
function settledOf$1({ train }, bytes) {
	const known = require_readers.settingRecord.safeParse(jsonOf$1(bytes));
	if (known.success) return known.data;
	throw new require_light.CommandFailedError("model-not-plain", {
		step: "train",
		argv: train
	}, "wrote a settled.json that is not a map of texts, numbers, booleans and lists of them");
}
function storedIn(files) {
	const known = storedCommand.safeParse(jsonOf$1(files.get(storedFile$1) ?? new Uint8Array()));
	if (known.success) return known.data;
	const [issue] = known.error.issues;
	throw new require_light.ArtifactInvalidError(`artifact/${storedFile$1}`, issue.path.join("."), "what a training writes");
}
function predictorOf$1(caller, files) {
	const stored = storedIn(files);
	const parts = {
		code: filesIn("code/", files),
		model: filesIn("model/", files)
	};
	if (parts.model.size === 0) throw new require_light.ArtifactInvalidError("artifact/model", "", "the files of a model");
	const { predict: argv } = stored;
	if (argv !== void 0) return {
		starts: true,
		predict: (features) => predict$2(caller, {
			...stored,
			predict: argv
		}, parts, features)
	};
	return require_commands.onnxPredictor(require_commands.programsOnnx(files), () => require_commands.onnxRuntime(caller.tools.folder ?? process.cwd()));
}
async function predict$2({ tools, limits }, stored, { code, model }, features) {
	if (features.rows === 0) return new Float64Array();
	const { target, task, environment } = stored;
	const called = {
		step: "predict",
		argv: stored.predict
	};
	const answer = async (folder) => {
		await writeTree(folder.model, model);
		const rows = fileOf(folder, "rows", stored);
		await writeRows({
			path: rows,
			columns: await tools.shelf.bring(await require_commands.inputColumns(features), folder.root),
			rows: features.rows
		});
		const predictions = node_path.default.join(folder.root, "predictions.csv");
		const ended = await callJob(tools, folder, {
			job: {
				...aboutJob(stored, folder, limitsOfJob(limits)),
				step: "predict",
				rows,
				predictions
			},
			argv: stored.predict,
			environment,
			limits
		});
		const text = await readPredictions(predictions, features.rows * (task === "multiclass" ? target.classes.length : 1), called);
		if (ended !== null) checkCameBack(ended, new Map([["predictions.csv", require_light.encodeText(text)]]), called);
		const answers = require_commands.readAnswers(text, {
			...target,
			task
		}, features.rows);
		if ("outcome" in answers) throw new require_light.CommandFailedError(answers.outcome, called, answers.what);
		return answers.values;
	};
	return withJobFolder(code, answer, await sharedFolder(limits, called));
}
function filesIn(folder, files) {
	return new Map([...files].flatMap(([file, bytes]) => file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : []));
}
function jsonOf$1(bytes) {
	try {
		return JSON.parse(require_light.decodeText(bytes));
	} catch {
		return null;
	}
}
// ../refit/src/adapters/learners/predictions/predictions-learner.ts
var predictions_learner_exports = require_rolldown_runtime.__exportAll({ predictionsLearner: () => predictionsLearner });
var predictionsFile = "predictions.csv";
var storedFile = "predictions.json";
var predictionsLearner = {
	...require_light.predictionsDescriptor,
	async fit({ settings, task, program }) {
		const { target, code } = program;
		const bytes = code.get(predictionsFile);
		const { name, classes } = target;
		const stored = {
			format: 1,
			task,
			target: {
				name,
				classes
			},
			key: [...settings.key]
		};
		const read = keyedOf(stored, bytes);
		if (typeof read === "string") throw new ImportInvalidError(`The file of predictions ${read}.`, "Import them once more.");
		const text = require_light.canonicalJson(JSON.parse(JSON.stringify(stored)), 2);
		return new Map([[predictionsFile, bytes], [storedFile, require_light.encodeText(`${text}\n`)]]);
	},
	settle: (settings) => settings,
	load: async (files) => predictorOf(files)
};
function predictorOf(files) {
	const stored = storedPredictions.safeParse(jsonOf(files.get(storedFile)));
	if (!stored.success) {
		const [issue] = stored.error.issues;
		throw new require_light.ArtifactInvalidError(`artifact/${storedFile}`, issue.path.join("."), issue.message);
	}
	const known = keyedOf(stored.data, files.get(predictionsFile) ?? new Uint8Array());
	if (typeof known === "string") throw new require_light.ArtifactInvalidError(`artifact/${predictionsFile}`, "", `predictions, but it ${known}`);
	const places = new Map(known.rows.map((row, i) => [row, i]));
	const width = widthOf(stored.data);
	const placesOf = async (features) => {
		const { read } = require_commands.inputRowsOf(features);
		const columns = [];
		for (const name of stored.data.key) columns.push(await read(name));
		return rowNames(columns, features.rows, require_light.sha256).map((name) => name === null ? void 0 : places.get(name));
	};
	return {
		async knows(features) {
			return Uint8Array.from(await placesOf(features), (place) => Number(place !== void 0));
		},
		async predict(features) {
			const values = new Float64Array(features.rows * width).fill(NaN);
			for (const [row, place] of (await placesOf(features)).entries()) if (place !== void 0) values.set(known.values.subarray(place * width, (place + 1) * width), row * width);
			return values;
		}
	};
}
function keyedOf(stored, bytes) {
	return readPredictionsText(require_light.decodeText(bytes), widthOf(stored), stored.task === "regression");
}
var widthOf = ({ task, target }) => task === "multiclass" ? target.classes.length : 1;
function jsonOf(bytes) {
	try {
		return bytes === void 0 ? null : JSON.parse(require_light.decodeText(bytes));
	} catch {
		return null;
	}
}
// ../tabular/src/model-json.ts
var MODEL_FILE = "model.json";
function readModelFile(files, check, newest = 1) {
	return require_light.readJson(MODEL_FILE, files.get(MODEL_FILE), newest, check);
}
// ../tabular/src/model-header.ts
var MOST_LEVELS = 254;
function outputsOf({ task, classes }) {
	return task === "multiclass" ? classes : 1;
}
function describeFeatures({ columns }) {
	return columns.map((column) => ({
		kind: column.kind,
		name: column.name,
		levels: levelsOf(column)
	}));
}
function levelsOf(column) {
	return column.kind === "numeric" ? 0 : column.levels;
}
function headerChecks(header, learner, format = 1) {
	return {
		format: require_light.integer(format, format),
		learner: require_light.wordOf(learner),
		task: require_commands.taskCheck,
		classes: (value) => {
			const [least, most] = classCounts[header.task];
			return require_light.integer(least, most)(value, 0);
		},
		features: require_light.list(featureCheck(new Set()))
	};
}
var classCounts = {
	binary: [2, 2],
	multiclass: [3, 1e6],
	regression: [0, 0]
};
function featureCheck(names) {
	return (value) => {
		const { kind, name } = Object(value);
		const isKnown = require_light.fits("a name that no other feature has", () => names.size < names.add(name).size);
		return require_light.exactly({
			kind: require_light.wordOf("numeric", "categorical"),
			levels: require_light.integer(0, kind === "categorical" ? MOST_LEVELS : 0),
			name: (given) => require_light.text(given, 0) ?? isKnown(given, 0)
		})(value, 0);
	};
}
function checkFeatures(matrix, features) {
	const { columns } = matrix;
	const fail = (field, found) => {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, field, `${found}, as in the rows to predict`);
	};
	if (columns.length !== features.length) fail("features", `${columns.length} features`);
	for (let i = 0; i < columns.length; i++) if (!isOf(columns[i], features[i])) fail(`features[${i}]`, JSON.stringify(describeFeatures(matrix)[i]));
}
function isOf(column, { kind, name, levels }) {
	return column.kind === kind && column.name === name && levelsOf(column) === levels;
}
// ../tabular/src/gbdt/split-rule.ts
function routeBins(rule, goesLeft) {
	goesLeft.fill(0);
	if (rule.kind === "numeric") {
		goesLeft.fill(1, 1, rule.lastLeft + 1);
		goesLeft[0] = rule.missingLeft ? 1 : 0;
	} else for (const code of rule.codes) goesLeft[code] = 1;
}
var NO_THRESHOLD = Number.MAX_VALUE;
function storedRule(rule, column) {
	if (rule.kind === "categorical") return rule.codes;
	return column.edges[rule.lastLeft - 1] ?? NO_THRESHOLD;
}
function clip(score) {
	return Math.max(-30, Math.min(30, score));
}
function logistic(score) {
	return 1 / (1 + require_light.portableExp(-clip(score)));
}
function softmaxRow(scores, row, out, at) {
	let highest = -Infinity;
	for (const ofClass of scores) highest = Math.max(highest, ofClass[row]);
	let total = 0;
	for (let k = 0; k < scores.length; k++) {
		const weight = require_light.portableExp(Math.max(-60, scores[k][row] - highest));
		out[at + k] = weight;
		total += weight;
	}
	for (let k = 0; k < scores.length; k++) out[at + k] /= total;
}
function logisticLoss(score, happened) {
	return Math.max(score, 0) - score * happened + Math.log1p(Math.exp(-Math.abs(score)));
}
function logSumExp(scores, row) {
	let highest = -Infinity;
	for (const ofClass of scores) highest = Math.max(highest, ofClass[row]);
	let total = 0;
	for (const ofClass of scores) total += Math.exp(ofClass[row] - highest);
	return highest + Math.log(total);
}
function applyLink(task, scores) {
	const first = scores[0];
	if (task === "regression") return first;
	if (task === "binary") return first.map(logistic);
	const out = new Float64Array(first.length * scores.length);
	for (let row = 0; row < first.length; row++) softmaxRow(scores, row, out, row * scores.length);
	return out;
}
// ../tabular/src/gbdt/model-file.ts
var MOST_SPLITS = 1e6;
function writeGbdt({ task, classes, features, base, rounds, link }) {
	const model = {
		...link === void 0 ? { format: 1 } : {
			format: 2,
			link
		},
		learner: "gbdt",
		task,
		classes,
		features: features.map(plain$2),
		base,
		trees: rounds.map((round) => round.map(plain$2))
	};
	return new Map([[MODEL_FILE, new TextEncoder().encode(`${require_light.canonicalJson(model)}\n`)]]);
}
function plain$2(value) {
	return { ...value };
}
function readGbdt(files) {
	const stored = readModelFile(files, modelCheck, 2);
	return {
		...stored,
		rounds: stored.trees
	};
}
function modelCheck(value) {
	const model = Object(value);
	const { base, trees, link } = model;
	const ofOutputs = (item) => require_light.list(item, outputsOf(model));
	const wrong = require_light.exactly({
		...headerChecks(model, "gbdt", link === void 0 ? 1 : 2),
		base: (given) => ofOutputs(require_light.finite())(given, 0),
		trees: (given) => require_light.list(ofOutputs(treeCheck(model.features)))(given, 0),
		...link !== void 0 && { link: require_light.wordOf("log") }
	})(value, 0);
	if (wrong !== void 0) return wrong;
	const bound = base.map((score, output) => trees.reduce((sum, round) => sum + largest(round[output].leaf), Math.abs(score)));
	if (!bound.every(Number.isFinite)) return [".trees", "leaf values whose sum is a finite number"];
	if (link === void 0) return void 0;
	if (model.task !== "regression") return [".task", "regression, which alone has a link"];
	return bound.map(require_light.portableExp).every(Number.isFinite) ? void 0 : [".trees", "leaf values that e^sum is finite for"];
}
var largest = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
function treeCheck(features) {
	const rules = features.map(({ kind, levels }) => kind === "numeric" ? require_light.finite() : codesCheck(levels + 1));
	const sides = features.map(({ kind }) => require_light.integer(0, kind === "numeric" ? 1 : 0));
	const places = require_light.list(require_light.integer(0, features.length - 1));
	return (value) => {
		const { column } = Object(value);
		const splits = Object(column).length;
		const children = childrenCheck(splits);
		return require_light.exactly({
			column: (given) => splits > MOST_SPLITS ? ["", `at most ${MOST_SPLITS} splits`] : places(given, 0),
			leaf: require_light.list(require_light.finite(), splits + 1),
			rule: require_light.list((rule, split) => rules[column[split]](rule, 0), splits),
			missingLeft: require_light.list((side, split) => sides[column[split]](side, 0), splits),
			left: children,
			right: children
		})(value, 0);
	};
}
function codesCheck(last) {
	const codes = require_light.list(require_light.integer(0, last));
	const ascend = require_light.fits("codes in ascending order", (value) => value.every((code, i, all) => i === 0 || code > all[i - 1]));
	return (value) => codes(value, 0) ?? ascend(value, 0);
}
function childrenCheck(splits) {
	const any = require_light.integer(-1 - splits, splits - 1);
	const taken = new Set();
	return require_light.list((child, split) => {
		const wrong = any(child, 0);
		if (wrong !== void 0) return wrong;
		if (child >= 0 && child <= split) return ["", `a leaf, or a split after ${split}`];
		return taken.size < taken.add(child).size ? void 0 : ["", "a child that no other split has"];
	}, splits);
}
// ../tabular/src/linear/design.ts
var INPUT_LIMIT = 1e6;
function layOut(features, means, deviations) {
	const offsets = [];
	let width = 1;
	for (const { kind, levels } of features) {
		offsets.push(width);
		width += kind === "numeric" ? 2 : levels + 2;
	}
	return {
		offsets,
		width,
		means,
		deviations
	};
}
function moments(values, weights) {
	let total = 0;
	let sum = 0;
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (!Number.isFinite(value)) continue;
		const weight = weights === void 0 ? 1 : weights[row];
		total += weight;
		sum += weight * value;
	}
	if (total === 0) return [0, 0];
	const mean = sum / total;
	let squares = 0;
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (!Number.isFinite(value)) continue;
		squares += (weights === void 0 ? 1 : weights[row]) * (value - mean) * (value - mean);
	}
	const deviation = Math.sqrt(squares / total);
	return [mean, deviation > 1e-12 * Math.abs(mean) ? deviation : 0];
}
function multiply(design, { columns }, weights, scores) {
	scores.fill(weights[0]);
	for (const [index, column] of columns.entries()) addColumn(design, {
		column,
		index
	}, weights, scores);
}
function addColumn(design, { column, index }, weights, scores) {
	const at = design.offsets[index];
	if (column.kind === "numeric") {
		const mean = design.means[index];
		const scale = scaleOf(design.deviations[index]);
		const slope = weights[at];
		const ifMissing = weights[at + 1];
		const { values } = column;
		for (let row = 0; row < values.length; row++) {
			const value = values[row];
			scores[row] += Number.isFinite(value) ? slope * standardised(value, mean, scale) : ifMissing;
		}
	} else {
		const table = new Float64Array(256);
		table.set(weights.subarray(at, at + column.levels + 2));
		const { codes } = column;
		for (let row = 0; row < codes.length; row++) scores[row] += table[codes[row]];
	}
}
function multiplyTransposed(design, { columns }, residuals, gradient) {
	gradient[0] = residuals.reduce((sum, residual) => sum + residual, 0);
	for (const [index, column] of columns.entries()) {
		const at = design.offsets[index];
		if (column.kind === "numeric") {
			const mean = design.means[index];
			const scale = scaleOf(design.deviations[index]);
			const { values } = column;
			let slope = 0;
			let ifMissing = 0;
			for (let row = 0; row < values.length; row++) {
				const value = values[row];
				if (Number.isFinite(value)) slope += residuals[row] * standardised(value, mean, scale);
				else ifMissing += residuals[row];
			}
			gradient[at] = slope;
			gradient[at + 1] = ifMissing;
		} else {
			const table = new Float64Array(256);
			const { codes } = column;
			for (let row = 0; row < codes.length; row++) table[codes[row]] += residuals[row];
			gradient.set(table.subarray(0, column.levels + 2), at);
		}
	}
}
function scaleOf(deviation) {
	return deviation < 1e-300 ? 0 : 1 / deviation;
}
function standardised(value, mean, scale) {
	return Math.max(-1e6, Math.min(INPUT_LIMIT, (value - mean) * scale));
}
// ../tabular/src/linear/model-file.ts
function writeLinear({ task, classes, features, design, weights }) {
	const model = {
		format: 1,
		learner: "linear",
		task,
		classes,
		features: features.map((feature) => ({ ...feature })),
		means: design.means,
		deviations: design.deviations,
		weights: weights.map((ofOutput) => Array.from(ofOutput))
	};
	return new Map([[MODEL_FILE, new TextEncoder().encode(`${require_light.canonicalJson(model)}\n`)]]);
}
function readLinear(files) {
	let design;
	const stored = readModelFile(files, (value, index) => {
		const model = Object(value);
		const ofFeatures = (item) => (each) => require_light.list(item, model.features.length)(each, 0);
		return require_light.exactly({
			...headerChecks(model, "linear"),
			means: ofFeatures(require_light.finite()),
			deviations: ofFeatures(require_light.finite(0)),
			weights: (weights) => {
				design = layOut(model.features, model.means, model.deviations);
				return require_light.list(weightsCheck(design.width), outputsOf(model))(weights, 0);
			}
		})(value, index);
	});
	return {
		...stored,
		design,
		weights: stored.weights.map((ofOutput) => Float64Array.from(ofOutput))
	};
}
function weightsCheck(width) {
	const isBounded = require_light.fits("weights whose predictions are finite numbers", (value) => Number.isFinite(value.reduce((sum, weight) => sum + INPUT_LIMIT * Math.abs(weight), 0)));
	return (value) => require_light.list(require_light.finite(), width)(value, 0) ?? isBounded(value, 0);
}
// ../tabular/src/auto/members.ts
var MOST_MEMBERS = 3;
var folderOf = (place) => `${place + 1}/`;
function readMembers(files, also = () => void 0) {
	const check = (value, index) => blendCheck(value) ?? also(value, index);
	const { members, ...rest } = readModelFile(files, check);
	return {
		...rest,
		members: members.map(({ share, settings }, place) => ({
			share,
			settings,
			model: filesOf$2(files, place)
		}))
	};
}
function blendCheck(value) {
	const wholeShares = require_light.fits("shares that add up to 1", (members) => {
		const total = members.reduce((sum, { share }) => sum + share, 0);
		return Math.abs(total - 1) <= 1e-9;
	});
	return require_light.exactly({
		...headerChecks(value, "auto"),
		members: (members) => several(members, 0) ?? require_light.list(memberCheck)(members, 0) ?? wholeShares(members, 0),
		training: () => void 0
	})(value, 0);
}
var several = (members) => {
	const { length } = Object(members);
	return require_light.integer(1, MOST_MEMBERS)(length, 0) && ["", `1 to ${MOST_MEMBERS} models`];
};
var memberCheck = (member) => require_light.exactly({
	settings: require_light.fits("the settings of `gbdt` or `linear`", isOfLearner),
	share: require_light.finite(0, 1)
})(member, 0);
var isOfLearner = (settings) => ["gbdt", "linear"].includes(Object(settings).learner);
function filesOf$2(files, place) {
	const folder = folderOf(place);
	return new Map([...files].flatMap(([file, bytes]) => file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : []));
}
// ../tabular/src/auto/read-chosen.ts
var descriptors = {
	gbdt: require_light.gbdtDescriptor,
	linear: require_light.linearDescriptor
};
function readChosen(stored) {
	if (!Array.isArray(stored)) return [];
	return stored.flatMap((each) => {
		if (!isMap(each) || !isMap(each["settings"])) return [];
		const settings = memberSettings(each["settings"]);
		const { share } = each;
		return settings !== null && typeof share === "number" && share > 0 && share <= 1 ? [{
			share,
			settings
		}] : [];
	});
}
function memberSettings({ learner, ...given }) {
	if (learner !== "gbdt" && learner !== "linear") return null;
	const all = descriptors[learner].settings;
	const known = Object.entries(all).filter(([, setting]) => setting.default !== void 0);
	if (Object.keys(given).length !== known.length) return null;
	if (!known.every(([key, setting]) => isIn(given[key], setting))) return null;
	return {
		learner,
		...given
	};
}
function isIn(value, setting) {
	if (typeof value !== "number" || setting.type !== "integer" && setting.type !== "number") return false;
	const { minimum, exclusiveMinimum, maximum } = setting;
	return (setting.type === "number" || Number.isInteger(value)) && value >= (minimum ?? -Infinity) && value > (exclusiveMinimum ?? -Infinity) && value <= (maximum ?? Infinity);
}
function isMap(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
// ../tabular/src/auto/model-file.ts
function writeAuto({ task, classes, features, members, training }) {
	const stored = {
		format: 1,
		learner: "auto",
		task,
		classes,
		features: features.map((feature) => ({ ...feature })),
		members: members.map(({ share, settings }) => ({
			share,
			settings: { ...settings }
		})),
		training: JSON.parse(JSON.stringify(training))
	};
	const files = members.flatMap(({ model }, place) => [...model].map(([file, bytes]) => [`${folderOf(place)}${file}`, bytes]));
	return new Map([[MODEL_FILE, new TextEncoder().encode(`${require_light.canonicalJson(stored)}\n`)], ...files]);
}
function readAuto(files) {
	return readMembers(files, ownChecks);
}
var ownChecks = (value) => require_light.fields({
	members: require_light.list(require_light.fields({ settings: require_light.fits("the settings of `gbdt` or `linear`", (settings) => memberSettings(Object(settings)) !== null) })),
	training: require_light.fits("days, rows or halfLifeDays, above 0", isWindow)
})(value, 0);
function isWindow(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) && Object.entries(value).every(([key, given]) => [
		"days",
		"rows",
		"halfLifeDays"
	].includes(key) && typeof given === "number" && given > 0);
}
// ../refit/src/adapters/learners/tfjs/arrange-network.ts
var firstLevel = 2;
function arrangeNetwork(files, was, is) {
	const moves = new Map(is.filter((feature) => feature.kind === "categorical").map(({ name, levels }, i) => {
		const before = was.find((each) => each.name === name);
		const places = before?.kind === "categorical" ? levels.map((level) => before.levels.indexOf(level)) : [];
		return [`embedding${i}/embeddings`, places];
	}));
	if ([...moves.values()].every((places) => places.every((place, i) => place === i))) return files;
	const { weights } = JSON.parse(require_light.decodeText(files.get("model.json")));
	const before = files.get("weights.bin");
	const after = before.slice();
	let start = 0;
	for (const { name, shape } of weights) {
		const places = moves.get(name);
		const width = 4 * (shape[1] ?? 0);
		const rowAt = (row) => start + (row + firstLevel) * width;
		for (const [row, place] of (places ?? []).entries()) after.set(before.subarray(rowAt(place), rowAt(place + 1)), rowAt(row));
		start += 4 * shape.reduce((product, size) => product * size, 1);
	}
	return new Map([...files, ["weights.bin", after]]);
}
// ../refit/src/adapters/learners/tfjs/serve-network.ts
async function serveNetwork(files) {
	const { tfjs } = await import((0, node_url.pathToFileURL)(require_commands.mainFile()).href);
	return tfjs.load(files);
}
// ../refit/src/adapters/learners/tfjs/tfjs-learner.ts
var tfjs_learner_exports = require_rolldown_runtime.__exportAll({ tfjsLearner: () => tfjsLearner });
function tfjsLearner(tools) {
	return {
		...require_light.tfjsDescriptor,
		async fit({ onProgress, onStarted, after, ...request }) {
			const { files } = await call(tools, {
				step: "fit",
				request: plain$1(request)
			}, {
				onProgress,
				onStarted,
				after
			});
			return files;
		},
		async check({ backend }) {
			if (backend === "node") await call(tools, {
				step: "check",
				backend
			});
			else require_commands.callFile();
		},
		ignoresValidation: ({ earlyStoppingEpochs }) => earlyStoppingEpochs === 0,
		settle: (settings, files) => require_light.settledNetwork(settings, require_light.decodeText(files.get("model.json"))),
		arrange: arrangeNetwork,
		load: async (files) => ({ predict: (features) => predict$1(tools, files, features) }),
		serve: serveNetwork,
		mayDiffer: ({ code, backend }) => code.length > 0 || backend === "node" ? "unproven" : void 0,
		problemOf: ({ program }, files) => codeProblem(program?.code ?? new Map(), files)
	};
}
async function predict$1(tools, files, features) {
	if (features.rows === 0) return new Float64Array();
	const { predictions } = await call(tools, {
		step: "predict",
		files,
		features: withoutInputs(features)
	});
	return predictions;
}
function plain$1({ train, validation, ...request }) {
	const part = ({ features, ...rest }) => ({
		...rest,
		features: withoutInputs(features)
	});
	return {
		...request,
		train: part(train),
		validation: part(validation)
	};
}
var withoutInputs = ({ rows, columns }) => ({
	rows,
	columns
});
function codeProblem(code, files) {
	const stored = [...files].filter(([file]) => file !== "model.json" && file !== "weights.bin");
	const isOwn = ([file, bytes]) => {
		const own = code.get(file.replace(/^code\//, ""));
		return file.startsWith("code/") && own !== void 0 && Buffer.compare(own, bytes) === 0;
	};
	return stored.length === code.size && stored.every(isOwn) ? null : "its code is not that of the base branch";
}
var timeoutMinutes = 1440;
async function call(tools, asked, { onProgress = () => {}, onStarted, after } = {}) {
	const argv = [process.execPath, require_commands.callFile()];
	return withJobFolder(new Map(), async ({ root, code, temporary }) => {
		const [question, answer] = [node_path.default.join(root, "call.bin"), node_path.default.join(root, "answer.bin")];
		await (0, node_fs_promises.writeFile)(question, (0, node_v8.serialize)(asked));
		await after;
		const env = {
			...programEnvironment(tools.env, []),
			...steadyVariables(1, 0),
			REFIT_JOB: question,
			TMPDIR: temporary
		};
		const relay = relayOutput({
			secrets: secretValues(tools.env, []),
			onLine: () => {},
			onProgress
		});
		const program = {
			step: asked.step === "predict" ? "predict" : "train",
			argv: [
				...argv,
				question,
				answer
			],
			learner: require_light.tfjsDescriptor.name
		};
		const limits = {
			timeoutMinutes,
			memoryMiB: null,
			folder: root,
			onStarted
		};
		await callProgram({
			program,
			cwd: code,
			env,
			marker: `REFIT_JOB=${question}`,
			...limits
		}, relay);
		const told = await readAnswer(answer, asked.step);
		if (told === null) throw new require_light.CommandFailedError("exit-code", program, "ended without an answer");
		if (told.error !== void 0) throw errorOf(told.error, program);
		return told;
	});
}
async function readAnswer(file, step) {
	let told;
	try {
		told = Object((0, node_v8.deserialize)(await (0, node_fs_promises.readFile)(file)));
	} catch {
		return null;
	}
	const { error, files, predictions } = told;
	if (typeof error === "object" && error !== null) return { error };
	if (step === "predict") return predictions instanceof Float64Array ? { predictions } : null;
	if (step === "check") return {};
	return files instanceof Map && [...files.values()].every((bytes) => bytes instanceof Uint8Array) && files.has("model.json") ? { files } : null;
}
var kinds = {
	"artifact-invalid": require_light.ArtifactInvalidError,
	"format-newer": require_light.FormatNewerError,
	"learner-diverged": require_light.LearnerDivergedError,
	"learner-missing": require_light.LearnerMissingError,
	"network-invalid": require_light.NetworkInvalidError
};
function errorOf(parts, program) {
	const known = kinds[String(parts["code"])];
	if (known === void 0) return new require_light.CommandFailedError("exit-code", program, `failed: ${String(parts["message"])}`);
	const { message, ...fields } = parts;
	const error = Object.create(known.prototype);
	Object.defineProperty(error, "message", { value: message });
	Error.captureStackTrace(error);
	return Object.assign(error, fields);
}
// ../core/src/statistics/resampling/quantile.ts
function quantile(sorted, probability) {
	if (sorted.length === 0) return NaN;
	const place = probability * (sorted.length - 1);
	const below = Math.floor(place);
	const low = sorted[below];
	const high = sorted[Math.min(below + 1, sorted.length - 1)];
	return low === high ? low : low + (place - below) * (high - low);
}
// ../core/src/statistics/measure-decline.ts
var mostUndefined$1 = .01;
function measureDecline(request) {
	const { before } = request;
	return "value" in before ? declineFrom(before, request) : declineBetween(before, request);
}
function declineFrom(before, request) {
	const { metric, task, classes, settings = {}, now, seed, replicates = 1e3 } = request;
	const definition = require_commands.metricOf(metric, settings);
	const input = {
		task,
		classes,
		settings,
		...now
	};
	const is = definition.evaluate(input);
	if (is === void 0) return null;
	const ofNow = definition.prepare(input);
	const { values, undefinedCount } = require_commands.poissonBootstrap({
		rows: now.target.length,
		replicates,
		seed,
		...now.weights && { weights: now.weights },
		statistic(counts) {
			const drawn = ofNow(counts);
			return drawn === void 0 ? void 0 : require_commands.improvement(definition, before.value, drawn);
		}
	});
	if (values.length === 0 || undefinedCount > mostUndefined$1 * replicates) return null;
	const change = require_commands.improvement(definition, before.value, is);
	const widened = Math.sqrt(1 + now.target.length / before.rows);
	const upper = change + (quantile(values, .95) - change) * widened;
	return {
		metric,
		before: before.value,
		now: is,
		rows: now.target.length,
		upper
	};
}
function declineBetween(before, request) {
	const { metric, task, classes, settings = {}, now, seed, replicates = 1e3 } = request;
	const definition = require_commands.metricOf(metric, settings);
	const [first, second] = [before, now].map((rows) => ({
		task,
		classes,
		settings,
		...rows
	}));
	const [was, is] = [definition.evaluate(first), definition.evaluate(second)];
	if (was === void 0 || is === void 0) return null;
	const [ofBefore, ofNow] = [definition.prepare(first), definition.prepare(second)];
	const split = before.target.length;
	const weights = before.weights && now.weights && Float64Array.of(...before.weights, ...now.weights);
	const { values, undefinedCount } = require_commands.poissonBootstrap({
		rows: split + now.target.length,
		replicates,
		seed,
		...weights && { weights },
		statistic(counts) {
			const [a, b] = [ofBefore(counts.subarray(0, split)), ofNow(counts.subarray(split))];
			return a === void 0 || b === void 0 ? void 0 : require_commands.improvement(definition, a, b);
		}
	});
	if (values.length === 0 || undefinedCount > mostUndefined$1 * replicates) return null;
	return {
		metric,
		before: was,
		now: is,
		rows: now.target.length,
		upper: quantile(values, .95)
	};
}
// ../core/src/statistics/multiplicity/harmonic-alpha.ts
function harmonicAlpha(alpha, look) {
	return alpha * 6 / (Math.PI * Math.PI * look * look);
}
// ../core/src/statistics/resampling/median.ts
function median(values) {
	return quantile(values.slice().sort(), .5);
}
// ../core/src/statistics/resampling/ratio-of-medians.ts
function ratioOfMedians(numerator, denominator, { seed, replicates = 2e3 }) {
	const ratios = new Float64Array(replicates);
	for (let replicate = 0; replicate < replicates; replicate++) {
		const next = require_commands.randomBits(seed, replicate);
		ratios[replicate] = median(resampled(numerator, next)) / median(resampled(denominator, next));
	}
	ratios.sort();
	return {
		ratio: median(numerator) / median(denominator),
		interval: [quantile(ratios, .05), quantile(ratios, .95)]
	};
}
function resampled(values, next) {
	return values.map(() => values[Math.floor(next() / 4294967296 * values.length)]);
}
// ../refit/src/adapters/resampling/program.ts
var resamplingProgram = "\"use strict\";\n\n// packages/refit/src/adapters/resampling/worker.ts\nvar import_node_worker_threads = require(\"node:worker_threads\");\n\n// packages/core/src/spec/metric-names.ts\nvar metricNames = [\n  \"rocAuc\",\n  \"prAuc\",\n  \"logLoss\",\n  \"brier\",\n  \"ece\",\n  \"accuracy\",\n  \"balancedAccuracy\",\n  \"f1\",\n  \"f1Macro\",\n  \"f1Weighted\",\n  \"mcc\",\n  \"precision\",\n  \"recall\",\n  \"mae\",\n  \"rmse\",\n  \"r2\",\n  \"mape\",\n  \"pinball\",\n  \"poissonDeviance\"\n];\nfunction isBuiltIn(name) {\n  return metricNames.includes(name);\n}\nvar binaryMetrics = [\n  \"rocAuc\",\n  \"prAuc\",\n  \"logLoss\",\n  \"brier\",\n  \"ece\",\n  \"accuracy\",\n  \"balancedAccuracy\",\n  \"f1\",\n  \"mcc\",\n  \"precision\",\n  \"recall\"\n];\nvar multiclassMetrics = [\n  \"logLoss\",\n  \"accuracy\",\n  \"balancedAccuracy\",\n  \"f1Macro\",\n  \"f1Weighted\",\n  \"mcc\"\n];\nvar regressionMetrics = [\"mae\", \"rmse\", \"r2\", \"mape\", \"pinball\", \"poissonDeviance\"];\nvar metricsOfTask = {\n  binary: binaryMetrics,\n  multiclass: multiclassMetrics,\n  regression: regressionMetrics\n};\n\n// packages/core/src/statistics/resampling/sorted-order.ts\nvar FEW = 1024;\nfunction sortedOrder(values) {\n  const order = new Uint32Array(values.length);\n  for (let row = 0; row < order.length; row++) {\n    if (Number.isNaN(values[row])) throw new RangeError(\"NaN has no rank\");\n    order[row] = row;\n  }\n  if (isAscending(values)) return order;\n  return order.length <= FEW ? order.sort((a, b) => values[a] - values[b] || a - b) : radixSorted(order, values);\n}\nfunction isAscending(values) {\n  for (let row = 1; row < values.length; row++) if (values[row - 1] > values[row]) return false;\n  return true;\n}\nvar WORDS = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? [0, 1, 2, 3] : [3, 2, 1, 0];\nfunction radixSorted(order, values) {\n  const words = new Uint16Array(ascendingBits(values).buffer);\n  const starts = new Uint32Array(65536);\n  let [sorted, next] = [order, new Uint32Array(order.length)];\n  for (const word of WORDS) {\n    starts.fill(0);\n    for (let at = word; at < words.length; at += 4) starts[words[at]]++;\n    if (starts[words[word]] === sorted.length) continue;\n    let start = 0;\n    for (let digit = 0; digit < starts.length; digit++) {\n      const count = starts[digit];\n      starts[digit] = start;\n      start += count;\n    }\n    for (let place = 0; place < sorted.length; place++) {\n      const row = sorted[place];\n      next[starts[words[4 * row + word]]++] = row;\n    }\n    [sorted, next] = [next, sorted];\n  }\n  return sorted;\n}\nfunction ascendingBits(values) {\n  const bits = new Uint32Array(values.map((value) => value + 0).buffer);\n  const high = WORDS[3] >> 1;\n  for (let at = 0; at < bits.length; at += 2) {\n    const isNegative = bits[at + high] >>> 31 === 1;\n    bits[at + high] ^= isNegative ? 4294967295 : 2147483648;\n    if (isNegative) bits[at + 1 - high] ^= 4294967295;\n  }\n  return bits;\n}\n\n// packages/core/src/metrics/calibration.ts\nvar bins = 10;\nfunction prepareCalibrationError({ target, predictions }) {\n  const order = sortedOrder(predictions);\n  const gaps = Float64Array.from(order, (row) => target[row] - predictions[row]);\n  return (weights) => {\n    let total = 0;\n    let error = 0;\n    for (let bin = 0; bin < bins; bin++) {\n      const end = binStart(bin + 1, order.length);\n      let gap = 0;\n      for (let place = binStart(bin, order.length); place < end; place++) {\n        const weight = weights[order[place]];\n        total += weight;\n        gap += weight * gaps[place];\n      }\n      error += Math.abs(gap);\n    }\n    return total > 0 ? error / total : void 0;\n  };\n}\nfunction binStart(bin, rows) {\n  return bin * Math.floor(rows / bins) + Math.min(bin, rows % bins);\n}\n\n// packages/core/src/metrics/classification.ts\nfunction ratio(part, whole) {\n  return whole > 0 ? part / whole : void 0;\n}\nfunction hits({ cells, classes }, label) {\n  return cells[label * classes + label];\n}\nvar precisionOf = (confusion, label) => ratio(hits(confusion, label), confusion.predicted[label]);\nvar recallOf = (confusion, label) => ratio(hits(confusion, label), confusion.actual[label]);\nvar f1Of = (confusion, label) => ratio(2 * hits(confusion, label), confusion.actual[label] + confusion.predicted[label]);\nfunction accuracy(confusion) {\n  let right = 0;\n  for (let label = 0; label < confusion.classes; label++) right += hits(confusion, label);\n  return ratio(right, confusion.total);\n}\nfunction balancedAccuracy(confusion) {\n  let sum = 0;\n  let present = 0;\n  for (let label = 0; label < confusion.classes; label++) {\n    if (confusion.actual[label] === 0) continue;\n    sum += recallOf(confusion, label);\n    present++;\n  }\n  if (confusion.actual[confusion.classes] > 0) present++;\n  return ratio(sum, present);\n}\nfunction macroAverage(confusion, perClass) {\n  let sum = 0;\n  let seen = 0;\n  for (let label = 0; label < confusion.classes; label++) {\n    if (confusion.actual[label] + confusion.predicted[label] === 0) continue;\n    sum += perClass(confusion, label) ?? 0;\n    seen++;\n  }\n  if (confusion.actual[confusion.classes] > 0) seen++;\n  return ratio(sum, seen);\n}\nfunction weightedAverage(confusion, perClass) {\n  let sum = 0;\n  for (let label = 0; label < confusion.classes; label++) {\n    sum += confusion.actual[label] * (perClass(confusion, label) ?? 0);\n  }\n  return ratio(sum, confusion.total);\n}\nfunction matthewsCorrelation(confusion) {\n  const { actual, predicted, total, classes } = confusion;\n  let right = 0;\n  let product = 0;\n  let actualSquares = actual[classes] * actual[classes];\n  let predictedSquares = 0;\n  for (let label = 0; label < classes; label++) {\n    right += hits(confusion, label);\n    product += actual[label] * predicted[label];\n    actualSquares += actual[label] * actual[label];\n    predictedSquares += predicted[label] * predicted[label];\n  }\n  const actualSpread = total * total - actualSquares;\n  const predictedSpread = total * total - predictedSquares;\n  if (!(actualSpread > 0)) return void 0;\n  if (!(predictedSpread > 0)) return 0;\n  return (right * total - product) / (Math.sqrt(actualSpread) * Math.sqrt(predictedSpread));\n}\n\n// packages/core/src/metrics/confusion.ts\nfunction predictedClasses({\n  task,\n  classes,\n  predictions,\n  settings\n}) {\n  const threshold = settings?.threshold ?? 0.5;\n  if (task !== \"multiclass\") return Int32Array.from(predictions, (probability) => probability >= threshold ? 1 : 0);\n  const labels = new Int32Array(predictions.length / classes);\n  for (let row = 0; row < labels.length; row++) {\n    let best = 0;\n    for (let label = 1; label < classes; label++) {\n      if (predictions[row * classes + label] > predictions[row * classes + best]) best = label;\n    }\n    labels[row] = best;\n  }\n  return labels;\n}\nfunction prepareFromConfusion(metric) {\n  return (input) => {\n    const classes = input.task === \"multiclass\" ? input.classes : 2;\n    const actualOf = (row) => input.target[row] < 0 ? classes : input.target[row];\n    const cellOfRow = predictedClasses(input).map((label, row) => actualOf(row) * classes + label);\n    return (weights) => {\n      const cells = new Float64Array((classes + 1) * classes);\n      for (let row = 0; row < cellOfRow.length; row++) cells[cellOfRow[row]] += weights[row];\n      return metric(confusionOf(cells, classes));\n    };\n  };\n}\nfunction confusionOf(cells, classes) {\n  const actual = new Float64Array(classes + 1);\n  const predicted = new Float64Array(classes);\n  let total = 0;\n  for (let cell = 0; cell < cells.length; cell++) {\n    actual[Math.floor(cell / classes)] += cells[cell];\n    predicted[cell % classes] += cells[cell];\n    total += cells[cell];\n  }\n  return { classes, cells, actual, predicted, total };\n}\n\n// packages/core/src/metrics/losses.ts\nvar probabilityFloor = 1e-15;\nvar smallestTarget = 2220446049250313e-31;\nfunction prepareMeanLoss(rowLosses, finish = (mean) => mean) {\n  return (input) => {\n    const losses = rowLosses(input);\n    return (weights) => {\n      let total = 0;\n      let sum = 0;\n      for (let row = 0; row < losses.length; row++) {\n        total += weights[row];\n        sum += weights[row] * losses[row];\n      }\n      return total > 0 ? finish(sum / total) : void 0;\n    };\n  };\n}\nfunction logLosses({ task, classes, target, predictions }) {\n  const clipped = (probability) => Math.min(Math.max(probability, probabilityFloor), 1 - probabilityFloor);\n  return target.map((label, row) => {\n    if (task === \"multiclass\") return -Math.log(clipped(label < 0 ? 0 : predictions[row * classes + label]));\n    const positive = clipped(predictions[row]);\n    return -Math.log(label === 1 ? positive : 1 - positive);\n  });\n}\nfunction squaredErrors({ target, predictions }) {\n  return target.map((value, row) => {\n    const error = predictions[row] - value;\n    return error * error;\n  });\n}\nfunction absoluteErrors({ target, predictions }) {\n  return target.map((value, row) => Math.abs(predictions[row] - value));\n}\nfunction percentageErrors({ target, predictions }) {\n  return target.map((value, row) => Math.abs(predictions[row] - value) / Math.max(Math.abs(value), smallestTarget));\n}\nfunction pinballLosses({ target, predictions, settings }) {\n  const quantile = settings?.quantile ?? 0.5;\n  return target.map((value, row) => {\n    const above = value - predictions[row];\n    return above >= 0 ? quantile * above : (quantile - 1) * above;\n  });\n}\nfunction poissonDeviances({ target, predictions }) {\n  return target.map((value, row) => {\n    if (value < 0) return NaN;\n    const mean = Math.max(predictions[row], smallestTarget);\n    return 2 * ((value === 0 ? 0 : value * Math.log(value / mean)) - value + mean);\n  });\n}\nfunction prepareRSquared(input) {\n  const errors = squaredErrors(input);\n  const { target } = input;\n  return (weights) => {\n    let total = 0;\n    let sum = 0;\n    let least = Infinity;\n    let most = -Infinity;\n    for (let row = 0; row < target.length; row++) {\n      const weight = weights[row];\n      if (weight === 0) continue;\n      total += weight;\n      sum += weight * target[row];\n      least = Math.min(least, target[row]);\n      most = Math.max(most, target[row]);\n    }\n    if (!(most > least)) return void 0;\n    const mean = sum / total;\n    let unexplained = 0;\n    let spread = 0;\n    for (let row = 0; row < target.length; row++) {\n      const distance = target[row] - mean;\n      unexplained += weights[row] * errors[row];\n      spread += weights[row] * (distance * distance);\n    }\n    return 1 - unexplained / spread;\n  };\n}\n\n// packages/core/src/metrics/metric.ts\nvar tasks = [\"binary\", \"multiclass\", \"regression\"];\nfunction defineMetric(metric) {\n  const valid = tasks.filter((task) => metricsOfTask[task].includes(metric.name));\n  return guarded(metric, valid, ({ task, classes }) => task === \"multiclass\" ? classes : 1);\n}\nfunction defineOwnMetric(metric) {\n  return guarded(metric, tasks, () => 1);\n}\nfunction guarded(metric, valid, outputsOf) {\n  const prepare = (input) => {\n    checkShape(input, outputsOf(input));\n    if (!isMeasurable(input)) return () => void 0;\n    const prepared = metric.prepare(input);\n    return (weights) => finite(prepared(weights));\n  };\n  return {\n    ...metric,\n    tasks: valid,\n    prepare,\n    evaluate: (input) => prepare(input)(input.weights ?? new Uint8Array(input.target.length).fill(1))\n  };\n}\nfunction checkShape({ target, predictions, weights }, outputs) {\n  if (predictions.length !== target.length * outputs || weights && weights.length !== target.length) {\n    throw new RangeError(\n      `${target.length} rows need ${target.length * outputs} predictions and as many weights as rows, not ${predictions.length} and ${weights?.length ?? \"none\"}`\n    );\n  }\n}\nfunction isMeasurable({ target, predictions }) {\n  return target.length > 0 && target.every(Number.isFinite) && predictions.every(Number.isFinite);\n}\nfunction finite(value) {\n  return value !== void 0 && Number.isFinite(value) ? value : void 0;\n}\n\n// packages/core/src/metrics/ranking.ts\nfunction rank({ target, predictions }) {\n  const order = sortedOrder(predictions);\n  return order.map((row, place) => {\n    const isLast = place + 1 === order.length;\n    const endsGroup = isLast || predictions[row] !== predictions[order[place + 1]];\n    return 4 * row + (target[row] === 1 ? 2 : 0) + (endsGroup ? 1 : 0);\n  });\n}\nfunction prepareRocAuc(input) {\n  const ranked = rank(input);\n  return (weights) => {\n    let below = 0;\n    let positives = 0;\n    let area = 0;\n    let group = 0;\n    let groupPositives = 0;\n    for (let place = 0; place < ranked.length; place++) {\n      const word = ranked[place];\n      const weight = weights[word >>> 2];\n      group += weight;\n      groupPositives += weight * (word >>> 1 & 1);\n      if ((word & 1) === 0) continue;\n      const groupNegatives = group - groupPositives;\n      area += groupPositives * (below + groupNegatives / 2);\n      below += groupNegatives;\n      positives += groupPositives;\n      group = 0;\n      groupPositives = 0;\n    }\n    return positives > 0 && below > 0 ? area / (positives * below) : void 0;\n  };\n}\nfunction prepareAveragePrecision(input) {\n  const ranked = rank(input);\n  return (weights) => {\n    let positives = 0;\n    let all = 0;\n    let groupPositives = 0;\n    let sum = 0;\n    for (let place = ranked.length - 1; place >= 0; place--) {\n      const word = ranked[place];\n      const weight = weights[word >>> 2];\n      all += weight;\n      groupPositives += weight * (word >>> 1 & 1);\n      const isGroupStart = place === 0 || (ranked[place - 1] & 1) === 1;\n      if (!isGroupStart || all === 0) continue;\n      positives += groupPositives;\n      sum += groupPositives * (positives / all);\n      groupPositives = 0;\n    }\n    return positives > 0 ? sum / positives : void 0;\n  };\n}\n\n// packages/core/src/metrics/metrics.ts\nvar share = (name, prepare) => defineMetric({ name, higherIsBetter: true, unitInterval: true, prepare });\nvar loss = (name, prepare) => defineMetric({ name, higherIsBetter: false, unitInterval: false, prepare });\nvar boundedLoss = (name, prepare) => defineMetric({ name, higherIsBetter: false, unitInterval: true, prepare });\nvar skill = (name, prepare) => defineMetric({ name, higherIsBetter: true, unitInterval: false, prepare });\nvar metrics = {\n  rocAuc: share(\"rocAuc\", prepareRocAuc),\n  prAuc: share(\"prAuc\", prepareAveragePrecision),\n  logLoss: loss(\"logLoss\", prepareMeanLoss(logLosses)),\n  brier: boundedLoss(\"brier\", prepareMeanLoss(squaredErrors)),\n  ece: boundedLoss(\"ece\", prepareCalibrationError),\n  accuracy: share(\"accuracy\", prepareFromConfusion(accuracy)),\n  balancedAccuracy: share(\"balancedAccuracy\", prepareFromConfusion(balancedAccuracy)),\n  f1: share(\n    \"f1\",\n    prepareFromConfusion((confusion) => f1Of(confusion, 1))\n  ),\n  f1Macro: share(\n    \"f1Macro\",\n    prepareFromConfusion((confusion) => macroAverage(confusion, f1Of))\n  ),\n  f1Weighted: share(\n    \"f1Weighted\",\n    prepareFromConfusion((confusion) => weightedAverage(confusion, f1Of))\n  ),\n  mcc: skill(\"mcc\", prepareFromConfusion(matthewsCorrelation)),\n  precision: share(\n    \"precision\",\n    prepareFromConfusion((confusion) => precisionOf(confusion, 1))\n  ),\n  recall: share(\n    \"recall\",\n    prepareFromConfusion((confusion) => recallOf(confusion, 1))\n  ),\n  mae: loss(\"mae\", prepareMeanLoss(absoluteErrors)),\n  rmse: loss(\"rmse\", prepareMeanLoss(squaredErrors, Math.sqrt)),\n  r2: skill(\"r2\", prepareRSquared),\n  mape: loss(\"mape\", prepareMeanLoss(percentageErrors)),\n  pinball: loss(\"pinball\", prepareMeanLoss(pinballLosses)),\n  poissonDeviance: loss(\"poissonDeviance\", prepareMeanLoss(poissonDeviances))\n};\nfunction metricOf(name, { own = {} } = {}) {\n  if (isBuiltIn(name)) return metrics[name];\n  const declared = Object.hasOwn(own, name) ? own[name] : void 0;\n  if (declared === void 0) throw new RangeError(`There is no metric called ${name}`);\n  const { higherIsBetter } = declared;\n  return defineOwnMetric({ name, higherIsBetter, unitInterval: false, prepare: meanOfRows });\n}\nvar meanOfRows = prepareMeanLoss(({ predictions }) => predictions);\nfunction improvement({ higherIsBetter }, champion, challenger) {\n  return higherIsBetter ? challenger - champion : champion - challenger;\n}\n\n// packages/core/src/statistics/resampling/random-bits.ts\nfunction mix(bits) {\n  let h = bits >>> 0;\n  h = Math.imul(h ^ h >>> 16, 2246822507);\n  h = Math.imul(h ^ h >>> 13, 3266489909);\n  return (h ^ h >>> 16) >>> 0;\n}\nfunction rotate(bits, by) {\n  return bits << by | bits >>> 32 - by;\n}\nfunction randomBlocks(seed, stream = 0) {\n  let a = mix(seed + 2654435769);\n  let b = mix(a + stream);\n  let c = mix(b + 2654435769);\n  let d = mix(c + 2654435769) | 1;\n  return (block) => {\n    let [i, j, k, l] = [a, b, c, d];\n    for (let at = 0; at < block.length; at++) {\n      block[at] = Math.imul(rotate(Math.imul(j, 5), 7), 9);\n      const t = j << 9;\n      k ^= i;\n      l ^= j;\n      j ^= k;\n      i ^= l;\n      k ^= t;\n      l = rotate(l, 11);\n    }\n    [a, b, c, d] = [i, j, k, l];\n  };\n}\n\n// packages/core/src/statistics/resampling/poisson-bootstrap.ts\nfunction poissonReplicate({\n  rows,\n  seed,\n  weights,\n  groups,\n  statistic\n}) {\n  const counts = new Uint8Array(rows);\n  const countsOfGroups = new Uint8Array(groups ? groups.reduce((most, group) => Math.max(most, group + 1), 0) : 0);\n  const weighted = weights && new Float64Array(rows);\n  return (replicate) => {\n    drawCounts(groups ? countsOfGroups : counts, randomBlocks(seed, replicate));\n    if (groups) for (let row = 0; row < rows; row++) counts[row] = countsOfGroups[groups[row]];\n    if (weighted) for (let row = 0; row < rows; row++) weighted[row] = counts[row] * weights[row];\n    return statistic(weighted ?? counts);\n  };\n}\nvar countOfBits = poissonTable();\nfunction poissonTable() {\n  const table = new Uint8Array(65536);\n  let probability = Math.exp(-1);\n  let upTo = probability;\n  let count = 0;\n  for (let bits = 0; bits < table.length; bits++) {\n    while (bits >= Math.round(upTo * table.length)) {\n      count++;\n      probability /= count;\n      upTo += probability;\n    }\n    table[bits] = count;\n  }\n  return table;\n}\nvar WORDS2 = 1024;\nfunction drawCounts(counts, fill) {\n  const words = new Uint32Array(WORDS2);\n  for (let from = 0; from < counts.length; from += 2 * WORDS2) {\n    fill(words);\n    const to = Math.min(counts.length, from + 2 * WORDS2);\n    for (let row = from, at = 0; row < to; row += 2, at++) {\n      const bits = words[at];\n      counts[row] = countOfBits[bits & 65535];\n      if (row + 1 < to) counts[row + 1] = countOfBits[bits >>> 16];\n    }\n  }\n}\n\n// packages/core/src/statistics/resampling/paired-replicates.ts\nfunction pairedReplicate(request) {\n  const { pairs, target, weights, groups, seed } = request;\n  const { prepared, placeOf } = distinctMetrics(request);\n  const compared = pairs.map(({ metric, champion, challenger }) => ({\n    definition: metricOf(metric, request.settings),\n    champion: placeOf(metric, champion),\n    challenger: placeOf(metric, challenger)\n  }));\n  return poissonReplicate({\n    rows: target.length,\n    seed,\n    ...weights && { weights },\n    ...groups && { groups },\n    statistic(counts) {\n      const measured = prepared.map((measure) => measure(counts));\n      return compared.map(({ definition, champion, challenger }) => {\n        const [before, after] = [measured[champion], measured[challenger]];\n        return before === void 0 || after === void 0 ? NaN : improvement(definition, before, after);\n      });\n    }\n  });\n}\nfunction distinctMetrics({ pairs, ...rows }) {\n  const asked = pairs.flatMap(({ metric, champion, challenger }) => [champion, challenger].map((answers) => ({ metric, answers }))).filter(({ metric, answers }, i, all) => firstPlace(all, metric, answers) === i);\n  const prepared = asked.map(\n    ({ metric, answers }) => metricOf(metric, rows.settings).prepare({ ...rows, predictions: answers })\n  );\n  return { prepared, placeOf: (metric, answers) => firstPlace(asked, metric, answers) };\n}\nfunction firstPlace(asked, metric, answers) {\n  return asked.findIndex((one) => one.metric === metric && one.answers === answers);\n}\n\n// packages/refit/src/adapters/resampling/take-part.ts\nvar NEXT = 0;\nvar DRAWN = 1;\nvar TAKEN = 4;\nfunction takePart({ request, values, control }) {\n  const draw = pairedReplicate(request);\n  const pairs = request.pairs.length;\n  for (; ; ) {\n    const first = Atomics.add(control, NEXT, TAKEN);\n    if (first >= request.replicates) return;\n    const end = Math.min(request.replicates, first + TAKEN);\n    for (let replicate = first; replicate < end; replicate++) values.set(draw(replicate), replicate * pairs);\n    Atomics.add(control, DRAWN, end - first);\n    Atomics.notify(control, DRAWN);\n  }\n}\n\n// packages/refit/src/adapters/resampling/worker.ts\ntakePart(import_node_worker_threads.workerData);\n";
// ../refit/src/adapters/resampling/take-part.ts
var NOT_DRAWN = Infinity;
var NEXT = 0;
var DRAWN = 1;
var TAKEN = 4;
function takePart({ request, values, control }) {
	const draw = require_commands.pairedReplicate(request);
	const pairs = request.pairs.length;
	for (;;) {
		const first = Atomics.add(control, NEXT, TAKEN);
		if (first >= request.replicates) return;
		const end = Math.min(request.replicates, first + TAKEN);
		for (let replicate = first; replicate < end; replicate++) values.set(draw(replicate), replicate * pairs);
		Atomics.add(control, DRAWN, end - first);
		Atomics.notify(control, DRAWN);
	}
}
function finish({ request, values, control }, patienceMilliseconds) {
	const { pairs, replicates } = request;
	for (let drawn = Atomics.load(control, DRAWN); drawn < replicates; drawn = Atomics.load(control, DRAWN)) {
		if (Atomics.wait(control, DRAWN, drawn, patienceMilliseconds) !== "timed-out") continue;
		const draw = require_commands.pairedReplicate(request);
		for (let first = 0; first < values.length; first += pairs.length) if (!!values.subarray(first, first + pairs.length).includes(Infinity)) values.set(draw(first / pairs.length), first);
		return;
	}
}
// ../refit/src/adapters/resampling/index.ts
var resampling_exports = require_rolldown_runtime.__exportAll({ threadedReplicates: () => threadedReplicates });
var machine = {
	program: resamplingProgram,
	threads: Math.min(16, require_light.threadsHere()),
	drawsPerThread: 2e7
};
var PATIENCE_MILLISECONDS = 200;
function threadedReplicates(team = {}) {
	const { program, threads, drawsPerThread } = {
		...machine,
		...team
	};
	return (request) => {
		const { pairs, replicates, target } = request;
		const useful = Math.floor(target.length * replicates * pairs.length / drawsPerThread);
		const count = Math.min(threads, useful);
		if (program === null || count < 2) return require_commands.drawReplicates(request);
		const values = new Float64Array(new SharedArrayBuffer(8 * replicates * pairs.length)).fill(NOT_DRAWN);
		const shared = {
			request,
			values,
			control: new Int32Array(new SharedArrayBuffer(8))
		};
		const helpers = Array.from({ length: count - 1 }, () => helper(program, shared));
		takePart(shared);
		finish(shared, PATIENCE_MILLISECONDS);
		for (const each of helpers) each.terminate();
		return pairs.map((_, pair) => Float64Array.from({ length: replicates }, (_value, i) => values[i * pairs.length + pair]));
	};
}
function helper(program, shared) {
	const worker = new node_worker_threads.Worker(program, {
		eval: true,
		workerData: shared
	});
	worker.on("error", () => {});
	worker.unref();
	return worker;
}
// ../refit/src/specs/yaml-splices.ts
function spliced(text, { at, until = at, words }) {
	const eol = text.includes("\r\n") ? "\r\n" : "\n";
	return text.slice(0, at) + words.replaceAll("\n", eol) + text.slice(until);
}
function valueOf(text) {
	const document = require_yaml.parseDocument(text);
	return document.errors.length > 0 ? void 0 : document.toJS();
}
function beforeBracket(text, collection, words) {
	if (!collection.range) return null;
	const bracket = collection.range[1] - 1;
	const inside = text.slice(collection.range[0] + 1, bracket);
	if (inside.includes("\n")) return null;
	const padding = /\s*$/.exec(inside)[0];
	const separator = collection.items.length === 0 ? "" : inside.trimEnd().endsWith(",") ? " " : ", ";
	return {
		at: bracket - padding.length,
		words: `${separator}${words}`
	};
}
function afterLine(text, end, lines) {
	if (end === null) return null;
	if (end > 0 && text[end - 1] === "\n") return {
		at: end,
		words: lines
	};
	const lineEnd = text.indexOf("\n", end);
	return lineEnd === -1 ? {
		at: text.length,
		words: `\n${lines}`
	} : {
		at: lineEnd + 1,
		words: lines
	};
}
function pairOf(map, name) {
	return map.items.find(({ key }) => require_yaml.isScalar(key) && key.value === name) ?? null;
}
function isEmpty(value) {
	return value === null || require_yaml.isScalar(value) && value.value === null && value.source !== "null" && value.source !== "~";
}
function endOf(node) {
	const collection = node;
	if ((require_yaml.isMap(node) || require_yaml.isSeq(node)) && collection.flow !== true && collection.items.length > 0) {
		const last = collection.items.at(-1);
		if (require_yaml.isSeq(node)) return endOf(last);
		const { key, value } = last;
		return isEmpty(value) ? endOf(key) : endOf(value);
	}
	return node?.range?.[1] ?? null;
}
function indentOf(text, key) {
	const start = key?.range?.[0] ?? 0;
	return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}
// ../refit/src/specs/accept-in-text.ts
function acceptInText(text, entry, line) {
	const document = require_yaml.parseDocument(text);
	const wanted = withEntry(document, entry);
	const put = splice(text, document, entry, line);
	if (put !== null && (0, node_util.isDeepStrictEqual)(valueOf(put), wanted.toJS())) return put;
	return wanted.toString({ lineWidth: 0 });
}
function withEntry(document, entry) {
	const wanted = document.clone();
	const accepted = wanted.toJS()?.checks?.accept;
	const known = accepted?.findIndex((each) => isSame$1(each, entry)) ?? -1;
	if (known >= 0) wanted.setIn([
		"checks",
		"accept",
		known,
		"reason"
	], entry.reason);
	else if (Array.isArray(accepted)) wanted.addIn(["checks", "accept"], { ...entry });
	else if (require_yaml.isMap(wanted.get("checks"))) wanted.setIn(["checks", "accept"], [{ ...entry }]);
	else wanted.set("checks", wanted.createNode({ accept: [{ ...entry }] }));
	return wanted;
}
var isSame$1 = (a, b) => a.column === b.column && a.finding === b.finding;
function splice(text, document, entry, line) {
	const root = document.contents;
	if (!require_yaml.isMap(root) || root.flow === true) return null;
	const insertion = insertionInto(text, root, entry, line);
	return insertion && spliced(text, insertion);
}
function insertionInto(text, root, entry, line) {
	const checks = pairOf(root, "checks");
	if (checks === null) return afterLine(text, endOf(root), `checks:\n  accept:\n    - ${line}\n`);
	const { value } = checks;
	if (!require_yaml.isMap(value)) return isEmpty(value) ? afterLine(text, endOf(checks.key), `  accept:\n    - ${line}\n`) : null;
	const accept = pairOf(value, "accept");
	if (accept === null) return intoChecks(text, value, line);
	if (require_yaml.isSeq(accept.value)) return intoAccepted(text, accept.value, entry, line);
	if (!isEmpty(accept.value) || value.flow === true) return null;
	return afterLine(text, endOf(accept.key), `${indentOf(text, accept.key)}  - ${line}\n`);
}
function intoChecks(text, checks, line) {
	if (checks.flow === true) return beforeBracket(text, checks, `accept: [${line}]`);
	const indent = indentOf(text, checks.items[0]?.key);
	return afterLine(text, endOf(checks), `${indent}accept:\n${indent}  - ${line}\n`);
}
function intoAccepted(text, accepted, entry, line) {
	const known = accepted.items.find((item) => require_yaml.isMap(item) && isSame$1(item.toJSON(), entry));
	if (known !== void 0) {
		const range = known.range;
		return range && require_yaml.isMap(known) && known.flow === true ? {
			at: range[0],
			until: range[1],
			words: line
		} : null;
	}
	if (accepted.flow === true) return beforeBracket(text, accepted, line);
	const dash = text.lastIndexOf("-", accepted.items[0].range?.[0]);
	const indent = text.slice(text.lastIndexOf("\n", dash) + 1, dash);
	return /^ *$/.test(indent) ? afterLine(text, endOf(accepted), `${indent}- ${line}\n`) : null;
}
// ../refit/src/runs/accept.ts
var acceptUsage = "refit accept <model> <finding> [column] --reason TEXT [--dry-run] [--json]";
async function accept(ports, request) {
	const { model, code, reason, dryRun } = request;
	require_light.checkModelName(model);
	checkCode(code);
	const repository = await ports.git.locate();
	const { spec, manifest } = await require_light.readSpecs(ports, repository, model, { workTree: true });
	const column = request.column ?? spec.target;
	const file = require_light.manifestPath(spec.data);
	const before = await ports.files.read(node_path.default.join(repository.root, file));
	const entry = require_light.acceptanceEntry({
		column,
		finding: code,
		reason
	});
	const planned = [{
		path: file,
		bytes: require_light.encodeText(acceptInText(require_light.decodeText(before), {
			column,
			finding: code,
			reason
		}, entry)),
		replaces: before
	}];
	const change = dryRun ? await ports.workTree.check(repository.root, planned) : await writeWith(ports, repository, planned);
	const { fields } = manifest.schema;
	const ofTables = (manifest.tables ?? []).flatMap(({ name, schema }) => schema.fields.map((field) => `${name}.${field.name}`));
	const names = [...fields.map(({ name }) => name), ...ofTables];
	const declared = fields.length === 0 || column === spec.target || names.includes(column);
	return {
		file,
		column,
		entry,
		change: change.get(file),
		declared
	};
}
async function writeWith(ports, { root, commonDir }, planned) {
	const scratch = await ports.scratch.open(commonDir);
	try {
		return await ports.workTree.write(root, planned, scratch.path);
	} finally {
		await scratch.remove();
	}
}
function checkCode(code) {
	const refusal = require_light.refusalToAccept(code);
	if (refusal === null) return;
	if (refusal === "unknown") {
		const near = require_light.nearest(code, Object.keys(require_light.findingCodes));
		const meant = near === void 0 ? "" : ` Did you mean "${near}"?`;
		throw new require_light.UsageError(`There is no finding "${code}".${meant}`, acceptUsage);
	}
	const { hint } = require_light.findingCodes[code];
	const why = refusal === "error" ? `"${code}" is an error, which nobody can accept. ${hint}` : `"${code}" is a warning. It blocks nothing, so there is nothing to accept.`;
	throw new require_light.UsageError(why, acceptUsage);
}
// ../refit/src/commands/accept.ts
var accept_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$12,
	optionHelp: () => optionHelp$12,
	options: () => options$12,
	run: () => run$12,
	summary: () => summary$12,
	usage: () => acceptUsage
});
var summary$12 = "Accept a suspicious finding: write it into the data manifest, for you to commit.";
var examples$12 = [["refit accept churn biased-predictions --reason \"the sale of May\"", "a finding about a whole model"], ["refit accept churn unit-change charges --reason \"in cents since May\"", "a finding about one column"]];
var options$12 = {
	reason: { type: "string" },
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$12 = {
	reason: "why it is right; reports show it, with the author of the commit",
	"dry-run": "print the entry and write nothing",
	json: "print the entry as JSON"
};
async function run$12(ports, args, flags) {
	const [model, code, column = null, ...more] = args;
	if (model === void 0 || code === void 0 || more.length > 0) throw new require_light.UsageError("accept needs a model and the code of a finding; then the column, where the finding names one.", acceptUsage);
	const reason = flags.reason?.trim() ?? "";
	if (reason === "") throw new require_light.UsageError("accept needs a --reason; reports show it.", acceptUsage);
	const dryRun = flags["dry-run"] === true;
	const accepted = await accept(ports, {
		model,
		code,
		column,
		reason,
		dryRun
	});
	const { file, entry, change, declared } = accepted;
	if (!declared) ports.out.notice(`${file} declares no column ${require_light.quoteForTerminal(accepted.column)}; check its spelling.`);
	if (flags.json === true) {
		ports.out.print(JSON.stringify(accepted, null, 2));
		return 0;
	}
	const words = change === "unchanged" ? "has" : dryRun ? "would have" : "now has";
	ports.out.print(`${file} ${words}, under checks.accept:\n  - ${entry}`);
	if (change !== "unchanged" && !dryRun) ports.out.print(`Commit it to the base branch; the next run of ${model} then reads it.`);
	return 0;
}
// ../refit/src/versions/champion-profile.ts
var known = new WeakMap();
function championProfile(ports, version) {
	const profile = known.get(version) ?? read$1(ports, version);
	known.set(version, profile);
	return profile;
}
async function read$1(ports, version) {
	const text = await require_commands.readChampionFile(ports, version, "profile.json");
	return text === null ? null : require_readers.parseProfile(text);
}
// ../refit/src/data/source-table.ts
async function withSource(ports, { champion, spec, manifest, repository, ofTable }, data, use) {
	const knownTypes = champion === null ? [] : await knownColumns(ports, champion);
	const declaredOnly = ofTable !== void 0;
	return withTable$1(ports, repository, {
		...data,
		dataset: spec.data,
		manifest,
		knownTypes,
		declaredOnly
	}, use);
}
async function withTable$1(ports, { commonDir }, request, use) {
	ports.out.progress("Reading data");
	const scratch = await ports.scratch.open(commonDir);
	try {
		const table = await ports.tables.open({
			...request,
			scratch: scratch.path
		});
		try {
			return await use(table);
		} finally {
			await table.close();
		}
	} finally {
		await scratch.remove();
	}
}
async function knownColumns(ports, champion) {
	const features = await require_commands.readChampionFile(ports, champion, "features.json");
	if (features === null) return [];
	const { source } = require_readers.parseFeatureSpec(features);
	const profiled = (await championProfile(ports, champion))?.columns ?? [];
	const empty = new Set(profiled.filter(({ rows, nulls }) => rows > 0 && nulls === rows).map(({ name }) => name));
	return source.map(({ name, type }) => ({
		name,
		type: empty.has(name) ? null : type
	}));
}
// ../refit/src/data/kept-digests.ts
async function recallRows({ files }, { repository, manifest }, content, key) {
	const kept = await require_light.recallDigests(files, repository, rowsName(manifest, content, key));
	if (kept === null) return null;
	if (key.length === 0) return {
		rows: kept,
		keys: null
	};
	const rows = kept.length / 2;
	return {
		rows: kept.subarray(0, rows),
		keys: kept.subarray(rows)
	};
}
async function digestRowsOf(ports, context, [files, key], made = new Map()) {
	const known = new Map();
	for (const content of files.map(require_light.contentOf)) {
		const digests = made.get(content) ?? await recallRows(ports, context, content, key);
		if (digests !== null) known.set(content, digests);
	}
	const missing = files.filter((file) => !known.has(require_light.contentOf(file)));
	if (missing.length === 0) return known;
	await withSource(ports, context, {
		files: await require_light.fetchFiles(ports, context.repository, missing),
		tables: new Map()
	}, async (table) => {
		if (table.findings.some(({ severity }) => severity === "error")) return;
		for (const file of missing) {
			const digests = await table.digests(file.source.path, key);
			known.set(require_light.contentOf(file), digests);
			await keepRows(ports, context, [require_light.contentOf(file), key], digests);
		}
	});
	return known;
}
async function keepRows({ files }, { repository, manifest, request }, [content, key], { rows, keys }) {
	if (request.dryRun) return;
	const both = new BigUint64Array(rows.length * (key.length === 0 ? 1 : 2));
	both.set(rows);
	if (keys !== null) both.set(keys, rows.length);
	return require_light.keepDigests(files, repository, rowsName(manifest, content, key), both);
}
function rowsName({ schema }, content, key) {
	return `rows/${require_light.sha256(JSON.stringify([
		1,
		content,
		schema,
		key
	]))}`;
}
// ../refit/src/data/profile-store.ts
async function loadProfile(ports, context, content) {
	const name = profileName(context, content);
	const cached = (await require_light.recallValue(ports.files, context.repository, cacheName(name)))?.value;
	if (cached?.format === 1) return cached;
	if (context.ledgerCommit === null) return null;
	const [stored] = await ports.git.read([`${context.ledgerCommit}:profiles/${name}`]);
	return profileOrNull(stored ?? null);
}
function profileOrNull(bytes) {
	if (bytes === null) return null;
	try {
		return require_readers.parseProfile(require_light.decodeText(bytes));
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
async function saveProfile(ports, context, content, profile) {
	await require_light.keepValue(ports.files, context.repository, profilePlace(context, content), profile);
}
function profileName({ manifest }, content) {
	return `${require_light.sha256(JSON.stringify([
		content,
		manifest.schema,
		manifest.sensitive
	]))}.json`;
}
var profilePlace = (context, content) => cacheName(profileName(context, content));
var cacheName = (name) => `profiles/${name}`;
// ../refit/src/runs/prune-cache.ts
async function pruneCache(ports, options) {
	const repository = await ports.git.locate();
	const content = new Set();
	let caches = new Set();
	const models = await require_light.listModels(ports, repository);
	await require_light.readAhead(ports, repository, models);
	for (const model of models) {
		const lineages = await neededBy(ports, repository, model);
		for (const { data } of lineages) {
			const files = [data.files, ...Object.values(data.tables ?? {})].flat();
			for (const { sha256, named } of files) content.add(named?.own ?? sha256);
		}
		const settings = lineages.length === 0 ? null : await settingsOf$2(ports, repository, model);
		if (settings !== null && caches !== null) for (const name of cachesOf(settings, lineages)) caches.add(name);
		if (settings === null && lineages.length > 0) caches = null;
	}
	return ports.contentCache.prune(repository, {
		content,
		caches
	}, options.dryRun);
}
async function neededBy(ports, repository, model) {
	const { history } = await require_light.readModelHistory(ports, repository, model);
	const trees = (history.champion === null ? history.versions : [history.champion]).map(({ treeId }) => `${treeId}:lineage.json`);
	const { remote } = repository;
	const branch = await require_light.openBranchOf(ports, repository, model);
	for (const place of ["refs/heads", ...remote === null ? [] : [`refs/remotes/${remote}`]]) {
		const proposal = await ports.git.resolve(`${place}/${branch}`);
		if (proposal !== null) trees.push(`${proposal}:${require_light.championFolder(model, repository)}/lineage.json`);
	}
	return (await Promise.all(trees.map((object) => require_light.readLineage(ports, repository, object)))).filter((lineage) => lineage !== null);
}
async function settingsOf$2(ports, repository, model) {
	try {
		return await require_light.readSpecs(ports, repository, model, { workTree: false });
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
function cachesOf({ spec, manifest }, lineages) {
	return [manifest, ...(manifest.tables ?? []).map((table) => require_light.asOwnRows(table, manifest))].flatMap((own) => {
		const keys = [
			[],
			[spec.key ?? []].flat(),
			[own.schema.primaryKey ?? []].flat()
		];
		return lineages.flatMap(({ data }) => require_commands.filesOf(data, own)).flatMap(({ sha256, blob, named }) => [
			profilePlace({ manifest: own }, sha256),
			...keys.map((key) => rowsName(own, sha256, key)),
			...blob === null ? [] : [`files/${blob}-${named?.own ?? sha256}`]
		]);
	});
}
// ../refit/src/commands/cache.ts
var cache_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$11,
	optionHelp: () => optionHelp$11,
	options: () => options$11,
	run: () => run$11,
	summary: () => summary$11,
	usage: () => usage$14
});
var usage$14 = "refit cache prune [--dry-run] [--json]";
var summary$11 = "Remove remote data and caches that no live version and no open proposal needs.";
var examples$11 = [["refit cache prune --dry-run", "how much could be removed"], ["refit cache prune", "remove it"]];
var options$11 = {
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$11 = {
	"dry-run": "say how much would be removed, and remove nothing",
	json: "print the result as JSON"
};
async function run$11(ports, args, flags) {
	if (args.length !== 1 || args[0] !== "prune") throw new require_light.UsageError("cache has one word: prune.", usage$14);
	const dryRun = flags["dry-run"] === true;
	const pruned = await pruneCache(ports, { dryRun });
	ports.out.print(flags.json === true ? JSON.stringify(pruned, null, 2) : lines$3(pruned, dryRun));
	return 0;
}
function lines$3({ caches, backtests, ...data }, dryRun) {
	const told = [
		["Remote data", data],
		["Caches of what was found in files", caches],
		["Backtests", backtests]
	].filter(([name, { removed, kept }]) => name === "Remote data" || removed + kept > 0);
	const freed = data.removedBytes + caches.removedBytes + backtests.removedBytes;
	const all = dryRun ? "would be freed; nothing was removed" : "freed";
	return [...told.map(([name, files]) => sentence(name, files, dryRun)), `In all ${mebibytes$1(freed)} ${all}.`].join("\n");
}
function sentence(name, { removed, removedBytes, kept, keptBytes }, dryRun) {
	const verb = dryRun ? "would be removed" : "removed";
	return `${name}: ${counted$2(removed)} ${verb} (${mebibytes$1(removedBytes)}), ${kept} kept (${mebibytes$1(keptBytes)}).`;
}
var counted$2 = (files) => files === 1 ? "1 file" : `${files} files`;
var mebibytes$1 = (bytes) => `${(bytes / 1048576).toFixed(1)} MiB`;
// ../refit/src/commands/hand-over-folder.ts
async function emptyFolder(ports, { out, force }, usage) {
	if (out === void 0) throw new require_light.UsageError("It needs --out, the folder for the candidates.", usage);
	if (force?.trim() === "") throw new require_light.UsageError("--force needs a reason.", usage);
	const { root } = await ports.git.locate();
	const folder = node_path.default.resolve(root, out);
	if ((await ports.files.list(folder)).length > 0) throw new require_light.UsageError(`${out} is not empty; everything in it would be handed over.`, usage);
	await ports.workTree.check(folder, [{
		path: require_readers.handOverFile,
		bytes: new Uint8Array(),
		replaces: null
	}]);
	return folder;
}
function trainedLines(trained) {
	const head = `${trained.model}: ${trained.result}`;
	switch (trained.result) {
		case "trained": return [`${head}.`, ...trained.reasons.map((reason) => `  because ${require_light.terminalText(require_light.reasonSentence(reason))}`)];
		case "skipped": return [`${head}: ${require_light.heldBackSentence(trained.heldBack)}.`];
		case "unfinished": return [`${head}: an earlier run has already trained it; the next \`refit run\` proposes it.`];
		case "failed": return require_light.failedLines(head, trained.error);
		case "blocked": return [`${head}: the data were refused; \`refit run\` says why and opens the alert.`];
	}
}
// ../refit/src/commands/choose.ts
var choose_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$10,
	optionHelp: () => optionHelp$10,
	options: () => options$10,
	run: () => run$10,
	summary: () => summary$10,
	usage: () => usage$13
});
var usage$13 = "refit choose [model…] --candidates FOLDER --out FOLDER [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$10 = "Choose among candidates that other jobs trained with `refit train --candidate`, and train the best one again, into a folder for `refit run --candidates`. Writes nothing else.";
var examples$10 = [["refit choose churn --candidates trained --out chosen", "trained: what `refit train --candidate` wrote"]];
var options$10 = {
	candidates: { type: "string" },
	out: { type: "string" },
	force: { type: "string" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$10 = {
	candidates: "the folder with the folders that `refit train --candidate` wrote, relative to the root of the repository",
	out: "an empty or new folder, relative to the root of the repository",
	force: "choose now, for this reason, whatever the triggers and the cool-down say",
	...require_light.limitHelp,
	json: "print the folder's digest and the result for each model as JSON"
};
async function run$10(ports, args, flags) {
	if (flags.candidates === void 0 || flags.candidates === "") throw new require_light.UsageError("choose needs --candidates, the folder with what other jobs trained.", usage$13);
	const { openHandOver } = await Promise.resolve().then(() => require("./light.cjs")).then((n) => n.open_hand_over_exports);
	const { root } = await ports.git.locate();
	const folder = await emptyFolder(ports, flags, usage$13);
	const trained = await openHandOver(ports, root, {
		folder: flags.candidates,
		digest: null
	});
	const { trainModels } = await Promise.resolve().then(() => train_models_exports);
	const handedOver = await trainModels(ports, args, {
		force: flags.force ?? null,
		folder,
		trained
	});
	if (flags.json === true) ports.out.print(JSON.stringify(handedOver, null, 2));
	else {
		for (const each of handedOver.models) for (const line of trainedLines(each)) ports.out.print(line);
		ports.out.print(`to propose: refit run --candidates ${flags.out}@${handedOver.candidates}`);
	}
	return handedOver.models.some(({ result }) => result === "failed") ? 2 : 0;
}
// ../core/src/judge/alpha.ts
var ALPHA = .05;
// ../core/src/judge/anchor-best.ts
function anchorBest(champion, challenger) {
	const { improvement: overChampion, pSuperior: p } = champion;
	if (overChampion === void 0 || p === null || p > .05 || challenger.improvement === void 0) return null;
	return challenger.improvement > 0 ? null : {
		overChampion,
		p,
		overChallenger: -challenger.improvement
	};
}
// ../core/src/statistics/paired/delong.ts
function deLong(target, champion, challenger) {
	const positives = target.reduce((count, label) => count + (label === 1 ? 1 : 0), 0);
	const negatives = target.length - positives;
	if (positives < 2 || negatives < 2) return null;
	const first = placements(target, champion, positives, negatives);
	const second = placements(target, challenger, positives, negatives);
	const covariance = (a, b) => sampleCovariance(a.positives, b.positives) / positives + sampleCovariance(a.negatives, b.negatives) / negatives;
	const difference = {
		positives: second.positives.map((value, i) => value - first.positives[i]),
		negatives: second.negatives.map((value, i) => value - first.negatives[i])
	};
	return {
		aucChampion: mean(first.positives),
		aucChallenger: mean(second.positives),
		varianceChampion: covariance(first, first),
		varianceChallenger: covariance(second, second),
		covariance: covariance(first, second),
		difference: mean(difference.positives),
		standardError: Math.sqrt(covariance(difference, difference))
	};
}
function placements(target, scores, positives, negatives) {
	const order = require_light.sortedOrder(scores);
	const beaten = new Float64Array(scores.length);
	let positivesBelow = 0;
	let negativesBelow = 0;
	for (let start = 0; start < order.length;) {
		const score = scores[order[start]];
		let end = start;
		let tiedPositives = 0;
		while (end < order.length && scores[order[end]] === score) if (target[order[end++]] === 1) tiedPositives++;
		const tiedNegatives = end - start - tiedPositives;
		const forPositive = (negativesBelow + tiedNegatives / 2) / negatives;
		const forNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
		for (; start < end; start++) beaten[order[start]] = target[order[start]] === 1 ? forPositive : forNegative;
		positivesBelow += tiedPositives;
		negativesBelow += tiedNegatives;
	}
	const found = {
		positives: new Float64Array(positives),
		negatives: new Float64Array(negatives)
	};
	for (let row = 0, positive = 0; row < beaten.length; row++) if (target[row] === 1) found.positives[positive++] = beaten[row];
	else found.negatives[row - positive] = beaten[row];
	return found;
}
function mean(values) {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i];
	return sum / values.length;
}
function sampleCovariance(a, b) {
	const meanA = mean(a);
	const meanB = mean(b);
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
	return sum / (a.length - 1);
}
// ../core/src/statistics/special/regularised-beta.ts
function regularisedBeta(a, b, x, y = 1 - x) {
	if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0)) return {
		lower: NaN,
		upper: NaN
	};
	if (x === 0) return {
		lower: 0,
		upper: 1
	};
	if (y === 0) return {
		lower: 1,
		upper: 0
	};
	const density = betaDensity(a, b, x, y);
	if (x < (a + 1) / (a + b + 2)) {
		const lower = Math.min(1, density / (a * continuedFraction(a, b, x)));
		return {
			lower,
			upper: 1 - lower
		};
	}
	const upper = Math.min(1, density / (b * continuedFraction(b, a, y)));
	return {
		lower: 1 - upper,
		upper
	};
}
function betaDensity(a, b, x, y) {
	const n = a + b;
	const remainder = require_light.stirlingRemainder(n) - require_light.stirlingRemainder(a) - require_light.stirlingRemainder(b);
	return Math.exp(remainder - require_light.deviance(a, n * x) - require_light.deviance(b, n * y)) * Math.sqrt(a * (b / n) / (2 * Math.PI));
}
function continuedFraction(a, b, x) {
	const coefficient = (step) => {
		const m = Math.floor(step / 2);
		return step % 2 === 1 ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)) : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
	};
	return require_light.lentz(1, coefficient, () => 1);
}
// ../core/src/statistics/special/binomial.ts
function binomialPmf(k, n, probability) {
	if (k < 0 || k > n) return 0;
	const failure = 1 - probability;
	if (k === 0) return Math.exp(n * Math.log1p(-probability));
	if (k === n) return Math.exp(n * Math.log(probability));
	if (probability === 0 || failure === 0) return 0;
	const exponent = require_light.stirlingRemainder(n) - require_light.stirlingRemainder(k) - require_light.stirlingRemainder(n - k) - require_light.deviance(k, n * probability) - require_light.deviance(n - k, n * failure);
	return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
function binomialCdf(k, n, probability) {
	if (k < 0) return 0;
	if (k >= n) return 1;
	return regularisedBeta(n - k, k + 1, 1 - probability, probability).lower;
}
// ../core/src/statistics/paired/mcnemar.ts
function mcNemar(onlyChampionRight, onlyChallengerRight) {
	const discordant = onlyChampionRight + onlyChallengerRight;
	if (discordant === 0) return {
		pTwoSided: 1,
		pMid: 1,
		pChallengerBetter: 1
	};
	const fewer = Math.min(onlyChampionRight, onlyChallengerRight);
	const pTwoSided = Math.min(1, 2 * binomialCdf(fewer, discordant, .5));
	return {
		pTwoSided,
		pMid: pTwoSided - binomialPmf(fewer, discordant, .5),
		pChallengerBetter: binomialCdf(onlyChampionRight, discordant, .5)
	};
}
// ../core/src/statistics/resampling/bootstrap-p.ts
function bootstrapP(replicates, threshold = 0) {
	return (1 + replicates.reduce((count, value) => count + (value <= threshold ? 1 : 0), 0)) / (replicates.length + 1);
}
// ../core/src/statistics/compare-paired.ts
var mostUndefined = .01;
function comparePaired({ metric, champion, challenger, ...request }) {
	return comparePairs({
		...request,
		pairs: [{
			metric,
			champion,
			challenger
		}]
	})[0];
}
function comparePairs({ pairs, draw = require_commands.drawReplicates, ...request }) {
	const { alpha = .05, replicates = alpha < .005 ? 1e4 : 2e3, ...rows } = request;
	const begun = pairs.map((pair) => beginComparison({
		...rows,
		...pair,
		alpha
	}));
	const open = pairs.filter((_, i) => typeof begun[i] === "function");
	const drawn = open.length === 0 ? [] : draw({
		...rows,
		pairs: open,
		replicates
	});
	let next = 0;
	return begun.map((each) => typeof each === "function" ? each(drawn[next++]) : each);
}
function beginComparison(request) {
	const { metric, champion, challenger } = request;
	const definition = require_commands.metricOf(metric, request.settings);
	const scores = {
		metric,
		champion: definition.evaluate({
			...request,
			predictions: champion
		}),
		challenger: definition.evaluate({
			...request,
			predictions: challenger
		}),
		...require_light.isBuiltIn(metric) ? {} : {
			higherIsBetter: definition.higherIsBetter,
			spread: spreadOf(request)
		}
	};
	if (scores.champion === void 0 || scores.challenger === void 0) return {
		...scores,
		improvement: void 0,
		...noTest("undefined-metric")
	};
	const improvement$1 = require_commands.improvement(definition, scores.champion, scores.challenger);
	if (champion.every((value, i) => value === challenger[i])) return {
		...scores,
		improvement: improvement$1,
		...noTest("no-information")
	};
	const test = beginTest(request, improvement$1);
	if (typeof test !== "function") return {
		...scores,
		improvement: improvement$1,
		...test
	};
	return (drawn) => ({
		...scores,
		improvement: improvement$1,
		...test(drawn)
	});
}
function beginTest(request, improvement) {
	return formulaTest(request, improvement) ?? ((drawn) => bootstrapTest(drawn, improvement, request.alpha));
}
function formulaTest(request, improvement) {
	const { metric, weights, groups } = request;
	if (weights !== void 0 || groups !== void 0) return null;
	if (metric === "rocAuc") return deLongTest(request);
	return metric === "accuracy" ? mcNemarTest(request, improvement) : null;
}
function spreadOf({ champion, weights }) {
	const weightOf = (row) => weights?.[row] ?? 1;
	const total = champion.reduce((sum, _, row) => sum + weightOf(row), 0);
	const mean = champion.reduce((sum, value, row) => sum + weightOf(row) * value, 0) / total;
	const squares = champion.reduce((sum, value, row) => sum + weightOf(row) * (value - mean) * (value - mean), 0);
	return Math.sqrt(squares / total);
}
function noTest(reason) {
	return {
		interval: null,
		standardError: null,
		pSuperior: null,
		pInferior: null,
		method: "none",
		reason
	};
}
function deLongTest({ target, champion, challenger, alpha }) {
	const result = deLong(target, champion, challenger);
	if (result === null) return noTest("too-few-rows");
	const { difference, standardError } = result;
	if (standardError === 0) return difference === 0 ? noTest("no-information") : null;
	const reach = require_light.normalQuantile(1 - alpha) * standardError;
	return {
		interval: [difference - reach, difference + reach],
		standardError,
		pSuperior: require_light.normalSf(difference / standardError),
		pInferior: require_light.normalSf(-difference / standardError),
		method: "delong"
	};
}
var leastDiscordant = 25;
function mcNemarTest(request, improvement) {
	const { target, champion, challenger, alpha } = request;
	const before = require_commands.predictedClasses({
		...request,
		predictions: champion
	});
	const after = require_commands.predictedClasses({
		...request,
		predictions: challenger
	});
	const rows = target.length;
	let [onlyChampion, onlyChallenger] = [0, 0];
	for (let row = 0; row < rows; row++) {
		if (before[row] === after[row]) continue;
		if (before[row] === target[row]) onlyChampion++;
		else if (after[row] === target[row]) onlyChallenger++;
	}
	const discordant = onlyChampion + onlyChallenger;
	if (discordant === 0) return noTest("no-information");
	const standardError = Math.sqrt((discordant / rows - improvement * improvement) / rows);
	const reach = require_light.normalQuantile(1 - alpha) * standardError;
	const test = {
		standardError,
		pSuperior: mcNemar(onlyChampion, onlyChallenger).pChallengerBetter,
		pInferior: mcNemar(onlyChallenger, onlyChampion).pChallengerBetter,
		method: "mcnemar"
	};
	if (discordant >= leastDiscordant) return {
		interval: [improvement - reach, improvement + reach],
		...test
	};
	return (drawn) => ({
		interval: bootstrapTest(drawn, improvement, alpha).interval,
		...test
	});
}
function bootstrapTest(drawn, improvement, alpha) {
	const { values, undefinedCount } = require_commands.definedReplicates(drawn);
	if (values.length < 2 || undefinedCount > mostUndefined * drawn.length) return noTest("too-few-rows");
	const standardError = sampleDeviation(values);
	if (standardError === 0 && improvement === 0) return noTest("no-information");
	return {
		interval: [quantile(values, alpha), quantile(values, 1 - alpha)],
		standardError,
		pSuperior: oneSidedP(values, improvement, standardError),
		pInferior: oneSidedP(values.map((value) => -value).reverse(), -improvement, standardError),
		method: "paired-bootstrap"
	};
}
function oneSidedP(values, improvement, standardError) {
	const p = bootstrapP(values);
	return values[0] > 0 && standardError > 0 ? Math.min(p, require_light.normalSf(improvement / standardError)) : p;
}
function sampleDeviation(values) {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
	return Math.sqrt(squares / (values.length - 1));
}
function pNonInferior(comparison, margin) {
	const { improvement, standardError, reason } = comparison;
	if (reason === "no-information") return margin > 0 ? 0 : 1;
	if (improvement === void 0 || standardError === null) return null;
	if (standardError === 0) return improvement > -margin ? 0 : 1;
	return require_light.normalSf((improvement + margin) / standardError);
}
// ../core/src/judge/answer-facts.ts
var mostClasses = 12;
var curvePoints = 40;
var residualBins = 10;
function answerFacts(request) {
	const { target, labels, champion, challenger } = request;
	const isWhole = (predictions) => predictions.every(Number.isFinite);
	if (labels.length === 0 || !isWhole(challenger)) return null;
	const compared = champion !== null && isWhole(champion) ? champion : null;
	const of = (facts) => ({
		champion: compared && facts(compared),
		challenger: facts(challenger)
	});
	if (target.task === "regression") return {
		kind: "numbers",
		...of((predictions) => residualBinsOf(labels, predictions))
	};
	const { names, places } = shownClasses(request);
	return {
		kind: "classes",
		classes: names,
		...of((predictions) => classTable(request, predictions, {
			count: names.length,
			places
		})),
		curves: target.task === "binary" ? of((predictions) => curvesOf(labels, predictions)) : null
	};
}
function shownClasses({ target, labels, sensitive }) {
	const classes = (target.classes ?? []).map((value, i) => sensitive ? `class ${i + 1}` : String(value));
	if (classes.length <= mostClasses) return {
		names: classes,
		places: [...classes.keys()]
	};
	const rows = new Float64Array(classes.length);
	for (const label of labels) if (label >= 0) rows[label] += 1;
	const shown = [...classes.keys()].sort((a, b) => rows[b] - rows[a] || a - b).slice(0, 11);
	const places = classes.map((_, i) => shown.includes(i) ? shown.indexOf(i) : 11);
	return {
		names: [...shown.map((i) => classes[i]), `${classes.length - shown.length} others`],
		places
	};
}
function classTable({ target, labels, threshold }, predictions, { count, places }) {
	const classes = target.classes?.length ?? 2;
	const task = target.task === "multiclass" ? "multiclass" : "binary";
	const predicted = require_commands.predictedClasses({
		task,
		classes,
		predictions,
		settings: { threshold }
	});
	const table = Array.from({ length: count }, () => new Array(count).fill(0));
	for (const [row, label] of labels.entries()) if (label >= 0) table[places[label]][places[predicted[row]]] += 1;
	return table;
}
function curvesOf(labels, predictions) {
	const order = require_light.sortedOrder(predictions);
	const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
	const negatives = labels.length - positives;
	const roc = [[0, 0]];
	const pr = [];
	let [found, wrong] = [0, 0];
	for (let place = order.length - 1; place >= 0; place--) {
		const row = order[place];
		if (labels[row] === 1) found += 1;
		else wrong += 1;
		if (place > 0 && predictions[order[place - 1]] === predictions[row]) continue;
		roc.push([share(wrong, negatives), share(found, positives)]);
		pr.push([share(found, positives), share(found, found + wrong)]);
	}
	return {
		roc: thinned(roc),
		pr: thinned(pr)
	};
}
var share = (part, whole) => whole === 0 ? 0 : part / whole;
function thinned(points) {
	if (points.length <= curvePoints) return [...points];
	const steps = points.map((point, i) => {
		const before = points[Math.max(0, i - 1)];
		return Math.abs(point[0] - before[0]) + Math.abs(point[1] - before[1]);
	});
	const whole = steps.reduce((sum, step) => sum + step, 0);
	let [walked, next] = [0, 0];
	return points.filter((_, i) => {
		walked += steps[i];
		if (i < points.length - 1 && walked < whole * next / 39) return false;
		next = Math.floor(walked * 39 / whole) + 1;
		return true;
	});
}
function residualBinsOf(labels, predictions) {
	const order = require_light.sortedOrder(predictions);
	const start = (bin) => Math.floor(bin * order.length / residualBins);
	return Array.from({ length: residualBins }, (_, bin) => {
		const rows = order.slice(start(bin), start(bin + 1));
		if (rows.length === 0) return [];
		const residuals = Float64Array.from(rows, (row) => labels[row] - predictions[row]).sort();
		const at = (part) => residuals[Math.min(residuals.length - 1, Math.floor(part * residuals.length))];
		const predicted = rows.reduce((sum, row) => sum + predictions[row], 0) / rows.length;
		return [{
			rows: rows.length,
			predicted,
			low: at(.1),
			median: at(.5),
			high: at(.9)
		}];
	}).flat();
}
// ../core/src/judge/drawbacks.ts
var WIDE_GAP = .1;
function checkCalibration(ece, target) {
	const { improvement: better, interval, champion, challenger } = ece;
	if (better === void 0 || interval === null || champion === void 0 || challenger === void 0) return [];
	if (better >= -.02 || interval[1] >= 0) return [];
	const words = `The expected calibration error rose from ${champion.toFixed(4)} to ${challenger.toFixed(4)}.`;
	return [require_light.finding("calibration-worse", { column: target }, words)];
}
function checkGap(metric, training, holdout, target) {
	if (!require_light.isBuiltIn(metric) || !require_commands.metrics[metric].unitInterval || training === void 0 || holdout === void 0) return [];
	if (require_commands.improvement(require_commands.metrics[metric], holdout, training) <= WIDE_GAP) return [];
	const words = `${metric} is ${training.toFixed(4)} on its training rows and ${holdout.toFixed(4)} on the holdout.`;
	return [require_light.finding("train-holdout-gap", { column: target }, words)];
}
// ../core/src/statistics/power.ts
function minimumDetectableEffect(standardError, alpha = .05, power = .8) {
	return (require_light.normalQuantile(1 - alpha) + require_light.normalQuantile(power)) * standardError;
}
// ../core/src/judge/run-tests.ts
function runTests(kind, { champion, anchor }, policy) {
	if (kind === "change") return [testSuperiority(champion, policy.alpha)];
	if (kind !== "refresh") return [];
	const test = policy.refresh === "proven" ? testNonInferiority : testHarm;
	const isBeaten = champion.pSuperior !== null && champion.pSuperior <= .05;
	const versusAnchor = anchor === null || isBeaten ? [] : [test("anchor", anchor, policy)];
	return [test("champion", champion, policy), ...versusAnchor];
}
function testHarm(against, comparison) {
	const { improvement, standardError, method, pInferior, reason } = comparison;
	const margin = scaled(.1, comparison);
	const detectable = standardError === null ? null : minimumDetectableEffect(standardError, ALPHA);
	const same = reason === "no-information";
	const p = same ? 1 : pInferior;
	const harmful = pNonInferior(comparison, margin);
	return {
		against,
		kind: "harm",
		improvement,
		standardError,
		method,
		margin,
		p,
		alpha: ALPHA,
		detectable,
		passed: same || p !== null && p > .05 && (detectable !== null && detectable <= margin || improvement !== void 0 && improvement > 0 && harmful !== null && harmful <= .05)
	};
}
function testNonInferiority(against, comparison, policy) {
	const { improvement, standardError, method } = comparison;
	const detectable = standardError === null ? null : minimumDetectableEffect(standardError, ALPHA);
	const margin = policy.margin ?? scaled(.01, comparison);
	const p = pNonInferior(comparison, margin);
	return {
		against,
		kind: "non-inferiority",
		improvement,
		standardError,
		method,
		margin,
		p,
		alpha: ALPHA,
		detectable,
		passed: p !== null && p <= .05
	};
}
function testSuperiority(comparison, alpha) {
	const { improvement, standardError, method, pSuperior: p } = comparison;
	return {
		against: "champion",
		kind: "superiority",
		improvement,
		standardError,
		method,
		margin: 0,
		p,
		alpha,
		detectable: standardError === null ? null : minimumDetectableEffect(standardError, alpha),
		passed: p !== null && p <= alpha
	};
}
function scaled(points, { metric, champion = 0, spread = 0 }) {
	if (!require_light.isBuiltIn(metric)) return 2 * points * spread;
	return require_commands.metrics[metric].unitInterval ? points : 2 * points * Math.abs(champion);
}
// ../core/src/judge/dummy.ts
function dummyPredictions({ task, classes }, labels, weights, rows) {
	const weightOf = (row) => weights?.[row] ?? 1;
	const total = labels.reduce((sum, _, row) => sum + weightOf(row), 0);
	if (task !== "multiclass") {
		const mean = labels.reduce((sum, value, row) => sum + weightOf(row) * value, 0) / total;
		return new Float64Array(rows).fill(mean);
	}
	const shares = new Float64Array(classes?.length ?? 0);
	for (const [row, label] of labels.entries()) shares[label] += weightOf(row) / total;
	return Float64Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]);
}
var blindToDummies = [
	"ece",
	"f1",
	"precision",
	"recall"
];
function dummyMetric(primary) {
	return blindToDummies.includes(primary) ? "rocAuc" : primary;
}
var LARGE = .1;
function checkDummy(row, target, rows, minRows) {
	const { metric, dummy, challenger, improvement, pSuperior, standardError } = row;
	if (challenger === void 0 || dummy === void 0 || improvement === void 0) return [];
	if (pSuperior !== null && pSuperior <= .05 || improvement > 0 && rows < minRows) return [];
	const p = pSuperior === null ? " (no test is possible on these rows)" : ` (p = ${pSuperior.toFixed(3)})`;
	const detectable = standardError === null ? 0 : minimumDetectableEffect(standardError, ALPHA);
	if (improvement > 0 && detectable > scaled(LARGE, {
		metric,
		champion: dummy
	})) {
		const told = `The holdout is too small to show whether the challenger predicts ${require_light.quoted(target)} better than the dummy, which gives every row the same answer: ${metric} ${challenger.toFixed(4)}, dummy ${dummy.toFixed(4)}${p}; it can show only differences of at least ${detectable.toFixed(4)}.`;
		return [require_light.finding("dummy-undecided", { column: target }, told)];
	}
	const words = `The holdout does not show that the challenger predicts ${require_light.quoted(target)} better than the dummy, which gives every row the same answer: ${metric} ${challenger.toFixed(4)}, dummy ${dummy.toFixed(4)}${p}.`;
	return [require_light.finding("no-better-than-dummy", { column: target }, words)];
}
// ../core/src/judge/metric-row.ts
function metricRow(paired) {
	const { metric, champion, challenger, improvement, interval, pSuperior, standardError, method, higherIsBetter } = paired;
	const row = {
		metric,
		champion,
		challenger,
		improvement,
		interval,
		pSuperior,
		standardError,
		method
	};
	return higherIsBetter === void 0 ? row : {
		...row,
		higherIsBetter
	};
}
// ../core/src/judge/pick-rows.ts
function pickRows(values, rows, outputs = 1) {
	const picked = new Float64Array(rows.length * outputs);
	for (let i = 0; i < rows.length; i++) for (let output = 0; output < outputs; output++) picked[i * outputs + output] = values[rows[i] * outputs + output];
	return picked;
}
// ../core/src/statistics/special/poisson-binomial.ts
function poissonBinomialTail(chances, count, side) {
	const most = side === "at-least" ? count - 1 : count;
	if (most < 0) return 1;
	const sofar = new Float64Array(most + 1);
	sofar[0] = 1;
	for (const chance of chances) {
		for (let yes = most; yes > 0; yes--) sofar[yes] = sofar[yes] * (1 - chance) + sofar[yes - 1] * chance;
		sofar[0] *= 1 - chance;
	}
	const below = sofar.reduce((sum, value) => sum + value, 0);
	return side === "at-least" ? Math.max(0, 1 - below) : Math.min(1, below);
}
function bernsteinBound(distance, variance, largest) {
	const spread = 2 * (variance + largest * distance / 3);
	return distance <= 0 ? 1 : spread > 0 ? Math.exp(-distance * distance / spread) : 0;
}
// ../core/src/judge/sanity.ts
var MOST_OFF = 2;
var CHANCE = .001;
function checkPredictions(request) {
	const { target, labels, predictions } = request;
	const place = { column: target.name };
	const broken = predictions.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
	if (broken > 0) return [require_light.finding("non-finite-predictions", place, `${broken} of ${predictions.length} predictions are not finite numbers.`)];
	if (isConstant(predictions, labels.length)) return [require_light.finding("constant-predictions", place, `All ${labels.length} holdout rows get the same prediction.`)];
	if (target.classes === null) return [];
	return target.classes.flatMap((_, label) => checkClass(label, request));
}
function isConstant(predictions, rows) {
	const outputs = predictions.length / rows;
	return rows > 1 && predictions.every((value, i) => value === predictions[i % outputs]);
}
function checkLearned(learned, learner, target) {
	if (learned) return [];
	const words = `${learner} gave every validation row the same answer: nothing that it tried made it better there, so it stopped at once.`;
	return [require_light.finding("nothing-learned", { column: target }, words)];
}
function checkClass(label, request) {
	const { target, labels, predictions, settings = {} } = request;
	const classes = target.classes.length;
	const found = [];
	const name = request.sensitive ? "A class (not named: the target is sensitive)" : require_light.quoted(String(target.classes[label]));
	const rows = labels.length;
	const actual = labels.reduce((count, value) => count + (value === label ? 1 : 0), 0);
	const predicted = require_commands.predictedClasses({
		task: target.task,
		classes,
		target: labels,
		predictions,
		settings
	});
	if (actual > 0 && !predicted.includes(label)) {
		const code = actual * classes >= rows ? "class-never-predicted" : "rare-class-never-predicted";
		const words = `${name} is the answer in ${actual} of ${rows} holdout rows, but never the most probable prediction.`;
		found.push(require_light.finding(code, { column: target.name }, words));
	}
	if (target.task === "binary" && label === 0) return found;
	const promised = promises(label, classes, request);
	const { total, found: seen, sum } = promised;
	if ((sum > MOST_OFF * seen || seen > MOST_OFF * sum) && chanceOf(promised, actual, request.weights ?? null) < CHANCE) {
		const words = `${name}: the mean predicted probability is ${require_commands.percent(sum / total)}, but it is the answer in ${require_commands.percent(seen / total)} of the ${rows} holdout rows.`;
		found.push(require_light.finding("biased-predictions", { column: target.name }, words));
	}
	return found;
}
function chanceOf({ chances, found, sum, variance, largest }, count, weights) {
	const bound = 2 * bernsteinBound(Math.abs(sum - found), variance, largest);
	if (bound < CHANCE || weights !== null) return bound;
	return Math.min(1, 2 * poissonBinomialTail(chances, count, found > sum ? "at-least" : "at-most"));
}
function promises(label, classes, { target, labels, predictions, weights }) {
	const chances = new Float64Array(labels.length);
	let [total, found, sum, variance, largest] = [
		0,
		0,
		0,
		0,
		0
	];
	for (let row = 0; row < labels.length; row++) {
		const weight = weights?.[row] ?? 1;
		const p = predictions[target.task === "multiclass" ? row * classes + label : row];
		chances[row] = p;
		total += weight;
		if (labels[row] === label) found += weight;
		sum += weight * p;
		variance += weight * weight * p * (1 - p);
		largest = Math.max(largest, weight);
	}
	return {
		chances,
		total,
		found,
		sum,
		variance,
		largest
	};
}
// ../core/src/judge/compare-models.ts
function compareModels(request) {
	const { target, labels, champion, challenger, primary } = request;
	const compare = (metric, other, rows = null) => compareOn(rows, [{
		metric,
		other
	}], request)[0];
	const asked = request.metrics.map((metric) => ({
		metric,
		other: champion
	}));
	const isCalibrationAsked = target.task === "binary" && champion !== null;
	const beside = isCalibrationAsked && !request.metrics.includes("ece") ? [{
		metric: "ece",
		other: champion
	}] : [];
	const [withDummy, ...others] = compareOn(null, [
		{
			metric: dummyMetric(primary),
			other: request.dummy
		},
		...asked,
		...beside
	], request);
	const rows = others.slice(0, asked.length);
	const calibrationError = isCalibrationAsked ? others.find(({ metric }) => metric === "ece") : void 0;
	const { champion: ofDummy, ...againstDummy } = metricRow(withDummy);
	const dummy = {
		...againstDummy,
		dummy: ofDummy
	};
	const fromDummy = checkDummy(dummy, target.name, labels.length, request.minRows);
	const fresh = without(request.duplicates, labels.length);
	return {
		metrics: rows,
		dummy,
		answers: answerFacts({
			...request,
			champion: champion && champion.predictions,
			challenger: challenger.predictions,
			threshold: request.settings?.threshold
		}),
		calibration: target.task === "binary" ? calibrationOf(request) : null,
		withoutDuplicates: fresh === null ? null : {
			rows: fresh.length,
			metric: metricRow(compare(primary, champion, fresh))
		},
		findings: findingsOf(checkPredictions({
			...request,
			predictions: challenger.predictions
		}), [...fromDummy, ...calibrationError === void 0 ? [] : checkCalibration(metricRow(calibrationError), target.name)]),
		ofChampion: champion === null ? [] : findingsOfChampion(champion, fromDummy.length > 0, request),
		against: (other) => compare(primary, other),
		overChampion: (other) => champion === null ? null : compareOn(null, [{
			metric: primary,
			other: champion
		}], {
			...request,
			challenger: other
		})[0]
	};
}
function without(some, count) {
	if (some.length === 0) return null;
	const isLeftOut = new Uint8Array(count);
	for (const row of some) isLeftOut[row] = 1;
	return Uint32Array.from(isLeftOut.keys()).filter((row) => isLeftOut[row] === 0);
}
function findingsOfChampion(champion, dummy, request) {
	const { target, labels, primary, minRows } = request;
	const found = checkPredictions({
		...request,
		predictions: champion.predictions
	});
	if (!dummy) return found;
	const row = metricRow(compareOn(null, [{
		metric: dummyMetric(primary),
		other: request.dummy
	}], {
		...request,
		challenger: champion
	})[0]);
	return [...found, ...checkDummy({
		...row,
		dummy: row.champion
	}, target.name, labels.length, minRows)];
}
function calibrationOf({ labels, champion, challenger, weights }) {
	const bins = ({ predictions }) => require_commands.calibrationBins({
		target: labels,
		predictions,
		...weights && { weights }
	});
	return {
		champion: champion && bins(champion),
		challenger: bins(challenger)
	};
}
function findingsOf(sanity, rest) {
	return sanity.some(({ severity }) => severity === "error") ? sanity : [...sanity, ...rest];
}
function compareOn(rows, asked, { target, labels, challenger, groups, weights, settings = {}, seed, replicates, draw }) {
	const classes = target.classes?.length ?? 0;
	const ofRows = (values, outputs = 1) => rows === null ? values : pickRows(values, rows, outputs);
	const answersOf = (metric, model) => ofRows(require_commands.answersFor(metric, model), target.task === "multiclass" && require_light.isBuiltIn(metric) ? classes : 1);
	const shape = {
		task: target.task,
		classes,
		settings,
		target: ofRows(labels),
		...weights && { weights: ofRows(weights) }
	};
	const pairs = asked.flatMap(({ metric, other }) => other === null ? [] : [{
		metric,
		champion: answersOf(metric, other),
		challenger: answersOf(metric, challenger)
	}]);
	const drawn = {
		seed,
		replicates,
		draw,
		...groups && { groups: rows === null ? groups : rowsOf$6(groups, rows) }
	};
	const compared = comparePairs({
		...shape,
		...drawn,
		pairs
	});
	let next = 0;
	return asked.map(({ metric, other }) => {
		if (other !== null) return compared[next++];
		return alone(metric, require_commands.metricOf(metric, settings), {
			...shape,
			predictions: answersOf(metric, challenger)
		});
	});
}
function alone(metric, definition, rows) {
	return {
		metric,
		...require_light.isBuiltIn(metric) ? {} : { higherIsBetter: definition.higherIsBetter },
		champion: void 0,
		challenger: definition.evaluate(rows),
		improvement: void 0,
		interval: null,
		standardError: null,
		pSuperior: null,
		pInferior: null,
		method: "none"
	};
}
var rowsOf$6 = (values, rows) => Int32Array.from(rows, (row) => values[row]);
function countClasses({ classes }, labels) {
	if (classes === null) return null;
	const rows = classes.map(() => 0);
	for (const label of labels) if (label >= 0) rows[label]++;
	return rows;
}
function shortOfClass(classRows) {
	const second = classRows?.toSorted((a, b) => b - a)[1];
	return second !== void 0 && second < 10 ? second : null;
}
// ../core/src/judge/sufficient-slice.ts
var LEAST_ROWS$1 = 100;
function isSufficientSlice(task, target) {
	if (target.length < LEAST_ROWS$1) return false;
	if (task !== "binary") return true;
	const positives = target.reduce((count, label) => count + label, 0);
	return positives >= 10 && target.length - positives >= 10;
}
// ../core/src/judge/compare-slices.ts
function compareSlices(slices, request) {
	const rows = slices.map((slice) => compareSlice(slice, request));
	const adjusted = holm(rows.map(({ pRegression }) => pRegression));
	return rows.map((row, i) => ({
		...row,
		pHolm: adjusted[i]
	}));
}
function compareSlice({ column, value, members }, request) {
	const { task, classes, champion, challenger, groups, weights, settings = {} } = request;
	const target = pickRows(request.target, members);
	const answers = (metric, model) => pickRows(require_commands.answersFor(metric, model), members, task === "multiclass" && require_light.isBuiltIn(metric) ? classes : 1);
	const sufficient = isSufficientSlice(task, target);
	const shape = {
		task,
		classes,
		settings,
		target,
		...weights && { weights: pickRows(weights, members) }
	};
	const scores = request.metrics.map((metric) => {
		const definition = require_commands.metricOf(metric, settings);
		const valueOf = (model) => definition.evaluate({
			...shape,
			predictions: answers(metric, model)
		});
		return untested(definition, champion === null ? void 0 : valueOf(champion), valueOf(challenger));
	});
	if (champion === null || !sufficient) return {
		column,
		value,
		rows: members.length,
		sufficient,
		metrics: scores,
		pRegression: null
	};
	const { seed, replicates, draw, primary } = request;
	const test = comparePaired({
		...shape,
		metric: primary,
		champion: answers(primary, champion),
		challenger: answers(primary, challenger),
		seed,
		replicates,
		draw,
		...groups && { groups: Int32Array.from(members, (row) => groups[row]) }
	});
	return {
		column,
		value,
		rows: members.length,
		sufficient,
		metrics: scores.map((row) => row.metric === primary ? metricRow(test) : row),
		pRegression: test.pInferior
	};
}
function untested(definition, champion, challenger) {
	const { name: metric, higherIsBetter } = definition;
	return {
		metric,
		champion,
		challenger,
		improvement: champion !== void 0 && challenger !== void 0 ? require_commands.improvement(definition, champion, challenger) : void 0,
		interval: null,
		pSuperior: null,
		standardError: null,
		method: "none",
		...require_light.isBuiltIn(metric) ? {} : { higherIsBetter }
	};
}
// ../core/src/judge/excuse-findings.ts
var ofModels = new Set([
	"constant-predictions",
	"class-never-predicted",
	"biased-predictions",
	"no-better-than-dummy"
]);
var ofColumns = new Set(["leak-suspect"]);
function excuseFindings(findings, beside) {
	const { kind } = beside;
	if (kind === "first-model") return excuseFirst(findings);
	if (kind === "contract-change") return [...findings];
	return findings.map((found) => {
		const words = excuseFor(found, beside);
		if (words === null || found.severity === "warning") return found;
		return {
			...found,
			severity: "warning",
			message: `${found.message} ${words}`
		};
	});
}
function excuseFirst(findings) {
	const words = "There is no champion that does better, and the dummy does worse, so this holds back nothing.";
	const isBetter = !findings.some(({ code }) => code === "no-better-than-dummy" || code === "dummy-undecided");
	return findings.map((found) => {
		if (!isBetter || found.severity !== "suspect" || !ofModels.has(found.code)) return found;
		return {
			...found,
			severity: "warning",
			message: `${found.message} ${words}`
		};
	});
}
function excuseFor({ code }, { kind, improvement, ofChampion }) {
	if (kind === "refresh" && ofColumns.has(code)) return "The champion learned from the same columns, so this holds back nothing.";
	if (!ofModels.has(code)) return null;
	if (improvement !== void 0 && improvement >= 0) return "The champion does not do better on the same rows, so this holds back nothing.";
	return ofChampion.some((found) => found.code === code) ? "The champion shows the same on these rows, so this holds back nothing." : null;
}
// ../core/src/judge/apply-gates.ts
function applyGates(gates, comparison) {
	return gates.flatMap((gate) => applyGate(gate, comparison));
}
function applyGate(gate, comparison) {
	if (gate.slice === void 0) return [gateRow(gate, null, comparison.metrics, comparison)];
	const name = require_light.sliceName(gate.slice);
	const slices = comparison.slices.filter((s) => s.sufficient && (name === "*" || s.column === name));
	if (slices.length > 0) return slices.map((slice) => gateRow(gate, slice, slice.metrics, comparison));
	const { limit } = reading(gate, void 0);
	return [{
		gate,
		slice: null,
		value: void 0,
		limit,
		p: null,
		result: isRelative(gate) && !require_commands.isAgainstChampion(comparison.kind) ? "skipped" : "insufficient"
	}];
}
function gateRow(gate, slice, values, comparison) {
	const { value, limit, passed } = reading(gate, values.find((candidate) => candidate.metric === gate.metric));
	const tested = gate.significant === true ? slice?.pHolm : gate.critical === true ? slice?.pRegression : null;
	const row = {
		gate,
		value,
		limit,
		slice: slice === null ? null : {
			column: slice.column,
			value: slice.value
		},
		p: tested ?? null
	};
	if (isRelative(gate) && !require_commands.isAgainstChampion(comparison.kind)) return {
		...row,
		value: void 0,
		result: "skipped"
	};
	if (value === void 0 || !Number.isFinite(value)) return {
		...row,
		result: "undefined"
	};
	const isDropShown = row.p !== null && row.p < .05;
	const excused = gate.significant === true && row.p !== null && !isDropShown;
	const caught = gate.critical === true && isDropShown;
	return {
		...row,
		result: (passed(value) || excused) && !caught ? "passed" : "failed"
	};
}
function isRelative({ maxRegression, minImprovement }) {
	return maxRegression !== void 0 || minImprovement !== void 0;
}
var TIE = 1e-12;
function reading(gate, row) {
	const { min, max, maxRegression, minImprovement } = gate;
	if (min !== void 0) return {
		value: row?.challenger,
		limit: min,
		passed: (v) => v >= min - TIE
	};
	if (max !== void 0) return {
		value: row?.challenger,
		limit: max,
		passed: (v) => v <= max + TIE
	};
	if (maxRegression !== void 0) return {
		value: row?.improvement,
		limit: maxRegression,
		passed: (v) => v >= -maxRegression - TIE
	};
	const least = minImprovement ?? 0;
	return {
		value: row?.improvement,
		limit: least,
		passed: (v) => v >= least - TIE
	};
}
// ../core/src/judge/guards.ts
function guardRows({ fairness, cost }, guards) {
	return [...guards.fairness.flatMap((rule) => {
		const facts = fairness.find(({ column }) => column === rule.group);
		return facts === void 0 ? [] : [selection(rule, facts.selectionRatio), opportunity(rule, facts.opportunityGap)];
	}), ...costRows(cost, guards.budget)];
}
function selection({ group, minSelectionRatio: limit }, contrast) {
	const { champion, challenger, interval, pWorse } = contrast;
	const row = {
		guard: "minSelectionRatio",
		column: group,
		value: challenger,
		interval,
		p: pWorse,
		limit
	};
	if (challenger === void 0) return {
		...row,
		result: "insufficient"
	};
	const below = champion === void 0 ? interval === null || interval[1] < limit : pWorse === null || pWorse < .05;
	return {
		...row,
		result: challenger < limit && below ? "failed" : "passed"
	};
}
function opportunity({ group, maxOpportunityGapGrowth: limit }, contrast) {
	const { champion, challenger, interval, pWorse } = contrast;
	const value = champion === void 0 || challenger === void 0 ? void 0 : challenger - champion;
	const row = {
		guard: "maxOpportunityGapGrowth",
		column: group,
		value,
		interval,
		p: pWorse,
		limit
	};
	if (challenger === void 0) return {
		...row,
		result: "insufficient"
	};
	if (value === void 0) return {
		...row,
		result: "skipped"
	};
	return {
		...row,
		result: value > limit && (pWorse === null || pWorse < .05) ? "failed" : "passed"
	};
}
function costRows({ latency, size }, budget) {
	const { maxLatencyRatio, maxP95MsPer1000Rows, maxSizeRatio } = budget;
	const rows = [];
	const none = {
		column: null,
		interval: null,
		p: null
	};
	if (maxLatencyRatio !== void 0) {
		const beside = latency?.champion ?? null;
		const row = {
			...none,
			guard: "maxLatencyRatio",
			value: beside?.ratio,
			limit: maxLatencyRatio
		};
		const failed = beside !== null && !(beside.interval[0] <= maxLatencyRatio);
		rows.push({
			...row,
			interval: beside?.interval ?? null,
			result: beside === null ? "skipped" : failed ? "failed" : "passed"
		});
	}
	if (maxP95MsPer1000Rows !== void 0) {
		const value = latency === null ? void 0 : 1e3 * latency.challengerP95Ms / latency.batchRows;
		const result = value !== void 0 && value <= maxP95MsPer1000Rows ? "passed" : "failed";
		rows.push({
			...none,
			guard: "maxP95MsPer1000Rows",
			value,
			limit: maxP95MsPer1000Rows,
			result
		});
	}
	if (maxSizeRatio !== void 0) {
		const value = size === null ? void 0 : size.challenger / size.champion;
		const result = value === void 0 ? "skipped" : value <= maxSizeRatio ? "passed" : "failed";
		rows.push({
			...none,
			guard: "maxSizeRatio",
			value,
			limit: maxSizeRatio,
			result
		});
	}
	return rows;
}
// ../core/src/judge/judge.ts
function judge(comparison, gates, policy = noGuards) {
	const rows = applyGates(gates, comparison);
	const guards = guardRows(comparison, policy);
	const blocking = blockingReasons(comparison, gates, rows);
	if (blocking.length > 0) return {
		kind: "block",
		gates: rows,
		guards,
		because: blocking
	};
	const failed = [
		...rows.filter((row) => row.result === "failed").map((row) => ({
			kind: "gate-failed",
			row
		})),
		...guards.filter((row) => row.result === "failed").map((row) => ({
			kind: "guard-failed",
			row
		})),
		...shownWorse(comparison),
		...comparison.elsewhere?.isChampion === true ? [{ kind: "same-model" }] : []
	];
	const { anchor } = comparison;
	const better = anchor === null ? [] : [{
		kind: "anchor-best",
		...anchor
	}];
	if (failed.length > 0) return {
		kind: "hold",
		gates: rows,
		guards,
		because: [...failed, ...better]
	};
	const weak = weakEvidence(comparison, rows, guards);
	if (weak.length === 0) return {
		kind: "promote",
		gates: rows,
		guards,
		because: []
	};
	return {
		kind: "inconclusive",
		gates: rows,
		guards,
		because: [...weak, ...better]
	};
}
function shownWorse(comparison) {
	const row = require_light.primaryRow(comparison);
	return row !== void 0 && isWorse(row) ? [{
		kind: "worse",
		row
	}] : [];
}
var noGuards = {
	fairness: [],
	budget: {}
};
function blockingReasons(comparison, gates, rows) {
	const reasons = [];
	if (gates.length === 0) reasons.push({ kind: "no-gate" });
	for (const { severity, code, column, message, hint } of comparison.findings) if (severity !== "warning") reasons.push({
		kind: "finding",
		code,
		severity,
		column,
		message,
		hint
	});
	const undefinedMetrics = new Set(rows.filter((row) => row.result === "undefined").map((row) => row.gate.metric));
	if (require_light.primaryRow(comparison)?.challenger === void 0) undefinedMetrics.add(comparison.primary);
	for (const metric of undefinedMetrics) reasons.push({
		kind: "undefined-metric",
		metric
	});
	for (const column of comparison.missingSlices) reasons.push({
		kind: "missing-slice",
		column
	});
	return reasons;
}
function weakEvidence(comparison, gates, guards) {
	const reasons = [];
	const { kind: compared, procedures, minRows } = comparison;
	const { rows } = comparison.holdout;
	if (rows < minRows) reasons.push({
		kind: "few-rows",
		rows,
		minRows
	});
	const short = shortOfClass(comparison.classRows);
	if (short !== null) reasons.push({
		kind: "few-of-class",
		rows: short,
		minRows: 10
	});
	const isUndecided = comparison.findings.some(({ code }) => code === "dummy-undecided");
	const overChampion = require_light.primaryRow(comparison)?.improvement;
	if (isUndecided && (overChampion === void 0 || overChampion < 0)) reasons.push({
		kind: "dummy-undecided",
		row: comparison.dummy
	});
	if (procedures && compared === "refresh") reasons.push({
		kind: "nothing-newer",
		minRows
	});
	for (const test of comparison.tests) {
		if (test.passed) continue;
		const { against, kind, margin, detectable } = test;
		const isTooSmall = margin > 0 && detectable !== null && detectable > margin;
		reasons.push({
			kind: "test-failed",
			against,
			test: kind,
			...isTooSmall && { detectable }
		});
	}
	const small = guards.flatMap(({ column, result }) => column !== null && result === "insufficient" ? [column] : []);
	for (const column of new Set(small)) reasons.push({
		kind: "small-groups",
		column
	});
	const unjudged = gates.filter(({ gate, result }) => gate.critical === true && result === "insufficient");
	for (const column of new Set(unjudged.map(({ gate }) => require_light.sliceName(gate.slice)))) reasons.push({
		kind: "small-slices",
		column
	});
	return reasons;
}
// ../core/src/judge/learner-change.ts
function learnerChange(before, after) {
	const { learner, ...settings } = after;
	if (learner !== before.name) return [{
		setting: "learner",
		from: before.name,
		to: learner
	}];
	return require_light.differences(readable$1(before.settings), readable$1(settings));
}
function readable$1(settings) {
	const chosen = foundWords(settings);
	return chosen === null ? settings : {
		...settings,
		chosen
	};
}
// ../core/src/judge/measure-fairness.ts
function measureFairness(request) {
	const { column, target, champion, challenger } = request;
	const once = request.weights ?? new Float64Array(target.length).fill(1);
	const groups = request.groups.map(({ value, members }) => {
		const counts = (predictions) => ratesOf(tally(members, request, predictions, once));
		return {
			value,
			rows: members.length,
			sufficient: isSufficientSlice("binary", pickRows(target, members)),
			champion: champion && counts(champion),
			challenger: counts(challenger)
		};
	});
	const judged = request.groups.flatMap(({ members }, i) => groups[i].sufficient ? [members] : []);
	return {
		column,
		groups,
		selectionRatio: contrast(request, judged, lowestOverHighest, -1),
		opportunityGap: contrast(request, judged, widestGap, 1)
	};
}
function contrast(request, groups, measure, worse) {
	if (groups.length < 2) return {
		champion: void 0,
		challenger: void 0,
		interval: null,
		pWorse: null
	};
	const { target, champion, challenger, weights = null, clusters = null, seed, replicates } = request;
	const of = (predictions, counts) => measure(groups.map((members) => ratesOf(tally(members, request, predictions, counts))));
	const drawn = {
		...weights && { weights },
		...clusters && { groups: clusters }
	};
	const resample = (statistic) => require_commands.poissonBootstrap({
		rows: target.length,
		replicates,
		seed,
		...drawn,
		statistic
	}).values;
	const once = weights ?? new Float64Array(target.length).fill(1);
	const value = of(challenger, once);
	const own = value === void 0 ? [] : resample((counts) => of(challenger, counts));
	const before = champion === null ? void 0 : of(champion, once);
	const tested = champion !== null && before !== void 0 && value !== void 0;
	return {
		champion: before,
		challenger: value,
		interval: own.length > 1 ? [quantile(own, .05), quantile(own, .95)] : null,
		pWorse: tested ? bootstrapP(resample((counts) => change(of(champion, counts), of(challenger, counts), worse))) : null
	};
}
function change(before, after, worse) {
	return before === void 0 || after === void 0 ? void 0 : worse * (after - before);
}
function tally(members, { target, settings }, predictions, counts) {
	const threshold = settings?.threshold ?? .5;
	const sums = {
		rows: 0,
		positives: 0,
		selected: 0,
		truePositives: 0
	};
	for (const row of members) {
		const count = counts[row];
		const selected = predictions[row] >= threshold ? count : 0;
		sums.rows += count;
		sums.positives += count * target[row];
		sums.selected += selected;
		sums.truePositives += selected * target[row];
	}
	return sums;
}
function ratesOf({ rows, positives, selected, truePositives }) {
	const share = (part, whole) => whole > 0 ? part / whole : void 0;
	return {
		selectionRate: share(selected, rows),
		truePositiveRate: share(truePositives, positives),
		falsePositiveRate: share(selected - truePositives, rows - positives)
	};
}
function lowestOverHighest(rates) {
	const [lowest, highest] = extremes(rates.map(({ selectionRate }) => selectionRate));
	return lowest === void 0 || highest === void 0 || highest === 0 ? void 0 : lowest / highest;
}
function widestGap(rates) {
	const [lowest, highest] = extremes(rates.map(({ truePositiveRate }) => truePositiveRate));
	return lowest === void 0 || highest === void 0 ? void 0 : highest - lowest;
}
function extremes(values) {
	const known = values.filter((value) => value !== void 0);
	return known.length < values.length ? [] : [Math.min(...known), Math.max(...known)];
}
// ../core/src/judge/reliance-of.ts
function relianceOf(request) {
	const { task, classes, target, answers, shuffled, groups, weights, settings, primary, seed, replicates } = request;
	const rows = {
		metric: primary,
		task,
		classes,
		target,
		seed,
		replicates,
		champion: require_commands.answersFor(primary, answers)
	};
	return [...shuffled].map(([input, moved]) => {
		return {
			input,
			metric: metricRow(comparePaired({
				...rows,
				challenger: require_commands.answersFor(primary, moved),
				...settings && { settings },
				...groups && { groups },
				...weights && { weights }
			}))
		};
	}).filter(({ metric }) => metric.improvement !== void 0).toSorted((a, b) => a.metric.improvement - b.metric.improvement || (a.input < b.input ? -1 : 1));
}
// ../core/src/judge/weakened-clauses.ts
function looserClause(name, looser, before, after) {
	if (before === void 0) return [];
	if (after === void 0) return [`\`${name}\` is gone`];
	if (looser === "higher") return after > before ? [`\`${name}\` grows to ${after}`] : [];
	return after < before ? [`\`${name}\` falls from ${before} to ${after}`] : [];
}
function changedClause(name, before, after) {
	const words = (value) => value === void 0 ? "absent" : String(value);
	return before === after ? [] : [`\`${name}\` changes from ${words(before)} to ${words(after)}`];
}
function gone(list, before, after) {
	return before.filter((entry) => !after.includes(entry)).map((entry) => `${entry} is gone from ${list}`);
}
// ../core/src/judge/weakened-checks.ts
function weakenedChecks(before, after) {
	const accepted = ({ checks }) => checks.accept.map(({ column, finding }) => `${finding} of ${column}`);
	const keys = ({ schema: { primaryKey } }) => primaryKey === void 0 ? [] : [primaryKey].flat();
	return [
		...looserClause("checks.maxNullRate", "higher", before.checks.maxNullRate, after.checks.maxNullRate),
		...looserClause("checks.minRows", "lower", before.checks.minRows, after.checks.minRows),
		...looserClause("checks.maxAgeDays", "higher", before.checks.maxAgeDays, after.checks.maxAgeDays),
		...added(accepted(before), accepted(after)).map((entry) => `\`checks.accept\` now accepts ${entry}`),
		...before.schema.fields.flatMap((field) => weakenedField(field, before, after)),
		...keys(before).length > 0 && keys(before).join() !== keys(after).join() ? ["`schema.primaryKey` is changed or gone"] : [],
		...added(before.schema.missingValues, after.schema.missingValues).map((text) => `${JSON.stringify(text)} now counts as missing`),
		...gone("`sensitive`", before.sensitive, after.sensitive),
		...gone("`sources`", pathsOf$2(before), pathsOf$2(after)),
		...before.sources.flatMap((source) => otherRows$1(source, after)),
		...(before.tables ?? []).flatMap((table) => weakenedTable(table, before, after))
	];
}
function weakenedTable(table, before, after) {
	const now = after.tables?.find(({ name }) => name === table.name);
	if (now === void 0) return [`the table ${table.name} is gone from \`tables\``];
	const clauses = weakenedChecks(require_light.asOwnRows(table, before), require_light.asOwnRows(now, after));
	const late = table.availableAt === now.availableAt ? [] : ["`availableAt` is changed or gone"];
	return [...clauses, ...late].map((clause) => `table ${table.name}: ${clause}`);
}
function otherRows$1({ path, query, cursor }, after) {
	const now = after.sources.find((source) => source.path === path);
	if (now === void 0) return [];
	return [...query === now.query ? [] : [`\`query\` of ${path} is changed`], ...cursor === now.cursor ? [] : [`\`cursor\` of ${path} is changed`]];
}
var pathsOf$2 = ({ sources }) => sources.map(({ path }) => path);
var added = (before, after) => after.filter((entry) => !before.includes(entry));
function weakenedField(field, before, after) {
	const { name } = field;
	const now = after.schema.fields.find((each) => each.name === name);
	if (now === void 0) return [`the column ${name} is gone from \`schema\``];
	const type = now.type === field.type ? [] : [`${name} is read as ${now.type}, no longer as ${field.type}`];
	const bare = now.bareNumber === false && field.bareNumber !== false ? [`${name} is read without what stands before and after its numbers`] : [];
	const unit = field.unit !== void 0 && now.unit !== field.unit ? [`${name} is read in ${now.unit === void 0 ? "any unit" : JSON.stringify(now.unit)}, no longer in ${JSON.stringify(field.unit)} alone`] : [];
	const missing = field.missingValues === void 0 && now.missingValues === void 0 ? [] : added(missingTexts(field, before), missingTexts(now, after)).map((text) => `${JSON.stringify(text)} now counts as missing in ${name}`);
	const [then, today] = [field.constraints ?? {}, now.constraints ?? {}];
	return [
		...type,
		...bare,
		...unit,
		...missing,
		...constraintKeys.flatMap((key) => weakenedConstraint(name, key, then, today))
	];
}
var missingTexts = ({ missingValues }, { schema }) => missingValues ?? schema.missingValues;
var constraintKeys = [
	"required",
	"unique",
	"minimum",
	"maximum",
	"enum",
	"pattern"
];
function weakenedConstraint(column, key, then, today) {
	const [before, after] = [then[key], today[key]];
	if (before === void 0 || before === false || asksAsMuch(key, before, after)) return [];
	return [`the constraint \`${key}\` of ${column} ${after === void 0 || after === false ? "is gone" : "is loosened"}`];
}
function asksAsMuch(key, before, after) {
	if (require_light.canonicalJson(before ?? null) === require_light.canonicalJson(after ?? null)) return true;
	if (typeof before === "number" && typeof after === "number") return key === "minimum" ? after >= before : key === "maximum" && after <= before;
	return key === "enum" && Array.isArray(after) && after.every((value) => before.includes(value));
}
// ../core/src/judge/weakened-gate.ts
var looserWhen = {
	min: "lower",
	max: "higher",
	maxRegression: "higher",
	minImprovement: "lower"
};
function weakenedGate(gate, after) {
	const [limit, value] = limitOf(gate);
	const name = `the gate \`${gate.metric} ${limit}: ${value}\`${gate.slice === void 0 ? "" : ` for ${require_light.sliceName(gate.slice)}`}`;
	const same = after.filter((other) => other.metric === gate.metric && require_light.sliceName(other.slice ?? []) === require_light.sliceName(gate.slice ?? []) && limitOf(other)[0] === limit);
	if (same.length === 0) return [`${name} is gone`];
	return same.some((other) => {
		const now = limitOf(other)[1];
		return !(looserWhen[limit] === "lower" ? now < value : now > value) && strictness(other) >= strictness(gate);
	}) ? [] : [`${name} is loosened to ${limitOf(same[0])[1]}`];
}
function strictness({ significant, critical }) {
	return significant === true ? 0 : critical === true ? 2 : 1;
}
function limitOf(gate) {
	const limit = Object.keys(looserWhen).find((name) => gate[name] !== void 0);
	return [limit, gate[limit]];
}
// ../core/src/judge/weakened-policy.ts
function weakenedPolicy(before, after) {
	return [
		...before.gates.flatMap((gate) => weakenedGate(gate, after.gates)),
		...before.fairness.flatMap((rule) => weakenedFairness(rule, after.fairness)),
		...weakenedBudget(before.budget, after.budget),
		...(after.margin ?? 0) > (before.margin ?? 0) ? [`\`margin\` grows to ${after.margin}`] : [],
		...weakenedMerge(before, after),
		...weakenedQuestion(before, after),
		...weakenedHoldout(before.holdout, after.holdout),
		...weakenedMetrics(before, after),
		...weakenedTriggers(before.retrain, after.retrain)
	];
}
function weakenedFairness(rule, after) {
	const now = after.find(({ group }) => group === rule.group);
	if (now === void 0) return [`\`fairness\` for ${rule.group} is gone`];
	const clause = (key, isLooser) => isLooser ? [`\`fairness.${key}\` for ${rule.group} is loosened to ${now[key]}`] : [];
	return [...clause("minSelectionRatio", now.minSelectionRatio < rule.minSelectionRatio), ...clause("maxOpportunityGapGrowth", now.maxOpportunityGapGrowth > rule.maxOpportunityGapGrowth)];
}
function weakenedBudget(before, after) {
	return [
		"maxLatencyRatio",
		"maxP95MsPer1000Rows",
		"maxSizeRatio"
	].flatMap((key) => looserClause(`budget.${key}`, "higher", before[key], after[key]));
}
function weakenedMerge(before, after) {
	return [
		...before.merge === "review" && after.merge === "auto" ? ["`merge` becomes `auto`"] : [],
		...gone("`reviewers`", before.reviewers, after.reviewers),
		...looserClause("maxModelMiB", "higher", before.maxModelMiB, after.maxModelMiB)
	];
}
function weakenedQuestion(before, after) {
	const names = (key) => key === void 0 ? void 0 : [key].flat().join(", ");
	return [
		...changedClause("data", before.data, after.data),
		...changedClause("target", before.target, after.target),
		...before.time === void 0 ? [] : changedClause("time", before.time, after.time),
		...before.group === void 0 ? [] : changedClause("group", before.group, after.group),
		...before.key === void 0 ? [] : changedClause("key", names(before.key), names(after.key))
	];
}
function weakenedHoldout(before, after) {
	const fraction = ({ days, fraction: share }) => days === void 0 ? share ?? .2 : void 0;
	return [
		...looserClause("holdout.minRows", "lower", before.minRows, after.minRows),
		...looserClause("holdout.days", "lower", before.days, after.days),
		...looserClause("holdout.fraction", "lower", fraction(before), fraction(after)),
		...looserClause("holdout.blockDays", "lower", before.blockDays, after.blockDays)
	];
}
function weakenedMetrics(before, after) {
	return [
		...changedClause("metrics.primary", before.metrics.primary, after.metrics.primary),
		...gone("`metrics`", require_light.measuredMetrics(before.metrics), require_light.measuredMetrics(after.metrics)),
		...changedOwn(before.metrics.own ?? {}, after.metrics.own ?? {}),
		...changedClause("metrics.threshold", before.metrics.threshold ?? .5, after.metrics.threshold ?? .5),
		...changedClause("metrics.quantile", before.metrics.quantile ?? .5, after.metrics.quantile ?? .5),
		...gone("`slices`", before.slices.map(require_light.sliceName), after.slices.map(require_light.sliceName))
	];
}
function changedOwn(before, after) {
	return Object.entries(before).flatMap(([name, { row, higherIsBetter }]) => {
		const now = Object.hasOwn(after, name) ? after[name] : void 0;
		if (now === void 0) return [];
		return [...now.row === row ? [] : [`the metric ${name} is changed: \`metrics.own.${name}.row\``], ...changedClause(`metrics.own.${name}.higherIsBetter`, higherIsBetter, now.higherIsBetter)];
	});
}
function weakenedTriggers(before, after) {
	const keys = [
		"maxAgeDays",
		"minNewRows",
		"performanceMargin",
		"cooldownHours"
	];
	const switches = ["drift", "driftClassifier"];
	return [...keys.flatMap((key) => looserClause(`retrain.${key}`, "higher", before[key], after[key])), ...switches.flatMap((key) => before[key] && !after[key] ? [`\`retrain.${key}\` is turned off`] : [])];
}
// ../core/src/learners/choose-candidate.ts
function chooseCandidate(candidates, { higherIsBetter }) {
	const sign = higherIsBetter ? 1 : -1;
	let best = null;
	let bestScore = -Infinity;
	for (const candidate of candidates) {
		if (candidate.value === void 0 || !Number.isFinite(candidate.value)) continue;
		const score = sign * candidate.value;
		if (best === null || score > bestScore || score === bestScore && candidate.sizeBytes < best.sizeBytes) {
			best = candidate;
			bestScore = score;
		}
	}
	return best;
}
// ../core/src/learners/why-cold.ts
var sharedSettings = {
	command: ["train"],
	tfjs: [
		"hidden",
		"embeddingSize",
		"backend"
	]
};
function whyCold(live, candidate) {
	if (live === null) return "there is no champion yet";
	const version = `v${live.number}`;
	const { name, algorithmVersion, settings } = live.lineage.learner;
	if (name !== candidate.learner) return `${version} is a model of the learner ${require_light.quoted(name)}`;
	if (algorithmVersion !== candidate.algorithmVersion) return `${version} was made by algorithm version ${algorithmVersion} of the learner, which is ${candidate.algorithmVersion} here`;
	const other = sharedSettings[name]?.find((key) => !isSame(settings[key], candidate.settings[key]));
	if (other === "train") return `${version} was trained by another program`;
	if (other !== void 0) return `${version} has another \`${other}\``;
	const file = changedFile(live.code, candidate.code);
	if (file !== null) return `the code of ${version} is different: ${require_light.quoted(file)} has changed`;
	const changed = live.features === null ? "they cannot be read" : changedInputs(live.features, candidate.features);
	if (changed !== null) return `the inputs of ${version} are different: ${changed}`;
	const mayMove = Object.keys(candidate.code).length === 0;
	const levels = changedLevels(live.features, candidate.features, candidate.learner, mayMove);
	return levels === null ? null : `the categories of ${version} are different: ${levels}`;
}
function changedLevels(before, after, learner, mayMove = false) {
	if (learner !== "tfjs") return null;
	const text = (feature) => JSON.stringify(feature?.kind === "categorical" && mayMove ? {
		...feature,
		levels: feature.levels.toSorted()
	} : feature);
	const changed = (after.features.length >= before.features.length ? after.features : before.features).filter((_, i) => text(before.features[i]) !== text(after.features[i]));
	if (changed.length === 0) return null;
	return `${changed.slice(0, mostNamed$4).map(({ name }) => require_light.quoted(name)).join(", ")}${changed.length > mostNamed$4 ? `, and ${changed.length - mostNamed$4} more` : ""}`;
}
function whySeen({ number, lineage }, from, what) {
	const until = require_light.learnedUntil(lineage);
	if (from === null || until === null) return `without \`time\` nobody can tell which rows v${number} has learned from`;
	if (Date.parse(until) < from) return null;
	return `v${number} has learned from rows up to ${shortTime(until)}, and ${what} begins at ${shortTime(new Date(from).toISOString())}`;
}
function changedInputs(before, after) {
	if (!isSame(before.target, after.target)) return "the target or its classes have changed";
	const was = new Map(before.inputs.map(({ name, type }) => [name, type]));
	const is = new Map(after.inputs.map(({ name, type }) => [name, type]));
	const changes = [
		...[...is.keys()].filter((name) => !was.has(name)).map((name) => `${require_light.quoted(name)} is new`),
		...[...was.keys()].filter((name) => !is.has(name)).map((name) => `${require_light.quoted(name)} is gone`),
		...[...is].flatMap(([name, type]) => was.has(name) && was.get(name) !== type ? [`${require_light.quoted(name)} was ${was.get(name)} and is ${type}`] : [])
	];
	if (changes.length > mostNamed$4) return `${changes.slice(0, mostNamed$4).join(", ")}, and ${changes.length - mostNamed$4} more`;
	if (changes.length > 0) return changes.join(", ");
	return isSame([...was.keys()], [...is.keys()]) ? null : "they are in another order";
}
var mostNamed$4 = 3;
function changedFile(before, after) {
	return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().find((file) => before[file] !== after[file]) ?? null;
}
var isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
var shortTime = (iso) => iso.replace(/T00:00:00\.000Z$/, "");
// ../core/src/learners/sample-rows.ts
function everyNth(rows, most) {
	const stride = Math.max(1, Math.ceil(rows.length / most));
	return stride === 1 ? rows : rows.filter((_, place) => place % stride === 0);
}
function sampleRows(rows, most) {
	const { features, target, weights } = rows;
	const stride = Math.max(1, Math.ceil(target.length / most));
	if (stride === 1) return rows;
	const chosen = Uint32Array.from({ length: Math.ceil(target.length / stride) }, (_, i) => i * stride);
	const pick = (values) => Float64Array.from(chosen, (row) => values[row]);
	return {
		features: require_commands.pickFeatures(features, chosen),
		target: pick(target),
		...weights && { weights: pick(weights) }
	};
}
// ../core/src/learners/shuffle-importance.ts
var mostCells = 2e6;
async function shuffleImportance(predictor, features, groups, seed) {
	const importance = new Map([...groups.keys()].map((name) => [name, 0]));
	await visitShuffled(predictor, features, {
		groups,
		seed
	}, (name, answers, moved) => {
		importance.set(name, meanMove(answers, moved));
	});
	return importance;
}
function visitedAtOnce({ rows, columns }) {
	return Math.max(1, Math.floor(mostCells / (rows * Math.max(1, columns))));
}
async function visitShuffled(predictor, features, { groups, seed }, visit) {
	const { rows } = features;
	if (rows === 0) return new Float64Array();
	const order = shuffled$1(rows, seed);
	const atOnce = visitedAtOnce({
		rows,
		columns: features.columns.length
	});
	const { reads } = predictor;
	const all = [...groups].filter(([, members]) => reads === void 0 || [...members].some((name) => reads.has(name)));
	const moved = (some) => some.map(([input, members]) => shuffledFeatures(features, order, {
		input,
		members
	}));
	const together = await predictor.predict(require_commands.stackFeatures(features, ...moved(all.slice(0, atOnce))));
	const width = together.length / (1 + Math.min(atOnce, all.length));
	const answers = together.slice(0, width);
	for (let first = 0; first < all.length; first += atOnce) {
		const some = all.slice(first, first + atOnce);
		const shuffledAnswers = first === 0 ? together.subarray(width) : await predictor.predict(require_commands.stackFeatures(...moved(some)));
		for (const [i, [name]] of some.entries()) visit(name, answers, shuffledAnswers.subarray(i * width, (i + 1) * width));
	}
	return answers;
}
function shuffledFeatures({ rows, columns, inputs }, order, { input, members }) {
	return {
		rows,
		columns: columns.map((column) => members.has(column.name) ? require_commands.pickColumn(column, order) : column),
		...inputs && { inputs: require_commands.pickInputs(inputs, order, (name) => name === input) }
	};
}
function meanMove(answers, moved) {
	const mean = moved.reduce((sum, answer, i) => sum + Math.abs(answer - answers[i]), 0) / answers.length;
	return Number.isFinite(mean) ? mean : 0;
}
function shuffled$1(count, seed, stream = 0) {
	const next = require_commands.randomBits(seed, stream);
	const order = Uint32Array.from({ length: count }, (_, i) => i);
	for (let last = count - 1; last > 0; last--) {
		const other = Math.floor(next() / 4294967296 * (last + 1));
		[order[last], order[other]] = [order[other], order[last]];
	}
	return order;
}
// ../refit/src/versions/keeps-versions.ts
function keepsVersions(attributes) {
	const kept = attributes.split("\n").filter((line) => /\s-text\b/.test(line) && /\s-merge\b/.test(line)).map((line) => require_light.globPattern(line.trim().split(/\s/)[0].replace(/^\//, "")));
	return (model, at) => kept.some(({ test }) => test(`${require_light.championFolder(model, at)}/lineage.json`));
}
// ../core/src/decide/may-merge-itself.ts
function mayMergeItself(facts) {
	const { merge, verdict, comparison, ledger, ledgerLost, championCollapsed, rolledBackAt, inputDigest } = facts;
	if (championCollapsed) return false;
	if (merge !== "auto" || verdict !== "promote" || !require_commands.isAgainstChampion(comparison) || ledgerLost) return false;
	const timesOf = (kinds) => ledger.filter((row) => kinds.includes(row.kind)).map((row) => Date.parse(row.at));
	const lastNo = Math.max(-Infinity, ...timesOf(["declined", "rolledBack"]), ...rolledBackAt);
	if (lastNo === -Infinity) return true;
	return ledger.some((row) => row.kind === "proposed" && row.inputDigest !== inputDigest && Date.parse(row.at) > lastNo);
}
// ../core/src/decide/mostly-undecided.ts
var least = 3;
function mostlyUndecided(ledger) {
	const looks = require_light.rowsOfKind(ledger, "look").slice(-10);
	const weak = looks.filter(({ verdict }) => verdict === "inconclusive");
	if (weak.length < least || 2 * weak.length <= looks.length) return null;
	return {
		undecided: weak.length,
		of: looks.length,
		rows: Math.max(...weak.map(({ window }) => window.rows))
	};
}
// ../core/src/decide/too-early.ts
function tooEarly(reasons, newer) {
	const { rows, minRows, classRows, full } = newer;
	if (!require_light.isRefresh(reasons)) return null;
	if (rows < minRows) return {
		kind: "few-rows",
		rows,
		minRows
	};
	const ofClass = full ? null : shortOfClass(classRows);
	return ofClass === null ? null : {
		kind: "few-of-class",
		rows: ofClass,
		minRows: 10
	};
}
// ../refit/src/runs/doctor/diagnose-attention.ts
var severities = {
	broken: "error",
	blocked: "error",
	unreadable: "error",
	"learner-missing": "error",
	"unmatched-files": "warning",
	"stale-clone": "warning",
	inconclusive: null,
	proposal: null
};
async function diagnoseAttention(ports, repository, contexts) {
	const now = ports.clock.now();
	const unready = await require_commands.unreadyAmong(ports, repository, contexts);
	const fetchedAt = await ports.git.fetchedAt(repository);
	const found = [];
	for (const context of contexts) {
		const { request, history, ledger } = context;
		const attention = require_commands.attentionTo({
			now,
			state: history.state,
			hasChampion: history.champion !== null,
			ledger,
			unreadable: null,
			missingLearners: await unready.missingLearners(context),
			unmatched: unready.unmatched(context),
			proposal: null,
			fetchedAt
		});
		for (const each of attention) {
			const severity = severities[each.kind];
			const { what, fix } = require_commands.attentionWords(request.model, each, now);
			const named = each.kind === "stale-clone" ? what : `${request.model}: ${what}`;
			if (severity !== null) found.push({
				severity,
				what: named,
				fix
			});
		}
	}
	return found;
}
// ../refit/src/data/row-changes.ts
var mostCompared = 1e4;
var mostExamples = 3;
var mostShown = 4;
var longestText = 40;
var personalName = /(^|_|\b)(e[-_]?mail|phone|ssn|passport|iban|address|birth|surname|first_?name|last_?name|full_?name|salary|ip)(_|\b|$)/i;
async function rowChanges(ports, context, { corrections, added, lost }) {
	const compared = corrections.slice(0, mostCompared);
	const now = await readRows(ports, context, [...compared.map((each) => each.now), ...lost.length + compared.length > 0 ? added.slice(0, mostExamples) : []]);
	const then = await rowsOfThen(ports, context, [...compared.map(({ before }) => before), ...lost.slice(0, mostExamples)]);
	const counts = new Map();
	const examples = [];
	for (const { now: place, before } of compared) {
		const [is, was] = [now.get(keyOf$6(place)), then.get(keyOf$6(before))];
		if (is === void 0 || was === void 0) continue;
		const changed = [...is].filter(([name, value]) => was.get(name) !== value).map(([name]) => name);
		for (const name of changed) counts.set(name, (counts.get(name) ?? 0) + 1);
		if (examples.length === mostExamples) continue;
		const values = changed.filter((name) => isShown(context, name, [is.get(name), was.get(name)]));
		examples.push(exampleOf$1("corrected", place, values.slice(0, mostShown).map((column) => ({
			column,
			was: was.get(column),
			is: is.get(column)
		}))));
	}
	const whole = (kind, places, rows) => places.slice(0, mostExamples).flatMap((place) => {
		const row = rows.get(keyOf$6(place));
		if (row === void 0) return [];
		return [exampleOf$1(kind, place, [...row.keys()].filter((name) => isShown(context, name, [row.get(name)])).slice(0, mostShown).map((column) => ({
			column,
			was: null,
			is: row.get(column)
		})))];
	});
	return {
		columns: [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([column, rows]) => ({
			column,
			rows
		})),
		examples: [
			...examples,
			...whole("added", added, now),
			...whole("lost", lost, then)
		]
	};
}
var keyOf$6 = ({ file, row }) => `${file.sha256} ${row}`;
function exampleOf$1(kind, { file, row }, values) {
	return {
		kind,
		path: file.source.path,
		row,
		values
	};
}
function isShown({ manifest }, name, texts) {
	if (manifest.sensitive.includes(name) || personalName.test(name)) return false;
	return texts.every((text) => (text ?? "").length <= longestText && !(text ?? "").includes("@"));
}
async function rowsOfThen(...request) {
	try {
		return await readRows(...request);
	} catch (error) {
		if (error instanceof require_light.SourceVanishedError) return new Map();
		throw error;
	}
}
async function readRows(ports, context, places) {
	const rows = new Map();
	const numbers = new Map();
	for (const { file, row } of places) {
		const known = numbers.get(file.source.path) ?? {
			file,
			numbers: new Set()
		};
		known.numbers.add(row);
		numbers.set(file.source.path, known);
	}
	if (numbers.size === 0) return rows;
	const files = [...numbers.values()].map((each) => ({
		...each,
		wanted: [...each.numbers].sort((a, b) => a - b)
	}));
	const parts = files.map(({ file, wanted }) => ({
		...file,
		only: rangesOfRows(wanted)
	}));
	const fetched = await require_commands.fetchStored(ports.sources, context, parts);
	if (fetched.length === 0) return rows;
	const here = new Set(fetched.map(({ sha256 }) => sha256));
	await withSource(ports, context, {
		files: fetched,
		tables: new Map()
	}, async (table) => {
		if (table.findings.some(({ severity }) => severity === "error")) return;
		const names = table.columns.map(({ name }) => name);
		for (const { file, wanted } of files.filter((each) => here.has(each.file.sha256))) {
			const texts = await table.texts(file.source.path);
			for (const [i, row] of wanted.entries()) rows.set(keyOf$6({
				file,
				row
			}), new Map(names.map((name, k) => [name, texts[i][k]])));
		}
	});
	return rows;
}
function rangesOfRows(numbers) {
	const ranges = [];
	for (const number of numbers) {
		const last = ranges.at(-1);
		if (last?.[1] === number - 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}
// ../refit/src/runs/doctor/diagnose-model.ts
async function diagnoseModel(ports, context, large) {
	const { repository, manifest } = context;
	return [
		...await diagnoseFiles(ports, repository, manifest),
		...await diagnoseColumns(ports, context),
		...diagnoseSizes(ports, context, large),
		...diagnoseHistory(context)
	];
}
var MIB$1 = 1048576;
async function diagnoseFiles(ports, repository, manifest) {
	const { warnFileMiB, mostFileMiB, rule } = ports.forge.limits;
	const all = [manifest, ...(manifest.tables ?? []).map((table) => require_light.asOwnRows(table, manifest))];
	const files = (await Promise.all(all.map((each) => ports.sources.list(repository, each, { workTree: true })))).flatMap((listing) => listing.files);
	const found = [];
	for (const { path: file, bytes, blob } of files) {
		if (blob !== null && bytes > warnFileMiB * MIB$1) found.push({
			severity: bytes > mostFileMiB * MIB$1 ? "error" : "warning",
			what: `${file} has ${Math.round(bytes / MIB$1)} MiB; ${rule}.`,
			fix: "Split it by month or year, compress it to Parquet, or track it with Git LFS."
		});
		const text = bytes > 1024 ? null : await ports.files.read(node_path.default.join(repository.root, file));
		if (text !== null && require_light.lfsPointer(require_light.decodeText(text)) !== null) found.push({
			severity: "error",
			what: `${file} is a Git LFS pointer; its content is not in this clone.`,
			fix: "Install git-lfs and run `git lfs install && git lfs pull`; in a workflow, `lfs: true` on actions/checkout."
		});
	}
	return found;
}
var namedColumns = (model) => ({
	kind: "named columns",
	placeOf: () => `columns ${model}`,
	async parse(text) {
		const { source, features } = require_readers.parseFeatureSpec(text);
		const listed = features.flatMap((feature) => feature.kind === "categorical" ? [feature.input] : []);
		return {
			source: (source ?? []).map(({ name }) => name),
			listed
		};
	}
});
async function diagnoseColumns(ports, context) {
	const { spec, manifest, champion, request, repository } = context;
	const { model } = request;
	const found = [];
	if (spec.time === void 0 && spec.key === void 0) found.push({
		severity: "warning",
		what: `${model}: without \`time\` and \`key\`, whether a row is in the holdout depends on its text; editing it can move it to the other side.`,
		fix: "Declare `time`, or the `key` that identifies a row, in model.yaml."
	});
	const object = champion && `${champion.treeId}:features.json`;
	const columns = object === null ? null : await require_light.parsedObject(ports, repository, object, namedColumns(model));
	const sensitive = new Set(manifest.sensitive);
	for (const name of columns?.source ?? []) {
		if (!personalName.test(name) || sensitive.has(name)) continue;
		found.push({
			severity: "warning",
			what: `${model}: the column ${JSON.stringify(name)} looks as if its values should not appear in reports.`,
			fix: `Add it to \`sensitive\` in data-manifests/${spec.data}.yaml, or ignore this.`
		});
	}
	for (const name of new Set(columns?.listed ?? textFeatures(context))) {
		if (!sensitive.has(name)) continue;
		found.push({
			severity: "warning",
			what: `${model}: the sensitive column ${JSON.stringify(name)} is a feature, and features.json lists its categories in every version.`,
			fix: "Put it into `features.exclude` in model.yaml, or group its values in `prepare`."
		});
	}
	return found;
}
function textFeatures({ spec, manifest }) {
	const { include, exclude } = spec.features;
	const others = new Set([
		spec.target,
		spec.time,
		spec.group,
		...[spec.key ?? []].flat(),
		...exclude
	]);
	return manifest.schema.fields.filter(({ name, type }) => type === "string" && (include === void 0 ? !others.has(name) : include.includes(name))).map(({ name }) => name);
}
var placesOf$3 = (model, repository) => {
	const folder = require_light.championFolder(model, repository);
	return {
		artifact: `${folder}/artifact/model.json`,
		lineage: `${folder}/lineage.json`
	};
};
function keptInLfs({ largeFiles }, repository, models) {
	return largeFiles.tracked(repository, models.flatMap((model) => Object.values(placesOf$3(model, repository))));
}
function diagnoseSizes(ports, { request, repository, spec }, large) {
	const { mostFileMiB, rule } = ports.forge.limits;
	const { artifact, lineage } = placesOf$3(request.model, repository);
	const found = [];
	if (large.has(lineage)) found.push({
		severity: "error",
		what: `${request.model}: .gitattributes keeps ${lineage} in Git LFS, but refit cannot read history from a pointer.`,
		fix: `Keep only \`${require_light.outputPattern(request.model, repository)}/artifact/**\` in LFS.`
	});
	if (spec.maxModelMiB > mostFileMiB && !large.has(artifact)) found.push({
		severity: "warning",
		what: `${request.model}: maxModelMiB is ${spec.maxModelMiB}, but ${rule}.`,
		fix: `Add \`${require_light.outputPattern(request.model, repository)}/artifact/** filter=lfs diff=lfs merge=lfs -text\` to .gitattributes.`
	});
	return found;
}
function diagnoseHistory({ request, repository, ledger, ledgerLost }) {
	const { model } = request;
	const found = [];
	if (ledgerLost) found.push({
		severity: "warning",
		what: `${model}: the branch refit-ledger is missing, though there are versions.`,
		fix: "Fetch it (`git fetch origin refit-ledger`), or let the next run start a new one."
	});
	const weak = mostlyUndecided(ledger);
	if (weak !== null) found.push({
		severity: "warning",
		what: `${model}: ${weak.undecided} of the last ${weak.of} candidates ended without a decision; their holdouts had at most ${weak.rows} rows.`,
		fix: `Judge on more rows: raise \`holdout.days\` and \`holdout.minRows\` in ${require_light.specPath(model, repository)}, and retrain less often (\`maxAgeDays\`). \`refit backtest ${model} --policy FILE\` compares.`
	});
	return found;
}
// ../refit/src/data/fetch-tables.ts
async function fetchTables({ sources }, repository, manifest) {
	const tables = new Map();
	for (const table of manifest.tables ?? []) {
		const { files } = await sources.list(repository, require_light.asOwnRows(table, manifest), { workTree: false });
		const fetched = [];
		for (const file of files) fetched.push(await sources.fetch(repository, file));
		tables.set(table.name, fetched);
	}
	return tables;
}
// ../refit/src/data/holdout-digest.ts
function holdoutDigest(rows, digests) {
	const own = BigUint64Array.from(rows, (row) => digests[row]).sort();
	return require_light.sha256(new Uint8Array(own.buffer));
}
// ../refit/src/data/leakage-key.ts
function leakageKey({ featureSpec, key, group, split }) {
	const rows = [
		split.train,
		split.validation,
		split.holdout
	].map((part) => require_light.sha256(new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
	return JSON.stringify([
		"leakage",
		featureSpec,
		key,
		group,
		rows
	]);
}
// ../refit/src/data/profile-files.ts
async function profileFiles(ports, context, files, whileOpen = async () => {}) {
	const known = new Map();
	for (const content of files.map(require_light.contentOf)) {
		const profile = await loadProfile(ports, context, content);
		if (profile !== null) known.set(content, profile);
	}
	const missing = files.filter((file) => !known.has(require_light.contentOf(file)));
	const findings = missing.length === 0 ? [] : await profileMissing(ports, context, missing, async (file, profile, table) => {
		known.set(require_light.contentOf(file), profile);
		await whileOpen(table, file);
	});
	return {
		profiles: files.flatMap((file) => {
			const content = require_light.contentOf(file);
			const profile = known.get(content);
			return profile === void 0 ? [] : [{
				path: file.source.path,
				content,
				profile
			}];
		}),
		findings
	};
}
async function profileMissing(ports, context, missing, onProfile) {
	return withSource(ports, context, {
		files: await require_light.fetchFiles(ports, context.repository, missing),
		tables: new Map()
	}, async (table) => {
		if (table.findings.some((finding) => finding.severity === "error")) return table.findings;
		const isKept = !context.request.dryRun && table.findings.every(({ severity }) => severity === "warning");
		for (const [i, file] of missing.entries()) {
			ports.out.progress("Profiling", i / missing.length);
			const profile = await table.profile(file.source.path);
			if (isKept) await saveProfile(ports, context, require_light.contentOf(file), profile);
			await onProfile(file, profile, table);
		}
		return table.findings;
	});
}
// ../refit/src/data/row-places.ts
async function rowPlaces({ time, key, group }, table) {
	const digests = await table.rowDigests();
	let hashed = null;
	const byHash = () => hashed ??= table.positions();
	const by = async (rule) => rule === "together" ? byHash() : positionsApart(await byHash(), copyNumbers(digests));
	const positions = time === void 0 ? await byHash() : new Float64Array(0);
	const together = {
		positions,
		sides: digests,
		digests,
		copies: "together",
		findings: [],
		by
	};
	if (time !== void 0 || key !== void 0 || group !== void 0) return together;
	const copies = copyNumbers(digests);
	if (!haveManyCopies(copies) || !areCopiesNatural(digests, await allColumns(table))) return together;
	return {
		positions: positionsApart(positions, copies),
		sides: digestsApart(digests, copies),
		digests,
		copies: "apart",
		findings: [naturalCopies(copies)],
		by
	};
}
async function allColumns(table) {
	const columns = [];
	for (const { name } of table.columns) columns.push(await table.column(name));
	return columns;
}
// ../refit/src/data/row-weights.ts
async function rowWeights({ weight }, table) {
	if (weight === void 0) return null;
	const names = table.columns.map(({ name }) => name);
	if (!names.includes(weight)) throw new require_light.ColumnMissingError("weight", weight, names);
	const column = await table.column(weight);
	const values = column.kind === "text" ? new Float64Array(column.codes.length) : column.values;
	const bad = values.reduce((count, each) => count + (each > 0 && each < Infinity ? 0 : 1), 0);
	if (bad > 0) throw new require_light.WeightInvalidError(weight, bad, values.length);
	return values;
}
// ../refit/src/scoring/model-answers.ts
async function modelAnswers({ spec: { metrics }, table }, target, rows, predictions) {
	const own = Object.entries(metrics.own ?? {});
	if (own.length === 0) return { predictions };
	const expressions = own.map(([metric, { row: sql }]) => ({
		metric,
		sql
	}));
	const values = await table.rowValues(expressions, answeredRows(target, rows, predictions, metrics));
	return {
		predictions,
		ownValues: Object.fromEntries(own.map(([name], i) => [name, values[i]]))
	};
}
async function primaryAnswers(measurable, target, rows, predictions) {
	const { primary } = measurable.spec.metrics;
	return require_commands.answersFor(primary, await modelAnswers(measurable, target, rows, predictions));
}
function answeredRows({ name, task, classes }, rows, predictions, settings) {
	if (classes === null) return {
		target: name,
		rows,
		classes,
		answers: predictions,
		probabilities: null
	};
	const count = classes.length;
	const answers = require_commands.predictedClasses({
		task,
		classes: count,
		target: predictions,
		predictions,
		settings
	});
	return {
		target: name,
		rows,
		classes,
		answers,
		probabilities: task === "binary" ? predictions : Float64Array.from(answers, (label, row) => predictions[row * count + label])
	};
}
// ../refit/src/rooms/check-own-metrics.ts
var none = {
	rows: new Uint32Array(0),
	predictions: new Float64Array(0)
};
async function checkOwnMetrics(ports, context, { table, target }, { rows, predictions } = none) {
	try {
		await modelAnswers({
			spec: context.spec,
			table
		}, target, rows, predictions);
	} catch (error) {
		throw error instanceof require_commands.MetricInvalidError ? await located(ports, context, error) : error;
	}
}
async function located(ports, context, { metric, problem, at, cause }) {
	const file = require_light.specPath(context.request.model, context.repository);
	const text = await textOf$1(ports, context, file);
	const { placeInText } = await Promise.resolve().then(() => place_in_text_exports);
	const place = text === null ? null : placeInText(text, [
		"metrics",
		"own",
		metric,
		"row"
	], at);
	return new require_commands.MetricInvalidError(metric, problem, place === null ? at : {
		file,
		line: place.line,
		column: place.column
	}, { cause });
}
async function textOf$1({ files, git }, { repository, request }, file) {
	const bytes = request.dryRun ? await files.read(node_path.default.join(repository.root, file)) : (await git.read([`${repository.baseCommit}:${file}`]))[0];
	return bytes ? require_light.decodeText(bytes) : null;
}
// ../refit/src/rooms/prepare.ts
async function withPrepared(ports, context, snapshot, use) {
	return withSource(ports, context, {
		...await require_light.fetchData(ports, context.repository, snapshot),
		toPrepare: true
	}, async (source) => {
		const errors = source.findings.filter(({ severity }) => severity === "error");
		if (errors.length > 0) return use.broken(errors);
		const rows = await prepareSource(ports, context, source);
		let profiles = null;
		return use.prepared({
			...rows,
			profiles: () => profiles ??= profilesOf(ports, context, snapshot)
		});
	});
}
async function profilesOf(ports, context, { sources }) {
	const { profiles } = await profileFiles(ports, context, sources);
	return new Map(profiles.map(({ content, profile }) => [content, profile]));
}
async function prepareSource(ports, context, source) {
	const { spec, manifest } = context;
	ports.out.progress("Preparing rows");
	const table = await prepareTable(context, source);
	const known = new Set(table.columns.map(({ name }) => name));
	const read = async (name) => known.has(name) ? table.column(name) : null;
	const facts = await rowFacts(spec, table);
	const targetColumn = await table.column(spec.target);
	const labelled = labelledRows(targetColumn);
	const split = splitRows({
		rows: labelled,
		time: facts.time,
		positions: facts.places.positions,
		policy: spec.holdout,
		validation: spec.validation,
		learnedUntil: learnedBy(context.champion)
	});
	const trainingSide = concatenated(split.train, split.validation);
	const fit = transformFitter(context, {
		table,
		source,
		read,
		targetColumn,
		weights: facts.weights
	});
	const { target, featureSpec, labels, part } = await fit(trainingSide);
	await checkOwnMetrics(ports, context, {
		table,
		target
	});
	const { places, weights } = facts;
	const isSensitive = manifest.sensitive.includes(spec.target);
	const leakage = onceAsked(async () => {
		const request = {
			featureSpec,
			read,
			labels,
			digests: places.sides,
			key: keyOf$5(spec),
			group: spec.group ?? null
		};
		const found = await leakageOf(table, {
			...request,
			split
		});
		return places.copies === "apart" ? withoutDuplicates(found) : found;
	});
	if (!require_commands.candidatesOf(spec).some(({ learner }) => learner === require_light.commandDescriptor.name)) await leakage();
	const classes = checkClasses(targetColumn, {
		name: spec.target,
		sensitive: isSensitive
	}, labels, split.holdout);
	const left = repeatedKeys$1(keyOf$5(spec), table.repeatedKeys);
	const ahead = await require_commands.futureKnowledge(context, table, featureSpec);
	return {
		table,
		read,
		times: facts.time?.values ?? null,
		labelled,
		split,
		trainingSide,
		target,
		featureSpec,
		findings: async () => {
			const suspects = require_light.acceptSuspects((await leakage()).findings, manifest.checks);
			return [
				...left,
				...places.findings,
				...suspects,
				...ahead,
				...classes
			];
		},
		labels,
		weights,
		duplicates: async () => (await leakage()).duplicates,
		lookForLeakage: () => void leakage(),
		part,
		fit,
		scoredOn: holdoutReader(context, {
			split,
			facts,
			part
		})
	};
}
function holdoutReader(context, { split, facts, part }) {
	return async (champion, pick) => {
		const unseen = await unseenBy$1(champion, split, facts);
		const rows = await pick(unseen);
		const from = rows.length < unseen.length ? facts.time?.values[rows[0]] ?? split.from : split.from;
		return {
			part: await part(rows),
			facts: holdoutFacts(context, {
				...split,
				from
			}, rows, facts.places)
		};
	};
}
function onceAsked(find) {
	let found = null;
	return () => {
		found ??= find();
		found.catch(() => {});
		return found;
	};
}
function leakageOf(table, request) {
	return table.findOut(() => leakageKey(request), () => findLeakage(request));
}
function withoutDuplicates({ findings }) {
	return {
		findings: findings.filter(({ code }) => code !== "duplicate-features"),
		duplicates: new Uint32Array(0)
	};
}
function learnedBy(champion) {
	const learned = champion && require_light.learnedUntil(champion.lineage);
	return learned === null ? null : Date.parse(learned);
}
function transformFitter({ spec }, { table, source, read, targetColumn, weights }) {
	return async (trainRows) => {
		const target = fitTarget(targetColumn, spec, trainRows);
		const labels = encodeTarget(targetColumn, target);
		const featureSpec = await fitFeatures({
			columns: table.columns,
			read: (name) => table.column(name),
			trainRows,
			spec,
			target,
			targetInputs: table.targetInputs,
			sourceTypes: source.columns
		});
		checkCandidateColumns(spec.candidates, featureSpec);
		return {
			target,
			featureSpec,
			labels,
			part: partReader({
				read,
				featureSpec,
				labels,
				weights
			})
		};
	};
}
var keyOf$5 = ({ key }) => key === void 0 ? [] : [key].flat();
async function prepareTable({ spec, manifest }, source) {
	const { group } = spec;
	const table = await source.prepare({
		sql: manifest.prepare ?? null,
		target: spec.target,
		time: spec.time ?? null,
		key: group !== void 0 && spec.time === void 0 ? [group] : keyOf$5(spec),
		unique: keyOf$5(spec)
	});
	const names = table.columns.map(({ name }) => name);
	if (group !== void 0 && !names.includes(group)) throw new require_light.ColumnMissingError("group", group, names);
	return table;
}
async function rowFacts(spec, table) {
	return {
		time: spec.time === void 0 ? null : {
			name: spec.time,
			values: await instants(table, spec.time)
		},
		weights: await rowWeights(spec, table),
		places: await rowPlaces(spec, table)
	};
}
function partReader({ read, featureSpec, labels, weights }) {
	return async (rows) => ({
		rows,
		target: pickRows(labels, rows),
		...weights && { weights: pickRows(weights, rows) },
		features: await require_commands.applyFeatures(featureSpec, read, rows)
	});
}
async function unseenBy$1(champion, { holdout, unseen }, { time, places }) {
	if (champion === null || !unseen || champion.declared !== void 0) return holdout;
	const { kind, copies = "together" } = champion.holdout;
	const positions = kind === "hash" ? await places.by(copies) : places.positions;
	return unseenRows(holdout, champion, time?.values ?? null, positions);
}
function holdoutFacts({ spec }, split, rows, places) {
	const iso = (at) => at === null ? null : new Date(at).toISOString();
	return {
		kind: split.kind,
		from: iso(split.from),
		to: iso(split.to),
		fraction: split.kind === "hash" ? spec.holdout.fraction ?? .2 : null,
		...split.kind === "hash" && places.copies === "apart" && { copies: places.copies },
		rows: rows.length,
		digest: holdoutDigest(rows, places.digests),
		trainedUntil: iso(split.trainedUntil)
	};
}
async function instants(table, name) {
	const column = await table.column(name);
	if (column.kind === "text" || column.type !== "date" && column.type !== "datetime") throw new require_light.TimeTypeError(name, column.type);
	return column.values;
}
function concatenated(a, b) {
	const rows = new Uint32Array(a.length + b.length);
	rows.set(a);
	rows.set(b, a.length);
	return a.length === 0 || b.length === 0 || a.at(-1) < b[0] ? rows : rows.sort();
}
// ../refit/src/runs/doctor/newest-rows.ts
async function withNewestRows(ports, context, look) {
	const { manifest, repository } = context;
	const { files } = await ports.sources.list(repository, manifest, { workTree: false });
	const newest = files.at(-1);
	if (newest === void 0) return;
	await withSource(ports, context, {
		files: [await ports.sources.fetch(repository, newest)],
		tables: await fetchTables(ports, repository, manifest),
		toPrepare: true
	}, async (source) => {
		if (source.findings.some(({ severity }) => severity === "error")) return;
		await look(await prepareTable(context, source));
	});
}
// ../refit/src/runs/doctor/try-imported.ts
async function diagnoseImported(ports, context) {
	const { request, spec } = context;
	const inputs = await inputsOf(ports, context);
	if (inputs === null) return [];
	const found = [];
	await withNewestRows(ports, context, async ({ columns }) => {
		const mismatches = require_commands.inputMismatches(inputs, columns);
		if (mismatches.length === 0) return;
		found.push({
			severity: "error",
			what: `${request.model}: the champion was trained elsewhere, and today's rows are not what it reads: ${mismatches.join(", ")}.`,
			fix: `Make such a column in data-manifests/${spec.data}.yaml, by \`from\` of its field or in \`prepare\`. Otherwise the next candidate is judged as a first model, without a champion beside it.`
		});
	});
	return found;
}
async function tryImported(ports, context) {
	const inputs = await inputsOf(ports, context);
	if (inputs === null) return;
	const learner = await ports.learners.get("onnx");
	const file = `${require_light.championFolder(context.request.model, context.repository)}/artifact/${require_commands.importedFileOf.onnx}`;
	const bytes = (await require_commands.readArtifact(ports, context.repository, context.champion)).get(require_commands.importedFileOf.onnx);
	if (bytes !== void 0) await learner.check?.({
		learner: "onnx",
		file
	}, new Map([[file, bytes]]), inputs);
}
async function inputsOf(ports, { champion }) {
	const text = champion?.lineage.learner.name === "onnx" ? await require_commands.readChampionFile(ports, champion, "features.json") : null;
	return text === null ? null : require_readers.parseFeatureSpec(text).inputs;
}
// ../refit/src/runs/doctor/try-own-metrics.ts
var mostRows$2 = 200;
async function tryOwnMetrics(ports, context) {
	const { spec } = context;
	if (Object.keys(spec.metrics.own ?? {}).length === 0) return;
	await withNewestRows(ports, context, async (table) => {
		const column = await table.column(spec.target);
		const labelled = labelledRows(column);
		const rows = labelled.slice(0, mostRows$2);
		const target = fitTarget(column, spec, labelled);
		await checkOwnMetrics(ports, context, {
			table,
			target
		}, {
			rows,
			predictions: everyAnswer(target, rows.length)
		});
	});
}
function everyAnswer({ task, classes }, rows) {
	const count = classes?.length ?? 1;
	if (task !== "multiclass") return Float64Array.from({ length: rows }, (_, row) => task === "binary" ? row % 2 : row);
	return Float64Array.from({ length: rows * count }, (_, place) => Number(place % count === Math.floor(place / count) % count));
}
// ../refit/src/runs/doctor/diagnose.ts
async function diagnose(ports) {
	const found = [];
	const repository = await attempt(found, () => ports.git.locate());
	if (repository === null) return found;
	const { models: names, misnamed } = await require_light.findModels(ports, repository);
	found.push(...await diagnoseAttributes(ports, repository, names), ...await ports.pipelines.diagnose(repository));
	for (const lock of await ports.obstacles.leftLocks(repository)) found.push({
		severity: "warning",
		...require_light.leftLockWords(lock)
	});
	for (const { message, hint } of misnamed) found.push({
		severity: "error",
		what: message,
		fix: hint
	});
	if (names.length === 0) found.push({
		severity: "warning",
		what: "There is no model on the base branch.",
		fix: "Run `refit init`, then commit what it wrote."
	});
	const models = [];
	const contexts = [];
	const branches = new Set();
	await attempt(found, () => require_light.readAhead(ports, repository, names, ["lineage.json", "features.json"]));
	const large = await attempt(found, () => keptInLfs(ports, repository, names)) ?? new Set();
	for (const model of names) {
		const context = await attempt(found, () => require_light.read(ports, repository, {
			model,
			force: null,
			dryRun: false
		}));
		const branch = context === null ? require_light.proposalBranch(model) : require_light.proposalBranchOf(model, context.spec);
		models.push({
			model,
			branch,
			merge: context?.spec.merge ?? null
		});
		if (context === null) continue;
		contexts.push(context);
		branches.add(branch);
		found.push(...await attempt(found, () => diagnoseModel(ports, context, large)) ?? []);
		await attempt(found, () => tryOwnMetrics(ports, context));
		found.push(...await attempt(found, () => diagnoseImported(ports, context)) ?? []);
		await attempt(found, () => tryImported(ports, context));
		for (const candidate of require_commands.candidatesOf(context.spec)) await attempt(found, () => tryCandidate(ports, repository, candidate));
	}
	found.push(...await attempt(found, () => diagnoseAttention(ports, repository, contexts)) ?? []);
	for (const obstacle of branches.size === 0 ? [] : await require_light.obstaclesTo(ports, repository, [...branches])) {
		if (obstacle instanceof require_light.GitLockedError) continue;
		found.push({
			severity: "error",
			what: obstacle.message,
			fix: obstacle.hint
		});
	}
	found.push(...await attempt(found, () => ports.forgeSettings.diagnose(repository, models)) ?? []);
	return withoutRepeats(found).sort((a, b) => a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1);
}
async function tryCandidate(ports, repository, candidate) {
	const learner = await ports.learners.get(candidate.learner);
	if (learner.check === void 0) return;
	await learner.check(candidate, await require_light.readCode(ports, repository, candidate, { workTree: false }));
}
async function attempt(found, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
		found.push({
			severity: "error",
			what: error.message,
			fix: error.hint
		});
		return null;
	}
}
function withoutRepeats(found) {
	const told = [...new Map(found.map((each) => [each.what, each])).values()];
	return told.filter(({ what }) => !told.some((other) => other.what !== what && other.what.includes(what)));
}
async function diagnoseAttributes(ports, repository, models) {
	const bytes = await ports.files.read(node_path.default.join(repository.root, ".gitattributes"));
	const isKept = keepsVersions(bytes === null ? "" : require_light.decodeText(bytes));
	const open = (models.length === 0 ? ["example"] : models).filter((model) => !isKept(model, repository));
	return [...new Set(open.map((model) => require_light.outputPattern(model, repository)))].map((folder) => ({
		severity: "error",
		what: `Line endings or merges could change the bytes of a version in ${folder}.`,
		fix: `Add the line \`${folder}/** -text -merge\` to .gitattributes and commit it.`
	}));
}
// ../refit/src/commands/doctor.ts
var doctor_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$9,
	optionHelp: () => optionHelp$9,
	options: () => options$9,
	run: () => run$9,
	summary: () => summary$9,
	usage: () => usage$12
});
var usage$12 = "refit doctor [--json]";
var summary$9 = "Check for problems that will cause trouble later: settings, history, sizes, columns; each with a fix.";
var examples$9 = [["refit doctor", "look at everything"], ["refit doctor --json", "for programs"]];
var options$9 = { json: { type: "boolean" } };
var optionHelp$9 = { json: "print the findings as JSON" };
async function run$9(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("doctor takes no arguments.", usage$12);
	const diagnoses = await diagnose(ports);
	if (flags.json === true) {
		ports.out.print(JSON.stringify(diagnoses, null, 2));
		return diagnoses.some((each) => each.severity === "error") ? 2 : 0;
	}
	for (const { severity, what, fix } of diagnoses) ports.out.print(`${severity}: ${what}\n  ${fix}`);
	if (diagnoses.length === 0) ports.out.print("No problems found.");
	return diagnoses.some((each) => each.severity === "error") ? 2 : 0;
}
// ../refit/src/runs/materialize.ts
async function materialize(ports, repository, { view, model, at, folder }) {
	const reader = await readerOf(ports, repository, view, model);
	const { spec, manifest, time, key } = reader;
	const champion = await championOf(ports, repository, reader.model);
	const context = {
		request: {
			model: reader.model,
			force: null,
			dryRun: true
		},
		repository,
		spec,
		manifest,
		champion,
		ledgerCommit: null
	};
	const listing = await ports.sources.list(repository, manifest, { workTree: false });
	for (const notice of listing.notices) ports.out.notice(notice);
	const asked = {
		view,
		model: reader.model,
		dataset: spec.data,
		key,
		time,
		at: iso$3(at)
	};
	if (listing.findings.some(isError)) return {
		...asked,
		findings: listing.findings,
		written: null
	};
	const files = [];
	for (const file of listing.files) files.push(await ports.sources.fetch(repository, file));
	return withSource(ports, context, {
		files,
		tables: await fetchTables(ports, repository, manifest),
		toPrepare: true
	}, async (source) => {
		const findings = [...listing.findings, ...source.findings];
		if (findings.some(isError)) return {
			...asked,
			findings: findings.filter(isError),
			written: null
		};
		ports.out.progress("Computing features");
		const made = await source.newestRows({
			view,
			key,
			time,
			at
		});
		return {
			...asked,
			findings,
			written: await writeByContent(ports, node_path.default.join(folder, view), made)
		};
	});
}
var isError = ({ severity }) => severity === "error";
var iso$3 = (at) => at === null ? null : new Date(at).toISOString();
async function writeByContent({ files }, folder, { bytes, rows, columns, newest }) {
	const digest = require_light.sha256(bytes);
	const name = `${digest}.parquet`;
	const place = node_path.default.join(folder, name);
	const there = await files.read(place);
	const existed = there !== null && require_light.sha256(there) === digest;
	if (!existed) await files.write(place, bytes);
	return {
		file: node_path.default.join(node_path.default.basename(folder), name),
		sha256: digest,
		bytes: bytes.byteLength,
		rows,
		columns,
		newest: iso$3(newest),
		existed
	};
}
async function readerOf(ports, repository, view, model) {
	const readers = [];
	const views = new Set();
	for (const name of model === null ? await require_light.listModels(ports, repository) : [model]) {
		const specs = await require_light.readSpecs(ports, repository, name, { workTree: false });
		for (const each of specs.manifest.views ?? []) views.add(each);
		if (specs.manifest.views?.includes(view)) readers.push({
			...specs,
			model: name
		});
	}
	const [first, ...others] = readers;
	if (first === void 0) {
		const known = [...views].sort().map((each) => `\`${each}\``);
		const which = known.length === 0 ? "no view at all" : known.join(", ");
		const whose = model === null ? "No model reads" : `The model ${model} does not read`;
		throw new require_light.UsageError(`${whose} the view "${view}" (${require_light.viewFile(view)}); what is read: ${which}.`, usage$11);
	}
	const other = others.find((each) => meaningOf(each, view) !== meaningOf(first, view));
	if (other !== void 0) throw new require_light.UsageError(`The models ${first.model} and ${other.model} read the view "${view}" over other rows, or by another key or time: say whose are meant with --model.`, usage$11);
	return {
		...first,
		...roles(first)
	};
}
var usage$11 = "refit features";
function meaningOf({ spec, manifest }, view) {
	const { sources, schema, tables, views = [], viewTexts = {} } = manifest;
	const before = views.slice(0, views.indexOf(view) + 1).map((name) => [name, viewTexts[name]]);
	const meaning = [
		sources,
		schema,
		tables ?? null,
		before,
		spec.time ?? null,
		keyOf$4({
			spec,
			manifest
		})
	];
	return require_light.canonicalJson(JSON.parse(JSON.stringify(meaning)));
}
function keyOf$4({ spec, manifest }) {
	return [[spec.key ?? []].flat(), primaryKeyOf(manifest)].map((key) => key.filter((name) => name !== spec.time)).find((key) => key.length > 0) ?? [];
}
var primaryKeyOf = ({ schema }) => [schema.primaryKey ?? []].flat();
function roles({ spec, manifest, model }) {
	const { time, data } = spec;
	if (time === void 0) throw new require_light.UsageError(`The model.yaml of ${model} names no \`time\`, so nothing says which values are the newest.`, usage$11);
	const key = keyOf$4({
		spec,
		manifest
	});
	if (key.length > 0) return {
		time,
		key
	};
	throw new require_light.UsageError(`Nothing says whose values the view has. Declare \`primaryKey\` in data-manifests/${data}.yaml, such as \`primaryKey: [customer, ${time}]\`, or \`key\` in the model.yaml of ${model}.`, usage$11);
}
async function championOf(ports, repository, model) {
	const { champion } = (await require_light.readModelHistory(ports, repository, model)).history;
	if (champion === null) return null;
	const lineage = await require_light.readLineage(ports, repository, `${champion.treeId}:lineage.json`);
	return lineage && {
		number: champion.number,
		treeId: champion.treeId,
		since: champion.since,
		lineage
	};
}
// ../refit/src/commands/features.ts
var features_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$8,
	optionHelp: () => optionHelp$8,
	options: () => options$8,
	run: () => run$8,
	summary: () => summary$8,
	usage: () => usage$10
});
var usage$10 = "refit features materialize <view> [--model NAME] [--at TIME] [--out FOLDER] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$8 = "Write the newest values of a feature view by key as Parquet, for batch use and serving.";
var examples$8 = [["refit features materialize customer-spend", "the newest values by key, as Parquet"], ["refit features materialize customer-spend --at 2026-03-01", "the values as they were on that day"]];
var options$8 = {
	model: { type: "string" },
	at: { type: "string" },
	out: { type: "string" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$8 = {
	model: "whose rows, key and time are meant, where models read the view over different ones",
	at: "only what was known then, such as 2024-01-31 or 2024-01-31T06:00:00Z; default: everything",
	out: "the folder for the file, relative to the root of the repository; default: features",
	...require_light.limitHelp,
	json: "print file, digest, columns and findings as JSON"
};
async function run$8(ports, args, flags) {
	const [word, view, ...more] = args;
	if (word !== "materialize" || view === void 0 || more.length > 0) throw new require_light.UsageError("features needs the word materialize and one view.", usage$10);
	const at = flags.at === void 0 ? null : Date.parse(flags.at);
	if (Number.isNaN(at)) throw new require_light.UsageError(`--at ${flags.at} is not a time such as 2024-01-31.`, usage$10);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const out = flags.out ?? "features";
	const folder = node_path.default.resolve(repository.root, out);
	const made = await materialize(ports, repository, {
		view,
		model: flags.model ?? null,
		at,
		folder
	});
	if (flags.json === true) ports.out.print(JSON.stringify(made, null, 2));
	else for (const line of lines$2(made, out)) ports.out.print(line);
	return made.written === null ? 3 : 0;
}
function lines$2({ view, key, at, findings, written }, out) {
	const told = findings.map(({ severity, code, message }) => `${severity} ${code}: ${require_light.visibleText(message, 1e3)}`);
	if (written === null) return [...told, `${view}: the data block, so nothing was written.`];
	const { rows, newest, file, existed } = written;
	const known = at === null ? "" : `, as known at ${at}`;
	const when = newest === null ? "" : `, the newest of ${newest}`;
	const where = existed ? "in a file that was there already" : "written";
	return [
		...told,
		`${view}: ${require_light.counted(rows, "row")}, one for each ${key.join(", ")}${known}${when}; ${where}:`,
		node_path.default.join(out, file)
	];
}
// ../refit/src/runs/past.ts
async function findPast(ports, repository, models) {
	await require_light.readAhead(ports, repository, models, []);
	const histories = await require_light.readModelHistories(ports, repository, models);
	const ledgers = await require_light.readLedgers(ports, repository, models);
	return {
		found: models.flatMap((model) => {
			const { rows, commit } = ledgers.get(model);
			return pastEvents(histories.get(model).history, rows).map((event) => ({
				model,
				event,
				ledgerCommit: commit
			}));
		}).sort((a, b) => b.event.at - a.event.at),
		isLedgerMissing: [...ledgers.values()].some(({ missing }) => missing)
	};
}
async function tellPast(ports, repository, models, limit) {
	const { found, isLedgerMissing } = await findPast(ports, repository, models);
	const shown = found.slice(0, limit);
	return {
		events: await withReports(ports, shown),
		more: found.length - shown.length,
		isLedgerMissing
	};
}
async function findRun(ports, repository, model, wanted) {
	const { found } = await findPast(ports, repository, [model]);
	const [last] = await withReports(ports, found.filter((one) => isWanted(one, wanted)).slice(0, 1));
	return last ?? null;
}
function isWanted(found, wanted) {
	const run = reportedRun(found);
	if (run === null || wanted === null) return run !== null;
	const { kind, version } = found.event;
	const number = /^v(\d+)$/.exec(wanted)?.[1];
	if (number !== void 0) return kind === "promoted" && version === Number(number);
	return require_light.runName(run) === wanted;
}
async function withReports({ git }, found) {
	const runs = found.map((one) => ({
		...one,
		run: reportedRun(one)
	}));
	const wanted = runs.flatMap(({ run, ledgerCommit }) => run === null || ledgerCommit === null ? [] : [`${ledgerCommit}:${require_light.reportValue(run)}`]);
	const contents = new Map((await git.read(wanted)).map((bytes, i) => [wanted[i], bytes]));
	return runs.map(({ model, event, run, ledgerCommit }) => {
		if (run === null || ledgerCommit === null) return {
			model,
			event,
			run: null,
			kept: null,
			report: null
		};
		const file = require_light.reportValue(run);
		const bytes = contents.get(`${ledgerCommit}:${file}`) ?? null;
		const report = bytes && parseReport(`${file} on the branch \`refit-ledger\``, require_light.decodeText(bytes));
		return {
			model,
			event,
			run: report && require_light.runName(run),
			kept: report && {
				commit: ledgerCommit,
				path: require_light.reportPage(run)
			},
			report
		};
	});
}
function reportedRun({ model, event }) {
	const { inputDigest, parent, judged, attempt, kind } = event;
	if (inputDigest === null || !judged && kind !== "blocked") return null;
	return {
		model,
		inputDigest,
		parent,
		attempt: judged ? attempt : null
	};
}
// ../refit/src/runs/choose-models.ts
async function chooseModels(ports, repository, model) {
	const models = await require_light.listModels(ports, repository);
	if (model === void 0) return models;
	require_light.checkModelName(model);
	if (models.includes(model)) return [model];
	const { history } = await require_light.readModelHistory(ports, repository, model);
	if (history.events.length === 0) throw new require_light.ModelUnknownError(model, models, repository);
	return [model];
}
// ../refit/src/commands/history.ts
var history_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$7,
	optionHelp: () => optionHelp$7,
	options: () => options$7,
	run: () => run$7,
	summary: () => summary$7,
	usage: () => usage$9
});
var usage$9 = "refit history [model] [--limit N] [--json]";
var summary$7 = "List what happened to a model, or to all, newest first: promoted, rolled back, declined, rejected, blocked or inconclusive, and why.";
var examples$7 = [["refit history churn", "the newest twenty events"], ["refit history --limit 100 --json", "of all models, for programs"]];
var options$7 = {
	limit: { type: "string" },
	json: { type: "boolean" }
};
var optionHelp$7 = {
	limit: "show at most this many of the newest events; default: 20",
	json: "print the events as JSON (`refit schema history`)"
};
var usualLimit = 20;
var width = 80;
var indent = " ".repeat(12);
async function run$7(ports, args, flags) {
	const [model, ...more] = args;
	if (more.length > 0) throw new require_light.UsageError("history takes at most one model.", usage$9);
	const limit = limitFrom(flags.limit);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const models = await chooseModels(ports, repository, model);
	const past = await tellPast(ports, repository, models, limit);
	if (flags.json === true) {
		ports.out.print(JSON.stringify(asJson(models, past), null, 2));
		return 0;
	}
	if (past.isLedgerMissing && models.length > 0) ports.out.notice(missingLedger(repository));
	if (past.events.length === 0) ports.out.print(nothingYet(model, repository));
	for (const told of past.events) for (const line of lines$1(told, models.length > 1)) ports.out.print(line);
	if (past.more > 0) ports.out.print(`${past.more} older; \`--limit ${limit + past.more}\` shows all.`);
	return 0;
}
function limitFrom(limit) {
	if (limit === void 0) return usualLimit;
	if (!/^[1-9]\d{0,8}$/.test(limit)) throw new require_light.UsageError(`\`--limit ${limit}\` is not a number of events.`, usage$9);
	return Number(limit);
}
function missingLedger({ remote }) {
	return `There is no branch \`refit-ledger\` here, so runs that ended without a merge (rejected, blocked, declined) are not known. ${remote === null ? "The next `refit run` that judges something begins one." : `If the remote has it: \`git fetch ${remote} refit-ledger:refs/remotes/${remote}/refit-ledger\`.`}`;
}
function nothingYet(model, { baseBranch }) {
	return model === void 0 ? `Nothing has happened to any model on ${baseBranch} yet; \`refit run\` trains and judges.` : `Nothing has happened to "${model}" on ${baseBranch} yet; \`refit run ${model}\` trains and judges it.`;
}
function lines$1({ model, event, run: name, report }, isNamed) {
	const what = `${isNamed ? `${model}: ` : ""}${require_light.terminalText(pastSentence(event))}.`;
	const first = require_light.wrapped(what, width, indent);
	const facts = [
		...report?.headline.number ? [require_light.terminalText(report.headline.number)] : [],
		...whyOf(report).map((why) => `- ${why}`),
		...event.kind === "rejected" || event.kind === "blocked" || event.reasons.length === 0 ? [] : [`Trained because ${event.reasons.map((reason) => require_light.terminalText(require_light.reasonSentence(reason))).join("; ")}.`],
		...name === null ? [] : [`More: refit report ${model}@${name}`]
	];
	return [
		`${require_light.day(event.at)}  ${first[0].trimStart()}`,
		...first.slice(1),
		...facts.flatMap((fact) => require_light.wrapped(fact, width, indent, fact.startsWith("- ") ? "  " : ""))
	];
}
var mostReasons = 3;
function whyOf(report) {
	const all = (report?.headline.objections ?? []).map(require_light.terminalText);
	const more = all.length - mostReasons;
	return more > 1 ? [...all.slice(0, mostReasons), `and ${more} more`] : all;
}
function asJson(models, { events, more, isLedgerMissing }) {
	return {
		format: 1,
		schema: "history",
		models: [...models],
		ledger: isLedgerMissing ? "missing" : "here",
		events: events.map(({ model, event, run: name, kept, report }) => ({
			model,
			at: instant$1(event.at),
			kind: event.kind,
			what: `${require_light.terminalText(pastSentence(event))}.`,
			why: (report?.headline.objections ?? []).map(require_light.terminalText),
			number: report?.headline.number ? require_light.terminalText(report.headline.number) : null,
			version: event.version,
			against: event.against,
			inputDigest: event.inputDigest,
			run: name,
			trainedBecause: event.reasons.map((reason) => require_light.terminalText(require_light.reasonSentence(reason))),
			words: event.words,
			driftLevel: event.driftLevel,
			settledAt: event.settledAt === null ? null : instant$1(event.settledAt),
			commit: event.commit,
			report: kept
		})),
		more
	};
}
var instant$1 = (at) => new Date(at).toISOString();
// ../refit/src/runs/init/example-data.ts
function exampleCsv(rows = 3e3) {
	const random = generator(20260101);
	const pick = (items) => items[Math.floor(random() * items.length)];
	const prices = {
		basic: 9,
		plus: 19,
		pro: 39
	};
	const lines = ["customer,signed_up,plan,region,monthly_price,hours_used,complaints,cancelled"];
	for (let i = 0; i < rows; i++) {
		const day = new Date(Date.UTC(2025, 0, 1) + Math.floor(i / rows * 365) * require_light.DAY).toISOString().slice(0, 10);
		const plan = pick([
			"basic",
			"basic",
			"plus",
			"pro"
		]);
		const price = prices[plan] + Math.round(random() * 4);
		const hours = random() < .05 ? "" : (random() * 30).toFixed(1);
		const complaints = Math.floor(random() * random() * 5);
		const leaning = -1.6 + .9 * complaints + (plan === "basic" ? .7 : -.4) - .06 * Number(hours || 12);
		const cancelled = random() < 1 / (1 + Math.exp(-leaning));
		lines.push(`c${1e5 + i},${day},${plan},${pick([
			"north",
			"south",
			"east",
			"west"
		])},${price},${hours},${complaints},${cancelled}`);
	}
	return `${lines.join("\n")}\n`;
}
function generator(seed) {
	let state = seed >>> 0;
	return () => {
		state = Math.imul(state, 1664525) + 1013904223 >>> 0;
		return state / 4294967296;
	};
}
// ../refit/src/runs/init/yaml-text.ts
function yamlText(text) {
	return /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text) ? text : JSON.stringify(text);
}
// ../refit/src/runs/init/infer-spec.ts
var MOST_CLASSES = 20;
function inferTask(target) {
	const counts = new Map();
	const rows = target.kind === "text" ? target.codes.length : target.values.length;
	let present = 0;
	for (let row = 0; row < rows; row++) {
		const value = target.kind === "text" ? target.dictionary[target.codes[row]] : target.values[row];
		if (value === void 0 || Number.isNaN(value)) continue;
		present++;
		if (counts.size <= 100 || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	const classes = counts.size;
	const few = target.kind === "text" || target.type === "integer" && classes <= MOST_CLASSES && classes * 50 <= present;
	const task = classes <= 2 ? "binary" : few ? "multiclass" : "regression";
	return {
		task,
		rows,
		dummy: {
			binary: .5,
			multiclass: Math.max(...counts.values()) / present,
			regression: 0
		}[task]
	};
}
var dummyMetrics = {
	binary: "rocAuc",
	multiclass: "accuracy",
	regression: "r2"
};
function suggestedGate({ task, dummy }) {
	const least = Number((dummy + (1 - dummy) / 10).toFixed(2));
	return `  # - { metric: ${dummyMetrics[task]}, min: ${least} } # a bar for the first model too; without features it would have ${Number(dummy.toFixed(2))}`;
}
function specText(found, names) {
	const { metrics, gates } = bar(found);
	const { rhythm } = found;
	return [
		"# What is predicted, how it is judged, and when to retrain. Reference: `refit schema model`",
		`task: ${found.task}`,
		`data: ${names.dataset}`,
		`target: ${yamlText(names.target)}`,
		...names.time === null ? [] : [`time: ${yamlText(names.time)} # the newest rows become the holdout`],
		names.key === null ? "# key: id             # the column that identifies a row; not a feature" : `key: ${yamlText(names.key)} # identifies a row; not a feature`,
		"features:",
		`  exclude: [${names.exclude.map(yamlText).join(", ")}] # columns that would not be known at prediction time${names.exclude.length === 0 ? "" : ", and files, which only programs read"}`,
		"candidates: # all are trained; the newest rows before the holdout choose",
		...names.candidate ?? builtIn(rhythm),
		rhythm === null ? `holdout: { fraction: 0.2, minRows: ${Math.max(20, Math.min(200, Math.floor(found.rows / 20)))} }` : `holdout: { days: ${rhythm.days}, minRows: ${rhythm.minRows} } # a week at least, and as many days as can decide; what ships learns from them too`,
		`metrics: ${metrics}`,
		"gates: # limits beside the test",
		...gates.map((gate) => `  - ${gate}`),
		suggestedGate(found),
		"retrain:",
		...triggers(found),
		"  cooldownHours: 24",
		"merge: review",
		"seed: 7",
		""
	].join("\n");
}
function builtIn(rhythm) {
	return [
		"  - { learner: gbdt }",
		...(rhythm?.windows ?? []).map((days) => `  - { learner: gbdt, training: { days: ${days} } } # forgets what is older`),
		"  - { learner: linear }"
	];
}
var worthRetraining = {
	binary: .02,
	multiclass: .05,
	regression: null
};
function triggers({ task, rows, rhythm }) {
	if (rhythm === null) return [`  minNewRows: ${Math.max(50, Math.round(rows / 10))}`, "  maxAgeDays: 30"];
	const margin = worthRetraining[task];
	return [
		`  maxAgeDays: ${rhythm.retrainDays} # the rhythm; \`refit backtest\` says whether another one is better`,
		`  minNewRows: ${rhythm.burstRows} # a burst of rows does not wait`,
		...margin === null ? [] : [`  performanceMargin: ${margin} # sooner, where the champion has become worse by more`]
	];
}
function bar({ task }) {
	if (task === "binary") return {
		metrics: "{ primary: rocAuc, also: [logLoss, brier, f1] }",
		gates: ["{ metric: rocAuc, maxRegression: 0.05 }"]
	};
	if (task === "multiclass") return {
		metrics: "{ primary: logLoss, also: [accuracy, f1Macro] }",
		gates: ["{ metric: accuracy, maxRegression: 0.05 }"]
	};
	return {
		metrics: "{ primary: rmse, also: [mae, r2] }",
		gates: ["{ metric: r2, maxRegression: 0.05 }"]
	};
}
// ../refit/src/runs/init/manifest-text.ts
var longestFields = 1e5;
function manifestText(manifest) {
	const { file, columns, empty, missingValues, primaryKey, prepare, rows } = manifest;
	return [
		"# Where the rows are, and what must hold for them. Reference: `refit schema data-manifest`",
		"sources:",
		`  - { path: ${yamlText(file)} } # a glob such as data/*.csv also reads files that arrive later`,
		"schema:",
		...fieldLines(columns),
		...empty.map((name) => `    # ${JSON.stringify(name)} has no values yet; its type is inferred when they come`),
		...missingValues.length > 1 ? [`  missingValues: ${JSON.stringify(missingValues)}`] : [],
		...primaryKey === null ? [] : [`  primaryKey: ${yamlText(primaryKey)}`],
		...prepare === null ? ["# prepare: |            # optional: one SELECT over `source`, in DuckDB's SQL", "#   SELECT * FROM source"] : prepareLines(prepare),
		"checks:",
		`  minRows: ${Math.max(1, Math.floor(rows / 2))}`,
		"sensitive: [] # columns whose values must not appear in reports",
		""
	].join("\n");
}
function prepareLines(sql) {
	return /^[\x20-\x7E\u00A1-\uD7FF]*$/.test(sql) ? ["prepare: |", `  ${sql}`] : [`prepare: ${JSON.stringify(sql)}`];
}
function fieldLines(columns) {
	const all = columns.map(fieldLine);
	if (all.join("\n").length <= longestFields) return ["  fields:", ...all];
	const special = columns.filter((column) => Object.keys(column).length > 2).map(fieldLine);
	const note = `# the types of ${columns.length} columns are inferred; name those here that you know better`;
	return special.length === 0 ? [`  fields: [] ${note}`] : [`  fields: ${note}`, ...special];
}
function fieldLine({ name, from, type, missingValues, ...form }) {
	return `    - { ${[
		`name: ${yamlText(name)}`,
		...from === void 0 ? [] : [`from: ${yamlText(from)}`],
		`type: ${type}`,
		...Object.entries(form).map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
		...missingValues === void 0 ? [] : [`missingValues: ${JSON.stringify(missingValues)}`]
	].join(", ")} }`;
}
// ../refit/src/runs/init/data-files.ts
var usage$8 = "refit init --data FILE --target COLUMN [--time COLUMN]";
async function placeOfData(ports, repository, candidates) {
	for (const file of candidates.slice(0, -1)) {
		const manifest = require_readers.dataManifest.parse({ sources: [{ path: file }] });
		const { files } = await ports.sources.list(repository, manifest, { workTree: true });
		if (files.length > 0 || require_light.sourceFormat(file) === null && await isFile(ports, repository, file)) return file;
	}
	return candidates.at(-1);
}
async function isFile({ files }, { root }, file) {
	return await files.read(node_path.default.join(root, file)).catch(() => null) !== null;
}
async function filesToInspect(ports, repository, { file, text }, scratch) {
	if (text !== null) return {
		files: [await plannedFile(ports.files, scratch, file, require_light.encodeText(text))],
		findings: []
	};
	if (require_light.schemeOf(file) === "postgres") throw new require_light.UsageError(`init reads files, and ${require_light.quoted(file)} would need a query. Write data-manifests/<dataset>.yaml and models/<model>/model.yaml by hand, as docs/sources.md shows.`, usage$8);
	const manifest = require_readers.dataManifest.parse({ sources: [{ path: file }] });
	const { files, findings } = await ports.sources.list(repository, manifest, { workTree: true });
	if (files.length === 0 && require_light.sourceFormat(file) === null && await isFile(ports, repository, file)) throw new require_light.UsageError(`${file} cannot be read. ${require_light.unreadEnding(file)}`, usage$8);
	if (files.length === 0) throw new require_light.UsageError(`There is no ${file} in ${repository.root}; paths are relative to the current folder, or to that one.`, usage$8);
	const fetched = [];
	for (const source of files) fetched.push(await ports.sources.fetch(repository, source));
	return {
		files: fetched,
		findings
	};
}
async function besideNotes(ports, repository, { file, text }) {
	const { dir, ext } = node_path.default.posix.parse(file);
	if (text !== null || /[*?[\]{}]/.test(file)) return [];
	const pattern = node_path.default.posix.join(dir, `*${ext}`);
	const { files } = await ports.sources.list(repository, require_readers.dataManifest.parse({ sources: [{ path: pattern }] }), { workTree: true });
	const others = files.length - 1;
	if (others < 1) return [];
	return [`${others === 1 ? "There is 1 more file" : `There are ${others} more files`} like ${require_light.quoted(pattern)}, and the model reads ${require_light.quoted(file)} alone. If they hold rows of the same table, set \`path: ${JSON.stringify(pattern)}\` in the data manifest; then files that arrive later are read, too.`];
}
async function plannedFile(files, scratch, file, bytes) {
	const localPath = node_path.default.join(scratch, "planned");
	await files.write(localPath, bytes, { lasting: false });
	const digest = require_light.sha256(bytes);
	const format = require_light.sourceFormat(file);
	return {
		path: file,
		bytes: bytes.length,
		blob: null,
		identity: digest,
		sha256: digest,
		localPath,
		format: format.format,
		delimiter: format.delimiter
	};
}
// ../refit/src/runs/init/clean-rows.ts
function sqlName(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
function sqlText(text) {
	return `'${text.replaceAll("'", "''")}'`;
}
function prepareText({ replaced, conditions }) {
	if (replaced.length === 0 && conditions.length === 0) return null;
	const values = replaced.map(({ column, sql }) => `${sql} AS ${sqlName(column)}`);
	return `SELECT ${values.length === 0 ? "*" : `* REPLACE (${values.join(", ")})`} FROM source${conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`}`;
}
var mostSpellings = 1e3;
var collapsed = (text) => text.replace(/\s+/gu, " ").trim();
function oneSpelling(column, texts, isTarget) {
	if (texts.length > mostSpellings) return null;
	const spaced = variantOf(texts, collapsed);
	const cased = isTarget ? variantOf(texts, (text) => collapsed(text).toLowerCase()) : null;
	const name = sqlName(column);
	const trimmed = texts.every(({ text }) => text.replace(/^ +| +$/g, "") === collapsed(text)) ? `trim(${name})` : String.raw`trim(regexp_replace(${name}, '[\s\p{Z}]+', ' ', 'g'))`;
	const found = cased ?? spaced;
	if (found === null) return null;
	const isCased = cased !== null && collapsed(cased.rare.text) !== collapsed(cased.usual.text);
	const isPlain = texts.every(({ text }) => text === collapsed(text));
	const sql = isCased ? `lower(${isPlain ? name : trimmed})` : trimmed;
	const { rare, usual } = found;
	const rows = rare.count === 1 ? "1 row" : `${rare.count} rows`;
	const differs = isCased ? "is the same but for case" : "differs in white space only";
	const what = `${require_light.quoted(column)} has ${rows} with ${require_light.quoted(rare.text)}, which ${differs} from ${require_light.quoted(usual.text)} (${usual.count} rows)`;
	return {
		sql,
		note: {
			what: isCased ? what.replace(" from ", " as ") : what,
			at: rare,
			advice: `\`prepare\` makes one text of both: ${sql}.`
		}
	};
}
function variantOf(texts, keyOf) {
	const usual = new Map();
	let found = null;
	for (const each of texts.toSorted((a, b) => b.count - a.count)) {
		const before = usual.get(keyOf(each.text));
		if (before === void 0) usual.set(keyOf(each.text), each);
		else found = {
			rare: each,
			usual: before
		};
	}
	return found;
}
// ../refit/src/runs/init/date-format.ts
var written$1 = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/;
function dateFormat(texts) {
	const formats = dateFormats(texts);
	return formats.length === 1 ? formats[0] : null;
}
var monthNames = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?";
var named$1 = [
	[`(${monthNames}) \\d{1,2} \\d{4}`, "%b %d %Y"],
	[`(${monthNames}) \\d{1,2}, \\d{4}`, "%b %d, %Y"],
	[`\\d{1,2} (${monthNames}) \\d{4}`, "%d %b %Y"],
	[`\\d{1,2}-(${monthNames})-\\d{4}`, "%d-%b-%Y"]
].map(([text, format]) => [new RegExp(`^${text}$`, "i"), format]);
function namedFormat(texts) {
	const fit = named$1.find(([pattern]) => texts.every((text) => pattern.test(text.trim())));
	if (fit === void 0) return null;
	const [pattern, format] = fit;
	const names = texts.map((text) => pattern.exec(text.trim())[1]);
	if (names.every((name) => name.length === 3)) return {
		type: "date",
		format
	};
	return names.every((name) => name.length > 3 || name.toLowerCase() === "may") ? {
		type: "date",
		format: format.replace("%b", "%B")
	} : null;
}
function dateFormats(texts) {
	const found = texts.map((text) => written$1.exec(text.trim()));
	const [first] = found;
	const inWords = first === null ? namedFormat(texts) : null;
	if (inWords !== null) return [inWords];
	if (!first) return [];
	const clock = clockOf(first);
	const fits = [
		"%d %m %Y",
		"%m %d %Y",
		"%Y %m %d"
	].filter((order) => found.every((parts) => parts && parts[2] === first[2] && clockOf(parts) === clock && fitsOrder(parts, order)));
	const orders = fits.length > 1 && first[2] === "." ? fits.filter((each) => each.startsWith("%d")) : fits;
	const type = clock === "" ? "date" : "datetime";
	return orders.map((order) => ({
		type,
		format: `${order.replaceAll(" ", first[2])}${clock}`
	}));
}
function clockOf(parts) {
	if (parts[5] === void 0) return "";
	return `${parts[0].includes("T") ? "T" : " "}%H:%M${parts[6] === void 0 || parts[7] === void 0 ? "" : ":%S"}`;
}
function fitsOrder(parts, order) {
	const numbers = [
		parts[1],
		parts[3],
		parts[4]
	];
	return order.split(" ").every((place, i) => {
		const text = numbers[i];
		if (place === "%Y") return text.length === 4;
		return text.length <= 2 && Number(text) >= 1 && Number(text) <= (place === "%m" ? 12 : 31);
	});
}
// ../refit/src/runs/init/date-forms.ts
var mostForms = 4;
var nearly$1 = .9;
function dateForms(values) {
	const groups = new Map();
	const others = [];
	for (const value of values) {
		const shape = shapeOf(value.text);
		if (shape === null) others.push(value);
		else groups.set(shape, [...groups.get(shape) ?? [], value]);
	}
	if (groups.size > mostForms) return null;
	const forms = [...groups.values()].flatMap(inOneOrder).toSorted((a, b) => b.rows - a.rows);
	const rows = forms.reduce((sum, form) => sum + form.rows, 0);
	return forms.length > 1 && rows >= nearly$1 * (rows + rowsOf$5(others)) ? {
		forms,
		others
	} : null;
}
function shapeOf(text) {
	const [first] = dateFormats([text]);
	if (first === void 0) return null;
	return first.format.replaceAll(/%[dm]/g, "?");
}
function inOneOrder(texts) {
	const formats = formatsOf(texts);
	if (formats.length > 0) return [{
		texts,
		rows: rowsOf$5(texts),
		formats
	}];
	const byOrder = new Map();
	for (const value of texts) {
		const own = formatsOf([value]).join(" or ");
		byOrder.set(own, [...byOrder.get(own) ?? [], value]);
	}
	return [...byOrder.values()].map((each) => ({
		texts: each,
		rows: rowsOf$5(each),
		formats: formatsOf(each)
	}));
}
var formatsOf = (texts) => dateFormats(texts.map(({ text }) => text)).map(({ format }) => format);
var rowsOf$5 = (texts) => texts.reduce((sum, { count }) => sum + count, 0);
function datesSql(name, { forms, others }) {
	const orders = new Set(forms.map(({ formats }) => formats[0].replaceAll(/%[dm]/g, "?")));
	if (others.length > 0 || orders.size < forms.length || forms.some(({ formats }) => formats.length !== 1)) return null;
	const text = forms.some(({ texts }) => texts.some(({ text }) => text !== text.trim())) ? `trim(${sqlName(name)})` : sqlName(name);
	const read = forms.map(({ formats }) => `try_strptime(${text}, ${sqlText(formats[0])})`);
	return forms.some(({ formats }) => formats[0].includes("%H")) ? `coalesce(${read.join(", ")})` : `CAST(coalesce(${read.join(", ")}) AS DATE)`;
}
function formsNote(name, found, isRead) {
	const { forms, others } = found;
	const shown = forms.map(({ rows, texts }) => `${rows} ${rows === 1 ? "row" : "rows"} such as ${require_light.quoted(texts[0].text)}`);
	const rest = others.length === 0 ? "" : `; ${rowsOf$5(others)} of other texts such as ${require_light.quoted(others[0].text)}`;
	const sql = datesSql(name, found);
	const rarest = forms.at(-1).texts[0];
	return {
		what: `${require_light.quoted(name)} holds dates in ${forms.length} forms: ${shown.join(", ")}${rest}`,
		at: rarest,
		advice: isRead ? `\`prepare\` reads all of them: ${sql}.` : sql === null ? "It is declared as text, since not every one can be read for certain. Correct the file." : `It is declared as text. Correct the file, or read all of them in \`prepare\`: ${sql}.`
	};
}
// ../refit/src/runs/init/file-column.ts
var nearlyAll = .9;
var fewTexts = 3;
var media = /\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|pgm|ppm|dcm|nii|wav|mp3|flac|ogg|m4a|mp4|avi|mov|pdf|txt|html?|json|xml|npy|npz)$/i;
function asFiles(name, values, found) {
	const text = {
		declared: null,
		odd: []
	};
	if (found === null) return {
		...text,
		notes: nothingThere(name, values)
	};
	const odd = values.filter((value) => !found.texts.has(value.text));
	const rows = rowsOf$4(values);
	const missing = rowsOf$4(odd);
	const shown = require_light.quotedList(odd.map((each) => each.text), fewTexts);
	const what = missing === 0 ? `All ${rows} values of ${require_light.quoted(name)} name files, such as ${require_light.quoted(values[0].text)}` : `${rows - missing} of ${rows} values of ${require_light.quoted(name)} name files; ${missing === 1 ? "the other is" : `the other ${missing} are`} ${shown}`;
	const at = odd[0] ?? null;
	const declaration = found.folder === null ? "`type: file`" : `\`type: file, folder: ${JSON.stringify(found.folder)}\``;
	if (missing > .09999999999999998 * rows) {
		const advice = `It is declared as text, from which no program can tell what the files hold. Once the others are there, declare ${declaration}.`;
		return {
			...text,
			notes: [{
				what,
				at,
				advice
			}]
		};
	}
	const { folder } = found;
	const isFew = odd.length <= fewTexts;
	const advice = `It is declared with ${declaration}: what a file holds is part of its row. ${adviceOn(odd, isFew)}`;
	return {
		declared: {
			type: "file",
			...folder !== null && { folder }
		},
		odd: isFew ? odd : [],
		notes: [{
			what,
			at,
			advice
		}]
	};
}
function adviceOn(odd, isFew) {
	if (odd.length === 0) return "If the path itself is meant, declare `type: string`.";
	return isFew ? "Such a row has no file (`missingValues`); if that is wrong, put the files there and take their names out of that list." : "A run stops at files that are not there: add them, remove their rows, or declare `type: string`.";
}
function nothingThere(name, values) {
	const named = values.filter(({ text }) => media.test(text));
	if (named.length < 2 || rowsOf$4(named) < nearlyAll * rowsOf$4(values)) return [];
	const first = named[0];
	const place = require_light.filePlace(first.text, "");
	return [{
		what: `${require_light.quoted(name)} holds names such as ${require_light.quoted(first.text)}, and there are no such files in this repository`,
		at: null,
		advice: `It is declared as text.${"problem" in place ? ` ${require_light.quoted(first.text)} ${place.problem}.` : ""} If a program is to read the files, put them into the repository and declare \`type: file, folder: FOLDER\`, the folder in which the paths begin.`
	}];
}
var rowsOf$4 = (texts) => texts.reduce((sum, { count }) => sum + count, 0);
// ../refit/src/runs/init/missing-words.ts
var everywhere = [
	[
		"NA",
		"N/A",
		"n/a",
		"#N/A",
		"n.a.",
		"N.A.",
		"<NA>",
		"NULL",
		"null",
		"Null",
		"(null)",
		"\\N"
	],
	[
		"NaN",
		"nan",
		"NAN",
		"NaT",
		"#DIV/0!",
		"#VALUE!",
		"#REF!",
		"#NUM!",
		"#NAME?",
		"#NULL!"
	],
	[
		"?",
		"??",
		"-",
		"--",
		"---",
		"–",
		"—",
		".",
		"..",
		"…"
	]
].flat();
var amongNumbers = [
	[
		"None",
		"none",
		"NONE",
		"nil",
		"missing",
		"Missing",
		"MISSING",
		"unknown",
		"Unknown",
		"UNKNOWN",
		"na",
		"n/d",
		"nd"
	],
	[
		"not available",
		"Not available",
		"not known",
		"k.A.",
		"k. A.",
		"s/d",
		"*",
		"**",
		"blank",
		"(blank)",
		"empty"
	],
	[
		"inf",
		"-inf",
		"+inf",
		"Inf",
		"-Inf",
		"INF",
		"-INF",
		"Infinity",
		"-Infinity",
		"infinity",
		"-infinity",
		"-nan"
	]
].flat();
var missingWords = [...everywhere, ...amongNumbers];
function isMissingWord(text) {
	return text.trim() === "" || missingWords.includes(text.trim());
}
var codes = [
	/^[A-Z]{2}$/,
	/^[a-z]{2}$/,
	/^[^\p{L}\p{N}\s]$/u
];
function missingAmongWords(texts) {
	const words = texts.filter(({ text }) => everywhere.includes(text.trim()));
	const others = texts.filter(({ text }) => text.trim() !== "" && !words.some((word) => word.text === text));
	const isCode = ({ text }) => {
		const code = codes.find((each) => each.test(text.trim()));
		const alike = code === void 0 ? 0 : others.filter((other) => code.test(other.text.trim())).length;
		return alike > 0 && alike >= .8 * others.length;
	};
	return {
		missing: words.filter((word) => !isCode(word)),
		kept: words.filter(isCode)
	};
}
// ../refit/src/runs/init/number-form.ts
var numberParts = /^\s*[+-]?([^\d+()-]*?)[+-]?((?:\d|[.,](?=\d))[\d.,'’ \u00A0\u202F]*(?:[eE][+-]?\d+)?)([^\d()+]*)$/u;
var currency = "\\p{Sc}|US\\$|R\\$|kr|EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|KRW|HKD|SGD|TRY";
var before = new RegExp(`^(?:${currency})$`, "u");
var behind = new RegExp(`^(?:${currency}|[%‰°]|°[CF]|[kmcnµ]?[glmsWVAJ]|[kMG]?Hz|k?Wh|[kMGT]i?B|kcal|mi|ft|lbs?|oz|in|mph|km/h|m²|m³|sq ?ft|h|hrs?|hours?|min|mins|minutes?|sec|seconds?|days?|weeks?|months?|mos?|years?|yrs?)$`, "u");
var exponent = "(?:[eE][+-]?\\d+)?";
var separators = [
	"",
	".",
	",",
	"'",
	"’",
	" ",
	"\xA0",
	" "
];
var forms = [".", ","].flatMap((decimal) => separators.filter((group) => group !== decimal).map((group) => {
	const whole = group === "" ? "\\d*" : `[1-9]\\d{0,2}(?:[${group}]\\d{2,3})*[${group}]\\d{3}|\\d*`;
	return {
		form: {
			...decimal === "," && { decimalChar: decimal },
			...group !== "" && { groupChar: group }
		},
		body: new RegExp(`^(?=[${decimal}]?\\d)(?:${whole})(?:[${decimal}]\\d*)?${exponent}$`, "u")
	};
}));
function numberForm(texts, convention) {
	const parts = texts.map(({ text, count }) => ({
		text,
		count,
		parts: numberParts.exec(text)
	}));
	const unit = commonUnit(parts);
	const bodies = parts.flatMap(({ count, parts: found }) => found !== null && unitOf(found) === unit ? [{
		count,
		body: found[2].trim()
	}] : []);
	const counted = forms.map(({ form, body }) => {
		return {
			form,
			body,
			rows: bodies.reduce((sum, each) => sum + (body.test(each.body) ? each.count : 0), 0)
		};
	});
	const best = Math.max(...counted.map(({ rows }) => rows));
	if (best === 0) return null;
	const likely = counted.filter(({ rows }) => rows === best);
	const points = bodies.some(({ body }) => /[.,]/.test(body));
	const preferred = likely.find(({ form }) => (form.decimalChar ?? ".") === (convention ?? ".")) ?? likely[0];
	const others = likely.filter(({ form }) => (form.decimalChar ?? ".") !== (preferred.form.decimalChar ?? "."));
	const sides = [...new Set(parts.flatMap(({ parts: found }) => found && unitOf(found) === unit ? besides(found) : []))];
	const plain = unit === "" ? {} : {
		bareNumber: false,
		...sides.length === 1 && { unit: sides[0] }
	};
	return {
		form: {
			...preferred.form,
			...plain
		},
		rows: best,
		fits: (text) => {
			const found = numberParts.exec(text);
			return found !== null && unitOf(found) === unit && preferred.body.test(found[2].trim());
		},
		unit,
		other: points && others.length > 0 ? others[0].form : null
	};
}
function unitOf(parts) {
	const [prefix, suffix] = [parts[1].trim(), parts[3].trim()];
	return (prefix === "" || before.test(prefix)) && (suffix === "" || behind.test(suffix)) ? prefix + suffix : null;
}
function besides(parts) {
	return [parts[1].trim(), parts[3].trim()].filter((text) => text !== "");
}
function commonUnit(parts) {
	const counts = new Map();
	for (const { count, parts: found } of parts) {
		const unit = found && unitOf(found);
		if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + count);
	}
	return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
// ../refit/src/runs/init/declare-columns.ts
var nearly = .9;
var fewWords = 3;
function declareColumns(seen, separator, files = new Map()) {
	const names = plainNames(seen.map(({ name }) => name));
	const shown = shownConvention(seen);
	const convention = shown ?? (separator === ";" ? "," : null);
	const decided = seen.map((column, i) => decide({
		...column,
		name: names[i]
	}, column.name, {
		convention,
		files: files.get(column.name) ?? null
	}));
	const missing = new Set(decided.flatMap((each) => each.missing.map(({ text }) => text)));
	missing.delete("");
	const all = ["", ...missing];
	return {
		columns: decided.filter(({ isEmpty }) => !isEmpty).map(({ column, kept }) => {
			const own = all.filter((text) => !kept.includes(text));
			return own.length === all.length ? column : {
				...column,
				missingValues: own
			};
		}),
		empty: decided.filter(({ isEmpty }) => isEmpty).map(({ column }) => column.name),
		missingValues: all,
		fractions: shown === "," && !seen.some(({ type }) => type === "number") ? "," : null,
		notes: decided.flatMap(({ notes }) => notes)
	};
}
var unseen = String.raw`[\s\p{C}\p{Default_Ignorable_Code_Point}]+`;
var unseenAround = new RegExp(`^${unseen}|${unseen}$`, "gu");
function plainNames(names) {
	const plain = names.map((name) => name.replace(unseenAround, "").replace(/\s+/gu, " "));
	const keys = names.map(require_light.columnNameKey);
	return names.map((name, i) => keys.indexOf(keys[i]) === keys.lastIndexOf(keys[i]) ? plain[i] : name);
}
function shownConvention(seen) {
	for (const { type, texts } of seen) {
		if (type !== "string") continue;
		const values = texts.filter(({ text }) => !isMissingWord(text));
		const found = values.length === 0 ? null : numberForm(values, null);
		if (found === null || found.other !== null || found.rows < nearly * rowsOf$3(values)) continue;
		if (found.form.decimalChar === ",") return ",";
		if (found.form.groupChar !== void 0) return ".";
	}
	return seen.some(({ type }) => type === "number") ? "." : null;
}
function decide(column, raw, { convention, files }) {
	const { name, type, texts } = column;
	const from = raw === name ? {} : { from: raw };
	const words = texts.filter(({ text }) => isMissingWord(text));
	const values = texts.filter(({ text }) => !isMissingWord(text));
	const simple = {
		isEmpty: false,
		missing: words,
		kept: []
	};
	if (type !== "string") return {
		...simple,
		column: {
			name,
			...from,
			type
		},
		notes: missingNotes(name, type, words)
	};
	if (values.length === 0) {
		const what = `${require_light.quoted(name)} has no values yet${words.some(({ text }) => text !== "") ? `, only ${quotedTexts(words)}` : ""}`;
		const advice = "It is not declared: its type is inferred when values come.";
		return {
			...simple,
			isEmpty: true,
			column: {
				name,
				type
			},
			notes: [{
				what,
				at: null,
				advice
			}]
		};
	}
	const named = asFiles(name, values, files);
	const { declared: file } = named;
	const typed = file === null ? asNumbers(name, values, convention) ?? asDates(name, values) : {
		declared: file,
		odd: named.odd,
		notes: named.notes
	};
	if (typed === null) {
		const asText = asWords(name, from, texts);
		return {
			...asText,
			notes: [...asText.notes, ...named.notes]
		};
	}
	const { declared, odd, notes } = typed;
	const missing = [...words, ...odd];
	return {
		...simple,
		missing,
		column: {
			name,
			...from,
			...declared
		},
		notes: [...missingNotes(name, declared.type, words), ...notes]
	};
}
function asNumbers(name, values, convention) {
	const found = numberForm(values, convention);
	if (found === null || found.rows < nearly * rowsOf$3(values)) return null;
	const { form, fits } = found;
	const numbers = values.filter(({ text }) => fits(text));
	if (numbers.some(({ text }) => /^\s*[+-]?0\d/.test(text) || text.replace(/\D/g, "").length > 16)) return null;
	const odd = values.filter(({ text }) => !fits(text));
	if (odd.length > 0 && !mayBeMissing(odd)) return null;
	const strange = odd.length === 0 ? [] : [oddNote(name, "numbers", numbers, odd)];
	if (numbers.every(({ text }) => /^\s*[+-]?\d+\s*$/.test(text))) return {
		declared: { type: "integer" },
		odd,
		notes: strange
	};
	const written = Object.keys(form).length === 0 ? [] : [formNote(name, numbers, found)];
	return {
		declared: {
			type: "number",
			...form
		},
		odd,
		notes: [...written, ...strange]
	};
}
function asDates(name, values) {
	const isIso = ({ text }) => /^\s*\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?\s*$/.test(text);
	const iso = values.filter(isIso);
	const dates = iso.length > 0 ? iso : values.filter(({ text }) => /\d/.test(text));
	const odd = values.filter((value) => !dates.includes(value));
	if (rowsOf$3(dates) < nearly * rowsOf$3(values) || odd.length > 0 && !mayBeMissing(odd)) return null;
	const texts = dates.map(({ text }) => text.trim());
	const type = texts.every((text) => text.length === 10) ? "date" : "datetime";
	const format = iso.length > 0 ? { type } : dateFormat(texts);
	if (format === null) return null;
	const shown = require_light.quoted(dates[0].text);
	return {
		declared: format,
		odd,
		notes: [..."format" in format ? [{
			what: `${require_light.quoted(name)} holds dates such as ${shown}`,
			at: null,
			advice: `They are read with the format ${require_light.quoted(format.format)}.`
		}] : [], ...odd.length === 0 ? [] : [oddNote(name, "dates", dates, odd)]]
	};
}
function asWords(name, from, texts) {
	const { missing, kept } = missingAmongWords(texts);
	const values = texts.filter(({ text }) => text.trim() !== "" && !missing.some((word) => word.text === text));
	const blank = texts.filter(({ text }) => text.trim() === "");
	const dates = dateForms(values);
	const notes = [
		...missingNotes(name, "string", missing),
		...keptNotes(name, kept, values),
		...dates === null ? [...nearNotes(name, values), ...ambiguousDates(name, values)] : [formsNote(name, dates, false)]
	];
	const words = texts.filter(({ text }) => isMissingWord(text) && text.trim() !== "").map(({ text }) => text);
	return {
		column: {
			name,
			...from,
			type: "string"
		},
		isEmpty: false,
		missing: [...missing, ...blank],
		kept: words.filter((text) => !missing.some((word) => word.text === text)),
		notes
	};
}
function mayBeMissing(odd) {
	return odd.length <= fewWords && odd.every(({ text }) => !/\d/.test(text));
}
function missingNotes(name, type, words) {
	const told = words.filter(({ text }) => text !== "");
	if (told.length === 0) return [];
	return [{
		what: `${require_light.quoted(name)} has ${{
			string: "words",
			number: "numbers",
			integer: "numbers",
			boolean: "answers",
			date: "dates",
			datetime: "dates",
			file: "paths of files"
		}[type]}, and ${rowWords(rowsOf$3(told))} with ${quotedTexts(told)}`,
		at: told[0],
		advice: "Such a row has no value there (`missingValues`)."
	}];
}
function formNote(name, numbers, { form, unit, other }) {
	const shown = numbers.find(({ text }) => /\d\D+\d/.test(text)) ?? numbers[0];
	const what = `${require_light.quoted(name)} has numbers that are written like ${require_light.quoted(shown.text)}`;
	const leftOut = unit === "" ? "" : ` ${require_light.quoted(unit)} is not read${form.unit === void 0 ? "" : ", and a value in another unit is an error"}.`;
	const doubt = other === null ? "" : ` If that is wrong, declare ${formWords(other)} instead: both read these values.`;
	return {
		what,
		at: null,
		advice: `They are read with ${formWords(form)}.${leftOut}${doubt}`
	};
}
function formWords(form) {
	const words = Object.entries(form).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
	return words.length === 0 ? "no further words" : `\`${words.join(", ")}\``;
}
function oddNote(name, kind, fitting, odd) {
	const [fit, other] = [rowsOf$3(fitting), rowsOf$3(odd)];
	const rest = other === 1 ? "the other is" : `the other ${other} are`;
	return {
		what: `${fit} of ${fit + other} values of ${require_light.quoted(name)} look like ${kind}; ${rest} ${quotedTexts(odd)}`,
		at: odd[0],
		advice: "Such a row has no value there (`missingValues`); correct the file if that is wrong."
	};
}
function nearNotes(name, values) {
	const rows = rowsOf$3(values);
	const iso = values.filter(({ text }) => /^\s*\d{4}-\d{2}-\d{2}/.test(text));
	const found = numberForm(values, null);
	const [kind, fitting] = rowsOf$3(iso) > rows / 2 ? ["dates", iso] : ["numbers", found === null ? [] : values.filter(({ text }) => found.fits(text))];
	const odd = values.filter((value) => !fitting.includes(value));
	const isCode = fitting.some(({ text }) => /^\s*[+-]?0\d/.test(text));
	if (rowsOf$3(fitting) <= rows / 2 || odd.length === 0 || isCode) return [];
	const [fit, other] = [rowsOf$3(fitting), rowsOf$3(odd)];
	const type = kind === "dates" ? "date" : "number";
	const rest = other === 1 ? "the other is" : `the other ${other} are`;
	const what = `${fit} of ${fit + other} values of ${require_light.quoted(name)} look like ${kind}; ${rest} ${quotedTexts(odd)}`;
	const words = JSON.stringify(["", ...odd.map(({ text }) => text)]);
	const advice = `It is declared as text. Correct the file, or declare \`type: ${type}\`${odd.length > fewWords ? "; a run then names each text that is not one" : `, with \`missingValues: ${words}\` if they mean that there is no value`}.`;
	return [{
		what,
		at: odd[0],
		advice
	}];
}
function keptNotes(name, kept, values) {
	if (kept.length === 0) return [];
	const other = values.find(({ text }) => !kept.some((word) => word.text === text));
	return [{
		what: `${require_light.quoted(name)} has ${quotedTexts(kept)} as a value, beside codes such as ${require_light.quoted(other?.text ?? "")}`,
		at: null,
		advice: `If it means that there is no value, declare \`missingValues: ${JSON.stringify(["", ...kept.map(({ text }) => text)])}\` for that column.`
	}];
}
function ambiguousDates(name, values) {
	const formats = dateFormats(values.map(({ text }) => text.trim()));
	if (formats.length < 2) return [];
	const choices = formats.map(({ type, format }) => `\`type: ${type}, format: ${JSON.stringify(format)}\``);
	return [{
		what: `${require_light.quoted(name)} holds dates such as ${require_light.quoted(values[0].text)}, whose day and month cannot be told apart`,
		at: null,
		advice: `It is declared as text; declare ${choices.join(" or ")} to read it.`
	}];
}
var rowsOf$3 = (texts) => texts.reduce((sum, { count }) => sum + count, 0);
var rowWords = (rows) => rows === 1 ? "1 row" : `${rows} rows`;
var quotedTexts = (texts) => require_light.quotedList(texts.filter(({ text }) => text !== "").map(({ text }) => text), fewWords);
// ../refit/src/runs/init/footer-rows.ts
var footerWords = /^\W*(?:grand|sub|overall|all)?[\s-]*(?:totals?|totale?s?|sum|summe|summen|gesamt|gesamtsumme|insgesamt|average|avg|mean|median|mittelwert|durchschnitt|somme|suma|count|anzahl)\W*$/i;
async function footerRow(survey, seen) {
	for (const { name, type, texts } of seen) {
		if (type !== "string") continue;
		const word = texts.find(({ text, count, file, row }) => footerWords.test(text) && row === survey.rowsByFile.get(file) && count <= survey.rowsByFile.size);
		if (word === void 0) continue;
		const { texts: all } = await survey.row(word.file, word.row);
		return {
			word,
			column: name,
			texts: all
		};
	}
	return null;
}
function withoutFooter(seen, footer) {
	if (footer === null) return seen;
	return seen.map((column) => {
		const cell = footer.texts.get(column.name);
		const texts = column.texts.map((each) => each.text === cell ? {
			...each,
			count: each.count - footer.word.count
		} : each).filter(({ count }) => count > 0);
		return {
			...column,
			texts
		};
	});
}
function readFooter(columns, missingValues, footer) {
	if (footer === null) return columns;
	return columns.map((column) => {
		const cell = footer.texts.get(column.from ?? column.name) ?? "";
		const known = column.missingValues ?? missingValues;
		if (column.type === "string" || known.includes(cell) || /\d/.test(cell)) return column;
		return {
			...column,
			missingValues: [...known, cell]
		};
	});
}
var mostNamed$3 = 4;
function footerCleaning(footer, columns) {
	const rawOf = ({ name, from }) => from ?? name;
	const named = columns.find((column) => rawOf(column) === footer.column);
	const isEmpty = (column) => {
		const text = footer.texts.get(rawOf(column)) ?? "";
		return column !== named && (text.trim() === "" || column.type !== "string" && !/\d/.test(text));
	};
	const empty = [...named === void 0 ? [] : [named], ...columns.filter(isEmpty)].slice(0, mostNamed$3);
	const condition = named === void 0 || named.type === "string" ? `${sqlName(named?.name ?? footer.column)} IS DISTINCT FROM ${sqlText(footer.word.text)}` : `NOT (${empty.map(({ name }) => `${sqlName(name)} IS NULL`).join(" AND ")})`;
	const what = `The last row has ${require_light.quoted(footer.word.text)} in ${require_light.quoted(footer.column)}`;
	const advice = `It sums up the rows, and \`prepare\` leaves it out: ${condition}.`;
	return {
		condition,
		note: {
			what,
			at: footer.word,
			advice
		}
	};
}
// ../refit/src/runs/init/named-column.ts
var usage$7 = "refit init --data FILE --target COLUMN [--time COLUMN]";
var shown = (text) => JSON.stringify(require_light.visibleText(text, 80));
function namedColumn(columns, option, wanted) {
	const found = columns.find(({ name }) => name === wanted) ?? columns.find(({ from }) => from === wanted) ?? columns.find(({ name }) => name.trim() === wanted.trim());
	if (found !== void 0) return found.name;
	const names = columns.map(({ name }) => name);
	const near = require_light.nearest(wanted, names);
	const advice = near === void 0 ? `There are: ${names.slice(0, 20).map(shown).join(", ")}.` : `Did you mean ${shown(near)}?`;
	throw new require_light.UsageError(`There is no column ${shown(wanted)} (${option}). ${advice}`, usage$7);
}
// ../refit/src/runs/init/time-column.ts
var counted$1 = [{
	words: "seconds since 1970",
	from: 315532800,
	to: 4102444800,
	sql: (name) => `make_timestamp(${name}::BIGINT * 1000000)`
}, {
	words: "milliseconds since 1970",
	from: 3155328e5,
	to: 41024448e5,
	sql: (name) => `make_timestamp(${name}::BIGINT * 1000)`
}];
function readTime(column, texts, format) {
	const plain = {
		sql: null,
		note: null
	};
	if (format !== null) {
		const type = /%[HIcXTMSf]/.test(format) ? "datetime" : "date";
		return {
			...plain,
			declared: {
				...column,
				type,
				format
			}
		};
	}
	if (column.type === "date" || column.type === "datetime") return {
		...plain,
		declared: column
	};
	const values = texts.map(({ text }) => text.trim()).filter((text) => !isMissingWord(text));
	if (values.length === 0) return null;
	const isDay = (text) => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
	if (values.every(isDay)) return {
		...plain,
		declared: {
			...column,
			type: "date",
			format: "%Y%m%d"
		}
	};
	if (values.every((text) => /^(?:1[5-9]|20|21)\d\d$/.test(text))) return {
		...plain,
		declared: {
			...column,
			type: "date",
			format: "%Y"
		}
	};
	const unit = counted$1.find(({ from, to }) => values.every((text) => Number(text) >= from && Number(text) <= to));
	if (unit !== void 0) {
		const note = {
			what: `${require_light.quoted(column.name)} counts ${unit.words}`,
			at: null,
			advice: "`prepare` makes a time of it."
		};
		return {
			declared: column,
			sql: unit.sql(sqlName(column.name)),
			note
		};
	}
	const forms = dateForms(texts.filter(({ text }) => !isMissingWord(text)));
	const sql = forms && datesSql(column.name, forms);
	return sql === null ? null : {
		declared: column,
		sql,
		note: formsNote(column.name, forms, true)
	};
}
function timeProblem(name, texts, others, lineOf) {
	const choices = dateFormats(texts.map(({ text }) => text.trim()).filter((text) => !isMissingWord(text)));
	const option = ({ format }) => `--time-format ${JSON.stringify(format)}`;
	const usage = "refit init --data FILE --target COLUMN --time COLUMN [--time-format FORMAT]";
	if (choices.length > 1) {
		const shown = require_light.quoted(texts[0].text);
		return new require_light.UsageError(`--time ${require_light.quoted(name)} holds dates such as ${shown}, whose day and month cannot be told apart. Say which they are: ${choices.map(option).join(" or ")}.`, usage);
	}
	const forms = dateForms(texts.filter(({ text }) => !isMissingWord(text)));
	if (forms !== null) {
		const { what } = formsNote(name, forms, false);
		return new require_light.UsageError(`--time ${what}${lineOf}. Not every one can be read for certain: correct the file.`, usage);
	}
	const culprit = notADate(texts);
	const rows = culprit.count === 1 ? "1 row" : `${culprit.count} rows`;
	const advice = others.length > 0 ? `The date columns are: ${others.map((each) => require_light.quoted(each)).join(", ")}.` : "Correct the file, or say how they are written with --time-format, such as %d.%m.%Y.";
	return new require_light.UsageError(`--time ${require_light.quoted(name)} holds ${require_light.quoted(culprit.text)} in ${rows}${lineOf}, which cannot be read as a date for certain. ${advice}`, usage);
}
function notADate(texts) {
	const values = texts.filter(({ text }) => !isMissingWord(text));
	const forms = dateForms(values);
	if (forms !== null) return forms.forms.at(-1).texts[0];
	const looksLike = ({ text }) => /^\s*\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ][\d:.]+\S*)?\s*$/.test(text);
	return values.find((value) => !looksLike(value)) ?? values[0] ?? texts[0];
}
// ../refit/src/runs/init/decide-rows.ts
async function decideRows(survey, { columns: all, files }, request) {
	const footer = await footerRow(survey, all);
	const seen = withoutFooter(all, footer);
	const declared = declareColumns(seen, survey.delimiter, files);
	const known = [...declared.columns.map(({ name, from }) => ({
		name,
		from: from ?? name
	})), ...declared.empty.map((name) => ({
		name,
		from: name
	}))];
	const target = namedColumn(known, "--target", request.target);
	const time = request.time === null ? null : namedColumn(known, "--time", request.time);
	const timed = time === null ? null : await timeOf(survey, declared, time, request.timeFormat);
	const columns = readFooter(declared.columns.map((column) => timed !== null && column.name === time ? timed.declared : column), declared.missingValues, footer);
	const spelled = spellings(seen, columns, target);
	const cleaning = {
		replaced: [...spelled.replaced.filter(({ column }) => !timed?.sql || column !== time), ...timed?.sql ? [{
			column: time,
			sql: timed.sql
		}] : []],
		conditions: timed !== null && timed.missing > 0 ? [`${sqlName(time)} IS NOT NULL`] : []
	};
	const summed = footer && footerCleaning(footer, columns);
	const doubt = {
		what: summed?.note.what ?? "",
		at: footer?.word ?? null,
		advice: "If it sums up the others, remove it."
	};
	const notes = [
		...declared.notes.filter(({ what }) => what !== timed?.note?.what),
		...spelled.notes,
		...timed?.notes ?? []
	];
	const places = [...notes, ...summed === null ? [] : [summed.note]].flatMap(({ at }) => at === null ? [] : [at]);
	const lines = new Map();
	for (const at of places) lines.set(placeKey(at), (await survey.row(at.file, at.row)).line);
	return {
		...declared,
		columns,
		target,
		time,
		footer: footer && summed && {
			...summed,
			rows: footer.word.count,
			doubt
		},
		prepareWithout: (condition) => prepareText({
			...cleaning,
			conditions: [...condition === null ? [] : [condition], ...cleaning.conditions]
		}),
		notes,
		lines,
		fileCount: survey.rowsByFile.size
	};
}
function placeKey({ file, row }) {
	return `${row} ${file}`;
}
async function timeOf(survey, declared, time, format) {
	const column = declared.columns.find(({ name }) => name === time);
	const raw = column?.from ?? time;
	const texts = (await survey.texts([raw], null)).get(raw);
	const reading = column === void 0 ? null : readTime(column, texts, format);
	if (reading === null) {
		const dates = declared.columns.filter(({ type }) => type === "date" || type === "datetime").map(({ name }) => name);
		const culprit = notADate(texts);
		const { line } = await survey.row(culprit.file, culprit.row);
		throw timeProblem(time, texts, dates, line === null ? "" : `, first in line ${line}`);
	}
	const own = reading.declared.missingValues ?? declared.missingValues;
	const missing = texts.filter(({ text }) => own.includes(text)).reduce((sum, { count }) => sum + count, 0);
	const rows = missing === 1 ? "1 row has" : `${missing} rows have`;
	const notes = [...reading.note === null ? [] : [reading.note], ...missing === 0 ? [] : [{
		what: `${rows} no value in ${require_light.quoted(time)}`,
		at: texts.find(({ text }) => own.includes(text)) ?? null,
		advice: "`prepare` leaves such rows out, since they are neither older nor newer than others."
	}]];
	return {
		...reading,
		missing,
		notes
	};
}
function spellings(seen, columns, target) {
	const found = columns.flatMap(({ name, from, type }) => {
		if (type !== "string") return [];
		const one = oneSpelling(name, seen.find((column) => column.name === (from ?? name)).texts.filter(({ text }) => !isMissingWord(text)), name === target);
		return one === null ? [] : [{
			column: name,
			...one
		}];
	});
	return {
		replaced: found.map(({ column, sql }) => ({
			column,
			sql
		})),
		notes: found.map(({ note }) => note)
	};
}
// ../refit/src/runs/init/find-files.ts
var samples = 20;
var mostFolders = 500;
var deepest = 3;
async function findFiles(files, { root }, seen, { others, dataFiles }) {
	const folders = foldersOf$1(files, root);
	const data = new Set(dataFiles);
	const found = new Map();
	for (const { name, type, texts } of seen) {
		if (type !== "string" || others.includes(name) || others.includes(name.trim())) continue;
		const sample = spread(texts.filter(({ text }) => mayBePath.test(text)));
		if (sample.length === 0) continue;
		const leads = async (folder, { text, file }) => {
			const place = require_light.filePlace(text, folder ?? node_path.default.posix.dirname(file));
			return "path" in place && !data.has(place.path) && await folders.isFile(place.path);
		};
		const folder = await bestFolder(folders, sample, leads);
		if (folder === void 0) continue;
		const there = new Set();
		for (const each of texts) if (await leads(folder, each)) there.add(each.text);
		if (there.size > 1) found.set(name, {
			folder,
			texts: there
		});
	}
	return found;
}
var mayBePath = /^(?=.*[a-z])(?:.*\/.*|.*\.[a-z0-9]{1,10})$/i;
function spread(texts) {
	const step = Math.max(1, Math.floor(texts.length / samples));
	return texts.filter((_, i) => i % step === 0).slice(0, samples);
}
async function bestFolder(folders, sample, leads) {
	let best;
	const own = node_path.default.posix.dirname(sample[0].file);
	for (const begin of [
		async () => [null, "."],
		() => folders.below(own),
		() => folders.below(".")
	]) for (const folder of await begin()) {
		let count = 0;
		for (const each of sample) if (await leads(folder, each)) count++;
		if (count === sample.length) return folder;
		if (count > (best?.count ?? 0)) best = {
			folder,
			count
		};
	}
	return best?.folder;
}
function foldersOf$1(files, root) {
	const known = new Map();
	const read = async (folder) => {
		const children = await files.children(node_path.default.join(root, folder));
		const named = (kind) => children.filter((child) => child.kind === kind).map(({ name }) => name);
		return {
			files: new Set(named("file")),
			folders: named("folder").sort()
		};
	};
	const look = (folder) => {
		const there = known.get(folder) ?? read(folder);
		known.set(folder, there);
		return there;
	};
	return {
		isFile: async (place) => (await look(node_path.default.posix.dirname(place))).files.has(node_path.default.posix.basename(place)),
		async below(folder) {
			const all = [];
			let level = [folder];
			for (let depth = 0; depth < deepest && all.length < mostFolders; depth++) {
				const next = [];
				for (const each of level) for (const name of (await look(each)).folders) if (!name.startsWith(".") && name !== "node_modules") next.push(node_path.default.posix.join(each, name));
				all.push(...next);
				level = next.slice(0, mostFolders);
			}
			return all.slice(0, mostFolders);
		}
	};
}
// ../refit/src/runs/init/infer-key.ts
var identifierWords = /(?:^|[^a-z])(?:id|ids|key|uuid|guid|nr|no|number|index|code|zip|plz|postcode|isbn|ssn|sku)(?:$|[^a-z])/i;
function isIdentifierName(name) {
	return identifierWords.test(name.replace(/([a-z])([A-Z])/g, "$1 $2"));
}
function inferKey(columns, target) {
	const unique = columns.map((column, i) => ({
		column,
		i
	})).filter(({ column }) => column.name !== target && isUnique(column));
	const found = unique.find(({ column, i }) => isIdentifierName(column.name) || i === 0 && (column.kind === "text" || isCounted(column.values)));
	if (found !== void 0) return {
		key: found.column.name,
		unsure: null
	};
	return {
		key: null,
		unsure: unique.find(({ column, i }) => i === 0 && column.kind !== "text")?.column.name ?? null
	};
}
function isUnique(column) {
	if (column.kind === "text") return column.dictionary.length === column.codes.length && column.codes.every((code) => code >= 0);
	return column.type === "integer" && new Set(column.values).size === column.values.length;
}
function isCounted(values) {
	const smallest = values.reduce((a, b) => Math.min(a, b), Infinity);
	return values.reduce((a, b) => Math.max(a, b), -Infinity) - smallest + 1 === values.length;
}
// ../refit/src/runs/init/infer-rhythm.ts
var ENOUGH = {
	rows: 150,
	ofSecondClass: 50
};
var MOST_HELD_OUT = 1 / 3;
var SHORT_WINDOW = {
	holdouts: 8,
	rows: 2e3
};
var WEEK = 7;
var spans = [
	1,
	2,
	3,
	5,
	7,
	10,
	14,
	21,
	28,
	42,
	56,
	91,
	182,
	365,
	730
];
function inferRhythm(times, classes) {
	const finite = times.filter((time) => Number.isFinite(time));
	if (finite.length === 0) return null;
	const newest = finite.reduce((a, b) => Math.max(a, b));
	const span = (newest - finite.reduce((a, b) => Math.min(a, b))) / require_light.DAY;
	const most = span * MOST_HELD_OUT;
	const rowsIn = (days) => times.reduce((sum, time) => sum + (time >= newest - days * 864e5 ? 1 : 0), 0);
	const isEnough = (days) => rowsIn(days) >= ENOUGH.rows && (classes === null || secondClass(times, classes, newest - days * 864e5) >= ENOUGH.ofSecondClass);
	const possible = spans.filter((days) => days <= most);
	const days = possible.find((each) => each >= WEEK && isEnough(each)) ?? possible.at(-1);
	if (days === void 0) return null;
	const short = spans.find((each) => each >= SHORT_WINDOW.holdouts * days && rowsIn(each) >= SHORT_WINDOW.rows);
	const retrainDays = Math.max(days, WEEK);
	return {
		days,
		minRows: Math.max(20, Math.min(ENOUGH.rows, Math.floor(rowsIn(days) / 2))),
		retrainDays,
		burstRows: Math.min(2 * rowsIn(retrainDays), Math.ceil(finite.length / 2)),
		windows: short === void 0 ? [] : [3 * short, short].filter((each) => each < .75 * span)
	};
}
function secondClass(times, classes, since) {
	const counts = new Map();
	times.forEach((time, row) => {
		const each = classes[row];
		if (each >= 0 && time >= since) counts.set(each, (counts.get(each) ?? 0) + 1);
	});
	return [...counts.values()].toSorted((a, b) => b - a)[1] ?? 0;
}
// ../refit/src/runs/init/leaks.ts
var mostColumns = 500;
var mostNotes = 5;
async function findLeaks(table, task, { target, others }) {
	const column = await table.column(target);
	const spec = targetOf(column, task);
	if (spec === null) return [];
	const isFeature = (name) => name !== target && !others.includes(name) && !isIdentifierName(name);
	const leaks = [];
	for (const { name } of table.columns.filter((each) => isFeature(each.name)).slice(0, mostColumns)) {
		const leak = columnLeak(await table.column(name), {
			column,
			spec
		});
		if (leak !== null) leaks.push(leak);
	}
	return leaks;
}
function targetOf(column, task) {
	try {
		return fitTarget(column, {
			task,
			target: column.name
		}, labelledRows(column));
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
function leakNotes(leaks) {
	const shown = leaks.slice(0, mostNotes).map(({ code, message }) => {
		return `${message} ${code === "leak-suspect" ? "A run stops at it: add it" : "If so, add it"} to \`features.exclude\` in model.yaml${code === "leak-suspect" ? ", or accept it if it is known before" : ""}.`;
	});
	const more = leaks.length - shown.length;
	return more === 0 ? shown : [...shown, `${more} more columns look like that; a run names them.`];
}
// ../refit/src/runs/init/notes.ts
function placedNotes(notes, { lines, fileCount }) {
	return notes.map(({ what, at, advice }) => {
		const line = at === null ? null : lines.get(placeKey(at)) ?? null;
		const file = at === null || fileCount < 2 ? "" : ` of ${require_light.quoted(at.file)}`;
		return `${what}${at === null ? "" : `, first in ${line === null ? `row ${at.row}` : `line ${line}`}${file}`}. ${advice}`;
	});
}
function fractionNote(before, after) {
	const given = after.filter(({ decimalChar }, i) => decimalChar !== before[i].decimalChar).map(({ name }) => name);
	if (given.length === 0) return [];
	const have = given.length === 1 ? "has" : "have";
	return [`${require_light.quotedList(given, 3)} ${have} whole numbers. A fraction would be read with \`decimalChar: ","\`, as in the other columns.`];
}
function keyNote(key, unsure, isFile) {
	if (key !== null && isFile) return [`${require_light.quoted(key)} names another file in every row, so it identifies a row (\`primaryKey\`): a file that is replaced is a correction of its row.`];
	if (key !== null) return [`${require_light.quoted(key)} identifies a row (\`key\`): it is not a feature.`];
	if (unsure === null) return [];
	return [`${require_light.quoted(unsure)} has another whole number in every row, but is not named or counted like an identifier: it stays a feature. If it identifies a row, set \`key: ${unsure}\` in model.yaml.`];
}
function timeNotes(columns, { time, target, leaks }) {
	if (time !== null) return [];
	const dates = columns.filter(({ name, type }) => (type === "date" || type === "datetime") && name !== target && !leaks.includes(name));
	if (dates.length === 0) return [];
	const names = dates.slice(0, 3).map(({ name }) => require_light.quoted(name));
	const hold = names.length === 1 ? "holds" : "hold";
	return [`${names.join(", ")} ${hold} dates, and without \`--time\` the holdout is a random fifth of the rows. If rows arrive over time, run init again with \`--time\`: then the newest rows are held out.`];
}
// ../refit/src/runs/init/inspect-data.ts
async function inspectData(ports, repository, request) {
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		const { files, findings } = await filesToInspect(ports, repository, request, scratch.path);
		ports.out.progress("Reading data");
		const reading = {
			files,
			scratch: scratch.path
		};
		const inspection = await readAsDeclared(ports, reading, await lookAt$1({
			ports,
			repository
		}, reading, findings, request));
		return {
			...inspection,
			notes: [...inspection.notes, ...await besideNotes(ports, repository, request)]
		};
	} finally {
		await scratch.remove();
	}
}
var manifestOf$1 = (schema) => require_readers.dataManifest.parse({
	sources: [{ path: "*" }],
	schema
});
async function lookAt$1({ ports, repository }, { files, scratch }, listed, request) {
	const manifest = manifestOf$1({ missingValues: ["", ...missingWords] });
	const survey = await ports.surveys.open({
		dataset: "init",
		files,
		manifest,
		knownTypes: [],
		scratch
	});
	try {
		refuse([...listed, ...survey.findings]);
		const columns = await seenColumns(survey);
		const dataFiles = files.map((file) => file.path);
		const others = [request.target, request.time];
		return await decideRows(survey, {
			columns,
			files: await findFiles(ports.files, repository, columns, {
				others,
				dataFiles
			})
		}, request);
	} finally {
		await survey.close();
	}
}
function refuse(findings) {
	const problems = findings.filter(({ severity, code }) => severity === "error" || code === "header-again");
	if (problems.length > 0) throw new require_light.UnreadableDataError(problems);
}
async function seenColumns(survey) {
	const words = survey.columns.filter(({ type }) => type === "string").map(({ name }) => name);
	const others = survey.columns.filter(({ type }) => type !== "string").map(({ name }) => name);
	const texts = new Map([...await survey.texts(words, null), ...await survey.texts(others, missingWords)]);
	return survey.columns.map((column) => ({
		...column,
		texts: texts.get(column.name) ?? []
	}));
}
async function readAsDeclared(ports, reading, decided) {
	const { target, time, columns, missingValues } = decided;
	const fields = columns.map(asText);
	const request = {
		dataset: "init",
		...reading,
		manifest: manifestOf$1({
			fields,
			missingValues
		}),
		knownTypes: [],
		toPrepare: true
	};
	const table = await ports.tables.open(request);
	try {
		refuse(table.findings);
		const { prepare, prepared, notes } = await prepareWith(table, decided);
		const read = [];
		for (const { name, type } of columns) if (type === "string" || type === "integer" || type === "file") read.push(await prepared.column(name));
		const files = columns.filter(({ type }) => type === "file").map(({ name }) => name);
		const { key: inferred, unsure } = inferKey(read, target);
		const isFile = inferred !== null && files.includes(inferred);
		const key = isFile ? null : inferred;
		const found = await inferModel(prepared, target, time);
		const leaks = await findLeaks(prepared, found.task, {
			target,
			others: [
				time,
				key,
				...files
			]
		});
		const wide = widened(decided, {
			key,
			task: found.task
		});
		return {
			columns: wide,
			empty: decided.empty,
			missingValues,
			target,
			time,
			prepare,
			key,
			primaryKey: isFile ? inferred : null,
			found,
			notes: [
				...placedNotes(notes, decided),
				...fractionNote(columns, wide),
				...keyNote(inferred, unsure, isFile),
				...leakNotes(leaks),
				...timeNotes(columns, {
					time,
					target,
					leaks: leaks.map(({ column }) => column)
				})
			]
		};
	} finally {
		await table.close();
	}
}
function asText(column) {
	if (column.type !== "file") return column;
	const { folder: _begin, ...text } = column;
	return {
		...text,
		type: "string"
	};
}
async function prepareWith(table, decided) {
	const { target, time, footer } = decided;
	const rows = [...table.rowsByFile.values()].reduce((sum, each) => sum + each, 0);
	const run = (sql) => table.prepare({
		sql,
		target,
		time,
		key: []
	});
	const without = decided.prepareWithout(null);
	const prepared = await run(without);
	if (footer === null) return {
		prepare: without,
		prepared,
		notes: decided.notes
	};
	const dropped = decided.prepareWithout(footer.condition);
	const kept = await run(dropped);
	const untimed = rows - prepared.rows;
	return kept.rows >= rows - footer.rows - untimed && kept.rows < rows ? {
		prepare: dropped,
		prepared: kept,
		notes: [...decided.notes, footer.note]
	} : {
		prepare: without,
		prepared,
		notes: [...decided.notes, footer.doubt]
	};
}
function widened({ columns, target, fractions }, { key, task }) {
	return columns.map((column) => {
		const { name, type } = column;
		const isName = name === key || isIdentifierName(name) || name === target && task !== "regression";
		if (type !== "integer" || isName) return column;
		return {
			...column,
			type: "number",
			...fractions !== null && { decimalChar: fractions }
		};
	});
}
async function inferModel(prepared, target, time) {
	const column = await prepared.column(target);
	const found = inferTask(column);
	const times = time === null ? null : instantsOf(await prepared.column(time));
	const classes = found.task === "regression" ? null : classesOf(column);
	return {
		...found,
		rhythm: times && inferRhythm(times, classes)
	};
}
function instantsOf(column) {
	return column.kind === "text" ? null : column.values;
}
function classesOf(column) {
	if (column.kind === "text") return Int32Array.from(column.codes);
	const numbers = new Map();
	return Int32Array.from(column.values, (value) => {
		if (Number.isNaN(value)) return -1;
		if (!numbers.has(value)) numbers.set(value, numbers.size);
		return numbers.get(value);
	});
}
// ../refit/src/runs/init/place-of-model.ts
async function placeOfModel(ports, repository, { word, inside }) {
	const isHere = /^\.\.?\//.test(word);
	const parts = (isHere ? inside : word).split("/").filter((part) => part !== "");
	const name = parts.slice(parts.length > 1 && parts[0] === "models" ? 1 : 0).map(nameFrom).join("/");
	const placed = {
		name,
		dataset: nameFrom(name.replaceAll("/", "-"))
	};
	if (require_light.modelFolder(name, repository) === name || parts[0] === "models" || !await isBesideCode(ports, repository, name, isHere)) return {
		...placed,
		at: repository,
		layout: null
	};
	const { models } = repository.layout ?? require_light.usualLayout;
	return {
		...placed,
		at: { layout: { models: [...models, name] } },
		layout: await withFolder(ports, repository, name)
	};
}
async function isBesideCode({ files }, { root }, name, isHere) {
	const parent = node_path.default.posix.dirname(name);
	return isHere || parent !== "." && (await files.children(node_path.default.join(root, parent))).length > 0;
}
async function withFolder({ files }, { root }, folder) {
	const before = await files.read(node_path.default.join(root, require_light.layoutFile));
	const { isSeq, parseDocument } = await Promise.resolve().then(() => require("./yaml.cjs")).then((n) => n.browser_exports);
	const document = parseDocument(before === null ? "" : require_light.decodeText(before));
	if (isSeq(document.get("models"))) document.addIn(["models"], folder);
	else document.set("models", [...require_light.usualLayout.models, folder]);
	return {
		text: document.toString({ lineWidth: 0 }),
		addsTo: before
	};
}
function besidePaths({ layout = require_light.usualLayout }) {
	const paths = layout.models.filter((glob) => require_light.globRoot(glob) !== "models").map((glob) => /[?[\]{}]/.test(glob) ? require_light.globRoot(glob) : glob).map((folder) => folder.endsWith("**") ? folder : node_path.default.posix.join(folder, "**"));
	return paths.length === 0 ? [] : [require_light.layoutFile, ...new Set(paths)];
}
function nameFrom(word) {
	const name = word.replace(/\.(?:csv|tsv|parquet|jsonl|ndjson)(?:\.gz)?$/i, "").normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, 100).replaceAll(/^-+|-+$/g, "");
	if (name === "") throw new require_light.UsageError(`Cannot make a model name from "${word}"; use --model.`, "refit init --model NAME");
	return name;
}
// ../refit/src/runs/init/package-manager.ts
var lockfiles = [["pnpm-lock.yaml", "pnpm"], ["yarn.lock", "yarn"]];
async function packageManagerIn({ files }, root) {
	for (const [file, manager] of lockfiles) {
		const bytes = await files.read(node_path.default.join(root, file));
		if (bytes === null) continue;
		return manager === "yarn" && require_light.decodeText(bytes).includes("# yarn lockfile v1") ? "yarn1" : manager;
	}
	return "npm";
}
// ../refit/src/runs/init/place-files.ts
async function placeFiles(ports, { root, commonDir }, files, { overwrite, dryRun }) {
	const stray = overwrite.find((file) => !files.has(file));
	if (stray !== void 0) throw new require_light.UsageError(`--overwrite ${stray} is not a file that would be written.`, [...files.keys()].map((file) => `--overwrite ${file}`).join(" or "));
	const planned = [...files].map(([path, { text, addsTo }]) => {
		return {
			path,
			bytes: require_light.encodeText(text),
			replaces: addsTo ?? (overwrite.includes(path) ? "anything" : null)
		};
	});
	if (dryRun) return ports.workTree.check(root, planned);
	const scratch = await ports.scratch.open(commonDir);
	try {
		return await ports.workTree.write(root, planned, scratch.path);
	} finally {
		await scratch.remove();
	}
}
// ../refit/src/runs/init/watched-globs.ts
async function watchedGlobs(ports, repository) {
	const found = new Set();
	for (const model of await require_light.workTreeModels(ports, repository)) try {
		const { spec, manifest } = await require_light.readSpecs(ports, repository, model, { workTree: true });
		for (const each of globsOf(manifest)) found.add(each);
		for (const file of spec.candidates.flatMap(require_light.codeOf)) found.add(inWords(node_path.default.posix.normalize(file)));
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
		ports.out.notice(`The model ${model} cannot be read, so the workflow does not start for its data: run \`refit check ${model}\`, then init again.`);
	}
	return [...found].filter((glob) => !/^(models|data-manifests)\//.test(glob)).sort();
}
function globsOf({ sources, tables = [], views = [], schema }) {
	const here = [...sources, ...tables.flatMap((table) => table.sources)].filter((source) => ["", "dvc"].includes(require_light.schemeOf(source.path)));
	const folders = [schema, ...tables.map((table) => table.schema)].flatMap((each) => each?.fields ?? []).flatMap((field) => "folder" in field && field.folder !== void 0 ? [field.folder] : []);
	return [
		...here.map((source) => watchedGlob(source.path)),
		...views.map(require_light.viewFile),
		...folders.map((folder) => below(node_path.default.posix.normalize(folder).replace(/\/$/, "")))
	];
}
function watchedGlob(source) {
	const glob = node_path.default.posix.normalize(source);
	const root = require_light.globRoot(glob);
	return root === glob ? inWords(glob) : below(root);
}
var below = (folder) => folder === "" || folder === "." ? "**" : `${inWords(folder)}/**`;
var inWords = (file) => file.replaceAll(/[*?+[\]{}!\\"'#]/g, "*");
// ../refit/src/runs/init/written-mark.ts
var line = /^# Written by `refit init --github` \(([0-9a-f]{16})\)[^\n]*\n/;
function withMark(text) {
	return `${`# Written by \`refit init --github\` (${digestOf$2(text)}), which writes it anew as long as nobody has changed it.`}\n${text}`;
}
function isAsWritten(text) {
	const plain = text.replaceAll("\r\n", "\n");
	const [mark, digest] = line.exec(plain) ?? [];
	return mark !== void 0 && digestOf$2(plain.slice(mark.length)) === digest;
}
var digestOf$2 = (text) => require_light.sha256(text).slice(0, 16);
// ../refit/src/runs/init/init.ts
var usage$6 = "refit init [--data FILE --target COLUMN [--time COLUMN [--time-format FORMAT]] | --example] [--learner command --python FILE] [--model NAME] [--github [--workflow KIND] [--action NAME] [--attest] [--pages]] [--overwrite FILE]… [--memory SIZE] [--limit NAME=NUMBER]… [--dry-run] [--json]";
async function init(ports, request) {
	const { pipeline, overwrite, dryRun } = request;
	const repository = await require_light.laidOutOnDisk(ports, await locateOrRoot(ports));
	const model = request.model && await placedModel(ports, repository, request.model);
	const made = model && await modelFiles(ports, repository, model);
	const files = new Map();
	if (pipeline !== null) {
		const texts = await pipelineFiles(ports, pipeline, {
			...repository,
			...made?.at
		}, model);
		for (const [file, text] of texts) files.set(file, await marked(ports, repository, file, text));
	}
	if (made !== null) addTexts(files, made.texts);
	const models = [...pipeline === null ? [] : await require_light.workTreeModels(ports, repository), ...made ? [made.name] : []];
	const attributes = await withAttributes(ports, {
		...repository,
		...made?.at
	}, models, made?.asTheyAre ?? []);
	if (attributes !== null) files.set(".gitattributes", attributes);
	if (made?.layout) files.set(require_light.layoutFile, made.layout);
	const changes = await placeFiles(ports, repository, files, {
		overwrite: overwrite.flatMap((file) => pathsOf$1(ports, repository, file)),
		dryRun
	});
	const texts = new Map([...files].map(([file, { text }]) => [file, text]));
	const read = model === null ? [] : [model.data];
	const leftOut = await ports.obstacles.toAdd(repository, [...new Set([...read, ...files.keys()])]);
	return {
		files: texts,
		changes,
		model: made && {
			name: made.name,
			spec: made.spec,
			task: made.task
		},
		leftOut,
		notes: made?.notes ?? []
	};
}
function addTexts(files, texts) {
	for (const [file, text] of texts) files.set(file, {
		text,
		addsTo: null
	});
}
async function modelFiles(ports, repository, model) {
	const logical = model.data;
	const word = model.name ?? node_path.default.posix.basename(logical);
	const { name, dataset, layout, at } = await placeOfModel(ports, repository, {
		word,
		inside: pathsOf$1(ports, repository, word)[0]
	});
	const spec = require_light.specPath(name, at);
	const text = model.example ? exampleCsv() : null;
	const inspection = await inspectData(ports, repository, {
		...model,
		file: logical,
		text
	});
	const { found, key, target, time, notes } = inspection;
	const files = fileFeatures(inspection, model.python);
	const program = await startProgram(ports, repository, model.python, {
		task: found.task,
		files: files.read
	});
	const texts = new Map([
		...program?.texts ?? [],
		...text === null ? [] : [[logical, text]],
		[require_light.manifestPath(dataset), manifestText({
			...inspection,
			file: logical,
			rows: found.rows
		})],
		[spec, specText(found, {
			dataset,
			target,
			time,
			key,
			exclude: files.excluded,
			candidate: program?.candidate ?? null
		})]
	]);
	const folders = inspection.columns.flatMap(({ folder = "." }) => folder === "." ? [] : [folderPattern(folder)]);
	return {
		texts,
		asTheyAre: [attributePattern(logical), ...folders],
		layout,
		at,
		name,
		spec,
		task: found.task,
		notes: [
			...notes,
			...files.notes,
			...program?.notes ?? []
		]
	};
}
function fileFeatures({ columns, target, time, key }, python) {
	const files = columns.filter(({ type }) => type === "file").map(({ name }) => name);
	if (files.length === 0 || python !== null) return {
		read: files,
		excluded: [],
		notes: []
	};
	const others = columns.filter(({ name }) => ![
		...files,
		target,
		time,
		key
	].includes(name));
	const names = require_light.quotedList(files, 3);
	const rerun = "run init again with `--learner command --python train.py`";
	if (others.length === 0) throw new require_light.UsageError(`${names} ${files.length === 1 ? "holds" : "hold"} files, which trees and linear models cannot read, and there is no other column to learn from. A program of yours can: ${rerun}.`, usage$6);
	return {
		read: [],
		excluded: files,
		notes: [`Trees and linear models cannot read files, so that ${names} ${files.length === 1 ? "is" : "are"} left out (\`features.exclude\`). To learn from the files with a program of yours, ${rerun}.`]
	};
}
async function startProgram(ports, repository, python, learnt) {
	if (python === null) return null;
	const { startPython } = await Promise.resolve().then(() => python_program_exports);
	const { root } = repository;
	const [here, ...others] = pathsOf$1(ports, repository, python);
	let file = here;
	for (const place of [...others, here]) if (await ports.files.read(node_path.default.join(root, place)) !== null) file = place;
	return startPython(ports.files, {
		root,
		file,
		task: learnt.task,
		files: learnt.files
	}, usage$6);
}
async function marked({ files }, { root }, file, text) {
	const bytes = await files.read(node_path.default.join(root, file));
	return {
		text: withMark(text),
		addsTo: bytes !== null && isAsWritten(require_light.decodeText(bytes)) ? bytes : null
	};
}
async function pipelineFiles(ports, { templates, kind, action, attests, pages }, repository, model) {
	const { baseBranch, root } = repository;
	const { kinds, attesting, unknownAction } = templates;
	const known = kinds.find((each) => each === (kind ?? kinds[0]));
	if (known === void 0) throw new require_light.UsageError(`--workflow must be one of ${kinds.join(", ")}.`, usage$6);
	if (attests && !attesting.includes(known)) throw new require_light.UsageError(`The job that attests follows the job that promotes: --attest needs --workflow ${attesting.join(" or ")}.`, usage$6);
	const uses = action ?? unknownAction.action;
	if (!/^[\w.-]+\/[\w./-]+@[\w./-]+$/.test(uses)) throw new require_light.UsageError("--action must have the form OWNER/NAME@VERSION.", usage$6);
	const [written, packageManager] = await Promise.all([watchedGlobs(ports, repository), packageManagerIn(ports, root)]);
	const own = model === null ? [] : [watchedGlob(model.data)];
	const dataPaths = [...new Set([...own, ...written])];
	return templates.files({
		kind: known,
		action: uses,
		baseBranch,
		dataPaths: [...besidePaths(repository), ...dataPaths.length === 0 ? ["data/**"] : dataPaths],
		packageManager,
		attests,
		pages,
		name: node_path.default.basename(root)
	});
}
async function locateOrRoot(ports) {
	try {
		return await ports.git.locate();
	} catch (error) {
		if (!(error instanceof require_light.NoCommitsError)) throw error;
		return ports.git.withoutHistory();
	}
}
async function placedModel(ports, repository, model) {
	if (model.example) return model;
	const data = await placeOfData(ports, repository, pathsOf$1(ports, repository, model.data));
	return {
		...model,
		data
	};
}
function pathsOf$1({ workTree }, { root }, file) {
	const inside = [workTree.here, root].flatMap((folder) => {
		const relative = node_path.default.relative(root, node_path.default.resolve(folder, file)).split(node_path.default.sep).join("/");
		return relative.startsWith("../") || node_path.default.isAbsolute(relative) ? [] : [relative];
	});
	if (inside.length > 0) return [...new Set(inside)];
	throw new require_light.UsageError(`${file} is outside the repository; copy it into the repository first.`, usage$6);
}
async function withAttributes(ports, repository, models, patterns) {
	const bytes = await ports.files.read(node_path.default.join(repository.root, ".gitattributes"));
	const text = bytes === null ? "" : require_light.decodeText(bytes);
	const isKept = keepsVersions(text);
	const lines = [...models.filter((model) => !isKept(model, repository)).map((model) => `${require_light.outputPattern(model, repository)}/** -text -merge`), ...patterns.map((pattern) => `${pattern} -text`)];
	const wanted = [...new Set(lines)].filter((line) => !text.split("\n").includes(line));
	if (wanted.length === 0) return null;
	return {
		text: `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${wanted.join("\n")}\n`,
		addsTo: bytes
	};
}
function attributePattern(file) {
	const folder = node_path.default.posix.dirname(file);
	return folder === "." ? attributeWord(`*${node_path.default.posix.extname(file)}`) : folderPattern(folder);
}
var folderPattern = (folder) => attributeWord(`${folder}/**`);
var attributeWord = (pattern) => /[\s"]/.test(pattern) ? JSON.stringify(pattern) : pattern;
// ../refit/src/commands/init.ts
var init_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$6,
	optionHelp: () => optionHelp$6,
	options: () => options$6,
	run: () => run$6,
	summary: () => summary$6,
	usage: () => usage$6
});
var summary$6 = "Write a data manifest and a model.yaml, inferred from your own data or for a small example, and a GitHub workflow.";
var examples$6 = [
	["refit init --data churn.csv --target churned --time signup_date", "from your own data"],
	["refit init --data churn.csv --target churned --learner command --python train.py", "a program of yours trains"],
	["refit init --example --github", "a made-up dataset, and a workflow"]
];
var options$6 = {
	data: { type: "string" },
	target: { type: "string" },
	time: { type: "string" },
	"time-format": { type: "string" },
	learner: { type: "string" },
	python: { type: "string" },
	model: { type: "string" },
	example: { type: "boolean" },
	github: { type: "boolean" },
	workflow: { type: "string" },
	action: { type: "string" },
	attest: { type: "boolean" },
	pages: { type: "boolean" },
	overwrite: {
		type: "string",
		multiple: true
	},
	...require_light.limitOption,
	"dry-run": { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$6 = {
	data: "CSV, Parquet or JSON Lines file inside the repository",
	target: "the column to predict",
	time: "the date column; the newest rows become the holdout",
	"time-format": "how its dates are written, where they can be read in two ways: a strptime pattern such as %d/%m/%Y",
	learner: "command: train with a program of your own; default: trees and a linear model, which come with refit",
	python: "with --learner command: the program that trains, such as train.py; it is written where there is none",
	model: "name of the model; default: taken from the file's name",
	example: "write a small made-up dataset and a model for it",
	github: "write .github/workflows/refit.yml, with or without a model",
	workflow: "with --github: simple (the default), hardened (training runs without a write token), matrix (one job per model), candidates (one job per candidate, for trainings that outgrow a machine) or nx (a monorepo)",
	action: "with --github: the action to use, as OWNER/refit@COMMIT, which nobody can change, or OWNER/refit@v1",
	attest: "with --github --workflow hardened, matrix or candidates: a job that lets GitHub attest the files of versions that go live; only it may sign",
	pages: "with --github: write .github/workflows/refit-pages.yml, which publishes what `refit site` makes on GitHub Pages",
	overwrite: "replace this file, if it is there with other content; may be repeated. Otherwise no file is replaced",
	...require_light.limitHelp,
	"dry-run": "print the files and write nothing",
	json: "print the files as JSON"
};
async function run$6(ports, args, flags) {
	if (args.length > 0) throw new require_light.UsageError("init takes no arguments; use --model to name the model.", usage$6);
	const templates = flags.github === true ? ports.pipelines.templates.get("github") : null;
	if (flags.attest === true && templates === null) throw new require_light.UsageError("--attest is for --github.", usage$6);
	if (flags.pages === true && templates === null) throw new require_light.UsageError("--pages is for --github.", usage$6);
	const pipeline = templates && {
		templates,
		kind: flags.workflow ?? null,
		action: flags.action ?? null,
		attests: flags.attest === true,
		pages: flags.pages === true
	};
	const made = await init(ports, {
		model: modelOf(flags),
		pipeline,
		overwrite: flags.overwrite ?? [],
		dryRun: flags["dry-run"] === true
	});
	const before = templates && beforePush(templates, flags);
	for (const sentence of ignoredSentences(made)) ports.out.notice(sentence);
	printFiles(ports, made, flags, made.model === null ? ["", ...before] : nextSteps(made.model, made.leftOut, before));
	return 0;
}
function ignoredSentences({ files, leftOut }) {
	return [...leftOut.ignored].map(([file, { pattern, source, line }]) => {
		const rule = `git ignores ${file} (\`${pattern}\` in ${source}, line ${line})`;
		return files.has(file) ? `${rule}. refit and GitHub read it from a commit: change that rule, or add the file with \`git add --force\`.` : `${rule}. refit reads it here; in a workflow, a step before refit has to bring it.`;
	});
}
function modelOf({ data, target, time, model, example, github, ...more }) {
	const name = model ?? null;
	const python = pythonOf(more);
	const timeFormat = more["time-format"] ?? null;
	if (example === true) return {
		data: "data/subscriptions.csv",
		target: "cancelled",
		time: "signed_up",
		timeFormat,
		name,
		python,
		example
	};
	if (timeFormat !== null && time === void 0) throw new require_light.UsageError("--time-format says how --time is written.", usage$6);
	if (data !== void 0 && target !== void 0) return {
		data,
		target,
		time: time ?? null,
		timeFormat,
		name,
		python,
		example: false
	};
	if (data === void 0 && target === void 0 && github === true) return null;
	throw new require_light.UsageError("init needs --data and --target, or --example, or --github.", usage$6);
}
function pythonOf({ learner, python }) {
	if (learner !== void 0 && learner !== "command") throw new require_light.UsageError(`--learner ${learner}: init begins only \`command\`. Without --learner it writes trees and a linear model; other learners go under \`candidates\` in model.yaml.`, usage$6);
	if (learner !== void 0 && python === void 0) throw new require_light.UsageError("--learner command needs --python, the program that trains, such as train.py.", usage$6);
	return python ?? null;
}
function beforePush(templates, { action, pages }) {
	const { setup, pagesSetup, unknownAction, unpinned } = templates;
	const about = action === void 0 ? unknownAction.sentence : unpinned(action);
	return [
		...about === null ? [] : [about],
		setup,
		...pages === true ? [pagesSetup] : []
	];
}
var changeWords = {
	written: "wrote",
	replaced: "changed",
	unchanged: "unchanged:"
};
function printFiles(ports, { files, changes, notes }, flags, then) {
	if (flags.json === true) return ports.out.print(JSON.stringify(Object.fromEntries(files), null, 2));
	const decided = notes.length === 0 ? [] : [
		"",
		"How the data are read:",
		...notes.map((note) => `- ${note}`)
	];
	const shown = [...files].filter(([file]) => !file.startsWith("data/"));
	const lines = flags["dry-run"] === true ? [...shown.flatMap(([file, text]) => [`# ${file}`, text]), ...decided] : [
		...[...changes].map(([file, change]) => `${changeWords[change]} ${file}`),
		...decided,
		...then
	];
	for (const line of lines) ports.out.print(line);
}
function nextSteps({ name, spec, task }, { isSparse }, first) {
	const commit = `git add ${isSparse ? "--sparse " : ""}-A && git commit -m "Add the model ${name}"`;
	return [
		"",
		`The task is ${task}. Read ${spec}: are there columns that would not be known at prediction time?`,
		"",
		...first !== null ? [
			...first,
			"",
			"Then:",
			`  ${commit} && git push`,
			"The push starts the workflow, which opens a pull request with the first model."
		] : [
			"Then:",
			`  ${commit}`,
			`  refit run ${name}`
		]
	];
}
// ../refit/src/commands/limits-from.ts
var limits_from_exports = require_rolldown_runtime.__exportAll({ limitsFrom: () => limitsFrom });
function limitsFrom({ memory, limit = [] }, usage) {
	const limits = {};
	for (const word of limit) {
		const [, name = "", value = ""] = /^(\w+)=(.+)$/.exec(word) ?? [];
		const known = isLimit(name, require_readers.dataLimits.shape);
		const { success, data } = known ? require_readers.dataLimits.shape[name].safeParse(Number(value)) : {
			success: false,
			data: 0
		};
		if (!known || !success || data === void 0) {
			const names = Object.keys(require_readers.dataLimits.shape).join(", ");
			throw new require_light.UsageError(known ? `--limit ${word} is not a number that ${name} can have; \`refit schema data-manifest\` tells which.` : `--limit ${word} is not NAME=NUMBER with one of the names ${names}.`, usage);
		}
		limits[name] = data;
	}
	if (memory === void 0) return limits;
	if (limits.memoryMiB !== void 0) throw new require_light.UsageError("--memory and --limit memoryMiB say the same thing; give one of them.", usage);
	const { success, data } = require_readers.dataLimits.shape.memoryMiB.safeParse(mebibytes(memory));
	if (!success || data === void 0) throw new require_light.UsageError(`--memory ${memory} is not a size of at least 64MiB, such as 800MiB or 4GiB.`, usage);
	return {
		...limits,
		memoryMiB: data
	};
}
function mebibytes(size) {
	const [, number, unit] = /^(\d+(?:\.\d+)?)(MiB|GiB)$/i.exec(size) ?? [];
	return Math.floor(Number(number) * (unit?.toLowerCase() === "gib" ? 1024 : 1));
}
function isLimit(name, shape) {
	return Object.hasOwn(shape, name);
}
// ../refit/src/products/training.ts
function shipsTrainedAgain(spec, { reproducible, declared }) {
	return reproducible && declared === void 0 && require_readers.shipsAll(spec);
}
function toldSettings({ searches, settle }, settings, artifact) {
	if (searches !== true) return settings;
	const { calibration } = settings;
	return {
		...settle(settings, artifact),
		...calibration && { calibration }
	};
}
function artifactBytes(artifact) {
	return [...artifact.values()].reduce((sum, file) => sum + file.byteLength, 0);
}
// ../refit/src/scoring/scored-version.ts
async function loadChallenger({ learners }, { part }, { settings, artifact }) {
	return {
		predictor: await (await learners.get(settings.learner)).load(artifact, require_light.limitsOf(settings)),
		features: async (rows) => (await part(rows)).features,
		bytes: artifactBytes(artifact)
	};
}
async function loadProcedure({ learners }, { spec }, { learner, features, bytes }, procedure) {
	return {
		predictor: await (await learners.get(learner)).load(procedure, require_light.limitsOfToday(spec)),
		features,
		bytes
	};
}
async function loadApplied(ports, context, prepared, version) {
	const stored = await readStored(ports, context.repository, version);
	if (stored === null || require_commands.inputMismatches(stored.spec.inputs, prepared.table.columns).length > 0) return null;
	const { spec, lineage } = stored;
	const { artifact, predictor } = await loadModel(ports, context, {
		...version,
		lineage
	});
	return {
		spec,
		learner: lineage.learner.name,
		artifact,
		declared: lineage.declared,
		predictor,
		features: (rows) => require_commands.applyFeatures(spec, prepared.read, rows),
		bytes: artifactBytes(artifact)
	};
}
async function readStored(ports, repository, version) {
	const text = await require_commands.readChampionFile(ports, version, "features.json");
	const lineage = version.lineage ?? await require_light.readLineage(ports, repository, `${version.treeId}:lineage.json`);
	return text === null || lineage === null ? null : {
		spec: require_readers.parseFeatureSpec(text),
		lineage
	};
}
async function loadModel(ports, { repository, spec }, version) {
	const learner = await ports.learners.get(version.lineage.learner.name);
	const artifact = await require_commands.readArtifact(ports, repository, version);
	return {
		artifact,
		predictor: await learner.load(artifact, require_light.limitsOfToday(spec))
	};
}
async function predictionsOf(version, rows) {
	return version && version.predictor.predict(await version.features(rows));
}
// ../refit/src/runs/predict/answering-version.ts
async function answeringVersion(ports, repository, model, wanted) {
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	if (wanted === void 0 && history.champion === null && history.state !== "broken") throw new require_light.VersionUnknownError(model, "that is live");
	const version = require_commands.findVersion(model, history, wanted);
	if (version.newerFormat !== null) {
		const file = `${require_light.championFolder(model, repository)}/lineage.json (v${version.number})`;
		throw new require_light.FormatNewerError(file, version.newerFormat, 1);
	}
	const files = await ports.git.list(version.treeId);
	const broken = version.broken ?? await require_light.checkWhole(ports, repository, version.treeId, files);
	if (broken !== null) throw new require_light.VersionBrokenError(model, version.number, broken);
	if (wanted === void 0 && history.state === "broken") ports.out.notice(`The folder on ${repository.baseBranch} is damaged; v${version.number}, the last valid version, answers.`);
	const stored = await readStored(ports, repository, version);
	if (stored === null) throw new require_light.ArtifactInvalidError("features.json", "", "a file that every version has");
	const { spec: features, lineage } = stored;
	const then = await settingsOf$1(ports, repository, {
		model,
		version,
		lineage
	});
	return {
		model,
		name: `v${version.number}`,
		treeId: version.treeId,
		lineage,
		features,
		...then
	};
}
async function settingsOf$1(ports, repository, { model, version, lineage }) {
	const silent = {
		...ports,
		out: {
			...ports.out,
			notice: () => {}
		}
	};
	const before = await ports.git.resolve(`${version.sha}^1`);
	let sameManifest = null;
	for (const commit of [
		repository.baseCommit,
		version.sha,
		before
	]) {
		if (commit === null) continue;
		const settings = await readable(require_light.readSpecs(silent, {
			...repository,
			baseCommit: commit
		}, model, { workTree: false }));
		if (settings === null) continue;
		const { spec, manifest } = require_light.digestOfInputs(ports, settings);
		if (manifest !== lineage.digests.manifest) continue;
		if (spec === lineage.digests.spec) return {
			settings,
			isOfThen: true
		};
		sameManifest ??= settings;
	}
	if (sameManifest !== null) return {
		settings: sameManifest,
		isOfThen: true
	};
	return {
		settings: await require_light.readSpecs(ports, repository, model, { workTree: false }),
		isOfThen: false
	};
}
async function readable(answer) {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
async function givenFiles(ports, given) {
	if (given.names.filter((name) => name === "-").length > 1) throw new require_light.UsageError("Standard input (-) can be read once.", given.usage);
	const files = [];
	for (const [i, name] of given.names.entries()) {
		const at = name === "-" ? await standardInput(ports, given) : await namedFile(ports, name, given.usage);
		const identity = require_light.sha256(`${i} ${at.localPath}`);
		files.push({
			path: name === "-" ? "standard input" : name,
			bytes: 0,
			blob: null,
			identity,
			sha256: identity,
			...at
		});
	}
	return files;
}
async function standardInput({ streams }, { format, folder }) {
	const localPath = node_path.default.join(folder, `input.${format}`);
	await streams.takeInput(localPath);
	return {
		format,
		delimiter: null,
		localPath
	};
}
async function namedFile({ streams, workTree }, name, usage) {
	const localPath = node_path.default.resolve(workTree.here, name);
	const format = formatOf(name, usage);
	if (!await streams.isFile(localPath)) throw new require_light.UsageError(`There is no file ${require_light.quoteForTerminal(name)}.`, usage);
	return {
		...format,
		localPath
	};
}
function formatOf(name, usage) {
	const format = require_light.sourceFormat(name);
	if (format === null) throw new require_light.UsageError(`${require_light.quoteForTerminal(name)} cannot be used: ${require_light.unreadEnding(name)}`, usage);
	return format;
}
// ../refit/src/runs/predict/answer-columns.ts
var versionColumn = "model_version";
function answerColumns({ classes }) {
	if (classes === null) return [{
		name: "prediction",
		values: null
	}];
	const probabilities = classes.map((each) => ({
		name: `probability_${String(each)}`,
		values: null
	}));
	return [{
		name: "prediction",
		values: classes
	}, ...probabilities];
}
function answerValues({ task, classes }, predictions, threshold) {
	if (classes === null) return [predictions];
	const input = {
		task,
		classes: classes.length,
		target: predictions,
		predictions,
		settings: { threshold }
	};
	const labels = require_commands.predictedClasses(input);
	if (task === "binary") return [
		labels,
		predictions.map((positive) => 1 - positive),
		predictions
	];
	return [labels, ...classes.map((_, place) => Float64Array.from(labels, (_label, row) => predictions[row * classes.length + place]))];
}
function keptColumns(names, target) {
	const taken = new Set([...answerColumns(target).map(({ name }) => name), versionColumn].map((name) => name.toLowerCase()));
	return names.map((name) => {
		let as = name;
		while (taken.has(as.toLowerCase())) as = `input_${as}`;
		taken.add(as.toLowerCase());
		return {
			name,
			as
		};
	});
}
// ../refit/src/runs/predict/predict.ts
async function predict(ports, repository, request) {
	const { version, input } = request;
	const { settings } = version;
	checkAnswers(request);
	const keys = keyColumns(version);
	const given = input === "raw" ? rawRows(version.features, settings.manifest, keys) : preparedRows(version.features, settings.manifest, keys);
	const { predictor } = await loadModel(ports, {
		repository,
		spec: settings.spec
	}, version);
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		const { files: names, inputFormat: format, usage } = request;
		return await withTable$1(ports, repository, {
			files: await givenFiles(ports, {
				names,
				format,
				folder: scratch.path,
				usage
			}),
			tables: await fetchTables(ports, repository, given.manifest),
			knownTypes: [],
			declaredOnly: true,
			mayLack: given.mayLack,
			dataset: settings.spec.data,
			manifest: given.manifest
		}, (source) => answerTable(ports, source, {
			request,
			given,
			predictor
		}));
	} finally {
		await scratch.remove();
	}
}
function checkAnswers({ version, input, usage }) {
	const { features, lineage, name, model, isOfThen, settings } = version;
	const called = `${model} ${name}`;
	if (!require_light.answersNewRows(lineage.learner.name)) throw new require_light.UsageError(`${called} is a list of predictions that were imported, which answers no other rows.`, usage);
	const file = features.inputs.find(({ type }) => type === "file");
	if (file !== void 0) throw new require_light.UsageError(`${called} reads files that rows name in "${file.name}"; refit predict does not bring them.`, usage);
	if (input === "prepared") return;
	if (features.rowWise !== true) throw new require_light.PrepareNotRowWiseError(features.rowWise === false ? "others" : "untold", called);
	if (isOfThen) return;
	const manifest = `data-manifests/${settings.spec.data}.yaml`;
	throw new require_light.UsageError(`The schema and \`prepare\` that ${called} was trained with are in no commit that is looked at: ${manifest} has changed since. Send prepared rows with --input prepared, or train again.`, usage);
}
function keyColumns({ settings: { spec } }) {
	return [...new Set([...[spec.key ?? []].flat(), ...spec.time === void 0 ? [] : [spec.time]])];
}
async function answerTable(ports, source, answering) {
	const { request, given } = answering;
	const { version, format, output } = request;
	const { target } = version.features;
	const errors = source.findings.filter(({ severity }) => severity === "error");
	if (errors.length > 0) throw new require_light.UnreadableDataError(withTypes(errors, given.manifest));
	ports.out.progress("Preparing rows");
	const answers = answerColumns(target);
	const rows = await source.inOrder({
		sql: given.manifest.prepare ?? null,
		target: target.name,
		answers: answers.length
	});
	const answered = await answerRows(ports, rows, answering);
	ports.out.progress("Writing");
	const there = new Set([...source.columns, ...rows.columns].map(({ name }) => name));
	const kept = keptColumns(keyColumns(version).filter((name) => there.has(name)), target);
	const constants = [{
		name: versionColumn,
		value: version.treeId
	}];
	const file = await rows.write({
		format,
		kept,
		answers,
		constants
	});
	if (output === null) await ports.streams.giveOutput(file);
	else await ports.streams.place(file, output);
	return {
		model: version.model,
		version: version.name,
		treeId: version.treeId,
		input: request.input,
		rows: rows.rows,
		unanswered: rows.rows - answered,
		ignored: source.unread.filter((name) => name !== target.name),
		columns: [
			...kept.map(({ as }) => as),
			...answers.map(({ name }) => name),
			versionColumn
		]
	};
}
function withTypes(findings, { schema }) {
	const types = new Map(schema.fields.map(({ name, type }) => [name, type]));
	return findings.map((found) => {
		const type = found.code === "missing-column" ? types.get(found.column ?? "") : void 0;
		return type === void 0 ? found : {
			...found,
			message: `${found.message} Expected: ${type}.`
		};
	});
}
var mostValues = 8e6;
var mostRows$1 = 122880;
async function answerRows(ports, rows, { request: { version }, predictor }) {
	const { features, settings } = version;
	const threshold = features.threshold ?? settings.spec.metrics.threshold ?? .5;
	const count = Math.max(1024, Math.min(mostRows$1, Math.floor(mostValues / features.inputs.length)));
	let answered = 0;
	for (let first = 0; first < rows.rows; first += count) {
		ports.out.progress("Predicting", first / rows.rows);
		const part = await rows.part(first, count);
		if (part.places.length === 0) continue;
		const matrix = await require_commands.applyFeatures(features, reader(rows, part), Uint32Array.from(part.places.keys()));
		const predictions = await predictor.predict(matrix);
		await rows.answer(part.places, answerValues(features.target, predictions, threshold));
		answered += part.places.length;
	}
	return answered;
}
function reader({ columns }, part) {
	const known = new Set(columns.map(({ name }) => name));
	return async (name) => known.has(name) ? part.column(name) : null;
}
// ../refit/src/commands/predict.ts
var predict_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$5,
	optionHelp: () => optionHelp$5,
	options: () => options$5,
	run: () => run$5,
	summary: () => summary$5,
	usage: () => usage$5
});
var usage$5 = "refit predict <model> <file>… [--version vN] [--input raw|prepared] [--output FILE] [--format csv|jsonl|parquet] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$5 = "Predict rows of CSV, JSON Lines or Parquet files with the live version, or an earlier one.";
var examples$5 = [
	["refit predict churn new.csv --output predictions.csv", "with the live version"],
	["refit predict churn - --format jsonl < new.jsonl", "from a pipe"],
	["refit predict churn new.parquet --version v2 --output predictions.parquet", "with an earlier version"]
];
var options$5 = {
	version: { type: "string" },
	input: { type: "string" },
	output: { type: "string" },
	format: { type: "string" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$5 = {
	version: "v3, or a tree id; default: what is live on the base branch",
	input: "what the rows are: raw, as in the data files, or prepared, as `prepare` gives them; default: raw where the version says that rows can be prepared alone",
	output: "the file for the predictions, by its ending CSV, JSON Lines or Parquet; default: -, which is standard output",
	format: "what standard input and output have: csv, jsonl or parquet; default: csv",
	...require_light.limitHelp,
	json: "print model, version, tree id, rows and columns as JSON; needs --output"
};
async function run$5(ports, args, flags) {
	const [model, ...files] = args;
	if (model === void 0 || files.length === 0) throw new require_light.UsageError("predict needs a model and at least one file, or - for standard input.", usage$5);
	require_light.checkModelName(model);
	const output = flags.output ?? "-";
	const json = flags.json === true;
	if (json && output === "-") throw new require_light.UsageError("--json needs --output, since both print.", usage$5);
	const standardFormat = formatWord(flags.format);
	const place = output === "-" ? null : node_path.default.resolve(ports.workTree.here, output);
	if (place !== null && files.some((file) => node_path.default.resolve(ports.workTree.here, file) === place)) throw new require_light.UsageError(`--output ${require_light.quoteForTerminal(output)} is one of the files that are read.`, usage$5);
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	if (place !== null) await require_commands.refuseInsideVersion(ports, repository, place, usage$5);
	const version = await answeringVersion(ports, repository, model, flags.version);
	const { input, why } = inputOf(version, flags.input);
	ports.out.notice(`${model} ${version.name} (tree ${version.treeId}) answers ${input} rows${why}.`);
	const predicted = await predict(ports, repository, {
		version,
		input,
		files,
		inputFormat: standardFormat,
		format: place === null ? standardFormat : writtenFormat(output),
		output: place,
		usage: usage$5
	});
	for (const sentence of remarks(predicted)) ports.out.notice(sentence);
	if (json) ports.out.print(JSON.stringify({
		...predicted,
		output
	}, null, 2));
	else if (place !== null) ports.out.print(`${require_light.counted(predicted.rows, "row")} in ${output}`);
	return 0;
}
var formats = [
	"csv",
	"jsonl",
	"parquet"
];
function formatWord(word = "csv") {
	const found = formats.find((format) => format === word);
	if (found === void 0) throw new require_light.UsageError(`--format ${require_light.quoteForTerminal(word)} is not csv, jsonl or parquet.`, usage$5);
	return found;
}
function writtenFormat(output) {
	const { format, delimiter } = formatOf(output, usage$5);
	if (delimiter === null && !/\.gz$/i.test(output)) return format;
	throw new require_light.UsageError(`${require_light.quoteForTerminal(output)} cannot be written: name it .csv, .jsonl or .parquet.`, usage$5);
}
function inputOf({ features }, word) {
	if (word === "raw" || word === "prepared") return {
		input: word,
		why: ""
	};
	if (word !== void 0) throw new require_light.UsageError(`--input ${require_light.quoteForTerminal(word)} is not raw or prepared.`, usage$5);
	if (features.rowWise === true) return {
		input: "raw",
		why: ""
	};
	return {
		input: "prepared",
		why: `, since ${features.rowWise === false ? "`prepare` looks at other rows" : "it does not say whether rows can be prepared alone"}`
	};
}
function remarks({ unanswered, ignored }) {
	const names = ignored.slice(0, 20).map((name) => require_light.quoteForTerminal(name));
	const more = ignored.length > 20 ? ` and ${ignored.length - 20} more` : "";
	const unread = `${require_light.counted(ignored.length, "column")} not read: ${names.join(", ")}${more}.`;
	const left = `${require_light.counted(unanswered, "row")} without a prediction: \`prepare\` leaves them out.`;
	return [...ignored.length === 0 ? [] : [unread], ...unanswered === 0 ? [] : [left]];
}
// ../refit/src/runs/find-report.ts
async function findReport(ports, repository, asked) {
	const model = await onlyModel(ports, repository, asked.model);
	const wanted = asked.wanted === "live" ? await liveVersion$1(ports, repository, model) : asked.wanted;
	if (wanted.startsWith("v")) require_commands.findVersion(model, (await require_light.readModelHistory(ports, repository, model)).history, wanted);
	const told = await findRun(ports, repository, model, wanted === "last" ? null : wanted);
	if (told === null || told.run === null || told.kept === null || told.report === null) {
		const isRun = !wanted.startsWith("v");
		const what = wanted === "last" ? `a run of ${model}` : isRun ? `the run ${model}@${wanted}` : `${model} ${wanted}`;
		const { missing } = await require_light.readLedger(ports, repository, model);
		throw new require_light.ReportMissingError(what, model, {
			isMissing: missing,
			remote: repository.remote
		});
	}
	const { run, kept, report, event } = told;
	return {
		model,
		run,
		at: event.at,
		kept,
		report
	};
}
async function onlyModel(ports, repository, model) {
	const models = await chooseModels(ports, repository, model ?? void 0);
	if (models.length === 1) return models[0];
	const which = models.length === 0 ? "There is no model on the base branch yet." : `Name one of ${models.join(", ")}.`;
	throw new require_light.UsageError(`report needs a model. ${which}`, "refit report <model>");
}
async function liveVersion$1(ports, repository, model) {
	const { history } = await require_light.readModelHistory(ports, repository, model);
	if (history.champion !== null) return `v${history.champion.number}`;
	ports.out.notice(`No version of "${model}" is live; this is its last run.`);
	return "last";
}
async function reportAsHtml({ git }, found) {
	const { kept, report, model, run, at } = found;
	const folder = node_path.default.posix.dirname(kept.path);
	const files = require_light.chartFiles(report).filter((file) => /^[a-z][a-z0-9-]*\.svg$/.test(file));
	const charts = await git.read(files.map((file) => `${kept.commit}:${folder}/${file}`));
	const texts = new Map(files.map((file, i) => [file, charts[i] ? require_light.decodeText(charts[i]) : null]));
	const origin = [
		`The report of the run ${model}@${run} of ${require_light.day(at)}, kept at `,
		{
			kind: "code",
			text: `${kept.commit.slice(0, 12)}:${kept.path}`
		},
		"."
	];
	return require_light.encodeText(htmlReport(report, (file) => texts.get(file) ?? null, origin));
}
// ../refit/src/commands/report.ts
var report_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$4,
	optionHelp: () => optionHelp$4,
	options: () => options$4,
	run: () => run$4,
	summary: () => summary$4,
	usage: () => usage$4
});
var usage$4 = "refit report [model[@vN|@RUN]] [--last] [--output FILE] [--open] [--json]";
var summary$4 = "Show the report of a run: of the one that led to the live version or to vN, of the last one, or of one that `refit history` lists.";
var examples$4 = [
	["refit report churn", "of the run that led to the live version"],
	["refit report churn --last --open", "of the last run, in the browser"],
	["refit report churn@v3 --output report.html", "as one HTML file"]
];
var options$4 = {
	last: { type: "boolean" },
	output: { type: "string" },
	open: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$4 = {
	last: "the last run that left a report, also one that was rejected or blocked",
	output: "write it to this file, as one HTML page with its charts that needs nothing else",
	open: "write it as such a page, and open it with the program that the system has for it",
	json: "print the report as JSON (`refit schema report`)"
};
async function run$4(ports, args, flags) {
	const [word, ...more] = args;
	if (more.length > 0) throw new require_light.UsageError("report takes at most one model.", usage$4);
	const [model, wanted] = (word ?? "").split("@");
	if (wanted !== void 0 && flags.last === true) throw new require_light.UsageError(`--last and @${wanted} name two runs.`, usage$4);
	if (wanted !== void 0 && !/^(v[1-9]\d*|[0-9a-f]{8}(-data|-\d+)?)$/.test(wanted)) throw new require_light.UsageError(`@${wanted} is neither a version, such as @v3, nor a run that refit history lists.`, usage$4);
	const repository = await ports.git.locate();
	const found = await findReport(ports, repository, {
		model: model === "" ? null : model,
		wanted: flags.last === true ? "last" : wanted ?? "live"
	});
	if (flags.json === true) {
		ports.out.print(require_light.reportFile(found.report).trimEnd());
		return 0;
	}
	if (flags.output === void 0 && flags.open !== true) {
		for (const line of require_light.terminalReport(found.report, ports.out.width)) ports.out.print(line);
		return 0;
	}
	await writePage$1(ports, {
		commonDir: repository.commonDir,
		found,
		flags
	});
	return 0;
}
async function writePage$1(ports, { commonDir, found, flags }) {
	const file = flags.output === void 0 ? node_path.default.join(commonDir, "refit", "reports", `${require_light.flatName(found.model)}-${found.run}.html`) : node_path.default.resolve(ports.workTree.here, flags.output);
	await ports.files.write(file, await reportAsHtml(ports, found));
	ports.out.print(file);
	if (flags.open !== true) return;
	if (await ports.opener.open(file) === null) ports.out.notice(`No program to open it with was found; open ${file} in a browser.`);
}
// ../core/src/affected/affected-answer.ts
var model = require_zod.string().describe("Name of the model.");
var commitId = require_zod.string().describe("Git commit id.");
var path$20 = require_zod.string().describe("From the root of the repository, with `/`.");
var reason = require_zod.object({
	kind: require_zod._enum([
		...require_commands.fileRoles,
		"new",
		"removed",
		"import"
	]).describe("What the file is to the model: its `spec`, its `manifest`, a feature `view`, `data`, a file of a further `table`, `code` of a candidate, `rowFile`, which rows may name, `import`, which its code imports; `new` and `removed` are about the model itself."),
	path: path$20
});
var affectedAnswer = require_zod.object({
	format: require_zod.literal(1).describe("Of this value."),
	base: commitId.describe("What the head is compared with: the newest commit that both sides contain."),
	head: commitId.describe("What was looked at."),
	files: require_zod.int().describe("Files whose content the change adds, replaces or removes."),
	libraries: require_zod._enum(["walk", "nx"]).describe("Who says what training code uses: refit's own walk over imports, or that and the project graph of Nx."),
	models: require_zod.array(require_zod.object({
		model,
		effect: require_zod._enum([
			"retrain",
			"touch",
			"removed"
		]).describe("`retrain`: its inputs differ, so training makes another version. `touch`: something else of it changed, such as a gate or a library that its code imports; by itself that starts no retrain. `removed`: it has no `model.yaml` any more."),
		reasons: require_zod.array(reason).describe("The files that it is affected by.")
	})).describe("Models that the change affects, sorted by name."),
	outdated: require_zod.array(require_zod.object({
		model,
		because: require_zod.array(require_zod._enum(require_commands.outdatedParts)).describe("What differs from what the live version was trained on.")
	})).describe("Models that the change does not retrain, and whose live version was trained on other inputs than the head has."),
	unseen: require_zod.array(require_zod.object({
		model,
		sources: require_zod.array(require_zod.string()).describe("Sources, as they are written, or paths of files.")
	})).describe("Models with data outside of git: whether those changed is not known here."),
	unresolved: require_zod.array(require_zod.object({
		path: path$20,
		line: require_zod.int().describe("From 1."),
		text: require_zod.string().describe("The line as it is written."),
		models: require_zod.array(require_zod.string()).describe("Models whose code it is part of.")
	})).describe("Imports of training code that were not followed, since only the running program knows what they load."),
	failed: require_zod.array(require_zod.object({
		model,
		error: require_zod.object({
			code: require_zod.string().describe("Stable; `docs/errors/<code>.md` is about it."),
			message: require_zod.string().describe("What is wrong."),
			hint: require_zod.string().describe("What to do.")
		}).describe("Why.")
	})).describe("Models that could not be read; whether the change affects them is not known.")
});
// ../refit/src/commands/schema.ts
var schema_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$3,
	optionHelp: () => optionHelp$3,
	options: () => options$3,
	run: () => run$3,
	summary: () => summary$3,
	usage: () => usage$3
});
var usage$3 = "refit schema [model|data-manifest|refit|features|lineage|ledger-row|shown-version|status|history|report|site-history|affected] [--json]";
var summary$3 = "Print the JSON Schema of what refit reads or writes; without an argument, list the schemas.";
var examples$3 = [["refit schema", "list the schemas"], ["refit schema model > model.schema.json", "of model.yaml, for an editor"]];
var options$3 = { json: { type: "boolean" } };
var optionHelp$3 = { json: "print the list of schemas as JSON (a schema always is)" };
var schemas = {
	model: ({ learners }) => require_readers.modelSpec(learners.installed),
	"data-manifest": () => require_readers.dataManifest,
	refit: () => require_readers.layoutSpec,
	features: () => require_readers.featureSpec,
	lineage: () => require_readers.lineage,
	"ledger-row": () => require_readers.ledgerRow,
	"shown-version": () => shownVersion,
	status: () => statusOfModel,
	history: () => toldHistory,
	report: () => storedReport,
	affected: () => affectedAnswer,
	"site-history": () => siteHistory
};
async function run$3(ports, args, flags) {
	const [name] = args;
	if (name === void 0) {
		const names = Object.keys(schemas);
		ports.out.print(flags.json === true ? JSON.stringify(names) : names.join("\n"));
		return 0;
	}
	if (!Object.hasOwn(schemas, name)) throw new require_light.UsageError(`There is no schema "${name}".`, usage$3);
	ports.out.print(JSON.stringify(require_readers.jsonSchemaOf(schemas[name](ports)), null, 2));
	return 0;
}
// ../refit/src/runs/serve/raw-source.ts
var sendPrepared = "Or send prepared rows: leave out `\"input\": \"raw\"`.";
async function openRaw(ports, repository, version) {
	const refused = refusalOf(version);
	if (refused !== null) return refused;
	try {
		return await opened(ports, repository, version);
	} catch (error) {
		const refusal = refusalBy(error, version);
		ports.out.notice(`${version.model} ${version.name} takes prepared rows only. ${refusal.message}`);
		return refusal;
	}
}
function refusalBy(error, version) {
	if (!(error instanceof require_light.RefitError)) return {
		code: "internal",
		message: String(error),
		hint: sendPrepared
	};
	const { code, message } = error;
	return {
		code,
		message,
		hint: error instanceof require_light.PrepareNotRowWiseError ? severalHint(version) : `${error.hint} ${sendPrepared}`
	};
}
function severalHint({ model, name }) {
	return new require_light.PrepareNotRowWiseError("several", `${model} ${name}`, sendPrepared).hint;
}
function refusalOf({ features, model, name, isOfThen, settings }) {
	const called = `${model} ${name}`;
	if (features.rowWise !== true) {
		const why = features.rowWise === false ? "others" : "untold";
		const { code, message, hint } = new require_light.PrepareNotRowWiseError(why, called, sendPrepared);
		return {
			code,
			message,
			hint
		};
	}
	if (isOfThen) return null;
	return {
		code: "settings-changed",
		message: `The schema and \`prepare\` that ${called} was trained with are in no commit that is looked at: data-manifests/${settings.spec.data}.yaml has changed since.`,
		hint: `Train again, and merge. ${sendPrepared}`
	};
}
async function opened(ports, repository, version) {
	const { features, settings } = version;
	const { manifest, mayLack } = rawRows(features, settings.manifest, []);
	const tables = await fetchTables(ports, repository, manifest);
	const { path, remove } = await ports.scratch.open(repository.commonDir);
	try {
		const { inputs, target } = features;
		const wanted = {
			target: target.name,
			inputs,
			scratch: path
		};
		const open = {
			dataset: settings.spec.data,
			manifest,
			mayLack,
			...tables && { tables },
			...wanted
		};
		return preparationBy(await ports.rowPreparers.open(open), remove);
	} catch (error) {
		await remove();
		throw error;
	}
}
function preparationBy(preparer, remove) {
	return {
		inputs: preparer.columns.map(({ name, type, mayLack, format, ownForm, missingValues }) => {
			return {
				name,
				type,
				required: !mayLack,
				format,
				ownForm,
				missingValues
			};
		}),
		prepare: (rows, until) => prepared(preparer, rows, until),
		async close() {
			await preparer.close();
			await remove();
		}
	};
}
async function prepared(preparer, given, until) {
	const { texts, rows, problems, more, ignored } = require_commands.rawTexts(preparer.columns, given);
	if (problems.length > 0) return {
		kind: "unfit",
		problems,
		more
	};
	const answer = await preparer.prepare(texts, until);
	if (answer.kind !== "prepared") return answer;
	const columns = Object.fromEntries(answer.columns.map((column) => [column.name, valuesOf(column)]));
	return {
		kind: "prepared",
		rows,
		places: answer.places,
		columns,
		ignored
	};
}
function valuesOf(column) {
	if (column.kind === "text") return Array.from(column.codes, (code) => code < 0 ? null : column.dictionary[code]);
	const { type } = column;
	return Array.from(column.values, (value) => {
		if (Number.isNaN(value)) return null;
		if (type === "boolean") return value === 1;
		return type === "date" || type === "datetime" ? new Date(value) : value;
	});
}
// ../refit/src/runs/serve/version-tools.ts
async function versionTools({ learners }, { features, lineage, settings }) {
	const { name } = lineage.learner;
	if (!require_light.answersNewRows(name)) throw new NotServedError("predictions");
	const file = features.inputs.find(({ type }) => type === "file");
	if (file !== void 0) throw new NotServedError({ files: file.name });
	const learner = await learners.get(name);
	const load = learner.serve ?? learner.load;
	return {
		learners: { [name]: {
			load: async (files) => load.call(learner, files),
			needsValues: learner.answersAtOnce !== true
		} },
		threshold: features.threshold ?? settings.spec.metrics.threshold ?? .5
	};
}
// ../refit/src/runs/serve/version-opener.ts
function versionOpener(ports, model) {
	let last = null;
	const answering = (repository, treeId) => {
		if (last?.treeId === treeId) return last.version;
		const version = answeringVersion(ports, repository, model, treeId);
		last = {
			treeId,
			version
		};
		version.catch(() => last = null);
		return version;
	};
	return (repository, treeId) => ({
		tools: async () => versionTools(ports, await answering(repository, treeId)),
		raw: {
			async id() {
				const { settings } = await answering(repository, treeId);
				return (settings.manifest.tables ?? []).length > 0 ? `${treeId} ${repository.baseCommit}` : treeId;
			},
			open: async () => openRaw(ports, repository, await answering(repository, treeId))
		}
	});
}
// ../refit/src/runs/serve/live-sources.ts
function liveSources(ports, names) {
	const look = baseLooks(ports, names);
	return names.map((name) => {
		let last = null;
		const opener = versionOpener(ports, name);
		return {
			name,
			async find() {
				const now = await look();
				const found = (last !== null && isUnchanged(name, last, now) ? last.found : null) ?? await liveVersion(ports, now.repository, name);
				last = {
					look: now,
					found
				};
				return {
					...found,
					...opener(now.repository, found.treeId)
				};
			}
		};
	});
}
function baseLooks(ports, names) {
	let last = null;
	let looking = null;
	async function look() {
		const repository = await ports.git.locate();
		const { baseCommit } = repository;
		const before = last?.repository.baseCommit ?? baseCommit;
		if (last !== null && before === baseCommit) return last;
		const goesOn = before === baseCommit || await ports.ancestry.mergeBase(before, baseCommit) === before;
		const ids = await Promise.all(names.map((name) => ports.git.resolve(`${baseCommit}:${require_light.championFolder(name, repository)}`)));
		return {
			repository,
			rewritten: (last?.rewritten ?? 0) + (goesOn ? 0 : 1),
			folders: new Map(names.map((name, i) => [name, ids[i]]))
		};
	}
	const looked = async () => last = await look();
	return () => looking ??= looked().finally(() => {
		looking = null;
	});
}
function isUnchanged(name, { look, found }, now) {
	if (look === now) return true;
	return look.rewritten === now.rewritten && look.folders.get(name) === now.folders.get(name) && found.stale === null;
}
async function liveVersion(ports, repository, model) {
	const { history } = await require_light.historyOfNamed(ports, repository, model);
	const { champion, state } = history;
	if (champion === null) throw new require_light.VersionUnknownError(model, "that is live");
	const { number, treeId, newerFormat, broken } = champion;
	if (newerFormat !== null) throw new require_light.FormatNewerError(`${require_light.championFolder(model, repository)}/lineage.json (v${number})`, newerFormat, 1);
	if (broken !== null) throw new require_light.VersionBrokenError(model, number, broken);
	const blobs = new Map((await ports.git.list(treeId)).map(({ path, id }) => [path, id]));
	return {
		id: treeId,
		treeId,
		version: `v${number}`,
		stale: state === "broken" ? `The folder on ${repository.baseBranch} is damaged; the last valid version answers.` : null,
		async read(path) {
			const id = blobs.get(path);
			return id === void 0 ? null : (await ports.git.read([id]))[0];
		}
	};
}
// ../refit/src/runs/serve/keyed-columns.ts
var atOnce$1 = 5e4;
var TwiceError = class extends Error {};
async function keyedColumns({ rows, key, columns }, pause) {
	const places = new Map();
	for (let row = 0; row < rows; row++) {
		if (row % atOnce$1 === 0) await pause();
		const values = key.map((column) => valueAt(column, row));
		if (values.includes(null)) continue;
		const known = keyOf$3(values);
		if (places.has(known)) throw new TwiceError();
		places.set(known, row);
	}
	const rowAt = (row) => Object.fromEntries(columns.map((column) => [column.name, valueAt(column, row)]));
	return (keys) => keys.map((values) => {
		const row = places.get(keyOf$3(values));
		return row === void 0 ? null : rowAt(row);
	});
}
var keyOf$3 = (values) => values.length === 1 ? values[0] : JSON.stringify(values);
function valueAt(column, row) {
	if (column.kind === "text") return column.dictionary[column.codes[row]] ?? null;
	const value = column.values[row];
	if (Number.isNaN(value)) return null;
	if (column.type === "boolean") return value === 1;
	return column.type === "date" || column.type === "datetime" ? new Date(value) : value;
}
// ../refit/src/runs/serve/looked-up-prepare.ts
function whyNotLookedUp({ settings, isOfThen, features }, view) {
	const { manifest, spec } = settings;
	const file = `data-manifests/${spec.data}.yaml`;
	if (!isOfThen) return `the \`prepare\` that it was trained with is in no commit that is looked at, since ${file} has changed. Train again`;
	if (!(manifest.views ?? []).includes(view)) return `${file} does not name the view under \`views\``;
	const words = wordsOf$1(manifest.prepare ?? "");
	const other = [
		"source",
		...manifest.views ?? [],
		...(manifest.tables ?? []).map(({ name }) => name)
	].find((name) => name !== view && words.includes(name.toLowerCase()));
	if (other !== void 0) return `\`prepare\` in ${file} also reads \`${other}\`. Move that into the view`;
	if (!words.includes(view.toLowerCase())) return `\`prepare\` in ${file} does not read the view`;
	const looksAround = words.includes("over") || words.filter((word) => word === "select").length > 1;
	if (features.rowWise !== true && looksAround) return `\`prepare\` in ${file} looks from a row at others. Move that into the view`;
	return null;
}
function wordsOf$1(sql) {
	return sql.replaceAll(/--.*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, " ").toLowerCase().match(/[\p{L}_][\p{L}\d_]*/gu) ?? [];
}
// ../refit/src/runs/serve/view-source.ts
var mostRows = 5e6;
function viewSource(ports, { name: model, find }, place) {
	return {
		name: place.view,
		async find() {
			const stamp = await stampOf(ports, place);
			const { treeId } = await find();
			return {
				id: `${stamp.id} ${treeId}`,
				open: () => openView(ports, model, place, stamp)
			};
		}
	};
}
async function stampOf({ streams }, { file, shown, usage }) {
	const stamp = await streams.stamp(file);
	if (stamp === null) throw new require_light.UsageError(`There is no file ${require_light.quoteForTerminal(shown)}.`, usage);
	return stamp;
}
async function openView(ports, model, place, stamp) {
	const repository = await ports.git.locate();
	const version = await answeringVersion(ports, repository, model, void 0);
	const why = whyNotLookedUp(version, place.view);
	if (why !== null) throw refused$1(version, place, why);
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		const bytes = await wholeFile(ports, place, stamp);
		const digest = require_light.sha256(bytes);
		const own = /^([0-9a-f]{64})\.parquet$/.exec(stamp.name)?.[1];
		if (own !== void 0 && own !== digest) throw new require_light.UsageError(`${require_light.quoteForTerminal(place.shown)} is damaged: its bytes are not those that ${stamp.name} is named after.`, place.usage);
		const localPath = node_path.default.join(scratch.path, "view.parquet");
		await ports.files.write(localPath, bytes, { lasting: false });
		const file = {
			path: place.shown,
			format: "parquet",
			delimiter: null,
			bytes: bytes.length,
			blob: null,
			identity: digest,
			sha256: digest,
			localPath
		};
		const manifest = manifestOf(version, place.view);
		const open = {
			files: [file],
			tables: new Map(),
			knownTypes: [],
			dataset: version.settings.spec.data,
			manifest
		};
		const about = {
			sha256: digest,
			writtenAt: new Date(stamp.writtenAt).toISOString()
		};
		return await withTable$1(ports, repository, open, async (table) => ({
			...about,
			...await keyedRows$1(table, {
				version,
				place,
				manifest
			})
		}));
	} finally {
		await scratch.remove();
	}
}
async function wholeFile(ports, place, stamp) {
	const bytes = await ports.files.read(place.file);
	const { id } = await stampOf(ports, place);
	if (bytes !== null && id === stamp.id) return bytes;
	throw new require_light.UsageError(`${require_light.quoteForTerminal(place.shown)} was written while it was read.`, place.usage);
}
function manifestOf({ settings }, view) {
	const { tables: _, ...manifest } = settings.manifest;
	const schema = {
		fields: [],
		missingValues: []
	};
	return {
		...manifest,
		schema,
		views: [view],
		viewTexts: { [view]: "SELECT * FROM source" }
	};
}
async function keyedRows$1(source, { version, place, manifest }) {
	const problem = source.findings.find(({ severity }) => severity === "error");
	if (problem !== void 0) throw refused$1(version, place, problem.message);
	const { inputs, target } = version.features;
	const { key, time } = roles({
		...version.settings,
		model: version.model
	});
	const rows = await source.inOrder({
		sql: manifest.prepare ?? null,
		target: target.name,
		answers: 0
	});
	if (rows.rows > mostRows) throw refused$1(version, place, `it has ${require_light.counted(rows.rows, "row")}, and at most ${require_light.counted(mostRows, "row")} are kept in memory. Look values up in a store of your own, and send them`);
	const types = new Map(rows.columns.map((column) => [column.name, column]));
	const lost = key.find((name) => !types.has(name));
	if (lost !== void 0) throw refused$1(version, place, `\`prepare\` leaves out ${require_light.quoteForTerminal(lost)}, the key. Keep it, and name it in \`features.exclude\` of model.yaml`);
	const dated = key.find((name) => [
		"date",
		"datetime",
		"file"
	].includes(types.get(name).type));
	if (dated !== void 0) throw refused$1(version, place, `its key ${require_light.quoteForTerminal(dated)} is neither a text nor a number`);
	const looked = inputs.filter(({ name, type }) => types.has(name) && !key.includes(name) && type !== "file");
	const [mismatch] = require_commands.inputMismatches(looked, rows.columns);
	if (mismatch !== void 0) throw refused$1(version, place, mismatch);
	if (looked.length === 0) throw refused$1(version, place, "it has no column that the model reads");
	const part = await rows.part(0, rows.rows);
	const columns = looked.map(({ name }) => name);
	const content = {
		rows: part.places.length,
		key: await readAll(part, key),
		columns: await readAll(part, columns)
	};
	const lookup = await keyedColumns(content, pause).catch((error) => {
		throw error instanceof TwiceError ? refused$1(version, place, "two of its rows have the same key") : error;
	});
	const newest = types.has(time) ? newestOf(await part.column(time)) : null;
	return {
		rows: content.rows,
		newest,
		key: key.map((name) => types.get(name)),
		columns,
		lookup
	};
}
async function readAll(part, names) {
	const columns = [];
	for (const name of names) columns.push(await part.column(name));
	return columns;
}
function newestOf(column) {
	if (column.kind !== "number") return null;
	const newest = column.values.reduce((most, value) => value > most ? value : most, -Infinity);
	return newest === -Infinity ? null : new Date(newest).toISOString();
}
var pause = () => new Promise((settle) => void setImmediate(settle));
function refused$1({ model, name }, { view, shown, usage }, why) {
	return new require_light.UsageError(`The view ${view} in ${require_light.quoteForTerminal(shown)} cannot be looked up for ${model} ${name}: ${why}.`, usage);
}
// ../refit/src/runs/serve/model-views.ts
async function withViews(ports, sources, places) {
	if (places.length === 0) return [...sources];
	const repository = await ports.git.locate();
	const read = new Set();
	const found = [];
	for (const source of sources) {
		const { manifest } = await require_light.readSpecs(ports, repository, source.name, { workTree: false });
		const [place, other] = places.filter(({ view }) => manifest.views?.includes(view));
		if (other !== void 0) throw new require_light.UsageError(`${source.name} reads the views ${place.view} and ${other.view}: name one with --view.`, other.usage);
		if (place !== void 0) read.add(place.view);
		found.push(place === void 0 ? source : {
			...source,
			view: viewSource(ports, source, place)
		});
	}
	const unread = places.find(({ view }) => !read.has(view));
	if (unread !== void 0) throw new require_light.UsageError(`No model that is served reads the view ${require_light.quoteForTerminal(unread.view)}.`, unread.usage);
	return found;
}
// ../refit/src/commands/serve.ts
var serve_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$2,
	optionHelp: () => optionHelp$2,
	options: () => options$2,
	run: () => run$2,
	summary: () => summary$2,
	usage: () => usage$2
});
var usage$2 = "refit serve <model>… [--view NAME=FILE]… [--port NUMBER] [--host NAME] [--poll SECONDS] [--offline] [--json]";
var summary$2 = "Answer over HTTP with the live versions, and follow the base branch; needs the package @refit/serve.";
var examples$2 = [["refit serve churn", "one model, on port 8080"], ["refit serve churn fraud --port 9000 --poll 10", "two models; look for news every ten seconds"]];
var options$2 = {
	view: {
		type: "string",
		multiple: true
	},
	port: { type: "string" },
	host: { type: "string" },
	poll: { type: "string" },
	offline: { type: "boolean" },
	json: { type: "boolean" }
};
var optionHelp$2 = {
	view: "a feature view and the file of `refit features materialize`, such as months=features/months.parquet, in which rows with a key find their other columns; for every model that reads the view, and again where the file changes",
	port: "default: 8080; 0: any that is free",
	host: "the address to listen at, such as 0.0.0.0; default: 127.0.0.1, which only this machine reaches",
	poll: "seconds between two looks at the base branch; default: 10",
	offline: "look at this clone only; default: the base branch is fetched from the remote where another commit is there, and nothing else",
	json: "print the address and the versions that answer as JSON, once requests are answered"
};
async function run$2(ports, models, flags) {
	if (models.length === 0) throw new require_light.UsageError("serve needs a model.", usage$2);
	const twice = models.find((model, i) => models.indexOf(model) !== i);
	if (twice !== void 0) throw new require_light.UsageError(`${require_light.quoteForTerminal(twice)} is named twice.`, usage$2);
	for (const model of models) require_light.checkModelName(model);
	const port = numberOf$1("port", flags.port ?? "8080", 65535);
	const poll = numberOf$1("poll", flags.poll ?? "10", 86400);
	if (poll === 0) throw new require_light.UsageError("--poll is at least 1 second.", usage$2);
	const bring = async () => ports.remoteRefs.bringBase(await ports.git.locate());
	const isOffline = flags.offline === true;
	if (!isOffline) await bring().catch(() => {});
	const sources = await withViews(ports, liveSources(ports, models), viewPlaces(ports, flags.view ?? []));
	const live = await Promise.all(sources.map(async ({ name, find }) => ({
		model: name,
		...await find()
	})));
	const { out } = ports;
	await listening(ports.httpServer.serve({
		models: sources,
		port,
		...!isOffline && { bring },
		...flags.host !== void 0 && { host: flags.host },
		pollMilliseconds: poll * 1e3,
		onListening(address) {
			const versions = live.map(({ model, version, treeId }) => ({
				model,
				version,
				treeId
			}));
			if (flags.json === true) return out.print(JSON.stringify({
				address,
				models: versions
			}));
			out.print(`Answering at ${address}`);
		},
		onChange: (model) => out.notice(saidOf(model)),
		onViewChange: (view, model) => out.notice(`${model}: ${saidOfView(view)}`),
		onError: (error, requestId) => out.notice(`Request ${requestId} failed: ${String(error)}`)
	}), `${flags.host ?? "127.0.0.1"}:${port}`);
	return 0;
}
function saidOf({ name, version, stale }) {
	if (version === null) return `${name}: no version answers. ${stale ?? ""}`.trimEnd();
	return `${name}: ${`${version.version ?? "a version"} (tree ${version.treeId}) answers`}${stale === null ? "" : `, which may not be what is live. ${stale}`}`;
}
function saidOfView({ name, rows: { sha256, newest }, stale }) {
	const found = `the view ${name} has the values of ${sha256.slice(0, 12)}${newest === null ? "" : `, the newest of ${newest}`}`;
	return stale === null ? found : `${found}, which may not be the newest. ${stale}`;
}
function viewPlaces({ workTree }, words) {
	const places = words.map((word) => {
		const [, view, shown] = /^([^=]+)=(.+)$/.exec(word) ?? [];
		if (view === void 0 || shown === void 0) throw new require_light.UsageError(`--view ${require_light.quoteForTerminal(word)} is not a view and a file, such as months=features/months.parquet.`, usage$2);
		return {
			view,
			shown,
			file: node_path.default.resolve(workTree.here, shown),
			usage: usage$2
		};
	});
	const twice = places.find(({ view }, i) => places.findIndex((each) => each.view === view) !== i);
	if (twice !== void 0) throw new require_light.UsageError(`--view names ${require_light.quoteForTerminal(twice.view)} twice.`, usage$2);
	return places;
}
function numberOf$1(option, word, most) {
	const number = Number(word);
	if (/^\d+$/.test(word) && number <= most) return number;
	throw new require_light.UsageError(`--${option} ${require_light.quoteForTerminal(word)} is not a whole number up to ${most}.`, usage$2);
}
var refused = {
	EADDRINUSE: "something else listens there",
	EADDRNOTAVAIL: "this machine has no such address",
	EACCES: "this user may not listen there",
	ENOTFOUND: "no machine has that name"
};
async function listening(server, place) {
	try {
		await server;
	} catch (error) {
		const why = refused[error.code ?? ""];
		if (why === void 0) throw error;
		throw new require_light.UsageError(`${require_light.quoteForTerminal(place)} cannot be used: ${why}. Choose another --port or --host.`, usage$2);
	}
}
// ../refit/src/commands/train.ts
var train_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples$1,
	optionHelp: () => optionHelp$1,
	options: () => options$1,
	run: () => run$1,
	summary: () => summary$1,
	usage: () => usage$1
});
var usage$1 = "refit train [model…] --out FOLDER [--candidate N|DIGEST]… [--force REASON] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary$1 = "Train due models into a folder, so that `refit run --candidates` in another job can judge and propose them. Writes nothing else.";
var examples$1 = [["refit train churn --out trained", "for a run in another job"], ["refit train churn --candidate 2 --out trained", "one candidate only"]];
var options$1 = {
	out: { type: "string" },
	candidate: {
		type: "string",
		multiple: true
	},
	force: { type: "string" },
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp$1 = {
	out: "an empty or new folder, relative to the root of the repository",
	candidate: "train only this candidate, into a folder of its own: its number in model.yaml, from 1, or its digest from `refit plan --by candidate`; may be repeated. Take the folders of all of them with `refit choose` or `refit run --candidates`",
	force: "train now, for this reason, whatever the triggers and the cool-down say",
	...require_light.limitHelp,
	json: "print the folder's digest and the result for each model as JSON"
};
async function run$1(ports, args, flags) {
	const { candidate: wanted } = flags;
	if (wanted !== void 0) checkWanted(wanted, args);
	const folder = await emptyFolder(ports, flags, usage$1);
	const force = flags.force ?? null;
	if (wanted !== void 0) {
		const { trainCandidates } = await Promise.resolve().then(() => train_candidates_exports);
		const models = await trainCandidates(ports, args, {
			force,
			folder,
			wanted,
			usage: usage$1
		});
		if (flags.json === true) ports.out.print(JSON.stringify({ models }, null, 2));
		else for (const line of candidateLines$1(models, flags.out)) ports.out.print(line);
		return models.some(({ result }) => result === "failed") ? 2 : 0;
	}
	const { trainModels } = await Promise.resolve().then(() => train_models_exports);
	const handedOver = await trainModels(ports, args, {
		force,
		folder,
		trained: null
	});
	if (flags.json === true) ports.out.print(JSON.stringify(handedOver, null, 2));
	else {
		for (const trained of handedOver.models) for (const line of trainedLines(trained)) ports.out.print(line);
		ports.out.print(`to propose: refit run --candidates ${flags.out}@${handedOver.candidates}`);
	}
	return handedOver.models.some(({ result }) => result === "failed") ? 2 : 0;
}
function checkWanted(wanted, models) {
	const odd = wanted.find((word) => !/^(?:[1-9]\d{0,8}|sha256:[0-9a-f]{64})$/.test(word));
	if (odd !== void 0) throw new require_light.UsageError(`--candidate ${JSON.stringify(odd)} is neither the number of a candidate nor a digest such as sha256:….`, usage$1);
	if (models.length !== 1 && wanted.some((word) => !word.startsWith("sha256:"))) throw new require_light.UsageError("A number is of one model: name that model, or use digests.", usage$1);
}
function candidateLines$1(models, out) {
	const lines = models.flatMap((each) => {
		if (each.result !== "trained") return trainedLines(each);
		return each.candidates.map(({ candidate, learner, folder, failure }) => failure === null ? `${each.model}: candidate ${candidate} (${learner}) is in ${out}/${folder}` : `${each.model}: candidate ${candidate} (${learner}) was not trained: ${require_light.visibleText(failure, 2e3)}`);
	});
	const isAny = models.some(({ result }) => result === "trained");
	const next = `to choose, judge and propose, with the folders of all candidates in one folder: refit run --candidates ${out}`;
	return isAny ? [...lines, next] : lines;
}
// ../refit/src/runs/verify/check-of-all.ts
var mostNamed$2 = 5;
async function answeringForAll({ forge }, verify) {
	const show = async (answer) => {
		if (forge.pullRequest !== null) await forge.ensureCheck({
			model: null,
			head: null,
			...answer
		});
	};
	try {
		const verifications = await verify();
		await show(answerForAll(verifications));
		return verifications;
	} catch (error) {
		await show(notVerified(error)).catch(() => {});
		throw error;
	}
}
function conclusionOf({ result, verdict }) {
	return result === "failed" ? "failure" : verdict === "inconclusive" ? "neutral" : "success";
}
function answerForAll(verifications) {
	const by = (wanted) => verifications.filter((each) => conclusionOf(each) === wanted);
	const changed = verifications.filter(({ result }) => result !== "unchanged");
	const weakened = verifications.filter((each) => each.weakened.length > 0);
	const [failed, undecided] = [by("failure"), by("neutral")];
	const told = [...new Set([
		...failed,
		...undecided,
		...changed,
		...weakened
	])];
	const rest = verifications.length - told.length;
	const [only] = changed;
	const summary = [...told.flatMap((each) => [`- **${require_light.cell(each.model)}**: ${require_light.cell(each.title)}.`, ...each.problems.map((problem) => `  - ${require_light.cell(problem)}`)]), ...rest > 0 ? [`- Not changed: ${rest} ${rest === 1 ? "model" : "models"}.`] : []];
	return {
		conclusion: failed.length > 0 ? "failure" : undecided.length > 0 ? "neutral" : "success",
		title: titleOf({
			failed,
			undecided,
			changed,
			weakened
		}),
		summary: summary.length > 0 ? summary.join("\n") : "This repository has no models yet.",
		inputDigest: changed.length === 1 ? only.inputDigest : null
	};
}
function titleOf({ failed, undecided, changed, weakened }) {
	if (failed.length > 0) return `This must not be merged: ${namesOf(failed)}`;
	if (undecided.length > 0) return `Undecided, a person may merge it: ${namesOf(undecided)}`;
	if (changed.length === 1) return `${changed[0].model}: ${changed[0].title}`;
	if (changed.length > 1) return `All ${changed.length} changed champions pass: ${namesOf(changed)}`;
	return `Nothing to judge here: no champion is changed${weakened.length > 0 ? `; weakens checks of ${namesOf(weakened)}` : ""}`;
}
function namesOf(verifications) {
	const names = verifications.slice(0, mostNamed$2).map(({ model }) => model);
	const more = verifications.length - names.length;
	return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
function notVerified(error) {
	return {
		conclusion: "failure",
		title: "Not verified: refit could not finish",
		summary: `${error instanceof require_light.RefitError ? `${require_light.cell(`${error.code}: ${error.message}`)} ${require_light.cell(error.hint)}` : "It stopped unexpectedly; the log of the job says why."}\n\nNothing was checked to the end, so nothing should be merged. Run the job again once this is fixed.`,
		inputDigest: null
	};
}
// ../refit/src/runs/verify/weakened.ts
async function weakenedBy(ports, repository, base, head) {
	const specFile = require_light.specPath(base.model, repository);
	const specChange = await changeOf$1(ports, repository, head, specFile);
	if (specChange === "removed") return [`${specFile} is removed`];
	const spec = specChange === null ? base.spec : require_readers.readModelSpec(specFile, specChange.text, ports.learners.installed);
	const policy = weakenedPolicy(base.spec, spec);
	const dataFile = `data-manifests/${base.spec.data}.yaml`;
	const dataChange = await changeOf$1(ports, repository, head, dataFile);
	if (dataChange === "removed") return [...policy, `${dataFile} is removed`];
	if (dataChange === null) return policy;
	const manifest = require_readers.readDataManifest(dataFile, dataChange.text, ports.sources.schemes);
	return [...policy, ...weakenedChecks(base.manifest, manifest)];
}
async function changeOf$1({ ancestry, git }, { baseCommit }, head, file) {
	const tip = await git.resolve(`${head}^0`);
	const from = tip && await ancestry.mergeBase(tip, baseCommit);
	const [now, then, there] = await git.read([
		`${head}:${file}`,
		`${from ?? baseCommit}:${file}`,
		`${baseCommit}:${file}`
	]);
	const text = now && require_light.decodeText(now);
	if (text === null || text === void 0) return then || there ? "removed" : null;
	return [then, there].some((old) => old && require_light.decodeText(old) === text) ? null : { text };
}
// ../refit/src/runs/verify/layout-change.ts
async function unlaidBy(ports, repository, model, head) {
	const there = await layoutAt(ports, repository, head);
	const spec = require_light.specPath(model, repository);
	if (there === null || require_light.modelOfSpec(spec, there) === model) return [];
	return [`${spec} is not in \`models\` of ${require_light.layoutFile}, so that ${model} is not a model any more`];
}
async function layoutAt(ports, repository, head) {
	return await changeOf$1(ports, repository, head, "refit.yaml") === null ? null : require_light.laidOut(ports, {
		...repository,
		baseCommit: head
	});
}
function unreadable(error) {
	if (error instanceof require_light.SpecInvalidError) return null;
	throw error;
}
async function championsAtHead(ports, repository) {
	const there = await layoutAt(ports, repository, "HEAD").catch(unreadable) ?? repository;
	const roots = new Set([...require_light.modelRoots(repository), ...require_light.modelRoots(there)]);
	const found = {
		laidOut: new Set(),
		stray: new Set()
	};
	for (const path of await require_light.pathsUnder(ports, "HEAD", [...roots])) {
		const known = require_light.modelOfOutput(path, repository);
		const brought = known ?? require_light.modelOfOutput(path, there);
		if (brought !== null) found[known === null ? "stray" : "laidOut"].add(brought);
	}
	return {
		laidOut: [...found.laidOut],
		stray: [...found.stray].sort()
	};
}
// ../refit/src/rooms/gate.ts
function gate(context, evaluation) {
	return judge(evaluation, context.spec.gates, context.spec);
}
// ../refit/src/runs/verify/context-at.ts
async function contextAt(ports, now, baseCommit) {
	const repository = {
		...now.repository,
		baseCommit
	};
	const written = await require_light.readSpecs(ports, repository, now.request.model, { workTree: now.request.dryRun });
	const manifest = withSourcesOf(now.manifest, written.manifest);
	const spec = withCardOf(now.spec, written.spec);
	return {
		context: {
			...now,
			repository,
			spec,
			manifest,
			ledgerCommit: null
		},
		written
	};
}
function withCardOf({ card: _card, ...now }, { card }) {
	return card === void 0 ? now : {
		...now,
		card
	};
}
function withSourcesOf(now, then) {
	const placesOf = new Map(then.tables?.map(({ name, sources }) => [name, sources]));
	const tables = now.tables?.map((table) => ({
		...table,
		sources: placesOf.get(table.name) ?? table.sources
	}));
	return {
		...now,
		sources: then.sources,
		...tables && { tables }
	};
}
// ../refit/src/runs/verify/base-commit.ts
async function baseCommitOf(ports, context, found) {
	const { repository, request } = context;
	const brought = await bringingCommit(ports, require_light.championFolder(request.model, repository), found);
	const start = brought && await ports.ancestry.mergeBase(brought, repository.baseCommit);
	return start && (await require_commands.newestWith(ports, start, {
		signature: async (commit) => `${await ports.git.resolve(`${commit}:${require_light.specPath(request.model, repository)}`)} ${await require_commands.inputFolders(ports, context, commit)}`,
		matches: async (commit) => {
			const inputs = await inputsAt(ports, context, commit);
			if (inputs === null) return false;
			const { digests, card } = inputs;
			const { input } = found.imported ? require_commands.digestsOfImport(digests, found.imported) : digests;
			return input === found.inputDigest && require_commands.sameCard(card, found.card);
		}
	}) ?? start);
}
async function bringingCommit({ git }, folder, { head, treeId }) {
	let commit = await git.resolve(`${head}^0`);
	for (let step = 0; commit !== null && step < 500; step++) {
		const parents = await parentsOf(git, commit);
		const holder = parents[(await Promise.all(parents.map((parent) => git.resolve(`${parent}:${folder}`)))).indexOf(treeId)];
		if (holder === void 0) return commit;
		commit = holder;
	}
	return null;
}
async function parentsOf(git, commit) {
	const parents = [];
	for (let parent; (parent = await git.resolve(`${commit}^${parents.length + 1}`)) !== null;) parents.push(parent);
	return parents;
}
async function inputsAt(ports, context, commit) {
	try {
		const { repository, spec, manifest } = (await contextAt(ports, context, commit)).context;
		const { files } = await ports.sources.list(repository, manifest, { workTree: false });
		const tables = new Map();
		for (const table of manifest.tables ?? []) {
			const listing = await ports.sources.list(repository, require_light.asOwnRows(table, manifest), { workTree: false });
			tables.set(table.name, await require_light.digestFiles(ports, repository, listing.files));
		}
		return {
			digests: require_light.digestOfInputs(ports, context, {
				files: await require_light.digestFiles(ports, repository, files),
				tables
			}),
			card: spec.card
		};
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
// ../refit/src/runs/verify/claimed-sources.ts
function claimedSources(sources, { data, basedAt }) {
	return {
		...sources,
		async list(repository, manifest, options) {
			const claimed = require_commands.filesOf(data, manifest);
			const paths = new Set(claimed.map(({ path }) => path));
			const listing = await sources.list(repository, manifest, options);
			const remote = listing.files.filter(({ version }) => version !== void 0);
			const then = await require_commands.remoteOfThen(sources, {
				repository,
				manifest
			}, remote, claimed);
			const isNewer = ({ modifiedAt = -Infinity }) => modifiedAt > basedAt;
			const unclaimed = remote.filter((file) => !paths.has(file.path) && !isNewer(file));
			const local = listing.files.filter(({ version }) => version === void 0);
			return {
				...listing,
				files: [
					...local,
					...then,
					...unclaimed
				].sort((a, b) => a.path < b.path ? -1 : 1)
			};
		}
	};
}
function goneSince(files, { data }) {
	const claimed = [data.files, ...Object.values(data.tables ?? {})].flat();
	const now = new Map(files.map((file) => [file.path, file]));
	return claimed.flatMap(({ path, bytes, version }) => {
		if (version === void 0) return [];
		const file = now.get(path);
		const isThere = file?.version !== void 0 && require_light.remoteKey({
			...file,
			version: file.version
		}) === require_light.remoteKey({
			path,
			bytes,
			version
		});
		const [[kind, name] = ["version", "of then"]] = Object.entries(version);
		return isThere ? [] : [new require_light.SourceVanishedError(path, { version: `the version with ${kind} ${name.slice(0, 80)}` })];
	});
}
// ../refit/src/runs/verify/remake.ts
async function remake(ports, context, baseCommit, claim) {
	const { context: known, written } = await contextAt(ports, context, baseCommit);
	if (settingsOf(ports, written) !== settingsOf(ports, context)) return impossible(settingsChanged(context, baseCommit));
	const sources = claimedSources(ports.sources, claim);
	return require_light.withKeptTables({
		...ports,
		sources
	}, context.repository.commonDir, (kept) => remakeKnown(kept, known, claim));
}
async function remakeKnown(ports, known, claim) {
	const snapshot = await require_light.takeSnapshot(ports, known);
	const files = [snapshot.files, ...snapshot.tableFiles.values()].flat();
	const gone = goneSince(files, claim);
	if (gone.length > 0) return impossible(...gone.slice(0, mostNamed$1).map(({ code, message }) => `${code}: ${message}`));
	const untracked = files.filter(({ blob, version }) => blob === null && version === void 0);
	if (untracked.length > 0) return impossible(...untracked.slice(0, mostNamed$1).map(({ path }) => notTracked(path)));
	if (snapshot.blocked) return impossible(...blockingWords(snapshot));
	return {
		kind: "made",
		...await require_commands.makeAgain(ports, known, snapshot, claim.given),
		inputDigest: snapshot.digests.input
	};
}
var mostNamed$1 = 3;
var settingsOf = (ports, specs) => require_light.digestOfInputs(ports, specs).settings;
function settingsChanged({ repository }, baseCommit) {
	return `The settings on ${repository.baseBranch} have changed since ${baseCommit.slice(0, 10)}, which it was made from.`;
}
function notTracked(path) {
	return `The data file ${require_light.quoted(path)} is not tracked by git, so nobody can tell which rows the version was made from. Track it with git, Git LFS or DVC.`;
}
function blockingWords({ findings }) {
	return findings.filter(({ severity }) => severity !== "warning").slice(0, mostNamed$1).map(({ code, message }) => `The data checks refuse its data: ${code}: ${message}`);
}
function impossible(...because) {
	return {
		kind: "impossible",
		because
	};
}
// ../refit/src/runs/verify/changed-attributes.ts
async function changedAttributes({ ancestry, git }, { baseCommit }, head) {
	const tip = await git.resolve(`${head}^0`);
	const from = tip && await ancestry.mergeBase(tip, baseCommit);
	const [now, before] = [await attributesOf(git, head), await attributesOf(git, from ?? baseCommit)];
	return [...new Set([...now.keys(), ...before.keys()])].filter((path) => now.get(path) !== before.get(path)).sort();
}
async function attributesOf(git, commit) {
	const files = (await git.list(commit)).filter(({ path }) => node_path.posix.basename(path) === ".gitattributes");
	return new Map(files.map(({ path, id }) => [path, id]));
}
// ../refit/src/runs/verify/verify-remade.ts
var mostNamed = 10;
async function verifyRemade(ports, context, found) {
	const { repository, request } = context;
	const lineage = await require_light.readLineage(ports, repository, `${found.treeId}:lineage.json`);
	const given = await require_commands.givenModel(ports, repository, {
		treeId: found.treeId,
		lineage
	});
	const data = lineage?.data ?? {
		dataset: context.spec.data,
		files: []
	};
	const believing = {
		...ports,
		sources: claimedSources(ports.sources, {
			data,
			basedAt: -Infinity
		})
	};
	const imported = given && require_commands.importedModel(given);
	const madeFrom = await baseCommitOf(believing, context, {
		...found,
		imported: imported && imported.file
	});
	const end = (title, problems, verdict = null) => ({
		result: problems.length === 0 ? "valid" : "failed",
		title,
		problems,
		verdict,
		inputDigest: found.inputDigest,
		madeFrom
	});
	const isImport = lineage?.declared?.by === "import";
	if (isImport && context.champion !== null) return end("Not an import", [importProblem(request.model, context.champion.number)]);
	const wayOut = `For a version that can be checked, run \`refit run ${request.model}\` on ${repository.baseBranch}.`;
	if (madeFrom === null) return end("Not made again", [`It is not built on a commit of ${repository.baseBranch}.`, wayOut]);
	const attributes = await changedAttributes(ports, repository, found.head);
	if (attributes.length > 0) return end("Not made again", [attributesProblem(attributes)]);
	const from = madeFrom.slice(0, 10);
	ports.out.progress(`Making ${request.model} again from ${from}`);
	const remade = await remadeOrWhyNot(ports, context, madeFrom, {
		data,
		basedAt: await ports.ancestry.committedAt(madeFrom),
		given
	});
	if (remade.kind === "impossible") return end(`Could not be made again from ${from}`, [...remade.because, wayOut]);
	const files = await require_commands.readFiles(ports, repository, found);
	const ours = require_commands.asWrittenThen(remade.files, files);
	const differences = require_commands.compareFolders(ours, files);
	const made = remade.tookModel ? `Scored on the data of ${from}: ${require_commands.whyNotTrained(lineage)}` : `Made again from ${from}`;
	if (differences.length > 0) return end(`${made}: ${differences.length} of ${countOf(ours, files)} files differ`, [...named(differences.map(require_commands.differenceSentence)), wayOut]);
	const verdict = gate(context, remade.evaluation);
	const equal = remade.tookModel ? `the ${require_commands.besideModel(files)} files beside it were made again and are equal` : `all ${files.size} files are equal`;
	if (isImport) return end(`${made}; ${equal}`, []);
	return end(`${made}: ${equal}${verdictWords[verdict.kind]}`, gateProblems(verdict), verdict.kind);
}
function importProblem(model, number) {
	return `It says that it was imported, and ${model} has v${number}: only a first version is imported. A candidate with \`learner: onnx\` competes with it.`;
}
var verdictWords = {
	promote: "",
	inconclusive: "; undecided, a person may merge it",
	hold: ", but a gate failed",
	block: ", but it must not be promoted"
};
async function remadeOrWhyNot(...request) {
	try {
		return await remake(...request);
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
		return {
			kind: "impossible",
			because: [`${error.code}: ${error.message} ${error.hint}`]
		};
	}
}
function attributesProblem(paths) {
	return `It changes the champion and ${paths.slice(0, mostNamed).map((path) => require_light.visibleText(path, 200)).join(", ")}, which decides how git reads data files. Put each into a pull request of its own.`;
}
var countOf = (remade, found) => new Set([...remade.keys(), ...found.keys()]).size;
function named(sentences) {
	const more = sentences.length - mostNamed;
	return more > 0 ? [...sentences.slice(0, mostNamed), `And ${more} more.`] : sentences;
}
function gateProblems({ kind, because }) {
	if (kind !== "hold" && kind !== "block") return [];
	return because.map((reason) => require_light.terminalText(require_light.verdictReasonSentence(reason)));
}
// ../refit/src/runs/verify/verify-model.ts
async function verifyModel(ports, repository, model, proposed) {
	const treeId = await ports.git.resolve(`${proposed.head}:${require_light.championFolder(model, repository)}`);
	const quiet = {
		...ports,
		out: {
			...ports.out,
			notice: () => {}
		}
	};
	try {
		return withWeakened(model, await verifyFolder(quiet, repository, {
			model,
			treeId,
			...proposed
		}), await weakenedAt(quiet, repository, model, proposed.head));
	} catch (error) {
		const isTypingError = error instanceof require_light.ModelUnknownError && treeId === null;
		if (!(error instanceof require_light.RefitError) || isTypingError) throw error;
		return {
			model,
			...failed("Not checked", [`${error.code}: ${error.message} ${error.hint}`]),
			weakened: []
		};
	}
}
function withWeakened(model, folder, weakened) {
	const count = `${weakened.length} ${weakened.length === 1 ? "check" : "checks"}`;
	if (weakened.length === 0) return {
		model,
		...folder,
		weakened
	};
	if (folder.result === "unchanged") return {
		model,
		...folder,
		weakened,
		title: `${folder.title}; weakens ${count}`
	};
	const problem = "It changes the champion and weakens the checks in one pull request. Put each into a pull request of its own.";
	return {
		model,
		...folder,
		result: "failed",
		title: `${folder.title}; and it weakens ${count}`,
		problems: [...folder.problems, problem],
		weakened
	};
}
async function weakenedAt(ports, repository, model, head) {
	const unlaid = await unlaidBy(ports, repository, model, head);
	const base = await readableSpecs(ports, repository, model);
	return base === null ? unlaid : [...unlaid, ...await weakenedBy(ports, repository, {
		model,
		...base
	}, head)];
}
async function readableSpecs(ports, repository, model) {
	try {
		return await require_light.readSpecs(ports, repository, model, { workTree: false });
	} catch (error) {
		if (error instanceof require_light.SpecInvalidError) return null;
		throw error;
	}
}
async function verifyFolder(ports, repository, request) {
	const { model, treeId, head, trusted } = request;
	const { history } = await require_light.readModelHistory(ports, repository, model);
	const newer = require_light.liveFormatError(repository, model, history);
	if (newer !== null) throw newer;
	const isAbsent = history.state === "none" || history.state === "retired";
	if (treeId === null) return isAbsent ? unchanged : failed("It removes the champion", [retires(repository, head, model)]);
	if (history.champion?.treeId === treeId && history.state === "live") return unchanged;
	const isKnown = history.versions.some((version) => version.treeId === treeId);
	if (!isKnown && !trusted) return failed("From a fork: not loaded", [fromFork(repository, model)]);
	const problem = await require_light.checkWhole(ports, repository, treeId, await ports.git.list(treeId));
	if (problem !== null) return failed("The folder does not match its lineage.json", [problem]);
	if (isKnown) return rollback;
	const { inputDigest, parent, card } = require_readers.parseLineage(await require_commands.readChampionFile(ports, { treeId }, "lineage.json"));
	const stale = staleness(model, parent, history);
	if (stale !== null) return {
		...failed("Compared with another champion", [stale]),
		inputDigest
	};
	return verifyRemade(ports, await require_light.read(ports, repository, {
		model,
		force: null,
		dryRun: false
	}), {
		head,
		treeId,
		inputDigest,
		card
	});
}
var nothingMade = {
	problems: [],
	verdict: null,
	inputDigest: null,
	madeFrom: null
};
var unchanged = {
	...nothingMade,
	result: "unchanged",
	title: "Nothing to judge here: the champion is not changed"
};
var rollback = {
	...nothingMade,
	result: "rollback",
	title: "A version that was live before, intact and unchanged"
};
function failed(title, problems) {
	return {
		...nothingMade,
		result: "failed",
		title,
		problems
	};
}
function staleness(model, parent, { champion }) {
	if (parent === (champion?.treeId ?? null)) return null;
	return `It was compared with ${parent ?? "no champion"}, but ${champion?.treeId ?? "none"} is live now. Run \`refit run ${model}\` to compare it again.`;
}
function retires(repository, head, model) {
	return `${head} has no ${require_light.championFolder(model, repository)}; merging it retires the model.`;
}
function fromFork({ baseBranch }, model) {
	return `It changes the champion of ${model} and comes from a fork, so for safety nothing of it was loaded. A maintainer can run \`refit run ${model}\` on ${baseBranch}, which makes a proposal of its own, or check the branch out and run \`refit verify ${model}\`.`;
}
// ../refit/src/runs/verify/verify-models.ts
async function verifyModels(ports, repository, names) {
	names.forEach(require_light.checkModelName);
	const { laidOut, stray } = names.length > 0 ? {
		laidOut: names,
		stray: []
	} : await modelsAtStake(ports, repository);
	const trusted = ports.forge.pullRequest?.fromFork !== true;
	const verifications = [];
	async function answer(verification) {
		verifications.push(verification);
		await showCheck(ports, repository, verification);
		if (trusted) await markOutdated(ports, repository, verification);
	}
	for (const model of laidOut) await answer(await verifyModel(ports, repository, model, {
		head: "HEAD",
		trusted
	}));
	for (const model of stray) await answer(notLaidOut(repository, model));
	return verifications;
}
async function modelsAtStake(ports, repository) {
	const known = await require_light.listModels(ports, repository);
	const { laidOut, stray } = await championsAtHead(ports, repository);
	return {
		laidOut: [...new Set([...known, ...laidOut.filter(require_light.isName)])].sort(),
		stray: stray.filter(require_light.isName)
	};
}
function notLaidOut({ baseBranch }, model) {
	return {
		model,
		...failed("Its folder is not one of models on the base branch", [`${baseBranch} does not call its folder a folder of models, so that nothing there can judge it. Bring the change of refit.yaml to ${baseBranch} first, with model.yaml and without a champion, and run \`refit run ${model}\`.`]),
		weakened: []
	};
}
async function markOutdated(ports, repository, { model, result }) {
	if (ports.forge.pullRequest === null || result === "unchanged") return;
	const branch = await require_light.openBranchOf(ports, repository, model);
	await ports.forge.ensureRemark(repository, {
		model,
		branch,
		sentence: null,
		closes: false,
		at: ports.clock.now()
	});
}
async function showCheck(ports, repository, verification) {
	if (ports.forge.pullRequest === null) return;
	const { model, result, title, problems, weakened, inputDigest } = verification;
	const isNews = result !== "unchanged" || weakened.length > 0;
	await ports.forge.ensureCheck({
		...isNews ? {} : { ifRequiredOn: repository.baseBranch },
		model,
		head: null,
		inputDigest,
		conclusion: conclusionOf(verification),
		title,
		summary: [
			`**${require_light.cell(model)}**: ${require_light.cell(title)}.`,
			...problems.map((problem) => `- ${require_light.cell(problem)}`),
			...weakened.map((clause) => `- This change weakens the checks: ${require_light.cell(clause)}. Those of the base branch were used.`)
		].join("\n")
	});
}
// ../refit/src/commands/verify.ts
var verify_exports = require_rolldown_runtime.__exportAll({
	examples: () => examples,
	optionHelp: () => optionHelp,
	options: () => options,
	run: () => run,
	summary: () => summary,
	usage: () => usage
});
var usage = "refit verify [model…] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
var summary = "Check the models that merging HEAD would promote: make them again from the base branch, compare every byte, apply its gates.";
var examples = [["refit verify", "what merging the checked-out commit would promote"], ["refit verify churn --json", "one model, for programs"]];
var options = {
	...require_light.limitOption,
	json: { type: "boolean" }
};
var optionHelp = {
	...require_light.limitHelp,
	json: "print the results as JSON"
};
async function run(ports, args, flags) {
	const verify = async () => {
		const repository = await ports.git.locate();
		for (const notice of repository.notices) ports.out.notice(notice);
		return verifyModels(ports, repository, args);
	};
	const results = await (args.length > 0 ? verify() : answeringForAll(ports, verify));
	if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
	else for (const result of results) for (const line of lines(result)) ports.out.print(line);
	return results.some((each) => each.result === "failed") ? 2 : 0;
}
function lines({ model, result, title, problems, weakened, verdict }) {
	return [
		`${require_light.visibleText(model, 200)}: ${result}${verdict === null ? "" : ` (${verdict})`}. ${require_light.visibleText(title, 1e3)}.`,
		...problems.map((problem) => `  - ${require_light.visibleText(problem, 1e3)}`),
		...weakened.map((clause) => `  - This change weakens the checks: ${require_light.visibleText(clause, 1e3)}. Those of the base branch were used.`)
	];
}
// ../refit/src/data/file-news.ts
var PAST_THE_END = 2147483647;
function rowsAfter(first) {
	return [[first + 1, PAST_THE_END]];
}
function allNew({ file, head, rows }) {
	const only = head === 0 ? null : rows === 0 ? [] : rowsAfter(head);
	return {
		...placeOf$1(file),
		rows: head + rows,
		added: rows,
		corrected: 0,
		copied: 0,
		copiedFrom: null,
		only
	};
}
function someNew(fresh, standing, copiedFrom) {
	const { file, head, rows } = fresh;
	const count = (value) => standing.reduce((sum, each) => sum + (each === value ? 1 : 0), 0);
	const [added, corrected] = [count(rowStanding.added), count(rowStanding.corrected)];
	const copied = count(rowStanding.copied);
	const only = added + corrected === rows ? allNew(fresh).only : rangesOf(standing, head);
	return {
		...placeOf$1(file),
		rows: head + rows,
		added,
		corrected,
		copied,
		copiedFrom,
		only
	};
}
var placeOf$1 = ({ source, sha256 }) => ({
	path: source.path,
	sha256
});
function rangesOf(standing, head) {
	const ranges = [];
	for (const [i, each] of standing.entries()) {
		if (each !== rowStanding.added && each !== rowStanding.corrected) continue;
		const number = head + i + 1;
		const last = ranges.at(-1);
		if (last?.[1] === number - 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}
function rowsOfNews(all, { files }) {
	const news = new Map(files.map((file) => [file.path, file]));
	return all.flatMap((file) => {
		const only = news.get(file.source.path)?.only;
		if (only === void 0 || only?.length === 0) return [];
		return only === null ? [file] : [{
			...file,
			only
		}];
	});
}
// ../refit/src/data/assumed-news.ts
async function assumedNews(ports, context, news, { unread, mayHold, whole }) {
	const holding = new Set(mayHold.map(({ source }) => source.path));
	const later = await laterRows(ports, context, {
		unread,
		mayHold,
		whole
	});
	const files = fewestNew(news.files, holding, unread, later);
	const before = unread.reduce((sum, { rows }) => sum + rows, 0);
	const absorbed = news.files.reduce((sum, { added }, i) => sum + added - files[i].added, 0);
	return {
		...news,
		files,
		lost: news.lost + before - absorbed,
		unread: unread.map(unreadFile)
	};
}
function fewestNew(files, holding, unread, later) {
	const own = new Map(unread.map(({ path, rows }) => [path, rows]));
	const room = ({ path, added }) => Math.max(0, added - (later.get(path) ?? 0));
	const taken = new Map();
	for (const file of files.filter(({ path }) => holding.has(path))) {
		const rows = Math.min(room(file), own.get(file.path) ?? 0);
		taken.set(file.path, rows);
		own.set(file.path, (own.get(file.path) ?? 0) - rows);
	}
	let left = [...own.values()].reduce((sum, rows) => sum + rows, 0);
	return files.map((file) => {
		const before = taken.get(file.path);
		if (before === void 0 || file.added === 0) return file;
		const more = Math.min(room(file) - before, left);
		left -= more;
		const added = file.added - before - more;
		const isLater = added > 0 && added === later.get(file.path);
		return {
			...file,
			added,
			assumed: isLater ? "later" : "more"
		};
	});
}
async function laterRows(ports, context, { unread, mayHold, whole }) {
	const time = context.ofTable === void 0 ? context.spec.time : context.ofTable.availableAt;
	const later = new Map();
	if (time === void 0 || mayHold.length === 0) return later;
	const newestOf = (profile) => profile?.columns.find(({ name }) => name === time)?.max;
	const newest = [];
	for (const { sha256 } of unread) {
		const known = newestOf(await loadProfile(ports, context, sha256) ?? whole);
		if (known === void 0) return later;
		newest.push(known);
	}
	const last = newest.reduce((a, b) => Math.max(a, b));
	const fetched = await require_light.fetchFiles(ports, context.repository, mayHold);
	await withSource(ports, context, {
		files: fetched,
		tables: new Map()
	}, async (table) => {
		if (table.findings.some(({ severity }) => severity === "error")) return;
		for (const { path } of fetched) {
			const rows = await table.countAbove(path, time, last);
			if (rows !== null) later.set(path, rows);
		}
	});
	return later;
}
function unreadFile({ path, rows, bytes, blob, version }) {
	if (version !== void 0) return {
		path,
		rows,
		why: "gone-from-place"
	};
	if (bytes === void 0 || blob === void 0) return {
		path,
		rows,
		why: "unknown"
	};
	return {
		path,
		rows,
		why: blob === null ? "untracked" : "gone-from-git"
	};
}
// ../refit/src/data/grown-file.ts
var NEWLINE = 10;
function isGrown({ path }, bytes, before) {
	if (!/\.(?:csv|tsv|jsonl|ndjson)$/i.test(path) || before.bytes === 0 || bytes.length <= before.bytes) return false;
	const head = bytes.subarray(0, before.bytes);
	const end = bytes.subarray(before.bytes, before.bytes + 2);
	return (head.at(-1) === NEWLINE || end[0] === NEWLINE || end[0] === 13 && end[1] === NEWLINE) && require_light.sha256(head) === before.sha256;
}
var MOST_BYTES = 67108864;
async function grownFiles({ files, sources }, repository, fresh, gone) {
	const before = new Map(gone.map((file) => [file.path, file]));
	const grown = new Map();
	for (const file of fresh) {
		const { path, bytes: size } = file.source;
		const earlier = before.get(path);
		if (earlier?.bytes === void 0 || size <= earlier.bytes || size > MOST_BYTES) continue;
		const [{ localPath }] = await require_light.fetchFiles({ sources }, repository, [file]);
		const bytes = await files.read(localPath);
		if (bytes !== null && isGrown(file.source, bytes, {
			bytes: earlier.bytes,
			sha256: earlier.sha256
		})) grown.set(path, earlier);
	}
	return grown;
}
// ../refit/src/data/news-of.ts
function newsOf(places, { known, gone, fresh }, digests) {
	const compared = fresh.filter(({ file, part }) => digests.fresh.has(file.sha256) || digests.fresh.has(require_light.contentOf(part)));
	const heads = compared.filter(({ file, head }) => head > 0 && digests.fresh.has(file.sha256));
	const goneHere = gone.filter(({ sha256 }) => digests.gone.has(sha256));
	const knownHere = known.filter(({ sha256 }) => digests.known.has(sha256));
	const ownRows = ({ file, part, head }) => {
		const whole = digests.fresh.get(file.sha256);
		return whole === void 0 ? digests.fresh.get(require_light.contentOf(part)) : partOf$1(whole, head);
	};
	const { standing, copiedFrom, corrections, lost, keyRepeats } = compareRows({
		gone: goneHere.map(({ sha256 }) => digests.gone.get(sha256)),
		known: [...knownHere.map(({ sha256 }) => digests.known.get(sha256)), ...heads.map(({ file, head }) => partOf$1(digests.fresh.get(file.sha256), 0, head))],
		fresh: compared.map(ownRows)
	});
	const apart = gone.filter(({ path }) => !digests.left.has(path));
	const pathOf = ({ file }) => file.source.path;
	const paths = [...goneHere.map(({ path }) => path), ...knownHere.map(({ source }) => source.path)];
	paths.push(...heads.map(pathOf), ...compared.map(pathOf));
	const news = {
		files: fresh.map((file) => {
			const i = compared.indexOf(file);
			if (i >= 0) return someNew(file, standing[i], paths[copiedFrom[i]] ?? null);
			return allNew(file);
		}),
		lost: lost.length + rowsOf$2(apart),
		unread: [],
		keyRepeats
	};
	const located = [
		...goneHere.map((file) => ({
			file: places.get(file.sha256) ?? null,
			head: 0
		})),
		...knownHere.map((file) => ({
			file,
			head: 0
		})),
		...heads.map(({ file }) => ({
			file,
			head: 0
		})),
		...compared.map(({ file, head }) => ({
			file,
			head
		}))
	];
	const placed = ([file, row]) => placeIn(located[file], row);
	return {
		news,
		changed: {
			corrections: corrections.flatMap(({ now, before }) => {
				const [is, was] = [placed(now), placed(before)];
				return is === null || was === null ? [] : [{
					now: is,
					before: was
				}];
			}),
			added: firstAdded(compared, standing),
			lost: lost.flatMap((place) => placed(place) ?? [])
		}
	};
}
function placeIn({ file, head }, row) {
	return file && {
		file,
		row: head + row + 1
	};
}
function firstAdded(files, standing) {
	return files.flatMap((file, i) => {
		const row = standing[i].indexOf(rowStanding.added);
		return row < 0 ? [] : [placeIn(file, row)];
	});
}
function partOf$1({ rows, keys }, from, to) {
	return {
		rows: rows.slice(from, to),
		keys: keys && keys.slice(from, to)
	};
}
var rowsOf$2 = (files) => files.reduce((sum, { rows }) => sum + rows, 0);
// ../refit/src/data/row-key.ts
function rowKey({ spec, manifest }, columns) {
	return [[spec.key ?? []].flat(), [manifest.schema.primaryKey ?? []].flat()].find((key) => key.length > 0 && key.every((name) => columns.includes(name))) ?? [];
}
// ../refit/src/data/rows-since.ts
async function rowsSince(ports, context, [now, then], whole = null) {
	const kept = await require_light.recallNews(ports, context, pathsOf(now), then);
	if (kept !== null) return {
		news: kept,
		findings: []
	};
	const isNow = new Set(now.map(({ sha256 }) => sha256));
	const wasThen = new Set(then.map(({ sha256 }) => sha256));
	const fresh = now.filter(({ sha256 }) => !wasThen.has(sha256));
	const gone = then.filter(({ sha256 }) => !isNow.has(sha256));
	const grown = await grownFiles(ports, context.repository, fresh, gone);
	const headOf = ({ source }) => grown.get(source.path)?.rows ?? 0;
	const parts = fresh.map((file) => {
		const head = grown.get(file.source.path);
		return head === void 0 || head.rows === 0 ? file : {
			...file,
			only: rowsAfter(head.rows),
			from: head.bytes
		};
	});
	const made = new Map();
	const { profiles, findings } = await profileFiles(ports, context, parts, async (table, part) => {
		const key = rowKey(context, table.columns.map(({ name }) => name));
		if (key.length === 0 && part.source.blob !== null) return;
		const digests = await table.digests(part.source.path, key);
		made.set(require_light.contentOf(part), digests);
		await keepRows(ports, context, [require_light.contentOf(part), key], digests);
	});
	if (profiles.length < parts.length) return {
		news: noNews,
		findings
	};
	const news = await compareStates(ports, context, {
		known: now.filter(({ sha256 }) => wasThen.has(sha256)),
		gone: gone.filter(({ path }) => !grown.has(path)),
		fresh: fresh.map((file, i) => ({
			file,
			part: parts[i],
			head: headOf(file),
			rows: profiles[i].profile.rows
		})),
		grown
	}, {
		fresh: profiles.map(({ profile }) => profile),
		whole,
		made
	});
	const isSure = news.unread.length === 0 && findings.every(({ severity }) => severity === "warning");
	if (!context.request.dryRun && isSure) await require_light.keepNews(ports, context, [pathsOf(now), then], news);
	return {
		news,
		findings
	};
}
var noNews = {
	files: [],
	lost: 0,
	unread: [],
	keyRepeats: false,
	changes: null
};
var pathsOf = (files) => files.map(({ source, sha256 }) => ({
	path: source.path,
	sha256
}));
async function compareStates(ports, context, states, { made, ...profiles }) {
	const { known, gone, fresh, grown } = states;
	const key = rowKey(context, (profiles.fresh[0]?.columns ?? []).map(({ name }) => name));
	const shared = await mayShare(ports, context, [
		...gone,
		...known,
		...grown.values()
	].map(({ sha256 }) => sha256), {
		...profiles,
		key: key.length === 0 ? null : key
	});
	const isShared = ({ sha256 }) => shared.others.has(sha256);
	const left = gone.filter(isShared);
	const whole = [];
	const parts = [];
	for (const [i, file] of fresh.entries()) {
		const head = grown.get(file.file.source.path);
		const isWhole = shared.fresh.has(i) || head !== void 0 && isShared(head) || file.file.source.blob === null;
		if (isWhole) whole.push(file);
		else if (key.length > 0) parts.push(file);
		if (isWhole && head !== void 0) await joinDigests(ports, context, [
			file,
			head,
			key
		], made);
	}
	const wanted = [...whole.map(({ file }) => file), ...parts.map(({ part }) => part)];
	const { gone: digests, places } = await digestsOfGone(ports, context, left, key);
	const { news, changed } = newsOf(places, states, {
		fresh: await digestRowsOf(ports, context, [wanted, key], made),
		known: await digestRowsOf(ports, context, [known.filter(isShared), key]),
		gone: digests,
		left: new Set(left.map(({ path }) => path))
	});
	const isPlain = changed.corrections.length + changed.lost.length === 0;
	const told = {
		...news,
		changes: isPlain ? null : await rowChanges(ports, context, changed)
	};
	const unread = left.filter(({ sha256 }) => !digests.has(sha256));
	const mayHold = fresh.filter((_, i) => shared.fresh.has(i)).map(({ file }) => file);
	return unread.length === 0 ? told : assumedNews(ports, context, told, {
		unread,
		mayHold,
		whole: profiles.whole
	});
}
async function joinDigests(ports, context, [{ file, part }, before, key], made) {
	const head = await recallRows(ports, context, before.sha256, key);
	const tail = made.get(require_light.contentOf(part));
	if (head === null || tail === void 0) return;
	const digests = {
		rows: joined(head.rows, tail.rows),
		keys: head.keys && tail.keys && joined(head.keys, tail.keys)
	};
	made.set(file.sha256, digests);
	await keepRows(ports, context, [file.sha256, key], digests);
}
function joined(head, tail) {
	const all = new BigUint64Array(head.length + tail.length);
	all.set(head);
	all.set(tail, head.length);
	return all;
}
async function mayShare(ports, context, others, { fresh, whole, key }) {
	if (whole !== null) {
		const atAll = mayShareRows({
			others: [whole],
			fresh,
			key
		});
		if (atAll.others.length === 0) return {
			fresh: new Set(atAll.fresh),
			others: new Set()
		};
	}
	const profiles = [];
	for (const sha256 of others) profiles.push(await loadProfile(ports, context, sha256));
	const shared = mayShareRows({
		others: profiles,
		fresh,
		key
	});
	return {
		fresh: new Set(shared.fresh),
		others: new Set(shared.others.map((i) => others[i]))
	};
}
async function digestsOfGone(ports, context, gone, key) {
	const digests = new Map();
	const places = new Map();
	for (const file of gone) {
		const kept = await recallRows(ports, context, file.sha256, key);
		const place = await require_commands.storedFile(ports.sources, context, file, { ifKept: kept !== null });
		if (kept !== null) digests.set(file.sha256, kept);
		if (place !== null) places.set(file.sha256, place);
	}
	const wanted = [...places.values()].filter(({ sha256 }) => !digests.has(sha256));
	const stored = new Set((await require_commands.fetchStored(ports.sources, context, wanted)).map(({ sha256 }) => sha256));
	const here = wanted.filter(({ sha256 }) => stored.has(sha256));
	for (const [sha256, made] of await digestRowsOf(ports, context, [here, key])) digests.set(sha256, made);
	return {
		gone: digests,
		places
	};
}
// ../refit/src/data/check-table.ts
var check_table_exports = require_rolldown_runtime.__exportAll({ checkTable: () => checkTable });
async function checkTable(ports, context, { all, built }) {
	const { news, findings: read } = await rowsSince(ports, context, [all, built]);
	const newRows = rowsOfNews(all, news);
	const findings = [...read];
	if (hasError$1(findings)) return {
		rows: new Map(),
		findings
	};
	const { profiles, findings: more } = await profileFiles(ports, context, newRows);
	const told = new Set(findings.map(({ message }) => message));
	findings.push(...more.filter(({ message }) => !told.has(message)));
	if (built.length > 0) findings.push(...await repeatedKeys(ports, context, all));
	const rowsOf = new Map(news.files.map(({ path, rows }) => [path, rows]));
	const fresh = all.filter(({ source }) => rowsOf.has(source.path));
	const rows = new Map(fresh.map(({ source, sha256 }) => [sha256, rowsOf.get(source.path)]));
	if (hasError$1(findings)) return {
		rows,
		findings
	};
	const known = new Map(built.map((file) => [file.sha256, file.rows]));
	const checked = checkData({
		manifest: context.manifest,
		newFiles: profiles.map(({ path, profile }) => ({
			path,
			profile,
			fileRows: rowsOf.get(path)
		})),
		reference: await profileOfBuilt(ports, context, all, built),
		rows: all.reduce((sum, { sha256 }) => sum + (rows.get(sha256) ?? known.get(sha256) ?? 0), 0),
		known: built,
		time: context.ofTable?.availableAt ?? null,
		now: ports.clock.now()
	});
	return {
		rows,
		findings: [
			...findings,
			...repeatedRows(news.files),
			...require_light.uncountedRows(news),
			...checked
		]
	};
}
var hasError$1 = (findings) => findings.some(({ severity }) => severity === "error");
async function profileOfBuilt(ports, context, all, built) {
	const here = new Map(all.map((file) => [file.sha256, file]));
	const files = [];
	for (const file of built) {
		const found = here.get(file.sha256) ?? await require_commands.storedFile(ports.sources, context, file);
		if (found !== null) files.push(found);
	}
	try {
		const { profiles } = await profileFiles(ports, context, files);
		return profiles.length === 0 ? null : mergeProfiles(profiles.map(({ profile }) => profile));
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
async function repeatedKeys(ports, context, all) {
	if (context.manifest.schema.primaryKey === void 0) return [];
	return (await withSource(ports, context, {
		files: await require_light.fetchFiles(ports, context.repository, all),
		tables: new Map()
	}, async (table) => table.findings)).filter(({ code }) => code === "not-unique");
}
// ../refit/src/data/excuse-of-unused.ts
var excuse_of_unused_exports = require_rolldown_runtime.__exportAll({ excuseOfUnused: () => excuseOfUnused });
async function excuseOfUnused(ports, { champion, manifest }, { settings }, found) {
	if (champion === null || champion.lineage.digests.settings !== settings) return found;
	const features = await require_commands.readChampionFile(ports, champion, "features.json");
	const profile = await championProfile(ports, champion);
	if (features === null || profile === null) return found;
	const sql = [manifest.prepare ?? "", ...Object.values(manifest.viewTexts ?? {})].join("\n");
	return excuseUnused(found, unusedColumns(require_readers.parseFeatureSpec(features), profile, sql));
}
// ../refit/src/data/column-roles.ts
async function columnRoles(ports, champion) {
	const text = await require_commands.readChampionFile(ports, champion, "features.json");
	return text === null ? {
		unread: [],
		target: []
	} : rolesIn(require_readers.parseFeatureSpec(text));
}
// ../refit/src/data/check-new-files.ts
async function checkNewFiles(ports, context, all) {
	const { champion, manifest } = context;
	const built = champion?.lineage.data.files ?? [];
	const reference = champion && await championProfile(ports, champion);
	const { news, findings } = await rowsSince(ports, context, [all, built], reference);
	const newRows = rowsOfNews(all, news);
	const told = [...findings];
	const then = new Map(built.map(({ sha256, rows }) => [sha256, rows]));
	const unreadable = {
		news,
		newRows: all.filter(({ sha256 }) => !then.has(sha256)),
		findings: told,
		profile: null
	};
	if (hasError(told)) return unreadable;
	const { profiles, findings: more } = await profileFiles(ports, context, newRows);
	const known = new Set(told.map(({ message }) => message));
	told.push(...more.filter(({ message }) => !known.has(message)));
	if (hasError(told)) return unreadable;
	const totals = new Map(news.files.map(({ path, rows }) => [path, rows]));
	const checked = checkData({
		manifest,
		newFiles: profiles.map(({ path, profile }) => ({
			path,
			profile,
			fileRows: totals.get(path)
		})),
		reference,
		rows: all.reduce((sum, { source, sha256 }) => sum + (totals.get(source.path) ?? then.get(sha256) ?? 0), 0),
		known: built,
		target: champion === null ? [] : (await columnRoles(ports, champion)).target,
		time: context.spec.time ?? null,
		now: ports.clock.now()
	});
	const counted = [...repeatedRows(news.files), ...require_light.uncountedRows(news)];
	told.push(...require_light.acceptSuspects(counted, manifest.checks), ...checked);
	return {
		news,
		newRows,
		findings: told,
		profile: profiles.length === 0 ? null : mergeProfiles(profiles.map((file) => file.profile))
	};
}
var hasError = (findings) => findings.some(({ severity }) => severity === "error");
// ../refit/src/data/reading-rows.ts
var reading_rows_exports = require_rolldown_runtime.__exportAll({
	checkNewFiles: () => checkNewFiles,
	rowsSince: () => rowsSince
});
// ../refit/src/handover/open-folder.ts
async function openFolder(files, { folder, entries, index, digest }) {
	if (entries.length > require_readers.handOverLimits.files) throw new require_light.CandidatesInvalidError(`there are ${entries.length} files, more than ${require_readers.handOverLimits.files}`);
	for (const { path: name, isFile, bytes } of entries) {
		if (!isFile) throw new require_light.CandidatesInvalidError(`${require_light.quoted(name)} is not a regular file`);
		if (!require_readers.isHandOverPath(name)) throw new require_light.CandidatesInvalidError(`${require_light.quoted(name)} is not a valid name for a file of an artifact`);
		const most = name === index ? require_readers.handOverLimits.indexBytes : require_readers.handOverLimits.fileBytes;
		if (bytes > most) throw new require_light.CandidatesInvalidError(`${require_light.quoted(name)} has ${bytes} bytes, more than ${most}`);
	}
	const digests = new Map();
	for (const { path: name } of entries) digests.set(name, require_light.sha256(await bytesOf(name)));
	const found = require_readers.handOverDigest(digests, require_light.sha256);
	if (found !== digest) throw new require_light.CandidatesAlteredError(folder, found, digest);
	return {
		names: [...digests.keys()],
		digests,
		async read(name) {
			const bytes = await bytesOf(name);
			const now = require_light.sha256(bytes);
			if (now !== digests.get(name)) throw new require_light.CandidatesAlteredError(node_path.default.join(folder, name), now, digests.get(name));
			return bytes;
		}
	};
	async function bytesOf(name) {
		const bytes = await files.read(node_path.default.join(folder, name));
		if (bytes === null) throw new require_light.CandidatesInvalidError(`there is no ${name}`);
		return bytes;
	}
}
async function filesBelow(opened, prefix) {
	const found = new Map();
	for (const name of opened.names) if (name.startsWith(prefix)) found.set(name.slice(prefix.length), await opened.read(name));
	return found;
}
// ../refit/src/handover/open-candidates.ts
var open_candidates_exports = require_rolldown_runtime.__exportAll({ openCandidates: () => openCandidates });
async function openCandidates(files, folder, digest) {
	const opened = await openFolder(files, {
		folder,
		entries: await files.list(folder),
		index: require_readers.handOverFile,
		digest
	});
	const { models } = require_readers.parseHandOver(require_light.decodeText(await opened.read(require_readers.handOverFile)));
	return {
		kind: "chosen",
		of: (model) => models.find((entry) => entry.model === model),
		artifact: (model, part) => filesBelow(opened, `${require_light.flatName(model)}/${part}/`)
	};
}
// ../refit/src/handover/open-trained.ts
var open_trained_exports = require_rolldown_runtime.__exportAll({ openTrained: () => openTrained });
var artifactPrefix = "artifact/";
async function openTrained(files, folder) {
	const entries = await files.list(folder);
	if (entries.some(({ path: name }) => name === "candidates.json")) throw new require_light.CandidatesInvalidError(`${folder} has a ${require_readers.handOverFile}, so one job trained all of them, and its digest is missing: use FOLDER@DIGEST`);
	const refused = [];
	const opened = new Map();
	for (const [name, own] of byFolder(entries)) try {
		const [found, content] = await openOne(files, node_path.default.join(folder, name), {
			name,
			entries: own
		});
		opened.set(found, content);
	} catch (error) {
		if (!isOfFolder(error)) throw error;
		refused.push(`${require_light.quoted(name)} is not used (${error.code}): ${clauseOf(error)}.`);
	}
	return {
		kind: "trained",
		refused,
		of: (model) => [...opened.keys()].filter((each) => each.model === model),
		artifact: (each) => filesBelow(opened.get(each), artifactPrefix)
	};
}
async function openOne(files, folder, { name, entries }) {
	if (!/^[0-9a-f]{64}$/.test(name)) throw new require_light.CandidatesInvalidError("its name is not the digest of a candidate");
	const opened = await openFolder(files, {
		folder,
		entries,
		index: candidateFile,
		digest: `sha256:${name}`
	});
	const facts = parseTrainedCandidate(require_light.decodeText(await opened.read(candidateFile)));
	const artifact = new Map([...opened.digests].filter(([file]) => file.startsWith(artifactPrefix)));
	if (facts.failure === void 0 && artifact.size === 0) throw new require_light.CandidatesInvalidError("it has no model");
	return [{
		...facts,
		name,
		artifactDigest: require_readers.handOverDigest(artifact, require_light.sha256)
	}, opened];
}
function byFolder(entries) {
	const folders = new Map();
	for (const entry of entries) {
		const [top, ...rest] = entry.path.split("/");
		const own = folders.get(top) ?? [];
		own.push({
			...entry,
			path: rest.join("/")
		});
		folders.set(top, own);
	}
	return folders;
}
var isOfFolder = (error) => [
	require_light.CandidatesAlteredError,
	require_light.CandidatesInvalidError,
	require_light.FormatNewerError
].some((kind) => error instanceof kind);
function clauseOf(error) {
	if (error instanceof require_light.CandidatesInvalidError) return error.what;
	if (error instanceof require_light.CandidatesAlteredError) return "a byte or a name in it changed after its job wrote it";
	return error.message.replace(/\.$/, "");
}
// ../refit/src/ledger/read-kept-report.ts
var read_kept_report_exports = require_rolldown_runtime.__exportAll({ readKeptReport: () => readKeptReport });
async function readKeptReport(git, kept) {
	const file = `${node_path.default.posix.dirname(kept.path)}/report.json`;
	const [bytes] = await git.read([`${kept.commit}:${file}`]);
	return bytes ? parseReport(`${file} on the branch \`refit-ledger\``, require_light.decodeText(bytes)) : null;
}
// ../refit/src/observe/champion-rows.ts
async function withChampionRows(ports, context, { version, data }, use) {
	return withSource(ports, context, {
		...await require_light.fetchData(ports, context.repository, data),
		toPrepare: true
	}, async (source) => {
		const table = source.findings.some(({ severity }) => severity === "error") ? null : await prepareSome(context, source);
		if (table === null) return null;
		const names = new Set(table.columns.map(({ name }) => name));
		const read = async (name) => names.has(name) ? table.column(name) : null;
		const champion = await loadApplied(ports, context, {
			table,
			read
		}, version);
		if (champion === null) return null;
		return use({
			table,
			champion,
			rows: Uint32Array.from({ length: table.rows }, (_, row) => row)
		});
	});
}
async function prepareSome({ spec, manifest }, source) {
	if (source.findings.some(({ severity }) => severity === "error")) return null;
	try {
		return await source.prepare({
			sql: manifest.prepare ?? null,
			target: spec.target,
			time: spec.time ?? null,
			key: spec.key === void 0 ? [] : [spec.key].flat()
		});
	} catch (error) {
		if (error instanceof require_light.PrepareInvalidError) return null;
		throw error;
	}
}
// ../refit/src/observe/measure-performance.ts
async function measurePerformance(ports, context, snapshot, champion) {
	const { to } = champion.lineage.holdout;
	if (to === null || !require_light.answersNewRows(champion.lineage.learner.name)) return null;
	const { metrics, holdout, seed } = context.spec;
	return withChampionRows(ports, context, {
		version: champion,
		data: snapshot
	}, async (prepared) => {
		ports.out.progress("Scoring the champion on new rows");
		const { target } = prepared.champion.spec;
		const rows = await labelledRowsOf(context, prepared);
		if (rows === null) return null;
		const now = rows.between(Date.parse(to) + 1, Infinity);
		const before = await rowsBefore$1(ports, context, champion, {
			rows,
			specDigest: snapshot.digests.spec
		});
		if (before === null || Math.min(rowCount(before), now.length) < holdout.minRows) return null;
		return measureDecline({
			metric: metrics.primary,
			settings: metrics,
			task: target.task,
			seed,
			classes: target.classes?.length ?? 0,
			before: before instanceof Uint32Array ? await rows.scored(before) : before,
			now: await rows.scored(now)
		});
	});
}
async function rowsBefore$1({ git }, { spec }, { treeId, lineage }, { rows, specDigest }) {
	const { from, to, rows: judgedOn } = lineage.holdout;
	if (from === null || to === null) return null;
	if ((lineage.judgedArtifact ?? null) === null) return rows.between(Date.parse(from), Date.parse(to));
	if (!require_light.isBuiltIn(spec.metrics.primary) && lineage.digests.spec !== specDigest) return null;
	const [bytes] = await git.read([`${treeId}:metrics.json`]);
	const value = require_light.storedMetrics(bytes ?? null)[spec.metrics.primary];
	return value === void 0 ? null : {
		value,
		rows: judgedOn
	};
}
var rowCount = (before) => before instanceof Uint32Array ? before.length : before.rows;
async function labelledRowsOf(context, prepared) {
	const labels = await labelsOf$2(context, prepared);
	const times = await timesOf$2(context, prepared.table);
	if (labels === null || times === null) return null;
	const weights = await rowWeights(context.spec, prepared.table);
	const labelled = prepared.rows.filter((row) => Number.isFinite(labels[row]));
	return {
		between: (from, to) => labelled.filter((row) => times[row] >= from && times[row] <= to),
		async scored(rows) {
			const answered = await predictionsOf(prepared.champion, rows);
			const { spec } = context;
			const predictions = await primaryAnswers({
				spec,
				table: prepared.table
			}, prepared.champion.spec.target, rows, answered);
			const answers = pickRows(labels, rows);
			if (weights === null) return {
				target: answers,
				predictions
			};
			return {
				target: answers,
				predictions,
				weights: pickRows(weights, rows)
			};
		}
	};
}
async function labelsOf$2({ spec }, { table, champion }) {
	const { target } = champion.spec;
	if (target.name !== spec.target || target.task !== spec.task) return null;
	try {
		return encodeTarget(await table.column(spec.target), target);
	} catch (error) {
		if (error instanceof UnseenClassError) return null;
		throw error;
	}
}
async function timesOf$2({ spec }, table) {
	if (spec.time === void 0) return null;
	const column = await table.column(spec.time);
	return column.kind === "text" ? null : column.values;
}
// ../refit/src/observe/classify-rows.ts
var MOST_ROWS = 5e3;
var FOLDS = 5;
var MOST_FEATURES = 3;
var trees = {
	trees: 50,
	leaves: 8,
	earlyStoppingRounds: 0
};
async function classifyRows(ports, context, champion, { old, fresh, tables }) {
	const { seed } = context.spec;
	const draw = async (side, stream) => {
		if (side.length === 0) return null;
		return withChampionRows(ports, context, {
			version: champion,
			data: {
				sources: side,
				tables
			}
		}, async ({ champion: { spec, features }, rows }) => timeless(spec, await features(shuffled$1(rows.length, seed, stream).slice(0, MOST_ROWS))));
	};
	const [before, now] = [await draw(old, 1), await draw(fresh, 2)];
	const rows = Math.min(before?.rows ?? 0, now?.rows ?? 0);
	if (before === null || now === null || rows < 500 || before.columns.length === 0) return require_light.insufficientClassifier(rows);
	ports.out.progress("Telling new rows from old ones");
	const first = Uint32Array.from({ length: rows }, (_, row) => row);
	const both = require_commands.stackFeatures(require_commands.pickFeatures(before, first), require_commands.pickFeatures(now, first));
	return classify(await ports.learners.get("gbdt"), both, seed);
}
function timeless({ features }, matrix) {
	const calendar = new Set(features.filter(({ kind }) => kind === "datetimePart").map(({ name }) => name));
	return {
		...matrix,
		columns: matrix.columns.filter(({ name }) => !calendar.has(name))
	};
}
async function classify(learner, both, seed) {
	const settings = require_light.fillSettings(learner, trees);
	const each = both.rows / 2;
	const isNew = Float64Array.from({ length: both.rows }, (_, row) => Number(row >= each));
	const scores = new Float64Array(both.rows);
	const groups = new Map(both.columns.map(({ name }) => [name, new Set([name])]));
	const telling = new Map();
	for (let fold = 0; fold < FOLDS; fold++) {
		const all = Uint32Array.from({ length: both.rows }, (_, row) => row);
		const isHeldOut = (row) => row % each % FOLDS === fold;
		const [seen, heldOut] = [all.filter((row) => !isHeldOut(row)), all.filter(isHeldOut)];
		const train = {
			features: require_commands.pickFeatures(both, seen),
			target: Float64Array.from(seen, (row) => isNew[row])
		};
		const request = {
			task: "binary",
			classes: 2,
			settings,
			seed,
			train,
			validation: train
		};
		const predictor = await learner.load(await learner.fit(request));
		const features = require_commands.pickFeatures(both, heldOut);
		for (const [i, score] of (await predictor.predict(features)).entries()) scores[heldOut[i]] = score;
		for (const [name, value] of await shuffleImportance(predictor, features, groups, seed)) telling.set(name, (telling.get(name) ?? 0) + value);
	}
	const ranked = [...telling].filter(([, value]) => value > 0).sort(([, a], [, b]) => b - a);
	return require_light.judgeClassifier(isNew, scores, ranked.slice(0, MOST_FEATURES).map(([name]) => name));
}
// ../refit/src/observe/profile-answers.ts
async function profileAnswers(ports, context, champion, { sources, tables }) {
	const profiles = [];
	const errors = [];
	const how = [champion.treeId, ...preparationOf(context.manifest, tables)];
	for (const file of sources) {
		const content = JSON.stringify([
			"answers",
			require_light.contentOf(file),
			...how
		]);
		const name = `answers/${require_light.sha256(content)}`;
		const known = await loadProfile(ports, context, content);
		const kept = await require_light.recallValue(ports.files, context.repository, name);
		const isKnown = known !== null && kept !== null;
		const found = isKnown ? {
			profile: known,
			errors: kept.value
		} : await answersFor(ports, context, champion, {
			sources: [file],
			tables
		});
		if (found === null) return void 0;
		if (!isKnown && !context.request.dryRun) {
			await saveProfile(ports, context, content, found.profile);
			await require_light.keepValue(ports.files, context.repository, name, found.errors);
		}
		profiles.push(found.profile);
		errors.push(...found.errors);
	}
	return {
		profile: mergeProfiles(profiles).columns[0],
		errors
	};
}
function preparationOf({ prepare, viewTexts }, tables) {
	const joined = [...tables].map(([name, files]) => [name, ...files.map(({ sha256: digest }) => digest)]);
	return joined.length === 0 && viewTexts === void 0 ? [prepare ?? null] : [
		prepare ?? null,
		joined,
		viewTexts
	];
}
function answersFor(ports, context, version, data) {
	return withChampionRows(ports, context, {
		version,
		data
	}, async ({ champion, table, rows }) => {
		ports.out.progress("Scoring the champion on new rows");
		const predictions = await predictionsOf(champion, rows);
		const { target } = champion.spec;
		const labels = await labelsOf$1(table, target);
		return {
			profile: {
				format: 1,
				rows: rows.length,
				columns: [profilePredictions(predictions, target)]
			},
			errors: labels === null ? [] : [answerErrors(predictions, labels, target)]
		};
	});
}
async function labelsOf$1(table, target) {
	if (table.columns.every(({ name }) => name !== target.name)) return null;
	try {
		return encodeTarget(await table.column(target.name), target);
	} catch (error) {
		if (error instanceof UnseenClassError) return null;
		throw error;
	}
}
// ../refit/src/observe/new-rows-drift.ts
var noDrift = {
	drift: [],
	classifier: null,
	findings: []
};
async function newRowsDrift(ports, context, snapshot, policy) {
	const { champion, spec } = context;
	const reference = champion && await championProfile(ports, champion);
	if (champion === null || reference === null || snapshot.newProfile === null) return noDrift;
	const { unread, target, prediction } = await columnRoles(ports, champion);
	if (snapshot.blocked) return {
		...noDrift,
		drift: measureDrift(reference, snapshot.newProfile, {
			unread,
			target
		})
	};
	const { newProfile, newRows: fresh, tables } = snapshot;
	const ofColumns = {
		...noDrift,
		drift: measureDrift(reference, newProfile, {
			unread,
			target
		})
	};
	if (!policy.drift && spec.merge !== "auto") return ofColumns;
	const answers = reference.prediction && await profileAnswers(ports, context, champion, {
		sources: fresh,
		tables
	});
	const errors = answers?.errors ?? [];
	if (!policy.drift) return {
		...ofColumns,
		findings: collapseOf(spec.target, ofColumns.drift, {
			errors,
			classifier: null
		})
	};
	const drift = measureDrift(reference, answers === void 0 ? newProfile : {
		...newProfile,
		prediction: answers.profile
	}, {
		unread,
		target,
		prediction
	});
	const old = rowsBefore(champion, snapshot);
	const classifier = policy.driftClassifier ? await classifyRows(ports, context, champion, {
		old,
		fresh,
		tables
	}) : null;
	return {
		drift,
		classifier,
		findings: collapseOf(spec.target, drift, {
			errors,
			classifier
		})
	};
}
function collapseOf(target, drift, { errors, classifier }) {
	const columns = drift.filter(({ role }) => role !== "prediction");
	const collapse = require_light.driftVerdict(columns, classifier).level < 1 ? championCollapse(target, errors) : null;
	return collapse === null ? [] : [collapse];
}
function rowsBefore({ lineage }, { sources, news }) {
	const isOld = new Set(lineage.data.files.map(({ sha256 }) => sha256));
	const fresh = new Map(news.files.map((file) => [file.path, file]));
	return sources.flatMap((file) => {
		if (isOld.has(file.sha256)) return [file];
		const only = otherRows(fresh.get(file.source.path));
		return only.length === 0 ? [] : [{
			...file,
			only
		}];
	});
}
function otherRows({ rows, only }) {
	const others = [];
	let next = 1;
	for (const [first, last] of only ?? [[1, rows]]) {
		if (first > next) others.push([next, first - 1]);
		next = last + 1;
	}
	if (next <= rows) others.push([next, rows]);
	return others;
}
// ../refit/src/observe/index.ts
var observe_exports = require_rolldown_runtime.__exportAll({
	measurePerformance: () => measurePerformance,
	newRowsDrift: () => newRowsDrift
});
// ../refit/src/rooms/ends/too-early.ts
async function endTooEarly(ports, decided, prepared) {
	const { context, decision } = decided;
	const heldBack = waitsForRows(context, decision.reasons, prepared);
	return heldBack && require_light.skip(ports, {
		...decided,
		decision: {
			...decision,
			retrain: false,
			heldBack
		}
	});
}
function waitsForRows({ champion, spec }, reasons, { labelled, labels, split, target, times }) {
	const learned = champion && require_light.learnedUntil(champion.lineage);
	if (learned === null || times === null) return null;
	const until = Date.parse(learned);
	const newer = labelled.filter((row) => times[row] > until);
	return tooEarly(reasons, {
		rows: newer.length,
		minRows: spec.holdout.minRows,
		classRows: countClasses(target, pickRows(labels, newer)),
		full: newer.length > split.holdout.length
	});
}
// ../refit/src/handover/take-candidate.ts
async function takeCandidate(ports, { repository, request, spec }, handed) {
	const { model } = request;
	const entry = handed.of(model);
	if (entry.candidates.length !== spec.candidates.length) {
		const counts = `${entry.candidates.length} candidates, and the spec names ${spec.candidates.length}`;
		throw new require_light.CandidatesInvalidError(`"${model}" has ${counts}`);
	}
	const candidates = [];
	const all = require_commands.candidatesOf(spec);
	for (const [i, settings] of all.entries()) {
		const of = await ports.learners.get(settings.learner);
		const { algorithmVersion } = of;
		const { validation, failure, ...figures } = entry.candidates[i];
		const isAlone = validation === null && decidesNothing(of, all);
		const told = {
			validation: validation ?? void 0,
			failure,
			...isAlone && { alone: true }
		};
		candidates.push({
			...figures,
			...told,
			settings,
			algorithmVersion
		});
	}
	const artifact = await handed.artifact(model, "challenger");
	const settings = toldSettings(await ports.learners.get(candidates[entry.chosen].settings.learner), candidates[entry.chosen].settings, artifact);
	const chosen = {
		...candidates[entry.chosen],
		settings
	};
	candidates[entry.chosen] = chosen;
	const bytes = artifactBytes(artifact);
	const code = await require_light.readCode(ports, repository, chosen.settings, { workTree: request.dryRun });
	const reproducible = entry.reproducible !== false;
	const declared = require_light.declaredOf(chosen.settings) ?? void 0;
	const challenger = {
		...chosen,
		artifact,
		bytes,
		code,
		reproducible,
		declared,
		training: entry.training ?? void 0
	};
	const shipped = await handed.artifact(model, "shipped");
	if (shipped.size === 0 && shipsTrainedAgain(spec, challenger)) throw new require_light.CandidatesInvalidError(`"${model}" has no model that was trained on all rows, and \`ship\` asks for it`);
	const procedure = await handed.artifact(model, "procedure");
	const orNull = (files) => files.size === 0 ? null : files;
	return {
		candidates,
		chosen,
		challenger,
		procedure: orNull(procedure),
		shipped: orNull(shipped)
	};
}
// ../refit/src/rooms/compared-rows.ts
function comparedRows({ holdout }, candidates, { split, times }) {
	const admitted = candidates.filter((each) => whyNotJudged({ holdout }, candidates, each, {
		split,
		times
	}) === null);
	const until = Math.max(...admitted.map(instantOf));
	return until === -Infinity ? split.validation : newerThan(until, split.validation, times);
}
function whyNotJudged({ holdout: { minRows } }, candidates, candidate, { split, times }) {
	const until = instantOf(candidate);
	if (until === -Infinity) return null;
	const { file } = candidate;
	const model = {
		file,
		trainedUntil: new Date(until).toISOString()
	};
	if (newerThan(until, split.holdout, times).length === 0) return new require_light.RowsSeenError(model, { of: "holdout" });
	if (candidates.length === 1) return null;
	const rows = newerThan(until, split.validation, times).length;
	return rows < minRows ? new require_light.RowsSeenError(model, {
		of: "validation",
		rows,
		minRows
	}) : null;
}
function newerThan(until, rows, times) {
	return times === null ? new Uint32Array(0) : rows.filter((row) => times[row] > until);
}
function instantOf(candidate) {
	const declared = require_light.declaredOf(candidate);
	return declared === null ? -Infinity : Date.parse(declared.trainedUntil);
}
// ../refit/src/rooms/learn-from.ts
function rowsToLearn({ times }, { training }, rows) {
	return training === void 0 || times === null ? rows : trainingWindow(rows, times, training).rows;
}
async function learnFrom({ part }, { times }, { training }, rows) {
	if (times === null) return part(rows);
	const window = training === void 0 ? {
		rows,
		decay: null
	} : trainingWindow(rows, times, training);
	const kept = {
		...await part(window.rows),
		times: pickRows(times, window.rows)
	};
	const { decay } = window;
	if (decay === null) return kept;
	const { weights } = kept;
	return {
		...kept,
		weights: weights === void 0 ? decay : decay.map((each, i) => each * weights[i])
	};
}
// ../refit/src/rooms/validation-answers.ts
async function validationAnswers(learner, artifact, { target, validation }) {
	const calibration = require_light.readCalibration(artifact);
	if (calibration === null) {
		const given = await (await learner.load(artifact)).predict(validation.features);
		return {
			given,
			scored: given
		};
	}
	const own = new Map([...artifact].filter(([file]) => file !== require_light.CALIBRATION_FILE));
	const answers = await (await learner.load(own)).predict(validation.features);
	const { weights } = validation;
	const rows = {
		classes: target.classes.length,
		answers,
		target: validation.target,
		...weights && { weights }
	};
	return {
		given: require_light.applyCalibration(calibration.maps, answers),
		scored: require_light.crossCalibrated(calibration.method, rows)
	};
}
// ../refit/src/scoring/primary-score.ts
function primaryScore({ spec: { task, metrics }, target: { classes } }, { target, weights }, answers) {
	return require_commands.evaluateMetrics([metrics.primary], {
		...answers,
		task,
		classes: classes?.length ?? 0,
		settings: metrics,
		target,
		...weights && { weights }
	})[metrics.primary];
}
async function withTrainingScore({ learners }, scored, { known, ...challenger }) {
	if (known === void 0) return challenger;
	const { settings, artifact } = challenger;
	const predictions = await (await (await learners.get(settings.learner)).load(artifact, require_light.limitsOf(settings))).predict(known.features);
	return {
		...challenger,
		training: primaryScore(scored, known, { predictions })
	};
}
// ../refit/src/rooms/train-candidate.ts
var trainingSteps = {
	candidate: ({ learner }) => `Training ${learner}`,
	challenger: "Training the challenger",
	procedure: "Training the champion's settings",
	all: "Training on all rows"
};
var MOST_SCORED = 2e4;
async function trainCandidate(ports, spec, settings, rows) {
	const { algorithmVersion } = await ports.learners.get(settings.learner);
	const started = ports.clock.elapsed();
	const fitted = await fitCandidate(ports, spec, settings, rows);
	return {
		...await scoreCandidate(ports, spec, {
			settings,
			artifact: fitted.artifact
		}, rows),
		...fitted,
		algorithmVersion,
		code: rows.code,
		bytes: artifactBytes(fitted.artifact),
		seconds: (ports.clock.elapsed() - started) / 1e3
	};
}
async function fitCandidate(ports, spec, settings, rows) {
	const learner = await ports.learners.get(settings.learner);
	const onProgress = (done) => ports.out.progress(trainingSteps.candidate(settings), done);
	const live = learner.searches === true ? liveSettings(settings, rows.live) : {};
	const artifact = await learner.fit({
		...fitRequest(spec, rows),
		settings,
		onProgress,
		...live
	});
	return {
		settings: toldSettings(learner, settings, artifact),
		artifact
	};
}
function liveSettings({ learner }, live) {
	if (!live || live.lineage.learner.name !== learner) return {};
	return { champion: {
		settings: live.lineage.learner.settings,
		seed: Number.parseInt(live.treeId.slice(0, 8), 16)
	} };
}
async function scoreCandidate({ learners }, spec, { settings, artifact }, { table, target, compared }) {
	const learner = await learners.get(settings.learner);
	const { given, scored } = await validationAnswers({ load: (files) => learner.load(files, require_light.limitsOf(settings)) }, artifact, {
		target,
		validation: compared
	});
	const answers = await modelAnswers({
		spec,
		table
	}, target, compared.rows, scored);
	return {
		validation: primaryScore({
			spec,
			target
		}, compared, answers),
		learned: !isConstant(given, compared.target.length)
	};
}
async function trainAgain(ports, spec, chosen, { after, onStarted, ...rows }) {
	let started = ports.clock.elapsed();
	const timing = {
		...after && { after },
		onStarted: () => {
			started = ports.clock.elapsed();
			onStarted?.();
		}
	};
	const artifact = await trainSettled(ports, spec, chosen, {
		rows,
		step: trainingSteps.challenger,
		timing
	});
	const seconds = chosen.artifact === null ? (ports.clock.elapsed() - started) / 1e3 : chosen.seconds;
	const known = knownRows(spec, chosen.settings, rows.training);
	return {
		...chosen,
		artifact,
		bytes: artifactBytes(artifact),
		seconds,
		...known
	};
}
function knownRows({ metrics }, settings, training) {
	if (!require_light.isBuiltIn(metrics.primary) || require_light.declaredOf(settings) !== null) return {};
	return { known: sampleRows(training, MOST_SCORED) };
}
async function trainSettled({ learners, out }, spec, { settings, artifact }, { rows, step, timing = {} }) {
	const learner = await learners.get(settings.learner);
	const onProgress = (done) => out.progress(step, done);
	const settled = await settledOf({ learners }, {
		settings,
		artifact
	});
	return learner.fit({
		...fitRequest(spec, rows),
		settings: settled,
		onProgress,
		...timing
	});
}
async function settledOf({ learners }, { settings, artifact }) {
	if (artifact === null) return settings;
	return (await learners.get(settings.learner)).settle(settings, artifact);
}
function fitRequest({ task, seed }, { target, training, validation, code, start }) {
	return {
		task,
		seed,
		classes: target.classes?.length ?? 0,
		train: training,
		validation,
		program: {
			target,
			code
		},
		...start && { start }
	};
}
// ../refit/src/rooms/validation-rows.ts
var MOST_WATCHED = 2e3;
async function validationFor({ learners }, settings, rows) {
	return settlesNothing(await learners.get(settings.learner), settings) ? everyNth(rows, MOST_WATCHED) : rows;
}
// ../refit/src/rooms/warm-start.ts
async function startOf$1(ports, { champion, repository }, { featureSpec, split, times }, { settings, code }) {
	if (settings["start"] !== "warm") return null;
	const { learner } = settings;
	const { algorithmVersion, arrange } = await ports.learners.get(learner);
	const live = champion && {
		...champion,
		features: await featuresOf(ports, champion),
		code: codeDigests$1(champion)
	};
	const asking = {
		learner,
		algorithmVersion,
		settings,
		features: featureSpec,
		code: digestsOf$1(code)
	};
	const firstOf = (rows) => times?.[rows[0]] ?? null;
	const because = whyCold(live, asking) ?? whySeen(champion, firstOf(split.holdout), "the holdout");
	if (because !== null) return {
		kind: "cold",
		because
	};
	const { number, treeId } = champion;
	const artifact = await checkedArtifact(ports, repository, champion);
	return {
		kind: "warm",
		number,
		treeId,
		artifact: arrange === void 0 ? artifact : arrange(artifact, live.features.features, featureSpec.features),
		chosenCold: whySeen(champion, firstOf(split.validation), "validation")
	};
}
function startForHoldout(start) {
	return start?.kind === "warm" ? { start: start.artifact } : {};
}
function startForValidation(start) {
	return start?.kind === "warm" && start.chosenCold === null ? { start: start.artifact } : {};
}
function atOnce(start) {
	return start?.kind === "warm" ? {
		...start,
		chosenCold: null
	} : start;
}
function startNotice({ learner }, start) {
	return start?.kind === "cold" ? `${learner} asks for a warm start and starts anew: ${start.because}.` : null;
}
async function featuresOf(ports, champion) {
	const text = await require_commands.readChampionFile(ports, champion, "features.json");
	return text === null ? null : require_readers.parseFeatureSpec(text);
}
var codeFolder = "artifact/code/";
function codeDigests$1({ lineage }) {
	const own = Object.entries(lineage.files).filter(([file]) => file.startsWith(codeFolder));
	return Object.fromEntries(own.map(([file, facts]) => [file.slice(14), facts.sha256]));
}
function digestsOf$1(code) {
	return Object.fromEntries([...code].map(([file, bytes]) => [file, require_light.sha256(bytes)]));
}
async function checkedArtifact(ports, repository, champion) {
	const artifact = await require_commands.readArtifact(ports, repository, champion);
	for (const [file, bytes] of artifact) {
		const name = `artifact/${file}`;
		if (champion.lineage.files[name]?.sha256 === require_light.sha256(bytes)) continue;
		throw new require_light.ArtifactInvalidError(name, "", "the bytes whose digest lineage.json names");
	}
	return artifact;
}
// ../refit/src/rooms/bench.ts
async function openBench(ports, context, prepared) {
	const { spec, request } = context;
	const { table, target, split } = prepared;
	const all = require_commands.candidatesOf(spec);
	const validation = partOnce(prepared, split.validation);
	const scored = comparedRows(spec, all, prepared);
	const compared = scored === split.validation ? validation : partOnce(prepared, scored);
	const scoring = async () => ({
		table,
		target,
		compared: await compared()
	});
	const codeOf = (settings) => require_light.readCode(ports, context.repository, settings, { workTree: request.dryRun });
	const startFor = (settings, code) => startOf$1(ports, context, prepared, {
		settings,
		code
	});
	const validationOf = async (settings) => {
		const rows = await validationFor(ports, settings, split.validation);
		return rows === split.validation ? validation() : prepared.part(rows);
	};
	const rowsFor = async (settings, known) => ({
		target,
		validation: await validationOf(settings),
		training: await learnFrom(prepared, prepared, settings, known),
		code: await codeOf(settings)
	});
	return {
		all,
		scoring,
		codeOf,
		rowsFor,
		startOf: startFor,
		async train(settings) {
			const problem = whyNotJudged(spec, all, settings, prepared);
			if (problem !== null) throw problem;
			ports.out.progress(trainingSteps.candidate(settings), 0);
			const rows = {
				...await rowsFor(settings, split.train),
				...await scoring()
			};
			const start = await startFor(settings, rows.code);
			const notice = startNotice(settings, start);
			if (notice !== null) ports.out.notice(notice);
			const asked = {
				...rows,
				...startForValidation(start),
				live: context.champion
			};
			return {
				...await trainCandidate(ports, spec, settings, asked),
				...start && { start }
			};
		}
	};
}
function partOnce({ part }, rows) {
	let read = null;
	return () => read ??= part(rows);
}
async function untrained({ learners, out }, settings, { failure, hint = "" }) {
	out.notice(`A candidate was not trained: ${failure}${hint === "" ? "" : ` ${hint}`}`);
	const { algorithmVersion } = await learners.get(settings.learner);
	return {
		bytes: 0,
		validation: void 0,
		learned: false,
		seconds: 0,
		settings,
		algorithmVersion,
		failure
	};
}
var isOfCandidate = (error) => [
	require_light.CommandFailedError,
	require_light.LearnerDivergedError,
	require_light.NetworkInvalidError,
	require_light.RowsSeenError
].some((kind) => error instanceof kind);
// ../refit/src/rooms/kept-trial.ts
var MOST_DAYS = 30;
var DAY$2 = 864e5;
async function keptTrial({ clock, files }, { repository, request, spec }, { featureSpec, target }, tried) {
	const runtime = await tried.learner.runtime?.(tried.settings) ?? null;
	if (runtime === null || request.dryRun) return null;
	const name = `repeats/${require_light.sha256(require_light.canonicalJson(keyOf$2(tried, spec, {
		columns: featureSpec.inputs,
		target,
		runtime
	})))}.json`;
	return {
		async isPassed() {
			const kept = await require_light.recallValue(files, repository, name);
			const age = kept === null ? Infinity : clock.now() - Number(kept.value);
			return age >= 0 && age < MOST_DAYS * DAY$2;
		},
		keep: () => require_light.keepValue(files, repository, name, clock.now())
	};
}
function keyOf$2({ learner, settings, code, start }, { seed }, about) {
	const digests = [...code].map(([file, bytes]) => [file, require_light.sha256(bytes)]);
	const { name, algorithmVersion } = learner;
	const how = [
		name,
		algorithmVersion,
		require_light.decidingSettings(settings),
		digests,
		start !== void 0,
		seed,
		about
	];
	return JSON.parse(JSON.stringify(how));
}
// ../refit/src/rooms/is-reproducible.ts
var MOST_TRIED = 2e3;
async function isKnownReproducible(ports, context, prepared, doubted) {
	const { settings, code, start } = doubted;
	const learner = await ports.learners.get(settings.learner);
	const kept = learner.mayDiffer?.(settings) === "unproven" ? await keptTrial(ports, context, prepared, {
		learner,
		settings,
		code,
		start
	}) : null;
	if (await kept?.isPassed() === true) return true;
	const found = await isReproducible(ports, context.spec, prepared, doubted);
	if (found) await kept?.keep();
	return found;
}
async function isReproducible({ learners, out }, spec, prepared, { settings, onStarted, ...program }) {
	const learner = await learners.get(settings.learner);
	const doubt = learner.mayDiffer?.(settings);
	if (doubt !== "unproven") return doubt === void 0;
	out.progress(`Training ${settings.learner} twice on some rows, to see whether it gives the same model`);
	const rows = await someRows(prepared, settings);
	const request = {
		...fitRequest(spec, {
			target: prepared.target,
			...rows,
			...program
		}),
		settings,
		...onStarted && { onStarted }
	};
	try {
		return areEqual$1(await learner.fit(request), await learner.fit(request));
	} catch (error) {
		if (!(error instanceof require_light.CommandFailedError)) throw error;
		out.notice(`Whether ${settings.learner} gives the same model again is not known. ${error.message}`);
		return false;
	}
}
async function someRows(prepared, settings) {
	const { featureSpec, labels, read, split, weights } = prepared;
	const known = everyNth(rowsToLearn(prepared, settings, split.train), MOST_TRIED);
	const validation = everyNth(split.validation, MOST_TRIED);
	const all = Uint32Array.of(...known, ...validation);
	const columns = new Map();
	const readSome = (name) => {
		const column = columns.get(name) ?? read(name).then((whole) => whole && require_commands.pickValues(whole, all));
		columns.set(name, column);
		return column;
	};
	const placeOf = new Map(Array.from(all, (row, place) => [row, place]));
	const part = async (rows) => ({
		rows,
		target: pickRows(labels, rows),
		...weights && { weights: pickRows(weights, rows) },
		features: await require_commands.applyFeatures(featureSpec, readSome, rows.map((row) => placeOf.get(row)))
	});
	return {
		training: await learnFrom({ part }, prepared, settings, known),
		validation: await part(validation)
	};
}
function areEqual$1(some, others) {
	const isSame = ([file, bytes]) => {
		const other = others.get(file);
		return other !== void 0 && Buffer.compare(bytes, other) === 0;
	};
	return some.size === others.size && [...some].every(isSame);
}
// ../refit/src/rooms/take-trained.ts
async function takeTrained(ports, { request, champion, spec }, { bench, prepared, handed, inputDigest }) {
	for (const sentence of handed.refused) ports.out.notice(sentence);
	const due = {
		inputDigest,
		parent: champion?.treeId ?? null
	};
	const picked = require_light.pickCandidates(handed.of(request.model), due, bench.all.length);
	const candidates = [];
	for (const [i, settings] of bench.all.entries()) {
		const taken = whyNotJudged(spec, bench.all, settings, prepared)?.message ?? null ?? await takeOne(picked[i], settings);
		candidates.push(typeof taken === "string" ? await untrained(ports, settings, { failure: taken }) : taken);
	}
	if (candidates.every(({ failure }) => failure !== void 0)) {
		const why = candidates.map(({ settings, failure }, i) => `${i + 1} (${settings.learner}): ${failure}`);
		throw new require_light.CandidatesMissingError(request.model, why);
	}
	return candidates;
	async function takeOne(one, settings) {
		if ("absence" in one) return require_light.absenceSentence(one.absence);
		const { folder } = one;
		if (folder.failure !== void 0) return folder.failure;
		const artifact = await handed.artifact(folder);
		ports.out.progress(`Scoring ${settings.learner}`);
		try {
			return await scored(settings, {
				artifact,
				seconds: folder.seconds
			});
		} catch (error) {
			if (error instanceof require_light.ArtifactInvalidError || isOfCandidate(error)) return `What its job handed over is not a model that can be used: ${error.message}`;
			throw error;
		}
	}
	async function scored(settings, { artifact, seconds }) {
		const learner = await ports.learners.get(settings.learner);
		const code = await bench.codeOf(settings);
		const start = await bench.startOf(settings, code);
		return {
			...await scoreCandidate(ports, spec, {
				settings,
				artifact
			}, await bench.scoring()),
			settings: toldSettings(learner, settings, artifact),
			algorithmVersion: learner.algorithmVersion,
			artifact,
			code,
			bytes: artifactBytes(artifact),
			seconds,
			...start && { start }
		};
	}
}
// ../refit/src/rooms/train-procedure.ts
async function trainProcedure(ports, { champion, repository, spec }, prepared) {
	if (champion === null || prepared.split.unseen || champion.lineage.declared !== void 0) return null;
	const text = await require_commands.readChampionFile(ports, champion, "features.json");
	const features = text === null ? null : require_readers.parseFeatureSpec(text);
	if (features === null || require_commands.inputMismatches(features.inputs, prepared.table.columns).length > 0) return null;
	const { target } = prepared;
	if (JSON.stringify(features.target) !== JSON.stringify(target)) return null;
	const part = async (rows) => {
		return {
			...await prepared.part(rows),
			features: await require_commands.applyFeatures(features, prepared.read, rows)
		};
	};
	const { name, settings } = champion.lineage.learner;
	const candidate = {
		...require_light.limitsOfToday(spec),
		...settings,
		learner: name
	};
	const code = await codeOfVersion(ports, repository, champion);
	const rowsFor = async (settled, known) => {
		const validation = await part(await validationFor(ports, settled, prepared.split.validation));
		return {
			target,
			training: await learnFrom({ part }, prepared, candidate, known),
			validation,
			code
		};
	};
	const trained = settlesNothing(await ports.learners.get(name), candidate) ? {
		settings: candidate,
		artifact: null
	} : await fitCandidate(ports, spec, candidate, await rowsFor(candidate, prepared.split.train));
	ports.out.progress(trainingSteps.procedure, 0);
	return trainSettled(ports, spec, trained, {
		rows: await rowsFor(await settledOf(ports, trained), prepared.trainingSide),
		step: trainingSteps.procedure
	});
}
async function codeOfVersion(ports, repository, { lineage, treeId }) {
	if (!require_light.runsOwnCode(lineage.learner.name)) return new Map();
	const artifact = await require_commands.readArtifact(ports, repository, { treeId });
	return new Map([...artifact].flatMap(([file, bytes]) => file.startsWith("code/") ? [[file.slice(5), bytes]] : []));
}
// ../refit/src/rooms/while-away.ts
async function whileAway(call, work) {
	let working = null;
	const begin = () => working ??= work(called);
	const called = Promise.resolve().then(() => call(() => void begin().catch(() => {})));
	const [found] = await Promise.allSettled([called]);
	const [done] = await Promise.allSettled([found.status === "fulfilled" ? begin() : working]);
	if (found.status === "rejected") throw found.reason;
	if (done.status === "rejected") throw done.reason;
	return [found.value, done.value];
}
// ../refit/src/rooms/train.ts
async function train(ports, context, prepared, inputDigest = "") {
	const { spec, request } = context;
	const handed = request.candidates;
	if (handed?.kind === "chosen") return withStarts(ports, context, prepared, await takeCandidate(ports, context, handed));
	const bench = await openBench(ports, context, prepared);
	if (handed === void 0 && await isAlone(ports, bench)) return trainAlone(ports, context, {
		bench,
		prepared
	});
	const candidates = handed === void 0 ? await trainAll(ports, bench) : await takeTrained(ports, context, {
		bench,
		prepared,
		handed,
		inputDigest
	});
	const chosen = choose(candidates, spec);
	return {
		candidates,
		chosen,
		challenger: await trainChallenger(ports, context, {
			bench,
			prepared
		}, chosen),
		procedure: await trainProcedure(ports, context, prepared),
		shipped: null
	};
}
async function trainChallenger(ports, context, { bench, prepared }, chosen) {
	const { settings, code } = chosen;
	const start = startForHoldout(chosen.start);
	const settled = await settledOf(ports, chosen);
	const [reproducible, trained] = await whileAway(async (onStarted) => {
		const found = await isKnownReproducible(ports, context, prepared, {
			settings,
			code,
			...start,
			onStarted
		});
		ports.out.progress(trainingSteps.challenger, 0);
		return found;
	}, async (tried) => {
		const rows = {
			...await bench.rowsFor(settled, prepared.trainingSide),
			...start
		};
		return trainAgain(ports, context.spec, chosen, {
			...rows,
			after: tried,
			onStarted: prepared.lookForLeakage
		});
	});
	return {
		...trained,
		reproducible,
		declared: require_light.declaredOf(settings) ?? void 0
	};
}
async function isAlone({ learners }, { all }) {
	return decidesNothing(await learners.get(all[0].learner), all);
}
async function trainAlone(ports, context, place) {
	const { bench, prepared } = place;
	const settings = bench.all[0];
	const { algorithmVersion } = await ports.learners.get(settings.learner);
	const code = await bench.codeOf(settings);
	const start = atOnce(await bench.startOf(settings, code));
	const notice = startNotice(settings, start);
	if (notice !== null) ports.out.notice(notice);
	const challenger = await trainChallenger(ports, context, place, {
		settings,
		algorithmVersion,
		code,
		artifact: null,
		bytes: 0,
		seconds: 0,
		...start && { start },
		validation: void 0,
		alone: true,
		learned: true
	});
	const procedure = await trainProcedure(ports, context, prepared);
	return {
		candidates: [challenger],
		chosen: challenger,
		challenger,
		procedure,
		shipped: null
	};
}
async function withStarts(ports, context, prepared, training) {
	const { candidates, challenger, chosen } = training;
	const started = [];
	for (const candidate of candidates) {
		const { settings } = candidate;
		const start = await startOf$1(ports, context, prepared, {
			settings,
			code: settings["start"] === "warm" ? await require_light.readCode(ports, context.repository, settings, { workTree: context.request.dryRun }) : new Map()
		});
		started.push(start === null ? candidate : {
			...candidate,
			start
		});
	}
	const found = started[candidates.indexOf(chosen)];
	const { start } = found;
	return {
		...training,
		candidates: started,
		chosen: found,
		challenger: {
			...challenger,
			...start && { start }
		}
	};
}
async function trainAll(ports, bench) {
	const candidates = [];
	const errors = [];
	for (const settings of bench.all) try {
		candidates.push(await bench.train(settings));
	} catch (error) {
		if (!isOfCandidate(error)) throw error;
		errors.push(error);
		candidates.push(await untrained(ports, settings, {
			failure: error.message,
			hint: error.hint
		}));
	}
	if (errors.length === bench.all.length) throw errors[0];
	return candidates;
}
function choose(candidates, { metrics }) {
	const trained = candidates.filter((candidate) => "artifact" in candidate);
	return chooseCandidate(trained.map((candidate) => ({
		candidate,
		name: candidate.settings.learner,
		value: candidate.validation,
		sizeBytes: candidate.bytes
	})), require_commands.metricOf(metrics.primary, metrics))?.candidate ?? trained[0];
}
// ../refit/src/rooms/take-import.ts
async function takeImport(ports, { spec }, prepared, { kind, bytes, trainedUntil }) {
	const file = require_commands.importedFileOf[kind];
	if (file === void 0) throw new require_light.ArtifactInvalidError("lineage.json", "learner", "one whose models are imported");
	const learner = await ports.learners.get(kind);
	const { target, split, part } = prepared;
	const [training, validation] = [await part(split.train), await part(split.validation)];
	const code = new Map([[file, bytes]]);
	const settings = { learner: kind };
	const request = fitRequest(spec, {
		target,
		training,
		validation,
		code
	});
	const key = [spec.key ?? []].flat();
	const artifact = await learner.fit({
		...request,
		settings: {
			...settings,
			file,
			key
		}
	});
	const candidate = {
		settings,
		algorithmVersion: learner.algorithmVersion,
		bytes: artifactBytes(artifact),
		validation: void 0,
		learned: true,
		seconds: 0,
		artifact,
		code: new Map(),
		reproducible: true,
		declared: {
			by: "import",
			trainedUntil
		}
	};
	return {
		candidates: [candidate],
		chosen: candidate,
		challenger: candidate,
		procedure: null,
		shipped: null
	};
}
// ../refit/src/rooms/take-model.ts
async function takeModel(ports, context, prepared, { lineage, artifact }) {
	const { spec } = context;
	const settings = candidateOf(spec, lineage);
	const learner = await ports.learners.get(settings.learner);
	const { table, target, split, trainingSide } = prepared;
	const code = await require_light.readCode(ports, context.repository, settings, { workTree: context.request.dryRun });
	const start = await startOf$1(ports, context, prepared, {
		settings,
		code
	});
	const begun = startForHoldout(start);
	if (await isReproducible(ports, spec, prepared, {
		settings,
		code,
		...begun
	})) return null;
	const validation = await prepared.part(split.validation);
	const rows = {
		table,
		target,
		validation,
		compared: validation,
		training: await learnFrom(prepared, prepared, settings, split.train),
		code,
		...begun
	};
	const problem = learner.problemOf?.({
		...fitRequest(spec, rows),
		settings
	}, artifact) ?? null;
	if (problem !== null) throw new require_light.ArtifactInvalidError("artifact", "", `what a training writes, but ${problem}`);
	const known = await learnFrom(prepared, prepared, settings, trainingSide);
	const candidate = {
		...decidesNothing(learner, require_commands.candidatesOf(spec)) ? {
			validation: void 0,
			alone: true,
			learned: true
		} : await scoreCandidate(ports, spec, {
			settings,
			artifact
		}, rows),
		settings,
		algorithmVersion: learner.algorithmVersion,
		bytes: artifactBytes(artifact),
		artifact,
		code,
		seconds: 0,
		...start && { start }
	};
	const procedure = await trainProcedure(ports, context, prepared);
	return {
		candidates: [candidate],
		chosen: candidate,
		challenger: {
			...candidate,
			...knownRows(spec, settings, known),
			reproducible: false
		},
		procedure,
		shipped: null
	};
}
function candidateOf(spec, { learner: { name, settings } }) {
	const said = require_light.canonicalJson(settings);
	const found = require_commands.candidatesOf(spec).find((candidate) => {
		const { learner, ...own } = require_light.decidingSettings(candidate);
		return learner === name && require_light.canonicalJson(JSON.parse(JSON.stringify(own))) === said;
	});
	if (found !== void 0) return found;
	throw new require_light.ArtifactInvalidError("lineage.json", "learner", "one of the candidates that model.yaml has on the base branch");
}
// ../refit/src/rooms/final-fit.ts
async function finalFit(ports, { spec }, prepared, training) {
	const { split, featureSpec, trainingSide, labelled } = prepared;
	const { challenger } = training;
	const { artifact, settings, code, declared } = challenger;
	if (declared !== void 0) {
		const { trainedUntil } = declared;
		return {
			artifact,
			judgedArtifact: null,
			featureSpec: require_light.answersNewRows(settings.learner) ? featureSpec : withKey$1(spec, prepared),
			trainedUntil,
			rows: null
		};
	}
	if (!shipsTrainedAgain(spec, challenger)) {
		const rows = rowsToLearn(prepared, settings, trainingSide).length;
		return {
			artifact,
			judgedArtifact: null,
			featureSpec,
			trainedUntil: iso$2(split.trainedUntil),
			rows
		};
	}
	if (training.shipped === null) ports.out.progress(trainingSteps.all, 0);
	const all = await transformOf(prepared, challenger);
	return {
		artifact: training.shipped ?? await trainOn(all),
		judgedArtifact: digestOf$1(artifact),
		featureSpec: all.featureSpec,
		trainedUntil: iso$2(split.to),
		rows: rowsToLearn(prepared, settings, labelled).length
	};
	async function trainOn({ target, part }) {
		const settled = await settledOf(ports, {
			settings,
			artifact
		});
		const rows = {
			target,
			training: await learnFrom({ part }, prepared, settings, labelled),
			validation: await part(await validationFor(ports, settled, split.validation)),
			code,
			...startForHoldout(challenger.start)
		};
		return trainSettled(ports, spec, {
			settings,
			artifact
		}, {
			rows,
			step: trainingSteps.all
		});
	}
}
async function transformOf(prepared, { start, settings: { learner } }) {
	const all = await prepared.fit(prepared.labelled);
	const { featureSpec } = prepared;
	const isOther = changedInputs(featureSpec, all.featureSpec) ?? changedLevels(featureSpec, all.featureSpec, learner);
	return start?.kind === "warm" && isOther !== null ? prepared : all;
}
function withKey$1({ key }, { featureSpec, table }) {
	const known = new Set(featureSpec.inputs.map(({ name }) => name));
	const names = [key ?? []].flat().filter((name) => !known.has(name));
	return {
		...featureSpec,
		inputs: [...featureSpec.inputs, ...table.columns.filter(({ name }) => names.includes(name))]
	};
}
function digestOf$1(artifact) {
	const digests = [...artifact].map(([file, bytes]) => [file, require_light.sha256(bytes)]);
	return require_light.sha256(require_light.canonicalJson(Object.fromEntries(digests)));
}
var iso$2 = (at) => at === null ? null : new Date(at).toISOString();
// ../refit/src/scoring/slices.ts
var MOST_GROUPS = 300;
var BORDER = "\0";
async function groupRows(columns, rows) {
	const { op, table } = await import("arquero");
	return table({
		value: Array.from(rows, (row) => columns.map((column) => textOf(column, row)).join(BORDER)),
		member: Array.from(rows, (_, i) => i)
	}).groupby("value").rollup({ members: op.array_agg("member") }).objects().sort((a, b) => b.members.length - a.members.length || (a.value < b.value ? -1 : 1)).slice(0, MOST_GROUPS).map(({ value: name, members }) => ({
		value: name.replaceAll(BORDER, " × "),
		members: Uint32Array.from(members)
	}));
}
function textOf(column, row) {
	if (column.kind === "text") return column.dictionary[column.codes[row]] ?? "(missing)";
	const value = column.values[row];
	if (Number.isNaN(value)) return "(missing)";
	if (column.type === "boolean") return value === 1 ? "true" : "false";
	return column.type === "date" || column.type === "datetime" ? new Date(value).toISOString() : String(value);
}
// ../refit/src/scoring/declared-groups.ts
async function declaredGroups({ spec, manifest }, prepared, rows) {
	const missing = [];
	const groupsOf = async (slice) => {
		const groups = await sliceGroups(prepared, slice, rows, manifest.sensitive);
		if (groups.length === 0) missing.push(require_light.sliceName(slice));
		return groups;
	};
	const slices = [];
	for (const slice of spec.slices) slices.push(...await groupsOf(slice));
	const fairness = [];
	for (const { group: column } of spec.fairness) fairness.push({
		column,
		groups: await groupsOf(column)
	});
	return {
		slices,
		fairness,
		missing
	};
}
async function sliceGroups({ read }, slice, rows, sensitive) {
	const names = [slice].flat();
	const columns = [];
	for (const name of names) {
		const column = await read(name);
		if (column === null) return [];
		columns.push(column);
	}
	const hidden = names.some((name) => sensitive.includes(name));
	return (await groupRows(columns, rows)).map(({ value, members }, i) => ({
		column: require_light.sliceName(slice),
		value: hidden ? `group ${i + 1}` : value,
		members
	}));
}
// ../refit/src/scoring/elsewhere.ts
async function comparableRows(context, prepared, { challenger, scored, champion }, rows) {
	return answeredBy(champion, await answeredBy(scored, unseenBy(context, prepared, challenger.declared, rows)));
}
function unseenBy({ spec }, { times }, declared, rows) {
	if (declared === void 0 || declared.trainedUntil === null || times === null) return rows;
	const until = Date.parse(declared.trainedUntil);
	const newer = rows.filter((row) => times[row] > until);
	return declared.by === "import" && newer.length < spec.holdout.minRows ? rows : newer;
}
async function answeredBy(model, rows) {
	if (model?.predictor.knows === void 0) return rows;
	const known = await model.predictor.knows(await model.features(rows));
	return rows.filter((_, i) => known[i] === 1);
}
async function elsewhereFacts(context, { times, split }, { challenger, scored, champion, opponent }, rows) {
	if (challenger.declared === void 0 && opponent?.declared === void 0) return void 0;
	const asked = unseenBy(context, { times }, challenger.declared, split.holdout);
	const facts = async (declared, version) => {
		if (declared === void 0) return null;
		const unanswered = asked.length - (await answeredBy(version, asked)).length;
		const maySeen = mayHaveSeen(declared, { times }, rows);
		return {
			trainedUntil: declared.trainedUntil,
			maySeen,
			...unanswered > 0 && { unanswered }
		};
	};
	const live = champion?.artifact;
	return {
		challenger: await facts(challenger.declared, scored),
		champion: await facts(opponent?.declared, champion),
		isChampion: challenger.declared !== void 0 && live !== void 0 && isSameModel(challenger.artifact, live)
	};
}
function mayHaveSeen(declared, { times }, rows) {
	if (declared === void 0) return 0;
	if (declared.trainedUntil === null || times === null) return rows.length;
	const until = Date.parse(declared.trainedUntil);
	return rows.filter((row) => times[row] <= until).length;
}
function isSameModel(some, others) {
	const same = ([file, bytes]) => {
		const other = others.get(file);
		return other !== void 0 && Buffer.compare(bytes, other) === 0;
	};
	return some.size === others.size && [...some].every(same);
}
// ../refit/src/scoring/drawn-together.ts
async function drawnTogether({ spec }, { read }, rows) {
	const time = spec.time === void 0 ? null : await read(spec.time);
	const instants = time === null || time.kind === "text" ? null : pickRows(time.values, rows);
	const { blockDays } = spec.holdout;
	if (blockDays !== void 0 && instants !== null) return {
		instants,
		clusters: timeBlocks(instants, blockDays)
	};
	const column = spec.group === void 0 ? null : await read(spec.group);
	return {
		instants,
		clusters: column && groupNumbers(column, rows)
	};
}
// ../refit/src/scoring/measure-latency.ts
var WARM_UPS = 20;
var ROUNDS = 25;
async function measureLatency(clock, champion, challenger, seed) {
	const time = async ({ predictor, features }) => {
		const started = clock.elapsed();
		await predictor.predict(features);
		return clock.elapsed() - started;
	};
	const [championMs, challengerMs] = [[], []];
	const timeChampion = async () => champion !== null && championMs.push(await time(champion));
	const timeChallenger = async () => challengerMs.push(await time(challenger));
	for (let i = 0; i < WARM_UPS; i++) {
		await timeChampion();
		await timeChallenger();
	}
	championMs.length = challengerMs.length = 0;
	for (let round = 0; round < ROUNDS; round++) {
		await timeChampion();
		await timeChallenger();
		await timeChallenger();
		await timeChampion();
	}
	const [before, now] = [Float64Array.from(championMs), Float64Array.from(challengerMs)];
	return {
		challengerMs: median(now),
		challengerP95Ms: quantile(now.toSorted(), .95),
		champion: champion && {
			ms: median(before),
			...ratioOfMedians(now, before, { seed })
		},
		batches: now.length,
		batchRows: challenger.features.rows
	};
}
// ../refit/src/scoring/measure-cost.ts
var MOST_TIMED = 1e3;
async function measureCost(clock, { part, champion: live, challenger }, budget, seed) {
	const champion = live?.predictor.knows === void 0 ? live : null;
	const size = champion && {
		champion: champion.bytes,
		challenger: challenger.bytes
	};
	const { maxLatencyRatio, maxP95MsPer1000Rows } = budget;
	if (!(maxP95MsPer1000Rows !== void 0 || maxLatencyRatio !== void 0 && champion !== null)) return {
		latency: null,
		size
	};
	const batch = part.rows.slice(0, MOST_TIMED);
	const timed = async ({ predictor, features }) => ({
		predictor,
		features: await features(batch)
	});
	return {
		latency: await measureLatency(clock, champion && await timed(champion), await timed(challenger), seed),
		size
	};
}
// ../refit/src/scoring/ask-models.ts
var ofCrowding = [
	"exit-code",
	"ended-by-signal",
	"timed-out"
];
async function askModels(asks, { atOnce }) {
	if (atOnce) return askAtOnce(asks);
	const answers = [];
	for (const ask of asks) answers.push(await ask());
	return answers;
}
async function askAtOnce(asks) {
	const ends = await Promise.allSettled(asks.map((ask) => ask()));
	const other = ends.find((end) => end.status === "rejected" && !isOfCrowding(end.reason));
	if (other?.status === "rejected") throw other.reason;
	const answers = [];
	for (const [i, end] of ends.entries()) answers.push(end.status === "fulfilled" ? end.value : await asks[i]());
	return answers;
}
function isOfCrowding(error) {
	return error instanceof require_light.CommandFailedError && ofCrowding.includes(error.outcome);
}
// ../refit/src/scoring/ask-together.ts
async function askTogether({ predict, reads }, askers) {
	let waiting = [];
	let busy = askers.length;
	const rest = () => {
		busy--;
		if (busy > 0 || waiting.length === 0) return;
		const questions = waiting;
		waiting = [];
		busy += questions.length;
		answerAll(predict, questions);
	};
	const shared = {
		...reads && { reads },
		predict: (features) => new Promise((answer, fail) => {
			waiting.push({
				features,
				answer,
				fail
			});
			rest();
		})
	};
	return await Promise.all(askers.map((ask) => ask(shared).finally(rest)));
}
async function answerAll(predict, questions) {
	try {
		const [first, ...others] = questions.map(({ features }) => features);
		const stacked = others.length === 0 ? first : require_commands.stackFeatures(first, ...others);
		const answers = await predict(stacked);
		const width = stacked.rows === 0 ? 0 : answers.length / stacked.rows;
		let from = 0;
		for (const { features, answer } of questions) {
			const to = from + width * features.rows;
			answer(answers.slice(from, to));
			from = to;
		}
	} catch (error) {
		for (const { fail } of questions) fail(error);
	}
}
// ../refit/src/scoring/features-by-input.ts
function featuresByInput({ features }) {
	const groups = new Map();
	for (const { name, input } of features) groups.set(input, (groups.get(input) ?? new Set()).add(name));
	return groups;
}
// ../refit/src/scoring/challenger-answers.ts
var answered = new WeakMap();
var shuffled = new WeakMap();
function answersOfModel({ artifact, predictor }, { part, split }, { rows, features }) {
	const ask = async () => predictor.predict(features ?? (await part(rows)).features);
	return once$1(answered, artifact, {
		split,
		rows
	}, ask);
}
var MOST_SHUFFLED = 1e3;
var MOST_KEPT = 10;
function shuffledAnswers({ artifact, predictor }, { featureSpec, part, split }, seed) {
	const rows = shuffledRows({ split });
	const groups = featuresByInput(featureSpec);
	return once$1(shuffled, artifact, {
		split,
		rows
	}, async () => {
		const importance = new Map([...groups.keys()].map((name) => [name, 0]));
		let most = [];
		const { features } = await part(rows);
		const answers = await visitShuffled(predictor, features, {
			groups,
			seed
		}, (input, asTheyAre, moved) => {
			const move = meanMove(asTheyAre, moved);
			importance.set(input, move);
			if (move === 0 || most.length === MOST_KEPT && move <= most.at(-1).move) return;
			most = [...most, {
				input,
				answers: moved.slice(),
				move
			}].toSorted((a, b) => b.move - a.move).slice(0, MOST_KEPT);
		});
		return {
			rows,
			answers,
			importance,
			moved: new Map(most.map((each) => [each.input, each.answers]))
		};
	});
}
async function answersBefore({ artifact, predictor }, prepared, { judged, known, seed }) {
	const askJudged = (asked) => answersOfModel({
		artifact,
		predictor: asked
	}, prepared, judged);
	const askKnown = async ({ predict }) => known && predict(known.features);
	if (predictor.starts !== true) return {
		judged: await askJudged(predictor),
		known: await askKnown(predictor) ?? null
	};
	const askShuffled = async (asked) => {
		if (featuresByInput(prepared.featureSpec).size <= visitedAtOnce({
			rows: shuffledRows(prepared).length,
			columns: prepared.featureSpec.features.length
		})) await shuffledAnswers({
			artifact,
			predictor: asked
		}, prepared, seed);
	};
	const [ofJudged, ofKnown] = await askTogether(predictor, [
		askJudged,
		askKnown,
		askShuffled
	]);
	return {
		judged: ofJudged,
		known: ofKnown ?? null
	};
}
function shuffledRows({ split }) {
	const stride = Math.max(1, Math.ceil(split.holdout.length / MOST_SHUFFLED));
	return split.holdout.filter((_, place) => place % stride === 0);
}
function once$1(memory, artifact, { split, rows }, ask) {
	const known = memory.get(artifact);
	if (known?.split === split && areEqual(known.rows, rows)) return known.answer;
	const answer = ask();
	const kept = {
		split,
		rows,
		answer
	};
	memory.set(artifact, kept);
	answer.catch(() => memory.get(artifact) === kept && memory.delete(artifact));
	return answer;
}
function areEqual(some, others) {
	return some.length === others.length && some.every((row, i) => row === others[i]);
}
// ../refit/src/scoring/score-pair.ts
var noProcedure = "it has no model that was trained with the champion's settings, and the champion has seen the holdout";
async function scorePair(ports, { context, kind }, prepared, training) {
	const opponent = require_commands.isAgainstChampion(kind) ? context.champion : null;
	const { procedure } = training;
	const isElsewhere = opponent?.lineage.declared !== void 0;
	if (opponent !== null && !prepared.split.unseen && procedure === null && !isElsewhere) throw new require_light.CandidatesInvalidError(noProcedure);
	const champion = opponent && await loadOpponent();
	const challenger = await loadChallenger(ports, prepared, training.challenger);
	const models = {
		...training,
		scored: challenger,
		champion,
		opponent: opponent?.lineage ?? null
	};
	const pick = (rows) => comparableRows(context, prepared, models, rows);
	const { part, facts } = await prepared.scoredOn(models.opponent, pick);
	const duplicates = placesOf$2(await prepared.duplicates(), part.rows);
	const judged = {
		part,
		challenger,
		champion,
		anchor: await loadAnchor(ports, {
			context,
			kind
		}, prepared, {
			procedure,
			opponent,
			champion,
			rows: part.rows
		})
	};
	return {
		part,
		facts,
		duplicates,
		challenger,
		champion,
		...await answersOfAll(context, prepared, training.challenger, judged),
		elsewhere: await elsewhereFacts(context, prepared, models, part.rows)
	};
	async function loadOpponent() {
		const version = await loadApplied(ports, context, prepared, opponent);
		return version === null || procedure === null ? version : loadProcedure(ports, context, version, procedure);
	}
}
async function loadAnchor(ports, { context, kind }, prepared, { procedure, opponent, champion, rows }) {
	const treeId = kind === "refresh" && champion !== null && procedure === null ? opponent?.lineage.anchor ?? null : null;
	const version = treeId === null ? null : await loadApplied(ports, context, prepared, { treeId });
	if (version === null || version.predictor.knows !== void 0) return null;
	return mayHaveSeen(version.declared, prepared, rows) === 0 ? version : null;
}
async function answersOfAll({ spec }, prepared, { artifact, known, training }, { part, challenger, champion, anchor }) {
	const { target, table } = prepared;
	const model = {
		artifact,
		predictor: challenger.predictor
	};
	const [found, ofChampion, ofAnchor] = await askModels([
		() => answersBefore(model, prepared, {
			judged: part,
			known,
			seed: spec.seed
		}),
		() => predictionsOf(champion, part.rows),
		() => predictionsOf(anchor, part.rows)
	], { atOnce: [
		challenger,
		champion,
		anchor
	].some((version) => version?.predictor.starts === true) });
	const answersOf = (given) => modelAnswers({
		spec,
		table
	}, target, part.rows, given);
	return {
		training: known === void 0 || found.known === null ? training : primaryScore({
			spec,
			target
		}, known, { predictions: found.known }),
		answers: {
			challenger: await answersOf(found.judged),
			champion: ofChampion && await answersOf(ofChampion),
			anchor: ofAnchor && await answersOf(ofAnchor)
		}
	};
}
function placesOf$2(some, rows) {
	const wanted = new Set(some);
	return Uint32Array.from(rows.keys()).filter((place) => wanted.has(rows[place]));
}
// ../refit/src/rooms/evaluate.ts
async function evaluate(ports, decided, prepared, training) {
	const { context } = decided;
	const { spec } = context;
	ports.out.progress("Scoring on the holdout");
	const kind = await kindOfComparison(ports, decided, prepared);
	const pair = await scorePair(ports, {
		context,
		kind
	}, prepared, training);
	const { part, facts, training: known } = pair;
	ports.out.progress("Comparing on the holdout");
	const { instants, clusters } = await drawnTogether(context, prepared, part.rows);
	const declared = await declaredGroups(context, prepared, part.rows);
	const draw = await ports.resampling.open();
	const models = {
		...modelsOf(decided, pair, clusters?.groups ?? null),
		draw
	};
	const compared = compareModels({
		...models,
		target: prepared.target,
		sensitive: context.manifest.sensitive.includes(prepared.target.name),
		labels: part.target,
		dummy: await dummyAnswers(context, prepared, part.rows),
		duplicates: pair.duplicates
	});
	const classes = prepared.target.classes?.length ?? 0;
	const main = require_light.primaryRow({
		metrics: compared.metrics,
		primary: models.primary
	});
	const suspects = [...compared.findings, ...suspectsOf(spec, training.challenger, {
		known,
		holdout: main?.challenger
	})];
	const found = excuseFindings([...await prepared.findings(), ...require_light.acceptSuspects(suspects, context.manifest.checks)], {
		kind,
		improvement: main?.improvement,
		ofChampion: compared.ofChampion
	});
	const look = countLook(decided, facts, instants);
	const alpha = harmonicAlpha(ALPHA, look);
	return {
		kind,
		procedures: training.procedure !== null,
		look,
		alpha,
		primary: models.primary,
		minRows: models.minRows,
		classRows: countClasses(prepared.target, part.target),
		learnerChange: require_commands.isAgainstChampion(kind) ? changeOf(context, training.challenger) : [],
		holdout: facts,
		metrics: compared.metrics.map(metricRow),
		bootstrap: {
			seed: models.seed,
			replicates: models.replicates,
			groups: clusters?.count ?? null
		},
		...besideMetrics(compared),
		slices: compareSlices(declared.slices, {
			...models,
			task: spec.task,
			classes,
			target: part.target
		}),
		missingSlices: declared.missing,
		fairness: fairnessOf(declared, models, part.target),
		...pair.elsewhere && { elsewhere: pair.elsewhere },
		cost: await measureCost(ports.clock, pair, spec.budget, models.seed),
		tests: testImprovement(kind, compared, pair, {
			...spec,
			primary: models.primary,
			alpha
		}),
		anchor: anchorOf(compared, pair.answers.anchor),
		findings: await require_light.nameAcceptors(ports, context, found)
	};
}
function besideMetrics({ dummy, answers, calibration, withoutDuplicates }) {
	return {
		dummy,
		answers,
		calibration,
		withoutDuplicates
	};
}
async function kindOfComparison(ports, { context, snapshot: { digests } }, prepared) {
	const { champion } = context;
	if (champion === null) return "first-model";
	const text = await require_commands.readChampionFile(ports, champion, "features.json");
	const features = text === null ? null : require_readers.parseFeatureSpec(text);
	if (!(features !== null && JSON.stringify(features.target) === JSON.stringify(prepared.target)) || require_commands.inputMismatches(features.inputs, prepared.table.columns).length > 0) return "contract-change";
	if (!await answersAny(ports, context, prepared)) return "contract-change";
	return champion.lineage.digests.settings === digests.settings ? "refresh" : "change";
}
async function answersAny(ports, context, prepared) {
	const { champion } = context;
	if (champion === null || require_light.answersNewRows(champion.lineage.learner.name)) return true;
	const { holdout } = prepared.split;
	return (await answeredBy(await loadApplied(ports, context, prepared, champion), holdout)).length > 0;
}
function modelsOf({ context, snapshot }, { part, facts, answers }, groups) {
	const { metrics, holdout } = context.spec;
	const seedText = [
		facts.digest,
		context.champion?.treeId,
		snapshot.digests.input
	].join("|");
	return {
		champion: answers.champion,
		challenger: answers.challenger,
		groups,
		weights: part.weights ?? null,
		settings: metrics,
		metrics: require_light.measuredMetrics(metrics),
		primary: metrics.primary,
		minRows: holdout.minRows,
		seed: Number.parseInt(require_light.sha256(seedText).slice(0, 8), 16),
		replicates: part.rows.length > 5e4 ? 500 : 2e3
	};
}
function dummyAnswers({ spec }, { table, target, labels, weights, trainingSide }, rows) {
	const known = weights && pickRows(weights, trainingSide);
	const predictions = dummyPredictions(target, pickRows(labels, trainingSide), known, rows.length);
	return modelAnswers({
		spec,
		table
	}, target, rows, predictions);
}
function fairnessOf({ fairness }, models, target) {
	const [champion, challenger] = [models.champion && models.champion.predictions, models.challenger.predictions];
	return fairness.map(({ column, groups }) => measureFairness({
		...models,
		champion,
		challenger,
		clusters: models.groups,
		column,
		groups,
		target
	}));
}
function changeOf({ champion }, { settings }) {
	return champion === null ? [] : learnerChange(champion.lineage.learner, settings);
}
function suspectsOf({ metrics, target }, { learned, settings }, { known, holdout }) {
	return [...checkLearned(learned, settings.learner, target), ...checkGap(metrics.primary, known, holdout, target)];
}
function countLook({ context, snapshot }, facts, instants) {
	const { champion, history, ledger, ledgerLost } = context;
	const window = {
		from: instant(facts.from),
		to: instant(facts.to),
		rows: facts.rows
	};
	return lookNumber(ledger, {
		inputDigest: snapshot.digests.input,
		parent: champion?.treeId ?? null,
		window,
		...instants && { instants }
	}, ledgerLost ? history.versions.length : 0);
}
function testImprovement(kind, compared, { answers }, policy) {
	const champion = require_light.primaryRow({
		metrics: compared.metrics,
		primary: policy.primary
	});
	if (answers.champion === null || champion === void 0) return [];
	return runTests(kind, {
		champion,
		anchor: answers.anchor && compared.against(answers.anchor)
	}, policy);
}
function anchorOf({ overChampion, against }, answers) {
	const better = answers && overChampion(answers);
	return answers && better && anchorBest(better, against(answers));
}
var instant = (iso) => iso === null ? null : Date.parse(iso);
// ../refit/src/scoring/make-probes.ts
async function makeProbes({ learners }, { shipped: { artifact, featureSpec }, settings, profile, context: { spec, manifest } }) {
	const learner = await learners.get(settings.learner);
	if (learner.answersAtOnce !== true) return null;
	const width = answerWidth(featureSpec.target);
	const inputs = featureSpec.inputs.filter(({ type }) => type !== "file");
	const { sensitive } = manifest;
	const rows = drawProbes({
		features: featureSpec,
		profile,
		sensitive,
		seed: spec.seed,
		width
	});
	const values = await rowScorer({
		...featureSpec,
		inputs
	}, await learner.load(artifact, require_light.limitsOf(settings)))(await rowTyper(inputs)(rows));
	return {
		format: 1,
		rows,
		answers: rows.map((_, row) => Array.from(values.subarray(row * width, (row + 1) * width)))
	};
}
// ../refit/src/scoring/model-traits.ts
async function modelTraits({ learners }, { challenger, prepared, sensitive, seed }) {
	const { featureSpec, split } = prepared;
	const learner = await learners.get(challenger.settings.learner);
	const { artifact } = challenger;
	const predictor = await learner.load(artifact, require_light.limitsOf(challenger.settings));
	const unread = new Set(featureSpec.ignored.map(({ name }) => name));
	if (predictor.knows !== void 0) return {
		prediction: null,
		importance: new Map(),
		unread
	};
	const model = {
		artifact,
		predictor
	};
	const { target, ignored } = featureSpec;
	return {
		prediction: ignored.filter(({ reason }) => reason === "target" || reason === "target-input").some(({ name }) => sensitive.includes(name)) ? null : profilePredictions(await answersOfModel(model, prepared, { rows: split.holdout }), target),
		importance: (await shuffledAnswers(model, prepared, seed)).importance,
		unread
	};
}
// ../refit/src/versions/assemble-version.ts
function assembleVersion(parts) {
	const { spec, profile, shipped, probes, evaluation, rowWise } = parts;
	const { artifact, featureSpec } = shipped;
	const { threshold } = spec.metrics;
	const features = {
		...featureSpec,
		rowWise,
		...threshold !== void 0 && { threshold }
	};
	const files = new Map();
	for (const [file, bytes] of artifact) files.set(`artifact/${file}`, bytes);
	const put = (file, value) => files.set(file, require_light.encodeText(`${require_light.canonicalJson(plain(value), 2)}\n`));
	put("features.json", features);
	files.set("profile.json", require_light.encodeText(`${require_light.canonicalJson(plain(profile))}\n`));
	if (probes !== null) files.set(require_commands.PROBES_FILE, require_light.encodeText(`${require_light.canonicalJson(plain(probes))}\n`));
	put("metrics.json", metricsFile(evaluation));
	put("evaluation.json", evaluationFile(evaluation));
	const lineage = lineageOf(parts);
	files.set("README.md", require_light.encodeText(modelCard({
		folder: parts.folder,
		spec,
		lineage,
		evaluation,
		features,
		probes
	})));
	put("lineage.json", {
		...lineage,
		files: digestsOf(files)
	});
	return files;
}
var MIB = 1048576;
async function checkSize(ports, { model, files, repository, maxModelMiB }) {
	const folder = require_light.championFolder(model, repository);
	const paths = [...files.keys()].map((file) => `${folder}/${file}`);
	const large = await ports.largeFiles.tracked(repository, paths);
	const sizes = [...files].flatMap(([file, { byteLength }]) => large.has(`${folder}/${file}`) ? [] : [byteLength / MIB]);
	const total = sizes.reduce((sum, size) => sum + size, 0);
	if (total > maxModelMiB) throw new require_light.ModelTooLargeError(model, "The new version", total, `maxModelMiB allows ${maxModelMiB}`);
	const largest = Math.max(0, ...sizes);
	const { mostFileMiB, rule } = ports.forge.limits;
	if (repository.remote !== null && largest > mostFileMiB) throw new require_light.ModelTooLargeError(model, "A file of the new version", largest, rule);
}
function metricsFile(evaluation) {
	const values = (rows) => Object.fromEntries(rows.flatMap((row) => row.challenger === void 0 ? [] : [[row.metric, row.challenger]]));
	const slices = evaluation.slices.map((slice) => [`${slice.column}=${slice.value}`, values(slice.metrics)]);
	return {
		holdout: values(evaluation.metrics),
		...slices.length > 0 ? { slices: Object.fromEntries(slices) } : {}
	};
}
function evaluationFile(evaluation) {
	const { kind, primary, metrics, bootstrap, dummy, withoutDuplicates, slices, holdout } = evaluation;
	return {
		format: 1,
		kind,
		primary,
		rows: holdout.rows,
		metrics,
		bootstrap,
		dummy,
		withoutDuplicates,
		slices
	};
}
function lineageOf(parts) {
	const { model, spec, champion, digests, evaluation, shipped } = parts;
	const { settings, algorithmVersion, reproducible, declared, start } = parts.challenger;
	const { learner, ...options } = require_light.decidingSettings(settings);
	const parent = champion && {
		treeId: champion.treeId,
		anchor: champion.lineage.anchor
	};
	return {
		format: 1,
		model,
		parent: champion?.treeId ?? null,
		anchor: nextAnchor(evaluation.kind === "contract-change" ? null : parent, require_light.primaryRow(evaluation)?.pSuperior ?? null),
		holdout: evaluation.holdout,
		judgedArtifact: shipped.judgedArtifact,
		trainedUntil: shipped.trainedUntil,
		...shipped.rows !== null && { trainedRows: shipped.rows },
		...start?.kind === "warm" && { startedFrom: start.treeId },
		...declared && { declared },
		...spec.card && { card: spec.card },
		data: dataOf(parts),
		digests: {
			spec: digests.spec,
			manifest: digests.manifest,
			code: digests.code,
			settings: digests.settings
		},
		...!reproducible && { reproducible },
		learner: {
			name: learner,
			algorithmVersion,
			settings: JSON.parse(JSON.stringify(options))
		},
		seed: spec.seed,
		inputDigest: digests.input
	};
}
function dataOf({ spec, files, tableFiles }) {
	const data = {
		dataset: spec.data,
		files: [...files]
	};
	if (tableFiles.size === 0) return data;
	return {
		...data,
		tables: Object.fromEntries([...tableFiles].map(([name, each]) => [name, [...each]]))
	};
}
function digestsOf(files) {
	return Object.fromEntries([...files].map(([file, bytes]) => [file, {
		sha256: require_light.sha256(bytes),
		bytes: bytes.byteLength
	}]));
}
function plain(value) {
	return JSON.parse(JSON.stringify(value));
}
// ../refit/src/rooms/build-version.ts
async function buildVersion(ports, { context, snapshot, prepared, training, evaluation }) {
	const { spec, manifest, request, repository } = context;
	const { challenger } = training;
	ports.out.progress("Profiling the model");
	const traits = await modelTraits(ports, {
		challenger,
		prepared,
		sensitive: manifest.sensitive,
		seed: spec.seed
	});
	const profile = profileVersion([...(await prepared.profiles()).values()], traits);
	const shipped = await finalFit(ports, context, prepared, training);
	ports.out.progress("Writing the version");
	const inputs = shipped.featureSpec.inputs.map(({ name }) => name);
	return assembleVersion({
		model: request.model,
		folder: require_light.championFolder(request.model, repository),
		spec,
		champion: context.champion,
		files: snapshot.files,
		tableFiles: snapshot.tableFiles,
		digests: snapshot.digests,
		profile,
		challenger,
		rowWise: await prepared.table.isRowWise(inputs),
		shipped,
		probes: await makeProbes(ports, {
			shipped,
			settings: challenger.settings,
			profile,
			context
		}),
		evaluation
	});
}
// ../refit/src/ledger/judgement-record.ts
async function judgementRecord(judged, illustrated, at) {
	const { context, prepared } = judged;
	const profiles = await prepared.profiles();
	const run = runOf(judged);
	const texts = [...[...profiles].map(([digest, profile]) => [profilePath(context, digest), JSON.stringify(profile)]), ...require_light.reportFiles(run, illustrated)];
	return {
		rows: [...context.unrecorded, ...judgementRows(judgementOf(judged, at))],
		files: new Map(texts.map(([file, text]) => [file, require_light.encodeText(text)])),
		at,
		page: require_light.reportPage(run)
	};
}
function runOf({ context, snapshot }) {
	const of = {
		inputDigest: snapshot.digests.input,
		parent: context.champion?.treeId ?? null
	};
	const attempt = require_light.attemptOf(context.ledger, {
		...of,
		policyDigest: require_light.digestOfPolicy(context)
	});
	return {
		model: context.request.model,
		...of,
		attempt
	};
}
function judgementOf({ context, snapshot, observation, decision, evaluation, verdict }, at) {
	const { holdout, look, alpha } = evaluation;
	return {
		facts: {
			model: context.request.model,
			at: new Date(at).toISOString(),
			inputDigest: snapshot.digests.input,
			parent: context.champion?.treeId ?? null,
			holdout: holdout.digest,
			settingsDigest: snapshot.digests.settings,
			files: [...snapshot.files]
		},
		policyDigest: require_light.digestOfPolicy(context),
		look: {
			look,
			alpha,
			window: {
				from: holdout.from,
				to: holdout.to,
				rows: holdout.rows
			},
			...liveOf(evaluation),
			...require_light.driftLevelOf(observation)
		},
		verdict: verdict.kind,
		reasons: decision.reasons,
		force: context.request.force
	};
}
function liveOf({ kind, procedures, primary, metrics }) {
	const value = require_light.primaryRow({
		metrics,
		primary
	})?.champion;
	if (procedures || !require_commands.isAgainstChampion(kind) || value === void 0) return {};
	return { live: {
		metric: primary,
		value
	} };
}
function profilePath(context, digest) {
	return `profiles/${profileName(context, digest)}`;
}
function judgementRows(judgement) {
	const { facts, policyDigest, look, verdict, force } = judgement;
	return [
		{
			...facts,
			...look,
			kind: "look",
			policyDigest,
			verdict
		},
		endingRow(judgement),
		...force === null ? [] : [{
			...facts,
			kind: "forced",
			reason: force
		}]
	];
}
function endingRow({ facts, policyDigest, verdict, reasons }) {
	const told = {
		...facts,
		reasons: [...reasons]
	};
	if (verdict === "hold") return {
		...told,
		kind: "rejected",
		policyDigest
	};
	if (verdict === "block") return {
		...told,
		kind: "blocked",
		policyDigest
	};
	return {
		...told,
		kind: "proposed"
	};
}
// ../refit/src/scoring/measure-reliance.ts
var REPLICATES = 500;
async function measureReliance(ports, { context, prepared, challenger }) {
	const { spec } = context;
	const { featureSpec, labels, weights, table, target } = prepared;
	const { predictor } = await loadChallenger(ports, prepared, challenger);
	const { rows, answers, moved } = await shuffledAnswers({
		artifact: challenger.artifact,
		predictor
	}, prepared, spec.seed);
	const measured = (predictions) => modelAnswers({
		spec,
		table
	}, target, rows, predictions);
	const shuffled = new Map();
	for (const [input, predictions] of moved) shuffled.set(input, await measured(predictions));
	const { clusters } = await drawnTogether(context, prepared, rows);
	return {
		rows: rows.length,
		inputs: featuresByInput(featureSpec).size,
		columns: relianceOf({
			task: spec.task,
			classes: target.classes?.length ?? 0,
			target: pickRows(labels, rows),
			answers: await measured(answers),
			shuffled,
			groups: clusters?.groups ?? null,
			weights: weights && pickRows(weights, rows),
			settings: spec.metrics,
			primary: spec.metrics.primary,
			seed: spec.seed,
			replicates: REPLICATES
		})
	};
}
// ../refit/src/rooms/proposal-of.ts
function proposedVersion({ context, snapshot, observation, decision, training, evaluation, verdict }, files, report) {
	const { request, spec, history, ledger, ledgerLost } = context;
	const { model } = request;
	const { merge, reviewers } = spec;
	const inputDigest = snapshot.digests.input;
	const { to, trainedUntil } = evaluation.holdout;
	const learnedUntil = shipsTrainedAgain(spec, training.challenger) ? to : trainedUntil;
	const { reasons } = decision;
	return {
		shown: {
			model,
			isUndecided: verdict.kind === "inconclusive",
			inputDigest,
			report
		},
		told: {
			model,
			verdict: verdict.kind,
			comparison: evaluation,
			inputDigest
		},
		files,
		title: require_light.proposalTitle(model, evaluation.kind, learnedUntil),
		message: require_light.proposalMessage({
			model,
			reasons,
			comparison: evaluation,
			verdict,
			inputDigest,
			learnedUntil
		}),
		mayMergeItself: mayMergeItself({
			merge,
			verdict: verdict.kind,
			comparison: evaluation.kind,
			inputDigest,
			ledger,
			ledgerLost,
			championCollapsed: observation.findings.some(({ code }) => code === "champion-collapse"),
			rolledBackAt: history.rolledBack.map((event) => event.at)
		}),
		reviewers
	};
}
function proposalOf({ branch, repository, sharedHead }, versions, group) {
	const { title, message, overview } = wordsOf(versions, group);
	const folderOf = ({ shown: { model } }) => require_light.championFolder(model, repository);
	return {
		commit: {
			branch,
			contents: new Map(versions.map((each) => [folderOf(each), each.files])),
			over: sharedHead,
			message
		},
		shown: {
			branch,
			models: versions.map(({ shown }) => shown),
			overview,
			title,
			autoMerge: versions.every((each) => each.mayMergeItself) && (group?.unchanged ?? []).every(({ spec }) => spec.merge === "auto"),
			reviewers: [...new Set(versions.flatMap(({ reviewers }) => reviewers))]
		}
	};
}
function wordsOf(versions, group) {
	const [first] = versions;
	if (group === null) return {
		title: first.title,
		message: first.message,
		overview: null
	};
	const input = {
		group: group.name,
		members: versions.map(({ told }) => told),
		unchanged: group.unchanged.map(({ request }) => request.model)
	};
	return {
		title: groupTitle(input),
		message: groupMessage(input),
		overview: groupOverview(input)
	};
}
// ../refit/src/rooms/propose-anchor.ts
async function proposeAnchor(ports, { champion, history, repository, request, spec }, { because }) {
	if (request.dryRun || !because.some(({ kind }) => kind === "anchor-best")) return;
	const { model } = request;
	const anchor = history.versions.find(({ treeId }) => treeId === champion?.lineage.anchor);
	if (anchor === void 0 || anchor.broken !== null || anchor.newerFormat !== null) return;
	const earlier = await ports.forge.proposal(repository, require_light.rollbackBranch(model));
	const proposed = earlier && await ports.git.resolve(`${earlier.head}:${require_light.championFolder(model, repository)}`);
	if (earlier !== null && earlier.declinedAt !== null && proposed === anchor.treeId) return;
	if (await require_light.checkWhole(ports, repository, anchor.treeId, await ports.git.list(anchor.treeId)) !== null) return;
	const { reviewers } = spec;
	const { url } = await require_commands.proposeRollback(ports, repository, {
		model,
		from: history.champion,
		to: anchor,
		reviewers
	});
	ports.out.notice(`v${anchor.number} of ${model}, which was last proved better, scores best: a rollback to it is proposed at ${url}`);
}
// ../refit/src/rooms/publish.ts
async function publish(ports, repository, { commit, shown }, keptOf) {
	const head = await require_commands.pushProposal(ports, repository, {
		...commit,
		at: ports.clock.now()
	});
	const models = shown.models.map((one) => ({
		...one,
		kept: keptOf(one.model)
	}));
	return require_light.show(ports, repository, {
		...shown,
		head,
		models
	});
}
// ../refit/src/rooms/attention-of.ts
async function attentionOf(ports, context) {
	return {
		rolledBack: rolledBack(context),
		lowered: await loweredSince(ports, context)
	};
}
function rolledBack({ history, champion }) {
	const last = history.rolledBack.findLast(({ to }) => to !== null && to.treeId === champion?.treeId);
	return last === void 0 ? null : {
		label: `v${last.version.number}`,
		at: last.at
	};
}
async function loweredSince({ git, learners, sources }, { history: { champion }, manifest, repository, request, spec }) {
	if (champion === null) return [];
	const files = [require_light.specPath(request.model, repository), require_light.manifestPath(spec.data)];
	const at = (commit) => files.map((file) => `${commit}:${file}`);
	const ids = await Promise.all([...at(champion.sha), ...at(repository.baseCommit)].map((object) => git.resolve(object)));
	if (ids[0] === ids[2] && ids[1] === ids[3]) return [];
	const [specText, manifestText] = await git.read(at(champion.sha));
	if (!specText || !manifestText) return [];
	try {
		const then = require_readers.readModelSpec(files[0], require_light.decodeText(specText), learners.installed);
		const manifestThen = require_readers.readDataManifest(files[1], require_light.decodeText(manifestText), sources.schemes);
		return [...weakenedPolicy(then, spec), ...weakenedChecks(manifestThen, manifest)];
	} catch (error) {
		if (error instanceof require_light.RefitError) return [];
		throw error;
	}
}
// ../refit/src/versions/measured-then.ts
async function measuredThen({ git }, { versions }, metric) {
	const last = versions.filter(({ broken }) => broken === null).slice(-12);
	const contents = await git.read(last.map(({ treeId }) => `${treeId}:metrics.json`));
	return last.map(({ number, committedAt }, i) => ({
		label: `v${number}`,
		at: committedAt,
		value: require_light.storedMetrics(contents[i] ?? null)[metric]
	}));
}
// ../refit/src/rooms/report-of.ts
async function reportOf$1(ports, judged, reliance) {
	const { context, snapshot, observation, decision, evaluation, verdict } = judged;
	const { request, repository, champion, history } = context;
	return makeReport({
		model: request.model,
		specFile: require_light.specPath(request.model, repository),
		branch: context.branch,
		baseBranch: repository.baseBranch,
		championLabel: champion && `v${champion.number}`,
		earlier: await measuredThen(ports, history, evaluation.primary),
		reasons: decision.reasons,
		comparison: evaluation,
		reliance,
		verdict,
		look: evaluation.look,
		alpha: evaluation.alpha,
		data: {
			rows: snapshot.rows,
			files: snapshot.files.length,
			news: snapshot.news,
			labels: [context.spec.target],
			findings: [
				...snapshot.findings,
				...observation.findings,
				...evaluation.findings
			],
			drift: observation.drift,
			classifier: observation.classifier
		},
		training: trainingOf(judged),
		inputs: judged.prepared.featureSpec.inputs.map(({ name, type }) => ({
			name,
			type
		})),
		attention: await attentionOf(ports, context),
		notices: noticesOf(judged)
	});
}
function trainingOf({ context, snapshot, prepared, training }) {
	return {
		candidates: training.candidates.map((candidate) => ({
			learner: candidate.settings.learner,
			found: foundWords(candidate.settings) ?? candidate.found,
			window: candidate.settings.training,
			calibration: candidate.settings.calibration,
			start: startFacts(candidate.start),
			validation: candidate.validation,
			alone: candidate.alone,
			bytes: candidate.bytes,
			seconds: candidate.seconds,
			chosen: candidate === training.chosen,
			failure: candidate.failure
		})),
		seed: context.spec.seed,
		unlabelledRows: prepared.labels.length - prepared.labelled.length,
		trainRows: prepared.split.train.length,
		validationRows: prepared.split.validation.length,
		inputDigest: snapshot.digests.input
	};
}
function startFacts(start) {
	if (start === void 0) return void 0;
	if (start.kind === "cold") return {
		from: null,
		because: start.because
	};
	return {
		from: `v${start.number}`,
		because: start.chosenCold
	};
}
function noticesOf({ context, snapshot: { news }, training: { challenger } }) {
	const { ledgerLost, history, champion } = context;
	const stale = history.stale.at(-1);
	return [
		...news.keyRepeats ? ["The `key` repeats within a file, so it does not identify rows: new rows were found by all of their values."] : [],
		...challenger.reproducible || challenger.settings["reproducible"] === false ? [] : [`Two trainings of ${challenger.settings.learner} with the same rows and seed gave different models, so the model that was judged ships. With \`reproducible: false\` in model.yaml refit does not try.`],
		...ledgerLost ? ["The ledger branch is missing, so comparisons on this holdout are counted from the versions in history."] : [],
		...history.state === "broken" ? ["The folder on the base branch is broken; the last valid version is the champion."] : [],
		...stale !== void 0 && stale.treeId === champion?.treeId ? [`v${stale.number} was compared with another champion than the one that it replaced.`] : []
	];
}
// ../refit/src/rooms/propose.ts
async function argue(ports, judged, files) {
	const { context, decision, evaluation, verdict } = judged;
	const { repository, request, spec } = context;
	if (files !== null) await checkSize(ports, {
		model: request.model,
		files,
		repository,
		maxModelMiB: spec.maxModelMiB
	});
	ports.out.progress("Writing the report");
	const illustrated = await reportOf$1(ports, judged, files && await measureReliance(ports, {
		...judged,
		challenger: judged.training.challenger
	}));
	const { report } = illustrated;
	return {
		context,
		decision,
		evaluation,
		verdict,
		report,
		record: await judgementRecord(judged, illustrated, ports.clock.now()),
		version: files && proposedVersion(judged, files, report)
	};
}
var byItself = {
	group: null,
	held: null
};
async function propose$1(ports, judgements, { group, held }) {
	const { context } = judgements[0];
	const { repository, request } = context;
	return ports.turns.take(async () => {
		const alerts = new Map();
		for (const one of judgements) if (one.verdict.kind === "block" && !request.dryRun) alerts.set(one, await require_light.alertVerdict(ports, one.context, one.verdict.because));
		const commit = request.dryRun ? null : await require_light.appendLedger(ports, repository, entryOf(judgements, held !== null));
		const keptOf = ({ record }) => commit === null ? null : {
			commit,
			path: record.page
		};
		for (const one of judgements.filter(({ verdict }) => verdict.kind !== "block")) {
			await require_light.closeAlert(ports, one.context);
			await proposeAnchor(ports, one.context, one.verdict);
		}
		const versions = held === null ? judgements.flatMap(({ version }) => version ?? []) : [];
		const places = versions.length > 0 && commit !== null ? await publish(ports, repository, proposalOf(context, versions, group), (model) => keptIn(judgements, model, commit)) : null;
		return judgements.map((one) => {
			const { verdict, evaluation, report, decision } = one;
			const { model } = one.context.request;
			const { because } = verdict;
			const ended = {
				model,
				because,
				evidence: {
					evaluation,
					verdict
				},
				report,
				kept: keptOf(one)
			};
			const { reasons } = decision;
			if (verdict.kind === "block") return {
				...ended,
				decision: "blocked",
				findings: [],
				alert: alerts.get(one) ?? null
			};
			if (one.version === null) return {
				...ended,
				...notProposed$1,
				reasons,
				decision: "rejected"
			};
			if (held !== null) return heldOutcome(one, {
				kind: "group-held",
				...held
			});
			const opened = one.context.proposal === null ? "proposed" : "updated";
			const word = verdict.kind === "promote" ? opened : "inconclusive";
			return {
				...ended,
				...places?.get(model) ?? notProposed$1,
				reasons,
				decision: word
			};
		});
	});
}
var notProposed$1 = {
	branch: null,
	url: null,
	operation: null,
	version: null
};
function keptIn(judgements, model, commit) {
	return {
		commit,
		path: judgements.find(({ context }) => context.request.model === model).record.page
	};
}
function entryOf(judgements, isHeld) {
	const records = judgements.map(({ record }) => record);
	const rows = records.flatMap((record) => record.rows);
	return {
		rows: isHeld ? rows.filter(({ kind }) => kind !== "proposed") : rows,
		files: new Map(records.flatMap(({ files }) => [...files])),
		at: records[0].at
	};
}
function heldOutcome({ context, decision }, heldBack) {
	return {
		model: context.request.model,
		decision: "skipped",
		reasons: decision.reasons,
		heldBack,
		nextEligibleAt: null,
		url: context.proposal?.url ?? null
	};
}
// ../refit/src/rooms/retrain.ts
var retrain_exports = require_rolldown_runtime.__exportAll({
	argue: () => argue,
	buildVersion: () => buildVersion,
	byItself: () => byItself,
	endTooEarly: () => endTooEarly,
	evaluate: () => evaluate,
	finalFit: () => finalFit,
	gate: () => gate,
	isOfCandidate: () => isOfCandidate,
	openBench: () => openBench,
	propose: () => propose$1,
	takeImport: () => takeImport,
	takeModel: () => takeModel,
	train: () => train,
	waitsForRows: () => waitsForRows,
	withPrepared: () => withPrepared,
	withTrainingScore: () => withTrainingScore
});
// ../refit/src/runs/backtest/kept-artifact.ts
function keptArtifact(artifact) {
	return [...artifact].map(([file, bytes]) => [file, Buffer.from(bytes).toString("base64")]);
}
function artifactOf(kept) {
	return new Map(kept.map(([file, text]) => [file, Buffer.from(text, "base64")]));
}
// ../refit/src/runs/backtest/kept-json.ts
async function readKept$1(files, place) {
	const bytes = await files.read(place);
	return bytes && require_light.openSealedJson(require_light.decodeText(bytes));
}
async function keep(files, place, value) {
	await files.write(place, require_light.encodeText(require_light.sealJson(value)), { lasting: false });
}
// ../refit/src/runs/backtest/kept-fits.ts
function keptFits(learners, files, where, counts) {
	const keepers = new Map();
	return {
		installed: learners.installed,
		missing: learners.missing,
		get(name) {
			const keeper = keepers.get(name) ?? learners.get(name).then((learner) => keeping(learner, files, where, counts));
			keepers.set(name, keeper);
			return keeper;
		}
	};
}
function newest() {
	const held = new Map();
	return {
		get: (key) => held.get(key) ?? null,
		hold(key, value) {
			held.delete(key);
			held.set(key, value);
			for (const oldest of [...held.keys()].slice(0, -64)) held.delete(oldest);
			return value;
		}
	};
}
function keeping(learner, files, { folder, answers }, counts) {
	if (learner.mayDiffer !== void 0) return {
		...learner,
		fit: counted(learner, counts)
	};
	const fits = newest();
	const models = newest();
	const known = newest();
	return {
		...learner,
		settle: (settings, artifact) => learner.settle(settings, artifact),
		load(artifact) {
			const name = digestOfFiles(artifact);
			const load = async () => {
				const predictor = await learner.load(artifact);
				if (!answers) return predictor;
				return {
					...predictor.reads && { reads: predictor.reads },
					async predict(features) {
						const key = name + digestOfRows(features);
						return (known.get(key) ?? known.hold(key, await predictor.predict(features))).slice();
					}
				};
			};
			return models.hold(name, models.get(name) ?? load());
		},
		async fit(request) {
			counts.asked++;
			const place = node_path.default.join(folder, `${digestOf(learner, request)}.json`);
			const before = fits.get(place) ?? await readFit(files, place);
			if (before !== null) return fits.hold(place, before);
			counts.made++;
			const made = await learner.fit(request);
			await keep(files, place, keptArtifact(made));
			return fits.hold(place, made);
		}
	};
}
function counted(learner, counts) {
	return (request) => {
		counts.asked++;
		counts.made++;
		return learner.fit(request);
	};
}
function digestOfFiles(artifact) {
	const hash = (0, node_crypto.createHash)("sha256");
	for (const [file, bytes] of artifact) hash.update(JSON.stringify([file, bytes.byteLength])).update(bytes);
	return hash.digest("hex");
}
function digestOfRows(features) {
	const hash = (0, node_crypto.createHash)("sha256");
	addFeatures(hash, features);
	return hash.digest("hex");
}
async function readFit(files, place) {
	const stored = await readKept$1(files, place);
	return stored && artifactOf(stored.value);
}
function digestOf({ name, algorithmVersion }, { task, classes, settings, seed, train, validation, champion }) {
	const hash = (0, node_crypto.createHash)("sha256");
	const live = champion === void 0 ? null : { ...champion };
	hash.update(require_light.canonicalJson([
		name,
		algorithmVersion,
		task,
		classes,
		seed,
		settings,
		live
	]));
	addRows(hash, train);
	addRows(hash, validation);
	return hash.digest("hex");
}
function addRows(hash, { features, target, weights, times }) {
	hash.update(JSON.stringify([weights !== void 0, times !== void 0]));
	addFeatures(hash, features);
	addValues(hash, target);
	if (weights !== void 0) addValues(hash, weights);
	if (times !== void 0) addValues(hash, times);
}
function addFeatures(hash, { rows, columns }) {
	hash.update(JSON.stringify([rows]));
	for (const column of columns) {
		hash.update(JSON.stringify(column.kind === "numeric" ? [column.name] : [column.name, column.levels]));
		addValues(hash, column.kind === "numeric" ? column.values : column.codes);
	}
}
function addValues(hash, values) {
	hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
// ../refit/src/runs/backtest/page.ts
async function writePage(files, folder, result, { report, charts }) {
	const place = (name) => node_path.default.join(folder, "page", name);
	await files.write(place("backtest.json"), require_light.encodeText(`${JSON.stringify(result, null, 2)}\n`), { lasting: false });
	for (const [file, { svg }] of charts) await files.write(place(file), require_light.encodeText(svg), { lasting: false });
	await files.write(place("backtest.md"), require_light.encodeText(require_light.markdownReport(report)), { lasting: false });
	return place("backtest.md");
}
// ../core/src/backtest/choose-policy.ts
var ENOUGH_OF_THE_GAIN = .9;
function choosePolicy(summaries, { name: primary, higherIsBetter }) {
	const sign = higherIsBetter ? 1 : -1;
	const valueOf = ({ metrics: values }) => values[primary] === void 0 ? null : sign * values[primary];
	const policies = summaries.filter((each) => each.kind === "policy" && valueOf(each) !== null);
	const best = Math.max(...policies.map((each) => valueOf(each)));
	const stale = summaries.find(({ kind }) => kind === "never");
	const floor = (stale && valueOf(stale)) ?? best;
	const schedule = bestSchedule(summaries, {
		name: primary,
		higherIsBetter
	});
	const beatable = schedule === null ? -Infinity : valueOf(schedule);
	const gain = best > floor ? floor + ENOUGH_OF_THE_GAIN * (best - floor) : best;
	const enough = best >= beatable ? Math.max(gain, beatable) : gain;
	return policies.filter((each) => valueOf(each) >= enough).toSorted((a, b) => a.retrains - b.retrains || valueOf(b) - valueOf(a))[0] ?? null;
}
function bestSchedule(summaries, { name: primary, higherIsBetter }) {
	const sign = higherIsBetter ? 1 : -1;
	return summaries.filter(({ kind, metrics: values }) => kind === "schedule" && values[primary] !== void 0).toSorted((a, b) => sign * (b.metrics[primary] - a.metrics[primary]))[0] ?? null;
}
// ../core/src/backtest/no-change.ts
var LEAST_SURE = .51;
function noChangeAnswers({ times, labels, delay, classes }, rows) {
	const outputs = classes > 2 ? classes : 1;
	const answers = new Float64Array(rows.length * outputs);
	let [seen, last, alike, pairs] = [
		0,
		NaN,
		0,
		0
	];
	for (const [i, row] of rows.entries()) {
		for (; seen < row && times[seen] < times[row] && times[seen] + delay <= times[row]; seen++) {
			const label = labels[seen];
			if (Number.isNaN(label)) continue;
			if (!Number.isNaN(last)) pairs++;
			if (label === last) alike++;
			last = label;
		}
		if (Number.isNaN(last)) return null;
		const sure = Math.max(LEAST_SURE, (alike + 1) / (pairs + 2));
		if (classes === 0) answers[i] = last;
		else if (classes === 2) answers[i] = last === 1 ? sure : 1 - sure;
		else for (let each = 0; each < classes; each++) answers[i * classes + each] = each === last ? sure : (1 - sure) / (classes - 1);
	}
	return answers;
}
// ../core/src/backtest/search-trials.ts
var COARSE_NIGHTS = 12;
var LEAST_ROWS = 200;
var WINDOWS = [1 / 4, 1 / 16];
var RHYTHMS = [
	1,
	2,
	4,
	8
];
var MIDDLE = 2;
function coarseNights({ nights }) {
	return Math.max(1, Math.ceil(nights / COARSE_NIGHTS));
}
function coarseTrials(space) {
	const rhythm = byAge(coarseNights(space) * space.everyDays);
	const windows = [null, ...windowsOf(space, WINDOWS)];
	const holdouts = space.holdoutDays === null ? [] : [space.holdoutDays / 2, space.holdoutDays * 2].map(wholeDays);
	return distinct([
		rhythm,
		...windows.map((trainingDays) => ({
			...rhythm,
			trainingDays
		})),
		...holdouts.map((holdoutDays) => ({
			...rhythm,
			holdoutDays
		}))
	]);
}
function fineTrials(space, best) {
	const { everyDays, nights, historyDays } = space;
	const procedure = procedureOf(best);
	const rhythms = RHYTHMS.filter((rhythm) => rhythm === 1 || rhythm <= nights / 4);
	const rhythm = byAge((rhythms.includes(MIDDLE) ? MIDDLE : 1) * everyDays);
	const middle = {
		...procedure,
		...rhythm
	};
	const days = procedure.trainingDays ?? null;
	const windows = days === null ? [] : windowsOf(space, [days / 2 / historyDays, days * 2 / historyDays]);
	const holdout = procedure.holdoutDays ?? space.holdoutDays;
	const holdouts = holdout === null ? [] : [holdout / Math.SQRT2, holdout * Math.SQRT2].map(wholeDays);
	const burst = Math.round(space.rows / historyDays * rhythm.maxAgeDays);
	return distinct([
		procedure,
		...rhythms.map((each) => ({
			...procedure,
			...byAge(each * everyDays)
		})),
		rhythm,
		{
			...procedure,
			maxAgeDays: rhythms.at(-1) * everyDays,
			minNewRows: Math.max(1, burst)
		},
		...windows.map((window) => ({
			...middle,
			trainingDays: window
		})),
		...holdouts.map((window) => ({
			...middle,
			holdoutDays: window
		}))
	]);
}
function bestTrial(trials, summaries, { name: primary, higherIsBetter }) {
	const measured = trials.flatMap((trial, i) => {
		const value = summaries[i].metrics[primary];
		return value === void 0 ? [] : [{
			trial,
			value: higherIsBetter ? value : -value
		}];
	});
	const best = (alike) => measured.filter(({ trial }) => alike(trial)).toSorted((a, b) => b.value - a.value)[0]?.trial;
	const window = best(({ holdoutDays }) => holdoutDays === void 0);
	const holdout = best(({ trainingDays }) => trainingDays === void 0);
	if (window === void 0 && holdout === void 0) return null;
	return procedureOf({
		trainingDays: window?.trainingDays,
		holdoutDays: holdout?.holdoutDays
	});
}
function procedureOf({ trainingDays, holdoutDays }) {
	return {
		...trainingDays !== void 0 && { trainingDays },
		...holdoutDays !== void 0 && { holdoutDays }
	};
}
function byAge(maxAgeDays) {
	return {
		maxAgeDays,
		minNewRows: null
	};
}
function windowsOf({ historyDays, rows }, shares) {
	return shares.filter((share) => share < 1 && share * rows >= LEAST_ROWS).map((share) => wholeDays(share * historyDays));
}
var wholeDays = (days) => Math.max(1, Math.round(days));
function distinct(trials) {
	return [...new Map(trials.map((trial) => [trialName(trial), trial])).values()];
}
function trialName({ trainingDays, holdoutDays, maxAgeDays, minNewRows }) {
	const parts = [
		maxAgeDays === void 0 ? null : `maxAgeDays ${maxAgeDays}`,
		minNewRows === void 0 || minNewRows === null ? null : `minNewRows ${minNewRows}`,
		trainingDays === void 0 ? null : trainingDays === null ? "all rows" : `training ${trainingDays} days`,
		holdoutDays === void 0 ? null : `holdout ${holdoutDays} days`
	].filter((part) => part !== null);
	return parts.length === 0 ? "model.yaml" : parts.join(", ");
}
// ../core/src/backtest/nights.ts
function nightsOf({ from, to, everyDays }) {
	const nights = [];
	for (let at = from; at < to; at = from + nights.length * everyDays * require_light.DAY) nights.push(at);
	return nights;
}
var REPLAYED = .8;
var MOST_NIGHTS = 60;
function defaultSpan(times, minRows) {
	const [oldest, newest] = [times[0], times.at(-1)];
	const enough = times[Math.min(Math.max(minRows, 1), times.length) - 1];
	const from = Math.ceil(Math.max(newest - (newest - oldest) * REPLAYED, enough) / require_light.DAY) * require_light.DAY;
	const days = (newest - from) / require_light.DAY;
	const weeks = Math.ceil(days / MOST_NIGHTS / 7);
	return {
		from,
		to: newest,
		everyDays: days < MOST_NIGHTS ? 1 : 7 * Math.max(1, weeks)
	};
}
var CHOSEN_ON = .8;
function nightsToChooseOn(nights) {
	return Math.ceil(nights * CHOSEN_ON);
}
// ../core/src/statistics/resampling/block-bootstrap.ts
function blockBootstrap({ values, weights, seed, replicates = 2e3 }) {
	const count = values.length;
	if (count < 4) return null;
	const length = Math.max(1, Math.ceil(Math.cbrt(count)));
	const means = new Float64Array(replicates);
	for (let replicate = 0; replicate < replicates; replicate++) {
		const next = require_commands.randomBits(seed, replicate);
		let [sum, weight] = [0, 0];
		for (let drawn = 0; drawn < count; drawn += length) {
			const start = next() % count;
			for (let i = 0; i < Math.min(length, count - drawn); i++) {
				const place = (start + i) % count;
				sum += weights[place] * values[place];
				weight += weights[place];
			}
		}
		means[replicate] = weight === 0 ? 0 : sum / weight;
	}
	means.sort();
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return {
		mean: values.reduce((sum, value, i) => sum + weights[i] * value, 0) / total,
		low: quantile(means, .025),
		high: quantile(means, .975)
	};
}
// ../core/src/backtest/summarise-line.ts
function sharedNights(nights, lines, primary) {
	const isMeasured = (night, id) => night.lines[id]?.metrics?.[primary] !== void 0;
	const measured = lines.filter(({ id }) => nights.some((night) => isMeasured(night, id)));
	return nights.filter((night) => measured.length > 0 && measured.every(({ id }) => isMeasured(night, id)));
}
function summariseLine(line, { nights, shared, names }) {
	const own = nights.flatMap(({ lines }) => lines[line.id] ?? []);
	const count = (holds) => own.filter(holds).length;
	const refused = own.filter(({ retrained, promoted, decision }) => retrained && !promoted && decision !== null);
	const means = names.map((name) => [name, meanOf(line.id, name, shared)]);
	return {
		...line,
		metrics: Object.fromEntries(means.filter(([, mean]) => mean !== void 0)),
		retrains: count(({ retrained }) => retrained),
		promotions: count(({ promoted }) => promoted),
		refusals: refused.length,
		refusedFor: byFrequency(refused.flatMap(({ against }) => against)),
		dataBlocks: count(({ decision, retrained }) => decision === "blocked" && !retrained),
		failures: count(({ decision }) => decision === "failed")
	};
}
function compareLine(line, others, request) {
	const rivals = others.filter((id) => id !== line.id);
	return {
		...line,
		against: Object.fromEntries(rivals.map((id) => [id, differenceBetween(line.id, id, request)]))
	};
}
function byFrequency(words) {
	const counts = new Map();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}
function meanOf(id, name, nights) {
	let [sum, rows] = [0, 0];
	for (const night of nights) {
		const value = night.lines[id]?.metrics?.[name];
		if (value === void 0) continue;
		sum += night.rows * value;
		rows += night.rows;
	}
	return rows === 0 ? void 0 : sum / rows;
}
function differenceBetween(id, other, { shared, primary, seed }) {
	const { name, higherIsBetter } = primary;
	const sign = higherIsBetter ? 1 : -1;
	const pairs = shared.flatMap(({ rows, lines }) => {
		const [own, theirs] = [lines[id]?.metrics?.[name], lines[other]?.metrics?.[name]];
		return own === void 0 || theirs === void 0 ? [] : [{
			rows,
			difference: sign * (own - theirs)
		}];
	});
	return blockBootstrap({
		values: pairs.map(({ difference }) => difference),
		weights: pairs.map(({ rows }) => rows),
		seed
	});
}
// ../refit/src/specs/edit-in-text.ts
function editInText(text, edits, below) {
	return edits.reduce((before, edit) => edited(before, edit, below), text);
}
function putKeysInText(text, other, below) {
	const root = require_yaml.parseDocument(other).contents;
	if (!require_yaml.isMap(root)) return text;
	return root.items.reduce((before, pair) => withKey(before, other, pair, below), text);
}
function withKey(text, other, { key, value }, below) {
	const document = require_yaml.parseDocument(text);
	const wanted = document.clone();
	wanted.set(key, value);
	const before = document.toJS();
	if ((0, node_util.isDeepStrictEqual)(before, wanted.toJS())) return text;
	const words = other.slice(key.range[0], endOf(value) ?? endOf(key));
	const simple = spliced(text, placeOfKey(text, document, String(key), {
		words,
		below
	}));
	return (0, node_util.isDeepStrictEqual)(valueOf(simple), wanted.toJS()) ? simple : wanted.toString({ lineWidth: 0 });
}
function placeOfKey(text, { contents }, key, { words, below }) {
	const nowhere = {
		at: text.length,
		words: ""
	};
	if (!require_yaml.isMap(contents)) return nowhere;
	const pair = pairOf(contents, key);
	if (pair === null) return afterLine(text, endOf(pairOf(contents, below)?.value), `${words}\n`) ?? nowhere;
	return {
		at: startOf(pair) ?? text.length,
		until: lastOf(pair) ?? text.length,
		words
	};
}
function edited(text, edit, below) {
	const document = require_yaml.parseDocument(text);
	const wanted = document.clone();
	if (edit.value === null) wanted.deleteIn(edit.path);
	else wanted.setIn(edit.path, edit.value);
	const insertion = edit.value === null ? cut(text, document, edit.path) : put(text, document, edit, below);
	const simple = insertion && spliced(text, insertion);
	if (simple !== null && (0, node_util.isDeepStrictEqual)(valueOf(simple), wanted.toJS())) return simple;
	return wanted.toString({ lineWidth: 0 });
}
function put(text, document, { path, value }, below) {
	const [outer, inner] = path;
	const root = document.contents;
	if (!require_yaml.isMap(root) || root.flow === true) return null;
	const pair = pairOf(root, outer);
	if (pair === null) {
		const words = inner === void 0 ? String(value) : `{ ${inner}: ${value} }`;
		return afterLine(text, endOf(pairOf(root, below)?.value), `${outer}: ${words}\n`);
	}
	const place = inner === void 0 ? pair : require_yaml.isMap(pair.value) ? pairOf(pair.value, inner) : null;
	if (place !== null) return over(place.value, String(value));
	const map = pair.value;
	if (!require_yaml.isMap(map)) return null;
	const words = `${inner}: ${value}`;
	if (map.flow === true) return map.items.length === 0 ? over(map, `{ ${words} }`) : beforeBracket(text, map, words);
	return afterLine(text, endOf(map), `${indentOf(text, map.items[0]?.key)}${words}\n`);
}
function over(node, words) {
	return node?.range ? {
		at: node.range[0],
		until: node.range[1],
		words
	} : null;
}
function cut(text, document, path) {
	const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
	if (!require_yaml.isMap(parent) && !require_yaml.isSeq(parent)) return null;
	const name = path.at(-1);
	const place = require_yaml.isMap(parent) ? parent.items.indexOf(pairOf(parent, String(name))) : Number(name);
	if (place < 0 || parent.items[place] === void 0) return null;
	return parent.flow === true ? cutBetweenCommas(parent, place) : cutLines(text, parent.items[place]);
}
function cutBetweenCommas({ items }, place) {
	const next = items[place + 1];
	const at = place === 0 ? startOf(items[0]) : lastOf(items[place - 1]);
	const until = place === 0 && next !== void 0 ? startOf(next) : lastOf(items[place]);
	return at === null || until === null ? null : {
		at,
		until,
		words: ""
	};
}
function cutLines(text, item) {
	const [start, end] = [startOf(item), lastOf(item)];
	if (start === null || end === null) return null;
	const lineEnd = text.indexOf("\n", Math.max(end - 1, 0));
	return {
		at: text.lastIndexOf("\n", start - 1) + 1,
		until: lineEnd === -1 ? text.length : lineEnd + 1,
		words: ""
	};
}
function startOf(item) {
	return (isPairLike(item) ? item.key : item)?.range?.[0] ?? null;
}
function lastOf(item) {
	return isPairLike(item) ? endOf(item.value ?? item.key) : endOf(item);
}
function isPairLike(item) {
	return typeof item === "object" && item !== null && "key" in item;
}
// ../refit/src/specs/policy.ts
var yaml = {
	version: "1.2",
	schema: "core"
};
var question = [
	"task",
	"data",
	"target",
	"positive",
	"time",
	"key",
	"group",
	"weight",
	"metrics"
];
function readPolicySpec(base, file, text, learners) {
	const policy = require_yaml.parseDocument(text, {
		...yaml,
		prettyErrors: false
	});
	if (policy.errors.length > 0 || !require_yaml.isMap(policy.contents)) return {
		text,
		spec: require_readers.readModelSpec(file, text, learners),
		changes: []
	};
	const merged = putKeysInText(base.text, text, "candidates");
	const spec = require_readers.readModelSpec(file, merged, learners);
	const changed = question.filter((key) => JSON.stringify(spec[key]) !== JSON.stringify(base.spec[key]));
	if (changed.length > 0) throw new require_light.BacktestPolicyError(file, changed);
	return {
		text: merged,
		spec,
		changes: changesBetween$1(base.text, merged)
	};
}
function editPolicySpec(base, name, edits, learners) {
	const text = editInText(base.text, edits, "candidates");
	return {
		text,
		spec: require_readers.readModelSpec(name, text, learners),
		changes: changesBetween$1(base.text, text)
	};
}
var flow = {
	collectionStyle: "flow",
	lineWidth: 0
};
function changesBetween$1(before, after) {
	const [old, now] = [before, after].map((text) => require_yaml.parseDocument(text, yaml).toJS());
	return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((key) => ({
		key,
		before: written(key, old[key]),
		after: written(key, now[key])
	})).filter((change) => change.before !== change.after);
}
function written(key, value) {
	return value === void 0 ? null : require_yaml.stringify({ [key]: value }, flow).trimEnd().replace(/^\{ (.*) \}$/s, "$1");
}
// ../refit/src/runs/backtest/arrived-files.ts
async function readArrivals(ports, repository, manifest, where) {
	const files = await filesOf$1(ports, repository, manifest, where);
	const tables = new Map();
	for (const table of manifest.tables ?? []) {
		const { availableAt } = table;
		const known = availableAt === void 0 ? null : {
			...where,
			time: availableAt
		};
		tables.set(table.name, await filesOf$1(ports, repository, require_light.asOwnRows(table, manifest), known));
	}
	return {
		files,
		tables,
		times: Float64Array.from(files.flatMap(({ rows }) => [...rows?.times ?? []])).sort()
	};
}
async function filesOf$1(ports, repository, manifest, where) {
	const listing = await ports.sources.list(repository, manifest, { workTree: false });
	const sources = await sourcesByFile(ports, repository, manifest);
	const files = [];
	for (const source of listing.files) {
		const file = await ports.sources.fetch(repository, source);
		const rows = where && await ports.arrivals.open(file, manifest, where);
		files.push({
			file,
			rows,
			sources: sources.get(file.path)
		});
	}
	return files;
}
async function sourcesByFile({ sources }, repository, manifest) {
	const byFile = new Map();
	for (const source of manifest.sources) {
		const { files } = await sources.list(repository, {
			...manifest,
			sources: [source]
		}, { workTree: false });
		for (const file of files) byFile.set(file.path, (byFile.get(file.path) ?? new Set()).add(source.path));
	}
	return byFile;
}
async function dataUntil(ports, history, place, instant) {
	const tables = new Map();
	for (const table of place.manifest.tables ?? []) {
		const ofTable = {
			...place,
			manifest: require_light.asOwnRows(table, place.manifest)
		};
		tables.set(table.name, await filesUntil(ports, history.tables.get(table.name) ?? [], ofTable, instant.tables));
	}
	return {
		...await filesUntil(ports, history.files, place, instant.rows),
		tables
	};
}
function fetchedTables({ tables }) {
	return new Map([...tables].map(([name, { files }]) => [name, files]));
}
async function filesUntil(ports, files, { manifest, folder }, instant) {
	const arrived = [];
	const present = new Set();
	for (const { file, rows, sources } of files) {
		const bytes = rows && await rows.until(instant, folder);
		if (rows !== null && bytes === null) continue;
		for (const source of sources) present.add(source);
		if (bytes === null) {
			arrived.push(file);
			continue;
		}
		const digest = require_light.sha256(bytes);
		if (digest === (file.named?.own ?? file.sha256)) {
			arrived.push(file);
			continue;
		}
		const localPath = node_path.default.join(folder, `${digest}${node_path.default.extname(file.path)}`);
		if ((await ports.files.list(folder)).every((entry) => entry.path !== node_path.default.basename(localPath))) await ports.files.write(localPath, bytes, { lasting: false });
		arrived.push({
			...file,
			...cutOf(file, digest, bytes),
			localPath
		});
	}
	return {
		files: arrived,
		findings: manifest.sources.filter((source) => !present.has(source.path)).map((source) => require_light.finding("no-files", {}, `No file matches ${JSON.stringify(source.path)} yet.`))
	};
}
function cutOf({ blob: whole, named }, digest, bytes) {
	const size = bytes.byteLength;
	if (named !== void 0) {
		const both = require_light.sha256(`${digest} ${named.sha256}\n`);
		return {
			bytes: size,
			sha256: both,
			blob: null,
			identity: both,
			named: {
				...named,
				sha256: both,
				own: digest
			}
		};
	}
	const blob = whole && require_light.blobId(bytes, whole);
	return {
		bytes: size,
		sha256: digest,
		blob,
		identity: blob ?? digest
	};
}
function arrivedSources(schemes, { tables, ...own }) {
	const nameOf = ({ path: name, identity }) => JSON.stringify([name, identity]);
	const all = [own, ...tables.values()].flatMap(({ files }) => files);
	const byName = new Map(all.map((file) => [nameOf(file), file]));
	return {
		schemes,
		async list(_, { ofTable }) {
			const { files, findings } = (ofTable === void 0 ? own : tables.get(ofTable)) ?? {
				files: [],
				findings: []
			};
			return {
				files,
				findings,
				notices: []
			};
		},
		knownDigest: async (_, file) => byName.get(nameOf(file))?.sha256 ?? null,
		watched: async () => [],
		earlier: async () => null,
		async fetch(_, file) {
			const arrived = byName.get(nameOf(file));
			if (arrived === void 0) throw new require_light.SourceVanishedError(file.path);
			return arrived;
		}
	};
}
// ../refit/src/runs/backtest/trial-edits.ts
function editsOf(trial, spec) {
	const { trainingDays, holdoutDays, maxAgeDays, minNewRows } = trial;
	const edits = [];
	if (maxAgeDays !== void 0) edits.push({
		path: ["retrain", "maxAgeDays"],
		value: maxAgeDays
	});
	if (minNewRows === null && spec.retrain.minNewRows !== void 0 || minNewRows !== void 0 && minNewRows !== null) edits.push({
		path: ["retrain", "minNewRows"],
		value: minNewRows
	});
	if (holdoutDays !== void 0) edits.push({
		path: ["holdout", "days"],
		value: holdoutDays
	});
	return trainingDays === void 0 ? edits : [...edits, ...windowEdits(trainingDays, spec)];
}
function windowEdits(days, { candidates, training }) {
	const kinds = candidates.map((candidate) => require_light.canonicalJson({
		...candidate,
		training: null
	}));
	return [...candidates.flatMap((candidate, i) => {
		if (kinds.indexOf(kinds[i]) < i) return [{
			path: ["candidates", i],
			value: null
		}];
		return candidate.training === void 0 ? [] : [{
			path: [
				"candidates",
				i,
				"training"
			],
			value: null
		}];
	}).toReversed(), ...sharedWindow(days, training)];
}
function sharedWindow(days, training) {
	if (days === null && training !== void 0 && training.halfLifeDays === void 0) return [{
		path: ["training"],
		value: null
	}];
	const rows = training?.rows === void 0 ? [] : [{
		path: ["training", "rows"],
		value: null
	}];
	if (days !== null) return [{
		path: ["training", "days"],
		value: days
	}, ...rows];
	return training?.days === void 0 ? rows : [{
		path: ["training", "days"],
		value: null
	}];
}
// ../refit/src/runs/backtest/plan.ts
var DAY$1 = 864e5;
async function readPast(ports, { model, labelDelayDays }) {
	require_light.checkModelName(model);
	const repository = await ports.git.locate();
	const { spec, manifest } = await require_light.readSpecs(ports, repository, model, { workTree: false });
	const { time } = spec;
	if (time === void 0) throw new require_light.UsageError(`${require_light.specPath(model, repository)} names no \`time\`, so its rows cannot be replayed.`, "refit backtest");
	return {
		model,
		repository,
		spec: {
			...spec,
			time
		},
		manifest,
		files: await baseFiles(ports, repository, [
			require_light.specPath(model, repository),
			`data-manifests/${spec.data}.yaml`,
			".gitattributes",
			require_light.layoutFile,
			...(manifest.views ?? []).map(require_light.viewFile),
			...new Set(spec.candidates.flatMap(require_light.codeOf))
		]),
		history: await historyOf(ports, repository, manifest, time),
		delay: labelDelayDays * DAY$1,
		home: node_path.default.join(repository.commonDir, "refit", "backtest", require_light.flatName(model))
	};
}
async function historyOf(ports, repository, manifest, time) {
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		return await readArrivals(ports, repository, manifest, {
			time,
			scratch: scratch.path
		});
	} finally {
		await scratch.remove();
	}
}
async function baseFiles({ git }, { baseCommit }, names) {
	const contents = await git.read(names.map((name) => `${baseCommit}:${name}`));
	return new Map(names.flatMap((name, i) => contents[i] ? [[name, contents[i]]] : []));
}
function spanOf({ history, manifest }, { from, to, everyDays }) {
	if (history.times.length === 0) throw new require_light.BacktestSpanError("there are no rows");
	const usual = defaultSpan(history.times, manifest.checks.minRows);
	const span = {
		from: from ?? usual.from,
		to: to ?? usual.to,
		everyDays: everyDays ?? usual.everyDays
	};
	const nights = nightsOf(span).length;
	if (nights < 2) throw new require_light.BacktestSpanError(`${nights} nights lie between ${require_light.day(span.from)} and ${require_light.day(span.to)}`);
	return span;
}
async function askedPolicies(ports, past, files) {
	const today = todayOf(past);
	const policies = [{
		...today,
		line: policyLine("today", "model.yaml"),
		changes: [],
		code: new Map()
	}];
	for (const [i, { file, text }] of files.entries()) {
		const policy = readPolicySpec(today, file, text, ports.learners.installed);
		const code = policy.changes.some(({ key }) => key === "candidates") ? await codeInWorkTree(ports, past, policy.spec) : new Map();
		policies.push({
			...policy,
			line: policyLine(`policy-${i + 1}`, file),
			code
		});
	}
	return policies;
}
async function codeInWorkTree(ports, { repository }, { candidates }) {
	const all = new Map();
	for (const candidate of candidates) {
		const code = await require_light.readCode(ports, repository, candidate, { workTree: true });
		for (const [file, bytes] of code) all.set(file, bytes);
	}
	return all;
}
function triedPolicies({ learners }, past, trials) {
	const today = todayOf(past);
	return trials.map((trial, i) => {
		const name = trialName(trial);
		return {
			...editPolicySpec(today, name, editsOf(trial, past.spec), learners.installed),
			line: policyLine(`trial-${i + 1}`, name),
			code: new Map()
		};
	});
}
function todayOf({ spec, files, model, repository }) {
	return {
		spec,
		text: require_light.decodeText(files.get(require_light.specPath(model, repository)))
	};
}
function policyLine(id, name) {
	return {
		id,
		kind: "policy",
		name,
		everyDays: null
	};
}
function planReplay(past, span, { policies, references, keepsBack }) {
	const nights = nightsOf(span);
	const named = ({ file }) => [file.path, file.sha256];
	const key = require_light.sha256(JSON.stringify([
		require_light.version,
		[...past.files].map(([file, bytes]) => [file, require_light.sha256(bytes)]),
		past.history.files.map(named),
		[...past.history.tables].map(([name, files]) => [name, files.map(named)]),
		policies.map(({ line, text, code }) => [
			line.id,
			line.name,
			text,
			...codeDigests(code)
		]),
		[references.map(({ id }) => id), keepsBack],
		span,
		past.delay
	]));
	return {
		...past,
		span,
		nights,
		chosenOn: keepsBack ? nightsToChooseOn(nights.length) : nights.length,
		policies,
		lines: [...policies.map(({ line }) => line), ...references],
		folder: node_path.default.join(past.home, key.slice(0, 16))
	};
}
var codeDigests = (code) => [...code].map(([file, bytes]) => [file, require_light.sha256(bytes)]);
function referenceLines(span) {
	const nights = nightsOf(span).length;
	return [
		{
			id: "never",
			kind: "never",
			name: "never",
			everyDays: null
		},
		...(span.everyDays < 7 ? [
			1,
			7,
			14,
			28
		] : [
			1,
			2,
			4,
			8
		]).filter((each) => each === 1 || each <= nights / 2).map((each) => each * span.everyDays).map((everyDays) => ({
			id: `every-${everyDays}`,
			kind: "schedule",
			name: `every ${everyDays} days`,
			everyDays
		})),
		{
			id: "no-change",
			kind: "no-change",
			name: "no change",
			everyDays: null
		}
	];
}
// ../refit/src/runs/backtest/propose-policy.ts
async function proposePolicy(ports, evidence) {
	const { policy, result } = evidence;
	if (policy === null || result.nights.length < result.planned) return notProposed("unfinished");
	if (policy.changes.length === 0) return notProposed("keep");
	const overToday = result.keptBack?.lines.find(({ id }) => id === policy.line.id)?.against["today"];
	if (overToday && overToday.high < 0) return notProposed("refuted");
	return require_light.despiteRaces(() => proposeOnce(ports, evidence, policy));
}
function notProposed(why, url = null) {
	return {
		proposed: false,
		why,
		url
	};
}
async function proposeOnce(ports, { past, result, told }, policy) {
	const { model } = past;
	const repository = await require_light.fetched(ports, false);
	const path = require_light.specPath(model, repository);
	const branch = require_light.policyBranch(model);
	if (await textAt(ports, repository.baseCommit, path) !== require_light.decodeText(past.files.get(path))) return notProposed("moved");
	if (!await isOnBase(ports, repository, policy)) return notProposed("uncommitted");
	const before = await ports.forge.proposal(repository, branch);
	if (before !== null) {
		const isDeclined = before.declinedAt !== null;
		if (isDeclined && await textAt(ports, before.head, path) === policy.text) return notProposed("declined", before.url);
		if (!isDeclined && before.heldByPerson) return notProposed("held", before.url);
	}
	const title = `refit(${model}): retrain by another policy`;
	const at = ports.clock.now();
	const evidenceDigest = require_light.sha256(policy.text + require_light.reportFile(told.report));
	const kept = await keepReport(ports, repository, {
		told,
		folder: `reports/${model}/policy-${evidenceDigest.slice(0, 16)}`,
		at
	});
	const head = await require_commands.pushProposal(ports, repository, {
		branch,
		contents: new Map([[path, require_light.encodeText(policy.text)]]),
		over: await require_light.sharedHead(ports, repository, branch),
		message: `${title}\n\n${policy.line.name}\n\nRefit-Model: ${model}\nRefit-Policy: ${evidenceDigest}\n`,
		at
	});
	const { url, operation } = await ports.forge.ensureProposal(repository, {
		kind: "policy",
		models: [{
			model,
			report: told.report,
			kept,
			inputDigest: evidenceDigest,
			check: checkOf(result)
		}],
		overview: null,
		branch,
		head,
		title,
		at,
		baseBranch: repository.baseBranch,
		draft: false,
		autoMerge: false,
		reviewers: past.spec.reviewers
	});
	return {
		proposed: true,
		branch,
		url,
		operation
	};
}
function checkOf({ lowers }) {
	return {
		conclusion: "success",
		summary: ["No version is changed, so there is nothing to judge.", ...lowers.map((clause) => `- It asks less: ${require_light.cell(clause)}.`)].join("\n")
	};
}
async function isOnBase(ports, repository, { code }) {
	const names = [...code.keys()];
	const stored = await ports.git.read(names.map((file) => `${repository.baseCommit}:${file}`));
	const there = new Map(names.flatMap((file, i) => stored[i] ? [[file, stored[i]]] : []));
	const known = await ports.largeFiles.resolve(repository, there);
	return [...code].every(([file, bytes]) => Buffer.compare(known.get(file) ?? new Uint8Array(), bytes) === 0);
}
async function textAt({ git }, commit, path) {
	const [bytes] = await git.read([`${commit}:${path}`]);
	return bytes ? require_light.decodeText(bytes) : null;
}
async function keepReport(ports, repository, { told: { report, charts }, folder, at }) {
	const { missing } = await require_light.readLedger(ports, repository, report.model);
	if (missing) return null;
	const texts = [
		["report.md", require_light.markdownReport(report)],
		["report.json", require_light.reportFile(report)],
		...[...charts].map(([file, { svg }]) => [file, svg])
	];
	const files = new Map(texts.map(([file, text]) => [`${folder}/${file}`, require_light.encodeText(text)]));
	return {
		commit: await require_light.appendLedger(ports, repository, {
			rows: [],
			files,
			at
		}),
		path: `${folder}/report.md`
	};
}
// ../refit/src/runs/backtest/choice.ts
function primaryOf$1({ spec: { metrics } }) {
	return require_commands.metricOf(metrics.primary, metrics);
}
function summaries(plan, nights) {
	const { spec, lines } = plan;
	const primary = primaryOf$1(plan);
	const here = lines.filter(({ id }) => nights.some((night) => night.lines[id] !== void 0));
	const request = {
		nights,
		shared: sharedNights(nights, here, primary.name),
		names: require_light.measuredMetrics(spec.metrics),
		primary,
		seed: spec.seed
	};
	return {
		request,
		lines: here.map((line) => summariseLine(line, request))
	};
}
function chosenPolicy(plan, nights) {
	return choosePolicy(summaries(plan, nights).lines, primaryOf$1(plan))?.id ?? null;
}
// ../refit/src/runs/backtest/journal.ts
async function readJournal(files, folder) {
	const entries = [];
	for (;;) {
		const stored = await readKept$1(files, placeOf(folder, entries.length));
		if (stored === null) return entries;
		entries.push(stored.value);
	}
}
async function writeJournal(files, folder, index, entry) {
	await keep(files, placeOf(folder, index), entry);
}
var placeOf = (folder, index) => node_path.default.join(folder, "nights", `${String(index).padStart(5, "0")}.json`);
// ../refit/src/runs/backtest/replay-policy.ts
async function openReplay(ports, plan, { policy, wanted }) {
	const { model, repository } = plan;
	const { baseBranch } = repository;
	const root = node_path.default.join(plan.folder, "policies", require_light.sha256(policy.line.id + policy.text).slice(0, 12));
	const replica = await ports.replicas.open(root, baseBranch);
	const { git, branches } = replica;
	const names = [
		baseBranch,
		"refit-ledger",
		require_light.proposalBranch(model)
	].map((name) => `refs/heads/${name}`);
	const refs = async () => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await git.resolve(name)])));
	const place = {
		root,
		commonDir: node_path.default.join(root, ".git"),
		baseBranch,
		baseCommit: "",
		remote: null,
		notices: []
	};
	const now = await refs();
	const moved = names.filter((name) => (wanted?.[name] ?? null) !== now[name]);
	await branches.updateRefs(place, moved.map((ref) => ({
		ref,
		id: wanted?.[ref] ?? null,
		expected: now[ref]
	})));
	if (wanted === null) await firstCommit(replica, place, plan, policy);
	return {
		policy,
		replica,
		live: null,
		refs,
		async night(given) {
			const here = await git.locate();
			const outcome = await outcomeOf({
				...given,
				...replica,
				forge: forgeOfBranches(git, replica.forge)
			}, here, model);
			if ("decision" in outcome && isPromoted(outcome)) await merge(replica, here, outcome);
			const live = await git.resolve(`refs/heads/${baseBranch}:${require_light.championFolder(model, repository)}`);
			return {
				...nightOf(outcome),
				version: live
			};
		}
	};
}
async function firstCommit({ branches }, place, { files, model, nights, repository }, { text, code }) {
	await branches.commit(place, {
		ref: `refs/heads/${place.baseBranch}`,
		expected: null,
		parent: null,
		replace: [],
		files: new Map([
			...files,
			...code,
			[require_light.specPath(model, repository), require_light.encodeText(text)]
		]),
		message: "What is predicted, and by which policy\n",
		at: nights[0]
	});
}
var ofRowsAndPolicy = new Set([
	"column-missing",
	"feature-conflict",
	"feature-mismatch",
	"learner-diverged",
	"metric-value",
	"model-too-large",
	"no-features",
	"prepare-invalid",
	"single-class",
	"spec-invalid",
	"target-task",
	"time-missing",
	"time-type",
	"too-few-rows",
	"too-many-classes",
	"unknown-column",
	"unknown-positive",
	"unreadable-data",
	"unseen-class",
	"weight-invalid"
]);
async function outcomeOf(ports, repository, model) {
	try {
		return await require_light.run(ports, repository, {
			model,
			force: null,
			dryRun: false
		});
	} catch (error) {
		if (error instanceof require_light.RefitError && ofRowsAndPolicy.has(error.code)) return { error: error.code };
		throw error;
	}
}
function isPromoted(outcome) {
	return (outcome.decision === "proposed" || outcome.decision === "updated") && outcome.version !== null;
}
async function merge({ branches, git }, repository, { model }) {
	const { baseBranch, baseCommit } = repository;
	const ref = `refs/heads/${require_light.proposalBranch(model)}`;
	const head = await git.resolve(ref);
	await branches.updateRefs(repository, [{
		ref: `refs/heads/${baseBranch}`,
		id: head,
		expected: baseCommit
	}, {
		ref,
		id: null,
		expected: head
	}]);
}
function nightOf(outcome) {
	if ("error" in outcome) return {
		decision: "failed",
		because: [outcome.error],
		against: [],
		retrained: false,
		promoted: false
	};
	const promoted = isPromoted(outcome);
	switch (outcome.decision) {
		case "skipped":
		case "suppressed": return {
			decision: outcome.decision,
			because: [outcome.heldBack.kind],
			against: [],
			retrained: false,
			promoted
		};
		case "blocked": return {
			...night(outcome.findings.map(({ code }) => code), outcome.because),
			retrained: outcome.evidence !== null
		};
		default: return night(outcome.reasons.map(({ kind }) => kind), outcome.because);
	}
	function night(reasons, against) {
		return {
			decision: outcome.decision,
			because: [...new Set(reasons)],
			against: [...new Set(against.map((each) => "code" in each ? each.code : each.kind))],
			retrained: true,
			promoted
		};
	}
}
function forgeOfBranches({ resolve }, { name, limits, pullRequest }) {
	return {
		name,
		limits,
		pullRequest,
		async proposal(_, branch) {
			const head = await resolve(`refs/heads/${branch}`);
			if (head === null) return null;
			return {
				branch,
				head,
				heldByPerson: false,
				complete: true,
				url: branch,
				declinedAt: null
			};
		},
		expect() {},
		ensureProposal: async (_, { branch }) => ({
			url: branch,
			operation: "created"
		}),
		async ensureRemark() {},
		alert: async () => null,
		ensureAlert: async () => null,
		async ensureCheck() {}
	};
}
// ../refit/src/runs/backtest/scheduled-models.ts
function contextOf({ model, repository, spec, manifest }) {
	return {
		request: {
			model,
			force: null,
			dryRun: true
		},
		repository,
		spec,
		manifest,
		champion: null,
		ledgerCommit: null
	};
}
async function trainUnjudged(ports, past, data) {
	const context = contextOf(past);
	const named = (files) => files.map((source) => ({
		source,
		sha256: source.sha256
	}));
	const tables = new Map([...fetchedTables(data)].map(([name, files]) => [name, named(files)]));
	const sources = named(data.files);
	const { finalFit, train, withPrepared } = await Promise.resolve().then(() => retrain_exports);
	try {
		return await withPrepared(ports, context, {
			sources,
			tables
		}, {
			broken: async () => null,
			async prepared(prepared) {
				const training = await train(ports, context, prepared);
				const { artifact, featureSpec } = await finalFit(ports, context, prepared, training);
				return {
					learner: training.challenger.settings.learner,
					featureSpec,
					artifact
				};
			}
		});
	} catch (error) {
		if (error instanceof require_light.RefitError) return null;
		throw error;
	}
}
function scheduledModels(files, plan) {
	const placeOf = (night) => node_path.default.join(plan.folder, "scheduled", `${String(night).padStart(5, "0")}.json`);
	const known = new Map();
	const modelOf = async (night) => {
		if (!known.has(night)) known.set(night, await read(files, placeOf(night)));
		return known.get(night);
	};
	return {
		async keep(night, model) {
			known.set(night, model);
			const stored = model && {
				...model,
				artifact: keptArtifact(model.artifact)
			};
			await keep(files, placeOf(night), stored);
		},
		async of(line, night) {
			if (line.kind === "never") return firstOf(upTo(night, 1).toReversed());
			const every = nightsBetween(line, plan);
			return every === null ? null : firstOf(upTo(night, every));
		}
	};
	async function firstOf(nights) {
		for (const night of nights) {
			const model = await modelOf(night);
			if (model !== null) return model;
		}
		return null;
	}
}
function upTo(most, every) {
	return Array.from({ length: Math.floor(most / every) + 1 }, (_, i) => i * every).toReversed();
}
function nightsBetween({ everyDays }, { span }) {
	return everyDays === null ? null : Math.round(everyDays / span.everyDays);
}
function scheduledNight(line, night, plan) {
	const every = nightsBetween(line, plan);
	const trains = every === null ? line.kind === "never" && night === 0 : night % every === 0;
	return {
		decision: null,
		because: [],
		against: [],
		retrained: trains,
		promoted: trains,
		version: null
	};
}
async function read(files, place) {
	const stored = (await readKept$1(files, place))?.value ?? null;
	if (stored === null) return null;
	const { learner, featureSpec, artifact } = stored;
	return {
		learner,
		featureSpec: require_readers.parseFeatureSpec(JSON.stringify(featureSpec)),
		artifact: artifactOf(artifact)
	};
}
// ../refit/src/runs/backtest/score-window.ts
async function scoreWindow(ports, context, data, { window, models }) {
	const nothing = {
		rows: 0,
		metrics: new Map()
	};
	const { files } = data;
	if (files.length === 0) return nothing;
	return withSource(ports, context, {
		files,
		tables: fetchedTables(data)
	}, async (source) => {
		const table = await prepareSome(context, source);
		const rows = table && await windowRows(context, table, window);
		if (table === null || rows === null || rows.length === 0) return nothing;
		const scored = new Map();
		const weights = await rowWeights(context.spec, table);
		const { spec } = context;
		const measure = async (target, labels, predictions) => defined(require_commands.evaluateMetrics(require_light.measuredMetrics(spec.metrics), {
			...await modelAnswers({
				spec,
				table
			}, target, rows, predictions),
			task: target.task,
			classes: target.classes?.length ?? 0,
			settings: spec.metrics,
			target: pickRows(labels, rows),
			...weights && { weights: pickRows(weights, rows) }
		}));
		for (const model of models) {
			const { target } = model.featureSpec;
			const labels = await labelsOf(table, target);
			const predictions = labels && await answersOf(ports, table, model, rows);
			if (labels === null || predictions === null) continue;
			scored.set(model, await measure(target, labels, predictions));
			if (scored.has("no-change")) continue;
			const times = await timesOf$1(context, table);
			const classes = target.classes?.length ?? 0;
			const guesses = times && noChangeAnswers({
				times,
				labels,
				delay: window.delay,
				classes
			}, rows);
			if (guesses !== null) scored.set("no-change", await measure(target, labels, guesses));
		}
		return {
			rows: rows.length,
			metrics: scored
		};
	});
}
function defined(values) {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== void 0));
}
async function timesOf$1({ spec }, table) {
	const column = await table.column(spec.time);
	return column.kind === "text" ? null : column.values;
}
async function windowRows(context, table, window) {
	const times = await timesOf$1(context, table);
	if (times === null) return null;
	const target = await table.column(context.spec.target);
	const isLabelled = (row) => target.kind === "text" ? target.codes[row] >= 0 : Number.isFinite(target.values[row]);
	return Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => times[row] > window.after && times[row] <= window.until && isLabelled(row));
}
async function labelsOf(table, target) {
	try {
		return encodeTarget(await table.column(target.name), target);
	} catch (error) {
		if (error instanceof UnseenClassError) return null;
		throw error;
	}
}
async function answersOf({ learners }, table, { learner, featureSpec, artifact }, rows) {
	if (require_commands.inputMismatches(featureSpec.inputs, table.columns).length > 0) return null;
	const known = new Set(table.columns.map(({ name }) => name));
	const read = async (name) => known.has(name) ? table.column(name) : null;
	return (await (await learners.get(learner)).load(artifact)).predict(await require_commands.applyFeatures(featureSpec, read, rows));
}
// ../refit/src/runs/backtest/replay.ts
async function replay(world, plan, stage) {
	const { ports, tables, isOver } = world;
	const journal = await readJournal(ports.files, plan.folder);
	const replays = [];
	const last = journal.at(-1);
	for (const policy of plan.policies) replays.push(await openReplay(ports, plan, {
		policy,
		wanted: last === void 0 ? null : last.refs[policy.line.id]
	}));
	const nights = journal.map(({ night }) => night);
	const models = scheduledModels(ports.files, plan);
	let chosen = null;
	let kept = replays;
	const choose = () => {
		chosen = chosenPolicy(plan, nights.slice(0, plan.chosenOn));
		kept = replays.filter(({ policy }, i) => i === 0 || policy.line.id === chosen);
	};
	if (nights.length >= plan.chosenOn) choose();
	for (let index = nights.length; index < plan.nights.length; index++) {
		if (isOver()) break;
		ports.out.progress(stage, index / plan.nights.length);
		nights.push(await liveThrough(world, plan, {
			index,
			replays: kept,
			models
		}));
		const refs = await Promise.all(replays.map(async (each) => [each.policy.line.id, await each.refs()]));
		await writeJournal(ports.files, plan.folder, index, {
			night: nights.at(-1),
			refs: Object.fromEntries(refs)
		});
		await tables.closeOld();
		if (nights.length === plan.chosenOn) choose();
	}
	return {
		nights,
		chosen
	};
}
async function liveThrough({ shared, scratch }, plan, night) {
	const { index, replays, models } = night;
	const at = plan.nights[index];
	const until = plan.nights[index + 1] ?? plan.span.to;
	const place = {
		manifest: plan.manifest,
		folder: node_path.default.join(scratch, "arrived")
	};
	const data = await dataUntil(shared, plan.history, place, {
		rows: at - plan.delay,
		tables: at
	});
	const clock = {
		...shared.clock,
		now: () => at
	};
	const known = {
		...shared,
		clock,
		sources: arrivedSources(shared.sources.schemes, data)
	};
	const ended = new Map();
	const answering = new Map();
	for (const each of replays) {
		const { id } = each.policy.line;
		const run = await each.night(known);
		ended.set(id, run);
		const live = run.version === null ? null : await liveModel(each, run.version);
		if (live !== null) answering.set(id, live);
	}
	const others = plan.lines.filter(({ kind }) => kind !== "policy");
	if (others.length > 0) await models.keep(index, await trainUnjudged(known, plan, data));
	for (const line of others) {
		const model = await models.of(line, index);
		if (model !== null) answering.set(line.id, model);
	}
	const after = await dataUntil(shared, plan.history, place, {
		rows: until,
		tables: Infinity
	});
	const scores = await scoreWindow(known, contextOf(plan), after, {
		window: {
			after: at,
			until,
			delay: plan.delay
		},
		models: new Set(answering.values())
	});
	const lines = plan.lines.flatMap((line) => {
		const model = line.kind === "no-change" ? "no-change" : answering.get(line.id);
		const metrics = model !== void 0 && scores.metrics.get(model) || null;
		if (line.kind !== "policy") return [[line.id, {
			...scheduledNight(line, index, plan),
			metrics
		}]];
		const run = ended.get(line.id);
		return run === void 0 ? [] : [[line.id, {
			...run,
			metrics
		}]];
	});
	return {
		at: iso$1(at),
		until: iso$1(until),
		rows: scores.rows,
		lines: Object.fromEntries(lines)
	};
}
async function liveModel(each, treeId) {
	if (each.live?.treeId !== treeId) each.live = {
		treeId,
		model: await readVersion(each, treeId)
	};
	return each.live.model;
}
async function readVersion({ replica }, treeId) {
	const [features, lineage] = await Promise.all(["features.json", "lineage.json"].map((file) => require_commands.readChampionFile(replica, { treeId }, file)));
	if (typeof features !== "string" || typeof lineage !== "string") return null;
	const repository = await replica.git.locate();
	return {
		learner: require_readers.parseLineage(lineage).learner.name,
		featureSpec: require_readers.parseFeatureSpec(features),
		artifact: await require_commands.readArtifact(replica, repository, { treeId })
	};
}
var iso$1 = (at) => new Date(at).toISOString();
// ../refit/src/runs/backtest/result.ts
function resultOf(plan, { labelDelayDays }, { nights, chosen, search }) {
	const policy = plan.policies.find(({ line }) => line.id === chosen);
	const [looked, rest] = [nights.slice(0, plan.chosenOn), nights.slice(plan.chosenOn)];
	return {
		format: 1,
		model: plan.model,
		primary: primaryOf$1(plan).name,
		from: iso(plan.span.from),
		to: iso(plan.span.to),
		everyDays: plan.span.everyDays,
		labelDelayDays,
		planned: plan.nights.length,
		search,
		chosenOn: stretchOf(plan, looked),
		keptBack: rest.length === 0 ? null : stretchOf(plan, rest),
		chosen,
		changes: policy?.changes ?? [],
		lowers: policy === void 0 ? [] : weakenedPolicy(plan.spec, policy.spec),
		nights
	};
}
function stretchOf(plan, nights) {
	const { request, lines } = summaries(plan, nights);
	const best = bestSchedule(lines, request.primary)?.id ?? null;
	const others = [
		"today",
		"never",
		"no-change",
		...best === null ? [] : [best]
	];
	return {
		from: nights[0]?.at ?? iso(plan.span.from),
		until: nights.at(-1)?.until ?? iso(plan.span.from),
		nights: nights.length,
		measured: request.shared.length,
		lines: lines.map((line) => compareLine(line, others, request)),
		bestSchedule: best
	};
}
var iso = (at) => new Date(at).toISOString();
// ../refit/src/runs/backtest/search.ts
var DAY = 864e5;
function planCoarse(ports, past, span) {
	const space = spaceOf(past, span);
	const trials = coarseTrials(space);
	return {
		plan: planReplay(past, {
			from: span.from,
			to: endOfChoice(span),
			everyDays: coarseNights(space) * span.everyDays
		}, {
			policies: triedPolicies(ports, past, trials),
			references: [],
			keepsBack: false
		}),
		space,
		trials
	};
}
function endOfChoice(span) {
	const nights = nightsOf(span);
	return nights[nightsToChooseOn(nights.length)] ?? span.to;
}
function spaceOf({ spec, history: { times } }, span) {
	const end = endOfChoice(span);
	return {
		historyDays: (end - times[0]) / DAY,
		rows: times.filter((at) => at <= end).length,
		everyDays: span.everyDays,
		nights: nightsToChooseOn(nightsOf(span).length),
		holdoutDays: spec.holdout.days ?? null
	};
}
function coarseResult({ plan, trials }, nights) {
	const { lines } = summaries(plan, nights);
	const best = nights.length === plan.nights.length ? bestTrial(trials, lines, primaryOf$1(plan)) : null;
	return {
		everyDays: plan.span.everyDays,
		planned: plan.nights.length,
		nights: nights.length,
		lines,
		best: best && trialName(best)
	};
}
function finePolicies(ports, { plan, space, trials }, { lines }, asked) {
	const best = bestTrial(trials, lines, primaryOf$1(plan)) ?? {};
	const known = new Set(asked.map(({ text }) => text));
	return triedPolicies(ports, plan, fineTrials(space, best)).filter(({ text }) => !known.has(text));
}
// ../refit/src/runs/backtest/shared-tables.ts
var mostOpen = 2;
function sharedTables(tables, scratch) {
	const open = new Map();
	const close = async (keep) => {
		const old = [...open].slice(0, Math.max(0, open.size - keep));
		for (const [key, table] of old) {
			open.delete(key);
			await (await table).close();
		}
	};
	return {
		open(request) {
			const key = keyOf$1(request);
			const table = open.get(key) ?? tables.open({
				...request,
				scratch
			}).then(shared);
			open.delete(key);
			open.set(key, table);
			return table.then((each) => ({
				...each,
				close: async () => {}
			}));
		},
		closeOld: () => close(mostOpen),
		closeAll: () => close(0)
	};
}
function keyOf$1({ dataset, files, tables = new Map(), manifest, knownTypes, declaredOnly }) {
	const contentsOf = (all) => all.map(({ path, sha256, delimiter, only }) => [
		path,
		sha256,
		delimiter,
		only ?? null
	]);
	const { schema, checks, limits, sensitive, tables: declared, viewTexts } = manifest;
	const own = [
		dataset,
		contentsOf(files),
		schema,
		checks,
		limits,
		sensitive,
		knownTypes,
		declaredOnly
	];
	const further = [...tables].map(([name, each]) => [name, contentsOf(each)]);
	return JSON.stringify([
		own,
		further,
		further.length > 0 && declared,
		viewTexts
	]);
}
function shared(table) {
	const profile = once((path) => table.profile(path));
	const prepared = new Map();
	return {
		...table,
		profile,
		prepare(request) {
			const key = JSON.stringify(request);
			const made = prepared.get(key) ?? table.prepare(request).then(readOnce);
			prepared.set(key, made);
			return made;
		}
	};
}
function readOnce(table) {
	const one = (make) => {
		let made = null;
		return () => made ??= make();
	};
	return {
		...table,
		column: once((name) => table.column(name)),
		positions: one(() => table.positions()),
		rowDigests: one(() => table.rowDigests()),
		findOut: findOnce()
	};
}
function findOnce() {
	const known = new Map();
	return (key, find) => {
		const name = key();
		const found = known.get(name) ?? find();
		known.set(name, found);
		return found;
	};
}
function once(make) {
	const known = new Map();
	return (name) => {
		const made = known.get(name) ?? make(name);
		known.set(name, made);
		return made;
	};
}
// ../refit/src/runs/backtest/backtest.ts
var backtest_exports = require_rolldown_runtime.__exportAll({ backtest: () => backtest });
async function backtest(ports, request) {
	const started = {
		elapsed: ports.clock.elapsed(),
		cpu: ports.clock.cpu()
	};
	const minutes = () => (ports.clock.elapsed() - started.elapsed) / 6e4;
	const past = await readPast(ports, request);
	const span = spanOf(past, request);
	const asked = await askedPolicies(ports, past, request.policies);
	const coarse = request.search ? planCoarse(ports, past, span) : null;
	const counts = {
		asked: 0,
		made: 0
	};
	const policies = [...asked, ...coarse?.plan.policies ?? []];
	const given = {
		folder: node_path.default.join(past.home, "fits"),
		answers: policies.every(({ spec: { budget } }) => !asksForTimes(budget))
	};
	const isOver = () => request.budgetMinutes !== null && minutes() >= request.budgetMinutes;
	return withWorld(ports, {
		commonDir: past.repository.commonDir,
		given,
		counts,
		isOver
	}, async (world) => {
		const search = coarse && await searchCoarsely(world, coarse, asked);
		const compared = {
			policies: [...asked, ...search?.policies ?? []],
			references: referenceLines(span)
		};
		const plan = planReplay(past, span, {
			...compared,
			keepsBack: true
		});
		const replayed = search === null || search.isDone ? await replay(world, plan, "Replaying") : {
			nights: [],
			chosen: null
		};
		const result = resultOf(plan, request, {
			...replayed,
			search: search?.result ?? null
		});
		const cost = {
			...counts,
			cpuMinutes: (ports.clock.cpu() - started.cpu) / 60,
			minutes: minutes()
		};
		const told = backtestReport(result, require_light.specPath(past.model, past.repository));
		const page = replayed.nights.length === 0 ? null : await writePage(ports.files, plan.folder, result, told);
		const policy = plan.policies.find(({ line }) => line.id === replayed.chosen) ?? null;
		const proposal = request.propose ? await proposePolicy(ports, {
			past,
			result,
			told,
			policy
		}) : null;
		return {
			result,
			report: told.report,
			cost,
			page,
			proposal
		};
	});
}
function asksForTimes({ maxLatencyRatio, maxP95MsPer1000Rows }) {
	return maxLatencyRatio !== void 0 || maxP95MsPer1000Rows !== void 0;
}
async function searchCoarsely(world, coarse, asked) {
	const { nights } = await replay(world, coarse.plan, "Searching");
	const result = coarseResult(coarse, nights);
	const isDone = nights.length === coarse.plan.nights.length;
	return {
		result,
		isDone,
		policies: isDone ? finePolicies(world.ports, coarse, result, asked) : []
	};
}
async function withWorld(ports, { commonDir, given, counts, isOver }, use) {
	const scratch = await ports.scratch.open(commonDir);
	const tables = sharedTables(ports.tables, scratch.path);
	const learners = keptFits(ports.learners, ports.files, given, counts);
	try {
		return await use({
			ports,
			shared: {
				...ports,
				tables,
				learners,
				out: silent
			},
			tables,
			scratch: scratch.path,
			isOver
		});
	} finally {
		await tables.closeAll();
		await scratch.remove();
	}
}
var silent = {
	print: () => {},
	notice: () => {},
	progress: () => {}
};
// ../refit/src/runs/diff/score-both.ts
var score_both_exports = require_rolldown_runtime.__exportAll({ scoreBoth: () => scoreBoth });
async function scoreBoth(ports, context, versions) {
	try {
		const listing = await ports.sources.list(context.repository, context.manifest, { workTree: false });
		const broken = listing.findings.find(({ severity }) => severity === "error");
		if (broken !== void 0) return `The data cannot be read: ${broken.message}`;
		const files = [];
		for (const file of listing.files) files.push(await ports.sources.fetch(context.repository, file));
		return await withSource(ports, context, {
			files,
			tables: await fetchTables(ports, context.repository, context.manifest),
			toPrepare: true
		}, (source) => scoreOn(ports, context, source, versions));
	} catch (error) {
		if (!(error instanceof require_light.RefitError)) throw error;
		return `They cannot be scored here: ${error.message} ${error.hint}`;
	}
}
async function scoreOn(ports, context, source, versions) {
	const broken = source.findings.find(({ severity }) => severity === "error");
	if (broken !== void 0) return `The data cannot be read: ${broken.message}`;
	const { spec } = context;
	ports.out.progress("Preparing rows");
	const table = await prepareTable(context, source);
	const names = new Set(table.columns.map(({ name }) => name));
	const read = async (name) => names.has(name) ? table.column(name) : null;
	const rows = {
		table,
		read,
		labelled: labelledRows(await table.column(spec.target)),
		times: await timesOf(context, table),
		places: await rowPlaces(spec, table)
	};
	const applied = [];
	for (const version of versions) {
		const loaded = await loadApplied(ports, context, rows, version);
		if (loaded === null) return `${version.label} cannot be applied to the rows of today: their columns are different.`;
		if (loaded.spec.target.name !== spec.target || loaded.spec.target.task !== spec.task) return `${version.label} predicts something else than model.yaml asks for today.`;
		applied.push(loaded);
	}
	const [first, second] = applied;
	if (JSON.stringify(first.spec.target) !== JSON.stringify(second.spec.target)) return "They do not predict the same: their classes are different.";
	ports.out.progress("Scoring both versions");
	const unseen = await answeredBy(second, await answeredBy(first, await unseenByBoth(rows, versions)));
	if (unseen.length >= spec.holdout.minRows) {
		const [a, b] = [await scored(context, rows, first, unseen), await scored(context, rows, second, unseen)];
		return {
			on: rowsOf$1(rows, unseen),
			a: "shipped",
			b: "shipped",
			metrics: pairs(context, a, b)
		};
	}
	return besideRecord(ports, context, rows, {
		versions,
		applied: [first, second],
		unseen: unseen.length
	});
}
async function unseenByBoth(rows, versions) {
	let left = rows.labelled;
	for (const { lineage } of versions) left = await unseenOf(rows, lineage, left);
	return left;
}
async function unseenOf({ times, places }, lineage, rows) {
	const { kind, copies = "together" } = lineage.holdout;
	if (kind === "temporal") return unseenRows(rows, lineage, times, places.positions);
	if (typeof lineage.judgedArtifact === "string" || lineage.declared !== void 0) return new Uint32Array(0);
	return unseenRows(rows, lineage, times, await places.by(copies));
}
async function besideRecord(ports, context, rows, { versions, applied, unseen }) {
	const { spec, manifest } = context;
	const place = laterOf(versions);
	const later = versions[place];
	const earlier = place === 1 ? versions[0] : versions[1];
	const few = `Only ${unseen} rows are here that neither has learned from; holdout.minRows is ${spec.holdout.minRows}.`;
	const { holdout, digests } = later.lineage;
	if (holdout.from === null || holdout.to === null || rows.times === null) return few;
	const [from, to] = [Date.parse(holdout.from), Date.parse(holdout.to)];
	const window = rows.labelled.filter((row) => rows.times[row] >= from && rows.times[row] <= to);
	if ((await unseenOf(rows, earlier.lineage, window)).length < window.length) return `${few} ${earlier.label} has learned from rows that ${later.label} was judged on.`;
	const today = require_light.digestOfInputs(ports, {
		spec,
		manifest
	});
	if (digests.spec !== today.spec || digests.manifest !== today.manifest) return `${few} The settings or the manifest have changed since ${later.label} was judged, so its numbers may mean something else.`;
	if (holdoutDigest(window, rows.places.digests) !== holdout.digest) return `${few} The rows that ${later.label} was judged on are not here as they were.`;
	const measured = await scored(context, rows, applied[1 - place], window);
	const recorded = typeof later.lineage.judgedArtifact === "string" ? "judged" : "shipped";
	const on = {
		rows: holdout.rows,
		from: holdout.from,
		to: holdout.to
	};
	return place === 1 ? {
		on,
		a: "shipped",
		b: recorded,
		metrics: pairs(context, measured, later.metrics)
	} : {
		on,
		a: recorded,
		b: "shipped",
		metrics: pairs(context, later.metrics, measured)
	};
}
function laterOf([a, b]) {
	return (a.lineage.holdout.to ?? "") > (b.lineage.holdout.to ?? "") ? 0 : 1;
}
async function scored({ spec }, { table }, version, rows) {
	const { target } = version.spec;
	const labels = encodeTarget(await table.column(spec.target), target);
	const weights = await rowWeights(spec, table);
	const predictions = await predictionsOf(version, rows);
	return require_commands.evaluateMetrics(require_light.measuredMetrics(spec.metrics), {
		...await modelAnswers({
			spec,
			table
		}, target, rows, predictions),
		task: target.task,
		classes: target.classes?.length ?? 0,
		settings: spec.metrics,
		target: pickRows(labels, rows),
		...weights && { weights: pickRows(weights, rows) }
	});
}
function pairs({ spec }, a, b) {
	return require_light.measuredMetrics(spec.metrics).flatMap((metric) => {
		const [before, after] = [a[metric], b[metric]];
		if (before === void 0 || after === void 0) return [];
		return [{
			metric,
			a: before,
			b: after,
			improvement: require_commands.improvement(require_commands.metricOf(metric, spec.metrics), before, after)
		}];
	});
}
function rowsOf$1({ times }, rows) {
	if (times === null) return {
		rows: rows.length,
		from: null,
		to: null
	};
	let [from, to] = [Infinity, -Infinity];
	for (const row of rows) [from, to] = [Math.min(from, times[row]), Math.max(to, times[row])];
	return {
		rows: rows.length,
		from: new Date(from).toISOString(),
		to: new Date(to).toISOString()
	};
}
async function timesOf({ spec }, table) {
	if (spec.time === void 0) return null;
	const column = await table.column(spec.time);
	return column.kind === "text" ? null : column.values;
}
// ../refit/src/versions/read-described.ts
var read_described_exports = require_rolldown_runtime.__exportAll({ readDescribed: () => readDescribed });
async function readDescribed(ports, repository, model, wanted) {
	const version = await require_commands.readWhole(ports, repository, model, wanted);
	const lineage = await require_light.readLineage(ports, repository, `${version.treeId}:lineage.json`);
	const features = version.files.get("features.json");
	if (lineage === null || features === void 0) throw new require_light.ArtifactInvalidError(lineage === null ? "lineage.json" : "features.json", "", "what refit writes");
	return {
		...version,
		lineage,
		features: require_readers.parseFeatureSpec(require_light.decodeText(features))
	};
}
// ../refit/src/data/read-predictions.ts
async function readGiven({ files }, file) {
	const bytes = await files.read(file.localPath);
	if (bytes !== null) return bytes;
	throw new ImportInvalidError(`There is no file ${require_light.quoted(file.written, 200)}.`, "Correct the path: it counts from the current folder.");
}
async function readImportedPredictions(ports, context, prepared, file) {
	const key = await keyOf(context, prepared);
	const { task, classes } = prepared.target;
	const read = await withTable(ports, context, {
		file,
		key
	}, (table) => keyedRows(table, prepared.target, {
		file,
		key
	}));
	const text = predictionsText(read);
	const checked = readPredictionsText(text, task === "multiclass" ? classes.length : 1, task === "regression");
	if (typeof checked === "string") throw unfit(file, checked.replace(/ in row \d+$/, ""), "Correct the values.");
	await refuseStrangers(context, prepared, {
		file,
		key,
		names: new Set(read.rows)
	});
	return require_light.encodeText(text);
}
async function keyOf({ spec, request, repository }, { read, table }) {
	const names = [spec.key ?? []].flat();
	if (names.length === 0) throw new ImportInvalidError(`${require_light.specPath(request.model, repository)} names no \`key\`, and predictions are found by it.`, "Name the column or columns that identify a row: `key: customer`.");
	const columns = [];
	for (const name of names) {
		const column = await read(name);
		if (column === null) {
			const known = require_light.quotedList(table.columns.map((each) => each.name));
			throw new ImportInvalidError(`The prepared rows have no column ${require_light.quoted(name)}, which is the \`key\`; they have ${known}.`, "Let `prepare` select it, too.");
		}
		columns.push(column);
	}
	return columns;
}
async function withTable(ports, { spec, manifest, repository }, { file, key }, use) {
	const bytes = await readGiven(ports, file);
	const format = require_light.sourceFormat(file.localPath);
	if (format === null) throw new ImportInvalidError(`${require_light.quoted(file.written, 200)} cannot be read.`, require_light.unreadEnding(file.written));
	const digest = require_light.sha256(bytes);
	const source = {
		path: node_path.default.basename(file.localPath),
		bytes: bytes.byteLength,
		blob: null,
		identity: digest,
		sha256: digest,
		...format
	};
	const names = key.map((column) => column.name);
	const fields = manifest.schema.fields.filter((field) => names.includes(field.name)).map(({ constraints: _unique, ...field }) => field);
	const own = {
		...require_readers.dataManifest.parse({ sources: [{ path: "predictions.csv" }] }),
		limits: manifest.limits
	};
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		const table = await ports.tables.open({
			dataset: spec.data,
			files: [{
				...source,
				localPath: file.localPath
			}],
			manifest: {
				...own,
				schema: {
					...own.schema,
					fields
				}
			},
			knownTypes: key.map(({ name: column, type }) => ({
				name: column,
				type
			})),
			toPrepare: true,
			scratch: scratch.path
		});
		try {
			const error = table.findings.find(({ severity }) => severity === "error");
			if (error !== void 0) throw new ImportInvalidError(`${require_light.quoted(file.written, 200)}: ${error.message}`, error.hint);
			const first = table.columns[0]?.name ?? "";
			return await use(await table.prepare({
				sql: null,
				target: first,
				time: null,
				key: []
			}));
		} finally {
			await table.close();
		}
	} finally {
		await scratch.remove();
	}
}
async function keyedRows(table, { task, classes }, { file, key }) {
	const answers = task === "multiclass" ? classes.map(String) : ["prediction"];
	const keyColumns = await columnsOf(table, file, key.map(({ name }) => name));
	const odd = require_commands.inputMismatches(key, keyColumns);
	if (odd.length > 0) throw unfit(file, `has another key than the data: ${odd.join(", ")}`, "Write it as the data have it.");
	const numbers = (await columnsOf(table, file, answers)).map((column) => {
		if (column.kind === "number") return column.values;
		throw unfit(file, `has texts in ${require_light.quoted(column.name)}`, "Write a number in every row.");
	});
	const byName = new Map();
	for (const [row, name] of rowNames(keyColumns, table.rows, require_light.sha256).entries()) {
		const values = numbers.map((column) => column[row]);
		if (name === null) throw unfit(file, "has a row without a value of the key", "Remove it.");
		const other = byName.get(name);
		if (other !== void 0 && other.some((value, i) => !Object.is(value, values[i]))) throw unfit(file, "has two predictions for one key", "Keep the one that was used.");
		byName.set(name, values);
	}
	const sorted = [...byName].sort(([a], [b]) => a < b ? -1 : 1);
	return {
		rows: sorted.map(([name]) => name),
		values: Float64Array.from(sorted.flatMap(([, values]) => values))
	};
}
async function columnsOf(table, file, names) {
	const known = table.columns.map(({ name }) => name);
	const columns = [];
	for (const name of names) {
		if (!known.includes(name)) {
			const near = require_light.nearest(name, known);
			const meant = near === void 0 ? `it has ${require_light.quotedList(known)}` : `the nearest is ${require_light.quoted(near)}`;
			const hint = `Write a file with the columns of the key and ${require_light.quotedList(names)}.`;
			throw unfit(file, `has no column ${require_light.quoted(name)}; ${meant}`, hint);
		}
		columns.push(await table.column(name));
	}
	return columns;
}
async function refuseStrangers({ manifest }, { split, table }, { file, key, names }) {
	const all = rowNames(key, table.rows, require_light.sha256);
	if (split.holdout.some((row) => names.has(all[row] ?? ""))) return;
	const columns = key.map(({ name }) => name);
	const example = columns.some((name) => manifest.sensitive.includes(name)) ? "" : `, such as ${require_light.quoted(exampleOf(key, split.holdout[0]))}`;
	throw unfit(file, `has predictions for ${names.size} rows, and none of them is one of the ${split.holdout.length} rows of the holdout${example}`, `Write the key (${columns.join(", ")}) as the data have it, and predictions for the newest rows.`);
}
function exampleOf(key, row) {
	return key.map((column) => column.kind === "text" ? column.dictionary[column.codes[row]] ?? "" : String(column.values[row])).join(", ");
}
function unfit({ written }, what, hint) {
	return new ImportInvalidError(`${require_light.quoted(written, 200)} ${what}.`, hint);
}
// ../refit/src/runs/import-model.ts
var import_model_exports = require_rolldown_runtime.__exportAll({ importModel: () => importModel });
function importModel(ports, request) {
	return require_light.despiteRaces(() => importOnce(ports, request));
}
async function importOnce(ports, { model, source, trainedUntil, dryRun }) {
	const repository = await require_light.fetched(ports, dryRun);
	for (const notice of repository.notices) ports.out.notice(notice);
	const context = await require_light.read(ports, repository, {
		model,
		force: null,
		dryRun
	});
	refuseSecond(context);
	const given = await readGiven(ports, source.file);
	const known = await require_light.takeSnapshot(ports, context);
	if (known.blocked) throw new require_light.UnreadableDataError(known.findings.filter(({ severity }) => severity !== "warning"));
	const { withPrepared, takeImport, evaluate, gate, buildVersion } = await Promise.resolve().then(() => retrain_exports);
	return withPrepared(ports, context, known, {
		broken: (findings) => Promise.reject(new require_light.UnreadableDataError(findings)),
		async prepared(prepared) {
			const { kind, file } = source;
			const bytes = kind === "onnx" ? given : await readImportedPredictions(ports, context, prepared, file);
			const imported = require_commands.modelToImport(kind, bytes, trainedUntil);
			const snapshot = {
				...known,
				digests: require_commands.digestsOfImport(known.digests, imported.file)
			};
			const training = await takeImport(ports, context, prepared, imported);
			const inputs = {
				context,
				snapshot,
				prepared,
				training
			};
			const evaluation = await evaluate(ports, inputs, prepared, training);
			const version = await buildVersion(ports, {
				...inputs,
				evaluation
			});
			const { maxModelMiB } = context.spec;
			await checkSize(ports, {
				model,
				files: version,
				repository,
				maxModelMiB
			});
			const { look, alpha } = evaluation;
			const report = importReport({
				model,
				comparison: evaluation,
				verdict: gate(context, evaluation),
				look,
				alpha
			});
			const inputDigest = snapshot.digests.input;
			const about = {
				model,
				branch: require_light.importBranch(model),
				trainedUntil,
				evaluation,
				report
			};
			if (dryRun) return {
				...about,
				version: null,
				url: null,
				operation: null
			};
			const shown = await propose(ports, repository, context, {
				version,
				imported,
				report,
				inputDigest
			});
			return {
				...about,
				...shown
			};
		}
	});
}
function refuseSecond({ champion, request: { model } }) {
	if (champion === null) return;
	throw new ImportInvalidError(`${require_light.quoted(model)} has the champion v${champion.number}, and only a first version is imported.`, "To let a model from elsewhere compete with it, add a candidate with `learner: onnx` to model.yaml.");
}
async function propose(ports, repository, { request: { model }, spec: { reviewers } }, { version, imported, report, inputDigest }) {
	const branch = require_light.importBranch(model);
	const at = ports.clock.now();
	const head = await require_commands.pushProposal(ports, repository, {
		branch,
		contents: new Map([[require_light.championFolder(model, repository), version]]),
		over: await require_light.sharedHead(ports, repository, branch),
		message: importMessage(model, imported.kind, inputDigest),
		at
	});
	const { url, operation } = await ports.forge.ensureProposal(repository, {
		kind: "import",
		models: [{
			model,
			inputDigest,
			report,
			kept: null,
			check: {
				conclusion: "success",
				summary: "Scored, and judged by no gate: it is in use already."
			}
		}],
		overview: null,
		branch,
		head,
		baseBranch: repository.baseBranch,
		title: importTitle(model),
		draft: false,
		autoMerge: false,
		reviewers,
		at
	});
	return {
		version: await ports.git.resolve(`${head}:${require_light.championFolder(model, repository)}`),
		url,
		operation
	};
}
// ../refit/src/runs/init/python-texts.ts
var requirementsText = "pandas\npyarrow\nscikit-learn\n";
var fileNumbersText = `"""What the model sees of the files that rows name. Replace numbers() by what suits yours, such as the pixels of a picture."""

import numpy as np
import pandas as pd
import refit_job

NAMES = ["bytes", "mean", *(f"from {16 * i}" for i in range(16))]


def numbers(path):
    """How long a file is, the mean of its bytes, and how they are spread: for any file, and knowing little of most."""
    content = np.fromfile(path, dtype=np.uint8)
    shares = np.bincount(content >> 4, minlength=16) / max(1, len(content))
    return dict(zip(NAMES, [len(content), content.sum() / max(1, len(content)), *shares]))


def inputs(job, table):
    """The columns to predict from, with numbers in place of each file. A row without a file has none."""
    columns = refit_job.inputs(job, table)
    for column in job["columns"]:
        if column["type"] == "file":
            paths = columns.pop(column["name"])
            rows = [{} if pd.isna(path) else numbers(path) for path in paths]
            frame = pd.DataFrame(rows, columns=NAMES, index=columns.index, dtype="float64")
            columns = columns.join(frame.add_prefix(f"{column['name']} "))
    return columns
`;
var inputsFrom = (hasFiles) => hasFiles ? "file_numbers" : "refit_job";
var imports = (hasFiles) => hasFiles ? "import file_numbers\nimport joblib" : "import joblib";
function trainText(task, hasFiles) {
	const model = task === "regression" ? "HistGradientBoostingRegressor" : "HistGradientBoostingClassifier";
	return `"""Trains the model. refit calls it with rows, and judges what it writes."""

${imports(hasFiles)}
import refit_job
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import ${model}
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

job = refit_job.read()
train = refit_job.rows(job["train"])

encode = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
texts = make_column_selector(dtype_exclude="number")
model = make_pipeline(
    make_column_transformer((encode, texts), remainder="passthrough"),
    ${model}(random_state=job["seed"], **job["settings"]),
)
model.fit(${inputsFrom(hasFiles)}.inputs(job, train), refit_job.labels(job, train))
joblib.dump(model, refit_job.model_file(job, "model.joblib"))
print(f"learned from {len(train)} rows")
`;
}
function predictText(task, hasFiles) {
	const answer = task === "regression" ? "predict" : "predict_proba";
	return `"""Answers for rows without labels, with the model that was trained."""

${imports(hasFiles)}
import refit_job

job = refit_job.read()
model = joblib.load(refit_job.model_file(job, "model.joblib"))
rows = refit_job.rows(job["rows"])
refit_job.write_predictions(job, model.${answer}(${inputsFrom(hasFiles)}.inputs(job, rows)))
`;
}
// ../refit/src/runs/init/refit-job.ts
var refitJob = String.raw`"""Helps a program that refit trains with (learner: command). Copy this file beside it; it needs nothing but pandas.

It reads what refit has written: the job description, and rows with the types of their columns. See docs/command-learner.md.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Mapping, Sequence

if TYPE_CHECKING:
    import pandas as pd

Job = Mapping[str, Any]


def read() -> Job:
    """The job description of this call."""
    try:
        path = os.environ["REFIT_JOB"]
    except KeyError:
        sys.exit("This program is called by refit: try 'refit run MODEL --dry-run'.")
    return json.loads(Path(path).read_text(encoding="utf-8"))


def features(job: Job) -> list[str]:
    """Names of the columns to predict from."""
    return [column["name"] for column in job["columns"]]


def rows(path: str | None) -> pd.DataFrame:
    """Rows of a file of the job. See inputs() for what most models want."""
    import pandas as pd

    if path is None:
        sys.exit("This program asks for validation rows: remove 'validation: false' from its candidate in model.yaml.")
    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def inputs(job: Job, table: pd.DataFrame) -> pd.DataFrame:
    """The columns to predict from: dates as days since 1970, truth values as 0 and 1, numbers as floats, texts and paths of files as they are."""
    import pandas as pd

    columns = {}
    for column in job["columns"]:
        name, kind = column["name"], column["type"]
        values = table[name]
        if kind in ("date", "datetime"):
            values = (pd.to_datetime(values, utc=True) - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
        elif kind == "boolean":
            values = values.map({True: 1.0, False: 0.0})
        columns[name] = values if kind in ("string", "file") else values.astype("float64")
    return pd.DataFrame(columns, index=table.index)


def labels(job: Job, table: pd.DataFrame) -> Any:
    """What is to be learned: the place of each row's class in target.classes, or the number of a regression."""
    target = job["target"]
    values = table[target["name"]]
    if target["classes"] is None:
        return values.to_numpy(dtype=float)
    place = {value: code for code, value in enumerate(target["classes"])}
    return values.map(place).to_numpy(dtype=int)


def weights(job: Job, table: pd.DataFrame) -> Any:
    """How much each row counts; None: all count the same."""
    name = job.get("weight")
    return None if name is None else table[name].to_numpy(dtype=float)


def model_file(job: Job, name: str) -> str:
    """Path of a file of the model."""
    return str(Path(job["model"]) / name)


def champion_file(job: Job, name: str) -> str | None:
    """Path of a file of the live version's model, to go on from (start: warm); None: start anew."""
    folder = job.get("champion")
    return None if folder is None else str(Path(folder) / name)


def settle(job: Job, **settings: str | float | bool) -> None:
    """Settings that early stopping has found: they replace those of model.yaml when refit trains again."""
    Path(model_file(job, "settled.json")).write_text(json.dumps(settings), encoding="utf-8")


def progress(done: float) -> None:
    """Moves the bar; done is from 0 to 1."""
    print(f"progress {min(1.0, max(0.0, done)):.3f}", flush=True)


def write_predictions(job: Job, predictions: Iterable[Any]) -> None:
    """Writes what a model answers: a value per row, or the probabilities of all classes in the order of target.classes."""
    classes: Sequence[Any] | None = job["target"]["classes"]
    is_multiclass = job["task"] == "multiclass"
    header = [_text(value) for value in classes or []] if is_multiclass else ["prediction"]
    with open(job["predictions"], "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in predictions:
            values = list(row) if hasattr(row, "__len__") else [row]
            # Of two probabilities, refit wants that of the positive class, which is the second.
            wanted = values if is_multiclass else values[-1:]
            writer.writerow([repr(float(value)) for value in wanted])


def _text(value: Any) -> str:
    """A class as refit writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
`;
// ../refit/src/runs/init/python-program.ts
var python_program_exports = require_rolldown_runtime.__exportAll({ startPython: () => startPython });
async function startPython(files, { root, file, task, files: columns }, usage) {
	const beside = (name) => node_path.default.posix.join(node_path.default.posix.dirname(file), name);
	const [predict, helper, reader] = [
		beside("predict.py"),
		beside("refit_job.py"),
		beside("file_numbers.py")
	];
	if (!file.endsWith(".py") || [
		predict,
		helper,
		reader
	].includes(file)) throw new require_light.UsageError(`--python ${file} must name the program that trains, such as train.py.`, usage);
	const read = async (name) => {
		const bytes = await files.read(node_path.default.join(root, name));
		return bytes === null ? null : require_light.decodeText(bytes);
	};
	const train = await read(file) ?? trainText(task, columns.length > 0);
	const predicts = await read(predict) === null && writesPredictions.test(train) ? file : predict;
	const wanted = new Map([[file, train]]);
	if (predicts !== file) wanted.set(predict, await read(predict) ?? predictText(task, columns.length > 0));
	const mention = (word) => [...wanted.values()].some((text) => text.includes(word));
	const helpers = [...mention("refit_job") || !readsJob.test(train) ? [[helper, refitJob]] : [], ...mention("file_numbers") ? [[reader, fileNumbersText]] : []];
	for (const [name, text] of helpers) wanted.set(name, text);
	const requirements = await read("requirements.txt");
	if (helpers.length > 0 || requirements !== null) wanted.set("requirements.txt", requirementsText);
	const texts = new Map();
	const notes = [];
	for (const [name, text] of wanted) if (await read(name) === null) texts.set(name, text);
	else if (name === file && !readsJob.test(train)) notes.push(toChange(name));
	else if (name === "requirements.txt" && helpers.length > 0) notes.push(...missingPackages(requirements ?? ""));
	if (texts.has(reader)) notes.push(`${reader} turns each file into numbers that know little of it: replace \`numbers\` in it, for pictures by their pixels, for instance.`);
	if (wanted.has("requirements.txt")) notes.push("Pin the versions in requirements.txt (`pip freeze` prints them): another scikit-learn makes another model.");
	const about = {
		csv: readsCsv(train),
		alone: columns.length > 0,
		stops: /validation/i.test(train)
	};
	return {
		candidate: candidateLines({
			train: file,
			predict: predicts,
			code: [...wanted.keys()]
		}, about),
		texts,
		notes
	};
}
function missingPackages(requirements) {
	const lines = requirements.split("\n").map((line) => line.trim().toLowerCase());
	const missing = ["pandas", "pyarrow"].filter((name) => !lines.some((line) => new RegExp(`^${name}(?![\\w.-])`).test(line)));
	if (missing.length === 0) return [];
	return [`requirements.txt was left as it is. Add ${missing.join(" and ")}, which \`refit_job.py\` needs.`];
}
var readsJob = /refit_job|REFIT_JOB|REFIT_TRAIN/;
var writesPredictions = /REFIT_PREDICTIONS|["']predictions["']/;
function readsCsv(program) {
	return readsJob.test(program) && !/refit_job|pandas|polars|pyarrow|parquet/.test(program) && /csv/i.test(program);
}
function candidateLines({ train, predict, code }, { csv, alone, stops }) {
	return [
		"  - learner: command # your program, called as docs/command-learner.md of refit says",
		`    train: [python, ${yamlText(train)}]`,
		`    predict: [python, ${yamlText(predict)}]`,
		`    code: [${code.map(yamlText).join(", ")}]`,
		...csv ? ["    rows: csv # in place of Parquet, since the program reads CSV"] : [],
		...stops ? [] : ["    validation: false # it looks at no validation rows: a training less in each run"],
		"    settings: {} # your own: the program finds them in its job",
		...alone ? [] : ["  # - { learner: gbdt } # trees that come with refit, to compare with"]
	];
}
function toChange(file) {
	return `${file} was left as it is, and does not read its rows from refit yet. Three lines have to change: begin with \`job = refit_job.read()\`; take the rows from \`refit_job.rows(job["train"])\` in place of a file; and save the model to \`refit_job.model_file(job, "model.joblib")\`, which predict.py loads.`;
}
// ../refit/src/runs/due.ts
async function lookAt(ports, repository, request) {
	const context = await require_light.read(ports, repository, request);
	const snapshot = await require_light.takeSnapshot(ports, context);
	if (snapshot.blocked) return {
		kind: "blocked",
		findings: snapshot.findings
	};
	const observation = await require_light.observe(ports, context, snapshot);
	const decision = await require_light.decide(ports, context, snapshot, observation);
	if (!decision.retrain) return {
		kind: "skipped",
		heldBack: decision.heldBack
	};
	if (await require_light.findUnfinished(ports, context, snapshot) !== null) return { kind: "unfinished" };
	return {
		kind: "due",
		context,
		snapshot,
		decision
	};
}
function identityOf(model, { context, snapshot }) {
	return {
		model,
		inputDigest: snapshot.digests.input,
		parent: context.champion?.treeId ?? null
	};
}
// ../refit/src/runs/each-model.ts
async function withFetched(ports, work) {
	const repository = await require_light.fetched(ports, false, { tags: false });
	for (const notice of repository.notices) ports.out.notice(notice);
	const scratch = await ports.scratch.open(repository.commonDir);
	try {
		return await work(repository, scratch.path);
	} finally {
		await scratch.remove();
	}
}
async function eachModel(ports, repository, names, turn) {
	const all = names.length > 0 ? names : await require_light.listModels(ports, repository);
	await require_light.readAhead(ports, repository, all.filter(require_light.isName));
	const results = [];
	for (const model of all) {
		const one = () => require_light.withKeptTables(ports, repository.commonDir, (kept) => turn.one(kept, model));
		results.push(all.length === 1 ? await one() : await require_light.orFailed(one, (error) => turn.failed(model, error)));
	}
	return results;
}
// ../refit/src/runs/plan-models.ts
var plan_models_exports = require_rolldown_runtime.__exportAll({ planModels: () => planModels });
async function planModels(ports, names, { by, force, jobs, ...request }) {
	const { models, units } = await withFetched(ports, async (repository) => {
		const chosen = await chosenModels(ports, repository, names, request);
		if (chosen.length === 0) return {
			models: [],
			units: []
		};
		const together = await require_light.workUnits(ports, repository, chosen, { workTree: false });
		const groups = new Map(together.flatMap((unit) => unit.models.map((model) => [model, unit.group])));
		return {
			models: await eachModel(ports, repository, together.flatMap((unit) => unit.models), {
				async one(kept, model) {
					const group = groups.get(model) ?? null;
					if (group !== null && by === "candidate") throw new require_light.GroupHandOverError(model, group);
					const look = await lookAt(kept, repository, {
						model,
						...group && { group },
						force,
						dryRun: false
					});
					if (look.kind !== "due") {
						const { kind, ...more } = look;
						return {
							model,
							result: kind,
							...more
						};
					}
					const { context, decision } = look;
					const candidates = context.spec.candidates.map(({ learner }, i) => {
						const candidate = i + 1;
						return {
							candidate,
							learner,
							digest: candidateDigest({
								...identityOf(model, look),
								candidate
							}, require_light.sha256)
						};
					});
					return {
						model,
						result: "due",
						reasons: decision.reasons,
						candidates
					};
				},
				failed: (model, error) => ({
					model,
					result: "failed",
					error
				})
			}),
			units: together
		};
	});
	const matrix = require_commands.jobMatrix(units.flatMap((unit) => jobsOf(unit, models, by)), jobs);
	return {
		any: matrix.include.length > 0,
		matrix,
		models
	};
}
async function chosenModels(ports, repository, names, { affected, usage }) {
	if (affected === null) return names.length > 0 ? names : require_light.listModels(ports, repository);
	const { affectedModels } = await Promise.resolve().then(() => require("./commands.cjs")).then((n) => n.affected_exports);
	const { models, failed } = await affectedModels(ports, {
		base: affected,
		head: repository.baseCommit,
		usage
	});
	const there = [...models.filter(({ effect }) => effect !== "removed"), ...failed].map(({ model }) => model).sort();
	return names.length === 0 ? there : there.filter((model) => names.includes(model));
}
function jobsOf({ models: names }, planned, by) {
	const members = planned.filter(({ model }) => names.includes(model));
	if (by === "model") return members.every(({ result }) => result === "skipped") ? [] : [{ model: names.join(" ") }];
	return members.flatMap((each) => each.result === "due" ? each.candidates.map(({ candidate, digest }) => ({
		model: each.model,
		candidate,
		digest
	})) : []);
}
// ../refit/src/runs/probe-version.ts
var probe_version_exports = require_rolldown_runtime.__exportAll({ probeVersion: () => probeVersion });
async function probeVersion(ports, repository, model) {
	require_light.checkModelName(model);
	const files = await championFiles(ports, repository, model);
	if (files.size === 0) {
		const known = await require_light.workTreeModels(ports, repository);
		if (!known.includes(model)) throw new require_light.ModelUnknownError(model, known, {
			...repository,
			tree: "in the work tree"
		});
		return {
			model,
			result: "none",
			rows: 0,
			why: "There is no version in the work tree."
		};
	}
	const problem = await require_light.wrongIn({ git: objectsOf(files) }, treeOf(files));
	if (problem !== null) return {
		model,
		result: "other",
		rows: 0,
		why: problem
	};
	const bytes = files.get(require_commands.PROBES_FILE);
	if (bytes === void 0) return {
		model,
		result: "none",
		rows: 0,
		why: "The version carries no probe rows."
	};
	const { rows, answers } = require_commands.readProbes(bytes);
	try {
		require_commands.checkProbes({ answers }, await answersTo(ports, files, rows), 0);
	} catch (error) {
		if (!(error instanceof require_light.ArtifactInvalidError)) throw error;
		return {
			model,
			result: "other",
			rows: rows.length,
			why: error.message
		};
	}
	return {
		model,
		result: "same",
		rows: rows.length,
		why: null
	};
}
async function championFiles(ports, repository, model) {
	const folder = node_path.default.join(repository.root, require_light.championFolder(model, repository));
	const stored = new Map();
	for (const { path: name, isFile } of await ports.files.list(folder)) {
		if (!isFile) throw new require_light.ArtifactInvalidError(name, "", "a regular file");
		stored.set(name, await ports.files.read(node_path.default.join(folder, name)) ?? new Uint8Array());
	}
	return ports.largeFiles.resolve(repository, stored);
}
async function answersTo({ learners }, files, rows) {
	const features = require_readers.parseFeatureSpec(require_light.decodeText(files.get("features.json")));
	const { learner } = require_readers.parseLineage(require_light.decodeText(files.get("lineage.json")));
	const artifact = [...files].flatMap(([name, bytes]) => name.startsWith("artifact/") ? [[name.slice(9), bytes]] : []);
	const inputs = features.inputs.filter(({ type }) => type !== "file");
	const predictor = await (await learners.get(learner.name)).load(new Map(artifact), require_light.limitsOf({}));
	return rowScorer({
		...features,
		inputs
	}, predictor)(await rowTyper(inputs)(rows));
}
var treeOf = (files) => [...files.keys()].map((name) => ({
	path: name,
	id: name,
	mode: "100644"
}));
var objectsOf = (files) => ({ read: async (names) => names.map((name) => files.get(name) ?? null) });
// ../refit/src/runs/show/show-version.ts
var show_version_exports = require_rolldown_runtime.__exportAll({ showVersion: () => showVersion });
async function showVersion(ports, model, wanted) {
	const repository = await ports.git.locate();
	const { history, metrics } = await require_light.historyOfNamed(ports, repository, model);
	const version = require_commands.findVersion(model, history, wanted);
	const { number, treeId, sha, committedAt, author, subject, broken, parent, inputDigest, newerFormat } = version;
	const lineage = await require_light.readLineage(ports, repository, `${treeId}:lineage.json`);
	const found = {
		repository,
		model,
		version,
		lineage,
		pages: await ports.pages.find()
	};
	const live = history.champion?.treeId === treeId;
	const { onnxLearners } = await Promise.resolve().then(() => require("./learners.cjs")).then((n) => n.onnx_exports);
	const answersAnywhere = onnxLearners.some((each) => each === lineage?.learner.name);
	return {
		format: 1,
		schema: "shown-version",
		model,
		live,
		version: {
			number,
			treeId,
			sha,
			committedAt,
			author,
			subject,
			broken,
			parent,
			inputDigest,
			newerFormat
		},
		places: await placesOf$1(ports, found),
		files: await filesOf(ports, found),
		use: lineage === null || broken !== null ? [] : require_commands.waysToUse({
			folder: require_light.championFolder(model, repository),
			lineage,
			version: `v${number}`,
			commit: sha,
			live,
			answersAnywhere
		}),
		metrics: { ...metrics.get(treeId) },
		lineage
	};
}
async function placesOf$1(ports, found) {
	const { repository, model, version, pages } = found;
	const { sha, treeId, subject, number } = version;
	const folder = require_light.championFolder(model, repository);
	const tag = `${require_light.flatName(model)}@v${number}`;
	const tagged = await ports.git.resolve(`refs/tags/${tag}^{commit}`) !== null;
	const publish = await require_light.orFailed(async () => (await require_commands.readPolicy(ports, repository, model)).publish, () => []);
	const isReleased = tagged && publish.includes("release");
	return {
		repository: pages?.home ?? null,
		folder,
		commit: {
			id: sha,
			url: pages?.commit(sha) ?? null
		},
		tree: {
			id: treeId,
			url: pages?.tree(sha, folder) ?? null
		},
		tag: {
			name: tag,
			exists: tagged,
			url: tagged ? pages?.tree(tag, folder) ?? null : null
		},
		pullRequest: pages?.pullRequest(subject) ?? null,
		release: isReleased ? pages?.release(tag) ?? null : null,
		report: await reportOf(ports, found)
	};
}
async function reportOf(ports, { repository, model, version, pages }) {
	const kept = await require_light.orFailed(async () => (await findRun(ports, repository, model, `v${version.number}`))?.kept ?? null, () => null);
	if (kept === null) return null;
	const { commit, path: page } = kept;
	return {
		commit,
		path: page,
		read: `git show ${commit}:${page}`,
		url: pages?.tree(commit, page) ?? null
	};
}
async function filesOf(ports, found) {
	const { repository, model, version, lineage, pages } = found;
	const folder = require_light.championFolder(model, repository);
	const entries = await ports.git.list(version.treeId);
	const large = await ports.largeFiles.tracked(repository, entries.map((entry) => node_path.default.posix.join(folder, entry.path)));
	const [own] = await ports.git.read([`${version.treeId}:lineage.json`]);
	return entries.map((entry) => {
		const place = `${folder}/${entry.path}`;
		const listed = entry.path === "lineage.json" && own ? {
			sha256: require_light.sha256(own),
			bytes: own.byteLength
		} : Object.entries(lineage?.files ?? {}).find(([file]) => file === entry.path)?.[1] ?? null;
		const lfs = large.has(place);
		return {
			path: entry.path,
			sha256: listed?.sha256 ?? null,
			bytes: listed?.bytes ?? null,
			blob: entry.id,
			lfs,
			object: `${version.sha}:${place}`,
			read: `git cat-file blob ${entry.id}${lfs ? " | git lfs smudge" : ""}`,
			url: pages?.content(version.sha, place) ?? null
		};
	});
}
// ../site/src/html.ts
var MOST$1 = 400;
function html(words, ...parts) {
	return { html: narrowed(words).map((word, i) => word + (i < parts.length ? partText(parts[i]) : "")).join("") };
}
var narrow = new WeakMap();
function narrowed(words) {
	const known = narrow.get(words) ?? words.map((word) => word.replace(/\n\s*/g, "\n"));
	narrow.set(words, known);
	return known;
}
function partText(part) {
	if (part === null) return "";
	if (typeof part === "number") return String(part);
	if (typeof part === "string") return escapeText(part, MOST$1);
	return isMany(part) ? part.map(partText).join("") : part.html;
}
function isMany(part) {
	return Array.isArray(part);
}
function escapeText(text, most) {
	return require_light.visibleText(text, most).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
function numberHtml(value) {
	return value === null || value === void 0 ? html`–` : html`<data value="${String(value)}">${require_light.formatNumber(value)}</data>`;
}
function signedHtml(value) {
	if (value === null) return html`–`;
	return html`<data value="${String(value)}">${value < 0 ? "−" : "+"}${require_light.formatNumber(Math.abs(value))}</data>`;
}
function dayHtml(iso) {
	return html`<time datetime="${iso}">${iso.slice(0, 10)}</time>`;
}
function outside(address, words) {
	return address !== null && address.startsWith("https://") ? html`<a href="${address}" rel="noreferrer">${words}</a>` : html`${words}`;
}
// ../site/src/badge.ts
var LETTER = 7;
var GAP = 10;
function badge({ model, state, version, since }) {
	const name = escapeText(model, 60);
	const words = state === "live" ? `${version} since ${since}` : state === "broken" ? `broken, was ${version ?? "never live"}` : state;
	const said = escapeText(words, 60);
	const [left, right] = [Math.min(60, model.length), words.length].map((letters) => letters * LETTER + 20);
	const colour = state === "live" ? "#0a6640" : state === "broken" ? "#a40e26" : "#57606a";
	const text = (x, length, what) => `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${what}</text>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${said}">
<title>${name}: ${said}</title>
<rect width="${left}" height="20" fill="#24292f"/>
<rect x="${left}" width="${right}" height="20" fill="${colour}"/>
<g fill="#ffffff" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">
${text(GAP, left - 20, name)}
${text(left + GAP, right - 20, said)}
</g>
</svg>
`;
}
var passing = new Set(["drift", "unblocked"]);
function siteEvents(history, ledger) {
	const commits = new Map();
	let time = -Infinity;
	for (const [place, { commit, champion }] of history.events.entries()) {
		time = Math.max(time, commit.committedAt);
		commits.set(commit.sha, {
			place,
			time,
			live: champion?.number ?? null
		});
	}
	const past = pastEvents(history, ledger).flatMap((event) => {
		if (passing.has(event.kind)) return [];
		const at = event.settledAt ?? event.at;
		const known = event.commit === null ? void 0 : commits.get(event.commit);
		return Number.isFinite(at) ? [{
			event,
			at,
			known,
			time: known?.time ?? at
		}] : [];
	});
	past.sort((a, b) => a.time - b.time || (a.known?.place ?? 0) - (b.known?.place ?? 0));
	let live = null;
	return past.map(({ event: { kind, version, commit, words }, at, known }) => {
		if (known !== void 0) ({live} = known);
		return {
			at: new Date(at).toISOString(),
			kind,
			version,
			live,
			commit,
			words
		};
	});
}
function partsOf(events) {
	const newest = events.slice(-100);
	const complete = events.length === newest.length ? 0 : Math.floor(events.length / 100);
	return {
		newest,
		earlier: Array.from({ length: complete }, (_, i) => events.slice(i * 100, (i + 1) * 100))
	};
}
// ../site/src/places.ts
function placesOf(model) {
	const folder = `models/${require_light.flatName(model)}`;
	return {
		folder,
		page: `${folder}/index.html`,
		chart: `${folder}/metric.svg`,
		strip: `${folder}/drift.svg`,
		badge: `${folder}/badge.svg`,
		api: `api/${folder}/index.json`,
		version: (number) => `${folder}/v${number}.html`,
		earlier: (part) => ({
			page: `${folder}/history-${part}.html`,
			chart: `${folder}/history-${part}.svg`,
			api: `api/${folder}/history-${part}.json`
		})
	};
}
var nameOfFile = (path) => path.slice(path.lastIndexOf("/") + 1);
// ../site/src/feed.ts
var MOST = 50;
function feed(models) {
	const newest = models.flatMap(({ model, events }) => events.slice(-50).map((event) => ({
		model,
		event
	}))).sort((a, b) => a.event.at === b.event.at ? compare(a.model, b.model) : compare(b.event.at, a.event.at)).slice(0, MOST);
	return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:refit:models</id>
<title>What happened to the models</title>
<updated>${newest[0]?.event.at ?? "1970-01-01T00:00:00.000Z"}</updated>
<author><name>refit</name></author>
<link rel="alternate" type="text/html" href="index.html"/>
${newest.map(entry).join("")}</feed>
`;
}
function compare(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function entry({ model, event }) {
	const { at, kind, version, live, commit, words } = event;
	const places = placesOf(model);
	const what = version === null ? kind : `${kind} of v${version}`;
	const after = live === null ? "No version is live." : `v${live} is live.`;
	return `<entry>
<id>urn:refit:${model}:${commit ?? `${kind}:${at}`}</id>
<title>${escapeText(`${model}: ${what}`, 200)}</title>
<updated>${at}</updated>
<link rel="alternate" type="text/html" href="${version === null ? places.page : places.version(version)}"/>
<summary>${escapeText(words === null ? after : `${words} ${after}`, 400)}</summary>
</entry>
`;
}
// \0@oxc-project+runtime@0.156.0/helpers/esm/taggedTemplateLiteral.js
function _taggedTemplateLiteral(e, t) {
	return t || (t = e.slice(0)), Object.freeze(Object.defineProperties(e, { raw: { value: Object.freeze(t) } }));
}
// ../site/src/page.ts
var _templateObject;
function page({ title, top, trail = [], body, sortable = false }) {
	const { html: text } = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
      />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      <link rel="stylesheet" href="${top}style.css" />
      <link rel="alternate" type="application/atom+xml" title="What happened to the models" href="${top}feed.xml" />
      ${sortable ? html(_templateObject || (_templateObject = _taggedTemplateLiteral(["<script src=\"", "table.js\" defer><\/script>"])), top) : null}
    </head>
    <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
        <nav aria-label="Pages"><a href="${top}index.html">Models</a>${trail.map((link) => html` ${link}`)}</nav>
      </header>
      <main id="main" tabindex="-1">${body}</main>
      <footer>Made by refit from the history of this repository. <a href="${top}feed.xml">Feed</a></footer>
    </body>
  </html> `;
	return `<!doctype html>\n${text}`;
}
function tableHtml(label, caption, heads, rows) {
	return html`<div class="table" tabindex="0" role="region" aria-label="${label}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(([first, ...cells]) => html`<tr>
            <th scope="row">${first}</th>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
          </tr> `)}
      </tbody>
    </table>
  </div>`;
}
function termsHtml(entries) {
	return html`<dl>
    ${entries.flatMap(([term, value]) => value === null ? [] : [html`<dt>${term}</dt>
              <dd>${value}</dd> `])}
  </dl>`;
}
// ../site/src/index-page.ts
function indexPage(models) {
	return page({
		title: "Models",
		top: "",
		sortable: true,
		body: html`<h1>Models</h1>
      ${models.length === 0 ? html`<p>There is no model on the base branch yet; create one with <code>refit init</code>.</p>` : tableHtml("Models", "What is live, and what needs somebody.", [
			"Model",
			"State",
			"Version",
			"Since",
			"Learned until",
			"On rows since",
			"Attention",
			"Next"
		], models.map(rowOf))}
      <p><a href="api/index.json">The same as JSON</a></p>`
	});
}
function rowOf({ status }) {
	const { model, state, version, since, learnedUntil, newer, due } = status;
	const { page: own, folder } = placesOf(model);
	return [
		html`<a href="${own}">${model}</a>`,
		state,
		version === null ? "–" : html`<a href="${`${folder}/${version}.html`}">${version}</a>`,
		since === null ? "–" : dayHtml(since),
		learnedUntil === null ? "–" : dayHtml(learnedUntil),
		newerHtml(newer) ?? "–",
		attention(status),
		due[0] ?? "–"
	];
}
function newerHtml(newer) {
	if (newer === null) return null;
	return html`${newer.metric}
  ${numberHtml(newer.value)}${newer.rows === null ? null : html` on ${numberHtml(newer.rows)} rows`}`;
}
function attention({ attention: all, proposal, proposalState }) {
	const parts = [...all.map(({ label }) => label), ...proposal === null ? [] : [html`proposal ${outside(proposal, (proposalState ?? "open").replace("-", " "))}`]];
	return parts.length === 0 ? "–" : parts.map((part, i) => html`${i === 0 ? null : html`; `}<span class="alarm">${part}</span>`);
}
// ../site/src/look.ts
var STYLE = `:root {
  color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0550ae; --soft: #f6f8fa; --alarm: #a40e26;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #0d1117; --ink: #e6edf3; --quiet: #9ea7b3; --line: #3d444d; --link: #79b8ff; --soft: #151b23; --alarm: #ff9492; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0.75rem 1rem; }
header nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
footer { color: var(--quiet); font-size: 0.875rem; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: 0.25rem 0; }
time { white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; }
.alarm { color: var(--alarm); font-weight: 600; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.25rem 0.5rem; }
input { font: inherit; padding: 0.35rem 0.5rem; max-width: 100%; color: inherit; background: var(--soft); border: 1px solid var(--quiet); border-radius: 4px; }
figure { margin: 1rem 0; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figcaption { color: var(--quiet); }
code, pre { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: 0.5rem 0.75rem; border-radius: 6px; white-space: pre-wrap; }
[hidden] { display: none; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 0.5rem; } }
@media print { header nav, .skip, .search { display: none; } a { color: inherit; } .table { overflow: visible; } }
`;
var TABLE_SCRIPT = `"use strict";
(() => {
  const table = document.querySelector("table");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const valueOf = (row, i) => {
    const cell = row.cells[i];
    const data = cell.querySelector("data, time");
    if (!data) return cell.textContent.trim();
    return data.tagName === "DATA" ? Number(data.value) : data.dateTime;
  };
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort((a, b) => (down ? -1 : 1) * order(valueOf(a, i), valueOf(b, i)));
      body.replaceChildren(...sorted);
    });
  });
  const search = document.createElement("p");
  search.className = "search";
  const label = document.createElement("label");
  label.textContent = "Search models: ";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  search.append(label, " ", count);
  table.closest(".table").before(search);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) shown++;
    }
    count.textContent = wanted === "" ? "" : shown + " of " + rows.length;
  });
})();
`;
// ../site/src/model-page.ts
function historyPage({ history, status, files, earlier, api }) {
	const { model, events } = history;
	const title = status === null ? `${model}: ${datesOf(events)}` : model;
	return page({
		title,
		top: "../../",
		trail: status === null ? [html`<a href="index.html">${model}</a>`] : [],
		body: html`<h1>${title}</h1>
      ${status === null ? null : statusHtml(status)}
      <h2>Over time</h2>
      <figure>
        <img
          src="${files.chart}"
          width="760"
          height="424"
          alt="${`${primaryOf(history) ?? "Metric"} at each event; the numbers are in the table below.`}"
        />
        <figcaption>
          Two dots that are joined were measured on the same rows. Rows differ from event to event, so nothing else is
          joined: do not compare across.
        </figcaption>
      </figure>
      ${files.strip === null ? null : html`<figure>
                <img
                  src="${files.strip}"
                  alt="Drift of each column from version to version; the columns that drifted are listed below."
                />
                <figcaption>
                  Training data of each version against those of the version that it was compared with.
                </figcaption>
              </figure>
              ${driftHtml(history)}`}
      <h2>What happened</h2>
      ${eventsHtml(history)}
      ${earlier.length === 0 ? null : html`<h2>Before</h2>
              <ul>
                ${earlier.map((each) => html`<li><a href="${each.page}">${each.words}</a></li>`)}
              </ul>`}
      <p>
        <a href="${api}">The same as JSON</a
        >${files.badge === null ? null : html` · <a href="${files.badge}">Badge</a>`}
      </p>`
	});
}
function datesOf(events) {
	return `${events[0].at.slice(0, 10)} to ${events.at(-1).at.slice(0, 10)}`;
}
function statusHtml(status) {
	const { state, version, since, learnedUntil, newer, attention, proposal, proposalState, due } = status;
	return termsHtml([
		["State", state === "live" ? state : html`<span class="alarm">${state}</span>`],
		["Live version", version === null ? "none" : html`<a href="${version}.html">${version}</a>${since === null ? null : html` since ${dayHtml(since)}`}`],
		["Learned until", learnedUntil === null ? null : dayHtml(learnedUntil)],
		["On rows since", newerHtml(newer)],
		["Attention", attention.length === 0 ? null : attention.map(({ what }, i) => html`${i === 0 ? null : html`<br />`}<span class="alarm">${what}</span>`)],
		["Proposal", proposal === null ? null : html`${proposalState ?? "open"}: ${outside(proposal, proposal)}`],
		["Next", due.length === 0 ? null : due.map((sentence, i) => html`${i === 0 ? null : html`<br />`}${sentence}`)]
	]);
}
var versionOf = ({ versions }, event) => versions.find(({ number, commit }) => number === event.version && commit === event.commit);
var primaryOf = ({ versions }) => versions.findLast(({ facts: { comparison } }) => comparison !== null)?.facts.comparison?.primary;
function eventsHtml(history) {
	return tableHtml("What happened", "Newest first. The numbers of one line were measured on the same rows; those of two lines may not be.", [
		"When",
		"What",
		"Version",
		"Metric",
		"Live before",
		"New",
		"Improvement",
		"Rows",
		"Live afterwards"
	], [...history.events].reverse().map((event) => {
		const version = versionOf(history, event);
		return [
			dayHtml(event.at),
			event.words === null ? event.kind : html`${event.kind}: ${event.words}`,
			event.version === null ? "–" : html`<a href="v${event.version}.html">v${event.version}</a>`,
			...measuredCells(version),
			event.live === null ? "none" : html`<a href="v${event.live}.html">v${event.live}</a>`
		];
	}));
}
function measuredCells(version) {
	const comparison = version?.facts.comparison ?? null;
	const row = comparison?.metrics.find(({ metric }) => metric === comparison.primary);
	if (comparison === null || row === void 0) return [
		"–",
		"–",
		"–",
		"–",
		"–"
	];
	return [
		row.metric,
		numberHtml(row.champion),
		numberHtml(row.challenger),
		html`${signedHtml(row.improvement)}${row.interval === null ? null : html` (${signedHtml(row.interval[0])} to ${signedHtml(row.interval[1])})`}`,
		html`<data value="${String(comparison.rows)}">${comparison.rows}</data>`
	];
}
function metricChart(history, gates) {
	const primary = primaryOf(history);
	const points = history.events.map((event) => {
		const row = versionOf(history, event)?.facts.comparison?.metrics.find(({ metric }) => metric === primary);
		if (row === void 0) return {
			event,
			pair: null
		};
		return {
			event,
			pair: {
				champion: row.champion,
				challenger: row.challenger,
				interval: placeOfInterval(row)
			}
		};
	});
	return historyChart(`${history.model}: ${primary ?? "nothing measured"}`, points, gates).svg;
}
function placeOfInterval({ champion, challenger, improvement, interval }) {
	if (interval === null || champion === null || challenger === null || improvement === null) return null;
	return challenger - champion >= 0 === improvement >= 0 ? [champion + interval[0], champion + interval[1]] : [champion - interval[1], champion - interval[0]];
}
var MOST_COLUMNS = 24;
function driftStrip({ model, drift }) {
	const farthest = new Map();
	for (const { column, psi } of drift.flatMap(({ columns }) => columns)) if (psi !== null) farthest.set(column, Math.max(psi, farthest.get(column) ?? 0));
	if (farthest.size === 0) return null;
	const shown = [...farthest].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_COLUMNS);
	const rows = shown.map(([column]) => ({
		column,
		cells: drift.map(({ columns }) => {
			const found = columns.find((each) => each.column === column);
			return found === void 0 || found.psi === null ? null : {
				psi: found.psi,
				drifted: found.status === "drift"
			};
		})
	}));
	const more = farthest.size > shown.length ? `, ${shown.length} of ${farthest.size} columns` : "";
	const labels = drift.map(({ version }) => `v${version}`);
	return stripChart(`${model}: drift of the training data${more}`, labels, rows).svg;
}
function driftHtml({ drift }) {
	const moved = [...drift].reverse().flatMap(({ version, columns }) => columns.filter(({ status }) => status === "drift").map((column) => driftCells(version, column)));
	if (moved.length === 0) return html`<p>No column drifted from one version to the next.</p>`;
	return tableHtml("Columns that drifted", "Columns whose training data drifted from those of the version before.", [
		"Version",
		"Column",
		"Role",
		"PSI"
	], moved);
}
function driftCells(version, { column, role, psi }) {
	return [
		html`<a href="v${version}.html">v${version}</a>`,
		column,
		role,
		numberHtml(psi)
	];
}
// ../site/src/version-page.ts
function versionPage(place) {
	const { model, version } = place;
	const { number, parent, facts: known } = version;
	return page({
		title: `${model} v${number}`,
		top: "../../",
		trail: [html`<a href="index.html">${model}</a>`],
		body: html`<h1>${model} v${number}</h1>
      ${version.broken === null ? null : html`<p class="alarm">Broken: ${version.broken}</p>`}
      ${version.newerFormat === null ? null : html`<p class="alarm">Written in format ${version.newerFormat}, which needs a newer refit.</p>`}
      ${placeFacts(place)}
      ${known.comparison === null ? ownMetrics(version) : comparisonHtml(known.comparison, version)}
      ${changesHtml(known.changes, parent)} ${useHtml(place)}`
	});
}
function placeFacts({ version, live, commitPage, pullRequest }) {
	const { at, commit, author, treeId, parent } = version;
	const { origin } = version.facts;
	return termsHtml([
		["Live", live.length === 0 ? "never" : live.map(({ from, until }, i) => html`${i === 0 ? null : html`; `}${dayHtml(from)} to ${until === null ? "now" : dayHtml(until)}`)],
		["Came on", html`${dayHtml(at)} by ${author}`],
		["Commit", outside(commitPage, html`<code>${commit.slice(0, 12)}</code>`)],
		["Pull request", pullRequest === null ? null : outside(pullRequest, pullRequest)],
		["Tree", html`<code>${treeId}</code>`],
		["Compared with", parent === null ? "no earlier version" : html`<a href="v${parent}.html">v${parent}</a>`],
		...origin === null ? [] : originFacts(origin)
	]);
}
function originFacts(origin) {
	const { learner, settings, dataset, dataFiles, dataRows, learnedUntil, declared, seed, holdout } = origin;
	const span = holdout.from === null || holdout.to === null ? null : html`, ${dayHtml(holdout.from)} to ${dayHtml(holdout.to)}`;
	return [
		["Owner", origin.owner],
		["Use", origin.use],
		["Limits", origin.limits],
		["Learner", html`${learner} <code>${settings}</code>`],
		["Data", html`${dataRows} rows in ${dataFiles} files of ${dataset}`],
		["Learned until", learnedUntil === null ? null : html`${dayHtml(learnedUntil)}${declared ? ", as people say" : ""}`],
		["Judged on", html`${holdout.rows} rows${span}`],
		["Seed", seed]
	];
}
function ownMetrics({ facts: { metrics } }) {
	const rows = Object.entries(metrics).map(([name, value]) => [name, numberHtml(value)]);
	if (rows.length === 0) return null;
	return html`<h2>Metrics</h2>
    ${tableHtml("Metrics", "On its own holdout.", ["Metric", "Value"], rows)}`;
}
function comparisonHtml(comparison, { number, parent, facts }) {
	const { primary, rows, metrics, slices } = comparison;
	const before = parent === null ? "Live before" : `v${parent}`;
	const holdout = facts.origin?.holdout;
	return html`<h2>Comparison</h2>
    ${tableHtml("Comparison", html`${parent === null ? "Measured" : "Both were measured"} on the same ${rows}
  rows${holdout ? html` (holdout <code>${holdout.digest.slice(0, 12)}</code>)` : null}, in one run. Above 0 is better.`, [
		"Metric",
		before,
		`v${number}`,
		"Improvement",
		"90 % interval"
	], metrics.map(({ metric, champion, challenger, improvement, interval }) => [
		metric === primary ? html`<strong>${metric}</strong>` : metric,
		numberHtml(champion),
		numberHtml(challenger),
		signedHtml(improvement),
		interval === null ? "–" : html`${signedHtml(interval[0])} to ${signedHtml(interval[1])}`
	]))}
    ${slices.length === 0 ? null : html`<h3>By slice</h3>
            ${tableHtml("By slice", html`${primary} on parts of the same rows.`, [
		"Slice",
		"Rows",
		before,
		`v${number}`,
		"Improvement"
	], slices.map((slice) => [
		html`${slice.column}: ${slice.value ?? "(sensitive, not shown)"}`,
		html`<data value="${String(slice.rows)}">${slice.rows}</data>`,
		numberHtml(slice.champion),
		numberHtml(slice.challenger),
		signedHtml(slice.improvement)
	]))}`}`;
}
function changesHtml(changes, parent) {
	if (changes === null || parent === null) return null;
	return html`<h2>Difference from v${parent}</h2>
    <ul>
      ${changes.map((change) => html`<li>${change}</li>`)}
    </ul>`;
}
function useHtml({ model, version, use }) {
	const show = `refit show ${model}@v${version.number}`;
	return html`<h2>How to use it</h2>
    ${use.map(({ how, page: about, from }) => html`<p>${outside(about, names[from] ?? from)}</p>
          <pre>${how}</pre>`)}
    <p>All about it, with every file and where it is:</p>
    <pre>${show}</pre>`;
}
var names = {
	files: "Rows of files",
	node: "Node.js",
	python: "Python",
	http: "HTTP"
};
// ../site/src/site.ts
function siteParts(site) {
	const models = site.models.map((model) => ({
		...model,
		events: siteEvents(model.history, model.ledger)
	}));
	const told = models.map(({ status, events }) => ({
		model: status.model,
		events
	}));
	return [
		whole("index.html", () => indexPage(site.models)),
		whole("api/index.json", () => json(site.statusJson)),
		whole("feed.xml", () => feed(told)),
		whole("style.css", () => STYLE),
		whole("table.js", () => TABLE_SCRIPT),
		...models.flatMap((model) => modelParts(site, model))
	];
}
function whole(path, make) {
	const text = make();
	return {
		paths: [path],
		key: text,
		needs: [],
		needsDrift: [],
		make: () => [text]
	};
}
function modelParts(site, model) {
	const { earlier } = partsOf(model.events);
	return [
		newestPart(model),
		...earlier.map((events, i) => earlierPart(model, events, i + 1)),
		whole(placesOf(model.status.model).badge, () => badge(model.status)),
		...versionParts(site, model)
	];
}
function newestPart(model) {
	const { status, gates, sensitive } = model;
	const { newest, earlier } = partsOf(model.events);
	const places = placesOf(status.model);
	const links = earlier.map((events, i) => ({
		place: places.earlier(i + 1),
		words: datesOf(events)
	})).reverse();
	const part = partOf(model, newest, links.map(({ place }) => nameOfFile(place.api)));
	return {
		paths: [
			places.page,
			places.chart,
			places.strip,
			places.api
		],
		key: [
			part.key,
			status,
			gates,
			sensitive,
			links
		],
		needs: part.needs,
		needsDrift: part.needs,
		make(read) {
			const history = part.history(read, part.drift(read));
			const strip = driftStrip(history);
			const files = {
				chart: nameOfFile(places.chart),
				strip: strip === null ? null : nameOfFile(places.strip),
				badge: nameOfFile(places.badge)
			};
			const pages = links.map(({ place, words }) => ({
				page: nameOfFile(place.page),
				words
			}));
			return [
				historyPage({
					history,
					status,
					files,
					earlier: pages,
					api: `../../${places.api}`
				}),
				metricChart(history, gates),
				strip ?? nothingDrawn,
				json(history)
			];
		}
	};
}
function earlierPart(model, events, number) {
	const place = placesOf(model.status.model).earlier(number);
	const part = partOf(model, events, []);
	return {
		paths: [
			place.page,
			place.chart,
			place.api
		],
		key: [part.key, model.sensitive],
		needs: part.needs,
		needsDrift: [],
		make(read) {
			const history = part.history(read, []);
			return [
				historyPage({
					history,
					status: null,
					files: {
						chart: nameOfFile(place.chart),
						strip: null,
						badge: null
					},
					earlier: [],
					api: `../../${place.api}`
				}),
				metricChart(history, []),
				json(history)
			];
		}
	};
}
var nothingDrawn = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n`;
function partOf(model, events, older) {
	const { status, history } = model;
	const commits = new Set(events.map(({ commit }) => commit));
	const came = history.versions.filter(({ sha }) => commits.has(sha));
	return {
		key: [
			events,
			came.map((version) => outline(model, version)),
			older
		],
		needs: came.map(({ treeId }) => treeId),
		drift: (read) => came.flatMap(({ treeId, number }) => {
			const columns = [...read.drift(treeId)];
			return columns.length === 0 ? [] : [{
				version: number,
				columns
			}];
		}),
		history: (read, drift) => ({
			format: 1,
			schema: "site-history",
			model: status.model,
			state: history.state,
			live: events.at(-1)?.live ?? null,
			older: [...older],
			drift,
			events: [...events],
			versions: came.map((version) => ({
				...outline(model, version),
				facts: withoutSensitive(read.facts(version.treeId), model)
			}))
		})
	};
}
var numbers = new WeakMap();
function numberOf({ history }, treeId) {
	const known = numbers.get(history) ?? new Map(history.versions.map((version) => [version.treeId, version.number]));
	numbers.set(history, known);
	return treeId === null ? null : known.get(treeId) ?? null;
}
function outline(model, version) {
	const { number, treeId, sha, committedAt, author, broken, newerFormat, parent } = version;
	return {
		number,
		treeId,
		at: new Date(committedAt).toISOString(),
		commit: sha,
		author,
		broken,
		newerFormat,
		parent: numberOf(model, parent)
	};
}
function withoutSensitive(facts, { sensitive }) {
	if (facts.comparison === null) return facts;
	const slices = facts.comparison.slices.map((slice) => sensitive === null || sensitive.includes(slice.column) ? {
		...slice,
		value: null
	} : slice);
	return {
		...facts,
		comparison: {
			...facts.comparison,
			slices
		}
	};
}
function versionParts(site, model) {
	const { status, history, sensitive } = model;
	const places = placesOf(status.model);
	const spans = liveSpansOf(history);
	return history.versions.map((version) => {
		const known = outline(model, version);
		const { use, ...links } = site.placeOf(status.model, version);
		const place = {
			model: status.model,
			live: spans.get(version.treeId) ?? [],
			...links
		};
		return {
			paths: [places.version(version.number)],
			key: [
				place,
				known,
				sensitive
			],
			needs: [version.treeId],
			needsDrift: [],
			make: (read) => {
				const found = read.facts(version.treeId);
				return [versionPage({
					...place,
					version: {
						...known,
						facts: withoutSensitive(found, model)
					},
					use: use(found)
				})];
			}
		};
	});
}
function liveSpansOf({ events }) {
	const spans = new Map();
	let open = null;
	let live = null;
	for (const { champion, commit } of events) {
		const next = champion?.treeId ?? null;
		if (next === live) continue;
		const at = new Date(commit.committedAt).toISOString();
		if (open !== null) open.until = at;
		open = next === null ? null : {
			from: at,
			until: null
		};
		if (next !== null && open !== null) spans.set(next, [...spans.get(next) ?? [], open]);
		live = next;
	}
	return spans;
}
function json(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
// ../site/src/version-facts.ts
function openVersion({ lineage, evaluation }, metrics) {
	return {
		lineage: orNull(lineage, require_readers.parseLineage),
		evaluation: orNull(evaluation, (text) => JSON.parse(text)),
		metrics
	};
}
function openData({ profile, features }) {
	return {
		profile: orNull(profile, require_readers.parseProfile),
		features: orNull(features, require_readers.parseFeatureSpec)
	};
}
function orNull(text, parse) {
	if (text === null || text === void 0) return null;
	try {
		return parse(text);
	} catch (error) {
		if (error instanceof require_light.RefitError || error instanceof SyntaxError) return null;
		throw error;
	}
}
function factsOfVersion(version, parent) {
	return {
		metrics: version.metrics,
		comparison: comparisonOf(version.evaluation),
		origin: version.lineage && originOf(version.lineage),
		changes: version.lineage && parent?.lineage ? changesBetween(parent.lineage, version.lineage) : null
	};
}
var shownComparison = siteHistory.shape.versions.element.shape.facts.shape.comparison;
function comparisonOf(file) {
	if (file === null || typeof file !== "object") return null;
	const { kind, primary, rows, metrics, slices } = file;
	if (!Array.isArray(metrics) || !Array.isArray(slices)) return null;
	const found = shownComparison.safeParse({
		kind,
		primary,
		rows,
		metrics: metrics.map((row) => ({
			metric: row?.metric,
			champion: row?.champion ?? null,
			challenger: row?.challenger ?? null,
			improvement: row?.improvement ?? null,
			interval: row?.interval ?? null
		})),
		slices: slices.map((slice) => {
			const row = slice?.metrics?.find((each) => each.metric === primary);
			return {
				column: slice?.column,
				value: slice?.value,
				rows: slice?.rows,
				champion: row?.champion ?? null,
				challenger: row?.challenger ?? null,
				improvement: row?.improvement ?? null
			};
		})
	});
	return found.success ? found.data : null;
}
function originOf(lineage) {
	const { learner, data, seed, holdout, card } = lineage;
	return {
		learner: learner.name,
		settings: JSON.stringify(learner.settings),
		dataset: data.dataset,
		dataFiles: data.files.length,
		dataRows: rowsOf(lineage),
		learnedUntil: require_light.learnedUntil(lineage),
		declared: lineage.declared !== void 0,
		seed,
		holdout: {
			kind: holdout.kind,
			from: holdout.from,
			to: holdout.to,
			rows: holdout.rows,
			digest: holdout.digest
		},
		owner: card?.owner ?? null,
		use: card?.use ?? null,
		limits: card?.limits ?? null
	};
}
var rowsOf = ({ data }) => data.files.reduce((sum, { rows }) => sum + rows, 0);
function changesBetween(before, after) {
	const known = new Set(before.data.files.map(({ sha256 }) => sha256));
	const kept = new Set(after.data.files.map(({ sha256 }) => sha256));
	const fresh = after.data.files.filter(({ sha256 }) => !known.has(sha256)).length;
	const gone = before.data.files.filter(({ sha256 }) => !kept.has(sha256)).length;
	const learner = learnerChange(before.learner, {
		...after.learner.settings,
		learner: after.learner.name
	});
	return [
		`data: ${rowsOf(before)} → ${rowsOf(after)} rows, ${require_light.counted(fresh, "new file")}, ${gone} removed`,
		...learner.map(({ setting, from, to }) => `${setting}: ${from ?? "not set"} → ${to ?? "not set"}`),
		...[
			"spec",
			"manifest",
			"code"
		].flatMap((part) => before.digests[part] === after.digests[part] ? [] : [`${part}: changed`])
	];
}
function driftOfVersion({ profile, features }, parent) {
	if (!parent?.profile || profile === null || features === null) return [];
	return measureDrift(parent.profile, profile, rolesIn(features)).map(({ column, role, status, psi }) => ({
		column,
		role,
		status,
		psi
	}));
}
// ../refit/src/runs/site/read-site.ts
async function readSite(ports, repository) {
	const statuses = await require_commands.modelStatuses(ports, repository);
	const names = statuses.map(({ model }) => model);
	const histories = await require_light.readModelHistories(ports, repository, names);
	const ledgers = await require_light.readLedgers(ports, repository, names);
	const models = [];
	for (const status of statuses) {
		const { history, metrics } = histories.get(status.model);
		const ledger = ledgers.get(status.model).rows;
		models.push({
			status: shownStatus(status, ports.clock.now()),
			history,
			metrics,
			ledger,
			...await policyOf(ports, repository, status.model)
		});
	}
	return {
		models,
		statusJson: statuses,
		repository,
		placeOf: await placesIn(ports, repository, models)
	};
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
			label: require_commands.attentionLabel(each, now),
			what: require_commands.attentionWords(model, each, now).what
		})),
		proposal,
		proposalState,
		due: next === null ? [] : require_commands.dueSentences(next)
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
async function placesIn(ports, repository, models) {
	const pages = await ports.pages.find();
	const live = new Set(models.map(({ history }) => history.champion?.treeId));
	const { onnxLearners } = await Promise.resolve().then(() => require("./learners.cjs")).then((n) => n.onnx_exports);
	return (model, { number, treeId, sha, subject, broken }) => ({
		commitPage: pages?.commit(sha) ?? null,
		pullRequest: pages?.pullRequest(subject) ?? null,
		use({ origin }) {
			if (origin === null || broken !== null) return [];
			const settings = JSON.parse(origin.settings);
			return require_commands.waysToUse({
				folder: require_light.championFolder(model, repository),
				lineage: {
					model,
					learner: {
						name: origin.learner,
						algorithmVersion: 0,
						settings
					}
				},
				version: `v${number}`,
				commit: sha,
				live: live.has(treeId),
				answersAnywhere: onnxLearners.some((each) => each === origin.learner)
			});
		}
	});
}
// ../refit/src/runs/site/read-versions.ts
function readVersionFacts(ports, repository, models, treeIds) {
	return readKept(ports, repository, {
		models,
		treeIds,
		reading: {
			cache: "site/facts",
			files: ["lineage", "evaluation"],
			open: openVersion,
			say: factsOfVersion
		}
	});
}
function readVersionDrift(ports, repository, models, treeIds) {
	return readKept(ports, repository, {
		models,
		treeIds,
		reading: {
			cache: "site/drift",
			files: ["profile", "features"],
			open: openData,
			say: driftOfVersion
		}
	});
}
async function readKept(ports, repository, { models, treeIds, reading }) {
	const found = new Map();
	if (treeIds.size === 0) return found;
	const before = await require_light.recallLines(ports.files, repository, reading.cache);
	const fresh = new Map();
	for (const treeId of treeIds) {
		const kept = before?.value(treeId) ?? null;
		if (kept !== null) found.set(treeId, kept);
	}
	for (const model of models) {
		const missing = model.history.versions.filter(({ treeId }) => treeIds.has(treeId) && !found.has(treeId));
		for await (const [treeId, said] of saidInGit(ports, model, missing, reading)) {
			found.set(treeId, said);
			fresh.set(treeId, said);
		}
	}
	if (fresh.size > 0) await require_light.keepLines(ports.files, repository, reading.cache, {
		commit: repository.baseCommit,
		before,
		values: fresh
	});
	return found;
}
var together = 1e3;
async function* saidInGit({ git }, { history, metrics }, versions, { files, open, say }) {
	const known = new Set(history.versions.map(({ treeId }) => treeId));
	let opened = new Map();
	for (let start = 0; start < versions.length; start += together) {
		const some = versions.slice(start, start + together);
		const parents = some.flatMap(({ parent }) => parent !== null && known.has(parent) ? [parent] : []);
		const trees = new Set([...parents, ...some.map(({ treeId }) => treeId)]);
		opened = new Map([...opened].filter(([treeId]) => trees.has(treeId)));
		const unread = [...trees].filter((treeId) => !opened.has(treeId));
		const contents = await git.read(unread.flatMap((treeId) => files.map((file) => `${treeId}:${file}.json`)));
		for (const [i, treeId] of unread.entries()) {
			const texts = {};
			for (const [j, file] of files.entries()) {
				const bytes = contents[i * files.length + j];
				texts[file] = bytes ? require_light.decodeText(bytes) : null;
			}
			opened.set(treeId, open(texts, { ...metrics.get(treeId) }));
		}
		for (const { treeId, parent } of some) yield [treeId, say(opened.get(treeId), (parent === null ? null : opened.get(parent)) ?? null)];
	}
}
// ../refit/src/runs/site/site-folder.ts
var MARK = "refit-site.json";
async function openSiteFolder({ files }, folder) {
	const mark = await files.read(node_path.default.join(folder, MARK));
	if (mark === null) {
		if ((await files.children(folder)).length > 0 || await files.read(folder) !== null) throw inTheWay(folder, "is not empty, and no site of refit is in it");
		return {
			path: folder,
			keys: new Map()
		};
	}
	const stored = storedMark(mark);
	if (stored === null) throw inTheWay(node_path.default.join(folder, MARK), "is not as refit writes it; remove the folder");
	if (stored.refit !== "0.1.0") return {
		path: folder,
		keys: new Map(stored.files.map(([file]) => [file, ""]))
	};
	return {
		path: folder,
		keys: new Map(stored.files)
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
		const { format, refit, files } = JSON.parse(require_light.decodeText(bytes));
		if (format !== 1 || typeof files !== "object" || files === null) return null;
		const entries = Object.entries(files);
		return entries.every((entry) => ownPath.test(entry[0]) && typeof entry[1] === "string") ? {
			refit,
			files: entries
		} : null;
	} catch {
		return null;
	}
}
async function presentFiles({ files }, folder, paths) {
	const present = new Set();
	for (const below of foldersOf(paths)) for (const { name, kind } of await files.children(node_path.default.join(folder, below))) if (kind !== "folder") present.add(node_path.default.posix.join(below, name));
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
async function writeMark({ files }, folder, keys) {
	const mark = {
		format: 1,
		refit: require_light.version,
		files: Object.fromEntries(keys)
	};
	await files.write(node_path.default.join(folder, MARK), require_light.encodeText(`${require_light.canonicalJson(mark, 1)}\n`), { lasting: false });
}
function foldersOf(paths) {
	return new Set([...paths].map((file) => node_path.default.posix.dirname(file)));
}
// ../refit/src/runs/site/write-site.ts
var write_site_exports = require_rolldown_runtime.__exportAll({ writeSite: () => writeSite });
var abreast = 8;
async function writeSite(ports, output) {
	const repository = await ports.git.locate();
	for (const notice of repository.notices) ports.out.notice(notice);
	const target = node_path.default.resolve(ports.workTree.here, output);
	await require_commands.refuseInsideVersion(ports, repository, target, "--output FOLDER");
	const folder = await openSiteFolder(ports, target);
	const site = await readSite(ports, repository);
	const parts = siteParts(site).map((part) => ({
		...part,
		digest: require_light.sha256(JSON.stringify(part.key))
	}));
	const keys = new Map(parts.flatMap(({ paths, digest }) => paths.map((file) => [file, digest])));
	const present = await presentFiles(ports, target, [...keys.keys(), ...folder.keys.keys()]);
	await refuseOthers(ports, folder, [...keys.keys()], present);
	const isCurrent = (file) => present.has(file) && folder.keys.get(file) === keys.get(file);
	const due = parts.filter(({ paths }) => !paths.every(isCurrent));
	const gone = [...folder.keys.keys()].filter((file) => !keys.has(file));
	const done = {
		folder: target,
		models: site.models.length,
		files: keys.size
	};
	if (due.length + gone.length === 0) return {
		...done,
		written: 0,
		removed: 0
	};
	const read = await readVersions(ports, site, due);
	const unfinished = new Map([...keys, ...gone.map((file) => [file, ""])]);
	for (const { paths } of due) for (const file of paths) unfinished.set(file, "");
	await writeMark(ports, target, unfinished);
	const written = await writeParts(ports, target, due, read);
	for (const file of gone) await ports.files.remove(node_path.default.join(target, file));
	await writeMark(ports, target, keys);
	return {
		...done,
		written,
		removed: gone.length
	};
}
async function readVersions(ports, { models, repository }, due) {
	const treeIds = new Set(due.flatMap(({ needs }) => needs));
	const ofDrift = new Set(due.flatMap(({ needsDrift }) => needsDrift));
	const facts = await readVersionFacts(ports, repository, models, treeIds);
	const drift = await readVersionDrift(ports, repository, models, ofDrift);
	return {
		facts: (treeId) => facts.get(treeId),
		drift: (treeId) => drift.get(treeId)
	};
}
async function writeParts({ files }, folder, parts, read) {
	let written = 0;
	for (let start = 0; start < parts.length; start += abreast) {
		const texts = parts.slice(start, start + abreast).flatMap(({ paths, make }) => {
			const made = make(read);
			return paths.map((file, i) => [file, made[i]]);
		});
		await Promise.all(texts.map(([file, text]) => files.write(node_path.default.join(folder, file), require_light.encodeText(text), { lasting: false })));
		written += texts.length;
	}
	return written;
}
// ../refit/src/handover/write-trained.ts
async function writeTrained(workTree, { folder, scratch }, facts, artifact) {
	const index = require_light.canonicalJson(JSON.parse(JSON.stringify({
		format: 1,
		...facts
	})), 2);
	const files = new Map([[candidateFile, require_light.encodeText(`${index}\n`)]]);
	for (const [file, bytes] of artifact) files.set(`${artifactPrefix}${file}`, bytes);
	const odd = [...files.keys()].find((file) => !require_readers.isHandOverPath(file));
	if (odd !== void 0) throw new require_light.CandidatesInvalidError(`${require_light.quoted(odd)} is not a valid name for a file of an artifact`);
	const digests = new Map([...files].map(([file, bytes]) => [file, require_light.sha256(bytes)]));
	const name = require_readers.handOverDigest(digests, require_light.sha256).slice(7);
	const planned = [...files].map(([file, bytes]) => ({
		path: `${name}/${file}`,
		bytes,
		replaces: null
	}));
	await workTree.write(folder, planned, scratch);
	return name;
}
// ../refit/src/runs/train-candidates.ts
var train_candidates_exports = require_rolldown_runtime.__exportAll({ trainCandidates: () => trainCandidates });
async function trainCandidates(ports, names, request) {
	return withFetched(ports, (repository, scratch) => eachModel(ports, repository, names, {
		one: (kept, model) => trainOfModel(kept, {
			repository,
			model,
			scratch
		}, request),
		failed: (model, error) => ({
			model,
			result: "failed",
			error
		})
	}));
}
async function trainOfModel(ports, { repository, model, scratch }, { force, folder, wanted, usage }) {
	await require_light.refuseGroup(ports, repository, model);
	const look = await lookAt(ports, repository, {
		model,
		force,
		dryRun: false
	});
	if (look.kind !== "due") {
		const { kind, ...more } = look;
		return {
			model,
			result: kind,
			...more
		};
	}
	const numbers = numbersOf(model, look, {
		wanted,
		usage
	});
	if (numbers.length === 0) return {
		model,
		result: "skipped",
		heldBack: {
			kind: "handed-over",
			why: "other-plan"
		}
	};
	const { context, snapshot, decision } = look;
	const { withPrepared, waitsForRows, openBench, isOfCandidate } = await Promise.resolve().then(() => retrain_exports);
	return withPrepared(ports, context, snapshot, {
		broken: async (findings) => ({
			model,
			result: "blocked",
			findings: [...snapshot.findings, ...findings]
		}),
		async prepared(prepared) {
			const early = waitsForRows(context, decision.reasons, prepared);
			if (early !== null) return {
				model,
				result: "skipped",
				heldBack: early
			};
			const bench = await openBench(ports, context, prepared);
			const candidates = [];
			for (const candidate of numbers) {
				const settings = bench.all[candidate - 1];
				const { artifact, seconds, failure } = await bench.train(settings).then((trained) => ({
					...trained,
					failure: null
				}), (error) => {
					if (!isOfCandidate(error)) throw error;
					ports.out.notice(`Candidate ${candidate} was not trained: ${error.message} ${error.hint}`);
					return {
						artifact: new Map(),
						seconds: 0,
						failure: error.message.slice(0, 1e4)
					};
				});
				const identity = {
					...identityOf(model, look),
					candidate
				};
				const facts = {
					...identity,
					seconds,
					...failure !== null && { failure }
				};
				const name = await writeTrained(ports.workTree, {
					folder,
					scratch
				}, facts, artifact);
				const digest = candidateDigest(identity, require_light.sha256);
				candidates.push({
					candidate,
					learner: settings.learner,
					digest,
					folder: name,
					failure
				});
			}
			return {
				model,
				result: "trained",
				candidates
			};
		}
	});
}
function numbersOf(model, due, { wanted, usage }) {
	const count = due.context.spec.candidates.length;
	const words = new Set(wanted);
	const high = wanted.find((word) => /^\d+$/.test(word) && (Number(word) < 1 || Number(word) > count));
	if (high !== void 0) {
		const has = count === 1 ? "1 candidate" : `${count} candidates, numbered from 1`;
		throw new require_light.UsageError(`--candidate ${high}: model.yaml of ${model} has ${has}.`, usage);
	}
	const isWanted = (candidate) => words.has(String(candidate)) || words.has(candidateDigest({
		...identityOf(model, due),
		candidate
	}, require_light.sha256));
	return Array.from({ length: count }, (_, i) => i + 1).filter(isWanted);
}
// ../refit/src/handover/write-candidates.ts
function candidatesWriter(workTree, folder, scratch) {
	const digests = new Map();
	const models = [];
	async function put(files) {
		for (const name of files.keys()) {
			if (require_readers.isHandOverPath(name)) continue;
			throw new require_light.CandidatesInvalidError(`${require_light.quoted(name)} is not a valid name for a file of an artifact`);
		}
		const planned = [...files].map(([file, bytes]) => ({
			path: file,
			bytes,
			replaces: null
		}));
		await workTree.write(folder, planned, scratch);
		for (const [file, bytes] of files) digests.set(file, require_light.sha256(bytes));
	}
	return {
		async add(of, { candidates, chosen, challenger, procedure, shipped }) {
			const artifacts = {
				challenger: challenger.artifact,
				procedure,
				shipped
			};
			const files = require_readers.handedOverParts.flatMap((part) => [...artifacts[part] ?? []].map(([file, bytes]) => [`${require_light.flatName(of.model)}/${part}/${file}`, bytes]));
			await put(new Map(files));
			models.push({
				...of,
				candidates: candidates.map(handedOver),
				chosen: candidates.indexOf(chosen),
				training: challenger.training ?? null,
				...!challenger.reproducible && { reproducible: false }
			});
		},
		async close() {
			await put(new Map([[require_readers.handOverFile, require_light.encodeText(`${require_light.canonicalJson(JSON.parse(JSON.stringify({
				format: 1,
				models
			})), 2)}\n`)]]));
			return require_readers.handOverDigest(digests, require_light.sha256);
		}
	};
}
function handedOver({ validation, learned, bytes, seconds, failure, settings }) {
	const found = foundWords(settings);
	const told = {
		...failure !== void 0 && { failure },
		...found !== null && { found }
	};
	return {
		validation: validation ?? null,
		learned,
		bytes,
		seconds,
		...told
	};
}
// ../refit/src/runs/train-models.ts
var train_models_exports = require_rolldown_runtime.__exportAll({ trainModels: () => trainModels });
async function trainModels(ports, names, { force, folder, trained }) {
	return withFetched(ports, async (repository, scratch) => {
		const writer = candidatesWriter(ports.workTree, folder, scratch);
		const models = await eachModel(ports, repository, names, {
			one: (kept, model) => trainModel(kept, repository, {
				model,
				force,
				dryRun: false,
				candidates: trained ?? void 0
			}, writer),
			failed: (model, error) => ({
				model,
				result: "failed",
				error
			})
		});
		return {
			candidates: await writer.close(),
			models
		};
	});
}
async function trainModel(ports, repository, request, writer) {
	const { model } = request;
	await require_light.refuseGroup(ports, repository, model);
	const look = await lookAt(ports, repository, request);
	if (look.kind !== "due") {
		const { kind, ...more } = look;
		return {
			model,
			result: kind,
			...more
		};
	}
	const { context, snapshot, decision } = look;
	const late = require_light.whyNotTaken(look);
	if (late !== null) return {
		model,
		result: "skipped",
		heldBack: late
	};
	const { withPrepared, waitsForRows, train, finalFit, withTrainingScore } = await Promise.resolve().then(() => retrain_exports);
	return withPrepared(ports, context, snapshot, {
		broken: async (findings) => ({
			model,
			result: "blocked",
			findings: [...snapshot.findings, ...findings]
		}),
		async prepared(prepared) {
			const early = waitsForRows(context, decision.reasons, prepared);
			if (early !== null) return {
				model,
				result: "skipped",
				heldBack: early
			};
			const trained = await train(ports, context, prepared, snapshot.digests.input);
			const { artifact, judgedArtifact } = await finalFit(ports, context, prepared, trained);
			const { spec } = context;
			const challenger = await withTrainingScore(ports, {
				spec,
				target: prepared.target
			}, trained.challenger);
			const training = {
				...trained,
				challenger,
				shipped: judgedArtifact === null ? trained.shipped : artifact
			};
			const inputDigest = snapshot.digests.input;
			await writer.add({
				model,
				inputDigest,
				parent: context.champion?.treeId ?? null
			}, training);
			return {
				model,
				result: "trained",
				reasons: decision.reasons
			};
		}
	});
}
// ../refit/src/specs/place-in-text.ts
var place_in_text_exports = require_rolldown_runtime.__exportAll({ placeInText: () => placeInText });
function placeInText(yaml, path, within) {
	const lines = new require_yaml.LineCounter();
	const node = require_yaml.parseDocument(yaml, {
		version: "1.2",
		schema: "core",
		prettyErrors: false,
		lineCounter: lines
	}).getIn(path, true);
	if (!require_yaml.isScalar(node) || require_yaml.isAlias(node) || typeof node.value !== "string" || !node.range) return null;
	const start = node.range[0];
	const { line, col: column } = lines.linePos(start);
	if (within === null) return {
		line,
		column
	};
	return inBlock(yaml, node, line, within) ?? inLine(yaml, node, within, {
		line,
		column
	});
}
function inBlock(yaml, { type }, header, within) {
	if (type !== "BLOCK_LITERAL") return null;
	const first = yaml.split("\n").slice(header).find((text) => text.trim() !== "") ?? "";
	const indent = first.length - first.trimStart().length;
	return {
		line: header + within.line,
		column: indent + within.column
	};
}
function inLine(yaml, { type, value, range }, within, start) {
	const quote = type === "PLAIN" ? 0 : 1;
	return yaml.slice(range[0] + quote, range[0] + quote + value.length) === value && within.line === 1 ? {
		line: start.line,
		column: start.column + quote + within.column - 1
	} : start;
}
Object.defineProperty(exports, "INPUT_LIMIT", {
	enumerable: true,
	get: function() {
		return INPUT_LIMIT;
	}
});
Object.defineProperty(exports, "MODEL_FILE", {
	enumerable: true,
	get: function() {
		return MODEL_FILE;
	}
});
Object.defineProperty(exports, "NO_THRESHOLD", {
	enumerable: true,
	get: function() {
		return NO_THRESHOLD;
	}
});
Object.defineProperty(exports, "__vite_optional_peer_dep_pg_native_pg_exports", {
	enumerable: true,
	get: function() {
		return __vite_optional_peer_dep_pg_native_pg_exports;
	}
});
Object.defineProperty(exports, "accept_exports", {
	enumerable: true,
	get: function() {
		return accept_exports;
	}
});
Object.defineProperty(exports, "answersQueue", {
	enumerable: true,
	get: function() {
		return answersQueue;
	}
});
Object.defineProperty(exports, "applyLink", {
	enumerable: true,
	get: function() {
		return applyLink;
	}
});
Object.defineProperty(exports, "backtest_exports", {
	enumerable: true,
	get: function() {
		return backtest_exports;
	}
});
Object.defineProperty(exports, "cache_exports", {
	enumerable: true,
	get: function() {
		return cache_exports;
	}
});
Object.defineProperty(exports, "checkFeatures", {
	enumerable: true,
	get: function() {
		return checkFeatures;
	}
});
Object.defineProperty(exports, "check_table_exports", {
	enumerable: true,
	get: function() {
		return check_table_exports;
	}
});
Object.defineProperty(exports, "choose_exports", {
	enumerable: true,
	get: function() {
		return choose_exports;
	}
});
Object.defineProperty(exports, "command_learner_exports", {
	enumerable: true,
	get: function() {
		return command_learner_exports;
	}
});
Object.defineProperty(exports, "describeFeatures", {
	enumerable: true,
	get: function() {
		return describeFeatures;
	}
});
Object.defineProperty(exports, "diagnose_files_exports", {
	enumerable: true,
	get: function() {
		return diagnose_files_exports;
	}
});
Object.defineProperty(exports, "doctor_exports", {
	enumerable: true,
	get: function() {
		return doctor_exports;
	}
});
Object.defineProperty(exports, "excuse_of_unused_exports", {
	enumerable: true,
	get: function() {
		return excuse_of_unused_exports;
	}
});
Object.defineProperty(exports, "features_exports", {
	enumerable: true,
	get: function() {
		return features_exports;
	}
});
Object.defineProperty(exports, "history_exports", {
	enumerable: true,
	get: function() {
		return history_exports;
	}
});
Object.defineProperty(exports, "import_model_exports", {
	enumerable: true,
	get: function() {
		return import_model_exports;
	}
});
Object.defineProperty(exports, "init___vite_optional_peer_dep_pg_native_pg", {
	enumerable: true,
	get: function() {
		return init___vite_optional_peer_dep_pg_native_pg;
	}
});
Object.defineProperty(exports, "init_exports", {
	enumerable: true,
	get: function() {
		return init_exports;
	}
});
Object.defineProperty(exports, "layOut", {
	enumerable: true,
	get: function() {
		return layOut;
	}
});
Object.defineProperty(exports, "limits_from_exports", {
	enumerable: true,
	get: function() {
		return limits_from_exports;
	}
});
Object.defineProperty(exports, "logSumExp", {
	enumerable: true,
	get: function() {
		return logSumExp;
	}
});
Object.defineProperty(exports, "logistic", {
	enumerable: true,
	get: function() {
		return logistic;
	}
});
Object.defineProperty(exports, "logisticLoss", {
	enumerable: true,
	get: function() {
		return logisticLoss;
	}
});
Object.defineProperty(exports, "moments", {
	enumerable: true,
	get: function() {
		return moments;
	}
});
Object.defineProperty(exports, "multiply", {
	enumerable: true,
	get: function() {
		return multiply;
	}
});
Object.defineProperty(exports, "multiplyTransposed", {
	enumerable: true,
	get: function() {
		return multiplyTransposed;
	}
});
Object.defineProperty(exports, "observe_exports", {
	enumerable: true,
	get: function() {
		return observe_exports;
	}
});
Object.defineProperty(exports, "open_candidates_exports", {
	enumerable: true,
	get: function() {
		return open_candidates_exports;
	}
});
Object.defineProperty(exports, "open_trained_exports", {
	enumerable: true,
	get: function() {
		return open_trained_exports;
	}
});
Object.defineProperty(exports, "outputsOf", {
	enumerable: true,
	get: function() {
		return outputsOf;
	}
});
Object.defineProperty(exports, "plan_models_exports", {
	enumerable: true,
	get: function() {
		return plan_models_exports;
	}
});
Object.defineProperty(exports, "predict_exports", {
	enumerable: true,
	get: function() {
		return predict_exports;
	}
});
Object.defineProperty(exports, "predictions_learner_exports", {
	enumerable: true,
	get: function() {
		return predictions_learner_exports;
	}
});
Object.defineProperty(exports, "probe_version_exports", {
	enumerable: true,
	get: function() {
		return probe_version_exports;
	}
});
Object.defineProperty(exports, "readAuto", {
	enumerable: true,
	get: function() {
		return readAuto;
	}
});
Object.defineProperty(exports, "readChosen", {
	enumerable: true,
	get: function() {
		return readChosen;
	}
});
Object.defineProperty(exports, "readDescribed", {
	enumerable: true,
	get: function() {
		return readDescribed;
	}
});
Object.defineProperty(exports, "readGbdt", {
	enumerable: true,
	get: function() {
		return readGbdt;
	}
});
Object.defineProperty(exports, "readLinear", {
	enumerable: true,
	get: function() {
		return readLinear;
	}
});
Object.defineProperty(exports, "readMembers", {
	enumerable: true,
	get: function() {
		return readMembers;
	}
});
Object.defineProperty(exports, "read_described_exports", {
	enumerable: true,
	get: function() {
		return read_described_exports;
	}
});
Object.defineProperty(exports, "read_kept_report_exports", {
	enumerable: true,
	get: function() {
		return read_kept_report_exports;
	}
});
Object.defineProperty(exports, "reading_rows_exports", {
	enumerable: true,
	get: function() {
		return reading_rows_exports;
	}
});
Object.defineProperty(exports, "report_exports", {
	enumerable: true,
	get: function() {
		return report_exports;
	}
});
Object.defineProperty(exports, "resampling_exports", {
	enumerable: true,
	get: function() {
		return resampling_exports;
	}
});
Object.defineProperty(exports, "retrain_exports", {
	enumerable: true,
	get: function() {
		return retrain_exports;
	}
});
Object.defineProperty(exports, "routeBins", {
	enumerable: true,
	get: function() {
		return routeBins;
	}
});
Object.defineProperty(exports, "row_texts_exports", {
	enumerable: true,
	get: function() {
		return row_texts_exports;
	}
});
Object.defineProperty(exports, "scaleOf", {
	enumerable: true,
	get: function() {
		return scaleOf;
	}
});
Object.defineProperty(exports, "schema_exports", {
	enumerable: true,
	get: function() {
		return schema_exports;
	}
});
Object.defineProperty(exports, "score_both_exports", {
	enumerable: true,
	get: function() {
		return score_both_exports;
	}
});
Object.defineProperty(exports, "serve_exports", {
	enumerable: true,
	get: function() {
		return serve_exports;
	}
});
Object.defineProperty(exports, "show_version_exports", {
	enumerable: true,
	get: function() {
		return show_version_exports;
	}
});
Object.defineProperty(exports, "startingWorkflows", {
	enumerable: true,
	get: function() {
		return startingWorkflows;
	}
});
Object.defineProperty(exports, "storedRule", {
	enumerable: true,
	get: function() {
		return storedRule;
	}
});
Object.defineProperty(exports, "tfjs_learner_exports", {
	enumerable: true,
	get: function() {
		return tfjs_learner_exports;
	}
});
Object.defineProperty(exports, "train_exports", {
	enumerable: true,
	get: function() {
		return train_exports;
	}
});
Object.defineProperty(exports, "trainingWindow", {
	enumerable: true,
	get: function() {
		return trainingWindow;
	}
});
Object.defineProperty(exports, "verify_exports", {
	enumerable: true,
	get: function() {
		return verify_exports;
	}
});
Object.defineProperty(exports, "writeAuto", {
	enumerable: true,
	get: function() {
		return writeAuto;
	}
});
Object.defineProperty(exports, "writeGbdt", {
	enumerable: true,
	get: function() {
		return writeGbdt;
	}
});
Object.defineProperty(exports, "writeLinear", {
	enumerable: true,
	get: function() {
		return writeLinear;
	}
});
Object.defineProperty(exports, "write_site_exports", {
	enumerable: true,
	get: function() {
		return write_site_exports;
	}
});
