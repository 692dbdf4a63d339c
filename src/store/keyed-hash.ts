import { createHmac } from "node:crypto";
import { asciiLowerCase } from "../domain/ascii-lower-case.ts";

/** Stands for what may not be kept: the same text gives the same hash, and nobody without the key finds out which. */
export interface KeyedHash {
  readonly address: (text: string) => string;
  readonly account: (id: number) => string;
}

const keyLength = 32;
const hashLength = 32;

/** HMAC-SHA256 (RFC 2104), cut to 128 bits in hexadecimal, a domain of its own for each kind. The key has 32 bytes. */
export function createKeyedHash(key: Uint8Array): KeyedHash {
  if (key.length !== keyLength) throw new Error(`the ledger's key has ${key.length} bytes and not ${keyLength}`);
  return {
    // As git compares addresses.
    address: (text) => hashWith(key, "address", asciiLowerCase(text)),
    account: (id) => hashWith(key, "account", String(id)),
  };
}

/** By what a key is known again. */
export function fingerprintOf(key: Uint8Array): string {
  return hashWith(key, "fingerprint", "");
}

function hashWith(key: Uint8Array, kind: string, text: string): string {
  return createHmac("sha256", key).update(`curtain-call ${kind}\0${text}`).digest("hex").slice(0, hashLength);
}
