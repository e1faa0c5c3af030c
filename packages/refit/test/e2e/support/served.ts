import { createApp, follow, type FollowedModel } from "../../../../serve/src/index.ts";
import { onTestFinished } from "vitest";
import { liveSources } from "../../../src/runs/serve/live-sources.ts";
import type { Scene } from "./scene.ts";

export interface ServedAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface ServedScene {
  readonly model: FollowedModel;
  readonly notices: readonly string[];
  /** @param body left out: GET */
  ask(path: string, body?: unknown): Promise<ServedAnswer>;
}

/** The model `churn` of a scene as `refit serve` follows it and answers for it, in this process. */
export async function servedScene(scene: Scene): Promise<ServedScene> {
  const ports = await scene.ports();
  const notices: string[] = [];
  const out = { ...ports.out, notice: (sentence: string) => void notices.push(sentence) };
  const [source] = liveSources({ ...ports, out }, ["churn"]);
  const model = await follow("churn", source!.find, { pollMilliseconds: Infinity });
  onTestFinished(() => model.close());
  const app = createApp([model], {
    limits: { bodyBytes: 10_000_000 },
    onError: (error) => notices.push(String(error)),
  });
  return {
    model,
    notices,
    async ask(path, body) {
      const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const response = await app.fetch(new Request(`http://localhost${path}`, init));
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
      return {
        status: response.status,
        body: isJson ? (JSON.parse(text) as ServedAnswer["body"]) : { text },
      };
    },
  };
}
