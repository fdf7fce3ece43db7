"""What the student is taught: the teachers' embeddings, their maps and their similarities.

Owns the projection from the student's features to the targets and the loss. The targets are PCA
coordinates c with eigenvalues v, partly whitened: t = c v^(-1/4), which lets the small directions
be heard without letting their noise rule.

    loss = (1 - cos(P f, t)) + FINE (1 - cos(Q g, T8)) + COARSE (1 - cos(P' F, T4)) + RELATIONAL r

F: the head's map, f: its mean, g: the map at 1/16; T8, T4: the teachers' map resized
to theirs; cosines of maps are means over cells. r: mean squared difference between the matrices of
cosines, student by student (of f, centred) and teacher by teacher (of t), over the batch.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

FINE = 0.5
COARSE = 0.5
RELATIONAL = 4.0
WHITENING = 0.25


class Targets:
    """Turns stored PCA coordinates into training targets."""

    def __init__(self, work):
        values = np.load(work / "pca.npz")["eigenvalues"]
        self.factor = torch.from_numpy(values**-WHITENING)

    def pooled(self, coordinates):
        """float16 [N,P] -> float32 [N,P]"""
        return torch.from_numpy(coordinates.astype(np.float32)) * self.factor

    def maps(self, coordinates):
        """float16 [N,49,M] -> float32 [N,M,7,7]"""
        cells = torch.from_numpy(coordinates.astype(np.float32)) * self.factor[: coordinates.shape[2]]
        return cells.transpose(1, 2).reshape(len(coordinates), -1, 7, 7)


class Distillation(nn.Module):
    """Projections from the student to the targets, and the loss."""

    def __init__(self, shape, pooled, cells):
        super().__init__()
        self.cells = cells
        self.project = nn.Conv2d(shape.head, pooled, 1)
        self.project_fine = nn.Sequential(nn.ReLU(), nn.Conv2d(shape.widths[2], cells, 1))

    def forward(self, fine, coarse, pooled, maps):
        """The student's two maps and the targets -> (loss, its parts by name)."""
        projected = self.project(coarse)
        embedding = coarse.mean((2, 3))
        side = fine.shape[2]
        parts = {
            "embedding": 1 - F.cosine_similarity(projected.mean((2, 3)), pooled).mean(),
            "fine": _cells_loss(self.project_fine(fine), F.interpolate(maps, (side, side), mode="bilinear")),
            "coarse": _cells_loss(projected[:, : self.cells], F.adaptive_avg_pool2d(maps, coarse.shape[2])),
            "relational": _relational(embedding - embedding.mean(0), pooled),
        }
        weights = {"embedding": 1.0, "fine": FINE, "coarse": COARSE, "relational": RELATIONAL}
        return sum(weights[name] * part for name, part in parts.items()), parts


def _cells_loss(student, teacher):
    return 1 - F.cosine_similarity(student, teacher).mean()


def _relational(student, teacher):
    s, t = F.normalize(student), F.normalize(teacher)
    return (s @ s.T - t @ t.T).square().mean()
