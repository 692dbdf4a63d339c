import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two texts are equal. Takes as long wherever they differ, and however long they are: for what is secret. */
export function isSameText(given: string, wanted: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(wanted));
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
