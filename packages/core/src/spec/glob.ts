import { walkGlob, type GlobAutomaton, type GlobState } from "./glob-automaton.ts";

/** What a path may match. */
export interface PathPattern {
  test(path: string): boolean;
  /** Whether some path in a folder could match. @param folder with `/` at its end. */
  reaches(folder: string): boolean;
}

/**
 * A glob over whole `/`-separated paths.
 *
 * `*`, `?` and `[a-z]` stay inside a folder and, like a shell's, do not match a leading dot; `**` crosses folders;
 * `{a,b}` as in a shell. Everything else stands for itself. The time for a path grows with its length and no faster.
 */
export function globPattern(glob: string): PathPattern {
  const root = globRoot(glob);
  const automaton = globAutomaton(glob);
  return {
    test: (path) => path.startsWith(root) && walkGlob(automaton, path).matched,
    reaches: (folder) => walkGlob(automaton, folder).isBegun,
  };
}

/** The folder that all matches of a glob lie in, or the whole path of a glob without wildcards; "" for the root. */
export function globRoot(glob: string): string {
  const segments = glob.split("/");
  const wild = segments.findIndex((segment) => /[*?[\]{}]/.test(segment));
  return (wild < 0 ? segments : segments.slice(0, wild)).join("/");
}

/** A glob that matches this path and no other. */
export function globLiteral(path: string): string {
  return path.replace(/[*?[{}]/g, (letter) => `[${letter}]`);
}

/** A part of a glob; `first`: it stands at the start of a name. */
type GlobPart =
  | { readonly kind: "letter"; readonly letter: string }
  | { readonly kind: "one" | "many"; readonly accepts: (letter: string) => boolean; readonly first: boolean }
  | { readonly kind: "folders" | "all-below" }
  | { readonly kind: "open" }
  | { readonly kind: "or" }
  | { readonly kind: "close" };

const inName = (letter: string): boolean => letter !== "/";

/** The places of a glob, from its end to its start, so that each knows what comes after it. */
export function globAutomaton(glob: string): GlobAutomaton {
  const states: GlobState[] = [{ kind: "end" }];
  const add = (state: GlobState): number => states.push(state) - 1;
  const groups: { readonly after: number; readonly arms: number[] }[] = [];
  let next = 0;
  for (const part of partsOf(glob).toReversed()) {
    if (part.kind === "close") {
      groups.push({ after: next, arms: [] });
    } else if (part.kind === "or") {
      groups.at(-1)!.arms.push(next);
      next = groups.at(-1)!.after;
    } else if (part.kind === "open") {
      next = add({ kind: "any", next: [...groups.pop()!.arms, next] });
    } else {
      next = addPart(states, part, next);
    }
  }
  return { states, start: next };
}

/** @returns the place where the part begins. */
function addPart(
  states: GlobState[],
  part: Exclude<GlobPart, { readonly kind: "open" | "or" | "close" }>,
  next: number,
): number {
  const add = (state: GlobState): number => states.push(state) - 1;
  switch (part.kind) {
    case "letter":
      return add({ kind: "letter", accepts: (letter) => letter === part.letter, next });
    case "one":
    case "many": {
      const begin = part.kind === "one" ? add({ kind: "letter", accepts: part.accepts, next }) : addLoop(states, next);
      return part.first ? add({ kind: "no-dot", next: begin }) : begin;
    }
    case "folders":
      return addFolders(states, next);
    case "all-below":
      return addFolders(states, addName(states, next));
  }
}

/** Any number of letters of a name. */
function addLoop(states: GlobState[], next: number): number {
  const loop = states.length;
  states.push({ kind: "any", next: [loop + 1, next] }, { kind: "letter", accepts: inName, next: loop });
  return loop;
}

/** A whole name that does not begin with a dot. */
function addName(states: GlobState[], next: number): number {
  const rest = addLoop(states, next);
  const letter = states.push({ kind: "letter", accepts: inName, next: rest }) - 1;
  return states.push({ kind: "no-dot", next: letter }) - 1;
}

/** Any number of names with a slash after each. */
function addFolders(states: GlobState[], next: number): number {
  const slash = states.length;
  // Its way back is known once the name is there.
  states.push({ kind: "end" });
  const name = addName(states, slash);
  const loop = states.push({ kind: "any", next: [name, next] }) - 1;
  states[slash] = { kind: "letter", accepts: (letter) => letter === "/", next: loop };
  return loop;
}

function partsOf(glob: string): GlobPart[] {
  const letters = [...glob];
  const closing = closingBraces(letters);
  const open: { readonly close: number; readonly first: boolean }[] = [];
  const parts: GlobPart[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i]!;
    const group = open.at(-1);
    const inside = group !== undefined && (parts.at(-1)!.kind === "open" || parts.at(-1)!.kind === "or");
    const first = inside ? group.first : i === 0 || letters[i - 1] === "/";
    const set = letter === "[" ? setEnd(letters, i) : -1;
    if (first && letter === "*" && letters[i + 1] === "*" && (i + 2 === letters.length || letters[i + 2] === "/")) {
      parts.push({ kind: i + 2 === letters.length ? "all-below" : "folders" });
      i += i + 2 === letters.length ? 1 : 2;
    } else if (letter === "*") {
      parts.push({ kind: "many", accepts: inName, first });
      while (letters[i + 1] === "*") i++;
    } else if (letter === "?") {
      parts.push({ kind: "one", accepts: inName, first });
    } else if (set > 0) {
      parts.push({ kind: "one", accepts: setOf(letters.slice(i + 1, set)), first });
      i = set;
    } else if (letter === "{" && closing.has(i)) {
      open.push({ close: closing.get(i)!, first });
      parts.push({ kind: "open" });
    } else if (group?.close === i) {
      open.pop();
      parts.push({ kind: "close" });
    } else if (letter === "," && group !== undefined) {
      parts.push({ kind: "or" });
    } else {
      parts.push({ kind: "letter", letter });
    }
  }
  return parts;
}

/** Where each brace that opens is closed; one that is never closed stands for itself. */
function closingBraces(letters: readonly string[]): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < letters.length; i++) {
    const set = letters[i] === "[" ? setEnd(letters, i) : -1;
    if (set > 0) i = set;
    else if (letters[i] === "{") open.push(i);
    else if (letters[i] === "}" && open.length > 0) closing.set(open.pop()!, i);
  }
  return closing;
}

/** Where `[…]` ends; -1: the bracket stands for itself. */
function setEnd(letters: readonly string[], start: number): number {
  const from = start + (letters[start + 1] === "!" ? 2 : 1);
  for (let i = from; i < letters.length && letters[i] !== "/"; i++) {
    if (letters[i] === "]") return i > from ? i : -1;
  }
  return -1;
}

function setOf(letters: readonly string[]): (letter: string) => boolean {
  const negated = letters[0] === "!" || letters[0] === "^";
  const single = new Set<string>();
  const ranges: (readonly [from: number, to: number])[] = [];
  for (let i = negated ? 1 : 0; i < letters.length; i++) {
    if (letters[i + 1] === "-" && i + 2 < letters.length) {
      ranges.push([codeOf(letters[i]!), codeOf(letters[i + 2]!)]);
      i += 2;
    } else {
      single.add(letters[i]!);
    }
  }
  return (letter) => {
    const code = codeOf(letter);
    const listed = single.has(letter) || ranges.some(([from, to]) => from <= code && code <= to);
    return inName(letter) && listed !== negated;
  };
}

function codeOf(letter: string): number {
  return letter.codePointAt(0)!;
}
