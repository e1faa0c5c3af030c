import { flatName } from "@refit/core/history";

/** Paths of the files of a model, relative to the root of the site. `flatName` leaves only letters, digits and dashes in them. */
export function sitePaths(model: string) {
  const folder = `models/${flatName(model)}`;
  return {
    folder,
    page: `${folder}/index.html`,
    chart: `${folder}/metric.svg`,
    strip: `${folder}/drift.svg`,
    badge: `${folder}/badge.svg`,
    api: `api/${folder}/index.json`,
    version: (number: number) => `${folder}/v${number}.html`,
    /** Pages of earlier events. @param number from 1, oldest first */
    earlier: (number: number) => ({
      page: `${folder}/history-${number}.html`,
      chart: `${folder}/history-${number}.svg`,
      api: `api/${folder}/history-${number}.json`,
    }),
  };
}

/** The last part of a path. */
export const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
