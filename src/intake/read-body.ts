/** Why a body was not read. */
export class BodyRefused extends Error {
  override readonly name = "BodyRefused";
  readonly status: 408 | 413;

  constructor(status: 408 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

export interface BodyLimits {
  /** In bytes. */
  readonly size: number;
  /** For the whole of it, in milliseconds. */
  readonly time: number;
}

/** Reads a request's body, and no more of it than is allowed. Throws BodyRefused where it is too large or too slow. */
export async function readBody(request: Request, { size, time }: BodyLimits): Promise<Uint8Array> {
  const tooLarge = new BodyRefused(413, `The body is larger than ${size} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > size) throw tooLarge;
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new BodyRefused(408, "The body did not arrive in time.")), time);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    while (true) {
      const part: { done: boolean; value?: Uint8Array } = await Promise.race([reader.read(), late.promise]);
      if (part.value === undefined) break;
      length += part.value.byteLength;
      if (length > size) throw tooLarge;
      parts.push(part.value);
    }
  } catch (error) {
    // Whatever is still to come is not wanted; the refusal has been decided.
    reader.cancel().catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(parts, length);
}
