const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is asked of a process. */
type EndingProcess = Pick<NodeJS.EventEmitter, "on" | "off"> & Pick<NodeJS.Process, "pid" | "kill">;

/**
 * Does something before this process ends: by itself, or since a person or a runner told it to. The newest task comes first.
 *
 * @returns takes the task back.
 */
export const whenEnding: (task: () => void) => () => void = tasksAtEndOf(process);

/** It listens only while there is a task. */
export function tasksAtEndOf(ending: EndingProcess): typeof whenEnding {
  const tasks: (() => void)[] = [];
  const doAll = () => {
    while (tasks.length > 0) {
      try {
        tasks.pop()!();
      } catch {
        // Nobody is left to be told, and the others count, too: such as a folder in which a thread still writes. A later run removes it.
      }
    }
  };
  /** Then the signal does what it does to every process. */
  const endBy = (signal: NodeJS.Signals) => {
    doAll();
    stopListening();
    ending.kill(ending.pid, signal);
  };
  const stopListening = () => {
    ending.off("exit", doAll);
    for (const signal of signals) ending.off(signal, endBy);
  };
  return (task) => {
    if (tasks.length === 0) {
      ending.on("exit", doAll);
      for (const signal of signals) ending.on(signal, endBy);
    }
    tasks.push(task);
    return () => {
      const at = tasks.lastIndexOf(task);
      if (at >= 0) tasks.splice(at, 1);
      if (tasks.length === 0) stopListening();
    };
  };
}
