import { sha256 } from "../../sha256.ts";

/** What happened to an alert. */
export interface AlertNews {
  readonly state: "opened" | "closed";
  /** Address of the repository, or a word for it where no forge keeps it. */
  readonly source: string;
  readonly model: string;
  readonly title: string;
  /** Markdown; `null`: there is nothing to say any more. */
  readonly body: string | null;
  /** Where it is; `null`: nowhere but in the output of the run. */
  readonly place: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** A CloudEvent 1.0 in JSON, with `text` for chat systems: one line, since attributes of events have no line breaks. */
export interface AlertEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: "refit.alert.opened" | "refit.alert.closed";
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly text: string;
  readonly data: {
    /** The same for all events of one alert. */
    readonly alert: string;
    readonly state: AlertNews["state"];
    readonly model: string;
    readonly title: string;
    readonly body: string | null;
    readonly url: string | null;
  };
}

/** The same news have the same `id`, however often they are sent, so that a receiver may leave out what it knows. */
export function alertEvent({ state, source, model, title, body, place, at }: AlertNews): AlertEvent {
  const alert = digestOf([source, model, place ?? ""]);
  const url = place !== null && /^https?:/.test(place) ? place : null;
  return {
    specversion: "1.0",
    id: digestOf([alert, title, state]),
    source,
    type: `refit.alert.${state}`,
    subject: model,
    time: new Date(at).toISOString(),
    datacontenttype: "application/json",
    text: url === null ? title : `${title}: ${url}`,
    data: { alert, state, model, title, body, url },
  };
}

const digestOf = (parts: readonly string[]) => sha256(JSON.stringify(parts));
