import path from "node:path";
import { flatName } from "@refit/core/history";
import type { Files } from "../../../ports/files.ts";
import type { Forge } from "../../../ports/forge.ts";
import { decodeText, encodeText } from "../../../text.ts";
import { alertText, announcedIn } from "../alert-text.ts";

/** Alerts as pages in the git common directory, one for each model. */
export function localAlerts(files: Files): Pick<Forge, "alert" | "ensureAlert"> {
  const pageOf = (commonDir: string, model: string) => path.join(commonDir, "refit", "alerts", `${flatName(model)}.md`);

  async function textOf(page: string): Promise<string | null> {
    const found = await files.read(page);
    return found && decodeText(found);
  }

  return {
    async alert({ commonDir }, model) {
      const url = pageOf(commonDir, model);
      const text = await textOf(url);
      return text === null ? null : { url, announced: announcedIn(text) };
    },

    async ensureAlert({ commonDir }, model, alert) {
      const page = pageOf(commonDir, model);
      const before = await textOf(page);
      if (alert === null) {
        if (before !== null) await files.remove(page);
        return null;
      }
      const text = alertText(before, alert, ({ title, body, plainBody }) => `# ${title}\n\n${plainBody ?? body}`);
      if (text === null) return null;
      const told = `${text.trimEnd()}\n`;
      if (told !== before) await files.write(page, encodeText(told));
      return page;
    },
  };
}
