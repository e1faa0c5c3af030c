import { describe, expect, it } from "vitest";
import type {
  Forge,
  LaterSection,
  ProposalRequest,
  ProposalState,
} from "../../../../packages/refit/src/ports/forge.ts";
import type { Repository } from "../../../../packages/refit/src/ports/repository.ts";

/** One repository on a forge, on whose branch `refit--churn` versions of the model `churn` are proposed. */
export interface ForgeScene {
  readonly forge: Forge;
  locate(): Promise<Repository>;
  /** Commits a version with this content to the branch and shares it, as the last step of a run does. @returns its head. */
  push(content: string): Promise<string>;
  /** What that step asks for. */
  request(head: string, change?: Partial<Pick<ProposalRequest, "title" | "draft">>): ProposalRequest;
  /** The state of the proposal, after a look at what is shared. */
  look(): Promise<ProposalState | null>;
  /** A person merges the branch by this way. */
  merge(how: "merge" | "squash"): Promise<void>;
  /** A person commits to the branch. */
  commitAsPerson(): Promise<void>;
  /** Titles of the alerts that people see. */
  alerts(): Promise<readonly string[]>;
  /** What the open ones say. */
  alertTexts(): Promise<readonly string[]>;
}

type Section = LaterSection["section"];

const model = "churn";
const branch = "refit--churn";

