import { createHmac } from "node:crypto";

export const secret = "a secret of the tests";

/** A signed webhook request as GitHub sends it. */
export function signedRequest(
  id: string,
  payload: unknown,
  {
    event = "push",
    key = secret,
    body = JSON.stringify(payload),
  }: { event?: string; key?: string; body?: string } = {},
): { readonly method: "POST"; readonly headers: Record<string, string>; readonly body: string } {
  const headers = {
    "content-type": "application/json",
    "x-github-delivery": id,
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${createHmac("sha256", key).update(body).digest("hex")}`,
  };
  return { method: "POST", headers, body };
}
