const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
// ../tabular/src/json-reader.ts
var MODEL_FILE = "model.json";
function readModelFile(files) {
	const bytes = files.get(MODEL_FILE);
	if (bytes === void 0) throw new require_light.ArtifactInvalidError(MODEL_FILE, "", "this file to exist");
	let value;
	try {
		value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (cause) {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, "", "JSON text in UTF-8", { cause });
	}
	require_light.refuseNewer(MODEL_FILE, value, 1);
	return jsonReader(value, "");
}
function jsonReader(value, path) {
	const fail = (expected) => {
		throw new require_light.ArtifactInvalidError(MODEL_FILE, path, expected);
	};
	return {
		fail,
		isList: () => Array.isArray(value),
		asObject(...keys) {
			if (value === null || typeof value !== "object" || Array.isArray(value)) return fail("an object");
			if (Object.keys(value).length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) return fail(`an object with exactly the keys ${keys.join(", ")}`);
			const entries = value;
			const at = (key) => path === "" ? key : `${path}.${key}`;
			return Object.fromEntries(keys.map((key) => [key, jsonReader(entries[key], at(key))]));
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
function readHeader(fields, learner) {
	fields.format.asInteger(1, 1);
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
	const found = describeFeatures(matrix).map(describe);
	for (const [index, feature] of features.entries()) if (found[index] !== describe(feature)) fail(`features[${index}]`, `${found[index]}, as in the rows to predict`);
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
function drawSorted(random, total, count) {
	const drawn = new Uint32Array(count);
	let chosen = 0;
	for (let i = 0; chosen < count; i++) if (count === total || random() / 4294967296 * (total - i) < count - chosen) drawn[chosen++] = i;
	return drawn;
}
// ../tabular/src/gbdt/bin-features.ts
var EDGE_ROWS = 2e5;
function binFeatures(features, maxBins) {
	return features.columns.map((column) => column.kind === "numeric" ? binNumeric(column.values, binEdges(column.values, maxBins)) : binCategorical(column));
}
function binAlike(features, trained) {
	return features.columns.map((column, index) => {
		const like = trained[index];
		return column.kind === "numeric" && like.kind === "numeric" ? binNumeric(column.values, like.edges) : binCategorical(column);
	});
}
function binCategorical(column) {
	return {
		kind: "categorical",
		bins: column.codes,
		size: column.levels + 2
	};
}
function binNumeric(values, edges) {
	const bins = new Uint8Array(values.length);
	for (let row = 0; row < values.length; row++) {
		const value = values[row];
		if (Number.isNaN(value)) continue;
		let low = 0;
		let high = edges.length;
		while (low < high) {
			const middle = low + high >>> 1;
			if (value <= edges[middle]) high = middle;
			else low = middle + 1;
		}
		bins[row] = low + 1;
	}
	return {
		kind: "numeric",
		edges,
		bins,
		size: edges.length + 2
	};
}
function binEdges(values, maxBins) {
	const sorted = sortedSample(values);
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
function sortedSample(values) {
	const stride = Math.ceil(values.length / EDGE_ROWS);
	const sample = new Float32Array(values.length);
	let size = 0;
	for (let row = 0; row < values.length; row += stride) {
		const value = values[row];
		if (!Number.isNaN(value)) sample[size++] = value;
	}
	return sample.slice(0, size).sort();
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
var POOL_BYTES = 268435456;
function histogramPool(columns, poolBytes = POOL_BYTES) {
	const ends = [];
	let length = 0;
	for (const { size } of columns) ends.push(length += 3 * size);
	const free = [];
	let taken = 0;
	return {
		take() {
			taken++;
			return free.pop()?.fill(0) ?? new Float64Array(length);
		},
		give(histogram) {
			taken--;
			free.push(histogram);
		},
		isFull: () => taken * length * Float64Array.BYTES_PER_ELEMENT > poolBytes,
		sumsOf: (histogram, column) => histogram.subarray(ends[column - 1] ?? 0, ends[column])
	};
}
function addRows(sums, bins, rows, { gradients, hessians }) {
	for (let k = 0; k < rows.length; k++) {
		const at = 3 * bins[rows[k]];
		sums[at] += gradients[k];
		sums[at + 1] += hessians[k];
		sums[at + 2] += 1;
	}
}
function addRowsToPair([sumsA, sumsB], [binsA, binsB], rows, { gradients, hessians }) {
	for (let k = 0; k < rows.length; k++) {
		const row = rows[k];
		const gradient = gradients[k];
		const hessian = hessians[k];
		const a = 3 * binsA[row];
		const b = 3 * binsB[row];
		sumsA[a] += gradient;
		sumsB[b] += gradient;
		sumsA[a + 1] += hessian;
		sumsB[b + 1] += hessian;
		sumsA[a + 2] += 1;
		sumsB[b + 2] += 1;
	}
}
function subtract(parent, child) {
	for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
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
// ../tabular/src/gbdt/find-categorical-split.ts
var POOLED = -1;
function findCategoricalSplit(sums, totals, limits) {
	const groups = groupCategories(sums, limits);
	let gradient = 0;
	let hessian = 0;
	let rows = 0;
	let best = -1;
	let cut = 0;
	let left = totals;
	for (let i = 0; i < groups.length - 1; i++) {
		const group = groups[i];
		gradient += group.gradient;
		hessian += group.hessian;
		rows += group.rows;
		if (rows < limits.minLeafRows || hessian < .001) continue;
		const otherHessian = totals.hessian - hessian;
		if (totals.rows - rows < limits.minLeafRows || otherHessian < .001) break;
		const otherGradient = totals.gradient - gradient;
		const score = gradient * gradient / (hessian + limits.l2) + otherGradient * otherGradient / (otherHessian + limits.l2);
		if (score > best) {
			best = score;
			cut = i + 1;
			left = {
				gradient,
				hessian,
				rows
			};
		}
	}
	if (best < 0) return null;
	const pooled = groups.findIndex((group) => group.code === POOLED);
	const mirrored = pooled === -1 ? left.rows > totals.rows - left.rows : pooled < cut;
	const codes = (mirrored ? groups.slice(cut) : groups.slice(0, cut)).map((group) => group.code);
	return {
		gain: best,
		rule: {
			kind: "categorical",
			codes: codes.sort((a, b) => a - b)
		},
		left: mirrored ? minus(totals, left) : left
	};
}
function groupCategories(sums, { minCategoryRows, l2 }) {
	const groups = [];
	const pool = {
		code: POOLED,
		gradient: 0,
		hessian: 0,
		rows: 0
	};
	for (let at = 0; at < sums.length; at += 3) {
		const rows = sums[at + 2];
		if (rows >= minCategoryRows) groups.push({
			code: at / 3,
			gradient: sums[at],
			hessian: sums[at + 1],
			rows
		});
		else if (rows > 0) {
			pool.gradient += sums[at];
			pool.hessian += sums[at + 1];
			pool.rows += rows;
		}
	}
	if (pool.rows > 0) groups.push(pool);
	const order = (group) => group.gradient / Math.max(group.hessian + l2, MIN_HESSIAN);
	return groups.sort((a, b) => order(a) - order(b));
}
// ../tabular/src/gbdt/find-numeric-split.ts
function findNumericSplit(sums, totals, limits) {
	const right = scanNumeric(sums, totals, limits, false);
	if (sums[2] === 0) {
		if (right === null || right.rule.kind !== "numeric") return right;
		return {
			...right,
			rule: {
				...right.rule,
				missingLeft: right.left.rows > totals.rows - right.left.rows
			}
		};
	}
	const left = scanNumeric(sums, totals, limits, true);
	return left !== null && (right === null || left.gain > right.gain) ? left : right;
}
function scanNumeric(sums, totals, { minLeafRows, l2 }, missingLeft) {
	let gradient = missingLeft ? sums[0] : 0;
	let hessian = missingLeft ? sums[1] : 0;
	let rows = missingLeft ? sums[2] : 0;
	let best = -1;
	let lastLeft = 0;
	let left = totals;
	for (let at = 3; at < sums.length; at += 3) {
		const count = sums[at + 2];
		if (count === 0) continue;
		gradient += sums[at];
		hessian += sums[at + 1];
		rows += count;
		if (rows < minLeafRows || hessian < .001) continue;
		const otherHessian = totals.hessian - hessian;
		if (totals.rows - rows < minLeafRows || otherHessian < .001) break;
		const otherGradient = totals.gradient - gradient;
		const score = gradient * gradient / (hessian + l2) + otherGradient * otherGradient / (otherHessian + l2);
		if (score > best) {
			best = score;
			lastLeft = at / 3;
			left = {
				gradient,
				hessian,
				rows
			};
		}
	}
	return best < 0 ? null : {
		gain: best,
		rule: {
			kind: "numeric",
			lastLeft,
			missingLeft
		},
		left
	};
}
// ../tabular/src/gbdt/find-split.ts
var MIN_RELATIVE_GAIN = 1e-9;
function findSplit(sums, kind, totals, limits) {
	const found = kind === "numeric" ? findNumericSplit(sums, totals, limits) : findCategoricalSplit(sums, totals, limits);
	if (found === null) return null;
	const gain = found.gain - totals.gradient * totals.gradient / (totals.hessian + limits.l2);
	return gain > MIN_RELATIVE_GAIN * found.gain ? {
		...found,
		gain
	} : null;
}
// ../tabular/src/gbdt/leaf.ts
function workbench(columns, rowCount, settings) {
	return {
		columns,
		settings,
		pool: histogramPool(columns),
		scratch: new Uint32Array(rowCount),
		ordered: {
			gradients: new Float64Array(rowCount),
			hessians: new Float64Array(rowCount)
		}
	};
}
function examineRoot(bench, drawn, root) {
	if (!isSplittable(root, bench.settings)) return;
	root.histogram = bench.pool.take();
	countRows(bench, drawn, root, root.histogram);
	seekSplit(bench, drawn, root);
}
function examineChildren(bench, drawn, parent, [left, right]) {
	const [small, large] = left.totals.rows <= right.totals.rows ? [left, right] : [right, left];
	if (!isSplittable(large, bench.settings)) return release(bench, parent);
	small.histogram = bench.pool.take();
	countRows(bench, drawn, small, small.histogram);
	if (parent.histogram === null) {
		large.histogram = bench.pool.take();
		countRows(bench, drawn, large, large.histogram);
	} else {
		subtract(parent.histogram, small.histogram);
		large.histogram = parent.histogram;
		parent.histogram = null;
	}
	seekSplit(bench, drawn, left);
	seekSplit(bench, drawn, right);
}
function isSplittable(leaf, { minLeafRows, leaves }) {
	return leaves > 1 && leaf.totals.rows >= 2 * minLeafRows;
}
function countRows({ columns, pool, ordered }, drawn, leaf, histogram) {
	const rows = drawn.rows.subarray(leaf.from, leaf.to);
	for (let k = 0; k < rows.length; k++) {
		const row = rows[k];
		ordered.gradients[k] = drawn.gradients[row];
		ordered.hessians[k] = drawn.hessians[row];
	}
	const active = drawn.columns;
	for (let i = 0; i < active.length; i += 2) {
		const [first, second] = [active[i], active[i + 1]];
		const sums = pool.sumsOf(histogram, first);
		const { bins } = columns[first];
		if (second === void 0) addRows(sums, bins, rows, ordered);
		else addRowsToPair([sums, pool.sumsOf(histogram, second)], [bins, columns[second].bins], rows, ordered);
	}
}
function seekSplit(bench, drawn, leaf) {
	const { columns, pool, settings } = bench;
	if (isSplittable(leaf, settings)) for (const column of drawn.columns) {
		const found = findSplit(pool.sumsOf(leaf.histogram, column), columns[column].kind, leaf.totals, settings);
		if (found !== null && (leaf.split === null || found.gain > leaf.split.gain)) leaf.split = {
			...found,
			column
		};
	}
	if (leaf.split === null || pool.isFull()) release(bench, leaf);
}
function release({ pool }, leaf) {
	if (leaf.histogram !== null) pool.give(leaf.histogram);
	leaf.histogram = null;
}
// ../tabular/src/gbdt/split-rows.ts
function routeBins(rule) {
	const goesLeft = new Uint8Array(256);
	if (rule.kind === "numeric") {
		goesLeft.fill(1, 1, rule.lastLeft + 1);
		goesLeft[0] = rule.missingLeft ? 1 : 0;
	} else for (const code of rule.codes) goesLeft[code] = 1;
	return goesLeft;
}
var NO_THRESHOLD = Number.MAX_VALUE;
function storedRule(rule, column) {
	if (rule.kind === "categorical") return rule.codes;
	return column.edges[rule.lastLeft - 1] ?? NO_THRESHOLD;
}
function partitionRows(rows, bins, goesLeft, scratch) {
	let left = 0;
	let right = 0;
	for (let i = 0; i < rows.length; i++) {
		const row = rows[i];
		const isLeft = goesLeft[bins[row]];
		rows[left] = row;
		scratch[right] = row;
		left += isLeft;
		right += 1 - isLeft;
	}
	rows.set(scratch.subarray(0, right), left);
	return left;
}
// ../tabular/src/gbdt/grow-tree.ts
function growTree(bench, drawn) {
	const { columns, settings } = bench;
	const root = {
		...empty,
		from: 0,
		to: drawn.rows.length,
		totals: totalsOf(drawn),
		parent: null
	};
	examineRoot(bench, drawn, root);
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
	const goesLeft = [];
	while (leaves.length < settings.leaves) {
		const index = indexOfLargestGain(leaves);
		if (index === -1) break;
		const leaf = leaves[index];
		const { column, rule, left: leftTotals } = leaf.split;
		const split = goesLeft.length;
		if (leaf.parent !== null) children[leaf.parent.side][leaf.parent.split] = split;
		const binned = columns[column];
		const route = routeBins(rule);
		const rows = drawn.rows.subarray(leaf.from, leaf.to);
		const middle = leaf.from + partitionRows(rows, binned.bins, route, bench.scratch);
		const rightTotals = minus(leaf.totals, leftTotals);
		const left = {
			...empty,
			from: leaf.from,
			to: middle,
			totals: leftTotals,
			parent: {
				split,
				side: "left"
			}
		};
		const right = {
			...empty,
			from: middle,
			to: leaf.to,
			totals: rightTotals,
			parent: {
				split,
				side: "right"
			}
		};
		goesLeft.push(route);
		tree.column.push(column);
		tree.rule.push(storedRule(rule, binned));
		tree.missingLeft.push(rule.kind === "numeric" && rule.missingLeft ? 1 : 0);
		children.left.push(-1 - index);
		children.right.push(-1 - leaves.length);
		leaves[index] = left;
		leaves.push(right);
		if (leaves.length < settings.leaves) examineChildren(bench, drawn, leaf, [left, right]);
		else release(bench, leaf);
	}
	for (const leaf of leaves) release(bench, leaf);
	return {
		tree: {
			...tree,
			...children,
			leaf: leaves.map((leaf) => leafValue(leaf.totals, settings))
		},
		goesLeft,
		leafRows: leaves.map((leaf) => [leaf.from, leaf.to])
	};
}
var empty = {
	histogram: null,
	split: null
};
function totalsOf({ rows, gradients, hessians }) {
	let gradient = 0;
	let hessian = 0;
	for (const row of rows) {
		gradient += gradients[row];
		hessian += hessians[row];
	}
	return {
		gradient,
		hessian,
		rows: rows.length
	};
}
function leafValue({ gradient, hessian }, { l2, learningRate }) {
	return Number((-learningRate * gradient / Math.max(hessian + l2, MIN_HESSIAN)).toPrecision(9));
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
// ../tabular/src/gbdt/objective.ts
function objectiveOf(task, classes, rowCount) {
	switch (task) {
		case "regression": return squaredError;
		case "binary": return logisticObjective;
		case "multiclass": return softmaxObjective(classes, rowCount);
	}
}
var LEAST_SHARE = 1e-6;
var squaredError = {
	base: (rows) => [weightedMean(rows, (target) => target)],
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => (scores[row] - target) * (scores[row] - target)) / 2,
	beginRound() {},
	derive({ target, weights }, _output, scores, { gradients, hessians }) {
		for (let row = 0; row < target.length; row++) {
			const weight = weights === void 0 ? 1 : weights[row];
			gradients[row] = weight * (scores[row] - target[row]);
			hessians[row] = weight;
		}
	}
};
var logisticObjective = {
	base(rows) {
		const share = Math.min(.999999, Math.max(LEAST_SHARE, weightedMean(rows, (target) => target)));
		return [Math.log(share / (1 - share))];
	},
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => logisticLoss(scores[row], target)),
	beginRound() {},
	derive({ target, weights }, _output, scores, { gradients, hessians }) {
		for (let row = 0; row < target.length; row++) {
			const weight = weights === void 0 ? 1 : weights[row];
			const probability = logistic(scores[row]);
			gradients[row] = weight * (probability - target[row]);
			hessians[row] = weight * probability * (1 - probability);
		}
	}
};
function softmaxObjective(classes, rowCount) {
	const normalisers = new Float64Array(rowCount);
	return {
		base: (rows) => Array.from({ length: classes }, (_, k) => Math.log(Math.max(LEAST_SHARE, weightedMean(rows, (target) => target === k ? 1 : 0)))),
		loss: (rows, scores) => weightedMean(rows, (target, row) => logSumExp(scores, row) - scores[target][row]),
		beginRound(scores) {
			for (let row = 0; row < rowCount; row++) normalisers[row] = logSumExp(scores, row);
		},
		derive({ target, weights }, output, scores, { gradients, hessians }) {
			for (let row = 0; row < rowCount; row++) {
				const weight = weights === void 0 ? 1 : weights[row];
				const probability = Math.exp(scores[row] - normalisers[row]);
				gradients[row] = weight * (probability - (target[row] === output ? 1 : 0));
				hessians[row] = weight * probability * (1 - probability);
			}
		}
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
// ../tabular/src/gbdt/boost.ts
function boost(request) {
	const { task, classes, settings, train, validation, onProgress } = request;
	const columns = binFeatures(train.features, settings.maxBins);
	const validationColumns = binAlike(validation.features, columns);
	const rowCount = train.features.rows;
	const objective = objectiveOf(task, classes, rowCount);
	const bench = workbench(columns, rowCount, settings);
	const random = seededRandom(request.seed);
	const derivatives = {
		gradients: new Float64Array(rowCount),
		hessians: new Float64Array(rowCount)
	};
	const usable = Uint32Array.from(columns.keys()).filter((index) => varies(columns[index]));
	const progress = progressOf(settings.trees, onProgress);
	const base = objective.base(train);
	const scores = base.map((score) => new Float64Array(rowCount).fill(score));
	const validationScores = base.map((score) => new Float64Array(validation.features.rows).fill(score));
	const lossAfter = (round) => checkedLoss(objective.loss(validation, validationScores), round);
	let bestLoss = lossAfter(0);
	let bestRounds = 0;
	const rounds = [];
	while (rounds.length < settings.trees) {
		objective.beginRound(scores);
		const round = scores.map((ofOutput, output) => {
			objective.derive(train, output, ofOutput, derivatives);
			const rows = drawSorted(random, rowCount, shareOf(rowCount, settings.rowFraction));
			const drawn = drawSorted(random, usable.length, shareOf(usable.length, settings.featureFraction));
			const grown = growTree(bench, {
				rows,
				columns: drawn.map((index) => usable[index]),
				...derivatives
			});
			addToTrained(grown, rows, columns, ofOutput);
			addToOthers(grown, validationColumns, validationScores[output]);
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
	return {
		base,
		rounds: settings.earlyStoppingRounds > 0 ? rounds.slice(0, bestRounds) : rounds
	};
}
function shareOf(total, fraction) {
	return total === 0 ? 0 : Math.max(1, Math.round(total * fraction));
}
function varies({ bins }) {
	return bins.some((bin) => bin !== bins[0]);
}
function checkedLoss(loss, rounds) {
	if (!Number.isFinite(loss)) throw new require_light.LearnerDivergedError("gbdt", `the validation loss after ${rounds} rounds`);
	return loss;
}
function addToTrained(grown, rows, columns, scores) {
	const seen = rows.length === scores.length ? null : new Uint8Array(scores.length);
	for (const [leaf, [from, to]] of grown.leafRows.entries()) {
		const value = grown.tree.leaf[leaf];
		for (let i = from; i < to; i++) {
			scores[rows[i]] += value;
			if (seen !== null) seen[rows[i]] = 1;
		}
	}
	if (seen !== null) addToOthers(grown, columns, scores, seen);
}
function addToOthers({ tree, goesLeft }, columns, scores, skip) {
	const root = tree.column.length === 0 ? -1 : 0;
	for (let row = 0; row < scores.length; row++) {
		if (skip !== void 0 && skip[row] === 1) continue;
		let node = root;
		while (node >= 0) {
			const bin = columns[tree.column[node]].bins[row];
			node = goesLeft[node][bin] === 1 ? tree.left[node] : tree.right[node];
		}
		scores[row] += tree.leaf[-1 - node];
	}
}
// ../tabular/src/gbdt/model-file.ts
var MOST_SPLITS = 1e6;
function writeGbdt({ task, classes, features, base, rounds }) {
	const model = {
		format: 1,
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
	const fields = readModelFile(files).asObject("base", "classes", "features", "format", "learner", "task", "trees");
	const header = readHeader(fields, "gbdt");
	const outputs = outputsOf(header);
	const base = fields.base.asList(outputs).map((score) => score.asNumber());
	const rounds = fields.trees.asList().map((round) => round.asList(outputs).map((tree) => readTree(tree, header.features)));
	const bound = base.map(Math.abs);
	for (const round of rounds) for (const [output, tree] of round.entries()) bound[output] += largest(tree.leaf);
	if (!bound.every(Number.isFinite)) fields.trees.fail("leaf values whose sum is a finite number");
	return {
		...header,
		base,
		rounds
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
// ../tabular/src/gbdt/predict.ts
var BLOCK_ROWS = 256;
function predictor(model) {
	const width = model.features.length;
	const rounds = model.rounds.map((round) => round.map(compile));
	return (features) => {
		checkFeatures(features, model.features);
		const { rows } = features;
		const scores = Array.from({ length: outputsOf(model) }, (_, k) => new Float64Array(rows).fill(model.base[k]));
		const block = new Float32Array(BLOCK_ROWS * width);
		for (let from = 0; from < rows; from += BLOCK_ROWS) {
			const to = Math.min(rows, from + BLOCK_ROWS);
			fillBlock(block, features, from, to);
			const ofBlock = scores.map((ofOutput) => ofOutput.subarray(from, to));
			for (const round of rounds) for (const [output, tree] of round.entries()) addTree(tree, block, width, ofBlock[output]);
		}
		return applyLink(model.task, scores);
	};
}
function fillBlock(block, { columns }, from, to) {
	for (const [index, column] of columns.entries()) {
		const values = column.kind === "numeric" ? column.values : column.codes;
		for (let row = from, at = index; row < to; row++, at += columns.length) block[at] = values[row];
	}
}
var noCodes = new Uint8Array(0);
function compile(tree) {
	return {
		column: Int32Array.from(tree.column),
		threshold: Float64Array.from(tree.rule, (rule) => {
			if (typeof rule !== "number") return NaN;
			return rule === NO_THRESHOLD ? Infinity : rule;
		}),
		missingLeft: Uint8Array.from(tree.missingLeft),
		codesLeft: tree.rule.map((rule) => {
			if (typeof rule === "number") return noCodes;
			const goesLeft = new Uint8Array(256);
			for (const code of rule) goesLeft[code] = 1;
			return goesLeft;
		}),
		left: Int32Array.from(tree.left),
		right: Int32Array.from(tree.right),
		leaf: Float64Array.from(tree.leaf)
	};
}
function addTree(tree, block, width, scores) {
	const { column, threshold, missingLeft, codesLeft, left, right, leaf } = tree;
	const root = column.length === 0 ? -1 : 0;
	for (let row = 0, at = 0; row < scores.length; row++, at += width) {
		let node = root;
		while (node >= 0) {
			const value = block[at + column[node]];
			const limit = threshold[node];
			let goesLeft = value <= limit;
			if (Number.isNaN(limit)) goesLeft = codesLeft[node][value] === 1;
			else if (Number.isNaN(value)) goesLeft = missingLeft[node] === 1;
			node = goesLeft ? left[node] : right[node];
		}
		scores[row] += leaf[-1 - node];
	}
}
// ../tabular/src/gbdt/gbdt.ts
var gbdt = {
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
		return { predict: predictor(readGbdt(files)) };
	}
};
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
	for (const [index, column] of columns.entries()) {
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
// ../tabular/src/index.ts
var src_exports = require_rolldown_runtime.__exportAll({ learners: () => learners });
var learners = {
	gbdt,
	linear
};
Object.defineProperty(exports, "src_exports", {
	enumerable: true,
	get: function() {
		return src_exports;
	}
});
