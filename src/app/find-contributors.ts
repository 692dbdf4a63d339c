import type { Contributor } from "../domain/contributors/list-contributors.ts";
import { linkTarget } from "../domain/credit/named-person.ts";
import { toPublicName } from "../domain/credit/public-person.ts";
import { readContributors } from "../store/contributors.ts";
import type { Database } from "../store/open-database.ts";

/** Everybody who has credit in a repository, as they may be named there: all but the app itself. */
export async function findContributors(
  database: Pick<Database, "query">,
  key: { readonly installationId: number; readonly repositoryId: number },
  {
    repository: { url, owner, name },
    ownLogin,
  }: {
    readonly repository: { readonly url: string; readonly owner: string; readonly name: string };
    /** The app's own, as `curtain-call[bot]`. */
    readonly ownLogin: string;
  },
): Promise<readonly Contributor[]> {
  const ending = `/${owner}/${name}`;
  const web = url.endsWith(ending) ? url.slice(0, -ending.length) : new URL(url).origin;
  const stored = await readContributors(database, key);
  return stored
    .map(({ key: person, login, name: written, isAssistant, roles }) => ({
      key: person,
      name: toPublicName(written) || (login ?? ""),
      login,
      url: login === null || isAssistant ? null : linkTarget(`${web}/${login}`),
      isAssistant,
      roles: new Set(roles),
    }))
    .filter(({ name: shown, login }) => shown !== ownLogin && login !== ownLogin);
}
