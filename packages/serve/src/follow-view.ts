import type { ServedView, ViewRows } from "./views.ts";

/** The file of a view as it is now, which is read when it is another one than before. */
export interface FoundView {
  /** A file with the id of the last one is not read again. */
  readonly id: string;
  open(): Promise<ViewRows>;
}

/** Where the newest values of a view lie. */
export interface ViewSource {
  readonly name: string;
  /** @throws where there is no file */
  find(): Promise<FoundView>;
}

/** A view that is looked at again and again. */
export interface FollowedView extends ServedView {
  /** Looks now. It never throws: what is wrong is said by `stale`. */
  check(): Promise<void>;
}

/**
 * A view whose file may be replaced. A new one is read beside the old one and only then looked up in; one that is damaged or half-written
 * never is, and the last good one stays.
 *
 * @param onChange told when another file answers, and when the reason changes for which it may not be what is there.
 * @throws where the first one cannot be read
 */
export async function followView(
  source: ViewSource,
  onChange: (view: ServedView) => void = () => {},
): Promise<FollowedView> {
  const first = await source.find();
  let live = { id: first.id, rows: await first.open() };
  let stale: string | null = null;
  const view: FollowedView = {
    name: source.name,
    get rows() {
      return live.rows;
    },
    get stale() {
      return stale;
    },
    async check() {
      const before = { live, stale };
      try {
        const found = await source.find();
        if (found.id !== live.id) live = { id: found.id, rows: await found.open() };
        stale = null;
      } catch (error) {
        stale = error instanceof Error ? error.message : String(error);
      }
      if (live !== before.live || stale !== before.stale) onChange(view);
    },
  };
  return view;
}
