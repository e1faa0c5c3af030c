import { Agent, request } from "node:http";
import type { Replica } from "./fleet.ts";
import { records, type KnownVersion } from "./versions.ts";

export interface Load {
  /** Answers so far. */
  readonly answered: number;
  /** Requests that were sent again, to another replica. */
  readonly sentAgain: number;
  /** Tree ids that have answered. */
  readonly seen: ReadonlySet<string>;
  /** @returns what was wrong: answers that are not those of the version they name, and requests without an answer. */
  stop(): Promise<readonly unknown[]>;
}

interface Asked {
  readonly replicas: readonly Replica[];
  /** Versions by the name of the model: those that were live at some time, by tree id. */
  readonly live: ReadonlyMap<string, ReadonlyMap<string, KnownVersion>>;
}

/** Clients that ask all the time over connections that stay open, and compare every answer. */
export function load({ replicas, live }: Asked, clients: number): Load {
  const seen = new Set<string>();
  const wrong: unknown[] = [];
  const counts = { answered: 0, sentAgain: 0 };
  const stopped = new AbortController();

  async function answerTo(agent: Agent, first: number, model: string): Promise<Answer> {
    for (let tries = 0; tries < 50; tries++) {
      const ready = replicas.filter(({ isReady, address }) => isReady && address !== null);
      const chosen = ready[(first + tries) % ready.length];
      if (chosen === undefined) return { status: 0, body: "No replica is ready." };
      try {
        return await send(agent, `${chosen.address}/models/${model}/predict`);
      } catch (error) {
        if (!isOfConnection(error)) throw error;
        counts.sentAgain += 1;
      }
    }
    return { status: 0, body: "Every connection failed." };
  }

  async function client(turn: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const names = [...live.keys()];
    for (let i = turn; !stopped.signal.aborted; i++) {
      const model = names[i % names.length]!;
      const { status, body } = await answerTo(agent, i, model);
      counts.answered += 1;
      const { treeId, answers } = status === 200 ? (JSON.parse(body) as { treeId: string; answers: unknown }) : {};
      const known = live.get(model)!.get(treeId ?? "");
      if (known === undefined || JSON.stringify(answers) !== known.answers) wrong.push({ model, status, body });
      else seen.add(known.treeId);
      await new Promise((settle) => setTimeout(settle, 2));
    }
    agent.destroy();
  }
  const all = Array.from({ length: clients }, (_, i) => client(i));
  return {
    get answered() {
      return counts.answered;
    },
    get sentAgain() {
      return counts.sentAgain;
    },
    seen,
    async stop() {
      stopped.abort();
      await Promise.all(all);
      return wrong;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const question = JSON.stringify({ records });

function send(agent: Agent, address: string): Promise<Answer> {
  return new Promise((settle, fail) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(question) };
    const sent = request(address, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => settle({ status: response.statusCode!, body: Buffer.concat(chunks).toString() }));
      response.on("error", fail);
    });
    sent.on("error", fail);
    sent.end(question);
  });
}

/** A client may send a request again where the connection was refused or ended. */
function isOfConnection(error: unknown): boolean {
  return ["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes((error as NodeJS.ErrnoException).code ?? "");
}
