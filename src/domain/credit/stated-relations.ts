/** Another pull request, as a text names it. */
export interface Reference {
  readonly number: number;
  /** `owner/name`, or a repository's whole address, in lower case; null where the text names none. */
  readonly repository: string | null;
}

/** What one sentence says of others. */
export interface StatedRelation {
  readonly kind: "supersedes" | "backport of" | "reverts";
  readonly references: readonly Reference[];
}

const subject = "(?:this (?:(?:pr|pull request) )?)?";

const statements = [
  {
    kind: "supersedes",
    pattern: new RegExp(
      `^${subject}(?:supersedes|replaces|takes over(?: from)?|continues(?: (?:the )?work (?:of|in|from|on))?):? `,
      "i",
    ),
  },
  {
    kind: "backport of",
    pattern: new RegExp(
      `^(?:${subject}backports|(?:this (?:(?:pr|pull request) )?is )?(?:an? )?(?:(?:automatic|automated|manual) )?backport of):? `,
      "i",
    ),
  },
  // `Reverts owner/name#12` is what GitHub's button writes.
  { kind: "reverts", pattern: new RegExp(`^${subject}reverts:? `, "i") },
] as const;

const reference =
  /^(?:(?:the )?(?:pull requests?|prs?) )?(?:(?:([\w.-]{1,100}\/[\w.-]{1,100})?#|gh-)(\d{1,9})|<?(https?:\/\/[^\s<>]{1,300}?)\/(?:pull|issues)\/(\d{1,9})(?:\/\w*)?(?:#[\w-]*)?>?)(?![\w'’/-])/i;
const separator = /^(?:,? (?:and|&|\+) |, ?| )/;

/** Far more than anybody names. */
const mostReferences = 50;

/**
 * What a sentence says at its start: `Supersedes #12`, `Takes over acme/tides#12 and #13`, `Backport of #12`, `Reverts #12`, in
 * any case. Null where it says nothing of the kind.
 */
export function readStatement(sentence: string): StatedRelation | null {
  for (const { kind, pattern } of statements) {
    const [beginning] = pattern.exec(sentence) ?? [];
    if (beginning === undefined) continue;
    const references = readReferences(sentence.slice(beginning.length));
    return references.length === 0 ? null : { kind, references };
  }
  return null;
}

function readReferences(list: string): Reference[] {
  const references: Reference[] = [];
  for (let rest = list; references.length < mostReferences; ) {
    const found = reference.exec(rest);
    if (found === null) break;
    const [whole, place, plain, address, inAddress] = found;
    references.push({
      number: Number(plain ?? inAddress),
      repository: (place ?? address)?.toLowerCase() ?? null,
    });
    rest = rest.slice(whole.length);
    const [between] = separator.exec(rest) ?? [];
    if (between === undefined) break;
    rest = rest.slice(between.length);
  }
  return references;
}
