import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether a body carries the signature of one of the secrets. Takes as long whichever it is, and wherever a wrong one
 * differs. https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function isSigned(body: Uint8Array, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(/^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1] ?? "", "hex");
  let isOne = false;
  for (const secret of secrets) {
    const wanted = createHmac("sha256", secret).update(body).digest();
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) isOne = true;
  }
  return isOne;
}
