/** One of the mistakes that GitHub lists in an answer with status 422. */
export interface FieldError {
  readonly resource: string;
  readonly field?: string;
  readonly code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  readonly message?: string;
}

/** What GitHub would not do, with the status and the words that it answers. Anything else that is thrown is our bug. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly errors: readonly (FieldError | string)[];

  constructor(status: number, message: string, errors: readonly (FieldError | string)[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** To whoever may not know that it exists as well as where there is nothing. */
export function notFound(): Refusal {
  return new Refusal(404, "Not Found");
}

/** An app's token lacks the permission. */
export function notAccessible(): Refusal {
  return new Refusal(403, "Resource not accessible by integration");
}

export function invalid(...errors: FieldError[]): Refusal {
  return new Refusal(422, "Validation Failed", errors);
}
