"""What the student reads of a text: hashed words, runs of characters within them, and pairs of words.

The same as src/text/grams.ts, bit for bit: test/text/hashed-grams.test.ts holds both to one fixture, which
`python3 grams.py fixture` makes.
"""
import json
import pathlib
import re
import sys
import unicodedata

WHOLE, PAIR, OPEN = "\x01", "\x02", "\x03"
HANGUL_FIRST, HANGUL_LAST, FINALS = 0xAC00, 0xD7A3, 28
LONG_RUN = re.compile(r"(\D)\1{2,}", re.DOTALL)


def kind(character):
    category = unicodedata.category(character)
    if category[0] in "LMN":
        return "w"
    return " " if category[0] == "Z" or character in "\t\n\v\f\r\ufeff" else "s"


def words(text):
    """(word, whether it is letters or digits), in order; every sign is a word of its own."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    folded = LONG_RUN.sub(r"\1\1", folded)
    found, open_word = [], False
    for character in folded:
        what = kind(character)
        if what == "w" and open_word:
            found[-1][0] += character
        elif what != " ":
            found.append([character, what == "w"])
        open_word = what == "w"
    return found


def hash_of(gram):
    """FNV-1a over the UTF-16 units, with a final mix."""
    value = 0x811C9DC5
    for character in gram:
        point = ord(character)
        units = (point,) if point < 0x10000 else (0xD800 + (point - 0x10000 >> 10), 0xDC00 + (point & 0x3FF))
        for unit in units:
            value = ((value ^ unit) * 0x01000193) & 0xFFFFFFFF
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


def is_syllable(character):
    return HANGUL_FIRST <= ord(character) <= HANGUL_LAST


def without_final(character):
    """A Hangul syllable without its last consonant."""
    return chr(ord(character) - (ord(character) - HANGUL_FIRST) % FINALS)


def runs(characters, lengths):
    return ["".join(characters[i : i + n]) for n in lengths for i in range(len(characters) - n + 1)]


def word_grams(word):
    grams = [WHOLE + word]
    if any(map(is_syllable, word)):
        # Korean writes endings into the last syllable: 예쁜, 예쁘다 share 예쁘.
        pairs = runs(" " + word + " ", (2, 3))
        grams += list(word) + pairs + runs(" " + word + " ", (4,))
        for gram in pairs:
            if is_syllable(gram[-1]):
                grams.append(OPEN + gram[:-1] + without_final(gram[-1]))
    elif len(word) > 2:
        grams += runs(" " + word + " ", (3, 4, 5, 6))
    return grams


known = {}


def hashes(text):
    """32-bit hashes of all grams of a text, in order, repeated as they occur."""
    found = words(text)
    out = []
    for word, _ in found:
        if word not in known:
            known[word] = [hash_of(gram) for gram in word_grams(word)]
        out += known[word]
    for (left, left_reads), (right, right_reads) in zip(found, found[1:]):
        if left_reads and right_reads:
            out.append(hash_of(f"{PAIR}{left} {right}"))
    return out


def places(text):
    """The word, counted from 0, to which each of `hashes(text)` belongs; a pair belongs to its first word."""
    found = words(text)
    of_words = [i for i, (word, _) in enumerate(found) for _ in word_grams(word)]
    neighbours = enumerate(zip(found, found[1:]))
    return of_words + [i for i, ((_, left_reads), (_, right_reads)) in neighbours if left_reads and right_reads]


if __name__ == "__main__" and sys.argv[1:] == ["fixture"]:
    texts = [
        "Where is my refund?", "Где мой возврат? Ещё не пришёл!!!", "환불은 언제 되나요? 예쁜 옷이에요ㅋㅋㅋㅋ",
        "슬픈 영화 😭😭😭 №5 ½ ﬁn İstanbul", "A1 дом-2 10000000 ааааа", "👍🏽", "한국 café naïve e\u0301te\u0301", "I 'm   so\tso-so … «да»",
    ]
    lines = [{"text": text, "hashes": hashes(text)} for text in texts]
    place = pathlib.Path(__file__).parents[2] / "test/fixtures/hashed-grams.json"
    place.write_text("[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n")
