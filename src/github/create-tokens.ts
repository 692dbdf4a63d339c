import { createAppAuth } from "@octokit/auth-app";
import type { Octokit } from "@octokit/core";
import { InstallationGone, InstallationSuspended, MissingPermission, NotThere, statusOf } from "./errors.ts";
import { missingPermissions, type Permissions } from "./permissions.ts";
import { translateError } from "./translate-error.ts";

interface TokenWish {
  readonly installationId: number;
  /** The only repository that the token is for; all of the installation's where it is not given. */
  readonly repositoryId?: number | undefined;
  readonly permissions: Permissions;
}

/** The app as itself: it knows who it is, and gets tokens for its installations. */
export interface Tokens {
  /**
   * A token, kept until a minute before it expires; `isRefused` asks for another one. Throws InstallationGone,
   * InstallationSuspended, MissingPermission, NotThere and PostponeUntil.
   */
  readonly get: (wish: TokenWish, isRefused: boolean) => Promise<string>;
  readonly botLogin: () => Promise<string>;
}

export interface TokensOptions {
  readonly appId: number | string;
  readonly privateKey: string;
  /** Sends requests without a token. */
  readonly octokit: Octokit;
  readonly clock: () => Date;
}

export function createTokens({ appId, privateKey, octokit, clock }: TokensOptions): Tokens {
  const { request, log } = octokit;
  // With the request of this Octokit, or tokens would be asked of api.github.com wherever GitHub is.
  const authenticate = createAppAuth({ appId, privateKey, request, log });
  let bot: Promise<string> | null = null;

  async function asApp(): Promise<{ authorization: string }> {
    const { token } = await authenticate({ type: "app" });
    return { authorization: `bearer ${token}` };
  }

  function unknown(cause: unknown): Error {
    return new Error(`GitHub does not know the app ${appId} by its private key`, { cause });
  }

  async function explain(error: unknown, { installationId, permissions }: TokenWish): Promise<unknown> {
    const options = { cause: error };
    const translated = translateError(error, { now: clock(), installationId });
    if (isUnknown(error)) return unknown(error);
    if (translated instanceof NotThere) return new InstallationGone(installationId, options);
    if (statusOf(error) === 403 && translated === error) return new InstallationSuspended(installationId, options);
    if (statusOf(error) !== 422) return translated;
    // GitHub does not say what of the wish it would not grant.
    const { data } = await request("GET /app/installations/{installation_id}", {
      installation_id: installationId,
      headers: await asApp(),
    });
    const missing = missingPermissions(permissions, data.permissions);
    if (missing.length > 0) return new MissingPermission(missing, options);
    return new NotThere("the installation does not reach the repository", options);
  }

  async function askForLogin(): Promise<string> {
    const { data } = await request("GET /app", { headers: await asApp() });
    if (data?.slug === undefined) throw new Error("GitHub does not tell the app's slug");
    return data.slug;
  }

  return {
    get: async (wish, isRefused) => {
      const { installationId, repositoryId, permissions } = wish;
      try {
        const { token } = await authenticate({
          type: "installation",
          installationId,
          permissions: { ...permissions },
          ...(repositoryId === undefined ? {} : { repositoryIds: [repositoryId] }),
          refresh: isRefused,
        });
        return token;
      } catch (error) {
        throw await explain(error, wish);
      }
    },
    botLogin: () => {
      bot ??= askForLogin().catch((error: unknown) => {
        bot = null;
        if (isUnknown(error)) throw unknown(error);
        throw translateError(error, { now: clock(), installationId: 0 });
      });
      return bot;
    },
  };
}

/** The app's own settings are wrong then, and nothing else is. */
function isUnknown(error: unknown): boolean {
  const isNotFound = error instanceof Error && statusOf(error) === 404 && /integration/i.test(error.message);
  return statusOf(error) === 401 || isNotFound;
}
