import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TemplateToRender } from "./render-checked.ts";
import { TemplateFailed } from "./template-failed.ts";
import { workerAnswerShape } from "./worker-answer.ts";

export interface UntrustedRenderer {
  /**
   * Renders a checked template over plain data. Throws TemplateFailed where it cannot be, takes too long or too much
   * memory, or makes a text of more than `longest` characters, a million where it is not given.
   */
  readonly render: (wanted: Omit<TemplateToRender, "longest"> & { readonly longest?: number }) => Promise<string>;
  /** Ends what runs; nothing can be rendered any more. */
  readonly close: () => Promise<void>;
}

/** How long a worker may take to start, in milliseconds: it loads modules, on a machine that may be busy. */
const patience = 30_000;

/**
 * Renders templates that strangers wrote, one after the other, in a thread with limits and without an environment. The
 * thread starts with the first, and another takes its place after it had to be ended. `timeout` is in milliseconds,
 * `memory` in megabytes.
 */
export function createUntrustedRenderer({ timeout = 1000, memory = 64 } = {}): UntrustedRenderer {
  const closing = new AbortController();
  let worker: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function start(): Promise<Worker> {
    const started = new Worker(new URL("./untrusted-worker.ts", import.meta.url), {
      env: {},
      execArgv: [],
      argv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 },
    });
    // An idle one that dies is noticed here; without a listener its error would be the process's.
    started.on("error", () => forget(started));
    started.on("exit", () => forget(started));
    worker = started;
    try {
      await once(started, "message", { signal: AbortSignal.any([closing.signal, AbortSignal.timeout(patience)]) });
      return started;
    } catch (error) {
      await started.terminate();
      closing.signal.throwIfAborted();
      throw error;
    }
  }

  function forget(ended: Worker): void {
    if (worker === ended) worker = null;
  }

  async function renderNow(wanted: TemplateToRender): Promise<string> {
    closing.signal.throwIfAborted();
    const free = worker ?? (await start());
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    free.postMessage(wanted);
    const answer = workerAnswerShape.parse(await hear(free));
    if (!answer.ok) throw new TemplateFailed(answer.message, answer.line);
    return answer.text;
  }

  async function hear(busy: Worker): Promise<unknown> {
    try {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeout)]);
      const [message]: unknown[] = await once(busy, "message", { signal });
      return message;
    } catch (error) {
      forget(busy);
      await busy.terminate();
      closing.signal.throwIfAborted();
      throw new TemplateFailed(reasonOf(error, { timeout, memory }));
    }
  }

  return {
    render: ({ longest = 1_000_000, ...wanted }) => {
      const turn = last.then(() => renderNow({ ...wanted, longest }));
      last = turn.catch(() => {});
      return turn;
    },
    close: async () => {
      closing.abort(new Error("the renderer is closed"));
      await last;
      await worker?.terminate();
    },
  };
}

function reasonOf(error: unknown, { timeout, memory }: { timeout: number; memory: number }): string {
  if (!(error instanceof Error)) return "It ended for no reason that is known.";
  if (error.name === "AbortError") return `It takes longer than ${timeout} milliseconds.`;
  const isMemory = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isMemory ? `It takes more than ${memory} megabytes of memory.` : "It ends the thread that it is rendered in.";
}
