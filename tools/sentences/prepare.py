"""Gathers what the student learns from: pairs of sentences, words with their tone, phrases; writes work/ for teacher.py and train.py.

Takes only sources whose licence lets the weights be given away (models/README.md). 1,000 pairs a language of at least four English words,
drawn once, are set aside by their lines in held-out.json, and no sentence with their English is learnt in any language; so is one tenth of the words with a tone, in all languages.
"""
import argparse
import gzip
import json
import pathlib
import zlib

import numpy as np

import grams
import phrases

LANGUAGES = ("ru", "ko")
HELD_OUT = json.loads((pathlib.Path(__file__).parent / "held-out.json").read_text())
AFINN_RANGE = 5


def read_pairs(folder, language):
    """(source, English, other) by line, of sources without share-alike or copyleft terms."""
    with gzip.open(folder / f"en-{language}.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [tuple(line.rstrip("\n").split("\t")) for line in lines]
    return {i: row for i, row in enumerate(rows) if i > 0 and not row[0].startswith(("sa-", "gpl-"))}


def is_held_out_word(english):
    return zlib.crc32(english.lower().encode()) % 10 == 0


def read_words(packages):
    """(language, text, English or "", tone -1 to 1) of AFINN and of the names of emoji."""
    afinn = {l: json.loads((packages / f"afinn-165-multilingual/build/AFINN-{l}.json").read_text()) for l in ("en", *LANGUAGES)}
    for language, entries in afinn.items():
        for word, tone in entries.items():
            if word and tone is not None and (language == "en" or not word.isascii()):
                yield language, word, word if language == "en" else "", tone / AFINN_RANGE
    place = packages / "cldr-annotations-full/annotations"
    names = {l: json.loads((place / l / "annotations.json").read_text())["annotations"]["annotations"] for l in ("en", *LANGUAGES)}
    for sign, entry in names["en"].items():
        keywords = entry.get("default", entry["tts"])
        english = f"{entry['tts'][0]} {', '.join(keywords)}"
        tones = [afinn["en"][word] for word in keywords if word in afinn["en"]]
        tone = max(-1.0, min(1.0, sum(tones) / len(tones) / 3)) if tones else 0.0
        yield "sign", sign, english, tone
        for language in LANGUAGES:
            other = names[language].get(sign, {})
            if "tts" in other:
                yield language, f"{other['tts'][0]} {', '.join(other.get('default', []))}", english, tone


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--parallel", type=pathlib.Path, default="../shared/data/parallel")
    parser.add_argument("--packages", type=pathlib.Path, default="work/node_modules")
    parser.add_argument("--out", type=pathlib.Path, default="work")
    parser.add_argument("--phrases", type=int, default=24_000)
    parser.add_argument("--every", type=int, default=1, help="of how many pairs one is taken")
    flags = parser.parse_args()
    pairs = {language: read_pairs(flags.parallel, language) for language in LANGUAGES}
    held = {language: [pairs[language][line] for line in HELD_OUT[language]] for language in LANGUAGES}
    barred = {row[1].lower() for rows in held.values() for row in rows}
    # language, source, text, English ("" where there is none), tone (NaN: what tones.mjs says of the English)
    rows = []
    for language in LANGUAGES:
        for source, english, other in pairs[language].values():
            if english.lower() not in barred and zlib.crc32(english.encode()) % flags.every == 0:
                rows.append((language, source, other, english, np.nan))
    for english in sorted({row[3] for row in rows}):
        rows.append(("en", "english", english, english, np.nan))
    for language, text, english, tone in read_words(flags.packages):
        rows.append((language, "words", text, english, tone))
    for language, text, english, tone in phrases.make(flags.phrases):
        if english.lower() not in barred:
            rows.append((language, "phrases", text, english, tone))
    english = sorted({row[3] for row in rows if row[3]} | {row[1] for l in LANGUAGES for row in held[l]})
    at = {text: i for i, text in enumerate(english)}
    flags.out.mkdir(parents=True, exist_ok=True)
    (flags.out / "english.json").write_text(json.dumps(english))
    packed, placed = ([of(row[2]) for row in rows] for of in (grams.hashes, grams.places))
    np.savez(
        flags.out / "train.npz",
        grams=np.array([gram for row in packed for gram in row], np.uint32),
        places=np.array([place for row in placed for place in row], np.uint16),
        starts=np.cumsum([0] + [len(row) for row in packed]).astype(np.int64),
        target=np.array([at[row[3]] if row[3] else -1 for row in rows], np.int64),
        tone=np.array([row[4] for row in rows], np.float32),
        language=np.array([row[0] for row in rows]),
        source=np.array([row[1] for row in rows]),
        held=np.array([row[1] == "words" and is_held_out_word(row[3] or row[2]) for row in rows]),
    )
    checks = {}
    for language in LANGUAGES:
        texts = [grams.hashes(row[2]) for row in held[language]]
        checks[f"{language}_grams"] = np.array([gram for row in texts for gram in row], np.uint32)
        checks[f"{language}_places"] = np.array([place for row in held[language] for place in grams.places(row[2])], np.uint16)
        checks[f"{language}_starts"] = np.cumsum([0] + [len(row) for row in texts]).astype(np.int64)
        checks[f"{language}_target"] = np.array([at[row[1]] for row in held[language]], np.int64)
    np.savez(flags.out / "held-out.npz", **checks)
    (flags.out / "held-out.json").write_text(json.dumps({l: [row[1:] for row in held[l]] for l in LANGUAGES}, ensure_ascii=False))
    print({f"{l} {s}": sum(1 for r in rows if r[0] == l and r[1] == s) for l in ("en", *LANGUAGES, "sign") for s in ("english", "words", "phrases")})
    print(f"{len(rows)} texts to learn, {len(english)} English ones for the teacher, {sum(map(len, packed)) / len(rows):.0f} grams a text")


if __name__ == "__main__":
    main()
