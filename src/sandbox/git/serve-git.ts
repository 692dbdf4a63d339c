import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isolation } from "./git-in.ts";
import { parseCgiHeaders } from "./parse-cgi-headers.ts";

/** A request of git's smart HTTP protocol (gitprotocol-http(5)). */
export interface GitRequest {
  readonly method: string;
  /** What follows the repository's address. */
  readonly service: "/info/refs" | "/git-upload-pack" | "/git-receive-pack";
  /** Without its `?`. */
  readonly query: string;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly contentLength: string | null;
  /** The header `Git-Protocol`. */
  readonly gitProtocol: string | null;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly remoteUser: string | null;
}

export interface GitResponse {
  readonly status: number;
  /** Their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReadableStream<Uint8Array>;
  /** Once git has ended, as after a push when all refs are where they shall be; with its complaints, if any. */
  readonly ended: Promise<{ readonly status: number; readonly stderr: string }>;
}

/** Whoever asked went away in the middle of it: there is nobody to answer, and nothing wrong with git. */
export class RequestBroken extends Error {
  override readonly name = "RequestBroken";
}

/**
 * Answers a request by `git http-backend`, passing on both bodies as they come and no faster than they are taken.
 * Git is ended where the answer is cancelled or the request breaks off. Who may do what, and how much may be sent,
 * is the caller's matter. Throws a RequestBroken where the request breaks off before git answers, and an Error where
 * git gives no answer.
 */
export async function serveGit(directory: string, request: GitRequest): Promise<GitResponse> {
  const child = spawn("git", ["http-backend"], { cwd: directory, env: cgiEnvironment(directory, request) });
  const ended = endOf(child);
  let isBroken = false;
  if (request.body === null) child.stdin.on("error", () => {}).end();
  else void passOn(request.body, child, () => (isBroken = true));
  const chunks = child.stdout.iterator()[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  for (;;) {
    const { done, value } = (await chunks.next()) as IteratorResult<Buffer>;
    if (done === true && isBroken) throw new RequestBroken("the request broke off before git could answer");
    if (done === true) throw new Error(`git http-backend gave no answer: ${(await ended).stderr.trim()}`);
    start = Buffer.concat([start, value]);
    const answer = parseCgiHeaders(start);
    if (answer !== null) return { ...answer, body: bodyOf(answer.rest, chunks, child), ended };
  }
}

/** The request's body to git. Git may end before it has read all; if the request ends too early, so does git. */
async function passOn(
  body: ReadableStream<Uint8Array>,
  child: ChildProcessWithoutNullStreams,
  onBroken: () => void,
): Promise<void> {
  try {
    await pipeline(Readable.fromWeb(body), child.stdin);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EPIPE") return;
    onBroken();
    child.kill();
  }
}

function bodyOf(
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
  child: ChildProcessWithoutNullStreams,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (first.length > 0) controller.enqueue(first);
      },
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        child.kill();
        child.stdout.destroy();
      },
    },
    // Git waits until somebody wants more.
    { highWaterMark: 0 },
  );
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<{ status: number; stderr: string }> {
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  return new Promise((settle) => {
    child.on("error", (error) => settle({ status: 128, stderr: error.message }));
    child.on("close", (status) => settle({ status: status ?? 128, stderr }));
  });
}

/** See git-http-backend(1); of this process's own variables git needs only where programs are. */
function cgiEnvironment(directory: string, request: GitRequest): NodeJS.ProcessEnv {
  const given: Record<string, string | null> = {
    CONTENT_TYPE: request.contentType,
    CONTENT_LENGTH: request.contentLength,
    HTTP_CONTENT_ENCODING: request.contentEncoding,
    GIT_PROTOCOL: request.gitProtocol,
    REMOTE_USER: request.remoteUser,
  };
  return {
    ...isolation,
    PATH: process.env["PATH"],
    LC_ALL: "C",
    GIT_PROJECT_ROOT: resolve(directory),
    GIT_HTTP_EXPORT_ALL: "",
    PATH_INFO: request.service,
    REQUEST_METHOD: request.method,
    QUERY_STRING: request.query,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  };
}
