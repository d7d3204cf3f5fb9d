"""What transformers' image processors make of random images, for ImageProcessorsTest.

    python processors.py FILE     needs transformers, torch, numpy and pillow; 5.24.0 made what is there

A case has what preprocessor_config.json says, the size and seed of an image, and of its tensor the shape, the mean and some numbers. The image's
bytes, red, green and blue in rows, are those of a linear congruential generator, which the test has too.
"""

import importlib
import json
import sys

import numpy as np
from PIL import Image

FOLDERS = {"ViT": "vit", "DeiT": "deit", "Beit": "beit", "ConvNext": "convnext", "Levit": "levit", "EfficientNet": "efficientnet",
           "MobileViT": "mobilevit", "MobileNetV1": "mobilenet_v1", "MobileNetV2": "mobilenet_v2", "Pvt": "pvt", "DPT": "dpt",
           "Detr": "detr", "ConditionalDetr": "conditional_detr", "DeformableDetr": "deformable_detr", "RTDetr": "rt_detr",
           "GroundingDino": "grounding_dino", "Yolos": "yolos", "CLIP": "clip", "Siglip": "siglip", "Blip": "blip", "Bit": "bit",
           "MaskFormer": "maskformer", "Mask2Former": "mask2former"}

PIXELS = {"do_normalize": False, "do_center_crop": False, "size": {"height": 40, "width": 31}}
VARIANTS = [
    *[("ViT", {"resample": r, **PIXELS}) for r in range(6)],
    ("ViT", {"size": 50, "do_center_crop": True, "crop_size": 33}),
    ("ViT", {"size": [45, 70]}),
    ("ViT", {"size": {"shortest_edge": 40, "longest_edge": 55}}),
    ("ViT", {"size": {"max_height": 50, "max_width": 41}, "do_pad": True, "pad_size": {"height": 64, "width": 48}}),
    ("ViT", {"size": {"height": 30, "width": 31}, "do_pad": True, "pad_size": 40}),
    ("ViT", {"size": {"height": 30, "width": 31}, "do_pad": True}),
    ("ViT", {"do_rescale": False, "size": 30}),
    ("ViT", {"do_rescale": False, "do_normalize": False, "size": 30}),
    ("ViT", {"rescale_factor": 1 / 127.5, "image_mean": [1, 1, 1], "image_std": [1, 1, 1], "size": 30}),
    ("ViT", {"do_resize": False}),
    ("ViT", {"size": {"shortest_edge": 40}, "keep_aspect_ratio": True, "crop_pct": 0.5, "size_divisor": 32}),
    ("Beit", {"size": 40, "do_center_crop": True, "crop_size": {"height": 20, "width": 31}, "do_pad": True, "pad_size": 90}),
    ("ConvNext", {"size": {"shortest_edge": 40}, "crop_pct": 0.9}),
    ("ConvNext", {"size": {"shortest_edge": 41, "longest_edge": 60}, "crop_pct": 0.5, "resample": 2}),
    ("ConvNext", {"size": 64}),
    ("ConvNext", {"size": 64, "do_center_crop": True, "crop_size": 64, "do_pad": True, "pad_size": 99}),
    ("ConvNext", {"size": {"shortest_edge": 384}, "do_center_crop": True, "crop_size": 77}),
    ("Levit", {"size": 40, "crop_size": 37}),
    ("Levit", {"size": {"height": 40, "width": 50}, "do_center_crop": False}),
    ("Levit", {"size": {"shortest_edge": 41, "longest_edge": 50}, "do_center_crop": False}),
    ("EfficientNet", {"size": 40, "rescale_offset": True, "rescale_factor": 1 / 127.5}),
    ("EfficientNet", {"size": 40, "include_top": False}),
    ("EfficientNet", {"size": 40, "do_normalize": False, "image_std": [0.4, 0.5, 0.6]}),
    ("EfficientNet", {"size": 40, "do_rescale": False, "rescale_offset": True, "include_top": False}),
    ("MobileViT", {"size": {"shortest_edge": 44}, "crop_size": 41}),
    ("MobileViT", {"size": 44, "do_flip_channel_order": False, "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3}),
    ("DPT", {"size": 70, "keep_aspect_ratio": True, "ensure_multiple_of": 14}),
    ("DPT", {"size": {"height": 75, "width": 40}, "keep_aspect_ratio": True, "ensure_multiple_of": 16}),
    ("DPT", {"size": {"height": 75, "width": 40}, "ensure_multiple_of": 32, "size_divisor": 32}),
    ("CLIP", {"size": {"shortest_edge": 50}, "crop_size": {"height": 60, "width": 41}}),
    ("CLIP", {"size": 50, "crop_size": 45, "resample": 2}),
    ("CLIP", {"size": {"height": 30, "width": 33}, "do_center_crop": False, "do_pad": True, "pad_size": {"height": 34, "width": 35}}),
    ("Siglip", {"size": 40}),
    ("Blip", {"size": 40}),
    ("Bit", {"size": {"shortest_edge": 40}, "crop_size": 40}),
    ("MobileNetV2", {"size": {"shortest_edge": 50}, "crop_size": 45}),
    ("Detr", {"size": {"shortest_edge": 80, "longest_edge": 110}, "pad_size": {"height": 120, "width": 130}}),
    ("Detr", {"size": 80, "max_size": 100}),
    ("Detr", {"size": {"height": 80, "width": 90}, "do_normalize": False, "do_center_crop": True, "crop_size": 4}),
    ("Yolos", {"size": {"shortest_edge": 90, "longest_edge": 110}}),
    ("RTDetr", {"size": {"shortest_edge": 90, "longest_edge": 110}, "do_normalize": True}),
    ("RTDetr", {"size": {"height": 96, "width": 64}}),
    ("MaskFormer", {"size": {"shortest_edge": 90, "longest_edge": 110}, "size_divisor": 20}),
    ("Mask2Former", {"size": {"height": 90, "width": 110}, "size_divisor": 16}),
]
IMAGES = [(61, 37), (37, 61), (131, 200), (123, 41)]
NUMBERS = 24


def image(width, height, seed):
    data = bytearray()
    for _ in range(3 * width * height):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        data.append(seed >> 16 & 0xFF)
    return Image.fromarray(np.frombuffer(bytes(data), np.uint8).reshape(height, width, 3))


def case(name, config, number):
    module = importlib.import_module(f"transformers.models.{FOLDERS[name]}.image_processing_pil_{FOLDERS[name]}")
    width, height = IMAGES[number % len(IMAGES)]
    processor = getattr(module, name + "ImageProcessorPil")(**config)
    made = processor(image(width, height, number), return_tensors="np")["pixel_values"]
    flat = made.reshape(-1)
    places = [i * 7919 * 104729 % flat.size for i in range(NUMBERS)]
    return {"config": {"image_processor_type": name + "ImageProcessor", **config}, "width": width, "height": height, "seed": number,
            "shape": list(made.shape), "mean": round(float(flat.mean(dtype=np.float64)), 6),
            "numbers": [round(float(flat[p]), 5) for p in places]}


def main():
    wanted = [(name, {}) for name in FOLDERS] + VARIANTS
    cases, number = [], 0
    for name, config in wanted:
        for _ in range(2):
            cases.append(case(name, config, number))
            number += 1
        number += 1
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]\n")


main()
