/** Exports of labelling tools: what each writes, and what is odd in it. */
import { describe, expect, it } from "vitest";
import { countStored, dryRun, listReasons, ONE, THREE, TWO } from "../support/dry-run.ts";

describe("Label Studio", () => {
  const choice = (label: unknown, from = "choice") => ({
    type: "choices",
    from_name: from,
    to_name: "image",
    value: { choices: label },
  });
  const task = (data: unknown, ...result: unknown[]) => ({
    id: 7,
    data,
    annotations: [{ was_cancelled: null, result }],
  });
  const image = { image: "/data/upload/1/1.jpg" };

  it.each<[string, unknown]>([
    ["JSON", [task(image, choice(["Soup"]))]],
    ["a relation beside the choice", [task(image, { type: "relation", from_id: "a" }, choice(["Soup"]))]],
    ["a rating beside the choice", [task(image, { type: "rating", value: { rating: 3 } }, choice(["Soup"]))]],
    ["a choice that is no list", [task(image, choice("Soup"))]],
    ["data that is a path alone", [task("/data/upload/1/1.jpg", choice(["Soup"]))]],
    ["a page's address before the photo's", [task({ page: "https://shop.example/1", ...image }, choice(["Soup"]))]],
    ["a percent sign in a path", [task({ image: "/data/local-files/?d=100%/1.jpg" }, choice(["Soup"]))]],
    ["an escaped name", [task({ image: "/data/upload/1/%31.jpg" }, choice(["Soup"]))]],
    ["a bucket's address", [task({ image: "s3://bucket/a/1.jpg" }, choice(["Soup"]))]],
    ["an empty annotation last", [{ data: image, annotations: [{ result: [choice(["Soup"])] }, { result: [] }] }]],
    [
      "the truth before another annotation",
      [
        {
          data: image,
          annotations: [{ ground_truth: true, result: [choice(["Soup"])] }, { result: [choice(["Steak"])] }],
        },
      ],
    ],
    ["completions, as old versions", [{ data: image, completions: [{ result: [choice(["Soup"])] }] }]],
    ["pages of tasks", { tasks: [task(image, choice(["Soup"]))] }],
    ["a taxonomy", [task(image, { type: "taxonomy", value: { taxonomy: [["Food", "Soup"]] } })]],
    ["JSON-MIN", [{ image: "/data/upload/1/1.jpg", id: 1, choice: "Soup", annotator: 1, lead_time: 3.2 }]],
  ])("is read from %s", async (_name, content) => {
    for (const mark of ["", "\uFEFF"]) {
      const report = await dryRun("p.json", { files: { "1.jpg": ONE, "p.json": `${mark}${JSON.stringify(content)}` } });
      expect([countStored(report), listReasons(report)]).toEqual([{ Soup: 1 }, []]);
    }
  });

  it("loses odd tasks only, each named by its number", async () => {
    const tasks = [
      task(image, choice(["Soup"])),
      { id: 8, data: { image: "2.jpg" } },
      { ...task(image, choice(["Soup", "Steak"])), id: 9 },
      { ...task(image, choice(["Soup"], "dish"), choice(["sharp"], "quality")), id: 10 },
      { ...task({ images: ["1.jpg", "2.jpg"] }, choice(["Soup"])), id: 11 },
      { id: 12, data: 5 },
      null,
    ];
    const files = { "1.jpg": ONE, "2.jpg": TWO, "p.json": JSON.stringify(tasks) };
    const report = await dryRun("p.json", { files });
    expect(countStored(report)).toEqual({ Soup: 1 });
    expect(report.skipped).toEqual([{ file: "2.jpg", place: "task 8", reason: "has no label yet" }]);
    expect(listReasons(report)).toEqual([
      "task 9: has several labels: Soup, Steak",
      expect.stringContaining(
        'task 10: has labels of several controls, dish and quality: choose one with --columns "image,dish"',
      ),
      "task 11: names 2 photos, and one label for all of them",
      expect.stringContaining("task 12: "),
      expect.stringContaining("task 7: "),
    ]);
    const chosen = await dryRun("p.json", { files, columns: ["image", "dish"] });
    expect(countStored(chosen)).toEqual({ Soup: 1 });
  });

  it("is read from its CSV", async () => {
    const csv = "image,id,choice,annotator\n/data/upload/1/1.jpg,1,Soup,1\n";
    expect(countStored(await dryRun("l.csv", { files: { "1.jpg": ONE, "l.csv": csv } }))).toEqual({ Soup: 1 });
  });
});

it("COCO's categories are labels, where a photo has one", async () => {
  const coco = {
    images: [1, 2, 3].map((id) => ({ id, file_name: `${id}.jpg` })),
    annotations: [
      [1, 1],
      [2, 1],
      [2, 2],
    ].map(([image_id, category_id]) => ({ image_id, category_id })),
    categories: [
      { id: 1, name: "Soup" },
      { id: 2, name: "Steak" },
    ],
  };
  const files = { "img/1.jpg": ONE, "img/2.jpg": TWO, "img/3.jpg": THREE, "c.json": JSON.stringify(coco) };
  const report = await dryRun("c.json", { files });
  expect([countStored(report), listReasons(report)]).toEqual([
    { Soup: 1 },
    ["image 2: shows several items: Soup, Steak"],
  ]);
  expect(report.skipped).toMatchObject([{ place: "image 3", reason: "has no label yet" }]);
  await expect(dryRun("x.json", { files: { "x.json": '{"a":1}' } })).rejects.toThrow(/JSON-MIN.*CSV.*folders/);
});
