import { oneLine } from "../one-line.ts";
import { parseIdentity, parseNoreplyAddress } from "./identity.ts";
import { shorten } from "./named-person.ts";
import type { CreditedPerson, PullRequestCredit } from "./pull-request-credit.ts";
import { type Role, roles, trailerKeyOf } from "./roles.ts";

const longestName = 100;

/** The trailers that keep everybody's credit in a commit, ready to paste: by role, then by name, each once. */
export function pasteTrailers(credits: readonly PullRequestCredit[], author: CreditedPerson | null): string[] {
  const lines = roles.flatMap((role) =>
    credits.flatMap((credit) => {
      if (credit.role !== role || credit.person.key === author?.key) return [];
      return trailerFor(credit.person, role) ?? [];
    }),
  );
  return [...new Set(lines)];
}

/**
 * `Key: Name <address>` for one person in one role; null where no trailer says it, or no address is known. An address
 * is one that the person used in the commits, else GitHub's noreply address for the account: never any other.
 */
export function trailerFor(person: CreditedPerson, role: Role): string | null {
  const key = trailerKeyOf(role);
  const used = person.identities.filter(({ address }) => isPresentable(address ?? ""));
  const withId = used.find(({ address }) => parseNoreplyAddress(address)?.id === person.id);
  const noreply =
    person.id === null || person.login === null ? null : `${person.id}+${person.login}@users.noreply.github.com`;
  // An old noreply address breaks with the next change of the login.
  const lasting = used.find(({ address }) => parseNoreplyAddress(address) === null) ?? withId;
  const address = lasting?.address ?? noreply ?? used[0]?.address ?? null;
  if (key === null || address === null) return null;
  const name = shorten(oneLine(person.name), longestName).replace(/[<>]/g, "").trim();
  return `${key}: ${name}${name === "" ? "" : " "}<${address}>`;
}

/** No mail server takes a longer address: RFC 5321, 4.5.3.1.3. */
function isPresentable(address: string): boolean {
  return address.length <= 254 && parseIdentity(`<${address}>`) !== null && !/[\p{Cc}\p{Cf}]/u.test(address);
}
