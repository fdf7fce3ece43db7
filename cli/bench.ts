/** `npm run bench -- <part>`: measures one part of Headstart on this machine. */
import { Command } from "commander";
import { createHeadBench } from "./bench/head.ts";

await new Command("bench").description("measure a part of Headstart").addCommand(createHeadBench()).parseAsync();
