"""What a photo costs before two models see it, by Pillow and NumPy: decoded once, prepared for a detector and for an encoder.

prepare.py ROUNDS FILE... goes through the files so often for each line that it reads, and answers with the processor seconds of it.
"""

import io
import sys
import time

import numpy as np
from PIL import Image, ImageOps

BOX = 640
GREY = 114
SHORTER_SIDE = 256


def planes(pixels: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) / 255


def letterboxed(image: Image.Image) -> np.ndarray:
    scale = min(BOX / image.width, BOX / image.height)
    width, height = round(image.width * scale), round(image.height * scale)
    box = np.full((BOX, BOX, 3), GREY, dtype=np.uint8)
    left, top = (BOX - width) // 2, (BOX - height) // 2
    box[top : top + height, left : left + width] = image.resize((width, height), Image.Resampling.BILINEAR)
    return planes(box)


def cropped(image: Image.Image) -> np.ndarray:
    scale = SHORTER_SIDE / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BILINEAR)
    left, top = (image.width - SHORTER_SIDE) // 2, (image.height - SHORTER_SIDE) // 2
    return planes(np.asarray(image.crop((left, top, left + SHORTER_SIDE, top + SHORTER_SIDE))))


def main() -> None:
    rounds = int(sys.argv[1])
    files = []
    for name in sys.argv[2:]:
        with open(name, "rb") as file:
            files.append(file.read())
    for _ in sys.stdin:
        start = time.process_time()
        for _ in range(rounds):
            for file in files:
                image = ImageOps.exif_transpose(Image.open(io.BytesIO(file))).convert("RGB")
                letterboxed(image)
                cropped(image)
        print(time.process_time() - start, flush=True)


main()
