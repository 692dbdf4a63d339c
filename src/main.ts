import { runService } from "./main/run-service.ts";

await runService(process);
