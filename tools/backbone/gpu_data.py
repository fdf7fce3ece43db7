"""Crops cut on the GPU from photos that lie decoded in its memory.

Owns which windows, mirrors and colours a batch has: all of it follows from (seed, step). The mix is
that of data.py (central square, wide, narrow, wide, blend of two wide), but every step draws new ones.
"""

import io
import multiprocessing

import numpy as np
import torch
from PIL import Image

KINDS = 5  # 0: central square; 1, 3: wide; 2: narrow; 4: blend of two wide windows
WIDE, NARROW = (0.5, 1.0), (0.2, 0.6)
BRIGHTEST = 1.5  # brightness, contrast and saturation change by a factor of 2/3 to this


def _decode(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


class Photos:
    """All photos as one tensor of pixels."""

    def __init__(self, folder, device, workers, limit=None):
        lengths = np.load(folder / "lengths.npy")[:limit]
        with open(folder / "photos.webp", "rb") as file:
            contents = [file.read(length) for length in lengths]
        with multiprocessing.Pool(workers) as pool:
            photos = pool.map(_decode, contents, chunksize=64)
        sizes = np.array([photo.shape[:2] for photo in photos])
        self.height, self.width = (torch.tensor(side, device=device) for side in sizes.T.copy())
        self.offset = torch.tensor(np.concatenate([[0], sizes.prod(1).cumsum()[:-1]]), device=device)
        self.pixels = torch.from_numpy(np.concatenate([photo.reshape(-1, 3) for photo in photos])).to(device)
        self.device = device

    def __len__(self):
        return len(self.height)

    def cut(self, photos, boxes, size):
        """Bilinear crops: photo numbers [N], boxes [N,4] (left, top, width, height in px) -> float32 [N,3,size,size] in 0..1."""
        left, top, width, height = boxes.unbind(1)
        y0, y1, fy = _samples(top, height, self.height[photos], size)
        x0, x1, fx = _samples(left, width, self.width[photos], size)
        fy, fx = fy[:, :, None, None], fx[:, None, :, None]
        upper = self._row(photos, y0, x0) * (1 - fx) + self._row(photos, y0, x1) * fx
        lower = self._row(photos, y1, x0) * (1 - fx) + self._row(photos, y1, x1) * fx
        return ((upper * (1 - fy) + lower * fy) / 255).permute(0, 3, 1, 2)

    def _row(self, photos, y, x):
        index = self.offset[photos][:, None, None] + y[:, :, None] * self.width[photos][:, None, None] + x[:, None, :]
        return self.pixels[index].float()

    def centre(self, photos):
        """Boxes of the central squares."""
        h, w = self.height[photos].float(), self.width[photos].float()
        side = torch.minimum(h, w)
        return torch.stack([(w - side) / 2, (h - side) / 2, side, side], 1)

    def windows(self, photos, low, high, random):
        """Boxes of a share low..high [N] of the photo's area, aspect ratio 3/4 to 4/3, cut down where the photo is too narrow."""
        h, w = self.height[photos].float(), self.width[photos].float()
        share, ratio, across, down = torch.rand((4, len(photos)), generator=random, device=self.device)
        area, ratio = h * w * (low + share * (high - low)), (4 / 3) ** (2 * ratio - 1)
        width, height = torch.minimum((area * ratio).sqrt(), w), torch.minimum((area / ratio).sqrt(), h)
        return torch.stack([across * (w - width), down * (h - height), width, height], 1)


def _samples(start, length, limit, size):
    """Positions of `size` samples along one side: the pixel before [N,size], the one after, the share of the latter."""
    steps = (torch.arange(size, device=start.device) + 0.5) / size
    at = (start[:, None] + steps * length[:, None] - 0.5).clamp(min=0)
    at = torch.minimum(at, (limit - 1)[:, None].float())
    before = at.long()
    return before, torch.minimum(before + 1, (limit - 1)[:, None]), at - before


def _factor(count, random, device):
    return BRIGHTEST ** (2 * torch.rand((count, 1, 1, 1), generator=random, device=device) - 1)


def recolour(pictures, chosen, random):
    """Brightness, contrast and saturation of the chosen pictures, each by a factor of its own."""
    x, device = pictures, pictures.device
    weights = torch.tensor([0.299, 0.587, 0.114], device=device).view(1, 3, 1, 1)
    x = (x * _factor(len(x), random, device)).clamp(0, 1)
    grey = (x * weights).sum(1, keepdim=True).mean((2, 3), keepdim=True)
    x = (grey + (x - grey) * _factor(len(x), random, device)).clamp(0, 1)
    grey = (x * weights).sum(1, keepdim=True)
    x = (grey + (x - grey) * _factor(len(x), random, device)).clamp(0, 1)
    return torch.where(chosen.view(-1, 1, 1, 1), x, pictures)


def training_batch(photos, trained_on, batch, size, seed):
    """Batch of crops float32 [batch,3,size,size]; `trained_on` [T] are the photos to draw from."""
    device = photos.device
    random = torch.Generator(device=device).manual_seed(seed)
    kind = torch.arange(batch, device=device) % KINDS
    low = torch.where(kind == 2, NARROW[0], WIDE[0])
    high = torch.where(kind == 2, NARROW[1], WIDE[1])
    first, second = trained_on[torch.randint(len(trained_on), (2, batch), generator=random, device=device)]
    boxes = torch.where((kind == 0)[:, None], photos.centre(first), photos.windows(first, low, high, random))
    pictures = photos.cut(first, boxes, size)
    blended = kind == 4
    second, low, high = second[blended], low[blended], high[blended]
    others = photos.cut(second, photos.windows(second, low, high, random), size)
    share = 0.35 + 0.3 * torch.rand((len(second), 1, 1, 1), generator=random, device=device)
    pictures[blended] = share * pictures[blended] + (1 - share) * others
    mirrored = torch.rand(batch, generator=random, device=device) < 0.5
    pictures[mirrored] = pictures[mirrored].flip(3)
    recoloured = (torch.rand(batch, generator=random, device=device) < 0.5) & (kind > 0)
    return recolour(pictures, recoloured, random)
