import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";

const FOLDER = new URL("../../migrations/", import.meta.url);
const FILES = readdirSync(FOLDER).sort();

/** Applies the migrations numbered `first` to `last`. */
function migrate(db: DatabaseSync, first: number, last: number): void {
  const wanted = FILES.filter((name) => Number(name.slice(0, 4)) >= first && Number(name.slice(0, 4)) <= last);
  for (const name of wanted) db.exec(readFileSync(new URL(name, FOLDER), "utf8"));
}

describe("migration 17", () => {
  it("renames what said photo or thumbnail, keeps every row, and leaves no old name behind", () => {
    const db = new DatabaseSync(":memory:");
    migrate(db, 1, 16);
    db.exec(`
      INSERT INTO classes (id, name, name_key, created_at) VALUES ('hawaiian', 'Hawaiian', 'hawaiian', 1);
      INSERT INTO examples (photo_id, backbone_id, class_id, embedding, scale, source, contributor, origin, created_at, labelled_at)
        VALUES ('p1', 'b', 'hawaiian', 'AQ==', 0.5, 'admin', 'staff', 'server', 1, 2);
      INSERT INTO reviews (photo_id, class_id, contributor, backbone_id, thumbnail, origin, usefulness, created_at)
        VALUES ('p2', 'hawaiian', 'g_1', 'b', 'data:image/webp;base64,', 'device', 0.25, 3);
      INSERT INTO review_decisions (photo_id, class_id, decided_at) VALUES ('p2', 'hawaiian', 4);
      INSERT INTO forgotten_photos (photo_id, forgotten_at) VALUES ('p3', 5);
    `);
    migrate(db, 17, 17);
    expect(db.prepare("SELECT sample_id, class_id, scale, labelled_at FROM examples").all()).toEqual([
      { sample_id: "p1", class_id: "hawaiian", scale: 0.5, labelled_at: 2 },
    ]);
    expect(db.prepare("SELECT sample_id, preview, status FROM reviews").all()).toEqual([
      { sample_id: "p2", preview: "data:image/webp;base64,", status: "pending" },
    ]);
    expect(db.prepare("SELECT sample_id, decided_at FROM review_decisions").all()).toEqual([
      { sample_id: "p2", decided_at: 4 },
    ]);
    expect(db.prepare("SELECT sample_id, forgotten_at FROM forgotten_samples").all()).toEqual([
      { sample_id: "p3", forgotten_at: 5 },
    ]);
    expect(
      db.prepare("SELECT name FROM sqlite_master WHERE sql LIKE '%photo%' OR sql LIKE '%thumbnail%'").all(),
    ).toEqual([]);
  });
});
