"""The shipped settings with a faulty channel layer, for server processes under fault tests.

LAYER_DROP, LAYER_DOUBLE and LAYER_REORDER are shares between 0 and 1, LAYER_SEED makes them repeat.
"""

import os

from config.settings import *  # noqa: F403 - all of them
from config.settings import CHANNEL_LAYERS


def _share(name: str) -> float:
    return float(os.environ.get(name, "0"))


_layer = CHANNEL_LAYERS["default"]
CHANNEL_LAYERS["default"] = {
    "BACKEND": "tests.faults.layer.FaultyLayer",
    "CONFIG": {
        "base": _layer["BACKEND"],
        "drop": _share("LAYER_DROP"),
        "double": _share("LAYER_DOUBLE"),
        "reorder": _share("LAYER_REORDER"),
        "seed": int(os.environ.get("LAYER_SEED", "1")),
        **_layer["CONFIG"],
    },
}
