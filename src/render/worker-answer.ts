import { z } from "zod";

/** What the thread for templates says of one of them. */
export const workerAnswerShape = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), text: z.string() }),
  z.object({ ok: z.literal(false), message: z.string(), line: z.number().nullable() }),
]);

export type WorkerAnswer = z.infer<typeof workerAnswerShape>;
