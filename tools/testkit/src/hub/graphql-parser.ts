/** A field of a selection set, its arguments filled in from the variables. */
export interface Selection {
  readonly name: string;
  readonly alias: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fields: readonly Selection[];
  /** Type of the fragment the field stands in; `null`: in none. */
  readonly on: string | null;
}

export interface Operation {
  readonly kind: "query" | "mutation";
  readonly fields: readonly Selection[];
}

const lexeme =
  /\s+|,|#[^\n]*|("""[\s\S]*?"""|"(?:\\.|[^"\\])*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[{}()[\]:!=$@|&])/gy;

/**
 * Reads a GraphQL document of one operation, with named and inline fragments; directives are not known.
 *
 * @throws SyntaxError
 */
export function parseGraphql(source: string, variables: Readonly<Record<string, unknown>>): Operation {
  const reader = tokenReader(source);
  const fragments: Fragments = new Map();
  const selectionSet = selectionReader(reader, fragments, variables);
  let operation: (() => Operation) | null = null;

  while (reader.peek() !== undefined) {
    const word = reader.peek() === "{" ? "query" : reader.next();
    if (word === "fragment") {
      const name = reader.next();
      reader.expect("on");
      const type = reader.next();
      const start = reader.position();
      fragments.set(name, () => reader.at(start, () => selectionSet(type)));
      reader.skipBlock("{", "}");
      continue;
    }
    if (word !== "query" && word !== "mutation") throw new SyntaxError(`Expected an operation, found ${word}`);
    if (reader.peek() !== "{" && reader.peek() !== "(") reader.next();
    if (reader.peek() === "(") reader.skipBlock("(", ")");
    const start = reader.position();
    operation = () => ({ kind: word, fields: reader.at(start, () => selectionSet(null)) });
    reader.skipBlock("{", "}");
  }
  if (operation === null) throw new SyntaxError("Expected an operation");
  return operation();
}

type TokenReader = ReturnType<typeof tokenReader>;
type Fragments = Map<string, () => Selection[]>;

/** Reads what stands between braces after a field, an operation or `on <type>`. */
function selectionReader(
  reader: TokenReader,
  fragments: Fragments,
  variables: Readonly<Record<string, unknown>>,
): (on: string | null) => Selection[] {
  const { objectValue } = valueReader(reader, variables);
  return selectionSet;

  function selectionSet(on: string | null): Selection[] {
    const fields: Selection[] = [];
    reader.expect("{");
    while (reader.peek() !== "}") {
      if (reader.peek() === "...") fields.push(...spread());
      else fields.push(field(on));
    }
    reader.expect("}");
    return fields;
  }

  function spread(): Selection[] {
    reader.expect("...");
    const word = reader.next();
    if (word === "on") return selectionSet(reader.next());
    const fragment = fragments.get(word);
    if (fragment === undefined) throw new SyntaxError(`Fragment ${word} was used, but not defined`);
    return fragment();
  }

  function field(on: string | null): Selection {
    const first = reader.next();
    const renamed = reader.peek() === ":";
    if (renamed) reader.expect(":");
    const name = renamed ? reader.next() : first;
    const args = reader.peek() === "(" ? objectValue("(", ")") : {};
    const fields = reader.peek() === "{" ? selectionSet(null) : [];
    return { name, alias: first, args, fields, on };
  }
}

/** Reads values, with variables filled in. */
function valueReader(reader: TokenReader, variables: Readonly<Record<string, unknown>>) {
  return { objectValue };

  function objectValue(open: string, close: string): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    reader.expect(open);
    while (reader.peek() !== close) {
      const key = reader.next();
      reader.expect(":");
      object[key] = value();
    }
    reader.expect(close);
    return object;
  }

  function value(): unknown {
    if (reader.peek() === "{") return objectValue("{", "}");
    const word = reader.next();
    if (word === "$") return variables[reader.next()];
    if (word === "[") {
      const items: unknown[] = [];
      while (reader.peek() !== "]") items.push(value());
      reader.expect("]");
      return items;
    }
    if (word.startsWith('"""')) return word.slice(3, -3);
    if (word.startsWith('"') || /^-?\d/.test(word)) return JSON.parse(word);
    const constants: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
    return word in constants ? constants[word] : word;
  }
}

function tokenReader(source: string) {
  const tokens: string[] = [];
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < source.length) {
    const start = lexeme.lastIndex;
    const found = lexeme.exec(source);
    if (found === null) throw new SyntaxError(`Unexpected character at ${start}`);
    if (found[1] !== undefined) tokens.push(found[1]);
  }

  let place = 0;
  function next(): string {
    const token = tokens[place];
    if (token === undefined) throw new SyntaxError("Unexpected end of the document");
    place += 1;
    return token;
  }
  return {
    next,
    peek: () => tokens[place],
    position: () => place,
    expect(token: string): void {
      const found = next();
      if (found !== token) throw new SyntaxError(`Expected ${token}, found ${found}`);
    },
    skipBlock(open: string, close: string): void {
      let depth = 0;
      do {
        const token = next();
        depth += token === open ? 1 : token === close ? -1 : 0;
      } while (depth > 0);
    },
    at<T>(position: number, read: () => T): T {
      const back = place;
      place = position;
      const result = read();
      place = back;
      return result;
    },
  };
}
