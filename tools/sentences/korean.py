"""Forms of Korean predicates, for phrases.py: as reviews write them. Knows the irregular stems that phrases/ uses and no more."""

FIRST, VOWELS, FINALS = 0xAC00, 21, 28
A, AE, EO, E, YEO, O, WA, U, WO, EU, I = 0, 1, 4, 5, 6, 8, 9, 13, 14, 18, 20
NONE, NIEUN, RIEUL, MIEUM, BIEUP, SSANGSIOS = 0, 4, 8, 16, 17, 20
RIEUL_INITIAL, SILENT = 5, 11
# Stems in ㅂ that keep it.
REGULAR_BIEUP = ("좁", "입", "잡", "뽑", "씹", "집")
# What a final vowel becomes with 아/어.
MERGED = {A: A, AE: AE, EO: EO, E: E, YEO: YEO, O: WA, U: WO, I: YEO}


def split(syllable):
    code = ord(syllable) - FIRST
    return code // (VOWELS * FINALS), code // FINALS % VOWELS, code % FINALS


def join(initial, vowel, final=NONE):
    return chr(FIRST + (initial * VOWELS + vowel) * FINALS + final)


def close(word, final):
    initial, vowel, _ = split(word[-1])
    return word[:-1] + join(initial, vowel, final)


def harmony(vowel):
    return A if vowel in (A, O) else EO


def connected(stem):
    """The stem with 아/어: 좋아, 예뻐, 귀여워, 빨라, 해."""
    initial, vowel, final = split(stem[-1])
    if stem.endswith("하"):
        return stem[:-1] + "해"
    if stem.endswith("되"):
        return stem[:-1] + "돼"
    if final == BIEUP and stem[-1] not in REGULAR_BIEUP:
        return stem[:-1] + join(initial, vowel) + "워"
    if final:
        return stem + join(SILENT, harmony(vowel))
    if vowel == EU:
        before = harmony(split(stem[-2])[1]) if len(stem) > 1 else EO
        if initial == RIEUL_INITIAL and len(stem) > 1:
            return close(stem[:-1], RIEUL) + join(initial, before)
        return stem[:-1] + join(initial, before)
    return stem[:-1] + join(initial, MERGED[vowel]) if vowel in MERGED else stem + "어"


def modifier(stem, is_verb):
    """Before a noun: 좋은, 예쁜, 귀여운, 재미있는."""
    initial, vowel, final = split(stem[-1])
    if is_verb or stem[-1] in "있없":
        return stem + "는"
    if final == BIEUP and stem[-1] not in REGULAR_BIEUP:
        return stem[:-1] + join(initial, vowel) + "운"
    return close(stem, NIEUN) if final in (NONE, RIEUL) else stem + "은"


def noun_form(stem):
    """The ending of notes: 좋음, 지루함, 귀여움."""
    initial, vowel, final = split(stem[-1])
    if final == BIEUP and stem[-1] not in REGULAR_BIEUP:
        return stem[:-1] + join(initial, vowel) + "움"
    return close(stem, MIEUM) if final == NONE else stem + "음"


def polite(stem):
    _, _, final = split(stem[-1])
    return close(stem, BIEUP) + "니다" if final == NONE else stem + "습니다"


def forms(dictionary):
    """(said plainly: forms of `dictionary`; said of a noun: forms that stand before it; denied), of a word in 다."""
    if dictionary.endswith("이다") or dictionary in ("최고다", "별로다", "쓰레기다"):
        noun = dictionary.removesuffix("이다").removesuffix("다")
        is_closed = split(noun[-1])[2] != NONE
        link = "이" if is_closed else ""
        said = [noun, dictionary, noun + ("이에요" if is_closed else "예요"), noun + ("이었어요" if is_closed else "였어요")]
        said += [noun + link + "네요", noun + link + "네", noun + "임", noun + "입니다"]
        return said, [noun + "인"], [noun + ("은" if is_closed else "는") + " 아니다", noun + " 아니에요"]
    stem = dictionary.removesuffix("다")
    if split(stem[-1])[2] == SSANGSIOS and stem[-1] not in "있없":  # said in the past already: 망했다
        return [stem + end for end in ("다", "어요", "음", "네요", "습니다", "네")], [stem + "던"], []
    open_stem = connected(stem)
    past = close(open_stem, SSANGSIOS)
    is_verb = stem[-1] in "기나되난" and stem not in ("나",)
    said = [stem + "다", open_stem, open_stem + "요", past + "다", past + "어요", past + "음", noun_form(stem), polite(stem), past + "습니다"]
    said += [stem + end for end in ("네요", "네", "고", "지만", "더라", "던데", "군요", "죠", "게")] + [open_stem + "서"]
    denied = [f"{stem}지 않다", f"{stem}지 않아요", f"{stem}지 않았다", f"안 {open_stem}요", f"{stem}지도 않고"]
    return said, [modifier(stem, is_verb)], denied
