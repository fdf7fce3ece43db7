/** `npm run bench -- tags`: a prototype of tags, several of which may be true at once, on the statistics that a head is made of. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { BACKBONES } from "./embed-menus.ts";
import { describeTagsHeading, describeTagsRow, measureTags, type TagRowFigures } from "./tags/tag-figures.ts";
import { eachTaggedSet } from "./tags/tagged-sets.ts";

interface TagsFlags {
  readonly backbone: string;
  readonly json?: boolean;
}

/** The subcommand; minutes. */
export function createTagsBench(): Command {
  return new Command("tags")
    .description("compare tags on one Gram matrix with a fit for each, on the shared photos and texts (minutes)")
    .option("--backbone <name|file>", "whose embeddings of photos", BACKBONES[0])
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: TagsFlags) => {
      const kernels = loadHeadKernels();
      const tags: TagRowFigures[] = [];
      console.error(describeTagsHeading());
      await eachTaggedSet(backbone, (set) => {
        tags.push(...measureTags(set, kernels, (row) => console.error(describeTagsRow(row))));
      });
      const table = [describeTagsHeading(), ...tags.map(describeTagsRow)].join("\n");
      console.log(json ? JSON.stringify({ backbone, tags }, null, 2) : table);
    });
}
