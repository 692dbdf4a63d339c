/** The edge of something that a mutation made; its cursor leads nowhere yet. */
export function edgeTo(node: { readonly nodeId: string }): object {
  return { node, cursor: Buffer.from(`cursor:v2:0:${node.nodeId}`).toString("base64") };
}
