import type { Clock } from "../../ports/clock.ts";
import type { Forge } from "../../ports/forge.ts";
import type { Pages } from "../../ports/pages.ts";
import { type AlertNews, alertEvent } from "./alert-event.ts";
import type { Webhook } from "./webhook.ts";

interface AnnouncingParts {
  readonly webhook: Webhook;
  readonly pages: Pages;
  readonly clock: Clock;
}

/**
 * A forge whose alerts are announced when they open, when they are about something else, and when they close. What was announced is noted on
 * the alert itself, so a run that is killed in between announces it again, with the same id, and no other run does.
 */
export function announcing(forge: Forge, { webhook, pages, clock }: AnnouncingParts): Forge {
  const eventOf = async (news: Omit<AlertNews, "source">) =>
    alertEvent({ ...news, source: (await pages.find())?.home ?? "urn:refit:local" });

  return {
    ...forge,
    async ensureAlert(repository, model, alert) {
      if (alert === null) {
        const open = await forge.alert(repository, model);
        if (open !== null && open.announced !== null) {
          const title = `refit(${model}): the alert is closed`;
          const closed = { state: "closed", model, title, body: null, place: open.url, at: clock.now() } as const;
          await webhook.send(await eventOf(closed));
        }
        return forge.ensureAlert(repository, model, null);
      }
      const place = await forge.ensureAlert(repository, model, alert);
      if (!("title" in alert)) return place;
      const open = place === null ? null : await forge.alert(repository, model);
      const opened = await eventOf({
        state: "opened",
        model,
        title: alert.title,
        body: alert.body,
        place,
        at: alert.at,
      });
      if (open?.announced === opened.id || !(await webhook.send(opened))) return place;
      if (open !== null) await forge.ensureAlert(repository, model, { announced: opened.id });
      return place;
    },
  };
}
