import { gitIn } from "./git-in.ts";
import { noObject, requireObjectIds } from "./object-ids.ts";
import { isValidRefName } from "./ref-names.ts";

/** Where a ref is thought to point, and where it shall point: null where it is not there, or shall go. */
export interface RefChange {
  /** In full, as `refs/heads/main`. */
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Why no ref was changed: one of them could not be. */
export class RefConflict extends Error {
  override readonly name = "RefConflict";
  readonly ref: string;
  /** It is elsewhere than thought; its name is none, or has another's as a folder; what it shall point to cannot be. */
  readonly reason: "moved" | "name" | "object";

  constructor({ ref, reason, message }: { ref: string; reason: RefConflict["reason"]; message: string }) {
    super(message);
    this.ref = ref;
    this.reason = reason;
  }
}

/** Changes all of these refs or none, in one process. Throws a RefConflict where that cannot be. */
export async function updateRefs(directory: string, changes: readonly RefChange[]): Promise<void> {
  if (changes.length === 0) return;
  requireObjectIds(...changes.flatMap(({ from, to }) => [from, to]).filter((sha) => sha !== null));
  const unnamed = changes.find(({ ref }) => !isValidRefName(ref));
  if (unnamed !== undefined) {
    const message = `${JSON.stringify(unnamed.ref)} is no name for a ref`;
    throw new RefConflict({ ref: unnamed.ref, reason: "name", message });
  }
  const { status, stderr } = await gitIn(directory, ["update-ref", "--stdin", "-z"], {
    input: changes.map(instruction).join(""),
    answers: [1, 128],
  });
  if (status !== 0) throw conflictOf(stderr, changes);
}

function instruction({ ref, from, to }: RefChange): string {
  if (to === null) return from === null ? `verify ${ref}\0${noObject}\0` : `delete ${ref}\0${from}\0`;
  return `update ${ref}\0${to}\0${from ?? noObject}\0`;
}

/** Git says `cannot lock ref '<ref>': <reason>`, or `update` in place of `lock` where the object will not do. */
function conflictOf(stderr: string, changes: readonly RefChange[]): Error {
  const [, verb = "", ref = "", message = ""] = /cannot (lock|update) ref '([^']*)': (.*)/.exec(stderr) ?? [];
  const named = changes.find((change) => change.ref === ref || change.ref === refOfObject(stderr));
  if (named === undefined) return new Error(`git update-ref failed: ${stderr.trim()}`);
  if (verb === "update") return new RefConflict({ ref: named.ref, reason: "object", message });
  const reason = /; cannot create |there is a non-empty directory|at the same time/.test(message) ? "name" : "moved";
  return new RefConflict({ ref: named.ref, reason, message });
}

function refOfObject(stderr: string): string | undefined {
  return /with nonexistent object [0-9a-f]+ '([^']*)'/.exec(stderr)?.[1];
}
