import type { AppClient } from "./create-app-client.ts";

/** Where the app is installed. */
export interface ListedInstallation {
  readonly installationId: number;
  /** Null where GitHub does not tell. */
  readonly account: { readonly id: number; readonly login: string } | null;
}

const pageSize = 100;

/**
 * All installations of the app, those that are suspended among them. Throws what AppClient throws.
 * https://docs.github.com/en/rest/apps/apps#list-installations-for-the-authenticated-app
 */
export async function listInstallations({ request }: AppClient): Promise<ListedInstallation[]> {
  const listed: ListedInstallation[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await request("GET /app/installations", { per_page: pageSize, page });
    for (const { id, account } of data) {
      const isKnown = account !== null && "login" in account;
      listed.push({
        installationId: id,
        account: isKnown ? { id: account.id, login: account.login } : null,
      });
    }
    if (data.length < pageSize) return listed;
  }
}
