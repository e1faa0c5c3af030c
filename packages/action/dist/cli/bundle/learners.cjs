const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_commands = require("./commands.cjs");
const require_work = require("./work.cjs");
let node_path = require("node:path");
node_path = require_rolldown_runtime.__toESM(node_path, 1);
let node_worker_threads = require("node:worker_threads");
// ../core/src/errors/export-errors.ts
var words = {
	program: ["Its predictions come from your own program (`learner: command`), and refit cannot convert a program to ONNX.", "Let the program write an ONNX file and name it with `onnx` in the candidate; or take the program from `artifact/code/` of the version."],
	network: ["It is a TensorFlow.js network, and refit does not convert networks to ONNX.", "Load `artifact/model.json` of the version with TensorFlow.js, or convert it with tensorflowjs_converter."],
	predictions: ["It holds the predictions of a model from elsewhere, and not the model.", "Export the model where it was made, or import it with `refit import <model> --onnx FILE`."],
	"calibrated-file": ["It is an ONNX file that refit did not write, and its predictions are calibrated afterwards, outside of the file.", "Put the calibration into the ONNX file, or remove `calibration` from model.yaml, and train again."],
	"scores-too-large": ["Its predictions are e^score, and its trees can add up to scores above 700, for which the ONNX model would not be exact.", "Train it again with a lower `learningRate` or a higher `l2` in model.yaml."]
};
var NotExportableError = class extends require_light.RefitError {
	code = "not-exportable";
	hint;
	reason;
	constructor(reason, options) {
		super(`This model cannot be exported. ${words[reason][0]}`, options);
		this.reason = reason;
		this.hint = words[reason][1];
	}
};
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
function drawSorted(random, total, count, drawn = new Uint32Array(count)) {
	let chosen = 0;
	for (let i = 0; chosen < count; i++) if (count === total || random() / 4294967296 * (total - i) < count - chosen) drawn[chosen++] = i;
	return drawn;
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
			if (kind === "categorical") throw new require_commands.FeatureConflictError(`\`monotone\` names ${JSON.stringify(name)}, whose categories have no order.`);
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
	const part = require_light.dateParts.find((each) => name.endsWith(`.${each}`));
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
	const keys = new Uint32Array(values.buffer, values.byteOffset, values.length);
	const [low, middle, high] = turnAndCount(keys);
	pass(keys, room, low, 0);
	pass(room, keys, middle, DIGIT_BITS);
	pass(keys, room, high, 22);
	for (let i = 0; i < room.length; i++) room[i] = room[i] ^ (~room[i] >> 31 | 2147483648);
	return new Float32Array(room.buffer, room.byteOffset, room.length);
}
function turnAndCount(keys) {
	const low = new Uint32Array(2049);
	const middle = new Uint32Array(2049);
	const high = new Uint32Array(2049);
	for (let i = 0; i < keys.length; i++) {
		const key = keys[i] ^ (keys[i] >> 31 | 2147483648);
		keys[i] = key;
		low[(key & 2047) + 1]++;
		middle[(key >>> DIGIT_BITS & 2047) + 1]++;
		high[(key >>> 22) + 1]++;
	}
	for (const starts of [
		low,
		middle,
		high
	]) for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1] += starts[digit];
	return [
		low,
		middle,
		high
	];
}
function pass(from, to, starts, shift) {
	for (let i = 0; i < from.length; i++) to[starts[from[i] >>> shift & 2047]++] = from[i];
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
var wasm = "AGFzbQEAAAABkwEVYAABf2ACf38AYAAAYAF/AGAEf39/fwBgBX9/f39/AGABfAF8YAZ/f39/f38AYAN/f3wBf2AHf39/f39/fwBgBnx8fHx/fwF8YAJ/fABgBH9/fH8BfGAGf3x8fHx8AGADf3x8AGADf3x/AGADf39/AGAGf39/f39/AX9gAX8Bf2AFfHx8fH8AYAd/f39/f39/AXwCOAQGZGVyaXZlA2V4cAAGBHRlYW0Ed2FpdAAIBmRlcml2ZQNsb2cABgNlbnYGbWVtb3J5AgMBgIAEAzc2AwEBBwkHAQQBBQoCAgICCwUDDAAAAAAAAAAAAAAAAAAAAAAAAAANDgQPAwUCARADARESEwQUBgYBfgFCAAsHngMnCmJlZ2luUm91bmQALwZkZXJpdmUALAViZWdpbgAwCWNvdW50Um9vdAAtBmRpdmlkZQArBXRvdGFsACkFY291bnQALgVyZW5ldwAqB2FkZFRyZWUAMQpiaW5OdW1iZXJzADQHYXJyYW5nZQA4DmRlc2NyaWJlQ29sdW1uADcLbGltaXRTcGxpdHMANg5vcGVuSGlzdG9ncmFtcwA1CWZpbmRTcGxpdAAHCWNsb3NlVGVhbQASB2Rpc21pc3MAEQRmYWlsABAEaGVscAAPBXVuaXRzABcHcmVzdWx0cwAdBnJvdXRlcwAcBnNwbGl0cwAaCGxlYWZSb3dzACIKbGVhZlZhbHVlcwAhBGJpbnMAKAtmdXJ0aGVyQmlucwAnBW9yZGVyACAGdG90YWxzABgFcGFpcnMAHgd0YXJnZXRzABkHd2VpZ2h0cwAWB29yZGVyZWQAHwZzY29yZXMAGw1mdXJ0aGVyU2NvcmVzACYKaGlzdG9ncmFtcwAjDmhpc3RvZ3JhbUJ5dGVzACQGZ3JvdXBzACUGbWVtb3J5AgAIAQ4Kp1M2qwEBAn9BlAQoAgBBAWshAUHAAEEA/hcCACABRQRAIABBABAFDwtBgAMgADYCAEGAAkEA/hcCAEHAAUEB/h4CABpBwAEgAf4AAgAaIABBABAFQYAC/hACACEAA0AgACABSQR/QcAC/hACAEEARwVBAQtFBEAgAkEBaiICQZDOAEsEQEGAAiAARAAAAAAAAPB/EAEaC0GAAv4QAgAhAAwBCwtBwAL+EAIABEAACws9ACABQYDAAE8iAQRAQZQEKAIAQQFLIQELQZAFIAEEf0GUBCgCAAVBAQs2AgAgAQRAIAAQAwUgAEEAEAULC7QRBAp/BXwBfgF7AkACQAJAAkACQAJAAkACQAJAAkACQAJAAkAgAA4MAAECAwQFBgcICQoLDAtBhAQoAgAhACABQQFqIgJBlAQoAgAiA0YEfyAABSAArSACrX4gA62Ap0FAcQshAkGQBCgCACEEQdgEKAIAIQVBlAQoAgAiAyABRgR/IAAFIACtIAGtfiADrYCnQUBxCyEBA0AgASACSQRARAAAAAAAAPD/IQxBACEDA0AgAyAESQRAIAwgBSAAIANsIAFqQQN0aisDAKUhDCADQQFqIQMMAQsLRAAAAAAAAAAAIQ1BACEDA0AgAyAESQRAIA0gBSAAIANsIAFqQQN0aisDACAMoRAAoCENIANBAWohAwwBCwtB6AQoAgAgAUEDdGogDCANEAKgOQMAIAFBAWohAQwBCwsPCyABEDIPC0HIBCgCAEGUBSgCACIAQQJ0aiEGQcAEKAIAQZwFKAIAIgJBA3FBhAQoAgAgAkECdmxBAnRqaiEHQagEKAIAQaAFKAIAQQh0aiEIQZgFKAIAIABrIQBB0AQoAgAiCUGQBSgCACICIAFNBH8gAAUgAK0gAa1+IAKtgKdBcHELIgJBAnRqIQQgAUEBaiIDQZAFKAIAIgVJBEAgAK0gA61+IAWtgKdBcHEhAAsgCSAAQQJ0aiEFIAIhAwNAIAAgA0sEQCAEIAVBASAIIAcgBiADQQJ0aigCACIKQQJ0ai0AAGotAAAiC2tBAnRrIgUgCxsgCjYCACAEIAtBAnRqIQQgA0EBaiEDDAELC0HUBCgCACABQQZ0aiAEIAlrQQJ2IAJrNgIADwtBmAUoAgBBlAUoAgBrIQAgASICQZAFKAIAIgFPBH8gAAUgAK0gAq1+IAGtgKdBcHELIQMgAkEBaiIBQZAFKAIAIgRPBH8gAAUgAK0gAa1+IAStgKdBcHELQcgEKAIAQZQFKAIAQQJ0aiIGIQFBkAUoAgAhBwNAIAUgB0kEQAJ/QdQEKAIAIAVBBnRqKAIAIghBAnQiCSABaiIBIAIgBU0NABogBiAJaiEGQZAFKAIAIQkgASAFQQFqIgEgB08EfyAABSAArSABrX4gB62Ap0FwcQsgBSAJTwR/IAAFIACtIAWtfiAJrYCnQXBxC2sgCGtBAnRqCyEBIAVBAWohBQwBCwsgBkHQBCgCACADQQJ0aiIAQdQEKAIAIAJBBnRqKAIAIgJBAnT8CgAAIANrIQUDQCACIAVJBEAgASAAIAVBAWsiBUECdGooAgA2AgAgAUEEaiEBDAELCw8LQYQEKAIAIQAgAUEBaiICQZAFKAIAIgNJBH8gAK0gAq1+IAOtgKdBcHEFIAALIQJByAQoAgAhA0GEBCgCACEAQZAFKAIAIgQgAUsEQCAArSABrX4gBK2Ap0FwcSEACwNAIAAgAkkEQCADIABBAnRqIAA2AgAgAEEBaiEADAELCw8LQZgFKAIAQZQFKAIAayEAIAFBAWoiAkGQBSgCACIDTwR/IAAFIACtIAKtfiADrYCnQXBxCyECQcgEKAIAQZQFKAIAQQJ0aiEDQcwEKAIAIQRB0AQoAgAhBUGQBSgCACIGIAFLBEAgAK0gAa1+IAatgKdBcHEhAAsDQCAAIAJJBEAgBSAAQQR0aiAEIAMgAEECdGooAgBBBHRq/QAEAP0LBAAgAEEBaiEADAELCw8LQaAEKAIAIQJBwABBAf4eAgAhAANAIAAgAk0EQCAABEAgAEEBayABEAsFQcwEQdAEQYwFKAIAIgNBhAQoAgBGGygCACEE/QwAAAAAAAAAAAAAAAAAAAAAIRJBACEAA0AgACADSQRAIBIgBCAAQQR0av0ABAD98AEhEiAAQQFqIQAMAQsLQbAIIBL9CwQAC0HAAEEB/h4CACEADAELCw8LQaAEKAIAIQJBwABBAf4eAgAhAANAIAAgAkkEQCAAIAEQCUHAAEEB/h4CACEADAELCw8LQaAEKAIAIQJBwABBAf4eAgAhAANAIAAgAkkEQCAAIAEQCyAAIAEQCUHAAEEB/h4CACEADAELCw8LQbwEKAIAIQNBwABBAf4eAgAhAANAIAAgA0kEQCAAQQN0IgBBtAQoAgBqQaAIKwMAIRBByAQoAgBBsAQoAgAgAGoiACgCACICQQJ0aiEGIAAoAgQgAmshB0HQBCgCACACQQR0aiICIQBBACEEQdgEKAIAIQhB4AQoAgAhCUHwBCgCAAR/QeQEKAIABUEACyEKA0AgBCAHSQRAIAAgBiAEQQJ0aigCAEEDdCILIAlqKwMAIAggC2orAwChvSIRQj+HQoCAgICAgICAgH+EIBGFNwMAIAAgCgR8IAogC2orAwAFRAAAAAAAAPA/CzkDCCAEQQFqIQQgAEEQaiEADAELCwJ8IAIgB0GoCCsDACABEBUiDiAQRAAAAAAAAAAAYQ0AGiACIQBBACEEQdgEKAIAIQVB4AQoAgAhCEHwBCgCAAR/QeQEKAIABUEACyEJA0AgBCAHSQRAIAAgBiAEQQJ0aigCAEEDdCIKIAhqKwMAIAUgCmorAwChvSIRQj+HQoCAgICAgICAgH+EIBGFNwMAIAAgCQR8IAkgCmorAwAFRAAAAAAAAPA/CzkDCCAEQQFqIQQgAEEQaiEADAELC0QAAAAAAAAAACENRAAAAAAAAAAAIQxBACEAA0AgACAHSQRAIA0gAiAAQQR0aiIEKwMIIg8gEJogECAEKQMAIhFCf4VCP4dCgICAgICAgICAf4QgEYW/IA6hpKWioCENIAwgD6AhDCAAQQFqIQAMAQsLIA4gDSAMo6ALOQMAQcAAQQH+HgIAIQAMAQsLDwsgARAUDwtB3AQoAgBBiAQoAgAiAEGwBSgCAGxBA3RqIQIgAUEBaiEDQcQEKAIAIABBlAQoAgAiBCABRgR/IAAFIACtIAGtfiAErYCnQUBxCyADIARGBH8gAAUgAK0gA61+IAStgKdBQHELIAJBABAICwuQAwMKfAJ/AXtBgAgrAwAhCkGQCCsDACEMQfQEKAIAQQBHIREgAysDACELIAMrAwghDSADKwMQIQ4gBAR8IAArAwAFRAAAAAAAAAAACyEHIAQEfCAAKwMIBUQAAAAAAAAAAAshCCAEBHwgACsDEAVEAAAAAAAAAAALIQkgBSsDACEGQQEhEANAIAEgEEsEQAJAAkAgAEEYaiIAKwMQIg9EAAAAAAAAAABhDQAgByAAKwMAoCEHIAggACsDCKAiCET8qfHSTWJQP2MgCiAJIA+gIglkcg0AIA0gCKEiD0T8qfHSTWJQP2MgDiAJoSAKY3INASAGIBEEfCAHIAggCyAHoSAPIAIgAxANBSAH/RQgCyAHof0iASISIBL98gEgCP0UIA/9IgEgDP0U/fAB/fMBIhL9IQAgEv0hAaALIg9jBEAgBSAPOQMAIAUgBzkDCCAFIAg5AxAgBSAJOQMYIAUgELg5AyAgBUQAAAAAAADwP0QAAAAAAAAAACAEGzkDKCAPIQYLCyAQQQFqIRAMAgsLCwu2AgEEfCAGRAAAAAAAAPD/OQMAIAIEQCAAIAEgBCAFIAYQEwUgACABIAMgBEEAIAYQBiAAKwMQRAAAAAAAAAAAYgRAIAAgASADIARBASAGEAYFIAYrAwBEAAAAAAAA8P9iBEAgBkQAAAAAAADwP0QAAAAAAAAAACAGKwMYIgcgBCsDECAHoWQbOQMoCwsLIAYrAwAiCEQAAAAAAADw/2EEQA8LIAYgCAJ8QfQEKAIABEAgBCsDICAEKwMYIAQrAwAiB5lBmAgrAwChRAAAAAAAAAAApSAHpiIKmiAEKwMIQZAIKwMAoCIHo6WkIQkgCiAKoCAHIAmioJogCaIMAQsgBCsDACIHIAeiIAQrAwhBkAgrAwCgowuhIgdEAAAAAAAA8P8gByAImUSV1iboCy4RPqJkGzkDAAvKAQEHf0GsBCgCACEHQagEKAIAIQhBuAQoAgAhCQNAIAIgA0kEQCAFBH8gAiAFai0AAEEBRgVBAAtFBEAgACACQQJ0aiEKQQBBfyAJGyEGA0AgBkEATgRAQQIgCiAHIAZBBHRqIgsoAgAiDEEDcSAMQQJ2IAFsQQJ0amotAAAgCCAGQQh0amotAABrQQJ0IAtqKAIAIQYMAQsLIAQgAkEDdGoiCiAKKwMAQbQEKAIAQX8gBmtBA3RqKwMAoDkDAAsgAkEBaiECDAELCwvVAQEHf0GcBCgCACAAQQR0aiEHQagFKAIAIQJBrAUoAgAhBgNAIANBBEkEQCAHIANBAnRqKAIAIgRBf0YEQA8LIAIEQEGYBCgCACAEQQN0aiIIKAIAIgBBpAUoAgBqIQUgACACaiIAIAgoAgRB//8DcUEYbGohCANAIAAgCEkEQCAAIAArAwAgBSsDAKE5AwAgAEEIaiEAIAVBCGohBQwBCwsLIAZBAXEEQEGkBSgCACAEQQYgARAKCyAGQQJxBEAgAiAEQQsgARAKCyADQQFqIQMMAQsLC30BAn9BmAQoAgAgAUEDdGoiBSgCBCEEIAAgBSgCAGogBEH//wNxIARBgIAEcUEARyAEQYCACHFBAEcgBEGAgBBxQQBHayACQQN0QYAIakH8BCgCACADQajQAGxqQaQEKAIAIAJBBkYEfyABBSABQYwEKAIAagtB0ABsahAHC+wCAQp/AkBBnAQoAgAgAEEEdGohAkGkBSgCACEDQcgEKAIAQZQFKAIAIgBBAnRqIQhBzARB0ARBmAUoAgAgAGsiC0GEBCgCAEYbKAIAIQRB/AQoAgAgAUGo0ABsaiEFQQAhAANAIABBBEkEQCACIABBAnRqKAIAIgFBf0cEQCADQZgEKAIAIAFBA3RqIgEoAgBqQQAgASgCBEH//wNxQRhs/AsACyAAQQFqIQAMAQsLQcAEKAIAIAIoAgBBfHEiAEEDcUGEBCgCACIBIABBAnZsQQJ0amohBiABIAtGBEAgAiADIAYgCyAEEAwMAQtBACEAA0AgACALSQRAQYAEIAsgAGsiASABQYAESxshByAIIABBAnRqIQlBACEBA0AgASAHSQRAIAFBAnQiCiAFaiAGIAkgCmooAgBBAnRqKAIANgIAIAFBAWohAQwBCwsgAiADIAUgByAEIABBBHRqEAwgAEGABGohAAwBCwsLC68FAgV/AXsgAUGYBCgCACAAKAIAIgZBA3RqKAIAaiEHIAAoAgQiCEF/RgRAIAZBA3FBA3QhAEEAIQEDQCABIANJBEAgByACKAIAIAB2Qf8BcUEYbGoiBSAF/QAEACAE/QAEAP3wAf0LBAAgBSAFKwMQRAAAAAAAAPA/oDkDECACQQRqIQIgBEEQaiEEIAFBAWohAQwBCwsPCyAAKAIIQX9GBEAgBkEDcUEDdCEAIAFBmAQoAgAgCEEDdGooAgBqIQUgCEEDcUEDdCEGQQAhAQNAIAEgA0kEQCAHIAIoAgAiCCAAdkH/AXFBGGxqIgkgCf0ABAAgBP0ABAAiCv3wAf0LBAAgCSAJKwMQRAAAAAAAAPA/oDkDECAFIAggBnZB/wFxQRhsaiIIIAj9AAQAIAr98AH9CwQAIAggCCsDEEQAAAAAAADwP6A5AxAgAkEEaiECIARBEGohBCABQQFqIQEMAQsLDwsgAUGYBCgCACIAIAZBfHEiBkEDdGooAgBqIQcgASAAIAZBAWpBA3RqKAIAaiEIIAEgACAGQQJqQQN0aigCAGohCSABIAAgBkEDakEDdGooAgBqIQADQCADIAVLBEAgByACKAIAIgFB/wFxQRhsaiIGIAb9AAQAIAT9AAQAIgr98AH9CwQAIAYgBisDEEQAAAAAAADwP6A5AxAgCCABQQh2Qf8BcUEYbGoiBiAG/QAEACAK/fAB/QsEACAGIAYrAxBEAAAAAAAA8D+gOQMQIAkgAUEQdkH/AXFBGGxqIgYgBv0ABAAgCv3wAf0LBAAgBiAGKwMQRAAAAAAAAPA/oDkDECAAIAFBGHZBGGxqIgEgAf0ABAAgCv3wAf0LBAAgASABKwMQRAAAAAAAAPA/oDkDECACQQRqIQIgBEEQaiEEIAVBAWohBQwBCwsL3wEBBXwgBEEASCAFKwMgIgkgBSsDGCIHIACZQZgIKwMAIgihRAAAAAAAAAAApSAAppogAUGQCCsDACIKoKOlpCIGIAkgByACmSAIoUQAAAAAAAAAAKUgAqaaIAMgCqCjpaQiB2NxIARBAEogBiAHZHFyBEBEAAAAAAAA8P8PCyAAmUGYCCsDACIIoUQAAAAAAAAAAKUgAKZEAAAAAAAAAECiIAFBkAgrAwAiAKAgBqKgmiAGoiACmSAIoUQAAAAAAAAAAKUgAqZEAAAAAAAAAECiIAMgAKAgB6KgmiAHoqALBwBCgCAkAAufAQEDf0GAAUEB/h4CAEEBaiICQYCAgIB4SwRADwtBgAFBAf4AAgAaA0BBACEAA0BBwAH+EAIAIAFGBEAgAEEBaiIAQZDOAEsEQEHAASABRAAAAAAAAPB/EAEaCwwBCwsgAUEBaiEBQYADKAIAIgBBDEYEQA8LIAAgAhAFQYACQQH+HgIAQZQEKAIAQQJrRgRAQYACQQH+AAIAGgsMAAsACyEAQcACQQH+FwIAQYACQf//A/4eAgAaQYACQQH+AAIAGgs3AEGAAUGAgICAeP4zAgAaQYADQQw2AgBBgAJBAP4XAgBBwAFBAf4eAgAaQcABQf//A/4AAgAaC0UBAX9BgAH+EAIAIQIDQCAAIAJLBEBBgAEgAiABEAEEQEGAAf4QAgAhAgwCCwsLQZQEQYABQYCAgIB4/jMCAEEBajYCAAvQBwMMfAZ/AXsgACEUQYgIKwMAIQlBACEAA0AgASAWSwRAIBQrAxAiCCAJZgRAIAAiEUEBaiEAIBa4IQtBACEVIBQrAwAiByAUKwMIIgZBkAgrAwCgRPyp8dJNYlA/paMhCiARIRIDQCARIBVLBEAgAyARIBVqQQF2IhNBKGxqKwMYIAplBEAgE0EBaiEVBSATIRELDAELCyADIBVBKGxqIhFBKGogESASIBVrQShs/AoAACARIAc5AwAgESAGOQMIIBEgCDkDECARIAo5AxggESALOQMgBSAIRAAAAAAAAAAAZARAIBAgFCsDAKAhECAPIAigIQ8gBSAUKwMIoCEFCwsgFkEBaiEWIBRBGGohFAwBCwsgD0QAAAAAAAAAAGQEQEEAIRQgECAFQZAIKwMAoET8qfHSTWJQP6WjIQYgACEBA0AgASAUSwRAIAMgASAUakEBdiIRQShsaisDGCAGZQRAIBFBAWohFAUgESEBCwwBCwsgAyAUQShsaiIBQShqIAEgACAUa0EobPwKAAAgASAQOQMAIAEgBTkDCCABIA85AxAgASAGOQMYIAFEAAAAAAAA8L85AyAgAEEBaiEAC0GACCsDACELQZAIKwMAIQpB9AQoAgBBAEchEiACKwMAIQkgAisDCCEIIAIrAxAhB0QAAAAAAADw/yEFQQAhAUEAIRYDQCAWQQFqIABJBEACQCAOIAMgFkEobGoiESsDAKAhDiANIBErAwigIg1E/Knx0k1iUD9jIAsgDCARKwMQoCIMZHJFBEAgCCANoSIGRPyp8dJNYlA/YyAHIAyhIAtjcg0BIBIEfCAOIA0gCSAOoSAGQQAgAhANBSAO/RQgCSAOof0iASIXIBf98gEgDf0UIAb9IgEgCv0U/fAB/fMBIhf9IQAgF/0hAaALIgYgBWQEQCAEIAYiBTkDACAEIA45AwggBCANOQMQIAQgDDkDGCAWQQFqIQELCyAWQQFqIRYMAgsLCyAFRAAAAAAAAPD/YgRAAkAgAisDECAEKwMYIgWhIAVjIRRBACERA0AgACARSwRAIAEgEUsgFCADIBFBKGxqKwMgRAAAAAAAAPC/YRshFCARQQFqIREMAQsLIARBMGpBAEEg/AsAIAAgASAUGyERIAFBACAUGyEWA0AgESAWSwRAIARBMGogAyAWQShsaisDIPwDIgFBA3ZqIgAgAC0AAEEBIAFBB3F0cjoAACAWQQFqIRYMAQsLIBRFDQAgBCACKwMAIAQrAwihOQMIIAQgAisDCCAEKwMQoTkDECAEIAIrAxAgBaE5AxgLCwu2AwIMfwF8QYQEKAIAIQFBlAQoAgAiAiAARgR/IAEFIAGtIACtfiACrYCnQUBxCyEFIABBAWoiAEGUBCgCACICRgR/IAEFIAGtIACtfiACrYCnQUBxCyEEQcgEKAIAIQxB2AQoAgAgAUGwBSgCAGxBA3RqIQlB+AQoAgAhC0GEBCgCAEGMBSgCAEYiCEUEQCAFIAtqQQAgBCAFa/wLAAtBvAQoAgAhBwNAIAcgCksEQCAKQQN0IgBBtAQoAgBqKwMAIQ1BsAQoAgAgAGoiACgCBCECIAAoAgAhBiACIQADQCAAIAZLBEAgDCAGIAAgBmtBAXZqIgNBAnRqKAIAIAVJBEAgA0EBaiEGBSADIQALDAELCyAGIAIhAANAIAAgBksEQCAMIAYgACAGa0EBdmoiAkECdGooAgAgBEkEQCACQQFqIQYFIAIhAAsMAQsLIQADQCAAIAZJBEAgCSAMIABBAnRqKAIAIgJBA3RqIgMgAysDACANoDkDACAIRQRAIAIgC2pBAToAAAsgAEEBaiEADAELCyAKQQFqIQoMAQsLIAhFBEBBwAQoAgAgASAFIAQgCSALEAgLC84DAwZ/AnwBfkGABSgCACADQQ50aiEHRAAAAAAAAPC/IQpBNSEDQQshCANAIAhBAEcgAUEBS3EEQCAAIQQgB0EAQYCAAfwLAEEAIQYDQCABIAZLBEAgByAEKQMAIAOsiKdBASAIdEEBa3FBA3RqIgUgBSsDACAEKwMIoDkDACAGQQFqIQYgBEEQaiEEDAELCyAKRAAAAAAAAAAAYwRARAAAAAAAAAAAIQpBACEEA0AgBEGAEEkEQCAKIAcgBEEDdGorAwCgIQogBEEBaiEEDAELCyACIAqiIQoLQQAhBEEAIQVBACEGA0AgBUUgBkGAEElxBEAgByAGQQN0aisDACILRAAAAAAAAAAAYgRAIAogCiALoSAKIAtlIgUbIQogBiEECyAGQQFqIQYMAQsLIApEAAAAAAAA8H8gBRshCiABIQZBACEJIAAiBSEBA0AgBiAJSwRAIAQgASkDACADrIinQQEgCHRBAWtxRgRAIAUgAf0ABAD9CwQAIAVBEGohBQsgCUEBaiEJIAFBEGohAQwBCwsgBSAAa0EEdiEBIANBCyADIANBC0sbIghrIQMMAQsLIAApAwAiDCAMQn+FQj+HQoCAgICAgICAgH+Ehb8LCABB5AQoAgALCABBnAQoAgALBQBBsAgLCABB4AQoAgALCABBrAQoAgALCABB2AQoAgALCABBqAQoAgALCABBpAQoAgALCABBzAQoAgALCABB0AQoAgALCABByAQoAgALCABBtAQoAgALCABBsAQoAgALCABBhAUoAgALCABBiAUoAgALCABB/AQoAgALCABB3AQoAgALCABBxAQoAgALCABBwAQoAgALLgBB2AhBsAggABsiACABOQMAIAAgAjkDCCAAIAM5AxAgACAEOQMYIAAgBTkDIAseAEG8BCAANgIAQaAIIAI5AwBBqAggATkDAEEJEAMLMwBBlAUgADYCAEGYBSABNgIAQZwFIAI2AgBBoAUgAzYCAEECIAEgAGsiABAEQQMgABAECx4AQewEIAA2AgBBoAggATkDAEGwBSACNgIAQQEQAwtOAQF/QYwFKAIAIQFBlAVBADYCAEGYBSABNgIAQaQFIAA2AgBBqAVBADYCAEGsBUEBNgIAQQRBBSABQYQEKAIARhsgARAEQQYQA0EHEAMLNwBBlAUgADYCAEGYBSABNgIAQaQFIAI2AgBBqAUgAzYCAEGsBSAENgIAQQUgASAAaxAEQQgQAwsGAEEAEAMLEgBBjAUgADYCAEGgBCABNgIACyIAQbAFIAA2AgBBuAQgATYCAEG8BCACNgIAQQoQA0ELEAML0gMCB38EfEGEBCgCACEBIABBAWoiAkGUBCgCACIDRgR/IAEFIAGtIAKtfiADrYCnQUBxCyECQdgEKAIAQbAFKAIAIgYgAWxBA3RqIQVB8AQoAgBBAEchBEHsBCgCACIHQQFGBEBBlAQoAgAiAyAARgR/IAEFIAGtIACtfiADrYCnQUBxCyACEDMPC0GgCCsDACEJQZQEKAIAIgMgAEcEQCABrSAArX4gA62Ap0FAcSEBCwNAIAEgAkkEQCAFIAFBA3QiAGorAwAhCyAAQeAEKAIAaisDACEIIAQEfCAAQeQEKAIAaisDAAVEAAAAAAAA8D8LIQogBwRAIAdBA0YEQCAKIAmaIAkgCyAIoaSloiEIBSAHQQRGBEAgCkQAAAAAAADwPyAJoSAJmiAIIAtlG6IhCAUgB0EFRgR8IAogCxAAIAihoiEIIAogC0RmZmZmZmbmP6AQAKIFIAogCyAAQegEKAIAaisDAKEQACILRAAAAAAAAPA/RAAAAAAAAAAAIAggBrhhG6GiIQggCiALokQAAAAAAADwPyALoaILIQoLCwUgCiALIAihoiEIC0HMBCgCACABQQR0aiIAIAg5AwAgACAKOQMIIAFBAWohAQwBCwsL6wYCCHsHf0HYBCgCACELQeAEKAIAIQxB8AQoAgAEf0HkBCgCAAVBAAshCkHMBCgCACENA0AgACABSQRAIAsgAEEBaiIOIAFBAWsiDyAOIA9JGyIPQQN0IhBqIABBA3QiDiALav0KAwD9VwMAAf0MAAAAAAAAPkAAAAAAAAA+QP32Af0MAAAAAAAAPsAAAAAAAAA+wP33Af3tASIG/QwAAAAAAAAAgAAAAAAAAACA/U4hAiAG/QwAAAAAAADwPwAAAAAAAPA/IAL9UP0M/oIrZUcV9z/+gitlRxX3PyAG/fIB/QwAAAAAAADgPwAAAAAAAOA/IAL9UP3wAf16IAb97AEiCP0MAAAAALKi8D8AAAAAsqLwP/1J/VIgCP0MAAAAAEMu1j8AAAAAQy7WP/1M/U4iAv0MAADg/kIu5j8AAOD+Qi7mP/3yAf3xASIEIAL9DHY8eTXvOeo9djx5Ne856j398gEiBf3xASIJIAn98gEhByANIABBBHRqIAoEeyAKIBBqIAogDmr9CgMA/VcDAAEF/QwAAAAAAADwPwAAAAAAAPA/CyID/QwAAAAAAADwPwAAAAAAAPA//QwAAAAAAADwPwAAAAAAAPA//QwAAAAAAADwPwAAAAAAAPA/IAb98AH9DAAAAAAAAPA/AAAAAAAA8D8gBSAJIAkgB/0MPlVVVVVVxT8+VVVVVVXFPyAH/QyTvb4WbMFmv5O9vhZswWa/IAf9DCzeJa9qVhE/LN4lr2pWET8gB/0M8WvSxUG9u77xa9LFQb27viAH/QzQpL5yaTdmPtCkvnJpN2Y+/fIB/fAB/fIB/fAB/fIB/fAB/fIB/fAB/fIB/fEBIgX98gH9DAAAAAAAAABAAAAAAAAAAEAgBf3xAf3zAf3xASAE/fEB/fEBIAL9DP8DAAAAADBD/wMAAAAAMEP98AFBNP3LAf3yASAI/QwAAAAAAAAwPgAAAAAAADA+/Un9Uv3wAf3zASICIAwgD0EDdGogDCAAQQN0av0KAwD9VwMAAf3xAf3yASIEIAMgAv3yAf0MAAAAAAAA8D8AAAAAAADwPyAC/fEB/fIBIgL9DQABAgMEBQYHEBESExQVFhf9CwQAIA0gD0EEdGogBCAC/Q0ICQoLDA0ODxgZGhscHR4f/QsEACAAQQJqIQAMAQsLC6YCAgZ/AXwgACoCALshDCACIQcgAyEGA0AgBkEBSwRAIAcgBkEBdiIKQQN0aiILIAcgC0EIaysDACAMYxshByAGIAprIQYMAQsLIAQgByACa0EDdkEBaiAGQQFGIgYEfyAHKwMAIAxjBSAGC0EAR2pBACAMIAxhGzoAACAFLQAAIQcDQCABIAhLBEAgACAIQQJ0aioCALshDCACIQYgAyEFA0AgBUEBSwRAIAYgBUEBdiIKQQN0aiILIAYgC0EIaysDACAMYxshBiAFIAprIQUMAQsLIAQgCEECdGogBiACa0EDdkEBaiAFQQFGIgUEfyAGKwMAIAxjBSAFC0EAR2pBACAMIAxhGyIFOgAAIAkgBSAHc3IhCSAIQQFqIQgMAQsLIAlBAEcLowECAX4Ef0GMBCgCAEEDakF8cSEDQZgEKAIAIQQDQCACIANJBEAgBCACQQN0aiIFIAE+AgAgASAFKAIEQf//A3EiBUEBIAUbQRhsrXwhASACQQFqIQIMAQsLQYgFIAFC/wB8QoB/gyIBPgIAIwAgASAArX58IgFCgID8/w9WBEBBAA8LIAFC//8DfEIQiKc/AGsiAEEATAR/QQEFIABAAEF/RwsLLQBBgAggADkDAEGICCABOQMAQZAIIAI5AwBBmAggAzkDAEH0BCAEQQBHNgIACzsAQZgEKAIAIABBA3RqQYCABEEAIAIbIgBBgIAIciAAIANBAEobIgBBgIAQciAAIANBAEgbIAFyNgIEC/AHAQV+QoAgJABBhAQgADYCAEGIBCABNgIAQYwEIAI2AgBBkAQgAzYCAEGUBCAFNgIAQfAEIAZBAEc2AgBBmARCgCA+AgBCgID8/w8gAkEDakECdq1CAoYiB0IDhiIIIAhCgID8/w9aG0L/IHxCgH+DJABBnAQjAD4CACMAQoCA/P8PIAdCBIYiCCAIQoCA/P8PWht8Qv8AfEKAf4MkAEGkBCMAPgIAIwBCgID8/w8gB0KgAX4iCCAIQoCA/P8PWht8Qv8AfEKAf4MkAEGoBCMAPgIAIwBCgID8/w8gBK0iCEIIhiIJIAlCgID8/w9aG3xC/wB8QoB/gyQAQawEIwA+AgAjAEKAgPz/DyAIQgSGIgkgCUKAgPz/D1obfEL/AHxCgH+DJABBsAQjAD4CACMAQoCA/P8PIAhCA4YiCCAIQoCA/P8PWiICG3xC/wB8QoB/gyQAQbQEIwA+AgAjAEKAgPz/DyAIIAIbfEL/AHxCgH+DJABB/AQjAD4CACMAQoCA/P8PIAWtIghCqNAAfiIJIAlCgID8/w9aG3xC/wB8QoB/gyQAQdQEIwA+AgAjAEKAgPz/DyAIQgaGIgkgCUKAgPz/D1obfEL/AHxCgH+DJABBgAUjAD4CACMAQoCA/P8PIAhCDoYiCCAIQoCA/P8PWht8Qv8AfEKAf4MkAEHABCMAPgIAIwBCgID8/w8gByAArSIJfiIIIAhCgID8/w9aG3xC/wB8QoB/gyQAQcQEIwA+AgAjAEKAgPz/DyAHIAGtIgd+IgggCEKAgPz/D1obfEL/AHxCgH+DJABByAQjAD4CACMAQoCA/P8PIAlCAoYiCCAIQoCA/P8PWht8Qv8AfEKAf4MkAEHMBCMAPgIAIwBCgID8/w8gCUIEhiIIIAhCgID8/w9aIgAbfEL/AHxCgH+DJABB0AQjAD4CACMAQoCA/P8PIAggABt8Qv8AfEKAf4MkAEHYBCMAPgIAIwBCgID8/w8gCUIDhiIIIAOtIgp+IgsgC0KAgPz/D1obfEL/AHxCgH+DJABB3AQjAD4CACMAQoCA/P8PIAogB0IDhn4iByAHQoCA/P8PWht8Qv8AfEKAf4MkAEHgBCMAPgIAIwBCgID8/w8gCCAIQoCA/P8PWht8Qv8AfEKAf4MkAEHkBCMAPgIAIwBCgID8/w8gCEIAIAYbIgcgB0KAgPz/D1obfEL/AHxCgH+DJABB6AQjAD4CACMAQoCA/P8PIAhCACADQQFLGyIHIAdCgID8/w9aG3xC/wB8QoB/gyQAQfgEIwA+AgAjAEKAgPz/DyAJIAlCgID8/w9aG3xC/wB8QoB/gyQAQYQFIwA+AgAjALoL";
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
		totals: new Float64Array(buffer, kernels.totals(), 2),
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
var OTHER$1 = 2;
function newLeaf([from, to], totals, freedom, parent) {
	return {
		from,
		to,
		totals,
		freedom,
		parent,
		histogram: null,
		split: null
	};
}
function examineRoot(bench, rows, freedom) {
	const { kernels, pool, settings } = bench;
	const histogram = pool.take();
	kernels.total(0, 0, 0, rows, freedom.bounds.lower, freedom.bounds.upper);
	kernels.countRoot(histogram);
	const [gradient, hessian] = bench.tree.totals;
	const root = newLeaf([0, rows], {
		gradient,
		hessian,
		rows
	}, freedom, null);
	root.histogram = histogram;
	if (isSplittable(root, settings)) root.split = readSplit(bench, freedom.columns, 0);
	releaseUseless(bench, root);
	return root;
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
	const searched = (isSplittable(leaf, settings) ? COUNTED : 0) | (other === null ? 0 : OTHER$1);
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
	kernels.begin(drawn.rows, writeUnits(drawn.columns, bench.tree.units, bench.team));
	const leaves = [examineRoot(bench, drawn.rows, freedomOfRoot(constraints, drawn.columns))];
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
		require_work.routeBins(rule, bench.tree.routes.subarray(256 * split, 256 * (split + 1)));
		kernels.divide(leaf.from, leaf.to, column, split);
		const middle = leaf.from + leftTotals.rows;
		const rightTotals = minus(leaf.totals, leftTotals);
		const sides = {
			column,
			left: leftTotals,
			right: rightTotals
		};
		const [below, above] = freedomBelow(constraints, settings, leaf.freedom, sides);
		const left = newLeaf([leaf.from, middle], leftTotals, below, {
			split,
			side: "left"
		});
		const right = newLeaf([middle, leaf.to], rightTotals, above, {
			split,
			side: "right"
		});
		tree.column.push(column);
		tree.rule.push(require_work.storedRule(rule, columns[column]));
		tree.missingLeft.push(rule.kind === "numeric" && rule.missingLeft ? 1 : 0);
		children.left.push(-1 - index);
		children.right.push(-1 - leaves.length);
		leaves[index] = left;
		leaves.push(right);
		if (leaves.length < settings.leaves) examineChildren(bench, leaf, [left, right]);
		else release(bench, leaf);
	}
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
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => require_work.logisticLoss(scores[row], target))
};
function softmaxObjective(classes) {
	return {
		kernel: 2,
		base: (rows) => Array.from({ length: classes }, (_, k) => Math.log(Math.max(LEAST_SHARE, weightedMean(rows, (target) => target === k ? 1 : 0)))),
		loss: (rows, scores) => weightedMean(rows, (target, row) => require_work.logSumExp(scores, row) - scores[target][row])
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
	const drawn = bench.tree.order.subarray(0, shareOf(rowCount, settings.rowFraction));
	for (const [output, score] of base.entries()) {
		scores[output].fill(score);
		furtherScores[output].fill(score);
	}
	const lossAfter = (round) => checkedLoss(objective.loss(validation, furtherScores), round);
	const isStopping = settings.earlyStoppingRounds > 0;
	let bestLoss = lossAfter(0);
	let bestRounds = 0;
	const rounds = [];
	while (rounds.length < settings.trees) {
		if (base.length > 1) bench.kernels.beginRound();
		const round = base.map((_, output) => {
			bench.kernels.derive(objective.kernel, objective.shape ?? 0, output);
			if (drawn.length < rowCount) drawSorted(random, rowCount, drawn.length, drawn);
			const columns = draw(random, usable, settings.featureFraction);
			const grown = renewLeaves(bench, growTree(bench, {
				rows: drawn.length,
				columns
			}), objective);
			addTree(bench, grown, output);
			return grown.tree;
		});
		rounds.push(round);
		const loss = isStopping || rounds.length === settings.trees ? lossAfter(rounds.length) : bestLoss;
		if (loss < bestLoss) {
			bestLoss = loss;
			bestRounds = rounds.length;
		}
		progress(rounds.length);
		if (isStopping && rounds.length - bestRounds >= settings.earlyStoppingRounds) break;
	}
	progress(settings.trees);
	return isStopping ? rounds.slice(0, bestRounds) : rounds;
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
var CODES$1 = 256;
function plant(rounds, outputs) {
	const all = Array.from({ length: outputs }, (_, output) => rounds.map((round) => round[output])).flat();
	const categorical = all.reduce((count, { rule }) => count + rule.filter((each) => typeof each !== "number").length, 0);
	const nodes = all.reduce((count, { column, leaf }) => count + column.length + leaf.length, 0);
	const firstValue = 16 * nodes;
	const firstTree = firstValue + 8 * nodes;
	const firstCodes = firstTree + 8 * all.length;
	const bytes = new ArrayBuffer(firstCodes + CODES$1 * categorical);
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
			if (isNumeric) limits[at] = each === require_work.NO_THRESHOLD ? Infinity : floatAtMost(each);
			else {
				for (const code of each) codes[nextCodes + code] = 1;
				nextCodes += CODES$1;
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
function inBatches(rounds, outputs) {
	let forest;
	return (features, scores) => addForest(forest ??= plant(rounds, outputs), features, scores);
}
function addForest(forest, features, scores) {
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
var FEW_ROWS$1 = 16;
function predictor(model, inBatches) {
	const { base, rounds, features: known, task } = model;
	const addFew = rowByRow(model);
	const addMany = inBatches?.(rounds, base.length) ?? addFew;
	return (features) => {
		require_work.checkFeatures(features, known);
		const scores = base.map((score) => new Float64Array(features.rows).fill(score));
		(features.rows < FEW_ROWS$1 ? addFew : addMany)(features, scores);
		return require_work.applyLink(task, scores);
	};
}
var CODES = 2;
function rowByRow({ rounds, base, features: known }) {
	const trees = rounds.flat();
	const listed = [];
	const limitOf = (rule) => {
		if (typeof rule === "number") return rule === require_work.NO_THRESHOLD ? Infinity : rule;
		const isLeft = new Uint8Array(256);
		for (const code of rule) isLeft[code] = 1;
		return listed.push(isLeft) - 1;
	};
	const kindsOf = ({ rule, missingLeft }) => missingLeft.map((isLeft, split) => typeof rule[split] === "number" ? isLeft : CODES);
	const all = (ofTree) => trees.flatMap(ofTree);
	const columns = Int32Array.from(all((tree) => tree.column));
	const kinds = Uint8Array.from(all(kindsOf));
	const limits = Float64Array.from(all((tree) => tree.rule.map(limitOf)));
	const placed = (childrenOf) => {
		let first = 0;
		return Int32Array.from(trees.flatMap((tree, index) => {
			const places = childrenOf(tree).map((child) => child < 0 ? child - first - index : child + first);
			first += tree.column.length;
			return places;
		}));
	};
	const roots = placed(({ column }) => [column.length > 0 ? 0 : -1]);
	const children = placed(({ left, right }) => left.flatMap((child, split) => [right[split], child]));
	const leaf = Float64Array.from(all((tree) => tree.leaf));
	const ofRow = new Float32Array(known.length);
	return (features, scores) => {
		for (let row = 0; row < features.rows; row++) {
			readRow(ofRow, features, row);
			for (let output = 0; output < base.length; output++) {
				let score = scores[output][row];
				for (let tree = output; tree < roots.length; tree += base.length) {
					let node = roots[tree];
					while (node >= 0) {
						const value = ofRow[columns[node]];
						const kind = kinds[node];
						const limit = limits[node];
						node = (kind === CODES ? listed[limit][value] === 1 : value <= limit || kind === 1 && Number.isNaN(value)) ? children[2 * node + 1] : children[2 * node];
					}
					score += leaf[-1 - node];
				}
				scores[output][row] = score;
			}
		}
	};
}
function readRow(into, { columns }, row) {
	for (let index = 0; index < columns.length; index++) {
		const column = columns[index];
		into[index] = (column.kind === "numeric" ? column.values : column.codes)[row];
	}
}
// ../tabular/src/gbdt/load-gbdt.ts
async function loadGbdt(files, inBatches) {
	const model = require_work.readGbdt(files);
	const predict = predictor(model, inBatches);
	return {
		reads: columnsRead(model),
		predict: model.link === "log" ? (features) => predict(features).map(require_light.portableExp) : predict
	};
}
function columnsRead({ features, rounds }) {
	const places = rounds.flat().flatMap(({ column }) => column);
	return new Set([...new Set(places)].map((place) => features[place].name));
}
// ../tabular/src/gbdt/gbdt.ts
var gbdt$1 = {
	...require_light.gbdtDescriptor,
	answersAtOnce: true,
	async fit(request) {
		const { task, classes, train } = request;
		return require_work.writeGbdt({
			task,
			classes,
			features: require_work.describeFeatures(train.features),
			...boost(request)
		});
	},
	settle(settings, files) {
		return {
			...settings,
			trees: Math.max(1, require_work.readGbdt(files).rounds.length),
			earlyStoppingRounds: 0
		};
	},
	ignoresValidation: ({ earlyStoppingRounds }) => earlyStoppingRounds === 0,
	load: (files) => loadGbdt(files, inBatches)
};
// ../tabular/src/linear/load-linear.ts
async function loadLinear(files) {
	const model = require_work.readLinear(files);
	return { predict(features) {
		require_work.checkFeatures(features, model.features);
		const scores = model.weights.map((weights) => {
			const ofOutput = new Float64Array(features.rows);
			require_work.multiply(model.design, features, weights, ofOutput);
			return ofOutput;
		});
		return require_work.applyLink(model.task, scores);
	} };
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
	require_work.multiplyTransposed(design, features, rowWeights, sums);
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
			sum += weights[row] * require_work.logisticLoss(score, target[row]);
			scores[row] = weights[row] * (require_work.logistic(score) - target[row]);
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
	const scale = features.columns.map((column) => column.kind === "numeric" ? require_work.moments(column.values, train.weights) : [0, 0]);
	const design = require_work.layOut(require_work.describeFeatures(features), scale.map(([mean]) => mean), scale.map(([, deviation]) => deviation));
	const outputs = require_work.outputsOf({
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
		for (const [k, ofOutput] of scores.entries()) require_work.multiply(design, features, slice(coefficients, k, design), ofOutput);
		let value = lossOf[task](target, rowWeights, scores) / total;
		for (const [k, residuals] of scores.entries()) require_work.multiplyTransposed(design, features, residuals, slice(gradient, k, design));
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
	const [mean, deviation] = require_work.moments(target, weights);
	if (!target.every(Number.isFinite) || !Number.isFinite(deviation)) throw new require_light.LearnerDivergedError("linear", "the spread of the target");
	return [mean, deviation === 0 ? 1 : deviation];
}
// ../tabular/src/linear/linear.ts
var linear$1 = {
	...require_light.linearDescriptor,
	answersAtOnce: true,
	async fit(request) {
		const { task, classes, train } = request;
		return require_work.writeLinear({
			task,
			classes,
			features: require_work.describeFeatures(train.features),
			...regress(request)
		});
	},
	settle: (settings) => settings,
	ignoresValidation: () => true,
	load: loadLinear
};
// ../tabular/src/auto/load-auto.ts
async function loadAuto(files, loaders) {
	const { members } = require_work.readMembers(files);
	const models = await Promise.all(members.map(async ({ share, settings, model }) => ({
		share,
		...await loaders[settings.learner](model)
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
var scaled = (answers, share) => share === 1 ? answers : answers.map((answer) => share * answer);
// ../tabular/src/auto/portfolio.ts
var trees = (given) => withRoom(require_light.fillSettings(require_light.gbdtDescriptor, given));
var linear = (given) => require_light.fillSettings(require_light.linearDescriptor, given);
var portfolio = [
	trees({
		leaves: 63,
		learningRate: .1,
		minLeafRows: 8,
		minCategoryRows: 5,
		l2: 50,
		rowFraction: .8
	}),
	linear({}),
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
// ../tabular/src/auto/folds.ts
var FEW_ROWS = 2500;
var MOST_VALUES = 3e5;
var FOLDS = 5;
function foldsOf(given, valuesPerRow, seed) {
	const { train, validation } = given;
	const rows = train.target.length + validation.target.length;
	if (rows >= FEW_ROWS || rows < 50 || rows * valuesPerRow > MOST_VALUES) return [given];
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
		features: require_commands.pickFeatures(features, rows),
		target: pick(target),
		...weights && { weights: pick(weights) },
		...times && { times: pick(times) }
	};
}
function stackRows(parts) {
	const [first, ...others] = parts;
	const weights = parts.flatMap((part) => part.weights ?? []);
	return {
		features: require_commands.stackFeatures(first.features, ...others.map(({ features }) => features)),
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
// ../tabular/src/auto/trial.ts
var learners$1 = {
	gbdt: gbdt$1,
	linear: linear$1
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
var DAY$1 = 864e5;
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
	const live = champion && require_work.readChosen(champion.settings["chosen"])[0]?.settings;
	const all = [...live === void 0 ? [] : [withRoom(live), ...neighboursOf(live, champion.seed)], ...portfolio.slice(0, request.settings.tries)].map((one) => affordable(one, train.target.length * valuesPerRow(request)));
	return [...new Map(all.map((one) => [require_light.canonicalJson({ ...one }), one])).values()];
}
var valuesPerRow = ({ task, classes, train }) => Math.max(1, train.features.columns.length * require_work.outputsOf({
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
	const days = (times.at(-1) - times[0]) / DAY$1;
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
		answersAtOnce: true,
		async fit(request) {
			const { task, classes, train, settings } = request;
			const found = settings.chosen === void 0 ? await search(request, all) : await trained(request, settings.chosen);
			const training = settings.training ?? found.training ?? {};
			return require_work.writeAuto({
				task,
				classes,
				features: require_work.describeFeatures(train.features),
				members: found.members,
				training
			});
		},
		settle(settings, files) {
			const { members, training } = require_work.readAuto(files);
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
			require_work.readAuto(files);
			return loadAuto(files, {
				gbdt: gbdt$1.load,
				linear: linear$1.load
			});
		}
	};
}
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
	linear: linear$1,
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
	count: require_light.threadsHere(),
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
// ../tabular/src/onnx/wire.ts
var encoder = new TextEncoder();
var VARINT = 0;
var LENGTH = 2;
var Message = class {
	#pieces = [];
	#size = 0;
	int(field, value) {
		return this.#key(field, VARINT).#add(varint(value));
	}
	text(field, value) {
		return this.bytes(field, encoder.encode(value));
	}
	bytes(field, value) {
		return this.#key(field, LENGTH).#add(varint(value.byteLength)).#add(value);
	}
	message(field, value) {
		return this.bytes(field, value.encoded());
	}
	ints(field, values) {
		const packed = [];
		for (const value of values) appendVarint(packed, value);
		return this.bytes(field, Uint8Array.from(packed));
	}
	encoded() {
		const bytes = new Uint8Array(this.#size);
		let at = 0;
		for (const piece of this.#pieces) {
			bytes.set(piece, at);
			at += piece.byteLength;
		}
		return bytes;
	}
	#key(field, kind) {
		return this.#add(varint(field * 8 + kind));
	}
	#add(piece) {
		this.#pieces.push(piece);
		this.#size += piece.byteLength;
		return this;
	}
};
function varint(value) {
	const bytes = [];
	appendVarint(bytes, value);
	return Uint8Array.from(bytes);
}
function appendVarint(bytes, value) {
	if (typeof value === "bigint" || value < 0 || value > 2147483647) return appendLong(bytes, BigInt(value));
	let rest = value;
	for (; rest > 127; rest >>= 7) bytes.push(rest & 127 | 128);
	bytes.push(rest);
}
function appendLong(bytes, value) {
	let rest = BigInt.asUintN(64, value);
	for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	bytes.push(Number(rest));
}
var ML = "ai.onnx.ml";
var OPSETS = [["", 18], [ML, 5]];
var IR_VERSION = 9;
function tensorProto({ dims, values }, name) {
	const tensor = new Message();
	for (const dim of dims) tensor.int(1, dim);
	tensor.int(2, typeOf(values));
	if (name !== void 0) tensor.text(8, name);
	return tensor.bytes(9, littleEndian(values));
}
function typeOf(values) {
	if (values instanceof Float64Array) return 11;
	return values instanceof BigInt64Array ? 7 : 2;
}
function littleEndian(values) {
	if (values instanceof Uint8Array) return values;
	const bytes = new Uint8Array(values.byteLength);
	const view = new DataView(bytes.buffer);
	for (const [i, value] of values.entries()) if (typeof value === "bigint") view.setBigInt64(8 * i, value, true);
	else view.setFloat64(8 * i, value, true);
	return bytes;
}
function attributeProto(name, value) {
	const attribute = new Message().text(1, name);
	if (typeof value === "number") return attribute.int(3, value).int(20, 2);
	if ("ints" in value) return attribute.ints(8, value.ints).int(20, 7);
	if ("dims" in value) return attribute.message(5, tensorProto(value)).int(20, 4);
	for (const text of value) attribute.text(9, text);
	return attribute.int(20, 8);
}
function nodeProto({ op, inputs, outputs, attributes, domain }) {
	const node = new Message();
	for (const input of inputs) node.text(1, input);
	for (const output of outputs) node.text(2, output);
	node.text(4, op);
	for (const [name, value] of Object.entries(attributes)) node.message(5, attributeProto(name, value));
	return domain === "" ? node : node.text(7, domain);
}
function valueProto(name, type, dims) {
	const shape = new Message();
	for (const dim of dims) shape.message(1, typeof dim === "string" ? new Message().text(2, dim) : new Message().int(1, dim));
	const tensor = new Message().int(1, type).message(2, shape);
	return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
function modelBytes({ steps, constants, inputs, outputs, metadata }) {
	const graph = new Message();
	for (const step of steps) graph.message(1, step);
	graph.text(2, "refit");
	for (const constant of constants) graph.message(5, constant);
	for (const input of inputs) graph.message(11, input);
	for (const output of outputs) graph.message(12, output);
	const model = new Message().int(1, IR_VERSION).text(2, "refit").message(7, graph);
	for (const [domain, version] of OPSETS) model.message(8, new Message().text(1, domain).int(2, version));
	for (const [key, value] of Object.entries(metadata)) model.message(14, new Message().text(1, key).text(2, value));
	return model.encoded();
}
// ../tabular/src/onnx/tree-ensemble.ts
var AT_MOST = 0;
var BELOW = 1;
var MEMBER = 6;
function addTrees(g, rows, outputs, trees) {
	const all = {
		roots: [],
		columns: [],
		modes: [],
		splits: [],
		members: [],
		missing: [],
		left: [],
		leftIsLeaf: [],
		right: [],
		rightIsLeaf: [],
		outputs: [],
		leaves: []
	};
	for (const tree of trees) append(all, tree);
	return g.apply("TreeEnsemble", [rows], attributesOf(all, outputs), ML);
}
function append(all, { tree, output }) {
	const [root, firstLeaf] = [all.columns.length, all.leaves.length];
	all.roots.push(root);
	for (const value of tree.leaf) {
		all.leaves.push(value);
		all.outputs.push(output);
	}
	const { column, rule, missingLeft, left, right } = tree.column.length === 0 ? STUMP : tree;
	const place = (child) => child >= 0 ? root + child : firstLeaf - 1 - child;
	for (const [split, each] of rule.entries()) {
		appendRule(all, each);
		all.columns.push(column[split]);
		all.missing.push(missingLeft[split]);
		all.left.push(place(left[split]));
		all.leftIsLeaf.push(Number(left[split] < 0));
		all.right.push(place(right[split]));
		all.rightIsLeaf.push(Number(right[split] < 0));
	}
}
var STUMP = {
	column: [0],
	rule: [0],
	missingLeft: [0],
	left: [-1],
	right: [-1]
};
function appendRule({ modes, splits, members }, rule) {
	if (typeof rule === "number") {
		modes.push(AT_MOST);
		splits.push(rule === require_work.NO_THRESHOLD ? Infinity : rule);
	} else if ("below" in rule) {
		modes.push(BELOW);
		splits.push(rule.below);
	} else if (rule.length === 0) {
		modes.push(AT_MOST);
		splits.push(-1);
	} else {
		modes.push(MEMBER);
		splits.push(0);
		members.push(...rule, NaN);
	}
}
function attributesOf(all, outputs) {
	const doubles = (values) => ({
		dims: [values.length],
		values: Float64Array.from(values)
	});
	return {
		n_targets: outputs,
		aggregate_function: 1,
		post_transform: 0,
		tree_roots: { ints: all.roots },
		nodes_featureids: { ints: all.columns },
		nodes_modes: {
			dims: [all.modes.length],
			values: Uint8Array.from(all.modes)
		},
		nodes_splits: doubles(all.splits),
		...all.members.length > 0 && { membership_values: doubles(all.members) },
		nodes_missing_value_tracks_true: { ints: all.missing },
		nodes_truenodeids: { ints: all.left },
		nodes_trueleafs: { ints: all.leftIsLeaf },
		nodes_falsenodeids: { ints: all.right },
		nodes_falseleafs: { ints: all.rightIsLeaf },
		leaf_targetids: { ints: all.outputs },
		leaf_weights: doubles(all.leaves)
	};
}
// ../tabular/src/onnx/place-among.ts
function placeAmong(g, x, steps) {
	const column = [];
	const [left, right] = [[], []];
	const rule = [];
	const grow = (from, to) => {
		if (from === to) return -1 - from;
		const split = column.push(0) - 1;
		const middle = from + to >> 1;
		rule.push({ below: steps[middle] });
		left.push(0);
		right.push(0);
		left[split] = grow(from, middle);
		right[split] = grow(middle + 1, to);
		return split;
	};
	grow(0, steps.length);
	const tree = {
		column,
		rule,
		missingLeft: column.map(() => 0),
		left,
		right,
		leaf: Array.from({ length: steps.length + 1 }, (_, place) => place)
	};
	return g.cast(addTrees(g, x, 1, [{
		tree,
		output: 0
	}]), 7);
}
// ../tabular/src/onnx/elementary.ts
var LN2_HIGH = .6931471803691238;
var LN2_LOW = 19082149292705877e-26;
function byHighWord(word) {
	const view = new DataView(new ArrayBuffer(8));
	view.setUint32(0, word);
	return view.getFloat64(0);
}
function powersOfTwo(lowest, highest) {
	return Array.from({ length: highest - lowest + 1 }, (_, i) => byHighWord((1023 + lowest + i) * 1048576));
}
var HALF_LN2 = byHighWord(1071001155);
var TINY = byHighWord(1043333120);
var EXP = [
	.16666666666666602,
	-.0027777777777015593,
	6613756321437934e-20,
	-16533902205465252e-22,
	4.1381367970572385e-8
];
function exp(g, x, limit) {
	const distance = g.abs(x);
	const rounded = g.add(g.mul(Math.LOG2E, x), g.mul(.5, g.apply("Sign", [x])));
	const power = g.choose(g.less(distance, HALF_LN2), 0n, g.cast(rounded, 7));
	const times = g.cast(power, 11);
	const high = g.sub(x, g.mul(times, LN2_HIGH));
	const low = g.mul(times, LN2_LOW);
	const rest = g.sub(high, low);
	const square = g.mul(rest, rest);
	const series = g.sub(rest, g.mul(square, polynomial(g, square, EXP)));
	const ratio = g.div(g.mul(rest, series), g.sub(2, series));
	const reduced = g.sub(1, g.sub(g.sub(low, ratio), high));
	const most = Math.ceil(limit / Math.LN2) + 1;
	const scale = g.gather(g.list(powersOfTwo(-most, most)), g.add(power, BigInt(most)));
	const usual = g.choose(g.less(distance, TINY), g.add(1, x), g.mul(reduced, scale));
	return g.choose(g.equal(x, 1), Math.E, usual);
}
function polynomial(g, t, [first, ...more]) {
	const [second, ...others] = more;
	const inner = others.length === 0 ? g.mul(t, second) : g.mul(t, polynomial(g, t, more));
	return g.add(first, inner);
}
var SQRT2 = 1 + 434332 / 1048576;
var SMALL = 1 / 1048576;
var MIDDLE_ABOVE = 398458 / 1048576;
var MIDDLE_BELOW = -608174 / 2097152;
var LOG_EVEN = [
	.3999999999940942,
	.22222198432149784,
	.15313837699209373
];
var LOG_ODD = [
	.6666666666666735,
	.2857142874366239,
	.1818357216161805,
	.14798198605116586
];
function log(g, x, most) {
	const steps = powersOfTwo(-most - 1, most).map((step) => SQRT2 * step);
	const power = g.sub(placeAmong(g, x, steps), BigInt(most + 1));
	const times = g.cast(power, 11);
	const inverses = g.list(powersOfTwo(-most - 1, most + 1));
	const scale = g.gather(inverses, g.sub(BigInt(most + 1), power));
	const f = g.sub(g.mul(x, scale), 1);
	const [high, low] = [g.mul(times, LN2_HIGH), g.mul(times, LN2_LOW)];
	const ending = (inner) => g.sub(high, g.sub(inner, f));
	const s = g.div(f, g.add(2, f));
	const z = g.mul(s, s);
	const w = g.mul(z, z);
	const r = g.add(g.mul(z, polynomial(g, w, LOG_ODD)), g.mul(w, polynomial(g, w, LOG_EVEN)));
	const halfSquare = g.mul(g.mul(.5, f), f);
	const middle = ending(g.sub(halfSquare, g.add(g.mul(s, g.add(halfSquare, r)), low)));
	const outer = ending(g.sub(g.mul(s, g.sub(f, r)), low));
	const isMiddle = g.either(g.atMost(MIDDLE_ABOVE, f), g.less(f, MIDDLE_BELOW));
	const near = g.mul(g.mul(f, f), g.sub(.5, g.mul(.3333333333333333, f)));
	const isNear = g.apply("And", [g.atMost(-9.5367431640625e-7, f), g.less(f, SMALL)]);
	return g.choose(isNear, ending(g.sub(near, low)), g.choose(isMiddle, middle, outer));
}
// ../tabular/src/onnx/calibration.ts
function calibrate(g, maps, answers) {
	const columns = g.columns(answers, maps.length);
	const mapped = maps.map((map, place) => through(g, map, columns[place]));
	if (mapped.length === 1) return mapped[0];
	return g.div(g.beside(mapped), g.sum(mapped));
}
function through(g, map, answer) {
	return map.kind === "platt" ? throughPlatt(g, map, answer) : throughIsotonic(g, map, answer);
}
var NEAREST = 1e-7;
var CERTAIN = 1e-12;
var MOST_POWER = 24;
var FAR = 100;
function throughPlatt(g, { slope, intercept }, answer) {
	const p = g.clip(answer, NEAREST, .9999999);
	const odds = log(g, g.div(p, g.sub(1, p)), MOST_POWER);
	const score = g.add(g.mul(slope, odds), intercept);
	const weight = exp(g, g.max(g.sub(0, g.abs(score)), -100), FAR);
	const probability = g.div(g.choose(g.less(score, 0), weight, 1), g.add(1, weight));
	return g.clip(probability, CERTAIN, .999999999999);
}
function throughIsotonic(g, { at, gives }, answer) {
	const corner = placeAmong(g, answer, at.slice(1));
	const ofCorner = (value) => g.gather(g.list(at.map((_, place) => value(place))), corner);
	const isLast = (place) => place === at.length - 1;
	const from = ofCorner((place) => at[place]);
	const width = ofCorner((place) => isLast(place) ? 1 : at[place + 1] - at[place]);
	const rise = ofCorner((place) => isLast(place) ? 0 : gives[place + 1] - gives[place]);
	const highest = ofCorner((place) => gives[isLast(place) ? place : place + 1]);
	const share = g.div(g.sub(g.max(answer, at[0]), from), width);
	return g.min(g.add(ofCorner((place) => gives[place]), g.mul(share, rise)), highest);
}
// ../tabular/src/onnx/graph.ts
var Graph = class {
	#taken;
	#steps = [];
	#constants = new Map();
	#inputs = [];
	#outputs = [];
	#names = 0;
	constructor(names) {
		this.#taken = new Set(names);
	}
	input(name, type, { isTable }) {
		this.#inputs.push(valueProto(name, type, isTable ? ["N", 1] : ["N"]));
		return isTable ? this.flat(name) : name;
	}
	output(name, value, dims) {
		let free = name;
		while (this.#taken.has(free)) free += "_";
		this.#taken.add(free);
		this.#step({
			op: "Identity",
			inputs: [value],
			outputs: [free]
		});
		this.#outputs.push(valueProto(free, 11, dims));
		return free;
	}
	bytes(metadata) {
		const constants = [...this.#constants.values()].map(({ proto }) => proto);
		return modelBytes({
			steps: this.#steps,
			constants,
			inputs: this.#inputs,
			outputs: this.#outputs,
			metadata
		});
	}
	apply(op, inputs, attributes = {}, domain = "") {
		const output = this.#fresh();
		this.#step({
			op,
			inputs,
			outputs: [output],
			attributes,
			domain
		});
		return output;
	}
	constant(tensor) {
		const bytes = tensorProto(tensor).encoded();
		const key = Array.from(bytes).join();
		const known = this.#constants.get(key);
		if (known !== void 0) return known.name;
		const name = this.#fresh();
		this.#constants.set(key, {
			name,
			proto: tensorProto(tensor, name)
		});
		return name;
	}
	list(values, width) {
		const dims = width === void 0 ? [values.length] : [values.length / width, width];
		return this.constant({
			dims,
			values: Float64Array.from(values)
		});
	}
	add = (a, b) => this.apply("Add", [a, b]);
	sub = (a, b) => this.apply("Sub", [a, b]);
	mul = (a, b) => this.apply("Mul", [a, b]);
	div = (a, b) => this.apply("Div", [a, b]);
	mod = (a, b) => this.apply("Mod", [a, b]);
	min = (a, b) => this.apply("Min", [a, b]);
	max = (a, b) => this.apply("Max", [a, b]);
	abs = (a) => this.apply("Abs", [a]);
	less = (a, b) => this.apply("Less", [a, b]);
	atMost = (a, b) => this.apply("LessOrEqual", [a, b]);
	equal = (a, b) => this.apply("Equal", [a, b]);
	either = (a, b) => this.apply("Or", [a, b]);
	choose = (condition, yes, no) => this.apply("Where", [
		condition,
		yes,
		no
	]);
	cast = (a, to) => this.apply("Cast", [a], { to });
	gather = (table, places) => this.apply("Gather", [table, places], { axis: 0 });
	clip = (a, lowest, highest) => this.min(this.max(a, lowest), highest);
	column = (a) => this.apply("Unsqueeze", [a, this.#ints([1])]);
	flat = (a) => this.apply("Reshape", [a, this.#ints([-1])]);
	beside = (columns) => this.apply("Concat", columns, { axis: 1 });
	columns(a, count) {
		if (count === 1) return [a];
		const outputs = Array.from({ length: count }, () => this.#fresh());
		this.#step({
			op: "Split",
			inputs: [a],
			outputs,
			attributes: {
				axis: 1,
				num_outputs: count
			}
		});
		return outputs;
	}
	sum(columns) {
		return columns.reduce((total, column) => this.add(total, column));
	}
	#ints(values) {
		return this.constant({
			dims: [values.length],
			values: BigInt64Array.from(values, BigInt)
		});
	}
	#fresh() {
		let name;
		do
			name = `v${this.#names++}`;
		while (this.#taken.has(name));
		return name;
	}
	#step({ op, inputs, outputs, attributes = {}, domain = "" }) {
		const names = inputs.map((each) => typeof each === "string" ? each : this.#number(each));
		this.#steps.push(nodeProto({
			op,
			inputs: names,
			outputs,
			attributes,
			domain
		}));
	}
	#number(value) {
		const values = typeof value === "bigint" ? BigInt64Array.of(value) : Float64Array.of(value);
		return this.constant({
			dims: [],
			values
		});
	}
};
// ../tabular/src/onnx/inputs.ts
var MISSING_INSTANT = -(1n << 63n);
var [MISSING, OTHER, FIRST_LEVEL] = [
	0,
	1,
	2
];
function onnxInputsOf({ inputs, features }) {
	return inputs.flatMap(({ name, type }) => {
		const levels = features.flatMap((each) => each.input === name && each.kind === "categorical" ? each.levels : []);
		switch (type) {
			case "file": return [];
			case "string": return [{
				name,
				type,
				takes: "string",
				missing: missingText(levels)
			}];
			case "date":
			case "datetime": return [{
				name,
				type,
				takes: "int64",
				missing: String(MISSING_INSTANT)
			}];
			default: return [{
				name,
				type,
				takes: "double",
				missing: "NaN"
			}];
		}
	});
}
function missingText(levels) {
	if (!levels.includes("")) return "";
	let text = "<missing>";
	while (levels.includes(text)) text = `<${text}>`;
	return text;
}
var elementTypes = {
	string: 8,
	double: 11,
	int64: 7
};
function featureValues(g, spec, calledWith) {
	const values = new Map();
	const inputs = onnxInputsOf(spec);
	for (const input of inputs) {
		const raw = g.input(input.name, elementTypes[input.takes], { isTable: calledWith === "tables" && inputs.length === 1 });
		for (const feature of spec.features) if (feature.input === input.name && feature.kind !== "file") values.set(feature.name, featureValue(g, feature, input, raw));
	}
	return values;
}
function featureValue(g, feature, input, raw) {
	if (feature.kind === "categorical") {
		if (input.takes === "string") return {
			kind: "categorical",
			codes: textCodes(g, raw, input.missing, feature.levels)
		};
		return {
			kind: "categorical",
			codes: numberCodes(g, numberOf(g, raw, input), input.type, feature.levels)
		};
	}
	const number = feature.kind === "numeric" ? numberOf(g, raw, input) : datePart(g, feature.part, raw);
	return {
		kind: "numeric",
		values: g.column(as32Bits(g, number))
	};
}
function numberOf(g, raw, { takes }) {
	if (takes === "double") return raw;
	return g.choose(g.equal(raw, MISSING_INSTANT), NaN, g.cast(raw, 11));
}
function as32Bits(g, number) {
	const rounded = g.cast(g.cast(number, 1), 11);
	return g.choose(isFinite(g, rounded), rounded, NaN);
}
var isFinite = (g, number) => g.atMost(g.abs(number), Number.MAX_VALUE);
function textCodes(g, raw, missing, levels) {
	const encoder = {
		keys_strings: [missing, ...levels],
		values_int64s: { ints: [MISSING, ...levels.map((_, i) => i + FIRST_LEVEL)] },
		default_int64: OTHER
	};
	return g.apply("LabelEncoder", [raw], encoder, ML);
}
function numberCodes(g, number, type, levels) {
	const codeOf = (level) => {
		const place = levels.indexOf(level);
		return BigInt(place < 0 ? OTHER : place + FIRST_LEVEL);
	};
	const isZero = g.equal(number, 0);
	const known = type === "boolean" ? g.choose(isZero, codeOf("false"), codeOf("true")) : lookUp(g, g.choose(isZero, 0, number), levels);
	return g.choose(isFinite(g, number), known, BigInt(MISSING));
}
function lookUp(g, number, levels) {
	const entries = levels.map((level, i) => [Number(level), i + FIRST_LEVEL]).filter(([value], i) => Number.isFinite(value) && String(value) === levels[i]);
	if (entries.length === 0) return BigInt(OTHER);
	const doubles = (values) => ({
		dims: [values.length],
		values: Float64Array.from(values)
	});
	const encoder = {
		keys_tensor: doubles(entries.map(([value]) => value)),
		values_tensor: doubles(entries.map(([, code]) => code)),
		default_tensor: doubles([OTHER])
	};
	return g.cast(g.apply("LabelEncoder", [number], encoder, ML), 7);
}
var HOUR = 3600000n;
var DAY = 24n * HOUR;
var LAST_INSTANT = 8640000000000000n;
function datePart(g, part, raw) {
	const isMissing = g.equal(raw, MISSING_INSTANT);
	const instant = g.choose(isMissing, 0n, raw);
	const ofDay = g.mod(instant, DAY);
	const day = g.div(g.sub(instant, ofDay), DAY);
	const value = (number, isNone) => g.choose(isNone, NaN, g.cast(number, 11));
	switch (part) {
		case "hour": return value(g.div(ofDay, HOUR), isMissing);
		case "dayOfWeek": return value(g.add(g.mod(g.add(day, 3n), 7n), 1n), isMissing);
		case "month": return value(month(g, day), g.either(isMissing, g.less(LAST_INSTANT, g.abs(instant))));
	}
}
function month(g, day) {
	const dayOfEra = g.mod(g.add(day, 719468n), 146097n);
	const leapDays = g.add(g.sub(g.div(dayOfEra, 1460n), g.div(dayOfEra, 36524n)), g.div(dayOfEra, 146096n));
	const year = g.div(g.sub(dayOfEra, leapDays), 365n);
	const before = g.sub(g.add(g.mul(365n, year), g.div(year, 4n)), g.div(year, 100n));
	const fromMarch = g.div(g.add(g.mul(5n, g.sub(dayOfEra, before)), 2n), 153n);
	return g.add(g.mod(g.add(fromMarch, 2n), 12n), 1n);
}
// ../tabular/src/onnx/links.ts
function fromScores(g, task, scores, outputs) {
	if (task === "regression") return scores;
	if (task === "binary") {
		const odds = exp(g, g.sub(0, g.clip(scores, -30, 30)), 30);
		return g.max(g.div(1, g.add(1, odds)), 0);
	}
	const highest = g.columns(scores, outputs).reduce((most, column) => g.max(most, column));
	const weights = exp(g, g.max(g.sub(scores, highest), -60), 60);
	return g.div(weights, g.sum(g.columns(weights, outputs)));
}
function fromLog(g, scores, limit) {
	return exp(g, g.clip(scores, -limit, limit), limit);
}
// ../tabular/src/onnx/scores.ts
function answersOf(g, learner, files, features) {
	switch (learner) {
		case "gbdt": return treesAnswer(g, require_work.readGbdt(files), features);
		case "linear": return linearAnswer(g, require_work.readLinear(files), features);
		case "auto": return blendAnswer(g, files, features);
	}
}
function treesAnswer(g, model, features) {
	const columns = model.features.map((feature, place) => {
		const value = matching(features, feature, place);
		return value.kind === "numeric" ? value.values : g.column(g.cast(value.codes, 11));
	});
	const leaf = (value) => ({
		column: [],
		rule: [],
		missingLeft: [],
		left: [],
		right: [],
		leaf: [value]
	});
	const trees = [model.base.map(leaf), ...model.rounds].flatMap((round) => round.map((tree, output) => ({
		tree,
		output
	})));
	const scores = addTrees(g, g.beside(columns), require_work.outputsOf(model), trees);
	if (model.link === void 0) return fromScores(g, model.task, scores, require_work.outputsOf(model));
	const bound = Math.ceil(boundOf(model)) + 1;
	if (bound > 700) throw new NotExportableError("scores-too-large");
	return fromLog(g, scores, bound);
}
function boundOf({ base, rounds }) {
	return rounds.reduce((sum, [tree]) => sum + Math.max(...tree.leaf.map(Math.abs)), Math.abs(base[0]));
}
function linearAnswer(g, model, features) {
	const { design, weights } = model;
	const outputs = require_work.outputsOf(model);
	const at = (place) => g.list(weights.map((ofOutput) => ofOutput[place]), outputs);
	const parts = model.features.map((feature, place) => {
		const value = matching(features, feature, place);
		const offset = design.offsets[place];
		if (value.kind === "categorical") {
			const rows = Array.from({ length: feature.levels + 2 }, (_, code) => weights.map((ofOutput) => ofOutput[offset + code]));
			return g.gather(g.list(rows.flat(), outputs), value.codes);
		}
		const scaled = g.mul(g.sub(value.values, design.means[place]), require_work.scaleOf(design.deviations[place]));
		const standardised = g.clip(scaled, -require_work.INPUT_LIMIT, require_work.INPUT_LIMIT);
		return g.choose(g.apply("IsNaN", [value.values]), at(offset + 1), g.mul(standardised, at(offset)));
	});
	return fromScores(g, model.task, g.sum([at(0), ...parts]), outputs);
}
function blendAnswer(g, files, features) {
	const parts = require_work.readAuto(files).members.map(({ share, settings, model }) => {
		const answer = answersOf(g, settings.learner, model, features);
		return share === 1 ? answer : g.mul(answer, share);
	});
	return g.sum(parts);
}
function matching(features, feature, place) {
	const found = features.get(feature.name);
	if (found?.kind === feature.kind) return found;
	throw new require_light.ArtifactInvalidError(require_work.MODEL_FILE, `features[${place}]`, "a feature of features.json");
}
// ../tabular/src/onnx/index.ts
function toOnnx({ learner, artifact, features: spec, calledWith, metadata }) {
	const inputs = onnxInputsOf(spec);
	const g = new Graph(inputs.map(({ name }) => name));
	const calibration = require_light.readCalibration(artifact);
	const answers = answersOf(g, learner, artifact, featureValues(g, spec, calledWith));
	const calibrated = calibration === null ? answers : calibrate(g, calibration.maps, answers);
	const { task, classes } = spec.target;
	const told = {
		task,
		target: spec.target.name,
		classes: json(classes),
		inputs: json(inputs)
	};
	const given = addOutputs(g, calibrated, spec.target, calledWith);
	return {
		bytes: g.bytes({
			...told,
			...metadata
		}),
		inputs,
		outputs: given
	};
}
function addOutputs(g, answers, { task, classes }, calledWith) {
	const one = (name, value) => ({
		name: g.output(name, g.flat(value), ["N"]),
		classes: null
	});
	if (task !== "multiclass") return [one(task === "binary" ? "probability" : "prediction", answers)];
	const count = classes.length;
	if (calledWith === "arrays") return [{
		name: g.output("probabilities", answers, ["N", count]),
		classes: count
	}];
	return g.columns(answers, count).map((column, place) => one(`probability of ${String(classes[place])}`, column));
}
var json = (value) => require_light.canonicalJson(JSON.parse(JSON.stringify(value)));
// ../refit/src/runs/export/exported-graph.ts
function exportedGraph(version, to) {
	const { lineage, features, artifact, treeId } = version;
	const learner = require_work.onnxLearners.find((each) => each === lineage.learner.name);
	if (learner === void 0) return {
		bytes: fileInside(version),
		signature: null
	};
	const { bytes, inputs, outputs } = toOnnx({
		learner,
		artifact,
		features,
		calledWith: to === "mlflow" ? "tables" : "arrays",
		metadata: {
			model: lineage.model,
			tree: treeId
		}
	});
	return {
		bytes,
		signature: {
			inputs,
			outputs
		}
	};
}
function fileInside({ lineage: { learner }, artifact }) {
	const file = ownFileOf(learner);
	const bytes = artifact.get(file);
	if (bytes === void 0) throw new require_light.ArtifactInvalidError(`artifact/${file}`, "", "a model in ONNX");
	if (artifact.has("calibration.json")) throw new NotExportableError("calibrated-file");
	return bytes;
}
function ownFileOf({ name, settings }) {
	switch (name) {
		case "onnx": return require_commands.importedFileOf.onnx;
		case "predictions": throw new NotExportableError("predictions");
		case "tfjs": throw new NotExportableError("network");
		default:
			if (typeof settings["onnx"] === "string") return `model/${settings["onnx"]}`;
			throw new NotExportableError("program");
	}
}
// ../refit/src/runs/export/mlflow-files.ts
var mlflowPackages = {
	mlflow: "3.17.2",
	onnx: "1.23.2",
	onnxruntime: "1.32.0"
};
var PYTHON = "3.12";
var columnTypes = {
	string: "string",
	double: "double",
	int64: "long"
};
function mlflowFiles(version, { signature }) {
	const { lineage, treeId } = version;
	const lines = [
		"flavors:",
		"  onnx:",
		"    code: null",
		"    data: model.onnx",
		"    onnx_session_options: {intra_op_num_threads: 1, inter_op_num_threads: 1}",
		`    onnx_version: ${mlflowPackages.onnx}`,
		"    providers: [CPUExecutionProvider]",
		"  python_function:",
		"    data: model.onnx",
		"    env: {virtualenv: python_env.yaml}",
		"    loader_module: mlflow.onnx",
		`    python_version: "${PYTHON}"`,
		`metadata: {model: ${asciiJson(lineage.model)}, tree: "${treeId}"}`,
		`mlflow_version: ${mlflowPackages.mlflow}`
	];
	if (signature !== null) {
		const inputs = signature.inputs.map(({ name, takes }) => ({
			type: columnTypes[takes],
			name,
			required: true
		}));
		const outputs = signature.outputs.map(({ name }) => ({
			type: "double",
			name,
			required: true
		}));
		lines.push("signature:", `  inputs: ${textOf(inputs)}`, `  outputs: ${textOf(outputs)}`, "  params: null");
	}
	const requirements = Object.entries(mlflowPackages).map(([name, wanted]) => `${name}==${wanted}`);
	return new Map(Object.entries({
		MLmodel: lines,
		"python_env.yaml": [
			`python: "${PYTHON}"`,
			"build_dependencies: [pip, setuptools, wheel]",
			"dependencies: [\"-r requirements.txt\"]"
		],
		"requirements.txt": requirements
	}).map(([file, content]) => [file, require_light.encodeText(`${content.join("\n")}\n`)]));
}
var textOf = (value) => asciiJson(asciiJson(value));
function asciiJson(value) {
	return JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
// ../refit/src/runs/export/how-to-load.ts
var takes = {
	string: "text",
	double: "number (`float64`)",
	int64: "milliseconds since 1970-01-01 UTC (`int64`)"
};
function howToLoad({ lineage, treeId, features }, { signature }, to) {
	return [
		`# ${lineage.model}`,
		`\`refit export\` made this folder of the version with the git tree \`${treeId}\`. Do not edit it: the next export replaces the folder only if no file in it was changed.`,
		...to === "onnx" ? onnxCode(signature !== null) : mlflowCode(signature !== null),
		...signature === null ? ["`model.onnx` is the file that the version holds, byte for byte. Its inputs and outputs are those that its author gave it."] : [
			"## Inputs",
			inputTable(signature.inputs),
			truths(signature.inputs),
			"Each input is an array of one dimension, with one value for each record. A text that did not occur in training counts as \"other\". Inputs are the columns *after* `prepare` of the data manifest.",
			"## Answers",
			...answers(signature.outputs, features)
		],
		`More: <${require_light.docsPage("use-a-model-in-python.md")}>`
	].filter((part) => part !== "").join("\n\n").concat("\n");
}
var onnxCode = (isOurs) => [
	...isOurs ? [
		"`pip install onnxruntime`, and in this folder, with a list of records such as `[{\"a\": 1}]`:",
		"```python\nfrom use_model import Model\n\nanswers = Model(\"model.onnx\").predict(records)\n```",
		"`use_model.py` turns records into the arrays that the model takes. Without it:"
	] : [],
	"```python\nimport onnxruntime\n\noptions = onnxruntime.SessionOptions()\noptions.intra_op_num_threads = 1  # sums in one order\nsession = onnxruntime.InferenceSession(\"model.onnx\", options)\n```",
	"With one thread the answers equal those of refit to the last bit. With more threads, ONNX Runtime adds the trees of a batch in another order, and the last digits may differ."
];
var mlflowCode = (isOurs) => [
	`\`\`\`sh\npip install mlflow-skinny==${mlflowPackages.mlflow} onnx==${mlflowPackages.onnx} onnxruntime==${mlflowPackages.onnxruntime} pandas\n\`\`\``,
	isOurs ? "```python\nimport mlflow.pyfunc\n\nmodel = mlflow.pyfunc.load_model(\".\")  # this folder\ntexts = [each.name for each in model.metadata.get_input_schema() if each.type.name == \"string\"]\nanswers = model.predict(frame.astype({name: object for name in texts}))\n```" : "```python\nimport mlflow.pyfunc\n\nmodel = mlflow.pyfunc.load_model(\".\")  # this folder\nanswers = model.predict(feed)  # a map of NumPy arrays by the inputs' names\n```",
	"- `MLmodel` asks for one thread, so that the answers equal those of refit to the last bit. With more threads, the last digits may differ.",
	...isOurs ? ["- pandas 3 reads texts as `str`, which MLflow's ONNX flavour refuses: hence `astype(object)`. For a missing text, use the one in the table instead of `None` or `NaN`: `frame[name].fillna(\"\")`.", "- Numbers are `float64`: `frame[name].astype(float)`, truth values too. Times: `frame[name].to_numpy(\"datetime64[ms]\").astype(\"int64\")`, which turns `NaT` into the number in the table."] : []
];
function inputTable(inputs) {
	const rows = inputs.map((each) => [
		require_light.cell(each.name),
		each.type,
		takes[each.takes],
		each.missing === "" ? "the empty text" : require_light.cell(each.missing)
	]);
	return require_light.table([
		"input",
		"column",
		"takes",
		"missing"
	], rows);
}
var truths = (inputs) => inputs.some(({ type }) => type === "boolean") ? "True is 1, and false is 0." : "";
function answers(outputs, { target, threshold }) {
	const [first] = outputs;
	const { task, name, classes } = target;
	const named = (classes ?? []).map((each) => require_light.cell(String(each))).join(", ");
	switch (task) {
		case "binary": return [`${require_light.cell(first.name)}: the probability that ${require_light.cell(name)} is ${require_light.cell(String(classes[1]))}, not ${require_light.cell(String(classes[0]))}.`, ...threshold === void 0 ? [] : [`The version answers ${require_light.cell(String(classes[1]))} from a probability of ${threshold} on (\`metrics.threshold\`).`]];
		case "regression": return [`${require_light.cell(first.name)}: the value of ${require_light.cell(name)}.`];
		case "multiclass": return outputs.length === 1 ? [`${require_light.cell(first.name)}: the probabilities of the classes of ${require_light.cell(name)}, in this order: ${named}.`] : [`One output for each class of ${require_light.cell(name)}, in this order: ${outputs.map((each) => require_light.cell(each.name)).join(", ")}.`];
	}
}
// ../refit/src/runs/export/use-model.ts
var useModel = String.raw`"""Answers of a model that ${"`"}refit export --to onnx${"`"} wrote, to the last bit. It needs onnxruntime, and the NumPy that comes with it."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone
from typing import Any, Iterable, Mapping

import numpy as np
import onnxruntime


class Model:
    """One thread adds the trees in refit's order."""

    def __init__(self, file: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(file, options)
        about = self.session.get_modelmeta().custom_metadata_map
        self.inputs = json.loads(about["inputs"])
        self.classes = json.loads(about["classes"])  # [negative, positive], or those of the columns, or None

    def predict(self, records: Iterable[Mapping[str, Any]]) -> Any:
        """An array: the probability of the positive class, of every class, or the value. ${"`"}None${"`"} or no value: missing."""
        rows = list(records)
        return self.session.run(None, {each["name"]: column(each, rows) for each in self.inputs})[0]


def column(about: Mapping[str, str], rows: list[Mapping[str, Any]]) -> Any:
    kind, convert = CONVERT[about["takes"]]
    values = (row.get(about["name"]) for row in rows)
    return np.array([convert(about["missing"] if value is None else value) for value in values], dtype=kind)


def milliseconds(value: str | int | date) -> int:
    """Since 1970-01-01, UTC; a time without a zone is one of UTC."""
    if not isinstance(value, date) and str(value).lstrip("-").isdigit():
        return int(value)
    at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return round((at if at.tzinfo else at.replace(tzinfo=timezone.utc)).timestamp() * 1000)


CONVERT: Any = {"string": (object, str), "double": (np.float64, float), "int64": (np.int64, milliseconds)}
`;
// ../refit/src/runs/export/export-model.ts
var export_model_exports = require_rolldown_runtime.__exportAll({ exportModel: () => exportModel });
var MARK = "refit-export.json";
async function exportModel(ports, request) {
	const { model, wanted, to, output, dryRun } = request;
	const repository = await ports.git.locate();
	const folder = node_path.default.resolve(ports.workTree.here, output ?? `${require_light.flatName(model)}-${to}`);
	await require_commands.refuseInsideVersion(ports, repository, folder, "--output FOLDER");
	const { number, ...version } = await readVersion(ports, repository, model, wanted);
	const graph = exportedGraph(version, to);
	const files = new Map([
		["model.onnx", graph.bytes],
		...to === "mlflow" ? mlflowFiles(version, graph) : [],
		...to === "onnx" && graph.signature !== null ? [["use_model.py", require_light.encodeText(useModel)]] : [],
		["README.md", require_light.encodeText(howToLoad(version, graph, to))]
	]);
	const digests = digestsOf(files);
	const mark = {
		format: 1,
		model: version.lineage.model,
		tree: version.treeId,
		to,
		files: digests
	};
	files.set(MARK, require_light.encodeText(`${require_light.canonicalJson(mark, 2)}\n`));
	if (!dryRun) await ports.folders.replace(folder, files, (entries) => isOurs(ports, folder, entries));
	return {
		model,
		version: number,
		treeId: version.treeId,
		to,
		folder,
		files: digests
	};
}
async function readVersion(ports, repository, model, wanted) {
	const { number, treeId, files, lineage, features } = await require_work.readDescribed(ports, repository, model, wanted);
	const artifact = [...files].flatMap(([file, bytes]) => file.startsWith("artifact/") ? [[file.slice(9), bytes]] : []);
	return {
		number,
		treeId,
		lineage,
		features,
		artifact: new Map(artifact)
	};
}
function digestsOf(files) {
	return Object.fromEntries([...files].map(([file, bytes]) => [file, {
		sha256: require_light.sha256(bytes),
		bytes: bytes.byteLength
	}]));
}
async function isOurs({ files }, folder, entries) {
	if (entries.length === 0) return true;
	const written = writtenOf(await files.read(node_path.default.join(folder, MARK)));
	if (written === null) return false;
	for (const entry of entries) {
		if (/^__pycache__(?:\/|$)/.test(entry.path)) continue;
		if (!entry.isFile) return false;
		if (entry.path === MARK) continue;
		const bytes = await files.read(node_path.default.join(folder, entry.path));
		if (bytes === null || written.get(entry.path) !== require_light.sha256(bytes)) return false;
	}
	return true;
}
function writtenOf(bytes) {
	if (bytes === null) return null;
	try {
		const { files } = JSON.parse(require_light.decodeText(bytes));
		return new Map(Object.entries(files).map(([file, each]) => [file, each.sha256]));
	} catch {
		return null;
	}
}
Object.defineProperty(exports, "export_model_exports", {
	enumerable: true,
	get: function() {
		return export_model_exports;
	}
});
Object.defineProperty(exports, "threaded_exports", {
	enumerable: true,
	get: function() {
		return threaded_exports;
	}
});
