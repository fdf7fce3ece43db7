"""Shapes of the student: the bag that ships, and the same with layers that let neighbouring words see each other, for comparison.

  word_w = sum_g E[hash(g) mod rows] over the grams of a word and of its pair with the next
  x = norm(sum_w mixed_w),   mixed = word                                                      bag
                             mixed = word + relu(conv of three words (norm(word))), 1 or 2 of them    conv1, conv2
                             mixed = word + attention of four heads (norm(word) + place)       attention
  sentence = unit(x W + b),  tone = tanh(x u + c)
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

SENTENCE = 512
WIDTH_OF_FIRST_VALUES = 0.05
NEIGHBOURS = 3
HEADS = 4
LONGEST = 64


class Convolution(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.kernel = nn.Conv1d(width, width, NEIGHBOURS, padding=NEIGHBOURS // 2)

    def forward(self, words, texts, count):
        # All texts in one row, a zero between two of them.
        at = torch.arange(len(words)) + texts
        row = words.new_zeros(len(words) + count, words.shape[1]).index_copy(0, at, self.norm(words))
        return words + F.relu(self.kernel(row.T[None])[0].T[at])


class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.place = nn.Embedding(LONGEST, width)
        nn.init.normal_(self.place.weight, std=WIDTH_OF_FIRST_VALUES)
        self.asked = nn.Linear(width, 3 * width)
        self.said = nn.Linear(width, width)

    def forward(self, words, texts, count):
        lengths = torch.bincount(texts, minlength=count)
        at = torch.arange(len(words)) - (lengths.cumsum(0) - lengths)[texts]
        read = at < LONGEST
        words_read, texts, at = words[read], texts[read], at[read]
        width, longest = words.shape[1], int(at.max()) + 1
        asked = words.new_zeros(count, longest, 3 * width)
        asked = asked.index_put((texts, at), self.asked(self.norm(words_read) + self.place(at)))
        query, key, value = (part.view(count, longest, HEADS, -1).transpose(1, 2) for part in asked.split(width, 2))
        scores = query @ key.transpose(2, 3) * (width // HEADS) ** -0.5
        is_word = torch.arange(longest) < lengths[:, None]
        scores = scores.masked_fill(~is_word[:, None, None], -1e9)
        heard = (scores.softmax(3) @ value).transpose(1, 2).reshape(count, longest, width)
        return words.index_add(0, torch.where(read)[0], self.said(heard[texts, at]))


LAYERS = {"bag": [], "conv1": [Convolution], "conv2": [Convolution, Convolution], "attention": [Attention]}


class Student(nn.Module):
    """`starts` are those of the texts in `ids`; or those of words, of which `texts` says to which of `count` texts they belong, in order."""

    def __init__(self, rows, width, shape="bag"):
        super().__init__()
        self.table = nn.EmbeddingBag(rows, width, mode="sum")
        nn.init.normal_(self.table.weight, std=WIDTH_OF_FIRST_VALUES)
        self.layers = nn.ModuleList(layer(width) for layer in LAYERS[shape])
        self.norm = nn.LayerNorm(width)
        self.sentence = nn.Linear(width, SENTENCE)
        self.tone = nn.Linear(width, 1)

    def forward(self, ids, starts, texts=None, count=0):
        x = self.table(ids, starts)
        if texts is not None:
            for layer in self.layers:
                x = layer(x, texts, count)
            x = x.new_zeros(count, x.shape[1]).index_add(0, texts, x)
        x = self.norm(x)
        return F.normalize(self.sentence(x)), torch.tanh(self.tone(x)[:, 0])
