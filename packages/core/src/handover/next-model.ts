/** A model, or a group of models, that nobody has begun with. */
interface WaitingWork {
  readonly dataset: string;
}

/**
 * Which model a worker takes next. Models of one dataset go to the worker that has read it, since reading takes long and the
 * rows take memory; one that has nothing to do helps another with its dataset only when no other dataset is left.
 *
 * @param own the dataset that the worker has read last; `null`: none.
 * @param others the datasets that other workers have.
 * @returns its place in `waiting`; `null`: none is left.
 */
export function nextModel(
  waiting: readonly WaitingWork[],
  own: string | null,
  others: ReadonlySet<string>,
): number | null {
  const place = (fits: (one: WaitingWork) => boolean): number | null => {
    const at = waiting.findIndex(fits);
    return at === -1 ? null : at;
  };
  const ofOwn = own === null ? null : place(({ dataset }) => dataset === own);
  return ofOwn ?? place(({ dataset }) => !others.has(dataset)) ?? place(() => true);
}
