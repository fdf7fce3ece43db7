"""Phrases of reviews and of support mail in English, Russian and Korean, put together from phrases/*.tsv.

They were written for this project, without a look at any data set: everyday opinions are scarce in the parallel text, which is manuals
and menus of programs. Each gives the same sentence in three languages, and a tone from -1 to 1.
"""
import csv
import pathlib
import random

import korean

FOLDER = pathlib.Path(__file__).parent / "phrases"
STRONGEST = 3
DENIED = -0.5
VERY = [("very", "очень", "정말"), ("really", "реально", "진짜"), ("so", "так", "너무"), ("quite", "довольно", "꽤"), ("just", "просто", "그냥"), ("totally", "совершенно", "완전")]
MARKS = [("", "", ""), (".", ".", "."), ("!", "!", "!"), ("!!", "!!", "!!"), ("...", "...", "..."), (" :)", ")))", "ㅎㅎ"), ("~", "", "~")]
GLAD = [(" :)", ")))", " ^^"), (" 👍", " 👍", " 👍"), (" ❤", " ❤", " ♥"), (" haha", " хаха", "ㅋㅋㅋ")]
CROSS = [(" :(", "(((", " ㅠㅠ"), (" 👎", " 👎", " 👎"), (" ugh", " тьфу", " 에휴"), ("...", "...", ";;")]


def read(name):
    with open(FOLDER / f"{name}.tsv", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def agree(adjective, gender):
    """A Russian adjective in the nominative of this gender; what is no adjective stays: шедевр."""
    if adjective[-2:] not in ("ый", "ий", "ой"):
        return adjective
    soft = adjective.endswith("ий") and adjective[-3] not in "гкхжшчщ"
    stem = adjective[:-2]
    if gender == "f":
        return stem + ("яя" if soft else "ая")
    if gender == "n":
        return stem + ("ее" if soft or adjective[-3] in "жшчщ" and adjective.endswith("ий") else "ое")
    return adjective


def particle(noun):
    return "이" if korean.split(noun[-1])[2] else "가"


def topic(noun):
    return "은" if korean.split(noun[-1])[2] else "는"


def about(random_, subject, opinion):
    """One sentence about one thing: ((English, Russian, Korean), factor of the tone)."""
    said, before, denied = korean.forms(opinion["korean"])
    adjective = agree(opinion["russian"], subject["gender"])
    english, russian, noun = subject["english"], subject["russian"], subject["korean"]
    way = random_.random()
    if way < 0.12 and denied:
        marked = random_.choice((noun, noun + particle(noun), noun + topic(noun)))
        return (f"{english} is not {opinion['english']}", f"{russian} не {adjective}", f"{marked} {random_.choice(denied)}"), DENIED
    very = random_.choice(VERY) if random_.random() < 0.4 else ("", "", "")
    if way < 0.35:
        is_noun = opinion["english"].startswith(("a ", "the "))
        bare = english.removeprefix("the ")
        said_in_english = f"{opinion['english']}: {bare}" if is_noun else f"{very[0]} {opinion['english']} {bare}"
        return (said_in_english, f"{very[1]} {adjective} {russian}", f"{very[2]} {random_.choice(before)} {noun}"), 1
    if way < 0.55:
        return (f"{very[0]} {opinion['english']}", f"{very[1]} {agree(opinion['russian'], 'n')}", f"{very[2]} {random_.choice(said)}"), 1
    marked = random_.choice((noun, noun + particle(noun), noun + topic(noun), noun + "도"))
    was = random_.random() < 0.3
    verb = random_.choice(("was", "is"))
    return (f"{english} {verb} {very[0]} {opinion['english']}", f"{russian} {'был ' if was and subject['gender'] == 'm' else ''}{very[1]} {adjective}", f"{marked} {very[2]} {random_.choice(said)}"), 1


def make(count):
    """About `count` phrases, as (language, text, English, tone); the same ones every time."""
    random_ = random.Random("phrases")
    opinions, subjects = read("opinions"), read("subjects")
    whole = [row for name in ("sayings", "mail") for row in read(name)]
    seen = set()
    for turn in range(count):
        if turn % 4:
            opinion = random_.choice(opinions)
            parts, factor = about(random_, random_.choice(subjects), opinion)
            tone = float(opinion["tone"]) / STRONGEST * factor
            if random_.random() < 0.25:
                other = random_.choice([row for row in opinions if float(row["tone"]) * float(opinion["tone"]) > 0 and factor > 0] or opinions)
                if factor > 0:
                    more, factor = about(random_, random_.choice(subjects), other)
                    parts = tuple(f"{first} {second}" for first, second in zip(parts, more))
                    tone = (tone + float(other["tone"]) / STRONGEST * factor) / 2
        else:
            row = random_.choice(whole)
            parts, tone = (row["english"], row["russian"], row["korean"]), float(row["tone"]) / STRONGEST
        marks = random_.choice(MARKS if random_.random() < 0.7 or tone == 0 else GLAD if tone > 0 else CROSS)
        english, *others = (" ".join(f"{part}{mark}".split()) for part, mark in zip(parts, marks))
        for language, text in zip(("en", "ru", "ko"), (english, *others)):
            if (language, text) not in seen:
                seen.add((language, text))
                yield language, text, english, tone
