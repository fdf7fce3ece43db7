"""The two ways in which the networks here want their pixels: ((mean), (std)) of RGB in 0..1."""

IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
SYMMETRIC = ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))
