/** What to do where an export was made with another backbone than the deployment runs. Reads the export's first line only. */
import { z } from "zod";
import type { BackboneRack } from "../backbone/backbone-rack.ts";
import { ApiError } from "../import/api-client.ts";
import { CommandError } from "../shared/command.ts";
import { readLines } from "./read-lines.ts";

const headerSchema = z.object({ backboneId: z.string() });

/** The id of the backbone that a deployment runs, and the backbones of its kind. */
export interface Deployed {
  readonly backboneId: string;
  readonly rack: BackboneRack;
}

/** Does `work`; where it ends because `file` was made with another backbone, throws `CommandError` that also says how to get that one. */
export async function explainBackbone<T>(
  file: string,
  findDeployed: () => Promise<Deployed>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code !== "backbone_mismatch") throw cause;
    const [{ backboneId, rack }, id] = [await findDeployed(), await readBackboneId(file)];
    if (id === backboneId) throw cause; // it is what the deployment stores that is of another one
    throw new CommandError(`${cause.message}\n${await describeWay(id, rack)}`);
  }
}

async function describeWay(id: string, rack: BackboneRack): Promise<string> {
  const name = await rack.nameOf(id);
  const [which, way] =
    name === undefined ? ["not in this checkout", rack.bringBy(id, null)] : [name, `npm run backbone -- use ${name}`];
  return `The file's backbone is ${which}. Put it in place, and deploy before you restore:\n  ${way}`;
}

async function readBackboneId(file: string): Promise<string> {
  for await (const line of readLines(file)) return headerSchema.parse(JSON.parse(line.toString("utf8"))).backboneId;
  throw new CommandError(`${file} is empty.`);
}
