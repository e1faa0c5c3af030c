import { flatName } from "@refit/core/history";

/** Where the files of a model are, from the top of the site. Names of models are letters, digits and dashes, held by `flatName`. */
export function placesOf(model: string) {
  const folder = `models/${flatName(model)}`;
  return {
    folder,
    page: `${folder}/index.html`,
    chart: `${folder}/metric.svg`,
    strip: `${folder}/drift.svg`,
    badge: `${folder}/badge.svg`,
    api: `api/${folder}/index.json`,
    version: (number: number) => `${folder}/v${number}.html`,
    /** What happened earlier, in parts that stay as they are. */
    earlier: (part: number) => ({
      page: `${folder}/history-${part}.html`,
      chart: `${folder}/history-${part}.svg`,
      api: `api/${folder}/history-${part}.json`,
    }),
  };
}

/** The last part of a path. */
export const nameOfFile = (path: string) => path.slice(path.lastIndexOf("/") + 1);
