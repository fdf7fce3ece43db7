/** A tapped drawing as the file that it is. */
import { err, ok, type Result } from "../../shared/result.ts";
import { describeFailure, type Problem } from "./problem.ts";

/** The picture came with the page, so that the browser need not ask for it again. */
export async function readDrawing(sample: HTMLElement): Promise<Result<Blob, Problem>> {
  try {
    const { src } = sample.querySelector("img") ?? {};
    const response = await fetch(src ?? "", { cache: "force-cache" });
    if (!response.ok) throw new TypeError(`no ${src}`);
    return ok(await response.blob());
  } catch (thrown) {
    return err(describeFailure(thrown));
  }
}
