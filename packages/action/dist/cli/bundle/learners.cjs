const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_work = require("./work.cjs");
let node_os = require("node:os");
let node_worker_threads = require("node:worker_threads");
// ../tabular/src/json-reader.ts
var MODEL_FILE = "model.json";
function readModelFile(files, newest = 1) {
	const bytes = files.get(MODEL_FILE);
	if (bytes === void 0) throw new require_light.ArtifactInvalidError(MODEL_FILE, "", "this file to exist");
	let value;
	try {
		value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, "", "JSON text in UTF-8", { cause });
	}
	require_light.refuseNewer(MODEL_FILE, value, newest);
	return jsonReader(value, "");
}
function jsonReader(value, path) {
	const fail = (expected) => {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, path, expected);
	};
	return {
		fail,
		isList: () => Array.isArray(value),
		has: (key) => value !== null && typeof value === "object" && Object.hasOwn(value, key),
		asObject(...keys) {
			if (value === null || typeof value !== "object" || Array.isArray(value)) return fail("an object");
			if (Object.keys(value).length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) return fail(`an object with exactly the keys ${keys.join(", ")}`);
			const entries = value;
			const at = (key) => path === "" ? key : `${path}.${key}`;
			return Object.fromEntries(keys.map((key) => [key, jsonReader(entries[key], at(key))]));
		},
		asPlainMap() {
			if (value === null || typeof value !== "object" || Array.isArray(value)) return fail("an object");
			return value;
		},
		asList(length) {
			if (!Array.isArray(value)) return fail("a list");
			if (length !== void 0 && value.length !== length) return fail(`a list of ${length} items, not ${value.length}`);
			return value.map((item, index) => jsonReader(item, `${path}[${index}]`));
		},
		asText() {
			return typeof value === "string" ? value : fail("a text");
		},
		asWord(...words) {
			return words.find((word) => word === value) ?? fail(`one of ${words.join(", ")}`);
		},
		asNumber(least = -Number.MAX_VALUE, most = Number.MAX_VALUE) {
			if (typeof value !== "number" || !(value >= least && value <= most)) return fail(`a number${rangeText(least, most)}`);
			return value;
		},
		asInteger(least, most) {
			if (!Number.isInteger(value) || value < least || value > most) return fail(`a whole number${rangeText(least, most)}`);
			return value;
		}
	};
}
function rangeText(least, most) {
	if (least === -Number.MAX_VALUE && most === Number.MAX_VALUE) return "";
	return most < Number.MAX_VALUE ? ` from ${least} to ${most}` : ` of at least ${least}`;
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
function readHeader(fields, learner, format = 1) {
	fields.format.asInteger(format, format);
	fields.learner.asWord(learner);
	const task = fields.task.asWord("binary", "multiclass", "regression");
	return {
		task,
		classes: {
			binary: () => fields.classes.asInteger(2, 2),
			multiclass: () => fields.classes.asInteger(3, 1e6),
			regression: () => fields.classes.asInteger(0, 0)
		}[task](),
		features: readFeatures(fields.features)
	};
}
function readFeatures(list) {
	const names = new Set();
	return list.asList().map((feature) => {
		const fields = feature.asObject("kind", "levels", "name");
		const kind = fields.kind.asWord("numeric", "categorical");
		const name = fields.name.asText();
		if (names.has(name)) fields.name.fail("a name that no other feature has");
		names.add(name);
		return {
			kind,
			name,
			levels: fields.levels.asInteger(0, kind === "categorical" ? MOST_LEVELS : 0)
		};
	});
}
function checkFeatures(matrix, features) {
	const { columns } = matrix;
	const fail = (field, expected) => {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, field, expected);
	};
	if (columns.length !== features.length) fail("features", `the ${columns.length} columns of the rows to predict`);
	for (let index = 0; index < features.length; index++) {
		const feature = features[index];
		if (isOf(columns[index], feature)) continue;
		const found = describeFeatures(matrix)[index];
		fail(`features[${index}]`, `${describe(found)}, as in the rows to predict`);
	}
}
function isOf(column, { kind, name, levels }) {
	return column.kind === kind && column.name === name && levelsOf(column) === levels;
}
function describe({ kind, name, levels }) {
	return `the ${kind} ${JSON.stringify(name)}${kind === "categorical" ? ` of ${levels} levels` : ""}`;
}
// ../tabular/src/progress.ts
function progressOf(total, onProgress) {
	let reported = 0;
	return (done) => {
		const step = Math.floor(20 * done / total);
		if (step <= reported) return;
		reported = step;
		onProgress?.(done / total);
	};
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
var MOST_MEMBERS = 3;
var folderOf = (place) => `${place + 1}/`;
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
	const fields = readModelFile(files).asObject("classes", "features", "format", "learner", "members", "task", "training");
	const header = readHeader(fields, "auto");
	const list = fields.members.asList();
	if (list.length === 0 || list.length > MOST_MEMBERS) fields.members.fail(`1 to ${MOST_MEMBERS} models`);
	const members = list.map((item, place) => readMember(item, filesOf(files, place)));
	const total = members.reduce((sum, { share }) => sum + share, 0);
	if (Math.abs(total - 1) > 1e-9) fields.members.fail("shares that add up to 1");
	return {
		...header,
		members,
		training: readTraining(fields.training)
	};
}
function readMember(item, model) {
	const fields = item.asObject("settings", "share");
	return {
		share: fields.share.asNumber(0, 1),
		settings: readSettings(fields.settings),
		model
	};
}
function readSettings(reader) {
	return memberSettings(reader.asPlainMap()) ?? reader.fail("the settings of `gbdt` or `linear`");
}
function readTraining(reader) {
	const map = reader.asPlainMap();
	return Object.entries(map).every(([key, value]) => [
		"days",
		"rows",
		"halfLifeDays"
	].includes(key) && typeof value === "number" && value > 0) ? map : reader.fail("days, rows or halfLifeDays, above 0");
}
function filesOf(files, place) {
	const folder = folderOf(place);
	return new Map([...files].flatMap(([file, bytes]) => file.startsWith(folder) ? [[file.slice(folder.length), bytes]] : []));
}
// ../tabular/src/auto/portfolio.ts
var trees = (given) => withRoom(require_work.fillSettings(require_light.gbdtDescriptor, given));
var linear$1 = (given) => require_work.fillSettings(require_light.linearDescriptor, given);
var portfolio = [
	trees({
		leaves: 63,
		learningRate: .1,
		minLeafRows: 8,
		minCategoryRows: 5,
		l2: 50,
		rowFraction: .8
	}),
	linear$1({}),
	trees({
		leaves: 3,
		learningRate: .03,
		minLeafRows: 8,
		minCategoryRows: 5,
		rowFraction: .8,
		featureFraction: .6
	}),
	trees({
		leaves: 12,
		learningRate: .1,
		minLeafRows: 3,
		l2: .1,
		rowFraction: .8,
		featureFraction: .6
	}),
	trees({
		leaves: 31,
		learningRate: .1,
		minLeafRows: 8,
		minCategoryRows: 5,
		featureFraction: .3
	}),
	trees({
		leaves: 31,
		learningRate: .03,
		minCategoryRows: 5,
		l2: 50
	}),
	trees({
		leaves: 8,
		learningRate: .05,
		minCategoryRows: 5,
		featureFraction: .6
	}),
	trees({
		leaves: 8,
		learningRate: .03,
		minLeafRows: 8,
		l2: 50,
		rowFraction: .5
	})
];
function withRoom(settings) {
	if (settings.learner !== "gbdt") return settings;
	const rate = settings["learningRate"];
	return {
		...settings,
		trees: Math.round(40 / rate),
		earlyStoppingRounds: Math.round(3 / rate)
	};
}
var MOST_VALUES$1 = 1e9;
var HIGHEST_RATE = .2;
function affordable(settings, values) {
	const learningRate = Number(Math.min(HIGHEST_RATE, 40 * values / MOST_VALUES$1).toPrecision(2));
	return settings.learner === "gbdt" && learningRate > settings["learningRate"] ? withRoom({
		...settings,
		learningRate
	}) : settings;
}
// ../tabular/src/auto/row-losses.ts
var FLOOR = 1e-6;
function rowLosses(task, target, answers) {
	if (task === "regression") return target.map((value, row) => (answers[row] - value) * (answers[row] - value));
	const width = answers.length / target.length;
	return target.map((label, row) => {
		if (task === "multiclass") return surprise(answers[row * width + label]);
		return surprise(label === 1 ? answers[row] : 1 - answers[row]);
	});
}
var surprise = (probability) => -Math.log(Math.max(FLOOR, probability));
function meanOf(values, weights) {
	let sum = 0;
	let total = 0;
	for (let row = 0; row < values.length; row++) {
		const weight = weights === void 0 ? 1 : weights[row];
		sum += weight * values[row];
		total += weight;
	}
	return sum / total;
}
function clearlyBelow(first, second, weights) {
	const gain = first.map((loss, row) => loss - second[row]);
	const mean = meanOf(gain, weights);
	const spread = meanOf(gain.map((each) => (each - mean) * (each - mean)), weights);
	if (mean === 0) return 0;
	return spread === 0 ? Math.sign(mean) * Infinity : mean / Math.sqrt(spread / gain.length);
}
// ../tabular/src/auto/blend.ts
var WORTH = .5;
var STEPS = [
	.1,
	.2,
	.3,
	.4,
	.5
];
function blend(task, { target, weights }, answers, most) {
	const scored = (mixed) => {
		const losses = rowLosses(task, target, mixed);
		return {
			mixed,
			losses,
			loss: meanOf(losses, weights)
		};
	};
	let best = lowest(answers.map((each, of) => ({
		...scored(each),
		shares: [{
			of,
			share: 1
		}]
	})));
	while (best.shares.length < most) {
		const used = new Set(best.shares.map(({ of }) => of));
		const { mixed, shares, losses } = best;
		const wider = answers.flatMap((other, of) => used.has(of) ? [] : STEPS.map((share) => ({
			...scored(mixed.map((answer, i) => answer * (1 - share) + other[i] * share)),
			shares: [...shares.map((each) => ({
				...each,
				share: each.share * (1 - share)
			})), {
				of,
				share
			}]
		})));
		if (wider.length === 0) break;
		const next = lowest(wider);
		if (clearlyBelow(losses, next.losses, weights) < WORTH) break;
		best = next;
	}
	return rounded(best.shares);
}
function lowest(all) {
	return all.reduce((best, each) => each.loss < best.loss ? each : best);
}
function rounded(shares) {
	const others = shares.slice(1).map(({ of, share }) => ({
		of,
		share: Math.round(100 * share)
	}));
	const first = 100 - others.reduce((sum, { share }) => sum + share, 0);
	return [{
		of: shares[0].of,
		share: first / 100
	}, ...others.map(({ of, share }) => ({
		of,
		share: share / 100
	}))];
}
// ../tabular/src/random.ts
function seededRandom(seed) {
	let a = seed | 0;
	let b = -1640531527;
	let c = 608135816;
	let counter = 1;
	const next = () => {
		const result = (a + b | 0) + counter | 0;
		counter = counter + 1 | 0;
		a = b ^ b >>> 9;
		b = c + (c << 3) | 0;
		c = (c << 21 | c >>> 11) + result;
		c |= 0;
		return result >>> 0;
	};
	for (let step = 0; step < 15; step++) next();
	return next;
}
function drawSorted(random, total, count, drawn = new Uint32Array(count)) {
	let chosen = 0;
	for (let i = 0; chosen < count; i++) if (count === total || random() / 4294967296 * (total - i) < count - chosen) drawn[chosen++] = i;
	return drawn;
}
// ../tabular/src/auto/folds.ts
var FEW_ROWS$1 = 2500;
var MOST_VALUES = 3e5;
var FOLDS = 5;
function foldsOf(given, valuesPerRow, seed) {
	const { train, validation } = given;
	const rows = train.target.length + validation.target.length;
	if (rows >= FEW_ROWS$1 || rows < 50 || rows * valuesPerRow > MOST_VALUES) return [given];
	const all = stackRows([train, validation]);
	if (train.times !== void 0) return [
		2,
		3,
		4
	].map((part) => byTime(all, part));
	const order = shuffled(rows, seed);
	return Array.from({ length: FOLDS }, (_, fold) => ({
		train: rowsByPlace(all, order.filter((_row, place) => place % FOLDS !== fold).sort()),
		validation: rowsByPlace(all, order.filter((_row, place) => place % FOLDS === fold).sort())
	}));
}
function byTime(all, part) {
	const rows = all.target.length;
	const start = (of) => Math.floor(of * rows / FOLDS);
	const from = (first, end) => Uint32Array.from({ length: end - first }, (_, row) => first + row);
	return {
		train: rowsByPlace(all, from(0, start(part))),
		validation: rowsByPlace(all, from(start(part), start(part + 1)))
	};
}
function shuffled(rows, seed) {
	const random = seededRandom(seed);
	const order = Uint32Array.from({ length: rows }, (_, row) => row);
	for (let last = rows - 1; last > 0; last--) {
		const other = random() % (last + 1);
		[order[last], order[other]] = [order[other], order[last]];
	}
	return order;
}
function rowsByPlace({ features, target, weights, times }, rows) {
	const pick = (values) => Float64Array.from(rows, (row) => values[row]);
	return {
		features: require_work.pickFeatures(features, rows),
		target: pick(target),
		...weights && { weights: pick(weights) },
		...times && { times: pick(times) }
	};
}
function stackRows(parts) {
	const [first, ...others] = parts;
	const weights = parts.flatMap((part) => part.weights ?? []);
	return {
		features: require_work.stackFeatures(first.features, ...others.map(({ features }) => features)),
		target: joined(parts.map(({ target }) => target)),
		...weights.length === parts.length && { weights: joined(weights) }
	};
}
function joined(parts) {
	const whole = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
	let start = 0;
	for (const part of parts) {
		whole.set(part, start);
		start += part.length;
	}
	return whole;
}
// ../tabular/src/auto/neighbours.ts
var moves = {
	gbdt: {
		leaves: {
			by: 1.6,
			from: 3,
			to: 255,
			whole: true
		},
		learningRate: {
			by: 1.6,
			from: .02,
			to: .2,
			whole: false
		},
		minLeafRows: {
			by: 2,
			from: 2,
			to: 500,
			whole: true
		},
		l2: {
			by: 3,
			from: .03,
			to: 300,
			whole: false
		},
		rowFraction: {
			by: 1.25,
			from: .4,
			to: 1,
			whole: false
		},
		featureFraction: {
			by: 1.4,
			from: .2,
			to: 1,
			whole: false
		}
	},
	linear: { l2: {
		by: 3,
		from: .01,
		to: 1e4,
		whole: false
	} }
};
function neighboursOf(settings, seed) {
	const all = moves[settings.learner];
	const keys = Object.keys(all);
	const key = keys[seededRandom(seed)() % keys.length];
	const { by, from, to, whole } = all[key];
	const value = settings[key];
	const near = [value * by, value / by].map((moved) => {
		const inside = Math.min(to, Math.max(from, moved));
		return whole ? Math.round(inside) : Number(inside.toPrecision(3));
	});
	return [...new Set(near)].filter((moved) => moved !== value).map((moved) => withRoom({
		...settings,
		[key]: moved
	}));
}
// ../tabular/src/gbdt/split.ts
var MIN_HESSIAN = .001;
function minus(totals, part) {
	return {
		gradient: totals.gradient - part.gradient,
		hessian: totals.hessian - part.hessian,
		rows: totals.rows - part.rows
	};
}
// ../tabular/src/gbdt/leaf-value.ts
function boundedValue({ gradient, hessian }, { l2, l1 = 0 }, bounds) {
	return within(-(Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1)) / Math.max(hessian + l2, MIN_HESSIAN), bounds);
}
function within(value, { lower, upper }) {
	return Math.min(Math.max(value, lower), upper);
}
function shortened(value) {
	return Number(value.toPrecision(9));
}
// ../tabular/src/gbdt/constraints.ts
function constraintsOf({ monotone = {}, interactions }, columns) {
	return {
		directions: Int8Array.from(columns, ({ name, kind }) => {
			const asked = Object.hasOwn(monotone, name) ? monotone[name] : void 0;
			if (asked === void 0) return 0;
			if (kind === "categorical") throw new require_work.FeatureConflictError(`\`monotone\` names ${JSON.stringify(name)}, whose categories have no order.`);
			return asked === "increasing" ? 1 : -1;
		}),
		groups: interactions === void 0 ? null : groupsOf(interactions, columns)
	};
}
function groupsOf(interactions, columns) {
	const named = interactions.map((names) => {
		const wanted = new Set(names);
		return new Set(columns.flatMap(({ name }, column) => wanted.has(name) || wanted.has(dateOf(name)) ? [column] : []));
	});
	const rest = columns.flatMap((_, column) => named.some((group) => group.has(column)) ? [] : [column]);
	return [...named, new Set(rest)];
}
function dateOf(name) {
	const part = require_work.dateParts.find((each) => name.endsWith(`.${each}`));
	return part === void 0 ? name : name.slice(0, -1 - part.length);
}
function freedomOfRoot({ groups }, columns) {
	return {
		bounds: {
			lower: -Infinity,
			upper: Infinity
		},
		columns,
		groups
	};
}
function freedomBelow({ directions }, limits, leaf, { column, left, right }) {
	const inGroups = groupsBelow(leaf, column);
	const direction = directions[column];
	if (direction === 0) return [{
		...inGroups,
		bounds: leaf.bounds
	}, {
		...inGroups,
		bounds: leaf.bounds
	}];
	const middle = (boundedValue(left, limits, leaf.bounds) + boundedValue(right, limits, leaf.bounds)) / 2;
	const below = {
		...inGroups,
		bounds: {
			...leaf.bounds,
			upper: middle
		}
	};
	const above = {
		...inGroups,
		bounds: {
			...leaf.bounds,
			lower: middle
		}
	};
	return direction > 0 ? [below, above] : [above, below];
}
function groupsBelow({ groups, columns }, column) {
	if (groups === null) return {
		groups,
		columns
	};
	const open = groups.filter((group) => group.has(column));
	return {
		groups: open,
		columns: columns.filter((each) => open.some((group) => group.has(each)))
	};
}
// ../tabular/src/gbdt/sort-floats.ts
var DIGIT_BITS = 11;
var DIGITS = 2048;
function sortFloats(values, room = new Uint32Array(values.length)) {
	let from = new Uint32Array(values.buffer, values.byteOffset, values.length);
	let to = room;
	for (let i = 0; i < from.length; i++) from[i] = from[i] ^ (from[i] >> 31 | 2147483648);
	for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
		pass(from, to, shift);
		[from, to] = [to, from];
	}
	for (let i = 0; i < from.length; i++) from[i] = from[i] ^ (~from[i] >> 31 | 2147483648);
	return new Float32Array(from.buffer, from.byteOffset, from.length);
}
function pass(from, to, shift) {
	const ends = new Uint32Array(2049);
	for (let i = 0; i < from.length; i++) ends[(from[i] >>> shift & 2047) + 1]++;
	for (let digit = 0; digit < DIGITS; digit++) ends[digit + 1] += ends[digit];
	for (let i = 0; i < from.length; i++) to[ends[from[i] >>> shift & 2047]++] = from[i];
}
// ../tabular/src/gbdt/bin-features.ts
var EDGE_ROWS = 2e5;
function edgeRoom(rows) {
	const most = Math.min(rows, EDGE_ROWS);
	return {
		sample: new Float32Array(most),
		sorting: new Uint32Array(most)
	};
}
function shapeColumn(column, maxBins, room) {
	if (column.kind === "categorical") return {
		kind: "categorical",
		size: column.levels + 2
	};
	const edges = binEdges(column.values, maxBins, room);
	return {
		kind: "numeric",
		edges,
		size: edges.length + 2
	};
}
function binEdges(values, maxBins, room = edgeRoom(values.length)) {
	const sorted = sortedSample(values, room);
	let distinct = 0;
	for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
	const edges = [];
	let rowsLeft = sorted.length;
	let binsLeft = maxBins;
	let filled = 0;
	for (let from = 0, to = 0; from < sorted.length && binsLeft > 1; from = to) {
		to = endOfRun(sorted, from);
		const goal = distinct <= maxBins ? 1 : rowsLeft / binsLeft;
		if (filled > 0 && filled + (to - from) - goal > goal - filled) {
			edges.push(shortestBetween(sorted[from - 1], sorted[from]));
			rowsLeft -= filled;
			binsLeft--;
			filled = 0;
		}
		filled += to - from;
	}
	return Float64Array.from(edges);
}
function sortedSample(values, { sample, sorting }) {
	const stride = Math.ceil(values.length / EDGE_ROWS);
	let size = 0;
	for (let row = 0; row < values.length; row += stride) {
		const value = values[row];
		if (!Number.isNaN(value)) sample[size++] = value;
	}
	return sortFloats(sample.subarray(0, size), sorting.subarray(0, size));
}
function endOfRun(sorted, from) {
	let to = from + 1;
	while (to < sorted.length && sorted[to] === sorted[from]) to++;
	return to;
}
function shortestBetween(a, b) {
	const middle = (Math.max(a, -4e38) + Math.min(b, 4e38)) / 2;
	for (let digits = 1; digits < 17; digits++) {
		const rounded = Number(middle.toPrecision(digits));
		if (a <= rounded && rounded < b) return rounded;
	}
	return middle;
}
// ../tabular/src/gbdt/bin-rows.ts
function binRows({ kernels, memory, block: most }, column, shape, byte) {
	if (column.kind === "categorical" || shape.kind === "categorical") return copyCodes(column.codes, new Uint8Array(memory.buffer), byte);
	const { values } = column;
	const place = kernels.ordered();
	new Float64Array(memory.buffer, kernels.groups()).set(shape.edges);
	const block = new Float32Array(memory.buffer, place, Math.min(most, values.length));
	let varies = false;
	for (let from = 0; from < values.length; from += block.length) {
		const count = Math.min(block.length, values.length - from);
		block.set(values.subarray(from, from + count));
		const differ = kernels.binNumbers(place, count, kernels.groups(), shape.edges.length, byte + 4 * from, byte);
		varies ||= differ === 1;
	}
	return varies;
}
function copyCodes(codes, bytes, byte) {
	let varies = false;
	for (let row = 0; row < codes.length; row++) {
		bytes[byte + 4 * row] = codes[row];
		varies ||= codes[row] !== codes[0];
	}
	return varies;
}
// ../tabular/src/gbdt/histogram-pool.ts
var BIN_BYTES = 24;
var POOL_BYTES = 268435456;
function histogramPool(columns, leaves, poolBytes = POOL_BYTES) {
	const bytes = BIN_BYTES * columns.reduce((sum, { size }) => sum + size, 0);
	const most = Math.min(leaves + 1, Math.floor(poolBytes / Math.max(1, bytes)) + 2);
	const free = [];
	return {
		most,
		open(first, stride) {
			for (let index = most - 1; index >= 0; index--) free.push(first + index * stride);
		},
		take() {
			const histogram = free.pop();
			if (histogram === void 0) throw new RangeError("There are more leaves than histograms.");
			return histogram;
		},
		give(histogram) {
			free.push(histogram);
		},
		isFull: () => (most - free.length) * bytes > poolBytes
	};
}
// ../tabular/src/gbdt/kernels/wasm.generated.ts
var wasm = "AGFzbQEAAAABkwEVYAABf2AAAGABfwBgBn9/f39/fwBgBH9/f38AYAF8AXxgAn9/AGAFf39/f38AYAN/f3wBf2AHf39/f39/fwBgBnx8fHx/fwF8YAJ/fABgBH9/fH8BfGAGf3x8fHx8AGADf3x8AGADf3x/AGADf39/AGAGf39/f39/AX9gAX8Bf2AFfHx8fH8AYAd/f39/f39/AXwCOAQGZGVyaXZlA2V4cAAFBHRlYW0Ed2FpdAAIBmRlcml2ZQNsb2cABQNlbnYGbWVtb3J5AgMBgIAEAzMyAgYDCQMCBAoBAQEBCwcCDAAAAAAAAAAAAAAAAAAAAAAAAA0BDgQPBwEGEAIDERITBBQGBgF+AUIACweSAyYKYmVnaW5Sb3VuZAArBmRlcml2ZQApBWJlZ2luACwGZGl2aWRlACgGc2V0dGxlACYFdG90YWwAJQVjb3VudAAqBXJlbmV3ACcHYWRkVHJlZQAtCmJpbk51bWJlcnMAMAdhcnJhbmdlADQOZGVzY3JpYmVDb2x1bW4AMwtsaW1pdFNwbGl0cwAyDm9wZW5IaXN0b2dyYW1zADEJZmluZFNwbGl0AAYJY2xvc2VUZWFtAA8HZGlzbWlzcwAOBGZhaWwADQRoZWxwAAwFdW5pdHMAFAdyZXN1bHRzABkGcm91dGVzABgGc3BsaXRzABYIbGVhZlJvd3MAHgpsZWFmVmFsdWVzAB0EYmlucwAkC2Z1cnRoZXJCaW5zACMFb3JkZXIAHAVwYWlycwAaB3RhcmdldHMAFQd3ZWlnaHRzABMHb3JkZXJlZAAbBnNjb3JlcwAXDWZ1cnRoZXJTY29yZXMAIgpoaXN0b2dyYW1zAB8OaGlzdG9ncmFtQnl0ZXMAIAZncm91cHMAIQZtZW1vcnkCAAgBCwr4RzKrAQECf0GUBCgCAEEBayEBQcAAQQD+FwIAIAFFBEAgAEEAEAQPC0GAAyAANgIAQYACQQD+FwIAQcABQQH+HgIAGkHAASAB/gACABogAEEAEARBgAL+EAIAIQADQCAAIAFJBH9BwAL+EAIAQQBHBUEBC0UEQCACQQFqIgJBkM4ASwRAQYACIABEAAAAAAAA8H8QARoLQYAC/hACACEADAELC0HAAv4QAgAEQAALC/oLAwx/BXwBfgJAAkACQAJAAkACQAJAAkACQCAADggAAQIDBAUGBwgLQYQEKAIAIQAgAUEBaiICQZQEKAIAIgNGBH8gAAUgAK0gAq1+IAOtgKdBQHELIQJBkAQoAgAhA0HYBCgCACEEQZQEKAIAIgUgAUYEfyAABSAArSABrX4gBa2Ap0FAcQshAQNAIAEgAkkEQEQAAAAAAADw/yEOQQAhBQNAIAMgBUsEQCAOIAQgACAFbCABakEDdGorAwClIQ4gBUEBaiEFDAELC0QAAAAAAAAAACEPQQAhBQNAIAMgBUsEQCAPIAQgACAFbCABakEDdGorAwAgDqEQAKAhDyAFQQFqIQUMAQsLQegEKAIAIAFBA3RqIA4gDxACoDkDACABQQFqIQEMAQsLDwsgARAuDwsgAQRAQcgEKAIAIgBBhAQoAgBBAnRB/wBqQYB/cSABbGogAEGMBSgCAEECdPwKAAALDwsgARAIDwtBkAUoAgAEQCABEAgLQaAFKAIAQZwFKAIAIgBrIQdByAQoAgAgAUGEBCgCACIFQQJ0Qf8AakGAf3FsaiAAQQJ0aiEDQdAEKAIAIQAgBSAHRiIIRQRAIAMhAiAAIQRB1AQoAgAgASAFbEEEdGoiACEFA0AgBiAHSQRAIAUgBCACKAIAQQR0av0ABAD9CwQAIAJBBGohAiAFQRBqIQUgBkEBaiEGDAELCwtBoAQoAgAhCUHAAEEB/h4CACECA0AgAiAJSQRAQZwEKAIAIAJBBHRqIgpBrAUoAgAgAyAHIAAgCBAvQQAhAkGwBSgCACELQbQFKAIAIQwDQCACQQRJBEAgCiACQQJ0aigCACIGQX9HBEAgCwRAQZgEKAIAIAZBA3RqIgUoAgAiDUGsBSgCAGohBCAFKAIEQf//A3FBGGwgCyANaiIFaiENA0AgBSANSQRAIAUgBSsDACAEKwMAoTkDACAFQQhqIQUgBEEIaiEEDAELCwsgDEEBcQRAQawFKAIAIAZBBiABEAkLIAxBAnEEQCALIAZBCyABEAkLIAJBAWohAgwCCwsLQcAAQQH+HgIAIQIMAQsLDwtBvAQoAgAhA0HAAEEB/h4CACEAA0AgACADSQRAIABBA3QiAEG0BCgCAGpBoAgrAwAhEkHIBCgCACABQYQEKAIAIgJBAnRB/wBqQYB/cWxqQbAEKAIAIABqIgAoAgAiBUECdGohByAAKAIEIAVrIQVB1AQoAgAgASACbEEEdGoiAiEAQQAhBkHYBCgCACEIQeAEKAIAIQlB8AQoAgAEf0HkBCgCAAVBAAshCgNAIAUgBksEQCAAIAcgBkECdGooAgBBA3QiCyAJaisDACAIIAtqKwMAob0iE0I/h0KAgICAgICAgIB/hCAThTcDACAAIAoEfCAKIAtqKwMABUQAAAAAAADwPws5AwggBkEBaiEGIABBEGohAAwBCwsCfCACIAVBqAgrAwAgARASIhAgEkQAAAAAAAAAAGENABogAiEAQQAhBkHYBCgCACEEQeAEKAIAIQhB8AQoAgAEf0HkBCgCAAVBAAshCQNAIAUgBksEQCAAIAcgBkECdGooAgBBA3QiCiAIaisDACAEIApqKwMAob0iE0I/h0KAgICAgICAgIB/hCAThTcDACAAIAkEfCAJIApqKwMABUQAAAAAAADwPws5AwggBkEBaiEGIABBEGohAAwBCwtEAAAAAAAAAAAhD0QAAAAAAAAAACEOQQAhAANAIAAgBUkEQCAPIAIgAEEEdGoiBCsDCCIRIBKaIBIgBCkDACITQn+FQj+HQoCAgICAgICAgH+EIBOFvyAQoaSloqAhDyAOIBGgIQ4gAEEBaiEADAELCyAQIA8gDqOgCzkDAEHAAEEB/h4CACEADAELCw8LIAEQEQ8LQdwEKAIAQYgEKAIAIgBBuAUoAgBsQQN0aiECIAFBAWohA0HEBCgCACAAQZQEKAIAIgQgAUYEfyAABSAArSABrX4gBK2Ap0FAcQsgAyAERwR/IACtIAOtfiAErYCnQUBxBSAACyACQQAQBwsLkAMDCnwCfwF7QYAIKwMAIQpBkAgrAwAhDEH0BCgCAEEARyERIAMrAwAhCyADKwMIIQ0gAysDECEOIAQEfCAAKwMABUQAAAAAAAAAAAshByAEBHwgACsDCAVEAAAAAAAAAAALIQggBAR8IAArAxAFRAAAAAAAAAAACyEJIAUrAwAhBkEBIRADQCABIBBLBEACQAJAIABBGGoiACsDECIPRAAAAAAAAAAAYQ0AIAcgACsDAKAhByAIIAArAwigIghE/Knx0k1iUD9jIAogCSAPoCIJZHINACANIAihIg9E/Knx0k1iUD9jIA4gCaEgCmNyDQEgBiARBHwgByAIIAsgB6EgDyACIAMQCgUgB/0UIAsgB6H9IgEiEiAS/fIBIAj9FCAP/SIBIAz9FP3wAf3zASIS/SEAIBL9IQGgCyIPYwRAIAUgDzkDACAFIAc5AwggBSAIOQMQIAUgCTkDGCAFIBC4OQMgIAVEAAAAAAAA8D9EAAAAAAAAAAAgBBs5AyggDyEGCwsgEEEBaiEQDAILCwsLtgIBBHwgBkQAAAAAAADw/zkDACACBEAgACABIAQgBSAGEBAFIAAgASADIARBACAGEAUgACsDEEQAAAAAAAAAAGIEQCAAIAEgAyAEQQEgBhAFBSAGKwMARAAAAAAAAPD/YgRAIAZEAAAAAAAA8D9EAAAAAAAAAAAgBisDGCIHIAQrAxAgB6FkGzkDKAsLCyAGKwMAIghEAAAAAAAA8P9hBEAPCyAGIAgCfEH0BCgCAARAIAQrAyAgBCsDGCAEKwMAIgeZQZgIKwMAoUQAAAAAAAAAAKUgB6YiCpogBCsDCEGQCCsDAKAiB6OlpCEJIAogCqAgByAJoqCaIAmiDAELIAQrAwAiByAHoiAEKwMIQZAIKwMAoKMLoSIHRAAAAAAAAPD/IAcgCJlEldYm6AsuET6iZBs5AwALygEBB39BrAQoAgAhB0GoBCgCACEIQbgEKAIAIQkDQCACIANJBEAgBQR/IAIgBWotAABBAUYFQQALRQRAIAAgAkECdGohCkEAQX8gCRshBgNAIAZBAE4EQEECIAogByAGQQR0aiILKAIAIgxBA3EgDEECdiABbEECdGpqLQAAIAggBkEIdGpqLQAAa0ECdCALaigCACEGDAELCyAEIAJBA3RqIgogCisDAEG0BCgCAEF/IAZrQQN0aisDAKA5AwALIAJBAWohAgwBCwsL4QEBCX9BmAUoAgBBlAUoAgAiAWshA0HABCgCAEGkBSgCACIEQQNxQYQEKAIAIgYgBEECdmxBAnRqaiEEQagEKAIAQagFKAIAQQh0aiEFIAAgBkECdEH/AGpBgH9xbCIAQcgEKAIAaiABQQJ0aiIGIQFBzAQoAgAgAGoiByEAA0AgAiADSQRAIAUgBCAGIAJBAnRqKAIAIghBAnRqLQAAai0AACEJIAEgCDYCACAAIAg2AgAgASAJQQJ0aiEBIABBASAJa0ECdGohACACQQFqIQIMAQsLIAEgByAAIAdr/AoAAAt9AQJ/QZgEKAIAIAFBA3RqIgUoAgQhBCAAIAUoAgBqIARB//8DcSAEQYCABHFBAEcgBEGAgAhxQQBHIARBgIAQcUEAR2sgAkEDdEGACGpB/AQoAgAgA0Go0ABsakGkBCgCACACQQZGBH8gAQUgAUGMBCgCAGoLQdAAbGoQBgvfAQEFfCAEQQBIIAUrAyAiCSAFKwMYIgcgAJlBmAgrAwAiCKFEAAAAAAAAAAClIACmmiABQZAIKwMAIgqgo6WkIgYgCSAHIAKZIAihRAAAAAAAAAAApSACppogAyAKoKOlpCIHY3EgBEEASiAGIAdkcXIEQEQAAAAAAADw/w8LIACZQZgIKwMAIgihRAAAAAAAAAAApSAApkQAAAAAAAAAQKIgAUGQCCsDACIAoCAGoqCaIAaiIAKZIAihRAAAAAAAAAAApSACpkQAAAAAAAAAQKIgAyAAoCAHoqCaIAeioAsHAEKAICQAC58BAQN/QYABQQH+HgIAQQFqIgJBgICAgHhLBEAPC0GAAUEB/gACABoDQEEAIQADQEHAAf4QAgAgAUYEQCAAQQFqIgBBkM4ASwRAQcABIAFEAAAAAAAA8H8QARoLDAELCyABQQFqIQFBgAMoAgAiAEEIRgRADwsgACACEARBgAJBAf4eAgBBlAQoAgBBAmtGBEBBgAJBAf4AAgAaCwwACwALIQBBwAJBAf4XAgBBgAJB//8D/h4CABpBgAJBAf4AAgAaCzcAQYABQYCAgIB4/jMCABpBgANBCDYCAEGAAkEA/hcCAEHAAUEB/h4CABpBwAFB//8D/gACABoLRQEBf0GAAf4QAgAhAgNAIAAgAksEQEGAASACIAEQAQRAQYAB/hACACECDAILCwtBlARBgAFBgICAgHj+MwIAQQFqNgIAC9AHAwx8Bn8BeyAAIRRBiAgrAwAhCUEAIQADQCABIBZLBEAgFCsDECIIIAlmBEAgACIRQQFqIQAgFrghC0EAIRUgFCsDACIHIBQrAwgiBkGQCCsDAKBE/Knx0k1iUD+loyEKIBEhEgNAIBEgFUsEQCADIBEgFWpBAXYiE0EobGorAxggCmUEQCATQQFqIRUFIBMhEQsMAQsLIAMgFUEobGoiEUEoaiARIBIgFWtBKGz8CgAAIBEgBzkDACARIAY5AwggESAIOQMQIBEgCjkDGCARIAs5AyAFIAhEAAAAAAAAAABkBEAgECAUKwMAoCEQIA8gCKAhDyAFIBQrAwigIQULCyAWQQFqIRYgFEEYaiEUDAELCyAPRAAAAAAAAAAAZARAQQAhFCAQIAVBkAgrAwCgRPyp8dJNYlA/paMhBiAAIQEDQCABIBRLBEAgAyABIBRqQQF2IhFBKGxqKwMYIAZlBEAgEUEBaiEUBSARIQELDAELCyADIBRBKGxqIgFBKGogASAAIBRrQShs/AoAACABIBA5AwAgASAFOQMIIAEgDzkDECABIAY5AxggAUQAAAAAAADwvzkDICAAQQFqIQALQYAIKwMAIQtBkAgrAwAhCkH0BCgCAEEARyESIAIrAwAhCSACKwMIIQggAisDECEHRAAAAAAAAPD/IQVBACEBQQAhFgNAIBZBAWogAEkEQAJAIA4gAyAWQShsaiIRKwMAoCEOIA0gESsDCKAiDUT8qfHSTWJQP2MgCyAMIBErAxCgIgxkckUEQCAIIA2hIgZE/Knx0k1iUD9jIAcgDKEgC2NyDQEgEgR8IA4gDSAJIA6hIAZBACACEAoFIA79FCAJIA6h/SIBIhcgF/3yASAN/RQgBv0iASAK/RT98AH98wEiF/0hACAX/SEBoAsiBiAFZARAIAQgBiIFOQMAIAQgDjkDCCAEIA05AxAgBCAMOQMYIBZBAWohAQsLIBZBAWohFgwCCwsLIAVEAAAAAAAA8P9iBEACQCACKwMQIAQrAxgiBaEgBWMhFEEAIREDQCAAIBFLBEAgASARSyAUIAMgEUEobGorAyBEAAAAAAAA8L9hGyEUIBFBAWohEQwBCwsgBEEwakEAQSD8CwAgACABIBQbIREgAUEAIBQbIRYDQCARIBZLBEAgBEEwaiADIBZBKGxqKwMg/AMiAUEDdmoiACAALQAAQQEgAUEHcXRyOgAAIBZBAWohFgwBCwsgFEUNACAEIAIrAwAgBCsDCKE5AwggBCACKwMIIAQrAxChOQMQIAQgAisDECAFoTkDGAsLC8cDAgx/AXxBhAQoAgAhAUGUBCgCACICIABGBH8gAQUgAa0gAK1+IAKtgKdBQHELIQUgAEEBaiICQZQEKAIAIgNGBH8gAQUgAa0gAq1+IAOtgKdBQHELIQRByAQoAgAgAEGEBCgCAEECdEH/AGpBgH9xbGohDEHYBCgCACABQbgFKAIAbEEDdGohCUH4BCgCACELIAFBjAUoAgBGIghFBEAgBSALakEAIAQgBWv8CwALQbwEKAIAIQcDQCAHIApLBEAgCkEDdCIAQbQEKAIAaisDACENQbAEKAIAIABqIgAoAgQhAiAAKAIAIQYgAiEAA0AgACAGSwRAIAwgBiAAIAZrQQF2aiIDQQJ0aigCACAFSQRAIANBAWohBgUgAyEACwwBCwsgBiACIQADQCAAIAZLBEAgDCAGIAAgBmtBAXZqIgJBAnRqKAIAIARJBEAgAkEBaiEGBSACIQALDAELCyEAA0AgACAGSQRAIAkgDCAAQQJ0aigCACICQQN0aiIDIAMrAwAgDaA5AwAgCEUEQCACIAtqQQE6AAALIABBAWohAAwBCwsgCkEBaiEKDAELCyAIRQRAQcAEKAIAIAEgBSAEIAkgCxAHCwvOAwMGfwJ8AX5BgAUoAgAgA0EOdGohB0QAAAAAAADwvyEKQTUhA0ELIQgDQCAIQQBHIAFBAUtxBEAgACEEIAdBAEGAgAH8CwBBACEGA0AgASAGSwRAIAcgBCkDACADrIinQQEgCHRBAWtxQQN0aiIFIAUrAwAgBCsDCKA5AwAgBkEBaiEGIARBEGohBAwBCwsgCkQAAAAAAAAAAGMEQEQAAAAAAAAAACEKQQAhBANAIARBgBBJBEAgCiAHIARBA3RqKwMAoCEKIARBAWohBAwBCwsgAiAKoiEKC0EAIQRBACEFQQAhBgNAIAVFIAZBgBBJcQRAIAcgBkEDdGorAwAiC0QAAAAAAAAAAGIEQCAKIAogC6EgCiALZSIFGyEKIAYhBAsgBkEBaiEGDAELCyAKRAAAAAAAAPB/IAUbIQogASEGQQAhCSAAIgUhAQNAIAYgCUsEQCAEIAEpAwAgA6yIp0EBIAh0QQFrcUYEQCAFIAH9AAQA/QsEACAFQRBqIQULIAlBAWohCSABQRBqIQEMAQsLIAUgAGtBBHYhASADQQsgAyADQQtLGyIIayEDDAELCyAAKQMAIgwgDEJ/hUI/h0KAgICAgICAgIB/hIW/CwgAQeQEKAIACwgAQZwEKAIACwgAQeAEKAIACwgAQawEKAIACwgAQdgEKAIACwgAQagEKAIACwgAQaQEKAIACwgAQdAEKAIACwgAQdQEKAIACwgAQcgEKAIACwgAQbQEKAIACwgAQbAEKAIACwgAQYQFKAIACwgAQYgFKAIACwgAQfwEKAIACwgAQdwEKAIACwgAQcQEKAIACwgAQcAEKAIACy4AQdgIQbAIIAAbIgAgATkDACAAIAI5AwggACADOQMQIAAgBDkDGCAAIAU5AyALFwBBkAUoAgAEQEEDEAMLQZAFQQA2AgALHgBBvAQgADYCAEGgCCACOQMAQagIIAE5AwBBBRADCz8AQZAFKAIABEBBAxADC0GQBUEANgIAQZQFIAA2AgBBmAUgATYCAEGkBSACNgIAQagFIAM2AgBBkAVBATYCAAseAEHsBCAANgIAQaAIIAE5AwBBuAUgAjYCAEEBEAMLNgBBnAUgADYCAEGgBSABNgIAQawFIAI2AgBBsAUgAzYCAEG0BSAENgIAQQQQA0GQBUEANgIACwYAQQAQAwsWAEGMBSAANgIAQaAEIAE2AgBBAhADCyIAQbgFIAA2AgBBuAQgATYCAEG8BCACNgIAQQYQA0EHEAML+wMCB38EfEGEBCgCACEBIABBAWoiAkGUBCgCACIDRgR/IAEFIAGtIAKtfiADrYCnQUBxCyECQdgEKAIAQbgFKAIAIgcgAWxBA3RqIQNB8AQoAgBBAEchBEHsBCgCACEGQaAIKwMAIQpBlAQoAgAiBSAARwRAIAGtIACtfiAFrYCnQUBxIQELA0AgASACSQRAIAMgAUEDdCIAaisDACELIABB4AQoAgBqKwMAIQggBAR8IABB5AQoAgBqKwMABUQAAAAAAADwPwshCSAGBEAgBkEBRgRAIAlEAAAAAAAA8D8gC0QAAAAAAAA+QKREAAAAAAAAPsClmhAARAAAAAAAAPA/oKMiCyAIoaIhCCAJIAuiRAAAAAAAAPA/IAuhoiEJBSAGQQNGBEAgCSAKmiAKIAsgCKGkpaIhCAUgBkEERgRAIAlEAAAAAAAA8D8gCqEgCpogCCALZRuiIQgFIAZBBUYEfCAJIAsQACAIoaIhCCAJIAtEZmZmZmZm5j+gEACiBSAJIAsgAEHoBCgCAGorAwChEAAiC0QAAAAAAADwP0QAAAAAAAAAACAIIAe4YRuhoiEIIAkgC6JEAAAAAAAA8D8gC6GiCyEJCwsLBSAJIAsgCKGiIQgLQdAEKAIAIAFBBHRqIgAgCDkDACAAIAk5AwggAUEBaiEBDAELCwurCQIBewZ/IAAoAgQhCCAAKAIIIQlBwAQoAgAgACgCACIKQXxxIgtBA3FBhAQoAgAgC0ECdmxBAnRqaiEHIAFBmAQoAgAgCkEDdGoiDCgCAGpBACAMKAIEQf//A3FBGGz8CwAgCEF/RgRAIAFBmAQoAgAgCkEDdGooAgBqIQAgCkEDcUEDdCEFQQAhAQNAIAEgA0kEQCAAIAcgAigCAEECdGooAgAgBXZB/wFxQRhsaiIIIAj9AAQAIAT9AAQA/fAB/QsEACAIIAgrAxBEAAAAAAAA8D+gOQMQIAJBBGohAiAEQRBqIQQgAUEBaiEBDAELCw8LIAFBmAQoAgAgCEEDdGoiDCgCAGpBACAMKAIEQf//A3FBGGz8CwAgCUF/RgRAIAFBmAQoAgAgCkEDdGooAgBqIQAgCkEDcUEDdCEFIAFBmAQoAgAgCEEDdGooAgBqIQkgCEEDcUEDdCEIQQAhAQNAIAEgA0kEQCAAIAcgAigCAEECdGooAgAiCiAFdkH/AXFBGGxqIgsgC/0ABAAgBP0ABAAiBv3wAf0LBAAgCyALKwMQRAAAAAAAAPA/oDkDECAJIAogCHZB/wFxQRhsaiIKIAr9AAQAIAb98AH9CwQAIAogCisDEEQAAAAAAADwP6A5AxAgAkEEaiECIARBEGohBCABQQFqIQEMAQsLDwsgAUGYBCgCACAJQQN0aiIIKAIAakEAIAgoAgRB//8DcUEYbPwLACAAKAIMIgBBf0cEQCABQZgEKAIAIABBA3RqIgAoAgBqQQAgACgCBEH//wNxQRhs/AsACyABQZgEKAIAIgAgC0EDdGooAgBqIQggASAAIAtBAWpBA3RqKAIAaiEJIAEgACALQQJqQQN0aigCAGohCiABIAAgC0EDakEDdGooAgBqIQAgBQRAQQAhAgNAIAIgA0kEQCAIIAcoAgAiAUH/AXFBGGxqIgUgBf0ABAAgBP0ABAAiBv3wAf0LBAAgBSAFKwMQRAAAAAAAAPA/oDkDECAJIAFBCHZB/wFxQRhsaiIFIAX9AAQAIAb98AH9CwQAIAUgBSsDEEQAAAAAAADwP6A5AxAgCiABQRB2Qf8BcUEYbGoiBSAF/QAEACAG/fAB/QsEACAFIAUrAxBEAAAAAAAA8D+gOQMQIAAgAUEYdkEYbGoiASAB/QAEACAG/fAB/QsEACABIAErAxBEAAAAAAAA8D+gOQMQIAdBBGohByAEQRBqIQQgAkEBaiECDAELCwVBACEFA0AgAyAFSwRAIAggByACKAIAQQJ0aigCACIBQf8BcUEYbGoiCyAL/QAEACAE/QAEACIG/fAB/QsEACALIAsrAxBEAAAAAAAA8D+gOQMQIAkgAUEIdkH/AXFBGGxqIgsgC/0ABAAgBv3wAf0LBAAgCyALKwMQRAAAAAAAAPA/oDkDECAKIAFBEHZB/wFxQRhsaiILIAv9AAQAIAb98AH9CwQAIAsgCysDEEQAAAAAAADwP6A5AxAgACABQRh2QRhsaiIBIAH9AAQAIAb98AH9CwQAIAEgASsDEEQAAAAAAADwP6A5AxAgAkEEaiECIARBEGohBCAFQQFqIQUMAQsLCwumAgIGfwF8IAAqAgC7IQwgAiEHIAMhBgNAIAZBAUsEQCAHIAZBAXYiCkEDdGoiCyAHIAtBCGsrAwAgDGMbIQcgBiAKayEGDAELCyAEIAcgAmtBA3ZBAWogBkEBRiIGBH8gBysDACAMYwUgBgtBAEdqQQAgDCAMYRs6AAAgBS0AACEHA0AgASAISwRAIAAgCEECdGoqAgC7IQwgAiEGIAMhBQNAIAVBAUsEQCAGIAVBAXYiCkEDdGoiCyAGIAtBCGsrAwAgDGMbIQYgBSAKayEFDAELCyAEIAhBAnRqIAYgAmtBA3ZBAWogBUEBRiIFBH8gBisDACAMYwUgBQtBAEdqQQAgDCAMYRsiBToAACAJIAUgB3NyIQkgCEEBaiEIDAELCyAJQQBHC6MBAgF+BH9BjAQoAgBBA2pBfHEhA0GYBCgCACEEA0AgAiADSQRAIAQgAkEDdGoiBSABPgIAIAEgBSgCBEH//wNxIgVBASAFG0EYbK18IQEgAkEBaiECDAELC0GIBSABQv8AfEKAf4MiAT4CACMAIAEgAK1+fCIBQoCA/P8PVgRAQQAPCyABQv//A3xCEIinPwBrIgBBAEwEf0EBBSAAQABBf0cLCy0AQYAIIAA5AwBBiAggATkDAEGQCCACOQMAQZgIIAM5AwBB9AQgBEEARzYCAAs7AEGYBCgCACAAQQN0akGAgARBACACGyIAQYCACHIgACADQQBKGyIAQYCAEHIgACADQQBIGyABcjYCBAuACAEFfkKAICQAQYQEIAA2AgBBiAQgATYCAEGMBCACNgIAQZAEIAM2AgBBlAQgBTYCAEHwBCAGQQBHNgIAQZgEQoAgPgIAQoCA/P8PIAJBA2pBAnatQgKGIgdCA4YiCCAIQoCA/P8PWhtC/yB8QoB/gyQAQZwEIwA+AgAjAEKAgPz/DyAHQgSGIgggCEKAgPz/D1obfEL/AHxCgH+DJABBpAQjAD4CACMAQoCA/P8PIAdCoAF+IgggCEKAgPz/D1obfEL/AHxCgH+DJABBqAQjAD4CACMAQoCA/P8PIAStIghCCIYiCSAJQoCA/P8PWht8Qv8AfEKAf4MkAEGsBCMAPgIAIwBCgID8/w8gCEIEhiIJIAlCgID8/w9aG3xC/wB8QoB/gyQAQbAEIwA+AgAjAEKAgPz/DyAIQgOGIgggCEKAgPz/D1oiAht8Qv8AfEKAf4MkAEG0BCMAPgIAIwBCgID8/w8gCCACG3xC/wB8QoB/gyQAQfwEIwA+AgAjAEKAgPz/DyAFrSIIQqjQAH4iCSAJQoCA/P8PWht8Qv8AfEKAf4MkAEGABSMAPgIAIwBCgID8/w8gCEIOhiIJIAlCgID8/w9aG3xC/wB8QoB/gyQAQcAEIwA+AgAjAEKAgPz/DyAHIACtIgl+IgogCkKAgPz/D1obfEL/AHxCgH+DJABBxAQjAD4CACMAQoCA/P8PIAcgAa0iCn4iByAHQoCA/P8PWht8Qv8AfEKAf4MkAEHIBCMAPgIAIwBCgID8/w8gCUIChkL/AHxCgH+DIAh+IgcgB0KAgPz/D1obfEL/AHxCgH+DJABBzAQjAD4CACMAQoCA/P8PIAcgB0KAgPz/D1obfEL/AHxCgH+DJABB0AQjAD4CACMAQoCA/P8PIAlCBIYiByAHQoCA/P8PWht8Qv8AfEKAf4MkAEHUBCMAPgIAIwBCgID8/w8gByAIfiIHIAdCgID8/w9aG3xC/wB8QoB/gyQAQdgEIwA+AgAjAEKAgPz/DyAJQgOGIgggA60iC34iByAHQoCA/P8PWht8Qv8AfEKAf4MkAEHcBCMAPgIAIwBCgID8/w8gCyAKQgOGfiIHIAdCgID8/w9aG3xC/wB8QoB/gyQAQeAEIwA+AgAjAEKAgPz/DyAIIAhCgID8/w9aG3xC/wB8QoB/gyQAQeQEIwA+AgAjAEKAgPz/DyAIQgAgBhsiByAHQoCA/P8PWht8Qv8AfEKAf4MkAEHoBCMAPgIAIwBCgID8/w8gCEIAIANBAUsbIgcgB0KAgPz/D1obfEL/AHxCgH+DJABB+AQjAD4CACMAQoCA/P8PIAkgCUKAgPz/D1obfEL/AHxCgH+DJABBhAUjAD4CACMAugs=";
// ../tabular/src/gbdt/kernels/load.ts
var compiled;
var PAGE$1 = 65536;
var pagesFor = (columns) => 1 + Math.ceil(8 * columns / PAGE$1);
function openKernels$1(columns = 0) {
	compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0)));
	const memory = new WebAssembly.Memory({
		initial: pagesFor(columns),
		maximum: 65536,
		shared: true
	});
	const words = new Int32Array(memory.buffer);
	const wait = (address, seen, milliseconds) => Atomics.wait(words, address / 4, seen, milliseconds) === "timed-out" ? 0 : 1;
	const { exports } = new WebAssembly.Instance(compiled, {
		env: { memory },
		team: { wait },
		derive: Math
	});
	return {
		kernels: exports,
		module: compiled,
		memory
	};
}
// ../tabular/src/gbdt/workbench.ts
function workbench(rows, settings, limits) {
	const { further, outputs } = rows;
	const { features: train, target, weights } = rows.train;
	const room = edgeRoom(train.rows);
	const columns = train.columns.map((column) => shapeColumn(column, limits.maxBins, room));
	const opened = openKernels$1(columns.length);
	const { kernels, memory } = opened;
	const team = teamSize(train, limits.threads);
	const { leaves, minLeafRows, minCategoryRows, l2, l1 = 0 } = settings;
	const constraints = constraintsOf(settings, train.columns);
	const isBounded = l1 > 0 || constraints.directions.some((direction) => direction !== 0);
	kernels.arrange(train.rows, further.rows, columns.length, outputs, leaves, team, weights === void 0 ? 0 : 1);
	for (const [index, { kind, size }] of columns.entries()) kernels.describeColumn(index, size, kind === "categorical" ? 1 : 0, constraints.directions[index]);
	kernels.limitSplits(minLeafRows, minCategoryRows, l2, l1, isBounded ? 1 : 0);
	const { open, ...pool } = histogramPool(columns, leaves, limits.poolBytes);
	if (kernels.openHistograms(pool.most) === 0) throw new require_light.TrainingLimitError("gbdt", train.rows, columns.length);
	open(kernels.histograms(), kernels.histogramBytes());
	for (let helper = 1; helper < team; helper++) limits.threads?.start(opened);
	const { buffer } = memory;
	new Float64Array(buffer, kernels.targets()).set(target);
	if (weights !== void 0) new Float64Array(buffer, kernels.weights()).set(weights);
	const block = Math.min(MOST_BLOCK_ROWS, 4 * train.rows);
	const usable = columns.flatMap((shape, index) => {
		const byteOf = (from, { rows: count }) => columnByte(from, index, count);
		const binRoom = {
			...opened,
			block
		};
		binRows(binRoom, further.columns[index], shape, byteOf(kernels.furtherBins(), further));
		return binRows(binRoom, train.columns[index], shape, byteOf(kernels.bins(), train)) ? [index] : [];
	});
	kernels.closeTeam(team - 1, PATIENCE_MILLISECONDS);
	const perOutput = (from, length) => Array.from({ length: outputs }, (_, output) => new Float64Array(buffer, from + 8 * output * length, length));
	return {
		columns,
		settings,
		constraints,
		isBounded,
		kernels,
		pool,
		usable: Uint32Array.from(usable),
		pairs: new Float64Array(buffer, kernels.pairs(), 2 * train.rows),
		scores: perOutput(kernels.scores(), train.rows),
		furtherScores: perOutput(kernels.furtherScores(), further.rows),
		team,
		close: () => kernels.dismiss(),
		tree: treeRoom(kernels, buffer, {
			rows: train.rows,
			columns: columns.length,
			leaves
		})
	};
}
var MOST_BLOCK_ROWS = 16384;
var VALUES_PER_THREAD = 5e5;
var COLUMNS_PER_THREAD = 2;
var MOST_THREADS = 16;
var PATIENCE_MILLISECONDS = 2e3;
function teamSize({ rows, columns }, threads) {
	const useful = Math.min(rows * columns.length / VALUES_PER_THREAD, columns.length / COLUMNS_PER_THREAD);
	return Math.max(1, Math.min(threads?.count ?? 1, MOST_THREADS, Math.floor(useful)));
}
function treeRoom(kernels, buffer, { rows, columns, leaves }) {
	return {
		order: new Uint32Array(buffer, kernels.order(), rows),
		units: new Uint32Array(buffer, kernels.units(), 4 * columns),
		results: new Float64Array(buffer, kernels.results(), 20 * columns),
		routes: new Uint8Array(buffer, kernels.routes(), 256 * leaves),
		splits: new Int32Array(buffer, kernels.splits(), 4 * leaves),
		leafRows: new Uint32Array(buffer, kernels.leafRows(), 2 * leaves),
		leafValues: new Float64Array(buffer, kernels.leafValues(), leaves)
	};
}
function columnByte(from, column, rows) {
	return from + 4 * rows * Math.floor(column / 4) + column % 4;
}
// ../tabular/src/gbdt/read-split.ts
function readSplit({ tree, columns: shapes }, columns, child) {
	const { results } = tree;
	const first = child * shapes.length;
	let best = -1;
	let gain = 0;
	for (const column of columns) {
		const ofColumn = results[(first + column) * 10];
		if (ofColumn > gain) {
			gain = ofColumn;
			best = column;
		}
	}
	if (best === -1) return null;
	const at = (first + best) * 10;
	const found = results.subarray(at, at + 10);
	const [, gradient, hessian, rows] = found;
	return {
		column: best,
		gain,
		rule: ruleOf(found, shapes[best].kind),
		left: {
			gradient,
			hessian,
			rows
		}
	};
}
function ruleOf(found, kind) {
	if (kind === "numeric") return {
		kind,
		lastLeft: found[4],
		missingLeft: found[5] === 1
	};
	const bits = new Uint8Array(found.buffer, found.byteOffset + 48, 32);
	const codes = [];
	for (let code = 0; code < 256; code++) if ((bits[code >> 3] >> (code & 7) & 1) === 1) codes.push(code);
	return {
		kind,
		codes
	};
}
// ../tabular/src/gbdt/leaf.ts
var COUNTED = 1;
var OTHER = 2;
function examineRoot(bench, root) {
	if (!isSplittable(root, bench.settings)) return;
	count(bench, root, null);
	root.split = readSplit(bench, root.freedom.columns, 0);
	releaseUseless(bench, root);
}
function examineChildren(bench, parent, [left, right]) {
	const [small, large] = left.totals.rows <= right.totals.rows ? [left, right] : [right, left];
	if (!isSplittable(large, bench.settings)) return release(bench, parent);
	if (parent.histogram === null) {
		count(bench, small, null);
		if (isSplittable(small, bench.settings)) small.split = readSplit(bench, small.freedom.columns, 0);
		count(bench, large, null);
		large.split = readSplit(bench, large.freedom.columns, 0);
	} else {
		large.histogram = parent.histogram;
		parent.histogram = null;
		count(bench, small, large);
		if (isSplittable(small, bench.settings)) small.split = readSplit(bench, small.freedom.columns, 0);
		large.split = readSplit(bench, large.freedom.columns, 1);
	}
	releaseUseless(bench, left);
	releaseUseless(bench, right);
}
function isSplittable(leaf, { minLeafRows, leaves }) {
	return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}
