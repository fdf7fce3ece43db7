"""Rows of a table for a text, where tokenizer.json says HashedGrams: words, runs of characters within them, pairs of words, each hashed."""
import unicodedata

import regex

WORDS = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\p{Z}\t\n\v\f\r\ufeff]")
READ, SYLLABLE, LONG_RUN = regex.compile(r"[\p{L}\p{M}\p{N}]"), regex.compile("[가-힣]"), regex.compile(r"(\P{Nd})\1{2,}", regex.DOTALL)


def hash_of(gram):
    value = 0x811C9DC5
    units = gram.encode("utf-16-le")
    for i in range(0, len(units), 2):
        value = ((value ^ int.from_bytes(units[i : i + 2], "little")) * 0x01000193) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        value = ((value ^ (value >> shift)) * factor) & 0xFFFFFFFF
    return value ^ (value >> 16)


def runs(text, lengths):
    return [text[i : i + length] for length in lengths for i in range(len(text) - length + 1)]


def open_syllable(run):
    last = ord(run[-1])
    return ["\x03" + run[:-1] + chr(last - (last - 0xAC00) % 28)] if SYLLABLE.match(run[-1]) else []


def grams_of(word):
    bounded = f" {word} "
    if not SYLLABLE.search(word):
        return ["\x01" + word, *(runs(bounded, (3, 4, 5, 6)) if len(word) > 2 else [])]
    short = runs(bounded, (2, 3))
    return ["\x01" + word, *word, *short, *runs(bounded, (4,)), *(gram for run in short for gram in open_syllable(run))]


def hashed_grams(text, model):
    folded = LONG_RUN.sub(r"\1\1", unicodedata.normalize("NFKC", text).lower().replace("ё", "е"))
    words = WORDS.findall(folded)
    pairs = [f"\x02{left} {right}" for left, right in zip(words, words[1:]) if READ.match(left) and READ.match(right)]
    grams = [gram for word in words for gram in grams_of(word)] + pairs
    return [model["firstId"] + hash_of(gram) % model["rows"] for gram in grams]
