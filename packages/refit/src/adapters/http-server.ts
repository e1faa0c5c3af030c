import { pathToFileURL } from "node:url";
import { PackageMissingError } from "@refit/core/errors";
import type { HttpServer } from "../ports/http-server.ts";
import { version } from "../version.ts";
import { installedFile } from "./installed-package.ts";

const name = "@refit/serve";

/** The server of `@refit/serve`, which is found by its name: who serves no model does not carry it. */
export const installedServer: HttpServer = {
  async serve(request) {
    const file = installedFile(
      name,
      "node",
      (found) => new PackageMissingError("`refit serve`", { name, version, found, page: "serve.md" }),
    );
    const { serveSources } = (await import(pathToFileURL(file).href)) as { serveSources: HttpServer["serve"] };
    await serveSources(request);
  },
};