function count({ kernels, pool, settings }, leaf, other) {
	leaf.histogram = pool.take();
	const searched = (isSplittable(leaf, settings) ? COUNTED : 0) | (other === null ? 0 : OTHER);
	setTotals(kernels, 0, leaf);
	if (other !== null) setTotals(kernels, 1, other);
	kernels.count(leaf.from, leaf.to, leaf.histogram, other?.histogram ?? 0, searched);
}
function setTotals(kernels, which, { totals, freedom }) {
	const { gradient, hessian, rows } = totals;
	kernels.total(which, gradient, hessian, rows, freedom.bounds.lower, freedom.bounds.upper);
}
function releaseUseless(bench, leaf) {
	if (leaf.split === null || bench.pool.isFull()) release(bench, leaf);
}
function release({ pool }, leaf) {
	if (leaf.histogram !== null) pool.give(leaf.histogram);
	leaf.histogram = null;
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
// ../tabular/src/gbdt/units.ts
var NO_COLUMN = 4294967295;
var COLUMNS_PER_WORD = 4;
function writeUnits(columns, into, threads) {
	const words = new Set(columns.map(wordOf)).size;
	const whole = threads === 1 ? words : words - words % threads;
	let units = 0;
	let used = 0;
	let seen = 0;
	let word = -1;
	for (const column of columns) {
		const isNew = wordOf(column) !== word;
		if (isNew) seen++;
		if (isNew || used === (seen <= whole ? COLUMNS_PER_WORD : COLUMNS_PER_WORD / 2)) {
			into.fill(NO_COLUMN, units * COLUMNS_PER_WORD, (units + 1) * COLUMNS_PER_WORD);
			units++;
			used = 0;
		}
		word = wordOf(column);
		into[(units - 1) * COLUMNS_PER_WORD + used++] = column;
	}
	return units;
}
function wordOf(column) {
	return Math.floor(column / COLUMNS_PER_WORD);
}
// ../tabular/src/gbdt/grow-tree.ts
function growTree(bench, drawn) {
	const { columns, settings, kernels, constraints } = bench;
	bench.tree.order.set(drawn.rows);
	kernels.begin(drawn.rows.length, writeUnits(drawn.columns, bench.tree.units, bench.team));
	const totals = totalsOf(drawn.rows, bench.pairs);
	const freedom = freedomOfRoot(constraints, drawn.columns);
	const root = {
		...empty,
		from: 0,
		to: drawn.rows.length,
		totals,
		freedom,
		parent: null
	};
	examineRoot(bench, root);
	const leaves = [root];
	const tree = {
		column: [],
		rule: [],
		missingLeft: []
	};
	const children = {
		left: [],
		right: []
	};
	while (leaves.length < settings.leaves) {
		const index = indexOfLargestGain(leaves);
		if (index === -1) break;
		const leaf = leaves[index];
		const { column, rule, left: leftTotals } = leaf.split;
		const split = tree.column.length;
		if (leaf.parent !== null) children[leaf.parent.side][leaf.parent.split] = split;
		routeBins(rule, bench.tree.routes.subarray(256 * split, 256 * (split + 1)));
		kernels.divide(leaf.from, leaf.to, column, split);
		const middle = leaf.from + leftTotals.rows;
		const rightTotals = minus(leaf.totals, leftTotals);
		const sides = {
			column,
			left: leftTotals,
			right: rightTotals
		};
		const [below, above] = freedomBelow(constraints, settings, leaf.freedom, sides);
		const onLeft = {
			from: leaf.from,
			to: middle,
			totals: leftTotals,
			freedom: below
		};
		const left = {
			...empty,
			...onLeft,
			parent: {
				split,
				side: "left"
			}
		};
		const onRight = {
			from: middle,
			to: leaf.to,
			totals: rightTotals,
			freedom: above
		};
		const right = {
			...empty,
			...onRight,
			parent: {
				split,
				side: "right"
			}
		};
		tree.column.push(column);
		tree.rule.push(storedRule(rule, columns[column]));
		tree.missingLeft.push(rule.kind === "numeric" && rule.missingLeft ? 1 : 0);
		children.left.push(-1 - index);
		children.right.push(-1 - leaves.length);
		leaves[index] = left;
		leaves.push(right);
		if (leaves.length < settings.leaves) examineChildren(bench, leaf, [left, right]);
		else release(bench, leaf);
	}
	kernels.settle();
	for (const leaf of leaves) release(bench, leaf);
	return {
		tree: {
			...tree,
			...children,
			leaf: leaves.map((leaf) => leafValue(leaf, bench))
		},
		leafRows: leaves.map((leaf) => [leaf.from, leaf.to])
	};
}
function addTree(bench, { tree, leafRows }, output) {
	const room = bench.tree;
	for (let split = 0; split < tree.column.length; split++) room.splits.set([
		tree.column[split],
		tree.left[split],
		tree.right[split]
	], 4 * split);
	for (const [leaf, bounds] of leafRows.entries()) room.leafRows.set(bounds, 2 * leaf);
	room.leafValues.set(tree.leaf);
	bench.kernels.addTree(output, tree.column.length, tree.leaf.length);
}
var empty = {
	histogram: null,
	split: null
};
function totalsOf(rows, pairs) {
	let gradient = 0;
	let hessian = 0;
	for (let i = 0; i < rows.length; i++) {
		const at = 2 * rows[i];
		gradient += pairs[at];
		hessian += pairs[at + 1];
	}
	return {
		gradient,
		hessian,
		rows: rows.length
	};
}
function leafValue({ totals, freedom }, { settings, isBounded }) {
	const { l2, learningRate } = settings;
	if (isBounded) return shortened(learningRate * boundedValue(totals, settings, freedom.bounds));
	return shortened(-learningRate * totals.gradient / Math.max(totals.hessian + l2, MIN_HESSIAN));
}
function indexOfLargestGain(leaves) {
	let best = -1;
	let gain = 0;
	for (const [index, leaf] of leaves.entries()) if (leaf.split !== null && leaf.split.gain > gain) {
		gain = leaf.split.gain;
		best = index;
	}
	return best;
}
// ../tabular/src/link.ts
var SCORE_LIMIT = 30;
function clip(score) {
	return Math.max(-30, Math.min(SCORE_LIMIT, score));
}
function logistic(score) {
	return 1 / (1 + Math.exp(-clip(score)));
}
function softmaxRow(scores, row, out, at) {
	let highest = -Infinity;
	for (const ofClass of scores) highest = Math.max(highest, ofClass[row]);
	let total = 0;
	for (let k = 0; k < scores.length; k++) {
		const weight = Math.exp(Math.max(-60, scores[k][row] - highest));
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
// ../tabular/src/gbdt/weighted-quantile.ts
function weightedQuantile({ target, weights }, quantile) {
	if (weights === void 0) {
		const sorted = target.slice().sort();
		return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(quantile * sorted.length))) - 1];
	}
	const order = Uint32Array.from(target.keys()).sort((a, b) => target[a] - target[b] || a - b);
	let wanted = quantile * weights.reduce((sum, weight) => sum + weight, 0);
	for (const row of order) {
		wanted -= weights[row];
		if (wanted <= 0) return target[row];
	}
	return target[order.at(-1)];
}
// ../tabular/src/gbdt/objective.ts
function objectiveOf(task, classes, settings = {}) {
	switch (task) {
		case "regression": return regressionObjective(settings);
		case "binary": return logisticObjective;
		case "multiclass": return softmaxObjective(classes);
	}
}
function regressionObjective({ objective = "squared", delta = 1, quantile = .5 }) {
	switch (objective) {
		case "squared": return squaredError;
		case "huber": return huberLoss(delta);
		case "quantile": return pinballLoss(quantile);
		case "poisson": return poissonLoss;
	}
}
var LEAST_SHARE = 1e-6;
var squaredError = {
	kernel: 0,
	base: (rows) => [weightedMean(rows, (target) => target)],
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => (scores[row] - target) * (scores[row] - target)) / 2
};
function huberLoss(delta) {
	const lossAt = (distance) => distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2);
	return {
		kernel: 3,
		shape: delta,
		base(rows) {
			const middle = weightedQuantile(rows, .5);
			return [middle + weightedMean(rows, (target) => Math.max(-delta, Math.min(delta, target - middle)))];
		},
		loss: (rows, [scores]) => weightedMean(rows, (target, row) => lossAt(Math.abs(scores[row] - target))),
		renewal: .5
	};
}
function pinballLoss(quantile) {
	return {
		kernel: 4,
		shape: quantile,
		base: (rows) => [weightedQuantile(rows, quantile)],
		loss: (rows, [scores]) => weightedMean(rows, (target, row) => {
			const above = target - scores[row];
			return above >= 0 ? quantile * above : (quantile - 1) * above;
		}),
		renewal: quantile
	};
}
var LEAST_RATE = 1e-9;
var poissonLoss = {
	kernel: 5,
	base: (rows) => [Math.log(Math.max(LEAST_RATE, weightedMean(rows, (target) => target)))],
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => Math.exp(scores[row]) - target * scores[row]),
	link: "log"
};
var logisticObjective = {
	kernel: 1,
	base(rows) {
		const share = Math.min(.999999, Math.max(LEAST_SHARE, weightedMean(rows, (target) => target)));
		return [Math.log(share / (1 - share))];
	},
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => logisticLoss(scores[row], target))
};
function softmaxObjective(classes) {
	return {
		kernel: 2,
		base: (rows) => Array.from({ length: classes }, (_, k) => Math.log(Math.max(LEAST_SHARE, weightedMean(rows, (target) => target === k ? 1 : 0)))),
		loss: (rows, scores) => weightedMean(rows, (target, row) => logSumExp(scores, row) - scores[target][row])
	};
}
function weightedMean({ target, weights }, of) {
	let sum = 0;
	let total = 0;
	for (let row = 0; row < target.length; row++) {
		const weight = weights === void 0 ? 1 : weights[row];
		sum += weight * of(target[row], row);
		total += weight;
	}
	return sum / total;
}
// ../tabular/src/gbdt/renew-leaves.ts
function renewLeaves(bench, grown, { renewal, kernel, shape = 0 }) {
	if (renewal === void 0) return grown;
	const { kernels, tree: room, settings, constraints } = bench;
	for (const [leaf, bounds] of grown.leafRows.entries()) room.leafRows.set(bounds, 2 * leaf);
	kernels.renew(grown.leafRows.length, renewal, kernel === 3 ? shape : 0);
	const values = [...room.leafValues.subarray(0, grown.leafRows.length)];
	const ordered = inOrder(grown.tree, values, constraints.directions);
	return {
		...grown,
		tree: {
			...grown.tree,
			leaf: ordered.map((value) => shortened(settings.learningRate * value))
		}
	};
}
function inOrder(tree, values, directions) {
	for (const [split, column] of tree.column.entries()) {
		const direction = directions[column];
		if (direction === 0) continue;
		const [left, right] = [leavesBelow(tree, tree.left[split]), leavesBelow(tree, tree.right[split])];
		const [lower, upper] = direction > 0 ? [left, right] : [right, left];
		const most = Math.max(...lower.map((leaf) => values[leaf]));
		const least = Math.min(...upper.map((leaf) => values[leaf]));
		if (most <= least) continue;
		const middle = (most + least) / 2;
		for (const leaf of lower) values[leaf] = within(values[leaf], {
			lower: -Infinity,
			upper: middle
		});
		for (const leaf of upper) values[leaf] = within(values[leaf], {
			lower: middle,
			upper: Infinity
		});
	}
	return values;
}
function leavesBelow(tree, child) {
	if (child < 0) return [-1 - child];
	return [...leavesBelow(tree, tree.left[child]), ...leavesBelow(tree, tree.right[child])];
}
// ../tabular/src/gbdt/boost.ts
function boost(request) {
	const { task, classes, settings, train, validation, threads } = request;
	const objective = objectiveOf(task, classes, settings);
	if (objective.link === "log") refuseNegative(request);
	const base = objective.base(train);
	const bench = workbench({
		train,
		further: validation.features,
		outputs: base.length
	}, settings, {
		maxBins: settings.maxBins,
		threads
	});
	try {
		const rounds = boostOn(bench, request, objective, base);
		return objective.link === void 0 ? {
			base,
			rounds
		} : {
			base,
			rounds,
			link: objective.link
		};
	} finally {
		bench.close();
	}
}
function refuseNegative({ train, validation, program }) {
	const places = Object.entries({
		training: train,
		validation
	}).flatMap(([name, { target }]) => {
		const negative = target.filter((value) => value < 0).length;
		return negative === 0 ? [] : [`${negative} of ${target.length} ${name} rows`];
	});
	if (places.length > 0) throw new require_light.NegativeTargetError(program?.target.name ?? null, places.join(" and "));
}
function boostOn(bench, { settings, train, validation, seed, onProgress }, objective, base) {
	const rowCount = train.features.rows;
	const random = seededRandom(seed);
	const progress = progressOf(settings.trees, onProgress);
	const { scores, furtherScores, usable } = bench;
	const drawn = new Uint32Array(shareOf(rowCount, settings.rowFraction));
	for (const [output, score] of base.entries()) {
		scores[output].fill(score);
		furtherScores[output].fill(score);
	}
	const lossAfter = (round) => checkedLoss(objective.loss(validation, furtherScores), round);
	let bestLoss = lossAfter(0);
	let bestRounds = 0;
	const rounds = [];
	while (rounds.length < settings.trees) {
		if (base.length > 1) bench.kernels.beginRound();
		const round = base.map((_, output) => {
			bench.kernels.derive(objective.kernel, objective.shape ?? 0, output);
			const grown = renewLeaves(bench, growTree(bench, {
				rows: drawSorted(random, rowCount, drawn.length, drawn),
				columns: draw(random, usable, settings.featureFraction)
			}), objective);
			addTree(bench, grown, output);
			return grown.tree;
		});
		rounds.push(round);
		const loss = lossAfter(rounds.length);
		if (loss < bestLoss) {
			bestLoss = loss;
			bestRounds = rounds.length;
		}
		progress(rounds.length);
		if (settings.earlyStoppingRounds > 0 && rounds.length - bestRounds >= settings.earlyStoppingRounds) break;
	}
	progress(settings.trees);
	return settings.earlyStoppingRounds > 0 ? rounds.slice(0, bestRounds) : rounds;
}
function draw(random, columns, fraction) {
	return drawSorted(random, columns.length, shareOf(columns.length, fraction)).map((index) => columns[index]);
}
function shareOf(total, fraction) {
	return total === 0 ? 0 : Math.max(1, Math.round(total * fraction));
}
function checkedLoss(loss, rounds) {
	if (!Number.isFinite(loss)) throw new require_light.LearnerDivergedError("gbdt", `the validation loss after ${rounds} rounds`);
	return loss;
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
		features: features.map(plain),
		base,
		trees: rounds.map((round) => round.map(plain))
	};
	return new Map([[MODEL_FILE, new TextEncoder().encode(`${require_light.canonicalJson(model)}\n`)]]);
}
function plain(value) {
	return { ...value };
}
function readGbdt(files) {
	const file = readModelFile(files, 2);
	const usual = [
		"base",
		"classes",
		"features",
		"format",
		"learner",
		"task",
		"trees"
	];
	const isLinked = file.has("link");
	const fields = isLinked ? file.asObject(...usual, "link") : file.asObject(...usual);
	const header = readHeader(fields, "gbdt", isLinked ? 2 : 1);
	const outputs = outputsOf(header);
	const base = fields.base.asList(outputs).map((score) => score.asNumber());
	const rounds = fields.trees.asList().map((round) => round.asList(outputs).map((tree) => readTree(tree, header.features)));
	const bound = base.map(Math.abs);
	for (const round of rounds) for (const [output, tree] of round.entries()) bound[output] += largest(tree.leaf);
	if (!bound.every(Number.isFinite)) fields.trees.fail("leaf values whose sum is a finite number");
	const link = "link" in fields ? fields.link : null;
	if (link === null) return {
		...header,
		base,
		rounds
	};
	if (header.task !== "regression") fields.task.fail("regression, which alone has a link");
	if (!bound.every((score) => Number.isFinite(Math.exp(score)))) fields.trees.fail("leaf values that e^sum is finite for");
	return {
		...header,
		base,
		rounds,
		link: link.asWord("log")
	};
}
function largest(values) {
	let most = 0;
	for (const value of values) most = Math.max(most, Math.abs(value));
	return most;
}
function readTree(reader, features) {
	const fields = reader.asObject("column", "leaf", "left", "missingLeft", "right", "rule");
	const splits = fields.column.asList();
	if (splits.length > MOST_SPLITS) fields.column.fail(`at most ${MOST_SPLITS} splits`);
	const column = splits.map((item) => item.asInteger(0, features.length - 1));
	const leaf = fields.leaf.asList(column.length + 1).map((value) => value.asNumber());
	const featureAt = (split) => features[column[split]];
	const rule = fields.rule.asList(column.length).map((item, split) => readRule(item, featureAt(split)));
	const missingLeft = fields.missingLeft.asList(column.length).map((item, split) => item.asInteger(0, featureAt(split).kind === "numeric" ? 1 : 0));
	const { left, right } = readChildren(fields.left, fields.right, column.length);
	return {
		column,
		rule,
		missingLeft,
		left,
		right,
		leaf
	};
}
function readRule(reader, feature) {
	if (feature.kind === "numeric") return reader.asNumber();
	const codes = reader.asList().map((code) => code.asInteger(0, feature.levels + 1));
	if (codes.some((code, i) => i > 0 && code <= codes[i - 1])) reader.fail("codes in ascending order");
	return codes;
}
function readChildren(left, right, splits) {
	const taken = new Set();
	const read = (list) => list.asList(splits).map((item, split) => {
		const child = item.asInteger(-1 - splits, splits - 1);
		if (child >= 0 && child <= split) item.fail(`a leaf, or a split after ${split}`);
		if (taken.has(child)) item.fail("a child that no other split has");
		taken.add(child);
		return child;
	});
	return {
		left: read(left),
		right: read(right)
	};
}
var CODES = 256;
function plant(rounds, outputs) {
	const all = Array.from({ length: outputs }, (_, output) => rounds.map((round) => round[output])).flat();
	const categorical = all.reduce((count, { rule }) => count + rule.filter((each) => typeof each !== "number").length, 0);
	const nodes = all.reduce((count, { column, leaf }) => count + column.length + leaf.length, 0);
	const firstValue = 16 * nodes;
	const firstTree = firstValue + 8 * nodes;
	const firstCodes = firstTree + 8 * all.length;
	const bytes = new ArrayBuffer(firstCodes + CODES * categorical);
	const words = new Int32Array(bytes, 0, firstCodes / 4);
	const limits = new Float32Array(bytes, 0, 4 * nodes);
	const values = new Float64Array(bytes, firstValue, nodes);
	const codes = new Uint8Array(bytes);
	let first = 0;
	let nextCodes = firstCodes;
	for (const [index, { column, rule, missingLeft, left, right, leaf }] of all.entries()) {
		const byteOf = (node) => 16 * (first + node);
		const childOf = (child) => byteOf(child >= 0 ? child : column.length - 1 - child);
		for (const [split, each] of rule.entries()) {
			const isNumeric = typeof each === "number";
			const kind = isNumeric ? missingLeft[split] * 1 : 2;
			const at = byteOf(split) / 4;
			words.set([
				nextCodes,
				4 * column[split] + kind,
				childOf(left[split]),
				childOf(right[split])
			], at);
			if (isNumeric) limits[at] = each === NO_THRESHOLD ? Infinity : floatAtMost(each);
			else {
				for (const code of each) codes[nextCodes + code] = 1;
				nextCodes += CODES;
			}
		}
		for (const [place, value] of leaf.entries()) {
			const self = byteOf(column.length + place);
			words.set([
				0,
				0,
				self,
				self
			], self / 4);
			values[self / 16] = value;
		}
		words.set([byteOf(0), byteOf(column.length)], firstTree / 4 + 2 * index);
		first += column.length + leaf.length;
	}
	return {
		outputs,
		rounds: rounds.length,
		nodes,
		isMixed: categorical > 0,
		bytes,
		firstValue,
		firstTree
	};
}
function floatAtMost(limit) {
	const near = Math.fround(limit);
	if (near <= limit) return near;
	if (near === 0) return -1401298464324817e-60;
	const bits = new Int32Array(Float32Array.of(near).buffer);
	bits[0] += near > 0 ? -1 : 1;
	return new Float32Array(bits.buffer)[0];
}
// ../tabular/src/gbdt/kernels/predict.generated.ts
var predictionWasm = "AGFzbQEAAAABCwFgB39/f39/f38AAwUEAAAAAAUDAQABByIDCmFkZE51bWVyaWMAAAhhZGRNaXhlZAABBm1lbW9yeQIACvUOBBIAIAAgASACIAMgBCAFIAYQAwsSACAAIAEgAiADIAQgBSAGEAILvQgCFn8BfSAFIAZBA3RqIRQDQCABIBJLBEAgACASQQN0aiIGKAIAIQkgBigCBCEQIAMhCiAFIQcDQCAHIBRJBEAgBCAKaiIVIARqIhYgBGoiFyAEaiIYIARqIhkgBGoiGiAEaiETIAkiBiERIAYiCCILIgwiDSIOIQ8DQCAPIBBrIA4gEGsgDSAQayAMIBBrIAsgEGsgCCAQayAGIBBrIBEgEGtycnJycnJyQQBIBEAgCiAGKAIEIhtBfHFqIhwqAgAhHSAGQQxqIAYoAgAgHCgCAEH/AXFqQQAgG0ECcUEARyIcGy0AACAdIB1cIBtxIB0gBioCAF9yIBwbQQJ0aygCACEGIBUgESgCBCIbQXxxaiIcKgIAIR0gEUEMaiARKAIAIBwoAgBB/wFxakEAIBtBAnFBAEciHBstAAAgHSAdXCAbcSAdIBEqAgBfciAcG0ECdGsoAgAhESAWIAgoAgQiG0F8cWoiHCoCACEdIAhBDGogCCgCACAcKAIAQf8BcWpBACAbQQJxQQBHIhwbLQAAIB0gHVwgG3EgHSAIKgIAX3IgHBtBAnRrKAIAIQggFyALKAIEIhtBfHFqIhwqAgAhHSALQQxqIAsoAgAgHCgCAEH/AXFqQQAgG0ECcUEARyIcGy0AACAdIB1cIBtxIB0gCyoCAF9yIBwbQQJ0aygCACELIBggDCgCBCIbQXxxaiIcKgIAIR0gDEEMaiAMKAIAIBwoAgBB/wFxakEAIBtBAnFBAEciHBstAAAgHSAdXCAbcSAdIAwqAgBfciAcG0ECdGsoAgAhDCAZIA0oAgQiG0F8cWoiHCoCACEdIA1BDGogDSgCACAcKAIAQf8BcWpBACAbQQJxQQBHIhwbLQAAIB0gHVwgG3EgHSANKgIAX3IgHBtBAnRrKAIAIQ0gGiAOKAIEIhtBfHFqIhwqAgAhHSAOQQxqIA4oAgAgHCgCAEH/AXFqQQAgG0ECcUEARyIcGy0AACAdIB1cIBtxIB0gDioCAF9yIBwbQQJ0aygCACEOIBMgDygCBCIbQXxxaiIcKgIAIR0gD0EMaiAPKAIAIBwoAgBB/wFxakEAIBtBAnFBAEciHBstAAAgHSAdXCAbcSAdIA8qAgBfciAcG0ECdGsoAgAhDwwBCwsgByAHKwMAIAIgBkEBdmorAwCgOQMAIAdBCGogBysDCCACIBFBAXZqKwMAoDkDACAHQRBqIAcrAxAgAiAIQQF2aisDAKA5AwAgB0EYaiAHKwMYIAIgC0EBdmorAwCgOQMAIAdBIGogBysDICACIAxBAXZqKwMAoDkDACAHQShqIAcrAyggAiANQQF2aisDAKA5AwAgB0EwaiAHKwMwIAIgDkEBdmorAwCgOQMAIAdBOGogBysDOCACIA9BAXZqKwMAoDkDACAEIBNqIQogB0FAayEHDAELCyASQQFqIRIMAQsLC40GAhV/AX0gBSAGQQN0aiEWA0AgASAYSwRAIAAgGEEDdGoiBigCACEIIAYoAgQhGiADIQogBSEHA0AgByAWSQRAIAQgCmoiFSAEaiIUIARqIhMgBGoiEiAEaiIRIARqIhAgBGohFyAIIgYhGSAGIgkiDiINIgwiCyEPA0AgDyAaayALIBprIAwgGmsgDSAaayAOIBprIAkgGmsgBiAaayAZIBprcnJycnJyckEASARAIAZBDGogCiAGKAIEIhtBfHFqKgIAIhwgHFwgG3EgHCAGKgIAX3JBAnRrKAIAIQYgGUEMaiAVIBkoAgQiG0F8cWoqAgAiHCAcXCAbcSAcIBkqAgBfckECdGsoAgAhGSAJQQxqIBQgCSgCBCIbQXxxaioCACIcIBxcIBtxIBwgCSoCAF9yQQJ0aygCACEJIA5BDGogEyAOKAIEIhtBfHFqKgIAIhwgHFwgG3EgHCAOKgIAX3JBAnRrKAIAIQ4gDUEMaiASIA0oAgQiG0F8cWoqAgAiHCAcXCAbcSAcIA0qAgBfckECdGsoAgAhDSAMQQxqIBEgDCgCBCIbQXxxaioCACIcIBxcIBtxIBwgDCoCAF9yQQJ0aygCACEMIAtBDGogECALKAIEIhtBfHFqKgIAIhwgHFwgG3EgHCALKgIAX3JBAnRrKAIAIQsgD0EMaiAXIA8oAgQiG0F8cWoqAgAiHCAcXCAbcSAcIA8qAgBfckECdGsoAgAhDwwBCwsgByAHKwMAIAIgBkEBdmorAwCgOQMAIAdBCGogBysDCCACIBlBAXZqKwMAoDkDACAHQRBqIAcrAxAgAiAJQQF2aisDAKA5AwAgB0EYaiAHKwMYIAIgDkEBdmorAwCgOQMAIAdBIGogBysDICACIA1BAXZqKwMAoDkDACAHQShqIAcrAyggAiAMQQF2aisDAKA5AwAgB0EwaiAHKwMwIAIgC0EBdmorAwCgOQMAIAdBOGogBysDOCACIA9BAXZqKwMAoDkDACAEIBdqIQogB0FAayEHDAELCyAYQQFqIRgMAQsLCw==";
// ../tabular/src/gbdt/kernels/predict.ts
var BLOCK_ROWS = 256;
var STEP = 8;
var PAGE = 65536;
var opened;
function openKernels() {
	const module = new WebAssembly.Module(Uint8Array.from(atob(predictionWasm), (char) => char.charCodeAt(0)));
	return new WebAssembly.Instance(module).exports;
}
function addInBatches(forest, features, scores) {
	opened ??= openKernels();
	const { memory, addNumeric, addMixed } = opened;
	const { bytes, rounds, isMixed, firstValue, firstTree } = forest;
	const width = features.columns.length;
	const firstScore = alignedTo8(bytes.byteLength);
	const firstRow = firstScore + 8 * BLOCK_ROWS;
	const missing = firstRow + 4 * width * BLOCK_ROWS - memory.buffer.byteLength;
	if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
	const { buffer } = memory;
	new Uint8Array(buffer).set(new Uint8Array(bytes));
	const blockScores = new Float64Array(buffer, firstScore, BLOCK_ROWS);
	const block = {
		numbers: new Float32Array(buffer, firstRow, width * BLOCK_ROWS),
		codes: new Int32Array(buffer, firstRow, width * BLOCK_ROWS)
	};
	const add = isMixed ? addMixed : addNumeric;
	for (let from = 0; from < features.rows; from += BLOCK_ROWS) {
		const to = Math.min(features.rows, from + BLOCK_ROWS);
		fillBlock(block, features, from, to);
		for (const [output, ofOutput] of scores.entries()) {
			const rows = ofOutput.subarray(from, to);
			blockScores.set(rows);
			add(firstTree + 8 * rounds * output, rounds, firstValue, firstRow, 4 * width, firstScore, STEP * Math.ceil(rows.length / STEP));
			rows.set(blockScores.subarray(0, rows.length));
		}
	}
}
function fillBlock({ numbers, codes }, { columns }, from, to) {
	for (let index = 0; index < columns.length; index++) {
		const column = columns[index];
		if (column.kind === "numeric") for (let row = from, at = index; row < to; row++, at += columns.length) numbers[at] = column.values[row];
		else for (let row = from, at = index; row < to; row++, at += columns.length) codes[at] = column.codes[row];
	}
}
var alignedTo8 = (byte) => 8 * Math.ceil(byte / 8);
// ../tabular/src/gbdt/predict.ts
var FEW_ROWS = 16;
function predictor(model) {
	const outputs = outputsOf(model);
	const forest = plant(model.rounds, outputs);
	const addRows = rowByRow(forest, model.features.length);
	return (features) => {
		checkFeatures(features, model.features);
		const scores = Array.from({ length: outputs }, (_, output) => new Float64Array(features.rows).fill(model.base[output]));
		(features.rows < FEW_ROWS ? addRows : addInBatches.bind(null, forest))(features, scores);
		return applyLink(model.task, scores);
	};
}
function rowByRow(forest, width) {
	const { bytes, outputs, rounds, nodes, firstValue, firstTree } = forest;
	const words = new Int32Array(bytes, 0, 4 * nodes);
	const limits = new Float32Array(bytes, 0, 4 * nodes);
	const values = new Float64Array(bytes, firstValue, nodes);
	const trees = new Int32Array(bytes, firstTree, 2 * outputs * rounds);
	const codes = new Uint8Array(bytes);
	const ofRow = new Float32Array(width);
	return (features, scores) => {
		for (let row = 0; row < features.rows; row++) {
			readRow(ofRow, features, row);
			for (let output = 0; output < outputs; output++) {
				const end = 2 * rounds * (output + 1);
				let score = scores[output][row];
				for (let tree = end - 2 * rounds; tree < end; tree += 2) {
					const leaves = trees[tree + 1];
					let node = trees[tree];
					while (node < leaves) {
						const at = node >> 2;
						const column = words[at + 1];
						const value = ofRow[column >> 2];
						let isLeft = value <= limits[at];
						if ((column & 2) !== 0) isLeft = codes[words[at] + value] === 1;
						else if (Number.isNaN(value)) isLeft = (column & 1) !== 0;
						node = isLeft ? words[at + 2] : words[at + 3];
					}
					score += values[node >> 4];
				}
				scores[output][row] = score;
			}
		}
	};
}
function readRow(into, { columns }, row) {
	for (let index = 0; index < columns.length; index++) {
		const column = columns[index];
		into[index] = column.kind === "numeric" ? column.values[row] : column.codes[row];
	}
}
// ../tabular/src/gbdt/gbdt.ts
var gbdt$1 = {
	...require_light.gbdtDescriptor,
	async fit(request) {
		const { task, classes, train } = request;
		return writeGbdt({
			task,
			classes,
			features: describeFeatures(train.features),
			...boost(request)
		});
	},
	settle(settings, files) {
		return {
			...settings,
			trees: Math.max(1, readGbdt(files).rounds.length),
			earlyStoppingRounds: 0
		};
	},
	async load(files) {
		const model = readGbdt(files);
		const predict = predictor(model);
		return {
			reads: columnsRead(model),
			predict: model.link === "log" ? (features) => predict(features).map(Math.exp) : predict
		};
	}
};
function columnsRead({ features, rounds }) {
	const places = new Set(rounds.flatMap((round) => round.flatMap(({ column }) => column)));
	return new Set([...places].map((place) => features[place].name));
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
	const fields = readModelFile(files).asObject("classes", "deviations", "features", "format", "learner", "means", "task", "weights");
	const header = readHeader(fields, "linear");
	const count = header.features.length;
	const means = fields.means.asList(count).map((mean) => mean.asNumber());
	const deviations = fields.deviations.asList(count).map((deviation) => deviation.asNumber(0));
	const design = layOut(header.features, means, deviations);
	const weights = fields.weights.asList(outputsOf(header)).map((ofOutput) => readWeights(ofOutput, design));
	return {
		...header,
		design,
		weights
	};
}
function readWeights(reader, design) {
	const weights = Float64Array.from(reader.asList(design.width), (weight) => weight.asNumber());
	const bound = weights.reduce((sum, weight) => sum + INPUT_LIMIT * Math.abs(weight), 0);
	if (!Number.isFinite(bound)) reader.fail("weights whose predictions are finite numbers");
	return weights;
}
// ../tabular/src/linear/coordinates.ts
function coordinatesOf(design, features, rowWeights, penalty) {
	const curvatures = curvaturesOf(design, features, rowWeights);
	const total = curvatures[0];
	const units = curvatures.map((curvature, i) => {
		const bend = (curvature + (i === 0 ? 0 : penalty)) / total;
		return bend > 0 ? 1 / Math.sqrt(bend) : 0;
	});
	const blocks = features.columns.flatMap((column, index) => {
		if (column.kind === "numeric") return [];
		const at = design.offsets[index];
		return [Array.from({ length: column.levels + 2 }, (_, code) => at + code).filter((i) => curvatures[i] > 0)];
	});
	const scale = (vector) => {
		for (let i = 0; i < vector.length; i++) vector[i] *= units[i % design.width];
	};
	const centre = (vector) => {
		for (let start = 0; start < vector.length; start += design.width) for (const block of blocks) {
			const mean = block.reduce((sum, i) => sum + vector[start + i], 0) / block.length;
			for (const i of block) vector[start + i] -= mean;
		}
	};
	return {
		coefficientsAt(point) {
			const coefficients = point.slice();
			scale(coefficients);
			centre(coefficients);
			return coefficients;
		},
		turn(gradient) {
			centre(gradient);
			scale(gradient);
		}
	};
}
function curvaturesOf(design, features, rowWeights) {
	const sums = new Float64Array(design.width);
	multiplyTransposed(design, features, rowWeights, sums);
	for (const [index, column] of features.columns.entries()) {
		const at = design.offsets[index];
		if (column.kind === "numeric") sums[at] = sums[0] - sums[at + 1];
	}
	return sums;
}
// ../tabular/src/linear/lbfgs.ts
var MEMORY = 10;
var GRADIENT_TOLERANCE = 1e-8;
var VALUE_TOLERANCE = 1e-12;
function minimise(evaluate, start, maxIterations, onIteration) {
	let here = positionAt(evaluate, start);
	const steps = [];
	const changes = [];
	for (let iteration = 1; iteration <= maxIterations && Number.isFinite(here.value); iteration++) {
		if (here.gradient.every((slope) => Math.abs(slope) <= GRADIENT_TOLERANCE)) break;
		const next = searchLine(evaluate, here, descentDirection(here.gradient, steps, changes));
		if (next === null) break;
		steps.push(difference(next.point, here.point));
		changes.push(difference(next.gradient, here.gradient));
		if (steps.length > MEMORY) {
			steps.shift();
			changes.shift();
		}
		const gained = here.value - next.value;
		here = next;
		onIteration(iteration);
		if (gained <= VALUE_TOLERANCE * Math.abs(here.value)) break;
	}
	return here;
}
function positionAt(evaluate, point) {
	const gradient = new Float64Array(point.length);
	return {
		point,
		value: evaluate(point, gradient),
		gradient
	};
}
function descentDirection(gradient, steps, changes) {
	const direction = gradient.map((slope) => -slope);
	const last = steps.length - 1;
	if (last < 0) {
		const length = Math.sqrt(dot(gradient, gradient));
		return direction.map((entry) => entry / Math.max(1, length));
	}
	const factors = new Float64Array(steps.length);
	for (let i = last; i >= 0; i--) {
		factors[i] = dot(steps[i], direction) / dot(steps[i], changes[i]);
		addScaled(direction, -factors[i], changes[i]);
	}
	const scale = dot(steps[last], changes[last]) / dot(changes[last], changes[last]);
	for (let j = 0; j < direction.length; j++) direction[j] *= scale;
	for (let i = 0; i <= last; i++) {
		const correction = dot(changes[i], direction) / dot(steps[i], changes[i]);
		addScaled(direction, factors[i] - correction, steps[i]);
	}
	return direction;
}
function searchLine(evaluate, here, direction) {
	const slope = dot(here.gradient, direction);
	if (!(slope < 0)) return null;
	let low = 0;
	let high = Infinity;
	let step = 1;
	for (let attempt = 0; attempt < 60; attempt++) {
		const point = Float64Array.from(here.point);
		addScaled(point, step, direction);
		const next = positionAt(evaluate, point);
		if (!(next.value <= here.value + 1e-4 * step * slope)) high = step;
		else if (dot(next.gradient, direction) < .9 * slope) low = step;
		else return next.value < here.value ? next : null;
		step = high === Infinity ? 2 * low : (low + high) / 2;
	}
	return null;
}
function dot(a, b) {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
function addScaled(to, factor, vector) {
	for (let i = 0; i < to.length; i++) to[i] += factor * vector[i];
}
function difference(a, b) {
	return a.map((entry, i) => entry - b[i]);
}
// ../tabular/src/linear/loss.ts
var lossOf = {
	regression(target, weights, [scores]) {
		let sum = 0;
		for (let row = 0; row < target.length; row++) {
			const error = scores[row] - target[row];
			sum += weights[row] * error * error / 2;
			scores[row] = weights[row] * error;
		}
		return sum;
	},
	binary(target, weights, [scores]) {
		let sum = 0;
		for (let row = 0; row < target.length; row++) {
			const score = scores[row];
			sum += weights[row] * logisticLoss(score, target[row]);
			scores[row] = weights[row] * (logistic(score) - target[row]);
		}
		return sum;
	},
	multiclass(target, weights, scores) {
		let sum = 0;
		for (let row = 0; row < target.length; row++) {
			const weight = weights[row];
			let highest = -Infinity;
			for (const ofClass of scores) highest = Math.max(highest, ofClass[row]);
			const scoreOfTarget = scores[target[row]][row] - highest;
			let total = 0;
			for (const ofClass of scores) {
				const likelihood = Math.exp(ofClass[row] - highest);
				ofClass[row] = likelihood;
				total += likelihood;
			}
			sum += weight * (Math.log(total) - scoreOfTarget);
			for (const [k, ofClass] of scores.entries()) ofClass[row] = weight * (ofClass[row] / total - (k === target[row] ? 1 : 0));
		}
		return sum;
	}
};
// ../tabular/src/linear/regress.ts
function regress({ task, classes, settings, train, onProgress }) {
	const { features } = train;
	const scale = features.columns.map((column) => column.kind === "numeric" ? moments(column.values, train.weights) : [0, 0]);
	const design = layOut(describeFeatures(features), scale.map(([mean]) => mean), scale.map(([, deviation]) => deviation));
	const outputs = outputsOf({
		task,
		classes
	});
	const scores = Array.from({ length: outputs }, () => new Float64Array(features.rows));
	const [centre, spread] = task === "regression" ? targetScale(train.target, train.weights) : [0, 1];
	const target = task === "regression" ? train.target.map((value) => (value - centre) / spread) : train.target;
	const rowWeights = train.weights ?? new Float64Array(features.rows).fill(1);
	const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
	const coordinates = coordinatesOf(design, features, rowWeights, settings.l2);
	const evaluate = (point, gradient) => {
		const coefficients = coordinates.coefficientsAt(point);
		for (const [k, ofOutput] of scores.entries()) multiply(design, features, slice(coefficients, k, design), ofOutput);
		let value = lossOf[task](target, rowWeights, scores) / total;
		for (const [k, residuals] of scores.entries()) multiplyTransposed(design, features, residuals, slice(gradient, k, design));
		for (const [i, coefficient] of coefficients.entries()) {
			const penalty = i % design.width === 0 ? 0 : settings.l2 * coefficient;
			value += penalty * coefficient / (2 * total);
			gradient[i] = (gradient[i] + penalty) / total;
		}
		coordinates.turn(gradient);
		return value;
	};
	const progress = progressOf(settings.maxIterations, onProgress);
	const { point, value } = minimise(evaluate, new Float64Array(outputs * design.width), settings.maxIterations, progress);
	progress(settings.maxIterations);
	if (!Number.isFinite(value)) throw new require_light.LearnerDivergedError("linear", "the training loss");
	const coefficients = coordinates.coefficientsAt(point);
	const weights = scores.map((_, k) => slice(coefficients, k, design).map((entry) => entry * spread));
	weights[0][0] += centre;
	return {
		design,
		weights
	};
}
function slice(point, output, { width }) {
	return point.subarray(output * width, (output + 1) * width);
}
function targetScale(target, weights) {
	const [mean, deviation] = moments(target, weights);
	if (!target.every(Number.isFinite) || !Number.isFinite(deviation)) throw new require_light.LearnerDivergedError("linear", "the spread of the target");
	return [mean, deviation === 0 ? 1 : deviation];
}
// ../tabular/src/linear/linear.ts
var linear = {
	...require_light.linearDescriptor,
	async fit(request) {
		const { task, classes, train } = request;
		return writeLinear({
			task,
			classes,
			features: describeFeatures(train.features),
			...regress(request)
		});
	},
	settle: (settings) => settings,
	async load(files) {
		const model = readLinear(files);
		return { predict(features) {
			checkFeatures(features, model.features);
			const scores = model.weights.map((weights) => {
				const ofOutput = new Float64Array(features.rows);
				multiply(model.design, features, weights, ofOutput);
				return ofOutput;
			});
			return applyLink(model.task, scores);
		} };
	}
};
// ../tabular/src/auto/trial.ts
var learners$1 = {
	gbdt: gbdt$1,
	linear
};
var learnerOf = (settings) => learners$1[settings.learner];
function askedOf(folds) {
	const weights = folds.flatMap(({ validation }) => validation.weights ?? []);
	return {
		target: joined(folds.map(({ validation }) => validation.target)),
		...weights.length === folds.length && { weights: joined(weights) }
	};
}
async function tryOut(request, folds, settings) {
	const learner = learnerOf(settings);
	const models = [];
	const answers = [];
	try {
		for (const fold of folds) {
			const files = await fitMember(request, settings, fold);
			models.push(files);
			answers.push((await learner.load(files)).predict(fold.validation.features));
		}
	} catch (error) {
		if (error instanceof require_light.LearnerDivergedError) return null;
		throw error;
	}
	const asked = askedOf(folds);
	const all = joined(answers);
	const losses = rowLosses(request.task, asked.target, all);
	const loss = meanOf(losses, asked.weights);
	if (!Number.isFinite(loss)) return null;
	return {
		settings,
		settled: average(models.map((files) => learner.settle(settings, files))),
		models,
		answers: all,
		losses,
		loss
	};
}
function fitMember({ task, classes, seed, threads }, settings, { train, validation }) {
	const help = threads === void 0 ? {} : { threads };
	return learnerOf(settings).fit({
		task,
		classes,
		seed,
		settings,
		train,
		validation,
		...help
	});
}
function average([first, ...others]) {
	const mean = (key, value) => typeof value === "number" ? others.reduce((sum, other) => sum + Number(other[key]), value) / (others.length + 1) : value;
	const entries = Object.entries(first).map(([key, value]) => {
		return [key, others.every((other) => other[key] === value) ? value : Math.round(Number(mean(key, value)))];
	});
	return Object.fromEntries(entries);
}
// ../tabular/src/auto/search.ts
var FIRST_VALUES = 3e5;
var LEAST_ROWS = 1e3;
var MOST_STEPS = 40;
var FINALISTS = 3;
var DAY = 864e5;
async function search(request, portfolio) {
	const folds = foldsOf(request, valuesPerRow(request), request.seed);
	const progress = progressOf(MOST_STEPS, request.onProgress);
	let done = 0;
	const tryAll = async (part, all) => {
		const trials = [];
		for (const settings of all) {
			const trial = await tryOut(request, part, settings);
			if (trial !== null) trials.push(trial);
			progress(Math.min(MOST_STEPS, ++done));
		}
		if (trials.length === 0) throw new require_light.LearnerDivergedError("auto", "the validation loss of every model");
		return trials;
	};
	let left = startOf(request, portfolio);
	for (const rows of roundsOf(request, folds)) left = settingsOf(best(await tryAll(thinned(folds, rows), left), half(left)));
	const met = await tryAll(folds, left);
	const finalists = folds.length === 1 ? met : await tryAll(folds, settledOf(best(met, FINALISTS)));
	const window = await windowOf(request, folds, finalists);
	const trials = window === null ? finalists : await tryAll(window.folds, settingsOf(best(finalists, FINALISTS)));
	const shares = blend(request.task, askedOf(folds), trials.map(({ answers }) => answers), request.settings.models);
	const members = await Promise.all(shares.map(async ({ of, share }) => {
		const { settled, models } = trials[of];
		return {
			share,
			settings: settled,
			model: folds.length === 1 ? models[0] : await fitMember(request, settled, request)
		};
	}));
	progress(MOST_STEPS);
	return {
		members,
		...window && { training: window.training }
	};
}
var settingsOf = (trials) => trials.map(({ settings }) => settings);
var settledOf = (trials) => trials.map(({ settled }) => settled);
function startOf(request, portfolio) {
	const { champion, train } = request;
	const live = champion && readChosen(champion.settings["chosen"])[0]?.settings;
	const all = [...live === void 0 ? [] : [withRoom(live), ...neighboursOf(live, champion.seed)], ...portfolio.slice(0, request.settings.tries)].map((one) => affordable(one, train.target.length * valuesPerRow(request)));
	return [...new Map(all.map((one) => [require_light.canonicalJson({ ...one }), one])).values()];
}
var valuesPerRow = ({ task, classes, train }) => Math.max(1, train.features.columns.length * outputsOf({
	task,
	classes
}));
function roundsOf(request, folds) {
	if (folds.length > 1) return [];
	const rounds = [];
	let rows = Math.max(LEAST_ROWS, Math.ceil(FIRST_VALUES / valuesPerRow(request)));
	for (; rows < request.train.target.length / 2; rows *= 4) rounds.push(rows);
	return rounds;
}
var thinned = (folds, rows) => folds.map(({ train, validation }) => ({
	train: spaced(train, rows),
	validation: spaced(validation, rows / 4)
}));
function spaced(rows, most) {
	const stride = Math.ceil(rows.target.length / most);
	if (stride <= 1) return rows;
	return rowsByPlace(rows, Uint32Array.from({ length: Math.ceil(rows.target.length / stride) }, (_, row) => row * stride));
}
function best(trials, count) {
	const sorted = trials.toSorted((a, b) => a.loss - b.loss);
	const kinds = new Set();
	return sorted.filter(({ settings: { learner } }, place) => {
		const isNew = !kinds.has(learner);
		kinds.add(learner);
		return place < count || isNew;
	});
}
var half = (all) => Math.max(FINALISTS, Math.ceil(all.length / 2));
var WINDOWS = [
	{ days: 1 / 3 },
	{ days: 1 / 9 },
	{ halfLifeDays: 1 / 6 }
];
var CLEARLY = 1;
var LEAST_WINDOW = 500;
async function windowOf(request, folds, trials) {
	const [{ train, validation }, ...others] = folds;
	const { times } = train;
	if (times === void 0 || others.length > 0 || request.settings.training !== void 0) return null;
	const [whole] = best(trials, 1);
	let found = null;
	for (const training of windowsOf(times)) {
		const part = {
			train: windowed(train, times, training),
			validation
		};
		if (part.train.target.length < LEAST_WINDOW) continue;
		const trial = await tryOut(request, [part], whole.settings);
		if (trial === null || clearlyBelow(whole.losses, trial.losses, validation.weights) < CLEARLY) continue;
		if (found === null || trial.loss < found.loss) found = {
			training,
			folds: [part],
			loss: trial.loss
		};
	}
	return found;
}
function windowsOf(times) {
	const days = (times.at(-1) - times[0]) / DAY;
	return WINDOWS.map((window) => Object.fromEntries(Object.entries(window).map(([key, part]) => [key, Math.round(part * days)]))).filter((window) => Object.values(window).every((value) => value >= 1));
}
function windowed(rows, times, training) {
	const all = Uint32Array.from(times, (_, row) => row);
	const { rows: kept, decay } = require_work.trainingWindow(all, times, training);
	const picked = rowsByPlace(rows, kept);
	if (decay === null) return picked;
	const { weights } = picked;
	return {
		...picked,
		weights: weights === void 0 ? decay : decay.map((each, row) => each * weights[row])
	};
}
// ../tabular/src/auto/auto.ts
var auto$1 = autoAmong(portfolio);
function autoAmong(all) {
	return {
		...require_light.autoDescriptor,
		searches: true,
		async fit(request) {
			const { task, classes, train, settings } = request;
			const found = settings.chosen === void 0 ? await search(request, all) : await trained(request, settings.chosen);
			const training = settings.training ?? found.training ?? {};
			return writeAuto({
				task,
				classes,
				features: describeFeatures(train.features),
				members: found.members,
				training
			});
		},
		settle(settings, files) {
			const { members, training } = readAuto(files);
			const chosen = members.map(({ share, settings: ofMember }) => ({
				share,
				settings: ofMember
			}));
			return {
				...settings,
				...Object.keys(training).length > 0 && { training },
				chosen
			};
		},
		async load(files) {
			const { members } = readAuto(files);
			const models = await Promise.all(members.map(async ({ share, settings, model }) => ({
				share,
				...await learnerOf(settings).load(model)
			})));
			const reads = models.map((model) => model.reads);
			return {
				...reads.every((each) => each !== void 0) && { reads: new Set(reads.flatMap((each) => [...each])) },
				predict(features) {
					const [first, ...others] = models;
					const mixed = scaled(first.predict(features), first.share);
					for (const { share, predict } of others) for (const [i, answer] of predict(features).entries()) mixed[i] += share * answer;
					return mixed;
				}
			};
		}
	};
}
var scaled = (answers, share) => share === 1 ? answers : answers.map((answer) => share * answer);
async function trained(request, chosen) {
	const progress = progressOf(chosen.length, request.onProgress);
	const members = [];
	for (const [place, { share, settings }] of chosen.entries()) {
		const model = await fitMember(request, settings, request);
		members.push({
			share,
			settings,
			model
		});
		progress(place + 1);
	}
	return { members };
}
// ../tabular/src/index.ts
var learners = {
	gbdt: gbdt$1,
	linear,
	auto: auto$1
};
// ../refit/src/adapters/learners/tabular/machine-threads.ts
var program = `
const { workerData: { module, memory } } = require("node:worker_threads");
const words = new Int32Array(memory.buffer);
const wait = (address, seen, milliseconds) => Atomics.wait(words, address / 4, seen, milliseconds) !== "timed-out";
const { help, fail } = new WebAssembly.Instance(module, { env: { memory }, team: { wait }, derive: Math }).exports;
try {
  help();
} catch (error) {
  fail();
  throw error;
}`;
var machineThreads = {
	count: (0, node_os.availableParallelism)(),
	start(helper) {
		const worker = new node_worker_threads.Worker(program, {
			eval: true,
			workerData: {
				module: helper.module,
				memory: helper.memory
			}
		});
		worker.on("error", () => {});
		worker.unref();
	}
};
// ../refit/src/adapters/learners/tabular/threaded.ts
var threaded_exports = require_rolldown_runtime.__exportAll({ threadedLearners: () => threadedLearners });
var { gbdt, auto } = learners;
var fit = async (request) => gbdt.fit({
	...request,
	threads: machineThreads
});
var fitAuto = async (request) => auto.fit({
	...request,
	threads: machineThreads
});
var threadedLearners = {
	...learners,
	gbdt: {
		...gbdt,
		fit
	},
	auto: {
		...auto,
		fit: fitAuto
	}
};
Object.defineProperty(exports, "threaded_exports", {
	enumerable: true,
	get: function() {
		return threaded_exports;
	}
});
