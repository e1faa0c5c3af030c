/** As in `plugins` of nx.json. */
export const pluginName = "@refit/nx";
