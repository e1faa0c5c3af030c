/**
 * `**` and `Math.pow` give different last bits on Node 20 and 24, so models and reports would not be the same bytes.
 * Write `x * x`, or `Math.exp(k * Math.log(b))`.
 */
const noPower = {
  meta: {
    type: "problem",
    messages: { power: "`{{found}}` differs between Node versions: multiply, or use Math.exp." },
  },
  create(context) {
    const report = (node, found) => context.report({ node, messageId: "power", data: { found } });
    return {
      BinaryExpression: (node) => node.operator === "**" && report(node, "**"),
      AssignmentExpression: (node) => node.operator === "**=" && report(node, "**="),
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name;
        if (node.object.type === "Identifier" && node.object.name === "Math" && name === "pow")
          report(node, "Math.pow");
      },
    };
  },
};

// The linter asks for a default export.
export default { meta: { name: "refit" }, rules: { "no-power": noPower } };
