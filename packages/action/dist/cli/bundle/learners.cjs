const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_light = require("./light.cjs");
const require_work = require("./work.cjs");
let node_os = require("node:os");
let node_worker_threads = require("node:worker_threads");
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
			if (kind === "categorical") throw new require_light.FeatureConflictError(`\`monotone\` names ${JSON.stringify(name)}, whose categories have no order.`);
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
var OTHER = 2;
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
		require_light.routeBins(rule, bench.tree.routes.subarray(256 * split, 256 * (split + 1)));
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
		tree.rule.push(require_light.storedRule(rule, columns[column]));
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
	loss: (rows, [scores]) => weightedMean(rows, (target, row) => require_light.logisticLoss(scores[row], target))
};
function softmaxObjective(classes) {
	return {
		kernel: 2,
		base: (rows) => Array.from({ length: classes }, (_, k) => Math.log(Math.max(LEAST_SHARE, weightedMean(rows, (target) => target === k ? 1 : 0)))),
		loss: (rows, scores) => weightedMean(rows, (target, row) => require_light.logSumExp(scores, row) - scores[target][row])
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
			if (isNumeric) limits[at] = each === require_light.NO_THRESHOLD ? Infinity : floatAtMost(each);
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
		require_light.checkFeatures(features, known);
		const scores = base.map((score) => new Float64Array(features.rows).fill(score));
		(features.rows < FEW_ROWS$1 ? addFew : addMany)(features, scores);
		return require_light.applyLink(task, scores);
	};
}
var CODES = 2;
function rowByRow({ rounds, base, features: known }) {
	const trees = rounds.flat();
	const listed = [];
	const limitOf = (rule) => {
		if (typeof rule === "number") return rule === require_light.NO_THRESHOLD ? Infinity : rule;
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
	const model = require_light.readGbdt(files);
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
		return require_light.writeGbdt({
			task,
			classes,
			features: require_light.describeFeatures(train.features),
			...boost(request)
		});
	},
	settle(settings, files) {
		return {
			...settings,
			trees: Math.max(1, require_light.readGbdt(files).rounds.length),
			earlyStoppingRounds: 0
		};
	},
	ignoresValidation: ({ earlyStoppingRounds }) => earlyStoppingRounds === 0,
	load: (files) => loadGbdt(files, inBatches)
};
// ../tabular/src/linear/load-linear.ts
async function loadLinear(files) {
	const model = require_light.readLinear(files);
	return { predict(features) {
		require_light.checkFeatures(features, model.features);
		const scores = model.weights.map((weights) => {
			const ofOutput = new Float64Array(features.rows);
			require_light.multiply(model.design, features, weights, ofOutput);
			return ofOutput;
		});
		return require_light.applyLink(model.task, scores);
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
	require_light.multiplyTransposed(design, features, rowWeights, sums);
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
			sum += weights[row] * require_light.logisticLoss(score, target[row]);
			scores[row] = weights[row] * (require_light.logistic(score) - target[row]);
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
	const scale = features.columns.map((column) => column.kind === "numeric" ? require_light.moments(column.values, train.weights) : [0, 0]);
	const design = require_light.layOut(require_light.describeFeatures(features), scale.map(([mean]) => mean), scale.map(([, deviation]) => deviation));
	const outputs = require_light.outputsOf({
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
		for (const [k, ofOutput] of scores.entries()) require_light.multiply(design, features, slice(coefficients, k, design), ofOutput);
		let value = lossOf[task](target, rowWeights, scores) / total;
		for (const [k, residuals] of scores.entries()) require_light.multiplyTransposed(design, features, residuals, slice(gradient, k, design));
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
	const [mean, deviation] = require_light.moments(target, weights);
	if (!target.every(Number.isFinite) || !Number.isFinite(deviation)) throw new require_light.LearnerDivergedError("linear", "the spread of the target");
	return [mean, deviation === 0 ? 1 : deviation];
}
// ../tabular/src/linear/linear.ts
var linear$1 = {
	...require_light.linearDescriptor,
	answersAtOnce: true,
	async fit(request) {
		const { task, classes, train } = request;
		return require_light.writeLinear({
			task,
			classes,
			features: require_light.describeFeatures(train.features),
			...regress(request)
		});
	},
	settle: (settings) => settings,
	ignoresValidation: () => true,
	load: loadLinear
};
// ../tabular/src/auto/load-auto.ts
async function loadAuto(files, loaders) {
	const { members } = require_light.readMembers(files);
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
var trees = (given) => withRoom(require_work.fillSettings(require_light.gbdtDescriptor, given));
var linear = (given) => require_work.fillSettings(require_light.linearDescriptor, given);
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
		features: require_light.pickFeatures(features, rows),
		target: pick(target),
		...weights && { weights: pick(weights) },
		...times && { times: pick(times) }
	};
}
function stackRows(parts) {
	const [first, ...others] = parts;
	const weights = parts.flatMap((part) => part.weights ?? []);
	return {
		features: require_light.stackFeatures(first.features, ...others.map(({ features }) => features)),
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
	const live = champion && require_light.readChosen(champion.settings["chosen"])[0]?.settings;
	const all = [...live === void 0 ? [] : [withRoom(live), ...neighboursOf(live, champion.seed)], ...portfolio.slice(0, request.settings.tries)].map((one) => affordable(one, train.target.length * valuesPerRow(request)));
	return [...new Map(all.map((one) => [require_light.canonicalJson({ ...one }), one])).values()];
}
var valuesPerRow = ({ task, classes, train }) => Math.max(1, train.features.columns.length * require_light.outputsOf({
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
		answersAtOnce: true,
		async fit(request) {
			const { task, classes, train, settings } = request;
			const found = settings.chosen === void 0 ? await search(request, all) : await trained(request, settings.chosen);
			const training = settings.training ?? found.training ?? {};
			return require_light.writeAuto({
				task,
				classes,
				features: require_light.describeFeatures(train.features),
				members: found.members,
				training
			});
		},
		settle(settings, files) {
			const { members, training } = require_light.readAuto(files);
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
			require_light.readAuto(files);
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
