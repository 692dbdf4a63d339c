import { followRefs } from "../actions/change-refs.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { snapshotRefs } from "../git/refs.ts";
import { type GitResponse, RequestBroken, serveGit } from "../git/serve-git.ts";
import type { RefChange } from "../git/update-refs.ts";
import { actingAccount, type Caller, canSee, may } from "../identity/access.ts";
import { authenticate } from "../identity/authenticate.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository } from "../model/state.ts";
import { Refusal } from "../refusal.ts";

/** A request of git's, as `/acme/tides.git/info/refs?service=git-upload-pack`; null for all others. */
export function readGitRequest(url: URL): { owner: string; name: string; service: Service } | null {
  const service = services.find((one) => url.pathname.endsWith(one));
  if (service === undefined) return null;
  const [, owner, name] = /^\/([^/]+)\/([^/]+?)(?:\.git)?$/.exec(url.pathname.slice(0, -service.length)) ?? [];
  if (owner === undefined || name === undefined) return null;
  // What would have to be decoded is no name of an account or a repository, and is found nowhere.
  return { owner, name, service };
}

const services = ["/info/refs", "/git-upload-pack", "/git-receive-pack"] as const;
type Service = (typeof services)[number];

/** Serves clones and takes pushes, with a token as the password. A push brings about what it would on GitHub. */
export function createGitDoor(forge: Forge): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await answerGit(forge, request);
    } catch (error) {
      if (error instanceof RequestBroken) return new Response(`${error.message}\n`, { status: 400 });
      if (!(error instanceof Refusal)) throw error;
      const { status, message } = error;
      const headers: Record<string, string> = status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
      return new Response(`${message}\n`, {
        status,
        headers: { "content-type": "text/plain; charset=utf-8", ...headers },
      });
    }
  };
}

async function answerGit(forge: Forge, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const asked = readGitRequest(url);
  if (asked === null) throw new Refusal(404, "Not Found");
  const caller = await authenticate(forge, request.headers.get("authorization"));
  const isPush = asked.service === "/git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  const repository = findRepository(forge.state, asked.owner, asked.name);
  const allowed = requireGitAccess(caller, repository, isPush);
  const directory = gitDirectory(forge, allowed);
  const gitRequest = {
    method: request.method,
    service: asked.service,
    query: url.search.slice(1),
    contentType: request.headers.get("content-type"),
    contentEncoding: request.headers.get("content-encoding"),
    contentLength: request.headers.get("content-length"),
    gitProtocol: request.headers.get("git-protocol"),
    body: request.body,
    remoteUser: caller.kind === "anonymous" ? null : actingAccount(caller).login,
  };
  if (asked.service !== "/git-receive-pack") return toResponse(await serveGit(directory, gitRequest));
  return forge.inTurn(allowed, async () => {
    const before = await snapshotRefs(directory);
    const served = await serveGit(directory, gitRequest);
    // Whoever has pushed finds everything that follows from it done.
    const body = await new Response(served.body).arrayBuffer();
    await served.ended;
    const changes = changesBetween(before, await snapshotRefs(directory));
    const viaAppId = caller.kind === "installation" ? caller.installation.app.id : null;
    if (changes.length > 0) {
      await followRefs(forge, { repository: allowed, changes }, { account: actingAccount(caller), viaAppId });
    }
    return new Response(body, { status: served.status, headers: served.headers });
  });
}

function toResponse({ status, headers, body }: GitResponse): Response {
  return new Response(body, { status, headers });
}

/** Whoever is not signed in is asked to be, as git then tries its credentials; strangers find nothing. */
function requireGitAccess(caller: Caller, repository: Repository | null, isPush: boolean): Repository {
  const need = { role: isPush ? "write" : "read", permissions: [["contents", isPush ? "write" : "read"]] } as const;
  if (repository !== null && may(caller, repository, need)) {
    if (isPush && repository.archived) throw new Refusal(403, "This repository was archived so it is read-only.");
    return repository;
  }
  if (caller.kind === "anonymous") throw new Refusal(401, "Authentication required");
  if (repository === null || !canSee(caller, repository)) throw new Refusal(404, "Repository not found.");
  throw new Refusal(403, `Permission to ${repository.owner.login}/${repository.name}.git denied.`);
}

function changesBetween(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): RefChange[] {
  const refs = new Set([...before.keys(), ...after.keys()]);
  return Array.from(refs, (ref) => ({ ref, from: before.get(ref) ?? null, to: after.get(ref) ?? null })).filter(
    ({ from, to }) => from !== to,
  );
}
