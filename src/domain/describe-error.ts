/** What the log says of an error. */
export type ErrorFields = {
  /** Its kind. */
  readonly error: string;
  /** A system's or a database's code, as ECONNREFUSED or 57P01, or the status of an HTTP answer. */
  readonly code?: string | number;
};

/** What may be said of an error in the log: never its message, which may quote what people wrote. */
export function describeError(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { error: "Error" };
  const code = "code" in error ? error.code : "status" in error ? error.status : undefined;
  const isCode = typeof code === "number" || (typeof code === "string" && /^\w{1,40}$/.test(code));
  return { error: error.name, ...(isCode && { code }) };
}
