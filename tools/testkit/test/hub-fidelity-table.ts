import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer, openScene, repo, type Scene } from "./hub-scene.ts";

/**
 * A call with the status, and where a program reads it the message, that GitHub documents or was seen to give.
 * A row stands alone: rows of one table share a hub, never a state.
 */
export type Row = [what: string, call: (s: Scene) => Promise<{ status: number }>, status: number, message?: RegExp];

/** Tip of `main` and number of the pull request of `feature`, once `prepare` ran. */
export const known = { main: "", number: 0 };

export const nowhere = "0123456789012345678901234567890123456789";
/** One character more than a body may have. */
export const long = "x".repeat(65_537);

/** Opens a hub with one pull request, of `feature`. */
export async function prepare(): Promise<Scene> {
  const s = await openScene();
  known.number = await s.propose("feature");
  known.main = (await s.bot.git.getRef({ ...repo, ref: "heads/main" })).data.object.sha;
  return s;
}

export function table(name: string, rows: readonly Row[], settings: Parameters<Scene["hub"]["set"]>[0] = {}): void {
  let s: Scene;

  describe(`calls about ${name}`, () => {
    beforeAll(async () => {
      s = await prepare();
      s.hub.set(settings);
    });
    afterAll(() => s.hub.close());

    it.each<Row>(rows)("%s", async (_what, call, status, message = /^/) => {
      const given = await answer(call(s));

      expect(given).toEqual({ status, message: expect.stringMatching(message) });
    });

    it("asks for nothing that the hub lacks", () => {
      expect(s.hub.unknownRoutes).toEqual([]);
    });
  });
}
