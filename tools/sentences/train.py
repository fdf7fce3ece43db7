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
import torch.nn as nn
import torch.nn.functional as F

SENTENCE = 512
WIDTH_OF_FIRST_VALUES = 0.05
WARM_UP_STEPS = 100
TEMPERATURE = 0.05
TABLE_RATE = 3


class Student(nn.Module):
    def __init__(self, rows, width):
        super().__init__()
        self.table = nn.EmbeddingBag(rows, width, mode="sum")
        nn.init.normal_(self.table.weight, std=WIDTH_OF_FIRST_VALUES)
        self.norm = nn.LayerNorm(width)
        self.sentence = nn.Linear(width, SENTENCE)
        self.tone = nn.Linear(width, 1)

    def forward(self, ids, starts):
        x = self.norm(self.table(ids, starts))
        return F.normalize(self.sentence(x)), torch.tanh(self.tone(x)[:, 0])


class Texts:
    """Grams of many texts, one after the other."""

    def __init__(self, grams, starts, rows):
        self.ids, self.starts = (grams % rows).astype(np.int64), starts

    def batch(self, chosen, random=None, drop=0.0):
        parts = [self.ids[self.starts[i] : self.starts[i + 1]] for i in chosen]
        if drop:
            parts = [part[random.random(len(part)) > drop] if len(part) > 3 else part for part in parts]
        starts = np.cumsum([0] + [len(part) for part in parts[:-1]])
        return torch.from_numpy(np.concatenate(parts)), torch.from_numpy(starts)

    def embed(self, student, chosen):
        with torch.no_grad():
            halves = [student(*self.batch(chosen[at : at + 1000])) for at in range(0, len(chosen), 1000)]
        return torch.cat([half[0] for half in halves]), torch.cat([half[1] for half in halves])


def area(scores, is_positive):
    """The chance that a positive one scores above a negative one."""
    ranks = scores.argsort().argsort()
    positive = int(is_positive.sum())
    return float((ranks[is_positive].sum() - positive * (positive - 1) / 2) / (positive * (~is_positive).sum()))


def check(student, rows, held, tones, teacher, words):
    """On what was set aside: translations found among 1,000, tone of sentences and of words, by language."""
    student.eval()
    found = {}
    for language in ("ru", "ko"):
        texts = Texts(held[f"{language}_grams"], held[f"{language}_starts"], rows)
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
    texts = Texts(data["grams"], data["starts"], flags.rows)
    target, tone = data["target"], data["tone"]
    tone = torch.tensor(np.where(np.isnan(tone), tones[target], tone))
    is_sentence = (data["source"] != "words") & (data["source"] != "phrases")
    sentences = np.where(is_sentence)[0]
    small = [np.where((data["source"] == name) & ~data["held"])[0] for name in ("words", "phrases") if name not in flags.without]
    words = {}
    for language in ("ru", "ko"):
        chosen = np.where(data["held"] & (data["language"] == language) & (np.abs(tone.numpy()) > 0.3))[0]
        words[language] = (texts, chosen, tone.numpy()[chosen])
    student = Student(flags.rows, flags.width)
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
                print(step, steps, round(loss.item(), 4), json.dumps(check(student, flags.rows, held, tones, teacher, words)), f"{time.process_time() - began:.0f} CPU s", flush=True)
                torch.save({"flags": vars(flags), "state": student.state_dict()}, flags.work / f"{flags.name}.pt")
            if step == steps:
                break


if __name__ == "__main__":
    main()
