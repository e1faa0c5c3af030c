/** What a file of code asks for, as far as its text tells. */
export interface CodeImports {
  readonly asked: readonly ImportedName[];
  /** Places where only the running program knows what is loaded. */
  readonly unknown: readonly UnknownImport[];
}

export type ImportedName =
  | { readonly language: "javascript"; readonly specifier: string }
  /** `dots`: levels of a relative import, 0 for an absolute one; `names`: what may be modules of the package. */
  | { readonly language: "python"; readonly dots: number; readonly module: string; readonly names: readonly string[] };

export interface UnknownImport {
  /** From 1. */
  readonly line: number;
  /** The line as it is written, without the space around it, at most 120 characters. */
  readonly text: string;
}

/** What of a file's imports is found: those of JavaScript, TypeScript and Python. Other languages have none. */
export function importsOfCode(path: string, text: string): CodeImports {
  if (javascript.test(path)) return javascriptImports(text);
  if (/\.pyi?$/.test(path)) return pythonImports(text);
  return { asked: [], unknown: [] };
}

const javascript = /\.[cm]?[jt]sx?$/;

/*
 * Texts are searched, not parsed: an import in a comment counts, too. That is one file too many, where a parser that fails on new syntax
 * would miss all.
 */
const literal = `(?:"([^"\\n]+)"|'([^'\\n]+)'|\`([^\`$\\n]+)\`)`;
const javascriptAsks = [
  new RegExp(`\\b(?:from|import)\\s*${literal}`, "g"),
  new RegExp(`\\b(?:import|require|require\\.resolve)\\s*\\(\\s*${literal}`, "g"),
  new RegExp(`\\bnew\\s+URL\\s*\\(\\s*${literal}\\s*,\\s*import\\.meta\\.url`, "g"),
];
const javascriptUnknown = /\b(?:import|require)\s*\(\s*(?![\s"'])(?!`[^`$\n]*`)[^)\s]/g;

function javascriptImports(text: string): CodeImports {
  const specifiers = javascriptAsks.flatMap((pattern) => [...text.matchAll(pattern)].map(firstGroup));
  return {
    asked: [...new Set(specifiers)].map((specifier) => ({ language: "javascript", specifier })),
    unknown: unknownPlaces(text, javascriptUnknown, /^\s*(?:\/\/|\*|\/\*)/),
  };
}

const firstGroup = (match: RegExpMatchArray): string => match.slice(1).find((group) => group !== undefined)!;

const pythonImport = /(?:^|[;:])[ \t]*import[ \t]+([\w. \t,]+)/gm;
const pythonFrom = /(?:^|[;:])[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|[^\n;#]+)/gm;
const pythonCalled = /\b(?:import_module|__import__)\s*\(\s*["']([\w.]+)["']\s*[,)]/g;
const pythonUnknown =
  /\b(?:import_module|__import__)\s*\(\s*(?!["'][\w.]+["']\s*\))\S|\b(?:spec_from_file_location|run_path|run_module)\s*\(|\bexec\s*\(\s*open\b|\bsys\.path\s*(?:\.(?:append|insert|extend)\s*\(|\+?=[^=])/g;

function pythonImports(written: string): CodeImports {
  const text = written.replace(/\\\r?\n/g, "  ");
  const asked: ImportedName[] = [];
  const module = (name: string, names: readonly string[] = [], dots = 0) =>
    asked.push({ language: "python", dots, module: name, names });
  for (const [, list] of text.matchAll(pythonImport)) {
    for (const each of list!.split(",")) module(each.trim().split(/\s/)[0]!);
  }
  for (const [, dots, name, list] of text.matchAll(pythonFrom)) {
    const names = list!
      .replace(/#[^\n]*/g, "")
      .replace(/[()]/g, "")
      .split(",");
    module(
      name!,
      names.map((each) => each.trim().split(/\s/)[0]!).filter((each) => /^\w+$/.test(each)),
      dots!.length,
    );
  }
  for (const [, name] of text.matchAll(pythonCalled)) module(name!);
  return {
    asked: asked.filter((each) => each.language !== "python" || each.dots > 0 || each.module !== ""),
    unknown: unknownPlaces(written, pythonUnknown, /^\s*#/),
  };
}

function unknownPlaces(text: string, pattern: RegExp, comment: RegExp): UnknownImport[] {
  const places = new Map<number, UnknownImport>();
  for (const { index } of text.matchAll(pattern)) {
    const start = text.lastIndexOf("\n", index) + 1;
    const end = text.indexOf("\n", index);
    const line = text.slice(start, end < 0 ? text.length : end);
    if (comment.test(line)) continue;
    const number = text.slice(0, index).split("\n").length;
    places.set(number, { line: number, text: line.trim().slice(0, 120) });
  }
  return [...places.values()];
}
