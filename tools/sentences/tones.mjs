/** How glad or cross each English text in work/english.json sounds, -1 to 1, by VADER's compound: work/tones.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [work = "work"] = process.argv.slice(2);
const { SentimentIntensityAnalyzer } = createRequire(path.resolve(work, "package.json"))("vader-sentiment");
const texts = JSON.parse(readFileSync(path.join(work, "english.json"), "utf8"));
const tones = texts.map((text) => SentimentIntensityAnalyzer.polarity_scores(text).compound);
writeFileSync(path.join(work, "tones.json"), JSON.stringify(tones));
