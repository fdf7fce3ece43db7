/** Why a decoder refuses the bytes of a head, for both parts of its format. */
import { err, type Result } from "../shared/result.ts";

/** Why bytes are not what they should be. */
export interface CodecError {
  readonly code: "not_a_head" | "unsupported_version" | "wrong_length" | "not_finite" | "bad_class_ids";
  readonly message: string;
}

/** Wraps a reason as the error of a `Result`; `message` is shown to staff and says what to do. */
export function codecFailure(code: CodecError["code"], message: string): Result<never, CodecError> {
  return err({ code, message });
}

/** `found` and `expected` are bytes of the whole serialised head. */
export function wrongLength(found: number, expected: number): Result<never, CodecError> {
  const message = `The head has ${found} bytes instead of ${expected}: train again to write a new one.`;
  return codecFailure("wrong_length", message);
}

/** Refuses a head in which a weight, a bias or a constant is NaN or infinite. */
export function notFinite(): Result<never, CodecError> {
  return codecFailure("not_finite", "The head holds numbers that are not finite: train again to write a new one.");
}
