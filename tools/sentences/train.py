"""Trains the student: a bag of hashed grams that puts a sentence where the teacher puts its English translation, and says its tone.

  x = norm(sum_g E[hash(g) mod rows]),   sentence = unit(x W + b),   tone = tanh(x u + c)
  loss = (1 - cos) + share * cross-entropy of finding the own translation in the batch + (tone - said tone)^2

Run it with Debian's python3-torch, one thread: /usr/bin/python3 train.py --epochs 6
"""
import argparse
import json
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F

import shapes

WARM_UP_STEPS = 100
TEMPERATURE = 0.05
TABLE_RATE = 3


class Texts:
    """Grams of many texts, one after the other; with `places`, the words that they belong to, in bags of a word each."""

    def __init__(self, grams, starts, rows, places=None):
        self.ids, self.starts, self.places = (grams % rows).astype(np.int64), starts, None
        if places is not None:
            order = np.lexsort((places, np.repeat(np.arange(len(starts) - 1), np.diff(starts))))
            self.ids, self.places = self.ids[order], places[order].astype(np.int64)

    def batch(self, chosen, random=None, drop=0.0):
        parts = [np.arange(self.starts[i], self.starts[i + 1]) for i in chosen]
        if drop:
            parts = [part[random.random(len(part)) > drop] if len(part) > 3 else part for part in parts]
        ids = np.concatenate(parts)
        lengths = np.array([len(part) for part in parts])
        if self.places is None:
            return torch.from_numpy(self.ids[ids]), torch.from_numpy(np.cumsum(lengths) - lengths)
        texts, places = np.repeat(np.arange(len(parts)), lengths), self.places[ids]
        begins = np.flatnonzero(np.diff(texts, prepend=-1) | np.diff(places, prepend=-1))
        return *map(torch.from_numpy, (self.ids[ids], begins, texts[begins])), len(parts)

    def embed(self, student, chosen):
        with torch.no_grad():
            halves = [student(*self.batch(chosen[at : at + 1000])) for at in range(0, len(chosen), 1000)]
        return torch.cat([half[0] for half in halves]), torch.cat([half[1] for half in halves])


def area(scores, is_positive):
    """The chance that a positive one scores above a negative one."""
    ranks = scores.argsort().argsort()
    positive = int(is_positive.sum())
    return float((ranks[is_positive].sum() - positive * (positive - 1) / 2) / (positive * (~is_positive).sum()))


def check(student, texts_of, held, tones, teacher, words):
    """On what was set aside: translations found among 1,000, tone of sentences and of words, by language."""
    student.eval()
    found = {}
    for language in ("ru", "ko"):
        texts = texts_of(held, f"{language}_")
        target = held[f"{language}_target"]
        sentence, tone = texts.embed(student, np.arange(len(target)))
        wanted = teacher[target]
        mine, theirs = (F.normalize(vectors - vectors.mean(0)) for vectors in (sentence, wanted))
        found[f"{language} retrieval"] = ((mine @ theirs.T).argmax(1) == torch.arange(len(target))).float().mean().item()
        found[f"{language} cosine"] = (sentence * wanted).sum(1).mean().item()
        said = tones[target]
        strong = np.abs(said) > 0.4
        found[f"{language} tone"] = area(tone.numpy()[strong], said[strong] > 0)
        texts, chosen, said = words[language]
        found[f"{language} words"] = area(texts.embed(student, chosen)[1].numpy(), said > 0)
    student.train()
    return {name: round(value, 3) for name, value in found.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", type=pathlib.Path, default="work")
    parser.add_argument("--name", default="student")
    parser.add_argument("--shape", choices=shapes.LAYERS, default="bag")
    parser.add_argument("--rows", type=int, default=32_768)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.2)
    parser.add_argument("--contrast", type=float, default=0.1)
    parser.add_argument("--tone", type=float, default=1.0)
    parser.add_argument("--words", type=int, default=96, help="words and phrases beside each batch of sentences")
    parser.add_argument("--without", nargs="*", default=[], help="sources to leave out: words, phrases")
    parser.add_argument("--seed", type=int, default=0)
    flags = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(flags.seed)
    random = np.random.default_rng(flags.seed)
    teacher = F.normalize(torch.tensor(np.load(flags.work / "english.npy").astype(np.float32)))
    centre = teacher.mean(0)
    tones = np.array(json.loads((flags.work / "tones.json").read_text()), np.float32)
    data, held = (dict(np.load(flags.work / name)) for name in ("train.npz", "held-out.npz"))

    def texts_of(arrays, prefix=""):
        grams, starts, places = (arrays[f"{prefix}{name}"] for name in ("grams", "starts", "places"))
        return Texts(grams, starts, flags.rows, None if flags.shape == "bag" else places)

    texts = texts_of(data)
    target, tone = data["target"], data["tone"]
    tone = torch.tensor(np.where(np.isnan(tone), tones[target], tone))
    is_sentence = (data["source"] != "words") & (data["source"] != "phrases")
    sentences = np.where(is_sentence)[0]
    small = [np.where((data["source"] == name) & ~data["held"])[0] for name in ("words", "phrases") if name not in flags.without]
    words = {}
    for language in ("ru", "ko"):
        chosen = np.where(data["held"] & (data["language"] == language) & (np.abs(tone.numpy()) > 0.3))[0]
        words[language] = (texts, chosen, tone.numpy()[chosen])
    student = shapes.Student(flags.rows, flags.width, flags.shape)
    table = list(student.table.parameters())
    rest = [value for name, value in student.named_parameters() if not name.startswith("table")]
    optimiser = torch.optim.Adam([{"params": table}, {"params": rest}])
    steps, step, began = int(flags.epochs * len(sentences) / flags.batch), 0, time.process_time()
    while step < steps:
        order = random.permutation(sentences)
        for at in range(0, len(order) - flags.batch, flags.batch):
            chosen = np.concatenate([order[at : at + flags.batch]] + [random.choice(rows, flags.words) for rows in small])
            rate = flags.rate * min(1, (step + 1) / WARM_UP_STEPS) * (0.5 * (1 + np.cos(np.pi * step / steps)) + 0.01)
            optimiser.param_groups[0]["lr"], optimiser.param_groups[1]["lr"] = TABLE_RATE * rate, rate
            sentence, said = student(*texts.batch(chosen, random, flags.drop))
            goal = target[chosen]
            has_goal = torch.from_numpy(goal >= 0)
            wanted = teacher[goal]
            loss = (1 - (sentence * wanted).sum(1))[has_goal].mean() + flags.tone * ((said - tone[chosen]) ** 2).mean()
            if flags.contrast:
                of_sentences = slice(0, flags.batch)
                mine, theirs = (F.normalize(vectors[of_sentences] - centre) for vectors in (sentence, wanted))
                likeness = mine @ theirs.T / TEMPERATURE
                same = torch.from_numpy(goal[of_sentences][:, None] == goal[of_sentences][None]).fill_diagonal_(False)
                loss = loss + flags.contrast * F.cross_entropy(likeness.masked_fill(same, -1e9), torch.arange(flags.batch))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            step += 1
            if step % max(1, steps // 6) == 0 or step == steps:
                print(step, steps, round(loss.item(), 4), json.dumps(check(student, texts_of, held, tones, teacher, words)), f"{time.process_time() - began:.0f} CPU s", flush=True)
                torch.save({"flags": vars(flags), "state": student.state_dict()}, flags.work / f"{flags.name}.pt")
            if step == steps:
                break


if __name__ == "__main__":
    main()
