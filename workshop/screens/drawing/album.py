"""Every picture by name: what it is called, what a person should do from it alone, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from workshop.screens.drawing import feet, people
from workshop.screens.drawing.ink import Mark, svg


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing. The description is also what a screen reader says."""

    name: str
    title: str
    description: str
    draw: Callable[[], list[Mark]]

    def svg(self) -> str:
        """The drawing as an SVG file."""
        return svg(self.draw(), self.title, self.description)


_PLACES = {
    "calf": ("calf", "the calf"),
    "shin": ("shin", "the shin"),
    "foot": ("foot", "the foot"),
    "back": ("back of the thigh", "the back of the thigh"),
    "front": ("front of the thigh", "the front of the thigh"),
}

ALBUM: tuple[Picture, ...] = (
    Picture(
        "calf-stretch",
        "Calf stretch",
        "Leg straight on the bed. Push the heel away and pull the toes up toward the shin.",
        feet.calf_stretch,
    ),
    Picture(
        "calf-footboard",
        "Calf against a board",
        "Sole flat against a board. Press the bent knee straight, down to the bed.",
        feet.calf_footboard,
    ),
    Picture(
        "arch-stretch",
        "Foot stretch",
        "Push the heel away. Lift the toes toward the shin and spread them.",
        feet.arch_stretch,
    ),
    Picture(
        "arch-footboard",
        "Foot against a board",
        "Press the pads of the toes on a board. Keep the heel down.",
        feet.arch_footboard,
    ),
    Picture(
        "toes-lift",
        "Toe stretch",
        "Lift the toes toward the shin and spread them. A hand helps.",
        feet.toes_lift,
    ),
    Picture(
        "toes-footboard",
        "Toes against a board",
        "Press the pads of the toes on a board and let them bend back.",
        feet.toes_footboard,
    ),
    Picture(
        "toes-curl",
        "Toe curl",
        "Curl the toes down. Let the foot point a little away.",
        feet.toes_curl,
    ),
    Picture(
        "toes-curl-hand",
        "Toe curl with a hand",
        "Lay a hand over the toes and curl them down.",
        feet.toes_curl_hand,
    ),
    Picture("shin-point", "Shin stretch", "Point the foot away and curl the toes under.", feet.shin_point),
    Picture(
        "shin-press",
        "Shin stretch with the other foot",
        "Rest the other foot on top of the toes and press lightly down.",
        feet.shin_press,
    ),
    Picture(
        "hamstring-stretch",
        "Back of the thigh stretch",
        "Lie on your back. Slide the heel away until the knee is straight, and pull the toes up.",
        people.hamstring_stretch,
    ),
    Picture(
        "hamstring-towel",
        "Back of the thigh with a towel",
        "Lie on your back with a towel around the foot. Keep the knee straight and lift the leg a little.",
        people.hamstring_towel,
    ),
    Picture(
        "quadriceps-stretch",
        "Front of the thigh stretch",
        "Seen from above. Lie on your side, hold the ankle and bring the heel toward the buttock.",
        people.quadriceps_stretch,
    ),
    Picture(
        "quadriceps-longer",
        "Front of the thigh, further",
        "Seen from above. Lie on your side, bring the heel nearer to the buttock and keep the knees together.",
        people.quadriceps_longer,
    ),
    Picture(
        "inner-thigh-stretch",
        "Inner thigh stretch",
        "Seen from above. Lie on your back with one knee bent, and let the knee fall outward.",
        people.inner_thigh_stretch,
    ),
    Picture(
        "bedtime-calf",
        "Calf at a wall",
        "Face a wall with both hands on it, one foot back. Keep that knee straight and the heel down. Lean in.",
        people.bedtime_calf,
    ),
    Picture(
        "bedtime-hamstring",
        "Heel on a step",
        "Rest one heel on a low step with the knee straight. Hold on, and lean forward from the hips.",
        people.bedtime_hamstring,
    ),
    Picture(
        "seated-calf",
        "Towel in bed",
        "Sit with one leg out straight and a towel around that foot. Pull the toes toward you.",
        people.seated_calf,
    ),
    Picture(
        "seated-hamstring",
        "Leaning forward in bed",
        "Sit with one leg out straight and lean forward from the hips.",
        people.seated_hamstring,
    ),
    *(
        Picture(
            f"massage-{name}",
            f"Rubbing the {title}",
            f"Sit in bed, rest a hand on {words} and stroke it lightly up toward the heart.",
            partial(people.massage, name),
        )
        for name, (title, words) in _PLACES.items()
    ),
    Picture(
        "massage-inner",
        "Rubbing the inner thigh",
        "Seen from above. Rest a hand on the inner thigh and stroke it lightly up toward the heart.",
        people.massage_inner,
    ),
    *(
        Picture(
            f"warmth-{name}",
            f"Warmth on the {title}",
            f"Sit in bed and rest, with a warm towel over {words}.",
            partial(people.warmth, name),
        )
        for name, (title, words) in _PLACES.items()
    ),
    Picture(
        "warmth-inner",
        "Warmth on the inner thigh",
        "Seen from above. Lie on your back and rest, with a warm towel over the inner thigh.",
        people.warmth_inner,
    ),
    Picture(
        "stand",
        "Sitting up",
        "Put a light on. Sit on the edge of the bed, one foot flat on the floor, and hold something solid.",
        people.stand,
    ),
)
