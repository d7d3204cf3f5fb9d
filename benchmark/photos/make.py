"""Photos as a person's folder has them, made of the few in a folder: make.py SOURCES TARGET [COUNT=2000] [SEED=15]

The shares are those of KINDS. Half are originals, as telephones and cameras make them: 12 megapixels is what telephones have made for ten
years, 8 what older ones and front cameras made, and cameras write chroma of half the columns (4:2:2) where telephones write a quarter
(4:2:0). A third were sent by others or put on the web before: messengers cut to 1,600 or 1,280 pixels at a low quality, networks to 2,048,
partly progressive. The rest are small ones, screenshots in PNG, and WebP. Telephones turn pictures by EXIF, and half are taken upright.

Each photo is a part of its own of one of the sources, mirrored or not, scaled, with the noise of a sensor, since what is only enlarged has
nothing fine to decode: originals come to 1.2 to 2.6 bits a pixel, as cameras' do. The same arguments make the same photos; the first N of
more are those of N. What is there already is kept.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

ORIENTATION = 0x0112
# From how a picture looks to how a sensor stored it, by EXIF's number.
STORED = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
TILE = 1024


@dataclass(frozen=True)
class Kind:
    share: int  # of 100
    name: str
    sizes: tuple[tuple[int, int], ...]  # as the sensor lies
    format: str = "JPEG"
    quality: tuple[int, int] = (0, 0)
    chroma: tuple[str, ...] = ("4:2:0",)
    progressive: float = 0  # the share of them
    turned: bool = False  # half by EXIF; else half by their pixels
    noise: tuple[float, float] = (0.5, 1.5)  # deviation, of 255; scaling down has averaged it


KINDS = (
    Kind(30, "telephone", ((4032, 3024),), quality=(88, 94), turned=True, noise=(1.5, 4)),
    Kind(10, "old-telephone", ((3264, 2448),), quality=(88, 95), turned=True, noise=(1.5, 4)),
    Kind(
        10,
        "camera",
        ((3936, 2624), (3000, 2000)),
        quality=(92, 96),
        chroma=("4:2:2", "4:2:2", "4:4:4"),
        turned=True,
        noise=(1.5, 4),
    ),
    Kind(20, "messenger", ((1600, 1200), (1280, 960)), quality=(72, 82), progressive=0.3),
    Kind(8, "network", ((2048, 1536), (2048, 1365)), quality=(80, 88), progressive=0.8),
    Kind(5, "screen", ((1920, 1080),), quality=(80, 92)),
    Kind(7, "web", ((1024, 768), (1200, 800)), quality=(75, 90), chroma=("4:2:0", "4:4:4"), progressive=0.5),
    Kind(5, "small", ((640, 480), (800, 600)), quality=(75, 90)),
    Kind(3, "screenshot", ((1920, 1080),), format="PNG"),
    Kind(2, "webp", ((1200, 900), (1600, 1200)), format="WEBP", quality=(75, 85)),
)
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


@cache
def sources(folder: str) -> list[Image.Image]:
    return [Image.open(file).convert("RGB") for file in sorted(Path(folder).glob("*.jpg"))]


@cache
def grain(tenths: int) -> np.ndarray:
    noise = np.random.default_rng(0).standard_normal((TILE, TILE, 3), dtype=np.float32)
    return np.rint(noise * tenths / 10).astype(np.int16)


def noisy(image: Image.Image, deviation: float, random: np.random.Generator) -> Image.Image:
    tile = np.roll(grain(round(deviation * 10)), random.integers(0, TILE, 2).tolist(), axis=(0, 1))
    pixels = np.asarray(image).astype(np.int16)
    for top in range(0, image.height, TILE):
        for left in range(0, image.width, TILE):
            block = pixels[top : top + TILE, left : left + TILE]
            block += tile[: block.shape[0], : block.shape[1]]
    return Image.fromarray(np.clip(pixels, 0, 255, out=pixels).astype(np.uint8))


def part(folder: str, width: int, height: int, random: np.random.Generator) -> Image.Image:
    """Of a source that is large enough, or of one of the largest: enlarged by no more than half where that can be."""
    def most(source: Image.Image) -> float:
        return min(source.width / width, source.height / height)

    all_of_them = sorted(sources(folder), key=most, reverse=True)
    fit = [source for source in all_of_them if most(source) >= 1 / 1.5] or all_of_them[:2]
    source = fit[random.integers(len(fit))]
    scale = most(source) * random.uniform(0.7, 1)
    across, down = width * scale, height * scale
    left = random.uniform(0, source.width - across)
    top = random.uniform(0, source.height - down)
    image = source.resize((width, height), Image.Resampling.BICUBIC, (left, top, left + across, top + down))
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if random.random() < 0.5 else image


def make(folder: str, target: str, seed: int, index: int) -> None:
    random = np.random.default_rng([seed, index])
    kind = KINDS[random.choice(len(KINDS), p=[kind.share / 100 for kind in KINDS])]
    file = Path(target) / f"{index:05d}-{kind.name}.{SUFFIXES[kind.format]}"
    if file.exists():
        return
    width, height = kind.sizes[random.integers(len(kind.sizes))]
    upright = random.random() < 0.5
    if upright:
        width, height = height, width
    image = part(folder, width, height, random)
    exif = Image.Exif()
    if kind.turned:
        orientation = int(random.choice((6, 6, 6, 8) if upright else (1, 1, 1, 3)))
        exif[ORIENTATION] = orientation
        if STORED[orientation] is not None:
            image = image.transpose(STORED[orientation])
    image = noisy(image, random.uniform(*kind.noise), random)
    written = file.with_suffix(".part")
    match kind.format:
        case "JPEG":
            image.save(
                written,
                "JPEG",
                quality=int(random.integers(kind.quality[0], kind.quality[1], endpoint=True)),
                subsampling=str(random.choice(kind.chroma)),
                progressive=bool(random.random() < kind.progressive),
                exif=exif,
            )
        case "WEBP":
            image.save(written, "WEBP", quality=int(random.integers(*kind.quality)), method=2)
        case _:
            image.save(written, kind.format, compress_level=3)
    written.rename(file)


def main() -> None:
    folder, target = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 15
    Path(target).mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as workers:
        for made in [workers.submit(make, folder, target, seed, index) for index in range(count)]:
            made.result()


main()
