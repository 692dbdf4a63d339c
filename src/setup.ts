import { runSetup } from "./main/run-setup.ts";

await runSetup(process);