/** The cases that every forge must pass. A forge's own tests hold what is special about it. */
export function forgeConformance(name: string, open: () => Promise<ForgeScene>): void {
  async function proposed(content = "1", change: Partial<Pick<ProposalRequest, "title" | "draft">> = {}) {
    const scene = await open();
    const head = await scene.push(content);
    const shown = await scene.forge.ensureProposal(await scene.locate(), scene.request(head, change));
    return { scene, head, shown };
  }

  describe(`a proposal on the forge ${name}`, () => {
    it("is open once it was shown, and there is none before", async () => {
      const scene = await open();
      expect(await scene.look()).toBeNull();

      const head = await scene.push("1");
      const { url, operation } = await scene.forge.ensureProposal(await scene.locate(), scene.request(head));

      expect(operation).toBe("created");
      expect(await scene.look()).toEqual({ branch, head, heldByPerson: false, complete: true, url, declinedAt: null });
    });

    it("is unchanged when it is shown again, and updated where a word is new", async () => {
      const { scene, head, shown } = await proposed();
      const show = async (change: Partial<Pick<ProposalRequest, "title" | "draft">>) =>
        scene.forge.ensureProposal(await scene.locate(), scene.request(head, change));

      expect([
        await show({}),
        await show({ title: "refit(churn): other words" }),
        await show({ title: "refit(churn): other words" }),
      ]).toEqual([
        { url: shown.url, operation: "unchanged" },
        { url: shown.url, operation: "updated" },
        { url: shown.url, operation: "unchanged" },
      ]);
    });

    it("takes the next version in its place", async () => {
      const { scene } = await proposed();
      await scene.look();
      const head = await scene.push("2");

      const { operation } = await scene.forge.ensureProposal(await scene.locate(), scene.request(head));

      expect(operation).toBe("updated");
      expect(await scene.look()).toMatchObject({ head, complete: true });
    });

    it("is held by a person who committed to its branch", async () => {
      const { scene } = await proposed();

      await scene.commitAsPerson();

      expect(await scene.look()).toMatchObject({ heldByPerson: true });
    });

    it.each(["merge", "squash"] as const)("is not open once it was merged: %s", async (how) => {
      const { scene } = await proposed();

      await scene.merge(how);

      expect(await scene.look()).toBeNull();
    });

    it("stays open with a remark, and is not open after one that closes it, however often it is said", async () => {
      const { scene } = await proposed();
      const say = async (sentence: string, closes: boolean) =>
        scene.forge.ensureRemark(await scene.locate(), { model, branch, sentence, closes, at: 1 });

      await say("Newer data wait.", false);
      await say("Newer data wait.", false);
      expect(await scene.look()).toMatchObject({ branch, declinedAt: null });
      await say("The champion moved.", true);
      await say("The champion moved.", true);

      expect(await scene.look()).toBeNull();
    });

    it("takes a later section below its report once, and loses it with the next version", async () => {
      const { scene, head } = await proposed();
      const text: Section["body"] = [{ kind: "paragraph", text: ["3 rows are decided otherwise"] }];
      const section: Section = { id: "shadow", title: "Shadow", body: text, keep: 50 };
      const add = async (about: string, digest: string) =>
        scene.forge.ensureSection(await scene.locate(), { model, branch, head: about, section, digest });
      const show = async (about: string) =>
        (await scene.forge.ensureProposal(await scene.locate(), scene.request(about))).operation;

      expect(await add(head, "0a")).toBe("created");
      expect(await add(head, "0a")).toBe("unchanged");
      expect(await add(head, "0b")).toBe("updated");
      expect(await show(head)).toBe("unchanged");
      expect(await add(head, "0b")).toBe("unchanged");

      await scene.look();
      const next = await scene.push("2");
      expect(await add(next, "0c")).toBe("none");
      await show(next);
      expect(await add(head, "0b")).toBe("none");
      expect(await add(next, "0c")).toBe("created");
    });

    it("comes back with a new version after it was closed", async () => {
      const { scene } = await proposed();
      const closing = { model, branch, sentence: "The champion moved.", closes: true, at: 1 };
      await scene.forge.ensureRemark(await scene.locate(), closing);
      await scene.look();
      const head = await scene.push("2");

      const { operation } = await scene.forge.ensureProposal(await scene.locate(), scene.request(head));

      expect(operation).toBe("created");
      expect(await scene.look()).toMatchObject({ head, declinedAt: null });
    });

    it("needs to exist before a remark says anything", async () => {
      const scene = await open();

      await scene.forge.ensureRemark(await scene.locate(), { model, branch, sentence: "No.", closes: true, at: 1 });

      expect(await scene.look()).toBeNull();
    });

    it("needs to exist before a section is shown", async () => {
      const scene = await open();
      const section: Section = { id: "shadow", title: "Shadow", body: [], keep: 50 };
      const later = { model, branch, head: "a".repeat(40), section, digest: "0a" };

      expect(await scene.forge.ensureSection(await scene.locate(), later)).toBe("none");
    });
  });

  describe(`the rest of the forge ${name}`, () => {
    it("has one alert per model, updated in place and closed, any number of times", async () => {
      const { forge, locate, alerts } = await open();
      const repository = await locate();
      const alert = { model, title: "The new data were refused", body: "- nulls", at: 0 };

      const first = await forge.ensureAlert(repository, model, alert);
      expect(await forge.ensureAlert(repository, model, { ...alert, title: "The new data are still refused" })).toBe(
        first,
      );
      expect(await alerts()).toEqual(["The new data are still refused"]);

      expect(await forge.ensureAlert(repository, model, null)).toBeNull();
      expect(await forge.ensureAlert(repository, model, null)).toBeNull();
      expect(await alerts()).toEqual([]);
    });

    it("notes something below an open alert, and opens none for it", async () => {
      const { forge, locate, alertTexts } = await open();
      const repository = await locate();
      const note = "The inputs have changed.";

      expect(await forge.ensureAlert(repository, model, { note })).toBeNull();
      await forge.ensureAlert(repository, model, { model, title: "Refused", body: "- nulls", at: 0 });
      const [plain] = await alertTexts();
      await forge.ensureAlert(repository, model, { note });
      await forge.ensureAlert(repository, model, { note: "They have changed again." });
      const [noted] = await alertTexts();
      await forge.ensureAlert(repository, model, { note: null });

      expect(noted).toContain("- nulls\n\n<!-- refit:note -->\n> They have changed again.");
      expect(noted).not.toContain(note);
      expect(await alertTexts()).toEqual([plain]);
    });

    it("keeps the mark of an alert that was announced, whatever it says next, until it closes", async () => {
      const { forge, locate } = await open();
      const repository = await locate();
      const alert = { model, title: "Refused", body: "- nulls", at: 0 };
      const mark = async () => (await forge.alert(repository, model))?.announced;

      expect(await forge.ensureAlert(repository, model, { announced: "0a" })).toBeNull();
      expect(await forge.alert(repository, model)).toBeNull();
      const url = await forge.ensureAlert(repository, model, alert);
      expect(await forge.alert(repository, model)).toEqual({ url, announced: null });
      await forge.ensureAlert(repository, model, { announced: "0a" });
      await forge.ensureAlert(repository, model, { ...alert, body: "- nulls\n- more" });
      await forge.ensureAlert(repository, model, { note: "It is older." });
      expect(await mark()).toBe("0a");
      await forge.ensureAlert(repository, model, { announced: "0b" });
      expect(await mark()).toBe("0b");
      await forge.ensureAlert(repository, model, null);
      await forge.ensureAlert(repository, model, alert);
      expect(await mark()).toBeNull();
    });

    it("takes the same check twice", async () => {
      const { scene, head } = await proposed();
      const check = { model, head, inputDigest: "0123456789abcdef", conclusion: "failure", summary: "a gate" } as const;

      await scene.forge.ensureCheck(check);
      await scene.forge.ensureCheck(check);

      expect(await scene.look()).toMatchObject({ head });
    });

    it("says how large a file may be", async () => {
      const { limits } = (await open()).forge;

      expect(limits.warnFileMiB).toBeLessThanOrEqual(limits.mostFileMiB);
      expect(limits.rule).toContain(`${limits.mostFileMiB} MiB`);
    });
  });
}
