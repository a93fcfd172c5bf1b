"""Draws the app's icon from shared/look/icon.svg: pip install resvg-py pillow; python3 shell_ios/icon.py

By day as it is, without its round corners, which the system cuts itself. At night the system has a ground of its own. Tinted,
only light and dark count.
"""

import io
import pathlib
import re

import resvg_py
from PIL import Image

HERE = pathlib.Path(__file__).parent
SIDE = 1024
drawing = (HERE.parent / "shared/look/icon.svg").read_text()
ground = re.search(r"<rect [^>]*/>", drawing)[0]


def draw(svg: str) -> Image.Image:
    return Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE))))


day = drawing.replace(ground, re.sub(r' rx="\d+"', "", ground))
night = drawing.replace(ground, "")
folder = HERE / "Linli/Assets.xcassets/AppIcon.appiconset"
draw(day).convert("RGB").save(folder / "day.png", optimize=True)
draw(night).save(folder / "night.png", optimize=True)
black = Image.new("RGBA", (SIDE, SIDE), "black")
Image.alpha_composite(black, draw(night).convert("RGBA")).convert("L").save(folder / "tinted.png", optimize=True)
