import { runSandbox } from "./sandbox/run-sandbox.ts";

await runSandbox(process);
