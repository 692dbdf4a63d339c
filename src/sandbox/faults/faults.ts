import { createHash } from "node:crypto";

/** What can go wrong with a request: before its effect, or after it, when only the answer is lost. */
export type RequestFaultKind =
  | "500"
  | "502"
  | "500-after"
  | "502-after"
  | "hang"
  | "reset"
  | "reset-after"
  | "secondary-limit"
  | "slow";
/** What can go wrong with a webhook on its way. */
export type WebhookFaultKind = "lost" | "doubled" | "delayed" | "reordered";

export const requestFaultKinds: readonly RequestFaultKind[] = [
  "500",
  "502",
  "500-after",
  "502-after",
  "hang",
  "reset",
  "reset-after",
  "secondary-limit",
  "slow",
];
export const webhookFaultKinds: readonly WebhookFaultKind[] = ["lost", "doubled", "delayed", "reordered"];

export interface RequestFault {
  readonly kind: RequestFaultKind;
  /** For "slow". */
  readonly milliseconds: number;
}

export interface WebhookFault {
  readonly kind: WebhookFaultKind;
  /** For "delayed". */
  readonly milliseconds: number;
}

/** A kind of fault, what it befalls, and how often. */
export interface FaultRule {
  readonly kind: RequestFaultKind | WebhookFaultKind;
  /** Of requests; any where it is not given. */
  readonly method?: string | undefined;
  /** What the path of a request begins with, `/api/v3` left out; any where it is not given. */
  readonly path?: string | undefined;
  /** Of webhooks; any where it is not given. */
  readonly event?: string | undefined;
  /** How likely each is befallen, from 0 to 1. */
  readonly probability: number;
  /** After how many it is over; null for never. */
  readonly times: number | null;
  readonly milliseconds: number;
}

export interface Faults {
  /** Takes the place of all earlier rules. The same seed and the same requests give the same faults. */
  readonly arrange: (rules: readonly FaultRule[], seed: string) => void;
  readonly nextForRequest: (method: string, path: string) => RequestFault | null;
  readonly nextForWebhook: (event: string) => WebhookFault | null;
  /** The rules as they stand, with how often each may yet strike. */
  readonly rules: () => readonly FaultRule[];
}

/** Faults on demand: nothing goes wrong until rules are arranged. */
export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  let draw = drawer("");

  function strike<Kind>(
    kinds: readonly Kind[],
    matches: (rule: FaultRule) => boolean,
  ): { kind: Kind; milliseconds: number } | null {
    for (const entry of rules) {
      const kind = kinds.find((one) => one === (entry.rule.kind as unknown));
      if (kind === undefined || entry.left === 0 || !matches(entry.rule)) continue;
      if (draw() >= entry.rule.probability) continue;
      entry.left -= 1;
      return { kind, milliseconds: entry.rule.milliseconds };
    }
    return null;
  }

  return {
    arrange: (wanted, seed) => {
      rules = wanted.map((rule) => ({ rule, left: rule.times ?? Infinity }));
      draw = drawer(seed);
    },
    nextForRequest: (method, path) =>
      strike(requestFaultKinds, (rule) => {
        return (
          (rule.method === undefined || rule.method === method) &&
          (rule.path === undefined || path.startsWith(rule.path))
        );
      }),
    nextForWebhook: (event) => strike(webhookFaultKinds, (rule) => rule.event === undefined || rule.event === event),
    rules: () => rules.map(({ rule, left }) => ({ ...rule, times: left === Infinity ? null : left })),
  };
}

/** Numbers from 0 to 1, the same for the same seed. */
function drawer(seed: string): () => number {
  let count = 0;
  return () => {
    const digest = createHash("sha256").update(`${seed} ${count++}`).digest();
    return digest.readUInt32BE() / 2 ** 32;
  };
}
