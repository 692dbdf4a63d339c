import { parentPort } from "node:worker_threads";
import Handlebars from "handlebars";
import { renderChecked, type TemplateToRender } from "./render-checked.ts";
import { TemplateFailed } from "./template-failed.ts";
import type { WorkerAnswer } from "./worker-answer.ts";

function answer(job: TemplateToRender): WorkerAnswer {
  try {
    return { ok: true, text: renderChecked(job) };
  } catch (error) {
    if (error instanceof TemplateFailed) return { ok: false, message: error.message, line: error.line };
    return { ok: false, message: "It cannot be rendered.", line: null };
  }
}

// Nobody reads what Handlebars would say of a value that it does not give out.
Handlebars.logger.log = () => {};
function say(what: "ready" | WorkerAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origins
  parentPort?.postMessage(what);
}

parentPort?.on("message", (job: TemplateToRender) => say(answer(job)));
say("ready");
