import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { npmTool } from "./npm-tool.ts";

/** What an editor shows of a file. */
export interface SeenInEditor {
  /** What is underlined. */
  readonly diagnostics: readonly string[];
  /** What is offered on the last line. */
  readonly offered: readonly string[];
}

export interface YamlEditor {
  /** @param text in place of what the file has. */
  open(file: string, text?: string): Promise<SeenInEditor>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

const settings = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };

/** The language server that editors have for YAML, over its own protocol; `null`: it cannot be had here. */
export async function yamlEditor(root: string): Promise<YamlEditor | null> {
  const folder = await npmTool("yaml-language-server", "1.25.0");
  if (folder === null) return null;
  const bin = path.join(folder, "node_modules/yaml-language-server/bin/yaml-language-server");
  const server = connect(spawn(process.execPath, [bin, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] }));
  const capabilities = { workspace: { configuration: true } };
  await server.ask("initialize", { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities });
  server.tell("initialized", {});
  server.tell("workspace/didChangeConfiguration", { settings: { yaml: settings } });
  // Each a document of its own beside the file: what is said of an earlier one may come late.
  let opened = 0;
  return {
    close: server.close,
    async open(file, given) {
      opened += 1;
      const name = `${opened}-${path.basename(file)}`;
      const uri = pathToFileURL(path.join(root, path.dirname(file), name)).href;
      const text = given ?? (await readFile(path.join(root, file), "utf8"));
      const told = server.diagnosticsOf(uri);
      server.tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
      const diagnostics = await told;
      const position = { line: text.split("\n").length - 1, character: 0 };
      const { items } = (await server.ask("textDocument/completion", { textDocument: { uri }, position })) as {
        readonly items: readonly { readonly label: string }[];
      };
      return { diagnostics, offered: items.map(({ label }) => label) };
    },
  };
}

/** JSON-RPC with the headers of the language server protocol. */
function connect(child: ChildProcess) {
  const { stdin, stdout } = child;
  const answers = new Map<number, (result: unknown) => void>();
  const waiting = new Map<string, (diagnostics: string[]) => void>();
  let asked = 0;
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = ({ id, method, params, result }: Message) => {
    if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { uri: string; diagnostics: { message: string }[] };
      waiting.get(uri)?.(diagnostics.map(({ message }) => message));
      waiting.delete(uri);
    } else if (method !== undefined && id !== undefined) {
      const items = (params as { items?: unknown[] }).items ?? [];
      send({ id, result: method === "workspace/configuration" ? items.map(() => settings) : null });
    } else if (id !== undefined) answers.get(id)?.(result);
  };
  let read = Buffer.alloc(0);
  stdout!.on("data", (chunk: Buffer) => {
    read = Buffer.concat([read, chunk]);
    for (;;) {
      const [header, length] = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(read.toString("latin1")) ?? [];
      if (header === undefined || read.length < header.length + Number(length)) return;
      const end = header.length + Number(length);
      take(JSON.parse(read.subarray(header.length, end).toString()) as Message);
      read = read.subarray(end);
    }
  });
  return {
    tell: (method: string, params: object) => send({ method, params }),
    ask: (method: string, params: object) =>
      new Promise<unknown>((resolve) => {
        asked += 1;
        answers.set(asked, resolve);
        send({ id: asked, method, params });
      }),
    diagnosticsOf: (uri: string) => new Promise<string[]>((resolve) => void waiting.set(uri, resolve)),
    close: () => void child.kill(),
  };
}
