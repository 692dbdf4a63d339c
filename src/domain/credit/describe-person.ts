import type { Appearance, Person } from "./people.ts";

/** How a person is shown. */
export interface PersonDescription {
  readonly name: string;
  /** The newest GitHub login that one of their noreply addresses shows. */
  readonly login: string | null;
  readonly email: string;
}

/** The name, login and address to show for a person: those most used, the newest on a tie. */
export function describePerson(person: Person): PersonDescription {
  const { appearances, assistant } = person;
  const withLogin = appearances.filter((appearance) => appearance.login !== null);
  const newest = withLogin.reduce<Appearance | null>(
    (best, one) => (best && best.order < one.order ? best : one),
    null,
  );
  return {
    name: assistant ?? mostUsed(appearances, (appearance) => appearance.name),
    login: newest?.login ?? null,
    email: mostUsed(appearances, (appearance) => appearance.address),
  };
}

/** The text with the highest count; an empty one only where there is no other. */
function mostUsed(appearances: readonly Appearance[], textOf: (appearance: Appearance) => string): string {
  const uses = new Map<string, { count: number; order: number }>();
  for (const appearance of appearances) {
    const text = textOf(appearance);
    const known = uses.get(text) ?? { count: 0, order: appearance.order };
    uses.set(text, {
      count: known.count + appearance.count,
      order: Math.min(known.order, appearance.order),
    });
  }
  const [best] = [...uses].toSorted(
    ([left, leftUse], [right, rightUse]) =>
      Number(left === "") - Number(right === "") || rightUse.count - leftUse.count || leftUse.order - rightUse.order,
  );
  return best?.[0] ?? "";
}
