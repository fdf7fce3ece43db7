/**
 * Puts the encoder of Russian, Korean and English in place: reads the weights that the project carries, lays the network out, writes
 * model, tokenizer and manifest. tools/sentences trained it.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { HASHED_GRAMS } from "../../../src/text/tokeniser.ts";
import { CommandError, reasonOf } from "../../shared/command.ts";
import { MODELS_DIR } from "../../shared/project-paths.ts";
import { sha256Of } from "../file-identity.ts";
import { describeTextBackbone, type PlacedTextBackbone, placeTextBackbone } from "../placed-text-backbone.ts";
import { joinedBlocks, USUAL_CHARACTERS } from "../text-blocks.ts";
import { EMBEDDING, GRAM_IDS, layOutStudent } from "./lay-out-student.ts";
import { readSafetensors, type Tensors } from "./safetensors.ts";

/** What it is asked for by, and what its two files in `models/` are called. */
export const SENTENCES_RU_KO_EN = "sentences-ru-ko-en";

/** What lies beside the weights. */
const studentSchema = z.object({
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Scripts that it was taught, as Unicode names them. */
  scripts: z.array(z.string().regex(/^[A-Z][a-z]+$/)).min(1),
  languages: z.array(z.string().min(2)),
  licence: z.string().min(1),
  origin: z.string().min(1),
});
type Student = z.infer<typeof studentSchema>;

/** For tokens that are not grams: it reads none of them. */
const MAX_TOKENS = 128;

/**
 * Places it in `folder`. `characters` is how loud the characters are beside the encoder, 0 for not at all. Throws `CommandError`
 * when the weights are missing or are not the expected ones.
 */
export async function useThreeLanguages(
  folder: string,
  characters = USUAL_CHARACTERS,
  models = MODELS_DIR,
): Promise<PlacedTextBackbone> {
  const { student, weights } = await readStudent(models);
  const { model, numbers } = layOutStudent(weights);
  const tokenizer = describeGrams(student, weights);
  const manifest = describeTextBackbone(
    { model, tokenizer },
    {
      name: SENTENCES_RU_KO_EN,
      input: { name: GRAM_IDS, maxTokens: MAX_TOKENS },
      output: { name: EMBEDDING, blocks: joinedBlocks(numbers, characters) },
      languages: student.languages,
      licence: student.licence,
      origin: student.origin,
    },
  );
  return placeTextBackbone(folder, { model, tokenizer, manifest });
}

function describeGrams({ scripts }: Student, weights: Tensors): string {
  const [rows] = weights.shape("table");
  return JSON.stringify({ version: "1.0", model: { type: HASHED_GRAMS, rows, firstId: 0, scripts }, latin: null });
}

async function readStudent(models: string): Promise<{ student: Student; weights: Tensors }> {
  const file = path.join(models, `${SENTENCES_RU_KO_EN}.json`);
  const student = studentSchema.parse(JSON.parse((await read(file)).toString()));
  const weights = new Uint8Array(await read(path.join(models, student.file)));
  if (sha256Of(weights) !== student.sha256) {
    throw new CommandError(`models/${student.file} is not the file that ${file} describes. Run git checkout models.`);
  }
  return { student, weights: readSafetensors(weights) };
}

function read(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: unknown) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}. Run git checkout models.`);
  });
}
